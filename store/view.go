package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// viewedFiles is the reason of a look at the files that came with an opinion, viewedPaper of one at the paper on which
// its answer was signed, which names who is answered.
const (
	viewedFiles = "files"
	viewedPaper = "paper"
)

// View is one look at who raised an opinion, at the files that came with it, or at the signed paper of its answer, as
// that person is told of it: the post and the unit by which somebody could, not the name.
type View struct {
	At     calendar.Instant
	Reason string // code
	Post   string // title
	Unit   string // empty where the post is of none
}

// viewsOf returns the looks among the events of an opinion, oldest first.
func viewsOf(ctx context.Context, q querier, events []doithoai.Event) ([]View, error) {
	var views []View
	for _, e := range events {
		v := View{At: e.At, Reason: e.Facts.Reason}
		switch e.Act {
		case doithoai.ActViewPetitioner:
		case doithoai.ActViewFiles, doithoai.ActOpenOriginal:
			v.Reason = viewedFiles
		case doithoai.ActViewPaper:
			v.Reason = viewedPaper
		default:
			continue
		}
		var err error
		if v.Post, err = nameOf(ctx, q, `SELECT title FROM post WHERE id = $1`, e.Facts.Post); err != nil {
			return nil, err
		}
		if v.Unit, err = nameOf(ctx, q, `SELECT name FROM unit WHERE id = $1`, e.Facts.Unit); err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

// nameOf reads a name by its id, "" for an empty id.
func nameOf(ctx context.Context, q querier, query string, id doithoai.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	return one(ctx, q, column[string], query, id)
}
