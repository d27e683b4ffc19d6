package planning

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// orderPage is the protocol order of those who are invited: by numbers, or one place up or down, without a script.
type orderPage struct {
	peopleBase
	Refusal string
}

// orderForm is the order as it was typed: a number for each row, which decides; or a row that goes up or down.
type orderForm struct {
	Rows    []string `form:"dong" line:"true"` // id and version, in the order shown
	Numbers []string `form:"so" line:"true"`
	Up      string   `form:"len" line:"true"`
	Down    string   `form:"xuong" line:"true"`
}

// order is the list of rows in the order that was typed. A number that is none leaves the row where it stands.
func (f orderForm) order() []store.Seen {
	rows := tellForm{Chosen: f.Rows}.seen()
	type placed struct {
		store.Seen
		at float64
	}
	all := make([]placed, len(rows))
	for n, row := range rows {
		all[n] = placed{row, float64(n + 1)}
		if n < len(f.Numbers) {
			if typed, err := strconv.Atoi(f.Numbers[n]); err == nil && typed != n+1 {
				all[n].at = float64(typed) - 0.5 // before who stands there
				if typed > n+1 {
					all[n].at = float64(typed) + 0.5
				}
			}
		}
		switch string(row.ID) {
		case f.Up:
			all[n].at -= 1.5
		case f.Down:
			all[n].at += 1.5
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	for n, p := range all {
		rows[n] = p.Seen
	}
	return rows
}

func (s *site) order(r *web.Request) error {
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, orderPage{peopleBase: base}.view())
}

// saveOrder puts the list in order. Those who are withdrawn stand at its end.
func (s *site) saveOrder(r *web.Request) error {
	var f orderForm
	if err := r.Form(&f); err != nil {
		return err
	}
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	order := f.order()
	for _, i := range base.People {
		if i.State == plan.InvitationWithdrawn {
			order = append(order, store.Seen{ID: i.ID, Version: i.Version})
		}
	}
	err = s.db.OrderDelegates(r.Context(), r.Actor(), base.Dialogue.ID, order)
	if web.Mendable(err) {
		p := orderPage{peopleBase: base, Refusal: web.RefusalWords(r.Reader, err)}
		return r.Page(web.StatusOf(err), p.view())
	}
	if err != nil {
		return err
	}
	to := peoplePath(base.Dialogue.ID) + "/thu-tu"
	for _, moved := range []string{f.Up, f.Down} {
		if moved != "" {
			return r.Redirect(to + "#dong-" + moved)
		}
	}
	return r.Redirect(to)
}

// introductions are whom the host introduces, in the order in which it is done.
func (s *site) introductions(r *web.Request) (printed, error) {
	return s.peoplePaper(r, "delegate.introductions", "/gioi-thieu", "gioi-thieu", docform.Introductions)
}

// signatures is the list on which delegates sign for having come.
func (s *site) signatures(r *web.Request) (printed, error) {
	return s.peoplePaper(r, "delegate.signatures", "/ky-nhan", "ky-nhan", docform.Signatures)
}

func (s *site) peoplePaper(
	r *web.Request, title, below, file string,
	compose func(docform.Head, doithoai.Dialogue, []plan.Invitation) doc.Doc,
) (printed, error) {
	base, err := s.loadPeople(r)
	if err != nil {
		return printed{}, err
	}
	p := base.printed(r.T(title), below, file)
	if len(base.standing()) > 0 {
		p.Papers = []doc.Doc{compose(docform.Head{Authority: r.Authority}, base.Dialogue, base.People)}
	}
	return p, nil
}

// printed is a paper of the list at an address below its own.
func (p peopleBase) printed(title, below, file string) printed {
	list := peoplePath(p.Dialogue.ID)
	return printed{
		Reader: p.Reader, Dialogue: p.Dialogue, Title: title, At: list + below, File: file, None: p.T("delegate.empty"),
		Back: ui.BackLink{Text: p.T("delegate.title"), Href: list},
	}
}

// runLife is how long the browser holds the key of a print run.
const runLife = 30 * time.Minute

// printPeople makes the codes of a print run and leads to its papers. The key of the run is in a cookie of the officer:
// no address carries a code.
func (s *site) printPeople(r *web.Request, id doithoai.ID, f tellForm) error {
	var chosen []doithoai.ID
	for _, c := range f.seen() {
		chosen = append(chosen, c.ID)
	}
	var run doithoai.IntakeKey
	_, _ = rand.Read(run[:]) // never fails: crypto/rand ends the program instead
	if err := s.db.PrintInvitations(r.Context(), r.Actor(), id, run, chosen); err != nil {
		return s.peopleAgain(r, f, err)
	}
	r.SetOwnCookie(web.InvitationsCookie, hex.EncodeToString(run[:]), runLife)
	return r.Redirect(peoplePath(id) + "/giay-moi")
}

// invitations are those of a print run, one a page; without a run, the first one without a code, to be looked at.
func (s *site) invitations(r *web.Request) (p printed, err error) {
	base, err := s.loadPeople(r)
	if err != nil {
		return p, err
	}
	var codes map[doithoai.ID]doithoai.ReceiptCode
	var run doithoai.IntakeKey
	if b, err := hex.DecodeString(r.GetOwnCookie(web.InvitationsCookie)); err == nil && len(b) == len(run) {
		if codes, err = s.db.PrintedInvitations(r.Context(), r.Actor(), base.Dialogue.ID,
			doithoai.IntakeKey(b)); err != nil {
			return p, err
		}
		r.Private()
	}
	due, err := s.inviteBy(r, base.Dialogue)
	if err != nil {
		return p, err
	}
	if !due.After(r.Today()) {
		due = calendar.Date{}
	}
	head, err := s.head(r, base.Dialogue)
	if err != nil {
		return p, err
	}
	head.Date = r.Today()
	head.To = []string{vietnamese.T("refusal.paper.as_above"), vietnamese.T("document.archive")}
	p = base.printed(r.T("delegate.invitations"), "/giay-moi", "giay-moi")
	if p.Number, err = s.number(r, p.At, base.Dialogue, doithoai.DocumentInvitation, 0); err != nil {
		return p, err
	}
	p.Number.There = len(base.standing()) > 0
	if p.Number.Next {
		head.Date = calendar.Date{}
	}
	head = head.Numbered(p.Number.Printed())
	p.About = r.T("delegate.unprinted")
	if len(codes) > 0 {
		p.About = r.T("delegate.printed", "count", len(codes))
	}
	for _, i := range base.standing() {
		code, ran := codes[i.ID]
		if len(codes) > 0 && !ran || len(codes) == 0 && len(p.Papers) > 0 {
			continue
		}
		who := docform.Invited{Invitation: i, ReplyBy: due}
		if link := r.Link(web.InvitationPath); ran && link != "" {
			who.Code, who.Follow = code, link+"#"+string(code) // what follows # never reaches a server
			_, who.Page, _ = strings.Cut(link, "://")
		}
		p.Papers = append(p.Papers, docform.Invitation(head, base.Dialogue, who))
	}
	return p, nil
}

// contactsPage is how everybody is reached, to be called one after the other.
type contactsPage struct {
	peopleBase
	Reached []plan.Delegate
}

// contacts opens how everybody is reached. The view is audited.
func (s *site) contacts(r *web.Request) error {
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	reached, err := s.db.ViewContacts(r.Context(), r.Actor(), base.Dialogue.ID, "")
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, contactsPage{base, reached}.view())
}
