package store

import (
	"context"
	"slices"
	"testing"

	"doithoai"
)

// conductSlip hands in an opinion on conduct, ruled to the office.
func (fx *fixture) conductSlip(t testing.TB, db *DB, n int) doithoai.Opinion {
	t.Helper()
	slip := fx.slip("Công chức ở bộ phận một cửa cáu gắt với dân.")
	slip.FieldCode = "thai-do-phuc-vu"
	r, err := db.SubmitSlip(ctxOf(t), fx.resident, key(n), slip)
	must(t, err)
	ruling := fx.later()
	ruling.LeadUnitID = fx.units["van-phong"].ID
	o, err := db.RuleOpinion(ctxOf(t), fx.secretary, r.Opinions[0].ID, 1, ruling)
	must(t, err)
	return o
}

func TestNameConcerned(t *testing.T) {
	opinionAct{
		act: doithoai.ActNameConcerned, from: received, version: 1, actor: office, denied: all(justice, land, secretary),
		do: func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.NameConcerned(ctx, a, id, version, []doithoai.ID{fx.justice.ID})
		},
	}.test(t)
}

// The named officer and their unit are kept from an opinion on conduct in every way there is.
func TestConcernedSeeNothing(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 1)
		colleague := fx.office2
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, o.Version, nil)) // nobody is named yet: the office sees it
		_, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)

		// Somebody of the office can't be named while the office leads it; the chair takes it over.
		err = db.NameConcerned(ctx, fx.chair, o.ID, o.Version+1, []doithoai.ID{fx.office.ID})
		wantKind(t, err, doithoai.Invalid, "")
		ruling := fx.later()
		ruling.LeadUnitID, ruling.ByChair = "", true
		ruled, err := db.RuleOpinion(ctx, fx.chair, o.ID, o.Version+1, ruling)
		must(t, err)
		must(t, db.NameConcerned(ctx, fx.office2, o.ID, ruled.Version, []doithoai.ID{fx.office.ID}))

		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.office, colleague} {
			_, err := db.OpinionFile(ctx, a, o.ID)
			wantKind(t, err, doithoai.NotFound, "")
			_, err = db.ViewPetitioner(ctx, a, o.ID, "verify")
			wantKind(t, err, doithoai.NotFound, "")
			_, err = db.RuleOpinion(ctx, a, o.ID, ruled.Version+1, fx.later())
			wantKind(t, err, doithoai.NotFound, "")
			wantKind(t, db.SubmitAnswer(ctx, a, o.ID, 1, testAnswer), doithoai.NotFound, "")
			wantKind(t, db.NameConcerned(ctx, a, o.ID, ruled.Version+1, nil), doithoai.NotFound, "")
			wantKind(t, db.ProposePublication(ctx, a, o.ID, 0, testSummary), doithoai.NotFound, "")
			rows, _, err := db.Register(ctx, a, Filter{Limit: 10})
			must(t, err)
			work, _, err := db.Work(ctx, a)
			must(t, err)
			hall, err := db.DialogueOpinions(ctx, a, fx.dialogue.ID)
			must(t, err)
			counts, err := db.TabCounts(ctx, a)
			must(t, err)
			if len(rows)+len(work)+len(hall)+int(counts[TabAll]) != 0 {
				t.Errorf("%s: %d rows, %d to work on, %d in the hall, %d counted", a.Name, len(rows), len(work), len(hall),
					counts[TabAll])
			}
		}
		wantSame(t, before, fingerprint(t, db))
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary} {
			f, err := db.OpinionFile(ctx, a, o.ID)
			must(t, err)
			if !slices.Equal(f.Subject.Concerned, []doithoai.ID{fx.office.ID}) ||
				!slices.Contains(f.Subject.ConcernedUnits, fx.units["van-phong"].ID) {
				t.Errorf("subject %+v", f.Subject)
			}
		}

		// Nor does an answer that goes out come to them to be told.
		must(t, db.SubmitAnswer(ctx, fx.chair, o.ID, 2, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, o.ID, 3))
		wantKind(t, db.DispatchAnswer(ctx, fx.office, o.ID, 4, "9/UBND", db.Now().Date()), doithoai.NotFound, "")
		told, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		if len(told) != 0 {
			t.Errorf("%d deliveries", len(told))
		}
		wantClean(t, db)
	})
}

// Who takes over the named officer's post, or works beside them in their new unit, is kept from it too.
func TestConcernedMove(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 1)
		must(t, db.NameConcerned(ctx, fx.chair, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
		ruling := fx.later()
		ruling.LeadUnitID = fx.units["tu-phap-ho-tich"].ID
		_, err := db.RuleOpinion(ctx, fx.chair, o.ID, o.Version+1, ruling)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.ruling.problem.concerned" {
			t.Errorf("their own unit leads it: %v", err)
		}
		must(t, db.AddPost(ctx, fx.admin, doithoai.Post{
			OfficerID: fx.justice.ID, Title: "Công chức Văn phòng", UnitID: fx.units["van-phong"].ID,
			Roles: []doithoai.Role{doithoai.RoleOffice},
		}))
		_, err = db.OpinionFile(ctx, fx.office, o.ID)
		wantKind(t, err, doithoai.NotFound, "")
	})
}

func TestAskExplanation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 1)
		due := db.Now().Date().AddDays(4)
		const question = "Sáng 30/9 ai trực ở bộ phận một cửa, tiếp người dân ra sao?"
		err := db.AskExplanation(ctx, fx.chair, o.ID, fx.justice.ID, question, due)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "nguoi-giai-trinh" {
			t.Errorf("asked of somebody who is not named: %v", err)
		}
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
		for _, a := range []doithoai.Actor{fx.office, fx.secretary, fx.admin} {
			wantKind(t, db.AskExplanation(ctx, a, o.ID, fx.justice.ID, question, due), doithoai.NotAllowed, "")
		}
		wantKind(t, db.AskExplanation(ctx, fx.justice, o.ID, fx.justice.ID, question, due), doithoai.NotFound, "")
		err = db.AskExplanation(ctx, fx.chair, o.ID, fx.justice.ID, "Bà Nguyen Thi Minh Hoa nói đúng không?", due)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.conduct.problem.names" {
			t.Errorf("the question tells who raised it: %v", err)
		}
		must(t, db.AskExplanation(ctx, fx.chair, o.ID, fx.justice.ID, question, due))
		f, err := db.OpinionFile(ctx, fx.chair, o.ID)
		must(t, err)
		if len(f.Explanations) != 1 || f.Explanations[0].Question != question || f.Explanations[0].Due != due {
			t.Errorf("asked %+v", f.Explanations)
		}
		other := fx.bring(t, db, 2, ruled).Opinions[0]
		wantKind(t, db.AskExplanation(ctx, fx.chair, other.ID, fx.justice.ID, question, due), doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

func TestGiveExplanation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 1)
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.justice.ID}))
		must(t, db.AskExplanation(ctx, fx.chair, o.ID, fx.justice.ID, "Ai trực?", db.Now().Date()))
		asked, err := db.Explanations(ctx, fx.justice)
		must(t, err)
		if len(asked) != 1 || asked[0].Question != "Ai trực?" || asked[0].OpinionID != "" {
			t.Fatalf("asked %+v", asked)
		}
		id := asked[0].ID
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.land, fx.otherOffice, fx.resident, fx.everyRole()} {
			_, err := db.Explanation(ctx, a, id)
			wantKind(t, err, doithoai.NotFound, "")
			wantKind(t, db.GiveExplanation(ctx, a, id, 1, "Tôi"), doithoai.NotFound, "")
			list, err := db.Explanations(ctx, a)
			must(t, err)
			if len(list) != 0 {
				t.Errorf("%s is asked %+v", a.Name, list)
			}
		}
		for _, bad := range badIDs {
			wantKind(t, db.GiveExplanation(ctx, fx.justice, bad, 1, "Tôi"), doithoai.NotFound, "")
		}
		wantKind(t, db.GiveExplanation(ctx, fx.justice, id, 1, ""), doithoai.Invalid, "")
		wantKind(t, db.GiveExplanation(ctx, fx.justice, id, 2, "Tôi"), doithoai.Conflict, "")
		must(t, db.GiveExplanation(ctx, fx.justice, id, 1, "Hôm ấy tôi trực một mình."))
		wantKind(t, db.GiveExplanation(ctx, fx.justice, id, 2, "Không"), doithoai.Conflict, "")
		asked, err = db.Explanations(ctx, fx.justice)
		must(t, err)
		f, err := db.OpinionFile(ctx, fx.chair, o.ID)
		must(t, err)
		last := f.Events[len(f.Events)-1]
		if len(asked) != 0 || f.Explanations[0].Answer != "Hôm ấy tôi trực một mình." ||
			last.Act != doithoai.ActGiveExplanation || last.ActorID != fx.justice.ID ||
			f.Texts[last.Leaf] != "Hôm ấy tôi trực một mình." {
			t.Errorf("given %+v, event %+v, still asked %d", f.Explanations, last, len(asked))
		}

		// Once it is a denunciation, the question is gone from the desk too.
		must(t, db.AskExplanation(ctx, fx.chair, o.ID, fx.justice.ID, "Còn gì nữa?", db.Now().Date()))
		asked, err = db.Explanations(ctx, fx.justice)
		must(t, err)
		_, err = db.RuleOpinion(ctx, fx.chair, o.ID, o.Version+1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		_, err = db.Explanation(ctx, fx.justice, asked[0].ID)
		wantKind(t, err, doithoai.NotFound, "")
		if asked, err = db.Explanations(ctx, fx.justice); err != nil || len(asked) != 0 {
			t.Errorf("still asked %+v (%v)", asked, err)
		}
		wantClean(t, db)
	})
}

// A denunciation that was answered, published and half drafted before anybody saw what it is leaves from everywhere;
// who receives citizens has the file.
func TestDenunciationLeavesEverywhere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, db.AddPost(ctx, fx.admin, doithoai.Post{
			OfficerID: fx.land.ID, Title: "Người tiếp công dân", Roles: []doithoai.Role{doithoai.RoleReception},
		}))
		reception, err := officerByID(ctx, db.reader(), fx.authority.ID, fx.land.ID, db.Now().Date())
		must(t, err)
		o := fx.bring(t, db, 1, published).Opinions[0]
		_, err = db.SaveDraft(ctx, fx.office, DraftPublication, string(o.ID), map[string][]string{"cau-hoi": {"Tố cáo"}})
		must(t, err)
		_, err = db.DenunciationFile(ctx, reception.Actor(), o.ID)
		wantKind(t, err, doithoai.NotAllowed, "") // it is none yet
		_, err = db.RuleOpinion(ctx, fx.chair, o.ID, 2, doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)

		found, err := db.Search(ctx, fx.authority.ID, Search{Query: "thủ tục đất đai", Limit: 10})
		must(t, err)
		all, err := db.Search(ctx, fx.authority.ID, Search{Limit: 10})
		must(t, err)
		if len(found.Answers)+len(all.Answers) != 0 {
			t.Errorf("the public finds %d, lists %d", len(found.Answers), len(all.Answers))
		}
		_, err = db.PublishedByNumber(ctx, fx.authority.ID, o.Number)
		wantKind(t, err, doithoai.NotFound, "")
		d, err := db.Draft(ctx, fx.office, DraftPublication, string(o.ID))
		must(t, err)
		if d.Fields != nil {
			t.Errorf("a draft stays: %v", d.Fields)
		}
		told, _, err := db.HandDeliveries(ctx, fx.office)
		must(t, err)
		figures, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if len(told) != 0 || figures != (Figures{Received: 1}) {
			t.Errorf("%d deliveries, figures %+v", len(told), figures)
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.secretary, fx.justice, fx.admin} {
			_, err := db.OpinionFile(ctx, a, o.ID)
			wantKind(t, err, doithoai.NotFound, "")
			_, err = db.DenunciationFile(ctx, a, o.ID)
			wantKind(t, err, doithoai.NotFound, "")
			_, _, err = db.DenunciationList(ctx, a, "", 10)
			wantKind(t, err, doithoai.NotFound, "")
		}

		list, _, err := db.DenunciationList(ctx, reception.Actor(), "", 10)
		must(t, err)
		f, err := db.DenunciationFile(ctx, reception.Actor(), o.ID)
		must(t, err)
		if len(list) != 1 || list[0].Number != o.Number || f.Opinion.Content == "" {
			t.Errorf("list %+v, file %+v", list, f.Opinion)
		}
		who, err := db.ViewPetitioner(ctx, reception.Actor(), o.ID, "verify")
		must(t, err)
		if who.Name == "" {
			t.Error("no name")
		}
		wantClean(t, db)
	})
}
