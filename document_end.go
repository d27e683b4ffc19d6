package doithoai

import "doithoai/calendar"

// A Withdrawal ends a document that went out: from a day on it does not count (NĐ 30/2020/NĐ-CP Đ.18 k.4).
type Withdrawal struct {
	Reason string
	From   calendar.Date
	// Whose is the paper that withdraws it. One of the authority's own is a document of its register as any other; one
	// of another body has the number that this body gave it.
	Whose  WithdrawnBy
	Body   string // of another body: its name
	Number string
	Dated  calendar.Date
}

// WithdrawnBy says whose paper withdraws a document.
type WithdrawnBy string

// The three that are offered, in this order.
const (
	WithdrawnByOwn   WithdrawnBy = "own"
	WithdrawnByOther WithdrawnBy = "other"
	WithdrawnByNone  WithdrawnBy = "none" // there is no paper, or not yet
)

// WithdrawnBys in the order in which the form offers them.
var WithdrawnBys = []WithdrawnBy{WithdrawnByOwn, WithdrawnByOther, WithdrawnByNone}

// The fields of the form that withdraws a document.
const (
	FieldWithdrawalReason = "ly-do"
	FieldWithdrawalFrom   = "tu-ngay"
	FieldWithdrawnBy      = "van-ban-thu-hoi"
	FieldWithdrawalNumber = "so-thu-hoi"
	FieldWithdrawalDated  = "ngay-thu-hoi"
	FieldWithdrawingBody  = "co-quan-thu-hoi"
	FieldForeignNumber    = "so-co-quan-khac"
	FieldForeignDated     = "ngay-co-quan-khac"
	FieldUndoReason       = "ly-do-bo"
)

// MaxWithdrawalReason bounds why a document is withdrawn, in characters.
const MaxWithdrawalReason = 1000

// EndsElsewhere reports whether another act ends documents of the kind, which also tells who was told what they say: a
// plan by an amended edition, an announcement by another number, an answer by its correction. What withdraws another
// document ends by none.
func (k DocumentKind) EndsElsewhere() bool {
	return k == DocumentPlan || k == DocumentAnnouncement || k == DocumentWithdrawal || k.Answers()
}

// Replaceable reports whether documents of the kind are replaced by one that gets its number in the register.
func (k DocumentKind) Replaceable() bool { return k.OfDialogue() || k.OfOpinion() }

// Standing refuses an act on a document that does not count any more.
func (d Document) Standing() error {
	if d.State != DocumentIssued {
		return Refuse(Conflict, "documents.problem."+string(d.State))
	}
	return nil
}

// Withdraw returns the document as it stands once it was withdrawn.
//
// In this order: it stands; no other act ends its kind ([DocumentKind.EndsElsewhere]); there is a reason; the day is
// neither before the document's own nor to come; it is said whose paper withdraws it, and of that the number, and a day
// within the same bounds, of another body also its name.
func (d Document) Withdraw(w Withdrawal, today calendar.Date) (Document, error) {
	if err := d.Standing(); err != nil {
		return d, err
	}
	if d.Kind.EndsElsewhere() {
		return d, Refuse(Conflict, "documents.end.elsewhere."+string(d.Kind))
	}
	ps := problems{of: "documents.end.problem."}
	ps.text(FieldWithdrawalReason, "reason", w.Reason, MaxWithdrawalReason)
	ps.since(FieldWithdrawalFrom, w.From, d.Dated, today)
	if w.Whose != WithdrawnByNone {
		ps.withdrawing(w, d, today)
	}
	d.State, d.Ended = DocumentWithdrawn, w.From
	return d, ps.refuse()
}

// withdrawing adds the problems of the paper that withdraws a document.
func (ps *problems) withdrawing(w Withdrawal, d Document, today calendar.Date) {
	switch w.Whose {
	case WithdrawnByOwn:
		ps.number(FieldWithdrawalNumber, "number", w.Number)
		ps.since(FieldWithdrawalDated, w.Dated, d.Dated, today)
	case WithdrawnByOther:
		ps.text(FieldWithdrawingBody, "body", w.Body, MaxLine)
		ps.number(FieldForeignNumber, "number", w.Number)
		ps.since(FieldForeignDated, w.Dated, d.Dated, today)
	default:
		ps.add(FieldWithdrawnBy, "whose")
	}
}

// GivePaper refuses what can't be the paper of a withdrawal that was entered without one; had is what was entered.
//
// In this order: the document is withdrawn, and no paper is known; it is said whose paper it is, and of that what
// [Document.Withdraw] asks for.
func (d Document) GivePaper(had, w Withdrawal, today calendar.Date) error {
	if d.State != DocumentWithdrawn {
		return Refuse(Conflict, "documents.end.problem.not_withdrawn")
	}
	if had.Whose != WithdrawnByNone {
		return Refuse(Conflict, "documents.end.problem.has_paper")
	}
	ps := problems{of: "documents.end.problem."}
	ps.withdrawing(w, d, today)
	return ps.refuse()
}

// UndoWithdrawal returns the document as it stands once it is said that it was not withdrawn, for a reason.
func (d Document) UndoWithdrawal(reason string) (Document, error) {
	if d.State != DocumentWithdrawn {
		return d, Refuse(Conflict, "documents.end.problem.not_withdrawn")
	}
	ps := problems{of: "documents.end.problem."}
	ps.text(FieldUndoReason, "undo_reason", reason, MaxWithdrawalReason)
	d.State, d.Ended, d.NextKind, d.NextPart = DocumentIssued, calendar.Date{}, "", 0
	return d, ps.refuse()
}

// WithdrawnFacts are what the event of withdrawing the document says of it.
func (d Document) WithdrawnFacts(w Withdrawal) Facts {
	return Facts{
		Document: d.Kind, Part: d.Part, Number: d.Number, Dated: d.Dated, Ended: d.Ended, EndedBy: w.Number,
		EndedByDated: w.Dated, EndedByBody: w.Body,
	}
}

// WithdrawalIn is what an event of withdrawing a document says; reason is its text.
func WithdrawalIn(f Facts, reason string) Withdrawal {
	w := Withdrawal{
		Reason: reason, From: f.Ended, Whose: WithdrawnByOwn, Body: f.EndedByBody, Number: f.EndedBy,
		Dated: f.EndedByDated,
	}
	switch {
	case w.Number == "":
		w.Whose = WithdrawnByNone
	case w.Body != "":
		w.Whose = WithdrawnByOther
	}
	return w
}

// Replace returns the document as it stands once another one took its place. next has its number and day.
//
// In this order: it stands; its kind is replaced here ([DocumentKind.Replaceable]); next may have that number and day
// ([Document.Problems]), which is not before the document's own.
func (d Document) Replace(next Document, today calendar.Date) (Document, error) {
	if err := d.Standing(); err != nil {
		return d, err
	}
	if !d.Kind.Replaceable() {
		return d, Refuse(Conflict, "documents.end.elsewhere."+string(d.Kind))
	}
	ps := problems{of: "documents.end.problem.", list: next.Problems(today)}
	if next.Dated.Valid() && next.Dated.Before(d.Dated) {
		ps.add(d.Kind.DateField(), "early", "date", d.Dated.Words())
	}
	d.State, d.Ended, d.NextKind, d.NextPart = DocumentReplaced, next.Dated, next.Kind, next.Part
	return d, ps.refuse()
}

// since adds a problem at a field whose day is missing, before another day, or to come.
func (ps *problems) since(field string, day, first, today calendar.Date) {
	switch {
	case !day.Valid():
		ps.add(field, "date")
	case day.Before(first):
		ps.add(field, "early", "date", first.Words())
	case day.After(today):
		ps.add(field, "future")
	}
}

// Acts by which documents end.
const (
	ActWithdrawDocument    Act = "withdraw_document"
	ActGiveWithdrawalPaper Act = "give_withdrawal_paper" // to a withdrawal that was entered without one
	ActUndoWithdrawal      Act = "undo_withdrawal"       // that was entered by mistake
	ActReplaceDocument     Act = "replace_document"
)

var documentEndActs = []actRow{
	{ActWithdrawDocument, law{
		"a document that went out is withdrawn from a day on, for a reason; its number stays taken, and who got it is named",
		"NĐ 30/2020 Đ.18 k.4 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActGiveWithdrawalPaper, law{
		"a withdrawal that was entered without its paper gets that once: whose it is, its number and day",
		"NĐ 30/2020 Đ.18 k.4 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActUndoWithdrawal, law{
		"a withdrawal that was entered by mistake is undone for a reason: the document stands again, both stay on record; " +
			"not where another paper took its place, or what withdrew it went out",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActReplaceDocument, law{
		"a paper whose number stands in the register only is replaced by another one with its own number and day; the old " +
			"one is kept",
		"NĐ 30/2020 Đ.18 k.3 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
}
