package tlog

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	merkle "golang.org/x/mod/sumdb/tlog"
)

// Why a checkpoint is refused.
var (
	// ErrCheckpoint: the text is not a checkpoint.
	ErrCheckpoint = errors.New("tlog: malformed checkpoint")
	// ErrKey: none of the given keys of the checkpoint's origin signed it.
	ErrKey = errors.New("tlog: checkpoint not signed with a trusted key")
	// ErrSignature: a given key is said to have signed it, and did not.
	ErrSignature = errors.New("tlog: wrong signature on checkpoint")
)

// Checkpoint is a state of the record. Signed, it is a promise never to show
// anybody a record which does not begin with these Size leaves.
type Checkpoint struct {
	Origin string // name of the record, see [ValidOrigin]
	Size   int64  // number of leaves
	Root   Hash
}

// maxOrigin is the greatest length of an origin, in bytes.
const maxOrigin = 255

// ValidOrigin reports whether s can name a record and its key: 1 to 255 bytes
// of UTF-8 without spaces, control characters and plus signs
// (c2sp.org/signed-note). It should be the record's address without scheme
// and last slash, such as doithoai.example.vn/so-doi-chung.
func ValidOrigin(s string) bool {
	bad := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+' }
	return s != "" && len(s) <= maxOrigin && utf8.ValidString(s) && strings.IndexFunc(s, bad) < 0
}

// GenerateKey makes the Ed25519 key pair of the record named origin: skey, one
// line, to be kept secret (for note.NewSigner), and vkey, one line, to be made
// public ([ParseKey]). The seed is the next 32 bytes of rand.
func GenerateKey(rand io.Reader, origin string) (skey, vkey string, err error) {
	if !ValidOrigin(origin) {
		return "", "", fmt.Errorf("tlog: %q cannot be an origin", origin)
	}
	skey, vkey, err = note.GenerateKey(rand, origin)
	if err != nil {
		return "", "", fmt.Errorf("tlog: generate key: %w", err)
	}
	return skey, vkey, nil
}

// ParseKey reads a public key as [GenerateKey] makes it,
// <origin>+<hash>+<base64>, without spaces or line ends around it.
func ParseKey(vkey string) (note.Verifier, error) {
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, fmt.Errorf("tlog: key %.300q: %w", vkey, err)
	}
	if strings.IndexFunc(vkey, unicode.IsSpace) >= 0 || !ValidOrigin(v.Name()) {
		return nil, fmt.Errorf("tlog: key %.300q: not in canonical form", vkey)
	}
	return v, nil
}

// text is the signed text: origin, size and root, a line each.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// check returns what keeps c from being a checkpoint.
func (c Checkpoint) check() error {
	if !ValidOrigin(c.Origin) {
		return fmt.Errorf("%w: origin %q", ErrCheckpoint, c.Origin)
	}
	if c.Size < 0 || c.Size > MaxSize {
		return fmt.Errorf("%w: size %d", ErrCheckpoint, c.Size)
	}
	if c.Size == 0 && c.Root != emptyRoot {
		return fmt.Errorf("%w: root %s of an empty record", ErrCheckpoint, c.Root)
	}
	return nil
}

// Sign is the signed note of the checkpoint (c2sp.org/tlog-checkpoint). The
// signer's name must be the origin. Whoever calls it answers for never signing
// two states of which the smaller is not the beginning of the greater.
func (c Checkpoint) Sign(signer note.Signer) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if signer.Name() != c.Origin {
		return nil, fmt.Errorf("tlog: key %s cannot sign for %s", signer.Name(), c.Origin)
	}
	msg, err := note.Sign(&note.Note{Text: c.text()}, signer)
	if err != nil {
		return nil, fmt.Errorf("tlog: sign checkpoint %d: %w", c.Size, err)
	}
	return msg, nil
}

// OpenCheckpoint reads a signed checkpoint. At least one of keys must have its
// origin as name and have signed it; signatures of other keys, such as those of
// witnesses, are allowed and ignored. Extension lines, which this record never
// writes, are refused. The error is [ErrCheckpoint], [ErrKey] or [ErrSignature].
func OpenCheckpoint(msg []byte, keys ...note.Verifier) (Checkpoint, error) {
	n, err := note.Open(msg, note.VerifierList(keys...))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		n = unverified.Note
	case errors.As(err, &invalid):
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrSignature, err)
	case err != nil:
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c, err := parseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	for _, sig := range n.Sigs {
		if sig.Name != c.Origin {
			continue
		}
		if _, err := decodeBase64([]byte(sig.Base64)); err != nil {
			return Checkpoint{}, fmt.Errorf("%w: %w", ErrSignature, err)
		}
		return c, nil
	}
	return Checkpoint{}, fmt.Errorf("%w: %s", ErrKey, c.Origin)
}

// parseCheckpoint reads the signed text.
func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return Checkpoint{}, fmt.Errorf("%w: %d lines, not 3", ErrCheckpoint, len(lines)-1)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: size %q", ErrCheckpoint, lines[1])
	}
	root, err := merkle.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: root %q", ErrCheckpoint, lines[2])
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: root}
	if err := c.check(); err != nil {
		return Checkpoint{}, err
	}
	if c.text() != text {
		return Checkpoint{}, fmt.Errorf("%w: not in canonical form", ErrCheckpoint)
	}
	return c, nil
}

// Includes checks that proof leads from the hash of the leaf with the given
// index to the checkpoint's root.
func (c Checkpoint) Includes(index int64, leaf Hash, proof Proof) error {
	if c.Size > MaxSize {
		return fmt.Errorf("tlog: size %d", c.Size)
	}
	if err := merkle.CheckRecord(merkle.RecordProof(proof), c.Size, c.Root, index, leaf); err != nil {
		return fmt.Errorf("tlog: leaf %d in %d: %w", index, c.Size, err)
	}
	return nil
}
