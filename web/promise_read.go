package web

import "doithoai/web/ui"

// PromiseStand is where a promise stands, of the words that [doithoai/report.Stands] has for it.
func (r *Reader) PromiseStand(stand string) ui.Tag {
	colour := map[string]ui.Colour{
		"kept": ui.Green, "kept_late": ui.Yellow, "late": ui.Red, "broken": ui.Red,
	}[stand]
	return ui.Tag{Text: r.T("promise.state." + stand), Colour: colour}
}
