package web

import (
	"net/url"

	"doithoai"
)

// Of the address at which a directive is written: what it is opened from.
const (
	DirectiveFrom     = "tu"
	DirectiveUnit     = "don-vi"
	DirectiveNumber   = "so-y-kien"
	DirectivePromise  = "cam-ket"
	DirectiveDialogue = "doi-thoai"
	DirectiveFigure   = "so"
)

// DirectivePath is where the head writes a directive that is opened from a source.
func DirectivePath(s doithoai.DirectiveSource) string {
	q := url.Values{}
	for name, v := range map[string]string{
		DirectiveFrom: string(s.From), DirectiveUnit: string(s.UnitID), DirectiveNumber: string(s.Number),
		DirectivePromise: string(s.PromiseID), DirectiveDialogue: string(s.DialogueID), DirectiveFigure: s.Figure,
	} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if len(q) == 0 {
		return DirectivesPath
	}
	return DirectivesPath + "?" + q.Encode()
}
