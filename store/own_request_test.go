package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
)

// renamed is another spelling of the fixture's name.
var renamed = doithoai.Identity{Name: "Nguyễn Thị Minh Hoa"}

// ask asks for something by the code.
func (fx *fixture) ask(t testing.TB, db *DB, r Received, k doithoai.OwnKind, i doithoai.Identity) error {
	t.Helper()
	o := doithoai.OwnRequest{Kind: k, Said: "Xin giúp."}
	if k == doithoai.OwnErasure {
		o.Much = doithoai.ErasureContacts
	}
	return db.RequestOwn(ctxOf(t), fx.resident, r.Code, r.Opinions[0].Number, o, i)
}

func (fx *fixture) who(t testing.TB, db *DB, r Received) doithoai.Petitioner {
	t.Helper()
	who, err := petitionerOf(ctxOf(t), db.reader(), r.Opinions[0].SlipID)
	must(t, err)
	return who
}

// How a person is told changes at once by their code, without a trace of the old in events; what waits goes the new
// way, once.
func TestChangeWaysOfDB(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, dispatched)
		id := r.Opinions[0].ID
		phone := doithoai.Contact{Ways: []doithoai.Way{doithoai.WayPhone}, Phone: "0900000009"}
		wantKind(t, db.ChangeWays(ctx, fx.office, r.Code, phone), doithoai.NotAllowed, "")
		wantKind(t, db.ChangeWays(ctx, fx.resident, r.Code, doithoai.Contact{}), doithoai.Invalid, "")
		must(t, db.ChangeWays(ctx, fx.resident, r.Code, phone))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		for _, d := range f.Deliveries {
			if d.Kind != doithoai.DeliveryReceived && (d.Way != doithoai.WayPhone || !d.ToTell()) {
				t.Errorf("to tell: %+v", d)
			}
		}
		if n := deliveriesOf(f)[doithoai.DeliveryAnswered]; n != 1 {
			t.Errorf("the answer is told %d times", n)
		}
		if who := fx.who(t, db, r); who.Phone != phone.Phone || who.Email != "" || who.Name == "" {
			t.Errorf("%+v", who)
		}
		last := f.Events[len(f.Events)-1]
		if last.Act != doithoai.ActChangeWays || !slices.Contains(last.Facts.Changed, doithoai.ContactEmail) ||
			f.Texts[last.Leaf] != "" {
			t.Errorf("%+v", last)
		}
		must(t, db.ChangeWays(ctx, fx.resident, r.Code, phone)) // the same once more is no act
		if g, err := db.OpinionFile(ctx, fx.office, id); err != nil || len(g.Events) != len(f.Events) {
			t.Errorf("%d events, then %d, %v", len(f.Events), len(g.Events), err)
		}
		mail := doithoai.Contact{Ways: []doithoai.Way{doithoai.WayEmail, doithoai.WayPhone}, Email: "moi@example.vn"}
		must(t, db.ChangeWays(ctx, fx.resident, r.Code, mail))
		if who := fx.who(t, db, r); who.Phone != phone.Phone || who.Email != mail.Email {
			t.Errorf("%+v", who)
		}
		wantClean(t, db)
		fx.tellAll(t, db, id)
		must(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureContacts, "Đơn."))
		wantKind(t, db.ChangeWays(ctx, fx.resident, r.Code, phone), doithoai.Conflict, "own_data.problem.erased")
	})
}

// What the program could not send, goes to the new address.
func TestFailedMailGoesToTheNewAddress(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, dispatched)
		claimed, err := db.ClaimParcels(ctx, doithoai.WayEmail, 10)
		must(t, err)
		for _, p := range claimed {
			must(t, db.SettleParcel(ctx, p.Delivery, doithoai.TroubleRefused))
		}
		must(t, db.ChangeWays(ctx, fx.resident, r.Code,
			doithoai.Contact{Ways: []doithoai.Way{doithoai.WayEmail, doithoai.WayPickUp}, Email: "moi@example.vn"}))
		again, err := db.ClaimParcels(ctx, doithoai.WayEmail, 10)
		must(t, err)
		if len(again) != 1 || again[0].To != "moi@example.vn" || again[0].Delivery.Kind != doithoai.DeliveryAnswered {
			t.Errorf("to send: %+v", again)
		}
	})
}

// The office gives the name that was asked for; of two who do so at once one does. A public summary that would tell it
// goes back.
func TestCorrectPetitionerOfDB(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id := r.Opinions[0].ID
		told := doithoai.Identity{Name: "Bộ Phận Một Cửa", Moved: true, VillageID: fx.villages[1].ID}
		wantKind(t, fx.ask(t, db, r, doithoai.OwnIdentity, doithoai.Identity{}), doithoai.Invalid, "")
		wantKind(t, fx.ask(t, db, r, doithoai.OwnIdentity, doithoai.Identity{Moved: true, VillageID: newID()}),
			doithoai.Invalid, "")
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, told))
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, told)) // sent twice
		wantKind(t, fx.ask(t, db, r, doithoai.OwnIdentity, renamed), doithoai.Conflict, "own_data.problem.waits")
		if who := fx.who(t, db, r); who.Name == told.Name {
			t.Error("the name changed by the code alone")
		}
		all, more, err := db.OwnRequests(ctx, fx.office)
		must(t, err)
		if len(all) != 1 || more || all[0].Opinion.ID != id || all[0].Request.Kind != doithoai.OwnIdentity {
			t.Errorf("asked: %+v", all)
		}
		wantKind(t, second2(db.OwnRequests(ctx, fx.justice)), doithoai.NotAllowed, "")
		if _, ok, err := db.ViewedIdentity(ctx, fx.office, id); ok || err != nil {
			t.Errorf("the name is shown without a view on record: %v", err)
		}
		_, err = db.ViewPetitioner(ctx, fx.office, id, "verify")
		must(t, err)
		if i, ok, err := db.ViewedIdentity(ctx, fx.office, id); !ok || err != nil || i != told {
			t.Errorf("%+v, %v, %v", i, ok, err)
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			wantKind(t, db.CorrectPetitioner(ctx, a, id, 1), doithoai.NotAllowed, "")
			wantKind(t, db.RefuseOwn(ctx, a, id, 1, "Không."), doithoai.NotAllowed, "")
		}
		wantKind(t, db.CorrectPetitioner(ctx, fx.office, id, 2), doithoai.Conflict, "")
		if n := atFour(func(i int) error {
			if i == 3 {
				return db.RefuseOwn(ctx, fx.office, id, 1, "Không.")
			}
			return db.CorrectPetitioner(ctx, fx.office, id, 1)
		}); n != 1 {
			t.Errorf("decided %d times", n)
		}
		wantClean(t, db)
	})
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, published)
		id := r.Opinions[0].ID
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, doithoai.Identity{
			Name: "Bộ Phận Một Cửa", Moved: true, VillageID: fx.villages[1].ID,
		}))
		must(t, db.CorrectPetitioner(ctx, fx.office, id, 1))
		if who := fx.who(t, db, r); who.Name != "Bộ Phận Một Cửa" || who.VillageID != fx.villages[1].ID {
			t.Errorf("%+v", who)
		}
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Publish.State != doithoai.PublicationReturned || f.Opinion.VillageID != fx.villages[1].ID ||
			deliveriesOf(f)[doithoai.DeliveryOwn] == 0 || f.Requests[0].State != doithoai.OwnGranted {
			t.Errorf("%+v, %+v", f.Publish, f.Requests)
		}
		if _, err := db.PublishedByNumber(ctx, fx.authority.ID, r.Opinions[0].Number); err == nil {
			t.Error("what tells the name is public still")
		}
		wantClean(t, db)
	})
}

// A refusal leaves things as they are, and the person may ask again; two who ask at once ask once.
func TestRefuseOwnOfDB(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		id := r.Opinions[0].ID
		if n := atFour(func(i int) error {
			return fx.ask(t, db, r, doithoai.OwnIdentity, doithoai.Identity{Name: "Tên " + string(rune('a'+i))})
		}); n != 1 {
			t.Errorf("asked %d times", n)
		}
		wantKind(t, db.RefuseOwn(ctx, fx.office, id, 1, " "), doithoai.Invalid, "")
		must(t, db.RefuseOwn(ctx, fx.office, id, 1, "Giấy tờ ghi tên cũ."))
		wantKind(t, db.RefuseOwn(ctx, fx.office, id, 1, "Lại."), doithoai.Conflict, "")
		if _, asked, err := identityOf(ctx, db.reader(), r.Opinions[0].SlipID); asked || err != nil {
			t.Errorf("the name that was refused is kept: %v", err)
		}
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, renamed))
		slip, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if len(slip.Requests) != 2 || slip.Requests[0].Words != "Giấy tờ ghi tên cũ." ||
			slip.Requests[1].State != doithoai.OwnWaits {
			t.Errorf("%+v", slip.Requests)
		}
		wantClean(t, db)
	})
}

// A wish to withdraw is granted by the withdrawal itself, at the office or in the hall; until then the unit has the
// work. What is answered can't be withdrawn.
func TestRequestWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		id := r.Opinions[0].ID
		must(t, fx.ask(t, db, r, doithoai.OwnWithdrawal, doithoai.Identity{}))
		must(t, fx.ask(t, db, r, doithoai.OwnWithdrawal, doithoai.Identity{})) // sent twice
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Petition.State != doithoai.PetitionProcessing || len(f.Requests) != 1 {
			t.Errorf("%+v, %+v", f.Petition, f.Requests)
		}
		must(t, db.WithdrawOpinion(ctx, fx.secretary, id, 2, testWithdrawal))
		if f, err = db.OpinionFile(ctx, fx.office, id); err != nil || f.Requests[0].State != doithoai.OwnGranted {
			t.Errorf("%+v, %v", f.Requests, err)
		}
		all, _, err := db.OwnRequests(ctx, fx.office)
		must(t, err)
		if len(all) != 0 {
			t.Errorf("waits: %+v", all)
		}
		wantKind(t, fx.ask(t, db, r, doithoai.OwnWithdrawal, doithoai.Identity{}), doithoai.Conflict,
			"own_data.problem.answered")
		sent := fx.bring(t, db, 2, signed)
		wantKind(t, fx.ask(t, db, sent, doithoai.OwnWithdrawal, doithoai.Identity{}), doithoai.Conflict,
			"own_data.problem.answered")
		wantClean(t, db)
	})
}

// A wish to have data erased waits for nothing but the office, once all is over; the erasure grants it, by the office
// or by the term, and voids what it leaves nothing of.
func TestRequestErasure(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		open := fx.bring(t, db, 2, ruled)
		wantKind(t, fx.ask(t, db, open, doithoai.OwnErasure, doithoai.Identity{}), doithoai.Conflict,
			"own_data.problem.open")
		r := fx.bring(t, db, 1, dispatched)
		id := r.Opinions[0].ID
		wantKind(t, fx.ask(t, db, r, doithoai.OwnErasure, doithoai.Identity{}), doithoai.Conflict,
			"own_data.problem.open") // the person was not told
		fx.tellAll(t, db, id)
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, renamed))
		must(t, fx.ask(t, db, r, doithoai.OwnErasure, doithoai.Identity{}))
		must(t, db.ErasePersonalData(ctx, fx.office, id, doithoai.ErasureContacts, "Bằng mã tra cứu."))
		slip, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		states := map[doithoai.OwnKind]doithoai.OwnState{}
		for _, q := range slip.Requests {
			states[q.Kind] = q.State
		}
		if states[doithoai.OwnErasure] != doithoai.OwnGranted || states[doithoai.OwnIdentity] != doithoai.OwnVoid {
			t.Errorf("%v", states)
		}
		if _, asked, err := identityOf(ctx, db.reader(), r.Opinions[0].SlipID); asked || err != nil {
			t.Errorf("the name that was asked for is kept: %v", err)
		}
		wantClean(t, db)

		// By the term: what the person asked puts off nothing.
		other := fx.bring(t, db, 3, dispatched)
		fx.tellAll(t, db, other.Opinions[0].ID)
		fx.clock.forward(700 * 24 * time.Hour)
		must(t, fx.ask(t, db, other, doithoai.OwnErasure, doithoai.Identity{}))
		fx.clock.forward(800 * 24 * time.Hour)
		must(t, db.eraseDue(ctx, eraseAtOnce))
		if slip, err = db.FollowSlip(ctx, fx.resident, other.Code); err != nil ||
			slip.Requests[0].State != doithoai.OwnGranted || slip.Erased == "" {
			t.Errorf("%+v, %s, %v", slip.Requests, slip.Erased, err)
		}
		wantClean(t, db)
	})
}

// Of a denunciation nothing can be asked, and nothing is listed; of an opinion on the conduct of an officer, they and
// their unit see nothing of what is asked.
func TestOwnRequestsReach(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		must(t, fx.ask(t, db, r, doithoai.OwnIdentity, renamed))
		must(t, second(db.RuleOpinion(ctx, fx.office, r.Opinions[0].ID, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		listed := func(a doithoai.Actor) int {
			t.Helper()
			all, _, err := db.OwnRequests(ctx, a)
			must(t, err)
			return len(all)
		}
		if listed(fx.office) != 0 {
			t.Error("a denunciation is listed")
		}
		wantKind(t, fx.ask(t, db, r, doithoai.OwnIdentity, renamed), doithoai.NotFound, "")
		wantKind(t, db.ChangeWays(ctx, fx.resident, r.Code,
			doithoai.Contact{Ways: []doithoai.Way{doithoai.WayPickUp}}), doithoai.NotFound, "")
		wantKind(t, db.RefuseOwn(ctx, fx.office, r.Opinions[0].ID, 1, "Không."), doithoai.NotFound, "")

		conduct := fx.slip("Công chức ở bộ phận một cửa cáu gắt với dân.")
		conduct.FieldCode = "thai-do-phuc-vu"
		r, err := db.SubmitSlip(ctx, fx.resident, key(2), conduct)
		must(t, err)
		o := r.Opinions[0]
		must(t, fx.ask(t, db, r, doithoai.OwnWithdrawal, doithoai.Identity{}))
		if listed(fx.office) != 1 {
			t.Error("it is not listed")
		}
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, o.Version, []doithoai.ID{fx.office.ID}))
		if listed(fx.office) != 0 {
			t.Error("who is named sees what is asked")
		}
		wantKind(t, db.RefuseOwn(ctx, fx.office, o.ID, 1, "Không."), doithoai.NotFound, "")
		wantClean(t, db)
	})
}

// What was asked, or what became of it, and is not as it was recorded is a finding.
func TestAlteredOwnRequest(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, ruled)
		must(t, fx.ask(t, db, r, doithoai.OwnWithdrawal, doithoai.Identity{}))
		for _, change := range []string{
			`UPDATE own_request SET said = 'khác'`, `UPDATE own_request SET said = 'Xin giúp.', state = 'granted'`,
			`DELETE FROM own_request`,
		} {
			must(t, db.act(ctx, func(tx *Tx) error { return tx.exec(ctx, change) }))
			if findings, _, _, err := db.Verify(ctx); err != nil || len(findings) != 1 || findings[0].What != "request" {
				t.Errorf("%s: %v, %v", change, findings, err)
			}
		}
	})
}
