package doithoai

import (
	"strings"

	"doithoai/calendar"
)

// ReopeningState is what became of a wish to have an answered matter looked at again.
type ReopeningState string

const (
	ReopeningOpened  ReopeningState = "opened"  // at once: it needed nobody's word
	ReopeningWaits   ReopeningState = "waits"   // for the chair
	ReopeningAllowed ReopeningState = "allowed" // the chair had it looked at again
	ReopeningRefused ReopeningState = "refused" // the answer stays as it is
)

// ReopeningGround is why the chair does not have a matter looked at again, in a word. More is said in the words that
// the person reads.
type ReopeningGround string

const (
	GroundNoNewFacts ReopeningGround = "no_new_facts" // what is said was known when the matter was answered
	GroundOther      ReopeningGround = "other_matter" // what is said is another matter, to be raised for itself
	GroundElsewhere  ReopeningGround = "elsewhere"    // a court or another body has it, or decided on it
	GroundPending    ReopeningGround = "pending"      // it is to be settled as a complaint
)

// ReopeningGrounds in the order in which forms offer them.
var ReopeningGrounds = []ReopeningGround{GroundNoNewFacts, GroundOther, GroundElsewhere, GroundPending}

// reopeningChannels are the ways in which somebody's wish may come to the office, which types it.
var reopeningChannels = []Channel{ChannelOffice, ChannelPhone, ChannelPaper, ChannelZalo, ChannelVillage}

// ReopeningChannels in the order in which forms offer them.
func ReopeningChannels() []Channel { return append([]Channel(nil), reopeningChannels...) }

// Reopening is the word of who raised an opinion that they don't agree with its answer (chưa đồng ý, đề nghị xem lại).
type Reopening struct {
	Number   int  // among those of the opinion, from 1
	NewFacts bool // with new facts, for the chair to decide; else the one time that needs no decision
	Said     string
	Channel  Channel // by which it came
	By       ID      // who typed it for the person; empty: the person, by the receipt code
	At       calendar.Instant
	Answer   int // with which answer they don't agree: how many there were before that one
	State    ReopeningState
	Decision ReopeningDecision // of the chair
}

// ReopeningDecision is the chair's word against looking at a matter again.
type ReopeningDecision struct {
	Ground ReopeningGround
	Basis  string // legal basis
	Words  string // that the person reads
	By     ID
	At     calendar.Instant
}

// The fields of the forms of a reopening and of the decision on it.
const (
	FieldReopenSaid    = "chua-dong-y"
	FieldReopenChannel = "qua-kenh"
	FieldRefuseGround  = "ly-do-khong-xem-lai"
	FieldRefuseBasis   = "can-cu-khong-xem-lai"
	FieldRefuseWords   = "giai-thich-khong-xem-lai"
)

// ParameterReopen is the term within which a matter is looked at again at once, from the day of its first answer on.
const ParameterReopen = "reopen.within"

// Answered is an answer that went out and with which the person did not agree, so that the matter was looked at again.
// It stays what it was: sent, in time or late.
type Answered struct {
	Round      int // 0: the first answer
	Answer     Answer
	SentAt     calendar.Instant
	Due        calendar.Date
	Late       bool
	Rating     *Rating // what the person said of it; nil: nothing
	ReopenedAt calendar.Instant
}

// Act is what the person's word is.
func (r Reopening) Act() Act {
	if r.NewFacts {
		return ActRequestReopening
	}
	return ActReopenPetition
}

// ReopenUntil is the last day on which the person has the matter looked at again without anybody's decision.
func (p Petition) ReopenUntil(within calendar.Term, c calendar.Calendar) calendar.Date {
	return c.Due(p.AnsweredAt.Date(), within)
}

// Reopenable reports why the matter is not looked at again at the person's word alone; nil: it is. past are the
// opinion's reopenings.
//
// In this order: it was answered, and nothing waits for the chair; it was never looked at again; the term from the
// first answer on is not over.
func (p Petition) Reopenable(
	past []Reopening, within calendar.Term, today calendar.Date, c calendar.Calendar,
) error {
	switch {
	case p.State != PetitionAnswered:
		return Refuse(Conflict, "reopening.problem.not_answered")
	case p.Asked:
		return Refuse(Conflict, "reopening.problem.waits")
	case p.Round > 0 || len(past) > 0:
		return Refuse(Conflict, "reopening.problem.again")
	case today.After(p.ReopenUntil(within, c)):
		return Refuse(Conflict, "reopening.problem.late")
	}
	return nil
}

// Requestable reports why the person can't ask the chair to look at the matter again; nil: they can, any number of
// times, one after the other. While the person's word alone is enough, that is the way.
func (p Petition) Requestable(
	past []Reopening, within calendar.Term, today calendar.Date, c calendar.Calendar,
) error {
	switch {
	case p.State != PetitionAnswered:
		return Refuse(Conflict, "reopening.problem.not_answered")
	case p.Asked:
		return Refuse(Conflict, "reopening.problem.waits")
	case p.Reopenable(past, within, today, c) == nil:
		return Refuse(Conflict, "reopening.problem.needs_none")
	}
	return nil
}

// problems are what is wrong with the words of a reopening as they were typed, and with how they came.
func (r Reopening) problems() []Problem {
	ps := problems{of: "reopening.problem."}
	missing := "said"
	if r.NewFacts {
		missing = "new_facts"
	}
	ps.need(strings.TrimSpace(r.Said) != "", FieldReopenSaid, missing)
	ps.long(FieldReopenSaid, r.Said, MaxMatter)
	ps.need(r.By == "" || oneOf(r.Channel, reopeningChannels), FieldReopenChannel, "channel")
	return ps.list
}

// Reopen takes the person's word that they don't agree. The first time, and within the term, the matter is looked at
// again at once; with new facts the chair decides.
//
// In this order: the person may say so now ([Petition.Reopenable], [Petition.Requestable]); they mean the answer that
// stands, stood being how many there were before it; the words are there, kept as they are and within bounds; one that
// is typed for somebody says how it came. lead is the unit that looks at it ([Petition.LeadAgain]); rule is that of the
// opinion.
func (p Petition) Reopen(
	r Reopening, past []Reopening, stood int, lead ID, rule RulingRule, within calendar.Term, today calendar.Date,
	rules Rules,
) (Petition, Reopening, Facts, error) {
	may := p.Reopenable
	if r.NewFacts {
		may = p.Requestable
	}
	if err := may(past, within, today, rules.Calendar); err != nil {
		return p, r, Facts{}, err
	}
	if r.Answer != stood {
		return p, r, Facts{}, Refuse(Conflict, "reopening.problem.replaced")
	}
	if err := RefuseForm(r.problems()); err != nil {
		return p, r, Facts{}, err
	}
	r.Number, r.State = len(past)+1, ReopeningWaits
	facts := Facts{Channel: r.Channel}
	if r.NewFacts {
		p.Asked = true
	} else {
		next, opened, err := p.again(ActReopenPetition, lead, rule, today, rules)
		if err != nil {
			return p, r, Facts{}, err
		}
		opened.Channel = r.Channel
		p, facts, r.State = next, opened, ReopeningOpened
	}
	facts.Reopening = r.Number
	return p, r, facts, nil
}

// Allow has a matter looked at again because of new facts. r is what waits.
func (p Petition) Allow(
	r Reopening, lead ID, rule RulingRule, today calendar.Date, rules Rules,
) (Petition, Reopening, Facts, error) {
	if !p.Asked || r.State != ReopeningWaits {
		return p, r, Facts{}, Refuse(Conflict, "error.conflict")
	}
	next, facts, err := p.again(ActAllowReopening, lead, rule, today, rules)
	if err != nil {
		return p, r, Facts{}, err
	}
	r.State, next.Asked = ReopeningAllowed, false
	facts.Reopening = r.Number
	return next, r, facts, nil
}

// again opens a round: the petition is worked on once more, with a term of its own. What was said of the answers before
// stays: when the first went out and whether that was late ([Petition.AnsweredAt], [Petition.Missed]) no round changes.
func (p Petition) again(
	act Act, lead ID, rule RulingRule, today calendar.Date, rules Rules,
) (Petition, Facts, error) {
	next, facts, err := p.Move(act)
	if err != nil {
		return p, Facts{}, err
	}
	proposed, known := rules.Propose(rule, today)
	if !known {
		return p, Facts{}, Refuse(Conflict, "reopening.problem.no_term")
	}
	next.Round, next.RoundMissed, next.RoundAnsweredAt = p.Round+1, false, calendar.Instant{}
	next.LeadUnitID, next.OfficerID, next.Extended = lead, "", 0 // who works on it is said anew
	next.Start, next.Term, next.Due = today, proposed.Term, proposed.Rolled
	next.CalendarVersion, next.CalendarKept = rules.Calendar.Version(), ""
	facts = next.reckoned(facts)
	facts.Round, facts.Unit = next.Round, lead
	return next, facts, nil
}

// LeadAgain is the unit that looks at a matter again: the one that led it, while it is in force and may lead it; else
// the office; empty where the chair led it, or no unit may. units are the authority's.
func (p Petition) LeadAgain(units []Unit, s Subject, today calendar.Date) ID {
	fits := func(u Unit) bool {
		return calendar.Within(today, u.From, u.To) && !oneOf(u.ID, s.ConcernedUnits) && (!s.Conduct || u.Office)
	}
	office := ID("")
	for _, u := range units {
		switch {
		case p.LeadUnitID == "":
			return ""
		case u.ID == p.LeadUnitID && fits(u):
			return u.ID
		case u.Office && office == "" && fits(u):
			office = u.ID
		}
	}
	return office
}

// Refuse leaves the answer as it is. r is what waits.
//
// In this order: something waits for the chair; the ground is one of [ReopeningGrounds]; a legal basis is named; why is
// said in words that the person reads.
func (r Reopening) Refuse(d ReopeningDecision) (Reopening, Facts, error) {
	if r.State != ReopeningWaits {
		return r, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "reopening.problem."}
	ps.need(oneOf(d.Ground, ReopeningGrounds), FieldRefuseGround, "ground")
	ps.text(FieldRefuseBasis, "basis", d.Basis, 5*MaxLine)
	ps.text(FieldRefuseWords, "words", d.Words, MaxMatter)
	if err := ps.refuse(); err != nil {
		return r, Facts{}, err
	}
	r.State, r.Decision = ReopeningRefused, d
	return r, Facts{Reopening: r.Number, Ground: d.Ground}, nil
}

// Record is the decision's text in its event.
func (d ReopeningDecision) Record() string { return d.Words + "\n\n" + d.Basis }

// Paper is what the promises of the answer that is worked on are kept under: 0 is the first answer, -1 that of the
// first round, and so on; corrections have their numbers.
func (p Petition) Paper() int { return -p.Round }

// Again reports whether the matter is being looked at again: the person did not agree, and is not answered yet.
func (p Petition) Again() bool { return p.Round > 0 && p.Open() }

// SentAt is when the answer went out that stands; zero while there is none.
func (p Petition) SentAt() calendar.Instant {
	switch {
	case p.State != PetitionAnswered:
		return calendar.Instant{}
	case p.Round > 0:
		return p.RoundAnsweredAt
	}
	return p.AnsweredAt
}

// EverMissed reports whether an answer went out late, the first or the one of the last round, or never went out in
// time.
func (p Petition) EverMissed() bool { return p.Missed || p.RoundMissed }

// miss keeps for good that the due date was past: of the first answer, or of the round that is open.
func (p Petition) miss(late bool) Petition {
	if p.Round > 0 {
		p.RoundMissed = p.RoundMissed || late
	} else {
		p.Missed = p.Missed || late
	}
	return p
}

// missed reports whether the due date of the answer that is awaited, or stands, was missed.
func (p Petition) missed() bool {
	if p.Round > 0 {
		return p.RoundMissed
	}
	return p.Missed
}

// OfRound are the events since the petition was opened, or opened again for the last time.
func OfRound(events []Event) []Event {
	for i := len(events) - 1; i > 0; i-- {
		if events[i].Act.Reopens() {
			return events[i:]
		}
	}
	return events
}

// Acts of who does not agree with an answer, and on their word.
const (
	ActReopenPetition   Act = "reopen_petition"
	ActRequestReopening Act = "request_reopening"
	ActAllowReopening   Act = "allow_reopening"
	ActRefuseReopening  Act = "refuse_reopening"
)

// Reopens reports whether the act's event opens an answered petition again.
func (a Act) Reopens() bool { return a == ActReopenPetition || a == ActAllowReopening }

var reopeningActs = []actRow{
	{ActReopenPetition, law{
		"who raised an opinion does not agree with the answer: once, within the term, it is looked at again, with a term " +
			"of its own; the first answer stays what it was, in time or late",
		"house rule: one way to be heard again; QĐ 31/2021/QĐ-TTg Đ.46 by analogy (L)", ""},
		[]grant{{RoleResident, always}, {RoleOffice, always}}},
	{ActRequestReopening, law{
		"after that only with new facts, which the chair weighs; each request is answered",
		"NĐ 154/2026 Đ.4 k.1(h) (C)", ""},
		[]grant{{RoleResident, always}, {RoleOffice, always}}},
	{ActAllowReopening, law{"because of new facts the matter is looked at again", "NĐ 154/2026 Đ.4 k.1(h) (C)", ""},
		[]grant{{RoleChair, always}}},
	{ActRefuseReopening, law{
		"the answer stays, with a ground, its legal basis and words which the person reads",
		"NĐ 154/2026 Đ.4 k.1(h), k.3, k.4 (C)", ""},
		[]grant{{RoleChair, always}}},
}
