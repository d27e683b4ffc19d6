package planning

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// Papers that tell of a dialogue: that it was moved, what hangs at the office, the notice board's edition, the banner.

const (
	movedAt  = "/doi-ngay/thong-bao"
	posterAt = "/ban-dan-bang-tin"
	bannerAt = "/bang-ron"
)

// postings are the papers about what hangs at the office, below the page of its duty.
var postings = []struct{ at, key string }{
	{"/thong-bao-niem-yet", "planning.posting.notice"}, {"/bien-ban-niem-yet", "planning.posting.record"},
	{"/bien-ban-ket-thuc", "planning.posting.record_end"},
}

func (s *site) noticeRoutes() []web.Route {
	of := web.DialoguesPath + "/{id}"
	see := func(do web.Handler) web.Route { return web.Route{Act: doithoai.ActSeeDialogues, Do: do} }
	routes := slices.Concat(docfile.Routes(of+movedAt, see(s.movedFile)),
		s.printedRoutes(of+posterAt, doithoai.ActSeeDialogues, s.poster),
		[]web.Route{
			{Pattern: "GET " + of + bannerAt, Act: doithoai.ActSeeDialogues, Do: s.banner},
			{Pattern: "GET " + of + bannerAt + docfile.PDF, Act: doithoai.ActSeeDialogues, Do: s.bannerFile},
		})
	for _, p := range postings {
		routes = append(routes, docfile.Routes(of+"/moc/{duty}"+p.at, see(s.postingFile))...)
	}
	return routes
}

// movedFile answers GET …/doi-ngay/thong-bao.docx and .pdf: the notice of the last move.
func (s *site) movedFile(r *web.Request) error {
	p, err := s.ofDialogue(r)
	if err != nil {
		return err
	}
	moves, err := s.db.DialogueMoves(r.Context(), r.Authority.ID, p.Dialogue.ID)
	if err == nil && len(moves) == 0 {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	c, err := s.composer(r, p.Dialogue)
	if err != nil {
		return err
	}
	announced := ""
	if t := texts[plan.TextAnnouncement]; t.Number != "" {
		announced = " " + vietnamese.T("document.moved.by_paper", "number", numbered(t.Number), "date", t.Dated.Words())
	}
	return docfile.Send(r, s.db.PaperTemplate, "thong-bao-doi-lich-"+p.Dialogue.Slug,
		docform.Moved(c.head(), p.Dialogue, moves[0], announced, c.contact()))
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
func numbered(number string) string {
	if strings.Contains(number, "/") {
		return number
	}
	return number + "/TB-UBND"
}

// isPosting reports whether a duty is to post something at the office.
func isPosting(key plan.DutyKey) bool {
	return key == plan.DutyNoticePosting || key == plan.DutyResultPosting
}

// postingFile answers GET …/moc/{duty}/thong-bao-niem-yet.docx and the like: the notice of what is posted, and the
// records of putting it up and taking it down. Days are those of the first proof; without one there is room for them.
func (s *site) postingFile(r *web.Request) error {
	p, err := s.loadDuty(r)
	if err == nil && !isPosting(p.Duty.Key) {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	c, err := s.composer(r, p.Dialogue)
	if err != nil {
		return err
	}
	posting := docform.Posting{
		Dialogue: p.Dialogue, Results: p.Duty.Key == plan.DutyResultPosting, Days: p.Duty.Lasts, Contact: c.contact(),
		Place: vietnamese.T("document.posting.office", "authority", r.Authority.Name),
	}
	for _, rule := range []doithoai.Parameter{p.Duty.Rule, p.Duty.Length} {
		if rule.Key != "" && !rule.HouseDefault() && !slices.Contains(posting.Bases, rule.Basis) {
			posting.Bases = append(posting.Bases, rule.Basis)
		}
	}
	if !posting.Results {
		texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), p.Dialogue.ID)
		if err != nil {
			return err
		}
		if t := texts[plan.TextAnnouncement]; t.Number != "" {
			posting.Paper = vietnamese.T("document.posting.paper", "number", numbered(t.Number), "date", t.Dated.Words())
		}
	}
	if len(p.Duty.Proofs) > 0 {
		posting.From, posting.Until = p.Duty.Proofs[0].At, p.Duty.Proofs[0].Until
		if posting.Until.IsZero() && p.Duty.Lasts > 0 {
			posting.Until = posting.From.Date().AddDays(p.Duty.Lasts)
		}
	}
	name := strings.TrimSuffix(strings.TrimSuffix(r.URL.Path, docfile.Word), docfile.PDF)
	name = name[strings.LastIndex(name, "/"):]
	head := c.head()
	paper := posting.Notice(head)
	if name != postings[0].at {
		paper = posting.Record(head, name == postings[2].at)
	}
	return docfile.Send(r, s.db.PaperTemplate, name[1:]+"-"+p.Dialogue.Slug, paper)
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
