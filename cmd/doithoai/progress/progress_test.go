package progress

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/schollz/progressbar/v3"
)

// TestQuiet: what isn't a terminal gets nothing at all.
func TestQuiet(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // its bytes are read below
	for _, b := range []*Bar{New(f, "rows", "rows", 10), Bytes(f, "bytes", -1)} {
		b.Add(10)
		if n, err := b.Write([]byte("abc")); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		b.Done()
	}
	if shown, err := os.ReadFile(f.Name()); err != nil || len(shown) > 0 {
		t.Fatalf("%q %v", shown, err)
	}
}

// TestShown: a terminal shows what is done, how far it is, and of how much.
func TestShown(t *testing.T) {
	var out bytes.Buffer
	b := begin(&out, "Copying", 200, progressbar.OptionShowCount())
	b.Add(200)
	b.Done()
	if shown := out.String(); !strings.Contains(shown, "Copying") || !strings.Contains(shown, "100%") ||
		!strings.Contains(shown, "200/200") ||
		!strings.HasSuffix(shown, "\n") {
		t.Fatalf("%q", shown)
	}
}
