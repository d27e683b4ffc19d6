package office

import (
	"net/http"
	"net/url"
	"testing"

	"doithoai"
)

// TestShortNameIsDoubted warns who proposes and who approves a summary that may name a person of a short name, and stops
// neither.
func TestShortNameIsDoubted(t *testing.T) {
	fx := newFixture(t)
	got, err := fx.db.SubmitSlip(t.Context(), doithoai.Resident(fx.authority.ID), doithoai.IntakeKey{7}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{"Đường không an toàn."}, NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "An", VillageID: fx.villages[0].ID, Ways: []doithoai.Way{doithoai.WayPickUp},
		},
	})
	must(t, err)
	_, err = fx.db.RuleOpinion(t.Context(), fx.actor("thu-ky"), got.Opinions[0].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Xã sẽ lắp đèn.", AnsweredBy: "Chủ tịch"})
	must(t, err)
	path := opinionPath(got.Opinions[0].Number)
	const doubt = "Đề nghị ông/bà đọc lại"
	office, chair := fx.as("van-phong"), fx.as("chu-tich")

	p := office.get(path)
	p.want(http.StatusOK, "").hides(doubt)
	typed := url.Values{"tieu-de": {"Đường không an toàn"}, "cau-hoi": {"Ông An đề nghị lắp đèn."}}
	office.submit(p, path+"/cong-khai", typed).want(http.StatusSeeOther, path+"?xong=de-nghi")
	office.get(path).says("main", doubt)
	chair.get(path+pagePreview).want(http.StatusOK, "").says("main", "Ông An", doubt)
	fx.as("thu-ky").get(path).want(http.StatusOK, "").hides(doubt)
}
