package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// OpenTask is a piece of open work that somebody has begun: its register number says which, no content.
type OpenTask struct {
	Number doithoai.RegisterNumber // empty: a draft that belongs to no opinion, or an explanation
	Kind   OpenKind
	Unit   string // to which it falls, "" where that is the office
	Due    calendar.Date
}

// OpenKind is what somebody has begun.
type OpenKind string

const (
	OpenDraft     OpenKind = "draft"     // typed and sent to nobody: it goes with its writer
	OpenSubmitted OpenKind = "submitted" // an answer that waits for a signature
	OpenReturned  OpenKind = "returned"  // an answer that came back
	OpenProposed  OpenKind = "proposed"  // a public summary that waits for another's eyes, or came back
	// OpenCorrection is what is to replace an answer that went out, and is not dispatched yet.
	OpenCorrection OpenKind = "correction"
	// OpenAsked is an explanation that the chair asked of this officer: without number, it is about them.
	OpenAsked OpenKind = "asked"
)

// OpenWork lists what an officer has begun and not ended, earliest due first. Denunciations are not in it.
func (db *DB) OpenWork(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]OpenTask, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	o, err := one(ctx, db.reader(), scanOfficer, `SELECT `+officerColumns+` FROM officer WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActManageAccounts,
		doithoai.Subject{AuthorityID: o.AuthorityID, OfficerID: o.ID}); err != nil {
		return nil, err
	}
	begun, err := list(ctx, db.reader(), func(r row) (t OpenTask, err error) {
		err = r.Scan(&t.Number, &t.Kind, &t.Unit, &t.Due)
		return t, err
	}, `SELECT w.number, w.kind, coalesce(u.name, ''), w.due FROM (
			`+handedInAt(doithoai.StageSubmitted)+`
			UNION ALL
			`+handedInAt(doithoai.StageReturned)+`
			UNION ALL
			SELECT o.number, 'proposed', p.lead_unit_id, p.due
			FROM publication b JOIN opinion o ON o.id = b.opinion_id
			LEFT JOIN petition p ON p.id = o.petition_id AND p.state <> 'ended'
			WHERE b.proposed_by = $1 AND b.state <> 'published' AND `+notDenounced+`
			UNION ALL
			SELECT o.number, 'proposed', p.lead_unit_id, p.due
			FROM publication_correction b JOIN opinion o ON o.id = b.opinion_id
			LEFT JOIN petition p ON p.id = o.petition_id
			WHERE b.proposed_by = $1 AND `+notDenounced+`
			UNION ALL
			SELECT o.number, 'correction', p.lead_unit_id, p.due
			FROM answer_correction b JOIN opinion o ON o.id = b.opinion_id
			JOIN petition p ON p.id = b.petition_id
			WHERE b.authority_id = $2 AND b.`+openCorrections+` AND b.officer_id = $1 AND `+notDenounced+`
			UNION ALL
			SELECT '', 'asked', NULL, x.due
			FROM explanation x JOIN opinion o ON o.id = x.opinion_id
			WHERE x.officer_id = $1 AND x.given_at IS NULL AND `+notDenounced+`
		) w LEFT JOIN unit u ON u.id = w.unit_id
		ORDER BY CASE WHEN w.due IS NULL THEN 1 ELSE 0 END, w.due, w.number, w.kind LIMIT $3`, id, o.AuthorityID, maxWork)
	if err != nil {
		return nil, err
	}
	drafts, err := draftTasks(ctx, db.reader(), id)
	if err != nil {
		return nil, err
	}
	begun = append(begun, drafts...)
	slices.SortStableFunc(begun, func(a, b OpenTask) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(fmt.Sprint(a.Due.IsZero()), fmt.Sprint(b.Due.IsZero()))
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Kind, b.Kind))
	})
	return begun[:min(len(begun), maxWork)], nil
}

// handedInAt is a query for the opinions of authority $2 at a stage whose answer officer $1 handed in.
func handedInAt(stage doithoai.Stage) string {
	return `SELECT o.number AS number, o.stage AS kind, o.lead_unit_id AS unit_id, p.due AS due
			FROM opinion o JOIN petition p ON p.id = o.petition_id
			WHERE o.authority_id = $2 AND o.stage = '` + string(stage) + `' AND $1 = (
				SELECT e.actor_id FROM event e WHERE e.opinion_id = o.id AND e.act = 'submit_answer' ORDER BY e.leaf DESC LIMIT 1)`
}

// draftTasks are the drafts of an officer, each with the opinion that it is on, if it is on one. Those on denunciations
// are passed over.
func draftTasks(ctx context.Context, q querier, officer doithoai.ID) ([]OpenTask, error) {
	subjects, err := list(ctx, q, column[string], `SELECT subject FROM draft WHERE officer_id = $1`, officer)
	if err != nil {
		return nil, err
	}
	var all []OpenTask
	for _, subject := range subjects {
		t, gone := OpenTask{Kind: OpenDraft}, false
		if id := doithoai.ID(subject); wellFormed(id) {
			on, err := one(ctx, q, func(r row) (on OpenTask, err error) {
				err = r.Scan(&on.Number, &on.Unit, &on.Due, &gone)
				return on, err
			}, `SELECT o.number, coalesce(u.name, ''), p.due, CASE WHEN `+notDenounced+` THEN 0 ELSE 1 END
				FROM opinion o
				LEFT JOIN petition p ON p.id = o.petition_id AND p.state <> 'ended'
				LEFT JOIN unit u ON u.id = p.lead_unit_id
				WHERE o.id = $1`, id)
			if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
				return nil, err
			}
			t.Number, t.Unit, t.Due = on.Number, on.Unit, on.Due
		}
		if !gone {
			all = append(all, t)
		}
	}
	return all, nil
}
