package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"doithoai/text"
)

// weights of the parts of a document: title, question, answer, about.
var weights = [4]float64{2.2, 1.3, 1, 0.9}

const (
	saturation = 0.9
	// least is the part of the best one's score below which a document answers something else.
	least = 0.3
	// maxScored bounds how many documents of the index are looked at word by word.
	maxScored = 250
	nearby    = 5 // words
)

// hit is a word of the query in a document.
type hit struct {
	place int32
	term  int16
	part  uint8
	key   string
	shown string // as it is written, in small letters
}

// A Hit is a document that was found.
type Hit struct {
	ID    int64
	Key   string
	Score float64
	// Marks are the words and phrases by which it was found.
	Marks []string
	// Part is a document that has only some of the words, apart from each other, or only words that are written alike but
	// for their marks: it hardly answers what was asked.
	Part  bool
	slots uint64    // bit i: the word i of the query is in it, or what stands for it
	read  []Reading // of words of the query, the last one first
}

// match judges a document, h, by its words that are in the query.
func (a *Query) match(h Hit, size int, hits []hit) (Hit, bool) {
	n := len(a.slots)
	long := a.index.long(size)
	own := make([]float64, n)
	beside := make([]float64, n)
	if len(a.where) < len(a.names) {
		a.where = make([][]hit, len(a.names))
	}
	where := a.where
	for i := range where {
		where[i] = where[i][:0]
	}
	for _, h := range hits {
		where[h.term] = append(where[h.term], h)
	}
	for i := range a.slots {
		s := &a.slots[i]
		own[i] = s.weight * full(a.freq(s.word, where[s.term], !a.plain), long)
		if i > 0 && own[i] > 0 && own[i-1] > 0 {
			beside[i] = s.pair * full(a.neighbours(&a.slots[i-1], s, where), long)
		}
	}
	alt := make([]float64, len(a.spans))
	for k := range a.spans {
		s := &a.spans[k]
		alt[k] = s.weight * full(a.phraseFreq(s, where), long)
	}
	// the best way to cover the query: each word by itself, or by what stands for it
	best := make([]float64, n+1)
	by := make([]int, n+1) // span, or -1
	for j := 1; j <= n; j++ {
		best[j], by[j] = best[j-1]+own[j-1]+beside[j-1], -1
		for _, k := range a.ending[j] {
			if v := best[a.spans[k].from] + alt[k]; alt[k] > 0 && v > best[j] {
				best[j], by[j] = v, k
			}
		}
	}
	have, all := 0.0, 0.0
	paired := make([]bool, n)
	single := make([]bool, n)
	for j := n; j > 0; {
		if k := by[j]; k >= 0 {
			s := &a.spans[k]
			for i := s.from; i < s.to; i++ {
				h.slots |= 1 << i
				have += a.slots[i].weight
			}
			h.Marks = append(h.Marks, s.text)
			if s.kind != same {
				h.read = append(h.read, Reading{s.said, a.written(s, where)})
			}
			j = s.from
			continue
		}
		if own[j-1] > 0 {
			h.slots |= 1 << (j - 1)
			have += a.slots[j-1].weight
			single[j-1] = true
			if beside[j-1] > 0 && by[j-1] < 0 {
				paired[j-1], paired[j-2] = true, true
				h.Marks = append(h.Marks, a.slots[j-2].shown+" "+a.slots[j-1].shown)
			}
		}
		j--
	}
	solid := false
	for i := range a.slots {
		all += a.slots[i].weight
		if single[i] && !paired[i] && a.slots[i].stop == 1 {
			h.Marks = append(h.Marks, a.slots[i].shown)
		}
		if h.slots&(1<<i) != 0 && a.slots[i].stop == 1 {
			solid = true
		}
	}
	if best[n] == 0 || all == 0 || !solid && a.solid() {
		return h, false
	}
	h.Score = best[n] * (0.55 + 0.45*have/all)
	h.Part = a.fit(alt, where) <= enough
	return h, !h.Part || a.solid() // some ways of asking are no part of anything
}

// solid reports whether the query has a word that is more than a way of asking.
func (a *Query) solid() bool {
	return slices.ContainsFunc(a.slots, func(s slot) bool { return s.stop == 1 })
}

// full is how much of its weight a word is worth that comes so often in a document so long.
func full(freq, long float64) float64 {
	return freq * (1 + saturation) / (freq + saturation*long) * 0.62
}

// agrees says how well a word of a document is the one wanted.
func agrees(want word, have string, strict bool) float64 {
	switch {
	case want.key == have || !strict:
		return 1
	case have == want.folded: // written without marks
		return 0.8
	case !want.marked():
		return 0.7 // one word was typed without marks among others
	}
	return 0.3
}

// freq is how often a word stands in a document, by the weights of its parts.
func (a *Query) freq(w word, hits []hit, strict bool) (freq float64) {
	for _, h := range hits {
		freq += weights[h.part] * agrees(w, h.key, strict)
	}
	return freq
}

// neighbours is how often two words stand side by side, or at least near each other: 1 for once.
func (a *Query) neighbours(l, r *slot, where [][]hit) float64 {
	got := 0.0
	rs := where[r.term]
	for _, h := range where[l.term] {
		i, _ := slices.BinarySearchFunc(rs, h.place-nearby, byPlace)
		for ; i < len(rs) && rs[i].place <= h.place+nearby; i++ {
			q := agrees(l.word, h.key, !a.plain) * agrees(r.word, rs[i].key, !a.plain) * weights[h.part]
			switch d := rs[i].place - h.place; {
			case d == 1:
				got = max(got, q)
			case d != 0:
				got = max(got, q*nearPart)
			}
		}
	}
	return got
}

// phraseFreq is how often a phrase stands in a document.
func (a *Query) phraseFreq(s *span, where [][]hit) (freq float64) {
	for _, h := range where[s.terms[0]] {
		q, _ := s.at(h, where)
		freq += q * weights[h.part]
	}
	return freq
}

// at says how well a phrase stands in a document from a word on, 0 where it does not, and how it is written there.
func (s *span) at(h hit, where [][]hit) (q float64, written string) {
	q, written = strictly(s.words[0], h.key), h.shown
	for n := 1; n < len(s.terms) && q > 0; n++ {
		rs := where[s.terms[n]]
		i, ok := slices.BinarySearchFunc(rs, h.place+int32(n), byPlace)
		if !ok {
			return 0, ""
		}
		q = min(q, strictly(s.words[n], rs[i].key))
		written += " " + rs[i].shown
	}
	return q, written
}

func byPlace(h hit, place int32) int { return cmp.Compare(h.place, place) }

// written is a phrase as the list of synonyms has it; one that was guessed by words without marks, as it is written
// where it first stands in the document.
func (a *Query) written(s *span, where [][]hit) string {
	if s.kind != spelling {
		return s.text
	}
	for _, h := range where[s.terms[0]] {
		if q, written := s.at(h, where); q > 0 {
			return written
		}
	}
	return s.text
}

// strictly says how well a word of a document is one of a phrase with marks: another word is none.
func strictly(want word, have string) float64 {
	switch {
	case want.key == have || !want.marked():
		return 1
	case have == want.folded:
		return 0.8
	}
	return 0
}

// Newest judges the documents of the index that keep takes by where they belong. whole reports whether all that have a
// word of the query were looked at: of too many, those are that promise most.
func (a *Query) Newest(keep func(Scope) bool) (found []Hit, whole bool) {
	x := a.index
	x.mu.RLock()
	defer x.mu.RUnlock()
	rough := make([]float64, len(x.docs))
	credit := func(folded string, weight float64) {
		if t, ok := x.words[folded]; ok && weight > 0 {
			for _, d := range x.terms[t].docs {
				rough[d] += weight
			}
		}
	}
	for i := range a.slots {
		credit(a.slots[i].folded, a.slots[i].weight)
	}
	for i := range a.spans {
		s := &a.spans[i]
		for _, w := range s.words {
			credit(w.folded, s.weight/float64(len(s.words)))
		}
	}
	var some []int32
	for d, w := range rough {
		if w > 0 && keep(x.docs[d].scope) {
			some = append(some, int32(d))
		}
	}
	if whole = len(some) <= maxScored; !whole {
		slices.SortFunc(some, func(l, r int32) int {
			return cmp.Or(cmp.Compare(rough[r], rough[l]), cmp.Compare(x.docs[r].id, x.docs[l].id))
		})
		some = some[:maxScored]
	}
	terms := make([]int16, len(x.terms))
	for i := range terms {
		terms[i] = -1
	}
	for folded, t := range a.terms {
		if i, ok := x.words[folded]; ok {
			terms[i] = t
		}
	}
	forms := make([]int16, len(x.spelt)) // close together: they are asked of each word of each document
	for i := range forms {
		forms[i] = terms[x.spelt[i].term]
	}
	var hits []hit
	for _, at := range some {
		d := &x.docs[at]
		hits = hits[:0]
		for _, s := range d.words {
			if t := forms[s.form]; t >= 0 {
				f := &x.spelt[s.form]
				hits = append(hits, hit{s.place, t, s.part, f.key, f.shown})
			}
		}
		if h, ok := a.match(Hit{ID: d.id, Key: d.key}, len(d.words), hits); ok {
			found = append(found, h)
		}
	}
	return found, whole
}

// Match judges a document that the index need not have.
func (a *Query) Match(d Document) (Hit, bool) {
	var hits []hit
	n := 0
	read(d, func(folded, raw string, place int32, part uint8) {
		n++
		if t, ok := a.terms[folded]; ok {
			hits = append(hits, hit{place, t, part, text.Spelt(raw), strings.ToLower(raw)})
		}
	})
	a.index.mu.RLock()
	defer a.index.mu.RUnlock()
	return a.match(Hit{ID: d.ID, Key: d.Key}, n, hits)
}

// maxPart is how many documents that have only a part of a query are worth a look.
const maxPart = 10

// Rank puts what was found in order: what answers the query, the best first, of equals the newest; after it, the best
// maxPart of those that have only a part of it ([Hit.Part]). What is better than an answer is one too. It leaves out
// what is far from the best.
func Rank(found []Hit) []Hit {
	best := math.Inf(1)
	for _, h := range found {
		if !h.Part && (math.IsInf(best, 1) || h.Score > best) {
			best = h.Score
		}
	}
	most := math.Inf(-1)
	for i := range found {
		found[i].Part = found[i].Score < best && found[i].Part
		most = max(most, found[i].Score)
	}
	n := 0 // how many are not far from the best: they are put first
	for i := range found {
		if found[i].Score >= least*most {
			found[n], found[i] = found[i], found[n]
			n++
		}
	}
	found = found[:n]
	part := func(h Hit) int {
		if h.Part {
			return 1
		}
		return 0
	}
	slices.SortFunc(found, func(l, r Hit) int {
		return cmp.Or(cmp.Compare(part(l), part(r)), cmp.Compare(r.Score, l.Score), cmp.Compare(r.ID, l.ID))
	})
	return found[:min(n, Answers(found)+maxPart)]
}

// Answers is how many of what was found, in its order, answer the query.
func Answers(ranked []Hit) int {
	if i := slices.IndexFunc(ranked, func(h Hit) bool { return h.Part }); i >= 0 {
		return i
	}
	return len(ranked)
}
