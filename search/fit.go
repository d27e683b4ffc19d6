package search

import (
	"slices"
	"strings"
)

const (
	// enough is the share of what a query tells that a document must have to answer it.
	enough = 0.5
	// lonePart is what is left of the weight of a word that stands in a document without those beside which it was typed.
	lonePart = 0.5
	// closePart is the same of one that stands near its neighbour, not beside it.
	closePart = 0.75
)

// fit says how much of what the query tells a document has, 0 to 1, by the places of its words and what its
// spans are worth there. A word counts in full that stands beside its neighbour of the query; one for which a
// span stands, as surely as that does; else in part, and only with the marks with which it was typed.
func (a *Query) fit(spans []float64, where [][]hit) float64 {
	n := len(a.slots)
	a.bare = !a.marked(where)
	part := make([]float64, n)
	for k, worth := range spans {
		for i := a.spans[k].from; i < a.spans[k].to && worth > 0; i++ {
			part[i] = max(part[i], a.stands(&a.spans[k], where))
		}
	}
	solid := a.solid()
	counts := func(i int) bool { return a.slots[i].stop == 1 || !solid }
	for i := 1; i < n; i++ {
		if counts(i) || counts(i-1) {
			p := a.together(&a.slots[i-1], &a.slots[i], where)
			part[i-1], part[i] = max(part[i-1], p), max(part[i], p)
		}
	}
	have, all, some := 0.0, 0.0, 0
	for i := range a.slots {
		if !counts(i) {
			continue
		}
		some++
		s := &a.slots[i]
		w := s.stop * a.index.idf(a.meant(s.word))
		all += w
		if slices.ContainsFunc(where[s.term], func(h hit) bool { return a.same(s.word, h.key) }) {
			part[i] = max(part[i], lonePart)
		}
		have += w * part[i]
	}
	if some == 1 {
		have /= lonePart
	}
	return min(have/all, 1)
}

// meant is how many documents have a word with the marks with which it was typed.
func (a *Query) meant(w word) int {
	if a.plain {
		return a.index.count(w.folded)
	}
	return a.index.countForm(w.key)
}

// same reports whether a word of a document is the one that was typed, whatever its marks where none were typed, or
// none are written.
func (a *Query) same(want word, have string) bool {
	return a.plain || want.key == have || a.bare && want.folded == have
}

// marked reports whether a document has one of the query's words with marks.
func (a *Query) marked(where [][]hit) bool {
	return slices.ContainsFunc(a.slots, func(s slot) bool {
		return slices.ContainsFunc(where[s.term], func(h hit) bool { return h.key != s.folded })
	})
}

// stands says how surely a span stands in a document for words of the query. A word that was guessed does so beside a
// neighbour; alone it may be any.
func (a *Query) stands(s *span, where [][]hit) float64 {
	if s.kind != spelling || len(s.words) > 1 || s.sure >= undoneSure {
		return s.sure
	}
	is := func(i int, place int32) bool {
		if i < 0 || i >= len(a.slots) {
			return false
		}
		_, ok := slices.BinarySearchFunc(where[a.slots[i].term], place, byPlace)
		return ok
	}
	for _, h := range where[s.terms[0]] {
		if is(s.from-1, h.place-1) || is(s.to, h.place+1) {
			return s.sure
		}
	}
	return s.sure * lonePart
}

// together says how surely two words of the query belong together in a document: 1 where they stand side by side, each
// as it was typed or with a mark left out or mistaken; closePart where they stand near each other as they were typed
// and are no phrase of the list; else 0.
func (a *Query) together(l, r *slot, where [][]hit) (part float64) {
	rs := where[r.term]
	for _, h := range where[l.term] {
		i, _ := slices.BinarySearchFunc(rs, h.place-nearby, byPlace)
		for ; i < len(rs) && rs[i].place <= h.place+nearby; i++ {
			switch d := rs[i].place - h.place; {
			case d == 1 && (a.plain || alikeMarks(l.key, h.key) && alikeMarks(r.key, rs[i].key)):
				return 1
			case d != 0 && l.stop == 1 && r.stop == 1 && !(l.inside && r.inside) &&
				a.same(l.word, h.key) && a.same(r.word, rs[i].key):
				part = closePart
			}
		}
	}
	return part
}

// alikeMarks reports whether two spellings of one folded word differ by no more than a slip: marks left out, or one
// mistaken for another.
func alikeMarks(l, r string) bool {
	if l == r {
		return true
	}
	ls, rs := marksOf(l), marksOf(r)
	missing := 0
	for _, m := range ls {
		if !slices.Contains(rs, m) {
			missing++
		}
	}
	more := 0
	for _, m := range rs {
		if !slices.Contains(ls, m) {
			more++
		}
	}
	return missing == 0 || more == 0 || missing == 1 && more == 1
}

// marksOf are the marks of a word, each with what it stands on.
func marksOf(key string) (marks []string) {
	var at rune
	for _, r := range strings.ReplaceAll(key, "đ", "d\u0335") {
		if r < 0x80 {
			at = r
			continue
		}
		marks = append(marks, string(at)+string(r))
	}
	return marks
}
