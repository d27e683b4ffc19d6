package store

import (
	"fmt"
	"slices"
	"testing"

	"doithoai"
	"doithoai/plan"
)

// pending lists papers of a life: kind and what they wait for.
func pending(t testing.TB, db *DB, by doithoai.Actor, life doithoai.DocumentLife, q DocumentQuery) (lines []string) {
	t.Helper()
	q.Called = calledKinds
	all, more, err := db.PendingDocuments(ctxOf(t), by, life, q)
	must(t, err)
	if more {
		t.Error("there are more")
	}
	for _, d := range all {
		line := fmt.Sprintf("%s %s", d.Kind, d.Opinion)
		if d.Back {
			line += " back"
		}
		lines = append(lines, line)
	}
	return lines
}

// What has no number yet is listed from its own matter, where it stands; words and filters narrow it, and the counts
// are of what is listed.
func TestPendingDocuments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := map[stage]doithoai.Opinion{}
		const returned stage = 99
		at[returned] = fx.bring(t, db, 50, submitted).Opinions[0]
		must(t, db.ReturnAnswer(ctx, fx.chair, at[returned].ID, 2, "Chưa nêu căn cứ."))
		for i, s := range []stage{submitted, signed, correcting, correctionBack, correctionSigned} {
			at[s] = fx.bring(t, db, i, s).Opinions[0]
		}
		d := fx.prepare(t, db)
		must(t, second(db.WriteText(ctx, fx.office, 0,
			plan.Text{DialogueID: d.ID, Kind: plan.TextAnnouncement, Body: "Thông báo"})))
		want := func(by doithoai.Actor, life doithoai.DocumentLife, q DocumentQuery, want ...string) {
			t.Helper()
			wantLines(t, pending(t, db, by, life, q), want...)
		}
		line := func(kind doithoai.DocumentKind, s stage, more string) string {
			return fmt.Sprintf("%s %s%s", kind, at[s].Number, more)
		}
		all := map[doithoai.DocumentLife][]string{
			doithoai.LifeSubmitted: {line("reply", submitted, ""), line("correction", correcting, "")},
			doithoai.LifeDraft: {
				"announcement ", line("reply", returned, " back"), line("correction", correctionBack, " back"),
			},
			doithoai.LifeSigned: {line("reply", signed, ""), line("correction", correctionSigned, "")},
		}
		for life, lines := range all {
			want(fx.office, life, DocumentQuery{}, lines...)
		}
		want(fx.office, doithoai.LifeDraft, DocumentQuery{Typed: "thông báo"}, "announcement ")
		want(fx.office, doithoai.LifeDraft, DocumentQuery{Typed: "kỳ lân"})
		want(fx.office, doithoai.LifeDraft, DocumentQuery{Dialogue: d.ID}, "announcement ")
		want(fx.office, doithoai.LifeSigned, DocumentQuery{Kind: doithoai.DocumentReply}, line("reply", signed, ""))
		want(fx.office, doithoai.LifeSigned, DocumentQuery{Year: db.Now().Date().Year - 1})
		counts, err := db.DocumentCounts(ctx, fx.office)
		must(t, err)
		for life, lines := range all {
			if int(counts[life]) != len(lines) {
				t.Errorf("%s: %d, want %d", life, counts[life], len(lines))
			}
		}
		issued := int(counts[doithoai.LifeIssued])
		_, beyond, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: issued})
		if err != nil || beyond.More || issued < 3 {
			t.Errorf("%d are issued, more: %v, %v", issued, beyond.More, err)
		}

		// A denunciation waits for nobody there.
		must(t, second(db.RuleOpinion(ctx, fx.secretary, fx.submit(t, db, 9, "Cán bộ đòi tiền.").Opinions[0].ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		for life, lines := range all {
			if got := pending(t, db, fx.office, life, DocumentQuery{}); !slices.Equal(got, lines) {
				t.Errorf("%s: %q", life, got)
			}
		}
		for _, a := range []doithoai.Actor{fx.justice, fx.admin} {
			_, _, err := db.PendingDocuments(ctx, a, doithoai.LifeDraft, DocumentQuery{})
			wantKind(t, err, doithoai.NotAllowed, "")
			_, err = db.DocumentCounts(ctx, a)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, _, err = db.PendingDocuments(ctx, fx.office, doithoai.LifeIssued, DocumentQuery{})
		wantKind(t, err, doithoai.Invalid, "")
	})
}

// A conclusion whose paper was withdrawn waits for a number again, and gets another one.
func TestWithdrawnWaitsForNumber(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")))
		waits := DocumentQuery{Kind: doithoai.DocumentConclusion}
		wantLines(t, pending(t, db, fx.office, doithoai.LifeDraft, waits), "conclusion ")
		n := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "91/TB-UBND")
		wantLines(t, pending(t, db, fx.office, doithoai.LifeDraft, waits))
		must(t, db.WithdrawDocument(ctx, fx.office, n.Ref(), n.Version, withdrawal(db, "Sai.")))
		wantLines(t, pending(t, db, fx.office, doithoai.LifeDraft, waits), "conclusion ")
		fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "96/TB-UBND")
		wantLines(t, pending(t, db, fx.office, doithoai.LifeDraft, waits))
	})
}
