package store

import (
	"maps"
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/report"
)

// reported is the report of the fixture's dialogue, as an actor sees it.
func (fx *fixture) reported(t testing.TB, db *DB, a doithoai.Actor) ReportFile {
	t.Helper()
	f, err := db.ResultReport(ctxOf(t), a, fx.dialogue.ID)
	must(t, err)
	return f
}

// The report counts what the sum of the dialogue counts, whatever became of the opinions.
func TestReportCountsAsTheSum(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		wantKind(t, second(db.ResultReport(ctx, fx.office, fx.dialogue.ID)), doithoai.NotFound, "") // it was not held
		d, all := fx.closed(t, db)
		for i, to := range []stage{
			heard, received, ruled, submitted, signed, dispatched, proposed, published, corrected, reopened, toReopen,
		} {
			r := fx.bring(t, db, 810+i, to)
			must(t, db.act(ctx, func(tx *Tx) error {
				for _, table := range []string{"opinion", "slip"} {
					if err := tx.exec(ctx, `UPDATE `+table+` SET dialogue_id = $1
						WHERE `+map[string]string{"opinion": "slip_id", "slip": "id"}[table]+` =
							(SELECT slip_id FROM opinion WHERE id = $2)`, d.ID, r.Opinions[0].ID); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, doithoai.Ruling{
			Code: doithoai.RulingDenunciation, HandedOver: true,
		})))
		sum, err := db.Tally(ctx, fx.office, d.ID)
		must(t, err)
		b := fx.reported(t, db, fx.office).Result.Book
		if b.Received()+b.Unkeyed != sum.Tally.Received() || b.Count("raised/people")+b.Count("raised/bodies") < 1 ||
			b.Count("raised/people")+b.Count("raised/bodies") != sum.Tally.People {
			t.Errorf("received %d by %d, the sum says %d by %d", b.Received(), b.Count("raised/people"),
				sum.Tally.Received(), sum.Tally.People)
		}
		for _, row := range doithoai.TallyRows {
			n := sum.Tally.Row(row)
			for u, missing := range sum.Tally.Unkeyed {
				if u == doithoai.UnkeyedLines && row == doithoai.TallyListed ||
					u != doithoai.UnkeyedLines && row == doithoai.TallyWritten {
					n -= missing
				}
			}
			if got := b.Count("source/" + string(row)); got != n {
				t.Errorf("%s: %d, the sum says %d", row, got, n)
			}
		}
		for _, o := range doithoai.Outcomes {
			if got := b.Count("outcome/" + string(o)); got != sum.Tally.Outcomes[o] {
				t.Errorf("%s: %d, the sum says %d", o, got, sum.Tally.Outcomes[o])
			}
		}
		if b.Count(report.DenouncedKey) != 1 {
			t.Error("the denunciation is not counted")
		}
		for _, m := range b.Matters {
			if m.Number == all[2].Number {
				t.Error("the denunciation has a row")
			}
		}
		figures, err := db.ResultsOf(ctx, fx.office, d.ID)
		must(t, err)
		if b.Count("time/unruled") != figures.Unruled {
			t.Errorf("unruled are %d, the course says %d", b.Count("time/unruled"), figures.Unruled)
		}
		if faults := fx.reported(t, db, fx.office).Result.Faults(); len(faults) > 0 {
			t.Errorf("faults: %v", faults)
		}
	})
}

// A report is settled once the sum is closed and the office has said its part; its figures then stay, what changes is
// listed beside them, and it is opened again only for a reason and without a number.
func TestResultReport(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, all := fx.closed(t, db)
		words := report.Words{Lacking: "Hội trường nhỏ.", Proposals: "Không"}
		for _, a := range []doithoai.Actor{fx.justice, fx.admin, fx.resident} {
			wantKind(t, second(db.ResultReport(ctx, a, d.ID)), doithoai.NotAllowed, "")
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.resident} {
			wantKind(t, second(db.WriteResultReport(ctx, a, d.ID, 0, words)), doithoai.NotAllowed, "")
			wantKind(t, second(db.SettleResultReport(ctx, a, d.ID, 0)), doithoai.NotAllowed, "")
			wantKind(t, second(db.ReopenResultReport(ctx, a, d.ID, 0, "Nhầm")), doithoai.NotAllowed, "")
		}
		wantKind(t, second(db.SettleResultReport(ctx, fx.office, d.ID, 0)), doithoai.Conflict, "report.problem.not_settled")
		p, err := db.WriteResultReport(ctx, fx.office, d.ID, 0, words)
		must(t, err)
		wantKind(t, second(db.WriteResultReport(ctx, fx.office, d.ID, 0, words)), doithoai.Conflict, "")
		wantKind(t, second(db.SettleResultReport(ctx, fx.office, d.ID, p.Version)), doithoai.Conflict,
			"report.problem.not_settled") // one has no ruling
		paper := doithoai.Document{Kind: doithoai.DocumentResult, Subject: d.ID, Number: "12", Dated: db.Now().Date()}
		wantKind(t, second(db.NumberDocument(ctx, fx.office, 0, paper)), doithoai.Conflict, "documents.problem.no_paper")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
		p, err = db.WriteResultReport(ctx, fx.office, d.ID, p.Version, report.Words{Lacking: " "})
		must(t, err)
		err = second(db.SettleResultReport(ctx, fx.office, d.ID, p.Version))
		wantField(t, err, report.FieldLacking, "lacking")
		wantField(t, err, report.FieldProposals, "proposals")
		p, err = db.WriteResultReport(ctx, fx.office, d.ID, p.Version, words)
		must(t, err)
		wantKind(t, second(db.SettleResultReport(ctx, fx.office, d.ID, 0)), doithoai.Conflict, "")
		settled := db.Now()
		p, err = db.SettleResultReport(ctx, fx.secretary, d.ID, p.Version)
		must(t, err)
		if p.State != report.StateSettled || p.Edition != 1 {
			t.Errorf("it is %+v", p)
		}
		wantKind(t, second(db.WriteResultReport(ctx, fx.office, d.ID, p.Version, words)), doithoai.Conflict,
			"report.problem.settled")
		wantKind(t, second(db.SettleResultReport(ctx, fx.office, d.ID, p.Version)), doithoai.Conflict, "")

		// What happens later stands beside it.
		fx.to(settled.Add(time.Hour))
		must(t, second(db.RuleOpinion(ctx, fx.office, all[0].ID, 2, onTheSpot())))
		f := fx.reported(t, db, fx.chair)
		if f.Settled == nil || f.Settled.At != settled || f.Settled.Words != words {
			t.Fatalf("settled is %+v", f.Settled)
		}
		if f.Settled.Book.Count("outcome/TL-NGAY") != 2 || f.Result.Book.Count("outcome/TL-NGAY") != 3 {
			t.Errorf("settled with %d at once, %d now", f.Settled.Book.Count("outcome/TL-NGAY"),
				f.Result.Book.Count("outcome/TL-NGAY"))
		}
		figures, matters := f.Settled.Changes(f.Result)
		if !slices.Contains(figures, report.Changed{Key: "outcome/TL-NGAY", Was: 2, Now: 3}) ||
			!slices.Equal(matters, []doithoai.RegisterNumber{all[0].Number}) {
			t.Errorf("changed: %v %v", figures, matters)
		}
		file, err := db.ReportEdition(ctx, fx.chair, d.ID, 1)
		must(t, err)
		again, diffs, err := report.Read(file)
		must(t, err)
		if len(diffs) > 0 || again.At != settled {
			t.Errorf("the file differs in %v", diffs)
		}
		wantKind(t, second(db.ReportEdition(ctx, fx.chair, d.ID, 2)), doithoai.NotFound, "")

		// With a number it stays.
		n, err := db.NumberDocument(ctx, fx.office, 0, paper)
		must(t, err)
		if n.Number != "12/BC-UBND" {
			t.Errorf("it has the number %s", n.Number)
		}
		wantKind(t, second(db.ReopenResultReport(ctx, fx.office, d.ID, p.Version, "Nhầm số")), doithoai.Conflict,
			"report.problem.numbered")
		shown, err := db.PaperNumber(ctx, fx.office, doithoai.Document{Kind: doithoai.DocumentResult, Subject: d.ID})
		must(t, err)
		must(t, db.WithdrawDocument(ctx, fx.office, shown.Ref(), shown.Version, doithoai.Withdrawal{
			Reason: "Sai số liệu", From: db.Now().Date(), Whose: doithoai.WithdrawnByNone,
		}))
		wantKind(t, second(db.ReopenResultReport(ctx, fx.office, d.ID, p.Version, "")), doithoai.Invalid, "")
		p, err = db.ReopenResultReport(ctx, fx.office, d.ID, p.Version, "Nhầm số")
		must(t, err)
		wantKind(t, second(db.ReopenResultReport(ctx, fx.office, d.ID, p.Version, "Nhầm số")), doithoai.Conflict, "")
		p, err = db.SettleResultReport(ctx, fx.office, d.ID, p.Version)
		must(t, err)
		f = fx.reported(t, db, fx.office)
		if p.Edition != 2 || len(f.Editions) != 2 || f.Editions[1].Reason != "Nhầm số" ||
			f.Settled.Book.Count("outcome/TL-NGAY") != 3 {
			t.Errorf("editions are %+v", f.Editions)
		}
		paper.Number, paper.Turn = "13", 1
		must(t, second(db.NumberDocument(ctx, fx.office, 0, paper))) // the second edition has its own
		paper.Turn = 0
		wantKind(t, second(db.NumberDocument(ctx, fx.office, 0, paper)), doithoai.Conflict, "documents.problem.no_paper")
		old, err := db.Document(ctx, fx.office, shown.Ref())
		must(t, err)
		wantKind(t, db.UndoWithdrawal(ctx, fx.office, shown.Ref(), old.Version, "Nhầm"), doithoai.Conflict,
			"documents.end.undo.taken") // two editions can't stand at once
	})
}

// What a report says of earlier dialogues is what they left to be answered.
func TestReportTellsOfEarlierDialogues(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, all := fx.closed(t, db)
		next := NewID()
		must(t, db.act(ctx, func(tx *Tx) error {
			later := d
			later.ID, later.Slug, later.PlanID = next, "lan-sau", ""
			later.StartsAt, later.StartedAt = d.StartsAt.Add(time.Hour*48), d.StartedAt.Add(time.Hour*48)
			later.ClosedAt = later.StartedAt.Add(time.Hour)
			rows := newRows(len(dialogueValues(later)))
			rows.add(dialogueValues(later)...)
			return rows.insert(ctx, tx, `dialogue (`+dialogueColumns+`)`)
		}))
		f, err := db.ResultReport(ctx, fx.office, next)
		must(t, err)
		if len(f.Result.Earlier) != 1 || len(f.Result.Earlier[0].Matters) != 1 ||
			f.Result.Earlier[0].Matters[0].Number != all[0].Number {
			t.Errorf("earlier are %+v", f.Result.Earlier)
		}
		if f.Result.Book.Received() != 0 {
			t.Errorf("it received %d", f.Result.Book.Received())
		}
		if sums := maps.Collect(maps.All(f.Result.Book.Denounced)); len(sums) > 0 {
			t.Errorf("denounced %v", sums)
		}
	})
}
