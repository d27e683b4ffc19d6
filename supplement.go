package doithoai

import (
	"strings"

	"doithoai/calendar"
)

// Supplement is what somebody who works on a petition asks of who raised it (đề nghị bổ sung), and what they answer.
// It stops no clock: only a pause does, by its document, and one that waits for the person asks them the same way.
type Supplement struct {
	Number int  // among those of the opinion, from 1
	Round  int  // of the petition ([Petition.Round]) in which it was asked
	Paused bool // a pause asks it; else it is asked once in a round
	Asked  string
	Why    string        // empty where a pause asks
	Until  calendar.Date // by when it is hoped for; zero where a pause asks, which names no day
	By     ID
	At     calendar.Instant
	Answer SupplementAnswer
	Closed calendar.Instant // when the clock of its pause went on without an answer; zero: never
}

// SupplementAnswer is what the person added; the zero one: nothing yet.
type SupplementAnswer struct {
	Said    string
	Channel Channel // by which it came
	By      ID      // who typed it for the person; empty: the person, by the receipt code
	At      calendar.Instant
}

// The fields of the forms of a supplement.
const (
	FieldSupplementAsked   = "can-bo-sung"
	FieldSupplementWhy     = "bo-sung-ly-do"
	FieldSupplementSaid    = "bo-sung"
	FieldSupplementChannel = "bo-sung-qua-kenh"
)

// ParameterSupplement is the term within which a person is asked to add something, from the day on which they are
// asked. Nothing ends with it.
const ParameterSupplement = "supplement.within"

// Awaits reports whether the petition waits for what was asked: nothing was answered, and there is no answer of the
// office that makes it needless.
func (p Petition) Awaits(s Supplement) bool {
	return p.Open() && s.Round == p.Round && s.Answer.At.IsZero() && s.Closed.IsZero()
}

// Awaited is what the petition waits for; the zero one where nothing is.
func (p Petition) Awaited(past []Supplement) (s Supplement, waits bool) {
	for _, s := range past {
		if p.Awaits(s) {
			return s, true
		}
	}
	return s, false
}

// Overdue reports whether what was asked was hoped for before today, and did not come.
func (s Supplement) Overdue(today calendar.Date) bool {
	return s.Answer.At.IsZero() && !s.Until.IsZero() && today.After(s.Until)
}

// Askable reports why the person can't be asked for something now; nil: they can. past are the opinion's supplements.
//
// In this order: the petition is with who works on it; nothing that was asked waits; nobody was asked in this round but
// by a pause.
func (p Petition) Askable(past []Supplement) error {
	if !p.InUnit() {
		return Refuse(Conflict, "supplement.problem.not_in_unit")
	}
	if _, waits := p.Awaited(past); waits {
		return Refuse(Conflict, "supplement.problem.waits")
	}
	for _, s := range past {
		if s.Round == p.Round && !s.Paused {
			return Refuse(Conflict, "supplement.problem.once")
		}
	}
	return nil
}

// AskSupplement asks the person for something that is missing. The petition and its due date stay as they are.
//
// In this order: they can be asked now ([Petition.Askable]); what is missing, and why it is needed, is said. By when it
// is hoped for follows from the term within, by the calendar.
func (p Petition) AskSupplement(
	s Supplement, past []Supplement, within calendar.Term, today calendar.Date, c calendar.Calendar,
) (Supplement, Facts, error) {
	if err := p.Askable(past); err != nil {
		return s, Facts{}, err
	}
	ps := problems{of: "supplement.problem."}
	ps.text(FieldSupplementAsked, "asked", strings.TrimSpace(s.Asked), MaxMatter)
	ps.text(FieldSupplementWhy, "why", strings.TrimSpace(s.Why), MaxMatter)
	if err := ps.refuse(); err != nil {
		return s, Facts{}, err
	}
	s.Number, s.Round, s.Until = len(past)+1, p.Round, c.Due(today, within)
	return s, Facts{Supplement: s.Number, Round: s.Round, AnswerBy: s.Until}, nil
}

// Asks is what a pause asks of the person; false where it waits for somebody else, or was asked already. p is the
// petition before the pause.
func (d Pause) Asks(p Petition, past []Supplement) (Supplement, bool) {
	if _, waits := p.Awaited(past); waits || d.Kind != PauseSupplement {
		return Supplement{}, false
	}
	return Supplement{Number: len(past) + 1, Round: p.Round, Paused: true, Asked: d.Awaited}, true
}

// AnswerSupplement takes what the person adds, once for each time that they are asked.
//
// In this order: something waits, and it is what they mean; the words are there, kept as they are and within bounds;
// what is typed for somebody says how it came.
func (p Petition) AnswerSupplement(number int, a SupplementAnswer, past []Supplement) (Supplement, Facts, error) {
	s, waits := p.Awaited(past)
	if !waits || s.Number != number {
		return s, Facts{}, Refuse(Conflict, "supplement.problem.not_awaited")
	}
	ps := problems{of: "supplement.problem."}
	ps.need(strings.TrimSpace(a.Said) != "", FieldSupplementSaid, "said")
	ps.long(FieldSupplementSaid, a.Said, MaxMatter)
	ps.need(a.By == "" || oneOf(a.Channel, reopeningChannels), FieldSupplementChannel, "channel")
	if err := ps.refuse(); err != nil {
		return s, Facts{}, err
	}
	s.Answer = a
	return s, Facts{Supplement: s.Number, Round: s.Round, Channel: a.Channel}, nil
}

// Record is the text of what is asked in its event: that of a pause is what is awaited.
func (s Supplement) Record() string {
	if s.Paused {
		return s.Asked
	}
	return s.Asked + "\n\n" + s.Why
}

// Acts of what a person is asked to add.
const (
	ActAskSupplement    Act = "ask_supplement"
	ActAnswerSupplement Act = "answer_supplement"
)

var supplementActs = []actRow{
	{ActAskSupplement, law{
		"who works on a petition asks the person once, in words, for what is missing, why and by when; the clock goes on",
		"house rule; NĐ 20/2008 Đ.9 by analogy (L)", ""},
		[]grant{{RoleUnitOfficer, ofLeadUnit}, {RoleOffice, always}, {RoleChair, ledByChair}}},
	{ActAnswerSupplement, law{
		"the person adds what was asked, by code or through the office, which keeps how it came; who works on it is told",
		"house rule; no article", ""},
		[]grant{{RoleResident, always}, {RoleOffice, always}}},
}
