package demo

import (
	"context"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// The demo's commune after 30 June 2025: xã An Phú, made of Nghĩa Dũng, Nghĩa Dõng, Nghĩa Hà and An Phú, directly under
// the province (Nghị quyết 1677/NQ-UBTVQH15). Names of places are those of the resolution; telephone numbers are of a
// shape that is given to nobody.

// mergerDay is the first day of the new commune.
var mergerDay = calendar.DateOf(2025, time.July, 1)

var mergedAuthority = doithoai.Authority{
	From: mergerDay, Basis: "Nghị quyết số 1677/NQ-UBTVQH15 ngày 16/06/2025 của Ủy ban Thường vụ Quốc hội",
	Name: "UBND xã An Phú", FullName: "Ủy ban nhân dân xã An Phú", Superior: "Ủy ban nhân dân tỉnh Quảng Ngãi",
	Place: "An Phú", Prefix: "AP",
	Phone: commune.Phone, Address: "Trụ sở UBND xã An Phú, tỉnh Quảng Ngãi", Hours: commune.Hours,
	Reception: commune.Reception,
}

// mergedUnits are the units of the new commune; each has the work of those whose codes it names.
var mergedUnits = []struct {
	unit doithoai.Unit
	of   []string
}{
	{
		doithoai.Unit{
			Code: "van-phong-2025", Name: "Văn phòng HĐND và UBND", Short: "Văn phòng", Office: true,
			Contact: "Bà Lê Thị Giả Dụ, chuyên viên Văn phòng", Phone: "02550000001",
		},
		[]string{unitOffice, unitJustice},
	},
	{
		doithoai.Unit{
			Code: "kinh-te", Name: "Phòng Kinh tế", Short: "Kinh tế",
			Contact: "Ông Nguyễn Văn Mẫu, chuyên viên Phòng Kinh tế", Phone: "02550000005",
		},
		[]string{unitFinance, unitLand},
	},
	{
		doithoai.Unit{
			Code: "van-hoa-xa-hoi", Name: "Phòng Văn hóa – Xã hội", Short: "Văn hóa",
			Contact: "Bà Hồ Thị Giả Sử, chuyên viên Phòng Văn hóa – Xã hội", Phone: "02550000003",
		},
		[]string{unitCulture, unitSocial},
	},
	{
		doithoai.Unit{
			Code: "hanh-chinh-cong", Name: "Trung tâm Phục vụ hành chính công", Short: "Hành chính công",
			Contact: "Ông Phan Văn Nháp, chuyên viên Trung tâm", Phone: "02550000002",
		},
		nil,
	},
}

// mergedVillages come from the other communes; the four of Nghĩa Dũng stay.
var mergedVillages = []string{
	"Thôn 1 Nghĩa Dõng", "Thôn 2 Nghĩa Dõng", "Thôn 3 Nghĩa Dõng", "Thôn 1 Nghĩa Hà", "Thôn 2 Nghĩa Hà", "Thôn 1 An Phú",
	"Thôn 2 An Phú",
}

// merge records the merger some days ahead, as an office would, and lets the day come.
func (t *teller) merge(ctx context.Context, db *store.DB, clock *Clock) error {
	clock.set(calendar.InstantAt(mergerDay.AddDays(-11), 9, 0))
	office := t.actor(LoginOffice)
	if err := db.RenameAuthority(ctx, office, mergedAuthority); err != nil {
		return err
	}
	for _, m := range mergedUnits {
		m.unit.From = mergerDay
		id, err := db.OpenUnit(ctx, office, m.unit)
		if err != nil {
			return err
		}
		for _, code := range m.of {
			if err := db.CloseUnit(ctx, office, t.units[code].ID, mergerDay.AddDays(-1), id); err != nil {
				return err
			}
		}
	}
	if err := db.OpenVillages(ctx, office, mergedVillages, mergerDay); err != nil {
		return err
	}
	clock.set(calendar.InstantAt(mergerDay, 0, 1))
	return db.TransferWork(ctx)
}
