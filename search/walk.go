package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// A Walk says what tokens a text must have to be looked at more closely: of each list, one.
type Walk [][]string

// AsksLess reports whether what a walk asks for is a part of what another one asks for: where it finds nothing, the
// other one finds nothing.
func (w Walk) AsksLess(than Walk) bool { return w.partOf(than) && !than.partOf(w) }

// partOf reports whether every text with what v asks for has what w asks for.
func (w Walk) partOf(v Walk) bool {
	return !slices.ContainsFunc(w, func(some []string) bool {
		return !slices.ContainsFunc(v, func(of []string) bool {
			return !slices.ContainsFunc(of, func(token string) bool { return !told(token, some) })
		})
	})
}

// told reports whether a text with a token has one of some: the same, or one of the two words in it.
func told(token string, some []string) bool {
	l, r, _ := strings.Cut(token, "_")
	return slices.ContainsFunc(some, func(t string) bool { return t == token || t == l || t == r })
}

const (
	// rareShare is the share of documents with the rarest of what a walk asks for above which the newest documents hold
	// enough of them: no walk is made. It bounds what an engine goes through.
	rareShare = 0.02
	// maxShare is the same of all that a walk asks for together. It bounds what an engine finds.
	maxShare = 0.005
	// maxElements and maxTokens bound what one walk asks for.
	maxElements = 4
	maxTokens   = 6
)

// element is what a walk may ask for: one of some tokens.
type element struct {
	tokens []string
	docs   []uint64 // of the index that have one, a bit each
	n      int
}

// Walks are the ways to find documents that the index does not hold, the strictest first: those which hold the words
// of the query side by side, all of them, the rarest of them; each of them, or what stands for it. None goes through
// more than a small share of all documents, which the index knows from those it holds.
func (a *Query) Walks() []Walk {
	a.index.mu.RLock()
	defer a.index.mu.RUnlock()
	var words, beside []element
	for i := range a.slots {
		if a.slots[i].stop < 1 && a.solid() {
			continue
		}
		if i > 0 && a.slots[i-1].stop == 1 {
			beside = append(beside, a.element(a.slots[i-1].folded+"_"+a.slots[i].folded, func(s *span) bool {
				return s.from <= i-1 && i < s.to
			}))
		}
		words = append(words, a.element(a.slots[i].folded, func(s *span) bool { return s.from <= i && i < s.to }))
	}
	rarest := func(l, r element) int { return cmp.Or(cmp.Compare(l.n, r.n), cmp.Compare(l.tokens[0], r.tokens[0])) }
	slices.SortFunc(words, rarest)
	slices.SortFunc(beside, rarest)
	mixed := slices.Concat(words, beside)
	slices.SortFunc(mixed, rarest)
	var walks []Walk
	add := func(all []element, n int) {
		if n > len(all) || n == 0 || !a.bounded(all[:n]) {
			return
		}
		var w Walk
		for _, e := range all[:n] {
			w = append(w, e.tokens)
		}
		if !slices.ContainsFunc(walks, func(have Walk) bool { return slices.EqualFunc(have, w, slices.Equal) }) {
			walks = append(walks, w)
		}
	}
	add(beside, min(len(beside), maxElements))
	add(words, min(len(words), maxElements))
	add(mixed, min(len(mixed), 3))
	add(mixed, 2)
	add(beside, 1)
	add(words, 1)
	if len(words) > 1 {
		add(words[1:], 1)
	}
	return walks
}

// element is a token of the query with those that may stand for it.
func (a *Query) element(token string, covers func(*span) bool) element {
	e := element{docs: make([]uint64, (len(a.index.docs)+63)/64)}
	add := func(t string) {
		if len(e.tokens) < maxTokens && !slices.Contains(e.tokens, t) {
			e.tokens = append(e.tokens, t)
		}
	}
	add(token)
	a.mark(e.docs, strings.Split(token, "_"))
	var spans []*span
	for k := range a.spans {
		if s := &a.spans[k]; covers(s) {
			spans = append(spans, s)
		}
	}
	slices.SortStableFunc(spans, func(l, r *span) int { return cmp.Compare(r.weight, l.weight) })
	for _, s := range spans[:min(len(spans), maxTokens-1)] {
		t := a.rarest(s.words)
		add(t)
		a.mark(e.docs, strings.Split(t, "_"))
	}
	for _, w := range e.docs {
		e.n += bits.OnesCount64(w)
	}
	return e
}

// rarest is the token of a phrase that the fewest documents have.
func (a *Query) rarest(words []word) string {
	if len(words) == 1 {
		return words[0].folded
	}
	best, least := "", 0
	for i := 1; i < len(words); i++ {
		if n := a.index.countPair(words[i-1].folded, words[i].folded); best == "" || n < least {
			best, least = words[i-1].folded+"_"+words[i].folded, n
		}
	}
	return best
}

// mark sets the bits of the documents of the index that have all words.
func (a *Query) mark(docs []uint64, words []string) {
	have := make([]uint64, len(docs))
	for n, w := range words {
		t, ok := a.index.words[w]
		if !ok {
			return
		}
		with := make([]uint64, len(docs))
		for _, d := range a.index.terms[t].docs {
			with[d/64] |= 1 << (d % 64)
		}
		for i := range have {
			if n == 0 {
				have[i] = with[i]
			} else {
				have[i] &= with[i]
			}
		}
	}
	for i := range docs {
		docs[i] |= have[i]
	}
}

// bounded reports whether a walk over elements goes through few enough documents and finds few enough.
func (a *Query) bounded(all []element) bool {
	n := float64(max(len(a.index.docs), 1))
	together := slices.Clone(all[0].docs)
	least := all[0].n
	for _, e := range all[1:] {
		least = min(least, e.n)
		for i := range together {
			together[i] &= e.docs[i]
		}
	}
	found := 0
	for _, w := range together {
		found += bits.OnesCount64(w)
	}
	return float64(least) <= rareShare*n && float64(found) <= maxShare*n
}
