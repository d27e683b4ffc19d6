package planning

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

// Who comes to a dialogue: the list by the plan's groups, what can be done with many at once, one person's page, the
// protocol order, the papers. How people are reached stands on pages of their own, each view of which is audited.

// peopleRoutes are the pages of a dialogue's list of delegates.
func (s *site) peopleRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + web.PeoplePart
	see, reach, write := doithoai.ActSeeDelegates, doithoai.ActViewContacts, doithoai.ActAddDelegate
	return slices.Concat(
		s.printedRoutes(at+"/gioi-thieu", see, s.introductions),
		s.printedRoutes(at+"/ky-nhan", see, s.signatures),
		s.numberedRoutes(web.DialoguesPath+"/{id}"+web.InvitationsPart, doithoai.ActPrintInvitations, s.invitations),
		[]web.Route{
			{Pattern: "GET " + at, Act: see, Do: s.people},
			{Pattern: "POST " + at, Act: doithoai.ActInviteDelegates, Do: s.tellPeople},
			{Pattern: "POST " + at + "/ghe", Act: doithoai.ActSetSeats, Do: s.setSeats},
			{Pattern: "POST " + at + "/lap", Act: doithoai.ActProposeInvitations, Do: s.proposePeople},
			{Pattern: "GET " + at + "/them", Act: write, Do: s.newPerson},
			{Pattern: "POST " + at + "/them", Act: write, Do: s.addPerson},
			{Pattern: "GET " + at + "/nguoi/{person}", Act: reach, Do: s.person},
			{Pattern: "POST " + at + "/nguoi/{person}", Act: doithoai.ActChangeDelegate, Do: s.changePerson},
			{Pattern: "POST " + at + "/nguoi/{person}/tra-loi", Act: doithoai.ActRecordReply, Do: s.replyPerson},
			{Pattern: "POST " + at + "/nguoi/{person}/rut", Act: doithoai.ActWithdrawInvitation, Do: s.withdrawPerson},
			{Pattern: "POST " + at + "/nguoi/{person}/bo", Act: doithoai.ActRemoveDelegate, Do: s.removePerson},
			{Pattern: "GET " + at + "/thu-tu", Act: doithoai.ActOrderDelegates, Do: s.order},
			{Pattern: "POST " + at + "/thu-tu", Act: doithoai.ActOrderDelegates, Do: s.saveOrder},
			{Pattern: "GET " + at + "/lien-he", Act: reach, Do: s.contacts},
			{Pattern: "GET " + at + "/tep/{form}", Act: reach, Do: s.peopleFile},
			{Pattern: "GET " + at + "/nhap", Act: doithoai.ActImportDelegates, Do: s.newPeopleFile},
			{Pattern: "POST " + at + "/nhap", Act: doithoai.ActImportDelegates, Do: s.readPeopleFile},
			{Pattern: "GET " + at + "/nhap/xem", Act: doithoai.ActImportDelegates, Do: s.previewPeople},
			{Pattern: "POST " + at + "/nhap/xem", Act: doithoai.ActImportDelegates, Do: s.confirmPeople},
			{Pattern: "POST " + at + "/nhap/bo", Act: doithoai.ActImportDelegates, Do: s.dropPeopleFile},
		})
}

// peoplePath is the address of the list of who comes to a dialogue.
func peoplePath(dialogue doithoai.ID) string { return web.WorkspacePath(dialogue) + web.PeoplePart }

// personPath is the address of one person's page.
func personPath(dialogue, id doithoai.ID) string {
	return peoplePath(dialogue) + "/nguoi/" + string(id)
}

// What the list's address says of the last act, and that everybody on it is chosen.
const (
	peopleTab      = "loc"
	peopleDone     = "xong"
	peopleCount    = "so"
	everyoneChosen = "chon-het"
)

// peopleBase is what the pages of a list share.
type peopleBase struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	People   []plan.Invitation // in protocol order
	Heads    plan.Heads
	Points   []plan.Point // the groups of the plan
	Plan     plan.Plan    // the zero Plan where it is not issued
	Slug     string       // of its public page
}

// may reports whether the officer could do an act on the list.
func (p peopleBase) may(act doithoai.Act) bool { return doithoai.MayEver(p.Actor(), act) }

// writable reports whether the list can still change.
func (p peopleBase) writable() bool {
	return p.Dialogue.State.Coming() || p.Dialogue.State == doithoai.DialogueRunning
}

func (s *site) loadPeople(r *web.Request) (p peopleBase, err error) {
	p.Reader = r.Reader
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	if p.People, err = s.db.Delegates(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
		return p, err
	}
	p.Heads = plan.HeadsOf(p.Dialogue, p.People)
	public, err := s.db.PlanByID(r.Context(), r.Authority.ID, p.Dialogue.PlanID)
	if doithoai.KindOf(err) == doithoai.NotFound { // it is not issued yet
		return p, nil
	}
	p.Plan, p.Slug, p.Points = public.Plan, public.Slug, public.Plan.Invited()
	return p, err
}

// find finds the person whom the address names.
func (p peopleBase) find(id string) (plan.Invitation, error) {
	for _, i := range p.People {
		if string(i.ID) == id {
			return i, nil
		}
	}
	return plan.Invitation{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// tellForm tells, reminds or prints for those who are chosen.
type tellForm struct {
	Chosen []string `form:"chon" line:"true"` // id and version of each, as the page showed it
	Route  string   `form:"cach-moi" line:"true"`
	Day    string   `form:"ngay" line:"true" day:"true"`
	Do     string   `form:"viec" line:"true"`
}

// The acts of the form with many.
const (
	doInvite = "moi"
	doRemind = "nhac"
	doPrint  = "in"
	doReply  = "tra-loi"
)

// seen are the rows that are chosen.
func (f tellForm) seen() (list []store.Seen) {
	for _, c := range f.Chosen[:min(len(f.Chosen), plan.MaxDelegates)] {
		id, version, _ := strings.Cut(c, " ")
		if n, err := strconv.Atoi(version); err == nil {
			list = append(list, store.Seen{ID: doithoai.ID(id), Version: n})
		}
	}
	return list
}

// peoplePage is the list by the groups of the plan.
type peoplePage struct {
	peopleBase
	Tab        peopleFilter
	Registered int           // residents who handed in slips
	Seats      int           // of the hall; 0: nobody said
	Hall       int           // the version of what was said
	Typed      string        // of the seats, where it could not be taken
	Due        calendar.Date // by when invitations go out; zero where no parameter says
	Form       tellForm
	All        bool // everybody shown is chosen
	Problems   web.Problems
	Refusal    string
	Done       string
}

func (s *site) people(r *web.Request) error {
	p, err := s.peoplePage(r)
	if err != nil {
		return err
	}
	p.Form = tellForm{Route: "paper", Day: r.Date(r.Today())}
	p.All = r.URL.Query().Has(everyoneChosen)
	p.Done = doneWords(r)
	return r.Page(http.StatusOK, p.view())
}

// doneKeys are the sentences on what was done last, by what the address says of it.
var doneKeys = map[string]string{
	doInvite: "delegate.done.invite", doRemind: "delegate.done.remind", doReply: "delegate.done.reply",
	"ghe": "delegate.done.seats", "lap": "delegate.done.propose", "them": "delegate.done.add",
	"sua": "delegate.done.change",
	"rut": "delegate.done.withdraw", "bo": "delegate.done.remove", "nhap": "delegate.done.import",
}

// doneWords say what was done last, "" where nothing was.
func doneWords(r *web.Request) string {
	key, ok := doneKeys[r.FormValue(peopleDone)]
	if !ok {
		return ""
	}
	count, _ := strconv.Atoi(r.FormValue(peopleCount)) // none: the sentence of that act has none
	return r.T(key, "count", count)
}

func (s *site) peoplePage(r *web.Request) (p peoplePage, err error) {
	if p.peopleBase, err = s.loadPeople(r); err != nil {
		return p, err
	}
	p.Tab = peopleFilterOf(r.FormValue(peopleTab))
	if p.Registered, err = s.db.Registered(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
		return p, err
	}
	if p.Seats, p.Hall, err = s.db.Seats(r.Context(), r.Actor(), p.Dialogue.ID); err != nil {
		return p, err
	}
	p.Due, err = s.inviteBy(r, p.Dialogue)
	return p, err
}

// setSeats notes how many seats the hall has.
func (s *site) setSeats(r *web.Request) error {
	var f struct {
		Version int    `form:"phien-ban"`
		Seats   string `form:"so-ghe" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	seats, _ := strconv.Atoi(f.Seats) // none: the rule asks for it
	err := s.db.SetSeats(r.Context(), r.Actor(), id, f.Version, seats)
	if err == nil {
		return r.Redirect(peoplePath(id) + "?" + peopleDone + "=ghe")
	}
	if !web.Mendable(err) {
		return err
	}
	p, loading := s.peoplePage(r)
	if loading != nil {
		return loading
	}
	p.Form, p.Typed = tellForm{Route: "paper", Day: r.Date(r.Today())}, f.Seats
	return s.peopleRefused(r, p, err)
}

// inviteBy is [plan.InviteDue] by the rules of now.
func (s *site) inviteBy(r *web.Request, d doithoai.Dialogue) (calendar.Date, error) {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	return plan.InviteDue(rules, d), err
}

// tellPeople does what the form with many asks for. What can't be noted comes back with what was chosen and typed.
func (s *site) tellPeople(r *web.Request) error {
	var f tellForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	how := store.Telling{Route: plan.InvitationRoute(f.Route), On: web.TypedDate(f.Day)}
	var told int
	var err error
	switch f.Do {
	case doInvite:
		told, err = s.db.InviteDelegates(r.Context(), r.Actor(), id, f.seen(), how)
	case doRemind:
		told, err = s.db.RemindDelegates(r.Context(), r.Actor(), id, f.seen(), how)
	case doPrint:
		return s.printPeople(r, id, f)
	case doReply:
		if chosen := f.seen(); len(chosen) > 0 && doithoai.MayEver(r.Actor(), doithoai.ActViewContacts) {
			return r.Redirect(personPath(id, chosen[0].ID) + "#tra-loi")
		}
		err = noneChosen
	default:
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	if err == nil {
		q := url.Values{peopleDone: {f.Do}, peopleCount: {strconv.Itoa(told)}}
		if tab := r.PostForm.Get(peopleTab); tab != "" {
			q.Set(peopleTab, tab)
		}
		return r.Redirect(peoplePath(id) + "?" + q.Encode())
	}
	return s.peopleAgain(r, f, err)
}

// noneChosen is the refusal of an act with nobody.
var noneChosen = doithoai.RefuseForm([]doithoai.Problem{{Field: "chon", Key: "delegate.problem.none_chosen"}})

// peopleAgain shows the list with what was chosen and typed, and why it could not be done.
func (s *site) peopleAgain(r *web.Request, f tellForm, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.peoplePage(r)
	if err != nil {
		return err
	}
	p.Form = f
	return s.peopleRefused(r, p, refusal)
}

// peopleRefused shows the list with why something could not be done.
func (s *site) peopleRefused(r *web.Request, p peoplePage, refusal error) error {
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// proposePeople fills the groups of the plan.
func (s *site) proposePeople(r *web.Request) error {
	var f struct {
		Again string `form:"lan-truoc" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	added, err := s.db.ProposeInvitations(r.Context(), r.Actor(), id, f.Again != "")
	if err != nil {
		return err
	}
	return r.Redirect(peoplePath(id) + "?" + peopleDone + "=lap&" + peopleCount + "=" + strconv.Itoa(added))
}

// peopleFilter is a tab of the list.
type peopleFilter string

// The tabs in their order.
const (
	tabEverybody   peopleFilter = ""
	tabDraft       peopleFilter = "chua-moi"
	tabAccepted    peopleFilter = "nhan-loi"
	tabSubstituted peopleFilter = "cu-nguoi-thay"
	tabDeclined    peopleFilter = "bao-vang"
	tabWaiting     peopleFilter = "chua-tra-loi"
	tabStale       peopleFilter = "phai-bao-lai"
	tabWithdrawn   peopleFilter = "da-rut"
)

var peopleFilters = []peopleFilter{
	tabEverybody, tabDraft, tabAccepted, tabSubstituted, tabDeclined, tabWaiting, tabStale, tabWithdrawn,
}

func peopleFilterOf(name string) peopleFilter {
	if f := peopleFilter(name); slices.Contains(peopleFilters, f) {
		return f
	}
	return tabEverybody
}

// count is how many a tab shows.
func (f peopleFilter) count(h plan.Heads) int {
	return map[peopleFilter]int{
		tabEverybody: h.All, tabDraft: h.Draft, tabAccepted: h.Accepted, tabSubstituted: h.Substituted,
		tabDeclined: h.Declined, tabWaiting: h.Waiting, tabStale: h.Stale, tabWithdrawn: h.Withdrawn,
	}[f]
}

// shows reports whether somebody stands in a tab: whoever is to be told again stands there only, beside everybody.
func (f peopleFilter) shows(i plan.Invitation, d doithoai.Dialogue) bool {
	one := []plan.Invitation{i}
	return f.count(plan.HeadsOf(d, one)) > 0
}

// number is somebody's place in the order of those who are invited, from 1.
func (p peopleBase) number(id doithoai.ID) int {
	n := 0
	for _, i := range p.People {
		if i.State != plan.InvitationWithdrawn {
			n++
		}
		if i.ID == id {
			return n
		}
	}
	return n
}
