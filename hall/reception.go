package hall

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

func (s *site) receptionRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + web.ReceptionPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeReception, Do: s.reception},
		{Pattern: "GET " + at + "/danh-sach", Act: doithoai.ActSeeReception, Do: s.arrivals},
		{Pattern: "POST " + at + "/co-mat", Act: doithoai.ActCheckIn, Do: s.checkIn},
		{Pattern: "POST " + at + "/ma", Act: doithoai.ActCheckIn, Do: s.checkInByCode},
		{Pattern: "POST " + at + "/bo", Act: doithoai.ActUndoCheckIn, Do: s.undoCheckIn},
		{Pattern: "POST " + at + "/chu-tri", Act: doithoai.ActChangePresiding, Do: s.changePresiding},
	}
}

func receptionPath(d doithoai.Dialogue) string { return pathOf(d) + web.ReceptionPart }

// guest is somebody who is expected, or who came.
type guest struct {
	Key      string // of the form: whom it notes as present
	Name     string // "": a place for which nobody was named
	Facts    string // what they are, and why they are on the list
	Group    string // which count they belong to
	Find     string // the name, by which they are found, without marks
	More     string // what else finds them
	Invited  bool   // somebody may come in their place
	Present  *doithoai.Attendance
	NotComes bool // they said that they do not come
}

// foundBy reports whether a word begins one of the name; a longer one may begin one of what else finds the guest.
func (g guest) foundBy(word string) bool {
	in := " " + g.Find
	if len([]rune(word)) > nameLetters || strings.ContainsAny(word, "0123456789") {
		in += " " + g.More
	}
	return strings.Contains(in, " "+word)
}

// nameLetters are few enough to find names alone; narrow.ts has the same.
const nameLetters = 2

// headcount is how many of a group are there.
type headcount struct {
	Key, Name   string
	Here, Total int // Total 0: nobody can say
}

// Groups that are none of the plan's.
const (
	groupSpeakers = "dang-ky"
	groupPeople   = "nguoi-dan"
)

// receptionPage is who is expected and who is there.
type receptionPage struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Villages  []doithoai.Village
	Guests    []guest
	Groups    []headcount
	Presiding []doithoai.Presiding
	Version   string // of the dialogue's topic, read before the rows
	Open      bool   // it is the dialogue's day
	Query     string
	Group     string // whose guests alone are shown
	For       string // key of whom somebody comes in place of
	Form      arrivalForm
	Change    presidingForm
	Problems  web.Problems
	Warning   string
	Scan      bool         // codes are scanned one after the other: the cursor waits for the next
	Done      doithoai.Act // that led here
}

// arrivalForm notes somebody as present.
type arrivalForm struct {
	ID      string `form:"khoa" line:"true"`
	Who     string `form:"co-mat" line:"true"` // key of a guest; empty: somebody on no list
	Name    string `form:"ho-ten" line:"true"`
	Title   string `form:"chuc-vu" line:"true"`
	Village string `form:"thon" line:"true"` // an id, or elsewhere
	Speaks  string `form:"phat-bieu" line:"true"`
}

// elsewhere is who comes from no village of the commune.
const elsewhere = "noi-khac"

// presidingForm notes that somebody else presides.
type presidingForm struct {
	Number int    `form:"lan"`
	Name   string `form:"chu-tri" line:"true"`
	From   string `form:"gio" line:"true"`
	Reason string `form:"ly-do" line:"true"`
	Paper  string `form:"van-ban" line:"true"`
}

func (s *site) loadReception(r *web.Request) (*receptionPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &receptionPage{
		Reader: r.Reader, Dialogue: d, Version: s.live.Version(topicOf(d.ID)), Open: d.ReceptionOpen(r.Now) == nil,
	}
	rec, err := s.db.Reception(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return nil, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Presiding = rec.Presiding
	p.gather(rec)
	p.Form.ID = string(store.NewID())
	return p, nil
}

// gather puts together who is expected with who came, and counts them.
func (p *receptionPage) gather(rec store.Reception) {
	came := map[string]*doithoai.Attendance{}
	for i := range rec.Present {
		a := &rec.Present[i]
		came[keyOfAttendance(*a)] = a
	}
	add := func(g guest) {
		g.Present = came[g.Key]
		if g.Present != nil && g.Present.Name != "" && g.Invited { // somebody else came
			g.Facts = p.T("reception.stands_for", "name", g.Name, "facts", g.Facts)
			g.Name = g.Present.Name
		}
		g.Find, g.More = text.NearKey(g.Name), text.NearKey(g.Facts)
		p.Guests = append(p.Guests, g)
	}
	for _, i := range rec.Invited {
		group := "m" + strconv.Itoa(i.Point)
		add(guest{
			Key: "i-" + string(i.ID), Name: i.Name, Facts: i.Seat(), Group: group, Invited: true,
			NotComes: i.State == plan.InvitationDeclined,
		})
		p.count(group, cmp.Or(i.PointText, p.T("reception.group.others")))
	}
	for _, sp := range rec.Speakers {
		g := guest{
			Key: "s-" + string(sp.SlipID), Name: sp.Name, Group: groupPeople, Facts: web.Joined(sp.Village, string(sp.Number)),
		}
		if sp.Speaks {
			g.Group = groupSpeakers
			g.Facts = web.Joined(sp.Village, p.T("reception.registered", "number", string(sp.Number)))
			p.count(groupSpeakers, p.T("reception.group.speakers"))
		}
		add(g)
	}
	listed := make(map[string]bool, len(p.Guests))
	for _, g := range p.Guests {
		listed[g.Key] = true
	}
	for _, a := range rec.Present {
		if listed[keyOfAttendance(a)] {
			continue
		}
		g := guest{Key: keyOfAttendance(a), Name: a.Name, Group: groupPeople, Facts: p.T("reception.by_slip")}
		if a.WalkIn() {
			speaks := ""
			if a.Speaks {
				speaks = p.T("reception.speaks")
			}
			g.Facts = web.Joined(p.village(a.VillageID), speaks)
		}
		add(g)
	}
	p.Groups = append(p.Groups, headcount{Key: groupPeople, Name: p.T("reception.group.people")})
	for _, g := range p.Guests {
		if i := slices.IndexFunc(p.Groups, func(h headcount) bool { return h.Key == g.Group }); g.Present != nil && i >= 0 {
			p.Groups[i].Here++
		}
	}
	slices.SortStableFunc(p.Guests, func(a, b guest) int { // who is still to come first
		switch {
		case (a.Present == nil) == (b.Present == nil):
			return text.Compare(a.Name, b.Name)
		case a.Present == nil:
			return -1
		}
		return 1
	})
}

// count adds one who is expected to a group.
func (p *receptionPage) count(key, name string) {
	i := slices.IndexFunc(p.Groups, func(h headcount) bool { return h.Key == key })
	if i < 0 {
		i = len(p.Groups)
		p.Groups = append(p.Groups, headcount{Key: key, Name: name})
	}
	p.Groups[i].Total++
}

// keyOfAttendance is the key of the guest who came.
func keyOfAttendance(a doithoai.Attendance) string {
	switch {
	case a.InvitationID != "":
		return "i-" + string(a.InvitationID)
	case a.SlipID != "":
		return "s-" + string(a.SlipID)
	}
	return "a-" + string(a.ID)
}

func (p *receptionPage) village(id doithoai.ID) string {
	for _, v := range p.Villages {
		if v.ID == id {
			return v.Name
		}
	}
	return p.T("reception.elsewhere")
}

// shown are the guests whom the page lists: of a group, or found by each word that was typed.
func (p *receptionPage) shown() (list []guest) {
	words := strings.Fields(text.NearKey(p.Query))
	for _, g := range p.Guests {
		misses := slices.ContainsFunc(words, func(w string) bool { return !g.foundBy(w) })
		if !misses && (p.Group == "" || g.Group == p.Group) {
			list = append(list, g)
		}
	}
	return list
}

// here counts who is there.
func (p *receptionPage) here() (n int) {
	for _, g := range p.Guests {
		if g.Present != nil {
			n++
		}
	}
	return n
}

func (p *receptionPage) guest(key string) (guest, bool) {
	i := slices.IndexFunc(p.Guests, func(g guest) bool { return g.Key == key })
	if i < 0 {
		return guest{}, false
	}
	return p.Guests[i], true
}

// reception answers GET /hoi-truong/{dialogue}/don-tiep.
func (s *site) reception(r *web.Request) error {
	p, err := s.loadReception(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	p.Scan = q.Get("quet") != ""
	p.Query, p.Group, p.For, p.Done = q.Get("tim"), q.Get("nhom"), q.Get("thay"), doithoai.Act(q.Get("xong"))
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// arrivals answers with the list and the counts alone, for pages that are open.
func (s *site) arrivals(r *web.Request) error {
	p, err := s.loadReception(r)
	if err != nil {
		return err
	}
	p.Query, p.Group = r.URL.Query().Get("tim"), r.URL.Query().Get("nhom")
	r.Private()
	return r.Page(http.StatusOK, p.fragment())
}

// checkIn notes somebody of a list, somebody in their place, or somebody on no list.
func (s *site) checkIn(r *web.Request) error {
	p, err := s.loadReception(r)
	if err != nil {
		return err
	}
	var f arrivalForm
	if err := r.Form(&f); err != nil {
		return err
	}
	f.ID = cmp.Or(f.ID, p.Form.ID) // of who is on a list none comes: they are one by their place on it
	a := doithoai.Attendance{ID: doithoai.ID(f.ID), DialogueID: p.Dialogue.ID, Name: f.Name, Title: f.Title}
	switch id := strings.TrimPrefix(f.Who, "i-"); {
	case f.Who == "":
		a.Title, a.Speaks = "", f.Speaks != ""
		if f.Village == "" && p.Open {
			err = doithoai.RefuseForm(append(a.Problems(), doithoai.Problem{Field: "thon", Key: "reception.problem.village"}))
		} else if f.Village != elsewhere {
			a.VillageID = doithoai.ID(f.Village)
		}
	case id != f.Who:
		a.InvitationID = doithoai.ID(id)
	default:
		a.SlipID, a.Name, a.Title = doithoai.ID(strings.TrimPrefix(f.Who, "s-")), "", ""
	}
	if err == nil {
		err = s.db.CheckIn(r.Context(), r.Actor(), a)
	}
	if err == nil {
		return r.Redirect(receptionPath(p.Dialogue) + "?xong=" + string(doithoai.ActCheckIn))
	}
	fresh := p.Form.ID
	p.Form = f
	if doithoai.KindOf(err) == doithoai.Conflict { // another stands under the form's id: what was typed may be sent again
		p.Form.ID = fresh
	}
	if f.Who != "" {
		p.For = f.Who
	}
	return s.receptionRefused(r, p, err)
}

// checkInByCode notes whose code was scanned into the field, or typed. What a scanner sends is the address in the QR.
func (s *site) checkInByCode(r *web.Request) error {
	p, err := s.loadReception(r)
	if err != nil {
		return err
	}
	var f struct {
		Code string `form:"ma" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	err = doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: "reception.problem.code"}})
	for _, code := range web.ReceiptCodes(f.Code) {
		a := doithoai.Attendance{ID: store.NewID(), DialogueID: p.Dialogue.ID}
		if err = s.db.CheckInByCode(r.Context(), r.Actor(), a, code); doithoai.KindOf(err) != doithoai.Invalid {
			break
		}
	}
	if err == nil {
		return r.Redirect(receptionPath(p.Dialogue) + "?xong=" + string(doithoai.ActCheckIn) + "&quet=1")
	}
	if !p.Open { // said first
		err = p.Dialogue.ReceptionOpen(r.Now)
	}
	p.Scan = true
	return s.receptionRefused(r, p, err)
}

func (s *site) undoCheckIn(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	var f struct {
		ID      string `form:"bo" line:"true"`
		Version int    `form:"phien-ban"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	err = s.db.UndoCheckIn(r.Context(), r.Actor(), d.ID, doithoai.ID(f.ID), f.Version)
	switch doithoai.KindOf(err) {
	case doithoai.NotFound: // nobody is named
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	case doithoai.Conflict:
	default:
		if err != nil {
			return err
		}
	}
	if err != nil { // somebody else took it back, or the day is over
		p, loaded := s.loadReception(r)
		if loaded != nil {
			return loaded
		}
		return s.receptionRefused(r, p, err)
	}
	return r.Redirect(receptionPath(d) + "?xong=" + string(doithoai.ActUndoCheckIn))
}

func (s *site) changePresiding(r *web.Request) error {
	p, err := s.loadReception(r)
	if err != nil {
		return err
	}
	var f presidingForm
	if err := r.Form(&f); err != nil {
		return err
	}
	change := doithoai.Presiding{
		DialogueID: p.Dialogue.ID, Number: f.Number, Name: f.Name, Reason: f.Reason, Paper: f.Paper,
	}
	if clock, err := calendar.ReadClock(f.From); err == nil {
		day := p.Dialogue.StartsAt.Date()
		change.From = clock.On(day)
	}
	if err = s.db.ChangePresiding(r.Context(), r.Actor(), change); err == nil {
		return r.Redirect(receptionPath(p.Dialogue) + "?xong=" + string(doithoai.ActChangePresiding))
	}
	p.Change = f
	return s.receptionRefused(r, p, err)
}

// receptionRefused shows what is wrong with a form, which comes back as it was typed.
func (s *site) receptionRefused(r *web.Request, p *receptionPage, err error) error {
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = p.Reader.Problems(err); !p.Problems.Any() {
		p.Warning = web.RefusalWords(p.Reader, err)
	}
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}
