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

// Templates finds an authority's own Word file that holds for the documents of a kind on a day, nil where none does:
// the store's PaperTemplate.
type Templates func(
	ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind, on calendar.Date,
) ([]byte, error)

// kindOfWord is what a Word file is sent as.
const kindOfWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Send answers with documents as one file of a name without ending, of the kind that the address ends in: Word in the
// authority's own form where one holds on the day of the first, PDF in the form of the program. There must be one, and
// all are of one kind.
func Send(r *web.Request, own Templates, name string, papers ...doc.Doc) (err error) {
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
func Passages(r *web.Request, own Templates, d doc.Doc) ([]doc.Passage, error) {
	return write(r, own, io.Discard, d)
}

// write writes documents as a Word file, in the authority's own form where one holds on the day of the first, and says
// what stands in that. A document without a day is of today.
func write(r *web.Request, own Templates, w io.Writer, papers ...doc.Doc) ([]doc.Passage, error) {
	d := papers[0]
	if d.Form == "" {
		return d.Passages(), doc.WriteDOCX(w, d, papers[1:]...)
	}
	on := d.Dated
	if on.IsZero() {
		on = r.Today()
	}
	b, err := own(r.Context(), r.Authority.ID, doithoai.PaperKind(d.Form), on)
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
