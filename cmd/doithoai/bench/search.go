package bench

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
)

// Search measures the public search at a filled database: words, phrases, sentences, with and without a field. Beside
// it stands the reading of one answer by its number, which is as fast as the engine reads.
//
// With --set it measures instead how well the search answers a judged set: {"documents": [{id, field, title, question,
// answer}], "queries": [{q, relevant, kind}]}; for a query that no document is about, nothing is relevant. The
// documents are published, the newest last, in a SQLite database of their own, thrown away after, or in the empty
// PostgreSQL database of --db.
type Search struct {
	Place
	Set     string `placeholder:"FILE" help:"A judged set: how well its queries are answered is printed."`
	Results string `placeholder:"FILE" help:"With --set: where to write a line {\"q\", \"ids\"} for each query."`
	Rounds
}

// Budgets of the search.
const (
	searchP99      = 30 // ms, on SQLite
	searchPostgres = 60
	searchRecall   = 0.95 // of the queries have a relevant answer among the first three
	searchNothing  = 0.02 // of them find nothing at all
	searchPage     = 20
)

// Run measures how fast, or how well.
func (cmd Search) Run(ctx context.Context, p Program) (err error) {
	if cmd.Results != "" && cmd.Set == "" {
		return errors.New("--results needs --set")
	}
	if cmd.Set != "" {
		return cmd.judge(ctx, p)
	}
	if err := cmd.check(); err != nil {
		return err
	}
	db, err := openAt(ctx, cmd.Place, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := muster(ctx, db)
	if err != nil {
		return err
	}
	return cmd.measure(ctx, p, db, s)
}

// asked is one shape of query.
type asked struct {
	series
	words int
	apart bool // the words are not neighbours
	field bool // narrowed to a field
	found int
	n     int
}

func (cmd Search) measure(ctx context.Context, p Program, db *store.DB, s staff) error {
	w := newWriter(7)
	key := &series{name: "one answer by its number"}
	numbers, err := publishedNumbers(ctx, db, s)
	if err != nil {
		return err
	}
	read := func(ctx context.Context) error {
		_, err := db.PublishedByNumber(ctx, s.authority.ID, numbers[w.IntN(len(numbers))])
		return err
	}
	all := shapes()
	for range cmd.Rounds.Rounds {
		if err := key.measure(ctx, 1, cmd.Time/4, read); err != nil {
			return err
		}
		for _, a := range all {
			if err := a.measure(ctx, 1, cmd.Time, func(ctx context.Context) error {
				q := a.query(w)
				found, err := db.Search(ctx, s.authority.ID, q)
				a.n++
				if len(found.Answers) > 0 {
					a.found++
				}
				return err
			}); err != nil {
				return err
			}
		}
	}
	size, err := db.RecordSize(ctx)
	if err != nil {
		return err
	}
	return cmd.print(p, size, all, key)
}

// print prints what searches took, beside key: an answer read by its number.
func (cmd Search) print(p Program, size int64, all []*asked, key *series) error {
	most := float64(searchP99)
	if cmd.DB != "" {
		most = searchPostgres
	}
	var out report
	out.line(
		"doithoai %s bench search: %s with %d leaves, %d rounds of %s in turns, one client, pages of %d\n",
		p.Version, cmd.engine(), size, cmd.Rounds.Rounds, cmd.Time, searchPage,
	)
	fmt.Fprintf(&out, rowForm, "searches a second", "min", "median", "max", "p50", "p99", "found")
	var list []budget
	for _, a := range all {
		row := a.row()
		out.WriteString(strings.TrimSuffix(row, "–\n") + fmt.Sprintf("%.0f %%\n", 100*float64(a.found)/float64(a.n)))
		list = append(list, budget{what: a.name + ": p99", figures: a.quantiles(0.99), most: most, unit: " ms"})
	}
	out.WriteString(key.row())
	out.line("\n%-50s %s", "× one answer by its number (p50)", "median (least–greatest)")
	for _, a := range all {
		r := sorted(ratios(a.quantiles(0.5), key.quantiles(0.5)))
		out.line("%-50s %.1f (%.1f–%.1f)", a.name, median(r), r[0], r[len(r)-1])
	}
	out.budgets(list...)
	return out.print(p)
}

// shapes are the queries that people type: words that come to mind, phrases, sentences copied whole.
func shapes() (all []*asked) {
	for _, field := range []bool{false, true} {
		with := ""
		if field {
			with = ", with a field"
		}
		for n := 1; n <= 4; n++ {
			all = append(all, &asked{
				series: series{name: fmt.Sprintf("%d words%s", n, with)}, words: n, apart: true, field: field,
			})
		}
		all = append(all,
			&asked{series: series{name: "phrase of 3" + with}, words: 3, field: field},
			&asked{series: series{name: "sentence of 20" + with}, words: 20, field: field})
	}
	return all
}

// query asks for what somebody may have raised. Every second one is typed without diacritics.
func (a *asked) query(w *writer) store.Search {
	f := w.field()
	words := strings.Fields(w.matter(f))
	from := w.IntN(max(len(words)-a.words, 1))
	chosen := slices.Clone(words[from:min(from+a.words, len(words))])
	if a.apart {
		w.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		chosen = words[:a.words]
	}
	q := store.Search{Query: strings.Join(chosen, " "), Limit: searchPage}
	if w.IntN(2) == 0 {
		q.Query = text.Fold(q.Query)
	}
	if a.field {
		q.Field = f.code
	}
	return q
}

// publishedNumbers are the numbers of some published answers.
func publishedNumbers(ctx context.Context, db *store.DB, s staff) (numbers []doithoai.RegisterNumber, err error) {
	for _, f := range allWords {
		found, err := db.Search(ctx, s.authority.ID, store.Search{Field: f.code, Query: f.matters[0], Limit: searchPage})
		if err != nil {
			return nil, err
		}
		for _, a := range found.Answers {
			numbers = append(numbers, a.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, errors.New("nothing is published in this database")
	}
	return numbers, nil
}

// judged is a set of questions with the answers that are right for them.
type judged struct {
	Documents []struct {
		ID       string `json:"id"`
		Field    string `json:"field"`
		Title    string `json:"title"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
	} `json:"documents"`
	Queries []struct {
		Q        string   `json:"q"`
		Relevant []string `json:"relevant"`
		Kind     string   `json:"kind"`
	} `json:"queries"`
}

// marks are the means over queries: a relevant answer among the first 3, and 10; 1/rank of the first relevant one
// within a page of 20; the share of the relevant ones among the first 10; nothing found at all. answered are the
// queries with a relevant one among what is shown as an answer, not as what has a part of the words.
type marks struct {
	n, answered                            int
	recall3, recall10, mrr, share, nothing float64
}

// add counts what a query found, of which the first so many are answers.
func (m *marks) add(relevant, ids []string, answers int) {
	m.n++
	right := func(id string) bool { return slices.Contains(relevant, id) }
	if slices.ContainsFunc(ids[:min(len(ids), answers)], right) {
		m.answered++
	}
	rank, among := 0, 0
	for i, id := range ids[:min(len(ids), searchPage)] {
		if !right(id) {
			continue
		}
		if rank == 0 {
			rank = i + 1
		}
		if i < 10 {
			among++
		}
	}
	if rank > 0 {
		m.mrr += 1 / float64(rank)
		if rank <= 3 {
			m.recall3++
		}
		if rank <= 10 {
			m.recall10++
		}
	}
	m.share += float64(among) / float64(len(relevant))
	if len(ids) == 0 {
		m.nothing++
	}
}

// topics are queries that no document is about: how many, and how many are shown answers all the same.
type topics struct{ n, found int }

func (t *topics) add(found int) {
	t.n++
	if found > 0 {
		t.found++
	}
}

// judge prints how well a judged set is answered, whole and by kind of query, and how fast.
func (cmd Search) judge(ctx context.Context, p Program) (err error) {
	set, err := readJudged(cmd.Set)
	if err != nil {
		return fmt.Errorf("--set: %w", err)
	}
	at := cmd.Place
	if at.DB == "" {
		if at.Data, err = os.MkdirTemp(filepath.Dir(filepath.Clean(cmd.Data)), "bench-set-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(at.Data)) }()
	}
	db, err := openAt(ctx, at, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	a, ids, err := publish(ctx, db, set)
	if err != nil {
		return err
	}
	kinds := map[string]*marks{"": {}}
	var none topics
	var took []time.Duration
	var results bytes.Buffer
	for _, q := range set.Queries {
		begin := time.Now()
		found, err := db.Search(ctx, a.ID, store.Search{Query: norm.NFC.String(q.Q), Limit: searchPage})
		if err != nil {
			return err
		}
		took = append(took, time.Since(begin))
		got := make([]string, len(found.Answers))
		for i, f := range found.Answers {
			got[i] = ids[f.Number]
		}
		switch {
		case len(q.Relevant) == 0:
			none.add(found.Total)
		case kinds[q.Kind] == nil:
			kinds[q.Kind] = &marks{}
			fallthrough
		default:
			kinds[""].add(q.Relevant, got, found.Total)
			kinds[q.Kind].add(q.Relevant, got, found.Total)
		}
		line, err := json.Marshal(result{q.Q, got})
		if err != nil {
			return err
		}
		results.Write(append(line, '\n'))
	}
	if cmd.Results != "" {
		if err := os.WriteFile(cmd.Results, results.Bytes(), 0o600); err != nil {
			return fmt.Errorf("--results: %w", err)
		}
	}
	return cmd.printMarks(p, set, kinds, none, sorted(took))
}

// result is a line of the file of results.
type result struct {
	Q   string   `json:"q"`
	IDs []string `json:"ids"`
}

// readJudged reads a judged set.
func readJudged(file string) (set judged, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return set, err
	}
	if err := json.Unmarshal(b, &set); err != nil {
		return set, err
	}
	answered := false
	for _, q := range set.Queries {
		answered = answered || len(q.Relevant) > 0
	}
	if !answered || len(set.Documents) == 0 {
		return set, fmt.Errorf("%s holds no documents or no queries that one of them answers", file)
	}
	return set, nil
}

func (cmd Search) printMarks(
	p Program, set judged, kinds map[string]*marks, none topics, took []time.Duration,
) error {
	var out report
	out.line(
		"doithoai %s bench search: %s, %d queries on %d answers of %s\n", p.Version, cmd.engine(), len(set.Queries),
		len(set.Documents), filepath.Base(cmd.Set),
	)
	out.line("%-26s %8s %9s %10s %7s %9s %7s", "", "queries", "recall@3", "recall@10", "MRR", "share@10", "zero")
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		m := kinds[k]
		n := float64(m.n)
		out.line(
			"%-26s %8d %9.3f %10.3f %7.3f %9.3f %6.1f %%", cmp.Or(k, "overall"), m.n, m.recall3/n, m.recall10/n, m.mrr/n,
			m.share/n, 100*m.nothing/n,
		)
	}
	out.line("\n%d queries have a right one among what is shown as an answer", kinds[""].answered)
	if none.n > 0 {
		out.line("%d queries that no answer is about: %d are shown answers all the same", none.n, none.found)
	}
	out.line("\na search took %.1f ms (p50), %.1f ms (p99)", ms(quantile(took, 0.5)), ms(quantile(took, 0.99)))
	whole := kinds[""]
	n := float64(whole.n)
	out.line("\nbudget")
	out.WriteString(budget{what: "recall@3", figures: []float64{whole.recall3 / n}, least: searchRecall}.row())
	out.WriteString(budget{what: "nothing found", figures: []float64{whole.nothing / n}, most: searchNothing}.row())
	return out.print(p)
}

// publish publishes the documents of a set, oldest first, and returns which number stands for which document.
func publish(
	ctx context.Context, db *store.DB, set judged,
) (a doithoai.Authority, ids map[doithoai.RegisterNumber]string, err error) {
	if a, err = setUp(ctx, db, commune); err != nil {
		return a, nil, err
	}
	if err = hire(ctx, db, a); err != nil {
		return a, nil, err
	}
	if _, err = db.StartRecord(ctx, slug+"/so-doi-chung"); err != nil {
		return a, nil, err
	}
	s, err := muster(ctx, db)
	if err != nil {
		return a, nil, err
	}
	now := db.Now()
	t := teller{writer: &writer{Rand: rand.New(rand.NewPCG(1, 1))}}
	ids = map[doithoai.RegisterNumber]string{}
	var lives []store.Life
	for i, d := range set.Documents {
		at := now.Add(time.Duration(i-len(set.Documents)) * time.Minute)
		o := doithoai.Opinion{
			ID: t.idAt(at), AuthorityID: a.ID, SlipID: t.idAt(at),
			Number:  doithoai.NewRegisterNumber(a.Prefix, at.Date().Year, int64(i+1)),
			Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten,
			Content: d.Question, FieldCode: d.Field, ReceivedAt: at,
			Ruling: doithoai.RulingOnTheSpot, RuledAt: at, Version: 2,
		}
		ids[o.Number] = d.ID
		by := s.officers[loginOffice].ID
		lives = append(lives, store.Life{
			Key: newKey(), Opinion: o, Ruling: doithoai.Ruling{Text: d.Answer},
			Slip: doithoai.Slip{
				Channel:    o.Channel,
				Manner:     o.Manner,
				Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: t.name()},
			},
			Publication: &doithoai.Publication{
				Title: d.Title, Question: d.Question, Answer: d.Answer, State: doithoai.PublicationPublished, ProposedBy: by,
				ApprovedBy: by, At: at, Version: 2,
			},
		})
	}
	return a, ids, db.Fill(ctx, a.ID, lives, nil)
}
