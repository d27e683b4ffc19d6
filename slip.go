package doithoai

import (
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"doithoai/calendar"
)

// Channel is how an opinion reached the authority.
type Channel string

const (
	ChannelPortal  Channel = "portal"  // sent by the resident on the public site
	ChannelOffice  Channel = "office"  // typed by the office for somebody who came
	ChannelPhone   Channel = "phone"   // typed by the office from a call
	ChannelVillage Channel = "village" // brought by a village head
	ChannelPaper   Channel = "paper"   // typed by the office from a paper slip, which may be scanned
	ChannelZalo    Channel = "zalo"    // typed by the office from a message, often a picture of one
	ChannelHall    Channel = "hall"    // spoken at the dialogue
	ChannelSheet   Channel = "sheet"   // spoken at the dialogue, and typed later from a sheet on which it was written down
)

// Retold reports whether the office puts into words what somebody says: that is read back to them. What they wrote
// themselves, on the site, on paper or in a message, is copied.
func (c Channel) Retold() bool {
	return c == ChannelOffice || c == ChannelPhone || c == ChannelVillage
}

// Spoken reports whether it was said at the dialogue: it may have no name, and was heard.
func (c Channel) Spoken() bool { return c == ChannelHall || c == ChannelSheet }

// Way is a way to be answered. One suffices; having no telephone is never a reason to refuse.
type Way string

const (
	WayPhone  Way = "phone" // a call or a text message
	WayZalo   Way = "zalo"  // a message to the telephone, by Zalo
	WayEmail  Way = "email"
	WayPost   Way = "post"
	WayPickUp Way = "pick_up"
	WayAloud  Way = "aloud" // read out by the village head
	// WaySMS is how the program reaches who chose WayPhone, where a gateway takes text messages. Nobody chooses it.
	WaySMS Way = "sms"
)

// Ways in the order in which forms offer them. WayZalo is offered under WayPhone, in whose place it comes: it needs
// the same number.
var Ways = []Way{WayPhone, WayEmail, WayPost, WayPickUp, WayAloud}

// AllWays are those in which people are told, in the order in which they are named.
var AllWays = []Way{WayPhone, WaySMS, WayZalo, WayEmail, WayPost, WayPickUp, WayAloud}

// Chosen is what somebody chose who is told this way.
func (w Way) Chosen() Way {
	if w == WaySMS {
		return WayPhone
	}
	return w
}

// Gateways say which ways the program goes by itself: those for which the operator named a gateway. What people are to
// be told by e-mail goes, or waits, also without Mail; documents are only mailed with it.
type Gateways struct{ SMS, Zalo, Mail bool }

// Route is how news goes to somebody who chose a way, and whether people bring it: e-mail goes out by itself; to a
// mobile telephone, a text message in the place of a call and a message by Zalo do where there is a gateway for them.
// All else is brought.
func (g Gateways) Route(chosen Way, mobile bool) (w Way, byHand bool) {
	switch {
	case chosen == WayEmail:
		return WayEmail, false
	case chosen == WayPhone && g.SMS && mobile:
		return WaySMS, false
	case chosen == WayZalo && g.Zalo && mobile:
		return WayZalo, false
	}
	return chosen, true
}

// Manner is how the person wants to raise the opinion.
type Manner string

const (
	MannerWritten Manner = "written" // to be answered
	MannerSpeak   Manner = "speak"   // to speak at the dialogue
	MannerBoth    Manner = "both"
)

// Manners in the order in which forms offer them.
var Manners = []Manner{MannerWritten, MannerSpeak, MannerBoth}

// Standing is on whose behalf the person speaks.
type Standing string

const (
	StandingPerson       Standing = "person"
	StandingOrganisation Standing = "organisation"
	StandingGroup        Standing = "group" // a group of households
)

// Standings in the order in which forms offer them.
var Standings = []Standing{StandingPerson, StandingOrganisation, StandingGroup}

// Limits of a slip, in characters and counts. They bound what is stored, they are no law.
const (
	MaxMatter  = 5000
	MaxMatters = 10
	MaxLine    = 200
	// MaxPaperNumber bounds the number printed on a paper slip.
	MaxPaperNumber = 20
)

// Petitioner is who raised an opinion: personal data, kept in a table of its own and read only by acts that log it.
type Petitioner struct {
	Standing     Standing
	Name         string
	Organisation string
	Households   int
	VillageID    ID     // empty: lives elsewhere
	Address      string // elsewhere: any address
	Ways         []Way
	Phone        string // digits
	Email        string
	PostAddress  string
}

// Named is who raised an opinion that was taken down in the hall without a name, once the name is known. It is said
// once: where there is a name already, somebody else was quicker. Then the name is needed, within bounds. A village
// that was known stays unless another is given.
func (p Petitioner) Named(name string, village ID) (Petitioner, error) {
	if p.Name != "" {
		return p, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "slip.problem."}
	ps.text("ho-ten", "name", name, MaxLine)
	if err := ps.refuse(); err != nil {
		return p, err
	}
	p.Name = name
	if village != "" {
		p.VillageID = village
	}
	return p, nil
}

// Slip is a question slip (phiếu đăng ký câu hỏi) as it was handed in. All text has been cleaned (NFC).
type Slip struct {
	DialogueID ID // empty: raised outside a dialogue
	Channel    Channel
	Matters    []string // each becomes an opinion
	FieldCode  string   // empty: the authority sorts it
	Manner     Manner
	Petitioner Petitioner
	// PaperNumber is the number printed on the paper slip, as it was typed; empty: none.
	PaperNumber string `json:",omitempty"`
	// TurnID is the turn in which it was said, in the hall.
	TurnID ID `json:",omitempty"`
	// SameAs is an opinion of the slip that this one is, as who typed it says: it may bear that one's paper number.
	SameAs     ID   `json:",omitempty"`
	Elsewhere  bool // said to live in none of the villages: an address is what is needed
	NoticeRead bool // the notice on personal data was read (or read out)
	ReadBack   bool // typed for somebody: read back and confirmed (NĐ 154/2026 Đ.14)
	// Given is when the person gave it, where that is not when it was typed.
	Given *Given `json:",omitempty"`
	// Files are the uploads that come with it.
	Files []ID `json:",omitempty"`
	// PhoneProblem is why the typed telephone number is none, as the text package found; empty when it is one.
	PhoneProblem *Problem
	EmailProblem *Problem
	// Illegible are the places of matters that were typed with a font of an old encoding, as the text package found.
	Illegible []int
}

// Given is when somebody handed over what is typed later: on a paper, in a message, to the village head.
type Given struct {
	On    calendar.Date
	Clock calendar.Clock // negative where nobody knows the hour
}

// At is the minute of it, where the hour is known.
func (g Given) At() calendar.Instant {
	return g.Clock.On(g.On)
}

// maxGivenDays is how long before it is typed something may have been given: more is a wrong year.
const maxGivenDays = 366

// GivenProblems are the reasons why the slip can't have been given when it says, at the time when it is typed. What is
// given at that very time, on the public site or in the hall, has no other.
func (s Slip) GivenProblems(now calendar.Instant) []Problem {
	ps := problems{of: "slip.problem.given_"}
	g := s.Given
	switch today := now.Date(); {
	case g == nil:
	case s.Channel == ChannelPortal || s.Channel == ChannelHall:
		ps.add("ngay-gui", "now")
	case g.On.IsZero():
		ps.add("ngay-gui", "day")
	case g.On.After(today):
		ps.add("ngay-gui", "future")
	case g.On.AddDays(maxGivenDays).Before(today):
		ps.add("ngay-gui", "past")
	case g.Clock >= 24*60:
		ps.add("gio-gui", "hour")
	case g.Clock >= 0 && g.At().After(now):
		ps.add("gio-gui", "future")
	}
	return ps.list
}

// Problems are the reasons why the slip can't be taken, in the order of the form.
//
// Content comes first. A name and a place (village, or any address) are needed: NĐ 20/2008 Đ.7. One way to be answered
// is needed, with what that way needs; none of them is a telephone by force. No identity number is ever asked. What was
// spoken in the hall needs content only: who sat down again before saying a name was heard all the same, and is named
// later ([Petitioner.Named]). Speech recorded with a name is a valid opinion; until then nobody gets a receipt for it.
func (s Slip) Problems() []Problem {
	ps := problems{of: "slip.problem."}
	s.matterProblems(&ps)
	p := s.Petitioner
	if s.Channel.Spoken() {
		ps.long("ho-ten", p.Name, MaxLine)
		return ps.list
	}
	if !oneOf(s.Manner, Manners) {
		ps.add("cach-neu", "manner")
	}
	switch p.Standing {
	case StandingPerson:
	case StandingOrganisation:
		ps.text("to-chuc", "organisation", p.Organisation, MaxLine)
	case StandingGroup:
		if p.Households < 2 {
			ps.add("so-ho", "households")
		}
	default:
		ps.add("toi-la", "standing")
	}
	ps.text("ho-ten", "name", p.Name, MaxLine)
	switch {
	case p.VillageID != "" || p.Address != "":
	case s.Elsewhere:
		ps.add("noi-o", "address")
	default:
		ps.add("thon", "place")
	}
	ps.long("noi-o", p.Address, MaxLine)
	s.wayProblems(&ps)
	ps.long(FieldPaperNumber, s.PaperNumber, MaxPaperNumber)
	if !s.NoticeRead {
		ps.add("da-doc", "notice")
	}
	if s.Channel.Retold() && !s.ReadBack {
		ps.add("doc-lai", "read_back")
	}
	return ps.list
}

func (s Slip) matterProblems(ps *problems) {
	if len(s.Matters) == 0 {
		ps.add("noi-dung", "content")
	}
	if len(s.Matters) > MaxMatters {
		ps.add("noi-dung", "too_many", "max", MaxMatters)
	}
	for i, m := range s.Matters {
		field := MatterField(i)
		switch n := utf8.RuneCountInString(m); {
		case n == 0:
			ps.add(field, "content")
		case n > MaxMatter:
			ps.add(field, "content_long", "max", MaxMatter, "over", n-MaxMatter)
		case slices.Contains(s.Illegible, i):
			ps.add(field, "illegible")
		}
	}
}

func (s Slip) wayProblems(ps *problems) {
	p := s.Petitioner
	if len(p.Ways) == 0 {
		ps.add("nhan-tra-loi", "way")
	}
	for _, w := range p.Ways {
		switch w {
		case WayPhone, WayZalo:
			if s.PhoneProblem != nil {
				ps.join([]Problem{*s.PhoneProblem})
			} else if p.Phone == "" {
				ps.add("dien-thoai", "phone")
			}
		case WayEmail:
			if s.EmailProblem != nil {
				ps.join([]Problem{*s.EmailProblem})
			} else if p.Email == "" {
				ps.add("thu", "email")
			}
		case WayPost:
			ps.text("dia-chi", "post_address", p.PostAddress, MaxLine)
		case WayAloud:
			if p.VillageID == "" {
				ps.add("nhan-tra-loi", "aloud")
			}
		case WayPickUp:
		default:
			ps.add("nhan-tra-loi", "way")
		}
	}
}

// FieldPaperNumber is the field in which the number printed on a paper slip is typed.
const FieldPaperNumber = "so-phieu"

// MatterField is the id of the i-th matter's field in forms: "noi-dung", "noi-dung-2", …
func MatterField(i int) string {
	if i == 0 {
		return "noi-dung"
	}
	return "noi-dung-" + strconv.Itoa(i+1)
}

func oneOf[T comparable](v T, list []T) bool {
	for _, w := range list {
		if v == w {
			return true
		}
	}
	return false
}

// IntakeKey is the random key that a form carries so that a repeated submit returns the first receipt.
type IntakeKey [16]byte

// ReceiptCode is the secret on a receipt: 15 random letters and digits (74 bits) and a check character, without the
// look-alikes 0 O 1 I L. The store keeps only its Hash; it appears in no leaf, log, list, feed, URL path or query.
type ReceiptCode string

// codeAlphabet has 31 characters, a prime, so that the weighted check character catches every single wrong character
// and every swap of two neighbours.
const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// ReceiptCodeLength is the number of characters of a receipt code.
const ReceiptCodeLength = 16

// NewReceiptCode derives the code from the form's key, so that the same form always gives the same code though only a
// hash of it is kept (docs/adr/0006).
func NewReceiptCode(key IntakeKey) ReceiptCode {
	b := codeFrom(sha256.Sum256(append([]byte("doithoai receipt code v1\n"), key[:]...)), ReceiptCodeLength-1)
	return ReceiptCode(b + string(checkCharacter(b)))
}

// codeFrom writes a hash in the letters and digits of codes, as many as are asked for.
func codeFrom(sum [sha256.Size]byte, length int) string {
	n := new(big.Int).SetBytes(sum[:])
	base, digit := big.NewInt(int64(len(codeAlphabet))), new(big.Int)
	b := make([]byte, length)
	for i := range b {
		n.DivMod(n, base, digit)
		b[i] = codeAlphabet[digit.Int64()]
	}
	return string(b)
}

// checkCharacter makes the weighted sum of all characters divisible by 31.
func checkCharacter(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += (i + 2) * strings.IndexByte(codeAlphabet, s[i])
	}
	return codeAlphabet[sum%len(codeAlphabet)]
}

// ErrReceiptCode is returned for a text that can't be a receipt code.
var ErrReceiptCode = errors.New("not a receipt code")

// ParseReceiptCode reads a code in its plain form: 16 characters of the alphabet, in capitals, the last of which checks
// the others. What people type is cleaned first, by package text.
func ParseReceiptCode(s string) (ReceiptCode, error) {
	if len(s) != ReceiptCodeLength {
		return "", ErrReceiptCode
	}
	for i := range len(s) {
		if strings.IndexByte(codeAlphabet, s[i]) < 0 {
			return "", ErrReceiptCode
		}
	}
	if checkCharacter(s[:ReceiptCodeLength-1]) != s[ReceiptCodeLength-1] {
		return "", ErrReceiptCode
	}
	return ReceiptCode(s), nil
}

// Groups are the four groups of four in which the code is shown.
func (c ReceiptCode) Groups() []string {
	var g []string
	for i := 0; i+4 <= len(c); i += 4 {
		g = append(g, string(c[i:i+4]))
	}
	return g
}

// Hash is what the store keeps of the code.
func (c ReceiptCode) Hash() []byte {
	sum := sha256.Sum256([]byte("doithoai receipt hash v1\n" + string(c)))
	return sum[:]
}

// String hides the code, so that no log or error carries it. Use Groups to show it to its holder.
func (c ReceiptCode) String() string { return "receipt code (hidden)" }

// Acts by which opinions come in, and are followed.
const (
	ActSubmitSlip    Act = "submit_slip"
	ActFollowSlip    Act = "follow_slip" // open a slip by its receipt code
	ActRecordOpinion Act = "record_opinion"
	// ActNamePetitioner says who raised what was taken down in the hall without a name.
	ActNamePetitioner Act = "name_petitioner"
)

var slipActs = []actRow{
	{ActSubmitSlip, law{
		"an opinion is received, registered, receipted",
		"NĐ 20/2008 Đ.6–9 (C); Luật 10/2022 Đ.35 k.2 (C); plan 2024, I.2 “tiếp nhận đầy đủ”", ""},
		[]grant{{RoleResident, always}, {RoleOffice, always}, {RoleSecretary, always}, {RoleReception, always},
			{RoleVillageHead, always}}},
	{ActFollowSlip, law{"the person asks how it stands", "NĐ 20/2008 Đ.12 (C)", ""},
		[]grant{{RoleResident, always}}},
	{ActRecordOpinion, law{
		"speech in the hall with a name counts as a valid opinion", "TT 18/2018/TT-BCT by analogy (L)", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}}},
	{ActNamePetitioner, law{
		"what was heard without a name gets one, and with it a valid petitioner",
		"NĐ 20/2008 Đ.7 (C); TT 18/2018/TT-BCT by analogy (L)", ""},
		[]grant{{RoleSecretary, always}, {RoleOffice, always}}},
}
