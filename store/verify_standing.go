package store

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// leafTime is an event's time as its leaf has it.
func leafTime(e doithoai.Event) time.Time { return e.At.Time().Truncate(time.Minute) }

// said is the last event of an act on an opinion.
type said struct {
	facts  doithoai.Facts
	text   string
	erased bool // its text can't be compared any more
}

// life is what the events of an opinion add up to.
type life struct {
	now      standing
	last     map[doithoai.Act]said
	petition doithoai.PetitionState
	lead     doithoai.ID // the unit that leads it
	officer  doithoai.ID // of that unit, who works on it
	coUnits  []doithoai.ID
	notes    map[doithoai.ID]bool // that stand; true: as they were recorded
	urgings  int                  // how often its unit was urged
	replies  int                  // to that
	reworded bool                 // one of them is not as it was recorded
	told     bool                 // the person was: how it stands
	due      calendar.Date
	summary  string                  // where the publication stands
	missed   bool                    // the first due date was
	round    int                     // how often the matter was looked at again
	late     bool                    // the due date of the last round was missed
	asked    bool                    // the chair is to say whether it is
	paper    int                     // what it is that stands: a correction by its number, else [doithoai.Petition.Paper]
	papers   []int                   // the same of rounds
	rounds   []said                  // answers with which the person did not agree: facts of their dispatch, text
	wishes   map[int]said            // what the person said then, by its number
	supplied map[int]supplementLife  // what they were asked to add, by its number
	requests map[int]ownLife         // what they asked of the office, by its number
	disputed bool                    // a dispute waits for the chair
	handed   int                     // how often another unit got the work
	unheard  doithoai.Unheard        // why it was not heard
	joined   doithoai.RegisterNumber // to which it is; empty: to none
	partOf   doithoai.RegisterNumber // that it was split off
	repeats  doithoai.RegisterNumber // that it raises again

	set        doithoai.ID    // of the opinions that have the same answer
	signature  signature      // of the answer that stands
	correction correctionLife // how far the answer was corrected
	letters    map[doithoai.ID]*letterLife
	passedOn   *said // by the transfer of its record since its ruling
	promises   map[doithoai.ID]promiseLife

	saltless int  // leaves of which the salts are gone
	erased   bool // an event says so

	authority doithoai.ID
	received  calendar.Instant // when its first event was
}

func newLife(first witness) life {
	l := life{
		now: first.now, last: map[doithoai.Act]said{}, notes: map[doithoai.ID]bool{},
		letters: map[doithoai.ID]*letterLife{}, authority: first.event.AuthorityID, received: first.event.At,
		promises: map[doithoai.ID]promiseLife{},
		wishes:   map[int]said{}, supplied: map[int]supplementLife{}, requests: map[int]ownLife{},
	}
	if f := first.event.Facts; first.event.Act == doithoai.ActRecordPart {
		l.received, l.partOf, l.due, l.missed = f.Since, f.With, f.Due, f.Late
	}
	return l
}

// add goes one event on.
func (l *life) add(w witness) {
	f := w.event.Facts
	if w.salts == nil {
		l.saltless++
	}
	l.erased = l.erased || f.Erased == doithoai.ErasureAll
	l.last[w.event.Act] = said{f, w.said, w.salts == nil}
	if w.event.Act == doithoai.ActTransferRecord {
		l.passedOn = &said{f, w.said, w.salts == nil}
	}
	if w.event.Act.Rules() {
		l.passedOn = nil
		l.last[doithoai.ActRuleOpinion] = said{f, w.said, w.salts == nil}
		if f.Unheard != "" || f.To == string(doithoai.RulingOnTheSpot) {
			l.unheard = f.Unheard
		}
	}
	if f.HandedOver {
		l.handed++
	}
	l.disputed = w.event.Act == doithoai.ActDisputePetition || l.disputed && !w.event.Act.SettlesDispute()
	l.told = l.told || w.event.Act.Tells() || w.event.Act.Rules() && f.To == string(doithoai.RulingOnTheSpot)
	switch w.event.Act {
	case doithoai.ActUrgePetition:
		u := w.urging
		l.urgings++
		l.reworded = l.reworded || !sameUrging(u.Facts(), f) || u.By != w.event.ActorID || u.At != w.event.At ||
			w.salts != nil && u.Text() != w.said
	case doithoai.ActReplyUrging:
		r := w.reply
		l.replies++
		l.reworded = l.reworded || r.Number != f.UnitReply || r.Until != f.Until || r.By != w.event.ActorID ||
			r.At != w.event.At || w.salts != nil && r.Text() != w.said
	case doithoai.ActRuleOpinion, doithoai.ActAnswerLater, doithoai.ActWithdrawOpinion:
		// a summary that was proposed goes back; a denunciation's goes out of sight even where it was public
		if l.summary != "" {
			l.summary = string(doithoai.PublicationReturned)
		}
		l.coUnits = f.CoUnits
		switch {
		case !f.Due.IsZero():
			l.petition, l.due = doithoai.PetitionProcessing, f.Due
			l.ledBy(f.Unit)
		case l.petition != "" || f.Late: // of a part, the clock that it carries on was over
			l.petition = doithoai.PetitionEnded
		}
		l.miss(f.Late)
		l.asked = false
		l.correction.leave(l.petition, l.summary)
	case doithoai.ActJoinSlip:
		if f.To == string(doithoai.StageJoined) { // else another one was joined to it
			l.joined = f.With
		}
	case doithoai.ActSeparateSlip:
		if f.From == string(doithoai.StageJoined) {
			l.joined = ""
		}
	case doithoai.ActLinkRepeat:
		if f.To == doithoai.FactRepeats {
			l.repeats = f.With
		}
	case doithoai.ActUnlinkRepeat:
		if f.From == doithoai.FactRepeats {
			l.repeats = ""
		}
	case doithoai.ActTransferPetition:
		l.lead = f.Unit
	case doithoai.ActGivePetition:
		l.officer = f.Officer
	case doithoai.ActHandOverPetition:
		l.ledBy(f.Unit)
		l.coUnits = slices.DeleteFunc(slices.Clone(l.coUnits), func(id doithoai.ID) bool { return id == f.Unit })
	case doithoai.ActAddNote:
		n := w.note
		said := n.Facts()
		l.notes[f.Note] = said.Note == f.Note && said.NoteKind == f.NoteKind && said.Unit == f.Unit &&
			said.HeldAt == f.HeldAt && n.WrittenAt == w.event.At && (w.salts == nil || n.Words() == w.said)
	case doithoai.ActTakeBackNote:
		delete(l.notes, f.Note)
	case doithoai.ActDispatchAnswer:
		// Before lateness was recorded, it followed from the day.
		l.miss(f.Late || f.Calendar == "" && w.event.At.Date().After(l.due))
		if l.round > 0 {
			l.outdate()
		}
	case doithoai.ActSubmitAnswer:
		l.set, l.signature = f.Set, signature{}
	case doithoai.ActSignAnswer, doithoai.ActSignOnPaper, doithoai.ActTakeBackPaper, doithoai.ActSignCorrection,
		doithoai.ActSignCorrectionOnPaper, doithoai.ActTakeBackCorrectionPaper:
		l.sign(w)
	case doithoai.ActUngroupOpinion, doithoai.ActNameConcerned:
		if l.last[doithoai.ActDispatchAnswer].facts.Number == "" {
			l.set = ""
		}
	case doithoai.ActResumePetition:
		l.due = f.Due
	case doithoai.ActExtendPetition, doithoai.ActMoveDue:
		l.due = f.Due
	}
	l.reopen(w)
	l.ask(w)
	l.correct(w)
	l.write(w)
	l.promise(w)
	if to := w.event.MovedPetition(); to != "" {
		l.petition = to
	}
	if to := w.event.MovedPublication(); to != "" {
		l.summary = string(to)
		l.correction.leave(l.petition, l.summary)
	}
}

// ledBy makes a unit the lead: who of another one worked on it does no more.
func (l *life) ledBy(unit doithoai.ID) {
	if l.lead != unit {
		l.lead, l.officer = unit, ""
	}
}

// sameUrging reports whether facts say the same of an urging.
func sameUrging(a, b doithoai.Facts) bool {
	return a.UnitUrging == b.UnitUrging && a.Rung == b.Rung && a.Due == b.Due && a.Unit == b.Unit && a.Route == b.Route &&
		a.Number == b.Number && a.Dated == b.Dated && a.HeldAt == b.HeldAt
}

// standing compares what the database says of an opinion now with what its events add up to.
func (v *verifier) standing(l life) {
	if l.last == nil { // before the first opinion
		return
	}
	o, p := l.now.opinion, l.now.petition
	rule := l.last[doithoai.ActRuleOpinion]
	differs := func(what string, isWrong bool, why string) {
		if isWrong {
			v.find(what, o.Number, "%s", why)
		}
	}
	differs("salts", l.saltless > 0 && !l.erased,
		fmt.Sprintf("of %d leaves are gone, and no event says that they were erased", l.saltless))
	differs("ruling", string(o.Ruling) != rule.facts.To || o.OutOfScope != rule.facts.OutOfScope,
		fmt.Sprintf("is %q, its last event says %q", o.Ruling, rule.facts.To))
	differs("ruling", !rule.erased && l.now.ruling.String != rule.text, "its text is not what was recorded")
	differs("unheard", o.Unheard != l.unheard,
		fmt.Sprintf("is %q, its events say %q", o.Unheard, l.unheard))
	named := l.last[doithoai.ActSetHeadline]
	differs("headline", !l.erased && !named.erased && o.Headline != named.text, "is not what was recorded")
	summed := l.last[doithoai.ActSummariseOpinion]
	differs("summary", !l.erased && !summed.erased && o.Summary != summed.text, "is not what was recorded")
	differs("petition", !sameUnits(l.now.coUnits, l.coUnits), "the units that coordinate are not what was recorded")
	differs("petition", p.State != l.petition, fmt.Sprintf("is %q, its events say %q", p.State, l.petition))
	differs("petition", l.petition != "" && (p.LeadUnitID != l.lead || p.OfficerID != l.officer || p.Due != l.due ||
		p.Missed != l.missed || p.HandedOver != l.handed || p.Round != l.round || p.RoundMissed != l.late ||
		p.Asked != l.asked),
		"its unit or officer, how often it was handed over or looked at again, its due date or whether it was missed is "+
			"not what was recorded")

	differs("dispute", l.now.disputed != l.disputed,
		fmt.Sprintf("waits: %v, its events say %v", l.now.disputed, l.disputed))
	altered := slices.Contains(slices.Collect(maps.Values(l.notes)), false)
	differs("note", altered || l.now.notes != len(l.notes), "the notes on its petition are not what was recorded")

	differs("urging", l.reworded || l.now.urgings != l.urgings || l.now.replies != l.replies,
		"how its unit was urged, or what was replied, is not what was recorded")
	differs("status", l.told && !l.now.told,
		"the person is to be told how it stands, though its events say that they were")

	submitted, dispatched := l.last[doithoai.ActSubmitAnswer], l.last[doithoai.ActDispatchAnswer]
	l.now.reply.Promises = doithoai.PromisesOf(v.promised[o.ID][l.paper]...)
	differs("answer", l.now.hasReply && !submitted.erased && answerRecord(l.now.reply) != submitted.text,
		"is not what was submitted and recorded")
	differs("answer", l.now.reply.Number != dispatched.facts.Number || l.now.reply.Dated != dispatched.facts.Dated,
		"its number or date is not what was recorded")

	signed := l.petition == doithoai.PetitionSigned || l.petition == doithoai.PetitionAnswered
	differs("answer", signed && !l.signature.stands(l.now.reply.SignedAt, l.now.signer, l.now.signedOn),
		"its signature, or the day of it, is not what was recorded")

	differs("answer", l.now.set != l.set, "with which others it was one is not what was recorded")

	proposed := l.last[doithoai.ActProposePublication]
	s := l.now.summary
	differs("publication", s.State != "" && !proposed.erased && publicationRecord(s) != proposed.text,
		"is not what was proposed and recorded")
	isPublic, wasPublic := s.State == doithoai.PublicationPublished, l.summary == string(doithoai.PublicationPublished)
	differs("publication", isPublic != wasPublic, fmt.Sprintf("is %q, its events say %q", s.State, l.summary))

	v.corrections(l, differs)
	v.onward(l, differs)
	v.transfers(l, differs)
	v.promisesStand(l, differs)
	v.reopenings(l, differs)
	v.own(l, differs)

	differs("joining", l.now.joinedTo != l.joined,
		fmt.Sprintf("is to %q, its events say %q", l.now.joinedTo, l.joined))

	class := l.last[doithoai.ActClassifyOpinion]
	differs("classification", o.Kind != class.facts.OpinionKind || o.ContentCode != class.facts.ContentCode ||
		o.PlaceVillageID != class.facts.Village || !class.erased && o.PlaceElsewhere != class.text,
		"is not what was recorded")
	decided := l.last[doithoai.ActDecideInitiative]
	differs("initiative", o.Outcome != decided.facts.Outcome || !decided.erased && l.now.why != decided.text,
		"what was decided of it is not what was recorded")
	differs("part", l.now.partOf != l.partOf, fmt.Sprintf("is of %q, its events say %q", l.now.partOf, l.partOf))
	differs("repeat", l.now.repeats != l.repeats, fmt.Sprintf("is of %q, its events say %q", l.now.repeats, l.repeats))

	rated := l.last[doithoai.ActRateAnswer]
	differs("rating", l.now.rating.Solved != rated.facts.Solved || l.now.rating.Satisfied != rated.facts.Satisfied,
		"is not what the person said")

	p = doithoai.Petition{
		State: l.petition, LeadUnitID: l.lead, OfficerID: l.officer, Due: l.due, Missed: l.missed, Round: l.round,
	}
	at := placeOf(doithoai.RulingCode(rule.facts.To), p, doithoai.PublicationState(l.summary), rated.facts.Solved,
		l.joined != "")
	v.figures.add(l.authority, l.received.Date().Year, at, 1)
	differs("stage", l.now.at != at,
		fmt.Sprintf("is not where lists have it (%q): its events say %q", l.now.at.stage, at.stage))
}

// countFigures compares the counters of figures with what the events of all opinions add up to.
func (v *verifier) countFigures() error {
	type counter struct {
		counterKey
		value int
	}
	kept, err := list(v.ctx, v.q, func(r row) (c counter, err error) {
		err = r.Scan(&c.authority, &c.key, &c.value)
		return c, err
	}, `SELECT authority_id, key, value FROM counter WHERE key LIKE 'figures/%' ORDER BY authority_id, key`)
	if err != nil {
		return err
	}
	for _, c := range kept {
		if n := v.figures[c.counterKey]; n != c.value {
			v.find("figures", c.key, "say %d, the events say %d", c.value, n)
		}
		delete(v.figures, c.counterKey)
	}
	for k, n := range v.figures {
		if n != 0 {
			v.find("figures", k.key, "say nothing, the events say %d", n)
		}
	}
	return nil
}
