package doithoai

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"doithoai/calendar"
)

// numberedKind is where the number of a document of a kind is typed, and the symbol that it usually has.
type numberedKind struct {
	symbol       string
	number, date string // fields of the form
	of           paperOf
}

// paperOf is what a paper belongs to whose number and day stand nowhere but in the register.
type paperOf int

const (
	paperOfNone paperOf = iota // its own act gives the number
	paperOfDialogue
	paperOfOpinion
)

var numberedKinds = map[DocumentKind]numberedKind{
	DocumentPlan:         {"KH-UBND", "so", "ngay", paperOfNone},
	DocumentAnnouncement: {"TB-UBND", "so", "ngay", paperOfNone},
	DocumentReply:        {"UBND-VP", "so", "ngay", paperOfNone},
	DocumentCorrection:   {"UBND-VP", "so", "ngay", paperOfNone},
	DocumentEscalation:   {"BC-UBND", FieldOnwardNumber, FieldOnwardDay, paperOfNone},
	DocumentCoordination: {"UBND-VP", FieldOnwardNumber, FieldOnwardDay, paperOfNone},
	DocumentTransfer:     {"PC-UBND", FieldTransferNumber, FieldTransferDay, paperOfNone},
	DocumentUrging:       {"UBND-VP", FieldUrgingNumber, FieldUrgingDated, paperOfNone},
	DocumentBodyUrging:   {"UBND-VP", FieldUrgeNumber, FieldUrgeDay, paperOfNone},

	DocumentConclusion:    {"TB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentMinutes:       {"BB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentPreparation:   {"UBND-VP", fieldNumber, fieldDated, paperOfDialogue},
	DocumentProposal:      {"TTr-VP", fieldNumber, fieldDated, paperOfDialogue},
	DocumentInvitation:    {"GM-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentMoved:         {"TB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentPosting:       {"TB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentPostingRecord: {"BB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentPostingEnd:    {"BB-UBND", fieldNumber, fieldDated, paperOfDialogue},
	DocumentResult:        {"BC-UBND", fieldNumber, fieldDated, paperOfDialogue},

	DocumentRefusal:        {"TB-UBND", fieldNumber, fieldDated, paperOfOpinion},
	DocumentExtension:      {"TB-UBND", fieldNumber, fieldDated, paperOfOpinion},
	DocumentStatus:         {"TB-UBND", fieldNumber, fieldDated, paperOfOpinion},
	DocumentGuidance:       {"HD-UBND", fieldNumber, fieldDated, paperOfOpinion},
	DocumentTransferNotice: {"TB-UBND", fieldNumber, fieldDated, paperOfOpinion},
	DocumentAssignment:     {"PGXL", fieldNumber, fieldDated, paperOfOpinion},

	DocumentWithdrawal: {"TB-UBND", FieldWithdrawalNumber, FieldWithdrawalDated, paperOfNone},
}

// Fields of the form that numbers a paper.
const (
	fieldNumber = "so-van-ban"
	fieldDated  = "ngay-van-ban"
)

// Symbol is the one that documents of the kind usually have; an authority may have another.
func (k DocumentKind) Symbol() string { return numberedKinds[k].symbol }

// NumberField and DateField are the fields of the form in which number and day of such a document are typed.
func (k DocumentKind) NumberField() string { return numberedKinds[k].number }

func (k DocumentKind) DateField() string { return numberedKinds[k].date }

// OfDialogue and OfOpinion report whether it is a paper of a dialogue, or of an opinion, which no act but
// [ActNumberDocument] gives its number.
func (k DocumentKind) OfDialogue() bool { return numberedKinds[k].of == paperOfDialogue }

func (k DocumentKind) OfOpinion() bool { return numberedKinds[k].of == paperOfOpinion }

// Problems are the reasons why a paper can't have its number and day as they were typed, on a day.
func (d Document) Problems(today calendar.Date) []Problem {
	ps := problems{of: "documents.problem."}
	ps.number(d.Kind.NumberField(), "number", d.Number)
	switch {
	case !d.Dated.Valid():
		ps.add(d.Kind.DateField(), "dated")
	case d.Dated.After(today):
		ps.add(d.Kind.DateField(), "future")
	}
	return ps.list
}

// PaperNumber is the number and the day of a paper as the register has them.
type PaperNumber struct {
	Document              // Number "": it has none
	Version    int        // of the row; 0 where there is none
	OutOfOrder bool       // the next number of its series and year has an earlier day
	Fixed      bool       // it was given here, and stays
	Before     []Document // of the paper that were replaced or withdrawn, the oldest first
	Numbering
}

// Replaced is the paper in whose place this one stands; false where it took the place of none.
func (n PaperNumber) Replaced() (old Document, ok bool) {
	for _, b := range n.Before {
		if n.Number != "" && b.State == DocumentReplaced && b.Next() == n.Ref() {
			old, ok = b, true
		}
	}
	return old, ok
}

// Changeable reports whether the register itself has the number: not where an act gave it that keeps it too.
func (n PaperNumber) Changeable() bool { return n.Number == "" || n.Version > 0 }

// OpinionPaper says of which turn the paper of an opinion is that can be made now, from 0; false where there is
// none: the data do not say what it would. Each refusal, extension, guidance, transfer and hand-over brings a paper of
// its own, and so does each time that the person was told how the opinion stands.
func OpinionPaper(k DocumentKind, o Opinion, p *Petition, events []Event) (part int, there bool) {
	n := 0
	count := func(is func(Event) bool) {
		for _, e := range events {
			if is(e) {
				n++
			}
		}
	}
	did := func(acts ...Act) { count(func(e Event) bool { return oneOf(e.Act, acts) }) }
	transferred := func() bool {
		i := lastRuled(events)
		for _, e := range events[i:] {
			if e.Act == ActTransferRecord {
				return true
			}
		}
		return false
	}
	switch k {
	case DocumentRefusal:
		refused, _ := RefusalIn(events)
		there = o.Ruling == RulingNotAccepted && refused.Ground != ""
		count(func(e Event) bool { return e.Act.Rules() && e.Facts.Refusal != "" })
	case DocumentExtension:
		there = p != nil && p.Open() && p.Extended > 0
		did(ActExtendPetition)
	case DocumentStatus:
		_, err := o.TellStatus(p, false)
		there = err == nil
		did(ActTellStatus)
	case DocumentGuidance:
		there = o.Ruling == RulingOtherBody && !transferred() || o.Ruling == RulingComplaint
		count(func(e Event) bool {
			to := RulingCode(e.Facts.To)
			return e.Act.Rules() && (to == RulingOtherBody || to == RulingComplaint)
		})
	case DocumentTransferNotice:
		there = o.Ruling == RulingOtherBody && transferred()
		did(ActTransferRecord)
	case DocumentAssignment:
		there = p != nil && p.State != PetitionEnded && o.JoinedTo == ""
		count(func(e Event) bool {
			return e.Facts.Unit != "" && (e.Act.Rules() || oneOf(e.Act, []Act{ActTransferPetition, ActHandOverPetition}))
		})
	}
	return max(n-1, 0), there && o.Content != ""
}

// lastRuled is where the last ruling stands among events, 0 where there was none.
func lastRuled(events []Event) int {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Act.Rules() {
			return i
		}
	}
	return 0
}

// ParameterNumbering says who gives documents their numbers: Văn thư elsewhere, so that they are typed, or the system
// itself, where its register is the only one (NĐ 30/2020 Đ.15). Of a document it is asked for the document's day.
const (
	ParameterNumbering = "numbering"
	NumberedElsewhere  = "as_given"
	NumberedHere       = "here"
)

// NumbersHere reports whether the system gives the documents of a day their numbers.
func (ps Parameters) NumbersHere(on calendar.Date) bool {
	p, ok := ps.At(ParameterNumbering, on)
	return ok && p.Value == NumberedHere
}

// Numbering is how documents of a day get their numbers, for the forms that give one.
type Numbering struct {
	Here bool
	Next map[string]string // the number that comes next, by its symbol; only where they are given here
}

// documentSymbol is the symbol of a document without the number before it.
var documentSymbol = regexp.MustCompile(`^\pL[\pL\d]*(?:[.&–-][\pL\d]+)*$`)

// IsSymbol reports whether what was typed as the number of a document is its symbol alone: "UBND-VP".
func IsSymbol(typed string) bool {
	return utf8.RuneCountInString(typed) < maxNumber-len("999999/") && documentSymbol.MatchString(typed)
}

// WithSymbol is a number with a symbol behind it, which it has on paper though it was typed without any.
func WithSymbol(number, symbol string) string {
	if number == "" || symbol == "" || strings.Contains(number, "/") {
		return number
	}
	return number + "/" + symbol
}

// SameNumber reports whether a document got the number that was typed for it: that, or one of the symbol alone.
func SameNumber(got, typed string) bool {
	_, symbol := SplitNumber(got)
	return got == typed || IsSymbol(typed) && symbol == typed
}

// NumberWith is a number with its symbol, as offices write it: below 10 with a 0 before it (NĐ 30/2020, Phụ lục I).
func NumberWith(serial int, symbol string) string { return fmt.Sprintf("%02d/%s", serial, symbol) }

// MaxSerial is the greatest number proper of a series.
const MaxSerial = 999_999
