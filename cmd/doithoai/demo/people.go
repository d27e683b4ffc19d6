package demo

import (
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
)

// guest is somebody whom the demo invites: in a group of the plan, with what they answered. Their numbers are of a
// shape that is given to nobody.
type guest struct {
	group    int // key of the plan's point
	name     string
	title    string
	body     string
	capacity plan.Capacity
	answer   plan.Reply // the zero Reply: none came
	self     bool       // they answered by the code on the paper
}

var (
	comes   = plan.Reply{Answer: plan.InvitationAccepted}
	pending = plan.Reply{}
)

func absent(why string) plan.Reply { return plan.Reply{Answer: plan.InvitationDeclined, Reason: why} }

func sends(name, title string) plan.Reply {
	return plan.Reply{Answer: plan.InvitationSubstituted, Substitute: name, SubTitle: title}
}

// guests are those of the dialogue of 25 October 2024, in protocol order within the groups of the plan.
var guests = []guest{
	{24, "Trương Thị Ước Lệ", "Phó Bí thư Thường trực Đảng ủy", "", plan.CapacityDelegate, comes, false},
	{24, "Huỳnh Văn Phỏng", "Chủ tịch HĐND xã", "", plan.CapacityDelegate,
		sends("Mai Thị Lấy Thí", "Phó Chủ tịch HĐND"), false},
	{25, "Tạ Thị Ước Định", "Chủ tịch Ủy ban MTTQ Việt Nam xã", "", plan.CapacityDelegate, comes, true},
	{25, "Tạ Thị Nêu Mẫu", "Chủ tịch Hội Liên hiệp Phụ nữ", "", plan.CapacityDelegate, comes, true},
	{25, "Lâm Văn Phác Thảo", "Chủ tịch Hội Nông dân", "", plan.CapacityDelegate, comes, false},
	{25, "Cao Văn Tạm Đặt", "Chủ tịch Hội Cựu chiến binh", "", plan.CapacityDelegate, absent("đi điều trị"), false},
	{25, "Đinh Thị Làm Thử", "Bí thư Đoàn TNCS Hồ Chí Minh", "", plan.CapacityDelegate, comes, true},
	{25, "Vương Văn Số Không", "Chủ tịch Hội Người cao tuổi", "", plan.CapacityDelegate, pending, false},
	{26, "Đặng Văn Giả Định", "Chủ tịch UBND xã", "", plan.CapacityChair, comes, false},
	{26, "", "", "Thường trực HĐND xã", plan.CapacityCoChair, pending, false},
	{26, "Võ Văn Thử", "Thư ký hội nghị đối thoại", "", plan.CapacitySecretary, comes, false},
	{27, "Cao Thị Giả Thiết", "Phó Chủ tịch UBND xã", "", plan.CapacityAnswerer, comes, false},
	{27, "Lê Thị Giả Dụ", "Công chức Văn phòng – Thống kê", "", plan.CapacityAnswerer, comes, false},
	{27, "Phạm Thị Minh Họa", "Công chức Tư pháp – Hộ tịch", "", plan.CapacityAnswerer, comes, false},
	{27, "Nguyễn Văn Mẫu", "Công chức Địa chính", "", plan.CapacityAnswerer, comes, false},
	{27, "Hà Thị Giả Lập", "Công chức Tài chính – Kế toán", "", plan.CapacityAnswerer, comes, false},
	{27, "Thái Văn Hư Cấu", "Công chức Văn hóa – Xã hội", "", plan.CapacityAnswerer, comes, false},
	{27, "Đỗ Văn Tạm Đặt", "Công chức Lao động – Thương binh và Xã hội", "", plan.CapacityAnswerer, comes, false},
	{27, "Châu Văn Không Thật", "Trưởng Công an xã", "", plan.CapacityAnswerer,
		sends("Từ Văn Thay", "Phó Công an xã"), true},
	{27, "Bạch Thị Điền Sau", "Trưởng Trạm Y tế", "", plan.CapacityDelegate, comes, false},
	{28, "Nghiêm Văn Viết Thử", "Giám đốc", "Chi nhánh Văn phòng đăng ký đất đai", plan.CapacityAnswerer, comes, true},
	{28, "Ninh Thị Chưa Có", "Đội trưởng", "Thuế cơ sở", plan.CapacityAnswerer, pending, false},
	{28, "Phùng Văn Bản Nháp", "Giám đốc", "Bảo hiểm xã hội cơ sở", plan.CapacityAnswerer,
		sends("Giang Thị Dự Bị", "viên chức"), false},
	{28, "Ông Văn Mượn Tên", "Hiệu trưởng Trường Tiểu học", "", plan.CapacityDelegate, comes, false},
	{28, "Âu Thị Đặt Tên", "Giám đốc", "Hợp tác xã nông nghiệp", plan.CapacityDelegate, comes, false},
	{28, "Kiều Văn Giả Danh", "Giám đốc", "Công ty TNHH Mẫu", plan.CapacityDelegate, absent("trùng lịch"), true},
	{29, "Đỗ Văn Ví Dụ", "Bí thư Chi bộ thôn 1", "", plan.CapacityDelegate, comes, false},
	{29, "Ngô Văn Tạm", "Trưởng thôn 1", "", plan.CapacityDelegate, comes, false},
	{29, "La Thị Minh Họa", "Trưởng ban công tác Mặt trận thôn 1", "", plan.CapacityDelegate, comes, false},
	{29, "Mạc Văn Tạm Ghi", "Bí thư Chi bộ thôn 2", "", plan.CapacityDelegate, comes, false},
	{29, "Hồ Thị Giả Sử", "Trưởng thôn 2", "", plan.CapacityDelegate, comes, false},
	{29, "Khổng Văn Thí Điểm", "Trưởng ban công tác Mặt trận thôn 2", "", plan.CapacityDelegate, comes, false},
	{29, "Tôn Thị Hình Mẫu", "Bí thư Chi bộ thôn 3", "", plan.CapacityDelegate, comes, false},
	{29, "Lý Văn Tượng Trưng", "Trưởng thôn 3", "", plan.CapacityDelegate, comes, false},
	{29, "Ứng Văn Giả Tưởng", "Trưởng ban công tác Mặt trận thôn 3", "", plan.CapacityDelegate, comes, false},
	{29, "Văn Thị Vô Danh", "Bí thư Chi bộ thôn 4", "", plan.CapacityDelegate, comes, false},
	{29, "Phan Văn Nháp", "Trưởng thôn 4", "", plan.CapacityDelegate, pending, false},
	{29, "Doãn Văn Ẩn Danh", "Trưởng ban công tác Mặt trận thôn 4", "", plan.CapacityDelegate, comes, false},
}

// inviting is how the guests of a dialogue are invited: listed, their papers printed, told, answering one after the
// other from a day on, and reminded where they are silent.
type inviting struct {
	run                   string // of the printing: the codes on the papers follow from it
	guests                []guest
	seats                 int
	listed, printed, told calendar.Instant
	answering             calendar.Date
	days                  int              // within which they answer
	reminded              calendar.Instant // absent: nobody is
}

// invite is the chapter of who comes in October.
func invite(ctx context.Context, t *teller) []happening {
	return t.invite(ctx, &t.dialogue, inviting{
		run: "giay-moi", guests: guests, seats: 120, listed: october(10, 14, 0), printed: october(11, 9, 0),
		told: october(14, 10, 0), answering: calendar.DateOf(2024, 10, 15), days: 5, reminded: october(22, 9, 0),
	})
}

func (t *teller) invite(ctx context.Context, d *doithoai.Dialogue, v inviting) []happening {
	office := t.actor(LoginOffice)
	run := doithoai.IntakeKey(Key(v.run))
	seen := func(which func(plan.Invitation) bool) (list []store.Seen, err error) {
		all, err := t.db.Delegates(ctx, office, d.ID)
		for _, i := range all {
			if which(i) {
				list = append(list, store.Seen{ID: i.ID, Version: i.Version})
			}
		}
		return list, err
	}
	tell := func(
		at calendar.Instant, route plan.InvitationRoute, which func(plan.Invitation) bool,
		act func(context.Context, doithoai.Actor, doithoai.ID, []store.Seen, store.Telling) (int, error),
	) happening {
		return happening{at, "giấy mời", func() error {
			chosen, err := seen(which)
			if err != nil {
				return err
			}
			_, err = act(ctx, office, d.ID, chosen, store.Telling{Route: route, On: at.Date()})
			return err
		}}
	}
	all := []happening{
		{v.listed, "danh sách mời", func() error { return t.listGuests(ctx, *d, v) }},
		{v.printed, "in giấy mời", func() error {
			chosen, err := seen(func(plan.Invitation) bool { return true })
			if err != nil {
				return err
			}
			ids := make([]doithoai.ID, len(chosen))
			for n, s := range chosen {
				ids[n] = s.ID
			}
			return t.db.PrintInvitations(ctx, office, d.ID, run, ids)
		}},
		tell(v.told, "paper", func(plan.Invitation) bool { return true }, t.db.InviteDelegates),
	}
	if !v.reminded.IsZero() {
		silent := func(i plan.Invitation) bool { return i.State == plan.InvitationSent }
		all = append(all, tell(v.reminded, "phone", silent, t.db.RemindDelegates))
	}
	for n, g := range v.guests {
		if g.answer == pending {
			continue
		}
		at := calendar.InstantAt(v.answering.AddDays(n%v.days), 8+n%3, (n*7)%60)
		all = append(all, happening{at, g.name, func() error { return t.answerGuest(ctx, *d, g, run) }})
	}
	return all
}

// listGuests puts the guests on the list of a dialogue.
func (t *teller) listGuests(ctx context.Context, d doithoai.Dialogue, v inviting) error {
	for n, g := range v.guests {
		delegate := plan.Delegate{Invitation: plan.Invitation{
			Point: g.group, Name: g.name, Title: g.title, Body: g.body, Capacity: g.capacity,
		}}
		if g.name != "" {
			delegate.Contact.Phone = fmt.Sprintf("09000000%02d", n+1)
		}
		if _, err := t.db.AddDelegate(ctx, t.actor(LoginOffice), d.ID, delegate); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
	}
	return t.db.SetSeats(ctx, t.actor(LoginOffice), d.ID, 0, v.seats)
}

// answerGuest gives a guest's answer: by the code on the paper, or noted by the office.
func (t *teller) answerGuest(ctx context.Context, d doithoai.Dialogue, g guest, run doithoai.IntakeKey) error {
	i, err := t.invited(ctx, d, g)
	if err != nil {
		return err
	}
	if g.self {
		_, _, err = t.db.ReplyInvitation(ctx, t.resident, store.InvitationCode(run, i.ID), g.answer)
		return err
	}
	return t.db.RecordReply(ctx, t.actor(LoginOffice), d.ID, i.ID, i.Version, g.answer)
}

// invited is a guest as they stand on the list of a dialogue.
func (t *teller) invited(ctx context.Context, d doithoai.Dialogue, g guest) (plan.Invitation, error) {
	all, err := t.db.Delegates(ctx, t.actor(LoginOffice), d.ID)
	if err != nil {
		return plan.Invitation{}, err
	}
	at := slices.IndexFunc(all, func(i plan.Invitation) bool { return i.Name == g.name && i.Title == g.title })
	if at < 0 {
		return plan.Invitation{}, fmt.Errorf("%s is not on the list", g.name)
	}
	return all[at], nil
}
