package store

import (
	"context"
	"fmt"
	"io"
	"os"

	"doithoai"
	"doithoai/calendar"
)

// mostTemplates bounds the rows of an authority that are read: its newest.
const mostTemplates = 2000

const templateColumns = `t.id, t.kind, t.version, t.valid_from, t.own, coalesce(a.name, ''), t.officer_id, t.at`

func scanTemplate(r row) (t doithoai.PaperTemplate, err error) {
	err = r.Scan(&t.ID, &t.Kind, &t.Version, &t.From, &t.Own, &t.Name, &t.By, &t.At)
	return t, err
}

func paperTemplates(ctx context.Context, q querier, authority doithoai.ID) (doithoai.PaperTemplates, error) {
	all, err := list(ctx, q, scanTemplate, `SELECT `+templateColumns+`
		FROM (
			SELECT id, authority_id, kind, version, valid_from, own, officer_id, at
			FROM paper_template
			WHERE authority_id = $1
			ORDER BY at DESC
			LIMIT $2
		) t
		LEFT JOIN attachment a ON a.authority_id = t.authority_id AND a.owner = $3 AND a.owner_id = t.id
		ORDER BY t.kind, t.version`, authority, mostTemplates, string(doithoai.FilesOfTemplate))
	return all, err
}

// PaperTemplates lists how the documents of an authority look as Word files, with what was before.
func (db *DB) PaperTemplates(ctx context.Context, authority doithoai.ID) (doithoai.PaperTemplates, error) {
	return paperTemplates(ctx, db.reader(), authority)
}

// SetPaperTemplate makes an upload of the actor the look of the documents of a kind, from a day on. version is that of
// the kind's last change as the actor saw it. What the file is, and which fields it has, its page has looked at.
func (db *DB) SetPaperTemplate(
	ctx context.Context, actor doithoai.Actor, kind doithoai.PaperKind, version int, from calendar.Date,
	uploads []doithoai.ID,
) (doithoai.PaperTemplate, error) {
	return db.changeTemplate(ctx, actor, doithoai.ActSetPaperTemplate, kind, version, from, uploads)
}

// DropPaperTemplate gives the documents of a kind the form of the program again, from a day on. version is that of the
// kind's last change as the actor saw it.
func (db *DB) DropPaperTemplate(
	ctx context.Context, actor doithoai.Actor, kind doithoai.PaperKind, version int, from calendar.Date,
) (doithoai.PaperTemplate, error) {
	return db.changeTemplate(ctx, actor, doithoai.ActDropPaperTemplate, kind, version, from, nil)
}

func (db *DB) changeTemplate(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, kind doithoai.PaperKind, version int, from calendar.Date,
	uploads []doithoai.ID,
) (t doithoai.PaperTemplate, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if err := may(actor, act); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		all, err := paperTemplates(ctx, tx, actor.AuthorityID)
		if err != nil {
			return err
		}
		if all.Version(kind) != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		own := act == doithoai.ActSetPaperTemplate
		if t, err = all.Next(kind, own, from, tx.Now.Date()); err != nil {
			return err
		}
		if own && len(uploads) != 1 {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "tep", Key: "template.problem.none"}})
		}
		t.ID, t.By, t.At = newID(), actor.ID, tx.Now
		if err := tx.exec(ctx, `INSERT INTO paper_template (id, authority_id, kind, version, valid_from, own, officer_id, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			t.ID, actor.AuthorityID, t.Kind, t.Version, t.From, t.Own, t.By, t.At); err != nil {
			return err
		}
		after := templateEntry(t)
		if own {
			hashes, err := tx.takeFiles(ctx, actor, doithoai.FilesOfTemplate, t.ID, uploads)
			if err != nil {
				return err
			}
			after += " " + hashes[0].String()
		}
		before := ""
		if was, ok := all.At(kind, from); ok {
			before = templateEntry(was)
		}
		return tx.audit(ctx, actor, act, string(kind), before, after)
	})
	return t, err
}

// templateEntry is a row as the audit keeps it: "own 2026-11-03/".
func templateEntry(t doithoai.PaperTemplate) string {
	return fmt.Sprintf("%s %s/", map[bool]string{true: "own", false: "program"}[t.Own], t.From)
}

// OpenPaperTemplate opens an authority's own file as it was uploaded; the caller closes it.
func (db *DB) OpenPaperTemplate(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := may(actor, doithoai.ActSeeRules); err != nil {
		return a, nil, err
	}
	return db.openTemplate(ctx, actor.AuthorityID, id)
}

func (db *DB) openTemplate(
	ctx context.Context, authority, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := checkID(id); err != nil {
		return a, nil, err
	}
	files, err := filesOf(ctx, db.reader(), authority, doithoai.FilesOfTemplate, id)
	if err != nil {
		return a, nil, err
	}
	if len(files) != 1 {
		return a, nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return db.openAttachment(ctx, authority, doithoai.FilesOfTemplate, id, files[0].ID, true)
}

// PaperTemplate is the authority's own file that holds for the documents of a kind on a day; nil where the form of the
// program does.
func (db *DB) PaperTemplate(
	ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind, on calendar.Date,
) (b []byte, err error) {
	id, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT CASE WHEN own THEN id END
		FROM paper_template
		WHERE authority_id = $1 AND kind = $2 AND valid_from <= $3
		ORDER BY valid_from DESC, version DESC
		LIMIT 1`, authority, kind, on)
	if doithoai.KindOf(err) == doithoai.NotFound || err == nil && id == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	_, f, err := db.openTemplate(ctx, authority, id)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it is only read
	if b, err = io.ReadAll(f); err != nil {
		return nil, fmt.Errorf("template %s: %w", id, err)
	}
	return b, nil
}
