package office

import (
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// Addresses of what is urged, and told, many at once; a unit's letter follows the first by the unit's id.
const (
	urgePath   = web.DeskPath + "/don-doc"
	statusPath = web.DeskPath + "/bao-tinh-hinh"
)

// vietnamese is the language of what goes out on paper, whoever prints it.
var vietnamese = text.For("vi")

// urgingForm urges the unit of one opinion, or those of many.
type urgingForm struct {
	Seen   int    `form:"don-doc-lan"` // how often it was urged, as the page showed it
	Route  string `form:"don-doc-cach" line:"true"`
	Number string `form:"don-doc-so" line:"true"`
	Dated  string `form:"don-doc-ngay-van-ban" line:"true" day:"true"`
	Day    string `form:"don-doc-ngay" line:"true" day:"true"`
	Clock  string `form:"don-doc-gio" line:"true"`
	Taken  string `form:"don-doc-nguoi-nhan" line:"true"`
	Words  string `form:"don-doc-noi-dung"`
}

// urging is what the form says. A day or an hour that is none is no moment: the rule asks for it.
func (f urgingForm) urging() doithoai.Urging {
	u := doithoai.Urging{
		Route: doithoai.UrgingRoute(f.Route), DocNumber: f.Number, Dated: web.TypedDate(f.Dated), TakenBy: f.Taken,
		Words: f.Words,
	}
	clock, err := calendar.ReadClock(f.Clock)
	if day := web.TypedDate(f.Day); err == nil && !day.IsZero() {
		u.HeldAt = clock.On(day)
	}
	return u
}

// urgingReplyForm is what a unit says to an urging.
type urgingReplyForm struct {
	Seen  int    `form:"tra-loi-don-doc-lan"` // how many replies there were, as the page showed it
	Cause string `form:"tra-loi-don-doc"`
	Until string `form:"tra-loi-don-doc-hen" line:"true" day:"true"`
	From  string `form:"tra-loi-don-doc-nguoi" line:"true"`
}

func urgingOf(f *forms) *urgingForm { return &f.Urging }

func urgingReplyOf(f *forms) *urgingReplyForm { return &f.UrgingReply }

func urgingTexts(f forms) []keptText { return []keptText{{"urging.words", f.Urging.Words}} }

func urgingReplyTexts(f forms) []keptText {
	return []keptText{{"urging.reply.cause", f.UrgingReply.Cause}}
}

func (s *site) urgePetition(r *web.Request, id doithoai.ID, f urgingForm) error {
	return s.db.UrgePetition(r.Context(), r.Actor(), id, f.Seen, f.urging())
}

func (s *site) replyUrging(r *web.Request, id doithoai.ID, f urgingReplyForm) error {
	number, err := strconv.Atoi(r.PathValue("urging"))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return s.db.ReplyUrging(r.Context(), r.Actor(), id, number, f.Seen, doithoai.UrgingReply{
		Cause: f.Cause, Until: web.TypedDate(f.Until), From: f.From,
	})
}

// rung is the step of the ladder that the petition has reached.
func (p opinionPage) rung() doithoai.Rung { return p.outlook.rules.Rung(p.Petition, p.Today()) }

// urging reports whether the form is shown by which the unit is urged.
func (p opinionPage) urging() bool {
	return p.rung() != doithoai.RungNone && p.can(doithoai.ActUrgePetition) && p.can(doithoai.ActSeeNotes)
}

// replying reports whether the form of a reply is shown.
func (p opinionPage) replying() bool {
	return p.Petition != nil && p.Petition.Open() && len(p.Urgings) > 0 && p.can(doithoai.ActReplyUrging)
}

// tellsUrging reports whether the officer writes down what the unit said.
func (p opinionPage) tellsUrging() bool { return doithoai.TellsUrging(p.Actor(), p.Subject) }

// rungName is what urging at a step of the ladder is called.
func rungName(r *web.Reader, rung doithoai.Rung) string { return r.T("urging.rung." + string(rung)) }

// urgedWords say how often a unit was urged; "" where it never was.
func urgedWords(r *web.Reader, n int) string {
	if n == 0 {
		return ""
	}
	return r.T("urging.times", "count", n)
}

// urgingHere is the form of an urging: as it was typed where it was refused, else with the words proposed.
func (p opinionPage) urgingHere() urgingForm {
	if p.Forms.typed == doithoai.ActUrgePetition {
		return p.Forms.Urging
	}
	f := newUrging(p.Reader)
	f.Seen = len(p.Urgings)
	vi := inVietnamese(p.Reader)
	how, _ := vi.Due(p.outlook.rules.Calendar, p.Petition.Due)
	f.Words = vi.T("urging.proposed", "unit", p.Unit.Name, "number", string(p.Opinion.Number),
		"due", vi.Date(p.Petition.Due), "how", how, "by", reportBy(vi, p.outlook.rules.Calendar))
	return f
}

// inVietnamese is the reader of a page in Vietnamese: what goes to a unit is written so.
func inVietnamese(r *web.Reader) *web.Reader {
	vi := *r
	vi.Text = vietnamese
	return &vi
}

// newUrging is the form of an urging of this minute.
func newUrging(r *web.Reader) urgingForm {
	now := calendar.Civil(r.Now)
	return urgingForm{
		Day: r.Date(r.Today()), Clock: calendar.Clock(now.Hour()*60 + now.Minute()).String(), Dated: r.Date(r.Today()),
	}
}

// reportBy is until when a unit that is urged is asked to report: the end of the next working day.
func reportBy(r *web.Reader, c calendar.Calendar) string {
	day := c.AddWorkdays(r.Today(), 1)
	if hours := c.HoursOn(day); len(hours) > 0 {
		at := hours[len(hours)-1].Closes.On(day)
		return r.T("urging.by", "time", r.Time(at), "date", r.Date(day))
	}
	return r.T("urging.by_day", "date", r.Date(day))
}

// urgingReplyHere is the form of a reply to an urging: as it was typed where it was refused, else an empty one.
func (p opinionPage) urgingReplyHere(u doithoai.Urging) urgingReplyForm {
	if p.Forms.typed == doithoai.ActReplyUrging && p.Replying == strconv.Itoa(u.Number) {
		return p.Forms.UrgingReply
	}
	return urgingReplyForm{Seen: len(u.Replies)}
}

// replies reports whether the form of a reply stands under an urging: the last one, or the one whose form was refused.
func (p opinionPage) replies(u doithoai.Urging) bool {
	return p.replying() && (u.Number == len(p.Urgings) && p.Replying == "" || p.Replying == strconv.Itoa(u.Number))
}

// routeWords say how somebody urged: by which paper, or when, and who took it.
func routeWords(r *web.Reader, u doithoai.Urging) string {
	words := r.T("urging.route." + string(u.Route))
	if u.DocNumber != "" {
		words = r.T("urging.paper", "number", u.DocNumber, "date", r.Date(u.Dated))
	} else if !u.HeldAt.IsZero() {
		words += ", " + r.DateTime(u.HeldAt)
	}
	if u.TakenBy != "" {
		words = web.Joined(words, r.T("urging.taken_by", "who", u.TakenBy))
	}
	return words
}

func (p opinionPage) urgingFacts(f doithoai.Facts) []string {
	u := doithoai.Urging{Route: f.Route, DocNumber: f.Number, Dated: f.Dated, HeldAt: f.HeldAt}
	return []string{
		p.T("urging.timeline", "number", f.UnitUrging, "rung", rungName(p.Reader, f.Rung), "unit", p.unitName(f.Unit)),
		routeWords(p.Reader, u) + ".",
	}
}

func (p opinionPage) replyFacts(f doithoai.Facts) []string {
	return []string{p.T("urging.timeline_reply", "number", f.UnitUrging, "until", p.DateShort(f.Until))}
}

func routeChoices(r *web.Reader, paper ui.Pair) (list []ui.Choice) {
	for _, route := range doithoai.UrgingRoutes {
		c := ui.Choice{Value: string(route), Text: r.T("urging.route." + string(route))}
		if route == doithoai.RoutePaper {
			c.Conditional = paper
		}
		list = append(list, c)
	}
	return list
}

// urgedTasks are the urgings to which the officer's unit has not replied; more reports whether there are others.
func (s *site) urgedTasks(r *web.Request) (tasks []task, more bool, err error) {
	if !r.Actor().Has(doithoai.RoleUnitOfficer) {
		return nil, false, nil
	}
	rows, more, err := s.db.UnansweredUrgings(r.Context(), r.Actor())
	for _, row := range rows {
		if doithoai.TellsUrging(r.Actor(), row.Subject()) {
			continue
		}
		tasks = append(tasks, task{
			Title: row.Title(), Number: row.Opinion.Number, Turn: "urged",
			Href: web.OpinionPath(row.Opinion.Number) + partUrging, Unit: row.Unit, Village: row.Village, Due: row.Petition.Due,
		})
	}
	return tasks, more, err
}

// fillUrging reads for the office what is to be urged today, the longest late first.
func (s *site) fillUrging(r *web.Request, p *deskPage) error {
	if !r.Actor().Has(doithoai.RoleOffice) {
		return nil
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	rows, beyond, err := s.db.Register(r.Context(), r.Actor(), store.Filter{Tab: store.TabUrge, Limit: deskTasks})
	p.UrgeMore = beyond.More
	for _, row := range rows {
		p.Urge = append(p.Urge, task{
			Title: row.Title(), Number: row.Opinion.Number, Turn: "urge", Unit: row.Unit, Due: row.Petition.Due,
			Href: web.OpinionPath(row.Opinion.Number) + partUrging, Village: urgedWords(r.Reader, row.Urged),
			Rung: rules.Rung(row.Petition, r.Today()),
		})
	}
	return err
}

// counted is the title of a part of the desk with how much is in it.
func (p deskPage) counted(title string, tasks []task, more bool) string {
	count := p.Text.Number(len(tasks))
	if more {
		count = p.T("web.count.more", "number", count)
	}
	return p.T(title) + " " + count
}

func (p deskPage) urgeRows() (rows []ui.WorkRow) {
	for _, t := range shown(p.Urge) {
		rows = append(rows, ui.WorkRow{
			Number: string(t.Number), Title: t.Title, Href: t.Href, Under: t.Village, Late: p.late(t),
			Cells: []ui.WorkCell{
				{Text: t.Unit}, {Rich: p.until(t.Due)},
				{Rich: ui.Button{
					Text: rungName(p.Reader, t.Rung), Hidden: string(t.Number), Href: t.Href, Kind: ui.Secondary,
				}},
			},
		})
	}
	return rows
}
