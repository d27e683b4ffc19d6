package store

import (
	"bytes"
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/tlog"
)

// Finding is one thing in the database that does not agree with the public record.
type Finding struct {
	// What is the part that differs: of the record itself "leaf", "hash", "edge", "checkpoint", "restart"; of what it
	// speaks of "text" (of an opinion), "event", "salts", "opinion", "ruling", "petition", "answer", "publication",
	// "rating", "promise", "stage" (where lists have the opinion), "figures" (the counts of a year), "minutes"; beside
	// the record "file"; of what was done about a delay "urging", and whether the person was told how it stands "status".
	What  string
	Where string // register number or index
	Why   string
}

func (f Finding) String() string { return fmt.Sprintf("%s %s: %s", f.What, f.Where, f.Why) }

// Verify reads the whole public record and everything it speaks of, in one snapshot while others write, and names what
// was altered: leaves against their hashes, hashes against the edge, the edge against the signed checkpoint, every
// event, with the text it belongs to, against its leaf, and what stands beside the events (ruling, petition, answer,
// publication, rating, corrections, promises) against them, locked minutes against their leaves. leaves counts what was
// read; erased counts leaves whose salts are gone.
func (db *DB) Verify(ctx context.Context, keys ...note.Verifier) (findings []Finding, leaves, erased int64, err error) {
	v := &verifier{ctx: ctx, progress: db.progress}
	if err := db.longSnapshot(ctx, func(q querier) error { return v.verify(q, keys) }); err != nil {
		return nil, 0, 0, err
	}
	return v.findings, v.leaves, v.erased, nil
}

type verifier struct {
	figures  figureMoves                             // that the events add up to
	replaced map[doithoai.ID][]doithoai.Answer       // by opinion, in their order
	letters  map[doithoai.ID][]doithoai.OnwardLetter // to other bodies, by opinion
	passedOn map[doithoai.ID]doithoai.RecordTransfer // by opinion
	promises map[doithoai.ID][]doithoai.Promise
	promised map[doithoai.ID]map[int][]doithoai.Promised // by opinion and correction

	concludedPromises []doithoai.Promise                    // of dialogues
	promiseFiles      map[doithoai.ID][]doithoai.Attachment // that show that promises were kept, by these

	rounds   map[doithoai.ID][]doithoai.Answered // with which the person did not agree, the same
	wishes   map[doithoai.ID][]doithoai.Reopening
	asked    map[doithoai.ID][]doithoai.Supplement // that the person was to add, by opinion
	requests map[doithoai.ID][]doithoai.OwnRequest // of the office, by opinion
	q        querier
	ctx      context.Context
	progress Progress // nil tells nobody
	total    int64    // of leaves
	findings []Finding
	leaves   int64
	events   int64
	locked   int64 // minutes with a leaf
	erased   int64
	origin   string
}

func (v *verifier) verify(q querier, keys []note.Verifier) error {
	v.q, v.figures = q, figureMoves{}
	var err error
	if v.total, err = one(v.ctx, q, column[int64], `SELECT coalesce(max(n) + 1, 0) FROM leaf`); err != nil {
		return err
	}
	if err := v.tree(keys); err != nil {
		return err
	}
	if err := v.lives(); err != nil {
		return err
	}
	if err := v.minutes(); err != nil {
		return err
	}
	if err := v.concluded(); err != nil {
		return err
	}
	if err := v.signedFiles(); err != nil {
		return err
	}
	return v.restarts()
}

// toldEvery is after how many leaves or events it is told how far verifying is.
const toldEvery = 1000

func (v *verifier) tell(step Step, done int64) {
	if v.progress != nil {
		v.progress(step, done, max(done, v.total))
	}
}

func (v *verifier) find(what string, where any, why string, args ...any) {
	v.findings = append(v.findings, Finding{what, fmt.Sprint(where), fmt.Sprintf(why, args...)})
}

// tree checks leaves, hashes, edge and checkpoint.
func (v *verifier) tree(keys []note.Verifier) error {
	last, err := checkpointOf(v.ctx, v.q)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	stored, err := v.storedHashes()
	if err != nil {
		return err
	}
	var edge tlog.Edge
	var signedRoot tlog.Hash
	rows, err := v.q.query(v.ctx, `SELECT n, body, hash FROM leaf ORDER BY n`)
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
		if v.leaves%toldEvery == 0 {
			v.tell(StepLeaves, v.leaves)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("leaves: %w", err)
	}
	v.tell(StepLeaves, v.leaves)
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
	rows, err := list(v.ctx, v.q, func(r row) (s stored, err error) {
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
	if err := v.q.queryRow(v.ctx, `SELECT size, edge, origin
		FROM tree
		WHERE id = $1`, treeID).Scan(&size, &b, &v.origin); err != nil {
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
	case c.Origin != v.origin:
		v.find("checkpoint", last.Size, "it is of the record %s, this is %s", c.Origin, v.origin)
	case c.Size != last.Size:
		v.find("checkpoint", last.Size, "the note speaks of %d leaves", c.Size)
	case last.Size > v.leaves:
		v.find("checkpoint", last.Size, "leaves that were signed are missing: %d are there", v.leaves)
	case c.Root != root:
		v.find("checkpoint", last.Size, "its root is not the root of the leaves")
	}
	return nil
}
