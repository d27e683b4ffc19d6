package demo

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// The acts of the dialogue of June, beside those of any tale: how opinions were taken in there, who spoke when, and how
// they were ruled.

// spoken takes down what somebody says in the hall, in their turn where they have one.
func spoken(ctx context.Context, t *teller, so *told) (store.Received, error) {
	s := so.slip
	s.DialogueID, s.TurnID = t.june.ID, so.turn
	s.Petitioner.Standing, s.Petitioner.VillageID = doithoai.StandingPerson, t.villages[so.village]
	return t.db.RecordOpinion(ctx, t.actor(LoginSecretary), Key(so.name), s)
}

// onSheet types a sheet that was written by hand: a line that was said at a time, and one that is no opinion.
func onSheet(at calendar.Clock) func(context.Context, *teller, *told) (store.Received, error) {
	return func(ctx context.Context, t *teller, so *told) (store.Received, error) {
		sheet := doithoai.HandSheet{DialogueID: t.june.ID, Number: 1, Writer: "Ông Võ Văn Thử", Told: 2}
		f, err := t.db.RecordSheet(ctx, t.actor(LoginOffice), Key(so.name), sheet, []doithoai.HandLine{
			{
				Clock: at, Name: so.slip.Petitioner.Name, VillageID: t.villages[so.village],
				Content: so.slip.Matters[0],
			},
			{Clock: at + 3, Dropped: "Hỏi khi nào có điện lại, không phải ý kiến"},
		}, nil)
		if err != nil {
			return store.Received{}, err
		}
		return store.Received{Opinions: []doithoai.Opinion{f.Lines[0].Opinion}}, nil
	}
}

// listed types a village's compiled list of so many opinions, which names nobody.
func listed(n int) func(context.Context, *teller, *told) (store.Received, error) {
	return func(ctx context.Context, t *teller, so *told) (got store.Received, err error) {
		list := doithoai.CompiledList{DialogueID: t.june.ID, VillageID: t.villages[so.village], Told: n}
		var points []doithoai.CompiledPoint
		original := ""
		for i, m := range so.slip.Matters {
			points = append(points, doithoai.CompiledPoint{Content: m})
			original += fmt.Sprintf("%d. %s\n", i+1, m)
		}
		f, err := t.db.RecordList(ctx, t.actor(LoginOffice), Key(so.name), list, points, original)
		for _, p := range f.Points {
			got.Opinions = append(got.Opinions, p.Opinion)
		}
		return got, err
	}
}

// arrives has reception note the tale's person: by their slip, or as one who came without; asks says that those want to
// speak.
func arrives(at calendar.Instant, asks bool) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		a := doithoai.Attendance{ID: store.NewID(), DialogueID: t.june.ID, SlipID: so.got.SlipID}
		if a.SlipID == "" {
			a.Name, a.VillageID, a.Speaks = so.slip.Petitioner.Name, t.villages[so.village], asks
		}
		if asks {
			so.turn = a.ID
		}
		return t.db.CheckIn(ctx, t.actor(LoginOffice), a)
	}}
}

// raises has the tale's person raise a hand.
func raises(at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		so.turn = store.NewID()
		return t.db.JoinQueue(ctx, t.actor(LoginSecretary), doithoai.Turn{
			ID: so.turn, DialogueID: t.june.ID, Name: so.slip.Petitioner.Name, VillageID: t.villages[so.village],
		})
	}}
}

// turn is the tale's turn to speak, in the queue as it stands.
func (t *teller) turn(ctx context.Context, so *told) (store.QueueRow, error) {
	run, err := t.db.Run(ctx, t.actor(LoginSecretary), t.june.ID)
	if err != nil {
		return store.QueueRow{}, err
	}
	for _, row := range run.Waiting {
		if row.ID == so.turn || row.ID == so.got.SlipID {
			return row, nil
		}
	}
	return store.QueueRow{}, fmt.Errorf("%s waits for no turn", so.name)
}

// speaks calls the tale's person to the microphone; who spoke before has spoken then.
func speaks(at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		row, err := t.turn(ctx, so)
		if err != nil {
			return err
		}
		secretary := t.actor(LoginSecretary)
		if err := t.db.CallTurn(ctx, secretary, t.june.ID, row.ID, row.Version); err != nil {
			return err
		}
		return t.db.TimeTurn(ctx, secretary, t.june.ID, row.ID, store.TurnRuns)
	}}
}

// misses notes that the tale's person was called and is not there.
func misses(at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		row, err := t.turn(ctx, so)
		if err != nil {
			return err
		}
		return t.db.MissTurn(ctx, t.actor(LoginSecretary), t.june.ID, row.ID, row.Version)
	}}
}

// withdraws ends the tale's opinion as its person wants.
func withdraws(at calendar.Instant, reason string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.WithdrawOpinion(ctx, t.actor(LoginOffice), so.opinion.ID, so.opinion.Version, reason)
	}}
}

// sameAs puts the tale's opinion together with that of another tale, which says the same.
func sameAs(at calendar.Instant, other string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.GroupOpinions(ctx, t.actor(LoginSecretary), so.opinion.ID, t.told[other].got.Opinions[0].ID)
	}}
}

// ruleAlike rules the tale's opinion, and those of other tales of its matter with it.
func ruleAlike(at calendar.Instant, unit string, r doithoai.Ruling, others ...string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		r.LeadUnitID, r.Headline, r.Class = t.units[unit].ID, so.headline, classOf(so.name, 0)
		var with []store.Versioned
		for _, other := range others {
			same := t.told[other].got.Opinions[0]
			with = append(with, store.Versioned{ID: same.ID, Version: same.Version})
			t.told[other].petition[same.ID] = 1
		}
		o, err := t.db.RuleAlike(ctx, t.actor(LoginSecretary), so.opinion.ID, so.opinion.Version, r, with)
		so.got.Opinions[0] = o
		so.petition[o.ID] = 1
		return err
	}}
}

// answerLater rules that the tale's opinion, which was not heard in the hall, is answered in writing.
func answerLater(at calendar.Instant, unit string, why doithoai.Unheard) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		so.petition[so.opinion.ID] = 1
		return t.db.AnswerLater(ctx, t.actor(LoginSecretary), t.june.ID, []doithoai.Later{{
			OpinionID: so.opinion.ID, Version: so.opinion.Version, Unheard: why, UnitID: t.units[unit].ID,
		}}, calendar.Date{}, "")
	}}
}

// entitled gives the tale's opinion its headline before it is ruled.
func entitled(at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		o := &so.got.Opinions[0]
		err := t.db.SetHeadline(ctx, t.actor(LoginSecretary), o.ID, o.Version, so.headline)
		o.Version++
		return err
	}}
}

// notesDown keeps a note of the work on the tale's opinion.
func notesDown(at calendar.Instant, login string, n doithoai.PetitionNote) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		n.ID = store.NewID()
		return t.db.AddNote(ctx, t.actor(login), so.opinion.ID, n)
	}}
}

// urged urges for the office the unit that leads, which was urged so often before. What was said was said now.
func urged(at calendar.Instant, before int, u doithoai.Urging) step {
	return urgedBy(LoginOffice, at, before, u)
}

func urgedBy(login string, at calendar.Instant, before int, u doithoai.Urging) step {
	if u.Route != doithoai.RoutePaper {
		u.HeldAt = at
	}
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.UrgePetition(ctx, t.actor(login), so.opinion.ID, before, u)
	}}
}

// replied replies to an urging, to which there were so many replies before.
func replied(at calendar.Instant, login string, number, before int, r doithoai.UrgingReply) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.ReplyUrging(ctx, t.actor(login), so.opinion.ID, number, before, r)
	}}
}

// disputes says for the unit that leads that the matter is another's.
func disputes(at calendar.Instant, login, unit, reason string) step {
	return disputesOf(0, at, login, unit, reason)
}

// disputesOf is of the tale's n-th opinion.
func disputesOf(n int, at calendar.Instant, login, unit, reason string) step {
	return moveOf(n, at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		d := doithoai.Dispute{Unit: t.units[unit].ID, Reason: reason}
		return t.db.DisputePetition(ctx, t.actor(login), id, version, d)
	})
}

// keepsLead is the chair's word that the matter stays where it is.
func keepsLead(at calendar.Instant, reason string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.KeepLead(ctx, t.actor(LoginChair), id, version, reason)
	})
}

// corrects replaces the tale's answer, which was public, and that of another tale which was sent the same: proposed,
// signed and dispatched under a number.
func corrects(
	proposed, signed, sent calendar.Instant, login string, a doithoai.Answer, reason, number, other string,
) []step {
	of := func(at calendar.Instant, version int, act func(
		ctx context.Context, t *teller, id doithoai.ID, with store.Versioned) error,
	) step {
		return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
			return act(ctx, t, so.opinion.ID, store.Versioned{ID: t.told[other].got.Opinions[0].ID, Version: version})
		}}
	}
	return []step{
		of(proposed, 0, func(ctx context.Context, t *teller, id doithoai.ID, with store.Versioned) error {
			return t.db.ProposeCorrection(ctx, t.actor(login), id, 0, a, reason, with)
		}),
		of(signed, 1, func(ctx context.Context, t *teller, id doithoai.ID, with store.Versioned) error {
			return t.db.SignCorrection(ctx, t.actor(LoginChair), id, 1, with)
		}),
		{sent, 0, func(ctx context.Context, t *teller, so *told) error {
			so.summary[so.opinion.ID] += 2 // approved, and outdated now
			so.replaced++
			t.told[other].replaced++
			with := store.Versioned{ID: t.told[other].got.Opinions[0].ID, Version: 2}
			return t.db.DispatchCorrection(ctx, t.actor(LoginOffice), so.opinion.ID, 2, number, sent.Date(), with)
		}},
	}
}

// together does an act on the answer to the tale's opinion and those of other tales of its matter.
func together(
	at calendar.Instant, others []string,
	act func(ctx context.Context, t *teller, id doithoai.ID, version int, with []store.Versioned) error,
) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		var with []store.Versioned
		for _, other := range others {
			of := t.told[other]
			same := of.got.Opinions[0].ID
			with = append(with, store.Versioned{ID: same, Version: of.petition[same]})
			of.petition[same]++
		}
		id := so.opinion.ID
		err := act(ctx, t, id, so.petition[id], with)
		so.petition[id]++
		return err
	}}
}

func submitTogether(at calendar.Instant, login string, a doithoai.Answer, others ...string) step {
	return together(at, others, func(
		ctx context.Context, t *teller, id doithoai.ID, version int, with []store.Versioned,
	) error {
		return t.db.SubmitAnswer(ctx, t.actor(login), id, version, a, with...)
	})
}

func signTogether(at calendar.Instant, others ...string) step {
	return together(at, others, func(
		ctx context.Context, t *teller, id doithoai.ID, version int, with []store.Versioned,
	) error {
		return t.db.SignAnswer(ctx, t.actor(LoginChair), id, version, with...)
	})
}

func dispatchTogether(at calendar.Instant, number string, others ...string) step {
	return together(at, others, func(
		ctx context.Context, t *teller, id doithoai.ID, version int, with []store.Versioned,
	) error {
		return t.db.DispatchAnswer(ctx, t.actor(LoginOffice), id, version, number, at.Date(), with...)
	})
}

// signsInInk has the chair sign the answer on paper and change words of it by pen; the office records that with a scan.
func signsInInk(at calendar.Instant, old, ink string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		f, err := t.db.OpinionFile(ctx, t.actor(LoginOffice), id)
		if err != nil {
			return err
		}
		scans, err := t.simulated(ctx, LoginOffice, "văn bản trả lời "+string(f.Opinion.Number)+" đã ký")
		if err != nil {
			return err
		}
		words := doithoai.Answer{Body: strings.Replace(f.Submitted.Body, old, ink, 1), Basis: f.Submitted.Basis}
		return t.db.SignOnPaper(ctx, t.actor(LoginOffice), id, version, doithoai.OnPaper{
			Signer: t.officers[LoginChair].ID, On: at.Date(), Words: words, Scans: scans, Compared: true,
		})
	})
}

// decides has the chair say whether the initiative of the tale is applied.
func decides(at calendar.Instant, outcome doithoai.InitiativeOutcome, why string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		f, err := t.db.OpinionFile(ctx, t.actor(LoginChair), so.opinion.ID)
		if err != nil {
			return err
		}
		return t.db.DecideInitiative(ctx, t.actor(LoginChair), so.opinion.ID, f.Opinion.Version,
			doithoai.InitiativeDecision{Outcome: outcome, Why: why})
	}}
}

// tellsStatus has the office tell the person how the tale's opinion stands.
func tellsStatus(at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return t.db.TellStatus(ctx, t.actor(LoginOffice), so.opinion.ID)
	}}
}

// onPromise does an act on what the tale's answer promised.
func onPromise(at calendar.Instant, act func(context.Context, *teller, doithoai.Promise) error) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		f, err := t.db.OpinionFile(ctx, t.actor(LoginChair), so.opinion.ID)
		if err != nil {
			return err
		}
		return act(ctx, t, f.Promises[0])
	}}
}

// keeps records that what was promised is done.
func keeps(at calendar.Instant, login string, done calendar.Date, said string) step {
	return onPromise(at, func(ctx context.Context, t *teller, p doithoai.Promise) error {
		return t.db.KeepPromise(ctx, t.actor(login), p.ID, p.Version, done, said)
	})
}

// breaks says that what was promised will not be done.
func breaks(at calendar.Instant, why string) step {
	return onPromise(at, func(ctx context.Context, t *teller, p doithoai.Promise) error {
		return t.db.BreakPromise(ctx, t.actor(LoginChair), p.ID, p.Version, why)
	})
}

// reopens says for who raised it that they don't agree with the answer: it is looked at again.
func reopens(at calendar.Instant, by doithoai.Channel, said string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		so.replaced++
		return again(ctx, t, so, doithoai.Reopening{Said: said, Channel: by, Answer: so.replaced - 1})
	}}
}

// asks asks the chair, for who raised it, to have it looked at once more.
func asks(at calendar.Instant, by doithoai.Channel, said string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		return again(ctx, t, so, doithoai.Reopening{Said: said, Channel: by, NewFacts: true, Answer: so.replaced})
	}}
}

func again(ctx context.Context, t *teller, so *told, r doithoai.Reopening) error {
	id := so.opinion.ID
	err := t.db.Reopen(ctx, t.actor(LoginOffice), id, so.petition[id], r)
	so.petition[id]++
	return err
}

// refuses is the chair's word that the answer stays.
func refuses(at calendar.Instant, d doithoai.ReopeningDecision) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.RefuseReopening(ctx, t.actor(LoginChair), id, version, d)
	})
}

// dispatchAgain sends another answer out, of which nothing is public yet.
func dispatchAgain(at calendar.Instant, number string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		so.summary[so.opinion.ID] += 2 // approved, and outdated now
		return dispatch(at, number).act(ctx, t, so)
	}}
}

// pause stops the clock of the tale's answer by a document.
func pause(at calendar.Instant, login string, doc doithoai.Pause) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.PausePetition(ctx, t.actor(login), id, version, doc)
	})
}

// writesOn sends a letter about the tale's opinion to another body.
func writesOn(at calendar.Instant, login string, l doithoai.OnwardLetter) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		l.ID, l.Dated = store.NewID(), at.Date()
		so.letter = l.ID
		return t.db.SendOnwardLetter(ctx, t.actor(login), so.opinion.ID, l)
	}}
}

// urgesBody urges the body to which the tale's letter went.
func urgesBody(at calendar.Instant, login string, u doithoai.BodyUrging) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		u.ID, u.LetterID, u.At = store.NewID(), so.letter, at
		return t.db.UrgeBody(ctx, t.actor(login), so.opinion.ID, u)
	}}
}

// replies enters the word of the body to which the tale's letter went.
func replies(at calendar.Instant, login string, r doithoai.OnwardReply) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		r.Day = at.Date()
		return t.db.RegisterReply(ctx, t.actor(login), so.opinion.ID, so.letter, 1, r, false)
	}}
}

// passesOn passes the record of the tale's opinion on.
func passesOn(at calendar.Instant, r doithoai.RecordTransfer) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		r.Dated = at.Date()
		o, err := t.db.OpinionFile(ctx, t.actor(LoginOffice), so.opinion.ID)
		if err != nil {
			return err
		}
		return t.db.TransferRecord(ctx, t.actor(LoginOffice), so.opinion.ID, o.Opinion.Version, r)
	}}
}
