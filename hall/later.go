package hall

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) laterRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + laterPart
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActAnswerLater, Do: s.later},
		{Pattern: "POST " + at, Act: doithoai.ActAnswerLater, Do: s.answerLater},
		{
			Pattern: "POST /hoi-truong/{dialogue}/y-kien/{number}/rut", Act: doithoai.ActWithdrawOpinion,
			Do: s.withdrawOpinion,
		},
	}
}

// laterPart is the page of what was not heard.
const laterPart = "/tra-loi-sau"

func laterPath(d doithoai.Dialogue) string { return pathOf(d) + laterPart }

// laterForm is the table of what was not heard; Rows and Units are parallel, one of each opinion.
type laterForm struct {
	Rows   []string `form:"dong"` // id, version and why it was not heard, with blanks between
	Units  []string `form:"don-vi"`
	Chosen []string `form:"chon"` // ids
	Due    string   `form:"han" line:"true" day:"true"`
	Reason string   `form:"han-ly-do"`
}

// unit is what was chosen for an opinion; false where the form has no row of it.
func (f laterForm) unit(id doithoai.ID) (string, bool) {
	for i, row := range f.Rows {
		if strings.HasPrefix(row, string(id)+" ") && i < len(f.Units) {
			return f.Units[i], true
		}
	}
	return "", false
}

// neverToBeHeard stands in a row for an opinion that was to be answered in writing from the beginning.
const neverToBeHeard = "-"

// laterRow is an opinion's row as the form has it.
func laterRow(row store.LaterRow) string {
	why := cmp.Or(string(row.Unheard), neverToBeHeard)
	return string(row.Opinion.ID) + " " + strconv.Itoa(row.Opinion.Version) + " " + why
}

// laters are the opinions that were chosen. A form in which one of them has no row was not made here.
func (f laterForm) laters() (all []doithoai.Later, err error) {
	for i, row := range f.Rows {
		part := strings.Split(row, " ")
		if len(part) != 3 || !slices.Contains(f.Chosen, part[0]) || i >= len(f.Units) {
			continue
		}
		version, _ := strconv.Atoi(part[1]) // a forged one is of no version
		l := doithoai.Later{
			OpinionID: doithoai.ID(part[0]), Version: version, UnitID: doithoai.ID(f.Units[i]),
		}
		if part[2] != neverToBeHeard {
			l.Unheard = doithoai.Unheard(part[2])
		}
		if f.Units[i] == web.ByChair {
			l.UnitID, l.ByChair = "", true
		}
		all = append(all, l)
	}
	if len(all) != len(f.Chosen) {
		return nil, doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	return all, nil
}

// laterPage is what was not heard at a dialogue.
type laterPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Rules    doithoai.Rules
	Units    []doithoai.Unit
	Rows     []store.LaterRow
	Form     laterForm
	Posted   bool // the form comes back
	Problems web.Problems
	Warning  string
	Done     int // opinions that were just ruled
}

func (s *site) loadLater(r *web.Request) (*laterPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &laterPage{Reader: r.Reader, Dialogue: d}
	if p.Rows, err = s.db.Unheard(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Units, err = s.db.Units(r.Context(), r.Authority.ID)
	return p, err
}

func (s *site) later(r *web.Request) error {
	p, err := s.loadLater(r)
	if err != nil {
		return err
	}
	p.Done, _ = strconv.Atoi(r.URL.Query().Get("xong")) // else nothing is said
	if due, ok := p.proposed(); ok {
		p.Form.Due = p.Date(due.Rolled)
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// answerLater answers POST /hoi-truong/{dialogue}/tra-loi-sau. Whatever is refused, everything that was chosen comes
// back, but for the rows that somebody else has ruled meanwhile: they are named.
func (s *site) answerLater(r *web.Request) error {
	p, err := s.loadLater(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	p.Posted = true
	all, err := p.Form.laters()
	if err != nil {
		return err
	}
	due, err := p.due()
	if err == nil {
		err = s.db.AnswerLater(r.Context(), r.Actor(), p.Dialogue.ID, all, due, p.Form.Reason)
	}
	if doithoai.KindOf(err) == doithoai.Invalid && s.answered(r, all) {
		err = nil // the second click
	}
	if err == nil {
		return r.Redirect(laterPath(p.Dialogue) + "?" + url.Values{"xong": {strconv.Itoa(len(all))}}.Encode())
	}
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(p.named(err)); !p.Problems.Any() {
		p.Warning = web.RefusalWords(r.Reader, err)
	}
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}

// answered reports whether the officer has ruled all of these just so already.
func (s *site) answered(r *web.Request, all []doithoai.Later) bool {
	for _, l := range all {
		f, err := s.db.OpinionFile(r.Context(), r.Actor(), l.OpinionID)
		if err != nil || len(f.Events) == 0 {
			return false
		}
		last := f.Events[len(f.Events)-1]
		if last.Act != doithoai.ActAnswerLater || last.ActorID != r.Officer.ID || last.Facts.Unit != l.UnitID {
			return false
		}
	}
	return len(all) > 0
}

// due reads the due date that was typed; the one that is proposed, and none, are the rule's.
func (p *laterPage) due() (calendar.Date, error) {
	if p.Form.Due == "" {
		return calendar.Date{}, nil
	}
	due, err := calendar.ParseDateVN(p.Form.Due)
	if err != nil {
		return due, doithoai.RefuseForm([]doithoai.Problem{
			{Field: doithoai.FieldLaterDue, Key: "hall.problem.due_format", Args: []any{"typed", p.Form.Due}},
		})
	}
	return due, nil
}

// proposed is the due date that the ruling's term proposes today.
func (p *laterPage) proposed() (calendar.Deadline, bool) {
	rule, _ := doithoai.RuleOf(doithoai.RulingLater)
	return p.Rules.Propose(rule, p.Today())
}

// named leads from problems of rows that are gone to the table.
func (p *laterPage) named(err error) error {
	list := slices.Clone(doithoai.ProblemsOf(err))
	if len(list) == 0 {
		return err
	}
	for i, q := range list {
		field, id, of := strings.Cut(q.Field, "-")
		if of && field == doithoai.FieldLater && !slices.ContainsFunc(p.Rows, func(r store.LaterRow) bool {
			return string(r.Opinion.ID) == id
		}) {
			list[i].Field = doithoai.FieldLaterRows
		}
	}
	return doithoai.RefuseForm(list)
}

// chosen reports whether the row is ticked: all are until somebody unticks one.
func (p *laterPage) chosen(row store.LaterRow) bool {
	return !p.Posted || slices.Contains(p.Form.Chosen, string(row.Opinion.ID))
}

// count is how many rows are ticked.
func (p *laterPage) count() (n int) {
	for _, row := range p.Rows {
		if p.chosen(row) {
			n++
		}
	}
	return n
}

// leads are who may answer the row's opinion.
func (p *laterPage) leads(row store.LaterRow) (options []ui.Option) {
	for _, u := range p.Units {
		if (!row.Conduct || u.Office) && !slices.Contains(row.ConcernedUnits, u.ID) {
			options = append(options, ui.Option{Value: string(u.ID), Text: u.Name})
		}
	}
	if row.Conduct {
		options = append(options, ui.Option{Value: web.ByChair, Text: p.T("hall.by_chair")})
	}
	return options
}

// lead is who is proposed to answer it: as chosen before, the unit that prepared it, else the office, else the chair.
func (p *laterPage) lead(row store.LaterRow) string {
	if unit, ok := p.Form.unit(row.Opinion.ID); p.Posted && ok {
		return unit
	}
	offered := p.leads(row)
	may := func(id string) bool {
		return slices.ContainsFunc(offered, func(o ui.Option) bool { return o.Value == id })
	}
	if row.Preparer != "" && may(string(row.Preparer)) {
		return string(row.Preparer)
	}
	for _, u := range p.Units {
		if u.Office && may(string(u.ID)) {
			return string(u.ID)
		}
	}
	return offered[len(offered)-1].Value
}

// withdrawOpinion answers POST /hoi-truong/{dialogue}/y-kien/{number}/rut: who raised it takes it back.
func (s *site) withdrawOpinion(r *web.Request) error {
	p, row, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if row == nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	n := row.Opinion.Number
	err = s.db.WithdrawOpinion(r.Context(), r.Actor(), row.Opinion.ID, f.Version, f.Withdrawn)
	if err != nil && row.Opinion.Ruling == doithoai.RulingWithdrawn && row.Opinion.Version == f.Version+1 {
		err = nil // the second click
	}
	if err != nil {
		return s.refusedAt(r, n, f, "", err)
	}
	s.drop(r, store.DraftRuling, string(row.Opinion.ID))
	return s.goOn(r, p, f, doneWithdrawn, n)
}
