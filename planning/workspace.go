package planning

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/ui"
)

// workspacePage is the page from which a dialogue is prepared: its stages, what is left of each, what stands in the way
// of the next one, and at the side what an area wants seen.
type workspacePage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Rules    doithoai.Rules
	Done     string // the act that led here
	Lines    []workLine
	Asides   []templ.Component
	Actions  []templ.Component // of the dialogue as a whole, the next step first
	Primary  bool              // the first of them is the next step
}

// workLine is a line of the workspace: a step with its words.
type workLine struct {
	plan.Step
	Duty  plan.DutyKey // of the law, which the line stands for
	Title string       // "Gửi giấy mời 38 đại biểu"
	Href  string       // where it is done
	Owner string       // "Văn phòng", "Trưởng 04 thôn"
	Proof ui.Words
	Block string // where it blocks: the sentence that says so, "Thôn 4 chưa thông báo"
}

// workArea adds what an area of preparation has for a dialogue's workspace.
type workArea func(s *site, r *web.Request, p *workspacePage) error

// workAreas are all areas, in the order in which their lines stand within a stage.
var workAreas = []workArea{
	dialogueWork, dutyLines,
	taskLines,
	peopleArea,
	questionArea, figuresArea, stockArea,
	relayArea, bulletinArea, estimateArea, logisticsArea, surveyArea,
}

func (s *site) workspace(r *web.Request) error {
	d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := &workspacePage{Reader: r.Reader, Dialogue: d, Done: r.URL.Query().Get("xong")}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	for _, area := range workAreas {
		if err := area(s, r, p); err != nil {
			return err
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// takeDuty takes the line of a duty off the page: the line of an area stands in its place, so that one matter has one
// line. ok is false where the page has none.
func (p *workspacePage) takeDuty(key plan.DutyKey) (line workLine, ok bool) {
	i := slices.IndexFunc(p.Lines, func(l workLine) bool { return l.Duty == key })
	if i < 0 {
		return line, false
	}
	line = p.Lines[i]
	p.Lines = slices.Delete(p.Lines, i, i+1)
	return line, true
}

// of are the lines of a stage, those that are late first, then those with the earliest day.
func (p *workspacePage) of(stage plan.Stage) []workLine {
	var lines []workLine
	for _, l := range p.Lines {
		if l.Stage == stage {
			lines = append(lines, l)
		}
	}
	rank := func(l workLine) int {
		switch {
		case l.State == plan.StepDone || l.State == plan.StepDropped:
			return 2
		case l.Due.IsZero():
			return 1
		}
		return 0
	}
	slices.SortStableFunc(lines, func(a, b workLine) int {
		if c := rank(a) - rank(b); c != 0 || rank(a) != 0 {
			return c
		}
		return a.Due.Compare(b.Due)
	})
	return lines
}

// left counts the lines that are not done yet.
func left(lines []workLine) (n int) {
	for _, l := range lines {
		if l.State != plan.StepDone && l.State != plan.StepDropped {
			n++
		}
	}
	return n
}

// blocks are the lines that stand in the way of the next stage. One that was cancelled has none.
func (p *workspacePage) blocks() (lines []workLine) {
	if p.Dialogue.State == doithoai.DialogueCancelled {
		return nil
	}
	for _, l := range p.Lines {
		if l.Blocks && l.State != plan.StepDone && l.State != plan.StepDropped {
			lines = append(lines, l)
		}
	}
	return lines
}

// next is the step that the office is led to where the dialogue itself has none to do: of what stands in the way, what
// is late first, then what is due first.
func (p *workspacePage) next() (line workLine, ok bool) {
	if p.Primary || !mayDo(p.Reader, doithoai.ActChangeDialogue) {
		return line, false
	}
	for _, l := range p.blocks() {
		if l.Href == "" || ok && !l.before(line) {
			continue
		}
		line, ok = l, true
	}
	return line, ok
}

// before reports whether a line is more urgent than another: it has a day, and an earlier one.
func (l workLine) before(other workLine) bool {
	return !l.Due.IsZero() && (other.Due.IsZero() || l.Due.Before(other.Due))
}

// stages is the bar of stages. It counts nothing of a dialogue that was cancelled: nobody is to do what is left.
func (p *workspacePage) stages() ui.Stages {
	current := plan.StageOfDialogue(p.Dialogue.State)
	now := slices.Index(plan.Stages, current)
	var bar ui.Stages
	for i, stage := range plan.Stages {
		lines := p.of(stage)
		s := ui.Stage{Title: p.T("planning.stage." + string(stage)), Current: i == now}
		if p.Dialogue.State == doithoai.DialogueCancelled {
			s.Current = false
		} else if n := left(lines); n > 0 && i <= now {
			s.Note, s.Open = p.T("planning.stage.left", "count", n), i < now
		} else if i < now {
			s.Note, s.Done = p.T("planning.stage.done"), true
		}
		if stage == plan.StageHold && i > now {
			s.Note = p.ListDay(p.Dialogue.StartsAt.Date())
		}
		if len(lines) > 0 {
			s.Href = "#" + string(stage)
		}
		bar = append(bar, s)
	}
	return bar
}

// rows are lines in the list.
func (p *workspacePage) rows(lines []workLine) (rows []ui.WorkRow) {
	for _, l := range lines {
		late := l.Late(p.Today())
		due := ui.Words{}
		if !l.Due.IsZero() {
			due = append(due, ui.Time{Machine: l.Due.String(), Text: p.ListDay(l.Due)})
			if l.ByLaw {
				due = append(due, quiet(p.T("planning.workspace.by_law")))
			}
		}
		rows = append(rows, ui.WorkRow{
			Title: l.Title, Href: l.Href, Late: late && l.State != plan.StepDone,
			Cells: []ui.WorkCell{{Text: l.Owner}, {Rich: due}, {Rich: l.Proof}, {Rich: p.state(l, late)}},
		})
	}
	return rows
}

// state says how far a line is; what is late says by how much.
func (p *workspacePage) state(l workLine, late bool) templ.Component {
	if late && l.State != plan.StepDone {
		return ui.Due{Text: p.Text.DueDays(p.Today().DaysUntil(l.Due)), Late: true}
	}
	words, colour := p.T("planning.step."+string(l.State)), ui.Grey
	switch {
	case l.State == plan.StepDone && late:
		words, colour = p.T("planning.step.done_late"), ui.Red
	case l.State == plan.StepDone:
		colour = ui.Green
	case l.State == plan.StepDoing:
		colour = ui.Blue
	}
	return ui.Tag{Text: words, Colour: colour}
}
