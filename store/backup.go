package store

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"doithoai"
)

// BackupFormat is the version of the archive's form. Restore refuses others.
const BackupFormat = 1

// Manifest is the first part of a backup: what the others must be.
type Manifest struct {
	Format int              `json:"format"` // BackupFormat
	Schema int64            `json:"schema"` // of the database that was read
	Time   doithoai.Instant `json:"time"`   // when it was read
	Parts  []Part           `json:"parts"`  // in the order of the archive
}

// Part is one table of a backup: a file TABLE.jsonl with one row a line, a JSON object of all columns.
type Part struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hexadecimal
}

const manifestName = "manifest.json"

func (p Part) file() string { return p.Table + ".jsonl" }

// backupTables are the tables of a backup with the columns that order their rows. A table stands behind those that it
// refers to.
//
// Not in it: the search tables, which are made anew from what is published, the sign-ins, so that a restore brings back
// none that was revoked, the wrong tries, which are forgotten after a day, and which node signs the record.
var backupTables = []struct{ name, order string }{
	{"authority", "id"},
	{"authority_name", "authority_id, valid_from"},
	{"parameter", "authority_id, ordinal"},
	{"legal_basis", "authority_id, key"},
	{"field", "authority_id, code"},
	{"unit", "id"},
	{"village", "id"},
	{"outside_body", "id"},
	{"procedure", "authority_id, code"},
	{"officer", "id"},
	{"post", "id"},
	{"delegation", "id"},
	{"account", "officer_id"},
	{"recovery_code", "officer_id, code_hash"},
	{"sign_in_try", "id"},
	{"calendar", "authority_id, version"},
	{"plan", "id"},
	{"dialogue", "id"},
	{"programme_step", "dialogue_id, ordinal"},
	{"slip", "id"},
	{"petitioner", "slip_id"},
	{"opinion", "id"},
	{"ruling_text", "opinion_id"},
	{"petition", "id"},
	{"answer", "petition_id"},
	{"publication", "opinion_id"},
	{"rating", "opinion_id"},
	{"concerned", "id"},
	{"explanation", "id"},
	{"event", "leaf"},
	{"event_text", "leaf"},
	{"leaf_salt", "leaf"},
	{"audit_entry", "id"},
	{"draft", "officer_id, form, subject"},
	{"delivery", "id"},
	{"counter", "authority_id, key"},
	{"job_run", "job, day"},
	{"tree", "id"},
	{"leaf", "n"},
	{"tree_hash", "level, n"},
	{"checkpoint", "id"},
	{"tree_restart", "leaf"},
}

// Backup writes the whole database to w as a gzip'd tar, the same from either engine: the manifest, then one file per
// table. It reads one snapshot while others write; each table twice, to be measured and then to be written.
// The archive holds personal data and password hashes. The key of the record is not in it.
func (db *DB) Backup(ctx context.Context, w io.Writer) error {
	return db.longSnapshot(ctx, func(q querier) error {
		m := Manifest{Format: BackupFormat, Time: db.Now()}
		var err error
		if m.Schema, err = one(ctx, q, column[int64], `SELECT max(version_id) FROM goose_db_version`); err != nil {
			return err
		}
		var tables []table
		for _, b := range backupTables {
			t, err := db.dialect.describe(ctx, q, b.name, b.order)
			if err != nil {
				return err
			}
			sum := sha256.New()
			p := Part{Table: b.name}
			if p.Rows, p.Bytes, err = t.write(ctx, q, sum); err != nil {
				return err
			}
			p.SHA256 = hex.EncodeToString(sum.Sum(nil))
			tables, m.Parts = append(tables, t), append(m.Parts, p)
		}
		return writeArchive(ctx, q, w, m, tables)
	})
}

func writeArchive(ctx context.Context, q querier, w io.Writer, m Manifest, tables []table) error {
	zip := gzip.NewWriter(w)
	archive := tar.NewWriter(zip)
	entry := func(name string, size int64) error {
		return archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: m.Time.Time(), Format: tar.FormatPAX})
	}
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	if err := entry(manifestName, int64(len(b))); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := archive.Write(b); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	for i, p := range m.Parts {
		if err := entry(p.file(), p.Bytes); err != nil {
			return fmt.Errorf("backup of %s: %w", p.Table, err)
		}
		if _, _, err := tables[i].write(ctx, q, archive); err != nil {
			return err
		}
	}
	if err := errors.Join(archive.Close(), zip.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// columnKind is the type of a column under the name that the migrations use.
type columnKind string

// archiveColumn is how the values of a column's kind are read from a row, and from an archive.
type archiveColumn struct {
	dest func() any                         // to scan into; marshals as the archive has it
	read func(json.RawMessage) (any, error) // what is bound
}

func scalar[T any]() archiveColumn {
	return archiveColumn{
		dest: func() any { return new(*T) },
		read: func(b json.RawMessage) (any, error) {
			var v *T
			if err := json.Unmarshal(b, &v); err != nil || v == nil {
				return nil, err
			}
			return *v, nil
		},
	}
}

// valuer is for types which keep NULL to themselves.
func valuer[T any]() archiveColumn {
	return archiveColumn{
		dest: func() any { return new(T) },
		read: func(b json.RawMessage) (any, error) {
			var v T
			err := json.Unmarshal(b, &v)
			return v, err
		},
	}
}

// jsonText is a jsonb column: an object within the row's object.
type jsonText struct{ b []byte }

func (j *jsonText) Scan(v any) error {
	switch v := v.(type) {
	case string:
		j.b = []byte(v)
	case []byte:
		j.b = append([]byte(nil), v...)
	default:
		return fmt.Errorf("json of %T", v)
	}
	return nil
}

func (j *jsonText) MarshalJSON() ([]byte, error) { return j.b, nil }

var archiveColumns = map[columnKind]archiveColumn{
	"text":        scalar[string](),
	"integer":     scalar[int64](),
	"bigint":      scalar[int64](),
	"boolean":     scalar[bool](),
	"bytea":       scalar[[]byte](),
	"timestamptz": valuer[doithoai.Instant](),
	"date":        valuer[doithoai.Date](),
	"uuid": {dest: func() any { return new(*string) }, read: func(b json.RawMessage) (any, error) {
		var id *doithoai.ID
		if err := json.Unmarshal(b, &id); err != nil || id == nil {
			return nil, err
		}
		if !wellFormed(*id) {
			return nil, errors.New("malformed id")
		}
		return *id, nil
	}},
	"jsonb": {dest: func() any { return new(jsonText) }, read: func(b json.RawMessage) (any, error) {
		if len(b) == 0 || b[0] != '{' {
			return nil, errors.New("not a JSON object")
		}
		return string(b), nil
	}},
}

// table is one table as the database has it.
type table struct {
	name, order string
	columns     []string
	kinds       []archiveColumn
}

func (t *table) add(name string, kind columnKind) error {
	k, ok := archiveColumns[kind]
	if !ok {
		return fmt.Errorf("column %s.%s is of kind %s, which backups do not know", t.name, name, kind)
	}
	t.columns, t.kinds = append(t.columns, name), append(t.kinds, k)
	return nil
}

// write writes all rows as lines and counts them.
func (t table) write(ctx context.Context, q querier, w io.Writer) (rows, size int64, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	dest, line := make([]any, len(t.columns)), []byte(nil)
	r, err := q.query(ctx, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name+` ORDER BY `+t.order)
	if err != nil {
		return 0, 0, fmt.Errorf("backup of %s: %w", t.name, err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for r.Next() {
		for i, k := range t.kinds {
			dest[i] = k.dest()
		}
		if err := r.Scan(dest...); err != nil {
			return 0, 0, fmt.Errorf("backup of %s: %w", t.name, err)
		}
		line = append(line[:0], '{')
		for i, d := range dest {
			v, err := json.Marshal(d)
			if err != nil {
				return 0, 0, fmt.Errorf("backup of %s.%s: %w", t.name, t.columns[i], err)
			}
			if i > 0 {
				line = append(line, ',')
			}
			line = fmt.Appendf(line, "%q:%s", t.columns[i], v)
		}
		line = append(line, '}', '\n')
		if _, err := out.Write(line); err != nil {
			return 0, 0, fmt.Errorf("backup of %s: %w", t.name, err)
		}
		rows, size = rows+1, size+int64(len(line))
	}
	if err := errors.Join(r.Err(), out.Flush()); err != nil {
		return 0, 0, fmt.Errorf("backup of %s: %w", t.name, err)
	}
	return rows, size, nil
}
