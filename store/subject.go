package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
)

// may decides on an act for which only the actor's authority matters.
func may(actor doithoai.Actor, act doithoai.Act) error {
	return doithoai.Can(actor, act, doithoai.Subject{AuthorityID: actor.AuthorityID})
}

// petitioned is the petition of an opinion, nil where it has none, and what few petitions have: acts look for it only
// where it is.
type petitioned struct {
	Petition *doithoai.Petition
	set      doithoai.ID // of the answer; empty: of none
	promised bool        // an answer was handed in with promises
	promises bool        // one that went out made some
}

// subjectOf loads what permission depends on for an opinion, on a day, and its petition: in one
// statement what most opinions have, in others what few have.
func subjectOf(
	ctx context.Context, q querier, o doithoai.Opinion, on calendar.Date,
) (s doithoai.Subject, h petitioned, err error) {
	s = doithoai.Subject{AuthorityID: o.AuthorityID, Denunciation: o.Ruling == doithoai.RulingDenunciation}
	var coordinated, concerned bool
	in, c := &s.HandedIn, &s.Correction
	columns, join := "", ""
	dest := []any{
		&s.TypedBy, &s.Conduct, &in.By, &in.At, &in.ReadAt, &s.ExtensionBy, &s.PreparerID, &c.By, &c.At, &c.ReadAt,
		&coordinated, &concerned,
	}
	if o.PetitionID != "" {
		h.Petition = &doithoai.Petition{}
		columns, join = `, a.set_id, EXISTS (SELECT 1 FROM answer_promise ap WHERE ap.petition_id = p.id),
			EXISTS (SELECT 1 FROM promise pr WHERE pr.opinion_id = o.id), `+columnsOf("p", petitionColumns), `
		JOIN petition p ON p.id = o.petition_id
		LEFT JOIN answer a ON a.petition_id = p.id`
		dest = append(append(dest, &h.set, &h.promised, &h.promises), petitionFields(h.Petition)...)
	}
	if err := q.queryRow(ctx, `SELECT s.typed_by, coalesce(f.conduct, $2), h.officer_id, h.at, h.read_at, x.proposed_by,
			q.unit_id, ac.officer_id, ac.at, ac.read_at, EXISTS (SELECT 1 FROM co_unit cu WHERE cu.opinion_id = o.id),
			EXISTS (SELECT 1 FROM concerned cn WHERE cn.opinion_id = o.id)`+columns+`
		FROM opinion o`+join+`
		JOIN slip s ON s.id = o.slip_id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
		LEFT JOIN handed_in h ON h.opinion_id = o.id
		LEFT JOIN extension_proposal x ON x.opinion_id = o.id
		LEFT JOIN question q ON q.opinion_id = o.id
		LEFT JOIN answer_correction ac ON ac.petition_id = o.petition_id AND ac.`+openCorrections+`
		WHERE o.id = $1`, o.ID, false).Scan(dest...); err != nil {
		return s, petitioned{}, fmt.Errorf("subject of opinion: %w", err)
	}
	if p := h.Petition; p != nil && p.State != doithoai.PetitionEnded {
		s.State, s.LeadUnitID = p.State, p.LeadUnitID
	}
	if coordinated && s.State != "" {
		if s.CoUnits, err = list(ctx, q, column[doithoai.ID], `SELECT unit_id
			FROM co_unit
			WHERE opinion_id = $1
			ORDER BY unit_id`, o.ID); err != nil {
			return s, h, err
		}
	}
	if concerned {
		if s.Concerned, s.ConcernedUnits, err = concernedBy(ctx, q, o.ID, on); err != nil {
			return s, h, err
		}
	}
	s.Conduct = s.Conduct || len(s.Concerned) > 0
	if o.JoinedTo == "" {
		return s, h, nil
	}
	_, into, err := opinionSubject(ctx, q, o.JoinedTo, on) // what keeps somebody from that one keeps them from this one
	s.Denunciation, s.Conduct = s.Denunciation || into.Denunciation, s.Conduct || into.Conduct
	s.Concerned = append(s.Concerned, into.Concerned...)
	s.ConcernedUnits = append(s.ConcernedUnits, into.ConcernedUnits...)
	return s, h, err
}

// opinionSubject loads an opinion with what permission depends on for it, on a day.
func opinionSubject(
	ctx context.Context, q querier, id doithoai.ID, on calendar.Date,
) (o doithoai.Opinion, s doithoai.Subject, err error) {
	if o, err = opinionByID(ctx, q, id); err != nil {
		return o, s, err
	}
	s, _, err = subjectOf(ctx, q, o, on)
	return o, s, err
}

// concernedBy lists the officers whom an opinion is about, with the units in which they worked when they were named and
// in which they work on the day.
func concernedBy(
	ctx context.Context, q querier, opinion doithoai.ID, on calendar.Date,
) (officers, units []doithoai.ID, err error) {
	officers, err = list(ctx, q, column[doithoai.ID], `SELECT DISTINCT officer_id
		FROM concerned
		WHERE opinion_id = $1
		ORDER BY officer_id`, opinion)
	if err != nil || len(officers) == 0 {
		return nil, nil, err
	}
	units, err = list(ctx, q, column[doithoai.ID], `SELECT unit_id
		FROM concerned
		WHERE opinion_id = $1
			AND unit_id IS NOT NULL
		UNION
		SELECT p.unit_id
		FROM concerned c
		JOIN post p ON p.officer_id = c.officer_id
		WHERE c.opinion_id = $1
			AND p.unit_id IS NOT NULL
			AND (p.from_day IS NULL OR p.from_day <= $2)
			AND (p.to_day IS NULL OR p.to_day >= $2)`, opinion, on)
	return officers, units, err
}

// A strip is what an actor may see of the opinions at some stages, as one column of opinion picks it: with the stage,
// it is a range of an index in which opinions stand in the order that they came in.
type strip struct {
	column string // empty: the whole authority
	value  doithoai.ID
	stages []doithoai.Stage // none: all
}

// reachConditions are the conditions of the table of rights as lists ask them.
var reachConditions = map[string]func(doithoai.Actor, doithoai.Seat) strip{
	"lead_unit": func(_ doithoai.Actor, seat doithoai.Seat) strip {
		return strip{column: "lead_unit_id", value: seat.UnitID}
	},
	"signed": func(doithoai.Actor, doithoai.Seat) strip {
		return strip{stages: []doithoai.Stage{
			doithoai.StageSubmitted, doithoai.StageSigned, doithoai.StageAnswered, doithoai.StageAnsweredPublic,
		}}
	},
	"typed": func(a doithoai.Actor, _ doithoai.Seat) strip { return strip{column: "typed_by", value: a.ID} },
}

// beyondLists are the conditions under which an opinion opens that stands in none of the lists along stages: there it
// is led by another unit. Who coordinates finds it on the desk ([DB.AwaitedParts]) and on a tab of its own.
var beyondLists = []string{"co_unit"}

// stripsOf are what the actor may see of opinions, so that lists read nothing that Can would refuse, but for
// [notConcerned]. Denunciations are in none: their stage is asked for by name only.
func stripsOf(a doithoai.Actor) []strip {
	var strips []strip
	for _, r := range doithoai.Reaches(a, doithoai.ActSeeOpinions) {
		if r.Condition == "" {
			return []strip{{}}
		}
		if slices.Contains(beyondLists, r.Condition) {
			continue
		}
		s := reachConditions[r.Condition](a, r.Seat)
		had := slices.ContainsFunc(strips, func(o strip) bool { return o.column == s.column && o.value == s.value })
		if had || s.column != "" && s.value == "" {
			continue
		}
		strips = append(strips, s)
	}
	return strips
}

// sees reports whether the strip holds what belongs to d.
func (s strip) sees(d search.Scope) bool {
	if s.stages != nil && !slices.Contains(s.stages, doithoai.Stage(d.Stage)) {
		return false
	}
	switch s.column {
	case "lead_unit_id":
		return d.Unit == string(s.value)
	case "typed_by":
		return d.TypedBy == string(s.value)
	}
	return s.column == ""
}

// ranges are the conditions, on opinion o, of the index ranges that hold what the actor may see at the stages.
func ranges(a doithoai.Actor, stages []doithoai.Stage, bind func(any) string) []stageRange {
	var all []stageRange
	for _, s := range stripsOf(a) {
		where := ""
		if s.column != "" {
			where = ` AND o.` + s.column + ` = ` + bind(s.value)
		}
		for _, stage := range stages {
			if s.stages == nil || slices.Contains(s.stages, stage) {
				all = append(all, stageRange{stage, `o.stage = '` + string(stage) + `'` + where})
			}
		}
	}
	return all
}

// reachOf are the conditions of [stripsOf] on opinion o, where a list goes along something else. It begins with AND.
func reachOf(a doithoai.Actor, bind func(any) string) string {
	var parts []string
	for _, r := range ranges(a, allStages, bind) {
		parts = append(parts, `(`+r.where+`)`)
	}
	if len(parts) == 0 {
		return ` AND 1 = 0`
	}
	return ` AND (` + strings.Join(parts, " OR ") + `)`
}

// stageRange is one range of an index of opinions.
type stageRange struct {
	stage doithoai.Stage
	where string
}

// notConcerned leaves out what is about the conduct of the actor, or of somebody of a unit of theirs. Of most actors
// nothing is: the engine finds that once for the whole list, and looks at none of its rows for it.
func notConcerned(a doithoai.Actor, on calendar.Date, bind func(any) string) string {
	if a.ID == "" {
		return ""
	}
	who := `c.officer_id = ` + bind(a.ID)
	if units := a.UnitIDs(); len(units) > 0 {
		in, day := inList(bind, units), bind(on)
		who += `
			OR c.unit_id IN ` + in + `
			OR c.officer_id IN (SELECT cp.officer_id
				FROM post cp
				WHERE cp.unit_id IN ` + in + `
					AND (cp.from_day IS NULL OR cp.from_day <= ` + day + `)
					AND (cp.to_day IS NULL OR cp.to_day >= ` + day + `))`
	}
	return ` AND (NOT EXISTS (SELECT 1 FROM concerned c WHERE ` + who + `)
		OR NOT EXISTS (SELECT 1
			FROM concerned c
			WHERE (c.opinion_id = o.id OR c.opinion_id = o.joined_to) AND (` + who + `)))`
}

// binder gives values their placeholders and collects them.
func binder(args *[]any) func(any) string {
	return func(v any) string {
		*args = append(*args, v)
		return fmt.Sprintf("$%d", len(*args))
	}
}
