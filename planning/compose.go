package planning

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// composer writes the texts of a dialogue from what is known of it: official papers, in Vietnamese whatever the
// reader's language. One paragraph a line.
type composer struct {
	text.Printer
	Reader    *web.Reader
	Authority doithoai.Authority
	Dialogue  doithoai.Dialogue
	Plan      *plan.Plan // nil where it has no page
	Office    doithoai.Unit
	Villages  []string // the cluster's; none: the whole commune
	Rules     doithoai.Rules
	lines     []string
}

func (s *site) composer(r *web.Request, d doithoai.Dialogue) (c *composer, err error) {
	ctx := r.Context()
	c = &composer{Printer: text.For("vi"), Reader: r.Reader, Authority: r.Authority, Dialogue: d}
	if c.Rules, err = s.db.Rules(ctx, r.Authority.ID); err != nil {
		return nil, err
	}
	var of store.PublicPlan
	switch of, err = s.db.PlanByID(ctx, r.Authority.ID, d.PlanID); {
	case err == nil:
		c.Plan = &of.Plan
	case doithoai.KindOf(err) != doithoai.NotFound:
		return nil, err
	}
	units, err := s.db.Units(ctx, r.Authority.ID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(units, func(u doithoai.Unit) bool { return u.Office }); i >= 0 {
		c.Office = units[i]
	}
	villages, err := s.db.Villages(ctx, r.Authority.ID)
	for _, v := range villages {
		if slices.Contains(d.Villages, v.ID) {
			c.Villages = append(c.Villages, v.Name)
		}
	}
	return c, err
}

// compose writes a text of a kind.
func (c *composer) compose(kind plan.TextKind) string {
	c.lines = nil
	switch kind {
	case plan.TextAnnouncement:
		c.announcement()
	case plan.TextHouseRules:
		c.houseRules()
	case plan.TextHost:
		c.hostWords()
	}
	return strings.Join(c.lines, "\n")
}

func (c *composer) add(key string, args ...any) {
	c.lines = append(c.lines, c.T("planning."+key, args...))
}

// point adds a numbered paragraph.
func (c *composer) point(n *int, key string, args ...any) {
	*n++
	c.lines = append(c.lines, fmt.Sprintf("%d. %s", *n, c.T("planning."+key, args...)))
}

func (c *composer) when(at calendar.Instant) string { return c.DateTime(calendar.Civil(at)) }

// title is the dialogue's name within a sentence.
func (c *composer) title() string { return lowerFirst(c.Dialogue.Title) }

func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}

// planned names the plan on which the dialogue rests.
func (c *composer) planned() string {
	if c.Plan == nil {
		return c.T("planning.announce.no_plan")
	}
	if c.Plan.Number == "" {
		return c.T("planning.announce.plan", "date", c.Date(c.Plan.Date.Time()), "authority", c.Authority.Name)
	}
	return c.T("planning.announce.plan_number", "number", c.Plan.Number+"/"+c.Plan.Symbol,
		"date", c.Date(c.Plan.Date.Time()), "authority", c.Authority.Name)
}

// announcement says when, where, about what, who may come, and how to ask (Luật 72/2025 Đ.43 k.2).
func (c *composer) announcement() {
	d, n := c.Dialogue, 0
	c.add("announce.opening", "plan", c.planned(), "authority", c.Authority.Name, "title", c.title())
	c.point(&n, "announce.when", "when", c.when(d.StartsAt), "weekday", c.Weekday(d.StartsAt.Date().Time()))
	if !d.DoorsAt.IsZero() && d.DoorsAt.Before(d.StartsAt) {
		c.add("announce.doors", "time", c.Time(calendar.Civil(d.DoorsAt)))
	}
	if d.Form == doithoai.FormDirect || d.Form == doithoai.FormMixed {
		c.point(&n, "announce.where", "venue", d.Venue)
	} else {
		c.point(&n, "announce.where_online", "link", d.Link)
	}
	if d.Form == doithoai.FormMixed && d.Link != "" {
		c.add("announce.also_online", "link", d.Link)
	}
	c.point(&n, "announce.about_dialogue")
	topics := c.topics()
	for _, t := range topics {
		c.lines = append(c.lines, "- "+t)
	}
	c.point(&n, "announce.chair", "chair", d.Chair)
	if d.CoChair != "" {
		c.add("announce.co_chair", "name", d.CoChair)
	}
	if d.WithFront {
		c.add("announce.front")
	}
	if len(c.Villages) > 0 {
		c.point(&n, "announce.cluster", "villages", strings.Join(c.Villages, ", "))
	} else {
		c.point(&n, "announce.everybody")
	}
	c.point(&n, "announce.ask", "address", c.Authority.Address)
	if page := c.Reader.Link("/gui-y-kien"); page != "" {
		c.add("announce.ask_web", "page", page)
	}
	c.add("announce.until", "until", c.when(d.SlipsUntil))
	c.point(&n, "announce.absent")
	c.point(&n, "announce.contact", "contact", c.contact())
	c.point(&n, "announce.please")
	c.add("announce.closing")
}

// topics are those of the plan, else the kinds of the dialogue.
func (c *composer) topics() (list []string) {
	if c.Plan != nil {
		list = c.Plan.Texts(plan.KindTopics)
	}
	if len(list) == 0 {
		for _, k := range c.Dialogue.Kinds {
			list = append(list, c.T("plan.dialogue.kind."+string(k)))
		}
	}
	return list
}

// contact is whom to ask: who is named for the dialogue, else the office.
func (c *composer) contact() string {
	if c.Dialogue.Contact != "" {
		return c.Dialogue.Contact
	}
	phone := c.Office.Phone
	if phone == "" {
		phone = c.Authority.Phone
	}
	who := c.Office.Contact
	if who == "" {
		who = c.Office.Name
	}
	return who + ", " + c.Phone(phone)
}

// minutes is a parameter of the hall as in force on the dialogue's day; empty where none is.
func (c *composer) minutes(key string) string {
	rule, ok := c.Rules.Parameters.At(key, c.Dialogue.StartsAt.Date())
	if !ok {
		return ""
	}
	return rule.Value
}

// houseRules are those of a dialogue (nội quy). How long one may speak is a parameter; the decree on receiving citizens
// is named only where it is in force on the dialogue's day.
func (c *composer) houseRules() {
	n := 0
	c.point(&n, "rules.register")
	c.point(&n, "rules.speak")
	if minutes := c.minutes(doithoai.ParameterSpeaking); minutes != "" {
		c.point(&n, "rules.minutes", "minutes", minutes)
	}
	c.point(&n, "rules.scope")
	c.point(&n, "rules.complaints")
	c.point(&n, "rules.honest")
	c.point(&n, "rules.safe")
	recording := "rules.recording"
	if _, ok := c.Rules.Parameters.At("online.notice", c.Dialogue.StartsAt.Date()); ok { // of the same decree
		recording = "rules.recording_decree"
	}
	c.point(&n, recording)
	c.point(&n, "rules.phones")
	if c.Dialogue.Form != doithoai.FormDirect {
		c.point(&n, "rules.online")
	}
}

// hostWords lead through the programme step by step, to be read aloud.
func (c *composer) hostWords() {
	d := c.Dialogue
	c.add("host.welcome")
	c.add("host.reason", "plan", c.planned(), "when", c.when(d.StartsAt), "venue", placeOf(d),
		"authority", c.Authority.Name, "title", c.title())
	c.add("host.chair", "chair", d.Chair)
	if d.CoChair != "" {
		c.add("host.co_chair", "name", d.CoChair)
	}
	if d.Secretary != "" {
		c.add("host.secretary", "name", d.Secretary)
	}
	for _, s := range d.StepTimes() {
		step := fmt.Sprintf("(%s) ", calendar.ClockOf(s.At).String())
		title := strings.TrimRight(s.Title, ".; ")
		if s.Presenter == "" {
			step += c.T("planning.host.step", "title", title)
		} else {
			step += c.T("planning.host.invite", "title", title, "name", s.Presenter)
		}
		c.lines = append(c.lines, step)
	}
	c.add("host.end", "authority", c.Authority.Name)
}
