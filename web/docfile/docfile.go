// Package docfile sends official documents from the pages on which the work is done: as a Word file, or as one PDF.
package docfile

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"doithoai/doc"
	"doithoai/web"
)

// The endings of addresses at which a document can be asked for.
const (
	Word = ".docx"
	PDF  = ".pdf"
)

// press builds the PDFs of all sites: each takes some tens of megabytes while it is made.
var press = doc.NewPress(2)

// Send answers with documents as one file of a name without ending, of the kind that the address ends in. There must be
// one.
func Send(r *web.Request, name string, papers ...doc.Doc) (err error) {
	kind, ending := "application/pdf", PDF
	write := func(w http.ResponseWriter) error { return press.WritePDF(r.Context(), w, papers[0], papers[1:]...) }
	if strings.HasSuffix(r.URL.Path, Word) {
		kind, ending = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Word
		write = func(w http.ResponseWriter) error { return doc.WriteDOCX(w, papers[0], papers[1:]...) }
	}
	return r.Download(kind, name+ending, func(w http.ResponseWriter) error {
		err = write(w)
		return err
	}, &err)
}

// Paper is a document on a page, its name one rank below the page's heading.
func Paper(d doc.Doc) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		const below = 2
		return doc.WriteHTML(w, d, below)
	})
}

// file is the address of a document's file: with the ending, before its query if it has one.
func file(at, ending string) string {
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
