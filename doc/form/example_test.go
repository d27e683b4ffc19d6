package form

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/doc/template"
)

// TestExamples: of each kind of document there is an example, our own form of it with fields is a template for it, and
// the filled one says what ours says.
func TestExamples(t *testing.T) {
	on := calendar.DateOf(2026, time.November, 3)
	for _, kind := range doithoai.PaperKinds {
		d, ok := Example(kind, commune, on)
		if !ok || d.Form != string(kind) {
			t.Errorf("%s: an example of %q", kind, d.Form)
			continue
		}
		if d.Dated != on {
			t.Errorf("%s is of %s", kind, d.Dated)
		}
		var start bytes.Buffer
		if err := doc.WriteDOCX(&start, template.Start(d)); err != nil {
			t.Fatal(err)
		}
		own, err := template.Open(start.Bytes())
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if list := own.Check(template.Of(d)); list != nil {
			t.Errorf("%s: %v", kind, list)
		}
		if list := own.Unused(template.Of(d)); list != nil {
			t.Errorf("%s: the form has no %v", kind, list)
		}
		var out bytes.Buffer
		passages, err := own.Fill(&out, d)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		got := map[string]bool{}
		for _, p := range passages {
			got[strings.ToUpper(strings.Join(strings.Fields(p.Text), " "))] = true
		}
		for _, p := range d.Passages() {
			if words := strings.ToUpper(strings.Join(strings.Fields(p.Text), " ")); !got[words] {
				t.Errorf("%s: %q is missing in %q", kind, p.Text, passages)
			}
		}
	}
}

// formless are documents that can't be laid out by their authority, each with the reason.
var formless = map[string]string{
	"phieu-dang-ky-cau-hoi": "filled in by hand, with codes",
	"gioi-thieu-dai-bieu":   "a list of the office's own", "danh-sach-ky-nhan": "filled in by hand",
	"danh-sach-thu": "a list of the office's own", "phieu-doc-tin": "read out, not handed on",
	"du-toan": "a table of sums", "so-lieu-dinh-ky": "a table of sums", "bai-phat-thanh": "read out, not handed on",
	"tap-thong-bao-thon": "several papers in one",
	"bang-tin":           "a poster",
	"to-ghi-tay":         "filled in by hand, with codes",
	"phieu-ngan":         "filled in by hand, with codes",
	"tap-chu-tri":        "a book of the chair's own", "phieu-trinh": "filled in by hand",
	"bien-ban-niem-yet": "filled in by hand", "bien-ban-ket-thuc-niem-yet": "filled in by hand",
}

// TestSamplesHaveForms: what an authority hands on can be laid out by it.
func TestSamplesHaveForms(t *testing.T) {
	for _, s := range samples(t) {
		if why := formless[s.name]; (s.d.Form == "") != (why != "") {
			t.Errorf("%s is of the kind %q, excused %q", s.name, s.d.Form, why)
		}
	}
}
