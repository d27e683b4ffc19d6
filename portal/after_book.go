package portal

import (
	"context"

	"doithoai"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/store"
	"doithoai/web"
)

// openBook is what was raised at a dialogue that is over, counted once for all who read of it.
type openBook struct {
	store.PublicBook
	counts map[string]int             // what the page says, by the keys of figures
	rows   map[string][]report.Matter // that openFigures count
	ended  map[string]int             // what has nothing to be answered: withdrawn, not accepted, other
	size   int64                      // of the public record: while it doesn't grow, nothing happens that the book tells
}

// openBook is the book of a dialogue, at most a moment old. It is shared: nobody may change it.
func (s *site) openBook(r *web.Request, d doithoai.Dialogue) (openBook, error) {
	return s.books.get(r.Context(), d.ID, func(
		ctx context.Context, dialogue doithoai.ID, old openBook,
	) (b openBook, err error) {
		now := s.DB.Now()
		size, err := s.DB.RecordSize(ctx)
		if err != nil {
			return b, err
		}
		if size == old.size && now.Date() == old.At.Date() && now.Sub(old.At) < frontLife {
			return old, nil
		}
		if b.PublicBook, err = s.DB.PublicBook(ctx, d.AuthorityID, dialogue); err != nil {
			return b, err
		}
		b.size = size
		b.count()
		return b, nil
	})
}

func (b *openBook) count() {
	b.counts, b.rows, b.ended = map[string]int{}, map[string][]report.Matter{}, map[string]int{}
	for _, f := range openFigures {
		figure, rows, _ := b.Figure(f.key)
		b.counts[f.key], b.rows[f.key] = figure.Count, rows
	}
	for _, f := range b.Group(report.GroupSource).Figures {
		b.counts[f.Key] = f.Count
	}
	for _, o := range doithoai.Outcomes {
		key := "other"
		if o == doithoai.OutcomeWithdrawn || o == doithoai.Outcome(doithoai.RulingNotAccepted) {
			key = plan.OutcomeKey(o)
		}
		b.ended[key] += b.Ended(o)
	}
}
