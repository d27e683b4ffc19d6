package hall

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// minutesPage is the minutes of a dialogue as their paper, with what is done about them beside it.
type minutesPage struct {
	*web.Reader
	store.MinutesFile
	Fix      correctionForm // open where it names a paragraph
	Read     readForm
	Problems web.Problems
	Refusal  string
	Done     string
	Number   docfile.Number
	Replaces string // what they say of those in whose place they stand
	Cites    docfile.Doubtful
}

// correctionForm puts other words into a paragraph.
type correctionForm struct {
	Version int    `form:"phien-ban"`
	Key     string `form:"doan" line:"true"`
	Text    string `form:"noi-dung"`
	Reason  string `form:"ly-do" line:"true"`
}

// readForm notes that the minutes were read back.
type readForm struct {
	Version    int    `form:"phien-ban"`
	Hour       string `form:"gio" line:"true"`
	Day        string `form:"ngay" line:"true" day:"true"`
	To         string `form:"truoc" line:"true"`
	Objections string `form:"y-kien-khac"`
}

func (s *site) loadMinutes(r *web.Request) (p *minutesPage, err error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p = &minutesPage{Reader: r.Reader}
	if p.MinutesFile, err = s.db.ViewMinutes(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	p.Read = readForm{
		Hour: clockText(r.Now), Day: r.Date(r.Today()), To: r.T("minutes.read.usual"),
	}
	p.Number, err = s.number(r, minutesPath(d), d, doithoai.DocumentMinutes)
	if err != nil {
		return p, err
	}
	p.Number.There = p.Minutes.Version > 0
	paper, err := docfile.WordedOne(r, s.db, p.asDocument())
	if err != nil {
		return p, err
	}
	if p.Cites, err = s.cites(r, paper); err != nil {
		return p, err
	}
	paper.Body = nil
	if paper, err = docfile.WordedOne(r, s.db, p.Number.Replacing(paper)[0]); err != nil {
		return p, err
	}
	for _, b := range paper.Body {
		if said, ok := b.(doc.Paragraph); ok {
			p.Replaces = said.Runs[0].Text
		}
	}
	return p, nil
}

// cites is what a paper names that is not in force on its day.
func (s *site) cites(r *web.Request, paper doc.Doc) (docfile.Doubtful, error) {
	bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
	return docfile.DoubtfulIn(r.Reader, bases, paper), err
}

// number is the number of a paper of the dialogue, which its page at an address shows and gives.
func (s *site) number(
	r *web.Request, at string, d doithoai.Dialogue, kind doithoai.DocumentKind,
) (docfile.Number, error) {
	return docfile.NumberOf(r, s.db.PaperNumber, at, doithoai.Document{Kind: kind, Subject: d.ID})
}

func (s *site) numberMinutes(r *web.Request) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	return p.Number.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
		p.Number = n
		return p.view()
	})
}

func (s *site) numberConclusion(r *web.Request) error {
	p, err := s.loadConclusion(r)
	if err != nil {
		return err
	}
	return p.Number.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
		p.Number = n
		return p.view()
	})
}

// minutes answers GET /hoi-truong/{dialogue}/bien-ban; with ?sua= and a paragraph, the form is open that corrects it.
func (s *site) minutes(r *web.Request) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	if par, ok := p.paragraph(r.URL.Query().Get("sua")); ok && p.mayDo(doithoai.ActCorrectMinutes) {
		p.Fix = correctionForm{Key: par.Key, Text: par.Text}
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// paragraph finds one that may be corrected.
func (p *minutesPage) paragraph(key string) (doithoai.MinutesParagraph, bool) {
	all := p.Minutes.Body.Paragraphs
	i := slices.IndexFunc(all, func(q doithoai.MinutesParagraph) bool { return q.Key == key })
	if i < 0 || !all[i].Part.Correctable() {
		return doithoai.MinutesParagraph{}, false
	}
	return all[i], true
}

// mayDo reports whether the officer may do an act to the minutes as they stand.
func (p *minutesPage) mayDo(act doithoai.Act) bool {
	return doithoai.MayEver(p.Actor(), act) && p.Dialogue.May(act) && p.Minutes.May(act)
}

// onMinutes answers a form on minutes: do reads it and does what it says.
func (s *site) onMinutes(r *web.Request, act doithoai.Act, do func(*minutesPage) error) error {
	p, err := s.loadMinutes(r)
	if err != nil {
		return err
	}
	if err = do(p); err == nil {
		to := minutesPath(p.Dialogue)
		if act == doithoai.ActLockMinutes || act == doithoai.ActComposeMinutes {
			to = closePath(p.Dialogue)
		}
		return r.Redirect(to + "?xong=" + string(act))
	}
	return p.refused(r, err)
}

// refused shows the minutes with why something was refused.
func (p *minutesPage) refused(r *web.Request, err error) error {
	if doithoai.KindOf(err) == doithoai.NotFound { // the paragraph is no more
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}

// versionForm is a form that says of nothing but which minutes it was seen with.
type versionForm struct {
	Version int `form:"phien-ban"`
}

func (s *site) composeMinutes(r *web.Request) error {
	return s.onMinutes(r, doithoai.ActComposeMinutes, func(p *minutesPage) error {
		var f versionForm
		if err := r.Form(&f); err != nil {
			return err
		}
		_, err := s.db.ComposeMinutes(r.Context(), r.Actor(), p.Dialogue.ID, f.Version)
		return err
	})
}

func (s *site) lockMinutes(r *web.Request) error {
	return s.onMinutes(r, doithoai.ActLockMinutes, func(p *minutesPage) error {
		var f versionForm
		if err := r.Form(&f); err != nil {
			return err
		}
		_, err := s.db.LockMinutes(r.Context(), r.Actor(), p.Dialogue.ID, f.Version)
		return err
	})
}

func (s *site) correctMinutes(r *web.Request) error {
	return s.onMinutes(r, doithoai.ActCorrectMinutes, func(p *minutesPage) error {
		if err := r.Form(&p.Fix); err != nil {
			return err
		}
		f := p.Fix
		_, err := s.db.CorrectMinutes(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, f.Reason,
			doithoai.MinutesWording{Key: f.Key, Text: f.Text})
		return err
	})
}

func (s *site) readMinutes(r *web.Request) error {
	return s.onMinutes(r, doithoai.ActReadMinutes, func(p *minutesPage) error {
		p.Read = readForm{}
		if err := r.Form(&p.Read); err != nil {
			return err
		}
		f := p.Read
		read := doithoai.ReadBack{To: f.To, Objections: f.Objections}
		if clock, err := calendar.ReadClock(f.Hour); err == nil {
			if day := web.TypedDate(f.Day); day.Valid() {
				read.At = clock.On(day)
			}
		}
		read.At = sameMinute(read.At, p.Dialogue.ClosedAt)
		_, err := s.db.ReadMinutes(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, read)
		return err
	})
}

// sameMinute is the typed minute; the moment itself where it is within that minute: nobody types seconds.
func sameMinute(typed, moment calendar.Instant) calendar.Instant {
	if !typed.IsZero() && typed.Before(moment) && moment.Sub(typed).Minutes() < 1 {
		return moment
	}
	return typed
}

// fixHref opens the form that corrects a paragraph.
func (p *minutesPage) fixHref(par doithoai.MinutesParagraph) string {
	return minutesPath(p.Dialogue) + "?" + url.Values{"sua": {par.Key}}.Encode() + "#sua"
}

// fixable reports whether the officer may correct a paragraph now.
func (p *minutesPage) fixable(par doithoai.MinutesParagraph) bool {
	return p.Minutes.Version > 0 && par.Part.Correctable() && p.mayDo(doithoai.ActCorrectMinutes)
}

// The words on every official paper, which are not translated (Nghị định 30/2020, Phụ lục I).
const (
	nationalName  = "Cộng hòa xã hội chủ nghĩa Việt Nam"
	nationalMotto = "Độc lập - Tự do - Hạnh phúc"
)

// sheetOf is the paper around minutes. They bear no place and date under the motto; their number comes with the
// signatures.
func sheetOf(b doithoai.MinutesBody, n docfile.Number) ui.Paper {
	return ui.Paper{
		Authority: web.LetterheadLines(b.Authority), Number: numberLine(n),
		Nation: nationalName, Motto: nationalMotto, Kind: "Biên bản", Subject: b.Title, Heading: "to-giay",
	}
}

// labelled parts a paragraph after the word before its colon.
func labelled(s string) (label, rest string) {
	label, rest, found := strings.Cut(s, ": ")
	if !found {
		return "", s
	}
	return label + ":", " " + rest
}

// conclusionPage is the chair's conclusion as the paper that people are told by, and the form that writes it.
type conclusionPage struct {
	*web.Reader
	store.ConclusionFile
	Form     conclusionForm
	Units    []doithoai.Unit // that may be given something to do
	Problems web.Problems
	Refusal  string
	Done     string
	Number   docfile.Number
	// Signatory is who signed the plan of the dialogue, and in which capacity.
	Signatory plan.Signatory
	Paper     doc.Doc
	Cites     docfile.Doubtful
}

type conclusionForm struct {
	Version int    `form:"tu-ban"`
	Body    string `form:"noi-dung"`
	web.PromisedForm
}

func (s *site) loadConclusion(r *web.Request) (p *conclusionPage, err error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p = &conclusionPage{Reader: r.Reader}
	if p.ConclusionFile, err = s.db.Conclusion(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	var given []doithoai.Promised
	for _, t := range p.Concluded {
		given = append(given, t.Promised)
	}
	p.Form = conclusionForm{p.Kept.Version, p.Kept.Body, web.PromisedOf(r.Reader, given)}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Number, err = s.number(r, pathOf(d)+web.ConclusionPart, d, doithoai.DocumentConclusion)
	if err != nil {
		return p, err
	}
	p.Number.There = p.Kept.Version > 0
	switch of, err := s.db.PlanByID(r.Context(), r.Authority.ID, d.PlanID); {
	case err == nil:
		p.Signatory = of.Plan.Signatory
	case doithoai.KindOf(err) != doithoai.NotFound:
		return p, err
	}
	if p.Paper, err = docfile.WordedOne(r, s.db, p.asDocument()); err != nil {
		return p, err
	}
	p.Cites, err = s.cites(r, p.Paper)
	return p, err
}

// conclusion answers GET /hoi-truong/{dialogue}/ket-luan.
func (s *site) conclusion(r *web.Request) error {
	p, err := s.loadConclusion(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

func (s *site) writeConclusion(r *web.Request) error {
	p, err := s.loadConclusion(r)
	if err != nil {
		return err
	}
	p.Form = conclusionForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	p.Form.Compact()
	_, err = s.db.WriteConclusion(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, p.Form.Body,
		p.Form.Promised()...)
	if err == nil {
		return r.Redirect(pathOf(p.Dialogue) + web.ConclusionPart + "?xong=" + string(doithoai.ActWriteConclusion))
	}
	return p.refused(r, err)
}

// refused shows the conclusion with why something was refused.
func (p *conclusionPage) refused(r *web.Request, err error) error {
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	p.Form.Version = p.Kept.Version
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}

// mayWrite reports whether the officer may write the conclusion now.
func (p *conclusionPage) mayWrite() bool {
	return doithoai.MayEver(p.Actor(), doithoai.ActWriteConclusion) && p.Dialogue.May(doithoai.ActWriteConclusion) &&
		!p.Locked
}

// given are the lines of who does what until when, as a form.
func (p *conclusionPage) given() web.PromisedFields {
	doers := []ui.Option{{Text: p.T("opinion.ruling.choose_unit")}}
	for _, u := range p.Units {
		doers = append(doers, ui.Option{Value: string(u.ID), Text: u.ShortName()})
	}
	return web.PromisedFields{
		Reader: p.Reader, Form: p.Form.PromisedForm, Problems: p.Problems, Doers: doers,
		Title: p.T("conclusion.given"), About: p.T("conclusion.given_about"), Most: doithoai.MaxConcluded,
	}
}

// assigned are the opinions that somebody is to answer by a date; above are those beyond the commune's competence.
func (p *conclusionPage) assigned() (here, above []plan.MinutesOpinion) {
	for _, o := range p.Opinions {
		switch {
		case o.Opinion.Ruling == doithoai.RulingSuperior:
			above = append(above, o)
		case o.Opens():
			here = append(here, o)
		}
	}
	return here, above
}
