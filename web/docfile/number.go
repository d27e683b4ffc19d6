package docfile

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/doc"
	"doithoai/doc/form"
	"doithoai/web"
	"doithoai/web/ui"
)

// NumberAt is where the number of a paper is posted, below the paper's page.
const NumberAt = "/so"

// numbered is what the address says after a number was saved.
const numbered = "so"

// Numbers reads the number that a paper has in the register: the store's PaperNumber.
type Numbers func(context.Context, doithoai.Actor, doithoai.Document) (doithoai.PaperNumber, error)

// Gives gives a paper its number: the store's NumberDocument.
type Gives func(context.Context, doithoai.Actor, int, doithoai.Document) (doithoai.Document, error)

// Number is the number and day of a paper on the page on which it is worked with, and the form that gives them.
type Number struct {
	*web.Reader
	doithoai.PaperNumber
	At       string // address of the paper's page
	Post     string // where the form posts; "": below the page
	There    bool   // there is such a paper
	Next     bool   // it is shown as the paper that is to take the place of the one with the number, to be signed
	Problems web.Problems
	Refusal  string
	form     numberForm
	done     bool
}

type numberForm struct {
	Version int    `form:"phien-ban-so"`
	Number  string `form:"so-van-ban" line:"true"`
	Dated   string `form:"ngay-van-ban" line:"true" day:"true"`
}

// NumberOf reads the number of a paper whose page is at an address.
func NumberOf(r *web.Request, of Numbers, at string, paper doithoai.Document) (n Number, err error) {
	n = Number{Reader: r.Reader, At: at, There: true, done: r.URL.Query().Get("xong") == numbered}
	n.PaperNumber, err = of(r.Context(), r.Actor(), paper)
	n.form = numberForm{Version: n.Version, Number: n.PaperNumber.Number, Dated: r.Date(r.Today())}
	if n.PaperNumber.Number != "" {
		n.form.Dated = r.Date(n.Dated)
	}
	n.Next = r.URL.Query().Has(nextQuery) && n.replaceable()
	return n, err
}

// nextQuery asks at the address of a paper for the one that is to take its place.
const nextQuery = "thay-the"

// NextAt is where the paper is that is to take the place of one at an address, or its file without ending.
func NextAt(at string) string {
	path, query, _ := strings.Cut(at, "?")
	if query != "" {
		query += "&"
	}
	return path + "?" + query + nextQuery + "=co"
}

// replaceable reports whether the officer may put another paper in the place of this one.
func (n Number) replaceable() bool {
	return n.PaperNumber.Number != "" && n.Kind.Replaceable() &&
		doithoai.MayEver(n.Actor(), doithoai.ActReplaceDocument)
}

// File is where the paper's file is as the page shows it; at is its address without ending.
func (n Number) File(at string) string {
	if n.Next {
		return NextAt(at)
	}
	return at
}

// Printed is what stands as number and day on the paper that the page shows: nothing on one that is still to be signed.
func (n Number) Printed() doithoai.Document {
	if n.Next {
		return doithoai.Document{}
	}
	return n.Document
}

// Replacing are the papers that the page shows, which say what they replace if they do: the paper that has the number
// while they wait for their own, afterwards the one in whose place theirs stands.
func (n Number) Replacing(papers ...doc.Doc) []doc.Doc {
	old, ok := n.Replaced()
	if n.Next {
		old, ok = n.Document, true
	}
	list := slices.Clone(papers)
	for i := range list {
		if ok {
			list[i] = form.Replacing(list[i], old)
		}
	}
	return list
}

// Give answers the form: it leads back to the page, or shows it again with what is to be mended.
func (n Number) Give(r *web.Request, give Gives, again func(Number) templ.Component) error {
	if !n.There {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	n.form = numberForm{}
	if err := r.Form(&n.form); err != nil {
		return err
	}
	d := n.Document
	d.Number, d.Dated = n.form.Number, web.TypedDate(n.form.Dated)
	if n.form.Dated != "" && d.Dated.IsZero() && d.Number == "" { // not empty, but no day: nothing is taken back by that
		d.Number = n.form.Dated
	}
	_, err := give(r.Context(), r.Actor(), n.form.Version, d)
	if err == nil {
		to, query, _ := strings.Cut(n.At, "?")
		if query != "" {
			query += "&"
		}
		return r.Redirect(to + "?" + query + "xong=" + numbered + "#" + numberID)
	}
	if !web.Mendable(err) {
		return err
	}
	if n.Problems = r.Problems(err); !n.Problems.Any() {
		n.Refusal = web.RefusalWords(r.Reader, err)
	}
	n.form.Version = n.Version
	r.Private()
	return r.Page(web.StatusOf(err), again(n))
}

// Wrong reports whether the form came back.
func (n Number) Wrong() bool { return n.Problems.Any() || n.Refusal != "" }

// EndID is the part of a document's page in the register where it is withdrawn or replaced.
const EndID = "het-hieu-luc"

// ReplacePart is behind a document's address where another one takes its place.
const ReplacePart = "/thay-the"

// numberID is the part of a page that says which number a paper has.
const numberID = "so-ngay"

// may reports whether the officer may number the paper.
func (n Number) may() bool { return doithoai.MayEver(n.Actor(), doithoai.ActNumberDocument) }

// has says which number the paper has.
func (n Number) has() string {
	if n.PaperNumber.Number == "" {
		return n.T("documents.paper.none")
	}
	return n.T("documents.paper.has", "number", n.PaperNumber.Number, "date", n.DateIn(n.Dated))
}

// beforeWords say of a paper that had a number before that it was replaced or withdrawn.
func (n Number) beforeWords(d doithoai.Document) string {
	return n.T("documents.paper.before."+string(d.State), "number", d.Number, "date", n.DateIn(d.Ended))
}

// ends reports whether the officer may withdraw or replace the paper.
func (n Number) ends() bool {
	return n.PaperNumber.Number != "" && doithoai.MayEver(n.Actor(), doithoai.ActWithdrawDocument)
}

// doneWords say what became of it.
func (n Number) doneWords() string {
	if n.PaperNumber.Number == "" {
		return n.T("documents.paper.taken_back")
	}
	return n.T("documents.paper.done", "number", n.PaperNumber.Number, "date", n.DateIn(n.Dated))
}

// NumberField is a field of a form in which the number of a document is typed; where the system gives it, its symbol
// alone.
type NumberField struct {
	Name, Label, Hint, Value string
	Width                    int
	Symbol                   string // that such a document usually has
	Optional                 bool   // the form can do without a number: no symbol stands in it unasked
}

// Input is the field as the documents of the day get their numbers.
func (f NumberField) Input(r *web.Reader, problems web.Problems, n doithoai.Numbering) ui.Input {
	if n.Here {
		f.Label, f.Hint, f.Width = r.T("documents.paper.symbol"), "", 20
		if next := n.Next[f.Symbol]; next != "" {
			f.Hint = r.T("documents.paper.next", "next", next)
		}
		if f.Value == "" && !f.Optional {
			f.Value = f.Symbol
		}
	}
	return ui.Input{
		Field: web.Field(r, problems, f.Name, f.Label, f.Hint), Value: f.Value, Autocomplete: "off", Width: f.Width,
	}
}
