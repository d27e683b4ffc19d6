package store

import (
	"context"

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

// YearFigures counts the opinions received in a year, and what is late today.
func (db *DB) YearFigures(ctx context.Context, authority doithoai.ID, year int) (f Figures, err error) {
	from, to := doithoai.InstantAt(doithoai.DateOf(year, 1, 1), 0, 0), doithoai.InstantAt(doithoai.DateOf(year+1, 1, 1), 0, 0)
	rows, err := list(ctx, db.reader(), func(r row) (l struct {
		ruling   doithoai.RulingCode
		petition doithoai.Petition
		solved   doithoai.Solved
	}, err error) {
		err = r.Scan(&l.ruling, &l.petition.State, &l.petition.Due, &l.petition.AnsweredAt, &l.solved)
		return l, err
	}, `SELECT o.ruling, coalesce(p.state, ''), p.due, p.answered_at, coalesce(r.solved, '')
		FROM opinion o LEFT JOIN petition p ON p.id = o.petition_id LEFT JOIN rating r ON r.opinion_id = o.id
		WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3`, authority, from, to)
	if err != nil {
		return f, err
	}
	today := db.Now().Date()
	for _, r := range rows {
		f.Received++
		rule, _ := doithoai.RuleOf(r.ruling)
		if rule.Publishes || r.petition.State == doithoai.PetitionAnswered && !r.petition.Late(today) {
			f.OnTime++
		}
		if r.solved == doithoai.SolvedYes {
			f.Solved++
		}
	}
	open, err := list(ctx, db.reader(), func(r row) (p doithoai.Petition, err error) {
		err = r.Scan(&p.State, &p.Due)
		return p, err
	},
		`SELECT state, due FROM petition WHERE authority_id = $1 AND state NOT IN ($2, $3)`, authority, string(doithoai.PetitionAnswered), string(doithoai.PetitionEnded))
	for _, p := range open {
		if p.Late(today) {
			f.Late++
		}
	}
	return f, err
}
