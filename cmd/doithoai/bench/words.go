package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// What people raise, put together from parts: plain words of a commune, so that syllables and pairs of them come as
// often and as rarely as in real ones. Each field has its own matters, troubles and answers; openings, times, places
// and requests are common to all. Together they make some hundred thousand different sentences.

type fieldWords struct {
	code     string
	weight   int // how often, of a thousand
	matters  []string
	troubles []string
	answers  []string
	basis    string
}

var allWords = []fieldWords{
	{"dat-dai", 230,
		[]string{
			"đăng ký biến động đất",
			"cấp giấy chứng nhận quyền sử dụng đất",
			"tách thửa cho con",
			"chuyển mục đích đất vườn sang đất ở",
			"đo đạc lại ranh giới thửa đất",
			"đính chính diện tích trên sổ đỏ",
			"bồi thường khi mở rộng đường liên thôn",
			"xác nhận nguồn gốc đất khai hoang",
		},
		[]string{
			"cán bộ yêu cầu thêm giấy xác nhận của thôn",
			"hồ sơ bị trả lại hai lần mà không có phiếu ghi rõ lý do",
			"hộ giáp ranh chưa chịu ký biên bản",
			"bản đồ địa chính không khớp với hiện trạng",
			"đã quá ngày hẹn mà chưa có kết quả",
			"mức bồi thường thấp hơn nhà bên cạnh",
			"giấy tờ viết tay của ông bà để lại bị thất lạc",
		},
		[]string{
			"Phòng Kinh tế đã phối hợp với Văn phòng đăng ký đất đai kiểm tra thực địa",
			"thửa đất nằm trong quy hoạch đất ở nên được xem xét chuyển mục đích",
			"hồ sơ còn thiếu trích đo, bộ phận một cửa đã gửi phiếu yêu cầu bổ sung",
			"ranh giới được xác định lại theo biên bản có chữ ký của các hộ liền kề",
		},
		"Luật Đất đai số 31/2024/QH15"},
	{"ho-tich", 150,
		[]string{
			"đăng ký khai sinh cho cháu",
			"khai sinh quá hạn",
			"đăng ký khai tử cho mẹ tôi",
			"cải chính hộ tịch vì sai chữ đệm",
			"xác nhận tình trạng hôn nhân",
			"đăng ký kết hôn với người tỉnh khác",
			"cấp bản sao trích lục khai sinh",
			"ghi bổ sung tên cha trong giấy khai sinh",
		},
		[]string{
			"sổ gốc năm cũ không còn lưu",
			"ngày sinh trên hai giấy không giống nhau",
			"cha mẹ chưa đăng ký kết hôn",
			"giấy chứng sinh bị mất",
			"phải đi lại ba lần mới nộp được hồ sơ",
			"mạng bị lỗi nên không tra cứu được",
		},
		[]string{
			"Trung tâm đã tra cứu cơ sở dữ liệu hộ tịch điện tử và cấp trích lục",
			"trường hợp này đăng ký theo thủ tục khai sinh quá hạn, không thu lệ phí",
			"việc cải chính được giải quyết trong ba ngày làm việc kể từ khi đủ giấy tờ",
			"ông/bà có thể nộp trên Cổng Dịch vụ công mà không phải đến trụ sở",
		},
		"Luật Hộ tịch số 60/2014/QH13"},
	{"chung-thuc", 110,
		[]string{
			"chứng thực bản sao bằng tốt nghiệp",
			"chứng thực chữ ký trong giấy ủy quyền",
			"chứng thực hợp đồng tặng cho đất",
			"chứng thực bản sao từ bản chính",
			"sao y giấy tờ cho con đi học",
		},
		[]string{
			"chờ cả buổi sáng vì chỉ có một cửa tiếp nhận",
			"người ký đi họp nên hẹn sang ngày hôm sau",
			"máy photo hỏng",
			"bản chính bị ép nhựa nên không nhận",
			"không rõ mức thu phí niêm yết ở đâu",
		},
		[]string{
			"yêu cầu chứng thực nhận trước 15 giờ được trả ngay trong ngày",
			"Trung tâm đã bố trí thêm một cửa vào sáng thứ Hai và thứ Năm",
			"mức thu được niêm yết tại quầy và trên trang của xã",
			"người đứng đầu đã ủy quyền cho cấp phó ký khi đi vắng",
		},
		"Nghị định số 23/2015/NĐ-CP"},
	{"moi-truong", 110,
		[]string{
			"mùi hôi từ trại heo",
			"rác đổ trộm bên bờ kênh",
			"nước thải của cơ sở giết mổ",
			"thu gom rác sinh hoạt",
			"bụi từ xe chở đất",
			"tiếng ồn của xưởng gỗ",
			"xác gia cầm vứt dưới mương",
		},
		[]string{
			"xe gom rác một tuần chỉ đến một lần",
			"trẻ nhỏ ho nhiều, đêm phải đóng cửa",
			"nước giếng có mùi lạ",
			"đã phản ánh với thôn mà chưa thấy ai xuống",
			"mưa xuống là tràn ra đường",
		},
		[]string{
			"Phòng Kinh tế đã kiểm tra cơ sở, lập biên bản và yêu cầu khắc phục trong mười lăm ngày",
			"xã đã hợp đồng thêm một chuyến gom rác vào chiều thứ Năm",
			"mẫu nước giếng đã gửi Trung tâm Kiểm soát bệnh tật xét nghiệm",
			"xe chở đất phải che bạt và chạy ngoài giờ học sinh tan trường",
		},
		"Luật Bảo vệ môi trường số 72/2020/QH14"},
	{"bao-tro-xa-hoi", 100,
		[]string{
			"trợ cấp cho người cao tuổi",
			"trợ cấp cho người khuyết tật nặng",
			"hỗ trợ mai táng phí",
			"thẻ bảo hiểm y tế của hộ cận nghèo",
			"trợ cấp nuôi trẻ mồ côi",
		},
		[]string{
			"hồ sơ nộp ba tháng chưa có tiền",
			"hội đồng xác định mức độ khuyết tật chưa họp",
			"tên trên quyết định ghi sai",
			"chuyển nơi ở nên bị cắt chế độ",
			"nhận qua tài khoản mà cụ không biết dùng thẻ",
		},
		[]string{
			"Phòng Văn hóa – Xã hội đã trình quyết định hưởng trợ cấp từ tháng đủ điều kiện",
			"hội đồng họp vào tuần thứ hai hằng tháng, kết quả gửi về thôn",
			"chi trả được thực hiện tại nhà cho người không đi lại được",
			"quyết định đã được đính chính họ tên",
		},
		"Nghị định số 20/2021/NĐ-CP"},
	{"xay-dung", 80,
		[]string{
			"cấp phép xây dựng nhà ở",
			"mương thoát nước trước nhà",
			"sửa chữa đường bê tông của thôn",
			"đèn đường bị tắt",
			"cống qua đường bị sập",
			"nhà xây lấn ra lề đường",
		},
		[]string{
			"đường hư từ mùa mưa năm ngoái",
			"người già trẻ nhỏ đi lại nguy hiểm",
			"nước chảy ngược vào nhà",
			"chưa thấy kế hoạch sửa",
			"nhà thầu làm dở rồi bỏ",
		},
		[]string{
			"tuyến đường đã đưa vào danh mục sửa chữa quý sau",
			"nhà thầu được yêu cầu bảo hành mặt đường trước ngày 30",
			"tổ quản lý đã thay mười hai bóng đèn",
			"công trình không phép đã bị lập biên bản đình chỉ",
		},
		"Luật Xây dựng số 50/2014/QH13"},
	{"cu-tru", 70,
		[]string{
			"đăng ký tạm trú cho công nhân thuê trọ",
			"xóa đăng ký thường trú",
			"làm căn cước cho người già không đi được",
			"kích hoạt định danh mức hai",
			"xác nhận thông tin về cư trú",
		},
		[]string{
			"ứng dụng báo lỗi khi quét khuôn mặt",
			"chủ trọ không hợp tác",
			"lịch làm lưu động chưa thông báo",
			"dữ liệu ghi sai số nhà",
		},
		[]string{
			"Công an xã đến tận nhà làm căn cước vào sáng thứ Bảy",
			"xác nhận cư trú cấp trong một ngày làm việc",
			"chủ cơ sở lưu trú đã được nhắc nhở bằng văn bản",
			"dữ liệu dân cư đã được hiệu chỉnh",
		},
		"Luật Cư trú số 68/2020/QH14"},
	{"giao-duc", 50,
		[]string{
			"tuyển sinh lớp một",
			"khoản thu đầu năm học",
			"xe đưa đón học sinh thôn xa",
			"hỗ trợ học phí cho con hộ nghèo",
		},
		[]string{
			"trường xa nhà bảy cây số",
			"thông báo thu không nói rõ khoản nào tự nguyện",
			"lớp học dột khi mưa",
			"hồ sơ nộp trên mạng không được",
		},
		[]string{
			"nhà trường đã công khai từng khoản thu trên bảng tin",
			"xã đã đề nghị bố trí xe đưa đón từ học kỳ sau",
			"mái phòng học được sửa trong kỳ nghỉ",
			"miễn giảm học phí áp dụng từ đầu năm học",
		},
		"Nghị định số 81/2021/NĐ-CP"},
	{"ho-kinh-doanh", 40,
		[]string{
			"đăng ký hộ kinh doanh bán tạp hóa",
			"tạm ngừng kinh doanh quán ăn",
			"sắp xếp chỗ bán ở chợ",
			"hóa đơn từ máy tính tiền",
		},
		[]string{
			"không biết nộp ở xã hay ở tỉnh",
			"bị phạt mà chưa được nhắc",
			"chỗ bán bị người khác chiếm",
			"phần mềm khó dùng",
		},
		[]string{
			"hồ sơ nộp tại Phòng Kinh tế và trả trong ba ngày làm việc",
			"tổ công nghệ số cộng đồng đến tận nơi hướng dẫn",
			"ban quản lý chợ đã kẻ lại vạch và bốc thăm chỗ bán",
			"trường hợp dưới ngưỡng doanh thu chưa phải dùng",
		},
		"Nghị định số 01/2021/NĐ-CP"},
	{"nguoi-co-cong", 25,
		[]string{"chế độ thờ cúng liệt sĩ", "hỗ trợ sửa nhà cho người có công", "xác nhận thời gian tham gia kháng chiến"},
		[]string{"giấy tờ cháy trong chiến tranh", "nhà dột nát nặng", "đơn vị cũ đã giải thể"},
		[]string{
			"danh sách hỗ trợ sửa nhà đã niêm yết tại thôn",
			"hồ sơ được chuyển cơ quan quân sự xác minh",
			"chế độ thờ cúng chi trả vào tháng bảy hằng năm",
		},
		"Pháp lệnh số 02/2020/UBTVQH14"},
	{"thai-do-phuc-vu", 20,
		[]string{
			"thái độ của người trực quầy",
			"việc hẹn nhiều lần mà không giải quyết",
			"cách trả lời điện thoại của bộ phận tiếp nhận",
		},
		[]string{"nói to tiếng trước đông người", "bảo về nhà chờ mà không ghi giấy hẹn", "nghỉ trưa sớm nửa giờ"},
		[]string{
			"Văn phòng đã làm việc với người được phản ánh và nhắc nhở trong cuộc họp giao ban",
			"xã xin lỗi về việc chậm trễ và đã bố trí người khác trực quầy",
			"giấy hẹn từ nay phải ghi rõ ngày trả",
		},
		"Quyết định số 1847/QĐ-TTg"},
	{"khac", 15,
		[]string{"loa truyền thanh mở quá sớm", "chó thả rông không rọ mõm", "quỹ vận động của thôn"},
		[]string{"người già mất ngủ", "trẻ bị cắn phải đi tiêm", "không thấy công khai thu chi"},
		[]string{
			"giờ phát thanh được đổi từ năm giờ sang năm giờ ba mươi",
			"thôn đã công khai thu chi tại nhà văn hóa",
			"chủ nuôi bị nhắc nhở và phải tiêm phòng",
		},
		"Nghị định số 90/2017/NĐ-CP"},
}

var (
	openings = []string{
		"Tôi nộp hồ sơ",
		"Gia đình tôi hỏi về việc",
		"Tôi xin phản ánh việc",
		"Đề nghị xã xem lại việc",
		"Bà con trong xóm kiến nghị về",
		"Tôi đi làm thủ tục",
		"Nhà tôi vướng mắc về",
		"Tôi là người thuê trọ, xin hỏi về",
		"Ba tôi lớn tuổi, cần",
		"Tổ liên gia chúng tôi có ý kiến về",
	}
	whens = []string{
		"từ đầu tháng %d",
		"hồi cuối tháng %d",
		"sau Tết đến nay",
		"hôm thứ %d vừa rồi",
		"từ mùa mưa năm trước",
		"đã %d tuần nay",
		"từ khi sáp nhập xã",
	}
	places = []string{
		"ở xóm Đình",
		"gần cầu Mới",
		"sau trường tiểu học",
		"cạnh trạm y tế",
		"đoạn qua nhà văn hóa thôn",
		"ở khu tái định cư",
		"dọc kênh N%d",
		"ở ngõ %d",
		"trên đường liên thôn số %d",
		"gần chợ chiều",
	}
	requests = []string{
		"Xin cho biết bao giờ giải quyết xong.",
		"Đề nghị cử người xuống xem tận nơi.",
		"Mong được hướng dẫn cần những giấy tờ gì.",
		"Nếu không được thì xin trả lời bằng văn bản.",
		"Xin cho biết ai chịu trách nhiệm.",
		"Tôi có thể bổ sung ảnh chụp nếu cần.",
		"Mong xã trả lời sớm để gia đình tính toán.",
		"Đề nghị công khai kết quả cho bà con biết.",
	}
	asides = []string{
		"Tôi đã hỏi trưởng thôn nhưng được trả lời là phải chờ xã.",
		"Nhà tôi có %d người, trong đó hai cháu còn nhỏ.",
		"Hàng xóm cùng cảnh có khoảng %d hộ.",
		"Lần trước nộp thì nhận phiếu hẹn %d ngày.",
		"Có hôm tôi phải nghỉ làm để đi lại.",
		"Trước đây việc này làm ở xã cũ, nay không biết hỏi ai.",
		"Chúng tôi sẵn sàng góp công nếu xã hỗ trợ vật liệu.",
		"Tôi đọc trên mạng thấy nơi khác làm chỉ %d ngày.",
	}
	closings = []string{
		"Ông/bà cần trao đổi thêm xin liên hệ bộ phận chủ trì trong giờ làm việc.",
		"Kết quả được gửi về thôn để thông báo cho các hộ liên quan.",
		"Việc này sẽ hoàn thành trước ngày %d tháng sau.",
		"Trưởng thôn được giao theo dõi và báo lại.",
		"Nếu chưa đồng ý, ông/bà có quyền gửi ý kiến tiếp hoặc khiếu nại theo quy định.",
	}

	families = []string{
		"Nguyễn",
		"Trần",
		"Lê",
		"Phạm",
		"Hoàng",
		"Huỳnh",
		"Phan",
		"Vũ",
		"Võ",
		"Đặng",
		"Bùi",
		"Đỗ",
		"Hồ",
		"Ngô",
		"Dương",
		"Lý",
	}
	middles = []string{"Thị", "Văn", "Hữu", "Ngọc", "Minh", "Thanh", "Xuân", "Đức"}
	givens  = []string{"Ví Dụ", "Giả Định", "Mẫu Thử", "Tượng Trưng", "Minh Họa", "Ước Lệ", "Tạm Đặt", "Phỏng Chừng"}
)

// writer puts words together, always the same from the same seed.
type writer struct {
	*rand.Rand
	weights int
}

func newWriter(seed uint64) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 1))}
	for _, f := range allWords {
		w.weights += f.weight
	}
	return w
}

// one chooses a part, and fills a number into it where it has room for one.
func (w *writer) one(parts []string) string {
	s := parts[w.IntN(len(parts))]
	if strings.Contains(s, "%d") {
		return fmt.Sprintf(s, 2+w.IntN(11))
	}
	return s
}

func (w *writer) field() fieldWords {
	n := w.IntN(w.weights)
	for _, f := range allWords {
		if n -= f.weight; n < 0 {
			return f
		}
	}
	return allWords[0]
}

// matter is what somebody raises: some sentences, now and then many.
func (w *writer) matter(f fieldWords) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s, %s.", w.one(openings), w.one(f.matters), w.one(places), w.one(whens), w.one(f.troubles))
	for range 1 + w.IntN(3) {
		fmt.Fprintf(&b, " %s", w.one(asides))
	}
	if w.IntN(5) == 0 {
		fmt.Fprintf(&b, " Ngoài ra còn việc %s: %s. %s %s", w.one(f.matters), w.one(f.troubles), w.one(asides), w.one(asides))
	}
	fmt.Fprintf(&b, " %s", w.one(requests))
	return b.String()
}

// answer is what a unit writes to it.
func (w *writer) answer(f fieldWords) string {
	return fmt.Sprintf(
		"Về việc %s, %s. Ngoài ra, %s. %s", w.one(f.matters), w.one(f.answers), w.one(f.answers), w.one(closings),
	)
}

// name is one that nobody has.
func (w *writer) name() string {
	return fmt.Sprintf("%s %s %s", w.one(families), w.one(middles), w.one(givens))
}

// phone is of a shape that is given to nobody.
func (w *writer) phone() string { return fmt.Sprintf("0900%06d", w.IntN(1_000_000)) }
