package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// Life is an opinion as it stands once everything that happened to it has happened. Petition, Answer, Publication and
// Rating are nil where it never came so far. The opinion carries its ids and its number.
type Life struct {
	Key         doithoai.IntakeKey
	Slip        doithoai.Slip
	Opinion     doithoai.Opinion
	Ruling      doithoai.Ruling
	Petition    *doithoai.Petition
	Answer      *doithoai.Answer
	Publication *doithoai.Publication
	Rating      *doithoai.Rating
	Deliveries  []doithoai.Delivery // those that were sent have SentAt
}

// Past is an event of a life, with the number of its opinion and the text that belongs to it.
type Past struct {
	Event  doithoai.Event
	Number doithoai.RegisterNumber
	Text   string
}

// Fill writes lives, and events in the order in which they happened, as plain rows in one transaction: nobody's rights
// are asked and no rule is run. It makes the databases at which this program is measured, of which Verify must find
// nothing, and is no way in for anything that happened. An event may come long after its life; it must not come before
// it.
func (db *DB) Fill(ctx context.Context, authority doithoai.ID, lives []Life, past []Past) error {
	return db.act(ctx, func(tx *Tx) error {
		a, err := tx.authorityByID(ctx, authority)
		if err != nil {
			return err
		}
		if err := tx.fillLives(ctx, a, lives); err != nil {
			return err
		}
		for _, p := range past {
			received := receives(p.Event.Act)
			tx.events = append(tx.events, pendingEvent{
				event: p.Event, text: p.Text, keepText: p.Text != "" && !received, number: p.Number, authority: a.Slug,
				stands: true,
			})
		}
		return nil
	})
}

// place is where the life has come to, for lists.
func (l Life) place() place {
	var p doithoai.Petition
	var public doithoai.PublicationState
	var solved doithoai.Solved
	if l.Petition != nil && l.Opinion.PetitionID != "" {
		p = *l.Petition
	}
	if l.Publication != nil {
		public = l.Publication.State
	}
	if l.Rating != nil {
		solved = l.Rating.Solved
	}
	return placeOf(l.Opinion.Ruling, p, public, solved, l.Opinion.JoinedTo != "")
}

// told reports whether the person was told how the opinion stands: something was sent, or it is over.
func (l Life) told(at place) bool {
	return at.stage != doithoai.StageUnruled && !slices.Contains(openStages, at.stage) ||
		slices.ContainsFunc(l.Deliveries, func(d doithoai.Delivery) bool { return d.Kind != doithoai.DeliveryReceived })
}

func (tx *Tx) fillLives(ctx context.Context, a doithoai.Authority, lives []Life) error {
	slips, petitioners, opinions, rulings := newRows(12), newRows(12), newRows(35), newRows(4)
	petitions, answers, publications, ratings, deliveries := newRows(22), newRows(11), newRows(10), newRows(5), newRows(14)
	documents := newRows(19)
	numbers, figures := map[int]int{}, figureMoves{}
	for _, l := range lives {
		o, s, p := l.Opinion, l.Slip, l.Slip.Petitioner
		numbers[o.ReceivedAt.Date().Year]++
		at := l.place()
		figures.add(a.ID, o.ReceivedAt.Date().Year, at, 1)
		body := l.Key // stands for the hash of what was handed in: nothing is ever handed in again under this key
		slips.add(o.SlipID, a.ID, s.DialogueID, s.Channel, s.Manner, o.ReceivedAt, doithoai.ID(""), s.ReadBack,
			doithoai.NewReceiptCode(l.Key).Hash(), body[:], calendar.Date{}, nil)
		petitioners.add(o.SlipID, a.ID, p.Standing, p.Name, p.Organisation, p.Households, p.VillageID, p.Address,
			joinWays(p.Ways), p.Phone, p.Email, p.PostAddress)
		opinions.add(o.ID, a.ID, o.SlipID, o.DialogueID, o.Number, o.Channel, o.Manner, o.Content, o.Headline,
			o.Summary, o.FieldCode, o.VillageID, o.ReceivedAt, o.OutOfScope, o.Ruling, o.RuledAt, o.PetitionID, o.JoinedTo,
			o.TurnID, o.Unheard, o.Kind, int(o.ContentCode), o.PlaceVillageID, o.PlaceElsewhere, o.PartOf, o.Repeat.Before,
			o.Repeat.Root, o.Outcome, o.Version,
			at.stage, at.lead, at.due, at.onTime, at.solved, l.told(at))
		if o.Ruling != "" {
			rulings.add(o.ID, l.Ruling.Text, l.Ruling.AnsweredBy, l.Ruling.Refusal.Basis)
		}
		if p := l.Petition; p != nil {
			petitions.add(p.ID, a.ID, o.ID, p.LeadUnitID, p.State, p.Start, p.Term.N, p.Term.Unit, p.Due,
				p.CalendarVersion, p.CalendarKept, p.Extended, p.AnsweredAt, p.Missed, p.HandedOver, p.AssignedAt,
				p.OfficerID, p.Round, p.RoundMissed, p.RoundAnsweredAt, p.Asked, p.Version)
		}
		if w := l.Answer; w != nil {
			answers.add(o.PetitionID, a.ID, yearOf(w.Dated), w.Body, w.Basis, w.Number, w.Dated, w.SignedBy, w.SignedFor,
				w.SignedAt, w.Paper)
			if w.Number != "" {
				key, series, serial := doithoai.NumberKey(w.Number)
				documents.add(a.ID, doithoai.DocumentReply, o.ID, 0, doithoai.ID(""), doithoai.ID(""), o.ID, w.Number, w.Dated,
					doithoai.DocumentIssued, true, 0, calendar.Date{}, "", 0, key, series, serial, w.Dated.Year)
			}
		}
		if p := l.Publication; p != nil {
			publications.add(o.ID, a.ID, p.Title, p.Question, p.Answer, p.State, p.ProposedBy, p.ApprovedBy, p.At,
				p.Version)
		}
		if r := l.Rating; r != nil {
			ratings.add(o.ID, a.ID, r.Solved, r.Satisfied, r.At)
		}
		for _, d := range l.Deliveries {
			deliveries.add(d.ID, a.ID, o.SlipID, d.OpinionID, d.Kind, d.Way, d.Way != doithoai.WayEmail, d.State, d.Attempts,
				d.CreatedAt, d.CreatedAt, d.SentAt, doithoai.ID(""), d.Version)
		}
	}
	for _, insert := range []struct {
		into string
		rows *rowList
	}{
		{slipInto, slips},
		{petitionerInto, petitioners},
		{`opinion (` + opinionColumns + `, stage, lead_unit_id, due, on_time, solved, told)`, opinions},
		{`ruling_text (opinion_id, body, answered_by, basis)`, rulings},
		{`petition (` + petitionColumns + `)`, petitions},
		{`answer (petition_id, authority_id, year, ` + answerColumns + `)`, answers},
		{documentInto, documents},
		{`publication (opinion_id, authority_id, title, question, answer, state, proposed_by, approved_by, published_at,
			version)`, publications},
		{`rating (opinion_id, authority_id, solved, satisfied, rated_at)`, ratings},
		{`delivery (id, authority_id, slip_id, opinion_id, kind, way, by_hand, state, attempts, next_at, created_at, sent_at,
			sent_by, version)`, deliveries},
	} {
		if err := insert.rows.insert(ctx, tx, insert.into); err != nil {
			return err
		}
	}
	for _, l := range lives {
		if l.Publication != nil && l.Publication.State == doithoai.PublicationPublished {
			if err := tx.indexPublication(ctx, l.Opinion, *l.Publication); err != nil {
				return err
			}
		}
	}
	if err := figures.count(ctx, tx); err != nil {
		return err
	}
	for year, n := range numbers {
		if _, err := tx.count(ctx, a.ID, registerCounter(year), n); err != nil {
			return err
		}
	}
	return nil
}
