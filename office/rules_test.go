package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai"
	"doithoai/web"
)

// TestParametersPage shows each number with what it rests on, and the values before and after folded.
func TestParametersPage(t *testing.T) {
	fx := newFixture(t)
	p := fx.as("van-phong").get(parametersPath)
	p.want(http.StatusOK, "")
	for label, words := range map[string][]string{
		"Thông báo trước buổi đối thoại":                                 {"7 ngày", "Điều 125 Luật Tổ chức chính quyền địa phương số 77/2015/QH13", "theo nguồn thứ cấp", "01/01/2016 – 15/06/2025", "từ 16/06/2025", "Thay giá trị"},
		"Trả lời nội dung phức tạp":                                      {"10 ngày làm việc", "Mặc định, chưa có căn cứ pháp lý", "từ 01/01/2016"},
		"Thông báo trước khi tiếp công dân trực tuyến":                   {"Chưa áp dụng", "5 ngày làm việc, từ 01/07/2026"},
		"Danh tính người nêu ý kiến khi công khai":                       {"Không nêu tên"},
		"Tỷ lệ cử tri yêu cầu thì phải tổ chức đối thoại":                {"10 %"},
		"Trả lời nội dung phải xác minh, phối hợp hoặc báo cáo cấp trên": {"20 ngày làm việc"},
	} {
		row := p.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Find("th").Text()) == label })
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
	rules, err := fx.db.Rules(t.Context(), fx.authority.ID)
	must(t, err)
	keys := map[string]bool{}
	for _, row := range rules.Parameters {
		keys[row.Key] = true
	}
	if n := p.Find("tbody tr").Length(); n != len(keys) {
		t.Errorf("%d parameters are shown, there are %d", n, len(keys))
	}
	fx.as("van-phong").inEnglish().get(parametersPath).says("main", "Answer to a complex matter", "10 working days").hides("Trả lời nội dung phức tạp")
	fx.as("chu-tich").get(parametersPath).want(http.StatusOK, "").hides("#gia-tri-moi")
	fx.as("van-phong").get(settingsPath).says("main", "Tham số", "Căn cứ pháp lý")
	fx.as("quan-tri").get(settingsPath).hides("Tham số")
}

// TestChangingAParameter sets a value from a later day on, and takes it back.
func TestChangingAParameter(t *testing.T) {
	fx := newFixture(t)
	at := parameterPath("answer.complex")
	o := fx.assigned(matter) // by the proposed day: its explanation stays as it is
	explained := fx.as("van-phong").get(opinionPath(o.Number)).text("details")
	b := fx.as("van-phong")
	p := b.get(at).want(http.StatusOK, "").says("main", "10 ngày làm việc", "đang áp dụng")
	if p.value("#tu-ngay") != "24/10/2024" {
		t.Errorf("from %q is offered", p.value("#tu-ngay"))
	}

	wrong := b.submit(p, at, url.Values{"gia-tri": {"mười"}, "tu-ngay": {"23/10/2024"}, "can-cu": {"nd-64-2014-nd-cp"}, "dieu": {"Điều 3"}})
	wrong.want(http.StatusUnprocessableEntity, "").says("#gia-tri-error", "số nguyên từ 0 đến").says("#tu-ngay-error", "từ ngày mai").says("#tu-ngay-hint", "mỗi ngày chỉ có một giá trị").says("#do-chac-error", "Chọn mức độ")
	if wrong.value("#gia-tri") != "mười" || wrong.value("#dieu") != "Điều 3" || wrong.Find("#can-cu option[selected]").Text() != "Nghị định số 64/2014/NĐ-CP" {
		t.Error("what was typed is gone")
	}
	b.submit(wrong, at, url.Values{"gia-tri": {"8"}, "tu-ngay": {"1/11/2024"}, "do-chac": {"likely"}}).want(http.StatusSeeOther, at+"?xong=thay")
	p = b.get(at+"?xong=thay").says(".govuk-notification-banner", "Đã đặt giá trị mới").says("tbody tr:first-child", "8 ngày làm việc", "chưa đến ngày", "từ 01/11/2024", "Điều 3 Nghị định số 64/2014/NĐ-CP", "Rút lại").says("tbody tr:last-child", "10 ngày làm việc", "01/01/2016 – 31/10/2024")
	if again := fx.as("van-phong").get(opinionPath(o.Number)).text("details"); again != explained {
		t.Errorf("the due date was explained by %q, now by %q", explained, again)
	}

	stale := b.submit(p, at, url.Values{"phien-ban": {"0"}, "gia-tri": {"7"}, "tu-ngay": {"02/11/2024"}})
	stale.want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi sau khi ông/bà mở trang")
	stale.want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi sau khi")
	if stale.value("#gia-tri") != "7" {
		t.Error("what was typed is gone")
	}
	withdraw, _ := p.Find("tbody form").Attr("action")
	b.submit(p, withdraw, nil).want(http.StatusSeeOther, at+"?xong=rut")
	b.get(at).says("tbody tr:first-child", "10 ngày làm việc", "từ 01/01/2016").hides("8 ngày làm việc")
	b.post(withdraw, nil).want(http.StatusNotFound, "")

	b.get(parameterPath("publication.identity")).want(http.StatusOK, "").says("main", "Phần mềm bảo đảm giá trị này").hides(`id="gia-tri"`)
	b.get(parameterPath("x")).want(http.StatusNotFound, "")
	chair := fx.as("chu-tich")
	chair.get(at).want(http.StatusOK, "").hides(`id="gia-tri"`)
	chair.post(at, url.Values{"gia-tri": {"1"}}).want(http.StatusForbidden, "")
	for _, login := range []string{"thu-ky", "ho-tich", "quan-tri"} {
		fx.as(login).get(at).want(http.StatusForbidden, "")
		fx.as(login).get(basesPath).want(http.StatusForbidden, "")
	}
}

// TestAValueOnAnExpiredBasis warns, and takes it.
func TestAValueOnAnExpiredBasis(t *testing.T) {
	fx := newFixture(t)
	at := parameterPath("answer.simple")
	b := fx.as("van-phong")
	b.submit(b.get(at), at, url.Values{"gia-tri": {"4"}, "tu-ngay": {"01/01/2026"}, "can-cu": {"luat-77-2015-qh13"}, "do-chac": {"certain"}}).want(http.StatusSeeOther, at+"?xong=thay")
	b.get(at).says("tbody tr:first-child .dt-due--late", "Hết hiệu lực từ 16/06/2025; nay là Luật Tổ chức chính quyền địa phương số 72/2025/QH15")
}

// TestCitingAnExpiredBasis warns while an answer is written and until it is out, and refuses nothing.
func TestCitingAnExpiredBasis(t *testing.T) {
	fx := newFixture(t)
	at := opinionPath(fx.assigned(matter).Number)
	all, err := fx.db.LegalBases(t.Context(), fx.authority.ID)
	must(t, err)
	old, _ := all.ByKey("nd-64-2014-nd-cp")
	old.To = doithoai.DateOf(2024, 9, 30)
	_, err = fx.db.SetLegalBasis(t.Context(), fx.actor("van-phong"), old.Version, old)
	must(t, err)
	unit := fx.as("ho-tich")
	p := unit.get(at)
	if _, hidden := p.Find("[data-draft-warnings]").Attr("hidden"); !hidden || p.Find("datalist option[value='Luật Tiếp công dân số 42/2013/QH13']").Length() != 1 || p.Find("datalist option[value*='64/2014']").Length() != 0 {
		t.Error("a warning of nothing, or other documents on offer than those in force")
	}
	form := url.Values{"tra-loi": {"Đã có kết quả."}, "can-cu": {"Điều 5 Nghị định 64/2014/NĐ-CP"}, "nhap": {"answer:" + string(mustID(t, fx, "ND-24-0001"))}, "ve": {at}}
	unit.post(web.DraftPath, form).want(http.StatusSeeOther, at)
	unit.get(at).says("[data-draft-warnings]", "Nghị định số 64/2014/NĐ-CP: Hết hiệu lực từ 01/10/2024")
	unit.submit(unit.get(at), at+"/trinh", nil).want(http.StatusSeeOther, at+"?xong=trinh")
	fx.as("chu-tich").get(at).says(".dt-gate", "Hết hiệu lực từ 01/10/2024")
}

// TestBasesPage filters the documents by whether they are in force today.
func TestBasesPage(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	now := b.get(basesPath).want(http.StatusOK, "").says("tbody", "Luật 77/2015/QH13", "Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP") // replaces it
	if strings.Contains(now.text("tbody th"), "118/2025") {
		t.Error("a decree of 2025 is in force in 2024")
	}
	if text := b.get(basesPath + "?loc=chua").text("tbody th"); !strings.Contains(text, "118/2025/NĐ-CP") || strings.Contains(text, "77/2015") {
		t.Errorf("not yet in force: %s", text)
	}
	b.get(basesPath+"?loc=het").says("main", "Không có văn bản nào")
	fx.now = doithoai.InstantAt(doithoai.DateOf(2026, 11, 22), 9, 0).Time()
	later := fx.as("van-phong").get(basesPath + "?loc=het")
	later.says("tbody", "Luật 77/2015/QH13", "01/01/2016 – 15/06/2025", "Hết hiệu lực từ 16/06/2025", "Luật 72/2025/QH15")
}

// TestWritingABasis adds a document, then ends one that it replaces.
func TestWritingABasis(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	moi := basesPath + "/moi"
	p := b.get(basesPath)
	if href, _ := p.Find(".moj-page-header-actions a").Attr("href"); href != moi {
		t.Fatalf("a document is added at %q", href)
	}
	p = b.submit(b.get(moi), moi, url.Values{"so": {"12/QĐ-UBND"}, "ngay": {"32/1/2024"}})
	p.want(http.StatusUnprocessableEntity, "").says("#ngay-error", "Ghi ngày, tháng, năm")
	p = b.submit(p, moi, url.Values{"ngay": {"01/10/2024"}})
	p.want(http.StatusUnprocessableEntity, "").says("#loai-error", "Ghi loại văn bản").says("#co-quan-error", "Ghi cơ quan ban hành").says("#trich-yeu-error", "Ghi trích yếu")
	b.submit(p, moi, url.Values{"loai": {"Quyết định"}, "co-quan": {"UBND tỉnh Quảng Ngãi"}, "trich-yeu": {"Ban hành Quy chế đối thoại"}}).
		want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.get(basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd").says(".govuk-notification-banner", "Đã ghi Quyết định số 12/QĐ-UBND").says("tbody", "UBND tỉnh Quảng Ngãi, 01/10/2024")

	notice := basesPath + "/van-ban/quyet-dinh-12-qd-ubnd"
	b.submit(b.get(notice), notice, url.Values{"thong-bao": {"1"}}).want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.get(slipPath).says("main", "Căn cứ: Nghị định số 13/2023/NĐ-CP; Quyết định số 12/QĐ-UBND.")
	b.submit(b.get(notice), notice, url.Values{"thong-bao": nil}).want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=quyet-dinh-12-qd-ubnd")
	b.get(slipPath).says("main", "Căn cứ: Nghị định số 13/2023/NĐ-CP.")

	old := basesPath + "/van-ban/qd-658-qd-ubnd-tp-quang-ngai"
	p = b.get(old)
	if p.value("#so") != "658/QĐ-UBND" || p.value("#ngay") != "15/03/2018" {
		t.Errorf("the form holds %q of %q", p.value("#so"), p.value("#ngay"))
	}
	b.submit(p, old, url.Values{"den-ngay": {"30/09/2024"}, "thay-the": {"quyet-dinh-12-qd-ubnd"}}).want(http.StatusSeeOther, basesPath+"?loc=tat-ca&xong=qd-658-qd-ubnd-tp-quang-ngai")
	b.get(basesPath+"?loc=het").says("tbody", "658/QĐ-UBND", "Hết hiệu lực từ 01/10/2024", "Quyết định 12/QĐ-UBND")
	b.submit(p, old, url.Values{"ghi-chu": {"x"}}).want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi sau khi ông/bà mở trang")
	b.submit(p, old, url.Values{"ghi-chu": {"x"}}).want(http.StatusConflict, "").says(".govuk-error-summary", "đã thay đổi sau khi")
	b.get(basesPath+"/van-ban/x").want(http.StatusNotFound, "")
	fx.as("chu-tich").get(basesPath).want(http.StatusOK, "").hides("Thêm văn bản", "/van-ban/")
	fx.as("chu-tich").get(moi).want(http.StatusForbidden, "")
}
