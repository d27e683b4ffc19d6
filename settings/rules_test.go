package settings

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestParametersPage shows each number with what it rests on, and how many values there were before or come after.
func TestParametersPage(t *testing.T) {
	fx := newFixture(t)
	p := fx.As("van-phong").Get(parametersPath)
	p.Want(http.StatusOK, "")
	for label, words := range map[string][]string{
		"Thông báo trước buổi đối thoại": {
			"7 ngày", "Điều 125 Luật Tổ chức chính quyền địa phương số 77/2015/QH13", "chưa đối chiếu bản gốc",
			"01/01/2016 – 15/06/2025", "1 mức khác",
		},
		"Trả lời nội dung phức tạp": {
			"10 ngày làm việc", "Xã quy định; pháp luật không ấn định", "từ 01/01/2016",
		},
		"Thông báo trước khi tiếp công dân trực tuyến":                   {"Chưa áp dụng", "5 ngày làm việc, từ 01/07/2026"},
		"Danh tính người nêu ý kiến khi công khai":                       {"Không nêu tên"},
		"Tỷ lệ cử tri yêu cầu thì phải tổ chức đối thoại":                {"10 %"},
		"Trả lời nội dung phải xác minh, phối hợp hoặc báo cáo cấp trên": {"20 ngày làm việc"},
	} {
		row := p.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool {
			return strings.TrimSpace(s.Find("th").Text()) == label
		})
		if row.Length() != 1 {
			t.Errorf("%d rows %q", row.Length(), label)
			continue
		}
		for _, w := range words {
			if !strings.Contains(strings.Join(strings.Fields(row.Text()), " "), w) {
				t.Errorf("%q does not say %q: %s", label, w, strings.Join(strings.Fields(row.Text()), " "))
			}
		}
	}
	rules, err := fx.DB.Rules(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	keys := map[string]bool{}
	for _, row := range rules.Parameters {
		keys[row.Key] = true
	}
	if n := p.Find("tbody tr:has(td)").Length(); n != len(keys) {
		t.Errorf("%d parameters are shown, there are %d", n, len(keys))
	}
	fx.As("van-phong").InEnglish().Get(parametersPath).Says("main", "Answer to a complex matter", "10 working days").
		Hides("Trả lời nội dung phức tạp")
	fx.As("chu-tich").Get(parametersPath).Want(http.StatusOK, "").Hides("#gia-tri-moi")
	fx.As("van-phong").Get(web.SettingsPath).Says("main", "Thời hạn, định mức", "Căn cứ pháp lý")
	fx.As("quan-tri").Get(web.SettingsPath).Hides("Thời hạn, định mức")
}

// TestChangingAParameter sets a value from a later day on, and takes it back.
func TestChangingAParameter(t *testing.T) {
	fx := newFixture(t)
	at := parameterPath("answer.complex")
	o := fx.Assigned(stafftest.Matter) // by the proposed day: its explanation stays as it is
	explained := fx.As("van-phong").Get(web.OpinionPath(o.Number)).Text("details")
	b := fx.As("van-phong")
	p := b.Get(at).Want(http.StatusOK, "").Says("main", "10 ngày làm việc", "đang áp dụng")
	if p.Value("#tu-ngay") != "24/10/2024" {
		t.Errorf("from %q is offered", p.Value("#tu-ngay"))
	}

	wrong := b.Submit(p, at, url.Values{
		"gia-tri": {"mười"}, "tu-ngay": {"23/10/2024"}, "can-cu": {"nd-64-2014-nd-cp"}, "dieu": {"Điều 3"},
	})
	wrong.Want(http.StatusUnprocessableEntity, "").Says("#gia-tri-error", "số nguyên từ 0 đến").
		Says("#tu-ngay-error", "từ ngày mai").Says("#tu-ngay-hint", "mỗi ngày chỉ có một mức").
		Says("#do-chac-error", "Chọn mức độ")
	if wrong.Value("#gia-tri") != "mười" || wrong.Value("#dieu") != "Điều 3" ||
		wrong.Find("#can-cu option[selected]").Text() != "Nghị định số 64/2014/NĐ-CP "+
			"(quy định chi tiết thi hành một số điều của Luật Tiếp…)" {
		t.Errorf("what was typed is gone: %q", wrong.Find("#can-cu option[selected]").Text())
	}
	var bases []string // each with what it is about, those in force on that day first
	for _, o := range p.Find("#can-cu option").EachIter() {
		bases = append(bases, o.Text())
	}
	const decree = "Nghị định số 61/2018/NĐ-CP (thực hiện cơ chế một cửa, một cửa liên thông trong…)"
	if now, later := slices.Index(bases, decree),
		slices.Index(bases, "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"); now < 0 || later < now {
		t.Errorf("%d, %d of %q", now, later, bases)
	}
	b.Submit(wrong, at, url.Values{"gia-tri": {"8"}, "tu-ngay": {"1/11/2024"}, "do-chac": {"likely"}}).
		Want(http.StatusSeeOther, at+"?xong=thay")
	p = b.Get(at+"?xong=thay").Says(".govuk-notification-banner", "Đã đổi mức").Says(
		"tbody tr:first-child", "8 ngày làm việc", "chưa đến ngày", "từ 01/11/2024", "Điều 3 Nghị định số 64/2014/NĐ-CP",
		"Rút lại",
	).Says("tbody tr:last-child", "10 ngày làm việc", "01/01/2016 – 31/10/2024")
	if again := fx.As("van-phong").Get(web.OpinionPath(o.Number)).Text("details"); again != explained {
		t.Errorf("the due date was explained by %q, now by %q", explained, again)
	}

	stale := b.Submit(p, at, url.Values{"phien-ban": {"0"}, "gia-tri": {"7"}, "tu-ngay": {"02/11/2024"}})
	stale.Want(http.StatusConflict, "").Says(".govuk-error-summary", "đã thay đổi sau khi ông/bà mở trang")
	stale.Want(http.StatusConflict, "").Says(".govuk-error-summary", "đã thay đổi sau khi")
	if stale.Value("#gia-tri") != "7" {
		t.Error("what was typed is gone")
	}
	withdraw, _ := p.Find("tbody form").Attr("action")
	b.Submit(p, withdraw, nil).Want(http.StatusSeeOther, at+"?xong=rut")
	b.Get(at).Says("tbody tr:first-child", "10 ngày làm việc", "từ 01/01/2016").Hides("8 ngày làm việc")
	b.Post(withdraw, nil).Want(http.StatusNotFound, "")

	b.Get(parameterPath("publication.identity")).Want(http.StatusOK, "").Says("main", "Phần mềm bảo đảm mức này").
		Hides(`id="gia-tri"`)
	b.Get(parameterPath("x")).Want(http.StatusNotFound, "")
	chair := fx.As("chu-tich")
	chair.Get(at).Want(http.StatusOK, "").Hides(`id="gia-tri"`)
	chair.Post(at, url.Values{"gia-tri": {"1"}}).Want(http.StatusForbidden, "")
	for _, login := range []string{"thu-ky", "ho-tich", "quan-tri"} {
		fx.As(login).Get(at).Want(http.StatusForbidden, "")
		fx.As(login).Get(basesPath).Want(http.StatusForbidden, "")
	}
}

// TestAValueOnAnExpiredBasis warns, and takes it.
func TestAValueOnAnExpiredBasis(t *testing.T) {
	fx := newFixture(t)
	at := parameterPath("answer.simple")
	b := fx.As("van-phong")
	b.Submit(b.Get(at), at, url.Values{
		"gia-tri": {"4"}, "tu-ngay": {"01/01/2026"}, "can-cu": {"luat-77-2015-qh13"}, "do-chac": {"certain"},
	}).Want(http.StatusSeeOther, at+"?xong=thay")
	b.Get(at).Says(
		"tbody tr:first-child .dt-due--late",
		"Hết hiệu lực từ 16/06/2025; nay là Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
	)
}

// TestCitingAnExpiredBasis warns while an answer is written and until it is out, and refuses nothing.
func TestCitingAnExpiredBasis(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	all, err := fx.DB.LegalBases(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	old, _ := all.ByKey("nd-64-2014-nd-cp")
	old.To = calendar.DateOf(2024, 9, 30)
	_, err = fx.DB.SetLegalBasis(t.Context(), fx.Actor("van-phong"), old.Version, old)
	stafftest.Must(t, err)
	unit := fx.As("ho-tich")
	p := unit.Get(at)
	if _, hidden := p.Find("[data-draft-warnings]").Attr("hidden"); !hidden ||
		p.Find("datalist option[value='Luật Tiếp công dân số 42/2013/QH13']").Length() != 1 ||
		p.Find("datalist option[value*='64/2014']").Length() != 0 {
		t.Error("a warning of nothing, or other documents on offer than those in force")
	}
	form := url.Values{
		"tra-loi": {"Đã có kết quả."},
		"can-cu":  {"Điều 5 Nghị định 64/2014/NĐ-CP"},
		"nhap":    {"answer:" + string(fx.OpinionID("ND-24-0001"))},
		"ve":      {at},
	}
	unit.Post(web.DraftPath, form).Want(http.StatusSeeOther, at)
	unit.Get(at).Says("[data-draft-warnings]", "Nghị định số 64/2014/NĐ-CP đã hết hiệu lực từ 01/10/2024")
	unit.Submit(unit.Get(at), at+"/trinh", nil).Want(http.StatusSeeOther, at+"?xong=trinh")
	fx.As("chu-tich").Get(at).Says(".dt-gate", "đã hết hiệu lực từ 01/10/2024")
}

// TestBasesPage filters the documents by whether they are in force today.
func TestBasesPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	now := b.Get(basesPath).Want(http.StatusOK, "").
		Says("tbody", "Luật 77/2015/QH13", "Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP") // replaces it
	if strings.Contains(now.Text("tbody th"), "118/2025") {
		t.Error("a decree of 2025 is in force in 2024")
	}
	text := b.Get(basesPath + "?loc=chua").Text("tbody th")
	if !strings.Contains(text, "118/2025/NĐ-CP") || strings.Contains(text, "77/2015") {
		t.Errorf("not yet in force: %s", text)
	}
	b.Get(basesPath+"?loc=het").Says("main", "Không có văn bản nào")
	fx.Now = calendar.InstantAt(calendar.DateOf(2026, 11, 22), 9, 0).Time()
	later := fx.As("van-phong").Get(basesPath + "?loc=het")
	later.Says("tbody", "Luật 77/2015/QH13", "01/01/2016 – 15/06/2025", "Hết hiệu lực từ 16/06/2025", "Luật 72/2025/QH15")
}

// TestWritingABasis adds a document, then ends one that it replaces.
func TestWritingABasis(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	moi := basesPath + "/moi"
	p := b.Get(basesPath)
	if href, _ := p.Find(".dt-listhead a.govuk-button").Attr("href"); href != moi {
		t.Fatalf("a document is added at %q", href)
	}
	p = b.Submit(b.Get(moi), moi, url.Values{"so": {"12/QĐ-UBND"}, "ngay": {"32/1/2024"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#ngay-error", "Ghi ngày, tháng, năm")
	p = b.Submit(p, moi, url.Values{"ngay": {"01/10/2024"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#loai-error", "Ghi loại văn bản").
		Says("#co-quan-error", "Ghi cơ quan ban hành").Says("#trich-yeu-error", "Ghi trích yếu")
	b.Submit(p, moi, url.Values{
		"loai": {"Quyết định"}, "co-quan": {"UBND tỉnh Quảng Ngãi"}, "trich-yeu": {"Ban hành Quy chế đối thoại"},
	}).Want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.Get(basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd").
		Says(".govuk-notification-banner", "Đã ghi Quyết định số 12/QĐ-UBND").
		Says("tbody", "UBND tỉnh Quảng Ngãi, 01/10/2024")

	notice := basesPath + "/van-ban/quyet-dinh-12-qd-ubnd"
	b.Submit(b.Get(notice), notice, url.Values{"thong-bao": {"1"}}).
		Want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.Get(web.SlipPath).Says("main", "Căn cứ: Nghị định số 13/2023/NĐ-CP; Quyết định số 12/QĐ-UBND.")
	b.Submit(b.Get(notice), notice, url.Values{"thong-bao": nil}).
		Want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.Get(web.SlipPath).Says("main", "Căn cứ: Nghị định số 13/2023/NĐ-CP.")

	old := basesPath + "/van-ban/qd-658-qd-ubnd-tp-quang-ngai"
	p = b.Get(old)
	if p.Value("#so") != "658/QĐ-UBND" || p.Value("#ngay") != "15/03/2018" {
		t.Errorf("the form holds %q of %q", p.Value("#so"), p.Value("#ngay"))
	}
	b.Submit(p, old, url.Values{"den-ngay": {"30/09/2024"}, "thay-the": {"quyet-dinh-12-qd-ubnd"}}).
		Want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=qd-658-qd-ubnd-tp-quang-ngai")
	b.Get(basesPath+"?loc=het").Says("tbody", "658/QĐ-UBND", "Hết hiệu lực từ 01/10/2024", "Quyết định 12/QĐ-UBND")
	b.Submit(p, old, url.Values{"ghi-chu": {"x"}}).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "đã thay đổi sau khi ông/bà mở trang")
	b.Submit(p, old, url.Values{"ghi-chu": {"x"}}).Want(http.StatusConflict, "").
		Says(".govuk-error-summary", "đã thay đổi sau khi")
	b.Get(basesPath+"/van-ban/x").Want(http.StatusNotFound, "")
	fx.As("chu-tich").Get(basesPath).Want(http.StatusOK, "").Hides("Thêm văn bản", "/van-ban/")
	fx.As("chu-tich").Get(moi).Want(http.StatusForbidden, "")
}
