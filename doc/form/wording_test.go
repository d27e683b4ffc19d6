package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// fixedSentences are what an example says by itself and no authority words, each with the reason.
var fixedSentences = map[string]string{
	"document.reply.bases": "read back from a file by its words",
	"document.reply.tasks": "read back from a file by its words",
	"minutes.text.tasks":   "the heading of a table",
	"report.paper.file":    "a hash that the file is compared with",
	"delegate.paper.to":    "a label with a fact", "delegate.paper.chaired": "a label with a fact",
	"delegate.paper.venue":   "a label with a fact",
	"refusal.paper.received": "Mẫu số 01/TCD",
	"refusal.paper.identity": "Mẫu số 01/TCD",
	"refusal.paper.address":  "Mẫu số 01/TCD",
	"refusal.paper.content":  "Mẫu số 01/TCD",
	"refusal.paper.basis":    "Mẫu số 01/TCD",
	"refusal.paper.refuses":  "Mẫu số 01/TCD",
	"refusal.paper.rights":   "Mẫu số 01/TCD",
}

// TestSentences: each sentence of an example can be worded or is excused, and the words of an authority stand in its
// place with what the document says.
func TestSentences(t *testing.T) {
	on := calendar.DateOf(2026, time.November, 3)
	known := SampleValues(commune, on)
	for _, kind := range doithoai.PaperKinds {
		d, _ := Example(kind, commune, on)
		for _, b := range d.Body {
			p, ok := b.(doc.Paragraph)
			key := p.Sentence.Key
			if ok && key != "" && !slices.Contains(worded[kind], key) && fixedSentences[key] == "" {
				t.Errorf("%s: nobody can word %q", kind, key)
			}
		}
		for _, s := range Sentences(kind) {
			program := s.Program()
			if !vietnamese.Has(s.Key) || slices.Contains(s.Fields, "") || strings.Contains(program, "⟦") {
				t.Errorf("%s: %s with the fields %q says %q", kind, s.Key, s.Fields, program)
			}
			if list := s.Check("cau", program); list != nil || s.Lacks(program) != nil {
				t.Errorf("%s: the program's words have %v, and lack %q", s.Key, list, s.Lacks(program))
			}
			if got := Worded(d, map[string]string{s.Key: program}); !slices.Equal(got.Passages(), d.Passages()) {
				t.Errorf("%s: the program's words, typed, say %q", s.Key, got.Passages())
			}
			if says := s.Sample("Thử "+program, known); strings.Contains(says, "{{") {
				t.Errorf("%s: the sample says %q", s.Key, says)
			}
		}
	}
}

// TestWorded words what is there, leaves what is not, and puts in what people wrote as they wrote it.
func TestWorded(t *testing.T) {
	r := Reply{
		Name: "Nguyễn Văn Mẫu", Raised: calendar.DateOf(2026, time.October, 25), Code: "ND-26-0001",
		Question: "Sao lại {{co_quan}}?", Answer: "Vì thế.", Drafted: "VP",
	}
	h := Head{Authority: commune, Date: calendar.DateOf(2026, time.November, 3)}
	own := map[string]string{
		"document.reply.cites_sent": "Ông/bà hỏi: “{{ y_kien }}” ({{so_dang_ky}}, {{la}}).",
		"document.reply.cites":      "Không có trong thư này.",
		"document.reply.ends":       "",
	}
	before := r.Letter(h)
	d := Worded(before, own)
	says := func(d doc.Doc) string {
		var all []string
		for _, p := range d.Passages() {
			all = append(all, p.Text)
		}
		return strings.Join(all, "\n")
	}
	got := says(d)
	if !strings.Contains(got, "Ông/bà hỏi: “Sao lại {{co_quan}}?” (ND-26-0001, {{la}}).") ||
		strings.Contains(got, "Không có trong thư này") || !strings.Contains(got, "để ông/bà được biết./.") {
		t.Errorf("it says %s", got)
	}
	if again := says(Worded(d, map[string]string{"document.reply.cites_sent": "Nữa."})); again != got {
		t.Errorf("worded again it says %s", again)
	}
	if strings.Contains(says(before), "Ông/bà hỏi") {
		t.Error("the document before it was changed too")
	}
	if f := d.Passages(); !slices.ContainsFunc(f, func(p doc.Passage) bool {
		return p.Field == FieldQuestion && strings.HasPrefix(p.Text, "Ông/bà hỏi")
	}) {
		t.Error("it is no longer known which paragraph shows the question")
	}
}

// FuzzSentenceCheck: what is taken leaves no brace of a field that is not filled.
func FuzzSentenceCheck(f *testing.F) {
	for _, s := range []string{
		"{{co_quan}} báo.", "{{{co_quan}}}", "{{co_quan", "}}{{", "{{ }}", "{{co_quan}}{{co_quan}}", "{",
	} {
		f.Add(s)
	}
	s := Sentences(doithoai.PaperReply)[len(worded[doithoai.PaperReply])-1]
	known := SampleValues(commune, calendar.DateOf(2026, time.November, 3))
	f.Fuzz(func(t *testing.T, words string) {
		if s.Check("cau", words) != nil {
			return
		}
		if says := s.Sample(words, known); strings.ContainsAny(says, "{}") {
			t.Errorf("%q says %q", words, says)
		}
	})
}
