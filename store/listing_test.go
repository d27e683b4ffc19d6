package store

import (
	"context"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/calendar"
)

// notListings give many of something, and read nothing that grows with opinions.
var notListings = map[string]string{
	"AddOfficer":               "one account",
	"OpenAccount":              "one account",
	"OfficerOf":                "by token",
	"SignIn":                   "by login",
	"Account":                  "one account",
	"SecondStep":               "the actor's own",
	"RenewRecoveryCodes":       "the actor's own",
	"TurnOnSecondStep":         "the actor's own",
	"Accounts":                 "officers",
	"Officers":                 "officers",
	"UnitOfficers":             "officers",
	"ViewForLedger":            "through Receptions, MaxReceptions at most",
	"Posts":                    "officers",
	"Post":                     "one post",
	"Delegations":              "officers",
	"SignIns":                  "the actor's own",
	"SignInHistory":            "the actor's own",
	"JudgePublication":         "one opinion",
	"ViewedPetitioner":         "one opinion",
	"ViewedIdentity":           "one opinion",
	"SlipFiles":                "one slip",
	"AlikeAnswers":             "five, of what Alike finds",
	"AlikeAnswer":              "one answer",
	"Guide":                    "one page, with the last acts on it",
	"PublicGuide":              "one page",
	"GuidesOfOpinion":          "one opinion",
	"SearchGuides":             "what is held in memory, and three rows of it",
	"PaperSigners":             "officers",
	"SignedPapers":             "one answer and those that it replaced",
	"OpenPaper":                "one file",
	"OpenSlipFile":             "one file",
	"Uploads":                  "one form",
	"KeepUpload":               "one file",
	"FileLimits":               "rules",
	"VerifyFiles":              "the operator's: reads every file on purpose",
	"AnnounceDialogue":         "one dialogue",
	"DialogueByID":             "one dialogue",
	"DialogueBySlug":           "one dialogue",
	"NextDialogue":             "one dialogue",
	"Promise":                  "one promise",
	"KeepPromise":              "one promise",
	"BreakPromise":             "one promise",
	"WithdrawKept":             "one promise",
	"PromisesOfPublished":      "one opinion",
	"PromisesOfDialogue":       "one dialogue",
	"PromiseCounts":            "each tab is counted no further than MaxCount",
	"PublicPromiseCounts":      "each tab is counted no further than MaxCount",
	"Calendar":                 "rules",
	"CalendarVersions":         "rules",
	"ChangeCalendar":           "rules",
	"LegalBases":               "rules",
	"PaperTemplates":           "rules",
	"PaperSentences":           "rules",
	"PaperWords":               "rules",
	"PaperTemplate":            "the bytes of one file",
	"Rules":                    "rules",
	"SetLegalBasis":            "rules",
	"SetParameter":             "rules",
	"WithdrawParameter":        "rules",
	"Authorities":              "organisation",
	"Organisation":             "organisation",
	"Units":                    "organisation",
	"OutsideBodies":            "lists of the office",
	"Villages":                 "organisation",
	"SetUp":                    "organisation",
	"ImportList":               "lists of the office",
	"KeptImport":               "lists of the office",
	"PlanList":                 "lists of the office",
	"ListEntries":              "lists of the office",
	"ListNames":                "lists of the office",
	"Plans":                    "plans",
	"PlanByID":                 "plans",
	"PlanBySlug":               "plans",
	"AmendPlan":                "plans",
	"DraftPlan":                "plans",
	"DropPlan":                 "plans",
	"IssuePlan":                "plans",
	"PlanEdition":              "plans",
	"PlanEditions":             "plans",
	"PlanHistory":              "plans",
	"PlanIssued":               "plans",
	"PlanIssues":               "plans",
	"OpenPlans":                "plans",
	"ImportPlan":               "plans",
	"KeptPlanFile":             "the actor's own",
	"PlanSource":               "one plan",
	"ReturnPlan":               "plans",
	"SavePlan":                 "plans",
	"SignPlan":                 "plans",
	"SubmitPlan":               "plans",
	"TakeOverPlan":             "plans",
	"WithdrawPlan":             "plans",
	"Dialogue":                 "one dialogue",
	"DialogueList":             "a few a year",
	"Seats":                    "one dialogue",
	"SetSeats":                 "one dialogue",
	"Delegates":                "delegates of one dialogue",
	"Registered":               "delegates of one dialogue",
	"ViewContacts":             "delegates of one dialogue",
	"AddDelegate":              "delegates of one dialogue",
	"ChangeDelegate":           "delegates of one dialogue",
	"RemoveDelegate":           "delegates of one dialogue",
	"WithdrawInvitation":       "delegates of one dialogue",
	"OrderDelegates":           "delegates of one dialogue",
	"ProposeInvitations":       "delegates of one dialogue",
	"InviteDelegates":          "delegates of one dialogue",
	"RemindDelegates":          "delegates of one dialogue",
	"PrintInvitations":         "delegates of one dialogue",
	"PrintedInvitations":       "delegates of one dialogue",
	"RecordReply":              "delegates of one dialogue",
	"ReplyInvitation":          "delegates of one dialogue",
	"KeepDelegates":            "delegates of one dialogue",
	"KeptDelegates":            "delegates of one dialogue",
	"ImportDelegates":          "delegates of one dialogue",
	"KeepFigures":              "one sheet",
	"SubmitFigures":            "one sheet",
	"ReturnFigures":            "one sheet",
	"ProcedureSheets":          "units",
	"PrintStack":               "one stack",
	"HandOutSlips":             "one range",
	"CountMissing":             "one range",
	"PaperAccount":             "printed slips, ten thousand at most",
	"PaperStacks":              "printed slips, ten thousand at most",
	"PaperHandouts":            "printed slips, ten thousand at most",
	"PaperSlips":               "printed slips, ten thousand at most",
	"PaperSheets":              "printed slips, ten thousand at most",
	"PaperDialogue":            "one dialogue",
	"PaperByNumber":            "one slip",
	"PaperByCode":              "one slip",
	"QuestionFile":             "one opinion",
	"Task":                     "one task",
	"TaskSums":                 "the tasks of one plan",
	"TaskLoads":                "units and villages",
	"TaskCounts":               "each tab is counted no further than MaxCount",
	"Tasks":                    "a few hundred a year, by pages",
	"IncomingList":             "a few a year, by pages",
	"IncomingNotice":           "one notice",
	"Notices":                  "the actor's own, by pages",
	"RegisterIncoming":         "one notice",
	"Estimate":                 "one dialogue",
	"SaveEstimate":             "one dialogue",
	"SubmitEstimate":           "one dialogue",
	"WithdrawEstimate":         "one dialogue",
	"ApproveEstimate":          "one dialogue",
	"ChangeEstimate":           "one dialogue",
	"RefuseEstimate":           "one dialogue",
	"FundEstimate":             "one dialogue",
	"RecordSpending":           "one dialogue",
	"Logistics":                "one dialogue",
	"Bulletins":                "one dialogue",
	"Broadcasts":               "one dialogue",
	"BroadcastDays":            "one dialogue",
	"Relay":                    "one dialogue",
	"Reception":                "one dialogue",
	"Run":                      "one dialogue",
	"ChairCard":                "one dialogue, and what is like one opinion",
	"Live":                     "one dialogue",
	"Screen":                   "one dialogue",
	"OpensProjector":           "one dialogue",
	"ShowQuestion":             "one dialogue",
	"RaiseHand":                "one dialogue",
	"HandRaised":               "one telephone",
	"SurveyForms":              "rules",
	"SurveyFormOf":             "rules",
	"SetSurveyForm":            "rules",
	"SetPeriodForm":            "rules",
	"PeriodForms":              "rules",
	"PeriodicFigures":          "the opinions of one span and what is open, by their indexes, no more than can be counted",
	"SurveySlip":               "one slip",
	"SurveySlipOfStack":        "one slip",
	"SurveyResult":             "counts of one survey",
	"PublicSurveyResult":       "counts of one survey",
	"OpenSurveyStack":          "one stack",
	"SurveyStack":              "one stack, maxStackSlips and maxStackCorrections at most",
	"SurveyStacks":             "one survey, MaxSurveyStacks at most",
	"SurveyComments":           "one survey, maxComments at most",
	"CopyForRehearsal":         "one dialogue",
	"DialogueTrends":           "the opinions of each of a few dialogues, by their index",
	"DirectiveGround":          "what the register, a report or a promise lists, and its opinions by their numbers",
	"DirectivesOn":             "the directives on one opinion",
	"HostNames":                "doithoai.MaxHosts at most",
	"RollUp":                   "communes, a page of them",
	"OpenReportFile":           "one file",
	"RollUpCommune":            "a commune's dialogues, maxHeld at most",
	"SubordinateKeys":          "maxKeys at most",
	"ResultReport":             "the opinions of one dialogue, and what ten before it left, by their index",
	"ReportEdition":            "one file",
	"Tally":                    "sums of one dialogue, by its index; 20 at most of what is open",
	"Minutes":                  "the opinions of one dialogue, by its index",
	"ViewMinutes":              "the opinions of one dialogue, by its index; of the audit, the latest",
	"Conclusion":               "the opinions of one dialogue, by its index",
	"ComposeMinutes":           "the opinions of one dialogue, by its index",
	"CorrectMinutes":           "one dialogue",
	"ReadMinutes":              "one dialogue",
	"LockMinutes":              "the opinions of one dialogue, by its index",
	"WriteConclusion":          "one dialogue",
	"HandSheet":                "one dialogue",
	"HandSheets":               "one dialogue",
	"HallNotes":                "one dialogue",
	"NoteHall":                 "one dialogue",
	"WithdrawNote":             "one dialogue",
	"AnswerLater":              "one dialogue",
	"Unheard":                  "one dialogue",
	"RecordSheet":              "takes in, see TestActsAreBounded",
	"EstimatesAt":              "a few a year",
	"OwnVillages":              "a few a year",
	"Evidence":                 "files of one thing",
	"EvidenceCounts":           "files of the things of one page",
	"PublishEvidence":          "one file",
	"UnpublishEvidence":        "one file",
	"PublicPromise":            "one promise",
	"KeepSigned":               "one document",
	"WithdrawDocument":         "one document",
	"GiveWithdrawalPaper":      "one document",
	"UndoWithdrawal":           "one document",
	"ReplaceDocument":          "one document",
	"TakeSignedBack":           "one document",
	"ViewSigned":               "one document",
	"OpenSigned":               "one document",
	"Numbering":                "the symbols of one form",
	"PaperNumber":              "one document",
	"OpenReceivedSigned":       "one document",
	"OpenReceived":             "one document",
	"PublicSigned":             "the documents of one plan or dialogue",
	"PromisesToRead":           "those open, or ended since the last dialogue: maxToRead at most",
	"PublicPapers":             "the documents of one dialogue",
	"PublicBook":               "the opinions of one dialogue, by their index",
	"PublicRows":               "the rows of a page, by their ids",
	"PublicPromisesOfDialogue": "the promises of one dialogue, by its index and those of its opinions",
	"OpenPublicSigned":         "one document",
	"SignedEvidence":           "one document",
	"OpenPublicFile":           "one file",
	"Draft":                    "the actor's own",
	"RegisterViews":            "the actor's own, MaxRegisterViews at most",
	"KeptPage":                 "one page",
	"HandedIn":                 "one slip",
	"RecordOpinion":            "takes in, see TestActsAreBounded",
	"SubmitSlip":               "takes in, see TestActsAreBounded",
	"RuleOpinion":              "see TestActsAreBounded",
	"RuleAlike":                "RuleOpinion, a hundred times at most",
	"AnswerCompanions":         "the members of one group, a hundred at most",
	"AnsweredTogether":         "one set, by its index: a hundred at most",
	"CorrectedTogether":        "one set, by its index: a hundred at most",
	"PublicWith":               "one set, by its index: a hundred at most",
	"AnswerSets":               "the opinions of one page, by their keys",
	"ViewPetitioner":           "see TestActsAreBounded",
	"RecordList":               "takes in, see TestActsAreBounded",
	"Verify":                   "the operator's: reads everything on purpose",
	"ReadBack":                 "the operator's: reads an archive",
	"AnnounceNewDialogue":      "one dialogue",
	"AnswerRequest":            "one dialogue",
	"CancelDialogue":           "the slips of one dialogue, by its index",
	"ChangeDialogue":           "one dialogue",
	"CloseDialogue":            "one dialogue",
	"DialogueMoves":            "one dialogue",
	"DialogueTexts":            "one dialogue",
	"Duties":                   "one dialogue",
	"HouseRules":               "one dialogue",
	"LastResults":              "one dialogue, by its index",
	"MoveDialogue":             "the slips of one dialogue, by its index",
	"PlanningGaps":             "a few dialogues a year",
	"Chores":                   "of the dialogues to come, 20 at most",
	"PrepareBriefings":         "the questions of the dialogues to come, by their index",
	"PostponeDialogue":         "the slips of one dialogue, by its index",
	"PrepareDialogue":          "one dialogue",
	"PublishResults":           "one dialogue, by its index",
	"RecordDuty":               "one dialogue",
	"RegisterRequest":          "one request",
	"ResultsOf":                "one dialogue, by its index",
	"ReportDialogue":           "one dialogue",
	"SetProgramme":             "one dialogue",
	"StartDialogue":            "one dialogue",
	"VoterRequests":            "a few a year",
	"WriteText":                "one dialogue",
}

// everybody are those whose lists differ: by what they may see.
func (fx *fixture) everybody() map[string]doithoai.Actor {
	seat := func(a doithoai.Actor, role doithoai.Role) doithoai.Actor {
		a.Roles, a.Seats = []doithoai.Role{role}, nil
		return a
	}
	both := fx.justice
	both.Seats, both.Roles = nil, []doithoai.Role{doithoai.RoleUnitOfficer, doithoai.RoleClerk, doithoai.RoleVillageHead}
	return map[string]doithoai.Actor{
		"chair": fx.chair, "office": fx.office, "secretary": fx.secretary, "land": fx.land, "justice": fx.justice,
		"clerk": seat(fx.secretary, doithoai.RoleClerk), "village head": seat(fx.office, doithoai.RoleVillageHead),
		"three roles": both,
		"stranger":    seat(fx.land, doithoai.RoleVillageHead),
	}
}

// crowdID is the id of kind k of the crowd's i-th opinion.
func crowdID(k string, i int) doithoai.ID {
	return doithoai.ID("018f0000-0000-7000-8" + k + "-" + fmt.Sprintf("%012d", i))
}

const merged = "merged: each range is cut to the length of the list first"

// listings are the lists of the store.
var listings = map[string]listing{
	"Register": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, a := range fx.everybody() {
			for _, tab := range Tabs {
				for _, before := range []doithoai.ID{"", crowdID("111", 49000), crowdID("111", 600)} {
					rows, _, err := db.Register(ctx, a, Filter{Tab: tab, Before: before, Limit: 30})
					if err != nil || len(rows) == 0 && before == "" && a.ID == fx.chair.ID && tab != TabCoUnit {
						return fmt.Errorf("tab %s is empty (%w)", tab, err)
					}
				}
			}
		}
		for _, number := range []string{"417", "25-417", "ND-25-0417", "nd-25", "ND-2", "%"} {
			if _, _, err := db.Register(ctx, fx.office, Filter{Number: number, Limit: 30}); err != nil {
				return err
			}
		}
		for _, a := range fx.everybody() {
			for _, tab := range Tabs {
				for _, f := range []Filter{
					{UnitID: fx.units["dia-chinh"].ID}, {FieldCode: "dat-dai"}, {FieldCode: "khac"},
					{VillageID: fx.villages[0].ID}, {DialogueID: fx.dialogue.ID},
					{Kind: doithoai.KindPetition}, {Content: 3}, {Unclassified: true}, {Repeated: true}, {Undecided: true},
					{Outcome: doithoai.InitiativeApplied},
				} {
					f.Tab, f.Limit = tab, 30
					if _, _, err := db.Register(ctx, a, f); err != nil {
						return err
					}
				}
			}
		}
		_, _, err := db.Register(ctx, fx.land, Filter{Number: "ND-25", Limit: 30})
		return err
	}},
	"Questions": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, a := range fx.everybody() {
			_, _, err := db.Questions(ctx, a, fx.dialogue.ID)
			if err != nil && doithoai.KindOf(err) != doithoai.NotAllowed {
				return err
			}
		}
		return nil
	}},
	"QuestionsToPrepare": {sorted: "those that wait for a unit are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, _, err := db.QuestionsToPrepare(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}},
	"QuestionTally": {sorted: "counts", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		return second(db.QuestionTally(ctx, fx.office, fx.dialogue.ID))
	}},
	"Briefing": {sorted: "its questions, one search each", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		return second(db.Briefing(ctx, fx.chair, fx.dialogue.ID, BriefingPart{Limit: 50}))
	}},
	"ProposedExtensions": {sorted: "those that wait for a word are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, _, err := db.ProposedExtensions(ctx, fx.chair)
			return err
		}},
	"Corrections": {sorted: "those that are being corrected are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, _, err := db.Corrections(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}},
	"Promises": {sorted: "those of a unit are walked by its index", calls: somePromises},
	"Guides": {sorted: "those of a unit are walked by its index", calls: func(
		ctx context.Context, db *DB, fx *fixture,
	) error {
		for _, tab := range GuideTabs {
			for _, f := range []GuideFilter{{}, {After: 3}, {Units: []doithoai.ID{fx.justice.UnitID}}} {
				f.Tab, f.Limit = tab, 30
				if _, _, err := db.Guides(ctx, fx.office, f); err != nil {
					return err
				}
			}
		}
		return nil
	}},
	"GuideCounts": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.GuideCounts(ctx, fx.office)
		return err
	}},
	"PublicGuides": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, field := range []string{"", "dat-dai"} {
			for _, after := range []int{0, 3} {
				if _, _, err := db.PublicGuides(ctx, fx.authority.ID, field, after, 30); err != nil {
					return err
				}
			}
		}
		return nil
	}},
	"PublicPromises": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, tab := range PromiseTabs {
			if _, _, err := db.PublicPromises(ctx, fx.authority.ID, PromiseFilter{Tab: tab, Limit: 30}); err != nil {
				return err
			}
		}
		return nil
	}},
	"Ledger": {sorted: merged + "; the groups of a batch are counted", calls: func(
		ctx context.Context, db *DB, fx *fixture,
	) error {
		_, _, err := db.Ledger(ctx, fx.office, Filter{Tab: TabAll})
		return err
	}},
	"Receptions": {sorted: "the groups of a batch are counted",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			all := doithoai.Period{From: calendar.DateOf(2000, 1, 1), To: db.Now().Date()}
			_, _, err := db.Receptions(ctx, fx.office, all, doithoai.Opinion{})
			return err
		}},
	"AskedRefusals": {sorted: "those that wait for a word are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, _, err := db.AskedRefusals(ctx, fx.chair)
			return err
		}},
	"OwnRequests": {sorted: "those that wait for a word are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, _, err := db.OwnRequests(ctx, fx.office)
			return err
		}},
	"AskedReopenings": {sorted: "those that wait for a word are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, _, err := db.AskedReopenings(ctx, fx.chair)
			return err
		}},
	"Disputes": {sorted: "those that wait for a word are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, _, err := db.Disputes(ctx, fx.chair)
			return err
		}},
	"AwaitedBodies": {sorted: "those that are waited for are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, _, err := db.AwaitedBodies(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}},
	"UnansweredUrgings": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, a := range fx.everybody() {
			if _, _, err := db.UnansweredUrgings(ctx, a); err != nil {
				return err
			}
		}
		return nil
	}},
	"Week": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		w, err := db.Week(ctx, fx.chair)
		if err == nil && (len(w.Late) != maxWork || !w.MoreLate) {
			return fmt.Errorf("%d are late, more: %v", len(w.Late), w.MoreLate)
		}
		return err
	}},
	"ToUrge": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, number := range []string{"", "57/UBND-VP"} {
			if _, _, err := db.ToUrge(ctx, fx.office, fx.units["dia-chinh"].ID, number); err != nil {
				return err
			}
		}
		return nil
	}},
	"AwaitedParts": {sorted: "those that wait for a unit are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, _, err := db.AwaitedParts(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}},
	"OpinionsSaying": {sorted: "the newest of each stage are put together; a list of synonyms is short",
		walked: len(allStages) * newestHeld, calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				for _, f := range []Filter{{}, {UnitID: fx.units["dia-chinh"].ID}, {FieldCode: "dat-dai"}} {
					f.Words = "đường ngập"
					if _, _, err := db.OpinionsSaying(ctx, a, f); err != nil {
						return err
					}
				}
			}
			return nil
		}},
	"Alike": {sorted: "as OpinionsSaying", walked: len(allStages) * newestHeld,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, err := db.Alike(ctx, a, "Xin sửa con đường ở thôn, ngập nước mỗi khi mưa lớn.", nil, 5); err != nil {
					return err
				}
			}
			return nil
		}},
	"SameSlips": {sorted: "as Alike", walked: len(allStages) * newestHeld,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			s := fx.slip("Xin sửa con đường ở thôn, ngập nước mỗi khi mưa lớn.")
			s.PaperNumber = "12"
			for _, a := range fx.everybody() {
				if _, err := db.SameSlips(ctx, a, "", s); err != nil {
					return err
				}
			}
			return nil
		}},
	"SameSlipsOf": {sorted: "as Alike", walked: len(allStages) * newestHeld,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for i := crowded - 40; i < crowded; i++ {
				if _, err := db.SameSlipsOf(ctx, fx.office, crowdID("111", i)); ignoreNotFound(err) != nil {
					return err
				}
			}
			return nil
		}},
	"GroupMembers": {sorted: "of one group", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		if err := db.GroupOpinions(ctx, fx.office, crowdID("111", 200), crowdID("111", 201)); err != nil {
			return err
		}
		members, err := db.GroupMembers(ctx, fx.office, crowdID("111", 200))
		if len(members) != 1 {
			return fmt.Errorf("%d members (%w)", len(members), err)
		}
		return err
	}},
	"Repeats": {sorted: "of one row", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		return second(db.Repeats(ctx, fx.office, crowdID("111", 200)))
	}},
	"RepeatCounts": {sorted: "of a page", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		var all []doithoai.Opinion
		for i := range 30 {
			all = append(all, doithoai.Opinion{ID: crowdID("111", 200+i)})
		}
		for _, a := range fx.everybody() {
			if _, err := db.RepeatCounts(ctx, a, all); err != nil {
				return err
			}
		}
		return nil
	}},
	"GroupCounts": {sorted: "of a page", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		var ids []doithoai.ID
		for i := range 50 {
			ids = append(ids, crowdID("111", 200+i))
		}
		for _, a := range fx.everybody() {
			if _, err := db.GroupCounts(ctx, a, ids); err != nil {
				return err
			}
		}
		return nil
	}},
	"CompiledLists": {sorted: "of a village", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		l, points := fx.compiled("Đường hỏng.", "Đèn tắt.")
		if _, err := db.RecordList(ctx, fx.office, key(700), l, points, ""); err != nil {
			return err
		}
		for _, a := range []doithoai.Actor{fx.office, fx.head(1)} {
			if all, err := db.CompiledLists(ctx, a, 20); err != nil || len(all) == 0 {
				return fmt.Errorf("%d lists (%w)", len(all), err)
			}
		}
		return nil
	}},
	"CompiledList": {sorted: "of one list", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		l, points := fx.compiled("Cống tắc.", "Cầu yếu.")
		f, err := db.RecordList(ctx, fx.office, key(701), l, points, "")
		if err != nil {
			return err
		}
		_, err = db.CompiledList(ctx, fx.office, f.ID, key(701))
		return err
	}},
	"KnownPoints": {sorted: "of one list", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		l, points := fx.compiled("Cống tắc.", "Cầu yếu.", "Đèn tắt.")
		for _, a := range fx.everybody() {
			if _, err := db.KnownPoints(ctx, a, l, points); err != nil {
				return err
			}
		}
		return nil
	}},
	"TabCounts": {sorted: "the same opinion by two roles is counted once", walked: 9 * 3 * doithoai.MaxCount,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, a := range fx.everybody() {
				if _, err := db.TabCounts(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}},
	"Work": {sorted: merged, walked: 3 * mostWalked, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, a := range fx.everybody() {
			if _, _, err := db.Work(ctx, a); err != nil {
				return err
			}
		}
		return nil
	}},
	"UnitLates": {sorted: "units", walked: crowded * 3 / 100 * 4,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, err := db.UnitLates(ctx, fx.chair)
			return err
		}},
	"UnitLoads": {sorted: "units", walked: crowded * 3 / 100 * 2,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, err := db.UnitLoads(ctx, fx.chair)
			return err
		}},
	"YearFigures": {walked: crowded * 3 / 100, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		return err
	}},
	"Denunciations": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.Denunciations(ctx, fx.office)
		return err
	}},
	"DenunciationList": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		a := fx.secretary
		a.Roles = []doithoai.Role{doithoai.RoleReception}
		rows, _, err := db.DenunciationList(ctx, a, "", 50)
		if err != nil {
			return err
		}
		_, _, err = db.DenunciationList(ctx, a, rows[49].Number, 50)
		return err
	}},
	"DialogueOpinions": {sorted: "the newest of the dialogue, in the order received", walked: 6 * maxHall,
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			_, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
			return err
		}},
	"Dialogues": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.Dialogues(ctx, fx.authority.ID)
		return err
	}},
	"Search": {sorted: "a page", walked: 8 * newestHeld, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, s := range []Search{
			{}, {Before: 20000}, {Query: "đường"}, {Query: "xin"}, {Query: "đường thôn ngập nước mỗi khi mưa lớn"},
			{Query: "đất đai"}, {Query: "cầu treo"},
			{Query: "xin", Field: "dat-dai"}, {Field: "dat-dai"}, {Field: "khong-co"}, {Dialogue: fx.dialogue.ID},
			{Query: "đường", Dialogue: fx.dialogue.ID},
			{Query: "xyzzy"}, {Query: "đường", Page: 1}, {Query: "so4711 nhom723"}, {Query: "mưa to ngập đường"},
		} {
			s.Limit = 20
			found, err := db.Search(ctx, fx.authority.ID, s)
			if unknown := s.Query == "xyzzy" || s.Field == "khong-co"; err != nil ||
				unknown != (len(found.Answers) == 0) {
				return fmt.Errorf("%d found by %+v (%w)", len(found.Answers), s, err)
			}
		}
		return nil
	}},
	"PublishedByNumber": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.PublishedByNumber(ctx, fx.authority.ID, "ND-25-0420")
		return ignoreNotFound(err)
	}},
	"Audit": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, f := range []doithoai.AuditFilter{
			{}, {Act: doithoai.ActSignAnswer}, {Act: doithoai.ActMoveDue}, {ActorID: fx.chair.ID}, {ActorID: fx.land.ID},
			{ActorID: fx.chair.ID, Act: doithoai.ActDispatchAnswer},
			{Number: "ND-25-0417"}, {From: calendar.DateOf(2018, 1, 1), To: calendar.DateOf(2018, 1, 31)},
			{To: calendar.DateOf(2017, 3, 1), ActorID: fx.chair.ID},
			{From: calendar.DateOf(2026, 9, 1)}, {Act: doithoai.ActRuleOpinion, To: calendar.DateOf(2017, 3, 1)},
		} {
			_, next, _, err := db.Audit(ctx, fx.chair, f, AuditCursor{}, 50)
			if err != nil {
				return err
			}
			if _, _, _, err := db.Audit(ctx, fx.chair, f, next, 50); err != nil {
				return err
			}
		}
		return nil
	}},
	"AuditedActs": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.AuditedActs(ctx, fx.chair)
		return err
	}},
	"Documents": {sorted: "those of a number, or of a dialogue, are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			for _, q := range []DocumentQuery{
				{}, {Year: 2024}, {Kind: doithoai.DocumentReply}, {Typed: "5/UBND-VP"}, {Typed: "5"}, {Typed: "ND-24-0005"},
				{Typed: "đường ngập"}, {Typed: "trả lời"}, {Typed: "trả lời đối thoại 2024"}, {Typed: "công văn gửi thôn"},
				{Waiting: true}, {Waiting: true, Kind: doithoai.DocumentReply}, {Ended: true}, {Ended: true, Year: 2024},
			} {
				q.Limit, q.Called = 25, calledKinds
				if _, _, err := db.Documents(ctx, fx.office, q); err != nil {
					return err
				}
			}
			return nil
		}},
	"PendingDocuments": {sorted: "plans and papers of dialogues are few, and merged", calls: func(
		ctx context.Context, db *DB, fx *fixture,
	) error {
		for _, life := range doithoai.PendingLives {
			if _, _, err := db.PendingDocuments(ctx, fx.office, life, DocumentQuery{Typed: "trả lời đường"}); err != nil {
				return err
			}
		}
		return nil
	}},
	"DocumentCounts": {sorted: "plans and papers of dialogues are few", walked: 8 * doithoai.MaxCount, calls: func(
		ctx context.Context, db *DB, fx *fixture,
	) error {
		_, err := db.DocumentCounts(ctx, fx.office)
		return err
	}},
	"Document": {sorted: "the documents of one matter are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 1})
			if err != nil {
				return err
			}
			_, err = db.Document(ctx, fx.office, all[0].Ref())
			return err
		}},
	"DocumentRelay": {sorted: "the recipients of one document are few",
		calls: func(ctx context.Context, db *DB, fx *fixture) error {
			all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 1})
			if err != nil {
				return err
			}
			_, err = db.DocumentRelay(ctx, fx.office, all[0].Ref())
			return err
		}},
	"WaitingDocuments": {walked: 3 * doithoai.MaxCount, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, _, err := db.WaitingDocuments(ctx, fx.office)
		return err
	}},
	"ReceivedDocuments": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for _, waiting := range []bool{false, true} {
			if _, _, err := db.ReceivedDocuments(ctx, fx.justice, waiting, 25); err != nil {
				return err
			}
		}
		return nil
	}},
	"HandDeliveries": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		all, more, err := db.HandDeliveries(ctx, fx.office)
		if len(all) != maxWork || !more {
			return fmt.Errorf("%d deliveries by hand (%w)", len(all), err)
		}
		return err
	}},
	"HandDeliveriesBy": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		all, more, err := db.HandDeliveriesBy(ctx, fx.office, doithoai.WayPickUp)
		if len(all) != maxWork || !more {
			return fmt.Errorf("%d deliveries to be picked up (%w)", len(all), err)
		}
		return err
	}},
	"DelayedDeliveries": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		all, _, err := db.DelayedDeliveries(ctx, fx.office)
		if len(all) == 0 {
			return fmt.Errorf("no deliveries are delayed (%w)", err)
		}
		return err
	}},
	"Readings": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, _, _, err := db.Readings(ctx, fx.office, fx.villages[0].ID)
		return err
	}},
	"ClaimParcels": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.ClaimParcels(ctx, doithoai.WayEmail, 20)
		return err
	}},
	"ClaimDocumentMail": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		return second2(db.ClaimDocumentMail(ctx))
	}},
	"DueProposals": {sorted: merged, calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.DueProposals(ctx, fx.office)
		return err
	}},
	"OpenWork": {sorted: "what one officer has begun", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		if _, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, string(crowdID("111", 100)),
			map[string][]string{"tra-loi": {"Đang viết"}}); err != nil {
			return err
		}
		_, err := db.OpenWork(ctx, fx.admin, fx.justice.ID)
		return err
	}},
	"Explanations": {sorted: "what one officer was asked", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.Explanations(ctx, fx.justice)
		return err
	}},
	"OpinionFile": {sorted: "of one opinion", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		for i := 100; i < 112; i++ {
			if _, err := db.OpinionFile(ctx, fx.chair, crowdID("111", i)); ignoreNotFound(err) != nil {
				return err
			}
		}
		return nil
	}},
	"DenunciationFile": {sorted: "of one opinion", calls: func(ctx context.Context, db *DB, fx *fixture) error {
		a := fx.secretary
		a.Roles = []doithoai.Role{doithoai.RoleReception}
		_, err := db.DenunciationFile(ctx, a, crowdID("111", 109))
		return err
	}},
	"FollowSlip": {calls: func(ctx context.Context, db *DB, fx *fixture) error {
		_, err := db.FollowSlip(ctx, fx.resident, doithoai.NewReceiptCode(key(1)))
		return ignoreNotFound(err)
	}},
	"EvidenceOf": {sorted: "of one slip", calls: func(ctx context.Context, db *DB, _ *fixture) error {
		_, err := db.EvidenceOf(ctx, crowdID("000", 101))
		if err != nil && !errors.Is(err, errErased) {
			return nil // its leaf and salts are made up; the queries were asked
		}
		return err
	}},
	"ReadHashes": {calls: func(ctx context.Context, db *DB, _ *fixture) error {
		_, err := db.ReadHashes(ctx, 0, 5000, 256)
		if err == nil {
			_, err = db.ReadHashes(ctx, 8, 0, 256)
		}
		return err
	}},
	"Leaves": {calls: func(ctx context.Context, db *DB, _ *fixture) error {
		_, err := db.Leaves(ctx, 5000, 256)
		return err
	}},
	"TransferWork": {sorted: "what a unit that is over has left",
		calls: func(ctx context.Context, db *DB, _ *fixture) error { return db.TransferWork(ctx) }},
	"EraseDaily": {sorted: merged, calls: func(ctx context.Context, db *DB, _ *fixture) error {
		return db.eraseDue(ctx, 2*erasePage) // two pages of what a day may have
	}},
	"Purge": {calls: func(ctx context.Context, db *DB, _ *fixture) error { return second(db.Purge(ctx)) }},
}

func ignoreNotFound(err error) error {
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	return err
}
