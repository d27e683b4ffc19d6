package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// Bounds of the stock of paper slips: how many are printed at once, and the greatest number, of four digits.
const (
	MaxStack = 500
	MaxPaper = 9999
)

// Stack is a run of question slips that were printed together.
type Stack struct {
	ID          doithoai.ID
	DialogueID  doithoai.ID
	First, Last int
	PrintedBy   string // name of the officer
	PrintedAt   calendar.Instant
}

// Numbers is how many slips the stack has.
func (s Stack) Numbers() int { return s.Last - s.First + 1 }

// PaperState is where a printed slip stands.
type PaperState string

const (
	PaperPrinted  PaperState = "printed" // in stock
	PaperHanded   PaperState = "handed"
	PaperReturned PaperState = "returned" // it came back and was typed
	PaperVoid     PaperState = "void"
	PaperMissing  PaperState = "missing" // counted as never come back; it still may
)

// PaperStates in the order of the account.
var PaperStates = []PaperState{PaperPrinted, PaperHanded, PaperReturned, PaperVoid, PaperMissing}

// paperMoves are all ways of a printed slip: the only table of them. A slip that comes back is taken wherever it was,
// also one that nobody wrote down as handed out, or that was counted as missing; but for a void one.
var paperMoves = map[doithoai.Act]struct {
	from []PaperState
	to   PaperState
}{
	doithoai.ActHandOutSlips:  {[]PaperState{PaperPrinted}, PaperHanded},
	doithoai.ActSubmitSlip:    {[]PaperState{PaperPrinted, PaperHanded, PaperMissing}, PaperReturned},
	doithoai.ActVoidPaperSlip: {[]PaperState{PaperPrinted, PaperHanded, PaperMissing}, PaperVoid},
	doithoai.ActCountMissing:  {[]PaperState{PaperHanded}, PaperMissing},
}

// PaperMove is what an act does to printed slips: from which states, and to which.
func PaperMove(act doithoai.Act) (from []PaperState, to PaperState) {
	m := paperMoves[act]
	return m.from, m.to
}

// PaperSlip is a printed slip with what became of it.
type PaperSlip struct {
	DialogueID doithoai.ID
	Number     int
	State      PaperState
	Handed     bool // it left the office
	HandoutID  doithoai.ID
	VillageID  doithoai.ID // to which it was handed
	Receiver   string
	On         calendar.Date // the day on which it was handed out
	SlipID     doithoai.ID
	Opinions   []doithoai.RegisterNumber // that came of it
	Reason     string                    // why it is void
	ChangedAt  calendar.Instant
}

// Words is a slip's number as it is printed: "0052".
func (s PaperSlip) Words() string { return PaperNumber(s.Number) }

// Typable reports whether the slip may be typed as one that came back.
func (s PaperSlip) Typable() bool {
	return slices.Contains(paperMoves[doithoai.ActSubmitSlip].from, s.State)
}

// PaperNumber is a number as it is printed on a slip: "0052".
func PaperNumber(n int) string { return fmt.Sprintf("%04d", n) }

// ParsePaperNumber reads a printed number, however many noughts were typed; 0 where it is none.
func ParsePaperNumber(s string) int {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 8 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n > MaxPaper {
		return 0
	}
	return n
}

// Handout is a range of slips that was handed to somebody: a village, a unit, or neither: the desk at which people are
// received.
type Handout struct {
	ID          doithoai.ID
	First, Last int
	VillageID   doithoai.ID
	UnitID      doithoai.ID
	Receiver    string // name and post of who took them
	On          calendar.Date
	Back        int // how many of them came back
}

// Numbers is how many slips were handed out together.
func (h Handout) Numbers() int { return h.Last - h.First + 1 }

// PrintProblems are the reasons why a number of slips can't be printed after those that were.
func PrintProblems(count, printed int) []doithoai.Problem {
	switch {
	case count < 1:
		return []doithoai.Problem{{Field: "so-luong", Key: "stock.problem.count"}}
	case count > MaxStack:
		return []doithoai.Problem{{Field: "so-luong", Key: "stock.problem.many", Args: []any{"max", MaxStack}}}
	case printed+count > MaxPaper:
		return []doithoai.Problem{{Field: "so-luong", Key: "stock.problem.full", Args: []any{"left", MaxPaper - printed}}}
	}
	return nil
}

// rangeProblems are what is wrong with a range of printed numbers that was typed in two fields.
func rangeProblems(first, last int, firstField, lastField string) []doithoai.Problem {
	switch {
	case first < 1:
		return []doithoai.Problem{{Field: firstField, Key: "stock.problem.number"}}
	case last < 1:
		return []doithoai.Problem{{Field: lastField, Key: "stock.problem.number"}}
	case last < first:
		return []doithoai.Problem{{Field: lastField, Key: "stock.problem.order"}}
	}
	return nil
}

// Problems are what is wrong with a handout as it was typed: the range; who took it; the day, which is not to come; and
// one receiver, not two.
func (h Handout) Problems(today calendar.Date) []doithoai.Problem {
	list := rangeProblems(h.First, h.Last, "tu", "den")
	add := func(field, key string) {
		list = append(list, doithoai.Problem{Field: field, Key: "stock.problem." + key})
	}
	if h.VillageID != "" && h.UnitID != "" {
		add("noi-nhan", "receiver")
	}
	switch {
	case h.Receiver == "":
		add("nguoi-nhan", "who")
	case utf8.RuneCountInString(h.Receiver) > doithoai.MaxLine:
		list = append(list, doithoai.Problem{
			Field: "nguoi-nhan", Key: "error.problem.too_long", Args: []any{"max", doithoai.MaxLine},
		})
	}
	switch {
	case !h.On.Valid():
		add("ngay", "day")
	case h.On.After(today):
		add("ngay", "day_future")
	}
	return list
}

// CountProblems are the reasons why a range can't be counted as missing: until the day of the dialogue slips are still
// on their way.
func CountProblems(first, last int, d doithoai.Dialogue, now calendar.Instant) []doithoai.Problem {
	list := rangeProblems(first, last, "mat-tu", "mat-den")
	if now.Before(d.StartsAt) {
		list = append(list, doithoai.Problem{Field: "mat-tu", Key: "stock.problem.early"})
	}
	return list
}

// PaperAccount is the account of a dialogue's slips: how many of each.
type PaperAccount struct {
	Printed     int
	InStock     int
	VoidStock   int // void before they left
	Handed      int
	Returned    int
	VoidHanded  int
	Missing     int
	Outstanding int // handed out, and not come back yet
}

// Count adds some slips of one state to the account; handed says that they left the office.
func (a PaperAccount) Count(state PaperState, handed bool, n int) PaperAccount {
	a.Printed += n
	if handed {
		a.Handed += n
	}
	switch {
	case state == PaperPrinted:
		a.InStock += n
	case state == PaperHanded:
		a.Outstanding += n
	case state == PaperReturned:
		a.Returned += n
	case state == PaperMissing:
		a.Missing += n
	case handed:
		a.VoidHanded += n
	default:
		a.VoidStock += n
	}
	return a
}

// Adds reports whether the account adds up: what was printed is in stock, void or handed out; what was handed out came
// back, is void, missing or still out.
func (a PaperAccount) Adds() bool {
	return a.Printed == a.InStock+a.VoidStock+a.Handed &&
		a.Handed == a.Returned+a.VoidHanded+a.Missing+a.Outstanding
}
