package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
)

func TestSubmitSlip(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin} {
			_, err := db.SubmitSlip(ctx, a, key(1), fx.slip("Nội dung"))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.SubmitSlip(ctx, doithoai.Actor{}, key(1), fx.slip("Nội dung"))
		wantKind(t, err, doithoai.NotFound, "")
		for name, c := range map[string]struct {
			field  string
			change func(*doithoai.Slip)
		}{
			"nothing said":       {"noi-dung", func(s *doithoai.Slip) { s.Matters = nil }},
			"an empty matter":    {"noi-dung-2", func(s *doithoai.Slip) { s.Matters = []string{"một", ""} }},
			"20,000 characters":  {"noi-dung", func(s *doithoai.Slip) { s.Matters[0] = long(20000) }},
			"another's dialogue": {"noi-dung", func(s *doithoai.Slip) { s.DialogueID = fx.otherDialogue.ID }},
			"no dialogue's id":   {"noi-dung", func(s *doithoai.Slip) { s.DialogueID = "' OR 1=1" }},
			"another's village":  {"thon", func(s *doithoai.Slip) { s.Petitioner.VillageID = fx.otherVillage.ID }},
			"no village's id":    {"thon", func(s *doithoai.Slip) { s.Petitioner.VillageID = "\x00" }},
			"unknown field":      {"linh-vuc", func(s *doithoai.Slip) { s.FieldCode = "khong-co" }},
			"no name":            {"ho-ten", func(s *doithoai.Slip) { s.Petitioner.Name = "" }},
			"no way":             {"nhan-tra-loi", func(s *doithoai.Slip) { s.Petitioner.Ways = nil }},
			"notice not read":    {"da-doc", func(s *doithoai.Slip) { s.NoticeRead = false }},
		} {
			s := fx.slip("Nội dung")
			c.change(&s)
			_, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
			wantKind(t, err, doithoai.Invalid, "")
			if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != c.field {
				t.Errorf("%s: problems %v, want one at %s", name, p, c.field)
			}
		}
		for _, hostile := range []string{"a\x00b", "\xff\xfe"} {
			_, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip(hostile))
			wantKind(t, err, doithoai.Invalid, "")
		}
		wantSame(t, before, fingerprint(t, db))

		for i, hostile := range []string{
			"🙂 <script>alert(1)</script>", "'; DROP TABLE opinion; --", "nga\u0303", "\u202e\u200b\u0007", "$1 %s \\ \" \n\r\t",
			long(doithoai.MaxMatter),
		} {
			r := fx.submit(t, db, 10+i, hostile)
			f, err := db.FollowSlip(ctx, fx.resident, r.Code)
			must(t, err)
			if f.Opinions[0].Opinion.Content != hostile {
				t.Errorf("%.20q was kept as %.20q", hostile, f.Opinions[0].Opinion.Content)
			}
		}
		wantClean(t, db)
	})
}

// The same form returns its first receipt, however often it is sent; with other content it is refused.
func TestSubmitSlipTwice(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		first := fx.submit(t, db, 1, "Một", "Hai")
		before := fingerprint(t, db)
		fx.clock.forward(time.Hour)
		again := fx.submit(t, db, 1, "Một", "Hai")
		if !again.Repeated || first.Repeated {
			t.Error("the repeated one is not marked, or the first is")
		}
		again.Repeated = false
		if fmt.Sprint(again) != fmt.Sprint(first) || again.Code != first.Code || again.ReceivedAt != first.ReceivedAt {
			t.Errorf("second receipt %+v, first %+v", again, first)
		}
		_, err := db.SubmitSlip(ctx, fx.resident, key(1), fx.slip("Một", "Ba"))
		wantKind(t, err, doithoai.Conflict, "slip.problem.sent_already")
		stranger := fx.slip("Một", "Hai")
		stranger.DialogueID, stranger.Petitioner.VillageID, stranger.Petitioner.Address = "", "", "Nơi khác"
		_, err = db.SubmitSlip(ctx, fx.otherResident, key(1), stranger)
		wantKind(t, err, doithoai.Conflict, "slip.problem.sent_already")
		for _, c := range []struct {
			actor doithoai.Actor
			key   doithoai.IntakeKey
			slip  doithoai.Slip
			want  bool
		}{
			{fx.resident, key(1), fx.slip("Một", "Hai"), true},
			{fx.resident, key(1), fx.slip("Một", "Ba"), false},
			{fx.resident, key(2), fx.slip("Một", "Hai"), false},
			{fx.otherResident, key(1), fx.slip("Một", "Hai"), false},
		} {
			if got, err := db.HandedIn(ctx, c.actor, c.key, c.slip); err != nil || got != c.want {
				t.Errorf("%v handed in under %v: %v, %v", c.slip.Matters, c.key, got, err)
			}
		}
		wantSame(t, before, fingerprint(t, db))
	})
}

func TestRecordOpinion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s := doithoai.Slip{
			DialogueID: fx.dialogue.ID, Matters: []string{"Phát biểu"}, Petitioner: doithoai.Petitioner{Name: "Ông Thử"},
		}
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			_, err := db.RecordOpinion(ctx, a, key(1), s)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		_, err := db.RecordOpinion(ctx, fx.secretary, key(1), doithoai.Slip{
			DialogueID: fx.dialogue.ID, Petitioner: s.Petitioner,
		})
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "noi-dung" {
			t.Errorf("problems %v, want noi-dung", p)
		}
		r, err := db.RecordOpinion(ctx, fx.secretary, key(1), s)
		must(t, err)
		o := r.Opinions[0]
		if o.Channel != doithoai.ChannelHall || o.Manner != doithoai.MannerSpeak {
			t.Errorf("opinion %+v", o)
		}
		file, err := db.OpinionFile(ctx, fx.secretary, o.ID)
		must(t, err)
		if file.TypedBy != fx.secretary.Name || len(file.Deliveries) != 0 || file.Events[0].Act != doithoai.ActRecordOpinion {
			t.Errorf("file %+v", file)
		}
		rows, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		if len(rows) != 1 || rows[0].Name != "Ông Thử" {
			t.Errorf("rows %+v", rows)
		}
		wantClean(t, db)
	})
}

// wantWhole checks the law of conservation of intake: row ⇔ leaf ⇔ delivery ⇔ event ⇔ salts, numbers without gap.
func wantWhole(t testing.TB, db *DB, keys ...note.Verifier) {
	t.Helper()
	ctx := ctxOf(t)
	for what, query := range map[string]string{
		"opinion without its event": `SELECT count(*)
			FROM opinion o
			WHERE 1 <> (
				SELECT count(*)
				FROM event e
				WHERE e.opinion_id = o.id AND e.act IN ('submit_slip', 'record_opinion', 'record_part')
			)`,
		"event without leaf": `SELECT count(*)
			FROM event e
			WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.n = e.leaf)`,
		"leaf without event": `SELECT count(*)
			FROM leaf l
			WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.leaf = l.n)
				AND NOT EXISTS (SELECT 1 FROM tree_restart r WHERE r.leaf = l.n)`,
		"event without salts": `SELECT count(*)
			FROM event e
			WHERE NOT EXISTS (SELECT 1 FROM leaf_salt s WHERE s.leaf = e.leaf AND s.opinion_id = e.opinion_id)`,
		"salts without event": `SELECT count(*)
			FROM leaf_salt s
			WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.leaf = s.leaf)`,
		"slip without opinion": `SELECT count(*)
			FROM slip s
			WHERE NOT EXISTS (SELECT 1 FROM opinion o WHERE o.slip_id = s.id)`,
		"slip without petitioner": `SELECT count(*)
			FROM slip s
			WHERE NOT EXISTS (SELECT 1 FROM petitioner p WHERE p.slip_id = s.id)`,
		"e-mail of a receipt not queued": `SELECT count(*)
			FROM petitioner p
			WHERE p.ways LIKE '%email%' AND NOT EXISTS (
				SELECT 1
				FROM delivery d
				WHERE d.slip_id = p.slip_id AND d.kind = 'received' AND d.way = 'email'
			)`,
		"receipt queued for people":      `SELECT count(*) FROM delivery WHERE kind = 'received' AND way <> 'email'`,
		"leaves not counted by the tree": `SELECT abs((SELECT count(*) FROM leaf) - (SELECT size FROM tree))`,
		"numbers not counted, or with gap": `SELECT abs((SELECT count(*) FROM opinion) -
			(SELECT coalesce(sum(value), 0) FROM counter WHERE key LIKE 'register/%'))`,
	} {
		n, err := one(ctx, db.reader(), column[int64], query)
		must(t, err)
		if n != 0 {
			t.Errorf("%d × %s", n, what)
		}
	}
	wantClean(t, db, keys...)
}

func TestManySubmittersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		const submitters, each = 32, 6
		var mu sync.Mutex
		numbers, codes := map[doithoai.RegisterNumber]bool{}, map[doithoai.ReceiptCode]bool{}
		var group sync.WaitGroup
		for i := range submitters {
			group.Go(func() {
				for j := range each {
					n := i*each + j
					s := fx.slip(fmt.Sprintf("Nội dung %d", n), "Nội dung thứ hai")
					if n%7 == 3 { // refused, amid the others
						s.FieldCode = "khong-co"
					}
					if n%11 == 5 { // breaks in the engine, amid the others
						s.Petitioner.Organisation = "\x00"
					}
					r, err := db.SubmitSlip(context.Background(), fx.resident, key(n), s)
					if bad := n%7 == 3 || n%11 == 5; bad {
						if doithoai.KindOf(err) != doithoai.Invalid {
							t.Errorf("bad submission: %v", err)
						}
						continue
					}
					if err != nil {
						t.Errorf("submission %d: %v", n, err)
						continue
					}
					mu.Lock()
					codes[r.Code] = true
					for _, o := range r.Opinions {
						numbers[o.Number] = true
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if len(numbers) != 2*len(codes) {
			t.Errorf("%d numbers on %d receipts", len(numbers), len(codes))
		}
		for i := range len(numbers) {
			if n := doithoai.NewRegisterNumber("ND", 2026, int64(i+1)); !numbers[n] {
				t.Errorf("number %s is missing", n)
			}
		}
		wantWhole(t, db)
	})
}

// A submitter who hangs up takes nobody with him, and gets his first receipt when he sends the form again.
func TestSubmitterWhoHangsUp(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		const n = 60
		var group sync.WaitGroup
		var kept sync.Map
		for i := range n {
			group.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				hangsUp := i%2 == 0
				if hangsUp {
					time.AfterFunc(time.Duration(i)*50*time.Microsecond, cancel)
				}
				r, err := db.SubmitSlip(ctx, fx.resident, key(i), fx.slip(fmt.Sprintf("Nội dung %d", i)))
				switch {
				case err == nil:
					kept.Store(i, r.Opinions[0].Number)
				case !hangsUp || !errors.Is(err, context.Canceled):
					t.Errorf("submission %d: %v", i, err)
				}
			})
		}
		group.Wait()
		for i := range n {
			r := fx.submit(t, db, i, fmt.Sprintf("Nội dung %d", i))
			if first, ok := kept.Load(i); ok && (first != r.Opinions[0].Number || !r.Repeated) {
				t.Errorf("submission %d: first %v, then %v", i, first, r.Opinions[0].Number)
			}
		}
		wantWhole(t, db)
		if got, err := db.RecordSize(ctxOf(t)); err != nil || got != n {
			t.Errorf("%d leaves, %v, want %d", got, err, n)
		}
	})
}

// Closing while others submit: who was answered is in the database, the others are told that it is unavailable.
func TestCloseWhileSubmitting(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			fx := e.copy(t)
			db, err := Open(context.Background(), fx.dsn, Options{Now: fx.clock.Now})
			must(t, err)
			var mu sync.Mutex
			var acknowledged []string
			var group sync.WaitGroup
			for i := range 16 {
				group.Go(func() {
					for j := range 1000 {
						r, err := db.SubmitSlip(context.Background(), fx.resident, key(i*1000+j), fx.slip("Nội dung"))
						if err != nil {
							if doithoai.KindOf(err) != doithoai.Unavailable {
								t.Errorf("while closing: %v", err)
							}
							return
						}
						mu.Lock()
						acknowledged = append(acknowledged, string(r.Opinions[0].Number))
						mu.Unlock()
					}
				})
			}
			time.Sleep(50 * time.Millisecond)
			must(t, db.Close())
			must(t, db.Close()) // once more is nothing
			group.Wait()
			if len(acknowledged) == 0 {
				t.Error("nothing was acknowledged before closing")
			}
			db = fx.open(t)
			rows, err := list(ctxOf(t), db.reader(), column[string], `SELECT number FROM opinion`)
			must(t, err)
			slices.Sort(rows)
			for _, n := range acknowledged {
				if _, found := slices.BinarySearch(rows, n); !found {
					t.Errorf("%s was acknowledged and is lost", n)
				}
			}
			if len(rows) != len(acknowledged) {
				t.Errorf("%d rows, %d acknowledged", len(rows), len(acknowledged))
			}
			wantWhole(t, db)
		})
	}
}

// Numbers start anew each year, and each authority has its own.
func TestRegisterNumbers(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		var got []string
		take := func(n int, a doithoai.Actor, s doithoai.Slip) {
			r, err := db.SubmitSlip(ctxOf(t), a, key(n), s)
			must(t, err)
			for _, o := range r.Opinions {
				got = append(got, string(o.Number))
			}
		}
		elsewhere := fx.slip("Một")
		elsewhere.DialogueID, elsewhere.Petitioner.VillageID, elsewhere.Petitioner.Address = "", "", "Nơi khác"
		take(1, fx.resident, fx.slip("Một", "Hai"))
		take(2, fx.otherResident, elsewhere)
		fx.clock.forward(92 * 24 * time.Hour) // 1 January 2027, 09:00
		take(3, fx.resident, fx.slip("Một"))
		if want := "ND-26-0001 ND-26-0002 KH-26-0001 ND-27-0001"; strings.Join(got, " ") != want {
			t.Errorf("numbers %v, want %s", got, want)
		}
	})
}
