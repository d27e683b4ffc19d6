package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"doithoai"
	"doithoai/file"
	"doithoai/store"
	"doithoai/text"
)

// place is where data are kept.
type place struct {
	DB    string `name:"db" env:"DOITHOAI_DB" placeholder:"ADDRESS" help:"Database: sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME. Without it, a SQLite file in the data folder. A password belongs into the variable: others can read command lines."`
	Data  string `env:"DOITHOAI_DATA" default:"${data}" placeholder:"DIR" help:"Data folder: the database file, the key of the public record, own certificates. On a local disk, readable by the program's own account only."`
	Files string `env:"DOITHOAI_FILES" placeholder:"DIR" help:"Folder of the files that come with opinions; several nodes share one. Without it, tep in the data folder."`
}

// files is the folder of files.
func (p place) files() string {
	if p.Files != "" {
		return p.Files
	}
	return p.file("tep")
}

// file is a file of the data folder.
func (p place) file(name string) string { return filepath.Join(p.Data, name) }

// dsn is the address of the database.
func (p place) dsn() string {
	if p.DB != "" {
		return p.DB
	}
	return "sqlite:" + p.file("doithoai.db")
}

// prepare makes the data folder and the folder of files, and finds out at once whether the former can be written.
func (p place) prepare() error {
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return fmt.Errorf("data folder %s can't be made: %w", p.Data, reason(err))
	}
	if err := os.MkdirAll(p.files(), 0o700); err != nil {
		return fmt.Errorf("folder of files %s can't be made: %w", p.files(), reason(err))
	}
	probe, err := os.CreateTemp(p.Data, ".write-*")
	if err != nil {
		return fmt.Errorf("data folder %s can't be written: %w", p.Data, reason(err))
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// reason is why a file operation failed, without the path, which the caller has named.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// open opens the database and brings it up to date.
func (p place) open(ctx context.Context, o store.Options) (*store.DB, error) {
	if err := p.prepare(); err != nil {
		return nil, err
	}
	o.Files = p.files()
	db, err := store.Open(ctx, p.dsn(), o)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", p.shown(), err)
	}
	return db, nil
}

// existing opens a database that must be there already.
func (p place) existing(ctx context.Context, o store.Options) (*store.DB, error) {
	if path, ok := strings.CutPrefix(p.dsn(), "sqlite:"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("no database at %s: %w", path, reason(err))
		}
	}
	return p.open(ctx, o)
}

// shown is the address of the database without what stands between scheme and host, which may be a password.
func (p place) shown() string {
	dsn := p.dsn()
	scheme, rest, ok := strings.Cut(dsn, "://")
	if !ok {
		return dsn
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		rest = rest[at+1:]
	}
	host, _, _ := strings.Cut(rest, "?")
	return scheme + "://" + host
}

// authority finds an authority by its slug; without a slug, the only or first one.
func authority(ctx context.Context, db *store.DB, slug string) (doithoai.Authority, error) {
	all, err := db.Authorities(ctx)
	if err != nil {
		return doithoai.Authority{}, err
	}
	for _, a := range all {
		if slug == "" || a.Slug == text.Login(slug) {
			return a, nil
		}
	}
	if slug != "" {
		return doithoai.Authority{}, fmt.Errorf("no authority %q in this database", slug)
	}
	return doithoai.Authority{},
		errors.New("there is no authority in this database yet: run `doithoai setup` first, or look at `doithoai demo`")
}

// writeFile replaces a file of the data folder whole or not at all; its bytes have reached the disk when it returns.
func writeFile(path string, body []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(body)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return file.SyncFolder(filepath.Dir(path))
}
