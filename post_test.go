package doithoai

import (
	"slices"
	"testing"

	"doithoai/calendar"
)

// The roles of a day are those of the posts in force and of the delegations in force; the day after, a delegation gives
// nothing.
func TestSeats(t *testing.T) {
	day := func(n int) calendar.Date { return calendar.DateOf(2026, 10, n) }
	chair := Post{ID: "p1", OfficerID: "chair", Title: "Chủ tịch UBND xã", Roles: []Role{RoleChair}, To: day(25)}
	vice := Post{ID: "p2", OfficerID: "vice", Title: "Phó Chủ tịch UBND xã", Roles: []Role{RoleViceChair}, From: day(3)}
	land := Post{
		ID: "p3", OfficerID: "vice", Title: "Phụ trách Địa chính", UnitID: "land",
		Roles: []Role{RoleUnitHead, RoleUnitOfficer}, From: day(3), To: day(4),
	}
	given := Delegation{
		GiverID: "chair", ReceiverID: "vice", Roles: []Role{RoleChair, RoleOffice}, Manner: SigningInPlace,
		From: day(10), To: day(30),
	}
	revoked := given
	revoked.RevokedOn = day(12)
	tests := []struct {
		name  string
		on    calendar.Date
		given []Received
		want  []Role
	}{
		{"before the posts", day(2), nil, nil},
		{"two posts", day(3), nil, []Role{RoleViceChair, RoleUnitHead, RoleUnitOfficer}},
		{"one is over", day(5), nil, []Role{RoleViceChair}},
		{"the day before the delegation", day(9), []Received{{given, []Post{chair}}}, []Role{RoleViceChair}},
		{"its first day gives what the giver holds", day(10), []Received{{given, []Post{chair}}},
			[]Role{RoleViceChair, RoleChair}},
		{"the last day before it is revoked", day(11), []Received{{revoked, []Post{chair}}},
			[]Role{RoleViceChair, RoleChair}},
		{"revoked", day(12), []Received{{revoked, []Post{chair}}}, []Role{RoleViceChair}},
		{"the giver's post is over", day(26), []Received{{given, []Post{chair}}}, []Role{RoleViceChair}},
		{"the day after", day(31), []Received{{given, []Post{{OfficerID: "chair", Roles: []Role{RoleChair}}}}},
			[]Role{RoleViceChair}},
		{"somebody else's post", day(10), []Received{{given, []Post{{OfficerID: "other", Roles: []Role{RoleChair}}}}},
			[]Role{RoleViceChair}},
	}
	for _, tt := range tests {
		var got []Role
		for _, s := range Seats(tt.on, []Post{vice, land}, tt.given) {
			got = append(got, s.Role)
			if (s.Role == RoleChair) != (s.For == "chair") {
				t.Errorf("%s: %s for %q", tt.name, s.Role, s.For)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	until := vice // a deputy who becomes something else before the delegation is over
	until.To = day(14)
	officer := Post{OfficerID: "vice", Title: "Công chức", Roles: []Role{RoleUnitOfficer}, From: day(15)}
	for on, want := range map[int]int{14: 2, 15: 1} {
		if got := Seats(day(on), []Post{until, officer}, []Received{{given, []Post{chair}}}); len(got) != want {
			t.Errorf("on day %d in place of the chair: %+v", on, got)
		}
	}
	seats := Seats(day(10), []Post{vice}, []Received{{given, []Post{chair}}})
	a := Actor{ID: "vice", AuthorityID: "here", Roles: []Role{RoleViceChair, RoleChair}, Seats: seats}
	seat, err := SeatFor(a, ActSignAnswer, Subject{AuthorityID: "here"})
	if err != nil || seat.For != "chair" || seat.SignedFor() != "KT. CHỦ TỊCH" ||
		SigningTitle(vice.Title) != "PHÓ CHỦ TỊCH" {
		t.Errorf("signs as %+v, %q (%v)", seat, seat.SignedFor(), err)
	}
	if seat, err = SeatFor(a, ActSeeOpinions, Subject{AuthorityID: "here"}); err != nil || seat.For != "" ||
		seat.SignedFor() != "" {
		t.Errorf("sees by %+v, not by the post of their own (%v)", seat, err)
	}
}

// A role holds where its post is: two posts in two units don't mix.
func TestSeatsDoNotMix(t *testing.T) {
	a := Actor{ID: "a", AuthorityID: "here", UnitID: "money", Roles: []Role{RoleFinance, RoleUnitOfficer},
		Seats: []Seat{{Role: RoleFinance, UnitID: "money"}, {Role: RoleUnitOfficer, UnitID: "land"}}}
	for unit, may := range map[ID]bool{"money": false, "land": true, "": false} {
		if err := Can(a, ActSubmitAnswer, Subject{AuthorityID: "here", LeadUnitID: unit}); (err == nil) != may {
			t.Errorf("the answer of %q: %v", unit, err)
		}
	}
	for _, unit := range []ID{"money", "land"} {
		if err := Can(a, ActSeeDesk, Subject{AuthorityID: "here", ConcernedUnits: []ID{unit}}); KindOf(err) != NotFound {
			t.Errorf("concerned by %s: %v", unit, err)
		}
	}
}

func TestRolesInclude(t *testing.T) {
	head := Actor{ID: "h", AuthorityID: "here", UnitID: "land", Roles: []Role{RoleUnitHead}}
	if Can(head, ActSubmitAnswer, Subject{AuthorityID: "here", LeadUnitID: "land"}) != nil || head.Has(RoleOffice) ||
		!head.Has(RoleUnitOfficer) {
		t.Error("the head of a unit may not what its officers may")
	}
	office := Actor{ID: "o", AuthorityID: "here", UnitID: "office", Roles: []Role{RoleHeadOfOffice}}
	if Can(office, ActDispatchAnswer, Subject{AuthorityID: "here"}) != nil ||
		Can(office, ActAddPost, Subject{AuthorityID: "here", OfficerID: "x"}) != nil {
		t.Error("the head of the office may not what its officers may")
	}
	if Can(Actor{ID: "o", AuthorityID: "here", Roles: []Role{RoleOffice}}, ActAddPost,
		Subject{AuthorityID: "here"}) == nil {
		t.Error("an officer may what the head may")
	}
}

func TestPostChangesHands(t *testing.T) {
	day := calendar.DateOf(2026, 10, 12)
	p := Post{
		ID: "p", AuthorityID: "here", OfficerID: "a", Title: "Công chức Địa chính", UnitID: "land",
		Roles: []Role{RoleUnitOfficer}, From: calendar.DateOf(2026, 1, 1), Version: 3,
	}
	left, taken, err := p.HandOver("b", day, "QĐ 41/QĐ-UBND")
	if err != nil || left.To != day.AddDays(-1) || left.OfficerID != "a" || taken.From != day || taken.OfficerID != "b" ||
		taken.UnitID != "land" || !slices.Equal(taken.Roles, p.Roles) || taken.ID != "" || taken.Predecessor != "p" {
		t.Errorf("%+v, %+v (%v)", left, taken, err)
	}
	over := p
	over.To = day.AddDays(-3)
	if _, _, err := over.HandOver("b", day, "QĐ 41"); KindOf(err) != Conflict {
		t.Errorf("a post that is over changes hands: %v", err)
	}
	for field, do := range map[string]func() error{
		"nguoi-nhan": func() error { _, _, err := p.HandOver("a", day, "QĐ"); return err },
		"tu-ngay":    func() error { _, _, err := p.HandOver("b", p.From, "QĐ"); return err },
		"van-ban":    func() error { _, _, err := p.HandOver("b", day, ""); return err },
		"ngay-cuoi":  func() error { _, err := p.End(calendar.Date{}, ""); return err },
	} {
		if list := ProblemsOf(do()); len(list) != 1 || list[0].Field != field {
			t.Errorf("%s: %v", field, list)
		}
	}
	if _, err := over.End(day, ""); KindOf(err) != Conflict {
		t.Errorf("a post that is over ends again: %v", err)
	}
}

func TestPostProblems(t *testing.T) {
	good := Post{OfficerID: "a", Title: "Trưởng thôn", VillageID: "v", Roles: []Role{RoleVillageHead}}
	for field, change := range map[string]func(*Post){
		"":         func(*Post) {},
		"can-bo":   func(p *Post) { p.OfficerID = "" },
		"chuc-vu":  func(p *Post) { p.Title = "" },
		"vai-tro":  func(p *Post) { p.Roles = nil },
		"vai-tro*": func(p *Post) { p.Roles = []Role{RoleResident}; p.VillageID = "v" },
		"don-vi":   func(p *Post) { p.Roles = []Role{RoleUnitOfficer} },
		"thon":     func(p *Post) { p.VillageID = "" },
		"den-ngay": func(p *Post) { p.From, p.To = calendar.DateOf(2026, 2, 1), calendar.DateOf(2026, 1, 1) },
	} {
		p := good
		change(&p)
		checkProblem(t, p.Problems(), field)
	}
}

// Who signs in which manner for whom: a deputy in place, the head of a unit by authority or by order, others never.
func TestMannersFor(t *testing.T) {
	on := calendar.DateOf(2026, 10, 1)
	post := func(unit ID, roles ...Role) []Post { return []Post{{UnitID: unit, Roles: roles}} }
	chair, head := post("", RoleChair), post("a", RoleUnitHead)
	byHead := []SigningManner{SigningByAuthority, SigningByOrder}
	for _, tt := range []struct {
		name            string
		giver, receiver []Post
		want            []SigningManner
	}{
		{"a vice chair", chair, post("", RoleViceChair), []SigningManner{SigningInPlace}},
		{"the head of a unit", chair, head, byHead},
		{"the head of the office", chair, post("o", RoleHeadOfOffice), byHead},
		{"the Front", chair, post("", RoleSupervisor), nil},
		{"the administrator", chair, post("", RoleAdministrator), nil},
		{"an officer", chair, post("a", RoleUnitOfficer), nil},
		{"a colleague of a head", head, post("a", RoleUnitOfficer), []SigningManner{SigningInPlace}},
		{"two of no unit", post("", RoleAdministrator), post("", RoleSupervisor), nil},
		{"an officer of another unit", head, post("b", RoleUnitOfficer), nil},
	} {
		if got := MannersFor(tt.giver, tt.receiver, on); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestDelegationProblems(t *testing.T) {
	first := calendar.DateOf(2026, 1, 1)
	chair := []Post{{OfficerID: "c", Roles: []Role{RoleChair}, From: first}}
	deputy := []Post{{OfficerID: "v", Roles: []Role{RoleViceChair}, From: first}}
	today := calendar.DateOf(2026, 10, 1)
	good := Delegation{
		GiverID: "c", ReceiverID: "v", Roles: []Role{RoleChair}, Manner: SigningInPlace, From: calendar.DateOf(2026, 10, 1),
		To: calendar.DateOf(2026, 10, 5), Number: "12/UQ-UBND", Dated: calendar.DateOf(2026, 9, 30),
	}
	for field, change := range map[string]func(*Delegation){
		"":           func(*Delegation) {},
		"nguoi-giao": func(d *Delegation) { d.GiverID = "" },
		"nguoi-nhan": func(d *Delegation) { d.ReceiverID = "c" },
		"vai-tro":    func(d *Delegation) { d.Roles = []Role{RoleOffice} },
		"hinh-thuc":  func(d *Delegation) { d.Manner = "xx" },
		"den-ngay":   func(d *Delegation) { d.To = calendar.DateOf(2026, 9, 30) },
		"so":         func(d *Delegation) { d.Number = "" },
		"so*":        func(d *Delegation) { d.Number = "abc/UQ-UBND" },
		"ngay":       func(d *Delegation) { d.Dated = calendar.DateOf(2026, 10, 2) },
		"ngay*":      func(d *Delegation) { d.Dated, d.From = today.AddDays(1), today.AddDays(1) },
	} {
		d := good
		change(&d)
		checkProblem(t, d.Problems(chair, deputy, today), field)
	}
	past := deputy[0]
	past.To = calendar.DateOf(2026, 9, 30)
	checkProblem(t, good.Problems(chair, []Post{past}, today), "nguoi-nhan")
	revoked, err := good.Revoke(calendar.DateOf(2026, 10, 3))
	if err != nil || revoked.InForce(calendar.DateOf(2026, 10, 3)) || !revoked.InForce(calendar.DateOf(2026, 10, 2)) {
		t.Errorf("revoked: %+v (%v)", revoked, err)
	}
	if _, err := revoked.Revoke(calendar.DateOf(2026, 10, 3)); KindOf(err) != Conflict {
		t.Errorf("revoked twice: %v", err)
	}
	if _, err := good.Revoke(calendar.DateOf(2026, 10, 6)); KindOf(err) != Conflict {
		t.Errorf("revoked once it is over: %v", err)
	}
}

// checkProblem wants one problem at a field, none where the field is empty. An asterisk parts two cases of one field.
func checkProblem(t *testing.T, list []Problem, field string) {
	t.Helper()
	want := field
	if field != "" && field[len(field)-1] == '*' {
		want = field[:len(field)-1]
	}
	if want == "" && len(list) > 0 || want != "" && (len(list) != 1 || list[0].Field != want) {
		t.Errorf("%s: problems %v", field, list)
	}
}

// TestHeadOfOffice: who holds the post heads the office, before who stands for them; who can't sign in doesn't.
func TestHeadOfOffice(t *testing.T) {
	own := Officer{ID: "own", Active: true, Seats: []Seat{{Role: RoleOffice}, {Role: RoleHeadOfOffice, Title: "Chánh"}}}
	deputy := Officer{ID: "deputy", Active: true, Seats: []Seat{{Role: RoleHeadOfOffice, For: "own"}}}
	gone := own
	gone.ID, gone.Active = "gone", false
	for _, tt := range []struct {
		officers []Officer
		want     ID
	}{
		{nil, ""}, {[]Officer{gone}, ""}, {[]Officer{deputy, gone}, "deputy"}, {[]Officer{deputy, own}, "own"},
		{[]Officer{own, deputy}, "own"},
	} {
		if o, _, found := HeadOfOffice(tt.officers); o.ID != tt.want || found != (tt.want != "") {
			t.Errorf("%v: %q heads it, want %q", tt.officers, o.ID, tt.want)
		}
	}
}

// TestSigningTitle: a post stands over a signature without whose it is.
func TestSigningTitle(t *testing.T) {
	for post, want := range map[string]string{
		"Chánh Văn phòng HĐND và UBND": "CHÁNH VĂN PHÒNG", "Chủ tịch UBND xã": "CHỦ TỊCH",
		"Trưởng phòng Văn hóa - Xã hội":       "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI",
		"Phó Chủ tịch Ủy ban nhân dân xã Mẫu": "PHÓ CHỦ TỊCH", "": "",
	} {
		if got := SigningTitle(post); got != want {
			t.Errorf("%q: %q, want %q", post, got, want)
		}
	}
}
