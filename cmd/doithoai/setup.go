package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
)

// setupCommand enters the authority of a new installation. Everything else starts from its defaults.
type setupCommand struct {
	place
	File    string `arg:"" optional:"" help:"The same as --from."`
	From    string `placeholder:"FILE" help:"The authority, its units and villages, as JSON; --example prints one to fill in. The password of the first account, where the file names one, is read from standard input, one line; an empty line makes one, which is printed once."`
	Example bool   `help:"Print an example and do nothing."`
}

// setupExample is what an operator fills in.
//
//go:embed setup-example.json
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
	Level     string     `json:"level"`   // "commune", the default, or "province": communes report to it
	Offline   bool       `json:"offline"` // the portal can't be reached from the Internet
	Preset    string     `json:"preset"`  // "2025" or "2024": units, and hours where none are named
	Kind      string     `json:"kind"`    // of the commune, for the preset: "xã"
	Units     []unitFile `json:"units"`   // instead of a preset
	Villages  []string   `json:"villages"`

	Administrator *accountFile `json:"administrator"` // the first account
}

type accountFile struct {
	Login  string `json:"login"`
	Name   string `json:"name"`
	Post   string `json:"post"`
	Office bool   `json:"office"` // also works for the office
}

type unitFile struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Short   string `json:"short"`
	Office  bool   `json:"office"`
	Contact string `json:"contact"`
	Phone   string `json:"phone"`
}

// Run sets the authority up, once.
func (cmd setupCommand) Run(ctx context.Context, c console) error {
	if cmd.Example {
		return c.printf("%s", setupExample)
	}
	if cmd.From == "" {
		cmd.From = cmd.File
	}
	if cmd.From == "" {
		return errors.New("which file? `doithoai setup --example` prints one to fill in")
	}
	s, err := readSetup(cmd.From)
	if err != nil {
		return err
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
		return fmt.Errorf("the database %s has %s already: for a further one there is `doithoai authority add`",
			cmd.shown(), there[0].Name)
	}
	return c.setUp(ctx, db, s)
}

// readSetup reads the file that describes an authority.
func readSetup(name string) (s store.Setup, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, reason(err))
	}
	if s, err = parseSetup(b); err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// setUp enters an authority with its first account, where the file names one.
func (c console) setUp(ctx context.Context, db *store.DB, s store.Setup) (err error) {
	if s.First.Login == "" {
		if _, err := db.SetUp(ctx, s); err != nil {
			return err
		}
		return c.printf("%s is set up. Open the first account with `doithoai user add`.\n", s.Authority.Name)
	}
	var made bool
	if s.Password, made, err = c.password(); err != nil {
		return err
	}
	s.First.Hold = hold(made)
	if _, err := db.SetUp(ctx, s); err != nil {
		return err
	}
	if err := c.printf("%s is set up.\n", s.Authority.Name); err != nil {
		return err
	}
	return c.printPassword(s.First.Login, s.Password, made)
}

// parseSetup reads what an operator wrote, and names the first thing that is missing or wrong.
func parseSetup(b []byte) (s store.Setup, err error) {
	if b = text.JSONFromFile(b); !utf8.Valid(b) {
		return s, errors.New("it is not UTF-8: save it as UTF-8")
	}
	dec := json.NewDecoder(strings.NewReader(text.Clean(string(b))))
	dec.DisallowUnknownFields()
	var f authorityFile
	if err := dec.Decode(&f); err != nil {
		return s, err
	}
	preset, err := f.preset()
	if err != nil {
		return s, err
	}
	if name := f.missing(len(preset) > 0); name != "" {
		return s, fmt.Errorf("%s is missing or malformed", name)
	}
	if f.Phone, err = phoneOf(f.Phone); err != nil {
		return s, err
	}
	s.Authority = doithoai.Authority{
		Slug: f.Slug, Name: f.Name, FullName: f.FullName, Superior: f.Superior, Place: f.Place, Prefix: f.Prefix,
		Phone: f.Phone, Address: f.Address, Hours: f.Hours, Reception: f.Reception, Offline: f.Offline,
		Level: doithoai.Level(f.Level),
	}
	if a := f.Administrator; a != nil {
		s.First = doithoai.Officer{
			Login: text.Login(a.Login), Name: a.Name, Post: a.Post, Roles: []doithoai.Role{doithoai.RoleAdministrator},
		}
		if a.Office {
			s.First.Roles = append(s.First.Roles, doithoai.RoleOffice)
		}
	}
	units, office, err := f.units()
	if err != nil {
		return s, err
	}
	if !office && len(preset) == 0 {
		return s, errors.New("one unit must be the office (\"office\": true): it leads opinions on conduct")
	}
	s.Units = append(preset, units...)
	for _, v := range f.Villages {
		s.Villages = append(s.Villages, doithoai.Village{Name: v})
	}
	return s, nil
}

// missing names the first field that is missing or malformed, "" where none is. Units come either from the file or from
// a preset.
func (f *authorityFile) missing(preset bool) string {
	for _, field := range []struct {
		name string
		ok   bool
	}{
		{"slug (small letters, digits and hyphens)", doithoai.ValidSlug(f.Slug)},
		{"name", f.Name != ""},
		{"full_name", f.FullName != ""},
		{"superior", f.Superior != ""},
		{"place", f.Place != ""},
		{"prefix (1 to 6 capital letters)", doithoai.ValidPrefix(f.Prefix)},
		{"level (commune or province)", f.Level == "" || slices.Contains(doithoai.Levels, doithoai.Level(f.Level))},
		{"units, or else preset,", (len(f.Units) > 0) != preset},
		{
			"administrator (login and name)",
			f.Administrator == nil || f.Administrator.Login != "" && f.Administrator.Name != "",
		},
	} {
		if !field.ok {
			return field.name
		}
	}
	return ""
}

// units returns the units that the file names, and whether one of them is the office.
func (f *authorityFile) units() (list []doithoai.Unit, office bool, err error) {
	for _, u := range f.Units {
		if !doithoai.ValidSlug(u.Code) || u.Name == "" {
			return nil, false, fmt.Errorf("unit %q: code or name is missing or malformed", u.Code)
		}
		if u.Phone, err = phoneOf(u.Phone); err != nil {
			return nil, false, fmt.Errorf("unit %q: %w", u.Code, err)
		}
		office = office || u.Office
		list = append(list, doithoai.Unit{
			Code: u.Code, Name: u.Name, Short: u.Short, Office: u.Office, Contact: u.Contact, Phone: u.Phone,
		})
	}
	return list, office, nil
}

// phoneOf is a telephone number, which may be left out, in the form in which it is kept.
func phoneOf(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	kept, err := text.NormalPhones(s)
	if err != nil {
		return "", fmt.Errorf("phone %q is no telephone number: %w", s, err)
	}
	return kept, nil
}

// preset takes units and usual hours from the preset that the file names, if it does.
func (f *authorityFile) preset() ([]doithoai.Unit, error) {
	if f.Preset == "" {
		return nil, nil
	}
	all, err := store.UnitPresets()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Preset)
		if p.Preset != f.Preset {
			continue
		}
		if !slices.Contains(p.Kinds, f.Kind) {
			return nil, fmt.Errorf("kind %q is none of preset %s: %s", f.Kind, p.Preset, strings.Join(p.Kinds, ", "))
		}
		if f.Hours == "" {
			f.Hours = p.Hours
		}
		return p.For(f.Kind), nil
	}
	return nil, fmt.Errorf("no preset %q; there are %s", f.Preset, strings.Join(names, ", "))
}
