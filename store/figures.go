package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// Figures are the counts on the front page, of what a year received; what is late is counted of whatever year: nothing
// drops out of sight on New Year's Day. Denunciations are in Received only.
type Figures struct {
	Received int // without what came by two channels the second time
	OnTime   int // answered on the spot, explained, or dispatched by the due date
	Solved   int // the person says so
	Late     int // due date past, not answered, in whatever year it was received
	Again    int // looked at again, because the person did not agree with the answer
}

// Counters of a year's opinions, by the year in which they were received: how many there are, and of how many it is
// said that they were answered in time, or solved what they were about, or that they are others that came before.
func registerCounter(year int) string { return fmt.Sprintf("register/%d", year) }
func onTimeCounter(year int) string   { return fmt.Sprintf("figures/on_time/%d", year) }
func solvedCounter(year int) string   { return fmt.Sprintf("figures/solved/%d", year) }
func joinedCounter(year int) string   { return fmt.Sprintf("figures/joined/%d", year) }

// counterKey is one counter of an authority.
type counterKey struct {
	authority doithoai.ID
	key       string
}

// figureMoves are by how much the counters of figures move.
type figureMoves map[counterKey]int

// add counts an opinion of a year where it stands, n times.
func (m figureMoves) add(authority doithoai.ID, year int, at place, n int) {
	if at.onTime {
		m[counterKey{authority, onTimeCounter(year)}] += n
	}
	if at.solved {
		m[counterKey{authority, solvedCounter(year)}] += n
	}
	if at.stage == doithoai.StageJoined {
		m[counterKey{authority, joinedCounter(year)}] += n
	}
}

// count moves the counters, always in one order.
func (m figureMoves) count(ctx context.Context, tx *Tx) error {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b counterKey) int {
		return cmp.Or(cmp.Compare(a.authority, b.authority), cmp.Compare(a.key, b.key))
	})
	for _, k := range keys {
		if m[k] == 0 {
			continue
		}
		if _, err := tx.count(ctx, k.authority, k.key, m[k]); err != nil {
			return err
		}
	}
	return nil
}

// YearFigures counts the opinions received in a year, and what is late today. Acts keep the counts of the year; what is
// late is counted along an index of nothing else.
func (db *DB) YearFigures(ctx context.Context, authority doithoai.ID, year int) (Figures, error) {
	c, err := currentCalendar(ctx, db.reader(), authority)
	if err != nil {
		return Figures{}, err
	}
	args := []any{authority, c.Overdue(db.Now().Date()), registerCounter(year), onTimeCounter(year), solvedCounter(year),
		joinedCounter(year), calendar.InstantAt(calendar.DateOf(year, time.January, 1), 0, 0),
		calendar.InstantAt(calendar.DateOf(year+1, time.January, 1), 0, 0)}
	late := make([]string, len(clockStages))
	for i, stage := range clockStages {
		late[i] = `(SELECT count(*) FROM opinion o WHERE o.authority_id = $1 AND o.stage = '` + string(stage) +
			`' AND o.due < $2)`
	}
	return one(ctx, db.reader(), func(r row) (f Figures, err error) {
		err = r.Scan(&f.Received, &f.OnTime, &f.Solved, &f.Again, &f.Late)
		return f, err
	}, `SELECT coalesce((SELECT value FROM counter WHERE authority_id = $1 AND key = $3), 0)
			- coalesce((SELECT value FROM counter WHERE authority_id = $1 AND key = $6), 0),
		coalesce((SELECT value FROM counter WHERE authority_id = $1 AND key = $4), 0),
		coalesce((SELECT value FROM counter WHERE authority_id = $1 AND key = $5), 0),
		(SELECT count(*)
			FROM petition p
			JOIN opinion o ON o.id = p.opinion_id
			WHERE p.authority_id = $1 AND p.round > 0 AND o.stage NOT IN ('denounced', 'joined')
				AND o.received_at >= $7 AND o.received_at < $8),
		`+strings.Join(late, " + "), args...)
}
