package portal

import (
	"context"
	"net/http"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// newestAnswers is how many answers the first page shows.
const newestAnswers = 4

// front is what the first page shows beside the coming dialogue.
type front struct {
	Answers  []store.Published
	Figures  store.Figures
	Promises map[store.PromiseTab]doithoai.Count
	On       calendar.Date // the day of the figures
	Size     int64         // of the public record: while it doesn't grow, nothing happens that the page would tell
	ReadAt   calendar.Instant
}

// frontLife is how long the first page shows what may change without a new leaf of the record: the name of a unit.
const frontLife = time.Minute

// homePage is the first page: the coming dialogue, the look-up, the newest answers, the year's figures.
type homePage struct {
	*web.Reader
	setting
	front
}

// home answers GET /.
func (s *site) home(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	f, err := s.fronts.get(r.Context(), r.Authority.ID, s.readFront)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, homePage{r.Reader, known, f}.view())
}

func (s *site) readFront(ctx context.Context, authority doithoai.ID, old front) (f front, err error) {
	f.ReadAt = s.DB.Now()
	f.On = f.ReadAt.Date()
	if f.Size, err = s.DB.RecordSize(ctx); err != nil {
		return f, err
	}
	if f.Size == old.Size && f.On == old.On && f.ReadAt.Sub(old.ReadAt) < frontLife {
		return old, nil
	}
	newest, err := s.DB.Search(ctx, authority, store.Search{Limit: newestAnswers})
	if err != nil {
		return f, err
	}
	f.Answers = newest.Answers
	if f.Promises, err = s.DB.PublicPromiseCounts(ctx, authority); err != nil {
		return f, err
	}
	f.Figures, err = s.DB.YearFigures(ctx, authority, f.On.Year)
	return f, err
}

// figures are the year's counts. None has a public page of exactly its rows yet, so none is a link.
func (p homePage) figures() ui.Figures {
	n := func(count int) string { return p.Text.Number(count) }
	f := p.Figures
	return ui.Figures{
		{Number: n(f.Received), Text: p.T("portal.home.received")},
		{Number: n(f.OnTime), Text: p.T("portal.home.on_time")},
		{Number: n(f.Solved), Text: p.T("portal.home.solved")},
		{Number: n(f.Late), Text: p.T("portal.home.late"), Late: f.Late > 0},
	}
}

// lookup is the field for a receipt code.
func lookup(r *web.Reader, typed, fault string, button ui.ButtonKind) ui.Lookup {
	return ui.Lookup{
		Action: followPath, Button: r.T("portal.lookup.button"), Kind: button,
		Field: ui.Input{
			Field: ui.Field{
				Name: "ma", Label: ui.Label{Text: r.T("portal.lookup.label")}, Hint: ui.Hint{Text: r.T("portal.lookup.hint")},
				Error: ui.ErrorMessage{Text: fault, Prefix: r.T("slip.problem.prefix")},
			},
			Value: typed,
		},
	}
}
