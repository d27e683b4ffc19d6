// Package web is what all sites share: routes, requests, rendering, forms, sign-in, errors, security headers, assets.
//
// A site is a table of [Route]. Public routes and staff routes live in sites of their own; a staff page can't be
// mounted on a public mux. Handlers return errors; [Host] maps their kinds to a status, a log line and a page in one
// place.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// Host is what a server gives its sites. All fields but TrustedProxies, PublicURL, Limits, Temp, Rehearsal and Changes
// must be set.
type Host struct {
	// Authority is the authority that a host name stands for, in its normal form; for an unknown name, and for "", it is
	// the default one.
	Authority func(ctx context.Context, host string) (doithoai.Authority, error)
	// Now is the clock of acts.
	Now     func() calendar.Instant
	SignIns SignIns
	Log     *slog.Logger
	// PublicURL is the address under which the public reaches the installation, an authority of it by its own host name;
	// nil takes it from the request.
	PublicURL *url.URL
	// TrustedProxies may say in X-Forwarded-For and -Proto, or in Forwarded, for whom they ask.
	TrustedProxies []netip.Prefix
	Limits         Limits
	// Temp is the folder in which files that come with forms lie until they are checked; "" is the system's.
	Temp string
	// Rehearsal is the console of the rehearsal that this host serves; "" for what is real.
	Rehearsal string
	// Changes counts what was changed on this node or heard of from another: while it stays, a page that was made stays
	// right. Nil: every page is made anew.
	Changes func() uint64

	limiters limiters
	shown    shown
	staff    map[string]bool // by the pattern of a mounted route: whether it is of a staff site
}

// SignIns are the store's sign-ins, which package cmd hands over.
type SignIns struct {
	// Open opens a sign-in to the sites of an authority; the officer's Hold says what it waits for.
	Open func(
		ctx context.Context, authority doithoai.ID, login, password, agent, client string,
	) (token string, o doithoai.Officer, err error)
	// Confirm takes the code that a sign-in waits for.
	Confirm func(ctx context.Context, token, code, agent, client string) error
	Officer func(ctx context.Context, token string) (doithoai.Officer, error)
	Close   func(ctx context.Context, token string) error
}

// Handler answers one route.
type Handler func(*Request) error

// Route is one row of a site's table: "GET /hoi-dap/{number}".
type Route struct {
	Pattern string
	// Act is what the officer must be able to do to some subject, for the route to be open at all. Empty on public
	// routes, and on the few staff routes that need no sign-in (Open).
	Act  doithoai.Act
	Open bool
	// Holds are what a sign-in may wait for while the route is open nevertheless: the page on which it is done.
	Holds []doithoai.Hold
	// NoPost routes are open too to who has signed in and holds no post today: signing out.
	NoPost bool
	// Alike routes show every reader without cookies the same, and keep nothing about who asked.
	Alike bool
	Do    Handler
}

// Site is a table of routes. Staff sites ask for a sign-in, and for https except on loopback.
type Site struct {
	Staff  bool
	Routes []Route
}

// Reader is whom a page is for and what it is said by: plain data. Pages hold it, so that a template can neither
// redirect nor answer.
type Reader struct {
	Text      text.Printer
	Authority doithoai.Authority
	Now       calendar.Instant
	Officer   doithoai.Officer // staff sites, after sign-in
	Path      string           // of the page, "/hoi-dap"
	Here      string           // path and query of a page that was asked for; empty on an answer to a form
	Rehearsal string           // console of the rehearsal that the page is of; "" where it is of none
	Guide     templ.Component  // what to try next in that rehearsal
	base      string
	public    bool // base is the address that the site has on the Internet, as the operator says
	staff     bool
}

// Request is a request with its reader, and what a handler answers by.
type Request struct {
	*http.Request
	*Reader
	W      http.ResponseWriter
	Host   *Host
	Token  string // of the sign-in
	Client netip.Addr
	Secure bool // reached over https, or a trusted proxy says so
	again  *again
	mux    *http.ServeMux // that the request came through
}

// Actor is who acts: the signed-in officer, or a resident.
func (r *Reader) Actor() doithoai.Actor {
	if r.staff {
		return r.Officer.Actor()
	}
	return doithoai.Resident(r.Authority.ID)
}

// T is the message of a key in the reader's language.
func (r *Reader) T(key string, args ...any) string { return r.Text.T(key, args...) }

// Today is the civil date of the request.
func (r *Reader) Today() calendar.Date { return r.Now.Date() }

// Base is the address of the site for links that leave it, such as those in QR codes: scheme and host, no slash.
func (r *Reader) Base() string { return r.base }

// baseOf is that address for a request.
func (h *Host) baseOf(r *Request) string {
	if h.PublicURL != nil {
		return r.Authority.Site(h.PublicURL)
	}
	scheme := "http"
	if r.Secure {
		scheme = "https"
	}
	return scheme + "://" + r.Request.Host
}

// SiteAt is the address of an authority of this installation, by its host name.
func (r *Request) SiteAt(host string) string {
	installation := r.Host.PublicURL
	if installation == nil {
		installation = &url.URL{Scheme: "http", Host: r.Request.Host}
		if r.Secure {
			installation.Scheme = "https"
		}
	}
	return doithoai.Authority{Host: host}.Site(installation)
}

// Link is the address of a page for papers and messages that leave the site; "" where the portal can't be reached from
// the Internet: then nothing may send people there.
func (r *Reader) Link(path string) string {
	if r.Authority.Offline {
		return ""
	}
	return r.Base() + path
}

// PublicLink is [Reader.Link] where the operator said under which address the site is public, else "": the host that a
// request names may be anything.
func (r *Reader) PublicLink(path string) string {
	if !r.public {
		return ""
	}
	return r.Link(path)
}

// Redirect sends the reader on after a form was taken.
func (r *Request) Redirect(to string) error {
	http.Redirect(r.W, r.Request, to, http.StatusSeeOther)
	return nil
}

// Mount registers a site's routes on a mux.
func (h *Host) Mount(mux *http.ServeMux, s Site) {
	if h.staff == nil {
		h.staff = map[string]bool{}
	}
	for _, route := range s.Routes {
		h.staff[route.Pattern] = s.Staff
		mux.Handle(route.Pattern, h.handler(mux, s, route))
	}
}

func (h *Host) handler(mux *http.ServeMux, s Site, route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, raw *http.Request) {
		var again *again
		if route.Alike && !s.Staff {
			if again = h.again(raw); again != nil && again.show(w, raw) {
				return
			}
		}
		r, err := h.request(w, raw, s)
		r.again, r.mux = again, mux
		if err == nil && s.Staff {
			err = h.admit(r, route)
		}
		if err == nil {
			err = route.Do(r)
		}
		if doithoai.KindOf(err) == doithoai.NotFound && !s.Staff && h.retyped(mux, w, raw) {
			return
		}
		if err != nil {
			h.fail(r, err)
		}
	})
}

func (h *Host) request(w http.ResponseWriter, raw *http.Request, s Site) (*Request, error) {
	r := &Request{Request: raw, W: w, Host: h, Reader: &Reader{
		Now: h.Now(), staff: s.Staff, Text: text.For(language(raw)), Path: raw.URL.Path, Rehearsal: h.Rehearsal,
	}}
	if raw.Method == http.MethodGet {
		r.Here = raw.URL.RequestURI()
	}
	r.Client, r.Secure = h.client(raw)
	var err error
	r.Authority, err = h.Authority(raw.Context(), r.HostName())
	r.base, r.public = h.baseOf(r), h.PublicURL != nil
	return r, err
}

// HostName is the host name that was asked for, in its normal form; "" where what the browser says is none.
func (r *Request) HostName() string {
	name, _ := text.HostName(r.Request.Host)
	return name
}

// loopback reports whether the browser runs on this machine: the one place where plain http carries a sign-in.
func (r *Request) loopback() bool {
	name := r.HostName()
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && ip.IsLoopback()
}

// language is "vi", or "en" where the reader chose it.
func language(r *http.Request) string {
	if c, err := r.Cookie(LanguageCookie.String()); err == nil && c.Value == "en" {
		return "en"
	}
	return "vi"
}

// ChooseLanguage answers GET /ngon-ngu?sang=en&ve=/path: it keeps the choice and leads back.
func ChooseLanguage(r *Request) error {
	r.KeepLanguage(r.FormValue("sang"))
	back := r.FormValue("ve")
	if u, err := url.Parse(back); err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(back, "/") ||
		strings.HasPrefix(back, "//") || strings.Contains(back, `\`) {
		back = "/"
	}
	return r.Redirect(back)
}

// KeepLanguage keeps a choice of language for this page and those to come; any other than "en" is "vi".
func (r *Request) KeepLanguage(lang string) {
	if lang != "en" {
		lang = "vi"
	}
	r.Text = text.For(lang)
	r.SetCookie(LanguageCookie, lang, 365*24*time.Hour)
}

// hungUp reports whether a request failed because the reader went away: nobody is told.
func hungUp(r *Request, err error) bool {
	return errors.Is(err, context.Canceled) && r.Context().Err() != nil
}
