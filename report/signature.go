package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A file is signed as a signed note (C2SP) over its SHA-256, with the key that signs the commune's public record. The
// note is the file's last member: without that member, byte for byte, the file is the one that was hashed. The first
// line of what is signed is none of a checkpoint: a signature of the one never passes for the other.
const statement = "doithoai report v1\nsha256 "

// before and after stand around the note in a signed file.
const (
	before = ",\n \"signature\": "
	after  = "\n}\n"
)

// Why a file is not known to be a commune's.
var (
	ErrUnsigned = errors.New("the file is not signed")
	ErrOtherKey = errors.New("the file was signed with another key")
	ErrAltered  = errors.New("the file was altered after it was signed")
)

// Sign signs a file that [Result.File] wrote.
func Sign(file []byte, signer note.Signer) ([]byte, error) {
	rest, ok := bytes.CutSuffix(file, []byte(after))
	if !ok {
		return nil, errors.New("sign report file: it does not end as one")
	}
	signed, err := note.Sign(&note.Note{Text: stated(file)}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign report file: %w", err)
	}
	var quoted bytes.Buffer
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	if err := e.Encode(string(signed)); err != nil {
		return nil, fmt.Errorf("sign report file: %w", err)
	}
	return fmt.Appendf(nil, "%s%s%s%s", rest, before, bytes.TrimSpace(quoted.Bytes()), after), nil
}

// stated is what is signed of a file.
func stated(file []byte) string {
	sum := sha256.Sum256(file)
	return statement + hex.EncodeToString(sum[:]) + "\n"
}

// unsigned takes the signature out of a file: as it was hashed, and the note; ok is false where it has none.
func unsigned(file []byte) (bare []byte, signed string, ok bool) {
	rest, ok := bytes.CutSuffix(file, []byte(after))
	at := bytes.LastIndex(rest, []byte(before))
	if !ok || at < 0 || json.Unmarshal(rest[at+len(before):], &signed) != nil {
		return file, "", false
	}
	return fmt.Appendf(nil, "%s%s", rest[:at], after), signed, true
}

// Bare is a file without its signature: the one whose SHA-256 its paper names.
func Bare(file []byte) []byte {
	bare, _, _ := unsigned(file)
	return bare
}

// CheckSignature reports whether a file is as it was when the holder of a key signed it: ErrUnsigned, ErrOtherKey or
// ErrAltered where not. verifier is the public key, as the commune's record shows it.
func CheckSignature(file []byte, verifier string) error {
	bare, signed, ok := unsigned(file)
	if !ok {
		return ErrUnsigned
	}
	key, err := note.NewVerifier(strings.TrimSpace(verifier))
	if err != nil {
		return fmt.Errorf("public key: %w", err)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(key))
	var other *note.UnverifiedNoteError
	switch {
	case errors.As(err, &other):
		return ErrOtherKey
	case err != nil || n.Text != stated(bare):
		return ErrAltered
	}
	return nil
}

// Fingerprint is the SHA-256 of a public key, of its name too, in groups of four to be compared by telephone.
func Fingerprint(verifier string) (string, error) {
	verifier = strings.TrimSpace(verifier)
	if _, err := note.NewVerifier(verifier); err != nil {
		return "", fmt.Errorf("public key: %w", err)
	}
	sum := sha256.Sum256([]byte(verifier))
	all := hex.EncodeToString(sum[:16])
	var groups []string
	for i := 0; i < len(all); i += 4 {
		groups = append(groups, all[i:i+4])
	}
	return strings.Join(groups, " "), nil
}
