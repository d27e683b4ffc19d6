// Package filetest writes files for tests as programs of Windows and mail programs do. Its table of cases is the one
// that all checkers of receipts are tried with: the command, the page without script, and the script (e2e/stories).
package filetest

import (
	_ "embed"
	"encoding/json"
	"strings"
	"unicode/utf16"
)

// A Case is one way in which a file of JSON comes back.
type Case struct {
	Name     string `json:"name"`
	Encoding string `json:"encoding"` // "utf-8", "utf-16le", "utf-16be"
	Mark     bool   `json:"mark"`     // with a byte-order mark
	CRLF     bool   `json:"crlf"`
	Curly    bool   `json:"curly"` // quotation marks around strings are curly
	NoBreak  bool   `json:"no_break"`
	Cut      bool   `json:"cut"` // half of it is gone
	Readable bool   `json:"readable"`
}

//go:embed cases.json
var cases []byte

// Cases are all cases of the table.
func Cases() (all []Case, err error) {
	return all, json.Unmarshal(cases, &all)
}

// Write returns JSON as the case has it.
func (c Case) Write(b []byte) []byte {
	s := string(b)
	if c.Cut {
		s = s[:len(s)/2]
	}
	if c.Curly {
		parts := strings.Split(s, `"`)
		s = parts[0]
		for i, part := range parts[1:] {
			s += string([]rune("“”")[i%2]) + part
		}
	}
	if c.NoBreak {
		s = strings.ReplaceAll(s, ": ", ":\u00a0")
		s = strings.ReplaceAll(s, "\n  ", "\n\u00a0 ")
	}
	if c.CRLF {
		s = strings.ReplaceAll(s, "\n", "\r\n")
	}
	if c.Mark {
		s = "\uFEFF" + s
	}
	if c.Encoding == "utf-8" {
		return []byte(s)
	}
	var wide []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if c.Encoding == "utf-16be" {
			u = u>>8 | u<<8
		}
		wide = append(wide, byte(u), byte(u>>8))
	}
	return wide
}
