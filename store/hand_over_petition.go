package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
)

// HandOverPetition gives the work on a petition to another unit, for a reason; its clock goes on as it is. What the
// unit before had drafted stays in the file as a note. version is the petition's.
func (db *DB) HandOverPetition(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, version int, h doithoai.HandOver,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openPetition(ctx, actor, doithoai.ActHandOverPetition, opinion, version)
		if err != nil {
			return err
		}
		return c.handOver(ctx, h)
	})
}

// handOver ends an act by which a petition goes to another unit.
func (c *caseFile) handOver(ctx context.Context, h doithoai.HandOver) error {
	to, err := c.tx.leadFor(ctx, c.Opinion, doithoai.Ruling{LeadUnitID: h.To})
	if err != nil {
		return err
	}
	if !storable(h.Reason) {
		return doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	next, facts, err := c.Petition.HandOver(h, to, c.Subject, c.tx.Now.Date())
	if err != nil {
		return err
	}
	if err := c.decidesDispute(ctx); err != nil {
		return err
	}
	if err := c.tx.settleProposal(ctx, c.Opinion.ID); err != nil {
		return err
	}
	if err := c.tx.exec(ctx, `DELETE FROM co_unit WHERE opinion_id = $1 AND unit_id = $2`,
		c.Opinion.ID, to.ID); err != nil {
		return err
	}
	if err := c.keepDrafts(ctx, c.Petition.LeadUnitID); err != nil {
		return err
	}
	*c.Petition = next
	c.Petition.AssignedAt = c.tx.Now
	return c.save(ctx, facts, h.Reason)
}

// keepDrafts makes what the unit that had the work drafted and did not submit notes of the file, so that who has it now
// reads them. A file that is full of notes leaves them with their writers.
func (c *caseFile) keepDrafts(ctx context.Context, unit doithoai.ID) error {
	type draft struct {
		by   doithoai.ID
		body []byte
	}
	drafts, err := list(ctx, c.tx, func(r row) (d draft, err error) {
		err = r.Scan(&d.by, &d.body)
		return d, err
	}, `SELECT officer_id, body
		FROM draft
		WHERE form = $1 AND subject = $2
		ORDER BY saved_at, officer_id LIMIT $3`, DraftAnswer, string(c.Opinion.ID), maxKeptDrafts)
	if err != nil || len(drafts) == 0 {
		return err
	}
	notes, err := notesOf(ctx, c.tx, c.Opinion.ID)
	if err != nil || len(notes)+len(drafts) > doithoai.MaxPetitionNotes {
		return err
	}
	for _, d := range drafts {
		var fields map[string][]string
		if err := json.Unmarshal(d.body, &fields); err != nil {
			return fmt.Errorf("draft of %s: %w", d.by, err)
		}
		n, ok := doithoai.DraftNote(firstOf(fields["tra-loi"]), firstOf(fields["can-cu"]))
		if !ok {
			continue
		}
		n.ID, n.AuthorityID, n.OpinionID, n.UnitID = newID(), c.Opinion.AuthorityID, c.Opinion.ID, unit
		n.WrittenBy, n.WrittenAt = d.by, c.tx.Now
		if err := c.tx.insertNote(ctx, n); err != nil {
			return err
		}
		facts := n.Facts()
		facts.OnBehalf = c.Seat.For
		if err := c.tx.record(ctx, c.Opinion, c.actor, doithoai.ActAddNote, facts, n.Words()); err != nil {
			return err
		}
		if err := c.tx.dropDraft(ctx, doithoai.Actor{ID: d.by}, DraftAnswer, string(c.Opinion.ID)); err != nil {
			return err
		}
	}
	return nil
}

// maxKeptDrafts bounds the drafts of one answer that a hand-over keeps.
const maxKeptDrafts = 20

func firstOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
