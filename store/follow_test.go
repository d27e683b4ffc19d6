package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

func TestFollowSlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, signed)
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.secretary, fx.justice, fx.admin} {
			_, err := db.FollowSlip(ctx, a, r.Code)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for _, code := range []doithoai.ReceiptCode{
			"", "x", doithoai.NewReceiptCode(key(2)), doithoai.ReceiptCode(r.Opinions[0].Number),
		} {
			_, err := db.FollowSlip(ctx, fx.resident, code)
			wantKind(t, err, doithoai.NotFound, "")
		}
		f, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		o := f.Opinions[0]
		if o.Answer.Body != "" || o.Petition.State != doithoai.PetitionSigned || o.Unit.Code != "tu-phap-ho-tich" ||
			f.ReceivedAt != r.ReceivedAt {
			t.Errorf("followed %+v", f)
		}
	})
}

func TestRateAnswer(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.bring(t, db, 1, dispatched)
		number := r.Opinions[0].Number
		good := doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.secretary, fx.justice, fx.admin} {
			wantKind(t, db.RateAnswer(ctx, a, r.Code, number, good), doithoai.NotAllowed, "")
			wantKind(t, db.RateAnswer(ctx, a, r.Code, number, doithoai.Rating{}), doithoai.NotAllowed, "")
		}
		for field, bad := range map[string]doithoai.Rating{
			"giai-quyet": {Solved: "maybe", Satisfied: 3}, "hai-long": {Solved: doithoai.SolvedYes, Satisfied: 6},
		} {
			err := db.RateAnswer(ctx, fx.resident, r.Code, number, bad)
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != field {
				t.Errorf("problems %v, want %s", p, field)
			}
		}
		wantKind(t, db.RateAnswer(ctx, fx.resident, doithoai.NewReceiptCode(key(9)), number, good), doithoai.NotFound, "")
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, "ND-26-9999", good), doithoai.NotFound, "")
		wantKind(t, db.RateAnswer(ctx, fx.resident, r.Code, "\xff", good), doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, number, good))
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, number, doithoai.Rating{Solved: doithoai.SolvedNo, Satisfied: 1}))
		f, err := db.FollowSlip(ctx, fx.resident, r.Code)
		must(t, err)
		if got := f.Opinions[0].Rating; got == nil || got.Solved != doithoai.SolvedNo || got.At != db.Now() {
			t.Errorf("rating %+v", got)
		}
		early := fx.bring(t, db, 2, signed)
		wantKind(t, db.RateAnswer(ctx, fx.resident, early.Code, early.Opinions[0].Number, good), doithoai.Conflict,
			"petition.rating.problem.too_early")
		wantClean(t, db)
	})
}

// A denunciation leaves this flow: nobody sees it, lists and counts pass over it, and the record does not tell it.
func TestDenunciation(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		r := fx.submit(t, db, 1, "Tố cáo", "Hỏi")
		id := r.Opinions[0].ID
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, fx.office, fx.secretary, fx.justice} {
			_, err := db.OpinionFile(ctx, a, id)
			wantKind(t, err, doithoai.NotFound, "")
			_, err = db.ViewPetitioner(ctx, a, id, "verify")
			wantKind(t, err, doithoai.NotFound, "")
		}
		_, err = db.RuleOpinion(ctx, fx.chair, id, 2, fx.later())
		wantKind(t, err, doithoai.NotFound, "")
		rows, _, err := db.Register(ctx, fx.office, Filter{Limit: 10})
		must(t, err)
		work, _, err := db.Work(ctx, fx.office)
		must(t, err)
		hall, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		counts, err := db.TabCounts(ctx, fx.office)
		must(t, err)
		if len(rows) != 1 || len(work) != 1 || len(hall) != 1 || counts[TabAll] != 1 {
			t.Errorf("%d rows, %d to work on, %d in the hall, %v", len(rows), len(work), len(hall), counts)
		}
		file, err := db.OpinionFile(ctx, fx.office, r.Opinions[1].ID)
		must(t, err)
		if len(file.SlipNumbers) != 0 {
			t.Errorf("the slip's other numbers: %v", file.SlipNumbers)
		}
		n, err := db.Denunciations(ctx, fx.office)
		must(t, err)
		if n != 1 {
			t.Errorf("%d denunciations", n)
		}
		_, err = db.Denunciations(ctx, fx.justice)
		wantKind(t, err, doithoai.NotAllowed, "")
		wantClean(t, db)
	})
}

// The register by tab and page; unit officers see what their unit leads.
func TestRegister(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for i := range int(published) + 1 {
			fx.bring(t, db, i, stage(i))
		}
		fx.clock.forward(40 * 24 * time.Hour) // what is not answered is late now
		for _, c := range []struct {
			actor doithoai.Actor
			want  map[Tab]int
		}{
			{fx.office, map[Tab]int{
				TabMine: 2, TabAll: 7, TabUnruled: 1, TabProcessing: 3, TabLate: 4, TabToSign: 1, TabToDispatch: 1,
				TabUrge: 1, TabStatus: 4, TabAnswered: 3, TabUnpublished: 2,
			}},
			{fx.justice, map[Tab]int{
				TabMine: 1, TabAll: 6, TabUnruled: 0, TabProcessing: 3, TabLate: 3, TabToSign: 1, TabToDispatch: 1,
				TabUrge: 1, TabAnswered: 3, TabUnpublished: 2,
			}},
			{fx.land, map[Tab]int{}},
		} {
			counts, err := db.TabCounts(ctx, c.actor)
			must(t, err)
			for _, tab := range Tabs {
				rows, more, err := db.Register(ctx, c.actor, Filter{Tab: tab, Limit: 50})
				must(t, err)
				if len(rows) != c.want[tab] || int(counts[tab]) != c.want[tab] || more.More {
					t.Errorf("%s, tab %s: %d rows, counted %d, want %d", c.actor.Name, tab, len(rows), counts[tab], c.want[tab])
				}
			}
		}
		var numbers []string
		var before doithoai.ID
		for {
			rows, more, err := db.Register(ctx, fx.chair, Filter{Limit: 3, Before: before})
			must(t, err)
			for _, r := range rows {
				numbers, before = append(numbers, string(r.Opinion.Number)), r.Opinion.ID
			}
			if !more.More {
				break
			}
		}
		if len(numbers) != 7 || !slices.IsSortedFunc(numbers, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("pages %v", numbers)
		}
		for part, want := range map[string]int{"0003": 1, "ND-26": 7, "%": 0, "_": 0, `\`: 0, "ND-26-0001' OR '1'='1": 0} {
			rows, _, err := db.Register(ctx, fx.office, Filter{Number: part, Limit: 50})
			must(t, err)
			if len(rows) != want {
				t.Errorf("number %q: %d rows, want %d", part, len(rows), want)
			}
		}
		for _, a := range []doithoai.Actor{fx.admin, fx.resident} {
			_, _, err := db.Register(ctx, a, Filter{Limit: 1})
			wantKind(t, err, doithoai.NotAllowed, "")
			_, err = db.TabCounts(ctx, a)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		f, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		if f != (Figures{Received: 7, OnTime: 3, Late: 3}) {
			t.Errorf("figures %+v", f)
		}
		f, err = db.YearFigures(ctx, fx.authority.ID, 2027)
		must(t, err)
		if f != (Figures{Late: 3}) {
			t.Errorf("figures of the next year %+v: what is late drops out of sight", f)
		}
	})
}

// Without a ruling an opinion is late once its dialogue is past, and its term too; one for no dialogue, after its term.
// The register's tab and the day that its rows show say the same.
func TestUnruledLate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		forNone := fx.slip("Gửi ngoài đối thoại, thứ Năm 01/10")
		forNone.DialogueID = ""
		_, err := db.SubmitSlip(ctx, fx.resident, key(1), forNone)
		must(t, err)
		fx.submit(t, db, 2, "Gửi cho buổi đối thoại ngày 25/10")
		rules, err := db.Rules(ctx, fx.authority.ID)
		must(t, err)
		for _, step := range []struct {
			day  calendar.Date
			late int
		}{
			{calendar.DateOf(2026, 10, 5), 0}, // two working days after the day of receipt
			{calendar.DateOf(2026, 10, 6), 1},
			{calendar.DateOf(2026, 10, 25), 1}, // the dialogue's day
			{calendar.DateOf(2026, 10, 26), 2},
		} {
			fx.clock.forward(time.Duration(db.Now().Date().DaysUntil(step.day)) * 24 * time.Hour)
			counts, err := db.TabCounts(ctx, fx.office)
			must(t, err)
			rows, _, err := db.Register(ctx, fx.office, Filter{Limit: 9})
			must(t, err)
			late := 0
			for _, row := range rows {
				d := fx.dialogue
				if row.Opinion.DialogueID == "" {
					d = doithoai.Dialogue{}
				}
				if rules.RuleBy(row.Opinion, d, step.day).Before(step.day) {
					late++
				}
			}
			if int(counts[TabLate]) != step.late || late != step.late {
				t.Errorf("%s: %d counted late, %d by their days, want %d", step.day, counts[TabLate], late, step.late)
			}
		}
	})
}

// A number is found in every spelling; what only looks like one is none.
func TestTypedNumber(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		for typed, want := range map[string]string{
			"ND-26-0003": "ND-26-0003", "nd260003": "ND-26-0003", "ND 26 0003": "ND-26-0003", "NĐ-26-0003": "ND-26-0003",
			"nd–26–3": "ND-26-0003", "Số NĐ-26-0003": "ND-26-0003", "nd-26": "ND-26", "NĐ 26": "ND-26", "ND-26-00": "ND-26-00",
			"0003": "0003", "26-3": "26-3", "covid-19": "", "covid 19 2021": "", "ND": "", "nghị định 61": "",
			"0912345678": "", "%": "", "": "", "ý kiến ND-26-0001' OR": "ND-26-0001",
		} {
			number, ok, err := db.TypedNumber(ctxOf(t), fx.authority.ID, typed)
			must(t, err)
			if number != want || ok != (want != "") {
				t.Errorf("%q is %q, %v; want %q", typed, number, ok, want)
			}
		}
	})
}

// What comes outside office hours counts from its day, or from the next opening, as the parameter of that day says; the
// register's tab goes by the same.
func TestAfterHours(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, err := db.SetParameter(ctx, fx.office, lastOf(t, db, fx, doithoai.ParameterAfterHours).Version,
			doithoai.ParameterChange{
				Key: doithoai.ParameterAfterHours, Value: doithoai.AfterHoursNextOpening, From: calendar.DateOf(2026, 10, 2),
				Certainty: calendar.Unverified})
		must(t, err)
		at := func(day, hour int) calendar.Instant {
			return calendar.InstantAt(calendar.DateOf(2026, 10, day), hour, 0)
		}
		for i, tt := range []struct {
			name           string
			sent, counts   calendar.Instant
			by             calendar.Date // two working days after the day from which it counts
			lateNow, later int           // how many are late on that day, and on the next
		}{
			{"on a Thursday evening by the old value", at(1, 20), at(1, 20), calendar.DateOf(2026, 10, 5), 0, 1},
			{"on a Friday morning", at(9, 9), at(9, 9), calendar.DateOf(2026, 10, 13), 1, 2},
			{"on a Friday evening by the new value", at(16, 20), at(19, 7), calendar.DateOf(2026, 10, 21), 2, 3},
		} {
			fx.clock.forward(tt.sent.Sub(db.Now()))
			s := fx.slip("Thủ tục đất đai của gia đình tôi bao giờ xong?")
			s.DialogueID = ""
			got, err := db.SubmitSlip(ctx, fx.resident, key(i+1), s)
			must(t, err)
			rules := mustRules(t, db, fx)
			o := got.Opinions[0]
			if from := rules.CountsFrom(o.ReceivedAt); o.ReceivedAt != tt.sent || from != tt.counts {
				t.Errorf("%s: received %s, counts from %s", tt.name, o.ReceivedAt, from)
			}
			if by := rules.RuleBy(o, doithoai.Dialogue{}, db.Now().Date()); by != tt.by {
				t.Errorf("%s: to be ruled by %s, want %s", tt.name, by, tt.by)
			}
			for day, want := range []int{tt.lateNow, tt.later} {
				fx.clock.forward(calendar.InstantAt(tt.by.AddDays(day), 9, 0).Sub(db.Now()))
				counts, err := db.TabCounts(ctx, fx.office)
				must(t, err)
				if int(counts[TabLate]) != want {
					t.Errorf("%s: %d are late on %s, want %d", tt.name, counts[TabLate], db.Now().Date(), want)
				}
			}
		}
	})
}

// Topics are told after the commit, those of what changed and no others.
func TestTopics(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		var topics []string
		db.changed = func(topic string) { topics = append(topics, topic) }
		r := fx.submit(t, db, 1, "Một")
		for _, want := range []string{
			"opinion/" + string(r.Opinions[0].ID), "dialogue/" + string(fx.dialogue.ID), TopicDelivery, TopicRecord,
		} {
			if !slices.Contains(topics, want) {
				t.Errorf("topics %v, want %s", topics, want)
			}
		}
		topics = nil
		_, err := db.RuleOpinion(context.Background(), fx.secretary, r.Opinions[0].ID, 9, fx.later())
		wantKind(t, err, doithoai.Conflict, "")
		if len(topics) != 0 {
			t.Errorf("a refused act told %v", topics)
		}
	})
}
