package bench

import (
	"fmt"

	"doithoai/calendar"
	"doithoai/plan"
)

// planOf is a short plan for the dialogues of a year.
func planOf(day calendar.Date) plan.Plan {
	heading := func(number, title string) plan.Heading {
		return plan.Heading{Number: number, Title: title}
	}
	basis := plan.Basis{
		Kind:     "Luật",
		Number:   "72/2025/QH15",
		Date:     calendar.DateOf(2025, 6, 16),
		Issuer:   "Quốc hội",
		Abstract: "Tổ chức chính quyền địa phương",
	}
	return plan.Plan{
		Slug: fmt.Sprint(day.Year), Year: day.Year, Superior: commune.Superior, Authority: commune.FullName,
		Symbol: "KH-UBND", Place: commune.Place, Date: day,
		Type: "KẾ HOẠCH", Abstract: fmt.Sprintf("Tổ chức đối thoại với tổ chức, cá nhân năm %d", day.Year),
		Preamble: "Căn cứ Luật số 72/2025/QH15, Ủy ban nhân dân xã Đo Lường ban hành Kế hoạch như sau:",
		Bases:    []plan.Basis{basis},
		Aims: plan.Aims{
			Heading: heading("I", "MỤC ĐÍCH, YÊU CẦU"),
			Purposes: plan.List{
				Heading: heading("1", "Mục đích"),
				Items:   []string{"Lắng nghe và giải quyết vướng mắc của tổ chức, cá nhân."},
			},
			Requirements: plan.List{Heading: heading("2", "Yêu cầu"), Items: []string{"Công khai, đúng trọng tâm."}},
		},
		Content: plan.Content{
			Heading: heading("II", "NỘI DUNG"),
			Arrangements: plan.Arrangement{
				Heading: heading("1", "Thời gian, địa điểm"),
				Window:  plan.Window{From: plan.Quarter{Year: day.Year, Quarter: 1}, To: plan.Quarter{Year: day.Year, Quarter: 4}},
				Time:    fmt.Sprintf("Thời gian: Từ quý I đến quý IV năm %d.", day.Year),
				Venue:   "Hội trường UBND xã", VenueText: "Địa điểm: Hội trường UBND xã.",
				Form: plan.FormDirect, FormText: "Hình thức: Đối thoại trực tiếp.",
			},
			Programme:    plan.List{Heading: heading("2", "Chương trình"), Items: []string{"Đón tiếp.", "Đối thoại."}},
			Participants: plan.List{Heading: heading("3", "Thành phần"), Items: []string{"Tổ chức, cá nhân trên địa bàn."}},
			Topics:       plan.List{Heading: heading("4", "Nội dung đối thoại"), Items: []string{"Thủ tục hành chính."}},
		},
		Organisation: plan.Execution{
			Heading: heading("III", "TỔ CHỨC THỰC HIỆN"),
			Assignments: []plan.Assignment{
				{Heading: heading("1", "Văn phòng"), Units: []string{officeUnit}, Tasks: []string{"Chuẩn bị hội nghị."}},
			},
		},
		Closing:    "Trên đây là Kế hoạch của Ủy ban nhân dân xã.",
		Recipients: plan.Recipients{Title: "Nơi nhận:", Items: []string{"- Lưu: VT."}},
		Signatory:  plan.Signatory{Title: "CHỦ TỊCH", Name: "Đặng Văn Giả Định"},
	}
}
