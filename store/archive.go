package store

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync/atomic"

	"github.com/go-faster/jx"
	"github.com/klauspost/pgzip"
	"golang.org/x/sync/errgroup"

	"doithoai"
)

// Bounds of what is read of an archive at once: a manifest, a file of a table, and what pads the end. Rows have no
// bound of their own: each lies within one file. Neither engine keeps a value of more than 1 GB.
const (
	maxManifest = 1 << 20
	maxFile     = 1 << 30
	maxTail     = 1 << 20
)

// archive is a backup that is being read.
type archive struct {
	counted *countingReader
	zip     *pgzip.Reader
	tar     *tar.Reader
	head    Manifest // without parts
	// takeFile is given each file, which it reads to its end.
	takeFile func(doithoai.FileHash, io.Reader) error
}

// countingReader counts what was read of a size. Unpacking reads ahead, so another goroutine asks how much it was.
type countingReader struct {
	io.Reader
	read atomic.Int64
	size int64 // -1 where it isn't known
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.read.Add(int64(n))
	return n, err
}

// counted reads on from where r stands.
func counted(r io.Reader) *countingReader {
	c := &countingReader{Reader: r, size: -1}
	if s, ok := r.(io.Seeker); ok {
		at, err := s.Seek(0, io.SeekCurrent)
		if err != nil { // a pipe
			return c
		}
		end, err := s.Seek(0, io.SeekEnd)
		if _, back := s.Seek(at, io.SeekStart); err == nil && back == nil {
			c.size = end - at
		}
	}
	return c
}

// openArchive reads the first entry. The archive must be closed.
func openArchive(r io.Reader) (_ *archive, err error) {
	c := counted(r)
	zip, err := pgzip.NewReader(c)
	if err != nil {
		return nil, fmt.Errorf("not a backup: %w", err)
	}
	a := &archive{counted: c, zip: zip, tar: tar.NewReader(zip)}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	h, err := a.next(headName)
	if err != nil {
		return nil, fmt.Errorf("not a backup: %w", err)
	}
	if h.Name != headName {
		return nil, fmt.Errorf("not a backup: %q stands where %s should", h.Name, headName)
	}
	if err := a.json(headName, &a.head); err != nil {
		return nil, err
	}
	if a.head.Format < oldestFormat || a.head.Format > BackupFormat {
		return nil, fmt.Errorf("the backup is of format %d, this program reads %d to %d",
			a.head.Format, oldestFormat, BackupFormat)
	}
	if len(a.head.Parts) > 0 {
		return nil, fmt.Errorf("%s names tables", headName)
	}
	return a, nil
}

// close ends the reading ahead.
func (a *archive) close() error { return a.zip.Close() }

// json reads an entry in one piece.
func (a *archive) json(name string, into any) error {
	b, err := io.ReadAll(io.LimitReader(a.tar, maxManifest+1))
	if err != nil {
		return fmt.Errorf("%s of the backup: %w", name, err)
	}
	if len(b) > maxManifest {
		return fmt.Errorf("%s of the backup: too long", name)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%s of the backup: %w", name, err)
	}
	return nil
}

// next goes to the archive's next entry, a file; wanted is what should stand there.
func (a *archive) next(wanted string) (*tar.Header, error) {
	h, err := a.tar.Next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s is missing", wanted)
	case err != nil:
		return nil, err
	case h.Typeflag != tar.TypeReg:
		return nil, fmt.Errorf("%q is no file, where %s should stand", h.Name, wanted)
	}
	return h, nil
}

// tableFile is one file of a table.
type tableFile struct {
	table  int
	number int
	lines  []byte
}

// tableRows are rows of a table.
type tableRows struct {
	table  int
	values []any // row by row
}

// each reads the tables to their end and passes their rows, in their order, to take. It returns the manifest; where the
// error is nil, everything is as the manifest says. Unpacking, decoding and taking run at the same time, take always in
// one goroutine.
func (a *archive) each(ctx context.Context, tables []table, progress func(done, total int64),
	take func(ctx context.Context, t table, values []any) error) (Manifest, error) {
	var m Manifest
	group, ctx := errgroup.WithContext(ctx)
	files, rows := make(chan tableFile, 2), make(chan tableRows, 2)
	counts := make([]int64, len(tables))
	var sums []Part
	var kept FileParts
	group.Go(func() (err error) {
		defer close(files)
		sums, kept, m, err = a.files(ctx, tables, progress, files)
		return err
	})
	group.Go(func() error {
		defer close(rows)
		for f := range files {
			t := tables[f.table]
			values, err := t.parse(f.lines, counts[f.table])
			if err != nil {
				return fmt.Errorf("%s: %w", Part{Table: t.name}.file(f.number), err)
			}
			counts[f.table] += int64(len(values) / len(t.columns))
			select {
			case rows <- tableRows{f.table, values}:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		for r := range rows {
			if err := take(ctx, tables[r.table], r.values); err != nil {
				return fmt.Errorf("%s: %w", tables[r.table].name, err)
			}
		}
		return ctx.Err()
	})
	if err := group.Wait(); err != nil {
		return Manifest{}, err
	}
	for i := range sums {
		sums[i].Rows = counts[i]
	}
	return m, a.compare(m, sums, kept)
}

// files reads all files of the tables, which stand in their order, then the manifest and the end. It returns what it
// has read of each table, without rows.
func (a *archive) files(ctx context.Context, tables []table, progress func(done, total int64),
	files chan<- tableFile) (parts []Part, kept FileParts, m Manifest, err error) {
	var sum hash.Hash
	seal := func() {
		if n := len(parts); n > 0 {
			parts[n-1].SHA256 = hex.EncodeToString(sum.Sum(nil))
		}
	}
	number := 0
	for {
		progress(a.counted.read.Load(), a.counted.size)
		wanted := manifestName
		if len(parts) < len(tables) {
			wanted = Part{Table: tables[len(parts)].name}.file(1)
		}
		h, err := a.next(wanted)
		if err != nil {
			return nil, kept, m, err
		}
		if wanted == manifestName && strings.HasPrefix(h.Name, fileFolder) {
			if err := a.file(h, &kept); err != nil {
				return nil, kept, m, fmt.Errorf("%s: %w", h.Name, err)
			}
			continue
		}
		switch {
		case len(parts) > 0 && h.Name == parts[len(parts)-1].file(number+1):
			number++
		case h.Name != wanted:
			return nil, kept, m, fmt.Errorf("%q stands where %s should", h.Name, wanted)
		case wanted == manifestName:
			seal()
			if err := a.json(manifestName, &m); err != nil {
				return nil, kept, m, err
			}
			return parts, kept, m, a.end()
		default:
			seal()
			parts, number, sum = append(parts, Part{Table: tables[len(parts)].name}), 1, sha256.New()
		}
		if h.Size > maxFile {
			return nil, kept, m, fmt.Errorf("%s has %d bytes: too long", h.Name, h.Size)
		}
		lines, err := a.body(h.Size)
		if err != nil {
			return nil, kept, m, fmt.Errorf("%s: %w", h.Name, err)
		}
		sum.Write(lines)
		parts[len(parts)-1].Bytes += int64(len(lines))
		select {
		case files <- tableFile{len(parts) - 1, number, lines}:
		case <-ctx.Done():
			return nil, kept, m, ctx.Err()
		}
	}
}

// body reads an entry. It trusts the size that the entry claims only as far as files are ordinarily long.
func (a *archive) body(size int64) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, min(size, 2*fileSize)+bytes.MinRead))
	n, err := b.ReadFrom(a.tar)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// parse reads the lines of a file; before is how many rows of the table stand before it.
func (t table) parse(lines []byte, before int64) ([]any, error) {
	n := bytes.Count(lines, []byte("\n"))
	if len(lines) > 0 && lines[len(lines)-1] != '\n' {
		n++ // the last one is cut off, and will be found so unless it is whole all the same
	}
	values := make([]any, n*len(t.columns))
	var d jx.Decoder
	for i := range n {
		line, rest, _ := bytes.Cut(lines, []byte("\n"))
		d.ResetBytes(line)
		if err := t.readRow(&d, values[i*len(t.columns):(i+1)*len(t.columns)]); err != nil {
			return nil, fmt.Errorf("row %d: %w", before+int64(i)+1, err)
		}
		lines = rest
	}
	return values, nil
}

// end reads on to the checksum of the gzip stream, behind the manifest.
func (a *archive) end() error {
	h, err := a.tar.Next()
	if err == nil {
		return fmt.Errorf("%q stands behind the manifest", h.Name)
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

// compare holds what was read against the manifest.
func (a *archive) compare(m Manifest, read []Part, kept FileParts) error {
	if m.Format != a.head.Format || m.Schema != a.head.Schema || m.Time != a.head.Time {
		return fmt.Errorf("%s and %s are of different backups", headName, manifestName)
	}
	if len(m.Parts) != len(read) {
		return fmt.Errorf("the manifest names %d tables, there are %d", len(m.Parts), len(read))
	}
	if m.Files.Count != kept.Count || m.Files.Bytes != kept.Bytes {
		return fmt.Errorf("the manifest names %d files of %d bytes, there are %d of %d",
			m.Files.Count, m.Files.Bytes, kept.Count, kept.Bytes)
	}
	for i, p := range m.Parts {
		got := read[i]
		switch {
		case p.Table != got.Table:
			return fmt.Errorf("the manifest names table %q where %s should stand", p.Table, got.Table)
		case p.Rows != got.Rows:
			return fmt.Errorf("%s has %d rows, the manifest says %d", p.Table, got.Rows, p.Rows)
		case p.Bytes != got.Bytes:
			return fmt.Errorf("%s has %d bytes, the manifest says %d", p.Table, got.Bytes, p.Bytes)
		case p.SHA256 != got.SHA256:
			return fmt.Errorf("%s: its SHA-256 is not the one of the manifest", p.Table)
		}
	}
	return nil
}

// ReadBack reads a backup that [DB.Backup] has just written, from its beginning to its end: every checksum, every
// count, every row as Restore would. It refuses what Restore would refuse, except references to rows that are missing.
func (db *DB) ReadBack(ctx context.Context, r io.Reader) (m Manifest, err error) {
	a, err := openArchive(r)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if schema := db.schema(ctx); a.head.Schema != schema {
		return m, fmt.Errorf("the backup is of schema %d, the database of %d", a.head.Schema, schema)
	}
	tables, err := describeAll(ctx, db, db.reader())
	if err != nil {
		return m, err
	}
	a.takeFile = readFileBack
	progress := func(done, total int64) { db.progress(StepReadBack, done, total) }
	return a.each(ctx, tables, progress, func(context.Context, table, []any) error { return nil })
}
