package bench

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"doithoai"
	"doithoai/calendar"
)

// story is an opinion before it happens: what is raised, and which steps it goes through at which times. Fill writes
// most stories down as plain rows, and has the last ones acted out.
type story struct {
	field   fieldWords
	slip    doithoai.Slip
	key     doithoai.IntakeKey
	ruling  doithoai.RulingCode
	told    string // with the ruling, or in the answer
	reason  string // for which the chair sends the answer back once
	rating  doithoai.Rating
	steps   []step
	id      doithoai.ID // the rest is known once it happens
	slipID  doithoai.ID
	number  doithoai.RegisterNumber
	version int // of the petition
}

// step is one act of a story.
type step struct {
	act doithoai.Act
	at  calendar.Instant
	of  *story
}

// teller makes stories: one authority, so many opinions evenly over a span of time.
type teller struct {
	*writer
	staff
	dialogues []doithoai.Dialogue
	begin     time.Time
	end       time.Time
	n, total  int
	share     int // of a hundred opinions, how many are for the coming dialogue, where one is announced
}

// rulings are how the opinions of a commune are ruled, of a hundred.
var rulings = []struct {
	code   doithoai.RulingCode
	weight int
}{
	{
		doithoai.RulingLater,
		50,
	}, {doithoai.RulingOnTheSpot, 30}, {doithoai.RulingCoordinate, 8}, {doithoai.RulingOtherBody, 5},
	{
		doithoai.RulingSuperior,
		2,
	}, {doithoai.RulingNotAccepted, 2}, {doithoai.RulingComplaint, 2}, {doithoai.RulingDenunciation, 1},
}

// next makes the next story. Half of the last sixteenth is left open, at some step, for good: with what is simply under
// way, 97 of a hundred are finished.
func (t *teller) next() *story {
	s := &story{field: t.field()}
	at := t.receipt(t.n)
	open := t.n >= t.total-t.total/16 && t.IntN(2) == 0
	t.n++
	for i := range s.key {
		s.key[i] = byte(t.Uint32())
	}
	s.slip = t.slipAt(at, s.field)
	w := t.IntN(100)
	for _, r := range rulings {
		if w -= r.weight; w < 0 {
			s.ruling = r.code
			break
		}
	}
	s.told, s.reason = t.answer(s.field), t.one(requests)
	s.rating = doithoai.Rating{Solved: doithoai.SolvedAnswers[min(t.IntN(4), 2)], Satisfied: 1 + t.IntN(5)}
	if s.rating.Solved == doithoai.SolvedNo && t.IntN(2) == 0 {
		s.rating.Solved = doithoai.SolvedYes
	}
	s.steps = t.steps(s, at)
	if open && len(s.steps) > 2 {
		s.steps = s.steps[:1+t.IntN(len(s.steps)-2)]
	}
	s.steps = slices.DeleteFunc(s.steps, func(s step) bool { return s.at.Time().After(t.end) })
	return s
}

// receipt is when the n-th opinion comes in: evenly over all days, between 7 and 17 o'clock.
func (t *teller) receipt(n int) time.Time {
	span := float64(t.end.Sub(t.begin)) * float64(n) / float64(t.total)
	const day = float64(24 * time.Hour)
	days := int(span / day)
	within := span/day - float64(days)
	return calendar.InstantAt(calendar.InstantOf(t.begin).Date().AddDays(days), 7, 0).
		Time().
		Add(time.Duration(within * 10 * float64(time.Hour)))
}

// steps are what happens to an opinion, from its receipt on.
func (t *teller) steps(s *story, at time.Time) []step {
	var all []step
	add := func(act doithoai.Act, after time.Duration) {
		if after > 0 {
			at = t.workTime(at.Add(after/2 + time.Duration(t.Int64N(int64(after)))))
		}
		all = append(all, step{act, calendar.InstantOf(at), s})
	}
	const day = 24 * time.Hour
	add(doithoai.ActSubmitSlip, 0)
	if d, ok := t.coming(at); ok && s.slip.DialogueID == d.ID { // it is ruled on in the hall
		at = d.StartsAt.Time().Add(time.Duration(t.Int64N(int64(hallTime))))
		add(doithoai.ActRuleOpinion, 0)
	} else {
		add(doithoai.ActRuleOpinion, day)
	}
	rule, _ := doithoai.RuleOf(s.ruling)
	if rule.OpensPetition {
		work := 9 * day
		if t.IntN(12) == 0 {
			work = 60 * day
		}
		add(doithoai.ActSubmitAnswer, work)
		if t.IntN(25) == 0 {
			add(doithoai.ActReturnAnswer, day)
			add(doithoai.ActSubmitAnswer, 2*day)
		}
		add(doithoai.ActSignAnswer, day)
		add(doithoai.ActDispatchAnswer, day/2)
	}
	if rule.OpensPetition || rule.Publishes {
		if t.IntN(3) == 0 {
			add(doithoai.ActRateAnswer, 3*day)
		}
		add(doithoai.ActProposePublication, day)
		add(doithoai.ActApprovePublication, day)
	}
	return all
}

// workTime moves a time into office hours in Viet Nam, at some minute of them.
func (t *teller) workTime(at time.Time) time.Time {
	d := calendar.InstantOf(at).Date()
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDays(1)
	}
	work := calendar.InstantAt(d, 7, 0).Time().Add(time.Duration(t.Int64N(int64(10 * time.Hour))))
	if work.Before(at) { // later on the same day
		return at
	}
	return work
}

// hallTime is how long a dialogue lasts.
const hallTime = 2 * time.Hour

// How many opinions of a hundred are for the coming dialogue: where the work of all days is measured, and where that of
// dialogues is.
const (
	dialogueShare = 10
	hallShare     = 90
)

func (t *teller) slipAt(at time.Time, f fieldWords) doithoai.Slip {
	p := doithoai.Petitioner{
		Standing:  doithoai.StandingPerson,
		Name:      t.name(),
		VillageID: t.villages[t.IntN(len(t.villages))].ID,
	}
	switch t.IntN(10) {
	case 0:
		p.Ways = []doithoai.Way{doithoai.WayPickUp}
	case 1, 2, 3:
		p.Ways, p.Email = []doithoai.Way{doithoai.WayEmail}, fmt.Sprintf("nguoi-%d@example.org", t.n)
	default:
		p.Ways, p.Phone = []doithoai.Way{doithoai.WayPhone}, t.phone()
	}
	s := doithoai.Slip{
		Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: []string{t.matter(f)}, FieldCode: f.code,
		Petitioner: p, NoticeRead: true,
	}
	if d, ok := t.coming(at); ok && t.IntN(100) < t.share {
		s.DialogueID, s.Manner = d.ID, doithoai.MannerBoth
	}
	return s
}

// coming is the dialogue for which slips are taken at a time.
func (t *teller) coming(at time.Time) (doithoai.Dialogue, bool) {
	i := slices.IndexFunc(t.dialogues, func(d doithoai.Dialogue) bool {
		return d.Announced.Time().Before(at) && d.SlipsUntil.Time().After(at)
	})
	if i < 0 {
		return doithoai.Dialogue{}, false
	}
	return t.dialogues[i], true
}

// idAt makes a UUIDv7 of a time, as the ids of what is made at that time are.
func (t *teller) idAt(at calendar.Instant) doithoai.ID {
	var id uuid.UUID
	ms := uint64(at.Time().UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	for i := 6; i < len(id); i++ {
		id[i] = byte(t.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return doithoai.ID(id.String())
}
