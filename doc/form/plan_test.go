package form

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/doc"
	"doithoai/doc/inspect"
	"doithoai/plan"
)

func plan2024(t testing.TB) plan.Plan {
	t.Helper()
	b, err := os.ReadFile("../../cmd/doithoai/demo/plan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// paperOf2024 are the paragraphs of the paper, with the three repairs that package plan explains in its tests.
func paperOf2024(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile("../../plan/testdata/plan-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(b)) {
		switch line = strings.TrimSpace(line); {
		case line == "":
		case strings.HasPrefix(line, "hiện và tiếp nhận"):
			lines[len(lines)-1] += " " + line
		default:
			lines = append(lines, line)
		}
	}
	paper := strings.Join(lines, "\n") + "\n"
	for _, r := range [][2]string{{"Noi nhận:", "Nơi nhận:"}, {"- CT, PCT UBND\n", "- CT, PCT UBND;\n"}} {
		if strings.Count(paper, r[0]) != 1 {
			t.Fatalf("the paper has %q %d times", r[0], strings.Count(paper, r[0]))
		}
		paper = strings.Replace(paper, r[0], r[1], 1)
	}
	return strings.Split(strings.TrimSpace(paper), "\n")
}

// TestPlan2024 writes the plan of 2024: every paragraph of the paper word for word and in its order, in five pages as
// the paper has, its sections numbered I, II and IV as there.
func TestPlan2024(t *testing.T) {
	d, paper := Plan(doithoai.Authority{}, plan2024(t)), paperOf2024(t)
	if list := d.Problems(); list != nil {
		t.Errorf("problems: %v", list)
	}
	var word, pdf, page bytes.Buffer
	for name, err := range map[string]error{
		"DOCX": doc.WriteDOCX(&word, d), "PDF": doc.WritePDF(&pdf, d), "HTML": doc.WriteHTML(&page, d, 1),
	} {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if list := inspect.DOCX(word.Bytes(), paper...); list != nil {
		t.Errorf("DOCX: %v", list)
	}
	text, err := inspect.TextOfDOCX(word.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, "DOCX", text, paper)
	parsed, err := goquery.NewDocumentFromReader(&page)
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, "HTML", parsed.Text(), paper)
	if missing := inspect.Missing(); missing != nil {
		t.Skipf("make deps: %v", missing)
	}
	dir := t.TempDir()
	for name, content := range map[string][]byte{"plan.pdf": pdf.Bytes(), "plan.docx": word.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "plan.pdf")
	if n, err := inspect.Pages(t.Context(), file); n != 5 || err != nil {
		t.Errorf("the PDF has %d pages, want 5 (%v)", n, err)
	}
	// Paragraphs that go on behind a page's number are looked for by their halves.
	if list, err := inspect.PDF(t.Context(), file, nil, halves(paper)...); list != nil || err != nil {
		t.Errorf("PDF: %v, %v", list, err)
	}
}

// inOrder finds each paragraph behind the one before it; recipients stand before who signs, as on paper.
func inOrder(t *testing.T, what, text string, paragraphs []string) {
	t.Helper()
	rest := strings.Join(strings.Fields(text), " ")
	for _, p := range paragraphs {
		p = strings.TrimPrefix(strings.Join(strings.Fields(p), " "), "- ")
		at := strings.Index(rest, p)
		if at < 0 {
			t.Errorf("%s: %q isn't there, or not in its place", what, p)
			continue
		}
		rest = rest[at+len(p):]
	}
}

// halves are pieces of paragraphs of ten words at most: the end of a page may part a paragraph anywhere.
func halves(paragraphs []string) (list []string) {
	for _, p := range paragraphs {
		words := strings.Fields(p)
		if len(words) < 20 {
			list = append(list, p)
			continue
		}
		list = append(list, strings.Join(words[:8], " "), strings.Join(words[len(words)-8:], " "))
	}
	return list
}

func BenchmarkPlanDOCX(b *testing.B) {
	d := Plan(doithoai.Authority{}, plan2024(b))
	for b.Loop() {
		if err := doc.WriteDOCX(new(bytes.Buffer), d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlanPDF(b *testing.B) {
	d := Plan(doithoai.Authority{}, plan2024(b))
	for b.Loop() {
		if err := doc.WritePDF(new(bytes.Buffer), d); err != nil {
			b.Fatal(err)
		}
	}
}
