package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/file"
	"doithoai/text"
)

// Names of fields with files: of the files themselves, and of the ids of those that came with an earlier post of the
// form. StepDropFile with a colon and an id is the button that leaves one out.
const (
	FileField    = "tep"
	UploadField  = "tep-giu"
	StepDropFile = "bo-tep"
)

// Bounds of a form with files. What is more than a file may have is read and thrown away, so that the rest of the form,
// behind it, comes through; beyond maxPosted nothing does.
const (
	maxPosted = 256 << 20
	maxParts  = 1000
	// sending is how long a form with files may take: ten megabytes over a slow telephone network.
	sending = 10 * time.Minute
)

// KeepFile keeps a checked file for its form: the store's KeepUpload.
type KeepFile func(
	ctx context.Context, actor doithoai.Actor, name string, c file.Checked, r io.ReadSeeker,
) (doithoai.Upload, error)

// Came is what came of the files of a form: those that are kept, and why others are not.
type Came struct {
	Kept     []doithoai.Upload
	Problems []doithoai.Problem // at FileField
}

// IDs are those of the files that are kept.
func (c Came) IDs() (ids []string) {
	for _, u := range c.Kept {
		ids = append(ids, string(u.ID))
	}
	return ids
}

// FormWithFiles reads a posted form as Form does, and the files of its FileField, one after the other, each through a
// temporary file: it is checked by its content, then keep keeps it. A file that is not taken is a problem of its field,
// and no other's: the form and the other files come through. A form without files may come in either encoding. On the
// public site, an address that sends files faster than a hall of people is refused them.
func (r *Request) FormWithFiles(into any, limits doithoai.FileLimits, keep KeepFile) (came Came, err error) {
	kind, args, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return came, r.Form(into)
	}
	r.takeTime()
	body := &ending{ReadCloser: http.MaxBytesReader(r.W, r.Body, maxPosted)}
	r.Body = body
	parts, err := r.MultipartReader()
	if err != nil {
		return came, unread(err)
	}
	posted := url.Values{}
	room := int64(maxForm)
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) && bytes.Contains(body.last, []byte("--"+args["boundary"]+"--")) {
			break
		}
		if err != nil || n >= maxParts {
			return came, unread(err)
		}
		if part.FileName() != "" {
			if part.FormName() == FileField {
				if err := r.takeFile(part, limits, keep, &came); err != nil {
					return came, err
				}
			}
			continue // NextPart reads to its end
		}
		value, err := io.ReadAll(io.LimitReader(part, room+1))
		if err != nil {
			return came, unread(err)
		}
		if room -= int64(len(value)); room < 0 {
			return came, doithoai.Refuse(doithoai.Invalid, "web.form.too_large")
		}
		if name := part.FormName(); name != FileField {
			posted.Add(name, string(value))
		}
	}
	r.PostForm = posted
	return came, r.decode(into)
}

// ending remembers the last bytes that were read. A form that breaks off between two of its parts ends, for the reader
// of parts, as a whole one does: only its last boundary tells.
type ending struct {
	io.ReadCloser
	last []byte
}

func (e *ending) Read(b []byte) (int, error) {
	const most = 512
	n, err := e.ReadCloser.Read(b)
	e.last = append(e.last, b[max(0, n-most):n]...)
	e.last = e.last[max(0, len(e.last)-most):]
	return n, err
}

// takeTime gives the request the time that files take on a slow network.
func (r *Request) takeTime() {
	control := http.NewResponseController(r.W)
	until := time.Now().Add(sending)
	if err := errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until)); err != nil {
		r.Host.Log.Warn("a form with files has the time of others", "error", err)
	}
}

// DrainForm reads a form to its end and forgets it, for who answers before it was read: a browser that is still sending
// reads no answer. max bounds a form without files.
func (r *Request) DrainForm(max int64) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		r.takeTime()
		max = maxPosted
	}
	_, _ = io.Copy(io.Discard, http.MaxBytesReader(r.W, r.Body, max)) // what is too long is refused when it comes again
}

// takeFile reads, checks and keeps one file. It fails where the form can't be read on.
func (r *Request) takeFile(part *multipart.Part, limits doithoai.FileLimits, keep KeepFile, came *Came) (err error) {
	name := text.CleanLine(part.FileName())
	problem := func(key string, args ...any) {
		came.Problems = append(came.Problems, doithoai.Problem{Field: FileField, Key: key, Args: args})
	}
	switch {
	case len(came.Kept) >= limits.Count:
		if !slices.ContainsFunc(came.Problems, func(p doithoai.Problem) bool { return p.Key == "file.problem.too_many" }) {
			problem("file.problem.too_many", "count", limits.Count)
		}
		return nil
	case !r.staff && !r.Host.limits().uploading.of(r.clientKey()).Allow():
		problem("file.problem.busy")
		return nil
	}
	tmp, err := os.CreateTemp(r.Host.Temp, "doithoai-*.part")
	if err != nil {
		return r.notKept(err, name, problem)
	}
	defer func() { err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name())) }()
	w := onDisk{tmp, nil}
	n, err := io.Copy(&w, io.LimitReader(part, limits.Bytes+1))
	switch {
	case w.err != nil:
		return r.notKept(w.err, name, problem)
	case err != nil:
		return unread(err)
	case n > limits.Bytes:
		problem("file.problem.too_large", "name", name, "max", limits.Bytes>>20)
		return nil
	}
	checked, err := file.Check(r.Context(), tmp, n)
	var e *doithoai.Error
	if errors.As(err, &e) && e.Kind == doithoai.Invalid {
		problem(e.Key, "name", name)
		return nil
	}
	if err != nil {
		return fmt.Errorf("check a file: %w", err)
	}
	u, err := keep(r.Context(), r.Actor(), name, checked, tmp)
	if doithoai.KindOf(err) == doithoai.Unavailable {
		return r.notKept(err, name, problem)
	}
	if err == nil {
		came.Kept = append(came.Kept, u)
	}
	return err
}

// onDisk remembers whether it was writing that failed, and not reading from the network.
type onDisk struct {
	io.Writer
	err error
}

func (w *onDisk) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	w.err = err
	return n, err
}

// notKept tells that a file can't be kept now, and the log why.
func (r *Request) notKept(cause error, name string, problem func(string, ...any)) error {
	r.Host.Log.Error("a file was not kept", "error", cause)
	problem("file.problem.not_kept", "name", name)
	return nil
}

// ServeFile gives out a file: pictures that were made for others to see are shown, all else is saved, and nothing is
// run. It closes the file.
func (r *Request) ServeFile(a doithoai.Attachment, f *os.File, original bool) error {
	kind, name, manner := a.Kind, a.Name, "attachment"
	if a.Kind.Picture() && !original {
		kind, manner = doithoai.FileJPG, "inline"
		name = doithoai.NamedAs(strings.TrimSuffix(name, "."+string(a.Kind)), kind)
	}
	return r.serveFile(kind, name, manner, "'none'", f)
}

// ServeScan gives out a file of a form to be shown beside it: a picture as others will see it, a PDF for the viewer of
// the browser, which a page of this site may frame.
func (r *Request) ServeScan(u doithoai.Upload, f *os.File) error {
	if u.Kind == doithoai.FilePDF {
		return r.serveFile(u.Kind, u.Name, "inline", "'self'", f)
	}
	return r.ServeFile(doithoai.Attachment{File: u.File}, f, false)
}

// ServePublicFile gives out a file that everybody may see, under a name that says nothing of who gave it: a picture to
// be shown, a PDF to be kept. A reader who has it asks each time whether it is public still.
func (r *Request) ServePublicFile(a doithoai.Attachment, f *os.File, name string) error {
	kind, manner, sum := a.Kind, "attachment", a.Hash
	if a.Kind.Picture() {
		kind, manner, sum = doithoai.FileJPG, "inline", a.Shown
	}
	h := r.W.Header()
	h.Set("ETag", `"`+sum.String()[:24]+`"`)
	h.Set("Cache-Control", "private, no-cache")
	return r.writeFile(kind, doithoai.NamedAs(name, kind), manner, "'none'", f)
}

// serveFile gives out a file that nobody keeps.
func (r *Request) serveFile(kind doithoai.FileKind, name, manner, ancestors string, f *os.File) error {
	r.Private()
	return r.writeFile(kind, name, manner, ancestors, f)
}

// writeFile gives out a file that runs nothing and loads nothing, framed by ancestors only.
func (r *Request) writeFile(kind doithoai.FileKind, name, manner, ancestors string, f *os.File) (err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	h := r.W.Header()
	h.Set("Content-Type", fileTypes[kind])
	h.Set("Content-Disposition", mime.FormatMediaType(manner, map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors "+ancestors+"; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	http.ServeContent(r.W, r.Request, "", time.Time{}, f)
	return nil
}

// fileTypes are the kinds of files as browsers know them.
var fileTypes = map[doithoai.FileKind]string{
	doithoai.FileJPG: "image/jpeg", doithoai.FilePNG: "image/png", doithoai.FilePDF: "application/pdf",
	doithoai.FileDOC:  "application/msword",
	doithoai.FileDOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	doithoai.FileXLS:  "application/vnd.ms-excel",
	doithoai.FileXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// FileAbout says what a file is and how large: "JPG, 1,2 MB".
func (r *Reader) FileAbout(f doithoai.File) string {
	size := r.T("file.size.kilobytes", "size", r.Text.Number(int((f.Size+1023)>>10)))
	if tenths := int((f.Size*10 + 1<<19) >> 20); tenths >= 10 {
		words := r.Text.Number(tenths / 10)
		if tenths%10 > 0 {
			words += r.T("file.size.point") + r.Text.Number(tenths%10)
		}
		size = r.T("file.size.megabytes", "size", words)
	}
	return r.T("file.about", "kind", strings.ToUpper(string(f.Kind)), "size", size)
}

// KeptUploads are the files of an earlier post of a form and those that came now, but for the one that its button
// leaves out; drops says that it only does that.
func KeptUploads(earlier []string, came Came, step string) (ids []doithoai.ID, drops bool) {
	dropped, drops := strings.CutPrefix(step, StepDropFile+":")
	for _, named := range append(earlier, came.IDs()...) {
		if named != dropped {
			ids = append(ids, doithoai.ID(named))
		}
	}
	return ids, drops
}
