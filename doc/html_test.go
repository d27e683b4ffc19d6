package doc

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func htmlOf(t *testing.T, d Doc, rank int) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := WriteHTML(&b, d, rank); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestHTMLIsTheAccessibleForm(t *testing.T) {
	page := htmlOf(t, report(t, 3), 2)
	for selector, want := range map[string]int{
		"article.dt-paper[lang=vi]":             1,
		"h1":                                    0,
		"h2":                                    1,
		"h3":                                    3, // one section, two annexes
		"h4":                                    1,
		"ul.dt-paper__items":                    2, // to whom, and the items of the text
		"table":                                 3, // of which one within another
		"thead th[scope=col]":                   10,
		"thead th[scope=colgroup][colspan='3']": 1,
		"th[rowspan='2']":                       2,
		"caption.govuk-visually-hidden":         2,
		"[role=region][tabindex='0'][aria-label]": 3,
		"img[alt]":                          2,
		"img[alt='']":                       0,
		".dt-paper__signature strong":       2,
		".dt-paper__recipients li":          4,
		"script, style, [style], [onclick]": 0,
		"section.dt-paper__annex":           2,
	} {
		if got := page.Find(selector).Length(); got != want {
			t.Errorf("%d of %s, want %d", got, selector, want)
		}
	}
	text := strings.Join(strings.Fields(page.Text()), " ")
	for _, p := range []string{"Số: 05/BC-UBND", "KHẨN", "Có 23 ý kiến của 19 người;", "17 ý kiến. ☐ chưa xem ☑",
		"Trần Thị Mỹ Lệ", "Không có việc còn lại."} {
		if !strings.Contains(text, p) {
			t.Errorf("the page lacks %q", p)
		}
	}
	if got := page.Find("[role=region]").Eq(0).AttrOr("aria-label", ""); got != "Ý kiến theo lĩnh vực" {
		t.Errorf("the table is called %q", got)
	}
}

// TestHTMLOfHostileWords: they stand there as words, and characters that paper lacks stay.
func TestHTMLOfHostileWords(t *testing.T) {
	page := htmlOf(t, hostileDoc(), 1)
	if n := page.Find("script, style, [style], w\\:t").Length(); n != 0 {
		t.Errorf("%d elements that nobody wrote", n)
	}
	text := page.Text()
	for _, want := range []string{"🙏", "漢字", script, "{{ho_ten}}", "Đường thôn 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.ContainsAny(text, "\a\x1b\u200b\u202e") {
		t.Error("control characters are on the page")
	}
}
