package planning

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/web/stafftest"
)

// plan2024 is the demo's plan.
func plan2024(t *testing.T) plan.Plan {
	t.Helper()
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	stafftest.Must(t, err)
	p, err := plan.Parse(b)
	stafftest.Must(t, err)
	return p
}

// drafted begins a plan of 2025 and returns its page.
func drafted(t *testing.T, fx *stafftest.Fixture) (plan.Edition, string) {
	t.Helper()
	e, err := fx.DB.DraftPlan(t.Context(), fx.Actor("van-phong"), plan2024(t).Copied(2025))
	stafftest.Must(t, err)
	return e, editionPath(e)
}

// stored is the edition as it is kept.
func stored(t *testing.T, fx *stafftest.Fixture, e plan.Edition) plan.Edition {
	t.Helper()
	kept, err := fx.DB.PlanEdition(t.Context(), fx.Actor("van-phong"), e.PlanID, e.Number)
	stafftest.Must(t, err)
	return kept
}

// TestPlanFromTheUsualSections begins a plan, submits, returns, signs and issues it, each by whose turn it is.
func TestPlanFromTheUsualSections(t *testing.T) {
	fx := newFixture(t)
	office, chair := fx.As("van-phong"), fx.As("chu-tich")
	office.Get("/noi-bo/ke-hoach").Says("main", "Chưa có kế hoạch nào")
	form := office.Get("/noi-bo/ke-hoach/moi")
	wrong := office.Submit(form, "/noi-bo/ke-hoach/moi", url.Values{"nam": {"năm nay"}})
	if p := wrong; p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a year that is none: %d", p.Status)
	}
	p := office.Submit(form, "/noi-bo/ke-hoach/moi", url.Values{})
	path := strings.SplitN(p.Location, "?", 2)[0]
	page := office.Get(path).
		Says("main", "IV. TỔ CHỨC THỰC HIỆN", "Trình Chủ tịch ký", "Luật Tổ chức chính quyền địa phương")
	for _, other := range []string{"chu-tich", "ho-tich", "thu-ky"} {
		if p := fx.As(other).Get(path); p.Find("main form").Length() != 0 {
			t.Errorf("%s may do something to a draft", other)
		}
	}
	office.Submit(page, path+"/trinh", nil)
	chair.Get("/noi-bo").Says("main", "Kế hoạch chờ ông/bà", "Kế hoạch đối thoại năm 2024")
	page = chair.Get(path).Says("main", "Ký kế hoạch", "Trần Thị Ví Dụ trình")
	refused := chair.Submit(page, path+"/tra-lai", url.Values{"ghi-chu": {""}})
	refused.Says(".govuk-error-summary", "Ghi điều cần sửa")
	chair.Submit(page, path+"/tra-lai", url.Values{"ghi-chu": {"Thêm kinh phí."}})
	page = office.Get(path).Says("main", "Trả lại để sửa", "Thêm kinh phí.")
	office.Submit(page, path+"/trinh", nil)
	chair.Submit(chair.Get(path), path+"/ky", nil)
	page = office.Get(path).Says("main", "Văn thư cho số")
	refused = office.Submit(page, path+"/ban-hanh", url.Values{"so": {"05"}, "ngay": {"1/1/2030"}})
	refused.Says(".govuk-error-summary", "không được ở sau hôm nay")
	if v, _ := refused.Find("#so").Attr("value"); v != "05" {
		t.Errorf("the number that was typed is %q", v)
	}
	office.Submit(page, path+"/ban-hanh", url.Values{"so": {"05"}, "ngay": {"23/10/2024"}})
	office.Get("/noi-bo/ke-hoach").Says("tbody", "05/KH-UBND", "23/10/2024", "Đã ban hành")
	if p := office.Get(path); p.Find(`a[href*="?sua="]`).Length() != 0 {
		t.Error("an issued plan can be edited")
	}
}

func TestPlanIsEditedInItsPlace(t *testing.T) {
	fx := newFixture(t)
	e, path := drafted(t, fx)
	office := fx.As("van-phong")
	when := e.Plan.Of(plan.KindWhen)[0]
	page := office.Get(path + "?sua=" + sectionPart(when.Key))
	refused := office.Submit(page, path+"/sua", url.Values{
		"tu-quy": {"4"}, "den-quy": {"2"}, "buoi-ngay-0": {"31/2/2025"}, "buoi-gio-0": {"bảy rưỡi"},
		"y": {"- Thời gian: chưa rõ."},
	})
	refused.Says(".govuk-error-summary", "quý cuối không trước quý đầu", "Ghi ngày, tháng, năm", "Ghi giờ").
		Says("#y", "Thời gian: chưa rõ.")
	office.Submit(page, path+"/sua", url.Values{
		"theo": {"quy"}, "tu-quy": {"3"}, "den-quy": {"3"}, "dia-diem": {"Nhà văn hóa thôn Mẫu"}, "hinh-thuc": {"mixed"},
		"buoi-ngay-0": {"25/9/2025"}, "buoi-gio-0": {"7h30"}, "buoi-cho-0": {"Cụm thôn 1"},
	})
	kept := stored(t, fx, e).Plan.When
	want := plan.PlannedDay{Date: calendar.DateOf(2025, 9, 25), Time: "07:30", Scope: "Cụm thôn 1"}
	if len(kept.Days) != 1 || kept.Days[0] != want || kept.Venue != "Nhà văn hóa thôn Mẫu" ||
		kept.Form != doithoai.FormMixed || kept.Window.From != calendar.DateOf(2025, 7, 1) {
		t.Errorf("kept %+v", kept)
	}
	office.Get(path).Says("main", "Quý III năm 2025", "Câu ghi thời gian nêu quý khác")

	work := e.Plan.Of(plan.KindAssignment)[1]
	page = office.Get(path + "?sua=" + sectionPart(work.Key))
	first, second := work.Points[0], work.Points[1]
	office.Submit(page, path+"/sua", url.Values{
		"y": {"- " + first.Text + "\n- " + second.Text + " Có mã QR.\n- Việc mới."}, "moi-thon": {"true"},
		"bo-phan": {"dia-chinh", "bo-phan-la"}, "co-quan-khac": {"Công an xã"},
		ruleField("cach", first.Key): {"dialogue"}, ruleField("so-ngay", first.Key): {"10"},
		ruleField("cach", second.Key): {"standing"},
	})
	got, _ := stored(t, fx, e).Plan.Section(work.Key)
	if len(got.Points) != 3 || got.Points[0].Task != (plan.TaskRule{Manner: plan.MannerDialogue, Days: -10}) ||
		got.Points[1].Key != second.Key || got.Points[1].Task.Manner != plan.MannerStanding {
		t.Errorf("points %+v", got.Points)
	}
	to := got.To
	if !to.EveryVillage || len(to.Units) != 1 || to.Units[0] != "dia-chinh" || to.Bodies[0] != "Công an xã" {
		t.Errorf("to %+v", to)
	}
	office.Get(path).Says("main", "Trước mỗi buổi đối thoại 10 ngày",
		"Giao: Địa chính – Xây dựng, Trưởng các thôn, Công an xã")
}

// TestPlanSomebodyElseSaved: what was typed on an old version is neither lost nor wins unseen.
func TestPlanSomebodyElseSaved(t *testing.T) {
	fx := newFixture(t)
	e, path := drafted(t, fx)
	office := fx.As("van-phong")
	topics := e.Plan.Of(plan.KindTopics)[0]
	page := office.Get(path + "?sua=" + sectionPart(topics.Key))
	_, err := fx.DB.SavePlan(t.Context(), fx.Actor("van-phong-2"), e.PlanID, 0, e.Version,
		e.Plan.With(topics.Rewritten("- Nội dung của người kia.")))
	stafftest.Must(t, err)
	conflict := office.Submit(page, path+"/sua", url.Values{"y": {"- Nội dung của tôi."}})
	if conflict.Status != http.StatusConflict {
		t.Errorf("status %d", conflict.Status)
	}
	conflict.Says("#y", "Nội dung của tôi.").Says(".dt-edit", "Nội dung của người kia.")
	office.Submit(conflict, path+"/sua", nil)
	if got := stored(t, fx, e).Plan.Texts(plan.KindTopics); len(got) != 1 || got[0] != "Nội dung của tôi." {
		t.Errorf("kept %q", got)
	}
}

func TestPlanSectionsComeAndGo(t *testing.T) {
	fx := newFixture(t)
	e, path := drafted(t, fx)
	office := fx.As("van-phong")
	topics := e.Plan.Of(plan.KindTopics)[0]
	page := office.Get(path + "?sua=muc-moi&sau=" + strings.TrimPrefix(sectionPart(topics.Key), "muc-"))
	office.Submit(page, path+"/sua", url.Values{
		"dau-muc": {"5."}, "tieu-de": {"Kinh phí:"}, "loai-muc": {"funds"}, "y": {"Ngân sách xã."},
	})
	got := stored(t, fx, e)
	funds := got.Plan.Of(plan.KindFunds)
	if len(funds) != 1 || got.Plan.NumberOf(funds[0].Key) != "II.5" {
		t.Fatalf("funds %+v", funds)
	}
	part := sectionPart(funds[0].Key)
	page = office.Get(path + "?sua=" + part)
	for _, do := range []string{"len", "bo"} {
		office.Submit(page, path+"/muc", url.Values{"viec": {do}})
		page = office.Get(path + "?sua=" + part)
	}
	if got := stored(t, fx, e); len(got.Plan.Of(plan.KindFunds)) != 0 {
		t.Error("the section is still there")
	}
	if p := office.Get(path + "?sua=" + part); p.Find(".dt-edit").Length() != 0 || p.Status != http.StatusOK {
		t.Error("a section that is gone is edited")
	}
}

// TestPlanBasesOfTheYear: a copied plan's bases are judged by the new year's law, and replaced with one click.
func TestPlanBasesOfTheYear(t *testing.T) {
	fx := newFixture(t)
	p := plan2024(t).Copied(2026)
	law, _ := mustBases(t, fx).ByKey("luat-77-2015-qh13")
	p = p.WithBasis(plan.BasisOf(law))
	e, err := fx.DB.DraftPlan(t.Context(), fx.Actor("van-phong"), p)
	stafftest.Must(t, err)
	path, office := editionPath(e), fx.As("van-phong")
	office.Get(path+"?sua=can-cu").Says(".dt-cites", "Cần thay",
		"Thay bằng Luật Tổ chức chính quyền địa phương số 72/2025/QH15")
	post := func(v url.Values) stafftest.Page {
		page := office.Get(path)
		v.Set("phien-ban", page.Find(`input[name="phien-ban"]`).First().AttrOr("value", ""))
		return office.Post(path+"/can-cu", v)
	}
	post(url.Values{"viec": {"thay-4"}})
	got := stored(t, fx, e)
	if got.Plan.Bases[4].Number != "72/2025/QH15" || strings.Contains(strings.Join(got.Plan.Preamble, ""), "77/2015") {
		t.Errorf("bases %+v\n%q", got.Plan.Bases[4], got.Plan.Preamble)
	}
	post(url.Values{"viec": {"them"}, "tim": {"không có văn bản nào"}}).
		Says(".govuk-error-summary", "Không có căn cứ nào như vậy trong danh mục")
	post(url.Values{"viec": {"them"}, "tim": {"tiếp công dân"}}).Says(".dt-edit", "chọn một căn cứ")
	post(url.Values{"viec": {"them"}, "tim": {"42/2013/QH13"}})
	if got := stored(t, fx, e); got.Plan.Bases[len(got.Plan.Bases)-1].Key != "luat-42-2013-qh13" {
		t.Errorf("added %+v", got.Plan.Bases)
	}
}

func mustBases(t *testing.T, fx *stafftest.Fixture) doithoai.LegalBases {
	t.Helper()
	ls, err := fx.DB.LegalBases(t.Context(), fx.Authority.ID)
	stafftest.Must(t, err)
	return ls
}

func TestPlanAmendmentShowsWhatDiffers(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	office := fx.As("van-phong")
	all, _, err := fx.DB.PlanEditions(t.Context(), fx.Actor("van-phong"), 0)
	stafftest.Must(t, err)
	path := editionPath(all[0])
	office.Submit(office.Get(path), path+"/dieu-chinh", url.Values{"ly-do": {""}}).
		Says(".govuk-error-summary", "Ghi lý do điều chỉnh")
	p := office.Submit(office.Get(path), path+"/dieu-chinh", url.Values{"ly-do": {"Đổi nội dung."}})
	path = strings.SplitN(p.Location, "?", 2)[0]
	office.Get(path).Says("main", "Điều chỉnh lần 1", "Lý do điều chỉnh: Đổi nội dung.", "Chưa có gì khác Bản đầu")
	topics := all[0].Plan.Of(plan.KindTopics)[0]
	office.Submit(office.Get(path+"?sua="+sectionPart(topics.Key)), path+"/sua",
		url.Values{"y": {"- Một nội dung khác."}})
	page := office.Get(path).Says("main", "Khác Bản đầu ở: mục II.4", "Khác bản ban hành").
		Says("del", topics.Points[0].Text[:40]).Says("ins", "Một nội dung khác.")
	office.Submit(page, path+"/bo", url.Values{"ghi-chu": {"Không cần nữa."}})
	office.Get(path).Says("main", "Đã bỏ", "Lý do bỏ: Không cần nữa.")
}

// upload posts a form with a file.
func upload(t *testing.T, b *stafftest.Browser, path, name string, body []byte, text string) stafftest.Page {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	stafftest.Must(t, w.WriteField("van-ban", text))
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		stafftest.Must(t, err)
		_, err = part.Write(body)
		stafftest.Must(t, err)
	}
	stafftest.Must(t, w.Close())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.Server.URL+path, &buf)
	stafftest.Must(t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(req)
}

func TestPlanIsReadFromADocument(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	const at = "/noi-bo/ke-hoach/nhap"
	office.Get(at).Says("main", "Nhập từ văn bản")
	upload(t, office, at, "", nil, "").Says(".govuk-error-summary", "Không có nội dung")
	upload(t, office, at, "cu.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), "").
		Says(".govuk-error-summary", "Word kiểu cũ")
	if p := office.Get(at + "/xem"); p.Location != at {
		t.Errorf("nothing is kept, and it leads to %q", p.Location)
	}
	b, err := os.ReadFile("../plan/testdata/plan-2024.txt")
	stafftest.Must(t, err)
	if p := upload(t, office, at, "", nil, string(b)); p.Location != at+"/xem" {
		t.Fatalf("leads to %q: %.300s", p.Location, p.Raw)
	}
	page := office.Get(at+"/xem").Says("main", "4 căn cứ, 13 việc được giao").
		Says("mark", "3. Bộ phận Tài chính").Says(".dt-original", "Chưa rõ là bộ phận nào").
		Says(".dt-plan", "IV. TỔ CHỨC THỰC HIỆN:", "Giao: Văn phòng HĐND và UBND")
	office.Submit(page, at+"/xem", url.Values{"nam": {"1024"}, "nhap": {"du-thao"}}).
		Says(".govuk-error-summary", "Ghi năm của kế hoạch")
	office.Submit(page, at+"/xem", url.Values{"nhap": {"da-ban-hanh"}}).
		Says(".govuk-error-summary", "Ghi ký hiệu của kế hoạch") // the text begins below the letterhead
	p := office.Submit(page, at+"/xem", url.Values{"nhap": {"da-ban-hanh"}, "ky-hieu": {"KH-UBND"}})
	if p.Location == "" {
		t.Fatalf("refused: %s", p.Find(".govuk-error-summary").Text())
	}
	path := strings.SplitN(p.Location, "?", 2)[0]
	office.Get(path).Says("main", "Đã ban hành", "chưa rõ số", "Văn bản gốc")
	source := office.Get(strings.TrimSuffix(path, "/0") + "/van-ban-goc")
	if source.Raw != strings.TrimSpace(string(b)) && source.Raw != string(b) {
		t.Errorf("the original is kept as %.80q", source.Raw)
	}
	if p := office.Submit(page, at+"/xem", url.Values{"nhap": {"du-thao"}}); p.Location != "/noi-bo/ke-hoach" {
		t.Errorf("a second click leads to %q", p.Location)
	}
	if p := fx.As("ho-tich").Get(at); p.Status != http.StatusForbidden {
		t.Errorf("a unit's officer: %d", p.Status)
	}
}

// TestPlanOfAnOldFont is converted, and says so; what is pasted may hold the soft hyphen that stands for a letter.
func TestPlanOfAnOldFont(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	const at = "/noi-bo/ke-hoach/nhap"
	upload(t, office, at, "", nil, "KÕ HO¹CH\n§èi tho¹i víi ng\u00adêi d©n n¨m 2025\n\nI. Môc ®Ých\n- L¾ng nghe.")
	office.Get(at+"/xem").Says("main", "TCVN3", "đã được chuyển sang Unicode", "Đối thoại với người dân năm 2025")
}
