package bench

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	reports "doithoai/report"
	"doithoai/store"
	"doithoai/store/pgtest"
	"doithoai/text"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// TestFill fills a database of each engine, part by rows and part by acts: verify finds nothing wrong, what is open
// waits at every step, and the public finds what was published.
func TestFill(t *testing.T) {
	for name, at := range map[string]Place{
		"sqlite":   {Data: t.TempDir()},
		"postgres": {DB: pgtest.New(t), Data: t.TempDir()},
	} {
		t.Run(name, func(t *testing.T) {
			var out, progress bytes.Buffer
			cmd := Fill{Place: at, Opinions: 700, Acts: 40, Years: 3, Others: 3}
			if err := cmd.Run(t.Context(), Program{Version: "test", Out: &out, Err: &progress}); err != nil {
				t.Fatal(err)
			}
			if progress.Len() > 0 || !strings.Contains(out.String(), "700 opinions over 3 years, the last 40 by acts") {
				t.Errorf("%q %q", progress.String(), out.String())
			}
			db, err := openAt(t.Context(), at, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close() //nolint:errcheck // nothing is queued
			findings, leaves, erased, err := db.Verify(t.Context())
			if err != nil || len(findings) > 0 || erased > 0 || leaves < 3000 {
				t.Fatalf("%v, %d leaves, %d erased, %v", findings, leaves, erased, err)
			}
			s, err := muster(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			for _, tab := range []store.Tab{store.TabUnruled, store.TabProcessing, store.TabLate, store.TabAnswered} {
				rows, _, err := db.Register(t.Context(), s.actor(loginOffice), store.Filter{Tab: tab, Limit: 1})
				if err != nil || len(rows) == 0 {
					t.Errorf("nothing in %s: %v", tab, err)
				}
			}
			trends, err := db.DialogueTrends(t.Context(), s.actor(loginChair), 20)
			if err != nil || len(trends) < 8 {
				t.Fatalf("%d dialogues, %v", len(trends), err)
			}
			for _, d := range trends {
				f, err := db.ResultReport(t.Context(), s.actor(loginChair), d.Dialogue.ID)
				if err != nil {
					t.Fatal(err)
				}
				timely, due := f.Result.Book.Timely()
				if d.Received != f.Result.Book.Received() || d.Timely != timely || d.Due != due {
					t.Errorf("%s: the board has %d, %d of %d, the report %d, %d of %d", d.Dialogue.Slug, d.Received,
						d.Timely, d.Due, f.Result.Book.Received(), timely, due)
				}
			}
			found, err := db.Search(t.Context(), s.authority.ID, store.Search{Query: "hồ sơ", Limit: 20})
			if err != nil || len(found.Answers) == 0 {
				t.Errorf("found %+v, %v", found, err)
			}
			checkProvince(t, db, trends)
			if err := cmd.Run(t.Context(), Program{Out: io.Discard, Err: io.Discard}); err == nil ||
				!strings.Contains(err.Error(), "already") {
				t.Errorf("filled twice: %v", err)
			}
		})
	}
}

// checkProvince looks at the sums of the province: all communes held dialogues, with promises and surveys, and the row
// of the first one is what its own board says.
func checkProvince(t *testing.T, db *store.DB, own []store.DialogueTrend) {
	t.Helper()
	all, err := db.Authorities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(a doithoai.Authority) bool { return a.Slug == province.Slug })
	if i < 0 {
		t.Fatalf("no province among %d authorities", len(all))
	}
	officers, err := db.Officers(t.Context(), all[i].ID)
	if err != nil {
		t.Fatal(err)
	}
	year := db.Now().Date().Year
	sums, err := db.RollUp(t.Context(), officers[0].Actor(), store.RollUpQuery{
		Year: year, Period: reports.WholeYear, After: -1, Limit: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(sums.Rows) != 4 || sums.Total.None > 0 || sums.Total.Kept == 0 || sums.Total.PromisesLate == 0 ||
		sums.Total.Rated == 0 {
		t.Errorf("%+v of %d communes", sums.Total, len(sums.Rows))
	}
	received, dialogues := 0, 0
	for _, d := range own {
		if d.Dialogue.StartsAt.Date().Year == year {
			received += d.Received
			dialogues++
		}
	}
	if r := sums.Rows[0]; r.Received != received || r.Dialogues != dialogues {
		t.Errorf("the province has %d opinions of %d dialogues, the commune %d of %d", r.Received, r.Dialogues, received,
			dialogues)
	}
}

// TestStories: an opinion's steps come one after the other, the register in the order of receipt, and about three of a
// hundred opinions are left open.
func TestStories(t *testing.T) {
	end := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	f := filler{teller: teller{
		writer: newWriter(1), staff: staff{villages: []doithoai.Village{{ID: "x"}}},
		begin: end.AddDate(-10, 0, 0), end: end, total: 20000,
	}}
	open, matters := 0, map[string]bool{}
	var before calendar.Instant
	for range f.total {
		s := f.next()
		if s.steps[0].at.Before(before) {
			t.Fatalf("%s comes after %s", s.steps[0].at, before)
		}
		before = s.steps[0].at
		if !slices.IsSortedFunc(s.steps, func(a, b step) int { return a.at.Compare(b.at) }) {
			t.Fatalf("steps out of order: %v", s.steps)
		}
		if list := s.slip.Problems(); len(list) > 0 {
			t.Fatalf("a slip that would be refused: %v", list)
		}
		if list := s.summary().Problems("", gateFor(s.slip.Petitioner)); len(list) > 0 {
			t.Fatalf("a summary that would be refused: %v", list)
		}
		if !f.finished(s) {
			open++
		}
		matters[s.slip.Matters[0]] = true
	}
	if share := float64(open) / float64(f.total); share < 0.02 || share > 0.04 {
		t.Errorf("%.3f are left open", share)
	}
	if len(matters) < f.total*99/100 {
		t.Errorf("%d different texts of %d", len(matters), f.total)
	}
}

// TestOwn keeps benches away from the data of an office.
func TestOwn(t *testing.T) {
	at := Place{Data: t.TempDir()}
	db, err := openAt(t.Context(), at, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	if _, err := muster(t.Context(), db); err == nil || !strings.Contains(err.Error(), "bench fill") {
		t.Errorf("an empty database: %v", err)
	}
	office := commune
	office.Slug = "xa-that"
	if _, err := db.SetUp(t.Context(), store.Setup{Authority: office}); err != nil {
		t.Fatal(err)
	}
	err = Fill{Place: at, Opinions: 1, Years: 1}.Run(t.Context(), Program{Out: io.Discard, Err: os.Stderr})
	if err == nil || !strings.Contains(err.Error(), "needs one of its own") {
		t.Errorf("an office's database: %v", err)
	}
}

// TestMarks compares the marks of a search with those reckoned by hand.
func TestMarks(t *testing.T) {
	var m marks
	m.add([]string{"a"}, []string{"x", "a"}, 2)                // second
	m.add([]string{"a", "b"}, []string{"x", "y", "z", "b"}, 3) // fourth, half of them, no answer
	m.add([]string{"a"}, nil, 0)                               // nothing
	m.add([]string{"a"}, append(slices.Repeat([]string{"x"}, searchPage), "a"), 20)
	if want := (marks{n: 4, answered: 1, recall3: 1, recall10: 2, mrr: 0.75, share: 1.5, nothing: 1}); m != want {
		t.Errorf("%+v, want %+v", m, want)
	}
}

// TestBudget: the median decides, on either side of the bound.
func TestBudget(t *testing.T) {
	for _, c := range []struct {
		b    budget
		want string
	}{
		{budget{what: "rate", figures: []float64{1, 3, 2}, least: 2}, "OK"},
		{budget{what: "rate", figures: []float64{1, 3, 2}, least: 2.1}, "NOT REACHED"},
		{budget{what: "time", figures: []float64{1, 3, 2}, most: 2}, "OK"},
		{budget{what: "time", figures: []float64{1, 3, 2}, most: 1.9}, "NOT REACHED"},
	} {
		if row := c.b.row(); !strings.HasSuffix(row, "   "+c.want+"\n") {
			t.Errorf("%s: want %s", row, c.want)
		}
	}
}

func gateFor(who doithoai.Petitioner) doithoai.Gate {
	return doithoai.Gate{
		Who: who, Spelling: doithoai.Spelling{Plain: text.Plain, Folded: text.Fold, Name: text.NameKey},
	}
}
