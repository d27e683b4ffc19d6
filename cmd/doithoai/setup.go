package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"

	"doithoai"
	"doithoai/store"
)

// setupCommand enters the authority of a new installation. Everything else starts from its defaults.
type setupCommand struct {
	place
	File    string `arg:"" optional:"" help:"The authority, its units and villages, as JSON; --example prints one to fill in."`
	Example bool   `help:"Print an example and do nothing."`
}

// setupExample is what an operator fills in.
//
//go:embed demo/setup-example.json
var setupExample []byte

// authorityFile is the file that describes an authority.
type authorityFile struct {
	Slug      string     `json:"slug"`
	Name      string     `json:"name"`
	FullName  string     `json:"full_name"`
	Superior  string     `json:"superior"`
	Place     string     `json:"place"`
	Prefix    string     `json:"prefix"`
	Phone     string     `json:"phone"`
	Address   string     `json:"address"`
	Hours     string     `json:"hours"`
	Reception string     `json:"reception"`
	Units     []unitFile `json:"units"`
	Villages  []string   `json:"villages"`
}

type unitFile struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Office  bool   `json:"office"`
	Contact string `json:"contact"`
	Phone   string `json:"phone"`
}

// Run sets the authority up, once.
func (cmd setupCommand) Run(ctx context.Context, c console) error {
	if cmd.Example {
		return c.printf("%s", setupExample)
	}
	if cmd.File == "" {
		return errors.New("which file? `doithoai setup --example` prints one to fill in")
	}
	b, err := os.ReadFile(cmd.File)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, reason(err))
	}
	s, err := parseSetup(b)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, err)
	}
	db, err := cmd.open(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	there, err := db.Authorities(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("the database %s has %s already", cmd.shown(), there[0].Name)
	}
	if _, err := db.SetUp(ctx, s); err != nil {
		return err
	}
	return c.printf("%s is set up. Open the first account with `doithoai user add`.\n", s.Authority.Name)
}

var (
	slugForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	prefixForm = regexp.MustCompile(`^[A-ZĐ]{1,6}$`)
)

// parseSetup reads what an operator wrote, and names the first thing that is missing or wrong.
func parseSetup(b []byte) (s store.Setup, err error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var f authorityFile
	if err := dec.Decode(&f); err != nil {
		return s, err
	}
	for _, field := range []struct {
		name string
		ok   bool
	}{
		{"slug (small letters, digits and hyphens)", slugForm.MatchString(f.Slug)},
		{"name", f.Name != ""},
		{"full_name", f.FullName != ""},
		{"superior", f.Superior != ""},
		{"place", f.Place != ""},
		{"prefix (1 to 6 capital letters)", prefixForm.MatchString(f.Prefix)},
		{"units", len(f.Units) > 0},
	} {
		if !field.ok {
			return s, fmt.Errorf("%s is missing or malformed", field.name)
		}
	}
	s.Authority = doithoai.Authority{
		Slug: f.Slug, Name: f.Name, FullName: f.FullName, Superior: f.Superior, Place: f.Place, Prefix: f.Prefix,
		Phone: f.Phone, Address: f.Address, Hours: f.Hours, Reception: f.Reception,
	}
	office := false
	for _, u := range f.Units {
		if !slugForm.MatchString(u.Code) || u.Name == "" {
			return s, fmt.Errorf("unit %q: code or name is missing or malformed", u.Code)
		}
		office = office || u.Office
		s.Units = append(s.Units, doithoai.Unit{Code: u.Code, Name: u.Name, Office: u.Office, Contact: u.Contact, Phone: u.Phone})
	}
	if !office {
		return s, errors.New("one unit must be the office (\"office\": true): it leads opinions on conduct")
	}
	for _, v := range f.Villages {
		s.Villages = append(s.Villages, doithoai.Village{Name: v})
	}
	return s, nil
}
