package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
)

func TestAudit(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var opinions []doithoai.Opinion
		for i := range 3 {
			fx.clock.forward(time.Minute)
			got, err := db.SubmitSlip(ctx, fx.resident, key(i), fx.slip("Nội dung"))
			must(t, err)
			opinions = append(opinions, got.Opinions[0])
		}
		o, err := db.RuleOpinion(ctx, fx.secretary, opinions[0].ID, 1, fx.later())
		must(t, err)
		fx.clock.forward(time.Minute)
		_, err = db.ViewPetitioner(ctx, fx.justice, o.ID, doithoai.ViewReasons[0])
		must(t, err)
		_, err = db.RuleOpinion(ctx, fx.secretary, opinions[1].ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		fx.clock.forward(24 * time.Hour)
		a := accountOf(t, db, fx, "tu-phap")
		must(t, db.LockAccount(ctx, fx.admin, a.ID, a.Version))
		fx.clock.forward(time.Minute)
		_, _, err = db.SignIn(ctx, fx.authority.ID, "dia-chinh", "sai mật khẩu", "", "10.0.0.9")
		wantKind(t, err, doithoai.Unauthenticated, "")

		read := func(a doithoai.Actor, f doithoai.AuditFilter, limit int) (all []doithoai.AuditLine) {
			t.Helper()
			var from AuditCursor
			for {
				lines, next, more, err := db.Audit(ctx, a, f, from, limit)
				must(t, err)
				all = append(all, lines...)
				if len(lines) > limit || more && len(lines) < limit {
					t.Fatalf("%d lines on a page of %d", len(lines), limit)
				}
				if !more {
					return all
				}
				if from = ParseAuditCursor(next.String()); from != next {
					t.Fatalf("cursor %+v reads as %+v", next, from)
				}
			}
		}
		acts := func(lines []doithoai.AuditLine) (all []doithoai.Act) {
			for _, l := range lines {
				all = append(all, l.Act)
			}
			return all
		}
		rules := []doithoai.Act{doithoai.ActAnnounceDialogue, doithoai.ActPrepareDialogue, doithoai.ActTakeOverPlan}
		want := append([]doithoai.Act{
			doithoai.ActSignIn, doithoai.ActLockAccount, doithoai.ActViewPetitioner, doithoai.ActRuleOpinion,
			doithoai.ActSubmitSlip, doithoai.ActSubmitSlip,
		}, rules...)
		everything := read(fx.chair, doithoai.AuditFilter{}, 100)
		if got := acts(everything); !slices.Equal(got, want) {
			t.Fatalf("the chair sees %v, want %v", got, want)
		}
		for _, limit := range []int{1, 2, 4, 6} {
			if got := read(fx.chair, doithoai.AuditFilter{}, limit); !slices.Equal(got, everything) {
				t.Errorf("pages of %d: %v", limit, acts(got))
			}
		}
		for _, l := range everything {
			if l.Subject == string(opinions[1].Number) {
				t.Errorf("a line of a denunciation: %+v", l)
			}
		}
		if view := everything[2]; view.ActorID != fx.justice.ID || view.Subject != string(o.Number) ||
			view.Reason != doithoai.ViewReasons[0] || view.Source != doithoai.AuditOpinions {
			t.Errorf("view %+v", view)
		}
		if in := everything[0]; in.ActorID != fx.land.ID || in.Subject != "dia-chinh" || in.Outcome != doithoai.SignInWrong ||
			in.Client != "10.0.0.9" {
			t.Errorf("sign-in %+v", in)
		}
		if lock := everything[1]; lock.ActorID != fx.admin.ID || lock.Subject != "tu-phap" || lock.After != "locked" ||
			lock.Source != doithoai.AuditAccounts {
			t.Errorf("lock %+v", lock)
		}

		day := db.Now().Date()
		for name, tt := range map[string]struct {
			actor  doithoai.Actor
			filter doithoai.AuditFilter
			want   []doithoai.Act
		}{
			"the office sees opinions":             {fx.office, doithoai.AuditFilter{}, want[2:]},
			"the administrator sees accounts":      {fx.admin, doithoai.AuditFilter{}, append(want[:2:2], rules...)},
			"another authority sees its own alone": {fx.otherChair, doithoai.AuditFilter{}, rules},
			"by act":                               {fx.chair, doithoai.AuditFilter{Act: doithoai.ActViewPetitioner}, want[2:3]},
			"sign-ins":                             {fx.chair, doithoai.AuditFilter{Act: doithoai.ActSignIn}, want[:1]},
			"the office finds no sign-ins":         {fx.office, doithoai.AuditFilter{Act: doithoai.ActSignIn}, nil},
			"by person":                            {fx.chair, doithoai.AuditFilter{ActorID: fx.secretary.ID}, want[3:4]},
			"by number": {fx.chair, doithoai.AuditFilter{Number: o.Number},
				[]doithoai.Act{doithoai.ActViewPetitioner, doithoai.ActRuleOpinion, doithoai.ActSubmitSlip}},
			"a denunciation's number gives nothing": {fx.chair, doithoai.AuditFilter{Number: opinions[1].Number}, nil},
			"until yesterday":                       {fx.chair, doithoai.AuditFilter{To: day.AddDays(-1)}, want[2:]},
			"from today":                            {fx.chair, doithoai.AuditFilter{From: day}, want[:2]},
			"a day on which nothing was": {fx.chair,
				doithoai.AuditFilter{From: day.AddDays(1), To: day.AddDays(1)}, nil},
			"an act on accounts is none on opinions":     {fx.office, doithoai.AuditFilter{Act: doithoai.ActLockAccount}, nil},
			"the administrator finds no act on opinions": {fx.admin, doithoai.AuditFilter{Number: o.Number}, nil},
		} {
			if got := acts(read(tt.actor, tt.filter, 100)); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", name, got, tt.want)
			}
		}

		for _, a := range []doithoai.Actor{fx.justice, fx.secretary, fx.resident} {
			_, _, _, err := db.Audit(ctx, a, doithoai.AuditFilter{}, AuditCursor{}, 10)
			wantKind(t, err, doithoai.NotAllowed, "")
			wantKind(t, db.ExportAudit(ctx, a, doithoai.AuditFilter{}), doithoai.NotAllowed, "")
		}
		if got, err := db.AuditedActs(ctx, fx.admin); err != nil ||
			!slices.Equal(got, []doithoai.Act{
				doithoai.ActAnnounceDialogue, doithoai.ActLockAccount, doithoai.ActPrepareDialogue, doithoai.ActSignIn,
				doithoai.ActTakeOverPlan,
			}) {
			t.Errorf("acts of the administrator's audit: %v %v", got, err)
		}
		must(t, db.ExportAudit(ctx, fx.office, doithoai.AuditFilter{ActorID: fx.justice.ID, To: day}))
		audited(t, db, fx.office, doithoai.ActExportAudit, "audit", "", "actor="+string(fx.justice.ID)+" to="+day.String())
	})
}

// An officer whom an opinion on conduct is about sees no line of it.
func TestAuditOfConduct(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		got, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Cán bộ văn phòng hách dịch."))
		must(t, err)
		count := func(a doithoai.Actor) int {
			lines, _, _, err := db.Audit(ctx, a, doithoai.AuditFilter{Number: got.Opinions[0].Number}, AuditCursor{}, 10)
			must(t, err)
			return len(lines)
		}
		if n := count(fx.office); n != 1 {
			t.Fatalf("%d lines before", n)
		}
		must(t, db.NameConcerned(ctx, fx.chair, got.Opinions[0].ID, got.Opinions[0].Version, []doithoai.ID{fx.office2.ID}))
		if own, of, chair := count(fx.office2), count(fx.office), count(fx.chair); own != 0 || of != 0 || chair != 2 {
			t.Errorf("the named officer sees %d lines, the unit %d, the chair %d", own, of, chair)
		}
	})
}

func TestParseAuditCursor(t *testing.T) {
	for _, bad := range []string{"", "x", "1", "1..x", "-1..", "1.' OR 1=1.", "9999999999999999999..", "1..."} {
		if c := ParseAuditCursor(bad); c != (AuditCursor{}) {
			t.Errorf("%q reads as %+v", bad, c)
		}
	}
}
