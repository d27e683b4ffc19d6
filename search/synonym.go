package search

import (
	"slices"
	"strings"

	"doithoai/text"
)

// Synonyms are groups of words and phrases that stand for each other.
type Synonyms struct {
	groups [][]phrase
	first  map[string][]member // by the first folded word of a phrase
}

type member struct{ group, at int }

// phrase is a word, or some in a row.
type phrase struct {
	text  string
	words []word
}

// word is one of a phrase or query.
type word struct{ folded, key string }

func (w word) marked() bool { return w.folded != w.key }

// phraseOf reads a phrase.
func phraseOf(s string) phrase {
	p := phrase{text: s}
	for w := range text.Words(s) {
		p.words = append(p.words, word{w.Folded, text.Spelt(s[w.Start:w.End])})
	}
	return p
}

// maxPhrase is of how many words a phrase may be.
const maxPhrase = 8

// NewSynonyms makes ready what stands for each other. Phrases without a letter or of more than eight words count for
// nothing.
func NewSynonyms(groups [][]string) *Synonyms {
	s := &Synonyms{first: map[string][]member{}}
	for _, g := range groups {
		var all []phrase
		for _, one := range g {
			if p := phraseOf(one); len(p.words) > 0 && len(p.words) <= maxPhrase {
				all = append(all, p)
			}
		}
		for i, p := range all {
			s.first[p.words[0].folded] = append(s.first[p.words[0].folded], member{len(s.groups), i})
		}
		s.groups = append(s.groups, all)
	}
	return s
}

// SplitPhrases parts what stands in one cell: phrases with semicolons between them.
func SplitPhrases(cell string) []string {
	var all []string
	for p := range strings.SplitSeq(cell, ";") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// fits says how surely some words of a query are the phrase, 0 to 1. plain: no word of the query has marks.
func (p phrase) fits(words []word, plain bool, x *Index) float64 {
	if len(words) < len(p.words) {
		return 0
	}
	sure := 1.0
	for i, w := range p.words {
		q := words[i]
		switch {
		case q.folded != w.folded:
			return 0
		case q.key == w.key && (!plain || w.marked()):
		case q.marked(), q.key != w.key && !plain && len(p.words) == 1:
			return 0
		case len(p.words) == 1:
			// without marks it may be another word: as likely as that is in use
			if n := x.count(w.folded); n > 0 && syllable(w.folded) {
				sure = float64(x.countForm(w.key)) / float64(n)
				if x.countForm(w.key) == 0 {
					sure = 0.3
				}
				sure = min(1, sure)
			}
		}
	}
	return sure
}

// of calls tell for every phrase of the list with which words begin, and how surely; others are those that stand for
// it.
func (s *Synonyms) of(words []word, plain bool, x *Index, tell func(said phrase, sure float64, others []phrase)) {
	if s == nil || len(words) == 0 {
		return
	}
	for _, m := range s.first[words[0].folded] {
		group := s.groups[m.group]
		if sure := group[m.at].fits(words, plain, x); sure > 0 {
			others := slices.Clone(group)
			tell(group[m.at], sure, slices.Delete(others, m.at, m.at+1))
		}
	}
}
