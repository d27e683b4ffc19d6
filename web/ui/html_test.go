package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rendered is the HTML of c.
func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatalf("render: %v", err)
	}
	return b.String()
}

// document is the HTML of c, parsed, to look into by selector. A style attribute
// or an event handler in it fails the test: the Content-Security-Policy of our
// sites refuses both.
func document(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	out := rendered(t, c)
	for _, node := range parse(t, out) {
		checkPolicy(t, node)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(out))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return doc
}

func checkPolicy(t *testing.T, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
		}
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		t.Errorf("inline <%s>", n.Data)
	}
	for c := range n.ChildNodes() {
		checkPolicy(t, c)
	}
}

// parse reads a fragment as it would stand in a body.
func parse(t *testing.T, fragment string) []*html.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return nodes
}

// outline writes a fragment as one line per tag or text, indented, with sorted
// attributes and classes and without the white space that no browser shows.
func outline(t *testing.T, fragment string, drop ...string) string {
	t.Helper()
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	for _, n := range parse(t, fragment) {
		root.AppendChild(n)
	}
	for _, selector := range drop {
		goquery.NewDocumentFromNode(root).Find(selector).Remove()
	}
	var b strings.Builder
	for c := range root.ChildNodes() {
		writeNode(&b, c, 0)
	}
	return b.String()
}

func writeNode(b *strings.Builder, n *html.Node, depth int) {
	indent := strings.Repeat("  ", depth)
	switch n.Type {
	case html.TextNode:
		if text := visible(n); text != "" {
			b.WriteString(indent + text + "\n")
		}
	case html.ElementNode:
		b.WriteString(indent + "<" + n.Data + attributes(n) + ">\n")
		for c := range n.ChildNodes() {
			writeNode(b, c, depth+1)
		}
	}
}

// visible is the text of n as a browser shows it. In a textarea every character
// counts. Elsewhere runs of white space are one space, dropped at the edges of
// an element (but not in what only screen readers say) and beside a block.
func visible(n *html.Node) string {
	if n.Parent != nil && (n.Parent.DataAtom == atom.Textarea || n.Parent.DataAtom == atom.Pre) {
		return strings.ReplaceAll(n.Data, "\n", "⏎")
	}
	text := strings.Join(strings.Fields(n.Data), " ")
	if text == "" {
		if inline(n.PrevSibling) && inline(n.NextSibling) && n.Data != "" {
			return "␠"
		}
		return ""
	}
	hidden := n.Parent != nil && hasClass(n.Parent, "govuk-visually-hidden")
	if startsWithSpace(n.Data) && (inline(n.PrevSibling) || hidden) {
		text = "␠" + text
	}
	if startsWithSpace(reverse(n.Data)) && inline(n.NextSibling) {
		text += "␠"
	}
	return text
}

func startsWithSpace(s string) bool { return s != "" && strings.ContainsRune(" \t\n", rune(s[0])) }

func reverse(s string) string {
	r := []byte(s)
	slices.Reverse(r)
	return string(r)
}

// inline reports whether n flows in a line of text.
func inline(n *html.Node) bool {
	if n == nil {
		return false
	}
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	switch n.DataAtom {
	case atom.A, atom.B, atom.Em, atom.Strong, atom.Kbd, atom.Time:
		return true
	case atom.Span:
		return true
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	for _, a := range n.Attr {
		if a.Key == "class" && slices.Contains(strings.Fields(a.Val), class) {
			return true
		}
	}
	return false
}

func attributes(n *html.Node) string {
	var out []string
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" {
			names := strings.Fields(value)
			slices.Sort(names)
			value = strings.Join(names, " ")
		}
		out = append(out, " "+a.Key+`="`+value+`"`)
	}
	slices.Sort(out)
	return strings.Join(out, "")
}
