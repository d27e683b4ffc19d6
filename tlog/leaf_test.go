package tlog

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares got with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now\n%s\nwant\n%s", name, got, want)
	}
}

func TestLeafGolden(t *testing.T) {
	golden(t, "leaf.txt", newLeaf(t, testOpening(t, 1)).Bytes())
}

func TestLeafRoundTrip(t *testing.T) {
	leaf := newLeaf(t, testOpening(t, 1))
	got, err := ParseLeaf(leaf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got != leaf {
		t.Errorf("parsed %+v, want %+v", got, leaf)
	}
	if want := testTime.Truncate(time.Minute); !got.Time.Equal(want) {
		t.Errorf("time %v, want %v", got.Time, want)
	}
	if leaf.Hash() != LeafHash(leaf.Bytes()) {
		t.Error("Hash is not that of the bytes")
	}
}

// The time zone in which the caller happens to count makes no other leaf.
func TestLeafTimeZone(t *testing.T) {
	o := testOpening(t, 1)
	there, err := NewLeaf("xa-nghia-dung", testTime.In(time.FixedZone("+07", 7*3600)), o)
	if err != nil {
		t.Fatal(err)
	}
	if here := newLeaf(t, o); !bytes.Equal(there.Bytes(), here.Bytes()) {
		t.Errorf("%s\n%s", there.Bytes(), here.Bytes())
	}
}

// A denunciation can't be told from its leaf by its length.
func TestLeavesOfOneAuthorityHaveOneLength(t *testing.T) {
	want := len(newLeaf(t, testOpening(t, 1)).Bytes())
	for _, o := range []Opening{
		{Act: "", Number: "", Content: "", Salts: testSalts(t, 2)},
		{Act: "ReceiveDenunciation", Number: "TC-26-12345678",
			Content: strings.Repeat("tố cáo ", 10_000), Salts: testSalts(t, 3)},
	} {
		if got := len(newLeaf(t, o).Bytes()); got != want {
			t.Errorf("leaf of %q has %d bytes, others %d", o.Act, got, want)
		}
	}
}

func TestNewLeafRefuses(t *testing.T) {
	good := testOpening(t, 1)
	with := func(change func(*Opening)) Opening {
		o := good
		change(&o)
		return o
	}
	for _, c := range []struct {
		name      string
		authority string
		at        time.Time
		opening   Opening
		want      string
	}{
		{"no authority", "", testTime, good, "slug"},
		{"line break in authority", "xa\ntime", testTime, good, "slug"},
		{"capitals in authority", "Xa", testTime, good, "slug"},
		{"long authority", strings.Repeat("x", 65), testTime, good, "slug"},
		{"year 10000", "xa", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), good, "year"},
		{"act not UTF-8", "xa", testTime, with(func(o *Opening) { o.Act = "\xff" }), "act is not UTF-8"},
		{"number not UTF-8", "xa", testTime, with(func(o *Opening) { o.Number = "\xff" }), "number is not UTF-8"},
		{"content not UTF-8", "xa", testTime, with(func(o *Opening) { o.Content = "\xff" }), "content is not UTF-8"},
		{"no salt for act", "xa", testTime, with(func(o *Opening) { o.Salts.Act = Salt{} }), "salt of act"},
		{"no salt for number", "xa", testTime, with(func(o *Opening) { o.Salts.Number = Salt{} }), "salt of number"},
		{"no salt for content", "xa", testTime, with(func(o *Opening) { o.Salts.Content = Salt{} }), "salt of content"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewLeaf(c.authority, c.at, c.opening)
			mustFail(t, err, c.want)
		})
	}
}

func TestParseLeafRefuses(t *testing.T) {
	good := string(newLeaf(t, testOpening(t, 1)).Bytes())
	for _, c := range []struct{ name, old, new string }{
		{"version 2", "leaf 1", "leaf 2"},
		{"no last line end", "=\n", "="},
		{"line too many", "authority", "x y\nauthority"},
		{"carriage return", "\n", "\r\n"},
		{"authority with space", "xa-nghia-dung", "xa nghia"},
		{"seconds", "02:42Z", "02:42:00Z"},
		{"other zone", "02:42Z", "02:42+07:00"},
		{"no such day", "10-25", "02-30"},
		{"short commitment", "act ", "act AAAA"},
		{"space after colon", "number ", "number  "},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(good, c.old, c.new, 1)
			if c.name == "no last line end" {
				bad = strings.TrimSuffix(good, "\n")
			}
			if bad == good {
				t.Fatal("the case changes nothing")
			}
			if l, err := ParseLeaf([]byte(bad)); err == nil {
				t.Errorf("accepted %+v", l)
			}
		})
	}
	if _, err := ParseLeaf([]byte(good + strings.Repeat("x", 1<<20))); err == nil {
		t.Error("accepted a megabyte after the leaf")
	}
}

func TestOpensNamesWhatDiffers(t *testing.T) {
	good := testOpening(t, 1)
	leaf := newLeaf(t, good)
	for _, c := range []struct {
		name   string
		change func(*Opening)
		want   []Field
	}{
		{"nothing", func(*Opening) {}, nil},
		{"act", func(o *Opening) { o.Act = "ReceivePetition" }, []Field{FieldAct}},
		{"number", func(o *Opening) { o.Number = "ND-26-0418" }, []Field{FieldNumber}},
		{"content", func(o *Opening) { o.Content += " " }, []Field{FieldContent}},
		{"salt of act", func(o *Opening) { o.Salts.Act[0] ^= 1 }, []Field{FieldAct}},
		{"salt of number", func(o *Opening) { o.Salts.Number[15] ^= 1 }, []Field{FieldNumber}},
		{"salt of content", func(o *Opening) { o.Salts.Content[7] ^= 128 }, []Field{FieldContent}},
		{"act and content", func(o *Opening) { o.Act, o.Content = o.Content, o.Act }, []Field{FieldAct, FieldContent}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := good
			c.change(&o)
			err := leaf.Opens(o)
			var mismatch *MismatchError
			switch {
			case c.want == nil:
				if err != nil {
					t.Error(err)
				}
			case !errors.As(err, &mismatch):
				t.Errorf("error is %v", err)
			case !slices.Equal(mismatch.Fields, c.want):
				t.Errorf("differ %v, want %v", mismatch.Fields, c.want)
			}
		})
	}
}

func TestSalts(t *testing.T) {
	s := testSalts(t, 1)
	if s.Act == s.Number || s.Number == s.Content || s.Content == s.Act {
		t.Errorf("salts repeat: %x", s.Bytes())
	}
	back, err := ParseSalts(s.Bytes())
	if err != nil || back != s {
		t.Errorf("%x, %v; want %x", back.Bytes(), err, s.Bytes())
	}
	_, err = ParseSalts(s.Bytes()[1:])
	mustFail(t, err, "47 bytes")
	_, err = NewSalts(bytes.NewReader(make([]byte, 47)))
	mustFail(t, err, "draw salts")
}

func FuzzParseLeaf(f *testing.F) {
	good := newLeaf(f, testOpening(f, 1)).Bytes()
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add(append(good, '\n'))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ParseLeaf(b)
		if err != nil {
			return
		}
		if !bytes.Equal(l.Bytes(), b) {
			t.Errorf("%q is read as %q", b, l.Bytes())
		}
	})
}
