package store

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// Who gives numbers is asked of the rules of a document's day, which never change once the day has come: so it is
// known for good of each document whether its number was given here, and stays. Numbers that are given here follow
// each other without a gap in each series of a year. Whoever takes part in that holds the series' counter until the act
// ends: what is taken back by a rollback was never given, and nobody waits for a number that another act still may
// lose. It is held after the subjects of the act, as all counters are.

// series is a series of numbers of a year that an act holds.
type series struct {
	key   string
	given int64             // the last number that was given here; 0: none was
	last  doithoai.Document // with the highest number of the register, however it got it
	high  int               // that number
}

// next is the number proper that comes next.
func (s series) next() int { return max(int(s.given), s.high) + 1 }

// holdSeries makes acts that take part in a series of numbers wait for each other.
func (tx *Tx) holdSeries(ctx context.Context, authority doithoai.ID, year int, name string) (s series, err error) {
	s.key = fmt.Sprintf("number %d %s", year, name)
	if s.given, err = tx.count(ctx, authority, s.key, 0); err != nil {
		return s, err
	}
	s.high, s.last, err = highestNumber(ctx, tx, authority, year, name)
	return s, err
}

// highestNumber is the highest number of a series in the register, 0 where it has none.
func highestNumber(
	ctx context.Context, q querier, authority doithoai.ID, year int, name string,
) (high int, last doithoai.Document, err error) {
	found, err := list(ctx, q, func(r row) (d doithoai.Document, err error) {
		err = r.Scan(&high, &d.Number, &d.Dated)
		return d, err
	}, `SELECT serial, number, dated
		FROM document
		WHERE authority_id = $1 AND year = $2 AND series = $3
		ORDER BY serial DESC LIMIT 1`, authority, year, name)
	if len(found) > 0 {
		last = found[0]
	}
	return high, last, err
}

// numberOf is the number under which a document goes out on a day: as it was typed, or, where numbers are given here
// and its symbol alone was typed, the next one of its series. That is held until the act ends.
func (tx *Tx) numberOf(
	ctx context.Context, authority doithoai.ID, kind doithoai.DocumentKind, typed string, dated calendar.Date,
) (string, error) {
	if !doithoai.IsSymbol(typed) {
		return typed, nil
	}
	if !dated.Valid() {
		dated = tx.Now.Date() // another day is asked for by the rule
	}
	here, err := tx.numbersHere(ctx, authority, dated)
	if err != nil || !here {
		return typed, err
	}
	_, name, _ := doithoai.NumberKey("1/" + typed)
	s, err := tx.holdSeries(ctx, authority, dated.Year, name)
	if err != nil {
		return "", err
	}
	if s.next() > doithoai.MaxSerial {
		return "", numberProblem(kind.NumberField(), "full", "number", s.last.Number)
	}
	return doithoai.NumberWith(s.next(), typed), nil
}

func (tx *Tx) numbersHere(ctx context.Context, authority doithoai.ID, on calendar.Date) (bool, error) {
	all, err := loadParameter(ctx, tx, authority, doithoai.ParameterNumbering)
	return all.NumbersHere(on), err
}

// mayClaim refuses a number that a document can't have where numbers are given here: another one than the next of its
// series, or a day before that of the last one. A paper of a kind that may be about several matters joins the one that
// went out on its day. What went out before the day from which numbers are given here keeps its own, but none that is
// still to be given. counted puts the series on, once the document has its number.
func (tx *Tx) mayClaim(ctx context.Context, d doithoai.Document) (counted func() error, err error) {
	none := func() error { return nil }
	numbering, err := loadParameter(ctx, tx, d.AuthorityID, doithoai.ParameterNumbering)
	if err != nil {
		return none, err
	}
	here := numbering.NumbersHere(d.Dated)
	if !here && !numbering.NumbersHere(tx.Now.Date()) {
		return none, nil
	}
	_, name, serial := doithoai.NumberKey(d.Number)
	s, err := tx.holdSeries(ctx, d.AuthorityID, d.Dated.Year, name)
	if err != nil {
		return none, err
	}
	field := d.Kind.NumberField()
	if !here {
		if s.given > 0 && serial > int(s.given) {
			return none, numberProblem(field, "ahead", "number", s.last.Number)
		}
		return none, nil
	}
	if claimed, err := tx.claimant(ctx, d); err != nil || claimed.Number != "" {
		return none, err // [Tx.claim] says whether it may join
	}
	switch {
	case name == "":
		return none, numberProblem(field, "symbol")
	case serial != s.next():
		_, symbol := doithoai.SplitNumber(d.Number)
		return none, numberProblem(field, "not_next", "next", doithoai.NumberWith(s.next(), symbol))
	case s.high > 0 && d.Dated.Before(s.last.Dated):
		return none, numberProblem(d.Kind.DateField(), "before_last", "number", s.last.Number, "date",
			s.last.Dated.Words())
	}
	return func() error {
		_, err := tx.count(ctx, d.AuthorityID, s.key, serial-int(s.given))
		return err
	}, nil
}

// claimant is the document of the year that has claimed the number of another one; the zero one where none has.
func (tx *Tx) claimant(ctx context.Context, d doithoai.Document) (doithoai.Document, error) {
	key, _, _ := doithoai.NumberKey(d.Number)
	has, err := one(ctx, tx, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE authority_id = $1 AND year = $2 AND number_key = $3 AND claims`, d.AuthorityID, d.Dated.Year, key)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return doithoai.Document{}, nil
	}
	return has, err
}

// mayLeave refuses to take a number back, or to put another in its place, that was given here: it would be a gap.
func (tx *Tx) mayLeave(ctx context.Context, stands doithoai.Document) error {
	here, err := tx.numbersHere(ctx, stands.AuthorityID, stands.Dated)
	if err == nil && here {
		err = numberProblem(stands.Kind.NumberField(), "given", "number", stands.Number, "date", stands.Dated.Words())
	}
	return err
}

func numberProblem(field, key string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{{Field: field, Key: "documents.problem." + key, Args: args}})
}

// documentAt is the document of a kind that stands for a subject, as its part, with its version; the zero one where
// none does.
func documentAt(
	ctx context.Context, q querier, d doithoai.Document, lock string,
) (stands doithoai.Document, version int, err error) {
	return versionedDocument(ctx, q, `WHERE subject_id = $1 AND kind = $2 AND part = $3`+lock, d.Subject, d.Kind, d.Part)
}

// paperAt is that which stands of a kind and a turn: papers that were replaced or withdrawn do not.
func paperAt(
	ctx context.Context, q querier, d doithoai.Document, lock string,
) (stands doithoai.Document, version int, err error) {
	return versionedDocument(ctx, q, `WHERE subject_id = $1 AND kind = $2 AND turn = $3 AND state = $4
		ORDER BY part DESC LIMIT 1`+lock, d.Subject, d.Kind, d.Turn, doithoai.DocumentIssued)
}

func versionedDocument(
	ctx context.Context, q querier, where string, args ...any,
) (stands doithoai.Document, version int, err error) {
	stands, err = one(ctx, q, func(r row) (doithoai.Document, error) { return scanDocument(also{r, []any{&version}}) },
		`SELECT `+documentColumns+`, version FROM document `+where, args...)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return doithoai.Document{}, 0, nil
	}
	return stands, version, err
}

// NumberDocument gives a paper of a dialogue or an opinion its number and day, or other ones; without both, those that
// it has are taken back. Subject is the dialogue or the opinion, Turn which of its kind. One that was withdrawn keeps
// its number: what is numbered after it is another document. version is that of the row in the register, 0 where
// there is none. A paper that the data do not hold gets none.
func (db *DB) NumberDocument(
	ctx context.Context, actor doithoai.Actor, version int, d doithoai.Document,
) (doithoai.Document, error) {
	d.AuthorityID = actor.AuthorityID
	err := db.act(ctx, func(tx *Tx) error {
		given := d // an act may run again
		var err error
		switch {
		case !storable(d.Number):
			err = doithoai.Refuse(doithoai.Invalid, "error.invalid")
		case d.Kind.OfOpinion():
			err = tx.numberOpinion(ctx, actor, version, &given)
		case d.Kind.OfDialogue():
			err = tx.numberDialogue(ctx, actor, version, &given)
		default:
			err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if err == nil {
			d = given
		}
		return err
	})
	return d, err
}

// numberOpinion numbers a paper of an opinion; its events say so.
func (tx *Tx) numberOpinion(ctx context.Context, actor doithoai.Actor, version int, d *doithoai.Document) error {
	c, err := tx.openCase(ctx, actor, doithoai.ActNumberDocument, d.Subject)
	if err != nil {
		return err
	}
	events, err := eventsOf(ctx, tx, c.Opinion.ID)
	if err != nil {
		return err
	}
	if part, there := doithoai.OpinionPaper(d.Kind, c.Opinion, c.Petition, events); !there || part != d.Turn {
		return doithoai.Refuse(doithoai.Conflict, "documents.problem.no_paper")
	}
	d.OpinionID = c.Opinion.ID
	if _, err := tx.renumber(ctx, version, d); err != nil {
		return err
	}
	return c.save(ctx, doithoai.Facts{Document: d.Kind, Part: d.Part, Number: d.Number, Dated: d.Dated}, "")
}

// numberDialogue numbers a paper of a dialogue; the audit says so.
func (tx *Tx) numberDialogue(ctx context.Context, actor doithoai.Actor, version int, d *doithoai.Document) error {
	if err := may(actor, doithoai.ActNumberDocument); err != nil {
		return err
	}
	of, err := dialogueOf(ctx, tx, actor.AuthorityID, d.Subject, tx.db.dialect.forUpdate())
	if err != nil {
		return err
	}
	if err := tx.hasPaper(ctx, of, d); err != nil {
		return err
	}
	before, err := tx.renumber(ctx, version, d)
	if err != nil {
		return err
	}
	tx.touch("dialogue/" + string(of.ID))
	return tx.audit(ctx, actor, doithoai.ActNumberDocument, of.Slug, numberEntry(before), numberEntry(*d))
}

// hasPaper refuses a paper that the data of its dialogue do not hold.
func (tx *Tx) hasPaper(ctx context.Context, of doithoai.Dialogue, d *doithoai.Document) error {
	turn, there, err := tx.dialoguePaper(ctx, of, *d)
	if err == nil && (!there || turn != d.Turn) {
		err = doithoai.Refuse(doithoai.Conflict, "documents.problem.no_paper")
	}
	d.DialogueID = of.ID
	return err
}

// numberEntry is a number as the audit keeps it: "posting 0 12/TB-UBND 2026-10-25".
func numberEntry(d doithoai.Document) string {
	if d.Number == "" {
		return ""
	}
	return fmt.Sprintf("%s %d %s %s", d.Kind, d.Part, d.Number, d.Dated)
}

// renumber puts the number and day of a paper into the register, in the place of those that it had, or takes these
// back.
func (tx *Tx) renumber(ctx context.Context, version int, d *doithoai.Document) (before doithoai.Document, err error) {
	before, stands, err := paperAt(ctx, tx, *d, tx.db.dialect.forUpdate())
	if err != nil {
		return before, err
	}
	if d.Part = before.Part; before.Number == "" {
		if d.Part, err = tx.nextPart(ctx, *d); err != nil {
			return before, err
		}
	}
	if before.Number != "" && stands == 0 { // its own act gave it, which sets no version
		return before, numberProblem(d.Kind.NumberField(), "elsewhere", "number", before.Number)
	}
	if err := sameVersion(stands, version); err != nil {
		return before, err
	}
	if d.Number == "" && d.Dated.IsZero() && version > 0 {
		return before, tx.unregister(ctx, *d)
	}
	if d.Number, err = tx.numberOf(ctx, d.AuthorityID, d.Kind, d.Number, d.Dated); err != nil {
		return before, err
	}
	d.Number = doithoai.WithSymbol(d.Number, d.Kind.Symbol())
	if err := doithoai.RefuseForm(d.Problems(tx.Now.Date())); err != nil {
		return before, err
	}
	if err := tx.register(ctx, *d); err != nil {
		return before, err
	}
	next, err := tx.count(ctx, d.AuthorityID, documentCounter, 1)
	if err != nil {
		return before, err
	}
	return before, tx.execOne(ctx, `UPDATE document
		SET version = $1
		WHERE subject_id = $2 AND kind = $3 AND part = $4 AND version <= $5`, next, d.Subject, d.Kind, d.Part, version)
}

// documentCounter gives rows of the register their versions: none has that of another one that was taken back.
const documentCounter = "document"

// Turns of the papers about what is posted at the office.
const (
	PostedAnnouncement = iota
	PostedResults
)

// dialoguePaper says which turn the paper of a dialogue is of that can be made now, and whether it can.
func (tx *Tx) dialoguePaper(
	ctx context.Context, d doithoai.Dialogue, paper doithoai.Document,
) (turn int, there bool, err error) {
	counted := func(query string) (int, error) { return one(ctx, tx, column[int], `SELECT count(*) `+query, d.ID) }
	n := 0
	switch paper.Kind {
	case doithoai.DocumentConclusion:
		n, err = counted(`FROM dialogue_text WHERE dialogue_id = $1 AND kind = 'conclusion'`)
	case doithoai.DocumentMinutes:
		n, err = counted(`FROM minutes WHERE dialogue_id = $1`)
	case doithoai.DocumentResult:
		p, err := reportOf(ctx, tx, d, "")
		return reportPaper(p).Turn, p.State == report.StateSettled, err
	case doithoai.DocumentPreparation:
		n, err = counted(`FROM question WHERE dialogue_id = $1 AND state <> 'returned'`)
	case doithoai.DocumentProposal:
		n, err = counted(`FROM estimate WHERE dialogue_id = $1`)
	case doithoai.DocumentInvitation:
		n, err = counted(`FROM invitation WHERE dialogue_id = $1 AND state <> 'withdrawn'`)
	case doithoai.DocumentMoved:
		if n, err = counted(`FROM dialogue_move WHERE dialogue_id = $1`); d.Public() {
			return n - 1, n > 0, err
		}
		n = 0
	default:
		if d.Public() {
			n = 1
		}
		if paper.Turn == PostedResults && !d.ClosedAt.IsZero() {
			return PostedResults, true, nil
		}
	}
	return 0, n > 0, err
}

// PaperNumber is the number and day that a paper of a dialogue or an opinion has in the register, for who may see the
// paper: a blank one where it has none. Of the paper, Kind, Subject and Turn are asked.
func (db *DB) PaperNumber(
	ctx context.Context, actor doithoai.Actor, paper doithoai.Document,
) (n doithoai.PaperNumber, err error) {
	if err := checkID(paper.Subject); err != nil {
		return n, err
	}
	paper.AuthorityID = actor.AuthorityID
	n.Document = paper
	stands, version, err := paperAt(ctx, db.reader(), paper, "")
	if err != nil {
		return n, err
	}
	if n.Before, err = list(ctx, db.reader(), scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE authority_id = $1 AND subject_id = $2 AND kind = $3 AND turn = $4 AND state <> $5
		ORDER BY part LIMIT $6`, actor.AuthorityID, paper.Subject, paper.Kind, paper.Turn, doithoai.DocumentIssued,
		maxOthers); err != nil {
		return n, err
	}
	if stands.Number != "" && stands.AuthorityID == actor.AuthorityID {
		n.Document, n.Version = stands, version
		if n.OutOfOrder, err = db.outOfOrder(ctx, stands); err != nil {
			return n, err
		}
		all, err := loadParameter(ctx, db.reader(), actor.AuthorityID, doithoai.ParameterNumbering)
		if err != nil {
			return n, err
		}
		n.Fixed = all.NumbersHere(n.Dated)
	}
	n.Numbering, err = db.Numbering(ctx, actor, paper.Kind.Symbol())
	return n, err
}

// outOfOrder reports whether the next number of a document's series and year has an earlier day, or the one before it a
// later one.
func (db *DB) outOfOrder(ctx context.Context, d doithoai.Document) (bool, error) {
	_, name, serial := doithoai.NumberKey(d.Number)
	if serial == 0 {
		return false, nil
	}
	return one(ctx, db.reader(), column[bool], `SELECT
		coalesce((SELECT e.dated
			FROM document e
			WHERE e.authority_id = $1 AND e.year = $2 AND e.series = $3 AND e.serial > $4
			ORDER BY e.serial LIMIT 1) < $5, false)
		OR coalesce((SELECT e.dated
			FROM document e
			WHERE e.authority_id = $1 AND e.year = $2 AND e.series = $3 AND e.serial < $4
			ORDER BY e.serial DESC LIMIT 1) > $5, false)`,
		d.AuthorityID, d.Dated.Year, name, serial, d.Dated)
}

// Numbering says how a document of today gets its number, and which comes next of each symbol where it is given here:
// what a form shows, which promises nothing.
func (db *DB) Numbering(
	ctx context.Context, actor doithoai.Actor, symbols ...string,
) (n doithoai.Numbering, err error) {
	all, err := loadParameter(ctx, db.reader(), actor.AuthorityID, doithoai.ParameterNumbering)
	today := db.Now().Date()
	if err != nil || !all.NumbersHere(today) {
		return n, err
	}
	n = doithoai.Numbering{Here: true, Next: map[string]string{}}
	for _, symbol := range symbols {
		_, name, _ := doithoai.NumberKey("1/" + symbol)
		high, _, err := highestNumber(ctx, db.reader(), actor.AuthorityID, today.Year, name)
		if err != nil {
			return n, err
		}
		given, err := one(ctx, db.reader(), column[int], `SELECT coalesce(max(value), 0)
			FROM counter
			WHERE authority_id = $1 AND key = $2`, actor.AuthorityID, fmt.Sprintf("number %d %s", today.Year, name))
		if err != nil {
			return n, err
		}
		n.Next[symbol] = doithoai.NumberWith(max(high, given)+1, symbol)
	}
	return n, nil
}
