// Package reading understands a plan of dialogues that an office has as a text or a Word file: what is said of
// purposes, days, participants, who does what. Communes write their plans by sections, but number, name and lay them
// out as each is used to.
//
// Nothing is lost: what has no place of its own is in [Reading.OtherText]. Nothing is invented: what isn't said stays
// empty, and what was understood with doubt is among [Reading.Doubts].
package reading

import (
	"encoding/json"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// Reading is what was understood of a document. Its strings are the document's words, in NFC, without the marks and
// numbers of lists.
type Reading struct {
	Kind       Kind         `json:"kind"`
	Letterhead Letterhead   `json:"letterhead"`
	Preamble   []string     `json:"preamble,omitempty"` // the paragraphs that name the bases
	Bases      []Basis      `json:"bases,omitempty"`
	Purposes   []string     `json:"purposes,omitempty"` // under one common heading, requirements too
	Requires   []string     `json:"requirements,omitempty"`
	Window     *Window      `json:"window,omitempty"` // where there is a span, and no day
	Dialogues  []Dialogue   `json:"dialogues,omitempty"`
	Venue      string       `json:"venue,omitempty"` // the one of all dialogues
	Form       *Form        `json:"form,omitempty"`
	Programme  []Step       `json:"programme,omitempty"`
	People     []string     `json:"participants,omitempty"`
	Contents   []string     `json:"contents,omitempty"`
	Funds      []string     `json:"funds,omitempty"`
	Assigned   []Assignment `json:"assignments,omitempty"`
	Recipients []string     `json:"recipients,omitempty"`
	Signatory  Signatory    `json:"signatory,omitzero"`
	OtherText  []string     `json:"other_text,omitempty"`
	Doubts     []Doubt      `json:"doubts,omitempty"`
	outline    []piece      // of the body, line by line, for [Reading.Plan]
	others     []line       // those of OtherText
	source     []line       // the whole document
	converted  text.Damage
	year       int // of the plan, 0 where it isn't said
}

// Kind says whether a document is a plan of dialogues.
type Kind string

const (
	KindPlan    Kind = "plan"
	KindNotPlan Kind = "not-plan"
)

// Letterhead is what stands above the text.
type Letterhead struct {
	Superior  string        `json:"superior"`
	Authority string        `json:"authority"` // "UBND xã Khe Sim"
	Number    string        `json:"number"`    // "" where it is blank
	Symbol    string        `json:"symbol"`    // "KH-UBND"
	Place     string        `json:"place"`
	Date      calendar.Date `json:"date,omitzero"` // absent where the day is blank
	Type      string        `json:"type"`          // "KẾ HOẠCH"
	Abstract  string        `json:"abstract"`
}

// Basis is a document on which the plan rests, as its preamble cites it.
type Basis struct {
	Kind     string        `json:"kind"`
	Number   string        `json:"number"`
	Date     calendar.Date `json:"date,omitzero"`
	Issuer   string        `json:"issuer"` // "" where none is named, as of laws
	Abstract string        `json:"abstract"`
}

// Window is the span in which the dialogues are to be.
type Window struct {
	From Bound  `json:"from"`
	To   Bound  `json:"to"`
	Text string `json:"text"`
}

// Bound is an end of a window: a day, or a whole quarter.
type Bound struct {
	Day     calendar.Date
	Quarter plan.Quarter
}

// MarshalJSON writes the day, or the quarter as an object.
func (b Bound) MarshalJSON() ([]byte, error) {
	if b.Day.IsZero() {
		return json.Marshal(b.Quarter)
	}
	return json.Marshal(b.Day)
}

// Dialogue is one planned day.
type Dialogue struct {
	Date  calendar.Date `json:"date,omitzero"`
	Time  string        `json:"time"` // "07:30"; "" where no hour is said
	Venue string        `json:"venue"`
	Scope string        `json:"scope"` // "Buổi 1", or the cluster with its villages
}

// Form is how people take part.
type Form struct {
	Kind doithoai.DialogueForm `json:"kind"`
	Text string                `json:"text"`
}

// Step is one of the programme; Time and Who where the document has columns for them.
type Step struct {
	Text string `json:"text"`
	Time string `json:"time,omitempty"`
	Who  string `json:"who,omitempty"`
}

// MarshalJSON writes a step that is only its text as that string.
func (s Step) MarshalJSON() ([]byte, error) {
	if s.Time == "" && s.Who == "" {
		return json.Marshal(s.Text)
	}
	type step Step
	return json.Marshal(step(s))
}

// Assignment is what a unit has to do.
type Assignment struct {
	Unit  string `json:"unit"`
	Items []Item `json:"items"`
}

// Item is one thing to do; With and Due where the document has columns for them.
type Item struct {
	Text string `json:"text"`
	With string `json:"with,omitempty"` // who helps
	Due  string `json:"due,omitempty"`  // as written: "trước mỗi buổi 01 ngày"
}

// MarshalJSON writes an item that is only its text as that string.
func (i Item) MarshalJSON() ([]byte, error) {
	if i.With == "" && i.Due == "" {
		return json.Marshal(i.Text)
	}
	type item Item
	return json.Marshal(item(i))
}

// Signatory is who signs.
type Signatory struct {
	For   string `json:"for"`   // "TM. ỦY BAN NHÂN DÂN"
	Title string `json:"title"` // "CHỦ TỊCH", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
	Name  string `json:"name"`
}

// Doubt is a place that a person should look at.
type Doubt struct {
	Line int    `json:"line"` // paragraph of the document, from 1
	Text string `json:"text"`
	Why  Reason `json:"why"`
}

// Reason is why something is doubtful; it is a key of the catalogues after "plan.doubt.".
type Reason string

const (
	DoubtHeading Reason = "heading" // a heading that no part of a plan goes by
	DoubtPlace   Reason = "place"   // text under no known heading
	DoubtUnit    Reason = "unit"    // who is to do this was guessed from the sentence
	DoubtDate    Reason = "date"    // no such day, or its year was taken from elsewhere
	DoubtTable   Reason = "table"   // a table whose columns say nothing
	DoubtBody    Reason = "body"    // who is to do this is no unit of the authority, or not surely
)
