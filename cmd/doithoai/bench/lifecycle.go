package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// Lifecycle measures how fast opinions go through everything: received, ruled on, answered, signed, dispatched,
// proposed for publication, approved, and found by the public. One client without HTTP and many over HTTP, at a filled
// database and at a small one: what a commune pays must not grow with what it has.
type Lifecycle struct {
	Place
	SmallDB string `name:"small-db" placeholder:"ADDRESS" help:"postgres://…: a small filled database to compare with. Without --db, one is filled in a folder beside --data and thrown away."`
	Small   int    `default:"10000" placeholder:"N" help:"How many opinions the small database is filled with."`
	Clients int    `default:"64" help:"How many clients act at once over HTTP."`
	Rounds
}

// Budgets of the lifecycle.
const (
	lifeDirect = 150 // a second, one client without HTTP
	lifeHTTP   = 100 // a second, many clients over HTTP
	lifeGrowth = 1.3 // cost at the filled database / cost at the small one
	digit      = 6.3 // a second, as DIGIT published it of its own
	lifeDigit  = 24
)

// Run measures both databases in turns.
func (cmd Lifecycle) Run(ctx context.Context, p Program) (err error) {
	if err := cmd.check(); err != nil {
		return err
	}
	if cmd.Clients < 1 || cmd.Small < 1 {
		return errors.New("clients and small must be positive")
	}
	large, err := startLifecycle(ctx, p, cmd.Place, cmd.Clients)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, large.stop()) }()
	at, drop, err := cmd.small(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	small := large // where there is no other
	if at != (Place{}) {
		if small, err = startLifecycle(ctx, p, at, cmd.Clients); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, small.stop()) }()
	}
	return cmd.measure(ctx, p, large, small)
}

// small is the small database and how to drop it; no place where none is wanted.
func (cmd Lifecycle) small(ctx context.Context, p Program) (at Place, drop func() error, err error) {
	if cmd.DB != "" {
		if cmd.SmallDB == "" {
			return Place{}, func() error { return nil }, nil
		}
		at.DB = cmd.SmallDB
	}
	if at.Data, err = os.MkdirTemp(filepath.Dir(filepath.Clean(cmd.Data)), "bench-small-*"); err != nil {
		return at, nil, err
	}
	drop = func() error { return os.RemoveAll(at.Data) }
	if at.DB == "" {
		if _, err := (Fill{Place: at, Opinions: cmd.Small, Years: 10}).fill(ctx, Program{Err: io.Discard}); err != nil {
			return at, nil, errors.Join(err, drop())
		}
	}
	return at, drop, nil
}

func (cmd Lifecycle) measure(ctx context.Context, p Program, large, small *lifecycle) (err error) {
	raw, err := openDisk(filepath.Dir(filepath.Clean(cmd.Data)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	disk := &series{name: diskAlone}
	direct := &series{name: fmt.Sprintf("%s: without HTTP, 1 at a time", cmd.engine())}
	many := &series{name: fmt.Sprintf("%s: over HTTP, %d clients", cmd.engine(), cmd.Clients)}
	smallDirect := &series{name: "the same at the small database, without HTTP"}
	smallMany := &series{name: fmt.Sprintf("the same at the small database, HTTP, %d", cmd.Clients)}
	turns := []turn{{disk, 1, raw.overwrite}, {direct, 1, large.direct}, {many, cmd.Clients, large.overHTTP}}
	if small != large {
		turns = append(turns, turn{smallDirect, 1, small.direct}, turn{smallMany, cmd.Clients, small.overHTTP})
	}
	if err := cmd.Rounds.measure(ctx, turns); err != nil {
		return err
	}
	var out report
	size, err := large.db.RecordSize(ctx)
	if err != nil {
		return err
	}
	out.line(
		"doithoai %s bench lifecycle: %d leaves, %d rounds of %s in turns; "+
			"received, ruled on, submitted, signed, dispatched, proposed, approved, found\n",
		p.Version, size, cmd.Rounds.Rounds, cmd.Time,
	)
	fmt.Fprintf(&out, rowForm, "opinions a second", "min", "median", "max", "p50", "p99", "per commit")
	for _, t := range turns {
		out.WriteString(t.s.row())
	}
	large.parts(&out, small)
	list := []budget{
		{what: "without HTTP, 1 at a time", figures: direct.rates, least: lifeDirect, unit: "/s"},
		{what: fmt.Sprintf("over HTTP, %d clients", cmd.Clients), figures: many.rates, least: lifeHTTP, unit: "/s"},
		{
			what:    "without HTTP / what DIGIT published (6.3/s)",
			figures: ratios(direct.rates, slices.Repeat([]float64{digit}, len(direct.rates))),
			least:   lifeDigit, unit: " ×",
		},
	}
	if small != large {
		list = append(list, budget{
			what:    "cost / cost at the small database, without HTTP",
			figures: ratios(smallDirect.rates, direct.rates), most: lifeGrowth,
		}, budget{
			what:    "cost / cost at the small database, over HTTP",
			figures: ratios(smallMany.rates, many.rates), most: lifeGrowth,
		})
	}
	out.budgets(list...)
	return out.print(p)
}

// lifecycle carries opinions through at one database.
type lifecycle struct {
	db       *store.DB
	staff    staff
	resident doithoai.Actor
	run      string // tells the documents of this run from those of others
	n        atomic.Int64

	mu     sync.Mutex
	writer *writer
	took   [][]time.Duration // of each part, one client without HTTP

	server  *Server
	clients *clients
	cookies map[string]string
}

func newLifecycle(db *store.DB, s staff) *lifecycle {
	now := time.Now()
	return &lifecycle{
		db: db, staff: s, resident: doithoai.Resident(s.authority.ID), writer: newWriter(uint64(now.UnixNano())),
		run: strconv.FormatInt(now.UnixMicro(), 36), took: make([][]time.Duration, len(parts)),
	}
}

func startLifecycle(ctx context.Context, p Program, at Place, most int) (l *lifecycle, err error) {
	s, err := p.Serve(ctx, at)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	people, err := muster(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	l = newLifecycle(s.DB, people)
	l.server, l.cookies = s, map[string]string{}
	if l.clients, err = newClients(s.URL, most); err != nil {
		return nil, err
	}
	for _, login := range []string{loginOffice, loginApprover, loginChair, loginClerk, unitLogin(1)} {
		if l.cookies[login], err = l.clients.signIn(ctx, login); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *lifecycle) stop() error { return errors.Join(l.clients.Close(), l.server.Stop()) }

// parts are what an opinion goes through, one part after the other.
var parts = []string{"receive", "rule", "submit", "sign", "dispatch", "propose", "approve", "find"}

// slip is one that nobody has handed in. Its matter is of a field that unit 1 leads, and has a word of its own.
func (l *lifecycle) slip() doithoai.Slip {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.n.Add(1)
	return doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, FieldCode: allWords[0].code, NoticeRead: true,
		Matters: []string{l.writer.matter(allWords[0]) + fmt.Sprintf(" Hồ sơ mang mã %s.", l.word(n))},
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: l.writer.name(), VillageID: l.staff.villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPhone}, Phone: l.writer.phone(),
		},
	}
}

func (l *lifecycle) word(n int64) string { return "hs" + l.run + strconv.FormatInt(n, 36) }

func (l *lifecycle) story(s doithoai.Slip) *story {
	l.mu.Lock()
	defer l.mu.Unlock()
	return &story{
		field:  allWords[0],
		slip:   s,
		key:    newKey(),
		ruling: doithoai.RulingLater,
		told:   l.writer.answer(allWords[0]),
	}
}

// direct carries one opinion through without HTTP.
func (l *lifecycle) direct(ctx context.Context) error {
	_, _, err := l.live(ctx, func(part int, took time.Duration) { l.took[part] = append(l.took[part], took) })
	return err
}

// live carries one opinion through, and reports to done how long each part took.
func (l *lifecycle) live(
	ctx context.Context, done func(part int, took time.Duration),
) (doithoai.RegisterNumber, doithoai.ReceiptCode, error) {
	s := l.story(l.slip())
	code := doithoai.NewReceiptCode(s.key)
	symbol := l.symbol(s)
	for part, do := range []func() error{
		func() error {
			got, err := l.db.SubmitSlip(ctx, l.resident, s.key, s.slip)
			if err == nil {
				s.id, s.number = got.Opinions[0].ID, got.Opinions[0].Number
			}
			return err
		},
		func() error {
			r, _ := l.staff.rulingOf(s, l.db.Now().Date())
			_, err := l.db.RuleOpinion(ctx, l.staff.actor(loginOffice), s.id, 1, r)
			return err
		},
		func() error { return l.db.SubmitAnswer(ctx, l.staff.actor(unitLogin(1)), s.id, 1, s.answer()) },
		func() error {
			return l.db.SignAnswer(ctx, l.staff.actor(loginChair), s.id, 2)
		},
		func() error {
			return l.db.DispatchAnswer(ctx, l.staff.actor(loginClerk), s.id, 3, symbol, l.db.Now().Date())
		},
		func() error { return l.db.ProposePublication(ctx, l.staff.actor(loginOffice), s.id, 0, s.summary()) },
		func() error { return l.db.ApprovePublication(ctx, l.staff.actor(loginApprover), s.id, 1) },
		func() error {
			found, err := l.db.Search(ctx, l.staff.authority.ID, store.Search{Query: l.query(s), Limit: 20})
			if err == nil && (len(found.Answers) == 0 || found.Answers[0].Number != s.number) {
				err = fmt.Errorf("%s was not found by %q", s.number, l.query(s))
			}
			return err
		},
	} {
		begin := time.Now()
		if err := do(); err != nil {
			return "", "", fmt.Errorf("%s: %w", parts[part], err)
		}
		if done != nil {
			done(part, time.Since(begin))
		}
	}
	return s.number, code, nil
}

// query finds one opinion by the word of its own.
func (l *lifecycle) query(s *story) string {
	words := strings.Fields(strings.TrimRight(s.slip.Matters[0], "."))
	return "mã " + words[len(words)-1]
}

// symbol is a number that no other answer has.
func (l *lifecycle) symbol(s *story) string {
	return "1/UBND-" + strings.Fields(l.query(s))[1]
}

var numberIn = regexp.MustCompile(`DL-\d\d-\d+`)

// overHTTP carries one opinion through as browsers do: each act is its form, the receipt and what is found are pages.
func (l *lifecycle) overHTTP(ctx context.Context) error {
	s := l.story(l.slip())
	var page strings.Builder
	if _, err := l.clients.page(ctx, withKey(s.key, slipForm(s.slip)), &page); err != nil {
		return err
	}
	number := numberIn.FindString(page.String())
	if number == "" {
		return errors.New("the receipt tells no number")
	}
	today := l.db.Now().Date()
	r, _ := l.staff.rulingOf(s, today)
	vn := func(d calendar.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year) }
	summary := s.summary()
	for _, act := range []struct {
		login, name string
		version     int
		form        url.Values
	}{
		{
			loginOffice, "huong-xu-ly", 1,
			url.Values{"huong": {string(r.Code)}, "don-vi": {string(r.LeadUnitID)}, "han": {vn(r.Due)}},
		},
		{unitLogin(1), "trinh", 1, url.Values{"tra-loi": {s.told}, "can-cu": {s.field.basis}}},
		{loginChair, "ky", 2, url.Values{}},
		{loginClerk, "phat-hanh", 3, url.Values{"so": {l.symbol(s)}, "ngay": {vn(today)}}},
		{
			loginOffice, "cong-khai", 0,
			url.Values{"tieu-de": {summary.Title}, "cau-hoi": {summary.Question}, "tom-tat": {summary.Answer}},
		},
		{loginApprover, "duyet-cong-khai", 1, url.Values{}},
	} {
		act.form.Set("phien-ban", strconv.Itoa(act.version))
		if err := l.clients.act(ctx, request{
			path: "/noi-bo/y-kien/" + number + "/" + act.name, form: act.form.Encode(), cookie: l.cookies[act.login],
		}); err != nil {
			return err
		}
	}
	page.Reset()
	if _, err := l.clients.page(ctx, request{path: "/hoi-dap?tim=" + url.QueryEscape(l.query(s))}, &page); err != nil {
		return err
	}
	if !strings.Contains(page.String(), number) {
		return fmt.Errorf("%s was not found by %q", number, l.query(s))
	}
	return nil
}

// parts prints how long each part takes without HTTP, beside the small database.
func (l *lifecycle) parts(out *report, small *lifecycle) {
	out.line("\n%-50s %10s %10s", "each part, without HTTP (p50)", "here", "small")
	for i, part := range parts {
		here, there := "–", "–"
		if len(l.took[i]) > 0 {
			here = millis(quantile(sorted(l.took[i]), 0.5))
		}
		if small != l && len(small.took[i]) > 0 {
			there = millis(quantile(sorted(small.took[i]), 0.5))
		}
		out.line("%-50s %10s %10s", part, here, there)
	}
}
