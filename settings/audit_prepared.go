package settings

import (
	"strconv"
	"strings"

	"doithoai"
)

// preparing are the acts of preparing a dialogue, with where the catalogues have the codes of their entries.
var preparing = map[doithoai.Act]string{
	doithoai.ActDraftEstimate: "estimate.state.", doithoai.ActSubmitEstimate: "estimate.state.",
	doithoai.ActWithdrawEstimate: "estimate.state.", doithoai.ActApproveEstimate: "estimate.state.",
	doithoai.ActChangeEstimate: "estimate.state.", doithoai.ActRefuseEstimate: "estimate.state.",
	doithoai.ActFundEstimate: "estimate.state.", doithoai.ActRecordSpending: "estimate.state.",
	doithoai.ActPlanLogistics: "planning.step.", doithoai.ActFinishLogistics: "planning.step.",
	doithoai.ActWriteBulletin: "bulletin.state.", doithoai.ActReleaseBulletin: "bulletin.state.",
	doithoai.ActPlanBroadcast: "bulletin.broadcast.", doithoai.ActLogBroadcast: "bulletin.broadcast.",
	doithoai.ActTellVillage: "relay.matter.", doithoai.ActPostInVillage: "relay.matter.",
	doithoai.ActUrgeVillage: "relay.matter.",

	doithoai.ActKeepFigures: "prepare.figures.state.", doithoai.ActSubmitFigures: "prepare.figures.state.",
	doithoai.ActReturnFigures: "prepare.figures.state.",

	doithoai.ActPrepareDialogue: "plan.dialogue.state.", doithoai.ActChangeDialogue: "plan.dialogue.state.",
	doithoai.ActSetProgramme: "plan.dialogue.state.", doithoai.ActAnnounceDialogue: "plan.dialogue.state.",
	doithoai.ActMoveDialogue: "plan.dialogue.state.", doithoai.ActPostponeDialogue: "plan.dialogue.state.",
	doithoai.ActCancelDialogue: "plan.dialogue.state.", doithoai.ActStartDialogue: "plan.dialogue.state.",
	doithoai.ActCloseDialogue: "plan.dialogue.state.", doithoai.ActPublishResults: "plan.dialogue.state.",
	doithoai.ActReportDialogue: "plan.dialogue.state.",
}

// ofChecklist parts an entry about a thing of the checklist, "Băng rôn: done": what follows the dialogue's name, and
// how far it is.
func ofChecklist(act doithoai.Act, v string) (item, state string) {
	at := strings.LastIndex(v, ": ")
	if preparing[act] != "planning.step." || at < 0 {
		return "", v
	}
	return ", " + v[:at], v[at+2:]
}

// preparedWords word an entry of preparing a dialogue: its codes, sums and days.
func (p auditPage) preparedWords(codes, v string) string {
	words := strings.Fields(v)
	for i, w := range words {
		if key := codes + w; p.Text.Has(key) {
			words[i] = p.T(key)
		} else if sum, err := strconv.ParseInt(w, 10, 64); err == nil && codes == "estimate.state." {
			words[i] = p.T("estimate.sum", "sum", p.Text.Dong(sum))
		}
	}
	v = strings.Join(words, " ")
	if codes == "bulletin.broadcast." { // from one day to another
		v = strings.ReplaceAll(v, "/", " – ")
	}
	return p.dates(v)
}
