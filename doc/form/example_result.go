package form

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/report"
)

// exampleResult is a report of a dialogue's result in which something is said of everything.
func exampleResult(h Head, d doithoai.Dialogue, on calendar.Date) doc.Doc {
	say := func(key string) string { return vietnamese.T("sample." + key) }
	paper := report.Paper{Number: "5/TB-UBND", Dated: on}
	matter := func(n string, outcome doithoai.RulingCode, time report.Timeliness, to ...report.Letter) report.Matter {
		return report.Matter{
			Number: doithoai.RegisterNumber(say("code") + n), Received: on, Source: doithoai.TallySpoken, Person: 1,
			Words: say("question"), Kind: doithoai.KindPetition, Field: say("kind"), Unit: say("unit"), Due: on, Ends: on,
			Outcome: doithoai.Outcome(outcome), Time: time, To: to, Answer: say("answer"), Satisfied: 4,
		}
	}
	var all []report.Matter
	for _, k := range []doithoai.DocumentKind{
		doithoai.DocumentEscalation, doithoai.DocumentCoordination, doithoai.DocumentTransfer, doithoai.DocumentGuidance,
	} {
		all = append(all, matter("", doithoai.RulingLater, report.InTime, report.Letter{
			Kind: k, Body: say("body"), Paper: paper,
		}))
	}
	return ResultReport(h, report.Result{
		At: calendar.InstantAt(on, 8, 0), Authority: h.Authority.FullName, Superior: h.Authority.Superior,
		Dialogue: report.Dialogue{
			Title: d.Title, Began: d.StartsAt, Ended: d.StartsAt.Add(minutes(150)), Venue: d.Venue, Chair: d.Chair,
			Plan: report.Paper{Number: "5/KH-UBND", Dated: on},
		},
		Prepared: report.Prepared{
			Papers:     []report.Issued{{Kind: doithoai.DocumentAnnouncement, Paper: paper}},
			Broadcasts: 6, Posted: 1, Villages: 4, Told: 4, Moves: 1, Printed: 60, Handed: 50, Returned: 20,
		},
		Heads: []report.Heads{{Group: doithoai.HeadInvited, Present: 20}, {Group: doithoai.HeadOthers, Present: 40}},
		Book: report.Book{
			Matters: append(all, matter("1", doithoai.RulingOnTheSpot, report.AtOnce),
				matter("2", doithoai.RulingLater, report.Overdue), matter("3", doithoai.RulingComplaint, report.NoTerm)),
			Denounced: map[doithoai.TallyRow]int{doithoai.TallySpoken: 1},
		},
		Survey: &report.Survey{
			Returned: 58, Invalid: 1, Valid: 57, Few: true,
			Questions: []report.Question{{Text: say("task"), Counts: []int{1, 4, 7, 28, 17}}},
		},
		Promises: []report.Promise{{What: say("task"), Unit: say("unit"), Due: on, State: doithoai.PromiseOpen}},
		Words: report.Words{
			Prepared: say("task"), Held: say("task"), Survey: say("task"), Lacking: say("words"), Proposals: say("words"),
		},
	}, ResultFile{})
}
