package form

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/doc/inspect"
	"doithoai/plan"
	"doithoai/plan/reading"
	"doithoai/text"
)

// into is a folder that keeps what TestSamples writes: make docs-sample.
var into = flag.String("into", "", "folder to keep the sample documents in")

type sample struct {
	name    string
	d       doc.Doc
	pages   int
	codes   []string
	phrases []string
}

// Nothing of these is real, but the plan.
var commune = doithoai.Authority{
	Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng", Superior: "UBND tỉnh Quảng Ngãi",
	Place: "Nghĩa Dũng", Phone: "02550000000", Demo: true,
}

var dialogue = doithoai.Dialogue{
	Title:    "Hội nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính lần thứ hai năm 2026",
	StartsAt: calendar.InstantAt(calendar.DateOf(2026, time.October, 25), 8, 0),
	DoorsAt:  calendar.InstantAt(calendar.DateOf(2026, time.October, 25), 7, 30),
	Venue:    "Hội trường UBND xã", Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
	Programme: []doithoai.ProgrammeStep{
		{Title: "Đón tiếp đại biểu, phát tài liệu, phát và thu Phiếu đăng ký câu hỏi", Minutes: 30, Presenter: "Văn phòng"},
		{Title: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 10, Presenter: "Bà Lê Thị Giả Dụ"},
		{Title: "Trả lời các câu hỏi đã đăng ký; ý kiến phát biểu trực tiếp và trả lời", Minutes: 110,
			Presenter: "Chủ trì, các đơn vị"},
		{Title: "Kết luận, bế mạc", Minutes: 15, Presenter: "Chủ tịch UBND xã"},
	},
}

// delegates are some of whom somebody stands for another, and one has not said yet.
func delegates(n int) (list []plan.Invitation) {
	list = []plan.Invitation{
		{Name: "Đặng Văn Giả Định", Title: "Chủ tịch UBND xã", Capacity: plan.CapacityChair, State: plan.InvitationAccepted},
		{Name: "Trương Thị Ước Lệ", Title: "Phó Chủ tịch HĐND xã", Capacity: plan.CapacityCoChair,
			State: plan.InvitationSent},
		{Name: "Huỳnh Văn Phỏng", Title: "Chủ tịch", Body: "Hội Khuyến học xã", Capacity: plan.CapacityDelegate,
			State: plan.InvitationSubstituted, Substitute: "Mai Thị Lấy Thí", SubTitle: "Phó Chủ tịch Hội Khuyến học xã"},
		{Title: "Trưởng Trạm Y tế xã", Capacity: plan.CapacityAnswerer, State: plan.InvitationSent},
	}
	for i := len(list); i < n; i++ {
		list = append(list, plan.Invitation{
			Name: fmt.Sprintf("Phan Văn Nháp %d", i), Title: fmt.Sprintf("Trưởng ban công tác Mặt trận Thôn %d", i),
			Capacity: plan.CapacityDelegate, State: plan.InvitationAccepted,
		})
	}
	return list
}

const rules = "1. Giữ trật tự.\n2. Mỗi người nói không quá 5 phút."

const spoken = "Kính thưa toàn thể bà con Nhân dân!\nUBND xã trân trọng thông báo: vào lúc 08 giờ ngày 25/10/2026, " +
	"tại Hội trường UBND xã, UBND xã tổ chức hội nghị đối thoại về thủ tục hành chính.\nTrân trọng kính mời bà con đến dự!"

func estimate() plan.EstimateBody {
	line := func(content, unit string, quantity, price int64, basis string) plan.EstimateLine {
		return plan.EstimateLine{Content: content, Unit: unit, Basis: basis,
			Cost: plan.Cost{Quantity: quantity * text.QuantityScale, Price: price}}
	}
	return plan.EstimateBody{Lines: []plan.EstimateLine{
		line("In tài liệu, Phiếu đăng ký câu hỏi", "bộ", 150, 12_000, "Báo giá ngày 02/10/2026"),
		line("Maket, băng rôn, phông", "cái", 2, 850_000, "Báo giá ngày 02/10/2026"),
		line("Nước uống", "người", 150, 10_000, "Nghị quyết của HĐND tỉnh"),
		line("Thuê âm thanh, ánh sáng", "buổi", 1, 1_335_000, "Báo giá ngày 05/10/2026"),
	}}
}

func movedBy(act doithoai.Act) doithoai.DialogueMove {
	m := doithoai.DialogueMove{
		Act: act, FromStart: dialogue.StartsAt, FromVenue: dialogue.Venue, ToVenue: "Nhà văn hóa Thôn 2", Paper: "92",
		Reason: "bão số 6 đổ bộ vào địa bàn xã",
	}
	if act == doithoai.ActMoveDialogue {
		m.ToStart = dialogue.StartsAt.Add(14 * 24 * time.Hour)
	}
	return m
}

func poster(link string) Poster {
	return Poster{
		Topics: []string{"Thủ tục hành chính thuộc thẩm quyền giải quyết của xã",
			"Tinh thần, thái độ phục vụ của cán bộ, công chức"},
		Who: "mọi tổ chức, cá nhân trên địa bàn xã", Ask: "Văn phòng UBND xã hoặc Trưởng thôn",
		Contact: "Văn phòng, (0255) 000 0000", Link: link,
	}
}

func briefing() Briefing {
	item := BriefingItem{
		Number: "ND-26-0417", Village: "Thôn 2", Content: "Trích lục khai sinh hẹn 3 ngày nhưng 9 ngày mới có, vì sao?",
		Unit: "Tư pháp - Hộ tịch", State: "Đã soát", Answer: "Trích lục trả chậm 6 ngày làm việc do không chuyển trong ngày.",
		Basis: "Điều 64 Luật Hộ tịch năm 2014", Proposed: "Trả lời ngay",
		Earlier: []string{"ND-25-0102, 03/11/2025: Trả kết quả chậm. Đã bố trí thêm người."},
		Alike:   []string{"ND-26-0399, 12/10/2026: Chờ trích lục cả buổi."},
	}
	bare := BriefingItem{Number: "ND-26-0418", Village: "Thôn 3", Content: "Lệ phí chứng thực niêm yết ở đâu?",
		Unit: "Tư pháp - Hộ tịch", State: "Chờ dự thảo"}
	return Briefing{Total: 4, Parts: []BriefingPart{
		{"Hộ tịch", []BriefingItem{item, item}}, {"Chứng thực", []BriefingItem{bare, bare}},
	}}
}

func preparation() Preparation {
	due := calendar.DateOf(2026, time.October, 21)
	question := func(number, content, field string) PreparationQuestion {
		return PreparationQuestion{number, content, "Thôn 2", field, "", due}
	}
	return Preparation{
		Dialogue: dialogue, Basis: "Thực hiện Kế hoạch số 01/KH-UBND ngày 12/01/2026", Office: "Văn phòng",
		Units: []PreparationUnit{
			{"Bộ phận Tư pháp - Hộ tịch", []PreparationQuestion{
				question("ND-26-0417", "Trích lục khai sinh hẹn 3 ngày nhưng 9 ngày mới có, vì sao?", "Hộ tịch"),
				question("ND-26-0418", "Chứng thực bản sao phải chờ cả buổi sáng. Đề nghị niêm yết lệ phí, bố trí thêm người "+
					"vào ngày thứ Hai và trả kết quả trong ngày.", "Chứng thực"),
			}},
			{"Bộ phận Địa chính - Xây dựng", []PreparationQuestion{
				question("ND-26-0420", "Hồ sơ cấp giấy phép xây dựng nhà ở cần những giấy tờ gì, nộp ở đâu?", "Xây dựng"),
			}},
			{"Văn phòng", []PreparationQuestion{
				question("ND-26-0421", "Ý kiến về tinh thần, thái độ phục vụ của cán bộ, công chức", "Thái độ phục vụ"),
			}},
		},
	}
}

func head(number string, to ...string) Head {
	if len(to) == 0 {
		to = []string{"Như trên;", "Lưu: VT, VP."}
	}
	return Head{
		Authority: commune, Number: number, Date: calendar.DateOf(2026, time.November, 3),
		Signer: doc.Signer{For: "TM. ỦY BAN NHÂN DÂN", Title: "CHỦ TỊCH", Name: "Đặng Văn Giả Định"},
		To:     to,
	}
}

// everybody receives what concerns the whole commune.
var everybody = []string{
	"UBND tỉnh (báo cáo);", "TT Đảng ủy, TT HĐND xã;", "UBMTTQ Việt Nam xã và các hội, đoàn thể;",
	"Các ban, ngành, đơn vị thuộc xã;", "Trưởng 04 thôn (niêm yết, thông báo);", "Đài truyền thanh xã;", "Lưu: VT, VP.",
}

const announced = `Thực hiện Kế hoạch số 01/KH-UBND ngày 12/01/2026, UBND xã thông báo tổ chức đối thoại như sau:
1. Thời gian: 08 giờ, Chủ nhật, ngày 25/10/2026.
2. Địa điểm: Hội trường UBND xã.
3. Nội dung:
- Thủ tục hành chính thuộc thẩm quyền giải quyết của xã;
- Tinh thần, thái độ phục vụ của cán bộ, công chức.
4. Phiếu đăng ký câu hỏi gửi Văn phòng hoặc Trưởng thôn đến hết ngày 23/10/2026; tại hội trường vẫn nhận.
Đề nghị các thôn thông báo rộng rãi để Nhân dân biết và tham dự./.`

func conclusion() Concluded {
	row := func(n, matter, lead, with, ruling string) []string {
		return []string{n, matter, "Thôn 2", lead, with, ruling, "06/11/2026", "văn bản"}
	}
	return Concluded{
		Title: "hội nghị đối thoại lần thứ hai năm 2026", Words: "Các ý kiến xác đáng.\nXã tiếp thu.",
		Opening: "Ngày 25/10/2026, tại Hội trường UBND xã, Chủ tịch UBND xã chủ trì hội nghị, kết luận như sau:",
		Given:   [][]string{{"1", "Dán lịch trực ở cửa", "Văn phòng", "10/11/2026"}},
		Here: [][]string{
			row("1", "Niêm yết lệ phí chứng thực (ND-26-0417)", "Bộ phận Tư pháp - Hộ tịch", "Văn phòng",
				"Xác minh, trả lời sau"),
			row("2", "Đường bê tông liên thôn xuống cấp, ngập khi mưa, học sinh đi lại khó khăn (ND-26-0418)",
				"Bộ phận Địa chính - Xây dựng - Nông nghiệp và Môi trường", "", "Xác minh, trả lời sau"),
		},
		Above: [][]string{
			row("1", "Trợ cấp xã hội hằng tháng chậm chi trả (ND-26-0421)", "Văn phòng", "", "Báo cáo cấp trên"),
		},
	}
}

func samples(t testing.TB) []sample { return samplesOf(t, "https://vi-du.invalid") }

// samplesOf are those of an authority with a portal at an address; "": it has none on the Internet.
func samplesOf(t testing.TB, site string) []sample {
	minutes := doithoai.MinutesBody{
		Title: dialogue.Title,
		Paragraphs: []doithoai.MinutesParagraph{
			{Part: doithoai.MinutesLabel, Text: "Thời gian bắt đầu: 08 giờ 05 phút ngày 25/10/2026"},
			{Part: doithoai.MinutesLabel, Text: "Địa điểm: Hội trường UBND xã"},
			{Part: doithoai.MinutesHeading, Text: "I. Ý kiến của tổ chức, cá nhân"},
			{Part: doithoai.MinutesText, Text: "1. Ông Nguyễn Văn Mẫu, thôn 2: đề nghị niêm yết lệ phí chứng thực."},
			{Part: doithoai.MinutesRuling, Text: "Trả lời ngay: đã niêm yết từ ngày 20/10/2026."},
			{Part: doithoai.MinutesText, Text: "Hội nghị kết thúc vào 11 giờ 15 phút ngày 25/10/2026./."},
		},
		Signatures: []doithoai.MinutesSignature{
			{As: "Thư ký", Post: "Chánh Văn phòng", Name: "Lê Thị Giả Dụ"},
			{As: "Chủ tọa", Post: "Chủ tịch UBND xã", Name: "Đặng Văn Giả Định"},
		},
	}
	reply := Reply{
		Called: "ông", Name: "Nguyễn Văn Mẫu", Address: "thôn 2", Raised: calendar.DateOf(2026, time.October, 25),
		Where: dialogue.Title, Code: "ND-26-0417", Question: "Trích lục khai sinh hẹn 3 ngày nhưng 9 ngày mới có, vì sao?",
		Answer: "Trích lục của ông trả chậm 6 ngày làm việc. Lỗi thuộc bộ phận Tư pháp - Hộ tịch: hồ sơ nhận ngày 01/10 " +
			"không được chuyển trong ngày.\nỦy ban nhân dân xã xin lỗi ông. Bản trích lục đã có tại Bộ phận Một cửa.",
		Bases: "khoản 1 Điều 64 Luật Hộ tịch năm 2014", Verified: "sổ theo dõi hồ sơ ngày 01/10/2026 không ghi giờ chuyển",
		Tasks: []ReplyTask{
			{"Bộ phận Tư pháp - Hộ tịch", "ghi giờ chuyển của từng hồ sơ", calendar.DateOf(2026, time.November, 10)},
			{"Văn phòng", "kiểm tra sổ hằng tuần, báo Chủ tịch", calendar.DateOf(2026, time.December, 31)},
		},
		Elsewhere: &ReplyElsewhere{Body: "Sở Tư pháp", Address: "01 Đường Mẫu", Phone: "02550000001",
			Letter: "131/UBND-VP ngày 02/11/2026"},
		Contact: "bà Lê Thị Giả Dụ, Chánh Văn phòng, điện thoại 0255 000 0000", Drafted: "VP",
	}
	refused := Refused{
		Name: "Trần Văn Thử", Address: "thôn 3", Received: calendar.DateOf(2026, time.October, 20), Code: "ND-26-0420",
		Content: "Đề nghị xem lại việc đã có bản án.", Refusal: doithoai.Refusal{Ground: doithoai.RefusedSettled},
		Decided: calendar.DateOf(2026, time.October, 22), Words: "Bản án đã có hiệu lực từ ngày 03/03/2026.",
	}
	invited, follow := site+"/giay-moi#ND7K2M4P9QRT3VWX", site+"/tra-cuu#ND7K-2M4P-9QRT-3VWX"
	delegate := Invited{
		Invitation: plan.Invitation{Name: "Trương Thị Ước Lệ", Title: "Phó Bí thư Thường trực Đảng ủy xã",
			Capacity: plan.CapacityAnswerer},
		ReplyBy: calendar.DateOf(2026, time.October, 20), Code: "ND7K2M4P9QRT3VWX", Page: "vi-du.invalid/giay-moi",
		Follow: invited,
	}
	if site == "" { // as the pages compose them then
		invited, follow, delegate.Code, delegate.Page, delegate.Follow = "", "", "", "", ""
	}
	slip := Slip{Number: 52, Follow: follow, Villages: []string{"1", "2", "3", "4"},
		Answered: calendar.DateOf(2026, time.November, 6)}
	assigned := Assignment{
		Code: "ND-26-0417", Received: calendar.DateOf(2026, time.October, 25), Summary: "Trích lục khai sinh trả chậm",
		Content: "Trích lục khai sinh hẹn 3 ngày nhưng 9 ngày mới có, vì sao?", Kind: "Phản ánh", Field: "Hộ tịch",
		Lead: "Bộ phận Địa chính - Xây dựng", CoUnits: []string{"Văn phòng", "Bộ phận Một cửa"},
		Asked: "Xác minh, soạn dự thảo trả lời, trình Chủ tịch ký trước hạn", Due: calendar.DateOf(2026, time.November, 6),
		Basis: "Thời hạn trả lời: 10 ngày làm việc, tính từ ngày ghi hướng xử lý 25/10/2026.", Files: "2 tệp",
		Person: "Nguyễn Văn Mẫu; thôn 2; 0900 000 000",
		Moves: []AssignmentMove{
			{calendar.DateOf(2026, time.October, 25), "Giao", "", "Bộ phận Tư pháp - Hộ tịch", "", "Lê Thị Giả Dụ"},
			{calendar.DateOf(2026, time.October, 26), "Chuyển", "Bộ phận Tư pháp - Hộ tịch", "Bộ phận Địa chính - Xây dựng",
				"Nội dung về đất đai.", "Lê Thị Giả Dụ"},
		},
	}
	raised := Raised{
		Name: "Nguyễn Văn Mẫu", Address: "Thôn 2", Contact: "0900 000 000", Code: "ND-26-0417",
		On: calendar.DateOf(2026, time.October, 25), Where: text.LowerFirst(dialogue.Title),
		Content: "Công ty điện lực ghi sai chỉ số công tơ từ tháng 8.\nĐề nghị cho biết nơi giải quyết.",
	}
	power := doithoai.OutsideBody{
		Name: "Điện lực Quảng Ngãi", Address: "01 Đường Mẫu, phường Ví Dụ", Phone: "02550000002",
		Hours: "thứ Hai đến thứ Sáu, 07 giờ 30 đến 17 giờ",
	}
	dated := calendar.DateOf(2026, time.November, 2)
	moved := Transferred{Raised: raised, To: power, Files: "2 tệp"}
	unnamed := moved
	unnamed.Name, unnamed.Address, unnamed.Contact, unnamed.Where, unnamed.Files = "", "", "", "", ""
	byOrder := func(number string) Head {
		h := head(number)
		h.Signer = doc.Signer{For: "TL. CHỦ TỊCH", Title: "CHÁNH VĂN PHÒNG", Name: "Lê Thị Giả Dụ"}
		return h
	}
	ofOffice := func(number string) Head {
		h := byOrder(number)
		h.Signer.For = ""
		return h
	}
	urged := Urged{
		Unit: "Bộ phận Địa chính - Xây dựng - Nông nghiệp và Môi trường", On: calendar.DateOf(2026, time.November, 3),
		By: "17 giờ, ngày 04/11/2026",
	}
	for i, due := range []int{2, 26, 28, 30} {
		urged.Matters = append(urged.Matters, UrgedMatter{
			Code: "ND-26-041" + string(rune('1'+i)), Matter: "Đường bê tông thôn 3 xuống cấp, ngập khi mưa",
			Due: calendar.DateOf(2026, time.October, due), How: "quá hạn 5 ngày", Before: i,
		})
	}
	posted := []Posted{
		{"ND-26-0417", "Nguyễn Văn Mẫu", "Thôn 2, xã Nghĩa Dũng"},
		{"ND-26-0420", "Công ty TNHH Một thành viên Vận tải Ví Dụ", "125/7 Đường Ví Dụ, phường Minh Họa, tỉnh Quảng Ngãi"},
	}
	aloud := []ReadOut{
		{"ND-26-0417", "", "Ý kiến số ND-26-0417 của ông/bà đã có trả lời. Gọi (0255) 000 0000 để hỏi."},
		{"ND-26-0418", "Lệ phí chứng thực", "Lệ phí đã niêm yết tại Bộ phận Một cửa.\nMỗi bản 2.000 đồng."},
	}
	extended := Told{Raised: raised, Subject: ToldExtended, Contact: reply.Contact,
		Words: Extended(commune.FullName, "Phải đo đạc lại thửa đất.", calendar.DateOf(2026, time.November, 20))}
	status := Told{Raised: raised, Subject: ToldStatus, Contact: reply.Contact,
		Words: "Ý kiến số ND-26-0417 của ông/bà đã được giao Văn phòng xử lý. Hạn trả lời: 06/11/2026."}
	guided := Guided{Raised: raised, To: power, Words: "Nội dung này thuộc trách nhiệm giải quyết của Điện lực Quảng " +
		"Ngãi. UBND xã hướng dẫn ông/bà liên hệ Điện lực Quảng Ngãi tại 01 Đường Mẫu, điện thoại (0255) 000 0002."}
	coordination := Onward{
		Raised: raised, Kind: doithoai.OnwardCoordination, To: "Công an xã Nghĩa Dũng",
		Asked: "- Cung cấp kết quả xác minh nơi cư trú;\n- Cử người tham gia kiểm tra thực địa.",
		By:    calendar.DateOf(2026, time.November, 12), Dossier: []string{"Ý kiến số ND-26-0417, tiếp nhận ngày 25/10/2026"},
	}
	escalation := coordination
	escalation.Kind, escalation.To = doithoai.OnwardEscalation, "Ủy ban nhân dân tỉnh Quảng Ngãi"
	escalation.Asked = "Có được miễn lệ phí không?"
	escalation.Done = []string{
		"Ủy ban nhân dân xã Nghĩa Dũng đã giao Văn phòng chủ trì giải quyết, thời hạn trả lời: 06/11/2026.",
		"Ủy ban nhân dân xã Nghĩa Dũng đã đề nghị Công an xã phối hợp tại Văn bản số 58/UBND-VP ngày 28/10/2026.",
	}
	escalation.Dossier = append(escalation.Dossier, "Văn bản số 58/UBND-VP ngày 28/10/2026 của Ủy ban nhân dân xã")
	submission := Submission{
		Code: reply.Code, Received: reply.Raised, Summary: "Trích lục khai sinh trả chậm", Content: reply.Question,
		Unit: "Bộ phận Tư pháp - Hộ tịch", Officer: "Phạm Thị Minh Họa", Due: calendar.DateOf(2026, time.November, 6),
		Draft: reply.Answer, Bases: reply.Bases, Tasks: reply.Tasks,
	}
	concluded := conclusion()
	announcement := plan.Text{Body: announced, Number: "87", Dated: calendar.DateOf(2026, time.October, 16)}
	posting := Posting{
		Dialogue: dialogue, Results: true, Paper: "91/TB-UBND ngày 03/11/2026", Place: "trụ sở UBND xã Nghĩa Dũng",
		Bases: []string{"Điều 43 Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
			"Điều 13 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15"},
		From: calendar.InstantAt(calendar.DateOf(2026, time.November, 3), 7, 30), Days: 30,
		Until: calendar.DateOf(2026, time.December, 2), Contact: "Văn phòng, (0255) 000 0000",
	}
	periodic := periodicSample(t)
	return []sample{
		{"ke-hoach-2024", Plan(doithoai.Authority{}, plan2024(t)), 5, nil, []string{"I. MỤC ĐÍCH, YÊU CẦU:", "Bùi Diệu"}},
		{"thong-bao", Announcement(head("", everybody...), dialogue, announcement), 1, nil,
			[]string{"Số: 87/TB-UBND", "THÔNG BÁO", "Nghĩa Dũng, ngày 16 tháng 10 năm 2026", "tham dự./."}},
		{"thong-bao-ket-luan", concluded.Notice(head("91", everybody...)), 2, nil,
			[]string{"Số: 91/TB-UBND", "Kết luận của Chủ trì tại", "4. Tổ chức thực hiện"}},
		{"noi-quy", HouseRules(head(""), dialogue, rules), 1, nil,
			[]string{"NỘI QUY", "Giữ trật tự.", "CHỦ TỊCH"}},
		{"loi-dan", HostWords(head(""), dialogue, "Kính thưa quý vị đại biểu.\nXin mời Chủ trì."), 1, nil,
			[]string{"LỜI DẪN CHƯƠNG TRÌNH", "Kính thưa"}},
		{"giay-moi", Invitation(head("42"), dialogue, delegate), 1, []string{invited},
			[]string{"GIẤY MỜI", "Ông (Bà) Trương Thị Ước Lệ, Phó Bí thư", "Chủ trì: Ông Đặng Văn Giả Định",
				"trước ngày 20/10/2026", "ND7K 2M4P"}},
		{"giao-chuan-bi-tra-loi", preparation().Letter(head("")), 3, nil,
			[]string{"/UBND-VP", "V/v chuẩn bị nội dung trả lời", "Kính gửi:", "Bộ phận Tư pháp - Hộ tịch: 02 câu",
				"chậm nhất ngày 21/10/2026", "CÂU HỎI GIAO CHUẨN BỊ"}},
		{"chuong-trinh", Programme(head(""), dialogue), 1, nil,
			[]string{"CHƯƠNG TRÌNH", "07h30 - 08h00", "Đón tiếp đại biểu"}},
		{"gioi-thieu-dai-bieu", Introductions(head(""), dialogue, delegates(12)), 1, nil,
			[]string{"LỜI GIỚI THIỆU ĐẠI BIỂU", "Trương Thị Ước Lệ", "Dự thay Huỳnh Văn Phỏng", "Đồng chủ trì; chưa báo"}},
		{"danh-sach-ky-nhan", Signatures(head(""), dialogue, delegates(30)), 2, nil,
			[]string{"DANH SÁCH ĐẠI BIỂU KÝ NHẬN", "Ký nhận", "NGƯỜI LẬP DANH SÁCH"}},
		{"du-toan", Estimate(head(""), dialogue, estimate(), "Hà Thị Giả Lập", "Đặng Văn Giả Định"), 1, nil,
			[]string{"DỰ TOÁN KINH PHÍ", "6.335.000", "Sáu triệu ba trăm ba mươi lăm nghìn đồng./.", "NGƯỜI DUYỆT"}},
		{"to-trinh", EstimateProposal(ofOffice("12"), "Văn phòng", "Thực hiện Kế hoạch số 01/KH-UBND ngày 12/01/2026",
			dialogue, estimate()), 2, nil,
			[]string{"Số: 12/TTr-VP", "TỜ TRÌNH", "CHÁNH VĂN PHÒNG", "Kính gửi: Chủ tịch Ủy ban nhân dân xã Nghĩa Dũng",
				"Tổng cộng"}},
		{"thong-bao-doi-lich", Moved(head("", everybody...), dialogue, movedBy(doithoai.ActMoveDialogue),
			" tại Thông báo số 87/TB-UBND ngày 16/10/2026", "Văn phòng, (0255) 000 0000"), 1, nil,
			[]string{"Số: 92/TB-UBND", "Thay đổi thời gian, địa điểm", "Thời gian mới: 08 giờ", "Địa điểm mới: Nhà văn hóa"}},
		{"thong-bao-hoan", Moved(head("", everybody...), dialogue, movedBy(doithoai.ActPostponeDialogue), "", ""), 1, nil,
			[]string{"Tạm hoãn tổ chức hội nghị"}},
		{"thong-bao-niem-yet", posting.Notice(head("93", everybody...)), 1, nil,
			[]string{"Về việc niêm yết công khai kết quả", "từ ngày 03/11/2026 đến hết ngày 02/12/2026"}},
		{"bien-ban-niem-yet", posting.Record(head(""), false), 1, nil,
			[]string{"Niêm yết công khai kết quả", "07 giờ 30 phút"}},
		{"bien-ban-ket-thuc-niem-yet", posting.Record(head(""), true), 1, nil, []string{"Kết thúc niêm yết công khai"}},
		{"bai-phat-thanh", Bulletin(head(""), dialogue, text.Aloud(spoken), "120 tiếng · khoảng 0,8 phút"), 1, nil,
			[]string{"BÀI PHÁT THANH", "Kính thưa toàn thể bà con"}},
		{"tap-thong-bao-thon", VillagePack{"Thôn 2", announcement, rules,
			text.Aloud(spoken), calendar.DateOf(2026, time.October, 18)}.Paper(head(""), dialogue), 2, nil,
			[]string{"Kính gửi: Trưởng thôn 2", "3. Bài đọc trên loa thôn", "Phiếu đã phát, đã thu"}},
		{"bang-tin", poster(follow).Paper(head(""), dialogue), 1, []string{follow},
			[]string{"THÔNG BÁO", "Trân trọng kính mời"}},
		{"to-ghi-tay", HandSheet(head(""), dialogue, 4), 1, nil, []string{"TỜ GHI TAY", "Tờ số 4", "8 Không tiếp nhận"}},
		{"phieu-ngan", ShortSlips(head(""), dialogue), 1, nil, []string{"PHIẾU CÂU HỎI", "4. Câu hỏi, phản ánh"}},
		{"tap-chu-tri", briefing().Paper(head(""), dialogue), 2, nil,
			[]string{"TẬP TÀI LIỆU", "Hộ tịch (2)", "ND-26-0417 · Thôn 2", "Ý kiến chỉ đạo"}},
		{"bien-ban", Minutes(head("4", "Lưu: VT, hồ sơ."), minutes, "Biên bản đã được đọc lại, mọi người nhất trí."), 1, nil,
			[]string{"Số: 04/BB-UBND", "BIÊN BẢN", "Trả lời ngay", "25/10/2026.", "nhất trí./.", "THƯ KÝ", "CHỦ TỌA",
				"Lê Thị Giả Dụ"}},
		{"cong-van-tra-loi", reply.Letter(head("132")), 2, nil,
			[]string{"Số: 132/UBND-VP", "V/v trả lời ý kiến, kiến nghị của ông Nguyễn Văn Mẫu",
				"Kính gửi: Ông Nguyễn Văn Mẫu, thôn 2", "Ủy ban nhân dân xã xin lỗi ông.", "chậm nhất ngày 31/12/2026."}},
		{"thong-bao-khong-tiep-nhan", RefusalNotice(head("88"), refused), 1, nil,
			[]string{"Kính gửi: Ông (bà) Trần Văn Thử", "quyền khiếu nại"}},
		{"phieu-giao-xu-ly", assigned.Slip(head("")), 1, nil,
			[]string{"PHIẾU GIAO XỬ LÝ", "Ý kiến số ND-26-0417", "Phản ánh; Hộ tịch", "Nguyễn Văn Mẫu", "NGƯỜI GIAO"}},
		{"phieu-chuyen", moved.Slip(byOrder("12")), 1, nil,
			[]string{"Số: 12/PC-UBND", "PHIẾU CHUYỂN", "Kính gửi: Điện lực Quảng Ngãi", "Nguyễn Văn Mẫu; địa chỉ: Thôn 2",
				"Tài liệu kèm theo: 2 tệp", "để theo dõi./."}},
		{"cong-van-chuyen", unnamed.Slip(byOrder("/UBND-VP")), 1, nil,
			[]string{"V/v chuyển ý kiến của công dân", "của ông/bà ……"}},
		{"thong-bao-chuyen", moved.TransferNotice(byOrder(""), "12/PC-UBND", dated), 1, nil,
			[]string{"THÔNG BÁO", "Kính gửi: Ông/bà Nguyễn Văn Mẫu, thôn 2", "số 12/PC-UBND ngày 02/11/2026",
				"điện thoại: (0255) 000 0002"}},
		{"phieu-huong-dan", guided.Slip(byOrder("")), 1, nil,
			[]string{"PHIẾU HƯỚNG DẪN", "Về nơi giải quyết", "hướng dẫn ông/bà liên hệ"}},
		{"cong-van-phoi-hop", coordination.Letter(head("58/UBND-VP")), 1, nil,
			[]string{"V/v phối hợp giải quyết ý kiến", "Kính gửi: Công an xã", "trước ngày 12/11/2026",
				"Hồ sơ kèm theo: Ý kiến số"}},
		{"bao-cao-xin-y-kien", escalation.Letter(head("")), 2, nil,
			[]string{"/BC-UBND", "BÁO CÁO", "3. Khó khăn, vướng mắc", "của Ủy ban nhân dân xã."}},
		{"phieu-trinh", submission.Sheet(head("")), 1, nil,
			[]string{"PHIẾU TRÌNH", "Kính gửi: Chủ tịch Ủy ban nhân dân xã Nghĩa Dũng", "PHỤ TRÁCH ĐƠN VỊ", "Ý kiến Chủ tịch"}},
		{"cong-van-don-doc", urged.Letter(byOrder("57")), 1, nil,
			[]string{"Số: 57/UBND-VP", "V/v đôn đốc xử lý 04 ý kiến", "Kính gửi: Bộ phận Địa chính", "26/10/2026"}},
		{"thong-bao-gia-han", extended.Notice(byOrder("")), 1, nil,
			[]string{"Do phải đo đạc lại thửa đất, Ủy ban", "ngày 20/11/2026. Mong ông/bà thông cảm."}},
		{"thong-bao-tinh-hinh", status.Notice(byOrder("")), 1, nil, []string{"Hạn trả lời: 06/11/2026."}},
		{"danh-sach-thu", PostList(head(""), posted, calendar.DateOf(2026, time.November, 3)), 1, nil,
			[]string{"DANH SÁCH THƯ GỬI BƯU ĐIỆN", "125/7 Đường Ví Dụ"}},
		{"phieu-doc-tin", ReadingSheet(head(""), "Thôn 2", aloud, calendar.DateOf(2026, time.November, 3)), 1, nil,
			[]string{"PHIẾU ĐỌC TIN", "Thôn 2, ngày 03/11/2026", "Mỗi bản 2.000 đồng."}},
		{"so-lieu-dinh-ky", Periodic(head(""), periodic), 2, nil,
			[]string{"KẾT QUẢ TIẾP NHẬN", "Kỳ báo cáo: quý III/2026", "Theo nguồn", "Tổng cộng", "NGƯỜI LẬP BIỂU",
				"1 đơn tố cáo"}},
		{"phieu-dang-ky-cau-hoi", slip.Paper(head(""), dialogue), 1, []string{follow},
			[]string{"PHIẾU ĐĂNG KÝ CÂU HỎI", "0052", "Họ và tên", "(0255) 000 0000", "thứ Sáu, ngày 06/11/2026"}},
	}
}

// paragraphs are those of a Word file.
func paragraphs(t *testing.T, file string) (lines []string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := reading.Paragraphs(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		lines = append(append(lines, p.Text), p.Cells...)
	}
	return lines
}

// TestSamples writes each document that there is, and looks at it as Word file and as PDF; LibreOffice has as many
// pages of it, and the same words when it saves it. With -into the files stay.
func TestSamples(t *testing.T) {
	dir := *into
	if dir == "" {
		dir = t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, s := range samples(t) {
		if list := s.d.Problems(); list != nil {
			t.Errorf("%s: problems %v", s.name, list)
		}
		for kind, write := range map[string]func(*bytes.Buffer) error{
			".docx": func(b *bytes.Buffer) error { return doc.WriteDOCX(b, s.d) },
			".pdf":  func(b *bytes.Buffer) error { return doc.WritePDF(b, s.d) },
			".html": func(b *bytes.Buffer) error { return doc.WriteHTML(b, s.d, 1) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatalf("%s%s: %v", s.name, kind, err)
			}
			if err := os.WriteFile(filepath.Join(dir, s.name+kind), b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			if kind == ".docx" && !s.d.Large && s.d.Kind != doc.Working { // these have no form that the law asks for
				for _, f := range inspect.DOCX(b.Bytes(), s.phrases...) {
					t.Errorf("%s%s: %s", s.name, kind, f)
				}
			}
		}
		words = append(words, filepath.Join(dir, s.name+".docx"))
	}
	if missing := inspect.Missing(); missing != nil {
		t.Skipf("make deps: %v", missing)
	}
	office := filepath.Join(dir, "libreoffice")
	if err := inspect.Office(t.Context(), "pdf", office, words...); err != nil {
		t.Fatal(err)
	}
	saved := filepath.Join(dir, "saved")
	if err := inspect.Office(t.Context(), "docx", saved, words...); err != nil {
		t.Fatal(err)
	}
	for _, s := range samples(t) {
		for from, file := range map[string]string{"here": dir, "by LibreOffice": saved} {
			if s.d.Kind == doc.Sheet || s.d.Kind == doc.Working {
				continue // filled in by hand
			}
			for _, c := range doc.Compare(s.d.Passages(), paragraphs(t, filepath.Join(file, s.name+".docx"))) {
				t.Errorf("%s as saved %s says otherwise: %q", s.name, from, c)
			}
		}
		file := filepath.Join(dir, s.name+".pdf")
		list, err := inspect.PDF(t.Context(), file, s.codes, s.phrases...)
		list = slices.DeleteFunc(list, func(f inspect.Finding) bool { // of what has no form that the law asks for
			narrow := s.d.Kind == doc.Working && strings.Contains(string(f), "stands in a margin")
			return narrow || s.d.Large && strings.Contains(string(f), "297 × 420 mm")
		})
		if len(list) > 0 || err != nil {
			t.Errorf("%s: %v, %v", s.name, list, err)
		}
		for _, f := range []string{file, filepath.Join(office, s.name+".pdf")} {
			if n, err := inspect.Pages(t.Context(), f); n != s.pages || err != nil {
				t.Errorf("%s has %d pages, want %d (%v)", f, n, s.pages, err)
			}
		}
	}
}

// TestDemoSaysSo: what a demo writes can't be taken for an office's, whatever its kind; a real authority's has none.
func TestDemoSaysSo(t *testing.T) {
	office := head("1")
	office.Authority.Demo = false
	if d := conclusion().Notice(office); d.Strip != "" {
		t.Errorf("a real document says %q", d.Strip)
	}
	for _, s := range samples(t)[1:] {
		if s.d.Strip != "DỮ LIỆU MÔ PHỎNG" {
			t.Errorf("%s says %q across its top", s.name, s.d.Strip)
		}
	}
}

// TestOfflineSlipHasNoQR: where nobody can open the portal, no paper shows a way to it.
func TestOfflineSlipHasNoQR(t *testing.T) {
	var b bytes.Buffer
	if err := doc.WriteHTML(&b, (Slip{Number: 7}).Paper(head(""), dialogue), 1); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<img") || !strings.Contains(b.String(), "0007") {
		t.Errorf("the slip is %s", b.String())
	}
}
