package form

import (
	"strings"

	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// Raised is an opinion as papers about it tell of it. Where nobody has opened who raised it, there is room for that.
type Raised struct {
	Name    string // "": room for it
	Address string
	Contact string // how they are reached; "": it is left out
	Code    string // the register number
	On      calendar.Date
	Where   string // "tại hội nghị đối thoại …"; "": it was sent outside one
	Content string // a paragraph a line
}

// room is left on paper for what is written by hand.
const room = "……………………"

// whose is who raised it as letters to others name them: name, address, how they are reached.
func (r Raised) whose() string {
	name, address := r.Name, r.Address
	if name == "" {
		name, address = room, room
	}
	words := vietnamese.T("casework.whose", "name", name)
	for _, part := range []struct{ key, value string }{{"casework.address", address}, {"casework.contact", r.Contact}} {
		if part.value != "" {
			words += vietnamese.T(part.key, "text", part.value)
		}
	}
	return words
}

// dear is who raised it as a letter to them addresses them.
func (r Raised) dear() string {
	name := r.Name
	if name == "" {
		name = room
	}
	return strings.Join(text.NonEmpty(vietnamese.T("casework.dear", "name", name), text.LowerFirst(r.Address)), ", ")
}

// quoted is what was said, within one sentence.
func (r Raised) quoted() string {
	return strings.TrimRight(strings.Join(strings.Fields(r.Content), " "), ".; ")
}

// cited is the sentence with which a letter to who raised it begins.
func (r Raised) cited(authority string) doc.Block {
	if r.Where == "" {
		return say("casework.cited_sent", "authority", authority, "date", r.On.Words(), "number", r.Code,
			"content", r.quoted())
	}
	return say("casework.cited", "authority", authority, "date", r.On.Words(), "number", r.Code,
		"content", r.quoted(), "where", r.Where)
}

// told is the sentence with which a letter to another body begins: who received what, where it was said, without who
// said it.
func (r Raised) told(authority string) doc.Block {
	if r.Where == "" {
		return keep(say("casework.told_sent", "authority", authority, "date", r.On.Words(), "number", r.Code))
	}
	return keep(say("casework.told", "authority", authority, "date", r.On.Words(), "number", r.Code, "where", r.Where))
}

// keep keeps a paragraph on one page with what follows.
func keep(p doc.Paragraph) doc.Paragraph {
	p.KeepWithNext = true
	return p
}

// kindOf is the document that a number's symbol says it is: named, with the type, where the symbol begins with a code,
// else a letter.
func kindOf(number, code string) doc.Kind {
	_, symbol, _ := strings.Cut(number, "/")
	if symbol == "" || strings.HasPrefix(symbol, code) {
		return doc.Named
	}
	return doc.Letter
}

// sentence is what somebody wrote, to go on within a sentence: without the mark at its end.
func sentence(s string) string {
	return text.LowerFirst(strings.TrimRight(strings.Join(strings.Fields(s), " "), ".; "))
}
