// Package plan is what a commune intends for a year of dialogues, on paper and as data, and what it prepares for each
// of them. It stands above package doithoai: what happens to an opinion never asks for it.
package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
)

// Plan is a commune's yearly plan of dialogues (kế hoạch) as its paper has it, section by section and word for word,
// with what the sections mean as data. [Plan.Paragraphs] returns the text of the paper.
type Plan struct {
	Year       int           `json:"year"`
	Superior   string        `json:"superior"`
	Authority  string        `json:"authority"`
	Number     string        `json:"number"` // given when issued; "" where it isn't known, never invented
	Symbol     string        `json:"symbol"` // "KH-UBND"
	Place      string        `json:"place"`
	Date       calendar.Date `json:"date,omitzero"` // absent until it is issued
	Type       string        `json:"type"`          // "KẾ HOẠCH"
	Abstract   string        `json:"abstract"`      // trích yếu
	Preamble   []string      `json:"preamble"`      // the paragraphs that name the bases
	Bases      []Basis       `json:"bases"`
	References []Basis       `json:"references,omitempty"` // documents that the body names
	When       Arrangement   `json:"when"`
	Sections   []Section     `json:"sections"`
	Closing    []string      `json:"closing"`
	Recipients Recipients    `json:"recipients"`
	Signatory  Signatory     `json:"signatory"`
	LastKey    int           `json:"last_key"` // the greatest key that a section or point was ever given
}

// Basis is a document on which the plan rests, as the plan cites it.
type Basis struct {
	Key      string        `json:"key,omitempty"` // of the LegalBasis; "" where the list has none such
	Kind     string        `json:"kind"`          // "Quyết định"
	Number   string        `json:"number"`
	Date     calendar.Date `json:"date,omitzero"`
	Issuer   string        `json:"issuer"`
	Abstract string        `json:"abstract"`
}

// SectionKind is what a section of a plan is about.
type SectionKind string

const (
	KindText         SectionKind = "text" // whatever has no kind of its own; a heading above parts
	KindPurposes     SectionKind = "purposes"
	KindRequirements SectionKind = "requirements"
	KindWhen         SectionKind = "when" // time, venue and form
	KindProgramme    SectionKind = "programme"
	KindParticipants SectionKind = "participants"
	KindTopics       SectionKind = "topics"
	KindFunds        SectionKind = "funds"
	KindAssignment   SectionKind = "assignment" // what some addressees have to do
)

// SectionKinds in the order of the usual paper.
var SectionKinds = []SectionKind{
	KindText, KindPurposes, KindRequirements, KindWhen, KindProgramme, KindParticipants, KindTopics, KindFunds,
	KindAssignment,
}

// Section is a numbered part of the paper: its heading, its points, and the parts within it. Its key stays while it is
// edited, amended and copied.
type Section struct {
	Key    int         `json:"key"`
	Kind   SectionKind `json:"kind"`
	Mark   string      `json:"mark,omitempty"`  // as printed: "I.", "1.", "a)"
	Title  string      `json:"title,omitempty"` // as printed, with its colon where it has one
	Points []Point     `json:"points,omitempty"`
	Parts  []Section   `json:"parts,omitempty"`
	To     Addressees  `json:"to,omitzero"` // of an assignment
}

// Heading returns the heading as it stands on paper, "1. Mục đích:"; the 2024 plan numbers its sections I, II and IV,
// and so they stay.
func (s Section) Heading() string { return strings.TrimSpace(s.Mark + " " + s.Title) }

// Point is one paragraph of a section. Its key stays while it is edited: tasks hang on it.
type Point struct {
	Key  int      `json:"key"`
	Text string   `json:"text"`
	Dash bool     `json:"dash,omitempty"` // printed after a dash
	Task TaskRule `json:"task,omitzero"`  // of an assignment
}

// Manner is when a task of the plan is to be done.
type Manner string

const (
	MannerOnce     Manner = ""         // once in the year; the plan names no day
	MannerStanding Manner = "standing" // all the time
	MannerDialogue Manner = "dialogue" // for each dialogue, Days before it (negative) or after it (positive)
	MannerDay      Manner = "day"      // by a day that the plan names
)

// TaskRule says when an assignment's point is to be done. No date is invented where the plan has none.
type TaskRule struct {
	Manner Manner `json:"manner,omitempty"`
	Days   int    `json:"days,omitempty"`
	// Workdays: the days before or after the dialogue are working days.
	Workdays bool          `json:"workdays,omitempty"`
	Day      calendar.Date `json:"day,omitzero"`
}

// Addressees are those who have to do something: every unit, the units named by code, every village, bodies outside the
// authority by name.
type Addressees struct {
	EveryUnit    bool     `json:"every_unit,omitempty"`
	Units        []string `json:"units,omitempty"`
	EveryVillage bool     `json:"every_village,omitempty"`
	Bodies       []string `json:"bodies,omitempty"`
}

// Any reports whether there is somebody.
func (a Addressees) Any() bool {
	return a.EveryUnit || a.EveryVillage || len(a.Units) > 0 || len(a.Bodies) > 0
}

// Arrangement says when, where and how as data; the sentences stand in the section of [KindWhen].
type Arrangement struct {
	Window Window                `json:"window,omitzero"` // before there are days
	Days   []PlannedDay          `json:"days,omitempty"`  // dialogues with a day of their own
	Venue  string                `json:"venue,omitempty"` // of all dialogues, where they have one
	Form   doithoai.DialogueForm `json:"form,omitempty"`
}

// PlannedDay is one planned dialogue.
type PlannedDay struct {
	Date  calendar.Date `json:"date,omitzero"`
	Time  string        `json:"time,omitempty"` // "07:30"; "" where no hour is said
	Venue string        `json:"venue,omitempty"`
	Scope string        `json:"scope,omitempty"` // "Buổi 1", or the cluster with its villages
}

// Window is the time planned before there is a day: both included.
type Window struct {
	From calendar.Date `json:"from,omitzero"`
	To   calendar.Date `json:"to,omitzero"`
}

// Contains reports whether a dialogue on the day keeps to the window.
func (w Window) Contains(d calendar.Date) bool {
	return w.Valid() && !d.Before(w.From) && !d.After(w.To)
}

// Valid reports whether the window has both ends, in their order.
func (w Window) Valid() bool { return w.From.Valid() && w.To.Valid() && !w.To.Before(w.From) }

// Quarters are the quarters which the window spans exactly; ok is false where its ends are no quarters'.
func (w Window) Quarters() (from, to Quarter, ok bool) {
	from, to = QuarterOf(w.From), QuarterOf(w.To)
	return from, to, w.Valid() && from.First() == w.From && to.Last() == w.To
}

// Quarter is a quarter of a year, 1 to 4.
type Quarter struct {
	Year    int `json:"year"`
	Quarter int `json:"quarter"`
}

// QuarterOf is the quarter in which a day lies.
func QuarterOf(d calendar.Date) Quarter { return Quarter{d.Year, (int(d.Month) + 2) / 3} }

// Roman returns the number of the quarter as plans write it, "II".
func (q Quarter) Roman() string {
	if q.Quarter < 1 || q.Quarter > 4 {
		return ""
	}
	return [...]string{"I", "II", "III", "IV"}[q.Quarter-1]
}

// First returns the first day of the quarter.
func (q Quarter) First() calendar.Date { return calendar.DateOf(q.Year, time.Month(3*q.Quarter-2), 1) }

// Last returns the last day of the quarter.
func (q Quarter) Last() calendar.Date { return calendar.DateOf(q.Year, time.Month(3*q.Quarter+1), 0) }

// Recipients are those who receive the plan (nơi nhận), with their punctuation.
type Recipients struct {
	Title string   `json:"title"`
	Items []string `json:"items"`
}

// Signatory is who signs: for whom ("TM. ỦY BAN NHÂN DÂN"; the 2024 plan has no such line), the capacity in capitals,
// and the name.
type Signatory struct {
	For   string `json:"for,omitempty"`
	Title string `json:"title"`
	Name  string `json:"name"`
}

// Parse reads a plan from JSON. It refuses fields it doesn't know, and text that isn't clean (see [Plan.Problems]); an
// incomplete plan is a draft and is read.
func Parse(b []byte) (Plan, error) {
	var p Plan
	if err := doithoai.DecodeStrict(b, &p); err != nil {
		return Plan{}, fmt.Errorf("plan: %w", err)
	}
	for _, line := range p.Lines() {
		if !composed(line) {
			return Plan{}, fmt.Errorf("plan of %d: %q isn't composed (NFC) text", p.Year, line)
		}
	}
	return p, nil
}

// Part says what a paragraph of a plan is.
type Part string

const (
	PartPlaceAndDate Part = "place_and_date"
	PartType         Part = "type"
	PartAbstract     Part = "abstract"
	PartBody         Part = "body"
	PartSection      Part = "section" // I., II.
	PartHeading      Part = "heading" // 1., 2. and below
	PartItem         Part = "item"    // after a dash
	PartRecipients   Part = "recipients"
	PartRecipient    Part = "recipient" // after a dash
	PartSignFor      Part = "sign_for"
	PartSignTitle    Part = "sign_title"
	PartSignName     Part = "sign_name"
)

// Paragraph is one paragraph of a plan; the dash before an item isn't part of its text. Key is that of its section or
// point, 0 where it belongs to none.
type Paragraph struct {
	Part Part
	Text string
	Key  int
}

// Paragraphs returns the whole text of the plan below its letterhead, in the order of the paper.
func (p Plan) Paragraphs() []Paragraph {
	var ps []Paragraph
	add := func(part Part, texts ...string) {
		for _, text := range texts {
			if text != "" {
				ps = append(ps, Paragraph{Part: part, Text: text})
			}
		}
	}
	add(PartPlaceAndDate, PlaceAndDate(p.Place, p.Date))
	add(PartType, p.Type)
	add(PartAbstract, p.Abstract)
	add(PartBody, p.Preamble...)
	for s, depth := range p.All() {
		ps = append(ps, s.Own(depth)...)
	}
	add(PartBody, p.Closing...)
	if p.Recipients.Title != "" {
		add(PartRecipients, p.Recipients.Title+":")
	}
	add(PartRecipient, p.Recipients.Items...)
	add(PartSignFor, p.Signatory.For)
	add(PartSignTitle, p.Signatory.Title)
	add(PartSignName, p.Signatory.Name)
	return ps
}

// Own returns the paragraphs of a section that stands at a depth, without those of its parts.
func (s Section) Own(depth int) (ps []Paragraph) {
	if heading := s.Heading(); heading != "" {
		part := PartHeading
		if depth == 0 {
			part = PartSection
		}
		ps = append(ps, Paragraph{part, heading, s.Key})
	}
	for _, point := range s.Points {
		part := PartBody
		if point.Dash {
			part = PartItem
		}
		ps = append(ps, Paragraph{part, point.Text, point.Key})
	}
	return ps
}

// Lines returns the paragraphs as lines of text, items after "- ".
func (p Plan) Lines() []string {
	var lines []string
	for _, par := range p.Paragraphs() {
		if par.Part == PartItem || par.Part == PartRecipient {
			par.Text = "- " + par.Text
		}
		lines = append(lines, par.Text)
	}
	return lines
}

// PlaceAndDate returns the place and date of an official document, "Nghĩa Dũng, ngày 08 tháng 01 năm 2024": days below
// 10 and the months 1 and 2 get a zero (Nghị định 30/2020, Phụ lục I). A day that is not known yet stays blank, to be
// written by hand.
func PlaceAndDate(place string, d calendar.Date) string {
	if d.IsZero() {
		return place + ", ngày\u00a0\u00a0\u00a0\u00a0 tháng\u00a0\u00a0\u00a0\u00a0 năm"
	}
	return place + ", ngày " + LongDay(d)
}

// LongDay is a day in words as documents have it, "08 tháng 01 năm 2024" (NĐ 30/2020, Phụ lục I).
func LongDay(d calendar.Date) string {
	month := fmt.Sprint(int(d.Month))
	if d.Month <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("%02d tháng %s năm %d", d.Day, month, d.Year)
}

// Problems returns what keeps the plan from being submitted, nil when nothing does: the year, the abstract, the time,
// somebody who signs, something to do for somebody; text that isn't composed Vietnamese (NFC, no control characters).
// Number and date aren't asked for: they are given at issue. What is unusual, but the office's to decide, is among
// [Plan.Oddities].
func (p Plan) Problems() []doithoai.Problem {
	var list []doithoai.Problem
	need := func(field string, ok bool) {
		if !ok {
			list = append(list, doithoai.Problem{Field: field, Key: "plan.problem." + field})
		}
	}
	assignments := p.Of(KindAssignment)
	need("year", p.Year >= 2000 && p.Year < 2100)
	need("authority", p.Authority != "")
	need("symbol", p.Symbol != "")
	need("place", p.Place != "")
	need("type", p.Type != "")
	need("abstract", p.Abstract != "")
	need("preamble", len(p.Preamble) > 0)
	need("window", p.When.Window.Valid() || len(p.When.Days) > 0)
	need("form", slices.Contains(doithoai.DialogueForms, p.When.Form))
	need("assignments", len(assignments) > 0 && !slices.ContainsFunc(assignments, func(s Section) bool {
		return !s.To.Any() || len(s.Points) == 0
	}))
	need("signatory", p.Signatory.Title != "" && p.Signatory.Name != "")
	need("text", !slices.ContainsFunc(p.Lines(), func(line string) bool { return !composed(line) }))
	return list
}

// Oddity is something in a plan that its office should look at before it goes on; a key of the catalogues after
// "plan.oddity.".
type Oddity string

const (
	OddityBases        Oddity = "bases"        // no basis, or one that the preamble doesn't name
	OddityWindow       Oddity = "window"       // the sentence on time names other quarters than the data
	OddityVenue        Oddity = "venue"        // the sentence on the venue names another
	OddityYear         Oddity = "year"         // the days lie in another year
	OddityPurposes     Oddity = "purposes"     // no such section
	OddityRequirements Oddity = "requirements" // no such section
	OddityProgramme    Oddity = "programme"    // no such section
	OddityParticipants Oddity = "participants" // no such section
	OddityTopics       Oddity = "topics"       // no such section
	OddityRecipients   Oddity = "recipients"   // nobody receives it
)

// Oddities are what is unusual in the plan, in the order of the paper.
func (p Plan) Oddities() []Oddity {
	var list []Oddity
	add := func(o Oddity, odd bool) {
		if odd {
			list = append(list, o)
		}
	}
	add(OddityBases, len(p.Bases) == 0 || !cited(strings.Join(p.Preamble, "\n"), p.Bases))
	for _, of := range []struct {
		kind   SectionKind
		oddity Oddity
	}{
		{KindPurposes, OddityPurposes}, {KindRequirements, OddityRequirements}, {KindProgramme, OddityProgramme},
		{KindParticipants, OddityParticipants}, {KindTopics, OddityTopics},
	} {
		add(of.oddity, len(p.Of(of.kind)) == 0)
	}
	when := strings.Join(p.Texts(KindWhen), "\n")
	add(OddityWindow, when != "" && p.When.Window.Valid() && !p.When.Window.namedIn(when))
	add(OddityVenue, when != "" && p.When.Venue != "" && !strings.Contains(when, p.When.Venue))
	add(OddityYear, p.When.otherYear(p.Year))
	add(OddityRecipients, len(p.Recipients.Items) == 0)
	return list
}

// otherYear reports whether a planned day, or the end of the window, lies in another year than the plan's.
func (a Arrangement) otherYear(year int) bool {
	return a.Window.Valid() && a.Window.To.Year != year ||
		slices.ContainsFunc(a.Days, func(d PlannedDay) bool { return d.Date.Valid() && d.Date.Year != year })
}

// namedIn reports whether a text names the quarters of the window with their years, as whole words. A window of days is
// named in too many ways to be judged.
func (w Window) namedIn(text string) bool {
	from, to, quarters := w.Quarters()
	if !quarters {
		return true
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, q := range []Quarter{from, to} {
		if !slices.Contains(words, q.Roman()) && !slices.Contains(words, fmt.Sprint(q.Quarter)) ||
			!slices.Contains(words, fmt.Sprint(q.Year)) {
			return false
		}
	}
	return true
}

// cited reports whether the text names the kind and number of each document.
func cited(text string, bases []Basis) bool {
	for _, b := range bases {
		at := strings.Index(text, b.Number)
		if b.Kind == "" || b.Number == "" || at < 0 || !strings.Contains(text[:at], b.Kind) {
			return false
		}
	}
	return true
}

// composed reports whether s is valid UTF-8 without control, format or combining characters. In Vietnamese each letter
// with its marks is one code point, so that text without combining marks is in NFC.
func composed(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Mn, unicode.Cc, unicode.Cf) || r == utf8.RuneError
	})
}
