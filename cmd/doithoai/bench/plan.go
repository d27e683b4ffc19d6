package bench

import (
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// planOf is a short plan for the dialogues of a year.
func planOf(day calendar.Date) plan.Plan {
	section := func(kind plan.SectionKind, mark, title string, points ...string) plan.Section {
		s := plan.Section{Kind: kind, Mark: mark, Title: title + ":"}
		for _, p := range points {
			s.Points = append(s.Points, plan.Point{Text: p, Dash: true})
		}
		return s
	}
	tasks := section(plan.KindAssignment, "7.", "Văn phòng", "Chuẩn bị hội nghị.")
	tasks.To.Units = []string{officeUnit}
	return plan.Plan{
		Year: day.Year, Superior: commune.Superior, Authority: commune.FullName,
		Symbol: "KH-UBND", Place: commune.Place, Date: day,
		Type: "KẾ HOẠCH", Abstract: fmt.Sprintf("Tổ chức đối thoại với tổ chức, cá nhân năm %d", day.Year),
		Preamble: []string{"Căn cứ Luật số 72/2025/QH15, Ủy ban nhân dân xã Đo Lường ban hành Kế hoạch như sau:"},
		Bases: []plan.Basis{{
			Kind:     "Luật",
			Number:   "72/2025/QH15",
			Date:     calendar.DateOf(2025, 6, 16),
			Issuer:   "Quốc hội",
			Abstract: "Tổ chức chính quyền địa phương",
		}},
		When: plan.Arrangement{
			Window: plan.Window{From: calendar.DateOf(day.Year, 1, 1), To: calendar.DateOf(day.Year, 12, 31)},
			Venue:  "Hội trường UBND xã", Form: doithoai.FormDirect,
		},
		Sections: []plan.Section{
			section(plan.KindPurposes, "1.", "Mục đích", "Lắng nghe và giải quyết vướng mắc của tổ chức, cá nhân."),
			section(plan.KindRequirements, "2.", "Yêu cầu", "Công khai, đúng trọng tâm."),
			section(plan.KindWhen, "3.", "Thời gian, địa điểm", fmt.Sprintf("Từ quý I đến quý IV năm %d.", day.Year),
				"Hội trường UBND xã.", "Đối thoại trực tiếp."),
			section(plan.KindProgramme, "4.", "Chương trình", "Đón tiếp.", "Đối thoại."),
			section(plan.KindParticipants, "5.", "Thành phần", "Tổ chức, cá nhân trên địa bàn."),
			section(plan.KindTopics, "6.", "Nội dung đối thoại", "Thủ tục hành chính."),
			tasks,
		},
		Closing:    []string{"Trên đây là Kế hoạch của Ủy ban nhân dân xã."},
		Recipients: plan.Recipients{Title: "Nơi nhận", Items: []string{"Lưu: VT."}},
		Signatory:  plan.Signatory{Title: "CHỦ TỊCH", Name: "Đặng Văn Giả Định"},
	}
}
