package store

import (
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// papered gives a paper of a dialogue or an opinion a number of today.
func (fx *fixture) papered(
	t testing.TB, db *DB, kind doithoai.DocumentKind, subject doithoai.ID, number string,
) doithoai.PaperNumber {
	t.Helper()
	d := doithoai.Document{Kind: kind, Subject: subject, Number: number, Dated: db.Now().Date()}
	_, err := db.NumberDocument(ctxOf(t), fx.office, 0, d)
	must(t, err)
	return paperNumber(t, db, fx.office, kind, subject)
}

func paperNumber(
	t testing.TB, db *DB, by doithoai.Actor, kind doithoai.DocumentKind, subject doithoai.ID,
) doithoai.PaperNumber {
	t.Helper()
	n, err := db.PaperNumber(ctxOf(t), by, doithoai.Document{Kind: kind, Subject: subject})
	must(t, err)
	return n
}

// withdrawal is how a test withdraws a document of today.
func withdrawal(db *DB, reason string) doithoai.Withdrawal {
	return doithoai.Withdrawal{Reason: reason, From: db.Now().Date(), Whose: doithoai.WithdrawnByNone}
}

// A document that is withdrawn keeps its number, its signed file and who got it; nothing more is done with it, the
// paper that withdraws it goes to who had it, and the next paper of its kind is another document.
func TestWithdrawDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		today := db.Now().Date()
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")))
		n := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "91/TB-UBND")
		at := n.Ref()
		u := fx.signedPDF(t, db, fx.office, "kết luận")
		must(t, db.KeepSigned(ctx, fx.office, at, 0, 0, same(u)))
		body := toBody("Ủy ban MTTQ Việt Nam xã", doithoai.ByPaper, "")
		must(t, db.SendDocument(ctx, fx.office, at, 0, []doithoai.Sending{body}, nth))
		refused := func(w doithoai.Withdrawal, field, key string) {
			t.Helper()
			wantField(t, db.WithdrawDocument(ctx, fx.office, at, n.Version, w), field, key)
		}
		refused(withdrawal(db, ""), doithoai.FieldWithdrawalReason, "reason")
		w := withdrawal(db, "Ban hành không đúng thẩm quyền.")
		w.From = today.AddDays(1)
		refused(w, doithoai.FieldWithdrawalFrom, "future")
		w.From = today.AddDays(-1)
		refused(w, doithoai.FieldWithdrawalFrom, "early")
		w.From, w.Whose = today, ""
		refused(w, doithoai.FieldWithdrawnBy, "whose")
		w.Whose, w.Number = doithoai.WithdrawnByOther, "12/QĐ-UBND"
		refused(w, doithoai.FieldWithdrawingBody, "body")
		w.Whose, w.Number, w.Dated = doithoai.WithdrawnByOwn, "91", today
		refused(w, doithoai.FieldWithdrawalNumber, "number_taken")
		w.Number = "95"
		for _, other := range []doithoai.Actor{fx.chair, fx.justice} {
			wantKind(t, db.WithdrawDocument(ctx, other, at, n.Version, w), doithoai.NotAllowed, "")
		}
		wantKind(t, db.WithdrawDocument(ctx, fx.office, at, n.Version+1, w), doithoai.Conflict, "error.conflict")
		must(t, db.WithdrawDocument(ctx, fx.office, at, n.Version, w))
		wantKind(t, db.WithdrawDocument(ctx, fx.office, at, n.Version, w), doithoai.Conflict, "error.conflict")

		f, err := db.Document(ctx, fx.chair, at)
		must(t, err)
		if f.State != doithoai.DocumentWithdrawn || f.Ended != today || f.Stands || !f.Signed || f.Copy == nil ||
			f.Copy.File.Hash != u.Hash {
			t.Errorf("the document is %+v, its file %+v", f.ListedDocument, f.Copy)
		}
		if f.End == nil || f.End.Reason != w.Reason || f.End.Whose != doithoai.WithdrawnByOwn || f.Next == nil ||
			f.Next.Number != "95/TB-UBND" || f.Next.Kind != doithoai.DocumentWithdrawal {
			t.Errorf("it was withdrawn %+v by %+v", f.End, f.Next)
		}
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Ended: true}), "conclusion 91/TB-UBND withdrawn")
		counts, err := db.DocumentCounts(ctx, fx.chair)
		if err != nil || counts[doithoai.LifeEnded] != 1 {
			t.Errorf("counted %v %v", counts, err)
		}

		// Nothing is done with it any more, its number stays taken, and what comes after it is another document.
		err = db.SendDocument(ctx, fx.office, at, 1, []doithoai.Sending{body}, nth)
		wantKind(t, err, doithoai.Conflict, "documents.relay.problem.withdrawn")
		wantKind(t, db.UrgeRecipients(ctx, fx.office, at, 1, doithoai.Chase{Way: "call"}), doithoai.Conflict,
			"documents.relay.problem.withdrawn")
		paper := doithoai.Document{Kind: doithoai.DocumentConclusion, Subject: d.ID}
		_, err = db.NumberDocument(ctx, fx.office, f.Version, paper)
		wantKind(t, err, doithoai.Conflict, "error.conflict")
		paper.Number, paper.Dated = "91", today
		_, err = db.NumberDocument(ctx, fx.office, 0, paper)
		wantField(t, err, paper.Kind.NumberField(), "number_taken")
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 1, "Giao Văn phòng.")))
		now := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "96/TB-UBND")
		if len(now.Before) != 1 || now.Before[0].Number != "91/TB-UBND" || now.Part != 1 {
			t.Errorf("the paper has %+v", now)
		}

		// What withdraws it goes to who had it, and to nobody else.
		relay, err := db.DocumentRelay(ctx, fx.office, f.Next.Ref())
		must(t, err)
		if len(relay.Proposed) != 1 || relay.Proposed[0].Name != body.To.Name {
			t.Errorf("proposed are %+v", relay.Proposed)
		}
		stranger := toUnit(fx.justice.UnitID, doithoai.BySystem, "")
		wantField(t, db.SendDocument(ctx, fx.office, f.Next.Ref(), 0, []doithoai.Sending{stranger}, nth),
			"noi-nhan-0", "not_there")
		must(t, db.SendDocument(ctx, fx.office, f.Next.Ref(), 0, []doithoai.Sending{body}, nth))
		wantKind(t, db.WithdrawDocument(ctx, fx.office, f.Next.Ref(), 0, withdrawal(db, "Nhầm.")), doithoai.Conflict,
			"documents.end.elsewhere.withdrawal")
		wantClean(t, db)
	})
}

// A paper whose number stands only in the register is replaced by the next one, with its own number and day: the old
// one is kept with its file, both say of each other, and taking the new number back lets the old one stand again.
func TestReplaceDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		o := fx.bring(t, db, 1, signed).Opinions[0]
		slip := fx.papered(t, db, doithoai.DocumentAssignment, o.ID, "3/PGXL")
		at := slip.Ref()
		must(t, db.KeepSigned(ctx, fx.office, at, 0, 0, same(fx.signedPDF(t, db, fx.office, "phiếu"))))
		replace := func(by doithoai.Actor, version int, number string, dated calendar.Date) error {
			return second(db.ReplaceDocument(ctx, by, at, version, number, dated))
		}
		field := slip.Kind.NumberField()
		wantField(t, replace(fx.office, slip.Version, "", today), field, "documents.problem.number")
		wantField(t, replace(fx.office, slip.Version, "3/PGXL", today), field, "number_taken")
		wantField(t, replace(fx.office, slip.Version, "4", today.AddDays(-1)), slip.Kind.DateField(), "early")
		wantField(t, replace(fx.office, slip.Version, "4", today.AddDays(1)), slip.Kind.DateField(), "future")
		wantKind(t, replace(fx.justice, slip.Version, "4", today), doithoai.NotAllowed, "")
		wantKind(t, replace(fx.office, 0, "4", today), doithoai.Conflict, "error.conflict")
		must(t, replace(fx.office, slip.Version, "4", today))
		wantKind(t, replace(fx.office, slip.Version, "5", today), doithoai.Conflict, "error.conflict")

		now := paperNumber(t, db, fx.office, doithoai.DocumentAssignment, o.ID)
		if now.Number != "4/PGXL" || now.Part != 1 || len(now.Before) != 1 || now.Before[0].Ended != today ||
			now.Before[0].Next() != now.Ref() {
			t.Errorf("the paper has %+v", now)
		}
		file, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if got := file.PaperNumber(doithoai.DocumentAssignment); got.Number != "4/PGXL" {
			t.Errorf("the opinion has %+v", got)
		}
		old, err := db.Document(ctx, fx.office, at)
		must(t, err)
		if old.State != doithoai.DocumentReplaced || old.Next == nil || old.Next.Number != "4/PGXL" || old.Copy == nil {
			t.Errorf("the old one is %+v, %+v", old.ListedDocument, old.Next)
		}
		newer, err := db.Document(ctx, fx.office, now.Ref())
		must(t, err)
		if len(newer.Before) != 1 || newer.Before[0].Number != "3/PGXL" || newer.Copy != nil || !newer.Stands {
			t.Errorf("the new one is %+v, before %+v", newer.ListedDocument, newer.Before)
		}
		wantKind(t, db.WithdrawDocument(ctx, fx.office, at, old.Version, withdrawal(db, "Sai.")), doithoai.Conflict,
			"documents.problem.replaced")

		// The number of the new one is typed anew, and taken back.
		paper := doithoai.Document{Kind: doithoai.DocumentAssignment, Subject: o.ID, Number: "5", Dated: today}
		_, err = db.NumberDocument(ctx, fx.office, now.Version, paper)
		must(t, err)
		now = paperNumber(t, db, fx.office, doithoai.DocumentAssignment, o.ID)
		if now.Number != "5/PGXL" || now.Part != 1 {
			t.Errorf("the paper has %+v", now)
		}
		paper.Dated = today.AddDays(-1)
		_, err = db.NumberDocument(ctx, fx.office, now.Version, paper)
		wantField(t, err, paper.Kind.DateField(), "early")
		paper.Number, paper.Dated = "", calendar.Date{}
		_, err = db.NumberDocument(ctx, fx.office, now.Version, paper)
		must(t, err)
		now = paperNumber(t, db, fx.office, doithoai.DocumentAssignment, o.ID)
		if now.Number != "3/PGXL" || now.Version == slip.Version || len(now.Before) > 0 {
			t.Errorf("the paper has %+v", now)
		}
		wantClean(t, db)
	})
}

// What another act ends is not ended here; a letter that is waited for, and a record that is said to be passed on, are
// not withdrawn before that is said otherwise.
func TestEndsElsewhere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, _, announced := fx.announced(t, db, "87/TB-UBND")
		o := fx.bring(t, db, 1, dispatched).Opinions[0]
		reply := doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: o.ID}
		for _, at := range []doithoai.DocumentRef{announced, reply} {
			wantKind(t, db.WithdrawDocument(ctx, fx.office, at, 0, withdrawal(db, "Sai.")), doithoai.Conflict,
				"documents.end.elsewhere."+string(at.Kind))
			wantKind(t, second(db.ReplaceDocument(ctx, fx.office, at, 0, "88", db.Now().Date())), doithoai.Conflict,
				"documents.end.elsewhere."+string(at.Kind))
		}
		wantClean(t, db)
	})
}

// A withdrawal that was entered without its paper gets that once, by the rules of any number; the register, the page
// and the events have it.
func TestGiveWithdrawalPaper(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		posting := fx.papered(t, db, doithoai.DocumentPosting, fx.dialogue.ID, "12/TB-UBND")
		o := fx.bring(t, db, 1, signed).Opinions[0]
		slip := fx.papered(t, db, doithoai.DocumentAssignment, o.ID, "3/PGXL")
		own := doithoai.Withdrawal{Whose: doithoai.WithdrawnByOwn, Number: "14", Dated: today}
		wantKind(t, db.GiveWithdrawalPaper(ctx, fx.office, posting.Ref(), posting.Version, own), doithoai.Conflict,
			"documents.end.problem.not_withdrawn")
		for _, n := range []doithoai.PaperNumber{posting, slip} {
			must(t, db.WithdrawDocument(ctx, fx.office, n.Ref(), n.Version, withdrawal(db, "Sai nơi niêm yết.")))
		}
		version := func(at doithoai.DocumentRef) int {
			f, err := db.Document(ctx, fx.office, at)
			must(t, err)
			return f.Version
		}
		give := func(by doithoai.Actor, at doithoai.DocumentRef, w doithoai.Withdrawal) error {
			return db.GiveWithdrawalPaper(ctx, by, at, version(at), w)
		}
		at := posting.Ref()
		wantKind(t, give(fx.chair, at, own), doithoai.NotAllowed, "")
		wantKind(t, db.GiveWithdrawalPaper(ctx, fx.office, at, posting.Version, own), doithoai.Conflict, "error.conflict")
		wantField(t, give(fx.office, at, withdrawal(db, "")), doithoai.FieldWithdrawnBy, "whose")
		early := own
		early.Dated = today.AddDays(-1)
		wantField(t, give(fx.office, at, early), doithoai.FieldWithdrawalDated, "early")
		taken := own
		taken.Number = "3/PGXL"
		wantField(t, give(fx.office, at, taken), doithoai.FieldWithdrawalNumber, "number_taken")
		must(t, give(fx.office, at, own))
		wantKind(t, give(fx.office, at, own), doithoai.Conflict, "documents.end.problem.has_paper")
		f, err := db.Document(ctx, fx.office, at)
		must(t, err)
		if f.State != doithoai.DocumentWithdrawn || f.Next == nil || f.Next.Number != "14/TB-UBND" || f.End == nil ||
			f.End.Reason != "Sai nơi niêm yết." || f.End.Whose != doithoai.WithdrawnByOwn || f.End.PaperBy != fx.office.ID ||
			f.End.PaperAt.IsZero() {
			t.Errorf("the document is %+v, withdrawn %+v, by %+v", f.Document, f.End, f.Next)
		}

		// Of an opinion, by another body's.
		other := doithoai.Withdrawal{Whose: doithoai.WithdrawnByOther, Body: "UBND tỉnh", Number: "9/QĐ-UBND", Dated: today}
		must(t, give(fx.office, slip.Ref(), other))
		f, err = db.Document(ctx, fx.office, slip.Ref())
		must(t, err)
		if f.Next != nil || f.End == nil || f.End.Body != "UBND tỉnh" || f.End.Reason == "" || f.End.PaperBy == "" {
			t.Errorf("the slip is withdrawn %+v, by %+v", f.End, f.Next)
		}
		wantClean(t, db)
	})
}

// A withdrawal that was entered by mistake is undone for a reason: the document stands again, the register forgets the
// number of what withdrew it, both acts stay. Not where another paper took its place, or what withdrew it went out.
func TestUndoWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		version := func(at doithoai.DocumentRef) int {
			f, err := db.Document(ctx, fx.office, at)
			must(t, err)
			return f.Version
		}
		undo := func(by doithoai.Actor, at doithoai.DocumentRef, reason string) error {
			return db.UndoWithdrawal(ctx, by, at, version(at), reason)
		}
		withdraw := func(at doithoai.DocumentRef, number string) {
			t.Helper()
			w := withdrawal(db, "Sai.")
			if number != "" {
				w.Whose, w.Number, w.Dated = doithoai.WithdrawnByOwn, number, w.From
			}
			must(t, db.WithdrawDocument(ctx, fx.office, at, version(at), w))
		}
		d, _ := fx.closed(t, db)
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")))
		notice := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "12/TB-UBND")
		at := notice.Ref()
		body := toBody("Ủy ban MTTQ Việt Nam xã", doithoai.ByPaper, "")
		must(t, db.SendDocument(ctx, fx.office, at, 0, []doithoai.Sending{body}, nth))
		wantKind(t, undo(fx.office, at, "Nhầm."), doithoai.Conflict, "documents.end.problem.not_withdrawn")
		withdraw(at, "14")
		wantField(t, undo(fx.office, at, ""), doithoai.FieldUndoReason, "undo_reason")
		wantKind(t, undo(fx.chair, at, "Nhầm."), doithoai.NotAllowed, "")
		wantKind(t, db.UndoWithdrawal(ctx, fx.office, at, notice.Version, "Nhầm."), doithoai.Conflict, "error.conflict")
		must(t, undo(fx.office, at, "Ghi nhầm văn bản."))
		f, err := db.Document(ctx, fx.office, at)
		must(t, err)
		if f.State != doithoai.DocumentIssued || !f.Ended.IsZero() || f.Next != nil || f.End != nil || f.Undone == nil ||
			f.Undone.Reason != "Ghi nhầm văn bản." || f.Undone.By != fx.office.ID {
			t.Errorf("the document is %+v, undone %+v", f.Document, f.Undone)
		}
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Ended: true}))
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Kind: doithoai.DocumentWithdrawal}))
		if n := paperNumber(t, db, fx.office, notice.Kind, d.ID); n.Number != "12/TB-UBND" || len(n.Before) > 0 {
			t.Errorf("the paper has %+v", n)
		}
		wantClean(t, db)

		// Withdrawn again, and not undone once another one stands, or what withdrew it went out.
		withdraw(at, "14")
		must(t, db.SendDocument(ctx, fx.office, doithoai.DocumentRef{Kind: doithoai.DocumentWithdrawal,
			Subject: d.ID}, 0, []doithoai.Sending{body}, nth))
		wantKind(t, undo(fx.office, at, "Nhầm."), doithoai.Conflict, "documents.end.undo.went_out")

		o := fx.bring(t, db, 1, signed).Opinions[0]
		slip := fx.papered(t, db, doithoai.DocumentAssignment, o.ID, "3/PGXL").Ref()
		withdraw(slip, "")
		fx.papered(t, db, doithoai.DocumentAssignment, o.ID, "4/PGXL")
		wantKind(t, undo(fx.office, slip, "Nhầm."), doithoai.Conflict, "documents.end.undo.taken")
		other := paperNumber(t, db, fx.office, doithoai.DocumentAssignment, o.ID).Ref()
		withdraw(other, "")
		must(t, undo(fx.office, slip, "Nhầm sang phiếu kia."))
		if n := paperNumber(t, db, fx.office, doithoai.DocumentAssignment, o.ID); n.Number != "3/PGXL" {
			t.Errorf("the slip has %+v", n)
		}
		wantClean(t, db)
	})
}
