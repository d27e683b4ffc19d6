package store

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
	"doithoai/text"
)

// maxPeriodic is how many matters periodic figures are of at most, and maxPeriodicSteps how many acts moved them.
const (
	maxPeriodic      = 20_000
	maxPeriodicSteps = 5 * maxPeriodic
)

// periodicActs are the acts by which a matter moves in periodic figures ([report.Step]).
var periodicActs = []doithoai.Act{
	doithoai.ActRuleOpinion, doithoai.ActWithdrawOpinion, doithoai.ActDispatchAnswer, doithoai.ActApprovePublication,
}

// PeriodicFigures are the figures of a span, by the acts up to its last day; the span of today where word is empty.
// NotFound: it is none, or still to come. Conflict: it has more matters than can be counted at once.
func (db *DB) PeriodicFigures(
	ctx context.Context, actor doithoai.Actor, word string,
) (p report.Periodic, err error) {
	if err := may(actor, doithoai.ActSeeReport); err != nil {
		return p, err
	}
	today := db.Now().Date()
	err = db.snapshot(ctx, func(q querier) error {
		parameters, err := parametersOf(ctx, q, actor.AuthorityID, "roll_up.cutoff", "")
		if err != nil {
			return err
		}
		p.Current = report.SpanOn(today, parameters)
		p.Span = p.Current
		if word != "" {
			var ok bool
			if p.Span, ok = report.ParseSpan(word); !ok {
				return doithoai.Refuse(doithoai.NotFound, "error.not_found")
			}
		}
		if p.From, p.To = p.Span.Days(parameters); p.From.After(today) {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if p.At = p.To; p.At.After(today) {
			p.At = today
		}
		if p.Form, err = periodFormOn(ctx, q, actor.AuthorityID, p.To); err != nil {
			return err
		}
		return readPeriodic(ctx, q, actor, today, &p)
	})
	return p, err
}

// inSpan finds the opinions of an authority $1 that can be among the figures from $2 to before $3: those that came in
// the span, those that are open, whenever they came, and those on which something was done since it began.
func inSpan() string {
	var b strings.Builder
	b.WriteString(`SELECT o.id
		FROM opinion o
		WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3`)
	for _, stage := range append([]doithoai.Stage{doithoai.StageUnruled}, openStages...) {
		b.WriteString(` UNION SELECT o.id
		FROM opinion o
		WHERE o.authority_id = $1 AND o.stage = '` + string(stage) + `'`)
	}
	for _, act := range periodicActs {
		if act != doithoai.ActApprovePublication { // it opens and ends nothing
			b.WriteString(` UNION SELECT e.opinion_id
		FROM event e
		WHERE e.authority_id = $1 AND e.act = '` + string(act) + `' AND e.at >= $2`)
		}
	}
	return b.String()
}

// periodicRow is an opinion that can be among the figures.
type periodicRow struct {
	report.Counted
	id       doithoai.ID
	withheld bool
}

// readPeriodic reads the matters of a span, by the acts on them.
func readPeriodic(
	ctx context.Context, q querier, actor doithoai.Actor, today calendar.Date, p *report.Periodic,
) error {
	args := []any{actor.AuthorityID, calendar.InstantAt(p.From, 0, 0), calendar.InstantAt(p.To.AddDays(1), 0, 0)}
	steps, err := periodicSteps(ctx, q, args)
	if err != nil {
		return err
	}
	bind := binder(&args)
	seen := notDenounced + notConcerned(actor, today, bind)
	rows, err := list(ctx, q, scanPeriodic, `SELECT o.id, o.number, o.received_at, (SELECT min(e.at)
				FROM event e
				WHERE e.opinion_id = o.id),
			o.content_code, o.headline, o.content, o.summary, coalesce(f.name, ''),
			coalesce(nullif(u.short, ''), u.name, ''),
			CASE WHEN f.conduct OR EXISTS (SELECT 1 FROM concerned n WHERE n.opinion_id = o.id) THEN 1 ELSE 0 END,
			coalesce(pu.title, ''), CASE WHEN `+seen+` THEN 0 ELSE 1 END
		FROM (`+inSpan()+`) AS c
		JOIN opinion o ON o.id = c.id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
		LEFT JOIN petition p ON p.id = o.petition_id
		LEFT JOIN unit u ON u.id = p.lead_unit_id AND (p.state <> 'ended' OR p.round > 0)
		LEFT JOIN publication pu ON pu.opinion_id = o.id AND pu.state = 'published'
		WHERE o.received_at < $3 AND o.joined_to IS NULL AND o.ruling <> 'TC'
		ORDER BY o.id LIMIT `+bind(maxPeriodic+1), args...)
	if err != nil {
		return err
	}
	if len(rows) > maxPeriodic {
		return doithoai.Refuse(doithoai.Conflict, "periodic.problem.large")
	}
	p.Withheld = map[doithoai.RegisterNumber]bool{}
	for _, r := range rows {
		m := r.Counted
		m.Origin = report.OriginNew
		if m.Received.Before(p.From) {
			if report.StoodOn(steps[r.id], p.From.AddDays(-1)).Became != report.BecameOpen {
				continue // another span's
			}
			m.Origin = report.OriginCarried
		}
		m.Stood = report.StoodOn(steps[r.id], p.At)
		p.Matters = append(p.Matters, m)
		if r.withheld {
			p.Withheld[m.Number] = true
		}
	}
	p.Denounced, err = one(ctx, q, column[int], `SELECT count(*)
		FROM opinion o
		WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3 AND o.ruling = 'TC'
			AND o.joined_to IS NULL`, args[:3]...)
	return err
}

func scanPeriodic(r row) (m periodicRow, err error) {
	var o doithoai.Opinion
	var received, entered calendar.Instant
	var content doithoai.ContentCode
	var conduct bool
	var title string
	if err = r.Scan(&m.id, &m.Number, &received, &entered, &content, &o.Headline, &o.Content, &o.Summary, &m.Field,
		&m.Unit, &conduct, &title, &m.withheld); err != nil {
		return m, err
	}
	m.Received, m.Entered, m.About = received.Date(), entered.Date(), report.AboutOf(content, conduct)
	m.Words = cmp.Or(title, o.Summary)
	if m.Words == "" && !conduct {
		m.Words = text.Headline(o.Headline, o.Content)
	}
	return m, nil
}

// periodicSteps are the acts up to the span's last day that moved what can be among the figures, in their order.
func periodicSteps(ctx context.Context, q querier, args []any) (map[doithoai.ID][]report.Step, error) {
	type taken struct {
		opinion doithoai.ID
		report.Step
	}
	all := args[:len(args):len(args)]
	bind := binder(&all)
	found, err := list(ctx, q, func(r row) (t taken, err error) {
		var at calendar.Instant
		var facts []byte
		var of doithoai.Facts
		if err = r.Scan(&t.opinion, &at, &t.Act, &facts); err != nil {
			return t, err
		}
		err = json.Unmarshal(facts, &of)
		t.On, t.To, t.Late = at.Date(), doithoai.RulingCode(of.To), of.Late
		return t, err
	}, `SELECT e.opinion_id, e.at, e.act, e.facts
		FROM (`+inSpan()+`) AS c
		JOIN opinion o ON o.id = c.id
		JOIN event e ON e.opinion_id = o.id
		WHERE o.received_at < $3 AND e.at < $3 AND e.act IN `+inList(bind, periodicActs)+`
		ORDER BY e.opinion_id, e.leaf LIMIT `+bind(maxPeriodicSteps+1), all...)
	if err != nil {
		return nil, err
	}
	if len(found) > maxPeriodicSteps {
		return nil, doithoai.Refuse(doithoai.Conflict, "periodic.problem.large")
	}
	steps := map[doithoai.ID][]report.Step{}
	for _, t := range found {
		steps[t.opinion] = append(steps[t.opinion], t.Step)
	}
	return steps, nil
}

const periodFormColumns = `number, valid_from, mark, title, source`

func scanPeriodForm(r row) (f report.PeriodForm, err error) {
	err = r.Scan(&f.Number, &f.From, &f.Mark, &f.Title, &f.Source)
	return f, err
}

// DefaultPeriodForm is the form of the program.
func DefaultPeriodForm() (report.PeriodForm, error) {
	return readDefault("period_form.json", report.ParsePeriodForm)
}

// periodFormOn is the form for what ends on a day: the last one that the authority laid down by then, else the
// program's.
func periodFormOn(
	ctx context.Context, q querier, authority doithoai.ID, ends calendar.Date,
) (f report.PeriodForm, err error) {
	f, err = one(ctx, q, scanPeriodForm, `SELECT `+periodFormColumns+`
		FROM period_form
		WHERE authority_id = $1 AND valid_from <= $2
		ORDER BY valid_from DESC, number DESC LIMIT 1`, authority, ends)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return DefaultPeriodForm()
	}
	if err == nil {
		f.Columns, err = periodColumns(ctx, q, authority, f.Number)
	}
	return f, err
}

func periodColumns(
	ctx context.Context, q querier, authority doithoai.ID, form int,
) ([]report.PeriodColumn, error) {
	return list(ctx, q, func(r row) (c report.PeriodColumn, err error) {
		err = r.Scan(&c.Group, &c.Text, &c.Origin, &c.About, &c.Became, &c.Time, &c.Public)
		return c, err
	}, `SELECT heading, text, origin, about, became, time, public
		FROM period_column
		WHERE authority_id = $1 AND form = $2
		ORDER BY ordinal LIMIT $3`, authority, form, report.MaxPeriodColumns)
}

// PeriodForms are the forms of periodic figures that the authority laid down, the last one first, and the program's.
func (db *DB) PeriodForms(ctx context.Context, actor doithoai.Actor) (all []report.PeriodForm, err error) {
	if err := may(actor, doithoai.ActSeeReport); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		if all, err = list(ctx, q, scanPeriodForm, `SELECT `+periodFormColumns+`
			FROM period_form
			WHERE authority_id = $1
			ORDER BY number DESC LIMIT $2`, actor.AuthorityID, report.MaxPeriodForms); err != nil {
			return err
		}
		for i := range all {
			if all[i].Columns, err = periodColumns(ctx, q, actor.AuthorityID, all[i].Number); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f, err := DefaultPeriodForm()
	return append(all, f), err
}

// SetPeriodForm lays down the columns of periodic figures for what ends on a day or later, today at the earliest.
// version is the number of the last form as the actor saw it, 0 where there was none.
func (db *DB) SetPeriodForm(
	ctx context.Context, actor doithoai.Actor, version int, f report.PeriodForm,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActSetPeriodForm); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		last, err := one(ctx, tx, column[int], `SELECT coalesce(max(number), 0)
			FROM period_form
			WHERE authority_id = $1`, actor.AuthorityID)
		if err != nil {
			return err
		}
		if err := sameVersion(last, version); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(f.Problems(tx.Now.Date())); err != nil {
			return err
		}
		if last >= report.MaxPeriodForms {
			return doithoai.Refuse(doithoai.Conflict, "periodic.problem.many_forms")
		}
		if err := conflictIfThere(tx.exec(ctx, `INSERT INTO period_form (authority_id, `+periodFormColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6)`, actor.AuthorityID, last+1, f.From, f.Mark, f.Title, f.Source)); err != nil {
			return err
		}
		rows := newRows(10)
		for i, c := range f.Columns {
			rows.add(actor.AuthorityID, last+1, i+1, c.Group, c.Text, c.Origin, c.About, c.Became, c.Time, c.Public)
		}
		if err := rows.insert(ctx, tx, `period_column (authority_id, form, ordinal, heading, text, origin, about,
			became, time, public)`); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActSetPeriodForm, "", "", f.From.String()+" "+f.Source)
	})
}
