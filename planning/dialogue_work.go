package planning

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/ui"
)

// dialogueWork puts the dialogue itself on its workspace: what is known of it, its programme and texts, how it goes on,
// and what the officer may do next.
func dialogueWork(s *site, r *web.Request, p *workspacePage) error {
	d := p.Dialogue
	texts, err := s.db.DialogueTexts(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return err
	}
	results, err := s.db.ResultsOf(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return err
	}
	office := p.T("planning.work.office")
	preparing := d.State == doithoai.DialoguePreparing
	p.Lines = append(p.Lines,
		workLine{
			Step:  plan.Step{Stage: plan.StagePlan, State: plan.StepDone, DoneOn: d.StartsAt.Date()},
			Title: p.T("planning.work.made"), Owner: office,
		},
		p.factsLine(p.Rules.LacksCoChair(d), preparing, office),
		p.programmeLine(preparing, office),
		textLine(p, texts, plan.TextHouseRules, office), textLine(p, texts, plan.TextHost, office),
	)
	p.Lines = append(p.Lines, p.courseLines(results.Unruled, office)...)
	p.addActions()
	if err := s.addYear(r, p, p.Rules); err != nil {
		return err
	}
	if d.Moves > 0 {
		moves, err := s.db.DialogueMoves(r.Context(), r.Authority.ID, d.ID)
		if err != nil {
			return err
		}
		if len(moves) > 0 {
			p.Asides = append(p.Asides, movesAside(p.Reader, moves))
		}
	}
	return nil
}

// addYear puts beside the lines how far the dialogues go of the year that this one is held in, and which requests of
// voters it answers; nothing where no rule asks for any and nobody did.
func (s *site) addYear(r *web.Request, p *workspacePage, rules doithoai.Rules) error {
	all, err := s.db.DialogueList(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	requests, err := s.db.VoterRequests(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	requests = slices.DeleteFunc(requests, func(v plan.VoterRequest) bool { return v.DialogueID != p.Dialogue.ID })
	year := plan.YearDutyOf(p.Dialogue.StartsAt.Date().Year, all, rules, r.Today())
	if year.Least > 0 || len(requests) > 0 {
		p.Asides = append(p.Asides, yearAside(p.Reader, year, requests))
	}
	return nil
}

// factsLine is what must be known of the dialogue: where it is, who chairs, and who co-chairs where the law of its day
// asks for it.
func (p *workspacePage) factsLine(lacksCoChair, preparing bool, office string) workLine {
	d := p.Dialogue
	var missing []string
	for _, m := range []struct{ key, value string }{
		{"chair", d.Chair}, {"co_chair", d.CoChair}, {"secretary", d.Secretary}, {"contact", d.Contact},
	} {
		if m.value == "" && (m.key != "co_chair" || lacksCoChair) {
			missing = append(missing, p.T("planning.work.missing."+m.key))
		}
	}
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepDone, Due: d.StartsAt.Date(), DoneOn: d.StartsAt.Date()},
		Title: p.T("planning.work.facts"), Href: dialoguePath(d.ID, "/sua"), Owner: office,
	}
	if !mayDo(p.Reader, doithoai.ActChangeDialogue) || !d.May(doithoai.ActChangeDialogue) {
		line.Href = ""
	}
	if len(missing) > 0 {
		line.State = plan.StepDoing
		line.Proof = ui.Words{ui.Text(p.T("planning.work.lacks", "what", strings.Join(missing, ", ")))}
	}
	for _, problem := range d.AnnounceProblems(p.Now) {
		if preparing && problem.Field != "chuong-trinh" {
			line.Blocks, line.Block, line.State = true, p.T(problem.Key, problem.Args...), plan.StepDoing
			break
		}
	}
	if lacksCoChair && d.State == doithoai.DialogueAnnounced {
		line.Blocks, line.Block = true, p.T("planning.work.no_co_chair")
	}
	return line
}

func (p *workspacePage) programmeLine(preparing bool, office string) workLine {
	d := p.Dialogue
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepDone, Due: d.StartsAt.Date(), DoneOn: d.StartsAt.Date()},
		Title: p.T("planning.programme.title"), Href: dialoguePath(d.ID, "/chuong-trinh"), Owner: office,
		Proof: ui.Words{ui.Text(p.T("planning.work.steps", "count", len(d.Programme)))},
	}
	if missing := d.ProgrammeMissing(); len(missing) > 0 {
		line.State = plan.StepDoing
		line.Blocks, line.Block = preparing, p.T(missing[0].Key, missing[0].Args...)
	}
	return line
}

func textLine(p *workspacePage, texts map[plan.TextKind]plan.Text, kind plan.TextKind, office string) workLine {
	d := p.Dialogue
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits, Due: d.StartsAt.Date()},
		Title: p.T("planning.text." + string(kind)), Href: textPath(d.ID, kind), Owner: office,
	}
	if t := texts[kind]; t.Version > 0 {
		line.State, line.DoneOn = plan.StepDone, t.At.Date()
		if line.DoneOn.After(line.Due) {
			line.DoneOn = line.Due // what is put better afterwards was there in time
		}
	}
	return line
}

// courseLines are how the dialogue goes on from its day.
func (p *workspacePage) courseLines(unruled int, office string) (lines []workLine) {
	d := p.Dialogue
	for _, c := range []struct {
		act   doithoai.Act
		stage plan.Stage
		done  bool
	}{
		{doithoai.ActStartDialogue, plan.StageHold, !d.StartedAt.IsZero()},
		{doithoai.ActCloseDialogue, plan.StageHold, !d.ClosedAt.IsZero()},
		{doithoai.ActPublishResults, plan.StagePublish, !d.PublishedAt.IsZero()},
		{doithoai.ActReportDialogue, plan.StageReport, !d.ReportedAt.IsZero()},
	} {
		line := workLine{
			Step:  plan.Step{Stage: c.stage, State: plan.StepLater},
			Title: p.T("planning.course." + string(c.act)), Href: dialoguePath(d.ID, "/dien-bien"), Owner: office,
		}
		switch {
		case c.done:
			line.State = plan.StepDone
		case d.May(c.act):
			line.State = plan.StepWaits
		}
		if c.act == doithoai.ActStartDialogue && !d.State.Dayless() {
			line.Due = d.StartsAt.Date()
		}
		if c.act == doithoai.ActPublishResults && d.State == doithoai.DialogueClosed && unruled > 0 {
			line.Blocks, line.Block = true, p.T("planning.course.unruled", "count", unruled)
		}
		if c.done {
			line.DoneOn = line.Due
		}
		lines = append(lines, line)
	}
	return append(lines, p.reportLine(office))
}

// reportLine leads to the report of the result, once there is something to report.
func (p *workspacePage) reportLine(office string) workLine {
	line := workLine{
		Step:  plan.Step{Stage: plan.StageReport, State: plan.StepLater},
		Title: p.T("report.title"), Owner: office,
	}
	if p.Dialogue.State.Over() {
		line.State = plan.StepWaits
		if mayDo(p.Reader, doithoai.ActSeeReport) {
			line.Href = web.WorkspacePath(p.Dialogue.ID) + web.ReportPart
		}
	}
	if p.Dialogue.State == doithoai.DialogueReported {
		line.State = plan.StepDone
	}
	return line
}

// addActions are the next step as the one primary button, and what else may be done to the dialogue.
func (p *workspacePage) addActions() {
	d := p.Dialogue
	var buttons ui.Actions
	add := func(act doithoai.Act, key, href string, kind ui.ButtonKind) {
		if d.May(act) && mayDo(p.Reader, act) {
			buttons = append(buttons, ui.Button{Text: p.T("planning.work." + key), Href: href, Kind: kind})
			p.Primary = p.Primary || kind == ui.Primary
		}
	}
	if d.State == doithoai.DialoguePostponed {
		add(doithoai.ActMoveDialogue, "new_day", dialoguePath(d.ID, "/doi-ngay"), ui.Primary)
	}
	add(doithoai.ActAnnounceDialogue, "announce", textPath(d.ID, plan.TextAnnouncement), ui.Primary)
	if !p.Today().Before(d.StartsAt.Date()) {
		add(doithoai.ActStartDialogue, "start", dialoguePath(d.ID, "/dien-bien"), ui.Primary)
	}
	for _, act := range courseActs[1:] {
		add(act, string(act), dialoguePath(d.ID, "/dien-bien"), ui.Primary)
	}
	add(doithoai.ActChangeDialogue, "edit", dialoguePath(d.ID, "/sua"), ui.Secondary)
	if d.State != doithoai.DialoguePostponed {
		add(doithoai.ActCancelDialogue, "move", dialoguePath(d.ID, "/doi-ngay"), ui.Secondary)
	}
	if d.Rehearsable() == nil && mayDo(p.Reader, doithoai.ActRehearse) {
		buttons = append(buttons, ui.Button{
			Text: p.T("rehearsal.title"), Href: web.ConsolePath(d.ID) + web.RehearsalPart, Kind: ui.Secondary,
		})
	}
	if len(buttons) > 0 {
		p.Actions = append(p.Actions, buttons)
	}
}
