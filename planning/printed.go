package planning

import (
	"net/http"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// printed is a paper of a dialogue, or several of one kind: on its page, to print, and as Word file and PDF.
type printed struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Title    string
	About    string // what is to be known before it is printed
	At       string // its address, with what it asks for
	File     string // what its file is called, without the dialogue's name and without ending
	Back     ui.BackLink
	Papers   []doc.Doc
	None     string // said where there is none
	PDFOnly  bool   // the page would not be what the paper is: it shows the first one, and is printed from its PDF
	Number   docfile.Number
	Doubtful docfile.Doubtful
}

// vietnamese is the language of papers, whoever prints them.
var vietnamese = text.For("vi")

// printedRoutes are a paper at an address: its page, and its files.
func (s *site) printedRoutes(at string, act doithoai.Act, compose func(*web.Request) (printed, error)) []web.Route {
	compose = s.looked(compose)
	file := web.Route{Act: act, Do: func(r *web.Request) error {
		p, err := compose(r)
		if err != nil {
			return err
		}
		if len(p.Papers) == 0 {
			return r.Redirect(p.At)
		}
		return docfile.Send(r, s.db, p.File+"-"+p.Dialogue.Slug, p.Papers...)
	}}
	page := web.Route{Pattern: "GET " + at, Act: act, Do: func(r *web.Request) error {
		p, err := compose(r)
		if err != nil {
			return err
		}
		if p.Papers, err = docfile.Worded(r, s.db, p.Papers...); err != nil {
			return err
		}
		return r.Page(http.StatusOK, p.view())
	}}
	return append(docfile.Routes(at, file), page)
}

// looked composes papers, and looks at what they cite.
func (s *site) looked(compose func(*web.Request) (printed, error)) func(*web.Request) (printed, error) {
	return func(r *web.Request) (printed, error) {
		p, err := compose(r)
		if err != nil || len(p.Papers) == 0 {
			return p, err
		}
		p.Papers, p.At = p.Number.Replacing(p.Papers...), p.Number.File(p.At)
		first, err := docfile.WordedOne(r, s.db, p.Papers[0]) // the others cite the same
		if err != nil {
			return p, err
		}
		bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
		p.Doubtful = docfile.DoubtfulIn(r.Reader, bases, first)
		return p, err
	}
}

// numberedRoutes are a paper at an address that gets its number in the register of documents.
func (s *site) numberedRoutes(at string, act doithoai.Act, compose func(*web.Request) (printed, error)) []web.Route {
	look := s.looked(compose)
	give := web.Route{Pattern: "POST " + at + docfile.NumberAt, Act: doithoai.ActNumberDocument,
		Do: func(r *web.Request) error {
			p, err := look(r)
			if err != nil {
				return err
			}
			return p.Number.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
				p.Number = n
				return p.view()
			})
		}}
	return append(s.printedRoutes(at, act, compose), give)
}

// number is the number of a paper of a dialogue, which its page at an address shows and gives.
func (s *site) number(
	r *web.Request, at string, d doithoai.Dialogue, kind doithoai.DocumentKind, turn int,
) (docfile.Number, error) {
	return docfile.NumberOf(r, s.db.PaperNumber, at, doithoai.Document{Kind: kind, Subject: d.ID, Turn: turn})
}

// printed is a paper of a dialogue at an address below its own.
func (p dialoguePage) printed(title, below, file string, papers ...doc.Doc) printed {
	return printed{
		Reader: p.Reader, Dialogue: p.Dialogue, Title: title, At: p.path(below), File: file, Papers: papers,
	}
}

// shown are the papers that the page shows.
func (p printed) shown() []doc.Doc {
	if p.PDFOnly {
		return p.Papers[:min(len(p.Papers), 1)]
	}
	return p.Papers
}

// head is the head of a dialogue's papers without a number: the plan says who signs.
func (s *site) head(r *web.Request, d doithoai.Dialogue) (docform.Head, error) {
	h := docform.Head{Authority: r.Authority, Signer: docform.ChairSigner(plan.Signatory{}, d.Chair)}
	of, err := s.db.PlanByID(r.Context(), r.Authority.ID, d.PlanID)
	switch {
	case err == nil:
		h.Signer = docform.ChairSigner(of.Plan.Signatory, d.Chair)
		h.ToTitle = of.Plan.Recipients.Title
	case doithoai.KindOf(err) != doithoai.NotFound:
		return h, err
	}
	return h, nil
}
