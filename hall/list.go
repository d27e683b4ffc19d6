package hall

import (
	"net/http"
	"net/url"
	"strconv"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// list is the left side of the console and the strip on top: both are fetched anew when something changed.
type list struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Rules     doithoai.Rules
	Rows      []store.HallRow // in the order received
	Denounced doithoai.Count
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
	return r.Page(http.StatusOK, l.fragment())
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
		if row.Opinion.Channel == doithoai.ChannelHall {
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

// note words an opinion in the list, under its name: number, village, and the ruling; without one,
// whether the person asked to speak and has not spoken yet.
func (l *list) note(row store.HallRow) string {
	o := row.Opinion
	s := string(o.Number)
	if row.Village != "" {
		s += " · " + row.Village
	}
	switch {
	case o.Ruling == "" && o.Manner != doithoai.MannerWritten && o.Channel != doithoai.ChannelHall:
		return s + " · " + l.T("hall.list.registered")
	case o.Ruling == "":
		return s
	}
	return s + " · " + l.ruling(o, row.Petition, row.Unit)
}

// ruling words a ruling: with who leads and until when, or that the clock stands still.
func (l *list) ruling(o doithoai.Opinion, p *doithoai.Petition, unit string) string {
	if p == nil || p.Due.IsZero() || p.State == doithoai.PetitionEnded {
		return l.RulingName(o.Ruling)
	}
	if p.LeadUnitID == "" {
		unit = l.T("hall.by_chair")
	}
	if p.State == doithoai.PetitionPaused {
		return l.T("hall.list.paused", "ruling", l.RulingName(o.Ruling), "unit", unit)
	}
	return l.T("hall.list.led", "ruling", l.RulingName(o.Ruling), "unit", unit, "date", l.Date(p.Due))
}

func number(n int) string { return strconv.Itoa(n) }
