package main

import (
	"context"
	"fmt"

	"doithoai/store"
	"doithoai/text"
)

// authorityCommand keeps the authorities of an installation. Each has its host names, its accounts and its own data;
// what no host name stands for is the first one's.
type authorityCommand struct {
	Add  authorityAdd  `cmd:"" help:"Enter a further authority into a database that has one."`
	List authorityList `cmd:"" help:"List the authorities with their host names."`
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
