package planning

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// Papers that tell of a dialogue: that it was moved, what hangs at the office, the notice board's edition, the banner.

const (
	posterAt = "/ban-dan-bang-tin"
	bannerAt = "/bang-ron"
)

// postings are the papers about what hangs at the office, below the page of its duty.
var postings = []postingPaper{
	{web.PostingPart, "planning.posting.notice", doithoai.DocumentPosting},
	{web.PostingRecordPart, "planning.posting.record", doithoai.DocumentPostingRecord},
	{web.PostingEndPart, "planning.posting.record_end", doithoai.DocumentPostingEnd},
}

type postingPaper struct {
	at, key string
	kind    doithoai.DocumentKind
}

func (s *site) noticeRoutes() []web.Route {
	of := web.DialoguesPath + "/{id}"
	routes := slices.Concat(s.numberedRoutes(of+web.MovedPart, doithoai.ActSeeDialogues, s.moved),
		s.printedRoutes(of+posterAt, doithoai.ActSeeDialogues, s.poster),
		[]web.Route{
			{Pattern: "GET " + of + bannerAt, Act: doithoai.ActSeeDialogues, Do: s.banner},
			{Pattern: "GET " + of + bannerAt + docfile.PDF, Act: doithoai.ActSeeDialogues, Do: s.bannerFile},
		})
	for _, p := range postings {
		routes = append(routes, s.numberedRoutes(of+web.DutyPart("{duty}")+p.at, doithoai.ActSeeDialogues, s.posting(p))...)
	}
	return routes
}

// moved is the notice of the last move.
func (s *site) moved(r *web.Request) (printed, error) {
	base, err := s.ofDialogue(r)
	if err != nil {
		return printed{}, err
	}
	p := base.printed(r.T("planning.move.notice"), web.MovedPart, "thong-bao-doi-lich")
	moves, err := s.db.DialogueMoves(r.Context(), r.Authority.ID, base.Dialogue.ID)
	if err == nil && len(moves) == 0 {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil {
		return p, err
	}
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), base.Dialogue.ID)
	if err != nil {
		return p, err
	}
	c, err := s.composer(r, base.Dialogue)
	if err != nil {
		return p, err
	}
	announced := ""
	if t := texts[plan.TextAnnouncement]; t.Number != "" {
		announced = " " + vietnamese.T("document.moved.by_paper", "number", numbered(t.Number), "date", t.Dated.Words())
	}
	p.Number, err = s.number(r, p.At, base.Dialogue, doithoai.DocumentMoved, moves[0].Number-1)
	if p.Number.Next { // the move's own paper is the one that is replaced
		moves[0].Paper = ""
	}
	head := c.head().Numbered(p.Number.Printed())
	p.Papers = []doc.Doc{docform.Moved(head, base.Dialogue, moves[0], announced, c.contact())}
	return p, err
}

// head is the head of what everybody is told: who signs, and who receives it, are the plan's.
func (c *composer) head() docform.Head {
	h := docform.Head{Authority: c.Authority, Signer: docform.ChairSigner(plan.Signatory{}, c.Dialogue.Chair)}
	if c.Plan != nil {
		h.Signer = docform.ChairSigner(c.Plan.Signatory, c.Dialogue.Chair)
		h.ToTitle, h.To = c.Plan.Recipients.Title, c.Plan.Recipients.Items
	}
	return h
}

// numbered is the number of a notice with its symbol.
func numbered(number string) string { return docform.Symbolled(number, "TB-UBND") }

// isPosting reports whether a duty is to post something at the office.
func isPosting(key plan.DutyKey) bool {
	return key == plan.DutyNoticePosting || key == plan.DutyResultPosting
}

// posting are the notice of what is posted, and the records of putting it up and taking it down. Days are those of the
// first proof; without one there is room for them.
func (s *site) posting(of postingPaper) func(*web.Request) (printed, error) {
	return func(r *web.Request) (p printed, err error) {
		duty, err := s.loadDuty(r)
		if err == nil && !isPosting(duty.Duty.Key) {
			err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		if err != nil {
			return p, err
		}
		c, err := s.composer(r, duty.Dialogue)
		if err != nil {
			return p, err
		}
		at := dutyPath(duty.Dialogue.ID, duty.Duty.Key)
		p = printed{
			Reader: r.Reader, Dialogue: duty.Dialogue, Title: r.T(of.key), At: at + of.at, File: of.at[1:],
			Back: ui.BackLink{Text: duty.title(), Href: at},
		}
		part, d := store.PostedAnnouncement, duty.Dialogue
		if duty.Duty.Key == plan.DutyResultPosting {
			part = store.PostedResults
		}
		if p.Number, err = s.number(r, p.At, d, of.kind, part); err != nil {
			return p, err
		}
		p.Number.There = d.Public() && (part == store.PostedAnnouncement || !d.ClosedAt.IsZero())
		posted, err := s.posted(r, duty, c)
		head := c.head().Numbered(p.Number.Printed())
		switch of.kind {
		case doithoai.DocumentPosting:
			p.Papers = []doc.Doc{posted.Notice(head)}
		default:
			p.Papers = []doc.Doc{posted.Record(head, of.kind == doithoai.DocumentPostingEnd)}
		}
		return p, err
	}
}

// posted is what hangs at the office, from when until when, and by which paper it was told.
func (s *site) posted(r *web.Request, p dutyPage, c *composer) (docform.Posting, error) {
	posting := docform.Posting{
		Dialogue: p.Dialogue, Results: p.Duty.Key == plan.DutyResultPosting, Days: p.Duty.Lasts, Contact: c.contact(),
		Place: vietnamese.T("document.posting.office", "authority", r.Authority.Name),
	}
	for _, rule := range []doithoai.Parameter{p.Duty.Rule, p.Duty.Length} {
		if rule.Key != "" && !rule.HouseDefault() && !slices.Contains(posting.Bases, rule.Basis) {
			posting.Bases = append(posting.Bases, rule.Basis)
		}
	}
	if len(p.Duty.Proofs) > 0 {
		posting.From, posting.Until = p.Duty.Proofs[0].At, p.Duty.Proofs[0].Until
		if posting.Until.IsZero() {
			posting.Until = p.Duty.Lasted()
		}
	}
	told := func(number string, dated calendar.Date) {
		if number != "" {
			posting.Paper = vietnamese.T("document.posting.paper", "number", numbered(number), "date", dated.Words())
		}
	}
	if posting.Results {
		n, err := s.number(r, "", p.Dialogue, doithoai.DocumentConclusion, 0)
		told(n.PaperNumber.Number, n.Dated)
		return posting, err
	}
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), p.Dialogue.ID)
	told(texts[plan.TextAnnouncement].Number, texts[plan.TextAnnouncement].Dated)
	return posting, err
}

// poster is the announcement for a notice board, in large letters on A3.
func (s *site) poster(r *web.Request) (printed, error) {
	base, err := s.ofDialogue(r)
	if err != nil {
		return printed{}, err
	}
	c, err := s.composer(r, base.Dialogue)
	if err != nil {
		return printed{}, err
	}
	d := base.Dialogue
	who := vietnamese.T("document.poster.everybody")
	if len(c.Villages) > 0 {
		who = vietnamese.T("document.poster.cluster", "villages", strings.Join(c.Villages, ", "))
	}
	poster := docform.Poster{
		Topics: c.topics(), Who: who, Contact: c.contact(),
		Ask: vietnamese.T("document.poster.desk", "address", cmp.Or(r.Authority.Address, r.Authority.Name)),
	}
	if d.Public() {
		poster.Link = r.Link("/doi-thoai/" + d.Slug)
	}
	p := base.printed(r.T("planning.poster.title"), posterAt, "bang-tin", poster.Paper(c.head(), d))
	p.About, p.PDFOnly = r.T("planning.poster.about"), true
	return p, nil
}

// bannerForm is a banner as it is asked for, in its address: nothing of it is personal.
type bannerForm struct {
	Width, Height string
	Above, Title  string
	Below         string
}

// bannerPage is what a banner says and how large it is, with a picture of it.
type bannerPage struct {
	dialoguePage
	Form   bannerForm
	Banner doc.Banner
	Wrong  bool // its sides can't be
}

// The usual sides of a banner across a street, in millimetres.
const (
	usualWidth  = 6000
	usualHeight = 800
)

func (s *site) loadBanner(r *web.Request) (p bannerPage, err error) {
	if p.dialoguePage, err = s.ofDialogue(r); err != nil {
		return p, err
	}
	above, title, below := docform.BannerOf(docform.Head{Authority: r.Authority}, p.Dialogue)
	q := r.URL.Query()
	words := func(name, otherwise string) string {
		if !q.Has(name) {
			return otherwise
		}
		return text.Brief(text.CleanLine(q.Get(name)), doithoai.MaxLine)
	}
	p.Form = bannerForm{
		Width: words("rong", strconv.Itoa(usualWidth)), Height: words("cao", strconv.Itoa(usualHeight)),
		Above: words("tren", above), Title: words("chinh", title), Below: words("duoi", below),
	}
	side := func(typed string, usual int) float64 {
		n, err := strconv.Atoi(strings.ReplaceAll(typed, ".", ""))
		if err != nil || n < doc.BannerLeast || n > doc.BannerMost {
			p.Wrong, n = true, usual
		}
		return float64(n)
	}
	p.Banner = doc.Banner{
		Above: strings.ToUpper(p.Form.Above), Title: strings.ToUpper(p.Form.Title), Below: p.Form.Below,
		Width: side(p.Form.Width, usualWidth), Height: side(p.Form.Height, usualHeight),
	}
	if r.Authority.Demo { // it can't be taken for an office's
		p.Banner.Below = vietnamese.T("stock.paper.demo")
	}
	return p, nil
}

func (s *site) banner(r *web.Request) error {
	p, err := s.loadBanner(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// bannerFile answers GET …/bang-ron.pdf.
func (s *site) bannerFile(r *web.Request) error {
	p, err := s.loadBanner(r)
	if err != nil {
		return err
	}
	return r.Download("application/pdf", "bang-ron-"+p.Dialogue.Slug+docfile.PDF, func(w http.ResponseWriter) error {
		err = doc.WriteBanner(w, p.Banner)
		return err
	}, &err)
}
