package store

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"doithoai"
)

// Bounds of what Restore reads at once: the manifest, one row, of which the longest is a plan or a draft, and what pads
// the end of an archive.
const (
	maxManifest = 1 << 20
	maxRow      = 4 << 20
	maxTail     = 1 << 20
)

// Restore fills an empty database, of either engine, with a backup, in one transaction and only if everything is as the
// manifest says: a database that is not empty is left as it is, and an archive that is refused leaves the database empty.
// It returns what was restored. No part of an archive becomes a file.
func Restore(ctx context.Context, dsn string, r io.Reader, o Options) (m Manifest, err error) {
	a, err := openArchive(r)
	if err != nil {
		return Manifest{}, err
	}
	d, write, read, err := connect(dsn)
	if err != nil {
		return Manifest{}, err
	}
	db := newDB(d, write, read, o)
	defer func() { err = errors.Join(err, db.closePools()) }()
	if err := db.empty(ctx); err != nil {
		return Manifest{}, err
	}
	if err := db.migrateTo(ctx, a.manifest.Schema); err != nil {
		return Manifest{}, err
	}
	if err := db.act(ctx, func(tx *Tx) error {
		if err := tx.lift(ctx); err != nil {
			return err
		}
		return a.load(ctx, tx)
	}); err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	return a.manifest, db.migrate(ctx)
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

// archive is a backup that is being read.
type archive struct {
	zip      *gzip.Reader
	tar      *tar.Reader
	manifest Manifest
}

// openArchive reads the manifest.
func openArchive(r io.Reader) (*archive, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("not a backup: %w", err)
	}
	a := &archive{zip: zip, tar: tar.NewReader(zip)}
	if err := a.next(manifestName, -1); err != nil {
		return nil, fmt.Errorf("not a backup: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(a.tar, maxManifest+1))
	if err != nil {
		return nil, fmt.Errorf("manifest of the backup: %w", err)
	}
	if len(b) > maxManifest {
		return nil, errors.New("manifest of the backup: too long")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&a.manifest); err != nil {
		return nil, fmt.Errorf("manifest of the backup: %w", err)
	}
	if a.manifest.Format != BackupFormat {
		return nil, fmt.Errorf("the backup is of format %d, this program reads %d", a.manifest.Format, BackupFormat)
	}
	return a, nil
}

// next goes to the archive's next entry, which must be the file of the name, and of the size unless that is negative.
func (a *archive) next(name string, size int64) error {
	h, err := a.tar.Next()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s is missing", name)
	case err != nil:
		return err
	case h.Name != name || h.Typeflag != tar.TypeReg:
		return fmt.Errorf("%q stands where %s should", h.Name, name)
	case size >= 0 && h.Size != size:
		return fmt.Errorf("%s has %d bytes, the manifest says %d", name, h.Size, size)
	}
	return nil
}

// load writes all rows, and makes the search tables anew.
func (a *archive) load(ctx context.Context, tx *Tx) error {
	if len(a.manifest.Parts) != len(backupTables) {
		return fmt.Errorf("the manifest names %d tables, there are %d", len(a.manifest.Parts), len(backupTables))
	}
	for i, b := range backupTables {
		p := a.manifest.Parts[i]
		if p.Table != b.name {
			return fmt.Errorf("the manifest names table %q where %s should stand", p.Table, b.name)
		}
		if err := a.next(p.file(), p.Bytes); err != nil {
			return err
		}
		t, err := tx.db.dialect.describe(ctx, tx, b.name, b.order)
		if err != nil {
			return err
		}
		if err := t.read(ctx, tx, a.tar, p); err != nil {
			return fmt.Errorf("%s: %w", p.file(), err)
		}
	}
	if err := a.end(); err != nil {
		return err
	}
	return tx.indexAll(ctx)
}

// end reads on to the checksum of the gzip stream, behind the last table.
func (a *archive) end() error {
	h, err := a.tar.Next()
	if err == nil {
		return fmt.Errorf("%q stands behind the last table", h.Name)
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	n, err := io.Copy(io.Discard, io.LimitReader(a.zip, maxTail))
	if err != nil {
		return fmt.Errorf("end of the backup: %w", err)
	}
	if n == maxTail {
		return errors.New("something stands behind the backup")
	}
	return nil
}

// rowsAtOnce bounds the rows that are held before they are written.
const rowsAtOnce = 256

// read writes the rows of a part and compares it with the manifest.
func (t table) read(ctx context.Context, tx *Tx, r io.Reader, p Part) error {
	sum := sha256.New()
	lines := bufio.NewScanner(io.TeeReader(r, sum))
	lines.Buffer(make([]byte, 0, 1<<16), maxRow)
	into := t.name + " (" + strings.Join(t.columns, ", ") + ")"
	var n int64
	rows := newRows(len(t.columns))
	for lines.Scan() {
		n++
		values, err := t.parse(lines.Bytes())
		if err != nil {
			return fmt.Errorf("row %d: %w", n, err)
		}
		rows.add(values...)
		if n%rowsAtOnce == 0 {
			if err := rows.insert(ctx, tx, into); err != nil {
				return err
			}
			rows = newRows(len(t.columns))
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("row %d: %w", n+1, err)
	}
	if n != p.Rows {
		return fmt.Errorf("%d rows, the manifest says %d", n, p.Rows)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != p.SHA256 {
		return errors.New("its SHA-256 is not the one of the manifest")
	}
	return rows.insert(ctx, tx, into)
}

// parse reads one line: an object with exactly the table's columns.
func (t table) parse(line []byte) ([]any, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil {
		return nil, err
	}
	values := make([]any, len(t.columns))
	for i, c := range t.columns {
		b, ok := object[c]
		if !ok {
			return nil, fmt.Errorf("column %s is missing", c)
		}
		v, err := t.kinds[i].read(b)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c, err)
		}
		values[i] = v
	}
	if len(object) > len(t.columns) {
		for c := range object {
			if !slices.Contains(t.columns, c) {
				return nil, fmt.Errorf("there is no column %q", c)
			}
		}
	}
	return values, nil
}

// indexAll makes the search tables from what is published, in the order in which it was.
func (tx *Tx) indexAll(ctx context.Context) error {
	all, err := list(ctx, tx, scanPublication, `SELECT `+publicationColumns+` FROM publication WHERE state = $1 ORDER BY published_at, opinion_id`,
		string(doithoai.PublicationPublished))
	if err != nil {
		return err
	}
	for _, p := range all {
		o, err := opinionByID(ctx, tx, p.OpinionID)
		if err != nil {
			return err
		}
		if err := tx.indexPublication(ctx, o, p); err != nil {
			return err
		}
	}
	return nil
}
