package store

import (
	"context"

	"doithoai"
)

// Bounds of what screens show of a long dialogue.
const (
	maxLiveRulings  = 40
	maxLiveSlips    = 12
	maxLivePromises = 5
)

// Live reads an announced dialogue as its screens show it, in one state of the database.
func (db *DB) Live(ctx context.Context, authority, dialogue doithoai.ID) (l doithoai.Live, err error) {
	if l.Dialogue, err = db.DialogueByID(ctx, authority, dialogue); err != nil {
		return l, err
	}
	l.Dialogue.Contact = "" // may hold a telephone
	err = db.snapshot(ctx, func(q querier) error {
		r := liveReader{q: q, l: &l, authority: authority, dialogue: dialogue}
		for _, read := range []func(context.Context, *DB) error{
			r.readTurns, r.readScreen, r.readRulings, r.readUnheard, r.readPromises,
		} {
			if err := read(ctx, db); err != nil {
				return err
			}
		}
		l.Rated, err = one(ctx, q, column[int], `SELECT count(*)
			FROM survey_slip
			WHERE authority_id = $1 AND kind = $2 AND subject = $3`, authority, doithoai.SurveyDialogue, string(dialogue))
		return err
	})
	return l, err
}

// liveReader reads one dialogue.
type liveReader struct {
	q                   querier
	l                   *doithoai.Live
	authority, dialogue doithoai.ID
	villages            map[doithoai.ID]string
	hidden              map[doithoai.ID]bool // turns that name nobody
	turns               map[doithoai.ID]QueueRow
	opinion, turn       doithoai.ID   // of the screen
	shown               []doithoai.ID // the opinions of l.Rulings
}

// speaker is who has a turn, as screens name them: nobody who raises what they don't show.
func (r *liveReader) speaker(t QueueRow) *doithoai.LiveSpeaker {
	s := &doithoai.LiveSpeaker{Ticket: t.Ticket, Spoken: t.Spoken, Since: t.Since, Limit: t.Limit}
	if !r.hidden[t.ID] {
		s.Name, s.Village = t.Name, r.villages[t.VillageID]
	}
	return s
}

// readTurns reads the step that runs, who speaks and who waits.
func (r *liveReader) readTurns(ctx context.Context, db *DB) (err error) {
	if r.villages, err = pairs[doithoai.ID](ctx, r.q, `SELECT id, name FROM village WHERE authority_id = $1`,
		r.authority); err != nil {
		return err
	}
	hidden, err := pairs[doithoai.ID](ctx, r.q, `SELECT o.slip_id, ''
		FROM opinion o
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND `+unnamed+`
		UNION
		SELECT o.turn_id, ''
		FROM opinion o
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.turn_id IS NOT NULL AND `+unnamed,
		r.dialogue, r.authority)
	if err != nil {
		return err
	}
	r.hidden, r.turns = map[doithoai.ID]bool{}, map[doithoai.ID]QueueRow{}
	for id := range hidden {
		r.hidden[id] = true
	}
	run, err := db.runOf(ctx, r.q, doithoai.Resident(r.authority), r.l.Dialogue)
	if err != nil {
		return err
	}
	l := r.l
	l.Step, l.Waiting, l.Limit = run.Step(), len(run.Waiting), run.Limit
	if run.Speaking != nil {
		l.Speaker = r.speaker(*run.Speaking)
		r.turns[run.Speaking.ID] = *run.Speaking
	}
	for _, t := range run.Over {
		r.turns[t.ID] = t
	}
	for i, t := range run.Waiting {
		r.turns[t.ID] = t
		l.Line = append(l.Line, t.Ticket)
		if i == 0 {
			l.Next = r.speaker(t)
		}
	}
	return nil
}

// readPromises reads the promises of earlier dialogues while the step runs that reports on them.
func (r *liveReader) readPromises(ctx context.Context, db *DB) error {
	if !(doithoai.ProgrammeStep{Title: r.l.Step.Title}).ReadsPromises() {
		return nil
	}
	all, err := promisesToRead(ctx, r.q, r.l.Dialogue, db.Now().Date())
	r.l.Promised = len(all)
	for _, p := range all[:min(len(all), maxLivePromises)] {
		r.l.Promises = append(r.l.Promises, doithoai.LivePromise{What: p.What, Stand: p.Stand})
	}
	return err
}

// readScreen reads what was released last.
func (r *liveReader) readScreen(ctx context.Context, _ *DB) error {
	s, err := screenOf(ctx, r.q, r.l.Dialogue)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	r.l.Version, r.l.Blank = s.Version, s.Blank
	if s.Question == "" {
		return nil
	}
	fits := 1
	if s.OpinionID != "" { // nothing can make it unfit without taking it away; nobody relies on that here
		if fits, err = one(ctx, r.q, column[int], `SELECT count(*)
			FROM opinion o
			WHERE o.id = $1 AND NOT `+unfit, s.OpinionID); err != nil {
			return err
		}
	}
	if fits == 0 || r.hidden[s.TurnID] && s.OpinionID == "" {
		r.l.Blank = true
		return nil
	}
	r.l.Question, r.opinion, r.turn = s.Question, s.OpinionID, s.TurnID
	return r.readAsker(ctx)
}

// readAsker finds who raised the question on the screens: who has the turn, or the person of the opinion.
func (r *liveReader) readAsker(ctx context.Context) error {
	if t, ok := r.turns[r.turn]; ok {
		r.l.Asker = r.speaker(t)
		return nil
	}
	if r.opinion == "" {
		return nil
	}
	asker, err := one(ctx, r.q, func(row row) (s doithoai.LiveSpeaker, err error) {
		var village doithoai.ID
		err = row.Scan(&s.Name, &village)
		s.Village = r.villages[village]
		return s, err
	}, `SELECT p.name, p.village_id
		FROM opinion o
		JOIN petitioner p ON p.slip_id = o.slip_id
		WHERE o.id = $1`, r.opinion)
	r.l.Asker = &asker
	return err
}

// readRulings reads what was released, and what was decided on it.
func (r *liveReader) readRulings(ctx context.Context, _ *DB) (err error) {
	const released = `
		FROM released r
		JOIN opinion o ON o.id = r.opinion_id
		LEFT JOIN petition p ON p.id = o.petition_id AND p.state <> 'ended'
		LEFT JOIN unit u ON u.id = p.lead_unit_id
		WHERE r.dialogue_id = $1 AND r.authority_id = $2 AND NOT ` + unfit
	l := r.l
	if l.Released, err = one(ctx, r.q, column[int], `SELECT count(*)`+released, r.dialogue, r.authority); err != nil {
		return err
	}
	if l.Rulings, err = list(ctx, r.q, func(row row) (v doithoai.LiveRuling, err error) {
		var id doithoai.ID
		err = row.Scan(&id, &v.Question, &v.Ruling, &v.Unit, &v.Due)
		v.Number = l.Released - len(r.shown)
		r.shown = append(r.shown, id)
		return v, err
	}, `SELECT r.opinion_id, r.question, o.ruling, coalesce(u.name, ''), p.due`+released+`
		ORDER BY r.released_at DESC, r.opinion_id DESC LIMIT $3`, r.dialogue, r.authority, maxLiveRulings); err != nil {
		return err
	}
	for i, id := range r.shown {
		if id != r.opinion {
			continue
		}
		l.Number = l.Rulings[i].Number
		if l.Rulings[i].Ruling != "" {
			l.Ruling = &l.Rulings[i]
		}
	}
	return nil
}

// readUnheard reads which opinions were not heard in the hall, once the dialogue is closed: their numbers, for nothing
// of them was released.
func (r *liveReader) readUnheard(ctx context.Context, _ *DB) (err error) {
	l := r.l
	if l.Dialogue.State == doithoai.DialogueRunning || !l.Dialogue.State.Held() {
		return nil
	}
	const unheard = `
		FROM opinion o
		LEFT JOIN petition p ON p.id = o.petition_id AND p.state <> 'ended'
		WHERE o.dialogue_id = $1 AND o.authority_id = $2 AND o.unheard <> '' AND NOT ` + unfit
	if l.Unheard, err = one(ctx, r.q, column[int], `SELECT count(*)`+unheard, r.dialogue, r.authority); err != nil {
		return err
	}
	l.Written, err = list(ctx, r.q, func(row row) (s doithoai.LiveSlip, err error) {
		var village doithoai.ID
		err = row.Scan(&s.Number, &village, &s.Due)
		s.Village = r.villages[village]
		return s, err
	}, `SELECT o.number, o.village_id, p.due`+unheard+`
		ORDER BY o.number LIMIT $3`, r.dialogue, r.authority, maxLiveSlips)
	return err
}
