package office

import (
	"doithoai"
	"doithoai/web"
)

// withdrawnForm says who withdraws the opinion, and how.
type withdrawnForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"rut-ly-do"`
}

func withdrawnOf(f *forms) *withdrawnForm { return &f.Withdrawn }

func withdrawnTexts(f forms) []keptText {
	return []keptText{{"petition.withdraw.reason", f.Withdrawn.Reason}}
}

func (s *site) withdrawOpinion(r *web.Request, id doithoai.ID, f withdrawnForm) error {
	return s.db.WithdrawOpinion(r.Context(), r.Actor(), id, f.Version, f.Reason)
}

// withdrawable reports whether the form is shown by which who raised the opinion withdraws it.
func (p opinionPage) withdrawable() bool {
	return p.can(doithoai.ActWithdrawOpinion) && p.Opinion.Withdrawable(p.Petition) &&
		p.OpinionFile.Publication != doithoai.PublicationPublished && p.Opinion.JoinedTo == ""
}

// ruledTitle heads what was said with the ruling.
func (p opinionPage) ruledTitle() string {
	if p.Opinion.Ruling == doithoai.RulingWithdrawn {
		return "petition.withdraw.reason"
	}
	return "opinion.ruling.text"
}
