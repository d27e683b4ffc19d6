package doithoai

import (
	"slices"
	"strings"

	"doithoai/calendar"
)

// Post is a post that an officer holds (chức vụ, nhiệm vụ), in a unit or for a village, from one day to another. One
// person may hold several at once. Work belongs to units and posts: it stays where it is when somebody leaves a post.
type Post struct {
	ID          ID
	AuthorityID ID
	OfficerID   ID
	Title       string // "Công chức Tư pháp – Hộ tịch", as it stands under a signature
	UnitID      ID
	VillageID   ID // of a village head
	Roles       []Role
	From, To    calendar.Date // both days included; zero: without beginning, without end
	Paper       string        // the decision by which it was given or taken over
	Predecessor ID            // the post from which it was taken over, if it was
	Version     int
}

// InForce reports whether the post is held on a day.
func (p Post) InForce(on calendar.Date) bool {
	return (p.From.IsZero() || !on.Before(p.From)) && (p.To.IsZero() || !on.After(p.To))
}

// unitRoles hold in a unit only.
var unitRoles = []Role{RoleUnitHead, RoleUnitOfficer}

// Problems are the reasons why the post can't be given. It needs an officer; a title; at least one role, each of which
// a post can carry; the unit where a role holds in a unit only, the village for a village head; it is not over before
// it begins.
func (p Post) Problems() []Problem {
	ps := problems{of: "organisation.post.problem."}
	if p.OfficerID == "" {
		ps.add("can-bo", "officer")
	}
	ps.text("chuc-vu", "title", p.Title, MaxLine)
	if len(p.Roles) == 0 || slices.ContainsFunc(p.Roles, func(r Role) bool { return !slices.Contains(OfficerRoles, r) }) {
		ps.add("vai-tro", "roles")
	}
	if p.UnitID == "" && slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(unitRoles, r) }) {
		ps.add("don-vi", "unit")
	}
	if p.VillageID == "" && slices.Contains(p.Roles, RoleVillageHead) {
		ps.add("thon", "village")
	}
	if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
		ps.add("den-ngay", "over_before")
	}
	ps.join(paperProblems("van-ban", p.Paper))
	return ps.list
}

func paperProblems(field, paper string) []Problem {
	var ps problems
	ps.long(field, paper, MaxLine)
	return ps.list
}

// End ends the post with a last day. It refuses a post that is over by then, and a day before its first.
func (p Post) End(last calendar.Date, paper string) (Post, error) {
	switch {
	case last.IsZero():
		return p, RefuseForm([]Problem{{Field: "ngay-cuoi", Key: "organisation.post.problem.last_day"}})
	case !p.To.IsZero() && p.To.Before(last):
		return p, Refuse(Conflict, "organisation.post.problem.over")
	case !p.From.IsZero() && last.Before(p.From):
		return p, RefuseForm([]Problem{{Field: "ngay-cuoi", Key: "organisation.post.problem.over_before"}})
	}
	if err := RefuseForm(paperProblems("can-cu", paper)); err != nil {
		return p, err
	}
	p.To = last
	if paper != "" {
		p.Paper = paper
	}
	return p, nil
}

// HandOver gives the post to another officer from a day on: the same title, unit, village and roles. It needs the
// receiver, who is another person, the day, within the time of the post, and the decision's paper. It returns the old
// post and the new one.
func (p Post) HandOver(to ID, day calendar.Date, paper string) (left, taken Post, err error) {
	ps := problems{of: "organisation.post.problem."}
	if to == "" || to == p.OfficerID {
		ps.add("nguoi-nhan", "receiver")
	}
	if day.IsZero() || !p.From.IsZero() && !day.After(p.From) {
		ps.add("tu-ngay", "day")
	}
	if paper == "" {
		ps.add("van-ban", "paper")
	}
	ps.join(paperProblems("van-ban", paper))
	if err := ps.refuse(); err != nil {
		return p, Post{}, err
	}
	if !p.To.IsZero() && p.To.Before(day) {
		return p, Post{}, Refuse(Conflict, "organisation.post.problem.over")
	}
	left, taken = p, p
	left.To = day.AddDays(-1)
	taken.ID, taken.Predecessor, taken.OfficerID, taken.From, taken.Paper, taken.Version = "", p.ID, to, day, paper, 0
	return left, taken, nil
}

// SigningManner is how somebody signs for another (NĐ 30/2020 Đ.13, Phụ lục I, Phần I, Mục II, Khoản 7).
type SigningManner string

const (
	SigningInPlace     SigningManner = "kt"  // ký thay: a deputy for the head
	SigningByAuthority SigningManner = "tuq" // ký thừa ủy quyền: the head of a unit, in special cases, for a limited time
	SigningByOrder     SigningManner = "tl"  // ký thừa lệnh: the head of a unit
)

// SigningManners in the order of the forms.
var SigningManners = []SigningManner{SigningInPlace, SigningByAuthority, SigningByOrder}

// MannersFor are the manners in which the receiver can sign for the giver from a day on, by the posts that both hold.
// In place signs a deputy, who for the chair is a vice chair, and for others somebody of the same unit; by authority
// and by order signs who heads a unit or the office (NĐ 30/2020 Đ.13).
func MannersFor(giver, receiver []Post, on calendar.Date) (manners []SigningManner) {
	holds := func(posts []Post, roles ...Role) bool {
		return slices.ContainsFunc(posts, func(p Post) bool {
			return p.InForce(on) && slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(roles, r) })
		})
	}
	deputy := holds(receiver, RoleViceChair)
	if !holds(giver, RoleChair) {
		deputy = slices.ContainsFunc(giver, func(p Post) bool {
			return slices.ContainsFunc(receiver, func(q Post) bool {
				return p.InForce(on) && q.InForce(on) && p.UnitID != "" && p.UnitID == q.UnitID
			})
		})
	}
	if deputy {
		manners = append(manners, SigningInPlace)
	}
	if holds(receiver, RoleUnitHead, RoleHeadOfOffice) {
		manners = append(manners, SigningByAuthority, SigningByOrder)
	}
	return manners
}

// prefix stands before the post of the one for whom somebody signs.
func (m SigningManner) prefix() string { return strings.ToUpper(string(m)) + "." }

// Delegation gives another officer roles for a time, by a dated paper. It gives nothing that the giver does not hold by
// a post on that day, and what was delegated can't be delegated again (NĐ 30/2020 Đ.13 k.3).
type Delegation struct {
	ID          ID
	AuthorityID ID
	GiverID     ID
	ReceiverID  ID
	Roles       []Role
	Manner      SigningManner
	From, To    calendar.Date // both days included
	Number      string
	Dated       calendar.Date
	RevokedOn   calendar.Date // from this day on it gives nothing
	Version     int
}

// InForce reports whether the delegation gives anything on a day.
func (d Delegation) InForce(on calendar.Date) bool {
	return !on.Before(d.From) && !on.After(d.To) && (d.RevokedOn.IsZero() || on.Before(d.RevokedOn))
}

// Problems are the reasons why the delegation can't be given. It needs a giver and a receiver, two officers; roles
// among those that the giver's posts carry at its beginning; a manner of signing, in which the receiver can sign for
// the giver; a first and a last day; the paper's number and date, which is neither after today nor after the first day.
func (d Delegation) Problems(givers, receivers []Post, today calendar.Date) []Problem {
	ps := problems{of: "organisation.delegation.problem."}
	if d.GiverID == "" {
		ps.add("nguoi-giao", "giver")
	}
	if d.ReceiverID == "" || d.ReceiverID == d.GiverID {
		ps.add("nguoi-nhan", "receiver")
	} else if oneOf(d.Manner, SigningManners) && !d.From.IsZero() &&
		!slices.Contains(MannersFor(givers, receivers, d.From), d.Manner) {
		ps.add("nguoi-nhan", "receiver_"+string(d.Manner))
	}
	if len(d.Roles) == 0 || slices.ContainsFunc(d.Roles, func(r Role) bool {
		return !slices.ContainsFunc(givers, func(p Post) bool { return p.InForce(d.From) && slices.Contains(p.Roles, r) })
	}) {
		ps.add("vai-tro", "roles")
	}
	if !oneOf(d.Manner, SigningManners) {
		ps.add("hinh-thuc", "manner")
	}
	if d.From.IsZero() {
		ps.add("tu-ngay", "from")
	}
	if d.To.IsZero() || d.To.Before(d.From) {
		ps.add("den-ngay", "to")
	}
	ps.number("so", "number", d.Number)
	if d.Dated.IsZero() || d.Dated.After(today) || !d.From.IsZero() && d.Dated.After(d.From) {
		ps.add("ngay", "dated")
	}
	return ps.list
}

// Revoke ends the delegation from a day on. It refuses one that gives nothing any more.
func (d Delegation) Revoke(on calendar.Date) (Delegation, error) {
	if !d.RevokedOn.IsZero() || on.After(d.To) {
		return d, Refuse(Conflict, "organisation.delegation.problem.over")
	}
	d.RevokedOn = on
	return d, nil
}

// Received is a delegation with the posts of who gave it.
type Received struct {
	Delegation
	Givers []Post
}

// Seats are the roles of an officer on a day: those of the posts in force, then those that others delegated, as far as
// they hold them by a post on that day and the officer has one by which to sign for them.
func Seats(on calendar.Date, own []Post, received []Received) []Seat {
	var seats []Seat
	for _, p := range own {
		if p.InForce(on) {
			for _, r := range p.Roles {
				seats = append(seats, p.seat(r))
			}
		}
	}
	for _, d := range received {
		if !d.InForce(on) || !slices.Contains(MannersFor(d.Givers, own, on), d.Manner) {
			continue
		}
		for _, p := range d.Givers {
			for _, r := range p.Roles {
				if p.OfficerID == d.GiverID && p.InForce(on) && slices.Contains(d.Roles, r) {
					s := p.seat(r)
					s.For, s.Manner, s.Own = d.GiverID, d.Manner, signingPost(on, own, d.Manner)
					seats = append(seats, s)
				}
			}
		}
	}
	return seats
}

// signingPost is the title of the own post by which somebody signs for another: a deputy for the head (ký thay), the
// head of a unit by order or by authority (NĐ 30/2020 Đ.13); where no such post is held, the first one.
func signingPost(on calendar.Date, own []Post, m SigningManner) string {
	fits := []Role{RoleUnitHead, RoleHeadOfOffice}
	if m == SigningInPlace {
		fits = []Role{RoleViceChair}
	}
	first := ""
	for _, p := range own {
		if !p.InForce(on) {
			continue
		}
		if slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(fits, r) }) {
			return p.Title
		}
		if first == "" {
			first = p.Title
		}
	}
	return first
}

func (p Post) seat(r Role) Seat {
	return Seat{Role: r, PostID: p.ID, UnitID: p.UnitID, VillageID: p.VillageID, Title: p.Title}
}

// HeadOfOffice is who heads the office, of officers with their seats of a day, and in which seat: by a post of their
// own, else for another.
func HeadOfOffice(officers []Officer) (head Officer, seat Seat, found bool) {
	for _, o := range officers {
		for _, s := range o.Seats {
			if s.Role == RoleHeadOfOffice && o.Active && (!found || seat.For != "" && s.For == "") {
				head, seat, found = o, s, true
			}
		}
	}
	return head, seat, found
}

// SignedFor is the line above the signer's own post where somebody signs for another: "KT. CHỦ TỊCH"; empty where the
// actor signs by a post of their own.
func (s Seat) SignedFor() string {
	if s.For == "" {
		return ""
	}
	return s.Manner.prefix() + " " + SigningTitle(s.Title)
}

// Signature is what stands under what somebody signs in the seat: the name, and the title of the post by which they
// sign, or of their own where they sign for another.
func (s Seat) Signature(name string) string {
	title := s.Title
	if s.For != "" {
		title = s.Own
	}
	if title == "" {
		return name
	}
	return name + ", " + title
}

// SigningTitle is a post as it stands over a signature: in capitals, without the authority's name, which stands above.
func SigningTitle(post string) string {
	for _, authority := range []string{
		" HĐND và UBND", " Hội đồng nhân dân và Ủy ban nhân dân", " UBND", " Ủy ban nhân dân",
	} {
		if i := strings.Index(post, authority); i > 0 {
			post = post[:i]
		}
	}
	return strings.ToUpper(post)
}

// Acts on posts and delegations.
const (
	ActAddPost          Act = "add_post"
	ActEndPost          Act = "end_post"
	ActHandOverPost     Act = "hand_over_post"
	ActDelegate         Act = "delegate"
	ActRevokeDelegation Act = "revoke_delegation"
)

var (
	postLaw = law{
		"who holds which post from which day on, by which decision; work stays with unit and post",
		"house default; the decision's own basis", "TestPosts"}
	delegationLaw = law{
		"who signs or acts for whom, for a limited time, by a paper", "NĐ 30/2020 Đ.13 (C)", "TestDelegate"}
)

var postActs = []actRow{
	{ActAddPost, postLaw,
		[]grant{{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}}},
	{ActEndPost, postLaw,
		[]grant{{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}}},
	{ActHandOverPost, postLaw,
		[]grant{{RoleAdministrator, forAnother}, {RoleChair, forAnother}, {RoleHeadOfOffice, forAnother}}},
	{ActDelegate, delegationLaw,
		[]grant{{RoleChair, forAnother}, {RoleOffice, forAnother}}},
	{ActRevokeDelegation, delegationLaw,
		[]grant{{RoleChair, always}, {RoleOffice, always}}},
}
