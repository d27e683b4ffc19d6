package hall

import (
	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// hallLinks are the other pages of the hall, in the order of the day, with what waits there.
type hallLinks struct {
	*web.Reader
	Dialogue  doithoai.Dialogue
	Unheard   int // opinions without a ruling that were not heard
	OpenLines int // lines of hand-record sheets that are still to be typed
}

// linksOf says what waits on those pages; rows are the dialogue's opinions, u how it runs.
func (s *site) linksOf(r *web.Request, rows []store.HallRow, u run) (l hallLinks, err error) {
	l = hallLinks{Reader: r.Reader, Dialogue: u.Dialogue, Unheard: unheard(rows, u.Run)}
	sheets, err := s.db.HandSheets(r.Context(), r.Actor(), u.Dialogue.ID)
	for _, h := range sheets {
		l.OpenLines += h.Open()
	}
	return l, err
}

// unheard counts the opinions without a ruling that were not heard.
func unheard(rows []store.HallRow, run store.Run) (n int) {
	turns := map[doithoai.ID]doithoai.TurnState{}
	if run.Speaking != nil {
		turns[run.Speaking.ID] = run.Speaking.State
	}
	for _, q := range run.Over {
		turns[q.ID] = q.State
	}
	for _, row := range rows {
		o := row.Opinion
		if _, later := doithoai.UnheardOf(o.Channel, o.Manner, turns[o.SlipID]); later && o.Ruling == "" {
			n++
		}
	}
	return n
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
		{"hall.link.promises", promisesPath(l.Dialogue), 0},
		{"hall.link.notes", notesPath(l.Dialogue), 0},
		{"hall.link.close", closePath(l.Dialogue), 0},
	}
}
