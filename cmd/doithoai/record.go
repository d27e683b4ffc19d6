package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/report"
	"doithoai/store"
	"doithoai/text"
	"doithoai/tlog"
)

// Files of the public record in the data folder.
const (
	keyFile       = "record.key"       // the secret key, one line, mode 0600
	publicKeyFile = "record.pub"       // the public key, which is served also while the secret one is away
	publishedFile = "record.published" // the text of the newest checkpoint that was ever signed, as far as this node knows
)

// record signs the public record as it grows, or says why it can't.
type record struct {
	db     *store.DB
	at     place
	log    *slog.Logger
	origin string
	vkey   string
	signer note.Signer
	woken  chan struct{}

	blocked   atomic.Pointer[string] // why nothing may be signed, nil where it may
	fault     atomic.Pointer[string] // why the last signing failed
	published tlog.Checkpoint        // the newest that this node knows of; only sign changes it
	vouched   int64                  // size at which the record was compared with it
}

// openRecord starts a new record under the origin, or opens the one that is there.
//
// A new record gets a new key. A record that was ever signed needs the key it was signed with, and must still begin
// with the leaves that were signed: else nothing is signed, and the reason says what to do. The sites are served all
// the same: no opinion is turned away for want of a signature.
func openRecord(ctx context.Context, db *store.DB, at place, origin string, log *slog.Logger) (*record, error) {
	r := &record{db: db, at: at, log: log, woken: make(chan struct{}, 1)}
	var err error
	if r.origin, err = db.StartRecord(ctx, origin); err != nil {
		return nil, err
	}
	last, err := db.Checkpoint(ctx)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return nil, err
	}
	if r.published, err = readPublished(at); err != nil {
		return nil, err
	}
	if err := r.loadKey(last.Size == 0 && r.published.Size == 0); err != nil {
		return nil, err
	}
	return r, r.follow(ctx)
}

// loadKey reads the key. A record that was never signed may get a new one.
func (r *record) loadKey(fresh bool) error {
	skey, err := os.ReadFile(r.at.file(keyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) && fresh:
		line, vkey, err := makeKey(r.at, r.origin)
		if err != nil {
			return err
		}
		skey, r.vkey = []byte(line), vkey
	case errors.Is(err, fs.ErrNotExist):
		r.block("its key, %s, is missing: put it back, or see `doithoai reopen --help`", r.at.file(keyFile))
		pub, err := os.ReadFile(r.at.file(publicKeyFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("public key of the record: %w", err)
		}
		r.vkey = strings.TrimSpace(string(text.FromFile(pub)))
		return nil
	case err != nil:
		return fmt.Errorf("key of the record: %w", err)
	}
	line := strings.TrimSpace(string(text.FromFile(skey)))
	if r.signer, err = note.NewSigner(line); err != nil {
		return fmt.Errorf("%s is not the key of a record", r.at.file(keyFile)) // the error could hold the key
	}
	if r.vkey, err = verifierKey(line); err != nil {
		return err
	}
	if r.signer.Name() != r.origin {
		r.block(
			"its key is that of %s, the record is %s: put the right key back, or see `doithoai reopen --help`",
			r.signer.Name(), r.origin,
		)
	}
	return nil
}

// makeKey makes a key pair for an origin and keeps it in the data folder.
func makeKey(at place, origin string) (skey, vkey string, err error) {
	if skey, vkey, err = tlog.GenerateKey(rand.Reader, origin); err != nil {
		return "", "", err
	}
	return skey, vkey, errors.Join(
		writeFile(at.file(keyFile), []byte(skey+"\n"), 0o600),
		writeFile(at.file(publicKeyFile), []byte(vkey+"\n"), 0o644))
}

// verifierKey is the public key of a secret one, "PRIVATE+KEY+<name>+<hash>+<base64 of algorithm and seed>".
func verifierKey(skey string) (string, error) {
	parts := strings.Split(skey, "+")
	seed, err := base64.StdEncoding.DecodeString(strings.Join(parts[min(4, len(parts)):], "+"))
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", errors.New("the key of the record is no Ed25519 key")
	}
	vkey, err := note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return "", fmt.Errorf("public key of the record: %w", err)
	}
	return vkey, nil
}

// block stops all signing until the program is started anew.
func (r *record) block(format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	if r.blocked.CompareAndSwap(nil, &reason) {
		r.log.Error("the public record is not signed", "reason", reason)
	}
}

// follow keeps this node's knowledge of what is published in step with the database: other nodes sign, too. It blocks
// the signing of a record that does not begin with the leaves that were signed: a restored backup is older than what
// was published, and may since have grown past it with other leaves.
//
// A checkpoint in the database that is at least as new as the one known here vouches for itself. Else the root at the
// published size decides.
func (r *record) follow(ctx context.Context) error {
	last, err := r.db.Checkpoint(ctx)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	known := r.published
	switch {
	case r.signer == nil || r.blocked.Load() != nil: // nothing is signed here, and what is known stays as it is
		return nil
	case known.Origin == r.origin && (known.Size == last.Size || known.Size == r.vouched && last.Size < known.Size),
		known.Origin != r.origin && last.Size == 0:
		return nil
	case known.Origin != r.origin || known.Size < last.Size:
		return r.learn(last)
	}
	size, err := r.db.RecordSize(ctx)
	if err != nil {
		return err
	}
	if size >= known.Size {
		root, err := rootAt(ctx, r.db, known.Size)
		if err != nil {
			return err
		}
		if root == known.Root {
			r.vouched = known.Size
			return nil
		}
	}
	r.block(
		"it was published with %d leaves and has lost some of them: restore a newer backup, or see `doithoai reopen --help`",
		known.Size,
	)
	return nil
}

// learn writes down what another node has published.
func (r *record) learn(last store.SignedCheckpoint) error {
	key, err := tlog.ParseKey(r.vkey)
	if err != nil {
		return fmt.Errorf("public key of the record: %w", err)
	}
	c, err := tlog.OpenCheckpoint([]byte(last.Note), key)
	if err != nil {
		r.block(
			"its newest checkpoint was not signed with the key in %s: put the right key back, the same at every node",
			r.at.file(keyFile),
		)
		return nil
	}
	return r.publish(c)
}

// rootAt computes the root of the record's first size leaves.
func rootAt(ctx context.Context, db *store.DB, size int64) (tlog.Hash, error) {
	const step = 256
	var edge tlog.Edge
	for n := int64(0); n < size; n += step {
		hashes, err := db.ReadHashes(ctx, 0, n, int(min(step, size-n)))
		if err != nil {
			return tlog.Hash{}, err
		}
		for _, h := range hashes {
			edge.Append(h)
		}
	}
	if edge.Size() != size {
		return tlog.Hash{}, fmt.Errorf("the record has %d leaves, not %d", edge.Size(), size)
	}
	return edge.Root(), nil
}

// signReport signs a report file with the key of the record.
func (r *record) signReport(file []byte) ([]byte, error) {
	if r.signer == nil {
		return nil, doithoai.Refuse(doithoai.Unavailable, "report.problem.no_key")
	}
	return report.Sign(file, r.signer)
}

// reportKey is the public key of such signatures.
func (r *record) reportKey() string { return r.vkey }

// wake asks for a checkpoint. It never waits.
func (r *record) wake() {
	select {
	case r.woken <- struct{}{}:
	default:
	}
}

const (
	signEvery = time.Second            // what another node or command appended is signed at the latest then
	signPause = 200 * time.Millisecond // acts that come together share a checkpoint
)

// run signs until ctx ends, at most a second after an act.
func (r *record) run(ctx context.Context) {
	tick := time.NewTicker(signEvery)
	defer tick.Stop()
	for {
		r.sign(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-r.woken:
			select {
			case <-ctx.Done():
				return
			case <-time.After(signPause):
			}
		}
	}
}

// sign signs what has grown since the last checkpoint, where no other node does. A failure is logged once, until
// another or none follows it.
func (r *record) sign(ctx context.Context) {
	if r.blocked.Load() != nil {
		return
	}
	err := r.follow(ctx)
	if err == nil && r.blocked.Load() == nil {
		err = r.db.SignRecord(ctx, r.signer, r.publish)
	}
	if ctx.Err() != nil {
		return
	}
	var fault string
	if err != nil {
		fault = err.Error()
	}
	if old := r.fault.Swap(&fault); err != nil && (old == nil || *old != fault) {
		r.log.Error("the public record could not be signed", "error", err)
	}
}

// trouble is why the record is not being signed, "" where all is well.
func (r *record) trouble() string {
	if b := r.blocked.Load(); b != nil {
		return *b
	}
	if f := r.fault.Load(); f != nil {
		return *f
	}
	return ""
}

// publish writes down what is about to be signed before anyone can see it: whatever becomes of the database, a smaller
// or another record is never signed under this origin again.
func (r *record) publish(c tlog.Checkpoint) error {
	text := fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
	err := writeFile(r.at.file(publishedFile), []byte(text), 0o600)
	if err == nil {
		r.published = c
	}
	return err
}

// readPublished reads the newest checkpoint that this node knows to be signed; the zero Checkpoint where there is none.
func readPublished(at place) (c tlog.Checkpoint, err error) {
	b, err := os.ReadFile(at.file(publishedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("newest checkpoint: %w", err)
	}
	lines := strings.Split(string(b), "\n")
	if len(lines) != 4 {
		return c, fmt.Errorf("%s holds no checkpoint", at.file(publishedFile))
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err == nil {
		c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	}
	if err != nil || copy(c.Root[:], root) != len(c.Root) {
		return tlog.Checkpoint{}, fmt.Errorf("%s holds no checkpoint", at.file(publishedFile))
	}
	c.Origin = lines[0]
	return c, nil
}

// reopenCommand gives the record a new origin and a new key.
//
// It is for the one case that must never happen silently: the record lost leaves that were already published, because a
// backup was restored which is older. Old receipts stay verifiable against the old checkpoints and the old public key.
type reopenCommand struct {
	place
	Published int64 `placeholder:"N" help:"Greatest size of the record that is known to be published, where the data folder does not know it: the second line of the newest checkpoint that anyone has."`
}

// Run writes the leaf that says so, under the new origin. The server must be stopped.
func (cmd reopenCommand) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	a, err := authority(ctx, db, "")
	if err != nil {
		return err
	}
	old, err := db.StartRecord(ctx, a.Slug+recordPath)
	if err != nil {
		return err
	}
	published, err := readPublished(cmd.place)
	if err != nil {
		return err
	}
	origin := nextOrigin(old)
	restoreKey, err := setKeyAside(cmd.place, old)
	if err != nil {
		return err
	}
	if _, _, err := makeKey(cmd.place, origin); err != nil {
		return errors.Join(err, restoreKey())
	}
	if err := db.ReopenRecord(ctx, origin, max(published.Size, cmd.Published)); err != nil {
		return errors.Join(err, restoreKey())
	}
	if err := os.Remove(cmd.file(publishedFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", cmd.file(publishedFile), reason(err))
	}
	return c.printf(
		"The record goes on as %s. Its new key is in %s; the old public key stays in the data folder.\n"+
			"Start the server, then announce the new origin and public key on the portal.\n",
		origin, cmd.file(keyFile),
	)
}

// setKeyAside keeps the old key pair under other names, and returns how to undo that.
func setKeyAside(at place, origin string) (undo func() error, err error) {
	suffix := "." + strconv.FormatInt(time.Now().Unix(), 10)
	var moved []string
	undo = func() error {
		var all error
		for _, name := range moved {
			all = errors.Join(all, os.Rename(at.file(name+suffix), at.file(name)))
		}
		return all
	}
	for _, name := range []string{keyFile, publicKeyFile} {
		switch err := os.Rename(at.file(name), at.file(name+suffix)); {
		case err == nil:
			moved = append(moved, name)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, errors.Join(fmt.Errorf("set the key of %s aside: %w", origin, err), undo())
		}
	}
	return undo, nil
}

// nextOrigin is the name under which a record goes on: a number follows, from 2.
func nextOrigin(origin string) string {
	i := strings.LastIndexByte(origin, '/')
	if n, err := strconv.Atoi(origin[i+1:]); err == nil && i > 0 {
		return fmt.Sprintf("%s/%d", origin[:i], n+1)
	}
	return origin + "/2"
}

// recordPath is where the public record is served; the origin ends with it.
const recordPath = "/so-doi-chung"
