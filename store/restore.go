package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"doithoai"
)

// Restore fills an empty database, of either engine, with a backup, in one transaction and only if everything is as the
// manifest says: a database that is not empty is left as it is, and an archive that is refused leaves the database
// empty. It returns what was restored. Nobody else may use the database meanwhile. Files come into the folder of the
// options under the hashes of what they hold: no name in an archive becomes a path. Those of an archive that is refused
// further on stay there without use, and are swept.
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
		a.takeFile = db.files.Put
		progress := func(done, total int64) { db.progress(StepLoad, done, total) }
		m, err = a.each(ctx, tables, progress, l.put)
		return err
	})
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	return m, db.migrate(ctx) // a backup of an older schema
}

// empty refuses a database in which anything is kept.
func (db *DB) empty(ctx context.Context) error {
	for _, b := range backupTables {
		there, err := one(ctx, reader{db.write, db}, column[int], db.dialect.countTables(), b.name)
		if err != nil {
			return err
		}
		if there == 0 {
			continue
		}
		rows, err := one(ctx, reader{db.write, db}, column[int64], `SELECT count(*) FROM `+b.name)
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

// indexAll makes the search tables from what is published, in the order in which it was. All documents come first: a
// statement on another table makes SQLite write out the tokens that it has collected.
func (tx *Tx) indexAll(ctx context.Context) error {
	if err := tx.exec(ctx, `INSERT INTO search_document (authority_id, opinion_id)
		SELECT authority_id, opinion_id
		FROM publication
		WHERE state = $1
		ORDER BY published_at, opinion_id`, doithoai.PublicationPublished); err != nil {
		return err
	}
	total, err := one(ctx, tx, column[int64], `SELECT count(*) FROM search_document`)
	if err != nil {
		return err
	}
	var done, last int64
	for {
		page, err := list(ctx, tx, func(r row) (d searchDocument, err error) {
			p, o := &d.published, &d.opinion
			err = r.Scan(&d.id, &o.ID, &o.AuthorityID, &o.FieldCode, &p.Title, &p.Question, &p.Answer)
			return d, err
		}, `SELECT d.id, o.id, o.authority_id, o.field_code, p.title, p.question, p.answer
			FROM search_document d
			JOIN opinion o ON o.id = d.opinion_id
			JOIN publication p ON p.opinion_id = d.opinion_id
			WHERE d.id > $1
			ORDER BY d.id
			LIMIT $2`, last, atOnce)
		if err != nil {
			return err
		}
		for _, d := range page {
			if err := tx.db.dialect.searchRow(ctx, tx, d.id, searchTokens(d.opinion, d.published)); err != nil {
				return err
			}
			last = d.id
		}
		done += int64(len(page))
		tx.db.progress(StepSearch, done, total)
		if len(page) < atOnce {
			return nil
		}
	}
}

// searchDocument is a published summary under its number in the search.
type searchDocument struct {
	id        int64
	opinion   doithoai.Opinion
	published doithoai.Publication
}
