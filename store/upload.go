package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"doithoai"
	"doithoai/calendar"
	"doithoai/file"
)

// uploadLife is how long an upload of a resident waits for its form. One of an officer waits as long as a draft.
const uploadLife = 24 * time.Hour

// uploadsMost is how much may wait for an authority at once. Anybody may upload, and must not fill the disk.
var uploadsMost = uploadBound{files: 4000, bytes: 4 << 30}

type uploadBound struct {
	files int
	bytes int64
}

const uploadColumns = `id, name, kind, size, hash, shown_hash, at`

func scanUpload(r row) (u doithoai.Upload, err error) {
	err = r.Scan(&u.ID, &u.Name, &u.Kind, &u.Size, &u.Hash, &u.Shown, &u.At)
	return u, err
}

// KeepUpload keeps a file that came with a form, checked, until the form is sent. r reads it from its beginning; name
// is cleaned. What it holds is on the disk before the row is written, and no act waits for that. It is Unavailable
// where nothing can be kept now: no folder, a full disk, too much that waits.
func (db *DB) KeepUpload(
	ctx context.Context, actor doithoai.Actor, name string, c file.Checked, r io.ReadSeeker,
) (doithoai.Upload, error) {
	u := doithoai.Upload{File: doithoai.File{
		Name: doithoai.NamedAs(name, c.Kind), Kind: c.Kind, Size: c.Size, Hash: c.Hash, Shown: c.ShownHash,
	}}
	if actor.AuthorityID == "" {
		return u, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	id, err := uuid.NewRandom() // no UUIDv7: it is a secret
	if err != nil {
		return u, fmt.Errorf("make an id: %w", err)
	}
	u.ID = doithoai.ID(id.String())
	if err := db.putFile(c, r); err != nil {
		return u, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		u.At = tx.Now
		return tx.addUpload(ctx, actor, u)
	})
	if err != nil {
		return u, err
	}
	// What sweeps may have taken the file before it saw the row (file.Folder.Sweep).
	if !db.files.Has(u.Hash) || !u.Shown.IsZero() && !db.files.Has(u.Shown) {
		err = db.putFile(c, r)
	}
	return u, err
}

// putFile puts a file and what others see of it on the disk.
func (db *DB) putFile(c file.Checked, r io.ReadSeeker) error {
	_, err := r.Seek(0, io.SeekStart)
	if err == nil {
		err = db.files.Put(c.Hash, r)
	}
	if err == nil && c.Shown != nil {
		err = db.files.PutBytes(c.ShownHash, c.Shown)
	}
	if err != nil {
		return &doithoai.Error{Kind: doithoai.Unavailable, Key: "error.unavailable", Cause: err}
	}
	return nil
}

// addUpload writes the row of an upload, within the bounds of its authority. Two nodes at once may pass a bound by a
// file each.
func (tx *Tx) addUpload(ctx context.Context, actor doithoai.Actor, u doithoai.Upload) error {
	var all uploadBound
	if err := tx.queryRow(ctx, `SELECT count(*), coalesce(sum(size), 0) FROM upload WHERE authority_id = $1`,
		actor.AuthorityID).Scan(&all.files, &all.bytes); err != nil {
		return fmt.Errorf("uploads that wait: %w", err)
	}
	if all.files >= uploadsMost.files || all.bytes+u.Size > uploadsMost.bytes {
		return doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	life := uploadLife
	if actor.ID != "" {
		life = DraftLife
	}
	return tx.exec(ctx, `INSERT INTO upload (id, authority_id, officer_id, name, kind, size, hash, shown_hash, at, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		u.ID, actor.AuthorityID, actor.ID, u.Name, string(u.Kind), u.Size, u.Hash, u.Shown, u.At, tx.Now.Add(life))
}

// maxUploads bounds the uploads that one form names.
const maxUploads = 100

// Uploads are the uploads of the actor that a form names, in its order; what is none of them, or waited too long, is
// left out.
func (db *DB) Uploads(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) ([]doithoai.Upload, error) {
	return uploadsOf(ctx, db.reader(), actor, ids, db.Now())
}

func uploadsOf(
	ctx context.Context, q querier, actor doithoai.Actor, ids []doithoai.ID, now calendar.Instant,
) ([]doithoai.Upload, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id doithoai.ID) bool { return !wellFormed(id) })
	if len(ids) == 0 || len(ids) > maxUploads {
		return nil, nil
	}
	args := []any{actor.AuthorityID, now}
	bind := binder(&args)
	whose := `officer_id IS NULL`
	if actor.ID != "" {
		whose = `officer_id = ` + bind(actor.ID)
	}
	found, err := list(ctx, q, scanUpload, `SELECT `+uploadColumns+`
		FROM upload
		WHERE authority_id = $1 AND until >= $2 AND `+whose+` AND id IN `+inList(bind, ids), args...)
	slices.SortFunc(found, func(a, b doithoai.Upload) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return found, err
}

// OpenUpload opens what a form holds and has not sent yet, to who uploaded it; the caller closes it. Of a picture it is
// what others will see.
func (db *DB) OpenUpload(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (u doithoai.Upload, f *os.File, err error) {
	mine, err := db.Uploads(ctx, actor, []doithoai.ID{id})
	if err != nil {
		return u, nil, err
	}
	if len(mine) == 0 {
		return u, nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	f, err = db.openKept(mine[0].File, false)
	return mine[0], f, err
}

// takeUploads returns the uploads that a form names, all of them and each once, or refuses the form.
func (tx *Tx) takeUploads(
	ctx context.Context, actor doithoai.Actor, ids []doithoai.ID,
) ([]doithoai.Upload, error) {
	found, err := uploadsOf(ctx, tx, actor, ids, tx.Now)
	if err == nil && len(found) != len(ids) {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "tep", Key: "file.problem.gone"}})
	}
	return found, err
}

// DropUploads forgets uploads of the actor that will belong to nothing: nobody can open or attach them any more, and
// what they held is swept.
func (db *DB) DropUploads(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) error {
	if len(ids) == 0 {
		return nil
	}
	return db.act(ctx, func(tx *Tx) error {
		mine, err := uploadsOf(ctx, tx, actor, ids, tx.Now)
		if err != nil {
			return err
		}
		return tx.dropUploads(ctx, mine)
	})
}

// dropUploads forgets uploads that belong to something now.
func (tx *Tx) dropUploads(ctx context.Context, uploads []doithoai.Upload) error {
	if len(uploads) == 0 {
		return nil
	}
	var args []any
	bind := binder(&args)
	ids := make([]doithoai.ID, len(uploads))
	for i, u := range uploads {
		ids[i] = u.ID
	}
	return tx.exec(ctx, `DELETE FROM upload WHERE id IN `+inList(bind, ids), args...)
}

// hashesSent are the hashes of the files that a form names, whether they wait or belong to something already: the same
// form sent again holds the same.
func (db *DB) hashesSent(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) ([]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id doithoai.ID) bool { return !wellFormed(id) })
	if len(ids) == 0 || len(ids) > maxUploads {
		return nil, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in := inList(bind, ids)
	found, err := list(ctx, db.reader(), column[doithoai.FileHash], `SELECT hash
		FROM upload
		WHERE authority_id = $1 AND id IN `+in+`
		UNION ALL
		SELECT hash
		FROM attachment
		WHERE authority_id = $1 AND id IN `+in, args...)
	all := make([]string, len(found))
	for i, h := range found {
		all[i] = h.String()
	}
	slices.Sort(all)
	return all, err
}

// FileLimits are the authority's bounds of files today.
func (db *DB) FileLimits(ctx context.Context, authority doithoai.ID) (doithoai.FileLimits, error) {
	return fileLimits(ctx, db.reader(), authority, db.Now().Date())
}

func fileLimits(
	ctx context.Context, q querier, authority doithoai.ID, on calendar.Date,
) (doithoai.FileLimits, error) {
	var all doithoai.Parameters
	for _, key := range []string{doithoai.ParameterFileSize, doithoai.ParameterFileCount} {
		ps, err := parametersOf(ctx, q, authority, key, "")
		if err != nil {
			return doithoai.FileLimits{}, err
		}
		all = append(all, ps...)
	}
	return all.FileLimits(on)
}

// sweepAfter is how old a file must be for its want of a use to count: what was just put has its row soon.
const sweepAfter = 24 * time.Hour

// SweepFiles deletes files that nothing uses any more, also those of uploads that [DB.Purge] forgot: daily work. What
// was taken away is deleted a day later, so that a backup under way still finds it.
func (db *DB) SweepFiles(ctx context.Context) (bool, error) {
	return db.daily(ctx, "sweep_files", db.sweepFiles)
}

func (db *DB) sweepFiles(ctx context.Context) error {
	if db.files == "" {
		return nil
	}
	_, err := db.files.Sweep(db.wall().Add(-sweepAfter), func(h doithoai.FileHash) (bool, error) {
		return db.fileUsed(ctx, h)
	})
	return err
}

// fileUsed reports whether anything of any authority is kept under the hash.
func (db *DB) fileUsed(ctx context.Context, h doithoai.FileHash) (bool, error) {
	var each []string
	for _, column := range []string{"hash", "shown_hash"} {
		each = append(each, `EXISTS (SELECT 1 FROM upload WHERE `+column+` = $1)`,
			`EXISTS (SELECT 1 FROM attachment WHERE `+column+` = $1 AND (removed_at IS NULL OR removed_at > $2))`)
	}
	n, err := one(ctx, db.reader(), column[int],
		`SELECT CASE WHEN `+strings.Join(each, " OR ")+` THEN 1 ELSE 0 END`, h, db.Now().Add(-sweepAfter))
	return n > 0, err
}

// openKept opens what is kept of a file: what others see of a picture, or the original.
func (db *DB) openKept(of doithoai.File, original bool) (*os.File, error) {
	hash := of.Hash
	if !original && !of.Shown.IsZero() {
		hash = of.Shown
	}
	f, err := db.files.Open(hash)
	if errors.Is(err, fs.ErrNotExist) {
		err = &doithoai.Error{Kind: doithoai.Unavailable, Key: "file.problem.missing", Cause: errors.Join(errNoFile, err)}
	}
	return f, err
}

// errNoFile means that the database knows a file which its folder has not.
var errNoFile = errors.New("the file is missing in its folder")
