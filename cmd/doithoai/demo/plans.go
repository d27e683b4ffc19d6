package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doithoai/calendar"
	"doithoai/plan"
)

// amendmentReason is why the story's plan is amended. The amendment is made up, as everything but the plan itself is.
const amendmentReason = "Dữ liệu mô phỏng: thêm một buổi đối thoại tại Nhà văn hóa Thôn 3 cho cụm Thôn 3 và Thôn 4."

// amend tells how the plan of the year is amended in September: written, submitted, returned for what the chair finds
// wanting, submitted again, signed, and issued.
func amend(ctx context.Context, t *teller) []happening {
	september := func(day, hour, minute int) calendar.Instant {
		return calendar.InstantAt(calendar.DateOf(2024, time.September, day), hour, minute)
	}
	var e plan.Edition
	keep := func(got plan.Edition, err error) error {
		e = got
		return err
	}
	office, chair := t.actor(LoginOffice), t.actor(LoginChair)
	var all []happening
	then := func(at calendar.Instant, do func() error) {
		all = append(all, happening{at, "the amendment of the plan", do})
	}
	then(september(9, 8, 30), func() error {
		return keep(t.db.AmendPlan(ctx, office, t.plan.PlanID, amendmentReason))
	})
	then(september(9, 9, 15), func() error {
		next := withSecondVenue(e.Plan)
		next.Signatory.Name = t.officers[LoginChair].Name // nobody real signs what is made up
		return keep(t.db.SavePlan(ctx, office, e.PlanID, e.Number, e.Version, next))
	})
	then(september(9, 14, 0), func() error {
		return keep(t.db.SubmitPlan(ctx, office, e.PlanID, e.Number, e.Version))
	})
	then(september(10, 8, 0), func() error {
		return keep(t.db.ReturnPlan(ctx, chair, e.PlanID, e.Number, e.Version,
			"Ghi rõ việc bố trí âm thanh tại Nhà văn hóa Thôn 3."))
	})
	then(september(11, 9, 0), func() error {
		return keep(t.db.SavePlan(ctx, office, e.PlanID, e.Number, e.Version, withSound(e.Plan)))
	})
	then(september(11, 9, 20), func() error {
		return keep(t.db.SubmitPlan(ctx, office, e.PlanID, e.Number, e.Version))
	})
	then(september(12, 8, 10), func() error {
		return keep(t.db.SignPlan(ctx, chair, e.PlanID, e.Number, e.Version))
	})
	then(september(12, 10, 0), func() error {
		return keep(t.db.IssuePlan(ctx, office, e.PlanID, e.Number, e.Version, "57",
			calendar.DateOf(2024, time.September, 12)))
	})
	return all
}

// withSecondVenue is the plan with a dialogue at a second place.
func withSecondVenue(p plan.Plan) plan.Plan {
	when := p.Of(plan.KindWhen)[0]
	for _, point := range when.Points {
		if strings.HasPrefix(point.Text, "Địa điểm:") {
			typed := strings.Replace(when.Typed(), point.Text, strings.TrimSuffix(point.Text, ".")+
				"; riêng cụm Thôn 3 và Thôn 4 tại Nhà văn hóa Thôn 3.", 1)
			return p.With(when.Rewritten(typed))
		}
	}
	return p
}

// withSound is the plan with one more task for whom it has prepare the hall.
func withSound(p plan.Plan) plan.Plan {
	for _, s := range p.Of(plan.KindAssignment) {
		if strings.Contains(s.Title, "Văn hóa") {
			const more = "- Kiểm tra âm thanh, chỗ ngồi tại Nhà văn hóa Thôn 3 trước buổi đối thoại."
			s = s.Rewritten(fmt.Sprintf("%s\n%s", s.Typed(), more))
			s.Points[len(s.Points)-1].Task = plan.TaskRule{Manner: plan.MannerDialogue, Days: -2}
			return p.With(s)
		}
	}
	return p
}
