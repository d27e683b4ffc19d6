package office

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/web"
)

// dialoguesPage lists the authority's dialogues, the latest first.
type dialoguesPage struct {
	*web.Reader
	Dialogues []doithoai.Dialogue
	Console   bool // the officer takes down what is said
}

func (s *site) dialogues(r *web.Request) error {
	all, err := s.db.Dialogues(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b doithoai.Dialogue) int { return b.StartsAt.Compare(a.StartsAt) })
	console := doithoai.MayEver(r.Actor(), doithoai.ActRecordOpinion)
	return r.Page(http.StatusOK, dialoguesPage{Reader: r.Reader, Dialogues: all, Console: console}.view())
}

// consolePath is the address of the secretary's console for a dialogue.
func consolePath(d doithoai.Dialogue) string { return "/hoi-truong/" + string(d.ID) }

// publicPath is the address of a dialogue's page on the public site.
func publicPath(d doithoai.Dialogue) string { return "/doi-thoai/" + d.Slug }
