package text

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// newCollator returns the Vietnamese order: a ă â b c d đ e ê …, tones (none, huyền, hỏi, ngã, sắc, nặng) only after
// letters, small before capital letters last, and numbers by value ("Thôn 2" before "Thôn 10"). A collator holds
// buffers and serves one goroutine.
func newCollator() *collate.Collator {
	return collate.New(language.Vietnamese, collate.Numeric)
}

// Compare orders a and b as a Vietnamese list is ordered: -1, 0 or +1. To sort more than a few, use SortBy.
func Compare(a, b string) int {
	return newCollator().CompareString(a, b)
}

// SortBy sorts items in place by the text of each, as Compare orders; equal ones keep their order.
func SortBy[T any](items []T, text func(T) string) {
	sortByKeys(items, func(item T) []string { return []string{text(item)} })
}

// SortNames sorts people's names in place as Vietnamese lists do: by given name (the last word), then by family name
// and middle names, word by word, so that Lê Văn and Lê Thị stay together whatever the tones. Equal names keep
// their order.
func SortNames(names []string) {
	SortByName(names, func(name string) string { return name })
}

// SortByName sorts items in place by the full name of each, as SortNames does.
func SortByName[T any](items []T, name func(T) string) {
	sortByKeys(items, func(item T) []string {
		parts := strings.Fields(name(item))
		if n := len(parts); n > 1 {
			return append([]string{parts[n-1]}, parts[:n-1]...)
		}
		return parts
	})
}

// sortByKeys sorts items by the parts of each, one part after the other.
func sortByKeys[T any](items []T, parts func(T) []string) {
	type entry struct {
		item T
		keys [][]byte
	}
	collator := newCollator()
	var buffer collate.Buffer
	entries := make([]entry, len(items))
	for i, item := range items {
		entries[i].item = item
		for _, part := range parts(item) {
			entries[i].keys = append(entries[i].keys, bytes.Clone(collator.KeyFromString(&buffer, part)))
			buffer.Reset()
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return slices.CompareFunc(a.keys, b.keys, bytes.Compare) })
	for i, e := range entries {
		items[i] = e.item
	}
}
