package office

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// opinionPage is the page of one opinion: what was said, what comes next and whose turn it is, the forms that this
// officer may fill now, and everything that happened.
type opinionPage struct {
	*web.Reader
	store.OpinionFile
	outlook     outlook
	Numbering   doithoai.Numbering // for the forms that give a document its number
	Symbol      string             // of the answer that went out last
	Files       store.SlipFiles
	Limits      doithoai.FileLimits // of files
	Units       []doithoai.Unit
	Villages    []doithoai.Village
	Members     []doithoai.Officer     // of the unit that leads, where the work is given to one of them
	Bodies      []doithoai.OutsideBody // where a letter to one may be entered, or people be sent there
	Bases       doithoai.LegalBases    // where an answer is written, signed or dispatched
	Officers    []doithoai.Officer     // where the opinion is on conduct
	Refusers    []doithoai.Officer     // among whom is who decided at a dialogue that it is not accepted
	Forms       forms
	Problems    web.Problems
	Refusal     string               // why a form came back, where it is no field's
	Changed     *doithoai.Event      // what somebody did meanwhile
	Done        *doneLine            // what the officer did before the page was opened
	Directives  []store.TaskRow      // of the head, about it
	Who         *doithoai.Petitioner // shown after a view was put on record
	WhoPlace    string               // where they live
	NewIdentity *doithoai.Identity   // the name or place that they ask to stand instead, shown with that view
	Telling     doithoai.ID          // the delivery whose form was refused
	Replying    string               // the number of the urging, the reply to which was refused
	Left        int                  // tasks of the officer like this one, on other opinions
	nextPaper   bool                 // its paper is written that is to take the place of one with a number
	LeftMore    bool                 // there may be others
	// Questioned: the officer was asked of the empty phrases in the draft.
	Questioned bool
	// Reruling shows the form of the ruling though there is one.
	Reruling bool
	// Drafts of this officer, and when they were saved.
	AnswerSaved, SummarySaved, CorrectionSaved calendar.Instant
	OldDraft                                   answerForm   // the officer's, from before a colleague submitted another
	Warnings                                   web.Problems // what the summary may tell of somebody: to be read once more
	Same                                       same         // other opinions that are the same, or alike
	Together                                   together     // other opinions that have, or may have, the same answer
	// Papers are those on which the answer was signed, Signers who may have signed what waits on one.
	Papers  store.SignedPapers
	Signers []doithoai.Signer
	// AlikeAnswers are those that were given to opinions alike, where an answer is written.
	AlikeAnswers []store.AlikeAnswer
	Guides       []doithoai.Guide // reference pages made from its public answer
	// Unfit is why the summary can't become public as it is, which its preview says.
	Unfit web.Problems
}

// lookup finds the opinion that the address names.
func (s *site) lookup(r *web.Request) (doithoai.ID, error) {
	return s.db.OpinionIDByNumber(r.Context(), r.Actor(), web.NumberOf(r))
}

func (s *site) opinion(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	s.markRead(r, p)
	if p.Done, err = s.done(r, &p); err != nil {
		return err
	}
	q := r.URL.Query()
	p.Reruling, p.Questioned = q.Has("doi-huong"), q.Has("soat")
	if q.Has(viewed) && p.can(doithoai.ActViewPetitioner) {
		if err := s.showPetitioner(r, &p); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// markRead keeps that the officer, who decides on what waits here, has opened it. Where that can't be kept, the page is
// shown all the same: only a taking back is not stopped.
func (s *site) markRead(r *web.Request, p opinionPage) {
	if doithoai.DecidesCorrection(r.Actor(), p.Subject, p.OpinionFile.Correction) &&
		p.OpinionFile.Correction.HandedIn.ReadAt.IsZero() {
		if err := s.db.MarkCorrectionRead(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
			r.Host.Log.Warn("mark a correction as read", "opinion", string(p.Opinion.Number), "error", err)
		}
	}
	if !p.Subject.HandedIn.ReadAt.IsZero() || !doithoai.Decides(r.Actor(), p.Subject, p.Petition, p.Publish) {
		return
	}
	if err := s.db.MarkRead(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
		r.Host.Log.Warn("mark a draft as read", "opinion", string(p.Opinion.Number), "error", err)
	}
}

// load reads an opinion's page for this officer, with the forms that were typed.
func (s *site) load(r *web.Request, id doithoai.ID, typed forms) (p opinionPage, err error) {
	p = opinionPage{Reader: r.Reader, Forms: typed}
	if p.OpinionFile, err = s.db.OpinionFile(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.outlook, err = s.outlook(r); err != nil {
		return p, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if err := s.loadFiles(r, &p); err != nil {
		return p, err
	}
	if p.can(doithoai.ActRuleOpinion) || p.can(doithoai.ActHandOverPetition) || p.can(doithoai.ActDisputePetition) ||
		p.can(doithoai.ActSubmitAnswer) || p.can(doithoai.ActProposeCorrection) {
		if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
			return p, err
		}
	}
	if p.giving() {
		if p.Members, err = s.db.UnitOfficers(r.Context(), r.Actor(), p.Petition.LeadUnitID); err != nil {
			return p, err
		}
	}
	if p.writingOn() || p.canRule() {
		if p.Bodies, err = s.db.OutsideBodies(r.Context(), r.Authority.ID); err != nil {
			return p, err
		}
	}
	if p.canRule() && p.atDialogue() && !p.refuses() {
		if p.Refusers, err = s.db.Officers(r.Context(), r.Authority.ID); err != nil {
			return p, err
		}
	}
	if p.showsConduct() || p.isRefused() {
		if p.Officers, err = s.db.Officers(r.Context(), r.Authority.ID); err != nil {
			return p, err
		}
	}
	if p.Petition != nil && p.Petition.Open() || p.correctable() || p.canRule() {
		if p.Bases, err = s.db.LegalBases(r.Context(), r.Authority.ID); err != nil {
			return p, err
		}
	}
	p.Reruling = typed.typed == doithoai.ActRuleOpinion
	if err := s.loadTogether(r, &p); err != nil {
		return p, err
	}
	if err := s.loadPapers(r, &p); err != nil {
		return p, err
	}
	if p.Directives, err = s.db.DirectivesOn(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Publish != nil && p.Publish.State == doithoai.PublicationPublished {
		if p.Guides, err = s.db.GuidesOfOpinion(r.Context(), r.Actor(), id); err != nil {
			return p, err
		}
	}
	if p.drafting() {
		if p.AlikeAnswers, err = s.db.AlikeAnswers(r.Context(), r.Actor(), id); err != nil {
			return p, err
		}
	}
	if t := p.turn(); p.own(t) {
		var left []task
		if left, p.LeftMore, err = s.alike(r, p.outlook, t.act, p.Opinion.Number); err != nil {
			return p, err
		}
		p.Left = len(left)
	}
	if err := s.fillForms(r, &p); err != nil {
		return p, err
	}
	if shown, ok := p.unpublished(); ok {
		wrong, doubtful, err := s.db.JudgePublication(r.Context(), r.Actor(), id, shown)
		if err != nil {
			return p, err
		}
		p.Unfit, p.Warnings = r.Problems(doithoai.RefuseForm(wrong)), r.Problems(doithoai.RefuseForm(doubtful))
	}
	return p, s.loadSame(r, &p)
}

// fillForms fills the forms that were not typed.
func (s *site) fillForms(r *web.Request, p *opinionPage) error {
	if p.Forms.typed != doithoai.ActRuleOpinion {
		p.Forms.Ruling = p.storedRuling()
	}
	if p.Forms.typed != doithoai.ActSetHeadline {
		p.Forms.Headline.Headline = p.Opinion.Headline
	}
	if p.Forms.typed != doithoai.ActClassifyOpinion {
		p.Forms.Class = p.storedClass()
	}
	if p.Forms.typed != doithoai.ActSummariseOpinion {
		p.Forms.Neutral.Summary = p.Opinion.Summary
	}
	if p.Forms.typed != doithoai.ActNameConcerned {
		for _, id := range p.Subject.Concerned {
			p.Forms.Concerned.Officers = append(p.Forms.Concerned.Officers, string(id))
		}
	}
	dispatches := p.dispatching() || p.dispatchingCorrection()
	if dispatches || p.outlook.rules.Parameters.NumbersHere(p.Today()) {
		var err error
		if p.Symbol, err = s.db.LastSymbol(r.Context(), r.Actor()); err != nil {
			return err
		}
	}
	if dispatches && p.Forms.typed != doithoai.ActDispatchAnswer && p.Forms.typed != doithoai.ActDispatchCorrection {
		p.Forms.Dispatch = dispatchForm{Symbol: p.Symbol, Dated: r.Date(r.Today())}
	}
	if p.outlook.rules.Parameters.NumbersHere(p.Today()) {
		var err error
		if p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), cmp.Or(p.Symbol, letterSymbol), letterSymbol,
			doithoai.DocumentEscalation.Symbol(), doithoai.DocumentTransfer.Symbol()); err != nil {
			return err
		}
	}
	if p.Forms.typed != doithoai.ActPausePetition {
		p.Forms.Pause = p.pauseProposed()
	}
	if p.Forms.typed != doithoai.ActSubmitAnswer && p.drafting() {
		d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftAnswer, string(p.Opinion.ID))
		if err != nil {
			return err
		}
		p.Forms.Answer = answerForm{
			Body: p.Submitted.Body, Basis: p.Submitted.Basis, PromisedForm: web.PromisedOf(p.Reader, p.Promised),
		}
		if q := p.Prepared; q != nil && p.Submitted.Body == "" { // what was prepared before the dialogue is a beginning
			p.Forms.Answer = answerForm{Body: q.Body, Basis: q.Basis}
		}
		drafted := answerForm{
			Body: first(d.Fields["tra-loi"]), Basis: first(d.Fields["can-cu"]),
			With: d.Fields[doithoai.FieldAnswerSet], SetAsked: first(d.Fields[fieldSetAsked]) != "",
			PromisedForm: promisedDraft(d),
		}
		switch {
		case d.Fields == nil:
		case d.SavedAt.Before(p.last(doithoai.ActSubmitAnswer)): // a colleague submitted another meanwhile
			p.OldDraft = drafted
		default:
			p.Forms.Answer, p.AnswerSaved = drafted, d.SavedAt
		}
	}
	if p.Forms.typed != doithoai.ActProposePublication && p.proposing() {
		d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftPublication, string(p.Opinion.ID))
		if err != nil {
			return err
		}
		p.Forms.Summary = p.storedSummary()
		if d.Fields != nil && !(p.outdated() && d.SavedAt.Before(p.Publish.Since)) {
			p.Forms.Summary, p.SummarySaved = summaryOfDraft(d), d.SavedAt
		}
	}
	p.fillOwn()
	return s.fillCorrection(r, p)
}

// last is when an act was last done, zero where it never was.
func (p opinionPage) last(act doithoai.Act) (at calendar.Instant) {
	for _, e := range p.Events {
		if e.Act == act {
			at = e.At
		}
	}
	return at
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// run does one act of an opinion and goes on to the page that says what was done.
func (s *site) run(r *web.Request, typed forms, a pageAct, act func(doithoai.ID) error) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if err = act(id); err == nil {
		return s.goOn(r, a)
	}
	return s.giveBack(r, id, typed, err)
}

// goesOn is sent with a form by a button that opens the officer's next task.
const goesOn = "tiep"

// goOn leads to where an officer goes after an act: to the page of the opinion, unless the button was that of the
// officer's turn. Then the next task of the same act opens; else what the officer has left to do here; else the desk.
func (s *site) goOn(r *web.Request, a pageAct) error {
	number := web.NumberOf(r)
	here, done := web.OpinionPath(number), "xong="+a.slug
	if a.onward == "" || r.PostForm.Get(goesOn) == "" {
		return r.Redirect(withQuery(here, done))
	}
	next, err := s.next(r, a.onward, number)
	switch {
	case err != nil: // the act is done all the same
		r.Host.Log.Warn("find the next task", "opinion", string(number), "error", err)
		return r.Redirect(withQuery(here, done))
	case next == nil:
		return r.Redirect(withQuery(web.DeskPath, done+"&so="+string(number)))
	case next.Number == number:
		return r.Redirect(withQuery(next.Href, done))
	}
	return r.Redirect(withQuery(next.Href, done+"&so="+string(number)))
}

// next is the officer's next task of an act, else the officer's task on the opinion itself, nil where there is none.
func (s *site) next(r *web.Request, act doithoai.Act, here doithoai.RegisterNumber) (*task, error) {
	l, err := s.outlook(r)
	if err != nil {
		return nil, err
	}
	tasks, _, err := s.alike(r, l, act, here)
	if err != nil {
		return nil, err
	}
	if len(tasks) == 0 {
		w, err := s.work(r, l)
		if err != nil {
			return nil, err
		}
		tasks = slices.DeleteFunc(w.mine, func(t task) bool { return t.Number != here })
	}
	if len(tasks) == 0 {
		return nil, nil
	}
	return &tasks[0], nil
}

// withQuery sets a query before the part of the page that an address names.
func withQuery(href, query string) string {
	page, part, found := strings.Cut(href, "#")
	if page += "?" + query; found {
		page += "#" + part
	}
	return page
}

// giveBack shows the page again with a form that was refused: with everything typed, the problems, and who changed what
// meanwhile.
func (s *site) giveBack(r *web.Request, id doithoai.ID, typed forms, refusal error) error {
	var e *doithoai.Error
	if !errors.As(refusal, &e) || !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.load(r, id, typed)
	if err != nil {
		return err
	}
	p.Replying = r.PathValue("urging")
	p.Telling, p.Questioned = doithoai.ID(r.PathValue("delivery")), typed.Answer.Asked != ""
	p.Problems = r.Problems(refusal)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	if e.Kind == doithoai.Conflict && len(p.Events) > 0 {
		p.Changed = &p.Events[len(p.Events)-1]
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// toOpinion answers the address of an act opened by hand: its page is where to go.
func (s *site) toOpinion(r *web.Request) error {
	return r.Redirect(web.OpinionPath(web.NumberOf(r)))
}

// can reports whether the officer may do the act to this opinion.
func (p opinionPage) can(act doithoai.Act) bool {
	s := p.Subject
	if p.Publish != nil {
		s.ProposedBy = p.Publish.ProposedBy
	}
	if p.JoinedTo != "" && !slices.Contains(onJoined, act) {
		return false
	}
	return doithoai.Can(p.Actor(), act, s) == nil
}

// canMove reports whether the officer may do an act of the petition's state machine now.
func (p opinionPage) canMove(act doithoai.Act) bool {
	return p.Petition != nil && p.Petition.CanMove(act) && p.can(act)
}

// canRule reports whether the officer may give a ruling, the first or another: while the unit has the work, and until
// something has become public.
func (p opinionPage) canRule() bool {
	return p.can(doithoai.ActRuleOpinion) && p.OpinionFile.Publication != doithoai.PublicationPublished &&
		(p.Petition == nil || p.Petition.Rulable())
}

// ruling reports whether the form of the ruling is shown.
func (p opinionPage) ruling() bool { return p.canRule() && (p.Opinion.Ruling == "" || p.Reruling) }

// drafting reports whether the form of the answer is shown.
func (p opinionPage) drafting() bool { return p.canMove(doithoai.ActSubmitAnswer) && !p.ruling() }

// returning reports whether the form is shown that sends an answer back.
func (p opinionPage) returning() bool { return p.canMove(doithoai.ActReturnAnswer) }

// dispatching reports whether the form of number and date is shown.
func (p opinionPage) dispatching() bool { return p.canMove(doithoai.ActDispatchAnswer) }

// proposing reports whether the form of the public summary is shown.
func (p opinionPage) proposing() bool {
	return doithoai.Publishable(p.Opinion, p.Petition) && p.can(doithoai.ActProposePublication) && !p.ruling() &&
		(p.Publish == nil || p.Publish.InHand()) && !p.OpinionFile.Correction.Open()
}

// turn is what the opinion waits for: of several things the first that the officer may do, else the first.
func (p opinionPage) turn() turn {
	turns := p.outlook.turns(p.Opinion, p.Petition, p.public(), p.Correcting(), p.toTell())
	for _, t := range turns {
		if p.own(t) {
			return t
		}
	}
	return append(turns, turn{})[0]
}

// own reports whether a turn is the officer's to take.
func (p opinionPage) own(t turn) bool { return t.act != "" && p.can(t.act) }

// onward is the button of an act that ends the officer's task here, where it is the turn: the next task of the act, if
// there is one, opens then, as the button says.
func (p opinionPage) onward(act doithoai.Act, key string) ui.Button {
	return p.onwardText(act, p.T(key))
}

func (p opinionPage) onwardText(act doithoai.Act, words string) ui.Button {
	b := ui.Button{Text: words, Once: true}
	if p.turn().act != act {
		return b
	}
	b.Name, b.Value = goesOn, "1"
	if p.Left > 0 {
		count := p.Text.Number(p.Left)
		if p.LeftMore {
			count = p.T("web.count.more", "number", count)
		}
		b.Text = p.T("opinion.onward", "act", b.Text, "count", count)
	}
	return b
}

// secondary is a button that is not the page's step.
func secondary(b ui.Button) ui.Button {
	b.Kind = ui.Secondary
	return b
}

// path is the address of the page, with what follows it.
func (p opinionPage) path(more string) string { return web.OpinionPath(p.Opinion.Number) + more }
