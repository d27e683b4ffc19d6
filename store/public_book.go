package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// PublicBook is what everybody may read of what was raised at a dialogue, but for the words ([DB.PublicRows]).
type PublicBook struct {
	report.Book                  // as [report.Book.Public] leaves it
	At          calendar.Instant // of which moment it is
	ids         map[doithoai.RegisterNumber]doithoai.ID
}

// PublicRow is a matter as everybody may read it. What it is about and how it was answered stand in its Words and
// Answer, where its summary is public; of the answer the beginning, of at most publicExcerpt characters.
type PublicRow struct {
	report.Matter
	FieldCode string
	Under     doithoai.RegisterNumber // whose public answer was sent about this one too; of one that is not public itself
	Replaced  bool                    // the answer that the public summary is of does not stand any more
	Reopened  bool                    // it is being looked at again
}

// publicExcerpt is how much of an answer a row begins with, in characters.
const publicExcerpt = 400

// PublicBook reads what everybody may read of what was raised at a dialogue of an authority that is over: all of it
// follows from the rows of which the report of the result counts its figures. A dialogue that is not over is NotFound.
func (db *DB) PublicBook(ctx context.Context, authority, dialogue doithoai.ID) (b PublicBook, err error) {
	b.At = db.Now()
	err = db.snapshot(ctx, func(q querier) error {
		d, err := dialogueOf(ctx, q, authority, dialogue, "")
		if err != nil {
			return err
		}
		if !d.State.Over() || !d.Public() {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		var book report.Book
		if book.Matters, b.ids, err = publicMatters(ctx, q, d, b.At.Date()); err != nil {
			return err
		}
		if book.Denounced, err = denouncedOf(ctx, q, d); err != nil {
			return err
		}
		book.Unkeyed, err = unkeyedOf(ctx, q, d)
		b.Book = book.Public()
		return err
	})
	return b, err
}

// publicMatters are the matters that mattersOf reads, with no more of them than their figures on the public page ask.
func publicMatters(
	ctx context.Context, q querier, d doithoai.Dialogue, today calendar.Date,
) ([]report.Matter, map[doithoai.RegisterNumber]doithoai.ID, error) {
	c, err := currentCalendar(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, nil, err
	}
	names, err := namesOf(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, nil, err
	}
	rows, err := list(ctx, q, func(r row) (m matterRow, err error) {
		var o doithoai.Opinion
		var p doithoai.Petition
		var stage doithoai.Stage
		var field string
		var village doithoai.ID
		err = r.Scan(&m.id, &m.Number, &m.Source, &o.Ruling, &o.Unheard, &stage, &field, &village, &p.ID, &p.Due,
			&p.State, &p.AnsweredAt, &p.Missed, &p.Round, &m.Extended, &m.Solved, &m.Public)
		m.Field, m.Village = names.fields[field].Name, names.villages[village]
		m.judge(o, p, stage, today, c)
		return m, err
	}, `SELECT c.id, c.number, `+tallyRow+`, c.ruling, c.unheard, c.stage, c.field_code, c.village_id,
			p.id, p.due, coalesce(p.state, ''), p.answered_at, coalesce(p.missed, false), coalesce(p.round, 0),
			coalesce(p.extended, 0), coalesce(r.solved, ''), CASE WHEN pu.opinion_id IS NULL THEN 0 ELSE 1 END
		FROM (`+tallied+` AND o.joined_to IS NULL AND o.ruling <> 'TC') AS c
		LEFT JOIN petition p ON p.id = c.petition_id
		LEFT JOIN rating r ON r.opinion_id = c.id
		LEFT JOIN publication pu ON pu.opinion_id = c.id AND pu.state = 'published'
		ORDER BY c.id LIMIT $6`, append(talliedArgs(d), maxReported)...)
	if err != nil {
		return nil, nil, err
	}
	all, ids := make([]report.Matter, len(rows)), make(map[doithoai.RegisterNumber]doithoai.ID, len(rows))
	for i, m := range rows {
		all[i], ids[m.Number] = m.Matter, m.id
	}
	return all, ids, nil
}

// PublicRows reads the public words of some matters of a book of the authority, in their order. What is not public any
// more is nothing but its row, and so is what became public since the book was read.
func (db *DB) PublicRows(
	ctx context.Context, authority doithoai.ID, b PublicBook, page []report.Matter,
) ([]PublicRow, error) {
	var of []doithoai.ID
	for _, m := range page {
		of = append(of, b.ids[m.Number])
	}
	args := []any{authority}
	bind := binder(&args)
	found, err := list(ctx, db.reader(), func(r row) (p PublicRow, err error) {
		err = r.Scan(&p.Number, &p.FieldCode, &p.Words, &p.Answer, &p.Under, &p.Replaced, &p.Reopened)
		return p, err
	}, `SELECT o.number, o.field_code, coalesce(pu.title, ''), coalesce(substr(pu.answer, 1, `+bind(publicExcerpt)+`), ''),
			CASE WHEN pu.opinion_id IS NULL THEN coalesce((SELECT m.number
				FROM answer a
				JOIN answer b ON b.set_id = a.set_id AND b.petition_id <> a.petition_id
				JOIN petition s ON s.id = b.petition_id AND s.state = 'answered'
				JOIN publication w ON w.opinion_id = s.opinion_id AND w.state = 'published'
				JOIN opinion m ON m.id = s.opinion_id
				WHERE a.petition_id = p.id AND p.state = 'answered'
				ORDER BY m.id LIMIT 1), '') ELSE '' END,
			CASE WHEN c.opinion_id IS NULL THEN 0 ELSE 1 END,
			CASE WHEN p.round > 0 AND p.state <> 'answered' AND p.state <> 'ended' THEN 1 ELSE 0 END
		FROM opinion o
		LEFT JOIN petition p ON p.id = o.petition_id
		LEFT JOIN publication pu ON pu.opinion_id = o.id AND pu.state = 'published'
		LEFT JOIN publication_correction c ON c.opinion_id = pu.opinion_id
		WHERE `+inAuthority("o")+` AND o.id IN `+inList(bind, of)+`
		ORDER BY o.id LIMIT `+bind(len(of)), args...)
	if err != nil {
		return nil, err
	}
	byNumber := make(map[doithoai.RegisterNumber]PublicRow, len(found))
	for _, p := range found {
		byNumber[p.Number] = p
	}
	rows := make([]PublicRow, len(page))
	for i, m := range page {
		p := byNumber[m.Number]
		if m.Public = m.Public && p.Words != ""; m.Public {
			m.Words, m.Answer = p.Words, p.Answer
		} else {
			m.Village, p.Replaced = "", false
		}
		p.Matter = m
		rows[i] = p
	}
	return rows, nil
}
