package doithoai

import (
	"crypto/sha256"
	"crypto/subtle"
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
	Code        string // that opens a projector
	Version     int
}

// Opens reports whether a code opens the dialogue's projectors.
func (s Screen) Opens(code string) bool {
	return s.Code != "" && subtle.ConstantTimeCompare([]byte(code), []byte(s.Code)) == 1
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
		if w.Key != NameWarning || !sure {
			ps.list = append(ps.list, w)
		}
	}
	return ps.list
}

// NameWarning is the warning of [Gate.Warnings] about a name.
const NameWarning = "petition.publication.warning.name"

// ShowOpen refuses to release anything but while the dialogue runs.
func (d Dialogue) ShowOpen() error {
	if d.State != DialogueRunning {
		return Refuse(Conflict, "hall.screen.problem.not_running")
	}
	return nil
}

// Shown reports whether screens may show an opinion: none on how officials serve, no complaint, no denunciation.
func (o Opinion) Shown(conduct bool) bool {
	return !conduct && o.Ruling != RulingComplaint && o.Ruling != RulingDenunciation && o.JoinedTo == ""
}

// Live is a dialogue as screens show it: everything in it was released. It holds no telephone, no address, no paper.
type Live struct {
	Dialogue Dialogue // with its programme, without whom to ask
	Version  int      // of what was released
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
	Limit    time.Duration
	Rulings  []LiveRuling  // of what was released, the newest first, as many as a telephone shows
	Released int           // how much was
	Written  []LiveSlip    // what was not heard in the hall and is answered in writing, once the dialogue is closed
	Unheard  int           // how much that is
	Rated    int           // how many have rated it
	Promises []LivePromise // of earlier dialogues, while the step runs that reports on them: as many as a wall shows
	Promised int           // how many there are
}

// LivePromise is a promise as the projector shows it: what everybody may read, and where it stands in one word.
type LivePromise struct{ What, Stand string }

// Unnamed is the same for what people can keep and hand on: without the names of who speaks, asked, or comes next.
func (l Live) Unnamed() Live {
	for _, who := range []**LiveSpeaker{&l.Speaker, &l.Asker, &l.Next} {
		if *who != nil {
			nobody := **who
			nobody.Name = ""
			*who = &nobody
		}
	}
	return l
}

// Wait is about how long somebody waits before whom so many others speak: each for the whole of their time.
func (l Live) Wait(ahead int) time.Duration { return time.Duration(ahead) * l.Limit }

// LiveSpeaker is who speaks, or comes next. The projector shows the name, as the room hears it; everything that people
// can keep and hand on shows the village alone. Of who raises what screens don't show, there is neither.
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

// LiveSlip is an opinion that was not heard in the hall: what it says was not released.
type LiveSlip struct {
	Number  RegisterNumber
	Village string
	Due     calendar.Date
}

// projectorCode is how many characters the code has that opens a projector.
const projectorCode = 8

// ProjectorCode is the code that opens the projectors of a dialogue, derived from a key that only the store has:
// whoever types it stands before the console that shows it.
func ProjectorCode(key []byte) string {
	return codeFrom(sha256.Sum256(append([]byte("doithoai projector code v1\n"), key...)), projectorCode)
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
