package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
)

// Figures are the counts on the front page, of what a year received; what is late is counted of whatever year: nothing drops
// out of sight on New Year's Day. Denunciations are in Received only.
type Figures struct {
	Received int
	OnTime   int // answered on the spot, explained, or dispatched by the due date
	Solved   int // the person says so
	Late     int // due date past, not answered, in whatever year it was received
}

// YearFigures counts the opinions received in a year, and what is late today. Each count goes along an index of what it
// counts; what came in, the register has counted.
func (db *DB) YearFigures(ctx context.Context, authority doithoai.ID, year int) (f Figures, err error) {
	args := []any{authority, doithoai.InstantAt(doithoai.DateOf(year, 1, 1), 0, 0), doithoai.InstantAt(doithoai.DateOf(year+1, 1, 1), 0, 0), db.Now().Date(), registerCounter(year)}
	late := make([]string, len(clockStages))
	for i, stage := range clockStages {
		late[i] = `(SELECT count(*) FROM opinion o WHERE o.authority_id = $1 AND o.stage = '` + string(stage) + `' AND o.due < $4)`
	}
	return one(ctx, db.reader(), func(r row) (f Figures, err error) {
		err = r.Scan(&f.Received, &f.OnTime, &f.Solved, &f.Late)
		return f, err
	}, `SELECT coalesce((SELECT value FROM counter WHERE authority_id = $1 AND key = $5), 0),
		(SELECT count(*) FROM opinion o WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3 AND o.on_time),
		(SELECT count(*) FROM opinion o WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3 AND o.solved),
		`+strings.Join(late, " + "), args...)
}

// registerCounter is the key of the counter of a year's register: how many opinions the year received.
func registerCounter(year int) string { return fmt.Sprintf("register/%d", year) }
