package settings

import (
	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
)

// routes are all pages and acts of the settings and of the own account, each with the permission that opens it.
func (s *site) routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + web.SignInPath, Open: true, Do: s.signIn},
		{Pattern: "POST " + web.SignInPath, Open: true, Do: s.openSignIn},
		{Pattern: "GET " + web.CodePath, Act: doithoai.ActSeeDesk, Holds: []doithoai.Hold{doithoai.HoldCode}, Do: s.askCode},
		{
			Pattern: "POST " + web.CodePath, Act: doithoai.ActSeeDesk, Holds: []doithoai.Hold{doithoai.HoldCode},
			Do: s.confirmCode,
		},
		{
			Pattern: "POST /noi-bo/dang-xuat", Act: doithoai.ActSeeDesk, NoPost: true,
			Holds: []doithoai.Hold{doithoai.HoldCode, doithoai.HoldPassword}, Do: s.signOut,
		},
		{
			Pattern: "GET " + web.PasswordPath, Act: doithoai.ActChangePassword, Holds: []doithoai.Hold{doithoai.HoldPassword},
			Do: s.newPassword,
		},
		{
			Pattern: "POST " + web.PasswordPath, Act: doithoai.ActChangePassword, Holds: []doithoai.Hold{doithoai.HoldPassword},
			Do: s.changePassword,
		},
		{Pattern: "GET " + ownPath, Act: doithoai.ActSeeDesk, Do: s.ownAccount},
		{Pattern: "GET " + secondStepPath, Act: doithoai.ActTurnOnSecondStep, Do: s.secondStep},
		{Pattern: "POST " + secondStepPath, Act: doithoai.ActTurnOnSecondStep, Do: s.startSecondStep},
		{Pattern: "POST " + secondStepPath + "/xac-nhan", Act: doithoai.ActTurnOnSecondStep, Do: s.turnOnSecondStep},
		{Pattern: "POST " + secondStepPath + "/tat", Act: doithoai.ActTurnOffSecondStep, Do: s.turnOffSecondStep},
		{Pattern: "GET " + recoveryPath, Act: doithoai.ActSeeDesk, Do: s.recoveryCodes},
		{Pattern: "POST " + recoveryPath, Act: doithoai.ActRenewRecoveryCodes, Do: s.renewRecoveryCodes},
		{Pattern: "GET " + signInsPath, Act: doithoai.ActSeeDesk, Do: s.signIns},
		{Pattern: "POST " + signInsPath + "/{id}/dong", Act: doithoai.ActSeeDesk, Do: s.revokeSignIn},

		{Pattern: "GET " + web.SettingsPath, Act: doithoai.ActSeeSettings, Do: s.settings},
		{Pattern: "GET " + postsPath, Act: doithoai.ActSeeSettings, Do: s.posts},
		{Pattern: "GET " + postsPath + "/chuc-vu-moi", Act: doithoai.ActAddPost, Do: s.newPost},
		{Pattern: "POST " + postsPath + "/chuc-vu-moi", Act: doithoai.ActAddPost, Do: s.addPost},
		{Pattern: "GET " + postsPath + "/chuc-vu/{id}", Act: doithoai.ActEndPost, Do: s.post},
		{Pattern: "POST " + postsPath + "/chuc-vu/{id}/ket-thuc", Act: doithoai.ActEndPost, Do: s.endPost},
		{Pattern: "POST " + postsPath + "/chuc-vu/{id}/ban-giao", Act: doithoai.ActHandOverPost, Do: s.handOverPost},
		{Pattern: "GET " + postsPath + "/uy-quyen", Act: doithoai.ActDelegate, Do: s.newDelegation},
		{Pattern: "POST " + postsPath + "/uy-quyen", Act: doithoai.ActDelegate, Do: s.delegate},
		{Pattern: "POST " + postsPath + "/uy-quyen/{id}/thu-hoi", Act: doithoai.ActRevokeDelegation, Do: s.revokeDelegation},
		{Pattern: "GET " + web.AccountsPath, Act: doithoai.ActManageAccounts, Do: s.accounts},
		{Pattern: "POST " + web.AccountsPath, Act: doithoai.ActOpenAccount, Do: s.openAccount},
		{Pattern: "GET " + web.AccountsPath + "/moi", Act: doithoai.ActOpenAccount, Do: s.newAccount},
		{Pattern: "GET " + web.AccountsPath + "/{id}", Act: doithoai.ActManageAccounts, Do: s.account},
		{Pattern: "POST " + web.AccountsPath + "/{id}/mat-khau", Act: doithoai.ActResetPassword, Do: s.resetPassword},
		{
			Pattern: "POST " + web.AccountsPath + "/{id}/khoa", Act: doithoai.ActLockAccount,
			Do: s.manage("khoa", s.lockAccount),
		},
		{
			Pattern: "POST " + web.AccountsPath + "/{id}/mo-khoa", Act: doithoai.ActUnlockAccount,
			Do: s.manage("mo-khoa", s.unlockAccount),
		},
		{Pattern: "GET " + web.AccountsPath + "/{id}/ngung", Act: doithoai.ActDeactivateAccount, Do: s.leaving},
		{
			Pattern: "POST " + web.AccountsPath + "/{id}/ngung", Act: doithoai.ActDeactivateAccount,
			Do: s.manage("ngung", s.deactivateAccount),
		},
		{
			Pattern: "POST " + web.AccountsPath + "/{id}/dung-lai", Act: doithoai.ActReactivateAccount,
			Do: s.manage("dung-lai", s.reactivateAccount),
		},
		{
			Pattern: "POST " + web.AccountsPath + "/{id}/tat-hai-buoc", Act: doithoai.ActDropSecondStep,
			Do: s.manage("tat-hai-buoc", s.resetSecondStep),
		},
		{Pattern: "GET " + auditPath, Act: doithoai.ActSeeAudit, Do: s.audit},
		{Pattern: "POST " + auditPath + "/tep", Act: doithoai.ActExportAudit, Do: s.exportAudit},
		{Pattern: "GET " + organisationPath, Act: doithoai.ActSeeSettings, Do: s.organisation},
		{Pattern: "GET " + organisationPath + "/ten-goi", Act: doithoai.ActRenameAuthority, Do: s.newName},
		{Pattern: "POST " + organisationPath + "/ten-goi", Act: doithoai.ActRenameAuthority, Do: s.renameAuthority},
		{Pattern: "GET " + organisationPath + "/internet", Act: doithoai.ActSetPortal, Do: s.portal},
		{Pattern: "POST " + organisationPath + "/internet", Act: doithoai.ActSetPortal, Do: s.setPortal},
		{Pattern: "GET " + organisationPath + "/don-vi-moi", Act: doithoai.ActOpenUnit, Do: s.newUnit},
		{Pattern: "POST " + organisationPath + "/don-vi-moi", Act: doithoai.ActOpenUnit, Do: s.openUnit},
		{Pattern: "GET " + organisationPath + "/don-vi/{id}", Act: doithoai.ActChangeUnit, Do: s.unit},
		{Pattern: "POST " + organisationPath + "/don-vi/{id}", Act: doithoai.ActChangeUnit, Do: s.changeUnit},
		{Pattern: "POST " + organisationPath + "/don-vi/{id}/thoi", Act: doithoai.ActCloseUnit, Do: s.closeUnit},
		{Pattern: "GET " + organisationPath + "/thon-moi", Act: doithoai.ActOpenVillages, Do: s.newVillages},
		{Pattern: "POST " + organisationPath + "/thon-moi", Act: doithoai.ActOpenVillages, Do: s.openVillages},
		{Pattern: "GET " + organisationPath + "/thon/{id}", Act: doithoai.ActCloseVillage, Do: s.village},
		{Pattern: "POST " + organisationPath + "/thon/{id}", Act: doithoai.ActCloseVillage, Do: s.closeVillage},

		{Pattern: "GET " + startPath, Act: doithoai.ActSeeDesk, Do: s.start},
		{Pattern: "GET " + listsPath, Act: doithoai.ActSeeSettings, Do: s.lists},
		{Pattern: "GET " + listsPath + "/{list}", Act: doithoai.ActSeeSettings, Do: s.list},
		{Pattern: "GET " + listsPath + "/{list}/tep/{form}", Act: doithoai.ActSeeSettings, Do: s.listFile},
		{Pattern: "GET " + importPath, Act: doithoai.ActImportList, Do: s.newImport},
		{Pattern: "POST " + importPath, Act: doithoai.ActImportList, Do: s.readImport},
		{Pattern: "GET " + importPath + "/{list}", Act: doithoai.ActImportList, Do: s.previewImport},
		{Pattern: "POST " + importPath + "/{list}", Act: doithoai.ActImportList, Do: s.confirmImport},
		{Pattern: "POST " + importPath + "/{list}/bo", Act: doithoai.ActImportList, Do: s.dropImport},
		{Pattern: "GET " + parametersPath, Act: doithoai.ActSeeRules, Do: s.parameters},
		{Pattern: "GET " + parametersPath + "/{key}", Act: doithoai.ActSeeRules, Do: s.parameter},
		{Pattern: "POST " + parametersPath + "/{key}", Act: doithoai.ActSetParameter, Do: s.setParameter},
		{
			Pattern: "POST " + parametersPath + "/{key}/{version}/rut", Act: doithoai.ActWithdrawParameter,
			Do: s.withdrawParameter,
		},
		{Pattern: "GET " + web.CalendarPath, Act: doithoai.ActSeeRules, Do: s.calendar},
		{Pattern: "GET " + holidaysPath, Act: doithoai.ActSeeRules, Do: s.holidays},
		{Pattern: "POST " + web.CalendarPath + "/de-nghi", Act: doithoai.ActChangeCalendar, Do: s.confirmHolidays},
		{Pattern: "GET " + web.CalendarPath + "/ngay-moi", Act: doithoai.ActChangeCalendar, Do: s.day},
		{Pattern: "POST " + web.CalendarPath + "/ngay-moi", Act: doithoai.ActChangeCalendar, Do: s.setDay},
		{Pattern: "GET " + web.CalendarPath + "/ngay/{date}", Act: doithoai.ActChangeCalendar, Do: s.day},
		{Pattern: "POST " + web.CalendarPath + "/ngay/{date}", Act: doithoai.ActChangeCalendar, Do: s.setDay},
		{Pattern: "POST " + web.CalendarPath + "/ngay/{date}/bo", Act: doithoai.ActChangeCalendar, Do: s.dropDay},
		{Pattern: "GET " + web.CalendarPath + "/gio", Act: doithoai.ActChangeCalendar, Do: s.hours},
		{Pattern: "POST " + web.CalendarPath + "/gio", Act: doithoai.ActChangeCalendar, Do: s.changeHours},
		{Pattern: "POST " + web.CalendarPath + "/han/{number}/doi", Act: doithoai.ActMoveDue, Do: s.acceptDue},
		{Pattern: "POST " + web.CalendarPath + "/han/{number}/giu", Act: doithoai.ActKeepDue, Do: s.refuseDue},
		{Pattern: "GET " + templatesPath, Act: doithoai.ActSeeRules, Do: s.templates},
		{Pattern: "GET " + templatesPath + "/{kind}", Act: doithoai.ActSeeRules, Do: s.template},
		{Pattern: "POST " + templatesPath + "/{kind}", Act: doithoai.ActSetPaperTemplate, Do: s.setTemplate},
		{
			Pattern: "GET " + templatesPath + "/{kind}" + startFile + docfile.Word, Act: doithoai.ActSeeRules,
			Do: s.templateStart,
		},
		{
			Pattern: "GET " + templatesPath + "/{kind}/{id}" + triedFile + docfile.Word, Act: doithoai.ActSeeRules,
			Do: s.templateTried,
		},
		{Pattern: "GET " + templatesPath + "/{kind}/{id}" + ownFile, Act: doithoai.ActSeeRules, Do: s.templateFile},
		{
			Pattern: "POST " + templatesPath + "/{kind}/{id}/bo", Act: doithoai.ActDropPaperTemplate,
			Do: s.dropTemplate,
		},
		{Pattern: "GET " + basesPath, Act: doithoai.ActSeeRules, Do: s.bases},
		{Pattern: "GET " + basesPath + "/moi", Act: doithoai.ActSetLegalBasis, Do: s.basis},
		{Pattern: "POST " + basesPath + "/moi", Act: doithoai.ActSetLegalBasis, Do: s.setBasis},
		{Pattern: "GET " + basesPath + "/van-ban/{key}", Act: doithoai.ActSetLegalBasis, Do: s.basis},
		{Pattern: "POST " + basesPath + "/van-ban/{key}", Act: doithoai.ActSetLegalBasis, Do: s.setBasis},
	}
}
