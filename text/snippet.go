package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// ellipsis stands where an excerpt leaves text out.
const ellipsis = "…"

// A Span is a part of a text, in bytes: text[Start:End].
type Span struct{ Start, End int }

// An Excerpt is the part of a text shown for a search. Its offsets refer to Source, so that what is shown and marked
// keeps its diacritics.
type Excerpt struct {
	Source string
	Span          // what is shown
	Hits   []Span // what the query found, within the span shown, in order, apart from each other
}

// A Piece is a stretch of an excerpt that is either a hit or not.
type Piece struct {
	Text string
	Hit  bool
}

// Snippet returns an excerpt of text of at most width characters (the two marks of omission come on top), around the
// first of the longest stretches of the phrases. A phrase is found whatever marks are left out on either side, its
// words side by side. Cuts fall between syllables; white space at the cuts is left out. If text holds none of the
// phrases, the excerpt is its beginning, without hits.
func Snippet(text string, phrases []string, width int) Excerpt {
	text = strings.ToValidUTF8(text, "\uFFFD")
	all := slices.Collect(Words(text))
	hits := hitRuns(text, all, phrases)
	x := Excerpt{Source: text, Span: window(text, all, longest(all, hits), width)}
	for _, h := range hits {
		span := Span{all[h.Start].Start, all[h.End-1].End}
		if span.Start >= x.Start && span.End <= x.End {
			x.Hits = append(x.Hits, span)
		}
	}
	return x
}

// String returns the excerpt as text, with "…" where something is left out.
func (x Excerpt) String() string {
	var b strings.Builder
	for _, p := range x.Pieces() {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Pieces returns the excerpt cut where hits begin and end, in order, the marks of omission included.
func (x Excerpt) Pieces() []Piece {
	var pieces []Piece
	add := func(text string, hit bool) {
		if text != "" {
			pieces = append(pieces, Piece{text, hit})
		}
	}
	at := x.Start
	lead := ""
	if strings.TrimSpace(x.Source[:x.Start]) != "" {
		lead = ellipsis
	}
	for _, h := range x.Hits {
		add(lead+x.Source[at:h.Start], false)
		add(x.Source[h.Start:h.End], true)
		at, lead = h.End, ""
	}
	tail := ""
	if strings.TrimSpace(x.Source[x.End:]) != "" {
		tail = ellipsis
	}
	add(lead+x.Source[at:x.End]+tail, false)
	return pieces
}

// hitRuns returns the stretches of all (indexes of words) that are words of the phrases.
func hitRuns(text string, all []Word, phrases []string) []Span {
	hit := make([]bool, len(all))
	for _, p := range phrases {
		want := slices.Collect(Words(p))
		for i := range all {
			if holds(text, all[i:], p, want) {
				for n := range want {
					hit[i+n] = true
				}
			}
		}
	}
	var runs []Span
	for i, w := range all {
		switch {
		case !hit[i]:
		case len(runs) > 0 && runs[len(runs)-1].End == i && !w.First:
			runs[len(runs)-1].End = i + 1
		default:
			runs = append(runs, Span{i, i + 1})
		}
	}
	return runs
}

// holds reports whether the words of a text begin with those of a phrase, in one sentence. Words with other marks are
// others; one without marks may be any.
func holds(text string, all []Word, phrase string, want []Word) bool {
	if len(want) == 0 || len(all) < len(want) {
		return false
	}
	for n, w := range want {
		have := all[n]
		if have.Folded != w.Folded || n > 0 && have.First {
			return false
		}
		l, r := Spelt(text[have.Start:have.End]), Spelt(phrase[w.Start:w.End])
		if l != r && l != w.Folded && r != w.Folded {
			return false
		}
	}
	return true
}

// longest returns where the first of the longest hits begins and ends in the text, the text's beginning without hits.
func longest(all []Word, hits []Span) Span {
	var best Span
	for _, h := range hits {
		if h.End-h.Start > best.End-best.Start {
			best = h
		}
	}
	if best.End == 0 {
		return Span{}
	}
	return Span{all[best.Start].Start, all[best.End-1].End}
}

// window returns the part of text to show: at most width characters, a quarter of what the hit leaves free before it,
// the rest after it, cut between words where a word ends or begins within reach.
func window(text string, all []Word, hit Span, width int) Span {
	free := max(0, width-utf8.RuneCountInString(text[hit.Start:hit.End]))
	start := back(text, hit.Start, free/4)
	end := forward(text, start, width)
	if end == len(text) {
		start = back(text, end, width)
	}
	if start > 0 {
		for _, w := range all {
			if w.Start >= start && w.Start <= max(hit.Start, start) {
				start = w.Start
				break
			}
		}
	}
	if end < len(text) {
		for _, w := range slices.Backward(all) {
			if w.End <= end && w.End > max(hit.Start, start) {
				end = w.End
				break
			}
		}
	}
	shown := text[start:end]
	start += len(shown) - len(strings.TrimLeft(shown, " \n\t"))
	return Span{start, start + len(strings.TrimSpace(text[start:end]))}
}

// back returns the offset n characters before at, 0 at least.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// forward returns the offset n characters after at, len(text) at most.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}
