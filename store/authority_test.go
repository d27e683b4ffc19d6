package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/file"
	"doithoai/plan"
	"doithoai/report"
)

// alone are the exported methods of DB that take no authority, each with the reason.
var alone = map[string]string{
	"Close":              "the database as a whole",
	"Fill":               "makes databases to measure at",
	"ReadBack":           "the operator's, of all authorities",
	"Ready":              "the database as a whole",
	"Now":                "the clock",
	"Backup":             "the operator's, of all authorities",
	"Verify":             "the operator's, of all authorities",
	"SetUp":              "creates an authority",
	"Authorities":        "lists them",
	"Purge":              "daily work",
	"EraseDaily":         "daily work",
	"SweepFiles":         "daily work",
	"VerifyFiles":        "the operator's, of all authorities",
	"ClaimParcels":       "the sender works for all",
	"SettleParcel":       "of a claimed parcel",
	"ParcelStands":       "of a claimed parcel",
	"ClaimDocumentMail":  "the sender works for all",
	"SettleDocumentMail": "of a claimed mail",
	"DropGateways":       "the operator's, of all authorities",
	"AddOfficer":         "the operator's",
	"SetPassword":        "the operator's, by login",
	"SetActive":          "the operator's, by login",
	"DropSecondStep":     "the operator's, by login",
	"ConfirmCode":        "by token",
	"SignIn":             "login and password",
	"SignOut":            "by token",
	"OfficerOf":          "by token",
	"KeepPage":           "under a name that only the browser can derive",
	"DropPage":           "the same",
	"EvidenceOf":         "of a slip that FollowSlip has opened",
	"ReadHashes":         "public record of all",
	"Leaves":             "public record of all",
	"StartRecord":        "public record of all",
	"RecordSize":         "public record of all",
	"Checkpoint":         "public record of all",
	"SignRecord":         "public record of all",
	"ReopenRecord":       "public record of all",
	"ImportList":         "the actor's own authority",
	"KeepImport":         "the actor's own draft",
	"OpenUnit":           "the actor's own authority",
	"DraftPlan":          "the actor's own authority",
	"ImportPlan":         "the actor's own authority",
	"KeepPlanFile":       "the actor's own",
	"TakeOverPlan":       "the actor's own authority",
	"RegisterRequest":    "the actor's own authority",
	"OpenVillages":       "the actor's own authority",
	"RenameAuthority":    "the actor's own authority",
	"SetPortal":          "the actor's own authority",
	"SetHostNames":       "the actor's own authority",
	"AuthorityAt":        "finds the authority of a host name",
	"CountRollUps":       "the system's, each commune for its own superior",
	"LinkCommune":        "the operator's",
	"AddSubordinate":     "the actor's own authority",
	"TransferWork":       "the system's, each petition within its authority",
	"TransferWorkDaily":  "the same",
	"RemindDaily":        "the system's, each authority for itself",
	"PrepareBriefings":   "the system's, each question in its authority",
	"RegisterIncoming":   "the actor's own authority",
	"SetSurveyForm":      "the actor's own authority",
	"SetPeriodForm":      "the actor's own authority",
	"PeriodForms":        "the actor's own authority",
	"PeriodicFigures":    "the actor's own authority",
}

// crossings call every other exported method as somebody of the other authority, with ids of ours. nothing says that
// the answer tells nothing of ours.
func crossings(
	ctx context.Context, db *DB, fx *fixture, r Received, delivery doithoai.Delivery, crossed doithoai.Upload,
) map[string]func() error {
	him := fx.everyRole() // an actor of the other authority with all roles
	him.UnitID = fx.units["tu-phap-ho-tich"].ID
	id := r.Opinions[0].ID
	survey := doithoai.DialogueSurvey(fx.dialogue.ID)
	refused := func(err error) error {
		if kind := doithoai.KindOf(err); kind != doithoai.NotFound {
			return fmt.Errorf("error %v, want not found", err)
		}
		return nil
	}
	nothing := func(n int, err error) error {
		if n != 0 {
			return fmt.Errorf("%d things shown", n)
		}
		return err
	}
	refusedOrNothing := func(err error) error {
		if err == nil {
			return nil
		}
		return refused(err)
	}
	stack, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM survey_stack`)
	if err != nil {
		return map[string]func() error{"SurveyStack": func() error { return err }}
	}
	hisSlip := fx.slip("Nội dung")
	account := fx.justice.ID
	posts, err := db.Posts(ctx, fx.chair)
	if err != nil {
		return map[string]func() error{"Posts": func() error { return err }}
	}
	post := doithoai.ID("")
	for _, o := range posts {
		for _, p := range o.Posts {
			if p.OfficerID == fx.justice.ID {
				post = p.ID
			}
		}
	}
	problemsOr := func(err error) error {
		if kind := doithoai.KindOf(err); kind != doithoai.NotFound && kind != doithoai.Invalid {
			return fmt.Errorf("error %v, want a refusal", err)
		}
		return nil
	}
	incoming, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM incoming`)
	if err != nil {
		return map[string]func() error{"IncomingNotice": func() error { return err }}
	}
	sent, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 1})
	if err != nil || len(sent) == 0 {
		return map[string]func() error{"Documents": func() error { return fmt.Errorf("none was sent: %w", err) }}
	}
	signedRef := sent[0].Ref()
	sentTo, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM document_recipient`)
	if err != nil {
		return map[string]func() error{"OpenReceived": func() error { return err }}
	}
	guide, err := one(ctx, db.reader(), scanGuide, `SELECT `+guideColumns+` FROM guide`)
	if err != nil {
		return map[string]func() error{"Guide": func() error { return err }}
	}
	announced := doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: fx.dialogue.ID}
	promise, err := one(ctx, db.reader(), scanPromiseRow, `SELECT `+promiseRowColumns+` FROM promise pr`+promiseRowJoins)
	if err != nil {
		return map[string]func() error{"Promise": func() error { return err }}
	}
	task, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM task WHERE incoming_id = $1`, incoming)
	if err != nil {
		return map[string]func() error{"Task": func() error { return err }}
	}
	return map[string]func() error{
		"Account": func() error { _, _, err := db.Account(ctx, him, account); return refused(err) },
		"Accounts": func() error {
			all, err := db.Accounts(ctx, him)
			for _, a := range all {
				if a.AuthorityID != fx.other.ID {
					return fmt.Errorf("account of %s", a.AuthorityID)
				}
			}
			return err
		},
		"Audit": func() error {
			lines, _, _, err := db.Audit(ctx, him, doithoai.AuditFilter{Number: r.Opinions[0].Number}, AuditCursor{}, 10)
			return nothing(len(lines), err)
		},
		"Alike": func() error {
			all, err := db.Alike(ctx, him, r.Opinions[0].Content, nil, 10)
			return nothing(len(all), err)
		},
		"SameSlips": func() error {
			slip := fx.slip(r.Opinions[0].Content)
			slip.PaperNumber = "12"
			all, err := db.SameSlips(ctx, him, "", slip)
			return nothing(len(all), err)
		},
		"SameSlipsOf":  func() error { _, err := db.SameSlipsOf(ctx, him, id); return refusedOrNothing(err) },
		"JoinSlip":     func() error { return refused(db.JoinSlip(ctx, him, id, 1, id)) },
		"SeparateSlip": func() error { return refused(db.SeparateSlip(ctx, him, id, 1)) },
		"RuleAlike": func() error {
			_, err := db.RuleAlike(ctx, him, id, 2, fx.later(), nil)
			return refused(err)
		},
		"RollUp": func() error {
			u, err := db.RollUp(ctx, him, RollUpQuery{Year: 2024, Period: report.WholeYear, Limit: 9})
			return nothing(len(u.Rows), refusedOrNothing(err))
		},
		"RollUpCommune": func() error {
			return refused(second(db.RollUpCommune(ctx, him, fx.authority.Slug, 2024, report.WholeYear)))
		},
		"SubordinateKeys": func() error { return refused(second(db.SubordinateKeys(ctx, him, fx.authority.Slug))) },
		"ChangeKey": func() error {
			return refused(db.ChangeKey(ctx, him, fx.authority.Slug, 1, report.Key{}))
		},
		"OpenReportFile": func() error { return refused(second(db.OpenReportFile(ctx, him, id))) },
		"TakeReportFile": func() error { return refused(second(db.TakeReportFile(ctx, him, []byte("{}")))) },
		"HostNames":      func() error { all, err := db.HostNames(ctx, fx.other.ID); return nothing(len(all), err) },
		"OutsideBodies": func() error {
			all, err := db.OutsideBodies(ctx, fx.other.ID)
			return nothing(len(all), err)
		},
		"GroupOpinions":  func() error { return refused(db.GroupOpinions(ctx, him, id, id)) },
		"UngroupOpinion": func() error { return refused(db.UngroupOpinion(ctx, him, id)) },
		"ClassifyOpinion": func() error {
			return refused(db.ClassifyOpinion(ctx, him, id, 3, doithoai.Classification{Kind: doithoai.KindQuestion}))
		},
		"DecideInitiative": func() error { return refused(db.DecideInitiative(ctx, him, id, 3, applied)) },
		"SplitOpinion":     func() error { return refused(second(db.SplitOpinion(ctx, him, id, 3, "Thủ tục"))) },
		"LinkRepeat":       func() error { return refused(db.LinkRepeat(ctx, him, id, 3, id)) },
		"UnlinkRepeat":     func() error { return refused(db.UnlinkRepeat(ctx, him, id, 3)) },
		"Repeats":          func() error { return refused(second(db.Repeats(ctx, him, id))) },
		"RepeatCounts": func() error {
			counts, err := db.RepeatCounts(ctx, him, r.Opinions)
			return nothing(len(counts), err)
		},
		"GroupCounts": func() error {
			counts, err := db.GroupCounts(ctx, him, []doithoai.ID{id})
			return nothing(len(counts), err)
		},
		"GroupMembers": func() error { _, err := db.GroupMembers(ctx, him, id); return refused(err) },
		"RecordList": func() error {
			_, err := db.RecordList(ctx, him, key(901), doithoai.CompiledList{VillageID: fx.villages[0].ID, Told: 1},
				[]doithoai.CompiledPoint{{Content: "Đường hỏng."}}, "Đường hỏng.")
			return problemsOr(err)
		},
		"RecordSheet": func() error {
			return refused(second(db.RecordSheet(ctx, him, key(903), doithoai.HandSheet{DialogueID: fx.dialogue.ID, Number: 1,
				Writer: "Ai đó", Told: 1}, []doithoai.HandLine{{Clock: -1, Content: "Đường hỏng."}}, nil)))
		},
		"HandSheets": func() error { return refused(second(db.HandSheets(ctx, him, fx.dialogue.ID))) },
		"HandSheet":  func() error { return refused(second(db.HandSheet(ctx, him, fx.dialogue.ID, 1))) },
		"Unheard":    func() error { return refused(second(db.Unheard(ctx, him, fx.dialogue.ID))) },
		"AnswerLater": func() error {
			return refused(db.AnswerLater(ctx, him, fx.dialogue.ID, []doithoai.Later{{OpinionID: id, Version: 2}}, merger, ""))
		},
		"HallNotes": func() error { return refused(second(db.HallNotes(ctx, him, fx.dialogue.ID))) },
		"NoteHall": func() error {
			return refused(db.NoteHall(ctx, him, doithoai.HallNote{ID: newID(), DialogueID: fx.dialogue.ID, Body: "Ồn."}))
		},
		"WithdrawNote":  func() error { return refused(db.WithdrawNote(ctx, him, fx.dialogue.ID, id, 1)) },
		"CompiledLists": func() error { all, err := db.CompiledLists(ctx, him, 10); return nothing(len(all), err) },
		"CompiledList": func() error {
			ours, err := one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM compiled_list`)
			if err != nil {
				return err
			}
			_, err = db.CompiledList(ctx, him, ours, key(902))
			return refused(err)
		},
		"KnownPoints": func() error {
			all, err := db.KnownPoints(ctx, him, doithoai.CompiledList{DialogueID: fx.dialogue.ID, VillageID: fx.villages[1].ID},
				[]doithoai.CompiledPoint{{Content: "Cống tắc."}})
			return nothing(len(all), err)
		},
		"AuditedActs": func() error {
			acts, err := db.AuditedActs(ctx, him)
			if slices.Contains(acts, doithoai.ActSubmitAnswer) {
				return errors.New("acts of ours")
			}
			return err
		},
		"ChangePassword": func() error {
			forged := him
			forged.ID = account
			return refused(db.ChangePassword(ctx, forged, base64.RawURLEncoding.EncodeToString(make([]byte, 32)), testPassword,
				"con bò vàng ăn cỏ"))
		},
		"DeactivateAccount": func() error { return refused(db.DeactivateAccount(ctx, him, account, 1)) },
		// keeps an entry of his own
		"ExportAudit": func() error { return db.ExportAudit(ctx, him, doithoai.AuditFilter{}) },
		"MarkRead":    func() error { return refused(db.MarkRead(ctx, him, id)) },
		"LockAccount": func() error { return refused(db.LockAccount(ctx, him, account, 1)) },
		"OpenAccount": func() error {
			_, _, err := db.OpenAccount(ctx, him, doithoai.Officer{
				AuthorityID: fx.authority.ID, UnitID: fx.units["dia-chinh"].ID, Login: "ke-la", Name: "Kẻ Lạ",
				Roles: []doithoai.Role{doithoai.RoleUnitOfficer},
			})
			return refused(err)
		},
		"OpenWork":          func() error { _, err := db.OpenWork(ctx, him, account); return refused(err) },
		"ReactivateAccount": func() error { return refused(db.ReactivateAccount(ctx, him, account, 1)) },
		"RenewRecoveryCodes": func() error {
			forged := him
			forged.ID = account
			_, err := db.RenewRecoveryCodes(ctx, forged, "000000")
			return refused(err)
		},
		"ResetPassword":   func() error { _, err := db.ResetPassword(ctx, him, account, 1); return refused(err) },
		"ResetSecondStep": func() error { return refused(db.ResetSecondStep(ctx, him, account, 1)) },
		"SecondStep":      func() error { step, err := db.SecondStep(ctx, him); return nothing(len(step.Secret), err) },
		"SignInHistory":   func() error { all, err := db.SignInHistory(ctx, him); return nothing(len(all), err) },
		"StartSecondStep": func() error {
			forged := him
			forged.ID = account
			return refused(db.StartSecondStep(ctx, forged))
		},
		"TurnOffSecondStep": func() error {
			forged := him
			forged.ID = account
			return refused(db.TurnOffSecondStep(ctx, forged, testPassword))
		},
		"TurnOnSecondStep": func() error {
			forged := him
			forged.ID = account
			_, err := db.TurnOnSecondStep(ctx, forged, base64.RawURLEncoding.EncodeToString(make([]byte, 32)), "000000")
			return refused(err)
		},
		"UnlockAccount": func() error { return refused(db.UnlockAccount(ctx, him, account, 1)) },
		"Calendar": func() error {
			_, err := db.Calendar(ctx, fx.other.ID, "không có")
			return refused(err)
		},
		"CalendarVersions": func() error {
			all, err := db.CalendarVersions(ctx, fx.other.ID)
			if len(all) != 1 {
				return fmt.Errorf("versions %v", all)
			}
			return err
		},
		"ChangeCalendar": func() error { // it changes the other's own
			_, err := db.ChangeCalendar(ctx, him, fx.calendar, doithoai.CalendarChange{})
			if doithoai.KindOf(err) != doithoai.Invalid {
				return fmt.Errorf("error %v, want invalid", err)
			}
			return nil
		},
		"DropTask":   func() error { return refused(db.DropTask(ctx, him, task, 1, "Không cần")) },
		"NoteTask":   func() error { return refused(db.NoteTask(ctx, him, task)) },
		"RecordNote": func() error { return refused(db.RecordNote(ctx, him, task, plan.TaskReport{})) },
		"RecordTask": func() error { return refused(db.RecordTask(ctx, him, task, 1, plan.TaskReport{})) },
		"ReopenTask": func() error { return refused(db.ReopenTask(ctx, him, task, 1, "Làm lại")) },
		"ReportTask": func() error { return refused(db.ReportTask(ctx, him, task, 1, plan.TaskReport{})) },
		"UrgeTask":   func() error { return refused(db.UrgeTask(ctx, him, task, 1, "")) },
		"Task":       func() error { _, err := db.Task(ctx, him, task); return refused(err) },
		"TaskCounts": func() error {
			counts, err := db.TaskCounts(ctx, him, TaskFilter{IncomingID: incoming})
			return nothing(int(counts[TasksAll]), err)
		},
		"TaskLoads": func() error { all, err := db.TaskLoads(ctx, him); return nothing(len(all), err) },
		"TaskSums": func() error {
			sums, err := db.TaskSums(ctx, him, TaskFilter{IncomingID: incoming})
			return nothing(len(sums), err)
		},
		"Tasks": func() error {
			rows, _, err := db.Tasks(ctx, him, TaskFilter{Tab: TasksMine, IncomingID: incoming})
			return nothing(len(rows), err)
		},
		"IncomingList":   func() error { rows, _, err := db.IncomingList(ctx, him, "", 10); return nothing(len(rows), err) },
		"IncomingNotice": func() error { _, err := db.IncomingNotice(ctx, him, incoming); return refused(err) },
		"RelayIncoming": func() error {
			return refused(db.RelayIncoming(ctx, him, incoming, 2, plan.IncomingRelay{Text: "Chuẩn bị"}))
		},
		"Notices": func() error {
			forged := him
			forged.ID = fx.justice.ID
			all, _, err := db.Notices(ctx, forged, "", 10)
			return nothing(len(all), err)
		},
		"ReadNotices": func() error {
			forged := him
			forged.ID = fx.justice.ID
			return db.ReadNotices(ctx, forged, newID())
		},
		"AnnounceDialogue": func() error {
			_, err := db.AnnounceDialogue(ctx, him, fx.dialogue.ID, 2, "")
			return refused(err)
		},
		"AnnounceNewDialogue": func() error {
			_, err := db.AnnounceNewDialogue(ctx, him, fx.newDialogue("khac", fx.plan))
			return refused(err)
		},
		"PrepareDialogue": func() error {
			_, err := db.PrepareDialogue(ctx, him, fx.newDialogue("khac", fx.plan))
			return refused(err)
		},
		"ChangeDialogue": func() error {
			_, err := db.ChangeDialogue(ctx, him, fx.dialogue.ID, 2, fx.dialogue)
			return refused(err)
		},
		"SetProgramme": func() error {
			_, err := db.SetProgramme(ctx, him, fx.dialogue.ID, 2, fx.dialogue.Programme)
			return refused(err)
		},
		"MoveDialogue": func() error {
			_, err := db.MoveDialogue(ctx, him, fx.dialogue.ID, 2, fx.dialogue, stormy)
			return refused(err)
		},
		"PostponeDialogue": func() error {
			_, err := db.PostponeDialogue(ctx, him, fx.dialogue.ID, 2, stormy)
			return refused(err)
		},
		"CancelDialogue": func() error {
			_, err := db.CancelDialogue(ctx, him, fx.dialogue.ID, 2, stormy)
			return refused(err)
		},
		"StartDialogue": func() error {
			_, err := db.StartDialogue(ctx, him, fx.dialogue.ID, 2, db.Now())
			return refused(err)
		},
		"CloseDialogue": func() error {
			_, err := db.CloseDialogue(ctx, him, fx.dialogue.ID, 2, db.Now())
			return refused(err)
		},
		"PublishResults": func() error {
			_, err := db.PublishResults(ctx, him, fx.dialogue.ID, 2, db.Now())
			return refused(err)
		},
		"ReportDialogue": func() error {
			_, err := db.ReportDialogue(ctx, him, fx.dialogue.ID, 2, db.Now())
			return refused(err)
		},
		"WriteText": func() error {
			_, err := db.WriteText(ctx, him, 0, plan.Text{
				DialogueID: fx.dialogue.ID, Kind: plan.TextHouseRules, Body: "Nội quy",
			})
			return refused(err)
		},
		"DialogueTexts": func() error {
			all, err := db.DialogueTexts(ctx, him, fx.dialogue.ID)
			return nothing(len(all), err)
		},
		"HouseRules": func() error {
			_, err := db.HouseRules(ctx, fx.other.ID, fx.dialogue.ID)
			return refused(err)
		},
		"DialogueMoves": func() error {
			all, err := db.DialogueMoves(ctx, fx.other.ID, fx.dialogue.ID)
			return nothing(len(all), err)
		},
		"Duties": func() error { _, err := db.Duties(ctx, him, fx.dialogue.ID); return refused(err) },
		"RecordDuty": func() error {
			_, err := db.RecordDuty(ctx, him, plan.Proof{
				DialogueID: fx.dialogue.ID, Duty: plan.DutyNoticeMedia, At: db.Now(), Doer: "Đài", Text: "Sổ phát thanh",
			})
			return refused(err)
		},
		"WithdrawDuty": func() error { return refused(db.WithdrawDuty(ctx, him, fx.dialogue.ID, id)) },
		"ResultsOf":    func() error { _, err := db.ResultsOf(ctx, him, fx.dialogue.ID); return refused(err) },
		"LastResults": func() error {
			_, err := db.LastResults(ctx, him, db.Now())
			return refused(err)
		},
		"VoterRequests": func() error { all, err := db.VoterRequests(ctx, him); return nothing(len(all), err) },
		"AnswerRequest": func() error {
			return refused(db.AnswerRequest(ctx, him, fx.dialogue.ID, 1, fx.dialogue.ID))
		},
		"Chores": func() error {
			chores, err := db.Chores(ctx, him)
			for _, c := range chores {
				if c.Dialogue.ID == fx.dialogue.ID {
					return errors.New("a chore of ours")
				}
			}
			return err
		},
		"PlanningGaps": func() error {
			gaps, err := db.PlanningGaps(ctx, him)
			for _, g := range gaps {
				if g.Dialogue.ID == fx.dialogue.ID {
					return errors.New("a gap of ours")
				}
			}
			return err
		},
		"ApprovePublication": func() error { return refused(db.ApprovePublication(ctx, him, id, 2)) },
		"Denunciations":      func() error { n, err := db.Denunciations(ctx, him); return nothing(int(n), err) },
		"Dialogue":           func() error { _, err := db.Dialogue(ctx, him, fx.dialogue.ID); return refused(err) },
		"DialogueList": func() error {
			all, err := db.DialogueList(ctx, him)
			if len(all) != 1 || all[0].ID != fx.otherDialogue.ID {
				return fmt.Errorf("%d dialogues", len(all))
			}
			return err
		},
		"DialogueByID": func() error {
			_, err := db.DialogueByID(ctx, fx.other.ID, fx.dialogue.ID)
			return refused(err)
		},
		"DialogueBySlug": func() error {
			d, err := db.DialogueBySlug(ctx, fx.other.ID, fx.dialogue.Slug) // both have one of this slug
			if d.ID != fx.otherDialogue.ID {
				return fmt.Errorf("dialogue %v", d.ID)
			}
			return err
		},
		"DialogueOpinions": func() error {
			rows, err := db.DialogueOpinions(ctx, him, fx.dialogue.ID)
			return nothing(len(rows), err)
		},
		"Dialogues": func() error {
			all, err := db.Dialogues(ctx, fx.other.ID)
			if len(all) != 1 || all[0].ID != fx.otherDialogue.ID {
				return fmt.Errorf("dialogues %v", all)
			}
			return err
		},
		"DispatchAnswer": func() error { return refused(db.DispatchAnswer(ctx, him, id, 3, "9", db.Now().Date())) },
		"DueProposals": func() error {
			all, err := db.DueProposals(ctx, him)
			return nothing(len(all), err)
		},
		"DisputePetition": func() error {
			return refused(db.DisputePetition(ctx, him, id, 3, doithoai.Dispute{Elsewhere: true, Reason: "Không."}))
		},
		"ViewForLedger": func() error {
			all, err := db.ViewForLedger(ctx, him, db.wholeYear())
			return nothing(len(all), err)
		},
		"Receptions": func() error {
			all, _, err := db.Receptions(ctx, him, db.wholeYear(), doithoai.Opinion{})
			return nothing(len(all), err)
		},
		"Ledger": func() error {
			all, _, err := db.Ledger(ctx, him, Filter{Tab: TabAll})
			return nothing(len(all), err)
		},
		"ProposeRefusal": func() error { return refused(db.ProposeRefusal(ctx, him, id, 3, notTaken)) },
		"DeclineRefusal": func() error { return refused(db.DeclineRefusal(ctx, him, id, 3, "Không.")) },
		"AskedRefusals": func() error {
			all, _, err := db.AskedRefusals(ctx, him)
			return nothing(len(all), err)
		},
		"ReopenByCode": func() error {
			return refused(db.ReopenByCode(ctx, him, r.Code, r.Opinions[0].Number, notAgreed))
		},
		"AskSupplement": func() error { return refused(db.AskSupplement(ctx, him, id, 3, toAdd)) },
		"AnswerSupplement": func() error {
			return refused(db.AnswerSupplement(ctx, him, id, 3, 1, added))
		},
		"AnswerSupplementByCode": func() error {
			return refused(db.AnswerSupplementByCode(ctx, him, r.Code, r.Opinions[0].Number, 1, "Gửi kèm."))
		},
		"ChangeWays": func() error {
			return refused(db.ChangeWays(ctx, him, r.Code, doithoai.Contact{Ways: []doithoai.Way{doithoai.WayPickUp}}))
		},
		"RequestOwn": func() error {
			return refused(db.RequestOwn(ctx, him, r.Code, "", doithoai.OwnRequest{Kind: doithoai.OwnIdentity}, renamed))
		},
		"CorrectPetitioner": func() error { return refused(db.CorrectPetitioner(ctx, him, id, 1)) },
		"RefuseOwn":         func() error { return refused(db.RefuseOwn(ctx, him, id, 1, "Không.")) },
		"ViewedIdentity": func() error {
			_, ok, err := db.ViewedIdentity(ctx, him, id)
			if ok {
				return errors.New("an identity is shown")
			}
			return refused(err)
		},
		"OwnRequests": func() error {
			all, _, err := db.OwnRequests(ctx, him)
			return nothing(len(all), err)
		},
		"Reopen":          func() error { return refused(db.Reopen(ctx, him, id, 3, notAgreed)) },
		"AllowReopening":  func() error { return refused(db.AllowReopening(ctx, him, id, 3)) },
		"RefuseReopening": func() error { return refused(db.RefuseReopening(ctx, him, id, 3, notAgain)) },
		"AskedReopenings": func() error {
			all, _, err := db.AskedReopenings(ctx, him)
			return nothing(len(all), err)
		},
		"KeepLead": func() error { return refused(db.KeepLead(ctx, him, id, 3, "Không.")) },
		"UrgePetition": func() error {
			return refused(db.UrgePetition(ctx, him, id, 0, doithoai.Urging{Words: "Không."}))
		},
		"ReplyUrging": func() error {
			return refused(db.ReplyUrging(ctx, him, id, 1, 0, doithoai.UrgingReply{Cause: "Không."}))
		},
		"TellStatus": func() error { return refused(db.TellStatus(ctx, him, id)) },
		"UnansweredUrgings": func() error {
			rows, _, err := db.UnansweredUrgings(ctx, him)
			return nothing(len(rows), err)
		},
		"Week": func() error {
			w, err := db.Week(ctx, him)
			return nothing(len(w.Late)+len(w.Near)+len(w.Unanswered), err)
		},
		"ToUrge": func() error {
			rows, _, err := db.ToUrge(ctx, him, fx.justice.UnitID, "")
			return nothing(len(rows), err)
		},
		"KeepPromise": func() error {
			return refused(db.KeepPromise(ctx, him, promise.ID, 1, db.Now().Date(), "Không."))
		},
		"BreakPromise": func() error { return refused(db.BreakPromise(ctx, him, promise.ID, 1, "Không.")) },
		"WithdrawKept": func() error { return refused(db.WithdrawKept(ctx, him, promise.ID, 1)) },
		"Promise":      func() error { return refused(second(db.Promise(ctx, him, promise.ID))) },
		"Promises": func() error {
			all, _, err := db.Promises(ctx, him, PromiseFilter{})
			return nothing(len(all), err)
		},
		"PromiseCounts": func() error {
			counts, err := db.PromiseCounts(ctx, him)
			return nothing(int(counts[PromisesOpen]), err)
		},
		"PublicPromises": func() error {
			all, _, err := db.PublicPromises(ctx, fx.other.ID, PromiseFilter{})
			return nothing(len(all), err)
		},
		"PromisesOfDialogue": func() error {
			all, err := db.PromisesOfDialogue(ctx, fx.other.ID, fx.dialogue.ID)
			return nothing(len(all), err)
		},
		"PromisesToRead": func() error { return refused(second(db.PromisesToRead(ctx, him, fx.dialogue.ID))) },
		"PublicPromisesOfDialogue": func() error {
			all, err := db.PublicPromisesOfDialogue(ctx, fx.other.ID, fx.dialogue.ID)
			return nothing(len(all), err)
		},
		"PublicBook": func() error { return refused(second(db.PublicBook(ctx, fx.other.ID, fx.dialogue.ID))) },
		"PublicRows": func() error {
			b := PublicBook{ids: map[doithoai.RegisterNumber]doithoai.ID{promise.Number: promise.OpinionID}}
			rows, err := db.PublicRows(ctx, fx.other.ID, b, []report.Matter{{Number: promise.Number, Public: true}})
			return nothing(len(rows[0].Words), err)
		},
		"PublicPapers": func() error { return refused(second(db.PublicPapers(ctx, fx.other.ID, fx.dialogue.ID))) },
		"PublicPromiseCounts": func() error {
			counts, err := db.PublicPromiseCounts(ctx, fx.other.ID)
			return nothing(int(counts[PromisesOpen]), err)
		},
		"PromisesOfPublished": func() error {
			all, err := db.PromisesOfPublished(ctx, fx.other.ID, promise.Number)
			return nothing(len(all), err)
		},
		"Disputes": func() error {
			all, _, err := db.Disputes(ctx, him)
			return nothing(len(all), err)
		},
		"KeepRegisterView": func() error {
			if err := db.KeepRegisterView(ctx, him, doithoai.RegisterView{Name: "Của tôi", Query: "loc=qua-han"}); err != nil {
				return err
			}
			all, err := db.RegisterViews(ctx, fx.justice)
			return nothing(len(all), err)
		},
		"RegisterViews": func() error {
			all, err := db.RegisterViews(ctx, fx.justice)
			return nothing(len(all), err)
		},
		"DropRegisterView": func() error {
			v := doithoai.RegisterView{Name: "Của tôi", Query: "loc=qua-han"}
			if err := db.KeepRegisterView(ctx, fx.justice, v); err != nil {
				return err
			}
			all, err := db.RegisterViews(ctx, fx.justice)
			if err != nil {
				return err
			}
			err = refused(db.DropRegisterView(ctx, him, all[0].ID))
			return errors.Join(err, db.DropRegisterView(ctx, fx.justice, all[0].ID))
		},
		"ErasePersonalData": func() error {
			return refused(db.ErasePersonalData(ctx, him, id, doithoai.ErasureAll, "Đơn."))
		},
		"GivePetition": func() error { return refused(db.GivePetition(ctx, him, id, 3, fx.land.ID)) },
		"UnitOfficers": func() error {
			all, err := db.UnitOfficers(ctx, him, fx.land.UnitID)
			return nothing(len(all), err)
		},
		"HandOverPetition": func() error {
			return refused(db.HandOverPetition(ctx, him, id, 3, doithoai.HandOver{To: fx.land.UnitID, Reason: "Không."}))
		},
		"SendOnwardLetter": func() error { return refused(db.SendOnwardLetter(ctx, him, id, db.testLetter())) },
		"TransferRecord":   func() error { return refused(db.TransferRecord(ctx, him, id, 3, db.testTransfer())) },
		"UrgeBody":         func() error { return refused(db.UrgeBody(ctx, him, id, db.testUrging(id))) },
		"RegisterReply": func() error {
			return refused(db.RegisterReply(ctx, him, id, id, 1, db.testReply(), false))
		},
		"EndOnwardWait": func() error { return refused(db.EndOnwardWait(ctx, him, id, id, 1, "Không.")) },
		"AwaitedBodies": func() error {
			all, _, err := db.AwaitedBodies(ctx, him)
			return nothing(len(all), err)
		},
		"AddNote": func() error {
			return refused(db.AddNote(ctx, him, id, doithoai.PetitionNote{ID: newID(), Kind: doithoai.NoteContact}))
		},
		"TakeBackNote": func() error { return refused(db.TakeBackNote(ctx, him, id, id)) },
		"AwaitedParts": func() error {
			rows, _, err := db.AwaitedParts(ctx, him)
			return nothing(len(rows), err)
		},
		"ExtendPetition": func() error {
			return refused(db.ExtendPetition(ctx, him, id, 3, doithoai.Extension{Reason: "Không."}))
		},
		"ProposedExtensions": func() error {
			all, _, err := db.ProposedExtensions(ctx, him)
			return nothing(len(all), err)
		},
		"KeepDue":        func() error { return refused(db.KeepDue(ctx, him, id, 3, fx.calendar)) },
		"MoveDue":        func() error { return refused(db.MoveDue(ctx, him, id, 3, fx.calendar)) },
		"PausePetition":  func() error { return refused(db.PausePetition(ctx, him, id, 3, doithoai.Pause{})) },
		"ResumePetition": func() error { return refused(db.ResumePetition(ctx, him, id, 3)) },
		"Draft": func() error {
			d, err := db.Draft(ctx, him, DraftAnswer, string(id))
			return nothing(len(d.Fields), err)
		},
		"DropDraft": func() error {
			if err := db.DropDraft(ctx, him, DraftAnswer, string(id)); err != nil {
				return err
			}
			d, err := db.Draft(ctx, fx.justice, DraftAnswer, string(id))
			if len(d.Fields) != 1 {
				return errors.New("somebody else's draft is gone")
			}
			return err
		},
		"KeptPage": func() error {
			if _, err := db.KeepPage(ctx, fx.chair.AuthorityID, "a", []byte("sealed"), time.Minute); err != nil {
				return err
			}
			b, err := db.KeptPage(ctx, him.AuthorityID, "a")
			return nothing(len(b), err)
		},
		"FollowSlip": func() error { _, err := db.FollowSlip(ctx, him, r.Code); return refused(err) },
		"HandedIn": func() error {
			handed, err := db.HandedIn(ctx, him, key(1), fx.slip("Ý kiến của tôi"))
			if handed {
				return errors.New("he learns that it was handed in")
			}
			return err
		},
		"Corrections": func() error {
			all, _, err := db.Corrections(ctx, him)
			return nothing(len(all), err)
		},
		"MarkCorrectionRead": func() error { return refused(db.MarkCorrectionRead(ctx, him, id)) },
		"NumberDocument": func() error {
			_, err := db.NumberDocument(ctx, him, 0, doithoai.Document{
				Kind: doithoai.DocumentPosting, Subject: fx.dialogue.ID, Number: "12", Dated: db.Now().Date(),
			})
			return refused(err)
		},
		"PaperNumber": func() error {
			n, err := db.PaperNumber(ctx, him, doithoai.Document{Kind: doithoai.DocumentPosting, Subject: fx.dialogue.ID})
			return nothing(len(n.Number), err)
		},
		"Numbering": func() error {
			n, err := db.Numbering(ctx, him, "UBND-VP")
			return nothing(len(n.Next), err)
		},
		"Documents": func() error {
			all, _, err := db.Documents(ctx, him, DocumentQuery{Limit: 25})
			return nothing(len(all), err)
		},
		"PendingDocuments": func() error {
			for _, life := range doithoai.PendingLives {
				all, _, err := db.PendingDocuments(ctx, him, life, DocumentQuery{})
				if err := nothing(len(all), err); err != nil {
					return err
				}
			}
			return nil
		},
		"DocumentCounts": func() error {
			counts, err := db.DocumentCounts(ctx, him)
			n := 0
			for _, of := range counts {
				n += int(of)
			}
			return nothing(n, err)
		},
		"Document": func() error {
			_, err := db.Document(ctx, him, doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: id})
			return refused(err)
		},
		"DocumentRelay": func() error {
			return refused(second(db.DocumentRelay(ctx, him, announced)))
		},
		"SendDocument": func() error {
			return refused(db.SendDocument(ctx, him, announced, 1,
				[]doithoai.Sending{toBody("Kẻ lạ", doithoai.ByPaper, "")}, nth))
		},
		"RecordRecipient": func() error {
			return refused(db.RecordRecipient(ctx, him, sentTo, 1, doithoai.RecipientSeen, ""))
		},
		"UrgeRecipients": func() error {
			return refused(db.UrgeRecipients(ctx, him, announced, 1, doithoai.Chase{Way: "call"}))
		},
		"WaitingDocuments": func() error {
			n, _, err := db.WaitingDocuments(ctx, him)
			return nothing(int(n), err)
		},
		"ReceivedDocuments": func() error {
			all, _, err := db.ReceivedDocuments(ctx, headOf(him, fx.villages[0].ID), false, 10)
			return nothing(len(all), err)
		},
		"OpenReceived": func() error {
			return refused(second(db.OpenReceived(ctx, headOf(him, fx.villages[0].ID), sentTo)))
		},
		"OpenReceivedSigned": func() error {
			_, _, err := db.OpenReceivedSigned(ctx, headOf(him, fx.villages[0].ID), sentTo)
			return refused(err)
		},
		"AcknowledgeDocument": func() error {
			return refused(db.AcknowledgeDocument(ctx, headOf(him, fx.villages[0].ID), sentTo, 1))
		},
		"HandDeliveries": func() error {
			all, _, err := db.HandDeliveries(ctx, him)
			return nothing(len(all), err)
		},
		"HandDeliveriesBy": func() error {
			all, _, err := db.HandDeliveriesBy(ctx, him, delivery.Way)
			return nothing(len(all), err)
		},
		"DelayedDeliveries": func() error {
			all, _, err := db.DelayedDeliveries(ctx, him)
			return nothing(len(all), err)
		},
		"Readings": func() error {
			_, _, _, err := db.Readings(ctx, him, fx.villages[0].ID)
			return refused(err)
		},
		"BeginLogistics": func() error { return refused(db.BeginLogistics(ctx, him, fx.dialogue.ID)) },
		"Broadcasts":     func() error { return refused(second(db.Broadcasts(ctx, him, fx.dialogue.ID))) },
		"BroadcastDays":  func() error { return refused(second(db.BroadcastDays(ctx, him, fx.dialogue.ID))) },
		"Bulletins":      func() error { return refused(second(db.Bulletins(ctx, him, fx.dialogue.ID))) },
		"Estimate":       func() error { return refused(second(db.Estimate(ctx, him, fx.dialogue.ID))) },
		"EstimatesAt": func() error {
			all, err := db.EstimatesAt(ctx, him, plan.EstimateSubmitted)
			return nothing(len(all), err)
		},
		"Logistics": func() error { return refused(second(db.Logistics(ctx, him, fx.dialogue.ID))) },
		"Relay": func() error {
			return refused(second(db.Relay(ctx, him, fx.dialogue.ID, plan.RelayAnnouncement)))
		},
		"OwnVillages": func() error {
			all, err := db.OwnVillages(ctx, headOf(him, fx.villages[0].ID))
			return nothing(len(all), err)
		},
		"SaveEstimate": func() error {
			return refused(second(db.SaveEstimate(ctx, him, fx.dialogue.ID, 0, testLines())))
		},
		"SubmitEstimate":   func() error { return refused(second(db.SubmitEstimate(ctx, him, fx.dialogue.ID, 1))) },
		"WithdrawEstimate": func() error { return refused(second(db.WithdrawEstimate(ctx, him, fx.dialogue.ID, 1))) },
		"ApproveEstimate":  func() error { return refused(second(db.ApproveEstimate(ctx, him, fx.dialogue.ID, 1))) },
		"ChangeEstimate": func() error {
			return refused(second(db.ChangeEstimate(ctx, him, fx.dialogue.ID, 1, nil, "Giảm.")))
		},
		"RefuseEstimate": func() error {
			return refused(second(db.RefuseEstimate(ctx, him, fx.dialogue.ID, 1, "Không.")))
		},
		"FundEstimate": func() error {
			return refused(second(db.FundEstimate(ctx, him, fx.dialogue.ID, 1, plan.Funding{})))
		},
		"RecordSpending": func() error {
			return refused(second(db.RecordSpending(ctx, him, fx.dialogue.ID, 1, nil, "")))
		},
		"SetLogisticsItem": func() error {
			return refused(second(db.SetLogisticsItem(ctx, him, 0, plan.LogisticsItem{
				DialogueID: fx.dialogue.ID, Title: "Phông", Owner: "Ai đó",
			})))
		},
		"FinishLogisticsItem": func() error {
			return refused(second(db.FinishLogisticsItem(ctx, him, fx.dialogue.ID, id, 1, merger, "")))
		},
		"ReopenLogisticsItem": func() error {
			return refused(second(db.ReopenLogisticsItem(ctx, him, fx.dialogue.ID, id, 1)))
		},
		"DropLogisticsItem": func() error {
			return refused(second(db.DropLogisticsItem(ctx, him, fx.dialogue.ID, id, 1, "Thôi.")))
		},
		"SaveBulletin": func() error {
			return refused(second(db.SaveBulletin(ctx, him, fx.dialogue.ID, 0, "Kính mời.")))
		},
		"ReleaseBulletin": func() error { return refused(second(db.ReleaseBulletin(ctx, him, fx.dialogue.ID, 1))) },
		"ScheduleBroadcasts": func() error {
			return refused(db.ScheduleBroadcasts(ctx, him, fx.dialogue.ID, plan.Schedule{From: merger, Days: 3}))
		},
		"LogBroadcast": func() error {
			return refused(db.LogBroadcast(ctx, him, fx.dialogue.ID, id, 1, plan.Broadcast{}))
		},
		"DropBroadcast": func() error { return refused(db.DropBroadcast(ctx, him, fx.dialogue.ID, id, 1)) },
		"Reception":     func() error { return refused(second(db.Reception(ctx, him, fx.dialogue.ID))) },
		"CopyForRehearsal": func() error { // refused before anything is written
			return refused(second(db.CopyForRehearsal(ctx, him, fx.dialogue.ID, "dien-tap-1", nil)))
		},
		"CheckIn": func() error {
			return refused(db.CheckIn(ctx, him, doithoai.Attendance{ID: newID(), DialogueID: fx.dialogue.ID, Name: "Ai đó"}))
		},
		"CheckInByCode": func() error {
			return refused(db.CheckInByCode(ctx, him, doithoai.Attendance{ID: newID(), DialogueID: fx.dialogue.ID}, "X"))
		},
		"UndoCheckIn":  func() error { return refused(db.UndoCheckIn(ctx, him, fx.dialogue.ID, id, 1)) },
		"ChairCard":    func() error { return refused(second(db.ChairCard(ctx, him, fx.dialogue.ID, ""))) },
		"Run":          func() error { return refused(second(db.Run(ctx, him, fx.dialogue.ID))) },
		"JoinQueue":    func() error { return refused(db.JoinQueue(ctx, him, fx.hand("Ai đó", 0))) },
		"CallTurn":     func() error { return refused(db.CallTurn(ctx, him, fx.dialogue.ID, id, 0)) },
		"CallNext":     func() error { return refused(second(db.CallNext(ctx, him, fx.dialogue.ID, id))) },
		"EndTurn":      func() error { return refused(db.EndTurn(ctx, him, fx.dialogue.ID, id, 0)) },
		"MissTurn":     func() error { return refused(db.MissTurn(ctx, him, fx.dialogue.ID, id, 0)) },
		"WithdrawTurn": func() error { return refused(db.WithdrawTurn(ctx, him, fx.dialogue.ID, id, 0)) },
		"ReturnTurn":   func() error { return refused(db.ReturnTurn(ctx, him, fx.dialogue.ID, id, 0)) },
		"MoveTurn":     func() error { return refused(db.MoveTurn(ctx, him, fx.dialogue.ID, id, 0, 1)) },
		"TimeTurn":     func() error { return refused(db.TimeTurn(ctx, him, fx.dialogue.ID, id, TurnRuns)) },
		"Live":         func() error { return refused(second(db.Live(ctx, him.AuthorityID, fx.dialogue.ID))) },
		"Screen":       func() error { return refused(second(db.Screen(ctx, him, fx.dialogue.ID))) },
		"OpensProjector": func() error {
			return refused(second(db.OpensProjector(ctx, him.AuthorityID, fx.dialogue.ID, "")))
		},
		"ShowQuestion": func() error {
			return refused(second(db.ShowQuestion(ctx, him, fx.dialogue.ID, 0, "Hỏi", id, "", false)))
		},
		"ShowStep":    func() error { return refused(db.ShowStep(ctx, him, fx.dialogue.ID, 0)) },
		"BlankScreen": func() error { return refused(db.BlankScreen(ctx, him, fx.dialogue.ID)) },
		"LinkShown":   func() error { return refused(db.LinkShown(ctx, him, fx.dialogue.ID, id, id)) },
		"RaiseHand": func() error {
			return refused(second(db.RaiseHand(ctx, him, fx.dialogue.ID, "X", "Ai đó", "")))
		},
		"LowerHand":  func() error { return refused(db.LowerHand(ctx, him, fx.dialogue.ID, "X")) },
		"HandRaised": func() error { return refused(second(db.HandRaised(ctx, him, fx.dialogue.ID, "X"))) },
		"AnswerSurvey": func() error {
			return refused(db.AnswerSurvey(ctx, him, survey, doithoai.SurveyKey{}, doithoai.SurveySlip{}))
		},
		"SurveySlip": func() error {
			return refused(second(db.SurveySlip(ctx, him.AuthorityID, survey, doithoai.SurveyKey{})))
		},
		"SurveyForms": func() error {
			all, err := db.SurveyForms(ctx, him.AuthorityID, doithoai.SurveyProcedures)
			if len(all) > 1 {
				return fmt.Errorf("%d forms", len(all))
			}
			return err
		},
		"OpenSurveyStack": func() error {
			s := doithoai.SurveyStack{ID: newID(), Survey: survey, Origin: doithoai.OriginPaper, Issued: 1}
			return refused(second(db.OpenSurveyStack(ctx, him, s)))
		},
		"TypeSurveySlip": func() error {
			return refused(db.TypeSurveySlip(ctx, him, stack, 1, doithoai.SurveySlip{Answers: []int{5}}))
		},
		"CorrectSurveyStack": func() error {
			return refused(db.CorrectSurveyStack(ctx, him, stack, 1, doithoai.SurveyStack{Issued: 9}, "Nhầm."))
		},
		"CorrectSurveySlip": func() error {
			return refused(db.CorrectSurveySlip(ctx, him, stack, 1, 1, doithoai.SurveySlip{Answers: []int{5}}, "Nhầm."))
		},
		"SurveyStacks":      func() error { return refused(second(db.SurveyStacks(ctx, him, survey))) },
		"SurveyStack":       func() error { return refused(second(db.SurveyStack(ctx, him, stack, 0))) },
		"SurveySlipOfStack": func() error { return refused(second(db.SurveySlipOfStack(ctx, him, stack, 1))) },
		"SurveyComments":    func() error { return refused(second(db.SurveyComments(ctx, him, survey))) },
		"SurveyFormOf":      func() error { return refused(second(db.SurveyFormOf(ctx, him.AuthorityID, survey))) },
		"SurveyResult":      func() error { return refused(second(db.SurveyResult(ctx, him, survey))) },
		"PublicSurveyResult": func() error {
			return refused(second(db.PublicSurveyResult(ctx, him.AuthorityID, survey)))
		},
		"EnterStep": func() error { return refused(db.EnterStep(ctx, him, fx.dialogue.ID, 1, 1)) },
		"ChangePresiding": func() error {
			return refused(db.ChangePresiding(ctx, him, doithoai.Presiding{DialogueID: fx.dialogue.ID, Number: 1}))
		},
		"Tally":       func() error { return refused(second(db.Tally(ctx, him, fx.dialogue.ID))) },
		"Minutes":     func() error { return refused(second(db.Minutes(ctx, him, fx.dialogue.ID))) },
		"ViewMinutes": func() error { return refused(second(db.ViewMinutes(ctx, him, fx.dialogue.ID))) },
		"Conclusion":  func() error { return refused(second(db.Conclusion(ctx, him, fx.dialogue.ID))) },
		"ComposeMinutes": func() error {
			return refused(second(db.ComposeMinutes(ctx, him, fx.dialogue.ID, 0)))
		},
		"CorrectMinutes": func() error {
			return refused(second(db.CorrectMinutes(ctx, him, fx.dialogue.ID, 1, "Nhầm", wording("dia-diem", "Khác"))))
		},
		"ReadMinutes": func() error {
			return refused(second(db.ReadMinutes(ctx, him, fx.dialogue.ID, 1, fx.readBack(db))))
		},
		"LockMinutes":  func() error { return refused(second(db.LockMinutes(ctx, him, fx.dialogue.ID, 1))) },
		"ResultReport": func() error { return refused(second(db.ResultReport(ctx, him, fx.dialogue.ID))) },
		"ReportEdition": func() error {
			return refused(second(db.ReportEdition(ctx, him, fx.dialogue.ID, 1)))
		},
		"WriteResultReport": func() error {
			return refused(second(db.WriteResultReport(ctx, him, fx.dialogue.ID, 0, report.Words{})))
		},
		"SettleResultReport": func() error {
			return refused(second(db.SettleResultReport(ctx, him, fx.dialogue.ID, 0)))
		},
		"ReopenResultReport": func() error {
			return refused(second(db.ReopenResultReport(ctx, him, fx.dialogue.ID, 1, "Nhầm.")))
		},
		"WriteConclusion": func() error {
			return refused(second(db.WriteConclusion(ctx, him, fx.dialogue.ID, 0, "Ghi nhận.")))
		},
		"CorrectAttendance": func() error {
			return refused(db.CorrectAttendance(ctx, him, doithoai.AttendanceChange{DialogueID: fx.dialogue.ID, Number: 1},
				doithoai.Attendance{ID: newID(), Name: "Ai đó"}))
		},
		"TellVillage": func() error {
			return refused(db.TellVillage(ctx, him, 0, plan.Relay{DialogueID: fx.dialogue.ID, VillageID: fx.villages[0].ID}))
		},
		"PostInVillage": func() error {
			return refused(db.PostInVillage(ctx, him, 0, plan.Relay{DialogueID: fx.dialogue.ID, VillageID: fx.villages[0].ID}))
		},
		"UrgeVillage": func() error {
			return refused(db.UrgeVillage(ctx, him, 0, plan.Urging{DialogueID: fx.dialogue.ID, VillageID: fx.villages[0].ID}))
		},
		"AmendPlan": func() error { _, err := db.AmendPlan(ctx, him, fx.plan, "Đổi ngày."); return refused(err) },
		"DropPlan":  func() error { _, err := db.DropPlan(ctx, him, fx.plan, 0, 1, "Thôi."); return refused(err) },
		"IssuePlan": func() error {
			_, err := db.IssuePlan(ctx, him, fx.plan, 0, 1, "1", db.Now().Date())
			return refused(err)
		},
		"PlanEdition": func() error { _, err := db.PlanEdition(ctx, him, fx.plan, 0); return refused(err) },
		"PlanEditions": func() error {
			all, _, err := db.PlanEditions(ctx, him, 0)
			if slices.ContainsFunc(all, func(e plan.Edition) bool { return e.PlanID == fx.plan }) {
				return errors.New("the other's plan")
			}
			return err
		},
		"PlanHistory": func() error { _, err := db.PlanHistory(ctx, him, fx.plan); return refused(err) },
		"PlanIssued": func() error {
			p, err := db.PlanIssued(ctx, him.AuthorityID, "2024", 0) // both have one of this year
			if p.ID == fx.plan {
				return errors.New("the other's plan")
			}
			return err
		},
		"PlanIssues": func() error {
			all, err := db.PlanIssues(ctx, him.AuthorityID, fx.plan)
			return nothing(len(all), err)
		},
		"OpenPlans": func() error {
			all, err := db.OpenPlans(ctx, him, plan.StateDraft)
			return nothing(len(all), err)
		},
		"PlanSource":   func() error { _, err := db.PlanSource(ctx, him, fx.plan); return refused(err) },
		"KeptPlanFile": func() error { _, err := db.KeptPlanFile(ctx, him); return refused(err) },
		"ReturnPlan": func() error {
			_, err := db.ReturnPlan(ctx, him, fx.plan, 0, 1, "Xem lại.")
			return refused(err)
		},
		"SavePlan": func() error {
			_, err := db.SavePlan(ctx, him, fx.plan, 0, 1, plan.Plan{})
			return refused(err)
		},
		"SignPlan":      func() error { _, err := db.SignPlan(ctx, him, fx.plan, 0, 1); return refused(err) },
		"SubmitPlan":    func() error { _, err := db.SubmitPlan(ctx, him, fx.plan, 0, 1); return refused(err) },
		"PrintStack":    func() error { return refused(second(db.PrintStack(ctx, him, fx.dialogue.ID, 1))) },
		"HandOutSlips":  func() error { return refused(second(db.HandOutSlips(ctx, him, fx.dialogue.ID, plan.Handout{}))) },
		"VoidPaperSlip": func() error { return refused(db.VoidPaperSlip(ctx, him, fx.dialogue.ID, 1, "Rách.")) },
		"CountMissing":  func() error { return refused(second(db.CountMissing(ctx, him, fx.dialogue.ID, 1, 2))) },
		"PaperAccount":  func() error { return refused(second(db.PaperAccount(ctx, him, fx.dialogue.ID))) },
		"PaperStacks":   func() error { return refused(second(db.PaperStacks(ctx, him, fx.dialogue.ID))) },
		"PaperHandouts": func() error { return refused(second(db.PaperHandouts(ctx, him, fx.dialogue.ID))) },
		"PaperSlips":    func() error { return refused(third(db.PaperSlips(ctx, him, fx.dialogue.ID, PaperFilter{}))) },
		"PaperSheets":   func() error { return refused(second(db.PaperSheets(ctx, him, fx.dialogue.ID, 1, 9))) },
		"PaperDialogue": func() error { return refused(second(db.PaperDialogue(ctx, him))) },
		"PaperByNumber": func() error { return refused(second(db.PaperByNumber(ctx, him, fx.dialogue.ID, 1))) },
		"PaperByCode":   func() error { return refused(second(db.PaperByCode(ctx, him, fx.dialogue.ID, r.Code))) },
		"TriageQuestion": func() error {
			return refused(db.TriageQuestion(ctx, him, id, 0, fx.justice.UnitID, "", db.Now().Date()))
		},
		"ReturnQuestion": func() error { return refused(db.ReturnQuestion(ctx, him, id, 0, "Không thuộc bộ phận.")) },
		"PrepareAnswer":  func() error { return refused(db.PrepareAnswer(ctx, him, id, 0, testDraft, "")) },
		"ReadyAnswer":    func() error { return refused(db.ReadyAnswer(ctx, him, id, 0)) },
		"QuestionFile":   func() error { return refused(second(db.QuestionFile(ctx, him, id))) },
		"Questions": func() error {
			rows, _, err := db.Questions(ctx, him, fx.dialogue.ID)
			return nothing(len(rows), err)
		},
		"QuestionsToPrepare": func() error {
			rows, _, err := db.QuestionsToPrepare(ctx, him)
			return nothing(len(rows), err)
		},
		"QuestionTally":   func() error { return refused(second(db.QuestionTally(ctx, him, fx.dialogue.ID))) },
		"Briefing":        func() error { return refused(second(db.Briefing(ctx, him, fx.dialogue.ID, BriefingPart{}))) },
		"ProcedureSheets": func() error { return refused(second(db.ProcedureSheets(ctx, him, fx.dialogue.ID))) },
		"KeepFigures":     func() error { return refused(second(db.KeepFigures(ctx, him, fx.figures(), 0))) },
		"SubmitFigures":   func() error { return refused(second(db.SubmitFigures(ctx, him, fx.figures(), 0))) },
		"ReturnFigures": func() error {
			return refused(second(db.ReturnFigures(ctx, him, fx.dialogue.ID, fx.justice.UnitID, 1, "Sai kỳ.")))
		},
		"WithdrawPlan": func() error { _, err := db.WithdrawPlan(ctx, him, fx.plan, 0, 1); return refused(err) },
		"NextDialogue": func() error {
			d, err := db.NextDialogue(ctx, fx.other.ID)
			if d.ID != fx.otherDialogue.ID {
				return fmt.Errorf("dialogue %v", d.ID)
			}
			return err
		},
		"Officers": func() error {
			all, err := db.Officers(ctx, fx.other.ID)
			for _, o := range all {
				if o.AuthorityID != fx.other.ID {
					return fmt.Errorf("officer %s", o.Login)
				}
			}
			return err
		},
		"OpinionFile": func() error { _, err := db.OpinionFile(ctx, him, id); return refused(err) },
		"OpinionIDByNumber": func() error {
			_, err := db.OpinionIDByNumber(ctx, him, r.Opinions[0].Number)
			return refused(err)
		},
		"PlanByID": func() error { _, err := db.PlanByID(ctx, fx.other.ID, fx.plan); return refused(err) },
		"PlanBySlug": func() error {
			p, err := db.PlanBySlug(ctx, fx.other.ID, "2024")
			if p.ID == fx.plan {
				return errors.New("the other's plan")
			}
			return err
		},
		"Plans": func() error {
			all, err := db.Plans(ctx, fx.other.ID)
			if slices.ContainsFunc(all, func(p PublicPlan) bool { return p.ID == fx.plan }) {
				return errors.New("the other's plan")
			}
			return err
		},
		"AddPost": func() error {
			return problemsOr(db.AddPost(ctx, him,
				doithoai.Post{OfficerID: fx.justice.ID, Title: "Chức vụ", Roles: []doithoai.Role{doithoai.RoleClerk}}))
		},
		"AskExplanation": func() error {
			return refused(db.AskExplanation(ctx, him, id, fx.justice.ID, "Việc gì đã xảy ra?", merger))
		},
		"Delegate": func() error {
			return problemsOr(db.Delegate(ctx, him, doithoai.Delegation{
				GiverID: fx.chair.ID, ReceiverID: fx.office.ID, Roles: []doithoai.Role{doithoai.RoleChair},
				Manner: doithoai.SigningInPlace, From: merger, To: merger, Number: "1/QĐ", Dated: merger,
			}))
		},
		"Delegations":      func() error { all, err := db.Delegations(ctx, him); return nothing(len(all), err) },
		"DenunciationFile": func() error { _, err := db.DenunciationFile(ctx, him, id); return refused(err) },
		"DenunciationList": func() error {
			all, _, err := db.DenunciationList(ctx, him, "", 10)
			return nothing(len(all), err)
		},
		"EndPost":         func() error { return refused(db.EndPost(ctx, him, post, 1, merger, "")) },
		"Explanation":     func() error { _, err := db.Explanation(ctx, him, id); return refused(err) },
		"Explanations":    func() error { all, err := db.Explanations(ctx, him); return nothing(len(all), err) },
		"GiveExplanation": func() error { return refused(db.GiveExplanation(ctx, him, id, 1, "Trả lời")) },
		"HandOverPost":    func() error { return refused(db.HandOverPost(ctx, him, post, 1, fx.office.ID, merger, "1/QĐ")) },
		"KeptImport":      func() error { _, err := db.KeptImport(ctx, him, doithoai.ListVillages); return refused(err) },
		"ListEntries": func() error {
			all, err := db.ListEntries(ctx, him, doithoai.ListVillages)
			if len(all) != 1 {
				return fmt.Errorf("%d villages", len(all))
			}
			return err
		},
		"LastSymbol": func() error {
			symbol, err := db.LastSymbol(ctx, him)
			return nothing(len(symbol), err)
		},
		"ListNames": func() error {
			_, units, err := db.ListNames(ctx, fx.other.ID)
			if len(units) != len(fx.otherUnits) {
				return fmt.Errorf("units %v", units)
			}
			return err
		},
		"NameConcerned": func() error { return refused(db.NameConcerned(ctx, him, id, 2, []doithoai.ID{fx.otherOffice.ID})) },
		"PlanList": func() error {
			plan, err := db.PlanList(ctx, him, doithoai.ListVillages, doithoai.ListFile{Has: []bool{true}})
			if plan.Left > 1 {
				return fmt.Errorf("%d villages", plan.Left)
			}
			return err
		},
		"Post": func() error { _, err := db.Post(ctx, him, post); return refused(err) },
		"Posts": func() error {
			all, err := db.Posts(ctx, him)
			for _, o := range all {
				if o.Officer.AuthorityID != fx.other.ID {
					return fmt.Errorf("posts of %s", o.Officer.AuthorityID)
				}
			}
			return err
		},
		"RevokeDelegation":   func() error { return refused(db.RevokeDelegation(ctx, him, post, 1)) },
		"ProposePublication": func() error { return refused(db.ProposePublication(ctx, him, id, 2, testSummary)) },
		"JudgePublication": func() error {
			_, _, err := db.JudgePublication(ctx, him, id, testSummary)
			return refused(err)
		},
		"PublicWith": func() error {
			_, err := db.PublicWith(ctx, fx.other.ID, r.Opinions[0].Number)
			return refused(err)
		},
		"PublishedByNumber": func() error {
			_, err := db.PublishedByNumber(ctx, fx.other.ID, r.Opinions[0].Number)
			return refused(err)
		},
		"RateAnswer": func() error {
			return refused(db.RateAnswer(ctx, him, r.Code, r.Opinions[0].Number,
				doithoai.Rating{Solved: doithoai.SolvedNo, Satisfied: 1}))
		},
		"RecordDelivery": func() error {
			return refused(db.RecordDelivery(ctx, him, delivery.ID, delivery.Version, toldNow(db)))
		},
		"TakeOverDelivery": func() error {
			return refused(db.TakeOverDelivery(ctx, him, delivery.ID, delivery.Version))
		},
		"WithdrawDelivery": func() error {
			return refused(db.WithdrawDelivery(ctx, him, delivery.ID, delivery.Version))
		},
		"RecordOpinion": func() error {
			_, err := db.RecordOpinion(ctx, him, key(90), hisSlip)
			return wrongPlaces(err)
		},
		"Register": func() error {
			rows, _, err := db.Register(ctx, him, Filter{Limit: 10})
			return nothing(len(rows), err)
		},
		"ReturnPublication": func() error { return refused(db.ReturnPublication(ctx, him, id, 1, "Không.")) },
		"RevokeSignIn": func() error {
			token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "trình duyệt", "127.0.0.1")
			if err != nil {
				return err
			}
			mine, err := db.SignIns(ctx, fx.justice, token)
			if err != nil {
				return err
			}
			return refused(db.RevokeSignIn(ctx, him, mine[0].ID))
		},
		"Rules": func() error {
			r, err := db.Rules(ctx, fx.other.ID)
			if len(r.Parameters) == 0 {
				return errors.New("no rules of its own")
			}
			return err
		},
		"RuleOpinion": func() error { _, err := db.RuleOpinion(ctx, him, id, 2, fx.later()); return refused(err) },
		"SaveDraft": func() error {
			if _, err := db.SaveDraft(ctx, him, DraftAnswer, string(id), map[string][]string{"a": {"b"}, "c": nil}); err != nil {
				return err
			}
			d, err := db.Draft(ctx, fx.justice, DraftAnswer, string(id))
			if len(d.Fields) != 1 {
				return errors.New("somebody else's draft was overwritten")
			}
			return err
		},
		"OpinionsSaying": func() error {
			found, _, err := db.OpinionsSaying(ctx, him, Filter{Words: "đất đai"})
			return nothing(len(found), err)
		},
		"PublishedNumber": func() error {
			_, public, err := db.PublishedNumber(ctx, fx.other.ID, string(r.Opinions[0].Number))
			if public {
				return errors.New("it is another's answer")
			}
			return err
		},
		"TypedNumber": func() error {
			number, _, err := db.TypedNumber(ctx, fx.other.ID, string(r.Opinions[0].Number))
			return nothing(len(number), err)
		},
		"Search": func() error {
			found, err := db.Search(ctx, fx.other.ID, Search{Query: "đất đai", Limit: 5})
			return nothing(len(found.Answers), err)
		},
		"LegalBases": func() error {
			all, err := db.LegalBases(ctx, fx.other.ID) // each authority has its own list
			if len(all) == 0 {
				return errors.New("the other's list is empty")
			}
			return err
		},
		"PaperTemplates": func() error {
			all, err := db.PaperTemplates(ctx, fx.other.ID)
			return nothing(len(all), err)
		},
		"PaperTemplate": func() error {
			b, err := db.PaperTemplate(ctx, fx.other.ID, doithoai.PaperReply, db.Now().Date())
			return nothing(len(b), err)
		},
		"OpenPaperTemplate": func() error { _, _, err := db.OpenPaperTemplate(ctx, him, id); return refused(err) },
		"SetPaperTemplate": func() error {
			_, err := db.SetPaperTemplate(ctx, him, "ours", 0, db.Now().Date(), nil)
			return refused(err)
		},
		"DropPaperTemplate": func() error {
			_, err := db.DropPaperTemplate(ctx, him, "ours", 0, db.Now().Date())
			return refused(err)
		},
		"PaperSentences": func() error {
			all, err := db.PaperSentences(ctx, fx.other.ID, doithoai.PaperReply)
			return nothing(len(all), err)
		},
		"PaperWords": func() error {
			words, err := db.PaperWords(ctx, fx.other.ID, doithoai.PaperReply, db.Now().Date())
			return nothing(len(words), err)
		},
		"SetPaperSentence": func() error {
			_, err := db.SetPaperSentence(ctx, him, "ours", "ours", 0, "Câu khác.", db.Now().Date().AddDays(1))
			return refused(err)
		},
		"SetLegalBasis": func() error {
			_, err := db.SetLegalBasis(ctx, him, 1, doithoai.LegalBasis{Key: "only-ours"})
			return refused(err)
		},
		"SetParameter": func() error {
			_, err := db.SetParameter(ctx, him, 1, doithoai.ParameterChange{Key: "only.ours"})
			return refused(err)
		},
		"WithdrawParameter": func() error { _, err := db.WithdrawParameter(ctx, him, 9999); return refused(err) },
		"SignIns": func() error {
			token, _, err := db.SignIn(ctx, fx.authority.ID, "tu-phap", testPassword, "trình duyệt", "127.0.0.1")
			if err != nil {
				return err
			}
			all, err := db.SignIns(ctx, him, token) // his are listed, whatever the token
			return nothing(len(all), err)
		},
		"AnswerCompanions": func() error {
			_, err := db.AnswerCompanions(ctx, him, id)
			return refused(err)
		},
		"AnsweredTogether": func() error {
			_, err := db.AnsweredTogether(ctx, him, id)
			return refused(err)
		},
		"CorrectedTogether": func() error {
			_, err := db.CorrectedTogether(ctx, him, id)
			return refused(err)
		},
		"AnswerSets": func() error {
			all, err := db.AnswerSets(ctx, him, []doithoai.ID{id})
			return nothing(len(all), err)
		},
		"SubmitAnswer": func() error { return refused(db.SubmitAnswer(ctx, him, id, 1, testAnswer)) },
		"SubmitSlip": func() error {
			_, err := db.SubmitSlip(ctx, him, key(91), hisSlip)
			return wrongPlaces(err)
		},
		"TabCounts": func() error {
			counts, err := db.TabCounts(ctx, him)
			sum := 0
			for _, n := range counts {
				sum += int(n)
			}
			return nothing(sum, err)
		},
		"ChangeContact": func() error {
			return refused(db.ChangeContact(ctx, him, fx.units["dia-chinh"].ID, 1, "", "Người lạ", ""))
		},
		"CloseUnit": func() error {
			return refused(db.CloseUnit(ctx, him, fx.units["dia-chinh"].ID, merger, fx.otherUnits["van-phong"].ID))
		},
		"CloseVillage": func() error { return refused(db.CloseVillage(ctx, him, fx.villages[0].ID, merger, "")) },
		"Organisation": func() error {
			o, err := db.Organisation(ctx, fx.other.ID)
			if len(o.Names) != 1 || len(o.Units) != len(fx.otherUnits) || len(o.Villages) != 1 {
				return fmt.Errorf("organisation %+v", o)
			}
			return err
		},
		"UnitLates": func() error { // of the actor's own units nothing is late
			all, err := db.UnitLates(ctx, him)
			return nothing(len(slices.DeleteFunc(all, func(u UnitLate) bool { return u.Open == 0 })), err)
		},
		"DialogueTrends": func() error {
			all, err := db.DialogueTrends(ctx, him, 4)
			return nothing(len(all), err)
		},
		"DraftGuide": func() error {
			return errors.Join(
				refused(second(db.DraftGuide(ctx, him, newID(), 0, id, fx.guideText()))),
				refused(second(db.DraftGuide(ctx, him, guide.ID, guide.Version, "", guide.GuideText))))
		},
		"PublishGuide":  func() error { return refused(db.PublishGuide(ctx, him, guide.ID, guide.Version)) },
		"ConfirmGuide":  func() error { return refused(db.ConfirmGuide(ctx, him, guide.ID, guide.Version)) },
		"ReviseGuide":   func() error { return refused(db.ReviseGuide(ctx, him, guide.ID, guide.Version, guide.GuideText)) },
		"WithdrawGuide": func() error { return refused(db.WithdrawGuide(ctx, him, guide.ID, guide.Version, "Thôi.")) },
		"Guides": func() error {
			all, _, err := db.Guides(ctx, him, GuideFilter{Tab: GuidesPublished, Limit: 9})
			return nothing(len(all), err)
		},
		"GuideCounts": func() error {
			counts, err := db.GuideCounts(ctx, him)
			return nothing(int(counts[GuidesPublished]), err)
		},
		"Guide":           func() error { return refused(second(db.Guide(ctx, him, guide.Number))) },
		"GuideEdition":    func() error { return refused(second(db.GuideEdition(ctx, him, guide.Number, 1))) },
		"GuidesOfOpinion": func() error { return refused(second(db.GuidesOfOpinion(ctx, him, id))) },
		"PublicGuide":     func() error { return refused(second(db.PublicGuide(ctx, fx.other.ID, guide.Number))) },
		"PublicGuides": func() error {
			all, _, err := db.PublicGuides(ctx, fx.other.ID, "", 0, 9)
			return nothing(len(all), err)
		},
		"SearchGuides": func() error {
			all, err := db.SearchGuides(ctx, fx.other.ID, "đất đai", "", 9)
			return nothing(len(all), err)
		},
		"DirectivesOn": func() error {
			all, err := db.DirectivesOn(ctx, him, id)
			return nothing(len(all), err)
		},
		"DirectiveGround": func() error {
			return refused(second(db.DirectiveGround(ctx, him,
				doithoai.DirectiveSource{From: doithoai.FromDialogue, DialogueID: fx.dialogue.ID})))
		},
		"GiveDirective": func() error {
			return refused(second(db.GiveDirective(ctx, him, plan.Directive{DirectiveSource: doithoai.DirectiveSource{
				From: doithoai.FromOpinion, UnitID: fx.units["tu-phap-ho-tich"].ID, Number: r.Opinions[0].Number,
			}})))
		},
		"UnitLoads": func() error {
			all, err := db.UnitLoads(ctx, him)
			return nothing(len(all), err)
		},
		"Units": func() error {
			all, err := db.Units(ctx, fx.other.ID)
			if len(all) != len(fx.otherUnits) {
				return fmt.Errorf("units %v", all)
			}
			return err
		},
		"AttachFile":   func() error { return refused(db.AttachFile(ctx, him, id, []doithoai.ID{crossed.ID})) },
		"RemoveFile":   func() error { return refused(db.RemoveFile(ctx, him, id, crossed.ID, 1, "wrong")) },
		"ViewFiles":    func() error { return refused(db.ViewFiles(ctx, him, id)) },
		"OpenOriginal": func() error { return refused(db.OpenOriginal(ctx, him, id, crossed.ID)) },
		"OpenSlipFile": func() error { _, _, err := db.OpenSlipFile(ctx, him, id, crossed.ID, false); return refused(err) },
		"SignOnPaper": func() error {
			return refused(db.SignOnPaper(ctx, him, id, 1, doithoai.OnPaper{Scans: []doithoai.ID{crossed.ID}}))
		},
		"TakeBackPaper": func() error { return refused(db.TakeBackPaper(ctx, him, id, 1)) },
		"SignCorrectionOnPaper": func() error {
			return refused(db.SignCorrectionOnPaper(ctx, him, id, 1, doithoai.OnPaper{Scans: []doithoai.ID{crossed.ID}}))
		},
		"TakeBackCorrectionPaper": func() error { return refused(db.TakeBackCorrectionPaper(ctx, him, id, 1)) },
		"ViewPaper":               func() error { return refused(db.ViewPaper(ctx, him, id)) },
		"OpenPaper":               func() error { _, _, err := db.OpenPaper(ctx, him, id, crossed.ID); return refused(err) },
		"AlikeAnswers":            func() error { return refused(second(db.AlikeAnswers(ctx, him, id))) },
		"AlikeAnswer":             func() error { return refused(second(db.AlikeAnswer(ctx, him, id, "ND-26-0001"))) },
		"PaperSigners":            func() error { return refused(second(db.PaperSigners(ctx, him, id))) },
		"SignedPapers":            func() error { return refused(second(db.SignedPapers(ctx, him, id))) },
		"SlipFiles":               func() error { f, err := db.SlipFiles(ctx, him, id); return nothing(len(f.Files), err) },
		"Uploads": func() error {
			all, err := db.Uploads(ctx, him, []doithoai.ID{crossed.ID})
			return nothing(len(all), err)
		},
		"KeepUpload": func() error {
			nobody := doithoai.Actor{}
			_, err := db.KeepUpload(ctx, nobody, "a.jpg", file.Checked{}, bytes.NewReader(nil))
			return refused(err)
		},
		"OpenUpload": func() error {
			_, _, err := db.OpenUpload(ctx, him, crossed.ID)
			return refused(err)
		},
		"KeepSigned": func() error {
			return refused(db.KeepSigned(ctx, him, signedRef, 0, 0, doithoai.KeepingSigned{}))
		},
		"WithdrawDocument": func() error {
			return refused(db.WithdrawDocument(ctx, him, signedRef, 0, withdrawal(db, "Sai.")))
		},
		"GiveWithdrawalPaper": func() error {
			return refused(db.GiveWithdrawalPaper(ctx, him, signedRef, 0, withdrawal(db, "")))
		},
		"UndoWithdrawal": func() error { return refused(db.UndoWithdrawal(ctx, him, signedRef, 0, "Nhầm.")) },
		"ReplaceDocument": func() error {
			return refused(second(db.ReplaceDocument(ctx, him, signedRef, 0, "12", db.Now().Date())))
		},
		"TakeSignedBack": func() error { return refused(db.TakeSignedBack(ctx, him, signedRef, 0)) },
		"ViewSigned":     func() error { return refused(db.ViewSigned(ctx, him, signedRef)) },
		"OpenSigned":     func() error { _, _, err := db.OpenSigned(ctx, him, signedRef); return refused(err) },
		"PublicSigned": func() error {
			all, err := db.PublicSigned(ctx, fx.other.ID, signedRef.Subject)
			return nothing(len(all), err)
		},
		"OpenPublicSigned": func() error {
			_, _, err := db.OpenPublicSigned(ctx, fx.other.ID, signedRef)
			return refused(err)
		},
		"SignedEvidence": func() error {
			_, _, err := db.SignedEvidence(ctx, fx.other.ID, signedRef)
			return refused(err)
		},
		"Evidence":     func() error { return refused(second(db.Evidence(ctx, him, TaskEvidence(task)))) },
		"AddEvidence":  func() error { return refused(db.AddEvidence(ctx, him, TaskEvidence(task), nil)) },
		"ViewEvidence": func() error { return refused(db.ViewEvidence(ctx, him, TaskEvidence(task))) },
		"RemoveEvidence": func() error {
			return refused(db.RemoveEvidence(ctx, him, TaskEvidence(task), crossed.ID, 1, "wrong"))
		},
		"OpenEvidence": func() error {
			_, _, err := db.OpenEvidence(ctx, him, TaskEvidence(task), crossed.ID)
			return refused(err)
		},
		"PublishEvidence": func() error {
			return refused(db.PublishEvidence(ctx, him, PromiseEvidence(promise.ID), crossed.ID, 1, "Mốc đất.", true))
		},
		"UnpublishEvidence": func() error {
			return refused(db.UnpublishEvidence(ctx, him, PromiseEvidence(promise.ID), crossed.ID, 1, "wrong"))
		},
		"PublicPromise": func() error {
			_, _, err := db.PublicPromise(ctx, fx.other.ID, promise.ID)
			return refused(err)
		},
		"OpenPublicFile": func() error {
			_, _, err := db.OpenPublicFile(ctx, fx.other.ID, crossed.ID)
			return refused(err)
		},
		"EvidenceCounts": func() error {
			n, err := db.EvidenceCounts(ctx, him, EvidenceAt{doithoai.FilesOfSlip, string(r.SlipID)})
			return nothing(len(n), err)
		},
		"DropUploads":      func() error { return db.DropUploads(ctx, him, []doithoai.ID{crossed.ID}) },
		"FileLimits":       func() error { _, err := db.FileLimits(ctx, fx.other.ID); return err },
		"ViewPetitioner":   func() error { _, err := db.ViewPetitioner(ctx, him, id, "verify"); return refused(err) },
		"ViewedPetitioner": func() error { _, _, err := db.ViewedPetitioner(ctx, him, id); return refused(err) },
		"Villages": func() error {
			all, err := db.Villages(ctx, fx.other.ID)
			if len(all) != 1 || all[0].ID != fx.otherVillage.ID {
				return fmt.Errorf("villages %v", all)
			}
			return err
		},
		"Work": func() error {
			rows, _, err := db.Work(ctx, him)
			return nothing(len(rows), err)
		},
		"YearFigures": func() error {
			f, err := db.YearFigures(ctx, fx.other.ID, 2026)
			return nothing(f.Received, err)
		},
	}
}

// wrongPlaces expects that dialogue and village of another authority are refused at their fields.
func wrongPlaces(err error) error {
	var fields []string
	for _, p := range doithoai.ProblemsOf(err) {
		fields = append(fields, p.Field)
	}
	if !slices.Equal(fields, []string{"noi-dung", "thon"}) {
		return fmt.Errorf("error %v, want problems of dialogue and village", err)
	}
	return nil
}

// TestNoQueryCrossesAuthorities calls every exported method with the other authority's actor or id.
func TestNoQueryCrossesAuthorities(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		fx.bring(t, db, 2, proposed)
		_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, string(r.Opinions[0].ID),
			map[string][]string{"tra-loi": {"Đang viết"}})
		must(t, err)
		must(t, db.SendDocument(ctx, fx.office, fx.numbered(t, db, 0, "87/TB-UBND"), 0,
			[]doithoai.Sending{toVillage(fx.villages[0].ID, doithoai.ByPaper, "")}, nth))
		notice, err := db.RegisterIncoming(ctx, fx.office, notice412(db))
		must(t, err)
		must(t, db.RelayIncoming(ctx, fx.office, notice.ID, notice.Version,
			plan.IncomingRelay{Text: "Chuẩn bị", Units: []doithoai.ID{fx.units["tu-phap-ho-tich"].ID}}))
		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		if len(hand) != 2 {
			t.Fatalf("%d deliveries by hand, want 2", len(hand))
		}
		crossed := fx.upload(t, db, fx.office, "ảnh.jpg")
		must(t, db.AttachFile(ctx, fx.office, r.Opinions[0].ID, []doithoai.ID{crossed.ID}))
		list, points := fx.compiled("Cống tắc.")
		must(t, second(db.RecordList(ctx, fx.office, key(902), list, points, "Cống tắc.")))
		promised, _ := fx.promise(t, db, 50, fx.promised(t, db, "Đo lại thửa đất", 3))
		fx.makePublic(t, db, promised.Opinions[0].ID)
		fx.guideOf(t, db, promised.Opinions[0].ID, doithoai.GuidePublished)
		must(t, second(fx.anyStack(ctx, db)))
		before := fingerprint(t, db)
		calls := crossings(ctx, db, fx, r, hand[0].Delivery, crossed)
		him := fx.everyRole()
		maps.Copy(calls, delegateCrossings(ctx, db, fx, him))
		for name, a := range opinionActs {
			calls[name] = func() error {
				if err := a.do(ctx, db, fx, him, r.Opinions[0].ID, a.version); doithoai.KindOf(err) != doithoai.NotFound {
					return fmt.Errorf("error %v, want not found", err)
				}
				return nil
			}
		}
		methods := reflect.TypeFor[*DB]()
		for i := range methods.NumMethod() {
			name := methods.Method(i).Name
			call, crosses := calls[name]
			if _, exempt := alone[name]; exempt == crosses {
				t.Errorf("method %s: must stand in one of crossings and alone", name)
				continue
			}
			if crosses {
				if err := call(); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if len(calls)+len(alone) != methods.NumMethod() {
			t.Error("crossings or alone name methods that are no more")
		}
		after := fingerprint(t, db)
		// SaveDraft, KeepRegisterView and ExportAudit wrote the other's own; some calls signed in.
		for _, table := range []string{"draft", "register_view", "audit_entry", "sign_in_try"} {
			delete(before, table)
		}
		wantSame(t, before, after)
	})
}

// Lists of ids of authorities that can't be one are refused, not broken off by an engine.
func TestMalformedIDsOfLists(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for _, bad := range []doithoai.ID{"x", "' OR ''='", "\xff"} {
			actor := fx.office
			actor.AuthorityID = bad
			for name, call := range map[string]func() error{
				"Units":    func() error { _, err := db.Units(ctx, bad); return err },
				"Search":   func() error { _, err := db.Search(ctx, bad, Search{Query: "đất", Limit: 1}); return err },
				"Register": func() error { _, _, err := db.Register(ctx, actor, Filter{Limit: 1}); return err },
				"Register before": func() error {
					_, _, err := db.Register(ctx, fx.office, Filter{Limit: 1, Before: bad})
					return err
				},
				"DialogueOpinions": func() error { _, err := db.DialogueOpinions(ctx, fx.office, bad); return err },
				"EvidenceOf":       func() error { _, err := db.EvidenceOf(ctx, bad); return err },
				"RevokeSignIn":     func() error { return db.RevokeSignIn(ctx, fx.office, bad) },
				"RecordDelivery":   func() error { return db.RecordDelivery(ctx, fx.office, bad, 1, toldNow(db)) },
				"WithdrawDelivery": func() error { return db.WithdrawDelivery(ctx, fx.office, bad, 1) },
			} {
				if err := call(); doithoai.KindOf(err) != doithoai.NotFound {
					t.Errorf("%s(%q): %v, want not found", name, bad, err)
				}
			}
		}
		var out bytes.Buffer
		must(t, db.Backup(ctx, &out)) // no transaction was left broken
	})
}
