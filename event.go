package doithoai

import (
	"bytes"
	"encoding/json"
	"fmt"

	"doithoai/calendar"
)

// Event is one act on an opinion: who, when, what, from, to. Events are only ever added. Each has one leaf in the
// public record. Free text and personal data live outside, so that they can be erased.
type Event struct {
	Leaf        int64 // index in the public record, by which the event is known
	AuthorityID ID
	OpinionID   ID
	At          calendar.Instant
	ActorID     ID // empty: the resident, or the system
	Act         Act
	Facts       Facts
}

// Facts are what an event says beyond who, when and what: codes, ids and dates only.
type Facts struct {
	From       string        `json:"from,omitempty"`
	To         string        `json:"to,omitempty"`
	Channel    Channel       `json:"channel,omitempty"`
	Unit       ID            `json:"unit,omitempty"`
	Officer    ID            `json:"officer,omitempty"`  // of the lead, who works on a petition; empty: nobody
	CoUnits    []ID          `json:"co_units,omitempty"` // that coordinate with the lead of a ruling
	Due        calendar.Date `json:"due,omitzero"`
	Start      calendar.Date `json:"start,omitzero"`     // of Due's term, absent where Due stays; of a pause
	Term       calendar.Term `json:"term,omitzero"`      // absent where Due was set by hand; of a pause: what is left
	Calendar   string        `json:"calendar,omitempty"` // version by which it was reckoned, or judged
	PutBack    calendar.Date `json:"put_back,omitzero"`  // the due date that was mistyped, where a ruling puts it right
	Awaits     PauseKind     `json:"awaits,omitempty"`
	Late       bool          `json:"late,omitempty"` // the due date was past, at a ruling or when the answer went out
	Agreement  Agreement     `json:"agreement,omitempty"`
	OutOfScope bool          `json:"out_of_scope,omitempty"`
	Unheard    Unheard       `json:"unheard,omitempty"`
	Field      string        `json:"field,omitempty"`  // into which a ruling put the opinion, where it was in another
	Number     string        `json:"number,omitempty"` // of a document
	Dated      calendar.Date `json:"dated,omitzero"`
	Document   DocumentKind  `json:"document,omitempty"` // that got a number, or none any more
	Part       int           `json:"part,omitempty"`     // which of its kind
	Solved     Solved        `json:"solved,omitempty"`
	Satisfied  int           `json:"satisfied,omitempty"`
	Reason     string        `json:"reason,omitempty"` // code of a reason, for views of personal data
	Way        Way           `json:"way,omitempty"`
	Delivery   ID            `json:"delivery,omitempty"` // of which it is recorded or taken back
	Receiver   Receiver      `json:"receiver,omitempty"`
	Post       ID            `json:"post,omitempty"`      // by which the actor could, for views of personal data
	Officers   []ID          `json:"officers,omitempty"`  // whom it is about, or of whom it was asked
	OnBehalf   ID            `json:"on_behalf,omitempty"` // the officer for whom the actor did it, by delegation

	// Of a document that ended, or came in the place of another one.
	Replaces     string        `json:"replaces,omitempty"` // number of the one in whose place it came
	Ended        calendar.Date `json:"ended,omitzero"`     // the first day on which it does not count
	EndedBy      string        `json:"ended_by,omitempty"` // number of the paper that withdraws it
	EndedByDated calendar.Date `json:"ended_by_dated,omitzero"`
	EndedByBody  string        `json:"ended_by_body,omitempty"` // whose paper that is; empty: the authority's own
	Over         string        `json:"over,omitempty"`          // how it had ended when its signed file was kept

	Differs bool `json:"differs,omitempty"` // the signed file of a document from the data

	ToldAt calendar.Instant `json:"told_at,omitzero"` // when the person was told by hand
	Files  []FileHash       `json:"files,omitempty"`  // that came, were added, opened as they came, or were taken away
	With   RegisterNumber   `json:"with,omitempty"`   // to which it was joined, with which it was grouped

	Round     int `json:"round,omitempty"`     // which looks at the matter again, from 1; 0: the first answer
	Reopening int `json:"reopening,omitempty"` // the number of the person's word that they don't agree

	Supplement int           `json:"supplement,omitempty"` // the number of what the person is asked to add
	AnswerBy   calendar.Date `json:"answer_by,omitzero"`   // by when that is hoped for

	OwnRequest   int           `json:"own_request,omitempty"` // the number of what the person asks by code
	OwnKind      OwnKind       `json:"own_kind,omitempty"`
	AskedErasure Erasure       `json:"asked_erasure,omitempty"`
	Changed      []ContactPart `json:"changed,omitempty"` // of how the person is told, without values

	Ground ReopeningGround `json:"ground,omitempty"` // on which the matter is not looked at again

	Refusal   RefusalGround `json:"refusal,omitempty"`    // on which an opinion is not accepted, or was proposed not to be
	DecidedBy ID            `json:"decided_by,omitempty"` // who decided so
	Guidance  GuidanceKind  `json:"guidance,omitempty"`   // to what who raised a complaint was guided
	Guided    calendar.Date `json:"guided_on,omitzero"`   // and when

	// Correction is the number of the correction of an answer: of the act on it, or on the summary that follows it.
	Correction int `json:"correction,omitempty"`

	// What an opinion is said to be, and what a part of one carries on.
	OpinionKind OpinionKind       `json:"kind,omitempty"`
	ContentCode ContentCode       `json:"content_code,omitempty"`
	Village     ID                `json:"village,omitempty"`    // in which its matter lies
	Outcome     InitiativeOutcome `json:"outcome,omitempty"`    // of an initiative
	Since       calendar.Instant  `json:"received_at,omitzero"` // of a part: when the whole was received
	Extended    int               `json:"extended,omitempty"`   // of a part: how often the due date that it carries on was

	// Set is of the opinions whose answers were handed in as one, Together how many the act was done on at once.
	Set      ID  `json:"set,omitempty"`
	Together int `json:"together,omitempty"`

	Promise  ID            `json:"promise,omitempty"`  // that was kept, given up, or is open again
	Promises []PromiseFact `json:"promises,omitempty"` // that began with an answer, or were replaced by it

	// PublicFile shows that a promise was kept, and became public by the act, or is not public any more.
	PublicFile PublicFile `json:"public_file,omitzero"`

	FromUnit   ID   `json:"from_unit,omitempty"` // that led before; empty: the chair
	HandedOver bool `json:"handed_over,omitempty"`

	Erased Erasure `json:"erased,omitempty"` // how much of the person's data ended

	Signer   ID            `json:"signer,omitempty"`   // who signed on paper, in a seat of that day
	SignedOn calendar.Date `json:"signed_on,omitzero"` // the day

	Note     ID               `json:"note,omitempty"` // that was added or taken back
	NoteKind PetitionNoteKind `json:"note_kind,omitempty"`
	HeldAt   calendar.Instant `json:"held_at,omitzero"` // when somebody spoke with another body or person

	Letter     ID            `json:"letter,omitempty"` // to another body, of which the act is
	Onward     OnwardKind    `json:"onward,omitempty"`
	Urging     ID            `json:"urging,omitempty"`
	UrgeWay    UrgeWay       `json:"urge_way,omitempty"`
	UnitUrging int           `json:"unit_urging,omitempty"` // its number on the petition
	Rung       Rung          `json:"rung,omitempty"`        // that the due date had reached when it was urged
	Route      UrgingRoute   `json:"route,omitempty"`       // of an urging
	UnitReply  int           `json:"unit_reply,omitempty"`  // its number on the urging
	Until      calendar.Date `json:"until,omitzero"`        // by when the unit means to be done: no due date
}

// MovedPetition is where the event moved the petition of its opinion; empty where it moved none.
func (e Event) MovedPetition() PetitionState {
	if m, ok := petitionMoves[e.Act]; ok && e.Facts.To == string(m.To) {
		return m.To
	}
	return ""
}

// MovedPublication is where the event moved the public summary of its opinion; empty where it moved none. What is done
// on the corrected summary of an answer that was replaced moves the one that is public only by its approval.
func (e Event) MovedPublication() PublicationState {
	if e.MovedPetition() != "" || e.MovedCorrection() != "" {
		return ""
	}
	to := PublicationState(e.Facts.To)
	if oneOf(to, publicationStates) && (e.Facts.Correction == 0 || to == PublicationPublished) {
		return to
	}
	return ""
}

// Content is what the content field of the event's leaf commits to: one line of JSON with the time, the actor's id, the
// facts, and the text that belongs to the act (what was said, the answer, the reason). The same event always has the
// same bytes.
func (e Event) Content(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		At string `json:"at"`
		By ID     `json:"by,omitempty"`
		Facts
		Text string `json:"text,omitempty"`
	}{e.At.String(), e.ActorID, e.Facts, text})
	if err != nil { // strings, numbers and dates can't fail to encode
		panic(fmt.Sprintf("content of event %d: %v", e.Leaf, err))
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// ViewReasons are the reasons for which the name of a petitioner may be opened.
var ViewReasons = []string{"verify", "answer", "deliver"}

// ReasonAssign is why a name is opened that stands on the slip with which a unit gets the work; no form offers it.
const ReasonAssign = "assign"

// Paper says which answer the facts of a dispatch are of, as its promises are kept: the number of a correction; below
// 0, the round ([Petition.Paper]).
func (f Facts) Paper() int {
	if f.Correction > 0 {
		return f.Correction
	}
	return -f.Round
}
