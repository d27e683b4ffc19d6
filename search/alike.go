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

const (
	// maxCompared bounds how many documents are compared word by word.
	maxCompared = 120
	// leastShare is the share of what the words of a text tell that a document must have to be looked at: with less, no
	// likeness of LeastAlike comes out, which is at most the root of the share.
	leastShare = 0.06
)

// stopPart is what is left of the weight of a way of asking, where texts are compared.
const stopPart = 0.1

// feature is a word, by its term, or two neighbours: the terms of both, the first one above. Words that the index has
// not are numbered below noTerm.
type feature uint64

const noTerm int32 = -1

func wordFeature(t int32) feature { return pairFeature(t, noTerm) }

func pairFeature(s, t int32) feature { return feature(uint32(s))<<32 | feature(uint32(t)) }

// terms are those of a feature; the second is noTerm for a word.
func (f feature) terms() (s, t int32) { return int32(uint32(f >> 32)), int32(uint32(f)) }

// bag are the features of a text, in order and each once, with what each tells.
type bag struct {
	features []feature
	weights  []float64
	size     float64 // the root of the sum of their squares
}

// comparer compares texts by the words of an index. It gives words that the index has not the same term in each text.
type comparer struct {
	x       *Index
	unknown map[string]int32
	stops   map[int32]bool // of the terms that were met
}

func (x *Index) comparer() comparer { return comparer{x, map[string]int32{}, map[int32]bool{}} }

func (c comparer) term(folded string) int32 {
	t, ok := c.x.words[folded]
	if !ok {
		if t, ok = c.unknown[folded]; !ok {
			t = noTerm - 1 - int32(len(c.unknown))
			c.unknown[folded] = t
		}
	}
	if _, met := c.stops[t]; !met {
		c.stops[t] = stopsPlain[folded]
	}
	return t
}

// read makes the bag of a text.
func (c comparer) read(s string) (b bag) {
	last := noTerm
	for w := range text.Words(s) {
		if w.First {
			last = noTerm
		}
		t := c.term(w.Folded)
		c.put(&b, last, t)
		last = t
	}
	c.weigh(&b)
	return b
}

// readHeld makes the bag of what was said in a document that the index holds, in the place of what b held.
func (c comparer) readHeld(b *bag, h held) {
	b.features, b.weights, b.size = b.features[:0], b.weights[:0], 0
	last, place := noTerm, int32(0)
	for _, w := range h.words {
		if w.part != questionPart {
			continue
		}
		if w.place != place+1 {
			last = noTerm
		}
		t := c.x.spelt[w.form].term
		if _, met := c.stops[t]; !met {
			c.stops[t] = stopsPlain[c.x.terms[t].folded]
		}
		c.put(b, last, t)
		last, place = t, w.place
	}
	c.weigh(b)
}

// questionPart is the part of a document in which stands what was said.
const questionPart = 1

// put adds a word to a bag, and with the word before it a pair, unless both are ways of asking.
func (c comparer) put(b *bag, last, t int32) {
	b.features = append(b.features, wordFeature(t))
	if last != noTerm && !(c.stops[last] && c.stops[t]) {
		b.features = append(b.features, pairFeature(last, t))
	}
}

// weigh puts the features of a bag in order and says what each tells.
func (c comparer) weigh(b *bag) {
	slices.Sort(b.features)
	b.features = slices.Compact(b.features)
	for _, f := range b.features {
		w := c.weight(f)
		b.weights = append(b.weights, w)
		b.size += w * w
	}
	b.size = math.Sqrt(b.size)
}

func (c comparer) weight(f feature) float64 {
	s, t := f.terms()
	docs, stops := 0, c.stops[s]
	switch {
	case t != noTerm:
		docs, stops = int(c.x.pairs[[2]int32{s, t}]), stops || c.stops[t]
	case s > noTerm:
		docs = len(c.x.terms[s].docs)
	}
	if stops {
		return c.x.idf(docs) * stopPart
	}
	return c.x.idf(docs)
}

// like is the cosine of the angle between two bags.
func (b bag) like(c bag) float64 {
	if b.size == 0 || c.size == 0 {
		return 0
	}
	common, j := 0.0, 0
	for i, f := range b.features {
		for j < len(c.features) && c.features[j] < f {
			j++
		}
		if j < len(c.features) && c.features[j] == f {
			common += b.weights[i] * c.weights[j]
		}
	}
	return min(common/(b.size*c.size), 1)
}

// Likeness says how alike two texts are by the words that they have in common, side by side and alone, and by how much
// each tells among the documents of the index. Marks, capitals and order of sentences count for nothing.
func (x *Index) Likeness(s, t string) float64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.comparer()
	return c.read(s).like(c.read(t))
}

// Alike finds the documents, of those that keep takes, in which most of what s says is said: of a likeness of least and
// more, the likest first, limit at most. It looks word by word at maxCompared documents, those that have most of the
// words.
func (x *Index) Alike(s string, keep func(Scope) bool, least float64, limit int) (found []Like) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.comparer()
	said := c.read(s)
	rough, whole := make([]float64, len(x.docs)), 0.0
	for i, f := range said.features {
		first, second := f.terms()
		if second != noTerm || c.stops[first] {
			continue
		}
		told := said.weights[i] * said.weights[i]
		whole += told
		if first > noTerm {
			for _, d := range x.terms[first].docs {
				rough[d] += told
			}
		}
	}
	var some []int32
	for d, w := range rough {
		if w > leastShare*whole && keep(x.docs[d].scope) {
			some = append(some, int32(d))
		}
	}
	slices.SortFunc(some, func(l, r int32) int {
		return cmp.Or(cmp.Compare(rough[r], rough[l]), cmp.Compare(x.docs[r].id, x.docs[l].id))
	})
	var b bag
	for _, d := range some[:min(len(some), maxCompared)] {
		c.readHeld(&b, x.docs[d])
		if l := said.like(b); l >= least {
			found = append(found, Like{x.docs[d].key, l})
		}
	}
	slices.SortStableFunc(found, func(l, r Like) int { return cmp.Compare(r.Likeness, l.Likeness) })
	return found[:min(len(found), limit)]
}
