package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/tlog"
)

// treeID is the only tree: one public record serves all authorities of an installation.
const treeID = 1

// pendingEvent waits for its leaf index, which is claimed last in the act.
type pendingEvent struct {
	event      doithoai.Event
	text       string // belongs to the event and is kept in event_text, unless the opinion's content is it
	keepText   bool
	number     doithoai.RegisterNumber
	authority  string // slug
	inDialogue bool   // the opinion is of one
	stands     bool   // the opinion's row says already where this event brought it
}

// pendingMinutes are minutes that the act locks: their leaf is claimed with those of its events.
type pendingMinutes struct {
	dialogue doithoai.Dialogue
	slug     string // of the authority
	minutes  doithoai.Minutes
	hash     []byte
}

// pendingPromise is an act on a promise of a conclusion, which waits for its leaf. The event is of no opinion: the
// dialogue's slug stands for the number.
type pendingPromise struct {
	event   doithoai.Event
	promise doithoai.ID
	text    string
	slug    string // of the dialogue
	place   string // slug of the authority
}

// pendingDocument is an act on the signed file of a document, which waits for its leaf: its number stands where that of
// an opinion would.
type pendingDocument struct {
	event  doithoai.Event
	at     doithoai.DocumentRef
	number string
	what   string
	place  string // slug of the authority
}

// opening is what the leaf of the act commits to.
func (p pendingDocument) opening(salts tlog.Salts) tlog.Opening {
	return tlog.Opening{Act: string(p.event.Act), Number: p.number, Content: p.event.Content(p.what), Salts: salts}
}

// opening is what the leaf of the act commits to.
func (p pendingPromise) opening(salts tlog.Salts) tlog.Opening {
	return tlog.Opening{Act: string(p.event.Act), Number: p.slug, Content: p.event.Content(p.text), Salts: salts}
}

// opening is what the leaf of locked minutes commits to. They belong to no opinion; the dialogue's slug stands for the
// number.
func (p pendingMinutes) opening(salts tlog.Salts) tlog.Opening {
	return tlog.Opening{
		Act: string(doithoai.ActLockMinutes), Number: p.dialogue.Slug,
		Content: p.minutes.Content(hex.EncodeToString(p.hash)), Salts: salts,
	}
}

// record adds an event on an opinion to the act. text is what the act says beyond facts; it is kept beside the event,
// except where it is the opinion's own content.
func (tx *Tx) record(
	ctx context.Context, o doithoai.Opinion, actor doithoai.Actor, act doithoai.Act, facts doithoai.Facts, text string,
) error {
	slug, err := tx.slugOfAuthority(ctx, o.AuthorityID)
	if err != nil {
		return err
	}
	e := doithoai.Event{
		AuthorityID: o.AuthorityID, OpinionID: o.ID, At: tx.Now, ActorID: actor.ID, Act: act, Facts: facts,
	}
	received := receives(act)
	tx.events = append(tx.events, pendingEvent{
		event: e, text: text, keepText: text != "" && !received, number: o.Number, authority: slug,
		inDialogue: o.DialogueID != "",
	})
	tx.touch(topicOpinion + string(o.ID))
	if o.DialogueID != "" {
		tx.touch("dialogue/" + string(o.DialogueID))
	}
	return nil
}

// appendEvents claims the leaves of all events of the act, writes both, and moves the tree's right edge. It is the last
// thing an act does: it holds the tree row to the commit.
func (tx *Tx) appendEvents(ctx context.Context) error {
	if len(tx.events) == 0 && len(tx.promises) == 0 && len(tx.documents) == 0 && tx.minutes == nil {
		return nil
	}
	leaves, hashes, salts, err := tx.sealEvents()
	if err != nil {
		return err
	}
	edge, err := tx.loadEdge(ctx)
	if err != nil {
		return err
	}
	leafRows, eventRows, textRows, saltRows, hashRows := newRows(3), newRows(7), newRows(2), newRows(3), newRows(3)
	minutesRows, promiseRows, documentRows := newRows(4), newRows(9), newRows(12)
	add := func(i int) (n int64) {
		n = edge.Size()
		for _, h := range edge.Append(hashes[i]) {
			hashRows.add(h.Level, h.N, h.Hash[:])
		}
		leafRows.add(n, leaves[i], hashes[i][:])
		return n
	}
	for i, p := range tx.events {
		n, e := add(i), p.event
		facts, err := json.Marshal(e.Facts)
		if err != nil {
			return fmt.Errorf("facts of event: %w", err)
		}
		eventRows.add(n, e.AuthorityID, e.OpinionID, e.At, e.ActorID, string(e.Act), string(facts))
		saltRows.add(n, e.OpinionID, salts[i].Bytes())
		if p.keepText {
			textRows.add(n, p.text)
		}
	}
	for i, p := range tx.promises {
		i += len(tx.events)
		n, e := add(i), p.event
		facts, err := json.Marshal(e.Facts)
		if err != nil {
			return fmt.Errorf("facts of event: %w", err)
		}
		promiseRows.add(n, e.AuthorityID, p.promise, e.At, e.ActorID, string(e.Act), string(facts), p.text,
			salts[i].Bytes())
	}
	for i, p := range tx.documents {
		i += len(tx.events) + len(tx.promises)
		n, e := add(i), p.event
		facts, err := json.Marshal(e.Facts)
		if err != nil {
			return fmt.Errorf("facts of event: %w", err)
		}
		documentRows.add(n, e.AuthorityID, p.at.Kind, p.at.Subject, p.at.Part, p.number, e.At, e.ActorID, string(e.Act),
			string(facts), p.what, salts[i].Bytes())
	}
	if m := tx.minutes; m != nil {
		last := len(leaves) - 1
		minutesRows.add(add(last), m.dialogue.AuthorityID, m.dialogue.ID, salts[last].Bytes())
	}
	for _, insert := range []struct {
		into string
		rows *rowList
	}{
		{"leaf (n, body, hash)", leafRows},
		{"tree_hash (level, n, hash)", hashRows},
		{"event (leaf, authority_id, opinion_id, at, actor_id, act, facts)", eventRows},
		{"event_text (leaf, body)", textRows},
		{"leaf_salt (leaf, opinion_id, salts)", saltRows},
		{"promise_event (leaf, authority_id, promise_id, at, actor_id, act, facts, body, salts)", promiseRows},
		{"document_event (" + documentEventColumns + ")", documentRows},
		{"minutes_leaf (leaf, authority_id, dialogue_id, salts)", minutesRows},
	} {
		if err := insert.rows.insert(ctx, tx, insert.into); err != nil {
			return err
		}
	}
	return tx.saveEdge(ctx, edge)
}

// sealEvents makes the leaves, that of locked minutes last: everything that needs no index is done before the tree row
// is held.
func (tx *Tx) sealEvents() (leaves [][]byte, hashes []tlog.Hash, salts []tlog.Salts, err error) {
	seal := func(authority string, at calendar.Instant, o tlog.Opening) error {
		if o.Salts, err = tlog.NewSalts(tx.db.entropy); err != nil {
			return fmt.Errorf("salts: %w", err)
		}
		leaf, err := tlog.NewLeaf(authority, at.Time(), o)
		if err != nil {
			return fmt.Errorf("leaf of %s: %w", o.Act, err)
		}
		leaves, hashes, salts = append(leaves, leaf.Bytes()), append(hashes, leaf.Hash()), append(salts, o.Salts)
		return nil
	}
	for _, p := range tx.events {
		if err := seal(p.authority, p.event.At, tlog.Opening{
			Act: string(p.event.Act), Number: string(p.number), Content: p.event.Content(p.text),
		}); err != nil {
			return nil, nil, nil, err
		}
	}
	for _, p := range tx.promises {
		if err := seal(p.place, p.event.At, p.opening(tlog.Salts{})); err != nil {
			return nil, nil, nil, err
		}
	}
	for _, p := range tx.documents {
		if err := seal(p.place, p.event.At, p.opening(tlog.Salts{})); err != nil {
			return nil, nil, nil, err
		}
	}
	if m := tx.minutes; m != nil {
		if err := seal(m.slug, m.minutes.LockedAt, m.opening(tlog.Salts{})); err != nil {
			return nil, nil, nil, err
		}
	}
	return leaves, hashes, salts, nil
}

func (tx *Tx) loadEdge(ctx context.Context) (tlog.Edge, error) {
	var size int64
	var b []byte
	if err := tx.queryRow(ctx, `SELECT size, edge
		FROM tree
		WHERE id = $1`+tx.db.dialect.forUpdate(), treeID).Scan(&size, &b); err != nil {
		return tlog.Edge{}, fmt.Errorf("load the record's edge: %w", err)
	}
	edge, err := tlog.UnmarshalEdge(b)
	if err != nil {
		return tlog.Edge{}, fmt.Errorf("the record's edge: %w", err)
	}
	if edge.Size() != size {
		return tlog.Edge{}, fmt.Errorf("the record's edge is of size %d, the tree of %d", edge.Size(), size)
	}
	return edge, nil
}

func (tx *Tx) saveEdge(ctx context.Context, edge tlog.Edge) error {
	b, err := edge.MarshalBinary()
	if err != nil {
		return fmt.Errorf("the record's edge: %w", err)
	}
	tx.touch(TopicRecord)
	return tx.execOne(ctx, `UPDATE tree SET size = $1, edge = $2 WHERE id = $3`, edge.Size(), b, treeID)
}

// topicOpinion begins what is told of each opinion on which something was done.
const topicOpinion = "opinion/"

// TopicRecord is told when the public record has grown and a checkpoint is due.
const TopicRecord = "record"

// ReadHashes gives hashes of the record's tiles; it is what package tlog reads through.
func (db *DB) ReadHashes(ctx context.Context, level int, n int64, count int) ([]tlog.Hash, error) {
	query, args := `SELECT hash
		FROM tree_hash
		WHERE level = $1 AND n >= $2 AND n < $3
		ORDER BY n`, []any{level, n, n + int64(count)}
	if level == 0 {
		query, args = `SELECT hash FROM leaf WHERE n >= $1 AND n < $2 ORDER BY n`, []any{n, n + int64(count)}
	}
	return list(ctx, db.reader(), func(r row) (tlog.Hash, error) {
		var h tlog.Hash
		b, err := column[[]byte](r)
		if err == nil && copy(h[:], b) != len(h) {
			err = fmt.Errorf("hash of %d bytes in the record", len(b))
		}
		return h, err
	}, query, args...)
}

// Leaves gives the bytes of count leaves from index n on.
func (db *DB) Leaves(ctx context.Context, n int64, count int) ([][]byte, error) {
	return list(ctx, db.reader(), column[[]byte], `SELECT body
		FROM leaf
		WHERE n >= $1 AND n < $2
		ORDER BY n`, n, n+int64(count))
}

// StartRecord names the origin of the public record of a new database; an existing record keeps its own. It returns the
// origin in force.
func (db *DB) StartRecord(ctx context.Context, origin string) (string, error) {
	if !tlog.ValidOrigin(origin) {
		return "", fmt.Errorf("origin %q can't name a record", origin)
	}
	err := db.act(ctx, func(tx *Tx) error {
		edge, err := new(tlog.Edge).MarshalBinary()
		if err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO tree (id, origin, size, edge)
			VALUES ($1, $2, 0, $3)
			ON CONFLICT (id) DO NOTHING`, treeID, origin, edge)
	})
	if err != nil {
		return "", err
	}
	return one(ctx, db.reader(), column[string], `SELECT origin FROM tree WHERE id = $1`, treeID)
}

// RecordSize is the number of leaves in the public record, signed or not.
func (db *DB) RecordSize(ctx context.Context) (int64, error) {
	return one(ctx, db.reader(), column[int64], `SELECT size FROM tree WHERE id = $1`, treeID)
}

// SignedCheckpoint is the newest checkpoint.
type SignedCheckpoint struct {
	Size     int64
	Note     string
	SignedAt calendar.Instant
}

// Checkpoint gives the newest signed checkpoint; NotFound before the first.
func (db *DB) Checkpoint(ctx context.Context) (SignedCheckpoint, error) {
	return checkpointOf(ctx, db.reader())
}

func checkpointOf(ctx context.Context, q querier) (SignedCheckpoint, error) {
	return one(ctx, q, func(r row) (c SignedCheckpoint, err error) {
		err = r.Scan(&c.Size, &c.Note, &c.SignedAt)
		return c, err
	}, `SELECT size, note, signed_at FROM checkpoint WHERE id = $1`, treeID)
}

// SignRecord signs a checkpoint over the record as it stands, if it has grown since the last. Of several nodes one
// signs, until it leaves that to the others or is not heard of any more ([signerLife]); at the others SignRecord does
// nothing. Only a strictly greater size replaces a checkpoint, so that of two signers one wins and none goes back.
// about is told the checkpoint before anyone can see it; its error stops the signing.
func (db *DB) SignRecord(ctx context.Context, signer note.Signer, about func(tlog.Checkpoint) error) error {
	c, err := db.unsigned(ctx)
	if err != nil || c.Size == 0 {
		return err
	}
	if mine, err := db.holdRecord(ctx); err != nil || !mine {
		return err
	}
	signed, err := c.Sign(signer)
	if err != nil {
		return fmt.Errorf("sign the record: %w", err)
	}
	if err := about(c); err != nil {
		return err
	}
	err = db.act(ctx, func(tx *Tx) error {
		if err := tx.stillSigns(ctx); err != nil {
			return err
		}
		return tx.execOne(ctx, `INSERT INTO checkpoint (id, size, note, signed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note, signed_at = excluded.signed_at
			WHERE checkpoint.size < excluded.size`, treeID, c.Size, string(signed), tx.Now)
	})
	if doithoai.KindOf(err) == doithoai.Conflict { // another signer was quicker, and went at least as far
		return nil
	}
	return err
}

// unsigned is the record as it stands, to be signed; without a size where it has not grown since the last checkpoint.
func (db *DB) unsigned(ctx context.Context) (c tlog.Checkpoint, err error) {
	var size int64
	var b []byte
	var origin string
	if err := db.read.QueryRowContext(ctx, `SELECT size, edge, origin
		FROM tree
		WHERE id = $1`, treeID).Scan(&size, &b, &origin); err != nil {
		return c, fmt.Errorf("read the record's edge: %w", err)
	}
	last, err := db.Checkpoint(ctx)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return c, err
	}
	if size <= last.Size {
		return c, nil
	}
	edge, err := tlog.UnmarshalEdge(b)
	if err != nil {
		return c, fmt.Errorf("the record's edge: %w", err)
	}
	return tlog.Checkpoint{Origin: origin, Size: size, Root: edge.Root()}, nil
}

// signerLife is how long the node that signs keeps that to itself after it has last said so. A node that dies is
// succeeded after that long.
const signerLife = 10 * time.Second

// holdRecord makes this node the one that signs, where no other one is, and reports whether it is.
func (db *DB) holdRecord(ctx context.Context) (mine bool, err error) {
	if !db.dialect.manyNodes() {
		return true, nil
	}
	now := calendar.InstantOf(db.wall())
	err = db.act(ctx, func(tx *Tx) error {
		n, err := tx.execCount(ctx, `INSERT INTO record_signer (id, node_id, held_until) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET node_id = excluded.node_id, held_until = excluded.held_until
			WHERE record_signer.node_id = excluded.node_id OR record_signer.held_until < $4`,
			treeID, db.node, now.Add(signerLife), now)
		mine = n == 1
		return err
	})
	if err != nil {
		return false, err
	}
	if was := db.signing.Swap(mine); was != mine {
		db.log.Info("public record", "this_node_signs", mine)
	}
	return mine, nil
}

// stillSigns refuses with Conflict where another node signs by now, and keeps it from beginning to until the act's end.
func (tx *Tx) stillSigns(ctx context.Context) error {
	if !tx.db.dialect.manyNodes() {
		return nil
	}
	who, err := one(ctx, tx, column[doithoai.ID], `SELECT node_id
		FROM record_signer
		WHERE id = $1`+tx.db.dialect.forUpdate(), treeID)
	if err == nil && who != tx.db.node {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	return err
}

// leaveRecord lets another node sign at once.
func (db *DB) leaveRecord() error {
	if !db.signing.Swap(false) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closePatience)
	defer cancel()
	if err := db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `DELETE FROM record_signer WHERE id = $1 AND node_id = $2`, treeID, db.node)
	}); err != nil {
		return fmt.Errorf("leave the record to other nodes: %w", err)
	}
	return nil
}

// ReopenRecord gives the record a new origin after a restore that lost leaves already published: the old origin may
// never sign a smaller record. The first leaf under the new origin says so.
func (db *DB) ReopenRecord(ctx context.Context, origin string, published int64) error {
	if !tlog.ValidOrigin(origin) {
		return fmt.Errorf("origin %q can't name a record", origin)
	}
	return db.act(ctx, func(tx *Tx) error {
		var old string
		if err := tx.queryRow(ctx, `SELECT origin FROM tree WHERE id = $1`, treeID).Scan(&old); err != nil {
			return fmt.Errorf("origin of the record: %w", err)
		}
		edge, err := tx.loadEdge(ctx)
		if err != nil {
			return err
		}
		if edge.Size() >= published || old == origin {
			return errors.New("the record has lost nothing that was published: it continues")
		}
		restart := Restart{Leaf: edge.Size(), OldOrigin: old, Published: published, At: tx.Now}
		leaf, salts, err := restart.leaf(tx)
		if err != nil {
			return err
		}
		hash := leaf.Hash()
		if err := tx.exec(ctx, `INSERT INTO leaf (n, body, hash)
			VALUES ($1, $2, $3)`, restart.Leaf, leaf.Bytes(), hash[:]); err != nil {
			return err
		}
		for _, h := range edge.Append(hash) {
			if err := tx.exec(ctx, `INSERT INTO tree_hash (level, n, hash)
				VALUES ($1, $2, $3)`, h.Level, h.N, h.Hash[:]); err != nil {
				return err
			}
		}
		if err := tx.exec(ctx, `INSERT INTO tree_restart (leaf, old_origin, published, at, salts)
			VALUES ($1, $2, $3, $4, $5)`,
			restart.Leaf, restart.OldOrigin, restart.Published, restart.At, salts.Bytes()); err != nil {
			return err
		}
		if err := tx.exec(ctx, `DELETE FROM checkpoint WHERE id = $1`, treeID); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE tree SET origin = $1 WHERE id = $2`, origin, treeID); err != nil {
			return err
		}
		return tx.saveEdge(ctx, edge)
	})
}

// Restart is the leaf with which a record goes on under a new origin.
type Restart struct {
	Leaf      int64
	OldOrigin string
	Published int64 // size that the old origin had signed
	At        calendar.Instant
}

// restartAuthority stands for the installation in the leaf of a restart.
const restartAuthority = "so-doi-chung"

func (r Restart) opening(salts tlog.Salts) tlog.Opening {
	return tlog.Opening{
		Act: "restore", Number: r.OldOrigin,
		Content: fmt.Sprintf("The record %s was restored from a backup at %d leaves, after %d had been published; "+
			"it goes on under this origin.", r.OldOrigin, r.Leaf, r.Published),
		Salts: salts,
	}
}

func (r Restart) leaf(tx *Tx) (tlog.Leaf, tlog.Salts, error) {
	salts, err := tlog.NewSalts(tx.db.entropy)
	if err != nil {
		return tlog.Leaf{}, salts, fmt.Errorf("salts: %w", err)
	}
	leaf, err := tlog.NewLeaf(restartAuthority, r.At.Time(), r.opening(salts))
	return leaf, salts, err
}
