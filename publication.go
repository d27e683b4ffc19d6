package doithoai

import (
	"strings"
	"unicode/utf8"
)

// PublicationState is where a publication stands.
type PublicationState string

const (
	PublicationProposed  PublicationState = "proposed"
	PublicationReturned  PublicationState = "returned"
	PublicationPublished PublicationState = "published"
)

// Publication is the public summary of an opinion and its answer, without names.
type Publication struct {
	OpinionID  ID
	Title      string
	Question   string
	Answer     string
	State      PublicationState
	ProposedBy ID
	ApprovedBy ID
	At         Instant // published
	Version    int
}

// MaxTitle bounds the title in characters; a title longer than that is no title.
const MaxTitle = 160

// Problems are the reasons why the summary can't become public.
//
// Title, question and answer are there and within bounds. None of them carries what identifies the person: the name, the
// telephone number, the e-mail address, the postal address or the address elsewhere (Luật 91/2025 Đ.16; domain: village
// at most). folded makes two spellings of a name comparable.
func (p Publication) Problems(who Petitioner, folded func(string) string) []Problem {
	var list []Problem
	check := func(field, s string, max int) {
		if s == "" {
			list = append(list, Problem{Field: field, Key: "publication.problem." + strings.ReplaceAll(field, "-", "_")})
			return
		}
		if n := utf8.RuneCountInString(s); n > max {
			list = append(list, Problem{field, "publication.problem.long", []any{"max", max, "over", n - max}})
		}
		if who.toldIn(s, folded) {
			list = append(list, Problem{Field: field, Key: "publication.problem.names"})
		}
	}
	check("tieu-de", p.Title, MaxTitle)
	check("cau-hoi", p.Question, MaxMatter)
	check("tom-tat", p.Answer, MaxAnswer)
	return list
}

// identifying are the texts that point to the person.
func (p Petitioner) identifying() []string {
	var list []string
	for _, s := range []string{p.Name, p.Organisation, p.Email, p.PostAddress, p.Address} {
		if utf8.RuneCountInString(s) >= 4 {
			list = append(list, s)
		}
	}
	return list
}

// spaced folds white space and frames the text, so that a name is found as whole words only.
func spaced(s string) string {
	return " " + strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\t.,;:!?()\"“”'/-–", r) }), " ") + " "
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
	{ActProposePublication, law{"a summary without names is proposed", "Luật 91/2025 Đ.16 from 1/1/2026 (C), before it house default", ""},
		[]grant{{RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}}},
	{ActApprovePublication, law{"the summary becomes public", "NĐ 20/2008 Đ.19 (C); Luật 10/2022 Đ.11–12 (C)", ""},
		[]grant{{RoleChair, anotherThanProposer}, {RoleOffice, anotherThanProposer}}},
	{ActReturnPublication, law{"the summary goes back", "QĐ 31/2021/QĐ-TTg Đ.46 by analogy", ""},
		[]grant{{RoleChair, always}, {RoleOffice, always}}},
}
