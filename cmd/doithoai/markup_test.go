package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// pageFaults says what is wrong with a page as far as its markup tells it, before any browser lays it out: its
// language, title, headings, ids and what names them; a name for each field, button, link and picture; landmarks; and
// nothing that the Content-Security-Policy refuses. What a browser must see, contrast, size and focus, the stories look
// at.
func pageFaults(doc *goquery.Document, lang string) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if got := doc.Find("html").AttrOr("lang", ""); got != lang {
		wrong("its language is %q, not %q", got, lang)
	}
	title, _, _ := strings.Cut(strings.TrimSpace(doc.Find("head title").Text()), " – ")
	if len([]rune(title)) < 3 {
		wrong("its title is %q", title)
	}
	if n := doc.Find("h1").Length(); n != 1 {
		wrong("%d h1", n)
	}
	level := 0
	for _, h := range doc.Find("h1, h2, h3, h4, h5, h6").EachIter() {
		n := int(h.Get(0).Data[1] - '0')
		if level > 0 && n > level+1 {
			wrong("<h%d> %q follows <h%d>", n, words(h), level)
		}
		if level = n; words(h) == "" {
			wrong("an empty <h%d>", n)
		}
	}
	return append(faults, landmarkFaults(doc)...)
}

// missingMessage is what stands where the catalogues have no words.
var missingMessage = regexp.MustCompile(`⟦[^⟧]*⟧`)

// strayMark is a mark that a line could begin with, with the word that it should stand at.
var strayMark = regexp.MustCompile(`[\p{L}\p{N}]+[ \x{a0}][,.;:](?:\s|$)`)

// deadLink begins the fault of a link within a page that leads nowhere.
const deadLink = "a link to #"

// partFaults are those that a part of a page can have too, which a script puts in its place.
func partFaults(doc *goquery.Document) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	ids := map[string]*goquery.Selection{}
	for _, e := range doc.Find("[id]").EachIter() {
		id, _ := e.Attr("id")
		if ids[id] != nil || strings.TrimSpace(id) == "" || strings.ContainsAny(id, " \t\n") {
			wrong("the id %q is empty, has a space or stands twice", id)
		}
		ids[id] = e
	}
	for _, attr := range []string{
		"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list", "form",
	} {
		for _, e := range doc.Find("[" + attr + "]").EachIter() {
			for id := range strings.FieldsSeq(e.AttrOr(attr, "")) {
				if ids[id] == nil {
					wrong("%s names %q, which isn't there: %s", attr, id, tag(e))
				}
			}
		}
	}
	for _, e := range doc.Find(`a[href^="#"]`).EachIter() {
		if target := strings.TrimPrefix(e.AttrOr("href", ""), "#"); target != "" && ids[target] == nil {
			wrong(deadLink+"%s, which isn't there", target)
		}
	}
	const named = "a[href], button, summary, input, select, textarea, img, svg[role=img], iframe, fieldset"
	for _, e := range doc.Find(named).EachIter() {
		if fault := nameFault(doc, e, ids); fault != "" {
			wrong("%s: %s", fault, tag(e))
		}
	}
	for _, e := range doc.Find("[lang]").EachIter() {
		if l := e.AttrOr("lang", ""); l != "vi" && l != "en" {
			wrong("the language %q: %s", l, tag(e))
		}
	}
	text := doc.Text()
	if missing := missingMessage.FindString(text); missing != "" {
		wrong("a message is missing: %s", missing)
	}
	if stray := strayMark.FindString(text); stray != "" {
		wrong("a mark that stands apart: %q", stray)
	}
	for _, e := range doc.Find("table").EachIter() {
		if e.Find("th").Length() == 0 {
			wrong("a table without headings: %s", tag(e))
		}
	}
	return append(faults, policyFaults(doc)...)
}

// landmarkFaults are those of the parts between which a screen reader leaps.
func landmarkFaults(doc *goquery.Document) (faults []string) {
	if n := doc.Find("main, [role=main]").Length(); n != 1 {
		faults = append(faults, fmt.Sprintf("%d main", n))
	}
	var names []string
	navs := doc.Find("nav")
	for _, e := range navs.EachIter() {
		name := e.AttrOr("aria-label", "")
		if id, ok := e.Attr("aria-labelledby"); ok {
			name = words(doc.Find("#" + id))
		}
		if slices.Contains(names, name) || name == "" && navs.Length() > 1 {
			faults = append(faults, fmt.Sprintf("two navigations are called %q, or one of several has no name", name))
		}
		names = append(names, name)
	}
	return faults
}

// policyFaults are what the Content-Security-Policy refuses.
func policyFaults(doc *goquery.Document) (faults []string) {
	for _, e := range doc.Find("*").EachIter() {
		n := e.Get(0)
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				faults = append(faults, fmt.Sprintf("the attribute %s: %s", a.Key, tag(e)))
			}
		}
		if n.Data == "style" || n.Data == "script" && e.AttrOr("src", "") == "" {
			faults = append(faults, "inline <"+n.Data+">")
		}
	}
	return faults
}

// nameFault says why nobody could tell what a control, a picture or a group is called; "" where it has a name.
func nameFault(doc *goquery.Document, e *goquery.Selection, ids map[string]*goquery.Selection) string {
	if strings.TrimSpace(e.AttrOr("aria-label", "")) != "" || e.Closest("[aria-hidden=true]").Length() > 0 {
		return ""
	}
	for id := range strings.FieldsSeq(e.AttrOr("aria-labelledby", "")) {
		if ids[id] != nil && words(ids[id]) != "" {
			return ""
		}
	}
	switch n := e.Get(0); n.Data {
	case "img":
		if _, ok := e.Attr("alt"); !ok {
			return "a picture without alt"
		}
	case "svg":
		if words(e.ChildrenFiltered("title")) == "" {
			return "a drawing without a name"
		}
	case "fieldset":
		if words(e.ChildrenFiltered("legend")) == "" {
			return "a group without a legend"
		}
	case "a", "button", "summary":
		if words(e) == "" {
			return "nothing to read"
		}
	default:
		switch e.AttrOr("type", "") {
		case "hidden":
			return ""
		case "submit", "button", "reset":
			if strings.TrimSpace(e.AttrOr("value", "")) == "" {
				return "nothing to read"
			}
			return ""
		}
		if words(e.Closest("label")) != "" {
			return ""
		}
		id := e.AttrOr("id", "")
		named := doc.Find("label").FilterFunction(func(_ int, l *goquery.Selection) bool {
			return id != "" && l.AttrOr("for", "") == id && words(l) != ""
		})
		if named.Length() == 0 {
			return "a field without a label"
		}
	}
	return ""
}

// words is what is read of an element: its text, and that of pictures in it.
func words(e *goquery.Selection) string {
	var b strings.Builder
	b.WriteString(e.Text())
	for _, img := range e.Find("img[alt], [aria-label]").EachIter() {
		b.WriteString(" " + img.AttrOr("alt", "") + img.AttrOr("aria-label", ""))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// tag is the opening tag of an element.
func tag(e *goquery.Selection) string {
	n := *e.Get(0)
	n.FirstChild, n.LastChild = nil, nil
	var b strings.Builder
	if err := html.Render(&b, &n); err != nil {
		return err.Error()
	}
	return b.String()
}

// parsed is the document of a page.
func parsed(t *testing.T, page string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestPageFaults shows that each fault is seen, and none where there is none.
func TestPageFaults(t *testing.T) {
	const right = `<!DOCTYPE html><html lang="vi"><head><title>Trang – Xã</title></head><body>
		<nav aria-label="Chính"><a href="#noi-dung">Đến nội dung</a></nav>
		<main id="noi-dung"><h1>Trang</h1><h2>Phần</h2><h3>Mục</h3><h2>Phần sau</h2>
		<form><fieldset aria-describedby="goi-y"><legend>Nhóm</legend><p id="goi-y">Gợi ý</p>
		<label for="ten">Tên</label><input id="ten"><label>Chọn <input type="radio"></label>
		<input type="hidden"><input aria-label="Ngày"><button><img src="x" alt="Tìm"></button></fieldset></form>
		<table><tr><th>Cột</th></tr></table><svg role="img"><title>Mã</title></svg></main></body></html>`
	allFaults := func(page string) []string {
		doc := parsed(t, page)
		return append(pageFaults(doc, "vi"), partFaults(doc)...)
	}
	if faults := allFaults(right); len(faults) > 0 {
		t.Errorf("a page without faults: %q", faults)
	}
	for _, c := range []struct{ old, with, want string }{
		{`lang="vi"`, `lang="en"`, "its language"},
		{"Trang – Xã", "", "its title"},
		{"<h2>Phần</h2>", "<h1>Phần</h1>", "2 h1"},
		{"<h2>Phần</h2>", "", "<h3> \"Mục\" follows <h1>"},
		{"<h2>Phần sau</h2>", "<h2> </h2>", "an empty <h2>"},
		{`id="goi-y"`, `id="ten"`, `the id "ten"`},
		{`<p id="goi-y">Gợi ý</p>`, "", `aria-describedby names "goi-y"`},
		{"#noi-dung", "#noi", "a link to #noi"},
		{"Đến nội dung", "", "nothing to read"},
		{`<label for="ten">Tên</label>`, "", "a field without a label"},
		{`<label for="ten">Tên</label>`, `<label for="ten"></label>`, "a field without a label"},
		{`aria-label="Ngày"`, "", "a field without a label"},
		{` alt="Tìm"`, "", "a picture without alt"},
		{"<legend>Nhóm</legend>", "", "a group without a legend"},
		{"<title>Mã</title>", "", "a drawing without a name"},
		{"<th>Cột</th>", "<td>Cột</td>", "a table without headings"},
		{"</main>", "</main><main></main>", "2 main"},
		{"</nav>", `</nav><nav aria-label="Chính"></nav>`, "two navigations"},
		{"<form>", `<form style="color: red">`, "the attribute style"},
		{"<form>", `<form onsubmit="x()">`, "the attribute onsubmit"},
		{"Phần sau", "⟦web.no⟧", "a message is missing"},
		{"Phần sau", "Phần <b>sau</b> , hết", "a mark that stands apart: \"sau ,"},
		{"<form>", "<form><script>x()</script>", "inline <script>"},
		{"<legend>", `<legend lang="fr">`, `the language "fr"`},
	} {
		faults := allFaults(strings.Replace(right, c.old, c.with, 1))
		if !strings.Contains(strings.Join(faults, "\n"), c.want) {
			t.Errorf("%q instead of %q: %q, want %q", c.with, c.old, faults, c.want)
		}
	}
}
