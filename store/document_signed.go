package store

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/google/uuid"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/tlog"
)

// numberedPaper is a paper with its number: the document whose number it is, and all that it is about.
type numberedPaper struct {
	doithoai.Document
	rows []doithoai.Document
}

// fileOwner is the id that the signed file of the paper belongs to: a document has none, it is made of what names it.
func (p numberedPaper) fileOwner() doithoai.ID { return signedOwner(p.Ref()) }

func signedOwner(d doithoai.DocumentRef) doithoai.ID {
	name := fmt.Sprintf("%s/%s/%d", d.Kind, d.Subject, d.Part)
	return doithoai.ID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String())
}

// wordsStand reports whether the paper is an announcement whose words are those that the data hold.
func (p numberedPaper) wordsStand() bool {
	return p.Kind == doithoai.DocumentAnnouncement && p.State == doithoai.DocumentIssued
}

// opinions that the paper is about.
func (p numberedPaper) opinions() (ids []doithoai.ID) {
	for _, d := range p.rows {
		if d.OpinionID != "" {
			ids = append(ids, d.OpinionID)
		}
	}
	return ids
}

// numberedPaperOf finds the paper of a document for an actor who sees all that it is about; lock is that of the
// dialect, "" for none.
func numberedPaperOf(
	ctx context.Context, q querier, actor doithoai.Actor, at doithoai.DocumentRef, on calendar.Date, lock string,
) (p numberedPaper, err error) {
	if err := checkID(at.Subject); err != nil {
		return p, err
	}
	d, err := listedDocument(ctx, q, actor, at, on)
	if err != nil {
		return p, err
	}
	if p, err = numberedAs(ctx, q, d.Document, lock); err != nil {
		return p, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	key, _, _ := doithoai.NumberKey(d.Number)
	reach := documentsReach(actor, on, bind)
	sees, err := one(ctx, q, column[int], `SELECT count(*)
		FROM document d
		LEFT JOIN opinion o ON o.id = d.opinion_id`+reach+`
			AND d.year = `+bind(d.Dated.Year)+` AND d.number_key = `+bind(key), args...)
	if err != nil {
		return p, err
	}
	if sees != len(p.rows) {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return p, nil
}

// numberedAs is the paper that has the number of a document.
func numberedAs(ctx context.Context, q querier, d doithoai.Document, lock string) (p numberedPaper, err error) {
	key, _, _ := doithoai.NumberKey(d.Number)
	p.rows, err = list(ctx, q, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE authority_id = $1 AND year = $2 AND number_key = $3
		ORDER BY claims DESC, subject_id, kind, part`+lock, d.AuthorityID, d.Dated.Year, key)
	if err == nil && len(p.rows) > 0 {
		p.Document = p.rows[0]
	}
	return p, err
}

// keptSigned is an act on the signed file of a document.
type keptSigned struct {
	event  doithoai.Event
	at     doithoai.DocumentRef
	number string
	what   string
	salts  []byte
}

func scanKeptSigned(r row) (k keptSigned, err error) {
	e := &k.event
	var facts []byte
	err = r.Scan(&e.Leaf, &e.AuthorityID, &k.at.Kind, &k.at.Subject, &k.at.Part, &k.number, &e.At, &e.ActorID, &e.Act,
		&facts, &k.what, &k.salts)
	if err == nil {
		err = json.Unmarshal(facts, &e.Facts)
	}
	return k, err
}

const documentEventColumns = `leaf, authority_id, kind, subject_id, part, number, at, actor_id, act, facts, body, salts`

// signedActNames are the acts on signed files; what ends a document is kept beside them.
const signedActNames = `('` + string(doithoai.ActKeepSigned) + `', '` + string(doithoai.ActTakeSignedBack) + `')`

// maxSignedActs bounds what is read of the acts on the signed file of one document.
const maxSignedActs = 200

// signedActs are the acts on the signed file of a document, in their order.
func signedActs(ctx context.Context, q querier, at doithoai.DocumentRef) ([]keptSigned, error) {
	all, err := list(ctx, q, scanKeptSigned, `SELECT `+documentEventColumns+`
		FROM document_event
		WHERE subject_id = $1 AND kind = $2 AND part = $3 AND act IN `+signedActNames+`
		ORDER BY leaf DESC LIMIT $4`, at.Subject, at.Kind, at.Part, maxSignedActs)
	slices.Reverse(all)
	return all, err
}

// signedCopy is the signed file of a document that stands, as its acts and its files say; nil where there is none.
func signedCopy(
	ctx context.Context, q querier, d doithoai.Document, acts []keptSigned,
) (*doithoai.SignedCopy, error) {
	if len(acts) == 0 || acts[len(acts)-1].event.Act != doithoai.ActKeepSigned {
		return nil, nil
	}
	files, err := filesOf(ctx, q, d.AuthorityID, doithoai.FilesOfDocument, signedOwner(d.Ref()))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(files, func(a doithoai.Attachment) bool { return a.RemovedAt.IsZero() })
	if i < 0 { // what was known of the person has ended, and the file with it
		return nil, nil
	}
	k := acts[len(acts)-1]
	return &doithoai.SignedCopy{
		File: files[i], Leaf: k.event.Leaf, Differs: k.event.Facts.Differs, What: k.what, By: k.event.ActorID,
		At: k.event.At, Over: k.event.Facts.Over != "",
	}, nil
}

// signedOf is the signed file of a document that stands; nil where none is kept.
func signedOf(ctx context.Context, q querier, d doithoai.Document) (*doithoai.SignedCopy, error) {
	acts, err := signedActs(ctx, q, d.Ref())
	if err != nil {
		return nil, err
	}
	return signedCopy(ctx, q, d, acts)
}

// KeepSigned keeps the file of a document as it was signed, in the place of one that was kept before, with its hash in
// the public record. version is how many acts on its signed file the actor saw. What an announcement says otherwise
// takes the place of its words in the same act; words is the version of these that the actor saw. The file of a
// document that does not count any more is kept too, for the archive, and says so in the record. See
// [doithoai.KeepingSigned.Problems].
func (db *DB) KeepSigned(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version, words int, k doithoai.KeepingSigned,
) error {
	if err := may(actor, doithoai.ActKeepSigned); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		p, acts, err := tx.openSigned(ctx, actor, at, version)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(k.Problems(p.Kind)); err != nil {
			return err
		}
		if k.Compare != doithoai.ComparedDiffers || !p.Kind.Public() {
			k.What = ""
		}
		if err := tx.dropSigned(ctx, actor, p, acts); err != nil {
			return err
		}
		hashes, err := tx.takeFiles(ctx, actor, doithoai.FilesOfDocument, p.fileOwner(), []doithoai.ID{k.Upload})
		if err != nil {
			return err
		}
		if p.wordsStand() {
			if k.Compare == doithoai.ComparedSame {
				k.Body = ""
			}
			if err := tx.amendText(ctx, actor, p.DialogueID, plan.TextAnnouncement, words, k.Body); err != nil {
				return err
			}
		}
		facts := doithoai.Facts{Files: hashes, Differs: k.Compare == doithoai.ComparedDiffers}
		if p.State != doithoai.DocumentIssued { // it goes to the archive as one that does not count
			facts.Over = string(p.State)
		}
		return tx.recordDocument(ctx, actor, doithoai.ActKeepSigned, p.Document, facts, k.What)
	})
}

// TakeSignedBack takes a file away that was taken for the signed document by mistake. version is as for
// [DB.KeepSigned].
func (db *DB) TakeSignedBack(ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int) error {
	if err := may(actor, doithoai.ActTakeSignedBack); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		p, acts, err := tx.openSigned(ctx, actor, at, version)
		if err != nil {
			return err
		}
		stands, err := signedCopy(ctx, tx, p.Document, acts)
		if err != nil {
			return err
		}
		if stands == nil {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if err := tx.dropSigned(ctx, actor, p, acts); err != nil {
			return err
		}
		return tx.recordDocument(ctx, actor, doithoai.ActTakeSignedBack, p.Document,
			doithoai.Facts{Files: []doithoai.FileHash{stands.File.Hash}}, "")
	})
}

// openSigned holds a paper for an act on its signed file, as the actor saw it.
func (tx *Tx) openSigned(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef, version int,
) (p numberedPaper, acts []keptSigned, err error) {
	if p, err = numberedPaperOf(ctx, tx, actor, at, tx.Now.Date(), ""); err != nil {
		return p, nil, err
	}
	if p.DialogueID != "" { // nothing that the paper says is changed meanwhile
		if _, err := dialogueOf(ctx, tx, p.AuthorityID, p.DialogueID, tx.db.dialect.forUpdate()); err != nil {
			return p, nil, err
		}
	}
	if p, err = numberedPaperOf(ctx, tx, actor, at, tx.Now.Date(), tx.db.dialect.forUpdate()); err != nil {
		return p, nil, err
	}
	if acts, err = signedActs(ctx, tx, p.Ref()); err != nil {
		return p, nil, err
	}
	return p, acts, sameVersion(len(acts), version)
}

// dropSigned takes the signed file of a paper away, where it has one.
func (tx *Tx) dropSigned(ctx context.Context, actor doithoai.Actor, p numberedPaper, acts []keptSigned) error {
	stands, err := signedCopy(ctx, tx, p.Document, acts)
	if err != nil || stands == nil {
		return err
	}
	gone, err := stands.File.Remove(actor.ID, doithoai.RemovalReasons[0], tx.Now)
	if err != nil {
		return err
	}
	return tx.updateAttachment(ctx, gone, stands.File.Version)
}

// amendText puts the words of a signed text in the place of those that were written; none leave these. The signed file
// was compared with the words of a version: a Conflict where they are others since.
func (tx *Tx) amendText(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, kind plan.TextKind, version int, body string,
) error {
	t, err := one(ctx, tx, scanText, `SELECT `+textColumns+`
		FROM dialogue_text
		WHERE dialogue_id = $1 AND kind = $2`, dialogue, kind)
	if err != nil {
		return err
	}
	if err := sameVersion(t.Version, version); err != nil {
		return err
	}
	if body == "" || t.Body == body {
		return nil
	}
	t.Body, t.By, t.At, t.Version = body, actor.ID, tx.Now, version+1
	if err := doithoai.RefuseForm(t.Problems(tx.Now.Date())); err != nil {
		return err
	}
	tx.touch("dialogue/" + string(dialogue))
	return tx.putText(ctx, version, t)
}

// recordDocument adds an act on a document to the record and to the audit.
func (tx *Tx) recordDocument(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, p doithoai.Document, facts doithoai.Facts, what string,
) error {
	slug, err := tx.slugOfAuthority(ctx, p.AuthorityID)
	if err != nil {
		return err
	}
	tx.documents = append(tx.documents, pendingDocument{
		event: doithoai.Event{AuthorityID: p.AuthorityID, At: tx.Now, ActorID: actor.ID, Act: act, Facts: facts},
		at:    p.Ref(), number: p.Number, what: what, place: slug,
	})
	tx.touch("document/" + string(p.Subject))
	if p.PlanID != "" {
		tx.touch("plan/" + string(p.PlanID))
	}
	if p.DialogueID != "" {
		tx.touch("dialogue/" + string(p.DialogueID))
	}
	return tx.audit(ctx, actor, act, string(p.Kind)+" "+p.Number, "", "")
}

// signed reports whether the signed file of a document is kept: the file is the document, which nothing changes.
func (tx *Tx) signed(ctx context.Context, at doithoai.DocumentRef) (bool, error) {
	acts, err := signedActs(ctx, tx, at)
	return len(acts) > 0 && acts[len(acts)-1].event.Act == doithoai.ActKeepSigned, err
}

// eraseSigned takes the signed files away of papers about the opinions of a slip: who raised them stands on them, also
// where one is about several.
func (tx *Tx) eraseSigned(ctx context.Context, actor doithoai.Actor, slip doithoai.ID) error {
	all, err := list(ctx, tx, scanDocument, `SELECT `+columnsOf("d", documentColumns)+`
		FROM opinion o
		JOIN document d ON d.opinion_id = o.id
		WHERE o.slip_id = $1`, slip)
	if err != nil {
		return err
	}
	for _, d := range all {
		p, err := numberedAs(ctx, tx, d, "")
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE attachment
			SET name = '', removed_at = $1, removed_by = $2, reason = '', version = version + 1
			WHERE owner = $3 AND owner_id = $4 AND removed_at IS NULL`,
			tx.Now, actor.ID, string(doithoai.FilesOfDocument), p.fileOwner()); err != nil {
			return err
		}
	}
	return nil
}

// ViewSigned puts on record that the actor opens the signed file of a document that is about somebody's matter: for as
// long as the view serves, [DB.OpenSigned] then opens it.
func (db *DB) ViewSigned(ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef) error {
	if err := may(actor, doithoai.ActViewSigned); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		p, err := numberedPaperOf(ctx, tx, actor, at, tx.Now.Date(), "")
		if err != nil {
			return err
		}
		for _, id := range p.opinions() {
			c, err := tx.loadCase(ctx, actor, doithoai.ActViewPaper, id)
			if err != nil {
				return err
			}
			if err := c.may(); err != nil {
				return err
			}
			served, err := viewServes(ctx, tx, actor, id, doithoai.ActViewPaper, doithoai.FileHash{}, tx.Now)
			if err != nil {
				return err
			}
			if served {
				continue
			}
			if err := c.save(ctx, doithoai.Facts{Unit: c.Seat.UnitID, Post: c.Seat.PostID}, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// signedViewed reports whether the actor has put a view on record of all that a paper is about.
func signedViewed(
	ctx context.Context, q querier, actor doithoai.Actor, p numberedPaper, now calendar.Instant,
) (bool, error) {
	for _, id := range p.opinions() {
		served, err := viewServes(ctx, q, actor, id, doithoai.ActViewPaper, doithoai.FileHash{}, now)
		if err != nil || !served {
			return false, err
		}
	}
	return true, nil
}

// OpenSigned opens the signed file of a document; the caller closes it. Of one that is about somebody's matter a view
// must be on record ([DB.ViewSigned]): without it, it fails with [ErrNotViewed].
func (db *DB) OpenSigned(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef,
) (a doithoai.Attachment, f *os.File, err error) {
	if err := may(actor, doithoai.ActViewSigned); err != nil {
		return a, nil, err
	}
	q := db.reader()
	p, err := numberedPaperOf(ctx, q, actor, at, db.Now().Date(), "")
	if err != nil {
		return a, nil, err
	}
	viewed, err := signedViewed(ctx, q, actor, p, db.Now())
	if err != nil {
		return a, nil, err
	}
	if !viewed {
		return a, nil, ErrNotViewed
	}
	return db.openSignedFile(ctx, q, p.Document)
}

func (db *DB) openSignedFile(
	ctx context.Context, q querier, d doithoai.Document,
) (a doithoai.Attachment, f *os.File, err error) {
	stands, err := signedOf(ctx, q, d)
	if err != nil {
		return a, nil, err
	}
	if stands == nil {
		return a, nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	f, err = db.openKept(stands.File.File, false)
	return stands.File, f, err
}

// PublicSigned is a document that everybody may read, with its signed file.
type PublicSigned struct {
	doithoai.Document
	doithoai.SignedCopy
}

// PublicSigned are the signed files of a plan's editions, or of the announcements of a dialogue that people know of, in
// their order.
func (db *DB) PublicSigned(
	ctx context.Context, authority, subject doithoai.ID,
) (all []PublicSigned, err error) {
	if err := checkID(subject); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		documents, err := list(ctx, q, scanDocument, `SELECT `+documentColumns+`
			FROM document d
			WHERE `+inAuthority("d")+` AND d.subject_id = $2 AND `+publicDocument+`
			ORDER BY d.dated, d.kind, d.part LIMIT $3`, authority, subject, maxOthers)
		if err != nil {
			return err
		}
		all = nil
		for _, d := range documents {
			s, err := publicSigned(ctx, q, d)
			if err != nil {
				return err
			}
			if s != nil {
				all = append(all, *s)
			}
		}
		return nil
	})
	return all, err
}

// publicDocument is the condition under which everybody may read document d as it was signed: nobody is told ahead of
// the announcement, nor of the conclusion ahead of the results.
const publicDocument = `(d.dialogue_id IS NULL OR EXISTS (SELECT 1
				FROM dialogue g
				WHERE g.id = d.dialogue_id AND g.announced_at IS NOT NULL
					AND (d.kind <> '` + string(doithoai.DocumentConclusion) + `' OR g.published_at IS NOT NULL)))`

// publicSigned is the signed file of a document that everybody may read; nil where none is kept.
func publicSigned(ctx context.Context, q querier, d doithoai.Document) (*PublicSigned, error) {
	if !d.Kind.Public() {
		return nil, nil
	}
	stands, err := signedOf(ctx, q, d)
	if err != nil || stands == nil {
		return nil, err
	}
	return &PublicSigned{d, *stands}, nil
}

// publicSignedAt is that file by the document's name; NotFound where none is kept.
func publicSignedAt(
	ctx context.Context, q querier, authority doithoai.ID, at doithoai.DocumentRef,
) (s PublicSigned, err error) {
	if err := checkID(at.Subject); err != nil {
		return s, err
	}
	d, err := one(ctx, q, scanDocument, `SELECT `+documentColumns+`
		FROM document d
		WHERE d.authority_id = $1 AND d.subject_id = $2 AND d.kind = $3 AND d.part = $4 AND `+publicDocument,
		authority, at.Subject, at.Kind, at.Part)
	if err != nil {
		return s, err
	}
	found, err := publicSigned(ctx, q, d)
	if err != nil {
		return s, err
	}
	if found == nil {
		return s, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return *found, nil
}

// OpenPublicSigned opens that file for everybody; the caller closes it.
func (db *DB) OpenPublicSigned(
	ctx context.Context, authority doithoai.ID, at doithoai.DocumentRef,
) (s PublicSigned, f *os.File, err error) {
	if s, err = publicSignedAt(ctx, db.reader(), authority, at); err != nil {
		return s, nil, err
	}
	f, err = db.openKept(s.File.File, false)
	return s, f, err
}

// SignedEvidence is what proves that the signed file of a document that everybody may read was kept: the document, and
// the leaf with what opens it. NotFound where none is kept.
func (db *DB) SignedEvidence(
	ctx context.Context, authority doithoai.ID, at doithoai.DocumentRef,
) (s PublicSigned, e Evidence, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		if s, err = publicSignedAt(ctx, q, authority, at); err != nil {
			return err
		}
		k, err := one(ctx, q, scanKeptSigned, `SELECT `+documentEventColumns+` FROM document_event WHERE leaf = $1`, s.Leaf)
		if err != nil {
			return err
		}
		e = Evidence{Index: s.Leaf, Number: doithoai.RegisterNumber(k.number)}
		if e.Leaf, err = one(ctx, q, column[[]byte], `SELECT body FROM leaf WHERE n = $1`, s.Leaf); err != nil {
			return err
		}
		salts, err := tlog.ParseSalts(k.salts)
		if err != nil {
			return fmt.Errorf("salts of leaf %d: %w", s.Leaf, err)
		}
		e.Opening = tlog.Opening{
			Act: string(k.event.Act), Number: k.number, Content: k.event.Content(k.what), Salts: salts,
		}
		return nil
	})
	return s, e, err
}
