package doc

import (
	"strings"

	"doithoai/text"
)

// blank is the space that stays where it is: room for a number that isn't known yet.
const blank = '\u00a0'

// lacking stands for what the letters of official documents don't have: emoji, scripts of other peoples.
const lacking = '□'

// Signs that the letters lack too and that are drawn.
const (
	boxEmpty  = '☐'
	boxTicked = '☑'
	tick      = '✓'
)

func isDrawn(r rune) bool { return r == boxEmpty || r == boxTicked || r == tick }

// clean returns text as it is written: as [text.Clean] has it, with the blanks that stay, and □ for each character that
// Times New Roman's letters don't have.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || isDrawn(r) || letters().has(r) {
			return r
		}
		return lacking
	}, tidy(s))
}

// tidy is clean for readers with more letters than paper: what has none there stays.
func tidy(s string) string {
	if !strings.ContainsRune(s, blank) {
		return text.Clean(s)
	}
	parts := strings.Split(s, string(blank))
	for i, p := range parts {
		parts[i] = text.Clean(p)
	}
	return strings.Join(parts, string(blank))
}

// oneLine is tidy text on one line.
func oneLine(s string) string { return text.CleanLine(s) }

// plainText is the text of blocks, paragraphs on lines of their own.
func plainText(blocks []Block) string {
	var lines []string
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			lines = append(lines, b.plain())
		case Table:
			for _, row := range b.Cells() {
				lines = append(lines, strings.Join(row, " | "))
			}
		case Image:
			lines = append(lines, b.Alt)
		case QR:
			lines = append(lines, b.Alt)
		case FillIn:
			lines = append(lines, b.Label)
		}
	}
	return tidy(strings.Join(lines, "\n"))
}

func (p Paragraph) plain() string {
	var b strings.Builder
	if p.Dash {
		b.WriteString(dash)
	}
	for _, r := range p.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// dash stands before items.
const dash = "- "
