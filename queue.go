package doithoai

import (
	"cmp"
	"slices"
	"time"

	"doithoai/calendar"
)

// Turn is somebody's turn to speak at a dialogue (lượt phát biểu): in the queue, then at the microphone. There is one
// speaker at a time.
type Turn struct {
	ID          ID // of who registered by a slip: the slip's; of who asked for it at reception: the attendance's
	AuthorityID ID
	DialogueID  ID
	Source      TurnSource
	Name        string
	VillageID   ID // empty: from elsewhere
	JoinedAt    calendar.Instant
	Place       int // given by hand, 1 is first; 0: as the rule has it ([OrderTurns])
	State       TurnState
	CalledAt    calendar.Instant
	EndedAt     calendar.Instant
	Spoken      time.Duration    // before the timer was started last
	Since       calendar.Instant // the timer runs since then; absent: it stands
	Limit       time.Duration    // how long a turn takes
	Ticket      int              // of who raised a hand by telephone, from 1; else 0
	EnteredBy   ID               // empty: the person, by telephone
	Version     int              // 0: nothing was done about it yet
}

// TurnSource is how somebody came into the queue.
type TurnSource string

const (
	TurnBySlip      TurnSource = "slip"      // registered by a slip
	TurnAtReception TurnSource = "reception" // asked for it on arriving
	TurnByHand      TurnSource = "hand"      // raised a hand in the hall
	TurnByPhone     TurnSource = "phone"     // raised a hand by telephone
)

// TurnState is where a turn stands.
type TurnState string

const (
	TurnWaiting   TurnState = "waiting"
	TurnSpeaking  TurnState = "speaking"
	TurnSpoken    TurnState = "spoken"
	TurnAbsent    TurnState = "absent"    // was called, and was not there
	TurnWithdrawn TurnState = "withdrawn" // does not want to any more
)

// turnMoves are the ways of a turn: the only table of them.
var turnMoves = map[Act]struct {
	from []TurnState
	to   TurnState // empty: it stays where it is
}{
	ActCallTurn:     {[]TurnState{TurnWaiting, TurnAbsent}, TurnSpeaking},
	ActEndTurn:      {[]TurnState{TurnSpeaking}, TurnSpoken},
	ActMissTurn:     {[]TurnState{TurnWaiting, TurnSpeaking}, TurnAbsent},
	ActWithdrawTurn: {[]TurnState{TurnWaiting, TurnAbsent}, TurnWithdrawn},
	ActReturnTurn:   {[]TurnState{TurnSpeaking, TurnSpoken, TurnAbsent, TurnWithdrawn}, TurnWaiting},
	ActMoveTurn:     {[]TurnState{TurnWaiting}, ""},
	ActTimeTurn:     {[]TurnState{TurnSpeaking}, ""},
}

// May reports whether the act is possible in the turn's state.
func (t Turn) May(act Act) bool { return slices.Contains(turnMoves[act].from, t.State) }

// Move returns the turn in the state to which the act brings it at a time; Conflict where it stands elsewhere. The
// timer runs for nobody but who is speaking, and begins anew for who is called anew.
func (t Turn) Move(act Act, now calendar.Instant) (Turn, error) {
	if !t.May(act) {
		return t, Refuse(Conflict, "error.conflict")
	}
	to := turnMoves[act].to
	if to == "" {
		return t, nil
	}
	if t.State == TurnSpeaking {
		t = t.Pause(now)
	}
	t.State, t.Place = to, 0
	switch to {
	case TurnSpeaking:
		t.CalledAt, t.EndedAt, t.Spoken = now, calendar.Instant{}, 0
	case TurnWaiting:
		t.CalledAt, t.EndedAt, t.Spoken = calendar.Instant{}, calendar.Instant{}, 0
	default:
		t.EndedAt = now
	}
	return t, nil
}

// Elapsed is for how long somebody has spoken at a time.
func (t Turn) Elapsed(now calendar.Instant) time.Duration {
	if t.Since.IsZero() || now.Before(t.Since) {
		return t.Spoken
	}
	return t.Spoken + now.Sub(t.Since)
}

// Run starts the timer; it changes nothing where it runs.
func (t Turn) Run(now calendar.Instant) Turn {
	if t.Since.IsZero() {
		t.Since = now
	}
	return t
}

// Pause stops the timer; it changes nothing where it stands.
func (t Turn) Pause(now calendar.Instant) Turn {
	t.Spoken, t.Since = t.Elapsed(now), calendar.Instant{}
	return t
}

// maxTurn bounds how long a turn may be made: the rest of a morning.
const maxTurn = time.Hour

// Lengthen gives the speaker more time.
func (t Turn) Lengthen(by time.Duration) Turn {
	t.Limit = min(t.Limit+by, maxTurn)
	return t
}

// Problems are the reasons why somebody can't come into the queue: they have a name, by which they are called.
func (t Turn) Problems() []Problem {
	ps := problems{of: "hall.turn.problem."}
	ps.text("ho-ten", "name", t.Name, MaxLine)
	return ps.list
}

// Queued is a turn in the queue, with why it stands where it does.
type Queued struct {
	Turn
	Here    bool // reception has noted them as present, or they raised a hand
	Before  int  // how often the person has spoken
	Village int  // how many turns their village has had, with those before this one in the queue
}

// OrderTurns puts the waiting turns of a dialogue in the order in which they are called. first are those to whom a
// place was given by hand, in the order of their places. Then the published rule, in this order: who is there before
// who has not come yet; who has not spoken before who has; the village that has had the fewest turns, those ahead in
// the queue among them; who joined first. turns are all of the dialogue; here reports whether somebody is there; person
// is the same for turns of one person.
func OrderTurns(turns []Turn, here func(Turn) bool, person func(Turn) string) []Queued {
	had, spoke := map[ID]int{}, map[string]int{}
	var waiting []Queued
	for _, t := range turns {
		switch t.State {
		case TurnSpeaking, TurnSpoken:
			had[t.VillageID]++
			spoke[person(t)]++
		case TurnWaiting:
			waiting = append(waiting, Queued{Turn: t, Here: here(t)})
		}
	}
	for i, q := range waiting {
		waiting[i].Before = spoke[person(q.Turn)]
	}
	ordered := make([]Queued, 0, len(waiting))
	for len(waiting) > 0 {
		next := 0
		for i := range waiting {
			waiting[i].Village = had[waiting[i].VillageID]
			if i > 0 && compareQueued(waiting[i], waiting[next]) < 0 {
				next = i
			}
		}
		q := waiting[next]
		ordered = append(ordered, q)
		waiting = slices.Delete(waiting, next, next+1)
		had[q.VillageID]++
	}
	return ordered
}

// compareQueued is the rule of [OrderTurns] for two.
func compareQueued(a, b Queued) int {
	late := func(yes bool) int {
		if yes {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(late(a.Place == 0), late(b.Place == 0)),
		cmp.Compare(a.Place, b.Place),
		cmp.Compare(late(!a.Here), late(!b.Here)),
		cmp.Compare(a.Before, b.Before),
		cmp.Compare(a.Village, b.Village),
		a.JoinedAt.Compare(b.JoinedAt),
		cmp.Compare(a.ID, b.ID),
	)
}

// MoveTo gives a waiting turn of an ordered queue a place, 1 being the first. Places are given to all that stand before
// it then, so that it stays where it was put whoever comes; the rule orders the rest. The turns whose places change
// come back.
func MoveTo(queue []Queued, id ID, place int) []Turn {
	from := slices.IndexFunc(queue, func(q Queued) bool { return q.ID == id })
	if from < 0 {
		return nil
	}
	place = min(max(place, 1), len(queue))
	moved := queue[from]
	rest := slices.Delete(slices.Clone(queue), from, from+1)
	rest = slices.Insert(rest, place-1, moved)
	last := place
	for i, q := range rest {
		if q.Place > 0 {
			last = max(last, i+1)
		}
	}
	var changed []Turn
	for i, q := range rest[:last] {
		if q.Place != i+1 {
			q.Place = i + 1
			changed = append(changed, q.Turn)
		}
	}
	return changed
}

// QueueOpen refuses an act on the queue of a dialogue: what prepares it is possible on its day from the doors on, all
// else while it runs.
func (d Dialogue) QueueOpen(act Act, now calendar.Instant) error {
	prepares := slices.Contains([]Act{ActJoinQueue, ActMoveTurn, ActWithdrawTurn, ActReturnTurn}, act)
	if d.State == DialogueRunning || prepares && d.ReceptionOpen(now) == nil {
		return nil
	}
	return Refuse(Conflict, "hall.turn.problem.not_running")
}

// ParameterSpeaking says how many minutes a turn takes.
const ParameterSpeaking = "speaking.minutes"

// SpeakingLimit is how long a turn takes on a day: [ParameterSpeaking].
func (p Parameters) SpeakingLimit(on calendar.Date) (time.Duration, error) {
	rule, ok := p.At(ParameterSpeaking, on)
	if !ok {
		return 0, nil
	}
	n, err := rule.Int()
	return minutes(n), err
}

// Acts of running a dialogue.
const (
	ActSeeQueue     Act = "see_queue"
	ActEnterStep    Act = "enter_step"
	ActJoinQueue    Act = "join_queue"
	ActCallTurn     Act = "call_turn"
	ActEndTurn      Act = "end_turn"
	ActMissTurn     Act = "miss_turn"
	ActWithdrawTurn Act = "withdraw_turn"
	ActReturnTurn   Act = "return_turn"
	ActMoveTurn     Act = "move_turn"
	ActTimeTurn     Act = "time_turn"
)

// queueLaw is what the queue rests on.
const queueLaw = "plan of 8/1/2024, II.2 (bước 4); house rules of the dialogue"

var inTheHall = []grant{{RoleOffice, always}, {RoleSecretary, always}}

var queueActs = []actRow{
	{ActSeeQueue, opening, []grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always},
		{RoleViceChair, always}}},
	{ActEnterStep, law{"a step of the programme begins", planLaw, ""}, inTheHall},
	{ActJoinQueue, law{"somebody asks to speak", queueLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleResident, always}}},
	{ActCallTurn, law{"somebody is called to speak", queueLaw, ""}, inTheHall},
	{ActEndTurn, law{"somebody has spoken", queueLaw, "TestTurnMoves"}, inTheHall},
	{ActMissTurn, law{"who was called is not there", queueLaw, "TestTurnMoves"}, inTheHall},
	{ActWithdrawTurn, law{"somebody does not want to speak any more", queueLaw, "TestTurnMoves"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleResident, always}}},
	{ActReturnTurn, law{"somebody comes back into the queue", queueLaw, "TestTurnMoves"}, inTheHall},
	{ActMoveTurn, law{"the queue is ordered by hand, or by the rule again", queueLaw, ""}, inTheHall},
	{ActTimeTurn, law{"the speaker's time runs, stands, or is lengthened", queueLaw, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
}
