package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
)

const (
	// maxNames bounds the dialogues and the bodies that are looked through by their names, maxPlans the plans; maxMeant
	// how many units, villages or bodies one name may mean; maxSentTo how many of the last documents each brings.
	maxNames, maxPlans, maxMeant, maxSentTo = 400, 40, 12, 300
)

// nameables are what documents are named by that there are few of, each with its names in one text.
type nameables struct {
	dialogues, plans, units, villages map[doithoai.ID]string
	bodies                            map[string]string // of which no more is known than the name
}

// nameables reads them: the latest dialogues and plans, the units and villages of whatever time, and other
// bodies.
func (db *DB) nameables(ctx context.Context, authority doithoai.ID) (n nameables, err error) {
	q := db.reader()
	n.dialogues = map[doithoai.ID]string{}
	if _, err = list(ctx, q, func(r row) (id doithoai.ID, err error) {
		var title string
		var at calendar.Instant
		if err = r.Scan(&id, &title, &at); err == nil {
			n.dialogues[id] = dialogueNames(title, at.Date())
		}
		return id, err
	}, `SELECT id, title, starts_at
		FROM dialogue
		WHERE authority_id = $1
		ORDER BY starts_at DESC LIMIT $2`, authority, maxNames); err != nil {
		return n, err
	}
	n.plans, err = pairs[doithoai.ID](ctx, q, `SELECT d.subject_id,
			'kế hoạch ' || coalesce(e.body ->> 'abstract', '') || ' năm ' || p.year
		FROM document d
		JOIN plan p ON p.id = d.subject_id
		JOIN plan_edition e ON e.plan_id = d.subject_id AND e.number = d.part
		WHERE d.authority_id = $1 AND d.kind = $2
		ORDER BY d.dated DESC, d.subject_id DESC, d.part DESC LIMIT $3`, authority, doithoai.DocumentPlan, maxPlans)
	if err != nil {
		return n, err
	}
	err = db.receivers(ctx, authority, &n)
	return n, err
}

// dialogueNames are words by which people name a dialogue: its title and its day.
func dialogueNames(title string, day calendar.Date) string {
	return fmt.Sprintf("buổi hội nghị đối thoại %s ngày %d %02d tháng %d %02d năm %d", title, day.Day, day.Day, day.Month,
		day.Month, day.Year)
}

// receivers reads those to whom documents may have been sent.
func (db *DB) receivers(ctx context.Context, authority doithoai.ID, n *nameables) error {
	const sent = "văn bản gửi nơi nhận "
	n.units, n.villages, n.bodies = map[doithoai.ID]string{}, map[doithoai.ID]string{}, map[string]string{}
	o, err := loadOrganisation(ctx, db.reader(), authority)
	if err != nil {
		return err
	}
	for _, u := range o.Units {
		n.units[u.ID] = sent + u.Name + " " + u.Short
	}
	for _, v := range o.Villages {
		n.villages[v.ID] = sent + v.Name
	}
	for _, a := range o.Names {
		n.bodies[a.Superior] = sent + a.Superior
	}
	bodies, err := db.OutsideBodies(ctx, authority)
	if err != nil {
		return err
	}
	for _, b := range bodies {
		n.bodies[b.Name] = sent + b.Name
	}
	for _, of := range [][2]string{{"document_recipient", "name"}, {"onward_letter", "to_body"}} {
		typed, err := list(ctx, db.reader(), column[string], eachName(of[0], of[1]), authority, maxNames)
		if err != nil {
			return err
		}
		for _, name := range typed {
			n.bodies[name] = sent + name
		}
	}
	return nil
}

// eachName reads the names of other bodies in a column along its index, each once.
func eachName(from, of string) string {
	least := `SELECT min(x.` + of + `) FROM ` + from + ` x WHERE x.authority_id = $1 AND x.` + of + ` <> ''`
	return `WITH RECURSIVE named (name) AS (
			SELECT (` + least + `)
			UNION ALL
			SELECT (` + least + ` AND x.` + of + ` > named.name)
			FROM named
			WHERE named.name IS NOT NULL)
		SELECT name
		FROM named
		WHERE name IS NOT NULL LIMIT $2`
}

// rows find what the rest of a reading names; whole is false where a word of it is in the names of too many.
func (n nameables) rows(r documentReading, bind func(any) string) (few []string, whole bool) {
	if ids := named(r, n.dialogues); len(ids) > 0 {
		few = append(few, documentRow+` WHERE w.dialogue_id IN `+inList(bind, ids)+r.narrow())
	}
	if ids := named(r, n.plans); len(ids) > 0 {
		few = append(few, documentRow+` WHERE w.kind = 'plan' AND w.subject_id IN `+inList(bind, ids)+r.narrow())
	}
	units, villages, bodies := named(r, n.units), named(r, n.villages), named(r, n.bodies)
	few = append(few, lastSentTo(r, "unit_id", units, bind)...)
	few = append(few, lastSentTo(r, "village_id", villages, bind)...)
	few = append(few, lastSentTo(r, "name", bodies, bind)...)
	for _, name := range bodies[:min(len(bodies), maxMeant)] {
		few = append(few, `SELECT w.subject_id, w.kind, w.part FROM (SELECT y.id
				FROM onward_letter y
				WHERE y.authority_id = $1 AND y.to_body = `+bind(name)+`
				ORDER BY y.dated DESC, y.id DESC LIMIT `+strconv.Itoa(maxSentTo)+`) AS l
			JOIN document w ON w.subject_id = l.id
			WHERE 1 = 1`+r.narrow())
	}
	return few, max(len(units), len(villages), len(bodies)) <= maxMeant
}

// lastSentTo find the last documents that went to each of some recipients.
func lastSentTo[T any](r documentReading, column string, to []T, bind func(any) string) (few []string) {
	for _, t := range to[:min(len(to), maxMeant)] {
		named := ` = ` + bind(t)
		if column == "name" {
			named += ` AND x.name <> ''`
		}
		few = append(few, `SELECT w.subject_id, w.kind, w.part FROM (SELECT x.subject_id, x.kind, x.part
				FROM document_recipient x
				WHERE x.authority_id = $1 AND x.`+column+named+`
				ORDER BY x.sent_at DESC, x.id DESC LIMIT `+strconv.Itoa(maxSentTo)+`) AS w
			WHERE 1 = 1`+r.narrow())
	}
	return few
}

// named are those of some names that have every word of the rest.
func named[K ~string](r documentReading, names map[K]string) (all []K) {
	for _, k := range slices.Sorted(maps.Keys(names)) {
		if r.within(names[k]) {
			all = append(all, k)
		}
	}
	return all
}
