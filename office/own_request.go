package office

import (
	"strings"

	"doithoai"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	partOwn = "#yeu-cau-nguoi-neu"
	turnOwn = "own_request"
)

// ownForm decides on what who raised the opinion asks by code: words only where it is refused.
type ownForm struct {
	Number int    `form:"lan"` // of the request
	Words  string `form:"ly-do-khong-dong-y"`
}

func correctOf(f *forms) *ownForm { return &f.Own }

func refuseOwnOf(f *forms) *ownForm { return &f.Own }

func ownTexts(f forms) []keptText { return []keptText{{"own_data.office.words", f.Own.Words}} }

func (s *site) correctPetitioner(r *web.Request, id doithoai.ID, f ownForm) error {
	return s.db.CorrectPetitioner(r.Context(), r.Actor(), id, f.Number)
}

func (s *site) refuseOwn(r *web.Request, id doithoai.ID, f ownForm) error {
	return s.db.RefuseOwn(r.Context(), r.Actor(), id, f.Number, f.Words)
}

// waiting is the request of a kind that waits; nil where none does.
func (p opinionPage) waiting(k doithoai.OwnKind) *doithoai.OwnRequest {
	for i := range p.Requests {
		if r := &p.Requests[i]; r.Kind == k && r.State == doithoai.OwnWaits {
			return r
		}
	}
	return nil
}

// deciding reports whether the officer may answer what is asked.
func (p opinionPage) decidingOwn() bool {
	if !p.can(doithoai.ActRefuseOwn) {
		return false
	}
	for _, k := range doithoai.OwnKinds {
		if p.waiting(k) != nil {
			return true
		}
	}
	return false
}

// correcting reports whether the button is shown that gives the person the name or place which they asked for.
func (p opinionPage) correctingOwn() bool {
	return p.can(doithoai.ActCorrectPetitioner) && p.waiting(doithoai.OwnIdentity) != nil
}

// askedByCode words a request for the form of the act that grants it: who said so, when and how; not what else they
// said.
func (p opinionPage) askedByCode(r doithoai.OwnRequest) string {
	return vietnamese.T("own_data.office.reason."+string(r.Kind), "date", p.Date(r.At.Date()))
}

// fillOwn fills the forms of the acts that grant what is asked.
func (p *opinionPage) fillOwn() {
	if r := p.waiting(doithoai.OwnWithdrawal); r != nil && p.Forms.typed != doithoai.ActWithdrawOpinion {
		p.Forms.Withdrawn.Reason = p.askedByCode(*r)
	}
	if r := p.waiting(doithoai.OwnErasure); r != nil && p.Forms.typed != doithoai.ActErasePersonalData {
		p.Forms.Erase = eraseForm{Much: r.Much, Reason: p.askedByCode(*r)}
	}
}

// ownWords say what is asked, and when.
func (p opinionPage) ownWords(r doithoai.OwnRequest) string {
	key := "own_data.office.asked." + string(r.Kind)
	if r.Kind == doithoai.OwnErasure {
		key += "_" + string(r.Much)
	}
	return p.T(key, "date", p.Date(r.At.Date()))
}

// ownState says what became of a request.
func (p opinionPage) ownState(r doithoai.OwnRequest) string {
	return p.T("own_data.office.state."+string(r.State), "who", p.person(r.DecidedBy),
		"date", p.Date(r.DecidedAt.Date()))
}

// howGranted says where a request that waits is granted.
func (p opinionPage) howGranted(r doithoai.OwnRequest) string {
	switch {
	case r.Kind == doithoai.OwnIdentity && p.NewIdentity == nil:
		return p.T("own_data.office.see_first")
	case r.Kind == doithoai.OwnIdentity:
		return ""
	case r.Kind == doithoai.OwnWithdrawal && !p.withdrawable(), r.Kind == doithoai.OwnErasure && !p.erasing():
		return p.T("own_data.office.not_now." + string(r.Kind))
	}
	return p.T("own_data.office.grant." + string(r.Kind))
}

// proposedRows are the name and the place that the person asks to stand instead, shown with the view of who they are.
func (p opinionPage) proposedRows() (rows []ui.SummaryRow) {
	if p.NewIdentity == nil {
		return nil
	}
	if p.NewIdentity.Name != "" {
		rows = append(rows, ui.SummaryRow{Key: p.T("own_data.office.new_name"), Value: p.NewIdentity.Name})
	}
	if p.NewIdentity.Moved {
		place := p.NewIdentity.Address
		for _, v := range p.Villages {
			if v.ID == p.NewIdentity.VillageID {
				place = v.Name
			}
		}
		rows = append(rows, ui.SummaryRow{Key: p.T("own_data.office.new_place"), Value: place})
	}
	return rows
}

func (p opinionPage) ownFacts(f doithoai.Facts) []string {
	if f.OwnKind == "" {
		return nil
	}
	return []string{p.T("own_data.office.kind." + string(f.OwnKind))}
}

func (p opinionPage) waysFacts(f doithoai.Facts) []string {
	var parts []string
	for _, c := range f.Changed {
		parts = append(parts, p.T("own_data.office.part."+string(c)))
	}
	return []string{text.UpperFirst(strings.Join(parts, ", ")) + "."}
}

// ownTasks are what people ask of the office by their codes, the longest waiting first; more reports whether there are
// others.
func (s *site) ownTasks(r *web.Request) (tasks []task, more bool, err error) {
	if doithoai.Can(r.Actor(), doithoai.ActRefuseOwn, doithoai.Subject{AuthorityID: r.Authority.ID}) != nil {
		return nil, false, nil
	}
	all, more, err := s.db.OwnRequests(r.Context(), r.Actor())
	for _, d := range all {
		tasks = append(tasks, task{
			Mine:   true,
			Title:  r.T("own_data.desk."+string(d.Request.Kind), "title", rowTitle(r.Reader, d.Row)),
			Number: d.Opinion.Number, Act: doithoai.ActRefuseOwn, Turn: turnOwn,
			Href: web.OpinionPath(d.Opinion.Number) + partOwn, Unit: leadName(r.Reader, d.Unit, d.Petition),
			Village: d.Village, Since: d.Request.At.Date(),
		})
	}
	return tasks, more, err
}
