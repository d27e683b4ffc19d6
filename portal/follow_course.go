package portal

import (
	"doithoai"
	"doithoai/web/ui"
)

// course is what happened to an opinion in plain words, oldest first, and what comes next. Steps within the office
// (submitted, returned, signed, seen) are not the holder's business.
func (o followed) course() (t ui.Timeline) {
	for _, e := range o.Events {
		if item, ok := o.step(e); ok {
			item.When = ui.Time{Machine: e.At.Date().String(), Text: o.DateShort(e.At.Date())}
			t = append(t, item)
		}
	}
	switch {
	case o.open():
		t = append(t, ui.TimelineItem{Title: o.T("portal.follow.due"), When: o.due(), Next: true})
	case o.Opinion.Ruling == "" && o.dialogue() != nil:
		d := o.dialogue()
		t = append(t, ui.TimelineItem{Title: o.T("portal.follow.dialogue"), When: ui.Time{Machine: d.StartsAt.Date().String(), Text: o.DateShort(d.StartsAt.Date())}, Next: true})
	}
	return t
}

// dialogue is the coming dialogue, if the opinion is for it.
func (o followed) dialogue() *doithoai.Dialogue {
	if o.Next != nil && o.Next.ID == o.Opinion.DialogueID {
		return o.Next
	}
	return nil
}

// step words one event; false where it is none for the holder.
func (o followed) step(e doithoai.Event) (ui.TimelineItem, bool) {
	switch e.Act {
	case doithoai.ActSubmitSlip, doithoai.ActRecordOpinion:
		return ui.TimelineItem{Title: o.T("portal.follow.received." + string(o.Opinion.Channel))}, true
	case doithoai.ActRuleOpinion:
		return o.ruledStep(e), true
	case doithoai.ActDispatchAnswer:
		item := ui.TimelineItem{Title: o.T("portal.follow.step.answered")}
		if e.Facts.Number != "" {
			item.Text = o.T("portal.follow.document", "number", e.Facts.Number, "date", o.Date(e.Facts.Dated))
		}
		return item, true
	case doithoai.ActApprovePublication:
		return ui.TimelineItem{Title: o.T("portal.follow.step.published"), Body: o.publishedLink()}, true
	case doithoai.ActRateAnswer:
		return ui.TimelineItem{Title: o.T("portal.follow.step.rated"), Text: o.ratingWords(doithoai.Rating{Solved: e.Facts.Solved, Satisfied: e.Facts.Satisfied})}, true
	}
	return ui.TimelineItem{}, false
}

// ruledStep words a ruling: who has to answer by when, or what was said.
func (o followed) ruledStep(e doithoai.Event) ui.TimelineItem {
	item := ui.TimelineItem{Title: o.T("portal.follow.ruled."+doithoai.RulingCode(e.Facts.To).Key(), "unit", o.unitName(e.Facts.Unit))}
	if !e.Facts.Due.IsZero() {
		item.Text = o.T("portal.follow.due_on", "date", o.DateShort(e.Facts.Due))
	}
	return item
}

// ratingWords is "đã giải quyết xong, hài lòng".
func (o followed) ratingWords(r doithoai.Rating) string {
	if r.Satisfied < 1 || r.Satisfied > len(levels) {
		return ""
	}
	return o.T("solved."+string(r.Solved)) + ". " + o.T("satisfied."+levels[len(levels)-r.Satisfied])
}

// stateLine says the state, whose turn it is and by when.
func (o followed) stateLine() ui.StateLine {
	line := ui.StateLine{o.stateWords()}
	facts := o.T("portal.follow.number") + " " + string(o.Opinion.Number)
	if name := o.FieldName(o.Opinion.FieldCode); name != "" && !o.denunciation() {
		facts += " · " + name
	}
	line = append(line, ui.Text(facts))
	if o.answered() {
		line = append(line, ui.Link{Text: o.T("portal.follow.read"), Href: "#" + o.id("tra-loi")})
	}
	return line
}

// solvedItems and satisfiedItems are the two questions of the rating.
func (o followed) solvedItems() (items []ui.Choice) {
	for _, s := range doithoai.SolvedAnswers {
		items = append(items, ui.Choice{Value: string(s), Text: o.T("solved." + string(s))})
	}
	return items
}

func (o followed) satisfiedItems() (items []ui.Choice) {
	for _, level := range levels {
		items = append(items, ui.Choice{Value: level, Text: o.T("satisfied." + level)})
	}
	return items
}

// proof says in one sentence where the opinion stands in the public record.
func (o followed) proof() string {
	line := o.Events[0].Leaf + 1 // people count lines from 1
	c := o.Checkpoint
	number := o.Text.Number
	if line > c.Size {
		return o.T("portal.follow.proof_waiting", "number", o.Opinion.Number, "line", number(int(line)))
	}
	return o.T("portal.follow.proof", "number", o.Opinion.Number, "line", number(int(line)), "size", number(int(c.Size)), "time", o.DateTime(c.SignedAt))
}
