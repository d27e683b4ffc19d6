package search

import (
	"slices"
	"strings"
)

// Heard says how a query was understood, for who asked.
type Heard struct {
	// Missing are words that nothing holds which was found.
	Missing []string
	// Dropped are words that the first one found does not hold, and that nothing holds together with the others.
	Dropped []string
	// Read are words that were read as others too by which something was found.
	Read []Reading
}

// A Reading is a word of a query that stood for another one.
type Reading struct{ Said, As string }

const (
	maxReadings = 3
	firstOnes   = 5 // whose readings are told
)

// Heard tells how the query was understood, by all that has a word of it and by what answers it of that, in its order.
// Where nothing does there is nothing to tell.
func (a *Query) Heard(all, found []Hit) (heard Heard) {
	if found = found[:Answers(found)]; len(found) == 0 {
		return heard
	}
	var any, whole uint64
	for _, h := range all {
		any |= h.slots
	}
	for i := range a.slots {
		if a.slots[i].stop < 1 && a.solid() {
			continue
		}
		if any&(1<<i) == 0 && !a.slots[i].known {
			heard.Missing = append(heard.Missing, a.slots[i].shown)
			continue
		}
		whole |= 1 << i
	}
	if !slices.ContainsFunc(found, func(h Hit) bool { return h.slots&whole == whole }) {
		for i := range a.slots {
			if missing := whole &^ found[0].slots; missing&(1<<i) != 0 {
				heard.Dropped = append(heard.Dropped, a.slots[i].shown)
			}
		}
	}
	for _, h := range found[:min(len(found), firstOnes)] {
		for _, r := range slices.Backward(h.read) {
			known := slices.ContainsFunc(heard.Read, func(have Reading) bool {
				return have.Said == r.Said && strings.EqualFold(have.As, r.As)
			})
			if !known && len(heard.Read) < maxReadings {
				heard.Read = append(heard.Read, r)
			}
		}
	}
	return heard
}
