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

// A public summary that holds a name told later is back with who writes it, and the page says why.
func TestSummaryOfANamedPersonComesBack(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	ctx, secretary, office := t.Context(), fx.Actor("thu-ky"), fx.Actor("van-phong")
	dialogues, err := fx.DB.Dialogues(ctx, fx.Authority.ID)
	stafftest.Must(t, err)
	got, err := fx.DB.RecordOpinion(ctx, secretary, fx.Key(), doithoai.Slip{
		DialogueID: dialogues[0].ID, Matters: []string{"Rãnh nước trước chợ tắc."},
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson},
	})
	stafftest.Must(t, err)
	o := got.Opinions[0]
	_, err = fx.DB.RuleOpinion(ctx, secretary, o.ID, 1, doithoai.Ruling{
		Code: doithoai.RulingOnTheSpot, Text: "Đã khơi.", AnsweredBy: "Chủ tịch", Agreement: doithoai.AgreementYes,
	})
	stafftest.Must(t, err)
	stafftest.Must(t, fx.DB.ProposePublication(ctx, office, o.ID, 0, doithoai.Publication{
		Title: "Rãnh nước trước chợ", Question: "Ông Lê Văn Thử hỏi bao giờ khơi rãnh?", Answer: "Đã khơi.",
	}))
	stafftest.Must(t, fx.DB.ApprovePublication(ctx, fx.Actor("chu-tich"), o.ID, 1))
	_, err = fx.DB.NamePetitioner(ctx, secretary, o.ID, 2, "Lê Văn Thử", "")
	stafftest.Must(t, err)
	const why = "Bản công khai có họ tên này nên đã gỡ xuống."
	fx.As("van-phong").Get(web.OpinionPath(o.Number)).Says(".moj-timeline", why).
		Says(`[aria-labelledby="muc-cong-khai"]`, why)
}
