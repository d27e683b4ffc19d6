package store

import (
	"fmt"

	"doithoai"
)

// miss keeps that the due date was past: the first one, or that of the round that is open.
func (l *life) miss(late bool) {
	if l.round > 0 {
		l.late = l.late || late
	} else {
		l.missed = l.missed || late
	}
}

// reopen goes one event on that is about a person who did not agree with an answer.
func (l *life) reopen(w witness) {
	e := w.event
	this := said{e.Facts, w.said, w.salts == nil}
	switch e.Act {
	case doithoai.ActReopenPetition, doithoai.ActRequestReopening:
		l.wishes[e.Facts.Reopening] = this
		l.asked = e.Act == doithoai.ActRequestReopening
	case doithoai.ActAllowReopening, doithoai.ActRefuseReopening:
		l.asked = false
	}
	if !e.Act.Reopens() {
		return
	}
	was := l.last[doithoai.ActSubmitAnswer]
	was.facts = l.last[doithoai.ActDispatchAnswer].facts
	l.rounds, l.papers = append(l.rounds, was), append(l.papers, l.paper)
	l.paper = -e.Facts.Round
	for _, act := range []doithoai.Act{doithoai.ActSubmitAnswer, doithoai.ActDispatchAnswer, doithoai.ActRateAnswer} {
		delete(l.last, act) // it stays with the answer
	}
	l.round, l.late, l.lead, l.officer, l.due = e.Facts.Round, false, e.Facts.Unit, "", e.Facts.Due
	l.signature = signature{}
	l.set = "" // it has left those that had one answer
	if l.summary == string(doithoai.PublicationProposed) {
		l.summary = string(doithoai.PublicationReturned)
	}
	l.correction.leave(doithoai.PetitionProcessing, l.summary)
}

// loadReopenings reads all answers with which people did not agree, and what they said, by their opinions: they are
// few.
func (v *verifier) loadReopenings() error {
	type kept struct {
		opinion doithoai.ID
		doithoai.Answered
	}
	rounds, err := list(v.ctx, v.q, func(r row) (x kept, err error) {
		err = r.Scan(&x.opinion, &x.Round, &x.Answer.Body, &x.Answer.Basis, &x.Answer.Number, &x.Answer.Dated, &x.Late)
		return x, err
	}, `SELECT opinion_id, round, body, basis, doc_number, dated, late
		FROM answer_round
		ORDER BY opinion_id, round`)
	if err != nil {
		return err
	}
	v.rounds = map[doithoai.ID][]doithoai.Answered{}
	for _, x := range rounds {
		v.rounds[x.opinion] = append(v.rounds[x.opinion], x.Answered)
	}
	type wish struct {
		opinion doithoai.ID
		doithoai.Reopening
	}
	wishes, err := list(v.ctx, v.q, func(r row) (x wish, err error) {
		err = r.Scan(&x.opinion, &x.Number, &x.Said)
		return x, err
	}, `SELECT opinion_id, number, said FROM reopening ORDER BY opinion_id, number`)
	v.wishes = map[doithoai.ID][]doithoai.Reopening{}
	for _, x := range wishes {
		v.wishes[x.opinion] = append(v.wishes[x.opinion], x.Reopening)
	}
	return err
}

// reopenings compares what the database says of answers with which the person did not agree with what the opinion's
// events add up to.
func (v *verifier) reopenings(l life, differs func(what string, isWrong bool, why string)) {
	kept := v.rounds[l.now.opinion.ID]
	differs("answer", len(kept) != len(l.rounds),
		fmt.Sprintf("was not agreed with %d times, its events say %d", len(kept), len(l.rounds)))
	for i := range min(len(kept), len(l.rounds)) {
		was := l.rounds[i]
		kept[i].Answer.Promises = doithoai.PromisesOf(v.promised[l.now.opinion.ID][l.papers[i]]...)
		differs("answer", !was.erased && answerRecord(kept[i].Answer) != was.text ||
			kept[i].Answer.Number != was.facts.Number || kept[i].Answer.Dated != was.facts.Dated || kept[i].Round != i,
			"one that was not agreed with is not what was recorded")
	}
	wishes := v.wishes[l.now.opinion.ID]
	wrong := len(wishes) != len(l.wishes)
	for _, x := range wishes {
		was, known := l.wishes[x.Number]
		wrong = wrong || !known || !was.erased && was.text != x.Said
	}
	differs("reopening", wrong, "what the person said is not what was recorded")
}
