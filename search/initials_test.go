package search

import (
	"fmt"
	"strings"
	"testing"
)

// Letters that every phrase of the index begins with are read as a bounded number of phrases.
func TestInitialsAreBounded(t *testing.T) {
	x := NewIndex()
	var pairs []string
	for l := range 24 {
		for r := range 24 {
			pairs = append(pairs, fmt.Sprintf("t%c t%c", 'a'+l, 'a'+r))
		}
	}
	x.Add(Document{ID: 1, Question: strings.Join(pairs, ". ")})
	q := x.Ask(strings.Repeat("ttttt ", maxInitials), nil)
	if n := len(q.spans); n == 0 || n > maxInitials*maxChains {
		t.Errorf("%d readings", n)
	}
}
