package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
)

// TestPostsOnThePage gives a post, hands it over and ends one.
func TestPostsOnThePage(t *testing.T) {
	fx := newFixture(t)
	admin := fx.as("quan-tri")
	admin.get(settingsPath).says("main", "Cán bộ, chức vụ, ủy quyền")
	p := admin.get(postsPath)
	p.says("main", "Phạm Văn Mô Phỏng", "Cán bộ, công chức bộ phận", "Tư pháp – Hộ tịch")
	p = admin.get(postsPath + "/chuc-vu-moi")
	p = admin.submit(p, postsPath+"/chuc-vu-moi", url.Values{"tu-ngay": {"32/10/2024"}, "chuc-vu": {"Trưởng thôn 1"}})
	p.want(http.StatusUnprocessableEntity, "").says("#tu-ngay-error", "Ghi ngày theo")
	p = admin.submit(p, postsPath+"/chuc-vu-moi", url.Values{"tu-ngay": {"01/10/2024"}, "can-bo": {string(fx.officers["dia-chinh"].ID)}, "vai-tro": {"village_head"}})
	p.want(http.StatusUnprocessableEntity, "").says("#thon-error", "chọn thôn")
	if p.value("#chuc-vu") != "Trưởng thôn 1" {
		t.Errorf("kept %q", p.value("#chuc-vu"))
	}
	admin.submit(p, postsPath+"/chuc-vu-moi", url.Values{"can-bo": {string(fx.officers["dia-chinh"].ID)}, "vai-tro": {"village_head"}, "thon": {string(fx.villages[0].ID)}}).
		want(http.StatusSeeOther, postsPath+"?xong=add_post")
	p = admin.get(postsPath + "?xong=add_post")
	p.says("main", "Đã thêm chức vụ.").says("main", "Trưởng thôn 1", "Thôn 1", "Từ 01/10/2024")

	posts, err := fx.db.Posts(t.Context(), fx.actor("quan-tri"))
	must(t, err)
	var post doithoai.Post
	for _, o := range posts {
		if o.Officer.Login == "ho-tich" {
			post = o.Posts[0]
		}
	}
	at := postsPath + "/chuc-vu/" + string(post.ID)
	p = admin.get(at)
	admin.submit(p, at+"/ban-giao", nil).want(http.StatusUnprocessableEntity, "").says("#nguoi-nhan-error", "Chọn người nhận").says("#van-ban-error", "Ghi số")
	admin.submit(p, at+"/ban-giao", url.Values{"nguoi-nhan": {string(fx.officers["dia-chinh"].ID)}, "tu-ngay": {"23/10/2024"}, "van-ban": {"Quyết định số 41/QĐ-UBND"}}).
		want(http.StatusSeeOther, postsPath+"?xong=hand_over_post")
	at2 := opinionPath(fx.assigned(matter).Number)
	fx.as("dia-chinh").get(at2).want(http.StatusOK, "").says("main", "Dự thảo trả lời")
	fx.as("ho-tich").get(at2).want(http.StatusForbidden, "")
	admin.submit(p, at+"/ket-thuc", url.Values{"ngay-cuoi": {"30/10/2024"}}).want(http.StatusConflict, "").says("main", "Chức vụ này đã kết thúc")

	for _, path := range []string{postsPath, postsPath + "/chuc-vu-moi", at} {
		fx.as("thu-ky").get(path).want(http.StatusForbidden, "")
		fx.serving = &fx.other
		if p := fx.as("nguoi-khac").get(path); p.status == http.StatusOK && path == at {
			t.Errorf("another authority opens %s", path)
		}
		fx.serving = &fx.authority
	}
}

// TestDelegationOnThePage lets a vice chair sign for the chair for a time.
func TestDelegationOnThePage(t *testing.T) {
	fx := newFixture(t)
	must(t, fx.db.AddPost(t.Context(), fx.actor("quan-tri"), doithoai.Post{OfficerID: fx.officers["dia-chinh"].ID, Title: "Phó Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleViceChair}}))
	chair, deputy := fx.as("chu-tich"), fx.as("dia-chinh")
	o := fx.assigned(matter)
	must(t, fx.db.SubmitAnswer(t.Context(), fx.actor("ho-tich"), o.ID, 1, doithoai.Answer{Body: "Đã cấp bản sao."}))
	at := opinionPath(o.Number)
	deputy.get(at).want(http.StatusOK, "")
	if n := deputy.get(at).Find(`form[action="` + at + `/ky"]`).Length(); n != 0 {
		t.Error("a vice chair may sign without delegation")
	}
	p := chair.get(postsPath + "/uy-quyen")
	p.says("main", "Đặng Văn Giả Định")
	p = chair.submit(p, postsPath+"/uy-quyen", url.Values{"nguoi-nhan": {string(fx.officers["dia-chinh"].ID)}, "vai-tro": {"chair"}})
	p.want(http.StatusUnprocessableEntity, "").says("#so-error", "Ghi số").says("#den-ngay-error", "Ghi ngày kết thúc")
	chair.submit(p, postsPath+"/uy-quyen", url.Values{"den-ngay": {"25/10/2024"}, "so": {"12/GUQ-UBND"}}).want(http.StatusSeeOther, postsPath+"?xong=delegate")
	p = chair.get(postsPath)
	p.says("main", "12/GUQ-UBND", "Đang hiệu lực", "Ký thay (KT.)")

	deputy.submit(deputy.get(at), at+"/ky", nil).want(http.StatusSeeOther, at+"?xong=ky")
	deputy.get(at).says(".moj-timeline", "Bùi Văn Tưởng Tượng (thay Đặng Văn Giả Định) ký văn bản trả lời").says("main", "KT.", "Bùi Văn Tưởng Tượng")

	form, _ := p.Find(`form[action$="/thu-hoi"]`).Attr("action")
	chair.submit(p, form, nil).want(http.StatusSeeOther, postsPath+"?xong=revoke_delegation")
	chair.get(postsPath).says("main", "Đã thu hồi 23/10/2024")
	deputy.get("/noi-bo").hides("Xem, ký")
}
