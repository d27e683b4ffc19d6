package office

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// bulkForm gives opinions of a page of the register to one unit.
type bulkForm struct {
	Chosen []string `form:"chon" line:"true"` // number and version of each, as the page showed it
	Unit   string   `form:"giao-cho" line:"true"`
}

// What the register's address says of the last giving, and that all of its page is chosen.
const (
	givenCount, givenLeft, allChosen = "da-giao", "chua-giao", "chon-het"
)

// assignChosen gives each chosen opinion to the unit, to be answered later, by the due date that the ruling proposes:
// one act each, as on its own page. What the act refuses, or somebody changed meanwhile, is left as it is and named.
func (s *site) assignChosen(r *web.Request) error {
	var f bulkForm
	if err := r.Form(&f); err != nil {
		return err
	}
	given := 0
	var left []string
	for _, chosen := range f.Chosen[:min(len(f.Chosen), registerLimit)] {
		number, version, _ := strings.Cut(chosen, " ")
		seen, err := strconv.Atoi(version)
		if err != nil || f.Unit == "" { // never from our pages; or no unit was chosen
			continue
		}
		err = s.assign(r, doithoai.RegisterNumber(number), seen, doithoai.ID(f.Unit))
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			given++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			left = append(left, number)
		default:
			return err
		}
	}
	q := url.Values{givenCount: {strconv.Itoa(given)}}
	if len(left) > 0 {
		q.Set(givenLeft, strings.Join(left, ","))
	}
	for _, name := range []string{fieldTab, fieldTyped, filterUnit, filterField, filterVillage, filterDialogue} {
		if v := r.PostForm.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return r.Redirect(web.RegisterPath + "?" + q.Encode())
}

// assign rules on one opinion: a unit answers later. Its headline, field and scope stay.
func (s *site) assign(r *web.Request, number doithoai.RegisterNumber, version int, unit doithoai.ID) error {
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), number)
	if err != nil {
		return err
	}
	file, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
	if err != nil {
		return err
	}
	_, err = s.db.RuleOpinion(r.Context(), r.Actor(), id, version, doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: unit, Proposed: true, Agreement: doithoai.AgreementNotAsked,
		Headline: file.Opinion.Headline, OutOfScope: file.Opinion.OutOfScope,
	})
	return err
}

// assignable reports whether the officer may give the row's opinion to a unit here: it waits for its ruling.
func (p registerPage) assignable(row store.Row) bool {
	return row.Opinion.Ruling == "" && doithoai.Can(p.Actor(), doithoai.ActRuleOpinion, row.Subject()) == nil
}

// assigning reports whether the page has something to give.
func (p registerPage) assigning() bool { return slices.ContainsFunc(p.Rows, p.assignable) }

// units are those that may lead.
func (p registerPage) units(none string) []ui.Option {
	units := []ui.Option{{Text: none}}
	for _, u := range p.Units {
		units = append(units, ui.Option{Value: string(u.ID), Text: u.ShortName()})
	}
	return units
}

// given reports whether the page follows a giving, and says of how many.
func (p registerPage) given() (words string, after bool) {
	count, err := strconv.Atoi(p.Given)
	switch {
	case err != nil:
		return "", false
	case count == 0 && len(p.Left) == 0:
		return p.T("register.bulk.none"), true
	}
	return p.T("register.bulk.done", "count", count), true
}
