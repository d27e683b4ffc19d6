package store

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// defaults are the dated rules that a new authority starts with, each with its source.
//
//go:embed defaults/*.json
var defaults embed.FS

// Setup is what an authority starts with.
type Setup struct {
	Authority doithoai.Authority
	Units     []doithoai.Unit
	Villages  []doithoai.Village
	Hosts     []string // under which its sites are reached, in their normal form
	// First is the first account with its password; without a login there is none yet.
	First    doithoai.Officer
	Password string
}

// SetUp creates an authority with its units, villages, the default rules and the first account, all from the
// authority's first day; without one, from today. Ids that are empty are made. It is run by the operator, who has no
// account. Problems of the account are those of AddOfficer.
func (db *DB) SetUp(ctx context.Context, s Setup) (doithoai.Authority, error) {
	a := spelledOut(s.Authority)
	a.Version, a.Level = 1, cmp.Or(a.Level, doithoai.LevelCommune)
	if a.ID == "" {
		a.ID = newID()
	}
	var hash string
	if s.First.Login != "" {
		if err := doithoai.RefuseForm(AccountProblems(s.First, s.Password)); err != nil {
			return a, err
		}
		var err error
		if hash, err = hashPassword(s.Password); err != nil {
			return a, err
		}
	}
	err := db.act(ctx, func(tx *Tx) error {
		if a.From.IsZero() {
			a.From = tx.Now.Date()
		}
		if err := tx.exec(ctx, `INSERT INTO authority (id, slug, demo, offline, calendar_version, version, level)
			VALUES ($1, $2, $3, $4, '', $5, $6)`, a.ID, a.Slug, a.Demo, a.Offline, a.Version, a.Level); err != nil {
			return err
		}
		if err := tx.insertName(ctx, a); err != nil {
			return err
		}
		taken, err := tx.takenHosts(ctx, a.ID, s.Hosts)
		if err == nil {
			err = doithoai.RefuseForm(doithoai.HostProblems(s.Hosts, nil, taken, ""))
		}
		if err == nil {
			err = tx.addHosts(ctx, a.ID, s.Hosts)
		}
		if err != nil {
			return err
		}
		for i, u := range s.Units {
			u.From = a.From
			if _, err := tx.insertUnit(ctx, a.ID, i, u); err != nil {
				return err
			}
		}
		for i, v := range s.Villages {
			v.From = a.From
			if _, err := tx.insertVillage(ctx, a.ID, i, v); err != nil {
				return err
			}
		}
		if err := tx.loadDefaults(ctx, a.ID); err != nil || s.First.Login == "" {
			return err
		}
		first := s.First
		first.ID, first.AuthorityID, first.Active = newID(), a.ID, true
		if err := tx.officeOf(ctx, &first); err != nil {
			return err
		}
		return tx.addOfficer(ctx, first, hash)
	})
	return a, err
}

// officeOf gives an officer who works for the office its unit.
func (tx *Tx) officeOf(ctx context.Context, o *doithoai.Officer) (err error) {
	if slices.Contains(o.Roles, doithoai.RoleOffice) {
		o.UnitID, err = one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM unit
			WHERE authority_id = $1 AND office = $2`, o.AuthorityID, true)
	}
	return err
}

// UnitPresets are the organisations that a new authority chooses its units from, the newest first.
func UnitPresets() ([]doithoai.UnitPreset, error) {
	var all []doithoai.UnitPreset
	for _, name := range []string{"units-2025.json", "units-2024.json"} {
		p, err := readDefault(name, doithoai.ParseUnitPreset)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

func readDefault[T any](name string, parse func([]byte) (T, error)) (T, error) {
	b, err := defaults.ReadFile("defaults/" + name)
	if err != nil {
		var none T
		return none, fmt.Errorf("default rules: %w", err)
	}
	v, err := parse(b)
	if err != nil {
		return v, fmt.Errorf("default rules %s: %w", name, err)
	}
	return v, nil
}

// Holidays are the days off as the law names them, from which those of a year are proposed.
func Holidays() (calendar.Holidays, error) {
	return readDefault("holidays.json", calendar.ParseHolidays)
}

// DefaultCalendar is the calendar that a new authority starts with.
func DefaultCalendar() (calendar.Calendar, error) {
	return readDefault("calendar.json", calendar.ParseCalendar)
}

// addSynonyms gives an authority the words that stand for each other in a search.
func (tx *Tx) addSynonyms(ctx context.Context, authority doithoai.ID) error {
	all, err := readDefault("synonyms.json", doithoai.ParseSynonyms)
	if err != nil {
		return err
	}
	rows := newRows(5)
	for i, s := range all {
		rows.add(authority, i, s.Word, s.Same, 1)
	}
	return rows.insert(ctx, tx, listTables[doithoai.ListSynonyms].into)
}

func (tx *Tx) loadDefaults(ctx context.Context, authority doithoai.ID) error {
	parameters, err := readDefault("parameters.json", doithoai.ParseParameters)
	if err != nil {
		return err
	}
	calendar, err := DefaultCalendar()
	if err != nil {
		return err
	}
	bases, err := readDefault("legal_bases.json", doithoai.ParseLegalBases)
	if err != nil {
		return err
	}
	fields, err := readDefault("fields.json", doithoai.ParseFields)
	if err != nil {
		return err
	}
	procedures, err := readDefault("procedures.json", doithoai.ParseProcedures)
	if err != nil {
		return err
	}
	if err := tx.addSynonyms(ctx, authority); err != nil {
		return err
	}
	if err := tx.addSurveyForms(ctx, authority); err != nil {
		return err
	}
	parameterRows, baseRows, fieldRows, procedureRows := newRows(12), newRows(4), newRows(5), newRows(8)
	for i, p := range parameters {
		parameterRows.add(authority, i, p.Key, p.Group, p.Label, p.Value, p.Unit, p.From, p.To, p.Basis, p.BasisKey,
			p.Certainty)
	}
	for _, b := range bases {
		body, err := json.Marshal(b)
		if err != nil {
			return fmt.Errorf("legal basis %s: %w", b.Key, err)
		}
		baseRows.add(authority, b.Key, string(body), 1)
	}
	for i, f := range fields {
		fieldRows.add(authority, f.Code, f.Name, f.Conduct, i)
	}
	if _, err := tx.count(ctx, authority, parameterCounter, len(parameters)); err != nil {
		return err
	}
	for i, p := range procedures {
		procedureRows.add(authority, i, p.Code, p.Name, p.FieldCode, "", p.Source, p.Certainty)
	}
	return errors.Join(
		tx.exec(ctx, `UPDATE authority SET calendar_version = $1 WHERE id = $2`, calendar.Version(), authority),
		tx.keepCalendar(ctx, authority, "", calendar, ""),
		parameterRows.insert(ctx, tx, `parameter (authority_id, `+parameterColumns+`)`),
		baseRows.insert(ctx, tx, `legal_basis (authority_id, key, body, version)`),
		fieldRows.insert(ctx, tx, `field (authority_id, code, name, conduct, ordinal)`),
		procedureRows.insert(ctx, tx,
			`procedure (authority_id, ordinal, code, name, field_code, unit_code, source, certainty)`),
	)
}
