package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"doithoai"
)

// Intake measures how fast slips are taken in: validated, written with receipt, event, leaf and outbox row, and
// committed to the disk, before anyone is answered.
//
// Client and server share the machine. The data are thrown away, except in a PostgreSQL database that is named: give it
// one of its own.
type Intake struct {
	DB      string `name:"db" placeholder:"ADDRESS" help:"postgres://…: an empty database of its own. Without it, SQLite in a folder that is thrown away."`
	Dir     string `default:"." placeholder:"DIR" help:"Where that folder is made: on the disk that counts, not in memory."`
	Clients int    `default:"64" help:"How many clients send at once."`
	Peer    string `placeholder:"URL" help:"Where another program takes the same form and keeps it, as tools/peers prints it: measured in turns with ours."`
	Rounds
}

// Budgets of the intake.
const (
	slipPath       = "/gui-y-kien"
	intakePath     = "/gui-y-kien/bien-nhan"
	intakeP99      = 60   // ms: the longest that the slowest hundredth may wait
	slowDisk       = 3000 // flushes a second: the disk is the limit where it does no more
	intakeHTTP     = 0.6
	intakePostgres = 0.5
	peerMany       = 3 // times the peer, many clients
	peerOne        = 1
)

// Run measures and prints figures, budgets and ratios.
func (cmd Intake) Run(ctx context.Context, p Program) (err error) {
	if err := cmd.check(); err != nil {
		return err
	}
	if cmd.Clients < 1 {
		return errors.New("clients must be positive")
	}
	dir, err := os.MkdirTemp(cmd.Dir, "bench-*")
	if err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	raw, err := openDisk(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	b, err := startIntake(ctx, p, Place{DB: cmd.DB, Data: dir}, cmd.Clients)
	if err != nil {
		return err
	}
	return errors.Join(cmd.measure(ctx, p, b, raw), b.stop())
}

func (cmd Intake) measure(ctx context.Context, p Program, b *intake, raw *disk) error {
	engine := Place{DB: cmd.DB}.engine()
	disk := &series{name: diskAlone}
	bare := &series{name: fmt.Sprintf("HTTP: the same form and page, nothing done, %d", cmd.Clients)}
	sql := &series{name: fmt.Sprintf("%s: the same acts without HTTP, %d at once", engine, cmd.Clients)}
	many := &series{name: fmt.Sprintf("%s: over HTTP, %d clients", engine, cmd.Clients)}
	alone := &series{name: engine + ": the same acts without HTTP, 1 at a time"}
	one := &series{name: engine + ": over HTTP, 1 client"}
	read := &series{name: fmt.Sprintf("%s: sent, and the receipt read, %d clients", engine, cmd.Clients)}
	whole := &series{name: fmt.Sprintf("%s: form kept, looked over, sent, %d clients", engine, cmd.Clients)}
	peer := &series{name: fmt.Sprintf("peer: over HTTP, %d clients", cmd.Clients)}
	peerAlone := &series{name: "peer: over HTTP, 1 client"}
	all := []turn{
		{disk, 1, raw.overwrite},
		{bare, cmd.Clients, b.postBare},
		{sql, cmd.Clients, b.submit},
		{many, cmd.Clients, b.post},
		{alone, 1, b.submit},
		{one, 1, b.post},
		{read, cmd.Clients, b.postAndRead},
		{whole, cmd.Clients, b.walk},
	}
	if cmd.Peer != "" {
		other, err := newPeer(cmd.Peer, b.form, cmd.Clients)
		if err != nil {
			return err
		}
		defer other.clients.Close() //nolint:errcheck // connections to the peer
		all = append(all, turn{peer, cmd.Clients, other.post}, turn{peerAlone, 1, other.post})
	}
	if err := cmd.turns(ctx, all, b, sql, many, alone, one, read, whole); err != nil {
		return err
	}
	if err := b.check(ctx); err != nil {
		return err
	}
	var out report
	out.line(
		"doithoai %s bench intake: %d rounds of %s in turns, slips of %d bytes\n",
		p.Version, cmd.Rounds.Rounds, cmd.Time, len(matter),
	)
	fmt.Fprintf(&out, rowForm, "slips a second", "min", "median", "max", "p50", "p99", "per commit")
	for _, m := range all {
		out.WriteString(m.s.row())
	}
	out.budgets(cmd.budgets(disk, sql, many, alone, one, peer, peerAlone)...)
	if cmd.DB == "" && median(disk.rates) > slowDisk {
		out.line(
			"this disk flushes more than %d/s: it is not the limit, and its budgets don't apply "+
				"(over HTTP / disk alone: %.2f; 1 client: %.2f)",
			slowDisk, median(ratios(many.rates, disk.rates)), median(ratios(one.rates, disk.rates)),
		)
	}
	return out.print(p)
}

// turns takes all measurements in turns, and counts the commits of those that write.
func (cmd Intake) turns(ctx context.Context, all []turn, b *intake, writing ...*series) error {
	for range cmd.Rounds.Rounds {
		for _, m := range all {
			commits := b.server.Commits()
			if err := m.s.measure(ctx, m.workers, cmd.Time, m.work); err != nil {
				return err
			}
			if slices.Contains(writing, m.s) {
				m.s.commits = append(m.s.commits, float64(b.server.Commits()-commits)/cmd.Time.Seconds())
			}
		}
	}
	return nil
}

// budgets are what the measurements must reach: beside the disk where the disk is the limit, beside a peer where one is
// named.
func (cmd Intake) budgets(disk, sql, many, alone, one, peer, peerAlone *series) []budget {
	least := intakeHTTP
	if cmd.DB != "" {
		least = intakePostgres
	}
	list := []budget{
		{what: "over HTTP / the same acts without HTTP", figures: ratios(many.rates, sql.rates), least: least},
		{what: "over HTTP, 99 of 100 are answered within", figures: many.quantiles(0.99), most: intakeP99, unit: " ms"},
		{what: "over HTTP / the same acts without HTTP, 1 client", figures: ratios(one.rates, alone.rates), least: least},
	}
	if cmd.DB == "" && median(disk.rates) <= slowDisk {
		list = append(list,
			budget{what: "over HTTP / disk alone", figures: ratios(many.rates, disk.rates), least: 0.8},
			budget{what: "over HTTP, 1 client / disk alone", figures: ratios(one.rates, disk.rates), least: 0.25})
	}
	if cmd.Peer != "" {
		list = append(list, budget{
			what:    fmt.Sprintf("over HTTP / the peer, %d clients", cmd.Clients),
			figures: ratios(many.rates, peer.rates), least: peerMany, unit: " ×",
		}, budget{
			what:    "over HTTP / the peer, 1 client",
			figures: ratios(one.rates, peerAlone.rates), least: peerOne, unit: " ×",
		})
	}
	return list
}

// peer is another program that keeps the same form.
type peer struct {
	clients *clients
	path    string
	form    string // without the key
}

func newPeer(address, form string, most int) (p peer, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return p, fmt.Errorf("--peer: %w", err)
	}
	fields, err := url.ParseQuery(form)
	if err != nil {
		return p, err
	}
	own := url.Values{}
	for name, values := range fields {
		own[strings.ReplaceAll(name, "-", "_")] = values // it has no hyphens in names
	}
	p.path, p.form = u.RequestURI(), own.Encode()
	p.clients, err = newClients(address, most)
	return p, err
}

func (p peer) post(ctx context.Context) error {
	r := withKey(newKey(), p.form)
	r.path = p.path
	_, err := p.clients.page(ctx, r, io.Discard)
	return err
}

// intake is a running server with clients that send slips.
type intake struct {
	server   *Server
	clients  *clients
	form     string   // without the key
	cookie   string   // of a browser that has sent a form before
	bare     *clients // of a server that reads the same form, answers with the same page, and does nothing else
	bareSite *http.Server
	slip     doithoai.Slip
	resident doithoai.Actor
	before   int64 // leaves of the record at start
	taken    atomic.Int64
	walked   atomic.Int64
}

// matter is as long as what people write: 1.6 KB.
var matter = strings.TrimSpace(
	strings.Repeat("Tôi nộp hồ sơ đăng ký biến động đất từ tháng 8, cán bộ yêu cầu thêm giấy xác nhận của thôn. ", 13),
)

// startIntake serves an authority of its own.
func startIntake(ctx context.Context, p Program, at Place, most int) (b *intake, err error) {
	if err := found(ctx, at); err != nil {
		return nil, err
	}
	b = &intake{}
	if b.server, err = p.Serve(ctx, at); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.stop())
		}
	}()
	if err = b.prepare(ctx); err != nil {
		return nil, err
	}
	if b.clients, err = newClients(b.server.URL, most); err != nil {
		return nil, err
	}
	var page bytes.Buffer
	g, err := b.clients.page(ctx, withKey(newKey(), b.form), &page)
	if err != nil {
		return nil, err
	}
	b.cookie = g.cookie
	b.taken.Add(1)
	return b, b.startBare(page.Bytes(), most)
}

// startBare serves what HTTP alone can do on this machine: the form is read, a receipt is answered, nothing is kept.
func (b *intake) startBare(page []byte, most int) (err error) {
	var address string
	b.bareSite, address, err = serveBare(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		_, _ = w.Write(page) // a client who went away counts nothing
	}))
	if err != nil {
		return err
	}
	b.bare, err = newClients(address, most)
	return err
}

// serveBare serves a handler on loopback and nothing else, until the server is closed.
func serveBare(h http.Handler) (*http.Server, string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	s := &http.Server{ReadHeaderTimeout: time.Minute, Handler: h}
	go func() { _ = s.Serve(l) }() // until it is closed
	return s, "http://" + l.Addr().String(), nil
}

// prepare fills in the slip that every client sends, and its form.
func (b *intake) prepare(ctx context.Context) error {
	a, _, err := own(ctx, b.server.DB)
	if err != nil {
		return err
	}
	villages, err := b.server.DB.Villages(ctx, a.ID)
	if err != nil {
		return err
	}
	b.resident = doithoai.Resident(a.ID)
	b.slip = doithoai.Slip{
		Channel: doithoai.ChannelPortal, Matters: []string{matter}, FieldCode: "dat-dai", Manner: doithoai.MannerWritten,
		NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Người Đo Lường", VillageID: villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayEmail}, Email: "do-luong@example.org",
		},
	}
	b.form = slipForm(b.slip)
	b.before, err = b.server.DB.RecordSize(ctx)
	return err
}

// slipForm is the form of a slip without the key, as a browser sends it.
func slipForm(s doithoai.Slip) string {
	p := s.Petitioner
	v := url.Values{
		"noi-dung": s.Matters, "linh-vuc": {s.FieldCode}, "cach-neu": {string(s.Manner)},
		"toi-la": {string(p.Standing)}, "ho-ten": {p.Name}, "thon": {string(p.VillageID)},
		"dien-thoai": {p.Phone}, "thu": {p.Email}, "dia-chi": {p.PostAddress}, "da-doc": {"1"},
	}
	for _, w := range p.Ways {
		v.Add("nhan-tra-loi", string(w))
	}
	return v.Encode()
}

// withKey is a slip's form under a key, to be sent.
func withKey(key doithoai.IntakeKey, form string) request {
	return request{path: intakePath, form: "khoa=" + base64.RawURLEncoding.EncodeToString(key[:]) + "&" + form}
}

// sent is the form as the check of a slip sends it: with the id under which it is kept, and the browser's cookies.
func (b *intake) sent(key doithoai.IntakeKey, kept string) request {
	r := withKey(key, b.form+"&o-buoc=4&lan=1&giu="+kept)
	r.cookie = b.cookie
	return r
}

func newKey() (k doithoai.IntakeKey) {
	_, _ = rand.Read(k[:]) // never fails: crypto/rand ends the program instead
	return k
}

// submit hands a slip in without HTTP.
func (b *intake) submit(ctx context.Context) error {
	_, err := b.server.DB.SubmitSlip(ctx, b.resident, newKey(), b.slip)
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

// keptID is as long as one.
const keptID = "AAAAAAAAAAAA"

// post sends the filled form from its last page as a browser does. Who is led to a receipt has one.
func (b *intake) post(ctx context.Context) error {
	err := b.clients.act(ctx, b.sent(newKey(), keptID))
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

// postAndRead is post, and reads the page of the receipt to its end.
func (b *intake) postAndRead(ctx context.Context) error {
	_, err := b.clients.page(ctx, b.sent(newKey(), keptID), io.Discard)
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

// crowd is how many forms the walks leave kept at once: fewer than the server keeps for an authority.
const crowd = 3000

// walk goes from the filled form to the receipt: the form is kept, looked over, and sent.
func (b *intake) walk(ctx context.Context) error {
	key := newKey()
	place := b.walked.Add(1) % crowd
	filled := withKey(key, fmt.Sprintf("%s&buoc=xem&o-buoc=3&lan=0&giu=%012d", b.form, place))
	filled.path, filled.cookie = slipPath, b.cookie
	var page bytes.Buffer
	if _, err := b.clients.page(ctx, filled, &page); err != nil {
		return err
	}
	kept := keptPattern.FindSubmatch(page.Bytes())
	if kept == nil {
		return errors.New("the form was not kept")
	}
	_, err := b.clients.page(ctx, b.sent(key, string(kept[1])), io.Discard)
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

var keptPattern = regexp.MustCompile(`name="giu" value="([\w-]{12})"`)

// postBare sends it to where nothing is done with it.
func (b *intake) postBare(ctx context.Context) error {
	_, err := b.bare.page(ctx, b.sent(newKey(), keptID), io.Discard)
	return err
}

// check finds every slip that was acknowledged in the record: what was measured was the work.
func (b *intake) check(ctx context.Context) error {
	size, err := b.server.DB.RecordSize(ctx)
	if err != nil {
		return err
	}
	if size-b.before != b.taken.Load() {
		return fmt.Errorf("%d slips were acknowledged, the record grew by %d", b.taken.Load(), size-b.before)
	}
	return nil
}

func (b *intake) stop() error {
	var err error
	for _, c := range []*clients{b.clients, b.bare} {
		if c != nil {
			err = errors.Join(err, c.Close())
		}
	}
	if b.bareSite != nil {
		err = errors.Join(err, b.bareSite.Close())
	}
	return errors.Join(err, b.server.Stop())
}
