package demo

import (
	"context"
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/store"
)

// The dialogue of Friday, 28 June 2024, which is over when the demo begins: prepared and announced, held, its minutes
// locked, its results published and reported.

// june and july are moments of those months of 2024 in Viet Nam.
func june(day, hour, minute int) calendar.Instant {
	return calendar.InstantAt(calendar.DateOf(2024, time.June, day), hour, minute)
}

func september(day, hour, minute int) calendar.Instant {
	return calendar.InstantAt(calendar.DateOf(2024, time.September, day), hour, minute)
}

func july(day, hour, minute int) calendar.Instant {
	return calendar.InstantAt(calendar.DateOf(2024, time.July, day), hour, minute)
}

// summer is announced on 14 June 2024 for the 28th: 14 days ahead.
var summer = meeting{
	dialogue: doithoai.Dialogue{
		Slug:       "2024-06-28",
		Title:      "Hội nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2024 (đợt\u00a01)",
		StartsAt:   june(28, 8, 0),
		DoorsAt:    june(28, 7, 30),
		SlipsUntil: june(27, 16, 30),
		Venue:      "Hội trường UBND xã Nghĩa Dũng",
		EndsAt:     june(28, 10, 30),
		Chair:      dialogue.Chair,
		Secretary:  dialogue.Secretary,
		Contact:    "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê, (0255) 000 0000",
		Kinds:      dialogue.Kinds,
		Form:       doithoai.FormDirect,
		WithFront:  true,
	},
	steps: dialogueSteps, houseRules: houseRules, number: "41",
	announcement: `Thực hiện Kế hoạch ngày 08/01/2024 của UBND xã Nghĩa Dũng, UBND xã Nghĩa Dũng thông báo tổ chức hội ` +
		`nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2024 (đợt 1) như sau:
1. Thời gian: 08 giờ ngày 28/06/2024 (Thứ Sáu).
Đón tiếp đại biểu và người dân từ 07 giờ 30 phút.
2. Địa điểm: Hội trường UBND xã Nghĩa Dũng.
3. Nội dung:
- Khó khăn, vướng mắc về thủ tục hành chính và việc giải quyết thủ tục hành chính.
- Tinh thần, thái độ phục vụ của cán bộ, công chức.
- Sáng kiến, giải pháp cải cách thủ tục hành chính.
4. Chủ trì: Ông Đặng Văn Giả Định, Chủ tịch UBND xã.
5. Thành phần, đối tượng: mọi tổ chức, cá nhân trên địa bàn xã.
6. Đăng ký câu hỏi: bằng phiếu tại Bộ phận Một cửa hoặc nơi Trưởng thôn.
Hạn nhận phiếu để chuẩn bị trả lời: 16 giờ 30 phút ngày 27/06/2024. Sau hạn này, phiếu và ý kiến phát biểu trực ` +
		`tiếp vẫn được nhận cho đến khi kết thúc hội nghị.
7. Đề nghị Đài truyền thanh xã, Trưởng các thôn thông báo rộng rãi để tổ chức, cá nhân biết và tham dự.
Trên đây là Thông báo về việc tổ chức hội nghị đối thoại./.`,
	prepared: june(5, 9, 0), written: june(7, 14, 30), issued: june(14, 8, 15), announced: june(14, 8, 30),
}

func announceJune(ctx context.Context, t *teller) []happening {
	return t.announce(ctx, summer, &t.june)
}

// juneAnswers are the guests of October who were invited in June too, with what they answered then.
var juneAnswers = map[string]plan.Reply{
	"Trương Thị Ước Lệ": comes, "Huỳnh Văn Phỏng": comes, "Tạ Thị Ước Định": comes, "Lâm Văn Phác Thảo": comes,
	"Cao Văn Tạm Đặt": comes, "Đặng Văn Giả Định": comes, "Võ Văn Thử": comes, "Cao Thị Giả Thiết": comes,
	"Lê Thị Giả Dụ": comes, "Phạm Thị Minh Họa": comes, "Nguyễn Văn Mẫu": comes, "Hà Thị Giả Lập": comes,
	"Thái Văn Hư Cấu": comes, "Đỗ Văn Tạm Đặt": comes, "Châu Văn Không Thật": sends("Từ Văn Thay", "Phó Công an xã"),
	"Nghiêm Văn Viết Thử": comes, "Phùng Văn Bản Nháp": sends("Giang Thị Dự Bị", "viên chức"),
	"Kiều Văn Giả Danh": absent("đi công tác"), "Ngô Văn Tạm": comes, "Hồ Thị Giả Sử": comes,
	"Lý Văn Tượng Trưng": comes, "Phan Văn Nháp": comes,
}

// missed is who said that they would come in June, and did not.
const missed = "Cao Văn Tạm Đặt"

// juneGuests are those of June in protocol order.
var juneGuests = func() (list []guest) {
	for _, g := range guests {
		if answer, there := juneAnswers[g.name]; there {
			g.answer, g.self = answer, false
			list = append(list, g)
		}
	}
	return list
}()

// juneTasks are what became of the plan's tasks for the dialogue of June.
var juneTasks = []taskStep{
	{june(14, 9, 0), pointNotice, unitOffice, "", reports(LoginOffice,
		"Đã ban hành Thông báo số 41, gửi các bộ phận, 04 thôn và Đài truyền thanh ngày 14/06/2024.", true)},
	{june(17, 8, 30), pointSlips, unitOffice, "", reports(LoginOffice,
		"Chương trình 07 bước đã duyệt; đã in 60 phiếu, phát cho 04 thôn và Bộ phận Một cửa.", true)},
	{june(18, 9, 0), pointEstimate, unitOffice, "", reports(LoginOffice,
		"Dự trù 2.450.000 đồng đã trình ngày 17/06/2024.", true)},
	{june(24, 15, 0), pointVillages, "", "Thôn 1", reports(LoginVillage,
		"Đã đọc thông báo trên loa thôn ba buổi, dán tại nhà văn hóa thôn.", true)},
	{june(24, 15, 10), pointVillages, "", "Thôn 2", telephones("Trưởng thôn 2",
		"Đã thông báo tại cuộc họp thôn tối 19/06/2024.")},
	{june(24, 15, 20), pointVillages, "", "Thôn 3", telephones("Trưởng thôn 3",
		"Đã thông báo đến từng tổ; gửi danh sách ý kiến của thôn.")},
	{june(24, 15, 30), pointVillages, "", "Thôn 4", reports(LoginVillage4, "Đã đọc trên loa thôn hai buổi.", true)},
	{june(25, 9, 0), pointPrepare, unitJustice, "", reports(LoginJustice,
		"Đã gửi Văn phòng số liệu hồ sơ hộ tịch, chứng thực 5 tháng.", true)},
	{june(25, 10, 0), pointPrepare, unitLand, "", reports(LoginLand,
		"Đã gửi Văn phòng danh sách 11 hồ sơ đất đai trễ hẹn và lý do.", true)},
	{june(25, 14, 0), pointPrepare, unitFinance, "", reports(LoginFinance, "Đã rà mức phí, lệ phí niêm yết.", true)},
	{june(25, 15, 0), pointPrepare, unitSocial, "", telephones("Ông Đỗ Văn Tạm Đặt",
		"Đã gửi Văn phòng danh sách hồ sơ bảo trợ xã hội chưa giải quyết.")},
	{june(26, 8, 0), pointPrepare, unitOffice, "", reports(LoginOffice, "Đã tổng hợp số liệu của 05 bộ phận.", true)},
	{june(26, 9, 0), pointPrepare, unitCulture, "", reports(LoginCulture, "Đã rà bảng niêm yết ở 04 nhà văn hóa.", true)},
	{june(26, 9, 5), pointRadio, unitCulture, "", reports(LoginCulture, "Đã phát 6 buổi từ ngày 14/06/2024.", true)},
	{june(27, 15, 30), pointBanners, unitCulture, "", reports(LoginCulture,
		"Đã treo phông, 02 băng rôn; đã thử âm thanh, loa đài tại Hội trường chiều 27/06/2024.", true)},
}

// prepareJune is what was done before the day: the notice went out, people were invited, slips handed out, tasks done.
func prepareJune(ctx context.Context, t *teller) []happening {
	office := t.actor(LoginOffice)
	all := t.prove(ctx, &t.june, []proved{
		{june(14, 17, 40), plan.Proof{
			Duty: plan.DutyNoticeMedia, At: june(14, 17, 0), Doer: "Đài truyền thanh xã",
			Text: "Phát buổi chiều, nhật ký phát thanh số 118",
		}, ""},
		{june(14, 10, 30), plan.Proof{
			Duty: plan.DutyNoticePosting, At: june(14, 10, 0), Doer: "Bộ phận Văn phòng",
			Text: "Bảng tin trụ sở UBND xã, biên bản niêm yết số 17",
		}, ""},
	})
	all = append(all, t.relayJune(ctx, plan.RelayAnnouncement, june(15, 19, 0))...)
	all = append(all, t.figuresOfJune(ctx)...)
	all = append(all, happening{june(21, 15, 0), "the host's words", func() error {
		_, err := t.db.WriteText(ctx, office, 0, plan.Text{DialogueID: t.june.ID, Kind: plan.TextHost, Body: juneHost})
		return err
	}})
	all = append(all, t.invite(ctx, &t.june, inviting{
		run: "giay-moi-6", guests: juneGuests, seats: 120, listed: june(14, 14, 0), printed: june(17, 9, 0),
		told: june(17, 10, 0), answering: calendar.DateOf(2024, time.June, 18), days: 3,
	})...)
	all = append(all, t.work(ctx, juneTasks, func(int) store.TaskFilter {
		return store.TaskFilter{DialogueID: t.june.ID}
	})...)
	const who = "paper slips of June"
	all = append(all, happening{june(14, 15, 0), who, func() error {
		_, err := t.db.PrintStack(ctx, office, t.june.ID, 60)
		return err
	}})
	for i := range communeVillages {
		village := communeVillages[i].Name
		all = append(all, happening{june(17, 14, i), who, func() error {
			_, err := t.db.HandOutSlips(ctx, office, t.june.ID, plan.Handout{
				First: 10*i + 1, Last: 10*i + 10, VillageID: t.villages[village], Receiver: "Trưởng " + village,
				On: june(17, 14, i).Date(),
			})
			return err
		}})
	}
	all = append(all, happening{june(17, 14, 10), who, func() error {
		_, err := t.db.HandOutSlips(ctx, office, t.june.ID, plan.Handout{
			First: 41, Last: 60, Receiver: "Ông Huỳnh Văn Giả Tưởng, công chức tiếp công dân", On: june(17, 14, 10).Date(),
		})
		return err
	}})
	return append(all, happening{july(1, 9, 0), who, func() error {
		_, err := t.db.CountMissing(ctx, office, t.june.ID, 1, 60)
		return err
	}})
}

// relayJune enters that the heads of the villages told their people of a matter, one a day: two by themselves, the
// others through the office.
func (t *teller) relayJune(ctx context.Context, matter plan.RelayMatter, first calendar.Instant) (all []happening) {
	for i, v := range []struct {
		by   string
		ways []plan.RelayWay
	}{
		{LoginVillage, []plan.RelayWay{"loudspeaker", "meeting"}},
		{LoginOffice, []plan.RelayWay{"loudspeaker"}},
		{LoginOffice, []plan.RelayWay{"meeting", "visit"}},
		{LoginVillage4, []plan.RelayWay{"loudspeaker"}},
	} {
		village := communeVillages[i].Name
		done := calendar.InstantAt(first.Date().AddDays(i/2), 18, 10*i)
		all = append(all, happening{calendar.InstantAt(done.Date(), 20, i), village, func() error {
			r := plan.Relay{
				DialogueID: t.june.ID, VillageID: t.villages[village], Matter: matter, Ways: v.ways, Day: done.Date(),
				Clock: calendar.ClockOf(done),
			}
			if v.by == LoginOffice {
				r.Reporter = "Trưởng " + village + ", qua điện thoại"
			}
			return t.db.TellVillage(ctx, t.actor(v.by), 0, r)
		}})
	}
	return all
}

// figuresOfJune are the units' figures of the first five months; the office types those of units without an account.
func (t *teller) figuresOfJune(ctx context.Context) (all []happening) {
	for i, f := range []struct {
		login, unit string
		rows        []plan.ProcedureFigures
	}{
		{LoginJustice, unitJustice, []plan.ProcedureFigures{
			{FieldCode: "ho-tich", CarriedOver: 3, Received: 226, Early: 51, InTime: 168, Late: 4, Pending: 6},
			{FieldCode: "chung-thuc", Received: 742, InTime: 735, Late: 7},
		}},
		{LoginLand, unitLand, []plan.ProcedureFigures{{
			FieldCode: "dat-dai", CarriedOver: 17, Received: 103, Early: 6, InTime: 74, Late: 15, Pending: 14, PendingLate: 11,
			Note: "11 hồ sơ quá hạn chờ trích đo của cơ quan cấp trên.",
		}}},
		{LoginOffice, unitSocial, []plan.ProcedureFigures{
			{FieldCode: "bao-tro-xa-hoi", CarriedOver: 4, Received: 38, InTime: 33, Late: 3, Pending: 6},
		}},
		{LoginOffice, unitOffice, []plan.ProcedureFigures{
			{FieldCode: "khac", Note: "Văn phòng không có thủ tục giải quyết trực tiếp."},
		}},
		{LoginOffice, unitFinance, []plan.ProcedureFigures{
			{FieldCode: "khac", Note: "Bộ phận không có thủ tục giải quyết trực tiếp."},
		}},
		{LoginOffice, unitCulture, []plan.ProcedureFigures{
			{FieldCode: "van-hoa", Received: 5, InTime: 5},
		}},
	} {
		all = append(all, happening{june(25, 8, 10+i), "figures of June", func() error {
			_, err := t.db.SubmitFigures(ctx, t.actor(f.login), plan.Sheet{
				DialogueID: t.june.ID, UnitID: t.units[f.unit].ID, From: calendar.DateOf(2024, time.January, 1),
				To: calendar.DateOf(2024, time.May, 31), Rows: f.rows,
			}, 0)
			return err
		}})
	}
	return all
}

// juneHost are the words with which the host opened the dialogue of June.
const juneHost = `Kính thưa quý vị đại biểu, thưa toàn thể bà con.
Thực hiện Kế hoạch ngày 08/01/2024, hôm nay UBND xã Nghĩa Dũng tổ chức hội nghị đối thoại đợt 1 năm 2024 về thủ tục ` +
	`hành chính.
Xin giới thiệu ông Đặng Văn Giả Định, Chủ tịch UBND xã, chủ trì hội nghị.
Sau khi nghe Nội quy, mời bà con phát biểu theo thứ tự đăng ký; mỗi lượt không quá 3 phút.`

// listeners are who came in June without a paper and without a word.
var listeners = []struct{ name, village string }{
	{"Triệu Văn Tình Cờ", "Thôn 1"}, {"Lại Văn Đến Sớm", "Thôn 3"}, {"Hứa Văn Lắng Nghe", "Thôn 2"},
	{"Ngụy Thị Ghé Qua", "Thôn 1"}, {"Giáp Văn Có Mặt", "Thôn 4"}, {"Tống Thị Ngồi Sau", "Thôn 2"},
	{"Nông Thị Ghi Tên", "Thôn 4"}, {"Lưu Văn Tiện Đường", "Thôn 1"}, {"Viên Văn Dự Khán", "Thôn 3"},
	{"Chu Văn Hàng Ghế", "Thôn 2"}, {"Đàm Thị Dự Thính", "Thôn 1"}, {"Sầm Văn Không Tên", "Thôn 4"},
	{"Nhan Thị Điểm Danh", "Thôn 2"}, {"Cù Thị Góp Chuyện", "Thôn 3"}, {"Từ Thị Góp Mặt", "Thôn 1"},
	{"Mã Văn Thứ Hai", "Thôn 2"}, {"Bế Thị Ngày Hội", "Thôn 4"}, {"Phí Thị Đến Muộn", "Thôn 3"},
}

// receiveJune is the reception: who was invited, but for one who had promised to come, then who came besides. Those who
// raise something are noted with their tales.
func receiveJune(ctx context.Context, t *teller) (all []happening) {
	notes := func(at calendar.Instant, who string, a func() (doithoai.Attendance, error)) {
		all = append(all, happening{at, who, func() error {
			arrived, err := a()
			if err != nil {
				return err
			}
			arrived.ID, arrived.DialogueID = store.NewID(), t.june.ID
			return t.db.CheckIn(ctx, t.actor(LoginOffice), arrived)
		}})
	}
	for n, g := range juneGuests {
		if g.answer.Answer == plan.InvitationDeclined || g.name == missed {
			continue
		}
		notes(june(28, 7, 31+n), g.name, func() (doithoai.Attendance, error) {
			i, err := t.invited(ctx, t.june, g)
			return doithoai.Attendance{InvitationID: i.ID, Name: i.Substitute, Title: i.SubTitle}, err
		})
	}
	for n, l := range listeners {
		notes(june(28, 7, 36+n), l.name, func() (doithoai.Attendance, error) {
			return doithoai.Attendance{Name: l.name, VillageID: t.villages[l.village]}, nil
		})
	}
	return all
}

// holdJune is the course of the dialogue: its steps at the hours at which they began, who presided while the chair was
// called away, what disturbed it; the conclusion, the end; the minutes, corrected once, read back and locked.
func holdJune(ctx context.Context, t *teller) (all []happening) {
	secretary := t.actor(LoginSecretary)
	then := func(hour, minute int, who string, do func() error) {
		all = append(all, happening{june(28, hour, minute), who, do})
	}
	then(8, 4, "the beginning", func() (err error) {
		d, err := t.db.Dialogue(ctx, secretary, t.june.ID)
		if err == nil {
			t.june, err = t.db.StartDialogue(ctx, secretary, d.ID, d.Version, june(28, 8, 4))
		}
		return err
	})
	for i, at := range []calendar.Instant{
		june(28, 8, 13), june(28, 8, 18), june(28, 9, 17), june(28, 10, 26), june(28, 10, 41),
	} {
		step := i + 3
		all = append(all, happening{at, fmt.Sprintf("step %d", step), func() error {
			return t.db.EnterStep(ctx, secretary, t.june.ID, step-1, step)
		}})
	}
	then(9, 21, "the chair is called away", func() error {
		return t.db.ChangePresiding(ctx, secretary, doithoai.Presiding{
			DialogueID: t.june.ID, Number: 1, Name: "Bà Cao Thị Giả Thiết, Phó Chủ tịch UBND xã", From: june(28, 9, 20),
			Reason: "Chủ tịch UBND xã nhận điện thoại của UBND thành phố về ứng phó mưa dông",
		})
	})
	then(9, 41, "the chair is back", func() error {
		return t.db.ChangePresiding(ctx, secretary, doithoai.Presiding{
			DialogueID: t.june.ID, Number: 2, Name: dialogue.Chair, From: june(28, 9, 41),
			Reason: "Chủ tịch UBND xã trở lại hội trường",
		})
	})
	note := func(hour, minute int, n doithoai.HallNote) {
		then(hour, minute, "a note", func() error {
			n.ID, n.DialogueID = store.NewID(), t.june.ID
			return t.db.NoteHall(ctx, secretary, n)
		})
	}
	note(9, 52, doithoai.HallNote{
		At: june(28, 9, 43), Kind: doithoai.NoteBreak,
		Body: "Mất điện từ 09 giờ 43 phút đến 09 giờ 51 phút; thư ký ghi ý kiến trên tờ ghi tay số 01.",
	})
	note(10, 6, doithoai.HallNote{
		At: june(28, 10, 5), Kind: doithoai.NoteOrder,
		Body: "Một người dự nói khi chưa được mời; Chủ trì đề nghị trình bày riêng sau hội nghị, người dự chấp hành.",
	})
	then(10, 40, "the conclusion", func() error {
		var given []doithoai.Promised
		for _, g := range juneGiven {
			given = append(given, doithoai.Promised{UnitID: t.units[g.unit].ID, What: g.what, Due: g.due})
		}
		_, err := t.db.WriteConclusion(ctx, secretary, t.june.ID, 0, juneConclusion, given...)
		return err
	})
	then(10, 48, "the end", func() (err error) {
		t.june, err = t.db.CloseDialogue(ctx, secretary, t.june.ID, t.june.Version, june(28, 10, 47))
		return err
	})
	var m doithoai.Minutes
	then(10, 52, "the minutes", func() (err error) {
		m, err = t.db.ComposeMinutes(ctx, secretary, t.june.ID, 0)
		return err
	})
	then(10, 58, "a correction of the minutes", func() (err error) {
		m, err = t.db.CorrectMinutes(ctx, secretary, t.june.ID, m.Version,
			"Ghi rõ tầng, theo đề nghị của Thường trực HĐND xã.",
			doithoai.MinutesWording{Key: "dia-diem", Text: "Địa điểm: Hội trường UBND xã Nghĩa Dũng, tầng 2."})
		return err
	})
	then(11, 8, "the reading", func() (err error) {
		m, err = t.db.ReadMinutes(ctx, secretary, t.june.ID, m.Version, doithoai.ReadBack{
			At: june(28, 11, 5), To: "Chủ trì, đại diện UBMTTQ Việt Nam xã, Trưởng 04 thôn và người dân còn có mặt",
		})
		return err
	})
	then(11, 20, "the lock", func() error {
		_, err := t.db.LockMinutes(ctx, secretary, t.june.ID, m.Version)
		return err
	})
	return all
}

// juneConclusion is what the chair concluded, a paragraph a line.
const juneConclusion = `Về đất đai: mỗi hồ sơ trả lại phải có phiếu ghi hết một lần những giấy tờ còn thiếu, có chữ ` +
	`ký của công chức; không trả hồ sơ bằng lời.
Về thái độ phục vụ: Văn phòng làm rõ phản ánh tại hội nghị, báo cáo Chủ tịch UBND xã trước ngày 10/07/2024.
Các phiếu chưa kịp trình bày được trả lời bằng văn bản trong thời hạn ghi tại bảng giao việc. Văn phòng báo cáo tiến ` +
	`độ tại giao ban sáng thứ Hai hằng tuần.`

// juneGiven is what the chair gave units to do beside the opinions: one thing was done, one was given up, the day of
// one is still to come.
var juneGiven = []promised{
	{
		unitJustice, "Dán tại quầy bảng ghi rõ việc chứng thực nào phải có mặt đủ các bên, việc nào chỉ cần người yêu cầu",
		calendar.DateOf(2024, time.July, 3),
	},
	{
		unitLand, "Nhận hồ sơ đất đai thêm chiều thứ Năm hằng tuần tại nhà văn hóa Thôn 4",
		calendar.DateOf(2024, time.August, 1),
	},
	{
		unitOffice, "Soạn tờ hướng dẫn giấy tờ cần có của 20 thủ tục hay làm nhất, niêm yết tại 04 nhà văn hóa thôn",
		calendar.DateOf(2024, time.November, 29),
	},
}

// juneOutcome is what became of it.
func juneOutcome(ctx context.Context, t *teller) []happening {
	on := func(n int, do func(doithoai.Promise) error) func() error {
		return func() error {
			all, err := t.db.PromisesOfDialogue(ctx, t.june.AuthorityID, t.june.ID)
			if err == nil {
				err = do(all[n].Promise)
			}
			return err
		}
	}
	return []happening{
		{july(2, 16, 20), "what was concluded is done", on(0, func(p doithoai.Promise) error {
			return t.db.KeepPromise(ctx, t.actor(LoginJustice), p.ID, p.Version, calendar.DateOf(2024, time.July, 2),
				"Đã dán bảng khổ A1 tại quầy Tư pháp – Hộ tịch chiều 02/07/2024; bản thu nhỏ phát cho Trưởng 04 thôn.")
		})},
		{july(2, 16, 30), "a picture of it", on(0, func(p doithoai.Promise) error {
			files, err := t.simulated(ctx, LoginJustice, "bảng niêm yết ở quầy")
			if err != nil {
				return err
			}
			return t.db.AddEvidence(ctx, t.actor(LoginJustice), store.PromiseEvidence(p.ID), files)
		})},
		{july(3, 8, 20), "the picture is public", on(0, func(p doithoai.Promise) error {
			at, office := store.PromiseEvidence(p.ID), t.actor(LoginOffice)
			if err := t.db.ViewEvidence(ctx, office, at); err != nil {
				return err
			}
			e, err := t.db.Evidence(ctx, office, at)
			if err != nil {
				return err
			}
			return t.db.PublishEvidence(ctx, office, at, e.Files[0].ID, e.Files[0].Version,
				"Ảnh mô phỏng: tờ hướng dẫn chứng thực dán trên bảng gỗ tại quầy Tư pháp – Hộ tịch", true)
		})},
		{july(30, 15, 10), "what was concluded is given up", on(1, func(p doithoai.Promise) error {
			return t.db.BreakPromise(ctx, t.actor(LoginChair), p.ID, p.Version,
				"Bộ phận chỉ có một công chức, không đủ người trực hai nơi. Thay vào đó, từ ngày 01/08/2024 quầy nhận hồ sơ "+
					"đến 17 giờ 30 phút ngày thứ Năm.")
		})},
	}
}

// publishJune is what followed: the conclusion was issued, the results went out by every way, people rated the morning,
// and the superior got the report.
func publishJune(ctx context.Context, t *teller) []happening {
	office := t.actor(LoginOffice)
	all := t.prove(ctx, &t.june, []proved{
		{july(3, 16, 0), plan.Proof{
			Duty: plan.DutyConclusion, At: july(3, 15, 0), Doer: "Bộ phận Văn phòng",
			Text: "Thông báo số 52/TB-UBND ngày 03/07/2024",
		}, ""},
		{july(5, 8, 30), plan.Proof{
			Duty: plan.DutyResultMedia, At: july(5, 8, 0), Doer: "Bộ phận Văn phòng",
			Text: "Trang thông tin điện tử của xã, mục Đối thoại",
		}, ""},
		{july(8, 8, 0), plan.Proof{
			Duty: plan.DutyResultBroadcast, At: july(5, 17, 0), Until: calendar.DateOf(2024, time.July, 7),
			Doer: "Đài truyền thanh xã", Text: "Phát 17 giờ các ngày 05, 06 và 07/07/2024, nhật ký số 131 đến 133",
		}, ""},
		{july(8, 15, 0), plan.Proof{
			Duty: plan.DutyReport, At: july(8, 14, 0), Doer: "Văn thư",
			Text: "Báo cáo số 96/BC-UBND ngày 08/07/2024, gửi phòng Nội vụ và Văn phòng UBND thành phố",
		}, ""},
		{calendar.InstantAt(calendar.DateOf(2024, time.August, 6), 8, 0), plan.Proof{
			Duty: plan.DutyResultPosting, At: july(5, 9, 0), Until: calendar.DateOf(2024, time.August, 5),
			Doer: "Bộ phận Văn phòng", Text: "Bảng tin trụ sở UBND xã, biên bản niêm yết số 20",
		}, ""},
	})
	all = append(all, t.relayJune(ctx, plan.RelayResults, july(5, 18, 30))...)
	all = append(all,
		happening{july(5, 8, 15), "the results", func() (err error) {
			t.june, err = t.db.PublishResults(ctx, office, t.june.ID, t.june.Version, july(5, 8, 0))
			return err
		}},
		happening{july(8, 9, 0), "the words of the report", func() error {
			_, err := t.db.WriteResultReport(ctx, office, t.june.ID, 0, juneReport)
			return err
		}},
		happening{july(8, 10, 0), "the figures of the report", func() error {
			_, err := t.db.SettleResultReport(ctx, office, t.june.ID, 1)
			return err
		}},
		happening{july(8, 13, 50), "the number of the report", func() error {
			_, err := t.db.NumberDocument(ctx, office, 0, doithoai.Document{
				Kind: doithoai.DocumentResult, Subject: t.june.ID, Number: "96", Dated: calendar.DateOf(2024, time.July, 8),
			})
			return err
		}},
		happening{july(8, 15, 10), "the report", func() (err error) {
			t.june, err = t.db.ReportDialogue(ctx, office, t.june.ID, t.june.Version, july(8, 14, 0))
			return err
		}},
	)
	return append(all, surveyJune(ctx, t)...)
}

// juneReport is what the office said itself in the report of June.
var juneReport = report.Words{
	Prepared: "Phiếu và danh sách ý kiến của thôn gửi về trước hội nghị 03 ngày; các bộ phận chuẩn bị dự thảo trả lời " +
		"cho mọi câu hỏi đã đăng ký.",
	Lacking: "- Hội trường nhỏ, âm thanh phía cuối nghe không rõ; một số người dân về sớm vì chưa đến lượt.\n" +
		"- Hồ sơ đất đai trễ hẹn chiếm phần lớn ý kiến. Nguyên nhân: chưa có sổ theo dõi ngày hẹn ở từng bộ phận.\n" +
		"- Còn 08 ý kiến phải xác minh, trả lời bằng văn bản sau hội nghị.",
	Proposals: "- Đề nghị UBND thành phố sớm trả lời các nội dung vượt thẩm quyền đã báo cáo.\n" +
		"- Đề nghị Chi nhánh Văn phòng Đăng ký đất đai thành phố cử người dự các buổi đối thoại sau.",
}
