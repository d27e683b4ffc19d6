package office

import (
	"cmp"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// A turn is what an opinion waits for, as the pages of the staff know it: one act, where it is done, and by when.
type turn struct {
	act  doithoai.Act // empty: nothing is left to do
	name string       // of the turn, in catalogue keys: "rule", "draft", "redraft", "sign", …
	part string       // of the opinion's page, where the act is done
	at   string       // what follows the page's address in links that lead there
	due  calendar.Date
}

// Parts of an opinion's page, as links name them.
const (
	partRuling      = "#muc-huong"
	partAnswer      = "#muc-tra-loi"
	partDispatch    = "#muc-phat-hanh"
	partDelivery    = "#muc-bao"
	partPublication = "#muc-cong-khai"
	partConduct     = "#muc-can-bo"
	partNotes       = "#muc-ghi-chu"
	partDispute     = "#de-nghi-chuyen"
	partUrging      = "#muc-don-doc"
	partStatus      = "#muc-tinh-hinh"
	pagePreview     = "/xem-truoc"
)

// turnsOf are the turns by the act; again is the name where what was handed in came back. Links lead to the top of the
// page, where it is seen whose matter it is, but for what has a page of its own.
var turnsOf = map[doithoai.Act]struct{ name, again, part, at string }{
	doithoai.ActRuleOpinion:        {"rule", "rule", partRuling, ""},
	doithoai.ActSubmitAnswer:       {"draft", "redraft", partAnswer, ""},
	doithoai.ActResumePetition:     {"resume", "resume", partAnswer, ""},
	doithoai.ActSignAnswer:         {"sign", "sign", partAnswer, ""},
	doithoai.ActDispatchAnswer:     {"dispatch", "dispatch", partDispatch, ""},
	doithoai.ActProposeCorrection:  {"correct", "correct", partCorrection, ""},
	doithoai.ActSignCorrection:     {turnSignCorrection, turnSignCorrection, partCorrection, ""},
	doithoai.ActDispatchCorrection: {"dispatch_correction", "dispatch_correction", partCorrection, ""},
	doithoai.ActAllowReopening:     {turnReopening, turnReopening, partReopening, ""},
	doithoai.ActDeclineRefusal:     {turnRefusal, turnRefusal, partRefusal, ""},
	doithoai.ActRecordDelivery:     {"tell", "tell", partDelivery, ""},
	doithoai.ActProposePublication: {"propose", "mend", partPublication, ""},
	doithoai.ActApprovePublication: {"approve", "approve", "", pagePreview},
}

func turnOf(s doithoai.Step) turn {
	of := turnsOf[s.Act]
	t := turn{act: s.Act, name: of.name, part: of.part, at: of.at, due: s.Due}
	if s.Again {
		t.name = of.again
	}
	return t
}

// outlook is what a turn depends on beside the opinion itself.
type outlook struct {
	rules     doithoai.Rules
	dialogues map[doithoai.ID]doithoai.Dialogue
	now       calendar.Instant
}

// turns are what an opinion waits for, the first thing first ([doithoai.Rules.NextSteps]).
func (l outlook) turns(
	o doithoai.Opinion, p *doithoai.Petition, public doithoai.PublicationState,
	x doithoai.Correcting, toTell int,
) []turn {
	var list []turn
	for _, s := range l.rules.NextSteps(o, l.dialogues[o.DialogueID], p, public, x, toTell, l.now.Date()) {
		t := turnOf(s)
		if s.Act == doithoai.ActProposePublication && x.Summary == doithoai.PublicationOutdated {
			t.name = turnSummary
		}
		list = append(list, t)
	}
	return list
}

// deskActs are the acts that wait on the desk of each role. An officer may do more; the desk shows what is theirs to
// do.
var deskActs = map[doithoai.Role][]doithoai.Act{
	doithoai.RoleChair: {
		doithoai.ActSubmitAnswer, doithoai.ActSignAnswer, doithoai.ActApprovePublication,
		doithoai.ActProposeCorrection, doithoai.ActSignCorrection,
	},
	doithoai.RoleOffice: {
		doithoai.ActRuleOpinion, doithoai.ActSubmitAnswer, doithoai.ActDispatchAnswer, doithoai.ActProposePublication,
		doithoai.ActApprovePublication, doithoai.ActProposeCorrection, doithoai.ActDispatchCorrection,
	},
	doithoai.RoleSecretary:   {doithoai.ActRuleOpinion},
	doithoai.RoleClerk:       {doithoai.ActDispatchAnswer, doithoai.ActDispatchCorrection},
	doithoai.RoleUnitOfficer: {doithoai.ActSubmitAnswer, doithoai.ActProposeCorrection},
}

// waitsFor reports whether a turn is the actor's own to take.
func waitsFor(a doithoai.Actor, t turn, s doithoai.Subject) bool {
	if doithoai.Can(a, t.act, s) != nil {
		return false
	}
	for role, acts := range deskActs {
		if a.Has(role) && slices.Contains(acts, t.act) {
			return true
		}
	}
	return false
}

// anothers reports whether another officer of the unit works on the answer.
func anothers(a doithoai.Actor, t turn, p *doithoai.Petition) bool {
	return t.act == doithoai.ActSubmitAnswer && p != nil && p.OfficerID != "" && p.OfficerID != a.ID
}

// outlook reads what turns depend on.
func (s *site) outlook(r *web.Request) (outlook, error) {
	l := outlook{now: r.Now, dialogues: map[doithoai.ID]doithoai.Dialogue{}}
	var err error
	if l.rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return l, err
	}
	all, err := s.db.Dialogues(r.Context(), r.Authority.ID)
	for _, d := range all {
		l.dialogues[d.ID] = d
	}
	return l, err
}

// work is what is to be done in an office, as one officer sees it.
type work struct {
	outlook
	mine    []task // the officer's own, the most pressing first
	waiting []task // others'
	more    bool   // than is listed
}

// work lists what waits for the officer, and what for others.
func (s *site) work(r *web.Request, l outlook) (work, error) {
	w, err := s.workAt(r, l)
	if err != nil {
		return w, err
	}
	told, moreTold, err := s.handTasks(r)
	if err != nil {
		return w, err
	}
	extensions, moreExtensions, err := s.extensionTasks(r)
	if err != nil {
		return w, err
	}
	questions, moreQuestions, err := s.questionTasks(r, l)
	if err != nil {
		return w, err
	}
	corrections, others, moreCorrections, err := s.correctionTasks(r, l)
	if err != nil {
		return w, err
	}
	parts, moreParts, err := s.partTasks(r)
	if err != nil {
		return w, err
	}
	disputes, disputed, moreDisputes, err := s.disputeTasks(r)
	if err != nil {
		return w, err
	}
	urgings, moreUrgings, err := s.onwardTasks(r, l)
	if err != nil {
		return w, err
	}
	urged, moreUrged, err := s.urgedTasks(r)
	if err != nil {
		return w, err
	}
	reopenings, asked, moreReopenings, err := s.reopeningTasks(r)
	if err != nil {
		return w, err
	}
	refusals, proposed, moreRefusals, err := s.refusalTasks(r)
	if err != nil {
		return w, err
	}
	w.mine, w.waiting = besides(w.mine, refusals, proposed), besides(w.waiting, refusals, proposed)
	w.more = w.more || moreRefusals || moreTold || moreExtensions || moreQuestions || moreCorrections || moreParts ||
		moreDisputes || moreUrgings || moreUrged || moreReopenings
	w.waiting = slices.Concat(w.waiting, others, disputed, asked, proposed)
	w.mine = slices.Concat(w.mine, corrections, extensions, disputes, reopenings, refusals, parts, urgings, told,
		questions, urged, calendarTasks(r, l.rules.Calendar))
	sortTasks(w.mine, r.Today())
	sortTasks(w.waiting, r.Today())
	return w, nil
}

// decisions are what of the work waits for the chair's signature or decision, with whomever it is: no more is read.
func (s *site) decisions(r *web.Request, l outlook) (all []task, err error) {
	w, err := s.workAt(r, l, doithoai.StageSubmitted)
	if err != nil {
		return nil, err
	}
	extensions, _, err := s.extensionTasks(r)
	if err != nil {
		return nil, err
	}
	corrections, corrected, _, err := s.correctionTasks(r, l)
	if err != nil {
		return nil, err
	}
	disputes, disputed, _, err := s.disputeTasks(r)
	if err != nil {
		return nil, err
	}
	reopenings, asked, _, err := s.reopeningTasks(r)
	if err != nil {
		return nil, err
	}
	refusals, proposed, _, err := s.refusalTasks(r)
	all = slices.Concat(w.mine, w.waiting, corrections, corrected, extensions, disputes, disputed, reopenings, asked,
		refusals, proposed)
	return slices.DeleteFunc(all, func(t task) bool { return !slices.Contains(chairTurns, t.Turn) }), err
}

// besides are tasks but for those of opinions that are in lists of their own.
func besides(tasks []task, own ...[]task) []task {
	listed := slices.Concat(own...)
	return slices.DeleteFunc(tasks, func(t task) bool {
		return slices.ContainsFunc(listed, func(u task) bool { return u.Number == t.Number })
	})
}

// workAt lists what waits at some stages, or at all of them, but for what is to be told by hand.
func (s *site) workAt(r *web.Request, l outlook, stages ...doithoai.Stage) (work, error) {
	rows, more, err := s.db.Work(r.Context(), r.Actor(), stages...)
	w := work{outlook: l, more: more}
	if err != nil {
		return w, err
	}
	tells := doithoai.MayEver(r.Actor(), doithoai.ActRecordDelivery)
	for _, row := range rows {
		if row.Correcting.State != "" || row.Petition != nil && row.Petition.Asked { // it is in a list of its own
			continue
		}
		turns := w.turns(row.Opinion, row.Petition, row.Publication, row.Correcting, row.ToTell)
		if len(turns) == 0 || turns[0].act == doithoai.ActRecordDelivery && tells { // then it is among those by hand
			continue
		}
		t := newTask(row, turns[0], w.outlook)
		t.Unit, t.opinion = leadName(r.Reader, row.Unit, row.Petition), row.Opinion.ID
		t.proposed = row.Publication != ""
		if waitsFor(r.Actor(), turns[0], row.Subject()) && !anothers(r.Actor(), turns[0], row.Petition) {
			w.mine = append(w.mine, t)
		} else {
			w.waiting = append(w.waiting, t)
		}
	}
	if w.mine, err = s.sets(r, w.mine); err == nil {
		w.waiting, err = s.sets(r, w.waiting)
	}
	return w, err
}

// stagesOf are the stages at which opinions wait for an act.
var stagesOf = map[doithoai.Act][]doithoai.Stage{
	doithoai.ActRuleOpinion:        {doithoai.StageUnruled},
	doithoai.ActSubmitAnswer:       {doithoai.StageProcessing, doithoai.StageReturned},
	doithoai.ActSignAnswer:         {doithoai.StageSubmitted},
	doithoai.ActDispatchAnswer:     {doithoai.StageSigned},
	doithoai.ActProposePublication: {doithoai.StageAnswered, doithoai.StageTold},
	doithoai.ActApprovePublication: {doithoai.StageAnswered, doithoai.StageTold},
}

// correctionActs are those of a correction for which something waits on a desk.
var correctionActs = []doithoai.Act{
	doithoai.ActProposeCorrection, doithoai.ActSignCorrection, doithoai.ActDispatchCorrection,
}

// alike are the officer's tasks of one act on other opinions than the one named, the most pressing first; more reports
// whether there may be others. An act for which nothing waits on a desk has none.
func (s *site) alike(
	r *web.Request, l outlook, act doithoai.Act, except doithoai.RegisterNumber,
) (tasks []task, more bool, err error) {
	if stages := stagesOf[act]; len(stages) > 0 {
		var w work
		w, err = s.workAt(r, l, stages...)
		tasks, more = w.mine, w.more
	} else if act == doithoai.ActRecordDelivery {
		tasks, more, err = s.handTasks(r)
	} else if slices.Contains(correctionActs, act) {
		tasks, _, more, err = s.correctionTasks(r, l)
	}
	tasks = slices.DeleteFunc(tasks, func(t task) bool {
		return t.Act != act || t.Number == except || slices.Contains(t.With, except)
	})
	sortTasks(tasks, r.Today())
	return tasks, more, err
}

// sortTasks puts the most pressing tasks first.
func sortTasks(tasks []task, today calendar.Date) {
	slices.SortStableFunc(tasks, func(a, b task) int {
		return cmp.Or(a.when(today).Compare(b.when(today)), cmp.Compare(a.Number, b.Number))
	})
}
