package doithoai

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"doithoai/calendar"
)

// Minutes are the minutes of a dialogue (biên bản): composed from what happened, read back, corrected with a trace,
// locked. They are a paper of the office: they name who raised what.
type Minutes struct {
	AuthorityID ID
	DialogueID  ID
	State       MinutesState
	Body        MinutesBody
	ComposedAt  calendar.Instant
	ReadBack    ReadBack // At is absent while they were not read back as they stand
	LockedAt    calendar.Instant
	LockedBy    ID
	Version     int // 0: none were composed yet
}

// MinutesState is where minutes stand.
type MinutesState string

const (
	MinutesDraft  MinutesState = "draft"
	MinutesRead   MinutesState = "read" // read back as they stand
	MinutesLocked MinutesState = "locked"
)

// minutesMoves are all ways of minutes: the only table of them. What is corrected or composed anew is read back anew.
var minutesMoves = map[Act]struct {
	from []MinutesState
	to   MinutesState
}{
	ActComposeMinutes: {[]MinutesState{"", MinutesDraft, MinutesRead}, MinutesDraft},
	ActCorrectMinutes: {[]MinutesState{MinutesDraft, MinutesRead}, MinutesDraft},
	ActReadMinutes:    {[]MinutesState{MinutesDraft, MinutesRead}, MinutesRead},
	ActLockMinutes:    {[]MinutesState{MinutesRead}, MinutesLocked},
}

// May reports whether the act is possible in the minutes' state.
func (m Minutes) May(act Act) bool { return slices.Contains(minutesMoves[act].from, m.State) }

// move brings the minutes where the act brings them; Conflict where they stand elsewhere.
func (m Minutes) move(act Act) (Minutes, error) {
	if !m.May(act) {
		return m, Refuse(Conflict, "error.conflict")
	}
	m.State = minutesMoves[act].to
	if m.State == MinutesDraft {
		m.ReadBack = ReadBack{}
	}
	m.Version++
	return m, nil
}

// MinutesBody is what stands in the minutes.
type MinutesBody struct {
	Authority  string             `json:"authority"` // as on the letterhead
	Title      string             `json:"title"`     // of the dialogue
	Paragraphs []MinutesParagraph `json:"paragraphs"`
	Signatures []MinutesSignature `json:"signatures"`
}

// MinutesPart is how a paragraph is set.
type MinutesPart string

const (
	MinutesHeading MinutesPart = "heading"
	MinutesLabel   MinutesPart = "label"  // a word before a colon, then what it is
	MinutesText    MinutesPart = "text"   // a paragraph
	MinutesRuling  MinutesPart = "ruling" // what was decided on the opinion above
	MinutesOpen    MinutesPart = "open"   // that nothing was decided on it yet
	MinutesTask    MinutesPart = "task"   // what the chair gave somebody to do: a promise, once they are locked
)

// Correctable reports whether a paragraph may say something else than what was composed. A heading stays; who does what
// until when is written in the conclusion, where it is judged.
func (p MinutesPart) Correctable() bool { return p != MinutesHeading && p != MinutesTask }

// MinutesParagraph is a paragraph of the minutes.
type MinutesParagraph struct {
	Key       string      `json:"key"` // stays the same when they are composed anew: "bat-dau", "y-kien/ND-26-0428"
	Part      MinutesPart `json:"part"`
	OpinionID ID          `json:"opinion,omitempty"` // that it tells of
	Text      string      `json:"text"`
	Composed  string      `json:"composed,omitempty"` // what stood there before somebody corrected it
}

// base is the paragraph's text as it was composed.
func (p MinutesParagraph) base() string {
	if p.Composed != "" {
		return p.Composed
	}
	return p.Text
}

// MinutesSignature is who signs, and as what.
type MinutesSignature struct {
	As   string `json:"as"`            // "Thư ký"
	For  string `json:"for,omitempty"` // "KT. CHỦ TỊCH", by a paper
	Post string `json:"post,omitempty"`
	Name string `json:"name"`
}

// ReadBack is that the minutes were read back to those who were there.
type ReadBack struct {
	At         calendar.Instant
	By         ID
	To         string // before whom
	Objections string // what was objected, and what became of it; empty: nothing
}

// MinutesChange is the trace of a correction: of somebody, with a reason; or of composing anew, where what had been
// corrected is not what it was.
type MinutesChange struct {
	Number    int              `json:"number"`
	At        calendar.Instant `json:"at"`
	By        ID               `json:"by"`
	Key       string           `json:"key"`
	OpinionID ID               `json:"opinion,omitempty"`
	Old       string           `json:"old"`
	New       string           `json:"new,omitempty"`
	Reason    string           `json:"reason,omitempty"` // empty: composed anew
}

// Compose puts a body that was composed now in the place of the one that stands. What somebody corrected stays
// corrected where it would be composed as before; else what is composed now stands, and what it drops comes back, to be
// kept in the trace.
func (m Minutes) Compose(fresh MinutesBody, now calendar.Instant) (Minutes, []MinutesChange, error) {
	next, err := m.move(ActComposeMinutes)
	if err != nil {
		return m, nil, err
	}
	var dropped []MinutesChange
	fresh.Paragraphs = slices.Clone(fresh.Paragraphs)
	for _, old := range m.Body.Paragraphs {
		if old.Composed == "" {
			continue
		}
		i := slices.IndexFunc(fresh.Paragraphs, func(p MinutesParagraph) bool { return p.Key == old.Key })
		if i >= 0 && fresh.Paragraphs[i].Text == old.Composed {
			fresh.Paragraphs[i] = old
			continue
		}
		c := MinutesChange{Key: old.Key, OpinionID: old.OpinionID, Old: old.Text}
		if i >= 0 {
			c.New = fresh.Paragraphs[i].Text
		}
		dropped = append(dropped, c)
	}
	next.Body, next.ComposedAt = fresh, now
	return next, dropped, nil
}

// Stale reports whether the minutes would be composed otherwise now.
func (m Minutes) Stale(fresh MinutesBody) bool {
	same := func(a, b MinutesParagraph) bool {
		return a.Key == b.Key && a.Part == b.Part && a.OpinionID == b.OpinionID && a.base() == b.base()
	}
	return m.Body.Authority != fresh.Authority || m.Body.Title != fresh.Title ||
		!slices.EqualFunc(m.Body.Paragraphs, fresh.Paragraphs, same) ||
		!slices.Equal(m.Body.Signatures, fresh.Signatures)
}

// MinutesWording is what a paragraph of minutes is to say, by its key.
type MinutesWording struct{ Key, Text string }

// Correct puts other words into paragraphs, for one reason. The trace of each comes back: what stood there, what does
// now. A paragraph that is none to correct stays ([MinutesPart.Correctable]); no paragraph becomes empty, nor what it
// was, and none is named twice.
func (m Minutes) Correct(reason string, all ...MinutesWording) (Minutes, []MinutesChange, error) {
	next, err := m.move(ActCorrectMinutes)
	if err != nil {
		return m, nil, err
	}
	next.Body.Paragraphs = slices.Clone(m.Body.Paragraphs)
	var changes []MinutesChange
	ps := problems{of: "minutes.problem."}
	for _, w := range all {
		i := slices.IndexFunc(next.Body.Paragraphs, func(p MinutesParagraph) bool { return p.Key == w.Key })
		twice := slices.ContainsFunc(changes, func(c MinutesChange) bool { return c.Key == w.Key })
		if i < 0 || twice || !next.Body.Paragraphs[i].Part.Correctable() {
			return m, nil, Refuse(NotFound, "error.not_found")
		}
		p := &next.Body.Paragraphs[i]
		ps.text("noi-dung", "empty", w.Text, MaxAnswer)
		ps.need(w.Text == "" || w.Text != p.Text, "noi-dung", "same")
		changes = append(changes, MinutesChange{
			Key: w.Key, OpinionID: p.OpinionID, Old: p.Text, New: w.Text, Reason: reason,
		})
		base := p.base()
		if p.Text, p.Composed = w.Text, base; w.Text == base {
			p.Composed = ""
		}
	}
	ps.need(len(all) > 0, "noi-dung", "same")
	ps.text("ly-do", "reason", reason, MaxMatter)
	if err := ps.refuse(); err != nil {
		return m, nil, err
	}
	return next, changes, nil
}

// Read notes that the minutes were read back as they stand: after they were composed, not in a time to come, before
// somebody.
func (m Minutes) Read(r ReadBack, d Dialogue, now calendar.Instant) (Minutes, error) {
	next, err := m.move(ActReadMinutes)
	if err != nil {
		return m, err
	}
	ps := problems{of: "minutes.problem."}
	ps.need(!r.At.IsZero() && !r.At.After(now) && !r.At.Before(d.ClosedAt), "gio", "read_at")
	ps.text("truoc", "read_to", r.To, MaxLine)
	ps.long("y-kien-khac", r.Objections, MaxMatter)
	next.ReadBack = r
	return next, ps.refuse()
}

// Lock freezes the minutes. It is refused while the sum of the dialogue is open, and where something has happened since
// they were composed; and with Conflict where they were not read back as they stand.
func (m Minutes) Lock(by ID, t Tally, stale bool, now calendar.Instant) (Minutes, error) {
	next, err := m.move(ActLockMinutes)
	if err != nil {
		return m, err
	}
	ps := problems{of: "minutes.problem."}
	ps.join(t.Problems("khoa-bien-ban"))
	ps.need(!stale, "khoa-bien-ban", "stale")
	next.LockedAt, next.LockedBy = now, by
	return next, ps.refuse()
}

// Hash is what a leaf of the public record commits to when the minutes are locked: SHA-256 of one line of JSON with the
// body as it is stored, who read it back and what was objected, and the trace of every correction.
func (m Minutes) Hash(body string, changes []MinutesChange) [sha256.Size]byte {
	b, err := json.Marshal(struct {
		Form       int             `json:"form"`
		Dialogue   ID              `json:"dialogue"`
		Body       string          `json:"body"`
		ReadAt     string          `json:"read_at"`
		ReadBy     ID              `json:"read_by"`
		ReadTo     string          `json:"read_to"`
		Objections string          `json:"objections,omitempty"`
		Changes    []MinutesChange `json:"changes,omitempty"`
	}{
		1, m.DialogueID, body, m.ReadBack.At.String(), m.ReadBack.By, m.ReadBack.To, m.ReadBack.Objections, changes,
	})
	if err != nil { // strings, numbers and instants can't fail to encode
		panic(fmt.Sprintf("minutes of %s: %v", m.DialogueID, err))
	}
	return sha256.Sum256(b)
}

// Content is what the content field of their leaf commits to.
func (m Minutes) Content(hash string) string {
	return fmt.Sprintf(`{"at":%q,"by":%q,"dialogue":%q,"sha256":%q}`, m.LockedAt, m.LockedBy, m.DialogueID, hash)
}

// Acts on minutes, and on what they rest on once a dialogue is closed.
const (
	ActSeeMinutes        Act = "see_minutes" // the sum, the minutes, the conclusion
	ActComposeMinutes    Act = "compose_minutes"
	ActCorrectMinutes    Act = "correct_minutes"
	ActReadMinutes       Act = "read_minutes"
	ActLockMinutes       Act = "lock_minutes"
	ActWriteConclusion   Act = "write_conclusion"
	ActCorrectAttendance Act = "correct_attendance"
)

// minutesLaw is what minutes rest on.
const minutesLaw = "NĐ 30/2020 Mẫu 1.9 (L); Luật 72/2025 Đ.43 k.3 from 16/6/2025 (C)"

var minutesActs = []actRow{
	{ActSeeMinutes, opening, []grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleClerk, always},
		{RoleChair, always}, {RoleViceChair, always}}},
	{ActComposeMinutes, law{"the minutes are composed from what happened", minutesLaw, ""}, inTheHall},
	{ActCorrectMinutes, law{"the minutes say something else than what was composed, for a reason, with a trace",
		minutesLaw, ""}, inTheHall},
	{ActReadMinutes, law{"the minutes were read back to those who were there", minutesLaw, ""}, inTheHall},
	{ActLockMinutes, law{"the minutes are locked as they stand, once every opinion has an outcome; the public record " +
		"commits to them, and what the conclusion gives somebody to do is promised", minutesLaw, ""}, inTheHall},
	{ActWriteConclusion, law{"the chair's conclusion is written, with who does what until when",
		"plan of 8/1/2024, II.2 (bước 5); IV.1", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
	{ActCorrectAttendance, law{"who was there is corrected after the dialogue; the head count of its day stays",
		receptionLaw, ""}, []grant{{RoleOffice, always}}},
}
