package documents

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// onePattern is the address of a document's page ([web.DocumentPath]).
const onePattern = web.DocumentsPath + "/{kind}/{subject}/{part}"

// onePage is the page of one document: what it is about, where it stands, the others of its matter.
type onePage struct {
	*web.Reader
	store.DocumentFile
	Part     signedPage
	Done     string
	Problems web.Problems
	Refusal  string
	Status   int // of what was refused
	Relay    relayPart
}

// refused keeps why a form came back; false where no page can.
func (p *onePage) refused(err error) bool {
	if !web.Mendable(err) {
		return false
	}
	p.Status = web.StatusOf(err)
	if p.Problems = p.Reader.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(p.Reader, err)
	}
	return true
}

func (s *site) loadOne(r *web.Request) (p onePage, err error) {
	at, err := web.DocumentOf(r)
	if err != nil {
		return p, err
	}
	p.Reader = r.Reader
	if p.DocumentFile, err = s.db.Document(r.Context(), r.Actor(), at); err != nil {
		return p, err
	}
	if p.Relay.DocumentRelay, err = s.db.DocumentRelay(r.Context(), r.Actor(), at); err != nil {
		return p, err
	}
	if p.Opened && p.OpinionID != "" {
		r.Private()
	}
	return p, s.loadSigned(r, &p)
}

func (s *site) document(r *web.Request) error {
	p, err := s.loadOne(r)
	if err != nil {
		return err
	}
	if done := "documents.done." + r.URL.Query().Get("xong"); r.Text.Has(done) {
		p.Done = r.T(done)
	}
	if p.Done != "" && p.queued() {
		p.Done += " " + r.T("documents.relay.queued")
	}
	return r.Page(http.StatusOK, p.view())
}

func (p onePage) title() string { return titleOf(p.Reader, p.ListedDocument) }

// titleOf names a document as people do: "Thông báo 87/TB-UBND".
func titleOf(r *web.Reader, d store.ListedDocument) string {
	return r.T("documents.kind."+string(d.Kind)) + " " + d.Number
}

func (p onePage) facts() ui.Facts {
	about, matter, file := about(p.Reader, p.ListedDocument)
	facts := ui.Facts{
		{Name: p.T("documents.dated"), Value: p.Date(p.Dated)},
		{Name: p.T("documents.about"), Rich: ui.Words{ui.Link{Text: about, Href: matter}}},
		{Name: p.T("documents.state"), Rich: state(p.Reader, p.ListedDocument)},
	}
	facts = append(facts, p.chain()...)
	if file != "" {
		name := p.T("documents.file")
		if p.Copy != nil { // that is the document
			name = p.T("documents.composed")
		}
		facts = append(facts, ui.Fact{Name: name, Rich: docfile.Both(about, file)})
	}
	return facts
}

// about is what a document is about, where that is read, and the address of its file without ending; no file of what
// no longer stands.
func about(r *web.Reader, d store.ListedDocument) (title, href, file string) {
	switch {
	case d.PlanID != "":
		href = web.EditionPath(d.PlanID, d.Part)
		return r.T("plans.of_year", "year", strconv.Itoa(d.PlanYear)), href, href + web.PlanFile
	case d.Kind.OfDialogue():
		href, file = dialoguePaper(r, d)
		return d.Dialogue, href, file
	case d.DialogueID != "":
		href = web.AnnouncementPath(d.DialogueID)
		if d.Kind == doithoai.DocumentAnnouncement {
			file = href + web.TextFile
		}
		return d.Dialogue, href, file
	}
	title, href = string(d.Opinion), web.OpinionPath(d.Opinion)
	if d.Headline != "" {
		title += ": " + text.Brief(d.Headline, documentTitle)
	}
	switch d.Kind {
	case doithoai.DocumentReply, doithoai.DocumentCorrection:
		if d.Stands {
			file = href + web.ReplyFile
		}
	case doithoai.DocumentTransfer:
		file = href + web.TransferFile
	default:
		if page, at := web.OpinionPaperPath(d.Opinion, d.Kind); at != "" && d.Stands {
			return title, page, at
		}
	}
	return title, href, file
}

// seesPaper is by which act the pages of papers are seen that not everybody sees who sees the register.
var seesPaper = map[doithoai.DocumentKind]doithoai.Act{
	doithoai.DocumentPreparation: doithoai.ActTriageQuestion, doithoai.DocumentInvitation: doithoai.ActPrintInvitations,
	doithoai.DocumentConclusion: doithoai.ActSeeMinutes, doithoai.DocumentMinutes: doithoai.ActSeeMinutes,
	doithoai.DocumentResult: doithoai.ActSeeReport,
}

// dialoguePaper is the page of a paper of a dialogue, and the address of its file, for who may see it; else the
// dialogue's.
func dialoguePaper(r *web.Reader, d store.ListedDocument) (href, file string) {
	if act := seesPaper[d.Kind]; !d.Stands || act != "" && !doithoai.MayEver(r.Actor(), act) {
		return web.WorkspacePath(d.DialogueID), ""
	}
	href = web.DialoguePaperPath(d.Document)
	return href, href
}

const documentTitle = 110 // characters of a headline

// state says whether a document stands, since when not, and that its number does not follow those before it.
func state(r *web.Reader, d store.ListedDocument) templ.Component {
	tag := ui.Tag{Text: r.T("documents.state." + string(d.State)), Colour: ui.Green}
	if d.State != doithoai.DocumentIssued {
		tag.Colour = ui.Grey
	}
	var shown templ.Component = tag
	if d.OutOfOrder {
		shown = ui.Words{tag, ui.Tag{Text: r.T("documents.out_of_order"), Colour: ui.Yellow}}
	}
	if d.Ended.IsZero() {
		return shown
	}
	return ui.Lines{shown, ui.Text(r.T("documents.over.since", "date", r.ListDay(d.Ended)))}
}

// rowOf is a document in a list: the number, what it is about and the link to its page, kind, day, state, file.
func rowOf(r *web.Reader, d store.ListedDocument) ui.WorkRow {
	title, _, file := about(r, d)
	row := ui.WorkRow{
		Number: d.Number, Title: title, Href: web.DocumentPath(d.Ref()),
		Cells: []ui.WorkCell{
			{Text: r.T("documents.kind." + string(d.Kind))}, {Rich: web.ListDay(r, d.Dated)}, {Rich: state(r, d)}, {},
			{},
		},
	}
	row.Cells[3].Rich = relayCell(r, d)
	switch {
	case d.Signed:
		row.Cells[4].Rich = ui.Words{ui.Link{
			Text: r.T("documents.signed.title"), Hidden: title, Href: web.DocumentPath(d.Ref()) + "#" + signedID,
		}}
	case file != "":
		row.Cells[4].Rich = docfile.Both(title, file)
	}
	return row
}

// tableOf lists documents under a caption.
func tableOf(r *web.Reader, caption string, all []store.ListedDocument) ui.WorkTable {
	t := ui.WorkTable{
		Caption: caption, Number: r.T("documents.number"),
		Columns: []string{
			r.T("documents.about"), r.T("documents.kind"), r.T("documents.dated"), r.T("documents.state"),
			r.T("documents.relay.taken_head"), r.T("documents.file"),
		},
		Kinds: []ui.Kind{ui.OfUnit, ui.OfDay, ui.OfState, ui.OfTaken, ui.OfAct},
	}
	for _, d := range all {
		t.Rows = append(t.Rows, rowOf(r, d))
	}
	return t
}
