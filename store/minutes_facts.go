package store

import (
	"context"
	"encoding/json"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// maxMinutes is how many opinions minutes tell of: far more than a hall hears.
const maxMinutes = 5000

// minutesFacts reads everything that happened at a dialogue: what its minutes are composed from. Nothing is read of
// denunciations but their number.
func minutesFacts(ctx context.Context, q querier, d doithoai.Dialogue) (f plan.MinutesFacts, err error) {
	f.Dialogue = d
	if f.Dialogue.Programme, err = programmeOf(ctx, q, d.ID); err != nil {
		return f, err
	}
	if f.Authority, err = one(ctx, q, scanAuthority, authorityOn+` WHERE a.id = $2`,
		d.StartsAt.Date(), d.AuthorityID); err != nil {
		return f, err
	}
	if f.Heads, err = headsOf(ctx, q, d); err != nil {
		return f, err
	}
	if f.Attendance, err = attendanceChangesOf(ctx, q, d); err != nil {
		return f, err
	}
	if f.Runs, err = stepsOf(ctx, q, d.AuthorityID, d.ID); err != nil {
		return f, err
	}
	if f.Presiding, err = presidingOf(ctx, q, d.AuthorityID, d.ID); err != nil {
		return f, err
	}
	notes, err := hallNotesOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return f, err
	}
	for _, n := range notes {
		f.Notes = append(f.Notes, plan.MinutesNote{At: n.At, Text: n.Body})
	}
	if f.Tally, err = tallyOf(ctx, q, d); err != nil {
		return f, err
	}
	texts, err := textsOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return f, err
	}
	f.Conclusion = texts[plan.TextConclusion].Body
	if f.Concluded, err = concludedIn(ctx, q, d); err != nil {
		return f, err
	}
	f.Opinions, err = minutesOpinions(ctx, q, d)
	return f, err
}

// minutesOpinions are the opinions of a dialogue as its minutes tell of them, in the order in which they came.
func minutesOpinions(ctx context.Context, q querier, d doithoai.Dialogue) ([]plan.MinutesOpinion, error) {
	args := append(talliedArgs(d), maxMinutes)
	all, err := list(ctx, q, scanMinutesOpinion, `SELECT `+columnsOf("o", opinionColumns)+`,
			c.source, c.listed, c.early, coalesce(p.name, ''), coalesce(p.organisation, ''), coalesce(p.ways, ''),
			coalesce(v.name, ''), coalesce(f.name, ''),
			CASE WHEN f.conduct OR EXISTS (SELECT 1 FROM concerned n WHERE n.opinion_id = o.id) THEN 1 ELSE 0 END,
			coalesce(rt.body, ''), coalesce(rt.answered_by, ''),
			CASE WHEN EXISTS (SELECT 1 FROM turn st WHERE st.id = o.slip_id AND st.state = 'spoken') THEN 1 ELSE 0 END,
			g.group_id
		FROM (`+tallied+` AND o.joined_to IS NULL AND o.ruling <> 'TC') AS c
		JOIN opinion o ON o.id = c.id
		LEFT JOIN petitioner p ON p.slip_id = o.slip_id
		LEFT JOIN village v ON v.id = o.village_id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
		LEFT JOIN ruling_text rt ON rt.opinion_id = o.id
		LEFT JOIN opinion_group g ON g.opinion_id = o.id
		ORDER BY c.id LIMIT $6`, args...)
	if err != nil {
		return nil, err
	}
	ruled, err := lastRulings(ctx, q, d)
	if err != nil {
		return nil, err
	}
	units, err := pairs[doithoai.ID](ctx, q, `SELECT id, name FROM unit WHERE authority_id = $1`, d.AuthorityID)
	for i := range all {
		o := &all[i]
		if o.Opinion.Ruling != "" {
			o.Ruled = ruled[o.Opinion.ID]
			o.Unit = units[o.Ruled.Unit]
			for _, id := range o.Ruled.CoUnits {
				o.With = append(o.With, units[id])
			}
		}
	}
	return all, err
}

func scanMinutesOpinion(r row) (o plan.MinutesOpinion, err error) {
	var t doithoai.Tallied
	var ways string
	err = r.Scan(append(opinionFields(&o.Opinion), &t.Turn, &t.Listed, &t.Early, &o.Name, &o.Organisation, &ways,
		&o.Village, &o.Field, &o.Conduct, &o.Answer, &o.AnsweredBy, &o.Spoke, &o.Group)...)
	t.Channel = o.Opinion.Channel
	o.Source, o.Ways = t.Source(), splitWays(ways)
	return o, err
}

// lastRulings are the facts of the last ruling on each opinion of a dialogue: the due date as it was set then, whatever
// became of it.
func lastRulings(ctx context.Context, q querier, d doithoai.Dialogue) (map[doithoai.ID]doithoai.Facts, error) {
	type ruled struct {
		id    doithoai.ID
		facts doithoai.Facts
	}
	all, err := list(ctx, q, func(r row) (f ruled, err error) {
		var facts []byte
		if err = r.Scan(&f.id, &facts); err != nil {
			return f, err
		}
		err = json.Unmarshal(facts, &f.facts)
		return f, err
	}, `SELECT e.opinion_id, e.facts
		FROM opinion o
		JOIN event e ON e.opinion_id = o.id
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.ruling <> 'TC' AND e.act IN ($3, $4, $5)
		ORDER BY e.leaf`, d.ID, d.AuthorityID, doithoai.ActRuleOpinion, doithoai.ActWithdrawOpinion, doithoai.ActAnswerLater)
	last := make(map[doithoai.ID]doithoai.Facts, len(all))
	for _, r := range all {
		last[r.id] = r.facts
	}
	return last, err
}

// withheld are the opinions of a dialogue of which the actor may read nothing in its minutes: denunciations, also of
// one that was ruled to be one after they were composed, and what is on the conduct of the actor or their unit.
func (db *DB) withheld(
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Dialogue,
) (map[doithoai.ID]bool, error) {
	return withheldBy[doithoai.ID](ctx, q, actor, d, "id", db.Now().Date())
}

// withheldBy names them by a column.
func withheldBy[T ~string](
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Dialogue, name string, on calendar.Date,
) (map[T]bool, error) {
	args := []any{d.ID, d.AuthorityID}
	seen := notDenounced + notConcerned(actor, on, binder(&args))
	all, err := list(ctx, q, column[T], `SELECT o.`+name+`
		FROM opinion o
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND NOT (`+seen+`)`, args...)
	hidden := make(map[T]bool, len(all))
	for _, v := range all {
		hidden[v] = true
	}
	return hidden, err
}
