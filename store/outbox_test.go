package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Two nodes that claim at once get each parcel once.
func TestClaimParcels(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		const n = 40
		for i := range n {
			fx.submit(t, db, i, "Một", "Hai")
		}
		nodes := []*DB{db, fx.open(t)}
		var mu sync.Mutex
		claimed := map[doithoai.ID]int{}
		var group sync.WaitGroup
		for _, node := range nodes {
			for range 2 {
				group.Go(func() {
					for {
						parcels, err := node.ClaimParcels(ctxOf(t), doithoai.WayEmail, 3)
						if err != nil {
							t.Error(err)
							return
						}
						mu.Lock()
						for _, p := range parcels {
							claimed[p.Delivery.ID]++
							if p.To != "minhhoa@example.vn" || p.Authority != fx.authority || len(p.Numbers) != 2 ||
								p.Delivery.Way != doithoai.WayEmail {
								t.Errorf("parcel %+v", p)
							}
						}
						done := len(claimed) >= n
						mu.Unlock()
						if done {
							return
						}
					}
				})
			}
		}
		group.Wait()
		if len(claimed) != n {
			t.Errorf("%d parcels claimed, want %d", len(claimed), n)
		}
		for id, times := range claimed {
			if times != 1 {
				t.Errorf("parcel %s was claimed %d times", id, times)
			}
		}
	})
}

// A parcel that could not be sent comes back, later and later, until it has failed and waits for people.
func TestSettleParcel(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.bring(t, db, 1, dispatched)
		claim := func() []Parcel {
			p, err := db.ClaimParcels(ctx, doithoai.WayEmail, 10)
			must(t, err)
			return p
		}
		parcels := claim()
		if len(parcels) != 2 {
			t.Fatalf("%d parcels, want the receipt and the answer", len(parcels))
		}
		if parcels[0].Delivery.Kind == doithoai.DeliveryAnswered {
			parcels[0], parcels[1] = parcels[1], parcels[0]
		}
		must(t, db.SettleParcel(ctx, parcels[0].Delivery, doithoai.TroubleNone))
		wantKind(t, db.SettleParcel(ctx, parcels[0].Delivery, doithoai.TroubleNone), doithoai.Conflict, "")
		parcel := parcels[1]
		for try, minutes := range []int{
			1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720, 720, 720, 720, 720, 720,
		} {
			must(t, db.SettleParcel(ctx, parcel.Delivery, doithoai.TroubleServer))
			fx.clock.forward(time.Duration(minutes)*time.Minute - time.Second)
			if early := claim(); len(early) > 0 {
				t.Fatalf("try %d comes too early: %+v", try+2, early)
			}
			fx.clock.forward(time.Second)
			if parcels = claim(); len(parcels) != 1 || parcels[0].Delivery.Attempts != try+2 {
				t.Fatalf("try %d: %+v", try+2, parcels)
			}
			parcel = parcels[0]
		}
		must(t, db.SettleParcel(ctx, parcel.Delivery, doithoai.TroubleServer))
		fx.clock.forward(30 * 24 * time.Hour)
		if more := claim(); len(more) > 0 {
			t.Errorf("tried again after %d tries", maxTries)
		}
		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		failed := slices.ContainsFunc(hand, func(h HandDelivery) bool {
			return h.Delivery.ID == parcel.Delivery.ID && h.Delivery.State == doithoai.DeliveryFailed
		})
		if !failed {
			t.Errorf("the failed answer does not wait for people: %+v", hand)
		}
	})
}

// What no server will ever take is not tried again: people learn of it at once.
func TestRefusedParcelWaitsForPeople(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		fx.bring(t, db, 1, dispatched)
		parcels, err := db.ClaimParcels(ctxOf(t), doithoai.WayEmail, 10)
		must(t, err)
		for _, p := range parcels {
			must(t, db.SettleParcel(ctxOf(t), p.Delivery, doithoai.TroubleRefused))
		}
		hand, _, err := db.HandDeliveries(ctxOf(t), fx.office)
		must(t, err)
		if !slices.ContainsFunc(hand, func(h HandDelivery) bool {
			return h.Delivery.Way == doithoai.WayEmail && h.Delivery.Kind == doithoai.DeliveryAnswered &&
				h.Delivery.State == doithoai.DeliveryFailed
		}) {
			t.Errorf("the refused answer does not wait for people: %+v", hand)
		}
		fx.clock.forward(30 * 24 * time.Hour)
		again, err := db.ClaimParcels(ctxOf(t), doithoai.WayEmail, 10)
		must(t, err)
		if len(again) > 0 {
			t.Errorf("tried again: %+v", again)
		}
	})
}

// A sender that dies loses nothing: what it claimed and did not settle comes back.
func TestClaimedParcelComesBack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		fx.submit(t, db, 1, "Một")
		for try := 1; try <= 2; try++ {
			p, err := db.ClaimParcels(ctxOf(t), doithoai.WayEmail, 5)
			must(t, err)
			if len(p) != 1 || p[0].Delivery.Attempts != try {
				t.Fatalf("try %d: %+v", try, p)
			}
			p, err = db.ClaimParcels(ctxOf(t), doithoai.WayEmail, 5)
			must(t, err)
			if len(p) != 0 {
				t.Fatalf("claimed again at once: %+v", p)
			}
			fx.clock.forward(claimLife)
		}
	})
}

func TestRecordDelivery(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, dispatched)
		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		if len(hand) != 1 || hand[0].Delivery.Way != doithoai.WayPickUp || hand[0].Opinion.ID != r.Opinions[0].ID ||
			hand[0].Opinion.Content != r.Opinions[0].Content || hand[0].Village != "Thôn 1" {
			t.Fatalf("by hand: %+v", hand)
		}
		d := hand[0].Delivery
		told := toldNow(db)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			wantKind(t, db.RecordDelivery(ctx, a, d.ID, d.Version, told), doithoai.NotAllowed, "")
		}
		for _, bad := range badIDs {
			wantKind(t, db.RecordDelivery(ctx, fx.office, bad, d.Version, told), doithoai.NotFound, "")
		}
		wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version+1, told), doithoai.Conflict, "")
		tomorrow := told
		tomorrow.On = told.On.AddDays(1)
		wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, tomorrow), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		fx.clock.forward(2 * time.Hour)
		must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, told)) // told two hours ago
		wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version+1, told), doithoai.Conflict, "")
		file, err := db.OpinionFile(ctx, fx.office, r.Opinions[0].ID)
		must(t, err)
		last, kept := file.Events[len(file.Events)-1], deliveryOf(t, file, d.ID)
		if last.Act != doithoai.ActRecordDelivery || last.Facts.Way != doithoai.WayPickUp || last.ActorID != fx.office.ID ||
			last.Facts.ToldAt != told.At() || last.Facts.Receiver != doithoai.ReceiverSelf || last.Facts.Delivery != d.ID {
			t.Errorf("last event %+v", last)
		}
		if kept.SentAt != told.At() || kept.RecordedAt != db.Now() || kept.RecordedBy != fx.office.ID {
			t.Errorf("kept %+v", kept)
		}
		wantClean(t, db)
	})
}

// What the program is still to send, and the receipt of a whole slip, nobody tells by hand.
func TestRecordDeliveryToTell(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.bring(t, db, 1, dispatched)
		mails, err := list(ctx, db.reader(), scanDelivery, `SELECT `+deliveryColumns+`
			FROM delivery
			WHERE way = 'email' AND state = 'queued'
			ORDER BY kind`)
		must(t, err)
		if len(mails) != 2 || mails[0].Kind != doithoai.DeliveryAnswered || mails[1].Kind != doithoai.DeliveryReceived {
			t.Fatalf("to be sent: %+v", mails)
		}
		before := fingerprint(t, db)
		for _, d := range mails {
			wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)), doithoai.Conflict, "")
			wantKind(t, db.RecordDelivery(ctx, fx.justice, d.ID, d.Version, toldNow(db)), doithoai.NotAllowed, "")
		}
		wantSame(t, before, fingerprint(t, db))
		receipt, answer := mails[1], mails[0]
		parcels, err := db.ClaimParcels(ctx, doithoai.WayEmail, 5)
		must(t, err)
		for _, p := range parcels {
			must(t, db.SettleParcel(ctx, p.Delivery, doithoai.TroubleRefused))
		}
		wantKind(t, db.RecordDelivery(ctx, fx.office, receipt.ID, receipt.Version+2, toldNow(db)), doithoai.Conflict, "")
		wantKind(t, db.WithdrawDelivery(ctx, fx.office, receipt.ID, receipt.Version+2), doithoai.Conflict, "")
		must(t, db.RecordDelivery(ctx, fx.office, answer.ID, answer.Version+2, toldNow(db)))
		wantClean(t, db)
	})
}

// TestWithdrawDelivery takes back what was recorded by mistake: who recorded it, on the same day.
func TestWithdrawDelivery(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, dispatched)
		hand, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		d := hand[0].Delivery
		wantKind(t, db.WithdrawDelivery(ctx, fx.office, d.ID, d.Version), doithoai.Conflict, "")
		must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)))
		if hand, _, err = db.HandDeliveries(ctx, fx.office); err != nil || len(hand) != 0 {
			t.Fatalf("told, %d wait, %v", len(hand), err)
		}
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.office2} { // office2 recorded nothing
			wantKind(t, db.WithdrawDelivery(ctx, a, d.ID, d.Version+1), doithoai.NotAllowed, "")
		}
		for _, bad := range badIDs {
			wantKind(t, db.WithdrawDelivery(ctx, fx.office, bad, d.Version+1), doithoai.NotFound, "")
		}
		wantKind(t, db.WithdrawDelivery(ctx, fx.office, d.ID, d.Version), doithoai.Conflict, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, db.WithdrawDelivery(ctx, fx.office, d.ID, d.Version+1))
		file, err := db.OpinionFile(ctx, fx.office, r.Opinions[0].ID)
		must(t, err)
		kept := deliveryOf(t, file, d.ID)
		if last := file.Events[len(file.Events)-1]; last.Act != doithoai.ActWithdrawDelivery || !kept.ToTell() ||
			!kept.SentAt.IsZero() || !kept.RecordedAt.IsZero() || kept.RecordedBy != "" || kept.Receiver != "" {
			t.Errorf("last event %+v, kept %+v", last, kept)
		}
		must(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version+2, toldNow(db)))
		fx.clock.forward(24 * time.Hour)
		wantKind(t, db.WithdrawDelivery(ctx, fx.office, d.ID, d.Version+3), doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

// toldNow is a telling to the person in this minute.
func toldNow(db *DB) doithoai.Telling {
	now := calendar.Civil(db.Now())
	return doithoai.Telling{
		On: db.Now().Date(), Clock: calendar.Clock(now.Hour()*60 + now.Minute()), Receiver: doithoai.ReceiverSelf,
	}
}

func deliveryOf(t testing.TB, f OpinionFile, id doithoai.ID) doithoai.Delivery {
	t.Helper()
	for _, d := range f.Deliveries {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("no delivery %s", id)
	return doithoai.Delivery{}
}

// TestViewedPetitioner shows who raised an opinion again only to who has just put a view on record.
func TestViewedPetitioner(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, dispatched).Opinions[0].ID
		shown := func(a doithoai.Actor) bool {
			who, ok, err := db.ViewedPetitioner(ctx, a, id)
			must(t, err)
			if ok != (who.Name != "") {
				t.Errorf("%v, %+v", ok, who)
			}
			return ok
		}
		if shown(fx.office) {
			t.Error("shown without a view on record")
		}
		_, err := db.ViewPetitioner(ctx, fx.office, id, "deliver")
		must(t, err)
		if !shown(fx.office) || shown(fx.chair) {
			t.Error("shown to who looked, and to nobody else")
		}
		if _, _, err := db.ViewedPetitioner(ctx, fx.secretary, id); doithoai.KindOf(err) != doithoai.NotAllowed {
			t.Errorf("to the secretary: %v", err)
		}
		fx.clock.forward(viewLife)
		if shown(fx.office) {
			t.Error("an old view still shows")
		}
	})
}

// The receipt is in the person's hands: it goes out once more by e-mail or not at all. The answer goes each way that
// was chosen, and is brought by hand to whoever chose none.
func TestDeliveriesQueued(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		hall := doithoai.Slip{
			DialogueID: fx.dialogue.ID, Matters: []string{"Phát biểu"}, Petitioner: doithoai.Petitioner{Name: "Ông Thử"},
		}
		for n, tt := range []struct {
			ways               []doithoai.Way // none: spoken in the hall
			received, answered []doithoai.Way
		}{
			{doithoai.Ways, []doithoai.Way{doithoai.WayEmail}, doithoai.Ways},
			{[]doithoai.Way{doithoai.WayPost}, nil, []doithoai.Way{doithoai.WayPost}},
			{nil, nil, []doithoai.Way{doithoai.WayPickUp}},
		} {
			s := fx.slip("Thủ tục đất đai của gia đình tôi bao giờ xong?")
			s.Petitioner.Ways, s.Petitioner.Phone, s.Petitioner.PostAddress = tt.ways, "0900000000", "Thôn 1"
			r, err := db.SubmitSlip(ctx, fx.resident, key(n), s)
			if tt.ways == nil {
				r, err = db.RecordOpinion(ctx, fx.secretary, key(n), hall)
			}
			must(t, err)
			id := r.Opinions[0].ID
			_, err = db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())
			must(t, err)
			must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer))
			must(t, db.SignAnswer(ctx, fx.chair, id, 2))
			must(t, db.DispatchAnswer(ctx, fx.office, id, 3, string(r.Opinions[0].Number)[6:], db.Now().Date()))
			file, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			got := map[doithoai.DeliveryKind][]doithoai.Way{}
			for _, d := range file.Deliveries {
				got[d.Kind] = append(got[d.Kind], d.Way)
			}
			if !slices.Equal(got[doithoai.DeliveryReceived], tt.received) ||
				!slices.Equal(got[doithoai.DeliveryAnswered], tt.answered) {
				t.Errorf("%q chosen: queued %q", tt.ways, got)
			}
		}
	})
}

// Daily work is done once a day, by whichever node comes first.
func TestPurge(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, "old", nil)
		must(t, err)
		_, _, err = db.SignIn(ctx, fx.authority.ID, "van-phong", testPassword, "", "")
		must(t, err)
		nodes := []*DB{db, fx.open(t)}
		for day := range 3 {
			var mu sync.Mutex
			done := 0
			var group sync.WaitGroup
			for i := range 6 {
				group.Go(func() {
					did, err := nodes[i%2].Purge(ctx)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					if did {
						done++
					}
				})
			}
			group.Wait()
			if done != 1 {
				t.Errorf("day %d: done %d times", day, done)
			}
			if day == 0 {
				fx.clock.forward(DraftLife - time.Hour)
				_, err = db.SaveDraft(ctx, fx.land, DraftAnswer, "new", nil)
				must(t, err)
			} else {
				fx.clock.forward(24 * time.Hour)
			}
		}
		left, err := list(ctx, db.reader(), column[string], `SELECT subject
			FROM draft
			UNION ALL
			SELECT agent
			FROM sign_in
			WHERE expires_at < $1`, db.Now().Add(-DraftLife))
		must(t, err)
		if fmt.Sprint(left) != "[new]" {
			t.Errorf("left %v", left)
		}
	})
}
