package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// nth names the n-th row of a form's field.
func nth(field string, n int) string { return fmt.Sprintf("%s-%d", field, n) }

// numbered numbers the announcement of the fixture's dialogue.
func (fx *fixture) numbered(t testing.TB, db *DB, version int, number string) doithoai.DocumentRef {
	t.Helper()
	_, err := db.WriteText(ctxOf(t), fx.office, version, plan.Text{
		DialogueID: fx.dialogue.ID, Kind: plan.TextAnnouncement, Body: "Thông báo", Number: number, Dated: db.Now().Date(),
	})
	must(t, err)
	return doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: fx.dialogue.ID}
}

func toUnit(u doithoai.ID, by doithoai.DocumentRoute, detail string) doithoai.Sending {
	return doithoai.Sending{To: doithoai.Recipient{UnitID: u}, Route: by, Detail: detail}
}

func toVillage(v doithoai.ID, by doithoai.DocumentRoute, detail string) doithoai.Sending {
	return doithoai.Sending{To: doithoai.Recipient{VillageID: v}, Route: by, Detail: detail}
}

func toBody(name string, by doithoai.DocumentRoute, detail string) doithoai.Sending {
	return doithoai.Sending{To: doithoai.Recipient{Name: name}, Route: by, Detail: detail}
}

// relayOfDocument is how a document stands with its recipients: name and state of each.
func relayOfDocument(t testing.TB, db *DB, fx *fixture, at doithoai.DocumentRef) (r DocumentRelay, lines []string) {
	t.Helper()
	r, err := db.DocumentRelay(ctxOf(t), fx.office, at)
	must(t, err)
	for _, x := range r.Recipients {
		lines = append(lines, fmt.Sprintf("%s %s", x.Name, x.State))
	}
	slices.Sort(lines)
	return r, lines
}

// A document goes to who is proposed or typed, by a route that reaches them; to nobody twice, but again by another
// route where it did not arrive. What happened stays to be read.
func TestSendDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.numbered(t, db, 0, "87/TB-UBND")
		r, _ := relayOfDocument(t, db, fx, at)
		proposed := map[string]bool{}
		for _, p := range r.Proposed {
			proposed[p.Name] = p.SignsIn
		}
		justice := fx.justice.UnitID
		if _, ok := proposed[fx.villages[0].Name]; !ok || len(proposed) < 4 {
			t.Errorf("proposed %v", proposed)
		}
		send := func(by doithoai.Actor, version int, all ...doithoai.Sending) error {
			return db.SendDocument(ctx, by, at, version, all, nth)
		}
		wantKind(t, send(fx.justice, 0, toUnit(justice, doithoai.BySystem, "")), doithoai.NotAllowed, "")
		wantKind(t, send(fx.otherOffice, 0, toUnit(justice, doithoai.BySystem, "")), doithoai.NotFound, "")
		wantKind(t, send(fx.office, 0, toVillage(fx.otherVillage.ID, doithoai.ByPaper, "")), doithoai.NotFound, "")
		for field, wrong := range map[string]doithoai.Sending{
			"cach-0":     toVillage(fx.villages[0].ID, doithoai.BySystem, ""), // it has no login
			"chi-tiet-0": toUnit(justice, doithoai.ByEOffice, ""),
			"noi-nhan-0": toBody("", doithoai.ByPaper, ""),
		} {
			if err := send(fx.office, 0, wrong); len(doithoai.ProblemsOf(err)) != 1 ||
				doithoai.ProblemsOf(err)[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		wantKind(t, send(fx.office, 0), doithoai.Invalid, "")
		wantKind(t, send(fx.office, 0, toBody("Tỉnh", doithoai.ByCall, "")), doithoai.Invalid, "")
		wantKind(t, send(fx.office, 0, toBody("Tỉnh", doithoai.ByEmail, "không phải")), doithoai.Invalid, "")
		wantKind(t, send(fx.office, 0, toUnit(justice, doithoai.ByPaper, ""), toUnit(justice, doithoai.ByPaper, "")),
			doithoai.Invalid, "")
		must(t, send(fx.office, 0, toUnit(justice, doithoai.BySystem, ""), toVillage(fx.villages[0].ID, doithoai.ByPaper, ""),
			toBody("Sở Tư pháp", doithoai.ByEOffice, "1022")))
		wantKind(t, send(fx.office, 0, toUnit(fx.land.UnitID, doithoai.ByPaper, "")), doithoai.Conflict, "")
		wantKind(t, send(fx.office, 1, toUnit(justice, doithoai.ByPaper, "")), doithoai.Conflict,
			"documents.relay.problem.sent")
		r, lines := relayOfDocument(t, db, fx, at)
		if len(lines) != 3 || r.Recipients[0].Due.IsZero() {
			t.Errorf("%q, due %s", lines, r.Recipients[0].Due)
		}
		body := r.Recipients[slices.IndexFunc(r.Recipients,
			func(x doithoai.Recipient) bool { return x.Name == "Sở Tư pháp" })]
		must(t, db.RecordRecipient(ctx, fx.office, body.ID, 1, doithoai.RecipientFailed, "Trục báo lỗi địa chỉ"))
		must(t, send(fx.office, 1, toBody("Sở Tư pháp", doithoai.ByPaper, "bưu điện")))
		r, _ = relayOfDocument(t, db, fx, at)
		var history []string
		for _, s := range r.Steps[body.ID] {
			history = append(history, fmt.Sprintf("%s %s %s %s", s.Kind, s.Way, s.Detail, s.Paper))
		}
		wantLines(t, history, "sent eoffice 1022 87/TB-UBND", "failed  Trục báo lỗi địa chỉ ",
			"sent paper bưu điện 87/TB-UBND")

		// Another number: what they have is not the document any more.
		fx.numbered(t, db, 1, "88/TB-UBND")
		if _, lines := relayOfDocument(t, db, fx, at); slices.ContainsFunc(lines,
			func(l string) bool { return l[len(l)-6:] != "failed" }) {
			t.Errorf("%q", lines)
		}
		must(t, send(fx.office, 2, toUnit(justice, doithoai.BySystem, "")))
		all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Waiting: true, Limit: 5})
		must(t, err)
		if len(all) != 1 || all[0].Sent != 3 || all[0].Taken != 0 || all[0].AckDue.IsZero() {
			t.Errorf("%+v", all)
		}
		wantKind(t, db.SendDocument(ctx, fx.office, doithoai.DocumentRef{Kind: doithoai.DocumentPlan, Subject: newID()}, 0,
			nil, nth), doithoai.NotFound, "")
	})
}

// What is about one person's matter goes to the unit that has it and to the body that it is addressed to, to nobody
// else, and never by mail; a document that was replaced goes to nobody.
func TestSendPersonalDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, dispatched).Opinions[0]
		reply := doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: o.ID}
		r, _ := relayOfDocument(t, db, fx, reply)
		if len(r.Proposed) != 1 || r.Proposed[0].UnitID != fx.justice.UnitID {
			t.Errorf("proposed %+v", r.Proposed)
		}
		for name, s := range map[string]doithoai.Sending{
			"village": toVillage(fx.villages[0].ID, doithoai.ByPaper, ""), "unit": toUnit(fx.land.UnitID, doithoai.ByPaper, ""),
			"body": toBody("Báo tỉnh", doithoai.ByPaper, ""),
			"mail": toUnit(fx.justice.UnitID, doithoai.ByEmail, "tu-phap@example.vn"),
		} {
			if db.SendDocument(ctx, fx.office, reply, 0, []doithoai.Sending{s}, nth) == nil {
				t.Errorf("it went to a %s", name)
			}
		}
		must(t, db.SendDocument(ctx, fx.office, reply, 0,
			[]doithoai.Sending{toUnit(fx.justice.UnitID, doithoai.BySystem, "")}, nth))
		l := db.testLetter()
		l.ID = newID()
		must(t, db.SendOnwardLetter(ctx, fx.justice, fx.bring(t, db, 2, ruled).Opinions[0].ID, l))
		letter := doithoai.DocumentRef{Kind: doithoai.DocumentCoordination, Subject: l.ID}
		wantKind(t, db.SendDocument(ctx, fx.office, letter, 0, []doithoai.Sending{toBody("Báo", doithoai.ByPaper, "")}, nth),
			doithoai.Invalid, "")
		must(t, db.SendDocument(ctx, fx.office, letter, 0, []doithoai.Sending{toBody(l.To, doithoai.ByPaper, "")}, nth))

		must(t, db.ProposeCorrection(ctx, fx.justice, o.ID, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, o.ID, 1))
		must(t, db.DispatchCorrection(ctx, fx.office, o.ID, 2, "99/UBND", db.Now().Date()))
		wantKind(t, db.SendDocument(ctx, fx.office, reply, 1,
			[]doithoai.Sending{toUnit(fx.justice.UnitID, doithoai.ByPaper, "")}, nth), doithoai.Conflict,
			"documents.relay.problem.replaced")
		wantKind(t, db.UrgeRecipients(ctx, fx.office, reply, 1, doithoai.Chase{Way: "call"}), doithoai.Conflict, "")
		all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Waiting: true, Limit: 5})
		must(t, err)
		if len(all) != 1 || all[0].Ref() != letter {
			t.Errorf("waiting are %+v", all)
		}
	})
}

// What the office hears is entered once, with who took it or why it failed.
func TestRecordRecipient(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.numbered(t, db, 0, "87/TB-UBND")
		must(t, db.SendDocument(ctx, fx.office, at, 0, []doithoai.Sending{toBody("Tỉnh", doithoai.ByPaper, "")}, nth))
		r, _ := relayOfDocument(t, db, fx, at)
		id := r.Recipients[0].ID
		record := func(by doithoai.Actor, version int, to doithoai.RecipientState, detail string) error {
			return db.RecordRecipient(ctx, by, id, version, to, detail)
		}
		wantKind(t, record(fx.justice, 1, doithoai.RecipientSeen, ""), doithoai.NotAllowed, "")
		wantKind(t, record(fx.otherOffice, 1, doithoai.RecipientSeen, ""), doithoai.NotFound, "")
		wantKind(t, record(fx.office, 2, doithoai.RecipientSeen, ""), doithoai.Conflict, "")
		wantKind(t, record(fx.office, 1, doithoai.RecipientAcknowledged, ""), doithoai.Invalid, "")
		wantKind(t, record(fx.office, 1, "lost", "x"), doithoai.Invalid, "")
		must(t, record(fx.office, 1, doithoai.RecipientSeen, ""))
		must(t, record(fx.office, 2, doithoai.RecipientAcknowledged, "Văn thư, sổ đến 512"))
		wantKind(t, record(fx.office, 3, doithoai.RecipientFailed, "mất"), doithoai.Conflict, "")
		all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 5})
		must(t, err)
		if all[0].Sent != 1 || all[0].Taken != 1 || all[0].Waits {
			t.Errorf("%+v", all[0])
		}
		if n, _, err := db.WaitingDocuments(ctx, fx.office); n != 0 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
	})
}

// Who has not acknowledged is asked to, and that is counted; who has is left alone. A village whose people were told is
// not asked.
func TestUrgeRecipients(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, today := ctxOf(t), db.Now().Date()
		at := fx.numbered(t, db, 0, "87/TB-UBND")
		must(t, db.SendDocument(ctx, fx.office, at, 0, []doithoai.Sending{
			toVillage(fx.villages[0].ID, doithoai.ByPaper, ""), toVillage(fx.villages[1].ID, doithoai.ByPaper, ""),
		}, nth))
		call := doithoai.Chase{Way: "call", Note: "Gọi lúc 8 giờ"}
		wantKind(t, db.UrgeRecipients(ctx, fx.justice, at, 1, call), doithoai.NotAllowed, "")
		wantKind(t, db.UrgeRecipients(ctx, fx.office, at, 1, doithoai.Chase{Way: "drum"}), doithoai.Invalid, "")
		must(t, db.UrgeRecipients(ctx, fx.office, at, 1, call))
		wantKind(t, db.UrgeRecipients(ctx, fx.office, at, 1, call), doithoai.Conflict, "")
		told := plan.Relay{
			DialogueID: fx.dialogue.ID, VillageID: fx.villages[0].ID, Matter: plan.RelayAnnouncement, Day: today,
			Clock: 8 * 60, Ways: []plan.RelayWay{"loudspeaker"},
		}
		must(t, db.TellVillage(ctx, headOf(fx.land, fx.villages[0].ID), 0, told))
		must(t, db.UrgeRecipients(ctx, fx.office, at, 2, call))
		r, _ := relayOfDocument(t, db, fx, at)
		for _, x := range r.Recipients {
			state, urged := doithoai.RecipientSent, 2
			if x.VillageID == fx.villages[0].ID {
				state, urged = doithoai.RecipientAcknowledged, 1
			}
			if x.State != state || x.Urged != urged {
				t.Errorf("%s: %s, urged %d times", x.Name, x.State, x.Urged)
			}
		}
		fx.clock.forward(14 * 24 * time.Hour)
		if all, late, err := db.WaitingDocuments(ctx, fx.office); all != 1 || late != 1 || err != nil {
			t.Errorf("%d wait, %d late, %v", all, late, err)
		}
	})
}

// Who a document was sent to finds it, opens it, which is seen, and acknowledges it, once. Others do not find it, nor
// does who may not see what it is about.
func TestReceivedDocuments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.numbered(t, db, 0, "87/TB-UBND")
		must(t, db.SendDocument(ctx, fx.office, at, 0, []doithoai.Sending{
			toUnit(fx.justice.UnitID, doithoai.BySystem, ""), toVillage(fx.villages[0].ID, doithoai.ByPaper, ""),
		}, nth))
		received := func(a doithoai.Actor, waiting bool) []ReceivedDocument {
			all, more, err := db.ReceivedDocuments(ctx, a, waiting, 10)
			must(t, err)
			if more {
				t.Error("there is more")
			}
			return all
		}
		head := headOf(fx.land, fx.villages[0].ID)
		for name, a := range map[string]doithoai.Actor{"unit": fx.justice, "village": head} {
			all := received(a, true)
			if len(all) != 1 || all[0].Paper.Number != "87/TB-UBND" {
				t.Fatalf("%s has %+v", name, all)
			}
		}
		if len(received(headOf(fx.land, fx.villages[1].ID), false))+len(received(fx.land, false)) > 0 {
			t.Error("others have it")
		}
		_, _, err := db.ReceivedDocuments(ctx, fx.admin, false, 10)
		wantKind(t, err, doithoai.NotAllowed, "")
		mine := received(fx.justice, true)[0]
		_, err = db.OpenReceived(ctx, fx.land, mine.ID)
		wantKind(t, err, doithoai.NotFound, "")
		wantKind(t, db.AcknowledgeDocument(ctx, fx.land, mine.ID, 1), doithoai.NotFound, "")
		for range 2 {
			mine, err = db.OpenReceived(ctx, fx.justice, mine.ID)
			must(t, err)
			if mine.State != doithoai.RecipientSeen || mine.Version != 2 {
				t.Errorf("%s, version %d", mine.State, mine.Version)
			}
		}
		wantKind(t, db.AcknowledgeDocument(ctx, fx.justice, mine.ID, 1), doithoai.Conflict, "")
		must(t, db.AcknowledgeDocument(ctx, fx.justice, mine.ID, 2))
		wantKind(t, db.AcknowledgeDocument(ctx, fx.justice, mine.ID, 3), doithoai.Conflict, "")
		if len(received(fx.justice, true)) != 0 || len(received(fx.justice, false)) != 1 {
			t.Error("what was acknowledged waits, or is gone")
		}

		// The reply to an opinion goes with the work on it.
		o := fx.bring(t, db, 1, dispatched).Opinions[0]
		must(t, db.SendDocument(ctx, fx.office, doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: o.ID}, 0,
			[]doithoai.Sending{toUnit(fx.justice.UnitID, doithoai.BySystem, "")}, nth))
		if len(received(fx.justice, true)) != 1 {
			t.Error("the unit that leads does not have the reply")
		}
		clerk := fx.justice // of the same unit, but without the work of its officers
		clerk.ID, clerk.Roles, clerk.Seats = fx.land.ID, []doithoai.Role{doithoai.RoleFinance}, nil
		if len(received(clerk, true)) != 0 {
			t.Error("who may not see opinions has the reply")
		}
	})
}
