package office

import (
	"slices"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
)

// routes are all pages and acts of the staff site, each with the permission that opens it.
func (s *site) routes() []web.Route {
	const one = web.RegisterPath + "/{number}"
	return slices.Concat(s.actRoutes(),
		docfile.Routes(one+web.ReplyFile, web.Route{Act: doithoai.ActSeeOpinions, Do: s.replyLetter}),
		s.paperRoutes(),
		s.onwardRoutes(),
		s.wordRoutes(),
		s.guideRoutes(),
		docfile.Routes(listPath, web.Route{Act: doithoai.ActRecordDelivery, Do: s.listFile}),
		docfile.Routes(web.ReadingPath("{village}")+readingFile, web.Route{Act: doithoai.ActReadAloud, Do: s.readingFile}),
		docfile.Routes(urgePath+"/{id}"+letterFile, web.Route{Act: doithoai.ActUrgePetition, Do: s.urgingFile}),
		docfile.Routes(one+slipAt, web.Route{Act: doithoai.ActSeeOpinions, Do: s.oneSlip}),
		[]web.Route{{
			Pattern: "POST " + one + slipAt + docfile.NumberAt, Act: doithoai.ActNumberDocument, Do: s.numberSlip,
		}},
		[]web.Route{
			{Pattern: "GET " + web.DeskPath, Act: doithoai.ActSeeDesk, Do: s.desk},
			{Pattern: "GET " + web.BoardPath, Act: doithoai.ActSeeBoard, Do: s.board},
			{Pattern: "GET " + web.NoticesPath, Act: doithoai.ActSeeDesk, Do: s.notices},
			{Pattern: "POST " + web.DraftPath, Act: doithoai.ActSeeDesk, Do: s.saveDraft},
			{Pattern: "GET " + web.SlipPath, Act: doithoai.ActSubmitSlip, Do: s.newSlip},
			{Pattern: "GET " + web.SlipPath + "/tep/{upload}", Act: doithoai.ActSubmitSlip, Do: s.scan},
			{Pattern: "GET " + receiptPath, Act: doithoai.ActSubmitSlip, Do: s.showReceipt},
			{Pattern: "POST " + web.SlipPath, Act: doithoai.ActSubmitSlip, Do: s.submitSlip},
			{Pattern: "GET " + web.PaperPath, Act: doithoai.ActSubmitSlip, Do: s.paper},
			{Pattern: "POST " + web.PaperPath, Act: doithoai.ActSubmitSlip, Do: s.openPaper},

			{Pattern: "GET " + web.ListPath, Act: doithoai.ActRecordList, Do: s.newList},
			{Pattern: "POST " + web.ListPath, Act: doithoai.ActRecordList, Do: s.splitList},
			{Pattern: "GET " + checkListPath, Act: doithoai.ActRecordList, Do: s.checkList},
			{Pattern: "POST " + checkListPath, Act: doithoai.ActRecordList, Do: s.recordList},
			{Pattern: "GET " + web.ListPath + "/{id}", Act: doithoai.ActRecordList, Do: s.compiledList},

			{Pattern: "GET " + web.RegisterPath, Act: doithoai.ActSeeOpinions, Do: s.register},
			{Pattern: "POST " + web.RegisterPath, Act: doithoai.ActRuleOpinion, Do: s.assignChosen},
			{Pattern: "POST " + savedViewsPath, Act: doithoai.ActSeeOpinions, Do: s.keepView},
			{Pattern: "POST " + urgePath, Act: doithoai.ActUrgePetition, Do: s.urgeChosen},
			{Pattern: "GET " + urgePath + "/{id}", Act: doithoai.ActUrgePetition, Do: s.urgingLetter},
			{Pattern: "POST " + statusPath, Act: doithoai.ActTellStatus, Do: s.tellChosen},
			{Pattern: "GET " + slipsPath, Act: doithoai.ActSeeOpinions, Do: s.printSlips},
			{Pattern: "POST " + slipsPath, Act: doithoai.ActSeeOpinions, Do: s.chooseSlips},
			{Pattern: "GET " + slipsPDFPath, Act: doithoai.ActSeeOpinions, Do: s.slipsPDF},
			{Pattern: "GET " + ledgerPath, Act: doithoai.ActSeeOpinions, Do: s.exportRegister},
			{Pattern: "GET " + ledgerPath + asWorkbook, Act: doithoai.ActSeeOpinions, Do: s.exportRegister},
			{Pattern: "GET " + bookPath, Act: doithoai.ActKeepLedger, Do: s.book},
			{Pattern: "POST " + bookPath, Act: doithoai.ActKeepLedger, Do: s.exportBook},
			{Pattern: "GET " + web.TellPath, Act: doithoai.ActSeeDeliveries, Do: s.tellings},
			{Pattern: "GET " + lettersPath, Act: doithoai.ActRecordDelivery, Do: s.letters},
			{Pattern: "POST " + lettersPath, Act: doithoai.ActRecordDelivery, Do: s.openLetters},
			{Pattern: "GET " + printLettersPath, Act: doithoai.ActRecordDelivery, Do: s.printLetters},
			{
				Pattern: "GET " + printLettersPath + docfile.PDF, Act: doithoai.ActRecordDelivery, Do: s.lettersPDF,
			},
			{Pattern: "POST " + toldPath, Act: doithoai.ActRecordDelivery, Do: s.recordChosen},
			{Pattern: "GET " + web.ReadingPath("{village}"), Act: doithoai.ActReadAloud, Do: s.readings},
			{Pattern: "GET " + web.WeekPath, Act: doithoai.ActSeeWeek, Do: s.week},
			{Pattern: "GET " + web.RegisterPath + "/{number}", Act: doithoai.ActSeeOpinions, Do: s.opinion},
			{Pattern: "GET " + web.RegisterPath + "/{number}/tep/{file}", Act: doithoai.ActViewFiles, Do: s.file},
			{Pattern: "POST " + web.RegisterPath + "/{number}/them-can-cu", Act: doithoai.ActSubmitAnswer, Do: s.citeBasis},
			{Pattern: "POST " + web.RegisterPath + "/{number}/chen-tra-loi/{from}", Act: doithoai.ActSubmitAnswer,
				Do: s.insertAnswer},
			{Pattern: "GET " + web.RegisterPath + "/{number}/ban-ky/{file}", Act: doithoai.ActViewPaper, Do: s.signedPaper},
			{Pattern: "GET " + denunciationsPath + "/{number}/tep/{file}", Act: doithoai.ActSeeDenunciations, Do: s.file},
			{Pattern: "POST " + denunciationsPath + "/{number}/xem-tep", Act: doithoai.ActSeeDenunciations, Do: s.viewFiles},
			{
				Pattern: "POST " + denunciationsPath + "/{number}/anh-goc/{file}", Act: doithoai.ActSeeDenunciations,
				Do: s.openOriginal,
			},
			{Pattern: "GET " + web.PromisesPath, Act: doithoai.ActSeePromises, Do: s.promises},
			{Pattern: "GET " + promisesFilePath, Act: doithoai.ActSeePromises, Do: s.exportPromises},
			{Pattern: "GET " + web.PromisesPath + "/{promise}", Act: doithoai.ActSeePromises, Do: s.promise},
			{Pattern: "POST " + web.PromisesPath + "/{promise}/xong", Act: doithoai.ActKeepPromise, Do: s.keepPromise},
			{Pattern: "POST " + web.PromisesPath + "/{promise}/rut-xong", Act: doithoai.ActWithdrawKept, Do: s.withdrawKept},
			{Pattern: "POST " + web.PromisesPath + "/{promise}/khong-lam", Act: doithoai.ActBreakPromise, Do: s.breakPromise},
			{Pattern: "GET " + web.RegisterPath + "/{number}/{act}", Act: doithoai.ActSeeOpinions, Do: s.toOpinion},
			{Pattern: "GET " + explanationPath + "{id}", Act: doithoai.ActGiveExplanation, Do: s.explanation},
			{Pattern: "POST " + explanationPath + "{id}", Act: doithoai.ActGiveExplanation, Do: s.giveExplanation},
			{Pattern: "GET " + denunciationsPath, Act: doithoai.ActSeeDenunciations, Do: s.denunciations},
			{Pattern: "GET " + denunciationsPath + "/{number}", Act: doithoai.ActSeeDenunciations, Do: s.denunciation},
			{
				Pattern: "POST " + denunciationsPath + "/{number}/nguoi-neu", Act: doithoai.ActSeeDenunciations,
				Do: s.viewDenouncer,
			},
			{Pattern: "GET " + web.RegisterPath + "/{number}" + pagePreview, Act: doithoai.ActSeeOpinions, Do: s.preview},
			{
				Pattern: "POST " + web.RegisterPath + "/{number}" + pagePreview, Act: doithoai.ActProposePublication,
				Do: s.draftPreview,
			},
		})
}
