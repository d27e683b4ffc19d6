package web

import (
	"context"
	"io"

	"doithoai"
	"doithoai/web/ui"
)

// Outcome is what was decided of an initiative, and why.
type Outcome struct {
	*Reader
	Decision doithoai.InitiativeDecision
}

func (o Outcome) tag() ui.Tag {
	t := ui.Tag{Text: o.OutcomeName(o.Decision.Outcome)}
	switch o.Decision.Outcome {
	case doithoai.InitiativeApplied:
		t.Colour = ui.Green
	case doithoai.InitiativeNotApplied:
		t.Colour = ui.Grey
	}
	return t
}

// Render writes it.
func (o Outcome) Render(ctx context.Context, w io.Writer) error { return o.html().Render(ctx, w) }
