package search

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// maxInitials is of how many words of a query the letters are taken for the first ones of words.
	maxInitials = 6
	// maxChains is as how many phrases one such word is read.
	maxChains = 6
	// maxBegun is how many beginnings of phrases are gone on with: every letter more multiplies them.
	maxBegun     = 100
	initialsSure = 0.6
)

// initials lets words of consonants ("dt", "hgd") stand for phrases of the index that begin with these letters.
func (a *Query) initials() {
	var at []int
	for i := range a.slots {
		w := a.slots[i].folded
		if len(w) >= 2 && len(w) <= 5 && strings.Trim(w, "bcdghklmnpqrstvx") == "" && !stops[w] && len(at) < maxInitials {
			at = append(at, i)
		}
	}
	for _, i := range at {
		a.chains(i)
	}
}

// chain is a phrase of which each two neighbours are neighbours in the index, in so many documents at least.
type chain struct {
	terms []int32
	docs  int
	text  string
}

// chains lets the phrases of the index that begin with the letters of the word i stand for it: those that stand beside
// its neighbours before others, then those that many documents have. Of each length the best are gone on with.
func (a *Query) chains(i int) {
	x, w := a.index, a.slots[i].folded
	var all []chain
	for _, p := range x.heads[[2]byte{w[0], w[1]}] {
		text := x.terms[p[0]].folded + " " + x.terms[p[1]].folded
		all = append(all, chain{terms: p[:], docs: int(x.pairs[p]), text: text})
	}
	for n := 2; n < len(w); n++ {
		all = best(all, maxBegun)
		var longer []chain
		for _, p := range x.heads[[2]byte{w[n-1], w[n]}] {
			for _, c := range all {
				if p[0] == c.terms[n-1] {
					longer = append(longer, chain{
						append(slices.Clone(c.terms), p[1]), min(c.docs, int(x.pairs[p])), c.text + " " + x.terms[p[1]].folded,
					})
				}
			}
		}
		all = longer
	}
	for j := range all {
		c := &all[j]
		first, last := x.terms[c.terms[0]].folded, x.terms[c.terms[len(c.terms)-1]].folded
		if i > 0 && x.countPair(a.slots[i-1].folded, first) > 0 {
			c.docs += len(x.docs)
		}
		if i+1 < len(a.slots) && x.countPair(last, a.slots[i+1].folded) > 0 {
			c.docs += len(x.docs)
		}
	}
	all = best(all, maxChains)
	sure := initialsSure
	if a.slots[i].known || slices.ContainsFunc(a.spans, func(s span) bool { return s.from <= i && i < s.to }) {
		sure *= 0.6 // it is known as something else
	}
	if len(w) > 2 {
		sure += 0.2
	}
	for j, c := range all {
		fit := sure
		if c.docs <= len(x.docs) {
			fit *= 1 - 0.1*float64(j)
		}
		a.stand(i, i+1, phraseOf(c.text), fit, spelling)
	}
}

// best are the first n of the chains, those that most documents have before others.
func best(all []chain, n int) []chain {
	slices.SortFunc(all, func(l, r chain) int {
		return cmp.Or(cmp.Compare(r.docs, l.docs), strings.Compare(l.text, r.text))
	})
	return all[:min(len(all), n)]
}
