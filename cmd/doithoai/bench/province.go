package bench

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/cmd/doithoai/progress"
	"doithoai/store"
)

// The province to which the communes of a bench report, and who reads their sums there.
var province = doithoai.Authority{
	Slug: "bench-tinh", Name: "UBND tỉnh Thí Nghiệm", FullName: "Ủy ban nhân dân tỉnh Thí Nghiệm", Superior: "Chính phủ",
	Place: "Thí Nghiệm", Prefix: "TN", Phone: "02550000100", Address: "Trụ sở UBND tỉnh Thí Nghiệm", Hours: commune.Hours,
	Level: doithoai.LevelProvince,
}

const (
	provinceHost  = "localhost" // the commune is asked for by number: a sign-in needs either or TLS
	loginProvince = "tonghop"
)

// A dialogue of the first commune of a province: so many opinions, about a third of which come in while slips for it
// are taken; so many a year.
const (
	hallOpinions     = 1000
	hallQuarter      = hallOpinions * 10 / 3
	dialoguesAYear   = 4
	hallPromises     = 8
	hallSurveySlips  = 150
	otherPromises    = 1
	otherSurveySlips = doithoai.MinSurveyGroup
)

// first is how many of the opinions the first commune has: all of them where there is no other.
func (cmd Fill) first() int {
	if cmd.Others == 0 {
		return cmd.Opinions
	}
	return max(min(hallQuarter*dialoguesAYear*cmd.Years, cmd.Opinions/2), 1)
}

// fillProvince adds the province and so many other communes, with the opinions among them, and counts what all held.
func (f *filler) fillProvince(ctx context.Context, communes, opinions int, bar *progress.Bar) error {
	if communes == 0 {
		return nil
	}
	f.clock.set(calendar.InstantOf(f.begin))
	top, err := f.db.SetUp(ctx, store.Setup{Authority: province, Units: []doithoai.Unit{communeUnits[0].Unit},
		Hosts: []string{provinceHost}, First: doithoai.Officer{
			Login: loginProvince, Name: "Trần Văn Tổng Hợp", Post: "Chuyên viên Văn phòng UBND tỉnh",
			Roles: []doithoai.Role{doithoai.RoleOffice},
		}, Password: password})
	if err != nil {
		return err
	}
	since := calendar.InstantOf(f.begin).Date()
	if err := f.db.LinkCommune(ctx, top, f.authority, since); err != nil {
		return err
	}
	for i := range communes {
		n := opinions / (communes - i)
		opinions -= n
		c := f.another(n)
		if err := c.foundSmall(ctx, i+2); err != nil {
			return err
		}
		if err := f.db.LinkCommune(ctx, top, c.authority, since); err != nil {
			return err
		}
		if err := c.live(ctx, n, bar); err != nil {
			return fmt.Errorf("%s: %w", c.authority.Slug, err)
		}
		f.open += c.open
	}
	f.clock.set(calendar.InstantOf(f.end))
	return f.db.CountRollUps(ctx)
}

// another fills another commune of the database, with so many opinions.
func (f *filler) another(opinions int) *filler {
	c := newFiller(teller{writer: f.writer, begin: f.begin, end: f.end, total: opinions, share: f.share})
	c.db, c.clock, c.promises, c.surveySlips = f.db, f.clock, otherPromises, otherSurveySlips
	return c
}

// foundSmall sets a commune up in which one officer does everything.
func (f *filler) foundSmall(ctx context.Context, n int) (err error) {
	f.clock.set(calendar.InstantOf(f.begin))
	a := commune
	a.Slug, a.Prefix = fmt.Sprintf("%s-%d", slug, n), fmt.Sprintf("D%d", n)
	a.Name, a.FullName = fmt.Sprintf("UBND xã Số %d", n), fmt.Sprintf("Ủy ban nhân dân xã Số %d", n)
	if f.authority, err = setUp(ctx, f.db, a); err != nil {
		return err
	}
	all, err := f.db.AddOfficer(ctx, doithoai.Officer{
		AuthorityID: f.authority.ID, Login: fmt.Sprintf("%s.%d", loginOffice, n), Name: "Lê Thị Giả Dụ",
		Post:  "Chuyên viên Văn phòng",
		Roles: []doithoai.Role{doithoai.RoleOffice, doithoai.RoleSecretary},
	}, password)
	if err != nil {
		return err
	}
	f.officers = map[string]doithoai.Officer{}
	for _, o := range officers {
		f.officers[o.Login] = all
	}
	for i := range communeUnits {
		f.officers[unitLogin(i)] = all
	}
	if err := f.know(ctx, f.db); err != nil {
		return err
	}
	return f.announce(ctx)
}
