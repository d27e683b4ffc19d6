package doithoai

import "unicode/utf8"

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

// join adds the problems of a part of the form.
func (ps *problems) join(part []Problem) { ps.list = append(ps.list, part...) }

// refuse returns the problems as a refusal of the form, nil where there is none.
func (ps *problems) refuse() error { return RefuseForm(ps.list) }
