package doithoai

import (
	"time"
	"unicode/utf8"

	"doithoai/calendar"
)

// Screen is what the screens of a dialogue show: what was released, nothing else.
type Screen struct {
	AuthorityID ID
	DialogueID  ID
	Blank       bool   // the dialogue's title alone
	Question    string // as it was released; empty: the step and the speaker
	OpinionID   ID     // whose it is; empty while it is not recorded
	TurnID      ID     // of who raised it
	Version     int
}

// MaxShown is how many characters a screen shows of a question: more is summarised.
const MaxShown = 600

// ShowProblems are the reasons why words can't be released: there are none, or too many; they tell more of somebody
// than the hall may keep in sight (a telephone, an address, a paper's number), or name somebody: what is said of an
// official is for the chair, not for screens. sure is the word of who releases them that a name found may be shown; of
// all else there is none. gate knows who raised it.
func ShowProblems(question string, gate Gate, sure bool) []Problem {
	ps := problems{of: "hall.screen.problem."}
	switch n := utf8.RuneCountInString(question); {
	case n == 0:
		ps.add("chieu", "empty")
	case n > MaxShown:
		ps.add("chieu", "long", "max", MaxShown, "over", n-MaxShown)
	}
	if gate.Refuses(question) {
		ps.add("chieu", "identifies")
	}
	for _, w := range gate.Warnings("chieu", question) {
		if w.Key != nameWarning || !sure {
			ps.list = append(ps.list, w)
		}
	}
	return ps.list
}

// nameWarning is the warning of [Gate.Warnings] about a name.
const nameWarning = "petition.publication.warning.name"

// Shown reports whether screens may show an opinion: none on how officials serve, no complaint, no denunciation.
func (o Opinion) Shown(conduct bool) bool {
	return !conduct && o.Ruling != RulingComplaint && o.Ruling != RulingDenunciation && o.JoinedTo == ""
}

// Live is a dialogue as screens show it: everything in it was released. It holds no telephone, no address, no paper.
type Live struct {
	Dialogue Dialogue // with its programme
	Blank    bool
	Step     StepRun // that runs; Number 0: none was begun
	Speaker  *LiveSpeaker
	Question string // released, of the speaker or of who spoke before
	Asker    *LiveSpeaker
	Number   int // of the opinion among those released, from 1; 0: it is not recorded yet
	Ruling   *LiveRuling
	Next     *LiveSpeaker // nobody where the queue is empty
	Waiting  int          // in the queue
	Line     []int        // of who waits, in order: the number of who raised a hand by telephone, 0 for anybody else
	Rulings  []LiveRuling // of what was released, the newest first, as many as a telephone shows
	Rated    int          // how many have rated it
}

// LiveSpeaker is who speaks, or comes next. The projector shows the name, as the room hears it; everything that people
// can keep and hand on shows the village alone.
type LiveSpeaker struct {
	Name    string
	Village string
	Ticket  int              // of who raised a hand by telephone
	Spoken  time.Duration    // before the timer was started last
	Since   calendar.Instant // the timer runs since then
	Limit   time.Duration
}

// LiveRuling is what was decided on a released question.
type LiveRuling struct {
	Number   int // of the opinion among those released
	Question string
	Ruling   RulingCode // empty: none yet
	Unit     string
	Due      calendar.Date
}

// StepRun is a step of the programme as it really began.
type StepRun struct {
	AuthorityID ID
	DialogueID  ID
	Number      int // from 1
	Step        int // of the programme, from 1
	Title       string
	BeganAt     calendar.Instant
	EnteredBy   ID
}

// Acts on screens.
const (
	ActShow        Act = "show_question"
	ActBlank       Act = "blank_screen"
	ActWatchScreen Act = "watch_screen" // what everybody may see
)

// screenLaw is why screens show what was released alone.
const screenLaw = "Luật 91/2025/QH15 (C): personal data; NĐ 154/2026 Đ.4 k.1(c) (C): the chair protects people"

var screenActs = []actRow{
	{ActShow, law{"a question is released to the screens", screenLaw, ""}, inTheHall},
	{ActBlank, law{"the screens show the title alone", screenLaw, ""}, inTheHall},
	{ActWatchScreen, opening, []grant{{RoleResident, always}}},
}
