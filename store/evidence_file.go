package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// EvidenceAt names something done of which files are the evidence: by its id, or, of what was done in a village, by
// dialogue, village, matter, step and the dialogue's moves, with dots between.
type EvidenceAt struct {
	Owner doithoai.FileOwner
	Thing string
}

// TaskEvidence names a task.
func TaskEvidence(id doithoai.ID) EvidenceAt { return EvidenceAt{doithoai.FilesOfTask, string(id)} }

// DutyEvidence names a proof of a duty.
func DutyEvidence(id doithoai.ID) EvidenceAt { return EvidenceAt{doithoai.FilesOfDuty, string(id)} }

// LogisticsEvidence names an item of a checklist.
func LogisticsEvidence(id doithoai.ID) EvidenceAt {
	return EvidenceAt{doithoai.FilesOfLogistics, string(id)}
}

// SheetEvidence names a hand-record sheet: its scan.
func SheetEvidence(id doithoai.ID) EvidenceAt { return EvidenceAt{doithoai.FilesOfSheet, string(id)} }

// PromiseEvidence names a promise that was kept.
func PromiseEvidence(id doithoai.ID) EvidenceAt {
	return EvidenceAt{doithoai.FilesOfPromise, string(id)}
}

// RelayEvidence names what was done in a village with a matter. After the dialogue has moved, it is something else: a
// picture of the old paper shows nothing of the new one.
func RelayEvidence(r plan.Relay) EvidenceAt {
	return EvidenceAt{doithoai.FilesOfRelay, fmt.Sprintf("%s.%s.%s.%s.%d",
		r.DialogueID, r.VillageID, r.Matter, r.Step, r.Moves)}
}

// ID is that of the thing as its files have it. An entry of a village has none of its own: it is made of what names it.
func (at EvidenceAt) ID() doithoai.ID {
	if at.Owner == doithoai.FilesOfRelay {
		return doithoai.ID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(at.Thing)).String())
	}
	return doithoai.ID(at.Thing)
}

// relay reads what names an entry of a village.
func (at EvidenceAt) relay() (r plan.Relay, ok bool) {
	parts := strings.Split(at.Thing, ".")
	if len(parts) != 5 || !wellFormed(doithoai.ID(parts[0])) || !wellFormed(doithoai.ID(parts[1])) {
		return r, false
	}
	moves, err := strconv.Atoi(parts[4])
	r = plan.Relay{
		DialogueID: doithoai.ID(parts[0]), VillageID: doithoai.ID(parts[1]), Matter: plan.RelayMatter(parts[2]),
		Step: plan.RelayStep(parts[3]), Moves: moves,
	}
	return r, err == nil && RelayEvidence(r) == at
}

// addEvidence makes uploads the evidence of something that the act has just done and holds. No uploads are none.
func (tx *Tx) addEvidence(ctx context.Context, actor doithoai.Actor, at EvidenceAt, uploads []doithoai.ID) error {
	if len(uploads) == 0 {
		return nil
	}
	_, err := tx.attachFiles(ctx, actor, at.Owner, at.ID(), uploads)
	return err
}

// EvidenceOfThing is something done with the files that show it, as an officer sees it.
type EvidenceOfThing struct {
	At       EvidenceAt
	Title    string      // in words: of the task, the item; of a proof, what it says
	Dialogue doithoai.ID // empty where it is none's
	Duty     plan.DutyKey
	Village  doithoai.Village
	Matter   plan.RelayMatter
	Step     plan.RelayStep
	Files    []doithoai.Attachment
	Opened   bool // the officer's view is on record and still serves
	May      bool // the officer may add to them

	MayPublish bool // the officer may make them public, or take them back
	Public     bool // the public reads of the promise that they show
	adding     doithoai.Act
	subject    doithoai.Subject // of the act
	audited    string           // what the audit calls the thing; no personal data
}

// thing finds something done by its name, within the actor's authority. lock is that of the dialect, "" for none.
func thing(
	ctx context.Context, q querier, actor doithoai.Actor, at EvidenceAt, lock string, on calendar.Date,
) (e EvidenceOfThing, err error) {
	e.subject = doithoai.Subject{AuthorityID: actor.AuthorityID}
	switch at.Owner {
	case doithoai.FilesOfTask:
		t, err := taskByID(ctx, q, actor.AuthorityID, at.ID(), lock)
		if err != nil {
			return e, err
		}
		const most = 110
		e.Title, e.subject, e.adding = text.Brief(t.Text, most), t.Subject(), doithoai.ActReportTask
		if doithoai.Can(actor, e.adding, e.subject) != nil {
			e.adding = doithoai.ActRecordTask
		}
		e.audited = e.Title
	case doithoai.FilesOfDuty, doithoai.FilesOfLogistics:
		err = e.ofDialogue(ctx, q, at, lock)
	case doithoai.FilesOfRelay:
		err = e.ofVillage(ctx, q, actor, at, lock)
	case doithoai.FilesOfSheet:
		err = e.ofSheet(ctx, q, actor, at, lock, on)
	case doithoai.FilesOfPromise:
		err = e.ofPromise(ctx, q, actor, at, lock, on)
	default:
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err != nil {
		return e, err
	}
	e.At, e.May = at, doithoai.Can(actor, e.adding, e.subject) == nil
	if e.Dialogue != "" {
		e.audited, err = one(ctx, q, column[string], `SELECT slug FROM dialogue WHERE id = $1 AND authority_id = $2`,
			e.Dialogue, actor.AuthorityID)
	}
	switch at.Owner {
	case doithoai.FilesOfLogistics:
		e.audited += " " + e.Title
	case doithoai.FilesOfRelay:
		e.audited += " " + e.Village.Name
	}
	return e, err
}

// ofDialogue finds a proof, or an item that is done.
func (e *EvidenceOfThing) ofDialogue(ctx context.Context, q querier, at EvidenceAt, lock string) error {
	if err := checkID(at.ID()); err != nil {
		return err
	}
	if at.Owner == doithoai.FilesOfDuty {
		p, err := one(ctx, q, scanProof, `SELECT `+proofColumns+`
			FROM duty_proof
			WHERE id = $1 AND authority_id = $2`+lock, at.ID(), e.subject.AuthorityID)
		e.Title, e.Dialogue, e.Duty, e.adding = p.Text, p.DialogueID, p.Duty, doithoai.ActRecordDuty
		return err
	}
	i, err := one(ctx, q, scanLogisticsItem, `SELECT `+logisticsColumns+`
		FROM logistics_item
		WHERE id = $1 AND authority_id = $2`+lock, at.ID(), e.subject.AuthorityID)
	e.Title, e.Dialogue, e.subject.LeadUnitID, e.adding = i.Title, i.DialogueID, i.UnitID, doithoai.ActFinishLogistics
	return err
}

// ofSheet finds a hand-record sheet, for who types them alone: names stand on it. It is not there for whom a line of it
// is kept from, and for nobody once one has left as a denunciation.
func (e *EvidenceOfThing) ofSheet(
	ctx context.Context, q querier, actor doithoai.Actor, at EvidenceAt, lock string, on calendar.Date,
) error {
	if err := checkID(at.ID()); err != nil {
		return err
	}
	s, err := one(ctx, q, scanHandSheet, `SELECT `+handSheetColumns+`
		FROM hand_sheet
		WHERE id = $1 AND authority_id = $2`+lock, at.ID(), e.subject.AuthorityID)
	if err != nil {
		return err
	}
	e.Title, e.Dialogue, e.adding = strconv.Itoa(s.Number), s.DialogueID, doithoai.ActRecordSheet
	if err := doithoai.Can(actor, e.adding, e.subject); err != nil {
		return err
	}
	hidden, err := sheetHidden(ctx, q, actor, s.ID, on)
	if err == nil && hidden {
		err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return err
}

// ofPromise finds a promise that was kept, for who sees it.
func (e *EvidenceOfThing) ofPromise(
	ctx context.Context, q querier, actor doithoai.Actor, at EvidenceAt, lock string, on calendar.Date,
) error {
	if err := checkID(at.ID()); err != nil {
		return err
	}
	p, err := one(ctx, q, scanPromise, `SELECT `+promiseColumns+`
		FROM promise
		WHERE id = $1 AND authority_id = $2`+lock, at.ID(), actor.AuthorityID)
	if err != nil {
		return err
	}
	e.audited = text.Brief(p.What, 110)
	if p.OpinionID != "" {
		o, s, err := opinionSubject(ctx, q, p.OpinionID, on)
		if err != nil {
			return err
		}
		e.subject, e.audited = s, string(o.Number)
	}
	e.subject.PromisedUnitID = p.UnitID
	if err := doithoai.Can(actor, doithoai.ActSeePromises, e.subject); err != nil {
		return err
	}
	if p.State != doithoai.PromiseKept {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	e.Title, e.adding = p.What, doithoai.ActKeepPromise
	e.MayPublish = doithoai.Can(actor, doithoai.ActPublishEvidence, e.subject) == nil
	n, err := one(ctx, q, column[int], `SELECT count(*)
		FROM promise pr`+promiseRowJoins+`
		WHERE pr.id = $1`+publicPromise(nil), p.ID)
	e.Public = n > 0
	return err
}

// ofVillage finds what was done in a village.
func (e *EvidenceOfThing) ofVillage(
	ctx context.Context, q querier, actor doithoai.Actor, at EvidenceAt, lock string,
) error {
	named, ok := at.relay()
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	r, err := one(ctx, q, scanRelay, `SELECT `+relayColumns+`
		FROM relay
		WHERE authority_id = $1 AND dialogue_id = $2 AND village_id = $3 AND matter = $4 AND step = $5`+lock,
		actor.AuthorityID, named.DialogueID, named.VillageID, named.Matter, named.Step)
	if err != nil {
		return err
	}
	if RelayEvidence(r) != at { // of a day, hour or venue that is no more
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	o, err := loadOrganisation(ctx, q, actor.AuthorityID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(o.Villages, func(v doithoai.Village) bool { return v.ID == r.VillageID })
	if i < 0 {
		return fmt.Errorf("village %s of a dialogue is none of its authority", r.VillageID)
	}
	e.Dialogue, e.Village, e.Matter, e.Step = r.DialogueID, o.Villages[i], r.Matter, r.Step
	e.subject.VillageID, e.adding = r.VillageID, doithoai.ActTellVillage
	if r.Step == plan.RelayPosted {
		e.adding = doithoai.ActPostInVillage
	}
	return nil
}

// Evidence is something done with its files, to who may see it. Names are shown at once, what files show after
// [DB.ViewEvidence].
func (db *DB) Evidence(ctx context.Context, actor doithoai.Actor, at EvidenceAt) (e EvidenceOfThing, err error) {
	if err := may(actor, doithoai.ActViewEvidence); err != nil {
		return e, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		if e, err = thing(ctx, q, actor, at, "", db.Now().Date()); err != nil {
			return err
		}
		if e.Files, err = filesOf(ctx, q, actor.AuthorityID, at.Owner, at.ID()); err != nil {
			return err
		}
		e.Opened, err = viewedLately(ctx, q, actor, doithoai.ActViewEvidence, at.entry(), db.Now())
		return err
	})
	return e, err
}

// EvidenceCounts counts the files of things of one kind by their ids; one without any is left out. It opens nothing.
func (db *DB) EvidenceCounts(
	ctx context.Context, actor doithoai.Actor, all ...EvidenceAt,
) (map[doithoai.ID]int, error) {
	counts := map[doithoai.ID]int{}
	if err := may(actor, doithoai.ActViewEvidence); err != nil || len(all) == 0 {
		return counts, err
	}
	ids := make([]doithoai.ID, 0, len(all))
	for _, at := range all {
		if wellFormed(at.ID()) {
			ids = append(ids, at.ID())
		}
	}
	if len(ids) == 0 {
		return counts, nil
	}
	args := []any{actor.AuthorityID, string(all[0].Owner)}
	in := inList(binder(&args), ids)
	type counted struct {
		id doithoai.ID
		n  int
	}
	found, err := list(ctx, db.reader(), func(r row) (c counted, err error) {
		err = r.Scan(&c.id, &c.n)
		return c, err
	}, `SELECT owner_id, count(*)
		FROM attachment
		WHERE authority_id = $1 AND owner = $2 AND owner_id IN `+in+` AND removed_at IS NULL
		GROUP BY owner_id`, args...)
	for _, c := range found {
		counts[c.id] = c.n
	}
	return counts, err
}

// AddEvidence adds uploads of the actor to something done, with the rights of the act that did it.
func (db *DB) AddEvidence(ctx context.Context, actor doithoai.Actor, at EvidenceAt, uploads []doithoai.ID) error {
	return db.act(ctx, func(tx *Tx) error {
		e, err := thing(ctx, tx, actor, at, db.dialect.forUpdate(), tx.Now.Date())
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, e.adding, e.subject); err != nil {
			return err
		}
		hashes, err := tx.attachFiles(ctx, actor, at.Owner, at.ID(), uploads)
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, e.adding, e.audited, "", fmt.Sprintf("files +%d", len(hashes)))
	})
}

// entry is how the audit names a thing whose files were opened.
func (at EvidenceAt) entry() string { return string(at.Owner) + " " + string(at.ID()) }

// latestViews bounds where a view that still serves is looked for: nobody opens so many things in that time.
const latestViews = 500

// viewedLately reports whether the actor has put a view on record that still serves: an act with an entry of its own.
func viewedLately(
	ctx context.Context, q querier, actor doithoai.Actor, act doithoai.Act, entry string, now calendar.Instant,
) (bool, error) {
	n, err := one(ctx, q, column[int], `SELECT count(*)
		FROM (SELECT actor_id, after, at FROM audit_entry
			WHERE authority_id = $1 AND act = $2
			ORDER BY id DESC LIMIT $3) AS latest
		WHERE actor_id = $4 AND after = $5 AND at > $6`,
		actor.AuthorityID, act, latestViews, actor.ID, entry, now.Add(-viewLife))
	return n > 0, err
}

// ViewEvidence puts on record that the actor opens the files of something: for as long as the view serves,
// [DB.OpenEvidence] then opens each. Without a file there is nothing to view, which is NotFound.
func (db *DB) ViewEvidence(ctx context.Context, actor doithoai.Actor, at EvidenceAt) error {
	if err := may(actor, doithoai.ActViewEvidence); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		e, err := thing(ctx, tx, actor, at, "", tx.Now.Date())
		if err != nil {
			return err
		}
		n, err := countFiles(ctx, tx, actor.AuthorityID, at.Owner, at.ID())
		if err != nil {
			return err
		}
		if n == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		served, err := viewedLately(ctx, tx, actor, doithoai.ActViewEvidence, at.entry(), tx.Now)
		if served || err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActViewEvidence, e.audited, "", at.entry())
	})
}

// OpenEvidence opens a file of something, to who has put a view on record; the caller closes it. Of a picture it is
// what was made for others to see: where it was taken stays shut. Without a view it fails with [ErrNotViewed].
func (db *DB) OpenEvidence(
	ctx context.Context, actor doithoai.Actor, at EvidenceAt, id doithoai.ID,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := may(actor, doithoai.ActViewEvidence); err != nil {
		return a, nil, err
	}
	if _, err := thing(ctx, db.reader(), actor, at, "", db.Now().Date()); err != nil {
		return a, nil, err
	}
	viewed, err := viewedLately(ctx, db.reader(), actor, doithoai.ActViewEvidence, at.entry(), db.Now())
	if err != nil {
		return a, nil, err
	}
	if !viewed {
		return a, nil, ErrNotViewed
	}
	return db.openAttachment(ctx, actor.AuthorityID, at.Owner, at.ID(), id, false)
}

// RemoveEvidence takes a wrong file away, for a reason: the office, or who added it. version is the file's.
func (db *DB) RemoveEvidence(
	ctx context.Context, actor doithoai.Actor, at EvidenceAt, id doithoai.ID, version int, reason string,
) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		e, err := thing(ctx, tx, actor, at, "", tx.Now.Date())
		if err != nil {
			return err
		}
		a, err := one(ctx, tx, scanAttachment, `SELECT `+attachmentColumns+`
			FROM attachment
			WHERE id = $1 AND authority_id = $2 AND owner = $3 AND owner_id = $4`,
			id, actor.AuthorityID, string(at.Owner), at.ID())
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, doithoai.ActRemoveEvidence,
			doithoai.Subject{AuthorityID: a.AuthorityID, AddedBy: a.By}); err != nil {
			return err
		}
		if a, err = a.Remove(actor.ID, reason, tx.Now); err != nil {
			return err
		}
		if err := tx.updateAttachment(ctx, a, version); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRemoveEvidence, e.audited, "", reason)
	})
}
