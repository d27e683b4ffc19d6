package doithoai

import "slices"

// Tally is the sum of a dialogue's opinions, both sides of it: what was received, and what became of it. Nothing is
// lost and nothing counts twice where both sides are the same (H9). A denunciation counts, and only counts. What holds
// several matters is one until it is split; then each of its parts is one, on both sides, in the row of the whole.
type Tally struct {
	Sources  map[TallySource]int
	Outcomes map[Outcome]int
	Unkeyed  map[Unkeyed]int // known to be there, and not typed yet: received, without an outcome
	Unnamed  int             // of those received: nobody knows who raised them
	People   int             // who raised those received, as far as their names tell them apart
	Split    int             // of those received: split off others, which came with them; each has its own outcome
	Joined   int             // slips that came twice: they stand for nothing of their own, on neither side
}

// TallyRow is how opinions came, in the four rows of the sum.
type TallyRow string

const (
	TallyRegistered TallyRow = "registered" // by a slip, before the dialogue began
	TallySpoken     TallyRow = "spoken"     // in the hall, by who had not registered it
	TallyWritten    TallyRow = "written"    // on paper, or in writing by another way, from the beginning on
	TallyListed     TallyRow = "listed"     // on a village's compiled list
)

// TallyRows in the order of the page.
var TallyRows = []TallyRow{TallyRegistered, TallySpoken, TallyWritten, TallyListed}

// TallySource is a part of a row: of what is spoken the source of the turn, or none; of a list nothing; else the
// channel.
type TallySource struct {
	Row  TallyRow
	Part string
}

// Outcome is what became of an opinion: its ruling's code, or one of the outcomes beside them.
type Outcome string

const (
	OutcomeNone       Outcome = "none"                   // open: without a ruling
	OutcomeAbsent     Outcome = "absent"                 // answered later in writing: who registered was not there
	OutcomeNotReached Outcome = "not_reached"            // answered later in writing: the time was up
	OutcomeWithdrawn          = Outcome(RulingWithdrawn) // whoever raised it withdrew it
)

// Outcomes in the order of the page. What is open stands last.
var Outcomes = []Outcome{
	Outcome(RulingOnTheSpot), Outcome(RulingLater), Outcome(RulingCoordinate), Outcome(RulingSuperior),
	Outcome(RulingOtherBody), OutcomeAbsent, OutcomeNotReached, OutcomeWithdrawn, Outcome(RulingComplaint),
	Outcome(RulingDenunciation), Outcome(RulingNotAccepted), OutcomeNone,
}

// Unkeyed is what is known to be there without being typed.
type Unkeyed string

const (
	UnkeyedLines Unkeyed = "lines" // of villages' lists: told, not made, and nobody said why
	UnkeyedSlips Unkeyed = "slips" // printed slips that came back
	UnkeyedSheet Unkeyed = "sheet" // lines of hand-record sheets: told, neither made nor dropped
)

// Unkeyeds in the order of the page.
var Unkeyeds = []Unkeyed{UnkeyedLines, UnkeyedSlips, UnkeyedSheet}

// Tallied is what the sum asks of an opinion.
type Tallied struct {
	Channel Channel
	Turn    TurnSource // of the turn in which it was said; empty: none
	Listed  bool       // it stands on a village's list
	Early   bool       // it came before the dialogue began
	Ruling  RulingCode
	Unheard Unheard
	Unnamed bool
	Joined  bool // to another opinion, which counts
	Part    bool // split off another one
}

// Source is the row in which an opinion was received. In this order: what stands on a village's list; what was spoken
// in the hall and taken down at once, or on a sheet by hand; what came before the beginning; the rest came in writing
// since. Who registered an opinion and then spoke stands in the row of registration.
func (o Tallied) Source() TallySource {
	switch {
	case o.Listed:
		return TallySource{Row: TallyListed}
	case o.Channel == ChannelHall:
		return TallySource{TallySpoken, string(o.Turn)}
	case o.Channel == ChannelSheet:
		return TallySource{TallyWritten, string(o.Channel)}
	case o.Early:
		return TallySource{TallyRegistered, string(o.Channel)}
	}
	return TallySource{TallyWritten, string(o.Channel)}
}

// Outcome is what became of an opinion. Without a ruling it is open, heard or not; one that was not heard and is
// answered later stands with why.
func (o Tallied) Outcome() Outcome {
	switch {
	case o.Ruling == "":
		return OutcomeNone
	case o.Ruling == RulingLater && o.Unheard == UnheardAbsent:
		return OutcomeAbsent
	case o.Ruling == RulingLater && o.Unheard == UnheardNotReached:
		return OutcomeNotReached
	}
	return Outcome(o.Ruling)
}

// Receive adds n opinions to the side of what was received.
func (t *Tally) Receive(o Tallied, n int) {
	if o.Joined {
		t.Joined += n
		return
	}
	if t.Sources == nil {
		t.Sources = map[TallySource]int{}
	}
	t.Sources[o.Source()] += n
	if o.Unnamed {
		t.Unnamed += n
	}
	if o.Part {
		t.Split += n
	}
}

// Settle adds n opinions to the side of what became of them.
func (t *Tally) Settle(o Tallied, n int) {
	if o.Joined {
		return
	}
	if t.Outcomes == nil {
		t.Outcomes = map[Outcome]int{}
	}
	t.Outcomes[o.Outcome()] += n
}

// Missing adds n that are known to be there and not typed yet.
func (t *Tally) Missing(u Unkeyed, n int) {
	if t.Unkeyed == nil {
		t.Unkeyed = map[Unkeyed]int{}
	}
	t.Unkeyed[u] += n
}

// Row is how many were received in a row, typed or not.
func (t Tally) Row(row TallyRow) (n int) {
	for s, m := range t.Sources {
		if s.Row == row {
			n += m
		}
	}
	switch row {
	case TallyListed:
		n += t.Unkeyed[UnkeyedLines]
	case TallyWritten:
		n += t.Unkeyed[UnkeyedSlips] + t.Unkeyed[UnkeyedSheet]
	}
	return n
}

// Received is the one side of the sum: all that came.
func (t Tally) Received() (n int) {
	for _, row := range TallyRows {
		n += t.Row(row)
	}
	return n
}

// Ruled is how many have an outcome.
func (t Tally) Ruled() (n int) {
	for o, m := range t.Outcomes {
		if o != OutcomeNone {
			n += m
		}
	}
	return n
}

// Open is how many have none: those without a ruling, and those that are not typed yet.
func (t Tally) Open() int {
	n := t.Outcomes[OutcomeNone]
	for _, m := range t.Unkeyed {
		n += m
	}
	return n
}

// Adds reports whether both sides are the same. They are, unless something was lost or counted twice.
func (t Tally) Adds() bool { return t.Received() == t.Ruled()+t.Open() }

// Balanced reports whether everything that was received has an outcome.
func (t Tally) Balanced() bool { return t.Open() == 0 && t.Adds() }

// Problems are the reasons why what rests on the whole sum must wait: something is open, or the sides differ.
func (t Tally) Problems(field string) []Problem {
	ps := problems{of: "tally.problem."}
	switch {
	case t.Open() > 0:
		ps.add(field, "open", "count", t.Open())
	case !t.Adds():
		ps.add(field, "differs", "received", t.Received(), "ruled", t.Ruled())
	}
	return ps.list
}

// Parts are the sources of a row of which there are some, the most first; those of which there are as many by name.
func (t Tally) Parts(row TallyRow) (parts []TallySource) {
	for s, n := range t.Sources {
		if s.Row == row && n > 0 {
			parts = append(parts, s)
		}
	}
	slices.SortFunc(parts, func(a, b TallySource) int {
		if n, m := t.Sources[a], t.Sources[b]; n != m {
			return m - n
		}
		if a.Part < b.Part {
			return -1
		}
		return 1
	})
	return parts
}
