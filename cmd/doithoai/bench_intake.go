package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// benchIntake measures how fast slips are taken in: validated, written with receipt, event, leaf and outbox row, and
// committed to the disk, before anyone is answered.
//
// Client and server share the machine. The data are thrown away, except in a PostgreSQL database that is named: give it
// one of its own.
type benchIntake struct {
	DB      string        `name:"db" placeholder:"ADDRESS" help:"postgres://…: an empty database of its own. Without it, SQLite in a folder that is thrown away."`
	Dir     string        `default:"." placeholder:"DIR" help:"Where that folder is made: on the disk that counts, not in memory."`
	Rounds  int           `default:"5" help:"How often each measurement is taken, in turns."`
	Clients int           `default:"64" help:"How many clients send at once."`
	Time    time.Duration `default:"1s" help:"How long each measurement lasts."`
}

// p99Budget is the longest that the slowest hundredth may wait.
const p99Budget = 60 * time.Millisecond

// Run measures and prints figures, budgets and ratios.
func (cmd benchIntake) Run(ctx context.Context, c console) (err error) {
	if cmd.Rounds < 1 || cmd.Clients < 1 || cmd.Time <= 0 {
		return errors.New("rounds, clients and time must be positive")
	}
	dir, err := os.MkdirTemp(cmd.Dir, "bench-*")
	if err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	at := place{DB: cmd.DB, Data: dir}
	b, err := startIntakeBench(ctx, c, at, cmd.Clients)
	if err != nil {
		return err
	}
	raw, err := openRawFile(filepath.Join(dir, "raw"))
	if err != nil {
		return errors.Join(err, b.stop())
	}
	err = cmd.measure(ctx, c, b, raw)
	return errors.Join(err, raw.Close(), b.stop())
}

func (cmd benchIntake) measure(ctx context.Context, c console, b *intakeBench, raw *os.File) error {
	engine := "SQLite"
	if cmd.DB != "" {
		engine = "PostgreSQL"
	}
	disk := &series{name: "disk: overwrite 4 KiB + fdatasync, one by one"}
	bare := &series{name: fmt.Sprintf("HTTP: the same form and page, nothing done, %d", cmd.Clients)}
	sql := &series{name: fmt.Sprintf("%s: the same acts without HTTP, %d at once", engine, cmd.Clients)}
	many := &series{name: fmt.Sprintf("%s: over HTTP, %d clients", engine, cmd.Clients)}
	one := &series{name: engine + ": over HTTP, 1 client"}
	page := make([]byte, 4096)
	overwrite := func(context.Context) error {
		if _, err := raw.WriteAt(page, 0); err != nil {
			return err
		}
		return flushData(raw)
	}
	for range cmd.Rounds {
		for _, m := range []struct {
			s       *series
			workers int
			work    func(context.Context) error
		}{{disk, 1, overwrite}, {bare, cmd.Clients, b.postBare}, {sql, cmd.Clients, b.submit}, {many, cmd.Clients, b.post}, {one, 1, b.post}} {
			commits := b.server.grown.Load()
			if err := m.s.measure(ctx, m.workers, cmd.Time, m.work); err != nil {
				return err
			}
			if m.s != disk && m.s != bare {
				m.s.commits = append(m.s.commits, float64(b.server.grown.Load()-commits)/cmd.Time.Seconds())
			}
		}
	}
	if err := b.check(ctx); err != nil {
		return err
	}
	return cmd.print(c, disk, bare, sql, many, one)
}

func (cmd benchIntake) print(c console, disk, bare, sql, many, one *series) error {
	var out strings.Builder
	fmt.Fprintf(&out, "doithoai %s bench intake: %d rounds of %s in turns, slips of %d bytes\n\n", version, cmd.Rounds, cmd.Time, len(benchMatter))
	fmt.Fprintf(&out, rowForm, "slips a second", "min", "median", "max", "p50", "p99", "per commit")
	for _, s := range []*series{disk, bare, sql, many, one} {
		out.WriteString(s.row())
	}
	out.WriteString("\nbudget (docs: ratios of the same round; median, least and greatest)\n")
	budgets := []budget{{"over HTTP / the same acts without HTTP", many, sql, 0.5}}
	if cmd.DB == "" {
		budgets = append(budgets, budget{"over HTTP / disk alone", many, disk, 0.8}, budget{"over HTTP, 1 client / disk alone", one, disk, 0.25})
	}
	for _, b := range budgets {
		out.WriteString(b.row())
	}
	if cmd.DB == "" {
		p99 := quantile(sorted(many.took), 0.99)
		fmt.Fprintf(&out, "%-58s ≤ %s   %s   %s\n", "over HTTP, 99 of 100 are answered within", millis(p99Budget), millis(p99), verdict(p99 <= p99Budget))
	}
	return c.printf("%s", out.String())
}

// openRawFile makes the file whose first page is overwritten: its blocks are there, as those of a write-ahead log are.
func openRawFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("raw file: %w", err)
	}
	if _, err := f.Write(make([]byte, 4096)); err != nil {
		return nil, errors.Join(fmt.Errorf("raw file: %w", err), f.Close())
	}
	if err := f.Sync(); err != nil {
		return nil, errors.Join(fmt.Errorf("raw file: %w", err), f.Close())
	}
	return f, nil
}

// intakeBench is a running server with clients.
type intakeBench struct {
	server   *server
	clients  *benchClients
	bare     *benchClients // of a server that reads the same form, answers with the same page, and does nothing else
	bareSite *http.Server
	slip     doithoai.Slip
	resident doithoai.Actor
	before   int64 // leaves of the record at start
	taken    atomic.Int64

	cancel context.CancelFunc
	ended  chan error
}

// benchSlug marks the authority of a bench, so that none is ever run over real data.
const benchSlug = "bench"

// benchMatter is as long as what people write: 1.6 KB.
var benchMatter = strings.TrimSpace(strings.Repeat("Tôi nộp hồ sơ đăng ký biến động đất từ tháng 8, cán bộ yêu cầu thêm giấy xác nhận của thôn. ", 13))

// startIntakeBench serves an authority of its own on loopback, with nothing left out but the bounds per client.
func startIntakeBench(ctx context.Context, c console, data place, clients int) (*intakeBench, error) {
	if err := setUpBench(ctx, data); err != nil {
		return nil, err
	}
	unbounded := web.Limit{Every: time.Nanosecond, Burst: 1 << 30}
	l := listening{Addr: "127.0.0.1:0", Log: slog.LevelWarn, limits: web.Limits{SignIn: unbounded, Lookup: unbounded, Intake: unbounded}}
	b := &intakeBench{ended: make(chan error, 1)}
	var err error
	if b.server, err = open(ctx, console{in: c.in, out: io.Discard, err: c.err}, data, l, nil); err != nil {
		return nil, err
	}
	form, err := b.prepare(ctx)
	if err != nil {
		return nil, errors.Join(err, b.server.db.Close())
	}
	all, err := b.server.addresses(console{out: io.Discard})
	if err != nil {
		return nil, errors.Join(err, b.server.db.Close())
	}
	at, err := url.Parse(all[0].url)
	if err != nil {
		return nil, errors.Join(err, b.server.db.Close())
	}
	b.clients = newBenchClients(at.Host, form, clients)
	serving, cancel := context.WithCancel(ctx)
	b.cancel = cancel
	go func() { b.ended <- b.server.run(serving, console{out: io.Discard}, all, "") }()
	var page bytes.Buffer
	if err = b.clients.ask(ctx, &page); err == nil {
		err = b.startBare(page.Bytes(), form, clients)
	}
	if err != nil {
		return nil, errors.Join(err, b.stop())
	}
	b.taken.Add(1)
	return b, nil
}

// startBare serves what HTTP alone can do on this machine: the form is read, a receipt is answered, nothing is kept.
func (b *intakeBench) startBare(page []byte, form string, clients int) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	b.bareSite = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		_, _ = w.Write(page) // a client who went away counts nothing
	})}
	b.bare = newBenchClients(l.Addr().String(), form, clients)
	go func() { _ = b.bareSite.Serve(l) }() // until it is closed
	return nil
}

// setUpBench makes the authority, or finds that of an earlier bench.
func setUpBench(ctx context.Context, at place) error {
	db, err := at.open(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // everything that matters was committed
	there, err := db.Authorities(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		if there[0].Slug != benchSlug {
			return fmt.Errorf("the database %s holds data of %s: a bench needs one of its own", at.shown(), there[0].Name)
		}
		return nil
	}
	_, err = db.SetUp(ctx, store.Setup{
		Authority: doithoai.Authority{Slug: benchSlug, Name: "UBND xã Đo Lường", FullName: "Ủy ban nhân dân xã Đo Lường", Prefix: "DL"},
		Units:     []doithoai.Unit{{Code: "van-phong", Name: "Văn phòng", Office: true}},
		Villages:  []doithoai.Village{{Name: "Thôn 1"}},
	})
	return err
}

// prepare fills in the slip that every client sends, and gives its form without the key.
func (b *intakeBench) prepare(ctx context.Context) (form string, err error) {
	a, err := authority(ctx, b.server.db, benchSlug)
	if err != nil {
		return "", err
	}
	villages, err := b.server.db.Villages(ctx, a.ID)
	if err != nil {
		return "", err
	}
	b.resident = doithoai.Resident(a.ID)
	f := web.SlipForm{
		Matters: []string{benchMatter}, FieldCode: "dat-dai", Manner: doithoai.MannerWritten, Standing: doithoai.StandingPerson,
		Name: "Người Đo Lường", Village: string(villages[0].ID), Ways: []doithoai.Way{doithoai.WayEmail}, Email: "do-luong@example.org", NoticeRead: "1",
	}
	b.slip = f.Slip(doithoai.ChannelPortal)
	form = url.Values{
		"noi-dung": f.Matters, "linh-vuc": {f.FieldCode}, "cach-neu": {string(f.Manner)}, "toi-la": {string(f.Standing)}, "ho-ten": {f.Name},
		"thon": {f.Village}, "nhan-tra-loi": {string(f.Ways[0])}, "thu": {f.Email}, "da-doc": {f.NoticeRead},
	}.Encode()
	b.before, err = b.server.db.RecordSize(ctx)
	return form, err
}

func newKey() (k doithoai.IntakeKey) {
	_, _ = rand.Read(k[:]) // never fails: crypto/rand ends the program instead
	return k
}

// submit hands a slip in without HTTP.
func (b *intakeBench) submit(ctx context.Context) error {
	_, err := b.server.db.SubmitSlip(ctx, b.resident, newKey(), b.slip)
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

// post sends the filled form as a browser does, and reads the receipt to its end.
func (b *intakeBench) post(ctx context.Context) error {
	err := b.clients.ask(ctx, io.Discard)
	if err == nil {
		b.taken.Add(1)
	}
	return err
}

// postBare sends it to where nothing is done with it.
func (b *intakeBench) postBare(ctx context.Context) error { return b.bare.ask(ctx, io.Discard) }

// check finds every slip that was acknowledged in the record: what was measured was the work.
func (b *intakeBench) check(ctx context.Context) error {
	size, err := b.server.db.RecordSize(ctx)
	if err != nil {
		return err
	}
	if size-b.before != b.taken.Load() {
		return fmt.Errorf("%d slips were acknowledged, the record grew by %d", b.taken.Load(), size-b.before)
	}
	return nil
}

func (b *intakeBench) stop() error {
	var err error
	for _, c := range []*benchClients{b.clients, b.bare} {
		if c != nil {
			err = errors.Join(err, c.Close())
		}
	}
	if b.bareSite != nil {
		err = errors.Join(err, b.bareSite.Close())
	}
	b.cancel()
	return errors.Join(err, <-b.ended)
}
