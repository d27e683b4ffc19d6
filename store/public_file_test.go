package store

import (
	"bytes"
	"io"
	"testing"

	"doithoai"
)

// shownPromise is a promise that was kept, of an answer that is not public, with a picture that the office has opened.
func (r *ring) shownPromise() (EvidenceAt, doithoai.ID) {
	id := r.promise()
	must(r, r.db.KeepPromise(r.ctx, r.fx.land, id, 1, r.db.Now().Date(), "Đã làm."))
	return PromiseEvidence(id), r.fx.shows(r, r.db, id, "mốc đất.jpg")
}

// shows adds a file that shows that a promise was kept; the office has opened it.
func (fx *fixture) shows(t testing.TB, db *DB, promise doithoai.ID, name string) doithoai.ID {
	t.Helper()
	file := fx.upload(t, db, fx.land, name).ID
	must(t, db.AddEvidence(ctxOf(t), fx.land, PromiseEvidence(promise), []doithoai.ID{file}))
	must(t, db.ViewEvidence(ctxOf(t), fx.office, PromiseEvidence(promise)))
	return file
}

// seen reports whether the public sees a file, by its own address and on the page of its promise.
func (fx *fixture) seen(t testing.TB, db *DB, promise, file doithoai.ID) bool {
	t.Helper()
	_, f, err := db.OpenPublicFile(ctxOf(t), fx.authority.ID, file)
	if err == nil {
		must(t, f.Close())
	} else {
		wantKind(t, err, doithoai.NotFound, "")
	}
	p, files, pageErr := db.PublicPromise(ctxOf(t), fx.authority.ID, promise)
	if pageErr != nil {
		wantKind(t, pageErr, doithoai.NotFound, "")
	}
	onPage := false
	for _, a := range files {
		onPage = onPage || a.ID == file
	}
	if onPage != (err == nil) || p.Files != len(files) {
		t.Errorf("the page has %d files and counts %d, the file opens: %v", len(files), p.Files, err == nil)
	}
	return err == nil
}

// The office makes a picture public that shows that a promise was kept, once it has looked and says that nobody can be
// known by it. The public then sees what was made for others to see, and nothing of how it came.
func TestPublishEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 5))
		id, at := all[0].ID, PromiseEvidence(all[0].ID)
		fx.makePublic(t, db, r.Opinions[0].ID)
		must(t, db.KeepPromise(ctx, fx.land, id, 1, db.Now().Date(), "Đã đo."))
		file := fx.upload(t, db, fx.land, "mốc đất.jpg").ID
		must(t, db.AddEvidence(ctx, fx.land, at, []doithoai.ID{file}))
		publish := func(a doithoai.Actor, version int, alt string, clear bool) error {
			return db.PublishEvidence(ctx, a, at, file, version, alt, clear)
		}
		const alt = "Mốc đất mới cạnh bờ kênh."
		wantKind(t, publish(fx.office, 1, alt, true), doithoai.Conflict, "evidence.problem.not_viewed")
		must(t, db.ViewEvidence(ctx, fx.office, at))
		for _, a := range []doithoai.Actor{fx.land, fx.justice, fx.chair, fx.secretary} {
			wantKind(t, publish(a, 1, alt, true), doithoai.NotAllowed, "")
		}
		wantKind(t, publish(fx.everyRole(), 1, alt, true), doithoai.NotFound, "")
		task, picture := fx.shownTask(t, db)
		before := fingerprint(t, db)
		wantKind(t, publish(fx.office, 2, alt, true), doithoai.Conflict, "")
		for _, x := range []struct {
			alt   string
			clear bool
			field string
		}{
			{alt, false, doithoai.FieldClear},
			{"", true, doithoai.FieldAlt},
			{smiles(doithoai.MaxAlt + 1), true, doithoai.FieldAlt},
			{"Nhà bà " + fx.slip("").Petitioner.Name, true, doithoai.FieldAlt},
		} {
			err := publish(fx.office, 1, x.alt, x.clear)
			wantKind(t, err, doithoai.Invalid, "")
			if ps := doithoai.ProblemsOf(err); len(ps) != 1 || ps[0].Field != x.field {
				t.Errorf("%+v: %+v", x, ps)
			}
		}
		for _, bad := range badIDs {
			wantKind(t, db.PublishEvidence(ctx, fx.office, at, bad, 1, alt, true), doithoai.NotFound, "")
			wantKind(t, db.PublishEvidence(ctx, fx.office, PromiseEvidence(bad), file, 1, alt, true), doithoai.NotFound, "")
			_, _, err := db.OpenPublicFile(ctx, fx.authority.ID, bad)
			wantKind(t, err, doithoai.NotFound, "")
			_, _, err = db.PublicPromise(ctx, fx.authority.ID, bad)
			wantKind(t, err, doithoai.NotFound, "")
		}
		wantKind(t, db.PublishEvidence(ctx, fx.office, task, picture, 1, alt, true), doithoai.NotFound, "")
		wantKind(t, db.PublishEvidence(ctx, fx.office, at, picture, 1, alt, true), doithoai.NotFound, "") // of another thing
		if fx.seen(t, db, id, file) || fx.seen(t, db, id, picture) {
			t.Error("it is public before anybody said so")
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, publish(fx.office, 1, alt, true))
		wantKind(t, publish(fx.office, 2, alt, true), doithoai.Conflict, "")
		if !fx.seen(t, db, id, file) {
			t.Fatal("nobody sees it")
		}
		_, files, err := db.PublicPromise(ctx, fx.authority.ID, id)
		must(t, err)
		if files[0].Alt != alt || files[0].PublicBy != fx.office.ID {
			t.Errorf("%+v", files[0])
		}
		_, f, err := db.OpenPublicFile(ctx, fx.authority.ID, file)
		must(t, err)
		b, err := io.ReadAll(f)
		must(t, err)
		must(t, f.Close())
		if bytes.Contains(b, []byte("Exif")) || len(b) == 0 {
			t.Error("the public sees where it was taken")
		}
		rows, err := db.PromisesOfPublished(ctx, fx.authority.ID, r.Opinions[0].Number)
		must(t, err)
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if rows[0].Files != 1 || followed.Opinions[0].PublicFiles[id] != 1 {
			t.Errorf("counted: %d, %v", rows[0].Files, followed.Opinions[0].PublicFiles)
		}
		wantClean(t, db)

		wantKind(t, db.UnpublishEvidence(ctx, fx.land, at, file, 2, "wrong"), doithoai.NotAllowed, "")
		wantKind(t, db.UnpublishEvidence(ctx, fx.office, at, file, 1, "wrong"), doithoai.Conflict, "")
		wantKind(t, db.UnpublishEvidence(ctx, fx.office, at, file, 2, ""), doithoai.Invalid, "")
		must(t, db.UnpublishEvidence(ctx, fx.office, at, file, 2, "recognised"))
		wantKind(t, db.UnpublishEvidence(ctx, fx.office, at, file, 3, "wrong"), doithoai.Conflict, "")
		if fx.seen(t, db, id, file) {
			t.Error("it stays public")
		}
		must(t, publish(fx.office, 3, alt, true))
		wantClean(t, db)
		must(t, db.RemoveEvidence(ctx, fx.office, at, file, 4, "wrong"))
		if fx.seen(t, db, id, file) {
			t.Error("what was taken away is public")
		}
		wantClean(t, db)
	})
}

// What shows a promise is public as long as everything is on which it hangs.
func TestUnpublishEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		published := func(n int, before func(doithoai.ID)) (Received, doithoai.ID, doithoai.ID) {
			r, all := fx.promise(t, db, n, fx.promised(t, db, "Đo lại thửa đất", 5))
			before(r.Opinions[0].ID)
			must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), "Đã đo."))
			file := fx.shows(t, db, all[0].ID, "mốc đất.jpg")
			must(t, db.PublishEvidence(ctx, fx.office, PromiseEvidence(all[0].ID), file, 1, "Mốc đất mới.", true))
			return r, all[0].ID, file
		}
		public := func(id doithoai.ID) { fx.makePublic(t, db, id) }

		r, promise, file := published(1, func(doithoai.ID) {})
		if fx.seen(t, db, promise, file) {
			t.Error("the summary of its opinion is not public")
		}
		followed, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if len(followed.Opinions[0].PublicFiles) > 0 {
			t.Error("the person is led to what is not public")
		}
		public(r.Opinions[0].ID)
		if !fx.seen(t, db, promise, file) {
			t.Error("the summary is public, the file is not")
		}

		_, promise, file = published(2, public)
		must(t, db.WithdrawKept(ctx, fx.land, promise, 2))
		if fx.seen(t, db, promise, file) {
			t.Error("the promise is open again")
		}
		wantClean(t, db)
		must(t, db.KeepPromise(ctx, fx.land, promise, 3, db.Now().Date(), "Đã đo."))
		if fx.seen(t, db, promise, file) {
			t.Error("nobody made it public again")
		}

		r, promise, file = published(3, public)
		must(t, db.act(ctx, func(tx *Tx) error { // as a name that is learned later does
			_, err := tx.takeDownTelling(ctx, r.SlipID, doithoai.Petitioner{Name: "Mốc Đất"})
			return err
		}))
		if fx.seen(t, db, promise, file) {
			t.Error("its summary was taken back")
		}

		r, promise, file = published(4, public)
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE opinion SET ruling = $1 WHERE id = $2`,
				string(doithoai.RulingDenunciation), r.Opinions[0].ID)
		}))
		if fx.seen(t, db, promise, file) {
			t.Error("it belongs to a denunciation")
		}

		r, promise, file = published(5, public)
		fx.tellAll(t, db, r.Opinions[0].ID)
		must(t, db.ErasePersonalData(ctx, fx.office, r.Opinions[0].ID, doithoai.ErasureAll, "Bà Lê Văn Thử đề nghị."))
		if fx.seen(t, db, promise, file) {
			t.Error("what is known of the person has ended, and what may show them")
		}
		left, err := one(ctx, db.reader(), column[string], `SELECT alt FROM attachment WHERE id = $1`, file)
		if err != nil || left != "" {
			t.Errorf("%q is left of it, %v", left, err)
		}
	})
}

// A promise of a conclusion shows its files as one of an answer does, with leaves of the public record.
func TestPublishEvidenceOfConclusion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, all := fx.concludes(t, db, toDo{"Dán bảng tại quầy", 3})
		p := all[0]
		must(t, db.KeepPromise(ctx, fx.land, p.ID, 1, db.Now().Date(), "Đã dán."))
		file := fx.shows(t, db, p.ID, "bảng.jpg")
		must(t, db.PublishEvidence(ctx, fx.office, PromiseEvidence(p.ID), file, 1, "Bảng tại quầy.", true))
		if !fx.seen(t, db, p.ID, file) {
			t.Error("nobody sees it")
		}
		wantClean(t, db)
		must(t, db.WithdrawKept(ctx, fx.land, p.ID, 2))
		if fx.seen(t, db, p.ID, file) {
			t.Error("the promise is open again")
		}
		wantClean(t, db)
	})
}
