package tlog

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func testVerifier(t testing.TB, vkey string) note.Verifier {
	t.Helper()
	v, err := ParseKey(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// signText signs any text, as only a broken log would.
func signText(t testing.TB, text string, signer note.Signer) string {
	t.Helper()
	msg, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(msg)
}

func TestCheckpointRoundTrip(t *testing.T) {
	signer, vkey := testKeys(t, testOrigin, 1)
	witness, witnessKey := testKeys(t, "witness.example.org", 2)
	for _, c := range []Checkpoint{
		{testOrigin, 0, emptyRoot},
		{testOrigin, 1, fakeHash(1)},
		{testOrigin, MaxSize, fakeHash(2)},
	} {
		msg, err := c.Sign(signer)
		if err != nil {
			t.Fatal(err)
		}
		got, err := OpenCheckpoint(msg, testVerifier(t, vkey))
		if err != nil || got != c {
			t.Errorf("%s is opened as %+v, %v", msg, got, err)
		}
		// A witness signs the same text; known or not, it changes nothing.
		text := strings.SplitAfter(signText(t, c.text(), witness), "\n\n")[1]
		for _, keys := range [][]note.Verifier{
			{testVerifier(t, vkey)},
			{testVerifier(t, witnessKey), testVerifier(t, vkey)},
		} {
			if got, err := OpenCheckpoint(append(bytes.Clone(msg), text...), keys...); err != nil || got != c {
				t.Errorf("with a witness: %+v, %v", got, err)
			}
		}
		// Witnesses alone are not the log.
		_, err = OpenCheckpoint([]byte(signText(t, c.text(), witness)), testVerifier(t, witnessKey))
		if !errors.Is(err, ErrKey) {
			t.Errorf("signed by a witness alone: %v", err)
		}
	}
}

func TestOpenCheckpointRefuses(t *testing.T) {
	signer, vkey := testKeys(t, testOrigin, 1)
	other, otherKey := testKeys(t, testOrigin, 2)
	root := fakeHash(7).String()
	good := signText(t, testOrigin+"\n12\n"+root+"\n", signer)
	if _, err := OpenCheckpoint([]byte(good), testVerifier(t, vkey)); err != nil {
		t.Fatal(err)
	}
	signed := func(text string) string { return signText(t, text, signer) }
	for _, c := range []struct {
		name, msg string
		want      error
	}{
		{"empty", "", ErrCheckpoint},
		{"not signed", testOrigin + "\n12\n" + root + "\n", ErrCheckpoint},
		{"other key", signText(t, testOrigin+"\n12\n"+root+"\n", other), ErrKey},
		{"size altered", strings.Replace(good, "\n12\n", "\n13\n", 1), ErrSignature},
		{"root altered", strings.Replace(good, root, fakeHash(8).String(), 1), ErrSignature},
		{"origin altered", strings.Replace(good, testOrigin, testOrigin+"x", 1), ErrSignature},
		{"signature's name altered", strings.Replace(good, "— "+testOrigin, "— "+testOrigin+"x", 1), ErrKey},
		{"other origin", signed("other.example.vn\n12\n" + root + "\n"), ErrKey},
		{"size with zero", signed(testOrigin + "\n012\n" + root + "\n"), ErrCheckpoint},
		{"size with sign", signed(testOrigin + "\n+12\n" + root + "\n"), ErrCheckpoint},
		{"negative size", signed(testOrigin + "\n-1\n" + root + "\n"), ErrCheckpoint},
		{"size beyond the bound", signed(testOrigin + "\n9007199254740993\n" + root + "\n"), ErrCheckpoint},
		{"size beyond 64 bits", signed(testOrigin + "\n92233720368547758080\n" + root + "\n"), ErrCheckpoint},
		{"empty with a root", signed(testOrigin + "\n0\n" + root + "\n"), ErrCheckpoint},
		{"short root", signed(testOrigin + "\n12\nAAAA\n"), ErrCheckpoint},
		{"root with left-over bits", signed(testOrigin + "\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n"),
			ErrCheckpoint},
		{"two lines", signed(testOrigin + "\n12\n"), ErrCheckpoint},
		{"extension line", signed(testOrigin + "\n12\n" + root + "\nextra\n"), ErrCheckpoint},
		{"no origin", signed("\n12\n" + root + "\n"), ErrCheckpoint},
		{"carriage returns", strings.ReplaceAll(good, "\n", "\r\n"), ErrCheckpoint},
		{"something after it", good + "x", ErrCheckpoint},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.msg == good {
				t.Fatal("the case changes nothing")
			}
			got, err := OpenCheckpoint([]byte(c.msg), testVerifier(t, vkey))
			if !errors.Is(err, c.want) {
				t.Errorf("opened as %+v, %v; want %v", got, err, c.want)
			}
		})
	}
	if _, err := OpenCheckpoint([]byte(good)); !errors.Is(err, ErrKey) {
		t.Errorf("without keys: %v", err)
	}
	if _, err := OpenCheckpoint([]byte(good), testVerifier(t, otherKey), testVerifier(t, vkey)); err != nil {
		t.Errorf("with two keys, one of them right: %v", err)
	}
}

func TestSignRefuses(t *testing.T) {
	signer, _ := testKeys(t, testOrigin, 1)
	for _, c := range []Checkpoint{
		{"other.example.vn", 1, fakeHash(1)},
		{"", 1, fakeHash(1)},
		{testOrigin + "\n", 1, fakeHash(1)},
		{testOrigin, -1, fakeHash(1)},
		{testOrigin, MaxSize + 1, fakeHash(1)},
		{testOrigin, 0, fakeHash(1)},
	} {
		if msg, err := c.Sign(signer); err == nil {
			t.Errorf("%+v is signed as %s", c, msg)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, origin := range []string{"", "a b", "a+b", "a\nb", "a\u00a0b", "a\x00b", "\xff", strings.Repeat("x", 256)} {
		if _, vkey, err := GenerateKey(bytes.NewReader(make([]byte, 32)), origin); err == nil {
			t.Errorf("origin %q gives key %q", origin, vkey)
		}
	}
	_, _, err := GenerateKey(bytes.NewReader(make([]byte, 31)), testOrigin)
	mustFail(t, err, "generate key")

	_, vkey := testKeys(t, testOrigin, 1)
	if v := testVerifier(t, vkey); v.Name() != testOrigin {
		t.Errorf("name %q", v.Name())
	}
	for _, bad := range []string{"", vkey + "\n", " " + vkey, vkey[:len(vkey)-1], "x" + vkey, strings.Repeat("+", 1<<20)} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("key %.80q is accepted", bad)
		} else if len(err.Error()) > 1000 {
			t.Errorf("error of %d bytes", len(err.Error()))
		}
	}
}

func FuzzCheckpoint(f *testing.F) {
	signer, vkey := testKeys(f, testOrigin, 1)
	verifier := testVerifier(f, vkey)
	f.Add(testOrigin + "\n12\n" + fakeHash(1).String() + "\n")
	f.Add(testOrigin + "\n0\n" + emptyRoot.String() + "\n")
	f.Add(testOrigin + "\n007\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		// As it comes: nothing unsigned is ever accepted.
		if c, err := OpenCheckpoint([]byte(text), verifier); err == nil && !strings.Contains(text, c.text()) {
			t.Errorf("%q is opened as %+v", text, c)
		}
		// Signed: whatever is accepted is in canonical form.
		msg, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			return
		}
		c, err := OpenCheckpoint(msg, verifier)
		if err != nil {
			return
		}
		if c.text() != text {
			t.Errorf("%q is opened as %+v", text, c)
		}
		if again, err := c.Sign(signer); err != nil || !bytes.Equal(again, msg) {
			t.Errorf("%q is signed again as %q, %v", msg, again, err)
		}
	})
}
