package store

import (
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// plan2027 is a plan that nothing keeps from being submitted.
func plan2027(t *testing.T) plan.Plan {
	t.Helper()
	p, err := readPlan()
	must(t, err)
	return p.Copied(2027)
}

// draft begins the plan of 2027.
func (fx *fixture) draft(t *testing.T, db *DB) plan.Edition {
	t.Helper()
	e, err := db.DraftPlan(ctxOf(t), fx.office, plan2027(t))
	must(t, err)
	return e
}

func TestDraftPlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.DraftPlan(ctx, a, plan2027(t))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.DraftPlan(ctx, fx.office, plan.Plan{Year: 2024})
		wantKind(t, err, doithoai.Invalid, "") // the year has its plan
		_, err = db.DraftPlan(ctx, fx.office, plan.Plan{})
		wantKind(t, err, doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))

		e := fx.draft(t, db)
		if _, err := db.PlanBySlug(ctx, fx.authority.ID, "2027"); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("a draft is public: %v", err)
		}
		topics := e.Plan.Of(plan.KindTopics)[0]
		e, err = db.SavePlan(ctx, fx.office, e.PlanID, 0, e.Version, e.Plan.With(topics.Rewritten("Một nội dung khác")))
		must(t, err)
		kept, err := db.PlanEdition(ctx, fx.justice, e.PlanID, 0)
		must(t, err)
		if got := kept.Plan.Of(plan.KindTopics)[0].Points; len(got) != 1 || got[0].Text != "Một nội dung khác" {
			t.Errorf("kept %+v", got)
		}
		_, err = db.SavePlan(ctx, fx.office, e.PlanID, 0, 1, e.Plan)
		wantKind(t, err, doithoai.Conflict, "")
		all, _, err := db.PlanEditions(ctx, fx.office, 0)
		must(t, err)
		if len(all) != 2 || all[0].PlanID != e.PlanID || all[1].Plan.Year != 2024 {
			t.Errorf("%d editions", len(all))
		}
	})
}

func TestTakeOverPlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		p := plan2027(t)
		for name, spoil := range map[string]func(*plan.Plan){
			"no day":          func(p *plan.Plan) { p.Date = calendar.Date{} },
			"a day to come":   func(p *plan.Plan) { p.Date = db.Now().Date().AddDays(1) },
			"a number in ink": func(p *plan.Plan) { p.Number = "số một" },
			"no signatory":    func(p *plan.Plan) { p.Signatory.Name = "" },
		} {
			spoilt := p
			spoilt.Date = db.Now().Date()
			spoil(&spoilt)
			if _, err := db.TakeOverPlan(ctx, fx.office, spoilt); doithoai.KindOf(err) != doithoai.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		p.Date, p.Number = db.Now().Date(), "12"
		_, err := db.TakeOverPlan(ctx, fx.office, p)
		must(t, err)
		public, err := db.PlanBySlug(ctx, fx.authority.ID, "2027")
		must(t, err)
		if public.Plan.Number != "12" || public.Edition != 0 {
			t.Errorf("public %s, edition %d", public.Plan.Number, public.Edition)
		}
	})
}

func TestPlanIsSigned(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		e := fx.draft(t, db)
		id, today := e.PlanID, db.Now().Date()
		_, err := db.IssuePlan(ctx, fx.office, id, 0, 1, "5", today)
		wantKind(t, err, doithoai.Conflict, "")
		_, err = db.SignPlan(ctx, fx.chair, id, 0, 1)
		wantKind(t, err, doithoai.Conflict, "")
		empty := e.Plan
		empty.Abstract = ""
		e, err = db.SavePlan(ctx, fx.office, id, 0, e.Version, empty)
		must(t, err)
		_, err = db.SubmitPlan(ctx, fx.office, id, 0, e.Version)
		wantKind(t, err, doithoai.Invalid, "")
		e, err = db.SavePlan(ctx, fx.office, id, 0, e.Version, plan2027(t))
		must(t, err)
		e, err = db.SubmitPlan(ctx, fx.office, id, 0, e.Version)
		must(t, err)
		_, err = db.SavePlan(ctx, fx.office, id, 0, e.Version, e.Plan)
		wantKind(t, err, doithoai.Conflict, "")
		_, err = db.SignPlan(ctx, fx.office, id, 0, e.Version)
		wantKind(t, err, doithoai.NotAllowed, "")
		e, err = db.SignPlan(ctx, fx.chair, id, 0, e.Version)
		must(t, err)
		for _, bad := range []struct {
			number string
			day    calendar.Date
		}{{"", today}, {"năm", today}, {"5", calendar.Date{}}, {"5", today.AddDays(1)}, {"5", today.AddDays(-1)}} {
			_, err = db.IssuePlan(ctx, fx.office, id, 0, e.Version, bad.number, bad.day)
			wantKind(t, err, doithoai.Invalid, "")
		}
		if _, err = db.PlanBySlug(ctx, fx.authority.ID, "2027"); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("public before it is issued: %v", err)
		}
		_, err = db.IssuePlan(ctx, fx.office, id, 0, e.Version, "5", today)
		must(t, err)
		public, err := db.PlanBySlug(ctx, fx.authority.ID, "2027")
		must(t, err)
		if public.Plan.Number != "5" || public.Plan.Date != today {
			t.Errorf("issued as %s on %s", public.Plan.Number, public.Plan.Date)
		}
	})
}

func TestPlanComesBack(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		e := fx.draft(t, db)
		id := e.PlanID
		e, err := db.SubmitPlan(ctx, fx.office, id, 0, e.Version)
		must(t, err)
		e, err = db.WithdrawPlan(ctx, fx.office, id, 0, e.Version)
		must(t, err)
		if e.State != plan.StateDraft || e.SubmittedBy != "" {
			t.Errorf("withdrawn: %s, submitted by %q", e.State, e.SubmittedBy)
		}
		e, err = db.SubmitPlan(ctx, fx.office, id, 0, e.Version)
		must(t, err)
		_, err = db.ReturnPlan(ctx, fx.chair, id, 0, e.Version, "")
		wantKind(t, err, doithoai.Invalid, "")
		e, err = db.ReturnPlan(ctx, fx.chair, id, 0, e.Version, "Bổ sung địa điểm cho cụm thôn.")
		must(t, err)
		if e.State != plan.StateReturned || e.Note == "" {
			t.Errorf("returned: %s, %q", e.State, e.Note)
		}
		e, err = db.SubmitPlan(ctx, fx.office, id, 0, e.Version)
		must(t, err)
		if _, err = db.WithdrawPlan(ctx, fx.office, id, 0, e.Version); err != nil {
			t.Error(err)
		}
	})
}

func TestIssuePlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		kept, err := db.PlanBySlug(ctx, fx.authority.ID, "2024")
		must(t, err)
		issued, err := readPlan()
		must(t, err)
		if got, want := kept.Plan.Lines(), issued.Lines(); len(got) != len(want) || got[0] != want[0] || kept.Year != 2024 {
			t.Error("the kept plan is not the issued one")
		}
		_, err = db.PlanBySlug(ctx, fx.authority.ID, "2023")
		wantKind(t, err, doithoai.NotFound, "")
	})
}

func TestAmendPlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.AmendPlan(ctx, fx.office, fx.plan, "")
		wantKind(t, err, doithoai.Invalid, "")
		e, err := db.AmendPlan(ctx, fx.office, fx.plan, "Đổi địa điểm của cụm thôn.")
		must(t, err)
		if e.Number != 1 || e.State != plan.StateDraft || !e.Plan.Date.IsZero() {
			t.Errorf("amendment %d %s of %s", e.Number, e.State, e.Plan.Date)
		}
		_, err = db.AmendPlan(ctx, fx.office, fx.plan, "Thêm một lần.")
		wantKind(t, err, doithoai.Conflict, "")
		e.Plan.When.Venue = "Nhà văn hóa thôn Mô Phỏng"
		e, err = db.SavePlan(ctx, fx.office, e.PlanID, 1, e.Version, e.Plan)
		must(t, err)
		e, err = db.SubmitPlan(ctx, fx.office, e.PlanID, 1, e.Version)
		must(t, err)
		e, err = db.SignPlan(ctx, fx.chair, e.PlanID, 1, e.Version)
		must(t, err)
		still, err := db.PlanByID(ctx, fx.authority.ID, fx.plan)
		must(t, err)
		if still.Edition != 0 {
			t.Errorf("edition %d is in force before it is issued", still.Edition)
		}
		_, err = db.IssuePlan(ctx, fx.office, e.PlanID, 1, e.Version, "40", db.Now().Date())
		must(t, err)
		now, err := db.PlanByID(ctx, fx.authority.ID, fx.plan)
		must(t, err)
		if now.Edition != 1 || now.Plan.When.Venue != "Nhà văn hóa thôn Mô Phỏng" {
			t.Errorf("edition %d at %s", now.Edition, now.Plan.When.Venue)
		}
		if first, err := db.PlanEdition(ctx, fx.office, fx.plan, 0); err != nil || first.State != plan.StateIssued {
			t.Errorf("the first edition: %s, %v", first.State, err)
		}
	})
}

func TestDropPlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		e := fx.draft(t, db)
		_, err := db.DropPlan(ctx, fx.office, e.PlanID, 0, e.Version, "")
		wantKind(t, err, doithoai.Invalid, "")
		_, err = db.DropPlan(ctx, fx.office, e.PlanID, 0, e.Version, "Nhập nhầm tệp.")
		must(t, err)
		fx.draft(t, db) // the year may have another one
		_, err = db.DropPlan(ctx, fx.office, fx.plan, 0, 1, "Không dùng nữa.")
		wantKind(t, err, doithoai.Conflict, "") // it is issued
	})
}

// TestImportPlan keeps the file beside the plan that was made of it, once.
func TestImportPlan(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.ImportPlan(ctx, fx.office, doithoai.ActDraftPlan, plan2027(t))
		wantKind(t, err, doithoai.NotFound, "") // nothing is kept
		if _, err := db.PlanBySlug(ctx, fx.authority.ID, "2027"); doithoai.KindOf(err) != doithoai.NotFound {
			t.Error(err)
		}
		wantKind(t, db.KeepPlanFile(ctx, fx.chair, PlanFile{Name: "k.txt"}), doithoai.NotAllowed, "")
		wantKind(t, db.KeepPlanFile(ctx, fx.office, PlanFile{Body: make([]byte, MaxPlanFile+1)}), doithoai.Invalid, "")
		body := []byte("PK\x00 một tệp")
		must(t, db.KeepPlanFile(ctx, fx.office, PlanFile{Name: "ke-hoach.docx", Body: body}))
		if f, err := db.KeptPlanFile(ctx, fx.office); err != nil || f.Name != "ke-hoach.docx" || f.Saved.IsZero() {
			t.Errorf("kept %q, %v", f.Name, err)
		}
		_, err = db.ImportPlan(ctx, fx.office, doithoai.ActTakeOverPlan, plan2027(t)) // it has no day
		wantKind(t, err, doithoai.Invalid, "")
		e, err := db.ImportPlan(ctx, fx.office, doithoai.ActDraftPlan, plan2027(t))
		must(t, err)
		f, err := db.PlanSource(ctx, fx.chair, e.PlanID)
		if err != nil || string(f.Body) != string(body) || e.State != plan.StateDraft {
			t.Errorf("%s %q, %v", e.State, f.Body, err)
		}
		_, err = db.ImportPlan(ctx, fx.office, doithoai.ActDraftPlan, plan2027(t).Copied(2028))
		wantKind(t, err, doithoai.NotFound, "") // it is taken over
		_, err = db.PlanSource(ctx, fx.chair, fx.plan)
		wantKind(t, err, doithoai.NotFound, "")
	})
}

// TestPlanIssues: readers see what was in force before, and nothing that wasn't issued.
func TestPlanIssues(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		e, err := db.AmendPlan(ctx, fx.office, fx.plan, "Đổi địa điểm.")
		must(t, err)
		if _, err := db.PlanIssued(ctx, fx.authority.ID, "2024", 1); doithoai.KindOf(err) != doithoai.NotFound {
			t.Errorf("a draft is public: %v", err)
		}
		issues, err := db.PlanIssues(ctx, fx.authority.ID, fx.plan)
		if err != nil || len(issues) != 1 {
			t.Errorf("%d issues, %v", len(issues), err)
		}
		if all, err := db.OpenPlans(ctx, fx.chair, plan.StateDraft); err != nil || len(all) != 1 || all[0].Number != 1 {
			t.Errorf("%d on their way, %v", len(all), err)
		}
		_, err = db.OpenPlans(ctx, fx.chair, plan.StateIssued)
		wantKind(t, err, doithoai.Invalid, "")
		e, err = db.SubmitPlan(ctx, fx.office, fx.plan, 1, e.Version)
		must(t, err)
		e, err = db.SignPlan(ctx, fx.chair, fx.plan, 1, e.Version)
		must(t, err)
		_, err = db.IssuePlan(ctx, fx.office, fx.plan, 1, e.Version, "40", db.Now().Date())
		must(t, err)
		issues, err = db.PlanIssues(ctx, fx.authority.ID, fx.plan)
		if err != nil || len(issues) != 2 || issues[1].Reason != "Đổi địa điểm." {
			t.Errorf("%d issues, %v", len(issues), err)
		}
		first, err := db.PlanIssued(ctx, fx.authority.ID, "2024", 0)
		if err != nil || first.Plan.Number == "40" {
			t.Errorf("the first: %v", err)
		}
		history, err := db.PlanHistory(ctx, fx.justice, fx.plan)
		if err != nil || len(history) != 2 {
			t.Errorf("%d editions, %v", len(history), err)
		}
	})
}
