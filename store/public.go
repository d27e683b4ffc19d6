package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/text"
	"doithoai/tlog"
)

// PublicPlan is an issued plan with the slug of its page.
type PublicPlan struct {
	ID   doithoai.ID
	Slug string
	Year int
	Plan doithoai.Plan
}

func scanPlan(r row) (p PublicPlan, err error) {
	var body []byte
	if err = r.Scan(&p.ID, &p.Slug, &p.Year, &body); err == nil {
		err = json.Unmarshal(body, &p.Plan)
	}
	return p, err
}

// Plans lists issued plans, newest first.
func (db *DB) Plans(ctx context.Context, authority doithoai.ID) ([]PublicPlan, error) {
	return list(ctx, db.reader(), scanPlan, `SELECT id, slug, year, body FROM plan WHERE authority_id = $1 ORDER BY year DESC, id DESC`, authority)
}

// PlanBySlug finds an issued plan.
func (db *DB) PlanBySlug(ctx context.Context, authority doithoai.ID, slug string) (PublicPlan, error) {
	return one(ctx, db.reader(), scanPlan, `SELECT id, slug, year, body FROM plan WHERE authority_id = $1 AND slug = $2`, authority, slug)
}

const dialogueColumns = `id, authority_id, plan_id, slug, title, starts_at, doors_at, slips_until, venue, chair, announced_at, version`

func scanDialogue(r row) (d doithoai.Dialogue, err error) {
	return d, r.Scan(&d.ID, &d.AuthorityID, &d.PlanID, &d.Slug, &d.Title, &d.StartsAt, &d.DoorsAt, &d.SlipsUntil, &d.Venue, &d.Chair, &d.Announced, &d.Version)
}

// Dialogues lists announced dialogues, newest first, without their programmes.
func (db *DB) Dialogues(ctx context.Context, authority doithoai.ID) ([]doithoai.Dialogue, error) {
	return list(ctx, db.reader(), scanDialogue, `SELECT `+dialogueColumns+` FROM dialogue WHERE authority_id = $1 ORDER BY starts_at DESC`, authority)
}

// DialogueBySlug finds an announced dialogue with its programme.
func (db *DB) DialogueBySlug(ctx context.Context, authority doithoai.ID, slug string) (doithoai.Dialogue, error) {
	return db.dialogue(ctx, `SELECT `+dialogueColumns+` FROM dialogue WHERE authority_id = $1 AND slug = $2`, authority, slug)
}

// NextDialogue finds the dialogue that slips are for: today's, or else the next announced one; NotFound where there is
// none.
func (db *DB) NextDialogue(ctx context.Context, authority doithoai.ID) (doithoai.Dialogue, error) {
	return db.dialogue(ctx, `SELECT `+dialogueColumns+` FROM dialogue WHERE authority_id = $1 AND starts_at >= $2 ORDER BY starts_at LIMIT 1`,
		authority, doithoai.InstantAt(db.Now().Date(), 0, 0))
}

// DialogueByID finds an announced dialogue of an authority.
func (db *DB) DialogueByID(ctx context.Context, authority, id doithoai.ID) (doithoai.Dialogue, error) {
	if err := known(id); err != nil {
		return doithoai.Dialogue{}, err
	}
	return db.dialogue(ctx, `SELECT `+dialogueColumns+` FROM dialogue WHERE authority_id = $1 AND id = $2`, authority, id)
}

func (db *DB) dialogue(ctx context.Context, query string, args ...any) (doithoai.Dialogue, error) {
	d, err := one(ctx, db.reader(), scanDialogue, query, args...)
	if err != nil {
		return d, err
	}
	d.Programme, err = list(ctx, db.reader(), func(r row) (s doithoai.ProgrammeStep, err error) {
		return s, r.Scan(&s.Title, &s.Minutes, &s.Presenter)
	},
		`SELECT title, minutes, presenter FROM programme_step WHERE dialogue_id = $1 ORDER BY ordinal`, d.ID)
	return d, err
}

// Published is a question and answer as the public reads it.
type Published struct {
	Row       int64 // for paging: rows come by falling Row
	Number    doithoai.RegisterNumber
	Title     string
	Question  string
	Answer    string
	FieldCode string
	Ruling    doithoai.RulingCode
	RuledAt   doithoai.Instant
	Unit      string // who answered; empty where the ruling itself was the answer
	Village   string
	Dialogue  doithoai.ID
	Basis     string // legal basis of a signed answer
	DocNumber string // of the answer's document
	Dated     doithoai.Date
	Received  doithoai.Instant
	At        doithoai.Instant
	Solved    doithoai.Solved // as the person said; empty where not yet
}

const publishedQuery = `SELECT d.id, o.number, p.title, p.question, p.answer, o.field_code, o.ruling, o.ruled_at, coalesce(u.name, ''), coalesce(v.name, ''),
	o.dialogue_id, coalesce(a.basis, ''), coalesce(a.number, ''), a.dated, o.received_at, p.published_at, coalesce(r.solved, '')
	FROM search_document d
	JOIN opinion o ON o.id = d.opinion_id
	JOIN publication p ON p.opinion_id = o.id
	LEFT JOIN petition pe ON pe.id = o.petition_id
	LEFT JOIN unit u ON u.id = pe.lead_unit_id
	LEFT JOIN answer a ON a.petition_id = pe.id
	LEFT JOIN village v ON v.id = o.village_id
	LEFT JOIN rating r ON r.opinion_id = o.id
	WHERE d.authority_id = $1 AND p.state = 'published'`

func scanPublished(r row) (p Published, err error) {
	return p, r.Scan(&p.Row, &p.Number, &p.Title, &p.Question, &p.Answer, &p.FieldCode, &p.Ruling, &p.RuledAt, &p.Unit, &p.Village,
		&p.Dialogue, &p.Basis, &p.DocNumber, &p.Dated, &p.Received, &p.At, &p.Solved)
}

// Search is what the public looks for; zero fields do not narrow.
type Search struct {
	Query  string
	Field  string
	Before int64 // Row of the last one of the page before
	Limit  int
}

// Search finds published questions and answers, newest first, whatever diacritics the query has. more reports whether
// another page follows.
func (db *DB) Search(ctx context.Context, authority doithoai.ID, s Search) (found []Published, more bool, err error) {
	query, args := publishedQuery, []any{authority}
	narrow := func(condition string, value any) {
		args = append(args, value)
		query += " AND " + strings.ReplaceAll(condition, "$?", fmt.Sprintf("$%d", len(args)))
	}
	tokens := text.QueryTokens(s.Query)
	if s.Query != "" && len(tokens) == 0 {
		return nil, false, nil // nothing in it can be looked for
	}
	if len(tokens) > 0 {
		tokens = append(tokens, facetAuthority(authority))
		if s.Field != "" {
			tokens = append(tokens, facetField(s.Field))
		}
		condition, value := db.dialect.searchMatch("$?", tokens)
		narrow("d."+condition, value)
	} else if s.Field != "" {
		narrow("o.field_code = $?", s.Field)
	}
	if s.Before > 0 {
		narrow("d.id < $?", s.Before)
	}
	narrow("1 = 1 ORDER BY d.id DESC LIMIT $?", s.Limit+1)
	found, err = list(ctx, db.reader(), scanPublished, query, args...)
	if len(found) > s.Limit {
		return found[:s.Limit], true, err
	}
	return found, false, err
}

// PublishedByNumber finds a published question by its register number.
func (db *DB) PublishedByNumber(ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber) (Published, error) {
	return one(ctx, db.reader(), scanPublished, publishedQuery+` AND o.number = $2`, authority, string(number))
}

// Facets are tokens which no text can hold: texts have no token with two underscores.
func facetAuthority(id doithoai.ID) string { return "a__" + strings.ReplaceAll(string(id), "-", "") }

func facetField(code string) string {
	return "f__" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(code))
}

// Figures are the counts on the front page, of what a year received; what is late is counted of whatever year: nothing drops
// out of sight on New Year's Day. Denunciations are in Received only.
type Figures struct {
	Received int
	OnTime   int // answered on the spot, explained, or dispatched by the due date
	Solved   int // the person says so
	Late     int // due date past, not answered, in whatever year it was received
}

// YearFigures counts the opinions received in a year, and what is late today.
func (db *DB) YearFigures(ctx context.Context, authority doithoai.ID, year int) (f Figures, err error) {
	from, to := doithoai.InstantAt(doithoai.DateOf(year, 1, 1), 0, 0), doithoai.InstantAt(doithoai.DateOf(year+1, 1, 1), 0, 0)
	rows, err := list(ctx, db.reader(), func(r row) (l struct {
		ruling   doithoai.RulingCode
		petition doithoai.Petition
		solved   doithoai.Solved
	}, err error) {
		return l, r.Scan(&l.ruling, &l.petition.State, &l.petition.Due, &l.petition.AnsweredAt, &l.solved)
	}, `SELECT o.ruling, coalesce(p.state, ''), p.due, p.answered_at, coalesce(r.solved, '')
		FROM opinion o LEFT JOIN petition p ON p.id = o.petition_id LEFT JOIN rating r ON r.opinion_id = o.id
		WHERE o.authority_id = $1 AND o.received_at >= $2 AND o.received_at < $3`, authority, from, to)
	if err != nil {
		return f, err
	}
	today := db.Now().Date()
	for _, r := range rows {
		f.Received++
		rule, _ := doithoai.RuleOf(r.ruling)
		if rule.Publishes || r.petition.State == doithoai.PetitionAnswered && !r.petition.Late(today) {
			f.OnTime++
		}
		if r.solved == doithoai.SolvedYes {
			f.Solved++
		}
	}
	open, err := list(ctx, db.reader(), func(r row) (p doithoai.Petition, err error) { return p, r.Scan(&p.State, &p.Due) },
		`SELECT state, due FROM petition WHERE authority_id = $1 AND state NOT IN ($2, $3)`, authority, string(doithoai.PetitionAnswered), string(doithoai.PetitionEnded))
	for _, p := range open {
		if p.Late(today) {
			f.Late++
		}
	}
	return f, err
}

// Followed is a slip as its holder sees it with the receipt code.
type Followed struct {
	SlipID     doithoai.ID
	ReceivedAt doithoai.Instant
	Channel    doithoai.Channel
	Manner     doithoai.Manner
	DialogueID doithoai.ID
	Ways       []doithoai.Way
	Opinions   []FollowedOpinion
}

// FollowedOpinion is one opinion of a followed slip, with everything its holder may see.
type FollowedOpinion struct {
	Opinion     doithoai.Opinion
	Petition    *doithoai.Petition
	Unit        doithoai.Unit // leading
	RulingText  string        // what was answered or explained at once
	AnsweredBy  string
	Answer      doithoai.Answer // only once dispatched
	Rating      *doithoai.Rating
	Publication doithoai.PublicationState
	Events      []doithoai.Event
	Calendars   map[string]doithoai.Calendar // the versions by which due dates in events were reckoned
	Told        map[int64]string             // what the person is told of a pause or an extension, by event
	Views       []View                       // who looked at the holder's name; where the holder follows
}

// FollowSlip opens a slip by its receipt code. An unknown code is NotFound.
func (db *DB) FollowSlip(ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode) (Followed, error) {
	if err := doithoai.Can(actor, doithoai.ActFollowSlip, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return Followed{}, err
	}
	q := db.reader()
	f, err := one(ctx, q, func(r row) (f Followed, err error) {
		var ways string
		err = r.Scan(&f.SlipID, &f.ReceivedAt, &f.Channel, &f.Manner, &f.DialogueID, &ways)
		f.Ways = splitWays(ways)
		return f, err
	}, `SELECT s.id, s.received_at, s.channel, s.manner, s.dialogue_id, p.ways FROM slip s JOIN petitioner p ON p.slip_id = s.id
		WHERE s.code_hash = $1 AND s.authority_id = $2`, code.Hash(), actor.AuthorityID)
	if err != nil {
		return f, err
	}
	opinions, err := opinionsOfSlip(ctx, q, f.SlipID)
	if err != nil {
		return f, err
	}
	for _, o := range opinions {
		fo, err := followOpinion(ctx, q, o)
		if err != nil {
			return f, err
		}
		if fo.Views, err = viewsOf(ctx, q, fo.Events); err != nil {
			return f, err
		}
		f.Opinions = append(f.Opinions, fo)
	}
	return f, nil
}

func followOpinion(ctx context.Context, q querier, o doithoai.Opinion) (f FollowedOpinion, err error) {
	f.Opinion = o
	if f.Petition, err = petitionOf(ctx, q, o); err != nil {
		return f, err
	}
	if f.Petition != nil {
		if f.Petition.LeadUnitID != "" {
			if f.Unit, err = one(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id = $1`, f.Petition.LeadUnitID); err != nil {
				return f, err
			}
		}
		if f.Petition.State == doithoai.PetitionAnswered {
			if f.Answer, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, f.Petition.ID); err != nil {
				return f, err
			}
		}
	}
	if f.RulingText, f.AnsweredBy, err = rulingTextOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	if f.Rating, err = ratingOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	p, err := publicationOf(ctx, q, o.ID)
	if err != nil {
		return f, err
	}
	if p != nil {
		f.Publication = p.State
	}
	if f.Events, err = eventsOf(ctx, q, o.ID); err != nil {
		return f, err
	}
	if f.Calendars, err = calendarsOfEvents(ctx, q, o.AuthorityID, f.Events); err != nil {
		return f, err
	}
	f.Told, err = pairs[int64](ctx, q, `SELECT t.leaf, t.body FROM event_text t JOIN event e ON e.leaf = t.leaf
		WHERE e.opinion_id = $1 AND e.act IN ('pause_petition', 'extend_petition')`, o.ID)
	return f, err
}

func rulingTextOf(ctx context.Context, q querier, opinion doithoai.ID) (body, by string, err error) {
	type said struct{ body, by string }
	s, err := one(ctx, q, func(r row) (s said, err error) { return s, r.Scan(&s.body, &s.by) },
		`SELECT body, answered_by FROM ruling_text WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return "", "", nil
	}
	return s.body, s.by, err
}

func ratingOf(ctx context.Context, q querier, opinion doithoai.ID) (*doithoai.Rating, error) {
	r, err := one(ctx, q, func(r row) (v doithoai.Rating, err error) { return v, r.Scan(&v.Solved, &v.Satisfied, &v.At) },
		`SELECT solved, satisfied, rated_at FROM rating WHERE opinion_id = $1`, opinion)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil, nil
	}
	return &r, err
}

const eventColumns = `leaf, authority_id, opinion_id, at, actor_id, act, facts`

func scanEvent(r row) (e doithoai.Event, err error) {
	var facts []byte
	if err = r.Scan(&e.Leaf, &e.AuthorityID, &e.OpinionID, &e.At, &e.ActorID, &e.Act, &facts); err == nil {
		err = json.Unmarshal(facts, &e.Facts)
	}
	return e, err
}

func eventsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Event, error) {
	return list(ctx, q, scanEvent, `SELECT `+eventColumns+` FROM event WHERE opinion_id = $1 ORDER BY leaf`, opinion)
}

// RateAnswer takes the person's word on an answer: solved, satisfied. A second word replaces the first; both stay in the
// public record. Only what was answered can be rated.
func (db *DB) RateAnswer(ctx context.Context, actor doithoai.Actor, code doithoai.ReceiptCode, number doithoai.RegisterNumber, r doithoai.Rating) error {
	return db.act(ctx, func(tx *Tx) error {
		id, err := one(ctx, tx, column[doithoai.ID], `SELECT o.id FROM opinion o JOIN slip s ON s.id = o.slip_id WHERE s.code_hash = $1 AND s.authority_id = $2 AND o.number = $3`,
			code.Hash(), actor.AuthorityID, string(number))
		if err != nil {
			return err
		}
		o, p, err := tx.loadOpinion(ctx, actor, doithoai.ActRateAnswer, id)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(r.Problems()); err != nil {
			return err
		}
		if !Publishable(o, p) { // nothing was answered yet
			return doithoai.Refuse(doithoai.Conflict, "rating.problem.too_early")
		}
		if err := tx.exec(ctx, `INSERT INTO rating (opinion_id, authority_id, solved, satisfied, rated_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (opinion_id) DO UPDATE SET solved = excluded.solved, satisfied = excluded.satisfied, rated_at = excluded.rated_at`,
			o.ID, o.AuthorityID, string(r.Solved), r.Satisfied, tx.Now); err != nil {
			return err
		}
		a, err := tx.authorityByID(ctx, o.AuthorityID)
		if err != nil {
			return err
		}
		tx.record(o, a.Slug, actor, doithoai.ActRateAnswer, doithoai.Facts{Solved: r.Solved, Satisfied: r.Satisfied}, "")
		return nil
	})
}

// Evidence is what proves that one opinion was received: its leaf, where it stands, and what opens it.
type Evidence struct {
	Number  doithoai.RegisterNumber
	Index   int64
	Leaf    []byte
	Opening tlog.Opening
}

// EvidenceOf gives the evidence of all opinions of a slip.
func (db *DB) EvidenceOf(ctx context.Context, slip doithoai.ID) ([]Evidence, error) {
	q := db.reader()
	opinions, err := opinionsOfSlip(ctx, q, slip)
	if err != nil {
		return nil, err
	}
	var all []Evidence
	for _, o := range opinions {
		events, err := eventsOf(ctx, q, o.ID)
		if err != nil {
			return nil, err
		}
		if len(events) == 0 {
			return nil, fmt.Errorf("opinion %s has no event", o.ID)
		}
		e, err := evidence(ctx, q, o, events[0], o.Content)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// errErased means that the salts are gone, and with them the meaning of the leaf.
var errErased = errors.New("the salts of this leaf were erased")

func evidence(ctx context.Context, q querier, o doithoai.Opinion, e doithoai.Event, said string) (Evidence, error) {
	ev := Evidence{Number: o.Number, Index: e.Leaf}
	var err error
	if ev.Leaf, err = one(ctx, q, column[[]byte], `SELECT body FROM leaf WHERE n = $1`, e.Leaf); err != nil {
		return ev, err
	}
	b, err := one(ctx, q, column[[]byte], `SELECT salts FROM leaf_salt WHERE leaf = $1`, e.Leaf)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return ev, errErased
	}
	if err != nil {
		return ev, err
	}
	salts, err := tlog.ParseSalts(b)
	if err != nil {
		return ev, fmt.Errorf("salts of leaf %d: %w", e.Leaf, err)
	}
	ev.Opening = tlog.Opening{Act: string(e.Act), Number: string(o.Number), Content: e.Content(said), Salts: salts}
	return ev, nil
}
