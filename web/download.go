package web

import (
	"log/slog"
	"net/http"
)

// Download answers with a file for whoever asked alone, as write writes it. After an error of what is written, which it
// reads when write is done, the connection is cut: who downloads half a file must not take it for the whole. A reader
// who went away is nobody's error.
func (r *Request) Download(kind, name string, write func(http.ResponseWriter) error, failed *error) error {
	r.Private()
	h := r.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	wrote := write(r.W)
	if *failed != nil && wrote == nil {
		if r.Context().Err() == nil {
			r.Host.Log.Error("file is not whole", slog.String("file", name), slog.Any("error", *failed))
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}
