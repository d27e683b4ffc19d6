package plan

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"doithoai"
)

//go:embed preparation.json
var preparationJSON []byte

// usualItem is a line that preparing a dialogue usually needs; without forms it is for all of them.
type usualItem struct {
	Content string                  `json:"content"`
	Unit    string                  `json:"unit"`
	Title   string                  `json:"title"`
	Detail  string                  `json:"detail"`
	Owner   string                  `json:"owner"`
	Forms   []doithoai.DialogueForm `json:"forms"`
	Test    bool                    `json:"test"` // of the connection: its term is the parameter "online.test"
}

func (u usualItem) fits(form doithoai.DialogueForm) bool {
	return len(u.Forms) == 0 || slices.Contains(u.Forms, form)
}

// preparation are the lists that a commune begins with: house defaults, without any rate.
var preparation = sync.OnceValue(func() (all struct {
	Estimate  []usualItem `json:"estimate"`
	Logistics []usualItem `json:"logistics"`
}) {
	if err := doithoai.DecodeStrict(preparationJSON, &all); err != nil {
		panic(fmt.Sprintf("preparation.json: %v", err)) // it is embedded, and a test reads it
	}
	return all
})

// UsualEstimate are the lines with which the estimate of a dialogue begins (TT 167/2012/TT-BTC names what is paid for),
// without quantities and rates: these come from the province's resolutions.
func UsualEstimate(form doithoai.DialogueForm) (lines []EstimateLine) {
	for _, u := range preparation().Estimate {
		if u.fits(form) {
			lines = append(lines, EstimateLine{Content: u.Content, Unit: u.Unit})
		}
	}
	return lines
}

// UsualLogistics are the things with which a dialogue's checklist begins, those of its form among them. The banner's
// wording is the dialogue's title, place and day. Who does them is one of the units where it is meant by its name.
func UsualLogistics(d doithoai.Dialogue, place string, units []doithoai.Unit) (items []LogisticsItem) {
	title := strings.NewReplacer("“", "", "”", "").Replace(d.Title)
	fill := strings.NewReplacer(
		"{title}", strings.ToUpper(title), "{place_and_date}", PlaceAndDate(place, d.StartsAt.Date()))
	for _, u := range preparation().Logistics {
		if !u.fits(d.Form) {
			continue
		}
		item := LogisticsItem{
			Title: u.Title, Detail: fill.Replace(u.Detail), Owner: u.Owner, Test: u.Test, Ordinal: len(items) + 1,
		}
		if to, _ := AddresseesOf(u.Owner, units); len(to.Units) == 1 {
			i := slices.IndexFunc(units, func(u doithoai.Unit) bool { return u.Code == to.Units[0] })
			item.UnitID, item.Owner = units[i].ID, ""
		}
		items = append(items, item)
	}
	return items
}
