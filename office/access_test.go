package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestPagesByRole opens every page as everybody.
func TestPagesByRole(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	const ok, no, gone = http.StatusOK, http.StatusForbidden, http.StatusNotFound
	logins := []string{"chu-tich", "van-phong", "thu-ky", "ho-tich", "dia-chinh", "quan-tri"}
	tests := []struct {
		path string
		want [6]int
	}{
		{"/noi-bo", [6]int{ok, ok, ok, ok, ok, ok}},
		{"/noi-bo/dang-nhap-dang-mo", [6]int{ok, ok, ok, ok, ok, ok}},
		{"/noi-bo/y-kien", [6]int{ok, ok, ok, ok, ok, no}},
		{at, [6]int{ok, ok, ok, ok, no, no}},
		{at + "/xem-truoc", [6]int{gone, gone, gone, gone, no, no}},
		{"/noi-bo/y-kien/ND-24-9999", [6]int{gone, gone, gone, gone, gone, no}},
		{"/noi-bo/phieu-moi", [6]int{no, ok, ok, no, no, no}},
		{"/noi-bo/danh-sach-thon", [6]int{no, ok, no, no, no, no}},
		{web.SettingsPath + "/to-chuc", [6]int{ok, ok, no, no, no, ok}},
		{web.SettingsPath + "/to-chuc" + "/internet", [6]int{no, ok, no, no, no, ok}},
	}
	for i, login := range logins {
		b := fx.As(login)
		for _, tt := range tests {
			if p := b.Get(tt.path); p.Status != tt.want[i] {
				t.Errorf("%s opens %s: %d, want %d", login, tt.path, p.Status, tt.want[i])
			}
		}
	}
	for _, tt := range tests {
		fx.Browser().Get(tt.path).Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve="+url.QueryEscape(tt.path))
	}
}

// TestWhatIsNotThere says which number is not in the register, and whose matter it is; to nobody of the staff that they
// should telephone the office.
func TestWhatIsNotThere(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	fx.As("van-phong").Get("/noi-bo/y-kien/nd-24-9999").Want(http.StatusNotFound, "").
		Says("h1", "Không có ý kiến số ND-24-9999").Hides("gọi Văn phòng")
	fx.As("dia-chinh").Get(at).Want(http.StatusForbidden, "").
		Says("main", "Việc này do Tư pháp – Hộ tịch chủ trì").Hides("gọi Văn phòng")
	fx.As("quan-tri").Get(at).Want(http.StatusForbidden, "").Hides("Hộ tịch")
}

// TestFormsByRole shows each form only to whom it is for, and refuses it from all others.
func TestFormsByRole(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	shown := map[string][]string{
		"chu-tich": {
			"/nguoi-neu", "/tieu-de", "/phan-loai", "/tach-y-kien", "/cung-noi-dung", "/neu-lai", "/can-bo", "/gia-han",
			"/chuyen-don-vi",
		},
		"van-phong": {
			"/nguoi-neu", "/ghi-chu", "/de-nghi-bo-sung", "/them-tep", "/tom-tat", "/tieu-de", "/phan-loai", "/tach-y-kien",
			"/cung-noi-dung",
			"/neu-lai", "/can-bo", "/nguoi-neu-rut", "/bao-tinh-hinh", "/de-nghi-gia-han", "/tam-dung", "/gui-co-quan",
			"/chuyen-don-vi",
		},
		"thu-ky": {
			"/them-tep", "/tom-tat", "/tieu-de", "/phan-loai", "/tach-y-kien", "/cung-noi-dung", "/neu-lai", "/nguoi-neu-rut",
		},
		"ho-tich": {
			"/nguoi-neu", "/trinh", "/ban-word", "/ghi-chu", "/de-nghi-bo-sung", "/tieu-de", "/de-nghi-gia-han", "/tam-dung",
			"/gui-co-quan", "/de-nghi-chuyen",
		},
	}
	for login, want := range shown {
		p := fx.As(login).Get(at)
		var got []string
		for _, form := range p.Find("main form").EachIter() {
			action, _ := form.Attr("action")
			got = append(got, strings.TrimPrefix(action, at))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s is shown the forms %q, want %q", login, got, want)
		}
	}
	id := fx.OpinionID("ND-24-0001")
	stands, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), id)
	stafftest.Must(t, err)
	everything := url.Values{
		"phien-ban": {"1"}, "tra-loi": {"x"}, "ly-do": {"x"}, "ly-do-xem": {"verify"}, "huong": {"KN"}, "tieu-de": {"x"},
		"cau-hoi": {"x"}, "tom-tat": {"x"}, "so": {"1"}, "ngay": {"23/10/2024"}, "cau-hoi-giai-trinh": {"x"},
	}
	refused := 0
	for login, officer := range fx.Officers {
		if officer.AuthorityID != fx.Authority.ID {
			continue
		}
		b := fx.As(login)
		for _, act := range pageActs() {
			subject := stands.Subject
			if act.slug == "" || act.more != "" || doithoai.Can(officer.Actor(), act.act, subject) == nil {
				continue
			}
			refused++
			if p := b.Post(at+"/"+act.slug, everything); p.Status != http.StatusForbidden {
				t.Errorf("%s posts %s: %d", login, act.slug, p.Status)
			}
		}
	}
	if refused < 60 {
		t.Errorf("%d acts were tried by who may not do them", refused)
	}
	file, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), id)
	stafftest.Must(t, err)
	if len(file.Events) != 2 {
		t.Errorf("%d events after refused acts", len(file.Events))
	}
}

// TestAnotherAuthorityDoesNotExist looks for one authority's things from another.
func TestAnotherAuthorityDoesNotExist(t *testing.T) {
	fx := newFixture(t)
	o := fx.Answered(stafftest.Matter)
	at := web.OpinionPath(o.Number)
	file, err := fx.DB.OpinionFile(t.Context(), fx.Actor("van-phong"), o.ID)
	stafftest.Must(t, err)

	home := fx.As("van-phong")
	fx.Serving = &fx.Other
	home.Get("/noi-bo").Want(http.StatusSeeOther, "/noi-bo/dang-nhap?ve=%2Fnoi-bo")
	stranger := fx.As("nguoi-khac")
	stranger.Get("/noi-bo").Want(http.StatusOK, "").Says("main", "Hiện không có việc nào").Hides(string(o.Number))
	stranger.Get("/noi-bo/y-kien?so=ND").Want(http.StatusOK, "").Hides(">" + string(o.Number) + "<")
	stranger.Get(at).Want(http.StatusNotFound, "")
	for _, act := range []string{
		"/huong-xu-ly", "/trinh", "/phat-hanh", "/nguoi-neu", "/cong-khai", "/xem-truoc", "/duyet-cong-khai",
	} {
		p := stranger.Post(at+act, url.Values{"phien-ban": {"1"}, "ly-do-xem": {"verify"}, "huong": {"KN"}})
		if p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
			t.Errorf("%s from another authority: %d", act, p.Status)
		}
	}
	fx.Serving = &fx.Authority
	for _, id := range []string{"x", "01920000-0000-7000-8000-000000000000", string(o.ID)} {
		if p := home.Post(at+"/da-bao/"+id, url.Values{"phien-ban": {"1"}}); p.Status != http.StatusNotFound {
			t.Errorf("a forged delivery: %d", p.Status)
		}
		if p := home.Post("/noi-bo/dang-nhap-dang-mo/"+id+"/dong", nil); p.Status != http.StatusNotFound {
			t.Errorf("a forged sign-in: %d", p.Status)
		}
	}
	home.Get("/noi-bo/y-kien?sau=x").Want(http.StatusNotFound, "")
	_, err = fx.DB.OpinionFile(t.Context(), fx.Actor("nguoi-khac"), file.Opinion.ID)
	if doithoai.KindOf(err) != doithoai.NotFound {
		t.Errorf("the file from another authority: %v", err)
	}
}

// TestDenunciationDisappears records a denunciation: only the count of it stays.
func TestDenunciationDisappears(t *testing.T) {
	fx := newFixture(t)
	const secret = "Tố cáo cán bộ nhận tiền của dân thôn 2."
	at := web.OpinionPath(fx.Slip(secret).Number)
	fx.Slip(stafftest.Matter)
	office := fx.As("van-phong")
	p := office.Get(at)
	p.Says(".dt-ruling", "ý kiến rời sổ này")
	for range 2 { // the second click is harmless
		office.Submit(p, at+"/huong-xu-ly", url.Values{"huong": {"TC"}, "da-chuyen": {"true"}}).
			Want(http.StatusSeeOther, "/noi-bo/y-kien?to-cao")
	}
	office.Get("/noi-bo/y-kien?loc=tat-ca&to-cao").Says("main", "Ý kiến đã rời sổ này", "ND-24-0002").Hides(secret)
	if strings.Contains(office.Get("/noi-bo/y-kien?loc=tat-ca").Text("main"), "ND-24-0001") {
		t.Error("the register still has it")
	}
	for _, login := range []string{"van-phong", "chu-tich", "thu-ky"} {
		b := fx.As(login)
		for _, path := range []string{
			"/noi-bo", "/noi-bo/y-kien", "/noi-bo/y-kien?so=ND-24-0001", "/noi-bo/y-kien?loc=cho-phan-loai",
		} {
			p := b.Get(path).Want(http.StatusOK, "").Hides("Tố cáo cán bộ")
			if strings.Contains(p.Text("main tr"), "ND-24-0001") {
				t.Errorf("%s lists it for %s", path, login)
			}
		}
		b.Get(at).Want(http.StatusNotFound, "").Hides("Tố cáo cán bộ")
		b.Get(at+"/xem-truoc").Want(http.StatusNotFound, "")
		if p := b.Post(at+"/huong-xu-ly", url.Values{"huong": {"KN"}, "phien-ban": {"2"}}); p.Status != http.StatusNotFound {
			t.Errorf("%s rules on it again: %d", login, p.Status)
		}
	}
	office.Get("/noi-bo").Says("main", "1 ý kiến đã chuyển giải quyết tố cáo")
	fx.As("thu-ky").Get("/noi-bo").Hides("giải quyết tố cáo")
}

// TestNameIsShownForAReason opens who raised an opinion: the view is on record before anything is shown, the page that
// shows it can be loaded anew, and the page without it shows nothing.
func TestNameIsShownForAReason(t *testing.T) {
	fx := newFixture(t)
	at := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	unit := fx.As("ho-tich")
	unit.Get(at+"?nguoi-neu").Hides("Nguyễn Thị Minh Họa", "0900") // no view is on record
	p := unit.Submit(unit.Get(at), at+"/nguoi-neu", nil)
	p.Want(http.StatusUnprocessableEntity, "").Says("#ly-do-xem-error", "Chọn lý do").Hides("Nguyễn Thị Minh Họa")
	if _, open := p.Find("details:has(#ly-do-xem)").Attr("open"); !open {
		t.Error("the form that is to be mended is folded")
	}
	unit.Submit(p, at+"/nguoi-neu", url.Values{"ly-do-xem": {"verify"}}).
		Want(http.StatusSeeOther, at+"?nguoi-neu#nguoi-neu")
	for range 2 {
		p = unit.Get(at + "?nguoi-neu")
		p.Want(http.StatusOK, "").Says("#nguoi-neu", "Nguyễn Thị Minh Họa", "0900 000 000", "Thôn 1").
			Says(".moj-timeline", "Phạm Văn Mô Phỏng xem họ tên người nêu", "Liên hệ xác minh")
		if p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("Cache-Control %q", p.Header.Get("Cache-Control"))
		}
	}
	if n := strings.Count(p.Text(".moj-timeline"), "xem họ tên người nêu"); n != 1 {
		t.Errorf("%d views are on record", n)
	}
	unit.Get(at).Hides("Nguyễn Thị Minh Họa", "0900").Says(".moj-timeline", "xem họ tên người nêu")
	fx.As("van-phong").Get(at+"?nguoi-neu").Hides("Nguyễn Thị Minh Họa", "0900") // another's view opens nothing
	// nor who may not
	fx.As("thu-ky").Get(at+"?nguoi-neu=1").Want(http.StatusOK, "").Hides("Nguyễn Thị Minh Họa", "0900")
}
