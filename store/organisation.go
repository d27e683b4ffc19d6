package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

const authorityColumns = `a.id, a.slug, a.demo, a.offline, a.version, n.valid_from, n.name, n.full_name,
	n.superior, n.place, n.prefix, n.phone, n.address, n.hours, n.reception, n.basis,
	a.level, coalesce((SELECT h.host FROM host_name h WHERE h.authority_id = a.id AND h.ordinal = 0), '')`

// authorityOn finds what authorities are called on the day $1; before the first name, that one.
const authorityOn = `SELECT ` + authorityColumns + `
	FROM authority a
	JOIN authority_name n ON n.authority_id = a.id AND n.valid_from = coalesce(
		(SELECT max(valid_from) FROM authority_name m WHERE m.authority_id = a.id AND m.valid_from <= $1),
		(SELECT min(valid_from) FROM authority_name m WHERE m.authority_id = a.id))`

func scanAuthority(r row) (a doithoai.Authority, err error) {
	err = r.Scan(&a.ID, &a.Slug, &a.Demo, &a.Offline, &a.Version, &a.From, &a.Name, &a.FullName, &a.Superior, &a.Place,
		&a.Prefix, &a.Phone, &a.Address, &a.Hours, &a.Reception, &a.Basis, &a.Level, &a.Host)
	return a, err
}

// authorityByID is the authority as it is called today.
func (tx *Tx) authorityByID(ctx context.Context, id doithoai.ID) (doithoai.Authority, error) {
	if a, ok := tx.authorities[id]; ok {
		return a, nil
	}
	a, err := one(ctx, tx, scanAuthority, authorityOn+` WHERE a.id = $2`, tx.Now.Date(), id)
	if err == nil {
		if tx.authorities == nil {
			tx.authorities = map[doithoai.ID]doithoai.Authority{}
		}
		tx.authorities[id] = a
	}
	return a, err
}

// slugOfAuthority names the authority in leaves of the public record. It never changes, so that it is read once.
func (tx *Tx) slugOfAuthority(ctx context.Context, id doithoai.ID) (string, error) {
	if slug, ok := tx.db.slugs.Load(id); ok {
		return slug.(string), nil
	}
	slug, err := one(ctx, tx, column[string], `SELECT slug FROM authority WHERE id = $1`, id)
	if err == nil {
		tx.db.slugs.Store(id, slug)
	}
	return slug, err
}

// Authorities lists the authorities of the installation as they are called today; the first is the one of an unknown
// host.
func (db *DB) Authorities(ctx context.Context) ([]doithoai.Authority, error) {
	return list(ctx, db.reader(), scanAuthority, authorityOn+` ORDER BY a.id`, db.Now().Date())
}

const unitColumns = `id, code, name, short, office, contact, phone, valid_from, valid_to, successor_id, version`

func scanUnit(r row) (u doithoai.Unit, err error) {
	err = r.Scan(&u.ID, &u.Code, &u.Name, &u.Short, &u.Office, &u.Contact, &u.Phone, &u.From, &u.To, &u.SuccessorID,
		&u.Version)
	return u, err
}

func scanVillage(r row) (v doithoai.Village, err error) {
	err = r.Scan(&v.ID, &v.Name, &v.From, &v.To, &v.SuccessorID)
	return v, err
}

// Organisation returns an authority with its names, units and villages of all times.
func (db *DB) Organisation(ctx context.Context, authority doithoai.ID) (doithoai.Organisation, error) {
	return loadOrganisation(ctx, db.reader(), authority)
}

func loadOrganisation(ctx context.Context, q querier, authority doithoai.ID) (o doithoai.Organisation, err error) {
	if o.Names, err = list(ctx, q, scanAuthority, `SELECT `+authorityColumns+`
		FROM authority a
		JOIN authority_name n ON n.authority_id = a.id
		WHERE a.id = $1
		ORDER BY n.valid_from`, authority); err != nil {
		return o, err
	}
	if len(o.Names) == 0 {
		return o, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if o.Units, err = list(ctx, q, scanUnit, `SELECT `+unitColumns+`
		FROM unit
		WHERE authority_id = $1
		ORDER BY ordinal, id`, authority); err != nil {
		return o, err
	}
	o.Villages, err = list(ctx, q, scanVillage, `SELECT id, name, valid_from, valid_to, successor_id
		FROM village
		WHERE authority_id = $1
		ORDER BY ordinal, id`, authority)
	return o, err
}

// Units lists the units that an authority has today, in their order.
func (db *DB) Units(ctx context.Context, authority doithoai.ID) ([]doithoai.Unit, error) {
	o, err := db.Organisation(ctx, authority)
	return o.UnitsOn(db.Now().Date()), err
}

// Villages lists the villages that an authority has today, in their order.
func (db *DB) Villages(ctx context.Context, authority doithoai.ID) ([]doithoai.Village, error) {
	o, err := db.Organisation(ctx, authority)
	return o.VillagesOn(db.Now().Date()), err
}

// maxBodies bounds the outside bodies that forms offer.
const maxBodies = 500

// OutsideBodies lists the bodies outside the authority to which it sends people, in its order.
func (db *DB) OutsideBodies(ctx context.Context, authority doithoai.ID) ([]doithoai.OutsideBody, error) {
	return list(ctx, db.reader(), func(r row) (b doithoai.OutsideBody, err error) {
		err = r.Scan(&b.Name, &b.Handles, &b.Address, &b.Phone, &b.Hours)
		return b, err
	}, `SELECT name, handles, address, phone, hours
		FROM outside_body
		WHERE authority_id = $1
		ORDER BY ordinal, id LIMIT $2`, authority, maxBodies)
}

func (tx *Tx) insertName(ctx context.Context, a doithoai.Authority) error {
	return tx.exec(ctx, `INSERT INTO authority_name (authority_id, valid_from, name, full_name, superior, place, prefix,
			phone, address, hours, reception, basis)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		a.ID, a.From, a.Name, a.FullName, a.Superior, a.Place, a.Prefix, a.Phone, a.Address, a.Hours, a.Reception, a.Basis)
}

func (tx *Tx) insertUnit(
	ctx context.Context, authority doithoai.ID, ordinal int, u doithoai.Unit,
) (doithoai.ID, error) {
	id := newID()
	return id, tx.exec(ctx, `INSERT INTO unit (id, authority_id, code, name, short, office, contact, phone, ordinal,
			valid_from, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
		id, authority, u.Code, u.Name, u.Short, u.Office, u.Contact, u.Phone, ordinal, u.From)
}

func (tx *Tx) insertVillage(
	ctx context.Context, authority doithoai.ID, ordinal int, v doithoai.Village,
) (doithoai.ID, error) {
	id := newID()
	return id, tx.exec(ctx, `INSERT INTO village (id, authority_id, name, ordinal, valid_from)
		VALUES ($1, $2, $3, $4, $5)`, id, authority, v.Name, ordinal, v.From)
}

// organisationCase is an authority under a change of its organisation: the actor may do the act, and changes of one
// authority wait for each other, since the rule looks at all of its units and villages.
type organisationCase struct {
	tx    *Tx
	actor doithoai.Actor
	act   doithoai.Act
	doithoai.Organisation
}

func (tx *Tx) openOrganisation(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act,
) (*organisationCase, error) {
	if err := may(actor, act); err != nil {
		return nil, err
	}
	if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
		return nil, err
	}
	o, err := loadOrganisation(ctx, tx, actor.AuthorityID)
	return &organisationCase{tx, actor, act, o}, err
}

// save ends the act with its entry in the audit: what it was done to, and what stood and stands. Tasks of the plan
// follow units and villages.
func (c *organisationCase) save(ctx context.Context, subject, before, after string) error {
	if err := c.tx.spreadTasks(ctx, c.actor.AuthorityID); err != nil {
		return err
	}
	return c.tx.audit(ctx, c.actor, c.act, subject, before, after)
}

// RenameAuthority gives the authority another name, superior, place or prefix from a day on. What is dated before keeps
// the letterhead of its day.
func (db *DB) RenameAuthority(ctx context.Context, actor doithoai.Actor, next doithoai.Authority) error {
	next = spelledOut(next)
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActRenameAuthority)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(c.NameProblems(next)); err != nil {
			return err
		}
		last := c.Names[len(c.Names)-1]
		next.ID = last.ID
		if err := tx.insertName(ctx, next); err != nil {
			return err
		}
		return c.save(ctx, last.Slug, last.Name, next.Name+" ("+next.From.String()+")")
	})
}

// spelledOut is an authority with its name and that of its superior as papers have them, whatever was typed.
func spelledOut(a doithoai.Authority) doithoai.Authority {
	a.FullName, a.Superior = text.Committee(a.FullName), text.Committee(a.Superior)
	return a
}

// SetPortal says whether the portal can be reached from the Internet. What stands already is no change. version is the
// authority's.
func (db *DB) SetPortal(ctx context.Context, actor doithoai.Actor, version int, reach doithoai.PortalReach) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActSetPortal)
		if err != nil {
			return err
		}
		if reach != doithoai.PortalOnline && reach != doithoai.PortalOffline {
			return doithoai.RefuseForm([]doithoai.Problem{{Field: "internet", Key: "organisation.problem.portal"}})
		}
		a := c.Names[len(c.Names)-1]
		before := a.PortalReach()
		if err := sameVersion(a.Version, version); err != nil || before == reach {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE authority SET offline = $1, version = version + 1
			WHERE id = $2 AND version = $3`, reach == doithoai.PortalOffline, a.ID, version); err != nil {
			return err
		}
		return c.save(ctx, a.Slug, string(before), string(reach))
	})
}

// OpenUnit opens a unit from its first day on.
func (db *DB) OpenUnit(ctx context.Context, actor doithoai.Actor, u doithoai.Unit) (id doithoai.ID, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActOpenUnit)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(u.UnitProblems()); err != nil {
			return err
		}
		for _, other := range c.UnitsOn(u.From) {
			if text.SameName(other.Name, u.Name) {
				return doithoai.RefuseForm([]doithoai.Problem{{Field: "ten", Key: "organisation.problem.taken"}})
			}
		}
		if u.Code == "" {
			u.Code = fmt.Sprintf("unit-%d", len(c.Units)+1)
		}
		if id, err = tx.insertUnit(ctx, actor.AuthorityID, len(c.Units), u); err != nil {
			return err
		}
		return c.save(ctx, u.Name, "", u.String())
	})
	return id, err
}

// ChangeContact says what lists call a unit, who answers questions about its petitions, and under which telephone
// number. version is the unit's.
func (db *DB) ChangeContact(
	ctx context.Context, actor doithoai.Actor, unit doithoai.ID, version int, short, contact, phone string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActChangeUnit)
		if err != nil {
			return err
		}
		u, ok := c.Unit(unit)
		if !ok {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		before := u.Short
		u.Short, u.Contact, u.Phone = short, contact, phone
		if err := doithoai.RefuseForm(u.ContactProblems()); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE unit SET short = $1, contact = $2, phone = $3, version = version + 1
			WHERE id = $4 AND version = $5`, short, contact, phone, unit, version); err != nil {
			return err
		}
		return c.save(ctx, u.Name, before, short) // whom they name is a person: the entry does not say to whom it changed
	})
}

// CloseUnit ends a unit with a last day. On the day after, its open petitions and its officers go to the successor
// ([DB.TransferWork]); at once where that day has come.
func (db *DB) CloseUnit(
	ctx context.Context, actor doithoai.Actor, unit doithoai.ID, last calendar.Date, successor doithoai.ID,
) error {
	if err := db.closeUnit(ctx, actor, unit, last, successor); err != nil || !last.Before(db.Now().Date()) {
		return err
	}
	return db.TransferWork(ctx)
}

func (db *DB) closeUnit(
	ctx context.Context, actor doithoai.Actor, unit doithoai.ID, last calendar.Date, successor doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActCloseUnit)
		if err != nil {
			return err
		}
		u, err := c.Close(unit, last, successor)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE unit SET valid_to = $1, successor_id = $2, version = version + 1
			WHERE id = $3 AND valid_to IS NULL`, last, successor, unit); err != nil {
			return err
		}
		heir, _ := c.Unit(successor)
		return c.save(ctx, u.Name, "", heir.Name+" ("+last.AddDays(1).String()+")")
	})
}

// OpenVillages adds villages from a day on. Names that the authority has on that day already are refused, all or none.
func (db *DB) OpenVillages(ctx context.Context, actor doithoai.Actor, names []string, from calendar.Date) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActOpenVillages)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(c.VillageProblems(names, from, text.NameKey)); err != nil {
			return err
		}
		for i, name := range names {
			v := doithoai.Village{Name: name, From: from}
			if _, err := tx.insertVillage(ctx, actor.AuthorityID, len(c.Villages)+i, v); err != nil {
				return err
			}
		}
		return c.save(ctx, fmt.Sprint(len(names)), "", from.String())
	})
}

// CloseVillage ends a village with a last day; successor, which may be empty, is the village it went into.
func (db *DB) CloseVillage(
	ctx context.Context, actor doithoai.Actor, village doithoai.ID, last calendar.Date, successor doithoai.ID,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActCloseVillage)
		if err != nil {
			return err
		}
		v, err := c.CloseVillage(village, last, successor)
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE village SET valid_to = $1, successor_id = $2
			WHERE id = $3 AND valid_to IS NULL`, last, successor, village); err != nil {
			return err
		}
		return c.save(ctx, v.Name, "", last.String())
	})
}

// TransferWork gives what a unit that is over has left to the unit that succeeded it: its open petitions, each with an
// event that says so, the reference pages that it kept true, and its officers; and to who took a post over what was
// drafted for it and worked on in it. It is the system's; done twice it finds nothing the second time.
func (db *DB) TransferWork(ctx context.Context) error {
	today := db.Now().Date()
	over, err := list(ctx, db.reader(), func(r row) (u leftUnit, err error) {
		err = r.Scan(&u.authority, &u.id)
		return u, err
	}, `SELECT authority_id, id FROM unit WHERE valid_to < $1 AND successor_id IS NOT NULL`, today)
	if err != nil {
		return err
	}
	var failed error // what can't go over stops nothing else
	for _, u := range over {
		failed = errors.Join(failed, db.transferPetitions(ctx, u), db.transferGuides(ctx, u))
	}
	return errors.Join(failed, db.transferOfficers(ctx, today), db.passAllWork(ctx, today), db.spreadAllTasks(ctx))
}

// passAllWork gives the work of posts that changed hands to who took them over.
func (db *DB) passAllWork(ctx context.Context, today calendar.Date) error {
	authorities, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM authority`)
	if err != nil {
		return err
	}
	for _, id := range authorities {
		found, err := draftsToPass(ctx, db.reader(), id, today)
		if err != nil {
			return err
		}
		petitions, err := petitionsToPass(ctx, db.reader(), id, today)
		if err == nil && len(found)+len(petitions) > 0 {
			err = db.act(ctx, func(tx *Tx) error { return tx.passWork(ctx, id) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leftUnit is a unit that is over.
type leftUnit struct{ authority, id doithoai.ID }

// transferPetitions gives the open petitions of a unit that is over away, maxWork at once.
func (db *DB) transferPetitions(ctx context.Context, u leftUnit) error {
	var last doithoai.ID
	var failed error
	for {
		args := []any{u.authority, u.id, maxWork}
		beyond := ``
		if last != "" {
			args, beyond = append(args, last), ` AND o.id > $4`
		}
		parts := make([]string, len(openStages))
		for i, stage := range openStages {
			parts[i] = fmt.Sprintf(`SELECT * FROM (
				SELECT o.id
				FROM opinion o
				WHERE o.authority_id = $1 AND o.lead_unit_id = $2 AND o.stage = '%s'%s
				ORDER BY o.id LIMIT $3
			) AS w%d`, stage, beyond, i)
		}
		left, err := list(ctx, db.reader(), column[doithoai.ID], strings.Join(parts, ` UNION ALL `)+`
			ORDER BY id LIMIT $3`, args...)
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, last = range left {
			if err := db.transferPetition(ctx, u.authority, last); err != nil && doithoai.KindOf(err) != doithoai.Conflict {
				failed = errors.Join(failed, fmt.Errorf("petition of opinion %s: %w", last, err))
			}
		}
		if len(left) < maxWork {
			return failed
		}
	}
}

// transferOfficers gives the officers of units that are over the same posts in the units that succeeded them.
func (db *DB) transferOfficers(ctx context.Context, today calendar.Date) error {
	type moved struct {
		post      doithoai.Post
		last      calendar.Date
		successor doithoai.ID
	}
	over := func(q querier) ([]moved, error) {
		return list(ctx, q, func(r row) (m moved, err error) {
			err = r.Scan(&m.post.ID, &m.last, &m.successor)
			return m, err
		}, `SELECT p.id, u.valid_to, u.successor_id FROM post p JOIN unit u ON u.id = p.unit_id
			WHERE u.valid_to < $1 AND u.successor_id IS NOT NULL AND (p.to_day IS NULL OR p.to_day > u.valid_to)
			ORDER BY p.id`, today)
	}
	if found, err := over(db.reader()); err != nil || len(found) == 0 {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		found, err := over(tx)
		if err != nil {
			return err
		}
		for _, m := range found {
			p, err := one(ctx, tx, scanPost, `SELECT `+postColumns+` FROM post WHERE id = $1`, m.post.ID)
			if err != nil {
				return err
			}
			if err := tx.execOne(ctx, `UPDATE post SET to_day = $1, version = version + 1
				WHERE id = $2 AND version = $3`, m.last, p.ID, p.Version); err != nil {
				return err
			}
			p.UnitID, p.From, p.Predecessor = m.successor, m.last.AddDays(1), p.ID
			if err := tx.addPost(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// transferPetition gives one petition to the unit that has the work of its own today.
func (db *DB) transferPetition(ctx context.Context, authority, opinion doithoai.ID) error {
	system := doithoai.Actor{AuthorityID: authority, Roles: []doithoai.Role{doithoai.RoleSystem}}
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openStanding(ctx, system, doithoai.ActTransferPetition, opinion)
		if err != nil {
			return err
		}
		all, err := loadOrganisation(ctx, tx, authority)
		if err != nil {
			return err
		}
		heir, ok := all.Heir(c.Petition.LeadUnitID, tx.Now.Date())
		if !ok {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		next, facts, err := c.Petition.Transfer(heir)
		if err != nil {
			return err
		}
		*c.Petition = next
		return c.save(ctx, facts, "")
	})
}
