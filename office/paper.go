package office

import (
	"net/http"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
)

// paperPage takes the number of a paper slip that came back, typed or read by a scanner, and opens the form for it.
// Once the slip is typed it stands here again, ready for the next one.
type paperPage struct {
	*web.Reader
	Dialogue *doithoai.Dialogue // whose slips are typed; nil where none was printed
	Typed    string
	Problem  string
	Done     *plan.PaperSlip // typed just now
	Before   *plan.PaperSlip // asked for, and typed before: this is what came of it
}

// paperForm is what was typed or scanned.
type paperForm struct {
	Number string `form:"so" line:"true"`
}

func (s *site) paper(r *web.Request) error {
	p, err := s.loadPaper(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if p.Done, err = s.paperOf(r, p.Dialogue, q.Get("xong")); err != nil {
		return err
	}
	asked, err := s.paperOf(r, p.Dialogue, q.Get("so"))
	if err != nil {
		return err
	}
	switch {
	case asked == nil:
		if p.Typed = q.Get("so"); p.Typed != "" {
			p.Problem = r.T("slips.paper.unknown", "typed", p.Typed)
		}
	case asked.State == plan.PaperReturned:
		p.Before = asked
	case asked.State == plan.PaperVoid:
		p.Typed, p.Problem = asked.Words(), r.T("slips.paper.void", "number", asked.Words(), "reason", asked.Reason)
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadPaper(r *web.Request) (p paperPage, err error) {
	p = paperPage{Reader: r.Reader}
	d, err := s.db.PaperDialogue(r.Context(), r.Actor())
	switch doithoai.KindOf(err) {
	case 0:
		if err == nil {
			p.Dialogue = &d
		}
		return p, err
	case doithoai.NotFound:
		return p, nil
	}
	return p, err
}

// paperOf finds a printed slip by its number; nil where there is none such.
func (s *site) paperOf(r *web.Request, d *doithoai.Dialogue, typed string) (*plan.PaperSlip, error) {
	number := plan.ParsePaperNumber(typed)
	if d == nil || number == 0 {
		return nil, nil
	}
	slip, err := s.db.PaperByNumber(r.Context(), r.Actor(), d.ID, number)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &slip, err
}

// openPaper leads to the form of the slip whose number was typed, or whose stub's QR was scanned: the code in it stays
// out of addresses. A slip that is typed already, or void, comes back to the page, which says so.
func (s *site) openPaper(r *web.Request) error {
	var f paperForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadPaper(r)
	if err != nil {
		return err
	}
	_, scanned, _ := strings.Cut(f.Number, "#")
	if scanned == "" {
		scanned = f.Number
	}
	slip, err := s.paperOf(r, p.Dialogue, f.Number)
	if err != nil {
		return err
	}
	for _, code := range web.ReceiptCodes(scanned) {
		if slip != nil || p.Dialogue == nil {
			break
		}
		found, err := s.db.PaperByCode(r.Context(), r.Actor(), p.Dialogue.ID, code)
		if err == nil {
			slip = &found
		} else if doithoai.KindOf(err) != doithoai.NotFound {
			return err
		}
	}
	switch {
	case slip == nil && plan.ParsePaperNumber(f.Number) > 0:
		p.Typed, p.Problem = f.Number, r.T("slips.paper.unknown", "typed", f.Number)
		return r.Page(http.StatusUnprocessableEntity, p.view())
	case slip == nil:
		p.Problem = r.T("slips.paper.no_number")
		return r.Page(http.StatusUnprocessableEntity, p.view())
	case !slip.Typable():
		return r.Redirect(web.PaperPath + "?so=" + slip.Words())
	}
	return r.Redirect(slipOfPaper(slip.Words()))
}

// slipOfPaper is the address of the form in which a paper slip is typed.
func slipOfPaper(number string) string {
	return web.SlipPath + "?" + doithoai.FieldPaperNumber + "=" + number
}

// attachPaper makes the form one for the printed slip of a number, and for its dialogue; where there is none such, the
// form stays as it is.
func (s *site) attachPaper(r *web.Request, p *slipPage, typed string) error {
	if typed == "" {
		return nil
	}
	found, err := s.loadPaper(r)
	if err != nil {
		return err
	}
	if p.Paper, err = s.paperOf(r, found.Dialogue, typed); err != nil || p.Paper == nil {
		return err
	}
	p.Choices.Dialogue = found.Dialogue
	return nil
}

// subject is what the draft of the form is of: each paper slip has its own.
func (p slipPage) subject() string {
	if p.Paper == nil {
		return ""
	}
	return doithoai.FieldPaperNumber + "-" + p.Paper.Words()
}

// at is the address of the form, with what follows it.
func (p slipPage) at(more string) string {
	if p.Paper == nil {
		return web.SlipPath + more
	}
	return slipOfPaper(p.Paper.Words()) + strings.Replace(more, "?", "&", 1)
}

// handed says to whom the paper slip was handed, and when.
func (p slipPage) handed() string {
	if p.Paper.HandoutID == "" {
		return p.T("slips.paper.not_handed")
	}
	return p.T("slips.paper.handed", "receiver", p.Paper.Receiver, "day", p.Date(p.Paper.On))
}
