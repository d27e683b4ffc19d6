package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// juneSurvey is what twelve people said of the morning by telephone, a digit for each question; some answered the two
// that telephones ask first.
var juneSurvey = []string{
	"45445555", "00000404", "34344444", "00000404", "43334333", "00000505", "44454544", "23232222", "00000304", "55545555",
	"00000303", "44344444",
}

// juneComments are what some of them wrote below.
var juneComments = map[int]string{
	2: "Loa phía cuối hội trường nghe không rõ.",
	7: "Nên trả lời từng câu ngay, đừng gộp lại cuối buổi.",
	9: "Lần sau báo trước cho các thôn xa sớm hơn.",
}

// junePaper are the slips that were typed from paper: each as often as it says.
var junePaper = []struct {
	digits string
	times  int
}{{"44444444", 9}, {"55545455", 8}, {"43434345", 4}, {"34343433", 3}, {"45 44454", 2}, {"22323222", 2}, {"11211211", 1}}

// surveyJune is the survey of the morning: by telephone, on paper, and counted in a village.
func surveyJune(ctx context.Context, t *teller) []happening {
	var all []happening
	for n, said := range juneSurvey {
		all = append(all, happening{june(28, 11, 25+n), "a slip of the survey", func() error {
			survey := doithoai.DialogueSurvey(t.june.ID)
			return t.db.AnswerSurvey(ctx, t.resident, survey, doithoai.SurveyKeyOf(Key(fmt.Sprintf("khao sat %d", n)), survey),
				doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(said), Comment: juneComments[n]})
		}})
	}
	office := t.actor(LoginOffice)
	return append(all,
		happening{july(1, 9, 20), "slips of the survey on paper", func() error {
			stack := doithoai.SurveyStack{
				ID: store.NewID(), Survey: doithoai.DialogueSurvey(t.june.ID), Origin: doithoai.OriginPaper, Issued: 40,
				Returned: 30, Invalid: 1,
			}
			stack, err := t.db.OpenSurveyStack(ctx, office, stack)
			number := 0
			for _, p := range junePaper {
				for range p.times {
					if number++; err == nil {
						slip := doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(p.digits)}
						err = t.db.TypeSurveySlip(ctx, office, stack.ID, number, slip)
					}
				}
			}
			return err
		}},
		happening{july(1, 10, 40), "what a village counted", func() error {
			stack := doithoai.SurveyStack{
				ID: store.NewID(), Survey: doithoai.DialogueSurvey(t.june.ID), Origin: doithoai.OriginTally,
				Village: t.villages["Thôn 4"], Issued: 20, Returned: 16, Counts: villageCounts(8),
			}
			stack, err := t.db.OpenSurveyStack(ctx, office, stack)
			if err != nil {
				return err
			}
			stack.Counts[7] = []int{0, 1, 2, 8, 5}
			return t.db.CorrectSurveyStack(ctx, office, stack.ID, 1, stack, "Trưởng thôn cộng lại câu 8.")
		}},
	)
}

// villageCounts are counts of sixteen slips for each question.
func villageCounts(questions int) (counts [][]int) {
	for range questions {
		counts = append(counts, []int{0, 2, 3, 7, 4})
	}
	return counts
}

// quarterSurveys are what some people said of how the commune does procedures, and of its answers, last quarter and
// this.
func quarterSurveys(ctx context.Context, t *teller) []happening {
	return append(
		quarterSurvey(ctx, t, doithoai.SurveyProcedures, "thu tuc",
			"444444 555545 443434 343433 454454 223232 555555 444544 334343 454545 444344 554545"),
		quarterSurvey(ctx, t, doithoai.SurveyAnswers, "tra loi", "2444 3555 1232 4444 2343 5555 3454 2333 4545 3434")...)
}

// quarterSurvey are the slips of a survey, each by its digits; name keeps telephones apart.
func quarterSurvey(
	ctx context.Context, t *teller, kind doithoai.SurveyKind, name, slips string,
) (all []happening) {
	for n, digits := range strings.Fields(slips) {
		for _, month := range []time.Month{time.September, time.October} {
			if month == time.October && n >= 7 {
				continue
			}
			at := calendar.InstantAt(calendar.DateOf(2024, month, 2+n), 14, 5)
			all = append(all, happening{at, "a slip of the survey on " + string(kind), func() error {
				survey := doithoai.QuarterSurvey(kind, at.Date())
				key := doithoai.SurveyKeyOf(Key(fmt.Sprintf("%s %d", name, n)), survey)
				slip := doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(digits)}
				return t.db.AnswerSurvey(ctx, t.resident, survey, key, slip)
			}})
		}
	}
	return all
}
