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
	Reason string   `form:"chuyen-ly-do" line:"true"` // for those that have a lead already
}

// What the register's address says of the last giving, and that all of its page is chosen.
const (
	givenCount, givenLeft, allChosen = "da-giao", "chua-giao", "chon-het"
	givenTo, noReason                = "giao-cho", "thieu-ly-do"
)

// assignChosen gives each chosen opinion to the unit, one act each, as on its own page: one without a ruling to be
// answered later, by the due date that the ruling proposes; one that a unit leads is handed over, for the reason, and
// where that is missing the page asks for it. What the act refuses, or somebody changed meanwhile, is left as it is and
// named.
func (s *site) assignChosen(r *web.Request) error {
	var f bulkForm
	if err := r.Form(&f); err != nil {
		return err
	}
	given, reasonless := 0, false
	var left []string
	for _, chosen := range f.Chosen[:min(len(f.Chosen), registerLimit)] {
		number, version, _ := strings.Cut(chosen, " ")
		version, _, _ = strings.Cut(version, seenUrged)
		version, isLed := strings.CutSuffix(version, seenLed)
		seen, err := strconv.Atoi(version)
		if err != nil || f.Unit == "" { // never from our pages; or no unit was chosen
			continue
		}
		err = s.assign(r, doithoai.RegisterNumber(number), seen, isLed, f)
		reasonless = reasonless || lacksReason(err)
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
	if reasonless {
		q.Set(noReason, "1")
		q.Set(givenTo, f.Unit)
	}
	for _, name := range []string{
		fieldTab, fieldTyped, filterUnit, filterField, filterVillage, filterDialogue, filterKind,
	} {
		if v := r.PostForm.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return r.Redirect(web.RegisterPath + "?" + q.Encode())
}

// lacksReason reports whether a hand-over was refused for want of a reason.
func lacksReason(err error) bool {
	return slices.ContainsFunc(doithoai.ProblemsOf(err), func(p doithoai.Problem) bool {
		return p.Field == doithoai.FieldHandOverReason
	})
}

// assign gives one opinion to a unit: it answers later, and headline, field and scope stay; or it leads from now on.
// version is the opinion's, or that of its petition where the page showed that a unit leads it.
func (s *site) assign(
	r *web.Request, number doithoai.RegisterNumber, version int, isLed bool, f bulkForm,
) error {
	unit := doithoai.ID(f.Unit)
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), number)
	if err != nil {
		return err
	}
	file, err := s.db.OpinionFile(r.Context(), r.Actor(), id)
	if err != nil {
		return err
	}
	switch {
	case isLed:
		return s.db.HandOverPetition(r.Context(), r.Actor(), id, version, doithoai.HandOver{To: unit, Reason: f.Reason})
	case file.Opinion.Ruling != "": // since the page was opened
		return doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	_, err = s.db.RuleOpinion(r.Context(), r.Actor(), id, version, doithoai.Ruling{
		Code: doithoai.RulingLater, LeadUnitID: unit, Proposed: true, Agreement: doithoai.AgreementNotAsked,
		Headline: file.Opinion.Headline, OutOfScope: file.Opinion.OutOfScope,
	})
	return err
}

// led reports whether a unit has the work on a petition, so that it can be handed over.
func led(p *doithoai.Petition) bool { return p != nil && p.InUnit() && p.LeadUnitID != "" }

// assignable reports whether the officer may give the row's opinion to a unit here: it waits for its ruling, or a unit
// has it that may hand it over.
func (p registerPage) assignable(row store.Row) bool {
	if row.Opinion.Ruling == "" {
		return doithoai.Can(p.Actor(), doithoai.ActRuleOpinion, row.Subject()) == nil
	}
	return p.reassignable(row)
}

// reassignable reports whether the officer may give the row's opinion to another unit than the one that leads it.
func (p registerPage) reassignable(row store.Row) bool {
	return led(row.Petition) && doithoai.Can(p.Actor(), doithoai.ActHandOverPetition, row.Subject()) == nil
}

// reassigning reports whether the page has something to hand over, so that the form asks for a reason.
func (p registerPage) reassigning() bool { return slices.ContainsFunc(p.Rows, p.reassignable) }

// chosen is what the box of a row sends: its number, and the version of what is changed by giving it to a unit.
func (p registerPage) chosen(row store.Row) string {
	version := strconv.Itoa(row.Opinion.Version)
	if led(row.Petition) {
		version = strconv.Itoa(row.Petition.Version) + seenLed
	}
	return string(row.Opinion.Number) + " " + version + seenUrged + strconv.Itoa(row.Urged)
}

// seenLed follows the version in a box whose row showed that a unit leads; seenUrged stands before how often that was
// urged.
const seenLed, seenUrged = " chuyen", " don-doc "

// ticked reports whether the box of a row is ticked: all are, or the reason is asked for, and nothing was done with it.
func (p registerPage) ticked(row store.Row) bool {
	return p.AllChosen || p.NoReason && slices.Contains(p.Left, row.Opinion.Number) ||
		slices.Contains(p.Chosen, p.chosen(row))
}

// choosable reports whether a row has a box: the officer may do something with many like it at once.
func (p registerPage) choosable(row store.Row) bool {
	return p.assignable(row) || p.urgeable(row) || p.tellable(row) || p.printable(row)
}

// choosing reports whether the page has a row with a box.
func (p registerPage) choosing() bool { return slices.ContainsFunc(p.Rows, p.choosable) }

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
