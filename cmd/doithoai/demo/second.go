package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
)

// The demo's second commune, which stands at the start of its year: of the two-tier model, under the law of 2026, with
// last year's plan and nothing of this one. Neither it nor anybody of it exists.

// newYear is when its clock begins: Monday, 5 January 2026, 08:00 in Viet Nam.
var newYear = calendar.InstantAt(calendar.DateOf(2026, time.January, 5), 8, 0)

// SecondSlug is the second commune's.
const SecondSlug = "xa-thi-du"

var secondCommune = doithoai.Authority{
	Slug: SecondSlug, Name: "UBND xã Thí Dụ", FullName: "Ủy ban nhân dân xã Thí Dụ",
	Superior: "Ủy ban nhân dân tỉnh Quảng Ngãi", Place: "Thí Dụ", Prefix: "TD", Phone: "02550000010",
	Address: "Trụ sở UBND xã Thí Dụ, tỉnh Quảng Ngãi", Hours: commune.Hours, Reception: commune.Reception,
	Demo: true,
}

var secondUnits = []doithoai.Unit{
	{
		Code: unitOffice, Name: "Văn phòng HĐND và UBND", Short: "Văn phòng", Office: true,
		Contact: "Bà Lê Thị Giả Dụ, chuyên viên Văn phòng", Phone: "02550000010",
	},
	{
		Code: "phong-kinh-te", Name: "Phòng Kinh tế", Short: "Kinh tế",
		Contact: "Ông Nguyễn Văn Mẫu, chuyên viên Phòng Kinh tế", Phone: "02550000011",
	},
	{
		Code: "phong-van-hoa-xa-hoi", Name: "Phòng Văn hóa – Xã hội", Short: "Văn hóa",
		Contact: "Bà Hồ Thị Giả Sử, chuyên viên Phòng Văn hóa – Xã hội", Phone: "02550000012",
	},
	{
		Code: "trung-tam-phuc-vu-hanh-chinh-cong", Name: "Trung tâm Phục vụ hành chính công", Short: "Hành chính công",
		Contact: "Bà Phạm Thị Minh Họa, chuyên viên Trung tâm", Phone: "02550000013",
	},
}

var secondVillages = []doithoai.Village{
	{Name: "Thôn Ví Dụ"}, {Name: "Thôn Giả Lập"}, {Name: "Thôn Mô Phỏng"}, {Name: "Thôn Bản Nháp"}, {Name: "Thôn Tạm Đặt"},
}

// secondUnitOf are the units of its officers, who are called as in the first commune.
var secondUnitOf = map[string]string{
	LoginOffice: unitOffice, LoginSecretary: unitOffice, LoginJustice: "trung-tam-phuc-vu-hanh-chinh-cong",
	LoginLand: "phong-kinh-te", LoginFinance: "phong-kinh-te", LoginCulture: "phong-van-hoa-xa-hoi",
}

// Begin sets the second commune up in an empty database, lets it take over its plan of 2025, and starts its clock on
// the first working Monday of 2026. The database must take its time from the clock.
func Begin(ctx context.Context, db *store.DB, clock *Clock) error {
	clock.set(calendar.InstantAt(calendar.DateOf(2025, time.July, 1), 8, 0))
	a, err := db.SetUp(ctx, store.Setup{Authority: secondCommune, Units: secondUnits, Villages: secondVillages})
	if err != nil {
		return err
	}
	units, err := db.Units(ctx, a.ID)
	if err != nil {
		return err
	}
	var office doithoai.Officer
	for _, o := range communeOfficers {
		if o.village != "" { // the first commune has it
			continue
		}
		o.AuthorityID = a.ID
		if i := slices.IndexFunc(units, func(u doithoai.Unit) bool { return u.Code == secondUnitOf[o.Login] }); i >= 0 {
			o.UnitID = units[i].ID
		}
		added, err := db.AddOfficer(ctx, o.Officer, Password)
		if err != nil {
			return err
		}
		if o.Login == LoginOffice {
			office = added
		}
	}
	last, err := lastYears()
	if err != nil {
		return err
	}
	clock.set(calendar.InstantAt(last.Date, 14, 0))
	if _, err := db.TakeOverPlan(ctx, office.Actor(), last); err != nil {
		return err
	}
	clock.start(newYear)
	return nil
}

// lastYears is the second commune's plan of 2025: the real plan's text with other names. Its bases are still those of
// 2024, as in plans that were copied after the communes merged: the plan of 2026 must replace them.
func lastYears() (plan.Plan, error) {
	return planFor("Thí Dụ", "UBND tỉnh Quảng Ngãi", calendar.DateOf(2025, time.July, 21))
}

// planFor is the real plan's text for a commune that does not exist, of the year of its day.
func planFor(name, superior string, day calendar.Date) (plan.Plan, error) {
	p, err := plan.Parse([]byte(strings.NewReplacer(
		"xã Nghĩa Dũng", "xã "+name, "Nghĩa Dũng", name, "04 thôn", "05 thôn", "Bùi Diệu", "Đặng Văn Giả Định",
		"UBND thành phố thông báo", "UBND tỉnh thông báo",
		"UBND thành phố (qua phòng Nội vụ thành phố, Văn phòng thành phố)", "UBND tỉnh (qua Sở Nội vụ, Văn phòng UBND tỉnh)",
		unitFinance, "phong-kinh-te", unitCulture, "phong-van-hoa-xa-hoi",
	).Replace(string(plan2024))))
	if err != nil {
		return p, err
	}
	p = p.Copied(day.Year)
	p.Superior, p.Date = superior, day
	return p, nil
}

// SecondGuide tells a newcomer what the second commune is for.
func SecondGuide(db *store.DB, a doithoai.Authority, p text.Printer) string {
	return "\n" + p.T("demo.guide.second", "name", a.Name, "date", p.DateTime(calendar.Civil(db.Now())),
		"password", Password) + "\n\n"
}
