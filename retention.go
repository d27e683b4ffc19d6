package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// Erasure is how much of what is known of the person of a slip has ended (xóa dữ liệu cá nhân); empty: nothing.
type Erasure string

const (
	// ErasureContacts is of name, organisation, addresses, telephone, e-mail and the ways to be told.
	ErasureContacts Erasure = "contacts"
	// ErasureAll is also of what was said and answered, of the files, and of the salts by which the public record could
	// be asked whether somebody said this: what was published, figures and the record stay whole.
	ErasureAll Erasure = "all"
)

// Erasures in the order in which forms offer them.
var Erasures = []Erasure{ErasureContacts, ErasureAll}

// Parameters of retention, in days from the end of the last matter of a slip.
const (
	ParameterRetainContacts = "retention.contacts"
	ParameterRetainFile     = "retention.file"
)

// Retention is how long is kept what is known of people, from the day on which the last matter of a slip ended.
type Retention struct{ Contacts, File calendar.Term }

// RetentionAt returns the terms of a day. A day without one is an error: no term stands in the program.
func (ps Parameters) RetentionAt(on calendar.Date) (r Retention, err error) {
	if r.Contacts, err = ps.TermAt(ParameterRetainContacts, on); err != nil {
		return r, err
	}
	r.File, err = ps.TermAt(ParameterRetainFile, on)
	return r, err
}

// Due is how much is to be erased today, by the rule, of a slip whose last matter ended on a day and of which so much
// is erased already; empty: nothing more. The office's file never ends before what is only for telling the person.
func (r Retention) Due(ended, today calendar.Date, had Erasure) Erasure {
	switch {
	case had == ErasureAll || ended.IsZero():
		return ""
	case today.After(ended.AddDays(max(r.File.N, r.Contacts.N))):
		return ErasureAll
	case had == "" && today.After(ended.AddDays(r.Contacts.N)):
		return ErasureContacts
	}
	return ""
}

// ErasedBy is how much of an opinion's person was erased, and when, as its events say; empty: nothing.
func ErasedBy(events []Event) (much Erasure, at calendar.Instant) {
	for _, e := range events {
		if e.Act == ActErasePersonalData {
			much, at = e.Facts.Erased, e.At
		}
	}
	return much, at
}

// Over reports whether nothing is left to answer at a stage.
func (s Stage) Over() bool { return slices.Contains(overStages, s) }

var overStages = []Stage{
	StageAnswered, StageAnsweredPublic, StageTold, StageToldPublic, StageClosed, StageJoined, StageDenounced,
}

// OverStages are the stages at which nothing is left to answer.
func OverStages() []Stage { return slices.Clone(overStages) }

// The fields of the form by which data are erased on request.
const (
	FieldErasure       = "xoa-gi"
	FieldErasureReason = "xoa-ly-do"
)

// EraseProblems are the reasons why data can't be erased on request as asked: how much is said, and is more than was
// erased before; who asked, when and how, is said.
func (e Erasure) EraseProblems(had Erasure, reason string) []Problem {
	ps := problems{of: "retention.problem."}
	ps.need(oneOf(e, Erasures) && e != had && had != ErasureAll, FieldErasure, "what")
	ps.text(FieldErasureReason, "reason", reason, MaxMatter)
	return ps.list
}

// ActErasePersonalData ends personal data, by the rule or because the person asks.
const ActErasePersonalData Act = "erase_personal_data"

var retentionActs = []actRow{
	{ActErasePersonalData, law{
		"personal data end, by the term or because the person asks: figures, the record and what was published stay whole",
		"Luật 91/2025/QH15 (C); the terms are house defaults", ""},
		[]grant{{RoleSystem, always}, {RoleOffice, always}}},
}
