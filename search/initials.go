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
	maxChains    = 6
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
	if len(at) == 0 {
		return
	}
	links := map[[2]byte][][2]int32{} // pairs of words by their first letters
	for _, i := range at {
		w := a.slots[i].folded
		for n := 1; n < len(w); n++ {
			links[[2]byte{w[n-1], w[n]}] = nil
		}
	}
	for pair := range a.index.pairs {
		l, r := a.index.terms[pair[0]].folded, a.index.terms[pair[1]].folded
		if all, wanted := links[[2]byte{l[0], r[0]}]; wanted && !stopsPlain[l] && !stopsPlain[r] && len(l) > 1 && len(r) > 1 {
			links[[2]byte{l[0], r[0]}] = append(all, pair)
		}
	}
	for _, i := range at {
		a.chains(i, links)
	}
}

// chain is a phrase of which each two neighbours are neighbours in the index, in so many documents at least.
type chain struct {
	terms []int32
	docs  int
	text  string
}

// chains lets the phrases of the index that begin with the letters of the word i stand for it: those that stand beside
// its neighbours before others, then those that many documents have.
func (a *Query) chains(i int, links map[[2]byte][][2]int32) {
	x, w := a.index, a.slots[i].folded
	var all []chain
	for _, p := range links[[2]byte{w[0], w[1]}] {
		all = append(all, chain{terms: p[:], docs: int(x.pairs[p])})
	}
	for n := 2; n < len(w); n++ {
		var longer []chain
		for _, c := range all {
			for _, p := range links[[2]byte{w[n-1], w[n]}] {
				if p[0] == c.terms[n-1] {
					longer = append(longer, chain{append(slices.Clone(c.terms), p[1]), min(c.docs, int(x.pairs[p])), ""})
				}
			}
		}
		all = longer
	}
	for j := range all {
		c := &all[j]
		var words []string
		for _, t := range c.terms {
			words = append(words, x.terms[t].folded)
		}
		c.text = strings.Join(words, " ")
		if i > 0 && x.countPair(a.slots[i-1].folded, words[0]) > 0 {
			c.docs += len(x.docs)
		}
		if i+1 < len(a.slots) && x.countPair(words[len(words)-1], a.slots[i+1].folded) > 0 {
			c.docs += len(x.docs)
		}
	}
	slices.SortFunc(all, func(l, r chain) int {
		return cmp.Or(cmp.Compare(r.docs, l.docs), strings.Compare(l.text, r.text))
	})
	sure := initialsSure
	if a.slots[i].known || slices.ContainsFunc(a.spans, func(s span) bool { return s.from <= i && i < s.to }) {
		sure *= 0.6 // it is known as something else
	}
	if len(w) > 2 {
		sure += 0.2
	}
	for j, c := range all[:min(len(all), maxChains)] {
		fit := sure
		if c.docs <= len(x.docs) {
			fit *= 1 - 0.1*float64(j)
		}
		a.stand(i, i+1, phraseOf(c.text), fit, spelling)
	}
}
