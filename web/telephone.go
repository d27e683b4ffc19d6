package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"doithoai"
)

// TelephoneLife is how long a browser keeps its key: until the quarter is over in whose survey it spoke.
const TelephoneLife = 100 * 24 * time.Hour

// Telephone is what a browser keeps of what it does on the public sites without a name: a key from which the codes and
// keys of what it does come, and how often it has raised a hand, so that each turn has a code of its own. Nobody learns
// the key.
type Telephone struct {
	key   [16]byte
	Hands int
}

// Telephone reads what the browser keeps; false where it keeps nothing yet.
func (r *Request) Telephone() (t Telephone, ok bool) {
	key, hands, _ := strings.Cut(r.GetCookie(PhoneCookie), ".")
	b, err := base64.RawURLEncoding.Strict().DecodeString(key)
	if err != nil || len(b) != len(t.key) {
		return t, false
	}
	t.key = [16]byte(b)
	if n, err := strconv.Atoi(hands); err == nil {
		t.Hands = n
	}
	return t, true
}

// NewTelephone is what the browser keeps, from now on where it kept nothing.
func (r *Request) NewTelephone() Telephone {
	t, ok := r.Telephone()
	if !ok {
		_, _ = rand.Read(t.key[:]) // never fails: crypto/rand ends the program instead
	}
	return t
}

// Keep has the browser keep it.
func (t Telephone) Keep(r *Request) {
	r.SetCookie(PhoneCookie, base64.RawURLEncoding.EncodeToString(t.key[:])+"."+strconv.Itoa(t.Hands), TelephoneLife)
}

// Hand is the code of the turn for which the hand was raised last at a dialogue.
func (t Telephone) Hand(d doithoai.Dialogue) doithoai.ReceiptCode {
	purpose := "luot " + strconv.Itoa(t.Hands) + " " + string(d.ID)
	sum := sha256.Sum256(append([]byte("doithoai telephone v1\n"+purpose+"\n"), t.key[:]...))
	return doithoai.NewReceiptCode(doithoai.IntakeKey(sum[:16]))
}

// Survey is the key by which it speaks in a survey.
func (t Telephone) Survey(s doithoai.Survey) doithoai.SurveyKey {
	return doithoai.SurveyKeyOf(t.key, s)
}
