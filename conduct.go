package doithoai

import (
	"slices"
	"unicode/utf8"

	"doithoai/calendar"
)

// MaxQuestion bounds what an officer is asked to explain, in characters.
const MaxQuestion = 2000

// Explanation is what the chair asks of an officer whom an opinion on conduct is about, and what the officer says to
// it. The officer sees neither the opinion nor who raised it: the question is all there is.
type Explanation struct {
	ID          ID
	AuthorityID ID
	OpinionID   ID
	OfficerID   ID // of whom it was asked
	Question    string
	Due         calendar.Date
	AskedAt     calendar.Instant
	AskedBy     ID
	Answer      string
	GivenAt     calendar.Instant // zero: not yet
	Version     int
}

// NameConcerned enters in the file whom an opinion on conduct is about: all the officers, in place of those named
// before.
//
// Each officer is named once. The opinion must not be in the hands of a unit other than the office, nor of the unit of
// a named officer, while its petition is open: give it to the office or the chair first (domain: "thái độ phục vụ" is
// led by the chair or the office). The event's facts come back.
func NameConcerned(officers []Officer, lead Unit, petition *Petition) (Facts, error) {
	var f Facts
	for _, o := range officers {
		if !slices.Contains(f.Officers, o.ID) {
			f.Officers = append(f.Officers, o.ID)
		}
		if petition == nil || !petition.Open() || petition.LeadUnitID == "" {
			continue
		}
		if !lead.Office || slices.Contains(o.Actor().UnitIDs(), lead.ID) {
			return f, RefuseForm([]Problem{
				{Field: "can-bo", Key: "petition.conduct.problem.lead", Args: []any{"unit", lead.Name}},
			})
		}
	}
	return f, nil
}

// AskProblems are the reasons why the explanation can't be asked. It needs an officer whom the opinion is about; a
// question within bounds, which does not tell who raised the opinion; a last day that is not past.
func (e Explanation) AskProblems(
	concerned []ID, g Gate, today calendar.Date, c calendar.Calendar,
) []Problem {
	ps := problems{of: "petition.conduct.problem."}
	if !slices.Contains(concerned, e.OfficerID) {
		ps.add("nguoi-giai-trinh", "officer")
	}
	switch n := utf8.RuneCountInString(e.Question); {
	case n == 0:
		ps.add("cau-hoi-giai-trinh", "question")
	case n > MaxQuestion:
		ps.long("cau-hoi-giai-trinh", e.Question, MaxQuestion)
	case g.Refuses(e.Question):
		ps.add("cau-hoi-giai-trinh", "names")
	}
	if e.Due.IsZero() || e.Due.Before(today) {
		ps.add("han-giai-trinh", "due")
	} else {
		ps.works("han-giai-trinh", e.Due, c)
	}
	return ps.list
}

// Give takes the officer's explanation. It refuses an empty one, and a second.
func (e Explanation) Give(answer string, at calendar.Instant) (Explanation, error) {
	switch n := utf8.RuneCountInString(answer); {
	case !e.GivenAt.IsZero():
		return e, Refuse(Conflict, "petition.conduct.problem.given")
	case n == 0:
		return e, RefuseForm([]Problem{{Field: "giai-trinh", Key: "petition.conduct.problem.answer"}})
	case n > MaxAnswer:
		return e, RefuseForm([]Problem{
			{"giai-trinh", "petition.answer.problem.long", []any{"max", MaxAnswer, "over", n - MaxAnswer}},
		})
	}
	e.Answer, e.GivenAt = answer, at
	return e, nil
}

// Acts on opinions about how officials serve, and on what left as a denunciation.
const (
	ActNameConcerned    Act = "name_concerned" // say in the file of whom an opinion on conduct is
	ActAskExplanation   Act = "ask_explanation"
	ActGiveExplanation  Act = "give_explanation"
	ActSeeDenunciations Act = "see_denunciations"
)

var conductActs = []actRow{
	{ActNameConcerned, law{
		"the file says of which officers an opinion on conduct is; they and their unit are kept from it",
		"Luật 10/2022 Đ.35 (C); NĐ 154/2026 Đ.12 k.2 from 1/7/2026 (C)", ""},
		[]grant{{RoleChair, always}, {RoleOffice, always}}},
	{ActAskExplanation, law{
		"the chair asks a named officer for an explanation, without showing the opinion",
		"Luật 10/2022 Đ.35 (C); house default", ""},
		[]grant{{RoleChair, onConduct}}},
	{ActGiveExplanation, law{"the named officer explains", "house default", ""},
		everyOfficer(askedOfActor)},
	{ActSeeDenunciations, law{
		"who receives citizens opens the file of a denunciation", "Luật Tố cáo 25/2018 Đ.8, Đ.56 (C)", "TestDenunciation"},
		[]grant{{RoleReception, denounced}}},
}
