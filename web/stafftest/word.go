package stafftest

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// SubmitWord posts the page's form to an action with a Word file in a field; "" is no file.
func (b *Browser) SubmitWord(p Page, action, field, file string) Page {
	b.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range FieldsOf(p.Find(`form[action="` + action + `"]`)) {
		if name != field {
			Must(b.T, w.WriteField(name, values[0]))
		}
	}
	if file != "" {
		part, err := w.CreateFormFile(field, "da-sua.docx")
		Must(b.T, err)
		_, err = io.WriteString(part, file)
		Must(b.T, err)
	}
	Must(b.T, w.Close())
	req, err := http.NewRequestWithContext(b.T.Context(), http.MethodPost, b.Server.URL+action, &body)
	Must(b.T, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(req)
}

// EditWord is a Word file in which words were replaced by others.
func EditWord(t testing.TB, file string, oldNew ...string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	Must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		Must(t, err)
		b, err := io.ReadAll(r)
		Must(t, err)
		part, err := w.Create(f.Name)
		Must(t, err)
		_, err = strings.NewReplacer(oldNew...).WriteString(part, string(b))
		Must(t, err)
	}
	Must(t, w.Close())
	return out.String()
}
