package results

import (
	"crypto/rand"
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/documents"
	"doithoai/report"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

func newFixture(t testing.TB) *stafftest.Fixture {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, "xa-thu.test/so")
	stafftest.Must(t, err)
	signer, err := note.NewSigner(skey)
	stafftest.Must(t, err)
	sign := func(file []byte) ([]byte, error) { return report.Sign(file, signer) }
	return stafftest.New(t,
		func(db *store.DB) web.Site {
			return New(Config{DB: db, Sign: sign, Key: func() string { return vkey }})
		},
		func(db *store.DB) web.Site { return documents.New(documents.Config{DB: db}) })
}

// held is a dialogue after its end, at which three matters of one person were raised; the first is to be answered
// later, the second was at once, the third has no ruling.
func held(t *testing.T, fx *stafftest.Fixture) (d doithoai.Dialogue, all []doithoai.Opinion) {
	t.Helper()
	ctx, secretary := t.Context(), fx.Actor("thu-ky")
	fx.Announce()
	list, err := fx.DB.Dialogues(ctx, fx.Authority.ID)
	stafftest.Must(t, err)
	got, err := fx.DB.SubmitSlip(ctx, doithoai.Resident(fx.Authority.ID), fx.Key(), doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, NoticeRead: true, DialogueID: list[0].ID,
		Matters: []string{"Đường thôn 1 ngập khi mưa.", "Lịch chi trả trợ cấp ở đâu?", "Cổng dịch vụ công báo lỗi."},
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPhone}, Phone: "0900000000",
		},
	})
	stafftest.Must(t, err)
	fx.Now = calendar.Civil(list[0].StartsAt.Add(time.Minute))
	d, err = fx.DB.StartDialogue(ctx, secretary, list[0].ID, list[0].Version, fx.DB.Now())
	stafftest.Must(t, err)
	for i, r := range []doithoai.Ruling{
		{
			Code: doithoai.RulingLater, LeadUnitID: fx.Units["tu-phap-ho-tich"],
			Due: calendar.DateOf(2024, 10, 30),
		},
		{Code: doithoai.RulingOnTheSpot, Text: "Trả vào ngày 10 hằng tháng.", AnsweredBy: "Chủ trì"},
	} {
		_, err = fx.DB.RuleOpinion(ctx, secretary, got.Opinions[i].ID, 1, r)
		stafftest.Must(t, err)
	}
	fx.Now = fx.Now.Add(time.Hour)
	d, err = fx.DB.CloseDialogue(ctx, secretary, d.ID, d.Version, fx.DB.Now())
	stafftest.Must(t, err)
	return d, got.Opinions
}

// The report is written, settled and numbered on its page; it can't be settled while something is open, and what was
// typed stays.
func TestResultReportPage(t *testing.T) {
	fx := newFixture(t)
	d, all := held(t, fx)
	at := reportPath(d)
	office := fx.As("van-phong")
	fx.As("ho-tich").Get(at).Want(http.StatusForbidden, "")
	p := office.Get(at)
	p.Says("main", "Chưa chốt được số liệu", "Còn 1 ý kiến chưa có hướng xử lý", "Ghi tồn tại, hạn chế")
	p.Says(".dt-paper", "Tổng số ý kiến: 03, của 01 cá nhân; gồm 03 vấn đề khác nhau", "KẾT QUẢ")
	words := url.Values{"ton-tai": {"- Loa nhỏ."}, "kien-nghi": {"Không"}, "chuan-bi": {"Đã họp ngày 20/10."}}
	office.Submit(p, at, words).Want(http.StatusSeeOther, at+"?xong=write_result_report")
	p = office.Get(at)
	p.Says(".dt-paper", "Loa nhỏ.", "Đã họp ngày 20/10.").Says("main", "Còn 1 ý kiến")
	if p.Find(`form[action="`+at+settlePart+`"]`).Length() > 0 {
		t.Error("it can be settled while an opinion has no ruling")
	}
	office.Post(at+settlePart, url.Values{"phien-ban": {"1"}}).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "chưa khép")
	office.Post(at, url.Values{"tu-ban": {"0"}, "ton-tai": {"Viết sau"}, "kien-nghi": {"Không"}}).
		Want(http.StatusConflict, "").Says("#ton-tai", "Viết sau")
	office.Get(editionPath(d, 1, fileAt)).Want(http.StatusNotFound, "")

	_, err := fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), all[2].ID, 1, doithoai.Ruling{
		Code: doithoai.RulingOnTheSpot, Text: "Đã sửa.", AnsweredBy: "Chủ trì",
	})
	stafftest.Must(t, err)
	office.Submit(office.Get(at), at+settlePart, nil).Want(http.StatusSeeOther, at+"?xong=settle_result_report")
	p = office.Get(at)
	p.Says("main", "Số liệu đã chốt lúc", "Từ khi chốt chưa có gì thay đổi").Says(".dt-paper", "mã SHA-256")
	p.Hides("#viet")
	office.Submit(p, at+"/so", url.Values{"so-van-ban": {"12"}, "ngay-van-ban": {"25/10/2024"}}).
		Want(http.StatusSeeOther, at+"?xong=so#so-ngay")
	p = office.Get(at)
	p.Says(".dt-paper", "12/BC-UBND", "25 tháng 10 năm 2024")
	if p.Find(`form[action="`+at+reopenPart+`"]`).Length() > 0 {
		t.Error("it can be opened again with its number")
	}
	office.Get(web.DocumentsPath).Says("main", "12/BC-UBND", "Báo cáo kết quả")
	_, diffs, err := report.Read([]byte(office.Get(editionPath(d, 1, fileAt)).Raw))
	if err != nil || len(diffs) > 0 {
		t.Errorf("the file differs in %v (%v)", diffs, err)
	}
	for _, ending := range []string{".docx", ".pdf", ".xlsx"} {
		office.Get(at+ending).Want(http.StatusOK, "")
	}
}

// Each figure of the page opens the rows that it counts; the file of the rows has the same.
func TestFiguresOpenTheirRows(t *testing.T) {
	fx := newFixture(t)
	d, all := held(t, fx)
	chair := fx.As("chu-tich")
	p := chair.Get(figuresPath(d))
	p.Says("main", "Tổng số ý kiến", "Theo hướng xử lý")
	links := 0
	f, err := fx.DB.ResultReport(t.Context(), fx.Actor("chu-tich"), d.ID)
	stafftest.Must(t, err)
	for _, g := range f.Result.Book.Groups() {
		if len(g.Figures) == 1 && g.Figures[0].Value() == "" { // nobody said anything
			continue
		}
		for _, figure := range g.Figures {
			if figure.Rows == 0 {
				continue
			}
			links++
			page := chair.Get(figurePath(d, figure.Key, ""))
			if n := page.Find(".dt-figurerows tbody tr").Length(); n != figure.Rows {
				t.Errorf("%s opens %d rows, and counts %d", figure.Key, n, figure.Rows)
			}
			file := chair.Get(figurePath(d, figure.Key, asCSV)).Raw
			read := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
			read.Comma = ';'
			rows, err := read.ReadAll()
			if err != nil || len(rows)-1 != figure.Rows {
				t.Errorf("the file of %s has %d rows (%v), want %d", figure.Key, len(rows)-1, err, figure.Rows)
			}
			if strings.Contains(file+page.Raw, "Minh Họa") {
				t.Errorf("%s tells who raised something", figure.Key)
			}
		}
	}
	if shown := p.Find(`main a[href^="` + figuresPath(d) + `?"]`).Length(); links == 0 || shown != links {
		t.Errorf("the page has %d links to %d figures", shown, links)
	}
	chair.Get(figurePath(d, "time/unruled", "")).Says("main", string(all[2].Number))
	chair.Get(figurePath(d, "field/không có", "")).Want(http.StatusNotFound, "")
	fx.As("ho-tich").Get(figuresPath(d)).Want(http.StatusForbidden, "")
}
