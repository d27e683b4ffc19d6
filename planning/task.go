package planning

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// taskPage is one task: its clause in the plan, who has it and by when, what was done, who has taken note, who urged.
type taskPage struct {
	*web.Reader
	store.TaskFile
	Calendar calendar.Calendar
	Section  string // of the plan in force, in which the clause stands
	Form     taskForm
	Part     evidencePart
	Files    ui.Words     // leads to those that show what was done
	Typed    doithoai.Act // whose form came back
	Saved    calendar.Instant
	Done     string
	Problems web.Problems
	Refusal  string
}

// taskForm are all forms of the page: each act reads what is its own.
type taskForm struct {
	Version  int    `form:"phien-ban"`
	Report   string `form:"ket-qua"`
	Finished string `form:"xong" line:"true"`
	From     string `form:"nguoi-bao" line:"true"`
	On       string `form:"ngay-bao" line:"true" day:"true"`
	At       string `form:"gio-bao" line:"true"`
	Note     string `form:"ghi-chu"`
	Reason   string `form:"ly-do"`
	filesForm
}

// report is what the form reports. An hour that is none is the first of the day.
func (f taskForm) report(files []doithoai.ID) plan.TaskReport {
	at, err := calendar.ReadClock(f.At)
	if err != nil {
		at = 0
	}
	return plan.TaskReport{
		Text: f.Report, Done: f.Finished != "", From: f.From, On: web.TypedDate(f.On), At: at,
		Files: files,
	}
}

func (s *site) task(r *web.Request) error {
	p, err := s.loadTask(r)
	if err != nil {
		return err
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftTask, string(p.ID))
	if err != nil {
		return err
	}
	if words := d.Fields["ket-qua"]; len(words) > 0 {
		p.Form.Report, p.Saved = words[0], d.SavedAt
	}
	if key := "task.done." + r.URL.Query().Get("xong"); r.URL.Query().Has("xong") && r.Text.Has(key) {
		p.Done = r.T(key)
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadTask(r *web.Request, kept ...doithoai.ID) (p taskPage, err error) {
	p.Reader = r.Reader
	if p.TaskFile, err = s.db.Task(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return p, err
	}
	if p.Part, err = s.evidencePart(r, kept...); err != nil {
		return p, err
	}
	if p.Files, err = s.filesOf(r, store.TaskEvidence(p.ID)); err != nil {
		return p, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Calendar, p.Form.Version = rules.Calendar, p.Version
	now := calendar.Civil(r.Now)
	p.Form.On, p.Form.At = r.Date(r.Today()), calendar.Clock(now.Hour()*60+now.Minute()).String()
	if p.PlanID != "" {
		of, err := s.db.PlanByID(r.Context(), r.Authority.ID, p.PlanID)
		if err != nil {
			return p, err
		}
		if _, section, ok := of.Plan.Point(p.Point); ok {
			p.Section = section.Heading()
		}
	}
	return p, nil
}

// doTask reads the page's form and does an act with it; one that is refused comes back as it was typed.
func (s *site) doTask(
	r *web.Request, act doithoai.Act, done string, do func(doithoai.ID, taskForm, []doithoai.ID) error,
) error {
	var f taskForm
	b, err := s.formWithFiles(r, &f, &f.filesForm)
	if err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	err = b.do(func() error { return do(id, f, b.IDs) })
	switch {
	case b.done(err):
		return r.Redirect(web.TaskPath(id) + "?xong=" + done)
	case err != nil && !web.Mendable(err):
		return err
	}
	p, loading := s.loadTask(r, b.IDs...)
	if loading != nil {
		return loading
	}
	f.Version = p.Version // the page shows how the task stands now
	p.Form, p.Typed = f, act
	if err != nil {
		if p.Problems = r.Problems(err); !p.Problems.Any() {
			p.Refusal = web.RefusalWords(r.Reader, err)
		}
		r.RetryAfter(err)
	}
	return r.Page(statusOf(err), p.view())
}

func (s *site) reportTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActReportTask, "report", func(id doithoai.ID, f taskForm, files []doithoai.ID) error {
		return s.db.ReportTask(r.Context(), r.Actor(), id, f.Version, f.report(files))
	})
}

func (s *site) recordTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActRecordTask, "record", func(id doithoai.ID, f taskForm, files []doithoai.ID) error {
		return s.db.RecordTask(r.Context(), r.Actor(), id, f.Version, f.report(files))
	})
}

func (s *site) noteTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActNoteTask, "note", func(id doithoai.ID, _ taskForm, _ []doithoai.ID) error {
		return s.db.NoteTask(r.Context(), r.Actor(), id)
	})
}

func (s *site) recordNote(r *web.Request) error {
	return s.doTask(r, recordedNote, "note", func(id doithoai.ID, f taskForm, _ []doithoai.ID) error {
		return s.db.RecordNote(r.Context(), r.Actor(), id, f.report(nil))
	})
}

// recordedNote names the form on which the office writes down who has taken note: its act has another one, too.
const recordedNote doithoai.Act = "record_note"

func (s *site) urgeTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActUrgeTask, "urge", func(id doithoai.ID, f taskForm, _ []doithoai.ID) error {
		return s.db.UrgeTask(r.Context(), r.Actor(), id, f.Version, f.Note)
	})
}

func (s *site) reopenTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActReopenTask, "reopen", func(id doithoai.ID, f taskForm, _ []doithoai.ID) error {
		return s.db.ReopenTask(r.Context(), r.Actor(), id, f.Version, f.Reason)
	})
}

func (s *site) dropTask(r *web.Request) error {
	return s.doTask(r, doithoai.ActDropTask, "drop", func(id doithoai.ID, f taskForm, _ []doithoai.ID) error {
		return s.db.DropTask(r.Context(), r.Actor(), id, f.Version, f.Reason)
	})
}

// can reports whether the officer may do an act to the task.
func (p taskPage) can(act doithoai.Act) bool { return doithoai.Can(p.Actor(), act, p.Subject()) == nil }

// reports reports whether the officer may report as who has the task.
func (p taskPage) reports() bool { return p.State.Open() && p.can(doithoai.ActReportTask) }

// records reports whether the officer writes down what others told.
func (p taskPage) records() bool {
	return p.State.Open() && !p.can(doithoai.ActReportTask) && p.can(doithoai.ActRecordTask)
}

// notes reports whether the officer has yet to say that they took note.
func (p taskPage) notes() bool {
	return p.can(doithoai.ActNoteTask) && !slices.ContainsFunc(p.Notes, func(n store.TaskNote) bool {
		return n.OfficerID == p.Actor().ID && n.From == ""
	})
}

// noted says of how many officers how many have taken note.
func (p taskPage) noted() string {
	n := 0
	for _, o := range p.Officers {
		if _, done := p.noteOf(o.ID); done {
			n++
		}
	}
	if len(p.Officers) == 0 {
		return p.T("task.noted_told", "count", len(p.Notes))
	}
	return p.T("task.noted", "count", n, "of", len(p.Officers))
}

// noteOf is when an officer took note.
func (p taskPage) noteOf(id doithoai.ID) (store.TaskNote, bool) {
	for _, n := range p.Notes {
		if n.OfficerID == id && n.From == "" {
			return n, true
		}
	}
	return store.TaskNote{}, false
}

// title is the beginning of the clause.
func (p taskPage) title() string { return text.Brief(p.Task.Text, taskTitle) }

// why says why the task is due when it is.
func (p taskPage) why() string {
	switch {
	case p.DirectiveID != "":
		return p.T("task.why.directive")
	case p.IncomingID != "" && p.Task.Due.IsZero():
		return p.T("task.why.notice_none")
	case p.IncomingID != "":
		return p.T("task.why.notice", "number", p.Notice)
	case p.Manner == plan.MannerDialogue && p.Task.Due.IsZero():
		return p.T("task.why.no_day", "rule", ruleWords(p.Reader, p.TaskRule))
	case p.Manner == plan.MannerDialogue:
		return p.T("task.why.dialogue", "rule", ruleWords(p.Reader, p.TaskRule), "date", p.DateShort(p.HeldAt.Date()))
	}
	return p.T("task.why.plan", "rule", ruleWords(p.Reader, p.TaskRule))
}

// ground is what the directive that the task is was opened from.
func (p taskPage) ground() store.DirectiveGround {
	d := p.Directive
	return store.DirectiveGround{
		DirectiveSource: d.DirectiveSource, Count: d.Count, Promise: d.Promise, Dialogue: d.Dialogue,
	}
}

// endedWords say why the task was dropped.
func (p taskPage) endedWords() string { return p.T("task.ended." + string(p.Ended)) }

// timeline is what became of the task, the newest first.
func (p taskPage) timeline() ui.Timeline {
	var list ui.Timeline
	for _, s := range p.Steps {
		item := ui.TimelineItem{Title: p.stepWords(s), When: web.Moment(p.Reader, s.At), Body: p.stepBody(s)}
		list = append(list, item)
	}
	return list
}

// stepWords say in a line what became of the task, and by whom.
func (p taskPage) stepWords(s plan.TaskStep) string {
	args := []any{"who", p.People[s.By], "from", s.From}
	switch s.Kind {
	case plan.StepReported, plan.StepRecorded:
		key := "task.step." + string(s.Kind)
		if s.State == plan.TaskDone {
			key += "_done"
		}
		return p.T(key, args...)
	case plan.StepUrged:
		if s.Level > 0 {
			return p.T("task.step.urged_level", append(args, "level", s.Level)...)
		}
		return p.T("task.step.urged", args...)
	case plan.StepMoved:
		if s.Due.IsZero() {
			return p.T("task.step.due_set")
		}
		return p.T("task.step.due_moved", "date", p.Date(s.Due))
	case plan.StepHanded:
		return p.T("task.step.handed", "name", s.Text)
	case plan.StepEnded:
		if s.Text != "" {
			return p.T("task.step.ended_by", "paper", s.Text)
		}
		return p.T("task.step.ended")
	case plan.StepSpread:
		if p.IncomingID != "" {
			return p.T("task.step.relayed", args...)
		}
		if p.DirectiveID != "" {
			return p.T("task.step.directed", args...)
		}
	}
	return p.T("task.step."+string(s.Kind), args...)
}

// stepBody is what was said with it: nothing for what the line says already.
func (p taskPage) stepBody(s plan.TaskStep) templ.Component {
	if s.Text == "" || s.Kind == plan.StepHanded || s.Kind == plan.StepEnded {
		return nil
	}
	return p.said(s)
}

// outdated reports whether the task was done for a day of its dialogue that is no more.
func (p taskPage) outdated() bool { return p.Dialogue != nil && p.Outdated(*p.Dialogue) }

func (p taskPage) draft() web.Draft {
	return web.Draft{
		Reader: p.Reader, Form: store.DraftTask, Subject: string(p.ID), SavedAt: p.Saved, Back: web.TaskPath(p.ID),
	}
}
