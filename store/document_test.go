package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// documents lists the register as somebody sees it: kind, number, state, whether it is out of order.
func documents(t testing.TB, db *DB, by doithoai.Actor, q DocumentQuery) (lines []string) {
	t.Helper()
	q.Limit = 25
	all, more, err := db.Documents(ctxOf(t), by, q)
	must(t, err)
	if more.More {
		t.Error("there are more")
	}
	for _, d := range all {
		line := fmt.Sprintf("%s %s %s", d.Kind, d.Number, d.State)
		if d.OutOfOrder {
			line += " out of order"
		}
		lines = append(lines, line)
	}
	return lines
}

func wantLines(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("the register has %q, want %q", got, want)
	}
}

// What is numbered stands in the register of documents sent, and a number stands there once a year, whatever it is of.
func TestDocuments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		first, second := fx.bring(t, db, 1, signed).Opinions[0], fx.bring(t, db, 2, signed).Opinions[0]
		must(t, db.DispatchAnswer(ctx, fx.office, first.ID, 3, "05/UBND-VP", today))
		d := fx.prepare(t, db)
		notice := plan.Text{DialogueID: d.ID, Kind: plan.TextAnnouncement, Body: "Thông báo", Dated: today}
		for _, taken := range []string{"5/UBND-VP", "5/ubnd–vp"} { // of another kind, spelt otherwise
			notice.Number = taken
			_, err := db.WriteText(ctx, fx.office, 0, notice)
			wantField(t, err, "so", "number_taken")
		}
		notice.Number = "87/TB-UBND"
		notice, err := db.WriteText(ctx, fx.office, 0, notice)
		must(t, err)
		wantField(t, db.DispatchAnswer(ctx, fx.office, second.ID, 3, "87/TB-UBND", today), "so", "number_taken")
		must(t, db.DispatchAnswer(ctx, fx.office, second.ID, 3, "4/UBND-VP", today))

		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Kind: doithoai.DocumentAnnouncement}),
			"announcement 87/TB-UBND issued")
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Typed: "005/ubnd-vp"}), "reply 05/UBND-VP issued")
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Typed: "5"}), "reply 05/UBND-VP issued")
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Typed: string(second.Number)}), "reply 4/UBND-VP issued")
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Dialogue: d.ID}), "announcement 87/TB-UBND issued")
		if other := documents(t, db, fx.chair, DocumentQuery{Year: today.Year - 1}); len(other) > 0 {
			t.Errorf("another year has %q", other)
		}

		// The number of an announcement is corrected, and taken back: then it is free.
		notice.Number = "88/TB-UBND"
		notice, err = db.WriteText(ctx, fx.office, notice.Version, notice)
		must(t, err)
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Dialogue: d.ID}), "announcement 88/TB-UBND issued")
		notice.Number = ""
		notice.Dated = calendar.Date{}
		_, err = db.WriteText(ctx, fx.office, notice.Version, notice)
		must(t, err)
		if rest := documents(t, db, fx.chair, DocumentQuery{Dialogue: d.ID}); len(rest) > 0 {
			t.Errorf("the register has %q", rest)
		}
		for _, a := range []doithoai.Actor{fx.justice, fx.admin} {
			_, _, err := db.Documents(ctx, a, DocumentQuery{Limit: 25})
			wantKind(t, err, doithoai.NotAllowed, "")
		}
	})
}

// An answer that is corrected stands in the register as replaced, its number is not free again; one that is out of the
// order of its series shows it.
func TestDocumentsReplacedAndOutOfOrder(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, signed).Opinions[0].ID
		must(t, db.DispatchAnswer(ctx, fx.office, id, 3, "9/UBND", db.Now().Date()))
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, id, 1))
		fx.clock.forward(24 * time.Hour)
		wantField(t, db.DispatchCorrection(ctx, fx.office, id, 2, "9/UBND", db.Now().Date()), "so", "number_taken")
		must(t, db.DispatchCorrection(ctx, fx.office, id, 2, "8/UBND", db.Now().Date()))
		wantLines(t, documents(t, db, fx.office, DocumentQuery{}),
			"correction 8/UBND issued out of order", "reply 9/UBND replaced")
	})
}

// An answer with which the person did not agree stays in the register as it went out, whatever becomes of the next.
func TestDocumentsOfRounds(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		r := fx.bring(t, db, 1, signed)
		o := r.Opinions[0]
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, "1/UBND", today))
		must(t, db.ReopenByCode(ctx, fx.resident, r.Code, o.Number, doithoai.Reopening{Said: "Chưa nói vì sao chậm."}))
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		v := f.Petition.Version
		must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, v, testAnswer))
		must(t, db.SignAnswer(ctx, fx.chair, o.ID, v+1))
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, v+2, "2/UBND", today))
		must(t, db.ProposeCorrection(ctx, fx.justice, o.ID, 0, testCorrection, testReason))
		must(t, db.SignCorrection(ctx, fx.chair, o.ID, 1))
		must(t, db.DispatchCorrection(ctx, fx.office, o.ID, 2, "3/UBND", today))
		for number, want := range map[string]string{
			"1/UBND": "reply 1/UBND issued", "2/UBND": "reply 2/UBND replaced", "3/UBND": "correction 3/UBND issued",
		} {
			wantLines(t, documents(t, db, fx.office, DocumentQuery{Typed: number}), want)
		}
	})
}

// One letter may be about several matters; a letter of another day, or of another kind, may not have its number.
func TestDocumentsOfSeveralMatters(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		letter := func(n int, l doithoai.OnwardLetter) error {
			l.ID = newID()
			return db.SendOnwardLetter(ctx, fx.justice, fx.bring(t, db, n, ruled).Opinions[0].ID, l)
		}
		must(t, letter(1, db.testLetter()))
		must(t, letter(2, db.testLetter()))
		other := db.testLetter()
		other.Kind, other.To = doithoai.OnwardEscalation, ""
		wantField(t, letter(3, other), doithoai.FieldOnwardNumber, "number_taken")
		wantLines(t, documents(t, db, fx.office, DocumentQuery{Typed: "57/UBND-VP"}),
			"coordination 57/UBND-VP issued", "coordination 57/UBND-VP issued")
	})
}

// The register is read page by page, each document once.
func TestDocumentsByPages(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const n = 7
		for i := range n {
			fx.bring(t, db, i, dispatched)
		}
		seen := map[doithoai.ID]bool{}
		for after, more := "", true; more; {
			var all []ListedDocument
			var err error
			var beyond Beyond
			all, beyond, err = db.Documents(ctx, fx.office, DocumentQuery{Limit: 3, After: after})
			more = beyond.More
			must(t, err)
			for _, d := range all {
				seen[d.Subject], after = true, d.Cursor()
			}
		}
		if len(seen) != n {
			t.Errorf("%d documents, want %d", len(seen), n)
		}
		_, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 3, After: "x/y"})
		wantKind(t, err, doithoai.Invalid, "")
	})
}

// A document says what it cites that is not in force on its day: a number anywhere in its words, and nothing of what
// was in force then.
func TestDocumentDoubts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx, today := ctxOf(t), db.Now().Date()
		for number, to := range map[string]calendar.Date{"901/QĐ-UBND": today.AddDays(-1), "902/QĐ-UBND": {}} {
			_, err := db.SetLegalBasis(ctx, fx.office, 0, doithoai.LegalBasis{
				Kind: "Quyết định", Number: number, Issuer: "UBND xã", Abstract: "Quy chế", From: today.AddDays(-30), To: to,
				Certainty: calendar.Certain,
			})
			must(t, err)
		}
		doubts := func(at doithoai.DocumentRef) (list []string) {
			f, err := db.Document(ctx, fx.office, at)
			must(t, err)
			for _, w := range f.Doubtful {
				list = append(list, w.Basis.Number+" "+string(w.Fault))
			}
			return list
		}
		d := fx.prepare(t, db)
		text := plan.Text{
			DialogueID: d.ID, Kind: plan.TextAnnouncement, Number: "87/TB-UBND", Dated: today,
			Body: "Căn cứ Quyết định số 901/qđ-ubnd và Quyết định số 902/QĐ-UBND, mời ông/bà dự.",
		}
		text, err := db.WriteText(ctx, fx.office, 0, text)
		must(t, err)
		at := doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: d.ID}
		wantLines(t, doubts(at), "901/QĐ-UBND expired")
		text.Dated = today.AddDays(-2) // the paper is older than it was typed
		_, err = db.WriteText(ctx, fx.office, text.Version, text)
		must(t, err)
		wantLines(t, doubts(at))

		o := fx.bring(t, db, 1, signed).Opinions[0]
		must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, "5/UBND-VP", today))
		reply := doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: o.ID}
		wantLines(t, doubts(reply))
		_, err = db.write.ExecContext(ctx, `UPDATE answer
			SET basis = 'Điều 2 Quyết định số 901/QĐ-UBND'`)
		must(t, err)
		wantLines(t, doubts(reply), "901/QĐ-UBND expired")
	})
}
