package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// delegate puts somebody on the list of the fixture's dialogue.
func (fx *fixture) delegate(t testing.TB, db *DB, name, title string) plan.Invitation {
	t.Helper()
	i, err := db.AddDelegate(ctxOf(t), fx.office, fx.dialogue.ID, plan.Delegate{
		Invitation: plan.Invitation{Point: 25, Name: name, Title: title, Capacity: plan.CapacityDelegate},
		Contact:    plan.Contact{Phone: "0900 000 001", Email: "a@Example.VN"},
	})
	must(t, err)
	return i
}

// invited puts somebody on the list and invites them.
func (fx *fixture) invited(t testing.TB, db *DB, name, title string) plan.Invitation {
	t.Helper()
	i := fx.delegate(t, db, name, title)
	_, err := db.InviteDelegates(ctxOf(t), fx.office, fx.dialogue.ID, []Seen{{i.ID, i.Version}}, byPaper(db))
	must(t, err)
	return fx.delegateNow(t, db, i.ID)
}

func byPaper(db *DB) Telling { return Telling{Route: "paper", On: db.Now().Date()} }

func (fx *fixture) delegates(t testing.TB, db *DB) []plan.Invitation {
	t.Helper()
	all, err := db.Delegates(ctxOf(t), fx.office, fx.dialogue.ID)
	must(t, err)
	return all
}

func (fx *fixture) delegateNow(t testing.TB, db *DB, id doithoai.ID) plan.Invitation {
	t.Helper()
	all := fx.delegates(t, db)
	at := slices.IndexFunc(all, func(i plan.Invitation) bool { return i.ID == id })
	if at < 0 {
		t.Fatalf("%s is not on the list", id)
	}
	return all[at]
}

// moveDialogue moves the dialogue as its own act does: to another day, once more.
func (fx *fixture) moveDialogue(t testing.TB, db *DB, days int) {
	t.Helper()
	start := calendar.InstantAt(fx.dialogue.StartsAt.Date().AddDays(days), 8, 0)
	must(t, db.act(ctxOf(t), func(tx *Tx) error {
		return tx.execOne(ctxOf(t), `UPDATE dialogue SET moves = moves + 1, starts_at = $1, version = version + 1
			WHERE id = $2`, start, fx.dialogue.ID)
	}))
}

func TestProposeInvitations(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, db.act(ctx, func(tx *Tx) error {
			rows := newRows(8)
			rows.add(newID(), fx.authority.ID, 0, "Thuế cơ sở", "", "", "", "")
			return rows.insert(ctx, tx, listTables[doithoai.ListOutsideBodies].into)
		}))
		n, err := db.ProposeInvitations(ctx, fx.office, fx.dialogue.ID, false)
		must(t, err)
		all := fx.delegates(t, db)
		by := map[int]int{}
		for at, i := range all {
			by[i.Point]++
			if i.Ordinal != at+1 || i.State != plan.InvitationDraft {
				t.Errorf("%d. %s is %s at %d", at+1, i.Words(), i.State, i.Ordinal)
			}
			if at > 0 && all[at-1].Point > i.Point {
				t.Errorf("%s stands before %s", all[at-1].Words(), i.Words())
			}
		}
		// The plan's points 24 to 30: Party and Council, Front with five bodies, who presides, units, bodies, villages.
		if n != len(all) || by[24] != 2 || by[25] != 6 || by[28] != 1 || by[29] != 3*len(fx.villages) || by[30] != 0 ||
			by[27] < len(fx.units) {
			t.Errorf("%d proposed, by point %v", n, by)
		}
		if chair := all[8]; chair.Capacity != plan.CapacityChair || chair.Name != "Đặng Văn Giả Định" ||
			chair.Title != "Chủ tịch UBND xã" || chair.Point != 26 {
			t.Errorf("the chair is %+v", chair)
		}
		before := fingerprint(t, db)
		n, err = db.ProposeInvitations(ctx, fx.office, fx.dialogue.ID, false)
		must(t, err)
		if n != 0 {
			t.Errorf("%d proposed twice", n)
		}
		wantSame(t, before, fingerprint(t, db))
		// A place that somebody took is proposed to nobody else.
		front := all[2]
		must(t, db.ChangeDelegate(ctx, fx.office, fx.dialogue.ID, front.ID, 1, plan.Delegate{Invitation: plan.Invitation{
			Point: front.Point, Name: "Đoàn Văn Ví Như", Title: "Chủ tịch " + front.Body + " xã", Capacity: front.Capacity,
		}, Contact: plan.Contact{Phone: "0900000009"}}))
		n, err = db.ProposeInvitations(ctx, fx.office, fx.dialogue.ID, false)
		must(t, err)
		if n != 0 {
			t.Errorf("%d proposed beside those who took their places", n)
		}
		// The next dialogue begins with who was there, and how they are reached.
		next := fx.newDialogue("2026-12", fx.plan)
		next.StartsAt = calendar.InstantAt(calendar.DateOf(2026, 12, 20), 8, 0)
		next.DoorsAt, next.SlipsUntil = calendar.Instant{}, next.StartsAt
		next, err = db.AnnounceNewDialogue(ctx, fx.office, next)
		must(t, err)
		_, err = db.ProposeInvitations(ctx, fx.office, next.ID, true)
		must(t, err)
		reached, err := db.ViewContacts(ctx, fx.office, next.ID, "")
		must(t, err)
		if len(reached) != len(all) || !slices.ContainsFunc(reached, func(d plan.Delegate) bool {
			return d.Name == "Đoàn Văn Ví Như" && d.Contact.Phone == "0900000009" && d.State == plan.InvitationDraft
		}) {
			t.Errorf("%d of %d were copied", len(reached), len(all))
		}
	})
}

func TestAddDelegate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		add := func(actor doithoai.Actor, d plan.Delegate) error {
			_, err := db.AddDelegate(ctx, actor, fx.dialogue.ID, d)
			return err
		}
		one := plan.Delegate{Invitation: plan.Invitation{Name: "Ninh Thị Chưa Có", Capacity: plan.CapacityDelegate}}
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			wantKind(t, add(a, one), doithoai.NotAllowed, "")
		}
		for _, bad := range []plan.Delegate{
			{Invitation: plan.Invitation{Capacity: plan.CapacityDelegate}},
			{Invitation: plan.Invitation{Name: "Ai Đó", Capacity: "guest"}},
			{Invitation: plan.Invitation{Name: "Ai Đó", Capacity: plan.CapacityDelegate, Point: 99}},
			{Invitation: one.Invitation, Contact: plan.Contact{Phone: "090000"}},
			{Invitation: one.Invitation, Contact: plan.Contact{Email: "không có"}},
		} {
			wantKind(t, add(fx.office, bad), doithoai.Invalid, "")
		}
		wantSame(t, before, fingerprint(t, db))
		fx.delegate(t, db, "Ninh Thị Chưa Có", "Thuế cơ sở")
		// Sent twice, and written otherwise: nobody is doubled.
		wantKind(t, add(fx.office, plan.Delegate{Invitation: plan.Invitation{
			Name: "ninh thị  chưa có", Body: "THUẾ CƠ SỞ", Capacity: plan.CapacityDelegate,
		}}), doithoai.Invalid, "")
		// A co-chair on the list is the dialogue's.
		_, err := db.AddDelegate(ctx, fx.office, fx.dialogue.ID, plan.Delegate{Invitation: plan.Invitation{
			Name: "Mai Thị Lấy Thí", Title: "Phó Chủ tịch HĐND xã", Capacity: plan.CapacityCoChair,
		}})
		must(t, err)
		d, err := db.Dialogue(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if d.CoChair != "Mai Thị Lấy Thí, Phó Chủ tịch HĐND xã" || d.Chair != fx.dialogue.Chair {
			t.Errorf("co-chair %q, chair %q", d.CoChair, d.Chair)
		}
	})
}

func TestChangeDelegate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		i := fx.invited(t, db, "Ninh Thị Chưa Có", "Thuế cơ sở")
		change := func(version int, name, title string) error {
			return db.ChangeDelegate(ctx, fx.office, fx.dialogue.ID, i.ID, version, plan.Delegate{
				Invitation: plan.Invitation{Point: i.Point, Name: name, Title: title, Capacity: plan.CapacityAnswerer},
			})
		}
		wantKind(t, change(1, "Ninh Thị Chưa Có", "Trưởng Thuế cơ sở"), doithoai.Conflict, "")
		wantKind(t, change(i.Version, "Giang Thị Dự Bị", "Thuế cơ sở"), doithoai.Invalid, "") // who was invited by name
		must(t, change(i.Version, "Ninh Thị Chưa Có", "Trưởng Thuế cơ sở"))
		now := fx.delegateNow(t, db, i.ID)
		if now.Title != "Trưởng Thuế cơ sở" || now.State != plan.InvitationSent || now.InvitedOn != i.InvitedOn {
			t.Errorf("changed to %+v", now)
		}
		reached, err := db.ViewContacts(ctx, fx.office, fx.dialogue.ID, i.ID)
		must(t, err)
		if len(reached) != 1 || reached[0].Contact != (plan.Contact{}) {
			t.Errorf("reached by %+v after what was there was taken out", reached)
		}
	})
}

func TestRemoveDelegate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		first, told := fx.delegate(t, db, "Phùng Văn Bản Nháp", "BHXH"), fx.invited(t, db, "Ông Văn Mượn Tên", "Hiệu trưởng")
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), []doithoai.ID{first.ID}))
		must(t, db.RemoveDelegate(ctx, fx.office, fx.dialogue.ID, first.ID, first.Version))
		wantKind(t, db.RemoveDelegate(ctx, fx.office, fx.dialogue.ID, told.ID, told.Version), doithoai.Conflict,
			"delegate.problem.told_already")
		if all := fx.delegates(t, db); len(all) != 1 || all[0].ID != told.ID || all[0].Ordinal != 1 {
			t.Errorf("left are %+v", all)
		}
	})
}

func TestWithdrawInvitation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		i := fx.invited(t, db, "Âu Thị Đặt Tên", "Hợp tác xã")
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), []doithoai.ID{i.ID}))
		wantKind(t, db.WithdrawInvitation(ctx, fx.office, fx.dialogue.ID, i.ID, i.Version, ""), doithoai.Invalid, "")
		must(t, db.WithdrawInvitation(ctx, fx.office, fx.dialogue.ID, i.ID, i.Version, "Nhập nhầm đơn vị."))
		now := fx.delegateNow(t, db, i.ID)
		if now.State != plan.InvitationWithdrawn || now.Reason == "" {
			t.Errorf("withdrawn as %+v", now)
		}
		// Its paper opens nothing any more, and nothing is noted on it.
		_, _, err := db.ReplyInvitation(ctx, fx.resident, InvitationCode(key(1), i.ID),
			plan.Reply{Answer: plan.InvitationAccepted})
		wantKind(t, err, doithoai.NotFound, "")
		wantKind(t, db.RecordReply(ctx, fx.office, fx.dialogue.ID, i.ID, now.Version,
			plan.Reply{Answer: plan.InvitationAccepted}), doithoai.Invalid, "")
		// They may be put on the list again.
		fx.delegate(t, db, "Âu Thị Đặt Tên", "Hợp tác xã")
	})
}

func TestOrderDelegates(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var order []Seen
		for _, name := range []string{"Một", "Hai", "Ba"} {
			i := fx.delegate(t, db, name, "Đại biểu "+name)
			order = append(order, Seen{i.ID, i.Version})
		}
		slices.Reverse(order)
		must(t, db.OrderDelegates(ctx, fx.office, fx.dialogue.ID, order))
		all := fx.delegates(t, db)
		if all[0].Name != "Ba" || all[1].Name != "Hai" || all[2].Name != "Một" || all[2].Ordinal != 3 {
			t.Errorf("in order %v", all)
		}
		before := fingerprint(t, db)
		seen := []Seen{{all[0].ID, all[0].Version}, {all[1].ID, all[1].Version}, {all[2].ID, all[2].Version}}
		for _, bad := range [][]Seen{
			order, seen[:2], {seen[0], seen[0], seen[1]}, {seen[0], seen[1], {newID(), 1}},
		} {
			wantKind(t, db.OrderDelegates(ctx, fx.office, fx.dialogue.ID, bad), doithoai.Conflict, "")
		}
		must(t, db.OrderDelegates(ctx, fx.office, fx.dialogue.ID, seen)) // as it is: no act
		wantSame(t, before, fingerprint(t, db))
	})
}

func TestInviteDelegates(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		a, b := fx.delegate(t, db, "Một", "Đại biểu"), fx.delegate(t, db, "Hai", "Đại biểu")
		chosen := []Seen{{a.ID, a.Version}, {b.ID, b.Version}}
		today := db.Now().Date()
		before := fingerprint(t, db)
		for _, bad := range []Telling{{"pigeon", today}, {"paper", calendar.Date{}}, {"paper", today.AddDays(1)}} {
			_, err := db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, chosen, bad)
			wantKind(t, err, doithoai.Invalid, "")
		}
		_, err := db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, nil, byPaper(db))
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, []Seen{chosen[0], {b.ID, 7}}, byPaper(db))
		wantKind(t, err, doithoai.Conflict, "") // and the first of them is told nothing either
		wantSame(t, before, fingerprint(t, db))
		n, err := db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, append(chosen, chosen[0]), byPaper(db))
		must(t, err)
		if n != 2 {
			t.Errorf("%d told, want 2", n)
		}
		a, b = fx.delegateNow(t, db, a.ID), fx.delegateNow(t, db, b.ID)
		must(t, db.RecordReply(ctx, fx.office, fx.dialogue.ID, a.ID, a.Version, plan.Reply{Answer: plan.InvitationAccepted}))
		a = fx.delegateNow(t, db, a.ID)
		chosen = []Seen{{a.ID, a.Version}, {b.ID, b.Version}}
		n, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, chosen, byPaper(db))
		must(t, err)
		if n != 0 || fx.delegateNow(t, db, a.ID) != a {
			t.Errorf("%d told again of what still holds", n)
		}
		// The dialogue moves: who said yes to another day has said nothing of this one, until told and asked again.
		fx.moveDialogue(t, db, 7)
		d, err := db.Dialogue(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if h := plan.HeadsOf(d, fx.delegates(t, db)); h.Stale != 2 || h.Coming != 0 {
			t.Errorf("after a move: %+v", h)
		}
		wantKind(t, db.RecordReply(ctx, fx.office, fx.dialogue.ID, b.ID, b.Version,
			plan.Reply{Answer: plan.InvitationAccepted}), doithoai.Invalid, "")
		fx.clock.forward(24 * time.Hour)
		_, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, chosen, Telling{"phone", today.AddDays(-1)})
		wantKind(t, err, doithoai.Invalid, "") // before they were told of the first day
		n, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, chosen, Telling{"phone", today.AddDays(1)})
		must(t, err)
		if now := fx.delegateNow(t, db, a.ID); n != 2 || now.State != plan.InvitationSent || now.ToldMoves != 1 ||
			!now.AnsweredAt.IsZero() || now.Route != "phone" {
			t.Errorf("%d told again: %+v", n, now)
		}
		// A dialogue without a day, or one that is over, is nothing to invite to.
		for _, state := range []doithoai.DialogueState{
			doithoai.DialoguePostponed, doithoai.DialogueCancelled, doithoai.DialogueClosed,
		} {
			must(t, db.act(ctx, func(tx *Tx) error {
				return tx.execOne(ctx, `UPDATE dialogue SET state = $1 WHERE id = $2`, state, fx.dialogue.ID)
			}))
			_, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, []Seen{{a.ID, a.Version + 1}}, byPaper(db))
			wantKind(t, err, doithoai.Invalid, "")
		}
		_, err = db.AddDelegate(ctx, fx.office, fx.dialogue.ID, plan.Delegate{Invitation: plan.Invitation{
			Name: "Ba", Capacity: plan.CapacityDelegate,
		}})
		wantKind(t, err, doithoai.Conflict, "delegate.problem.over")
	})
}

func TestRemindDelegates(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		a, b := fx.invited(t, db, "Một", "Đại biểu"), fx.delegate(t, db, "Hai", "Đại biểu")
		n, err := db.RemindDelegates(ctx, fx.office, fx.dialogue.ID, []Seen{{a.ID, a.Version}, {b.ID, b.Version}},
			Telling{"phone", db.Now().Date()})
		must(t, err)
		now := fx.delegateNow(t, db, a.ID)
		if n != 1 || now.Reminders != 1 || now.RemindedOn != db.Now().Date() || now.State != plan.InvitationSent {
			t.Errorf("%d reminded: %+v", n, now)
		}
	})
}

func TestRecordReply(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		reply := func(i plan.Invitation, r plan.Reply) error {
			return db.RecordReply(ctx, fx.office, fx.dialogue.ID, i.ID, i.Version, r)
		}
		yes := plan.Reply{Answer: plan.InvitationAccepted}
		draft := fx.delegate(t, db, "Chưa Mời", "Đại biểu")
		wantKind(t, reply(draft, yes), doithoai.Invalid, "")
		i := fx.invited(t, db, "Huỳnh Văn Phỏng", "Chủ tịch HĐND xã")
		for _, bad := range []plan.Reply{
			{}, {Answer: plan.InvitationDraft}, {Answer: plan.InvitationDeclined}, {Answer: plan.InvitationSubstituted},
		} {
			wantKind(t, reply(i, bad), doithoai.Invalid, "")
		}
		must(t, reply(i, plan.Reply{
			Answer: plan.InvitationSubstituted, Substitute: "Mai Thị Lấy Thí", SubTitle: "Phó Chủ tịch HĐND",
			Reason: "không được giữ",
		}))
		now := fx.delegateNow(t, db, i.ID)
		if now.WhoComes() != "Mai Thị Lấy Thí, Phó Chủ tịch HĐND" || now.Reason != "" || now.AnsweredBy != fx.office.ID {
			t.Errorf("answered %+v", now)
		}
		// They think better of it.
		must(t, reply(now, plan.Reply{Answer: plan.InvitationDeclined, Reason: "Đi công tác"}))
		if now = fx.delegateNow(t, db, i.ID); now.Substitute != "" || now.WhoComes() != "" || now.Reason == "" {
			t.Errorf("declined %+v", now)
		}
		// A place is not accepted by nobody; whom the body sends is its person, and the dialogue's co-chair.
		place, err := db.AddDelegate(ctx, fx.office, fx.dialogue.ID, plan.Delegate{Invitation: plan.Invitation{
			Body: "Thường trực HĐND xã", Capacity: plan.CapacityCoChair,
		}})
		must(t, err)
		_, err = db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, []Seen{{place.ID, 1}}, byPaper(db))
		must(t, err)
		place = fx.delegateNow(t, db, place.ID)
		wantKind(t, reply(place, yes), doithoai.Invalid, "")
		must(t, reply(place, plan.Reply{
			Answer: plan.InvitationSubstituted, Substitute: "Tạ Thị Nêu Mẫu", SubTitle: "Phó Chủ tịch HĐND xã",
		}))
		place = fx.delegateNow(t, db, place.ID)
		d, err := db.Dialogue(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if place.State != plan.InvitationAccepted || place.Name != "Tạ Thị Nêu Mẫu" ||
			d.CoChair != "Tạ Thị Nêu Mẫu, Phó Chủ tịch HĐND xã, Thường trực HĐND xã" {
			t.Errorf("the place is %+v, the co-chair %q", place, d.CoChair)
		}
	})
}

func TestReplyInvitation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		i, other := fx.invited(t, db, "Châu Văn Không Thật", "Trưởng Công an xã"), fx.invited(t, db, "Hai", "Đại biểu")
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), []doithoai.ID{i.ID, other.ID}))
		code := InvitationCode(key(1), i.ID)
		yes := plan.Reply{Answer: plan.InvitationAccepted}
		_, _, err := db.ReplyInvitation(ctx, fx.resident, doithoai.NewReceiptCode(key(9)), yes)
		wantKind(t, err, doithoai.NotFound, "")
		_, _, err = db.ReplyInvitation(ctx, fx.otherResident, code, yes) // at another authority
		wantKind(t, err, doithoai.NotFound, "")
		_, _, err = db.ReplyInvitation(ctx, fx.office, code, yes)
		wantKind(t, err, doithoai.NotAllowed, "")
		_, _, err = db.ReplyInvitation(ctx, fx.resident, code, plan.Reply{Answer: plan.InvitationDeclined})
		wantKind(t, err, doithoai.Invalid, "")
		got, d, err := db.ReplyInvitation(ctx, fx.resident, code, yes)
		must(t, err)
		if got.ID != i.ID || got.State != plan.InvitationAccepted || got.AnsweredBy != "" || d.ID != fx.dialogue.ID {
			t.Errorf("answered %+v", got)
		}
		before := fingerprint(t, db)
		_, _, err = db.ReplyInvitation(ctx, fx.resident, code, yes) // sent twice
		must(t, err)
		wantSame(t, before, fingerprint(t, db))
		if now := fx.delegateNow(t, db, other.ID); now.State != plan.InvitationSent {
			t.Errorf("the other is %s", now.State)
		}
		// A paper that was printed first stays good beside the next ones, as long as there are not too many.
		for n := range maxCodes - 1 {
			fx.clock.forward(time.Minute)
			must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(2+n), []doithoai.ID{i.ID}))
		}
		no := plan.Reply{Answer: plan.InvitationDeclined, Reason: "Trùng lịch"}
		_, _, err = db.ReplyInvitation(ctx, fx.resident, code, no)
		must(t, err)
		fx.clock.forward(time.Minute)
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(9), []doithoai.ID{i.ID}))
		_, _, err = db.ReplyInvitation(ctx, fx.resident, code, yes)
		wantKind(t, err, doithoai.NotFound, "")
		// After the dialogue's day, nothing is answered.
		fx.clock.forward(26 * 24 * time.Hour)
		_, _, err = db.ReplyInvitation(ctx, fx.resident, InvitationCode(key(9), i.ID), yes)
		wantKind(t, err, doithoai.Invalid, "")
	})
}

func TestPrintInvitations(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		a, b := fx.delegate(t, db, "Một", "Đại biểu"), fx.delegate(t, db, "Hai", "Đại biểu")
		wantKind(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), nil), doithoai.Invalid, "")
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), []doithoai.ID{a.ID}))
		before := fingerprint(t, db)
		must(t, db.PrintInvitations(ctx, fx.office, fx.dialogue.ID, key(1), []doithoai.ID{a.ID})) // a second click
		wantSame(t, before, fingerprint(t, db))
		codes, err := db.PrintedInvitations(ctx, fx.office, fx.dialogue.ID, key(1))
		must(t, err)
		if len(codes) != 1 || codes[a.ID] != InvitationCode(key(1), a.ID) || codes[b.ID] != "" {
			t.Errorf("%d codes", len(codes))
		}
		codes, err = db.PrintedInvitations(ctx, fx.office, fx.dialogue.ID, key(2)) // another run's
		must(t, err)
		if len(codes) != 0 {
			t.Errorf("%d codes of another run", len(codes))
		}
	})
}

func TestViewContacts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		i := fx.delegate(t, db, "Một", "Đại biểu")
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.ViewContacts(ctx, a, fx.dialogue.ID, "")
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		views := func() int {
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM audit_entry WHERE act = $1`,
				doithoai.ActViewContacts)
			must(t, err)
			return n
		}
		before := views()
		got, err := db.ViewContacts(ctx, fx.office, fx.dialogue.ID, i.ID)
		must(t, err)
		if len(got) != 1 || got[0].Contact != (plan.Contact{Phone: "0900000001", Email: "a@example.vn"}) {
			t.Errorf("reached by %+v", got)
		}
		if views() != before+1 {
			t.Error("the view is not kept")
		}
	})
}

func TestSetSeats(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		wantKind(t, db.SetSeats(ctx, fx.chair, fx.dialogue.ID, 0, 120), doithoai.NotAllowed, "")
		for _, bad := range []int{-1, 0, plan.MaxSeats + 1} {
			wantKind(t, db.SetSeats(ctx, fx.office, fx.dialogue.ID, 0, bad), doithoai.Invalid, "")
		}
		must(t, db.SetSeats(ctx, fx.office, fx.dialogue.ID, 0, 120))
		wantKind(t, db.SetSeats(ctx, fx.office, fx.dialogue.ID, 0, 150), doithoai.Conflict, "")
		must(t, db.SetSeats(ctx, fx.office, fx.dialogue.ID, 1, 150))
		if seats, version, err := db.Seats(ctx, fx.justice, fx.dialogue.ID); seats != 150 || version != 2 || err != nil {
			t.Errorf("%d seats of version %d, %v", seats, version, err)
		}
	})
}

func TestImportDelegates(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.delegate(t, db, "Ninh Thị Chưa Có", "Thuế cơ sở")
		rows := func(list ...[]string) (f doithoai.ListFile) {
			for range plan.DelegateColumns.Columns {
				f.Has = append(f.Has, true)
			}
			for n, r := range list {
				f.Rows = append(f.Rows, doithoai.ListRow{Number: n + 2, Cells: r})
			}
			return f
		}
		good := rows(
			[]string{"2", "NINH THỊ CHƯA CÓ", "Thuế cơ sở", "", "người trả lời", "+84 900 000 002", "", "mời kèm tài liệu"},
			[]string{"Bí thư Chi bộ", "Đỗ Văn Ví Dụ", "Bí thư Chi bộ thôn 1", "", "", "", "", ""},
			[]string{"", "", "", "Thường trực HĐND xã", "Đồng chủ trì", "", "", ""},
		)
		must(t, db.KeepDelegates(ctx, fx.office, fx.dialogue.ID, good, nil))
		_, err := db.KeptDelegates(ctx, fx.office2, fx.dialogue.ID)
		wantKind(t, err, doithoai.NotFound, "")
		kept, err := db.KeptDelegates(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if len(kept.Plan.Added) != 2 || len(kept.Plan.Changed) != 1 || len(kept.Plan.Faults) != 0 {
			t.Errorf("would do %+v", kept.Plan)
		}
		before := fingerprint(t, db)
		_, err = db.ImportDelegates(ctx, fx.office, fx.dialogue.ID, good, "0123")
		wantKind(t, err, doithoai.Conflict, "list.conflict")
		for _, bad := range [][]string{
			{"9", "Ai", "Đó", "", "", "", "", ""}, {"", "Ai", "Đó", "", "khách", "", "", ""},
			{"", "Ai", "Đó", "", "", "123", "", ""}, {"", "", "", "", "", "", "", ""},
		} {
			p, err := db.ImportDelegates(ctx, fx.office, fx.dialogue.ID, rows(bad), "")
			wantKind(t, err, doithoai.Invalid, "list.refused")
			if len(p.Faults) != 1 || p.Faults[0].Row != 2 {
				t.Errorf("faults %+v", p.Faults)
			}
		}
		_, err = db.ImportDelegates(ctx, fx.office, fx.dialogue.ID, rows(good.Rows[1].Cells, good.Rows[1].Cells), "")
		wantKind(t, err, doithoai.Invalid, "list.refused")
		wantSame(t, before, fingerprint(t, db))
		_, err = db.ImportDelegates(ctx, fx.office, fx.dialogue.ID, kept.File, kept.Plan.Digest())
		must(t, err)
		reached, err := db.ViewContacts(ctx, fx.office, fx.dialogue.ID, "")
		must(t, err)
		if len(reached) != 3 || reached[0].Name != "Ninh Thị Chưa Có" || reached[0].Contact.Phone != "0900000002" ||
			reached[0].Capacity != plan.CapacityAnswerer || reached[1].Point != 29 || reached[2].Point != 0 {
			t.Errorf("the list is %+v", reached)
		}
		// The same file once more: nobody is doubled.
		must(t, db.KeepDelegates(ctx, fx.office, fx.dialogue.ID, good, nil))
		again, err := db.KeptDelegates(ctx, fx.office, fx.dialogue.ID)
		must(t, err)
		if !again.Plan.Empty() || again.Plan.Same != 3 {
			t.Errorf("taken over twice it would do %+v", again.Plan)
		}
	})
}

// What is done to one list at once is done one after the other: no place is given twice, nobody is doubled.
func TestDelegatesAtOnce(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		add := func() error {
			_, err := db.AddDelegate(ctx, fx.office, fx.dialogue.ID, plan.Delegate{Invitation: plan.Invitation{
				Name: "Một", Title: "Đại biểu", Capacity: plan.CapacityDelegate,
			}})
			return err
		}
		first, second := inRivalry(t, db, c, add, add)
		if (first == nil) == (second == nil) {
			t.Errorf("one person added twice: %v, %v", first, second)
		}
		propose := func() error { _, err := db.ProposeInvitations(ctx, fx.office, fx.dialogue.ID, false); return err }
		first, second = inRivalry(t, db, c, propose, propose)
		must(t, errors.Join(first, second))
		seen := map[string]bool{}
		for n, i := range fx.delegates(t, db) {
			if i.Ordinal != n+1 || seen[i.Words()+string(i.Capacity)] {
				t.Errorf("%d. %s stands at %d", n+1, i.Words(), i.Ordinal)
			}
			seen[i.Words()+string(i.Capacity)] = true
		}
		all := fx.delegates(t, db)
		chosen := []Seen{{all[0].ID, 1}}
		order := make([]Seen, len(all))
		for n, i := range all {
			order[len(all)-1-n] = Seen{i.ID, i.Version}
		}
		first, second = inRivalry(t, db, c,
			func() error { return db.OrderDelegates(ctx, fx.office, fx.dialogue.ID, order) },
			func() error {
				_, err := db.InviteDelegates(ctx, fx.office, fx.dialogue.ID, chosen, byPaper(db))
				return err
			})
		if (first == nil) == (second == nil) {
			t.Errorf("ordered and invited at once: %v, %v", first, second)
		}
	})
}

// delegateCrossings call what concerns delegates as somebody of the other authority, with ids of ours.
func delegateCrossings(ctx context.Context, db *DB, fx *fixture, him doithoai.Actor) map[string]func() error {
	d, id := fx.dialogue.ID, newID()
	refused := func(err error) error {
		if doithoai.KindOf(err) != doithoai.NotFound {
			return fmt.Errorf("error %v, want not found", err)
		}
		return nil
	}
	person := plan.Delegate{Invitation: plan.Invitation{Name: "Ai Đó", Capacity: plan.CapacityDelegate}}
	seen := []Seen{{id, 1}}
	how := byPaper(db)
	return map[string]func() error{
		"Delegates": func() error {
			all, err := db.Delegates(ctx, him, d)
			if len(all) > 0 {
				return fmt.Errorf("%d delegates", len(all))
			}
			return err
		},
		"Registered": func() error {
			n, err := db.Registered(ctx, him, d)
			if n > 0 {
				return fmt.Errorf("%d registered", n)
			}
			return err
		},
		"Seats": func() error {
			seats, _, err := db.Seats(ctx, him, d)
			if seats > 0 {
				return fmt.Errorf("%d seats", seats)
			}
			return err
		},
		"SetSeats":     func() error { return refused(db.SetSeats(ctx, him, d, 0, 50)) },
		"ViewContacts": func() error { _, err := db.ViewContacts(ctx, him, d, ""); return refused(err) },
		"AddDelegate":  func() error { _, err := db.AddDelegate(ctx, him, d, person); return refused(err) },
		"ChangeDelegate": func() error {
			return refused(db.ChangeDelegate(ctx, him, d, id, 1, person))
		},
		"RemoveDelegate":     func() error { return refused(db.RemoveDelegate(ctx, him, d, id, 1)) },
		"WithdrawInvitation": func() error { return refused(db.WithdrawInvitation(ctx, him, d, id, 1, "Nhầm")) },
		"OrderDelegates":     func() error { return refused(db.OrderDelegates(ctx, him, d, nil)) },
		"ProposeInvitations": func() error { _, err := db.ProposeInvitations(ctx, him, d, true); return refused(err) },
		"InviteDelegates":    func() error { _, err := db.InviteDelegates(ctx, him, d, seen, how); return refused(err) },
		"RemindDelegates":    func() error { _, err := db.RemindDelegates(ctx, him, d, seen, how); return refused(err) },
		"PrintInvitations": func() error {
			return refused(db.PrintInvitations(ctx, him, d, key(1), []doithoai.ID{id}))
		},
		"PrintedInvitations": func() error {
			codes, err := db.PrintedInvitations(ctx, him, d, key(1))
			if len(codes) > 0 {
				return fmt.Errorf("%d codes", len(codes))
			}
			return err
		},
		"RecordReply": func() error {
			return refused(db.RecordReply(ctx, him, d, id, 1, plan.Reply{Answer: plan.InvitationAccepted}))
		},
		"ReplyInvitation": func() error {
			_, _, err := db.ReplyInvitation(ctx, fx.otherResident, InvitationCode(key(1), id),
				plan.Reply{Answer: plan.InvitationAccepted})
			return refused(err)
		},
		"KeepDelegates": func() error { return refused(db.KeepDelegates(ctx, him, d, doithoai.ListFile{}, nil)) },
		"KeptDelegates": func() error { _, err := db.KeptDelegates(ctx, him, d); return refused(err) },
		"ImportDelegates": func() error {
			_, err := db.ImportDelegates(ctx, him, d, doithoai.ListFile{}, "")
			return refused(err)
		},
	}
}
