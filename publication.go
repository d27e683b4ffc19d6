package doithoai

import (
	"slices"
	"strings"
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
	// PublicationOutdated is that of the corrected summary which is awaited: the public one is of an answer that was
	// replaced.
	PublicationOutdated PublicationState = "outdated"
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

	// Why says, without names, why the summary was corrected, and CorrectedAt when; empty where it never was.
	Why         string
	CorrectedAt calendar.Instant
	// Correction is the number of the answer's correction which this summary follows, while another one is public; 0:
	// this is the one that is or becomes public. Since is when that answer was replaced.
	Correction int
	Since      calendar.Instant
}

// FieldWhy is the field of a form that says why a summary was corrected.
const FieldWhy = "vi-sao"

// Publishable reports whether there is something to publish: an answer was given, on the spot or dispatched.
func Publishable(o Opinion, p *Petition) bool {
	rule, ok := RuleOf(o.Ruling)
	return ok && (rule.Publishes || p != nil && p.State == PetitionAnswered)
}

// InHand reports whether the summary is with who writes it: it came back, was taken back, or is to be corrected.
func (p Publication) InHand() bool {
	return p.State == PublicationReturned || p.State == PublicationWithdrawn || p.State == PublicationOutdated
}

// MoveTo moves the summary to a state; the facts say from where.
func (p *Publication) MoveTo(to PublicationState) Facts {
	facts := Facts{From: string(p.State), To: string(to), Correction: p.Correction}
	p.State = to
	return facts
}

// MaxTitle bounds the title in characters.
const MaxTitle = 160

// texts are the parts of the summary that become public, by the names of their fields.
func (p Publication) texts() []publicText {
	all := []publicText{
		{"tieu-de", p.Title, MaxTitle}, {"cau-hoi", p.Question, MaxMatter}, {"tom-tat", p.Answer, MaxAnswer},
	}
	if p.Correction > 0 || p.Why != "" {
		all = append(all, publicText{FieldWhy, p.Why, MaxMatter})
	}
	return all
}

type publicText struct {
	field, said string
	max         int
}

// Problems are the reasons why the summary can't become public.
//
// Title, question and answer must be there and within bounds, and of a corrected one why it is. None of them, nor the
// legal basis that the public reads with a signed answer, may carry what identifies the person ([Gate.Refuses]; Luật
// 91/2025 Đ.16; domain: village at most).
func (p Publication) Problems(basis string, g Gate) []Problem {
	ps := problems{of: "petition.publication.problem."}
	for _, t := range p.texts() {
		if t.said == "" {
			ps.add(t.field, strings.ReplaceAll(t.field, "-", "_"))
			continue
		}
		if n := utf8.RuneCountInString(t.said); n > t.max {
			ps.add(t.field, "long", "max", t.max, "over", n-t.max)
		}
		if g.Refuses(t.said) {
			ps.add(t.field, "names")
		}
	}
	if g.Refuses(basis) {
		ps.add("tom-tat", "basis_names")
	}
	return ps.list
}

// Tells reports whether the summary, or the basis beside it, tells who the person is.
func (p Publication) Tells(basis string, g Gate) bool {
	return g.Refuses(basis) || slices.ContainsFunc(p.texts(), func(t publicText) bool { return g.Refuses(t.said) })
}

// Warnings are what who proposes the summary and who approves it should look at once more, by field. They stop nothing.
func (p Publication) Warnings(g Gate) (list []Problem) {
	for _, t := range p.texts() {
		list = append(list, g.Warnings(t.field, t.said)...)
	}
	return list
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
