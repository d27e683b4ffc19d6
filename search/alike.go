package search

import (
	"cmp"
	"math"
	"slices"

	"doithoai/text"
)

// Like is a document that says much of what a text says.
type Like struct {
	Key string
	// Likeness is 1 where both have the same words, 0 where they have none in common.
	Likeness float64
}

// LeastAlike is from which likeness on two texts may be of the same matter: somebody looks at them then.
const LeastAlike = 0.3

// stopPart is what is left of the weight of a way of asking, where texts are compared.
const stopPart = 0.1

// feature is a word, by its term, or two neighbours. Words that the index has not are numbered below noTerm.
type feature [2]int32

const noTerm int32 = -1

// bag are the features of a text with what each tells.
type bag struct {
	weight map[feature]float64
	size   float64 // the root of the sum of their squares
}

// reader gives the words of texts their terms: those that the index has not the same ones in each text.
type reader struct {
	x       *Index
	unknown map[string]int32
}

func (r reader) term(folded string) int32 {
	if t, ok := r.x.words[folded]; ok {
		return t
	}
	t, ok := r.unknown[folded]
	if !ok {
		t = noTerm - 1 - int32(len(r.unknown))
		r.unknown[folded] = t
	}
	return t
}

// bag reads a text.
func (r reader) bag(s string) bag {
	b := bag{weight: map[feature]float64{}}
	last, lastStops := noTerm, false
	for w := range text.Words(s) {
		t, stops := r.term(w.Folded), stopsPlain[w.Folded]
		if w.First {
			last = noTerm
		}
		r.x.put(&b, last, t, lastStops, stops)
		last, lastStops = t, stops
	}
	b.measure()
	return b
}

// bagOf reads what was said in a document that the index holds.
func (x *Index) bagOf(h held) bag {
	b := bag{weight: map[feature]float64{}}
	last, lastStops, place := noTerm, false, int32(0)
	for _, w := range h.words {
		if w.part != questionPart {
			continue
		}
		t := x.spelt[w.form].term
		stops := stopsPlain[x.terms[t].folded]
		if w.place != place+1 {
			last = noTerm
		}
		x.put(&b, last, t, lastStops, stops)
		last, lastStops, place = t, stops, w.place
	}
	b.measure()
	return b
}

// questionPart is the part of a document in which stands what was said.
const questionPart = 1

// put adds a word to a bag, and with the word before it a pair, unless both are ways of asking.
func (x *Index) put(b *bag, last, t int32, lastStops, stops bool) {
	docs, part := 0, 1.0
	if t > noTerm {
		docs = len(x.terms[t].docs)
	}
	if stops {
		part = stopPart
	}
	b.weight[feature{t, noTerm}] = x.idf(docs) * part
	if last != noTerm && !(lastStops && stops) {
		if lastStops {
			part = stopPart
		}
		b.weight[feature{last, t}] = x.idf(int(x.pairs[[2]int32{last, t}])) * part
	}
}

func (b *bag) measure() {
	for _, w := range b.weight {
		b.size += w * w
	}
	b.size = math.Sqrt(b.size)
}

// like is the cosine of the angle between two bags.
func (b bag) like(c bag) float64 {
	if b.size == 0 || c.size == 0 {
		return 0
	}
	common := 0.0
	for f, w := range b.weight {
		common += w * c.weight[f]
	}
	return min(common/(b.size*c.size), 1)
}

// Likeness says how alike two texts are by the words that they have in common, side by side and alone, and by how much
// each tells among the documents of the index. Marks, capitals and order of sentences count for nothing.
func (x *Index) Likeness(s, t string) float64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	r := reader{x, map[string]int32{}}
	return r.bag(s).like(r.bag(t))
}

// Alike finds the documents, of those that keep takes, in which most of what s says is said: of a likeness of least and
// more, the likest first, limit at most. It looks word by word at maxScored documents, those that have most of the
// words.
func (x *Index) Alike(s string, keep func(Scope) bool, least float64, limit int) (found []Like) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	said := reader{x, map[string]int32{}}.bag(s)
	rough := make([]float64, len(x.docs))
	for f, w := range said.weight {
		if f[1] == noTerm && f[0] > noTerm {
			for _, d := range x.terms[f[0]].docs {
				rough[d] += w * w
			}
		}
	}
	var some []int32
	for d, w := range rough {
		if w > 0 && keep(x.docs[d].scope) {
			some = append(some, int32(d))
		}
	}
	slices.SortFunc(some, func(l, r int32) int {
		return cmp.Or(cmp.Compare(rough[r], rough[l]), cmp.Compare(x.docs[r].id, x.docs[l].id))
	})
	for _, d := range some[:min(len(some), maxScored)] {
		if l := said.like(x.bagOf(x.docs[d])); l >= least {
			found = append(found, Like{x.docs[d].key, l})
		}
	}
	slices.SortStableFunc(found, func(l, r Like) int { return cmp.Compare(r.Likeness, l.Likeness) })
	return found[:min(len(found), limit)]
}
