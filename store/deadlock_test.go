package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/file"
)

// contender is one act that is run against all others. do answers with the number of events that it wrote.
type contender struct {
	name string
	from stage // where the act starts
	do   func(ctx context.Context, db *DB, fx *fixture, r Received) (events int, err error)
}

func once(err error) (int, error) { return 1, err }

func contenders() []contender {
	id := func(r Received) doithoai.ID { return r.Opinions[0].ID }
	var mu sync.Mutex
	n := 1000
	next := func() int { mu.Lock(); defer mu.Unlock(); n++; return n }
	return []contender{
		{"group of intake", received, func(_ context.Context, db *DB, fx *fixture, _ Received) (int, error) {
			var group sync.WaitGroup
			var mu sync.Mutex
			var failed error
			for range 3 {
				group.Go(func() {
					_, err := db.SubmitSlip(context.Background(), fx.resident, key(next()), fx.slip("Một", "Hai"))
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						failed = err
					}
				})
			}
			group.Wait()
			return 6, failed
		}},
		{"rule", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			_, err := db.RuleOpinion(ctx, fx.secretary, id(r), 1, fx.later())
			return once(err)
		}},
		{"submit", ruled, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			err := db.SubmitAnswer(ctx, fx.justice, id(r), 1, testAnswer)
			if doithoai.KindOf(err) == doithoai.NotAllowed { // not ruled yet: no unit leads it
				return 0, nil
			}
			return once(err)
		}},
		{"return", submitted, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.ReturnAnswer(ctx, fx.chair, id(r), 2, "Chưa rõ."))
		}},
		{"sign", submitted, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.SignAnswer(ctx, fx.chair, id(r), 2))
		}},
		{"sign on paper", submitted, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			b := []byte(fmt.Sprint("bản ký ", next()))
			c := file.Checked{Kind: doithoai.FilePDF, Size: int64(len(b)), Hash: sha256.Sum256(b)}
			u, err := db.KeepUpload(ctx, fx.office, "a.pdf", c, bytes.NewReader(b))
			if err != nil {
				return 0, err
			}
			return once(db.SignOnPaper(ctx, fx.office, id(r), 2, doithoai.OnPaper{
				Signer: fx.chair.ID, On: db.Now().Date(), Words: testAnswer, Scans: []doithoai.ID{u.ID},
			}))
		}},
		{"dispatch", signed, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.DispatchAnswer(ctx, fx.office, id(r), 3, fmt.Sprint(next()), db.Now().Date()))
		}},
		{"propose", dispatched, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.ProposePublication(ctx, fx.office, id(r), 0, testSummary))
		}},
		{"approve", proposed, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.ApprovePublication(ctx, fx.chair, id(r), 1))
		}},
		{"return summary", proposed, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.ReturnPublication(ctx, fx.chair, id(r), 1, "Ngắn hơn."))
		}},
		{"view", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			_, err := db.ViewPetitioner(ctx, fx.office, id(r), "verify")
			return once(err)
		}},
		{"attach a file", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			b := []byte(fmt.Sprint("tệp ", next()))
			c := file.Checked{Kind: doithoai.FilePDF, Size: int64(len(b)), Hash: sha256.Sum256(b)}
			u, err := db.KeepUpload(ctx, fx.office, "a.pdf", c, bytes.NewReader(b))
			if err != nil {
				return 0, err
			}
			err = db.AttachFile(ctx, fx.office, id(r), []doithoai.ID{u.ID})
			if doithoai.KindOf(err) == doithoai.Invalid { // the slip has as many as it may
				return 0, nil
			}
			return once(err)
		}},
		{"rate", dispatched, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number,
				doithoai.Rating{Solved: doithoai.SolvedPart, Satisfied: 3}))
		}},
		{"deliver by hand", dispatched, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			d, err := one(ctx, db.reader(), scanDelivery, `SELECT `+deliveryColumns+`
				FROM delivery
				WHERE opinion_id = $1 AND way = $2`, id(r), doithoai.WayPickUp)
			if doithoai.KindOf(err) == doithoai.NotFound { // not dispatched yet
				return 0, nil
			}
			if err != nil {
				return 0, err
			}
			return once(db.RecordDelivery(ctx, fx.office, d.ID, d.Version, toldNow(db)))
		}},
		{"claim parcels", received, func(ctx context.Context, db *DB, fx *fixture, _ Received) (int, error) {
			claimed, err := db.ClaimParcels(ctx, doithoai.WayEmail, 4)
			for _, p := range claimed {
				if err == nil {
					err = db.SettleParcel(ctx, p.Delivery, doithoai.TroubleNone)
				}
			}
			return 0, err
		}},
		{"join", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			into, err := db.SubmitSlip(ctx, fx.resident, key(next()), fx.slip("Một"))
			if err != nil {
				return 0, err
			}
			err = db.JoinSlip(ctx, fx.office, id(r), 1, into.Opinions[0].ID)
			if doithoai.KindOf(err) == doithoai.Conflict {
				return 1, nil
			}
			return 3, err
		}},
		{"group", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			with, err := db.SubmitSlip(ctx, fx.resident, key(next()), fx.slip("Một"))
			if err != nil {
				return 0, err
			}
			err = db.GroupOpinions(ctx, fx.office, with.Opinions[0].ID, id(r))
			if doithoai.KindOf(err) == doithoai.Conflict {
				return 1, nil
			}
			return 3, err
		}},
		{"classify", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			return once(db.ClassifyOpinion(ctx, fx.office, id(r), 1, doithoai.Classification{Kind: doithoai.KindQuestion}))
		}},
		{"split", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			_, err := db.SplitOpinion(ctx, fx.office, id(r), 1, "Thủ tục đất đai")
			return 2, err
		}},
		{"link", dispatched, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			again, err := db.SubmitSlip(ctx, fx.resident, key(next()), fx.slip("Một"))
			if err != nil {
				return 0, err
			}
			err = db.LinkRepeat(ctx, fx.office, again.Opinions[0].ID, 1, id(r))
			if doithoai.KindOf(err) == doithoai.Conflict { // not answered yet, or in the same moment
				return 1, nil
			}
			return 3, err
		}},
		{"submit as one", ruled, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			with, err := db.SubmitSlip(ctx, fx.resident, key(next()), fx.slip("Một"))
			if err != nil {
				return 0, err
			}
			other := with.Opinions[0].ID
			switch err = db.GroupOpinions(ctx, fx.office, other, id(r)); {
			case doithoai.KindOf(err) == doithoai.Conflict:
				return 1, nil
			case err != nil:
				return 0, err
			}
			if _, err = db.RuleOpinion(ctx, fx.secretary, other, 1, fx.later()); err != nil {
				return 0, err
			}
			err = db.SubmitAnswer(ctx, fx.justice, id(r), 1, testSetAnswer, Versioned{other, 1})
			if k := doithoai.KindOf(err); k == doithoai.Conflict || k == doithoai.NotAllowed {
				return 4, nil
			}
			return 6, err
		}},
		{"draft", received, func(ctx context.Context, db *DB, fx *fixture, r Received) (int, error) {
			_, err := db.SaveDraft(ctx, fx.justice, DraftAnswer, string(id(r)), map[string][]string{"tra-loi": {"x"}})
			return 0, err
		}},
	}
}

// tally counts events of acts that succeeded; other refusals than Conflict fail the test.
type tally struct {
	mu        sync.Mutex
	events    int64
	conflicts int
}

func (c *tally) add(t *testing.T, name string, events int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err == nil:
		c.events += int64(events)
	case doithoai.KindOf(err) == doithoai.Conflict:
		c.conflicts++
	default:
		t.Errorf("%s: %v", name, err)
	}
}

// wantNoDeadlocks asks PostgreSQL itself: an act that is run again would hide them.
func wantNoDeadlocks(t *testing.T, db *DB, fx *fixture) {
	t.Helper()
	if db.dialect != dialectPostgres {
		return
	}
	must(t, db.Close()) // its statistics are complete when a connection ends
	pool, err := sql.Open("pgx", fx.dsn)
	must(t, err)
	defer pool.Close() //nolint:errcheck // of a test
	for range 20 {
		var deadlocks, commits int
		must(t, pool.QueryRow(`SELECT deadlocks, xact_commit
			FROM pg_stat_database
			WHERE datname = current_database()`).Scan(&deadlocks, &commits))
		if deadlocks > 0 {
			t.Fatalf("%d deadlocks had to be broken", deadlocks)
		}
		if commits > 100 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server's statistics never showed the acts")
}

// TestActsAndGroupsInAllPairs runs each act and each group of intake against each other, on the same two opinions.
// SQLite has one writer, so that only intake, which comes from another goroutine, can be in an act's way: that one
// pairs with all others.
func TestActsAndGroupsInAllPairs(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		all := contenders()
		n := 100_000
		var count tally
		for i, a := range all {
			if i > 0 && db.dialect == dialectSQLite {
				break
			}
			for _, b := range all[i:] {
				n += 2
				x, y := fx.bring(t, db, n, a.from), fx.bring(t, db, n+1, b.from)
				before, err := db.RecordSize(ctx)
				must(t, err)
				count.events = before
				var group sync.WaitGroup
				start := make(chan struct{})
				for _, run := range []struct {
					contender
					on Received
				}{{a, x}, {b, y}, {a, y}, {b, x}, {a, x}, {b, y}} {
					group.Go(func() {
						<-start
						events, err := run.do(ctx, db, fx, run.on)
						count.add(t, a.name+" against "+b.name+": "+run.name, events, err)
					})
				}
				close(start)
				group.Wait()
				after, err := db.RecordSize(ctx)
				must(t, err)
				if after != count.events {
					t.Fatalf("%s against %s: %d leaves, the acts that succeeded make %d", a.name, b.name, after, count.events)
				}
				if t.Failed() {
					return
				}
			}
		}
		wantWhole(t, db)
		wantNoDeadlocks(t, db, fx)
	})
}

// TestActsAndGroupsInDisorder runs everything against everything for a while, on a handful of opinions.
func TestActsAndGroupsInDisorder(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		all := contenders()
		var opinions []Received
		for i := range int(published) {
			opinions = append(opinions, fx.bring(t, db, i, stage(i)), fx.bring(t, db, 50+i, stage(i)))
		}
		var count tally
		var err error
		count.events, err = db.RecordSize(ctx)
		must(t, err)
		var group sync.WaitGroup
		until := time.Now().Add(700 * time.Millisecond)
		for i := range 12 {
			group.Go(func() {
				random := rand.New(rand.NewPCG(uint64(i), 7))
				for time.Now().Before(until) {
					c := all[random.IntN(len(all))]
					events, err := c.do(ctx, db, fx, opinions[random.IntN(len(opinions))])
					count.add(t, c.name, events, err)
				}
			})
		}
		group.Wait()
		after, err := db.RecordSize(ctx)
		must(t, err)
		if after != count.events {
			t.Errorf("%d leaves, the acts that succeeded make %d", after, count.events)
		}
		wantWhole(t, db)
		wantNoDeadlocks(t, db, fx)
	})
}
