package doithoai

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"doithoai/calendar"
)

// Names of files come without a path, end as their content does, and are bounded.
func TestNamedAs(t *testing.T) {
	for _, c := range []struct {
		clean string
		kind  FileKind
		want  string
	}{
		{"ảnh cống vỡ.jpg", FileJPG, "ảnh cống vỡ.jpg"},
		{"IMG_1.JPEG", FileJPG, "IMG_1.jpg"},
		{"đơn.pdf.exe", FileJPG, "đơn.pdf.exe.jpg"},
		{`C:\Users\x\đơn.docx`, FileDOCX, "đơn.docx"},
		{"../../etc/passwd", FilePDF, "passwd.pdf"},
		{"..", FilePNG, "tep.png"},
		{".pdf", FilePDF, "pdf.pdf"},
		{"", FileXLS, "tep.xls"},
		{`a<b>:"c"|d?*.png`, FilePNG, "a_b___c__d__.png"},
		{"bảng . .xlsx", FileXLSX, "bảng.xlsx"},
		{"đơn.doc", FileDOCX, "đơn.doc.docx"},
	} {
		if got := NamedAs(c.clean, c.kind); got != c.want {
			t.Errorf("%q as %s: %q, want %q", c.clean, c.kind, got, c.want)
		}
	}
	for _, long := range []string{strings.Repeat("ộ", 500), strings.Repeat("ộ", 500) + ".pdf", strings.Repeat(".", 300)} {
		got := NamedAs(long, FilePDF)
		if utf8.RuneCountInString(got) > MaxFileName || !strings.HasSuffix(got, ".pdf") {
			t.Errorf("%d characters: %q", utf8.RuneCountInString(got), got)
		}
	}
}

// A file is taken away once, for a reason that there is, and its name goes.
func TestRemove(t *testing.T) {
	at := calendar.InstantAt(calendar.DateOf(2026, 11, 29), 9, 0)
	a := Attachment{ID: "a", File: File{Name: "căn cước.jpg", Hash: FileHash{1}}}
	gone, err := a.Remove("o", "wrong", at)
	if err != nil || gone.Name != "" || gone.Hash != a.Hash || gone.RemovedBy != "o" || gone.RemovedAt != at {
		t.Errorf("%+v, %v", gone, err)
	}
	if _, err := gone.Remove("o", "wrong", at); KindOf(err) != Conflict {
		t.Errorf("taken away twice: %v", err)
	}
	if _, err := a.Remove("o", "", at); KindOf(err) != Invalid {
		t.Errorf("without a reason: %v", err)
	}
}

// How many files one thing may have is the office's to say; there is no figure in the program.
func TestFileLimits(t *testing.T) {
	day := calendar.DateOf(2026, 11, 29)
	if _, err := (Parameters{}).FileLimits(day); err == nil {
		t.Error("limits without a parameter")
	}
	ps := Parameters{
		{Key: ParameterFileSize, Value: "10", Unit: UnitMegabyte, From: calendar.DateOf(2016, 1, 1)},
		{Key: ParameterFileCount, Value: "2", Unit: UnitCount, From: calendar.DateOf(2016, 1, 1)},
	}
	l, err := ps.FileLimits(day)
	if err != nil || l != (FileLimits{Bytes: 10 << 20, Count: 2}) {
		t.Errorf("%+v, %v", l, err)
	}
	for _, c := range []struct {
		has, more int
		want      string
	}{
		{0, 2, ""}, {1, 1, ""}, {1, 2, "file.problem.too_many"}, {3, 1, "file.problem.too_many"},
		{0, 0, "file.problem.none"},
	} {
		got := ""
		if list := l.Problems(c.has, c.more); len(list) > 0 {
			got = list[0].Key
		}
		if got != c.want {
			t.Errorf("%d and %d more: %q, want %q", c.has, c.more, got, c.want)
		}
	}
}

// A hash is written in hexadecimal, in events and on a disk, and read from nothing else.
func TestFileHash(t *testing.T) {
	h := FileHash{1, 0xAB}
	b, err := json.Marshal(Facts{Files: []FileHash{h}})
	if err != nil || !strings.Contains(string(b), `"files":["01ab00`) {
		t.Errorf("%s, %v", b, err)
	}
	var f Facts
	if err := json.Unmarshal(b, &f); err != nil || !slices.Equal(f.Files, []FileHash{h}) {
		t.Errorf("%v, %v", f, err)
	}
	for _, wrong := range []string{"", "ab", "zz", h.String() + "00"} {
		if err := new(FileHash).UnmarshalText([]byte(wrong)); err == nil {
			t.Errorf("%q is a hash", wrong)
		}
	}
	if err := new(FileHash).Scan([]byte{1}); err == nil {
		t.Error("one byte is a hash")
	}
}

// What was given before it is typed was given before now, and not years ago.
func TestGivenProblems(t *testing.T) {
	today := calendar.DateOf(2026, 11, 29)
	now := calendar.InstantAt(today, 9, 30)
	for _, c := range []struct {
		name    string
		channel Channel
		given   *Given
		want    string // field and key
	}{
		{"nothing said", ChannelZalo, nil, ""},
		{"yesterday", ChannelZalo, &Given{today.AddDays(-1), -1}, ""},
		{"this morning", ChannelPaper, &Given{today, 9 * 60}, ""},
		{"a year ago", ChannelVillage, &Given{today.AddDays(-366), -1}, ""},
		{"a wrong year", ChannelVillage, &Given{today.AddDays(-367), -1}, "ngay-gui past"},
		{"tomorrow", ChannelZalo, &Given{today.AddDays(1), -1}, "ngay-gui future"},
		{"later today", ChannelZalo, &Given{today, 9*60 + 31}, "gio-gui future"},
		{"no hour of a day", ChannelZalo, &Given{today.AddDays(-1), 24 * 60}, "gio-gui hour"},
		{"no day", ChannelZalo, &Given{Clock: -1}, "ngay-gui day"},
		{"on the public site", ChannelPortal, &Given{today.AddDays(-1), -1}, "ngay-gui now"},
		{"in the hall", ChannelHall, &Given{today.AddDays(-1), -1}, "ngay-gui now"},
	} {
		got := ""
		for _, p := range (Slip{Channel: c.channel, Given: c.given}).GivenProblems(now) {
			got = p.Field + " " + strings.TrimPrefix(p.Key, "slip.problem.given_")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What shows that a promise was kept is a picture or a PDF; other things take every kind.
func TestFileOwnerTakes(t *testing.T) {
	for _, k := range FileKinds {
		shows := k == FileJPG || k == FilePNG || k == FilePDF
		if FilesOfPromise.Takes(k) != shows || !FilesOfTask.Takes(k) {
			t.Errorf("%s: promise %v, task %v", k, FilesOfPromise.Takes(k), FilesOfTask.Takes(k))
		}
	}
}
