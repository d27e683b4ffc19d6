package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const textColumns = `dialogue_id, kind, authority_id, body, number, dated, written_by, written_at, version`

func scanText(r row) (t plan.Text, err error) {
	err = r.Scan(&t.DialogueID, &t.Kind, &t.AuthorityID, &t.Body, &t.Number, &t.Dated, &t.By, &t.At, &t.Version)
	return t, err
}

// TextSubject is what a draft of a dialogue's text is of.
func TextSubject(dialogue doithoai.ID, kind plan.TextKind) string {
	return string(dialogue) + "/" + string(kind)
}

// WriteText keeps a text of a dialogue, and forgets the draft of who wrote it. version is that of the text, 0 where
// there is none yet.
func (db *DB) WriteText(ctx context.Context, actor doithoai.Actor, version int, t plan.Text) (plan.Text, error) {
	if err := may(actor, doithoai.ActWriteText); err != nil {
		return t, err
	}
	typed := t.Number
	err := db.act(ctx, func(tx *Tx) error {
		d, err := tx.wholeDialogue(ctx, actor.AuthorityID, t.DialogueID, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if !d.May(doithoai.ActWriteText) || t.Kind == plan.TextConclusion { // [DB.WriteConclusion]
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if t.Kind == plan.TextAnnouncement {
			t.Number, err = tx.numberOf(ctx, actor.AuthorityID, doithoai.DocumentAnnouncement, typed, t.Dated)
			if err != nil {
				return err
			}
		}
		if err := doithoai.RefuseForm(t.Problems(tx.Now.Date())); err != nil {
			return err
		}
		t.AuthorityID, t.By, t.At, t.Version = actor.AuthorityID, actor.ID, tx.Now, version+1
		if err := tx.putText(ctx, version, t); err != nil {
			return err
		}
		if err := tx.registerText(ctx, t); err != nil {
			return err
		}
		if err := tx.dropDraft(ctx, actor, DraftText, TextSubject(d.ID, t.Kind)); err != nil {
			return err
		}
		tx.touch("dialogue/" + string(d.ID))
		return tx.audit(ctx, actor, doithoai.ActWriteText, d.Slug, "", string(t.Kind))
	})
	return t, err
}

func (tx *Tx) putText(ctx context.Context, version int, t plan.Text) error {
	if version > 0 {
		return tx.execOne(ctx, `UPDATE dialogue_text SET body = $1, number = $2, dated = $3, written_by = $4,
				written_at = $5, version = $6
			WHERE dialogue_id = $7 AND kind = $8 AND version = $9`,
			t.Body, t.Number, t.Dated, t.By, t.At, t.Version, t.DialogueID, t.Kind, version)
	}
	err := tx.exec(ctx, `INSERT INTO dialogue_text (`+textColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		t.DialogueID, t.Kind, t.AuthorityID, t.Body, t.Number, t.Dated, t.By, t.At, t.Version)
	if notUnique(err) {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

// registerText keeps the number of an announcement in the register of documents, as the text has it now.
func (tx *Tx) registerText(ctx context.Context, t plan.Text) error {
	if t.Kind != plan.TextAnnouncement {
		return nil
	}
	d := doithoai.Document{
		AuthorityID: t.AuthorityID, Kind: doithoai.DocumentAnnouncement, Subject: t.DialogueID, DialogueID: t.DialogueID,
		Number: doithoai.WithSymbol(t.Number, doithoai.DocumentAnnouncement.Symbol()), Dated: t.Dated,
	}
	next, err := tx.nextPart(ctx, d)
	if err != nil {
		return err
	}
	if next > 0 {
		if d.Part = next - 1; t.Number != "" {
			replaces, err := tx.replacesSigned(ctx, d)
			if err != nil {
				return err
			}
			if replaces {
				d.Part = next
				if err := tx.claim(ctx, d); err != nil {
					return err
				}
				return tx.follow(ctx, d)
			}
		}
	}
	if t.Number == "" {
		return tx.unregister(ctx, d)
	}
	return tx.register(ctx, d)
}

// replacesSigned reports whether a document with another number takes the place of one whose signed file is kept, and
// marks that as replaced.
func (tx *Tx) replacesSigned(ctx context.Context, d doithoai.Document) (bool, error) {
	signed, err := tx.signed(ctx, d.Ref())
	if err != nil || !signed {
		return false, err
	}
	key, _, _ := doithoai.NumberKey(d.Number)
	n, err := tx.execCount(ctx, `UPDATE document
		SET state = $1, ended = $2, next_kind = kind, next_part = part + 1
		WHERE subject_id = $3 AND kind = $4 AND part = $5 AND number_key <> $6`,
		doithoai.DocumentReplaced, d.Dated, d.Subject, d.Kind, d.Part, key)
	return n > 0, err
}

// DialogueTexts are the texts that a dialogue has.
func (db *DB) DialogueTexts(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (map[plan.TextKind]plan.Text, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	return textsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func textsOf(
	ctx context.Context, q querier, authority, dialogue doithoai.ID,
) (map[plan.TextKind]plan.Text, error) {
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	all, err := list(ctx, q, scanText, `SELECT `+textColumns+`
		FROM dialogue_text
		WHERE dialogue_id = $1 AND authority_id = $2`, dialogue, authority)
	texts := make(map[plan.TextKind]plan.Text, len(all))
	for _, t := range all {
		texts[t.Kind] = t
	}
	return texts, err
}

// HouseRules are the house rules of a dialogue that people know of, as the office wrote them; NotFound where it wrote
// none.
func (db *DB) HouseRules(ctx context.Context, authority, dialogue doithoai.ID) (plan.Text, error) {
	if err := checkID(dialogue); err != nil {
		return plan.Text{}, err
	}
	return one(ctx, db.reader(), scanText, `SELECT `+textColumns+`
		FROM dialogue_text
		WHERE dialogue_id = $1 AND authority_id = $2 AND kind = $3
			AND EXISTS (SELECT 1 FROM dialogue d WHERE d.id = $1 AND d.announced_at IS NOT NULL)`,
		dialogue, authority, plan.TextHouseRules)
}

// paperDay is the day of the announcement's number; zero where it has none.
func paperDay(texts map[plan.TextKind]plan.Text) calendar.Date {
	return texts[plan.TextAnnouncement].Dated
}
