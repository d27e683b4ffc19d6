package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// find searches as a browser would.
func (f *reader) find(query string) *goquery.Document {
	f.t.Helper()
	return f.page(http.StatusOK, answersPath+"?"+url.Values{"tim": {query}}.Encode())
}

func TestAnswersAreFoundWithAndWithoutDiacritics(t *testing.T) {
	f := newReader(t)
	land, _ := f.publish("Làm thủ tục đất đai thì nộp ở đâu?", "Nơi nộp hồ sơ đất", "Nộp tại Bộ phận một cửa.", "dat-dai")
	f.publish("Đường thôn 1 bị ngập.", "Đường thôn 1", "Đã khơi thông cống.", "dat-dai")
	for _, query := range []string{
		"thu tuc dat dai", "thủ tục đất đai", "THỦ TỤC ĐẤT ĐAI", "thu tuc đất đai", "thu\u0309 tu\u0323c đất đai",
		"thủ tục Ɖất Ɖai", "thủ tục Ðất Ðai", // letters of other alphabets that look like Đ
	} {
		rows := f.find(query).Find(".dt-rows li")
		if rows.Length() != 1 || rows.Find("a").AttrOr("href", "") != answerPath(land) {
			t.Errorf("%q finds %d: %s", query, rows.Length(), textOf(rows))
			continue
		}
		if got := textOf(rows.Find("mark")); got != "thủ tục đất đai" {
			t.Errorf("%q marks %q", query, got)
		}
	}
	wantText(t, f.find("thu tuc dat dai").Find("h2"), "1 kết quả cho “thu tuc dat dai”")
	empty := f.find("tàu hỏa")
	wantText(t, empty.Find(".dt-empty"), "Ông/bà thử từ khác, hoặc gửi câu hỏi")
	wantText(t, f.page(http.StatusOK, answersPath+"?tim=tàu+hỏa&linh-vuc=dat-dai").Find(".dt-empty"),
		"bỏ chọn lĩnh vực")
	if way := empty.Find(".dt-empty a"); way.Length() != 2 {
		t.Errorf("%d ways on from an empty page", way.Length())
	}
	if got := empty.Find("input[name=tim]").AttrOr("value", ""); got != "tàu hỏa" {
		t.Errorf("what was typed came back as %q", got)
	}
}

// A search that did not look at everything claims no exact number.
func TestHeadingOfASearch(t *testing.T) {
	for _, tt := range []struct {
		found store.Found
		want  string
	}{
		{store.Found{Total: 3, Whole: true}, "3 kết quả cho “rác”"},
		{store.Found{Whole: true}, "Chưa có câu trả lời về “rác”"},
		{store.Found{Total: 3}, "Ít nhất 3 kết quả cho “rác”"}, {store.Found{}, "Chưa tìm thấy câu trả lời về “rác”"},
	} {
		p := answersPage{
			Reader: &web.Reader{Text: text.For("vi")}, Search: store.Search{Query: "rác"}, Found: tt.found,
		}
		if got := p.heading(); got != tt.want {
			t.Errorf("%+v is headed %q, want %q", tt.found, got, tt.want)
		}
	}
}

// A hit in the answer alone is shown with the answer's words.
func TestExcerptShowsWhereTheHitIs(t *testing.T) {
	f := newReader(t)
	f.publish("Nộp ở đâu?", "Nơi nộp", "Nộp tại Bộ phận một cửa của xã.", "dat-dai")
	wantText(t, f.find("mot cua").Find(".dt-excerpt mark"), "một cửa")
}

// A word alone is no hit where neighbours were looked for: nothing is marked rather than something else.
func TestExcerptMarksWhatWasFound(t *testing.T) {
	f := newReader(t)
	f.publish("Thứ Bảy có nhận hồ sơ không?", "Thủ tục ngày thứ Bảy", "Không nhận.", "dat-dai")
	row := f.find("thu tuc").Find(".dt-rows li")
	if row.Length() != 1 || row.Find("mark").Length() != 0 {
		t.Errorf("%d rows, marked %q", row.Length(), textOf(row.Find("mark")))
	}
	wantText(t, row.Find(".dt-excerpt"), "Thứ Bảy có nhận hồ sơ không?")
}

func TestHostileSearchesFindNothingAndBreakNothing(t *testing.T) {
	f := newReader(t)
	f.publish("Làm thủ tục đất đai thì nộp ở đâu?", "Nơi nộp hồ sơ đất", "Nộp tại Bộ phận một cửa.", "dat-dai")
	for _, query := range []string{
		`"`, `'`, `' OR 1=1 --`, `"thu tuc" OR *`, `thu NEAR/2 tuc`, `NOT AND OR`, `col:thu`, `thu*`, `-thu`, `^thu`, `(((`,
		`a__0123`, `f__dat`, `\`, `%`, `_`,
		"<script>alert(1)</script>", "😀🏠", "\x00\x01\x02", "\xff\xfe", strings.Repeat("a", 10000),
		strings.Repeat("thủ tục ", 1250), strings.Repeat(`"`, 10000),
	} {
		doc := f.find(query)
		if n := doc.Find("script:not([src])").Length(); n != 0 {
			t.Errorf("%.40q puts a script on the page", query)
		}
		if got := doc.Find("input[name=tim]").AttrOr("value", ""); len([]rune(got)) > maxQuery {
			t.Errorf("%.40q comes back %d characters long", query, len(got))
		}
	}
	// What only looks like an operator is a word like any other.
	if n := f.find(`thu tuc`).Find(".dt-rows li").Length(); n != 1 {
		t.Errorf("after all that, %d rows are found", n)
	}
	for _, path := range []string{
		"?truoc=-1", "?truoc=x", "?truoc=99999999999999999999", "?linh-vuc=khong-co", "?linh-vuc=%27", "?tim=%zz",
	} {
		f.page(http.StatusOK, answersPath+path)
	}
}

// The page says how the words were understood where not all of them were found as they were typed.
func TestAnswersSayHowWordsWereRead(t *testing.T) {
	f := newReader(t)
	f.publish("Tôi làm rơi căn cước ngoài chợ, làm lại ở đâu?", "Mất căn cước", "Công an xã cấp lại.", "dat-dai")
	f.publish("Đường đầy ổ gà.", "Đường thôn 1 bị xói lở", "Đã sửa.", "dat-dai")
	for query, want := range map[string]string{
		"cccd":              "Đã tìm cả “căn cước” cho “cccd”.",
		"maats can cuocws":  "Đã tìm cả",
		"căn cước Zanzibar": "Không tìm thấy câu trả lời nào có “Zanzibar”; dưới đây là kết quả bỏ qua từ đó.",
		"căn cước xói":      "Không tìm thấy câu trả lời nào có đủ các từ đã gõ; kết quả đầu tiên bỏ qua “xói”.",
	} {
		doc := f.find(query)
		wantText(t, doc.Find("#ket-qua, section[aria-labelledby=ket-qua], main"), want)
		if doc.Find(".dt-rows li").Length() == 0 {
			t.Errorf("%q finds nothing", query)
		}
	}
	if doc := f.find("căn cước"); strings.Contains(textOf(doc.Find("main")), "Đã tìm cả") {
		t.Error("words found as they were typed are explained")
	}
}

// What has only a part of the words stands under a heading of its own, after what answers, or after saying that nothing
// does.
func TestPartsStandApart(t *testing.T) {
	f := newReader(t)
	f.publish("Khai sinh cho cháu từ tỉnh khác về?", "Khai sinh", "Nộp tại một cửa.", "dat-dai")
	f.publish("Trường học thiếu nước.", "Trường", "Đã lắp bồn.", "dat-dai")
	for query, want := range map[string]struct {
		heading string
		whole   int
	}{
		"khai tử":          {"Chưa có câu trả lời về “khai tử”", 0},
		"trương":           {"Chưa có câu trả lời về “trương”", 0},
		"khai sinh":        {"1 kết quả cho “khai sinh”", 1},
		"khai sinh trương": {"1 kết quả cho “khai sinh trương”", 1},
	} {
		doc := f.find(query)
		wantText(t, doc.Find("#ket-qua"), want.heading)
		parts := doc.Find("section[aria-labelledby=mot-phan]")
		whole := doc.Find("section[aria-labelledby=ket-qua] .dt-rows li").Length()
		if whole != want.whole || parts.Find(".dt-rows li").Length() > 1 || want.whole == 0 && parts.Length() != 1 {
			t.Errorf("%q: %d answers, in part %q", query, whole, textOf(parts))
		}
		if parts.Length() > 0 {
			wantText(t, parts.Find("h2"), "Câu trả lời có một phần các từ này")
		}
	}
}

// Who types the number that stands on the receipt comes to the answer, or is told where to look.
func TestNumberOpensItsAnswer(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Làm thủ tục đất đai thì nộp ở đâu?", "Nơi nộp hồ sơ đất", "Nộp tại một cửa.", "dat-dai")
	n := string(number)
	for _, typed := range []string{
		n, strings.ToLower(n), strings.ReplaceAll(n, "-", "–"), strings.ReplaceAll(n, "-", " "),
		strings.ReplaceAll(n, "-", ""), "ý kiến số " + n + " trả lời chưa?", strings.Replace(n, "ND", "NĐ", 1),
		strings.TrimPrefix(n, "ND-"),
	} {
		w := f.get(answersPath + "?" + url.Values{"tim": {typed}}.Encode())
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != answerPath(number) {
			t.Errorf("%q: %d to %q", typed, w.Code, w.Header().Get("Location"))
		}
	}
	f.page(http.StatusOK, answersPath+"/"+url.PathEscape(strings.Replace(n, "ND", "NĐ", 1)))
	empty := f.find("ý kiến số NĐ-24-9999 về đất đai")
	wantText(t, empty.Find(".dt-empty"), "Chưa có câu trả lời nào được công khai dưới số ND-24-9999.")
	wantText(t, empty.Find("h2"), "Ý kiến số ND-24-9999")
	if empty.Find(`.dt-empty a[href="`+followPath+`"]`).Length() != 1 {
		t.Error("no way to the receipt's code")
	}
}

func TestAnswersPageByKey(t *testing.T) {
	f := newReader(t)
	for i := range answersPerPage + 3 {
		f.publish(fmt.Sprintf("Câu hỏi về rác thải số %d?", i), fmt.Sprintf("Rác thải %d", i), "Đã thu gom.", "dat-dai")
	}
	first := f.page(http.StatusOK, answersPath+"?tim=rac+thai&linh-vuc=dat-dai")
	if n := first.Find(".dt-rows li").Length(); n != answersPerPage {
		t.Fatalf("%d rows on the first page", n)
	}
	wantText(t, first.Find(".dt-rows li").First(), fmt.Sprint("Rác thải ", answersPerPage+2))
	next := first.Find(".govuk-pagination__next a").AttrOr("href", "")
	f.publish("Câu hỏi mới về rác thải?", "Rác thải mới", "Đã thu gom.", "dat-dai") // shifts nothing
	second := f.page(http.StatusOK, next)
	rows := second.Find(".dt-rows li")
	if rows.Length() != 3 || !strings.Contains(textOf(rows.First()), "Rác thải 2") {
		t.Errorf("the second page has %d rows: %s", rows.Length(), textOf(rows))
	}
	if second.Find(".govuk-pagination__next a").Length() != 0 {
		t.Error("the last page leads further")
	}
	back := second.Find(".govuk-pagination__prev a").AttrOr("href", "")
	if back != answersPath+"?linh-vuc=dat-dai&tim=rac+thai" {
		t.Errorf("back leads to %q", back)
	}
	if n := f.page(http.StatusOK, answersPath+"?linh-vuc=ho-tich").Find(".dt-rows li").Length(); n != 0 {
		t.Errorf("another field has %d rows", n)
	}
}

// What no unit had to look into was answered at the dialogue, elsewhere, or sent on: the page says which.
func TestAnswerSaysHowItWasGiven(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	o := f.submit("Thứ Bảy xã có nhận hồ sơ không?", "Đường điện bị võng.", "Loa của thôn rè.").Opinions
	for i, want := range []struct {
		ruling doithoai.RulingCode
		at     calendar.Instant
		says   string
	}{
		{doithoai.RulingOnTheSpot, calendar.InstantOf(f.now), "UBND xã Nghĩa Dũng trả lời ngay, không cần xác minh thêm."},
		{doithoai.RulingOtherBody, calendar.InstantOf(f.now), "UBND xã Nghĩa Dũng đã hướng dẫn nơi giải quyết."},
		{doithoai.RulingOnTheSpot, f.dialogue.StartsAt, "Trả lời trực tiếp tại buổi đối thoại."},
	} {
		f.now = want.at.Time()
		f.rule(o[i], doithoai.Ruling{
			Code: want.ruling, Text: "Gọi (0255) 000 0000 hoặc 0901 234 567.", AnsweredBy: "Chủ tịch UBND xã",
		})
		f.must(f.db.ProposePublication(ctx, f.office, o[i].ID, 0, doithoai.Publication{
			Title: "Tóm tắt", Question: o[i].Content, Answer: "Gọi (0255) 000 0000 hoặc 0901 234 567.",
		}))
		f.must(f.db.ApprovePublication(ctx, f.chair, o[i].ID, 1))
		letter := f.page(http.StatusOK, answerPath(o[i].Number)).Find(".dt-letter")
		wantText(t, letter, want.says)
		calls := letter.Find("a")
		if calls.Length() != 2 || calls.Eq(0).AttrOr("href", "") != "tel:02550000000" ||
			calls.Eq(1).AttrOr("href", "") != "tel:0901234567" {
			t.Errorf("%d numbers to call", calls.Length())
		}
		wantText(t, letter, "Gọi (0255) 000 0000 hoặc 0901 234 567.")
	}
	wantText(
		t,
		f.page(http.StatusOK, answersPath).Find(".dt-rows li").First(),
		"Đất đai · Công khai thứ Tư, ngày 30/10/2024",
	)
}

// An answer's page says everything but who asked.
func TestAnswerNamesNobody(t *testing.T) {
	f := newReader(t)
	number, _ := f.publish("Làm thủ tục đất đai\nthì nộp ở đâu?", "Nơi nộp hồ sơ đất",
		"Nộp tại Bộ phận một cửa.\nMang theo giấy tờ.", "dat-dai")
	for _, path := range []string{answerPath(number), strings.ToLower(string(answerPath(number)))} {
		doc := f.page(http.StatusOK, path)
		for _, want := range []string{
			"Làm thủ tục đất đai", "Mang theo giấy tờ.", "Luật Đất đai 2013", "Văn bản số 15/UBND-VP ngày 23/10/2024.",
			"Công khai thứ Tư, ngày 23/10/2024", "Đơn vị trả lời: Bộ phận Địa chính.", string(number), "Thôn 1",
			"Xác minh, trả lời sau",
			"chưa cho biết",
		} {
			wantText(t, doc.Find("main"), want)
		}
		wantText(t, doc.Find("title"), "Nơi nộp hồ sơ đất")
		if n := doc.Find(".dt-letter .govuk-body").Length(); n != 4 {
			t.Errorf("%d paragraphs in the letter", n)
		}
	}
	o := f.submit("Chưa được trả lời.")
	f.page(http.StatusNotFound, answerPath(o.Opinions[0].Number))
	wantText(t, f.page(http.StatusNotFound, answersPath+"/nd-24-9999").Find("h1"),
		"Chưa công khai trả lời ý kiến số ND-24-9999")
	wantText(t, f.page(http.StatusNotFound, answersPath+"/"+url.PathEscape("ĐL-24-9999")).Find("h1"),
		"Chưa công khai trả lời ý kiến số ĐL-24-9999")
	f.page(http.StatusNotFound, answersPath+"/%00%27")
}
