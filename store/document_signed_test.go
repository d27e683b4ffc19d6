package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"

	"doithoai"
	"doithoai/file"
	"doithoai/plan"
)

// signedPDF keeps a PDF that a form names; those of different words differ.
func (fx *fixture) signedPDF(t testing.TB, db *DB, a doithoai.Actor, words string) doithoai.Upload {
	t.Helper()
	b := []byte("%PDF-1.7\n% " + words + "\ntrailer <<>>\nstartxref\n0\n%%EOF\n")
	c, err := file.Check(context.Background(), bytes.NewReader(b), int64(len(b)))
	must(t, err)
	u, err := db.KeepUpload(context.Background(), a, "ban-ky.pdf", c, bytes.NewReader(b))
	must(t, err)
	return u
}

// same keeps a file that says what the data say.
func same(u doithoai.Upload) doithoai.KeepingSigned {
	return doithoai.KeepingSigned{Upload: u.ID, Compare: doithoai.ComparedSame}
}

// announced writes the announcement of a new dialogue under a number.
func (fx *fixture) announced(t *testing.T, db *DB, number string) (doithoai.Dialogue, plan.Text, doithoai.DocumentRef) {
	t.Helper()
	d := fx.prepare(t, db)
	text, at, err := fx.writeAnnouncement(ctxOf(t), db, d, number)
	must(t, err)
	return d, text, at
}

func (fx *fixture) writeAnnouncement(
	ctx context.Context, db *DB, d doithoai.Dialogue, number string,
) (plan.Text, doithoai.DocumentRef, error) {
	text, err := db.WriteText(ctx, fx.office, 0, plan.Text{
		DialogueID: d.ID, Kind: plan.TextAnnouncement, Body: "Mời ông/bà dự.", Number: number, Dated: db.Now().Date(),
	})
	return text, doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: d.ID}, err
}

// The signed file of an announcement is the document: its hash stands in the record and proves itself, what it says
// otherwise takes the place of the words, nothing else changes them; a new number makes a document that replaces it.
func TestKeepSigned(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, text, at := fx.announced(t, db, "87/TB-UBND")
		u := fx.signedPDF(t, db, fx.office, "một")
		for field, k := range map[string]doithoai.KeepingSigned{
			"tep": {Compare: doithoai.ComparedSame}, "so-sanh": {Upload: u.ID},
			"khac-o": {Upload: u.ID, Compare: doithoai.ComparedDiffers},
		} {
			key := map[string]string{"tep": "signed_file", "so-sanh": "compare", "khac-o": "what"}[field]
			wantField(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, k), field, key)
		}
		wantField(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, same(fx.upload(t, db, fx.office, "a.jpg"))), "tep",
			"pdf")
		wantKind(t, db.KeepSigned(ctx, fx.chair, at, 0, text.Version, same(u)), doithoai.NotAllowed, "")
		k := same(u)
		k.Compare, k.What, k.Body = doithoai.ComparedDiffers, "Giờ họp là 8 giờ.", "Mời ông/bà dự lúc 8 giờ."
		wantKind(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version+1, k), doithoai.Conflict, "") // other words were seen
		must(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, k))
		wantKind(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version+1, same(fx.signedPDF(t, db, fx.office, "hai"))),
			doithoai.Conflict, "") // the first file was not seen

		f, err := db.Document(ctx, fx.chair, at)
		must(t, err)
		if f.Copy == nil || f.Copy.File.Hash != u.Hash || f.Copy.What != k.What || !f.Signed || !f.Opened ||
			f.Words.Body != k.Body {
			t.Errorf("the document is %+v, %+v", f, f.Copy)
		}
		text.Version, text.Body = f.Words.Version, "Lời khác."
		_, err = db.WriteText(ctx, fx.office, text.Version, text)
		wantKind(t, err, doithoai.Conflict, "documents.problem.signed_stands")
		text.Number = ""
		_, err = db.WriteText(ctx, fx.office, text.Version, text)
		if err == nil {
			t.Error("the number of a signed document was taken back")
		}

		// Nobody outside reads it before the dialogue is announced.
		if all, err := db.PublicSigned(ctx, fx.authority.ID, d.ID); err != nil || len(all) > 0 {
			t.Errorf("public before the announcement: %v %v", all, err)
		}
		_, _, err = db.OpenPublicSigned(ctx, fx.authority.ID, at)
		wantKind(t, err, doithoai.NotFound, "")
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE dialogue SET announced_at = $1 WHERE id = $2`, tx.Now, d.ID)
		}))
		p, e, err := db.SignedEvidence(ctx, fx.authority.ID, at)
		must(t, err)
		leaf := e.Opening.Content
		if p.File.Hash != u.Hash || e.Index != p.Leaf || !bytes.Contains([]byte(leaf), []byte(u.Hash.String())) {
			t.Errorf("the evidence is %s of %+v", leaf, p)
		}
		_, opened, err := db.OpenPublicSigned(ctx, fx.authority.ID, at)
		must(t, err)
		b, err := io.ReadAll(opened)
		must(t, errors.Join(err, opened.Close()))
		if !bytes.Contains(b, []byte("một")) {
			t.Errorf("the file is %q", b)
		}
		wantClean(t, db)

		// Another number is another document: the first stays, replaced, with its file.
		text.Number, text.Body = "91/TB-UBND", "Mời ông/bà dự ngày khác."
		_, err = db.WriteText(ctx, fx.office, text.Version, text)
		must(t, err)
		wantLines(t, documents(t, db, fx.chair, DocumentQuery{Dialogue: d.ID}),
			"announcement 91/TB-UBND issued", "announcement 87/TB-UBND replaced")
		all, err := db.PublicSigned(ctx, fx.authority.ID, d.ID)
		must(t, err)
		if len(all) != 1 || all[0].State != doithoai.DocumentReplaced {
			t.Errorf("public are %+v", all)
		}

		must(t, db.TakeSignedBack(ctx, fx.office, at, 1))
		wantKind(t, db.TakeSignedBack(ctx, fx.office, at, 2), doithoai.Conflict, "")
		if f, err = db.Document(ctx, fx.chair, at); err != nil || f.Copy != nil || f.Seen != 2 {
			t.Errorf("after it was taken away: %+v %v", f, err)
		}
		wantClean(t, db)
	})
}

// Two clerks keep a signed file at once: one of them does.
func TestKeepSignedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, _, at := fx.announced(t, db, "87/TB-UBND")
		const clerks = 6
		errs := make([]error, clerks)
		var group sync.WaitGroup
		for i := range clerks {
			k := same(fx.signedPDF(t, db, fx.office, string(rune('a'+i))))
			group.Go(func() { errs[i] = db.KeepSigned(ctx, fx.office, at, 0, 1, k) })
		}
		group.Wait()
		kept := 0
		for _, err := range errs {
			if err == nil {
				kept++
			} else {
				wantKind(t, err, doithoai.Conflict, "")
			}
		}
		if kept != 1 {
			t.Errorf("%d kept their file", kept)
		}
		wantClean(t, db)
	})
}

// The signed file of an answer names who was answered: who opens it is on record, it is never public, it can't say
// something else than what was told, and it ends with what is known of the person.
func TestSignedAnswer(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, dispatched).Opinions[0]
		all, _, err := db.Documents(ctx, fx.office, DocumentQuery{Limit: 5})
		must(t, err)
		at := all[0].Ref()
		k := same(fx.signedPDF(t, db, fx.office, "trả lời"))
		k.Compare = doithoai.ComparedDiffers
		wantField(t, db.KeepSigned(ctx, fx.office, at, 0, 0, k), "so-sanh", "correct_it")
		k.Compare, k.What = doithoai.ComparedSame, "Ông Nguyễn Văn Giả Sử"
		must(t, db.KeepSigned(ctx, fx.office, at, 0, 0, k))
		f, err := db.Document(ctx, fx.office, at)
		must(t, err)
		if f.Copy == nil || f.Opened || f.Copy.What != "" {
			t.Errorf("kept as %+v, opened %v", f.Copy, f.Opened)
		}
		if public, err := db.PublicSigned(ctx, fx.authority.ID, at.Subject); err != nil || len(public) > 0 {
			t.Errorf("public: %v %v", public, err)
		}
		_, _, err = db.OpenPublicSigned(ctx, fx.authority.ID, at)
		wantKind(t, err, doithoai.NotFound, "")
		_, _, err = db.OpenSigned(ctx, fx.office, at)
		if !errors.Is(err, ErrNotViewed) {
			t.Errorf("opened without a view: %v", err)
		}
		wantKind(t, db.ViewSigned(ctx, fx.secretary, at), doithoai.NotAllowed, "")
		must(t, db.ViewSigned(ctx, fx.office, at))
		_, opened, err := db.OpenSigned(ctx, fx.office, at)
		must(t, err)
		must(t, opened.Close())
		file, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if !slices.ContainsFunc(file.Events, func(e doithoai.Event) bool { return e.Act == doithoai.ActViewPaper }) {
			t.Error("the view is not on record")
		}
		fx.tellAll(t, db, o.ID)
		must(t, db.ErasePersonalData(ctx, fx.office, o.ID, doithoai.ErasureAll, "Đơn ngày 1/10."))
		if f, err = db.Document(ctx, fx.office, at); err != nil || f.Copy != nil {
			t.Errorf("after the erasure: %+v %v", f.Copy, err)
		}
		wantClean(t, db)
	})
}

// What is done behind the acts' back to signed files is found.
func TestVerifySigned(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, text, at := fx.announced(t, db, "87/TB-UBND")
		must(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, same(fx.signedPDF(t, db, fx.office, "một"))))
		wantClean(t, db)
		for what, change := range map[string]string{
			"file":  `UPDATE attachment SET removed_at = at WHERE owner = 'document'`,
			"event": `UPDATE document_event SET number = '88/TB-UBND'`,
		} {
			found := false
			err := db.act(ctx, func(tx *Tx) error {
				if err := tx.exec(ctx, change); err != nil {
					return err
				}
				v := &verifier{ctx: ctx, q: tx, figures: figureMoves{}}
				if err := v.signedFiles(); err != nil {
					return err
				}
				found = slices.ContainsFunc(v.findings, func(f Finding) bool { return f.What == what })
				return errors.New("undo")
			})
			if err == nil || !found {
				t.Errorf("%s was not found (%v)", what, err)
			}
		}
	})
}

// The conclusion and the minutes say what their signed files say: nothing writes them anew behind these.
func TestSignedConclusion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")))
		must(t, second(db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)))
		for kind, number := range map[doithoai.DocumentKind]string{
			doithoai.DocumentConclusion: "91/TB-UBND", doithoai.DocumentMinutes: "04/BB-UBND",
		} {
			_, err := db.NumberDocument(ctx, fx.office, 0, doithoai.Document{
				Kind: kind, Subject: d.ID, Number: number, Dated: db.Now().Date(),
			})
			must(t, err)
			at := doithoai.DocumentRef{Kind: kind, Subject: d.ID}
			must(t, db.KeepSigned(ctx, fx.office, at, 0, 0, same(fx.signedPDF(t, db, fx.office, number))))
		}
		const stands = "documents.problem.signed_stands"
		wantKind(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 1, "Khác.")), doithoai.Conflict, stands)
		wantKind(t, second(db.ComposeMinutes(ctx, fx.secretary, d.ID, 1)), doithoai.Conflict, stands)
		wantKind(t, second(db.CorrectMinutes(ctx, fx.secretary, d.ID, 1, "Nhầm.", wording("dia-diem", "Hội trường thôn 1."))),
			doithoai.Conflict, stands)
		wantClean(t, db)
	})
}

// A file is compared with words that somebody else changes at the same time: one of the two is told.
func TestKeepSignedAgainstWords(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		_, text, at := fx.announced(t, db, "87/TB-UBND")
		k := same(fx.signedPDF(t, db, fx.office, "một"))
		text.Body = "Lời khác."
		kept, wrote := inRivalry(t, db, c,
			func() error { return db.KeepSigned(ctx, fx.office, at, 0, 1, k) },
			func() error { return second(db.WriteText(ctx, fx.office, 1, text)) })
		if (kept == nil) == (wrote == nil) {
			t.Errorf("the file was kept: %v; the words were changed: %v", kept, wrote)
		}
		wantClean(t, db)
	})
}

// The signed file of a document that does not count any more is kept for the archive: the record says that it did not
// when it was kept, nothing else changes, and everybody reads it as one that ended, behind what stands.
func TestKeepSignedOfEnded(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")))
		old := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "91/TB-UBND")
		must(t, db.WithdrawDocument(ctx, fx.office, old.Ref(), old.Version, withdrawal(db, "Sai.")))
		now := fx.papered(t, db, doithoai.DocumentConclusion, d.ID, "96/TB-UBND")
		u := fx.signedPDF(t, db, fx.office, "cũ")
		must(t, db.KeepSigned(ctx, fx.office, old.Ref(), 0, 0, same(u)))
		f, err := db.Document(ctx, fx.office, old.Ref())
		must(t, err)
		if f.State != doithoai.DocumentWithdrawn || f.Copy == nil || !f.Copy.Over || f.Copy.File.Hash != u.Hash || f.Stands {
			t.Errorf("the document is %+v, its file %+v", f.ListedDocument, f.Copy)
		}
		must(t, second(db.WriteConclusion(ctx, fx.chair, d.ID, 1, "Giao Văn phòng."))) // nothing signed stands
		must(t, db.KeepSigned(ctx, fx.office, now.Ref(), 0, 0, same(fx.signedPDF(t, db, fx.office, "mới"))))
		if f, err = db.Document(ctx, fx.office, now.Ref()); err != nil || f.Copy == nil || f.Copy.Over {
			t.Errorf("the one that stands has %+v %v", f.Copy, err)
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.execOne(ctx, `UPDATE dialogue SET announced_at = $1, published_at = $1 WHERE id = $2`, tx.Now, d.ID)
		}))
		all, err := db.PublicSigned(ctx, fx.office.AuthorityID, d.ID)
		must(t, err)
		if len(all) != 2 || all[0].Number != "91/TB-UBND" || all[0].State != doithoai.DocumentWithdrawn ||
			all[1].Number != "96/TB-UBND" || all[1].State != doithoai.DocumentIssued {
			t.Errorf("everybody reads %+v", all)
		}
		wantClean(t, db)
	})
}
