package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// secret stands in what was said and is a denunciation: it may occur in nothing that the sum, the minutes, the
// conclusion, the screens or the search give.
const secret = "Bí mật tố cáo"

// tallyTrial does acts at random on a dialogue, and counts by itself what the sum must be.
type tallyTrial struct {
	*testing.T
	ctx    context.Context
	db     *DB
	power  *commits // fail where it is cut
	fx     *fixture
	chance *rand.Rand
	d      doithoai.Dialogue
	n      int                      // keys of forms
	all    map[doithoai.ID]*trialed // that were received
	ids    []doithoai.ID            // in their order
	told   int                      // lines of lists that nobody typed, without a word why
	joins  int
	splits int
	cuts   int // of the power
}

// trialed is an opinion as the trial knows it.
type trialed struct {
	o      doithoai.Opinion
	row    doithoai.TallyRow
	joined doithoai.ID
}

func (c *tallyTrial) key() doithoai.IntakeKey { c.n++; return key(5000 + c.n) }

// sent sends a form; now and then the power is cut before it is kept, or after that, before anybody is told: then it is
// sent again, as it was.
func (c *tallyTrial) sent(form func() error) {
	switch c.chance.IntN(4) {
	case 0:
		c.cut(form)
	case 1:
		c.cuts++
		must(c, form())
	}
	must(c, form())
}

// cut has the power fail while an act is kept: nothing of it is.
func (c *tallyTrial) cut(act func() error) {
	c.cuts++
	c.power.set(func() error { return diskFull(c.db.dialect) })
	defer c.power.set(nil)
	if act() == nil {
		c.Error("an act was done that could not be kept")
	}
}

// took keeps what was received.
func (c *tallyTrial) took(r Received, row doithoai.TallyRow) {
	for _, o := range r.Opinions {
		c.all[o.ID] = &trialed{o: o, row: row}
		c.ids = append(c.ids, o.ID)
	}
}

// matter is something to say that nobody else says, and is secret now and then.
func (c *tallyTrial) matter() string {
	c.n++
	return fmt.Sprintf("%s số %d về con đường thứ %d.", secret, c.n, c.n)
}

// received sends a form that brings opinions, under a key of its own.
func (c *tallyTrial) received(row doithoai.TallyRow, form func(doithoai.IntakeKey) (Received, error)) {
	k := c.key()
	var r Received
	c.sent(func() (err error) {
		r, err = form(k)
		return err
	})
	c.took(r, row)
}

// written is how a slip comes in: before the beginning it is registered.
func (c *tallyTrial) written() {
	s := c.fx.slip(c.matter())
	row := doithoai.TallyRegistered
	if c.d.State != doithoai.DialogueAnnounced {
		row = doithoai.TallyWritten
	}
	if c.chance.IntN(2) == 0 {
		s.Matters = append(s.Matters, c.matter())
	}
	s.Petitioner.Name = fmt.Sprintf("Người Thứ %d", c.n)
	c.received(row, func(k doithoai.IntakeKey) (Received, error) {
		return c.db.SubmitSlip(c.ctx, c.fx.resident, k, s)
	})
}

// onPaper types a paper that was given an hour before the dialogue began, whenever it is typed.
func (c *tallyTrial) onPaper() {
	s := c.fx.slip(c.matter())
	s.Channel, s.Petitioner.Name = doithoai.ChannelPaper, fmt.Sprintf("Người Thứ %d", c.n)
	at := c.d.StartsAt.Add(-time.Hour)
	if c.db.Now().Before(at) {
		at = c.db.Now()
	}
	s.Given = &doithoai.Given{On: at.Date(), Clock: 6 * 60}
	c.received(doithoai.TallyRegistered, func(k doithoai.IntakeKey) (Received, error) {
		return c.db.SubmitSlip(c.ctx, c.fx.office, k, s)
	})
}

func (c *tallyTrial) spoken() {
	if c.d.State == doithoai.DialogueAnnounced {
		return
	}
	s := c.fx.shouted()
	s.Matters[0] = c.matter()
	if c.chance.IntN(2) == 0 {
		s.Petitioner.Name = fmt.Sprintf("Người Thứ %d", c.n)
	}
	c.received(doithoai.TallySpoken, func(k doithoai.IntakeKey) (Received, error) {
		return c.db.RecordOpinion(c.ctx, c.fx.secretary, k, s)
	})
}

// listed records a village's list. Where it told of more, and nobody says why, those lines are open: no form of today
// leaves that unsaid, a paper typed in the hall may.
func (c *tallyTrial) listed() {
	l, points := c.fx.compiled(c.matter(), c.matter())
	l.DialogueID, l.Differs = c.d.ID, "Dòng cuối trùng dòng đầu"
	l.Told = len(points) + c.chance.IntN(3)
	k := c.key()
	var f CompiledFile
	c.sent(func() (err error) {
		f, err = c.db.RecordList(c.ctx, c.fx.office, k, l, points, "")
		return err
	})
	for _, p := range f.Points {
		c.took(Received{Opinions: []doithoai.Opinion{p.Opinion}}, doithoai.TallyListed)
	}
	if l.Told > len(points) && c.chance.IntN(2) == 0 {
		c.told += l.Told - len(points)
		must(c, c.db.act(c.ctx, func(tx *Tx) error {
			return tx.exec(c.ctx, `UPDATE compiled_list SET differs = '' WHERE id = $1`, f.ID)
		}))
	}
}

// ruled gives a ruling, the first or another.
func (c *tallyTrial) ruled() {
	c.rule([]doithoai.Ruling{
		onTheSpot(), c.fx.later(), {Code: doithoai.RulingComplaint},
		{Code: doithoai.RulingOtherBody, Text: "Đến Chi nhánh điện lực."}, refusedBy(c.fx.chair),
		denounced(),
	}[c.chance.IntN(6)])
}

// refusedBy is the ruling by which somebody does not accept an opinion.
func refusedBy(a doithoai.Actor) doithoai.Ruling {
	return doithoai.Ruling{
		Code: doithoai.RulingNotAccepted, Text: "Đã trả lời, không có tình tiết mới.",
		Refusal: doithoai.Refusal{Ground: doithoai.RefusedRepeated, By: a.ID},
	}
}

// denounced is the ruling that an opinion is a denunciation.
func denounced() doithoai.Ruling {
	return doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}
}

// rule gives one of the opinions a ruling, and reports whether it could.
func (c *tallyTrial) rule(r doithoai.Ruling) bool {
	o := c.any()
	if o == nil || o.joined != "" || o.o.Ruling == doithoai.RulingDenunciation {
		return false
	}
	if r.Code == doithoai.RulingLater && o.o.PetitionID != "" {
		r.Proposed = true // the due date that stands
	}
	version := c.version(o.o.ID)
	ruling := func() (doithoai.Opinion, error) {
		return c.db.RuleOpinion(c.ctx, c.fx.secretary, o.o.ID, version, r)
	}
	if c.chance.IntN(4) == 0 {
		c.cut(func() error { return second(ruling()) })
	}
	next, err := ruling()
	part := o.o.PartOf != "" && r.Code == doithoai.RulingDenunciation // whose whole says it still
	if doithoai.KindOf(err) == doithoai.Conflict || part && doithoai.KindOf(err) == doithoai.Invalid {
		return false // its answer is on its way
	}
	must(c, err)
	o.o = next
	return true
}

// joined makes two slips of one opinion one, or two of them again.
func (c *tallyTrial) joined() {
	a, b := c.any(), c.any()
	if a == nil || a == b || a.o.SlipID == b.o.SlipID {
		return
	}
	err := c.db.JoinSlip(c.ctx, c.fx.office, a.o.ID, c.version(a.o.ID), b.o.ID)
	if doithoai.KindOf(err) == doithoai.Conflict || doithoai.KindOf(err) == doithoai.NotFound {
		return // [doithoai.JoinSlip] says why not
	}
	must(c, err)
	c.joins++
	for _, id := range c.ids {
		if o := c.all[id]; o.o.SlipID == a.o.SlipID {
			o.joined = b.o.SlipID
		}
	}
	if c.chance.IntN(2) == 0 {
		must(c, c.db.SeparateSlip(c.ctx, c.fx.office, a.o.ID, c.version(a.o.ID)))
		for _, id := range c.ids {
			if o := c.all[id]; o.o.SlipID == a.o.SlipID {
				o.joined = ""
			}
		}
	}
}

// grouped puts two opinions of one matter together: each still counts.
func (c *tallyTrial) grouped() {
	a, b := c.any(), c.any()
	if a == nil || a == b {
		return
	}
	err := c.db.GroupOpinions(c.ctx, c.fx.office, a.o.ID, b.o.ID)
	if k := doithoai.KindOf(err); k != doithoai.Conflict && k != doithoai.NotFound {
		must(c, err)
	}
}

// split makes a word of an opinion one of its own: it counts in the row of the whole.
func (c *tallyTrial) split() {
	a := c.any()
	if a == nil {
		return
	}
	said, _, _ := strings.Cut(a.o.Content, " ")
	part, err := c.db.SplitOpinion(c.ctx, c.fx.office, a.o.ID, c.version(a.o.ID), said)
	if k := doithoai.KindOf(err); k == doithoai.Conflict || k == doithoai.NotFound {
		return // [doithoai.Opinion.Splittable] says why not
	}
	must(c, err)
	c.splits++
	c.all[part.ID] = &trialed{o: part, row: a.row}
	c.ids = append(c.ids, part.ID)
}

// version is an opinion's.
func (c *tallyTrial) version(id doithoai.ID) int {
	n, err := one(c.ctx, c.db.reader(), column[int], `SELECT version FROM opinion WHERE id = $1`, id)
	must(c, err)
	return n
}

func (c *tallyTrial) any() *trialed {
	if len(c.ids) == 0 {
		return nil
	}
	return c.all[c.ids[c.chance.IntN(len(c.ids))]]
}

// check holds the sum against what the trial knows.
func (c *tallyTrial) check() {
	c.Helper()
	f, err := c.db.Tally(c.ctx, c.fx.secretary, c.d.ID)
	must(c, err)
	rows, received, open, denounced := map[doithoai.TallyRow]int{}, c.told, c.told, 0
	parts := 0
	for _, o := range c.all {
		if o.joined != "" {
			continue
		}
		received++
		if o.o.PartOf != "" {
			parts++
		}
		rows[o.row]++
		switch o.o.Ruling {
		case "":
			open++
		case doithoai.RulingDenunciation:
			denounced++
		}
	}
	rows[doithoai.TallyListed] += c.told
	t := f.Tally
	if t.Received() != received || t.Open() != open || t.Ruled() != received-open || !t.Adds() || t.Split != parts ||
		t.Outcomes[doithoai.Outcome(doithoai.RulingDenunciation)] != denounced {
		c.Fatalf("received %d, ruled %d, open %d, denounced %d; want %d, %d, %d, %d", t.Received(), t.Ruled(), t.Open(),
			t.Outcomes["TC"], received, received-open, open, denounced)
	}
	listed := t.Unkeyed[doithoai.UnkeyedLines] + t.Unkeyed[doithoai.UnkeyedSlips]
	for _, row := range doithoai.TallyRows {
		if t.Row(row) != rows[row] {
			c.Fatalf("%s: %d, want %d", row, t.Row(row), rows[row])
		}
	}
	for _, p := range f.Open {
		listed += p.Count
		if len(p.Shown) != min(p.Count, maxOpen) {
			c.Fatalf("%s: %d of %d that are open are shown", p.Row, len(p.Shown), p.Count)
		}
	}
	if listed != open {
		c.Fatalf("%d of %d that are open are listed", listed, open)
	}
}

// silent looks for the words of denunciations in everything that tells of the dialogue.
func (c *tallyTrial) silent() {
	c.Helper()
	var words []string
	for _, o := range c.all {
		if o.o.Ruling == doithoai.RulingDenunciation {
			words = append(words, o.o.Content, string(o.o.Number))
		}
	}
	tally, err := c.db.Tally(c.ctx, c.fx.secretary, c.d.ID)
	must(c, err)
	minutes, err := c.db.Minutes(c.ctx, c.fx.secretary, c.d.ID)
	must(c, err)
	conclusion, err := c.db.Conclusion(c.ctx, c.fx.chair, c.d.ID)
	must(c, err)
	hits, _, err := c.db.OpinionsSaying(c.ctx, c.fx.office, Filter{Words: secret, DialogueID: c.d.ID})
	must(c, err)
	hall, err := c.db.DialogueOpinions(c.ctx, c.fx.secretary, c.d.ID)
	must(c, err)
	released, err := list(c.ctx, c.db.reader(), column[string], `SELECT r.question
		FROM released r
		JOIN opinion o ON o.id = r.opinion_id
		WHERE o.ruling = 'TC'`)
	must(c, err)
	told := fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v", tally, minutes, conclusion, hits, hall, released)
	for _, w := range words {
		if strings.Contains(told, w) {
			c.Errorf("%q of a denunciation is told", w)
		}
	}
	if len(words) == 0 || c.joins == 0 || c.cuts == 0 || c.splits == 0 {
		c.Errorf("the trial has %d denunciations, %d joinings, %d cuts, %d splittings: it proves nothing", len(words)/2,
			c.joins, c.cuts, c.splits)
	}
}

// TestTally tries acts at random, before, during and after a dialogue, with the power cut now and then: whatever their
// order, the sum holds, nothing is lost or counted twice, and of a denunciation nothing is told.
func TestTally(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, power *commits, fx *fixture) {
		c := &tallyTrial{
			T: t, ctx: ctxOf(t), db: db, power: power, fx: fx, chance: rand.New(rand.NewPCG(12, 9)), d: fx.dialogue,
			all: map[doithoai.ID]*trialed{},
		}
		_, err := db.Tally(c.ctx, fx.justice, c.d.ID)
		wantKind(t, err, doithoai.NotAllowed, "")
		acts := []func(){
			c.written, c.onPaper, c.spoken, c.listed, c.ruled, c.ruled, c.ruled, c.joined, c.joined, c.grouped, c.split,
		}
		run := func(n int) {
			t.Helper()
			for range n {
				acts[c.chance.IntN(len(acts))]()
			}
			c.check()
		}
		for range 3 {
			run(6)
		}
		c.d = fx.begin(t, db)
		for range 4 {
			run(6)
		}
		c.d = fx.end(t, db, c.d)
		must(t, second(db.ComposeMinutes(c.ctx, fx.secretary, c.d.ID, 0)))
		for !c.rule(denounced()) {
			if c.n++; c.n > 1000 {
				t.Fatalf("%d opinions", len(c.ids))
			}
		}
		for range 2 {
			run(5)
		}
		c.silent() // also what was ruled to be one after the minutes were composed
		wantClean(t, db)
	})
}

// The results are not published, nor the minutes locked, while a line of a list is not typed.
func TestNothingRestsOnAnOpenSum(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		l, points := fx.compiled("Cống tắc.")
		l.DialogueID, l.Told, l.Differs = fx.dialogue.ID, 2, "Dòng 2 đọc không rõ"
		f, err := db.RecordList(ctx, fx.office, key(1), l, points, "")
		must(t, err)
		d := fx.begin(t, db)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, f.Points[0].Opinion.ID, 1, onTheSpot())))
		d = fx.end(t, db, d)
		differs := func(why string) {
			must(t, db.act(ctx, func(tx *Tx) error {
				return tx.exec(ctx, `UPDATE compiled_list SET differs = $1 WHERE id = $2`, why, f.ID)
			}))
		}
		differs("")
		file, err := db.Tally(ctx, fx.office, d.ID)
		must(t, err)
		if file.Tally.Open() != 1 || len(file.Lists) != 1 || file.Lists[0].Village == "" {
			t.Errorf("open %d, lists %+v", file.Tally.Open(), file.Lists)
		}
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		wantField(t, second(db.LockMinutes(ctx, fx.office, d.ID, m.Version)), "khoa-bien-ban", "tally.problem.open")
		_, err = db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())
		wantField(t, err, "luc", "tally.problem.open")
		differs("Dòng 2 đọc không rõ") // somebody says why: nothing is open, and it stays visible
		_, err = db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())
		must(t, err)
		file, err = db.Tally(ctx, fx.office, d.ID)
		must(t, err)
		if !file.Tally.Balanced() || len(file.Lists) != 1 {
			t.Errorf("open %d, lists %+v", file.Tally.Open(), file.Lists)
		}
	})
}

// What was given on paper before the beginning is registered, whenever it is typed; its number stands with what is
// open; a concerned officer sees that something is open, not what.
func TestTallyListsWhatIsOpen(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, second(db.PrintStack(ctx, fx.office, fx.dialogue.ID, 5)))
		d := fx.begin(t, db)
		must(t, second(db.SubmitSlip(ctx, fx.office, key(1), fx.paperSlip("3", "Trạm y tế thiếu thuốc."))))
		slip := fx.slip("Công chức ở bộ phận một cửa cáu gắt với dân.")
		slip.FieldCode = "thai-do-phuc-vu"
		about, err := db.SubmitSlip(ctx, fx.resident, key(2), slip)
		must(t, err)
		must(t, db.NameConcerned(ctx, fx.office, about.Opinions[0].ID, 1, []doithoai.ID{fx.secretary.ID}))
		for _, tt := range []struct {
			who  doithoai.Actor
			seen int
		}{{fx.office, 2}, {fx.secretary, 1}} {
			f, err := db.Tally(ctx, tt.who, d.ID)
			must(t, err)
			count, shown := 0, []OpenOpinion(nil)
			for _, p := range f.Open {
				count += p.Count
				shown = append(shown, p.Shown...)
			}
			paper := plan.PaperAccount{Printed: 5, InStock: 4, Handed: 1, Returned: 1}
			if count != 2 || len(shown) != tt.seen || f.Paper != paper {
				t.Errorf("%d open, shown %+v, paper %+v", count, shown, f.Paper)
			}
			if !slices.ContainsFunc(shown, func(o OpenOpinion) bool {
				return o.Paper == "0003" && o.Village == fx.villages[0].Name && o.Title != ""
			}) {
				t.Errorf("shown %+v", shown)
			}
		}
	})
}
