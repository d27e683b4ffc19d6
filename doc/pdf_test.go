package doc

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"doithoai/doc/inspect"
)

func pdfOf(t testing.TB, d Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// needTools passes over a test where the machine lacks what it looks with; make deps installs that.
func needTools(t *testing.T) {
	t.Helper()
	if list := inspect.Missing(); list != nil {
		t.Skipf("make deps: %v", list)
	}
}

func kept(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPDFHasTheFormOfTheLaw(t *testing.T) {
	needTools(t)
	for name, c := range map[string]struct {
		d              Doc
		codes, phrases []string
	}{
		"report":  {report(t, 40), []string{"https://vi-du.invalid/phieu/0052"}, phrases},
		"letter":  {letter(), nil, []string{"V/v trả lời kiến nghị", "Kính gửi: Ông Nguyễn Văn A, thôn 2", "/UBND-VP"}},
		"hostile": {hostileDoc(), nil, []string{"□", "{{ho_ten}}", "Đường thôn 1"}},
	} {
		list, err := inspect.PDF(t.Context(), kept(t, name+".pdf", pdfOf(t, c.d)), c.codes, c.phrases...)
		if list != nil || err != nil {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

// TestPDFIsTagged: who hears the document gets its parts in their order, tables as tables, pictures in words; heads
// that stand there again, page numbers and rules are for the eye only.
func TestPDFIsTagged(t *testing.T) {
	needTools(t)
	file := kept(t, "report.pdf", pdfOf(t, report(t, 40)))
	tree, err := inspect.Structure(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for line := range strings.Lines(tree) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		counts[strings.TrimSuffix(name, ":")]++
	}
	for name, want := range map[string]int{
		"Document": 1, "H1": 3, "H2": 1, "H3": 1, "Table": 3, "Figure": 2, "TH": 5 + 1 + 5, "TR": 2 + 3 + 2 + 1 + 40,
	} {
		if counts[name] != want {
			t.Errorf("%d of %s, want %d", counts[name], name, want)
		}
	}
	at := -1
	for _, want := range []string{
		`"UBND TỈNH QUẢNG NGÃI"`, `"ỦY BAN NHÂN DÂN XÃ NGHĨA DŨNG"`, `"Số: 05/BC-UBND"`, `"BÁO CÁO"`,
		`"Kết quả đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2026"`, `"I. KẾT QUẢ:"`, `"STT"`, `"Đất đai"`,
		`"Trên đây là báo cáo kết quả./."`, `"Trần Thị Mỹ Lệ"`, `"Phụ lục I"`, `"40/UBND-VP"`, `"Phụ lục II"`,
	} {
		next := strings.Index(tree, want)
		if next < at || next < 0 {
			t.Errorf("%s isn't there, or not in its place", want)
		}
		at = next
	}
	if n := strings.Count(tree, `"Người nêu"`); n != 1 {
		t.Errorf("the head of the annex is read out %d times", n)
	}
	for _, entry := range []string{
		"/Lang (vi-VN)", "/MarkInfo <</Marked true>>", "<pdfaid:part>2</pdfaid:part>", "/ID [<",
	} {
		if !bytes.Contains(pdfOf(t, letter()), []byte(entry)) {
			t.Errorf("the file has no %s", entry)
		}
	}
}

// TestSabotagedPDF shows that each check finds what it is there to find.
func TestSabotagedPDF(t *testing.T) {
	needTools(t)
	const code = "https://vi-du.invalid/phieu/0052"
	d := report(t, 2)
	root := &node{role: "Document"}
	p := pdf{pages: pages(d.sheets(), root)}
	for _, page := range p.pages {
		for i := range page.ops {
			o := &page.ops[i]
			o.x -= points(5) // the margin at the left is 25 mm
			if o.kind == opPicture && o.w == o.h {
				o.w, o.h = points(6), points(6)
			}
			o.piece.text = strings.ReplaceAll(o.piece.text, "Sở Nội vụ", "Sở Tư pháp")
		}
	}
	b, err := p.file(d, root)
	if err != nil {
		t.Fatal(err)
	}
	list, err := inspect.PDF(t.Context(), kept(t, "sabotaged.pdf", b), []string{code}, phrases...)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"stands in a margin", "can't be read", `lacks "- Sở Nội vụ."`} {
		if !slices.ContainsFunc(list, func(f inspect.Finding) bool { return strings.Contains(string(f), want) }) {
			t.Errorf("found %v, want %q", list, want)
		}
	}
	broken := pdfOf(t, letter())
	broken = append(broken[:len(broken)/2], broken[len(broken)/2+200:]...)
	if list, err := inspect.PDF(t.Context(), kept(t, "broken.pdf", broken), nil); err == nil && list == nil {
		t.Error("a file with a hole is called whole")
	}
}

func TestSameBytesAlways(t *testing.T) {
	d := report(t, 5)
	word, paper := docxOf(t, d), pdfOf(t, d)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if again := pdfOf(t, report(t, 5)); !bytes.Equal(again, paper) {
				t.Error("the PDF has other bytes")
			}
			if again := docxOf(t, report(t, 5)); !bytes.Equal(again, word) {
				t.Error("the Word file has other bytes")
			}
		})
	}
	wait.Wait()
}

func TestPressWaitsItsTurn(t *testing.T) {
	p := NewPress(1)
	p.slots <- struct{}{} // one is being built
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var b bytes.Buffer
	if err := p.WritePDF(ctx, &b, letter()); !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	<-p.slots
	if err := p.WritePDF(t.Context(), &b, letter()); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	if err := p.WritePDF(ctx, &b, letter()); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}

func BenchmarkDOCX1000Rows(b *testing.B) {
	d := report(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		docxOf(b, d)
	}
}

func BenchmarkPDF1000Rows(b *testing.B) {
	d := report(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		pdfOf(b, d)
	}
}

// TestManyInOneFile: several documents follow each other in one file, each from a page of its own and numbered anew,
// and the file is called by what all of them are.
func TestManyInOneFile(t *testing.T) {
	needTools(t)
	long := report(t, 40)
	long.Annexes = nil
	var b, alone bytes.Buffer
	if err := WritePDF(&alone, long); err != nil {
		t.Fatal(err)
	}
	if err := WritePDF(&b, long, letter(), long); err != nil {
		t.Fatal(err)
	}
	n, err := inspect.Pages(t.Context(), kept(t, "one.pdf", alone.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	file := kept(t, "many.pdf", b.Bytes())
	if all, err := inspect.Pages(t.Context(), file); err != nil || all != 2*n+1 {
		t.Errorf("%d pages of %d, 1 and %[2]d (%v)", all, n, err)
	}
	if list, err := inspect.PDF(t.Context(), file, nil, "Kính gửi: Ông Nguyễn Văn A, thôn 2"); list != nil || err != nil {
		t.Errorf("the file: %v, %v", list, err)
	}
	if title := pdfText(clean(long.Type)); !bytes.Contains(b.Bytes(), []byte("/Title "+title+" ")) {
		t.Errorf("the file isn't called %q", long.Type)
	}
}
