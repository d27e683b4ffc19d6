package portal

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// unapproved are words that nobody approved to be public.
const unapproved = "Chuyện nhà tôi chưa ai duyệt"

// hold holds the dialogue: opinions that are public, that wait, that were withdrawn, denounced; then it is over.
func (f *reader) hold() {
	f.t.Helper()
	ctx := f.t.Context()
	for i := range 12 {
		f.publish(fmt.Sprintf("Thủ tục đất đai số %d bao giờ xong?", i), fmt.Sprintf("=Thủ tục đất đai %d", i),
			"Đã trả kết quả tại bộ phận một cửa.", "dat-dai")
	}
	for i, ruling := range []doithoai.Ruling{
		{Code: doithoai.RulingLater, LeadUnitID: f.units["dia-chinh"], Due: calendar.DateOf(2024, 11, 6)},
		{Code: doithoai.RulingComplaint, HandedOver: true, Text: "Hướng dẫn lập đơn khiếu nại."},
		{Code: doithoai.RulingDenunciation, HandedOver: true},
	} {
		r := f.submit(fmt.Sprintf("%s, việc %d", unapproved, i))
		_, err := f.db.RuleOpinion(ctx, f.secretary, r.Opinions[0].ID, 1, ruling)
		f.must(err)
	}
	f.must(f.db.WithdrawOpinion(ctx, f.office, f.submit(unapproved).Opinions[0].ID, 1, "Người nêu nói đã rõ."))
	d := f.dialogue
	f.now = d.StartsAt.Time()
	d, err := f.db.StartDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	f.now = f.now.Add(2 * time.Hour)
	d, err = f.db.CloseDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	f.dialogue = d
	f.now = f.now.AddDate(0, 0, 14) // what was due by 6 November is overdue
}

// listed are the numbers of the matters on a page, in their order.
func listed(doc *goquery.Document) (all []string) {
	doc.Find(".dt-matter").Each(func(_ int, s *goquery.Selection) {
		number := textOf(s.Find(".dt-no"))
		if number == "" {
			number = strings.TrimPrefix(textOf(s.Find("h3")), "Ý kiến số ")
		}
		all = append(all, number)
	})
	return all
}

// lines are the rows of the file at a path, without their headings.
func (f *reader) lines(path string) [][]string {
	f.t.Helper()
	w := f.get(path)
	if kind := w.Header().Get("Content-Type"); w.Code != http.StatusOK || kind != "text/csv; charset=utf-8" {
		f.t.Fatalf("%s: %d %s", path, w.Code, kind)
	}
	body, marked := strings.CutPrefix(w.Body.String(), "\uFEFF")
	if !marked {
		f.t.Errorf("%s does not begin with a byte-order mark", path)
	}
	c := csv.NewReader(strings.NewReader(body))
	c.Comma = ';'
	rows, err := c.ReadAll()
	f.must(err)
	return rows[1:]
}

// Each figure of a dialogue that is over opens exactly the rows that it counts, on the page and in the file; the pages
// hold all of them, once; nobody reads what was not approved, nor anything of a complaint or a denunciation.
func TestFiguresOpenTheirRows(t *testing.T) {
	f := newReader(t)
	f.hold()
	at := dialoguePath(f.dialogue.Slug)
	doc := f.page(http.StatusOK, at)
	wantText(t, doc.Find("h1"), "Đối thoại ngày 30/10/2024: 16 ý kiến và câu trả lời")
	wantText(t, doc.Find(".dt-counted__sum"), "Ngoài 12 đã trả lời và 1 chờ trả lời, có 1 ý kiến người nêu rút lại; "+
		"2 ý kiến giải quyết theo Luật Khiếu nại, Luật Tố cáo, chỉ công khai số lượng.")
	wantText(t, doc.Find(".dt-state"), "Chưa công bố kết quả")
	want := map[string]int{"da-nhan": 14, "da-tra-loi": 12, "cho-tra-loi": 1, "qua-han": 1, "da-xong": 0}
	for i, figure := range openFigures {
		link := doc.Find(".dt-counted li").Eq(i)
		href, opens := link.Find("a").Attr("href")
		count := textOf(link.Find("strong"))
		n := want[figure.value]
		if number := fmt.Sprint(n); figure.name != "received" && count != number || opens != (n > 0) {
			t.Errorf("%s counts %s and opens %q, want %s", figure.name, count, href, number)
		}
		if !opens {
			continue
		}
		u, err := url.Parse(href)
		f.must(err)
		q := u.Query()
		q.Set(fieldWhole, "co")
		numbers := listed(f.page(http.StatusOK, u.Path+"?"+q.Encode()))
		rows := f.lines(u.Path + ".csv?" + u.RawQuery)
		if len(numbers) != n || len(rows) != n {
			t.Errorf("%s opens %d rows and a file of %d, want %d", figure.name, len(numbers), len(rows), n)
		}
		for j := range min(len(numbers), len(rows)) {
			if numbers[j] != rows[j][0] {
				t.Errorf("%s: row %d of the page is %s, of the file %s", figure.name, j, numbers[j], rows[j][0])
			}
		}
	}
	if body := f.get(web.PublicMattersPath(f.dialogue.Slug) + ".csv").Body.String(); strings.Contains(body, ";=Thủ tục") ||
		!strings.Contains(body, "'=Thủ tục") {
		t.Error("a cell of the file would be run as a formula")
	}

	var walked []string
	for path := web.PublicMattersPath(f.dialogue.Slug); path != ""; {
		page := f.page(http.StatusOK, path)
		walked = append(walked, listed(page)...)
		path = page.Find(".dt-pages a[rel=next]").AttrOr("href", "")
	}
	all := f.lines(web.PublicMattersPath(f.dialogue.Slug) + ".csv")
	if len(walked) != len(all) {
		t.Fatalf("the pages hold %d, the file %d", len(walked), len(all))
	}
	for i := range all {
		if walked[i] != all[i][0] {
			t.Errorf("row %d of the pages is %s, of the file %s", i, walked[i], all[i][0])
		}
	}
	matters := web.PublicMattersPath(f.dialogue.Slug)
	for _, path := range []string{
		at, at + announcedPart, matters + "?tat-ca=co", matters + ".csv", matters + "?huong=TC", matters + "?huong=KN",
	} {
		body := f.get(path).Body.String()
		for _, never := range []string{unapproved, "lập đơn", secretName} {
			if strings.Contains(body, never) {
				t.Errorf("%s shows %q", path, never)
			}
		}
	}
}

// The list is narrowed to a ruling and a village; of what is not public nobody reads the village.
func TestMattersAreNarrowed(t *testing.T) {
	f := newReader(t)
	f.hold()
	at := web.PublicMattersPath(f.dialogue.Slug)
	doc := f.page(http.StatusOK, at)
	wantText(t, doc.Find("select[name=thon]"), "Thôn 1 (12)")
	wantText(t, doc.Find("select[name=huong]"), "Tất cả 14")
	wantText(t, doc.Find("select[name=huong]"), "Người nêu rút lại (1)")
	if strings.Contains(textOf(doc.Find("select[name=huong]")), "khiếu nại") {
		t.Error("one can ask for complaints")
	}
	for query, want := range map[string]int{
		"thon=Thôn 1": 10, "huong=RUT": 1, "huong=TL-SAU&so=cho-tra-loi": 1, "huong=RUT&thon=Thôn 1": 0, "so=khong-co": 10,
		"huong=ABC": 10, "sau=ND-24-9999": 10,
	} {
		if n := len(listed(f.page(http.StatusOK, at+"?"+strings.ReplaceAll(query, " ", "+")))); n != want {
			t.Errorf("%s: %d rows, want %d", query, n, want)
		}
	}
	f.page(http.StatusNotFound, at+"?thon=khong-co")
	wantText(t, f.page(http.StatusOK, at+"?thon=Th%C3%B4n+1").Find("#y-kien"), "12 ý kiến: Thôn 1")
	late := f.page(http.StatusOK, at+"?so=qua-han").Find(".dt-matter")
	wantText(t, late, "nội dung chưa công khai")
	wantText(t, late.Find(".dt-due--late"), "quá hạn")
	if strings.Contains(textOf(late), "Thôn") {
		t.Errorf("the row says from where it came: %s", textOf(late))
	}
	wantText(t, f.page(http.StatusOK, dialoguePath(f.dialogue.Slug)+announcedPart).Find("#chuong-trinh"), "Chương trình")
}

// A dialogue that is not over has no such pages.
func TestMattersOfDialogueToCome(t *testing.T) {
	f := newReader(t)
	f.page(http.StatusNotFound, web.PublicMattersPath(f.dialogue.Slug))
	if w := f.get(web.PublicMattersPath(f.dialogue.Slug) + ".csv"); w.Code != http.StatusNotFound {
		t.Errorf("the file answers %d", w.Code)
	}
	w := f.get(dialoguePath(f.dialogue.Slug) + announcedPart)
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != dialoguePath(f.dialogue.Slug) {
		t.Errorf("%d to %q", w.Code, to)
	}
}
