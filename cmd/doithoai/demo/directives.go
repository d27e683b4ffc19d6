package demo

import (
	"context"
	"errors"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
)

// directives are what the chair ordered at the briefing of 22 October: about what a unit has late, and about a promise
// that is.
func (t *teller) directives(ctx context.Context) []happening {
	give := func(unit, words string, due calendar.Date, s doithoai.DirectiveSource) error {
		s.UnitID = t.units[unit].ID
		_, err := t.db.GiveDirective(ctx, t.actor(LoginChair), plan.Directive{Text: words, Due: due, DirectiveSource: s})
		return err
	}
	return []happening{
		{october(22, 7, 40), "a directive on what is late", func() error {
			return give(unitSocial, "Trả lời dứt điểm các việc quá hạn, báo cáo nguyên nhân chậm.", october(24, 0, 0).Date(),
				doithoai.DirectiveSource{From: doithoai.FromLate})
		}},
		{october(22, 7, 50), "a directive on a promise", func() error {
			late, _, err := t.db.Promises(ctx, t.actor(LoginChair), store.PromiseFilter{
				Tab: store.PromisesLate, UnitID: t.units[unitJustice].ID, Limit: 1,
			})
			if err == nil && len(late) == 0 {
				err = errors.New("no promise is late")
			}
			if err != nil {
				return err
			}
			return give(unitJustice, "Làm xong việc đã hứa với dân, mỗi sáng báo cáo số quyển đã rà soát.",
				october(31, 0, 0).Date(), doithoai.DirectiveSource{From: doithoai.FromPromise, PromiseID: late[0].ID})
		}},
	}
}
