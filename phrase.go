package doithoai

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is a form of words that tells the person nothing where it stands alone.
type Phrase struct {
	Text   string `json:"text"` // in small letters
	Asks   Ask    `json:"asks"`
	Source string `json:"source"` // who complained of it, or that it is a house default
}

// Ask is what a sentence must say for a phrase in it to mean something.
type Ask string

const (
	AskDeed    Ask = "deed"    // who does what, and by when
	AskDay     Ask = "day"     // by when
	AskArticle Ask = "article" // by which article
)

var asks = []Ask{AskDeed, AskDay, AskArticle}

// ParsePhrases reads phrases from a JSON list. It refuses fields it doesn't know, and phrases that are incomplete or
// come twice.
func ParsePhrases(b []byte) ([]Phrase, error) {
	var all []Phrase
	if err := DecodeStrict(b, &all); err != nil {
		return nil, fmt.Errorf("phrases: %w", err)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if p.Text == "" || seen[p.Text] || p.Text != plain(p.Text) || !oneOf(p.Asks, asks) || p.Source == "" {
			return nil, fmt.Errorf("phrase %q: incomplete, not in small letters or twice", p.Text)
		}
		seen[p.Text] = true
	}
	return all, nil
}

// EmptyIn are the phrases that stand alone in an answer, in their order, each once.
//
// The answer is read sentence by sentence. A phrase means something in a sentence that says by when; one that asks for
// an article, in a sentence that names an article or the number of a document, or where the basis of the answer does.
func (a Answer) EmptyIn(phrases []Phrase) []Phrase {
	var found []Phrase
	sentences := sentencesOf(a.Body)
	for _, p := range phrases {
		if p.Asks == AskArticle && namesArticle.MatchString(plain(a.Basis)) {
			continue
		}
		for _, s := range sentences {
			if holdsWords(s, p.Text) && !p.Asks.saidIn(s) {
				found = append(found, p)
				break
			}
		}
	}
	return found
}

var (
	// namesDay finds "29/10", "29.10.2024", "10/2024"; "ngày 5", "quý IV", "năm 2025"; "7 ngày". A sum of money, the
	// number of a document and words that begin as such ("quý vị", "năm vừa qua") are none: what stands before and after
	// counts, and of letters \b knows only those of ASCII.
	namesDay = regexp.MustCompile(`(?:^|[^\pL\pN/.,-])(?:` + strings.Join([]string{
		dayOfMonth + `/` + month + `(?:/(?:\d\d)?\d\d)?`,
		dayOfMonth + `[.-]` + month + `[.-](?:19|20)\d\d`,
		month + `/(?:19|20)\d\d`,
		`(?:ngày|tháng|quý)\s+(?:\d[\d./-]*|[ivx]+(?:/\d{4})?)`,
		`năm\s+(?:19|20)\d\d`,
		`\d+\s+(?:ngày|giờ|tuần|tháng)`,
	}, `|`) + `)(?:$|[^\pL\pN/])`)
	// "Điều 64", "khoản 2", "226/2016/TT-BTC"
	namesArticle = regexp.MustCompile(`(điều|khoản|điểm)\s+\d|\d+/\d{4}/\p{L}`)
)

const (
	dayOfMonth = `(?:0?[1-9]|[12]\d|3[01])`
	month      = `(?:0?[1-9]|1[0-2])`
)

// saidIn reports whether a sentence says what is asked for.
func (k Ask) saidIn(sentence string) bool {
	if k == AskArticle {
		return namesArticle.MatchString(sentence)
	}
	return namesDay.MatchString(sentence)
}

// plain is a text in small letters with one space between words.
func plain(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// sentencesOf are the sentences of a text, plain. One ends with its line, and at a stop before a space.
func sentencesOf(s string) []string {
	var all []string
	for line := range strings.Lines(s) {
		line = plain(line)
		from := 0
		for i, r := range line {
			if strings.ContainsRune(".?!;", r) && (i+1 == len(line) || line[i+1] == ' ') {
				all = append(all, line[from:i])
				from = i + 1
			}
		}
		all = append(all, line[from:])
	}
	return all
}

// holdsWords reports whether words stand in a text, not as a part of others.
func holdsWords(s, words string) bool {
	for at := 0; ; at++ {
		i := strings.Index(s[at:], words)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, _ := utf8.DecodeRuneInString(s[at+len(words):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
	}
}
