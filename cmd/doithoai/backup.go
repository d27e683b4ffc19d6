package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"doithoai/file"
	"doithoai/store"
)

// backupCommand writes the whole database, and the files that came with opinions, into one file.
//
// The file holds names, addresses, hashes of passwords and the salts of the record: encrypt it where it leaves the
// house.
type backupCommand struct {
	place
	File    string `arg:"" help:"The backup to write; it must not exist."`
	WithKey bool   `help:"Copy the key of the public record as well, to FILE.key. Whoever has it can sign a false record."`
}

// Run reads one state of the database while others write, and reads the backup back before it gets its name.
func (cmd backupCommand) Run(ctx context.Context, c console) error {
	var key []byte
	if cmd.WithKey { // before the long work
		var err error
		if key, err = os.ReadFile(cmd.file(keyFile)); err != nil {
			return fmt.Errorf("key of the record %s: %w", cmd.file(keyFile), reason(err))
		}
		if err := free(cmd.File + ".key"); err != nil {
			return err
		}
	}
	w := &watch{c: c}
	defer w.end()
	db, err := cmd.existing(ctx, store.Options{Progress: w.tell})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	var m store.Manifest
	err = writeNew(cmd.File, func(f *os.File) (err error) {
		w := steadyWriter{file: f}
		if err := errors.Join(db.Backup(ctx, &w), w.flushed()); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		m, err = db.ReadBack(ctx, f)
		return err
	})
	w.end()
	if err != nil {
		return err
	}
	var rows int64
	for _, p := range m.Parts {
		rows += p.Rows
	}
	files := ""
	if n := m.Files.Count; n > 0 {
		files = fmt.Sprintf(" and %d files", n)
	}
	if err := c.printf("%s: %d rows%s, read back and whole\n", cmd.File, rows, files); err != nil {
		return err
	}
	if n := len(m.Files.Missing); n > 0 { // the rest is safe; but who runs it by night must hear of it
		return fmt.Errorf("%d files are missing in %s, or damaged: `doithoai verify` names them", n, cmd.files())
	}
	if !cmd.WithKey {
		return c.printf("The key of the public record is not in it: %s\n", cmd.file(keyFile))
	}
	if err := writeNew(cmd.File+".key", func(f *os.File) error { _, err := f.Write(key); return err }); err != nil {
		return err
	}
	return c.printf("%s.key\n", cmd.File)
}

// steadyWriter brings a long file to the disk while it is written. Left to the system, a gigabyte goes there at once,
// twice a minute, and the commits of those who work wait behind it.
type steadyWriter struct {
	file    *os.File
	written int        // since the last flush began
	flush   chan error // of the one under way; nil where there is none
}

// flushEvery is how many bytes are written before they are sent to the disk.
const flushEvery = 4 << 20

// Write implements [io.Writer].
func (w *steadyWriter) Write(b []byte) (int, error) {
	n, err := w.file.Write(b)
	if w.written += n; err != nil || w.written < flushEvery {
		return n, err
	}
	if err := w.flushed(); err != nil {
		return n, err
	}
	w.written, w.flush = 0, make(chan error, 1)
	go func(done chan<- error) { done <- w.file.Sync() }(w.flush)
	return n, nil
}

// flushed waits for the flush that is under way.
func (w *steadyWriter) flushed() error {
	if w.flush == nil {
		return nil
	}
	err := <-w.flush
	w.flush = nil
	return err
}

// writeNew writes a file that must not exist. It bears its name with ".part" at the end until it is whole and on the
// disk; where writing fails, nothing is left. Of two that write to one name, the second is refused before its work.
func writeNew(path string, write func(*os.File) error) (err error) {
	f, err := os.OpenFile(path+".part", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: it is being written already, or a power cut left %s.part, to be deleted: %w",
			path, path, reason(err))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	if err := free(path); err != nil {
		return errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(f.Name())))
	}
	if err := takeName(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(reason(err), os.Remove(f.Name())))
	}
	return file.SyncFolder(filepath.Dir(path))
}

// free refuses a name that is taken.
func free(path string) error {
	_, err := os.Lstat(path)
	if err == nil {
		err = fs.ErrExist
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("write %s: %w", path, reason(err))
}

// takeName gives a file another name that nobody else has taken meanwhile.
func takeName(from, to string) error {
	name, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(name.Close(), os.Rename(from, to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// restoreCommand fills an empty database from a backup.
//
// Run it with the server stopped. Restore into a new folder, but bring the files record.* of the old one along where
// they still exist: they know what was published, so that a backup which is older is never signed over it.
type restoreCommand struct {
	place
	File    string `arg:"" help:"The backup."`
	WithKey bool   `help:"Put the key of the public record back from FILE.key."`
}

// Run restores all or nothing.
func (cmd restoreCommand) Run(ctx context.Context, c console) error {
	f, err := os.Open(cmd.File)
	if err != nil {
		return fmt.Errorf("backup %s: %w", cmd.File, reason(err))
	}
	defer f.Close() //nolint:errcheck // reading only
	if err := cmd.prepare(); err != nil {
		return err
	}
	if cmd.WithKey {
		if err := cmd.restoreKey(); err != nil {
			return err
		}
	}
	w := &watch{c: c}
	m, err := store.Restore(ctx, cmd.dsn(), f, store.Options{Progress: w.tell, Files: cmd.files()})
	w.end()
	if err != nil {
		return fmt.Errorf("database %s: %w", cmd.shown(), err)
	}
	if _, err := os.Stat(cmd.file(keyFile)); errors.Is(err, fs.ErrNotExist) {
		const put = "Put the key of the public record back as %s, mode 0600, before the server starts.\n"
		if err := c.printf(put, cmd.file(keyFile)); err != nil {
			return err
		}
	}
	return c.printf("Restored the state of %s. Now run `doithoai verify` over it, with the same --db or --data.\n", m.Time)
}

func (cmd restoreCommand) restoreKey() error {
	key, err := os.ReadFile(cmd.File + ".key")
	if err != nil {
		return fmt.Errorf("key %s.key: %w", cmd.File, reason(err))
	}
	if _, err := os.Stat(cmd.file(keyFile)); err == nil {
		return fmt.Errorf("there is a key already: %s", cmd.file(keyFile))
	}
	return writeFile(cmd.file(keyFile), key, 0o600)
}
