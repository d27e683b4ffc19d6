package documents

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// Behind a document's address: where it is sent, where its recipients are urged, where one of them is entered.
const (
	sendPart      = "/gui"
	urgePart      = "/nhac"
	recipientPart = "/noi-nhan"
)

func (s *site) relayRoutes() []web.Route {
	return []web.Route{
		{Pattern: "POST " + web.DocumentsPath + urgePart, Act: doithoai.ActUrgeRecipients, Do: s.urgeChosen},
		{Pattern: "POST " + web.DocumentsPath + sendPart, Act: doithoai.ActSendDocument, Do: s.sendChosen},
		{Pattern: "GET " + onePattern + sendPart, Act: doithoai.ActSendDocument, Do: s.sendPage},
		{Pattern: "POST " + onePattern + sendPart, Act: doithoai.ActSendDocument, Do: s.send},
		{Pattern: "POST " + onePattern + urgePart, Act: doithoai.ActUrgeRecipients, Do: s.urge},
		{Pattern: "GET " + onePattern + recipientPart + "/{id}", Act: doithoai.ActRecordRecipient, Do: s.recipient},
		{Pattern: "POST " + onePattern + recipientPart + "/{id}", Act: doithoai.ActRecordRecipient, Do: s.record},
	}
}

// relayPart is what the page of a document shows of its recipients.
type relayPart struct {
	store.DocumentRelay
	Urge urgeForm
}

// urgeForm enters that recipients were asked to acknowledge.
type urgeForm struct {
	Version int      `form:"phien-ban"`
	Way     string   `form:"cach-nhac" line:"true"`
	Note    string   `form:"chi-tiet" line:"true"`
	Chosen  []string `form:"chon" line:"true"` // documents of the register, each with the version of its relay
}

func (f urgeForm) chase() doithoai.Chase {
	return doithoai.Chase{Way: doithoai.ChaseWay(f.Way), Note: f.Note}
}

// at is the address of a page of the document.
func (p onePage) at(rest string) string { return web.DocumentPath(p.Ref()) + rest }

// did goes back to the document's page, which says what was done.
func (p onePage) did(r *web.Request, act doithoai.Act) error {
	return r.Redirect(p.at("") + "?xong=" + string(act) + "#" + recipientsID)
}

// recipientsID is the part of the page with the recipients.
const recipientsID = "noi-nhan"

// sends reports whether the document can be sent to somebody, and by the officer.
func (p onePage) sends() bool {
	return p.State == doithoai.DocumentIssued && doithoai.MayEver(p.Actor(), doithoai.ActSendDocument)
}

// queued reports whether an e-mail to a recipient is still to be sent.
func (p onePage) queued() bool {
	return slices.ContainsFunc(p.Relay.Recipients, func(r doithoai.Recipient) bool {
		return r.State == doithoai.RecipientQueued
	})
}

// mailHint says what a route asks for, and who sends an e-mail.
func (p sendPage) mailHint() string {
	return p.T("documents.relay.hint") + " " + p.T("documents.relay.mailing."+string(p.Relay.Mailing))
}

// urges reports whether somebody can be asked to acknowledge.
func (p onePage) urges() bool {
	return p.State == doithoai.DocumentIssued && doithoai.MayEver(p.Actor(), doithoai.ActUrgeRecipients) &&
		slices.ContainsFunc(p.Relay.Recipients, doithoai.Recipient.Awaited)
}

func (s *site) urge(r *web.Request) error {
	p, err := s.loadOne(r)
	if err != nil {
		return err
	}
	var f urgeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p.Relay.Urge = f
	err = s.db.UrgeRecipients(r.Context(), r.Actor(), p.Ref(), f.Version, f.chase())
	if err == nil {
		return p.did(r, doithoai.ActUrgeRecipients)
	}
	if !p.refused(err) {
		return err
	}
	return r.Page(p.Status, p.view())
}

// recipientsTable are those to whom the document was sent, with what came of it.
func (p onePage) recipientsTable() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("documents.relay.title"),
		Columns: []string{
			p.T("documents.relay.recipient"), p.T("documents.relay.route"), p.T("documents.relay.sent_on"),
			p.T("documents.state"), p.T("documents.relay.urged"), "",
		},
		Kinds: []ui.Kind{ui.Plain, ui.OfDay, ui.OfState, ui.Plain, ui.OfAct},
	}
	for _, x := range p.Relay.Recipients {
		row := ui.WorkRow{
			Title: x.Name, Late: x.Late(p.Today()), Below: p.history(x),
			Cells: []ui.WorkCell{
				{Text: p.route(x)}, {Rich: web.ListDay(p.Reader, x.SentAt.Date())}, {Rich: recipientState(p.Reader, x)},
				{Text: p.urgedWords(x)}, {},
			},
		}
		if x.Ongoing() && doithoai.MayEver(p.Actor(), doithoai.ActRecordRecipient) {
			row.Cells[4].Rich = ui.Link{
				Text: p.T("documents.relay.record"), Hidden: x.Name, Href: p.at(recipientPart + "/" + string(x.ID)),
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// route is how the document went to a recipient, with its number there or with whom.
func (p onePage) route(x doithoai.Recipient) string {
	return detailed(p.T("documents.route."+string(x.Route)), x.Detail)
}

func detailed(words, detail string) string {
	if detail == "" {
		return words
	}
	return words + ": " + detail
}

func (p onePage) urgedWords(x doithoai.Recipient) string {
	if x.Urged == 0 {
		return ""
	}
	return p.T("documents.relay.urged_times", "count", x.Urged, "day", p.ListDay(x.UrgedAt.Date()))
}

// recipientState says where the document stands with a recipient, and that it is late.
func recipientState(r *web.Reader, x doithoai.Recipient) templ.Component {
	if x.Late(r.Today()) {
		late := ui.Due{Text: r.Text.DueDays(r.Today().DaysUntil(x.Due)), Late: true}
		return ui.Lines{ui.Text(r.T("documents.relay.late")), late}
	}
	tag := ui.Tag{Text: r.T("documents.recipient." + string(x.State)), Colour: recipientColours[x.State]}
	if x.Trouble == doithoai.TroubleNone {
		return tag
	}
	return ui.Lines{tag, ui.Text(r.T("ways.trouble." + string(x.Trouble)))}
}

var recipientColours = map[doithoai.RecipientState]ui.Colour{
	doithoai.RecipientQueued: ui.Grey, doithoai.RecipientSent: ui.Blue, doithoai.RecipientSeen: ui.Yellow,
	doithoai.RecipientAcknowledged: ui.Green, doithoai.RecipientFailed: ui.Red,
}

// history is what happened with a recipient, where that is more than its sending.
func (p onePage) history(x doithoai.Recipient) string {
	steps := p.Relay.Steps[x.ID]
	if len(steps) < 2 {
		return ""
	}
	var words []string
	for _, s := range steps {
		said := p.ListDay(s.At.Date()) + " " + text.LowerFirst(p.T("documents.step."+string(s.Kind)))
		way := ""
		for _, of := range []string{"documents.route.", "documents.chase.", "ways.trouble."} {
			seen := s.Kind == doithoai.RecipientStepKind(doithoai.RecipientSeen)
			if key := of + s.Way; s.Way != "" && p.Text.Has(key) && !seen {
				way = text.LowerFirst(p.T(key))
			}
		}
		words = append(words, detailed(web.Joined(said, way), s.Detail))
	}
	return strings.Join(words, "; ")
}

// chaseChoices are the ways in which a recipient can be asked.
func chaseChoices(r *web.Reader) (list []ui.Choice) {
	for _, w := range doithoai.ChaseWays {
		list = append(list, ui.Choice{Value: string(w), Text: r.T("documents.chase." + string(w))})
	}
	return list
}

// relayCell is how many recipients of a document acknowledged, and how late the first of the others is.
func relayCell(r *web.Reader, d store.ListedDocument) templ.Component {
	if d.Sent == 0 {
		return nil
	}
	link := ui.Link{
		Text: r.T("documents.relay.taken", "count", d.Taken, "all", d.Sent), Hidden: d.Number,
		Href: web.DocumentPath(d.Ref()) + "#" + recipientsID,
	}
	if !lateRelay(r, d) {
		return link
	}
	late := ui.Due{Text: r.Text.DueDays(r.Today().DaysUntil(d.AckDue)), Late: true}
	return ui.Lines{link, late}
}

// lateRelay reports whether somebody should have acknowledged a document by now.
func lateRelay(r *web.Reader, d store.ListedDocument) bool {
	return d.State == doithoai.DocumentIssued && !d.AckDue.IsZero() && d.AckDue.Before(r.Today())
}

// sendForm sends a document: of each row who, how and what belongs to that.
type sendForm struct {
	Version int      `form:"phien-ban"`
	Mailing string   `form:"thu-dien-tu" line:"true"` // what the form said of e-mail
	To      []string `form:"noi-nhan" line:"true"`
	How     []string `form:"cach" line:"true"`
	Detail  []string `form:"chi-tiet" line:"true"`
}

// sendPage is the form by which a document is sent.
type sendPage struct {
	onePage
	Rows   []sendRow
	Bodies []doithoai.OutsideBody
}

// sendRow is a row of the form: somebody known, or one that is typed.
type sendRow struct {
	To      string // as the form names it
	Name    string // empty: it is typed
	SignsIn bool
	How     string
	Detail  string
}

// typedRows is how many recipients can be typed at once.
const typedRows = 3

// Prefixes of known recipients in the form.
const (
	ofUnit    = "bo-phan:"
	ofVillage = "thon:"
)

func keyOf(r doithoai.Recipient) string {
	switch {
	case r.UnitID != "":
		return ofUnit + string(r.UnitID)
	case r.VillageID != "":
		return ofVillage + string(r.VillageID)
	}
	return r.Name
}

// recipientOf is whom a row of the form means.
func recipientOf(to string) doithoai.Recipient {
	if id, ok := strings.CutPrefix(to, ofUnit); ok {
		return doithoai.Recipient{UnitID: doithoai.ID(id)}
	}
	if id, ok := strings.CutPrefix(to, ofVillage); ok {
		return doithoai.Recipient{VillageID: doithoai.ID(id)}
	}
	return doithoai.Recipient{Name: to}
}

func (s *site) loadSend(r *web.Request) (p sendPage, err error) {
	if p.onePage, err = s.loadOne(r); err != nil {
		return p, err
	}
	for _, x := range p.Relay.Proposed {
		p.Rows = append(p.Rows, sendRow{
			To: keyOf(x.Recipient), Name: x.Name, SignsIn: x.SignsIn, How: string(proposedRoute(x)),
		})
	}
	if p.Kind.Open() && p.State == doithoai.DocumentIssued {
		for range typedRows {
			p.Rows = append(p.Rows, sendRow{})
		}
		p.Bodies, err = s.db.OutsideBodies(r.Context(), r.Authority.ID)
	}
	return p, err
}

func (s *site) sendPage(r *web.Request) error {
	p, err := s.loadSend(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) send(r *web.Request) error {
	p, err := s.loadSend(r)
	if err != nil {
		return err
	}
	var f sendForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if len(f.How) != len(f.To) || len(f.Detail) != len(f.To) || len(f.To) > doithoai.MaxRecipients {
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	all, rows := p.typed(f)
	err = s.db.SendDocument(r.Context(), r.Actor(), p.Ref(), f.Version, all,
		func(field string, n int) string {
			if n < len(rows) {
				n = rows[n]
			}
			if field == doithoai.FieldRecipient && n < len(p.Rows) && p.Rows[n].Name != "" {
				field = doithoai.FieldRoute // who is known has no field of its own
			}
			return fieldAt(field, n)
		})
	if err == nil {
		return p.did(r, doithoai.ActSendDocument)
	}
	if !p.refused(err) {
		return err
	}
	return r.Page(p.Status, p.view())
}

// fieldAt is a field of the n-th row of the form.
func fieldAt(field string, n int) string { return fmt.Sprintf("%s-%d", field, n) }

// typed puts what was typed into the rows of the page, and returns what is to be sent with the row of each. A row
// without a route is not sent, and of one that is to be typed there must be a name.
func (p *sendPage) typed(f sendForm) (all []doithoai.Sending, rows []int) {
	known := map[string]sendRow{}
	for _, row := range p.Rows {
		known[row.To] = row
	}
	p.Rows = nil
	for i, to := range f.To {
		row := known[to]
		row.To, row.How, row.Detail = to, f.How[i], f.Detail[i]
		p.Rows = append(p.Rows, row)
		if row.How == "" {
			continue
		}
		detail := row.Detail
		if row.How == string(doithoai.ByEmail) {
			if address, err := text.NormalEmail(detail); err == nil {
				detail = address
			}
		}
		all = append(all, doithoai.Sending{
			To: recipientOf(to), Route: doithoai.DocumentRoute(row.How), Detail: detail, Mailing: doithoai.Mailing(f.Mailing),
		})
		rows = append(rows, i)
	}
	return all, rows
}

// table is the form's rows.
func (p sendPage) table() ui.WorkTable {
	t := ui.WorkTable{
		Caption: p.T("documents.relay.title"),
		Columns: []string{
			p.T("documents.relay.recipient"), p.T("documents.relay.route"), p.T("documents.relay.detail"),
		},
	}
	for n, row := range p.Rows {
		title := row.Name
		if title == "" {
			title = p.T("documents.relay.other", "number", strconv.Itoa(n-len(p.Relay.Proposed)+1))
		}
		t.Rows = append(t.Rows, ui.WorkRow{
			Title: title, Cells: []ui.WorkCell{{Rich: p.routeField(n, row, title)}, {Rich: p.detailField(n, row, title)}},
		})
	}
	return t
}

// rowField is a field of a row, whose label only screen readers say: the head of the column says it to the eye.
func (p sendPage) rowField(field string, n int, label, title string) ui.Field {
	at := fieldAt(field, n)
	f := web.Field(p.Reader, p.Problems, at, label+": "+title, "")
	f.Name, f.ID, f.Label.Classes = field, at, "govuk-visually-hidden"
	f.GroupClasses = "govuk-!-margin-bottom-0"
	return f
}

func (p sendPage) routeField(n int, row sendRow, title string) ui.Select {
	options := []ui.Option{{Text: p.T("documents.route.none")}}
	for _, route := range p.Kind.Routes() {
		if route == doithoai.BySystem && !row.SignsIn {
			continue
		}
		options = append(options, ui.Option{Value: string(route), Text: p.T("documents.route." + string(route))})
	}
	return ui.Select{
		Field: p.rowField(doithoai.FieldRoute, n, p.T("documents.relay.route"), title), Value: row.How, Options: options,
	}
}

func (s *site) recipientFile(r *web.Request) (p recordPage, err error) {
	if p.onePage, err = s.loadOne(r); err != nil {
		return p, err
	}
	for _, x := range p.Relay.Recipients {
		if string(x.ID) == r.PathValue("id") {
			p.Recipient = x
			return p, nil
		}
	}
	return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// recordPage enters what the office heard of a recipient.
type recordPage struct {
	onePage
	Recipient doithoai.Recipient
	Form      recordForm
}

type recordForm struct {
	Version int    `form:"phien-ban"`
	State   string `form:"ket-qua" line:"true"`
	Detail  string `form:"chi-tiet" line:"true"`
}

func (s *site) recipient(r *web.Request) error {
	p, err := s.recipientFile(r)
	if err != nil {
		return err
	}
	p.Form.State = string(doithoai.RecipientAcknowledged)
	return r.Page(http.StatusOK, p.view())
}

func (s *site) record(r *web.Request) error {
	p, err := s.recipientFile(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	err = s.db.RecordRecipient(r.Context(), r.Actor(), p.Recipient.ID, p.Form.Version,
		doithoai.RecipientState(p.Form.State), p.Form.Detail)
	if err == nil {
		return p.did(r, doithoai.ActRecordRecipient)
	}
	if !p.refused(err) {
		return err
	}
	return r.Page(p.Status, p.view())
}

// stateChoices are what the office can enter.
func (p recordPage) stateChoices() (list []ui.Choice) {
	for _, state := range []doithoai.RecipientState{
		doithoai.RecipientAcknowledged, doithoai.RecipientSeen, doithoai.RecipientFailed,
	} {
		if state != p.Recipient.State && (state != doithoai.RecipientSeen || p.Recipient.Awaited()) {
			list = append(list, ui.Choice{Value: string(state), Text: p.T("documents.record." + string(state))})
		}
	}
	return list
}
