package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
)

// held is how many opinions are counted, each where people count them.
type held struct{ year, register, hall, results, questions, registered int }

// heldIn is what the year's figures, the register, the hall of the fixture's dialogue and its preparation hold;
// registered are the people who handed something in.
func heldIn(t *testing.T, db *DB, fx *fixture) held {
	t.Helper()
	ctx := ctxOf(t)
	figures, err := db.YearFigures(ctx, fx.authority.ID, 2026)
	must(t, err)
	rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabAll, Limit: 200})
	must(t, err)
	hall, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
	must(t, err)
	results, err := db.ResultsOf(ctx, fx.office, fx.dialogue.ID)
	must(t, err)
	questions, _, err := db.Questions(ctx, fx.office, fx.dialogue.ID)
	must(t, err)
	registered, err := db.Registered(ctx, fx.office, fx.dialogue.ID)
	must(t, err)
	return held{figures.Received, len(rows), len(hall), results.All, len(questions), registered}
}

// A slip comes as a photo by Zalo, then on paper: it is proposed by its printed number and by who raised it, joined,
// counted once with both times, followed by either receipt; separated, everything is as it was.
func TestSituation6PhotoThenPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		photo := fx.slip("Rãnh thoát nước trước cổng trường bị tắc, đề nghị nạo vét.", "Đèn đường thôn 2 tắt hai tháng nay.")
		photo.Channel, photo.ReadBack, photo.PaperNumber = doithoai.ChannelOffice, true, "ND-0012"
		first, err := db.SubmitSlip(ctx, fx.office, key(1), photo)
		must(t, err)
		fx.clock.forward(26 * time.Hour)

		paper := photo
		paper.Channel, paper.PaperNumber = doithoai.ChannelVillage, "nd 12"
		paper.Matters = []string{"Đèn đường ở thôn 2 tắt đã hai tháng.", "Nạo vét rãnh thoát nước bị tắc trước cổng trường."}
		same, err := db.SameSlips(ctx, fx.office, "", paper)
		must(t, err)
		if len(same) != 1 || !same[0].Paper || same[0].Opinion.SlipID != first.SlipID {
			t.Fatalf("proposed %+v", same)
		}
		_, err = db.SubmitSlip(ctx, fx.office, key(2), paper)
		wantKind(t, err, doithoai.Invalid, "")
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != doithoai.FieldPaperNumber {
			t.Errorf("problems %v", p)
		}
		paper.SameAs = first.Opinions[0].ID
		again, err := db.SubmitSlip(ctx, fx.office, key(2), paper)
		must(t, err)
		before := heldIn(t, db, fx)
		if before != (held{4, 4, 4, 4, 4, 2}) {
			t.Fatalf("before: %v", before)
		}
		tables := fingerprint(t, db)
		must(t, db.JoinSlip(ctx, fx.office, again.Opinions[0].ID, 1, first.Opinions[0].ID))
		if got := heldIn(t, db, fx); got != (held{2, 2, 2, 2, 2, 1}) {
			t.Errorf("joined: %v", got)
		}
		wantClean(t, db)
		followed, err := db.FollowSlip(ctx, fx.resident, again.Code)
		must(t, err)
		var numbers []string
		for _, o := range followed.Opinions {
			numbers = append(numbers, string(o.Opinion.Number))
		}
		// The order is that of the second slip; each matter found its like.
		if !slices.Equal(numbers, []string{"ND-26-0002", "ND-26-0001"}) ||
			followed.ReceivedAt != again.ReceivedAt || followed.Channel != doithoai.ChannelVillage {
			t.Errorf("the second receipt opens %v of %v", numbers, followed.ReceivedAt)
		}
		file, err := db.OpinionFile(ctx, fx.office, first.Opinions[0].ID)
		must(t, err)
		if len(file.Came) != 1 || file.Came[0].Channel != doithoai.ChannelVillage ||
			file.Came[0].ReceivedAt != again.ReceivedAt || file.Opinion.ReceivedAt != first.ReceivedAt {
			t.Errorf("both times: %+v and %+v", file.Opinion.ReceivedAt, file.Came)
		}
		must(t, db.SeparateSlip(ctx, fx.office, again.Opinions[1].ID, 2))
		if got := heldIn(t, db, fx); got != before {
			t.Errorf("separated: %v", got)
		}
		after := fingerprint(t, db)
		for _, table := range []string{"slip", "petitioner", "slip_paper", "delivery", "petition", "publication", "rating"} {
			if after[table] != tables[table] {
				t.Errorf("%s is not as it was", table)
			}
		}
		for i, o := range again.Opinions {
			f, err := db.OpinionFile(ctx, fx.office, o.ID)
			must(t, err)
			o.Version = f.Opinion.Version
			if f.Opinion != o {
				t.Errorf("opinion %d is %+v, was %+v", i, f.Opinion, o)
			}
		}
		wantClean(t, db)
	})
}

// Who may join, and what can't be joined.
func TestJoinSlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		into := fx.submit(t, db, 1, "Đường hỏng.", "Cầu yếu.").Opinions
		o := fx.submit(t, db, 2, "Đường hỏng nặng.").Opinions[0]
		ruled := fx.bring(t, db, 3, ruled).Opinions[0]
		more := fx.submit(t, db, 4, "Một.", "Hai.", "Ba.").Opinions[0]
		conduct := fx.conductSlip(t, db, 5)
		must(t, db.NameConcerned(ctx, fx.office, conduct.ID, conduct.Version, []doithoai.ID{fx.justice.ID}))
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.chair, fx.justice, fx.land, fx.admin, fx.resident, fx.head(1)} {
			wantKind(t, db.JoinSlip(ctx, denied, o.ID, 1, into[0].ID), doithoai.NotAllowed, "")
		}
		wantKind(t, db.JoinSlip(ctx, fx.everyRole(), o.ID, 1, into[0].ID), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, db.JoinSlip(ctx, fx.office, bad, 1, into[0].ID), doithoai.NotFound, "")
			wantKind(t, db.JoinSlip(ctx, fx.office, o.ID, 1, bad), doithoai.NotFound, "")
		}
		for _, stale := range []int{0, 2, -1} {
			wantKind(t, db.JoinSlip(ctx, fx.office, o.ID, stale, into[0].ID), doithoai.Conflict, "error.conflict")
		}
		for _, wrong := range []struct {
			o, into doithoai.ID
			version int
			key     string
		}{
			{o.ID, o.ID, 1, "same.join.problem.itself"},
			{into[0].ID, into[1].ID, 1, "same.join.problem.itself"},
			{ruled.ID, o.ID, 2, "same.join.problem.ruled"},
			{more.ID, into[0].ID, 1, "same.join.problem.more"},
			{conduct.ID, into[0].ID, conduct.Version + 1, "same.join.problem.concerned"},
		} {
			wantKind(t, db.JoinSlip(ctx, fx.office, wrong.o, wrong.version, wrong.into), doithoai.Conflict, wrong.key)
		}
		wantSame(t, before, fingerprint(t, db))

		must(t, db.JoinSlip(ctx, fx.secretary, o.ID, 1, into[0].ID))
		wantKind(t, db.JoinSlip(ctx, fx.office, o.ID, 2, into[0].ID), doithoai.Conflict, "same.join.problem.joined")
		wantKind(t, db.JoinSlip(ctx, fx.office, more.ID, 1, o.ID), doithoai.Conflict, "same.join.problem.joined_on")
		wantKind(t, db.JoinSlip(ctx, fx.office, into[0].ID, 1, ruled.ID), doithoai.Conflict, "same.join.problem.has_joined")
		// Nothing else is done on it, by whatever act.
		for name, act := range map[string]func() error{
			"rule":  func() error { return second(db.RuleOpinion(ctx, fx.secretary, o.ID, 2, fx.later())) },
			"name":  func() error { return db.SetHeadline(ctx, fx.office, o.ID, 2, "Đường") },
			"whose": func() error { return db.NameConcerned(ctx, fx.office, o.ID, 2, []doithoai.ID{fx.justice.ID}) },
			"group": func() error { return db.GroupOpinions(ctx, fx.office, o.ID, ruled.ID) },
			"to it": func() error { return db.GroupOpinions(ctx, fx.office, ruled.ID, o.ID) },
		} {
			if err := act(); doithoai.KindOf(err) != doithoai.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		found, _, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: "đường hỏng"})
		must(t, err)
		if !slices.Equal(found, []doithoai.ID{into[0].ID}) {
			t.Errorf("found %v", found)
		}
		wantClean(t, db)
	})
}

// A wrong joining is undone by whoever may join; then the other opinion has moved on, and this one waits as before.
func TestSeparateSlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		into := fx.submit(t, db, 1, "Đường hỏng.").Opinions[0]
		r := fx.submit(t, db, 2, "Đường hỏng nặng.")
		o := r.Opinions[0]
		wantKind(t, db.SeparateSlip(ctx, fx.office, o.ID, 1), doithoai.Conflict, "same.join.problem.not_joined")
		must(t, db.JoinSlip(ctx, fx.office, o.ID, 1, into.ID))
		must(t, second(db.RuleOpinion(ctx, fx.secretary, into.ID, 1, doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: "Đã sửa.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		})))
		rating := doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, into.Number, rating))
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, o.Number, rating), doithoai.Conflict, "")
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{fx.chair, fx.justice, fx.land, fx.admin, fx.resident, fx.head(1)} {
			wantKind(t, db.SeparateSlip(ctx, denied, o.ID, 2), doithoai.NotAllowed, "")
		}
		wantKind(t, db.SeparateSlip(ctx, fx.everyRole(), o.ID, 2), doithoai.NotFound, "")
		wantKind(t, db.SeparateSlip(ctx, fx.office, o.ID, 1), doithoai.Conflict, "error.conflict")
		wantSame(t, before, fingerprint(t, db))
		must(t, db.SeparateSlip(ctx, fx.secretary, o.ID, 2))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if f.Opinion.JoinedTo != "" || f.Opinion.Ruling != "" || f.Opinion.Number != o.Number || f.Rating != nil {
			t.Errorf("separated: %+v", f.Opinion)
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 3, fx.later())))
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, into.Number, rating), doithoai.NotFound, "")
		// Both count again, and both are ruled on: there is no question left to prepare.
		if got := heldIn(t, db, fx); got != (held{2, 2, 2, 2, 0, 2}) {
			t.Errorf("counted %v", got)
		}
		wantClean(t, db)
	})
}

// What a slip is joined to keeps the slip from whom it keeps itself: a denunciation from everybody, an opinion on
// conduct from who is named.
func TestJoinedSlipIsKeptWithTheOther(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		into := fx.submit(t, db, 1, "Ông nọ nhận tiền của dân.").Opinions[0]
		r := fx.submit(t, db, 2, "Ông nọ nhận tiền của người dân.")
		o := r.Opinions[0]
		must(t, db.JoinSlip(ctx, fx.office, o.ID, 1, into.ID))
		named := fx.office2 // of the office, who sees every opinion
		must(t, db.NameConcerned(ctx, fx.office, into.ID, 1, []doithoai.ID{named.ID}))
		unit := named
		unit.UnitID = ""
		_, err := db.OpinionFile(ctx, unit, o.ID)
		wantKind(t, err, doithoai.NotFound, "")
		audited := func(a doithoai.Actor) string {
			lines, _, _, err := db.Audit(ctx, a, doithoai.AuditFilter{}, AuditCursor{}, 50)
			must(t, err)
			var all []string
			for _, l := range lines {
				all = append(all, l.Subject)
			}
			return strings.Join(all, " ")
		}
		if strings.Contains(audited(named), string(o.Number)) {
			t.Error("who is named reads of the joined slip in the audit")
		}
		must(t, second(db.SaveDraft(ctx, fx.secretary, DraftRuling, string(o.ID),
			map[string][]string{"tra-loi": {"nhận tiền"}})))
		must(t, second(db.RuleOpinion(ctx, fx.chair, into.ID, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		if d, err := db.Draft(ctx, fx.secretary, DraftRuling, string(o.ID)); err != nil || d.Fields != nil {
			t.Errorf("a draft of its words stays: %v (%v)", d.Fields, err)
		}
		for _, a := range []doithoai.Actor{fx.office, fx.chair, fx.secretary} {
			_, err := db.OpinionFile(ctx, a, o.ID)
			wantKind(t, err, doithoai.NotFound, "")
			wantKind(t, db.SeparateSlip(ctx, a, o.ID, 2), doithoai.NotFound, "")
		}
		if got := audited(fx.chair); strings.Contains(got, string(o.Number)) || strings.Contains(got, string(into.Number)) {
			t.Errorf("the audit tells of it: %s", got)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if content := followed.Receipt(r.Code).Matters[0].Content; content != "" {
			t.Errorf("the receipt shows %q", content)
		}
		if n, err := db.Denunciations(ctx, fx.office); err != nil || n != 1 {
			t.Errorf("%d denunciations (%v)", n, err)
		}
		wantClean(t, db)
	})
}

// Of two slips that are joined to each other at once, one wins: they don't vanish in each other.
func TestSlipsAreNotJoinedToEachOther(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		a := fx.submit(t, db, 1, "Đường hỏng.").Opinions[0]
		b := fx.submit(t, db, 2, "Đường hỏng nặng.").Opinions[0]
		join := func(o, into doithoai.Opinion) func() error {
			return func() error { return db.JoinSlip(ctx, fx.office, o.ID, 1, into.ID) }
		}
		one, other := inRivalry(t, db, c, join(a, b), join(b, a))
		if (one == nil) == (other == nil) {
			t.Errorf("%v, %v", one, other)
		}
		if got := heldIn(t, db, fx); got != (held{1, 1, 1, 1, 1, 1}) {
			t.Errorf("counted %v", got)
		}
		wantClean(t, db)
	})
}

// A slip is not joined while somebody rules on it: what was decided stays in sight.
func TestJoinSlipAgainstRuling(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		two := fx.submit(t, db, 2, "Cầu yếu.", "Đường hỏng nặng.").Opinions
		wide := fx.submit(t, db, 3, "Đường hỏng.", "Cầu yếu.").Opinions[0]
		joined, ruled := inRivalry(t, db, c,
			func() error { return db.JoinSlip(ctx, fx.office, two[0].ID, 1, wide.ID) },
			func() error { return second(db.RuleOpinion(ctx, fx.secretary, two[1].ID, 1, fx.later())) })
		if (joined == nil) == (ruled == nil) {
			t.Errorf("joined: %v, ruled: %v", joined, ruled)
		}
		wantClean(t, db)
	})
}

// A paper number that two slips claim at once is one slip's.
func TestPaperNumberIsClaimedOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		other := fx.open(t)
		results := make(chan error, 8)
		for i := range cap(results) {
			go func(db *DB) {
				s := fx.paperSlip("0007", "Một.")
				_, err := db.SubmitSlip(context.WithoutCancel(ctx), fx.office, key(10+i), s)
				results <- err
			}([]*DB{db, other}[i%2])
		}
		taken := 0
		for range cap(results) {
			if err := <-results; err == nil {
				taken++
			} else if kind := doithoai.KindOf(err); kind != doithoai.Invalid && kind != doithoai.Conflict {
				t.Errorf("refused with %v", err)
			}
		}
		if taken != 1 {
			t.Errorf("%d slips have the number", taken)
		}
		elsewhere := fx.paperSlip("7", "Hai.")
		elsewhere.DialogueID, elsewhere.PaperNumber = "", "7"
		must(t, second(db.SubmitSlip(ctx, fx.office, key(30), elsewhere)))
		none := fx.paperSlip("--", "Ba.")
		none.PaperNumber = "--"
		_, err := db.SubmitSlip(ctx, fx.office, key(31), none)
		wantKind(t, err, doithoai.Invalid, "")
		wantClean(t, db)
	})
}
