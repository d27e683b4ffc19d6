package office

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// opinionPaper is an official paper on one opinion: a page below the opinion's, to read and print, and the same as Word
// file and as PDF.
type opinionPaper struct {
	at    string // below the opinion's page
	key   string // of the words that name it, below "casework.page." and "casework.link."
	file  string // what its files are called, before the opinion's number
	about string // a key: what there is to know of it
	there func(opinionPage) bool
	write func(opinionPage) doc.Doc // in Vietnamese, whoever prints
}

// opinionPapers are those that there are.
func opinionPapers() []opinionPaper {
	const about = "casework.about"
	return []opinionPaper{
		{pageRefusal, "refusal", "khong-tiep-nhan-", "refusal.notice_about", opinionPage.isRefused, opinionPage.noticePaper},
		{web.TransferFile, "transfer", "phieu-chuyen-", about, opinionPage.isElsewhere, opinionPage.transferPaper},
		{pageMoved, "moved", "thong-bao-chuyen-", about, opinionPage.isTransferred, opinionPage.movedPaper},
		{pageGuidance, "guidance", "phieu-huong-dan-", about, opinionPage.isGuided, opinionPage.guidancePaper},
		{
			pageSubmission, "submission", "phieu-trinh-", "casework.submission_about", opinionPage.isSubmittable,
			opinionPage.submissionPaper,
		},
		{pageStatus, "status", "thong-bao-tinh-hinh-", about, opinionPage.hasStatus, opinionPage.statusPaper},
		{pageExtended, "extended", "thong-bao-gia-han-", about, opinionPage.isExtended, opinionPage.extendedPaper},
	}
}

// paperRoutes are the routes of these papers.
func (s *site) paperRoutes() (routes []web.Route) {
	for _, o := range opinionPapers() {
		at := web.RegisterPath + "/{number}" + o.at
		routes = append(routes, web.Route{Pattern: "GET " + at, Act: doithoai.ActSeeOpinions, Do: s.onPaper(o, s.paperPage)})
		routes = append(routes, docfile.Routes(at, web.Route{
			Act: doithoai.ActSeeOpinions, Do: s.onPaper(o, s.paperFile),
		})...)
	}
	return routes
}

// shownPaper is a paper of an opinion on its page.
type shownPaper struct {
	opinionPage
	opinionPaper
	Paper doc.Doc
}

func (s *site) paperPage(r *web.Request, p shownPaper) error { return r.Page(http.StatusOK, p.view()) }

func (s *site) paperFile(r *web.Request, p shownPaper) error {
	return docfile.Send(r, s.db.PaperTemplate, p.file+strings.ToLower(string(p.Opinion.Number)), p.Paper)
}

// onPaper writes a paper of the opinion that the address names, and shows it; where there is none such, it leads back.
// The paper names who raised the opinion only to who has put a view of that on record.
func (s *site) onPaper(o opinionPaper, show func(*web.Request, shownPaper) error) func(*web.Request) error {
	return func(r *web.Request) error {
		p, err := s.ofOpinion(r)
		if err != nil {
			return err
		}
		if p.Opinion.Content == "" || !o.there(p) {
			return r.Redirect(p.path(""))
		}
		if p.can(doithoai.ActViewPetitioner) {
			if err := s.showPetitioner(r, &p); err != nil {
				return err
			}
		}
		vi := p
		vi.Reader = inVietnamese(p.Reader)
		return show(r, shownPaper{p, o, o.write(vi)})
	}
}

// paperName is what a paper is called.
func (p opinionPage) paperName(key string) string { return p.T("casework.link." + key) }

// raised is the opinion as its papers tell of it.
func (p opinionPage) raised() docform.Raised {
	o := docform.Raised{Code: string(p.Opinion.Number), On: p.Opinion.ReceivedAt.Date(), Content: p.Opinion.Content}
	if d, ok := p.outlook.dialogues[p.Opinion.DialogueID]; ok && p.Opinion.Channel.Spoken() {
		o.Where = text.LowerFirst(d.Title)
	}
	if p.Who == nil {
		return o
	}
	o.Name = cmp.Or(p.Who.Name, p.Who.Organisation)
	o.Address = cmp.Or(p.Who.PostAddress, strings.Join(slices.Compact(text.NonEmpty(p.Who.Address, p.WhoPlace)), ", "))
	o.Contact = strings.Join(text.NonEmpty(vietnamese.Phone(p.Who.Phone), p.Who.Email), ", ")
	return o
}

// chairHead is the head of a paper that the chair signs: number, day and name are written by hand where they are not
// known yet.
func chairHead(a doithoai.Authority) docform.Head {
	return docform.Head{Authority: a, Signer: docform.ChairSigner(plan.Signatory{}, "")}
}
