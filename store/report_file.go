package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
)

// ReportFileTaken is a report file that a superior took.
type ReportFileTaken struct {
	ID       doithoai.ID
	Slug     string           // the dialogue's
	CountsAt calendar.Instant // as of when it counts
	Key      int              // number of the key that signed it
	TakenAt  calendar.Instant
	Stands   bool // the roll-up goes by it: of the dialogue's files it counts as of the latest moment
}

// maxReportFiles is how many files of a commune a superior sees.
const maxReportFiles = 200

func takenFiles(ctx context.Context, q querier, subordinate doithoai.ID) ([]ReportFileTaken, error) {
	return list(ctx, q, func(r row) (f ReportFileTaken, err error) {
		err = r.Scan(&f.ID, &f.Slug, &f.CountsAt, &f.Key, &f.TakenAt, &f.Stands)
		return f, err
	}, `SELECT f.id, f.slug, f.counts_at, f.key_number, f.taken_at, NOT EXISTS (SELECT 1
			FROM report_file g
			WHERE g.subordinate_id = f.subordinate_id AND g.slug = f.slug AND g.counts_at > f.counts_at)
		FROM report_file f
		WHERE f.subordinate_id = $1
		ORDER BY f.id DESC LIMIT $2`, subordinate, maxReportFiles)
}

// OpenReportFile is a report file that a superior took, as it came.
func (db *DB) OpenReportFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]byte, error) {
	if err := superior(ctx, db.reader(), actor, doithoai.ActSeeRollUp); err != nil {
		return nil, err
	}
	if err := checkID(id); err != nil {
		return nil, err
	}
	return one(ctx, db.reader(), column[[]byte], `SELECT file FROM report_file WHERE id = $1 AND authority_id = $2`, id,
		actor.AuthorityID)
}

// fieldReportFile is the field of the form that a report file comes with.
const fieldReportFile = "tep"

// wrongFile refuses a report file.
func wrongFile(key string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{
		{Field: fieldReportFile, Key: "roll_up.problem.file_" + key, Args: args},
	})
}

// TakeReportFile takes the report file of a commune that runs alone and returns the commune's code.
//
// It is refused, in this order: where it is no report file, or names no commune that the superior has as one that runs
// alone; where the key in force did not sign it, or it was altered since; where a figure is not what its rows count, or
// sums do not agree; where it counts as of a time to come, or is of a year in which the commune did not report here;
// where the same dialogue has one that counts as of the same moment or later. A later one stands, and both are kept.
func (db *DB) TakeReportFile(ctx context.Context, actor doithoai.Actor, file []byte) (code string, err error) {
	if err := superior(ctx, db.reader(), actor, doithoai.ActTakeReportFile); err != nil {
		return "", err
	}
	if len(file) > report.MaxFile {
		return "", wrongFile("large", "max", report.MaxFile>>20)
	}
	r, diffs, err := report.Read(file)
	if err != nil || r.Code == "" || r.Dialogue.Slug == "" || len(r.Dialogue.Slug) > doithoai.MaxLine ||
		r.Dialogue.Began.IsZero() || bytes.IndexByte(file, 0) >= 0 {
		return "", wrongFile("none")
	}
	err = db.act(ctx, func(tx *Tx) error {
		s, err := subordinateOf(ctx, tx, actor.AuthorityID, r.Code)
		if doithoai.KindOf(err) == doithoai.NotFound || err == nil && !s.Alone() {
			return wrongFile("commune", "name", r.Authority, "code", r.Code)
		}
		if err != nil {
			return err
		}
		if err := fileProblem(s, file, r, diffs, tx.Now); err != nil {
			return err
		}
		return tx.takeFile(ctx, actor, s, file, r)
	})
	return r.Code, err
}

// fileProblem refuses a file that is not as the commune signed it, or contradicts itself.
func fileProblem(
	s report.Subordinate, file []byte, r report.Result, diffs []report.Difference, now calendar.Instant,
) error {
	switch err := report.CheckSignature(file, s.Key.Verifier); {
	case errors.Is(err, report.ErrUnsigned):
		return wrongFile("unsigned")
	case errors.Is(err, report.ErrOtherKey):
		return wrongFile("other_key", "name", s.Name)
	case errors.Is(err, report.ErrAltered):
		return wrongFile("altered")
	case err != nil:
		return fmt.Errorf("key of %s: %w", s.Code, err)
	}
	faults := r.Faults()
	switch {
	case len(diffs) > 0:
		return wrongFile("differs", "count", len(diffs))
	case len(faults) > 0:
		return wrongFile("faults", "count", len(faults))
	case r.At.After(now) || r.Dialogue.Began.After(r.At):
		return wrongFile("future")
	case !s.In(r.Dialogue.Began.Date().Year):
		return wrongFile("period", "name", s.Name, "year", r.Dialogue.Began.Date().Year)
	}
	return nil
}

// takeFile keeps a file and counts by it. The commune's row is held, so that of two files one comes after the other.
func (tx *Tx) takeFile(
	ctx context.Context, actor doithoai.Actor, s report.Subordinate, file []byte, r report.Result,
) error {
	if err := tx.exec(ctx, `UPDATE subordinate SET counted_at = CASE
			WHEN counted_at IS NULL OR counted_at < $1 THEN $1 ELSE counted_at END
		WHERE id = $2`, r.At, s.ID); err != nil {
		return err
	}
	later, err := one(ctx, tx, column[int], `SELECT count(*)
		FROM report_file
		WHERE subordinate_id = $1 AND slug = $2 AND counts_at >= $3`, s.ID, r.Dialogue.Slug, r.At)
	if err != nil {
		return err
	}
	if later > 0 {
		return wrongFile("older")
	}
	if err := tx.exec(ctx, `INSERT INTO report_file (id, authority_id, subordinate_id, slug, counts_at, key_number, file,
			taken_by, taken_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, newID(), actor.AuthorityID, s.ID, r.Dialogue.Slug, r.At,
		s.Key.Number, file, actor.ID, tx.Now); err != nil {
		return err
	}
	rules, err := loadRules(ctx, tx, actor.AuthorityID)
	if err != nil {
		return err
	}
	if err := tx.keepSummary(ctx, s.ID, r.Summary(rules, r.At.Date())); err != nil {
		return err
	}
	if err := tx.rollUp(ctx, s.ID); err != nil {
		return err
	}
	return tx.audit(ctx, actor, doithoai.ActTakeReportFile, s.Code, "", r.Dialogue.Slug+" "+r.At.Date().String())
}
