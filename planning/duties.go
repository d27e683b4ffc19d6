package planning

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

func dutyPath(d doithoai.ID, key plan.DutyKey) string { return dialoguePath(d, "/moc/"+string(key)) }

// dutyPage is one duty of a dialogue: by when and why, what proves it, and the form of a proof.
type dutyPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Duty     plan.Duty
	Officers map[doithoai.ID]string
	Form     proofForm
	Part     evidencePart
	Counts   map[doithoai.ID]int // of the files of each proof
	Problems web.Problems
	Refusal  string
	Done     string
}

type proofForm struct {
	Day   string `form:"ngay" line:"true" day:"true"`
	Hour  string `form:"gio" line:"true"`
	Until string `form:"den-ngay" line:"true" day:"true"`
	Doer  string `form:"nguoi-lam" line:"true"`
	Text  string `form:"minh-chung"`
	filesForm
}

func (s *site) loadDuty(r *web.Request) (p dutyPage, err error) {
	p.Reader = r.Reader
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	duties, err := s.db.Duties(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return p, err
	}
	key := plan.DutyKey(r.PathValue("duty"))
	i := slices.IndexFunc(duties, func(d plan.Duty) bool { return d.Key == key })
	if i < 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Duty = duties[i]
	var proofs []store.EvidenceAt
	for _, proof := range p.Duty.Proofs {
		proofs = append(proofs, store.DutyEvidence(proof.ID))
	}
	if p.Counts, err = s.db.EvidenceCounts(r.Context(), r.Actor(), proofs...); err != nil {
		return p, err
	}
	if p.Part, err = s.evidencePart(r); err != nil {
		return p, err
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	p.Officers = map[doithoai.ID]string{}
	for _, o := range officers {
		p.Officers[o.ID] = o.Name
	}
	p.Form = proofForm{Day: r.Date(r.Today()), Hour: hourOf(r.Now)}
	return p, err
}

func (s *site) duty(r *web.Request) error {
	p, err := s.loadDuty(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) recordDuty(r *web.Request) error {
	p, err := s.loadDuty(r)
	if err != nil {
		return err
	}
	p.Form = proofForm{}
	b, err := s.formWithFiles(r, &p.Form, &p.Form.filesForm)
	if err != nil {
		return err
	}
	if p.Part, err = s.evidencePart(r, b.IDs...); err != nil {
		return err
	}
	err = b.do(func() error {
		proof := plan.Proof{
			DialogueID: p.Dialogue.ID, Duty: p.Duty.Key, At: momentOf(p.Form.Day, p.Form.Hour), Doer: p.Form.Doer,
			Text: p.Form.Text, Files: b.IDs,
		}
		if p.Form.Until != "" {
			if proof.Until = web.TypedDate(p.Form.Until); proof.Until.IsZero() {
				return doithoai.RefuseForm([]doithoai.Problem{{Field: "den-ngay", Key: "plan.duty.problem.until"}})
			}
		}
		_, err := s.db.RecordDuty(r.Context(), r.Actor(), proof)
		return err
	})
	if err == nil && b.Again {
		return r.Page(http.StatusOK, p.view())
	}
	return s.afterDuty(r, p, doithoai.ActRecordDuty, err)
}

func (s *site) withdrawDuty(r *web.Request) error {
	p, err := s.loadDuty(r)
	if err != nil {
		return err
	}
	err = s.db.WithdrawDuty(r.Context(), r.Actor(), p.Dialogue.ID, doithoai.ID(r.PathValue("proof")))
	return s.afterDuty(r, p, doithoai.ActWithdrawDuty, err)
}

func (s *site) afterDuty(r *web.Request, p dutyPage, act doithoai.Act, refusal error) error {
	if refusal == nil {
		return r.Redirect(dutyPath(p.Dialogue.ID, p.Duty.Key) + "?xong=" + string(act))
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p.Problems = r.Problems(refusal)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

func (p dutyPage) title() string { return p.T("planning.duty.name." + string(p.Duty.Key)) }

// may reports whether the officer may record a proof now: its cause has come.
func (p dutyPage) may() bool {
	return mayDo(p.Reader, doithoai.ActRecordDuty) && !p.Duty.Opens.IsZero()
}

// term says by when the duty is due, on what that rests, and which day is advised where offices are shut.
func (p dutyPage) term() ui.Facts {
	facts := ui.Facts{}
	add := func(name, value string) {
		facts = append(facts, ui.Fact{Name: p.T("planning.duty." + name), Value: value})
	}
	d := p.Duty
	if d.Due.IsZero() {
		add("due", p.T("planning.duty.no_term"))
		return facts
	}
	add("due", p.DateShort(d.Due)+" ("+termWords(p.Reader, d)+")")
	if d.Advice != d.Due {
		key := "advice_after"
		if d.Stage == plan.StageAnnounce {
			key = "advice_before"
		}
		add("advice", p.T("planning.duty."+key, "date", p.DateShort(d.Advice)))
	}
	add("basis", basisWords(p.Reader, d.Rule, d.House))
	if d.Lasts > 0 {
		add("lasts", p.T("planning.duty.lasts_days", "count", d.Lasts))
		add("lasts_basis", basisWords(p.Reader, d.Length, d.Length.HouseDefault()))
	}
	return facts
}

// termWords say where a duty's day lies: "chậm nhất 7 ngày trước hội nghị".
func termWords(r *web.Reader, d plan.Duty) string {
	key := "planning.duty.after"
	if d.Stage == plan.StageAnnounce {
		key = "planning.duty.before"
	}
	return r.T(key, "days", d.Rule.Value)
}

// basisWords name the article on which a rule rests, or say that none does; beside it, that this way of keeping it is
// the house's.
func basisWords(r *web.Reader, rule doithoai.Parameter, house bool) string {
	switch {
	case rule.HouseDefault():
		return r.T("planning.duty.house")
	case house:
		return r.T("planning.duty.house_way", "basis", rule.Basis)
	}
	return rule.Basis
}

// logPaths are the pages of the logs from which a proof is known.
var logPaths = map[plan.ProofLog]string{plan.LogBroadcasts: bulletinPath, plan.LogVillages: web.RelayPart}

// rows are the proofs.
func (p dutyPage) rows() (rows []ui.WorkRow) {
	for _, proof := range p.Duty.Proofs {
		when := p.DateTime(proof.At)
		if !proof.Until.IsZero() {
			when = p.T("planning.duty.from_to", "from", p.Date(proof.At.Date()), "to", p.Date(proof.Until))
		}
		if log := logPaths[proof.Log]; log != "" {
			doer := proof.Doer
			if doer == "" {
				doer = p.T("planning.duty.log_doer." + string(proof.Log))
			}
			rows = append(rows, ui.WorkRow{
				Title: p.T("planning.duty.log." + string(proof.Log)), Href: web.WorkspacePath(p.Dialogue.ID) + log,
				Cells: []ui.WorkCell{{Text: when}, {Text: doer}, {}, {}},
			})
			continue
		}
		cells := []ui.WorkCell{
			{Text: when}, {Text: proof.Doer}, {Text: p.Officers[proof.By] + ", " + p.DateTime(proof.RecordedAt)}, {},
		}
		if proof.By == p.Officer.ID && mayDo(p.Reader, doithoai.ActWithdrawDuty) {
			cells[3].Rich = ui.PostLink{
				Text:   p.T("planning.duty.withdraw"),
				Action: dutyPath(p.Dialogue.ID, p.Duty.Key) + "/" + string(proof.ID) + "/rut",
			}
		}
		at := store.DutyEvidence(proof.ID)
		if n := p.Counts[at.ID()]; n > 0 {
			cells[1] = ui.WorkCell{Rich: append(ui.Words{ui.Text(proof.Doer + " ·")}, filesLink(p.Reader, at, n)...)}
		}
		rows = append(rows, ui.WorkRow{Title: proof.Text, Cells: cells})
	}
	return rows
}

// dutyLines put the duties of the law on a dialogue's workspace.
func dutyLines(s *site, r *web.Request, p *workspacePage) error {
	duties, err := s.db.Duties(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if d.Key == plan.DutyNoticePaper {
			p.Lines = append(p.Lines, paperLine(p, d, texts[plan.TextAnnouncement]))
			continue
		}
		line := workLine{
			Duty: d.Key,
			Step: d.Step(), Title: p.T("planning.duty.name." + string(d.Key)), Href: dutyPath(p.Dialogue.ID, d.Key),
			Owner: p.T("planning.duty.owner." + string(d.Key)), Proof: proofWords(p.Reader, d),
		}
		if d.Key == plan.DutyNoticeMedia && p.Dialogue.State == doithoai.DialogueAnnounced {
			line.Blocks, line.Block = true, p.T("planning.duty.block_media")
		}
		p.Lines = append(p.Lines, line)
	}
	p.Asides = append(p.Asides, clockAside(p.Reader, p.Dialogue, duties))
	return nil
}

// paperLine is the announcement: written, then issued with number and day.
func paperLine(p *workspacePage, d plan.Duty, t plan.Text) workLine {
	step := d.Step()
	switch {
	case t.Number != "":
		step.State, step.DoneOn = plan.StepDone, t.Dated
	case t.Version > 0:
		step.State = plan.StepDoing
	default:
		step.State = plan.StepWaits
	}
	line := workLine{
		Step: step, Title: p.T("planning.duty.name." + string(d.Key)), Href: textPath(p.Dialogue.ID, plan.TextAnnouncement),
		Owner: p.T("planning.duty.owner." + string(d.Key)),
	}
	if t.Number != "" {
		line.Proof = ui.Words{ui.Text(t.Number + ","), ui.Text(p.Date(t.Dated))}
	}
	return line
}

// proofWords are what shows that a duty was done: its day, by whom, how often.
func proofWords(r *web.Reader, d plan.Duty) ui.Words {
	if len(d.Proofs) == 0 {
		return nil
	}
	first := d.Proofs[0]
	words := ui.Words{web.ListDay(r, first.At.Date())}
	if n := len(d.Proofs); n > 1 {
		words = append(words, quiet(r.T("planning.duty.times", "count", n)))
	}
	if last := d.Lasted(); !last.IsZero() && d.Running() < d.Lasts {
		words = append(words, quiet(r.T("planning.duty.until", "days", d.Lasts, "date", r.Date(last))))
	}
	return words
}

// clockAside shows the days of the law beside a dialogue's tasks.
func clockAside(r *web.Reader, d doithoai.Dialogue, duties []plan.Duty) clockAsidePart {
	part := clockAsidePart{Reader: r, Dialogue: d}
	var bases []string
	for _, key := range []plan.DutyKey{plan.DutyNoticeMedia, plan.DutyResultMedia} {
		i := slices.IndexFunc(duties, func(d plan.Duty) bool { return d.Key == key })
		if i >= 0 && !duties[i].Due.IsZero() {
			part.Days = append(part.Days, duties[i])
			bases = append(bases, basisWords(r, duties[i].Rule, duties[i].House))
		}
	}
	part.Bases = slices.Compact(bases)
	return part
}

// clockAsidePart is the aside "Mốc theo luật".
type clockAsidePart struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Days     []plan.Duty
	Bases    []string
}

// name is how a day is called beside that of the dialogue, D: "D-7", "D+10".
func (p clockAsidePart) name(d plan.Duty) string {
	if d.Stage == plan.StageAnnounce {
		return "D−" + d.Rule.Value
	}
	return "D+" + d.Rule.Value
}

// stand says how a duty of the law stands.
func (p clockAsidePart) stand(d plan.Duty) (words string, late bool) {
	today := p.Today()
	step := d.Step()
	if d.Key == plan.DutyNoticeMedia && p.Dialogue.Public() && !p.Dialogue.State.Dayless() {
		on := p.Dialogue.Noticed.Date()
		if early := on.DaysUntil(d.Due); early < 0 {
			return p.T("planning.duty.told_late", "count", -early), true
		} else if early > 0 {
			return p.T("planning.duty.told_early", "count", early), false
		}
		return p.T("planning.duty.told_in_time"), false
	}
	switch {
	case step.State == plan.StepDone && step.Late(today):
		return p.T("planning.step.done_late"), true
	case step.State == plan.StepDone:
		return p.T("planning.step.done"), false
	}
	return p.Text.DueDays(today.DaysUntil(d.Due)), today.After(d.Due)
}

func (p clockAsidePart) day() calendar.Date { return p.Dialogue.StartsAt.Date() }
