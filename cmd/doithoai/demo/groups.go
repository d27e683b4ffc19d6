package demo

import (
	"fmt"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// groupedAfter is how long after it came the secretary finds that an opinion says what another one says.
const groupedAfter = 40 * time.Minute

// asker is one of several who raise the same matter, each in their own words and by their own way.
type asker struct {
	at      calendar.Instant
	by      string // login of who typed it for them
	village string
	channel doithoai.Channel
	name    string
	said    string
	ways    []doithoai.Way
	phone   string
	email   string
	told    calendar.Instant // when the office told them the answer by hand; zero: by e-mail, or not yet
	status  calendar.Instant // when it told them how the matter stands; zero: it had no need to
	solved  doithoai.Solved  // what they said of it; empty: nothing
	stars   int
	then    []step // what became of theirs alone
}

// tale is that of the n-th who asks, from 1; first is that of the first.
func (a asker) tale(of string, n int, field string) tale {
	s := tale{
		name: fmt.Sprintf("%s %d", of, n), at: a.at, by: a.by, village: a.village,
		slip: doithoai.Slip{
			Channel: a.channel, FieldCode: field, Matters: []string{a.said},
			Petitioner: doithoai.Petitioner{Name: a.name, Ways: a.ways, Phone: a.phone, Email: a.email},
		},
	}
	if !a.status.IsZero() {
		s.steps = append(s.steps, tellsStatus(a.status))
		if a.ways[0] != doithoai.WayEmail {
			s.steps = append(s.steps, handed(a.status.Add(5*time.Minute)))
		}
	}
	if !a.told.IsZero() {
		s.steps = append(s.steps, handed(a.told))
	}
	s.steps = append(s.steps, a.then...)
	return s
}

// rates adds what the person said of the answer.
func (a asker) rates(at calendar.Instant) []step {
	if a.solved == "" {
		return nil
	}
	return []step{rate(at, a.solved, a.stars)}
}

// The two matters that five people brought each: one was answered once, the other is being worked on.
var (
	lateCounter = []asker{
		{
			at: july(15, 14, 20), village: "Thôn 1", name: "Đào Văn Tình Huống", ways: by(doithoai.WayEmail),
			email: "tinhhuong@example.com", solved: doithoai.SolvedYes, stars: 5,
			said: "Buổi chiều thứ Hai tôi đến bộ phận một cửa lúc 13 giờ 30 phút, gần 14 giờ 15 phút mới có người ngồi quầy. " +
				"Không có thông báo gì.",
		},
		{
			at: july(15, 15, 5), by: LoginOffice, channel: doithoai.ChannelPhone, village: "Thôn 2", name: "Mai Thị Thử Lại",
			ways: by(doithoai.WayPhone), phone: "0900000031", told: july(29, 9, 5), solved: doithoai.SolvedYes, stars: 4,
			said: "Chiều nay bộ phận một cửa mở muộn, tôi chờ từ 13 giờ 30 phút đến hơn 14 giờ mới có người ngồi quầy.",
		},
		{
			at: july(16, 8, 10), by: LoginOffice, channel: doithoai.ChannelOffice, village: "Thôn 3",
			name: "La Văn Ghi Tạm", ways: by(doithoai.WayPickUp), told: july(30, 8, 20), solved: doithoai.SolvedPart, stars: 3,
			said: "Quầy một cửa buổi chiều không có người ngồi, ai cũng phải chờ. Thứ Hai tuần này và tuần trước đều vậy.",
		},
		{
			at: july(16, 19, 40), village: "Thôn 4", name: "Ngô Thị Ẩn Dụ", ways: by(doithoai.WayEmail),
			email: "andu@example.com", solved: doithoai.SolvedNo, stars: 2, then: lateAgain,
			said: "Bộ phận một cửa ghi giờ làm việc chiều từ 13 giờ 30 phút nhưng chiều thứ Hai quá 14 giờ vẫn không có người " +
				"ngồi quầy.",
		},
		{
			at: july(17, 9, 30), by: LoginOffice, channel: doithoai.ChannelVillage, village: "Thôn 1",
			name: "Phùng Văn Nói Hộ", ways: by(doithoai.WayAloud), told: july(30, 18, 40),
			said: "Bà con thôn 1 phản ánh quầy một cửa mở muộn buổi chiều thứ Hai, phải chờ đến hơn 14 giờ.",
		},
	}
	lockedHouse = []asker{
		{
			at: october(7, 8, 15), village: "Thôn 4", name: "Thân Văn Giả Lập", ways: by(doithoai.WayEmail),
			status: october(18, 9, 10),
			email:  "gialap@example.com",
			said: "Thủ tục niêm yết ở nhà văn hóa thôn 4 không ai xem được vì nhà văn hóa luôn khóa cửa. Đề nghị xã mở cửa " +
				"theo giờ cố định.",
		},
		{
			at: october(7, 9, 0), village: "Thôn 4", name: "Ông Thị Mẫu Thử", ways: by(doithoai.WayPhone), phone: "0900000032",
			status: october(18, 9, 20),
			said:   "Nhà văn hóa thôn 4 khóa cửa, muốn xem thủ tục niêm yết phải tìm người giữ chìa khóa. Đề nghị dán ra ngoài.",
		},
		{
			at: october(7, 14, 25), by: LoginOffice, channel: doithoai.ChannelOffice, village: "Thôn 4",
			status: october(18, 9, 30),
			name:   "Cung Văn Dự Bị", ways: by(doithoai.WayPickUp),
			said: "Ba lần tôi đến nhà văn hóa thôn 4 xem thủ tục niêm yết đều khóa cửa. Đề nghị có giờ mở cửa.",
		},
		{
			at: october(8, 7, 50), by: LoginOffice, channel: doithoai.ChannelPhone, village: "Thôn 4",
			status: october(18, 9, 40),
			name:   "Khương Thị Làm Thử", ways: by(doithoai.WayPhone), phone: "0900000033",
			said: "Đề nghị xã nhắc thôn 4 mở cửa nhà văn hóa để bà con xem thủ tục niêm yết, bảng dán bên trong mà cửa khóa.",
		},
		{
			at: october(8, 10, 35), village: "Thôn 4", name: "Bế Văn Ví Thử", ways: by(doithoai.WayEmail),
			status: october(18, 9, 50),
			email:  "vithu@example.com",
			said:   "Nhà văn hóa thôn 4 khóa cửa suốt tuần, bảng thủ tục niêm yết không xem được. Đề nghị dán ở cổng chợ.",
		},
	}
)

// lateAgain is what became of the counter: it opened late once more, who has the work now lets the person wait, and the
// chair urges, at the third step of the ladder.
var lateAgain = []step{
	asks(september(16, 15, 10), doithoai.ChannelPhone,
		"Chiều thứ Hai 09/09 và 16/09 quầy lại không có người ngồi đến 14 giờ. Trả lời trước nói đã sửa mà chưa sửa."),
	looksAgain(september(17, 8, 15)),
	handsOver(september(17, 14, 30), unitSocial,
		"Lịch trực quầy từ tháng 9: chiều thứ Hai do bộ phận Lao động – Thương binh và Xã hội trực."),
	urged(october(2, 8, 40), 0, doithoai.Urging{
		Route: doithoai.RoutePhone, TakenBy: "Bà Phan Thị Giả Lập",
		Words: "Hạn trả lời là 01/10; đề nghị cho biết ai trực các chiều thứ Hai và vì sao vắng.",
	}),
	replied(october(2, 15, 20), LoginOffice, 1, 0, doithoai.UrgingReply{
		Cause: "Người trực đi chi trả trợ cấp ở thôn, chưa cử được người thay.", Until: due(7), From: "Bà Phan Thị Giả Lập",
	}),
	urged(october(8, 9, 0), 1, doithoai.Urging{
		Route: doithoai.RoutePaper, DocNumber: "101/UBND-VP", Dated: due(8),
		Words: "Quá hạn năm ngày làm việc. Đề nghị trình dự thảo trả lời trước 16 giờ 30 phút, ngày 11/10/2024.",
	}),
	urgedBy(LoginChair, october(15, 8, 10), 2, doithoai.Urging{
		Route: doithoai.RoutePaper, DocNumber: "117/UBND-VP", Dated: due(15),
		Words: "Quá hạn mười ngày làm việc, đã đôn đốc hai lần. Đề nghị trưởng bộ phận báo cáo trực tiếp tại giao ban sáng " +
			"thứ Hai 21/10/2024; nêu rõ người trực, người thay và ngày trả lời người dân.",
	}),
}

// groupTales are the slips of the two matters.
func groupTales() []tale {
	return slices.Concat(
		groupOf("quay mo muon", "khac", "Quầy một cửa mở muộn buổi chiều", lateCounter, func(others []string) []step {
			return []step{
				ruleAlike(july(17, 15, 0), unitOffice, doithoai.Ruling{Code: doithoai.RulingLater, Proposed: true}, others...),
				submitTogether(july(25, 16, 0), LoginOffice, counterAnswer, others...),
				signTogether(july(26, 10, 15), others...),
				dispatchTogether(july(26, 14, 30), "88/UBND-VP", others...),
				propose(july(29, 10, 0), LoginOffice, doithoai.Publication{
					Title:    "Bộ phận một cửa mở quầy đúng 13 giờ 30 phút buổi chiều",
					Question: "Buổi chiều thứ Hai, quầy một cửa quá 14 giờ mới có người ngồi, không có thông báo.",
					Answer: "Phản ánh đúng: hai chiều thứ Hai, công chức trực quầy dự giao ban. Từ ngày 29/07/2024, giao ban chuyển " +
						"sang đầu giờ sáng; quầy luôn có một người từ 13 giờ 30 phút. Nếu quầy vắng, gọi (0255) 000 0000.",
				}),
				approve(july(29, 16, 10), LoginChair),
			}
		}, july(31, 19, 0)),
		groupOf("nha van hoa khoa", "khac", "Không xem được niêm yết ở thôn 4", lockedHouse,
			func(others []string) []step {
				return []step{
					ruleAlike(october(9, 9, 20), unitCulture, doithoai.Ruling{Code: doithoai.RulingLater, Proposed: true}, others...),
				}
			}, calendar.Instant{}),
	)
}

// counterAnswer answers those who waited at the counter.
var counterAnswer = doithoai.Answer{
	Body: "Phản ánh của ông, bà là đúng. Chiều thứ Hai ngày 08/07 và 15/07/2024, công chức trực quầy dự giao ban đến " +
		"hơn 14 giờ, quầy không có người thay và không có thông báo. UBND xã xin lỗi ông, bà.\n\n" +
		"Từ ngày 29/07/2024, giao ban chuyển sang đầu giờ sáng thứ Hai; quầy luôn có ít nhất một người từ 13 giờ 30 phút. " +
		"Lịch trực dán tại quầy. Nếu quầy vắng, mời ông, bà gọi (0255) 000 0000.",
	Basis: "Nghị định 61/2018/NĐ-CP, Điều 11",
}

// groupOf are the tales of one matter: the first one's has what was done with all of them, and who said something of
// the answer did it at a time.
func groupOf(
	name, field, headline string, askers []asker, done func(others []string) []step, rated calendar.Instant,
) (tales []tale) {
	var others []string
	for i, a := range askers {
		s := a.tale(name, i+1, field)
		s.steps = append(s.steps, a.rates(rated)...)
		if i > 0 {
			others = append(others, s.name)
			s.steps = append([]step{sameAs(a.at.Add(groupedAfter), name+" 1")}, s.steps...)
		}
		tales = append(tales, s)
	}
	tales[0].headline = headline
	tales[0].steps = append(done(others), tales[0].steps...)
	return tales
}
