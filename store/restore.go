package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"doithoai"
)

// Restore fills an empty database, of either engine, with a backup, in one transaction and only if everything is as the
// manifest says: a database that is not empty is left as it is, and an archive that is refused leaves the database empty.
// It returns what was restored. Nobody else may use the database meanwhile. No part of an archive becomes a file.
func Restore(ctx context.Context, dsn string, r io.Reader, o Options) (m Manifest, err error) {
	a, err := openArchive(r)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	d, write, read, err := connect(dsn)
	if err != nil {
		return Manifest{}, err
	}
	db := newDB(d, write, read, o)
	defer func() { err = errors.Join(err, db.closePools()) }()
	if err := db.empty(ctx); err != nil {
		return Manifest{}, err
	}
	if err := db.migrateTo(ctx, a.head.Schema); err != nil {
		return Manifest{}, err
	}
	err = db.bulk(ctx, func(l *bulkLoad) error {
		tables, err := describeAll(ctx, db, l.tx)
		if err != nil {
			return err
		}
		progress := func(done, total int64) { db.progress(StepLoad, done, total) }
		m, err = a.each(ctx, tables, progress, l.put)
		return err
	})
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	return m, db.migrate(ctx)
}

// empty refuses a database in which anything is kept.
func (db *DB) empty(ctx context.Context) error {
	for _, b := range backupTables {
		there, err := one(ctx, reader{db.write}, column[int], db.dialect.countTables(), b.name)
		if err != nil {
			return err
		}
		if there == 0 {
			continue
		}
		rows, err := one(ctx, reader{db.write}, column[int64], `SELECT count(*) FROM `+b.name)
		if err != nil {
			return err
		}
		if rows > 0 {
			return fmt.Errorf("the database is not empty (%s has %d rows): restore into a new one", b.name, rows)
		}
	}
	return nil
}

// atOnce bounds the published summaries that are held while they are made searchable.
const atOnce = 500

// indexAll makes the search tables from what is published, of each authority in the order in which it was.
func (tx *Tx) indexAll(ctx context.Context) error {
	authorities, err := list(ctx, tx, column[doithoai.ID], `SELECT id FROM authority ORDER BY id`)
	if err != nil {
		return err
	}
	total, err := one(ctx, tx, column[int64], `SELECT count(*) FROM publication WHERE state = $1`, string(doithoai.PublicationPublished))
	if err != nil {
		return err
	}
	var done int64
	for _, authority := range authorities {
		var last doithoai.Publication
		for {
			page, err := tx.publishedAfter(ctx, authority, last)
			if err != nil {
				return err
			}
			for _, p := range page {
				o := doithoai.Opinion{ID: p.OpinionID, AuthorityID: authority, FieldCode: p.field}
				if err := tx.indexPublication(ctx, o, p.Publication); err != nil {
					return err
				}
				done++
			}
			tx.db.progress(StepSearch, done, total)
			if len(page) < atOnce {
				break
			}
			last = page[len(page)-1].Publication
		}
	}
	return nil
}

// publishedIn is a published summary, with the field of its opinion.
type publishedIn struct {
	doithoai.Publication
	field string
}

// publishedAfter gives the published summaries of an authority that follow last.
func (tx *Tx) publishedAfter(ctx context.Context, authority doithoai.ID, last doithoai.Publication) ([]publishedIn, error) {
	const columns = `SELECT p.opinion_id, p.title, p.question, p.answer, p.published_at, o.field_code
		FROM publication p
		JOIN opinion o ON o.id = p.opinion_id
		WHERE p.authority_id = $1
		AND p.state = $2`
	query, args := columns, []any{authority, string(doithoai.PublicationPublished)}
	if last.OpinionID != "" {
		query, args = query+`
		AND p.published_at >= $4
		AND (p.published_at > $4 OR p.opinion_id > $5)`, append(args, atOnce, last.At, last.OpinionID)
	} else {
		args = append(args, atOnce)
	}
	return list(ctx, tx, func(r row) (p publishedIn, err error) {
		return p, r.Scan(&p.OpinionID, &p.Title, &p.Question, &p.Answer, &p.At, &p.field)
	}, query+`
		ORDER BY p.published_at, p.opinion_id
		LIMIT $3`, args...)
}
