package doithoai

import (
	"strconv"
	"unicode/utf8"

	"doithoai/calendar"
)

// HandSheet is a sheet on which was written down by hand what was said at a dialogue (tờ ghi tay), because the power or
// the network failed. Its lines are typed later: each becomes an opinion of the dialogue, by a channel of its own.
type HandSheet struct {
	ID          ID
	AuthorityID ID
	DialogueID  ID
	Number      int    // printed on the sheet, from 1
	Writer      string // the officer who wrote it
	Told        int    // how many lines were written on it
	Made        int    // opinions made of its lines
	Dropped     int    // lines that are no opinion
	ReceivedAt  calendar.Instant
	TypedBy     ID
	Version     int
}

// Open is how many lines of the sheet are still to be typed.
func (s HandSheet) Open() int { return s.Told - s.Made - s.Dropped }

// HandLine is a line of a sheet as it was typed. All text has been cleaned (NFC).
type HandLine struct {
	Clock     calendar.Clock // negative: the sheet does not say
	Unread    bool           // what was typed as the hour is none
	Name      string         // empty: nobody wrote one down
	VillageID ID
	Content   string
	Dropped   string // why it is no opinion; empty: it is one
	Illegible bool   // it was typed with a font of an old encoding, as the text package found
}

// Blank reports whether nothing was typed in the line.
func (l HandLine) Blank() bool {
	return l.Clock < 0 && !l.Unread && l.Name == "" && l.Content == "" && l.Dropped == ""
}

// Limits of sheets. They bound what is stored, they are no law.
const (
	MaxHandSheets = 200 // of a dialogue
	MaxHandLines  = 60  // of a sheet
)

// SheetLines is how many numbered lines a printed sheet has.
const SheetLines = 10

// Fields of the form in which a sheet is typed; those of a line end with its number, from 1.
const (
	FieldSheetNumber = "so-to"
	FieldSheetWriter = "nguoi-ghi"
	FieldSheetTold   = "so-dong"
	FieldLine        = "noi-dung"
	FieldLineClock   = "gio"
	FieldLineName    = "ho-ten"
	FieldLineVillage = "thon"
	FieldLineDrop    = "bo-vi"
)

// LineField is the id of the field of the i-th line, from 0: "noi-dung-1".
func LineField(field string, i int) string { return field + "-" + strconv.Itoa(i+1) }

// Problems are the reasons why these lines can't be recorded with the sheet, in the order of the form.
//
// It has a number, a writer, and as many lines as were written on it, of which no more are recorded than that. At least
// one line is recorded. Each that is no opinion says why; each other says what was said, within bounds and legibly. A
// name and a village are never asked for. An hour may be missing; it is one of the dialogue's day, and not to come.
func (s HandSheet) Problems(lines []HandLine, d Dialogue, now calendar.Instant) []Problem {
	ps := problems{of: "sheet.problem."}
	ps.need(s.Number >= 1 && s.Number <= MaxHandSheets, FieldSheetNumber, "number")
	ps.text(FieldSheetWriter, "writer", s.Writer, MaxLine)
	switch {
	case s.Told < 1 || s.Told > MaxHandLines:
		ps.add(FieldSheetTold, "told", "max", MaxHandLines)
	case len(lines) > s.Open():
		ps.add(FieldSheetTold, "more", "told", s.Told, "lines", s.Made+s.Dropped+len(lines))
	}
	if len(lines) == 0 {
		ps.add(LineField(FieldLine, 0), "none")
	}
	for i, l := range lines {
		s.lineProblems(&ps, i, l, d, now)
	}
	return ps.list
}

func (s HandSheet) lineProblems(ps *problems, i int, l HandLine, d Dialogue, now calendar.Instant) {
	day := d.StartsAt.Date()
	switch {
	case l.Unread || l.Clock >= 24*60:
		ps.add(LineField(FieldLineClock, i), "hour", "number", i+1)
	case l.Clock >= 0 && (Given{On: day, Clock: l.Clock}).At().After(now):
		ps.add(LineField(FieldLineClock, i), "future", "number", i+1)
	}
	ps.long(LineField(FieldLineDrop, i), l.Dropped, MaxLine)
	if l.Dropped != "" {
		return
	}
	ps.long(LineField(FieldLineName, i), l.Name, MaxLine)
	field := LineField(FieldLine, i)
	switch n := utf8.RuneCountInString(l.Content); {
	case n == 0:
		ps.add(field, "content", "number", i+1)
	case n > MaxMatter:
		ps.list = append(ps.list, Problem{field, "slip.problem.content_long",
			[]any{"max", MaxMatter, "over", n - MaxMatter}})
	case l.Illegible:
		ps.list = append(ps.list, Problem{field, "slip.problem.illegible", nil})
	}
}

// TakesSheets refuses to type sheets of a dialogue that has not begun, or whose results are public.
func (d Dialogue) TakesSheets() error {
	if d.State != DialogueRunning && d.State != DialogueClosed {
		return Refuse(Conflict, "sheet.problem.state")
	}
	return nil
}

// Slip is the slip that a line becomes: said in the hall at its hour, whoever wrote it down.
func (l HandLine) Slip(d Dialogue) Slip {
	return Slip{
		DialogueID: d.ID, Channel: ChannelSheet, Matters: []string{l.Content}, Manner: MannerSpeak,
		Petitioner: Petitioner{Standing: StandingPerson, Name: l.Name, VillageID: l.VillageID},
		Given:      &Given{On: d.StartsAt.Date(), Clock: max(l.Clock, -1)},
	}
}

// ActRecordSheet types what stands on a hand-record sheet.
const ActRecordSheet Act = "record_sheet"

var handSheetActs = []actRow{
	{ActRecordSheet, law{
		"what was written down by hand in the hall is received, registered and counted, with who wrote it and when",
		"NĐ 20/2008 Đ.6–9 (C); plan 2024, I.2 “tiếp nhận đầy đủ”; house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
}
