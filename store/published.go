package store

import (
	"context"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// Published is a question and answer as the public reads it.
type Published struct {
	Row       int64 // for paging: rows come by falling Row
	Number    doithoai.RegisterNumber
	Title     string
	Question  string
	Answer    string
	FieldCode string
	Kind      doithoai.OpinionKind
	Ruling    doithoai.RulingCode
	RuledAt   calendar.Instant
	Unit      string // who answered; empty where the ruling itself was the answer
	Village   string
	Dialogue  doithoai.ID
	Basis     string // legal basis of a signed answer
	DocNumber string // of the answer's document
	Dated     calendar.Date
	Received  calendar.Instant
	At        calendar.Instant
	// Solved is as the person said, empty where not yet; of an answer to several, as they say together ([Said.Together]).
	Solved doithoai.Solved
	Said   Said // by whom it was sent to several
	// ReplacedAt is when the answer was replaced that this is of; absent where it is the one that stands.
	ReplacedAt  calendar.Instant
	Why         string                      // it was corrected
	CorrectedAt calendar.Instant            // absent where it never was
	Together    int                         // how many opinions were sent the answer, where it was one to several; else 0
	Marks       []string                    // words and phrases by which a search found it
	Part        bool                        // it has only a part of what was searched for
	Redirect    doithoai.OutsideBody        // to which people are sent; the zero one where that is in the words
	Again       bool                        // who raised it did not agree, and the matter is being looked at again
	Decision    doithoai.InitiativeDecision // of an initiative, without who decided
	Answered    bool                        // again, at ReplacedAt: the answer that this is of was not replaced
}

// Undecided reports whether it is an initiative of which nobody has decided whether it is applied.
func (p Published) Undecided() bool {
	return doithoai.Opinion{Kind: p.Kind, Ruling: p.Ruling, Outcome: p.Decision.Outcome}.Undecided()
}

// Said counts what those say of one answer that was sent to several. Who did not agree with it says no.
type Said struct {
	Yes, Part, No int
}

// Together is what they say as one: what only some call solved is solved in part. Empty where nobody says anything.
func (s Said) Together() doithoai.Solved {
	switch {
	case s == Said{}:
		return ""
	case s.Part == 0 && s.No == 0:
		return doithoai.SolvedYes
	case s.Part == 0 && s.Yes == 0:
		return doithoai.SolvedNo
	}
	return doithoai.SolvedPart
}

// saidQuery counts those of the set of answer a, or of round ar, who say one thing of it.
func saidQuery(solved doithoai.Solved) string {
	return `(SELECT count(*)
			FROM answer b
			JOIN petition q ON q.id = b.petition_id AND q.state = 'answered'
			JOIN rating rb ON rb.opinion_id = q.opinion_id
			WHERE b.set_id = coalesce(a.set_id, ar.set_id) AND rb.solved = '` + string(solved) + `')`
}

var publishedQuery = `SELECT d.id, o.number, p.title, p.question, p.answer, o.field_code,
		o.ruling, o.ruled_at, coalesce(u.name, ''), coalesce(v.name, ''), o.dialogue_id,
		coalesce(c.basis, a.basis, ar.basis, ''), coalesce(c.doc_number, a.number, ar.doc_number, ''),
		CASE WHEN c.opinion_id IS NULL THEN coalesce(a.dated, ar.dated) ELSE c.dated END, o.received_at, p.published_at,
		coalesce(r.solved, ''), c.since, p.why, p.corrected_at,
		coalesce(pe.round > 0 AND pe.state <> 'answered', false),
		coalesce(pe.round > 0 AND pe.state = 'answered' AND c.since >= pe.round_answered_at, false),
		(SELECT count(*)
			FROM answer b
			JOIN petition q ON q.id = b.petition_id
			WHERE b.set_id = coalesce(a.set_id, ar.set_id) AND q.state = 'answered')
		+ (SELECT count(*) FROM answer_round b WHERE b.set_id = coalesce(a.set_id, ar.set_id)),
		` + saidQuery(doithoai.SolvedYes) + `, ` + saidQuery(doithoai.SolvedPart) + `, ` + saidQuery(doithoai.SolvedNo) + `
		+ (SELECT count(*) FROM answer_round b WHERE b.set_id = coalesce(a.set_id, ar.set_id)),
		coalesce(rt.to_body, ''), coalesce(rt.to_address, ''), coalesce(rt.to_phone, ''), coalesce(rt.to_hours, ''),
		o.kind, o.outcome, coalesce(ide.why, ''), ide.decided_at
	FROM search_document d
	JOIN opinion o ON o.id = d.opinion_id
	JOIN publication p ON p.opinion_id = o.id
	LEFT JOIN petition pe ON pe.id = o.petition_id AND (pe.state = 'answered' OR pe.round > 0 AND pe.state <> 'ended')
	LEFT JOIN unit u ON u.id = pe.lead_unit_id
	LEFT JOIN answer a ON a.petition_id = pe.id AND pe.state = 'answered'
	LEFT JOIN answer_round ar ON ar.petition_id = pe.id AND ar.round = pe.round - 1 AND pe.state <> 'answered'
	LEFT JOIN village v ON v.id = o.village_id
	LEFT JOIN rating r ON r.opinion_id = o.id
	LEFT JOIN publication_correction c ON c.opinion_id = o.id
	LEFT JOIN ruling_text rt ON rt.opinion_id = o.id
	LEFT JOIN initiative_decision ide ON ide.opinion_id = o.id
	WHERE d.authority_id = $1 AND p.state = 'published'`

func scanPublished(r row) (p Published, err error) {
	err = r.Scan(&p.Row, &p.Number, &p.Title, &p.Question, &p.Answer, &p.FieldCode, &p.Ruling, &p.RuledAt, &p.Unit,
		&p.Village, &p.Dialogue, &p.Basis, &p.DocNumber, &p.Dated, &p.Received, &p.At, &p.Solved,
		&p.ReplacedAt, &p.Why, &p.CorrectedAt, &p.Again, &p.Answered, &p.Together,
		&p.Said.Yes, &p.Said.Part, &p.Said.No,
		&p.Redirect.Name, &p.Redirect.Address, &p.Redirect.Phone, &p.Redirect.Hours,
		&p.Kind, &p.Decision.Outcome, &p.Decision.Why, &p.Decision.At)
	if p.Together > 1 {
		p.Solved = p.Said.Together()
	}
	return p, err
}

// publishedRows reads what was found, the greatest row first.
func (db *DB) publishedRows(ctx context.Context, authority doithoai.ID, hits []int64) ([]Published, error) {
	args := []any{authority}
	bind := binder(&args)
	return list(ctx, db.reader(), scanPublished, publishedQuery+`
		AND d.id IN `+inList(bind, hits)+`
		ORDER BY d.id DESC`, args...)
}

// PublishedByNumber finds a published question by its register number, typed with Đ or D.
func (db *DB) PublishedByNumber(
	ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
) (Published, error) {
	return byNumber(ctx, db, authority, number, db.published)
}

func (db *DB) published(
	ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
) (Published, error) {
	return one(ctx, db.reader(), scanPublished, publishedQuery+` AND o.authority_id = $1 AND o.number = $2`,
		authority, string(number))
}

// Facets are tokens which no text can hold: texts have no token with two underscores.
func facetAuthority(id doithoai.ID) string { return "a__" + strings.ReplaceAll(string(id), "-", "") }

func facetDialogue(id doithoai.ID) string { return "d__" + strings.ReplaceAll(string(id), "-", "") }

func facetField(code string) string {
	return "f__" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(code))
}
