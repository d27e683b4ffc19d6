package store

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// shownTask is a task of the justice unit whose report came with a picture.
func (fx *fixture) shownTask(t testing.TB, db *DB) (EvidenceAt, doithoai.ID) {
	t.Helper()
	row := fx.justiceTask(t, db)
	u := fx.upload(t, db, fx.justice, "cuộc họp.jpg")
	must(t, db.ReportTask(ctxOf(t), fx.justice, row.ID, row.Version,
		plan.TaskReport{Text: "Đã họp", Done: true, Files: []doithoai.ID{u.ID}}))
	return TaskEvidence(row.ID), u.ID
}

// What shows that something was done comes with the act, or not at all; later it is added by who may do the act.
func TestAddEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := fx.justiceTask(t, db)
		anothers := fx.upload(t, db, fx.office, "của người khác.jpg")
		before := fingerprint(t, db)
		report := plan.TaskReport{Text: "Đã họp", Done: true, Files: []doithoai.ID{anothers.ID}}
		wantKind(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version, report), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db)) // nothing is reported without the picture
		u := fx.upload(t, db, fx.justice, "ảnh.jpg")
		report.Files = []doithoai.ID{u.ID}
		must(t, db.ReportTask(ctx, fx.justice, row.ID, row.Version, report))
		at := TaskEvidence(row.ID)
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.secretary} {
			wantKind(t, db.AddEvidence(ctx, a, at, []doithoai.ID{u.ID}), doithoai.NotAllowed, "")
		}
		wantKind(t, db.AddEvidence(ctx, fx.justice, at, []doithoai.ID{u.ID}), doithoai.Invalid, "") // it belongs to it
		wantKind(t, db.AddEvidence(ctx, fx.justice, at, nil), doithoai.Invalid, "")
		must(t, db.AddEvidence(ctx, fx.office, at, []doithoai.ID{anothers.ID}))
		e, err := db.Evidence(ctx, fx.chair, at)
		must(t, err)
		if len(e.Files) != 2 || e.Opened || e.May || e.Title == "" {
			t.Errorf("%+v", e)
		}
		counts, err := db.EvidenceCounts(ctx, fx.chair, at, TaskEvidence(newID()))
		must(t, err)
		if len(counts) != 1 || counts[row.ID] != 2 {
			t.Errorf("counts %v", counts)
		}
		for _, bad := range badIDs {
			for _, owner := range []doithoai.FileOwner{doithoai.FilesOfTask, doithoai.FilesOfDuty, doithoai.FilesOfRelay,
				doithoai.FilesOfLogistics, doithoai.FilesOfSlip} {
				wantKind(t, db.AddEvidence(ctx, fx.office, EvidenceAt{owner, string(bad)}, nil), doithoai.NotFound, "")
			}
		}
		wantKind(t, db.AddEvidence(ctx, fx.office, EvidenceAt{doithoai.FilesOfDuty, at.Thing}, nil), doithoai.NotFound, "")
	})
}

// Proofs of duties, items of a checklist and villages keep their files as tasks do. What was shown of a day that is no
// more shows nothing of the new one.
func TestEvidenceOfADialogue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		proof := fx.proof(db, plan.DutyNoticePosting)
		proof.Files = []doithoai.ID{fx.upload(t, db, fx.office, "niêm yết.jpg").ID}
		proof, err := db.RecordDuty(ctx, fx.office, proof)
		must(t, err)
		item, err := db.SetLogisticsItem(ctx, fx.office, 0, plan.LogisticsItem{
			DialogueID: fx.dialogue.ID, Title: "Phông chữ", UnitID: fx.units["dia-chinh"].ID,
		})
		must(t, err)
		shown := fx.upload(t, db, fx.land, "phông.jpg")
		must(t, second(db.FinishLogisticsItem(ctx, fx.land, fx.dialogue.ID, item.ID, 1, db.Now().Date(), "", shown.ID)))
		head := fx.villageHead(t, db, fx.villages[0].ID)
		relay := plan.Relay{
			DialogueID: fx.dialogue.ID, VillageID: fx.villages[0].ID, Matter: plan.RelayAnnouncement,
			Day: db.Now().Date(), Clock: 8 * 60, Place: "Nhà văn hóa thôn",
			Files: []doithoai.ID{fx.upload(t, db, head, "bảng tin.jpg").ID},
		}
		must(t, db.PostInVillage(ctx, head, 0, relay))
		rows, err := db.Relay(ctx, fx.office, fx.dialogue.ID, plan.RelayAnnouncement)
		must(t, err)
		board := RelayEvidence(*rows[0].Posted)
		for _, at := range []EvidenceAt{DutyEvidence(proof.ID), LogisticsEvidence(item.ID), board} {
			e, err := db.Evidence(ctx, fx.chair, at)
			must(t, err)
			if len(e.Files) != 1 || e.Dialogue != fx.dialogue.ID {
				t.Errorf("%s: %+v", at.Owner, e)
			}
			must(t, db.ViewEvidence(ctx, fx.chair, at))
			must(t, second(closed(db.OpenEvidence(ctx, fx.chair, at, e.Files[0].ID))))
		}
		_, _, err = db.OpenEvidence(ctx, fx.chair, board, shown.ID) // that of something else
		wantKind(t, err, doithoai.NotFound, "")
		must(t, db.AddEvidence(ctx, head, board, []doithoai.ID{fx.upload(t, db, head, "bảng tin gần.jpg").ID}))
		other := rows[1].Village.ID
		wantKind(t, db.AddEvidence(ctx, head, EvidenceAt{board.Owner, string(other)}, nil), doithoai.NotFound, "")
		wantKind(t, db.AddEvidence(ctx, fx.justice, LogisticsEvidence(item.ID), nil), doithoai.NotAllowed, "")
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.execOne(ctx, `UPDATE relay SET moves = 1 WHERE dialogue_id = $1`, fx.dialogue.ID)
		}))
		_, err = db.Evidence(ctx, fx.chair, board)
		wantKind(t, err, doithoai.NotFound, "")
		findings, err := db.VerifyFiles(ctx)
		if err != nil || len(findings) > 0 {
			t.Errorf("findings %v, %v", findings, err)
		}
		kept, err := keptFiles(ctx, db.reader())
		if err != nil || len(kept) != 8 { // four pictures, each with what others see
			t.Errorf("a backup holds %d files, %v", len(kept), err)
		}
	})
}

// closed closes a file that a test only opens.
func closed(a doithoai.Attachment, f io.Closer, err error) (doithoai.Attachment, error) {
	if err == nil {
		err = f.Close()
	}
	return a, err
}

// A file opens after a view is on record, which serves for a while and stands in the audit once; what was taken with
// the picture stays shut.
func TestViewEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at, id := fx.shownTask(t, db)
		_, _, err := db.OpenEvidence(ctx, fx.land, at, id)
		if !errors.Is(err, ErrNotViewed) {
			t.Fatalf("before a view: %v", err)
		}
		wantKind(t, db.ViewEvidence(ctx, fx.land, TaskEvidence(newID())), doithoai.NotFound, "")
		wantKind(t, db.ViewEvidence(ctx, fx.resident, at), doithoai.NotAllowed, "")
		must(t, db.ViewEvidence(ctx, fx.land, at))
		must(t, db.ViewEvidence(ctx, fx.land, at))
		lines, _, _, err := db.Audit(ctx, fx.chair, doithoai.AuditFilter{Act: doithoai.ActViewEvidence}, AuditCursor{}, 5)
		must(t, err)
		if len(lines) != 1 || lines[0].ActorID != fx.land.ID {
			t.Errorf("audit %+v", lines)
		}
		_, f, err := db.OpenEvidence(ctx, fx.land, at, id)
		must(t, err)
		b, err := io.ReadAll(f)
		must(t, err)
		must(t, f.Close())
		if len(b) == 0 || bytes.Contains(b, []byte(taken)) {
			t.Error("the picture says where it was taken")
		}
		if _, _, err = db.OpenEvidence(ctx, fx.chair, at, id); !errors.Is(err, ErrNotViewed) {
			t.Errorf("by another's view: %v", err)
		}
		e, err := db.Evidence(ctx, fx.land, at)
		if err != nil || !e.Opened {
			t.Errorf("opened %v, %v", e.Opened, err)
		}
		fx.clock.forward(viewLife + time.Second)
		if _, _, err = db.OpenEvidence(ctx, fx.land, at, id); !errors.Is(err, ErrNotViewed) {
			t.Errorf("after a while: %v", err)
		}
	})
}

// The office and who added a file take it away, with a reason; the trace stays without the name.
func TestRemoveEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at, id := fx.shownTask(t, db)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.land, fx.chair, fx.secretary, fx.resident} {
			wantKind(t, db.RemoveEvidence(ctx, a, at, id, 1, "wrong"), doithoai.NotAllowed, "")
		}
		wantKind(t, db.RemoveEvidence(ctx, fx.justice, at, id, 1, "chẳng vì sao"), doithoai.Invalid, "")
		wantKind(t, db.RemoveEvidence(ctx, fx.justice, at, id, 2, "wrong"), doithoai.Conflict, "")
		for _, bad := range badIDs {
			wantKind(t, db.RemoveEvidence(ctx, fx.office, at, bad, 1, "wrong"), doithoai.NotFound, "")
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, db.ViewEvidence(ctx, fx.land, at))
		must(t, db.RemoveEvidence(ctx, fx.justice, at, id, 1, "wrong"))
		wantKind(t, db.RemoveEvidence(ctx, fx.office, at, id, 2, "wrong"), doithoai.Conflict, "")
		_, _, err := db.OpenEvidence(ctx, fx.land, at, id)
		wantKind(t, err, doithoai.NotFound, "")
		e, err := db.Evidence(ctx, fx.land, at)
		must(t, err)
		if a := e.Files[0]; a.Name != "" || a.RemovedBy != fx.justice.ID || a.Reason != "wrong" {
			t.Errorf("trace %+v", a)
		}
		lines, _, _, err := db.Audit(ctx, fx.chair, doithoai.AuditFilter{Act: doithoai.ActRemoveEvidence}, AuditCursor{}, 5)
		must(t, err)
		if len(lines) != 1 || lines[0].After != "wrong" {
			t.Errorf("audit %+v", lines)
		}
	})
}

// What shows that a promise was kept is added by who may keep it and opened, on record, by who sees it: of an answer's
// promise not by somebody of another unit. It ends with all that is known of the person, who may stand in the picture.
func TestPromiseEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r, all := fx.promise(t, db, 1, fx.promised(t, db, "Đo lại thửa đất", 2))
		at := PromiseEvidence(all[0].ID)
		u := fx.upload(t, db, fx.land, "mốc ranh.jpg")
		wantKind(t, db.AddEvidence(ctx, fx.land, at, []doithoai.ID{u.ID}), doithoai.NotFound, "") // it is open still
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), "Đã đo."))
		for _, a := range []doithoai.Actor{fx.chair, fx.justice} {
			wantKind(t, db.AddEvidence(ctx, a, at, []doithoai.ID{u.ID}), doithoai.NotAllowed, "")
		}
		must(t, db.AddEvidence(ctx, fx.land, at, []doithoai.ID{u.ID}))
		wantKind(t, second(db.Evidence(ctx, fx.justice, at)), doithoai.NotAllowed, "")
		wantKind(t, db.ViewEvidence(ctx, fx.justice, at), doithoai.NotAllowed, "")
		e, err := db.Evidence(ctx, fx.chair, at)
		must(t, err)
		if len(e.Files) != 1 || e.Opened || e.May || e.Title != "Đo lại thửa đất" {
			t.Errorf("%+v", e)
		}
		_, _, err = db.OpenEvidence(ctx, fx.chair, at, u.ID)
		if !errors.Is(err, ErrNotViewed) {
			t.Errorf("opened without a view on record: %v", err)
		}
		must(t, db.ViewEvidence(ctx, fx.chair, at))
		_, f, err := db.OpenEvidence(ctx, fx.chair, at, u.ID)
		must(t, err)
		must(t, f.Close())
		must(t, db.act(ctx, func(tx *Tx) error { return tx.eraseContent(ctx, fx.office, r.Opinions[0].SlipID) }))
		if e, err = db.Evidence(ctx, fx.chair, at); err != nil || len(e.Files) != 1 || e.Files[0].RemovedAt.IsZero() {
			t.Errorf("after the erasure: %+v, %v", e.Files, err)
		}
	})
}

// Of a conclusion's promise it stays, whoever spoke there; of another authority it is not there.
func TestConcludedEvidence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, all := fx.concludes(t, db, toDo{"Dán bảng", 2})
		at := PromiseEvidence(all[0].ID)
		must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), "Đã dán."))
		u := fx.upload(t, db, fx.office, "bảng.jpg")
		must(t, db.AddEvidence(ctx, fx.office, at, []doithoai.ID{u.ID}))
		wantKind(t, second(db.Evidence(ctx, fx.everyRole(), at)), doithoai.NotFound, "")
		must(t, db.RemoveEvidence(ctx, fx.office, at, u.ID, 1, "wrong"))
	})
}
