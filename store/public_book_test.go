package store

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/report"
)

// publicFigures are those of the page of a dialogue that is over.
var publicFigures = []string{
	"total/received", "public/answered", "public/waits", "time/overdue", "solved/yes", "public/published",
}

// into puts the opinions of a slip into a dialogue.
func (fx *fixture) into(t testing.TB, db *DB, d doithoai.Dialogue, o doithoai.ID) {
	t.Helper()
	must(t, db.act(ctxOf(t), func(tx *Tx) error {
		for table, by := range map[string]string{"opinion": "slip_id", "slip": "id"} {
			if err := tx.exec(ctxOf(t), `UPDATE `+table+` SET dialogue_id = $1
				WHERE `+by+` = (SELECT slip_id FROM opinion WHERE id = $2)`, d.ID, o); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Whatever became of what was raised: each figure of the public page is the number of the rows that it opens, and the
// same that the report of the result counts, without what nobody but the staff may see. That is complaints, with their
// rows, which the report has: they are counted together with the denunciations. Nobody reads a word of what is not
// public, nor from which village it came.
func TestPublicBookCountsAsTheReport(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		wantKind(t, second(db.PublicBook(ctx, fx.authority.ID, fx.dialogue.ID)), doithoai.NotFound, "")
		d, all := fx.closed(t, db)
		r := rand.New(rand.NewPCG(5, 6))
		stages := []stage{
			heard, received, ruled, submitted, signed, dispatched, proposed, published, corrected, reopened, toReopen,
		}
		rulings := []doithoai.Ruling{
			{Code: doithoai.RulingDenunciation, HandedOver: true},
			{Code: doithoai.RulingComplaint, HandedOver: true, Text: "Hướng dẫn lập đơn khiếu nại."},
			onTheSpot(), {}, // the last: withdrawn
		}
		for i := range 36 {
			to := stages[r.IntN(len(stages))]
			got := fx.bring(t, db, 820+i, to)
			o := got.Opinions[0]
			if to == received && r.IntN(2) == 0 {
				if ruling := rulings[r.IntN(len(rulings))]; ruling.Code != "" {
					must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, ruling)))
				} else {
					must(t, db.WithdrawOpinion(ctx, fx.office, o.ID, 1, "Người nêu nói đã rõ."))
				}
			}
			if to == published && r.IntN(2) == 0 {
				must(t, db.RateAnswer(ctx, fx.resident, got.Code, o.Number, doithoai.Rating{
					Solved: doithoai.SolvedYes, Satisfied: 4,
				}))
			}
			fx.into(t, db, d, o.ID)
			if i == 18 {
				fx.clock.forward(40 * 24 * time.Hour) // what waits until now is overdue
			}
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, rulings[0])))

		staff := fx.reported(t, db, fx.office).Result.Book
		hidden := func(m report.Matter) bool { return m.Outcome == doithoai.Outcome(doithoai.RulingComplaint) }
		b, err := db.PublicBook(ctx, fx.authority.ID, d.ID)
		must(t, err)
		read := func(key string) []PublicRow {
			counted, ok := b.Where(key)
			if !ok {
				t.Fatalf("the book has no figure %s", key)
			}
			rows, err := db.PublicRows(ctx, fx.authority.ID, b, counted)
			must(t, err)
			return rows
		}
		for _, key := range publicFigures {
			figure, rows, ok := staff.Figure(key)
			if !ok {
				t.Fatalf("the report has no figure %s", key)
			}
			rows = slices.DeleteFunc(rows, hidden)
			opened := read(key)
			if len(opened) != len(rows) {
				t.Fatalf("%s opens %d rows, the report has %d", key, len(opened), len(rows))
			}
			want := len(rows)
			if key == "total/received" {
				want = figure.Count
				if want != b.Untold()+len(opened) || b.Untold() == 0 {
					t.Errorf("%d came, %d have rows, %d have none", want, len(opened), b.Untold())
				}
			}
			if want == 0 {
				t.Errorf("%s counts nothing: the histories are too few", key)
			}
			if got := b.Count(key); got != want {
				t.Errorf("%s is %d, the report says %d", key, got, want)
			}
			for i, m := range opened {
				if m.Number != rows[i].Number || m.Time != rows[i].Time || m.Outcome != rows[i].Outcome || m.Due != rows[i].Due {
					t.Errorf("%s: row %d is %+v, the report has %+v", key, i, m.Matter, rows[i])
				}
			}
		}
		for _, row := range doithoai.TallyRows {
			if b.Count("source/"+string(row)) != staff.Count("source/"+string(row)) {
				t.Errorf("%s: %d, the report says %d", row, b.Count("source/"+string(row)), staff.Count("source/"+string(row)))
			}
		}
		ended := 0
		for _, o := range doithoai.Outcomes {
			ended += b.Ended(o)
		}
		if sum := b.Count("public/answered") + b.Count("public/waits") + ended + b.Untold(); sum != b.Received() {
			t.Errorf("%d are answered, wait, have ended or are untold; %d came", sum, b.Received())
		}
		if _, ok := b.Where("time/never"); ok {
			t.Error("there is a figure of nothing")
		}
		some := 0
		for _, m := range read("total/received") {
			published, err := db.PublishedByNumber(ctx, fx.authority.ID, m.Number)
			switch {
			case err == nil:
				some++
				if m.Words != published.Title || !strings.HasPrefix(published.Answer, m.Answer) || m.Answer == "" ||
					m.FieldCode != published.FieldCode || m.Village != published.Village || !m.Public {
					t.Errorf("%s says %q, %q; public is %q", m.Number, m.Words, m.Answer, published.Title)
				}
				if want := !published.ReplacedAt.IsZero(); m.Replaced != want {
					t.Errorf("%s is replaced: %v, want %v", m.Number, m.Replaced, want)
				}
			case m.Words+m.Answer+m.Village+m.Unit != "" || m.Public || m.Person != 0 || m.Under != "":
				t.Errorf("%s is not public and says %+v", m.Number, m)
			}
		}
		if some == 0 {
			t.Error("no row is public")
		}
	})
}
