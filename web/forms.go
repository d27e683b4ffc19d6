package web

import (
	"errors"
	"slices"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// VersionForm is the form of a button: the version of what it acts on, as the page showed it.
type VersionForm struct {
	Version int `form:"phien-ban"`
}

// MoveForm decides on the due date that a newer calendar proposes.
type MoveForm struct {
	Version  int    `form:"phien-ban"`
	Calendar string `form:"lich" line:"true"`
}

// TypedDate returns a typed date, the zero Date where it is none: the rule then asks for it.
func TypedDate(s string) calendar.Date {
	d, err := calendar.ParseDateVN(s)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// NumberOf is the register number in the address ("{number}"), however it was typed.
func NumberOf(r *Request) doithoai.RegisterNumber {
	number, _ := text.RegisterNumber(r.PathValue("number"))
	return doithoai.RegisterNumber(number)
}

// DocumentOf is the document that an address names by "{kind}", "{subject}" and "{part}" ([DocumentPath]).
func DocumentOf(r *Request) (at doithoai.DocumentRef, err error) {
	at = doithoai.DocumentRef{
		Kind: doithoai.DocumentKind(r.PathValue("kind")), Subject: doithoai.ID(r.PathValue("subject")),
	}
	at.Part, err = strconv.Atoi(r.PathValue("part"))
	if err != nil || !slices.Contains(doithoai.DocumentKinds, at.Kind) {
		return at, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return at, nil
}

// mostCodes is how many codes one text is tried as: with so many a check character has few left.
const mostCodes = 8

// ReceiptCodes are the receipt codes that may have been typed, the likelier first: nearly always one or none. Where a
// Vietnamese typing program changed letters, the check character chooses among what was meant.
func ReceiptCodes(typed string) []doithoai.ReceiptCode {
	var codes []doithoai.ReceiptCode
	for _, s := range text.CodeSpellings(text.CodeCharacters(typed), doithoai.ReceiptCodeLength) {
		if code, err := doithoai.ParseReceiptCode(s); err == nil && len(codes) < mostCodes {
			codes = append(codes, code)
		}
	}
	return codes
}

// Mendable reports whether a page can come back with what was typed.
func Mendable(err error) bool {
	return slices.Contains([]doithoai.Kind{doithoai.Invalid, doithoai.Conflict, doithoai.Unavailable},
		doithoai.KindOf(err))
}

// RefusalWords returns the sentence of a refusal that belongs to no field; "" where the error has none for people.
func RefusalWords(r *Reader, err error) string {
	var e *doithoai.Error
	if !errors.As(err, &e) {
		return ""
	}
	if e.Key == "error.conflict" { // the general sentence sends to the newest version, and this page is it
		return r.T("web.refused.conflict")
	}
	return r.T(e.Key, e.Args()...)
}

// CitationWords say what is doubtful about a citation:
// "Hết hiệu lực từ 01/07/2026; nay là Nghị định 154/2026/NĐ-CP".
func CitationWords(r *Reader, w doithoai.CitationWarning) string {
	var words string
	switch w.Fault {
	case doithoai.CitesExpired:
		words = r.T("web.citation.expired", "date", r.Date(w.Basis.To.AddDays(1)))
	case doithoai.CitesReplaced:
		words = r.T("web.citation.replaced")
	case doithoai.CitesTooEarly:
		if w.Basis.From.IsZero() {
			return r.T("web.citation.unknown_start")
		}
		return r.T("web.citation.early", "date", r.Date(w.Basis.From))
	case doithoai.CitesUnknown:
		return r.T("web.citation.unknown")
	}
	if w.Instead.Key != "" {
		words += r.T("web.citation.instead", "basis", w.Instead.Title())
	}
	return words
}

// Doubtful says of each basis that a text names, by its number, and that is not in force on the day of the document, in
// a sentence: "Nghị định số 61/2018/NĐ-CP đã hết hiệu lực từ 01/06/2025, được thay thế bằng Nghị định số …".
func Doubtful(r *Reader, bases doithoai.LegalBases, on calendar.Date, s string) []string {
	return DoubtfulWords(r, bases.Cite(on, bases.NamedIn(s)...))
}

// DoubtfulWords are the sentences of such warnings.
func DoubtfulWords(r *Reader, warnings []doithoai.CitationWarning) (list []string) {
	for _, w := range warnings {
		instead := ""
		if w.Instead.Key != "" {
			instead = r.T("web.doubtful.instead", "basis", w.Instead.Title())
		}
		args := []any{"basis", w.Basis.Title(), "instead", instead}
		switch {
		case w.Fault == doithoai.CitesExpired:
			list = append(list, r.T("web.doubtful.expired", append(args, "date", r.Date(w.Basis.To.AddDays(1)))...))
		case w.Fault == doithoai.CitesReplaced:
			list = append(list, r.T("web.doubtful.replaced", "basis", w.Basis.Title(), "by", w.Instead.Title()))
		case w.Basis.From.IsZero():
			list = append(list, r.T("web.doubtful.unknown_start", "basis", w.Basis.Title()))
		default:
			list = append(list, r.T("web.doubtful.early", "basis", w.Basis.Title(), "date", r.Date(w.Basis.From)))
		}
	}
	return list
}

// ByTitle orders bases as a list of names.
func ByTitle(ls doithoai.LegalBases) doithoai.LegalBases {
	ls = slices.Clone(ls)
	text.SortBy(ls, doithoai.LegalBasis.Title)
	return ls
}
