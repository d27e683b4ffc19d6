package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// Somebody who cannot read and has no telephone complains about the head of their village. The office writes down what
// they say, reads it back, prints a numbered sheet on which they leave a fingerprint, and keeps its scan; the answer is
// read to them where they live, and that is noted. The head stands in the way of nothing: it is not theirs to see, to
// rule, or to tell.
func TestSituation7ComplaintAboutTheVillageHead(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.PrintStack(ctx, fx.office, fx.dialogue.ID, 10)
		must(t, err)
		said := fx.slip("Trưởng thôn không đọc thông báo cho bà con xóm tôi, hỏi thì quát mắng.")
		said.Channel, said.PaperNumber, said.FieldCode = doithoai.ChannelOffice, "0007", "thai-do-phuc-vu"
		said.Petitioner.Phone, said.Petitioner.Email = "", ""
		said.Petitioner.Ways = []doithoai.Way{doithoai.WayPickUp}
		said.ReadBack = false
		_, err = db.SubmitSlip(ctx, fx.office, key(1), said)
		wantField(t, err, "doc-lai", "read_back") // it was read back, or it is not what they said
		said.ReadBack = true
		scan := fx.upload(t, db, fx.office, "phiếu 0007 có điểm chỉ.jpg")
		said.Files = []doithoai.ID{scan.ID}
		taken, err := db.SubmitSlip(ctx, fx.office, key(1), said)
		must(t, err)
		o := taken.Opinions[0]

		account, err := db.AddOfficer(ctx, doithoai.Officer{
			AuthorityID: fx.authority.ID, Login: "truong-thon", Name: "Trưởng Thôn", VillageID: fx.villages[0].ID,
			Roles: []doithoai.Role{doithoai.RoleVillageHead},
		}, testPassword)
		must(t, err)
		head := account.Actor()
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, 1, []doithoai.ID{head.ID}))
		ruling := fx.later()
		ruling.LeadUnitID, ruling.ByChair = "", true
		_, err = db.RuleOpinion(ctx, fx.chair, o.ID, 2, ruling)
		must(t, err)
		must(t, db.SubmitAnswer(ctx, fx.chair, o.ID, 1, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, o.ID, 2))
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, "9/UBND", db.Now().Date()))

		before := fingerprint(t, db)
		_, err = db.OpinionFile(ctx, head, o.ID)
		if k := doithoai.KindOf(err); k != doithoai.NotFound && k != doithoai.NotAllowed {
			t.Errorf("the head opens the complaint: %v", err)
		}
		if _, err := read(t, db, head, o.ID, scan.ID, false); err == nil {
			t.Error("the head reads the scan")
		}
		if hand, _, err := db.HandDeliveries(ctx, head); err == nil && len(hand) > 0 {
			t.Errorf("the head is to tell: %+v", hand)
		}
		wantSame(t, before, fingerprint(t, db))

		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		at := slices.IndexFunc(hand, func(h HandDelivery) bool { return h.Delivery.Kind == doithoai.DeliveryAnswered })
		if at < 0 || hand[at].Delivery.Way != doithoai.WayPickUp {
			t.Fatalf("to tell by hand: %+v", hand)
		}
		d := hand[at].Delivery
		must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)))
		file, err := db.OpinionFile(ctx, fx.chair, o.ID)
		must(t, err)
		if kept := deliveryOf(t, file, d.ID); kept.RecordedBy != fx.office.ID || kept.SentAt.IsZero() {
			t.Errorf("that it was read to them is kept as %+v", kept)
		}
		wantClean(t, db)
	})
}

// A storm: slips, their codes and the page's address stay; whoever was told of the first day is to be told again, the
// bulletin is withdrawn, the villages begin anew; the law's seven days run from the new day, and without them a reason
// is public.
func TestSituation10Storm(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, id := ctxOf(t), fx.dialogue.ID
		slip := fx.submit(t, db, 1, "Đường thôn 2 ngập")
		guest := fx.delegate(t, db, "Ninh Thị Chưa Có", "Chủ tịch Hội Nông dân")
		_, err := db.InviteDelegates(ctx, fx.office, id, []Seen{{guest.ID, guest.Version}}, byPaper(db))
		must(t, err)
		read := fx.ready(t, db)
		now := calendar.Civil(db.Now())
		village := plan.Relay{
			DialogueID: id, VillageID: fx.villages[0].ID, Matter: plan.RelayAnnouncement, Day: db.Now().Date(),
			Clock: calendar.Clock(now.Hour()*60 + now.Minute()), Ways: []plan.RelayWay{"loudspeaker"},
			Reporter: "Trưởng thôn, qua điện thoại",
		}
		must(t, db.TellVillage(ctx, fx.office, 0, village))

		fx.to(fx.dialogue.StartsAt.Add(-24 * time.Hour))
		next := fx.dialogue
		next.StartsAt = fx.dialogue.StartsAt.Add(3 * 24 * time.Hour)
		next.DoorsAt, next.EndsAt, next.SlipsUntil = calendar.Instant{}, calendar.Instant{}, next.StartsAt
		_, err = db.MoveDialogue(ctx, fx.office, id, fx.dialogue.Version, next, stormy)
		wantField(t, err, "ly-do-tre", "late")
		next.LateReason = "Nước rút chậm, kỳ họp Hội đồng nhân dân bắt đầu ngay sau đó"
		moved, err := db.MoveDialogue(ctx, fx.office, id, fx.dialogue.Version, next, stormy)
		must(t, err)

		public, err := db.DialogueBySlug(ctx, fx.authority.ID, fx.dialogue.Slug)
		must(t, err)
		if public.StartsAt != next.StartsAt || public.LateReason != next.LateReason || public.Moves != 1 {
			t.Errorf("the page says %+v", public)
		}
		followed, err := db.FollowSlip(ctx, fx.resident, slip.Code)
		must(t, err)
		if followed.Opinions[0].Opinion.Number != slip.Opinions[0].Number {
			t.Errorf("the code opens %+v", followed)
		}
		if h := plan.HeadsOf(moved, fx.delegates(t, db)); h.Stale != 1 || h.Coming != 0 {
			t.Errorf("invited: %+v", h)
		}
		if !read.Withdrawn(moved.Moves) {
			t.Error("the loudspeakers may still read out the old day")
		}
		wantKind(t, db.ScheduleBroadcasts(ctx, fx.office, id, plan.Schedule{
			From: db.Now().Date(), Days: 3, Clocks: []calendar.Clock{17 * 60},
		}), doithoai.Conflict, "")
		villages, err := db.Relay(ctx, fx.office, id, plan.RelayAnnouncement)
		must(t, err)
		if villages[0].Told != nil || !villages[0].Again {
			t.Errorf("the village that was told of the old day: %+v", villages[0])
		}
		moves, err := db.DialogueMoves(ctx, fx.authority.ID, id)
		must(t, err)
		if len(moves) != 1 || !strings.Contains(moves[0].Reason, "Bão số 6") {
			t.Errorf("moves: %+v", moves)
		}
		wantClean(t, db)
	})
}
