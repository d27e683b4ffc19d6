package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// Received is what an intake returns: everything the receipt shows.
type Received struct {
	SlipID     doithoai.ID
	Code       doithoai.ReceiptCode
	ReceivedAt calendar.Instant
	Opinions   []doithoai.Opinion
	Repeated   bool // the same form was handed in before: this is its first receipt
}

// maxGroup bounds how many submissions share a commit.
const maxGroup = 64

// intake is the writer of slips and opinions. Submissions that wait are written as one group: one claim of numbers and
// leaves for all, one commit. It runs under its own context: a submitter who hangs up takes away only his own waiting,
// never the group.
type intake struct {
	db     *DB
	queue  chan *submission
	closed chan struct{} // nothing more is taken
	done   chan struct{} // the writer has ended

	patience time.Duration // groupPatience but in tests
}

type submission struct {
	actor    doithoai.Actor
	seat     doithoai.Seat // in which the actor hands it in
	slip     doithoai.Slip
	act      doithoai.Act
	code     doithoai.ReceiptCode
	codeHash []byte
	bodyHash [sha256.Size]byte
	files    []doithoai.Upload // that come with it, once it is accepted
	paper    int               // number of the printed slip that it is, 0 where it is none

	got   Received
	err   error
	ready chan struct{}
}

func startIntake(db *DB) *intake {
	in := &intake{
		db: db, queue: make(chan *submission), closed: make(chan struct{}), done: make(chan struct{}),
		patience: groupPatience,
	}
	go in.run()
	return in
}

// groupPatience bounds how long the database may take for a group. Whoever is in it is then told that nothing can be
// taken in just now; where the group was written all the same, repeating the form returns its receipt.
const groupPatience = 8 * time.Second

// stop lets the group that is being written finish, refuses what comes later, and returns when the writer has ended;
// with an error where it hangs beyond all patience.
func (in *intake) stop() error {
	close(in.closed)
	hung := time.NewTimer(in.patience + in.patience/4)
	defer hung.Stop()
	select {
	case <-in.done:
		return nil
	case <-hung.C:
		return fmt.Errorf("a group of slips is still being written after %v: the database hangs", in.patience)
	}
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
		for tries := 0; len(group) < maxGroup && tries < 2; {
			select {
			case s := <-in.queue:
				group = append(group, s)
			default:
				runtime.Gosched() // those about to hand theirs in get a turn
				tries++
			}
		}
		in.write(group)
	}
}

// submit waits for the submission to be committed. When the submitter's context ends first, or the database hangs, the
// submission may still be committed: repeating the form then returns its receipt.
func (in *intake) submit(ctx context.Context, s *submission) (Received, error) {
	s.ready = make(chan struct{})
	hung := time.NewTimer(2 * in.patience) // for the group before it, and its own
	defer hung.Stop()
	select {
	case in.queue <- s:
	case <-ctx.Done():
		return Received{}, ctx.Err()
	case <-hung.C:
		return Received{}, doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	case <-in.closed:
		return Received{}, doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
	select {
	case <-s.ready:
		return s.got, s.err
	case <-ctx.Done():
		return Received{}, ctx.Err()
	case <-hung.C:
		return Received{}, doithoai.Refuse(doithoai.Unavailable, "error.unavailable")
	}
}

// write commits a group and answers everyone in it. Nobody is answered before the commit. Where the engine refuses a
// row of the group, it is written once more, each submission under a savepoint of its own, so that nobody is harmed by
// another's; a form that two nodes were sent at once is found then, and gets the other's receipt.
func (in *intake) write(group []*submission) {
	ctx, cancel := context.WithTimeout(context.Background(), in.patience)
	defer cancel()
	// Counters are claimed in the order of their authorities: two nodes must not wait for each other's.
	slices.SortStableFunc(group, func(a, b *submission) int {
		return cmp.Compare(a.actor.AuthorityID, b.actor.AuthorityID)
	})
	err := in.db.act(ctx, func(tx *Tx) error { return tx.receive(ctx, group) })
	if err != nil && kindOf(err) != doithoai.Unavailable && (len(group) > 1 || kindOf(err) == doithoai.Conflict) {
		err = in.db.act(ctx, func(tx *Tx) error { return tx.receiveEach(ctx, group) })
	}
	if err != nil && ctx.Err() != nil {
		err = &doithoai.Error{Kind: doithoai.Unavailable, Key: "error.unavailable", Cause: err}
	}
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
func (db *DB) SubmitSlip(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip,
) (Received, error) {
	return db.receive(ctx, actor, key, s, doithoai.ActSubmitSlip)
}

// HandedIn reports whether exactly this slip was handed in before under a key. The key proves who asks: nobody else has
// it.
func (db *DB) HandedIn(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip,
) (bool, error) {
	sent, err := db.hashesSent(ctx, actor, s.Files)
	if err != nil {
		return false, err
	}
	hash, err := bodyHash(key, s, sent)
	if err != nil {
		return false, err
	}
	kept, err := one(ctx, db.reader(), column[[]byte],
		`SELECT intake_body FROM slip WHERE code_hash = $1 AND authority_id = $2`,
		doithoai.NewReceiptCode(key).Hash(), actor.AuthorityID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return false, nil
	}
	return err == nil && subtle.ConstantTimeCompare(kept, hash[:]) == 1, err
}

// bodyHash tells one slip from another. It is hashed with the key, which is not kept: what stays can't be guessed back
// into a name or a number. Files are told by what they hold: a form that is sent twice uploads them twice.
func bodyHash(key doithoai.IntakeKey, s doithoai.Slip, files []string) ([sha256.Size]byte, error) {
	s.Files = nil
	body, err := json.Marshal(s)
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("slip: %w", err)
	}
	for _, h := range files {
		body = append(body, h...)
	}
	return sha256.Sum256(append(key[:], body...)), nil
}

// RecordOpinion takes down what somebody says in the hall.
func (db *DB) RecordOpinion(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip,
) (Received, error) {
	s.Channel, s.Manner = doithoai.ChannelHall, doithoai.MannerSpeak
	return db.receive(ctx, actor, key, s, doithoai.ActRecordOpinion)
}

func (db *DB) receive(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.Slip, act doithoai.Act,
) (Received, error) {
	seat, err := doithoai.SeatFor(actor, act, doithoai.Subject{AuthorityID: actor.AuthorityID})
	if err != nil {
		return Received{}, err
	}
	if err := doithoai.RefuseForm(s.Problems()); err != nil {
		return Received{}, err
	}
	if !storableSlip(s) {
		return Received{}, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	paper := 0
	if s.PaperNumber != "" {
		if actor.ID == "" {
			return Received{}, &doithoai.Error{Kind: doithoai.Invalid, Key: "error.invalid", Cause: errPaperPublic}
		}
		stub, known, err := paperOfForm(ctx, db.reader(), actor.AuthorityID, s)
		if err != nil {
			return Received{}, err
		}
		if known { // the stub is the receipt
			key, paper = stub, plan.ParsePaperNumber(s.PaperNumber)
			s.PaperNumber = plan.PaperNumber(paper)
		}
	}
	if err := doithoai.RefuseForm(s.GivenProblems(db.Now())); err != nil {
		return Received{}, err
	}
	sent, err := db.checkFiles(ctx, actor, s.Files)
	if err != nil {
		return Received{}, err
	}
	hash, err := bodyHash(key, s, sent)
	if err != nil {
		return Received{}, err
	}
	code := doithoai.NewReceiptCode(key)
	got, err := db.intake.submit(ctx, &submission{
		actor: actor, seat: seat, slip: s, act: act, code: code, codeHash: code.Hash(), bodyHash: hash, paper: paper,
	})
	if paper > 0 && doithoai.KindOf(err) == doithoai.Conflict {
		return got, doithoai.RefuseForm([]doithoai.Problem{{
			Field: doithoai.FieldPaperNumber, Key: "stock.problem.paper_typed",
			Args: []any{"number", plan.PaperNumber(paper)},
		}})
	}
	return got, err
}

// checkFiles finds before anything is written what would be wrong with the files of a slip, and returns their hashes.
func (db *DB) checkFiles(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	limits, err := db.FileLimits(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	if err := doithoai.RefuseForm(limits.Problems(0, len(ids))); err != nil {
		return nil, err
	}
	sent, err := db.hashesSent(ctx, actor, ids)
	if err == nil && len(sent) != len(ids) {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "tep", Key: "file.problem.gone"}})
	}
	return sent, err
}

// storableSlip refuses texts that no engine keeps, before they are in a group.
func storableSlip(s doithoai.Slip) bool {
	p := s.Petitioner
	for _, text := range append([]string{
		s.FieldCode, string(s.Channel), string(s.Manner), string(p.Standing), p.Name, p.Organisation,
		p.Address, p.Phone, p.Email, p.PostAddress, s.PaperNumber,
	}, s.Matters...) {
		if !storable(text) {
			return false
		}
	}
	return true
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

// count moves a counter on by n and returns where it stands. Its row is held to the commit.
func (tx *Tx) count(ctx context.Context, authority doithoai.ID, key string, n int) (value int64, err error) {
	err = tx.queryRow(ctx, `INSERT INTO counter (authority_id, key, value) VALUES ($1, $2, $3)
		ON CONFLICT (authority_id, key) DO UPDATE SET value = counter.value + $3
		RETURNING value`, authority, key, n).Scan(&value)
	if err != nil {
		return 0, fmt.Errorf("counter %s: %w", key, err)
	}
	return value, nil
}

// deliver queues one delivery for each way that the person chose. Without any (spoken in the hall), the person is told
// by hand. phone is the person's.
func (tx *Tx) deliver(ctx context.Context, d doithoai.Delivery, ways []doithoai.Way, phone string) error {
	if len(ways) == 0 {
		ways = []doithoai.Way{doithoai.WayPickUp}
	}
	rows := newRows(deliveryWidth)
	tx.addDeliveries(rows, d, ways, phone)
	return rows.insert(ctx, tx, deliveryInto)
}

const (
	slipInto = `slip (id, authority_id, dialogue_id, channel, manner, received_at, typed_by, read_back, code_hash,
		intake_body, given_on, given_clock)`
	petitionerInto = `petitioner (slip_id, authority_id, ` + petitionerColumns + `)`
	deliveryInto   = `delivery (id, authority_id, slip_id, opinion_id, kind, way, by_hand, state, attempts, next_at,
		created_at, version)`
	deliveryWidth = 12
)

// addDeliveries adds one for each way that was chosen, by the route that leads to the person; a receipt goes out by
// itself or not at all.
func (tx *Tx) addDeliveries(rows *rowList, d doithoai.Delivery, ways []doithoai.Way, phone string) {
	for _, chosen := range ways {
		w, byHand := tx.db.gateways.Route(chosen, text.Mobile(phone))
		if d.Kind == doithoai.DeliveryReceived && byHand {
			continue
		}
		rows.add(newID(), d.AuthorityID, d.SlipID, d.OpinionID, d.Kind, w, byHand, doithoai.DeliveryQueued, 0,
			tx.Now, tx.Now, 1)
		tx.touch(TopicDelivery)
	}
}

// TopicDelivery is told when something waits in the outbox.
const TopicDelivery = "delivery"
