package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// format is the version of the file; a reader refuses others.
const format = 1

// MaxFile bounds a file, in bytes.
const MaxFile = 16 << 20

// file is the file that goes to the superior with a report: what it counts, and the figures as the report says them, so
// that whoever has the file can count again.
type file struct {
	Format  int            `json:"doithoai_report"`
	Result  Result         `json:"result"`
	Figures map[string]int `json:"figures"`
	// Signature is what [Sign] added; CheckSignature reads it from the bytes.
	Signature string `json:"signature,omitempty"`
}

// File is the file of a result: JSON, the same bytes for the same result.
func (r Result) File() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	err := e.Encode(file{Format: format, Result: r, Figures: r.figures()})
	return b.Bytes(), err
}

// figures are all figures by their keys.
func (r Result) figures() map[string]int {
	all := map[string]int{}
	for _, g := range r.Book.Groups() {
		for _, f := range g.Figures {
			all[f.Key] = f.Count
		}
	}
	return all
}

// Difference is a figure that a file says otherwise than its rows count.
type Difference struct {
	Key           string
	Says, Counted int
}

// Read reads the file of a report and counts again: diffs are the figures that it says otherwise than its rows, in the
// order of their keys. An error says that it is no such file.
func Read(b []byte) (r Result, diffs []Difference, err error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return r, nil, fmt.Errorf("no report file: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return r, nil, errors.New("no report file: something stands behind it")
	}
	if f.Format != format {
		return r, nil, fmt.Errorf("report file of format %d, not %d", f.Format, format)
	}
	counted := f.Result.figures()
	for key, n := range f.Figures {
		if counted[key] != n {
			diffs = append(diffs, Difference{key, n, counted[key]})
		}
	}
	for key, n := range counted {
		if _, said := f.Figures[key]; !said {
			diffs = append(diffs, Difference{key, 0, n})
		}
	}
	slices.SortFunc(diffs, func(a, b Difference) int { return strings.Compare(a.Key, b.Key) })
	return f.Result, diffs, nil
}
