package text

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Script is a text as an announcer reads it aloud: abbreviations, numbers, dates, hours, sums, telephone numbers and
// numbers of documents in words.
type Script struct {
	// Sentences are in their order; each is cut into phrases, between which the announcer takes breath.
	Sentences [][]string
	// Unknown are words of which nobody can tell how they are read: abbreviations that are not in the list, addresses of
	// the Internet. They stand in the text as they were typed.
	Unknown []string
}

// Words counts the syllables that the announcer speaks.
func (s Script) Words() (n int) {
	for _, phrases := range s.Sentences {
		for _, p := range phrases {
			n += len(strings.FieldsFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
		}
	}
	return n
}

// Text is the script as it is read, one sentence a line.
func (s Script) Text() string {
	lines := make([]string, len(s.Sentences))
	for i, phrases := range s.Sentences {
		lines[i] = strings.Join(phrases, " ")
	}
	return strings.Join(lines, "\n")
}

// Aloud turns a text into the script by which it is read aloud.
func Aloud(s string) Script {
	var script Script
	for _, line := range strings.Split(Clean(s), "\n") {
		line = strings.Join(strings.Fields(line), " ")
		line = strings.TrimSpace(strings.TrimLeft(line, "-–—•+* "))
		line = strings.TrimSuffix(line, "./.")
		if line == "" {
			continue
		}
		a := &aloud{rest: line}
		for a.rest != "" {
			a.step()
		}
		script.Sentences = append(script.Sentences, sentences(a.out.String())...)
		for _, u := range a.unknown {
			if !slices.Contains(script.Unknown, u) {
				script.Unknown = append(script.Unknown, u)
			}
		}
	}
	return script
}

// aloud reads one line from left to right.
type aloud struct {
	rest    string
	out     strings.Builder
	unknown []string
	numeric bool // what was read last is a number, a date or an hour: a dash behind it means "to"
	day     bool // it is a date, or the name of a weekday: day and month may follow
}

// step reads what stands next: the first of the forms that fits, else a word, else a sign.
func (a *aloud) step() {
	if a.atWord() {
		for _, f := range forms {
			if m := f.like.FindStringSubmatch(a.rest); m != nil {
				if words, ok := f.read(a, m); ok {
					a.say(words, len(m[0]), true)
					a.day = f.day
					return
				}
			}
		}
	}
	if m := wordForm.FindString(a.rest); m != "" {
		words := a.word(m)
		lower := strings.ToLower(words)
		a.day = dayWords[lower] || a.day && joinsDays[lower]
		a.say(words, len(m), false)
		return
	}
	a.sign()
}

// atWord reports whether a word or number begins here, not within one.
func (a *aloud) atWord() bool {
	last, _ := utf8.DecodeLastRuneInString(a.out.String())
	return !unicode.IsLetter(last) && !unicode.IsDigit(last)
}

func (a *aloud) say(words string, read int, numeric bool) {
	a.out.WriteString(words)
	a.rest = a.rest[read:]
	a.numeric = numeric
}

// sign reads one sign.
func (a *aloud) sign() {
	if m := dashForm.FindString(a.rest); m != "" && a.numeric && startsNumber(a.rest[len(m):]) {
		a.say(" đến ", len(m), false)
		a.day = true
		return
	}
	r, n := utf8.DecodeRuneInString(a.rest)
	words := string(r)
	switch r {
	case '.':
		if a.numeric && startsNumber(a.rest[n:]) { // "mục 2.3"
			words = " chấm "
		}
	case '&':
		words = "và"
	case '/':
		words = " hoặc "
	case '%':
		words = " phần trăm"
	case '(', ')', '[', ']', '–', '—':
		words = ","
	case '"', '“', '”', '*', '_', '•':
		words = ""
	}
	numeric := a.numeric && (r == ' ' || r == ',')
	a.say(words, n, numeric)
}

// follows reports whether the last word before is one of these, whatever the capitals.
func (a *aloud) follows(words ...string) bool {
	before := strings.Fields(strings.ToLower(a.out.String()))
	return len(before) > 0 && slices.Contains(words, strings.Trim(before[len(before)-1], ",:("))
}

// unlessSaid puts a word before others unless it was the last one said: "ngày 25/10" has its "ngày".
func (a *aloud) unlessSaid(word, words string) string {
	if a.follows(word) {
		return words
	}
	return word + " " + words
}

var (
	wordForm = regexp.MustCompile(`^[\pL\d]+(?:[.'’][\pL\d]+)*`)
	dashForm = regexp.MustCompile(`^\s*[-–—]\s*`)
	// spacesForm and doubledForm mend what reading left behind.
	spacesForm  = regexp.MustCompile(`\s+`)
	doubledForm = regexp.MustCompile(`\s*,[\s,]*(?:([.!?:;])|,)?`)
	breath      = regexp.MustCompile(`[,;:]\s+| - `)
	endForm     = regexp.MustCompile(`[.!?…]+(?:\s+|$)`)
)

// dayWords stand before a day and a month.
var dayWords = map[string]bool{
	"ngày": true, "sáng": true, "chiều": true, "tối": true, "nhật": true, "hai": true, "ba": true, "tư": true, "năm": true,
	"sáu": true, "bảy": true, "nay": true, "qua": true,
}

// joinsDays stand between two days.
var joinsDays = map[string]bool{"đến": true, "tới": true, "và": true, "hoặc": true}

func startsNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// sentences cuts a line that was read into sentences, and these into phrases.
func sentences(line string) (list [][]string) {
	line = doubledForm.ReplaceAllStringFunc(line, func(m string) string {
		if end := strings.TrimLeft(m, " ,"); end != "" {
			return end
		}
		return ", "
	})
	line = strings.TrimSpace(spacesForm.ReplaceAllString(line, " "))
	for line != "" {
		end := len(line)
		if at := endForm.FindStringIndex(line); at != nil {
			end = at[1]
		}
		if phrases := phrasesOf(line[:end]); len(phrases) > 0 {
			list = append(list, phrases)
		}
		line = strings.TrimSpace(line[end:])
	}
	return list
}

// phrasesOf cuts a sentence where one takes breath; the signs stay.
func phrasesOf(s string) (list []string) {
	for s != "" {
		end := len(s)
		if at := breath.FindStringIndex(s); at != nil {
			end = at[1]
		}
		phrase := strings.Trim(s[:end], " ")
		if strings.ContainsFunc(phrase, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			list = append(list, strings.TrimSpace(strings.TrimSuffix(phrase, "-")))
		}
		s = s[end:]
	}
	return list
}

//go:embed abbreviations.txt
var abbreviationList string

// spokenWords are how abbreviations are read in sentences, and in the symbols of documents.
var spokenWords = sync.OnceValue(func() (all struct{ words, symbols map[string]string }) {
	all.words, all.symbols = map[string]string{}, map[string]string{}
	into := all.words
	for line := range strings.Lines(abbreviationList) {
		line = strings.TrimSpace(line)
		if line == "[symbols]" {
			into = all.symbols
		}
		if short, long, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			into[short] = long
		}
	}
	return all
})

// word reads a word: an abbreviation as it is said, anything else as it stands. What looks like an abbreviation and is
// none of the list is unknown.
func (a *aloud) word(w string) string {
	if long, ok := spokenWords().words[w]; ok {
		return long
	}
	if strings.IndexFunc(w, unicode.IsDigit) < 0 && looksShort(w) {
		a.unknown = append(a.unknown, w)
	}
	return w
}

// syllable is the shape of a Vietnamese syllable without its marks.
var syllable = regexp.MustCompile(
	`^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$`)

// looksShort reports whether a word is in capitals and no syllable that was only written large.
func looksShort(w string) bool {
	letters := strings.ReplaceAll(w, ".", "")
	if utf8.RuneCountInString(letters) < 2 || letters != strings.ToUpper(letters) {
		return false
	}
	return !syllable.MatchString(Fold(letters))
}
