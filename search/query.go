package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"doithoai/text"
)

const (
	// maxWords bounds the work one search may ask for: a question of a hundred words is more than anybody types.
	maxWords = 60
	// maxGuessed is of how many unknown words of a query the spelling is looked into.
	maxGuessed = 8
)

// A Query is what somebody looks for, read with an index and the words of an authority that stand for each other. It is
// for one goroutine.
type Query struct {
	index  *Index
	plain  bool // no word has marks
	slots  []slot
	spans  []span
	terms  map[string]int16 // folded words of slots and spans → their number
	names  []string
	ending [][]int // by the word before which they end, the spans
	where  [][]hit // of match: the places of each term in a document
	bare   bool    // of match: the document has the words of the query without marks alone
}

// slot is a word of the query as it was typed.
type slot struct {
	word
	shown  string // as it was typed
	term   int16
	stop   float64 // what is kept of its weight
	weight float64
	known  bool
	inside bool    // of a phrase of the list
	pair   float64 // what it is worth that the word before stands before it
}

// kind is why a span stands for words of the query.
type kind uint8

const (
	same     kind = iota // another spelling of the same
	synonym              // from the list
	spelling             // a slip undone
)

// span is what else may stand in a text for the words from:to of the query.
type span struct {
	from, to int
	phrase
	terms  []int16
	weight float64
	sure   float64 // how surely it stands for them
	kind   kind
	said   string
}

// What counts how much.
const (
	pairPart    = 0.75 // of the weight of two words, that they are neighbours
	conceptPart = 1.8  // of what a word tells, a phrase
	nearPart    = 0.25 // of that, that they are near each other
	sameSure    = 1.0
	synonymSure = 0.9
	undoneSure  = 0.95
	guessSure   = 0.8
)

// Ask reads a query.
func (x *Index) Ask(q string, synonyms *Synonyms) *Query {
	x.mu.RLock()
	defer x.mu.RUnlock()
	a := &Query{index: x, plain: true, terms: map[string]int16{}}
	for w := range text.Words(q) {
		if len(a.slots) == maxWords {
			break
		}
		shown := q[w.Start:w.End]
		s := slot{word: word{w.Folded, text.Spelt(shown)}, shown: shown}
		if s.marked() {
			a.plain = false
		}
		a.slots = append(a.slots, s)
	}
	for i := range a.slots {
		a.weigh(i)
	}
	for i := range a.slots {
		synonyms.of(a.words(i), a.plain, x, func(said phrase, _ float64, _ []phrase) {
			for j := i; len(said.words) > 1 && j < i+len(said.words); j++ {
				a.slots[j].inside = true
			}
		})
	}
	for i := range a.slots {
		a.synonyms(i, synonyms)
		a.numbers(i)
		a.joined(i)
		if t := twin(a.slots[i].folded); t != "" {
			a.stand(i, i+1, phraseOf(t), sameSure, same)
		}
	}
	a.initials()
	guessed := 0
	for i := range a.slots {
		if !a.slots[i].known && guessed < maxGuessed {
			guessed++
			a.guess(i)
		}
		a.misheard(i)
	}
	a.ending = make([][]int, len(a.slots)+1)
	for k, s := range a.spans {
		a.ending[s.to] = append(a.ending[s.to], k)
	}
	return a
}

// weigh says what the word i of the query is worth, and its being beside the one before.
func (a *Query) weigh(i int) {
	s, x := &a.slots[i], a.index
	s.term = a.term(s.folded)
	s.stop = stopWeight(s.word, a.plain)
	n := x.count(s.folded)
	s.known = n > 0
	if s.marked() && x.countForm(s.key) > 0 {
		n = x.countForm(s.key)
	}
	s.weight = s.stop * x.idf(n)
	if i > 0 {
		before := &a.slots[i-1]
		s.pair = pairPart * min(before.stop, s.stop) * x.idf(x.countPair(before.folded, s.folded))
		if before.stop < 1 || s.stop < 1 {
			s.pair = pairPart * 0.3 * x.idf(x.countPair(before.folded, s.folded)) * max(before.stop, s.stop)
		}
	}
}

func (a *Query) term(folded string) int16 {
	if t, ok := a.terms[folded]; ok {
		return t
	}
	t := int16(len(a.names))
	a.terms[folded] = t
	a.names = append(a.names, folded)
	return t
}

// worth is what a phrase tells.
func (a *Query) worth(words []word) float64 {
	sum := 0.0
	for i, w := range words {
		stop := stopWeight(w, false)
		n := a.index.count(w.folded)
		if w.marked() && a.index.countForm(w.key) > 0 {
			n = a.index.countForm(w.key)
		}
		sum += stop * a.index.idf(n)
		if i > 0 && stop == 1 {
			sum += pairPart * a.index.idf(a.index.countPair(words[i-1].folded, w.folded))
		}
	}
	if n := len(words); n > 2 {
		sum *= 2.5 / (float64(n) + 0.5)
	}
	return sum
}

// having is how many documents of the index have all words of one of some phrases.
func (a *Query) having(phrases []phrase) (n int) {
	docs := make([]uint64, (len(a.index.docs)+63)/64)
	for _, p := range phrases {
		var words []string
		for _, w := range p.words {
			words = append(words, w.folded)
		}
		a.mark(docs, words)
	}
	for _, d := range docs {
		n += bits.OnesCount64(d)
	}
	return n
}

// stand lets a phrase stand for words of the query.
func (a *Query) stand(from, to int, p phrase, sure float64, why kind) {
	a.standFor(from, to, p, sure, why, math.Inf(1))
}

// standFor is stand, with the most that the phrase may be worth.
func (a *Query) standFor(from, to int, p phrase, sure float64, why kind, most float64) {
	if len(p.words) == 0 || sure <= 0 {
		return
	}
	var said []word
	var shown []string
	for _, s := range a.slots[from:to] {
		said = append(said, s.word)
		shown = append(shown, s.shown)
	}
	for _, have := range a.spans {
		if have.from == from && have.to == to && have.text == p.text {
			return
		}
	}
	weight := sure * min(a.worth(p.words), most)
	if own := a.worth(said); own > 0 {
		weight = min(weight, 1.6*own)
	}
	s := span{from: from, to: to, phrase: p, weight: weight, sure: sure, kind: why, said: strings.Join(shown, " ")}
	for _, w := range p.words {
		s.terms = append(s.terms, a.term(w.folded))
	}
	a.spans = append(a.spans, s)
}

// words are those of the query from i on.
func (a *Query) words(i int) []word {
	var all []word
	for _, s := range a.slots[i:min(len(a.slots), i+maxPhrase)] {
		all = append(all, s.word)
	}
	return all
}

func (a *Query) synonyms(i int, list *Synonyms) {
	list.of(a.words(i), a.plain, a.index, func(said phrase, sure float64, others []phrase) {
		if len(said.words) == 1 && syllable(said.words[0].folded) && (a.slots[i].inside || a.compound(i)) {
			return
		}
		n := a.having(append(slices.Clone(others), said))
		most := a.index.idf(n)
		if len(said.words) > 1 {
			most *= conceptPart
		}
		for _, o := range others {
			a.standFor(i, i+len(said.words), o, synonymSure*sure, synonym, most)
		}
	})
}

// compound reports whether the texts know a word of the query beside one of its neighbours: there it is likely a part
// of a longer word, and tells something else than alone.
func (a *Query) compound(i int) bool {
	if a.plain {
		return false
	}
	solid := func(j int) bool {
		return j >= 0 && j < len(a.slots) && a.slots[j].stop == 1 && strings.Trim(a.slots[j].folded, "0123456789") != ""
	}
	return solid(i-1) && a.index.countPair(a.slots[i-1].folded, a.slots[i].folded) > 0 ||
		solid(i+1) && a.index.countPair(a.slots[i].folded, a.slots[i+1].folded) > 0
}

// units are what follows a number in short, and what it means.
var units = map[string][]string{
	"h": {"giờ"}, "t": {"tuổi"}, "th": {"tháng"}, "k": {"nghìn", "ngàn"}, "tr": {"triệu"}, "m": {"mét"},
	"m2": {"mét vuông"}, "km": {"cây số"}, "ng": {"người", "ngày"}, "p": {"phút"}, "kg": {"ký", "cân"},
}

// numbers lets a number with a unit stand for the same written out, and the other way round; and a date of one digit
// for one of two.
func (a *Query) numbers(i int) {
	w := a.slots[i].folded
	digits := strings.TrimLeft(w, "0123456789")
	n := w[:len(w)-len(digits)]
	if n == "" {
		return
	}
	for _, unit := range units[digits] {
		a.stand(i, i+1, phraseOf(n+" "+unit), sameSure, same)
	}
	if h, m, ok := strings.Cut(digits, "h"); ok && h == "" && m != "" {
		a.stand(i, i+1, phraseOf(n+" giờ "+m), sameSure, same)
	}
	if digits != "" {
		return
	}
	if i+1 < len(a.slots) {
		for short, long := range units {
			for _, unit := range long {
				if p := phraseOf(unit); len(p.words) == 1 && p.words[0].folded == a.slots[i+1].folded {
					a.stand(i, i+2, phraseOf(n+short), sameSure, same)
				}
			}
		}
	}
	switch {
	case len(n) == 1:
		a.stand(i, i+1, phraseOf("0"+n), sameSure, same)
	case len(n) == 2 && n[0] == '0':
		a.stand(i, i+1, phraseOf(n[1:]), sameSure, same)
	case len(n) > 3:
		a.stand(i, i+1, phraseOf(n[:len(n)-3]+"."+n[len(n)-3:]), sameSure, same)
	}
}

// joined lets two words stand as one ("wi-fi"), and an unknown one as two ("tamtru").
func (a *Query) joined(i int) {
	w := a.slots[i].folded
	if i+1 < len(a.slots) {
		if both := w + a.slots[i+1].folded; a.index.count(both) > 0 &&
			a.index.countPair(w, a.slots[i+1].folded) == 0 {
			a.stand(i, i+2, phraseOf(both), sameSure, same)
		}
	}
	if a.slots[i].known || len(w) < 4 {
		return
	}
	best, most := "", 0
	for n := 2; n <= len(w)-2; n++ {
		if c := a.index.countPair(w[:n], w[n:]); c > most {
			best, most = w[:n]+" "+w[n:], c
		}
		for m := n + 2; m <= len(w)-2; m++ {
			c := min(a.index.countPair(w[:n], w[n:m]), a.index.countPair(w[n:m], w[m:]))
			if c > most {
				best, most = w[:n]+" "+w[n:m]+" "+w[m:], c
			}
		}
	}
	if best != "" {
		a.stand(i, i+1, phraseOf(best), guessSure, spelling)
	}
}

// beside is how many documents have a word beside the neighbours of the word i.
func (a *Query) beside(i int, w string) int {
	n := 0
	if i > 0 {
		n += a.index.countPair(a.slots[i-1].folded, w)
	}
	if i+1 < len(a.slots) {
		n += a.index.countPair(w, a.slots[i+1].folded)
	}
	return n
}

// maxGuesses is as what words an unknown one is read at most.
const maxGuesses = 4

// guess finds what an unknown word may have been meant to be.
func (a *Query) guess(i int) {
	for _, s := range a.spans {
		if s.from <= i && i < s.to && (s.kind == synonym || s.kind == same) {
			return // it is known by the list
		}
	}
	w := a.slots[i].folded
	if strings.ContainsAny(w, "0123456789") && strings.Trim(w, "0123456789") == "" {
		return
	}
	undo := undone(w)
	found := false
	for _, u := range undo {
		sure := undoneSure
		if a.index.count(u) > 0 {
			found = true
		} else { // an older document may have it
			sure = sure / 2
		}
		a.stand(i, i+1, phraseOf(u), sure, spelling)
	}
	if found || len(w) < 3 { // too short to be recognised in another
		return
	}
	all := a.index.near(w)
	for _, u := range undo { // both: marks left over, and a slip
		for _, g := range a.index.near(u) {
			all = append(all, guess{g.word, g.far + 0.5})
		}
	}
	for j := range all {
		if a.beside(i, all[j].word) > 0 {
			all[j].far -= 1
		}
	}
	slices.SortStableFunc(all, func(l, r guess) int {
		return cmp.Or(cmp.Compare(l.far, r.far), cmp.Compare(a.index.count(r.word), a.index.count(l.word)),
			strings.Compare(l.word, r.word))
	})
	for j, g := range all[:min(len(all), maxGuesses)] {
		sure := guessSure - 0.15*float64(j)
		if g.far > 0 { // nothing beside speaks for it
			if syllable(w) {
				continue // it is a word, only none that is in use here
			}
			sure *= 0.7
		}
		a.stand(i, i+1, phraseOf(g.word), sure, spelling)
	}
}

// misheard lets a word that is never beside its neighbours stand for one that sounds alike and is.
func (a *Query) misheard(i int) {
	w := a.slots[i]
	if !w.known || w.stop < 1 || a.beside(i, w.folded) > 0 || len(w.folded) < 2 {
		return
	}
	best, most := "", 1
	for _, s := range alike(w.folded) {
		if n := a.beside(i, s); n >= most {
			best, most = s, n+1
		}
	}
	if best != "" {
		a.stand(i, i+1, phraseOf(best), 0.6, spelling)
	}
}
