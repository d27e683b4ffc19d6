package documents

import (
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// Fields of the register's address that are about recipients.
const (
	documentWaiting = "nhan"    // "chua": only what somebody has not acknowledged
	waitingYet      = "chua"    //
	urgedCount      = "da-nhac" // how many documents' recipients were urged
	urgedLeft       = "chua-nhac"
	wayMissing      = "thieu-cach"
)

// relayTabs are the register's tabs, with how many documents wait for somebody to acknowledge.
type relayTabs struct {
	All, Late doithoai.Count
	Urged     string // of the last urging, by the address
	Left      string
	NoWay     bool
	Sent      string // of the last sending, by the address
	Unsent    []string
}

func (s *site) relayTabs(r *web.Request) (t relayTabs, err error) {
	q := r.URL.Query()
	t.Urged, t.Left, t.NoWay = q.Get(urgedCount), q.Get(urgedLeft), q.Has(wayMissing)
	t.Sent, t.Unsent = q.Get(sentCount), q[unsent]
	if doithoai.MayEver(r.Actor(), doithoai.ActUrgeRecipients) {
		t.All, t.Late, err = s.db.WaitingDocuments(r.Context(), r.Actor())
	}
	return t, err
}

// choosing reports whether rows have boxes, for what is done with many at once.
func (p registerPage) choosing() bool { return p.urges() || p.sends() }

func urgeable(d store.ListedDocument) bool {
	return d.Waits && d.State == doithoai.DocumentIssued
}

// chosen is what the box of a row sends: the document, and the version of its relay as the page showed it.
func chosen(d store.ListedDocument) string {
	return string(d.Kind) + " " + string(d.Subject) + " " + strconv.Itoa(d.Part) + " " + strconv.Itoa(d.RelayVersion)
}

// readChosen is the document and version that a box sent.
func readChosen(s string) (at doithoai.DocumentRef, version int, ok bool) {
	words := strings.Fields(s)
	if len(words) != 4 {
		return at, 0, false
	}
	part, err := strconv.Atoi(words[2])
	version, errVersion := strconv.Atoi(words[3])
	at = doithoai.DocumentRef{Kind: doithoai.DocumentKind(words[0]), Subject: doithoai.ID(words[1]), Part: part}
	return at, version, err == nil && errVersion == nil && slices.Contains(doithoai.DocumentKinds, at.Kind)
}

// table is the register's page, with a box before what can be urged.
func (p registerPage) table() ui.WorkTable {
	t := tableOf(p.Reader, p.T("documents.title"), p.Rows)
	for i, d := range p.Rows {
		if p.urges() && urgeable(d) || p.sends() && sendable(d) {
			t.Rows[i].RichNumber = p.choose(d)
		}
		t.Rows[i].Late = lateRelay(p.Reader, d)
	}
	var pending []ui.WorkRow
	for _, d := range p.Pending {
		pending = append(pending, p.pendingRow(d))
	}
	t.Rows = append(pending, t.Rows...)
	return t
}

// urgeChosen asks the recipients of each chosen document, one act each. What the act refuses is left as it is, and
// counted.
func (s *site) urgeChosen(r *web.Request) error {
	var f urgeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	q := back(r)
	if len(f.chase().Problems()) > 0 {
		q.Set(wayMissing, "1")
		return r.Redirect(web.DocumentsPath + "?" + q.Encode())
	}
	urged, left := 0, 0
	for _, c := range f.Chosen[:min(len(f.Chosen), documentsLimit)] {
		at, version, ok := readChosen(c)
		if !ok { // never from our pages
			continue
		}
		err := s.db.UrgeRecipients(r.Context(), r.Actor(), at, version, f.chase())
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			urged++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			left++
		default:
			return err
		}
	}
	q.Set(urgedCount, strconv.Itoa(urged))
	if left > 0 {
		q.Set(urgedLeft, strconv.Itoa(left))
	}
	return r.Redirect(web.DocumentsPath + "?" + q.Encode())
}

// outcome says of how many documents the recipients were urged; "" where the page follows no urging.
func (p registerPage) outcome() string {
	n, err := strconv.Atoi(p.Tabs.Urged)
	if err != nil {
		return ""
	}
	words := p.T("documents.relay.urged_documents", "count", n)
	if n == 0 {
		words = p.T("documents.relay.urged_none")
	}
	if left, err := strconv.Atoi(p.Tabs.Left); err == nil && left > 0 {
		words += " " + p.T("documents.relay.urged_left", "count", left)
	}
	return words
}

// chaseOptions are the ways of asking, in little room.
func (p registerPage) chaseOptions() []ui.Option {
	options := []ui.Option{{Text: p.T("documents.relay.choose_way")}}
	for _, c := range chaseChoices(p.Reader) {
		options = append(options, ui.Option{Value: c.Value, Text: c.Text})
	}
	return options
}
