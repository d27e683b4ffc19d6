package portal

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// No page is the answer to a form: a form that comes back, or goes on to its next page, leads to an address, and what
// that page shows is kept for it (docs/adr/0012). It lies in the store sealed: the key is a cookie of the browser, and
// the store's own name for the row is derived from it, so that neither the address nor the database tells anything.
// Where nothing can be kept, the page itself is the answer: everything works then, too.

// keptLife is how long a page can be come back to.
const keptLife = 30 * time.Minute

// keptField is the id of what a page shows, in its address and in its form; it opens nothing without the cookie.
const keptField = "giu"

// markTried stands in the address to which a browser without a key posts its form once more, now with one: if it has
// none even then, it keeps no cookies.
const markTried = "lan-hai"

// keptKey is the browser's key.
type keptKey [32]byte

// key returns the browser's key; false where it has none.
func key(r *web.Request) (k keptKey, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(r.GetCookie(web.KeptCookie))
	if err != nil || len(b) != len(k) {
		return k, false
	}
	return keptKey(b), true
}

// remember has the browser hold its key for as long as what it opens is kept.
func (k keptKey) remember(r *web.Request) {
	r.SetCookie(web.KeptCookie, base64.RawURLEncoding.EncodeToString(k[:]), keptLife)
}

// keyed gives a browser that posts its first form a key, and has it post the form once more: so it is known who keeps
// no cookies, and nobody who only reads gets one.
func keyed(do web.Handler) web.Handler {
	return func(r *web.Request) error {
		if _, ok := key(r); ok || r.URL.Query().Has(markTried) {
			return do(r)
		}
		var k keptKey
		_, _ = rand.Read(k[:]) // never fails: crypto/rand ends the program instead
		k.remember(r)
		r.DrainForm(maxPosted)
		http.Redirect(r.W, r.Request, r.URL.Path+"?"+markTried, http.StatusTemporaryRedirect)
		return nil
	}
}

// derive makes the key's row and the cipher of an id.
func (k keptKey) derive(id string) (row string, seal cipher.AEAD, err error) {
	of := func(purpose string) []byte {
		sum := sha256.Sum256(append([]byte("doithoai kept page v1\n"+purpose+"\n"+id+"\n"), k[:]...))
		return sum[:]
	}
	block, err := aes.NewCipher(of("key"))
	if err == nil {
		seal, err = cipher.NewGCMWithRandomNonce(block)
	}
	return base64.RawURLEncoding.EncodeToString(of("row")), seal, err
}

// errNotKept means that nothing is kept for the browser now: it keeps no cookies, or what its address or all of them
// may have kept is used up.
var errNotKept = errors.New("nothing is kept for this browser")

// keep keeps what a page shows, and returns its id: the given one, or a new one where that is none. It fails with
// errNotKept, or with Unavailable where the store can't write now.
func (s *site) keep(r *web.Request, id string, what any) (string, error) {
	k, ok := key(r)
	if !ok || !r.AllowKeeping() {
		return "", errNotKept
	}
	if len(id) != 12 {
		b := make([]byte, 9)
		_, _ = rand.Read(b)
		id = base64.RawURLEncoding.EncodeToString(b)
	}
	row, seal, err := k.derive(id)
	if err != nil {
		return "", fmt.Errorf("kept page: %w", err)
	}
	plain, err := pack(what)
	if err != nil {
		return "", fmt.Errorf("kept page: %w", err)
	}
	kept, err := s.DB.KeepPage(r.Context(), r.Authority.ID, row, seal.Seal(nil, nil, plain, nil), keptLife)
	if err != nil {
		return "", err
	}
	if !kept {
		return "", errNotKept
	}
	k.remember(r)
	return id, nil
}

// kept reads back what the page at the request's address shows; false where it is gone.
func (s *site) kept(r *web.Request, into any) (bool, error) {
	id := r.URL.Query().Get(keptField)
	k, ok := key(r)
	if id == "" || !ok {
		return false, nil
	}
	row, seal, err := k.derive(id)
	if err != nil {
		return false, fmt.Errorf("kept page: %w", err)
	}
	sealed, err := s.DB.KeptPage(r.Context(), r.Authority.ID, row)
	if err != nil || sealed == nil {
		return false, err
	}
	plain, err := seal.Open(nil, nil, sealed, nil)
	if err == nil {
		err = unpack(plain, into)
	}
	if err != nil {
		return false, fmt.Errorf("kept page: %w", err)
	}
	r.Private()
	return true, nil
}

// forget forgets what was kept under an id, and has the browser forget its key: nobody can read any more what else was
// kept for it. What can't be deleted now is unreadable from now on, and over soon.
func (s *site) forget(r *web.Request, id string) {
	k, ok := key(r)
	r.SetCookie(web.KeptCookie, "", 0)
	if !ok || id == "" {
		return
	}
	row, _, err := k.derive(id)
	if err == nil {
		err = s.DB.DropPage(r.Context(), r.Authority.ID, row)
	}
	if err != nil {
		r.Host.Log.Error("a kept page stays", "error", err)
	}
}

// next is the page to which a form leads.
type next struct {
	what     any    // that the page shows, to be kept
	kept     string // the id under which the form was kept before; "" for a new one
	path     string
	marks    url.Values
	fragment string // where on the page
	// page makes the same page as the answer to the form, under the id given.
	page func(id string) (templ.Component, error)
	// refusal is one of the moment (TooMany, Unavailable): then the page itself is the answer. It holds everything typed,
	// programs and proxies see the status, and a reload is the new try that one wants.
	refusal error
}

// leadOn answers a form with the address of its next page. Where what that page shows can't be kept, the page itself is
// the answer.
func (s *site) leadOn(r *web.Request, to next) error {
	id, err := "", to.refusal
	if err == nil {
		id, err = s.keep(r, to.kept, to.what)
	}
	status := http.StatusOK
	switch kind := doithoai.KindOf(err); {
	case err == nil:
		return r.Redirect(addressOf(to.path, id, to.marks, to.fragment))
	case kind == doithoai.TooMany || kind == doithoai.Unavailable:
		r.RetryAfter(err)
		status = web.StatusOf(err)
	case !errors.Is(err, errNotKept):
		return err
	}
	page, err := to.page(to.kept)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(status, page)
}

// addressOf is the address of the page that shows what is kept under an id.
func addressOf(path, id string, marks url.Values, fragment string) string {
	q := url.Values{keptField: {id}}
	for name, values := range marks {
		q[name] = values
	}
	u := url.URL{Path: path, RawQuery: q.Encode(), Fragment: fragment}
	return u.String()
}

func pack(what any) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	err = errors.Join(json.NewEncoder(w).Encode(what), w.Close())
	return b.Bytes(), err
}

func unpack(b []byte, into any) error {
	r := flate.NewReader(bytes.NewReader(b))
	err := json.NewDecoder(io.LimitReader(r, 8*store.MaxKeptPage)).Decode(into)
	return errors.Join(err, r.Close())
}
