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

// dialogueMove is what an act does to the state of a dialogue.
type dialogueMove struct {
	from []DialogueState
	to   DialogueState
}

// dialogueMoves are all ways of a dialogue: the only table of them.
var dialogueMoves = map[Act]dialogueMove{
	ActAnnounceDialogue: {[]DialogueState{DialoguePreparing}, DialogueAnnounced},
}

// Move returns the dialogue in the state to which the act brings it; Conflict where it stands elsewhere.
func (d Dialogue) Move(act Act) (Dialogue, error) {
	if !d.May(act) {
		return d, Refuse(Conflict, "error.conflict")
	}
	d.State = dialogueMoves[act].to
	return d, nil
}

// May reports whether the act is possible in the dialogue's state.
func (d Dialogue) May(act Act) bool { return slices.Contains(dialogueMoves[act].from, d.State) }

// ProgrammeStep is one step of the programme (chương trình).
type ProgrammeStep struct {
	Title     string
	Minutes   int
	Presenter string
}

// NoticeDays is how many days before the dialogue's day it was announced. Luật 72/2025 Đ.43, before it Luật 77/2015
// Đ.125, ask for a least number: parameter "notice.days".
func (d Dialogue) NoticeDays() int {
	return d.Announced.Date().DaysUntil(d.StartsAt.Date())
}

// AnnounceProblems are the reasons why the dialogue can't be announced at the given time.
func (d Dialogue) AnnounceProblems(now calendar.Instant) []Problem {
	ps := problems{of: "plan.dialogue.problem."}
	ps.need(d.Title != "", "title", "title")
	ps.need(d.Venue != "", "venue", "venue")
	ps.need(d.Chair != "", "chair", "chair")
	ps.need(d.StartsAt.After(now), "starts_at", "starts_at")
	ps.need(!d.SlipsUntil.After(d.StartsAt), "slips_until", "slips_until")
	ps.need(len(d.Programme) > 0, "programme", "programme")
	return ps.list
}

// Acts on dialogues.
const (
	ActSeeDialogues     Act = "see_dialogues" // the workspace of each, with what is not public yet
	ActAnnounceDialogue Act = "announce_dialogue"
)

var dialogueActs = []actRow{
	{ActSeeDialogues, opening, everyOfficer(always)},
	{ActAnnounceDialogue, law{
		"time, place, contents, way of taking part are announced",
		"Luật 77/2015 Đ.125 until 15/6/2025 (L); Luật 72/2025 Đ.43 k.2 from 16/6/2025 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
