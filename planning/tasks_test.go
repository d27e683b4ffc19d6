package planning

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web/stafftest"
)

// taskOf finds the one task of a point of the plan that a unit or village has.
func taskOf(t *testing.T, fx *stafftest.Fixture, point int, unit, village doithoai.ID) store.TaskRow {
	t.Helper()
	rows, _, err := fx.DB.Tasks(t.Context(), fx.Actor("van-phong"), store.TaskFilter{
		Tab: store.TasksAll, Point: point, UnitID: unit, VillageID: village,
	})
	stafftest.Must(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d tasks of point %d", len(rows), point)
	}
	return rows[0]
}

// villageHead opens the account of the head of Thôn 1.
func villageHead(t *testing.T, fx *stafftest.Fixture) *stafftest.Browser {
	t.Helper()
	o, err := fx.DB.AddOfficer(t.Context(), doithoai.Officer{
		AuthorityID: fx.Authority.ID, VillageID: fx.Villages[0].ID, Login: "truong-thon", Name: "Người Mô Phỏng",
		Post: "Trưởng thôn 1", Roles: []doithoai.Role{doithoai.RoleVillageHead},
	}, stafftest.Password)
	stafftest.Must(t, err)
	fx.Officers[o.Login] = o
	fx.Tokens[o.Login], _, err = fx.DB.SignIn(t.Context(), fx.Authority.ID, o.Login, stafftest.Password, "", "127.0.0.1")
	stafftest.Must(t, err)
	return fx.As(o.Login)
}

// Each officer begins with their own tasks; the office sees all, and by clause of the plan.
func TestTasksRegister(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	p := fx.As("ho-tich").Get("/noi-bo/nhiem-vu").Says("tbody", "Căn cứ vào nội dung", "Tư pháp – Hộ tịch",
		"không ghi hạn", "Chưa báo cáo", "Kế hoạch năm 2024")
	if n := p.Find("tbody tr").Length(); n != 4 {
		t.Errorf("%d tasks of the unit", n)
	}
	if p.Find(`input[name="chon"]`).Length() != 0 {
		t.Error("a unit may urge")
	}
	all := fx.As("van-phong").Get("/noi-bo/nhiem-vu?loc=tat-ca").Says("tbody", "Địa chính", "Thôn 2")
	if all.Find(`input[name="chon"]`).Length() == 0 {
		t.Error("the office may not urge")
	}
	narrowed := fx.As("van-phong").Get("/noi-bo/nhiem-vu?loc=tat-ca&thon="+string(fx.Villages[1].ID)).
		Says("tbody", "Thôn 2")
	if n := narrowed.Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d tasks of a village", n)
	}
	fx.As("dia-chinh").Get("/noi-bo/nhiem-vu/theo-ke-hoach").Says("tbody", "5. Trưởng 04 thôn", "xong 0 trên 2 thôn")
	fx.As("quan-tri").Get("/noi-bo/nhiem-vu").Says("h1", "Nhiệm vụ theo kế hoạch")
}

// A report without words comes back as it was typed; one with words is kept, and stands in what happened.
func TestReportTask(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	row := taskOf(t, fx, 36, fx.Units["tu-phap-ho-tich"], "")
	path := "/noi-bo/nhiem-vu/" + string(row.ID)
	unit := fx.As("ho-tich")
	unit.Submit(unit.Get(path), path+"/bao-cao", url.Values{"xong": {"1"}}).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Ghi kết quả hoặc tiến độ")
	unit.Submit(unit.Get(path), path+"/bao-cao", url.Values{"ket-qua": {"Đã họp ngày 23/10"}, "xong": {"1"}}).
		Want(http.StatusSeeOther, path+"?xong=report")
	unit.Get(path+"?xong=report").Says("main", "Đã ghi báo cáo", "Hoàn thành", "Phạm Văn Mô Phỏng báo đã xong",
		"Đã họp ngày 23/10")
	unit.Post(path+"/bao-cao", url.Values{"phien-ban": {"1"}, "ket-qua": {"Lần nữa"}}).Want(http.StatusConflict, "")
	other := fx.As("dia-chinh")
	if other.Get(path).Find(`form[action="`+path+`/bao-cao"]`).Length() != 0 {
		t.Error("another unit has the form")
	}
	other.Post(path+"/bao-cao", url.Values{"phien-ban": {"2"}, "ket-qua": {"Thay"}}).Want(http.StatusForbidden, "")
	office := fx.As("van-phong")
	office.Submit(office.Get(path), path+"/lam-lai", nil).Want(http.StatusUnprocessableEntity, "").
		Says("main", "Ghi lý do")
	office.Submit(office.Get(path), path+"/lam-lai", url.Values{"ly-do": {"Thiếu số liệu"}}).
		Want(http.StatusSeeOther, path+"?xong=reopen")
	unit.Get("/noi-bo/thong-bao").Says("tbody", "Yêu cầu làm lại", "Mới")
}

// The office writes down what a village told, with the post and the hour; what is wrong is said at its field.
func TestRecordTask(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	row := taskOf(t, fx, 52, "", fx.Villages[1].ID)
	path := "/noi-bo/nhiem-vu/" + string(row.ID)
	office := fx.As("van-phong")
	page := office.Get(path)
	office.Submit(page, path+"/ghi-nhan", url.Values{"ket-qua": {"Đã đọc trên loa"}, "gio-bao": {"23:50"}}).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Ghi chức vụ người báo", "Đã đọc trên loa")
	office.Submit(page, path+"/ghi-quan-triet", url.Values{"nguoi-bao": {""}}).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Ghi chức vụ người báo")
	office.Submit(page, path+"/ghi-quan-triet", url.Values{"nguoi-bao": {"Trưởng thôn 2"}, "gio-bao": {"8 giờ"}}).
		Want(http.StatusSeeOther, path+"?xong=note")
	office.Submit(page, path+"/ghi-nhan", url.Values{
		"ket-qua": {"Đã đọc trên loa"}, "nguoi-bao": {"Trưởng thôn 2"}, "gio-bao": {"8 giờ"}, "xong": {"1"},
	}).Want(http.StatusSeeOther, path+"?xong=record")
	office.Get(path).Says("main", "ghi nhận đã xong do Trưởng thôn 2 báo", "Đã quán triệt: 1 người báo",
		"08 giờ ngày 23/10/2024")
}

// Many are urged at once; what is not to be urged any more is counted, and who has them hears the bell.
func TestUrgeChosen(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	row := taskOf(t, fx, 36, fx.Units["tu-phap-ho-tich"], "")
	done := plan.TaskReport{Text: "Xong", Done: true}
	stafftest.Must(t, fx.DB.ReportTask(t.Context(), fx.Actor("ho-tich"), row.ID, 1, done))
	left := taskOf(t, fx, 37, fx.Units["tu-phap-ho-tich"], "")
	fx.As("ho-tich").Post("/noi-bo/nhiem-vu", url.Values{"chon": {string(left.ID) + " 1"}}).Want(http.StatusForbidden, "")
	to := fx.As("chu-tich").Post("/noi-bo/nhiem-vu", url.Values{
		"chon": {string(row.ID) + " 2", string(left.ID) + " 1", "x"}, "ghi-chu": {"Nộp trong ngày"}, "loc": {"tat-ca"},
	})
	if to.Status != http.StatusSeeOther || !strings.Contains(to.Location, "da-don-doc=1") ||
		!strings.Contains(to.Location, "chua-don-doc=1") {
		t.Errorf("%d %s", to.Status, to.Location)
	}
	fx.As("chu-tich").Get(to.Location).Says("main", "Đã đôn đốc 1 việc", "1 việc không đôn đốc được", "đã đôn đốc 1 lần")
	unit := fx.As("ho-tich")
	unit.Get("/noi-bo").Says("header", "1 thông báo chưa đọc")
	unit.Get("/noi-bo/thong-bao").Says("tbody", "Được đôn đốc")
	unit.Get("/noi-bo").Hides("thông báo chưa đọc")
}

// A village head has a desk with the village's task, takes note of it and reports.
func TestVillageHead(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	head := villageHead(t, fx)
	row := taskOf(t, fx, 52, "", fx.Villages[0].ID)
	path := "/noi-bo/nhiem-vu/" + string(row.ID)
	head.Get("/noi-bo").Says("main", "Thông báo, tuyên truyền rộng rãi", "không ghi hạn", "Báo cáo")
	head.Submit(head.Get(path), path+"/quan-triet", nil).Want(http.StatusSeeOther, path+"?xong=note")
	head.Get(path).Says("main", "Đã quán triệt: 1 trên 1 người").Hides("Tôi đã quán triệt")
	head.Submit(head.Get(path), path+"/bao-cao", url.Values{"ket-qua": {"Đã đọc trên loa ba buổi"}, "xong": {"1"}}).
		Want(http.StatusSeeOther, path+"?xong=report")
	head.Get("/noi-bo").Hides("Thông báo, tuyên truyền rộng rãi")
}

// A notice of the superior is registered, waits on the office's desk, goes to a unit, which says that it has it.
func TestIncoming(t *testing.T) {
	fx := newFixture(t)
	office := fx.As("van-phong")
	form := url.Values{
		"noi-gui": {"UBND thành phố"}, "so": {"412/TB-UBND"}, "ngay": {"21/10"},
		"trich-yeu": {"Tổ chức đối thoại cấp thành phố"},
		"yeu-cau":   {"Cử người dự"}, "ngay-doi-thoai": {"30/10"}, "gio": {"tám giờ"},
	}
	office.Submit(office.Get("/noi-bo/cap-tren/moi"), "/noi-bo/cap-tren", form).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Ghi giờ", "Cử người dự")
	form.Set("gio", "8 giờ")
	to := office.Submit(office.Get("/noi-bo/cap-tren/moi"), "/noi-bo/cap-tren", form)
	path, _, _ := strings.Cut(to.Location, "?")
	if to.Status != http.StatusSeeOther {
		t.Fatalf("%d", to.Status)
	}
	office.Get("/noi-bo").Says("main", "Tổ chức đối thoại cấp thành phố", "Giao việc")
	fx.As("ho-tich").Get("/noi-bo/cap-tren").Says("tbody", "Số 412/TB-UBND ngày 21/10/2024", "T4, 30/10/2024, 08 giờ",
		"Chưa giao")
	fx.As("ho-tich").Post(path+"/giao", url.Values{}).Want(http.StatusForbidden, "")
	office.Submit(office.Get(path), path+"/giao", url.Values{"noi-nhan": nil, "thon": nil}).
		Want(http.StatusUnprocessableEntity, "").Says("main", "Chọn ít nhất một bộ phận")
	office.Submit(office.Get(path), path+"/giao", url.Values{
		"noi-nhan": {string(fx.Units["tu-phap-ho-tich"])}, "thon": nil, "han": {"25/10"},
	}).Want(http.StatusSeeOther, path+"?xong=relay")
	office.Get("/noi-bo").Hides("Giao việc")
	office.Get(path).Says("main", "Báo nhận: 0 trên 1 nơi", "Chưa báo nhận", "T6, 25/10")
	unit := fx.As("ho-tich")
	mine := unit.Get("/noi-bo/nhiem-vu").Says("tbody", "Chuẩn bị theo Thông báo số 412/TB-UBND")
	task := mine.Find("tbody th a").AttrOr("href", "")
	unit.Submit(unit.Get(task), task+"/quan-triet", nil).Want(http.StatusSeeOther, task+"?xong=note")
	office.Get(path).Says("main", "Báo nhận: 1 trên 1 nơi", "Đã nhận")
	fx.As("chu-tich").Get("/noi-bo").Says("main", "Nhiệm vụ theo nơi được giao", "Tư pháp – Hộ tịch")
}

// A dialogue's workspace has a line for each point of the plan that is for dialogues.
func TestWorkspaceHasTasks(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	ctx, office := t.Context(), fx.Actor("van-phong")
	all, err := fx.DB.DialogueList(ctx, office)
	stafftest.Must(t, err)
	e, err := fx.DB.AmendPlan(ctx, office, all[0].PlanID, "Ghi rõ hạn của trưởng thôn")
	stafftest.Must(t, err)
	point, section, _ := e.Plan.Point(52)
	point.Task = plan.TaskRule{Manner: plan.MannerDialogue, Days: -1}
	section.Points = []plan.Point{point}
	e, err = fx.DB.SavePlan(ctx, office, e.PlanID, 1, e.Version, e.Plan.With(section))
	stafftest.Must(t, err)
	e, err = fx.DB.SubmitPlan(ctx, office, e.PlanID, 1, e.Version)
	stafftest.Must(t, err)
	e, err = fx.DB.SignPlan(ctx, fx.Actor("chu-tich"), e.PlanID, 1, e.Version)
	stafftest.Must(t, err)
	_, err = fx.DB.IssuePlan(ctx, office, e.PlanID, 1, e.Version, "12", fx.DB.Now().Date())
	stafftest.Must(t, err)
	p := fx.As("thu-ky").Get("/noi-bo/doi-thoai/"+string(all[0].ID)).
		Says("main", "Thông báo, tuyên truyền rộng rãi", "2 thôn", "T5, 24/10", "xong 0 trên 2")
	link := p.Find(`tbody th a:contains("tuyên truyền rộng rãi")`).AttrOr("href", "")
	list := fx.As("thu-ky").Get(link).Says("tbody", "Thôn 1", "Thôn 2", "còn 1 ngày", "buổi 25/10/2024")
	task := list.Find("tbody th a").First().AttrOr("href", "")
	fx.As("thu-ky").Get(task).Says("main", "trước mỗi buổi đối thoại 1 ngày", "buổi này tổ chức T6, 25/10/2024")
}
