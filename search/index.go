package search

import (
	"math"
	"slices"
	"strings"
	"sync"

	"doithoai/text"
)

// A Document is a text that people look for.
type Document struct {
	ID  int64  // the greater, the newer
	Key string // by which its keeper knows it
	Scope
	Title, Question, Answer string
	About                   string // the names of its field, of who answered
}

// Scope is where a document belongs, or to what a search is narrowed: where it is empty, to nothing.
type Scope struct{ Field, Dialogue, Village, Unit, Stage, TypedBy string }

// Holds reports whether what belongs to d is in the scope.
func (s Scope) Holds(d Scope) bool {
	if s == (Scope{}) {
		return true
	}
	for _, c := range [][2]string{
		{s.Field, d.Field}, {s.Dialogue, d.Dialogue}, {s.Village, d.Village}, {s.Unit, d.Unit}, {s.Stage, d.Stage},
		{s.TypedBy, d.TypedBy},
	} {
		if c[0] != "" && c[0] != c[1] {
			return false
		}
	}
	return true
}

// parts are the texts of a document, in the order in which their weights stand.
func (d Document) parts() [4]string { return [4]string{d.Title, d.Question, d.Answer, d.About} }

// An Index holds the newest documents of an authority in memory and what it knows from them of the words in use: how
// many documents have a word, a pair of neighbours. It may be used by many goroutines: mu keeps everything in it. The
// exported methods of an Index and of the queries read with it take mu and call none that does; all others find it
// taken.
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
	at    map[int64]int32 // the places of documents in docs, by their ids
	size  int             // words of all documents
}

// term is a folded word.
type term struct {
	folded string
	docs   []int32 // that have it, by their places
	mask   uint32  // of its letters
}

// form is a word as it is spelt with its marks.
type form struct {
	key   string
	shown string // as it was written first, in small letters
	term  int32
	docs  int32
}

// held is a document as the index holds it.
type held struct {
	id    int64
	key   string
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
		pairs: map[[2]int32]int32{}, heads: map[[2]byte][][2]int32{}, at: map[int64]int32{},
	}
}

// Has reports whether the index has a document.
func (x *Index) Has(id int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, has := x.at[id]
	return has
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

// Add takes documents in, each in the place of what stands under its ID. One without texts is found by nothing.
func (x *Index) Add(docs ...Document) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, d := range docs {
		at, has := x.at[d.ID]
		if has {
			x.tally(at, -1)
		} else {
			at = int32(len(x.docs))
			x.at[d.ID], x.docs = at, append(x.docs, held{})
		}
		h := held{id: d.ID, key: d.Key, scope: d.Scope}
		read(d, func(folded, raw string, place int32, part uint8) {
			h.words = append(h.words, spot{x.formOf(folded, raw), place, part})
		})
		x.docs[at] = h
		x.tally(at, 1)
	}
}

// tally takes the words of the document at a place into what is known of the words in use (by is 1), or out of it (-1).
func (x *Index) tally(at, by int32) {
	terms, forms, pairs := map[int32]bool{}, map[int32]bool{}, map[[2]int32]bool{}
	words := x.docs[at].words
	for i, w := range words {
		forms[w.form], terms[x.spelt[w.form].term] = true, true
		if i > 0 && w.place == words[i-1].place+1 {
			pairs[[2]int32{x.spelt[words[i-1].form].term, x.spelt[w.form].term}] = true
		}
	}
	x.size += int(by) * len(words)
	for f := range forms {
		x.spelt[f].docs += by
	}
	for t := range terms {
		if docs := &x.terms[t].docs; by > 0 {
			*docs = append(*docs, at)
		} else {
			*docs = slices.DeleteFunc(*docs, func(d int32) bool { return d == at })
		}
	}
	for p := range pairs {
		x.pairs[p] += by
		if x.pairs[p] == max(0, by) { // its first document came, or its last one went
			x.head(p, by > 0)
		}
	}
}

// head puts two neighbours under their first letters, or takes them away.
func (x *Index) head(p [2]int32, in bool) {
	l, r := x.terms[p[0]].folded, x.terms[p[1]].folded
	if len(l) < 2 || len(r) < 2 || stopsPlain[l] || stopsPlain[r] {
		return
	}
	letters := [2]byte{l[0], r[0]}
	if in {
		x.heads[letters] = append(x.heads[letters], p)
	} else {
		x.heads[letters] = slices.DeleteFunc(x.heads[letters], func(q [2]int32) bool { return q == p })
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
		f = x.addForm(folded, key, strings.ToLower(raw))
	}
	x.raw[strings.Clone(raw)] = f
	return f
}

func (x *Index) addForm(folded, key, shown string) int32 {
	t, ok := x.words[folded]
	if !ok {
		t = int32(len(x.terms))
		x.terms = append(x.terms, term{folded: folded, mask: letters(folded)})
		x.words[folded] = t
	}
	f := int32(len(x.spelt))
	x.spelt = append(x.spelt, form{key: key, shown: shown, term: t})
	x.forms[key] = f
	return f
}

// gap parts the places of two parts of a document.
const gap = 100

// read yields the words of a document, folded and as they are written.
func read(d Document, yield func(folded, raw string, place int32, part uint8)) {
	place := int32(0)
	for part, s := range d.parts() {
		for w := range text.Words(s) {
			if w.First {
				place++
			}
			yield(w.Folded, s[w.Start:w.End], place, uint8(part))
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
	if x.size == 0 {
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
