package store

import (
	"context"
	"crypto/subtle"
	"fmt"

	"doithoai"
)

// receive writes submissions, all or none. Those that are refused, or were handed in before, get that as their answer
// and are no error.
func (tx *Tx) receive(ctx context.Context, group []*submission) error {
	for len(group) > 0 {
		accepted, later, err := tx.screen(ctx, group)
		if err != nil {
			return err
		}
		if err := tx.keep(ctx, accepted); err != nil {
			return err
		}
		group = later
	}
	return nil
}

// receiveEach writes each submission wholly or not at all. An error is the engine's: then none of them is written. One
// whose receipt code another node has kept in the meantime is looked at once more: the form was sent to both, and
// the other's receipt is its first.
func (tx *Tx) receiveEach(ctx context.Context, group []*submission) error {
	for _, s := range group {
		receive := func() error { return tx.receive(ctx, []*submission{s}) }
		err := tx.savepoint(ctx, receive)
		if kindOf(err) == doithoai.Conflict {
			err = tx.savepoint(ctx, receive)
		}
		if retriable(err) || kindOf(err) == doithoai.Unavailable {
			return err
		}
		if err != nil {
			s.got, s.err = Received{}, asRefusal(err)
		}
	}
	return nil
}

// screen finds the submissions that can be kept. later are those whose key another one of them has too: they are looked
// at when that one is kept.
func (tx *Tx) screen(ctx context.Context, group []*submission) (accepted, later []*submission, err error) {
	before, err := tx.keysBefore(ctx, group)
	if err != nil {
		return nil, nil, err
	}
	among := map[string]bool{}
	for _, s := range group {
		s.got, s.err = Received{}, nil
		key := string(s.codeHash)
		switch {
		case before[key]:
			s.got, err = tx.receivedBefore(ctx, s)
		case among[key]:
			later = append(later, s)
			continue
		default:
			if err = tx.checkBelonging(ctx, s); err == nil {
				s.files, err = nil, nil
				if len(s.slip.Files) > 0 {
					s.files, err = tx.takeUploads(ctx, s.actor, s.slip.Files)
				}
			}
			if err == nil {
				among[key] = true
				accepted = append(accepted, s)
			}
		}
		if err != nil {
			if doithoai.KindOf(err) == 0 {
				return nil, nil, err
			}
			s.err = err
		}
	}
	return accepted, later, nil
}

// keysBefore finds under which keys something was handed in before, by the receipt codes that come from them.
func (tx *Tx) keysBefore(ctx context.Context, group []*submission) (map[string]bool, error) {
	args := make([]any, batchOver(len(group)))
	for i := range args { // few lengths, so that the engine keeps the statements
		args[i] = group[min(i, len(group)-1)].codeHash
	}
	found, err := list(ctx, tx, column[[]byte], `SELECT code_hash
		FROM slip
		WHERE code_hash IN `+tx.db.dialect.placeholders(1, len(args)), args...)
	before := make(map[string]bool, len(found))
	for _, k := range found {
		before[string(k)] = true
	}
	return before, err
}

// receivedBefore finds the receipt of a form that was handed in before.
func (tx *Tx) receivedBefore(ctx context.Context, s *submission) (Received, error) {
	got := Received{Code: s.code, Repeated: true}
	var authorityID doithoai.ID
	var body []byte
	if err := tx.queryRow(ctx, `SELECT id, authority_id, received_at, intake_body
		FROM slip
		WHERE code_hash = $1`, s.codeHash).
		Scan(&got.SlipID, &authorityID, &got.ReceivedAt, &body); err != nil {
		return Received{}, fmt.Errorf("earlier slip: %w", err)
	}
	if authorityID != s.actor.AuthorityID || subtle.ConstantTimeCompare(body, s.bodyHash[:]) != 1 {
		return Received{}, doithoai.Refuse(doithoai.Conflict, "slip.problem.sent_already")
	}
	var err error
	got.Opinions, err = opinionsOfSlip(ctx, tx, got.SlipID)
	return got, err
}

// belonging is something of an authority that a slip names.
type belonging struct {
	query       string
	authorityID doithoai.ID
	value       string
}

// checkBelonging refuses ids of another authority and codes that do not exist: a forged form, or a page left open while
// the office changed its lists.
func (tx *Tx) checkBelonging(ctx context.Context, s *submission) error {
	if _, err := tx.authorityByID(ctx, s.actor.AuthorityID); err != nil {
		return err
	}
	slip := s.slip
	var list []doithoai.Problem
	for _, c := range []struct {
		value, query, field, key string
		isID                     bool
		held                     string // first, so that the query sees what another act was about to do
	}{
		{string(slip.DialogueID), `SELECT count(*)
			FROM dialogue d
			WHERE d.id = $1 AND d.authority_id = $2
				AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.dialogue_id = d.id AND m.state = 'locked')`,
			"noi-dung", "slip.problem.dialogue", true, `SELECT id FROM dialogue WHERE id = $1`},
		{string(slip.Petitioner.VillageID), `SELECT count(*)
			FROM village
			WHERE id = $1 AND authority_id = $2`, "thon", "slip.problem.place", true, ""},
		{slip.FieldCode, `SELECT count(*)
			FROM field
			WHERE code = $1 AND authority_id = $2`, "linh-vuc", "slip.problem.field", false, ""},
		{string(slip.TurnID), `SELECT count(*)
			FROM turn
			WHERE id = $1 AND authority_id = $2`, "noi-dung", "slip.problem.dialogue", true, ""},
	} {
		if c.value == "" {
			continue
		}
		b := belonging{c.query, s.actor.AuthorityID, c.value}
		known, asked := tx.belongings[b] // most of a group name the same
		if !asked && (!c.isID || wellFormed(doithoai.ID(c.value))) {
			if c.held != "" {
				if err := tx.hold(ctx, c.held+tx.db.dialect.forReferring(), c.value); err != nil {
					return err
				}
			}
			n, err := one(ctx, tx, column[int], c.query, c.value, s.actor.AuthorityID)
			if err != nil {
				return err
			}
			known = n > 0
			if tx.belongings == nil {
				tx.belongings = map[belonging]bool{}
			}
			tx.belongings[b] = known
		}
		if !known {
			list = append(list, doithoai.Problem{Field: c.field, Key: c.key})
		}
	}
	taken, err := tx.paperProblem(ctx, s)
	if err != nil {
		return err
	}
	if err := doithoai.RefuseForm(append(list, taken...)); err != nil {
		return err
	}
	return tx.claimPaper(ctx, s)
}

// hold holds the rows that a query finds by a value.
func (tx *Tx) hold(ctx context.Context, query, value string) error {
	_, err := list(ctx, tx, column[doithoai.ID], query, value)
	return err
}

// keep writes the rows of submissions that are accepted. They stand in the order of their authorities.
func (tx *Tx) keep(ctx context.Context, accepted []*submission) error {
	slips, petitioners, opinions, deliveries := newRows(12), newRows(12), newRows(16), newRows(deliveryWidth)
	files, papers := newRows(attachmentWidth), newRows(paperWidth)
	var serial int64
	for i, s := range accepted {
		a, err := tx.authorityByID(ctx, s.actor.AuthorityID)
		if err != nil {
			return err
		}
		if i == 0 || accepted[i-1].actor.AuthorityID != a.ID {
			if serial, err = tx.claimNumbers(ctx, a.ID, accepted[i:]); err != nil {
				return err
			}
		}
		slip, p := s.slip, s.slip.Petitioner
		s.got = Received{SlipID: newID(), Code: s.code, ReceivedAt: tx.Now}
		on, clock := givenColumns(slip.Given)
		slips.add(s.got.SlipID, a.ID, slip.DialogueID, slip.Channel, slip.Manner, tx.Now, s.actor.ID, slip.ReadBack,
			s.codeHash, s.bodyHash[:], on, clock)
		tx.addAttachments(files, s.actor, doithoai.FilesOfSlip, s.got.SlipID, s.files)
		petitioners.add(s.got.SlipID, a.ID, p.Standing, p.Name, p.Organisation, p.Households, p.VillageID, p.Address,
			joinWays(p.Ways), p.Phone, p.Email, p.PostAddress)
		addPaper(papers, a.ID, s)
		for _, matter := range slip.Matters {
			o := doithoai.Opinion{
				ID: newID(), AuthorityID: a.ID, DialogueID: slip.DialogueID, SlipID: s.got.SlipID,
				Number:  doithoai.NewRegisterNumber(a.Prefix, tx.Now.Date().Year, serial),
				Channel: slip.Channel, Manner: slip.Manner, Content: matter, FieldCode: slip.FieldCode, VillageID: p.VillageID,
				TurnID: slip.TurnID, ReceivedAt: tx.Now, Version: 1,
			}
			serial++
			opinions.add(o.ID, o.AuthorityID, o.SlipID, o.DialogueID, o.Number, o.Channel, o.Manner, o.Content,
				o.FieldCode, o.VillageID, o.ReceivedAt, false, "", 1, s.actor.ID, o.TurnID)
			facts := doithoai.Facts{Channel: o.Channel, OnBehalf: s.seat.For, Files: hashesOf(s.files)}
			if err := tx.record(ctx, o, s.actor, s.act, facts, matter); err != nil {
				return err
			}
			s.got.Opinions = append(s.got.Opinions, o)
		}
		tx.addDeliveries(deliveries, doithoai.Delivery{
			AuthorityID: a.ID, SlipID: s.got.SlipID, Kind: doithoai.DeliveryReceived,
		}, p.Ways, p.Phone)
	}
	for _, insert := range []struct {
		into string
		rows *rowList
	}{
		{slipInto, slips},
		{petitionerInto, petitioners},
		{paperInto, papers},
		{`opinion (id, authority_id, slip_id, dialogue_id, number, channel, manner, content, field_code, village_id,
			received_at, out_of_scope, ruling, version, typed_by, turn_id)`, opinions},
		{deliveryInto, deliveries},
		{attachmentInto, files},
	} {
		if err := insert.rows.insert(ctx, tx, insert.into); err != nil {
			return err
		}
	}
	for _, s := range accepted {
		if err := tx.dropUploads(ctx, s.files); err != nil {
			return err
		}
		if err := tx.keepPaper(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// claimNumbers claims serial numbers of the year's register for those submissions at the beginning of the list that are
// the authority's, and returns the first. The counter's row is held to the commit, so that numbers have no gap.
func (tx *Tx) claimNumbers(ctx context.Context, authority doithoai.ID, list []*submission) (int64, error) {
	n := 0
	for _, s := range list {
		if s.actor.AuthorityID != authority {
			break
		}
		n += len(s.slip.Matters)
	}
	last, err := tx.count(ctx, authority, registerCounter(tx.Now.Date().Year), n)
	return last - int64(n) + 1, err
}
