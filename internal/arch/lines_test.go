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

// tagged is a field with its tag, which Go lets nobody break: the help of a command's flag stands there.
var tagged = regexp.MustCompile("^\t+[^`\"]+ `[a-z-]+:\"[^`]*\"`$")

// Lines that people write fit a screen beside another window, and a review.
func TestLinesAreShort(t *testing.T) {
	files := sources(t, ".go", ".templ")
	for _, file := range files {
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

// longLines returns the lines that are longer than allowed, numbered from 1, but for tags.
func longLines(source []byte) (long []longLine) {
	number := 0
	for line := range bytes.Lines(source) {
		number++
		line = bytes.TrimRight(line, "\r\n")
		if n := utf8.RuneCount(line); n > longest && !tagged.Match(line) {
			long = append(long, longLine{number, n})
		}
	}
	return long
}

// A line is measured in characters, without its end; a tag is as long as it is.
func TestLongLines(t *testing.T) {
	fits := strings.Repeat("ộ", longest-1) + "\t"
	tag := "\tData string `default:\"data\" help:\"" + fits + "\"`"
	call := "\tsay(`" + fits + "`)"
	source := strings.Join([]string{fits, fits + "x", "", fits + "\r", fits + "ộ", tag, call}, "\n")
	want := []longLine{{2, longest + 1}, {5, longest + 1}, {7, longest + len("\tsay(``)")}}
	if got := longLines([]byte(source)); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}
