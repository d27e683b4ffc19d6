package form

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
)

// FieldBody is the text of a paper that an officer writes, a paragraph a line.
const FieldBody = "body"

// fieldParagraph stands before the key of a paragraph of minutes.
const fieldParagraph = "paragraph/"

// BodyBack takes from a Word file that began as a paper with these passages the text that its writer decides, which was
// body. Left is what else was changed: the paper has it from elsewhere, or it stands fixed. theirs are the paragraphs
// of the file.
func BodyBack(body string, paper []doc.Passage, theirs []string) (edited string, taken, left []doc.Change) {
	edited = body
	for _, c := range doc.Compare(paper, theirs) {
		if c.Field != FieldBody {
			left = append(left, c)
			continue
		}
		isOpen := func(line string) bool { return line == open }
		c.Was, c.Now = slices.DeleteFunc(c.Was, isOpen), slices.DeleteFunc(c.Now, isOpen)
		edited, taken = strings.Join(c.Now, "\n"), append(taken, c)
	}
	return edited, taken, left
}

// MinutesBack takes from a Word file that began as these minutes what their paragraphs are to say. What may not be
// corrected, and a paragraph that is gone, is left. That they were read back, as an earlier file of them says, is none
// of their paragraphs.
func MinutesBack(
	m doithoai.MinutesBody, paper []doc.Passage, theirs []string,
) (all []doithoai.MinutesWording, left []doc.Change) {
	for _, c := range doc.Compare(paper, theirs) {
		key, ok := strings.CutPrefix(c.Field, fieldParagraph)
		if ok {
			c.Now = slices.DeleteFunc(c.Now, isReadBack.MatchString)
		}
		i := slices.IndexFunc(m.Paragraphs, func(p doithoai.MinutesParagraph) bool { return p.Key == key })
		if !ok || i < 0 || len(c.Now) == 0 {
			left = append(left, c)
			continue
		}
		was, now := m.Paragraphs[i].Text, strings.Join(c.Now, "\n")
		if strings.HasSuffix(was, end) { // of minutes that were read back, the sign of the end stands behind that
			now = strings.TrimRight(now, "./ ") + end
		}
		if now != was {
			all = append(all, doithoai.MinutesWording{Key: key, Text: now})
		}
	}
	return all, left
}

var isReadBack = pattern("minutes.text.read", "name", "when", "to", "objections")
