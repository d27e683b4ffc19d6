package demo

import (
	"doithoai"
	"doithoai/calendar"
)

// due is a day of October 2024 by whose end an answer is due.
func due(day int) calendar.Date { return calendar.DateOf(2024, 10, day) }

func by(ways ...doithoai.Way) []doithoai.Way { return ways }

// tales are the slips of the demo. Their people are invented and carry names that say so. The order is that of the
// first days; what happens is put in the order of time when it is told.
var tales = []tale{
	{
		name: "khai sinh", hint: "answered", at: october(10, 14, 20), village: "Thôn 1",
		headline: "Khai sinh cho con sinh ở bệnh viện ngoài tỉnh",
		slip: doithoai.Slip{
			FieldCode: "ho-tich",
			Matters: []string{"Con tôi sinh tại một bệnh viện ở thành phố Đà Nẵng, vợ chồng tôi đăng ký thường trú ở thôn 1. " +
				"Tôi đăng ký khai sinh cho cháu tại UBND xã được không, hay phải ra nơi cháu sinh? " +
				"Cần mang theo giấy tờ gì, có phải nộp lệ phí không?"},
			Petitioner: doithoai.Petitioner{Name: "Trần Văn Ví Dụ", Ways: by(doithoai.WayEmail), Email: "vidu1@example.com"},
		},
		steps: []step{
			later(october(11, 9, 10), 0, doithoai.RulingLater, unitJustice, due(25)),
			submit(october(14, 10, 5), LoginJustice, doithoai.Answer{
				Body: "Ông đăng ký khai sinh cho cháu tại UBND xã Nghĩa Dũng được, không phải ra nơi cháu sinh: nơi đăng ký là " +
					"UBND cấp xã nơi cư trú của cha hoặc của mẹ.\n\n" +
					"Khi đến, ông nộp tờ khai theo mẫu (có sẵn tại quầy) và giấy chứng sinh do bệnh viện cấp; xuất trình giấy tờ " +
					"tùy thân của người đi đăng ký và giấy chứng nhận kết hôn, nếu cha mẹ cháu đã đăng ký kết hôn.\n\n" +
					"Đăng ký trong 60 ngày kể từ ngày sinh thì không phải nộp lệ phí. Hồ sơ đủ, xã giải quyết ngay trong ngày; nhận " +
					"sau 15 giờ mà không kịp thì trả kết quả trong ngày làm việc tiếp theo.",
				Basis: "Luật Hộ tịch năm 2014, Điều 5, Điều 11, Điều 13, Điều 15 và Điều 16",
			}),
			sign(october(14, 16, 20)),
			dispatch(october(15, 8, 30), "118/UBND-VP"),
			propose(october(15, 9, 5), LoginJustice, doithoai.Publication{
				Title: "Con sinh ở tỉnh, thành phố khác: đăng ký khai sinh tại xã nơi cha hoặc mẹ cư trú",
				Question: "Con sinh tại bệnh viện ở thành phố khác, cha mẹ thường trú tại xã. Đăng ký khai sinh tại UBND xã được " +
					"không, cần giấy tờ gì, có phải nộp lệ phí không?",
				Answer: "Đăng ký tại UBND xã nơi cư trú của cha hoặc của mẹ, không phải về nơi sinh.\n\n" +
					"Mang theo tờ khai theo mẫu (có tại quầy), giấy chứng sinh của bệnh viện, giấy tờ tùy thân của người đi đăng ký " +
					"và giấy chứng nhận kết hôn của cha mẹ, nếu có.\n\n" +
					"Đăng ký trong 60 ngày kể từ ngày sinh thì không phải nộp lệ phí. Hồ sơ đủ được giải quyết ngay trong ngày; " +
					"nhận sau 15 giờ mà không kịp thì trả vào ngày làm việc tiếp theo.",
			}),
			approve(october(15, 14, 0), LoginOffice),
			rate(october(16, 19, 40), doithoai.SolvedYes, 5),
		},
	},
	{
		name: "chung thuc trong ngay", at: october(10, 16, 5), by: LoginOffice, village: "Thôn 2",
		headline: "Bản sao chứng thực bị hẹn sang hôm sau",
		slip: doithoai.Slip{
			Channel: doithoai.ChannelOffice, FieldCode: "chung-thuc",
			Matters: []string{
				"Chiều 09/10, lúc hơn 14 giờ, tôi nộp 6 bản sao căn cước công dân và giấy khai sinh để chứng thực cho con nhập " +
					"học. Cán bộ hẹn đến sáng hôm sau mới được nhận. Xin hỏi chứng thực bản sao có phải trả trong ngày không?",
			},
			Petitioner: doithoai.Petitioner{Name: "Bùi Thị Thí Dụ", Ways: by(doithoai.WayPickUp)},
		},
		steps: []step{
			later(october(11, 9, 15), 0, doithoai.RulingLater, unitJustice, due(25)),
			submit(october(14, 15, 30), LoginJustice, doithoai.Answer{
				Body: "Bà phản ánh đúng. Yêu cầu chứng thực nhận trước 15 giờ phải được trả ngay trong ngày; chỉ khi nhận sau 15 " +
					"giờ mới được hẹn sang ngày làm việc tiếp theo.\n\n" +
					"Sổ chứng thực ghi nhận hồ sơ của bà lúc 14 giờ 10 phút ngày 09/10/2024. Người ký đi họp và bộ phận không báo " +
					"người được phân công thay. UBND xã xin lỗi bà.\n\n" +
					"Từ ngày 14/10/2024, mỗi buổi có tên người ký chính và người ký thay dán tại quầy. Giờ nhận được ghi trên giấy " +
					"hẹn để người dân đối chiếu.",
				Basis: "Nghị định 23/2015/NĐ-CP, Điều 7",
			}),
			sign(october(15, 9, 0)),
			dispatch(october(15, 10, 10), "119/UBND-VP"),
			handed(october(15, 15, 25)),
			propose(october(15, 15, 40), LoginOffice, doithoai.Publication{
				Title: "Nộp giấy tờ chứng thực trước 15 giờ thì được trả trong ngày",
				Question: "Nộp bản sao để chứng thực lúc hơn 14 giờ, cán bộ hẹn sáng hôm sau mới trả. Chứng thực bản sao có phải " +
					"trả trong ngày không?",
				Answer: "Có. Yêu cầu chứng thực nhận trước 15 giờ được trả ngay trong ngày; nhận sau 15 giờ thì trả trong ngày " +
					"làm việc tiếp theo.\n\n" +
					"Trường hợp nêu trên xã làm chưa đúng và đã xin lỗi người nêu. Từ ngày 14/10/2024, tên người ký chính và người " +
					"ký thay của mỗi buổi được dán tại quầy; giờ nhận ghi trên giấy hẹn.",
			}),
			approve(october(16, 8, 15), LoginChair),
		},
	},
	{
		name: "tach thua", hint: "elsewhere", at: october(11, 8, 40), village: "Thôn 3",
		headline: "Tách thửa, phiếu hẹn sửa hai lần",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Tôi nộp hồ sơ tách thửa đất ở tại bộ phận một cửa của thành phố từ tháng 8, phiếu hẹn đã sửa ngày hai lần. Tôi " +
					"hỏi xã thì được bảo không phải việc của xã. Vậy cơ quan nào giải quyết, hỏi ai để biết bao giờ xong?",
			},
			Petitioner: doithoai.Petitioner{Name: "Ngô Văn Tạm", Ways: by(doithoai.WayPhone), Phone: "0900000003"},
		},
		steps: []step{
			rule(october(11, 14, 35), 0, "", doithoai.Ruling{
				Code: doithoai.RulingOtherBody, AnsweredBy: "Ông Nguyễn Văn Mẫu, công chức Địa chính",
				Agreement: doithoai.AgreementYes,
				Body: doithoai.OutsideBody{
					Name: "Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi", Address: "Số 00 đường Mô Phỏng, " +
						"thành phố Quảng Ngãi", Phone: "02550000011", Hours: "7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 16 giờ 30",
				},
				Text: "Nội dung này thuộc trách nhiệm giải quyết của Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi, " +
					"không thuộc thẩm quyền của UBND xã.\n\n" +
					"Ông mang giấy tiếp nhận hồ sơ và hẹn trả kết quả, trên đó đã ghi hai lần sửa ngày hẹn, đến bộ phận tiếp nhận " +
					"và trả kết quả nơi đã nộp để được trả lời về tình trạng hồ sơ và lý do trễ hẹn; số điện thoại của nơi nhận ghi " +
					"trên giấy hẹn.\n\n" +
					"Nếu hồ sơ cần xã xác nhận thêm, ông gọi (0255) 000 0005, gặp ông Nguyễn Văn Mẫu; xã xác nhận trong ngày làm " +
					"việc.",
			}),
			passesOn(october(14, 8, 30), doithoai.RecordTransfer{
				To: "Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi", Number: "116/UBND-VP",
				Agreed: "Bà Phan Thị Thử, viên chức tiếp nhận hồ sơ",
			}),
			handed(october(14, 9, 0)),
			propose(october(14, 9, 20), LoginOffice, doithoai.Publication{
				Title: "Hồ sơ tách thửa trễ hẹn: hỏi ở đâu?",
				Question: "Nộp hồ sơ tách thửa tại bộ phận một cửa của thành phố từ tháng 8, phiếu hẹn đã sửa hai lần. Cơ quan " +
					"nào giải quyết, hỏi ai?",
				Answer: "Việc này do Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi giải quyết, không thuộc thẩm quyền " +
					"của UBND xã.\n\n" +
					"Người nộp mang giấy tiếp nhận hồ sơ và hẹn trả kết quả đến nơi đã nộp để được trả lời về tình trạng hồ sơ và " +
					"lý do trễ hẹn; số điện thoại của nơi nhận ghi trên giấy hẹn. Phần xã phải xác nhận, nếu có, được làm trong " +
					"ngày làm việc.",
			}),
			approve(october(14, 16, 50), LoginChair),
			rate(october(17, 12, 15), doithoai.SolvedPart, 3),
		},
	},
	{
		name: "tro cap nguoi cao tuoi", hint: "late", at: october(11, 10, 15), by: LoginOffice, village: "Thôn 4",
		headline: "Trợ cấp người cao tuổi, quá giấy hẹn 20/9",
		slip: doithoai.Slip{
			Channel: doithoai.ChannelOffice, FieldCode: "bao-tro-xa-hoi",
			Matters: []string{
				"Mẹ tôi 81 tuổi, không có lương hưu, không hưởng trợ cấp nào. Tôi nộp hồ sơ đề nghị trợ cấp xã hội hằng tháng " +
					"cho mẹ từ đầu tháng 9, giấy hẹn 20/9, đến nay chưa có kết quả và không ai báo thiếu giấy tờ gì.",
			},
			Petitioner: doithoai.Petitioner{Name: "Hồ Văn Giả Thử", Ways: by(doithoai.WayPhone), Phone: "0900000004"},
		},
		steps: []step{
			later(october(11, 14, 50), 0, doithoai.RulingLater, unitSocial, due(18)),
			urged(october(21, 9, 10), 0, doithoai.Urging{
				Route: doithoai.RoutePaper, DocNumber: "122/UBND-VP", Dated: due(21),
				Words: "Đề nghị bộ phận báo cáo kết quả xử lý ý kiến về trợ cấp người cao tuổi về Văn phòng trước 16 giờ 30 " +
					"phút, ngày 22/10/2024; nêu rõ nguyên nhân chậm và thời gian hoàn thành.",
			}),
			replied(october(22, 10, 5), LoginOffice, 1, 0, doithoai.UrgingReply{
				Cause: "Hồ sơ thiếu giấy xác nhận của thôn, đã xin lại.", Until: due(25), From: "Bà Phan Thị Giả Lập",
			}),
		},
	},
	{
		name: "lam viec thu bay", at: october(15, 9, 20), by: LoginOffice, village: "Thôn 1",
		headline: "Nộp hồ sơ ngoài giờ hành chính, thứ Bảy",
		slip: doithoai.Slip{
			PaperNumber: "0014",
			Channel:     doithoai.ChannelOffice, FieldCode: "khac",
			Matters: []string{
				"Tôi đi làm ở khu công nghiệp từ thứ Hai đến thứ Sáu. Thứ Bảy xã có nhận hồ sơ không, nếu không thì những người " +
					"như tôi nộp bằng cách nào?",
			},
			Petitioner: doithoai.Petitioner{Name: "Đinh Thị Mô Phỏng", Ways: by(doithoai.WayPickUp)},
		},
		steps: []step{
			rule(october(15, 9, 35), 0, "", doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, AnsweredBy: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê",
				Agreement: doithoai.AgreementYes,
				Text: "Hiện nay xã nhận hồ sơ trong giờ hành chính, từ thứ Hai đến thứ Sáu; thứ Bảy chưa bố trí người trực.\n\n" +
					"Bà có thể nộp hồ sơ trực tuyến trên Cổng Dịch vụ công vào bất cứ giờ nào, chỉ đến xã khi nhận kết quả, hoặc ủy " +
					"quyền cho người khác nộp thay với những thủ tục được ủy quyền. Nếu chưa quen, bà gọi (0255) 000 0000 trong giờ " +
					"hành chính để được hướng dẫn từng bước.",
			}),
			propose(october(16, 14, 5), LoginOffice, doithoai.Publication{
				Title: "Thứ Bảy xã có nhận hồ sơ không?",
				Question: "Người đi làm từ thứ Hai đến thứ Sáu muốn nộp hồ sơ vào thứ Bảy. Xã có nhận không, nếu không thì nộp " +
					"bằng cách nào?",
				Answer: "Hiện nay xã nhận hồ sơ từ thứ Hai đến thứ Sáu, thứ Bảy chưa bố trí người trực.\n\n" +
					"Người dân nộp trực tuyến trên Cổng Dịch vụ công vào bất cứ giờ nào, hoặc ủy quyền cho người khác nộp thay với " +
					"những thủ tục được ủy quyền. Cần hướng dẫn, gọi (0255) 000 0000 trong giờ hành chính.",
			}),
			approve(october(17, 8, 20), LoginChair),
			asksOwn(october(20, 20, 10), doithoai.OwnRequest{
				Kind: doithoai.OwnErasure, Much: doithoai.ErasureAll,
				Said: "Việc của tôi đã xong, đề nghị xã xóa thông tin của tôi.",
			}, doithoai.Identity{}),
			erases(october(21, 8, 5), "Người nêu đề nghị bằng mã tra cứu ngày 20/10/2024: việc đã xong."),
		},
	},
	{
		name: "diem tap ket rac", at: october(14, 7, 50), by: LoginOffice, village: "Thôn 4",
		headline: "Rác đầu thôn 4 ba tuần không thu gom",
		slip: doithoai.Slip{
			PaperNumber: "0088",
			Channel:     doithoai.ChannelVillage, FieldCode: "moi-truong", Manner: doithoai.MannerSpeak,
			Matters: []string{
				"Điểm tập kết rác đầu thôn 4 đã ba tuần không được thu gom, nước rỉ chảy ra đường bê tông. Mười hai hộ ở đầu " +
					"thôn đề nghị xã làm việc với đơn vị thu gom và cho biết lịch thu gom cố định.",
			},
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingGroup, Households: 12, Name: "Dương Văn Đại Diện",
				Ways: by(doithoai.WayAloud, doithoai.WayPhone), Phone: "0900000005",
			},
		},
		steps: []step{
			rule(october(14, 10, 40), 0, unitLand, doithoai.Ruling{
				Code: doithoai.RulingCoordinate, Due: due(24), OutOfScope: true,
			}),
			view(october(16, 8, 10), LoginLand, "verify"),
		},
	},
	{
		name: "quay khong nguoi truc", hint: "conduct", at: october(14, 9, 30), village: "Thôn 1",
		headline: "Quầy tiếp nhận không có người trực chiều 11/10",
		slip: doithoai.Slip{
			FieldCode: "thai-do-phuc-vu",
			Matters: []string{"Chiều thứ Sáu 11/10, lúc 14 giờ 30, tôi đến nộp hồ sơ ở bộ phận tiếp nhận và trả kết quả của " +
				"xã. Quầy không có người trực, không có giấy báo. Tôi và hai người nữa chờ đến 15 giờ 45 mới có người về, " +
				"hỏi thì được trả lời là bận họp. Đề nghị xã cho biết ai chịu trách nhiệm trực và làm sao để không lặp lại."},
			Petitioner: doithoai.Petitioner{
				Name: "Trương Thị Giả Tưởng", Ways: by(doithoai.WayEmail, doithoai.WayPhone), Phone: "0900000006",
				Email: "giatuong6@example.com",
			},
		},
		steps: []step{
			later(october(14, 10, 55), 0, doithoai.RulingLater, unitOffice, due(25)),
			view(october(14, 14, 5), LoginOffice, "verify"),
			submit(october(16, 9, 30), LoginOffice, doithoai.Answer{
				Body: "Bà phản ánh đúng. Văn phòng đã đối chiếu lịch trực: chiều 11/10/2024, công chức Lao động – Thương binh và " +
					"Xã hội trực quầy, được gọi đi họp lúc 14 giờ. Bộ phận Lao động – Thương binh và Xã hội không cử người thay, " +
					"không báo Văn phòng, không dán giấy báo. Trách nhiệm thuộc bộ phận này; Chủ tịch UBND xã đã nhắc nhở. UBND xã " +
					"xin lỗi bà và hai người cùng chờ.\n\n" +
					"Từ ngày 17/10/2024: lịch trực hằng tuần, có tên người trực và người thay, được dán tại quầy và gửi trưởng 04 " +
					"thôn; người trực không được triệu tập họp khi chưa có người thay nhận quầy; số điện thoại của Văn phòng, " +
					"(0255) 000 0000, dán tại quầy để người dân gọi ngay khi không thấy người trực.\n\n" +
					"Hồ sơ của bà đã được nhận chiều 11/10 và có kết quả ngày 15/10/2024, đúng hẹn.",
			}),
			sign(october(16, 15, 45)),
			dispatch(october(17, 8, 5), "121/UBND-VP"),
			handed(october(17, 8, 40)),
			propose(october(17, 9, 10), LoginOffice, doithoai.Publication{
				Title: "Quầy tiếp nhận hồ sơ không có người trực chiều 11/10",
				Question: "Chiều thứ Sáu 11/10, quầy tiếp nhận và trả kết quả không có người trực hơn một giờ, không có giấy " +
					"báo. Ai chịu trách nhiệm, làm sao để không lặp lại?",
				Answer: "Phản ánh đúng. Người trực đi họp, bộ phận có người trực không cử người thay; trách nhiệm thuộc bộ phận " +
					"ấy. UBND xã đã xin lỗi những người phải chờ.\n\n" +
					"Từ ngày 17/10/2024, lịch trực hằng tuần có tên người trực và người thay được dán tại quầy và gửi trưởng 04 " +
					"thôn; người trực không được triệu tập họp khi chưa có người thay. Không thấy người trực, người dân gọi (0255) " +
					"000 0000.",
			}),
			approve(october(17, 16, 30), LoginChair),
			rate(october(18, 20, 5), doithoai.SolvedYes, 4),
		},
	},
	{
		name: "dien tich thue dat", at: october(14, 15, 10), village: "Thôn 2",
		headline: "Thuế đất ghi 210\u00a0m², giấy chứng nhận 120\u00a0m²",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Thông báo thuế sử dụng đất phi nông nghiệp của nhà tôi ghi 210 m², giấy chứng nhận chỉ có 120 m² đất ở. Tôi đã " +
					"nói với cán bộ thu từ năm ngoái mà năm nay vẫn sai. Đề nghị xã đối chiếu và sửa.",
			},
			Petitioner: doithoai.Petitioner{
				Name: "Võ Thị Tạm Ghi", Ways: by(doithoai.WayPost), PostAddress: "Tổ 5, thôn 2, xã Nghĩa Dũng",
			},
		},
		steps: []step{
			later(october(15, 8, 50), 0, doithoai.RulingLater, unitLand, due(29)),
			asksMore(october(15, 9, 40), LoginLand, doithoai.Supplement{
				Asked: "Bản chụp thông báo thuế năm 2023 và năm 2024",
				Why:   "Để biết cơ quan thuế ghi 210 m² từ năm nào.",
			}),
			handed(october(15, 10, 30)),
			adds(october(17, 8, 50), doithoai.ChannelOffice,
				"Tôi nộp bản chụp thông báo thuế hai năm 2023 và 2024, cả hai đều ghi 210 m²."),
			view(october(17, 9, 25), LoginLand, "verify"),
			submit(october(18, 16, 10), LoginLand, doithoai.Answer{
				Body: "Bộ phận Địa chính đã đối chiếu giấy chứng nhận, sổ địa chính và tờ khai thuế của bà ngày 17/10/2024: diện " +
					"tích đất ở đúng là 120 m². Số 210 m² là do ghi nhầm khi lập tờ khai, lỗi của xã. UBND xã xin lỗi bà.\n\n" +
					"Xã đã lập bảng đề nghị điều chỉnh gửi cơ quan thuế ngày 18/10/2024. Khi có kết quả, phần đã nộp thừa được cơ " +
					"quan thuế bù trừ hoặc hoàn trả; xã gửi bà bản sao kết quả.",
			}),
			sign(october(21, 8, 45)),
			dispatch(october(21, 10, 20), "124/UBND-VP"),
			propose(october(22, 15, 20), LoginLand, doithoai.Publication{
				Title: "Thông báo thuế đất ghi sai diện tích: xã đã đối chiếu và đề nghị điều chỉnh",
				Question: "Thông báo thuế sử dụng đất phi nông nghiệp ghi diện tích lớn hơn giấy chứng nhận. Đề nghị đối chiếu " +
					"và sửa.",
				Answer: "Diện tích trong thông báo do ghi nhầm khi lập tờ khai, lỗi của xã. Xã đã gửi bảng đề nghị điều chỉnh " +
					"đến cơ quan thuế ngày 18/10/2024; phần nộp thừa được bù trừ hoặc hoàn trả theo kết quả điều chỉnh.",
			}),
		},
	},
	{
		name: "muc phi chung thuc chu ky", at: october(15, 15, 20),
		headline: "Hai mức phí chứng thực chữ ký khác nhau",
		slip: doithoai.Slip{
			FieldCode: "chung-thuc",
			Matters: []string{
				"Tờ niêm yết ở phòng tiếp dân và tờ dán ở quầy ghi hai mức phí chứng thực chữ ký khác nhau. Công ty chúng tôi " +
					"chứng thực nhiều giấy tờ, đề nghị xã cho biết mức nào đúng và gỡ tờ sai.",
			},
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingOrganisation, Organisation: "Công ty TNHH Mẫu Thử", Name: "Phan Văn Nháp Thử",
				Address: "Phường Ví Dụ, thành phố Quảng Ngãi", Ways: by(doithoai.WayEmail), Email: "congty@example.com",
			},
		},
		steps: []step{
			later(october(16, 8, 20), 0, doithoai.RulingLater, unitJustice, due(30)),
			submit(october(22, 16, 10), LoginJustice, doithoai.Answer{
				Body: "Mức đúng là 10.000 đồng một trường hợp; trường hợp được tính là một hoặc nhiều chữ ký trong cùng một giấy " +
					"tờ, văn bản.\n\n" +
					"Tờ dán ở phòng tiếp dân là tờ cũ, đã được gỡ ngày 16/10/2024. Bộ phận đã rà soát các bảng niêm yết khác ở trụ " +
					"sở và nhà văn hóa 04 thôn, không còn bảng nào ghi mức khác. Nếu Công ty đã nộp theo mức cao hơn, đề nghị mang " +
					"biên lai đến để được hoàn phần chênh lệch.",
				Basis: "Thông tư 226/2016/TT-BTC, Điều 4",
			}),
		},
	},
	{
		name: "giay xac nhan cua truong thon", at: october(16, 8, 10), by: LoginSecretary, village: "Thôn 3",
		headline: "Đòi thêm giấy xác nhận của trưởng thôn",
		slip: doithoai.Slip{
			PaperNumber: "0061",
			Channel:     doithoai.ChannelOffice, FieldCode: "dat-dai", Manner: doithoai.MannerBoth,
			Matters: []string{
				"Tôi nộp hồ sơ đăng ký biến động đất từ tháng 8, cán bộ yêu cầu thêm giấy xác nhận của trưởng thôn. Bảng thủ tục " +
					"niêm yết không có giấy này. Đề nghị xã cho biết giấy đó căn cứ vào đâu, nếu không có thì nhận hồ sơ cho dân.",
			},
			Petitioner: doithoai.Petitioner{Name: "Lê Văn Thí Nghiệm", Ways: by(doithoai.WayAloud)},
		},
		steps: []step{
			later(october(16, 9, 30), 0, doithoai.RulingLater, unitLand, due(30)),
			raisesAgain(october(16, 9, 40), "tra di tra lai"),
			submit(october(18, 10, 15), LoginLand, doithoai.Answer{
				Body: "Bộ phận yêu cầu giấy xác nhận của trưởng thôn để có thêm thông tin về quá trình sử dụng đất. Bộ phận sẽ " +
					"xem xét việc này trong thời gian tới theo quy định.",
			}),
			giveBack(
				october(21, 9, 5),
				"Trả lời chưa vào câu hỏi. Nêu rõ giấy xác nhận có trong thành phần hồ sơ được công bố hay không; nếu không có "+
					"thì nhận hồ sơ ngay và ghi ngày nhận. Bỏ các cụm “sẽ xem xét”, “trong thời gian tới”, “theo quy định”.",
			),
		},
	},
	{
		name: "xac nhan tinh trang hon nhan", at: october(17, 20, 15), village: "Thôn 2",
		headline: "Giấy xác nhận tình trạng hôn nhân quá hẹn",
		slip: doithoai.Slip{
			FieldCode: "ho-tich",
			Matters: []string{
				"Tôi nộp hồ sơ xin giấy xác nhận tình trạng hôn nhân ngày 07/10, hẹn 10/10. Đến nay xã báo còn chờ văn bản trả " +
					"lời của nơi tôi thường trú trước đây. Chờ đến bao giờ, có cách nào không phải chờ không? Tôi cần giấy này " +
					"trước 30/10.",
			},
			Petitioner: doithoai.Petitioner{Name: "Mai Thị Ví Von", Ways: by(doithoai.WayPhone), Phone: "0900000007"},
		},
		steps: []step{
			later(october(18, 8, 30), 0, doithoai.RulingLater, unitJustice, due(21)),
			view(october(18, 8, 55), LoginJustice, "answer"),
			asksLonger(october(18, 14, 20), LoginJustice, doithoai.Extension{
				To: due(25), Reason: "Nơi bà thường trú trước đây chưa trả lời; xã đã gọi nhắc sáng 18/10/2024.",
			}),
			allowsLonger(october(18, 16, 40)),
			handed(october(18, 16, 50)),
			submit(october(21, 16, 40), LoginJustice, doithoai.Answer{
				Body: "Xã đã gửi văn bản đề nghị xác minh đến nơi bà thường trú trước đây ngày 08/10/2024 và gọi nhắc ngày " +
					"18/10. Nơi đó đã trả lời ngày 21/10/2024, xác nhận đủ thông tin.\n\n" +
					"Giấy xác nhận tình trạng hôn nhân của bà đã được ký ngày 21/10/2024. Mời bà đến nhận tại quầy Tư pháp – Hộ " +
					"tịch từ sáng 23/10/2024, mang theo giấy hẹn. Xã xin lỗi vì khi quá hẹn đã không gọi báo cho bà.",
				Basis: "Nghị định 123/2015/NĐ-CP, Điều 22",
			}),
			sign(october(22, 17, 0)),
		},
	},
	{
		name: "niem yet va dien thoai", hint: "two", at: october(18, 9, 0), village: "Thôn 1",
		headline: "Niêm yết thành phần hồ sơ, lệ phí tại thôn",
		slip: doithoai.Slip{
			FieldCode: "khac", Manner: doithoai.MannerBoth,
			Matters: []string{
				"Đề nghị xã dán bảng thành phần hồ sơ và lệ phí của các thủ tục hay dùng tại nhà văn hóa các thôn. Nhiều người ở " +
					"thôn 1 phải lên xã hai, ba lần chỉ vì thiếu một tờ giấy.",
				"Số điện thoại của xã ghi trên bảng thông báo gọi nhiều lần không có người nghe. Xin xã cho biết gọi số nào, giờ " +
					"nào.",
			},
			Petitioner: doithoai.Petitioner{Name: "Cao Văn Mường Tượng", Ways: by(doithoai.WayPhone), Phone: "0900000008"},
		},
		steps: []step{
			later(october(18, 15, 10), 0, doithoai.RulingLater, unitCulture, calendar.DateOf(2024, 11, 1)),
		},
	},
	{
		name: "khong dong y xu phat", at: october(18, 14, 40), village: "Thôn 4",
		headline: "Không đồng ý quyết định xử phạt xây dựng",
		slip: doithoai.Slip{
			FieldCode: "xay-dung",
			Matters: []string{
				"Tôi không đồng ý với quyết định xử phạt vi phạm hành chính về xây dựng mà tôi nhận hôm 14/10. Hàng rào nhà tôi " +
					"xây trên nền cũ. Đề nghị xã hủy quyết định.",
			},
			Petitioner: doithoai.Petitioner{Name: "Quách Văn Phỏng Chừng", Ways: by(doithoai.WayPickUp)},
		},
		steps: []step{
			rule(october(21, 8, 15), 0, "", doithoai.Ruling{
				Code: doithoai.RulingComplaint, AnsweredBy: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê",
				Agreement: doithoai.AgreementNotAsked,
			}),
		},
	},
	{
		name: "roi khoi luong nay", at: october(21, 8, 20), village: "Thôn 2",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Tôi muốn tố cáo một việc làm sai của cán bộ và đề nghị được gặp riêng người có thẩm quyền để trình bày.",
			},
			Petitioner: doithoai.Petitioner{Name: "Người Nêu Giả Định", Ways: by(doithoai.WayPickUp)},
		},
		steps: []step{
			rule(october(21, 8, 30), 0, "", doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true}),
		},
	},
	{
		name: "ban sao trich luc", at: october(21, 10, 10), village: "Thôn 3",
		headline: "Bản sao trích lục khai sinh, hẹn lại ba lần",
		slip: doithoai.Slip{
			FieldCode: "ho-tich",
			Matters: []string{
				"Tôi nộp giấy xin bản sao trích lục khai sinh từ ngày 07/10. Ba lần lên nhận đều được bảo về, hôm sau lên lại. " +
					"Không ai nói vì sao. Đi lại mỗi lần mất một buổi làm.",
			},
			Petitioner: doithoai.Petitioner{Name: "Tô Văn Bản Thử", Ways: by(doithoai.WayPhone), Phone: "0900000009"},
		},
		steps: []step{
			later(october(21, 15, 0), 0, doithoai.RulingLater, unitJustice, due(25)),
			view(october(22, 14, 5), LoginJustice, "verify"),
			asksMore(october(22, 14, 30), LoginJustice, doithoai.Supplement{
				Asked: "Năm đăng ký khai sinh, họ tên cha, mẹ ghi khi đăng ký",
				Why:   "Sổ của năm ghi trên giấy không có tên; phải biết năm đăng ký để tra đúng sổ.",
			}),
			handed(october(22, 14, 40)),
			asksLonger(october(22, 15, 20), LoginJustice, doithoai.Extension{
				To:     calendar.DateOf(2024, 11, 1),
				Reason: "Phải tra sổ khai sinh của các năm liền kề; ông cho biết thêm năm đăng ký thì tra nhanh hơn.",
			}),
		},
	},
	{
		name: "lien thong cho con moi sinh", at: october(22, 9, 5), by: LoginOffice, village: "Thôn 2",
		slip: doithoai.Slip{
			PaperNumber: "0032",
			Channel:     doithoai.ChannelVillage, FieldCode: "cu-tru", Manner: doithoai.MannerSpeak,
			Matters: []string{
				"Khai sinh, nhập hộ khẩu và làm thẻ bảo hiểm y tế cho con mới sinh: người dân phải nộp ba nơi hay nộp một lần " +
					"được? Ở thôn có người được nhận một lần, có người bị bảo đi từng nơi.",
			},
			Petitioner: doithoai.Petitioner{Name: "Hà Thị Thử Việc", Ways: by(doithoai.WayAloud)},
		},
		steps: []step{
			splitOff(october(23, 7, 40), "Ở thôn có người được nhận một lần, có người bị bảo đi từng nơi."),
			later(october(23, 7, 43), 1, doithoai.RulingLater, unitJustice, calendar.DateOf(2024, 11, 6)),
			disputesOf(1, october(23, 7, 52), LoginJustice, unitOffice,
				"Người dân bị bảo đi từng nơi ở quầy tiếp nhận, do Văn phòng trực; Tư pháp – Hộ tịch chỉ đăng ký khai sinh."),
		},
	},
	{
		name: "tro cap nguoi co cong", at: october(22, 15, 30), by: LoginOffice, village: "Thôn 3",
		slip: doithoai.Slip{
			Channel: doithoai.ChannelPhone, FieldCode: "nguoi-co-cong",
			Matters: []string{
				"Tên đệm của bố tôi trên danh sách chi trả trợ cấp người có công khác với căn cước công dân, mỗi tháng đi nhận " +
					"đều phải giải thích. Muốn sửa thì nộp giấy tờ gì, ở đâu?",
			},
			Petitioner: doithoai.Petitioner{Name: "Kiều Văn Lệ Thường", Ways: by(doithoai.WayPhone), Phone: "0900000010"},
		},
		steps: []step{
			asksOwn(october(22, 19, 30), doithoai.OwnRequest{
				Kind: doithoai.OwnIdentity, Said: "Tôi báo qua điện thoại nên bị nghe nhầm dấu.",
			}, doithoai.Identity{Name: "Kiều Văn Lễ Thường"}),
		},
	},
	{
		name: "uy quyen tu xa", hint: "new", at: october(22, 21, 12),
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Tôi làm việc ở thành phố Hồ Chí Minh, đất của cha tôi ở thôn 3. Tôi ủy quyền cho em tôi nộp hồ sơ thì làm giấy " +
					"ủy quyền ở nơi tôi đang ở được không, hay phải về xã?",
			},
			Petitioner: doithoai.Petitioner{
				Name: "Lâm Thị Đằng Xa", Address: "Phường Ví Dụ, Thành phố Hồ Chí Minh", Ways: by(doithoai.WayEmail),
				Email: "dangxa@example.com",
			},
		},
	},
	{
		name: "nhom chung bon thon", at: october(23, 7, 41), by: LoginOffice, village: "Thôn 1",
		headline: "Lập nhóm Zalo chung, chụp giấy hẹn hỏi tiến độ",
		slip: doithoai.Slip{
			Channel: doithoai.ChannelOffice, FieldCode: "khac",
			Matters: []string{
				"Tôi có sáng kiến: xã lập một nhóm Zalo chung cho bốn thôn, ai nộp hồ sơ thì chụp giấy hẹn gửi lên nhóm, cán " +
					"bộ trả lời hồ sơ đến đâu ngay trên đó, dân khỏi phải lên xã hỏi.",
			},
			Petitioner: doithoai.Petitioner{Name: "Sầm Thị Nêu Thử", Ways: by(doithoai.WayEmail), Email: "neuthu@example.com"},
		},
		steps: []step{
			rule(october(23, 7, 46), 0, "", doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, AnsweredBy: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê",
				Agreement: doithoai.AgreementYes,
				Text: "Giấy hẹn ghi họ tên, nơi ở của người nộp nên không gửi lên nhóm chung được.\n\n" +
					"Hồ sơ đến đâu, bà tra theo mã trên giấy hẹn ở Cổng Dịch vụ công, hoặc gọi (0255) 000 0000 trong giờ hành " +
					"chính.",
			}),
			decides(october(23, 7, 55), doithoai.InitiativeNotApplied,
				"Giấy hẹn ghi họ tên, nơi ở; gửi lên nhóm chung thì ai cũng đọc được. Cổng Dịch vụ công và điện thoại của Văn "+
					"phòng đã cho biết hồ sơ đến đâu."),
		},
	},
}
