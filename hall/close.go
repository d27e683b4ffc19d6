package hall

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
)

func (s *site) closeRoutes() []web.Route {
	const (
		at         = "/hoi-truong/{dialogue}" + web.ClosePart
		minutes    = "/hoi-truong/{dialogue}" + web.MinutesPart
		conclusion = "/hoi-truong/{dialogue}" + web.ConclusionPart
	)
	return slices.Concat(
		docfile.Routes(minutes, web.Route{Act: doithoai.ActSeeMinutes, Do: s.minutesFile}),
		docfile.Routes(conclusion, web.Route{Act: doithoai.ActSeeMinutes, Do: s.conclusionFile}),
		[]web.Route{
			{Pattern: "GET " + at, Act: doithoai.ActSeeMinutes, Do: s.sum},
			{Pattern: "POST " + at + "/be-mac", Act: doithoai.ActCloseDialogue, Do: s.closeDialogue},
			{Pattern: "POST " + at + "/diem-danh", Act: doithoai.ActCorrectAttendance, Do: s.correctAttendance},
			{Pattern: "GET " + minutes, Act: doithoai.ActSeeMinutes, Do: s.minutes},
			{Pattern: "POST " + minutes + "/soan", Act: doithoai.ActComposeMinutes, Do: s.composeMinutes},
			{Pattern: "POST " + minutes + "/sua", Act: doithoai.ActCorrectMinutes, Do: s.correctMinutes},
			{Pattern: "POST " + minutes + "/doc-lai", Act: doithoai.ActReadMinutes, Do: s.readMinutes},
			{Pattern: "POST " + minutes + "/khoa", Act: doithoai.ActLockMinutes, Do: s.lockMinutes},
			{Pattern: "POST " + minutes + docfile.NumberAt, Act: doithoai.ActNumberDocument, Do: s.numberMinutes},
			{Pattern: "POST " + conclusion + docfile.NumberAt, Act: doithoai.ActNumberDocument, Do: s.numberConclusion},
			{Pattern: "POST " + conclusion + docfile.BackAt, Act: doithoai.ActWriteConclusion, Do: s.readWordConclusion},
			{Pattern: "POST " + minutes + docfile.BackAt, Act: doithoai.ActCorrectMinutes, Do: s.readWordMinutes},
			{Pattern: "POST " + minutes + takeWordAt, Act: doithoai.ActCorrectMinutes, Do: s.takeWordMinutes},
			{Pattern: "GET " + conclusion, Act: doithoai.ActSeeMinutes, Do: s.conclusion},
			{Pattern: "POST " + conclusion, Act: doithoai.ActWriteConclusion, Do: s.writeConclusion},
		})
}

func closePath(d doithoai.Dialogue) string   { return pathOf(d) + web.ClosePart }
func minutesPath(d doithoai.Dialogue) string { return pathOf(d) + web.MinutesPart }

// sumPage is the sum of a dialogue, what is open in it, what comes next, and its minutes as far as they are.
type sumPage struct {
	*web.Reader
	store.TallyFile
	Unheard  int // opinions without a ruling that were not heard
	Minutes  store.MinutesFile
	Absent   []plan.Invitation // of who was invited and is not noted: for a correction
	Present  []presentGuest    // who is noted
	Close    closeForm
	Late     attendanceForm
	Problems web.Problems
	Refusal  string
	Done     string
}

// presentGuest is somebody who is noted as present, with the name that is known here.
type presentGuest struct {
	doithoai.Attendance
	Shown string
}

// closeForm closes a dialogue.
type closeForm struct {
	Version int    `form:"phien-ban"`
	Hour    string `form:"luc" line:"true"`
}

// attendanceForm corrects who was there.
type attendanceForm struct {
	Number  int    `form:"lan"`
	ID      string `form:"khoa" line:"true"`
	Away    string `form:"khong-du" line:"true"` // the attendance of who was not there; empty: somebody is added
	Version int    `form:"phien-ban"`
	Invited string `form:"dai-bieu" line:"true"`
	Name    string `form:"ho-ten" line:"true"`
	Reason  string `form:"ly-do" line:"true"`
}

func (s *site) loadSum(r *web.Request) (p *sumPage, err error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p = &sumPage{Reader: r.Reader}
	if p.TallyFile, err = s.db.Tally(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	if p.Minutes, err = s.db.ViewMinutes(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	p.Dialogue = p.Minutes.Dialogue
	if p.may(doithoai.ActAnswerLater) && p.Tally.Open() > 0 {
		rows, err := s.db.Unheard(r.Context(), r.Actor(), d.ID)
		if err != nil {
			return nil, err
		}
		p.Unheard = len(rows)
	}
	p.Close = closeForm{Version: p.Dialogue.Version, Hour: clockText(r.Now)}
	p.Late = attendanceForm{Number: len(p.Attendance) + 1, ID: string(store.NewID())}
	if p.may(doithoai.ActCorrectAttendance) && p.Dialogue.May(doithoai.ActCorrectAttendance) {
		err = s.loadGuests(r, p)
	}
	return p, err
}

// loadGuests reads of whom it may be corrected whether they were there.
func (s *site) loadGuests(r *web.Request, p *sumPage) error {
	rec, err := s.db.Reception(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	names := map[doithoai.ID]string{}
	for _, sp := range rec.Speakers {
		names[sp.SlipID] = sp.Name
	}
	for _, i := range rec.Invited {
		names[i.ID] = i.Name
		came := slices.ContainsFunc(rec.Present, func(a doithoai.Attendance) bool { return a.InvitationID == i.ID })
		if !came && i.Name != "" {
			p.Absent = append(p.Absent, i)
		}
	}
	for _, a := range rec.Present {
		g := presentGuest{a, a.Name}
		if g.Shown == "" {
			g.Shown = names[a.InvitationID] + names[a.SlipID]
		}
		if g.Shown != "" {
			p.Present = append(p.Present, g)
		}
	}
	return nil
}

func (p *sumPage) may(act doithoai.Act) bool { return doithoai.MayEver(p.Actor(), act) }

// sum answers GET /hoi-truong/{dialogue}/tong-hop.
func (s *site) sum(r *web.Request) error {
	p, err := s.loadSum(r)
	if err != nil {
		return err
	}
	p.Done = r.FormValue("xong")
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// sumRefused shows the page with what keeps a form from being done.
func (s *site) sumRefused(r *web.Request, p *sumPage, err error) error {
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}

// closeDialogue records when the dialogue ended, on its day.
func (s *site) closeDialogue(r *web.Request) error {
	p, err := s.loadSum(r)
	if err != nil {
		return err
	}
	var f closeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	clock, err := calendar.ReadClock(f.Hour)
	if err != nil {
		err = doithoai.RefuseForm([]doithoai.Problem{{Field: "luc", Key: "plan.dialogue.problem.moment"}})
	} else {
		day := firstDay(p.Dialogue)
		at := sameMinute(clock.On(day), p.Dialogue.StartedAt)
		_, err = s.db.CloseDialogue(r.Context(), r.Actor(), p.Dialogue.ID, f.Version, at)
	}
	if err == nil {
		return r.Redirect(closePath(p.Dialogue) + "?xong=" + string(doithoai.ActCloseDialogue))
	}
	p.Close.Hour = f.Hour
	return s.sumRefused(r, p, err)
}

// firstDay is the day on which a dialogue is, or was, held.
func firstDay(d doithoai.Dialogue) calendar.Date {
	if !d.StartedAt.IsZero() {
		return d.StartedAt.Date()
	}
	return d.StartsAt.Date()
}

// correctAttendance corrects who was there, after the dialogue.
func (s *site) correctAttendance(r *web.Request) error {
	p, err := s.loadSum(r)
	if err != nil {
		return err
	}
	var f attendanceForm
	if err := r.Form(&f); err != nil {
		return err
	}
	c := doithoai.AttendanceChange{DialogueID: p.Dialogue.ID, Number: f.Number, Added: f.Away == "", Reason: f.Reason}
	a := doithoai.Attendance{ID: doithoai.ID(f.ID), InvitationID: doithoai.ID(f.Invited), Name: f.Name}
	if f.Away != "" {
		id, version, _ := strings.Cut(f.Away, "/")
		n, _ := strconv.Atoi(version) // what is no version is none's
		a = doithoai.Attendance{ID: doithoai.ID(id), Version: n}
	}
	if a.ID == "" {
		a.ID = doithoai.ID(p.Late.ID)
	}
	if err = s.db.CorrectAttendance(r.Context(), r.Actor(), c, a); err == nil {
		return r.Redirect(closePath(p.Dialogue) + "?xong=" + string(doithoai.ActCorrectAttendance))
	}
	if doithoai.KindOf(err) == doithoai.NotFound { // somebody else was quicker
		err = doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	f.Number, f.ID = p.Late.Number, p.Late.ID
	p.Late = f
	return s.sumRefused(r, p, err)
}

// openHref is where something open in a row is mended: the first opinion, for who may.
func (p *sumPage) openHref() (first store.OpenOpinion, ok bool) {
	if !p.may(doithoai.ActRecordOpinion) {
		return first, false
	}
	for _, part := range p.Open {
		if len(part.Shown) > 0 {
			return part.Shown[0], true
		}
	}
	return first, false
}

// whyUnlocked says what still keeps the minutes from being locked; empty: nothing does.
func (p *sumPage) whyUnlocked() string {
	m := p.Minutes
	switch {
	case p.Dialogue.ClosedAt.IsZero():
		return p.T("close.lock.running")
	case p.Tally.Open() > 0:
		return p.T("close.lock.open", "count", p.Tally.Open())
	case !p.Tally.Adds():
		return p.T("close.lock.differs")
	case m.Minutes.Version == 0:
		return p.T("close.lock.none")
	case m.Stale:
		return p.T("close.lock.stale")
	case m.Minutes.State == doithoai.MinutesDraft:
		return p.T("close.lock.unread")
	}
	return ""
}
