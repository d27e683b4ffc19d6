package store

import (
	"context"
	"time"

	"doithoai"
	"doithoai/text"
)

const turnColumns = `id, authority_id, dialogue_id, source, name, village_id, joined_at, place, state, called_at, ` +
	`ended_at, spoken_ms, since, limit_ms, ticket, entered_by, version`

func scanTurn(r row) (t doithoai.Turn, err error) {
	var spoken, limit int64
	err = r.Scan(&t.ID, &t.AuthorityID, &t.DialogueID, &t.Source, &t.Name, &t.VillageID, &t.JoinedAt, &t.Place, &t.State,
		&t.CalledAt, &t.EndedAt, &spoken, &t.Since, &limit, &t.Ticket, &t.EnteredBy, &t.Version)
	t.Spoken, t.Limit = time.Duration(spoken)*time.Millisecond, time.Duration(limit)*time.Millisecond
	return t, err
}

// turnValues are a turn's in the order of turnColumns.
func turnValues(t doithoai.Turn) []any {
	return []any{
		t.ID, t.AuthorityID, t.DialogueID, t.Source, t.Name, t.VillageID, t.JoinedAt, t.Place, t.State, t.CalledAt,
		t.EndedAt, t.Spoken.Milliseconds(), t.Since, t.Limit.Milliseconds(), t.Ticket, t.EnteredBy, t.Version,
	}
}

// maxTurns bounds the turns of a dialogue that are read; maxHands how many may wait who raised a hand.
const (
	maxTurns = 1000
	maxHands = 300
)

// QueueRow is a turn of a dialogue with what it is about, where a slip says that.
type QueueRow struct {
	doithoai.Queued
	Organisation string                  // for which they speak
	Number       doithoai.RegisterNumber // of the slip's first opinion that waits for a ruling, else of its first
	Unruled      int                     // how many of the slip's opinions do
}

// Run is how a dialogue runs.
type Run struct {
	Speaking *QueueRow // nil: nobody is
	Waiting  []QueueRow
	Over     []QueueRow // spoken, absent or withdrawn, the last one first
	Steps    []doithoai.StepRun
	Limit    time.Duration // how long a turn takes
	Locked   bool          // the minutes are: nothing more is taken down
}

// Step is the step of the programme that runs; Number 0: none was begun.
func (r Run) Step() (s doithoai.StepRun) {
	if n := len(r.Steps); n > 0 {
		s = r.Steps[n-1]
	}
	return s
}

// Run reads how a dialogue runs: who speaks, who waits in which order, who had a turn, and the steps as they began.
func (db *DB) Run(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) (r Run, err error) {
	if err := may(actor, doithoai.ActSeeQueue); err != nil {
		return r, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		d, err := dialogueOf(ctx, q, actor.AuthorityID, dialogue, "")
		if err != nil {
			return err
		}
		r, err = db.runOf(ctx, q, actor, d)
		return err
	})
	return r, err
}

// runOf reads how a dialogue runs, but for what is about the actor's own conduct.
func (db *DB) runOf(ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Dialogue) (r Run, err error) {
	if r.Limit, err = speakingLimit(ctx, q, d); err != nil {
		return r, err
	}
	rows, err := db.turnsOf(ctx, q, actor, d.ID, r.Limit)
	if err != nil {
		return r, err
	}
	if r.Steps, err = stepsOf(ctx, q, d.AuthorityID, d.ID); err != nil {
		return r, err
	}
	if r.Locked, err = minutesLocked(ctx, q, d); err != nil {
		return r, err
	}
	byID, turns := map[doithoai.ID]QueueRow{}, make([]doithoai.Turn, len(rows))
	for i, row := range rows {
		byID[row.ID], turns[i] = row, row.Turn
	}
	for _, queued := range doithoai.OrderTurns(turns,
		func(t doithoai.Turn) bool { return byID[t.ID].Here }, personOf) {
		row := byID[queued.ID]
		row.Queued = queued
		r.Waiting = append(r.Waiting, row)
	}
	for _, row := range rows {
		switch row.State {
		case doithoai.TurnWaiting:
		case doithoai.TurnSpeaking:
			r.Speaking = &row
		default:
			r.Over = append(r.Over, row)
		}
	}
	sortOver(r.Over)
	return r, nil
}

// personOf is the same for turns of one person: who has the same name in the same village is taken for one.
func personOf(t doithoai.Turn) string { return string(t.VillageID) + " " + text.NameKey(t.Name) }

// turnsOf reads all turns of a dialogue, those too about which nothing was done yet: of who registered by a slip to
// speak and waits for a ruling on it, and of who asked for it at reception; limit is how long those take. A slip whose
// opinions all left as denunciations, or are another slip's, gives no turn.
func (db *DB) turnsOf(
	ctx context.Context, q querier, actor doithoai.Actor, dialogue doithoai.ID, limit time.Duration,
) ([]QueueRow, error) {
	args := []any{actor.AuthorityID, dialogue, maxTurns}
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	rows, err := list(ctx, q, func(r row) (h QueueRow, err error) {
		err = scanQueueRow(r, &h)
		return h, err
	}, `SELECT s.id, 'slip', p.name, p.organisation, p.village_id, s.received_at, f.first, f.unruled,
			CASE WHEN EXISTS (SELECT 1 FROM attendance h WHERE h.slip_id = s.id)
				OR NOT EXISTS (SELECT 1 FROM attendance h WHERE h.dialogue_id = $2) THEN 1 ELSE 0 END, `+turnState+`
		FROM (
			SELECT o.slip_id, coalesce(min(CASE WHEN o.ruling = '' THEN o.number END), min(o.number)) AS first,
				sum(CASE WHEN o.ruling = '' THEN 1 ELSE 0 END) AS unruled
			FROM opinion o
			WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND `+unspoken+` AND o.manner <> 'written'
				AND o.joined_to IS NULL AND `+notDenounced+hidden+`
			GROUP BY o.slip_id
		) AS f
		JOIN slip s ON s.id = f.slip_id
		JOIN petitioner p ON p.slip_id = s.id
		LEFT JOIN turn t ON t.id = s.id
		WHERE t.id IS NOT NULL OR f.unruled > 0
		ORDER BY s.id LIMIT $3`, args...)
	if err != nil {
		return nil, err
	}
	others, err := list(ctx, q, func(r row) (h QueueRow, err error) {
		err = scanQueueRow(r, &h)
		return h, err
	}, `SELECT a.id, 'reception', a.name, '', a.village_id, a.arrived_at, '', 0, 1, `+turnState+`
		FROM attendance a
		LEFT JOIN turn t ON t.id = a.id
		WHERE a.dialogue_id = $1 AND a.authority_id = $2 AND a.speaks AND a.invitation_id IS NULL AND a.slip_id IS NULL
		UNION ALL
		SELECT t.id, t.source, t.name, '', t.village_id, t.joined_at, '', 0, 1, `+turnState+`
		FROM turn t
		WHERE t.dialogue_id = $1 AND t.authority_id = $2 AND t.source IN ('hand', 'phone')
		LIMIT $3`, dialogue, actor.AuthorityID, maxTurns)
	if err != nil {
		return nil, err
	}
	rows = append(rows, others...)
	for i := range rows {
		rows[i].AuthorityID, rows[i].DialogueID = actor.AuthorityID, dialogue
		if rows[i].Version == 0 {
			rows[i].Limit = limit
		}
	}
	return rows, nil
}

// turnState is how a turn t stands, of which there may be no row yet.
const turnState = `coalesce(t.place, 0), coalesce(t.state, 'waiting'), t.called_at, t.ended_at,
			coalesce(t.spoken_ms, 0), t.since, coalesce(t.limit_ms, 0), coalesce(t.ticket, 0), coalesce(t.version, 0)`

func scanQueueRow(r row, h *QueueRow) error {
	var spoken, limit int64
	err := r.Scan(&h.ID, &h.Source, &h.Name, &h.Organisation, &h.VillageID, &h.JoinedAt, &h.Number, &h.Unruled, &h.Here,
		&h.Place, &h.State, &h.CalledAt, &h.EndedAt, &spoken, &h.Since, &limit, &h.Ticket, &h.Version)
	h.Spoken, h.Limit = time.Duration(spoken)*time.Millisecond, time.Duration(limit)*time.Millisecond
	return err
}

// speakingLimit is how long a turn takes, as the rule of the dialogue's day has it.
func speakingLimit(ctx context.Context, q querier, d doithoai.Dialogue) (time.Duration, error) {
	parameters, err := loadParameter(ctx, q, d.AuthorityID, doithoai.ParameterSpeaking)
	if err != nil {
		return 0, err
	}
	return parameters.SpeakingLimit(d.StartsAt.Date())
}

func stepsOf(ctx context.Context, q querier, authority, dialogue doithoai.ID) ([]doithoai.StepRun, error) {
	return list(ctx, q, func(r row) (s doithoai.StepRun, err error) {
		err = r.Scan(&s.AuthorityID, &s.DialogueID, &s.Number, &s.Step, &s.Title, &s.BeganAt, &s.EnteredBy)
		return s, err
	}, `SELECT authority_id, dialogue_id, number, step, title, began_at, entered_by
		FROM step_run
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY number LIMIT $3`, dialogue, authority, maxStepRuns)
}

// maxStepRuns bounds how often a step may begin.
const maxStepRuns = 500
