package doc

import (
	"slices"
	"strings"
	"testing"
)

func TestProblems(t *testing.T) {
	for name, d := range map[string]Doc{"report": report(t, 3), "letter": letter()} {
		if list := d.Problems(); list != nil {
			t.Errorf("%s: %v", name, list)
		}
	}
	for want, break_ := range map[string]func(*Doc){
		"kind: shape":                     func(d *Doc) { d.Kind = "" },
		"authority: missing":              func(d *Doc) { d.Authority = " " },
		"symbol: missing":                 func(d *Doc) { d.Symbol = "" },
		"symbol: shape":                   func(d *Doc) { d.Symbol = "UBND - VP" },
		"number: shape":                   func(d *Doc) { d.Number = "0 5" },
		"place_and_date: missing":         func(d *Doc) { d.PlaceAndDate = "" },
		"type: unasked":                   func(d *Doc) { d.Type = "Công văn" },
		"type: missing":                   func(d *Doc) { d.Kind, d.Type = Named, "" },
		"abstract: missing":               func(d *Doc) { d.Abstract = "" },
		"abstract: shape":                 func(d *Doc) { d.Abstract = "trả lời" },
		"abstract: too_long":              func(d *Doc) { d.Abstract = "V/v " + strings.Repeat("dài ", 125) },
		"abstract: character":             func(d *Doc) { d.Abstract = "V/v 🙏" },
		"to: missing":                     func(d *Doc) { d.To = nil },
		"urgency: shape":                  func(d *Doc) { d.Urgency = "NHANH" },
		"superior: too_long":              func(d *Doc) { d.Superior = "a\nb\nc\nd" },
		"body: missing":                   func(d *Doc) { d.Body = nil },
		"body[0]: missing":                func(d *Doc) { d.Body[0] = Text(" ") },
		"body[0]: character":              func(d *Doc) { d.Body[0] = Text("漢") },
		"signers: missing":                func(d *Doc) { d.Signers = nil },
		"signers: too_long":               func(d *Doc) { d.Signers = make([]Signer, 4) },
		"signers[0].title: missing":       func(d *Doc) { d.Signers[0].Title = "" },
		"signers[0].name: missing":        func(d *Doc) { d.Signers[0].Name = "" },
		"signers[0].for: shape":           func(d *Doc) { d.Signers[0].For = "T/M UBND" },
		"signers[0].title: shape":         func(d *Doc) { d.Signers[0].For = "KT. CHỦ TỊCH" },
		"recipients: missing":             func(d *Doc) { d.Recipients.Items = nil },
		"recipients[1]: shape":            func(d *Doc) { d.Recipients.Items[1] = "VT" },
		"annexes[0].mark: missing":        func(d *Doc) { d.Annexes = []Annex{{Title: "a"}} },
		"annexes[0].title: missing":       func(d *Doc) { d.Annexes = []Annex{{}} },
		"annexes[0].body: missing":        func(d *Doc) { d.Annexes = []Annex{{}} },
		"body[0]: picture":                func(d *Doc) { d.Body[0] = Image{Alt: "x"} },
		"body[0].alt: missing":            func(d *Doc) { d.Body[0] = QR{Text: "x"} },
		"body[0]: shape":                  func(d *Doc) { d.Body[0] = FillIn{Lines: 1000} },
		"body[0].columns: missing":        func(d *Doc) { d.Body[0] = Table{} },
		"body[0].columns: table":          func(d *Doc) { d.Body[0] = Table{Columns: []float64{0}} },
		"body[0].rows: missing":           func(d *Doc) { d.Body[0] = Table{Columns: []float64{1}} },
		"body[0].rows[0]: table":          func(d *Doc) { d.Body[0] = tableOf(2, Cells("a")) },
		"body[0].rows[1]: table":          func(d *Doc) { d.Body[0] = tableOf(2, Cells("a", "b"), Row{{Down: 2}, {}}) },
		"body[0].rows[0][0]: character":   func(d *Doc) { d.Body[0] = tableOf(1, Cells("🙏")) },
		"signers[0].name: character":      func(d *Doc) { d.Signers[0].Name = "漢" },
		"annexes[0].body[0]: missing":     func(d *Doc) { d.Annexes = []Annex{{Body: []Block{Text("")}}} },
		"place_and_date: character":       func(d *Doc) { d.PlaceAndDate += "\U0001F64F" },
		"recipients[0]: missing":          func(d *Doc) { d.Recipients.Items[0] = "" },
		"body[0].rows[0][0].alt: missing": func(d *Doc) { d.Body[0] = tableOf(1, Row{{Blocks: []Block{QR{Text: "x"}}}}) },
	} {
		d := letter()
		break_(&d)
		if list := d.Problems(); !slices.ContainsFunc(list, func(p Problem) bool { return p.String() == want }) {
			t.Errorf("want %q, got %v", want, list)
		}
	}
	if len(hostileDoc().Problems()) == 0 {
		t.Error("the hostile document has no problems")
	}
}

// tableOf is a table of so many columns.
func tableOf(columns int, rows ...Row) Table {
	return Table{Columns: []float64{1, 1}[:columns], Rows: rows}
}
