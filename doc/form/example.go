package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
)

// Example is a document of a kind that an authority may have a Word file of its own for, with all the parts that such a
// document can have, about nothing real: with it the file is tried out.
func Example(kind doithoai.PaperKind, a doithoai.Authority, on calendar.Date) (doc.Doc, bool) {
	say := func(key string) string { return vietnamese.T("sample." + key) }
	h := Head{
		Authority: a, Number: "5", Date: on,
		Signer: doc.Signer{For: say("for"), Title: say("chair"), Name: say("signer")},
		To:     []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("refusal.paper.file")},
	}
	d := doithoai.Dialogue{
		Title: say("dialogue"), StartsAt: calendar.InstantAt(on.AddDays(14), 8, 0),
		DoorsAt: calendar.InstantAt(on.AddDays(14), 7, 30), Venue: say("venue"), Chair: say("signer"),
	}
	due := on.AddDays(14)
	raised := Raised{
		Name: say("name"), Address: say("place"), Code: say("code"), On: on, Where: d.Title, Content: say("question"),
	}
	elsewhere := doithoai.OutsideBody{Name: say("body")}
	switch kind {
	case doithoai.PaperProposal, doithoai.PaperPreparation, doithoai.PaperDialogueMoved, doithoai.PaperPosting,
		doithoai.PaperCoordination, doithoai.PaperEscalation:
		return exampleOfWork(kind, h, d, raised), true
	case doithoai.PaperPlan:
		return Plan(a, plan.Plan{
			Superior: a.Superior, Authority: a.FullName, Number: h.Number, Symbol: "KH-UBND", Place: a.Place, Date: on,
			Type: say("plan_type"), Abstract: say("plan_abstract"), Preamble: []string{say("opening")},
			Sections: []plan.Section{{Title: say("section"), Points: []plan.Point{
				{Text: say("task"), Dash: true}, {Text: say("task_more"), Dash: true},
			}}},
			Recipients: plan.Recipients{Items: h.To},
			Signatory:  plan.Signatory{For: h.Signer.For, Title: h.Signer.Title, Name: h.Signer.Name},
		}), true
	case doithoai.PaperAnnouncement:
		return Announcement(h, d, plan.Text{Body: say("words"), Number: h.Number, Dated: on}), true
	case doithoai.PaperHouseRules:
		return HouseRules(h, d, say("words")), true
	case doithoai.PaperHostWords:
		return HostWords(h, d, say("words")), true
	case doithoai.PaperInvitation:
		who := plan.Invitation{Name: say("name"), Title: say("chair_post"), Capacity: plan.CapacityAnswerer}
		return Invitation(h, d, Invited{Invitation: who, ReplyBy: due}), true
	case doithoai.PaperProgramme:
		d.Programme = []doithoai.ProgrammeStep{
			{Title: say("task"), Minutes: 10}, {Title: say("task_more"), Minutes: 30},
		}
		return Programme(h, d), true
	case doithoai.PaperTransfer:
		return Transferred{Raised: raised, To: elsewhere}.Slip(h), true
	case doithoai.PaperMoved:
		return Transferred{Raised: raised, To: elsewhere}.TransferNotice(h, "5/PC-UBND", on), true
	case doithoai.PaperGuidance:
		return Guided{Raised: raised, Words: say("answer"), To: elsewhere}.Slip(h), true
	case doithoai.PaperTold:
		return Told{Raised: raised, Subject: ToldStatus, Words: say("answer"), Contact: say("contact")}.Notice(h), true
	case doithoai.PaperUrging:
		return Urged{
			Unit: say("unit"), On: on, By: due.Words(),
			Matters: []UrgedMatter{{Code: say("code"), Matter: say("question"), Due: on, How: say("late")}},
		}.Letter(h), true
	case doithoai.PaperMinutes:
		return Minutes(h, doithoai.MinutesBody{
			Title: d.Title,
			Paragraphs: []doithoai.MinutesParagraph{
				{Part: doithoai.MinutesText, Text: say("opening")}, {Part: doithoai.MinutesHeading, Text: say("section")},
				{Part: doithoai.MinutesText, Text: say("question")}, {Part: doithoai.MinutesRuling, Text: say("ruling")},
			},
			Signatures: []doithoai.MinutesSignature{
				{As: say("writes"), Post: say("clerk_post"), Name: say("second")},
				{As: say("chairs"), Post: say("chair_post"), Name: say("signer")},
			},
		}, ""), true
	case doithoai.PaperConclusion:
		row := []string{
			"1", say("question"), say("place"), say("unit"), say("other"), say("ruling"), vietnamese.Date(due.Time()),
			say("manner"),
		}
		return Concluded{
			Title: d.Title, Opening: say("opening"), Words: say("answer"), Here: [][]string{row, row}, Above: [][]string{row},
			Given: [][]string{{"1", say("task"), say("unit"), vietnamese.Date(due.Time())}},
		}.Notice(h), true
	case doithoai.PaperResult:
		return exampleResult(h, d, on), true
	case doithoai.PaperAssignment:
		return Assignment{
			Code: say("code"), Received: on, Summary: say("task"), Content: say("question"), Kind: say("kind"),
			Lead: say("unit"), CoUnits: []string{say("other")}, Asked: say("ruling"), Due: due, Basis: say("basis"),
			Moves: []AssignmentMove{{On: on, What: say("given"), To: say("unit"), By: say("second")}},
		}.Slip(h), true
	case doithoai.PaperReply:
		return Reply{
			Name: say("name"), Address: say("place"), Raised: on, Where: d.Title, Code: say("code"), Question: say("question"),
			Answer: say("answer"), Verified: say("verified"), Bases: say("basis"), Contact: say("contact"), Drafted: "VP",
			Tasks: []ReplyTask{{say("unit"), say("task"), due}, {say("other"), say("task_more"), due}},
		}.Letter(h), true
	case doithoai.PaperRefusal:
		return RefusalNotice(h, Refused{
			Name: say("name"), Address: say("place"), Received: on, Code: say("code"), Content: say("question"),
			Refusal: doithoai.Refusal{Ground: doithoai.RefusedSettled}, Words: say("answer"), Decided: on,
		}), true
	}
	return doc.Doc{}, false
}
