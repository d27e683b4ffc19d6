package office

import (
	"doithoai"
	"doithoai/web"
)

// routes are all pages and acts of the staff site, each with the permission that opens it.
func (s *site) routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /noi-bo", Act: doithoai.ActSeeDesk, Do: s.desk},
		{Pattern: "GET /noi-bo/doi-thoai", Act: doithoai.ActSeeDesk, Do: s.dialogues},
		{Pattern: "POST " + web.DraftPath, Act: doithoai.ActSeeDesk, Do: s.saveDraft},
		{Pattern: "GET " + web.SlipPath, Act: doithoai.ActSubmitSlip, Do: s.newSlip},
		{Pattern: "POST " + web.SlipPath, Act: doithoai.ActSubmitSlip, Do: s.submitSlip},

		{Pattern: "GET /noi-bo/y-kien", Act: doithoai.ActSeeOpinions, Do: s.register},
		{Pattern: "GET /noi-bo/y-kien/{number}", Act: doithoai.ActSeeOpinions, Do: s.opinion},
		{Pattern: "GET /noi-bo/y-kien/{number}/{act}", Act: doithoai.ActSeeOpinions, Do: s.toOpinion},
		{Pattern: "POST /noi-bo/y-kien/{number}/nguoi-neu", Act: doithoai.ActViewPetitioner, Do: s.viewPetitioner},
		{Pattern: "POST /noi-bo/y-kien/{number}/can-bo", Act: doithoai.ActNameConcerned, Do: s.nameConcerned},
		{Pattern: "POST /noi-bo/y-kien/{number}/yeu-cau-giai-trinh", Act: doithoai.ActAskExplanation, Do: s.askExplanation},
		{Pattern: "GET " + explanationPath + "{id}", Act: doithoai.ActGiveExplanation, Do: s.explanation},
		{Pattern: "POST " + explanationPath + "{id}", Act: doithoai.ActGiveExplanation, Do: s.giveExplanation},
		{Pattern: "GET " + denunciationsPath, Act: doithoai.ActSeeDenunciations, Do: s.denunciations},
		{Pattern: "GET " + denunciationsPath + "/{number}", Act: doithoai.ActSeeDenunciations, Do: s.denunciation},
		{Pattern: "POST " + denunciationsPath + "/{number}/nguoi-neu", Act: doithoai.ActSeeDenunciations, Do: s.viewDenouncer},
		{Pattern: "POST /noi-bo/y-kien/{number}/huong-xu-ly", Act: doithoai.ActRuleOpinion, Do: s.ruleOpinion},
		{Pattern: "POST /noi-bo/y-kien/{number}/trinh", Act: doithoai.ActSubmitAnswer, Do: s.submitAnswer},
		{Pattern: "POST /noi-bo/y-kien/{number}/tra-lai", Act: doithoai.ActReturnAnswer, Do: s.returnAnswer},
		{Pattern: "POST /noi-bo/y-kien/{number}/ky", Act: doithoai.ActSignAnswer, Do: s.signAnswer},
		{Pattern: "POST /noi-bo/y-kien/{number}/tam-dung", Act: doithoai.ActPausePetition, Do: s.pausePetition},
		{Pattern: "POST /noi-bo/y-kien/{number}/tinh-tiep", Act: doithoai.ActResumePetition, Do: s.resumePetition},
		{Pattern: "POST /noi-bo/y-kien/{number}/gia-han", Act: doithoai.ActExtendPetition, Do: s.extendPetition},
		{Pattern: "POST /noi-bo/y-kien/{number}/doi-han", Act: doithoai.ActMoveDue, Do: s.moveDue},
		{Pattern: "POST /noi-bo/y-kien/{number}/giu-han", Act: doithoai.ActKeepDue, Do: s.keepDue},
		{Pattern: "POST /noi-bo/y-kien/{number}/phat-hanh", Act: doithoai.ActDispatchAnswer, Do: s.dispatchAnswer},
		{Pattern: "POST /noi-bo/y-kien/{number}/da-bao/{delivery}", Act: doithoai.ActRecordDelivery, Do: s.recordDelivery},
		{Pattern: "GET /noi-bo/y-kien/{number}" + pagePreview, Act: doithoai.ActSeeOpinions, Do: s.preview},
		{Pattern: "POST /noi-bo/y-kien/{number}" + pagePreview, Act: doithoai.ActProposePublication, Do: s.draftPreview},
		{Pattern: "POST /noi-bo/y-kien/{number}/cong-khai", Act: doithoai.ActProposePublication, Do: s.proposePublication},
		{Pattern: "POST /noi-bo/y-kien/{number}/duyet-cong-khai", Act: doithoai.ActApprovePublication, Do: s.approvePublication},
		{Pattern: "POST /noi-bo/y-kien/{number}/tra-cong-khai", Act: doithoai.ActReturnPublication, Do: s.returnPublication},
	}
}
