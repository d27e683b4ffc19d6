package office

import (
	"slices"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// deskWork is what an area that is not opinions has for an officer's desk.
type deskWork struct {
	mine    []task
	waiting []task // others', of which the desk shows what is late to who sees to all
	more    bool
}

// deskSources are the areas beside opinions that put their work on the desk's one list; a new area adds its own.
var deskSources = []func(*site, *web.Request) (deskWork, error){
	taskWork, choreWork, incomingWork, estimateWork, promiseWork, initiativeWork,
	receivedWork, waitingDocuments, guideWork,
}

// otherWork is the work of all of them.
func (s *site) otherWork(r *web.Request) (all deskWork, err error) {
	for _, source := range deskSources {
		w, err := source(s, r)
		if err != nil {
			return all, err
		}
		all.mine, all.waiting = append(all.mine, w.mine...), append(all.waiting, w.waiting...)
		all.more = all.more || w.more
	}
	return all, nil
}

// deskTitle is how much of a task the desk shows, in characters.
const deskTitle = 110

// Turns that are of no opinion.
const (
	turnTask     = "task"
	turnRelay    = "relay"
	turnEstimate = "estimate"
	turnFunds    = "funds"
)

// taskWork are the tasks of the plan that the officer's unit or village has, without those for all the time, and
// without what a plan of a year that is past names no day for; and for who urges, what is late with others.
func taskWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeeTasks) {
		return w, nil
	}
	rows, more, err := s.db.Tasks(r.Context(), r.Actor(), store.TaskFilter{Tab: store.TasksMine, Limit: deskTasks})
	if err != nil {
		return w, err
	}
	w.more = more
	for _, row := range rows {
		if row.Due.IsZero() && row.Year > 0 && row.Year < r.Today().Year { // the register still has it
			continue
		}
		w.mine = append(w.mine, newPlanTask(r.Reader, row))
	}
	if !doithoai.MayEver(r.Actor(), doithoai.ActUrgeTask) {
		return w, nil
	}
	late, more, err := s.db.Tasks(r.Context(), r.Actor(), store.TaskFilter{Tab: store.TasksLate, Limit: deskTasks})
	if err != nil {
		return w, err
	}
	w.more = w.more || more
	for _, row := range late {
		if !slices.ContainsFunc(rows, func(o store.TaskRow) bool { return o.ID == row.ID }) {
			w.waiting = append(w.waiting, newPlanTask(r.Reader, row))
		}
	}
	return w, nil
}

// deskTasks is how many tasks the desk is given, the most pressing.
const deskTasks = 50

func newPlanTask(r *web.Reader, row store.TaskRow) task {
	t := task{
		Title: text.Brief(row.Text, deskTitle), Act: doithoai.ActReportTask, Turn: turnTask, Href: web.TaskPath(row.ID),
		Unit: row.Owner(), Due: row.Due, Undated: row.Due.IsZero(),
	}
	if !row.HeldAt.IsZero() {
		t.Village = r.T("task.of_dialogue", "date", r.Date(row.HeldAt.Date()))
	} else if row.Notice != "" {
		t.Village = r.T("task.of_notice", "number", row.Notice)
	}
	return t
}

// choreWork is what is left to do of the preparation of coming dialogues: the officer's own, and for who urges, what is
// late with others.
func choreWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeeDialogues) {
		return w, nil
	}
	chores, err := s.db.Chores(r.Context(), r.Actor())
	if err != nil {
		return w, err
	}
	for _, c := range chores {
		switch own := c.Of(r.Actor()); {
		case own:
			w.mine = append(w.mine, newChore(r.Reader, c, true))
		case c.Late(r.Today()) && doithoai.MayEver(r.Actor(), doithoai.ActUrgeTask):
			w.waiting = append(w.waiting, newChore(r.Reader, c, false))
		}
	}
	return w, nil
}

// newChore is a chore on a desk: it leads to where it is done, the head of a village to the page of the own one.
func newChore(r *web.Reader, c plan.Chore, own bool) task {
	t := task{
		Turn: string(c.Kind), Unit: c.Owner, Due: c.Due, Undated: c.Due.IsZero(), Href: web.WorkspacePath(c.Dialogue.ID),
		Village: r.T("task.of_dialogue", "date", r.Date(c.Dialogue.StartsAt.Date())),
	}
	switch c.Kind {
	case plan.ChoreInvite:
		t.Title, t.Act = r.T("delegate.work.send", "count", c.Count), doithoai.ActInviteDelegates
		t.Unit = r.T("delegate.work.office")
		t.Href += web.PeoplePart
	case plan.ChoreFigures:
		t.Title, t.Act = r.T("prepare.work.figures"), doithoai.ActSubmitFigures
		t.Href += web.FiguresPart
		if own {
			t.Href += "/" + string(c.UnitID)
		}
	case plan.ChoreItem:
		t.Title, t.Act = c.Item, doithoai.ActFinishLogistics
		t.Href += web.LogisticsPart + "/viec/" + string(c.ItemID)
	case plan.ChoreTell:
		t.Title, t.Act = r.T("relay.work.announcement"), doithoai.ActTellVillage
		t.Href += web.RelayPart
		if own {
			t.Href = web.VillagesPath
		}
	}
	return t
}

// incomingWork are the notices of the superior that went to nobody yet, for who relays them.
func incomingWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActRelayIncoming) {
		return w, nil
	}
	rows, more, err := s.db.IncomingList(r.Context(), r.Actor(), "", deskTasks)
	if err != nil {
		return w, err
	}
	w.more = more
	for _, row := range rows {
		if row.To == 0 {
			w.mine = append(w.mine, task{
				Title: row.Abstract, Act: doithoai.ActRelayIncoming, Turn: turnRelay, Since: row.ReceivedOn,
				Href: web.IncomingPath + "/" + string(row.ID), Village: r.T("task.of_notice", "number", row.Number),
			})
		}
	}
	return w, nil
}

// estimateTurns are what of an estimate waits for whom.
var estimateTurns = []struct {
	act   doithoai.Act
	state plan.EstimateState
	turn  string
}{
	{doithoai.ActApproveEstimate, plan.EstimateSubmitted, turnEstimate},
	{doithoai.ActFundEstimate, plan.EstimateApproved, turnFunds},
}

// estimateWork are the estimates that wait for the officer's decision, or for their money.
func estimateWork(s *site, r *web.Request) (w deskWork, err error) {
	for _, t := range estimateTurns {
		if !doithoai.MayEver(r.Actor(), t.act) {
			continue
		}
		dialogues, err := s.db.EstimatesAt(r.Context(), r.Actor(), t.state)
		if err != nil {
			return w, err
		}
		for _, d := range dialogues {
			w.mine = append(w.mine, task{
				Title: r.T("desk.turn." + t.turn), Act: t.act, Turn: t.turn, Href: web.EstimatePath(d.ID), Undated: true,
				Village: r.T("task.of_dialogue", "date", r.Date(d.StartsAt.Date())),
			})
		}
	}
	return w, nil
}

// missing is what the next dialogue still lacks of the plan's tasks.
type missing struct {
	Dialogue   doithoai.Dialogue
	Open, Late int
}

// missingOf counts the tasks of the next dialogue that are not done; nil where none is left, or no dialogue comes.
func (s *site) missingOf(r *web.Request) (*missing, error) {
	all, err := s.db.DialogueList(r.Context(), r.Actor())
	if err != nil {
		return nil, err
	}
	var next *doithoai.Dialogue
	for _, d := range all {
		if d.State.Coming() && !d.StartsAt.Date().Before(r.Today()) && (next == nil || d.StartsAt.Before(next.StartsAt)) {
			next = &d
		}
	}
	if next == nil {
		return nil, nil
	}
	sums, err := s.db.TaskSums(r.Context(), r.Actor(), store.TaskFilter{DialogueID: next.ID})
	if err != nil {
		return nil, err
	}
	m := missing{Dialogue: *next}
	for _, sum := range sums {
		if sum.Rule.Stage() == plan.StagePrepare {
			m.Open, m.Late = m.Open+sum.All-sum.Done, m.Late+sum.Late
		}
	}
	if m.Open == 0 {
		return nil, nil
	}
	return &m, nil
}
