package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const (
	attachmentColumns = `id, authority_id, owner, owner_id, name, kind, size, hash, shown_hash, at, officer_id, ` +
		`removed_at, removed_by, reason, version, alt, public_at, public_by`
	attachmentInto  = `attachment (` + attachmentColumns + `)`
	attachmentWidth = 18
)

func scanAttachment(r row) (a doithoai.Attachment, err error) {
	err = r.Scan(&a.ID, &a.AuthorityID, &a.Owner, &a.OwnerID, &a.Name, &a.Kind, &a.Size, &a.Hash, &a.Shown, &a.At, &a.By,
		&a.RemovedAt, &a.RemovedBy, &a.Reason, &a.Version, &a.Alt, &a.PublicAt, &a.PublicBy)
	return a, err
}

// addAttachments makes uploads the files of something. Each keeps its id: an upload belongs to one thing.
func (tx *Tx) addAttachments(
	rows *rowList, actor doithoai.Actor, owner doithoai.FileOwner, id doithoai.ID, uploads []doithoai.Upload,
) {
	for _, u := range uploads {
		rows.add(u.ID, actor.AuthorityID, string(owner), id, u.Name, string(u.Kind), u.Size, u.Hash, u.Shown, tx.Now,
			actor.ID, calendar.Instant{}, doithoai.ID(""), "", 1, "", calendar.Instant{}, doithoai.ID(""))
	}
}

// attachFiles makes the uploads that a form names the files of something, within an act of any matter: the act has
// asked who may, and holds the thing. It refuses, at the field "tep", uploads that are not the actor's or waited too
// long, and more than one thing may have. The hashes come back, for the act's event.
func (tx *Tx) attachFiles(
	ctx context.Context, actor doithoai.Actor, owner doithoai.FileOwner, id doithoai.ID, ids []doithoai.ID,
) ([]doithoai.FileHash, error) {
	limits, err := fileLimits(ctx, tx, actor.AuthorityID, tx.Now.Date())
	if err != nil {
		return nil, err
	}
	has, err := countFiles(ctx, tx, actor.AuthorityID, owner, id)
	if err != nil {
		return nil, err
	}
	if err := doithoai.RefuseForm(limits.Problems(has, len(ids))); err != nil {
		return nil, err
	}
	return tx.takeFiles(ctx, actor, owner, id, ids)
}

// addFiles is attachFiles for a form that brings more to what has some: it alone may have as many as one thing, and
// none are no fault.
func (tx *Tx) addFiles(
	ctx context.Context, actor doithoai.Actor, owner doithoai.FileOwner, id doithoai.ID, ids []doithoai.ID,
) ([]doithoai.FileHash, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	limits, err := fileLimits(ctx, tx, actor.AuthorityID, tx.Now.Date())
	if err != nil {
		return nil, err
	}
	if err := doithoai.RefuseForm(limits.Problems(0, len(ids))); err != nil {
		return nil, err
	}
	return tx.takeFiles(ctx, actor, owner, id, ids)
}

// takeFiles makes uploads that are the actor's the files of something.
func (tx *Tx) takeFiles(
	ctx context.Context, actor doithoai.Actor, owner doithoai.FileOwner, id doithoai.ID, ids []doithoai.ID,
) ([]doithoai.FileHash, error) {
	uploads, err := tx.takeUploads(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(uploads, func(u doithoai.Upload) bool { return !owner.Takes(u.Kind) }) {
		key := "file.problem.shows"
		if owner == doithoai.FilesOfDocument {
			key = "documents.problem.pdf"
		}
		return nil, doithoai.RefuseForm([]doithoai.Problem{{Field: "tep", Key: key}})
	}
	rows := newRows(attachmentWidth)
	tx.addAttachments(rows, actor, owner, id, uploads)
	if err := rows.insert(ctx, tx, attachmentInto); err != nil {
		return nil, err
	}
	return hashesOf(uploads), tx.dropUploads(ctx, uploads)
}

func hashesOf(uploads []doithoai.Upload) []doithoai.FileHash {
	var all []doithoai.FileHash
	for _, u := range uploads {
		all = append(all, u.Hash)
	}
	return all
}

// maxListed bounds the files that are listed of one thing, with those that were taken away: more than forms attach.
const maxListed = 1000

// filesOf lists the files of something, those that were taken away among them, in the order in which they came.
func filesOf(
	ctx context.Context, q querier, authority doithoai.ID, owner doithoai.FileOwner, id doithoai.ID,
) ([]doithoai.Attachment, error) {
	all, err := list(ctx, q, scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE authority_id = $1 AND owner = $2 AND owner_id = $3
		LIMIT $4`, authority, string(owner), id, maxListed)
	slices.SortStableFunc(all, func(a, b doithoai.Attachment) int { return a.At.Compare(b.At) })
	return all, err
}

// countFiles counts the files that something has.
func countFiles(
	ctx context.Context, q querier, authority doithoai.ID, owner doithoai.FileOwner, id doithoai.ID,
) (int, error) {
	return one(ctx, q, column[int], `SELECT count(*)
		FROM attachment
		WHERE authority_id = $1 AND owner = $2 AND owner_id = $3 AND removed_at IS NULL`, authority, string(owner), id)
}

// openAttachment opens a file of something for an act that may: what others see of a picture, or the original. The
// caller closes it. A file of another thing, or one that was taken away, is NotFound.
func (db *DB) openAttachment(
	ctx context.Context, authority doithoai.ID, owner doithoai.FileOwner, of, id doithoai.ID, original bool,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := checkID(id); err != nil {
		return a, nil, err
	}
	a, err = one(ctx, db.reader(), scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE id = $1 AND authority_id = $2 AND owner = $3 AND owner_id = $4 AND removed_at IS NULL`,
		id, authority, string(owner), of)
	if err != nil {
		return a, nil, err
	}
	if f, err = db.openKept(a.File, original); err != nil {
		return a, nil, fmt.Errorf("file %s: %w", a.ID, err)
	}
	return a, f, nil
}

// slipFilesSubject is what permission depends on for the files of the slip of an opinion: those of no opinion of it may
// be shown to whom another one is kept from, for nobody knows what a file is about. A denunciation takes them along.
func slipFilesSubject(
	ctx context.Context, q querier, o doithoai.Opinion, s doithoai.Subject, on calendar.Date,
) (doithoai.Subject, error) {
	opinions, err := opinionsOfSlip(ctx, q, o.SlipID)
	if err != nil {
		return s, err
	}
	for _, other := range opinions {
		if other.ID == o.ID {
			continue
		}
		s.Denunciation = s.Denunciation || other.Ruling == doithoai.RulingDenunciation
		officers, units, err := concernedBy(ctx, q, other.ID, on)
		if err != nil {
			return s, err
		}
		s.Concerned, s.ConcernedUnits = append(s.Concerned, officers...), append(s.ConcernedUnits, units...)
	}
	return s, nil
}

// openSlipFiles opens an opinion for an act on the files of its slip.
func (tx *Tx) openSlipFiles(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, opinion doithoai.ID,
) (*caseFile, error) {
	if err := tx.holdSlipOf(ctx, opinion); err != nil {
		return nil, err
	}
	c, err := tx.loadCase(ctx, actor, act, opinion)
	if err != nil {
		return nil, err
	}
	if c.Subject, err = slipFilesSubject(ctx, tx, c.Opinion, c.Subject, tx.Now.Date()); err != nil {
		return nil, err
	}
	return c, c.may()
}

// AttachFile adds uploads of the actor to the slip of an opinion. A form that is sent twice adds them once; then it is
// refused.
func (db *DB) AttachFile(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, uploads []doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openSlipFiles(ctx, actor, doithoai.ActAttachFile, opinion)
		if err != nil {
			return err
		}
		hashes, err := tx.attachFiles(ctx, actor, doithoai.FilesOfSlip, c.Opinion.SlipID, uploads)
		if err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Files: hashes}, "")
	})
}

// RemoveFile takes a wrong file away from the slip of an opinion, for a reason. version is the file's.
func (db *DB) RemoveFile(
	ctx context.Context, actor doithoai.Actor, opinion, id doithoai.ID, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openSlipFiles(ctx, actor, doithoai.ActRemoveFile, opinion)
		if err != nil {
			return err
		}
		a, err := tx.fileOf(ctx, c, id)
		if err != nil {
			return err
		}
		if a, err = a.Remove(actor.ID, reason, tx.Now); err != nil {
			return err
		}
		if err := tx.updateAttachment(ctx, a, version); err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Files: []doithoai.FileHash{a.Hash}, Reason: reason}, "")
	})
}

// updateAttachment keeps what became of a file of a version: that it was taken away, or is public.
func (tx *Tx) updateAttachment(ctx context.Context, a doithoai.Attachment, version int) error {
	return tx.execOne(ctx, `UPDATE attachment
		SET name = $1, removed_at = $2, removed_by = $3, reason = $4, alt = $5, public_at = $6, public_by = $7,
			version = version + 1
		WHERE id = $8 AND version = $9`,
		a.Name, a.RemovedAt, a.RemovedBy, a.Reason, a.Alt, a.PublicAt, a.PublicBy, a.ID, version)
}

// fileOf finds a file of the case's slip, also one that was taken away.
func (tx *Tx) fileOf(ctx context.Context, c *caseFile, id doithoai.ID) (doithoai.Attachment, error) {
	if err := checkID(id); err != nil {
		return doithoai.Attachment{}, err
	}
	return one(ctx, tx, scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE id = $1 AND authority_id = $2 AND owner = $3 AND owner_id = $4`,
		id, c.Opinion.AuthorityID, string(doithoai.FilesOfSlip), c.Opinion.SlipID)
}

// ViewFiles puts on record that the actor opens the files of the slip of an opinion: for as long as the view serves,
// [DB.OpenSlipFile] then opens each. A view that serves already is not put on record again; without a file there is
// nothing to view, which is NotFound.
func (db *DB) ViewFiles(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openSlipFiles(ctx, actor, doithoai.ActViewFiles, opinion)
		if err != nil {
			return err
		}
		n, err := countFiles(ctx, tx, c.Opinion.AuthorityID, doithoai.FilesOfSlip, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		if n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		served, err := viewServes(ctx, tx, actor, opinion, doithoai.ActViewFiles, doithoai.FileHash{}, tx.Now)
		if served || err != nil {
			return err
		}
		return c.save(ctx, doithoai.Facts{Unit: c.Seat.UnitID, Post: c.Seat.PostID}, "")
	})
}

// OpenOriginal puts on record that the actor opens a picture as it came, with the place and the camera that it names.
func (db *DB) OpenOriginal(ctx context.Context, actor doithoai.Actor, opinion, id doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openSlipFiles(ctx, actor, doithoai.ActOpenOriginal, opinion)
		if err != nil {
			return err
		}
		a, err := tx.fileOf(ctx, c, id)
		if err != nil {
			return err
		}
		if !a.RemovedAt.IsZero() {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		served, err := viewServes(ctx, tx, actor, opinion, doithoai.ActOpenOriginal, a.Hash, tx.Now)
		if served || err != nil {
			return err
		}
		facts := doithoai.Facts{Unit: c.Seat.UnitID, Post: c.Seat.PostID, Files: []doithoai.FileHash{a.Hash}}
		return c.save(ctx, facts, "")
	})
}

// viewServes reports whether the actor has put such a view on record, of one file where a hash is given, that still
// serves.
func viewServes(
	ctx context.Context, q querier, actor doithoai.Actor, opinion doithoai.ID, act doithoai.Act, of doithoai.FileHash,
	now calendar.Instant,
) (bool, error) {
	events, err := eventsOf(ctx, q, opinion)
	since := now.Add(-viewLife)
	return slices.ContainsFunc(events, func(e doithoai.Event) bool {
		return e.Act == act && e.ActorID == actor.ID && e.At.After(since) &&
			(of.IsZero() || slices.Contains(e.Facts.Files, of))
	}), err
}

// SlipFiles are the files of the slip of an opinion as an officer sees them on its page.
type SlipFiles struct {
	Files  []doithoai.Attachment
	Opened bool             // the officer's view is on record and still serves
	May    doithoai.Subject // what permission depends on for acts on them
}

// SlipFiles lists the files of the slip of an opinion, to who may open them; nothing to all others who may see the
// opinion.
func (db *DB) SlipFiles(ctx context.Context, actor doithoai.Actor, opinion doithoai.ID) (f SlipFiles, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		o, s, err := db.filesSubject(ctx, q, opinion)
		if err != nil {
			return err
		}
		if doithoai.Can(actor, doithoai.ActViewFiles, s) != nil {
			return nil
		}
		f.May = s
		if f.Files, err = filesOf(ctx, q, o.AuthorityID, doithoai.FilesOfSlip, o.SlipID); err != nil {
			return err
		}
		f.Opened, err = viewServes(ctx, q, actor, opinion, doithoai.ActViewFiles, doithoai.FileHash{}, db.Now())
		return err
	})
	return f, err
}

func (db *DB) filesSubject(
	ctx context.Context, q querier, opinion doithoai.ID,
) (o doithoai.Opinion, s doithoai.Subject, err error) {
	today := db.Now().Date()
	if o, s, err = opinionSubject(ctx, q, opinion, today); err != nil {
		return o, s, err
	}
	s, err = slipFilesSubject(ctx, q, o, s, today)
	return o, s, err
}

// ErrNotViewed is returned to who may open a file and has not put a view on record, or none that still serves.
var ErrNotViewed = errors.New("no view of the files is on record")

// OpenSlipFile opens a file of the slip of an opinion, to who has put a view on record ([DB.ViewFiles], for the
// original of a picture [DB.OpenOriginal]); the caller closes it. Without such a view it fails with [ErrNotViewed].
func (db *DB) OpenSlipFile(
	ctx context.Context, actor doithoai.Actor, opinion, id doithoai.ID, original bool,
) (a doithoai.Attachment, f *os.File, err error) {
	o, s, err := db.filesSubject(ctx, db.reader(), opinion)
	if err != nil {
		return a, nil, err
	}
	act := doithoai.ActViewFiles
	if original {
		act = doithoai.ActOpenOriginal
	}
	if err := doithoai.Can(actor, act, s); err != nil {
		return a, nil, err
	}
	if a, f, err = db.openAttachment(ctx, o.AuthorityID, doithoai.FilesOfSlip, o.SlipID, id, original); err != nil {
		return a, nil, err
	}
	var of doithoai.FileHash
	if original {
		of = a.Hash
	}
	served, err := viewServes(ctx, db.reader(), actor, opinion, act, of, db.Now())
	if err == nil && !served {
		err = ErrNotViewed
	}
	if err != nil {
		return a, nil, errors.Join(err, f.Close())
	}
	return a, f, nil
}
