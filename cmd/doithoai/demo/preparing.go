package demo

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// supporting is what the dialogue of October costs, what must be there, what the loudspeakers say of it, and what the
// villages are told: by the morning of the 23rd one village has told nobody, one of three days of reading out was cut
// short by a power failure, and two of seven things are not there yet.
func supporting(ctx context.Context, t *teller) []happening {
	at := func(day, hour, minute int, who string, do func() error) happening {
		return happening{october(day, hour, minute), who, do}
	}
	all := []happening{
		at(10, 9, 40, "bulletin", func() error {
			b, err := t.db.SaveBulletin(ctx, t.actor(LoginCulture), t.dialogue.ID, 0, plan.ComposeBulletin(t.dialogue, commune))
			if err != nil {
				return err
			}
			_, err = t.db.ReleaseBulletin(ctx, t.actor(LoginCulture), t.dialogue.ID, b.Version)
			return err
		}),
		at(10, 9, 50, "schedule", func() error {
			return t.db.ScheduleBroadcasts(ctx, t.actor(LoginCulture), t.dialogue.ID, plan.Schedule{
				From: calendar.DateOf(2024, 10, 16), Days: 3, Clocks: []calendar.Clock{17 * 60},
			})
		}),
		at(18, 17, 30, "broadcasts", func() error { return t.logBroadcasts(ctx, t.dialogue.ID) }),
		at(11, 8, 10, "checklist", func() error { return t.db.BeginLogistics(ctx, t.actor(LoginCulture), t.dialogue.ID) }),
		at(22, 15, 0, "things done", func() error { return t.finishLogistics(ctx, t.dialogue.ID) }),
		at(14, 10, 0, "urging", func() error {
			return t.db.UrgeVillage(ctx, t.actor(LoginOffice), 0, plan.Urging{
				DialogueID: t.dialogue.ID, VillageID: t.villages["Thôn 4"], Matter: plan.RelayAnnouncement, Way: "call",
				Note: "Trưởng thôn hẹn họp thôn tối nay.",
			})
		}),
	}
	return append(append(all, t.estimating(ctx)...), t.relaying(ctx)...)
}

// estimating is how the cost was decided.
func (t *teller) estimating(ctx context.Context) []happening {
	version := 0
	step := func(day, hour int, who string, do func() (plan.Estimate, error)) happening {
		return happening{october(day, hour, 15), who, func() error {
			e, err := do()
			version = e.Version
			return err
		}}
	}
	return []happening{
		step(10, 14, "estimate", func() (plan.Estimate, error) {
			return t.db.SaveEstimate(ctx, t.actor(LoginOffice), t.dialogue.ID, version, demoEstimate)
		}),
		step(10, 15, "estimate submitted", func() (plan.Estimate, error) {
			return t.db.SubmitEstimate(ctx, t.actor(LoginOffice), t.dialogue.ID, version)
		}),
		step(11, 9, "estimate decided", func() (plan.Estimate, error) {
			costs := make([]plan.Cost, len(demoEstimate))
			for i, l := range demoEstimate {
				costs[i] = l.Cost
			}
			costs[0].Quantity = 150 * text.QuantityScale
			return t.db.ChangeEstimate(ctx, t.actor(LoginChair), t.dialogue.ID, version, costs,
				"Hội trường có 120 chỗ, in 150 bộ là đủ.")
		}),
		step(14, 14, "estimate funded", func() (plan.Estimate, error) {
			return t.db.FundEstimate(ctx, t.actor(LoginFinance), t.dialogue.ID, version, plan.Funding{
				Source: "Ngân sách xã năm 2024, chi thường xuyên", Sum: 3_470_000, Number: "118/QĐ-UBND",
				Date: calendar.DateOf(2024, 10, 14),
			})
		}),
	}
}

// demoEstimate is what the office submitted. Its rates are made up, as the quotations are.
var demoEstimate = func() (lines []plan.EstimateLine) {
	for _, l := range []struct {
		content, unit   string
		quantity, price int64
		basis           string
	}{
		{"In ấn tài liệu, phiếu đăng ký câu hỏi", "bộ", 200, 3_000, "Báo giá mô phỏng 01"},
		{"Maket, băng rôn, phông", "bộ", 1, 1_200_000, "Báo giá mô phỏng 02"},
		{"Nước uống cho người dự", "người", 120, 6_000, "Báo giá mô phỏng 03"},
		{"Tuyên truyền lưu động", "lượt", 4, 150_000, "Báo giá mô phỏng 04"},
		{"Văn phòng phẩm", "bộ", 5, 100_000, "Báo giá mô phỏng 05"},
	} {
		lines = append(lines, plan.EstimateLine{
			Content: l.content, Unit: l.unit, Cost: plan.Cost{Quantity: l.quantity * text.QuantityScale, Price: l.price},
			Basis: l.basis,
		})
	}
	return lines
}()

// logBroadcasts enters the three days: two read to the end, one cut short.
func (t *teller) logBroadcasts(ctx context.Context, id doithoai.ID) error {
	all, err := t.db.Broadcasts(ctx, t.actor(LoginCulture), id)
	if err != nil {
		return err
	}
	for i, b := range all {
		b.State, b.Reader = plan.BroadcastAired, "Bà Hồ Thị Giả Sử"
		if i == len(all)-1 {
			b.State, b.Note = plan.BroadcastBroken, "Mất điện từ 17 giờ 02 phút, chưa đọc hết bài."
		}
		if err := t.db.LogBroadcast(ctx, t.actor(LoginCulture), id, b.ID, b.Version, b); err != nil {
			return err
		}
	}
	return nil
}

// finishLogistics leaves out what this dialogue does not need and says of all but two things that they are there.
func (t *teller) finishLogistics(ctx context.Context, id doithoai.ID) error {
	culture := t.actor(LoginCulture)
	all, err := t.db.Logistics(ctx, culture, id)
	if err != nil {
		return err
	}
	if len(all) != demoItems {
		return fmt.Errorf("%d things on the checklist", len(all))
	}
	for i, item := range all {
		switch i {
		case 3, 4, 8: // light, loudspeakers outside, hand-written sheets
			_, err = t.db.DropLogisticsItem(ctx, culture, id, item.ID, item.Version, "Hội trường có sẵn.")
		case 6, 9: // water, spare power: not there yet
		default:
			_, err = t.db.FinishLogisticsItem(ctx, culture, id, item.ID, item.Version, calendar.DateOf(2024, 10, 22), "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// demoItems is how many things the usual checklist of a dialogue face to face has.
const demoItems = 10

// relaying is what the villages were told: the head of the first enters it, the office what it hears from two others.
func (t *teller) relaying(ctx context.Context) (all []happening) {
	for _, v := range []struct {
		village, by, reporter, place string
		day, hour                    int
		ways                         []plan.RelayWay
	}{
		{"Thôn 1", LoginVillage, "", "Nhà văn hóa Thôn 1", 11, 18, []plan.RelayWay{"loudspeaker", "meeting"}},
		{"Thôn 2", LoginOffice, "Trưởng Thôn 2, qua điện thoại", "Nhà văn hóa Thôn 2", 12, 19,
			[]plan.RelayWay{"loudspeaker", "visit"}},
		{"Thôn 3", LoginOffice, "Trưởng Thôn 3, qua điện thoại", "", 13, 18, []plan.RelayWay{"meeting"}},
	} {
		relay := plan.Relay{
			VillageID: t.villages[v.village], Matter: plan.RelayAnnouncement, Ways: v.ways, Place: v.place,
			Day: calendar.DateOf(2024, 10, v.day), Clock: calendar.Clock(v.hour * 60), Reporter: v.reporter,
		}
		all = append(all, happening{october(v.day, v.hour+1, 5), v.village, func() error {
			relay.DialogueID = t.dialogue.ID
			err := t.db.TellVillage(ctx, t.actor(v.by), 0, relay)
			if err != nil || v.place == "" {
				return err
			}
			relay.Files, err = t.simulated(ctx, v.by, "bảng tin "+v.village)
			if err != nil {
				return err
			}
			return t.db.PostInVillage(ctx, t.actor(v.by), 0, relay)
		}})
	}
	return all
}
