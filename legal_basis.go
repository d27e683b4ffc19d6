package doithoai

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doithoai/calendar"
)

// LegalBasis is a law, decree, decision or plan on which something rests.
type LegalBasis struct {
	Key        string             `json:"key"`         // "luat-72-2025-qh15"
	Kind       string             `json:"kind"`        // "Luật", "Nghị định", "Quyết định"
	Number     string             `json:"number"`      // "72/2025/QH15"
	Date       calendar.Date      `json:"date"`        // of signing; absent: not known
	Issuer     string             `json:"issuer"`      // "Quốc hội"
	Abstract   string             `json:"abstract"`    // trích yếu
	From       calendar.Date      `json:"from"`        // first day in force; absent: not known, reckoned from its date
	To         calendar.Date      `json:"to"`          // last day in force; absent: no end is known
	ReplacedBy string             `json:"replaced_by"` // key of the one in its place, "" where none is known
	Certainty  calendar.Certainty `json:"certainty"`   // of the dates and of what replaces it
	Note       string             `json:"note"`        // what those who rely on it must know
	// PersonalData: the notice on personal data cites the basis while it is in force.
	PersonalData bool `json:"personal_data,omitempty"`
	Version      int  `json:"-"` // how often the office has written it
}

// InForce reports whether the basis is known to be in force on the day, so that a
// document of that day may cite it. One whose beginning nobody knows isn't.
func (l LegalBasis) InForce(on calendar.Date) bool {
	from := l.begins()
	return !from.IsZero() && calendar.Within(on, from, l.To)
}

// begins returns the first day in force, that of signing where it isn't known; absent where neither is.
func (l LegalBasis) begins() calendar.Date {
	if l.From.IsZero() {
		return l.Date
	}
	return l.From
}

// Expired reports whether the last day in force lies before the day.
func (l LegalBasis) Expired(on calendar.Date) bool { return !l.To.IsZero() && on.After(l.To) }

// Title returns the basis as documents cite it: a law by its name and number,
// "Luật Tiếp công dân số 42/2013/QH13", anything else by its kind and number,
// "Nghị định số 118/2025/NĐ-CP".
func (l LegalBasis) Title() string {
	if strings.HasPrefix(l.Abstract, l.Kind+" ") {
		return l.Abstract + " số " + l.Number
	}
	return l.Kind + " số " + l.Number
}

// Problems are the reasons why the basis can't stand in the list: what a citation
// needs is missing or too long, it ends before it begins, another row is the
// same document, or what replaces it is itself, unknown, or replaced by it.
func (ls LegalBases) Problems(l LegalBasis) []Problem {
	ps := problems{of: "rules.basis.problem."}
	ps.text("loai", "kind", l.Kind, MaxLine)
	ps.number("so", "number", l.Number)
	ps.text("co-quan", "issuer", l.Issuer, MaxLine)
	ps.text("trich-yeu", "abstract", l.Abstract, 5*MaxLine)
	if !l.Certainty.Known() {
		ps.add("do-chac", "certainty")
	}
	ps.long("ghi-chu", l.Note, 5*MaxLine)
	if !l.To.IsZero() && l.To.Before(l.begins()) {
		ps.add("den-ngay", "ends_early")
	}
	if ls.twin(l) {
		ps.add("so", "twice")
	}
	if _, ok := ls.ByKey(l.ReplacedBy); l.ReplacedBy != "" && !ok {
		ps.add("thay-the", "replacement")
	} else if ls.replaces(l.ReplacedBy, l.Key) {
		ps.add("thay-the", "replaces_itself")
	}
	return ps.list
}

// twin reports whether another row of the list is the same document.
func (ls LegalBases) twin(l LegalBasis) bool {
	return slices.ContainsFunc(ls, func(m LegalBasis) bool {
		return m.Key != l.Key && l.Number != "" && strings.EqualFold(m.Number, l.Number) &&
			strings.EqualFold(m.Issuer, l.Issuer)
	})
}

// replaces reports whether the basis of the key, or what replaces it in turn, is old.
func (ls LegalBases) replaces(key, old string) bool {
	for range ls {
		if key == "" || old == "" {
			return false
		}
		if key == old {
			return true
		}
		l, _ := ls.ByKey(key)
		key = l.ReplacedBy
	}
	return false
}

// LegalBases are bases in any order.
type LegalBases []LegalBasis

// ByKey finds a basis. False: there is none.
func (ls LegalBases) ByKey(key string) (LegalBasis, bool) {
	for _, l := range ls {
		if l.Key == key {
			return l, true
		}
	}
	return LegalBasis{}, false
}

// PersonalData returns the bases that the notice on personal data cites on the day.
func (ls LegalBases) PersonalData(on calendar.Date) LegalBases {
	return slices.DeleteFunc(slices.Clone(ls), func(l LegalBasis) bool { return !l.PersonalData || !l.InForce(on) })
}

// CitationFault is what is doubtful about citing a basis in a document of a day.
type CitationFault string

const (
	CitesUnknown  CitationFault = "unknown"  // the list has no such basis
	CitesExpired  CitationFault = "expired"  // its last day in force is past
	CitesReplaced CitationFault = "replaced" // another is in force in its place, though its own end isn't known
	CitesTooEarly CitationFault = "early"    // it isn't in force yet, or nobody knows since when
)

// CitationWarning says what is doubtful about one citation. It never forbids: the
// document may speak of the past, and the list may be wrong.
type CitationWarning struct {
	Fault CitationFault
	Key   string
	Basis LegalBasis // zero where it is unknown
	// Instead is the basis in force on that day which replaces this one, zero
	// where none is known.
	Instead LegalBasis
}

// Cite returns what is doubtful about citing the bases of the keys in a document of
// the day, in the order of the keys; nothing where each is in force.
//
// Of each basis, in this order: it stands in the list; its last day in force is
// not past; where no last day is known, nothing in force replaces it; it has
// begun.
func (ls LegalBases) Cite(on calendar.Date, keys ...string) []CitationWarning {
	var list []CitationWarning
	for _, key := range keys {
		w := CitationWarning{Key: key}
		var ok bool
		w.Basis, ok = ls.ByKey(key)
		w.Instead = ls.instead(w.Basis, on)
		switch {
		case !ok:
			w.Fault = CitesUnknown
		case w.Basis.Expired(on):
			w.Fault = CitesExpired
		case w.Basis.To.IsZero() && w.Instead.Key != "":
			w.Fault = CitesReplaced
		case !w.Basis.InForce(on):
			w.Fault = CitesTooEarly
		default:
			continue
		}
		list = append(list, w)
	}
	return list
}

// instead follows the replacements of a basis to the one in force on the day.
func (ls LegalBases) instead(l LegalBasis, on calendar.Date) LegalBasis {
	for range ls {
		next, ok := ls.ByKey(l.ReplacedBy)
		if !ok {
			break
		}
		if next.InForce(on) {
			return next
		}
		l = next
	}
	return LegalBasis{}
}

// CeasedBasis is a basis that is relied on no more.
type CeasedBasis struct {
	Basis   LegalBasis
	Last    calendar.Date // the last day on which it was
	Instead LegalBasis    // in force in its place; zero where none is known
}

// CeasedIn returns the bases named in a text that ceased before the day, in the order in which they are named. Of
// several bodies' documents with one number, one that is in force will do.
func (ls LegalBases) CeasedIn(s string, on calendar.Date) (list []CeasedBasis) {
	for _, key := range ls.NamedIn(s) {
		l, _ := ls.ByKey(key)
		if last := ls.numberUntil(l.Number); !last.IsZero() && on.After(last) {
			list = append(list, CeasedBasis{Basis: l, Last: last, Instead: ls.instead(l, on)})
		}
	}
	return list
}

// holdUntil is the last day on which all bases named in a text are relied on; absent: no end is known of any.
func (ls LegalBases) holdUntil(s string) (last calendar.Date) {
	for _, key := range ls.NamedIn(s) {
		l, _ := ls.ByKey(key)
		if d := ls.numberUntil(l.Number); !d.IsZero() && (last.IsZero() || d.Before(last)) {
			last = d
		}
	}
	return last
}

// numberUntil is the last day on which a document of the number is relied on, whoever's it is; absent: no end is known.
func (ls LegalBases) numberUntil(number string) (last calendar.Date) {
	for _, l := range ls {
		if !strings.EqualFold(l.Number, number) {
			continue
		}
		d := ls.lastDay(l)
		if d.IsZero() {
			return d
		}
		if d.After(last) {
			last = d
		}
	}
	return last
}

// lastDay is the last day on which a basis is relied on: its last day in force; where that isn't known, the day before
// something in force replaces it. Absent: no end is known.
func (ls LegalBases) lastDay(l LegalBasis) (last calendar.Date) {
	if !l.To.IsZero() {
		return l.To
	}
	for range ls {
		next, ok := ls.ByKey(l.ReplacedBy)
		if !ok {
			break
		}
		if from := next.begins(); next.InForce(from) && (last.IsZero() || from.AddDays(-1).Before(last)) {
			last = from.AddDays(-1)
		}
		l = next
	}
	return last
}

// NumbersChanged are the numbers of the documents that another list relies on until another day than this one, or has
// under another number.
func (ls LegalBases) NumbersChanged(other LegalBases) (numbers []string) {
	for _, l := range slices.Concat(ls, other) {
		if ls.numberUntil(l.Number) != other.numberUntil(l.Number) && !slices.Contains(numbers, l.Number) {
			numbers = append(numbers, l.Number)
		}
	}
	return numbers
}

// NamedIn returns the keys of the bases whose number stands in the text, in the
// order in which they are named: "theo Nghị định số 64/2014/nđ-cp" names one. A
// number within a longer one doesn't count. Where bodies of several places
// numbered alike, all of them are named.
func (ls LegalBases) NamedIn(s string) []string {
	lower := strings.ToLower(s)
	type found struct {
		at  int
		key string
	}
	var all []found
	for _, l := range ls {
		if at := indexWhole(lower, strings.ToLower(l.Number)); at >= 0 {
			all = append(all, found{at, l.Key})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return a.at - b.at })
	var keys []string
	for _, f := range all {
		keys = append(keys, f.key)
	}
	return keys
}

// indexWhole finds a number in a text where no letter, digit or sign of a number
// touches it, -1 where there is none.
func indexWhole(s, number string) int {
	if number == "" {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(s[from:], number)
		if i < 0 {
			return -1
		}
		at, end := from+i, from+i+len(number)
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, _ := utf8.DecodeRuneInString(s[end:])
		if (at == 0 || !ofNumber(before)) && (end == len(s) || !ofNumber(after)) {
			return at
		}
		from = end
	}
}

// ofNumber reports whether r can be part of a document's number.
func ofNumber(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' || r == '-' }

// ParseLegalBases reads bases from a JSON list. It refuses fields it doesn't
// know, bases that aren't complete or whose number is none, a key that comes
// twice, and a replacement that isn't in the list.
func ParseLegalBases(b []byte) (LegalBases, error) {
	var ls LegalBases
	if err := DecodeStrict(b, &ls); err != nil {
		return nil, fmt.Errorf("legal bases: %w", err)
	}
	for i, l := range ls {
		if l.Key == "" || l.Kind == "" || l.Number == "" || l.Issuer == "" || l.Abstract == "" || !l.Certainty.Known() {
			return nil, fmt.Errorf("legal basis %q (%d) is incomplete", l.Key, i)
		}
		if !paperNumber.MatchString(l.Number) {
			return nil, fmt.Errorf("legal basis %q: %q is no number of a document", l.Key, l.Number)
		}
		if _, ok := ls[:i].ByKey(l.Key); ok {
			return nil, fmt.Errorf("legal basis %s comes twice", l.Key)
		}
		if _, ok := ls.ByKey(l.ReplacedBy); l.ReplacedBy != "" && !ok {
			return nil, fmt.Errorf("legal basis %s is replaced by %s, which isn't there", l.Key, l.ReplacedBy)
		}
	}
	return ls, nil
}

// The act of listing a document that others rest on.
const (
	ActSetLegalBasis Act = "set_legal_basis"
)

var basisActs = []actRow{
	{ActSetLegalBasis, law{
		"a document that others rest on is listed, with its validity and what replaces it",
		"NĐ 30/2020 Phụ lục I (căn cứ ban hành) (L)", ""},
		[]grant{{RoleOffice, always}}},
}
