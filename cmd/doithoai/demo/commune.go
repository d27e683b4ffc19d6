package demo

import (
	"doithoai"
	"doithoai/calendar"
)

// The commune of the demo. Its name, place and superior are those of the plan; units carry the codes that the plan's
// assignments name. Telephone numbers are of a shape that is given to nobody.

var commune = doithoai.Authority{
	Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng",
	Superior: "Ủy ban nhân dân thành phố Quảng Ngãi", Place: "Nghĩa Dũng", Prefix: "ND", Phone: "02550000000",
	Address: "Trụ sở UBND xã Nghĩa Dũng, thành phố Quảng Ngãi",
	Hours:   "Thứ Hai đến thứ Sáu, 07\u00a0giờ đến 11\u00a0giờ\u00a030 và 13\u00a0giờ\u00a030 đến 17\u00a0giờ",
	Reception: "Chủ tịch UBND xã tiếp công dân sáng thứ Năm hằng tuần, từ 07\u00a0giờ\u00a030\u00a0phút, tại Phòng tiếp " +
		"công dân của UBND xã",
	Demo: true,
}

const (
	unitOffice  = "van-phong"
	unitFinance = "tai-chinh-ke-toan"
	unitCulture = "van-hoa-thong-tin"
	unitJustice = "tu-phap-ho-tich"
	unitLand    = "dia-chinh"
	unitSocial  = "lao-dong-xa-hoi"
)

var communeUnits = []doithoai.Unit{
	{
		Code: unitOffice, Name: "Bộ phận Văn phòng UBND", Short: "Văn phòng", Office: true,
		Contact: "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê", Phone: "02550000000",
	},
	{
		Code: unitFinance, Name: "Bộ phận Tài chính – Kế toán", Short: "Tài chính",
		Contact: "Ông Phan Văn Nháp, công chức Tài chính – Kế toán", Phone: "02550000002",
	},
	{
		Code: unitCulture, Name: "Bộ phận Văn hóa - Thông tin và Đài truyền thanh", Short: "Văn hóa",
		Contact: "Bà Hồ Thị Giả Sử, công chức Văn hóa – Xã hội", Phone: "02550000003",
	},
	{
		Code: unitJustice, Name: "Bộ phận Tư pháp – Hộ tịch", Short: "Tư pháp",
		Contact: "Bà Phạm Thị Minh Họa, công chức Tư pháp – Hộ tịch", Phone: "02550000004",
	},
	{
		Code: unitLand, Name: "Bộ phận Địa chính – Nông nghiệp – Xây dựng và Môi trường", Short: "Địa chính",
		Contact: "Ông Nguyễn Văn Mẫu, công chức Địa chính – Nông nghiệp – Xây dựng và Môi trường", Phone: "02550000005",
	},
	{
		Code: unitSocial, Name: "Bộ phận Lao động – Thương binh và Xã hội", Short: "Lao động",
		Contact: "Ông Đỗ Văn Tạm Đặt, công chức Văn hóa – Xã hội", Phone: "02550000006",
	},
}

var communeVillages = []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}, {Name: "Thôn 3"}, {Name: "Thôn 4"}}

// account is an account of the demo, the code of its unit, and its village.
type account struct {
	doithoai.Officer
	unit, village string
}

// The logins of those who act in the story.
const (
	LoginChair      = "chutich"
	LoginVice       = "phochutich"
	LoginReception  = "tiepdan"
	LoginSupervisor = "giamsat"
	LoginOffice     = "vanphong"
	LoginSecretary  = "thuky"
	LoginJustice    = "tuphap"
	LoginLand       = "diachinh"
	LoginAdmin      = "quantri"
	LoginFinance    = "taichinh"
	LoginCulture    = "vanhoa"
	LoginVillage    = "truongthon1"
	LoginVillage4   = "truongthon4"
)

var communeOfficers = []account{
	{
		doithoai.Officer{
			Login: LoginChair, Name: "Đặng Văn Giả Định", Post: "Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleChair},
		},
		"", "",
	},
	{
		doithoai.Officer{
			Login: LoginVice, Name: "Cao Thị Giả Thiết", Post: "Phó Chủ tịch UBND xã",
			Roles: []doithoai.Role{doithoai.RoleViceChair},
		},
		"", "",
	},
	{
		doithoai.Officer{
			Login: LoginOffice, Name: "Lê Thị Giả Dụ", Post: "Công chức Văn phòng – Thống kê",
			Roles: []doithoai.Role{doithoai.RoleOffice},
		},
		unitOffice, "",
	},
	{
		doithoai.Officer{
			Login: LoginSecretary, Name: "Võ Văn Thử", Post: "Thư ký hội nghị đối thoại",
			Roles: []doithoai.Role{doithoai.RoleSecretary},
		},
		unitOffice, "",
	},
	{
		doithoai.Officer{
			Login: LoginJustice, Name: "Phạm Thị Minh Họa", Post: "Công chức Tư pháp – Hộ tịch",
			Roles: []doithoai.Role{doithoai.RoleUnitOfficer},
		},
		unitJustice, "",
	},
	{
		doithoai.Officer{
			Login: LoginLand, Name: "Nguyễn Văn Mẫu", Post: "Công chức Địa chính",
			Roles: []doithoai.Role{doithoai.RoleUnitOfficer},
		},
		unitLand, "",
	},
	{
		doithoai.Officer{
			Login: LoginReception, Name: "Huỳnh Văn Giả Tưởng", Post: "Công chức tiếp công dân",
			Roles: []doithoai.Role{doithoai.RoleReception},
		},
		"", "",
	},
	{
		doithoai.Officer{
			Login: LoginSupervisor, Name: "Tạ Thị Ước Định", Post: "Chủ tịch Ủy ban MTTQ Việt Nam xã",
			Roles: []doithoai.Role{doithoai.RoleSupervisor},
		},
		"", "",
	},
	{
		doithoai.Officer{
			Login: LoginAdmin, Name: "Lý Văn Tượng Trưng", Post: "Quản trị hệ thống",
			Roles: []doithoai.Role{doithoai.RoleAdministrator},
		},
		"", "",
	},
	{
		doithoai.Officer{
			Login: LoginFinance, Name: "Phan Văn Nháp", Post: "Công chức Tài chính – Kế toán",
			Roles: []doithoai.Role{doithoai.RoleFinance},
		},
		unitFinance, "",
	},
	{
		doithoai.Officer{
			Login: LoginCulture, Name: "Hồ Thị Giả Sử", Post: "Công chức Văn hóa – Xã hội",
			Roles: []doithoai.Role{doithoai.RoleCulture},
		},
		unitCulture, "",
	},
	{
		doithoai.Officer{
			Login: LoginVillage, Name: "Trương Văn Ví Dụ", Post: "Trưởng Thôn 1",
			Roles: []doithoai.Role{doithoai.RoleVillageHead},
		},
		"", "Thôn 1",
	},
	{
		doithoai.Officer{
			Login: LoginVillage4, Name: "Trịnh Thị Thử Nghiệm", Post: "Trưởng Thôn 4",
			Roles: []doithoai.Role{doithoai.RoleVillageHead},
		},
		"", "Thôn 4",
	},
}

// dialogue is announced on 10 October 2024 for the 25th: 15 days ahead. Its steps are the plan's seven.
var dialogue = doithoai.Dialogue{
	Slug:       "2024-10-25",
	Title:      "Hội nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2024",
	StartsAt:   october(25, 8, 0),
	DoorsAt:    october(25, 7, 30),
	SlipsUntil: october(24, 16, 30),
	Venue:      "Hội trường UBND xã Nghĩa Dũng",
	EndsAt:     october(25, 10, 30),
	Chair:      "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
	Secretary:  "Ông Võ Văn Thử, công chức Tư pháp – Hộ tịch",
	Kinds:      []doithoai.DialogueKind{doithoai.KindProcedures, doithoai.KindConduct},
	Form:       doithoai.FormDirect,
	WithFront:  true,
}

// dialogueSteps are minutes and presenter of the plan's steps, in its order.
var dialogueSteps = []presented{
	{30, "Bộ phận Văn phòng UBND"},
	{10, "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê"},
	{5, "Ông Võ Văn Thử, thư ký hội nghị"},
	{75, "Ông Đặng Văn Giả Định, Chủ tịch UBND xã"},
	{45, "Ông Đặng Văn Giả Định, Chủ tịch UBND xã, và các bộ phận chuyên môn"},
	{10, "Ông Đặng Văn Giả Định, Chủ tịch UBND xã"},
	{5, "Bà Lê Thị Giả Dụ, công chức Văn phòng – Thống kê"},
}

// october is a moment of October 2024 in Viet Nam.
func october(day, hour, minute int) calendar.Instant {
	return calendar.InstantAt(calendar.DateOf(2024, 10, day), hour, minute)
}
