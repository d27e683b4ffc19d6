package store

import (
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// dialogue announces a dialogue that nothing else in the ring has.
func (r *ring) dialogue() doithoai.Dialogue {
	d, err := r.db.AnnounceNewDialogue(r.ctx, r.fx.office, r.fx.newDialogue(fmt.Sprintf("ring-%d", r.next()), r.fx.plan))
	must(r, err)
	return d
}

// estimateAct is an act on a version of the estimate of a dialogue.
type estimateAct func(r *ring, dialogue doithoai.ID, version int) error

// estimated is the preparation of an act on an estimate, to which before is done first.
func estimated(do estimateAct, before ...estimateAct) func(*ring) func() error {
	return func(r *ring) func() error {
		id := r.dialogue().ID
		must(r, second(r.db.SaveEstimate(r.ctx, r.fx.office, id, 0, testLines())))
		version := 1
		for _, b := range before {
			must(r, b(r, id, version))
			version++
		}
		return func() error { return do(r, id, version) }
	}
}

func (r *ring) submitEstimate(id doithoai.ID, version int) error {
	return second(r.db.SubmitEstimate(r.ctx, r.fx.office, id, version))
}

func (r *ring) approveEstimate(id doithoai.ID, version int) error {
	return second(r.db.ApproveEstimate(r.ctx, r.fx.chair, id, version))
}

func (r *ring) fundEstimate(id doithoai.ID, version int) error {
	return second(r.db.FundEstimate(r.ctx, inRole(r.fx.land, doithoai.RoleFinance), id, version, plan.Funding{
		Source: "Ngân sách xã", Sum: 1_000_000, Number: "15/QĐ-UBND", Date: r.db.Now().Date(),
	}))
}

// item is something that a dialogue's checklist has.
func (r *ring) item() plan.LogisticsItem {
	i, err := r.db.SetLogisticsItem(r.ctx, r.fx.office, 0, plan.LogisticsItem{
		DialogueID: r.dialogue().ID, Title: "Phông", Owner: "Văn hóa",
	})
	must(r, err)
	return i
}

// broadcast is a time in a dialogue's schedule, the first.
func (r *ring) broadcast() plan.Broadcast {
	id := r.dialogue().ID
	must(r, second(r.db.SaveBulletin(r.ctx, r.fx.office, id, 0, "Kính mời bà con.")))
	must(r, second(r.db.ReleaseBulletin(r.ctx, r.fx.office, id, 1)))
	must(r, r.db.ScheduleBroadcasts(r.ctx, r.fx.office, id, plan.Schedule{
		From: r.db.Now().Date(), Days: 3, Clocks: []calendar.Clock{23*60 + 30},
	}))
	all, err := r.db.Broadcasts(r.ctx, r.fx.office, id)
	must(r, err)
	return all[0]
}

// relay is what is entered of a village of a new dialogue.
func (r *ring) relay() plan.Relay {
	d := r.dialogue()
	r.fx.clock.forward(time.Minute)
	at := calendar.Civil(r.db.Now())
	return plan.Relay{
		DialogueID: d.ID, VillageID: r.fx.villages[0].ID, Matter: plan.RelayAnnouncement, Day: r.db.Now().Date(),
		Clock: calendar.Clock(at.Hour()*60 + at.Minute()), Ways: []plan.RelayWay{"meeting"}, Place: "Nhà văn hóa thôn",
		Reporter: "Trưởng thôn, qua điện thoại",
	}
}
