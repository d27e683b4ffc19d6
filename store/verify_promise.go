package store

import (
	"fmt"
	"slices"

	"doithoai"
)

// promiseLife is what the events of an opinion say of a promise.
type promiseLife struct {
	state      doithoai.PromiseState
	began      doithoai.PromiseFact
	correction int  // that it began with
	ended      said // by the last event that ended it or let it go on
	missed     bool
	replacedBy int
	public     map[doithoai.ID]said // the files that show that it was kept and were made public
}

// promise goes one event on that is about promises.
func (l *life) promise(w witness) {
	e := w.event
	for _, f := range e.Facts.Promises {
		p := l.promises[f.ID]
		if f.Replaced {
			p.state, p.missed, p.replacedBy = doithoai.PromiseReplaced, f.Late, e.Facts.Correction
			p.ended = said{}
		} else {
			p = promiseLife{state: doithoai.PromiseOpen, began: f, correction: e.Facts.Paper()}
		}
		l.promises[f.ID] = p
	}
	if file := e.Facts.PublicFile; file.Promise != "" {
		p := l.promises[file.Promise]
		if p.public == nil {
			p.public = map[doithoai.ID]said{}
		}
		delete(p.public, file.File)
		if e.Act == doithoai.ActPublishEvidence {
			p.public[file.File] = said{e.Facts, w.said, w.salts == nil}
		}
		l.promises[file.Promise] = p
	}
	if e.Facts.Promise == "" {
		return
	}
	p := l.promises[e.Facts.Promise]
	if p.state == doithoai.PromiseKept { // it was taken back, and with it what showed it
		p.public = nil
	}
	p.state, p.missed = doithoai.PromiseState(e.Facts.To), e.Facts.Late
	p.ended = said{e.Facts, w.said, w.salts == nil}
	l.promises[e.Facts.Promise] = p
}

// loadPromises reads all promises, and what answers promise as they were handed in, by their opinions: they are few.
func (v *verifier) loadPromises() error {
	all, err := list(v.ctx, v.q, scanPromise, `SELECT `+promiseColumns+` FROM promise ORDER BY id`)
	if err != nil {
		return err
	}
	if err := v.loadPromiseFiles(); err != nil {
		return err
	}
	v.promises = map[doithoai.ID][]doithoai.Promise{}
	for _, p := range all {
		if p.DialogueID != "" {
			v.concludedPromises = append(v.concludedPromises, p)
			continue
		}
		v.promises[p.OpinionID] = append(v.promises[p.OpinionID], p)
	}
	type line struct {
		opinion    doithoai.ID
		correction int
		promised   doithoai.Promised
	}
	lines, err := list(v.ctx, v.q, func(r row) (x line, err error) {
		err = r.Scan(&x.opinion, &x.correction, &x.promised.UnitID, &x.promised.What, &x.promised.Due)
		return x, err
	}, `SELECT p.opinion_id, a.correction, a.unit_id, a.what, a.due
		FROM answer_promise a
		JOIN petition p ON p.id = a.petition_id
		ORDER BY a.petition_id, a.correction, a.ordinal`)
	v.promised = map[doithoai.ID]map[int][]doithoai.Promised{}
	for _, x := range lines {
		if v.promised[x.opinion] == nil {
			v.promised[x.opinion] = map[int][]doithoai.Promised{}
		}
		v.promised[x.opinion][x.correction] = append(v.promised[x.opinion][x.correction], x.promised)
	}
	return err
}

// loadPromiseFiles reads the files that show that promises were kept, by these.
func (v *verifier) loadPromiseFiles() error {
	files, err := list(v.ctx, v.q, scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE owner = $1
		ORDER BY id`, string(doithoai.FilesOfPromise))
	v.promiseFiles = map[doithoai.ID][]doithoai.Attachment{}
	for _, a := range files {
		v.promiseFiles[a.OwnerID] = append(v.promiseFiles[a.OwnerID], a)
	}
	return err
}

// filesStand compares the files of a promise that are public with what its events made public.
func (v *verifier) filesStand(p doithoai.Promise, l life, differs func(what string, isWrong bool, why string)) {
	for _, a := range v.promiseFiles[p.ID] {
		is, made := l.promises[p.ID].public[a.ID]
		if !a.RemovedAt.IsZero() {
			made = false // what was taken away is not public, by whatever act
		}
		differs("file", a.Public() != made, "is public, and no act made it so, or the other way round")
		differs("file", a.Public() && made && (is.facts.PublicFile.Hash != a.Hash || !is.erased && is.text != a.Alt),
			"is not what was made public")
	}
}

// promisesStand compares what the database says of promises with what the events of their opinion add up to.
func (v *verifier) promisesStand(l life, differs func(what string, isWrong bool, why string)) {
	kept := v.promises[l.now.opinion.ID]
	differs("promise", len(kept) != len(l.promises), fmt.Sprintf("there are %d, its events say %d", len(kept),
		len(l.promises)))
	for _, p := range kept {
		_, known := l.promises[p.ID]
		differs("promise", known && !slices.Contains(v.promised[p.OpinionID][p.Correction], p.Promised),
			"its words are not those of the answer that made it")
		promiseStands(p, l, differs)
		v.filesStand(p, l, differs)
	}
}

// promiseStands compares a promise with what its events add up to.
func promiseStands(p doithoai.Promise, l life, differs func(what string, isWrong bool, why string)) {
	is, known := l.promises[p.ID]
	if !known {
		differs("promise", true, "one was never made")
		return
	}
	differs("promise", p.UnitID != is.began.Unit || p.Due != is.began.Due || p.Correction != is.correction,
		"who does it, or until when, is not what was promised")
	differs("promise", p.State != is.state || p.Missed != is.missed || p.ReplacedBy != is.replacedBy,
		fmt.Sprintf("is %q (missed: %v), its events say %q (missed: %v)", p.State, p.Missed, is.state, is.missed))
	differs("promise", !is.ended.erased && p.Said != is.ended.text || p.DoneOn != is.ended.facts.Dated,
		"what became of it is not what was recorded")
}
