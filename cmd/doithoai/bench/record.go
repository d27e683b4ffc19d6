package bench

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/store"
	"doithoai/tlog"
)

// Record measures the public record of a filled database: proofs that a leaf is in it, leaves appended, checkpoints
// signed. Beside them stand what they can't be faster than: one hash read by its index, the disk, the bare signature.
type Record struct {
	Place
	Rounds
}

// proofP99 is how long the slowest hundredth of the proofs may take, in ms, in a record of 10 M leaves.
const proofP99 = 2

// appendGroup is how many leaves are appended in one commit.
const appendGroup = 256

// Run measures and prints.
func (cmd Record) Run(ctx context.Context, p Program) (err error) {
	if err := cmd.check(); err != nil {
		return err
	}
	b := recordBench{}
	if b.signed, err = signAll(ctx, p, cmd.Place); err != nil {
		return err
	}
	if b.db, err = openAt(ctx, cmd.Place, store.Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.db.Close()) }()
	if b.staff, err = muster(ctx, b.db); err != nil {
		return err
	}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	raw, err := openDisk(filepath.Dir(filepath.Clean(cmd.Data)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	return cmd.measure(ctx, p, &b, raw)
}

// signAll serves the installation for a moment, so that a checkpoint covers the whole record, and returns it.
func signAll(ctx context.Context, p Program, at Place) (c tlog.Checkpoint, err error) {
	s, err := p.Serve(ctx, at)
	if err != nil {
		return c, err
	}
	if err := s.Stop(); err != nil { // what the last acts appended is signed then
		return c, err
	}
	db, err := openAt(ctx, at, store.Options{})
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	last, err := db.Checkpoint(ctx)
	if err != nil {
		return c, err
	}
	lines := strings.SplitN(last.Note, "\n", 4)
	root, err := base64.StdEncoding.DecodeString(lines[min(2, len(lines)-1)])
	if err != nil || copy(c.Root[:], root) != len(c.Root) {
		return c, errors.New("the checkpoint of the record can't be read")
	}
	c.Origin, c.Size = lines[0], last.Size
	return c, nil
}

type recordBench struct {
	db      *store.DB
	staff   staff
	signed  tlog.Checkpoint
	opinion store.Row // to whose life leaves are appended
	signer  note.Signer
	bare    ed25519.PrivateKey
}

func (b *recordBench) prepare(ctx context.Context) error {
	rows, _, err := b.db.Register(ctx, b.staff.actor(loginOffice), store.Filter{Tab: store.TabAll, Limit: 1})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("the database has no opinion")
	}
	b.opinion = rows[0]
	skey, _, err := tlog.GenerateKey(rand.Reader, b.signed.Origin)
	if err != nil {
		return err
	}
	if b.signer, err = note.NewSigner(skey); err != nil {
		return err
	}
	_, b.bare, err = ed25519.GenerateKey(rand.Reader)
	return err
}

func (b *recordBench) prove(ctx context.Context) error {
	_, err := tlog.Prove(ctx, b.signed.Size, mathrand.Int64N(b.signed.Size), b.signed.Root, b.db.ReadHashes)
	return err
}

func (b *recordBench) readHash(ctx context.Context) error {
	_, err := b.db.ReadHashes(ctx, 0, mathrand.Int64N(b.signed.Size), 1)
	return err
}

// look is an act that does nothing but append its event and leaf.
func (b *recordBench) look(ctx context.Context) error {
	_, err := b.db.ViewPetitioner(ctx, b.staff.actor(loginOffice), b.opinion.Opinion.ID, doithoai.ViewReasons[0])
	return err
}

// appendMany appends a group of leaves in one commit.
func (b *recordBench) appendMany(ctx context.Context) error {
	group := make([]store.Past, appendGroup)
	for i := range group {
		group[i] = store.Past{Number: b.opinion.Opinion.Number, Event: doithoai.Event{
			AuthorityID: b.staff.authority.ID, OpinionID: b.opinion.Opinion.ID, At: b.db.Now(),
			ActorID: b.staff.officers[loginOffice].ID,
			Act:     doithoai.ActViewPetitioner, Facts: doithoai.Facts{Reason: doithoai.ViewReasons[0]},
		}}
	}
	return b.db.Fill(ctx, b.staff.authority.ID, nil, group)
}

func (b *recordBench) sign(context.Context) error {
	_, err := b.signed.Sign(b.signer)
	return err
}

func (b *recordBench) signBare(context.Context) error {
	ed25519.Sign(b.bare, b.signed.Root[:])
	return nil
}

func (cmd Record) measure(ctx context.Context, p Program, b *recordBench, raw *disk) error {
	proof := &series{name: "inclusion proof of any leaf"}
	hash := &series{name: "one hash read by its index"}
	look := &series{name: "act that only appends its leaf, one by one"}
	disk := &series{name: diskAlone}
	group := &series{name: fmt.Sprintf("%d leaves with their events in one commit", appendGroup)}
	sign := &series{name: "checkpoint signed"}
	bare := &series{name: "Ed25519 alone"}
	all := []turn{
		{proof, 1, b.prove},
		{hash, 1, b.readHash},
		{look, 1, b.look},
		{disk, 1, raw.overwrite},
		{group, 1, b.appendMany},
		{sign, 1, b.sign},
		{bare, 1, b.signBare},
	}
	if err := cmd.Rounds.measure(ctx, all); err != nil {
		return err
	}
	var out report
	out.line(
		"doithoai %s bench record: %s with %d leaves, %d rounds of %s in turns, one client\n",
		p.Version, cmd.engine(), b.signed.Size, cmd.Rounds.Rounds, cmd.Time,
	)
	fmt.Fprintf(&out, rowForm, "a second", "min", "median", "max", "p50", "p99", "")
	for _, m := range all {
		out.WriteString(strings.Replace(m.s.row(), "–", "", 1))
	}
	out.line("\nratio (median, least and greatest of the rounds)")
	perLeaf := make([]float64, len(group.took))
	for i, q := range group.quantiles(0.5) {
		perLeaf[i] = 1000 * q / appendGroup
	}
	for _, r := range []struct {
		what   string
		values []float64
		unit   string
	}{
		{"proof / one hash read by its index", ratios(proof.quantiles(0.5), hash.quantiles(0.5)), " ×"},
		{"act that only appends / disk alone", ratios(look.rates, disk.rates), ""},
		{fmt.Sprintf("a leaf with its event, of %d in a commit", appendGroup), perLeaf, " µs"},
		{"checkpoint / Ed25519 alone", ratios(sign.quantiles(0.5), bare.quantiles(0.5)), " ×"},
	} {
		v := sorted(r.values)
		out.line("%-70s %.2f%s (%.2f–%.2f)", r.what, median(v), r.unit, v[0], v[len(v)-1])
	}
	out.budgets(budget{
		what:    fmt.Sprintf("inclusion proof, p99 (budget: of 10,000,000 leaves; here %d)", b.signed.Size),
		figures: proof.quantiles(0.99), most: proofP99, unit: " ms",
	})
	return out.print(p)
}
