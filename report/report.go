// Package report counts what a dialogue brought and what became of it, for the report of its result (báo cáo kết quả
// đối thoại) that goes to the superior.
//
// A figure is a condition on matters: its number is how many fulfil it, and the rows that open are those. So the page,
// the list behind a figure, the paper, its annexes and the file that the superior counts again can't say different
// things: all of them are made of one [Result].
//
//	Result ── Book       the matters, without anybody's name
//	       │    └─ Figure   a condition on them
//	       ├─ Check      sums that must agree
//	       └─ Write, Read   the file that goes with the report
package report

import (
	"doithoai"
	"doithoai/calendar"
)

// Timeliness says whether a matter was answered by its day.
type Timeliness string

const (
	AtOnce  Timeliness = "at_once" // told in the hall, or explained where to go
	InTime  Timeliness = "in_time" // its answer went out by the due date
	TooLate Timeliness = "late"    // its answer went out after it
	Running Timeliness = "running" // not answered, the due date is to come
	Paused  Timeliness = "paused"  // not answered, the clock stands still by a paper
	Overdue Timeliness = "overdue" // not answered, the due date is past
	Unruled Timeliness = "unruled" // nobody has decided what becomes of it
	NoTerm  Timeliness = "none"    // nothing is to be answered: withdrawn, a complaint, not accepted
)

// Timelinesses in the order of the report.
var Timelinesses = []Timeliness{AtOnce, InTime, TooLate, Running, Paused, Overdue, Unruled, NoTerm}

// TimelinessOf judges an opinion that stands at a stage, by the calendar in force; p is the zero petition where it has
// none. Where the person did not agree with the first answer, the report goes by that answer all the same: it says
// when somebody was answered, and [Matter.Again] that the matter is open again.
func TimelinessOf(stage doithoai.Stage, p doithoai.Petition, today calendar.Date, c calendar.Calendar) Timeliness {
	answered := p.Round > 0 || stage == doithoai.StageAnswered || stage == doithoai.StageAnsweredPublic
	switch {
	case stage == doithoai.StageUnruled:
		return Unruled
	case answered && stage.Timely(p):
		return InTime
	case answered:
		return TooLate
	case stage == doithoai.StageTold || stage == doithoai.StageToldPublic:
		if p.Missed {
			return TooLate
		}
		return AtOnce
	case stage == doithoai.StageClosed || p.ID == "":
		return NoTerm
	case p.Late(today, c):
		return Overdue
	case stage == doithoai.StagePaused:
		return Paused
	}
	return Running
}

// Timely reports whether an answer was there in time.
func (t Timeliness) Timely() bool { return t == AtOnce || t == InTime }

// Due reports whether an answer is there, or was to be there by now.
func (t Timeliness) Due() bool { return t.Timely() || t == TooLate || t == Overdue }

// Matter is an opinion as the report counts it: a row of its annex. Nothing in it tells who raised it.
type Matter struct {
	Number   doithoai.RegisterNumber `json:"number"`
	Received calendar.Date           `json:"received"`
	Source   doithoai.TallyRow       `json:"source"` // how it came
	// Person is the same for all that one person or body raised, counted from 1 within the report; 0: nobody knows who.
	Person       int  `json:"person,omitempty"`
	Organisation bool `json:"organisation,omitempty"` // a body raised it
	Alike        int  `json:"alike,omitempty"`        // the same for those of one matter; 0: no other is alike

	Words   string               `json:"words"` // what it is about, as everybody may read it
	Kind    doithoai.OpinionKind `json:"kind,omitempty"`
	Content doithoai.ContentCode `json:"content,omitempty"` // of the eight of NĐ 20/2008 Đ.5
	Field   string               `json:"field,omitempty"`
	Village string               `json:"village,omitempty"`
	Conduct bool                 `json:"conduct,omitempty"` // about how officials serve

	Outcome  doithoai.Outcome `json:"outcome"`
	Unit     string           `json:"unit,omitempty"` // that leads it; of who answered
	With     []string         `json:"with,omitempty"` // that take part
	To       []Letter         `json:"to,omitempty"`   // other bodies that were asked, or that it was passed on to
	Time     Timeliness       `json:"time"`
	Due      calendar.Date    `json:"due,omitzero"`
	Ends     calendar.Date    `json:"ends,omitzero"`      // the last day in time, where the due date is off
	Extended int              `json:"extended,omitempty"` // how often the due date was put off

	Answered  calendar.Date   `json:"answered,omitzero"` // when the first answer went out
	Answer    string          `json:"answer,omitempty"`  // as it is public; empty: it is not
	Document  Paper           `json:"document,omitzero"`
	Again     bool            `json:"again,omitempty"` // who raised it did not agree, and it was looked at again
	Solved    doithoai.Solved `json:"solved,omitempty"`
	Satisfied int             `json:"satisfied,omitempty"` // 5 very, to 1 not at all; 0: not said
	Public    bool            `json:"public,omitempty"`
}

// Paper is the number and day of a paper.
type Paper struct {
	Number string        `json:"number,omitempty"`
	Dated  calendar.Date `json:"dated,omitzero"`
}

// Letter is a paper that went to another body about a matter.
type Letter struct {
	Kind doithoai.DocumentKind `json:"kind"`
	Body string                `json:"body"`
	Paper
	Replied bool `json:"replied,omitempty"`
}

// Answers reports whether somebody was answered, at once or later.
func (m Matter) Answers() bool { return m.Time == AtOnce || m.Time == InTime || m.Time == TooLate }

// Waits reports whether somebody waits for an answer.
func (m Matter) Waits() bool {
	return m.Time == Running || m.Time == Paused || m.Time == Overdue || m.Time == Unruled
}

// Book is all that was raised. Of denunciations it holds nothing but how many came in each way.
type Book struct {
	Matters   []Matter                  `json:"matters"`
	Denounced map[doithoai.TallyRow]int `json:"denounced,omitempty"`
	Unkeyed   int                       `json:"unkeyed,omitempty"` // known to be there, and not typed yet
}

// denounced is how many denunciations came.
func (b Book) denounced() (n int) {
	for _, of := range b.Denounced {
		n += of
	}
	return n
}

// Received is how many opinions came: those with a row, and denunciations.
func (b Book) Received() int { return len(b.Matters) + b.denounced() }
