package demo

import (
	"context"
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
)

// paperChapter is the stock of paper slips: printed on the day of the announcement, handed to the villages on the
// next, and coming back with the tales that bear a number.
func paperChapter(ctx context.Context, t *teller) []happening {
	const who = "paper slips"
	office := t.actor(LoginOffice)
	all := []happening{{october(10, 14, 0), who, func() error {
		_, err := t.db.PrintStack(ctx, office, t.dialogue.ID, 120)
		return err
	}}}
	for i, head := range []string{
		"Bà Đào Thị Mô Tả, Trưởng thôn 1", "Ông Lục Văn Thí Điểm, Trưởng thôn 2",
		"Ông Khúc Văn Ví Thử, Trưởng thôn 3", "Bà Ninh Thị Giả Lập, Trưởng thôn 4",
	} {
		h := plan.Handout{
			First: 25*i + 1, Last: 25*i + 25, VillageID: t.villages[fmt.Sprintf("Thôn %d", i+1)], Receiver: head,
			On: calendar.DateOf(2024, time.October, 11),
		}
		all = append(all, happening{october(11, 7, 30+i), who, func() error {
			_, err := t.db.HandOutSlips(ctx, office, t.dialogue.ID, h)
			return err
		}})
	}
	return append(all,
		happening{october(11, 8, 0), who, func() error {
			_, err := t.db.HandOutSlips(ctx, office, t.dialogue.ID, plan.Handout{
				First: 101, Last: 104, Receiver: "Ông Huỳnh Văn Giả Tưởng, công chức tiếp công dân",
				On: calendar.DateOf(2024, time.October, 11),
			})
			return err
		}},
		happening{october(17, 15, 0), who, func() error {
			return t.db.VoidPaperSlip(ctx, office, t.dialogue.ID, 102, "Rách khi xé cuống.")
		}},
	)
}

// questionChapter is how units prepare answers: the office gives them what was registered and has no ruling, the
// justice unit drafts one, and the office checks it.
func questionChapter(ctx context.Context, t *teller) []happening {
	const who = "prepared answers"
	office, justice := t.actor(LoginOffice), t.actor(LoginJustice)
	due := calendar.DateOf(2024, time.October, 23)
	return []happening{
		{october(22, 9, 40), who, func() error {
			q, err := t.question(ctx, "cu-tru")
			if err != nil {
				return err
			}
			return t.db.TriageQuestion(ctx, office, q.Opinion.ID, 0, t.units[unitJustice].ID,
				"Nêu rõ nộp ở đâu, một lần hay nhiều lần.", due)
		}},
		{october(22, 14, 30), who, func() error {
			q, err := t.question(ctx, "cu-tru")
			if err != nil {
				return err
			}
			return t.db.PrepareAnswer(ctx, justice, q.Opinion.ID, q.Question.Version, doithoai.Answer{
				Body: "Ba việc đăng ký khai sinh, đăng ký thường trú và cấp thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi được nộp một " +
					"lần, tại bộ phận một cửa của xã hoặc trên Cổng dịch vụ công. Nơi nào yêu cầu người dân đi từng nơi là " +
					"chưa đúng; xã đã nhắc các bộ phận tiếp nhận theo liên thông.",
				Basis: "Nghị định 63/2024/NĐ-CP",
			}, doithoai.RulingOnTheSpot)
		}},
		{october(22, 16, 10), who, func() error {
			q, err := t.question(ctx, "cu-tru")
			if err != nil {
				return err
			}
			return t.db.ReadyAnswer(ctx, office, q.Opinion.ID, q.Question.Version)
		}},
		{october(22, 16, 15), who, func() error {
			q, err := t.question(ctx, "nguoi-co-cong")
			if err != nil {
				return err
			}
			return t.db.TriageQuestion(ctx, office, q.Opinion.ID, 0, t.units[unitSocial].ID, "", due)
		}},
	}
}

// question finds the registered question of a field that has no ruling.
func (t *teller) question(ctx context.Context, field string) (store.QuestionRow, error) {
	rows, _, err := t.db.Questions(ctx, t.actor(LoginOffice), t.dialogue.ID)
	if err != nil {
		return store.QuestionRow{}, err
	}
	for _, row := range rows {
		if row.Opinion.FieldCode == field && row.Opinion.Ruling == "" {
			return row, nil
		}
	}
	return store.QuestionRow{}, fmt.Errorf("no question of %s waits", field)
}

// figuresChapter is what units type of their procedures for the first nine months.
func figuresChapter(ctx context.Context, t *teller) []happening {
	const who = "figures of procedures"
	sheet := func(unit string, rows ...plan.ProcedureFigures) plan.Sheet {
		return plan.Sheet{
			UnitID: t.units[unit].ID, From: calendar.DateOf(2024, time.January, 1),
			To: calendar.DateOf(2024, time.September, 30), Rows: rows,
		}
	}
	submit := func(at calendar.Instant, login string, s plan.Sheet) happening {
		return happening{at, who, func() error {
			s.DialogueID = t.dialogue.ID
			_, err := t.db.SubmitFigures(ctx, t.actor(login), s, 0)
			return err
		}}
	}
	return []happening{
		submit(october(17, 9, 0), LoginJustice, sheet(unitJustice,
			plan.ProcedureFigures{
				FieldCode: "ho-tich", CarriedOver: 4, Received: 412, Early: 96, InTime: 309, Late: 6, Pending: 5,
			},
			plan.ProcedureFigures{FieldCode: "chung-thuc", Received: 1385, InTime: 1371, Late: 14},
		)),
		submit(october(18, 10, 0), LoginLand, sheet(unitLand,
			plan.ProcedureFigures{
				FieldCode: "dat-dai", CarriedOver: 21, Received: 187, Early: 12, InTime: 131, Late: 34, Pending: 22, PendingLate: 9,
				Note: "Hồ sơ quá hạn chờ trích đo của cơ quan cấp trên.",
			},
		)),
		submit(october(18, 15, 0), LoginOffice, sheet(unitOffice, plan.ProcedureFigures{
			FieldCode: "khac", Note: "Văn phòng không có thủ tục giải quyết trực tiếp.",
		})),
		{october(21, 9, 0), who, func() error {
			s := sheet(unitSocial, plan.ProcedureFigures{
				FieldCode: "bao-tro-xa-hoi", CarriedOver: 6, Received: 74, InTime: 61, Late: 8,
			})
			s.DialogueID = t.dialogue.ID
			_, err := t.db.KeepFigures(ctx, t.actor(LoginOffice), s, 0)
			return err
		}},
	}
}
