package report

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// random is a result of n matters with whatever values they can have.
func random(r *rand.Rand, n int) Result {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	at := calendar.InstantAt(calendar.DateOf(2026, 12, 1), 0, 30)
	res := Result{At: at, Book: Book{Denounced: map[doithoai.TallyRow]int{}}}
	for i := range n {
		m := Matter{
			Number: doithoai.RegisterNumber("ND-26-" + string(rune('A'+i/26)) + string(rune('A'+i%26))), Received: at.Date(),
			Source: doithoai.TallyRows[r.IntN(len(doithoai.TallyRows))], Person: r.IntN(5), Organisation: r.IntN(4) == 0,
			Alike: r.IntN(3), Kind: doithoai.OpinionKind(pick("", "cau_hoi", "kien_nghi")),
			Content: doithoai.ContentCode(r.IntN(9)), Field: pick("", "Đất đai", "Hộ tịch"), Village: pick("", "Thôn 1"),
			Outcome: doithoai.Outcomes[r.IntN(len(doithoai.Outcomes))], Unit: pick("", "Tư pháp"),
			Time: Timelinesses[r.IntN(len(Timelinesses))], Solved: doithoai.Solved(pick("", "yes", "part", "no")),
			Public: r.IntN(2) == 0, Again: r.IntN(9) == 0, Ends: at.Date(),
		}
		if m.Outcome == doithoai.Outcome(doithoai.RulingDenunciation) {
			m.Outcome = doithoai.OutcomeNone
		}
		res.Book.Matters = append(res.Book.Matters, m)
	}
	for range r.IntN(3) {
		res.Book.Denounced[doithoai.TallyRows[r.IntN(4)]]++
	}
	return res
}

// Each figure is the number of rows that it opens, but for people and matters, which are fewer, and denunciations,
// which have none; each group adds up; the file says the same.
func TestFiguresAreTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		res := random(r, r.IntN(60))
		b := res.Book
		if faults := res.Faults(); len(faults) > 0 {
			t.Fatalf("faults of %+v: %v", res, faults)
		}
		for _, g := range b.Groups() {
			seen := map[doithoai.RegisterNumber]bool{}
			for _, f := range g.Figures {
				again, rows, ok := b.Figure(f.Key)
				if !ok || again.Count != f.Count || len(rows) != f.Rows {
					t.Fatalf("%s opens %d rows as %+v, and is %+v", f.Key, len(rows), again, f)
				}
				switch {
				case g.Key == GroupRaised && f.Count > f.Rows:
					t.Errorf("%s is %d of %d rows", f.Key, f.Count, f.Rows)
				case g.Key == GroupRaised || g.Key == GroupPublic:
				default:
					without := f.Count - f.Rows
					if without < 0 || without > 0 && b.denounced() == 0 {
						t.Errorf("%s is %d and has %d rows", f.Key, f.Count, f.Rows)
					}
					for _, m := range rows {
						if seen[m.Number] {
							t.Errorf("%s counts %s, which stands in another figure of its group", f.Key, m.Number)
						}
						seen[m.Number] = true
					}
				}
			}
		}
		all := 0
		for _, c := range b.Crossed() {
			all += c.All
		}
		if all != b.Received() {
			t.Errorf("the table has %d, %d were received", all, b.Received())
		}
		file, err := res.File()
		if err != nil {
			t.Fatal(err)
		}
		back, diffs, err := Read(file)
		if err != nil || len(diffs) > 0 {
			t.Fatalf("read back: %v %v", diffs, err)
		}
		if again, err := back.File(); err != nil || !bytes.Equal(file, again) {
			t.Errorf("the file read and written again is another one (%v)", err)
		}
	}
}

// What a file says otherwise than its rows is found, figure by figure.
func TestReadFindsWhatDiffers(t *testing.T) {
	res := random(rand.New(rand.NewPCG(3, 4)), 20)
	file, err := res.File()
	if err != nil {
		t.Fatal(err)
	}
	n := res.Book.Count("time/late")
	said := bytes.Replace(file, []byte(`"time/late": `), []byte(`"time/late": 9`), 1)
	_, diffs, err := Read(said)
	if err != nil || len(diffs) != 1 || diffs[0].Key != "time/late" || diffs[0].Counted != n {
		t.Errorf("differs in %v (%v)", diffs, err)
	}
	_, diffs, err = Read(bytes.Replace(file, []byte(`"time/late"`), []byte(`"time/lost"`), 1))
	if err != nil || !slices.ContainsFunc(diffs, func(d Difference) bool { return d.Key == "time/lost" && d.Says == n }) {
		t.Errorf("a figure nobody counts: %v (%v)", diffs, err)
	}
	for _, wrong := range []string{
		"", "{}", `{"doithoai_report":2}`, `{"doithoai_report":1,"more":1}`, "[]", string(file) + "{}",
	} {
		if _, _, err := Read([]byte(wrong)); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}

// Rows that contradict themselves are faults.
func TestFaults(t *testing.T) {
	day := calendar.DateOf(2026, 10, 30)
	at := calendar.InstantAt(day, 8, 0)
	for want, rows := range map[string][]Matter{
		"twice":        {{Number: "ND-26-0001", Time: NoTerm}, {Number: "ND-26-0001", Time: NoTerm}},
		"late":         {{Number: "ND-26-0001", Time: InTime, Ends: day.AddDays(-3), Answered: day}},
		"overdue":      {{Number: "ND-26-0001", Time: Running, Ends: day.AddDays(-1)}},
		"waits":        {{Number: "ND-26-0001", Time: Paused, Answered: day}},
		"future":       {{Number: "ND-26-0001", Time: InTime, Ends: day.AddDays(2), Answered: day.AddDays(1)}},
		"denunciation": {{Number: "ND-26-0001", Time: NoTerm, Outcome: "TC"}},
		"sum":          {{Number: "ND-26-0001", Time: "nothing", Outcome: "RUT"}},
	} {
		for i := range rows {
			rows[i].Source = doithoai.TallySpoken
			if rows[i].Outcome == "" {
				rows[i].Outcome = doithoai.OutcomeWithdrawn
			}
		}
		faults := Result{At: at, Book: Book{Matters: rows}}.Faults()
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Key == want }) {
			t.Errorf("%s: %v", want, faults)
		}
	}
}

func TestOnTime(t *testing.T) {
	of := func(times ...Timeliness) (b Book) {
		for _, time := range times {
			b.Matters = append(b.Matters, Matter{Time: time})
		}
		return b
	}
	for _, c := range []struct {
		b      Book
		tenths int
		ok     bool
	}{
		{of(), 0, false}, {of(Running, Paused, NoTerm, Unruled), 0, false}, {of(AtOnce, InTime), 1000, true},
		{of(AtOnce, TooLate), 500, true}, {of(InTime, InTime, Overdue), 667, true}, {of(TooLate, Overdue), 0, true},
	} {
		if tenths, ok := c.b.OnTime(); tenths != c.tenths || ok != c.ok {
			t.Errorf("%v: %d %v, want %d %v", c.b.Matters, tenths, ok, c.tenths, c.ok)
		}
	}
}

func TestTimelinessOf(t *testing.T) {
	c, day := calendar.Calendar{}, calendar.DateOf(2026, 10, 30)
	p := doithoai.Petition{ID: "p", State: doithoai.PetitionProcessing, Due: day}
	missed, again := p, p
	missed.Missed, again.Round = true, 1
	for _, of := range []struct {
		stage doithoai.Stage
		p     doithoai.Petition
		today calendar.Date
		want  Timeliness
	}{
		{doithoai.StageUnruled, doithoai.Petition{}, day, Unruled},
		{doithoai.StageTold, doithoai.Petition{}, day, AtOnce},
		{doithoai.StageToldPublic, missed, day, TooLate}, // the day was past before it was told
		{doithoai.StageClosed, missed, day, NoTerm},
		{doithoai.StageProcessing, p, day, Running}, {doithoai.StageProcessing, p, day.AddDays(4), Overdue},
		{doithoai.StageAnswered, p, day.AddDays(4), InTime}, {doithoai.StageAnsweredPublic, missed, day, TooLate},
		{doithoai.StageProcessing, again, day.AddDays(9), InTime}, // the first answer was
	} {
		if got := TimelinessOf(of.stage, of.p, of.today, c); got != of.want {
			t.Errorf("%s %+v on %s: %s, want %s", of.stage, of.p, of.today, got, of.want)
		}
	}
}

// What changed since a report was settled is found where it is no matter, too.
func TestChangesBesideMatters(t *testing.T) {
	was := Result{Promises: []Promise{{State: doithoai.PromiseOpen}}}
	now := Result{
		Promises: []Promise{{State: doithoai.PromiseKept, Late: true}}, Survey: &Survey{Valid: 12},
	}
	figures, matters := was.Changes(now)
	want := []Changed{{"promise/kept_late", 0, 1}, {"promise/open", 1, 0}, {"survey/valid", 0, 12}}
	if !slices.Equal(figures, want) || matters != nil {
		t.Errorf("changed %v %v, want %v", figures, matters, want)
	}
}
