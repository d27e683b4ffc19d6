package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// GapKind is what is missing in the preparation of dialogues.
type GapKind string

const (
	GapPlan    GapKind = "plan"     // the year has no plan, not even a draft
	GapYear    GapKind = "year"     // the year lacks a dialogue
	GapRequest GapKind = "request"  // voters asked for one, and none is held for it
	GapNoDay   GapKind = "no_day"   // a dialogue was postponed and has no day
	GapNotice  GapKind = "notice"   // people were told of its day late: the reason stays visible
	GapCoChair GapKind = "co_chair" // nobody co-chairs
	GapDuty    GapKind = "duty"     // a duty of the law is late, or near
	GapUnruled GapKind = "unruled"  // an opinion of a dialogue that is over has no ruling
)

// Gap is one thing that is missing.
type Gap struct {
	Kind     GapKind
	Dialogue doithoai.Dialogue // without its programme; zero where it is of none
	Duty     plan.Duty
	Request  plan.VoterRequest
	Year     plan.YearDuty
	Due      calendar.Date // zero where nothing says by when
	Late     bool
}

// gapsNear is from how many days before its due date a duty is missing: what is further off is on the workspace.
const gapsNear = 3

// gapsPast is for how many days after its day a dialogue is looked at: what is older, nobody will make good.
const gapsPast = 400

// PlanningGaps lists what is missing in the preparation of the authority's dialogues, for the desks of the chair and
// the office: the year's plan, its dialogues, requests of voters that bind, and of each dialogue that is not reported
// yet, what is late or near. Those that are late come first, then the earliest.
func (db *DB) PlanningGaps(ctx context.Context, actor doithoai.Actor) ([]Gap, error) {
	all, err := db.DialogueList(ctx, actor)
	if err != nil {
		return nil, err
	}
	rules, err := loadRules(ctx, db.reader(), actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	today := db.Now().Date()
	var gaps []Gap
	plans, err := one(ctx, db.reader(), column[int], `SELECT count(*)
		FROM plan p
		WHERE p.authority_id = $1 AND p.year = $2
			AND EXISTS (SELECT 1 FROM plan_edition e WHERE e.plan_id = p.id AND e.state <> $3)`,
		actor.AuthorityID, today.Year, plan.StateDropped)
	if err != nil {
		return nil, err
	}
	if plans == 0 {
		gaps = append(gaps, Gap{Kind: GapPlan, Year: plan.YearDuty{Year: today.Year}})
	}
	if y := plan.YearDutyOf(today.Year, all, rules, today); y.Alarmed(today) {
		gaps = append(gaps, Gap{Kind: GapYear, Year: y, Due: y.Alarm.AddDays(-1), Late: true})
	}
	requests, err := db.VoterRequests(ctx, actor)
	if err != nil {
		return nil, err
	}
	for _, v := range requests {
		if _, binds := v.Binds(rules); binds && !v.Answered(all) {
			gaps = append(gaps, Gap{Kind: GapRequest, Request: v})
		}
	}
	for _, d := range all {
		old := d.StartsAt.Date().Before(today.AddDays(-gapsPast))
		if d.State == doithoai.DialogueCancelled || d.State == doithoai.DialogueReported || old {
			continue
		}
		of, err := db.gapsOf(ctx, d, rules, today)
		if err != nil {
			return nil, err
		}
		gaps = append(gaps, of...)
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		switch {
		case a.Late != b.Late && a.Late:
			return -1
		case a.Late != b.Late:
			return 1
		case a.Due.IsZero() != b.Due.IsZero() && b.Due.IsZero():
			return -1
		case a.Due.IsZero() != b.Due.IsZero():
			return 1
		}
		return a.Due.Compare(b.Due)
	})
	return gaps, nil
}

// gapsOf is what is missing of one dialogue.
func (db *DB) gapsOf(
	ctx context.Context, d doithoai.Dialogue, rules doithoai.Rules, today calendar.Date,
) (gaps []Gap, err error) {
	if d.State == doithoai.DialoguePostponed {
		gaps = append(gaps, Gap{Kind: GapNoDay, Dialogue: d})
	}
	if d.State == doithoai.DialogueAnnounced && d.LateReason != "" {
		gaps = append(gaps, Gap{Kind: GapNotice, Dialogue: d, Late: true})
	}
	if d.State.Coming() && rules.LacksCoChair(d) {
		gaps = append(gaps, Gap{Kind: GapCoChair, Dialogue: d, Due: d.StartsAt.Date()})
	}
	if d.State == doithoai.DialogueClosed {
		unruled, err := unruledOf(ctx, db.reader(), d.AuthorityID, d.ID)
		if err != nil {
			return nil, err
		}
		if unruled {
			gaps = append(gaps, Gap{Kind: GapUnruled, Dialogue: d})
		}
	}
	duties, err := dutiesOf(ctx, db.reader(), d)
	for _, duty := range duties {
		step := duty.Step()
		if duty.Due.IsZero() || step.State == plan.StepDone || duty.Due.After(today.AddDays(gapsNear)) {
			continue
		}
		if step.State == plan.StepDoing { // it began: it only has to last
			continue
		}
		gaps = append(gaps, Gap{Kind: GapDuty, Dialogue: d, Duty: duty, Due: duty.Due, Late: duty.Late(today)})
	}
	return gaps, err
}
