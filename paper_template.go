package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// PaperKind is a kind of official document of which an authority may have a Word file of its own.
type PaperKind string

// The kinds of documents, by what they are. Slips to be filled in by hand aren't among them.
const (
	PaperPlan         PaperKind = "plan"
	PaperAnnouncement PaperKind = "announcement"
	PaperHouseRules   PaperKind = "house_rules"
	PaperHostWords    PaperKind = "host_words"
	PaperProgramme    PaperKind = "programme"
	PaperInvitation   PaperKind = "invitation"
	PaperMinutes      PaperKind = "minutes"
	PaperConclusion   PaperKind = "conclusion"
	PaperAssignment   PaperKind = "assignment"
	PaperTransfer     PaperKind = "transfer" // to the body that decides
	PaperMoved        PaperKind = "moved"    // what the person is told of that
	PaperGuidance     PaperKind = "guidance"
	PaperTold         PaperKind = "told" // that it was taken up, or is answered later
	PaperUrging       PaperKind = "urging"
	PaperReply        PaperKind = "reply"
	PaperRefusal      PaperKind = "refusal"

	PaperProposal      PaperKind = "proposal"       // that submits an estimate
	PaperPreparation   PaperKind = "preparation"    // to the units that draft answers
	PaperDialogueMoved PaperKind = "dialogue_moved" // to another day or place, to none yet, or not held
	PaperPosting       PaperKind = "posting"        // that something hangs at the office
	PaperCoordination  PaperKind = "coordination"
	PaperEscalation    PaperKind = "escalation"
	PaperResult        PaperKind = "result" // the report of a dialogue's result
)

// PaperKinds in the order of the work.
var PaperKinds = []PaperKind{
	PaperPlan, PaperProposal, PaperAnnouncement, PaperDialogueMoved, PaperPosting, PaperInvitation, PaperPreparation,
	PaperHouseRules, PaperHostWords, PaperProgramme, PaperMinutes, PaperConclusion, PaperResult, PaperAssignment,
	PaperCoordination, PaperEscalation, PaperTransfer, PaperMoved, PaperGuidance, PaperTold, PaperUrging, PaperReply,
	PaperRefusal,
}

// PaperTemplate says how documents of a kind look as Word files from a day on: as the authority's own file, or in the
// form of the program.
type PaperTemplate struct {
	ID      ID
	Kind    PaperKind
	From    calendar.Date // first day
	Own     bool          // the authority's own file; else the form of the program, as before there was any
	Name    string        // of the file
	By      ID            // officer
	At      calendar.Instant
	Version int // of its kind: no row of the kind has that of another
}

// PaperTemplates are those of an authority, in the order in which they were set.
type PaperTemplates []PaperTemplate

// Of are those of a kind, by their days; of one day the last that was set stands last.
func (all PaperTemplates) Of(kind PaperKind) PaperTemplates {
	list := slices.DeleteFunc(slices.Clone(all), func(t PaperTemplate) bool { return t.Kind != kind })
	slices.SortStableFunc(list, func(a, b PaperTemplate) int { return a.From.Compare(b.From) })
	return list
}

// At is the one that holds on a day for documents of a kind; none where the form of the program does as from the start.
func (all PaperTemplates) At(kind PaperKind, on calendar.Date) (t PaperTemplate, ok bool) {
	for _, row := range all.Of(kind) {
		if !row.From.After(on) {
			t, ok = row, true
		}
	}
	return t, ok
}

// Version is that of the last change of a kind, 0 where there was none.
func (all PaperTemplates) Version(kind PaperKind) (n int) {
	for _, t := range all {
		if t.Kind == kind {
			n = max(n, t.Version)
		}
	}
	return n
}

// Next is the row by which documents of a kind get another look from a day on. Nothing changes for documents of days
// that have gone.
//
// In this order: there is such a kind; the day is today or later; the form of the program takes the place of a file of
// the authority's own.
func (all PaperTemplates) Next(kind PaperKind, own bool, from, today calendar.Date) (PaperTemplate, error) {
	t := PaperTemplate{Kind: kind, Own: own, From: from, Version: all.Version(kind) + 1}
	if !oneOf(kind, PaperKinds) {
		return t, Refuse(NotFound, "error.not_found")
	}
	ps := problems{of: "template.problem."}
	before, _ := all.At(kind, from)
	switch {
	case from.IsZero():
		ps.add("tu-ngay", "from")
	case from.Before(today):
		ps.add("tu-ngay", "past")
	case !own && !before.Own:
		ps.add("tu-ngay", "none_then")
	}
	return t, RefuseForm(ps.list)
}

// Acts on templates.
const (
	ActSetPaperTemplate  Act = "set_paper_template"
	ActDropPaperTemplate Act = "drop_paper_template"
)

var paperTemplateActs = []actRow{
	{ActSetPaperTemplate, law{
		"documents of a kind look, as Word files, as the authority's own file does, from a day on",
		"house rules; the form itself is NĐ 30/2020 Phụ lục I (C)", ""}, []grant{{RoleOffice, always}}},
	{ActDropPaperTemplate, law{
		"documents of a kind have the form of the program again, from a day on", "house rules", ""},
		[]grant{{RoleOffice, always}}},
}
