package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/tlog"
)

// fullRecord makes a record of more than one tile, 268 leaves: one opinion with its whole life, then many that came in.
func fullRecord(t testing.TB, db *DB, fx *fixture) (first Received, signer note.Signer, verifier note.Verifier) {
	t.Helper()
	return record(t, db, fx, 26)
}

// smallRecord is one of 28 leaves. SQLite is slow under the race detector.
func smallRecord(t testing.TB, db *DB, fx *fixture) (first Received, signer note.Signer, verifier note.Verifier) {
	t.Helper()
	return record(t, db, fx, 2)
}

func record(t testing.TB, db *DB, fx *fixture, tens int) (first Received, signer note.Signer, verifier note.Verifier) {
	t.Helper()
	first = fx.bring(t, db, 1, published)
	must(t, db.RateAnswer(ctxOf(t), fx.resident, first.Code, first.Opinions[0].Number,
		doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}))
	var group sync.WaitGroup
	for i := range tens {
		group.Go(func() {
			s := fx.slip("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
			if _, err := db.SubmitSlip(ctxOf(t), fx.resident, key(100+i), s); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	signer, verifier = keys(t)
	sign(t, db, signer)
	return first, signer, verifier
}

// errUndo rolls an alteration back.
var errUndo = errors.New("undo")

// findingsAfter alters the database by SQL, verifies it, and undoes the alteration.
func findingsAfter(t testing.TB, db *DB, keys []note.Verifier, statement string, args ...any) []Finding {
	t.Helper()
	v := &verifier{ctx: ctxOf(t)}
	err := db.act(v.ctx, func(tx *Tx) error {
		n, err := tx.execCount(v.ctx, statement, args...)
		if err != nil {
			return err
		}
		if n == 0 {
			return errors.New("nothing was altered")
		}
		if err := v.verify(tx, keys); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatalf("%s: %v", statement, err)
	}
	return v.findings
}

// alteration is one change behind the back of the acts.
type alteration struct {
	statement string
	want      string // "what where", the beginning of a finding
	also      string // other parts that are found with it
}

func (c alteration) test(t *testing.T, name string, db *DB, key note.Verifier) {
	t.Helper()
	findings := findingsAfter(t, db, []note.Verifier{key}, c.statement)
	what, _, _ := strings.Cut(c.want, " ")
	if !slices.ContainsFunc(findings, func(f Finding) bool { return strings.HasPrefix(f.String(), c.want) }) {
		t.Errorf("%s: %v, want %q among them", name, findings, c.want)
	}
	for _, f := range findings {
		if f.What != what && !slices.Contains(strings.Fields(c.also), f.What) {
			t.Errorf("%s: found %s besides", name, f)
		}
	}
}

// TestVerifyNamesAlteredTiles alters what there is only in a record of more than one tile.
func TestVerifyNamesAlteredTiles(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		_, _, key := fullRecord(t, db, fx)
		for name, c := range map[string]alteration{
			"leaf and hash alike": {`UPDATE leaf SET body = (SELECT body FROM leaf WHERE n = 8),
				hash = (SELECT hash FROM leaf WHERE n = 8) WHERE n = 2`, "hash level 8, 0", "event salts edge checkpoint"},
			"hash of a tile":         {`UPDATE tree_hash SET hash = (SELECT hash FROM leaf WHERE n = 8)`, "hash level 8, 0", ""},
			"hash of a tile is gone": {`DELETE FROM tree_hash`, "hash level 8, 0", ""},
			"hash of no tile": {`INSERT INTO tree_hash (level, n, hash) SELECT 8, 1, hash FROM leaf WHERE n = 8`,
				"hash level 8, 1", ""},
		} {
			c.test(t, name, db, key)
		}
		findings, leaves, _, err := db.Verify(context.Background(), key)
		must(t, err)
		if len(findings) > 0 || leaves != 268 {
			t.Errorf("unaltered: %v, %d leaves", findings, leaves)
		}
	})
}

// TestVerifyNamesWhatWasAltered alters one thing at a time by SQL, behind the back of the acts.
func TestVerifyNamesWhatWasAltered(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		first, _, key := smallRecord(t, db, fx)
		other, _ := keys(t)
		otherNote, err := tlog.Checkpoint{Origin: testOrigin, Size: 3, Root: tlog.Hash{}}.Sign(other)
		must(t, err)
		opinion, number := first.Opinions[0].ID, string(first.Opinions[0].Number)
		submitEvent := `(SELECT leaf FROM event WHERE act = 'submit_answer' AND opinion_id = '` + string(opinion) + `')`
		for name, c := range map[string]alteration{
			"opinion's text": {`UPDATE opinion SET content = 'Tôi không hỏi gì.' WHERE id = '` + string(opinion) + `'`,
				"text " + number, ""},
			"opinion's number": {`UPDATE opinion SET number = 'ND-26-9999' WHERE id = '` + string(opinion) + `'`,
				"event ND-26-9999", ""},
			"ruling": {`UPDATE opinion SET ruling = 'KN' WHERE id = '` + string(opinion) + `'`,
				"ruling " + number, ""},
			"summary": {`UPDATE opinion SET summary = 'Khác' WHERE id = '` + string(opinion) + `'`,
				"summary " + number, ""},
			"headline": {`UPDATE opinion SET headline = 'Khác' WHERE id = '` + string(opinion) + `'`,
				"headline " + number, ""},
			"ruling's text": {`UPDATE ruling_text SET body = 'Đã trả lời.' WHERE opinion_id = '` + string(opinion) + `'`,
				"ruling " + number, ""},
			"due date":         {`UPDATE petition SET due = '2027-01-01'`, "petition " + number, ""},
			"petition's state": {`UPDATE petition SET state = 'processing'`, "petition " + number, ""},
			"event's act": {`UPDATE event SET act = 'return_answer' WHERE act = 'sign_answer'`,
				"event " + number, "petition answer"},
			"event's facts": {`UPDATE event SET facts = '{"from":"processing","to":"signed"}' WHERE act = 'submit_answer'`,
				"event " + number + ", submit_answer", ""},
			"event's actor": {`UPDATE event SET actor_id = '` + string(fx.office2.ID) + `' WHERE act = 'sign_answer'`,
				"event " + number + ", sign_answer", ""},
			"event's time": {`UPDATE event SET at = '2026-09-30T00:00:00.000Z' WHERE act = 'sign_answer'`,
				"event " + number + ", sign_answer", "answer"},
			"event's second": {`UPDATE event SET at = '2026-10-01T02:00:01.000Z' WHERE act = 'sign_answer'`,
				"event " + number + ", sign_answer", "answer"},
			"event's authority": {`UPDATE event SET authority_id = '` + string(fx.other.ID) + `' WHERE act = 'sign_answer'`,
				"event " + number + ", sign_answer", ""},
			"event's text": {`UPDATE event_text SET body = 'x' WHERE leaf = ` + submitEvent,
				"event " + number + ", submit_answer", "answer"},
			"event's text is gone": {`DELETE FROM event_text WHERE leaf = ` + submitEvent,
				"event " + number + ", submit_answer", "answer"},
			"leaf's bytes": {`UPDATE leaf SET body = (SELECT body FROM leaf WHERE n = 8) WHERE n = 2`,
				"leaf 2", "event salts edge checkpoint"},
			"leaf's bytes are none": {`UPDATE leaf SET body = hash WHERE n = 2`, "leaf 2", "edge checkpoint"},
			"leaf's hash":           {`UPDATE leaf SET hash = (SELECT hash FROM leaf WHERE n = 8) WHERE n = 2`, "leaf 2", ""},
			"edge":                  {`UPDATE tree SET edge = (SELECT hash FROM leaf WHERE n = 8)`, "edge 28", ""},
			"tree's size":           {`UPDATE tree SET size = 27`, "edge 27", ""},
			"record's origin":       {`UPDATE tree SET origin = 'another.test'`, "checkpoint 28", ""},
			"checkpoint's note": {`UPDATE checkpoint SET note = replace(note, 'nghiadung', 'nghiadunk')`,
				"checkpoint 28", ""},
			"checkpoint's size":      {`UPDATE checkpoint SET size = 27`, "checkpoint 27", ""},
			"checkpoint of another":  {`UPDATE checkpoint SET note = '` + string(otherNote) + `'`, "checkpoint 28", ""},
			"answer's body":          {`UPDATE answer SET body = 'Không.'`, "answer " + number, ""},
			"answer's basis":         {`UPDATE answer SET basis = ''`, "answer " + number, ""},
			"answer's number":        {`UPDATE answer SET number = '1/X'`, "answer " + number, ""},
			"answer's date":          {`UPDATE answer SET dated = '2026-10-02'`, "answer " + number, ""},
			"answer's signature":     {`UPDATE answer SET signed_at = '2026-10-02T02:00:00.000Z'`, "answer " + number, ""},
			"publication's title":    {`UPDATE publication SET title = 'x'`, "publication " + number, ""},
			"publication's answer":   {`UPDATE publication SET answer = 'x'`, "publication " + number, ""},
			"publication taken down": {`UPDATE publication SET state = 'returned'`, "publication " + number, ""},
			"rating":                 {`UPDATE rating SET satisfied = 1`, "rating " + number, ""},
			"rating is gone":         {`DELETE FROM rating`, "rating " + number, ""},
			"stage in lists":         {`UPDATE opinion SET stage = 'unruled' WHERE ruling <> ''`, "stage " + number, ""},
			"due date in lists":      {`UPDATE opinion SET due = '2026-10-02' WHERE ruling <> ''`, "stage " + number, ""},
			"count of a year": {`UPDATE counter SET value = value + 1 WHERE key = 'figures/on_time/2026'`,
				"figures figures/on_time/2026", ""},
			"in time in lists": {`UPDATE opinion SET on_time = NOT on_time WHERE ruling <> ''`, "stage " + number, ""},
			"salts": {`UPDATE leaf_salt SET salts = (SELECT salts FROM leaf_salt WHERE leaf = 8) WHERE leaf = 2`,
				"salts " + number + ", submit_answer, leaf 2", ""},
			"salts are none": {`UPDATE leaf_salt SET salts = (SELECT hash FROM leaf WHERE n = 8) WHERE leaf = 2`,
				"salts " + number + ", submit_answer, leaf 2", ""},
			"event is gone": {`DELETE FROM event WHERE act = 'view_petitioner' OR act = 'rate_answer'`,
				"event ", "rating stage figures"},
		} {
			c.test(t, name, db, key)
		}
		findings, leaves, erased, err := db.Verify(context.Background(), key)
		must(t, err)
		if len(findings) > 0 || leaves != 28 || erased != 0 {
			t.Errorf("unaltered: %v, %d leaves, %d erased", findings, leaves, erased)
		}
	})
}

// Erasing salts is no alteration: what the leaf said is gone, and the record still holds.
func TestVerifyAfterErasure(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		first, _, key := smallRecord(t, db, fx)
		fx.tellAll(t, db, first.Opinions[0].ID)
		must(t, db.ErasePersonalData(ctxOf(t), fx.office, first.Opinions[0].ID, doithoai.ErasureAll, "Đơn ngày 1/10."))
		if _, err := db.EvidenceOf(ctxOf(t), first.SlipID); !errors.Is(err, errErased) {
			t.Errorf("evidence: %v", err)
		}
		findings, _, erased, err := db.Verify(ctxOf(t), key)
		must(t, err)
		if len(findings) > 0 || erased != 8 {
			t.Errorf("found %v, %d erased, want 8", findings, erased)
		}
	})
}

// Verify reads one snapshot: what comes in meanwhile is no finding.
func TestVerifyWhileSubmitting(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		signer, key0 := keys(t)
		stop := make(chan struct{})
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				for j := 0; ; j++ {
					select {
					case <-stop:
						return
					default:
					}
					if _, err := db.SubmitSlip(ctxOf(t), fx.resident, key(i*10000+j), fx.slip(fmt.Sprint(i, j))); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for range 10 {
			sign(t, db, signer)
			wantClean(t, db, key0)
		}
		close(stop)
		group.Wait()
	})
}

// Of two signers at once one wins; the checkpoint never goes back, and a refusal to note the size stops the signing.
func TestSignRecord(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		signer, key := keys(t)
		_, err := db.Checkpoint(ctxOf(t))
		wantKind(t, err, doithoai.NotFound, "")
		sign(t, db, signer) // an empty record is not signed
		_, err = db.Checkpoint(ctxOf(t))
		wantKind(t, err, doithoai.NotFound, "")
		fx.submit(t, db, 1, "Một")
		if err := db.SignRecord(ctxOf(t), signer, func(tlog.Checkpoint) error { return errUndo }); !errors.Is(err, errUndo) {
			t.Errorf("error %v, want the one of who notes the size", err)
		}
		_, err = db.Checkpoint(ctxOf(t))
		wantKind(t, err, doithoai.NotFound, "")
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				fx.submit(t, db, 10+i, "Nội dung")
				if err := db.SignRecord(ctxOf(t), signer, ignoreSize); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		c, err := db.Checkpoint(ctxOf(t))
		must(t, err)
		if c.Size != 9 {
			t.Errorf("signed %d of 9 leaves", c.Size)
		}
		wantClean(t, db, key)
	})
}
