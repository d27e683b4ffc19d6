package bench

import (
	"context"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/store"
)

// The commune that is measured does not exist. Its units and villages are of the usual number.

var commune = doithoai.Authority{
	Slug: slug, Name: "UBND xã Đo Lường", FullName: "Ủy ban nhân dân xã Đo Lường",
	Superior: "Ủy ban nhân dân tỉnh Thí Nghiệm", Place: "Đo Lường", Prefix: "DL",
	Phone: "02550000000", Address: "Trụ sở UBND xã Đo Lường",
	Hours: "Thứ Hai đến thứ Sáu, 07 giờ đến 11 giờ 30 và 13 giờ 30 đến 17 giờ",
}

const officeUnit = "van-phong"

// communeUnits lead what is raised in their fields; the office leads the rest.
var communeUnits = []struct {
	doithoai.Unit
	fields []string
}{
	{
		doithoai.Unit{Code: officeUnit, Name: "Văn phòng HĐND và UBND", Office: true, Phone: "02550000000"},
		[]string{"thai-do-phuc-vu", "hoa-giai", "khac"},
	},
	{
		doithoai.Unit{Code: "phong-kinh-te", Name: "Phòng Kinh tế", Phone: "02550000001"},
		[]string{"dat-dai", "xay-dung", "moi-truong", "ho-kinh-doanh"},
	},
	{
		doithoai.Unit{Code: "phong-van-hoa-xa-hoi", Name: "Phòng Văn hóa – Xã hội", Phone: "02550000002"},
		[]string{"bao-tro-xa-hoi", "nguoi-co-cong", "giam-ngheo", "giao-duc"},
	},
	{
		doithoai.Unit{Code: "trung-tam-hanh-chinh-cong", Name: "Trung tâm Phục vụ hành chính công", Phone: "02550000003"},
		[]string{"ho-tich", "chung-thuc"},
	},
	{doithoai.Unit{Code: "cong-an", Name: "Công an xã", Phone: "02550000004"}, []string{"cu-tru"}},
}

var communeVillages = []doithoai.Village{
	{Name: "Thôn 1"}, {Name: "Thôn 2"}, {Name: "Thôn 3"}, {Name: "Thôn 4"},
	{Name: "Thôn 5"}, {Name: "Thôn 6"}, {Name: "Thôn 7"}, {Name: "Thôn 8"},
}

// password opens every account of a bench.
const password = "do-luong-2026"

// Logins of those who act and read. An officer of the unit n, from 1, has the login unitLogin(n).
const (
	loginChair      = "chutich"
	loginVice       = "phochutich"
	loginOffice     = "vanphong"
	loginApprover   = "chanhvp" // approves what the office proposes
	loginSecretary  = "thuky"
	loginClerk      = "vanthu"
	loginReception  = "tiepdan"
	loginSupervisor = "giamsat"
	loginAdmin      = "quantri"
)

func unitLogin(n int) string { return fmt.Sprintf("donvi%d", n) }

// officers are the accounts; those of the units follow from communeUnits.
var officers = []doithoai.Officer{
	{Login: loginChair, Name: "Đặng Văn Giả Định", Post: "Chủ tịch UBND xã", Roles: []doithoai.Role{doithoai.RoleChair}},
	{
		Login: loginVice,
		Name:  "Cao Thị Giả Thiết",
		Post:  "Phó Chủ tịch UBND xã",
		Roles: []doithoai.Role{doithoai.RoleViceChair},
	},
	{
		Login: loginOffice,
		Name:  "Lê Thị Giả Dụ",
		Post:  "Chuyên viên Văn phòng",
		Roles: []doithoai.Role{doithoai.RoleOffice},
	},
	{
		Login: loginApprover,
		Name:  "Võ Văn Thử",
		Post:  "Chánh Văn phòng",
		Roles: []doithoai.Role{doithoai.RoleHeadOfOffice},
	},
	{
		Login: loginSecretary,
		Name:  "Hồ Thị Giả Sử",
		Post:  "Thư ký hội nghị đối thoại",
		Roles: []doithoai.Role{doithoai.RoleSecretary},
	},
	{Login: loginClerk, Name: "Phan Văn Nháp", Post: "Văn thư", Roles: []doithoai.Role{doithoai.RoleClerk}},
	{
		Login: loginReception,
		Name:  "Huỳnh Văn Giả Tưởng",
		Post:  "Công chức tiếp công dân",
		Roles: []doithoai.Role{doithoai.RoleReception},
	},
	{
		Login: loginSupervisor,
		Name:  "Tạ Thị Ước Định",
		Post:  "Chủ tịch Ủy ban MTTQ Việt Nam xã",
		Roles: []doithoai.Role{doithoai.RoleSupervisor},
	},
	{
		Login: loginAdmin,
		Name:  "Lý Văn Tượng Trưng",
		Post:  "Quản trị hệ thống",
		Roles: []doithoai.Role{doithoai.RoleAdministrator},
	},
}

// found sets the commune up in a database that has none yet, or finds that of an earlier bench.
func found(ctx context.Context, at Place) (err error) {
	db, err := openAt(ctx, at, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, there, err := own(ctx, db); err != nil || there {
		return err
	}
	_, err = setUp(ctx, db, commune)
	return err
}

func setUp(ctx context.Context, db *store.DB, a doithoai.Authority) (doithoai.Authority, error) {
	var units []doithoai.Unit
	for _, u := range communeUnits {
		units = append(units, u.Unit)
	}
	return db.SetUp(ctx, store.Setup{Authority: a, Units: units, Villages: communeVillages})
}

// staff are the officers of the commune, and what they must know to act.
type staff struct {
	authority doithoai.Authority
	officers  map[string]doithoai.Officer // by login
	units     []doithoai.Unit             // in the order of communeUnits
	leads     map[string]int              // unit, by field
	villages  []doithoai.Village
	rules     doithoai.Rules
}

func (s staff) actor(login string) doithoai.Actor { return s.officers[login].Actor() }

// lead is the unit that leads what is raised in a field.
func (s staff) lead(field string) (n int, unit doithoai.Unit) {
	n = s.leads[field]
	return n, s.units[n]
}

// hire opens the accounts of a new commune.
func hire(ctx context.Context, db *store.DB, a doithoai.Authority) error {
	units, err := db.Units(ctx, a.ID)
	if err != nil {
		return err
	}
	byCode := map[string]doithoai.Unit{}
	for _, u := range units {
		byCode[u.Code] = u
	}
	all := officers
	for i, u := range communeUnits {
		all = append(all[:len(all):len(all)], doithoai.Officer{
			Login: unitLogin(i), Name: fmt.Sprintf("Nguyễn Văn Mẫu %d", i), Post: "Chuyên viên " + u.Name,
			UnitID: byCode[u.Code].ID, Roles: []doithoai.Role{doithoai.RoleUnitOfficer},
		})
	}
	for _, o := range all {
		o.AuthorityID = a.ID
		switch o.Login {
		case loginOffice, loginApprover, loginSecretary, loginClerk:
			o.UnitID = byCode[officeUnit].ID
		}
		if _, err := db.AddOfficer(ctx, o, password); err != nil {
			return fmt.Errorf("account %s: %w", o.Login, err)
		}
	}
	return nil
}

// muster finds the staff of a commune.
func muster(ctx context.Context, db *store.DB) (s staff, err error) {
	there := false
	if s.authority, there, err = own(ctx, db); err != nil {
		return s, err
	}
	if !there {
		return s, errors.New("there is nothing at which to measure: run `doithoai bench fill` first")
	}
	all, err := db.Officers(ctx, s.authority.ID)
	if err != nil {
		return s, err
	}
	if len(all) == 0 {
		return s, errors.New("the database was made by another bench: run `doithoai bench fill` with another --data")
	}
	s.officers = map[string]doithoai.Officer{}
	for _, o := range all {
		s.officers[o.Login] = o
	}
	return s, s.know(ctx, db)
}

// know reads what the staff must know of their authority to act.
func (s *staff) know(ctx context.Context, db *store.DB) error {
	s.leads = map[string]int{}
	units, err := db.Units(ctx, s.authority.ID)
	if err != nil {
		return err
	}
	for i, u := range communeUnits {
		for _, there := range units {
			if there.Code == u.Code {
				s.units = append(s.units, there)
			}
		}
		for _, f := range u.fields {
			s.leads[f] = i
		}
	}
	if s.villages, err = db.Villages(ctx, s.authority.ID); err != nil {
		return err
	}
	s.rules, err = db.Rules(ctx, s.authority.ID)
	return err
}
