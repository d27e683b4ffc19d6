package documents

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// Behind a document's address: where it is withdrawn, where the paper of that is entered, where it is undone, and where
// another one takes its place.
const (
	withdrawPart = "/thu-hoi"
	paperPart    = withdrawPart + "/van-ban"
	undoPart     = withdrawPart + "/bo"
	replacePart  = docfile.ReplacePart
)

// endID is the part of a document's page with the ways in which it ends.
const endID = docfile.EndID

func (s *site) endRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + onePattern + withdrawPart, Act: doithoai.ActWithdrawDocument, Do: s.withdrawPage},
		{Pattern: "POST " + onePattern + withdrawPart, Act: doithoai.ActWithdrawDocument, Do: s.withdraw},
		{Pattern: "GET " + onePattern + paperPart, Act: doithoai.ActGiveWithdrawalPaper, Do: s.paperPage},
		{Pattern: "POST " + onePattern + paperPart, Act: doithoai.ActGiveWithdrawalPaper, Do: s.givePaper},
		{Pattern: "GET " + onePattern + undoPart, Act: doithoai.ActUndoWithdrawal, Do: s.undoPage},
		{Pattern: "POST " + onePattern + undoPart, Act: doithoai.ActUndoWithdrawal, Do: s.undo},
		{Pattern: "GET " + onePattern + replacePart, Act: doithoai.ActReplaceDocument, Do: s.replacePage},
		{Pattern: "POST " + onePattern + replacePart, Act: doithoai.ActReplaceDocument, Do: s.replace},
	}
}

// withdrawForm is what is said when a document is withdrawn.
type withdrawForm struct {
	Version       int    `form:"phien-ban"`
	Reason        string `form:"ly-do"`
	From          string `form:"tu-ngay" line:"true" day:"true"`
	Whose         string `form:"van-ban-thu-hoi" line:"true"`
	Number        string `form:"so-thu-hoi" line:"true"`
	Dated         string `form:"ngay-thu-hoi" line:"true" day:"true"`
	Body          string `form:"co-quan-thu-hoi" line:"true"`
	ForeignNumber string `form:"so-co-quan-khac" line:"true"`
	ForeignDated  string `form:"ngay-co-quan-khac" line:"true" day:"true"`
}

// withdrawal is what the form says.
func (f withdrawForm) withdrawal() doithoai.Withdrawal {
	w := doithoai.Withdrawal{
		Reason: f.Reason, From: web.TypedDate(f.From), Whose: doithoai.WithdrawnBy(f.Whose), Number: f.Number,
		Dated: web.TypedDate(f.Dated),
	}
	if w.Whose == doithoai.WithdrawnByOther {
		w.Body, w.Number, w.Dated = f.Body, f.ForeignNumber, web.TypedDate(f.ForeignDated)
	}
	return w
}

// replaceForm is the number and day of what takes the place of a document.
type replaceForm struct {
	Version int    `form:"phien-ban"`
	Number  string `form:"so-van-ban" line:"true"`
	Dated   string `form:"ngay-van-ban" line:"true" day:"true"`
}

// undoForm is why a withdrawal is undone.
type undoForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do-bo"`
}

// endPage is the page on which a document is withdrawn, or replaced.
type endPage struct {
	onePage
	Withdraw  withdrawForm
	Replace   replaceForm
	Undo      undoForm
	Numbering doithoai.Numbering
	Bodies    []doithoai.OutsideBody
}

// loadEnd loads what the page needs; symbol is that of the paper that gets a number on it.
func (s *site) loadEnd(r *web.Request, symbol func(doithoai.DocumentKind) string) (p endPage, err error) {
	if p.onePage, err = s.loadOne(r); err != nil {
		return p, err
	}
	if p.Bodies, err = s.db.OutsideBodies(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), symbol(p.Kind))
	return p, err
}

func withdrawalSymbol(doithoai.DocumentKind) string { return doithoai.DocumentWithdrawal.Symbol() }

func (s *site) withdrawPage(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	today := r.Date(r.Today())
	p.Withdraw = withdrawForm{Version: p.Version, From: today, Dated: today}
	return r.Page(http.StatusOK, p.withdrawView())
}

func (s *site) withdraw(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Withdraw); err != nil {
		return err
	}
	err = s.db.WithdrawDocument(r.Context(), r.Actor(), p.Ref(), p.Withdraw.Version, p.Withdraw.withdrawal())
	return p.ended(r, doithoai.ActWithdrawDocument, p.Ref(), err, endPage.withdrawView)
}

// paperPage asks for the paper of a withdrawal that was entered without one.
func (s *site) paperPage(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	p.Withdraw = withdrawForm{Version: p.Version, Dated: r.Date(r.Today())}
	return r.Page(http.StatusOK, p.paperView())
}

func (s *site) givePaper(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Withdraw); err != nil {
		return err
	}
	err = s.db.GiveWithdrawalPaper(r.Context(), r.Actor(), p.Ref(), p.Withdraw.Version, p.Withdraw.withdrawal())
	return p.ended(r, doithoai.ActGiveWithdrawalPaper, p.Ref(), err, endPage.paperView)
}

func (s *site) undoPage(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	p.Undo.Version = p.Version
	return r.Page(http.StatusOK, p.undoView())
}

func (s *site) undo(r *web.Request) error {
	p, err := s.loadEnd(r, withdrawalSymbol)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Undo); err != nil {
		return err
	}
	err = s.db.UndoWithdrawal(r.Context(), r.Actor(), p.Ref(), p.Undo.Version, p.Undo.Reason)
	return p.ended(r, doithoai.ActUndoWithdrawal, p.Ref(), err, endPage.undoView)
}

func (s *site) replacePage(r *web.Request) error {
	p, err := s.loadEnd(r, doithoai.DocumentKind.Symbol)
	if err != nil {
		return err
	}
	p.Replace = replaceForm{Version: p.Version, Dated: r.Date(r.Today())}
	return r.Page(http.StatusOK, p.replaceView())
}

func (s *site) replace(r *web.Request) error {
	p, err := s.loadEnd(r, doithoai.DocumentKind.Symbol)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Replace); err != nil {
		return err
	}
	next, err := s.db.ReplaceDocument(r.Context(), r.Actor(), p.Ref(), p.Replace.Version, p.Replace.Number,
		web.TypedDate(p.Replace.Dated))
	return p.ended(r, doithoai.ActReplaceDocument, next.Ref(), err, endPage.replaceView)
}

// ended leads to a document's page once an act was done, or shows the form again with what is to be mended.
func (p *endPage) ended(
	r *web.Request, act doithoai.Act, to doithoai.DocumentRef, err error, view func(endPage) templ.Component,
) error {
	if err == nil {
		return r.Redirect(web.DocumentPath(to) + "?xong=" + string(act))
	}
	if !p.refused(err) {
		return err
	}
	r.Private() // what was typed may name somebody
	return r.Page(p.Status, view(*p))
}

// mayWithdraw reports whether the officer may withdraw the document.
func (p onePage) mayWithdraw() bool {
	return p.mayEnd(doithoai.ActWithdrawDocument) && !p.Kind.EndsElsewhere()
}

// mayUndo reports whether the officer may undo the withdrawal of the document.
func (p onePage) mayUndo() bool {
	return p.Whole && p.State == doithoai.DocumentWithdrawn && doithoai.MayEver(p.Actor(), doithoai.ActUndoWithdrawal)
}

// mayGivePaper reports whether the officer may enter the paper of the withdrawal.
func (p onePage) mayGivePaper() bool {
	return p.mayUndo() && p.End != nil && p.End.Whose == doithoai.WithdrawnByNone &&
		doithoai.MayEver(p.Actor(), doithoai.ActGiveWithdrawalPaper)
}

// nextPaper is where the paper is that is to take the document's place, to be signed, and its file without ending; none
// where the officer does not put it there.
func (p onePage) nextPaper() (page, file string) {
	_, page, file = about(p.Reader, p.ListedDocument)
	if !p.mayReplace() || file == "" {
		return "", ""
	}
	return docfile.NextAt(page), docfile.NextAt(file)
}

// mayReplace reports whether the officer may put another document in its place here.
func (p onePage) mayReplace() bool {
	return p.mayEnd(doithoai.ActReplaceDocument) && p.Kind.Replaceable() && p.Stands
}

func (p onePage) mayEnd(act doithoai.Act) bool {
	return p.Whole && p.State == doithoai.DocumentIssued && doithoai.MayEver(p.Actor(), act)
}

// elsewhere says by which other act the document ends; "" where it ends here, or not at all.
func (p onePage) elsewhere() string {
	if !p.mayEnd(doithoai.ActWithdrawDocument) || !p.Kind.EndsElsewhere() {
		return ""
	}
	return p.T("documents.end.elsewhere." + string(p.Kind))
}

// over says that the document does not count any more, and since when; "" of one that does.
func (p onePage) over() string {
	return overWords(p.Reader, p.Document)
}

func overWords(r *web.Reader, d doithoai.Document) string {
	if d.State == doithoai.DocumentIssued {
		return ""
	}
	key := "documents.over." + string(d.State)
	if d.Ended.IsZero() {
		return r.T(key)
	}
	return r.T(key+"_since", "date", r.Date(d.Ended))
}

// chain are the facts of what the document ended, and of what ended it.
func (p onePage) chain() (facts ui.Facts) {
	if len(p.Before) > 0 {
		var links ui.Lines
		for _, b := range p.Before {
			links = append(links, p.documentLink(b))
		}
		facts = append(facts, ui.Fact{Name: p.T("documents.end.before." + string(p.Before[0].State)), Rich: links})
	}
	switch {
	case p.Next != nil:
		facts = append(facts, ui.Fact{Name: p.T("documents.end.next." + string(p.State)), Rich: p.documentLink(*p.Next)})
	case p.End != nil && p.End.Whose == doithoai.WithdrawnByOther:
		facts = append(facts, ui.Fact{
			Name:  p.T("documents.end.next." + string(p.State)),
			Value: p.T("documents.end.foreign", "number", p.End.Number, "date", p.Date(p.End.Dated), "body", p.End.Body),
		})
	}
	if p.End != nil {
		if p.End.Reason != "" {
			facts = append(facts, ui.Fact{Name: p.T("documents.end.reason"), Value: p.End.Reason})
		}
		facts = append(facts, ui.Fact{
			Name: p.T("documents.end.recorded"), Value: p.DateTime(p.End.At) + ", " + p.Part.People[p.End.By],
		})
		if p.End.PaperBy != "" {
			facts = append(facts, ui.Fact{
				Name:  p.T("documents.end.paper_recorded"),
				Value: p.DateTime(p.End.PaperAt) + ", " + p.Part.People[p.End.PaperBy],
			})
		}
	}
	if u := p.Undone; u != nil {
		facts = append(facts, ui.Fact{Name: p.T("documents.end.undone"), Value: p.T("documents.end.undone_by",
			"time", p.DateTime(u.At), "name", p.Part.People[u.By], "reason", u.Reason)})
	}
	return facts
}

// documentLink leads to another document: "Kết luận 12/TB-UBND, 24/10/2024".
func (p onePage) documentLink(d store.ListedDocument) templ.Component {
	return ui.Link{Text: titleOf(p.Reader, d) + ", " + p.Date(d.Dated), Href: web.DocumentPath(d.Ref())}
}

// toTell says whom the office tells that the document does not count; "" where nobody got it.
func (p onePage) toTell() string {
	switch {
	case p.Undone != nil && len(p.Relay.Recipients) > 0:
		return p.T("documents.end.undone_tell")
	case p.State == doithoai.DocumentIssued || len(p.Relay.Recipients) == 0:
		return ""
	case p.State == doithoai.DocumentWithdrawn:
		return p.T("documents.end.tell")
	}
	return p.T("documents.relay.replaced")
}

// sendNext is where what ended the document is sent to who had it; no address where there is none, or it is not sent.
func (p onePage) sendNext() ui.Link {
	if p.Next == nil || p.Next.State != doithoai.DocumentIssued || !p.Next.Kind.Sent() ||
		!doithoai.MayEver(p.Actor(), doithoai.ActSendDocument) {
		return ui.Link{}
	}
	return ui.Link{
		Text: p.T("documents.end.send_next", "number", p.Next.Number),
		Href: web.DocumentPath(p.Next.Ref()) + sendPart,
	}
}

// toldPerson says what somebody is told who raised an opinion and had a document that does not count any more, or was
// said not to count; "" where nothing is.
func (p onePage) toldPerson() string {
	switch {
	case !p.Kind.OfOpinion() || p.Kind == doithoai.DocumentAssignment:
		return ""
	case p.State == doithoai.DocumentWithdrawn:
		return p.T("documents.end.tell_person")
	case p.Undone != nil:
		return p.T("documents.end.undone_tell_person")
	}
	return ""
}

// hadIt names who got the document.
func (p endPage) hadIt() string {
	var names []string
	for _, x := range p.Relay.Recipients {
		if x.State != doithoai.RecipientFailed && x.State != doithoai.RecipientQueued {
			names = append(names, x.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return p.T("documents.end.had", "count", len(names), "names", strings.Join(names, ", "))
}

// whose asks whose paper withdraws the document.
func (p endPage) whose() ui.Radios {
	r := ui.Radios{
		Name: doithoai.FieldWithdrawnBy, Value: p.Withdraw.Whose, Classes: "govuk-radios--small",
		Legend: ui.Legend{Text: p.T("documents.end.whose")}, Hint: ui.Hint{Text: p.T("documents.end.whose_hint")},
		Error: web.Wrong(p.Reader, p.Problems, doithoai.FieldWithdrawnBy),
	}
	asks := map[doithoai.WithdrawnBy]templ.Component{
		doithoai.WithdrawnByOwn: p.ownPaper(), doithoai.WithdrawnByOther: p.otherPaper(),
	}
	for _, w := range doithoai.WithdrawnBys {
		if p.End != nil && w == doithoai.WithdrawnByNone { // its paper is asked for
			continue
		}
		r.Items = append(r.Items, ui.Choice{
			Value: string(w), Text: p.T("documents.end.whose."+string(w), "authority", p.Authority.Name), Conditional: asks[w],
		})
	}
	return r
}

// day is a field in which a day is typed.
func (p endPage) day(field, label, value string) ui.Input {
	return ui.Input{
		Field: web.Field(p.Reader, p.Problems, field, p.T(label), p.T("planning.form.day_hint")), Value: value,
		InputMode: "numeric", Autocomplete: "off", Width: 10,
	}
}

// number is a field in which the number of a paper is typed that goes into the register.
func (p endPage) number(field, value string, kind doithoai.DocumentKind) ui.Input {
	return docfile.NumberField{
		Name: field, Label: p.T("documents.paper.number"), Value: value, Width: 20, Symbol: kind.Symbol(),
		Hint: p.T("documents.paper.hint", "symbol", kind.Symbol()), Optional: p.Problems.Any(),
	}.Input(p.Reader, p.Problems, p.Numbering)
}

// bodyField asks whose paper withdraws the document, where it is another body's.
func (p endPage) bodyField() ui.Field {
	f := web.Field(p.Reader, p.Problems, doithoai.FieldWithdrawingBody, p.T("documents.end.body"), "")
	f.Attrs = ui.Attrs{"list": "co-quan"}
	return f
}
