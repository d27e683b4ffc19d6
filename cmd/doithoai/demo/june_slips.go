package demo

import (
	"context"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// juneTales are the seventeen opinions of the dialogue of June, by every way and with every ruling: eight came before
// the day, eight were said in the hall, one stood on the sheet that was written by hand while the power was off.
var juneTales = slices.Concat(juneSlips, juneSaid)

// juneSlips are those that came before the day, on slips and on the list of a village.
var juneSlips = []tale{
	{
		name: "giay uy quyen nhan luong huu", june: true, at: june(18, 9, 40), village: "Thôn 2",
		headline: "Giấy ủy quyền nhận lương hưu, ai phải có mặt",
		slip: doithoai.Slip{
			FieldCode: "chung-thuc", Manner: doithoai.MannerBoth,
			Matters: []string{
				"Tôi 76 tuổi, muốn ủy quyền cho con gái nhận lương hưu thay. Quầy chứng thực yêu cầu cả hai mẹ con phải " +
					"có mặt, trong khi con tôi đi làm cả tuần. Quy định có bắt buộc như vậy không? Nếu tôi không đi lại " +
					"được thì xã có đến nhà chứng thực không?",
			},
			Petitioner: doithoai.Petitioner{
				Name: "Huỳnh Thị Tập Dượt", Ways: by(doithoai.WayEmail), Email: "tapduot@example.com",
			},
		},
		steps: []step{
			arrives(june(28, 7, 44), false),
			speaks(june(28, 8, 22)),
			ruleBy(LoginSecretary, june(28, 9, 18), 0, "", doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, AnsweredBy: "Bà Phạm Thị Minh Họa, công chức Tư pháp – Hộ tịch",
				Agreement: doithoai.AgreementYes,
				Text: "Ủy quyền nhận lương hưu không có thù lao và không liên quan đến chuyển quyền sở hữu tài sản thì " +
					"được chứng thực chữ ký trên giấy ủy quyền: chỉ bà phải có mặt, con gái bà không phải đến. Quầy yêu cầu " +
					"cả hai mẹ con là chưa đúng, bộ phận xin lỗi bà.\n\n" +
					"Người già yếu không đi lại được thì được chứng thực tại nhà. Bà gọi (0255) 000 0004 để hẹn ngày. Phí " +
					"chứng thực chữ ký là 10.000 đồng một trường hợp.",
			}),
			propose(july(2, 9, 10), LoginOffice, doithoai.Publication{
				Title: "Giấy ủy quyền nhận lương hưu: chỉ người ủy quyền phải có mặt",
				Question: "Người cao tuổi ủy quyền cho con nhận lương hưu thay. Quầy chứng thực yêu cầu cả hai người có " +
					"mặt, có đúng không? Không đi lại được thì xã có đến nhà chứng thực không?",
				Answer: "Ủy quyền không có thù lao và không liên quan đến chuyển quyền sở hữu tài sản thì được chứng thực " +
					"chữ ký trên giấy ủy quyền, chỉ người ủy quyền phải có mặt (Nghị định 23/2015/NĐ-CP, Điều 24).\n\n" +
					"Người già yếu không đi lại được thì được chứng thực tại nhà (Điều 10), hẹn ngày qua số (0255) 000 " +
					"0004. Phí là 10.000 đồng một trường hợp.",
			}),
			approve(july(3, 8, 20), LoginChair),
			rate(july(3, 19, 30), doithoai.SolvedYes, 5),
		},
	},
	{
		name: "chin ho xom bau", june: true, at: june(20, 19, 15), by: LoginVillage, village: "Thôn 1",
		headline: "Diện tích trên giấy chứng nhận của 9 hộ xóm Bàu",
		slip: doithoai.Slip{
			PaperNumber: "0008",
			Channel:     doithoai.ChannelVillage, FieldCode: "dat-dai", Manner: doithoai.MannerSpeak,
			Matters: []string{
				"Chín hộ xóm Bàu được cấp giấy chứng nhận năm 1997, diện tích ghi khác thực tế từ 18 đến 60 m². Tháng " +
					"8/2023 có đoàn về đo lại, đến nay chưa hộ nào nhận kết quả. Đề nghị xã làm việc với cơ quan đo đạc và " +
					"cho biết bao giờ được đính chính.",
			},
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingGroup, Households: 9, Name: "Thiều Văn Phác Họa", Ways: by(doithoai.WayAloud),
			},
		},
		steps: []step{
			arrives(june(28, 7, 47), false),
			speaks(june(28, 8, 26)),
			ruleBy(LoginSecretary, june(28, 9, 24), 0, unitLand, doithoai.Ruling{
				Code: doithoai.RulingCoordinate, Proposed: true,
			}, unitJustice),
			view(july(2, 8, 30), LoginLand, "verify"),
			notesDown(july(4, 10, 20), LoginJustice, doithoai.PetitionNote{
				Kind: doithoai.NotePart,
				Body: "Sổ đăng ký của 9 hộ không có tranh chấp, khởi kiện nào được ghi từ năm 1997; hai hộ đã có văn bản khai " +
					"nhận di sản (số 12 và 31/2019).",
			}),
			notesDown(july(9, 15, 10), LoginLand, doithoai.PetitionNote{
				Kind: doithoai.NoteContact, With: "Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi",
				HeldAt: july(9, 14, 45), Body: "Kết quả đo tháng 8/2023 chưa nghiệm thu; đề nghị xã gửi văn bản, sẽ trả lời " +
					"bằng trích đo từng thửa.",
			}),
			writesOn(july(11, 15, 20), LoginLand, doithoai.OnwardLetter{
				Kind: doithoai.OnwardCoordination, To: "Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi",
				Number: "79/UBND-ĐC", Asked: "Đề nghị gửi trích đo 9 thửa đất xóm Bàu để xã trả lời các hộ.",
			}),
			pause(july(11, 15, 30), LoginLand, doithoai.Pause{
				Kind: doithoai.PauseAgency, Number: "79/UBND-ĐC", Dated: calendar.DateOf(2024, time.July, 11),
				Awaited: "Kết quả trích đo 9 thửa đất xóm Bàu của Chi nhánh Văn phòng Đăng ký đất đai thành phố Quảng Ngãi",
			}),
			handed(july(12, 17, 0)),
			urgesBody(october(14, 15, 10), LoginLand, doithoai.BodyUrging{
				Way: doithoai.UrgeVisit, By: "Ông Nguyễn Văn Mẫu, công chức Địa chính",
				Said: "Làm việc tại Chi nhánh: đã nghiệm thu 5 thửa, hẹn đủ 9 thửa trước ngày 31/10/2024.",
			}),
		},
	},
	{
		name: "dang ky lai khai sinh", hint: "absent", june: true, at: june(21, 20, 5), village: "Thôn 4",
		headline: "Đăng ký lại khai sinh khi sổ gốc không còn",
		slip: doithoai.Slip{
			FieldCode: "ho-tich", Manner: doithoai.MannerSpeak,
			Matters: []string{
				"Mẹ tôi sinh năm 1956 tại xã, giấy khai sinh cháy cùng nhà năm 1999, xã báo sổ gốc không còn. Nay cần " +
					"giấy khai sinh để làm hồ sơ thừa kế. Đăng ký lại cần những gì, bao lâu thì có?",
			},
			Petitioner: doithoai.Petitioner{
				Name: "Uông Văn Làm Mẫu", Ways: by(doithoai.WayEmail), Email: "lammau@example.com",
			},
		},
		steps: []step{
			misses(june(28, 8, 31)),
			entitled(june(28, 8, 33)),
			answerLater(june(28, 10, 36), unitJustice, doithoai.UnheardAbsent),
			submit(july(12, 16, 30), LoginJustice, doithoai.Answer{
				Body: "Mẹ ông sinh trước ngày 01/01/2016, sổ hộ tịch và bản chính giấy khai sinh đều không còn nên thuộc " +
					"trường hợp được đăng ký lại, tại UBND xã.\n\n" +
					"Hồ sơ gồm: tờ khai theo mẫu, có cam đoan đã đăng ký khai sinh nhưng không còn bản chính; bản sao các " +
					"giấy tờ của mẹ ông có nội dung khai sinh như lý lịch, học bạ, căn cước công dân, giấy tờ của cha mẹ. " +
					"Xã giải quyết trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ.\n\n" +
					"Ông gọi (0255) 000 0004 trước khi đến; bà Phạm Thị Minh Họa xem trước giấy tờ để ông không phải đi lại " +
					"nhiều lần. Câu trả lời này chậm 01 ngày làm việc so với hẹn do bộ phận tra lại sổ lưu các năm 1956 đến " +
					"1960; UBND xã xin lỗi ông.",
				Basis: "Nghị định 123/2015/NĐ-CP, Điều 24, Điều 25 và Điều 26",
			}, promised{
				unitJustice, "Số hóa xong sổ hộ tịch còn lưu các năm 1956 đến 1960",
				calendar.DateOf(2024, time.December, 31),
			}),
			signsInInk(july(16, 8, 40), "chậm 01 ngày làm việc", "chậm 02 ngày làm việc"),
			dispatch(july(16, 10, 15), "84/UBND-VP"),
			propose(july(17, 9, 0), LoginJustice, doithoai.Publication{
				Title: "Đăng ký lại khai sinh khi sổ hộ tịch và bản chính đều không còn",
				Question: "Giấy khai sinh của cha mẹ đã cháy, sổ gốc tại xã không còn. Đăng ký lại cần những gì, bao lâu " +
					"thì có?",
				Answer: "Đăng ký lại tại UBND xã nếu việc sinh đã đăng ký trước ngày 01/01/2016. Hồ sơ gồm tờ khai theo " +
					"mẫu có cam đoan và bản sao các giấy tờ có nội dung khai sinh: lý lịch, học bạ, căn cước công dân. Thời " +
					"hạn là 05 ngày làm việc kể từ ngày nhận đủ hồ sơ. Gọi (0255) 000 0004 để được xem trước giấy tờ.",
			}),
			approve(july(18, 8, 10), LoginOffice),
			rate(july(18, 21, 0), doithoai.SolvedYes, 3),
		},
	},
	{
		name: "chu dem cua con", june: true, at: june(24, 10, 20), by: LoginOffice, village: "Thôn 3",
		headline: "Chữ đệm trong giấy khai sinh của con ghi sai",
		slip: doithoai.Slip{
			Channel: doithoai.ChannelPhone, FieldCode: "ho-tich", Manner: doithoai.MannerSpeak,
			Matters: []string{
				"Giấy khai sinh của con tôi, 11 tuổi, ghi chữ đệm khác với sổ của trường và thẻ bảo hiểm y tế. Trường yêu " +
					"cầu sửa trước khi nhập học lớp 6. Sửa ở xã hay ở thành phố, cần giấy tờ gì?",
			},
			Petitioner: doithoai.Petitioner{
				Name: "Lương Thị Phỏng Theo", Ways: by(doithoai.WayPhone), Phone: "0900000051",
			},
		},
		steps: []step{
			arrives(june(28, 7, 52), false),
			entitled(june(28, 10, 35)),
			answerLater(june(28, 10, 37), unitJustice, doithoai.UnheardNotReached),
			handed(june(28, 14, 10)),
			submit(july(3, 15, 20), LoginJustice, doithoai.Answer{
				Body: "Cháu chưa đủ 14 tuổi nên việc cải chính do UBND xã Nghĩa Dũng giải quyết, bà không phải lên thành " +
					"phố.\n\n" +
					"Bà nộp tờ khai theo mẫu, bản chính giấy khai sinh của cháu và giấy tờ có chữ đệm đúng (học bạ, sổ khám " +
					"bệnh khi sinh). Nếu sai sót do cán bộ ghi khi đăng ký thì xã cải chính theo sổ gốc. Thời hạn là 03 " +
					"ngày làm việc; phải xác minh thì thêm không quá 03 ngày làm việc.\n\n" +
					"Bà đến quầy Tư pháp – Hộ tịch trước ngày 12/07/2024 thì có kết quả trước hạn nhập học của trường.",
				Basis: "Luật Hộ tịch năm 2014, Điều 27 và Điều 28",
			}, promised{
				unitJustice, "Rà soát sổ khai sinh năm 2012 và 2013, báo gia đình có chữ đệm ghi khác sổ gốc",
				calendar.DateOf(2024, time.September, 30),
			}),
			sign(july(4, 16, 45)),
			dispatch(july(5, 9, 0), "71/UBND-VP"),
			handed(july(5, 9, 40)),
			propose(july(8, 14, 30), LoginJustice, doithoai.Publication{
				Title: "Sửa chữ đệm trong giấy khai sinh của trẻ dưới 14 tuổi: làm tại xã",
				Question: "Giấy khai sinh của con 11 tuổi ghi chữ đệm khác với sổ của trường. Sửa ở xã hay ở thành phố, " +
					"cần giấy tờ gì?",
				Answer: "Người chưa đủ 14 tuổi thì UBND xã giải quyết việc cải chính.\n\n" +
					"Nộp tờ khai theo mẫu, bản chính giấy khai sinh và giấy tờ có chữ đệm đúng. Thời hạn là 03 ngày làm " +
					"việc; phải xác minh thì thêm không quá 03 ngày làm việc.",
			}),
			approve(july(9, 8, 10), LoginOffice),
			rate(july(20, 18, 25), doithoai.SolvedYes, 5),
		},
	},
	{
		name: "giay xac nhan vay von", june: true, at: june(25, 8, 35), village: "Thôn 1",
		headline: "Xác nhận hồ sơ vay vốn chưa được trả",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Tôi nộp đơn xin xác nhận cư trú để vay vốn học sinh, sinh viên từ ngày 14/06, hẹn 19/06 mà chưa có. Ngân " +
					"hàng chỉ nhận hồ sơ đến hết tháng. Đề nghị xã trả kết quả.",
			},
			Petitioner: doithoai.Petitioner{Name: "Đoàn Văn Thử Bút", Ways: by(doithoai.WayPhone), Phone: "0900000052"},
		},
		steps: []step{
			entitled(june(25, 14, 0)),
			withdraws(june(27, 9, 20), "Ông báo qua điện thoại lúc 09 giờ 10 phút ngày 27/06/2024: đã nhận giấy xác nhận chiều "+
				"26/06, xin rút nội dung."),
		},
	},
	{
		name: "ho tro thiet hai", june: true, at: june(26, 14, 50), village: "Thôn 4",
		headline: "Không đồng ý quyết định hỗ trợ thiệt hại",
		slip: doithoai.Slip{
			FieldCode: "khac",
			Matters: []string{
				"Tôi không đồng ý với quyết định của UBND xã ngày 03/06 về danh sách hộ được hỗ trợ thiệt hại hoa màu. " +
					"Nhà tôi ngập hai sào mà không có tên. Đề nghị hủy quyết định, xét lại.",
			},
			Petitioner: doithoai.Petitioner{Name: "Trà Văn Tóm Lược", Ways: by(doithoai.WayPickUp)},
		},
		steps: []step{
			ruleBy(LoginSecretary, june(28, 10, 2), 0, "", doithoai.Ruling{
				Code: doithoai.RulingComplaint, AnsweredBy: "Ông Huỳnh Văn Giả Tưởng, công chức tiếp công dân",
				Guidance: doithoai.Guidance{Kind: doithoai.GuidedToComplain},
			}),
			{july(4, 7, 50), 0, func(ctx context.Context, t *teller, so *told) error {
				return t.db.TellStatus(ctx, t.actor(LoginOffice), so.opinion.ID)
			}},
			handed(july(4, 7, 55)),
		},
	},
	{
		name: "danh sach thon 3", june: true, at: june(26, 16, 40), village: "Thôn 3",
		take:     listed(2),
		headline: "Trả kết quả tại nhà văn hóa thôn cho người già",
		slip: doithoai.Slip{
			Matters: []string{
				"Người già ở cuối thôn cách trụ sở 6 km, không đi xe được. Đề nghị xã trả kết quả hồ sơ tại nhà văn hóa " +
					"thôn mỗi tháng một buổi.",
				"Nộp phí chứng thực, lệ phí hộ tịch tại quầy có chuyển khoản được không, hay phải có tiền mặt?",
			},
		},
		steps: []step{
			ruleBy(LoginSecretary, june(28, 9, 27), 0, unitOffice, doithoai.Ruling{
				Code: doithoai.RulingLater, Proposed: true, FieldCode: "khac",
			}),
			ruleBy(LoginSecretary, june(28, 9, 30), 1, "", doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, AnsweredBy: "Bà Hà Thị Giả Lập, công chức Tài chính – Kế toán",
				Agreement: doithoai.AgreementNotAsked, Headline: "Nộp phí, lệ phí bằng chuyển khoản",
				FieldCode: "chung-thuc",
				Text: "Được cả hai cách. Tại quầy có mã QR của tài khoản thu phí; chuyển khoản xong, công chức xuất biên " +
					"lai ngay. Người không dùng điện thoại thông minh nộp tiền mặt như trước.",
			}),
			proposeOf(1, july(2, 9, 40), LoginOffice, doithoai.Publication{
				Title:    "Nộp phí chứng thực, lệ phí hộ tịch bằng chuyển khoản",
				Question: "Nộp phí chứng thực, lệ phí hộ tịch tại quầy có chuyển khoản được không?",
				Answer: "Được. Tại quầy có mã QR của tài khoản thu phí, chuyển khoản xong thì nhận biên lai ngay. Người " +
					"không dùng điện thoại thông minh nộp tiền mặt như trước.",
			}),
			approveOf(1, july(3, 8, 30), LoginChair),
			submit(july(10, 15, 0), LoginOffice, doithoai.Answer{
				Body: "UBND xã thực hiện đề nghị của thôn 3. Từ tháng 7/2024, sáng thứ Sáu tuần thứ ba hằng tháng, từ 08 " +
					"giờ đến 10 giờ, một công chức Văn phòng trả kết quả và nhận hồ sơ tại nhà văn hóa thôn 3; buổi đầu là " +
					"ngày 19/07/2024.\n\n" +
					"Ai muốn nhận tại thôn thì ghi “nhận tại thôn 3” trên giấy hẹn khi nộp, hoặc báo Trưởng thôn 3 trước " +
					"buổi đó hai ngày.",
			}, promised{
				unitOffice, "Mở buổi trả kết quả đầu tiên tại nhà văn hóa thôn 3", calendar.DateOf(2024, time.July, 19),
			}),
			sign(july(11, 16, 20)),
			dispatch(july(12, 8, 30), "81/UBND-VP"),
			handed(july(12, 17, 10)),
			propose(july(15, 9, 0), LoginOffice, doithoai.Publication{
				Title: "Trả kết quả hồ sơ tại nhà văn hóa thôn 3 mỗi tháng một buổi",
				Question: "Người già ở cuối thôn 3 cách trụ sở 6 km. Đề nghị xã trả kết quả hồ sơ tại nhà văn hóa thôn " +
					"mỗi tháng một buổi.",
				Answer: "Đã thực hiện. Từ tháng 7/2024, sáng thứ Sáu tuần thứ ba hằng tháng, từ 08 giờ đến 10 giờ, công " +
					"chức Văn phòng trả kết quả và nhận hồ sơ tại nhà văn hóa thôn 3. Ghi “nhận tại thôn 3” trên giấy hẹn, " +
					"hoặc báo Trưởng thôn 3 trước hai ngày.",
			}),
			approve(july(16, 8, 15), LoginChair),
			keeps(july(19, 15, 40), LoginOffice, calendar.DateOf(2024, time.July, 19),
				"Đã trả 14 kết quả, nhận 06 hồ sơ; sổ trả kết quả ngày 19/07/2024, Trưởng thôn 3 ký."),
			decides(july(22, 8, 20), doithoai.InitiativeApplied,
				"Áp dụng ở thôn 3 từ ngày 19/07/2024, mỗi tháng một buổi. Hết quý III/2024, Văn phòng xem lại để mở ở thôn 4."),
			handed(july(22, 17, 0)),
		},
	},
}
