package store

import (
	"cmp"
	"context"
	"os"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// ReceivedDocument is a document that was sent to a unit or village of the actor.
type ReceivedDocument struct {
	doithoai.Recipient
	Paper ListedDocument

	Next   *ListedDocument  // what ended it, where the register has that; of one that is opened
	Before []ListedDocument // what it ended
}

// places are the units and villages for which an actor may do an act of recipients.
func places(actor doithoai.Actor) (units, villages []doithoai.ID) {
	for _, r := range doithoai.Reaches(actor, doithoai.ActOpenReceived) {
		if id := r.Seat.UnitID; id != "" && !slices.Contains(units, id) {
			units = append(units, id)
		}
		if id := r.Seat.VillageID; id != "" && !slices.Contains(villages, id) {
			villages = append(villages, id)
		}
	}
	return units, villages
}

// ReceivedDocuments lists what was sent to the actor's units and villages, the latest first, or of that only what is to
// be acknowledged; more reports whether there are others. What is about an opinion is in it for who may see that.
func (db *DB) ReceivedDocuments(
	ctx context.Context, actor doithoai.Actor, waiting bool, limit int,
) (all []ReceivedDocument, more bool, err error) {
	if err := may(actor, doithoai.ActSeeReceived); err != nil {
		return nil, false, err
	}
	units, villages := places(actor)
	read := func(column string, ids []doithoai.ID) error {
		for _, id := range ids {
			where := ` AND x.` + column + ` = $2`
			if waiting {
				where += ` AND x.state IN ('sent', 'seen')`
			}
			some, err := db.received(ctx, actor, where, limit+1, id)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	}
	if err := read("unit_id", units); err != nil {
		return nil, false, err
	}
	if err := read("village_id", villages); err != nil {
		return nil, false, err
	}
	slices.SortFunc(all, func(a, b ReceivedDocument) int {
		return -cmp.Or(a.SentAt.Compare(b.SentAt), cmp.Compare(a.ID, b.ID))
	})
	if len(all) > limit {
		all, more = all[:limit], true
	}
	return all, more, nil
}

// received reads what was sent, as far as the actor may see it: nothing that is not sent yet, did not arrive, or was
// recalled.
func (db *DB) received(
	ctx context.Context, actor doithoai.Actor, where string, limit int, arg any,
) ([]ReceivedDocument, error) {
	return receivedDocuments(ctx, db.reader(), actor, db.Now(), where, limit, arg)
}

func receivedDocuments(
	ctx context.Context, q querier, actor doithoai.Actor, now calendar.Instant, where string, limit int, arg any,
) ([]ReceivedDocument, error) {
	args := []any{actor.AuthorityID, arg}
	bind := binder(&args)
	reach := documentsReach(actor, now.Date(), bind)
	return list(ctx, q, func(r row) (d ReceivedDocument, err error) {
		var called string
		err = r.Scan(append(append(listedFields(&d.Paper), recipientFields(&d.Recipient)...), &called)...)
		if called != "" {
			d.Name = called
		}
		return d, err
	}, listedColumns+`, `+columnsOf("x", recipientColumns)+`, coalesce(nullif(u.short, ''), u.name, v.name, '')
		FROM document_recipient x
		JOIN document d ON d.subject_id = x.subject_id AND d.kind = x.kind AND d.part = x.part`+listedJoins+`
		LEFT JOIN unit u ON u.id = x.unit_id
		LEFT JOIN village v ON v.id = x.village_id`+reach+`
			AND x.authority_id = $1 AND x.state NOT IN ('failed', 'queued')`+where+`
		ORDER BY x.sent_at DESC, x.id DESC LIMIT `+bind(limit), args...)
}

// openReceived opens what was sent to a unit or village of the actor for an act of theirs. NotFound where it is not
// theirs, or they may not see what it is about.
func (tx *Tx) openReceived(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (d ReceivedDocument, err error) {
	if err := may(actor, doithoai.ActSeeReceived); err != nil {
		return d, err
	}
	r, err := tx.lockRecipient(ctx, actor, id)
	if err != nil {
		return d, err
	}
	if err := doithoai.Can(actor, act, doithoai.Subject{
		AuthorityID: r.AuthorityID, SentUnitID: r.UnitID, SentVillageID: r.VillageID,
	}); err != nil {
		return d, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	found, err := receivedDocuments(ctx, tx, actor, tx.Now, ` AND x.id = $2`, 1, id)
	if err != nil {
		return d, err
	}
	if len(found) == 0 {
		return d, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	d = found[0]
	d.Next, d.Before, err = documentsAround(ctx, tx, actor, d.Paper.Document, tx.Now.Date())
	return d, err
}

// OpenReceived opens a document that was sent to a unit or village of the actor; it is seen from then on.
func (db *DB) OpenReceived(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (d ReceivedDocument, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if d, err = tx.openReceived(ctx, actor, doithoai.ActOpenReceived, id); err != nil {
			return err
		}
		r, step, changes := d.See(tx.Now)
		if !changes {
			return nil
		}
		if err := tx.putRecipient(ctx, actor.ID, r, step); err != nil {
			return err
		}
		d.Recipient = r
		d.Version++
		return tx.audit(ctx, actor, doithoai.ActOpenReceived, d.Paper.Number, "", d.Name)
	})
	return d, err
}

// OpenReceivedSigned opens the signed file of a document that was sent to a unit or village of the actor, where it may
// go to anybody ([doithoai.DocumentKind.Open]); the caller closes it. NotFound where none is kept.
func (db *DB) OpenReceivedSigned(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	d, err := db.OpenReceived(ctx, actor, id)
	if err != nil {
		return a, nil, err
	}
	if !d.Paper.Kind.Open() {
		return a, nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return db.openSignedFile(ctx, db.reader(), d.Paper.Document)
}

// AcknowledgeDocument says that a unit or village of the actor has a document that was sent to it. version is the
// recipient's.
func (db *DB) AcknowledgeDocument(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int,
) error {
	return db.act(ctx, func(tx *Tx) error {
		d, err := tx.openReceived(ctx, actor, doithoai.ActAcknowledgeDocument, id)
		if err != nil {
			return err
		}
		if err := sameVersion(d.Version, version); err != nil {
			return err
		}
		r, step, err := d.Acknowledge(tx.Now)
		if err != nil {
			return err
		}
		if err := tx.putRecipient(ctx, actor.ID, r, step); err != nil {
			return err
		}
		if err := tx.sumRelay(ctx, r.Document); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActAcknowledgeDocument, d.Paper.Number, "", d.Name)
	})
}
