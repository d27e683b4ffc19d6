package store

import (
	"fmt"

	"doithoai"
)

// correctionLife is what the events of an opinion say of the correction of its answer.
type correctionLife struct {
	number    int
	state     doithoai.CorrectionState
	set       doithoai.ID               // of the opinions whose answers it corrects in one
	proposed  said                      // by the last event that proposed one, or that tells of it as signed on paper
	signature signature                 // of the last one
	replaced  []said                    // the answers that were replaced: facts of their dispatch, their text
	papers    []int                     // under which they were kept ([life.paper])
	working   doithoai.PublicationState // of the corrected summary; empty: none is awaited
	summary   said                      // by the last event that proposed one
	public    said                      // the summary that is or was public, or becomes it
}

// leave ends what was being corrected of an opinion that left the flow, or of a summary that is not public any more.
func (c *correctionLife) leave(petition doithoai.PetitionState, summary string) {
	if petition != doithoai.PetitionAnswered && (doithoai.Correction{State: c.state}).Open() {
		c.state = doithoai.CorrectionDropped
	}
	if summary != string(doithoai.PublicationPublished) {
		c.working = ""
	}
}

// outdate sends a summary back that waits, and marks a public one: another answer went out.
func (l *life) outdate() {
	switch l.summary {
	case string(doithoai.PublicationProposed):
		l.summary = string(doithoai.PublicationReturned)
	case string(doithoai.PublicationPublished):
		l.correction.working = doithoai.PublicationOutdated
	}
}

// correct goes one event on that is about the correction of an answer, or about the summary that follows it.
func (l *life) correct(w witness) {
	e, c := w.event, &l.correction
	this := said{e.Facts, w.said, w.salts == nil}
	if to := e.MovedCorrection(); to != "" {
		c.number, c.state = e.Facts.Correction, to
	}
	switch e.Act {
	case doithoai.ActProposeCorrection:
		c.proposed, c.set, c.signature = this, e.Facts.Set, signature{}
	case doithoai.ActUngroupOpinion, doithoai.ActNameConcerned:
		if (doithoai.Correction{State: c.state}).Open() {
			c.set = ""
		}
	case doithoai.ActDispatchCorrection:
		was := l.last[doithoai.ActSubmitAnswer]
		was.facts = l.last[doithoai.ActDispatchAnswer].facts
		c.replaced, c.papers = append(c.replaced, was), append(c.papers, l.paper)
		l.paper = e.Facts.Correction
		l.last[doithoai.ActSubmitAnswer], l.last[doithoai.ActDispatchAnswer] = this, this
		l.set, l.signature = e.Facts.Set, c.signature
		delete(l.last, doithoai.ActRateAnswer) // what the person said stays with the answer that was replaced
		l.outdate()
	}
	if e.Facts.Correction == 0 && e.Act == doithoai.ActProposePublication {
		c.public = this
	}
	if e.Facts.Correction == 0 || e.MovedCorrection() != "" {
		return
	}
	switch to := doithoai.PublicationState(e.Facts.To); {
	case e.Act == doithoai.ActProposePublication:
		// what is public stays as it was proposed, until this one is approved
		l.last[e.Act] = c.public
		c.working, c.summary = to, this
	case to == doithoai.PublicationPublished:
		c.working = ""
		l.last[doithoai.ActProposePublication], c.public = c.summary, c.summary
	default:
		c.working = to
	}
}

// loadReplaced reads all answers that were replaced, by their opinions: they are few.
func (v *verifier) loadReplaced() error {
	type kept struct {
		opinion doithoai.ID
		answer  doithoai.Answer
	}
	all, err := list(v.ctx, v.q, func(r row) (x kept, err error) {
		err = r.Scan(&x.opinion, &x.answer.Body, &x.answer.Basis, &x.answer.Number, &x.answer.Dated)
		return x, err
	}, `SELECT c.opinion_id, r.body, r.basis, r.doc_number, r.dated
		FROM answer_replaced r
		JOIN answer_correction c ON c.petition_id = r.petition_id AND c.number = r.number
		ORDER BY c.opinion_id, r.number`)
	v.replaced = map[doithoai.ID][]doithoai.Answer{}
	for _, x := range all {
		v.replaced[x.opinion] = append(v.replaced[x.opinion], x.answer)
	}
	return err
}

// corrections compares what the database says of the correction of an answer with what its events add up to.
func (v *verifier) corrections(l life, differs func(what string, isWrong bool, why string)) {
	c, now := l.correction, l.now.correction
	differs("correction", now.State != c.state || now.Number != c.number,
		fmt.Sprintf("is the %d. and %q, its events say the %d. and %q", now.Number, now.State, c.number, c.state))
	promised := v.promised[l.now.opinion.ID]
	now.Answer.Promises = doithoai.PromisesOf(promised[now.Number]...)
	differs("correction", c.number > 0 && !c.proposed.erased && correctionRecord(now) != c.proposed.text,
		"is not what was handed in and recorded")

	signed := c.state == doithoai.CorrectionSigned || c.state == doithoai.CorrectionDispatched
	differs("correction", signed && !c.signature.stands(now.Answer.SignedAt, l.now.nextSigner, l.now.nextSignedOn),
		"its signature, or the day of it, is not what was recorded")

	differs("correction", now.Set != c.set, "with which others it was one is not what was recorded")

	kept := v.replaced[l.now.opinion.ID]
	differs("answer", len(kept) != len(c.replaced),
		fmt.Sprintf("was replaced %d times, its events say %d", len(kept), len(c.replaced)))
	for i := range min(len(kept), len(c.replaced)) {
		was := c.replaced[i]
		kept[i].Promises = doithoai.PromisesOf(promised[c.papers[i]]...)
		differs("answer", !was.erased && answerRecord(kept[i]) != was.text || kept[i].Number != was.facts.Number ||
			kept[i].Dated != was.facts.Dated, "one that was replaced is not what was recorded")
	}

	w := l.now.working
	differs("publication", w.State != c.working,
		fmt.Sprintf("the corrected one is %q, its events say %q", w.State, c.working))
	waits := c.working != "" && c.working != doithoai.PublicationOutdated
	differs("publication", waits && !c.summary.erased && publicationRecord(w) != c.summary.text,
		"the corrected one is not what was proposed and recorded")
}

// spelling is what numbers of documents are compared by, in SQL: "05/UBND-VP" is "5/ubnd-vp".
func spelling(number string) string { return `lower(replace(ltrim(` + number + `, '0'), 'Đ', 'đ'))` }

// sharedNumbers finds numbers of documents that answers have in common which were not one answer to several.
func (v *verifier) sharedNumbers() error {
	type shared struct {
		number string
		year   int
	}
	all, err := list(v.ctx, v.q, func(r row) (s shared, err error) {
		err = r.Scan(&s.number, &s.year)
		return s, err
	}, `SELECT min(n.number), n.year
		FROM (
			SELECT authority_id, number, year, coalesce(set_id, petition_id) AS answer
			FROM answer
			WHERE number <> ''
			UNION ALL
			SELECT authority_id, doc_number, year, coalesce(set_id, petition_id)
			FROM answer_replaced
			UNION ALL
			SELECT authority_id, doc_number, year, coalesce(set_id, petition_id)
			FROM answer_round
		) n
		GROUP BY n.authority_id, n.year, `+spelling("n.number")+`
		HAVING count(DISTINCT n.answer) > 1
		ORDER BY 2, 1`)
	for _, s := range all {
		v.find("answer", s.number, "is the number of several answers of %d", s.year)
	}
	return err
}

// unregisteredNumbers finds answers whose number the register of documents sent does not have.
func (v *verifier) unregisteredNumbers() error {
	all, err := list(v.ctx, v.q, column[string], `SELECT a.number
		FROM answer a
		JOIN petition p ON p.id = a.petition_id
		WHERE a.number <> '' AND NOT EXISTS (SELECT 1
			FROM document d
			WHERE d.opinion_id = p.opinion_id AND d.number = a.number AND d.dated = a.dated)
		ORDER BY a.number`)
	for _, n := range all {
		v.find("answer", n, "is not in the register of documents sent")
	}
	return err
}
