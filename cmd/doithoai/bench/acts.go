package bench

import (
	"container/heap"
	"context"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
)

// rulingOf is what is ruled on a story's opinion on a day.
func (f *staff) rulingOf(s *story, on calendar.Date) (doithoai.Ruling, calendar.Deadline) {
	r := doithoai.Ruling{Code: s.ruling}
	rule, _ := doithoai.RuleOf(s.ruling)
	var reckoned calendar.Deadline
	if rule.OpensPetition {
		_, unit := f.lead(s.field.code)
		r.LeadUnitID = unit.ID
		reckoned, _ = f.rules.Propose(rule, on)
		r.Due = reckoned.Rolled
	}
	if rule.Says() {
		r.Text = s.told
	}
	if rule.ByWhom {
		r.AnsweredBy, r.Agreement = "Chuyên viên "+communeUnits[f.leads[s.field.code]].Name, doithoai.AgreementYes
	}
	r.HandedOver = s.ruling == doithoai.RulingDenunciation
	if s.ruling == doithoai.RulingNotAccepted {
		r.Refusal = doithoai.Refusal{Ground: doithoai.RefusedRepeated, By: f.officers[loginChair].ID}
	}
	return r.Asked().Filled(on), reckoned
}

func (s *story) answer() doithoai.Answer { return doithoai.Answer{Body: s.told, Basis: s.field.basis} }

func (s *story) summary() doithoai.Publication {
	content := s.slip.Matters[0]
	return doithoai.Publication{Title: text.Headline("", content), Question: content, Answer: s.told}
}

// ruler is who gives a ruling: the office, but for what the chair does not accept.
func ruler(r doithoai.Ruling) string {
	if r.Code == doithoai.RulingNotAccepted {
		return loginChair
	}
	return loginOffice
}

// play has one step acted out by whom it belongs to.
func (f *filler) play(ctx context.Context, p step) (err error) {
	s, resident := p.of, doithoai.Resident(f.authority.ID)
	switch p.act {
	case doithoai.ActSubmitSlip:
		got, err := f.db.SubmitSlip(ctx, resident, s.key, s.slip)
		if err != nil {
			return err
		}
		s.id, s.number = got.Opinions[0].ID, got.Opinions[0].Number
	case doithoai.ActRuleOpinion:
		r, _ := f.rulingOf(s, p.at.Date())
		s.version = 1
		_, err = f.db.RuleOpinion(ctx, f.actor(ruler(r)), s.id, 1, r)
	case doithoai.ActSubmitAnswer:
		n, _ := f.lead(s.field.code)
		err = f.db.SubmitAnswer(ctx, f.actor(unitLogin(n)), s.id, s.version, s.answer())
		s.version++
	case doithoai.ActReturnAnswer:
		err = f.db.ReturnAnswer(ctx, f.actor(loginChair), s.id, s.version, s.reason)
		s.version++
	case doithoai.ActSignAnswer:
		err = f.db.SignAnswer(ctx, f.actor(loginChair), s.id, s.version)
		s.version++
	case doithoai.ActDispatchAnswer:
		err = f.db.DispatchAnswer(ctx, f.actor(loginClerk), s.id, s.version, f.nextSymbol(p.at), p.at.Date())
		s.version++
	case doithoai.ActRateAnswer:
		err = f.db.RateAnswer(ctx, resident, doithoai.NewReceiptCode(s.key), s.number, s.rating)
	case doithoai.ActProposePublication:
		err = f.db.ProposePublication(ctx, f.actor(loginOffice), s.id, 0, s.summary())
	case doithoai.ActApprovePublication:
		err = f.db.ApprovePublication(ctx, f.actor(loginApprover), s.id, 1)
	}
	return err
}

// nextSymbol is the number and symbol of the next document of a year.
func (f *filler) nextSymbol(at calendar.Instant) string {
	year := at.Date().Year
	f.symbols[year]++
	return fmt.Sprintf("%d/UBND-VP", f.symbols[year])
}

// writeDown writes one story down as it stands after its last step, and puts its events among those to come.
func (f *filler) writeDown(s *story) store.Life {
	if !f.finished(s) {
		f.open++
	}
	received := s.steps[0].at
	f.serials[received.Date().Year]++
	s.id, s.slipID = f.idAt(received), f.idAt(received)
	s.number = doithoai.NewRegisterNumber(f.authority.Prefix, received.Date().Year, f.serials[received.Date().Year])
	l := store.Life{Key: s.key, Slip: s.slip, Opinion: doithoai.Opinion{
		ID: s.id, AuthorityID: f.authority.ID, SlipID: s.slipID, DialogueID: s.slip.DialogueID, Number: s.number,
		Channel: s.slip.Channel, Manner: s.slip.Manner, Content: s.slip.Matters[0], FieldCode: s.slip.FieldCode,
		VillageID: s.slip.Petitioner.VillageID, ReceivedAt: received, Version: 1,
	}}
	byItself := slices.DeleteFunc(slices.Clone(s.slip.Petitioner.Ways), func(w doithoai.Way) bool {
		return w != doithoai.WayEmail // a bench has no gateways
	})
	l.Deliveries = f.sent(l.Deliveries, doithoai.DeliveryReceived, "", byItself, received)
	for _, p := range s.steps {
		facts, by, said := f.apply(&l, s, p)
		heap.Push(&f.past, past{Number: s.number, Text: said, Event: doithoai.Event{
			AuthorityID: f.authority.ID, OpinionID: s.id, At: p.at, ActorID: by, Act: p.act, Facts: facts,
		}})
	}
	return l
}

// sent adds deliveries that went out at once.
func (f *filler) sent(
	to []doithoai.Delivery, kind doithoai.DeliveryKind, opinion doithoai.ID, ways []doithoai.Way, at calendar.Instant,
) []doithoai.Delivery {
	for _, w := range ways {
		to = append(to, doithoai.Delivery{
			ID: f.idAt(at), OpinionID: opinion, Kind: kind, Way: w, State: doithoai.DeliverySent, Attempts: 1,
			CreatedAt: at, SentAt: at, Version: 3,
		})
	}
	return to
}

// apply takes a life one step on, and returns what the step's event holds: its facts, who did it, what was said.
func (f *filler) apply(l *store.Life, s *story, p step) (facts doithoai.Facts, by doithoai.ID, said string) {
	who := func(login string) doithoai.ID { return f.officers[login].ID }
	move := func() {
		next, moved, err := l.Petition.Move(p.act)
		if err != nil { // the story is told in an order that the state machine has not
			panic(fmt.Sprintf("%s of a petition that is %s", p.act, l.Petition.State))
		}
		facts, *l.Petition = moved, next
		l.Petition.Version++
	}
	switch p.act {
	case doithoai.ActSubmitSlip:
		return doithoai.Facts{Channel: l.Opinion.Channel}, "", l.Opinion.Content
	case doithoai.ActRuleOpinion:
		facts, said = f.applyRuling(l, s, p.at)
		by = who(ruler(l.Ruling))
	case doithoai.ActSubmitAnswer:
		move()
		a := s.answer()
		l.Answer = &a
		n, _ := f.lead(s.field.code)
		by, said = who(unitLogin(n)), a.Body+"\n\n"+a.Basis
	case doithoai.ActReturnAnswer:
		move()
		by, said = who(loginChair), s.reason
	case doithoai.ActSignAnswer:
		move()
		by = who(loginChair)
		l.Answer.SignedBy, l.Answer.SignedAt = f.officers[loginChair].Name+", "+f.officers[loginChair].Post, p.at
	case doithoai.ActDispatchAnswer:
		l.Answer.Number, l.Answer.Dated = f.nextSymbol(p.at), p.at.Date()
		next, moved, err := l.Petition.Dispatch(*l.Answer, p.at, f.rules.Calendar)
		if err != nil {
			panic(fmt.Sprintf("%s of a petition that is %s: %v", p.act, l.Petition.State, err))
		}
		facts, *l.Petition, by = moved, next, who(loginClerk)
		l.Petition.Version++
		l.Deliveries = f.sent(l.Deliveries, doithoai.DeliveryAnswered, s.id, s.slip.Petitioner.Ways, p.at)
	case doithoai.ActRateAnswer:
		r := s.rating
		r.At = p.at
		l.Rating = &r
		facts = doithoai.Facts{Solved: r.Solved, Satisfied: r.Satisfied}
	case doithoai.ActProposePublication:
		pub := s.summary()
		pub.State, pub.ProposedBy, pub.Version = doithoai.PublicationProposed, who(loginOffice), 1
		l.Publication = &pub
		facts.To, by = string(pub.State), pub.ProposedBy
		said = pub.Title + "\n\n" + pub.Question + "\n\n" + pub.Answer
	case doithoai.ActApprovePublication:
		pub := l.Publication
		by, facts.From = who(loginApprover), string(pub.State)
		pub.State, pub.ApprovedBy, pub.At, pub.Version = doithoai.PublicationPublished, by, p.at, 2
		facts.To = string(pub.State)
	}
	return facts, by, said
}

func (f *filler) applyRuling(l *store.Life, s *story, at calendar.Instant) (facts doithoai.Facts, said string) {
	r, reckoned := f.rulingOf(s, at.Date())
	l.Ruling, l.Opinion.Ruling, l.Opinion.RuledAt = r, r.Code, at
	l.Opinion.Version++
	facts = doithoai.Facts{
		To: string(r.Code), Agreement: r.Agreement, Refusal: r.Refusal.Ground, DecidedBy: r.Refusal.By,
		Guidance: r.Guidance.Kind, Guided: r.Guidance.On,
	}
	if said = r.Text; r.AnsweredBy != "" {
		said = r.AnsweredBy + ": " + r.Text
	}
	if r.Refusal.Basis != "" {
		said += " [" + r.Refusal.Basis + "]"
	}
	if rule, _ := doithoai.RuleOf(r.Code); !rule.OpensPetition {
		return facts, said
	}
	version := f.rules.Calendar.Version()
	facts.Unit, facts.Due, facts.Start, facts.Term, facts.Calendar = r.LeadUnitID, r.Due, at.Date(), reckoned.Term, version
	l.Opinion.PetitionID = f.idAt(at)
	l.Petition = &doithoai.Petition{
		ID: l.Opinion.PetitionID, AuthorityID: f.authority.ID, OpinionID: s.id, LeadUnitID: r.LeadUnitID,
		State: doithoai.PetitionProcessing, Start: at.Date(), Term: reckoned.Term, Due: r.Due,
		CalendarVersion: version, Version: 1,
	}
	return facts, said
}
