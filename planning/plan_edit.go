package planning

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/plan/reading"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// draftPlan is the form of a part of a plan that was typed and not saved.
const draftPlan = store.DraftPlanPart

func draftSubject(e plan.Edition, part string) string {
	return string(e.PlanID) + ":" + strconv.Itoa(e.Number) + ":" + part
}

// planEdit is a part of a plan as it was typed: the fields by their names, so that a draft, a form that was refused and
// what stands are all shown alike.
type planEdit struct {
	Part    string
	Section plan.Section // as it stands; of a new one, empty
	Fields  url.Values
	Saved   calendar.Instant // of the draft, zero where there is none
	Stands  string           // what stands by now, where somebody else has changed it
}

// get is the value of a field.
func (e *planEdit) get(name string) string { return e.Fields.Get(name) }

// edit is the form of a part as it stands, or as its draft has it; nil where there is no such part.
func (p *planPage) edit(part string, q url.Values, draft store.Draft) *planEdit {
	e := &planEdit{Part: part, Fields: url.Values{}}
	switch part {
	case partHead, partBases, partClosing, partRecipients:
	case partNew:
		for _, where := range []string{"sau", "trong"} {
			e.Fields.Set(where, q.Get(where))
		}
	default:
		var ok bool
		if e.Section, ok = p.Plan.Section(keyOf(part)); !ok {
			return nil
		}
	}
	p.fill(e)
	if len(draft.Fields) > 0 { // whole: a box that was cleared is no field
		e.Fields, e.Saved = draft.Fields, draft.SavedAt
	}
	return e
}

// keyOf is the key of the section that a part names; 0 where it names none.
func keyOf(part string) int {
	key, _ := strconv.Atoi(strings.TrimPrefix(part, "muc-"))
	return key
}

// fill sets the fields to what stands.
func (p *planPage) fill(e *planEdit) {
	set := e.Fields.Set
	switch e.Part {
	case partHead:
		set("cap-tren", p.Plan.Superior)
		set("co-quan", p.Plan.Authority)
		set("ky-hieu", p.Plan.Symbol)
		set("dia-danh", p.Plan.Place)
		set("loai", p.Plan.Type)
		set("trich-yeu", p.Plan.Abstract)
	case partBases:
		set("mo-dau", strings.Join(p.Plan.Preamble, "\n"))
	case partClosing:
		set("ket", strings.Join(p.Plan.Closing, "\n"))
	case partRecipients:
		set("tieu-de", p.Plan.Recipients.Title)
		set("noi-nhan", strings.Join(p.Plan.Recipients.Items, "\n"))
		set("ky-thay", p.Plan.Signatory.For)
		set("chuc-vu", p.Plan.Signatory.Title)
		set("ho-ten", p.Plan.Signatory.Name)
	case partNew:
		set("loai-muc", string(plan.KindText))
	default:
		p.fillSection(e)
	}
}

func (p *planPage) fillSection(e *planEdit) {
	set, s := e.Fields.Set, e.Section
	set("dau-muc", s.Mark)
	set("tieu-de", s.Title)
	set("loai-muc", string(s.Kind))
	set("y", s.Typed())
	switch s.Kind {
	case plan.KindWhen:
		p.fillWhen(set)
	case plan.KindAssignment:
		if s.To.EveryUnit {
			set("moi-bo-phan", "true")
		}
		if s.To.EveryVillage {
			set("moi-thon", "true")
		}
		e.Fields["bo-phan"] = s.To.Units
		set("co-quan-khac", strings.Join(s.To.Bodies, "\n"))
		for _, point := range s.Points {
			fillRule(p.Reader, set, point)
		}
	}
}

// ruleField names a field on when a point is to be done.
func ruleField(name string, key int) string { return name + "-" + strconv.Itoa(key) }

func fillRule(r *web.Reader, set func(name, value string), point plan.Point) {
	t := point.Task
	set(ruleField("cach", point.Key), string(t.Manner))
	switch t.Manner {
	case plan.MannerDialogue:
		set(ruleField("so-ngay", point.Key), strconv.Itoa(max(t.Days, -t.Days)))
		if t.Days > 0 {
			set(ruleField("phia", point.Key), "sau")
		}
	case plan.MannerDay:
		set(ruleField("ngay", point.Key), r.Date(t.Day))
	}
}

func (p *planPage) fillWhen(set func(name, value string)) {
	w := p.Plan.When
	from, to, quarters := w.Window.Quarters()
	switch {
	case quarters:
		set("theo", "quy")
		set("tu-quy", strconv.Itoa(from.Quarter))
		set("den-quy", strconv.Itoa(to.Quarter))
	case w.Window.Valid():
		set("theo", "ngay")
		set("tu-ngay", p.Date(w.Window.From))
		set("den-ngay", p.Date(w.Window.To))
	}
	set("dia-diem", w.Venue)
	set("hinh-thuc", string(w.Form))
	for i, d := range w.Days {
		n := strconv.Itoa(i)
		if d.Date.Valid() {
			set("buoi-ngay-"+n, p.Date(d.Date))
		}
		set("buoi-gio-"+n, d.Time)
		set("buoi-noi-"+n, d.Venue)
		set("buoi-cho-"+n, d.Scope)
	}
}

// mostDays is how many planned dialogues a form takes.
const mostDays = 20

// dayRows is how many rows of planned days the form shows: those there are, and two more.
func (e *planEdit) dayRows() int {
	last := -1
	for i := range mostDays {
		n := strconv.Itoa(i)
		if e.get("buoi-ngay-"+n)+e.get("buoi-gio-"+n)+e.get("buoi-noi-"+n)+e.get("buoi-cho-"+n) != "" {
			last = i
		}
	}
	return min(last+3, mostDays)
}

// savePlan keeps a part of a plan. Where somebody else has saved meanwhile, the form comes back with what was typed and
// what stands now; sent again, it wins.
func (s *site) savePlan(r *web.Request) error {
	var f struct {
		Version int    `form:"phien-ban"`
		Part    string `form:"muc" line:"true"`
		After   int    `form:"sau"`
		Within  int    `form:"trong"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.loadPlan(r)
	if err != nil {
		return err
	}
	typed := p.edit(f.Part, nil, store.Draft{})
	if typed == nil {
		return doithoai.Refuse(doithoai.Conflict, "error.conflict") // somebody removed the section
	}
	stood := *typed
	typed.Fields = r.PostForm
	changed, at, refusal := p.typed(typed, f.After, f.Within)
	if refusal == nil {
		var e plan.Edition
		if e, refusal = s.db.SavePlan(r.Context(), r.Actor(), p.PlanID, p.Number, f.Version, changed); refusal == nil {
			if err := s.db.DropDraft(r.Context(), r.Actor(), draftPlan, draftSubject(e, f.Part)); err != nil {
				return err
			}
			return r.Redirect(editionPath(e) + "?xong=" + string(doithoai.ActDraftPlan) + "#" + at)
		}
	}
	if !web.Mendable(refusal) || !p.writable() {
		return refusal
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	if doithoai.KindOf(refusal) == doithoai.Conflict {
		typed.Stands = standing(&stood)
	}
	p.Editing = typed
	return r.Page(web.StatusOf(refusal), p.view())
}

// standing is the text that a part has by now.
func standing(e *planEdit) string {
	var texts []string
	for _, name := range []string{"trich-yeu", "mo-dau", "tieu-de", "y", "ket", "noi-nhan"} {
		if s := e.get(name); s != "" {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, "\n")
}

// typed is the plan with a part as it was typed, and the anchor of that part.
func (p *planPage) typed(e *planEdit, after, within int) (changed plan.Plan, at string, err error) {
	changed, at = p.Plan, e.Part
	switch e.Part {
	case partHead:
		changed.Superior, changed.Authority, changed.Symbol = e.line("cap-tren"), e.line("co-quan"), e.line("ky-hieu")
		changed.Place, changed.Type, changed.Abstract = e.line("dia-danh"), e.line("loai"), e.line("trich-yeu")
	case partBases:
		changed.Preamble = e.lines("mo-dau")
		changed.Bases = p.cited(changed)
	case partClosing:
		changed.Closing = e.lines("ket")
	case partRecipients:
		changed.Recipients = plan.Recipients{Title: e.line("tieu-de"), Items: e.lines("noi-nhan")}
		for i, item := range changed.Recipients.Items {
			changed.Recipients.Items[i] = strings.TrimSpace(strings.TrimLeft(item, "-–—• "))
		}
		changed.Signatory = plan.Signatory{For: e.line("ky-thay"), Title: e.line("chuc-vu"), Name: e.line("ho-ten")}
	default:
		var s plan.Section
		if s, changed.When, err = p.typedSection(e); err != nil {
			return changed, at, err
		}
		switch {
		case e.Part != partNew:
			changed = changed.With(s)
		case within != 0:
			changed = changed.Within(within, s)
		default:
			changed = changed.After(after, s)
		}
		if e.Part == partNew {
			at = partHead
			if s, ok := changed.Latest(); ok {
				at = sectionPart(s.Key)
			}
		}
	}
	return changed, at, nil
}

// line is a field of one line.
func (e *planEdit) line(name string) string { return text.CleanLine(e.get(name)) }

// lines are the lines of a field that have text.
func (e *planEdit) lines(name string) (list []string) {
	for l := range strings.SplitSeq(e.get(name), "\n") {
		if l = text.CleanLine(l); l != "" {
			list = append(list, l)
		}
	}
	return list
}

// cited are the documents that a plan rests on once its preamble was typed anew: those that stand and are still named,
// and those that it names besides.
func (p *planPage) cited(changed plan.Plan) []plan.Basis {
	named := reading.Cited(changed.Preamble)
	same := func(a, b plan.Basis) bool { return a.Number != "" && strings.EqualFold(a.Number, b.Number) }
	var list []plan.Basis
	for _, b := range p.Plan.Bases {
		if b.Named(strings.Join(changed.Preamble, "\n")) || b.Number == "" {
			list = append(list, b)
		}
	}
	for _, b := range named {
		if slices.ContainsFunc(list, func(o plan.Basis) bool { return same(o, b) }) {
			continue
		}
		if l, ok := plan.Listed(p.Listed, b); ok {
			b.Key = l.Key
		}
		list = append(list, b)
	}
	return list
}

// typedSection is a section as it was typed, and when and where the dialogues are, where it says so.
func (p *planPage) typedSection(e *planEdit) (s plan.Section, when plan.Arrangement, err error) {
	s, when = e.Section, p.Plan.When
	s.Mark, s.Title, s.Kind = e.line("dau-muc"), e.line("tieu-de"), plan.SectionKind(e.line("loai-muc"))
	var problems []doithoai.Problem
	add := func(field, key string, args ...any) {
		problems = append(problems, doithoai.Problem{Field: field, Key: key, Args: args})
	}
	if !slices.Contains(plan.SectionKinds, s.Kind) {
		add("loai-muc", "plans.problem.kind")
	}
	s = s.Rewritten(e.get("y"))
	if s.Heading() == "" && len(s.Points) == 0 && len(s.Parts) == 0 {
		add("tieu-de", "plans.problem.section")
	}
	_, asked := e.Fields["dia-diem"] // the form showed them: a section whose kind was changed just now has none yet
	if s.Kind == plan.KindWhen && asked {
		when = e.arrangement(p.Plan.Year, add)
	}
	_, asked = e.Fields["co-quan-khac"]
	switch {
	case s.Kind != plan.KindAssignment:
		s.To = plan.Addressees{}
		for i := range s.Points {
			s.Points[i].Task = plan.TaskRule{}
		}
	case asked:
		s.To = plan.Addressees{
			EveryUnit: e.get("moi-bo-phan") != "", EveryVillage: e.get("moi-thon") != "", Bodies: e.lines("co-quan-khac"),
		}
		for _, u := range p.Units {
			if slices.Contains(e.Fields["bo-phan"], u.Code) {
				s.To.Units = append(s.To.Units, u.Code)
			}
		}
		for i := range s.Points {
			s.Points[i].Task = e.rule(s.Points[i], add)
		}
	default: // become an assignment just now: its heading says whose
		s.To, _ = plan.AddresseesOf(s.Title, p.Units)
	}
	return s, when, doithoai.RefuseForm(problems)
}

type addProblem func(field, key string, args ...any)

// maxRuleDays bounds how long before or after a dialogue something is to be done.
const maxRuleDays = 366

// rule is when a point is to be done. A point whose rule wasn't asked for keeps its own.
func (e *planEdit) rule(point plan.Point, add addProblem) plan.TaskRule {
	if point.Key == 0 || !e.Fields.Has(ruleField("cach", point.Key)) {
		return point.Task
	}
	t := plan.TaskRule{Manner: plan.Manner(e.get(ruleField("cach", point.Key)))}
	switch t.Manner {
	case plan.MannerOnce, plan.MannerStanding:
	case plan.MannerDialogue:
		field := ruleField("so-ngay", point.Key)
		n, err := strconv.Atoi(e.line(field))
		if err != nil || n < 0 || n > maxRuleDays {
			add(field, "plans.problem.days", "max", maxRuleDays)
		}
		if t.Days = -n; e.get(ruleField("phia", point.Key)) == "sau" {
			t.Days = n
		}
	case plan.MannerDay:
		field := ruleField("ngay", point.Key)
		if t.Day = web.TypedDate(e.line(field)); !t.Day.Valid() {
			add(field, "plans.problem.day")
		}
	default:
		add(ruleField("cach", point.Key), "plans.problem.manner")
	}
	return t
}

// arrangement is when, where and how as typed.
func (e *planEdit) arrangement(year int, add addProblem) plan.Arrangement {
	a := plan.Arrangement{Venue: text.Cut(e.line("dia-diem"), doithoai.MaxLine)}
	a.Form = doithoai.DialogueForm(e.line("hinh-thuc"))
	if a.Form != "" && !slices.Contains(doithoai.DialogueForms, a.Form) {
		add("hinh-thuc", "plan.problem.form")
	}
	switch e.get("theo") {
	case "quy":
		from, _ := strconv.Atoi(e.line("tu-quy"))
		to, _ := strconv.Atoi(e.line("den-quy"))
		if from < 1 || to > 4 || to < from {
			add("tu-quy", "plans.problem.quarters")
			break
		}
		a.Window = plan.Window{From: plan.Quarter{Year: year, Quarter: from}.First(),
			To: plan.Quarter{Year: year, Quarter: to}.Last()}
	case "ngay":
		a.Window = plan.Window{From: web.TypedDate(e.line("tu-ngay")), To: web.TypedDate(e.line("den-ngay"))}
		if !a.Window.Valid() {
			add("tu-ngay", "plans.problem.window")
		}
	}
	for i := range mostDays {
		if d, ok := e.day(i, add); ok {
			a.Days = append(a.Days, d)
		}
	}
	return a
}

// day is a row of a planned dialogue; ok is false where it is empty.
func (e *planEdit) day(i int, add addProblem) (d plan.PlannedDay, ok bool) {
	n := strconv.Itoa(i)
	day, hour := e.line("buoi-ngay-"+n), e.line("buoi-gio-"+n)
	d.Venue = text.Cut(e.line("buoi-noi-"+n), doithoai.MaxLine)
	d.Scope = text.Cut(e.line("buoi-cho-"+n), doithoai.MaxLine)
	if day+hour+d.Venue+d.Scope == "" {
		return d, false
	}
	if d.Date = web.TypedDate(day); !d.Date.Valid() {
		add("buoi-ngay-"+n, "plans.problem.day")
	}
	if hour != "" {
		clock, err := calendar.ReadClock(hour)
		if err != nil {
			add("buoi-gio-"+n, "plans.problem.hour")
		}
		d.Time = clock.String()
	}
	return d, true
}
