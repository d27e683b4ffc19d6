package file

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"doithoai"
)

// Folder is where files are kept: DIR/ab/abcdef…, by the SHA-256 of what they hold, so that the same file is kept once.
// Several programs may share one. The zero Folder keeps nothing.
type Folder string

// ErrNoFolder is returned where no folder is set.
var ErrNoFolder = errors.New("no folder for files is set")

// ErrWrongContent is returned for a file that does not hold what its name says.
var ErrWrongContent = errors.New("does not hold what its name says")

// Names in the folder that are no hashes: of files that are being written, and of those that are going.
const (
	partEnd  = ".part"
	goingEnd = ".going"
)

func (f Folder) path(h doithoai.FileHash) string {
	name := h.String()
	return filepath.Join(string(f), name[:2], name)
}

// Put keeps what r reads under its hash. It is on the disk when Put returns: written under another name, flushed, then
// named. What is there already is kept, and counts as new ([Folder.Sweep]). Content of another hash is refused.
func (f Folder) Put(h doithoai.FileHash, r io.Reader) (err error) {
	if f == "" {
		return ErrNoFolder
	}
	path := f.path(h)
	now := time.Now()
	if err := os.Chtimes(path, now, now); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("folder of files: %w", err)
	}
	w, err := os.OpenFile(path+"."+rand.Text()+partEnd, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("keep a file: %w", err), ignoreMissing(os.Remove(w.Name())))
		}
	}()
	got, err := hashOf(io.TeeReader(r, w))
	if err == nil && got != h {
		err = ErrWrongContent
	}
	if err = errors.Join(err, w.Sync(), w.Close()); err != nil {
		return err
	}
	if err = os.Rename(w.Name(), path); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// PutBytes keeps bytes.
func (f Folder) PutBytes(h doithoai.FileHash, b []byte) error { return f.Put(h, bytes.NewReader(b)) }

// Has reports whether there is a file of the hash.
func (f Folder) Has(h doithoai.FileHash) bool {
	if f == "" {
		return false
	}
	_, err := os.Stat(f.path(h))
	return err == nil
}

// Open opens a file. One that is missing is [fs.ErrNotExist].
func (f Folder) Open(h doithoai.FileHash) (*os.File, error) {
	if f == "" {
		return nil, ErrNoFolder
	}
	return os.Open(f.path(h))
}

// Verify reads a file and compares it with its name: nil, [fs.ErrNotExist], [ErrWrongContent], or why it can't be read.
func (f Folder) Verify(h doithoai.FileHash) (err error) {
	r, err := f.Open(h)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	got, err := hashOf(r)
	if err == nil && got != h {
		err = ErrWrongContent
	}
	return err
}

// Sweep deletes the files that were last put before a moment and that nobody uses, and what was left of writing before
// it. used says of a file whether it is used. It is asked twice: a file that somebody puts again and uses in between
// comes back ([Folder.Put] is followed by the row that uses it, then by [Folder.Has]).
func (f Folder) Sweep(before time.Time, used func(doithoai.FileHash) (bool, error)) (gone int, err error) {
	if f == "" {
		return 0, nil
	}
	err = filepath.WalkDir(string(f), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // another node sweeps too
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !info.ModTime().Before(before) {
			return err
		}
		if end := filepath.Ext(path); end == partEnd || end == goingEnd {
			return ignoreMissing(os.Remove(path))
		}
		h, ok := hashNamed(d.Name())
		if !ok { // nothing of ours
			return nil
		}
		swept, err := sweep(path, h, used)
		if swept {
			gone++
		}
		return err
	})
	if err != nil {
		return gone, fmt.Errorf("sweep the folder of files: %w", err)
	}
	return gone, nil
}

func sweep(path string, h doithoai.FileHash, used func(doithoai.FileHash) (bool, error)) (bool, error) {
	if in, err := used(h); in || err != nil {
		return false, err
	}
	if err := os.Rename(path, path+goingEnd); err != nil {
		return false, ignoreMissing(err)
	}
	now := time.Now() // another node that sweeps must not take it for a leftover
	if err := os.Chtimes(path+goingEnd, now, now); err != nil {
		return false, ignoreMissing(err)
	}
	in, err := used(h)
	if in || err != nil {
		return false, errors.Join(err, os.Rename(path+goingEnd, path))
	}
	return true, ignoreMissing(os.Remove(path + goingEnd))
}

// hashNamed reads a hash from the name of a file.
func hashNamed(name string) (h doithoai.FileHash, ok bool) {
	b, err := hex.DecodeString(name)
	if err != nil || len(b) != len(h) || hex.EncodeToString(b) != name {
		return h, false
	}
	return doithoai.FileHash(b), true
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
