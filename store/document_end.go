package store

import (
	"context"
	"encoding/json"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// endingDocument is a row of the paper that an act ends, with its version.
type endingDocument struct {
	doithoai.Document
	version int
}

// ending is a paper under an act that ends it: what it is about is held, then its rows.
type ending struct {
	tx       *Tx
	actor    doithoai.Actor
	act      doithoai.Act
	rows     []endingDocument // one for each matter
	cases    []*caseFile      // of a paper about opinions
	dialogue doithoai.Dialogue
}

// openEnding opens a document for an act that ends it. version is that of its row. NotFound where the actor does not
// see all that the paper is about.
func (tx *Tx) openEnding(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, at doithoai.DocumentRef, version int,
) (e *ending, err error) {
	if err := may(actor, act); err != nil {
		return nil, err
	}
	p, err := numberedPaperOf(ctx, tx, actor, at, tx.Now.Date(), "")
	if err != nil {
		return nil, err
	}
	e = &ending{tx: tx, actor: actor, act: act}
	opinions := p.opinions()
	slices.Sort(opinions)
	for _, id := range opinions {
		c, err := tx.openCase(ctx, actor, act, id)
		if err != nil {
			return nil, err
		}
		e.cases = append(e.cases, c)
	}
	if p.DialogueID != "" {
		if e.dialogue, err = dialogueOf(ctx, tx, p.AuthorityID, p.DialogueID, tx.db.dialect.forUpdate()); err != nil {
			return nil, err
		}
	}
	stands, _, err := documentAt(ctx, tx, doithoai.Document{Kind: at.Kind, Subject: at.Subject, Part: at.Part}, "")
	if err != nil {
		return nil, err
	}
	if e.rows, err = endingRows(ctx, tx, stands, tx.db.dialect.forUpdate()); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(e.rows, func(d endingDocument) bool { return d.Ref() == at })
	if i < 0 || slices.ContainsFunc(e.rows, func(d endingDocument) bool {
		return d.OpinionID != "" && !slices.Contains(opinions, d.OpinionID)
	}) {
		return nil, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	e.rows[0], e.rows[i] = e.rows[i], e.rows[0] // the one that is named
	return e, sameVersion(e.rows[0].version, version)
}

// endingRows are the rows of the paper of a document: one paper about several matters has a row for each.
func endingRows(
	ctx context.Context, q querier, d doithoai.Document, lock string,
) ([]endingDocument, error) {
	key, _, _ := doithoai.NumberKey(d.Number)
	return list(ctx, q, func(r row) (e endingDocument, err error) {
		e.Document, err = scanDocument(also{r, []any{&e.version}})
		return e, err
	}, `SELECT `+documentColumns+`, version
		FROM document
		WHERE authority_id = $1 AND year = $2 AND number_key = $3 AND kind = $4 AND dated = $5
		ORDER BY subject_id, part`+lock, d.AuthorityID, d.Dated.Year, key, d.Kind, d.Dated)
}

// end keeps the rows as they are after the act: each as the first is, ended by the document that next gives for it.
func (e *ending) end(
	ctx context.Context, d doithoai.Document, next func(doithoai.Document) doithoai.DocumentRef,
) error {
	version, err := e.tx.count(ctx, d.AuthorityID, documentCounter, 1)
	if err != nil {
		return err
	}
	for i, row := range e.rows {
		by := next(row.Document)
		if err := e.tx.execOne(ctx, `UPDATE document
			SET state = $1, ended = $2, next_kind = $3, next_part = $4, version = $5
			WHERE subject_id = $6 AND kind = $7 AND part = $8 AND version = $9 AND state = $10`,
			d.State, d.Ended, by.Kind, by.Part, version, row.Subject, row.Kind, row.Part, row.version,
			row.State); err != nil {
			return err
		}
		e.rows[i].State, e.rows[i].Ended = d.State, d.Ended
	}
	return nil
}

// record adds the act to the record: to the events of each opinion that the paper is about, else to those of the
// document; text is what the act says beyond its facts.
func (e *ending) record(
	ctx context.Context, of doithoai.Document, facts func(doithoai.Document) doithoai.Facts, text string,
) error {
	for _, c := range e.cases {
		i := slices.IndexFunc(e.rows, func(d endingDocument) bool { return d.OpinionID == c.Opinion.ID })
		if err := c.save(ctx, facts(e.rows[i].Document), text); err != nil {
			return err
		}
	}
	e.tx.touch("document/" + string(of.Subject))
	if len(e.cases) > 0 {
		return nil
	}
	return e.tx.recordDocument(ctx, e.actor, e.act, of, facts(of), text)
}

// WithdrawDocument ends a document that went out: it does not count from a day on. version is that of its row in the
// register. A paper of the authority's own that withdraws it goes into the register itself, by the rules of any number
// in whichever way these are given. See [doithoai.Document.Withdraw].
//
// In this order, beside these rules: nothing waits for a reply to it, and it did not pass a record on that is still
// said to be passed on.
func (db *DB) WithdrawDocument(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, how doithoai.Withdrawal,
) error {
	return db.act(ctx, func(tx *Tx) error {
		w := how // an act may run again
		if !storable(w.Reason) || !storable(w.Number) || !storable(w.Body) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		e, err := tx.openEnding(ctx, actor, doithoai.ActWithdrawDocument, at, version)
		if err != nil {
			return err
		}
		stood := e.rows[0].Document
		if err := tx.numberWithdrawal(ctx, stood.AuthorityID, &w); err != nil {
			return err
		}
		d, err := stood.Withdraw(w, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := e.holdsNothing(ctx); err != nil {
			return err
		}
		by, err := e.registerWithdrawal(ctx, w)
		if err != nil {
			return err
		}
		if err := e.end(ctx, d, func(d doithoai.Document) doithoai.DocumentRef { return by[d.Ref()] }); err != nil {
			return err
		}
		facts := func(d doithoai.Document) doithoai.Facts { return d.WithdrawnFacts(w) }
		return e.record(ctx, e.rows[0].Document, facts, w.Reason)
	})
}

// numberWithdrawal gives the paper of a withdrawal its number, where it is the authority's own.
func (tx *Tx) numberWithdrawal(ctx context.Context, authority doithoai.ID, w *doithoai.Withdrawal) (err error) {
	switch w.Whose {
	case doithoai.WithdrawnByOwn:
		w.Body = ""
		w.Number, err = tx.numberOf(ctx, authority, doithoai.DocumentWithdrawal, w.Number, w.Dated)
		w.Number = doithoai.WithSymbol(w.Number, doithoai.DocumentWithdrawal.Symbol())
	case doithoai.WithdrawnByNone:
		w.Body, w.Number, w.Dated = "", "", calendar.Date{}
	}
	return err
}

// GiveWithdrawalPaper enters the paper of a withdrawal that was entered without one, once: the authority's own goes
// into the register by the rules of any number. version is that of the document's row. See
// [doithoai.Document.GivePaper].
func (db *DB) GiveWithdrawalPaper(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, how doithoai.Withdrawal,
) error {
	return db.act(ctx, func(tx *Tx) error {
		w := how // an act may run again
		if !storable(w.Number) || !storable(w.Body) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		e, err := tx.openEnding(ctx, actor, doithoai.ActGiveWithdrawalPaper, at, version)
		if err != nil {
			return err
		}
		d := e.rows[0].Document
		had := doithoai.Withdrawal{}
		was, err := withdrawalOf(ctx, tx, d)
		if err != nil {
			return err
		}
		if was != nil {
			had = was.Withdrawal
		}
		if err := tx.numberWithdrawal(ctx, d.AuthorityID, &w); err != nil {
			return err
		}
		if err := d.GivePaper(had, w, tx.Now.Date()); err != nil {
			return err
		}
		by, err := e.registerWithdrawal(ctx, w)
		if err != nil {
			return err
		}
		if err := e.end(ctx, d, func(d doithoai.Document) doithoai.DocumentRef { return by[d.Ref()] }); err != nil {
			return err
		}
		facts := func(d doithoai.Document) doithoai.Facts { return d.WithdrawnFacts(w) }
		return e.record(ctx, d, facts, "")
	})
}

// UndoWithdrawal lets a document stand again that was withdrawn by mistake. version is that of its row. A paper of the
// authority's own that withdrew it leaves the register by the rules of any number that is taken back.
//
// In this order: see [doithoai.Document.UndoWithdrawal]; no other paper took its place; what withdrew it is not signed
// and went to nobody, and its number was not given by the register itself.
func (db *DB) UndoWithdrawal(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if !storable(reason) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		e, err := tx.openEnding(ctx, actor, doithoai.ActUndoWithdrawal, at, version)
		if err != nil {
			return err
		}
		d, err := e.rows[0].UndoWithdrawal(reason)
		if err != nil {
			return err
		}
		for _, row := range e.rows {
			if err := tx.placeFree(ctx, row.Document); err != nil {
				return err
			}
			if err := tx.dropWithdrawal(ctx, row.Document); err != nil {
				return err
			}
		}
		none := func(doithoai.Document) doithoai.DocumentRef { return doithoai.DocumentRef{} }
		if err := e.end(ctx, d, none); err != nil {
			return err
		}
		facts := func(d doithoai.Document) doithoai.Facts {
			return doithoai.Facts{Document: d.Kind, Part: d.Part, Number: d.Number, Dated: d.Dated}
		}
		return e.record(ctx, e.rows[0].Document, facts, reason)
	})
}

// placeFree refuses to let a document stand again whose place another one of its kind took.
func (tx *Tx) placeFree(ctx context.Context, d doithoai.Document) error {
	if !d.Kind.Replaceable() && d.Kind != doithoai.DocumentTransfer { // there may be several of those
		return nil
	}
	if d.Kind == doithoai.DocumentResult { // the report was opened again, or a later edition has taken its place
		if p, err := reportOf(ctx, tx, doithoai.Dialogue{ID: d.Subject, AuthorityID: d.AuthorityID}, ""); err != nil {
			return err
		} else if reportPaper(p).Turn != d.Turn || p.State != report.StateSettled {
			return doithoai.Refuse(doithoai.Conflict, "documents.end.undo.taken")
		}
	}
	later, err := list(ctx, tx, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE subject_id = $1 AND kind = $2 AND turn = $3 AND part > $4 AND state = $5
		ORDER BY part LIMIT 1`, d.Subject, d.Kind, d.Turn, d.Part, doithoai.DocumentIssued)
	if err == nil && len(later) > 0 {
		err = doithoai.Refuse(doithoai.Conflict, "documents.end.undo.taken")
	}
	return err
}

// dropWithdrawal takes the authority's own paper out of the register that withdrew a document; nothing where there is
// none.
func (tx *Tx) dropWithdrawal(ctx context.Context, d doithoai.Document) error {
	if d.NextKind != doithoai.DocumentWithdrawal {
		return nil
	}
	next := d.Next()
	paper, _, err := documentAt(ctx, tx,
		doithoai.Document{Kind: next.Kind, Subject: next.Subject, Part: next.Part}, tx.db.dialect.forUpdate())
	if err != nil {
		return err
	}
	all, err := recipientsOf(ctx, tx, next)
	if err != nil {
		return err
	}
	here, err := tx.numbersHere(ctx, paper.AuthorityID, paper.Dated)
	if err != nil {
		return err
	}
	if here || slices.ContainsFunc(all, func(r doithoai.Recipient) bool { return r.State != doithoai.RecipientFailed }) {
		return doithoai.Refuse(doithoai.Conflict, "documents.end.undo.went_out")
	}
	if err := tx.leaveRegister(ctx, paper, paper); err != nil {
		return err
	}
	if !paper.Claims {
		return nil
	}
	p, err := numberedAs(ctx, tx, paper, tx.db.dialect.forUpdate()) // it may withdraw other documents too
	if err != nil || len(p.rows) == 0 {
		return err
	}
	return tx.execOne(ctx, `UPDATE document
		SET claims = true
		WHERE subject_id = $1 AND kind = $2 AND part = $3`, p.Subject, p.Kind, p.Part)
}

// holdsNothing refuses to withdraw what another act says still holds.
func (e *ending) holdsNothing(ctx context.Context) error {
	for _, d := range e.rows {
		query := ""
		switch d.Kind {
		case doithoai.DocumentEscalation, doithoai.DocumentCoordination:
			query = `SELECT count(*) FROM onward_letter WHERE id = $1 AND state = 'waiting'`
		case doithoai.DocumentTransfer:
			query = `SELECT count(*) FROM record_transfer WHERE opinion_id = $1 AND doc_number = $2 AND dated = $3`
		default:
			continue
		}
		args := []any{d.Subject, d.Number, d.Dated}
		if d.Kind != doithoai.DocumentTransfer {
			args = args[:1]
		}
		n, err := one(ctx, e.tx, column[int], query, args...)
		if err != nil {
			return err
		}
		if n > 0 {
			return doithoai.Refuse(doithoai.Conflict, "documents.end.holds."+string(d.Kind))
		}
	}
	return nil
}

// registerWithdrawal puts the authority's own paper that withdraws the rows into the register, for each matter; of what
// withdraws which row. It is none where the paper is another body's, or there is none.
func (e *ending) registerWithdrawal(
	ctx context.Context, w doithoai.Withdrawal,
) (by map[doithoai.DocumentRef]doithoai.DocumentRef, err error) {
	by = map[doithoai.DocumentRef]doithoai.DocumentRef{}
	if w.Whose != doithoai.WithdrawnByOwn {
		return by, nil
	}
	for _, d := range e.rows {
		n := doithoai.Document{
			AuthorityID: d.AuthorityID, Kind: doithoai.DocumentWithdrawal, Subject: d.Subject, PlanID: d.PlanID,
			DialogueID: d.DialogueID, OpinionID: d.OpinionID, Number: w.Number, Dated: w.Dated,
		}
		if n.Part, err = e.tx.nextPart(ctx, n); err != nil {
			return nil, err
		}
		if err := e.tx.claim(ctx, n); err != nil {
			return nil, err
		}
		by[d.Ref()] = n.Ref()
	}
	return by, nil
}

// ReplaceDocument gives a paper of a dialogue or an opinion another number and day: what had them before is replaced,
// and kept with its signed file and with those who got it. version is that of its row in the register. See
// [doithoai.Document.Replace]; a paper that the data do not hold is not replaced here.
func (db *DB) ReplaceDocument(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int, number string, dated calendar.Date,
) (next doithoai.Document, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if !storable(number) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		e, err := tx.openEnding(ctx, actor, doithoai.ActReplaceDocument, at, version)
		if err != nil {
			return err
		}
		stood := e.rows[0].Document
		next = doithoai.Document{
			AuthorityID: stood.AuthorityID, Kind: stood.Kind, Subject: stood.Subject, Turn: stood.Turn,
			DialogueID: stood.DialogueID, OpinionID: stood.OpinionID, Dated: dated,
		}
		next.Number, err = tx.numberOf(ctx, stood.AuthorityID, stood.Kind, number, dated)
		if err != nil {
			return err
		}
		next.Number = doithoai.WithSymbol(next.Number, stood.Kind.Symbol())
		if next.Part, err = tx.nextPart(ctx, next); err != nil {
			return err
		}
		d, err := stood.Replace(next, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := e.hasPaper(ctx); err != nil {
			return err
		}
		if err := tx.claim(ctx, next); err != nil {
			return err
		}
		if err := e.end(ctx, d, func(doithoai.Document) doithoai.DocumentRef { return next.Ref() }); err != nil {
			return err
		}
		version, err := tx.count(ctx, next.AuthorityID, documentCounter, 1)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE document
			SET version = $1
			WHERE subject_id = $2 AND kind = $3 AND part = $4`, version, next.Subject, next.Kind, next.Part); err != nil {
			return err
		}
		facts := func(doithoai.Document) doithoai.Facts {
			return doithoai.Facts{
				Document: next.Kind, Part: next.Part, Number: next.Number, Dated: next.Dated, Replaces: stood.Number,
				Ended: d.Ended,
			}
		}
		return e.record(ctx, next, facts, "")
	})
	return next, err
}

// hasPaper refuses to replace a paper that the data do not hold any more.
func (e *ending) hasPaper(ctx context.Context) error {
	d := e.rows[0].Document
	if len(e.cases) == 0 {
		return e.tx.hasPaper(ctx, e.dialogue, &d)
	}
	c := e.cases[0]
	events, err := eventsOf(ctx, e.tx, c.Opinion.ID)
	if err != nil {
		return err
	}
	if turn, there := doithoai.OpinionPaper(d.Kind, c.Opinion, c.Petition, events); !there || turn != d.Turn {
		return doithoai.Refuse(doithoai.Conflict, "documents.problem.no_paper")
	}
	return nil
}

// DocumentEnd is how a document was withdrawn, as its events say it.
type DocumentEnd struct {
	doithoai.Withdrawal
	By      doithoai.ID
	At      calendar.Instant
	PaperBy doithoai.ID // who entered the paper of the withdrawal afterwards; "": nobody
	PaperAt calendar.Instant
}

// DocumentUndone is the withdrawal of a document that was entered by mistake.
type DocumentUndone struct {
	Reason string
	By     doithoai.ID
	At     calendar.Instant
}

// endingAct is an act on how a document ended.
type endingAct struct {
	act    doithoai.Act
	by     doithoai.ID
	at     calendar.Instant
	facts  doithoai.Facts
	reason string
}

// endingActs are the last acts by which a document was withdrawn, got the paper of that, or stood again, the newest
// first.
func endingActs(ctx context.Context, q querier, d doithoai.Document) ([]endingAct, error) {
	const few = 2 // of one withdrawal
	args := []any{d.Subject, d.Kind, d.Part, few}
	query := `SELECT act, actor_id, at, facts, body
		FROM document_event
		WHERE subject_id = $1 AND kind = $2 AND part = $3 AND act IN ` + endingActNames + `
		ORDER BY leaf DESC LIMIT $4`
	if d.OpinionID != "" {
		query = `SELECT e.act, e.actor_id, e.at, e.facts, coalesce(t.body, '')
			FROM event e
			LEFT JOIN event_text t ON t.leaf = e.leaf
			WHERE e.opinion_id = $1 AND e.act IN ` + endingActNames + ` AND e.facts ->> 'document' = $2
				AND e.facts ->> 'number' = $3
			ORDER BY e.leaf DESC LIMIT $4`
		args = []any{d.OpinionID, d.Kind, d.Number, few}
	}
	return list(ctx, q, func(r row) (a endingAct, err error) {
		var facts []byte
		if err = r.Scan(&a.act, &a.by, &a.at, &facts, &a.reason); err == nil {
			err = json.Unmarshal(facts, &a.facts)
		}
		return a, err
	}, query, args...)
}

// endingActNames are those acts.
const endingActNames = `('` + string(doithoai.ActWithdrawDocument) + `', '` + string(doithoai.ActGiveWithdrawalPaper) +
	`', '` + string(doithoai.ActUndoWithdrawal) + `')`

// withdrawalOf is how a document was withdrawn; nil where it was not.
func withdrawalOf(ctx context.Context, q querier, d doithoai.Document) (*DocumentEnd, error) {
	if d.State != doithoai.DocumentWithdrawn {
		return nil, nil
	}
	acts, err := endingActs(ctx, q, d)
	if err != nil || len(acts) == 0 {
		return nil, err
	}
	last := acts[0]
	e := &DocumentEnd{Withdrawal: doithoai.WithdrawalIn(last.facts, last.reason), By: last.by, At: last.at}
	if last.act == doithoai.ActGiveWithdrawalPaper && len(acts) > 1 {
		e.PaperBy, e.PaperAt = last.by, last.at
		e.Reason, e.By, e.At = acts[1].reason, acts[1].by, acts[1].at
	}
	return e, nil
}

// undoneOf is the last withdrawal of a document that stands, which was undone; nil where none was.
func undoneOf(ctx context.Context, q querier, d doithoai.Document) (*DocumentUndone, error) {
	if d.State != doithoai.DocumentIssued {
		return nil, nil
	}
	acts, err := endingActs(ctx, q, d)
	if err != nil || len(acts) == 0 || acts[0].act != doithoai.ActUndoWithdrawal {
		return nil, err
	}
	return &DocumentUndone{acts[0].reason, acts[0].by, acts[0].at}, nil
}

// documentsAround are what ended a document, and what it ended, as far as the actor sees them: the earliest day first.
func documentsAround(
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Document, on calendar.Date,
) (next *ListedDocument, before []ListedDocument, err error) {
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	reach := documentsReach(actor, on, bind)
	all, err := list(ctx, q, scanListed, listedColumns+`
		FROM document d`+listedJoins+reach+` AND d.subject_id = `+bind(d.Subject)+`
			AND (d.kind = `+bind(d.NextKind)+` AND d.part = `+bind(d.NextPart)+`
				OR d.next_kind = `+bind(d.Kind)+` AND d.next_part = `+bind(d.Part)+`)
		ORDER BY d.dated, d.kind, d.part LIMIT `+bind(maxOthers), args...)
	for _, l := range all {
		if l.Ref() == d.Next() {
			next = &l
		} else {
			before = append(before, l)
		}
	}
	return next, before, err
}

// hadBefore are those who got what a document ended: what it withdraws, or what it replaced and what that had replaced.
func hadBefore(ctx context.Context, q querier, d doithoai.Document) (all []doithoai.Recipient, err error) {
	ends := []doithoai.DocumentRef{d.Ref()}
	for n := 0; n < len(ends) && n < maxOthers; n++ {
		before, err := list(ctx, q, scanDocument, `SELECT `+documentColumns+`
			FROM document
			WHERE subject_id = $1 AND next_kind = $2 AND next_part = $3
			ORDER BY kind, part LIMIT $4`, ends[n].Subject, ends[n].Kind, ends[n].Part, maxOthers)
		if err != nil {
			return nil, err
		}
		for _, b := range before {
			ends = append(ends, b.Ref())
			had, err := recipientsOf(ctx, q, b.Ref())
			if err != nil {
				return nil, err
			}
			for _, r := range had {
				known := slices.ContainsFunc(all, func(a doithoai.Recipient) bool { return a.Key() == r.Key() })
				if r.State != doithoai.RecipientFailed && r.State != doithoai.RecipientQueued && !known {
					all = append(all, r)
				}
			}
		}
	}
	return all, nil
}
