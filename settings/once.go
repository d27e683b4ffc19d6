package settings

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"doithoai/web"
)

// What an act makes and nobody can be shown again, a given password or recovery codes, leads to a page like any other
// (docs/adr/0012), so that a reload makes no second one. It may stand neither in the address nor in the store: the page
// finds it in a cookie, sealed by the sign-in it was made under, for a few minutes and at its own address.

// onceLife is how long the page shows it: long enough to print or copy it.
const onceLife = 10 * time.Minute

// leadOnce leads on to the page at an address, which shows these words.
func leadOnce(r *web.Request, page, mark string, words ...string) error {
	seal, err := onceSeal(r, page)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(words)
	if err != nil {
		return fmt.Errorf("what is shown once: %w", err)
	}
	r.SetCookie(web.OnceCookie, base64.RawURLEncoding.EncodeToString(seal.Seal(nil, nil, plain, nil)), onceLife)
	return r.Redirect(page + "?xong=" + mark)
}

// shownOnce are the words that leadOnce left for this page; none where they are another's, or it is too late.
func shownOnce(r *web.Request) ([]string, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(r.GetCookie(web.OnceCookie))
	if err != nil || len(sealed) == 0 {
		return nil, nil
	}
	seal, err := onceSeal(r, r.Path)
	if err != nil {
		return nil, err
	}
	plain, err := seal.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, nil
	}
	var words []string
	if err := json.Unmarshal(plain, &words); err != nil {
		return nil, fmt.Errorf("what is shown once: %w", err)
	}
	r.Private()
	return words, nil
}

// onceSeal is the cipher of a page for a sign-in.
func onceSeal(r *web.Request, page string) (cipher.AEAD, error) {
	if r.Token == "" {
		return nil, errors.New("what is shown once: no sign-in")
	}
	key := sha256.Sum256([]byte("doithoai shown once v1\n" + page + "\n" + r.Token))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("what is shown once: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}
