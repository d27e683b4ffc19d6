package store

import (
	"context"
	"os"

	"doithoai"
)

// publicFile is the condition under which the public sees file a of promise pr: it was made public, the promise is
// kept, and the public reads of the promise.
func publicFile() string {
	return ` AND a.owner = '` + string(doithoai.FilesOfPromise) + `' AND a.public_at IS NOT NULL AND a.removed_at IS NULL
		AND pr.state = '` + string(doithoai.PromiseKept) + `'` + publicPromise(nil)
}

const publicFileJoins = `
	FROM attachment a
	JOIN promise pr ON pr.id = a.owner_id AND pr.authority_id = a.authority_id` + promiseRowJoins

// publicFileCount counts the public files of promise pr in a list.
var publicFileCount = `CASE WHEN pr.state = '` + string(doithoai.PromiseKept) + `' THEN (SELECT count(*)
	FROM attachment pf
	WHERE pf.authority_id = pr.authority_id AND pf.owner = '` + string(doithoai.FilesOfPromise) + `'
		AND pf.owner_id = pr.id AND pf.public_at IS NOT NULL AND pf.removed_at IS NULL) ELSE 0 END`

// publicFilesOf counts the files that everybody sees of what answers to an opinion promised, by promise.
func publicFilesOf(ctx context.Context, q querier, opinion doithoai.ID) (map[doithoai.ID]int, error) {
	counts := map[doithoai.ID]int{}
	rows, err := list(ctx, q, column[doithoai.ID], `SELECT a.owner_id`+publicFileJoins+`
		WHERE pr.opinion_id = $1`+publicFile()+`
		LIMIT $2`, opinion, maxListed)
	for _, id := range rows {
		counts[id]++
	}
	return counts, err
}

// PublishEvidence makes a file that shows that a promise was kept public: the actor has opened it ([DB.ViewEvidence])
// and says that nobody can be known by it. version is the file's. See [doithoai.Attachment.Publish].
func (db *DB) PublishEvidence(
	ctx context.Context, actor doithoai.Actor, at EvidenceAt, file doithoai.ID, version int, alt string, clear bool,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, a, err := tx.openPromiseFile(ctx, actor, doithoai.ActPublishEvidence, at, file, version)
		if err != nil {
			return err
		}
		viewed, err := viewedLately(ctx, tx, actor, doithoai.ActViewEvidence, at.entry(), tx.Now)
		if err != nil {
			return err
		}
		if !viewed {
			return doithoai.Refuse(doithoai.Conflict, "evidence.problem.not_viewed")
		}
		a, facts, err := a.Publish(f.Promise, alt, clear, actor.ID, f.Gates, tx.Now)
		if err != nil {
			return err
		}
		f.write = func(ctx context.Context) error { return tx.updateAttachment(ctx, a, version) }
		return f.save(ctx, facts, alt)
	})
}

// UnpublishEvidence takes such a file out of the public's sight, for a reason. version is the file's.
func (db *DB) UnpublishEvidence(
	ctx context.Context, actor doithoai.Actor, at EvidenceAt, file doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, a, err := tx.openPromiseFile(ctx, actor, doithoai.ActUnpublishEvidence, at, file, version)
		if err != nil {
			return err
		}
		a, facts, err := a.Unpublish(reason)
		if err != nil {
			return err
		}
		f.write = func(ctx context.Context) error { return tx.updateAttachment(ctx, a, version) }
		return f.save(ctx, facts, "")
	})
}

// openPromiseFile opens a promise and a file that shows that it was kept, of a version, for an act.
func (tx *Tx) openPromiseFile(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, at EvidenceAt, file doithoai.ID, version int,
) (*promiseCase, doithoai.Attachment, error) {
	var a doithoai.Attachment
	if at.Owner != doithoai.FilesOfPromise {
		return nil, a, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	f, err := tx.holdPromise(ctx, actor, act, at.ID())
	if err != nil {
		return nil, a, err
	}
	if err := checkID(file); err != nil {
		return nil, a, err
	}
	a, err = one(ctx, tx, scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE id = $1 AND authority_id = $2 AND owner = $3 AND owner_id = $4`,
		file, f.Promise.AuthorityID, string(at.Owner), at.ID())
	if err != nil {
		return nil, a, err
	}
	return f, a, sameVersion(a.Version, version)
}

// unpublishFiles takes the files of a promise out of the public's sight: it is open again.
func (tx *Tx) unpublishFiles(ctx context.Context, p doithoai.Promise) error {
	return tx.exec(ctx, `UPDATE attachment
		SET alt = '', public_at = NULL, public_by = NULL, version = version + 1
		WHERE authority_id = $1 AND owner = $2 AND owner_id = $3 AND public_at IS NOT NULL`,
		p.AuthorityID, string(doithoai.FilesOfPromise), p.ID)
}

// PublicPromise is a promise that the public reads of, with the files that show that it was kept and were made public.
func (db *DB) PublicPromise(
	ctx context.Context, authority, id doithoai.ID,
) (p PromiseRow, files []doithoai.Attachment, err error) {
	if err := checkID(id); err != nil {
		return p, nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		if p, err = one(ctx, q, scanPromiseRow, `SELECT `+promiseRowColumns+`
			FROM promise pr`+promiseRowJoins+`
			WHERE pr.id = $1 AND pr.authority_id = $2`+publicPromise(nil), id, authority); err != nil {
			return err
		}
		files, err = list(ctx, q, scanAttachment, `SELECT `+columnsOf("a", attachmentColumns)+publicFileJoins+`
			WHERE a.authority_id = $1 AND a.owner_id = $2`+publicFile()+`
			ORDER BY a.public_at, a.id LIMIT $3`, authority, id, maxListed)
		return err
	})
	return p, files, err
}

// OpenPublicFile opens a file that shows that a promise was kept, for everybody; the caller closes it. Of a picture it
// is what was made for others to see. What is not public, by whatever it hangs on, is NotFound.
func (db *DB) OpenPublicFile(
	ctx context.Context, authority, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := checkID(id); err != nil {
		return a, nil, err
	}
	a, err = one(ctx, db.reader(), scanAttachment, `SELECT `+columnsOf("a", attachmentColumns)+publicFileJoins+`
		WHERE a.id = $1 AND a.authority_id = $2`+publicFile(), id, authority)
	if err != nil {
		return a, nil, err
	}
	if f, err = db.openKept(a.File, false); err != nil {
		return a, nil, err
	}
	return a, f, nil
}
