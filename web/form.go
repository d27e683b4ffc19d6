package web

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/go-playground/form/v4"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// maxForm bounds a form's size in bytes: ten matters of the longest length, several times over, so that too long a text
// still comes back to who typed it.
const maxForm = 2 << 20

var decoder = sync.OnceValue(func() *form.Decoder {
	d := form.NewDecoder()
	d.SetTagName("form")
	return d
})

// Form reads a posted form into a struct with form tags. Every value is cleaned first: valid UTF-8, NFC, no control
// characters. Fields tagged `line:"true"` become one line; those tagged `day:"true"` are dates, which may be typed in
// brief ("29/10", "mai", "+5") and become whole ones ("29/10/2024"): what is no date stays, for the rule to refuse.
func (r *Request) Form(into any) error {
	r.Body = http.MaxBytesReader(r.W, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	return r.decode(into)
}

// unread words why a form can't be read.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &doithoai.Error{Kind: doithoai.Invalid, Key: "web.form.too_large", Cause: err}
	}
	return &doithoai.Error{Kind: doithoai.Invalid, Key: "web.form.malformed", Cause: err}
}

// Upload reads a posted form with one file, which is held in memory only. It returns nil for a form without a
// file. A file of more than max bytes is refused with Invalid, and so is a body that is no form.
func (r *Request) Upload(into any, field string, max int64) ([]byte, error) {
	r.Body = http.MaxBytesReader(r.W, r.Body, max+maxForm)
	if err := r.ParseMultipartForm(max + maxForm); err != nil {
		return nil, unread(err)
	}
	if err := r.decode(into); err != nil {
		return nil, err
	}
	f, head, err := r.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) {
		return nil, nil
	}
	if err != nil {
		return nil, unread(err)
	}
	if head.Size > max {
		return nil, errors.Join(doithoai.Refuse(doithoai.Invalid, "web.form.too_large"), f.Close())
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

// decode cleans what was posted and fills the struct.
func (r *Request) decode(into any) error {
	lines, days := taggedFields(into, "line"), taggedFields(into, "day")
	for name, values := range r.PostForm {
		for i, v := range values {
			if lines[name] {
				values[i] = text.CleanLine(v)
			} else {
				values[i] = strings.TrimSpace(text.Clean(v))
			}
			if days[name] {
				values[i] = r.WholeDate(values[i])
			}
		}
	}
	if err := decoder().Decode(into, r.PostForm); err != nil {
		return &doithoai.Error{Kind: doithoai.Invalid, Key: "web.form.malformed", Cause: err}
	}
	return nil
}

// WholeDate is a date that may have been typed in brief, day, month and year; what is no date as it was typed.
func (r *Reader) WholeDate(typed string) string {
	d, err := calendar.ReadDate(typed, r.Today())
	if err != nil {
		return typed
	}
	return r.Date(d)
}

// taggedFields are the names of the form's fields with a tag, those of embedded structs among them.
func taggedFields(into any, tag string) map[string]bool {
	tagged := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(into).Elem()) {
		if f.Tag.Get(tag) == "true" {
			tagged[f.Tag.Get("form")] = true
		}
	}
	return tagged
}

// Problems are the problems of a form by field, with their sentences in the reader's language.
type Problems struct {
	list []Problem
}

// Problem is one sentence about one field.
type Problem struct{ Field, Text string }

// Problems turns the problems of an error into sentences; none where the error carries none.
func (r *Reader) Problems(err error) Problems {
	var p Problems
	for _, problem := range doithoai.ProblemsOf(err) {
		p.list = append(p.list, Problem{problem.Field, r.T(problem.Key, problem.Args...)})
	}
	return p
}

// All lists the problems in the order of the form.
func (p Problems) All() []Problem { return p.list }

// Any reports whether there is a problem.
func (p Problems) Any() bool { return len(p.list) > 0 }

// Of is the first sentence about a field, "" where it has none.
func (p Problems) Of(field string) string {
	for _, q := range p.list {
		if q.Field == field {
			return q.Text
		}
	}
	return ""
}
