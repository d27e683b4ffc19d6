package store

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"github.com/go-faster/jx"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/pgzip"

	"doithoai"
	"doithoai/calendar"
)

// BackupFormat is the version of the archive's form. Restore reads it and oldestFormat, which had no files; it refuses
// others.
const (
	BackupFormat = 3
	oldestFormat = 2
)

// Manifest is the last entry of a backup: what the others must be. The first entry is the same without parts, for who
// reads has to know the schema before the rows.
type Manifest struct {
	Format int              `json:"format"` // BackupFormat
	Schema int64            `json:"schema"` // of the database that was read
	Time   calendar.Instant `json:"time"`   // when it was read
	Parts  []Part           `json:"parts"`  // in the order of the archive
	Files  FileParts        `json:"files,omitzero"`
}

// FileParts are the files of a backup: entries files/HASH behind the tables, in the order of their hashes. Each one's
// name is its checksum.
type FileParts struct {
	Count int64 `json:"count"`
	Bytes int64 `json:"bytes"`
	// Missing are the hashes of files that the database names and that were not there whole when it was read.
	Missing []doithoai.FileHash `json:"missing,omitempty"`
}

// Part is one table of a backup: files TABLE/000001.jsonl and so on with one row a line, a JSON object of all columns
// in their order. A table without rows has one file without lines.
type Part struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hexadecimal, of all its files one behind the other
}

const (
	headName     = "backup.json"
	manifestName = "manifest.json"
	fileFolder   = "files/"
)

// file is the name of a table's n-th file.
func (p Part) file(n int) string { return fmt.Sprintf("%s/%06d.jsonl", p.Table, n) }

// backupTables are the tables of a backup with the columns that order their rows. A table stands behind those that it
// refers to.
//
// Not in it: the search tables, which are made anew from what is published, the sign-ins, so that a restore brings back
// none that was revoked, the wrong tries, which are forgotten after a day, uploads that wait for their form, and which
// node signs the record.
var backupTables = []struct{ name, order string }{
	{"authority", "id"},
	{"authority_name", "authority_id, valid_from"},
	{"host_name", "host"},
	{"parameter", "authority_id, ordinal"},
	{"legal_basis", "authority_id, key"},
	{"field", "authority_id, code"},
	{"unit", "id"},
	{"village", "id"},
	{"outside_body", "id"},
	{"procedure", "authority_id, code"},
	{"synonym", "authority_id, word"},
	{"officer", "id"},
	{"paper_template", "id"},
	{"paper_sentence", "id"},
	{"post", "id"},
	{"delegation", "id"},
	{"account", "officer_id"},
	{"recovery_code", "officer_id, code_hash"},
	{"sign_in_try", "id"},
	{"calendar", "authority_id, version"},
	{"plan", "id"},
	{"plan_edition", "plan_id, number"},
	{"plan_source", "plan_id"},
	{"dialogue", "id"},
	{"programme_step", "dialogue_id, ordinal"},
	{"dialogue_seats", "dialogue_id"},
	{"invitation", "id"},
	{"invitation_contact", "invitation_id"},
	{"invitation_code", "code_hash"},
	{"procedure_sheet", "dialogue_id, unit_id"},
	{"incoming", "id"},
	{"estimate", "dialogue_id"},
	{"logistics_item", "id"},
	{"bulletin", "dialogue_id, number"},
	{"broadcast", "id"},
	{"relay", "dialogue_id, village_id, matter, step"},
	{"relay_urging", "dialogue_id, village_id, matter, number"},
	{"dialogue_move", "id"},
	{"dialogue_text", "dialogue_id, kind"},
	{"duty_proof", "id"},
	{"voter_request", "id"},
	{"slip", "id"},
	{"petitioner", "slip_id"},
	{"paper_stack", "id"},
	{"paper_handout", "id"},
	{"paper_slip", "dialogue_id, number"},
	{"turn", "id"},
	{"opinion", "id"},
	{"hall_note", "id"},
	{"hand_sheet", "id"},
	{"hand_line", "sheet_id, ordinal"},
	{"attendance", "id"},
	{"presiding", "dialogue_id, number"},
	{"step_run", "dialogue_id, number"},
	{"screen", "dialogue_id"},
	{"released", "opinion_id"},
	{"survey_form", "authority_id, kind, number"},
	{"period_form", "authority_id, number"},
	{"period_column", "authority_id, form, ordinal"},
	{"survey_question", "authority_id, kind, form, ordinal"},
	{"survey_slip", "authority_id, kind, subject, key_hash"},
	{"survey_stack", "id"},
	{"survey_paper", "stack_id, number"},
	{"survey_tally", "stack_id, question, level"},
	{"survey_correction", "stack_id, version"},
	{"head_count", "dialogue_id, grp"},
	{"attendance_change", "dialogue_id, number"},
	{"minutes", "dialogue_id"},
	{"minutes_change", "dialogue_id, number"},
	{"result_report", "dialogue_id"},
	{"result_edition", "dialogue_id, number"},
	{"subordinate", "id"},
	{"subordinate_key", "subordinate_id, number"},
	{"report_file", "id"},
	{"roll_up_dialogue", "subordinate_id, slug"},
	{"roll_up", "authority_id, year, period, ordinal"},
	{"roll_up_total", "authority_id, year, period"},
	{"attachment", "id"},
	{"slip_paper", "slip_id"},
	{"compiled_list", "id"},
	{"compiled_point", "list_id, ordinal"},
	{"compiled_original", "list_id"},
	{"opinion_group", "opinion_id"},
	{"question", "opinion_id"},
	{"ruling_text", "opinion_id"},
	{"petition", "id"},
	{"co_unit", "opinion_id, unit_id"},
	{"petition_note", "id"},
	{"paper_signature", "id"},
	{"answer", "petition_id"},
	{"answer_correction", "petition_id, number"},
	{"answer_replaced", "petition_id, number"},
	{"answer_promise", "petition_id, correction, ordinal"},
	{"conclusion_promise", "dialogue_id, ordinal"},
	{"promise", "id"},
	{"directive", "id"},
	{"directive_matter", "directive_id, opinion_id"},
	{"task", "id"},
	{"task_step", "id"},
	{"task_note", "id"},
	{"notice", "id"},
	{"answer_round", "petition_id, round"},
	{"reopening", "opinion_id, number"},
	{"supplement", "opinion_id, number"},
	{"initiative_decision", "opinion_id"},
	{"own_request", "opinion_id, number"},
	{"petitioner_change", "slip_id"},
	{"publication", "opinion_id"},
	{"publication_correction", "opinion_id"},
	{"guide", "id"},
	{"guide_edition", "guide_id, number"},
	{"guide_event", "guide_id, number"},
	{"handed_in", "opinion_id"},
	{"extension_proposal", "opinion_id"},
	{"dispute", "opinion_id"},
	{"refusal_proposal", "opinion_id"},
	{"onward_letter", "id"},
	{"body_urging", "id"},
	{"record_transfer", "opinion_id"},
	{"document", "subject_id, kind, part"},
	{"document_relay", "subject_id, kind, part"},
	{"document_recipient", "id"},
	{"document_recipient_step", "recipient_id, number"},
	{"urging", "opinion_id, number"},
	{"urging_reply", "opinion_id, urging, number"},
	{"rating", "opinion_id"},
	{"concerned", "id"},
	{"explanation", "id"},
	{"event", "leaf"},
	{"event_text", "leaf"},
	{"leaf_salt", "leaf"},
	{"audit_entry", "id"},
	{"draft", "officer_id, form, subject"},
	{"register_view", "id"},
	{"delivery", "id"},
	{"counter", "authority_id, key"},
	{"job_run", "job, day"},
	{"tree", "id"},
	{"leaf", "n"},
	{"tree_hash", "level, n"},
	{"checkpoint", "id"},
	{"minutes_leaf", "leaf"},
	{"promise_event", "leaf"},
	{"document_event", "leaf"},
	{"tree_restart", "leaf"},
}

// Progress is told how far long work is: done of total things of its step. It is told often, by one goroutine at a
// time. A total may be an estimate that gets better; below 0 it isn't known.
type Progress func(step Step, done, total int64)

// Step is a part of long work.
type Step string

// The steps, with the things that they count.
const (
	StepMigrate  Step = "migrate"   // versions of the schema: done is the one that it has, total the one it shall have
	StepWrite    Step = "write"     // rows that a backup writes
	StepReadBack Step = "read_back" // bytes of the backup that are read again
	StepLoad     Step = "load"      // bytes of the backup that are restored
	StepIndex    Step = "index"     // indexes and references that are made, or tables whose references are checked
	StepSearch   Step = "search"    // published summaries that are made searchable
	StepLeaves   Step = "leaves"    // leaves of the record that are verified
	StepEvents   Step = "events"    // events that are verified
	StepImport   Step = "import"    // entries of a list that are taken over
)

// fileSize is where a file of a table ends, unless its last row is longer.
const fileSize = 1 << 20

// Backup writes the whole database and its files to w as a gzip'd tar, the same from either engine. It reads one
// snapshot, each row once, while others write. A file that is missing or damaged is named in the manifest and keeps
// nothing else out. What was written is a backup once [DB.ReadBack] has read it.
// The archive holds personal data and password hashes. The key of the record is not in it.
func (db *DB) Backup(ctx context.Context, w io.Writer) error {
	// Faster compression leaves files a twentieth larger in less than half the time.
	zip, err := pgzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	b := &backupWriter{db: db, archive: tar.NewWriter(zip), manifest: Manifest{Format: BackupFormat, Time: db.Now()}}
	err = db.longSnapshot(ctx, func(q querier) error { return b.write(ctx, q) })
	if err := errors.Join(err, zip.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

type backupWriter struct {
	db       *DB
	archive  *tar.Writer
	manifest Manifest

	rows, total int64 // of all tables
}

func (b *backupWriter) write(ctx context.Context, q querier) (err error) {
	m := &b.manifest
	if m.Schema, err = one(ctx, q, column[int64], `SELECT max(version_id) FROM goose_db_version`); err != nil {
		return err
	}
	tables, err := describeAll(ctx, b.db, q)
	if err != nil {
		return err
	}
	about := make([]int64, len(tables))
	for i, t := range tables {
		if about[i], err = t.about(ctx, q); err != nil {
			return err
		}
		b.total += about[i]
	}
	if err := b.json(headName, m); err != nil {
		return err
	}
	for i, t := range tables {
		p, err := b.table(ctx, q, t)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		b.total += p.Rows - about[i]
		m.Parts = append(m.Parts, p)
	}
	b.db.progress(StepWrite, b.rows, b.total)
	if m.Files, err = b.files(ctx, q); err != nil {
		return err
	}
	return errors.Join(b.json(manifestName, m), b.archive.Close())
}

// describeAll finds the tables of a backup that the database's schema has.
func describeAll(ctx context.Context, db *DB, q querier) (all []table, err error) {
	for _, b := range backupTables {
		there, err := one(ctx, q, column[int], db.dialect.countTables(), b.name)
		if err != nil {
			return nil, err
		}
		if there == 0 { // an older schema, which a backup is of
			continue
		}
		t, err := db.dialect.describe(ctx, q, b.name, b.order)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func (b *backupWriter) json(name string, m *Manifest) error {
	body, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	return b.entry(name, body)
}

func (b *backupWriter) entry(name string, body []byte) error {
	at := b.manifest.Time.Time()
	h := tar.Header{Name: name, Mode: 0o600, Size: int64(len(body)), ModTime: at, Format: tar.FormatPAX}
	if err := b.archive.WriteHeader(&h); err != nil {
		return err
	}
	_, err := b.archive.Write(body)
	return err
}

// table writes all rows of a table as lines, into as many files as it takes.
func (b *backupWriter) table(ctx context.Context, q querier, t table) (p Part, err error) {
	rows, err := q.query(ctx, `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name+` ORDER BY `+t.order)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var line jx.Writer
	values, dest := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range values {
		dest[i] = &values[i]
	}
	files := tableFiles{b: b, part: Part{Table: t.name}, sum: sha256.New()}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return p, err
		}
		if err := t.writeRow(&line, values); err != nil {
			return p, fmt.Errorf("row %d: %w", files.part.Rows+1, err)
		}
		files.part.Rows++
		if len(line.Buf) >= fileSize {
			if err := files.end(&line); err != nil {
				return p, err
			}
			done := b.rows + files.part.Rows
			b.db.progress(StepWrite, done, max(b.total, done+1)) // others write meanwhile
		}
	}
	if err := rows.Err(); err != nil {
		return p, err
	}
	if len(line.Buf) > 0 || files.n == 0 {
		if err := files.end(&line); err != nil {
			return p, err
		}
	}
	b.rows += files.part.Rows
	files.part.SHA256 = hex.EncodeToString(files.sum.Sum(nil))
	return files.part, nil
}

// tableFiles are the files of one table so far.
type tableFiles struct {
	b    *backupWriter
	part Part
	sum  hash.Hash
	n    int
}

// end writes the next file and empties the lines.
func (f *tableFiles) end(lines *jx.Writer) error {
	f.n++
	f.part.Bytes += int64(len(lines.Buf))
	f.sum.Write(lines.Buf)
	err := f.b.entry(f.part.file(f.n), lines.Buf)
	lines.Reset()
	return err
}

// about counts the rows of a table, without walking through long ones: by its last index where rows are numbered.
func (t table) about(ctx context.Context, q querier) (int64, error) {
	what := `count(*)`
	if t.order == "leaf" || t.order == "n" {
		what = `coalesce(max(` + t.order + `) + 1, 0)`
	}
	return one(ctx, q, column[int64], `SELECT `+what+` FROM `+t.name)
}
