package store

import (
	"context"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/text"
)

// maxReported is how many matters of a dialogue a report tells of, as its minutes do.
const maxReported = maxMinutes

// resultOf reads what the report of a dialogue's result says now.
func resultOf(
	ctx context.Context, q querier, d doithoai.Dialogue, words report.Words, now calendar.Instant,
) (r report.Result, err error) {
	r.At, r.Words = now, words
	a, err := one(ctx, q, scanAuthority, authorityOn+` WHERE a.id = $2`, d.StartsAt.Date(), d.AuthorityID)
	if err != nil {
		return r, err
	}
	r.Code = a.Slug
	r.Authority, r.Superior = strings.ReplaceAll(a.FullName, "\n", " "), a.Superior
	r.Dialogue = reportedDialogue(d)
	if r.Dialogue.Plan, err = planPaper(ctx, q, d); err != nil {
		return r, err
	}
	presided, err := presidingOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return r, err
	}
	for _, p := range presided {
		r.Dialogue.Presided = append(r.Dialogue.Presided, p.Name)
	}
	if r.Prepared, err = preparedOf(ctx, q, d); err != nil {
		return r, err
	}
	heads, err := headsOf(ctx, q, d)
	if err != nil {
		return r, err
	}
	for _, h := range heads {
		r.Heads = append(r.Heads, report.Heads(h))
	}
	if r.Book, err = bookOf(ctx, q, d, now.Date()); err != nil {
		return r, err
	}
	if r.Promises, err = promisesReported(ctx, q, d, now.Date()); err != nil {
		return r, err
	}
	survey, err := surveyResultOf(ctx, q, d.AuthorityID, doithoai.DialogueSurvey(d.ID), now.Date())
	if err != nil {
		return r, err
	}
	r.Survey = report.SurveyOf(survey)
	r.Earlier, err = earlierOf(ctx, q, d, now.Date())
	return r, err
}

// reportedDialogue is what a report says of a dialogue itself.
func reportedDialogue(d doithoai.Dialogue) report.Dialogue {
	of := report.Dialogue{
		Title: d.Title, Slug: d.Slug, Began: begun(d), Ended: d.ClosedAt, Venue: d.Venue, Chair: d.Chair,
	}
	if !d.Noticed.IsZero() {
		of.Noticed = d.Noticed.Date()
	}
	if !d.PublishedAt.IsZero() {
		of.Published = d.PublishedAt.Date()
	}
	return of
}

// planPaper is the number and day of the plan on which a dialogue rests, as the register has it for its day; none
// where it has none.
func planPaper(ctx context.Context, q querier, d doithoai.Dialogue) (p report.Paper, err error) {
	if d.PlanID == "" {
		return p, nil
	}
	p, err = one(ctx, q, func(r row) (p report.Paper, err error) {
		err = r.Scan(&p.Number, &p.Dated)
		return p, err
	}, `SELECT number, dated
		FROM document
		WHERE plan_id = $1 AND authority_id = $2 AND kind = $3 AND dated <= $4
		ORDER BY dated DESC, part DESC LIMIT 1`, d.PlanID, d.AuthorityID, doithoai.DocumentPlan, d.StartsAt.Date())
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return p, err
}

// preparedOf reads how a dialogue was prepared and made known: the papers of its register that stand, its logs.
func preparedOf(ctx context.Context, q querier, d doithoai.Dialogue) (p report.Prepared, err error) {
	p.Papers, err = list(ctx, q, func(r row) (i report.Issued, err error) {
		err = r.Scan(&i.Kind, &i.Number, &i.Dated)
		return i, err
	}, `SELECT kind, number, dated
		FROM document d
		WHERE `+inAuthority("d")+` AND dialogue_id = $2 AND state = $3 AND kind <> $4
		ORDER BY dated, kind, part LIMIT $5`, d.AuthorityID, d.ID, doithoai.DocumentIssued, doithoai.DocumentResult,
		maxReported)
	if err != nil {
		return p, err
	}
	broadcasts, err := broadcastsOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return p, err
	}
	for _, b := range broadcasts {
		if b.State == plan.BroadcastAired {
			p.Broadcasts++
		}
	}
	if p.Posted, err = one(ctx, q, column[int], `SELECT count(*)
		FROM duty_proof
		WHERE dialogue_id = $1 AND authority_id = $2 AND duty = $3 AND told_moves = $4 AND withdrawn_at IS NULL`,
		d.ID, d.AuthorityID, plan.DutyNoticePosting, d.Moves); err != nil {
		return p, err
	}
	o, err := loadOrganisation(ctx, q, d.AuthorityID)
	if err != nil {
		return p, err
	}
	relays, err := relayOf(ctx, q, d, o.Villages, plan.RelayAnnouncement)
	if err != nil {
		return p, err
	}
	slips, err := paperAccountOf(ctx, q, d.ID)
	p.Villages, p.Told, p.Moves = len(relays), plan.Told(relays), d.Moves
	p.Printed, p.Handed, p.Returned = slips.Printed, slips.Handed, slips.Returned
	return p, err
}

// bookOf reads all that was raised at a dialogue. Of denunciations it reads how they came, and nothing else.
func bookOf(ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date) (b report.Book, err error) {
	names, err := namesOf(ctx, q, d.AuthorityID)
	if err != nil {
		return b, err
	}
	if b.Matters, err = mattersOf(ctx, q, d, names, today, ""); err != nil {
		return b, err
	}
	if b.Denounced, err = denouncedOf(ctx, q, d); err != nil {
		return b, err
	}
	b.Unkeyed, err = unkeyedOf(ctx, q, d)
	return b, err
}

// denouncedOf is how denunciations came; nil where none did.
func denouncedOf(ctx context.Context, q querier, d doithoai.Dialogue) (by map[doithoai.TallyRow]int, err error) {
	type counted struct {
		row doithoai.TallyRow
		n   int
	}
	denounced, err := list(ctx, q, func(r row) (c counted, err error) {
		err = r.Scan(&c.row, &c.n)
		return c, err
	}, `SELECT `+tallyRow+`, count(*)
		FROM (`+tallied+` AND o.ruling = 'TC' AND o.joined_to IS NULL) AS c
		GROUP BY `+tallyRow, talliedArgs(d)...)
	for _, c := range denounced {
		if by == nil {
			by = map[doithoai.TallyRow]int{}
		}
		by[c.row] = c.n
	}
	return by, err
}

// unkeyedOf is how much is known to be there and not typed yet.
func unkeyedOf(ctx context.Context, q querier, d doithoai.Dialogue) (n int, err error) {
	var t doithoai.Tally
	err = countUnkeyed(ctx, q, d, &t)
	for _, of := range t.Unkeyed {
		n += of
	}
	return n, err
}

// matterRow is a row of mattersOf with what only the reading needs.
type matterRow struct {
	report.Matter
	id, group doithoai.ID
	person    string // tells people apart; "": nobody knows
}

// mattersOf reads the opinions of a dialogue, but for denunciations and those that are joined to others, in the order
// in which they came; where narrows them, beginning with AND. What is said of a matter is what everybody may read.
func mattersOf(
	ctx context.Context, q querier, d doithoai.Dialogue, names organisationNames, today calendar.Date, where string,
) ([]report.Matter, error) {
	c, err := currentCalendar(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	args := append(talliedArgs(d), maxReported)
	rows, err := list(ctx, q, func(r row) (matterRow, error) { return scanMatter(r, names, today, c) },
		`SELECT c.id, c.number, c.received_at, `+tallyRow+`, c.kind, c.content_code,
			coalesce(nullif(pu.title, ''), c.summary), c.headline,
			CASE WHEN pu.title <> '' OR c.summary <> '' OR c.headline <> '' THEN '' ELSE c.content END,
			c.ruling, c.unheard, c.stage, c.field_code, c.village_id,
			CASE WHEN EXISTS (SELECT 1 FROM concerned n WHERE n.opinion_id = c.id) THEN 1 ELSE 0 END,
			p.id, p.due, coalesce(p.state, ''), p.answered_at, coalesce(p.missed, false), coalesce(p.round, 0),
			coalesce(p.extended, 0), CASE WHEN p.state <> 'ended' OR p.round > 0 THEN p.lead_unit_id END,
			coalesce(a.number, ar.doc_number, ''), coalesce(a.dated, ar.dated),
			coalesce(r.solved, ''), coalesce(r.satisfied, 0),
			coalesce(pu.answer, (SELECT un.answer
				FROM answer ub
				JOIN petition up ON up.id = ub.petition_id AND up.state = 'answered'
				JOIN publication un ON un.opinion_id = up.opinion_id AND un.state = 'published'
				WHERE ub.set_id = a.set_id
				ORDER BY un.opinion_id LIMIT 1), ''),
			pu.opinion_id, g.group_id,
			CASE WHEN s.standing = 'organisation' THEN 1 ELSE 0 END,
			CASE WHEN s.person IS NOT NULL THEN CAST(s.person AS text)
				WHEN s.name <> '' OR s.organisation <> '' THEN `+personKey("s")+`
				ELSE '' END
		FROM (`+tallied+` AND o.joined_to IS NULL AND o.ruling <> 'TC'`+where+`) AS c
		JOIN petitioner s ON s.slip_id = c.slip_id
		LEFT JOIN petition p ON p.id = c.petition_id
		LEFT JOIN answer a ON a.petition_id = p.id AND p.state = 'answered'
		LEFT JOIN answer_round ar ON ar.petition_id = p.id AND ar.round = p.round - 1 AND p.state <> 'answered'
		LEFT JOIN rating r ON r.opinion_id = c.id
		LEFT JOIN publication pu ON pu.opinion_id = c.id AND pu.state = 'published'
		LEFT JOIN opinion_group g ON g.opinion_id = c.id
		ORDER BY c.id LIMIT $6`, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	with, err := helpersOf(ctx, q, d)
	if err != nil {
		return nil, err
	}
	letters, err := lettersReported(ctx, q, d)
	if err != nil {
		return nil, err
	}
	people, groups, sizes := map[string]int{}, map[doithoai.ID]int{}, map[doithoai.ID]int{}
	for _, m := range rows {
		sizes[m.group]++
	}
	all := make([]report.Matter, len(rows))
	for i, m := range rows {
		m.With, m.To = with[m.id], letters[m.id]
		if m.person != "" {
			m.Person = ordinal(people, m.person)
		}
		if m.group != "" && sizes[m.group] > 1 {
			m.Alike = ordinal(groups, m.group)
		}
		all[i] = m.Matter
	}
	return all, nil
}

// ordinal numbers what comes, from 1: the same gets the same number.
func ordinal[T comparable](seen map[T]int, v T) int {
	if seen[v] == 0 {
		seen[v] = len(seen) + 1
	}
	return seen[v]
}

// organisationNames are what the fields, villages and units of an authority are called, whether they are in force or
// not.
type organisationNames struct {
	fields          map[string]doithoai.Field
	villages, units map[doithoai.ID]string
}

func namesOf(ctx context.Context, q querier, authority doithoai.ID) (n organisationNames, err error) {
	fields, err := fieldsOf(ctx, q, authority)
	if err != nil {
		return n, err
	}
	n.fields = make(map[string]doithoai.Field, len(fields))
	for _, f := range fields {
		n.fields[f.Code] = f
	}
	if n.villages, err = pairs[doithoai.ID](ctx, q, `SELECT id, name FROM village WHERE authority_id = $1`,
		authority); err != nil {
		return n, err
	}
	n.units, err = pairs[doithoai.ID](ctx, q, `SELECT id, coalesce(nullif(short, ''), name)
		FROM unit
		WHERE authority_id = $1`, authority)
	return n, err
}

func scanMatter(
	r row, names organisationNames, today calendar.Date, c calendar.Calendar,
) (m matterRow, err error) {
	var o doithoai.Opinion
	var p doithoai.Petition
	var stage doithoai.Stage
	var public, village, unit doithoai.ID
	var field string
	var received calendar.Instant
	if err = r.Scan(&m.id, &m.Number, &received, &m.Source, &m.Kind, &m.Content, &m.Words, &o.Headline, &o.Content,
		&o.Ruling, &o.Unheard, &stage, &field, &village, &m.Conduct, &p.ID, &p.Due, &p.State, &p.AnsweredAt, &p.Missed,
		&p.Round, &m.Extended, &unit, &m.Document.Number, &m.Document.Dated, &m.Solved, &m.Satisfied, &m.Answer,
		&public, &m.group, &m.Organisation, &m.person); err != nil {
		return m, err
	}
	m.Field, m.Village, m.Unit = names.fields[field].Name, names.villages[village], names.units[unit]
	m.Conduct = m.Conduct || names.fields[field].Conduct
	m.Received, m.Public = received.Date(), public != ""
	m.judge(o, p, stage, today, c)
	if m.Words == "" && !m.Conduct {
		m.Words = text.Headline(o.Headline, o.Content)
	}
	return m, nil
}

// judge says what became of a matter and whether it was answered by its day.
func (m *matterRow) judge(
	o doithoai.Opinion, p doithoai.Petition, stage doithoai.Stage, today calendar.Date, c calendar.Calendar,
) {
	m.Outcome = doithoai.Tallied{Ruling: o.Ruling, Unheard: o.Unheard}.Outcome()
	m.Time = report.TimelinessOf(stage, p, today, c)
	m.Again = p.Round > 0
	if p.ID != "" && p.State != doithoai.PetitionEnded {
		m.Due, m.Ends = p.Due, c.AsKnown().Roll(p.Due)
	}
	if !p.AnsweredAt.IsZero() {
		m.Answered = p.AnsweredAt.Date()
	}
}

// helpersOf are the names of the units that coordinate on the opinions of a dialogue, those of all its opinions: only
// the index of the dialogue is asked, and who reads them knows of which opinions they are to tell.
func helpersOf(ctx context.Context, q querier, d doithoai.Dialogue) (map[doithoai.ID][]string, error) {
	type helper struct {
		opinion doithoai.ID
		unit    string
	}
	all, err := list(ctx, q, func(r row) (h helper, err error) {
		err = r.Scan(&h.opinion, &h.unit)
		return h, err
	}, `SELECT c.opinion_id, coalesce(nullif(u.short, ''), u.name)
		FROM opinion o
		JOIN co_unit c ON c.opinion_id = o.id
		JOIN unit u ON u.id = c.unit_id
		WHERE o.dialogue_id = $1
		ORDER BY c.opinion_id, u.ordinal, u.id LIMIT $2`, d.ID, maxReported)
	with := map[doithoai.ID][]string{}
	for _, h := range all {
		with[h.opinion] = append(with[h.opinion], h.unit)
	}
	return with, err
}

// lettersReported are the papers that went to other bodies about the opinions of a dialogue: reports to the superior,
// requests to coordinate, records that were passed on; and where people were sent without a paper. As with
// [helpersOf], they are those of all its opinions.
func lettersReported(ctx context.Context, q querier, d doithoai.Dialogue) (map[doithoai.ID][]report.Letter, error) {
	type sent struct {
		opinion doithoai.ID
		report.Letter
	}
	all, err := list(ctx, q, func(r row) (s sent, err error) {
		err = r.Scan(&s.opinion, &s.Kind, &s.Body, &s.Number, &s.Dated, &s.Replied)
		return s, err
	}, `SELECT l.opinion_id, l.kind, l.to_body, l.doc_number, l.dated, CASE WHEN l.reply_day IS NULL THEN 0 ELSE 1 END
		FROM opinion o
		JOIN onward_letter l ON l.opinion_id = o.id
		WHERE o.dialogue_id = $1
		UNION ALL
		SELECT t.opinion_id, 'transfer', t.to_body, t.doc_number, t.dated, 0
		FROM opinion o
		JOIN record_transfer t ON t.opinion_id = o.id
		WHERE o.dialogue_id = $1
		UNION ALL
		SELECT b.opinion_id, 'guidance', b.to_body, '', NULL, 0
		FROM opinion o
		JOIN ruling_text b ON b.opinion_id = o.id AND b.to_body <> ''
		WHERE o.dialogue_id = $1 AND NOT EXISTS (SELECT 1 FROM record_transfer t WHERE t.opinion_id = o.id)
		ORDER BY 1, 5, 4 LIMIT $2`, d.ID, maxReported)
	to := map[doithoai.ID][]report.Letter{}
	for _, s := range all {
		to[s.opinion] = append(to[s.opinion], s.Letter)
	}
	return to, err
}

// promisesReported are what the conclusion of a dialogue promised and what answers to its opinions did, but for what
// others replaced.
func promisesReported(
	ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date,
) (all []report.Promise, err error) {
	c, err := currentCalendar(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	return list(ctx, q, func(r row) (report.Promise, error) {
		p, err := scanPromiseRow(r)
		return report.Promise{
			Number: p.Number, What: p.What, Unit: p.Unit, Due: p.Due, State: p.State, Late: p.Late(today, c), Done: p.DoneOn,
			Said: p.Said,
		}, err
	}, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		WHERE pr.authority_id = $2 AND pr.state <> 'replaced' AND (pr.dialogue_id = $1 OR pr.opinion_id IN (
			SELECT q.id FROM opinion q WHERE q.dialogue_id = $1 AND q.ruling <> 'TC'))
		ORDER BY pr.due, pr.id LIMIT $3`, d.ID, d.AuthorityID, maxReported)
}

// maxEarlierDialogues is of how many dialogues before it a report says what became of what they left.
const maxEarlierDialogues = 10

// earlierOf reads what dialogues before one left to be answered: all of the last one, and what is still open of those
// before it.
func earlierOf(
	ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date,
) (all []report.Earlier, err error) {
	before, err := list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND starts_at < $2 AND state IN ('closed', 'published', 'reported')
		ORDER BY starts_at DESC, id LIMIT $3`, d.AuthorityID, d.StartsAt, maxEarlierDialogues)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	for i, b := range before {
		where := ` AND o.petition_id IS NOT NULL`
		if i > 0 {
			where += ` AND o.stage IN ('processing', 'submitted', 'returned', 'paused', 'signed')`
		}
		e := report.Earlier{Title: b.Title, Held: begun(b).Date()}
		if e.Matters, err = mattersOf(ctx, q, b, names, today, where); err != nil {
			return nil, err
		}
		if len(e.Matters) > 0 {
			all = append(all, e)
		}
	}
	return all, nil
}
