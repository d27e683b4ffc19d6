package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
)

// newDialoguePath is where a dialogue is made from a plan.
const newDialoguePath = web.DialoguesPath + "/moi"

func dialoguePath(id doithoai.ID, part string) string { return web.WorkspacePath(id) + part }

// dialogueRoutes are the pages of a dialogue itself.
func (s *site) dialogueRoutes() []web.Route {
	of := web.DialoguesPath + "/{id}"
	file := web.Route{Act: doithoai.ActSeeDialogues, Do: s.textFile}
	const back = "/van-ban/{text}" + docfile.BackAt
	return slices.Concat(docfile.Routes(of+"/van-ban/{text}"+textFile, file),
		docfile.Routes(of+programmeAt, web.Route{Act: doithoai.ActSeeDialogues, Do: s.programmeFile}), []web.Route{
			{Pattern: "GET " + newDialoguePath, Act: doithoai.ActPrepareDialogue, Do: s.newDialogue},
			{Pattern: "POST " + newDialoguePath, Act: doithoai.ActPrepareDialogue, Do: s.prepareDialogue},
			{Pattern: "GET " + of + "/sua", Act: doithoai.ActChangeDialogue, Do: s.editDialogue},
			{Pattern: "POST " + of + "/sua", Act: doithoai.ActChangeDialogue, Do: s.changeDialogue},
			{Pattern: "GET " + of + "/doi-ngay", Act: doithoai.ActMoveDialogue, Do: s.moving},
			{Pattern: "POST " + of + "/doi-ngay", Act: doithoai.ActMoveDialogue, Do: s.move},
			{Pattern: "POST " + of + "/hoan", Act: doithoai.ActPostponeDialogue, Do: s.postpone},
			{Pattern: "POST " + of + "/huy", Act: doithoai.ActCancelDialogue, Do: s.cancel},
			{Pattern: "GET " + of + "/chuong-trinh", Act: doithoai.ActSeeDialogues, Do: s.programme},
			{Pattern: "POST " + of + "/chuong-trinh", Act: doithoai.ActSetProgramme, Do: s.setProgramme},
			{Pattern: "GET " + of + "/van-ban/{text}", Act: doithoai.ActSeeDialogues, Do: s.text},
			{Pattern: "POST " + of + "/van-ban/{text}", Act: doithoai.ActWriteText, Do: s.writeText},
			{Pattern: "GET " + of + back + docfile.Word, Act: doithoai.ActWriteText, Do: s.textForWord},
			{Pattern: "POST " + of + back, Act: doithoai.ActWriteText, Do: s.readWordText},
			{Pattern: "POST " + of + "/cong-bo", Act: doithoai.ActAnnounceDialogue, Do: s.announce},
			{Pattern: "GET " + of + "/dien-bien", Act: doithoai.ActSeeDialogues, Do: s.course},
			{Pattern: "POST " + of + "/dien-bien", Act: doithoai.ActStartDialogue, Do: s.goOn},
			{Pattern: "GET " + of + "/moc/{duty}", Act: doithoai.ActSeeDialogues, Do: s.duty},
			{Pattern: "POST " + of + "/moc/{duty}", Act: doithoai.ActRecordDuty, Do: s.recordDuty},
			{Pattern: "POST " + of + "/moc/{duty}/{proof}/rut", Act: doithoai.ActWithdrawDuty, Do: s.withdrawDuty},
			{Pattern: "GET " + web.RequestsPath, Act: doithoai.ActSeeDialogues, Do: s.requests},
			{Pattern: "POST " + web.RequestsPath, Act: doithoai.ActRegisterRequest, Do: s.registerRequest},
			{Pattern: "POST " + web.RequestsPath + "/{request}", Act: doithoai.ActAnswerRequest, Do: s.answerRequest},
		})
}

// dialogueForm is what is known of a dialogue, as it was typed.
type dialogueForm struct {
	Version   int      `form:"phien-ban"`
	Plan      string   `form:"ke-hoach"`
	Title     string   `form:"ten" line:"true"`
	Kinds     []string `form:"loai"`
	Requests  []string `form:"yeu-cau"` // of voters, each with its version
	Form      string   `form:"hinh-thuc"`
	Day       string   `form:"ngay" line:"true" day:"true"`
	Start     string   `form:"gio" line:"true"`
	Doors     string   `form:"gio-don" line:"true"`
	End       string   `form:"gio-ket-thuc" line:"true"`
	SlipDay   string   `form:"han-phieu" line:"true" day:"true"`
	SlipHour  string   `form:"han-phieu-gio" line:"true"`
	Venue     string   `form:"dia-diem" line:"true"`
	Link      string   `form:"duong-dan" line:"true"`
	Villages  []string `form:"thon"`
	Front     bool     `form:"mat-tran"`
	Chair     string   `form:"chu-tri" line:"true"`
	CoChair   string   `form:"dong-chu-tri" line:"true"`
	Secretary string   `form:"thu-ky" line:"true"`
	Contact   string   `form:"dau-moi" line:"true"`
	Late      string   `form:"ly-do-tre" line:"true"`
	Reason    string   `form:"ly-do" line:"true"`
	Paper     string   `form:"so-van-ban" line:"true"`
}

// formOf is the form of a dialogue as it stands.
func formOf(r *web.Reader, d doithoai.Dialogue) dialogueForm {
	f := dialogueForm{
		Version: d.Version, Plan: string(d.PlanID), Title: d.Title, Form: string(d.Form), Venue: d.Venue, Link: d.Link,
		Front: d.WithFront, Chair: d.Chair, CoChair: d.CoChair, Secretary: d.Secretary, Contact: d.Contact,
	}
	for _, k := range d.Kinds {
		f.Kinds = append(f.Kinds, string(k))
	}
	for _, v := range d.Villages {
		f.Villages = append(f.Villages, string(v))
	}
	if !d.StartsAt.IsZero() {
		f.Day, f.Start = r.Date(d.StartsAt.Date()), hourOf(d.StartsAt)
	}
	f.Doors, f.End = hourOf(d.DoorsAt), hourOf(d.EndsAt)
	if !d.SlipsUntil.IsZero() {
		f.SlipDay, f.SlipHour = r.Date(d.SlipsUntil.Date()), hourOf(d.SlipsUntil)
	}
	return f
}

// hourOf is the hour of a moment, "08:30"; empty where it is absent.
func hourOf(at calendar.Instant) string {
	if at.IsZero() {
		return ""
	}
	return calendar.ClockOf(at).String()
}

// momentOf is a typed hour of a typed day; absent where either can't be read: the rule then asks for it.
func momentOf(day, clock string) calendar.Instant {
	d, err := calendar.ParseDateVN(day)
	if err != nil {
		return calendar.Instant{}
	}
	c, err := calendar.ReadClock(clock)
	if err != nil {
		return calendar.Instant{}
	}
	return c.On(d)
}

// dialogue is what was typed. An hour that can't be read is a problem of its field: left out, it would be lost.
func (f dialogueForm) dialogue() (d doithoai.Dialogue, unread []doithoai.Problem) {
	d = doithoai.Dialogue{
		PlanID: doithoai.ID(f.Plan), Title: f.Title, Form: doithoai.DialogueForm(f.Form), Venue: f.Venue, Link: f.Link,
		WithFront: f.Front, Chair: f.Chair, CoChair: f.CoChair, Secretary: f.Secretary, Contact: f.Contact,
		StartsAt: momentOf(f.Day, f.Start), SlipsUntil: momentOf(f.SlipDay, f.SlipHour), LateReason: f.Late,
	}
	for _, k := range f.Kinds {
		d.Kinds = append(d.Kinds, doithoai.DialogueKind(k))
	}
	for _, v := range f.Villages {
		d.Villages = append(d.Villages, doithoai.ID(v))
	}
	for _, h := range []struct {
		field, typed string
		into         *calendar.Instant
	}{{"gio-don", f.Doors, &d.DoorsAt}, {"gio-ket-thuc", f.End, &d.EndsAt}} {
		if h.typed == "" {
			continue
		}
		if *h.into = momentOf(f.Day, h.typed); h.into.IsZero() && !d.StartsAt.IsZero() {
			unread = append(unread, doithoai.Problem{Field: h.field, Key: "plan.dialogue.problem.hour"})
		}
	}
	return d, unread
}

// dialogueFormPage makes a dialogue, changes what is known of it, or moves it.
type dialogueFormPage struct {
	*web.Reader
	Dialogue  doithoai.Dialogue // zero where it is being made
	Plans     []store.PublicPlan
	Villages  []doithoai.Village
	Requests  []plan.VoterRequest // for which no dialogue is held yet
	Form      dialogueForm
	Latest    calendar.Date // on which people may be told of it, zero where no rule is in force
	Problems  web.Problems
	Refusal   string
	Moving    doithoai.Act // what of the page of moves came back
	Moves     []doithoai.DialogueMove
	Numbering doithoai.Numbering
}

func (p dialogueFormPage) with(r *web.Request, refusal error) dialogueFormPage {
	p.Problems = r.Problems(refusal)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return p
}

func (s *site) newDialogue(r *web.Request) error {
	p, err := s.newDialoguePage(r)
	if err != nil {
		return err
	}
	plans := p.Plans
	if of := r.URL.Query().Get("ke-hoach"); of != "" {
		plans = slices.DeleteFunc(slices.Clone(plans), func(p store.PublicPlan) bool { return string(p.ID) != of })
	}
	if len(plans) > 0 {
		d, err := s.proposed(r, plans[0])
		if err != nil {
			return err
		}
		p.Form = formOf(r.Reader, d)
	}
	return r.Page(http.StatusOK, p.newView())
}

func (s *site) newDialoguePage(r *web.Request) (p dialogueFormPage, err error) {
	p.Reader = r.Reader
	if p.Plans, err = s.db.Plans(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Requests, err = s.openRequests(r)
	return p, err
}

// openRequests are the requests of voters for which no dialogue is held yet.
func (s *site) openRequests(r *web.Request) ([]plan.VoterRequest, error) {
	requests, err := s.db.VoterRequests(r.Context(), r.Actor())
	if err != nil || len(requests) == 0 {
		return nil, err
	}
	all, err := s.db.DialogueList(r.Context(), r.Actor())
	return slices.DeleteFunc(requests, func(v plan.VoterRequest) bool { return v.Answered(all) }), err
}

// asked are the requests for which the dialogue is to be held, as the form has them. One that can't be read is kept
// as it is: the store knows none of that name.
func (f dialogueForm) asked() (list []plan.VoterRequest) {
	for _, typed := range f.Requests {
		id, version, _ := strings.Cut(typed, "/")
		n, _ := strconv.Atoi(version) // 0 is no version
		list = append(list, plan.VoterRequest{ID: doithoai.ID(id), Version: n})
	}
	return list
}

// proposed is a dialogue as the plan foresees it: its title, kinds, form and venue, and the first working day of its
// window for which people can still be told in time; the hour of its end is left to the office.
func (s *site) proposed(r *web.Request, from store.PublicPlan) (d doithoai.Dialogue, err error) {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return d, err
	}
	p := from.Plan
	d = doithoai.Dialogue{
		PlanID: from.ID, Title: r.T("planning.form.title_of", "year", p.Year), Form: doithoai.FormDirect,
		Kinds: kindsOf(p), Venue: p.When.Venue, WithFront: true,
	}
	if d.Chair, err = s.chair(r, p); err != nil {
		return d, err
	}
	if slices.Contains(doithoai.DialogueForms, doithoai.DialogueForm(p.When.Form)) {
		d.Form = doithoai.DialogueForm(p.When.Form)
	}
	proposeDay(&d, p, rules, r.Today())
	return d, nil
}

// chair is who chairs today, by name and post; where nobody has that post here, who signed the plan.
func (s *site) chair(r *web.Request, p plan.Plan) (string, error) {
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	if err != nil {
		return "", err
	}
	name, post := p.Signatory.Name, sentenceCase(p.Signatory.Title)
	for _, o := range officers {
		if o.Active && slices.Contains(o.Roles, doithoai.RoleChair) {
			name, post = o.Name, o.Post
			break
		}
	}
	if name == "" || post == "" {
		return name, nil
	}
	return name + ", " + post, nil
}

// sentenceCase is a title as written within a sentence: "CHỦ TỊCH" is "Chủ tịch".
func sentenceCase(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	runes := []rune(strings.ToLower(s))
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}

// proposeDay gives the dialogue the first day that the plan's days, or its window, and the notice of the law allow.
func proposeDay(d *doithoai.Dialogue, p plan.Plan, rules doithoai.Rules, today calendar.Date) {
	day := today.AddDays(1)
	if term, err := rules.Parameters.TermAt("notice.days", today); err == nil {
		day = day.AddDays(term.N)
	}
	if w := p.When.Window; w.Valid() && day.Before(w.From) {
		day = w.From
	}
	fixed := false
	for _, planned := range p.When.Days {
		if fixed = planned.Date.After(today); fixed {
			day = planned.Date
			if planned.Venue != "" {
				d.Venue = planned.Venue
			}
			break
		}
	}
	if !fixed {
		day = rules.Calendar.Roll(day)
	}
	d.StartsAt, d.DoorsAt = calendar.InstantAt(day, 8, 0), calendar.InstantAt(day, 7, 30)
	d.SlipsUntil = d.StartsAt
	if term, err := rules.Parameters.TermAt("slips.before", day); err == nil {
		last := rules.Calendar.LatestBefore(day, term).Latest
		d.SlipsUntil = calendar.InstantAt(last, 16, 30)
	}
}

// kindsOf are the kinds that the plan's title names.
func kindsOf(p plan.Plan) (kinds []doithoai.DialogueKind) {
	for _, k := range []struct {
		kind  doithoai.DialogueKind
		words string
	}{
		{doithoai.KindProcedures, "thủ tục hành chính"}, {doithoai.KindConduct, "thái độ phục vụ"},
	} {
		if strings.Contains(strings.ToLower(p.Abstract), k.words) {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

func (s *site) prepareDialogue(r *web.Request) error {
	var f dialogueForm
	if err := r.Form(&f); err != nil {
		return err
	}
	d, unread := f.dialogue()
	err := doithoai.RefuseForm(unread)
	if err == nil {
		if d.Programme, err = s.plannedProgramme(r, d); err != nil {
			return err
		}
		d, err = s.db.PrepareDialogue(r.Context(), r.Actor(), d, f.asked()...)
	}
	if err == nil {
		return r.Redirect(web.WorkspacePath(d.ID) + "?xong=" + string(doithoai.ActPrepareDialogue))
	}
	if !web.Mendable(err) {
		return err
	}
	p, loadErr := s.newDialoguePage(r)
	if loadErr != nil {
		return loadErr
	}
	p.Form = f
	p = p.with(r, err)
	return r.Page(web.StatusOf(err), p.newView())
}

// plannedProgramme are the steps that the dialogue's plan foresees. The results of the last dialogue are read out after
// the house rules, where one was held.
func (s *site) plannedProgramme(r *web.Request, d doithoai.Dialogue) (steps []doithoai.ProgrammeStep, err error) {
	p, err := s.db.PlanByID(r.Context(), r.Authority.ID, d.PlanID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil // the store says so in its own words
	}
	if err != nil {
		return nil, err
	}
	last, err := s.db.LastResults(r.Context(), r.Actor(), d.StartsAt)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return nil, err
	}
	held := err == nil
	for _, title := range p.Plan.Texts(plan.KindProgramme) {
		steps = append(steps, doithoai.ProgrammeStep{Title: strings.TrimRight(title, ".; ")})
		if held && strings.Contains(strings.ToLower(title), "nội quy") {
			steps = append(steps, doithoai.ProgrammeStep{
				Title: r.T("planning.programme.last", "date", r.Date(last.Dialogue.StartsAt.Date())),
			})
			held = false
		}
	}
	return steps, nil
}

// loadDialogueForm reads what the pages of one dialogue's form need.
func (s *site) loadDialogueForm(r *web.Request) (p dialogueFormPage, err error) {
	p.Reader = r.Reader
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Moves, err = s.db.DialogueMoves(r.Context(), r.Authority.ID, p.Dialogue.ID); err != nil {
		return p, err
	}
	if p.Numbering, err = s.db.Numbering(r.Context(), r.Actor(), doithoai.DocumentMoved.Symbol()); err != nil {
		return p, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	p.Latest, _ = rules.NoticeLatest(p.Dialogue)
	p.Form = formOf(r.Reader, p.Dialogue)
	return p, err
}

func (s *site) editDialogue(r *web.Request) error {
	p, err := s.loadDialogueForm(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.editView())
}

func (s *site) changeDialogue(r *web.Request) error {
	p, err := s.loadDialogueForm(r)
	if err != nil {
		return err
	}
	stands := p.Form
	p.Form = dialogueForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	if p.Dialogue.Public() { // what people were told of has no field here
		f := &p.Form
		f.Form, f.Day, f.Start, f.Venue, f.Link = stands.Form, stands.Day, stands.Start, stands.Venue, stands.Link
		f.Villages = stands.Villages
	}
	next, unread := p.Form.dialogue()
	err = doithoai.RefuseForm(unread)
	if err == nil {
		if p.Dialogue.Public() {
			next.StartsAt = p.Dialogue.StartsAt
		}
		_, err = s.db.ChangeDialogue(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, next)
	}
	if err == nil {
		return r.Redirect(web.WorkspacePath(p.Dialogue.ID) + "?xong=" + string(doithoai.ActChangeDialogue))
	}
	if !web.Mendable(err) {
		return err
	}
	p.Form.Version = p.Dialogue.Version
	return r.Page(web.StatusOf(err), p.with(r, err).editView())
}

func (s *site) moving(r *web.Request) error {
	p, err := s.loadDialogueForm(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.movingView())
}

func (s *site) move(r *web.Request) error {
	return s.unsettle(r, doithoai.ActMoveDialogue,
		func(p dialogueFormPage, why doithoai.DialogueMove) error {
			next, unread := p.Form.dialogue()
			if err := doithoai.RefuseForm(unread); err != nil {
				return err
			}
			_, err := s.db.MoveDialogue(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, next, why)
			return err
		})
}

func (s *site) postpone(r *web.Request) error {
	return s.unsettle(r, doithoai.ActPostponeDialogue,
		func(p dialogueFormPage, why doithoai.DialogueMove) error {
			_, err := s.db.PostponeDialogue(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, why)
			return err
		})
}

func (s *site) cancel(r *web.Request) error {
	return s.unsettle(r, doithoai.ActCancelDialogue,
		func(p dialogueFormPage, why doithoai.DialogueMove) error {
			_, err := s.db.CancelDialogue(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, why)
			return err
		})
}

// unsettle does an act of the page of moves.
func (s *site) unsettle(
	r *web.Request, act doithoai.Act, do func(dialogueFormPage, doithoai.DialogueMove) error,
) error {
	p, err := s.loadDialogueForm(r)
	if err != nil {
		return err
	}
	stands := p.Form
	p.Form, p.Moving = dialogueForm{}, act
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	err = do(p, doithoai.DialogueMove{Reason: p.Form.Reason, Paper: p.Form.Paper})
	if err == nil {
		return r.Redirect(web.WorkspacePath(p.Dialogue.ID) + "?xong=" + string(act))
	}
	if !web.Mendable(err) {
		return err
	}
	if act != doithoai.ActMoveDialogue { // the other forms have no more than a reason
		stands.Reason, stands.Paper = p.Form.Reason, p.Form.Paper
		p.Form = stands
	}
	p.Form.Version = p.Dialogue.Version
	return r.Page(web.StatusOf(err), p.with(r, err).movingView())
}
