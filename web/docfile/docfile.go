// Package docfile sends official documents from the pages on which the work is done: as a Word file, or as one PDF.
package docfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/doc/form"
	"doithoai/doc/template"
	"doithoai/web"
)

// The endings of addresses at which a document can be asked for.
const (
	Word = ".docx"
	PDF  = ".pdf"
)

// press builds the PDFs of all sites: each takes some tens of megabytes while it is made.
var press = doc.NewPress(2)

// Own is what an authority has of its own for the documents of a kind on a day: the store.
type Own interface {
	// PaperTemplate is its Word file, nil where the form of the program holds.
	PaperTemplate(
		ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind, on calendar.Date,
	) ([]byte, error)
	// PaperWords are its words by the keys of the sentences.
	PaperWords(
		ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind, on calendar.Date,
	) (map[string]string, error)
}

// kindOfWord is what a Word file is sent as.
const kindOfWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Send answers with documents in the authority's own words as one file of a name without ending, of the kind that the
// address ends in: Word in its own form where one holds on the day of the first, PDF in the form of the program. There
// must be one, and all are of one kind.
func Send(r *web.Request, own Own, name string, papers ...doc.Doc) (err error) {
	if papers, err = Worded(r, own, papers...); err != nil {
		return err
	}
	if strings.HasSuffix(r.URL.Path, Word) {
		var b bytes.Buffer
		if _, err := write(r, own, &b, papers...); err != nil {
			return err
		}
		return SendWord(r, name, b.Bytes())
	}
	return r.Download("application/pdf", name+PDF, func(w http.ResponseWriter) error {
		err = press.WritePDF(r.Context(), w, papers[0], papers[1:]...)
		return err
	}, &err)
}

// SendWord answers with a Word file of a name without ending.
func SendWord(r *web.Request, name string, b []byte) (err error) {
	return r.Download(kindOfWord, name+Word, func(w http.ResponseWriter) error {
		_, err = w.Write(b)
		return err
	}, &err)
}

// Passages are what the Word file of a document says, as Send sends it.
func Passages(r *web.Request, own Own, d doc.Doc) ([]doc.Passage, error) {
	d, err := WordedOne(r, own, d)
	if err != nil {
		return nil, err
	}
	return write(r, own, io.Discard, d)
}

// Worded are documents in the words of their authority, as they hold on the day of each. What pages show goes through
// it, as Send's files do.
func Worded(r *web.Request, own Own, papers ...doc.Doc) ([]doc.Doc, error) {
	type asked struct {
		form string
		on   calendar.Date
	}
	list, known := make([]doc.Doc, len(papers)), map[asked]map[string]string{}
	for i, d := range papers {
		list[i] = d
		kind := doithoai.PaperKind(d.Form)
		if len(form.Sentences(kind)) == 0 {
			continue
		}
		of := asked{d.Form, dayOf(r, d)}
		words, ok := known[of]
		if !ok {
			var err error
			if words, err = own.PaperWords(r.Context(), r.Authority.ID, kind, of.on); err != nil {
				return nil, err
			}
			known[of] = words
		}
		list[i] = form.Worded(d, words)
	}
	return list, nil
}

// WordedOne is Worded of one document.
func WordedOne(r *web.Request, own Own, d doc.Doc) (doc.Doc, error) {
	papers, err := Worded(r, own, d)
	if err != nil {
		return d, err
	}
	return papers[0], nil
}

// dayOf is the day whose rules a document follows: one without a day is of today.
func dayOf(r *web.Request, d doc.Doc) calendar.Date {
	if d.Dated.IsZero() {
		return r.Today()
	}
	return d.Dated
}

// write writes documents as a Word file, in the authority's own form where one holds on the day of the first, and says
// what stands in that.
func write(r *web.Request, own Own, w io.Writer, papers ...doc.Doc) ([]doc.Passage, error) {
	d := papers[0]
	if d.Form == "" {
		return d.Passages(), doc.WriteDOCX(w, d, papers[1:]...)
	}
	on := dayOf(r, d)
	b, err := own.PaperTemplate(r.Context(), r.Authority.ID, doithoai.PaperKind(d.Form), on)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return d.Passages(), doc.WriteDOCX(w, d, papers[1:]...)
	}
	t, err := template.Open(b)
	if err != nil {
		return nil, fmt.Errorf("the authority's own form of %s on %s: %w", d.Form, on, err)
	}
	return t.Fill(w, d, papers[1:]...)
}

// Paper is a document on a page, its name one rank below the page's heading.
func Paper(d doc.Doc) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		const below = 2
		return doc.WriteHTML(w, d, below)
	})
}

// below is the address below that of a document, or of its file: with what follows, before its query if it has one.
func below(at, ending string) string {
	path, query, has := strings.Cut(at, "?")
	if !has {
		return path + ending
	}
	return path + ending + "?" + query
}

// Routes are the two routes of a document at an address without ending.
func Routes(at string, route web.Route) []web.Route {
	word, pdf := route, route
	word.Pattern, pdf.Pattern = "GET "+at+Word, "GET "+at+PDF
	return []web.Route{word, pdf}
}
