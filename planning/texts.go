package planning

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// textNames are the texts as addresses name them.
var textNames = map[string]plan.TextKind{
	"thong-bao": plan.TextAnnouncement, "noi-quy": plan.TextHouseRules, "loi-dan": plan.TextHost,
}

// textPath is the address of a text of a dialogue.
func textPath(d doithoai.ID, kind plan.TextKind) string {
	for name, k := range textNames {
		if k == kind {
			return dialoguePath(d, "/van-ban/"+name)
		}
	}
	return web.WorkspacePath(d)
}

// textPage shows a text of a dialogue as the paper that it becomes, and for the office the form that writes it.
type textPage struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Kind      plan.TextKind
	Kept      plan.Text      // Version 0: none was written yet
	Fresh     string         // composed from what is known now
	Head      docform.Head   // of its paper
	Number    docfile.Number // of an announcement, as the register has it
	Numbering doithoai.Numbering
	Bases     doithoai.LegalBases
	Form      textForm
	Saved     calendar.Instant // of the draft that the form was filled from; zero: it was filled from none
	Late      string           // typed reason why it is announced late
	Latest    calendar.Date    // to announce in time; zero where no rule is in force
	Problems  web.Problems
	Refusal   string
	Done      string
}

type textForm struct {
	Version int    `form:"tu-ban"` // of the text that was begun with: a draft keeps it
	Body    string `form:"noi-dung"`
	Number  string `form:"so" line:"true"`
	Dated   string `form:"ngay" line:"true" day:"true"`
}

func (s *site) loadText(r *web.Request, kind plan.TextKind) (p textPage, err error) {
	p.Reader, p.Kind = r.Reader, kind
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return p, err
	}
	p.Kept = texts[kind]
	c, err := s.composer(r, p.Dialogue)
	if err != nil {
		return p, err
	}
	p.Head, p.Fresh = c.head(), c.compose(kind)
	if p.Bases, err = s.db.LegalBases(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Number, err = s.number(r, textPath(p.Dialogue.ID, kind), p.Dialogue, doithoai.DocumentAnnouncement, 0)
	if err != nil {
		return p, err
	}
	p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), doithoai.DocumentAnnouncement.Symbol())
	if err != nil {
		return p, err
	}
	p.Latest, _ = c.Rules.NoticeLatest(p.Dialogue)
	p.Form = textForm{Version: p.Kept.Version, Body: p.Kept.Body, Number: p.Kept.Number}
	if !p.Kept.Dated.IsZero() {
		p.Form.Dated = r.Date(p.Kept.Dated)
	}
	if p.Kept.Version == 0 {
		p.Form.Body = p.Fresh
	}
	return p, nil
}

func textKind(r *web.Request) (plan.TextKind, error) {
	kind, ok := textNames[r.PathValue("text")]
	if !ok {
		return "", doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return kind, nil
}

// text answers GET /noi-bo/doi-thoai/{id}/van-ban/{text}; with ?soan=moi, the form holds the text composed anew.
func (s *site) text(r *web.Request) error {
	kind, err := textKind(r)
	if err != nil {
		return err
	}
	p, err := s.loadText(r, kind)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	if r.URL.Query().Get("soan") == "moi" {
		p.Form.Body = p.Fresh
	} else if p.may() {
		if err := s.takeDraft(r, &p); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// textFile is where a text is a file, below its page.
const textFile = web.TextFile

// textFile answers GET …/van-ban.docx and .pdf: the text as its paper.
func (s *site) textFile(r *web.Request) error {
	kind, err := textKind(r)
	if err != nil {
		return err
	}
	p, err := s.loadText(r, kind)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, r.PathValue("text")+"-"+p.Dialogue.Slug, p.asDocument())
}

// asDocument is the text as its paper.
func (p textPage) asDocument() doc.Doc { return p.paperOf(p.shown()) }

// paperOf is the paper of words.
func (p textPage) paperOf(words string) doc.Doc {
	head := p.Head
	switch p.Kind {
	case plan.TextHouseRules:
		return docform.HouseRules(head, p.Dialogue, words)
	case plan.TextHost:
		return docform.HostWords(head, p.Dialogue, words)
	}
	paper := docform.Announcement(head, p.Dialogue, plan.Text{
		Body: words, Number: p.Kept.Number, Dated: p.Kept.Dated,
	})
	return p.Number.Replacing(paper)[0]
}

// takeDraft fills the form from the officer's draft, if there is one.
func (s *site) takeDraft(r *web.Request, p *textPage) error {
	draft, err := s.db.Draft(r.Context(), r.Actor(), store.DraftText, store.TextSubject(p.Dialogue.ID, p.Kind))
	if err == nil {
		p.takeDraft(draft)
	}
	return err
}

// takeDraft fills the form from a draft, with the version of the text that it was begun with: what somebody else wrote
// since is not overwritten unseen.
func (p *textPage) takeDraft(d store.Draft) {
	if d.SavedAt.IsZero() {
		return
	}
	p.Saved = d.SavedAt
	p.Form = textForm{
		Body: first(d.Fields["noi-dung"]), Number: first(d.Fields["so"]), Dated: first(d.Fields["ngay"]),
	}
	p.Form.Version, _ = strconv.Atoi(first(d.Fields["tu-ban"])) // what is no version is none's
}

// draft is what the form says of its draft.
func (p textPage) draft() web.Draft {
	return web.Draft{
		Reader: p.Reader, Form: store.DraftText, Subject: store.TextSubject(p.Dialogue.ID, p.Kind), SavedAt: p.Saved,
		Back: textPath(p.Dialogue.ID, p.Kind),
	}
}

func (s *site) writeText(r *web.Request) error {
	kind, err := textKind(r)
	if err != nil {
		return err
	}
	p, err := s.loadText(r, kind)
	if err != nil {
		return err
	}
	p.Form = textForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	_, err = s.db.WriteText(r.Context(), r.Actor(), p.Form.Version, plan.Text{
		DialogueID: p.Dialogue.ID, Kind: kind, Body: p.Form.Body, Number: p.Form.Number,
		Dated: web.TypedDate(p.Form.Dated),
	})
	if err == nil {
		return r.Redirect(textPath(p.Dialogue.ID, kind) + "?xong=" + string(doithoai.ActWriteText))
	}
	return s.backToText(r, p, err)
}

// announceForm announces a dialogue.
type announceForm struct {
	Version int    `form:"buoi-phien-ban"`
	Late    string `form:"ly-do-tre" line:"true"`
}

func (s *site) announce(r *web.Request) error {
	p, err := s.loadText(r, plan.TextAnnouncement)
	if err != nil {
		return err
	}
	var f announceForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p.Late = f.Late
	_, err = s.db.AnnounceDialogue(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, f.Late)
	if err == nil {
		return r.Redirect(web.WorkspacePath(p.Dialogue.ID) + "?xong=" + string(doithoai.ActAnnounceDialogue))
	}
	return s.backToText(r, p, err)
}

func (s *site) backToText(r *web.Request, p textPage, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	p.Problems = r.Problems(refusal)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	p.Form.Version = p.Kept.Version
	return r.Page(web.StatusOf(refusal), p.view())
}

// others lead to the dialogue's other texts.
func (p textPage) others() (list []ui.Jump) {
	for _, kind := range []plan.TextKind{plan.TextAnnouncement, plan.TextHouseRules, plan.TextHost} {
		if kind != p.Kind {
			list = append(list, ui.Jump{Text: p.T("planning.text." + string(kind)), Href: textPath(p.Dialogue.ID, kind)})
		}
	}
	return list
}

func (p textPage) title() string { return p.T("planning.text." + string(p.Kind)) }

func (p textPage) may() bool {
	return mayDo(p.Reader, doithoai.ActWriteText) && p.Dialogue.May(doithoai.ActWriteText)
}

// differs are the lines by which what was kept differs from what would be composed now.
func (p textPage) differs() []plan.Differing {
	if p.Kept.Version == 0 {
		return nil
	}
	return plan.Differences(p.Kept.Body, p.Fresh)
}

// shown is the text as it stands: as it was kept, else as composed.
func (p textPage) shown() string {
	if p.Kept.Version == 0 {
		return p.Fresh
	}
	return p.Kept.Body
}

// missing are what still keeps the dialogue from being announced, with where it is mended.
func (p textPage) missing() (lines []templ.Component) {
	seen := map[string]bool{}
	for _, problem := range p.Dialogue.AnnounceProblems(p.Now) {
		href := dialoguePath(p.Dialogue.ID, "/sua")
		if problem.Field == "chuong-trinh" {
			href = dialoguePath(p.Dialogue.ID, "/chuong-trinh")
		}
		words := p.T(problem.Key, problem.Args...)
		if !seen[words] {
			lines = append(lines, ui.Link{Text: words, Href: href})
		}
		seen[words] = true
	}
	return slices.Clip(lines)
}

// late reports whether announcing today is later than the law asks for.
func (p textPage) late() bool { return !p.Latest.IsZero() && p.Today().After(p.Latest) }
