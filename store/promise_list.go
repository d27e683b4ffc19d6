package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

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
	Files  int                     // that show that it was kept and were made public

	// Of the dialogue whose conclusion made it.
	Slug, Title string
	HeldOn      calendar.Instant
}

var promiseRowColumns = `pr.id, pr.authority_id, pr.opinion_id, pr.dialogue_id, pr.unit_id, pr.what, pr.due, ` +
	`pr.state, pr.missed, pr.made_at, pr.correction, pr.ended_at, pr.ended_by, pr.done_on, pr.said, pr.replaced_by, ` +
	`pr.version, coalesce(o.number, ''), coalesce(nullif(u.short, ''), u.name), coalesce(d.slug, ''), ` +
	`coalesce(d.title, ''), d.starts_at, ` + publicFileCount

const promiseRowJoins = `
	LEFT JOIN opinion o ON o.id = pr.opinion_id
	LEFT JOIN dialogue d ON d.id = pr.dialogue_id
	JOIN unit u ON u.id = pr.unit_id`

func scanPromiseRow(r row) (p PromiseRow, err error) {
	p.Promise, err = scanPromise(also{r, []any{&p.Number, &p.Unit, &p.Slug, &p.Title, &p.HeldOn, &p.Files}})
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
