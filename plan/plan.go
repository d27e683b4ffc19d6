// Package plan is what a commune intends for a year of dialogues, on paper and as data. It stands above package
// doithoai: what happens to an opinion never asks for it.
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

// Plan is a commune's yearly plan of dialogues (kế hoạch), structured, and word
// for word: [Plan.Paragraphs] returns the text of the paper.
type Plan struct {
	ID       doithoai.ID      `json:"-"`
	IssuedAt calendar.Instant `json:"-"` // absent: a draft

	Slug         string        `json:"slug"` // in the address of its page, "2024"
	Year         int           `json:"year"`
	Superior     string        `json:"superior"`
	Authority    string        `json:"authority"`
	Number       string        `json:"number"` // given when issued; "" where it isn't known, never invented
	Symbol       string        `json:"symbol"` // "KH-UBND"
	Place        string        `json:"place"`
	Date         calendar.Date `json:"date"`
	Type         string        `json:"type"`     // "KẾ HOẠCH"
	Abstract     string        `json:"abstract"` // trích yếu
	Preamble     string        `json:"preamble"` // the paragraph that names the bases
	Bases        []Basis       `json:"bases"`
	References   []Basis       `json:"references"` // documents that the body names
	Aims         Aims          `json:"aims"`
	Content      Content       `json:"content"`
	Organisation Execution     `json:"organisation"`
	Closing      string        `json:"closing"`
	Recipients   Recipients    `json:"recipients"`
	Signatory    Signatory     `json:"signatory"`
}

// Basis is a document on which the plan rests, as the plan cites it.
type Basis struct {
	Key      string        `json:"key"`  // of the LegalBasis
	Kind     string        `json:"kind"` // "Quyết định"
	Number   string        `json:"number"`
	Date     calendar.Date `json:"date"`
	Issuer   string        `json:"issuer"`
	Abstract string        `json:"abstract"`
}

// Heading is a heading as printed: the 2024 plan numbers its sections I, II
// and IV, and so they stay.
type Heading struct {
	Number string `json:"number"`
	Title  string `json:"title"`
}

// String returns the heading as it stands on paper, "1. Mục đích:".
func (h Heading) String() string { return h.Number + ". " + h.Title + ":" }

// List is a numbered part of a section with its points.
type List struct {
	Heading Heading  `json:"heading"`
	Items   []string `json:"items"`
}

// Aims is the section of purposes and requirements.
type Aims struct {
	Heading      Heading `json:"heading"`
	Purposes     List    `json:"purposes"`
	Requirements List    `json:"requirements"`
}

// Content is the section of what is planned.
type Content struct {
	Heading      Heading     `json:"heading"`
	Arrangements Arrangement `json:"arrangements"`
	Programme    List        `json:"programme"`
	Participants List        `json:"participants"`
	Topics       List        `json:"topics"`
}

// Arrangement says when, where and how: each twice, as data and as the
// sentence of the paper. [Plan.Problems] tells when the two part ways.
type Arrangement struct {
	Heading   Heading      `json:"heading"`
	Window    Window       `json:"window"`
	Time      string       `json:"time"` // the sentence: "Thời gian: Từ quý II đến quý IV năm 2024."
	Venue     string       `json:"venue"`
	VenueText string       `json:"venue_text"`
	Form      DialogueForm `json:"form"`
	FormText  string       `json:"form_text"`
}

// DialogueForm is how people take part (Luật 72/2025 Đ.43).
type DialogueForm string

const (
	FormDirect DialogueForm = "direct" // face to face
	FormOnline DialogueForm = "online"
	FormMixed  DialogueForm = "mixed"
	FormSocial DialogueForm = "social" // over social networks
)

var dialogueForms = []DialogueForm{FormDirect, FormOnline, FormMixed, FormSocial}

// Quarter is a quarter of a year, 1 to 4.
type Quarter struct {
	Year    int `json:"year"`
	Quarter int `json:"quarter"`
}

// Roman returns the number of the quarter as plans write it, "II".
func (q Quarter) Roman() string {
	if !q.valid() {
		return ""
	}
	return [...]string{"I", "II", "III", "IV"}[q.Quarter-1]
}

func (q Quarter) valid() bool { return q.Year > 0 && q.Quarter >= 1 && q.Quarter <= 4 }

// First returns the first day of the quarter.
func (q Quarter) First() calendar.Date { return calendar.DateOf(q.Year, time.Month(3*q.Quarter-2), 1) }

// Last returns the last day of the quarter.
func (q Quarter) Last() calendar.Date { return calendar.DateOf(q.Year, time.Month(3*q.Quarter+1), 0) }

// Window is the time planned before there is a date: from one quarter to
// another, both included.
type Window struct {
	From Quarter `json:"from"`
	To   Quarter `json:"to"`
}

// Contains reports whether a dialogue on the day keeps to the window.
func (w Window) Contains(d calendar.Date) bool {
	return w.valid() && !d.Before(w.From.First()) && !d.After(w.To.Last())
}

func (w Window) valid() bool {
	return w.From.valid() && w.To.valid() && !w.To.First().Before(w.From.First())
}

// Execution is the section that says who does what.
type Execution struct {
	Heading     Heading      `json:"heading"`
	Assignments []Assignment `json:"assignments"`
}

// Assignment gives tasks to one or more addressees: every unit, the units
// named by code, or every village.
type Assignment struct {
	Heading      Heading  `json:"heading"` // the addressees as the plan calls them
	EveryUnit    bool     `json:"every_unit,omitempty"`
	Units        []string `json:"units,omitempty"`
	EveryVillage bool     `json:"every_village,omitempty"`
	Tasks        []string `json:"tasks"`
}

// addressed reports whether the assignment says in exactly one way who it is for.
func (a Assignment) addressed() bool {
	ways := 0
	for _, way := range []bool{a.EveryUnit, len(a.Units) > 0, a.EveryVillage} {
		if way {
			ways++
		}
	}
	return ways == 1
}

// Recipients are those who receive the plan (nơi nhận), with their
// punctuation.
type Recipients struct {
	Title string   `json:"title"`
	Items []string `json:"items"`
}

// Signatory is who signs: the capacity in capitals, and the name.
type Signatory struct {
	Title string `json:"title"`
	Name  string `json:"name"`
}

// Parse reads a plan from JSON. It refuses fields it doesn't know, and text
// that isn't clean (see [Plan.Problems]); an incomplete plan is a draft and is
// read.
func Parse(b []byte) (Plan, error) {
	var p Plan
	if err := doithoai.DecodeStrict(b, &p); err != nil {
		return Plan{}, fmt.Errorf("plan: %w", err)
	}
	for _, line := range p.Lines() {
		if !composed(line) {
			return Plan{}, fmt.Errorf("plan %s: %q isn't composed (NFC) text", p.Slug, line)
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
	PartHeading      Part = "heading" // 1., 2.
	PartItem         Part = "item"    // after a dash
	PartRecipients   Part = "recipients"
	PartRecipient    Part = "recipient" // after a dash
	PartSignTitle    Part = "sign_title"
	PartSignName     Part = "sign_name"
)

// Paragraph is one paragraph of a plan; the dash before an item isn't part
// of its text.
type Paragraph struct {
	Part Part
	Text string
}

// Paragraphs returns the whole text of the plan below its letterhead, in the
// order of the paper.
func (p Plan) Paragraphs() []Paragraph {
	var ps []Paragraph
	add := func(part Part, texts ...string) {
		for _, text := range texts {
			ps = append(ps, Paragraph{part, text})
		}
	}
	list := func(l List) {
		add(PartHeading, l.Heading.String())
		add(PartItem, l.Items...)
	}
	add(PartPlaceAndDate, PlaceAndDate(p.Place, p.Date))
	add(PartType, p.Type)
	add(PartAbstract, p.Abstract)
	add(PartBody, p.Preamble)
	add(PartSection, p.Aims.Heading.String())
	list(p.Aims.Purposes)
	list(p.Aims.Requirements)
	add(PartSection, p.Content.Heading.String())
	list(p.Content.Arrangements.list())
	list(p.Content.Programme)
	list(p.Content.Participants)
	list(p.Content.Topics)
	add(PartSection, p.Organisation.Heading.String())
	for _, a := range p.Organisation.Assignments {
		add(PartHeading, a.Heading.String())
		add(a.TaskPart(), a.Tasks...)
	}
	add(PartBody, p.Closing)
	add(PartRecipients, p.Recipients.Title+":")
	add(PartRecipient, p.Recipients.Items...)
	add(PartSignTitle, p.Signatory.Title)
	add(PartSignName, p.Signatory.Name)
	return ps
}

// TaskPart says how the tasks are printed: several as items after a dash, a
// single one as a plain paragraph.
func (a Assignment) TaskPart() Part {
	if len(a.Tasks) == 1 {
		return PartBody
	}
	return PartItem
}

// list returns the arrangements as the paper lists them.
func (a Arrangement) list() List {
	return List{a.Heading, []string{a.Time, a.VenueText, a.FormText}}
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

// PlaceAndDate returns the place and date of an official document, "Nghĩa Dũng,
// ngày 08 tháng 01 năm 2024": days below 10 and the months 1 and 2 get a zero
// (Nghị định 30/2020, Phụ lục I).
func PlaceAndDate(place string, d calendar.Date) string {
	month := fmt.Sprint(int(d.Month))
	if d.Month <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("%s, ngày %02d tháng %s năm %d", place, d.Day, month, d.Year)
}

// Problems returns what keeps the plan from being issued, nil when nothing does:
// a part that is missing; an assignment without addressee or task; sentences
// that contradict the data (a window other than the quarters named, a venue
// elsewhere, a basis or reference that the text doesn't name); text that isn't
// composed Vietnamese (NFC, no control characters). The number isn't asked for:
// it is given at issue.
func (p Plan) Problems() []doithoai.Problem {
	var list []doithoai.Problem
	need := func(field string, ok bool) {
		if !ok {
			list = append(list, doithoai.Problem{Field: field, Key: "plan.problem." + field})
		}
	}
	when := p.Content.Arrangements
	need("authority", p.Authority != "")
	need("symbol", p.Symbol != "")
	need("place", p.Place != "")
	need("date", p.Date.Valid())
	need("type", p.Type != "")
	need("abstract", p.Abstract != "")
	need("preamble", p.Preamble != "")
	need("bases", len(p.Bases) > 0 && cited(p.Preamble, p.Bases))
	need("references", cited(strings.Join(p.Lines(), "\n"), p.References))
	need("purposes", len(p.Aims.Purposes.Items) > 0)
	need("requirements", len(p.Aims.Requirements.Items) > 0)
	need("window", when.Window.valid() && when.names())
	need("venue", when.Venue != "" && strings.Contains(when.VenueText, when.Venue))
	need("form", slices.Contains(dialogueForms, when.Form) && when.FormText != "")
	need("programme", len(p.Content.Programme.Items) > 0)
	need("participants", len(p.Content.Participants.Items) > 0)
	need("topics", len(p.Content.Topics.Items) > 0)
	need("assignments", p.Organisation.complete())
	need("closing", p.Closing != "")
	need("recipients", len(p.Recipients.Items) > 0)
	need("signatory", p.Signatory.Title != "" && p.Signatory.Name != "")
	need("text", !slices.ContainsFunc(p.Lines(), func(line string) bool { return !composed(line) }))
	return list
}

// complete reports whether there is an assignment, and each says for whom and
// what.
func (e Execution) complete() bool {
	return len(e.Assignments) > 0 && !slices.ContainsFunc(e.Assignments, func(a Assignment) bool {
		return !a.addressed() || len(a.Tasks) == 0 || slices.Contains(a.Tasks, "")
	})
}

// names reports whether the sentence on time names the quarters and years of the
// window, as whole words.
func (a Arrangement) names() bool {
	words := strings.FieldsFunc(a.Time, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, q := range []Quarter{a.Window.From, a.Window.To} {
		if !slices.Contains(words, q.Roman()) || !slices.Contains(words, fmt.Sprint(q.Year)) {
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

// composed reports whether s is valid UTF-8 without control, format or combining
// characters. In Vietnamese each letter with its marks is one code point, so
// that text without combining marks is in NFC.
func composed(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Mn, unicode.Cc, unicode.Cf) || r == utf8.RuneError
	})
}
