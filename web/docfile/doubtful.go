package docfile

import (
	"context"
	"io"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/web"
)

// Doubtful is what papers cite that is not in force on their day. It warns, and forbids nothing: a paper may speak of
// the past, and old ones are typed in later.
type Doubtful struct {
	*web.Reader
	On       calendar.Date
	List     []string // a sentence each
	Numbered bool     // it has its number: the words can't be mended any more
}

// DoubtfulIn looks at all that a paper says, as it is composed; one without a day is of today.
func DoubtfulIn(r *web.Reader, bases doithoai.LegalBases, p doc.Doc) Doubtful {
	d := Doubtful{Reader: r, On: r.Today(), Numbered: p.Number != ""}
	if !p.Dated.IsZero() {
		d.On = p.Dated
	}
	var said strings.Builder
	for _, passage := range p.Passages() {
		said.WriteString(passage.Text + "\n")
	}
	d.List = web.Doubtful(r, bases, d.On, said.String())
	return d
}

// Render draws the warning; nothing where nothing is doubtful.
func (d Doubtful) Render(ctx context.Context, w io.Writer) error {
	if len(d.List) == 0 {
		return nil
	}
	todo := "before"
	if d.Numbered {
		todo = "after"
	}
	return d.view(todo).Render(ctx, w)
}
