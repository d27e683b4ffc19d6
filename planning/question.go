package planning

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

const briefingSlug = "/tap-tai-lieu"

// questionsPath is the address of the registered questions of a dialogue.
func questionsPath(id doithoai.ID) string { return web.WorkspacePath(id) + web.QuestionsPart }

// questionRoutes are the pages of registered questions: the lists, one question, the chair's book.
func (s *site) questionRoutes() []web.Route {
	at, one := web.DialoguesPath+"/{id}", web.QuestionsPath+"/{number}"
	book := web.Route{Act: doithoai.ActSeeBriefing, Do: s.briefingFile}
	papers := append(s.numberedRoutes(at+web.PreparationPart, doithoai.ActTriageQuestion, s.preparation),
		docfile.Routes(at+briefingSlug, book)...)
	return append(papers, []web.Route{
		{Pattern: "GET " + web.QuestionsPath, Act: doithoai.ActSeeQuestions, Do: s.questions},
		{Pattern: "GET " + at + web.QuestionsPart, Act: doithoai.ActSeeQuestions, Do: s.questions},
		{Pattern: "POST " + at + web.QuestionsPart, Act: doithoai.ActTriageQuestion, Do: s.triageChosen},
		{Pattern: "GET " + one, Act: doithoai.ActSeeQuestions, Do: s.question},
		{Pattern: "POST " + one + "/giao", Act: doithoai.ActTriageQuestion, Do: s.triageQuestion},
		{Pattern: "POST " + one + "/tra-lai", Act: doithoai.ActReturnQuestion, Do: s.returnQuestion},
		{Pattern: "POST " + one + "/du-thao", Act: doithoai.ActPrepareAnswer, Do: s.prepareAnswer},
		{Pattern: "POST " + one + "/da-soat", Act: doithoai.ActReadyAnswer, Do: s.readyAnswer},
		{Pattern: "GET " + at + briefingSlug, Act: doithoai.ActSeeBriefing, Do: s.briefing},
	}...)
}

// questionsPage lists registered questions: of one dialogue, or of all that are to come.
type questionsPage struct {
	*web.Reader
	One    bool // of one dialogue
	Groups []questionGroup
	Units  []doithoai.Unit
	Fields doithoai.Rules
	Done   string
	Left   string // what could not be given
}

// questionGroup are the questions of one dialogue.
type questionGroup struct {
	Dialogue doithoai.Dialogue
	Rows     []store.QuestionRow
	More     bool
	Due      calendar.Date // that is proposed for those that are given to units; zero where no parameter says
}

func (s *site) questions(r *web.Request) error {
	p := questionsPage{Reader: r.Reader, One: r.PathValue("id") != ""}
	var dialogues []doithoai.Dialogue
	if p.One {
		d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
		if err != nil {
			return err
		}
		dialogues = append(dialogues, d)
	} else {
		all, err := s.db.DialogueList(r.Context(), r.Actor())
		if err != nil {
			return err
		}
		for _, d := range slices.Backward(all) {
			coming := d.State.Coming() && !d.StartsAt.Date().Before(r.Today())
			if coming || d.State == doithoai.DialogueRunning || d.State == doithoai.DialoguePostponed {
				dialogues = append(dialogues, d)
			}
		}
	}
	var err error
	if p.Fields, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	for _, d := range dialogues {
		g := questionGroup{Dialogue: d}
		g.Due, _ = plan.QuestionDue(p.Fields, d, r.Today())
		if g.Rows, g.More, err = s.db.Questions(r.Context(), r.Actor(), d.ID); err != nil {
			return err
		}
		p.Groups = append(p.Groups, g)
	}
	q := r.URL.Query()
	if n := q.Get("da-giao"); n != "" {
		p.Done = r.T("prepare.questions.given", "count", n)
	}
	p.Left = q.Get("chua-giao")
	return r.Page(http.StatusOK, p.view())
}

// triageForm gives questions to a unit: one, or those that are chosen in a list.
type triageForm struct {
	Chosen  []string `form:"chon" line:"true"` // number and version of each, as the page showed it
	Version int      `form:"phien-ban"`
	Unit    string   `form:"don-vi" line:"true"`
	Note    string   `form:"ghi-chu"`
	Due     string   `form:"han" line:"true" day:"true"`
}

// triageChosen gives each chosen question to the unit: one act each, as on its own page. What the act refuses, or
// somebody changed meanwhile, is left as it is and named.
func (s *site) triageChosen(r *web.Request) error {
	var f triageForm
	if err := r.Form(&f); err != nil {
		return err
	}
	d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	given := 0
	var left []string
	for _, chosen := range f.Chosen[:min(len(f.Chosen), mostChosen)] {
		number, version, _ := strings.Cut(chosen, " ")
		seen, err := strconv.Atoi(version)
		if err != nil { // never from our pages
			continue
		}
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
		if err == nil {
			err = s.db.TriageQuestion(r.Context(), r.Actor(), id, seen, doithoai.ID(f.Unit), f.Note, web.TypedDate(f.Due))
		}
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			given++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			left = append(left, number)
		default:
			return err
		}
	}
	q := url.Values{"da-giao": {strconv.Itoa(given)}}
	if len(left) > 0 {
		q.Set("chua-giao", strings.Join(left, ", "))
	}
	return r.Redirect(questionsPath(d.ID) + "?" + q.Encode())
}

// mostChosen bounds how many questions are given to a unit at once.
const mostChosen = 500

// questionPage is one registered question with what is prepared for it.
type questionPage struct {
	*web.Reader
	store.OpinionFile
	Question plan.Question // zero where no unit has it yet
	Dialogue doithoai.Dialogue
	Rules    doithoai.Rules
	Units    []doithoai.Unit
	Triage   triageForm
	Return   reasonForm
	Draft    draftForm
	SavedAt  calendar.Instant
	Typed    doithoai.Act // whose form was refused
	Problems web.Problems
	Refusal  string
	Done     string
}

// reasonForm gives something back.
type reasonForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do"`
}

// draftForm is the answer that a unit prepares.
type draftForm struct {
	Version int    `form:"phien-ban"`
	Body    string `form:"tra-loi"`
	Basis   string `form:"can-cu" line:"true"`
	Ruling  string `form:"huong" line:"true"`
}

func (s *site) loadQuestion(r *web.Request) (p *questionPage, err error) {
	p = &questionPage{Reader: r.Reader}
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), web.NumberOf(r))
	if err != nil {
		return p, err
	}
	if p.OpinionFile, err = s.db.QuestionFile(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Opinion.DialogueID == "" { // it is no question to prepare
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), p.Opinion.DialogueID); err != nil {
		return p, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Prepared != nil {
		p.Question = *p.Prepared
	}
	q := p.Question
	p.Triage = triageForm{Version: q.Version, Unit: string(q.UnitID), Note: q.Note}
	if due, ok := plan.QuestionDue(p.Rules, p.Dialogue, r.Today()); ok {
		p.Triage.Due = r.Date(due)
	}
	p.Return = reasonForm{Version: q.Version}
	p.Draft = draftForm{Version: q.Version, Body: q.Body, Basis: q.Basis, Ruling: string(q.Ruling)}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftQuestion, string(id))
	if err == nil && d.Fields != nil && p.can(doithoai.ActPrepareAnswer) {
		p.SavedAt = d.SavedAt
		p.Draft.Body, p.Draft.Basis = first(d.Fields["tra-loi"]), first(d.Fields["can-cu"])
		p.Draft.Ruling = first(d.Fields["huong"])
	}
	return p, err
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// can reports whether the officer may do an act to the question as it stands.
func (p *questionPage) can(act doithoai.Act) bool {
	_, err := p.Question.Move(act, p.Opinion, p.Dialogue)
	return err == nil && doithoai.Can(p.Actor(), act, p.Subject) == nil
}

func (s *site) question(r *web.Request) error {
	p, err := s.loadQuestion(r)
	if err != nil {
		return err
	}
	if done := r.URL.Query().Get("xong"); slices.Contains([]string{"giao", "tra-lai", "du-thao", "da-soat"}, done) {
		p.Done = r.T("prepare.question.done." + map[string]string{
			"giao": "triaged", "tra-lai": "returned", "du-thao": "drafted", "da-soat": "ready",
		}[done])
	}
	return r.Page(http.StatusOK, p.view())
}

// run does an act to a question, and leads on; where it is refused, the page comes back with what typed puts into it.
func (s *site) run(
	r *web.Request, act doithoai.Act, slug string, typed func(*questionPage), do func(doithoai.ID) error,
) error {
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), web.NumberOf(r))
	if err != nil {
		return err
	}
	if err = do(id); err == nil {
		to := web.QuestionPath(web.NumberOf(r)) + "?xong=" + slug
		if act == doithoai.ActReturnQuestion { // it is the unit's no more
			to = web.QuestionsPath
		}
		return r.Redirect(to)
	}
	if !web.Mendable(err) {
		return err
	}
	p, failed := s.loadQuestion(r)
	if failed != nil {
		return failed
	}
	p.Typed = act
	typed(p)
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) triageQuestion(r *web.Request) error {
	var f triageForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.run(r, doithoai.ActTriageQuestion, "giao",
		func(p *questionPage) { f.Version = p.Question.Version; p.Triage = f },
		func(id doithoai.ID) error {
			return s.db.TriageQuestion(r.Context(), r.Actor(), id, f.Version, doithoai.ID(f.Unit), f.Note,
				web.TypedDate(f.Due))
		})
}

func (s *site) returnQuestion(r *web.Request) error {
	var f reasonForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.run(r, doithoai.ActReturnQuestion, "tra-lai",
		func(p *questionPage) { f.Version = p.Question.Version; p.Return = f },
		func(id doithoai.ID) error {
			return s.db.ReturnQuestion(r.Context(), r.Actor(), id, f.Version, f.Reason)
		})
}

func (s *site) prepareAnswer(r *web.Request) error {
	var f draftForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.run(r, doithoai.ActPrepareAnswer, "du-thao",
		func(p *questionPage) { f.Version = p.Question.Version; p.Draft = f },
		func(id doithoai.ID) error {
			return s.db.PrepareAnswer(r.Context(), r.Actor(), id, f.Version,
				doithoai.Answer{Body: f.Body, Basis: f.Basis}, doithoai.RulingCode(f.Ruling))
		})
}

func (s *site) readyAnswer(r *web.Request) error {
	var f web.VersionForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.run(r, doithoai.ActReadyAnswer, "da-soat", func(*questionPage) {},
		func(id doithoai.ID) error { return s.db.ReadyAnswer(r.Context(), r.Actor(), id, f.Version) })
}

// questionArea puts the registered questions on a dialogue's workspace: those to give to units, and the answers that
// units draft.
func questionArea(s *site, r *web.Request, p *workspacePage) error {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeeQuestions) {
		return nil
	}
	t, err := s.db.QuestionTally(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	due, _ := plan.QuestionDue(p.Rules, p.Dialogue, p.Dialogue.Announced.Date())
	if waiting := int(t.Untriaged) + t.Returned; waiting > 0 {
		p.Lines = append(p.Lines, workLine{
			Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits, Due: due},
			Title: r.T("prepare.work.triage", "count", waiting), Href: questionsPath(p.Dialogue.ID),
			Owner: r.T("prepare.work.office"), Proof: returnedProof(r, t),
		})
	}
	if t.Given() == 0 {
		return nil
	}
	ready := t.Drafted + t.Ready
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepDoing, Due: t.First},
		Title: r.T("prepare.work.drafts", "count", t.Given()), Href: questionsPath(p.Dialogue.ID),
		Owner: missingUnits(r, t),
		Proof: ui.Words{ui.Text(r.T("prepare.work.drafts_proof", "done", ready, "all", t.Given()))},
	}
	if ready == t.Given() {
		line.State, line.Due = plan.StepDone, calendar.Date{}
		line.Owner = r.T("prepare.work.units")
	}
	p.Lines = append(p.Lines, line)
	if doithoai.MayEver(r.Actor(), doithoai.ActSeeBriefing) {
		p.Lines = append(p.Lines, workLine{
			Step:  plan.Step{Stage: plan.StagePrepare, State: line.State},
			Title: r.T("prepare.work.briefing"), Href: web.WorkspacePath(p.Dialogue.ID) + briefingSlug,
			Owner: r.T("prepare.work.office"),
			Proof: ui.Words{ui.Text(r.T("prepare.work.briefing_proof", "ready", t.Ready, "all", t.Given()))},
		})
	}
	return nil
}

func returnedProof(r *web.Request, t store.QuestionTally) ui.Words {
	if t.Returned == 0 {
		return nil
	}
	return ui.Words{ui.Text(r.T("prepare.work.returned", "count", t.Returned))}
}

// missingUnits names the units of which drafts are missing: "Địa chính 3, Văn hóa 2".
func missingUnits(r *web.Request, t store.QuestionTally) string {
	var list []string
	for _, u := range t.Missing {
		list = append(list, u.Unit+" "+strconv.Itoa(u.Missing))
	}
	if len(list) == 0 {
		return r.T("prepare.work.units")
	}
	return strings.Join(list, ", ")
}

// briefingPage is the chair's book.
type briefingPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Rules    doithoai.Rules
	store.Briefing
	Parts    []briefingPart
	Promises []store.PromiseToRead // of earlier dialogues; on the first page
	From     int                   // how many questions stand on the pages before
}

// briefingLimit is how many questions stand on a page of the book.
const briefingLimit = 50

// briefingPart are the questions of one field.
type briefingPart struct {
	Field string // its name; what nobody sorted comes last
	Items []store.BriefingItem
}

func (s *site) briefing(r *web.Request) error {
	part := store.BriefingPart{Limit: briefingLimit}
	if n, err := strconv.Atoi(r.URL.Query().Get("tu")); err == nil {
		part.From = max(n-1, 0) / briefingLimit * briefingLimit
	}
	p, err := s.loadBriefing(r, part)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadBriefing(r *web.Request, part store.BriefingPart) (p briefingPage, err error) {
	p.Reader, p.From = r.Reader, part.From
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	names := map[string]string{"": r.T("prepare.briefing.unsorted")}
	for _, f := range p.Rules.Fields {
		part.Fields = append(part.Fields, f.Code)
		names[f.Code] = r.FieldText(f.Code, f.Name)
	}
	if p.Briefing, err = s.db.Briefing(r.Context(), r.Actor(), p.Dialogue.ID, part); err != nil {
		return p, err
	}
	if p.From == 0 {
		if p.Promises, err = s.db.PromisesToRead(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
			return p, err
		}
	}
	for _, item := range p.Items {
		name := cmp.Or(names[item.Opinion.FieldCode], names[""])
		if n := len(p.Parts); n == 0 || p.Parts[n-1].Field != name {
			p.Parts = append(p.Parts, briefingPart{Field: name})
		}
		last := &p.Parts[len(p.Parts)-1]
		last.Items = append(last.Items, item)
	}
	return p, nil
}

// briefingFile answers GET …/tap-tai-lieu.docx and .pdf: the whole book.
func (s *site) briefingFile(r *web.Request) error {
	p, err := s.loadBriefing(r, store.BriefingPart{Limit: store.MaxQuestions})
	if err != nil {
		return err
	}
	book := docform.Briefing{Total: p.Total}
	for _, of := range p.Promises {
		book.Promises = append(book.Promises, docform.BriefingPromise{
			What: of.What, Unit: of.Unit, Due: of.Promised.Due, Stand: of.Stand, Shown: p.shown(vietnamese, of),
		})
	}
	for _, part := range p.Parts {
		of := docform.BriefingPart{Field: part.Field}
		for _, item := range part.Items {
			of.Items = append(of.Items, p.inBook(item))
		}
		book.Parts = append(book.Parts, of)
	}
	return docfile.Send(r, s.db, "tap-tai-lieu-"+p.Dialogue.Slug,
		book.Paper(docform.Head{Authority: r.Authority}, p.Dialogue))
}

// shown is what shows how a promise ended, in one line; "" where nothing does.
func (p briefingPage) shown(in text.Printer, of store.PromiseToRead) string {
	words := text.Snippet(of.Said, nil, briefAnswer).String()
	if of.Files == 0 {
		return words
	}
	files := in.T("promise.read.evidence", "count", of.Files)
	if words == "" {
		return files
	}
	return words + " (" + files + ")"
}

// inBook is a question as the book has it.
func (p briefingPage) inBook(item store.BriefingItem) docform.BriefingItem {
	i := docform.BriefingItem{
		Number: string(item.Opinion.Number), Village: item.Village, Content: item.Opinion.Content, Unit: item.Preparer,
		State: vietnamese.T("prepare.state.untriaged"),
	}
	if q := item.Question; q != nil {
		i.State = vietnamese.T("prepare.state." + string(q.State))
		i.Answer, i.Basis = q.Body, q.Basis
		if q.Ruling != "" {
			i.Proposed = vietnamese.T("petition.ruling.name." + q.Ruling.Key())
		}
	}
	for _, e := range item.Earlier {
		i.Earlier = append(i.Earlier, string(e.Number)+", "+e.At.Date().Words()+": "+p.earlier(e))
	}
	for _, a := range item.Alike {
		i.Alike = append(i.Alike, string(a.Opinion.Number)+", "+a.Opinion.ReceivedAt.Date().Words()+": "+
			text.Brief(a.Opinion.Content, briefAnswer))
	}
	return i
}

// briefAnswer is how much of an earlier answer the chair's book shows, in characters.
const briefAnswer = 240

// earlier is what somebody was answered before: the title, and the beginning of the answer.
func (p briefingPage) earlier(e store.Published) string {
	return e.Title + ": " + text.Brief(e.Answer, briefAnswer)
}
