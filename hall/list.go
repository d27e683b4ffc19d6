package hall

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// list is the left side of the console and the strip on top: both are fetched anew when something changed.
type list struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Rules     doithoai.Rules
	Rows      []store.HallRow // in the order received
	Denounced doithoai.Count
	Links     hallLinks
	Version   string // of the dialogue's topic, read before the rows
	// Open is in the middle of the console; New was recorded or ruled just now.
	Open, New doithoai.RegisterNumber
}

func (s *site) listOf(r *web.Request, d doithoai.Dialogue) (l list, err error) {
	l = list{Reader: r.Reader, Dialogue: d, Version: s.live.Version(topicOf(d.ID))}
	if l.Rows, err = s.db.DialogueOpinions(r.Context(), r.Actor(), d.ID); err != nil {
		return l, err
	}
	if l.Denounced, err = s.db.Denunciations(r.Context(), r.Actor()); err != nil {
		return l, err
	}
	l.Rules, err = s.db.Rules(r.Context(), r.Authority.ID)
	return l, err
}

// opinions answers GET /hoi-truong/{dialogue}/danh-sach: the list and the strip alone, for pages that are open.
func (s *site) opinions(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	l, err := s.listOf(r, d)
	if err != nil {
		return err
	}
	l.Open, l.New = doithoai.RegisterNumber(r.FormValue("mo")), doithoai.RegisterNumber(r.FormValue("so"))
	u, err := s.runOf(r, d)
	if err != nil {
		return err
	}
	if l.Links, err = s.linksOf(r, l.Rows, u); err != nil {
		return err
	}
	return r.Page(http.StatusOK, l.fragment(&u))
}

// row finds an opinion of the list.
func (l *list) row(n doithoai.RegisterNumber) (store.HallRow, bool) {
	for _, row := range l.Rows {
		if row.Opinion.Number == n {
			return row, true
		}
	}
	return store.HallRow{}, false
}

// ruled lists the opinions that have a ruling, or those that have none.
func (l *list) ruled(yes bool) (rows []store.HallRow) {
	for _, row := range l.Rows {
		if (row.Opinion.Ruling != "") == yes {
			rows = append(rows, row)
		}
	}
	return rows
}

// next is the opinion without a ruling that follows one in the order received, or else the first; false where only this
// one is left.
func (l *list) next(after doithoai.RegisterNumber) (doithoai.RegisterNumber, bool) {
	var first doithoai.RegisterNumber
	passed := false
	for _, row := range l.Rows {
		n := row.Opinion.Number
		switch {
		case n == after:
			passed = true
		case row.Opinion.Ruling != "":
		case passed:
			return n, true
		case first == "":
			first = n
		}
	}
	return first, first != ""
}

// heard counts what was said in the hall.
func (l *list) heard() (n int) {
	for _, row := range l.Rows {
		if row.Opinion.Channel.Spoken() {
			n++
		}
	}
	return n
}

// source is where the page fetches the list anew.
func (l *list) source() string {
	q := url.Values{}
	if l.Open != "" {
		q.Set("mo", string(l.Open))
	}
	if l.New != "" {
		q.Set("so", string(l.New))
	}
	if len(q) == 0 {
		return pathOf(l.Dialogue) + "/danh-sach"
	}
	return pathOf(l.Dialogue) + "/danh-sach?" + q.Encode()
}

// unnamed lists the opinions of which nobody knows yet who raised them. Those on a village's list that names nobody are
// the village's.
func (l *list) unnamed() (rows []store.HallRow) {
	for _, row := range l.Rows {
		if row.Name == "" && row.Opinion.Channel.Spoken() {
			rows = append(rows, row)
		}
	}
	return rows
}

// savedAt is when today's last opinion of the hall, or ruling, was recorded.
func (l *list) savedAt() (at calendar.Instant) {
	for _, row := range l.Rows {
		o := row.Opinion
		if o.Channel.Spoken() && o.ReceivedAt.After(at) {
			at = o.ReceivedAt
		}
		if o.RuledAt.After(at) {
			at = o.RuledAt
		}
	}
	if at.IsZero() || at.Date() != l.Today() {
		return calendar.Instant{}
	}
	return at
}

func (l *list) name(row store.HallRow) string {
	if row.Name == "" {
		return l.T("slip.unnamed")
	}
	return row.Name
}

// side is what matters most of an opinion in the list: for how long it waits for its ruling, else until when it is to
// be answered, or that the clock stands still.
func (l *list) side(row store.HallRow) string {
	switch p := row.Petition; {
	case row.Opinion.Number == l.New:
		return l.T("hall.list.new")
	case row.Opinion.Ruling == "":
		return l.wait(row)
	case p == nil || p.Due.IsZero():
		return ""
	case p.State == doithoai.PetitionPaused:
		return l.T("hall.list.paused")
	default:
		return l.T("hall.list.due", "date", l.Date(p.Due))
	}
}

// wait words for how long an opinion waits: minutes of the first hour, hours of the first day, days.
func (l *list) wait(row store.HallRow) string {
	d := l.Now.Sub(row.Opinion.ReceivedAt)
	switch {
	case d < time.Hour:
		return l.T("hall.list.minutes", "n", number(int(d.Minutes())))
	case d < 24*time.Hour:
		return l.T("hall.list.hours", "n", number(int(d.Hours())))
	}
	return l.T("hall.list.days", "count", int(d.Hours())/24)
}

// waited is the same in minutes, for the script that counts on.
func (l *list) waited(row store.HallRow) ui.Attrs {
	d := l.Now.Sub(row.Opinion.ReceivedAt)
	if row.Opinion.Ruling != "" || row.Opinion.Number == l.New || d >= 24*time.Hour {
		return nil
	}
	return ui.Attrs{"data-waited": number(int(d.Minutes()))}
}

// note words an opinion in the list, under its name: number and village; then the ruling, or without one whether the
// person asked to speak and has not spoken yet, and the matter.
func (l *list) note(row store.HallRow) string {
	o := row.Opinion
	parts := []string{serial(o.Number)}
	if row.Village != "" {
		parts = append(parts, row.Village)
	}
	if o.Ruling != "" {
		return strings.Join(append(parts, l.led(o, row.Petition, row.Unit, row.CoUnits)), " · ")
	}
	if o.Manner != doithoai.MannerWritten && !o.Channel.Spoken() {
		parts = append(parts, l.T("hall.list.registered"))
	}
	if row.Files > 0 {
		parts = append(parts, l.T("file.count", "count", row.Files))
	}
	return strings.Join(append(parts, row.Title()), " · ")
}

// words are what finds an opinion in the list: name, number, village and matter, in the form in which the box above it
// has what is typed.
func (l *list) words(row store.HallRow) string {
	return text.NearKey(strings.Join([]string{l.name(row), string(row.Opinion.Number), row.Village, row.Title()}, " "))
}

// serial is the last part of a register number, by which people call an opinion.
func serial(n doithoai.RegisterNumber) string { return string(n[strings.LastIndex(string(n), "-")+1:]) }

// ruling words a ruling: with who leads and until when, or that the clock stands still.
func (l *list) ruling(o doithoai.Opinion, p *doithoai.Petition, unit, co string) string {
	if p == nil || p.Due.IsZero() || p.State == doithoai.PetitionEnded {
		return l.RulingName(o.Ruling)
	}
	if p.State == doithoai.PetitionPaused {
		return l.led(o, p, unit, co) + ", " + l.T("hall.list.paused")
	}
	return l.led(o, p, unit, co) + ", " + l.T("hall.list.due", "date", l.Date(p.Due))
}

// led words a ruling with who leads, and who coordinates.
func (l *list) led(o doithoai.Opinion, p *doithoai.Petition, unit, co string) string {
	if p == nil || p.Due.IsZero() {
		return l.RulingName(o.Ruling)
	}
	if p.LeadUnitID == "" {
		unit = l.T("hall.by_chair")
	}
	words := l.T("hall.list.led", "ruling", l.RulingName(o.Ruling), "unit", unit)
	if co != "" {
		words += ", " + l.T("hall.list.with", "units", co)
	}
	return words
}

func number(n int) string { return strconv.Itoa(n) }
