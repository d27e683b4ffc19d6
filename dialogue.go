package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// Dialogue is one dialogue with the people (buổi, hội nghị đối thoại) that a plan foresees.
type Dialogue struct {
	ID          ID
	AuthorityID ID
	PlanID      ID
	Slug        string
	Title       string
	Kinds       []DialogueKind
	Form        DialogueForm
	State       DialogueState
	StartsAt    calendar.Instant
	DoorsAt     calendar.Instant // reception of participants
	EndsAt      calendar.Instant // as planned; absent where nobody said
	SlipsUntil  calendar.Instant // after it, slips are still taken in the hall until the end
	Venue       string
	Link        string // where to take part online
	Villages    []ID   // the cluster it is for; none: the whole commune
	WithFront   bool   // held together with the Fatherland Front (UBMTTQ)
	Chair       string // "Ông Đặng Văn Giả Định, Chủ tịch UBND xã"
	CoChair     string // who co-chairs, Luật 72/2025 Đ.43 k.2
	Secretary   string
	Contact     string           // name, post and telephone to ask
	Announced   calendar.Instant // absent until it is
	Noticed     calendar.Instant // when people were last told of its day: announced, moved, postponed or cancelled
	LateReason  string           // why people were told of its day later than the law asks for; empty: they were not
	StartedAt   calendar.Instant
	ClosedAt    calendar.Instant
	PublishedAt calendar.Instant // of its results
	ReportedAt  calendar.Instant // to the superior
	Programme   []ProgrammeStep
	Moves       int // how often its day, hour or venue changed after it was announced: who was told is told again
	Version     int
}

// DialogueKind is what a dialogue is held for; one may be several (Luật 72/2025 Đ.43, Luật 10/2022 Đ.32).
type DialogueKind string

const (
	KindProcedures DialogueKind = "procedures" // administrative procedures
	KindConduct    DialogueKind = "conduct"    // how officials serve
	KindYearly     DialogueKind = "yearly"     // of the law, once a year at least
	KindTopical    DialogueKind = "topical"    // on one matter
	KindRequested  DialogueKind = "requested"  // because voters asked for it
	KindSuperior   DialogueKind = "superior"   // convened by the superior
)

// DialogueKinds in the order of the forms.
var DialogueKinds = []DialogueKind{
	KindProcedures, KindConduct, KindYearly, KindTopical, KindRequested, KindSuperior,
}

// DialogueForm is how people take part (Luật 72/2025 Đ.43).
type DialogueForm string

const (
	FormDirect DialogueForm = "direct" // face to face
	FormOnline DialogueForm = "online"
	FormMixed  DialogueForm = "mixed"
	FormSocial DialogueForm = "social" // over social networks
)

// DialogueForms in the order of the forms.
var DialogueForms = []DialogueForm{FormDirect, FormOnline, FormMixed, FormSocial}

// DialogueState is where a dialogue stands.
type DialogueState string

const (
	DialoguePreparing DialogueState = "preparing" // not public yet
	DialogueAnnounced DialogueState = "announced"
	DialoguePostponed DialogueState = "postponed" // announced, and without a day until it is moved to one
	DialogueRunning   DialogueState = "running"
	DialogueClosed    DialogueState = "closed"
	DialoguePublished DialogueState = "published" // its results are
	DialogueReported  DialogueState = "reported"  // to the superior
	DialogueCancelled DialogueState = "cancelled"
)

// DialogueStates in the order of a dialogue's life.
var DialogueStates = []DialogueState{
	DialoguePreparing, DialogueAnnounced, DialoguePostponed, DialogueRunning, DialogueClosed, DialoguePublished,
	DialogueReported, DialogueCancelled,
}

// Coming reports whether the dialogue is still to be held.
func (s DialogueState) Coming() bool {
	return s == DialoguePreparing || s == DialogueAnnounced || s == DialoguePostponed
}

// Public reports whether people know of the dialogue.
func (d Dialogue) Public() bool { return !d.Announced.IsZero() }

// SlipsLate reports whether a slip that comes at a moment is later than those that units prepare for. It is taken all
// the same, until the dialogue ends. No slip is late where nobody said until when.
func (d Dialogue) SlipsLate(at calendar.Instant) bool {
	return !d.SlipsUntil.IsZero() && at.After(d.SlipsUntil)
}

// Dayless reports whether an announced dialogue has no day any more: nothing waits for its day.
func (s DialogueState) Dayless() bool { return s == DialoguePostponed || s == DialogueCancelled }

// Held reports whether the dialogue took place, or does.
func (s DialogueState) Held() bool {
	return s == DialogueRunning || s == DialogueClosed || s == DialoguePublished || s == DialogueReported
}

// Over reports whether the dialogue was held and has ended.
func (s DialogueState) Over() bool { return slices.Contains(afterwards, s) }

// dialogueMove is what an act does to the state of a dialogue.
type dialogueMove struct {
	from []DialogueState
	to   DialogueState // empty: it stays where it is
}

// afterwards are the states of a dialogue that has ended.
var afterwards = []DialogueState{DialogueClosed, DialoguePublished, DialogueReported}

// dialogueMoves are all ways of a dialogue: the only table of them.
var dialogueMoves = map[Act]dialogueMove{
	ActChangeDialogue: {[]DialogueState{DialoguePreparing, DialogueAnnounced, DialoguePostponed}, ""},
	ActSetProgramme:   {[]DialogueState{DialoguePreparing, DialogueAnnounced, DialoguePostponed, DialogueRunning}, ""},
	ActWriteText:      {[]DialogueState{DialoguePreparing, DialogueAnnounced, DialoguePostponed, DialogueRunning}, ""},

	ActAnnounceDialogue: {[]DialogueState{DialoguePreparing}, DialogueAnnounced},
	ActMoveDialogue:     {[]DialogueState{DialogueAnnounced, DialoguePostponed}, DialogueAnnounced},
	ActPostponeDialogue: {[]DialogueState{DialogueAnnounced}, DialoguePostponed},
	ActCancelDialogue: {
		[]DialogueState{DialoguePreparing, DialogueAnnounced, DialoguePostponed}, DialogueCancelled,
	},
	ActWriteConclusion:   {[]DialogueState{DialogueRunning, DialogueClosed}, ""},
	ActComposeMinutes:    {afterwards, ""},
	ActCorrectMinutes:    {afterwards, ""},
	ActReadMinutes:       {afterwards, ""},
	ActLockMinutes:       {afterwards, ""},
	ActCorrectAttendance: {afterwards, ""},
	ActWriteReport:       {afterwards, ""},
	ActSettleReport:      {afterwards, ""},
	ActReopenReport:      {afterwards, ""},

	ActStartDialogue:  {[]DialogueState{DialogueAnnounced}, DialogueRunning},
	ActCloseDialogue:  {[]DialogueState{DialogueRunning}, DialogueClosed},
	ActPublishResults: {[]DialogueState{DialogueClosed}, DialoguePublished},
	ActReportDialogue: {[]DialogueState{DialoguePublished}, DialogueReported},
}

// Move returns the dialogue in the state to which the act brings it; Conflict where it stands elsewhere.
func (d Dialogue) Move(act Act) (Dialogue, error) {
	if !d.May(act) {
		return d, Refuse(Conflict, "error.conflict")
	}
	if to := dialogueMoves[act].to; to != "" {
		d.State = to
	}
	return d, nil
}

// May reports whether the act is possible in the dialogue's state.
func (d Dialogue) May(act Act) bool { return slices.Contains(dialogueMoves[act].from, d.State) }

// NoticeDays is how many days before the dialogue's day people were told of it: by its announcement, or by its last
// move. Luật 72/2025 Đ.43, before it Luật 77/2015 Đ.125, ask for a least number: parameter "notice.days".
func (d Dialogue) NoticeDays() int {
	told := d.Noticed
	if told.IsZero() {
		told = d.Announced
	}
	return told.Date().DaysUntil(d.StartsAt.Date())
}

// Acts on dialogues.
const (
	ActSeeDialogues     Act = "see_dialogues" // the workspace of each, with what is not public yet
	ActPrepareDialogue  Act = "prepare_dialogue"
	ActChangeDialogue   Act = "change_dialogue" // what needs no move
	ActSetProgramme     Act = "set_programme"
	ActWriteText        Act = "write_dialogue_text" // announcement, house rules, the host's words
	ActAnnounceDialogue Act = "announce_dialogue"
	ActMoveDialogue     Act = "move_dialogue"
	ActPostponeDialogue Act = "postpone_dialogue"
	ActCancelDialogue   Act = "cancel_dialogue"
	ActStartDialogue    Act = "start_dialogue"
	ActCloseDialogue    Act = "close_dialogue"
	ActPublishResults   Act = "publish_results"
	ActReportDialogue   Act = "report_dialogue"
)

// Laws on which the acts rest.
const (
	noticeLaw = "Luật 77/2015 Đ.125 until 15/6/2025 (L); Luật 72/2025 Đ.43 k.2 from 16/6/2025 (C)"
	dialogLaw = "Luật 10/2022/QH15 Đ.32 (C); Luật 72/2025 Đ.43 from 16/6/2025 (C)"
)

var dialogueActs = []actRow{
	{ActSeeDialogues, opening, everyOfficer(always)},
	{ActPrepareDialogue, law{"a dialogue is made from the year's plan", dialogLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActChangeDialogue, law{"what is known of a dialogue is written; its day, place and way of taking part stay once " +
		"they were announced", dialogLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActSetProgramme, law{"the programme gets its steps, minutes and presenters", planLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActWriteText, law{"announcement, house rules and the host's words are written", planLaw, "TestWriteText"},
		[]grant{{RoleOffice, always}}},
	{ActAnnounceDialogue, law{"time, place, contents, way of taking part are announced", noticeLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActMoveDialogue, law{"an announced dialogue gets another day, hour or place; the notice runs anew", noticeLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActPostponeDialogue, law{"an announced dialogue loses its day until it is moved to one", noticeLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActCancelDialogue, law{"a dialogue is not held, for a reason", noticeLaw, ""},
		[]grant{{RoleOffice, always}}},
	{ActStartDialogue, law{"the dialogue begins", dialogLaw, "TestDialogueRuns"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActCloseDialogue, law{"the dialogue ends", dialogLaw, "TestDialogueRuns"},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActPublishResults, law{"the results are published, once every opinion has its ruling",
		"Luật 72/2025 Đ.43 k.3 from 16/6/2025 (C)", "TestDialogueRuns"},
		[]grant{{RoleOffice, always}}},
	{ActReportDialogue, law{"the results are reported to the superior", planLaw, "TestDialogueRuns"},
		[]grant{{RoleOffice, always}}},
}
