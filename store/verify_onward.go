package store

import (
	"doithoai"
)

// letterLife is what the events of an opinion say of a letter to another body about it.
type letterLife struct {
	sent, closed said
	state        doithoai.OnwardState
	urgings      map[doithoai.ID]said
}

// write goes one event on that is about a letter to another body.
func (l *life) write(w witness) {
	f := w.event.Facts
	if !w.event.Act.Onward() {
		return
	}
	this := said{f, w.said, w.salts == nil}
	letter := l.letters[f.Letter]
	if letter == nil {
		letter = &letterLife{urgings: map[doithoai.ID]said{}}
		l.letters[f.Letter] = letter
	}
	switch w.event.Act {
	case doithoai.ActSendOnwardLetter:
		letter.sent, letter.state = this, doithoai.OnwardWaiting
	case doithoai.ActUrgeBody:
		letter.urgings[f.Urging] = this
	case doithoai.ActRegisterReply:
		letter.closed, letter.state = this, doithoai.OnwardReplied
	case doithoai.ActEndOnwardWait:
		letter.closed, letter.state = this, doithoai.OnwardEnded
	}
}

// loadLetters reads all letters to other bodies, by their opinions: they are few.
func (v *verifier) loadLetters() error {
	letters, err := list(v.ctx, v.q, scanLetter, `SELECT `+letterColumns+` FROM onward_letter ORDER BY id`)
	if err != nil {
		return err
	}
	urgings, err := list(v.ctx, v.q, scanBodyUrging, `SELECT `+bodyUrgingColumns+` FROM body_urging ORDER BY id`)
	byLetter := map[doithoai.ID][]doithoai.BodyUrging{}
	for _, u := range urgings {
		byLetter[u.LetterID] = append(byLetter[u.LetterID], u)
	}
	v.letters = map[doithoai.ID][]doithoai.OnwardLetter{}
	for _, l := range letters {
		l.Urgings = byLetter[l.ID]
		v.letters[l.OpinionID] = append(v.letters[l.OpinionID], l)
	}
	return err
}

// onward compares what the database says of the letters about an opinion with what its events add up to.
func (v *verifier) onward(l life, differs func(what string, isWrong bool, why string)) {
	kept := v.letters[l.now.opinion.ID]
	differs("letter", len(kept) != len(l.letters), "the letters to other bodies are not those that were recorded")
	for _, now := range kept {
		was := l.letters[now.ID]
		if was == nil {
			differs("letter", true, "one to another body was never recorded")
			continue
		}
		f := now.Facts()
		differs("letter", now.State != was.state || f.Number != was.sent.facts.Number ||
			f.Dated != was.sent.facts.Dated || f.Onward != was.sent.facts.Onward ||
			!was.sent.erased && now.Words() != was.sent.text, "to another body is not what was recorded")
		closed := now.Reply.Words()
		if now.State == doithoai.OnwardEnded {
			closed = now.Reason
		}
		differs("letter", now.Reply.Number != was.closed.facts.Number || now.Reply.Day != was.closed.facts.Dated ||
			!was.closed.erased && closed != was.closed.text, "what another body said is not what was recorded")
		differs("letter", len(now.Urgings) != len(was.urgings), "how another body was urged is not what was recorded")
		for _, u := range now.Urgings {
			said := was.urgings[u.ID]
			differs("letter", u.At != said.facts.HeldAt || u.Way != said.facts.UrgeWay ||
				u.Number != said.facts.Number || !said.erased && u.Words() != said.text,
				"an urging of another body is not what was recorded")
		}
	}
}

// loadTransfers reads all transfers of records, by their opinions: they are few.
func (v *verifier) loadTransfers() error {
	type kept struct {
		opinion  doithoai.ID
		transfer doithoai.RecordTransfer
	}
	all, err := list(v.ctx, v.q, func(r row) (k kept, err error) {
		k.transfer, err = scanTransfer(also{r, []any{&k.opinion}})
		return k, err
	}, `SELECT `+transferColumns+`, opinion_id FROM record_transfer ORDER BY opinion_id`)
	v.passedOn = map[doithoai.ID]doithoai.RecordTransfer{}
	for _, k := range all {
		v.passedOn[k.opinion] = k.transfer
	}
	return err
}

// transfers compares what the database says of the transfer of a record with what its events add up to.
func (v *verifier) transfers(l life, differs func(what string, isWrong bool, why string)) {
	now, passed := v.passedOn[l.now.opinion.ID]
	was := l.passedOn
	differs("transfer", passed != (was != nil), "of the record is not what was recorded")
	differs("transfer", passed && was != nil && (now.Number != was.facts.Number || now.Dated != was.facts.Dated ||
		now.Late != was.facts.Late || !was.erased && now.Words() != was.text), "of the record is not what was recorded")
}
