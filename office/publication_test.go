package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestShortNameIsDoubted warns who proposes and who approves a summary that may name a person of a short name, and
// stops neither.
func TestShortNameIsDoubted(t *testing.T) {
	fx := newFixture(t)
	got, err := fx.DB.SubmitSlip(t.Context(), doithoai.Resident(fx.Authority.ID), doithoai.IntakeKey{7}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{"Đường không an toàn."},
		NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "An", VillageID: fx.Villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	})
	stafftest.Must(t, err)
	_, err = fx.DB.RuleOpinion(t.Context(), fx.Actor("thu-ky"), got.Opinions[0].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Xã sẽ lắp đèn.", AnsweredBy: "Chủ tịch"})
	stafftest.Must(t, err)
	path := web.OpinionPath(got.Opinions[0].Number)
	const doubt = "Đề nghị ông/bà đọc lại"
	office, chair := fx.As("van-phong"), fx.As("chu-tich")

	p := office.Get(path)
	p.Want(http.StatusOK, "").Hides(doubt)
	typed := url.Values{"tieu-de": {"Đường không an toàn"}, "cau-hoi": {"Ông An đề nghị lắp đèn."}}
	office.Submit(p, path+"/cong-khai", typed).Want(http.StatusSeeOther, path+"?xong=cong-khai")
	office.Get(path).Says("main", doubt)
	chair.Get(path+pagePreview).Want(http.StatusOK, "").Says("main", "Ông An", doubt)
	fx.As("thu-ky").Get(path).Want(http.StatusOK, "").Hides(doubt)
}
