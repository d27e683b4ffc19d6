package doithoai

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai/calendar"
)

// SurveyKind is what people are asked whether they are satisfied with.
type SurveyKind string

const (
	SurveyDialogue   SurveyKind = "dialogue"   // one dialogue, from its end
	SurveyProcedures SurveyKind = "procedures" // how the commune does procedures, in a quarter
	SurveyAnswers    SurveyKind = "answers"    // the answers that people got in a quarter
)

// SurveyKinds in the order of the forms.
var SurveyKinds = []SurveyKind{SurveyDialogue, SurveyProcedures, SurveyAnswers}

// Survey is one survey: everything that is said in it is counted together, by one form.
type Survey struct {
	Kind     SurveyKind
	Dialogue ID            // of SurveyDialogue
	Quarter  calendar.Date // its first day; of the other kinds
}

// DialogueSurvey is the survey of a dialogue.
func DialogueSurvey(dialogue ID) Survey { return Survey{Kind: SurveyDialogue, Dialogue: dialogue} }

// QuarterSurvey is the survey of a kind for the quarter of a day.
func QuarterSurvey(kind SurveyKind, on calendar.Date) Survey {
	return Survey{Kind: kind, Quarter: calendar.DateOf(on.Year, (on.Month-1)/3*3+1, 1)}
}

// Ends is the last day of a survey of a quarter.
func (s Survey) Ends() calendar.Date { return calendar.DateOf(s.Quarter.Year, s.Quarter.Month+3, 0) }

// QuarterWord names the quarter of a survey in addresses: "2026-q4".
func (s Survey) QuarterWord() string {
	return fmt.Sprintf("%d-q%d", s.Quarter.Year, s.Quarter.Quarter())
}

// ParseQuarterSurvey reads the survey of a kind in the quarter of a word ([Survey.QuarterWord]); false where it is
// none.
func ParseQuarterSurvey(kind SurveyKind, word string) (s Survey, ok bool) {
	var year, n int
	if _, err := fmt.Sscanf(word, "%d-q%d", &year, &n); err != nil || n < 1 || n > 4 || year < 2000 || year > 9999 {
		return s, false
	}
	s = QuarterSurvey(kind, calendar.DateOf(year, time.Month(3*n), 1))
	return s, s.QuarterWord() == word
}

// ParseSurvey reads a survey by its kind and [Survey.Subject].
func ParseSurvey(kind SurveyKind, subject string) (Survey, error) {
	if kind == SurveyDialogue {
		return DialogueSurvey(ID(subject)), nil
	}
	d, err := calendar.ParseDate(subject)
	return QuarterSurvey(kind, d), err
}

// Subject is what the survey is of, as one word.
func (s Survey) Subject() string {
	if s.Kind == SurveyDialogue {
		return string(s.Dialogue)
	}
	return s.Quarter.String()
}

// SurveyForm is what is asked in surveys of a kind from a day on. A form is never altered: another one follows it.
type SurveyForm struct {
	Kind      SurveyKind       `json:"kind"`
	Number    int              `json:"-"`         // of its kind, from 1
	From      calendar.Date    `json:"from"`      // first day
	Scale     int              `json:"scale"`     // levels, of SurveyScales
	Source    string           `json:"source"`    // what it rests on, in words
	House     bool             `json:"house"`     // the form is the program's: no document lays it down
	Screening string           `json:"screening"` // who answers no to it is asked nothing else; empty: all are asked
	Questions []SurveyQuestion `json:"questions"`
}

// SurveyQuestion is one question, answered by a level of the form's scale.
type SurveyQuestion struct {
	Text  string `json:"text"`
	Short bool   `json:"short,omitempty"` // asked on telephones at the end of a dialogue, too
}

// Scales of satisfaction: QĐ 1001/QĐ-BNV has five levels, TT 32/2017 three. The last two of each say "satisfied".
const (
	ScaleFive  = 5
	ScaleThree = 3
)

// SurveyScales are those that forms may have.
var SurveyScales = []int{ScaleFive, ScaleThree}

// Limits of forms and slips. They bound what is stored, they are no law.
const (
	MaxSurveyQuestions = 20
	MaxSurveyQuestion  = 200  // characters
	MaxSurveyComment   = 500  // characters
	MaxSurveyForms     = 200  // of a kind
	MaxSurveyStacks    = 100  // of a survey
	MaxSurveySlips     = 5000 // of a stack
)

// Overall is the index of the question whose index is published, from 0: the last one, which asks for the whole.
func (f SurveyForm) Overall() int { return len(f.Questions) - 1 }

// Shorts are the indexes of the questions that telephones ask at the end of a dialogue.
func (f SurveyForm) Shorts() (all []int) {
	for i, q := range f.Questions {
		if q.Short {
			all = append(all, i)
		}
	}
	return all
}

// Problems are the reasons why the form can't hold from a day on, which is tomorrow at the earliest: what was asked
// today stays what it was. It has a known scale, says what it rests on, and asks something; two questions at most are
// short ones, among them the last one where there are any.
func (f SurveyForm) Problems(today calendar.Date) []Problem {
	ps := problems{of: "survey.problem."}
	ps.need(oneOf(f.Kind, SurveyKinds), "loai", "kind")
	switch {
	case f.From.IsZero():
		ps.add("tu-ngay", "from")
	case !f.From.After(today):
		ps.add("tu-ngay", "not_tomorrow")
	}
	ps.need(oneOf(f.Scale, SurveyScales), "thang-do", "scale")
	ps.text("can-cu", "source", f.Source, MaxLine)
	ps.long("cau-loc", f.Screening, MaxSurveyQuestion)
	ps.need(len(f.Questions) > 0, SurveyQuestionField(0), "no_question")
	ps.need(len(f.Questions) <= MaxSurveyQuestions, SurveyQuestionField(0), "many_questions")
	for i, q := range f.Questions {
		ps.text(SurveyQuestionField(i), "question", q.Text, MaxSurveyQuestion)
	}
	shorts := f.Shorts()
	if f.Kind == SurveyDialogue && len(f.Questions) > 0 {
		ps.need(len(shorts) == 2 && shorts[1] == f.Overall(), "ngan", "short")
	}
	return ps.list
}

// SurveyQuestionField is the field of the i-th question in the form that edits a survey's form, from 0.
func SurveyQuestionField(i int) string { return LineField("cau", i) }

// ParseSurveyForms reads forms from a JSON list. It refuses forms of unknown kinds or scales, without source, and
// without questions.
func ParseSurveyForms(b []byte) ([]SurveyForm, error) {
	var forms []SurveyForm
	if err := DecodeStrict(b, &forms); err != nil {
		return nil, fmt.Errorf("forms of surveys: %w", err)
	}
	for i := range forms {
		f := &forms[i]
		if f.Number = 1; len(f.Problems(f.From.AddDays(-1))) > 0 {
			return nil, fmt.Errorf("form of surveys %q: %+v", f.Kind, f.Problems(f.From.AddDays(-1)))
		}
	}
	return forms, nil
}

// SurveySlip is what somebody says in a survey, without a name.
type SurveySlip struct {
	Answers []int  // at each question's index: from 1 the worst to the scale, the best; 0: skipped
	Comment string // as they wrote it; nobody but staff reads it
}

// SurveyField is the field of the i-th question on a slip, from 0.
func SurveyField(i int) string { return LineField("muc", i) }

// Problems are the reasons why the slip can't be taken: each question may be skipped, but not all.
func (s SurveySlip) Problems(f SurveyForm) []Problem {
	ps := problems{of: "survey.problem."}
	said := false
	for i := range f.Questions {
		a := s.answer(i)
		ps.need(a >= 0 && a <= f.Scale, SurveyField(i), "level")
		said = said || a != 0
	}
	ps.need(said, SurveyField(0), "nothing")
	ps.long("y-kien", s.Comment, MaxSurveyComment)
	return ps.list
}

func (s SurveySlip) answer(i int) int {
	if i >= len(s.Answers) {
		return 0
	}
	return s.Answers[i]
}

// Digits are the answers to the questions of a form, one digit each: "45300304".
func (s SurveySlip) Digits(f SurveyForm) string {
	var b strings.Builder
	for i := range f.Questions {
		b.WriteString(strconv.Itoa(s.answer(i)))
	}
	return b.String()
}

// ParseSurveyDigits reads answers as clerks type them: a digit for each question, 0, - or a blank where nothing was
// crossed; the questions at the end that nobody answered may be left out. What is no level is -1.
func ParseSurveyDigits(s string) (answers []int) {
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			answers = append(answers, int(c-'0'))
		case c == ' ' || c == '-' || c == '.':
			answers = append(answers, 0)
		default:
			answers = append(answers, -1)
		}
	}
	return answers
}

// DigitProblems are the reasons why what a clerk typed for a slip of paper is not one.
func (s SurveySlip) DigitProblems(f SurveyForm) []Problem {
	ps := problems{of: "survey.problem."}
	switch {
	case len(s.Answers) > len(f.Questions):
		ps.add("phieu", "digits_many", "count", len(f.Questions))
	case slices.ContainsFunc(s.Answers, func(a int) bool { return a < 0 || a > f.Scale }):
		ps.add("phieu", "digits", "max", f.Scale)
	case !slices.ContainsFunc(s.Answers, func(a int) bool { return a > 0 }):
		ps.add("phieu", "digits_none")
	}
	ps.long("y-kien", s.Comment, MaxSurveyComment)
	return ps.list
}

// SurveyOrigin is how what people said came in.
type SurveyOrigin string

const (
	OriginDigital SurveyOrigin = "digital" // telephones, Internet
	OriginPaper   SurveyOrigin = "paper"   // slips of paper, typed one by one
	OriginTally   SurveyOrigin = "tally"   // counted in a village
)

// SurveyOrigins in the order in which results show them.
var SurveyOrigins = []SurveyOrigin{OriginDigital, OriginPaper, OriginTally}

// SurveyStack is a stack of paper slips of a survey, or what a village counted of one.
type SurveyStack struct {
	ID       ID
	Survey   Survey
	Form     int // number of the form
	Number   int // in its survey, from 1
	Origin   SurveyOrigin
	Village  ID // empty: of no one village
	Issued   int
	Returned int
	Invalid  int
	Typed    int     // slips typed, of a paper stack
	Counts   [][]int // of a tally: at each question's index, how often each level was given, from the worst
	Version  int
}

// Valid is how many slips of the stack can be counted.
func (s SurveyStack) Valid() int { return s.Returned - s.Invalid }

// Left is how many slips of a paper stack are still to be typed.
func (s SurveyStack) Left() int { return s.Valid() - s.Typed }

// TallyField is the field of how often a level was given to a question, both from 0.
func TallyField(question, level int) string { return LineField(LineField("dem", question), level) }

// Problems are the reasons why the stack's counts can't be so: no more slips came back than went out, no more are
// invalid than came back, and no more were typed than are valid. What a village counted of a question is no more than
// its valid slips, and some question was answered.
func (s SurveyStack) Problems(f SurveyForm) []Problem {
	ps := problems{of: "survey.problem."}
	ps.need(s.Issued >= 1 && s.Issued <= MaxSurveySlips, "phat-ra", "issued")
	switch {
	case s.Returned < 0 || s.Returned > MaxSurveySlips:
		ps.add("thu-ve", "returned")
	case s.Returned > s.Issued:
		ps.add("thu-ve", "more_returned", "issued", s.Issued)
	}
	switch {
	case s.Invalid < 0 || s.Invalid > MaxSurveySlips:
		ps.add("khong-hop-le", "invalid")
	case s.Invalid > s.Returned:
		ps.add("khong-hop-le", "more_invalid", "returned", s.Returned)
	case s.Left() < 0:
		ps.add("thu-ve", "fewer_than_typed", "typed", s.Typed)
	}
	if s.Origin != OriginTally {
		return ps.list
	}
	any := 0
	for q := range f.Questions {
		sum := 0
		for v := range f.Scale {
			n := s.count(q, v)
			ps.need(n >= 0 && n <= MaxSurveySlips, TallyField(q, v), "count")
			sum += max(n, 0)
		}
		if sum > s.Valid() && len(ps.list) == 0 {
			ps.add(TallyField(q, 0), "sum", "question", q+1, "sum", sum, "valid", s.Valid())
		}
		any += sum
	}
	ps.need(any > 0, TallyField(0, 0), "nothing_counted")
	return ps.list
}

func (s SurveyStack) count(q, v int) int {
	if q >= len(s.Counts) || v >= len(s.Counts[q]) {
		return 0
	}
	return s.Counts[q][v]
}

// Sums are the stack's counts in one line, as they are kept when they are corrected: what went out, came back and is
// invalid; then of each question how often each level was given.
func (s SurveyStack) Sums() string {
	words := []string{fmt.Sprintf("%d/%d/%d", s.Issued, s.Returned, s.Invalid)}
	for _, counts := range s.Counts {
		var b strings.Builder
		for i, n := range counts {
			if i > 0 {
				b.WriteByte('-')
			}
			b.WriteString(strconv.Itoa(n))
		}
		words = append(words, b.String())
	}
	return strings.Join(words, " ")
}

// SurveyCorrection is a correction of a stack's counts or of one of its slips.
type SurveyCorrection struct {
	By     string // name of the officer
	At     calendar.Instant
	Reason string
	Slip   int    // number of the slip; 0: the counts
	Before string // [SurveyStack.Sums], or the slip's digits
}

// CorrectionProblems are the reasons why a correction can't be made: it needs a reason.
func (c SurveyCorrection) Problems() []Problem {
	ps := problems{of: "survey.problem."}
	ps.text("ly-do", "reason", c.Reason, MaxLine)
	return ps.list
}

// SurveyUntil is the last day on which people can say what they think of a dialogue that was closed, the day of its
// report at the latest; false where it was not closed, or no rule says how long. Days are calendar days.
func (d Dialogue) SurveyUntil(rules Parameters) (calendar.Date, bool) {
	row, ok := rules.At("survey.days", d.StartsAt.Date())
	if !ok || d.ClosedAt.IsZero() {
		return calendar.Date{}, false
	}
	n, err := row.Int()
	until := d.ClosedAt.Date().AddDays(n)
	if reported := d.ReportedAt.Date(); !d.ReportedAt.IsZero() && reported.Before(until) {
		until = reported
	}
	return until, err == nil
}

// TakesSurvey refuses to be surveyed on a day before a dialogue is closed, and after its last day, or once its results
// were reported.
func (d Dialogue) TakesSurvey(rules Parameters, on calendar.Date) error {
	until, ok := d.SurveyUntil(rules)
	switch {
	case !d.State.Over():
		return Refuse(Conflict, "survey.problem.not_yet")
	case !ok || d.State == DialogueReported || on.After(until):
		return Refuse(Conflict, "survey.problem.ended")
	}
	return nil
}

// Acts of surveys.
const (
	ActAnswerSurvey       Act = "answer_survey"
	ActSeeSurvey          Act = "see_survey"
	ActReadSurveyComments Act = "read_survey_comments"
	ActSetSurveyForm      Act = "set_survey_form"
	ActOpenSurveyStack    Act = "open_survey_stack"
	ActTypeSurveySlip     Act = "type_survey_slip"
	ActCorrectSurvey      Act = "correct_survey"
)

// surveyClerks type what came on paper.
var surveyClerks = []grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleReception, always}}

var surveyActs = []actRow{
	{ActAnswerSurvey, law{"who was at a dialogue, got an answer or did a procedure says how satisfied they are, unnamed",
		"plan of 8/1/2024, I.1: satisfaction of the people; QĐ 1001/QĐ-BNV 11/12/2023 (L)", ""},
		[]grant{{RoleResident, always}}},
	{ActSeeSurvey, opening, everyOfficer(always)},
	{ActReadSurveyComments, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always}}},
	{ActSetSurveyForm, law{"what surveys ask is laid down from a day on; what was asked before stays",
		"QĐ 1001/QĐ-BNV 11/12/2023 (L), TT 32/2017 Đ.12 (L): scales; the questions are house rules", ""},
		[]grant{{RoleOffice, always}}},
	{ActOpenSurveyStack, law{"slips that came on paper, or were counted in a village, are counted with the others",
		"plan of 8/1/2024, I.1; house rules", ""}, surveyClerks},
	{ActTypeSurveySlip, law{"a slip that came on paper is counted with the others", "house rules", ""}, surveyClerks},
	{ActCorrectSurvey, law{"what was counted wrongly is put right, with the reason and what stood there",
		"house rules", ""}, surveyClerks},
}
