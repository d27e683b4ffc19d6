package picture

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// maxRunes is how much of a paragraph is looked at: more than a picture holds.
const maxRunes = 400

// drawable is what can be drawn of a paragraph: every letter with its marks in one (NFC), one space between words.
// Marks that belong to no letter of ours, what steers the direction of writing, what is invisible, and what the font
// has no sign for are left out.
func drawable(f *opentype.Font, s string) string {
	var buffer sfnt.Buffer
	var b strings.Builder
	n := 0
	for _, r := range norm.NFC.String(bounded(s)) {
		if n == maxRunes {
			b.WriteString("…")
			break
		}
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !unicode.IsGraphic(r) || unicode.Is(unicode.M, r):
			continue
		default:
			if at, err := f.GlyphIndex(&buffer, r); err != nil || at == 0 {
				continue
			}
		}
		b.WriteRune(r)
		n++
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// bounded is the beginning of a text that is too long to be looked at as a whole: a letter has its marks behind it.
func bounded(s string) string {
	n := 0
	for i := range s {
		if n++; n > 8*maxRunes {
			return s[:i]
		}
	}
	return s
}

// set breaks paragraphs into lines of a width, between words where it can.
func set(face font.Face, paragraphs []string, width int) (lines []string) {
	for _, p := range paragraphs {
		line := ""
		for _, word := range strings.Fields(p) {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if fits(face, longer, width) {
				line = longer
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for line = word; !fits(face, line, width); {
				head := longest(face, line, "", width)
				lines = append(lines, head)
				line = line[len(head):]
			}
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func fits(face font.Face, s string, width int) bool {
	return font.MeasureString(face, s).Ceil() <= width
}

// longest is as much of a line, one letter at least, as stands in a width with its end behind it.
func longest(face font.Face, s, end string, width int) string {
	runes := []rune(s)
	over := sort.Search(len(runes), func(n int) bool { return !fits(face, string(runes[:n+1])+end, width) })
	return string(runes[:max(over, 1)])
}

// cut keeps the first lines, and says by "…" that there is more.
func cut(face font.Face, lines []string, room int) []string {
	if room < 1 {
		return nil
	}
	kept := lines[:room:room]
	last := strings.TrimRight(longest(face, kept[room-1], "…", inner), " .,;:…")
	kept[room-1] = last + "…"
	return kept
}
