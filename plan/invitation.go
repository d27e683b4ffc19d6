package plan

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// Capacity is in which part somebody comes to a dialogue (tư cách).
type Capacity string

const (
	CapacityChair     Capacity = "chair"
	CapacityCoChair   Capacity = "co_chair" // of the People's Council, Luật 72/2025 Đ.43 k.2
	CapacitySecretary Capacity = "secretary"
	CapacityDelegate  Capacity = "delegate"
	CapacityAnswerer  Capacity = "answerer" // answers what is asked of their unit or body
	CapacityResident  Capacity = "resident"
)

// Capacities in the order of the forms.
var Capacities = []Capacity{
	CapacityChair, CapacityCoChair, CapacitySecretary, CapacityDelegate, CapacityAnswerer, CapacityResident,
}

// Presides reports whether the dialogue itself names who comes in this capacity.
func (c Capacity) Presides() bool {
	return c == CapacityChair || c == CapacityCoChair || c == CapacitySecretary
}

// InvitationState is how far an invitation is.
type InvitationState string

const (
	InvitationDraft       InvitationState = "draft" // on the list, told nothing yet
	InvitationSent        InvitationState = "invited"
	InvitationAccepted    InvitationState = "accepted"
	InvitationDeclined    InvitationState = "declined"
	InvitationSubstituted InvitationState = "substituted" // somebody else comes for them
	InvitationWithdrawn   InvitationState = "withdrawn"   // by the office; it stays for the trace
)

// InvitationStates in the order of an invitation's life.
var InvitationStates = []InvitationState{
	InvitationDraft, InvitationSent, InvitationAccepted, InvitationSubstituted, InvitationDeclined, InvitationWithdrawn,
}

// InvitationRoute is how somebody was told.
type InvitationRoute string

// InvitationRoutes in the order of the forms: the paper, by telephone, by e-mail, over Zalo, face to face.
var InvitationRoutes = []InvitationRoute{"paper", "phone", "email", "zalo", "in_person"}

// Bounds of a list of delegates. They bound what is stored, they are no law.
const (
	MaxDelegates = 500 // of a dialogue
	MaxReason    = 500 // characters of a reason or a note
	MaxSeats     = 20_000
)

// Invitation is a place on the list of those who come to a dialogue: a person, or a body that is still to name one.
type Invitation struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	DialogueID  doithoai.ID
	Ordinal     int         // in protocol order, from 1
	Point       int         // key of the plan's point that asks for them; 0: none does
	PointText   string      // what it said when they were put there
	UnitID      doithoai.ID // whose head it is
	VillageID   doithoai.ID // whose
	Name        string      // "": somebody is still to be named (chờ cử người)
	Title       string      // chức vụ: "Trưởng thôn 1"
	Body        string      // đơn vị: "Hội Nông dân xã"
	Capacity    Capacity
	State       InvitationState
	Route       InvitationRoute // how they were told last
	InvitedOn   calendar.Date   // when they were told last
	ToldMoves   int             // the dialogue's moves of which they were told
	RemindedOn  calendar.Date
	Reminders   int
	AnsweredAt  calendar.Instant
	AnsweredBy  doithoai.ID // who typed the answer; empty: they gave it themselves, by the code
	Reason      string      // of declining, or of taking the invitation back
	Substitute  string      // who comes for them
	SubTitle    string      // title of that person
	Note        string
	Version     int
}

// Contact is how an invited person is reached: personal data, kept and read apart.
type Contact struct {
	Phone string
	Email string
}

// Normal returns the contact in the form in which it is kept, and what keeps it from being one.
func (c Contact) Normal() (Contact, []doithoai.Problem) {
	var problems []doithoai.Problem
	normal := func(field, typed string, read func(string) (string, error)) string {
		if typed == "" {
			return ""
		}
		kept, err := read(typed)
		var fault *text.ContactFault
		if errors.As(err, &fault) {
			problems = append(problems, doithoai.Problem{
				Field: field, Key: string(fault.Reason), Args: []any{"count", fault.Count},
			})
			return typed
		}
		return kept
	}
	c.Phone = normal("dien-thoai", c.Phone, text.NormalPhone)
	c.Email = normal("thu", c.Email, text.NormalEmail)
	return c, problems
}

// Seat is what the place is, whoever sits there: "Trưởng thôn 1", "Phó Bí thư, Đảng ủy xã".
func (i Invitation) Seat() string {
	switch {
	case i.Body == "":
		return i.Title
	case i.Title == "":
		return i.Body
	case strings.Contains(text.Fold(i.Title), text.Fold(i.Body)):
		return i.Title
	}
	return i.Title + ", " + i.Body
}

// Words are name and place: "Đặng Văn Giả Định, Chủ tịch UBND xã".
func (i Invitation) Words() string { return joined(i.Name, i.Seat()) }

// WhoComes is who sits in the place: the substitute where one comes; "" where nobody is named or comes.
func (i Invitation) WhoComes() string {
	switch i.State {
	case InvitationDeclined, InvitationWithdrawn:
		return ""
	case InvitationSubstituted:
		return joined(i.Substitute, cmp.Or(i.SubTitle, i.Seat()))
	}
	if i.Name == "" {
		return ""
	}
	return i.Words()
}

func joined(name, seat string) string {
	if name == "" || seat == "" {
		return name + seat
	}
	return name + ", " + seat
}

// person is by what two rows are the same person, however they were typed; place is by what they are the same place.
func (i Invitation) person() string { return text.NameKey(i.Name) + "\n" + text.NameKey(i.Seat()) }

func (i Invitation) place() string {
	switch {
	case i.VillageID != "":
		return string(i.VillageID) + "\n" + text.NameKey(i.Title)
	case i.Capacity == CapacityCoChair: // beside who comes for the same body as a delegate
		return string(CapacityCoChair)
	}
	return text.NameKey(i.Seat())
}

// Told reports whether they were told of the dialogue, and may answer.
func (i Invitation) Told() bool {
	return i.State == InvitationSent || i.Answered()
}

// Answered reports whether there is an answer.
func (i Invitation) Answered() bool {
	return i.State == InvitationAccepted || i.State == InvitationDeclined || i.State == InvitationSubstituted
}

// Stale reports whether what they were told is no longer so: the dialogue moved since.
func (i Invitation) Stale(d doithoai.Dialogue) bool { return i.Told() && i.ToldMoves < d.Moves }

// InviteDue is the last day to send invitations to a dialogue: parameter "invitation.before" of its day, counted back
// from it. Zero where it is not in force, or the dialogue has no day.
func InviteDue(rules doithoai.Rules, d doithoai.Dialogue) calendar.Date {
	if d.StartsAt.IsZero() {
		return calendar.Date{}
	}
	term, err := rules.Parameters.TermAt("invitation.before", d.StartsAt.Date())
	if err != nil {
		return calendar.Date{}
	}
	return rules.Calendar.LatestBefore(d.StartsAt.Date(), term).Advised
}

// Comes reports whether somebody said to come at the day, hour and venue that hold now.
func (i Invitation) Comes(d doithoai.Dialogue) bool {
	return (i.State == InvitationAccepted || i.State == InvitationSubstituted) && !i.Stale(d)
}

// Open reports whether the place waits for a person to be named.
func (i Invitation) Open() bool {
	return i.Name == "" && i.State != InvitationWithdrawn && i.State != InvitationDeclined &&
		i.State != InvitationSubstituted
}

// DelegateProblems are the reasons why somebody can't stand so on the list with the others that are there: neither name
// nor place; too long; an unknown capacity; the same person twice. Somebody invited by name stays that person: who
// comes instead is a substitute, or is invited anew.
func (i Invitation) DelegateProblems(was Invitation, others []Invitation) []doithoai.Problem {
	var list []doithoai.Problem
	add := func(field, key string, args ...any) {
		list = append(list, doithoai.Problem{Field: field, Key: "delegate.problem." + key, Args: args})
	}
	if i.Name == "" && i.Seat() == "" {
		add("ho-ten", "nobody")
	}
	for _, f := range []struct {
		field, value string
		max          int
	}{
		{"ho-ten", i.Name, doithoai.MaxLine}, {"chuc-vu", i.Title, doithoai.MaxLine}, {"don-vi", i.Body, doithoai.MaxLine},
		{"ghi-chu", i.Note, MaxReason},
	} {
		list = append(list, tooLong(f.field, f.value, f.max)...)
	}
	if !slices.Contains(Capacities, i.Capacity) {
		add("tu-cach", "capacity")
	}
	if was.Told() && was.Name != "" && !text.SameName(was.Name, i.Name) {
		add("ho-ten", "invited_by_name", "name", was.Name)
	}
	for _, o := range others {
		if i.Name != "" && o.ID != i.ID && o.State != InvitationWithdrawn && o.person() == i.person() {
			add("ho-ten", "twice", "number", o.Ordinal)
			break
		}
	}
	return list
}

func tooLong(field, s string, max int) []doithoai.Problem {
	if utf8.RuneCountInString(s) <= max {
		return nil
	}
	return []doithoai.Problem{{Field: field, Key: "error.problem.too_long", Args: []any{"max", max}}}
}

// SeatProblems are the reasons why a hall can't have so many seats.
func SeatProblems(seats int) []doithoai.Problem {
	if seats > 0 && seats <= MaxSeats {
		return nil
	}
	return []doithoai.Problem{{Field: "so-ghe", Key: "delegate.problem.seats", Args: []any{"max", MaxSeats}}}
}

// MaySend reports whether the invitation can go out: it did not yet, or what it said no longer holds.
func (i Invitation) MaySend(d doithoai.Dialogue) bool {
	return i.State == InvitationDraft || i.Stale(d)
}

// SendProblems are the reasons why nobody can be told of the dialogue by a route on a day: it has no day, hour or venue
// that hold, or is over; the route is unknown; the day is none or still to come.
func SendProblems(
	d doithoai.Dialogue, route InvitationRoute, on, today calendar.Date,
) []doithoai.Problem {
	if key := closed(d, today); key != "" {
		return []doithoai.Problem{{Field: "chon", Key: key}}
	}
	return tellProblems(route, on, today)
}

// closed says why nobody can be invited to a dialogue or answer now; "" where they can. Who is told of a day that is
// not set would stand before a closed door.
func closed(d doithoai.Dialogue, today calendar.Date) string {
	switch {
	case d.State == doithoai.DialoguePostponed:
		return "delegate.problem.postponed"
	case !d.State.Coming() || d.StartsAt.Date().Before(today):
		return "delegate.problem.over"
	case d.StartsAt.IsZero() || d.Venue == "":
		return "delegate.problem.no_day"
	}
	return ""
}

func tellProblems(route InvitationRoute, on, today calendar.Date) (list []doithoai.Problem) {
	if !slices.Contains(InvitationRoutes, route) {
		list = append(list, doithoai.Problem{Field: "cach-moi", Key: "delegate.problem.route"})
	}
	if !on.Valid() || on.After(today) {
		list = append(list, doithoai.Problem{Field: "ngay", Key: "delegate.problem.day"})
	}
	return list
}

// Send returns the invitation as it stands once they were told: an answer that was given to another day, hour or venue
// is asked for again.
func (i Invitation) Send(d doithoai.Dialogue, route InvitationRoute, on calendar.Date) Invitation {
	i.State, i.Route, i.InvitedOn, i.ToldMoves = InvitationSent, route, on, d.Moves
	i.AnsweredAt, i.AnsweredBy, i.Reason = calendar.Instant{}, "", ""
	i.Substitute, i.SubTitle = "", ""
	i.RemindedOn, i.Reminders = calendar.Date{}, 0
	return i
}

// MayRemind reports whether they can be asked for their answer.
func (i Invitation) MayRemind(d doithoai.Dialogue) bool {
	return i.State == InvitationSent && !i.Stale(d)
}

// Remind returns the invitation as it stands once they were asked again.
func (i Invitation) Remind(on calendar.Date) Invitation {
	i.RemindedOn = on
	i.Reminders++
	return i
}

// Reply is what somebody answers to an invitation.
type Reply struct {
	Answer     InvitationState // accepted, declined or substituted
	Reason     string          // of declining
	Substitute string
	SubTitle   string
}

// Replies are the answers in the order of the forms.
var Replies = []InvitationState{InvitationAccepted, InvitationSubstituted, InvitationDeclined}

// ReplyProblems are the reasons why an answer can't be taken on a day: the dialogue is over, or has no day; they were
// told nothing, or something that no longer holds; no answer; declined without a reason; a substitute without a name; a
// place accepted of which nobody knows who comes.
func (i Invitation) ReplyProblems(d doithoai.Dialogue, r Reply, today calendar.Date) []doithoai.Problem {
	if key := closed(d, today); key != "" {
		return []doithoai.Problem{{Field: "tra-loi", Key: key}}
	}
	var list []doithoai.Problem
	add := func(field, key string) {
		list = append(list, doithoai.Problem{Field: field, Key: "delegate.problem." + key})
	}
	switch {
	case i.Stale(d):
		add("tra-loi", "stale")
	case !i.Told():
		add("tra-loi", "not_told")
	case !slices.Contains(Replies, r.Answer):
		add("tra-loi", "answer")
	case r.Answer == InvitationDeclined && r.Reason == "":
		add("ly-do", "reason")
	case r.Answer == InvitationSubstituted && r.Substitute == "":
		add("nguoi-thay", "substitute")
	case r.Answer == InvitationAccepted && i.Name == "":
		add("tra-loi", "unnamed")
	}
	list = append(list, tooLong("ly-do", r.Reason, MaxReason)...)
	list = append(list, tooLong("nguoi-thay", r.Substitute, doithoai.MaxLine)...)
	return append(list, tooLong("chuc-vu-thay", r.SubTitle, doithoai.MaxLine)...)
}

// Answer returns the invitation with an answer. Who is sent for a place that named nobody is not a substitute: they are
// the one whom the body names.
func (i Invitation) Answer(r Reply, at calendar.Instant, by doithoai.ID) Invitation {
	i.State, i.AnsweredAt, i.AnsweredBy = r.Answer, at, by
	i.Reason, i.Substitute, i.SubTitle = "", "", ""
	switch {
	case r.Answer == InvitationDeclined:
		i.Reason = r.Reason
	case r.Answer == InvitationSubstituted && i.Name == "":
		i.State, i.Name = InvitationAccepted, r.Substitute
		if r.SubTitle != "" {
			i.Title, i.Body = r.SubTitle, cmp.Or(i.Body, i.Title)
		}
	case r.Answer == InvitationSubstituted:
		i.Substitute, i.SubTitle = r.Substitute, r.SubTitle
	}
	return i
}

// Presiding is who a list says comes in a capacity, "" where nobody does; ok is false where the list has no such place.
func Presiding(list []Invitation, c Capacity) (words string, ok bool) {
	var all []string
	for _, i := range list {
		if i.Capacity != c || i.State == InvitationWithdrawn {
			continue
		}
		ok = true
		if w := i.WhoComes(); w != "" {
			all = append(all, w)
		}
	}
	return strings.Join(all, "; "), ok
}

// Presided are the words with which a dialogue names who comes in a capacity, as the list has it: what stands there
// stays where it names the same person, or where the list has no such place.
func Presided(words string, list []Invitation, c Capacity) string {
	now, ok := Presiding(list, c)
	name, _, _ := strings.Cut(now, ",")
	if !ok || now != "" && strings.Contains(text.NameKey(words), text.NameKey(name)) {
		return words
	}
	return now
}

// Guests are whom a point invites, as the head of their group: without its "Mời" and its full stop.
func (p Point) Guests() string {
	s := strings.TrimRight(strings.TrimSpace(p.Text), ".;")
	if rest, ok := strings.CutPrefix(s, "Mời "); ok {
		first, size := utf8.DecodeRuneInString(rest)
		s = string(unicode.ToUpper(first)) + rest[size:]
	}
	return s
}

// Placed returns a list with further people, each behind the last one of the same point of the plan, or of the nearest
// point before it, in the order of points; the places are counted anew.
func Placed(list, further []Invitation, points []Point) []Invitation {
	rank := func(key int) int {
		at := slices.IndexFunc(points, func(p Point) bool { return p.Key == key })
		if at < 0 {
			return len(points) // no point of the plan: at the end
		}
		return at
	}
	all := slices.Clone(list)
	for _, f := range further {
		at := 0
		for n, i := range all {
			if rank(i.Point) <= rank(f.Point) {
				at = n + 1
			}
		}
		all = slices.Insert(all, at, f)
	}
	for n := range all {
		all[n].Ordinal = n + 1
	}
	return all
}

// Heads counts the people of a list.
type Heads struct {
	All, Draft, Waiting, Accepted, Substituted, Declined, Withdrawn, Stale, Open int
	Coming                                                                       int
}

// HeadsOf counts a list by how its people stand to the dialogue as it is now. Who was told of another day, hour or
// venue counts as stale only. All are those who are not withdrawn.
func HeadsOf(d doithoai.Dialogue, list []Invitation) (h Heads) {
	for _, i := range list {
		if i.State == InvitationWithdrawn {
			h.Withdrawn++
			continue
		}
		h.All++
		if i.Open() {
			h.Open++
		}
		switch {
		case i.Stale(d):
			h.Stale++
		case i.State == InvitationDraft:
			h.Draft++
		case i.State == InvitationSent:
			h.Waiting++
		case i.State == InvitationAccepted:
			h.Accepted++
		case i.State == InvitationSubstituted:
			h.Substituted++
		case i.State == InvitationDeclined:
			h.Declined++
		}
	}
	h.Coming = h.Accepted + h.Substituted
	return h
}
