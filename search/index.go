package search

import (
	"math"
	"strings"
	"sync"

	"doithoai/text"
)

// A Document is a text that people look for.
type Document struct {
	ID int64 // the greater, the newer
	Scope
	Title, Question, Answer string
	About                   string // the names of its field, of who answered
}

// Scope is where a document belongs, or to what a search is narrowed: where it is empty, to nothing.
type Scope struct{ Field, Dialogue string }

func (s Scope) holds(d Scope) bool {
	return (s.Field == "" || s.Field == d.Field) && (s.Dialogue == "" || s.Dialogue == d.Dialogue)
}

// parts are the texts of a document, in the order in which their weights stand.
func (d Document) parts() [4]string { return [4]string{d.Title, d.Question, d.Answer, d.About} }

// An Index holds the newest documents of an authority in memory and what it knows from them of the words in use: how
// many documents have a word, a pair of neighbours. It may be used by many goroutines.
//
// What is older than its documents is looked for in the database ([Query.Walks]) and judged by the same words.
type Index struct {
	mu    sync.RWMutex
	words map[string]int32 // folded word → place in terms
	terms []term
	forms map[string]int32 // word with its marks → place in spelt
	raw   map[string]int32 // word as it was written → place in spelt
	spelt []form
	pairs map[[2]int32]int32 // documents with these neighbours
	// heads are the neighbours by the first letters of both, ways of asking left out.
	heads map[[2]byte][][2]int32
	docs  []held
	has   map[int64]bool
	size  int // words of all documents
}

// term is a folded word.
type term struct {
	folded string
	docs   []int32 // that have it, by their places
	mask   uint32  // of its letters
}

// form is a word as it is spelt with its marks.
type form struct {
	key  string
	term int32
	docs int32
}

// held is a document as the index holds it.
type held struct {
	id    int64
	scope Scope
	words []spot
}

// spot is a word of a document: which, and where. Places of neighbours differ by one.
type spot struct {
	form  int32
	place int32
	part  uint8
}

// NewIndex returns an index without documents.
func NewIndex() *Index {
	return &Index{
		words: map[string]int32{}, forms: map[string]int32{}, raw: map[string]int32{},
		pairs: map[[2]int32]int32{}, heads: map[[2]byte][][2]int32{}, has: map[int64]bool{},
	}
}

// Has reports whether the index has a document.
func (x *Index) Has(id int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.has[id]
}

// Greatest is the greatest id of a document in the index.
func (x *Index) Greatest() (id int64) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, d := range x.docs {
		id = max(id, d.id)
	}
	return id
}

// Len is how many documents the index has.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.docs)
}

// Add takes documents in. One that it has already is left as it is.
func (x *Index) Add(docs ...Document) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, d := range docs {
		if !x.has[d.ID] {
			x.add(d)
		}
	}
}

func (x *Index) add(d Document) {
	at := int32(len(x.docs))
	h := held{id: d.ID, scope: d.Scope}
	terms, forms, pairs := map[int32]bool{}, map[int32]bool{}, map[[2]int32]bool{}
	last := int32(-1)
	read(d, func(folded, raw string, place int32, part uint8, first bool) {
		f := x.formOf(folded, raw)
		t := x.spelt[f].term
		h.words = append(h.words, spot{f, place, part})
		if !terms[t] {
			terms[t] = true
			x.terms[t].docs = append(x.terms[t].docs, at)
		}
		if !forms[f] {
			forms[f] = true
			x.spelt[f].docs++
		}
		if !first {
			if p := [2]int32{last, t}; !pairs[p] {
				pairs[p] = true
				x.pairs[p]++
				if x.pairs[p] == 1 {
					x.head(p)
				}
			}
		}
		last = t
	})
	x.has[d.ID] = true
	x.size += len(h.words)
	x.docs = append(x.docs, h)
}

// head puts two neighbours under their first letters.
func (x *Index) head(p [2]int32) {
	l, r := x.terms[p[0]].folded, x.terms[p[1]].folded
	if len(l) > 1 && len(r) > 1 && !stopsPlain[l] && !stopsPlain[r] {
		letters := [2]byte{l[0], r[0]}
		x.heads[letters] = append(x.heads[letters], p)
	}
}

// formOf finds the place of a word as it stands in a text.
func (x *Index) formOf(folded, raw string) int32 {
	if f, ok := x.raw[raw]; ok {
		return f
	}
	key := text.Spelt(raw)
	f, ok := x.forms[key]
	if !ok {
		f = x.addForm(folded, key)
	}
	x.raw[strings.Clone(raw)] = f
	return f
}

func (x *Index) addForm(folded, key string) int32 {
	t, ok := x.words[folded]
	if !ok {
		t = int32(len(x.terms))
		x.terms = append(x.terms, term{folded: folded, mask: letters(folded)})
		x.words[folded] = t
	}
	f := int32(len(x.spelt))
	x.spelt = append(x.spelt, form{key: key, term: t})
	x.forms[key] = f
	return f
}

// gap parts the places of two parts of a document.
const gap = 100

// read yields the words of a document, folded and as they are written.
func read(d Document, yield func(folded, raw string, place int32, part uint8, first bool)) {
	place := int32(0)
	for part, s := range d.parts() {
		for w := range text.Words(s) {
			if w.First {
				place++
			}
			yield(w.Folded, s[w.Start:w.End], place, uint8(part), w.First)
			place++
		}
		place += gap
	}
}

// letters is the set of letters of a word.
func letters(s string) (mask uint32) {
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' {
			mask |= 1 << (c - 'a')
		} else {
			mask |= 1 << 26
		}
	}
	return mask
}

// idf is what a word tells that so many documents have.
func (x *Index) idf(docs int) float64 {
	n := float64(len(x.docs))
	return math.Log(1 + (n+1)/(float64(docs)+0.5))
}

// lengthPart is how much the length of a document counts: in a long one a word stands by chance.
const lengthPart = 0.6

// long is how long a document of so many words is, 1 for the mean.
func (x *Index) long(words int) float64 {
	if len(x.docs) == 0 {
		return 1
	}
	return 1 - lengthPart + lengthPart*float64(words)*float64(len(x.docs))/float64(x.size)
}

// count is how many documents have a folded word.
func (x *Index) count(folded string) int {
	if t, ok := x.words[folded]; ok {
		return len(x.terms[t].docs)
	}
	return 0
}

// countForm is how many documents have a word spelt with these marks.
func (x *Index) countForm(key string) int {
	if f, ok := x.forms[key]; ok {
		return int(x.spelt[f].docs)
	}
	return 0
}

// countPair is how many documents have two folded words as neighbours.
func (x *Index) countPair(a, b string) int {
	s, ok := x.words[a]
	t, known := x.words[b]
	if !ok || !known {
		return 0
	}
	return int(x.pairs[[2]int32{s, t}])
}
