package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/text"
)

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
	err = r.Scan(&p.Row, &p.Number, &p.Title, &p.Question, &p.Answer, &p.FieldCode, &p.Ruling, &p.RuledAt, &p.Unit, &p.Village,
		&p.Dialogue, &p.Basis, &p.DocNumber, &p.Dated, &p.Received, &p.At, &p.Solved)
	return p, err
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
