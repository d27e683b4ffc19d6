package docfile

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan/reading"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// A paper goes out to Word as its draft stands, and comes back.
const (
	BackAt    = "/ban-word" // below the address of the page on which it is written
	BackPart  = "#soan-trong-word"
	BackField = "ban-word" // the file
)

// Back is the form by which a paper's draft goes out to Word and comes back.
type Back struct {
	*web.Reader
	Problems web.Problems
	At       string // the address of its page
	File     string // the address of its Word file
	Version  int    // of what is written, as it was shown
}

// Lines reads the file that the form was posted with, and what else is in it: the paragraphs of the file, also those in
// cells of its tables. One that lacks a name which the paper of these passages has, in whatever spelling, is refused at
// the form: it is another paper, or that of something else.
func Lines(r *web.Request, into any, passages []doc.Passage, names ...string) (lines []string, err error) {
	file, err := r.Upload(into, BackField, reading.MaxFile)
	if err != nil {
		return nil, err
	}
	if len(file) == 0 {
		return nil, doithoai.RefuseForm([]doithoai.Problem{{Field: BackField, Key: "web.word.problem.none"}})
	}
	paragraphs, err := reading.Paragraphs(file)
	if list := slices.Clone(doithoai.ProblemsOf(err)); len(list) > 0 {
		for i := range list {
			list[i].Field = BackField
		}
		return nil, doithoai.RefuseForm(list)
	}
	if err != nil {
		return nil, err
	}
	for _, p := range paragraphs {
		if p.Cells == nil {
			lines = append(lines, p.Text)
		}
		lines = append(lines, p.Cells...)
	}
	says := text.Fold(strings.Join(lines, " "))
	for _, name := range names {
		folded := text.Fold(name)
		has := func(p doc.Passage) bool { return strings.Contains(text.Fold(p.Text), folded) }
		stands := func(s string) bool { return text.Fold(strings.Join(strings.Fields(s), " ")) == folded }
		there := strings.Contains(says, folded)
		if slices.ContainsFunc(passages, func(p doc.Passage) bool { return stands(p.Text) }) { // a line of its own
			there = slices.ContainsFunc(lines, stands)
		}
		if slices.ContainsFunc(passages, has) && !there {
			return nil, doithoai.RefuseForm([]doithoai.Problem{
				{Field: BackField, Key: "web.word.problem.other", Args: []any{"name", name}},
			})
		}
	}
	return lines, nil
}

// Edited is where a file differs from a draft, before it becomes the draft: nothing is kept until somebody says so.
type Edited struct {
	*web.Reader
	Problems web.Problems
	Title    string
	Section  string // of the site
	Back     ui.BackLink
	Taken    []doc.Change // what the draft becomes
	Left     []doc.Change // what the paper has from elsewhere
	Named    func(field string) string
	Action   string // where the draft is kept
	Fields   map[string][]string
	Reason   func(web.Problems) ui.Input // asked for where the draft is kept; nil: none
}

// Show answers with the page.
func (e Edited) Show(r *web.Request, status int) error {
	r.Private()
	return r.Page(status, e.view())
}

// named is what a field of a paper is called.
func (e Edited) named(field string) string {
	switch field {
	case doc.FieldNumber, doc.FieldDate:
		return e.T("web.word.number")
	case doc.FieldAbstract, doc.FieldTo:
		return e.T("web.word.addressed")
	case doc.FieldSigner:
		return e.T("web.word.signer")
	case doc.FieldRecipients:
		return e.T("web.word.recipients")
	case "":
		return e.T("web.word.fixed")
	}
	return e.Named(field)
}

// ChangedLines are the lines that are gone and those that came, each in its order.
func ChangedLines(was, is []string) (gone, came []string) {
	gone = slices.Clone(was)
	for _, l := range is {
		if i := slices.Index(gone, l); i >= 0 {
			gone = slices.Delete(gone, i, i+1)
		} else {
			came = append(came, l)
		}
	}
	return gone, came
}
