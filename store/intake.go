package store

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"doithoai"
)

// Received is what an intake gives back: everything the receipt shows.
type Received struct {
	SlipID     doithoai.ID
	Code       doithoai.ReceiptCode
	ReceivedAt doithoai.Instant
	Opinions   []doithoai.Opinion
	Repeated   bool // the same form was handed in before: this is its first receipt
}

// maxGroup bounds how many submissions share a commit.
const maxGroup = 64

// intake is the writer of slips and opinions. Submissions that wait are written as one group: a savepoint each, one
// claim of leaves for all, one commit. It runs under its own context: a submitter who hangs up takes away only his own
// waiting, never the group.
type intake struct {
	db     *DB
	queue  chan *submission
	done   chan struct{}
	ctx    context.Context
	cancel context.CancelFunc
	closed chan struct{}
}

type submission struct {
	actor doithoai.Actor
	key   doithoai.IntakeKey
	slip  doithoai.Slip
	act   doithoai.Act
	got   Received
	err   error
	ready chan struct{}
}

func startIntake(db *DB) *intake {
	ctx, cancel := context.WithCancel(context.Background())
	in := &intake{db: db, queue: make(chan *submission), done: make(chan struct{}), ctx: ctx, cancel: cancel, closed: make(chan struct{})}
	go in.run()
	return in
}

// stop lets the group that is being written finish, refuses what comes later, and returns when the writer has ended.
func (in *intake) stop() {
	close(in.closed)
	<-in.done
	in.cancel()
}

func (in *intake) run() {
	defer close(in.done)
	group := make([]*submission, 0, maxGroup)
	for {
		select {
		case s := <-in.queue:
			group = append(group[:0], s)
		case <-in.closed:
			return
		}
		for len(group) < maxGroup {
			select {
			case s := <-in.queue:
				group = append(group, s)
				continue
			default:
			}
			break
		}
		in.write(group)
	}
}

// submit waits for the submission to be committed. When the submitter's context ends first, the submission may still be
// committed: repeating the form then returns its receipt.
func (in *intake) submit(ctx context.Context, s *submission) (Received, error) {
	s.ready = make(chan struct{})
	select {
	case in.queue <- s:
	case <-ctx.Done():
		return Received{}, ctx.Err()
	case <-in.closed:
		return Received{}, doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	select {
	case <-s.ready:
		return s.got, s.err
	case <-ctx.Done():
		return Received{}, ctx.Err()
	}
}

// write commits a group and answers everyone in it. Nobody is answered before the commit.
func (in *intake) write(group []*submission) {
	err := in.db.act(in.ctx, func(tx *Tx) error {
		for _, s := range group {
			s.got, s.err = Received{}, nil
			if err := tx.savepoint(in.ctx, func() error { return tx.receive(in.ctx, s) }); err != nil {
				if again(err) || kindOf(err) == doithoai.Unavailable {
					return err // the engine, not the submission
				}
				s.err = told(err)
			}
		}
		return nil
	})
	for _, s := range group {
		if err != nil && s.err == nil {
			s.got, s.err = Received{}, err
		}
		close(s.ready)
	}
}

// savepoint undoes what f did when f fails, and leaves the rest of the transaction as it was.
func (tx *Tx) savepoint(ctx context.Context, f func() error) error {
	events, topics := len(tx.events), len(tx.topics)
	if err := tx.exec(ctx, `SAVEPOINT submission`); err != nil {
		return err
	}
	err := f()
	if err == nil {
		return tx.exec(ctx, `RELEASE SAVEPOINT submission`)
	}
	tx.events, tx.topics = tx.events[:events], tx.topics[:topics]
	if undo := tx.exec(ctx, `ROLLBACK TO SAVEPOINT submission`); undo != nil {
		return errors.Join(err, undo)
	}
	return errors.Join(err, tx.exec(ctx, `RELEASE SAVEPOINT submission`))
}

// SubmitSlip takes a question slip from a resident, or as an officer typed it for somebody. Each matter becomes an
// opinion with its own register number and leaf; one receipt code opens them all. The same key with the same slip
// returns the first receipt; with another slip it is a Conflict ("slip.problem.sent_already").
func (db *DB) SubmitSlip(ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip) (Received, error) {
	return db.receive(ctx, actor, key, s, doithoai.ActSubmitSlip)
}

// RecordOpinion takes down what somebody says in the hall.
func (db *DB) RecordOpinion(ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip) (Received, error) {
	s.Channel, s.Manner = doithoai.ChannelHall, doithoai.MannerSpeak
	return db.receive(ctx, actor, key, s, doithoai.ActRecordOpinion)
}

func (db *DB) receive(ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip, act doithoai.Act) (Received, error) {
	if err := doithoai.Can(actor, act, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return Received{}, err
	}
	if list := s.Problems(); len(list) > 0 {
		return Received{}, &doithoai.Error{Kind: doithoai.Invalid, Key: "error.invalid", Problems: list}
	}
	return db.intake.submit(ctx, &submission{actor: actor, key: key, slip: s, act: act})
}

// receive writes one submission.
func (tx *Tx) receive(ctx context.Context, s *submission) error {
	keyHash := sha256.Sum256(append([]byte("doithoai intake key v1\n"), s.key[:]...))
	body, err := json.Marshal(s.slip)
	if err != nil {
		return fmt.Errorf("slip: %w", err)
	}
	// Hashed with the key, which is not kept: what stays can't be guessed back into a name or a number.
	bodyHash := sha256.Sum256(append(s.key[:], body...))
	if got, err := tx.receivedBefore(ctx, s, keyHash[:], bodyHash[:]); err != nil || got.Repeated {
		s.got = got
		return err
	}
	a, err := tx.authorityByID(ctx, s.actor.AuthorityID)
	if err != nil {
		return err
	}
	if err := tx.checkBelonging(ctx, s); err != nil {
		return err
	}
	got := Received{SlipID: newID(), Code: doithoai.NewReceiptCode(s.key), ReceivedAt: tx.Now}
	slip, p := s.slip, s.slip.Petitioner
	if err := tx.exec(ctx, `INSERT INTO slip (id, authority_id, dialogue_id, channel, manner, received_at, typed_by, read_back, intake_key, intake_body, code_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		got.SlipID, a.ID, slip.DialogueID, string(slip.Channel), string(slip.Manner), tx.Now, s.actor.ID, slip.ReadBack, keyHash[:], bodyHash[:], got.Code.Hash()); err != nil {
		return err
	}
	if err := tx.exec(ctx, `INSERT INTO petitioner (slip_id, authority_id, standing, name, organisation, households, village_id, address, ways, phone, email, post_address)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		got.SlipID, a.ID, string(p.Standing), p.Name, p.Organisation, p.Households, p.VillageID, p.Address, joinWays(p.Ways), p.Phone, p.Email, p.PostAddress); err != nil {
		return err
	}
	first, err := tx.claimNumbers(ctx, a.ID, len(slip.Matters))
	if err != nil {
		return err
	}
	for i, matter := range slip.Matters {
		o := doithoai.Opinion{
			ID: newID(), AuthorityID: a.ID, DialogueID: slip.DialogueID, SlipID: got.SlipID,
			Number:  doithoai.NewRegisterNumber(a.Prefix, tx.Now.Date().Year, first+int64(i)),
			Channel: slip.Channel, Manner: slip.Manner, Content: matter, FieldCode: slip.FieldCode, VillageID: p.VillageID, ReceivedAt: tx.Now, Version: 1,
		}
		if err := tx.exec(ctx, `INSERT INTO opinion (id, authority_id, slip_id, dialogue_id, number, channel, manner, content, field_code, village_id, received_at, out_of_scope, ruling, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 1)`,
			o.ID, o.AuthorityID, o.SlipID, o.DialogueID, string(o.Number), string(o.Channel), string(o.Manner), o.Content, o.FieldCode, o.VillageID, o.ReceivedAt, false); err != nil {
			return err
		}
		tx.record(o, a.Slug, s.actor, s.act, doithoai.Facts{Channel: o.Channel}, matter)
		got.Opinions = append(got.Opinions, o)
	}
	if err := tx.deliver(ctx, doithoai.Delivery{AuthorityID: a.ID, SlipID: got.SlipID, Kind: doithoai.DeliveryReceived}, p.Ways); err != nil {
		return err
	}
	s.got = got
	return nil
}

// receivedBefore finds the receipt of a form that was handed in before.
func (tx *Tx) receivedBefore(ctx context.Context, s *submission, keyHash, bodyHash []byte) (Received, error) {
	got := Received{Code: doithoai.NewReceiptCode(s.key), Repeated: true}
	var authorityID doithoai.ID
	var body []byte
	err := tx.queryRow(ctx, `SELECT id, authority_id, received_at, intake_body FROM slip WHERE intake_key = $1`, keyHash).
		Scan(&got.SlipID, &authorityID, &got.ReceivedAt, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return Received{}, nil
	}
	if err != nil {
		return Received{}, fmt.Errorf("earlier slip: %w", err)
	}
	if authorityID != s.actor.AuthorityID || subtle.ConstantTimeCompare(body, bodyHash) != 1 {
		return Received{}, doithoai.Refuse(doithoai.Conflict, "slip.problem.sent_already")
	}
	got.Opinions, err = opinionsOfSlip(ctx, tx, got.SlipID)
	return got, err
}

// checkBelonging refuses ids of another authority and codes that do not exist: a forged form, or a page left open while
// the office changed its lists.
func (tx *Tx) checkBelonging(ctx context.Context, s *submission) error {
	slip := s.slip
	var list []doithoai.Problem
	for _, c := range []struct {
		value, query, field, key string
		isID                     bool
	}{
		{string(slip.DialogueID), `SELECT count(*) FROM dialogue WHERE id = $1 AND authority_id = $2`, "noi-dung", "slip.problem.dialogue", true},
		{string(slip.Petitioner.VillageID), `SELECT count(*) FROM village WHERE id = $1 AND authority_id = $2`, "thon", "slip.problem.place", true},
		{slip.FieldCode, `SELECT count(*) FROM field WHERE code = $1 AND authority_id = $2`, "linh-vuc", "slip.problem.field", false},
	} {
		if c.value == "" {
			continue
		}
		n := 0
		if !c.isID || wellFormed(doithoai.ID(c.value)) {
			if err := tx.queryRow(ctx, c.query, c.value, s.actor.AuthorityID).Scan(&n); err != nil {
				return fmt.Errorf("%.40q: %w", c.query, err)
			}
		}
		if n == 0 {
			list = append(list, doithoai.Problem{Field: c.field, Key: c.key})
		}
	}
	if len(list) > 0 {
		return &doithoai.Error{Kind: doithoai.Invalid, Key: "error.invalid", Problems: list}
	}
	return nil
}

func joinWays(ways []doithoai.Way) string {
	s := make([]string, len(ways))
	for i, w := range ways {
		s[i] = string(w)
	}
	return strings.Join(s, " ")
}

func splitWays(s string) (ways []doithoai.Way) {
	for _, w := range strings.Fields(s) {
		ways = append(ways, doithoai.Way(w))
	}
	return ways
}

// claimNumbers claims n serial numbers of the year's register and returns the first. The counter's row is held to the
// commit, so that numbers have no gap.
func (tx *Tx) claimNumbers(ctx context.Context, authority doithoai.ID, n int) (int64, error) {
	last, err := tx.count(ctx, authority, fmt.Sprintf("register/%d", tx.Now.Date().Year), n)
	return last - int64(n) + 1, err
}

// count moves a counter on by n and returns where it stands. Its row is held to the commit.
func (tx *Tx) count(ctx context.Context, authority doithoai.ID, key string, n int) (value int64, err error) {
	err = tx.queryRow(ctx, `INSERT INTO counter (authority_id, key, value) VALUES ($1, $2, $3)
		ON CONFLICT (authority_id, key) DO UPDATE SET value = counter.value + $3 RETURNING value`, authority, key, n).Scan(&value)
	if err != nil {
		return 0, fmt.Errorf("counter %s: %w", key, err)
	}
	return value, nil
}

// deliver queues one delivery for each way that the person chose. Without any (spoken in the hall), the person is told
// by hand.
func (tx *Tx) deliver(ctx context.Context, d doithoai.Delivery, ways []doithoai.Way) error {
	if len(ways) == 0 {
		ways = []doithoai.Way{doithoai.WayPickUp}
	}
	rows := newRows(11)
	for _, w := range ways {
		rows.add(newID(), d.AuthorityID, d.SlipID, d.OpinionID, string(d.Kind), string(w), string(doithoai.DeliveryQueued), 0, tx.Now, tx.Now, 1)
	}
	tx.touch(TopicDelivery)
	return rows.insert(ctx, tx, `delivery (id, authority_id, slip_id, opinion_id, kind, way, state, attempts, next_at, created_at, version)`)
}

// TopicDelivery is told when something waits in the outbox.
const TopicDelivery = "delivery"
