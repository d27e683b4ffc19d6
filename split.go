package doithoai

import (
	"slices"
	"strings"
	"unicode"

	"doithoai/calendar"
)

// MaxParts is how many parts one opinion may be split into, itself among them.
const MaxParts = MaxMatters

// FieldPart is the field of forms in which is typed what becomes a part of its own.
const FieldPart = "noi-dung-tach"

// Splittable reports why nothing can be split off an opinion now; nil: it can.
//
// In this order: it is not joined to another one, and none to it: who holds that one's receipt would not follow the
// part; minutes that are locked have counted the opinions of its dialogue; nothing was answered, told or decided on all
// of it, or is about to be: it has no ruling, or a unit has the work; there is room for another part.
//
// parts are how many were split off the same opinion before, joined how many others are joined to it, locked whether
// the minutes are.
func (o Opinion) Splittable(petition *Petition, parts, joined int, locked bool) error {
	working := petition != nil && (petition.State == PetitionProcessing || petition.State == PetitionReturned)
	switch {
	case o.JoinedTo != "":
		return Refuse(Conflict, "same.join.problem.joined")
	case joined > 0:
		return Refuse(Conflict, "classify.split.problem.has_joined")
	case locked:
		return Refuse(Conflict, "classify.split.problem.locked")
	case o.Ruling != "" && !working, petition != nil && petition.Round > 0:
		return Refuse(Conflict, "classify.split.problem.answered")
	case parts+2 > MaxParts:
		return Refuse(Conflict, "classify.split.problem.many")
	}
	return nil
}

// Split makes a part of what was said an opinion of its own, with the id and the number that it gets (Luật Tiếp công
// dân 42/2013 Đ.25; NĐ 154/2026 Đ.14 k.4). What was said stays whole with the opinion it is split off, which keeps its
// number and its ruling, for what is left.
//
// In this order: the opinion is [Opinion.Splittable]; the part has words, within the bound of a matter; they were all
// said, in the order in which they were said ([Excerpt]); something is left beside them.
//
// The part was received when the whole was, by the same way, for the same dialogue, in the same turn: no clock begins
// later. It has no ruling of its own; a clock that runs already runs on ([Ruling.Runs]).
func (o Opinion) Split(said string, petition *Petition, parts, joined int, locked bool) (Opinion, error) {
	if err := o.Splittable(petition, parts, joined, locked); err != nil {
		return Opinion{}, err
	}
	ps := problems{of: "classify.split.problem."}
	ps.text(FieldPart, "empty", said, MaxMatter)
	if len(ps.list) == 0 {
		if word, ok := Excerpt(o.Content, said); !ok {
			ps.add(FieldPart, "not_said", "word", word)
		} else if len(spoken(said)) == len(spoken(o.Content)) {
			ps.add(FieldPart, "whole")
		}
	}
	if err := ps.refuse(); err != nil {
		return Opinion{}, err
	}
	part := Opinion{
		AuthorityID: o.AuthorityID, DialogueID: o.DialogueID, SlipID: o.SlipID, Channel: o.Channel, Manner: o.Manner,
		Content: said, FieldCode: o.FieldCode, VillageID: o.VillageID, ReceivedAt: o.ReceivedAt, TurnID: o.TurnID,
		PartOf: o.ID, Version: 1,
	}
	if o.PartOf != "" {
		part.PartOf = o.PartOf
	}
	return part, nil
}

// CarriedOn is the clock of an opinion that a unit has, as a part of it carries it on: kept in the facts of the part's
// first event.
func (p Petition) CarriedOn(today calendar.Date, c calendar.Calendar) Facts {
	f := p.reckoned(Facts{Extended: p.Extended})
	f.Late = p.Missed || p.overdue(today, c)
	return f
}

// Runs is the clock that a part carries on, by the facts of its first event; nil where none ran.
func (f Facts) Runs() *Petition {
	if f.Due.IsZero() {
		return nil
	}
	return &Petition{
		Start: f.Start, Term: f.Term, Due: f.Due, CalendarVersion: f.Calendar, Extended: f.Extended, Missed: f.Late,
	}
}

// Excerpt reports whether all words of an excerpt stand in a text in the same order; what lies between may be left out.
// Signs between words, and capitals, count for nothing. Where they do not, the first word comes back that was not said,
// or not there.
func Excerpt(said, excerpt string) (word string, ok bool) {
	left := spoken(said)
	for _, w := range spoken(excerpt) {
		i := slices.Index(left, w)
		if i < 0 {
			return w, false
		}
		left = left[i+1:]
	}
	return "", true
}

// spoken are the words of a text in small letters.
func spoken(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}

// Acts by which one opinion becomes several.
const (
	ActSplitOpinion Act = "split_opinion"
	// ActRecordPart is how a part comes in, by the act that splits it off: its first event, and that of its receipt.
	ActRecordPart Act = "record_part"
)

// splitBasis is why an opinion of several matters becomes several.
const splitBasis = "Luật Tiếp công dân 42/2013 Đ.25 (C); NĐ 154/2026 Đ.14 k.4 from 1/7/2026 (C)"

var splitActs = []actRow{
	{ActSplitOpinion, law{
		"an opinion of several matters becomes several, each with its number, its receipt and its course", splitBasis, ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
	{ActRecordPart, law{"a part is registered, as received when the whole was", splitBasis, "TestSplitOpinion"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
}
