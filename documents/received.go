package documents

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const takenPart = "/da-nhan"

func (s *site) receivedRoutes() []web.Route {
	one := web.ReceivedPath + "/{id}"
	return []web.Route{
		{Pattern: "GET " + web.ReceivedPath, Act: doithoai.ActSeeReceived, Do: s.receivedList},
		{Pattern: "GET " + one, Act: doithoai.ActOpenReceived, Do: s.received},
		{Pattern: "GET " + one + signedPart, Act: doithoai.ActOpenReceived, Do: s.receivedSigned},
		{Pattern: "POST " + one + takenPart, Act: doithoai.ActAcknowledgeDocument, Do: s.acknowledge},
	}
}

// receivedList is what was sent to the officer's units and villages.
type receivedList struct {
	*web.Reader
	Waiting []store.ReceivedDocument
	Taken   []store.ReceivedDocument // of the latest
	More    bool
	Done    string
}

// receivedLimit is how many documents the list of an officer's unit or village shows: those that wait, and the latest.
const receivedLimit = 50

func (s *site) receivedList(r *web.Request) (err error) {
	p := receivedList{Reader: r.Reader}
	var more [2]bool
	if p.Waiting, more[0], err = s.db.ReceivedDocuments(r.Context(), r.Actor(), true, receivedLimit); err != nil {
		return err
	}
	all, later, err := s.db.ReceivedDocuments(r.Context(), r.Actor(), false, receivedLimit)
	if err != nil {
		return err
	}
	more[1] = later
	p.More = slices.Contains(more[:], true)
	for _, d := range all {
		if !d.Awaited() {
			p.Taken = append(p.Taken, d)
		}
	}
	if done := "documents.done." + r.URL.Query().Get("xong"); r.Text.Has(done) {
		p.Done = r.T(done)
	}
	return r.Page(http.StatusOK, p.view())
}

// table lists documents that came, each leading to its page.
func (p receivedList) table(caption string, all []store.ReceivedDocument) ui.WorkTable {
	t := ui.WorkTable{
		Caption: caption, Number: p.T("documents.number"),
		Columns: []string{
			p.T("documents.about"), p.T("documents.received.to"), p.T("documents.relay.sent_on"), p.T("documents.state"),
		},
		Kinds: []ui.Kind{ui.OfUnit, ui.OfDay, ui.OfState},
	}
	for _, d := range all {
		title, _, _ := about(p.Reader, d.Paper)
		t.Rows = append(t.Rows, ui.WorkRow{
			Number: d.Paper.Number, Title: p.T("documents.kind."+string(d.Paper.Kind)) + ": " + title,
			Href: receivedPath(d.ID), Late: d.Paper.State == doithoai.DocumentIssued && d.Late(p.Today()),
			Cells: []ui.WorkCell{
				{Text: d.Name}, {Rich: web.ListDay(p.Reader, d.SentAt.Date())}, {Rich: receivedState(p.Reader, d)},
			},
		})
	}
	return t
}

// receivedState says that a document does not count any more, else where it stands with the recipient.
func receivedState(r *web.Reader, d store.ReceivedDocument) templ.Component {
	if d.Paper.State != doithoai.DocumentIssued {
		return state(r, d.Paper)
	}
	return recipientState(r, d.Recipient)
}

func receivedPath(id doithoai.ID) string { return web.ReceivedPath + "/" + string(id) }

// receivedPage is one document that came: what it is, its file, and the button that says that it is there.
type receivedPage struct {
	*web.Reader
	store.ReceivedDocument
	Refusal string
}

func (s *site) received(r *web.Request) error {
	p := receivedPage{Reader: r.Reader}
	var err error
	if p.ReceivedDocument, err = s.db.OpenReceived(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// receivedSigned gives out the document as it was signed.
func (s *site) receivedSigned(r *web.Request) error {
	a, f, err := s.db.OpenReceivedSigned(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, false)
}

// over tells the recipient that the document does not count any more, and what to do with it; "" of one that does.
func (p receivedPage) over() string {
	words := overWords(p.Reader, p.Paper.Document)
	if p.Paper.State == doithoai.DocumentWithdrawn {
		words += " " + p.T("documents.received.withdrawn")
	}
	return words
}

// signed reports whether the recipient gets the document as it was signed.
func (p receivedPage) signed() bool { return p.Paper.Signed && p.Paper.Kind.Open() }

func (s *site) acknowledge(r *web.Request) error {
	var f web.VersionForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	err := s.db.AcknowledgeDocument(r.Context(), r.Actor(), id, f.Version)
	if err == nil {
		return r.Redirect(web.ReceivedPath + "?xong=" + string(doithoai.ActAcknowledgeDocument))
	}
	if !web.Mendable(err) {
		return err
	}
	p := receivedPage{Reader: r.Reader, Refusal: web.RefusalWords(r.Reader, err)}
	status := web.StatusOf(err)
	if p.ReceivedDocument, err = s.db.OpenReceived(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	return r.Page(status, p.view())
}

// facts are what the document is, when it came and by when it is to be acknowledged.
func (p receivedPage) facts() ui.Facts {
	title, href, _ := about(p.Reader, p.Paper)
	facts := ui.Facts{{Name: p.T("documents.about"), Value: title}}
	if p.Paper.OpinionID != "" {
		facts[0] = ui.Fact{Name: p.T("documents.about"), Rich: ui.Link{Text: title, Href: href}}
	}
	facts = append(facts,
		ui.Fact{Name: p.T("documents.dated"), Value: p.Date(p.Paper.Dated)},
		ui.Fact{Name: p.T("documents.received.to"), Value: p.Name},
		ui.Fact{Name: p.T("documents.relay.sent_on"), Rich: web.Day(p.Reader, p.SentAt.Date())},
	)
	for _, b := range p.Before {
		facts = append(facts, ui.Fact{
			Name: p.T("documents.end.before." + string(b.State)), Value: titleOf(p.Reader, b) + ", " + p.Date(b.Dated),
		})
	}
	stands := p.Paper.State == doithoai.DocumentIssued
	if !stands {
		facts = append(facts, ui.Fact{Name: p.T("documents.state"), Rich: state(p.Reader, p.Paper)})
	}
	if p.Next != nil {
		facts = append(facts, ui.Fact{
			Name:  p.T("documents.end.next." + string(p.Paper.State)),
			Value: titleOf(p.Reader, *p.Next) + ", " + p.Date(p.Next.Dated),
		})
	}
	if stands && p.Awaited() && !p.Recipient.Due.IsZero() {
		facts = append(facts, ui.Fact{Name: p.T("documents.received.due"), Rich: ui.Words{
			web.Day(p.Reader, p.Recipient.Due),
			ui.Due{Text: "(" + p.Text.DueDays(p.Today().DaysUntil(p.Recipient.Due)) + ")", Late: p.Recipient.Late(p.Today())},
		}})
	}
	if p.Urged > 0 {
		facts = append(facts, ui.Fact{
			Name:  p.T("documents.relay.urged"),
			Value: p.T("documents.relay.urged_times", "count", p.Urged, "day", p.ListDay(p.UrgedAt.Date())),
		})
	}
	if !p.Awaited() {
		facts = append(facts, ui.Fact{Name: p.T("documents.received.taken"), Value: p.DateTime(p.TakenAt)})
	}
	return facts
}

// fileActs open the files of documents; who may not do it is offered none. Where none is named, who sees the opinion
// sees them.
var fileActs = map[doithoai.DocumentKind]doithoai.Act{
	doithoai.DocumentPlan: doithoai.ActSeePlans, doithoai.DocumentAnnouncement: doithoai.ActSeeDialogues,
}

// file is the address of the document's file without ending; "" where there is none for the officer.
func (p receivedPage) file() string {
	_, _, file := about(p.Reader, p.Paper)
	if act, ok := fileActs[p.Paper.Kind]; ok && !doithoai.MayEver(p.Actor(), act) {
		return ""
	}
	return file
}
