package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// guideText is the text of a reference page which the justice unit keeps.
func (fx *fixture) guideText() doithoai.GuideText {
	return doithoai.GuideText{
		Title: "Nhận kết quả thủ tục đất đai ở đâu?", FieldCode: "dat-dai", Procedure: "Đăng ký biến động đất đai",
		ProcedureCode: "1.012756", Body: "Nhận tại bộ phận Một cửa, mang theo giấy hẹn.",
		Basis: "Luật Đất đai số 31/2024/QH15", UnitID: fx.justice.UnitID,
	}
}

// guideOf makes a page from an opinion, or from none, and brings it to a state.
func (fx *fixture) guideOf(t testing.TB, db *DB, opinion doithoai.ID, to doithoai.GuideState) doithoai.Guide {
	t.Helper()
	ctx := ctxOf(t)
	g, err := db.DraftGuide(ctx, fx.office, newID(), 0, opinion, fx.guideText())
	must(t, err)
	if to != doithoai.GuideDraft {
		must(t, db.PublishGuide(ctx, fx.office, g.ID, g.Version))
	}
	if to == doithoai.GuideWithdrawn {
		must(t, db.WithdrawGuide(ctx, fx.office, g.ID, g.Version+1, "Thủ tục đã bãi bỏ."))
	}
	f, err := db.Guide(ctx, fx.office, g.Number)
	must(t, err)
	return f.Guide
}

func TestDraftGuide(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		draft := func(a doithoai.Actor, id doithoai.ID, version int, o doithoai.ID, change func(*doithoai.GuideText)) error {
			text := fx.guideText()
			if change != nil {
				change(&text)
			}
			return second(db.DraftGuide(ctx, a, id, version, o, text))
		}
		o := fx.bring(t, db, 1, published).Opinions[0].ID
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.secretary, fx.resident} {
			wantKind(t, draft(a, newID(), 0, o, nil), doithoai.NotAllowed, "")
			wantKind(t, draft(a, newID(), 0, "", nil), doithoai.NotAllowed, "")
		}
		// The unit leaves it to no other one.
		away := func(g *doithoai.GuideText) { g.UnitID = fx.land.UnitID }
		wantKind(t, draft(fx.justice, newID(), 0, o, away), doithoai.NotAllowed, "")
		early := fx.bring(t, db, 2, dispatched).Opinions[0].ID
		wantKind(t, draft(fx.office, newID(), 0, early, nil), doithoai.Conflict, "guide.problem.not_public")
		replaced := fx.bring(t, db, 3, corrected).Opinions[0].ID
		wantKind(t, draft(fx.office, newID(), 0, replaced, nil), doithoai.Conflict, "guide.problem.not_public")

		for field, change := range map[string]func(*doithoai.GuideText){
			doithoai.FieldGuideTitle:     func(g *doithoai.GuideText) { g.Title = "Bà Nguyễn Thị Minh Họa nhận ở đâu?" },
			doithoai.FieldGuideBody:      func(g *doithoai.GuideText) { g.Body = "" },
			doithoai.FieldGuideField:     func(g *doithoai.GuideText) { g.FieldCode = "khong-co" },
			doithoai.FieldGuideCode:      func(g *doithoai.GuideText) { g.ProcedureCode = "12" },
			doithoai.FieldGuideProcedure: func(g *doithoai.GuideText) { g.Procedure = "" },
			doithoai.FieldGuideUnit:      func(g *doithoai.GuideText) { g.UnitID = "" },
		} {
			err := draft(fx.office, newID(), 0, o, change)
			if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		id := newID()
		must(t, draft(fx.justice, id, 0, o, nil))
		wantKind(t, draft(fx.justice, id, 0, o, nil), doithoai.Conflict, "") // the form sent twice
		must(t, draft(fx.office, id, 1, "", func(g *doithoai.GuideText) { g.Body = "Chỗ khác." }))
		wantKind(t, draft(fx.office, id, 1, "", nil), doithoai.Conflict, "")
		f, err := db.Guide(ctx, fx.chair, 1)
		must(t, err)
		if f.State != doithoai.GuideDraft || f.Body != "Chỗ khác." || f.Edition != 1 || f.OpinionID != o ||
			len(f.Events) != 2 || f.Due.Any() {
			t.Errorf("%+v", f)
		}
		wantKind(t, second(db.PublicGuide(ctx, fx.authority.ID, 1)), doithoai.NotFound, "")
		all, err := db.GuidesOfOpinion(ctx, fx.office, o)
		must(t, err)
		if len(all) != 1 || all[0].ID != id {
			t.Errorf("of the opinion %+v", all)
		}
		wantClean(t, db)
	})
}

func TestPublishGuide(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		g := fx.guideOf(t, db, r.Opinions[0].ID, doithoai.GuideDraft)
		for _, a := range []doithoai.Actor{fx.justice, fx.land, fx.chair, fx.secretary} {
			wantKind(t, db.PublishGuide(ctx, a, g.ID, 1), doithoai.NotAllowed, "")
		}
		must(t, db.PublishGuide(ctx, fx.office, g.ID, 1))
		wantKind(t, db.PublishGuide(ctx, fx.office, g.ID, 1), doithoai.Conflict, "")
		wantKind(t, db.PublishGuide(ctx, fx.office, g.ID, 2), doithoai.Conflict, "")
		p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
		must(t, err)
		today := db.Now().Date()
		if p.ReviewedOn != today || p.ReviewBy != today.AddDays(365) || p.Origin != r.Opinions[0].Number ||
			p.Unit == "" || p.Due.Any() {
			t.Errorf("%+v", p)
		}
		all, more, err := db.PublicGuides(ctx, fx.authority.ID, "dat-dai", 0, 10)
		must(t, err)
		if len(all) != 1 || more {
			t.Errorf("public %+v", all)
		}
		for query, n := range map[string]int{"dang ky bien dong dat dai": 1, "giấy hẹn": 1, "khai sinh": 0} {
			found, err := db.SearchGuides(ctx, fx.authority.ID, query, "", 5)
			must(t, err)
			if len(found) != n {
				t.Errorf("%q finds %d", query, len(found))
			}
		}
		wantClean(t, db)
	})
}

func TestConfirmGuide(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		g := fx.guideOf(t, db, fx.bring(t, db, 1, published).Opinions[0].ID, doithoai.GuidePublished)
		due := func() bool {
			rows, _, err := db.Guides(ctx, fx.justice, GuideFilter{Tab: GuidesDue, Units: fx.justice.UnitIDs(), Limit: 10})
			must(t, err)
			counts, err := db.GuideCounts(ctx, fx.chair)
			must(t, err)
			p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
			must(t, err)
			if int(counts[GuidesDue]) != len(rows) || p.Due.Any() != (len(rows) > 0) {
				t.Errorf("%d are due, %d counted, the public reads %+v", len(rows), counts[GuidesDue], p.Due)
			}
			return p.Due.Over
		}
		fx.clock.forward(365 * 24 * time.Hour)
		if due() {
			t.Error("due on its last day")
		}
		fx.clock.forward(24 * time.Hour)
		if !due() {
			t.Error("not due the day after")
		}
		wantKind(t, db.ConfirmGuide(ctx, fx.land, g.ID, g.Version), doithoai.NotAllowed, "")
		wantKind(t, db.ConfirmGuide(ctx, fx.chair, g.ID, g.Version), doithoai.NotAllowed, "")
		must(t, db.ConfirmGuide(ctx, fx.justice, g.ID, g.Version))
		wantKind(t, db.ConfirmGuide(ctx, fx.office, g.ID, g.Version), doithoai.Conflict, "")
		if due() {
			t.Error("due after its review")
		}
		f, err := db.Guide(ctx, fx.office, g.Number)
		must(t, err)
		if e := f.Events[0]; e.Act != doithoai.ActConfirmGuide || e.By != fx.justice.Name ||
			e.ReviewBy != db.Now().Date().AddDays(365) {
			t.Errorf("%+v", e)
		}
	})
}

func TestReviseGuide(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		g := fx.guideOf(t, db, "", doithoai.GuidePublished)
		next := g.GuideText
		wantField(t, db.ReviseGuide(ctx, fx.justice, g.ID, 2, next), doithoai.FieldGuideBody, "guide.problem.same")
		next.Body = "Nhận qua bưu điện cũng được."
		wantKind(t, db.ReviseGuide(ctx, fx.land, g.ID, 2, next), doithoai.NotAllowed, "")
		away := next
		away.UnitID = fx.land.UnitID
		wantKind(t, db.ReviseGuide(ctx, fx.justice, g.ID, 2, away), doithoai.NotAllowed, "")
		must(t, db.ReviseGuide(ctx, fx.justice, g.ID, 2, next))
		wantKind(t, db.ReviseGuide(ctx, fx.office, g.ID, 2, away), doithoai.Conflict, "")
		must(t, db.ReviseGuide(ctx, fx.office, g.ID, 3, away))
		for edition, want := range map[int]doithoai.GuideText{1: g.GuideText, 2: next, 3: away} {
			had, err := db.GuideEdition(ctx, fx.chair, g.Number, edition)
			must(t, err)
			if had != want {
				t.Errorf("edition %d: %+v", edition, had)
			}
		}
		found, err := db.SearchGuides(ctx, fx.authority.ID, "qua bưu điện", "", 5)
		must(t, err)
		if len(found) != 1 {
			t.Error("the new words find nothing")
		}
	})
}

func TestWithdrawGuide(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		g := fx.guideOf(t, db, "", doithoai.GuidePublished)
		wantKind(t, db.WithdrawGuide(ctx, fx.justice, g.ID, 2, "Thôi."), doithoai.NotAllowed, "")
		wantField(t, db.WithdrawGuide(ctx, fx.office, g.ID, 2, ""), doithoai.FieldWhy, "guide.problem.why")
		must(t, db.WithdrawGuide(ctx, fx.office, g.ID, 2, "Thủ tục đã bãi bỏ."))
		wantKind(t, db.ReviseGuide(ctx, fx.office, g.ID, 3, g.GuideText), doithoai.Conflict, "")
		p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
		must(t, err)
		if p.Why == "" || p.EndedAt.IsZero() || p.Title != "" || p.Body != "" {
			t.Errorf("the public reads %+v", p)
		}
		found, err := db.SearchGuides(ctx, fx.authority.ID, "giấy hẹn", "", 5)
		must(t, err)
		if len(found) != 0 {
			t.Error("it is found")
		}
		draft := fx.guideOf(t, db, "", doithoai.GuideDraft)
		must(t, db.WithdrawGuide(ctx, fx.office, draft.ID, 1, "Viết nhầm."))
		wantKind(t, second(db.PublicGuide(ctx, fx.authority.ID, draft.Number)), doithoai.NotFound, "")
	})
}

// A page falls due with its bases: one that ended, one that was replaced, and as the office corrects the list.
func TestGuideRestsOnBases(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		basis := func(number string, change func(*doithoai.LegalBasis)) doithoai.LegalBasis {
			l := doithoai.LegalBasis{
				Kind: "Quyết định", Number: number, Issuer: "UBND tỉnh", Abstract: "Mức thu", From: today.AddDays(-500),
				Certainty: calendar.Certain,
			}
			if change != nil {
				change(&l)
			}
			l, err := db.SetLegalBasis(ctx, fx.office, 0, l)
			must(t, err)
			return l
		}
		text := fx.guideText()
		text.Basis = "Quyết định số 12/2025/QĐ-UBND"
		g, err := db.DraftGuide(ctx, fx.office, newID(), 0, "", text)
		must(t, err)
		must(t, db.PublishGuide(ctx, fx.office, g.ID, 1))
		want := func(what string, due bool) {
			t.Helper()
			rows, _, err := db.Guides(ctx, fx.office, GuideFilter{Tab: GuidesDue, Limit: 10})
			must(t, err)
			p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
			must(t, err)
			if (len(rows) == 1) != due || (len(p.Due.Ceased) == 1) != due {
				t.Errorf("%s: %d due, the public reads %+v", what, len(rows), p.Due)
			}
		}
		want("nobody listed it", false)
		old := basis("12/2025/QĐ-UBND", nil)
		want("listed", false)
		set := func(change func(*doithoai.LegalBasis)) {
			t.Helper()
			change(&old)
			var err error
			old, err = db.SetLegalBasis(ctx, fx.office, old.Version, old)
			must(t, err)
		}
		set(func(l *doithoai.LegalBasis) { l.To = today.AddDays(-1) })
		want("ended", true)
		wantField(t, db.ConfirmGuide(ctx, fx.office, g.ID, 2), doithoai.FieldGuideBasis, "guide.problem.ceased")
		set(func(l *doithoai.LegalBasis) { l.To = today })
		want("on its last day", false)
		fx.clock.forward(24 * time.Hour)
		want("the day after", true)
		newer := basis("30/2026/QĐ-UBND", nil)
		set(func(l *doithoai.LegalBasis) { l.To, l.ReplacedBy = calendar.Date{}, newer.Key })
		want("replaced", true)
		set(func(l *doithoai.LegalBasis) { l.ReplacedBy = "" })
		want("put right", false)
		set(func(l *doithoai.LegalBasis) { l.To = today.AddDays(-1) })
		text.Basis = "Quyết định số 30/2026/QĐ-UBND"
		must(t, db.ReviseGuide(ctx, fx.office, g.ID, 2, text))
		want("revised", false)
	})
}

// Who raised the opinion is told by nothing that is public: a page that does, now that it is known, goes.
func TestGuideThatTells(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, published).Opinions[0]
		g, other := fx.guideOf(t, db, o.ID, doithoai.GuidePublished), fx.guideOf(t, db, o.ID, doithoai.GuidePublished)
		text := other.GuideText
		text.Body = "Hỏi tại bộ phận Một cửa."
		must(t, db.ReviseGuide(ctx, fx.office, other.ID, other.Version, text))
		must(t, db.act(ctx, func(tx *Tx) error {
			_, err := tx.takeDownTelling(ctx, o.SlipID, doithoai.Petitioner{Name: "Giấy Hẹn Theo"})
			return err
		}))
		must(t, second(db.PublicGuide(ctx, fx.authority.ID, g.Number)))
		must(t, db.act(ctx, func(tx *Tx) error {
			_, err := tx.takeDownTelling(ctx, o.SlipID, doithoai.Petitioner{Name: "Mang Theo Giấy"})
			return err
		}))
		p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
		must(t, err)
		if p.State != doithoai.GuideWithdrawn || p.Why != "" || p.Title != "" {
			t.Errorf("the public reads %+v", p)
		}
		if p, err = db.PublicGuide(ctx, fx.authority.ID, other.Number); err != nil || p.State != doithoai.GuidePublished {
			t.Errorf("the other one: %+v, %v", p, err)
		}
	})
}

// What left as a denunciation is found by nobody, nor a page made from it.
func TestGuideOfDenunciation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, published).Opinions[0]
		g, draft := fx.guideOf(t, db, o.ID, doithoai.GuidePublished), fx.guideOf(t, db, o.ID, doithoai.GuideDraft)
		_, err := db.RuleOpinion(ctx, fx.chair, o.ID, 2, doithoai.Ruling{
			Code: doithoai.RulingDenunciation, HandedOver: true,
		})
		must(t, err)
		p, err := db.PublicGuide(ctx, fx.authority.ID, g.Number)
		must(t, err)
		if p.State != doithoai.GuideWithdrawn || p.Why != "" || p.Body != "" {
			t.Errorf("the public reads %+v", p)
		}
		for _, a := range []doithoai.Actor{fx.office, fx.chair, fx.justice} {
			for _, n := range []int{g.Number, draft.Number} {
				wantKind(t, second(db.Guide(ctx, a, n)), doithoai.NotFound, "")
				wantKind(t, second(db.GuideEdition(ctx, a, n, 1)), doithoai.NotFound, "")
			}
			for _, tab := range GuideTabs {
				rows, _, err := db.Guides(ctx, a, GuideFilter{Tab: tab, Limit: 10})
				must(t, err)
				if len(rows) != 0 {
					t.Errorf("%s: %+v", tab, rows)
				}
			}
		}
		wantKind(t, second(db.DraftGuide(ctx, fx.office, draft.ID, 2, "", fx.guideText())), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// In whatever order acts come on an opinion's answer and on the pages made from it: a public page whose answer was
// replaced after its last review, or is not public any more, says so, stands among those that are due, and a draft of
// that kind does not become public.
func TestGuideSaysReplaced(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		told, pages := 0, 0
		for seed := range uint64(3) {
			c := &guideTrial{T: t, db: db, fx: fx, dice: rand.New(rand.NewPCG(seed, 86)), n: int(seed)}
			c.run(100)
			told, pages = told+c.told, pages+len(c.pages)
		}
		if told < 10 || pages < 6 {
			t.Errorf("the lots were too tame: %d pages, which said %d times that their answers were replaced", pages, told)
		}
	})
}

// guideTrial does acts by lot on one opinion and its pages, and keeps a book of its own of what was seen.
type guideTrial struct {
	*testing.T
	db   *DB
	fx   *fixture
	dice *rand.Rand
	n    int

	opinion doithoai.ID
	papers  int
	pages   []int
	told    int         // how often a public page said that its answer was replaced
	seen    map[int]int // by page: how many answers there were when it was last read through
}

func (c *guideTrial) run(steps int) {
	c.opinion = c.fx.bring(c, c.db, 500+c.n, published).Opinions[0].ID
	first := c.fx.guideOf(c, c.db, c.opinion, doithoai.GuideDraft)
	c.pages, c.seen = []int{first.Number}, map[int]int{first.Number: 0}
	for range steps {
		c.step()
		c.fx.clock.forward(time.Minute)
		c.look()
	}
}

func (c *guideTrial) answers() int {
	o, err := opinionByID(ctxOf(c), c.db.reader(), c.opinion)
	must(c, err)
	n, err := countBefore(ctxOf(c), c.db.reader(), o)
	must(c, err)
	return n
}

// step does one act; one that is refused does nothing.
func (c *guideTrial) step() {
	ctx, db, fx := ctxOf(c), c.db, c.fx
	f, err := db.OpinionFile(ctx, fx.office, c.opinion)
	must(c, err)
	summary := 0
	if f.Publish != nil {
		summary = f.Publish.Version
	}
	correction := f.Correction.Version
	var g doithoai.Guide
	if len(c.pages) > 0 {
		page, err := db.Guide(ctx, fx.office, c.pages[c.dice.IntN(len(c.pages))])
		must(c, err)
		g = page.Guide
	}
	c.papers++
	text := fx.guideText()
	text.Body = fmt.Sprintf("Bản %d.", c.papers)
	read := func(err error) error {
		if err == nil {
			c.seen[g.Number] = c.answers()
		}
		return err
	}
	propose := func() error {
		p := testSummary
		p.Why = "Nhầm."
		return db.ProposePublication(ctx, fx.office, c.opinion, summary, p)
	}
	approve := func() error { return db.ApprovePublication(ctx, fx.chair, c.opinion, summary) }
	steps := []func() error{
		propose, propose, approve, approve,
		func() error {
			a := testCorrection
			a.Body = fmt.Sprintf("Câu trả lời thứ %d.", c.papers)
			return db.ProposeCorrection(ctx, fx.justice, c.opinion, correction, a, testReason)
		},
		func() error { return db.SignCorrection(ctx, fx.chair, c.opinion, correction) },
		func() error {
			return db.DispatchCorrection(ctx, fx.office, c.opinion, correction, fmt.Sprintf("%d/UBND", 5000+100*c.n+c.papers),
				db.Now().Date())
		},
		func() error {
			return db.act(ctx, func(tx *Tx) error {
				o, err := opinionByID(ctx, tx, c.opinion)
				if err != nil {
					return err
				}
				if c.dice.IntN(8) > 0 {
					return nil
				}
				p, err := publicationOf(ctx, tx, o.ID)
				if err != nil || p == nil || p.State != doithoai.PublicationPublished {
					return err
				}
				_, err = tx.takeDownTelling(ctx, o.SlipID, doithoai.Petitioner{Name: "Bộ Phận Một Cửa"})
				return err
			})
		},
		func() error {
			made, err := db.DraftGuide(ctx, fx.office, newID(), 0, c.opinion, text)
			if err == nil {
				c.pages = append(c.pages, made.Number)
				c.seen[made.Number] = c.answers()
			}
			return err
		},
		func() error { return read(second(db.DraftGuide(ctx, fx.office, g.ID, g.Version, "", text))) },
		func() error { return db.PublishGuide(ctx, fx.office, g.ID, g.Version) },
		func() error { return db.PublishGuide(ctx, fx.office, g.ID, g.Version) },
		func() error { return read(db.ConfirmGuide(ctx, fx.justice, g.ID, g.Version)) },
		func() error { return read(db.ReviseGuide(ctx, fx.justice, g.ID, g.Version, text)) },
	}
	err = steps[c.dice.IntN(len(steps))]()
	switch doithoai.KindOf(err) {
	case doithoai.Conflict, doithoai.Invalid, doithoai.NotFound, doithoai.NotAllowed:
	default:
		must(c, err)
	}
}

// look holds what the public reads against the trial's book.
func (c *guideTrial) look() {
	ctx, db := ctxOf(c), c.db
	due, _, err := db.Guides(ctx, c.fx.office, GuideFilter{Tab: GuidesDue, Limit: 500})
	must(c, err)
	for _, n := range c.pages {
		p, err := db.PublicGuide(ctx, c.fx.authority.ID, n)
		if doithoai.KindOf(err) == doithoai.NotFound {
			continue
		}
		must(c, err)
		listed := slices.ContainsFunc(due, func(g GuideRow) bool { return g.Number == n })
		if replaced := c.answers() > c.seen[n]; p.State == doithoai.GuidePublished && replaced {
			if p.Due.Changed.IsZero() || !listed {
				c.Fatalf("page %d says nothing of its answer: %+v", n, p)
			}
			c.told++
		}
		if p.State == doithoai.GuidePublished && p.Due.Any() != listed {
			c.Fatalf("page %d: due %+v, listed %v", n, p.Due, listed)
		}
	}
}
