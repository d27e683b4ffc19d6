package plan

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

// Known is what an authority knows of the people whom a plan's groups may mean.
type Known struct {
	Dialogue doithoai.Dialogue
	Officers []doithoai.Officer // with the roles and seats of the day
	Units    []doithoai.Unit    // in force
	Villages []doithoai.Village // in force
	Bodies   []string           // outside bodies, by name
	Last     []Invitation       // of the dialogue before, to be copied; none where nobody asked for it
}

// Propose returns whom the points of the plan's participants ask for and who is not on the list yet, as drafts: first
// who was invited last time, then the places that the plan names, with the people who hold them now. A place of which
// nobody is known stays open. What is proposed doubles nobody: neither a person nor a place of the list.
//
// A point is understood by its words:
//
//  1. chủ trì: chair, co-chair and secretary of the dialogue;
//  2. thôn, tổ dân phố: of each village of the dialogue, the Party cell's secretary, the village's head and the head of
//     the Front committee, as far as the point names them: three people, three places;
//  3. bộ phận, phòng chuyên môn: the deputies of the chair and the head of each unit;
//  4. Đảng ủy, HĐND: a place each;
//  5. Mặt trận, đoàn thể: the Front, and the usual organisations;
//  6. cơ quan, đơn vị: each outside body of the list.
//
// Organisations and persons of the commune (the last point of the 2024 plan) are invited by nobody's name: they
// register.
func Propose(points []Point, k Known, there []Invitation) (list []Invitation) {
	people, places := map[string]bool{}, map[string]bool{}
	take := func(i Invitation) {
		people[i.person()] = true
		places[i.place()] = true
	}
	for _, i := range there {
		take(i)
	}
	add := func(p Point, i Invitation) {
		if i.Name != "" && people[i.person()] || places[i.place()] || i.Name == "" && i.sits(p.Key, there, list) {
			return
		}
		i.Point, i.PointText = p.Key, p.Text
		i.State, i.Route = InvitationDraft, ""
		take(i)
		list = append(list, i)
	}
	for _, p := range points {
		for _, i := range k.Last {
			if i.Point == p.Key && i.State != InvitationWithdrawn {
				add(p, Invitation{
					ID: i.ID, UnitID: i.UnitID, VillageID: i.VillageID, Name: i.Name, Title: i.Title, Body: i.Body,
					Capacity: i.Capacity,
				})
			}
		}
		for _, i := range k.of(p) {
			add(p, i)
		}
	}
	return list
}

// sits reports whether an open place is taken by somebody of the same point whose post says so: "Hội Nông dân" by its
// "Chủ tịch Hội Nông dân xã".
func (i Invitation) sits(point int, lists ...[]Invitation) bool {
	place := text.Fold(i.Seat())
	for _, o := range slices.Concat(lists...) {
		if o.Point == point && o.Capacity.Presides() == i.Capacity.Presides() && place != "" &&
			strings.Contains(text.Fold(o.Seat()), place) {
			return true
		}
	}
	return false
}

// of are the people and places that a point asks for.
func (k Known) of(p Point) []Invitation {
	words := " " + text.Fold(p.Text) + " "
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(s string) bool { return strings.Contains(words, s) })
	}
	switch {
	case has("to chuc, ca nhan"):
		return nil
	case has("chu tri"):
		return k.presiding()
	case has("truong thon", "to truong", "bi thu chi bo") || has(" thon ", " to dan pho ") && has("mat tran"):
		return k.villagers(has)
	case has("chuyen mon", "bo phan", "cac phong"):
		return k.heads()
	case has("dang uy", "hdnd", "hoi dong nhan dan"):
		var list []Invitation
		for _, seat := range []struct{ word, title string }{
			{"dang uy", "Thường trực Đảng ủy"}, {"hdnd", "Thường trực HĐND"}, {"hoi dong nhan dan", "Thường trực HĐND"},
		} {
			if has(seat.word) {
				list = append(list, Invitation{Body: seat.title, Capacity: CapacityDelegate})
			}
		}
		return list
	case has("ubmttq", "mat tran", "doan the"):
		return k.organisations(has("doan the", "cac hoi"))
	case has("co quan", "don vi"):
		var list []Invitation
		for _, b := range k.Bodies {
			list = append(list, Invitation{Body: b, Capacity: CapacityAnswerer})
		}
		return list
	}
	return nil
}

// presiding are chair, co-chair and secretary as the dialogue names them; who is not named is a place.
func (k Known) presiding() []Invitation {
	chair := readPerson(k.Dialogue.Chair, CapacityChair)
	co := readPerson(k.Dialogue.CoChair, CapacityCoChair)
	if k.Dialogue.CoChair == "" {
		co.Body = "Thường trực HĐND"
	}
	list := []Invitation{chair, co}
	if k.Dialogue.Secretary != "" {
		return append(list, readPerson(k.Dialogue.Secretary, CapacitySecretary))
	}
	for _, o := range k.Officers {
		if o.Active && slices.Contains(o.Roles, doithoai.RoleSecretary) {
			list = append(list, Invitation{Name: o.Name, Title: o.Post, UnitID: o.UnitID, Capacity: CapacitySecretary})
		}
	}
	return list
}

// readPerson reads "Ông Đặng Văn Giả Định, Chủ tịch UBND xã".
func readPerson(words string, c Capacity) Invitation {
	name, title, _ := strings.Cut(words, ",")
	name = strings.TrimSpace(name)
	for _, honour := range []string{"Ông ", "Bà ", "Đồng chí "} {
		name = strings.TrimPrefix(name, honour)
	}
	return Invitation{Name: strings.TrimSpace(name), Title: strings.TrimSpace(title), Capacity: c}
}

// PersonIn are name and post in words such as "Ông Đặng Văn Giả Định, Chủ tịch UBND xã".
func PersonIn(words string) (name, post string) {
	i := readPerson(words, "")
	return i.Name, i.Title
}

// villagers are the people of each village of the dialogue whose posts a point names.
func (k Known) villagers(has func(...string) bool) (list []Invitation) {
	for _, v := range k.Villages {
		if len(k.Dialogue.Villages) > 0 && !slices.Contains(k.Dialogue.Villages, v.ID) {
			continue
		}
		name := lowered(v.Name)
		for _, post := range []struct {
			words []string
			title string
		}{
			{[]string{"bi thu"}, "Bí thư Chi bộ " + name},
			{[]string{"truong thon", "to truong"}, villageHead(name)},
			{[]string{"mat tran"}, "Trưởng ban công tác Mặt trận " + name},
		} {
			if !has(post.words...) {
				continue
			}
			i := Invitation{Title: post.title, VillageID: v.ID, Capacity: CapacityDelegate}
			if post.title == villageHead(name) {
				i.Name = k.headOf(v.ID)
			}
			list = append(list, i)
		}
	}
	return list
}

// headOf is the name of the officer who heads a village, "" where the authority knows none.
func (k Known) headOf(village doithoai.ID) string {
	for _, o := range k.Officers {
		if o.Active && slices.ContainsFunc(o.Seats, func(s doithoai.Seat) bool {
			return s.Role == doithoai.RoleVillageHead && s.VillageID == village && s.For == ""
		}) {
			return o.Name
		}
	}
	return ""
}

// villageHead is the post of who heads a village: "Trưởng thôn 1", "Tổ trưởng tổ dân phố 3".
func villageHead(name string) string {
	if strings.HasPrefix(name, "tổ ") {
		return "Tổ trưởng " + name
	}
	if strings.HasPrefix(name, "thôn ") {
		return "Trưởng " + name
	}
	return "Trưởng thôn " + name
}

// lowered is a village's name within a sentence: "thôn 1".
func lowered(name string) string {
	for _, kind := range []string{"Thôn ", "Tổ ", "Khu "} {
		if rest, ok := strings.CutPrefix(name, kind); ok {
			return strings.ToLower(kind) + rest
		}
	}
	return name
}

// heads are the chair's deputies and who heads or answers for each unit.
func (k Known) heads() (list []Invitation) {
	for _, o := range k.Officers {
		if o.Active && slices.Contains(o.Roles, doithoai.RoleViceChair) {
			list = append(list, Invitation{Name: o.Name, Title: o.Post, Capacity: CapacityAnswerer})
		}
	}
	for _, u := range k.Units {
		i := Invitation{UnitID: u.ID, Body: u.Name, Capacity: CapacityAnswerer}
		if at := slices.IndexFunc(k.Officers, func(o doithoai.Officer) bool {
			return o.Active && o.UnitID == u.ID &&
				(slices.Contains(o.Roles, doithoai.RoleUnitHead) || slices.Contains(o.Roles, doithoai.RoleHeadOfOffice))
		}); at >= 0 {
			i.Name, i.Title = k.Officers[at].Name, k.Officers[at].Post
		} else if u.Contact != "" {
			who := readPerson(u.Contact, "")
			i.Name, i.Title = who.Name, who.Title
		}
		list = append(list, i)
	}
	return list
}

// organisations are the Front and, where the point names them, the usual social organisations.
func (k Known) organisations(others bool) []Invitation {
	front := Invitation{Body: "Ủy ban MTTQ Việt Nam", Capacity: CapacityDelegate}
	for _, o := range k.Officers {
		if o.Active && slices.Contains(o.Roles, doithoai.RoleSupervisor) && strings.Contains(o.Post, "MTTQ") {
			front.Name, front.Title, front.Body = o.Name, o.Post, ""
		}
	}
	list := []Invitation{front}
	if !others {
		return list
	}
	for _, body := range []string{
		"Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Đoàn TNCS Hồ Chí Minh", "Hội Người cao tuổi",
	} {
		list = append(list, Invitation{Body: body, Capacity: CapacityDelegate})
	}
	return list
}
