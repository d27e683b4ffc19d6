package main

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
)

// authorityCommand keeps the authorities of an installation. Each has its host names, its accounts and its own data;
// what no host name stands for is the first one's.
type authorityCommand struct {
	Add    authorityAdd    `cmd:"" help:"Enter a further authority into a database that has one."`
	List   authorityList   `cmd:"" help:"List the authorities with their host names."`
	Report authorityReport `cmd:"" help:"Let an authority of this database report to another one, of level province: that one sees its figures."`
}

// authorityAdd enters a further authority.
type authorityAdd struct {
	place
	File string   `arg:"" help:"The authority, its units and villages, as with setup; the password of the first account is read as there."`
	Host []string `required:"" placeholder:"NAME" help:"Host names under which its sites are reached, with commas; the first stands in links. They can be changed on the page of settings."`
}

func (cmd authorityAdd) Run(ctx context.Context, c console) error {
	s, err := readSetup(cmd.File)
	if err != nil {
		return err
	}
	for _, given := range cmd.Host {
		name, ok := text.HostName(given)
		if !ok {
			return fmt.Errorf("--host: %q is no host name", given)
		}
		s.Hosts = append(s.Hosts, name)
	}
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	first, err := authority(ctx, db, "")
	if err != nil {
		return err
	}
	s.Authority.Demo = first.Demo
	return c.setUp(ctx, db, s)
}

// authorityReport lets a commune report to a superior.
type authorityReport struct {
	place
	Commune string `arg:"" help:"Slug of the authority that reports."`
	To      string `required:"" placeholder:"SLUG" help:"The authority that it reports to."`
	From    string `required:"" placeholder:"DATE" help:"First day, as 2026-01-01."`
}

func (cmd authorityReport) Run(ctx context.Context, c console) error {
	from, err := calendar.ParseDate(cmd.From)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	to, err := authority(ctx, db, cmd.To)
	if err != nil {
		return err
	}
	commune, err := authority(ctx, db, cmd.Commune)
	if err != nil {
		return err
	}
	switch err := db.LinkCommune(ctx, to, commune, from); {
	case !to.Level.Superior():
		return fmt.Errorf("%s is no province: its file of set-up says \"level\"", to.Name)
	case commune.Level.Superior():
		return fmt.Errorf("%s is a province, and holds no dialogues", commune.Name)
	case doithoai.KindOf(err) == doithoai.Invalid:
		return fmt.Errorf("%s reports to %s already", commune.Name, to.Name)
	case err != nil:
		return err
	}
	return c.printf("%s reports to %s.\n", commune.Name, to.Name)
}

// authorityList lists the authorities.
type authorityList struct {
	place
}

func (cmd authorityList) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	all, err := db.Authorities(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if err := c.printf("%-20s %-30s %s\n", a.Slug, a.Host, a.Name); err != nil {
			return err
		}
	}
	return nil
}
