package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
)

// dispatchTo brings an opinion of somebody who chose ways to where its answer went out.
func (fx *fixture) dispatchTo(
	t *testing.T, db *DB, n int, phone string, ways ...doithoai.Way,
) doithoai.Opinion {
	t.Helper()
	ctx := ctxOf(t)
	s := fx.slip("Thủ tục đất đai của gia đình tôi bao giờ xong?")
	s.Petitioner.Ways, s.Petitioner.Phone, s.Petitioner.PostAddress = ways, phone, "Thôn 1"
	r, err := db.SubmitSlip(ctx, fx.resident, key(n), s)
	must(t, err)
	id := r.Opinions[0].ID
	_, err = db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())
	must(t, err)
	must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, testAnswer))
	must(t, db.SignAnswer(ctx, fx.chair, id, 2))
	must(t, db.DispatchAnswer(ctx, fx.office, id, 3, string(r.Opinions[0].Number)[6:], db.Now().Date()))
	return r.Opinions[0]
}

// answerOf is the delivery by which an answer is told one way.
func answerOf(t *testing.T, db *DB, fx *fixture, o doithoai.Opinion, way doithoai.Way) doithoai.Delivery {
	t.Helper()
	f, err := db.OpinionFile(ctxOf(t), fx.office, o.ID)
	must(t, err)
	i := slices.IndexFunc(f.Deliveries, func(d doithoai.Delivery) bool {
		return d.Kind == doithoai.DeliveryAnswered && d.Way == way
	})
	if i < 0 {
		t.Fatalf("nothing is told by %s: %+v", way, f.Deliveries)
	}
	return f.Deliveries[i]
}

// Where there are gateways, who chose the telephone gets a text message at a mobile number, and who chose Zalo a
// message there; a landline is called. Without gateways people do both.
func TestRoutes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		by := fx.dispatchTo(t, db, 1, "0905123456", doithoai.WayZalo)
		if d := answerOf(t, db, fx, by, doithoai.WayZalo); !d.ToTell() {
			t.Errorf("without a gateway nobody writes by Zalo: %+v", d)
		}
		db.gateways = doithoai.Gateways{SMS: true, Zalo: true}
		phone := fx.dispatchTo(t, db, 2, "0905123456", doithoai.WayPhone)
		zalo := fx.dispatchTo(t, db, 3, "0905123457", doithoai.WayZalo)
		landline := fx.dispatchTo(t, db, 4, "02553821234", doithoai.WayPhone)
		if d := answerOf(t, db, fx, landline, doithoai.WayPhone); !d.ToTell() {
			t.Errorf("nobody calls a landline: %+v", d)
		}
		for way, o := range map[doithoai.Way]doithoai.Opinion{doithoai.WaySMS: phone, doithoai.WayZalo: zalo} {
			d := answerOf(t, db, fx, o, way)
			if d.ByHand || d.ToTell() {
				t.Errorf("%s is for people: %+v", way, d)
			}
			parcels, err := db.ClaimParcels(ctx, way, 10)
			must(t, err)
			if len(parcels) != 2 { // the receipt and the answer; what waited by hand is not among them
				t.Fatalf("%d parcels go by %s: %+v", len(parcels), way, parcels)
			}
			for _, p := range parcels {
				if p.To != map[doithoai.Way]string{doithoai.WaySMS: "0905123456", doithoai.WayZalo: "0905123457"}[way] ||
					len(p.Numbers) != 1 || p.Numbers[0] != o.Number {
					t.Errorf("parcel %+v", p)
				}
			}
		}
		if again, err := db.ClaimParcels(ctx, doithoai.WaySMS, 10); err != nil || len(again) > 0 {
			t.Errorf("claimed twice: %+v, %v", again, err)
		}
	})
}

// What waits for a gateway that is gone is given to people.
func TestDropGateways(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		db.gateways = doithoai.Gateways{SMS: true, Zalo: true}
		phone := fx.dispatchTo(t, db, 1, "0905123456", doithoai.WayPhone)
		zalo := fx.dispatchTo(t, db, 2, "0905123456", doithoai.WayZalo)
		db.gateways.SMS = false
		must(t, db.DropGateways(ctx))
		if d := answerOf(t, db, fx, phone, doithoai.WaySMS); !d.ToTell() || d.Trouble != doithoai.TroubleNoGateway {
			t.Errorf("nobody tells what waited for the gateway: %+v", d)
		}
		if d := answerOf(t, db, fx, zalo, doithoai.WayZalo); d.ToTell() {
			t.Errorf("the other gateway is there: %+v", d)
		}
	})
}

// Of what becomes a denunciation nothing goes out any more, though it was queued and claimed.
func TestNothingToldOfDenunciations(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		db.gateways = doithoai.Gateways{SMS: true}
		s := fx.slip("Một")
		s.Petitioner.Ways, s.Petitioner.Phone = []doithoai.Way{doithoai.WayPhone}, "0905123456"
		for n := range 2 {
			_, err := db.SubmitSlip(ctx, fx.resident, key(n), s)
			must(t, err)
		}
		claimed, err := db.ClaimParcels(ctx, doithoai.WaySMS, 1)
		must(t, err)
		if stands, err := db.ParcelStands(ctx, claimed[0].Delivery); err != nil || !stands {
			t.Fatalf("it is to be sent: %v, %v", stands, err)
		}
		opinions, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM opinion`)
		must(t, err)
		for _, id := range opinions {
			_, err = db.RuleOpinion(ctx, fx.chair, id, 1, doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
			must(t, err)
		}
		if stands, err := db.ParcelStands(ctx, claimed[0].Delivery); err != nil || stands {
			t.Errorf("it would be sent: %v", err)
		}
		fx.clock.forward(time.Hour)
		if more, err := db.ClaimParcels(ctx, doithoai.WaySMS, 10); err != nil || len(more) > 0 {
			t.Errorf("receipts of denunciations go out: %+v, %v", more, err)
		}
	})
}

// TestTakeOverDelivery: the office does not wait for what does not get through. What the server took meanwhile was
// sent all the same.
func TestTakeOverDelivery(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		db.gateways = doithoai.Gateways{SMS: true}
		o := fx.dispatchTo(t, db, 1, "0905123456", doithoai.WayPhone)
		d := answerOf(t, db, fx, o, doithoai.WaySMS)
		wantKind(t, db.TakeOverDelivery(ctx, fx.office, d.ID, d.Version), doithoai.Conflict, "")
		wantKind(t, db.TakeOverDelivery(ctx, fx.justice, d.ID, d.Version), doithoai.NotAllowed, "")
		claim := func() doithoai.Delivery {
			parcels, err := db.ClaimParcels(ctx, doithoai.WaySMS, 10)
			must(t, err)
			for _, p := range parcels {
				if p.Delivery.ID == d.ID {
					return p.Delivery
				}
			}
			t.Fatalf("it is not claimed: %+v", parcels)
			return d
		}
		must(t, db.SettleParcel(ctx, claim(), doithoai.TroubleServer))
		delayed, _, err := db.DelayedDeliveries(ctx, fx.office)
		must(t, err)
		if len(delayed) != 1 || delayed[0].Delivery.Trouble != doithoai.TroubleServer || delayed[0].Opinion.ID != o.ID {
			t.Fatalf("delayed: %+v", delayed)
		}
		fx.clock.forward(time.Hour)
		under := claim() // a node sends it while the office takes it over
		wantKind(t, db.TakeOverDelivery(ctx, fx.office, d.ID, under.Version-1), doithoai.Conflict, "")
		must(t, db.TakeOverDelivery(ctx, fx.office, d.ID, under.Version))
		if d := answerOf(t, db, fx, o, doithoai.WaySMS); !d.ToTell() {
			t.Errorf("nobody tells it: %+v", d)
		}
		must(t, db.SettleParcel(ctx, under, doithoai.TroubleNone))
		d = answerOf(t, db, fx, o, doithoai.WaySMS)
		if d.State != doithoai.DeliverySent || d.SentAt.IsZero() {
			t.Errorf("what was taken was sent: %+v", d)
		}
		wantKind(t, db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)), doithoai.Conflict, "")
	})
}

// TestReadAloud: the head of a village sees what is to be read out there, nobody else's, and nothing on how officials
// serve, of which the office knows that it is to tell them past the head. An answer has its public words.
func TestReadAloud(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.dispatchTo(t, db, 1, "", doithoai.WayAloud)
		village := fx.villages[0].ID
		head := doithoai.Actor{
			AuthorityID: fx.authority.ID, ID: fx.office.ID, Roles: []doithoai.Role{doithoai.RoleVillageHead},
			Seats: []doithoai.Seat{{Role: doithoai.RoleVillageHead, VillageID: village}},
		}
		read := func(a doithoai.Actor, want, wantPast int) []Reading {
			t.Helper()
			all, more, past, err := db.Readings(ctx, a, village)
			must(t, err)
			if len(all) != want || past != wantPast || more {
				t.Errorf("%d to be read out, %d past the head", len(all), past)
			}
			return all
		}
		for _, a := range []doithoai.Actor{head, fx.office} {
			if g := read(a, 1, 0); len(g) == 1 && (g[0].Number != o.Number || g[0].Answer != "") {
				t.Errorf("%+v", g)
			}
		}
		_, _, _, err := db.Readings(ctx, head, fx.villages[1].ID)
		wantKind(t, err, doithoai.NotAllowed, "")
		_, _, _, err = db.Readings(ctx, fx.justice, village)
		wantKind(t, err, doithoai.NotAllowed, "")
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `INSERT INTO publication (opinion_id, authority_id, title, question, answer, state, proposed_by,
					version)
				VALUES ($1, $2, 'Đất đai', 'Bao giờ xong?', 'Xong ngày 30/11.', 'published', $3, 1)`,
				o.ID, fx.authority.ID, fx.office.ID)
		}))
		if g := read(head, 1, 0); len(g) == 1 && (g[0].Title != "Đất đai" || g[0].Answer != "Xong ngày 30/11.") {
			t.Errorf("%+v", g)
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `INSERT INTO concerned (id, opinion_id, officer_id, unit_id)
				VALUES ($1, $2, $3, NULL)`, newID(), o.ID, fx.justice.ID)
		}))
		read(head, 0, 1)
	})
}
