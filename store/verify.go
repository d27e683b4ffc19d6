package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/tlog"
)

// Finding is one thing in the database that does not agree with the public record.
type Finding struct {
	What  string // "text", "event", "leaf", "hash", "edge", "checkpoint", "answer", "publication"
	Where string // register number or index
	Why   string
}

func (f Finding) String() string { return fmt.Sprintf("%s %s: %s", f.What, f.Where, f.Why) }

// Verify reads the whole public record and everything it speaks of, and names what was altered: leaves against their
// hashes, hashes against the edge, the edge against the signed checkpoint, and every event, with the text it belongs to,
// against its leaf. leaves counts what was read; erased counts leaves whose salts are gone.
func (db *DB) Verify(ctx context.Context, keys ...note.Verifier) (findings []Finding, leaves, erased int64, err error) {
	v := &verifier{db: db, ctx: ctx}
	if err := v.tree(keys); err != nil {
		return nil, 0, 0, err
	}
	if err := v.events(); err != nil {
		return nil, 0, 0, err
	}
	if err := v.copies(); err != nil {
		return nil, 0, 0, err
	}
	return v.findings, v.leaves, v.erased, nil
}

type verifier struct {
	db       *DB
	ctx      context.Context
	findings []Finding
	leaves   int64
	erased   int64
}

func (v *verifier) find(what string, where any, why string, args ...any) {
	v.findings = append(v.findings, Finding{what, fmt.Sprint(where), fmt.Sprintf(why, args...)})
}

// tree checks leaves, hashes, edge and checkpoint.
func (v *verifier) tree(keys []note.Verifier) error {
	last, err := v.db.Checkpoint(v.ctx)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	stored, err := v.storedHashes()
	if err != nil {
		return err
	}
	var edge tlog.Edge
	var signedRoot tlog.Hash
	rows, err := v.db.read.QueryContext(v.ctx, `SELECT n, body, hash FROM leaf ORDER BY n`)
	if err != nil {
		return fmt.Errorf("leaves: %w", err)
	}
	defer rows.Close() //nolint:errcheck // reading only; rows.Err is checked
	for rows.Next() {
		var n int64
		var body, hash []byte
		if err := rows.Scan(&n, &body, &hash); err != nil {
			return fmt.Errorf("leaf: %w", err)
		}
		if n != edge.Size() {
			v.find("leaf", edge.Size(), "is missing")
			return nil
		}
		sum := tlog.LeafHash(body)
		if !bytes.Equal(hash, sum[:]) {
			v.find("leaf", n, "its bytes do not give its stored hash")
		}
		for _, h := range edge.Append(sum) {
			key := [2]int64{int64(h.Level), h.N}
			if stored[key] != h.Hash {
				v.find("hash", fmt.Sprintf("level %d, %d", h.Level, h.N), "is not the hash of its leaves")
			}
			delete(stored, key)
		}
		if edge.Size() == last.Size {
			signedRoot = edge.Root()
		}
		v.leaves++
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("leaves: %w", err)
	}
	for key := range stored {
		v.find("hash", fmt.Sprintf("level %d, %d", key[0], key[1]), "belongs to no leaves")
	}
	if err := v.edge(&edge); err != nil {
		return err
	}
	return v.checkpoint(last, signedRoot, keys)
}

func (v *verifier) storedHashes() (map[[2]int64]tlog.Hash, error) {
	type stored struct {
		key  [2]int64
		hash tlog.Hash
	}
	rows, err := list(v.ctx, v.db.reader(), func(r row) (s stored, err error) {
		var b []byte
		err = r.Scan(&s.key[0], &s.key[1], &b)
		copy(s.hash[:], b)
		return s, err
	}, `SELECT level, n, hash FROM tree_hash`)
	m := make(map[[2]int64]tlog.Hash, len(rows))
	for _, s := range rows {
		m[s.key] = s.hash
	}
	return m, err
}

func (v *verifier) edge(computed *tlog.Edge) error {
	var size int64
	var b []byte
	if err := v.db.read.QueryRowContext(v.ctx, `SELECT size, edge FROM tree WHERE id = $1`, treeID).Scan(&size, &b); err != nil {
		return fmt.Errorf("the record's edge: %w", err)
	}
	want, err := computed.MarshalBinary()
	if err != nil {
		return fmt.Errorf("the record's edge: %w", err)
	}
	if size != computed.Size() || !bytes.Equal(b, want) {
		v.find("edge", size, "the tree's right edge does not follow from its %d leaves", computed.Size())
	}
	return nil
}

func (v *verifier) checkpoint(last SignedCheckpoint, root tlog.Hash, keys []note.Verifier) error {
	if last.Size == 0 && last.Note == "" {
		return nil // nothing was signed yet
	}
	c, err := tlog.OpenCheckpoint([]byte(last.Note), keys...)
	switch {
	case err != nil:
		v.find("checkpoint", last.Size, "%v", err)
	case c.Size != last.Size:
		v.find("checkpoint", last.Size, "the note speaks of %d leaves", c.Size)
	case last.Size > v.leaves:
		v.find("checkpoint", last.Size, "leaves that were signed are missing: %d are there", v.leaves)
	case c.Root != root:
		v.find("checkpoint", last.Size, "its root is not the root of the leaves")
	}
	return nil
}

// events checks every event, with the text that belongs to it, against its leaf.
func (v *verifier) events() error {
	numbers, err := pairs(v.ctx, v.db.reader(), `SELECT id, number FROM opinion WHERE version > $1`, 0)
	if err != nil {
		return err
	}
	contents, err := pairs(v.ctx, v.db.reader(), `SELECT id, content FROM opinion WHERE version > $1`, 0)
	if err != nil {
		return err
	}
	slugs, err := pairs(v.ctx, v.db.reader(), `SELECT id, slug FROM authority WHERE slug <> $1`, "")
	if err != nil {
		return err
	}
	texts, err := pairs(v.ctx, v.db.reader(), `SELECT event_id, body FROM event_text WHERE body <> $1`, "")
	if err != nil {
		return err
	}
	events, err := list(v.ctx, v.db.reader(), scanEvent, `SELECT `+eventColumns+` FROM event ORDER BY leaf`)
	if err != nil {
		return err
	}
	restarts, err := one(v.ctx, v.db.reader(), column[int64], `SELECT count(*) FROM tree_restart`)
	if err != nil {
		return err
	}
	if int64(len(events))+restarts != v.leaves {
		v.find("event", len(events), "events and restarts do not add up to %d leaves", v.leaves)
	}
	for _, e := range events {
		said := texts[e.ID]
		if e.Act == doithoai.ActSubmitSlip || e.Act == doithoai.ActRecordOpinion {
			said = contents[e.OpinionID]
		}
		o := doithoai.Opinion{ID: e.OpinionID, Number: doithoai.RegisterNumber(numbers[e.OpinionID])}
		if err := v.event(e, o, said, slugs[e.AuthorityID]); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) event(e doithoai.Event, o doithoai.Opinion, said, slug string) error {
	ev, err := evidence(v.ctx, v.db.reader(), o, e, said)
	if errors.Is(err, errErased) {
		v.erased++
		return nil
	}
	if doithoai.KindOf(err) == doithoai.NotFound {
		v.find("leaf", e.Leaf, "of event %s on %s is missing", e.Act, o.Number)
		return nil
	}
	if err != nil {
		return err
	}
	leaf, err := tlog.ParseLeaf(ev.Leaf)
	if err != nil {
		v.find("leaf", e.Leaf, "%v", err)
		return nil
	}
	where := fmt.Sprintf("%s, %s, leaf %d", o.Number, e.Act, e.Leaf)
	made, err := tlog.NewLeaf(slug, e.At.Time(), ev.Opening)
	if err != nil {
		v.find("event", where, "%v", err)
		return nil
	}
	if leaf.Authority != made.Authority || !leaf.Time.Equal(made.Time) {
		v.find("event", where, "its authority or time is not the leaf's")
	}
	var mismatch *tlog.MismatchError
	if err := leaf.Opens(ev.Opening); errors.As(err, &mismatch) {
		for _, f := range mismatch.Fields {
			switch {
			case f == tlog.FieldContent && (e.Act == doithoai.ActSubmitSlip || e.Act == doithoai.ActRecordOpinion):
				v.find("text", where, "the text of the opinion, or its event, is not what was recorded")
			default:
				v.find("event", where, "its %s is not what was recorded", f)
			}
		}
	}
	return nil
}

// copies checks what stands beside the events: the answer that was submitted last, the summary that was proposed last.
func (v *verifier) copies() error {
	type copied struct {
		number, act, stored string
		recorded            sql.NullString
	}
	rows, err := list(v.ctx, v.db.reader(), func(r row) (c copied, err error) {
		return c, r.Scan(&c.number, &c.act, &c.stored, &c.recorded)
	}, `SELECT o.number, 'answer', a.body || CASE WHEN a.basis = '' THEN '' ELSE $1 || a.basis END,
			(SELECT t.body FROM event e JOIN event_text t ON t.event_id = e.id WHERE e.opinion_id = o.id AND e.act = 'submit_answer' ORDER BY e.leaf DESC LIMIT 1)
		FROM answer a JOIN petition p ON p.id = a.petition_id JOIN opinion o ON o.id = p.opinion_id
		UNION ALL
		SELECT o.number, 'publication', p.title || $1 || p.question || $1 || p.answer,
			(SELECT t.body FROM event e JOIN event_text t ON t.event_id = e.id WHERE e.opinion_id = o.id AND e.act = 'propose_publication' ORDER BY e.leaf DESC LIMIT 1)
		FROM publication p JOIN opinion o ON o.id = p.opinion_id`, "\n\n")
	if err != nil {
		return err
	}
	for _, c := range rows {
		if c.recorded.Valid && c.stored != c.recorded.String {
			v.find(c.act, c.number, "is not what was submitted and recorded")
		}
	}
	return nil
}
