package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// erasable are what belongs to an opinion, to its petition, to an event on it or to its slip and holds words of people
// or about them: the columns that are emptied when all is erased. What is deleted whole names none.
var erasable = []struct {
	table, key string // key says to what it belongs
	columns    string
}{
	{"petitioner", "slip_id", "name, organisation, address, phone, email, post_address, ways"},
	{"event_text", "leaf", ""},
	{"leaf_salt", "leaf", ""},
	{"ruling_text", "opinion_id", "body, answered_by, basis"},
	{"answer", "petition_id", "body, basis"},
	{"answer_replaced", "petition_id", "body, basis"},
	{"answer_correction", "petition_id", "body, basis, reason"},
	{"answer_round", "petition_id", "body, basis"},
	{"reopening", "opinion_id", "said, basis, words"},
	{"supplement", "opinion_id", "asked, why, said"},
	{"own_request", "opinion_id", "said, words"},
	{"petitioner_change", "slip_id", ""},
	{"petition_note", "opinion_id", "body, with_whom"},
	{"dispute", "opinion_id", "reason"},
	{"refusal_proposal", "opinion_id", "basis, words"},
	{"extension_proposal", "opinion_id", "reason"},
	{"question", "opinion_id", "body, basis"},
	{"released", "opinion_id", "question"},
	{"onward_letter", "opinion_id", "asked, gist, reason, reply_by"},
	{"body_urging", "opinion_id", "urged_by, said"},
	{"record_transfer", "opinion_id", "agreed"},
	{"urging", "opinion_id", "taken_by, words"},
	{"urging_reply", "opinion_id", "cause, told_by"},
}

// contactTables are those of what is known of the person themself: they end first.
var contactTables = []string{"petitioner", "petitioner_change"}

// keptWhole are what belongs to an opinion, its petition or its slip and stays, though it holds words: why.
var keptWhole = map[string]string{
	"directive_matter":        "which opinions a directive was about: no words",
	"publication":             "public, without names",
	"publication_correction":  "public, without names",
	"guide":                   "public, without names",
	"explanation":             "an officer's word on their own conduct, not the person's",
	"opinion":                 "emptied by the act itself",
	"slip":                    "holds codes and hashes only",
	"delivery":                "holds codes only",
	"document":                "holds numbers and days only",
	"document_relay":          "holds counts and days only",
	"document_recipient":      "bodies, and how a document went to them",
	"document_recipient_step": "bodies, and who of the office did what",
	"notice":                  "holds codes, ids and days only",
	"petition":                "holds codes only",
	"event":                   "holds codes, ids and dates only",
	"rating":                  "holds codes only",
	"promise":                 "what the commune promised, without names",
	"answer_promise":          "what the commune promised, without names",
	"initiative_decision":     "public, without names",
	"opinion_group":           "holds ids only",
	"co_unit":                 "holds ids only",
	"concerned":               "holds ids of officers only",
	"handed_in":               "holds ids and hours only",
	"screen":                  "of a dialogue that is going on",
	"slip_paper":              "holds numbers only",
	"paper_slip":              "the account of paper slips, without people",
	"compiled_point":          "holds a hash only; the list is a paper of the dialogue",
	"hand_line":               "holds ids only; the sheet is a paper of the dialogue",
	"attendance":              "who was there: a paper of the dialogue",
	"minutes_change":          "the minutes are a paper of the dialogue, locked and hashed",
}

// erasing is a slip of which something is to end.
type erasing struct {
	slip  doithoai.ID
	had   doithoai.Erasure
	ended calendar.Instant // when the last was done on it, views left out; zero: it has not ended
	first doithoai.ID      // its first opinion
}

// viewActs are the acts that only look at an opinion, or are about what is known of the person: they put off nothing.
var viewActs = []doithoai.Act{
	doithoai.ActViewPetitioner, doithoai.ActViewFiles, doithoai.ActOpenOriginal, doithoai.ActViewPaper,
	doithoai.ActErasePersonalData,
	doithoai.ActChangeWays, doithoai.ActRequestOwn, doithoai.ActCorrectPetitioner, doithoai.ActRefuseOwn,
}

// erasingColumns are those of an [erasing] of slip s. Each thing that keeps it open is asked for with a limit: the
// engines then look at the slip's own rows only.
var erasingColumns = `s.id, s.erased, CASE WHEN (SELECT o.id
			FROM opinion o
			WHERE o.slip_id = s.id AND o.stage NOT IN (` + quoted(doithoai.OverStages()) + `)
			LIMIT 1
		) IS NULL AND (SELECT o.id
			FROM opinion o
			JOIN answer_correction ac ON ac.petition_id = o.petition_id AND ac.` + openCorrections + `
			WHERE o.slip_id = s.id
			LIMIT 1
		) IS NULL AND (SELECT o.id
			FROM opinion o
			JOIN petition p ON p.id = o.petition_id AND p.asked
			WHERE o.slip_id = s.id
			LIMIT 1
		) IS NULL AND (SELECT d.id
			FROM delivery d
			WHERE d.slip_id = s.id AND d.kind <> 'received' AND d.state IN ('queued', 'failed')
			LIMIT 1
		) IS NULL THEN (SELECT max(e.at)
			FROM opinion o
			JOIN event e ON e.opinion_id = o.id AND e.act NOT IN (` + quoted(viewActs) + `)
			WHERE o.slip_id = s.id
		) END, (SELECT o.id FROM opinion o WHERE o.slip_id = s.id ORDER BY o.id LIMIT 1)`

// quoted are codes as the list of an SQL condition.
func quoted[T ~string](codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = `'` + string(c) + `'`
	}
	return strings.Join(words, ", ")
}

func scanErasing(r row) (e erasing, err error) {
	err = r.Scan(&e.slip, &e.had, &e.ended, &e.first)
	return e, err
}

// ErasePersonalData ends what is known of who raised an opinion because they ask, with who asked, when and how; of all
// opinions of the slip, once each has ended and the person was told. Conflict: not yet.
func (db *DB) ErasePersonalData(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID, much doithoai.Erasure, reason string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := tx.holdSlipOf(ctx, opinion); err != nil {
			return err
		}
		c, err := tx.openCase(ctx, actor, doithoai.ActErasePersonalData, opinion)
		if err != nil {
			return err
		}
		e, err := erasingOf(ctx, tx, c.Opinion.SlipID)
		if err != nil {
			return err
		}
		if !storable(reason) {
			return doithoai.Refuse(doithoai.Invalid, "error.invalid")
		}
		if err := doithoai.RefuseForm(much.EraseProblems(e.had, reason)); err != nil {
			return err
		}
		if e.ended.IsZero() {
			return doithoai.Refuse(doithoai.Conflict, "retention.problem.open")
		}
		return tx.erase(ctx, actor, e, much, reason)
	})
}

func erasingOf(ctx context.Context, q querier, slip doithoai.ID) (erasing, error) {
	return one(ctx, q, scanErasing, `SELECT `+erasingColumns+` FROM slip s WHERE s.id = $1`, slip)
}

// erase ends the data of a slip whose opinions the act holds. Each opinion says so by an event.
func (tx *Tx) erase(
	ctx context.Context, actor doithoai.Actor, e erasing, much doithoai.Erasure, reason string,
) error {
	opinions, err := opinionsOfSlip(ctx, tx, e.slip)
	if err != nil {
		return err
	}
	if err := tx.keepPerson(ctx, e.slip); err != nil {
		return err
	}
	for _, x := range erasable {
		if slices.Contains(contactTables, x.table) || much == doithoai.ErasureAll {
			if err := tx.eraseFrom(ctx, x.table, x.key, x.columns, e.slip); err != nil {
				return err
			}
		}
	}
	if much == doithoai.ErasureAll {
		if err := tx.eraseContent(ctx, actor, e.slip); err != nil {
			return err
		}
	}
	if err := tx.settleErased(ctx, actor, e.slip, much); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE slip SET erased = $1, erased_at = $2, intake_body = $3 WHERE id = $4`,
		string(much), tx.Now, []byte{}, e.slip); err != nil {
		return err
	}
	for i, o := range opinions {
		facts := doithoai.Facts{Erased: much}
		said := ""
		if i == 0 {
			said = reason
		}
		if err := tx.record(ctx, o, actor, doithoai.ActErasePersonalData, facts, said); err != nil {
			return err
		}
	}
	return nil
}

// keepPerson puts a sign in the place of who raised a slip before their name goes, on all that they raised in the
// dialogue: its sum, which the minutes state, counts as many people as before.
func (tx *Tx) keepPerson(ctx context.Context, slip doithoai.ID) error {
	return tx.exec(ctx, `UPDATE petitioner
		SET person = $1
		WHERE person IS NULL AND slip_id IN (SELECT q.slip_id
			FROM petitioner p
			JOIN opinion s ON s.slip_id = p.slip_id
			JOIN opinion o ON o.dialogue_id = s.dialogue_id
			JOIN petitioner q ON q.slip_id = o.slip_id
			WHERE p.slip_id = $2 AND p.person IS NULL AND (p.name <> '' OR p.organisation <> '')
				AND `+personKey("q")+` = `+personKey("p")+`)`, newID(), slip)
}

// eraseFrom empties columns of a table, or deletes its rows where it names none, of what belongs to the opinions of a
// slip.
func (tx *Tx) eraseFrom(ctx context.Context, table, key, columns string, slip doithoai.ID) error {
	whose := map[string]string{
		"slip_id":     `$1`,
		"opinion_id":  `SELECT id FROM opinion WHERE slip_id = $1`,
		"petition_id": `SELECT petition_id FROM opinion WHERE slip_id = $1 AND petition_id IS NOT NULL`,
		"leaf":        `SELECT e.leaf FROM event e JOIN opinion o ON o.id = e.opinion_id WHERE o.slip_id = $1`,
	}[key]
	where := ` WHERE ` + key + ` IN (` + whose + `)`
	if columns == "" {
		return tx.exec(ctx, `DELETE FROM `+table+where, slip)
	}
	return tx.exec(ctx, `UPDATE `+table+`
		SET `+strings.ReplaceAll(columns, ",", ` = '',`)+` = ''`+where, slip)
}

// eraseContent empties what was said, what only the office reads of it, and the files. Where the opinion is public, its
// public title stands in their place.
func (tx *Tx) eraseContent(ctx context.Context, actor doithoai.Actor, slip doithoai.ID) error {
	for _, statement := range []string{
		`UPDATE opinion
			SET content = '', summary = '', place_elsewhere = '', headline = coalesce((SELECT p.title
				FROM publication p
				WHERE p.opinion_id = opinion.id AND p.state = 'published'), ''), version = version + 1
			WHERE slip_id = $1`,
		`UPDATE turn SET name = '' WHERE id IN (SELECT turn_id FROM opinion WHERE slip_id = $1 AND turn_id IS NOT NULL)`,
		`DELETE FROM draft
			WHERE subject IN (SELECT CAST(id AS text) FROM opinion WHERE slip_id = $1)`,
	} {
		if err := tx.exec(ctx, statement, slip); err != nil {
			return err
		}
	}
	if err := tx.exec(ctx, `UPDATE attachment
		SET name = '', removed_at = $1, removed_by = $2, reason = '', version = version + 1
		WHERE owner = $3 AND owner_id = $4 AND removed_at IS NULL`,
		tx.Now, actor.ID, string(doithoai.FilesOfSlip), slip); err != nil {
		return err
	}
	// What shows that a promise was kept may show the person.
	if err := tx.exec(ctx, `UPDATE attachment
		SET name = '', removed_at = $1, removed_by = $2, reason = '', alt = '', public_at = NULL, public_by = NULL,
			version = version + 1
		WHERE owner = $3 AND removed_at IS NULL AND owner_id IN (SELECT p.id
			FROM opinion o
			JOIN promise p ON p.opinion_id = o.id
			WHERE o.slip_id = $4)`,
		tx.Now, actor.ID, string(doithoai.FilesOfPromise), slip); err != nil {
		return err
	}
	if err := tx.eraseSigned(ctx, actor, slip); err != nil {
		return err
	}
	return tx.erasePapers(ctx, actor, slip)
}

// EraseDaily ends personal data whose term is over: daily work. An authority without the terms keeps all; the error
// names it, and the others' is done all the same.
func (db *DB) EraseDaily(ctx context.Context) (bool, error) {
	return db.daily(ctx, "erase", func(ctx context.Context) error { return db.eraseDue(ctx, eraseAtOnce) })
}

// eraseAtOnce is how many slips one day erases at most: what is left over waits for the next.
const eraseAtOnce = 2000

// eraseDue erases what is due, of each authority no more than so many slips.
func (db *DB) eraseDue(ctx context.Context, most int) error {
	authorities, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM authority`)
	if err != nil {
		return err
	}
	var left error
	for _, id := range authorities {
		ps, err := parametersOf(ctx, db.reader(), id, doithoai.ParameterRetainContacts, doithoai.ParameterRetainFile)
		if err != nil {
			return err
		}
		terms, err := ps.RetentionAt(db.Now().Date())
		if err != nil {
			left = errors.Join(left, fmt.Errorf("retention of authority %s: %w", id, err))
			continue
		}
		left = errors.Join(left, db.eraseOf(ctx, id, terms, most))
	}
	return left
}

// eraseOf erases what is due of an authority, no more than so many slips: first what nothing was erased of, then the
// files.
func (db *DB) eraseOf(ctx context.Context, authority doithoai.ID, terms doithoai.Retention, most int) error {
	system := doithoai.Actor{AuthorityID: authority, Roles: []doithoai.Role{doithoai.RoleSystem}}
	var failed error
	done := 0
	for _, had := range []doithoai.Erasure{"", doithoai.ErasureContacts} {
		term := terms.Contacts
		if had != "" {
			term = terms.File
		}
		var last candidate
		for done < most {
			page, err := db.erasable(ctx, authority, had, db.Now().Add(-time.Duration(term.N)*24*time.Hour), last)
			if err != nil {
				return errors.Join(failed, err)
			}
			for _, c := range page {
				last = c
				if terms.Due(c.ended.Date(), db.Now().Date(), c.had) == "" {
					continue
				}
				err := db.eraseSlip(ctx, system, c.erasing, terms)
				if err != nil && doithoai.KindOf(err) != doithoai.Conflict {
					failed = errors.Join(failed, fmt.Errorf("erase slip %s: %w", c.slip, err))
				}
				done++
			}
			if len(page) < erasePage {
				break
			}
		}
	}
	return failed
}

// erasePage is how many slips are looked at in one query.
const erasePage = 100

// candidate is a slip that came early enough, with its place in the walk.
type candidate struct {
	erasing
	received calendar.Instant
}

// erasable are slips of an authority that came before an instant and of which so much is erased, after one of them, the
// oldest first.
func (db *DB) erasable(
	ctx context.Context, authority doithoai.ID, had doithoai.Erasure, before calendar.Instant, after candidate,
) ([]candidate, error) {
	args := []any{authority, string(had), before, erasePage}
	beyond := ``
	if after.slip != "" {
		args = append(args, after.received, after.slip)
		beyond = ` AND (s.received_at, s.id) > ($5, $6)`
	}
	return list(ctx, db.reader(), func(r row) (c candidate, err error) {
		c.erasing, err = scanErasing(also{r, []any{&c.received}})
		return c, err
	}, `SELECT `+erasingColumns+`, s.received_at
		FROM slip s
		WHERE s.authority_id = $1 AND s.erased = $2 AND s.received_at < $3`+beyond+`
		ORDER BY s.received_at, s.id LIMIT $4`, args...)
}

// eraseSlip erases what is due of a slip, asked once more within the act.
func (db *DB) eraseSlip(
	ctx context.Context, system doithoai.Actor, of erasing, terms doithoai.Retention,
) error {
	return db.act(ctx, func(tx *Tx) error {
		if of.first == "" {
			return tx.exec(ctx, `UPDATE slip SET erased = $1 WHERE id = $2`, string(doithoai.ErasureAll), of.slip)
		}
		if err := tx.holdSlipOf(ctx, of.first); err != nil {
			return err
		}
		e, err := erasingOf(ctx, tx, of.slip)
		if err != nil {
			return err
		}
		much := terms.Due(e.ended.Date(), tx.Now.Date(), e.had)
		if much == "" || e.ended.IsZero() {
			return doithoai.Refuse(doithoai.Conflict, "retention.problem.open")
		}
		return tx.erase(ctx, system, e, much, "")
	})
}
