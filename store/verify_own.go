package store

import (
	"doithoai"
	"doithoai/calendar"
)

// supplementLife is what events say of something that a person was asked to add.
type supplementLife struct {
	asked    said
	until    calendar.Date
	paused   bool
	answered *said // nil: nothing yet
}

// ownLife is what events say of something that a person asked of the office.
type ownLife struct {
	doithoai.OwnRequest      // only Kind, Much and State
	said, words         said // words: of who refused it
}

// ask goes one event on that is about what the person was asked to add, or asked of the office.
func (l *life) ask(w witness) {
	e := w.event
	this := said{e.Facts, w.said, w.salts == nil}
	switch e.Act {
	case doithoai.ActAskSupplement, doithoai.ActPausePetition:
		if n := e.Facts.Supplement; n > 0 {
			l.supplied[n] = supplementLife{asked: this, until: e.Facts.AnswerBy, paused: e.Act == doithoai.ActPausePetition}
		}
	case doithoai.ActAnswerSupplement:
		s := l.supplied[e.Facts.Supplement]
		s.answered = &this
		l.supplied[e.Facts.Supplement] = s
	case doithoai.ActRequestOwn:
		l.requests[e.Facts.OwnRequest] = ownLife{said: this, OwnRequest: doithoai.OwnRequest{
			Kind: e.Facts.OwnKind, Much: e.Facts.AskedErasure, State: doithoai.OwnWaits,
		}}
	}
	for n, r := range l.requests {
		mine := e.Facts.OwnRequest == n
		switch {
		case e.Act == doithoai.ActRefuseOwn && mine:
			r.State, r.words = doithoai.OwnRefused, this
		case e.Act == doithoai.ActCorrectPetitioner && mine:
			r.State = doithoai.OwnGranted
		case e.Act == doithoai.ActErasePersonalData:
			r.State = r.AfterErasure(e.Facts.Erased)
		case e.Act == doithoai.ActWithdrawOpinion && r.Kind == doithoai.OwnWithdrawal && r.State == doithoai.OwnWaits:
			r.State = doithoai.OwnGranted
		}
		l.requests[n] = r
	}
}

// loadOwn reads what people were asked to add, and what they asked of the office, by their opinions: they are few.
func (v *verifier) loadOwn() error {
	type asked struct {
		opinion doithoai.ID
		doithoai.Supplement
	}
	all, err := list(v.ctx, v.q, func(r row) (x asked, err error) {
		x.Supplement, err = scanSupplement(also{r, []any{&x.opinion}})
		return x, err
	}, `SELECT `+supplementColumns+`, opinion_id FROM supplement ORDER BY opinion_id, number`)
	if err != nil {
		return err
	}
	v.asked = map[doithoai.ID][]doithoai.Supplement{}
	for _, x := range all {
		v.asked[x.opinion] = append(v.asked[x.opinion], x.Supplement)
	}
	requests, err := list(v.ctx, v.q, scanOwn, `SELECT `+ownColumns+` FROM own_request ORDER BY opinion_id, number`)
	v.requests = map[doithoai.ID][]doithoai.OwnRequest{}
	for _, r := range requests {
		v.requests[r.OpinionID] = append(v.requests[r.OpinionID], r)
	}
	return err
}

// own compares what the database says that the person was asked to add, added, and asked of the office, with what the
// opinion's events add up to.
func (v *verifier) own(l life, differs func(what string, isWrong bool, why string)) {
	asked := v.asked[l.now.opinion.ID]
	wrong := len(asked) != len(l.supplied)
	for _, x := range asked {
		was, known := l.supplied[x.Number]
		wrong = wrong || !known || x.Until != was.until || x.Paused != was.paused ||
			!was.asked.erased && was.asked.text != x.Record() ||
			(was.answered == nil) != x.Answer.At.IsZero() ||
			was.answered != nil && !was.answered.erased && was.answered.text != x.Answer.Said
	}
	differs("supplement", wrong, "what the person was asked to add, or added, is not what was recorded")
	requests := v.requests[l.now.opinion.ID]
	wrong = len(requests) != len(l.requests)
	for _, x := range requests {
		was, known := l.requests[x.Number]
		wrong = wrong || !known || x.Kind != was.Kind || x.Much != was.Much || x.State != was.State ||
			!was.said.erased && was.said.text != x.Said || !was.words.erased && was.words.text != x.Words
	}
	differs("request", wrong, "what the person asked of the office, or what became of it, is not what was recorded")
}
