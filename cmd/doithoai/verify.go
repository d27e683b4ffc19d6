package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/tlog"
)

// verifyCommand checks a receipt without any network, or a whole database.
//
// Exit codes: 0 everything is proven; 2 something is wrong; 3 nothing is wrong, but no checkpoint covers it yet; 1 it
// could not be checked.
type verifyCommand struct {
	place
	File string `arg:"" optional:"" help:"A receipt, as the site gives it out. Without one, the whole database is checked."`
	Key  string `placeholder:"KEY" help:"Public key of the record as the authority made it known: the key itself, or a file that holds it. Without it, the receipt's own key is used, and must still be compared."`
	Lang string `enum:"vi,en" default:"vi" env:"DOITHOAI_LANG" help:"Language of the findings: vi or en."`
}

func (cmd verifyCommand) Run(ctx context.Context, c console) error {
	keys, err := cmd.keys()
	if err != nil {
		return err
	}
	if cmd.File == "" {
		return cmd.database(ctx, c, keys)
	}
	return cmd.receipt(c, keys)
}

// keys reads --key: no key, or one.
func (cmd verifyCommand) keys() ([]string, error) {
	if cmd.Key == "" {
		return nil, nil
	}
	key := cmd.Key
	if b, err := os.ReadFile(key); err == nil {
		key = strings.TrimSpace(string(text.FromFile(b)))
	}
	if _, err := tlog.ParseKey(key); err != nil {
		return nil, fmt.Errorf("--key: neither a file nor a public key: %.80q", cmd.Key)
	}
	return []string{key}, nil
}

// receipt checks one receipt and says in words what holds and what does not.
func (cmd verifyCommand) receipt(c console, keys []string) error {
	b, err := os.ReadFile(cmd.File)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, reason(err))
	}
	p := text.For(cmd.Lang)
	r, err := tlog.ParseReceipt(text.JSONFromFile(b))
	if err != nil {
		if err := c.printf("%s\n%v\n", p.T("record.verify.malformed"), err); err != nil {
			return err
		}
		return exit(exitWrong)
	}
	res, err := tlog.VerifyReceipt(r, keys...)
	if err != nil {
		return err
	}
	if err := c.printf("%s", receiptFindings(p, r, res)); err != nil {
		return err
	}
	switch res.Outcome {
	case tlog.Wrong:
		return exit(exitWrong)
	case tlog.Unsigned:
		return exit(exitUnsigned)
	}
	return nil
}

// receiptFindings words the result: the outcome first, then each opinion, then what remains to be compared.
func receiptFindings(p text.Printer, r tlog.Receipt, res tlog.Result) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s", p.T("record.verify.outcome."+word(string(res.Outcome))))
	if r.Demo {
		line("%s", p.T("record.verify.demo"))
	}
	received := p.DateTime(calendar.Civil(calendar.InstantOf(r.Received)))
	line("%s", p.T("record.verify.receipt", "authority", r.Authority, "time", received, "origin", r.Origin))
	for _, f := range res.Faults {
		line("  ✗ %s", p.T("record.verify.fault."+word(string(f))))
	}
	for i, e := range res.Entries {
		line("\n%s", p.T("record.verify.opinion", "number", r.Entries[i].Opening.Number, "leaf", p.Number(int(e.Index)+1)))
		for _, f := range e.Faults {
			line("  ✗ %s", p.T("record.verify.fault."+word(string(f))))
		}
		switch {
		case len(e.Faults) > 0:
		case e.Signed:
			line("  ✓ %s", p.T("record.verify.holds.content"))
			line("  ✓ %s", p.T("record.verify.holds.record", "size", p.Number(int(e.Checkpoint.Size))))
		default:
			line("  ✓ %s", p.T("record.verify.holds.content"))
			line("  … %s", p.T("record.verify.unsigned"))
		}
	}
	if res.OwnKey && res.Outcome != tlog.Wrong {
		line("\n%s\n%s", p.T("record.verify.own_key"), r.Key)
	}
	return b.String()
}

// word is a code as the catalogues write it.
func word(code string) string { return strings.ReplaceAll(code, "-", "_") }

// database checks everything in the database against the public record.
func (cmd verifyCommand) database(ctx context.Context, c console, keys []string) error {
	w := &watch{c: c}
	defer w.end()
	db, err := cmd.existing(ctx, store.Options{Progress: w.tell})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	verifiers, err := cmd.verifiers(keys)
	if err != nil {
		return err
	}
	p := text.For(cmd.Lang)
	findings, leaves, erased, err := db.Verify(ctx, verifiers...)
	if err != nil {
		return err
	}
	files, err := db.VerifyFiles(ctx)
	w.end()
	if err != nil {
		return err
	}
	findings = append(findings, files...)
	for _, f := range findings {
		if err := c.printf("✗ %s\n", f); err != nil {
			return err
		}
	}
	if len(findings) > 0 {
		words := p.T("record.verify.database.wrong", "count", len(findings), "leaves", p.Number(int(leaves)))
		if err := c.printf("%s\n", words); err != nil {
			return err
		}
		return exit(exitWrong)
	}
	right := p.T("record.verify.database.right", "leaves", p.Number(int(leaves)), "erased", p.Number(int(erased)))
	if err := c.printf("✓ %s\n", right); err != nil {
		return err
	}
	last, err := db.Checkpoint(ctx)
	if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	if last.Size < leaves {
		signed, all := p.Number(int(last.Size)), p.Number(int(leaves))
		unsigned := p.T("record.verify.database.unsigned", "signed", signed, "leaves", all)
		if err := c.printf("… %s\n", unsigned); err != nil {
			return err
		}
		return exit(exitUnsigned)
	}
	return nil
}

// verifiers are those of the keys, of the key in the data folder where none is named.
func (cmd verifyCommand) verifiers(keys []string) (list []note.Verifier, err error) {
	if len(keys) == 0 {
		if keys, err = cmd.ownKey(); err != nil {
			return nil, err
		}
	}
	for _, k := range keys {
		v, err := tlog.ParseKey(k)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// ownKey is the public key in the data folder, made from the secret one where that is all there is.
func (cmd verifyCommand) ownKey() ([]string, error) {
	if b, err := os.ReadFile(cmd.file(publicKeyFile)); err == nil {
		return []string{strings.TrimSpace(string(text.FromFile(b)))}, nil
	}
	b, err := os.ReadFile(cmd.file(keyFile))
	if err != nil {
		return nil, errors.New("no key to check the checkpoint with: name it with --key")
	}
	vkey, err := verifierKey(strings.TrimSpace(string(text.FromFile(b))))
	return []string{vkey}, err
}
