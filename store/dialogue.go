package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// maxHall is how many opinions of a dialogue the hall has on its screen: the newest.
const maxHall = 1000

// HallRow is one opinion of a dialogue as its secretary sees it, with who raised it.
type HallRow struct {
	Row
	Name    string
	Files   int    // that came with its slip
	CoUnits string // the short names of the units that coordinate, "Địa chính, Tư pháp"
}

// DialogueOpinions lists a dialogue's opinions in the order received, the newest maxHall, with the names the secretary
// calls out. Opening it is what the secretary's work needs; it is not open to units.
func (db *DB) DialogueOpinions(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]HallRow, error) {
	if err := may(actor, doithoai.ActRecordOpinion); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID, dialogue, maxHall}
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	query := `SELECT ` + rowColumns + `, coalesce(pr.name, ''), (SELECT count(*)
			FROM attachment a
			WHERE a.authority_id = o.authority_id AND a.owner = 'slip' AND a.owner_id = o.slip_id AND a.removed_at IS NULL),
		coalesce((SELECT string_agg(coalesce(nullif(w.short, ''), w.name), ', ' ORDER BY w.ordinal, w.id)
			FROM co_unit c
			JOIN unit w ON w.id = c.unit_id
			WHERE c.opinion_id = o.id), '')
		FROM (
			SELECT *
			FROM opinion o
			WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND ` + notDenounced + ` AND o.joined_to IS NULL` + hidden + `
			ORDER BY o.id DESC LIMIT $3
		) AS o
		LEFT JOIN petitioner pr ON pr.slip_id = o.slip_id` + rowJoins + `
		ORDER BY o.id`
	return list(ctx, db.reader(), func(r row) (h HallRow, err error) {
		h.Row, err = scanRow(also{r, []any{&h.Name, &h.Files, &h.CoUnits}})
		return h, err
	}, query, args...)
}

// also is a row with further columns behind those that are asked for.
type also struct {
	row
	dest []any
}

func (a also) Scan(dest ...any) error { return a.row.Scan(append(dest, a.dest...)...) }

const dialogueColumns = `id, authority_id, plan_id, slug, title, kinds, form, state, starts_at, doors_at, ends_at,
	slips_until, venue, link, villages, with_front, chair, co_chair, secretary, contact, announced_at, noticed_at,
	late_reason, started_at, closed_at, published_at, reported_at, moves, version`

func scanDialogue(r row) (d doithoai.Dialogue, err error) {
	var kinds, villages string
	err = r.Scan(&d.ID, &d.AuthorityID, &d.PlanID, &d.Slug, &d.Title, &kinds, &d.Form, &d.State, &d.StartsAt, &d.DoorsAt,
		&d.EndsAt, &d.SlipsUntil, &d.Venue, &d.Link, &villages, &d.WithFront, &d.Chair, &d.CoChair, &d.Secretary,
		&d.Contact, &d.Announced, &d.Noticed, &d.LateReason, &d.StartedAt, &d.ClosedAt, &d.PublishedAt, &d.ReportedAt,
		&d.Moves, &d.Version)
	d.Kinds, d.Villages = splitWords[doithoai.DialogueKind](kinds), splitWords[doithoai.ID](villages)
	return d, err
}

// dialogueValues are a dialogue's in the order of dialogueColumns.
func dialogueValues(d doithoai.Dialogue) []any {
	return []any{
		d.ID, d.AuthorityID, d.PlanID, d.Slug, d.Title, joinWords(d.Kinds), d.Form, d.State, d.StartsAt, d.DoorsAt,
		d.EndsAt, d.SlipsUntil, d.Venue, d.Link, joinWords(d.Villages), d.WithFront, d.Chair, d.CoChair, d.Secretary,
		d.Contact, d.Announced, d.Noticed, d.LateReason, d.StartedAt, d.ClosedAt, d.PublishedAt, d.ReportedAt,
		d.Moves, d.Version,
	}
}

// Dialogues lists announced dialogues, newest first, without their programmes.
func (db *DB) Dialogues(ctx context.Context, authority doithoai.ID) ([]doithoai.Dialogue, error) {
	return list(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND announced_at IS NOT NULL
		ORDER BY starts_at DESC`, authority)
}

// DialogueBySlug finds an announced dialogue with its programme.
func (db *DB) DialogueBySlug(ctx context.Context, authority doithoai.ID, slug string) (doithoai.Dialogue, error) {
	return db.dialogue(ctx, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND slug = $2 AND announced_at IS NOT NULL`, authority, slug)
}

// NextDialogue finds the dialogue that slips are for: today's, or else the next announced one, or else one that was
// postponed and has no day yet; NotFound where there is none.
func (db *DB) NextDialogue(ctx context.Context, authority doithoai.ID) (doithoai.Dialogue, error) {
	return db.dialogue(ctx, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND announced_at IS NOT NULL
			AND (starts_at >= $2 AND state <> 'cancelled' OR state = 'postponed')
		ORDER BY CASE WHEN state = 'postponed' THEN 1 ELSE 0 END, starts_at LIMIT 1`,
		authority, calendar.InstantAt(db.Now().Date(), 0, 0))
}

// DialogueByID finds an announced dialogue of an authority.
func (db *DB) DialogueByID(ctx context.Context, authority, id doithoai.ID) (doithoai.Dialogue, error) {
	if err := checkID(id); err != nil {
		return doithoai.Dialogue{}, err
	}
	return db.dialogue(ctx, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND id = $2 AND announced_at IS NOT NULL`, authority, id)
}

// dialogueOf finds a dialogue of an authority, in whatever state, without its programme; held with lock.
func dialogueOf(ctx context.Context, q querier, authority, id doithoai.ID, lock string) (doithoai.Dialogue, error) {
	if err := checkID(id); err != nil {
		return doithoai.Dialogue{}, err
	}
	return one(ctx, q, scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND id = $2`+lock, authority, id)
}

func (db *DB) dialogue(ctx context.Context, query string, args ...any) (doithoai.Dialogue, error) {
	d, err := one(ctx, db.reader(), scanDialogue, query, args...)
	if err != nil {
		return d, err
	}
	d.Programme, err = programmeOf(ctx, db.reader(), d.ID)
	return d, err
}

func programmeOf(ctx context.Context, q querier, dialogue doithoai.ID) ([]doithoai.ProgrammeStep, error) {
	return list(ctx, q, func(r row) (s doithoai.ProgrammeStep, err error) {
		err = r.Scan(&s.Title, &s.Minutes, &s.Presenter)
		return s, err
	},
		`SELECT title, minutes, presenter FROM programme_step WHERE dialogue_id = $1 ORDER BY ordinal`, dialogue)
}

// DialogueList lists the authority's dialogues for its officers, the latest first, those that are being prepared too,
// without their programmes.
func (db *DB) DialogueList(ctx context.Context, actor doithoai.Actor) ([]doithoai.Dialogue, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1
		ORDER BY starts_at DESC`, actor.AuthorityID)
}

// Dialogue finds a dialogue for an officer, in whatever state, with its programme.
func (db *DB) Dialogue(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (doithoai.Dialogue, error) {
	if err := may(actor, doithoai.ActSeeDialogues); err != nil {
		return doithoai.Dialogue{}, err
	}
	if err := checkID(id); err != nil {
		return doithoai.Dialogue{}, err
	}
	return db.dialogue(ctx, `SELECT `+dialogueColumns+`
		FROM dialogue
		WHERE authority_id = $1 AND id = $2`, actor.AuthorityID, id)
}
