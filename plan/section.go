package plan

import (
	"iter"
	"slices"
	"strings"
)

// All walks the sections in the order of the paper, each before its parts, with how deep it stands: 0 at the top.
func (p Plan) All() iter.Seq2[Section, int] {
	return func(yield func(Section, int) bool) { walk(p.Sections, 0, yield) }
}

func walk(sections []Section, depth int, yield func(Section, int) bool) bool {
	for _, s := range sections {
		if !yield(s, depth) || !walk(s.Parts, depth+1, yield) {
			return false
		}
	}
	return true
}

// Of are the sections of a kind, in the order of the paper.
func (p Plan) Of(kind SectionKind) (list []Section) {
	for s := range p.All() {
		if s.Kind == kind {
			list = append(list, s)
		}
	}
	return list
}

// Texts are the points of all sections of a kind.
func (p Plan) Texts(kind SectionKind) (texts []string) {
	for _, s := range p.Of(kind) {
		for _, point := range s.Points {
			texts = append(texts, point.Text)
		}
	}
	return texts
}

// Section finds a section by its key.
func (p Plan) Section(key int) (Section, bool) {
	for s := range p.All() {
		if s.Key == key {
			return s, true
		}
	}
	return Section{}, false
}

// Point finds a point by its key, with its section.
func (p Plan) Point(key int) (Point, Section, bool) {
	for s := range p.All() {
		for _, point := range s.Points {
			if point.Key == key {
				return point, s, true
			}
		}
	}
	return Point{}, Section{}, false
}

// change returns the plan with the section of a key replaced by what f makes of it: one, none, or more.
func (p Plan) change(key int, f func(Section) []Section) Plan {
	p.Sections = changed(p.Sections, key, f)
	return p
}

func changed(sections []Section, key int, f func(Section) []Section) []Section {
	list := make([]Section, 0, len(sections))
	for _, s := range sections {
		if s.Key == key {
			list = append(list, f(s)...)
			continue
		}
		s.Parts = changed(s.Parts, key, f)
		list = append(list, s)
	}
	return list
}

// With returns the plan with a section in the place of the one of its key; its points and parts get keys where they
// have none. Unknown keys change nothing.
func (p Plan) With(s Section) Plan {
	return p.change(s.Key, func(Section) []Section { return []Section{s} }).Keyed()
}

// Without returns the plan without the section of a key.
func (p Plan) Without(key int) Plan {
	return p.change(key, func(Section) []Section { return nil })
}

// After returns the plan with a new section behind the one of a key; 0: at the end.
func (p Plan) After(key int, s Section) Plan {
	s.Key = 0
	if key == 0 {
		p.Sections = append(slices.Clone(p.Sections), s)
		return p.Keyed()
	}
	return p.change(key, func(before Section) []Section { return []Section{before, s} }).Keyed()
}

// Keyed returns the plan with a key for each section and point that has none, never one that was given before.
func (p Plan) Keyed() Plan {
	p.Sections = p.keyed(p.Sections)
	return p
}

func (p *Plan) keyed(sections []Section) []Section {
	list := slices.Clone(sections)
	give := func(key *int) {
		if *key == 0 {
			p.LastKey++
			*key = p.LastKey
		}
	}
	for i := range list {
		s := &list[i]
		give(&s.Key)
		s.Points = slices.Clone(s.Points)
		for j := range s.Points {
			give(&s.Points[j].Key)
		}
		s.Parts = p.keyed(s.Parts)
	}
	return list
}

// Rewritten returns the section with its points as they were typed, one a line, those after a dash marked so. A line
// that stood there before keeps its key and its rule; of the others, each takes those of the point in whose place it
// stands, so that a task stays with the sentence that was only put better. Lines without text are left out.
func (s Section) Rewritten(typed string) Section {
	var points []Point
	for _, line := range strings.Split(typed, "\n") {
		if p, ok := typedPoint(line); ok {
			points = append(points, p)
		}
	}
	left := slices.Clone(s.Points)
	take := func(to *Point, i int) {
		to.Key, to.Task = left[i].Key, left[i].Task
		left[i].Key = 0
	}
	for i := range points {
		if j := slices.IndexFunc(left, func(o Point) bool { return o.Key != 0 && o.Text == points[i].Text }); j >= 0 {
			take(&points[i], j)
		}
	}
	// What is left over on both sides between the same neighbours was put better.
	at := 0
	for i := range points {
		if points[i].Key != 0 {
			at = 1 + slices.IndexFunc(s.Points, func(o Point) bool { return o.Key == points[i].Key })
			continue
		}
		if at < len(left) && left[at].Key != 0 {
			take(&points[i], at)
			at++
		}
	}
	s.Points = points
	return s
}

// typedPoint reads a line as a point; one that begins with a dash of any kind is an item.
func typedPoint(line string) (Point, bool) {
	line = strings.TrimSpace(line)
	rest := strings.TrimLeft(line, "-–—•+* ")
	if rest == "" {
		return Point{}, false
	}
	return Point{Text: strings.TrimSpace(rest), Dash: rest != line}, true
}

// Typed are the section's points as [Section.Rewritten] reads them.
func (s Section) Typed() string {
	lines := make([]string, len(s.Points))
	for i, p := range s.Points {
		if lines[i] = p.Text; p.Dash {
			lines[i] = "- " + p.Text
		}
	}
	return strings.Join(lines, "\n")
}

// Moved returns the plan with a section that many places further among those beside it, or back; at the ends it stays.
func (p Plan) Moved(key, by int) Plan {
	p.Sections = moved(p.Sections, key, by)
	return p
}

func moved(sections []Section, key, by int) []Section {
	list := slices.Clone(sections)
	i := slices.IndexFunc(list, func(s Section) bool { return s.Key == key })
	if i < 0 {
		for j := range list {
			list[j].Parts = moved(list[j].Parts, key, by)
		}
		return list
	}
	s, to := list[i], min(max(i+by, 0), len(list)-1)
	return slices.Insert(slices.Delete(list, i, i+1), to, s)
}

// Within returns the plan with a new part at the end of the section of a key.
func (p Plan) Within(key int, s Section) Plan {
	s.Key = 0
	return p.change(key, func(around Section) []Section {
		around.Parts = append(slices.Clone(around.Parts), s)
		return []Section{around}
	}).Keyed()
}

// Latest finds the section that was given its key last.
func (p Plan) Latest() (found Section, ok bool) {
	for s := range p.All() {
		if s.Key > found.Key {
			found, ok = s, true
		}
	}
	return found, ok
}

// Invited are the points that say who comes, in the order of the paper: the groups of a dialogue's list.
func (p Plan) Invited() (points []Point) {
	for _, s := range p.Of(KindParticipants) {
		points = append(points, s.Points...)
	}
	return points
}
