package doithoai

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Spelling makes spellings of one thing comparable; package text has them.
type Spelling struct {
	Plain  func(string) string // clean, letters and digits in their plain forms; marks and capitals stay
	Folded func(string) string // in small letters without marks
	Name   func(string) string // two spellings of one name are one, whatever the capitals; marks count
}

// Gate stands between what is written about an opinion and the public. It compares forms, not bytes, and parts texts at
// everything that is neither letter nor digit.
type Gate struct {
	Who Petitioner
	Spelling
}

// Gates stand between what is written about several opinions and the public.
type Gates []Gate

// Refuses reports whether a text tells who one of the persons is.
func (gs Gates) Refuses(s string) bool {
	return slices.ContainsFunc(gs, func(g Gate) bool { return g.Refuses(s) })
}

// Refuses reports whether a text tells who the person is: by their name, organisation, e-mail or postal address,
// written together or apart, with whatever signs, capitals and marks; by their house number and street; by their
// telephone number in any spelling.
//
// A name of two words and more counts wherever it stands, unless small letters with other marks make it something else
// ("lễ thu" is not Lê Thu). A name of one word counts where it is written as a name: with its own marks and a capital,
// after a form of address or within a sentence and not beside another capital ("Thanh Hóa"). Names of fewer than four
// letters are left to [Gate.Warnings].
func (g Gate) Refuses(s string) bool {
	if s == "" {
		return false
	}
	said := g.words(s)
	for _, secret := range g.identifying() {
		if told, sure := g.told(said, g.words(secret)); told && sure {
			return true
		}
	}
	for _, secret := range []string{g.Who.Address, g.Who.PostAddress} {
		for _, house := range houses(g.words(secret)) {
			if told, _ := g.told(said, house); told {
				return true
			}
		}
	}
	phone := digits(g.Who.Phone)
	phone = phone[max(0, len(phone)-phoneTail):]
	return len(phone) >= minPhone &&
		slices.ContainsFunc(runsOfDigits(s), func(run string) bool { return strings.Contains(run, phone) })
}

// Warnings are what a text holds that may point to somebody, the person or another, as problems at its field: e-mail
// addresses, what looks like a number of a telephone, of papers or an account, names after a form of address, the
// person's given name or a short name or address as a word with a capital. Only a reader can tell; the words say what
// was found, not of whom.
func (g Gate) Warnings(field, s string) (list []Problem) {
	plain := g.Plain(s)
	phones, identities := numbersIn(plain)
	for _, found := range []struct {
		key  string
		said []string
	}{
		{"name", g.namesIn(s)}, {"phone", phones}, {"identity", identities}, {"email", emailForm.FindAllString(plain, -1)},
	} {
		slices.Sort(found.said)
		if said := slices.Compact(found.said); len(said) > 0 {
			list = append(list, Problem{field, "petition.publication.warning." + found.key, []any{
				"said", "“" + strings.Join(said, "”, “") + "”",
			}})
		}
	}
	return list
}

// identifying are the texts that point to the person.
func (g Gate) identifying() []string {
	who := g.Who
	return slices.DeleteFunc([]string{who.Name, who.Organisation, who.Email, who.PostAddress, who.Address},
		func(s string) bool { return s == "" })
}

// A word is a run of letters, or of digits, of a text.
type word struct {
	said, folded string
	capital      bool
	first        bool // of a sentence
}

// words are the words of a text. What is joined of letters and digits falls apart.
func (g Gate) words(s string) (list []word) {
	first, kind, begin := true, 0, 0
	plain := g.Plain(s)
	add := func(end int) {
		if kind == 0 {
			return
		}
		said := plain[begin:end]
		initial, _ := utf8.DecodeRuneInString(said)
		list = append(list, word{said, g.Folded(said), unicode.IsUpper(initial), first})
		first = false
	}
	for i, r := range plain {
		now := kindOfRune(r)
		if now != kind {
			add(i)
			kind, begin = now, i
		}
		first = first || strings.ContainsRune(".!?:;\n“\"(–—-", r)
	}
	add(len(plain))
	return list
}

// kindOfRune is 1 for what belongs to a word of letters, 2 for a digit, 0 for what stands between words.
func kindOfRune(r rune) int {
	switch {
	case unicode.IsLetter(r), unicode.Is(unicode.M, r):
		return 1
	case unicode.IsDigit(r):
		return 2
	}
	return 0
}

// minTelling is how many letters a text has at least that tells the person by itself.
const minTelling = 4

// told reports whether words hold a secret's, written together or apart, and whether that is sure to be it.
func (g Gate) told(said, secret []word) (told, sure bool) {
	folded := joinedWords(secret)
	n := utf8.RuneCountInString(folded)
	if n < minTelling {
		return false, false
	}
	for i := range said {
		run := ""
		for j := i; j < len(said) && len(run) < len(folded); j++ {
			if run += said[j].folded; run == folded {
				told, sure = true, sure || g.sure(said, i, j+1, secret)
			}
		}
		if len(secret) > 1 && n >= minJoined && strings.Contains(said[i].folded, folded) {
			return true, true
		}
	}
	return told, sure
}

// minJoined is from how many letters on words that are written together can't be part of a longer one by chance.
const minJoined = 6

func joinedWords(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.folded)
	}
	return b.String()
}

// sure reports whether the words from i to before end, which are the secret's without marks, mean it.
func (g Gate) sure(said []word, i, end int, secret []word) bool {
	run := said[i:end]
	same := g.joinedNames(run) == g.joinedNames(secret)
	if len(secret) == 1 {
		return same && run[0].capital && writtenAsName(said, i, end)
	}
	bare := !slices.ContainsFunc(run, func(w word) bool { return g.Name(w.said) != w.folded })
	return same || bare || slices.ContainsFunc(run, func(w word) bool { return w.capital })
}

func (g Gate) joinedNames(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(g.Name(w.said))
	}
	return b.String()
}

// writtenAsName reports whether words with a capital stand as a name does: after a form of address, alone, or within a
// sentence and beside no other capital.
func writtenAsName(said []word, i, end int) bool {
	switch {
	case len(said) == end-i, i > 0 && oneOf(said[i-1].folded, formsOfAddress):
		return true
	case said[i].first, said[i-1].capital:
		return false
	}
	return end == len(said) || said[end].first || !said[end].capital
}

// formsOfAddress stand before names, and the words of posts stand where a name would.
var (
	formsOfAddress = []string{
		"ong", "ba", "anh", "chi", "co", "chu", "bac", "em", "chau", "thay", "di", "cau", "mo", "cu", "ngai",
	}
	posts = []string{"chu", "pho", "truong", "giam", "bi", "chanh", "uy", "dai", "can", "cong"}
)

// namesIn are the words that may be names: up to four with capitals after a form of address; the person's given name,
// and their short names and addresses.
func (g Gate) namesIn(s string) (found []string) {
	said := g.words(s)
	for i := 0; i < len(said); i++ {
		end := i + 1
		for end < len(said) && end <= i+4 && said[end].capital && !said[end].first {
			end++
		}
		address := oneOf(said[i].folded, formsOfAddress) && (said[i].first || !said[i].capital)
		if address && end > i+1 && !oneOf(said[i+1].folded, posts) {
			found = append(found, saidWords(said[i+1:end]))
		}
	}
	for _, secret := range g.doubtful() {
		for i := range said {
			end := i + len(secret)
			if end <= len(said) && said[i].capital && joinedWords(said[i:end]) == joinedWords(secret) {
				found = append(found, saidWords(said[i:end]))
			}
		}
	}
	return found
}

func saidWords(words []word) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.said
	}
	return strings.Join(all, " ")
}

// doubtful are the words of the person that may mean something else: the given name, and what is too short or stands
// alone.
func (g Gate) doubtful() (list [][]word) {
	if name := g.words(g.Who.Name); len(name) > 0 {
		list = append(list, name[len(name)-1:])
	}
	for _, s := range g.identifying() {
		if secret := g.words(s); len(secret) == 1 ||
			len(secret) > 0 && utf8.RuneCountInString(joinedWords(secret)) < minTelling {
			list = append(list, secret)
		}
	}
	return list
}

// belowVillage are words before a number that is no house's.
var belowVillage = []string{
	"thon", "to", "xom", "ap", "ban", "khu", "pho", "doi", "xa", "phuong", "quan", "huyen", "khom", "km", "lo",
}

// houses are the parts of an address that tell a house: a number with the two words after it ("12 xóm Đình"). The
// number of a village or of a group is none.
func houses(address []word) (list [][]word) {
	number := func(w word) bool { return kindOfRune([]rune(w.said)[0]) == 2 }
	for i, w := range address {
		if !number(w) || i > 0 && (oneOf(address[i-1].folded, belowVillage) || number(address[i-1])) {
			continue
		}
		end := i + 1
		for end < len(address) && number(address[end]) { // "12/3"
			end++
		}
		if end = min(end+2, len(address)); end-i >= 3 {
			list = append(list, address[i:end])
		}
	}
	return list
}

// The last digits of a telephone number are the same with 0, 84 or +84 before them. Fewer than minPhone are no number.
const (
	phoneTail = 9
	minPhone  = 8
)

// betweenLetters is what stands between the letters of a text: the digits of one number, whatever signs, spaces and
// line ends are among them.
var betweenLetters = regexp.MustCompile(`\PL+`)

// runsOfDigits are the digits of a text between its letters.
func runsOfDigits(s string) (list []string) {
	for _, run := range betweenLetters.FindAllString(s, -1) {
		if d := digits(run); d != "" {
			list = append(list, d)
		}
	}
	return list
}

// digits are the decimal digits of a text, of whatever script, as those of ASCII.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return -1
		}
		for _, tens := range unicode.Digit.R16 {
			if r >= rune(tens.Lo) && r <= rune(tens.Hi) {
				return '0' + (r-rune(tens.Lo))%10
			}
		}
		for _, tens := range unicode.Digit.R32 {
			if r >= rune(tens.Lo) && r <= rune(tens.Hi) {
				return '0' + (r-rune(tens.Lo))%10
			}
		}
		return -1
	}, s)
}

var (
	emailForm = regexp.MustCompile(`[\pL\pN._%+\-]+\s{0,2}@\s{0,2}[\pL\pN\-]+(?:\.[\pL\pN\-]+)+`)
	// listSign parts the numbers of a list, and sentences.
	listSign = regexp.MustCompile(`[,;.:?!]\s+`)
	// opensPhone is how a telephone number begins that is written in groups: "(0255)", "0987", "+84".
	opensPhone = regexp.MustCompile(`^[^\p{Nd}+]*(?:\+\p{Nd}|0\p{Nd}{2})`)
	longNumber = regexp.MustCompile(`\+?\p{Nd}{9,}`)
	// harmlessForm is what is written with many digits and is nobody's number: a date, its year, an hour, a sum with
	// its thousands parted, the number and year of a document; or from one to another of them.
	harmlessForm = func() *regexp.Regexp {
		year := `(?:19|20)\d\d`
		date := `(?:0?[1-9]|[12]\d|3[01])[/.\-‑–](?:0?[1-9]|1[0-2])(?:[/.\-‑–]` + year + `)?`
		one := `(?:` + date + `|\d{1,5}/` + year + `|` + year + `|[012]?\d:[0-5]\d|` +
			`[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?)`
		return regexp.MustCompile(`^` + one + `(?:[\-‑–—]` + one + `)*$`)
	}()
	// moneyAfter begins with what makes the number before it a sum.
	moneyAfter = regexp.MustCompile(`^(?i:đồng|đ|vnđ|vnd|usd|nghìn|ngàn|triệu|tỷ|tỉ)(?:\PL|$)`)
)

// numbersIn are the parts of a text that look like telephone numbers (of ten or eleven digits with their 0, or with the
// code of the country), and like other numbers of somebody: of papers, an insurance, an account, from nine digits on.
func numbersIn(plain string) (phones, others []string) {
	for _, at := range betweenLetters.FindAllStringIndex(plain, -1) {
		list := numbersOf(plain[at[0]:at[1]])
		for i, said := range list {
			d := digits(said)
			national := d
			for _, code := range []string{"0084", "84"} {
				if rest, ok := strings.CutPrefix(d, code); ok && len(rest) >= phoneTail {
					national = "0" + strings.TrimPrefix(rest, "0")
					break
				}
			}
			n := len(national)
			switch sum := i+1 == len(list) && moneyAfter.MatchString(plain[at[1]:]); {
			case len(d) < phoneTail:
			case national[0] == '0' && national[1] > '1' && (n == 10 || n == 11):
				phones = append(phones, said)
			case d[0] == '0' || !sum:
				others = append(others, said)
			}
		}
	}
	return phones, others
}

// numbersOf are the numbers in what stands between letters, as they are written. The signs of a list part them, unless
// they stand within the groups of one that begins like a telephone number; what is [harmlessForm] is left out, unless
// it goes such a number on.
func numbersOf(run string) (list []string) {
	add := func(chunks []string) {
		said := strings.Join(chunks, " ")
		if long := longNumber.FindAllString(said, -1); long != nil {
			list = append(list, long...)
			return
		}
		said = strings.TrimFunc(said, func(r rune) bool { return !unicode.IsDigit(r) && r != '+' && r != '(' })
		list = append(list, said)
	}
	items := listSign.Split(run, -1)
	if opensPhone.MatchString(run) && !slices.ContainsFunc(items, longEnough) {
		items = []string{run}
	}
	for _, item := range items {
		var chunks []string
		opened := false
		for _, chunk := range strings.Fields(item) {
			bare := strings.TrimFunc(chunk, func(r rune) bool { return !unicode.IsDigit(r) && r != '+' })
			if !opened && harmlessForm.MatchString(bare) {
				add(chunks)
				chunks = nil
				continue
			}
			opened = opened || opensPhone.MatchString(chunk)
			chunks = append(chunks, chunk)
		}
		add(chunks)
	}
	return list
}

func longEnough(s string) bool { return len(digits(s)) >= phoneTail }
