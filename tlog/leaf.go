package tlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// SaltSize is the number of bytes of a salt.
const SaltSize = 16

// Salt hides one committed field. In JSON it is standard base64.
type Salt [SaltSize]byte

// Salts are the salts of the three fields of one leaf. Each is random and used
// once: a salt used for two leaves would show that their fields are equal.
type Salts struct {
	Act     Salt `json:"act"`
	Number  Salt `json:"number"`
	Content Salt `json:"content"`
}

// NewSalts draws three salts from rand, which is crypto/rand.Reader except in tests.
func NewSalts(rand io.Reader) (Salts, error) {
	var b [3 * SaltSize]byte
	if _, err := io.ReadFull(rand, b[:]); err != nil {
		return Salts{}, fmt.Errorf("tlog: draw salts: %w", err)
	}
	return ParseSalts(b[:])
}

// Bytes is the form in which salts are stored: act, number, content, 48 bytes.
func (s Salts) Bytes() []byte {
	return bytes.Join([][]byte{s.Act[:], s.Number[:], s.Content[:]}, nil)
}

// ParseSalts is the inverse of [Salts.Bytes].
func ParseSalts(b []byte) (Salts, error) {
	if len(b) != 3*SaltSize {
		return Salts{}, fmt.Errorf("tlog: salts have %d bytes, not %d", len(b), 3*SaltSize)
	}
	return Salts{
		Act:     Salt(b[:SaltSize]),
		Number:  Salt(b[SaltSize : 2*SaltSize]),
		Content: Salt(b[2*SaltSize:]),
	}, nil
}

// MarshalText writes the salt in standard base64.
func (s Salt) MarshalText() ([]byte, error) {
	return base64.StdEncoding.AppendEncode(nil, s[:]), nil
}

// UnmarshalText reads what MarshalText writes and nothing else.
func (s *Salt) UnmarshalText(text []byte) error {
	b, err := decodeBase64(text)
	if err != nil {
		return err
	}
	if len(b) != SaltSize {
		return fmt.Errorf("tlog: salt has %d bytes, not %d", len(b), SaltSize)
	}
	*s = Salt(b)
	return nil
}

// Opening is what the holder of a receipt can disclose: the fields to which a
// leaf commits, and their salts.
type Opening struct {
	Act     string `json:"act"`
	Number  string `json:"number"`
	Content string `json:"content"`
	Salts   Salts  `json:"salts"`
}

// Field names one of the three committed fields.
type Field string

// The committed fields, in the order in which they stand in a leaf.
const (
	FieldAct     Field = "act"
	FieldNumber  Field = "number"
	FieldContent Field = "content"
)

// fields lists name, value and salt of each committed field.
func (o *Opening) fields() [3]struct {
	name  Field
	value string
	salt  Salt
} {
	return [3]struct {
		name  Field
		value string
		salt  Salt
	}{
		{FieldAct, o.Act, o.Salts.Act},
		{FieldNumber, o.Number, o.Salts.Number},
		{FieldContent, o.Content, o.Salts.Content},
	}
}

// Commit is the commitment to one field: SHA-256(salt ‖ field).
func Commit(salt Salt, field string) Hash {
	h := sha256.New()
	h.Write(salt[:])
	io.WriteString(h, field)
	return Hash(h.Sum(nil))
}

// Leaf is one line of the record. Its bytes are this text, each line ending in
// U+000A, with the three commitments in standard base64:
//
//	doithoai leaf 1
//	authority xa-nghia-dung
//	time 2026-10-25T02:42Z
//	act 6Sv7XChO52Cu0JhDNH8+5y4fetpFQ1vwRjIS1PmnZMM=
//	number fY2Ngr022TgFzFhaymvexxQu6ME+o5EAc6GB8msZNVk=
//	content xkP+VHfs4dErse2VZcXGDCwG53fx6AZHQbl9ehdKZMg=
//
// The 1 is the version of this form. The time is UTC to the minute. No field
// has a variable length but the authority.
type Leaf struct {
	Authority string    // slug, see [ValidAuthority]
	Time      time.Time // UTC, whole minutes
	Act       Hash      // commitment to the act's name
	Number    Hash      // commitment to the register number
	Content   Hash      // commitment to the content
}

const (
	leafForm = "doithoai leaf 1\nauthority %s\ntime %s\nact %s\nnumber %s\ncontent %s\n"
	leafTime = "2006-01-02T15:04Z"
)

// maxAuthority is the greatest length of an authority's slug, in bytes.
const maxAuthority = 64

// ValidAuthority reports whether s can name an authority in a leaf: 1 to 64
// letters a–z, digits and hyphens. The slug must never change, for leaves can't.
func ValidAuthority(s string) bool {
	outside := func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < '0' || '9' < r) && r != '-'
	}
	return s != "" && len(s) <= maxAuthority && strings.IndexFunc(s, outside) < 0
}

// NewLeaf commits to an opening. It fails when the authority is not a valid
// slug, when the year has not four digits, when a field is not UTF-8 (a receipt
// could not carry it), and when a salt is zero (it was never drawn, and the
// field could be guessed).
func NewLeaf(authority string, at time.Time, o Opening) (Leaf, error) {
	l := Leaf{
		Authority: authority,
		Time:      at.UTC().Truncate(time.Minute),
		Act:       Commit(o.Salts.Act, o.Act),
		Number:    Commit(o.Salts.Number, o.Number),
		Content:   Commit(o.Salts.Content, o.Content),
	}
	if err := l.check(); err != nil {
		return Leaf{}, err
	}
	for _, f := range o.fields() {
		if f.salt == (Salt{}) {
			return Leaf{}, fmt.Errorf("tlog: the salt of %s is zero", f.name)
		}
		if !utf8.ValidString(f.value) {
			return Leaf{}, fmt.Errorf("tlog: %s is not UTF-8", f.name)
		}
	}
	return l, nil
}

// check returns what keeps l from having canonical bytes.
func (l *Leaf) check() error {
	if !ValidAuthority(l.Authority) {
		return fmt.Errorf("tlog: authority %q is not a slug of a–z, 0–9 and hyphens", l.Authority)
	}
	if y := l.Time.Year(); y < 0 || y > 9999 {
		return fmt.Errorf("tlog: year %d has not four digits", y)
	}
	return nil
}

// Bytes is the canonical form of the leaf, see [Leaf]; it is what is hashed,
// stored and served.
func (l Leaf) Bytes() []byte {
	return fmt.Appendf(nil, leafForm, l.Authority, l.Time.UTC().Format(leafTime), l.Act, l.Number, l.Content)
}

// Hash is the leaf's hash in the tree.
func (l Leaf) Hash() Hash { return LeafHash(l.Bytes()) }

// ParseLeaf reads what [Leaf.Bytes] writes, byte for byte, and nothing else.
func ParseLeaf(b []byte) (Leaf, error) {
	names := [...]string{"doithoai leaf 1", "authority ", "time ", "act ", "number ", "content ", ""}
	lines := strings.Split(string(b[:min(len(b), 1024)]), "\n")
	if len(lines) != len(names) {
		return Leaf{}, errors.New("tlog: a leaf has six lines")
	}
	for i, name := range names {
		rest, ok := strings.CutPrefix(lines[i], name)
		if !ok {
			return Leaf{}, fmt.Errorf("tlog: line %d of a leaf begins with %q", i+1, name)
		}
		lines[i] = rest
	}
	at, err := time.Parse(leafTime, lines[2])
	if err != nil {
		return Leaf{}, fmt.Errorf("tlog: time of leaf: %w", err)
	}
	l := Leaf{Authority: lines[1], Time: at}
	for i, into := range []*Hash{&l.Act, &l.Number, &l.Content} {
		if *into, err = merkle.ParseHash(lines[3+i]); err != nil {
			return Leaf{}, fmt.Errorf("tlog: commitment %q of leaf: %w", lines[3+i], err)
		}
	}
	if err := l.check(); err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(l.Bytes(), b) {
		return Leaf{}, errors.New("tlog: leaf is not in canonical form")
	}
	return l, nil
}

// MismatchError says which fields of an opening a leaf does not commit to.
type MismatchError struct{ Fields []Field }

func (e *MismatchError) Error() string {
	names := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		names[i] = string(f)
	}
	return "tlog: not what the leaf commits to: " + strings.Join(names, ", ")
}

// Opens compares an opening with the leaf's commitments. The error is a
// [*MismatchError] which names every field that differs; a wrong salt and a
// wrong field can't be told apart.
func (l Leaf) Opens(o Opening) error {
	var differ []Field
	committed := [...]Hash{l.Act, l.Number, l.Content}
	for i, f := range o.fields() {
		if Commit(f.salt, f.value) != committed[i] {
			differ = append(differ, f.name)
		}
	}
	if differ != nil {
		return &MismatchError{differ}
	}
	return nil
}

// decodeBase64 decodes canonical standard base64: padded, no line breaks, no
// bits left over, so that no two texts stand for the same bytes.
func decodeBase64(text []byte) ([]byte, error) {
	if bytes.ContainsAny(text, "\r\n") {
		return nil, errors.New("tlog: base64 with a line break")
	}
	b, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return nil, fmt.Errorf("tlog: %w", err)
	}
	return b, nil
}
