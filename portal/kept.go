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
	"net/url"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// No page is the answer to a form: a form that comes back, or goes on to its next page, leads to an address, and what
// that page shows is kept for it (docs/adr/0012). It lies in the store sealed: the key is a cookie of the browser, and
// the store's own name for the row is derived from it, so that neither the address nor the database tells anything.

// keptLife is how long a page can be come back to.
const keptLife = 30 * time.Minute

// keptField is the id of what a page shows, in its address and in its form; it opens nothing without the cookie.
const keptField = "giu"

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

// keep keeps what a page shows, and returns its id: the given one, or a new one where that is none. Unavailable where
// the store can't write now.
func (s *site) keep(r *web.Request, id string, what any) (string, error) {
	k, ok := key(r)
	if !ok {
		_, _ = rand.Read(k[:]) // never fails: crypto/rand ends the program instead
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
	err = s.DB.KeepPage(r.Context(), r.Authority.ID, row, seal.Seal(nil, nil, plain, nil), keptLife)
	if err != nil {
		return "", err
	}
	r.SetCookie(web.KeptCookie, base64.RawURLEncoding.EncodeToString(k[:]), keptLife)
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

// drop forgets what was kept under an id, once the form was sent. What can't be forgotten now is over soon.
func (s *site) drop(r *web.Request, id string) {
	k, ok := key(r)
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

// leadTo answers a form with the address of the page that shows what is kept under an id. Fragment is where on it.
func leadTo(r *web.Request, path, id, fragment string, marks ...string) error {
	q := url.Values{keptField: {id}}
	for i := 0; i+1 < len(marks); i += 2 {
		if marks[i+1] != "" {
			q.Set(marks[i], marks[i+1])
		}
	}
	if fragment != "" {
		fragment = "#" + fragment
	}
	return r.Redirect(path + "?" + q.Encode() + fragment)
}

// unwritable reports whether nothing can be kept just now. Then the page itself answers, with everything that was
// typed: nothing is lost while the disk is full.
func unwritable(err error) bool { return doithoai.KindOf(err) == doithoai.Unavailable }

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
