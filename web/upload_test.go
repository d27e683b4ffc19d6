package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doithoai"
	"doithoai/file"
	"doithoai/text"
)

// uploaded is a form with a field, a file and another field behind it.
type uploaded struct {
	Before string `form:"truoc" line:"true"`
	After  string `form:"sau" line:"true"`
}

const shortPDF = "%PDF-1.7\nstartxref\n9\n%%EOF\n"

// post sends a form with files, of the names given, to FormWithFiles; whole is false for one that breaks off.
func postFiles(t *testing.T, limits doithoai.FileLimits, keep KeepFile, body string, whole bool, names ...string) (
	got uploaded, came Came, err error,
) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("truoc", "  NFD: o\u0302\u0301 ")
	for _, name := range names {
		part, err := w.CreateFormFile(FileField, name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, body)
	}
	_ = w.WriteField("sau", "còn")
	_ = w.Close()
	sent := b.Bytes()
	if !whole {
		sent = sent[:len(sent)/2]
	}
	req := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(sent))
	req.Header.Set("Content-Type", w.FormDataContentType())
	h := testHost(io.Discard)
	r := &Request{Request: req, Reader: &Reader{Authority: here}, W: httptest.NewRecorder(), Host: h}
	came, err = r.FormWithFiles(&got, limits, keep)
	return got, came, err
}

// Files come through one by one; what is wrong with one is told in words and harms neither the others nor the form.
func TestFormWithFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var names []string
	keep := func(
		_ context.Context, a doithoai.Actor, name string, c file.Checked, r io.ReadSeeker,
	) (doithoai.Upload, error) {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return doithoai.Upload{}, err
		}
		b, err := io.ReadAll(r)
		if string(b) != shortPDF || c.Kind != doithoai.FilePDF || a.AuthorityID != here.ID {
			t.Errorf("kept %q of kind %s", b, c.Kind)
		}
		names = append(names, name)
		return doithoai.Upload{ID: doithoai.ID(name)}, err
	}
	limits := doithoai.FileLimits{Bytes: 100, Count: 2}
	for name, c := range map[string]struct {
		limits doithoai.FileLimits
		keep   KeepFile
		body   string
		names  []string
		kept   int
		why    string
	}{
		"two":      {limits, keep, shortPDF, []string{"a.pdf", "b.pdf"}, 2, ""},
		"three":    {limits, keep, shortPDF, []string{"a.pdf", "b.pdf", "c.pdf", "d.pdf"}, 2, "too_many"},
		"none":     {limits, keep, "", nil, 0, ""},
		"too long": {limits, keep, shortPDF + strings.Repeat("x", 200), []string{"a.pdf"}, 0, "too_large"},
		"a page":   {limits, keep, "<html>", []string{"a.pdf"}, 0, "html"},
		"a full disk": {limits, func(
			context.Context, doithoai.Actor, string, file.Checked, io.ReadSeeker,
		) (doithoai.Upload, error) {
			return doithoai.Upload{}, doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
		}, shortPDF, []string{"a.pdf"}, 0, "not_kept"},
		"none are taken": {doithoai.FileLimits{}, keep, shortPDF, []string{"a.pdf"}, 0, "too_many"},
	} {
		got, came, err := postFiles(t, c.limits, c.keep, c.body, true, c.names...)
		if err != nil || got.Before != "NFD: ố" || got.After != "còn" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		why := ""
		for _, p := range came.Problems {
			why += strings.TrimPrefix(p.Key, "file.problem.")
		}
		if len(came.Kept) != c.kept || why != c.why {
			t.Errorf("%s: %d kept, %q", name, len(came.Kept), why)
		}
	}
	names = nil
	_, _, err := postFiles(t, limits, keep, shortPDF, true, "../../a\u202e\u00a0b.pdf")
	if err != nil || len(names) != 1 || strings.ContainsAny(names[0], "\u202e\u00a0/") {
		t.Errorf("names %q, %v", names, err)
	}
	_, _, err = postFiles(t, limits, keep, shortPDF, false, "a.pdf")
	if doithoai.KindOf(err) != doithoai.Invalid {
		t.Errorf("a form that breaks off: %v", err)
	}
	broken := errors.New("broken")
	_, _, err = postFiles(t, limits, func(
		context.Context, doithoai.Actor, string, file.Checked, io.ReadSeeker,
	) (doithoai.Upload, error) {
		return doithoai.Upload{}, broken
	}, shortPDF, true, "a.pdf")
	if !errors.Is(err, broken) {
		t.Errorf("an error of the store: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "doithoai-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// What is said of a file's size.
func TestFileAbout(t *testing.T) {
	r := &Reader{Text: text.For("vi")}
	for size, want := range map[int64]string{
		1: "PDF, 1 KB", 500_000: "PDF, 489 KB", 1 << 20: "PDF, 1 MB", 1_300_000: "PDF, 1,2 MB", 10 << 20: "PDF, 10 MB",
	} {
		if got := r.FileAbout(doithoai.File{Kind: doithoai.FilePDF, Size: size}); got != want {
			t.Errorf("%d bytes: %q, want %q", size, got, want)
		}
	}
}
