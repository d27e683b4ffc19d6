package demo

import (
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// juneSaid are the opinions that were said in the hall.
var juneSaid = []tale{
	{
		name: "tra di tra lai", june: true, at: june(28, 8, 36), village: "Thôn 2", take: spoken,
		headline: "Hồ sơ đất bị trả ba lần, mỗi lần thêm một giấy",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Tôi nộp hồ sơ xin xác nhận nguồn gốc đất từ tháng 3. Ba lần bị trả, mỗi lần cán bộ nói thiếu một giấy " +
					"khác, không có phiếu hướng dẫn. Đề nghị xã nói một lần cho hết.",
			},
			Petitioner: doithoai.Petitioner{Name: "Lục Thị Thay Tên"},
		},
		steps: slices.Concat([]step{
			arrives(june(28, 7, 55), true),
			speaks(june(28, 8, 33)),
			ruleAlike(june(28, 9, 33), unitLand, doithoai.Ruling{Code: doithoai.RulingLater, Proposed: true},
				"cung noi dung"),
			view(july(2, 8, 40), LoginLand, "verify"),
			submitTogether(july(8, 16, 0), LoginLand, alikeAnswer, "cung noi dung"),
			signTogether(july(9, 16, 30), "cung noi dung"),
			dispatchTogether(july(10, 8, 40), "76/UBND-VP", "cung noi dung"),
			handed(july(11, 8, 15)),
			propose(july(11, 9, 30), LoginLand, doithoai.Publication{
				Title: "Hồ sơ xác nhận nguồn gốc đất: giấy tờ còn thiếu được ghi hết một lần",
				Question: "Hồ sơ xin xác nhận nguồn gốc đất bị trả ba lần, mỗi lần thiếu một giấy khác, không có phiếu " +
					"hướng dẫn. Đề nghị xã nói một lần cho hết.",
				Answer: "Người nêu phản ánh đúng; xã đã xin lỗi và nhận lại hồ sơ. Từ ngày 01/07/2024, hồ sơ trả lại phải " +
					"có phiếu ghi hết giấy tờ còn thiếu, có chữ ký của công chức. Ai bị trả hồ sơ bằng lời thì gọi (0255) " +
					"000 0000.",
			}),
			approve(july(11, 15, 0), LoginChair),
		}, corrects(july(18, 9, 0), july(18, 16, 20), july(19, 8, 30), LoginLand, postedAnswer,
			"Văn bản trước ghi kết quả có trong 10 ngày làm việc, thiếu 15 ngày niêm yết công khai.", "86/UBND-VP",
			"cung noi dung"), []step{
			handed(july(19, 14, 50)),
			propose(july(22, 9, 0), LoginLand, doithoai.Publication{
				Title: "Hồ sơ xác nhận nguồn gốc đất: giấy tờ còn thiếu được ghi hết một lần",
				Question: "Hồ sơ xin xác nhận nguồn gốc đất bị trả ba lần, mỗi lần thiếu một giấy khác, không có phiếu " +
					"hướng dẫn. Đề nghị xã nói một lần cho hết.",
				Answer: "Người nêu phản ánh đúng; xã đã xin lỗi và nhận lại hồ sơ. Từ ngày 01/07/2024, hồ sơ trả lại phải " +
					"có phiếu ghi hết giấy tờ còn thiếu, có chữ ký của công chức. Kết quả có sau 15 ngày niêm yết công khai " +
					"và 10 ngày làm việc. Ai bị trả hồ sơ bằng lời thì gọi (0255) 000 0000.",
				Why: "Bản trước ghi thiếu thời gian niêm yết công khai.",
			}),
			approve(july(22, 15, 30), LoginChair),
			rate(july(24, 12, 40), doithoai.SolvedPart, 3),
		}),
	},
	{
		name: "ban giay khi nop truc tuyen", hint: "paused", june: true, at: june(28, 8, 41), village: "Thôn 2", take: spoken,
		headline: "Nộp trực tuyến vẫn phải mang bản giấy",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Tôi nộp hồ sơ trực tuyến trên Cổng Dịch vụ công, phần mềm bắt đính kèm bản chứng thực điện tử mà xã chưa " +
					"làm được, nên vẫn phải mang bản giấy đến đối chiếu. Như vậy nộp trực tuyến để làm gì?",
			},
			Petitioner: doithoai.Petitioner{Name: "Vi Văn Bản Mẫu"},
		},
		steps: []step{
			arrives(june(28, 7, 50), false),
			raises(june(28, 8, 24)),
			speaks(june(28, 8, 38)),
			ruleBy(LoginSecretary, june(28, 9, 37), 0, unitOffice, doithoai.Ruling{
				Code: doithoai.RulingSuperior, Proposed: true,
			}),
			writesOn(july(5, 10, 20), LoginOffice, doithoai.OnwardLetter{
				Kind: doithoai.OnwardEscalation, To: "UBND thành phố Quảng Ngãi", Number: "72/UBND-VP",
				Asked: "Đề nghị sửa yêu cầu đính kèm bản chứng thực điện tử trên phần mềm một cửa và cấp chữ ký số chứng thực " +
					"điện tử cho xã.",
			}),
			pause(july(5, 10, 30), LoginOffice, doithoai.Pause{
				Kind: doithoai.PauseSuperior, Number: "72/UBND-VP", Dated: calendar.DateOf(2024, time.July, 5),
				Awaited: "Ý kiến của UBND thành phố về việc sửa yêu cầu đính kèm trên phần mềm một cửa và cấp chữ ký số " +
					"chứng thực điện tử cho xã",
			}),
			handed(july(5, 15, 0)),
			urgesBody(october(9, 14, 20), LoginOffice, doithoai.BodyUrging{
				Way: doithoai.UrgeLetter, Number: "103/UBND-VP", By: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê",
				Said: "Đề nghị cho ý kiến trước ngày 20/10/2024.",
			}),
			urgesBody(october(15, 9, 30), LoginOffice, doithoai.BodyUrging{
				Way: doithoai.UrgePhone, By: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê",
				Said: "Gọi Văn phòng HĐND và UBND thành phố: đang chờ đơn vị cung cấp phần mềm trả lời, hẹn trong tháng 10.",
			}),
		},
	},
	{
		name: "bien dong qua hen", june: true, at: june(28, 8, 46), village: "Thôn 4", take: spoken,
		headline: "Đăng ký biến động đất quá hẹn hai tháng",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Hồ sơ đăng ký biến động của tôi nộp ngày 25/03, hẹn 25/04, nay đã quá hai tháng. Hỏi thì được trả lời là " +
					"chờ. Chờ cái gì, bao giờ xong?",
			},
			Petitioner: doithoai.Petitioner{Name: "Kim Thị Ước Chừng"},
		},
		steps: []step{
			arrives(june(28, 7, 53), false),
			raises(june(28, 8, 30)),
			speaks(june(28, 8, 43)),
			ruleBy(LoginSecretary, june(28, 9, 53), 0, "", doithoai.Ruling{
				Code:       doithoai.RulingOnTheSpot,
				AnsweredBy: "Ông Nghiêm Văn Viết Thử, Giám đốc Chi nhánh Văn phòng đăng ký đất đai",
				Agreement:  doithoai.AgreementNo,
				Text: "Hồ sơ chờ phiếu chuyển thông tin thuế, cơ quan thuế đã trả ngày 26/06/2024. Chi nhánh hẹn trả giấy " +
					"chứng nhận ngày 10/07/2024 và xin lỗi bà vì không gửi phiếu xin lỗi khi quá hẹn.",
			}),
			propose(july(2, 9, 50), LoginOffice, doithoai.Publication{
				Title:    "Đăng ký biến động đất quá hẹn hai tháng: lý do và ngày trả",
				Question: "Hồ sơ đăng ký biến động nộp tháng 3, quá hẹn hai tháng. Chờ cái gì, bao giờ xong?",
				Answer: "Chi nhánh Văn phòng đăng ký đất đai trả lời tại hội nghị: hồ sơ chờ phiếu chuyển thông tin thuế, " +
					"cơ quan thuế đã trả ngày 26/06/2024; giấy chứng nhận được trả ngày 10/07/2024. Chi nhánh xin lỗi vì " +
					"không gửi phiếu xin lỗi khi quá hẹn.",
			}),
			approve(july(3, 8, 35), LoginChair),
			rate(july(14, 20, 10), doithoai.SolvedNo, 2),
		},
	},
	{
		name: "chot so bao hiem", june: true, at: june(28, 8, 51), village: "Thôn 3", take: spoken,
		headline: "Công ty nợ bảo hiểm, chưa chốt được sổ",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Công ty cũ của tôi nợ tiền bảo hiểm xã hội nên không chốt sổ cho tôi. Tôi lên xã hỏi hai lần không ai " +
					"biết phải đến đâu. Xã hướng dẫn giúp.",
			},
			Petitioner: doithoai.Petitioner{Name: "Âu Văn Dẫn Chứng"},
		},
		steps: []step{
			arrives(june(28, 7, 57), false),
			raises(june(28, 8, 35)),
			speaks(june(28, 8, 48)),
			ruleBy(LoginSecretary, june(28, 9, 56), 0, "", doithoai.Ruling{
				Code: doithoai.RulingOtherBody, AnsweredBy: "Bà Giang Thị Dự Bị, viên chức Bảo hiểm xã hội",
				Agreement: doithoai.AgreementYes,
				Text: "Việc chốt sổ do cơ quan bảo hiểm xã hội nơi công ty đóng giải quyết, không thuộc thẩm quyền của " +
					"UBND xã. Ông mang sổ và hợp đồng lao động đến bộ phận một cửa của Bảo hiểm xã hội thành phố Quảng " +
					"Ngãi, đề nghị xác nhận thời gian đã đóng; thời gian công ty còn nợ được bổ sung sau khi công ty nộp.",
			}),
			propose(july(2, 9, 25), LoginOffice, doithoai.Publication{
				Title:    "Công ty nợ bảo hiểm xã hội, chưa chốt được sổ: đến đâu?",
				Question: "Công ty cũ nợ tiền bảo hiểm xã hội nên không chốt sổ cho người lao động. Phải đến cơ quan nào?",
				Answer: "Việc này do cơ quan bảo hiểm xã hội nơi công ty đóng giải quyết, không thuộc thẩm quyền của UBND " +
					"xã. Người lao động mang sổ và hợp đồng lao động đến bộ phận một cửa của cơ quan đó, đề nghị xác nhận " +
					"thời gian đã đóng; thời gian còn nợ được bổ sung sau khi công ty nộp.",
			}),
			approve(july(3, 8, 25), LoginChair),
			rate(july(6, 9, 15), doithoai.SolvedYes, 4),
		},
	},
	{
		name: "duong ngap", june: true, at: june(28, 8, 55), village: "Thôn 4", take: spoken,
		headline: "Đường bê tông xóm Đồng Sau ngập sau mưa",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Đoạn đường bê tông xóm Đồng Sau cứ mưa là ngập, học sinh phải lội. Cống bị đất lấp từ năm ngoái mà chưa " +
					"ai nạo vét.",
			},
		},
		steps: []step{
			ruleBy(LoginSecretary, june(28, 9, 58), 0, unitLand, doithoai.Ruling{
				Code: doithoai.RulingLater, Proposed: true, OutOfScope: true,
			}),
			disputes(july(1, 9, 10), LoginLand, unitOffice,
				"Cống dọc đường thôn do thôn trông coi, kinh phí nạo vét ở Văn phòng."),
			keepsLead(july(1, 16, 30),
				"Đường bê tông do UBND xã quản lý; Địa chính kiểm tra, đề xuất, Văn phòng bố trí kinh phí."),
			writesOn(july(2, 8, 45), LoginLand, doithoai.OnwardLetter{
				Kind: doithoai.OnwardEscalation, To: "UBND thành phố Quảng Ngãi", Number: "70/UBND-ĐC",
				Asked: "Đề nghị cho xã dùng kinh phí duy tu đường giao thông năm 2024 để nạo vét cống xóm Đồng Sau.",
			}),
			notesDown(july(3, 16, 0), LoginLand, doithoai.PetitionNote{
				Kind: doithoai.NoteVerification,
				Body: "Kiểm tra cùng Trưởng thôn 4 chiều 03/07/2024: hai hố ga bị đất lấp, một tấm đan vỡ.",
			}),
			replies(july(5, 15, 20), LoginLand, doithoai.OnwardReply{
				Number: "1420/UBND-QLĐT", Gist: "Đồng ý cho xã dùng kinh phí duy tu, không quá 15 triệu đồng.",
			}),
			submit(july(10, 16, 30), LoginLand, doithoai.Answer{
				Body: "Bộ phận Địa chính kiểm tra ngày 03/07/2024: hai hố ga xóm Đồng Sau bị đất lấp. Xã đã thuê nạo vét " +
					"ngày 08 và 09/07/2024, thay một tấm đan vỡ; mưa chiều 09/07 đường không ngập.\n\n" +
					"Trưởng thôn báo Văn phòng qua số (0255) 000 0000 khi thấy cống lấp lại.",
			}, promised{
				unitLand, "Kiểm tra, nạo vét các hố ga còn lại trên đường bê tông thôn 4",
				calendar.DateOf(2024, time.August, 30),
			}),
			sign(july(11, 16, 25)),
			dispatch(july(12, 8, 20), "80/UBND-VP"),
			handedTo(doithoai.ReceiverVillageHead, july(12, 17, 5)),
			propose(july(15, 9, 15), LoginLand, doithoai.Publication{
				Title:    "Đã nạo vét cống xóm Đồng Sau",
				Question: "Đoạn đường bê tông xóm Đồng Sau cứ mưa là ngập. Cống bị đất lấp từ năm ngoái mà chưa ai nạo vét.",
				Answer: "Hai hố ga bị đất lấp đã được nạo vét ngày 08 và 09/07/2024, một tấm đan vỡ đã được thay. Khi " +
					"cống lấp lại, gọi Văn phòng UBND xã qua số (0255) 000 0000.",
			}),
			approve(july(16, 8, 20), LoginOffice),
			reopens(july(23, 8, 40), doithoai.ChannelOffice,
				"Tôi chưa đồng ý: mưa ngày 21/07 nước vẫn ngập nửa bánh xe ở đầu xóm. Đề nghị xã xem lại cả đoạn đầu xóm."),
			handedTo(doithoai.ReceiverSelf, july(23, 8, 45)),
			submit(july(25, 15, 30), LoginLand, doithoai.Answer{
				Body: "Bộ phận Địa chính kiểm tra lại ngày 24/07/2024: hố ga thứ ba ở đầu xóm Đồng Sau nghẹt rác, lần trước " +
					"không kiểm tra tới. Xã đã nạo vét ngày 25/07/2024 và giao thôn vớt rác sau mỗi trận mưa.",
			}),
			sign(july(26, 8, 10)),
			dispatchAgain(july(26, 9, 0), "91/UBND-VP"),
			handedTo(doithoai.ReceiverVillageHead, july(26, 16, 40)),
			propose(july(29, 9, 0), LoginLand, doithoai.Publication{
				Title:    "Đã nạo vét cống xóm Đồng Sau",
				Question: "Đoạn đường bê tông xóm Đồng Sau cứ mưa là ngập. Cống bị đất lấp từ năm ngoái mà chưa ai nạo vét.",
				Answer: "Ba hố ga bị đất lấp, nghẹt rác đã được nạo vét trong tháng 7 năm 2024, một tấm đan vỡ đã được thay. " +
					"Khi cống lấp lại, gọi Văn phòng UBND xã qua số (0255) 000 0000.",
				Why: "Người nêu chưa đồng ý; xã kiểm tra lại, nạo vét thêm hố ga thứ ba.",
			}),
			approve(july(29, 15, 10), LoginOffice),
			asks(july(30, 9, 20), doithoai.ChannelPhone,
				"Đề nghị xem lại lần nữa: xã nên làm luôn rãnh mới cho cả xóm."),
			refuses(july(30, 16, 20), doithoai.ReopeningDecision{
				Ground: doithoai.GroundOther, Basis: "Nghị định số 64/2014/NĐ-CP, Điều 2",
				Words: "Làm rãnh mới cho cả xóm là kiến nghị khác, cần kế hoạch và kinh phí. Mời ông/bà gửi kiến nghị riêng; " +
					"Văn phòng nhận ở quầy hoặc qua Trưởng thôn.",
			}),
			handedTo(doithoai.ReceiverSelf, july(30, 16, 50)),
			keeps(september(12, 9, 10), LoginLand, calendar.DateOf(2024, time.September, 10),
				"Đã nạo vét 11 hố ga, thay hai tấm đan; biên bản nghiệm thu ngày 10/09/2024, Trưởng thôn 4 ký."),
		},
	},
	{
		name: "cung noi dung", june: true, at: june(28, 9, 0), village: "Thôn 3", take: spoken,
		headline: "Hồ sơ đất bị trả ba lần, mỗi lần thêm một giấy",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Tôi cũng như bà ở thôn 2: hồ sơ nguồn gốc đất bị trả hai lần, lần sau đòi giấy mà lần trước không nói.",
			},
			Petitioner: doithoai.Petitioner{Name: "Quan Văn Dự Thảo"},
		},
		steps: []step{
			arrives(june(28, 7, 58), false),
			raises(june(28, 8, 40)),
			speaks(june(28, 8, 57)),
			entitled(june(28, 9, 1)),
			sameAs(june(28, 9, 1), "tra di tra lai"),
			handed(july(12, 9, 5)), // sent with the answer to the other tale, and public with it
			handed(july(20, 9, 20)),
			rate(july(25, 19, 10), doithoai.SolvedYes, 4),
		},
	},
	{
		name: "dat lan kenh", june: true, at: june(28, 9, 6), village: "Thôn 1", take: spoken,
		headline: "Cấp giấy chứng nhận phần đất sát kênh N8",
		slip: doithoai.Slip{
			FieldCode: "dat-dai",
			Matters: []string{
				"Nhà tôi trồng cây trên dải đất sát kênh N8 hơn mười năm nay. Đề nghị xã xác nhận để tôi được cấp giấy " +
					"chứng nhận phần đất đó.",
			},
			Petitioner: doithoai.Petitioner{Name: "Nghê Văn Phỏng Tác"},
		},
		steps: []step{
			arrives(june(28, 7, 59), false),
			raises(june(28, 8, 50)),
			speaks(june(28, 9, 3)),
			ruleBy(LoginSecretary, june(28, 10, 0), 0, "", doithoai.Ruling{
				Code: doithoai.RulingNotAccepted, AnsweredBy: "Ông Nguyễn Văn Mẫu, công chức Địa chính",
				Refusal: doithoai.Refusal{Ground: doithoai.RefusedRepeated},
				Text: "Dải đất nằm trong phạm vi bảo vệ kênh N8 theo Luật Thủy lợi, là đất do Nhà nước quản lý, không đủ " +
					"điều kiện cấp giấy chứng nhận. UBND xã đã trả lời ông tại Văn bản số 19/UBND-ĐC ngày 22/02/2024; ông " +
					"không nêu tình tiết mới nên không thụ lý lại.",
			}),
			handed(july(1, 9, 0)),
		},
	},
	{
		name: "xin gap rieng", june: true, at: june(28, 10, 7), take: spoken,
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters:   []string{"Tôi muốn tố cáo một việc làm sai và đề nghị được trình bày riêng."},
		},
		steps: []step{
			ruleBy(LoginSecretary, june(28, 10, 8), 0, "", doithoai.Ruling{
				Code: doithoai.RulingDenunciation, HandedOver: true,
			}),
		},
	},
	{
		name: "noi trong khong", june: true, at: june(28, 10, 15), village: "Thôn 2", take: onSheet(9*60 + 46),
		headline: "Cách trả lời người dân tại quầy chứng thực",
		slip: doithoai.Slip{
			FieldCode: "thai-do-phuc-vu",
			Matters: []string{
				"Sáng 20/06 tôi hỏi thủ tục tại quầy chứng thực, cán bộ trả lời trống không, bảo lên mạng mà xem. Tôi " +
					"già, không có mạng. Đề nghị xã chấn chỉnh.",
			},
			Petitioner: doithoai.Petitioner{Name: "Tiêu Thị Ghi Hộ"},
		},
		steps: []step{
			arrives(june(28, 8, 0), false),
			ruleBy(LoginSecretary, june(28, 10, 17), 0, unitOffice, doithoai.Ruling{
				Code: doithoai.RulingLater, Proposed: true, FieldCode: "thai-do-phuc-vu",
			}),
			submit(july(8, 9, 30), LoginOffice, doithoai.Answer{
				Body: "Văn phòng đã gặp công chức trực quầy sáng 20/06/2024 và người cùng chờ hôm đó. Phản ánh của bà " +
					"đúng. Chủ tịch UBND xã đã nhắc nhở công chức tại giao ban ngày 01/07/2024; công chức đã nhận lỗi. UBND " +
					"xã xin lỗi bà.\n\n" +
					"Từ ngày 01/07/2024, tại quầy có tờ hướng dẫn in sẵn của 12 thủ tục hay dùng, phát cho người không dùng " +
					"mạng. Bà cần chứng thực giấy tờ gì, mời bà đến gặp bà Lê Thị Giả Dụ tại Văn phòng để được hướng dẫn.",
			}, promised{
				unitOffice, "Lắp máy bấm đánh giá thái độ phục vụ tại quầy chứng thực",
				calendar.DateOf(2024, time.September, 30),
			}),
			sign(july(8, 16, 10)),
			dispatch(july(9, 8, 15), "75/UBND-VP"),
			handed(july(9, 14, 20)),
			propose(july(10, 9, 0), LoginOffice, doithoai.Publication{
				Title:    "Trả lời trống không tại quầy chứng thực: đã nhắc nhở, có tờ hướng dẫn in sẵn",
				Question: "Hỏi thủ tục tại quầy chứng thực, được trả lời trống không, bảo lên mạng mà xem.",
				Answer: "Phản ánh đúng; xã đã nhắc nhở công chức và xin lỗi người nêu. Từ ngày 01/07/2024, tại quầy có tờ " +
					"hướng dẫn in sẵn của 12 thủ tục hay dùng, phát cho người không dùng mạng.",
			}),
			approve(july(10, 16, 40), LoginChair),
			breaks(september(25, 15, 30), "Dự toán năm 2024 không có kinh phí mua máy. Từ ngày 01/10/2024, tại quầy có hòm "+
				"phiếu đánh giá bằng giấy, Văn phòng mở hằng tuần."),
		},
	},
}

// postedAnswer is what the first of them was answered once more: the first answer had left the posting out.
var postedAnswer = doithoai.Answer{
	Body: strings.Replace(alikeAnswer.Body, "kết quả có trong 10 ngày làm việc.",
		"kết quả có sau 15 ngày niêm yết công khai tại trụ sở và nơi có đất, và 10 ngày làm việc.", 1),
	Basis: "Nghị định 43/2014/NĐ-CP, Điều 70; Nghị định 61/2018/NĐ-CP, Điều 17",
}

// alikeAnswer is what both who said the same in June were answered.
var alikeAnswer = doithoai.Answer{
	Body: "Bộ phận Địa chính đã xem lại hồ sơ: phản ánh đúng, các lần trả hồ sơ đều không có phiếu hướng dẫn. UBND " +
		"xã xin lỗi.\n\n" +
		"Hồ sơ chỉ cần đơn theo mẫu, bản sao giấy tờ về quyền sử dụng đất nếu có, và chứng từ nộp thuế đất các năm. " +
		"Giấy xác nhận của người làm chứng mà cán bộ yêu cầu lần thứ ba không có trong thành phần hồ sơ. Bộ phận nhận " +
		"lại hồ sơ bất cứ ngày làm việc nào, không phải lấy số; kết quả có trong 10 ngày làm việc.\n\n" +
		"Từ ngày 01/07/2024, hồ sơ trả lại phải có phiếu ghi hết một lần giấy tờ còn thiếu, có chữ ký của công chức.",
	Basis: "Nghị định 61/2018/NĐ-CP, Điều 17",
}
