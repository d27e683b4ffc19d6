package doithoai

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doithoai/calendar"
)

// PublicationState is where a publication stands.
type PublicationState string

const (
	PublicationProposed  PublicationState = "proposed"
	PublicationReturned  PublicationState = "returned"
	PublicationWithdrawn PublicationState = "withdrawn" // taken back by who proposed it
	PublicationPublished PublicationState = "published"
)

var publicationStates = []PublicationState{
	PublicationProposed, PublicationReturned, PublicationWithdrawn, PublicationPublished,
}

// Publication is the public summary of an opinion and its answer, without names.
type Publication struct {
	OpinionID  ID
	Title      string
	Question   string
	Answer     string
	State      PublicationState
	ProposedBy ID
	ApprovedBy ID
	At         calendar.Instant // published
	Version    int
}

// Publishable reports whether there is something to publish: an answer was given, on the spot or dispatched.
func Publishable(o Opinion, p *Petition) bool {
	rule, ok := RuleOf(o.Ruling)
	return ok && (rule.Publishes || p != nil && p.State == PetitionAnswered)
}

// InHand reports whether the summary is with who writes it, after it came back or was taken back.
func (p Publication) InHand() bool {
	return p.State == PublicationReturned || p.State == PublicationWithdrawn
}

// MoveTo moves the summary to a state; the facts say from where.
func (p *Publication) MoveTo(to PublicationState) Facts {
	facts := Facts{From: string(p.State), To: string(to)}
	p.State = to
	return facts
}

// MaxTitle bounds the title in characters.
const MaxTitle = 160

// Problems are the reasons why the summary can't become public.
//
// Title, question and answer must be there and within bounds. None of them may carry what identifies the person: the
// name, the telephone number, the e-mail address, the postal address or the address elsewhere (Luật 91/2025 Đ.16;
// domain: village at most). folded makes two spellings of a name comparable.
func (p Publication) Problems(who Petitioner, folded func(string) string) []Problem {
	ps := problems{of: "petition.publication.problem."}
	check := func(field, s string, max int) {
		if s == "" {
			ps.add(field, strings.ReplaceAll(field, "-", "_"))
			return
		}
		if n := utf8.RuneCountInString(s); n > max {
			ps.add(field, "long", "max", max, "over", n-max)
		}
		if who.toldIn(s, folded) {
			ps.add(field, "names")
		}
	}
	check("tieu-de", p.Title, MaxTitle)
	check("cau-hoi", p.Question, MaxMatter)
	check("tom-tat", p.Answer, MaxAnswer)
	return ps.list
}

// Doubtful reports whether the summary may carry what identifies the person, so that who proposes and who approves it
// should read it once more: a name, organisation or address of fewer than four letters ("An", "Huế") stands in it as a
// word that begins with a capital. It stops nothing, since many words of the language are as short.
func (p Publication) Doubtful(who Petitioner, folded func(string) string) bool {
	var short []string
	for _, s := range who.identifying() {
		if s = wordsIn(folded(s)); utf8.RuneCountInString(s) < minTelling {
			short = append(short, s)
		}
	}
	for _, s := range []string{p.Title, p.Question, p.Answer} {
		for _, word := range strings.FieldsFunc(s, partsWords) {
			first, _ := utf8.DecodeRuneInString(word)
			if unicode.IsUpper(first) && slices.Contains(short, wordsIn(folded(word))) {
				return true
			}
		}
	}
	return false
}

// minTelling is how many letters a text has at least that tells the person by itself.
const minTelling = 4

// identifying are the texts that point to the person.
func (p Petitioner) identifying() []string {
	return slices.DeleteFunc([]string{p.Name, p.Organisation, p.Email, p.PostAddress, p.Address},
		func(s string) bool { return s == "" })
}

// toldIn reports whether a text tells who the person is: by a text that points to them, word by word whatever signs
// stand around and between, or by their telephone number, however it is written. folded makes two spellings of a name
// comparable.
func (p Petitioner) toldIn(s string, folded func(string) string) bool {
	said := " " + wordsIn(folded(s)) + " "
	for _, secret := range p.identifying() {
		if secret = wordsIn(folded(secret)); utf8.RuneCountInString(secret) >= minTelling &&
			strings.Contains(said, " "+secret+" ") {
			return true
		}
	}
	phone := digits(p.Phone)
	phone = phone[max(0, len(phone)-phoneTail):]
	return len(phone) >= minPhone && strings.Contains(digits(s), phone)
}

// The last digits of a telephone number are the same with 0, 84 or +84 before them. Fewer than minPhone are no number.
const (
	phoneTail = 9
	minPhone  = 8
)

// wordsIn are the words of a text, parted by one space each.
func wordsIn(s string) string { return strings.Join(strings.FieldsFunc(s, partsWords), " ") }

// partsWords reports whether r stands between words: it is neither letter nor digit, nor a mark of a letter.
func partsWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// Acts on the public summary.
const (
	ActProposePublication Act = "propose_publication"
	ActApprovePublication Act = "approve_publication"
	ActReturnPublication  Act = "return_publication"
)

var publicationActs = []actRow{
	{ActProposePublication, law{
		"a summary without names is proposed", "Luật 91/2025 Đ.16 from 1/1/2026 (C), before it house default", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}}},
	{ActApprovePublication, law{"the summary becomes public", "NĐ 20/2008 Đ.19 (C); Luật 10/2022 Đ.11–12 (C)", ""},
		[]grant{{RoleChair, anotherThanProposer}, {RoleOffice, anotherThanProposer}}},
	{ActReturnPublication, law{"the summary goes back", "QĐ 31/2021/QĐ-TTg Đ.46 by analogy", ""},
		[]grant{{RoleChair, always}, {RoleOffice, always}}},
}
