// Package ui holds the parts that pages are made of: the patterns of GOV.UK
// Frontend 6 (govuk-*), of MOJ Frontend 11 (moj-*) and our own (dt-*).
//
// Every part is a struct whose fields are its options and which is itself a
// [templ.Component]: a page writes
//
//	@ui.Button{Text: "Tra cứu", Kind: ui.Secondary}
//
// and a part that holds others takes them as fields of type templ.Component. A
// part that goes around content has the method Around, for use in a page, and
// the field Body, for use as a value:
//
//	@ui.Section{ID: "answers", Title: "Trả lời mới nhất"}.Around() {
//		…
//	}
//
// All words come from the caller, translated, also those which only a screen
// reader says. Where a part has both Text and Rich, Rich wins; use it for text
// with markup. No part writes a style attribute or an event handler: our
// Content-Security-Policy refuses both.
package ui

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Attrs are further attributes of an element, such as data-… or accesskey,
// written in the order of their names. An empty value writes the bare name.
//
// Attribute names are literals of our pages, never input: a style or an event
// handler among them is a mistake of the page and panics.
type Attrs map[string]string

// Items implements [templ.Attributer].
func (a Attrs) Items() []templ.KeyValue[string, any] {
	items := make([]templ.KeyValue[string, any], 0, len(a))
	for name, value := range a {
		lower := strings.ToLower(name)
		if lower == "style" || strings.HasPrefix(lower, "on") {
			panic("ui: attribute " + name + " is refused by the Content-Security-Policy")
		}
		item := templ.KeyValue[string, any]{Key: name, Value: value}
		if value == "" {
			item.Value = true
		}
		items = append(items, item)
	}
	slices.SortFunc(items, func(x, y templ.KeyValue[string, any]) int { return strings.Compare(x.Key, y.Key) })
	return items
}

// Text is a component that shows s, escaped.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// content is what a part shows: rich if there is any, else text.
func content(text string, rich templ.Component) templ.Component {
	if rich != nil {
		return rich
	}
	return Text(text)
}

// render writes around with body in it, or else text.
func render(ctx context.Context, w io.Writer, around templ.Component, text string, body templ.Component) error {
	return around.Render(templ.WithChildren(ctx, content(text, body)), w)
}

// classes joins the names that are not empty.
func classes(names ...string) string {
	return strings.Join(slices.DeleteFunc(names, func(n string) bool { return n == "" }), " ")
}

// when is name if yes, else nothing.
func when(yes bool, name string) string {
	if yes {
		return name
	}
	return ""
}

// optional makes attributes of pairs of name and value, without those whose
// value is empty.
func optional(pairs ...string) templ.OrderedAttributes {
	var attrs templ.OrderedAttributes
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			attrs = append(attrs, templ.KeyValue[string, any]{Key: pairs[i], Value: pairs[i+1]})
		}
	}
	return attrs
}

// or is s, or fallback where s is empty.
func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// nothing is no attributes.
var nothing templ.OrderedAttributes

// verbatim is the value of a textarea. HTML drops one line break at its start,
// so a text that begins with one gets a second.
func verbatim(s string) templ.Component {
	if strings.HasPrefix(s, "\n") {
		s = "\n" + s
	}
	return Text(s)
}
