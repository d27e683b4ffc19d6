package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// maxComing bounds the dialogues to come whose preparation is looked at, the next ones first.
const maxComing = 20

// Chores lists what is left to do of the preparation of the authority's dialogues to come, beside tasks of the plan and
// registered questions, dialogue by dialogue.
func (db *DB) Chores(ctx context.Context, actor doithoai.Actor) ([]plan.Chore, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	q := db.reader()
	rules, err := loadRules(ctx, q, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	return choresOf(ctx, q, actor.AuthorityID, rules, db.Now().Date())
}

func choresOf(
	ctx context.Context, q querier, authority doithoai.ID, rules doithoai.Rules, today calendar.Date,
) (all []plan.Chore, err error) {
	coming, err := list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND starts_at >= $2
		ORDER BY starts_at LIMIT $3`, authority, calendar.InstantAt(today, 0, 0), maxComing)
	if err != nil || len(coming) == 0 {
		return nil, err
	}
	o, err := loadOrganisation(ctx, q, authority)
	if err != nil {
		return nil, err
	}
	for _, d := range coming {
		p := plan.Preparation{Dialogue: d, Units: o.UnitsOn(today)}
		if p.Invitations, err = invitationsOf(ctx, q, authority, d.ID); err != nil {
			return nil, err
		}
		if p.Sheets, err = sheetsOf(ctx, q, d.ID); err != nil {
			return nil, err
		}
		if p.Items, err = logisticsOf(ctx, q, authority, d.ID); err != nil {
			return nil, err
		}
		if p.Villages, err = relayOf(ctx, q, d, o.Villages, plan.RelayAnnouncement); err != nil {
			return nil, err
		}
		all = append(all, p.Chores(rules)...)
	}
	return all, nil
}
