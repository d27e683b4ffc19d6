package office

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

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
	kind  doithoai.DocumentKind     // that it is in the register of documents; "": another act numbers it, or none does
}

// opinionPapers are those that there are.
func opinionPapers() []opinionPaper {
	const about = "casework.about"
	return []opinionPaper{
		{
			pageRefusal, "refusal", "khong-tiep-nhan-", "refusal.notice_about", opinionPage.isRefused,
			opinionPage.noticePaper, doithoai.DocumentRefusal,
		},
		{web.TransferFile, "transfer", "phieu-chuyen-", about, opinionPage.isElsewhere, opinionPage.transferPaper, ""},
		{
			pageMoved, "moved", "thong-bao-chuyen-", about, opinionPage.isTransferred, opinionPage.movedPaper,
			doithoai.DocumentTransferNotice,
		},
		{
			pageGuidance, "guidance", "phieu-huong-dan-", about, opinionPage.isGuided, opinionPage.guidancePaper,
			doithoai.DocumentGuidance,
		},
		{
			pageSubmission, "submission", "phieu-trinh-", "casework.submission_about", opinionPage.isSubmittable,
			opinionPage.submissionPaper, "",
		},
		{
			pageStatus, "status", "thong-bao-tinh-hinh-", about, opinionPage.hasStatus, opinionPage.statusPaper,
			doithoai.DocumentStatus,
		},
		{
			pageExtended, "extended", "thong-bao-gia-han-", about, opinionPage.isExtended, opinionPage.extendedPaper,
			doithoai.DocumentExtension,
		},
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
		if o.kind != "" {
			routes = append(routes, web.Route{
				Pattern: "POST " + at + docfile.NumberAt, Act: doithoai.ActNumberDocument, Do: s.onPaper(o, s.numberPaper),
			})
		}
	}
	return routes
}

// shownPaper is a paper of an opinion on its page.
type shownPaper struct {
	opinionPage
	opinionPaper
	Paper  doc.Doc
	Number docfile.Number
	Cites  docfile.Doubtful
}

func (s *site) paperPage(r *web.Request, p shownPaper) error { return r.Page(http.StatusOK, p.view()) }

func (s *site) paperFile(r *web.Request, p shownPaper) error {
	return docfile.Send(r, s.db, p.file+strings.ToLower(string(p.Opinion.Number)), p.Paper)
}

func (s *site) numberPaper(r *web.Request, p shownPaper) error {
	return p.Number.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
		p.Number = n
		return p.view()
	})
}

// number is the number of a paper of the opinion, which its page at an address shows and gives.
func (s *site) number(r *web.Request, p opinionPage, at string, kind doithoai.DocumentKind) (docfile.Number, error) {
	turn, there := doithoai.OpinionPaper(kind, p.Opinion, p.Petition, p.Events)
	n, err := docfile.NumberOf(r, s.db.PaperNumber, at, doithoai.Document{Kind: kind, Subject: p.Opinion.ID, Turn: turn})
	n.There = there
	return n, err
}

// numbered is the head of a paper of the opinion with its number and day, where the register has them; not of one that
// is still to take the place of the one that has them.
func (p opinionPage) numbered(h docform.Head, kind doithoai.DocumentKind) docform.Head {
	if p.nextPaper {
		return h
	}
	return h.Numbered(p.OpinionFile.PaperNumber(kind))
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
		shown := shownPaper{opinionPage: p, opinionPaper: o}
		if o.kind != "" {
			if shown.Number, err = s.number(r, p, p.path(o.at), o.kind); err != nil {
				return err
			}
		}
		vi := p
		vi.Reader, vi.nextPaper = inVietnamese(p.Reader), shown.Number.Next
		paper := shown.Number.Replacing(o.write(vi))[0]
		if shown.Paper, err = docfile.WordedOne(r, s.db, paper); err != nil {
			return err
		}
		bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
		if err != nil {
			return err
		}
		shown.Cites = docfile.DoubtfulIn(r.Reader, bases, shown.Paper)
		return show(r, shown)
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
