package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
)

// userCommand keeps accounts. Whoever may run it on the server's own machine may do anything there: it asks for no
// password of an administrator.
type userCommand struct {
	Add        userAdd        `cmd:"" help:"Open an account. The password is read from standard input, one line; an empty line makes one, which is printed once."`
	List       userList       `cmd:"" help:"List the accounts."`
	Password   userPassword   `cmd:"" help:"Give an account another password and end all its sign-ins. Read or made as with add."`
	Deactivate userActive     `cmd:"" help:"Let an account sign in no more and end all its sign-ins." set:"active=false"`
	SecondStep userSecondStep `cmd:"" name:"drop-second-step" help:"Ask an account for no code of the telephone any more and end all its sign-ins: for an administrator who has lost it."`
	Activate   userActive     `cmd:"" help:"Let a deactivated account sign in again." set:"active=true"`
}

// userAdd opens an account.
type userAdd struct {
	place
	Login     string   `arg:"" help:"Name to sign in with: small letters and digits."`
	Name      string   `required:"" placeholder:"NAME" help:"Full name."`
	Post      string   `placeholder:"POST" help:"Post, as it stands under a signature: \"Chủ tịch UBND xã\"."`
	Role      []string `required:"" enum:"chair,vice_chair,head_of_office,office,secretary,clerk,citizen_reception,unit_head,unit_officer,finance,culture,village_head,supervisor,administrator" placeholder:"ROLE" help:"chair, vice_chair, head_of_office, office, secretary, clerk, citizen_reception, unit_head, unit_officer, finance, culture, village_head, supervisor, administrator; several with commas. Posts with other units, villages and days are added on the page of settings."`
	Unit      string   `placeholder:"CODE" help:"Code of the unit; unit_officer and unit_head need one."`
	Authority string   `placeholder:"SLUG" help:"The authority, where there are several."`
}

func (cmd userAdd) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	a, err := authority(ctx, db, cmd.Authority)
	if err != nil {
		return err
	}
	o := doithoai.Officer{AuthorityID: a.ID, Login: text.Login(cmd.Login),
		Name: text.CleanLine(cmd.Name), Post: text.CleanLine(cmd.Post)}
	for _, r := range cmd.Role {
		o.Roles = append(o.Roles, doithoai.Role(r))
	}
	if o.UnitID, err = unitID(ctx, db, a, cmd.Unit); err != nil {
		return err
	}
	if (slices.Contains(o.Roles, doithoai.RoleUnitOfficer) || slices.Contains(o.Roles, doithoai.RoleUnitHead)) &&
		o.UnitID == "" {
		return errors.New("a unit_officer or unit_head works in a unit: name it with --unit")
	}
	password, made, err := c.password()
	if err != nil {
		return err
	}
	o.Hold = hold(made)
	if _, err := db.AddOfficer(ctx, o, password); err != nil {
		if doithoai.KindOf(err) == doithoai.Conflict {
			return fmt.Errorf("there is an account %q already", o.Login)
		}
		return err
	}
	return c.printPassword(o.Login, password, made)
}

// unitID finds a unit by its code, "" where none is named.
func unitID(ctx context.Context, db *store.DB, a doithoai.Authority, code string) (doithoai.ID, error) {
	if code == "" {
		return "", nil
	}
	units, err := db.Units(ctx, a.ID)
	if err != nil {
		return "", err
	}
	var codes []string
	for _, u := range units {
		if u.Code == code {
			return u.ID, nil
		}
		codes = append(codes, u.Code)
	}
	return "", fmt.Errorf("no unit %q; there are %s", code, strings.Join(codes, ", "))
}

// password reads one line; an empty one makes a password of 24 letters and digits. A pipe of Windows may begin with a
// byte-order mark or be UTF-16; what is not Unicode is refused, since no browser would send the same.
func (c console) password() (password string, made bool, err error) {
	line, err := bufio.NewReader(io.LimitReader(c.in, 1<<12)).ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", false, fmt.Errorf("read the password: %w", err)
	}
	if len(line)%2 == 1 && slices.Contains(line, 0) { // UTF-16 whose line feed was cut in half
		line = append(line, 0)
	}
	if line = text.FromFile(line); !utf8.Valid(line) {
		return "", false, errors.New("the password is not UTF-8: in PowerShell, set $OutputEncoding = [Text.Encoding]::UTF8")
	}
	if password = text.Password(string(line)); password != "" {
		return password, false, nil
	}
	return strings.ToLower(rand.Text()[:24]), true, nil
}

// hold is what a password asks for at the first sign-in: one that was made is known to whoever saw it printed.
func hold(made bool) doithoai.Hold {
	if made {
		return doithoai.HoldPassword
	}
	return doithoai.HoldNone
}

func (c console) printPassword(login, password string, made bool) error {
	if !made {
		return c.printf("%s: done\n", login)
	}
	return c.printf("%s: done. Password, shown this once: %s\n", login, password)
}

// userList lists accounts.
type userList struct {
	place
	Authority string `placeholder:"SLUG" help:"Of this authority only."`
}

func (cmd userList) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	var id doithoai.ID
	if cmd.Authority != "" {
		a, err := authority(ctx, db, cmd.Authority)
		if err != nil {
			return err
		}
		id = a.ID
	}
	officers, err := db.Officers(ctx, id)
	if err != nil {
		return err
	}
	for _, o := range officers {
		roles := make([]string, len(o.Roles))
		for i, r := range o.Roles {
			roles[i] = string(r)
		}
		state := "active"
		if !o.Active {
			state = "deactivated"
		}
		if err := c.printf("%s\t%s\t%s\t%s\t%s\n", o.Login, state, strings.Join(roles, ","), o.Name, o.Post); err != nil {
			return err
		}
	}
	return nil
}

// userPassword gives an account another password.
type userPassword struct {
	place
	Login string `arg:"" help:"The account."`
}

func (cmd userPassword) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	password, made, err := c.password()
	if err != nil {
		return err
	}
	if err := noSuch(cmd.Login, db.SetPassword(ctx, cmd.Login, password, hold(made))); err != nil {
		return err
	}
	return c.printPassword(cmd.Login, password, made)
}

// userActive stops an account or lets it go on.
type userActive struct {
	place
	Login  string `arg:"" help:"The account."`
	Active bool   `hidden:"" default:"${active}"`
}

func (cmd userActive) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	if err := noSuch(cmd.Login, db.SetActive(ctx, cmd.Login, cmd.Active)); err != nil {
		return err
	}
	return c.printf("%s: done\n", cmd.Login)
}

// noSuch words that an account is not there.
func noSuch(login string, err error) error {
	if doithoai.KindOf(err) == doithoai.NotFound {
		return fmt.Errorf("there is no account %q", login)
	}
	return err
}

// userSecondStep ends the second step of an account.
type userSecondStep struct {
	place
	Login string `arg:"" help:"The account."`
}

func (cmd userSecondStep) Run(ctx context.Context, c console) error {
	db, err := cmd.existing(ctx, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is queued
	if err := noSuch(cmd.Login, db.DropSecondStep(ctx, cmd.Login)); err != nil {
		return err
	}
	return c.printf("%s: done\n", cmd.Login)
}
