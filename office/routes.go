package office

import (
	"doithoai"
	"doithoai/web"
)

// routes are all pages and acts of the staff site, each with the permission that opens it.
func (s *site) routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + web.SignInPath, Open: true, Do: s.signIn},
		{Pattern: "POST " + web.SignInPath, Open: true, Do: s.openSignIn},
		{Pattern: "POST /noi-bo/dang-xuat", Act: doithoai.ActSeeDesk, Do: s.signOut},
		{Pattern: "GET /noi-bo/dang-nhap-dang-mo", Act: doithoai.ActSeeDesk, Do: s.signIns},
		{Pattern: "POST /noi-bo/dang-nhap-dang-mo/{id}/dong", Act: doithoai.ActSeeDesk, Do: s.revokeSignIn},

		{Pattern: "GET /noi-bo", Act: doithoai.ActSeeDesk, Do: s.desk},
		{Pattern: "GET /noi-bo/doi-thoai", Act: doithoai.ActSeeDesk, Do: s.dialogues},
		{Pattern: "POST " + web.DraftPath, Act: doithoai.ActSeeDesk, Do: s.saveDraft},
		{Pattern: "GET " + slipPath, Act: doithoai.ActSubmitSlip, Do: s.newSlip},
		{Pattern: "POST " + slipPath, Act: doithoai.ActSubmitSlip, Do: s.submitSlip},

		{Pattern: "GET " + settingsPath, Act: doithoai.ActSeeSettings, Do: s.settings},
		{Pattern: "GET " + organisationPath, Act: doithoai.ActSeeSettings, Do: s.organisation},
		{Pattern: "GET " + organisationPath + "/ten-goi", Act: doithoai.ActRenameAuthority, Do: s.newName},
		{Pattern: "POST " + organisationPath + "/ten-goi", Act: doithoai.ActRenameAuthority, Do: s.renameAuthority},
		{Pattern: "GET " + organisationPath + "/don-vi-moi", Act: doithoai.ActOpenUnit, Do: s.newUnit},
		{Pattern: "POST " + organisationPath + "/don-vi-moi", Act: doithoai.ActOpenUnit, Do: s.openUnit},
		{Pattern: "GET " + organisationPath + "/don-vi/{id}", Act: doithoai.ActChangeUnit, Do: s.unit},
		{Pattern: "POST " + organisationPath + "/don-vi/{id}", Act: doithoai.ActChangeUnit, Do: s.changeUnit},
		{Pattern: "POST " + organisationPath + "/don-vi/{id}/thoi", Act: doithoai.ActCloseUnit, Do: s.closeUnit},
		{Pattern: "GET " + organisationPath + "/thon-moi", Act: doithoai.ActOpenVillages, Do: s.newVillages},
		{Pattern: "POST " + organisationPath + "/thon-moi", Act: doithoai.ActOpenVillages, Do: s.openVillages},
		{Pattern: "GET " + organisationPath + "/thon/{id}", Act: doithoai.ActCloseVillage, Do: s.village},
		{Pattern: "POST " + organisationPath + "/thon/{id}", Act: doithoai.ActCloseVillage, Do: s.closeVillage},

		{Pattern: "GET " + listsPath, Act: doithoai.ActSeeSettings, Do: s.lists},
		{Pattern: "GET " + listsPath + "/{list}", Act: doithoai.ActSeeSettings, Do: s.list},
		{Pattern: "GET " + listsPath + "/{list}/tep/{form}", Act: doithoai.ActSeeSettings, Do: s.listFile},
		{Pattern: "GET " + importPath, Act: doithoai.ActImportList, Do: s.newImport},
		{Pattern: "POST " + importPath, Act: doithoai.ActImportList, Do: s.readImport},
		{Pattern: "GET " + importPath + "/{list}", Act: doithoai.ActImportList, Do: s.previewImport},
		{Pattern: "POST " + importPath + "/{list}", Act: doithoai.ActImportList, Do: s.confirmImport},
		{Pattern: "POST " + importPath + "/{list}/bo", Act: doithoai.ActImportList, Do: s.dropImport},

		{Pattern: "GET /noi-bo/y-kien", Act: doithoai.ActSeeOpinions, Do: s.register},
		{Pattern: "GET /noi-bo/y-kien/{number}", Act: doithoai.ActSeeOpinions, Do: s.opinion},
		{Pattern: "GET /noi-bo/y-kien/{number}/{act}", Act: doithoai.ActSeeOpinions, Do: s.toOpinion},
		{Pattern: "POST /noi-bo/y-kien/{number}/nguoi-neu", Act: doithoai.ActViewPetitioner, Do: s.viewPetitioner},
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
