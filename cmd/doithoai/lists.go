package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
)

// listOptions say which list of which authority.
type listOptions struct {
	place
	List      string `required:"" placeholder:"LIST" help:"villages, outside_bodies, fields, procedures, synonyms or officers."`
	Authority string `placeholder:"SLUG" help:"The authority, where there are several."`
}

// operator is who acts at the machine itself: acts are kept under nobody's name.
func operator(a doithoai.Authority) doithoai.Actor {
	return doithoai.Actor{AuthorityID: a.ID, Roles: []doithoai.Role{doithoai.RoleSystem}}
}

// openList opens the database and finds list and authority. told learns how far long work is.
func (o listOptions) openList(
	ctx context.Context, told store.Progress,
) (*store.DB, doithoai.ListRule, doithoai.Authority, error) {
	rule, ok := doithoai.ListRuleOf(doithoai.ListName(o.List))
	if !ok {
		var all []string
		for _, r := range doithoai.ListRules {
			all = append(all, string(r.Name))
		}
		return nil, rule, doithoai.Authority{}, fmt.Errorf("no list %q; there are %s", o.List, strings.Join(all, ", "))
	}
	db, err := o.existing(ctx, store.Options{Progress: told})
	if err != nil {
		return nil, rule, doithoai.Authority{}, err
	}
	a, err := authority(ctx, db, o.Authority)
	if err != nil {
		return nil, rule, doithoai.Authority{}, errors.Join(err, db.Close())
	}
	return db, rule, a, nil
}

// importCommand takes a file over into a list.
type importCommand struct {
	listOptions
	File string `arg:"" help:"CSV (UTF-8) or XLSX. The first row names the columns, as an export does."`
	Yes  bool   `help:"Take the file over. Without it, only what it would do is printed."`
}

// Run prints what the file would add, change and leave, and every row that can't be taken; with --yes it takes the file
// over, whole or not at all.
func (cmd importCommand) Run(ctx context.Context, c console) error {
	info, err := os.Stat(cmd.File)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, reason(err))
	}
	if info.Size() > table.MaxFile {
		return fmt.Errorf("%s: larger than %d MB", cmd.File, table.MaxFile>>20)
	}
	b, err := os.ReadFile(cmd.File)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, reason(err))
	}
	w := &watch{c: c}
	defer w.end()
	db, rule, a, err := cmd.openList(ctx, w.tell)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	got, err := table.Read(b)
	if err != nil {
		return err
	}
	file, notes, err := table.Match(got, rule)
	if err != nil {
		return err
	}
	plan, err := db.PlanList(ctx, operator(a), rule.Name, file)
	if err != nil {
		return err
	}
	if err := c.printPlan(rule, plan, notes); err != nil {
		return err
	}
	switch {
	case len(plan.Faults) > 0:
		return fmt.Errorf("nothing was imported: mend %d faults in %s first", len(plan.Faults), filepath.Base(cmd.File))
	case plan.Empty():
		return c.printf("The list is like the file already.\n")
	case !cmd.Yes:
		return c.printf("Nothing was changed. Run it again with --yes to import.\n")
	}
	if _, err := db.ImportList(ctx, operator(a), rule.Name, file, plan.Digest()); err != nil {
		return err
	}
	w.end()
	return c.printf("Imported.\n")
}

// printPlan prints a plan: its counts, what was remarked on the file, its faults by row.
func (c console) printPlan(rule doithoai.ListRule, plan doithoai.ListPlan, notes []doithoai.Problem) error {
	en := text.For("en")
	if err := c.printf(
		"%s: %d to add, %d to change, %d the same, %d not in the file\n",
		rule.Name, len(plan.Added), len(plan.Changed), plan.Same, plan.Left,
	); err != nil {
		return err
	}
	for _, n := range notes {
		if err := c.printf("note: %s\n", en.T(n.Key, n.Args...)); err != nil {
			return err
		}
	}
	for _, d := range plan.Doubts {
		if err := c.printf("note: %s\n", en.T("list.doubt", "row", d.Row, "name", d.Name, "there", d.There)); err != nil {
			return err
		}
	}
	for _, f := range plan.Faults {
		where := "the whole list"
		if f.Row > 0 {
			where = fmt.Sprintf("row %d", f.Row)
		}
		if err := c.printf("%s, %s: %s\n", where, f.Column, en.T(f.Problem.Key, f.Problem.Args...)); err != nil {
			return err
		}
	}
	return nil
}

// exportCommand writes a list to a file that import takes.
type exportCommand struct {
	listOptions
	File  string `arg:"" optional:"" help:"Where to: NAME.xlsx, or NAME.csv. Without it, CSV on standard output."`
	Lang  string `default:"vi" enum:"vi,en" placeholder:"LANG" help:"Language of the headings: vi or en."`
	Force bool   `help:"Replace a file that is there."`
}

// Run writes the list whole or not at all.
func (cmd exportCommand) Run(ctx context.Context, c console) error {
	db, rule, a, err := cmd.openList(ctx, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	entries, err := db.ListEntries(ctx, operator(a), rule.Name)
	if err != nil {
		return err
	}
	var names table.Names
	if names.Fields, names.Units, err = db.ListNames(ctx, a.ID); err != nil {
		return err
	}
	rows := table.Rows(text.For(cmd.Lang), rule, entries, names)
	if a.Demo {
		rows = table.Mark(text.For(cmd.Lang), rows)
	}
	var b bytes.Buffer
	switch filepath.Ext(cmd.File) {
	case ".xlsx":
		err = table.WriteXLSX(&b, string(rule.Name), rows)
	case ".csv", "":
		err = table.WriteCSV(&b, slices.Values(rows))
	default:
		return fmt.Errorf("%s: want a name that ends in .xlsx or .csv", cmd.File)
	}
	if err != nil {
		return err
	}
	if cmd.File == "" {
		return c.printf("%s", b.String())
	}
	if _, err := os.Stat(cmd.File); err == nil && !cmd.Force {
		return fmt.Errorf("%s is there already; --force replaces it", cmd.File)
	}
	if err := writeFile(cmd.File, b.Bytes(), 0o600); err != nil {
		return err
	}
	return c.printf("%s: %d entries\n", cmd.File, len(entries))
}
