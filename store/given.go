package store

import (
	"database/sql"

	"doithoai"
	"doithoai/calendar"
)

// given are the columns that say when a slip was given, where it was typed later.
type given struct {
	on    calendar.Date
	clock sql.NullInt64
}

// read is what the columns say; nil where the slip was given when it was taken in.
func (g given) read() *doithoai.Given {
	if g.on.IsZero() {
		return nil
	}
	clock := calendar.Clock(-1)
	if g.clock.Valid {
		clock = calendar.Clock(g.clock.Int64)
	}
	return &doithoai.Given{On: g.on, Clock: clock}
}

// givenColumns are what read reads.
func givenColumns(g *doithoai.Given) (on calendar.Date, clock any) {
	if g == nil {
		return on, nil
	}
	if g.Clock >= 0 {
		clock = int64(g.Clock)
	}
	return g.On, clock
}
