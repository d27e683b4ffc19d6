package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
)

const documentColumns = `authority_id, kind, subject_id, part, plan_id, dialogue_id, opinion_id, number, dated, state,
	claims, turn, ended, next_kind, next_part`

// documentInto is where a document goes, with what its number is compared by.
const documentInto = `document (` + documentColumns + `, number_key, series, serial, year)`

func scanDocument(r row) (d doithoai.Document, err error) {
	err = r.Scan(documentFields(&d)...)
	return d, err
}

// documentFields are where the columns of a document are scanned to.
func documentFields(d *doithoai.Document) []any {
	return []any{&d.AuthorityID, &d.Kind, &d.Subject, &d.Part, &d.PlanID, &d.DialogueID, &d.OpinionID, &d.Number,
		&d.Dated, &d.State, &d.Claims, &d.Turn, &d.Ended, &d.NextKind, &d.NextPart}
}

// numberTaken refuses a number that the authority gave another document of the year.
func numberTaken(of doithoai.DocumentKind) error {
	return numberProblem(of.NumberField(), "number_taken")
}

// register puts a document into the authority's register, in the place of what stood there for its subject and part. A
// number that the authority gave another document of the year is refused, also to two clerks at once; a kind that may
// be about several matters has it for each, on the same day.
func (tx *Tx) register(ctx context.Context, d doithoai.Document) error {
	stands, _, err := documentAt(ctx, tx, d, tx.db.dialect.forUpdate())
	if err != nil {
		return err
	}
	if stands.Number == d.Number && stands.Dated == d.Dated { // its words may be other ones
		return tx.unsigned(ctx, d)
	}
	if err := tx.leaveRegister(ctx, stands, d); err != nil {
		return err
	}
	if err := tx.claim(ctx, d); err != nil {
		return err
	}
	return tx.follow(ctx, d)
}

// follow keeps the day from which what a document replaced does not count; a day before that one's own is refused.
func (tx *Tx) follow(ctx context.Context, d doithoai.Document) error {
	before, err := list(ctx, tx, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE subject_id = $1 AND next_kind = $2 AND next_part = $3 AND state = $4
		ORDER BY kind, part LIMIT $5`, d.Subject, d.Kind, d.Part, doithoai.DocumentReplaced, maxOthers)
	if err != nil {
		return err
	}
	for _, b := range before {
		if d.Dated.Before(b.Dated) {
			return doithoai.RefuseForm([]doithoai.Problem{{
				Field: d.Kind.DateField(), Key: "documents.end.problem.early", Args: []any{"date", b.Dated.Words()},
			}})
		}
		if err := tx.execOne(ctx, `UPDATE document
			SET ended = $1
			WHERE subject_id = $2 AND kind = $3 AND part = $4`, d.Dated, b.Subject, b.Kind, b.Part); err != nil {
			return err
		}
	}
	return nil
}

// claim adds a document under a number of its own, or one that it may share.
func (tx *Tx) claim(ctx context.Context, d doithoai.Document) error {
	d.State, d.Claims = doithoai.DocumentIssued, true
	counted, err := tx.mayClaim(ctx, d)
	if err != nil {
		return err
	}
	n, err := tx.addDocument(ctx, d)
	if err != nil {
		return err
	}
	if n > 0 {
		return counted()
	}
	if !d.Kind.Joint() {
		return numberTaken(d.Kind)
	}
	has, err := tx.claimant(ctx, d)
	if err != nil {
		return err
	}
	if has.Kind != d.Kind || has.Dated != d.Dated || has.State != doithoai.DocumentIssued {
		return numberTaken(d.Kind)
	}
	return tx.joinDocument(ctx, d)
}

// joinDocument puts a document into the register whose number another row claims: the same paper is about that too.
func (tx *Tx) joinDocument(ctx context.Context, d doithoai.Document) error {
	d.State, d.Claims = doithoai.DocumentIssued, false
	_, err := tx.addDocument(ctx, d)
	return err
}

// addDocument adds a row, none where its number is taken.
func (tx *Tx) addDocument(ctx context.Context, d doithoai.Document) (int64, error) {
	key, series, serial := doithoai.NumberKey(d.Number)
	return tx.execCount(ctx, `INSERT INTO `+documentInto+`
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		ON CONFLICT (authority_id, year, number_key) WHERE claims DO NOTHING`,
		d.AuthorityID, d.Kind, d.Subject, d.Part, d.PlanID, d.DialogueID, d.OpinionID, d.Number, d.Dated, d.State, d.Claims,
		d.Turn, d.Ended, d.NextKind, d.NextPart, key, series, serial, d.Dated.Year)
}

// unregister takes a document out of the register, whose number was taken back. What it replaced stands again.
func (tx *Tx) unregister(ctx context.Context, d doithoai.Document) error {
	stands, _, err := documentAt(ctx, tx, d, tx.db.dialect.forUpdate())
	if err != nil || stands.Number == "" {
		return err
	}
	if err := tx.leaveRegister(ctx, stands, d); err != nil {
		return err
	}
	next, err := tx.count(ctx, stands.AuthorityID, documentCounter, 1)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE document
		SET state = $1, ended = NULL, next_kind = '', next_part = 0, version = CASE WHEN version > 0 THEN $2 ELSE 0 END
		WHERE subject_id = $3 AND next_kind = $4 AND next_part = $5 AND state = $6`,
		doithoai.DocumentIssued, next, d.Subject, d.Kind, d.Part, doithoai.DocumentReplaced)
}

// leaveRegister takes the row of a document away, where it has one; d is what comes in its place.
func (tx *Tx) leaveRegister(ctx context.Context, stands, d doithoai.Document) error {
	if stands.Number == "" {
		return nil
	}
	if err := stands.Standing(); err != nil {
		return err
	}
	if err := tx.unsigned(ctx, d); err != nil {
		return err
	}
	if err := tx.mayLeave(ctx, stands); err != nil {
		return err
	}
	if err := tx.sendAgain(ctx, d); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM document
		WHERE subject_id = $1 AND kind = $2 AND part = $3`, d.Subject, d.Kind, d.Part)
}

// unsigned refuses what changes a document whose signed file is kept.
func (tx *Tx) unsigned(ctx context.Context, d doithoai.Document) error {
	signed, err := tx.signed(ctx, d.Ref())
	if err == nil && signed {
		err = doithoai.Refuse(doithoai.Conflict, "documents.problem.signed_stands")
	}
	return err
}

// unsignedOf refuses what changes the words of the document of a kind that stands for a subject, where its signed file
// is kept.
func (tx *Tx) unsignedOf(ctx context.Context, kind doithoai.DocumentKind, subject doithoai.ID) error {
	all, err := list(ctx, tx, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE subject_id = $1 AND kind = $2 AND state = $3
		ORDER BY part LIMIT $4`, subject, kind, doithoai.DocumentIssued, maxOthers)
	for _, d := range all {
		if err == nil {
			err = tx.unsigned(ctx, d)
		}
	}
	return err
}

// registerNext registers a document behind those of its kind that its subject has. claims: the number is this one's,
// not that of a paper which another row stands for.
func (tx *Tx) registerNext(ctx context.Context, d doithoai.Document, claims bool) (err error) {
	if d.Part, err = tx.nextPart(ctx, d); err != nil {
		return err
	}
	if !claims {
		return tx.joinDocument(ctx, d)
	}
	return tx.claim(ctx, d)
}

// nextPart is the part behind those of its kind that the subject of a document has.
func (tx *Tx) nextPart(ctx context.Context, d doithoai.Document) (int, error) {
	return one(ctx, tx, column[int], `SELECT coalesce(max(part), -1) + 1
		FROM document
		WHERE subject_id = $1 AND kind = $2`, d.Subject, d.Kind)
}

// replaceReply marks the answer to an opinion that stood until now, or its last correction, as replaced by the next
// correction, of a day. Those with which the person did not agree stay: what followed them replaced nothing.
func (tx *Tx) replaceReply(
	ctx context.Context, opinion doithoai.ID, stood doithoai.Answer, from calendar.Date,
) error {
	next, err := tx.nextPart(ctx, doithoai.Document{Kind: doithoai.DocumentCorrection, Subject: opinion})
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE document
		SET state = $1, ended = $2, next_kind = $3, next_part = $4
		WHERE subject_id = $5 AND kind IN ($6, $3) AND number = $7 AND dated = $8 AND state = $9`,
		doithoai.DocumentReplaced, from, doithoai.DocumentCorrection, next, opinion, doithoai.DocumentReply, stood.Number,
		stood.Dated, doithoai.DocumentIssued)
}

// DocumentQuery asks for documents of the register.
type DocumentQuery struct {
	// Typed is a number in any spelling, of the document or of the opinion it is about; or words. Called are the names,
	// between commas, by which people call the kinds.
	Typed  string
	Called map[doithoai.DocumentKind]string

	Kind     doithoai.DocumentKind
	Dialogue doithoai.ID
	Year     int
	Waiting  bool   // for who got it to acknowledge
	Ended    bool   // it was replaced or withdrawn
	After    string // the cursor behind which the page begins; empty: the first one
	Limit    int
}

// A ListedDocument is one with what tells what it is about.
type ListedDocument struct {
	doithoai.Document
	Opinion    doithoai.RegisterNumber
	Headline   string
	Dialogue   string
	PlanYear   int
	Stands     bool // it is the answer to the opinion as it stands, or the last of its kind
	OutOfOrder bool // the next number of its series and year has an earlier day
	Signed     bool // its signed file is kept

	Sent, Taken  int           // recipients, and of those who acknowledged
	Waits        bool          // some did not, or did not get it
	AckDue       calendar.Date // by when the first of those is to
	RelayVersion int           // of its relay
}

// Cursor is behind which the next page of a list begins that ends with the document.
func (l ListedDocument) Cursor() string {
	return fmt.Sprintf("%s/%s/%d/%s", l.Dated, l.Subject, l.Part, l.Kind)
}

// after narrows documents d to those behind a cursor.
func after(cursor string, bind func(any) string) (string, error) {
	var dated calendar.Date
	parts := strings.Split(cursor, "/")
	if len(parts) != 4 || dated.Scan(parts[0]) != nil || !wellFormed(doithoai.ID(parts[1])) ||
		!slices.Contains(doithoai.DocumentKinds, doithoai.DocumentKind(parts[3])) {
		return "", doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	part, err := strconv.Atoi(parts[2])
	if err != nil {
		return "", doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	return ` AND (d.dated, d.subject_id, d.part, d.kind) < (` + bind(dated) + `, ` + bind(doithoai.ID(parts[1])) + `, ` +
		bind(part) + `, ` + bind(parts[3]) + `)`, nil
}

// Documents lists the register of documents sent, the latest day first. What is about a denunciation, or about the
// actor, is not in it.
func (db *DB) Documents(
	ctx context.Context, actor doithoai.Actor, q DocumentQuery,
) (all []ListedDocument, beyond Beyond, err error) {
	if err := may(actor, doithoai.ActSeeDocuments); err != nil {
		return nil, beyond, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	sources, whole := []documentSource{{}}, true
	if q.Typed != "" {
		if sources, whole, err = db.findDocuments(ctx, actor, q, bind); err != nil {
			return nil, beyond, err
		}
	}
	beyond.Unsearched = !whole
	if len(sources) == 0 {
		return nil, beyond, nil
	}
	where, err := db.documentsWhere(actor, q, bind)
	if err != nil {
		return nil, beyond, err
	}
	within, among, err := documentsWithin(q, bind)
	if err != nil {
		return nil, beyond, err
	}
	limit := bind(q.Limit + 1)
	each := make([]string, len(sources))
	for i, s := range sources {
		if s.from == "" { // few belong to a dialogue, or wait: they are read first
			s = documentSource{within.from, s.where + within.where}
		} else {
			s.where += among
		}
		each[i] = fmt.Sprintf(`SELECT * FROM (SELECT d.subject_id, d.kind, d.part, d.dated
				FROM %sdocument d
				LEFT JOIN opinion o ON o.id = d.opinion_id%s%s%s
				LIMIT %s) AS s%d`, s.from, where, s.where, listedOrder, limit, i)
	}
	all, err = list(ctx, db.reader(), scanListed, listedColumns+`
		FROM (SELECT d.subject_id, d.kind, d.part, d.dated
			FROM (`+strings.Join(each, ` UNION `)+`) d`+listedOrder+`
			LIMIT `+limit+`) k
		CROSS JOIN document d`+listedJoins+`
		WHERE d.subject_id = k.subject_id AND d.kind = k.kind AND d.part = k.part`+listedOrder, args...)
	if beyond.More = len(all) > q.Limit; beyond.More {
		all = all[:q.Limit]
	}
	return all, beyond, err
}

// documentsWhere is the condition under which an actor sees document d, and a query takes it.
func (db *DB) documentsWhere(actor doithoai.Actor, q DocumentQuery, bind func(any) string) (where string, err error) {
	where = documentsReach(actor, db.Now().Date(), bind)
	if q.Kind != "" {
		where += ` AND d.kind = ` + bind(q.Kind)
	}
	if q.Ended {
		where += ` AND ` + endedDocument
	}
	if q.Year != 0 {
		where += ` AND d.dated >= ` + bind(calendar.DateOf(q.Year, time.January, 1)) + ` AND d.dated < ` +
			bind(calendar.DateOf(q.Year+1, time.January, 1))
	}
	if q.After != "" {
		behind, err := after(q.After, bind)
		if err != nil {
			return "", err
		}
		where += behind
	}
	return where, nil
}

// endedDocument is the condition that document d does not count any more; it is that of an index.
const endedDocument = `d.state <> 'issued'`

// documentsReach is the condition under which an actor sees document d in the register of the authority, which is the
// first argument.
func documentsReach(actor doithoai.Actor, on calendar.Date, bind func(any) string) string {
	return `
		WHERE d.authority_id = $1 AND (d.opinion_id IS NULL OR ` + mattersReach(actor, on, bind) + `)`
}

// mattersReach is the condition of opinion o for it.
func mattersReach(actor doithoai.Actor, on calendar.Date, bind func(any) string) string {
	return notDenounced + reachOf(actor, bind) + notConcerned(actor, on, bind)
}

// What is read of document d for a list.
var listedColumns = `SELECT ` + columnsOf("d", documentColumns) + `, coalesce(o.number, ''), coalesce(o.headline, ''),
			coalesce(g.title, ''), coalesce(p.year, 0), d.state = 'issued' AND CASE
				WHEN d.kind IN ('reply', 'correction') THEN coalesce(a.number = d.number, false)
				WHEN d.kind IN ('posting', 'posting_record', 'posting_end') THEN true
				ELSE NOT EXISTS (SELECT 1
					FROM document l
					WHERE l.subject_id = d.subject_id AND l.kind = d.kind AND l.part > d.part)
			END,
			d.serial > 0 AND coalesce((SELECT e.dated
				FROM document e
				WHERE e.authority_id = d.authority_id AND e.year = d.year AND e.series = d.series AND e.serial > d.serial
				ORDER BY e.serial LIMIT 1) < d.dated, false),
			coalesce((SELECT e.act
				FROM document_event e
				WHERE e.subject_id = d.subject_id AND e.kind = d.kind AND e.part = d.part AND e.act IN ` + signedActNames + `
				ORDER BY e.leaf DESC LIMIT 1) = '` + string(doithoai.ActKeepSigned) + `', false),
			coalesce(w.sent, 0), coalesce(w.taken, 0), coalesce(w.waits, false), w.due, coalesce(w.version, 0)`

const (
	listedJoins = `
		LEFT JOIN opinion o ON o.id = d.opinion_id
		LEFT JOIN answer a ON a.petition_id = o.petition_id
		LEFT JOIN dialogue g ON g.id = d.dialogue_id
		LEFT JOIN plan p ON p.id = d.plan_id
		LEFT JOIN document_relay w ON w.subject_id = d.subject_id AND w.kind = d.kind AND w.part = d.part`
	listedOrder = `
		ORDER BY d.dated DESC, d.subject_id DESC, d.part DESC, d.kind DESC`
)

func scanListed(r row) (l ListedDocument, err error) {
	err = r.Scan(listedFields(&l)...)
	return l, err
}

// listedFields are where the columns of a listed document are scanned to.
func listedFields(l *ListedDocument) []any {
	return append(documentFields(&l.Document), &l.Opinion, &l.Headline, &l.Dialogue, &l.PlanYear, &l.Stands,
		&l.OutOfOrder, &l.Signed, &l.Sent, &l.Taken, &l.Waits, &l.AckDue, &l.RelayVersion)
}

// documentsWithin is where documents d are read from that belong to a dialogue, or wait for who got them; among is the
// condition that they do.
func documentsWithin(q DocumentQuery, bind func(any) string) (within documentSource, among string, err error) {
	if q.Waiting {
		issued := ` AND d.state = '` + string(doithoai.DocumentIssued) + `'`
		within.from += `(SELECT w.subject_id, w.kind, w.part FROM document_relay w
				WHERE w.authority_id = $1 AND w.waits) v CROSS JOIN `
		within.where += ` AND d.subject_id = v.subject_id AND d.kind = v.kind AND d.part = v.part` + issued
		among += ` AND EXISTS (SELECT 1 FROM document_relay w
				WHERE w.subject_id = d.subject_id AND w.kind = d.kind AND w.part = d.part AND w.waits)` + issued
	}
	if q.Dialogue != "" {
		if err := checkID(q.Dialogue); err != nil {
			return within, "", err
		}
		at := bind(q.Dialogue)
		within.from += `(` + documentRow + ` WHERE w.dialogue_id = ` + at + ` UNION ` + documentRow + `
				JOIN opinion b ON b.id = w.opinion_id WHERE b.dialogue_id = ` + at + `) g CROSS JOIN `
		within.where += ` AND d.subject_id = g.subject_id AND d.kind = g.kind AND d.part = g.part`
		among += ` AND (d.dialogue_id = ` + at + ` OR o.dialogue_id = ` + at + `)`
	}
	return within, among, nil
}
