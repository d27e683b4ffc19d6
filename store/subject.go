package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
)

// subjectOf loads what permission depends on for an opinion, on a day.
func subjectOf(ctx context.Context, q querier, o doithoai.Opinion, p *doithoai.Petition, on doithoai.Date) (doithoai.Subject, error) {
	s := doithoai.Subject{AuthorityID: o.AuthorityID, Denunciation: o.Ruling == doithoai.RulingDenunciation}
	if p != nil {
		s.State, s.LeadUnitID = p.State, p.LeadUnitID
	}
	if err := q.queryRow(ctx, `SELECT s.typed_by, coalesce(f.conduct, $2) FROM slip s JOIN opinion o ON o.slip_id = s.id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code WHERE o.id = $1`, o.ID, false).Scan(&s.TypedBy, &s.Conduct); err != nil {
		return s, fmt.Errorf("subject of opinion: %w", err)
	}
	var err error
	if s.Concerned, s.ConcernedUnits, err = concernedBy(ctx, q, o.ID, on); err != nil {
		return s, err
	}
	s.Conduct = s.Conduct || len(s.Concerned) > 0
	return s, nil
}

// concernedBy lists the officers whom an opinion is about, with the units in which they worked when they were named and in
// which they work on the day.
func concernedBy(ctx context.Context, q querier, opinion doithoai.ID, on doithoai.Date) (officers, units []doithoai.ID, err error) {
	if officers, err = list(ctx, q, column[doithoai.ID], `SELECT DISTINCT officer_id FROM concerned WHERE opinion_id = $1 ORDER BY officer_id`, opinion); err != nil || len(officers) == 0 {
		return nil, nil, err
	}
	units, err = list(ctx, q, column[doithoai.ID], `SELECT unit_id FROM concerned WHERE opinion_id = $1 AND unit_id IS NOT NULL
		UNION SELECT p.unit_id FROM concerned c JOIN post p ON p.officer_id = c.officer_id
		WHERE c.opinion_id = $1 AND p.unit_id IS NOT NULL AND (p.from_day IS NULL OR p.from_day <= $2) AND (p.to_day IS NULL OR p.to_day >= $2)`, opinion, on)
	return officers, units, err
}

// reachConditions are the conditions of the table of rights as lists ask them: of the opinion o and its petition p. bind
// gives a value its placeholder.
var reachConditions = map[string]func(a doithoai.Actor, seat doithoai.Seat, bind func(any) string) string{
	"lead_unit": func(_ doithoai.Actor, seat doithoai.Seat, bind func(any) string) string {
		return `p.lead_unit_id = ` + bind(seat.UnitID)
	},
	"signed": func(doithoai.Actor, doithoai.Seat, func(any) string) string {
		return `p.state IN ('signed', 'answered')`
	},
	"typed": func(a doithoai.Actor, _ doithoai.Seat, bind func(any) string) string {
		return `EXISTS (SELECT 1 FROM slip t WHERE t.id = o.slip_id AND t.typed_by = ` + bind(a.ID) + `)`
	},
}

// reach narrows a query on opinions to those that the actor may see, so that lists read nothing that Can would refuse. It
// begins with AND.
func reach(a doithoai.Actor, on doithoai.Date, bind func(any) string) string {
	return reachOf(a, bind) + notConcerned(a, on, bind)
}

func reachOf(a doithoai.Actor, bind func(any) string) string {
	var parts []string
	for _, r := range doithoai.Reaches(a, doithoai.ActSeeOpinions) {
		if r.Condition == "" {
			return ""
		}
		if condition, ok := reachConditions[r.Condition]; ok {
			parts = append(parts, condition(a, r.Seat, bind))
		}
	}
	if len(parts) == 0 {
		return ` AND 1 = 0`
	}
	return ` AND (` + strings.Join(parts, " OR ") + `)`
}

// notConcerned leaves out what is about the conduct of the actor, or of somebody of a unit of theirs.
func notConcerned(a doithoai.Actor, on doithoai.Date, bind func(any) string) string {
	if a.ID == "" {
		return ""
	}
	who := `c.officer_id = ` + bind(a.ID)
	if units := a.UnitIDs(); len(units) > 0 {
		in := make([]string, len(units))
		for i, u := range units {
			in[i] = bind(u)
		}
		day := bind(on)
		who += ` OR c.unit_id IN (` + strings.Join(in, ", ") + `) OR EXISTS (SELECT 1 FROM post cp WHERE cp.officer_id = c.officer_id AND cp.unit_id IN (` + strings.Join(in, ", ") + `)
			AND (cp.from_day IS NULL OR cp.from_day <= ` + day + `) AND (cp.to_day IS NULL OR cp.to_day >= ` + day + `))`
	}
	return ` AND NOT EXISTS (SELECT 1 FROM concerned c WHERE c.opinion_id = o.id AND (` + who + `))`
}

// binder gives values their placeholders and collects them.
func binder(args *[]any) func(any) string {
	return func(v any) string {
		*args = append(*args, v)
		return fmt.Sprintf("$%d", len(*args))
	}
}
