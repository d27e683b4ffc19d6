package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

const sumColumns = `dialogues, notices_late, results_late, received, timely, answerable, overdue, satisfied, rated,
	promised, kept, promises_late`

const subordinateColumns = `s.id, s.commune_id, s.code, s.name, s.site, s.ordinal, s.valid_from, s.valid_to,
	s.counted_at, s.version, coalesce((SELECT h.host
		FROM host_name h
		JOIN authority c ON c.id = h.authority_id
		WHERE h.authority_id = s.commune_id AND h.ordinal = 0 AND NOT c.offline), '')`

// into are where a row of columns goes: those of the subordinate, then more.
func into(s *report.Subordinate, more ...any) []any {
	return append([]any{
		&s.ID, &s.Commune, &s.Code, &s.Name, &s.Site, &s.Ordinal, &s.From, &s.To, &s.Counted, &s.Version, &s.Host,
	}, more...)
}

func scanSubordinate(r row) (s report.Subordinate, err error) {
	err = r.Scan(into(&s)...)
	return s, err
}

// intoSums are where the sums of a row go, behind more.
func intoSums(s *report.Sums, more ...any) []any {
	for _, n := range s.Numbers() {
		more = append(more, n)
	}
	return more
}

// sumValues are the values of sums, behind more.
func sumValues(s report.Sums, more ...any) []any {
	for _, n := range s.Numbers() {
		more = append(more, *n)
	}
	return more
}

// placeholders are $from to $to, separated by commas.
func placeholders(from, to int) string {
	var all []string
	for i := from; i <= to; i++ {
		all = append(all, fmt.Sprintf("$%d", i))
	}
	return strings.Join(all, ", ")
}

// superior refuses an act to whoever is not of an authority to which communes report: there is no such page for others.
func superior(ctx context.Context, q querier, actor doithoai.Actor, act doithoai.Act) error {
	if err := may(actor, act); err != nil {
		return err
	}
	level, err := one(ctx, q, column[doithoai.Level], `SELECT level FROM authority WHERE id = $1`, actor.AuthorityID)
	if err == nil && !level.Superior() {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return err
}

// RollUpFilter narrows the communes of a roll-up.
type RollUpFilter string

const (
	RollUpAll  RollUpFilter = ""
	RollUpLate RollUpFilter = "late" // of which anything is late
	RollUpNone RollUpFilter = "none" // that held no dialogue
)

// RollUpFilters in the order of the page.
var RollUpFilters = []RollUpFilter{RollUpAll, RollUpLate, RollUpNone}

// RollUpQuery asks for communes of a roll-up, in the superior's order behind one of them.
type RollUpQuery struct {
	Year   int
	Period report.Period
	Filter RollUpFilter
	After  int // ordinal; -1: from the first
	Limit  int
}

// RollUp is what a superior sees of its communes.
type RollUp struct {
	Total report.Total
	Rows  []report.Row
	More  bool
	Years []int            // of which there are sums, the newest first
	AsOf  calendar.Instant // of the oldest count of a commune in this installation; zero: none was counted
	Least int              // dialogues that a commune must hold in the year at least; 0: no rule says so
}

// maxRollUpYears is how many years a superior chooses from.
const maxRollUpYears = 10

// RollUp reads sums that are kept: nothing is added up for the page. See [DB.CountRollUps].
func (db *DB) RollUp(ctx context.Context, actor doithoai.Actor, ask RollUpQuery) (u RollUp, err error) {
	if err := superior(ctx, db.reader(), actor, doithoai.ActSeeRollUp); err != nil {
		return u, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		u, err = readRollUp(ctx, q, actor.AuthorityID, ask)
		return err
	})
	return u, err
}

func readRollUp(ctx context.Context, q querier, authority doithoai.ID, ask RollUpQuery) (u RollUp, err error) {
	u.Total, err = one(ctx, q, func(r row) (t report.Total, err error) {
		err = r.Scan(intoSums(&t.Sums, &t.Communes, &t.None, &t.Late)...)
		return t, err
	}, `SELECT communes, none, late, `+sumColumns+`
		FROM roll_up_total
		WHERE authority_id = $1 AND year = $2 AND period = $3`, authority, ask.Year, ask.Period)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return u, err
	}
	where := map[RollUpFilter]string{RollUpLate: ` AND r.late`, RollUpNone: ` AND r.dialogues = 0`}[ask.Filter]
	u.Rows, err = list(ctx, q, scanRollUpRow, `SELECT `+subordinateColumns+`, r.last_held, r.last_slug, `+
		columnsOf("r", sumColumns)+`
		FROM roll_up r
		JOIN subordinate s ON s.id = r.subordinate_id
		WHERE r.authority_id = $1 AND r.year = $2 AND r.period = $3 AND r.ordinal > $4`+where+`
		ORDER BY r.ordinal LIMIT $5`, authority, ask.Year, ask.Period, ask.After, ask.Limit+1)
	if err != nil {
		return u, err
	}
	if u.More = len(u.Rows) > ask.Limit; u.More {
		u.Rows = u.Rows[:ask.Limit]
	}
	if u.Years, err = list(ctx, q, column[int], `SELECT year
		FROM roll_up_total
		WHERE authority_id = $1 AND period = 4
		ORDER BY year DESC LIMIT $2`, authority, maxRollUpYears); err != nil {
		return u, err
	}
	u.AsOf, err = one(ctx, q, column[calendar.Instant], `SELECT counted_at
		FROM subordinate
		WHERE authority_id = $1 AND counted_at IS NOT NULL AND commune_id IS NOT NULL AND valid_to IS NULL
		ORDER BY counted_at LIMIT 1`, authority)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return u, err
	}
	rules, err := parametersOf(ctx, q, authority, "dialogue.per_year", "")
	if rule, ok := rules.At("dialogue.per_year", report.WholeYear.Ends(ask.Year, nil)); ok && err == nil {
		u.Least, err = rule.Int()
	}
	return u, err
}

func scanRollUpRow(r row) (w report.Row, err error) {
	err = r.Scan(into(&w.Subordinate, intoSums(&w.Sums, &w.Last, &w.Slug)...)...)
	return w, err
}

// RollUpCommune is a commune of a superior: its sums in a year, its dialogues, the newest first, and the files that it
// sent.
type RollUpCommune struct {
	report.Row
	Held  []report.Summary
	Files []ReportFileTaken
}

// maxHeld is how many dialogues of a commune a superior sees.
const maxHeld = 100

// RollUpCommune finds a commune of the superior by its code, with the sums of a year up to the end of a period.
func (db *DB) RollUpCommune(
	ctx context.Context, actor doithoai.Actor, code string, year int, period report.Period,
) (c RollUpCommune, err error) {
	if err := superior(ctx, db.reader(), actor, doithoai.ActSeeRollUp); err != nil {
		return c, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		if c.Subordinate, err = subordinateOf(ctx, q, actor.AuthorityID, code); err != nil {
			return err
		}
		if c.Held, err = heldBy(ctx, q, c.ID); err != nil {
			return err
		}
		if c.Files, err = takenFiles(ctx, q, c.ID); err != nil {
			return err
		}
		parameters, err := parametersOf(ctx, q, actor.AuthorityID, "roll_up.cutoff", "")
		c.Row = report.RowOf(c.Subordinate, c.Held, year, period.Ends(year, parameters))
		return err
	})
	return c, err
}

// heldBy are the dialogues that a commune held, as they were counted last, the newest first.
func heldBy(ctx context.Context, q querier, subordinate doithoai.ID) ([]report.Summary, error) {
	return list(ctx, q, func(r row) (s report.Summary, err error) {
		err = r.Scan(intoSums(&s.Sums, &s.Slug, &s.Held)...)
		return s, err
	}, `SELECT slug, held, `+sumColumns+`
		FROM roll_up_dialogue
		WHERE subordinate_id = $1
		ORDER BY held DESC, slug LIMIT $2`, subordinate, maxHeld)
}

// countBatch is how many communes are looked for at once.
const countBatch = 50

// CountRollUps counts anew what communes of this installation held, for their superiors: each once a day, since what is
// late depends on the day, and again as soon as its audit has an entry more: a dialogue was closed, its results were
// published, a report was settled. Each count is an act of its own. Dialogues of this year and the last are counted;
// those before stay as they stood then.
func (db *DB) CountRollUps(ctx context.Context) error {
	now := db.Now()
	today := now.Date()
	var left error
	for after := doithoai.ID(""); ; {
		due, err := list(ctx, db.reader(), scanSubordinate, `SELECT `+subordinateColumns+`
			FROM subordinate s
			WHERE s.commune_id IS NOT NULL AND s.id > $1 AND (s.valid_to IS NULL OR s.valid_to >= $2)
				AND (s.counted_at IS NULL OR s.counted_at < $3 OR EXISTS (SELECT 1
					FROM audit_entry a
					WHERE a.authority_id = s.commune_id AND (s.counted_to IS NULL OR a.id > s.counted_to)))
			ORDER BY s.id LIMIT $4`, cmp.Or(after, noID), calendar.DateOf(today.Year-1, 1, 1),
			calendar.InstantAt(today, 0, 0), countBatch)
		if err != nil {
			return errors.Join(left, err)
		}
		for _, s := range due {
			if err := db.countSubordinate(ctx, s, now); err != nil {
				left = errors.Join(left, fmt.Errorf("roll-up of %s: %w", s.Code, err))
			}
		}
		if len(due) < countBatch || ctx.Err() != nil {
			return left
		}
		after = due[len(due)-1].ID
	}
}

// noID is before all ids.
const noID doithoai.ID = "00000000-0000-0000-0000-000000000000"

// countSubordinate counts what a commune of this installation held.
func (db *DB) countSubordinate(ctx context.Context, s report.Subordinate, now calendar.Instant) error {
	var held []report.Summary
	var newest doithoai.ID
	var name string
	if err := db.snapshot(ctx, func(q querier) (err error) {
		if newest, err = newestEntry(ctx, q, s.Commune); err != nil {
			return err
		}
		a, err := one(ctx, q, scanAuthority, authorityOn+` WHERE a.id = $2`, now.Date(), s.Commune)
		if err != nil {
			return err
		}
		name = a.Name
		held, err = summariesOf(ctx, q, s.Commune, now)
		return err
	}); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `UPDATE subordinate SET counted_at = $1, counted_to = $2, name = $3
			WHERE id = $4 AND (counted_at IS NULL OR counted_at <= $1)`, now, newest, name, s.ID)
		if err != nil || n == 0 { // another node counted later
			return err
		}
		if err := tx.exec(ctx, `DELETE FROM roll_up_dialogue WHERE subordinate_id = $1 AND held >= $2`, s.ID,
			calendar.DateOf(now.Date().Year-1, 1, 1)); err != nil {
			return err
		}
		for _, d := range held {
			if err := tx.keepSummary(ctx, s.ID, d); err != nil {
				return err
			}
		}
		return tx.rollUp(ctx, s.ID)
	})
}

func newestEntry(ctx context.Context, q querier, authority doithoai.ID) (doithoai.ID, error) {
	id, err := one(ctx, q, column[doithoai.ID], `SELECT id
		FROM audit_entry
		WHERE authority_id = $1
		ORDER BY id DESC LIMIT 1`, authority)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", nil
	}
	return id, err
}

// summariesOf counts the dialogues that an authority held this year and the last. A survey counts once no more slips
// are taken: else whoever looks twice could tell what somebody said in between.
func summariesOf(
	ctx context.Context, q querier, authority doithoai.ID, now calendar.Instant,
) (all []report.Summary, err error) {
	rules, err := loadRules(ctx, q, authority)
	if err != nil {
		return nil, err
	}
	today := now.Date()
	dialogues, err := list(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND starts_at >= $2 AND state IN ('closed', 'published', 'reported')
		ORDER BY starts_at, id LIMIT $3`, authority,
		calendar.InstantAt(calendar.DateOf(today.Year-1, 1, 1), 0, 0), maxHeld)
	if err != nil {
		return nil, err
	}
	for _, d := range dialogues {
		r := report.Result{At: now, Dialogue: reportedDialogue(d)}
		if r.Book, err = bookOf(ctx, q, d, today); err != nil {
			return nil, err
		}
		if r.Promises, err = promisesReported(ctx, q, d, today); err != nil {
			return nil, err
		}
		survey, err := surveyResultOf(ctx, q, authority, doithoai.DialogueSurvey(d.ID), today)
		if err != nil {
			return nil, err
		}
		if today.After(survey.Until) {
			r.Survey = report.SurveyOf(survey)
		}
		all = append(all, r.Summary(rules, today))
	}
	return all, nil
}

// keepSummary keeps what a dialogue counts, in place of what it counted before.
func (tx *Tx) keepSummary(ctx context.Context, subordinate doithoai.ID, s report.Summary) error {
	return tx.exec(ctx, `INSERT INTO roll_up_dialogue (subordinate_id, slug, held, `+sumColumns+`)
		VALUES (`+placeholders(1, 3+len(s.Numbers()))+`)
		ON CONFLICT (subordinate_id, slug) DO UPDATE SET held = excluded.held, `+setExcluded(sumColumns),
		sumValues(s.Sums, subordinate, s.Slug, s.Held)...)
}

// setExcluded sets columns to what an insert that met a row had for them.
func setExcluded(columns string) string {
	var set []string
	for c := range strings.SplitSeq(columns, ",") {
		c = strings.TrimSpace(c)
		set = append(set, c+" = excluded."+c)
	}
	return strings.Join(set, ", ")
}

// rollUp adds up anew what a commune held, year by year and period by period, and moves the sums of all by the
// difference. The commune's row is held by the act.
func (tx *Tx) rollUp(ctx context.Context, subordinate doithoai.ID) error {
	type owned struct {
		report.Subordinate
		superior doithoai.ID
	}
	s, err := one(ctx, tx, func(r row) (o owned, err error) {
		err = r.Scan(into(&o.Subordinate, &o.superior)...)
		return o, err
	}, `SELECT `+subordinateColumns+`, s.authority_id FROM subordinate s WHERE s.id = $1`, subordinate)
	if err != nil {
		return err
	}
	held, err := heldBy(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	parameters, err := parametersOf(ctx, tx, s.superior, "roll_up.cutoff", "")
	if err != nil {
		return err
	}
	years := map[int]bool{tx.Now.Date().Year: true, tx.Now.Date().Year - 1: true}
	for _, d := range held {
		years[d.Held.Year] = true
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		for _, p := range report.Periods {
			row := report.RowOf(s.Subordinate, held, year, p.Ends(year, parameters))
			if err := tx.moveRollUp(ctx, s.superior, year, p, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveRollUp puts the sums of a commune in place of those before, and moves those of all. A commune that does not
// report to the superior in the year has none.
func (tx *Tx) moveRollUp(
	ctx context.Context, superior doithoai.ID, year int, p report.Period, now report.Row,
) error {
	before, err := one(ctx, tx, scanRollUpRow, `SELECT `+subordinateColumns+`, r.last_held, r.last_slug, `+
		columnsOf("r", sumColumns)+`
		FROM roll_up r
		JOIN subordinate s ON s.id = r.subordinate_id
		WHERE r.subordinate_id = $1 AND r.year = $2 AND r.period = $3`, now.ID, year, p)
	there := err == nil
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	var moved report.Total
	in := now.In(year)
	switch {
	case there && in && before.Sums == now.Sums && before.Last == now.Last && before.Slug == now.Slug, !there && !in:
		return nil
	case there:
		moved = moved.Add(before, -1)
		if err := tx.exec(ctx, `DELETE FROM roll_up WHERE subordinate_id = $1 AND year = $2 AND period = $3`, now.ID, year,
			p); err != nil {
			return err
		}
	}
	if in {
		moved = moved.Add(now, 1)
		if err := tx.exec(ctx, `INSERT INTO roll_up (authority_id, year, period, ordinal, subordinate_id, last_held,
				last_slug, late, `+sumColumns+`)
			VALUES (`+placeholders(1, 8+len(now.Numbers()))+`)`, sumValues(now.Sums, superior, year, p, now.Ordinal, now.ID,
			now.Last, now.Slug, now.Sums.Late())...); err != nil {
			return err
		}
	}
	var add []string
	for c := range strings.SplitSeq(`communes, none, late, `+sumColumns, ",") {
		c = strings.TrimSpace(c)
		add = append(add, c+" = roll_up_total."+c+" + excluded."+c)
	}
	return tx.exec(ctx, `INSERT INTO roll_up_total (authority_id, year, period, communes, none, late, `+sumColumns+`)
		VALUES (`+placeholders(1, 6+len(now.Numbers()))+`)
		ON CONFLICT (authority_id, year, period) DO UPDATE SET `+strings.Join(add, ", "),
		sumValues(moved.Sums, superior, year, p, moved.Communes, moved.None, moved.Late)...)
}
