package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

const sheetColumns = `dialogue_id, unit_id, authority_id, from_day, to_day, state, body, reason, saved_by, saved_at,
	submitted_at, version`

func scanSheet(r row) (s plan.Sheet, err error) {
	var b []byte
	if err = r.Scan(&s.DialogueID, &s.UnitID, &s.AuthorityID, &s.From, &s.To, &s.State, &b, &s.Reason, &s.SavedBy,
		&s.SavedAt, &s.SubmittedAt, &s.Version); err != nil {
		return s, err
	}
	var body sheetBody
	err = json.Unmarshal(b, &body)
	s.Rows = body.Rows
	return s, err
}

// sheetBody is a sheet's rows as they are kept.
type sheetBody struct {
	Rows []plan.ProcedureFigures `json:"rows"`
}

// FiguresSubject is what drafts of a unit's figures for a dialogue are of: the unit, and the end of the dialogue's id,
// which tells it from the others that the officer has drafts for.
func FiguresSubject(dialogue, unit doithoai.ID) string {
	return string(unit) + "." + string(dialogue[max(0, len(dialogue)-12):])
}

// ProcedureSheets lists the units' figures for a dialogue: who may see dialogues sees them.
func (db *DB) ProcedureSheets(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]plan.Sheet, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeDialogues, dialogue); err != nil {
		return nil, err
	}
	return sheetsOf(ctx, db.reader(), dialogue)
}

func sheetsOf(ctx context.Context, q querier, dialogue doithoai.ID) ([]plan.Sheet, error) {
	return list(ctx, q, scanSheet, `SELECT `+sheetColumns+`
		FROM procedure_sheet
		WHERE dialogue_id = $1
		ORDER BY unit_id`, dialogue)
}

// KeepFigures keeps a unit's sheet as far as it is typed; it need not add up yet. version is the sheet's, 0 where
// nothing was typed before.
func (db *DB) KeepFigures(
	ctx context.Context, actor doithoai.Actor, s plan.Sheet, version int,
) (plan.Sheet, error) {
	return db.moveSheet(ctx, actor, doithoai.ActKeepFigures, s, version, func(*Tx, plan.Sheet) []doithoai.Problem {
		return s.KeepProblems()
	})
}

// SubmitFigures hands a unit's sheet in as it was typed: it adds up. version is the sheet's.
func (db *DB) SubmitFigures(
	ctx context.Context, actor doithoai.Actor, s plan.Sheet, version int,
) (plan.Sheet, error) {
	return db.moveSheet(ctx, actor, doithoai.ActSubmitFigures, s, version, func(tx *Tx, s plan.Sheet) []doithoai.Problem {
		return s.SubmitProblems(tx.Now.Date())
	})
}

// ReturnFigures gives a sheet back to its unit, with the reason. version is the sheet's.
func (db *DB) ReturnFigures(
	ctx context.Context, actor doithoai.Actor, dialogue, unit doithoai.ID, version int, reason string,
) (plan.Sheet, error) {
	s := plan.Sheet{DialogueID: dialogue, UnitID: unit, Reason: reason}
	return db.moveSheet(ctx, actor, doithoai.ActReturnFigures, s, version, func(*Tx, plan.Sheet) []doithoai.Problem {
		return plan.NoteProblems("ly-do", "prepare.figures.problem.reason", reason)
	})
}

// moveSheet does an act to the sheet of a unit: typed is what it shall be, of which a return takes the reason alone.
func (db *DB) moveSheet(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, typed plan.Sheet, version int,
	problems func(*Tx, plan.Sheet) []doithoai.Problem,
) (s plan.Sheet, err error) {
	if err := doithoai.Can(actor, act, doithoai.Subject{
		AuthorityID: actor.AuthorityID, PreparerID: typed.UnitID,
	}); err != nil {
		return s, err
	}
	if err := checkID(typed.DialogueID); err != nil {
		return s, err
	}
	if err := checkID(typed.UnitID); err != nil {
		return s, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, unit, err := tx.sheetOf(ctx, actor.AuthorityID, typed)
		if err != nil {
			return err
		}
		s, err = one(ctx, tx, scanSheet, `SELECT `+sheetColumns+`
			FROM procedure_sheet
			WHERE dialogue_id = $1 AND unit_id = $2`+db.dialect.forUpdate(), typed.DialogueID, typed.UnitID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return err
		}
		before := s.State
		if s.Version != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if act == doithoai.ActSubmitFigures && s.Version == 0 { // typed and handed in at once
			s.State = plan.SheetDraft
		}
		if s, err = s.Move(act); err != nil {
			return err
		}
		s.DialogueID, s.UnitID, s.AuthorityID = typed.DialogueID, typed.UnitID, actor.AuthorityID
		if act == doithoai.ActReturnFigures {
			s.Reason, s.SubmittedAt = typed.Reason, calendar.Instant{}
		} else {
			s.From, s.To, s.Rows, s.SavedBy, s.SavedAt = typed.From, typed.To, typed.Rows, actor.ID, tx.Now
		}
		if act == doithoai.ActSubmitFigures {
			s.Reason, s.SubmittedAt = "", tx.Now
		}
		list := problems(tx, s)
		if list, err = tx.fieldProblems(ctx, s, list); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(list); err != nil {
			return err
		}
		if err := tx.writeSheet(ctx, s, version); err != nil {
			return err
		}
		s.Version = version + 1
		if err := tx.dropDraft(ctx, actor, DraftFigures, FiguresSubject(s.DialogueID, s.UnitID)); err != nil {
			return err
		}
		tx.touch(TopicQuestions + string(d.ID))
		return tx.audit(ctx, actor, act, d.Slug+" "+unit.Name, string(before), string(s.State))
	})
	return s, err
}

// sheetOf finds the dialogue and the unit of a sheet: both of the authority, the unit there today.
func (tx *Tx) sheetOf(
	ctx context.Context, authority doithoai.ID, s plan.Sheet,
) (d doithoai.Dialogue, u doithoai.Unit, err error) {
	if d, err = dialogueOf(ctx, tx, authority, s.DialogueID, ""); err != nil {
		return d, u, err
	}
	u, err = one(ctx, tx, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE id = $1 AND authority_id = $2`, s.UnitID, authority)
	return d, u, err
}

// fieldProblems adds what is wrong with the fields of a sheet's rows: each is one of the authority's, and stands once.
func (tx *Tx) fieldProblems(
	ctx context.Context, s plan.Sheet, list []doithoai.Problem,
) ([]doithoai.Problem, error) {
	names, err := pairs[string](ctx, tx, `SELECT code, name FROM field WHERE authority_id = $1`, s.AuthorityID)
	had := map[string]bool{}
	for i, f := range s.Rows {
		if _, known := names[f.FieldCode]; !known || had[f.FieldCode] {
			list = append(list, doithoai.Problem{
				Field: plan.FigureField("linh-vuc", i), Key: "prepare.figures.problem.field",
			})
		}
		had[f.FieldCode] = true
	}
	return list, err
}

func (tx *Tx) writeSheet(ctx context.Context, s plan.Sheet, version int) error {
	body, err := json.Marshal(sheetBody{s.Rows})
	if err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	return tx.execOne(ctx, `INSERT INTO procedure_sheet (`+sheetColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
		ON CONFLICT (dialogue_id, unit_id) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day,
			state = excluded.state, body = excluded.body, reason = excluded.reason, saved_by = excluded.saved_by,
			saved_at = excluded.saved_at, submitted_at = excluded.submitted_at, version = procedure_sheet.version + 1
		WHERE procedure_sheet.version = $12`,
		s.DialogueID, s.UnitID, s.AuthorityID, s.From, s.To, s.State, string(body), s.Reason, s.SavedBy, s.SavedAt,
		s.SubmittedAt, version)
}
