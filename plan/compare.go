package plan

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Difference is how a paragraph of an amendment stands to the edition before it.
type Difference string

const (
	Same    Difference = ""
	Changed Difference = "changed"
	Added   Difference = "added"
	Removed Difference = "removed"
)

// Compared is a paragraph with how it differs from the one in its place before. Of a removed one, Text is empty and Old
// what stood.
type Compared struct {
	Paragraph
	Difference
	Old string
}

// ComparedSection is a section with its own paragraphs, those that are gone among them.
type ComparedSection struct {
	Section
	Depth      int
	Difference Difference // Added and Removed: as a whole
	Paragraphs []Compared
	// Reordered: points of both editions stand in another order. Data: its kind, who has to do it, or by when, differs;
	// of the section of time and place, what stands as data.
	Reordered, Data bool
}

// Differs reports whether anything in the section does.
func (s ComparedSection) Differs() bool {
	return s.Difference != Same || s.Reordered || s.Data ||
		slices.ContainsFunc(s.Paragraphs, func(p Compared) bool { return p.Difference != Same })
}

// Comparison is an amendment beside the edition before it.
type Comparison struct {
	Sections []ComparedSection // of both, in the order of the paper
	Preamble []Compared
	Closing  []Compared
	// Abstract and Recipients say what stood, where it was another; Bases reports other bases, Head another letterhead,
	// Sign another signatory, Order sections in another order.
	Abstract                 string
	Recipients               []string
	Bases, Head, Sign, Order bool
}

// Any reports whether anything differs.
func (c Comparison) Any() bool {
	differs := func(p Compared) bool { return p.Difference != Same }
	return c.Abstract != "" || c.Recipients != nil || c.Bases || c.Head || c.Sign || c.Order ||
		slices.ContainsFunc(c.Sections, ComparedSection.Differs) ||
		slices.ContainsFunc(c.Preamble, differs) || slices.ContainsFunc(c.Closing, differs)
}

// Compare sets an edition beside the one before it. Sections and points are the same where their keys are: what was put
// better is changed, not removed and added. Number and day, which each edition has of its own, aren't compared.
func Compare(before, after Plan) Comparison {
	c := Comparison{
		Preamble: comparedTexts(before.Preamble, after.Preamble), Closing: comparedTexts(before.Closing, after.Closing),
		Bases: !reflect.DeepEqual(citedNumbers(before.Bases), citedNumbers(after.Bases)),
		Sign:  before.Signatory != after.Signatory,
		Head: [5]string{before.Superior, before.Authority, before.Symbol, before.Place, before.Type} !=
			[5]string{after.Superior, after.Authority, after.Symbol, after.Place, after.Type},
	}
	if before.Abstract != after.Abstract {
		c.Abstract = before.Abstract
	}
	if !reflect.DeepEqual(before.Recipients, after.Recipients) {
		c.Recipients = append([]string{}, before.Recipients.Items...)
	}
	timed := !reflect.DeepEqual(before.When, after.When)
	var keysBefore, keysAfter []int
	for s := range before.All() {
		if _, still := after.Section(s.Key); still {
			keysBefore = append(keysBefore, s.Key)
		}
	}
	for s, depth := range after.All() {
		was, ok := before.Section(s.Key)
		next := ComparedSection{Section: s, Depth: depth}
		if ok {
			keysAfter = append(keysAfter, s.Key)
			next.Paragraphs, next.Reordered = comparedSection(was, s, depth)
			next.Data = s.Kind != was.Kind || !reflect.DeepEqual(s.To, was.To) || otherRules(was, s) ||
				timed && s.Kind == KindWhen
		} else {
			next.Difference = Added
			for _, p := range s.Own(depth) {
				next.Paragraphs = append(next.Paragraphs, Compared{Paragraph: p, Difference: Added})
			}
		}
		c.Sections = append(c.Sections, next)
	}
	c.Order = !slices.Equal(keysBefore, keysAfter)
	c.putBack(before, after)
	return c
}

// putBack adds the sections that are gone, each behind the one that stood before it.
func (c *Comparison) putBack(before, after Plan) {
	at := 0
	for s, depth := range before.All() {
		if _, still := after.Section(s.Key); still {
			at = 1 + slices.IndexFunc(c.Sections, func(o ComparedSection) bool { return o.Key == s.Key })
			continue
		}
		gone := ComparedSection{Section: s, Depth: depth, Difference: Removed}
		for _, p := range s.Own(depth) {
			gone.Paragraphs = append(gone.Paragraphs, removed(p))
		}
		c.Sections = slices.Insert(c.Sections, at, gone)
		at++
	}
}

func removed(p Paragraph) Compared {
	old := p.Text
	p.Text = ""
	return Compared{p, Removed, old}
}

// comparedSection compares the heading and points of a section that both editions have.
func comparedSection(was, is Section, depth int) (list []Compared, reordered bool) {
	before, after := was.Own(depth), is.Own(depth)
	find := func(list []Paragraph, p Paragraph) int {
		return slices.IndexFunc(list, func(o Paragraph) bool { return o.Key == p.Key })
	}
	var orderBefore, orderAfter []int
	for _, p := range after {
		next := Compared{Paragraph: p, Difference: Added}
		if i := find(before, p); i >= 0 {
			orderAfter = append(orderAfter, p.Key)
			next.Difference = Same
			if before[i].Text != p.Text || before[i].Part != p.Part {
				next.Difference, next.Old = Changed, before[i].Text
			}
		}
		list = append(list, next)
	}
	at := 0
	for _, p := range before {
		if find(after, p) >= 0 {
			orderBefore = append(orderBefore, p.Key)
			at = 1 + slices.IndexFunc(list, func(o Compared) bool { return o.Key == p.Key })
			continue
		}
		list = slices.Insert(list, at, removed(p))
		at++
	}
	return list, !slices.Equal(orderBefore, orderAfter)
}

// otherRules reports whether a point that both have is to be done at another time.
func otherRules(was, is Section) bool {
	for _, p := range is.Points {
		i := slices.IndexFunc(was.Points, func(o Point) bool { return o.Key == p.Key })
		if i >= 0 && was.Points[i].Task != p.Task {
			return true
		}
	}
	return false
}

// comparedTexts compares paragraphs without keys: what stands in both is the same, and what stands in the same place
// between two of them was changed.
func comparedTexts(before, after []string) (list []Compared) {
	body := func(s string) Paragraph { return Paragraph{Part: PartBody, Text: s} }
	from := 0
	for _, s := range after {
		if i := slices.Index(before[from:], s); i >= 0 {
			for _, gone := range before[from : from+i] {
				list = append(list, removed(body(gone)))
			}
			from += i + 1
			list = append(list, Compared{Paragraph: body(s)})
			continue
		}
		if from < len(before) && !slices.Contains(after, before[from]) {
			list = append(list, Compared{body(s), Changed, before[from]})
			from++
			continue
		}
		list = append(list, Compared{Paragraph: body(s), Difference: Added})
	}
	for _, gone := range before[from:] {
		list = append(list, removed(body(gone)))
	}
	return list
}

func citedNumbers(bases []Basis) (numbers []string) {
	for _, b := range bases {
		numbers = append(numbers, fmt.Sprint(b.Kind, " ", b.Number))
	}
	slices.Sort(numbers)
	return numbers
}

// NumberOf names a section as offices do, by the marks of those around it: "II.1"; where it has none, by its title.
func (p Plan) NumberOf(key int) string {
	marks, ok := placeOf(p.Sections, key)
	if !ok {
		return ""
	}
	return marks
}

func placeOf(sections []Section, key int) (string, bool) {
	for _, s := range sections {
		mark := strings.Trim(s.Mark, ".):/- ")
		if s.Key == key {
			if mark == "" {
				mark = strings.TrimRight(s.Title, ": ")
			}
			return mark, true
		}
		if within, ok := placeOf(s.Parts, key); ok {
			if mark == "" || strings.Contains(within, " ") {
				return within, true
			}
			return strings.TrimSuffix(mark+"."+within, "."), true
		}
	}
	return "", false
}
