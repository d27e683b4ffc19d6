package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
)

// maxRepeats bounds how many opinions one row of repeats has: far more than years of dialogues make.
const maxRepeats = 200

// LinkRepeat says that an opinion raises again what an earlier one had raised. The actor may link, and see, both.
// version is the opinion's. See [doithoai.Opinion.LinkRepeat].
func (db *DB) LinkRepeat(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, earlier doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdRepeats(ctx, id, earlier); err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActLinkRepeat, id, version)
		if err != nil {
			return err
		}
		before, err := tx.openCase(ctx, actor, doithoai.ActLinkRepeat, earlier)
		if err != nil {
			return err
		}
		stage, err := one(ctx, tx, column[doithoai.Stage], `SELECT stage FROM opinion WHERE id = $1`, earlier)
		if err != nil {
			return err
		}
		if c.Opinion.Repeat, err = c.Opinion.LinkRepeat(before.Opinion, stage.Settled()); err != nil {
			return err
		}
		// What raised this one again raises the first one of the whole row.
		if err := tx.exec(ctx, `UPDATE opinion SET repeat_root = $1 WHERE repeat_root = $2`,
			c.Opinion.Repeat.Root, id); err != nil {
			return err
		}
		if err := c.save(ctx, doithoai.Facts{To: doithoai.FactRepeats, With: before.Opinion.Number}, ""); err != nil {
			return err
		}
		return before.save(ctx, doithoai.Facts{With: c.Opinion.Number}, "")
	})
}

// UnlinkRepeat undoes [DB.LinkRepeat]: the row begins with this opinion again, for those that raise it again. version
// is the opinion's.
func (db *DB) UnlinkRepeat(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdRepeats(ctx, id); err != nil {
			return err
		}
		c, err := tx.openOpinion(ctx, actor, doithoai.ActUnlinkRepeat, id, version)
		if err != nil {
			return err
		}
		if c.Opinion.Repeat.Before == "" {
			return doithoai.Refuse(doithoai.Conflict, "classify.repeat.problem.none")
		}
		before, err := opinionByID(ctx, tx, c.Opinion.Repeat.Before)
		if err != nil {
			return err
		}
		if err := tx.rerootFrom(ctx, id); err != nil {
			return err
		}
		c.Opinion.Repeat = doithoai.Repeat{}
		if err := c.save(ctx, doithoai.Facts{From: doithoai.FactRepeats, With: before.Number}, ""); err != nil {
			return err
		}
		subject, err := tx.subjectNow(ctx, before)
		if err != nil {
			return err
		}
		if doithoai.Can(actor, c.act, subject) != nil { // it has left this flow since: nothing is told of it
			return nil
		}
		return tx.record(ctx, before, actor, c.act, doithoai.Facts{With: c.Opinion.Number, OnBehalf: c.Seat.For}, "")
	})
}

// rerootFrom has the row of those that raise an opinion again, each by the one before, begin with it.
func (tx *Tx) rerootFrom(ctx context.Context, id doithoai.ID) error {
	later := []doithoai.ID{id}
	for len(later) > 0 {
		var args []any
		bind := binder(&args)
		next, err := list(ctx, tx, column[doithoai.ID], `SELECT id
			FROM opinion
			WHERE repeats IN `+inList(bind, later)+`
			ORDER BY id`, args...)
		if err != nil || len(next) == 0 {
			return err
		}
		args = []any{id}
		if err := tx.exec(ctx, `UPDATE opinion SET repeat_root = $1 WHERE id IN `+inList(binder(&args), next),
			args...); err != nil {
			return err
		}
		later = next
	}
	return nil
}

// holdRepeats holds some opinions with the rows that they are in, by their ids. Whoever comes into a row holds its
// first one: it is the same once it is held, else Conflict.
func (tx *Tx) holdRepeats(ctx context.Context, ids ...doithoai.ID) error {
	for _, id := range ids {
		if err := checkID(id); err != nil {
			return err
		}
	}
	members := func() ([]doithoai.ID, error) {
		var args []any
		in := inList(binder(&args), ids)
		roots, err := list(ctx, tx, column[doithoai.ID], `SELECT DISTINCT coalesce(repeat_root, id)
			FROM opinion
			WHERE id IN `+in, args...)
		if err != nil || len(roots) == 0 {
			return ids, err
		}
		args = []any{maxRepeats}
		all, err := list(ctx, tx, column[doithoai.ID], `SELECT id
			FROM opinion
			WHERE repeat_root IN `+inList(binder(&args), roots)+`
			ORDER BY id LIMIT $1`, args...)
		all = slices.Concat(all, roots, ids)
		slices.Sort(all)
		return slices.Compact(all), err
	}
	before, err := members()
	if err != nil {
		return err
	}
	if len(before) >= maxRepeats {
		return doithoai.Refuse(doithoai.Conflict, "classify.repeat.problem.many")
	}
	if err := tx.holdOpinions(ctx, before...); err != nil {
		return err
	}
	after, err := members()
	if err == nil && !slices.Equal(before, after) {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

// Raised is an opinion of a row of those that raise the same again.
type Raised struct {
	Row
	Then *doithoai.AnsweredThen // nil: of one that came later
}

// Repeats lists the other opinions of the row that an opinion is in, as far as the actor may see them, oldest first,
// those that came before it with what they were answered with.
func (db *DB) Repeats(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]Raised, error) {
	o, subject, err := opinionSubject(ctx, db.reader(), id, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSeeOpinions, subject); err != nil {
		return nil, err
	}
	root := cmp.Or(o.Repeat.Root, o.ID)
	ids, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE repeat_root = $1 AND id <> $2
		ORDER BY id LIMIT $3`, root, id, maxRepeats)
	if err != nil {
		return nil, err
	}
	if root != o.ID {
		ids = append(ids, root)
	}
	rows, err := db.visible(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(a.Opinion.ReceivedAt.Compare(b.Opinion.ReceivedAt), cmp.Compare(a.Opinion.ID, b.Opinion.ID))
	})
	var all []Raised
	for _, r := range rows {
		raised := Raised{Row: r}
		if r.Opinion.ReceivedAt.Before(o.ReceivedAt) {
			then, err := answeredThen(ctx, db.reader(), r.Opinion)
			if err != nil {
				return nil, err
			}
			raised.Then = &then
		}
		all = append(all, raised)
	}
	return all, nil
}

// answeredThen reads what an opinion was answered with, or told at once.
func answeredThen(ctx context.Context, q querier, o doithoai.Opinion) (then doithoai.AnsweredThen, err error) {
	p, err := petitionOf(ctx, q, o)
	if err != nil {
		return then, err
	}
	if p != nil && p.State == doithoai.PetitionAnswered {
		a, err := one(ctx, q, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, p.ID)
		if err != nil {
			return then, err
		}
		then = doithoai.AnsweredThen{Text: a.Body, By: a.SignedBy, Number: a.Number, Dated: a.Dated}
	} else if rule, _ := doithoai.RuleOf(o.Ruling); rule.Says() {
		said, err := rulingTextOf(ctx, q, o.ID)
		then.Text, then.By = said.body, said.by
		if err != nil {
			return then, err
		}
		then.Dated = o.RuledAt.Date()
	}
	then.Rating, err = ratingOf(ctx, q, o.ID)
	return then, err
}

// RepeatCounts says how often what some opinions raise was raised, each time counted that the actor may see; those that
// were raised once are not in it.
func (db *DB) RepeatCounts(ctx context.Context, actor doithoai.Actor, all []doithoai.Opinion) (
	counts map[doithoai.ID]int, err error,
) {
	counts = map[doithoai.ID]int{}
	var roots []doithoai.ID
	for _, o := range all {
		roots = append(roots, cmp.Or(o.Repeat.Root, o.ID))
	}
	if len(roots) == 0 {
		return counts, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in, seen := inList(bind, roots), reachOf(actor, bind)+notConcerned(actor, db.Now().Date(), bind)
	times, again := map[doithoai.ID]int{}, map[doithoai.ID]bool{}
	_, err = list(ctx, db.reader(), func(r row) (root doithoai.ID, err error) {
		n, repeats := 0, 0
		err = r.Scan(&root, &n, &repeats)
		times[root] += n
		again[root] = again[root] || repeats > 0
		return root, err
	}, `SELECT o.repeat_root, count(*), 1
		FROM opinion o
		WHERE `+inAuthority("o")+` AND o.repeat_root IN `+in+seen+`
		GROUP BY o.repeat_root
		UNION ALL
		SELECT o.id, 1, 0
		FROM opinion o
		WHERE `+inAuthority("o")+` AND o.id IN `+in+seen, args...)
	for _, o := range all {
		if root := cmp.Or(o.Repeat.Root, o.ID); again[root] && times[root] > 1 {
			counts[o.ID] = times[root]
		}
	}
	return counts, err
}

// repeatsOnly, unclassified, initiatives are the conditions on opinion o by which the register is narrowed to what is
// raised again, to what nobody has classified, and to initiatives.
const (
	repeatsOnly  = ` AND o.repeat_root IS NOT NULL`
	unclassified = ` AND o.kind = ''`
	initiatives  = ` AND o.kind = '` + string(doithoai.KindInitiative) + `'`
)

// undecided is the condition on opinion o by which the register is narrowed to initiatives of which nobody has decided
// whether they are applied ([doithoai.Opinion.Undecided]).
var undecided = initiatives + ` AND o.outcome = '' AND o.ruling IN (` + quoted(doithoai.AnsweringRulings()) + `)`

// rootless finds opinions whose row does not begin where that of the one before them does.
const rootless = `SELECT o.number
	FROM opinion o
	LEFT JOIN opinion e ON e.id = o.repeats
	WHERE (o.repeats IS NULL) <> (o.repeat_root IS NULL) OR o.repeat_root <> coalesce(e.repeat_root, e.id)
	ORDER BY o.id`
