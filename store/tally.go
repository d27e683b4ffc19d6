package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// tallied are the opinions of dialogue $1 of authority $2, with what the sum asks of them beside. $3 is the day on
// which the dialogue began, $4 its minute of that day, $5 that moment: what was given before is early, whenever it was
// typed.
const tallied = `SELECT o.*, coalesce(t.source, '') AS source,
			CASE WHEN EXISTS (SELECT 1 FROM compiled_point c WHERE c.opinion_id = coalesce(o.part_of, o.id))
				THEN 1 ELSE 0 END AS listed,
			CASE WHEN s.given_on < $3 OR s.given_on = $3 AND s.given_clock < $4 OR o.received_at < $5 THEN 1 ELSE 0 END
				AS early,
			CASE WHEN o.joined_to IS NULL THEN 0 ELSE 1 END AS joined,
			CASE WHEN o.part_of IS NULL THEN 0 ELSE 1 END AS part
		FROM opinion o
		JOIN slip s ON s.id = o.slip_id
		LEFT JOIN turn t ON t.id = o.turn_id
		WHERE o.dialogue_id = $1 AND o.authority_id = $2`

// tallyRow is the row of [doithoai.Tallied.Source] for a row of tallied.
const tallyRow = `CASE WHEN c.listed = 1 THEN 'listed'
		WHEN c.channel = 'hall' THEN 'spoken'
		WHEN c.channel = 'sheet' THEN 'written'
		WHEN c.early = 1 THEN 'registered'
		ELSE 'written' END`

// begun is when a dialogue began, or is to.
func begun(d doithoai.Dialogue) calendar.Instant {
	if d.StartedAt.IsZero() {
		return d.StartsAt
	}
	return d.StartedAt
}

// talliedArgs are the values of tallied.
func talliedArgs(d doithoai.Dialogue) []any {
	at := begun(d)
	return []any{d.ID, d.AuthorityID, at.Date(), int(calendar.ClockOf(at)), at}
}

// maxOpen is how many of what is open stand on the page, of each kind.
const maxOpen = 20

// TallyFile is the sum of a dialogue with what is open in it.
type TallyFile struct {
	Dialogue   doithoai.Dialogue
	Tally      doithoai.Tally
	Open       []OpenPart
	Lists      []CompiledRow // that became another number of opinions than was told, the first maxOpen
	Paper      plan.PaperAccount
	Heads      doithoai.Heads
	Attendance []doithoai.AttendanceChange
}

// OpenPart is what is open in a row of the sum.
type OpenPart struct {
	Row   doithoai.TallyRow
	Count int
	Shown []OpenOpinion // the first maxOpen, but for those on the conduct of who reads
}

// OpenOpinion is an opinion without a ruling.
type OpenOpinion struct {
	ID      doithoai.ID
	Number  doithoai.RegisterNumber
	Title   string
	Village string
	Paper   string // the number printed on its slip
}

// Tally counts the opinions of a dialogue of the actor's authority: how they came and what became of them, in a few
// sums; of what is open, the first of each kind. It is for who may see the minutes.
func (db *DB) Tally(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (f TallyFile, err error) {
	if err := may(actor, doithoai.ActSeeMinutes); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		f, err = readTally(ctx, q, actor, dialogue, db.Now().Date())
		return err
	})
	return f, err
}

func readTally(
	ctx context.Context, q querier, actor doithoai.Actor, dialogue doithoai.ID, on calendar.Date,
) (f TallyFile, err error) {
	if f.Dialogue, err = dialogueOf(ctx, q, actor.AuthorityID, dialogue, ""); err != nil {
		return f, err
	}
	d := f.Dialogue
	if f.Tally, err = tallyOf(ctx, q, d); err != nil {
		return f, err
	}
	if f.Open, err = openOf(ctx, q, actor, d, on); err != nil {
		return f, err
	}
	if f.Lists, err = list(ctx, q, scanCompiled, compiledQuery+`
		AND l.dialogue_id = $2 AND l.told <> l.made
		ORDER BY l.id LIMIT $3`, d.AuthorityID, d.ID, maxOpen); err != nil {
		return f, err
	}
	if f.Paper, err = paperAccountOf(ctx, q, d.ID); err != nil {
		return f, err
	}
	if f.Heads, err = headsOf(ctx, q, d); err != nil {
		return f, err
	}
	f.Attendance, err = attendanceChangesOf(ctx, q, d)
	return f, err
}

// tallyOf counts both sides of the sum of a dialogue, each by itself, and what is not typed yet.
func tallyOf(ctx context.Context, q querier, d doithoai.Dialogue) (t doithoai.Tally, err error) {
	type counted struct {
		doithoai.Tallied
		n int
	}
	received, err := list(ctx, q, func(r row) (c counted, err error) {
		err = r.Scan(&c.Channel, &c.Turn, &c.Listed, &c.Early, &c.Joined, &c.Part, &c.n)
		return c, err
	}, `SELECT c.channel, c.source, c.listed, c.early, c.joined, c.part, count(*)
		FROM (`+tallied+`) AS c
		GROUP BY c.channel, c.source, c.listed, c.early, c.joined, c.part`, talliedArgs(d)...)
	if err != nil {
		return t, err
	}
	for _, c := range received {
		t.Receive(c.Tallied, c.n)
	}
	settled, err := list(ctx, q, func(r row) (c counted, err error) {
		err = r.Scan(&c.Ruling, &c.Unheard, &c.n)
		return c, err
	}, `SELECT ruling, unheard, count(*)
		FROM opinion
		WHERE dialogue_id = $1 AND authority_id = $2 AND joined_to IS NULL
		GROUP BY ruling, unheard`, d.ID, d.AuthorityID)
	if err != nil {
		return t, err
	}
	for _, c := range settled {
		t.Settle(c.Tallied, c.n)
	}
	err = countPeople(ctx, q, d, &t)
	return t, err
}

// personKey tells people apart in a dialogue, as far as their names do; p is a row of petitioner.
func personKey(p string) string {
	return p + `.name || '/' || ` + p + `.organisation || '/' || coalesce(CAST(` + p + `.village_id AS text), ` + p +
		`.address)`
}

// countPeople counts who raised the opinions of a sum, as far as names tell people apart, and what is not typed yet. Of
// denunciations nothing is read.
func countPeople(ctx context.Context, q querier, d doithoai.Dialogue, t *doithoai.Tally) error {
	const raised = `FROM opinion o
		JOIN petitioner p ON p.slip_id = o.slip_id
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.joined_to IS NULL AND o.ruling <> 'TC'`
	for _, c := range []struct {
		into  *int
		query string
	}{
		{&t.People, `SELECT count(DISTINCT coalesce(CAST(p.person AS text), ` + personKey("p") + `))
			` + raised + ` AND (p.name <> '' OR p.organisation <> '' OR p.person IS NOT NULL)`},
		{&t.Unnamed, `SELECT count(*) ` + raised + ` AND p.name = '' AND p.organisation = '' AND p.person IS NULL
			AND NOT EXISTS (
				SELECT 1 FROM compiled_point c WHERE c.opinion_id = coalesce(o.part_of, o.id))`},
	} {
		n, err := one(ctx, q, column[int], c.query, d.ID, d.AuthorityID)
		if err != nil {
			return err
		}
		*c.into = n
	}
	return countUnkeyed(ctx, q, d, t)
}

// countUnkeyed counts what is known to be there and not typed yet.
func countUnkeyed(ctx context.Context, q querier, d doithoai.Dialogue, t *doithoai.Tally) error {
	lines, err := one(ctx, q, column[int], `SELECT coalesce(sum(told - made), 0)
		FROM compiled_list
		WHERE authority_id = $1 AND dialogue_id = $2 AND told > made AND differs = ''`, d.AuthorityID, d.ID)
	if err != nil {
		return err
	}
	sheets, err := one(ctx, q, column[int], `SELECT coalesce(sum(told - made - dropped), 0)
		FROM hand_sheet
		WHERE dialogue_id = $1 AND authority_id = $2`, d.ID, d.AuthorityID)
	if err != nil {
		return err
	}
	slips, err := one(ctx, q, column[int], `SELECT count(*)
		FROM paper_slip
		WHERE dialogue_id = $1 AND state = $2 AND slip_id IS NULL`, d.ID, plan.PaperReturned)
	t.Missing(doithoai.UnkeyedLines, lines)
	t.Missing(doithoai.UnkeyedSlips, slips)
	t.Missing(doithoai.UnkeyedSheet, sheets)
	return err
}

// openOf are the opinions of a dialogue without a ruling, by how they came.
func openOf(
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Dialogue, on calendar.Date,
) (parts []OpenPart, err error) {
	const open = ` AND o.stage = 'unruled'`
	type counted struct {
		row doithoai.TallyRow
		n   int
	}
	counts, err := list(ctx, q, func(r row) (c counted, err error) {
		err = r.Scan(&c.row, &c.n)
		return c, err
	}, `SELECT `+tallyRow+` AS part, count(*)
		FROM (`+tallied+open+`) AS c
		GROUP BY `+tallyRow, talliedArgs(d)...)
	if err != nil {
		return nil, err
	}
	for _, row := range doithoai.TallyRows {
		for _, c := range counts {
			if c.row != row {
				continue
			}
			p := OpenPart{Row: row, Count: c.n}
			if p.Shown, err = openIn(ctx, q, actor, d, row, on); err != nil {
				return nil, err
			}
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// openIn are the first of them in a row, as far as the actor may see them.
func openIn(
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Dialogue, of doithoai.TallyRow, on calendar.Date,
) ([]OpenOpinion, error) {
	args := talliedArgs(d)
	bind := binder(&args)
	hidden := notConcerned(actor, on, bind)
	return list(ctx, q, func(r row) (o OpenOpinion, err error) {
		var headline, content string
		err = r.Scan(&o.ID, &o.Number, &headline, &content, &o.Village, &o.Paper)
		o.Title = text.Headline(headline, content)
		return o, err
	}, `SELECT o.id, o.number, o.headline, o.content, coalesce(v.name, ''), coalesce(sp.number, '')
		FROM (`+tallied+` AND o.stage = 'unruled') AS c
		JOIN opinion o ON o.id = c.id
		LEFT JOIN village v ON v.id = o.village_id
		LEFT JOIN slip_paper sp ON sp.slip_id = o.slip_id AND o.part_of IS NULL
		WHERE `+tallyRow+` = `+bind(of)+hidden+`
		ORDER BY c.id LIMIT `+bind(maxOpen), args...)
}
