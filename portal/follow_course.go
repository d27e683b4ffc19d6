package portal

import (
	"strings"

	"doithoai"
	"doithoai/text"
	"doithoai/web/ui"
)

// course is what happened to an opinion in plain words, oldest first, and what comes next. Steps within the office
// (submitted, returned, signed, seen) are not the holder's business.
func (o followed) course() (t ui.Timeline) {
	if o.PartOf != "" {
		received := o.Opinion.ReceivedAt.Date()
		t = append(t, ui.TimelineItem{
			Title: o.T("portal.follow.received." + string(o.Opinion.Channel)),
			When:  ui.Time{Machine: received.String(), Text: o.DateIn(received)},
		})
	}
	for _, e := range o.Events {
		if item, ok := o.step(e); ok {
			item.When = ui.Time{Machine: e.At.Date().String(), Text: o.DateIn(e.At.Date())}
			t = append(t, item)
		}
	}
	switch {
	case o.paused():
		t = append(t, ui.TimelineItem{Title: o.T("portal.follow.paused_due"), Next: true})
	case o.open():
		t = append(t, ui.TimelineItem{Title: o.T("portal.follow.due"), When: o.due(), Next: true})
	case o.nextPromise() != nil:
		next := *o.nextPromise()
		t = append(t, ui.TimelineItem{
			Title: o.T("promise.answer.course"), When: o.promiseDay(next), Text: next.What, Next: true,
		})
	case o.Opinion.Ruling == "" && o.dialogue() != nil:
		t = append(t, ui.TimelineItem{Title: o.T("portal.follow.dialogue"), When: o.dialogueDay(), Next: true})
	}
	return t
}

// partNumbers are the numbers of the parts of an opinion, in a line.
func (o followed) partNumbers() string {
	list := make([]string, len(o.Parts))
	for i, n := range o.Parts {
		list[i] = string(n)
	}
	return strings.Join(list, ", ")
}

// dialogue is the coming dialogue, if the opinion is for it.
func (o followed) dialogue() *doithoai.Dialogue {
	if o.Next != nil && o.Next.ID == o.Opinion.DialogueID && !o.Next.State.Dayless() {
		return o.Next
	}
	return nil
}

// step words one event; false where it is none for the holder.
func (o followed) step(e doithoai.Event) (ui.TimelineItem, bool) {
	switch e.Act {
	case doithoai.ActSubmitSlip, doithoai.ActRecordOpinion, doithoai.ActRecordList, doithoai.ActRecordSheet:
		return ui.TimelineItem{Title: o.T("portal.follow.received." + string(o.Opinion.Channel))}, true
	case doithoai.ActRecordPart:
		return ui.TimelineItem{Title: o.T("classify.follow.step.of", "number", string(e.Facts.With))}, true
	case doithoai.ActSplitOpinion:
		return ui.TimelineItem{Title: o.T("classify.follow.step.into", "number", string(e.Facts.With))}, true
	case doithoai.ActRuleOpinion, doithoai.ActAnswerLater, doithoai.ActWithdrawOpinion:
		return o.ruledStep(e), true
	case doithoai.ActTransferPetition:
		return ui.TimelineItem{Title: o.T("portal.follow.step.transferred", "unit", o.unitName(e.Facts.Unit))}, true
	case doithoai.ActHandOverPetition:
		return ui.TimelineItem{Title: o.T("portal.follow.step.handed_over", "unit", o.unitName(e.Facts.Unit))}, true
	case doithoai.ActTransferRecord:
		return ui.TimelineItem{Title: o.T("portal.follow.step.passed_on"), Body: o.documentLine(e)}, true
	case doithoai.ActSendOnwardLetter, doithoai.ActUrgeBody, doithoai.ActRegisterReply:
		return o.onwardStep(e)
	case doithoai.ActPausePetition:
		f := e.Facts
		item := ui.TimelineItem{Title: o.T("portal.follow.step.paused." + string(f.Awaits))}
		item.Body = o.news(e, o.T("portal.follow.document", "number", f.Number, "date", o.Date(f.Dated)))
		return item, true
	case doithoai.ActResumePetition:
		return ui.TimelineItem{
			Title: o.T("portal.follow.step.resumed"),
			Body:  o.news(e, o.T("portal.follow.due_on", "date", o.DateIn(e.Facts.Due))),
		}, true
	case doithoai.ActExtendPetition:
		return ui.TimelineItem{
			Title: o.T("portal.follow.step.extended"),
			Body:  o.news(e, o.T("portal.follow.due_on", "date", o.DateIn(e.Facts.Due))),
		}, true
	case doithoai.ActMoveDue:
		return ui.TimelineItem{
			Title: o.T("portal.follow.step.moved"),
			Body:  o.news(e, o.T("portal.follow.due_on", "date", o.DateIn(e.Facts.Due))),
		}, true
	case doithoai.ActDispatchAnswer:
		item := ui.TimelineItem{Title: o.T("portal.follow.step.answered")}
		if e.Facts.Number != "" {
			item.Body = o.documentLine(e)
		}
		return item, true
	case doithoai.ActDispatchCorrection:
		return ui.TimelineItem{Title: o.T("correction.follow.step"), Body: o.documentLine(e)}, true
	case doithoai.ActKeepPromise:
		return ui.TimelineItem{Title: o.T("promise.course.kept"), Text: o.what(e.Facts.Promise)}, true
	case doithoai.ActWithdrawKept:
		return ui.TimelineItem{Title: o.T("promise.course.reopened"), Text: o.what(e.Facts.Promise)}, true
	case doithoai.ActBreakPromise:
		return ui.TimelineItem{Title: o.T("promise.course.broken"), Text: o.what(e.Facts.Promise)}, true
	case doithoai.ActPublishEvidence:
		return ui.TimelineItem{Title: o.T("promise.course.shown"), Text: o.what(e.Facts.PublicFile.Promise)}, true
	case doithoai.ActDecideInitiative:
		outcome := text.LowerFirst(o.OutcomeName(e.Facts.Outcome))
		return ui.TimelineItem{Title: o.T("initiative.follow.step", "outcome", outcome)}, true
	case doithoai.ActApprovePublication:
		return ui.TimelineItem{Title: o.T("portal.follow.step.published"), Body: o.publishedLink()}, true
	case doithoai.ActErasePersonalData:
		return ui.TimelineItem{Title: o.T("retention.follow." + string(e.Facts.Erased))}, true
	case doithoai.ActRateAnswer:
		return ui.TimelineItem{
			Title: o.T("portal.follow.step.rated"),
			Text:  o.ratingWords(doithoai.Rating{Solved: e.Facts.Solved, Satisfied: e.Facts.Satisfied}),
		}, true
	}
	if item, ok := o.ownStep(e); ok {
		return item, ok
	}
	return o.againStep(e)
}

// onwardStep words what was written to another body, and what it said; false where there is no such letter.
func (o followed) onwardStep(e doithoai.Event) (ui.TimelineItem, bool) {
	for _, l := range o.Letters {
		switch {
		case l.ID != e.Facts.Letter:
		case e.Act == doithoai.ActSendOnwardLetter:
			return ui.TimelineItem{Title: o.OnwardSent(l)}, true
		case e.Act == doithoai.ActUrgeBody:
			return ui.TimelineItem{Title: o.T("onward.follow.urged", "authority", o.Authority.Name, "to", l.To)}, true
		default:
			return ui.TimelineItem{Title: o.OnwardReplied(l)}, true
		}
	}
	return ui.TimelineItem{}, false
}

// ruledStep words a ruling: who has to answer by when, or what was said. The day that still counts stands at the end of
// the course.
func (o followed) ruledStep(e doithoai.Event) ui.TimelineItem {
	item := ui.TimelineItem{Title: o.T("portal.follow.ruled."+doithoai.RulingCode(e.Facts.To).Key(),
		"unit", o.unitName(e.Facts.Unit))}
	due := e.Facts.Due
	switch {
	case e.Facts.Unheard != "":
		item.Text = o.T("portal.follow.unheard." + string(e.Facts.Unheard))
	case e.Facts.Late:
		item.Text = o.T("portal.follow.missed", "date", o.DateIn(o.Petition.Due))
	case !due.IsZero() && o.Told[e.Leaf] != "":
		item.Body = o.news(e, o.T("portal.follow.due_on", "date", o.DateIn(due)))
	case !due.IsZero() && !(o.open() && due == o.Petition.Due):
		item.Text = o.T("portal.follow.due_on", "date", o.DateIn(due))
	}
	return item
}

// ratingWords is "Đã giải quyết xong; mức hài lòng: hài lòng".
func (o followed) ratingWords(r doithoai.Rating) string {
	if r.Satisfied < 1 || r.Satisfied > len(levels) {
		return ""
	}
	return o.T("portal.follow.rating", "solved", o.T("petition.solved."+string(r.Solved)),
		"satisfied", text.LowerFirst(o.T("petition.satisfied."+levels[len(levels)-r.Satisfied])))
}

// stateLine says the state, whose turn it is and by when.
func (o followed) stateLine() ui.StateLine {
	number := string(o.Opinion.Number)
	line := ui.StateLine{o.stateWords(), whole(o.T("portal.follow.number")+" "+number, number)}
	if name := fieldText(o.Reader, o.setting, o.Opinion.FieldCode); name != "" && !o.denunciation() {
		line = append(line, ui.Text(name))
	}
	if o.answered() {
		line = append(line, ui.Link{Text: o.T("portal.follow.read"), Href: "#" + o.id("tra-loi")})
	}
	return line
}

// solvedItems and satisfiedItems are the two questions of the rating.
func (o followed) solvedItems() (items []ui.Choice) {
	for _, s := range doithoai.SolvedAnswers {
		items = append(items, ui.Choice{Value: string(s), Text: o.T("petition.solved." + string(s))})
	}
	return items
}

func (o followed) satisfiedItems() (items []ui.Choice) {
	for _, level := range levels {
		items = append(items, ui.Choice{Value: level, Text: o.T("petition.satisfied." + level)})
	}
	return items
}

// place says where the opinion stands in the public record.
func (o followed) place() string {
	return o.T("portal.follow.place", "number", o.Opinion.Number, "line", o.Text.Number(int(o.line())))
}

// line is the opinion's in the public record, as people count: from 1.
func (o followed) line() int64 { return o.Events[0].Leaf + 1 }

// closed says how far the public record was closed, and what that means for the lines of the slip's opinions.
func (p followPage) closed() string {
	for _, o := range p.proved() {
		if o.line() > p.Checkpoint.Size {
			return p.T("portal.follow.not_closed")
		}
	}
	return p.T("portal.follow.closed", "size", p.Text.Number(int(p.Checkpoint.Size)),
		"time", p.DateTime(p.Checkpoint.SignedAt))
}

// viewList is who looked at the holder's name, by post and unit, oldest first.
func (o followed) viewList() (t ui.Timeline) {
	for _, v := range o.Views {
		who := v.Post
		switch {
		case who == "":
			who = v.Unit
		case v.Unit != "":
			who += ", " + v.Unit
		}
		if who == "" {
			who = o.T("portal.follow.views_officer")
		}
		t = append(t, ui.TimelineItem{
			Title: who, When: ui.Time{Machine: v.At.String(), Text: o.DateTime(v.At)},
			Text: o.T("portal.follow.views_why", "reason", o.T("slip.petitioner.reason."+v.Reason)),
		})
	}
	return t
}
