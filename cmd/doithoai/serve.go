package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/documents"
	"doithoai/hall"
	"doithoai/job"
	"doithoai/notify"
	"doithoai/office"
	"doithoai/planning"
	"doithoai/portal"
	"doithoai/results"
	"doithoai/rollup"
	"doithoai/screen"
	"doithoai/settings"
	"doithoai/store"
	"doithoai/web"
)

// serveCommand serves the sites of an installation.
type serveCommand struct {
	place
	listening
}

// listening is how the sites are reached, and what they reach.
type listening struct {
	Addr           string        `env:"DOITHOAI_ADDR" default:"localhost:8080" placeholder:"HOST:PORT" help:"Where the sites are served."`
	OfficeAddr     string        `env:"DOITHOAI_OFFICE_ADDR" placeholder:"HOST:PORT" help:"Where the staff sites alone are served; --addr then serves only the public ones."`
	PublicURL      *url.URL      `name:"public-url" env:"DOITHOAI_PUBLIC_URL" placeholder:"URL" help:"The address that people type. It decides links, QR codes, cookies and what counts as the same site."`
	TrustedProxies []network     `env:"DOITHOAI_TRUSTED_PROXIES" placeholder:"CIDR" help:"Networks whose X-Forwarded-For and -Proto, or Forwarded, are believed; from others they are ignored."`
	TLS            string        `name:"tls" env:"DOITHOAI_TLS" enum:"self," default:"" placeholder:"self" help:"self: make an own certificate authority, and certificates for this machine's names; the fingerprint is printed. With --office-addr it covers the staff address alone: guests' telephones don't know the authority."`
	TLSCert        string        `name:"tls-cert" env:"DOITHOAI_TLS_CERT" placeholder:"FILE" and:"certificate" help:"Certificate chain, PEM."`
	TLSKey         string        `name:"tls-key" env:"DOITHOAI_TLS_KEY" placeholder:"FILE" and:"certificate" help:"Its key, PEM."`
	SMTP           *url.URL      `name:"smtp" env:"DOITHOAI_SMTP" placeholder:"URL" help:"Where e-mail goes out: smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://… (TLS from the start), smtp+plain://… (no TLS, for a relay on this machine). Without it, e-mail waits."`
	SMTPFrom       string        `name:"smtp-from" env:"DOITHOAI_SMTP_FROM" placeholder:"ADDRESS" help:"Sender of e-mail; by default the user of --smtp."`
	SMS            *url.URL      `name:"sms" env:"DOITHOAI_SMS" placeholder:"URL" help:"Gateway for text messages, https://HOST/PATH; http:// for one on this machine. Without it, who chose the telephone is called."`
	SMSSecret      string        `name:"sms-secret" env:"DOITHOAI_SMS_SECRET" placeholder:"SECRET" help:"What requests to it are signed with."`
	Zalo           *url.URL      `name:"zalo" env:"DOITHOAI_ZALO" placeholder:"URL" help:"Gateway for messages by Zalo, in the same manner. Without it, the office writes them."`
	ZaloSecret     string        `name:"zalo-secret" env:"DOITHOAI_ZALO_SECRET" placeholder:"SECRET" help:"What requests to it are signed with."`
	Log            slog.Level    `env:"DOITHOAI_LOG" default:"info" placeholder:"LEVEL" help:"Least level of log lines: debug, info, warn or error. Debug has one line a request."`
	Drain          time.Duration `env:"DOITHOAI_DRAIN" default:"0s" placeholder:"TIME" help:"How long to go on serving after /readyz said that the program stops, so that a load balancer notices."`

	limits    web.Limits                  // only bench lifts them
	simulated bool                        // a demo: what is sent goes nowhere
	kept      map[string]*net.TCPListener // addresses at which the set-up listened
}

// network is a network, or one address.
type network struct{ netip.Prefix }

func (n *network) UnmarshalText(b []byte) (err error) {
	if a, err := netip.ParseAddr(string(b)); err == nil {
		n.Prefix = netip.PrefixFrom(a, a.BitLen())
		return nil
	}
	n.Prefix, err = netip.ParsePrefix(string(b))
	return err
}

// Run serves until ctx ends; where there is no authority yet, first the set-up.
func (cmd serveCommand) Run(ctx context.Context, c console) error {
	var err error
	if cmd.kept, err = cmd.wizard(ctx, c); err != nil {
		return err
	}
	s, err := open(ctx, c, cmd.place, cmd.listening, nil)
	if err != nil {
		return err
	}
	return s.serve(ctx, c, "")
}

// server is a running installation.
type server struct {
	listening
	at     place
	db     *store.DB
	live   *web.Live
	screen *screen.Hub
	record *record
	log    *slog.Logger
	host   *web.Host
	worker job.Worker
	assets http.Handler

	authorities *authorities
	rehearsals  *rehearsals
	grown       atomic.Int64 // how often the record has grown, once a commit
	// changes counts what was changed here, or heard of from another node.
	changes atomic.Uint64

	stopping atomic.Bool
	failed   chan error // of a listener
}

// migrating says in the log which version of the schema is being made of a database that is in use: much data takes its
// time, and nothing is served yet.
func migrating(log *slog.Logger) store.Progress {
	fresh := false
	return func(step store.Step, done, total int64) {
		fresh = fresh || done == 0
		if step == store.StepMigrate && !fresh && done < total {
			log.Info("migrating the schema", "from", done, "to", total)
		}
	}
}

// open opens everything that is served; nothing listens yet. now is the clock of acts, nil that of the machine.
func open(ctx context.Context, c console, at place, l listening, now func() time.Time) (_ *server, err error) {
	s := &server{listening: l, at: at, live: web.NewLive(), failed: make(chan error, 2)}
	s.log = slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: l.Log}))
	if !l.publicURLFits() {
		return nil, errors.New("--public-url: want https://HOST or http://HOST, without a path")
	}
	if s.assets, err = web.Assets(); err != nil {
		return nil, err
	}
	s.screen = screen.NewHub(func(ctx context.Context, authority, dialogue doithoai.ID) (doithoai.Live, error) {
		return s.db.Live(ctx, authority, dialogue)
	}, func() calendar.Instant { return s.db.Now() }, s.log)
	s.authorities = newAuthorities(func(ctx context.Context, host string) (doithoai.Authority, error) {
		return s.db.AuthorityAt(ctx, host)
	})
	mailed := make(chan struct{}, 1)
	var signing atomic.Pointer[record]
	// What signs and sends looks by itself now and then: only pages must be told that they may have missed something.
	s.db, err = at.open(ctx, store.Options{
		Now: now, Log: s.log, Progress: migrating(s.log),
		Changed: s.changed(&signing, mailed), Missed: s.missed, Gateways: l.gateways(),
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.db.Close())
		}
	}()
	a, err := authority(ctx, s.db, "")
	if err != nil {
		return nil, err
	}
	if s.record, err = openRecord(ctx, s.db, at, l.origin(a), s.log); err != nil {
		return nil, err
	}
	signing.Store(s.record)
	if s.worker, err = l.worker(s.db, a, s.log); err != nil {
		return nil, err
	}
	s.worker.Woken = mailed
	s.host = s.newHost()
	if s.rehearsals, err = newRehearsals(s.db, at.file(rehearsalFolder), s.log, s.newHost); err != nil {
		return nil, err
	}
	return s, nil
}

// publicURLFits reports whether --public-url, where it is set, is a scheme and a host alone.
func (l listening) publicURLFits() bool {
	u := l.PublicURL
	return u == nil || u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && strings.Trim(u.Path, "/") == ""
}

// changed returns what the store calls after a commit, with a topic that the act touched: it wakes what signs, once
// there is something that signs, or what sends, or tells the pages.
func (s *server) changed(signing *atomic.Pointer[record], mailed chan<- struct{}) func(topic string) {
	return func(topic string) {
		s.changes.Add(1)
		switch topic {
		case store.TopicRecord:
			s.grown.Add(1)
			if r := signing.Load(); r != nil {
				r.wake()
			}
		case store.TopicAuthority:
			s.authorities.forget()
		case store.TopicDelivery:
			select {
			case mailed <- struct{}{}:
			default:
			}
		default:
			s.live.Tell(topic)
			s.screen.Tell(topic)
		}
	}
}

// missed is what the store calls where other nodes may have changed anything.
func (s *server) missed() {
	s.changes.Add(1)
	s.authorities.forget()
	s.live.Resync()
	s.screen.Missed()
}

// origin names the record of a new installation: by its public address, else by its authority.
func (l listening) origin(a doithoai.Authority) string {
	switch {
	case a.Demo:
		return demoOrigin
	case l.PublicURL != nil && l.PublicURL.Host != "":
		return l.PublicURL.Host + recordPath
	}
	return a.Slug + recordPath
}

// gateways are the ways for which the settings name one.
func (l listening) gateways() doithoai.Gateways {
	return doithoai.Gateways{SMS: l.SMS != nil, Zalo: l.Zalo != nil, Mail: l.SMTP != nil || l.simulated}
}

// worker is the outbox's, with the senders that the settings name. In a demo nobody exists whom a message could reach.
func (l listening) worker(db *store.DB, a doithoai.Authority, log *slog.Logger) (job.Worker, error) {
	w := job.Worker{DB: db, Log: log, Senders: map[doithoai.Way]job.Sender{}, Public: l.PublicURL}
	host := ""
	if l.PublicURL != nil {
		host = l.PublicURL.Hostname()
	}
	if l.SMTP != nil && !a.Demo {
		sender, err := notify.NewSMTP(l.SMTP, l.SMTPFrom, host)
		if err != nil {
			return w, fmt.Errorf("--smtp: %w", err)
		}
		w.Senders[doithoai.WayEmail] = sender
	}
	for _, g := range []struct {
		way    doithoai.Way
		flag   string
		at     *url.URL
		secret string
	}{{doithoai.WaySMS, "--sms", l.SMS, l.SMSSecret}, {doithoai.WayZalo, "--zalo", l.Zalo, l.ZaloSecret}} {
		if g.at == nil {
			continue
		}
		sender, err := notify.NewGateway(g.at, g.secret)
		if err != nil {
			return w, fmt.Errorf("%s: %w", g.flag, err)
		}
		w.Senders[g.way] = sender
	}
	if a.Demo {
		nowhere := notify.NewNowhere(log)
		w.Senders[doithoai.WayEmail] = nowhere
		for way := range w.Senders {
			w.Senders[way] = nowhere
		}
	}
	return w, nil
}

func (s *server) newHost() *web.Host {
	h := &web.Host{
		Authority: s.authorities.at, Now: s.db.Now, Log: s.log, PublicURL: s.PublicURL, Limits: s.limits,
		Changes: s.changes.Load, Temp: s.at.files(),
		SignIns: web.SignIns{Open: s.db.SignIn, Confirm: s.db.ConfirmCode, Officer: s.db.OfficerOf, Close: s.db.SignOut},
	}
	for _, n := range s.TrustedProxies {
		h.TrustedProxies = append(h.TrustedProxies, n.Prefix)
	}
	return h
}

// publicSites and staffSites are all sites. They are apart, so that no staff page can stand on a public address.
func (s *server) publicSites() []web.Site {
	return []web.Site{portal.New(portal.Config{
		DB: s.db, VerifierKey: func() string { return s.record.vkey }, Origin: func() string { return s.record.origin },
	}), screen.New(screen.Config{DB: s.db, Hub: s.screen})}
}

func (s *server) staffSites() []web.Site {
	return []web.Site{
		office.New(office.Config{DB: s.db}), planning.New(planning.Config{DB: s.db}),
		documents.New(documents.Config{DB: s.db}),
		results.New(results.Config{DB: s.db, Sign: s.record.signReport, Key: s.record.reportKey}),
		rollup.New(rollup.Config{DB: s.db}),
		settings.New(settings.Config{DB: s.db}),
		hall.New(hall.Config{DB: s.db, Live: s.live, Rehearsals: &hall.Rehearsals{
			Begin: s.rehearsals.begin, End: s.rehearsals.endToken,
		}}),
	}
}

// handler serves sites on one address, with what every address has: assets, health, and a page for all that isn't
// there.
func (s *server) handler(sites ...web.Site) http.Handler {
	mux := http.NewServeMux()
	public, staff := false, false
	for _, site := range sites {
		s.host.Mount(mux, site)
		public, staff = public || !site.Staff, staff || site.Staff
	}
	mux.Handle("GET "+web.AssetsPath, s.assets)
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("/{path...}", s.host.NotFound(mux))
	if !public {
		mux.Handle("GET /{$}", http.RedirectHandler("/noi-bo", http.StatusSeeOther))
	}
	if staff {
		return s.host.Secure(s.rehearsals.around(s.host, mux))
	}
	return s.host.Secure(mux)
}

// healthy says that the process answers.
func (s *server) healthy(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok")
}

// ready reports whether work can be taken, with the reason in a word where not. What is in trouble without stopping
// work follows on a line each.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if s.stopping.Load() {
		plain(w, http.StatusServiceUnavailable, "stopping")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := s.db.Ready(ctx); err != nil {
		s.log.Error("not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "database")
		return
	}
	lines := []string{"ready"}
	if s.record.trouble() != "" {
		lines = append(lines, "record: not signed")
	}
	if s.worker.Senders[doithoai.WayEmail] == nil {
		lines = append(lines, "e-mail: waits")
	}
	plain(w, http.StatusOK, strings.Join(lines, "\n"))
}

func plain(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, body) // a reader who went away is nobody's error
}

// Bounds of a connection. Streams lift the write limit for themselves.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = time.Minute // a slow telephone sends a slip
	writeTimeout      = time.Minute
	idleTimeout       = 2 * time.Minute
	maxHeader         = 32 << 10
)

// Bounds of stopping, which together with those of the store's Close end the program within half a minute, even where
// the database hangs.
const (
	finishTimeout = 15 * time.Second // for acts under way
	signTimeout   = 2 * time.Second  // for the last checkpoint
)

// address is one address that is served.
type address struct {
	http *http.Server
	addr string           // as it was asked for
	tcp  *net.TCPListener // below TLS
	ln   net.Listener
	url  string
}

// listen starts to listen; nobody is answered yet.
func (s *server) listen(addr, flag string, h http.Handler, secure *tls.Config) (address, error) {
	ln, err := s.listenTCP(addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return address{}, fmt.Errorf("%s is taken by another program: choose another address with %s", addr, flag)
	}
	if err != nil {
		return address{}, fmt.Errorf("%s: %w", flag, err)
	}
	a := address{addr: addr, tcp: ln, ln: ln, url: "http://" + shownAddress(addr, ln)}
	if secure != nil {
		a.ln, a.url = tls.NewListener(ln, secure), "https://"+shownAddress(addr, ln)
	}
	a.http = &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	return a, nil
}

// listenTCP listens at an address, or goes on where the set-up listened.
func (s *server) listenTCP(addr string) (*net.TCPListener, error) {
	if ln := s.kept[addr]; ln != nil {
		return ln, nil
	}
	at, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, err
	}
	return net.ListenTCP("tcp", at)
}

// shownAddress is what people can open: the host as it was given, the port as it was taken.
func shownAddress(addr string, ln net.Listener) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return host
	}
	return net.JoinHostPort(host, port)
}

// addresses listens wherever the settings say.
func (s *server) addresses(c console) (all []address, err error) {
	defer func() {
		if err != nil {
			for _, a := range all {
				err = errors.Join(err, a.ln.Close())
			}
		}
	}()
	public, staff, err := s.tls(c)
	if err != nil {
		return nil, err
	}
	add := func(addr, flag string, secure *tls.Config, sites []web.Site) error {
		a, err := s.listen(addr, flag, s.handler(sites...), secure)
		if err == nil {
			all = append(all, a)
		}
		return err
	}
	if s.OfficeAddr == "" {
		return all, add(s.Addr, "--addr", public, append(s.publicSites(), s.staffSites()...))
	}
	if err := add(s.Addr, "--addr", public, s.publicSites()); err != nil {
		return all, err
	}
	return all, add(s.OfficeAddr, "--office-addr", staff, s.staffSites())
}

// tls is how the public and the staff address are secured, nil where by nothing.
func (s *server) tls(c console) (public, staff *tls.Config, err error) {
	secure := &tls.Config{MinVersion: tls.VersionTLS12}
	switch {
	case s.TLS == "self" && s.TLSCert != "":
		return nil, nil, errors.New("--tls self makes its own certificate: leave --tls-cert and --tls-key out")
	case s.TLSCert != "":
		pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
		if err != nil {
			return nil, nil, fmt.Errorf("--tls-cert, --tls-key: %w", err)
		}
		secure.Certificates = []tls.Certificate{pair}
		return secure, secure, nil
	case s.TLS == "":
		return nil, nil, nil
	}
	var given []string
	for _, addr := range []string{s.Addr, s.OfficeAddr} {
		if host, _, err := net.SplitHostPort(addr); err == nil {
			given = append(given, host)
		}
	}
	if s.PublicURL != nil {
		given = append(given, s.PublicURL.Hostname())
	}
	names, err := ownNames(given...)
	if err != nil {
		return nil, nil, err
	}
	own, err := openOwnAuthority(s.at, names)
	if err != nil {
		return nil, nil, err
	}
	secure.GetCertificate = own.certificate
	if s.kept == nil { // else the set-up has said it
		err = c.printf(
			"Certificate authority to import on staff computers: %s\nIts SHA-256 fingerprint: %s\n",
			s.at.file(authorityCertFile), own.fingerprint(),
		)
	}
	if err != nil {
		return nil, nil, err
	}
	if s.OfficeAddr != "" {
		return nil, secure, nil
	}
	return secure, secure, nil
}

// serve listens and answers until ctx ends or a listener fails, then stops in order. more is printed after the
// addresses.
func (s *server) serve(ctx context.Context, c console, more string) error {
	all, err := s.addresses(c)
	if err != nil {
		return errors.Join(err, s.db.Close())
	}
	return s.run(ctx, c, all, more)
}

// run answers on the addresses, signs the record and works the outbox until ctx ends, and closes the database.
func (s *server) run(ctx context.Context, c console, all []address, more string) (err error) {
	defer func() { err = errors.Join(err, s.db.Close()) }()
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var running sync.WaitGroup
	running.Go(func() { s.record.run(background) })
	running.Go(func() { s.worker.Run(background) })
	running.Go(func() { giveMemoryBack(background) })
	for _, a := range all {
		running.Go(func() {
			if err := a.http.Serve(a.ln); !errors.Is(err, http.ErrServerClosed) {
				s.failed <- fmt.Errorf("serve %s: %w", a.url, err)
			}
		})
	}
	if err = s.announce(c, all, more); err == nil {
		select {
		case <-ctx.Done():
		case err = <-s.failed:
		}
	}
	s.drain()
	stop()
	err = errors.Join(err, s.shutDown(ctx, all, &running))
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), signTimeout)
	defer cancel()
	if !within(last, func() { s.record.sign(last) }) { // what the last acts appended
		s.log.Warn("what the last acts appended to the public record was not signed")
	}
	return err
}

// announce prints where the sites are, one line each.
func (s *server) announce(c console, all []address, more string) error {
	what := []string{"Đối Thoại"}
	if len(all) == 2 {
		what = []string{"Đối Thoại, public sites", "Đối Thoại, staff sites"}
	}
	for i, a := range all {
		if err := c.printf("%s: %s/\n", what[i], a.url); err != nil {
			return err
		}
	}
	if s.worker.Senders[doithoai.WayEmail] == nil {
		s.log.Info("no --smtp: e-mail waits in the outbox")
	}
	s.log.Info("serving", "version", version, "database", s.at.shown(), "record", s.record.origin)
	return c.printf("%s", more)
}

// drain says to the load balancer that the program stops, and serves on until it has noticed.
func (s *server) drain() {
	s.stopping.Store(true)
	s.log.Info("stopping")
	time.Sleep(s.Drain)
}

// shutDown ends the streams and finishes the acts under way, those of the background too.
func (s *server) shutDown(ctx context.Context, all []address, background *sync.WaitGroup) error {
	s.live.Close()
	s.screen.Close()
	s.rehearsals.close()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	var err error
	for _, a := range all {
		if stopErr := a.http.Shutdown(ctx); stopErr != nil {
			err = errors.Join(err, fmt.Errorf("stop %s: %w", a.url, stopErr), a.http.Close())
		}
	}
	if !within(ctx, background.Wait) {
		s.log.Warn("the background's work was not finished")
	}
	return err
}

// within reports whether f ended before ctx did. One that did not goes on, and ends with the program: a statement that
// a database which hangs never answers is not cancelled.
func within(ctx context.Context, f func()) bool {
	ended := make(chan struct{})
	go func() {
		f()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-ctx.Done():
		return false
	}
}
