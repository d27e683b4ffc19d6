package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// PaperSentence is how an authority words a sentence of its documents of a kind from a day on.
type PaperSentence struct {
	ID      ID
	Kind    PaperKind
	Key     string        // of the sentence, as the forms name it
	From    calendar.Date // first day
	Text    string        // with its fields in double braces; "": as the program words it
	By      ID            // officer
	At      calendar.Instant
	Version int // of its sentence: no row of that has the version of another
}

// MaxPaperSentence is how many characters a sentence of a document may have.
const MaxPaperSentence = 1000

// PaperSentences are those of an authority, in the order in which they were set.
type PaperSentences []PaperSentence

// Of are the rows of a sentence, by their days; of one day the last that was set stands last.
func (all PaperSentences) Of(kind PaperKind, key string) PaperSentences {
	list := slices.DeleteFunc(slices.Clone(all), func(s PaperSentence) bool { return s.Kind != kind || s.Key != key })
	slices.SortStableFunc(list, func(a, b PaperSentence) int { return a.From.Compare(b.From) })
	return list
}

// At is the row that holds on a day for a sentence; the zero row where the program's words always did.
func (all PaperSentences) At(kind PaperKind, key string, on calendar.Date) (s PaperSentence) {
	for _, row := range all.Of(kind, key) {
		if !row.From.After(on) {
			s = row
		}
	}
	return s
}

// Version is that of the last change of a sentence, 0 where there was none.
func (all PaperSentences) Version(kind PaperKind, key string) (n int) {
	for _, s := range all.Of(kind, key) {
		n = max(n, s.Version)
	}
	return n
}

// Next is the row by which a sentence is worded otherwise from a day on, or as the program does where the text is "".
// That begins tomorrow at the earliest: what was sent today says what it said.
func (all PaperSentences) Next(kind PaperKind, key, text string, from, today calendar.Date) (PaperSentence, error) {
	s := PaperSentence{Kind: kind, Key: key, Text: text, From: from, Version: all.Version(kind, key) + 1}
	if !oneOf(kind, PaperKinds) || key == "" {
		return s, Refuse(NotFound, "error.not_found")
	}
	ps := problems{of: "template.problem."}
	switch {
	case from.IsZero():
		ps.add("tu-ngay", "from")
	case !from.After(today):
		ps.add("tu-ngay", "not_tomorrow")
	case all.At(kind, key, from).Text == text:
		ps.add("cau", "same_then")
	}
	ps.long("cau", text, MaxPaperSentence)
	return s, RefuseForm(ps.list)
}

// ActSetPaperSentence words a sentence of documents.
const ActSetPaperSentence Act = "set_paper_sentence"

var paperSentenceActs = []actRow{
	{ActSetPaperSentence, law{
		"a sentence of the documents of a kind is worded as the authority words it, or as the program does, from a day on",
		"house rules; the form itself is NĐ 30/2020 Phụ lục I (C)", ""}, []grant{{RoleOffice, always}}},
}
