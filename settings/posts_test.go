package settings

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestPostsOnThePage gives a post, hands it over and ends one.
func TestPostsOnThePage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.As("quan-tri")
	admin.Get(web.SettingsPath).Says("main", "Cán bộ, chức vụ, ủy quyền")
	p := admin.Get(postsPath)
	p.Says("main", "Phạm Văn Mô Phỏng", "Cán bộ, công chức bộ phận", "Tư pháp – Hộ tịch")
	p = admin.Get(postsPath + "/chuc-vu-moi")
	p = admin.Submit(p, postsPath+"/chuc-vu-moi", url.Values{"tu-ngay": {"32/10/2024"}, "chuc-vu": {"Trưởng thôn 1"}})
	p.Want(http.StatusUnprocessableEntity, "").Says("#tu-ngay-error", "Ghi ngày theo")
	p = admin.Submit(p, postsPath+"/chuc-vu-moi", url.Values{
		"tu-ngay": {"01/10/2024"}, "can-bo": {string(fx.Officers["dia-chinh"].ID)}, "vai-tro": {"village_head"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#thon-error", "chọn thôn")
	if p.Value("#chuc-vu") != "Trưởng thôn 1" {
		t.Errorf("kept %q", p.Value("#chuc-vu"))
	}
	admin.Submit(p, postsPath+"/chuc-vu-moi", url.Values{
		"can-bo":  {string(fx.Officers["dia-chinh"].ID)},
		"vai-tro": {"village_head"},
		"thon":    {string(fx.Villages[0].ID)},
	}).Want(http.StatusSeeOther, postsPath+"?xong=add_post")
	p = admin.Get(postsPath + "?xong=add_post")
	p.Says("main", "Đã thêm chức vụ.").Says("main", "Trưởng thôn 1", "Thôn 1", "Từ 01/10/2024")

	posts, err := fx.DB.Posts(t.Context(), fx.Actor("quan-tri"))
	stafftest.Must(t, err)
	var post doithoai.Post
	for _, o := range posts {
		if o.Officer.Login == "ho-tich" {
			post = o.Posts[0]
		}
	}
	at := postsPath + "/chuc-vu/" + string(post.ID)
	p = admin.Get(at)
	admin.Submit(p, at+"/ban-giao", nil).Want(http.StatusUnprocessableEntity, "").
		Says("#nguoi-nhan-error", "Chọn người nhận").Says("#van-ban-error", "Ghi số")
	admin.Submit(p, at+"/ban-giao", url.Values{
		"nguoi-nhan": {string(fx.Officers["dia-chinh"].ID)},
		"tu-ngay":    {"23/10/2024"},
		"van-ban":    {"Quyết định số 41/QĐ-UBND"},
	}).Want(http.StatusSeeOther, postsPath+"?xong=hand_over_post")
	at2 := web.OpinionPath(fx.Assigned(stafftest.Matter).Number)
	fx.As("dia-chinh").Get(at2).Want(http.StatusOK, "").Says("main", "Dự thảo trả lời")
	fx.As("ho-tich").Get(at2).Want(http.StatusForbidden, "")
	admin.Submit(p, at+"/ket-thuc", url.Values{"ngay-cuoi": {"30/10/2024"}}).Want(http.StatusConflict, "").
		Says("main", "Chức vụ này đã kết thúc")

	for _, path := range []string{postsPath, postsPath + "/chuc-vu-moi", at} {
		fx.As("thu-ky").Get(path).Want(http.StatusForbidden, "")
		fx.Serving = &fx.Other
		if p := fx.As("nguoi-khac").Get(path); p.Status == http.StatusOK && path == at {
			t.Errorf("another authority opens %s", path)
		}
		fx.Serving = &fx.Authority
	}
}

// TestDelegationAhead: a deputy whose post begins later is offered, and may be given what begins then, not before.
func TestDelegationAhead(t *testing.T) {
	fx := newFixture(t)
	deputy := string(fx.Officers["dia-chinh"].ID)
	stafftest.Must(t, fx.DB.AddPost(t.Context(), fx.Actor("quan-tri"), doithoai.Post{
		OfficerID: fx.Officers["dia-chinh"].ID, Title: "Phó Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleViceChair},
		From: calendar.DateOf(2024, 11, 1),
	}))
	chair, at := fx.As("chu-tich"), postsPath+"/uy-quyen"
	p := chair.Get(at)
	p.Says("#nguoi-nhan", "Bùi Văn Tưởng Tượng", "(KT.)")
	typed := url.Values{"nguoi-nhan": {deputy}, "hinh-thuc": {"kt"}, "den-ngay": {"08/11/2024"}, "so": {"12/GUQ-UBND"}}
	p = chair.Submit(p, at, typed)
	p.Want(http.StatusUnprocessableEntity, "").Says("#nguoi-nhan-error", "KT.")
	if p.Find(`#nguoi-nhan option[selected]`).AttrOr("value", "") != deputy {
		t.Error("the receiver who was chosen is not offered any more")
	}
	typed.Set("tu-ngay", "01/11/2024")
	chair.Submit(p, at, typed).Want(http.StatusSeeOther, postsPath+"?xong=delegate")
}

// TestDelegationOnThePage lets a vice chair sign for the chair for a time.
func TestDelegationOnThePage(t *testing.T) {
	fx := newFixture(t)
	stafftest.Must(t, fx.DB.AddPost(t.Context(), fx.Actor("quan-tri"), doithoai.Post{
		OfficerID: fx.Officers["dia-chinh"].ID, Title: "Phó Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleViceChair},
	}))
	chair, deputy := fx.As("chu-tich"), fx.As("dia-chinh")
	o := fx.Assigned(stafftest.Matter)
	answer := doithoai.Answer{Body: "Đã cấp bản sao."}
	stafftest.Must(t, fx.DB.SubmitAnswer(t.Context(), fx.Actor("ho-tich"), o.ID, 1, answer))
	at := web.OpinionPath(o.Number)
	deputy.Get(at).Want(http.StatusOK, "")
	if n := deputy.Get(at).Find(`form[action="` + at + `/ky"]`).Length(); n != 0 {
		t.Error("a vice chair may sign without delegation")
	}
	p := chair.Get(postsPath + "/uy-quyen")
	p.Says("main", "Đặng Văn Giả Định")
	if p.Value("#den-ngay") != "29/10/2024" || p.Find("input[name=vai-tro][value=chair][checked]").Length() != 1 {
		t.Errorf("to %q; the only role is not ticked", p.Value("#den-ngay"))
	}
	p.Says("#nguoi-nhan", "Bùi Văn Tưởng Tượng", "(KT.)")
	for _, login := range []string{"quan-tri", "giam-sat", "ho-tich"} { // of whom none can sign for the chair
		if o := fx.Officers[login]; o.ID != "" && p.Find(`#nguoi-nhan option[value="`+string(o.ID)+`"]`).Length() > 0 {
			t.Errorf("%s is offered", login)
		}
	}
	p = chair.Submit(p, postsPath+"/uy-quyen", url.Values{
		"nguoi-nhan": {string(fx.Officers["dia-chinh"].ID)}, "hinh-thuc": {"tuq"},
	})
	p.Want(http.StatusUnprocessableEntity, "").Says("#so-error", "Ghi số").
		Says("#nguoi-nhan-error", "Người ký thừa ủy quyền (TUQ.) phải là người đứng đầu đơn vị")
	chair.Submit(p, postsPath+"/uy-quyen", url.Values{
		"hinh-thuc": {"kt"}, "den-ngay": {"25/10/2024"}, "so": {"12/GUQ-UBND"},
	}).
		Want(http.StatusSeeOther, postsPath+"?xong=delegate")
	p = chair.Get(postsPath)
	p.Says("main", "12/GUQ-UBND", "Đang hiệu lực", "Ký thay (KT.)")

	deputy.Submit(deputy.Get(at), at+"/ky", nil).Want(http.StatusSeeOther, at+"?xong=ky")
	deputy.Get(at).Says(".moj-timeline", "Bùi Văn Tưởng Tượng (thay Đặng Văn Giả Định) ký văn bản trả lời").
		Says("main", "KT.", "Bùi Văn Tưởng Tượng")

	form, _ := p.Find(`form[action$="/thu-hoi"]`).Attr("action")
	chair.Submit(p, form, nil).Want(http.StatusSeeOther, postsPath+"?xong=revoke_delegation")
	chair.Get(postsPath).Says("main", "Đã thu hồi 23/10/2024")
	deputy.Get("/noi-bo").Hides("Xem, ký")
}
