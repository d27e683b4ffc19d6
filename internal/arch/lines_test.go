package arch

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// longest is how many characters a line of source has at most; a tab counts as one.
const longest = 120

// tag is a field's tag, with the help of an option: one literal, which reflect reads from one line only. It counts for
// nothing.
var tag = regexp.MustCompile("`[a-z]+:\".*\"`$")

// Lines that people write fit a screen beside another window, and a review.
func TestLinesAreShort(t *testing.T) {
	for _, file := range sources(t, ".go", ".templ") {
		if strings.HasSuffix(file, "_templ.go") { // generated
			continue
		}
		source, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range longLines(source) {
			t.Errorf("%s:%d has %d characters, more than %d", file, l.number, l.length, longest)
		}
	}
}

type longLine struct{ number, length int }

// longLines returns the lines that are longer than allowed, numbered from 1.
func longLines(source []byte) (long []longLine) {
	number := 0
	for line := range bytes.Lines(source) {
		number++
		line = tag.ReplaceAll(bytes.TrimRight(line, "\r\n"), nil)
		if n := utf8.RuneCount(line); n > longest {
			long = append(long, longLine{number, n})
		}
	}
	return long
}

// A line is measured in characters, without its end and without a field's tag.
func TestLongLines(t *testing.T) {
	fits := strings.Repeat("ộ", longest-1) + "\t"
	help := "`help:\"" + fits + "\"`"
	source := strings.Join([]string{
		fits, fits + "x", "", fits + "\r", fits + "ộ", "\tAddr string " + help, fits + "x " + help, "\tx := " + help + ",",
	}, "\n")
	want := []longLine{{2, longest + 1}, {5, longest + 1}, {7, longest + 2}, {8, longest + 16}}
	if got := longLines([]byte(source)); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}
