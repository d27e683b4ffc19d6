package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// AuditCursor is where a page of the audit begins: behind the last line shown of each of the three tables it comes
// from. The zero cursor is the newest line.
type AuditCursor struct {
	Leaf  int64 // one more than the leaf of an event, the first of which is 0; 0: from the newest
	Entry doithoai.ID
	Try   doithoai.ID
}

// String is the cursor as an address carries it.
func (c AuditCursor) String() string {
	return fmt.Sprintf("%d.%s.%s", c.Leaf, c.Entry, c.Try)
}

// ParseAuditCursor reads what String wrote; anything else is the newest line.
func ParseAuditCursor(s string) AuditCursor {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return AuditCursor{}
	}
	leaf, err := strconv.ParseInt(parts[0], 10, 64)
	c := AuditCursor{leaf, doithoai.ID(parts[1]), doithoai.ID(parts[2])}
	if err != nil || leaf < 0 || c.Entry != "" && !wellFormed(c.Entry) || c.Try != "" && !wellFormed(c.Try) {
		return AuditCursor{}
	}
	return c
}

// auditRow is a line with its place in its table.
type auditRow struct {
	doithoai.AuditLine
	leaf int64
	id   doithoai.ID
}

// Audit lists who did and who saw what, newest first, as far as the actor may see it: acts on opinions without those
// that left as denunciations or are about the actor, acts on rules, acts on accounts, sign-ins. next is where the page
// after begins, more whether there is one.
func (db *DB) Audit(
	ctx context.Context, actor doithoai.Actor, f doithoai.AuditFilter, from AuditCursor, limit int,
) (lines []doithoai.AuditLine, next AuditCursor, more bool, err error) {
	if err := may(actor, doithoai.ActSeeAudit); err != nil {
		return nil, from, false, err
	}
	var sources [][]auditRow
	for _, read := range []func(
		context.Context, querier, doithoai.Actor, doithoai.AuditFilter, AuditCursor, int,
	) ([]auditRow, error){db.auditEvents, db.auditEntries, db.auditTries} {
		found, err := read(ctx, db.reader(), actor, f, from, limit+1)
		if err != nil {
			return nil, from, false, err
		}
		sources = append(sources, found)
	}
	next = from
	for r, ok := newest(sources); ok; r, ok = newest(sources) {
		if more = len(lines) == limit; more {
			break
		}
		lines = append(lines, r.AuditLine)
		switch r.Source {
		case doithoai.AuditOpinions:
			next.Leaf = r.leaf + 1
		case doithoai.AuditSignIns:
			next.Try = r.id
		default:
			next.Entry = r.id
		}
	}
	return lines, next, more, nil
}

// newest takes the newest of the first rows. The rows of one table keep its order, so that a page begins behind one
// place in each.
func newest(sources [][]auditRow) (r auditRow, ok bool) {
	at := -1
	for i, rows := range sources {
		if len(rows) > 0 && (at < 0 || rows[0].At.After(sources[at][0].At)) {
			at = i
		}
	}
	if at < 0 {
		return r, false
	}
	r, sources[at] = sources[at][0], sources[at][1:]
	return r, true
}

// auditTimes writes what all three tables filter alike: who and when.
func auditTimes(f doithoai.AuditFilter, alias, actor string, bind func(any) string) string {
	var b strings.Builder
	if f.ActorID != "" {
		b.WriteString(` AND ` + actor + ` = ` + bind(f.ActorID))
	}
	if !f.From.IsZero() {
		b.WriteString(` AND ` + alias + `.at >= ` + bind(calendar.InstantAt(f.From, 0, 0)))
	}
	if !f.To.IsZero() {
		b.WriteString(` AND ` + alias + `.at < ` + bind(calendar.InstantAt(f.To.AddDays(1), 0, 0)))
	}
	return b.String()
}

// auditEvents goes along the events of each act, the newest first: there are few acts, and an index has the events of
// each in order.
func (db *DB) auditEvents(
	ctx context.Context, q querier, actor doithoai.Actor, f doithoai.AuditFilter, from AuditCursor, limit int,
) ([]auditRow, error) {
	if !doithoai.MayAudit(actor, doithoai.AuditOpinions) || !f.Wants(doithoai.AuditOpinions) {
		return nil, nil
	}
	args := []any{actor.AuthorityID, limit}
	bind := binder(&args)
	where := ``
	if from.Leaf > 0 {
		at, err := one(ctx, q, column[calendar.Instant], `SELECT at FROM event WHERE leaf = $1`, from.Leaf-1)
		if err != nil {
			return nil, err
		}
		where = ` AND (e.at, e.leaf) < (` + bind(at) + `, ` + bind(from.Leaf-1) + `)`
	}
	where += auditTimes(f, "e", "e.actor_id", bind) +
		` AND EXISTS (SELECT 1 FROM opinion o WHERE o.id = e.opinion_id AND ` + notDenounced +
		notConcerned(actor, db.Now().Date(), bind) + `)`
	var parts []string
	if f.Number != "" {
		id, err := db.OpinionIDByNumber(ctx, actor, f.Number)
		if doithoai.KindOf(err) == doithoai.NotFound {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if f.Act != "" {
			where += ` AND e.act = ` + bind(f.Act)
		}
		parts = []string{`e.opinion_id = ` + bind(id)}
	} else {
		acts, err := db.eventActs(ctx, q, actor)
		if err != nil {
			return nil, err
		}
		for _, act := range acts {
			if f.Act == "" || f.Act == act {
				parts = append(parts, `e.act = `+bind(act))
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	for i, part := range parts {
		parts[i] = fmt.Sprintf(`SELECT * FROM (
				SELECT e.leaf, e.at
				FROM event e
				WHERE e.authority_id = $1 AND %s%s
				ORDER BY e.at DESC, e.leaf DESC LIMIT $2
			) AS w%d`, part, where, i)
	}
	return list(ctx, q, func(r row) (a auditRow, err error) {
		var facts []byte
		var known doithoai.Facts
		a.Source = doithoai.AuditOpinions
		if err = r.Scan(&a.leaf, &a.At, &a.ActorID, &a.Act, &a.Subject, &facts); err == nil {
			err = json.Unmarshal(facts, &known)
		}
		a.Reason = known.Reason
		return a, err
	}, `SELECT e.leaf, e.at, e.actor_id, e.act, o.number, e.facts
		FROM (SELECT * FROM (`+strings.Join(parts, ` UNION ALL `)+`) AS found ORDER BY at DESC, leaf DESC LIMIT $2) AS hit
		JOIN event e ON e.leaf = hit.leaf
		JOIN opinion o ON o.id = e.opinion_id
		ORDER BY hit.at DESC, hit.leaf DESC`, args...)
}

// eventActs are the acts of which the authority has events, found from one to the next in the index. Those that only
// denunciations have are not in it.
func (db *DB) eventActs(ctx context.Context, q querier, actor doithoai.Actor) ([]doithoai.Act, error) {
	return list(ctx, q, column[doithoai.Act], distinctActs("event")+`
		SELECT a.act FROM acts a WHERE a.act IS NOT NULL AND (
			SELECT e.leaf FROM event e JOIN opinion o ON o.id = e.opinion_id
			WHERE e.authority_id = $1 AND e.act = a.act AND `+notDenounced+`
			ORDER BY e.at DESC, e.leaf DESC LIMIT 1
		) IS NOT NULL`, actor.AuthorityID)
}

// distinctActs is the beginning of a query on acts, which has each act of a table once.
func distinctActs(table string) string {
	return fmt.Sprintf(`WITH RECURSIVE acts(act) AS (
			SELECT min(act) FROM %[1]s WHERE authority_id = $1
			UNION ALL
			SELECT (SELECT min(n.act) FROM %[1]s n WHERE n.authority_id = $1 AND n.act > acts.act)
			FROM acts
			WHERE acts.act IS NOT NULL
		)`, table)
}

func (db *DB) auditEntries(
	ctx context.Context, q querier, actor doithoai.Actor, f doithoai.AuditFilter, from AuditCursor, limit int,
) ([]auditRow, error) {
	rules := doithoai.MayAudit(actor, doithoai.AuditRules) && f.Wants(doithoai.AuditRules)
	accounts := doithoai.MayAudit(actor, doithoai.AuditAccounts) && f.Wants(doithoai.AuditAccounts)
	if !rules && !accounts {
		return nil, nil
	}
	var args []any
	bind := binder(&args)
	query := `SELECT e.id, e.at, e.actor_id, e.act, e.subject, e.before, e.after FROM audit_entry e
		WHERE e.authority_id = ` + bind(actor.AuthorityID) + auditTimes(f, "e", "e.actor_id", bind)
	if !rules || !accounts {
		in := map[bool]string{true: ` AND e.act NOT IN `, false: ` AND e.act IN `}[rules]
		query += in + inList(bind, doithoai.AccountActs)
	}
	if f.Act != "" {
		query += ` AND e.act = ` + bind(f.Act)
	}
	if from.Entry != "" {
		query += ` AND e.id < ` + bind(from.Entry)
	}
	return list(ctx, q, func(r row) (a auditRow, err error) {
		err = r.Scan(&a.id, &a.At, &a.ActorID, &a.Act, &a.Subject, &a.Before, &a.After)
		a.Source = doithoai.AuditRules
		if slices.Contains(doithoai.AccountActs, a.Act) {
			a.Source = doithoai.AuditAccounts
		}
		return a, err
	}, query+` ORDER BY e.id DESC LIMIT `+bind(limit), args...)
}

func (db *DB) auditTries(
	ctx context.Context, q querier, actor doithoai.Actor, f doithoai.AuditFilter, from AuditCursor, limit int,
) ([]auditRow, error) {
	if !doithoai.MayAudit(actor, doithoai.AuditSignIns) || !f.Wants(doithoai.AuditSignIns) {
		return nil, nil
	}
	var args []any
	bind := binder(&args)
	query := `SELECT t.id, t.at, t.officer_id, t.outcome, t.client, o.login
		FROM sign_in_try t
		JOIN officer o ON o.id = t.officer_id
		WHERE t.authority_id = ` + bind(actor.AuthorityID) + auditTimes(f, "t", "t.officer_id", bind)
	if from.Try != "" {
		query += ` AND t.id < ` + bind(from.Try)
	}
	return list(ctx, q, func(r row) (a auditRow, err error) {
		a.Source, a.Act = doithoai.AuditSignIns, doithoai.ActSignIn
		err = r.Scan(&a.id, &a.At, &a.ActorID, &a.Outcome, &a.Client, &a.Subject)
		return a, err
	}, query+` ORDER BY t.id DESC LIMIT `+bind(limit), args...)
}

// AuditedActs are the acts of which the actor's audit has lines, by name.
func (db *DB) AuditedActs(ctx context.Context, actor doithoai.Actor) ([]doithoai.Act, error) {
	if err := may(actor, doithoai.ActSeeAudit); err != nil {
		return nil, err
	}
	entries, err := list(ctx, db.reader(), column[doithoai.Act], distinctActs("audit_entry")+`
		SELECT act
		FROM acts
		WHERE act IS NOT NULL`, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(a doithoai.Act) bool {
		return slices.Contains(doithoai.AccountActs, a) && !doithoai.MayAudit(actor, doithoai.AuditAccounts)
	})
	if doithoai.MayAudit(actor, doithoai.AuditSignIns) {
		entries = append(entries, doithoai.ActSignIn)
	}
	if doithoai.MayAudit(actor, doithoai.AuditOpinions) {
		events, err := db.eventActs(ctx, db.reader(), actor)
		if err != nil {
			return nil, err
		}
		entries = append(entries, events...)
	}
	slices.Sort(entries)
	return slices.Compact(entries), nil
}

// ExportAudit keeps in the audit that somebody takes it away as a table, under which filter.
func (db *DB) ExportAudit(ctx context.Context, actor doithoai.Actor, f doithoai.AuditFilter) error {
	if err := may(actor, doithoai.ActExportAudit); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.audit(ctx, actor, doithoai.ActExportAudit, "audit", "", f.Words())
	})
}
