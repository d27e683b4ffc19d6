package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// A paper of a dialogue or an opinion gets its number in the register, another one, and none again; what the register
// refuses, it refuses here too, and a paper that there is not gets none.
func TestNumberDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		give := func(version int, d doithoai.Document, number string, dated calendar.Date) error {
			d.Number, d.Dated = number, dated
			_, err := db.NumberDocument(ctx, fx.office, version, d)
			return err
		}
		kept := func(d doithoai.Document) doithoai.PaperNumber {
			n, err := db.PaperNumber(ctx, fx.justice, d)
			must(t, err)
			return n
		}
		posting := doithoai.Document{Kind: doithoai.DocumentPosting, Subject: fx.dialogue.ID}
		wantField(t, give(0, posting, "", today), posting.Kind.NumberField(), "documents.problem.number")
		wantField(t, give(0, posting, "12", today.AddDays(1)), posting.Kind.DateField(), "documents.problem.future")
		must(t, give(0, posting, "12", today))
		n := kept(posting)
		if n.Number != "12/TB-UBND" || n.Dated != today || n.OutOfOrder || n.Fixed {
			t.Errorf("the paper has %+v", n)
		}
		wantKind(t, give(0, posting, "13", today), doithoai.Conflict, "error.conflict")

		opinion := fx.bring(t, db, 1, signed).Opinions[0]
		slip := doithoai.Document{Kind: doithoai.DocumentAssignment, Subject: opinion.ID}
		status := doithoai.Document{Kind: doithoai.DocumentStatus, Subject: opinion.ID}
		wantField(t, give(0, status, "012/tb–ubnd", today), status.Kind.NumberField(), "documents.problem.number_taken")
		must(t, give(0, slip, "3/PGXL", today))
		must(t, give(0, status, "11/TB-UBND", today))
		must(t, give(kept(posting).Version, posting, "12", today.AddDays(-1)))
		if n := kept(posting); !n.OutOfOrder {
			t.Errorf("a number after one of a later day: %+v", n)
		}
		for _, none := range []doithoai.DocumentKind{
			doithoai.DocumentExtension, doithoai.DocumentRefusal, doithoai.DocumentGuidance, doithoai.DocumentTransferNotice,
		} {
			wantKind(t, give(0, doithoai.Document{Kind: none, Subject: opinion.ID}, "40", today), doithoai.Conflict,
				"documents.problem.no_paper")
		}
		for _, none := range []doithoai.DocumentKind{doithoai.DocumentMinutes, doithoai.DocumentMoved} {
			wantKind(t, give(0, doithoai.Document{Kind: none, Subject: fx.dialogue.ID}, "40", today), doithoai.Conflict,
				"documents.problem.no_paper")
		}
		for _, other := range []doithoai.Actor{fx.justice, fx.chair} {
			_, err := db.NumberDocument(ctx, other, 0, slip)
			wantKind(t, err, doithoai.NotAllowed, "error.not_allowed")
		}

		old := kept(posting).Version
		must(t, give(old, posting, "", calendar.Date{}))
		if n := kept(posting); n.Number != "" || n.Version != 0 {
			t.Errorf("the paper still has %+v", n)
		}
		must(t, give(0, posting, "20", today))
		wantKind(t, give(old, posting, "21", today), doithoai.Conflict, "error.conflict") // of the row that is gone
		f, err := db.OpinionFile(ctx, fx.office, opinion.ID)
		must(t, err)
		if got := f.PaperNumber(doithoai.DocumentStatus); got.Number != "11/TB-UBND" || len(f.Numbered) != 2 {
			t.Errorf("the opinion has %+v", f.Numbered)
		}
		wantLines(t, documents(t, db, fx.office, DocumentQuery{Kind: doithoai.DocumentAssignment}),
			"assignment 3/PGXL issued")
	})
}

// numbersHere has the system give numbers from a day on.
func numbersHere(t *testing.T, db *DB, from calendar.Date) {
	t.Helper()
	must(t, db.act(ctxOf(t), func(tx *Tx) error {
		if err := tx.exec(ctxOf(t), `UPDATE parameter SET valid_to = $1 WHERE key = $2`, from.AddDays(-1),
			doithoai.ParameterNumbering); err != nil {
			return err
		}
		return tx.exec(ctxOf(t), `INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from,
				basis, basis_key, certainty)
			SELECT authority_id, ordinal + 1000, key, section, label, $1, unit, $2, basis, basis_key, certainty
			FROM parameter
			WHERE key = $3`, doithoai.NumberedHere, from, doithoai.ParameterNumbering)
	}))
}

// Where the system gives the numbers, a symbol is enough, and no other number than the next is taken; one that was
// given stays. What went out before keeps the rule of its day.
func TestNumbersGivenHere(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		number := func(id doithoai.ID) string {
			f, err := db.OpinionFile(ctx, fx.office, id)
			must(t, err)
			return f.Answer.Number
		}
		var ids []doithoai.ID
		for i := range 6 {
			ids = append(ids, fx.bring(t, db, i, signed).Opinions[0].ID)
		}
		must(t, db.DispatchAnswer(ctx, fx.office, ids[0], 3, "87/UBND-VP", today))
		wantField(t, db.DispatchAnswer(ctx, fx.office, ids[1], 3, "UBND-VP", today), "so", "error.problem.paper_number")
		numbersHere(t, db, today)

		n, err := db.Numbering(ctx, fx.office, "UBND-VP", "TB-UBND")
		must(t, err)
		if !n.Here || n.Next["UBND-VP"] != "88/UBND-VP" || n.Next["TB-UBND"] != "01/TB-UBND" {
			t.Errorf("the numbers that come next are %+v", n)
		}
		for _, other := range []string{"90/UBND-VP", "12/UBND-VP", "88"} {
			err := db.DispatchAnswer(ctx, fx.office, ids[1], 3, other, today)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "so" {
				t.Errorf("%s: error %v", other, err)
			}
		}
		wantField(t, db.DispatchAnswer(ctx, fx.office, ids[1], 3, "UBND-VP", today.AddDays(1)), "ngay", "date_future")
		must(t, db.DispatchAnswer(ctx, fx.office, ids[1], 3, "UBND-VP", today))
		must(t, db.DispatchAnswer(ctx, fx.office, ids[2], 3, "89/ubnd–vp", today)) // the next one, whatever its spelling
		if a, b := number(ids[1]), number(ids[2]); a != "88/UBND-VP" || b != "89/ubnd–vp" {
			t.Errorf("the answers have %s and %s", a, b)
		}

		// Of a day before, a number is typed as it was given, but none that is still to come.
		yesterday := today.AddDays(-1)
		slip := doithoai.Document{Kind: doithoai.DocumentAssignment, Subject: ids[3], Number: "95/UBND-VP", Dated: yesterday}
		_, err = db.NumberDocument(ctx, fx.office, 0, slip)
		wantField(t, err, slip.Kind.NumberField(), "ahead")
		slip.Number = "60/UBND-VP"
		_, err = db.NumberDocument(ctx, fx.office, 0, slip)
		must(t, err)
		letter := db.testLetter()
		letter.ID, letter.Number, letter.Dated = newID(), "UBND-VP", today
		must(t, db.SendOnwardLetter(ctx, fx.justice, fx.bring(t, db, 20, ruled).Opinions[0].ID, letter))
		joined := letter
		joined.ID, joined.Number = newID(), "90/UBND-VP" // the same letter, about another matter
		must(t, db.SendOnwardLetter(ctx, fx.justice, fx.bring(t, db, 21, ruled).Opinions[0].ID, joined))

		// A number that was given stays: no door takes it back or puts another in its place.
		text := plan.Text{
			DialogueID: fx.dialogue.ID, Kind: plan.TextAnnouncement, Body: "Thông báo", Number: "TB-UBND", Dated: today,
		}
		text, err = db.WriteText(ctx, fx.office, 0, text)
		must(t, err)
		if text.Number != "01/TB-UBND" {
			t.Errorf("the announcement has %s", text.Number)
		}
		same := text
		same.Body = "Thông báo, viết lại"
		text, err = db.WriteText(ctx, fx.office, text.Version, same)
		must(t, err)
		for _, next := range []string{"", "02/TB-UBND", "TB-UBND"} {
			changed := text
			changed.Number = next
			if next == "" {
				changed.Dated = calendar.Date{}
			}
			_, err := db.WriteText(ctx, fx.office, text.Version, changed)
			wantField(t, err, "so", "given")
		}
		posting := doithoai.Document{
			Kind: doithoai.DocumentPosting, Subject: fx.dialogue.ID, Number: "TB-UBND", Dated: today,
		}
		posting, err = db.NumberDocument(ctx, fx.office, 0, posting)
		must(t, err)
		version, err := db.PaperNumber(ctx, fx.office, posting)
		must(t, err)
		if posting.Number != "02/TB-UBND" || !version.Fixed {
			t.Errorf("the posting has %+v", version)
		}
		gone := posting
		gone.Number, gone.Dated = "", calendar.Date{}
		_, err = db.NumberDocument(ctx, fx.office, version.Version, gone)
		wantField(t, err, posting.Kind.NumberField(), "given")
		fx.clock.forward(24 * 3600 * 1e9)
		must(t, db.DispatchAnswer(ctx, fx.office, ids[4], 3, "UBND-VP", db.Now().Date()))
		wantField(t, db.DispatchAnswer(ctx, fx.office, ids[5], 3, "UBND-VP", today), "ngay", "before_last")
	})
}

// Fifty clients at once get the numbers of one series without a gap and without a double, for documents of different
// kinds; what is refused, or rolled back, leaves no gap.
func TestNumbersWithoutGaps(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		numbersHere(t, db, today)
		const clients, answers = 50, 20
		var acts []func() error
		for i := range answers {
			id := fx.bring(t, db, i, signed).Opinions[0].ID
			acts = append(acts, func() error { return db.DispatchAnswer(ctx, fx.office, id, 3, "UBND-VP", today) })
		}
		for i := answers; i < clients; i++ {
			id := fx.bring(t, db, i, ruled).Opinions[0].ID
			slip := doithoai.Document{
				Kind: doithoai.DocumentAssignment, Subject: id, Number: "UBND-VP", Dated: today,
			}
			letter := db.testLetter()
			letter.ID, letter.Number, letter.Dated = newID(), "UBND-VP", today
			acts = append(acts, func() error {
				if i%2 == 0 {
					_, err := db.NumberDocument(ctx, fx.office, 0, slip)
					return err
				}
				return db.SendOnwardLetter(ctx, fx.justice, id, letter)
			})
		}
		errs := make(chan error)
		for _, act := range acts {
			go func() { errs <- again(ctx, act) }()
			go func() { // an act that took a number and comes to nothing
				errs <- db.act(ctx, func(tx *Tx) error {
					if _, err := tx.numberOf(ctx, fx.authority.ID, doithoai.DocumentReply, "UBND-VP", today); err != nil {
						return err
					}
					return errNothing
				})
			}()
		}
		for range 2 * len(acts) {
			if err := <-errs; err != nil && !errors.Is(err, errNothing) && doithoai.KindOf(err) != doithoai.Unavailable {
				t.Error(err)
			}
		}
		serials, err := list(ctx, db.reader(), column[int], `SELECT serial
			FROM document
			WHERE series = 'ubnd-vp'
			ORDER BY serial`)
		must(t, err)
		want := make([]int, clients)
		for i := range want {
			want[i] = i + 1
		}
		if !slices.Equal(serials, want) {
			t.Errorf("the series has %v", serials)
		}
	})
}

var errNothing = errors.New("it came to nothing")

// again does an act until the database takes it: fifty at once may wait for each other too long for one try.
func again(ctx context.Context, act func() error) (err error) {
	for range 20 {
		if err = act(); doithoai.KindOf(err) != doithoai.Unavailable || ctx.Err() != nil {
			return err
		}
	}
	return err
}
