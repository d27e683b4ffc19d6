package arch

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// longest is how many characters a line of source has at most; a tab counts as one.
const longest = 120

// data lists the files whose lines are data, and may be as long as they are.
var data = []string{
	"cmd/doithoai/demo/tales.go",
}

// Lines that people write fit a screen beside another window, and a review.
func TestLinesAreShort(t *testing.T) {
	files := sources(t, ".go", ".templ")
	for _, file := range data {
		if !slices.Contains(files, file) {
			t.Errorf("%s stands in the list of data and is not there", file)
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_templ.go") { // generated
			continue
		}
		source, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		long := longLines(source)
		if slices.Contains(data, file) {
			if len(long) == 0 {
				t.Errorf("%s stands in the list of data and has no long line", file)
			}
			continue
		}
		for _, l := range long {
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
		if n := utf8.RuneCount(bytes.TrimRight(line, "\r\n")); n > longest {
			long = append(long, longLine{number, n})
		}
	}
	return long
}

// A line is measured in characters, without its end.
func TestLongLines(t *testing.T) {
	fits := strings.Repeat("ộ", longest-1) + "\t"
	source := strings.Join([]string{fits, fits + "x", "", fits + "\r", fits + "ộ"}, "\n")
	want := []longLine{{2, longest + 1}, {5, longest + 1}}
	if got := longLines([]byte(source)); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}
