package store

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"doithoai"
	"doithoai/file"
)

// keptFiles are the hashes of all files that belong to something, in their order.
func keptFiles(ctx context.Context, q querier) ([]doithoai.FileHash, error) {
	return list(ctx, q, column[doithoai.FileHash], `SELECT hash FROM attachment WHERE removed_at IS NULL
		UNION
		SELECT shown_hash FROM attachment WHERE removed_at IS NULL AND shown_hash IS NOT NULL
		ORDER BY 1`)
}

// files writes the files of the snapshot behind its tables.
func (b *backupWriter) files(ctx context.Context, q querier) (parts FileParts, err error) {
	there, err := one(ctx, q, column[int], b.db.dialect.countTables(), "attachment")
	if err != nil || there == 0 { // an older schema, which a backup is of
		return parts, err
	}
	all, err := keptFiles(ctx, q)
	if err != nil {
		return parts, err
	}
	for _, h := range all {
		if err := ctx.Err(); err != nil {
			return parts, err
		}
		n, err := b.file(h)
		switch {
		case err == nil:
			parts.Count, parts.Bytes = parts.Count+1, parts.Bytes+n
		case absent(err):
			parts.Missing = append(parts.Missing, h)
		default:
			return parts, fmt.Errorf("file %s: %w", h, err)
		}
	}
	return parts, nil
}

// absent reports whether a file is not there, or is not what it was.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, file.ErrWrongContent) || errors.Is(err, file.ErrNoFolder)
}

// file writes one file, which was read once before: what is damaged does not get into the archive.
func (b *backupWriter) file(h doithoai.FileHash) (n int64, err error) {
	if err := b.db.files.Verify(h); err != nil {
		return 0, err
	}
	f, err := b.db.files.Open(h)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	at := b.manifest.Time.Time()
	head := tar.Header{
		Name: fileFolder + h.String(), Mode: 0o600, Size: info.Size(), ModTime: at, Format: tar.FormatPAX,
	}
	if err := b.archive.WriteHeader(&head); err != nil {
		return 0, err
	}
	return io.Copy(b.archive, f)
}

// file reads one file of an archive: its name is the hash of what it holds, or the archive is refused.
func (a *archive) file(h *tar.Header, kept *FileParts) error {
	if a.head.Format == oldestFormat {
		return errors.New("no backup of this format has files")
	}
	var hash doithoai.FileHash
	if err := hash.UnmarshalText([]byte(strings.TrimPrefix(h.Name, fileFolder))); err != nil {
		return err
	}
	if err := a.takeFile(hash, io.LimitReader(a.tar, h.Size)); err != nil {
		return err
	}
	kept.Count, kept.Bytes = kept.Count+1, kept.Bytes+h.Size
	return nil
}

// readFileBack compares a file with its name.
func readFileBack(h doithoai.FileHash, r io.Reader) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != h.String() {
		return file.ErrWrongContent
	}
	return nil
}

// VerifyFiles reads every file that belongs to something and names those that are missing or damaged.
func (db *DB) VerifyFiles(ctx context.Context) (findings []Finding, err error) {
	all, err := keptFiles(ctx, db.reader())
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := db.files.Verify(h)
		switch {
		case err == nil:
		case errors.Is(err, file.ErrWrongContent):
			findings = append(findings, Finding{"file", h.String(), "it is damaged"})
		case absent(err):
			findings = append(findings, Finding{"file", h.String(), "it is missing"})
		default:
			return nil, fmt.Errorf("file %s: %w", h, err)
		}
	}
	return findings, nil
}
