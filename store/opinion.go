package store

import (
	"context"
	"strings"

	"doithoai"
)

const opinionColumns = `id, authority_id, slip_id, dialogue_id, number, channel, manner, content, headline, ` +
	`summary, field_code, village_id, received_at, out_of_scope, ruling, ruled_at, petition_id, joined_to, turn_id, ` +
	`unheard, kind, content_code, place_village_id, place_elsewhere, part_of, repeats, repeat_root, outcome, version`

func scanOpinion(r row) (o doithoai.Opinion, err error) {
	err = r.Scan(opinionFields(&o)...)
	return o, err
}

// opinionFields are where the opinionColumns are read to.
func opinionFields(o *doithoai.Opinion) []any {
	return []any{
		&o.ID, &o.AuthorityID, &o.SlipID, &o.DialogueID, &o.Number, &o.Channel, &o.Manner, &o.Content, &o.Headline,
		&o.Summary, &o.FieldCode, &o.VillageID, &o.ReceivedAt, &o.OutOfScope, &o.Ruling, &o.RuledAt, &o.PetitionID,
		&o.JoinedTo, &o.TurnID, &o.Unheard, &o.Kind, &o.ContentCode, &o.PlaceVillageID, &o.PlaceElsewhere, &o.PartOf,
		&o.Repeat.Before, &o.Repeat.Root, &o.Outcome, &o.Version,
	}
}

func opinionsOfSlip(ctx context.Context, q querier, slip doithoai.ID) ([]doithoai.Opinion, error) {
	return list(ctx, q, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE slip_id = $1 ORDER BY id`, slip)
}

func opinionByID(ctx context.Context, q querier, id doithoai.ID) (doithoai.Opinion, error) {
	if err := checkID(id); err != nil {
		return doithoai.Opinion{}, err
	}
	return one(ctx, q, scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE id = $1`, id)
}

// notDenounced is a condition on opinion o: it did not leave as a denunciation, nor did the one that it is joined to.
const notDenounced = `(o.ruling <> '` + string(doithoai.RulingDenunciation) + `' AND (o.joined_to IS NULL
			OR NOT EXISTS (SELECT 1
				FROM opinion jo
				WHERE jo.id = o.joined_to AND jo.ruling = '` + string(doithoai.RulingDenunciation) + `')))`

// unspoken is a condition on opinion o: it came in writing, and was not taken down from what somebody said in the hall
// ([doithoai.Channel.Spoken]).
const unspoken = `o.channel NOT IN ('hall', 'sheet')`

// columnsOf are columns in a query that names their table.
func columnsOf(table, columns string) string {
	return table + "." + strings.ReplaceAll(columns, ", ", ", "+table+".")
}

const petitionColumns = `id, authority_id, opinion_id, lead_unit_id, state, start_day, term_n, term_unit, due, ` +
	`calendar_version, calendar_kept, extended, answered_at, missed, handed_over, assigned_at, officer_id, ` +
	`round, round_missed, round_answered_at, asked, version`

func scanPetition(r row) (p doithoai.Petition, err error) {
	err = r.Scan(petitionFields(&p)...)
	return p, err
}

// petitionFields are where the petitionColumns are read to.
func petitionFields(p *doithoai.Petition) []any {
	return []any{
		&p.ID, &p.AuthorityID, &p.OpinionID, &p.LeadUnitID, &p.State, &p.Start, &p.Term.N, &p.Term.Unit, &p.Due,
		&p.CalendarVersion, &p.CalendarKept, &p.Extended, &p.AnsweredAt, &p.Missed, &p.HandedOver,
		&p.AssignedAt, &p.OfficerID, &p.Round, &p.RoundMissed, &p.RoundAnsweredAt, &p.Asked, &p.Version,
	}
}

// petitionOf loads the petition of an opinion, nil where it has none.
func petitionOf(ctx context.Context, q querier, o doithoai.Opinion) (*doithoai.Petition, error) {
	if o.PetitionID == "" {
		return nil, nil
	}
	p, err := one(ctx, q, scanPetition, `SELECT `+petitionColumns+` FROM petition WHERE id = $1`, o.PetitionID)
	return &p, err
}
