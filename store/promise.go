package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

const promiseColumns = `id, authority_id, opinion_id, dialogue_id, unit_id, what, due, state, missed, made_at, ` +
	`correction, ended_at, ended_by, done_on, said, replaced_by, version`

func scanPromise(r row) (p doithoai.Promise, err error) {
	err = r.Scan(&p.ID, &p.AuthorityID, &p.OpinionID, &p.DialogueID, &p.UnitID, &p.What, &p.Due, &p.State, &p.Missed,
		&p.MadeAt, &p.Correction, &p.EndedAt, &p.EndedBy, &p.DoneOn, &p.Said, &p.ReplacedBy, &p.Version)
	return p, err
}

// promisesOf lists the promises that answers to an opinion made, in the order in which they were made.
func promisesOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Promise, error) {
	return list(ctx, q, scanPromise, `SELECT `+promiseColumns+`
		FROM promise
		WHERE opinion_id = $1
		ORDER BY id`, opinion)
}

// promisedWords are the words of promises that are public with the summary of their opinion.
func promisedWords(ctx context.Context, q querier, opinion doithoai.ID) (words []string, err error) {
	all, err := promisesOf(ctx, q, opinion)
	for _, p := range all {
		words = append(words, p.What, p.Said)
	}
	return words, err
}

// promisedIn lists what the answer to a petition promises, or a correction of it, as it was handed in.
func promisedIn(ctx context.Context, q querier, petition doithoai.ID, correction int) ([]doithoai.Promised, error) {
	return list(ctx, q, func(r row) (p doithoai.Promised, err error) {
		err = r.Scan(&p.UnitID, &p.What, &p.Due)
		return p, err
	}, `SELECT unit_id, what, due
		FROM answer_promise
		WHERE petition_id = $1 AND correction = $2
		ORDER BY ordinal`, petition, correction)
}

// loadPromised loads what the answer that stands promises as it was handed in, and what its last correction does.
func (f *OpinionFile) loadPromised(ctx context.Context, q querier) (err error) {
	stands := f.Petition.Paper()
	if r := f.Replaces(); r != nil {
		stands = r.Number
	}
	if f.Promised, err = promisedIn(ctx, q, f.Petition.ID, stands); err != nil || f.Correction.Number == 0 {
		return err
	}
	f.NextPromised, err = promisedIn(ctx, q, f.Petition.ID, f.Correction.Number)
	return err
}

// promising loads what promises of the answer to the opinion are judged by.
func (c *caseFile) promising(ctx context.Context) (p doithoai.Promising, err error) {
	p = doithoai.Promising{Subject: c.Subject, Today: c.tx.Now.Date()}
	who, err := petitionerOf(ctx, c.tx, c.Opinion.SlipID)
	if err != nil {
		return p, err
	}
	p.Gates = doithoai.Gates{gateFor(who)}
	if p.Calendar, err = currentCalendar(ctx, c.tx, c.Opinion.AuthorityID); err != nil {
		return p, err
	}
	if p.Units, err = unitsOn(ctx, c.tx, c.Opinion.AuthorityID, p.Today); err != nil {
		return p, err
	}
	if c.Petition != nil {
		rounds, err := roundsOf(ctx, c.tx, c.Petition.ID)
		if err != nil {
			return p, err
		}
		if len(rounds) > 0 {
			p.Since = rounds[0].ReopenedAt
		}
	}
	all, err := promisesOf(ctx, c.tx, c.Opinion.ID)
	p.Stands = slices.DeleteFunc(all, func(o doithoai.Promise) bool { return o.State == doithoai.PromiseReplaced })
	return p, err
}

// unitsOn lists the units of an authority in force on a day.
func unitsOn(ctx context.Context, q querier, authority doithoai.ID, on calendar.Date) ([]doithoai.Unit, error) {
	return list(ctx, q, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE authority_id = $1 AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2)
		ORDER BY id`, authority, on)
}

// handInPromises keeps what the answer promises that is handed in, or the correction of it, in the place of what was
// handed in before.
func (c *caseFile) handInPromises(ctx context.Context, correction int, lines []doithoai.Promised) error {
	if err := c.tx.exec(ctx, `DELETE FROM answer_promise WHERE petition_id = $1 AND correction = $2`,
		c.Petition.ID, correction); err != nil {
		return err
	}
	rows := newRows(7)
	for i, l := range lines {
		rows.add(c.Petition.ID, correction, i+1, c.Opinion.AuthorityID, l.UnitID, l.What, l.Due)
	}
	return rows.insert(ctx, c.tx, `answer_promise (petition_id, correction, ordinal, authority_id, unit_id, what, due)`)
}

// mayPromise refuses to sign what promises something until a day that is past.
func (c *caseFile) mayPromise(ctx context.Context, correction int) error {
	lines, err := promisedIn(ctx, c.tx, c.Petition.ID, correction)
	if err != nil || len(lines) == 0 {
		return err
	}
	by, err := c.promising(ctx)
	if err != nil {
		return err
	}
	if by.PastDue(lines) {
		return doithoai.Refuse(doithoai.Conflict, "promise.problem.past_signing")
	}
	return nil
}

// beginPromises lets what the answer that goes out promises begin, or the correction of it: what it does not promise
// any more is replaced. The facts of both are returned, and what it promises.
func (c *caseFile) beginPromises(
	ctx context.Context, correction int,
) (facts []doithoai.PromiseFact, lines []doithoai.Promised, err error) {
	if lines, err = promisedIn(ctx, c.tx, c.Petition.ID, correction); err != nil {
		return nil, nil, err
	}
	by, err := c.promising(ctx)
	if err != nil {
		return nil, nil, err
	}
	begin, replaced := by.Settle(lines, correction, c.actor.ID, c.tx.Now)
	for _, p := range replaced {
		if err := c.tx.updatePromise(ctx, p, p.Version); err != nil {
			return nil, nil, err
		}
	}
	var began []doithoai.Promise
	for _, l := range begin {
		began = append(began, doithoai.Promise{
			ID: newID(), AuthorityID: c.Opinion.AuthorityID, OpinionID: c.Opinion.ID, Promised: l,
			State: doithoai.PromiseOpen, MadeAt: c.tx.Now, Correction: correction, Version: 1,
		})
	}
	return doithoai.PromiseFacts(began, replaced), lines, c.tx.addPromises(ctx, began)
}

// addPromises keeps promises that begin.
func (tx *Tx) addPromises(ctx context.Context, began []doithoai.Promise) error {
	rows := newRows(17)
	for _, p := range began {
		rows.add(p.ID, p.AuthorityID, p.OpinionID, p.DialogueID, p.UnitID, p.What, p.Due, string(p.State), p.Missed,
			p.MadeAt, p.Correction, p.EndedAt, p.EndedBy, p.DoneOn, p.Said, p.ReplacedBy, p.Version)
	}
	return rows.insert(ctx, tx, `promise (`+promiseColumns+`)`)
}

// updatePromise keeps what an act changed of a promise, under the version that it was read with. Who does what until
// when is never changed.
func (tx *Tx) updatePromise(ctx context.Context, p doithoai.Promise, version int) error {
	return tx.execOne(ctx, `UPDATE promise
		SET state = $1, missed = $2, ended_at = $3, ended_by = $4, done_on = $5, said = $6, replaced_by = $7,
			version = version + 1
		WHERE id = $8 AND version = $9`,
		string(p.State), p.Missed, p.EndedAt, p.EndedBy, p.DoneOn, p.Said, p.ReplacedBy, p.ID, version)
}

// A promiseCase is a promise under an act: the opinion whose answer made it is locked, or the promise of a conclusion
// itself. The act changes Promise as its rule says, and ends with save.
type promiseCase struct {
	Promise  doithoai.Promise
	Gates    doithoai.Gates
	Calendar calendar.Calendar
	save     func(ctx context.Context, facts doithoai.Facts, text string) error
}

// openPromise opens a promise for an act. version is the promise's; another one is a Conflict.
func (tx *Tx) openPromise(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, version int,
) (*promiseCase, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	query := `SELECT ` + promiseColumns + ` FROM promise WHERE id = $1`
	p, err := one(ctx, tx, scanPromise, query, id)
	if err != nil {
		return nil, err
	}
	if p.DialogueID != "" {
		return tx.openConcluded(ctx, actor, act, id, version)
	}
	c, err := tx.loadCase(ctx, actor, act, p.OpinionID)
	if err != nil {
		return nil, err
	}
	c.Subject.PromisedUnitID = p.UnitID
	if err := c.may(); err != nil {
		return nil, err
	}
	f := &promiseCase{save: c.save}
	if f.Promise, err = one(ctx, tx, scanPromise, query, id); err != nil { // as it stands now that its opinion is held
		return nil, err
	}
	who, err := petitionerOf(ctx, tx, c.Opinion.SlipID)
	if err != nil {
		return nil, err
	}
	f.Gates = doithoai.Gates{gateFor(who)}
	if f.Calendar, err = currentCalendar(ctx, tx, c.Opinion.AuthorityID); err != nil {
		return nil, err
	}
	c.version = f.Promise.Version
	c.write = func(ctx context.Context) error { return tx.updatePromise(ctx, f.Promise, c.version) }
	return f, sameVersion(f.Promise.Version, version)
}

// KeepPromise records that what an answer or a conclusion promised is done: on which day, what was
// done and what shows it. version is the promise's. See [doithoai.Promise.Keep].
func (db *DB) KeepPromise(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, done calendar.Date, said string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActKeepPromise, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.Keep(done, said, actor.ID, f.Gates, tx.Now, f.Calendar)
		if err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, said)
	})
}

// WithdrawKept takes back what the actor recorded today: the promise is open again. version is the promise's.
func (db *DB) WithdrawKept(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActWithdrawKept, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.WithdrawKept(actor.ID, tx.Now.Date())
		if err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, "")
	})
}

// BreakPromise says that what an answer or a conclusion promised will not be done, and why, in
// words that people read. version is the promise's.
func (db *DB) BreakPromise(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, why string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		f, err := tx.openPromise(ctx, actor, doithoai.ActBreakPromise, id, version)
		if err != nil {
			return err
		}
		next, facts, err := f.Promise.Break(why, actor.ID, f.Gates, tx.Now, f.Calendar)
		if err != nil {
			return err
		}
		f.Promise = next
		return f.save(ctx, facts, why)
	})
}

// PromiseTab is a part of the list of promises.
type PromiseTab string

const (
	PromisesLate     PromiseTab = "qua-han"   // open and past due
	PromisesOpen     PromiseTab = "chua-den"  // open, and not past due
	PromisesKept     PromiseTab = "da-xong"   // in time
	PromisesKeptLate PromiseTab = "xong-muon" // after its day
	PromisesBroken   PromiseTab = "khong-lam"
	PromisesReplaced PromiseTab = "thay-doi"
)

// PromiseTabs in the order of the list: what presses first.
var PromiseTabs = []PromiseTab{
	PromisesLate, PromisesOpen, PromisesKept, PromisesKeptLate, PromisesBroken, PromisesReplaced,
}

// Key ends the keys of the catalogues that are about the tab.
func (t PromiseTab) Key() string { return strings.ReplaceAll(string(t), "-", "_") }

// PromiseFilter narrows the list of promises; zero fields don't. The page begins behind the promise After. Due asks for
// what is due until a day.
type PromiseFilter struct {
	Tab    PromiseTab
	UnitID doithoai.ID
	Until  calendar.Date
	After  doithoai.ID
	Limit  int
}

// PromiseRow is a promise in a list.
type PromiseRow struct {
	doithoai.Promise
	Number doithoai.RegisterNumber // of the opinion whose answer made it
	Unit   string                  // that does it

	// Of the dialogue whose conclusion made it.
	Slug, Title string
	HeldOn      calendar.Instant
}

const promiseRowColumns = `pr.id, pr.authority_id, pr.opinion_id, pr.dialogue_id, pr.unit_id, pr.what, pr.due, ` +
	`pr.state, pr.missed, pr.made_at, pr.correction, pr.ended_at, pr.ended_by, pr.done_on, pr.said, pr.replaced_by, ` +
	`pr.version, coalesce(o.number, ''), coalesce(nullif(u.short, ''), u.name), coalesce(d.slug, ''), ` +
	`coalesce(d.title, ''), d.starts_at`

const promiseRowJoins = `
	LEFT JOIN opinion o ON o.id = pr.opinion_id
	LEFT JOIN dialogue d ON d.id = pr.dialogue_id
	JOIN unit u ON u.id = pr.unit_id`

func scanPromiseRow(r row) (p PromiseRow, err error) {
	p.Promise, err = scanPromise(also{r, []any{&p.Number, &p.Unit, &p.Slug, &p.Title, &p.HeldOn}})
	return p, err
}

// where is the condition of a filter on promise pr, and how a list of it is ordered.
func (f PromiseFilter) where(overdue calendar.Date, bind func(any) string) (where string, falling bool) {
	switch f.Tab {
	case PromisesLate:
		where = ` AND pr.state = 'open' AND (pr.due < ` + bind(overdue) + ` OR pr.missed)`
	case PromisesOpen:
		where = ` AND pr.state = 'open' AND pr.due >= ` + bind(overdue) + ` AND NOT pr.missed`
	case PromisesKept:
		where, falling = ` AND pr.state = 'kept' AND NOT pr.missed`, true
	case PromisesKeptLate:
		where, falling = ` AND pr.state = 'kept' AND pr.missed`, true
	case PromisesBroken:
		where, falling = ` AND pr.state = 'broken'`, true
	case PromisesReplaced:
		where, falling = ` AND pr.state = 'replaced'`, true
	}
	if f.UnitID != "" {
		where += ` AND pr.unit_id = ` + bind(f.UnitID)
	}
	if !f.Until.IsZero() {
		where += ` AND pr.due <= ` + bind(f.Until)
	}
	return where, falling
}

// promises lists promises under a condition that narrows who sees what; more reports whether there are others behind
// the page.
func (db *DB) promises(
	ctx context.Context, authority doithoai.ID, f PromiseFilter, reach func(bind func(any) string) string,
) (rows []PromiseRow, more bool, err error) {
	c, err := currentCalendar(ctx, db.reader(), authority)
	if err != nil {
		return nil, false, err
	}
	args := []any{authority}
	bind := binder(&args)
	where, falling := f.where(c.Overdue(db.Now().Date()), bind)
	order, behind := `pr.due, pr.id`, ` AND (pr.due, pr.id) > (`
	if falling {
		order, behind = `pr.due DESC, pr.id DESC`, ` AND (pr.due, pr.id) < (`
	}
	if f.After != "" && wellFormed(f.After) {
		due, err := one(ctx, db.reader(), column[calendar.Date], `SELECT due FROM promise
			WHERE id = $1 AND authority_id = $2`, f.After, authority)
		if err != nil {
			return nil, false, err
		}
		where += behind + bind(due) + `, ` + bind(f.After) + `)`
	}
	where += reach(bind)
	limit := f.Limit
	if limit <= 0 || limit > maxWork {
		limit = maxWork
	}
	rows, err = list(ctx, db.reader(), scanPromiseRow, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		WHERE pr.authority_id = $1`+where+`
		ORDER BY `+order+` LIMIT `+bind(limit+1), args...)
	if len(rows) > limit {
		rows, more = rows[:limit], true
	}
	return rows, more, err
}

// countPromises counts the promises of each tab, each at most to [doithoai.MaxCount].
func (db *DB) countPromises(
	ctx context.Context, authority doithoai.ID, reach func(bind func(any) string) string,
) (map[PromiseTab]doithoai.Count, error) {
	c, err := currentCalendar(ctx, db.reader(), authority)
	if err != nil {
		return nil, err
	}
	counts := map[PromiseTab]doithoai.Count{}
	for _, tab := range PromiseTabs {
		args := []any{authority}
		bind := binder(&args)
		where, _ := PromiseFilter{Tab: tab}.where(c.Overdue(db.Now().Date()), bind)
		where += reach(bind)
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM (
				SELECT 1 FROM promise pr`+promiseRowJoins+`
				WHERE pr.authority_id = $1`+where+` LIMIT `+bind(doithoai.MaxCount+1)+`
			) AS counted`, args...)
		if err != nil {
			return nil, err
		}
		counts[tab] = doithoai.Count(n)
	}
	return counts, nil
}

// promiseReach is what the actor may see of promises: of a unit's officers, what their units do.
func (db *DB) promiseReach(actor doithoai.Actor) func(bind func(any) string) string {
	return func(bind func(any) string) string {
		where := ` AND (pr.opinion_id IS NULL OR ` + notDenounced + notConcerned(actor, db.Now().Date(), bind) + `)`
		var units []doithoai.ID
		for _, r := range doithoai.Reaches(actor, doithoai.ActSeePromises) {
			if r.Condition == "" {
				return where
			}
			units = append(units, r.Seat.UnitID)
		}
		units = slices.DeleteFunc(units, func(id doithoai.ID) bool { return id == "" })
		return where + ` AND pr.unit_id IN ` + inList(bind, units)
	}
}

func seePromises(actor doithoai.Actor) error {
	if !doithoai.MayEver(actor, doithoai.ActSeePromises) {
		return doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	return nil
}

// Promises lists what answers promised, as far as the actor may see it: what is open by its due date, what is not any
// more by falling due date.
func (db *DB) Promises(
	ctx context.Context, actor doithoai.Actor, f PromiseFilter,
) (rows []PromiseRow, more bool, err error) {
	if err := seePromises(actor); err != nil {
		return nil, false, err
	}
	return db.promises(ctx, actor.AuthorityID, f, db.promiseReach(actor))
}

// PromiseCounts counts what [DB.Promises] lists, by its tabs.
func (db *DB) PromiseCounts(
	ctx context.Context, actor doithoai.Actor,
) (map[PromiseTab]doithoai.Count, error) {
	if err := seePromises(actor); err != nil {
		return nil, err
	}
	return db.countPromises(ctx, actor.AuthorityID, db.promiseReach(actor))
}

// PromiseFile is a promise with what its page shows.
type PromiseFile struct {
	PromiseRow
	Answer  doithoai.Answer // only Number and Dated: the answer that stands
	By      string          // who recorded how it ended
	Subject doithoai.Subject
}

// Promise opens the page of a promise.
func (db *DB) Promise(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (f PromiseFile, err error) {
	if err := checkID(id); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) (err error) {
		if f.PromiseRow, err = one(ctx, q, scanPromiseRow, `SELECT `+promiseRowColumns+`
			FROM promise pr`+promiseRowJoins+`
			WHERE pr.id = $1`, id); err != nil {
			return err
		}
		if f.DialogueID != "" {
			f.Subject = doithoai.Subject{AuthorityID: f.AuthorityID, PromisedUnitID: f.UnitID}
			if err := doithoai.Can(actor, doithoai.ActSeePromises, f.Subject); err != nil || f.EndedBy == "" {
				return err
			}
			f.By, err = officerName(ctx, q, f.EndedBy)
			return err
		}
		o, s, err := opinionSubject(ctx, q, f.OpinionID, db.Now().Date())
		if err != nil {
			return err
		}
		s.PromisedUnitID = f.UnitID
		f.Subject = s
		if err := doithoai.Can(actor, doithoai.ActSeePromises, s); err != nil {
			return err
		}
		if f.Answer, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+`
			FROM answer
			WHERE petition_id = $1`, o.PetitionID); err != nil || f.EndedBy == "" {
			return err
		}
		f.By, err = officerName(ctx, q, f.EndedBy)
		return err
	})
	return f, err
}

func officerName(ctx context.Context, q querier, id doithoai.ID) (string, error) {
	return one(ctx, q, column[string], `SELECT name FROM officer WHERE id = $1`, id)
}

// publicPromise is the condition under which the public reads of a promise: the summary of its opinion is public, or a
// conclusion made it.
func publicPromise(func(any) string) string {
	return ` AND (pr.opinion_id IS NULL OR ` + notDenounced + ` AND EXISTS (
		SELECT 1 FROM publication pu WHERE pu.opinion_id = pr.opinion_id AND pu.state = 'published'))`
}

// PublicPromises lists what the public reads of promises, like [DB.Promises].
func (db *DB) PublicPromises(
	ctx context.Context, authority doithoai.ID, f PromiseFilter,
) (rows []PromiseRow, more bool, err error) {
	return db.promises(ctx, authority, f, publicPromise)
}

// PublicPromiseCounts counts what [DB.PublicPromises] lists, by its tabs.
func (db *DB) PublicPromiseCounts(
	ctx context.Context, authority doithoai.ID,
) (map[PromiseTab]doithoai.Count, error) {
	return db.countPromises(ctx, authority, publicPromise)
}

// PromisesOfPublished lists the promises of a published answer, in the order in which they were made.
func (db *DB) PromisesOfPublished(
	ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
) ([]PromiseRow, error) {
	rows, err := list(ctx, db.reader(), scanPromiseRow, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		WHERE o.authority_id = $1 AND o.number = $2`+publicPromise(nil), authority, string(number))
	slices.SortFunc(rows, func(a, b PromiseRow) int { return cmp.Compare(a.ID, b.ID) })
	return rows, err
}
