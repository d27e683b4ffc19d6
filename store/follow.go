package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// Followed is a slip as its holder sees it with the receipt code.
type Followed struct {
	SlipID     doithoai.ID
	ReceivedAt calendar.Instant
	Channel    doithoai.Channel
	Manner     doithoai.Manner
	DialogueID doithoai.ID
	Ways       []doithoai.Way
	Given      *doithoai.Given
	Files      int // that came with it and were not taken away
	Opinions   []FollowedOpinion
	Requests   []doithoai.OwnRequest // of the office, the first first
	Erased     doithoai.Erasure      // how much is of what is known of the person
	Ended      bool                  // nothing is open on it, and the person was told all there was to tell
}

// Receipt is what stands on the receipt of the slip.
func (f Followed) Receipt(code doithoai.ReceiptCode) doithoai.Receipt {
	rc := doithoai.Receipt{
		Code: code, ReceivedAt: f.ReceivedAt, Channel: f.Channel, Manner: f.Manner, DialogueID: f.DialogueID, Ways: f.Ways,
		Given: f.Given, Files: f.Files,
	}
	for _, o := range f.Opinions {
		m := doithoai.ReceiptMatter{Number: o.Opinion.Number, Content: o.Opinion.Content, PartOf: o.PartOf}
		if o.Opinion.Ruling == doithoai.RulingDenunciation {
			m.Content = ""
		}
		if len(o.Events) > 0 {
			m.Line = o.Events[0].Leaf + 1
		}
		rc.Matters = append(rc.Matters, m)
	}
	return rc
}

// FollowedOpinion is one opinion of a followed slip, with everything its holder may see.
type FollowedOpinion struct {
	Opinion     doithoai.Opinion
	Petition    *doithoai.Petition
	Unit        doithoai.Unit // leading
	RulingText  string        // what was answered or explained at once
	AnsweredBy  string
	Basis       string                      // legal, of what is not accepted
	Redirect    doithoai.OutsideBody        // to which the person was sent; the zero one where that is in the words
	Transfer    *doithoai.RecordTransfer    // of the record there, nil where it stays here
	Answer      doithoai.Answer             // only once dispatched
	Replaced    []doithoai.ReplacedAnswer   // that were the answer before, the last one first
	Promises    []doithoai.Promise          // that these answers made
	PublicFiles map[doithoai.ID]int         // that show that promises were kept and everybody sees, by promise
	Rounds      []doithoai.Answered         // with which the person did not agree, the last one first
	Reopenings  []doithoai.Reopening        // what the person said then, the first first
	Supplements []doithoai.Supplement       // what the person was asked to add, the first first
	Decision    doithoai.InitiativeDecision // of an initiative
	Rating      *doithoai.Rating
	Publication doithoai.PublicationState
	PublicWith  bool // the public reads the same answer under the number of another opinion, to which this one's leads
	Events      []doithoai.Event
	Calendars   map[string]calendar.Calendar // the versions by which due dates in events were reckoned
	Told        map[int64]string             // what the person is told of a ruling, a pause or an extension, by event
	PartOf      doithoai.RegisterNumber      // the opinion of the slip that it was split off; where the holder follows
	Parts       []doithoai.RegisterNumber    // of the slip that were split off it; where the holder follows
	Views       []View                       // who looked at the holder's name; where the holder follows
	Letters     []doithoai.OnwardLetter      // to other bodies about it, as the person is told of them
}

// FollowSlip opens a slip by its receipt code. An unknown code is NotFound.
func (db *DB) FollowSlip(ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode) (Followed, error) {
	if err := may(actor, doithoai.ActFollowSlip); err != nil {
		return Followed{}, err
	}
	var f Followed
	err := db.snapshot(ctx, func(q querier) (err error) {
		f, err = readSlip(ctx, q, actor.AuthorityID, code)
		return err
	})
	return f, err
}

// readSlip reads everything on a slip as its holder sees it.
func readSlip(ctx context.Context, q querier, authority doithoai.ID, code doithoai.ReceiptCode) (Followed, error) {
	f, err := one(ctx, q, func(r row) (f Followed, err error) {
		var ways string
		var g given
		err = r.Scan(&f.SlipID, &f.ReceivedAt, &f.Channel, &f.Manner, &f.DialogueID, &ways, &g.on, &g.clock)
		f.Ways, f.Given = splitWays(ways), g.read()
		return f, err
	}, `SELECT s.id, s.received_at, s.channel, s.manner, s.dialogue_id, p.ways, s.given_on, s.given_clock
		FROM slip s
		JOIN petitioner p ON p.slip_id = s.id
		WHERE s.code_hash = $1 AND s.authority_id = $2`, code.Hash(), authority)
	if err != nil {
		return f, err
	}
	if f.Files, err = countFiles(ctx, q, authority, doithoai.FilesOfSlip, f.SlipID); err != nil {
		return f, err
	}
	if f.Requests, err = ownRequestsOf(ctx, q, f.SlipID); err != nil {
		return f, err
	}
	e, err := erasingOf(ctx, q, f.SlipID)
	if err != nil {
		return f, err
	}
	f.Erased, f.Ended = e.had, !e.ended.IsZero()
	opinions, err := opinionsOfSlip(ctx, q, f.SlipID)
	if err != nil {
		return f, err
	}
	for _, o := range opinions {
		if o.JoinedTo != "" { // whoever has either receipt follows the one opinion
			if o, err = opinionByID(ctx, q, o.JoinedTo); err != nil {
				return f, err
			}
		}
		fo, err := followOpinion(ctx, q, o)
		if err != nil {
			return f, err
		}
		if fo.Views, err = viewsOf(ctx, q, fo.Events); err != nil {
			return f, err
		}
		f.Opinions = append(f.Opinions, fo)
	}
	f.relateParts()
	return f, nil
}

// relateParts says of the opinions of a slip which of them are parts of others.
func (f *Followed) relateParts() {
	for i := range f.Opinions {
		for j := range f.Opinions {
			if part := &f.Opinions[j]; part.Opinion.PartOf != "" && part.Opinion.PartOf == f.Opinions[i].Opinion.ID {
				part.PartOf = f.Opinions[i].Opinion.Number
				f.Opinions[i].Parts = append(f.Opinions[i].Parts, part.Opinion.Number)
			}
		}
	}
}

func followOpinion(ctx context.Context, q querier, o doithoai.Opinion) (f FollowedOpinion, err error) {
	f.Opinion = o
	if f.Petition, err = petitionOf(ctx, q, o); err != nil {
		return f, err
	}
	if f.Petition != nil {
		if f.Petition.LeadUnitID != "" && f.Petition.State != doithoai.PetitionEnded {
			if f.Unit, err = one(ctx, q, scanUnit, `SELECT `+unitColumns+`
				FROM unit
				WHERE id = $1`, f.Petition.LeadUnitID); err != nil {
				return f, err
			}
		}
		if f.Petition.State == doithoai.PetitionAnswered {
			if f.Answer, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+`
				FROM answer
				WHERE petition_id = $1`, f.Petition.ID); err != nil {
				return f, err
			}
		}
		if f.Petition.State == doithoai.PetitionAnswered || f.Petition.Round > 0 {
			if err = f.loadAnswers(ctx, q); err != nil {
				return f, err
			}
			if f.Promises, err = promisesOf(ctx, q, o.ID); err != nil {
				return f, err
			}
			if f.PublicFiles, err = publicFilesOf(ctx, q, o.ID); err != nil {
				return f, err
			}
		}
	}
	if rule, _ := doithoai.RuleOf(o.Ruling); rule.Says() || rule.Guides() {
		said, err := rulingTextOf(ctx, q, o.ID)
		if err != nil {
			return f, err
		}
		f.AnsweredBy, f.Redirect, f.Basis = said.by, said.to, said.basis
		if rule.Says() {
			f.RulingText = said.body
		}
	}
	if f.Transfer, err = transferOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	letters, err := lettersOf(ctx, q, o.ID)
	if err != nil {
		return f, err
	}
	f.Letters = doithoai.Told(letters)
	if f.Supplements, err = supplementsOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	if f.Decision, err = decisionOf(ctx, q, o); err != nil {
		return f, err
	}
	if f.Rating, err = ratingOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	if f.Rating != nil {
		f.Rating.Answer = f.Before()
	}
	p, err := publicationOf(ctx, q, o.ID)
	if err != nil {
		return f, err
	}
	if p != nil {
		f.Publication = p.State
	}
	_, err = publicWith(ctx, q, o.AuthorityID, o.Number)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return f, err
	}
	f.PublicWith = err == nil && f.Publication != doithoai.PublicationPublished
	if f.Events, err = eventsOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	if f.Calendars, err = calendarsOfEvents(ctx, q, o.AuthorityID, f.Events); err != nil {
		return f, err
	}
	f.Told, err = pairs[int64](ctx, q, `SELECT t.leaf, t.body FROM event_text t JOIN event e ON e.leaf = t.leaf
		WHERE e.opinion_id = $1 AND e.act IN ('rule_opinion', 'answer_later', 'pause_petition', 'extend_petition')`, o.ID)
	return f, err
}

// Refused is on which ground, by which basis and by whom the opinion was not accepted, and when; the zero refusal where
// it was not refused, and without a ground where that was said in words alone.
func (f FollowedOpinion) Refused() (doithoai.Refusal, calendar.Instant) {
	if f.Opinion.Ruling != doithoai.RulingNotAccepted {
		return doithoai.Refusal{}, calendar.Instant{}
	}
	refused, at := doithoai.RefusalIn(f.Events)
	refused.Basis = f.Basis
	return refused, at
}

// Guided is to what who raised a complaint was guided, and when; the zero one of what is none.
func (f FollowedOpinion) Guided() doithoai.Guidance {
	if f.Opinion.Ruling != doithoai.RulingComplaint {
		return doithoai.Guidance{}
	}
	return doithoai.GuidanceIn(f.Events)
}

// FilesAdded counts the files that came with what the person added, when they were asked so many times.
func (f FollowedOpinion) FilesAdded(number int) (n int) {
	for _, e := range f.Events {
		if e.Act == doithoai.ActAnswerSupplement && e.Facts.Supplement == number {
			n += len(e.Facts.Files)
		}
	}
	return n
}

// Before counts the answers that went out before the one that stands, or is awaited.
func (f FollowedOpinion) Before() int { return len(f.Replaced) + len(f.Rounds) }

// loadAnswers reads the answers before the one that stands, and what the person said of them.
func (f *FollowedOpinion) loadAnswers(ctx context.Context, q querier) (err error) {
	if f.Replaced, err = replacedOf(ctx, q, f.Petition.ID); err != nil {
		return err
	}
	if f.Rounds, err = roundsOf(ctx, q, f.Petition.ID); err != nil {
		return err
	}
	f.Reopenings, err = reopeningsOf(ctx, q, f.Opinion.ID)
	return err
}

// Replaces is the answer that the one that stands replaced, nil where it replaced none: one of a round before it was
// replaced in that.
func (f FollowedOpinion) Replaces() *doithoai.ReplacedAnswer {
	if len(f.Replaced) == 0 || len(f.Rounds) > 0 && f.Replaced[0].ReplacedAt.Before(f.Rounds[0].ReopenedAt) {
		return nil
	}
	return &f.Replaced[0]
}
