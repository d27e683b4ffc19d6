package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// BasisState is whether a plan may rest on a document.
type BasisState string

const (
	BasisInForce   BasisState = "in_force"
	BasisReplace   BasisState = "replace"   // over, or another is in force in its place
	BasisUnchecked BasisState = "unchecked" // not in the authority's list, or nobody has compared it with the original
)

// CheckedBasis is a basis with what the authority's list says of it.
type CheckedBasis struct {
	Basis
	State   BasisState
	Listed  doithoai.LegalBasis      // zero where the list has none such
	Warning doithoai.CitationWarning // zero where nothing is doubtful
}

// LawDay is the day whose law a plan is judged by: its own, else today, or the first day of a year to come.
func (p Plan) LawDay(today calendar.Date) calendar.Date {
	first := calendar.DateOf(p.Year, time.January, 1)
	switch {
	case p.Date.Valid():
		return p.Date
	case first.After(today):
		return first
	}
	return today
}

// CheckBases holds the bases against the authority's list on a day, in their order.
func (p Plan) CheckBases(ls doithoai.LegalBases, on calendar.Date) []CheckedBasis {
	var list []CheckedBasis
	for _, b := range p.Bases {
		c := CheckedBasis{Basis: b, State: BasisUnchecked}
		if l, ok := Listed(ls, b); ok {
			c.Listed = l
			warnings := ls.Cite(on, l.Key)
			if len(warnings) > 0 {
				c.Warning = warnings[0]
			}
			switch {
			case c.Warning.Fault == doithoai.CitesExpired, c.Warning.Fault == doithoai.CitesReplaced:
				c.State = BasisReplace
			case c.Warning.Fault == "" && l.Certainty != calendar.Unverified:
				c.State = BasisInForce
			}
		}
		list = append(list, c)
	}
	return list
}

// Listed finds a document in the authority's list: by its key, else by its number in normal form, and where several
// have it, by day and issuer.
func Listed(ls doithoai.LegalBases, b Basis) (doithoai.LegalBasis, bool) {
	if l, ok := ls.ByKey(b.Key); ok && b.Key != "" {
		return l, true
	}
	var found doithoai.LegalBases
	for _, l := range ls {
		if b.Number != "" && numberForm(l.Number) == numberForm(b.Number) {
			found = append(found, l)
		}
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(l doithoai.LegalBasis) bool {
			return b.Date.Valid() && l.Date.Valid() && l.Date != b.Date ||
				b.Issuer != "" && !strings.HasPrefix(issuerForm(l.Issuer), issuerForm(b.Issuer))
		})
	}
	if len(found) != 1 || found[0].Date.Valid() && b.Date.Valid() && found[0].Date != b.Date {
		return doithoai.LegalBasis{}, false
	}
	return found[0], true
}

// numberForm is the number of a document as it is compared: without marks, dots, spaces and kinds of dashes.
func numberForm(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Pd, r):
			return '-'
		case unicode.IsSpace(r), r == '.':
			return -1
		}
		return r
	}, text.Fold(s))
}

func issuerForm(s string) string {
	return strings.ReplaceAll(text.Fold(s), "uy ban nhan dan", "ubnd")
}

// BasisOf cites a document of the authority's list.
func BasisOf(l doithoai.LegalBasis) Basis {
	return Basis{Key: l.Key, Kind: l.Kind, Number: l.Number, Date: l.Date, Issuer: l.Issuer, Abstract: l.Abstract}
}

// Sentence cites a document as a preamble does: "Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về
// …". A law, whose name says who made it, is cited without its issuer.
func (b Basis) Sentence() string {
	law := strings.HasPrefix(b.Abstract, b.Kind+" ")
	s := b.Kind + " số " + b.Number
	if law {
		s = b.Abstract + " số " + b.Number
	}
	if b.Number == "" {
		s = b.Kind
	}
	if b.Date.Valid() {
		month := fmt.Sprint(int(b.Date.Month))
		if b.Date.Month <= time.February {
			month = "0" + month
		}
		s += fmt.Sprintf(" ngày %02d tháng %s năm %d", b.Date.Day, month, b.Date.Year)
	}
	if law {
		return s
	}
	if b.Issuer != "" {
		s += " của " + b.Issuer
	}
	if b.Abstract != "" {
		first, size := utf8.DecodeRuneInString(b.Abstract)
		s += " " + string(unicode.ToLower(first)) + b.Abstract[size:]
	}
	return s
}

// Named reports whether a text names the document by its number.
func (b Basis) Named(s string) bool {
	return b.Number != "" && len(doithoai.LegalBases{{Key: "b", Number: b.Number}}.NamedIn(s)) > 0
}

// leads begin the paragraphs of a preamble.
var leads = regexp.MustCompile(`^(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Theo)\s+`)

// WithBasis returns the plan resting on one more document. Where the preamble doesn't name it, a paragraph does: behind
// the last that begins with "Căn cứ", else at the top.
func (p Plan) WithBasis(b Basis) Plan {
	if slices.ContainsFunc(p.Bases, func(o Basis) bool {
		return o.Key != "" && o.Key == b.Key || numberForm(o.Number) == numberForm(b.Number) && o.Issuer == b.Issuer
	}) {
		return p
	}
	p.Bases = append(slices.Clone(p.Bases), b)
	if slices.ContainsFunc(p.Preamble, b.Named) {
		return p
	}
	at := 0
	for i, s := range p.Preamble {
		if strings.HasPrefix(s, "Căn cứ ") && !strings.HasSuffix(s, ":") {
			at = i + 1
		}
	}
	p.Preamble = slices.Insert(slices.Clone(p.Preamble), at, "Căn cứ "+b.Sentence()+";")
	return p
}

// WithoutBasis returns the plan without the n-th document. Where the preamble cites it apart from others, the citation
// goes too; a sentence that it can't be taken out of safely stays, and [Plan.Oddities] don't hide it.
func (p Plan) WithoutBasis(n int) Plan { return p.recited(n, nil) }

// Replaced returns the plan with another document in the place of the n-th, in the preamble too where its citation
// stands apart from others.
func (p Plan) Replaced(n int, b Basis) Plan { return p.recited(n, &b) }

func (p Plan) recited(n int, by *Basis) Plan {
	if n < 0 || n >= len(p.Bases) {
		return p
	}
	old := p.Bases[n]
	others := slices.Delete(slices.Clone(p.Bases), n, n+1)
	var preamble []string
	done := false
	for _, s := range p.Preamble {
		if done || !old.Named(s) {
			preamble = append(preamble, s)
			continue
		}
		var left string
		if left, done = recite(s, old, others, by); left != "" {
			preamble = append(preamble, left)
		}
	}
	p.Preamble, p.Bases = preamble, others
	if by == nil {
		return p
	}
	at := n
	p = p.WithBasis(*by)
	if len(p.Bases) > len(others) { // in the place of the old one
		p.Bases = slices.Insert(p.Bases[:len(p.Bases)-1], at, *by)
	}
	return p
}

// recite takes a citation out of a paragraph, or puts another in its place. A citation stands apart between two
// semicolons, where it is the only one; that at the end of a sentence that goes on is left, and done is false.
func recite(s string, old Basis, others []Basis, by *Basis) (left string, done bool) {
	lead := leads.FindString(s)
	end := ""
	if strings.HasSuffix(s, ";") {
		end = ";"
	}
	parts := strings.Split(strings.TrimSuffix(s[len(lead):], ";"), ";")
	i := slices.IndexFunc(parts, old.Named)
	alone := lead != "" && i >= 0 && !slices.ContainsFunc(others, func(o Basis) bool { return o.Named(parts[i]) }) &&
		(i < len(parts)-1 || end != "")
	switch {
	case !alone:
		return s, false
	case by != nil:
		parts[i] = " " + by.Sentence()
	default:
		parts = slices.Delete(parts, i, i+1)
	}
	if len(parts) == 0 {
		return "", true
	}
	return lead + strings.TrimSpace(strings.Join(parts, ";")) + end, true
}
