package store

import (
	"context"
	"encoding/json"
	"slices"

	"doithoai"
	"doithoai/calendar"
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

// end keeps the rows as they ended: each ends as the first does, by the document that next gives for it.
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
			doithoai.DocumentIssued); err != nil {
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
		if w.Whose == doithoai.WithdrawnByOwn {
			w.Body = ""
			w.Number, err = tx.numberOf(ctx, stood.AuthorityID, doithoai.DocumentWithdrawal, w.Number, w.Dated)
			if err != nil {
				return err
			}
			w.Number = doithoai.WithSymbol(w.Number, doithoai.DocumentWithdrawal.Symbol())
		}
		if w.Whose == doithoai.WithdrawnByNone {
			w.Body, w.Number, w.Dated = "", "", calendar.Date{}
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

// DocumentEnd is how a document was withdrawn, as its event says it.
type DocumentEnd struct {
	doithoai.Withdrawal
	By doithoai.ID
	At calendar.Instant
}

// withdrawalOf is how a document was withdrawn; nil where it was not.
func withdrawalOf(ctx context.Context, q querier, d doithoai.Document) (*DocumentEnd, error) {
	if d.State != doithoai.DocumentWithdrawn {
		return nil, nil
	}
	query := `SELECT actor_id, at, facts, body
		FROM document_event
		WHERE subject_id = $1 AND kind = $2 AND part = $3 AND act = $4
		ORDER BY leaf DESC LIMIT 1`
	args := []any{d.Subject, d.Kind, d.Part, doithoai.ActWithdrawDocument}
	if d.OpinionID != "" {
		query = `SELECT e.actor_id, e.at, e.facts, coalesce(t.body, '')
			FROM event e
			LEFT JOIN event_text t ON t.leaf = e.leaf
			WHERE e.opinion_id = $1 AND e.act = $2 AND e.facts ->> 'document' = $3 AND e.facts ->> 'number' = $4
			ORDER BY e.leaf DESC LIMIT 1`
		args = []any{d.OpinionID, doithoai.ActWithdrawDocument, d.Kind, d.Number}
	}
	all, err := list(ctx, q, func(r row) (e DocumentEnd, err error) {
		var facts []byte
		var said doithoai.Facts
		var reason string
		if err = r.Scan(&e.By, &e.At, &facts, &reason); err == nil {
			err = json.Unmarshal(facts, &said)
		}
		e.Withdrawal = doithoai.WithdrawalIn(said, reason)
		return e, err
	}, query, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
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
