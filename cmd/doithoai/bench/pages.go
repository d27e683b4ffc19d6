package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/store"
)

// Pages measures every kind of page at a filled database, one client at a time: how long the slowest hundredth takes,
// and how large it is. Beside it stands the same page from a server that does nothing but send it.
//
// It hands a few slips in and carries one of them through, so that there are pages of every kind.
type Pages struct {
	Place
	Rounds int           `default:"5" help:"How often each page is measured, in turns."`
	Time   time.Duration `default:"200ms" help:"How long each measurement lasts."`
}

// pageP99 is how long the slowest hundredth of a page may take, in ms; on PostgreSQL twice that.
const pageP99 = 25

// bounded is a bound for this engine.
func (p Place) bounded(most float64) float64 {
	if p.DB != "" {
		return 2 * most
	}
	return most
}

// pageOf is one page for one reader.
type pageOf struct {
	reader string
	request
	ours, bare series
	most       float64 // how long the slowest hundredth may take, in ms; 0: no budget says so
	plain      int64   // bytes before they are packed
	failed     error   // it couldn't be had at all
}

// Run measures and prints every page with its budget.
func (cmd Pages) Run(ctx context.Context, p Program) (err error) {
	if err := (Rounds{cmd.Rounds, cmd.Time}).check(); err != nil {
		return err
	}
	s, err := p.Serve(ctx, cmd.Place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	b := pagesBench{Pages: cmd, server: s}
	if b.staff, err = muster(ctx, s.DB); err != nil {
		return err
	}
	if b.clients, err = newClients(s.URL, 1); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.clients.Close()) }()
	if err := b.list(ctx); err != nil {
		return err
	}
	for range 20 { // what a node holds ready some minutes after it began
		if err := s.DB.PrepareBriefings(ctx); err != nil {
			return err
		}
	}
	if err := measurePages(ctx, Rounds{cmd.Rounds, cmd.Time}, b.pages, b.clients); err != nil {
		return err
	}
	changed, err := b.afterChanges(ctx)
	if err != nil {
		return err
	}
	same, err := measureAgain(ctx, s.URL, Rounds{cmd.Rounds, cmd.Time})
	if err != nil {
		return err
	}
	return b.print(p, changed, same)
}

// pagesBench is a server with the pages to measure.
type pagesBench struct {
	Pages
	server  *Server
	staff   staff
	clients *clients
	pages   []*pageOf
}

var (
	nextLink   = regexp.MustCompile(`href="([^"]*[?&;](?:sau|truoc|tiep)=[^"]*)"`)
	answerLink = regexp.MustCompile(`/hoi-dap/(DL-\d\d-\d+)`)
	auditLink  = regexp.MustCompile(`/noi-bo/[a-z-/]*nhat-ky[a-z-]*`)
)

// readers are who reads the staff's pages, with what only they are asked to read.
var readers = []struct {
	login string
	paths []string
}{
	{
		loginOffice,
		[]string{
			"/noi-bo",
			"/noi-bo/phieu-moi",
			"/noi-bo/doi-thoai",
			"/noi-bo/thiet-lap",
			"/noi-bo/bat-dau",
			"/noi-bo/tai-khoan",
		},
	},
	{loginChair, []string{"/noi-bo", "/noi-bo/dieu-hanh"}},
	{loginVice, []string{"/noi-bo"}},
	{loginClerk, []string{"/noi-bo"}},
	{loginReception, []string{"/noi-bo", "/noi-bo/to-cao"}},
	{loginSupervisor, []string{"/noi-bo"}},
	{loginAdmin, []string{"/noi-bo"}},
	{unitLogin(1), []string{"/noi-bo"}},
}

// list collects the pages, of which some are found on others.
func (b *pagesBench) list(ctx context.Context) error {
	if err := b.listPublic(ctx); err != nil {
		return err
	}
	opinion, err := b.live(ctx)
	if err != nil {
		return err
	}
	for _, r := range readers {
		cookie, err := b.clients.signIn(ctx, r.login)
		if err != nil {
			return err
		}
		for _, path := range r.paths {
			b.add(r.login, request{path: path, cookie: cookie})
		}
		if r.login == loginOffice || r.login == loginChair || r.login == unitLogin(1) {
			if err := b.listRegister(ctx, r.login, cookie, opinion); err != nil {
				return err
			}
		}
		if err := b.listLinked(ctx, r.login, cookie); err != nil {
			return err
		}
		if r.login == loginOffice || r.login == loginChair || r.login == unitLogin(1) {
			if err := b.listPlanning(ctx, r.login, cookie); err != nil {
				return err
			}
		}
	}
	cookie, err := b.clients.signIn(ctx, loginSecretary)
	if err != nil {
		return err
	}
	dialogues, err := b.server.DB.Dialogues(ctx, b.staff.authority.ID)
	if err != nil {
		return err
	}
	for _, d := range dialogues[:min(len(dialogues), 2)] {
		if !d.State.Over() {
			b.add(loginSecretary, request{path: "/hoi-truong/" + d.Slug, cookie: cookie})
		}
		b.add(loginSecretary, request{path: "/hoi-truong/" + d.Slug + "/danh-sach", cookie: cookie})
		b.add(loginSecretary, request{path: "/hoi-truong/" + d.Slug + "/don-tiep", cookie: cookie})
	}
	return nil
}

func (b *pagesBench) add(reader string, r request) {
	for _, p := range b.pages {
		if p.reader == reader && p.path == r.path {
			return
		}
	}
	b.pages = append(b.pages, newPage(reader, r, b.bounded(pageP99)))
}

func newPage(reader string, r request, most float64) *pageOf {
	return &pageOf{reader: reader, request: r, ours: series{name: r.path}, bare: series{name: r.path}, most: most}
}

// read reads a page, to find others on it. One that can't be had leads to no others; measure reports it.
func (b *pagesBench) read(ctx context.Context, r request) (string, error) {
	var page strings.Builder
	if _, err := b.clients.page(ctx, r, &page); err != nil {
		return "", ctx.Err()
	}
	return strings.ReplaceAll(page.String(), "&amp;", "&"), nil
}

func (b *pagesBench) listPublic(ctx context.Context) error {
	const public = "public"
	for _, path := range []string{
		"/", "/gui-y-kien", "/tra-cuu", "/ke-hoach", "/doi-thoai", "/hoi-dap", "/hoi-dap?linh-vuc=dat-dai",
		"/hoi-dap?tim=giay+chung+nhan", "/hoi-dap?tim=trich+luc+khai+sinh&linh-vuc=ho-tich",
		"/huong-dan",
		"/so-doi-chung", "/so-doi-chung/checkpoint", "/so-doi-chung/tile/0/000", "/du-lieu-ca-nhan", "/tro-nang",
	} {
		b.add(public, request{path: path})
	}
	plans, err := b.server.DB.Plans(ctx, b.staff.authority.ID)
	if err != nil {
		return err
	}
	for _, p := range plans[:min(len(plans), 1)] {
		b.add(public, request{path: "/ke-hoach/" + p.Slug})
	}
	dialogues, err := b.server.DB.Dialogues(ctx, b.staff.authority.ID)
	if err != nil {
		return err
	}
	for _, d := range dialogues[:min(len(dialogues), 1)] {
		b.add(public, request{path: "/doi-thoai/" + d.Slug})
		b.add(public, request{path: "/doi-thoai/" + d.Slug + "/lich.ics"})
	}
	for _, d := range overLast(dialogues) {
		b.add(public, request{path: "/doi-thoai/" + d.Slug})
		b.add(public, request{path: "/doi-thoai/" + d.Slug + "/y-kien"})
	}
	path := "/hoi-dap"
	for range 3 {
		page, err := b.read(ctx, request{path: path})
		if err != nil {
			return err
		}
		if found := answerLink.FindString(page); found != "" {
			b.add(public, request{path: found})
		}
		next := nextLink.FindStringSubmatch(page)
		if next == nil {
			return nil
		}
		path = resolve(path, next[1])
	}
	b.add(public, request{path: path})
	return nil
}

// overLast is the newest dialogue whose results are public, if there is any.
func overLast(newest []doithoai.Dialogue) []doithoai.Dialogue {
	for _, d := range newest {
		if d.State.Over() && !d.PublishedAt.IsZero() {
			return []doithoai.Dialogue{d}
		}
	}
	return nil
}

// resolve is the address to which a link leads.
func resolve(from, link string) string {
	base, err := url.Parse(from)
	if err != nil {
		return link
	}
	to, err := base.Parse(link)
	if err != nil {
		return link
	}
	return to.RequestURI()
}

// live carries an opinion through and follows it with its code.
func (b *pagesBench) live(ctx context.Context) (doithoai.RegisterNumber, error) {
	l := newLifecycle(b.server.DB, b.staff)
	number, code, err := l.live(ctx, nil)
	if err != nil {
		return "", err
	}
	g, err := b.clients.ask(ctx, request{path: "/tra-cuu", form: url.Values{"ma": {string(code)}}.Encode()}, io.Discard)
	if err != nil {
		return "", err
	}
	if g.status != http.StatusSeeOther {
		return "", fmt.Errorf("the receipt code was answered with %d", g.status)
	}
	b.add("holder of a code", request{path: "/tra-cuu/y-kien", cookie: g.cookie})
	return number, nil
}

func (b *pagesBench) listRegister(ctx context.Context, login, cookie string, opinion doithoai.RegisterNumber) error {
	const register = "/noi-bo/y-kien"
	for _, tab := range store.Tabs {
		path := register
		if tab != store.TabAll {
			path += "?loc=" + url.QueryEscape(string(tab))
		}
		b.add(login, request{path: path, cookie: cookie})
	}
	b.add(login, request{path: register + "?so=" + string(opinion), cookie: cookie})
	path := register
	for range 3 {
		page, err := b.read(ctx, request{path: path, cookie: cookie})
		if err != nil {
			return err
		}
		next := nextLink.FindStringSubmatch(page)
		if next == nil {
			break
		}
		path = resolve(path, next[1])
	}
	b.add(login, request{path: path, cookie: cookie})
	if login == unitLogin(1) { // what another unit leads is not theirs to see
		return nil
	}
	b.add(login, request{path: register + "/" + string(opinion), cookie: cookie})
	if login == loginOffice {
		b.add(login, request{path: register + "/" + string(opinion) + "/xem-truoc", cookie: cookie})
	}
	return nil
}

// planningLists are the lists of what comes before a dialogue, planningPages the pages of the newest dialogue, each
// with whether the office alone opens it.
var (
	planningLists = []planningPage{
		{"/noi-bo/ke-hoach", false}, {"/noi-bo/ke-hoach/nhap", true}, {"/noi-bo/doi-thoai", false},
		{"/noi-bo/doi-thoai/moi", true}, {"/noi-bo/yeu-cau-doi-thoai", false}, {"/noi-bo/nhiem-vu", false},
		{"/noi-bo/cap-tren", false}, {"/noi-bo/thong-bao", false}, {"/noi-bo/cau-hoi", false},
	}
	planningPages = []planningPage{
		{"", false}, {"/chuong-trinh", false}, {"/van-ban/thong-bao", false}, {"/thanh-phan", false},
		{"/thanh-phan/nhap", true}, {"/cau-hoi", true}, {"/tap-tai-lieu", true}, {"/so-lieu", true}, {"/phieu-giay", true},
		{"/thon", true}, {"/du-toan", true},
		{"/hau-can", true}, {"/phat-thanh", true},
	}
)

type planningPage struct {
	path   string
	office bool
}

// listPlanning adds the pages of preparation: the lists, the newest plan, and the newest dialogue with all its areas.
func (b *pagesBench) listPlanning(ctx context.Context, login, cookie string) error {
	add := func(before string, pages []planningPage) {
		for _, p := range pages {
			if !p.office || login == loginOffice {
				b.add(login, request{path: before + p.path, cookie: cookie})
			}
		}
	}
	add("", planningLists)
	plans, err := b.server.DB.Plans(ctx, b.staff.authority.ID)
	if err != nil {
		return err
	}
	for _, p := range plans[:min(len(plans), 1)] { // as it was issued at first
		b.add(login, request{path: "/noi-bo/ke-hoach/" + string(p.ID) + "/0", cookie: cookie})
	}
	dialogues, err := b.server.DB.Dialogues(ctx, b.staff.authority.ID)
	if err != nil {
		return err
	}
	for _, d := range dialogues[:min(len(dialogues), 1)] {
		add("/noi-bo/doi-thoai/"+string(d.ID), planningPages)
	}
	if login == unitLogin(1) { // the report is not theirs to see
		return nil
	}
	for _, d := range overLast(dialogues) {
		add("/noi-bo/doi-thoai/"+string(d.ID), []planningPage{{"/bao-cao", false}})
	}
	return nil
}

// settingLink finds the pages below the settings, each once.
var settingLink = regexp.MustCompile(`href="(/noi-bo/thiet-lap/[a-z/-]+)"`)

// listLinked adds what the settings lead to, and the audit.
func (b *pagesBench) listLinked(ctx context.Context, login, cookie string) error {
	if login != loginOffice && login != loginAdmin {
		return nil
	}
	page, err := b.read(ctx, request{path: "/noi-bo/thiet-lap", cookie: cookie})
	if err != nil {
		return err
	}
	for _, m := range settingLink.FindAllStringSubmatch(page, -1) {
		b.add(login, request{path: m[1], cookie: cookie})
	}
	for _, path := range auditLink.FindAllString(page, 1) {
		b.add(login, request{path: path, cookie: cookie})
		audit, err := b.read(ctx, request{path: path, cookie: cookie})
		if err != nil {
			return err
		}
		if next := nextLink.FindStringSubmatch(audit); next != nil {
			b.add(login, request{path: resolve(path, next[1]), cookie: cookie})
		}
	}
	return nil
}

// measurePages measures each page and its bare twin in turns.
func measurePages(ctx context.Context, of Rounds, pages []*pageOf, from *clients) (err error) {
	var body []byte
	bareSite, address, err := serveBare(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body) // a client who went away counts nothing
	}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bareSite.Close()) }()
	bare, err := newClients(address, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	for _, p := range pages {
		var plain bytes.Buffer
		if _, p.failed = from.page(ctx, p.request, &plain); p.failed != nil {
			continue
		}
		p.plain = int64(plain.Len())
		p.packed = true
	}
	for range of.Rounds {
		for _, p := range pages {
			if p.failed != nil {
				continue
			}
			var packed bytes.Buffer
			if _, err := from.page(ctx, p.request, &packed); err != nil {
				return err
			}
			p.ours.bytes, body = packed.Len(), packed.Bytes()
			for _, m := range []struct {
				s *series
				c *clients
			}{{&p.ours, from}, {&p.bare, bare}} {
				if err := m.s.measure(ctx, 1, of.Time, func(ctx context.Context) error {
					_, err := m.c.page(ctx, p.request, io.Discard)
					return err
				}); err != nil {
					return fmt.Errorf("%s: %w", p.reader, err)
				}
			}
		}
	}
	return nil
}

// keptFor is longer than any page believes what it has read.
const keptFor = 1100 * time.Millisecond

// afterChanges measures the first page when it must be made anew: after an act, once what was kept of it has run out.
func (b *pagesBench) afterChanges(ctx context.Context) (*series, error) {
	s := &series{name: "/, after a change"}
	l := newLifecycle(b.server.DB, b.staff)
	for range b.Rounds {
		if _, err := l.db.SubmitSlip(ctx, l.resident, newKey(), l.slip()); err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(keptFor):
		}
		if err := s.measure(ctx, 1, time.Nanosecond, func(ctx context.Context) error {
			_, err := b.clients.page(ctx, request{path: "/"}, io.Discard)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (b *pagesBench) print(p Program, changed *series, same again) error {
	var out report
	size, err := b.server.DB.RecordSize(context.Background())
	if err != nil {
		return err
	}
	out.line(
		"doithoai %s bench pages: %s with %d leaves, %d rounds of %s in turns, one client",
		p.Version, b.engine(), size, b.Rounds, b.Time,
	)
	out.pages(b.pages)
	out.budgets(append(
		[]budget{{
			what: "front page after a change", figures: changed.quantiles(0.99), most: b.bounded(pageP99), unit: " ms",
		}},
		same.budgets()...,
	)...)
	return out.print(p)
}

// pages are the lines of pages, each with its bound.
func (r *report) pages(list []*pageOf) {
	r.line(
		"bytes as sent (packed) and as read; × bare: beside a server that sends the same bytes and does nothing else\n",
	)
	r.line(
		"%-18s %-58s %8s %8s %9s %-28s %7s  p99", "reader", "page", "sent", "read", "p50", "p99 (least–greatest)", "× bare",
	)
	bounded, reached := 0, 0
	for _, pg := range list {
		if pg.most > 0 {
			bounded++
		}
		if pg.failed != nil {
			r.line("%-18s %-58s %s: %v", pg.reader, shorten(pg.path, 58), verdict(false), pg.failed)
			continue
		}
		p99 := sorted(pg.ours.quantiles(0.99))
		bound := "–"
		if pg.most > 0 {
			ok := median(p99) <= pg.most
			if ok {
				reached++
			}
			bound = fmt.Sprintf("≤ %.0f ms  %s", pg.most, verdict(ok))
		}
		r.line(
			"%-18s %-58s %8d %8d %6.2f ms %9s %-18s %7.1f  %s",
			pg.reader, shorten(pg.path, 58), pg.ours.bytes, pg.plain, ms(quantile(pg.ours.all(), 0.5)),
			fmt.Sprintf("%.2f ms", median(p99)), fmt.Sprintf("(%.2f–%.2f)", p99[0], p99[len(p99)-1]),
			median(ratios(pg.ours.quantiles(0.5), pg.bare.quantiles(0.5))), bound,
		)
	}
	r.line("\n%d of %d pages keep to their budget", reached, bounded)
}

func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return s[:most-1] + "…"
}
