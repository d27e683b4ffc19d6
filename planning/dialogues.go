package planning

import (
	"net/http"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
)

// dialoguesPage lists the authority's dialogues, the latest first.
type dialoguesPage struct {
	*web.Reader
	Dialogues []doithoai.Dialogue
	Console   bool // the officer takes down what is said
	Year      plan.YearDuty
}

func (s *site) dialogues(r *web.Request) error {
	all, err := s.db.DialogueList(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	year := plan.YearDutyOf(r.Today().Year, all, rules, r.Today())
	console := doithoai.MayEver(r.Actor(), doithoai.ActRecordOpinion)
	return r.Page(http.StatusOK, dialoguesPage{
		Reader: r.Reader, Dialogues: all, Console: console, Year: year,
	}.view())
}
