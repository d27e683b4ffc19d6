package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// inRole is an officer who holds one role only, by no seat.
func inRole(a doithoai.Actor, role doithoai.Role) doithoai.Actor {
	a.Roles, a.Seats = []doithoai.Role{role}, nil
	return a
}

// headOf is the head of a village.
func headOf(a doithoai.Actor, village doithoai.ID) doithoai.Actor {
	a.Roles = []doithoai.Role{doithoai.RoleVillageHead}
	a.Seats = []doithoai.Seat{{Role: doithoai.RoleVillageHead, VillageID: village}}
	return a
}

// testLines are an estimate of 1,500,000 and 2.5 × 100,000 đồng.
func testLines() []plan.EstimateLine {
	return []plan.EstimateLine{
		{Content: "Băng rôn", Unit: "bộ", Cost: plan.Cost{Quantity: 1000, Price: 1_500_000}, Basis: "Báo giá"},
		{Content: "Phiếu", Unit: "trăm tờ", Cost: plan.Cost{Quantity: 2500, Price: 100_000}, Basis: "Báo giá"},
	}
}

func TestEstimate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id, finance := ctxOf(t), fx.dialogue.ID, inRole(fx.land, doithoai.RoleFinance)
		for _, a := range []doithoai.Actor{fx.chair, finance, fx.justice, fx.admin, fx.resident} {
			_, err := db.SaveEstimate(ctx, a, id, 0, testLines())
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		e, err := db.SaveEstimate(ctx, fx.office, id, 0, plan.UsualEstimate(fx.dialogue.Form))
		must(t, err)
		_, err = db.SubmitEstimate(ctx, fx.office, id, e.Version) // no rate stands in it
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.SaveEstimate(ctx, fx.office, id, 0, testLines())
		wantKind(t, err, doithoai.Conflict, "")
		e, err = db.SaveEstimate(ctx, fx.office, id, e.Version, testLines())
		must(t, err)
		_, err = db.ApproveEstimate(ctx, fx.chair, id, e.Version)
		wantKind(t, err, doithoai.Conflict, "")
		e, err = db.SubmitEstimate(ctx, fx.office, id, e.Version)
		must(t, err)
		_, err = db.SaveEstimate(ctx, fx.office, id, e.Version, testLines())
		wantKind(t, err, doithoai.Conflict, "")
		_, err = db.ApproveEstimate(ctx, fx.office, id, e.Version)
		wantKind(t, err, doithoai.NotAllowed, "")
		e, err = db.ApproveEstimate(ctx, fx.chair, id, e.Version)
		must(t, err)
		funding := plan.Funding{Source: "Ngân sách xã", Sum: 1_750_001, Number: "15/QĐ-UBND", Date: db.Now().Date()}
		_, err = db.FundEstimate(ctx, finance, id, e.Version, funding) // more than was approved, without a reason
		wantKind(t, err, doithoai.Invalid, "")
		funding.Sum--
		e, err = db.FundEstimate(ctx, finance, id, e.Version, funding)
		must(t, err)
		_, err = db.RecordSpending(ctx, fx.office, id, e.Version, nil, "")
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.RecordSpending(ctx, finance, id, e.Version, []plan.Spending{{Sum: 1}}, "")
		wantKind(t, err, doithoai.Conflict, "") // of other lines
		spent := []plan.Spending{{Sum: 1_400_000, Papers: "HĐ 12"}, {Sum: 400_000, Papers: "HĐ 13"}}
		_, err = db.RecordSpending(ctx, finance, id, e.Version, spent, "")
		wantKind(t, err, doithoai.Invalid, "") // 50,000 more than there is
		e, err = db.RecordSpending(ctx, finance, id, e.Version, spent, "In thêm phiếu cho thôn 2.")
		must(t, err)
		spent[1].Sum = 350_000
		_, err = db.RecordSpending(ctx, finance, id, e.Version, spent, "")
		must(t, err)
		kept, err := db.Estimate(ctx, fx.justice, id)
		must(t, err)
		if kept.State != plan.EstimateSpent || kept.Spent() != 1_750_000 || kept.Overspent != "" || kept.Funding != funding {
			t.Errorf("kept %+v", kept)
		}
	})
}

func TestEstimateIsChanged(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id := ctxOf(t), fx.dialogue.ID
		e, err := db.SaveEstimate(ctx, fx.office, id, 0, testLines())
		must(t, err)
		e, err = db.SubmitEstimate(ctx, fx.office, id, e.Version)
		must(t, err)
		same := []plan.Cost{{Quantity: 1000, Price: 1_500_000}, {Quantity: 2500, Price: 100_000}}
		less := []plan.Cost{{Quantity: 1000, Price: 1_200_000}, {Quantity: 2500, Price: 100_000}}
		_, err = db.ChangeEstimate(ctx, fx.chair, id, e.Version, same, "Như đã trình.")
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.ChangeEstimate(ctx, fx.chair, id, e.Version, less, "")
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.ChangeEstimate(ctx, fx.chair, id, e.Version, less[:1], "Giảm.")
		wantKind(t, err, doithoai.Conflict, "")
		_, err = db.ChangeEstimate(ctx, fx.chair, id, e.Version, less, "Dùng lại khung cũ.")
		must(t, err)
		kept, err := db.Estimate(ctx, fx.office, id)
		must(t, err)
		if kept.Submitted() != 1_750_000 || kept.Approved() != 1_450_000 || kept.Reason != "Dùng lại khung cũ." ||
			kept.Lines[1].Changed != nil {
			t.Errorf("kept %+v", kept)
		}
	})
}

func TestEstimateComesBack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id := ctxOf(t), fx.dialogue.ID
		e, err := db.SaveEstimate(ctx, fx.office, id, 0, testLines())
		must(t, err)
		e, err = db.SubmitEstimate(ctx, fx.office, id, e.Version)
		must(t, err)
		e, err = db.WithdrawEstimate(ctx, fx.office, id, e.Version)
		must(t, err)
		if e.State != plan.EstimateDraft || e.SubmittedBy != "" {
			t.Errorf("withdrawn: %+v", e)
		}
		e, err = db.SubmitEstimate(ctx, fx.office, id, e.Version)
		must(t, err)
		_, err = db.RefuseEstimate(ctx, fx.chair, id, e.Version, "")
		wantKind(t, err, doithoai.Invalid, "")
		e, err = db.RefuseEstimate(ctx, fx.chair, id, e.Version, "Chưa có báo giá.")
		must(t, err)
		e, err = db.SaveEstimate(ctx, fx.office, id, e.Version, testLines())
		must(t, err)
		if e.State != plan.EstimateDraft || e.Reason != "Chưa có báo giá." || e.DecidedBy != "" {
			t.Errorf("written anew: %+v", e)
		}
	})
}

func TestLogistics(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id, culture := ctxOf(t), fx.dialogue.ID, inRole(fx.office2, doithoai.RoleCulture)
		wantKind(t, db.BeginLogistics(ctx, fx.justice, id), doithoai.NotAllowed, "")
		must(t, db.BeginLogistics(ctx, culture, id))
		wantKind(t, db.BeginLogistics(ctx, culture, id), doithoai.Conflict, "")
		own, err := db.SetLogisticsItem(ctx, culture, 0, plan.LogisticsItem{
			DialogueID: id, Title: "Sơ đồ chỗ ngồi", UnitID: fx.units["dia-chinh"].ID,
		})
		must(t, err)
		_, err = db.SetLogisticsItem(ctx, culture, 0, plan.LogisticsItem{
			DialogueID: id, Title: "Của xã khác", UnitID: fx.otherUnits["van-phong"].ID,
		})
		wantKind(t, err, doithoai.Invalid, "")
		all, err := db.Logistics(ctx, fx.justice, id)
		must(t, err)
		if len(all) != 11 || all[10].ID != own.ID || all[1].Detail == "" {
			t.Fatalf("%d items, the banner says %q", len(all), all[1].Detail)
		}
		today := db.Now().Date()
		_, err = db.FinishLogisticsItem(ctx, fx.justice, id, own.ID, 1, today, "")
		wantKind(t, err, doithoai.NotAllowed, "") // another unit's
		_, err = db.FinishLogisticsItem(ctx, fx.land, id, own.ID, 1, today.AddDays(1), "")
		wantKind(t, err, doithoai.Invalid, "")
		done, err := db.FinishLogisticsItem(ctx, fx.land, id, own.ID, 1, today, "Có ảnh.")
		must(t, err)
		_, err = db.DropLogisticsItem(ctx, culture, id, own.ID, done.Version, "Thôi.")
		wantKind(t, err, doithoai.Conflict, "")
		done.Title = "Sơ đồ"
		done, err = db.SetLogisticsItem(ctx, culture, done.Version, done)
		must(t, err)
		if done.DoneOn != today || done.Note != "Có ảnh." {
			t.Errorf("written anew: %+v", done)
		}
		done, err = db.ReopenLogisticsItem(ctx, fx.land, id, own.ID, done.Version)
		must(t, err)
		_, err = db.DropLogisticsItem(ctx, fx.land, id, own.ID, done.Version, "Thôi.")
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.DropLogisticsItem(ctx, culture, id, own.ID, done.Version, "")
		wantKind(t, err, doithoai.Invalid, "")
		gone, err := db.DropLogisticsItem(ctx, culture, id, own.ID, done.Version, "Dùng sơ đồ năm trước.")
		must(t, err)
		if gone.State() != plan.StepDropped {
			t.Errorf("dropped: %+v", gone)
		}
	})
}

// ready is the dialogue's first bulletin, which may be read out.
func (fx *fixture) ready(t testing.TB, db *DB) plan.Bulletin {
	t.Helper()
	b, err := db.SaveBulletin(ctxOf(t), fx.office, fx.dialogue.ID, 0, "Kính mời bà con.")
	must(t, err)
	b, err = db.ReleaseBulletin(ctxOf(t), fx.office, fx.dialogue.ID, b.Version)
	must(t, err)
	return b
}

// moveDialogue counts a move, as another day does.
func (fx *fixture) countMove(t testing.TB, db *DB) {
	t.Helper()
	must(t, db.act(ctxOf(t), func(tx *Tx) error {
		return tx.exec(ctxOf(t), `UPDATE dialogue SET moves = moves + 1 WHERE id = $1`, fx.dialogue.ID)
	}))
}

func TestBulletin(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id := ctxOf(t), fx.dialogue.ID
		_, err := db.SaveBulletin(ctx, fx.justice, id, 0, "Kính mời")
		wantKind(t, err, doithoai.NotAllowed, "")
		_, err = db.SaveBulletin(ctx, fx.office, id, 0, " ")
		wantKind(t, err, doithoai.Invalid, "")
		b := fx.ready(t, db)
		_, err = db.ReleaseBulletin(ctx, fx.office, id, b.Version)
		wantKind(t, err, doithoai.Conflict, "")
		b, err = db.SaveBulletin(ctx, fx.office, id, 0, "Kính mời bà con đến dự.")
		must(t, err)
		if b.Number != 2 || b.State != plan.BulletinDraft {
			t.Errorf("a text that may be read out was written over: %+v", b)
		}
		fx.countMove(t, db)
		_, err = db.ReleaseBulletin(ctx, fx.office, id, b.Version)
		wantKind(t, err, doithoai.Conflict, "bulletin.problem.moved")
		_, err = db.SaveBulletin(ctx, fx.office, id, b.Version, "Kính mời")
		wantKind(t, err, doithoai.Conflict, "") // a new one begins
		_, err = db.SaveBulletin(ctx, fx.office, id, 0, "Thay đổi: kính mời bà con.")
		must(t, err)
		all, err := db.Bulletins(ctx, fx.chair, id)
		must(t, err)
		if len(all) != 3 || all[0].Moves != 1 || all[1].Body != "Kính mời bà con đến dự." {
			t.Errorf("%+v", all)
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE dialogue SET state = 'cancelled' WHERE id = $1`, id)
		}))
		_, err = db.ReleaseBulletin(ctx, fx.office, id, 1)
		wantKind(t, err, doithoai.Conflict, "bulletin.problem.not_announced")
	})
}

func TestBroadcasts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id, today := ctxOf(t), fx.dialogue.ID, db.Now().Date()
		three := plan.Schedule{From: today.AddDays(1), Days: 3, Clocks: []calendar.Clock{17 * 60}}
		wantKind(t, db.ScheduleBroadcasts(ctx, fx.office, id, three), doithoai.Conflict, "bulletin.problem.not_ready")
		fx.ready(t, db)
		two := three
		two.Days = 2
		wantKind(t, db.ScheduleBroadcasts(ctx, fx.office, id, two), doithoai.Invalid, "")
		must(t, db.ScheduleBroadcasts(ctx, fx.office, id, three))
		wantKind(t, db.ScheduleBroadcasts(ctx, fx.office, id, three), doithoai.Invalid, "")
		planned, err := db.Broadcasts(ctx, fx.justice, id)
		must(t, err)
		log := func(b plan.Broadcast, state plan.BroadcastState, reader, note string) error {
			b.State, b.Reader, b.Note = state, reader, note
			return db.LogBroadcast(ctx, fx.office, id, b.ID, b.Version, b)
		}
		wantKind(t, log(planned[0], plan.BroadcastAired, "Bà Giả Sử", ""), doithoai.Invalid, "") // its hour has not come
		fx.clock.forward(72 * time.Hour)
		must(t, log(planned[0], plan.BroadcastAired, "Bà Giả Sử", ""))
		must(t, log(planned[1], plan.BroadcastAired, "Bà Giả Sử", ""))
		wantKind(t, log(planned[1], plan.BroadcastAired, "Bà Giả Sử", ""), doithoai.Conflict, "")
		wantKind(t, log(planned[2], plan.BroadcastBroken, "Bà Giả Sử", ""), doithoai.Invalid, "")
		days, err := db.BroadcastDays(ctx, fx.chair, id)
		must(t, err)
		if want := []calendar.Date{today.AddDays(1), today.AddDays(2)}; !slices.Equal(days, want) {
			t.Errorf("days %v, want %v", days, want)
		}
		unplanned := plan.Broadcast{
			Day: today.AddDays(3), Clock: 6 * 60, State: plan.BroadcastAired, Reader: "Bà Giả Sử",
		}
		must(t, db.LogBroadcast(ctx, fx.office, id, "", 0, unplanned))
		if days, err = db.BroadcastDays(ctx, fx.chair, id); err != nil || len(days) != 3 {
			t.Errorf("days %v, %v", days, err)
		}
		fx.countMove(t, db) // what was read out named another day
		if days, err = db.BroadcastDays(ctx, fx.chair, id); err != nil || len(days) != 0 {
			t.Errorf("days %v, %v after a move", days, err)
		}
		b, err := db.SaveBulletin(ctx, fx.office, id, 0, "Thay đổi: kính mời bà con.")
		must(t, err)
		_, err = db.ReleaseBulletin(ctx, fx.office, id, b.Version)
		must(t, err)
		left, err := db.Broadcasts(ctx, fx.chair, id)
		must(t, err)
		if len(left) != 3 { // the one still planned is dropped
			t.Errorf("%+v", left)
		}
		wantKind(t, db.DropBroadcast(ctx, fx.office, id, planned[2].ID, planned[2].Version+1), doithoai.Conflict, "")
	})
}

func TestRelay(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id, today := ctxOf(t), fx.dialogue.ID, db.Now().Date()
		head := headOf(fx.land, fx.villages[0].ID)
		told := func(village doithoai.Village) plan.Relay {
			return plan.Relay{
				DialogueID: id, VillageID: village.ID, Matter: plan.RelayAnnouncement, Day: today, Clock: 8 * 60,
				Ways: []plan.RelayWay{"loudspeaker", "meeting"},
			}
		}
		wantKind(t, db.TellVillage(ctx, head, 0, told(fx.villages[1])), doithoai.NotAllowed, "")
		wantKind(t, db.TellVillage(ctx, fx.secretary, 0, told(fx.villages[0])), doithoai.NotAllowed, "")
		wantKind(t, db.TellVillage(ctx, fx.office, 0, told(fx.otherVillage)), doithoai.NotFound, "")
		for name, spoil := range map[string]func(*plan.Relay){
			"no way":        func(r *plan.Relay) { r.Ways = nil },
			"invented way":  func(r *plan.Relay) { r.Ways = []plan.RelayWay{"drum"} },
			"to come":       func(r *plan.Relay) { r.Clock = 10 * 60 },
			"before it was": func(r *plan.Relay) { r.Day = today.AddDays(-1) },
		} {
			r := told(fx.villages[0])
			if spoil(&r); doithoai.KindOf(db.TellVillage(ctx, head, 0, r)) != doithoai.Invalid {
				t.Errorf("%s is taken", name)
			}
		}
		results := told(fx.villages[0])
		results.Matter = plan.RelayResults
		wantKind(t, db.TellVillage(ctx, head, 0, results), doithoai.Conflict, "relay.problem.not_open")
		must(t, db.TellVillage(ctx, head, 0, told(fx.villages[0])))
		wantKind(t, db.TellVillage(ctx, head, 0, told(fx.villages[0])), doithoai.Conflict, "")
		must(t, db.TellVillage(ctx, head, 1, told(fx.villages[0])))
		wantKind(t, db.TellVillage(ctx, fx.office, 0, told(fx.villages[1])), doithoai.Invalid, "") // whose word?
		by := told(fx.villages[1])
		by.Reporter = "Trưởng thôn 2, qua điện thoại"
		must(t, db.TellVillage(ctx, fx.office, 0, by))
		posted := told(fx.villages[0])
		posted.Place = "Nhà văn hóa thôn"
		must(t, db.PostInVillage(ctx, head, 0, posted))

		all, err := db.Relay(ctx, fx.justice, id, plan.RelayAnnouncement)
		must(t, err)
		if plan.Told(all) != 2 || len(all) != 3 || all[0].Posted == nil || all[1].Told.Reporter == "" {
			t.Errorf("%+v", all)
		}
		fx.countMove(t, db)
		all, err = db.Relay(ctx, fx.justice, id, plan.RelayAnnouncement)
		must(t, err)
		if plan.Told(all) != 0 || !all[0].Again || all[2].Again || all[0].Posted != nil {
			t.Errorf("after a move: %+v", all)
		}
		must(t, db.TellVillage(ctx, head, 2, told(fx.villages[0])))
		if all, err = db.Relay(ctx, fx.justice, id, plan.RelayAnnouncement); err != nil || plan.Told(all) != 1 {
			t.Errorf("told again: %+v, %v", all, err)
		}
		own, err := db.OwnVillages(ctx, head)
		must(t, err)
		if len(own) != 1 || own[0].Village.ID != fx.villages[0].ID || len(own[0].Dialogues) != 1 {
			t.Errorf("the head sees %+v", own)
		}
		_, err = db.OwnVillages(ctx, fx.office)
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}

func TestUrgeVillage(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		u := plan.Urging{
			DialogueID: fx.dialogue.ID, VillageID: fx.villages[2].ID, Matter: plan.RelayAnnouncement, Way: "call",
		}
		wantKind(t, db.UrgeVillage(ctx, fx.justice, 0, u), doithoai.NotAllowed, "")
		must(t, db.UrgeVillage(ctx, fx.office, 0, u))
		wantKind(t, db.UrgeVillage(ctx, fx.office, 0, u), doithoai.Conflict, "")
		must(t, db.UrgeVillage(ctx, fx.office, 1, u))
		u.Way = "drum"
		wantKind(t, db.UrgeVillage(ctx, fx.office, 2, u), doithoai.Invalid, "")
		all, err := db.Relay(ctx, fx.justice, fx.dialogue.ID, plan.RelayAnnouncement)
		must(t, err)
		if len(all[2].Urgings) != 2 || all[2].Urgings[1].Number != 2 || len(all[0].Urgings) != 0 {
			t.Errorf("%+v", all)
		}
	})
}
