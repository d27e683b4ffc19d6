package store

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
	"doithoai/text"
)

// Row is one opinion in a staff list.
type Row struct {
	Opinion     doithoai.Opinion
	Petition    *doithoai.Petition // without Term, calendar, AuthorityID and when it was assigned
	Unit        string             // its short name
	Officer     string             // of the unit, who works on it
	Village     string
	Publication doithoai.PublicationState
	ProposedBy  doithoai.ID
	TypedBy     doithoai.ID
	Conduct     bool // about how officials serve
	Disputed    bool // its unit says that it is another's matter, and the chair has not decided yet
	ToTell      int  // in how many ways the office is still to tell the person something
	Told        bool // how it stands, or is being told
	Urged       int  // how often its unit was urged
	Correcting  doithoai.Correcting
	Awaited     Awaited
	coUnits     []doithoai.ID // of the reader, where one of them coordinates
}

// Subject is what permission depends on for the row. Rows hold nothing that is about the conduct of who reads them.
func (r Row) Subject() doithoai.Subject {
	s := doithoai.Subject{
		AuthorityID: r.Opinion.AuthorityID, ProposedBy: r.ProposedBy, TypedBy: r.TypedBy, Conduct: r.Conduct,
		CoUnits: r.coUnits,
	}
	if r.Petition != nil && r.Petition.State != doithoai.PetitionEnded {
		s.State, s.LeadUnitID = r.Petition.State, r.Petition.LeadUnitID
	}
	return s
}

// Stage is where the row's opinion stands.
func (r Row) Stage() doithoai.Stage {
	var state doithoai.PetitionState
	if r.Petition != nil {
		state = r.Petition.State
	}
	return doithoai.StageOf(r.Opinion.Ruling, state, r.Publication)
}

// Title is the row's headline.
func (r Row) Title() string { return text.Headline(r.Opinion.Headline, r.Opinion.Content) }

var rowColumns = columnsOf("o", opinionColumns) + `,
	coalesce(p.state, ''), p.start_day, p.due, p.lead_unit_id, p.officer_id, p.answered_at, coalesce(p.missed, false),
	coalesce(p.round, 0), coalesce(p.round_missed, false), p.round_answered_at, coalesce(p.asked, false),
	coalesce(p.handed_over, 0), coalesce(p.version, 0),
	coalesce(nullif(u.short, ''), u.name, ''), coalesce(po.name, ''), coalesce(v.name, ''), coalesce(pu.state, ''),
	coalesce(pc.proposed_by, pu.proposed_by), o.typed_by, coalesce(ac.state, ''), coalesce(pc.state, ''), pc.since,
	CASE WHEN f.conduct OR EXISTS (SELECT 1 FROM concerned n WHERE n.opinion_id = o.id) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM dispute di WHERE di.opinion_id = o.id AND di.waits) THEN 1 ELSE 0 END,
	(SELECT count(*) FROM delivery d WHERE d.slip_id = o.slip_id AND d.opinion_id = o.id AND ` + toTell + `),
	o.told, (SELECT count(*) FROM urging ug WHERE ug.opinion_id = o.id)`

const rowJoins = `
	LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
	LEFT JOIN petition p ON p.id = o.petition_id
	LEFT JOIN unit u ON u.id = p.lead_unit_id AND p.state <> 'ended'
	LEFT JOIN officer po ON po.id = p.officer_id AND p.state <> 'ended'
	LEFT JOIN village v ON v.id = o.village_id
	LEFT JOIN publication pu ON pu.opinion_id = o.id
	LEFT JOIN publication_correction pc ON pc.opinion_id = o.id
	LEFT JOIN answer_correction ac ON ac.petition_id = p.id AND ac.` + openCorrections

func scanRow(r row) (w Row, err error) {
	var p doithoai.Petition
	var since calendar.Instant
	o, x := &w.Opinion, &w.Correcting
	err = r.Scan(append(opinionFields(o),
		&p.State, &p.Start, &p.Due, &p.LeadUnitID, &p.OfficerID, &p.AnsweredAt, &p.Missed, &p.Round, &p.RoundMissed,
		&p.RoundAnsweredAt, &p.Asked, &p.HandedOver, &p.Version,
		&w.Unit, &w.Officer, &w.Village, &w.Publication, &w.ProposedBy, &w.TypedBy, &x.State, &x.Summary, &since, &w.Conduct,
		&w.Disputed, &w.ToTell, &w.Told, &w.Urged)...)
	if !since.IsZero() {
		x.Since = since.Date()
	}
	if o.PetitionID != "" {
		p.ID, p.AuthorityID, p.OpinionID = o.PetitionID, o.AuthorityID, o.ID
		w.Petition = &p
	}
	return w, err
}

// Tab is a saved filter of the register.
type Tab string

const (
	TabMine        Tab = "cua-toi"
	TabProcessing  Tab = "dang-xu-ly"
	TabCoUnit      Tab = "phoi-hop" // a unit of the officer coordinates; for who may see them only by that
	TabUnruled     Tab = "cho-phan-loai"
	TabLate        Tab = "qua-han"
	TabToSign      Tab = "cho-ky"
	TabToDispatch  Tab = "cho-phat-hanh"
	TabAnswered    Tab = "da-tra-loi"
	TabUnpublished Tab = "chua-cong-khai"
	TabUrge        Tab = "can-don-doc"       // what is to be urged today
	TabStatus      Tab = "can-bao-tinh-hinh" // of which the person is to be told how it stands
	TabAll         Tab = "tat-ca"
)

// Tabs of the register in their order.
var Tabs = []Tab{
	TabMine, TabProcessing, TabCoUnit, TabUnruled, TabLate, TabUrge, TabToSign, TabToDispatch, TabStatus, TabAnswered,
	TabUnpublished, TabAll,
}

// Stages of which the tabs show what there is. What is late is of those whose clock runs, and of those without a
// ruling.
var (
	allStages   = doithoai.Stages[:len(doithoai.Stages)-2] // denunciations, the last, have left; joined ones are others
	clockStages = []doithoai.Stage{
		doithoai.StageProcessing, doithoai.StageSubmitted, doithoai.StageReturned, doithoai.StageSigned,
	}
	openStages = append([]doithoai.Stage{doithoai.StagePaused}, clockStages...) // of a petition that is to be answered
	tabStages  = map[Tab][]doithoai.Stage{
		TabAll:         allStages,
		TabUnruled:     {doithoai.StageUnruled},
		TabProcessing:  openStages,
		TabLate:        append([]doithoai.Stage{doithoai.StageUnruled}, clockStages...),
		TabToSign:      {doithoai.StageSubmitted},
		TabToDispatch:  {doithoai.StageSigned},
		TabAnswered:    {doithoai.StageAnswered, doithoai.StageAnsweredPublic, doithoai.StageTold, doithoai.StageToldPublic},
		TabUnpublished: {doithoai.StageAnswered, doithoai.StageTold},
	}
	byDueDate = []Tab{TabMine, TabProcessing, TabCoUnit, TabLate, TabUrge, TabToSign, TabToDispatch}
	// what is late, and what is one's own, begins with what waits for a ruling
	undatedFirst = []Tab{TabMine, TabLate}
)

// roleStages are those at which an opinion waits for a role, whatever its unit: with [leadStages] they make the tab of
// one's own.
var (
	roleStages = []struct {
		role  doithoai.Role
		stage doithoai.Stage
	}{
		{doithoai.RoleOffice, doithoai.StageUnruled}, {doithoai.RoleSecretary, doithoai.StageUnruled},
		{doithoai.RoleChair, doithoai.StageSubmitted},
		{doithoai.RoleOffice, doithoai.StageSigned}, {doithoai.RoleClerk, doithoai.StageSigned},
	}
	leadStages = []doithoai.Stage{doithoai.StageProcessing, doithoai.StageReturned} // it waits for who leads
)

// ledByChair is the condition under which the chair answers.
const ledByChair = "led_by_chair"

// correctionsAt are the corrections of answers that wait as answers wait at a stage: to be signed, to be dispatched.
// Their opinions are at another one.
var correctionsAt = map[doithoai.Stage]doithoai.CorrectionState{
	doithoai.StageSubmitted: doithoai.CorrectionSubmitted, doithoai.StageSigned: doithoai.CorrectionSigned,
}

// correctionRange holds the opinions whose corrections wait as answers do at a stage, as far as the actor reaches.
func correctionRange(a doithoai.Actor, stage doithoai.Stage, bind func(any) string) stageRange {
	return correctionsIn(a, []doithoai.CorrectionState{correctionsAt[stage]}, bind)
}

// correctionsIn holds the opinions whose corrections are in some states, as far as the actor reaches.
func correctionsIn(a doithoai.Actor, states []doithoai.CorrectionState, bind func(any) string) stageRange {
	return stageRange{"", ofIDs + `(SELECT x.opinion_id
		FROM answer_correction x
		WHERE x.authority_id = $1 AND x.` + openCorrections + ` AND x.state IN ` + inList(bind, states) + `)` +
		reachOf(a, bind)}
}

// coUnitRanges hold the opinions still to be answered on which a unit of the actor coordinates.
func coUnitRanges(a doithoai.Actor, bind func(any) string) (all []stageRange) {
	units := coUnitsOfActor(a)
	if len(units) == 0 {
		return nil
	}
	coordinates := ` AND o.id IN (SELECT c.opinion_id
		FROM co_unit c
		WHERE c.authority_id = $1 AND c.works AND c.unit_id IN ` + inList(bind, units) + `)`
	for _, stage := range openStages {
		all = append(all, stageRange{stage, `o.stage = '` + string(stage) + `'` + coordinates})
	}
	return all
}

// reachByNumber is [reachOf] and what opens because a unit of the actor coordinates, where somebody asks for it by
// number.
func reachByNumber(a doithoai.Actor, bind func(any) string) string {
	reach, units := reachOf(a, bind), coUnitsOfActor(a)
	if len(units) == 0 {
		return reach
	}
	return ` AND (` + strings.TrimPrefix(reach, ` AND `) + ` OR o.joined_to IS NULL AND EXISTS (SELECT 1
		FROM co_unit c
		JOIN petition cp ON cp.opinion_id = c.opinion_id
		WHERE c.opinion_id = o.id AND cp.state <> 'ended' AND c.unit_id IN ` + inList(bind, units) + `))`
}

// notPublicWith leaves out an opinion whose answer the public reads on the page of another one that was sent the same.
const notPublicWith = `
	AND NOT EXISTS (SELECT 1
		FROM answer ua
		JOIN answer ub ON ub.set_id = ua.set_id
		JOIN petition up ON up.id = ub.petition_id AND up.state = 'answered'
		JOIN publication uu ON uu.opinion_id = up.opinion_id AND uu.state = 'published'
		WHERE ua.petition_id = o.petition_id)`

// tabRanges are the ranges of a tab, as far as the actor reaches. One's own is what waits for a role of the actor's,
// and for the answer of a unit of theirs on which no other officer of it works, or of the chair. What is to be signed
// or dispatched is an answer, or what replaces one.
func tabRanges(a doithoai.Actor, tab Tab, l lateness, bind func(any) string) []stageRange {
	switch tab {
	case TabMine:
	case TabCoUnit:
		return coUnitRanges(a, bind)
	case TabUrge:
		return urgeRanges(a, l.spans, bind)
	case TabStatus:
		return statusRanges(a, l.status, bind)
	case TabUnpublished:
		all := ranges(a, tabStages[tab], bind)
		for i := range all {
			all[i].where += notPublicWith
		}
		return all
	case TabToSign, TabToDispatch:
		stage := tabStages[tab][0]
		return append(ranges(a, tabStages[tab], bind), correctionRange(a, stage, bind))
	default:
		return ranges(a, tabStages[tab], bind)
	}
	var stages []doithoai.Stage
	for _, s := range roleStages {
		if a.Has(s.role) && !slices.Contains(stages, s.stage) {
			stages = append(stages, s.stage)
		}
	}
	var all, leads []stageRange
	if len(stages) > 0 { // what is bound for no query has no type on PostgreSQL
		all = ranges(a, stages, bind)
	}
	for _, stage := range stages {
		if correctionsAt[stage] != "" {
			all = append(all, correctionRange(a, stage, bind))
		}
	}
	reaches := doithoai.Reaches(a, doithoai.ActSubmitAnswer)
	if len(reaches) > 0 {
		leads = ranges(a, leadStages, bind)
	}
	seen := map[doithoai.ID]bool{} // "": the chair
	for _, r := range reaches {
		unit, chair := r.Seat.UnitID, r.Condition == ledByChair
		if chair {
			unit = ""
		}
		if seen[unit] || unit == "" && !chair {
			continue
		}
		seen[unit] = true
		for _, l := range leads {
			lead := ` AND o.lead_unit_id IS NULL`
			if !chair {
				lead = ` AND o.lead_unit_id = ` + bind(unit) + othersWork(a, unit, bind)
			}
			all = append(all, stageRange{l.stage, l.where + lead})
		}
	}
	return all
}

// Filter narrows the register; zero fields do not.
type Filter struct {
	Tab Tab
	// Number is a register number, its beginning, or its serial alone, as [DB.TypedNumber] reads it. Words are words of an
	// opinion or its headline, or others that stand for them ([DB.OpinionsSaying]). Either is looked for whatever the tab.
	Number, Words string

	UnitID     doithoai.ID // that leads
	FieldCode  string
	VillageID  doithoai.ID
	DialogueID doithoai.ID

	Kind         doithoai.OpinionKind
	Content      doithoai.ContentCode
	Unclassified bool                       // nobody has said what it is
	Repeated     bool                       // it raises again what was answered before
	Undecided    bool                       // an initiative of which nobody has decided whether it is applied
	Outcome      doithoai.InitiativeOutcome // that was decided of an initiative

	Before doithoai.ID // last opinion of the page before
	Limit  int
}

// scope is what narrow asks for, as a search in memory asks it.
func (f Filter) scope() search.Scope {
	return search.Scope{
		Unit: string(f.UnitID), Field: f.FieldCode, Village: string(f.VillageID), Dialogue: string(f.DialogueID),
	}
}

// classified reports whether the filter asks for what a search in memory does not know.
func (f Filter) classified() bool {
	return f.Kind != "" || f.Content != 0 || f.Unclassified || f.Repeated || f.Undecided || f.Outcome != ""
}

// narrow is a condition on opinion o. It begins with AND.
func (f Filter) narrow(bind func(any) string) (where string) {
	for _, c := range []struct{ column, value string }{
		{"lead_unit_id", string(f.UnitID)}, {"field_code", f.FieldCode}, {"village_id", string(f.VillageID)},
		{"dialogue_id", string(f.DialogueID)},
	} {
		if c.value != "" {
			where += ` AND o.` + c.column + ` = ` + bind(c.value)
		}
	}
	if f.Kind != "" {
		where += ` AND o.kind = ` + bind(string(f.Kind))
	}
	if f.Content != 0 {
		where += ` AND o.content_code > 0 AND o.content_code = ` + bind(int(f.Content))
	}
	if f.Unclassified {
		where += unclassified
	}
	if f.Repeated {
		where += repeatsOnly
	}
	if f.Undecided {
		where += undecided
	}
	if f.Outcome != "" {
		where += initiatives + ` AND o.outcome = ` + bind(string(f.Outcome))
	}
	return where
}

// lateness is what the tab of what is late compares with.
type lateness struct {
	overdue  calendar.Date    // due dates before it are past
	midnight calendar.Instant // with which today began
	late     calendar.Instant // Rules.unruledLate
	spans    []doithoai.RungSpan
	status   calendar.Instant // Rules.StatusNear
}

func (db *DB) lateness(ctx context.Context, actor doithoai.Actor) (lateness, error) {
	rules, err := loadRules(ctx, db.reader(), actor.AuthorityID)
	today := db.Now().Date()
	return lateness{
		rules.Calendar.Overdue(today), calendar.InstantAt(today, 0, 0), rules.UnruledLate(today),
		doithoai.RungSpans(today, rules), rules.StatusNear(today),
	}, err
}

// condition says of an opinion at a stage that it is late.
func (l lateness) condition(stage doithoai.Stage, bind func(any) string) string {
	if stage != doithoai.StageUnruled {
		return ` AND o.due < ` + bind(l.overdue)
	}
	late := bind(l.late)
	return ` AND o.received_at < ` + late + `
		AND NOT EXISTS (SELECT 1 FROM dialogue d WHERE d.id = o.dialogue_id AND CASE
			WHEN d.state IN ('postponed', 'cancelled') THEN d.noticed_at >= ` + late + `
			ELSE d.starts_at >= ` + bind(l.midnight) + ` END)`
}

// Beyond is what a page of the register does not hold.
type Beyond struct {
	More bool // another page follows
	// Unsearched: words were not looked for in every opinion; some may say them that no page lists.
	Unsearched bool
}

// Awaited is the other body that was written to about a row's opinion, and whose word is waited for the longest; the
// zero one where none is.
type Awaited struct {
	To     string
	Dated  calendar.Date // of the letter
	Others int           // bodies that are waited for as well
}

// addAwaited says of rows for whose word they wait, while they are still to be answered.
func addAwaited(ctx context.Context, q querier, authority doithoai.ID, rows []Row) error {
	at := map[doithoai.ID]*Awaited{}
	var ids []doithoai.ID
	for i := range rows {
		if p := rows[i].Petition; p != nil && p.Open() {
			at[rows[i].Opinion.ID] = &rows[i].Awaited
			ids = append(ids, rows[i].Opinion.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	args := []any{authority}
	bind := binder(&args)
	_, err := list(ctx, q, func(r row) (id doithoai.ID, err error) {
		var to string
		var dated calendar.Date
		if err = r.Scan(&id, &to, &dated); err != nil {
			return id, err
		}
		switch w := at[id]; {
		case w.To == "":
			w.To, w.Dated = to, dated
		case dated.Before(w.Dated):
			w.To, w.Dated, w.Others = to, dated, w.Others+1
		default:
			w.Others++
		}
		return id, nil
	}, `SELECT opinion_id, to_body, dated
		FROM onward_letter
		WHERE authority_id = $1 AND state = 'waiting' AND opinion_id IN `+inList(bind, ids)+`
		LIMIT `+bind(len(ids)*doithoai.MaxOnwardLetters), args...)
	return err
}

// Register lists opinions: what says the words of the filter, the best first; what is to be answered by due date, the
// longest late first, and what is paused last; what is late or one's own, first those that wait for a
// ruling; what waits for a ruling, or of which a person is to be told, oldest first; all else newest first.
func (db *DB) Register(ctx context.Context, actor doithoai.Actor, f Filter) (rows []Row, beyond Beyond, err error) {
	if rows, beyond, err = db.register(ctx, actor, f); err != nil {
		return nil, Beyond{}, err
	}
	return rows, beyond, addAwaited(ctx, db.reader(), actor.AuthorityID, rows)
}

func (db *DB) register(ctx context.Context, actor doithoai.Actor, f Filter) (rows []Row, beyond Beyond, err error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, beyond, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	var after doithoai.Opinion
	if f.Before != "" {
		if after, err = opinionByID(ctx, db.reader(), f.Before); err != nil {
			return nil, beyond, err
		}
	}
	if f.Words != "" && f.Number == "" {
		return db.registerSaying(ctx, actor, f)
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	narrow := f.narrow(bind)
	var w walks
	switch {
	case f.Number != "":
		w, err = db.numberWalks(ctx, actor, f.Number, after, bind)
	case slices.Contains(byDueDate, f.Tab):
		w, err = db.dueWalks(ctx, actor, f.Tab, after, bind)
	case f.Tab == TabStatus:
		w, err = db.statusWalks(ctx, actor, after, bind)
	default:
		w = ageWalks(actor, f.Tab, after, bind)
	}
	if err != nil {
		return nil, beyond, err
	}
	hidden := narrow + notConcerned(actor, db.Now().Date(), bind)
	rows, err = db.rows(ctx, w, hidden, bind(f.Limit+1), args)
	for i := range rows {
		if doithoai.Can(actor, doithoai.ActSeeOpinions, rows[i].Subject()) != nil {
			rows[i].coUnits = coUnitsOfActor(actor) // else no list had it
		}
	}
	if len(rows) > f.Limit {
		return rows[:f.Limit], Beyond{More: true}, err
	}
	return rows, beyond, err
}

// registerSaying lists what says the words of the filter. Pages go on after the last one of the page before; where that
// says them no more, from the first.
func (db *DB) registerSaying(
	ctx context.Context, actor doithoai.Actor, f Filter,
) (rows []Row, beyond Beyond, err error) {
	ids, whole, err := db.OpinionsSaying(ctx, actor, f)
	if err != nil {
		return nil, beyond, err
	}
	beyond.Unsearched = !whole
	ids = ids[slices.Index(ids, f.Before)+1:]
	if beyond.More = len(ids) > f.Limit; beyond.More {
		ids = ids[:f.Limit]
	}
	if len(ids) == 0 {
		return nil, beyond, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{order: `@.id DESC`, each: []walk{{ofIDs + inList(bind, ids), `o.id DESC`}}}
	hidden := reachOf(actor, bind) + notConcerned(actor, db.Now().Date(), bind) // once more: they may have changed
	rows, err = db.rows(ctx, w, hidden, bind(f.Limit), args)
	slices.SortFunc(rows, func(l, r Row) int {
		return cmp.Compare(slices.Index(ids, l.Opinion.ID), slices.Index(ids, r.Opinion.ID))
	})
	return rows, beyond, err
}

// ageWalks are those of a tab in the order in which opinions came.
func ageWalks(actor doithoai.Actor, tab Tab, after doithoai.Opinion, bind func(any) string) walks {
	stages, known := tabStages[tab]
	if !known {
		stages = allStages
	}
	order, beyond := ` DESC`, ` < `
	if tab == TabUnruled {
		order, beyond = ``, ` > `
	}
	w := walks{order: `@.id` + order}
	for _, r := range ranges(actor, stages, bind) {
		if tab == TabUnpublished {
			r.where += notPublicWith
		}
		if after.ID != "" {
			r.where += ` AND o.id` + beyond + bind(after.ID)
		}
		w.each = append(w.each, walk{r.where, `o.id` + order})
	}
	return w
}

// dueWalks are those of a tab whose clocks run, by due date. What has no due date stands first on some tabs, else last.
func (db *DB) dueWalks(
	ctx context.Context, actor doithoai.Actor, tab Tab, after doithoai.Opinion, bind func(any) string,
) (w walks, err error) {
	undated, first := 2, slices.Contains(undatedFirst, tab)
	if first {
		undated = 0
	}
	w = walks{columns: `, o.due`, order: fmt.Sprintf(`CASE WHEN @.due IS NULL THEN %d ELSE 1 END, @.due, @.id`, undated)}
	l, err := db.lateness(ctx, actor)
	if err != nil {
		return w, err
	}
	var due calendar.Date // of the last row of the page before
	if after.ID != "" {
		due, err = one(ctx, db.reader(), column[calendar.Date], `SELECT due FROM opinion WHERE id = $1`, after.ID)
		if err != nil {
			return w, err
		}
	}
	for _, r := range tabRanges(actor, tab, l, bind) {
		where, order := r.where, `o.id`
		dated := slices.Contains(clockStages, r.stage)
		if after.ID != "" && dated == due.IsZero() && dated != first {
			// The pages before had all of these. What is bound for no query has no type on PostgreSQL.
			w.each = append(w.each, walk{where + ` AND 1 = 0`, order})
			continue
		}
		if dated {
			where, order = where+` AND o.due IS NOT NULL`, `o.due, o.id`
		}
		if tab == TabLate {
			where += l.condition(r.stage, bind)
		}
		switch {
		case after.ID == "":
		case dated && !due.IsZero():
			where += ` AND (o.due, o.id) > (` + bind(due) + `, ` + bind(after.ID) + `)`
		case !dated && due.IsZero():
			where += ` AND o.id > ` + bind(after.ID)
		}
		w.each = append(w.each, walk{where, order})
	}
	return w, nil
}

// numberWalks are those of a typed number: a serial alone, in each year of the register and under each prefix that the
// authority has had, or the year and the serial; else the beginning of a number, the greatest first.
func (db *DB) numberWalks(
	ctx context.Context, actor doithoai.Actor, typed string, after doithoai.Opinion, bind func(any) string,
) (walks, error) {
	reach := reachByNumber(actor, bind)
	if serial := serialForm.FindStringSubmatch(typed); serial != nil {
		w := walks{order: `@.id DESC`}
		numbers, err := db.numbersOf(ctx, actor.AuthorityID, serial[1], serial[2])
		if err != nil || len(numbers) == 0 {
			return w, err
		}
		where := `o.number IN ` + inList(bind, numbers) + reach
		if after.ID != "" {
			where += ` AND o.id < ` + bind(after.ID)
		}
		w.each = []walk{{where, `o.id DESC`}}
		return w, nil
	}
	beginning := typed
	end := beginning + "\U0010FFFF"
	if after.ID != "" {
		end = string(after.Number)
	}
	return walks{
		columns: `, o.number`, order: `@.number DESC`,
		each: []walk{{`o.number >= ` + bind(beginning) + ` AND o.number < ` + bind(end) + reach, `o.number DESC`}},
	}, nil
}

// serialForm is a serial, maybe after a year of two digits; prefixedForm is a register number, or the beginning of one,
// after its letters.
var (
	serialForm   = regexp.MustCompile(`^(?:(\d\d)-)?(\d{1,9})$`)
	prefixedForm = regexp.MustCompile(`^(\pL+)-(\d|\d\d(?:-\d{0,9})?)$`)
)

// TypedNumber reads what was typed in a search as a number of the authority's register, in normal form, whatever its
// spelling ("nd240019", "NĐ 24 19"): a whole one, also within a sentence, its beginning, or a serial. ok is false where
// it is none, as "covid-19", whose letters the authority never had for its numbers.
func (db *DB) TypedNumber(
	ctx context.Context, authority doithoai.ID, typed string,
) (number string, ok bool, err error) {
	number, _ = text.RegisterNumber(typed)
	for _, n := range append([]string{number}, text.RegisterNumbers(typed)...) {
		if serialForm.MatchString(n) {
			return n, true, nil
		}
		parts := prefixedForm.FindStringSubmatch(n)
		if parts == nil {
			continue
		}
		prefixes, err := db.prefixes(ctx, authority)
		if err != nil {
			return "", false, err
		}
		for _, p := range prefixes {
			if text.Fold(p) == text.Fold(parts[1]) {
				return p + "-" + parts[2], true, nil
			}
		}
	}
	return "", false, nil
}

// numbersOf are the numbers that an authority may have given to a serial; year has two digits, or none for all years.
func (db *DB) numbersOf(ctx context.Context, authority doithoai.ID, year, serial string) (numbers []string, err error) {
	n, err := strconv.ParseInt(serial, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("serial %q: %w", serial, err)
	}
	prefixes, err := db.prefixes(ctx, authority)
	if err != nil {
		return nil, err
	}
	counters, err := list(ctx, db.reader(), column[string], `SELECT key
		FROM counter
		WHERE authority_id = $1 AND key LIKE 'register/%'`, authority)
	if err != nil {
		return nil, err
	}
	for _, key := range counters {
		y, err := strconv.Atoi(strings.TrimPrefix(key, "register/"))
		if err != nil {
			return nil, fmt.Errorf("counter %s: %w", key, err)
		}
		if year != "" && fmt.Sprintf("%02d", y%100) != year {
			continue
		}
		for _, prefix := range prefixes {
			numbers = append(numbers, string(doithoai.NewRegisterNumber(prefix, y, n)))
		}
	}
	return numbers, nil
}

// TabCounts counts the rows of every tab of the register, as far as the actor reaches.
func (db *DB) TabCounts(ctx context.Context, actor doithoai.Actor) (map[Tab]doithoai.Count, error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	l, err := db.lateness(ctx, actor)
	if err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	hidden := notConcerned(actor, db.Now().Date(), bind)
	each := make([]string, len(Tabs))
	for i, t := range Tabs {
		var w walks
		for _, r := range tabRanges(actor, t, l, bind) {
			if t == TabLate {
				r.where += l.condition(r.stage, bind)
			}
			w.each = append(w.each, walk{where: r.where})
		}
		each[i] = w.count(hidden, len(stripsOf(actor)) > 1)
	}
	found := make([]doithoai.Count, len(Tabs))
	dest := make([]any, len(Tabs))
	for i := range found {
		dest[i] = &found[i]
	}
	if err := db.reader().queryRow(ctx, `SELECT `+strings.Join(each, ", "), args...).Scan(dest...); err != nil {
		return nil, fmt.Errorf("count the register: %w", err)
	}
	counts := make(map[Tab]doithoai.Count, len(Tabs))
	for i, t := range Tabs {
		counts[t] = found[i]
	}
	return counts, nil
}
