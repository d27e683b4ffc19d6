package hall

import (
	"doithoai"
	"doithoai/web"
)

// hallLinks are the other pages of the hall, in the order of the day, with what waits there.
type hallLinks struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Unheard   int // opinions without a ruling that were not heard
	OpenLines int // lines of hand-record sheets that are still to be typed
}

func (s *site) linksOf(r *web.Request, d doithoai.Dialogue) (l hallLinks, err error) {
	l = hallLinks{Reader: r.Reader, Dialogue: d}
	rows, err := s.db.Unheard(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return l, err
	}
	l.Unheard = len(rows)
	sheets, err := s.db.HandSheets(r.Context(), r.Actor(), d.ID)
	for _, h := range sheets {
		l.OpenLines += h.Open()
	}
	return l, err
}

// hallLink is one of them.
type hallLink struct {
	Key, Href string
	Waits     int
}

func (l hallLinks) links() []hallLink {
	return []hallLink{
		{"hall.link.reception", receptionPath(l.Dialogue), 0},
		{"hall.link.sheets", sheetsPath(l.Dialogue), l.OpenLines},
		{"hall.link.later", laterPath(l.Dialogue), l.Unheard},
		{"hall.link.notes", notesPath(l.Dialogue), 0},
		{"hall.link.close", closePath(l.Dialogue), 0},
	}
}
