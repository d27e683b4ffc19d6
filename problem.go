package doithoai

import (
	"regexp"
	"unicode/utf8"
)

// A Problem is one reason why a form can't be accepted. Field is the name of the form's field, Key the message's key in
// the catalogues, Args its name–value pairs.
type Problem struct {
	Field string
	Key   string
	Args  []any
}

// problems collects what is wrong with a form, in the order of its fields. of is what the keys of its messages begin
// with.
type problems struct {
	of   string
	list []Problem
}

// add adds a problem at a field. args are the message's name–value pairs.
func (ps *problems) add(field, key string, args ...any) {
	ps.list = append(ps.list, Problem{field, ps.of + key, args})
}

// need adds a problem at a field where what it needs is not there.
func (ps *problems) need(there bool, field, key string) {
	if !there {
		ps.add(field, key)
	}
}

// long adds a problem at a field where its text has more than max characters, and reports whether it has.
func (ps *problems) long(field, s string, max int) bool {
	if utf8.RuneCountInString(s) <= max {
		return false
	}
	ps.list = append(ps.list, Problem{field, "error.problem.too_long", []any{"max", max}})
	return true
}

// text adds a problem at a field where its text is not there, or has more than max characters.
func (ps *problems) text(field, missing, s string, max int) {
	if s == "" {
		ps.add(field, missing)
	}
	ps.long(field, s, max)
}

// maxNumber bounds the number of a document, in characters.
const maxNumber = 40

// paperNumber is the number of a document as offices write it: digits, a letter or "bis" where one was put between, and
// the symbol: "214", "214a", "12bis/QĐ-UBND", "42/2013/QH13", "11-QĐ/TW" (NĐ 30/2020 Đ.15, Phụ lục I).
var paperNumber = regexp.MustCompile(`^0*[1-9]\d{0,5}(?:\pL|[bB]is)?(?:[/-][\pL\d]+(?:[.&–-][\pL\d]+)*)*$`)

// number adds a problem at a field where the number of a document is not there, or is none.
func (ps *problems) number(field, missing, s string) {
	switch {
	case s == "":
		ps.add(field, missing)
	case utf8.RuneCountInString(s) > maxNumber || !paperNumber.MatchString(s):
		ps.list = append(ps.list, Problem{field, "error.problem.paper_number", nil})
	}
}

// join adds the problems of a part of the form.
func (ps *problems) join(part []Problem) { ps.list = append(ps.list, part...) }

// refuse returns the problems as a refusal of the form, nil where there is none.
func (ps *problems) refuse() error { return RefuseForm(ps.list) }

// NumberProblems are the problems of the number of a document typed in a field; missing is the key of the sentence
// where there is none.
func NumberProblems(field, missing, number string) []Problem {
	var ps problems
	ps.number(field, missing, number)
	return ps.list
}
