package office

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// A pageAct is an act on an opinion as its page knows it: the form and where it posts to, and what the timeline tells
// of it. What has no address is done elsewhere, and only told here.
type pageAct struct {
	act  doithoai.Act
	slug string // last part of the address that the form posts to
	more string // what follows it, as in a route's pattern
	do   handler

	label   string                 // key of the button beside what comes next, of an act without anything to type
	version func(opinionPage) int  // which that button sends
	offered func(opinionPage) bool // whether the form or the button is shown
	texts   func(forms) []keptText // what was typed into it and would be lost with the form
	facts   func(opinionPage, doithoai.Facts) []string
	onward  doithoai.Act // whose turn it ends for the officer: the next task opens, where there is one
	plain   bool         // the text of the event stands in the timeline as it is; others, long ones, are folded
	silent  bool         // the text of the event is not in the timeline: it stands above already
}

// pageActs are all acts of which the timeline can tell, those of the page first, in the order of an opinion's life.
// Routes, what is kept of forms, facts of the timeline and the tests of access follow from them.
func pageActs() []pageAct {
	return []pageAct{
		{act: doithoai.ActRuleOpinion, slug: "huong-xu-ly", do: (*site).ruleOpinion,
			offered: opinionPage.ruling, texts: rulingTexts, facts: opinionPage.rulingFacts, plain: true,
			onward: doithoai.ActRuleOpinion},
		{act: doithoai.ActProposeRefusal, slug: "de-nghi-khong-nhan", do: (*site).proposeRefusal,
			texts: rulingTexts, facts: opinionPage.refusalFacts, plain: true},
		{act: doithoai.ActDeclineRefusal, slug: "van-tiep-nhan", do: form(takeOf, (*site).declineRefusal),
			offered: opinionPage.taking, texts: takeTexts, facts: opinionPage.refusalFacts, plain: true},
		{act: doithoai.ActWithdrawOpinion, slug: "nguoi-neu-rut", do: form(withdrawnOf, (*site).withdrawOpinion),
			offered: opinionPage.withdrawable, texts: withdrawnTexts, facts: opinionPage.rulingFacts, plain: true},
		{act: doithoai.ActSetHeadline, slug: "tieu-de", do: form(headlineOf, (*site).setHeadline),
			offered: opinionPage.naming, texts: headlineTexts, plain: true},
		{act: doithoai.ActClassifyOpinion, slug: "phan-loai", do: form(classifyOf, (*site).classify),
			offered: opinionPage.classifying, texts: classifyTexts, facts: opinionPage.classifyFacts, plain: true},
		{act: doithoai.ActSplitOpinion, slug: "tach-y-kien", do: form(splitOf, (*site).split),
			offered: opinionPage.splitting, texts: splitTexts, facts: opinionPage.splitFacts},
		{act: doithoai.ActSummariseOpinion, slug: "tom-tat", do: form(neutralOf, (*site).summarise),
			offered: opinionPage.neutral, texts: neutralTexts, plain: true},
		{act: doithoai.ActNameConcerned, slug: "can-bo", do: own((*site).nameConcerned),
			facts: opinionPage.nameConcernedFacts},
		{act: doithoai.ActAskExplanation, slug: "yeu-cau-giai-trinh", do: form(askOf, (*site).askExplanation),
			offered: opinionPage.asking, texts: askTexts, facts: opinionPage.askFacts, plain: true},
		{act: doithoai.ActViewPetitioner, slug: "nguoi-neu", do: own((*site).viewPetitioner), facts: opinionPage.viewFacts},
		{act: doithoai.ActViewFiles, slug: "xem-tep", do: own((*site).viewFiles)},
		{act: doithoai.ActOpenOriginal, slug: "anh-goc", more: "/{file}", do: own((*site).openOriginal)},
		{act: doithoai.ActAttachFile, slug: "them-tep", do: own((*site).attachFile), facts: opinionPage.attachFacts},
		{act: doithoai.ActRemoveFile, slug: "go-tep", more: "/{file}", do: form(removeOf, (*site).removeFile),
			facts: opinionPage.removeFacts},

		{act: doithoai.ActJoinSlip, slug: "ghep-phieu", do: form(sameOf, (*site).joinSlip),
			facts: opinionPage.joinedFacts},
		{act: doithoai.ActSeparateSlip, slug: "tach-phieu", do: button((*site).separateSlip),
			facts: opinionPage.separatedFacts},
		{act: doithoai.ActGroupOpinions, slug: "cung-noi-dung", do: form(sameOf, (*site).groupOpinions),
			facts: opinionPage.groupedFacts},
		{act: doithoai.ActUngroupOpinion, slug: "ra-khoi-nhom", do: button((*site).ungroupOpinion)},
		{act: doithoai.ActLinkRepeat, slug: "neu-lai", do: form(repeatOf, (*site).linkRepeat),
			facts: opinionPage.linkedFacts},
		{act: doithoai.ActUnlinkRepeat, slug: "bo-neu-lai", do: button((*site).unlinkRepeat),
			facts: opinionPage.unlinkedFacts},

		{act: doithoai.ActAddNote, slug: "ghi-chu", do: form(noteOf, (*site).addNote),
			offered: opinionPage.noting, texts: noteTexts, facts: opinionPage.noteFacts, silent: true},
		{act: doithoai.ActTakeBackNote, slug: "rut-ghi-chu", more: "/{note}", do: button((*site).takeBackNote),
			facts: opinionPage.noteFacts},

		{act: doithoai.ActHandOverPetition, slug: "chuyen-don-vi", do: form(handOverOf, (*site).handOverPetition),
			offered: opinionPage.handingOver, texts: handOverTexts, facts: opinionPage.handOverFacts, plain: true},

		{act: doithoai.ActGivePetition, slug: "can-bo-xu-ly", do: form(giveOf, (*site).givePetition),
			offered: opinionPage.giving, facts: opinionPage.giveFacts},

		{act: doithoai.ActDisputePetition, slug: "de-nghi-chuyen", do: form(disputeOf, (*site).disputePetition),
			offered: opinionPage.disputing, texts: disputeTexts, facts: opinionPage.disputeFacts, plain: true},
		{act: doithoai.ActKeepLead, slug: "giu-don-vi", do: form(keepOf, (*site).keepLead),
			offered: opinionPage.keeping, texts: keepTexts, facts: opinionPage.keptLeadFacts, plain: true},

		{act: doithoai.ActSendOnwardLetter, slug: "gui-co-quan", do: form(onwardOf, (*site).sendOnwardLetter),
			offered: opinionPage.writingOn, texts: onwardTexts, facts: opinionPage.sentOnFacts, silent: true},
		{act: doithoai.ActUrgeBody, slug: "don-doc-co-quan", do: form(urgeOf, (*site).urgeBody),
			offered: opinionPage.closingLetters, texts: urgeTexts, facts: opinionPage.urgedFacts, silent: true},
		{act: doithoai.ActRegisterReply, slug: "co-quan-tra-loi", do: form(replyOf, (*site).registerReply),
			offered: opinionPage.closingLetters, texts: replyTexts, facts: opinionPage.repliedFacts, silent: true},
		{act: doithoai.ActEndOnwardWait, slug: "thoi-cho", do: form(endWaitOf, (*site).endOnwardWait),
			offered: opinionPage.closingLetters, texts: endWaitTexts, facts: opinionPage.endedWaitFacts, silent: true},

		{act: doithoai.ActTransferRecord, slug: "chuyen-ho-so", do: form(transferOf, (*site).transferRecord),
			offered: opinionPage.passingOn, texts: transferTexts, facts: opinionPage.transferredFacts, plain: true},

		{act: doithoai.ActUrgePetition, slug: "don-doc", do: form(urgingOf, (*site).urgePetition),
			offered: opinionPage.urging, texts: urgingTexts, facts: opinionPage.urgingFacts, plain: true},
		{act: doithoai.ActReplyUrging, slug: "tra-loi-don-doc", more: "/{urging}",
			do: form(urgingReplyOf, (*site).replyUrging), offered: opinionPage.replying, texts: urgingReplyTexts,
			facts: opinionPage.replyFacts, plain: true},
		{act: doithoai.ActTellStatus, slug: "bao-tinh-hinh", do: button((*site).tellStatus)},
		{act: doithoai.ActNumberDocument, facts: opinionPage.numberedFacts},
		{act: doithoai.ActReplaceDocument, facts: opinionPage.replacedPaperFacts},
		{act: doithoai.ActWithdrawDocument, facts: opinionPage.withdrawnPaperFacts, plain: true},
		{act: doithoai.ActGiveWithdrawalPaper, facts: opinionPage.withdrawnPaperFacts},
		{act: doithoai.ActUndoWithdrawal, facts: opinionPage.numberedFacts, plain: true},

		{act: doithoai.ActSubmitAnswer, slug: "trinh", do: (*site).submitAnswer,
			offered: opinionPage.drafting, texts: answerTexts, facts: opinionPage.setFacts, onward: doithoai.ActSubmitAnswer},
		{act: doithoai.ActWithdrawDraft, slug: "rut-lai", do: form(setOf, (*site).withdrawDraft),
			label: "act.button.withdraw_draft", version: opinionPage.waitingVersion, offered: opinionPage.withdrawing,
			facts: opinionPage.setFacts},
		{act: doithoai.ActReturnAnswer, slug: "tra-lai", do: form(returnOf, (*site).returnAnswer),
			offered: opinionPage.returning, texts: returnTexts, facts: opinionPage.setFacts, plain: true,
			onward: doithoai.ActSignAnswer},
		{act: doithoai.ActSignAnswer, slug: "ky", do: form(setOf, (*site).signAnswer), facts: opinionPage.setFacts,
			onward: doithoai.ActSignAnswer},
		{act: doithoai.ActSignOnPaper, slug: "ky-giay", do: signOnPaper((*store.DB).SignOnPaper),
			offered: opinionPage.recordingPaper, texts: paperTexts, facts: opinionPage.paperFacts},
		{act: doithoai.ActTakeBackPaper, slug: "rut-ky-giay", do: form(setOf, (*site).takeBackPaper),
			facts: opinionPage.setFacts},
		{act: doithoai.ActViewPaper, slug: "xem-ban-ky", do: own((*site).viewPaper)},
		{act: doithoai.ActDispatchAnswer, slug: "phat-hanh", do: form(dispatchOf, (*site).dispatchAnswer),
			offered: opinionPage.dispatching, texts: dispatchTexts, facts: opinionPage.dispatchFacts,
			onward: doithoai.ActDispatchAnswer},
		{act: doithoai.ActProposeCorrection, slug: "thay-the", do: form(correctionOf, (*site).proposeCorrection),
			offered: opinionPage.replacing, texts: correctionTexts, facts: opinionPage.setFacts,
			onward: doithoai.ActProposeCorrection},
		{act: doithoai.ActWithdrawCorrection, slug: "rut-thay-the", do: form(setOf, (*site).withdrawCorrection),
			label: "act.button.withdraw_correction", version: opinionPage.correctionVersion,
			offered: opinionPage.withdrawingCorrection, facts: opinionPage.setFacts},
		{act: doithoai.ActReturnCorrection, slug: "tra-thay-the", do: form(correctionBackOf, (*site).returnCorrection),
			offered: opinionPage.returningCorrection, texts: correctionBackTexts,
			facts: opinionPage.setFacts, plain: true,
			onward: doithoai.ActSignCorrection},
		{act: doithoai.ActSignCorrection, slug: "ky-thay-the", do: form(setOf, (*site).signCorrection),
			facts: opinionPage.setFacts, onward: doithoai.ActSignCorrection},
		{act: doithoai.ActSignCorrectionOnPaper, slug: "ky-giay-thay-the",
			do: signOnPaper((*store.DB).SignCorrectionOnPaper), offered: opinionPage.recordingCorrectionPaper,
			texts: paperTexts, facts: opinionPage.paperFacts},
		{act: doithoai.ActTakeBackCorrectionPaper, slug: "rut-ky-giay-thay-the",
			do: form(setOf, (*site).takeBackCorrectionPaper), facts: opinionPage.setFacts},
		{act: doithoai.ActDispatchCorrection, slug: "phat-hanh-thay-the", do: form(dispatchOf, (*site).dispatchCorrection),
			offered: opinionPage.dispatchingCorrection, texts: dispatchTexts, facts: opinionPage.dispatchFacts,
			onward: doithoai.ActDispatchCorrection},
		{act: doithoai.ActDropCorrection, slug: "thoi-thay-the", do: form(correctionDropOf, (*site).dropCorrection),
			offered: opinionPage.droppingCorrection, texts: correctionDropTexts,
			facts: opinionPage.setFacts, plain: true},
		{act: doithoai.ActReopenPetition, slug: "chua-dong-y", do: form(againOf, (*site).reopen),
			offered: opinionPage.reopening, texts: againTexts, facts: opinionPage.reopenedFacts, plain: true},
		{act: doithoai.ActRequestReopening, facts: opinionPage.reopenedFacts, plain: true},
		{act: doithoai.ActAllowReopening, slug: "xem-lai", do: button((*site).allowReopening),
			facts: opinionPage.reopenedFacts},
		{act: doithoai.ActRefuseReopening, slug: "khong-xem-lai", do: form(refuseOf, (*site).refuseReopening),
			offered: opinionPage.deciding, texts: refuseTexts, facts: opinionPage.notReopenedFacts, plain: true},
		{act: doithoai.ActAskSupplement, slug: "de-nghi-bo-sung", do: form(supplementOf, (*site).askSupplement),
			offered: opinionPage.askingSupplement, texts: supplementTexts, facts: opinionPage.askedFacts, plain: true},
		{act: doithoai.ActAnswerSupplement, slug: "da-bo-sung", do: (*site).answerSupplement,
			offered: opinionPage.typingSupplement, texts: suppliedTexts, facts: opinionPage.suppliedFacts, plain: true},
		{act: doithoai.ActDecideInitiative, slug: "ket-luan-sang-kien", do: form(initiativeOf, (*site).decideInitiative),
			offered: opinionPage.decidingInitiative, texts: initiativeTexts, facts: opinionPage.initiativeFacts, plain: true},
		{act: doithoai.ActChangeWays, facts: opinionPage.waysFacts},
		{act: doithoai.ActRequestOwn, facts: opinionPage.ownFacts, plain: true},
		{act: doithoai.ActCorrectPetitioner, slug: "sua-thong-tin", do: form(correctOf, (*site).correctPetitioner),
			offered: opinionPage.correctingOwn, facts: opinionPage.ownFacts},
		{act: doithoai.ActRefuseOwn, slug: "khong-dong-y-yeu-cau", do: form(refuseOwnOf, (*site).refuseOwn),
			offered: opinionPage.decidingOwn, texts: ownTexts, facts: opinionPage.ownFacts, plain: true},
		{act: doithoai.ActRecordDelivery, slug: "da-bao", more: "/{delivery}", do: form(toldOf, (*site).recordDelivery),
			facts: opinionPage.deliveryFacts, onward: doithoai.ActRecordDelivery},
		{act: doithoai.ActWithdrawDelivery, slug: "rut-bao", more: "/{delivery}", do: button((*site).withdrawDelivery),
			facts: opinionPage.deliveryFacts},
		{act: doithoai.ActTakeOverDelivery, slug: "bao-truc-tiep", more: "/{delivery}",
			do: button((*site).takeOverDelivery), facts: opinionPage.deliveryFacts},

		{act: doithoai.ActPausePetition, slug: "tam-dung", do: form(pauseOf, (*site).pausePetition),
			offered: opinionPage.canPause, texts: pauseTexts, facts: opinionPage.pauseFacts, plain: true},
		{act: doithoai.ActResumePetition, slug: "tinh-tiep", do: button((*site).resumePetition),
			facts: opinionPage.dueFacts},
		{act: doithoai.ActExtendPetition, slug: "gia-han", do: form(extendOf, (*site).extendPetition),
			offered: opinionPage.extending, texts: extendTexts, facts: opinionPage.dueFacts, plain: true},
		{act: doithoai.ActExtendPetition, slug: "dong-y-gia-han", do: button((*site).agreeExtension)},
		{act: doithoai.ActProposeExtension, slug: "de-nghi-gia-han", do: form(extendOf, (*site).proposeExtension),
			offered: opinionPage.askingExtension, texts: extendTexts, facts: opinionPage.proposedFacts, plain: true},
		{act: doithoai.ActDeclineExtension, slug: "khong-gia-han", do: form(declineOf, (*site).declineExtension),
			offered: opinionPage.declining, texts: declineTexts, facts: opinionPage.keptFacts, plain: true},
		{act: doithoai.ActWithdrawExtension, slug: "rut-de-nghi-gia-han", do: button((*site).withdrawExtension),
			facts: opinionPage.keptFacts},
		{act: doithoai.ActMoveDue, slug: "doi-han", do: form(moveOf, (*site).moveDue),
			facts: opinionPage.dueFacts},
		{act: doithoai.ActKeepDue, slug: "giu-han", do: form(moveOf, (*site).keepDue),
			facts: opinionPage.dueFacts},

		{act: doithoai.ActProposePublication, slug: "cong-khai", do: form(summaryOf, (*site).proposePublication),
			offered: opinionPage.proposing, texts: summaryTexts, onward: doithoai.ActProposePublication},
		{act: doithoai.ActApprovePublication, slug: "duyet-cong-khai", do: button((*site).approvePublication),
			onward: doithoai.ActApprovePublication},
		{act: doithoai.ActReturnPublication, slug: "tra-cong-khai", do: (*site).returnPublication,
			texts: returnTexts, plain: true, onward: doithoai.ActApprovePublication},

		{act: doithoai.ActErasePersonalData, slug: "xoa-du-lieu", do: form(eraseOf, (*site).erase),
			offered: opinionPage.erasing, texts: eraseTexts, facts: opinionPage.eraseFacts, plain: true},

		{act: doithoai.ActSubmitSlip, facts: opinionPage.receivedFacts, silent: true},
		{act: doithoai.ActRecordOpinion, facts: opinionPage.receivedFacts, silent: true},
		{act: doithoai.ActRecordList, facts: opinionPage.receivedFacts, silent: true},
		{act: doithoai.ActRecordSheet, facts: opinionPage.receivedFacts, silent: true},
		{act: doithoai.ActRecordPart, facts: opinionPage.partFacts, silent: true},
		{act: doithoai.ActAnswerLater, facts: opinionPage.rulingFacts, plain: true},
		{act: doithoai.ActNamePetitioner, facts: opinionPage.namedFacts},
		{act: doithoai.ActTriageQuestion, facts: opinionPage.triageFacts, plain: true},
		{act: doithoai.ActReturnQuestion, facts: opinionPage.preparerFacts, plain: true},
		{act: doithoai.ActPrepareAnswer, facts: opinionPage.preparerFacts},
		{act: doithoai.ActReadyAnswer, facts: opinionPage.preparerFacts},
		{act: doithoai.ActTransferPetition, facts: opinionPage.transferFacts},
		{act: doithoai.ActGiveExplanation, plain: true},
		{act: doithoai.ActRateAnswer, facts: opinionPage.ratingFacts},
		{act: doithoai.ActKeepPromise, facts: opinionPage.promiseFacts, plain: true},
		{act: doithoai.ActWithdrawKept, facts: opinionPage.promiseFacts},
		{act: doithoai.ActBreakPromise, facts: opinionPage.promiseFacts, plain: true},
		{act: doithoai.ActPublishEvidence, facts: opinionPage.publicFileFacts, plain: true},
		{act: doithoai.ActUnpublishEvidence, facts: opinionPage.publicFileFacts},
	}
}

// pageActOf finds an act of the table; the zero pageAct where it is none.
func pageActOf(act doithoai.Act) pageAct {
	i := slices.IndexFunc(pageActs(), func(a pageAct) bool { return a.act == act })
	if i < 0 {
		return pageAct{}
	}
	return pageActs()[i]
}

// actRoutes are the addresses to which the forms of an opinion's page post.
func (s *site) actRoutes() []web.Route {
	var routes []web.Route
	for _, a := range pageActs() {
		if a.slug != "" {
			routes = append(routes, web.Route{
				Pattern: "POST " + web.RegisterPath + "/{number}/" + a.slug + a.more, Act: a.act,
				Do: func(r *web.Request) error { return a.do(s, r, a) },
			})
		}
	}
	return routes
}

// handler does one act of the page.
type handler func(*site, *web.Request, pageAct) error

// form is an act with something typed: of finds where its form stands among those of the page. Where it is refused for
// what was typed, or because somebody was quicker, the page comes back with everything.
func form[F any](of func(*forms) *F, act func(*site, *web.Request, doithoai.ID, F) error) handler {
	return func(s *site, r *web.Request, a pageAct) error {
		typed := forms{typed: a.act}
		f := of(&typed)
		if err := r.Form(f); err != nil {
			return err
		}
		return s.run(r, typed, a, func(id doithoai.ID) error { return act(s, r, id, *f) })
	}
}

// button is an act without anything typed: version is what the page showed.
func button(act func(s *site, r *web.Request, id doithoai.ID, version int) error) handler {
	return func(s *site, r *web.Request, a pageAct) error {
		var f web.VersionForm
		if err := r.Form(&f); err != nil {
			return err
		}
		return s.run(r, forms{}, a, func(id doithoai.ID) error { return act(s, r, id, f.Version) })
	}
}

// own is an act that goes on elsewhere than to its page.
func own(act func(*site, *web.Request) error) handler {
	return func(s *site, r *web.Request, _ pageAct) error { return act(s, r) }
}

// forms are the page's forms as they stand: typed in the request that was refused, else restored from a draft, else
// from what is stored. typed is the act whose form was posted.
type forms struct {
	Ruling    rulingForm
	Headline  headlineForm
	Neutral   neutralForm
	Answer    answerForm
	Set       setForm
	Return    reasonForm
	Dispatch  dispatchForm
	Paper     signedPaperForm
	Cite      citeForm
	Told      toldForm
	Summary   summaryForm
	View      viewForm
	Concerned concernedForm
	Ask       askForm
	Pause     pauseForm
	Extend    extendForm // also of a proposal
	Decline   declineForm
	Move      web.MoveForm
	Remove    removeForm
	Uploads   []doithoai.Upload // files that came with a form that was refused
	Same      sameForm
	Class     classifyForm
	Split     splitForm
	Repeat    repeatForm
	Withdrawn withdrawnForm

	Correction     correctionForm
	CorrectionBack correctionBackForm
	CorrectionDrop correctionDropForm
	Note           noteForm
	HandOver       handOverForm
	Give           giveForm
	Erase          eraseForm
	Dispute        disputeForm
	Keep           keepForm
	Onward         onwardForm
	Reply          replyForm
	Urge           urgeForm
	EndWait        endWaitForm
	Transfer       transferForm
	Urging         urgingForm
	UrgingReply    urgingReplyForm
	Again          againForm
	Refuse         refuseForm
	Take           takeForm
	Supplement     supplementForm
	Supplied       suppliedForm
	Own            ownForm
	Initiative     initiativeForm
	typed          doithoai.Act
}

func disputeOf(f *forms) *disputeForm { return &f.Dispute }

func keepOf(f *forms) *keepForm { return &f.Keep }

func giveOf(f *forms) *giveForm { return &f.Give }

func handOverOf(f *forms) *handOverForm { return &f.HandOver }

func noteOf(f *forms) *noteForm { return &f.Note }

func headlineOf(f *forms) *headlineForm { return &f.Headline }

func returnOf(f *forms) *reasonForm { return &f.Return }

func dispatchOf(f *forms) *dispatchForm { return &f.Dispatch }

func toldOf(f *forms) *toldForm { return &f.Told }

func summaryOf(f *forms) *summaryForm { return &f.Summary }

func askOf(f *forms) *askForm { return &f.Ask }

func pauseOf(f *forms) *pauseForm { return &f.Pause }

func extendOf(f *forms) *extendForm { return &f.Extend }

func declineOf(f *forms) *declineForm { return &f.Decline }

func removeOf(f *forms) *removeForm { return &f.Remove }

func moveOf(f *forms) *web.MoveForm { return &f.Move }

// keptText is a text that was typed into a form which is no longer shown.
type keptText struct{ Key, Text string }

func disputeTexts(f forms) []keptText {
	return []keptText{{"opinion.dispute.reason", f.Dispute.Reason}}
}

func keepTexts(f forms) []keptText { return []keptText{{"opinion.dispute.why_keep", f.Keep.Reason}} }

func handOverTexts(f forms) []keptText {
	return []keptText{{"opinion.hand_over.reason", f.HandOver.Reason}}
}

func noteTexts(f forms) []keptText { return []keptText{{"opinion.note.body", f.Note.Body}} }

func rulingTexts(f forms) []keptText {
	return []keptText{{"opinion.ruling.text", f.Ruling.Text}, {"opinion.ruling.due_reason", f.Ruling.DueReason}}
}

func headlineTexts(f forms) []keptText {
	return []keptText{{"opinion.headline.field", f.Headline.Headline}}
}

func askTexts(f forms) []keptText { return []keptText{{"opinion.conduct.question", f.Ask.Question}} }

func returnTexts(f forms) []keptText { return []keptText{{"opinion.answer.reason", f.Return.Reason}} }

func pauseTexts(f forms) []keptText { return []keptText{{"opinion.pause.awaited", f.Pause.Awaited}} }

func extendTexts(f forms) []keptText { return []keptText{{"opinion.extend.reason", f.Extend.Reason}} }

func declineTexts(f forms) []keptText {
	return []keptText{{"opinion.extension.why_not", f.Decline.Reason}}
}

func answerTexts(f forms) []keptText {
	texts := []keptText{{"opinion.answer.body", f.Answer.Body}, {"opinion.answer.basis", f.Answer.Basis}}
	return append(texts, promisedTexts(f.Answer.PromisedForm)...)
}

func dispatchTexts(f forms) []keptText {
	return []keptText{{"opinion.dispatch.number", f.Dispatch.Number}}
}

func summaryTexts(f forms) []keptText {
	return []keptText{
		{"opinion.publication.title_field", f.Summary.Title}, {"opinion.publication.question", f.Summary.Question},
		{"opinion.publication.answer", f.Summary.Answer}, {"opinion.publication.why", f.Summary.Why},
	}
}

// kept are the texts that would be lost, because the opinion has moved on and their form is gone.
func (p opinionPage) kept() []keptText {
	var list []keptText
	if a := pageActOf(p.Forms.typed); a.texts != nil && (a.offered == nil || !a.offered(p)) {
		list = slices.DeleteFunc(a.texts(p.Forms), func(k keptText) bool { return k.Text == "" })
	}
	if p.OldDraft.Body != "" {
		list = append(list, keptText{"opinion.answer.body", p.OldDraft.Body})
	}
	return list
}

func (s *site) withdrawDraft(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.WithdrawDraft(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

// withdrawing reports whether the officer may take back what waits here.
func (p opinionPage) withdrawing() bool {
	return p.can(doithoai.ActWithdrawDraft) && p.waitingVersion() > 0
}

// waitingVersion is the version of what waits for a decision: the petition's with its answer, or the summary's; 0 where
// nothing does.
func (p opinionPage) waitingVersion() int {
	switch {
	case p.Petition != nil && p.Petition.State == doithoai.PetitionSubmitted:
		return p.Petition.Version
	case p.Publish != nil && p.Publish.State == doithoai.PublicationProposed:
		return p.Publish.Version
	}
	return 0
}
