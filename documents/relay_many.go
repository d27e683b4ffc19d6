package documents

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// Fields of the register's address after many documents were sent.
const (
	sentCount = "da-gui"   // how many
	unsent    = "chua-gui" // what was not: why, a colon, its number; one field each
)

// Why a document was not sent with others.
const (
	unsentNobody  = "nobody"  // nobody is proposed who does not have it
	unsentChanged = "changed" // somebody sent it meanwhile, or recorded something of it
	unsentNoRoute = "refused" // the form of the document itself asks for more
	unsentGone    = "gone"    // it is not in the register any more
)

// unsentReasons are those, and the states of documents that do not count any more.
var unsentReasons = []string{
	unsentNobody, unsentChanged, unsentNoRoute, unsentGone, string(doithoai.DocumentReplaced),
	string(doithoai.DocumentWithdrawn),
}

// manyForm are the documents that were chosen in the register.
type manyForm struct {
	Chosen []string `form:"chon" line:"true"`
}

// back is the register's address as a form of it was narrowed, without what a previous act left there.
func back(r *web.Request) url.Values {
	q := url.Values{}
	for _, name := range []string{
		documentTyped, documentKind, documentDialogue, documentYear, documentWaiting, documentLife, documentAfter,
	} {
		if v := r.PostForm.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// sendChosen sends each chosen document to those whom its own form proposes, one act each, in the way that the form
// proposes. What can't be sent is named on the page that follows, with why; the rest is sent.
func (s *site) sendChosen(r *web.Request) error {
	var f manyForm
	if err := r.Form(&f); err != nil {
		return err
	}
	q, sent := back(r), 0
	for _, c := range f.Chosen[:min(len(f.Chosen), documentsLimit)] {
		at, version, ok := readChosen(c)
		if !ok { // never from our pages
			continue
		}
		why, number, err := s.sendOne(r, at, version)
		switch {
		case err != nil:
			return err
		case why == "":
			sent++
		default:
			q.Add(unsent, why+":"+number)
		}
	}
	q.Set(sentCount, strconv.Itoa(sent))
	return r.Redirect(web.DocumentsPath + "?" + q.Encode())
}

// sendOne sends a document to those who are proposed; why not, and its number, where it can't be.
func (s *site) sendOne(r *web.Request, at doithoai.DocumentRef, version int) (why, number string, err error) {
	d, err := s.db.Document(r.Context(), r.Actor(), at)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return unsentGone, "", nil
	}
	if err != nil {
		return "", "", err
	}
	if d.State != doithoai.DocumentIssued {
		return string(d.State), d.Number, nil
	}
	relay, err := s.db.DocumentRelay(r.Context(), r.Actor(), at)
	if err != nil {
		return "", "", err
	}
	if relay.Version != version {
		return unsentChanged, d.Number, nil
	}
	if len(relay.Proposed) == 0 {
		return unsentNobody, d.Number, nil
	}
	var all []doithoai.Sending
	for _, x := range relay.Proposed {
		all = append(all, doithoai.Sending{To: recipientOf(keyOf(x.Recipient)), Route: proposedRoute(x)})
	}
	err = s.db.SendDocument(r.Context(), r.Actor(), at, version, all, fieldAt)
	switch kind := doithoai.KindOf(err); {
	case err == nil:
		return "", "", nil
	case kind == doithoai.Conflict:
		return unsentChanged, d.Number, nil
	case web.Mendable(err):
		return unsentNoRoute, d.Number, nil
	}
	return "", "", err
}

// proposedRoute is how a document goes to somebody who is proposed: in the program where somebody signs in, else on
// paper.
func proposedRoute(x store.ProposedRecipient) doithoai.DocumentRoute {
	if x.SignsIn {
		return doithoai.BySystem
	}
	return doithoai.ByPaper
}

// sendable reports whether a document can go to somebody at all.
func sendable(d store.ListedDocument) bool {
	return d.State == doithoai.DocumentIssued && d.Kind.Sent()
}

// sends reports whether the officer sends documents of the page.
func (p registerPage) sends() bool {
	return doithoai.MayEver(p.Actor(), doithoai.ActSendDocument) && slices.ContainsFunc(p.Rows, sendable)
}

// urges reports whether the officer asks recipients of documents of the page.
func (p registerPage) urges() bool {
	return doithoai.MayEver(p.Actor(), doithoai.ActUrgeRecipients) && slices.ContainsFunc(p.Rows, urgeable)
}

// bulkPart is where the form of chosen documents goes by itself, behind the register's address.
func (p registerPage) bulkPart() string {
	if p.urges() {
		return urgePart
	}
	return sendPart
}

// sentOutcome says how many documents were sent; "" where the page follows no sending.
func (p registerPage) sentOutcome() string {
	n, err := strconv.Atoi(p.Tabs.Sent)
	switch {
	case err != nil || n < 0:
		return ""
	case n == 0 && len(p.unsent()) == 0:
		return p.T("documents.relay.sent_unchosen")
	case n == 0:
		return p.T("documents.relay.sent_none")
	}
	return p.T("documents.relay.sent_documents", "count", n)
}

// unsent are the documents that were not sent with the others, each with why.
func (p registerPage) unsent() (lines []string) {
	for _, left := range p.Tabs.Unsent[:min(len(p.Tabs.Unsent), documentsLimit)] {
		why, number, _ := strings.Cut(left, ":")
		if !slices.Contains(unsentReasons, why) || len(number) > maxUnsent {
			continue
		}
		words := p.T("documents.relay.unsent." + why)
		if number != "" {
			words = fmt.Sprintf("%s: %s", number, words)
		}
		lines = append(lines, words)
	}
	return lines
}

// maxUnsent bounds the number of a document in an address, in bytes.
const maxUnsent = 200
