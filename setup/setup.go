// Package setup is the site that an installation without an authority serves: a short way from the link on the console
// to a commune that is ready to work. Every other address says that nothing is set up yet.
//
// Whoever holds the link sets the installation up. It opens once, within a day, and gives the browser a sign-in of its
// own; a restart prints another. What was typed is kept over a restart, but for the password.
package setup

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

const (
	path      = "/thiet-lap"
	startPath = path + "/bat-dau"
	checkPath = path + "/kiem-tra"
	afterPath = "/noi-bo/bat-dau" // of the staff site, once it is served
	linkLife  = 24 * time.Hour
	meanwhile = 100 * time.Millisecond // until somebody asks again: browsers follow twenty redirects
)

// Stand is the authority that pages name while there is none.
var Stand = doithoai.Authority{Name: "Đối Thoại", FullName: "Đối Thoại"}

// Config is what the site needs. All must be set.
type Config struct {
	DB  *store.DB
	Now func() calendar.Instant
	// Kept is what Keep was given last, before a restart; nil where nothing was typed. Keep must not lose it, and let
	// nobody else read it: it holds the first account's name.
	Kept []byte
	Keep func([]byte) error
	// Done is told once the authority is there and the last page is on its way.
	Done func()
}

// Site is the site, with the link that opens it.
type Site struct {
	Config
	presets []doithoai.UnitPreset

	mu       sync.Mutex
	link     [sha256.Size]byte // hash of the link's code; zero once it was opened
	session  [sha256.Size]byte // hash of what the browser keeps; zero before the link was opened
	until    calendar.Instant
	draft    Draft
	password string // never leaves the memory
	done     bool
}

// New makes the site and the path of its link, which must be shown on the console only.
func New(c Config) (*Site, string, error) {
	s := &Site{Config: c, until: c.Now().Add(linkLife)}
	var err error
	if s.presets, err = store.UnitPresets(); err != nil {
		return nil, "", err
	}
	if c.Kept != nil {
		if err := json.Unmarshal(c.Kept, &s.draft); err != nil {
			return nil, "", fmt.Errorf("what was typed before: %w", err)
		}
	}
	code, err := secret()
	if err != nil {
		return nil, "", err
	}
	s.link = hash(code)
	return s, startPath + "?ma=" + code, nil
}

// secret makes 256 random bits as text.
func secret() (string, error) {
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("link of the set-up: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

func hash(code string) [sha256.Size]byte {
	return sha256.Sum256([]byte("doithoai set-up v1\n" + code))
}

// is reports whether a code has this hash, and takes the same time either way. No code has the zero hash.
func is(code string, want [sha256.Size]byte) bool {
	got := hash(code)
	return want != [sha256.Size]byte{} && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// Staff is the site of the set-up. Like all staff pages, its pages are served over https, or on the machine itself.
func (s *Site) Staff() web.Site {
	site := web.Site{Staff: true, Routes: []web.Route{
		{Pattern: "GET " + startPath, Open: true, Do: s.begin},
		{Pattern: "GET " + path, Open: true, Do: s.signedIn(s.first)},
		{Pattern: "GET " + checkPath, Open: true, Do: s.signedIn(s.check)},
		{Pattern: "POST " + checkPath, Open: true, Do: s.signedIn(s.finish)},
	}}
	for _, q := range questions {
		site.Routes = append(site.Routes,
			web.Route{Pattern: "GET " + q.path(), Open: true, Do: s.signedIn(s.ask(q))},
			web.Route{Pattern: "POST " + q.path(), Open: true, Do: s.signedIn(s.answer(q))})
	}
	return site
}

// Else answers every other address.
func (s *Site) Else() web.Site {
	return web.Site{Routes: []web.Route{{Pattern: "/{path...}", Do: s.notYet}}}
}

// begin opens the link, once, and gives the browser a sign-in of its own. The browser that opened it may open it again.
func (s *Site) begin(r *web.Request) error {
	if s.knows(r) {
		return r.Redirect(path)
	}
	token, err := secret()
	if err != nil {
		return err
	}
	s.mu.Lock()
	ok := is(r.FormValue("ma"), s.link) && r.Now.Before(s.until)
	if ok {
		s.link, s.session = [sha256.Size]byte{}, hash(token)
	}
	s.mu.Unlock()
	if !ok {
		return r.Page(http.StatusForbidden, closedPage{r.Reader}.view())
	}
	r.SetCookie(web.SetUpCookie, token, linkLife)
	return r.Redirect(path)
}

// knows reports whether the browser is the one that opened the link.
func (s *Site) knows(r *web.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return is(r.GetCookie(web.SetUpCookie), s.session) && r.Now.Before(s.until)
}

func (s *Site) signedIn(do web.Handler) web.Handler {
	return func(r *web.Request) error {
		if !s.knows(r) {
			return r.Page(http.StatusForbidden, closedPage{r.Reader}.view())
		}
		return do(r)
	}
}

// notYet says that nothing is set up. Who comes once it is, on a connection that is still open, is to ask again on a
// new one: it waits for the sites that are served by then.
func (s *Site) notYet(r *web.Request) error {
	if s.isDone() && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		time.Sleep(meanwhile)
		r.W.Header().Set("Connection", "close")
		return r.Redirect(r.URL.RequestURI())
	}
	r.W.Header().Set("Retry-After", "600")
	return r.Page(http.StatusServiceUnavailable, notYetPage{r.Reader, s.knows(r)}.view())
}

func (s *Site) isDone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}

// first leads to the first question that is not answered.
func (s *Site) first(r *web.Request) error {
	d, password := s.now()
	for _, q := range questions {
		if len(q.problems(d, password)) > 0 {
			return r.Redirect(q.path())
		}
	}
	return r.Redirect(checkPath)
}

// now is what was typed so far.
func (s *Site) now() (Draft, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draft, s.password
}

// keep keeps what was typed.
func (s *Site) keep(d Draft, password string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := json.Marshal(d)
	if err == nil {
		err = s.Keep(b)
	}
	if err != nil {
		return &doithoai.Error{Kind: doithoai.Unavailable, Key: "error.unavailable", Cause: err}
	}
	s.draft, s.password = d, password
	return nil
}

// finish sets the authority up as the check page showed it, signs its first officer in, and ends the set-up.
func (s *Site) finish(r *web.Request) error {
	d, password := s.now()
	for _, q := range questions {
		if len(q.problems(d, password)) > 0 { // the password after a restart, or another tab
			return r.Redirect(q.path())
		}
	}
	a, err := s.DB.SetUp(r.Context(), d.setup(s.presets, password))
	if err != nil {
		return err
	}
	r.Authority = a
	s.mu.Lock()
	s.session, s.password, s.done = [sha256.Size]byte{}, "", true
	s.mu.Unlock()
	r.SetCookie(web.SetUpCookie, "", 0)
	defer s.Done()
	// Where the sign-in fails, the authority is there all the same: the sign-in page is the way on.
	if r.SignIn(d.officer().Login, password) != nil {
		return r.Redirect(web.SignInPath)
	}
	return r.Redirect(afterPath)
}

// check shows all answers; while one is missing or wrong, it leads to its question.
func (s *Site) check(r *web.Request) error {
	d, password := s.now()
	for _, q := range questions {
		if len(q.problems(d, password)) > 0 {
			return r.Redirect(q.path())
		}
	}
	return r.Page(http.StatusOK, checkPage{r.Reader, d, s.presets}.view())
}
