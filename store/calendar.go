package store

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"doithoai"
	"doithoai/calendar"
)

// readCalendars are calendars that were read, by their text: to understand one takes a tenth of the time of a page. A
// calendar that was read is never changed, so that all may have the same.
type readCalendars struct {
	mu   sync.Mutex
	read map[string]calendar.Calendar
}

// maxCalendars bounds how many are kept: an authority has one in force, and open terms know a few older ones.
const maxCalendars = 64

func (c *readCalendars) scan(r row) (calendar.Calendar, error) {
	var body []byte
	if err := r.Scan(&body); err != nil {
		return calendar.Calendar{}, err
	}
	c.mu.Lock()
	known, ok := c.read[string(body)]
	c.mu.Unlock()
	if ok {
		return known, nil
	}
	read, err := calendar.ParseCalendar(body)
	if err != nil {
		return calendar.Calendar{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.read == nil || len(c.read) >= maxCalendars {
		c.read = map[string]calendar.Calendar{}
	}
	c.read[string(body)] = read
	return read, nil
}

// currentCalendar loads the calendar in force.
func currentCalendar(ctx context.Context, q querier, authority doithoai.ID) (calendar.Calendar, error) {
	return one(ctx, q, q.calendars().scan, `SELECT c.body
		FROM calendar c
		JOIN authority a ON a.id = c.authority_id AND a.calendar_version = c.version
		WHERE a.id = $1`, authority)
}

// calendarOf loads one version of an authority's calendar.
func calendarOf(ctx context.Context, q querier, authority doithoai.ID, version string) (calendar.Calendar, error) {
	return one(ctx, q, q.calendars().scan, `SELECT body
		FROM calendar
		WHERE authority_id = $1 AND version = $2`, authority, version)
}

// Calendar returns a version of an authority's calendar as it stood, NotFound where there is none of that name.
func (db *DB) Calendar(ctx context.Context, authority doithoai.ID, version string) (calendar.Calendar, error) {
	return calendarOf(ctx, db.reader(), authority, version)
}

// CalendarVersion describes a version of the calendar.
type CalendarVersion struct {
	Version string
	Note    string
	MadeAt  calendar.Instant
	MadeBy  string // name of the officer, "" where it came with the set-up
}

// CalendarVersions lists the versions of an authority's calendar, newest first; the first is in force.
func (db *DB) CalendarVersions(ctx context.Context, authority doithoai.ID) ([]CalendarVersion, error) {
	return list(ctx, db.reader(), func(r row) (v CalendarVersion, err error) {
		err = r.Scan(&v.Version, &v.Note, &v.MadeAt, &v.MadeBy)
		return v, err
	}, `SELECT c.version, c.note, c.made_at, coalesce(o.name, '') FROM calendar c LEFT JOIN officer o ON o.id = c.made_by
		WHERE c.authority_id = $1 ORDER BY c.made_at DESC, c.version DESC`, authority)
}

// keepCalendar writes a version, for good.
func (tx *Tx) keepCalendar(ctx context.Context, authority, by doithoai.ID, c calendar.Calendar, note string) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("calendar %s: %w", c.Version(), err)
	}
	return tx.exec(ctx, `INSERT INTO calendar (authority_id, version, body, note, made_at, made_by)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		authority, c.Version(), string(body), note, tx.Now, by)
}

// ChangeCalendar makes the next version of the calendar from all of its days and office hours. version is the one that
// the actor saw. Due dates that stand stay as they are: [DB.DueProposals] lists those which the new version would move.
func (db *DB) ChangeCalendar(
	ctx context.Context, actor doithoai.Actor, version string, to doithoai.CalendarChange,
) (next calendar.Calendar, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActChangeCalendar); err != nil {
			return err
		}
		old, err := calendarOf(ctx, tx, actor.AuthorityID, version)
		if doithoai.KindOf(err) == doithoai.NotFound {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err != nil {
			return err
		}
		name, err := tx.nextCalendar(ctx, actor.AuthorityID)
		if err != nil {
			return err
		}
		if next, err = to.Apply(old, name, tx.Now.Date()); err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE authority SET calendar_version = $1
			WHERE id = $2 AND calendar_version = $3`, name, actor.AuthorityID, version); err != nil {
			return err
		}
		if err := tx.keepCalendar(ctx, actor.AuthorityID, actor.ID, next, to.Note); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActChangeCalendar, "calendar", version, name)
	})
	if err != nil {
		return calendar.Calendar{}, err
	}
	return next, nil
}

// nextCalendar names the next version by its day: "2026-11-22", "2026-11-22.2".
func (tx *Tx) nextCalendar(ctx context.Context, authority doithoai.ID) (string, error) {
	day := tx.Now.Date().String()
	n, err := one(ctx, tx, column[int], `SELECT count(*)
		FROM calendar
		WHERE authority_id = $1 AND (version = $2 OR version LIKE $3)`, authority, day, day+".%")
	if err != nil || n == 0 {
		return day, err
	}
	return fmt.Sprintf("%s.%d", day, n+1), nil
}
