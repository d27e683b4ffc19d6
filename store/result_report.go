package store

import (
	"context"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

const reportColumns = `dialogue_id, authority_id, prepared, held, survey, lacking, proposals, state, edition,
	written_by, written_at, version`

func scanReport(r row) (p report.Report, err error) {
	w := &p.Words
	err = r.Scan(&p.DialogueID, &p.AuthorityID, &w.Prepared, &w.Held, &w.Survey, &w.Lacking, &w.Proposals, &p.State,
		&p.Edition, &p.By, &p.At, &p.Version)
	return p, err
}

// reportOf is the report of a dialogue's result, held where lock says so; an empty draft where nothing was written.
func reportOf(ctx context.Context, q querier, d doithoai.Dialogue, lock string) (report.Report, error) {
	p, err := one(ctx, q, scanReport, `SELECT `+reportColumns+`
		FROM result_report
		WHERE dialogue_id = $1 AND authority_id = $2`+lock, d.ID, d.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return report.Report{DialogueID: d.ID, AuthorityID: d.AuthorityID, State: report.StateDraft}, nil
	}
	return p, err
}

// ReportFile is the report of a dialogue's result with all that its page shows.
type ReportFile struct {
	Dialogue doithoai.Dialogue
	Report   report.Report
	Result   report.Result    // as it counts now
	Settled  *report.Result   // as it was settled; nil while it is a draft
	File     []byte           // what it was settled from: [report.Result.File]
	Editions []report.Edition // all that were settled, the last one first, without their files
	Withheld map[doithoai.RegisterNumber]bool
}

// Shown is what the report says: as it was settled, else as it counts now.
func (f ReportFile) Shown() report.Result {
	if f.Settled != nil {
		return *f.Settled
	}
	return f.Result
}

// maxEditions is how many editions of a report there are at most.
const maxEditions = 50

// ResultReport is the report of the result of a dialogue that is over. Withheld names the matters about the actor's own
// conduct, or that of their unit: their rows are for others to read.
func (db *DB) ResultReport(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (f ReportFile, err error) {
	if err := may(actor, doithoai.ActSeeReport); err != nil {
		return f, err
	}
	if err := checkID(dialogue); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		f, err = db.readReport(ctx, q, actor, dialogue)
		return err
	})
	return f, err
}

func (db *DB) readReport(
	ctx context.Context, q querier, actor doithoai.Actor, dialogue doithoai.ID,
) (f ReportFile, err error) {
	if f.Dialogue, err = dialogueOf(ctx, q, actor.AuthorityID, dialogue, ""); err != nil {
		return f, err
	}
	d := f.Dialogue
	if !d.State.Over() {
		return f, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if f.Report, err = reportOf(ctx, q, d, ""); err != nil {
		return f, err
	}
	if f.Result, err = resultOf(ctx, q, d, f.Report.Words, db.Now()); err != nil {
		return f, err
	}
	if f.Editions, err = list(ctx, q, func(r row) (e report.Edition, err error) {
		err = r.Scan(&e.Number, &e.SettledBy, &e.SettledAt, &e.ReopenedBy, &e.ReopenedAt, &e.Reason)
		return e, err
	}, `SELECT e.number, s.name, e.settled_at, coalesce(o.name, ''), e.reopened_at, e.reason
		FROM result_edition e
		JOIN officer s ON s.id = e.settled_by
		LEFT JOIN officer o ON o.id = e.reopened_by
		WHERE e.dialogue_id = $1 AND e.authority_id = $2
		ORDER BY e.number DESC LIMIT $3`, d.ID, d.AuthorityID, maxEditions); err != nil {
		return f, err
	}
	if f.Report.State == report.StateSettled {
		if f.File, err = editionFile(ctx, q, d, f.Report.Edition); err != nil {
			return f, err
		}
		settled, _, err := report.Read(f.File)
		if err != nil {
			return f, err
		}
		f.Settled = &settled
	}
	f.Withheld, err = withheldBy[doithoai.RegisterNumber](ctx, q, actor, d, "number", db.Now().Date())
	return f, err
}

func editionFile(ctx context.Context, q querier, d doithoai.Dialogue, number int) ([]byte, error) {
	return one(ctx, q, column[[]byte], `SELECT file
		FROM result_edition
		WHERE dialogue_id = $1 AND authority_id = $2 AND number = $3`, d.ID, d.AuthorityID, number)
}

// ReportEdition is the file of a settled edition of a dialogue's result report, by its number from 1.
func (db *DB) ReportEdition(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number int,
) ([]byte, error) {
	if err := may(actor, doithoai.ActSeeReport); err != nil {
		return nil, err
	}
	d, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
	if err != nil {
		return nil, err
	}
	return editionFile(ctx, db.reader(), d, number)
}

// openReport opens the report of a dialogue's result for an act; the dialogue is held where lock says so.
func (tx *Tx) openReport(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, dialogue doithoai.ID, version int, lock string,
) (d doithoai.Dialogue, p report.Report, err error) {
	if err := may(actor, act); err != nil {
		return d, p, err
	}
	if err := checkID(dialogue); err != nil {
		return d, p, err
	}
	if d, err = dialogueOf(ctx, tx, actor.AuthorityID, dialogue, lock); err != nil {
		return d, p, err
	}
	if !d.May(act) {
		return d, p, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if p, err = reportOf(ctx, tx, d, lock); err != nil {
		return d, p, err
	}
	if p, err = p.Move(act); err != nil {
		return d, p, err
	}
	return d, p, sameVersion(p.Version, version)
}

// saveReport keeps a report as an act left it; version is the one that it had.
func (tx *Tx) saveReport(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, d doithoai.Dialogue, p report.Report, version int,
) (report.Report, error) {
	p.By, p.At, p.Version = actor.ID, tx.Now, version+1
	w := p.Words
	var err error
	if version > 0 {
		err = tx.execOne(ctx, `UPDATE result_report
			SET prepared = $1, held = $2, survey = $3, lacking = $4, proposals = $5, state = $6, edition = $7,
				written_by = $8, written_at = $9, version = $10
			WHERE dialogue_id = $11 AND version = $12`, w.Prepared, w.Held, w.Survey, w.Lacking, w.Proposals, p.State,
			p.Edition, p.By, p.At, p.Version, d.ID, version)
	} else {
		err = conflictIfThere(tx.exec(ctx, `INSERT INTO result_report (`+reportColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, d.ID, d.AuthorityID, w.Prepared, w.Held, w.Survey,
			w.Lacking, w.Proposals, p.State, p.Edition, p.By, p.At, p.Version))
	}
	if err != nil {
		return p, err
	}
	tx.touch("dialogue/" + string(d.ID))
	return p, tx.audit(ctx, actor, act, d.Slug, "", string(p.State)+" "+strconv.Itoa(p.Edition))
}

// WriteResultReport keeps what the office says itself in the report of a dialogue's result, while its figures are not
// settled. version is the report's, 0 where nothing was written yet.
func (db *DB) WriteResultReport(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, words report.Words,
) (p report.Report, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		d, at, err := tx.openReport(ctx, actor, doithoai.ActWriteReport, dialogue, version, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(words.Problems()); err != nil {
			return err
		}
		at.Words = words
		if err := tx.dropDraft(ctx, actor, DraftReport, string(d.ID)); err != nil {
			return err
		}
		p, err = tx.saveReport(ctx, actor, doithoai.ActWriteReport, d, at, version)
		return err
	})
	return p, err
}

// SettleResultReport settles the figures of the report of a dialogue's result: the edition is kept as everything stands
// at one moment, to be signed; what another act changes meanwhile is a change since then. See [report.Result.Settle].
func (db *DB) SettleResultReport(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int,
) (p report.Report, err error) {
	if err := may(actor, doithoai.ActSettleReport); err != nil {
		return p, err
	}
	var file []byte
	if err := db.snapshotTx(ctx, func(tx *Tx) (err error) { // nobody waits while it is read
		file, err = tx.settling(ctx, actor, dialogue, version, db.Now())
		return err
	}); err != nil {
		return p, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		d, at, err := tx.openReport(ctx, actor, doithoai.ActSettleReport, dialogue, version, tx.db.dialect.forUpdate())
		if err != nil {
			return err
		}
		at.Edition++
		if p, err = tx.saveReport(ctx, actor, doithoai.ActSettleReport, d, at, version); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO result_edition (dialogue_id, number, authority_id, file, settled_by, settled_at,
				reason)
			VALUES ($1, $2, $3, $4, $5, $6, '')`, d.ID, p.Edition, d.AuthorityID, file, actor.ID, tx.Now)
	})
	return p, err
}

// settling is the file of a report that may be settled.
func (tx *Tx) settling(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, now calendar.Instant,
) ([]byte, error) {
	d, at, err := tx.openReport(ctx, actor, doithoai.ActSettleReport, dialogue, version, "")
	if err != nil {
		return nil, err
	}
	result, err := resultOf(ctx, tx, d, at.Words, now)
	if err != nil {
		return nil, err
	}
	if err := result.Settle(); err != nil {
		return nil, err
	}
	file, err := result.File()
	switch {
	case err != nil:
		return nil, err
	case at.Edition >= maxEditions:
		return nil, doithoai.Refuse(doithoai.Conflict, "report.problem.editions")
	case len(file) > report.MaxFile:
		return nil, doithoai.Refuse(doithoai.Conflict, "report.problem.large")
	}
	return file, nil
}

// ReopenResultReport lets the figures of a settled report go on, for a reason; the edition is kept with it. Conflict:
// it has a number in the register of documents that stands.
func (db *DB) ReopenResultReport(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, version int, reason string,
) (p report.Report, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		d, at, err := tx.openReport(ctx, actor, doithoai.ActReopenReport, dialogue, version, db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.ReasonProblems(report.FieldReason, reason)); err != nil {
			return err
		}
		stands, _, err := paperAt(ctx, tx, reportPaper(at), tx.db.dialect.forUpdate())
		if err != nil {
			return err
		}
		if stands.Number != "" {
			return doithoai.Refuse(doithoai.Conflict, "report.problem.numbered")
		}
		if err := tx.execOne(ctx, `UPDATE result_edition
			SET reopened_by = $1, reopened_at = $2, reason = $3
			WHERE dialogue_id = $4 AND number = $5 AND reopened_at IS NULL`, actor.ID, tx.Now, reason, d.ID,
			at.Edition); err != nil {
			return err
		}
		p, err = tx.saveReport(ctx, actor, doithoai.ActReopenReport, d, at, version)
		return err
	})
	return p, err
}

// reportPaper is the paper of the last edition of a report, as the register of documents knows it.
func reportPaper(p report.Report) doithoai.Document {
	return doithoai.Document{
		AuthorityID: p.AuthorityID, Kind: doithoai.DocumentResult, Subject: p.DialogueID, DialogueID: p.DialogueID,
		Turn: max(p.Edition-1, 0),
	}
}
