package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// DocumentFile is a document of the register with all that belongs to its page.
type DocumentFile struct {
	ListedDocument
	// Others are the other documents of its plan, its dialogue or its opinion, the latest day first: what it replaced,
	// or what replaced it, is among them.
	Others []ListedDocument

	Version int              // of its row in the register
	Next    *ListedDocument  // what ended it, where the register has that
	Before  []ListedDocument // what it ended
	End     *DocumentEnd     // how it was withdrawn; nil: it was not
	Undone  *DocumentUndone  // it stands, and was said to be withdrawn; nil: it was not

	Whole  bool                 // the actor sees all that the paper is about
	Copy   *doithoai.SignedCopy // the signed file; nil where none is kept
	Seen   int                  // how many acts on its signed file there were
	Opened bool                 // the actor may open the signed file at once
	Words  plan.Text            // of an announcement that stands

	// Doubtful is what the document cites that is not in force on its day: a plan, an announcement, an answer or its
	// correction, a refusal, an urging; of others their own pages say it.
	Doubtful []doithoai.CitationWarning
}

// maxOthers bounds the other documents of one matter that are listed.
const maxOthers = 100

// Document is a document of the register; NotFound where the actor does not see it there.
func (db *DB) Document(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef,
) (f DocumentFile, err error) {
	if err := may(actor, doithoai.ActSeeDocuments); err != nil {
		return f, err
	}
	if err := checkID(at.Subject); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		if f.ListedDocument, err = listedDocument(ctx, q, actor, at, db.Now().Date()); err != nil {
			return err
		}
		if f.Others, err = documentsBeside(ctx, q, actor, f.Document, db.Now().Date()); err != nil {
			return err
		}
		if f.Next, f.Before, err = documentsAround(ctx, q, actor, f.Document, db.Now().Date()); err != nil {
			return err
		}
		if f.End, err = withdrawalOf(ctx, q, f.Document); err != nil {
			return err
		}
		if f.Undone, err = undoneOf(ctx, q, f.Document); err != nil {
			return err
		}
		if _, f.Version, err = documentAt(ctx, q, f.Document, ""); err != nil {
			return err
		}
		return f.loadSigned(ctx, q, actor, db.Now())
	})
	return f, err
}

// loadSigned loads the signed file of the document. Who does not see all that the paper is about sees none.
func (f *DocumentFile) loadSigned(
	ctx context.Context, q querier, actor doithoai.Actor, now calendar.Instant,
) error {
	p, err := numberedPaperOf(ctx, q, actor, f.Ref(), now.Date(), "")
	if doithoai.KindOf(err) == doithoai.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	acts, err := signedActs(ctx, q, p.Ref())
	if err != nil {
		return err
	}
	f.Whole, f.Seen = true, len(acts)
	if f.Copy, err = signedCopy(ctx, q, p.Document, acts); err != nil {
		return err
	}
	if f.Kind == doithoai.DocumentAnnouncement && f.State == doithoai.DocumentIssued {
		if f.Words, err = one(ctx, q, scanText, `SELECT `+textColumns+`
			FROM dialogue_text
			WHERE dialogue_id = $1 AND kind = $2`, f.DialogueID, plan.TextAnnouncement); err != nil {
			return err
		}
	}
	if f.Opened, err = signedViewed(ctx, q, actor, p, now); err != nil {
		return err
	}
	return f.loadDoubtful(ctx, q)
}

// loadDoubtful holds what the document says against the authority's list of bases, on the document's day.
func (f *DocumentFile) loadDoubtful(ctx context.Context, q querier) error {
	query, args := "", []any{f.OpinionID}
	switch f.Kind {
	case doithoai.DocumentPlan:
		query, args = `SELECT body FROM plan_edition WHERE plan_id = $1 AND number = $2`, []any{f.PlanID, f.Part}
	case doithoai.DocumentAnnouncement:
		query = `SELECT body FROM dialogue_text WHERE dialogue_id = $1 AND kind = $2 AND number = $3`
		args = []any{f.DialogueID, plan.TextAnnouncement, f.Number}
	case doithoai.DocumentReply, doithoai.DocumentCorrection:
		query = `SELECT a.body || ' ' || a.basis FROM answer a JOIN petition p ON p.id = a.petition_id
			WHERE p.opinion_id = $1 AND a.number = $2 AND a.dated = $3
			UNION ALL SELECT r.body || ' ' || r.basis FROM answer_replaced r JOIN petition p ON p.id = r.petition_id
			WHERE p.opinion_id = $1 AND r.doc_number = $2 AND r.dated = $3
			UNION ALL SELECT body || ' ' || basis FROM answer_round
			WHERE opinion_id = $1 AND doc_number = $2 AND dated = $3
			LIMIT 1`
		args = []any{f.OpinionID, f.Number, f.Dated}
	case doithoai.DocumentRefusal:
		query = `SELECT body || ' ' || basis FROM ruling_text WHERE opinion_id = $1`
	case doithoai.DocumentUrging:
		query = `SELECT words FROM urging WHERE opinion_id = $1 AND doc_number = $2 AND dated = $3 LIMIT 1`
		args = []any{f.OpinionID, f.Number, f.Dated}
	case doithoai.DocumentBodyUrging:
		query, args = `SELECT said FROM body_urging WHERE id = $1`, []any{f.Subject}
	default:
		return nil
	}
	said, err := one(ctx, q, column[string], query, args...)
	if doithoai.KindOf(err) == doithoai.NotFound { // its words are other ones by now
		return nil
	}
	if err != nil {
		return err
	}
	bases, err := legalBases(ctx, q, f.AuthorityID)
	f.Doubtful = bases.Cite(f.Dated, bases.NamedIn(said)...)
	return err
}

func listedDocument(
	ctx context.Context, q querier, actor doithoai.Actor, at doithoai.DocumentRef, on calendar.Date,
) (ListedDocument, error) {
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	reach := documentsReach(actor, on, bind)
	return one(ctx, q, scanListed, listedColumns+`
		FROM document d`+listedJoins+reach+`
			AND d.subject_id = `+bind(at.Subject)+` AND d.kind = `+bind(at.Kind)+` AND d.part = `+bind(at.Part), args...)
}

// documentsBeside are the other documents of the matter of one.
func documentsBeside(
	ctx context.Context, q querier, actor doithoai.Actor, d doithoai.Document, on calendar.Date,
) ([]ListedDocument, error) {
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	reach := documentsReach(actor, on, bind)
	matter, id := `d.opinion_id`, d.OpinionID
	switch {
	case d.PlanID != "":
		matter, id = `d.plan_id`, d.PlanID
	case d.DialogueID != "":
		matter, id = `d.dialogue_id`, d.DialogueID
	}
	return list(ctx, q, scanListed, listedColumns+`
		FROM document d`+listedJoins+reach+`
			AND `+matter+` = `+bind(id)+`
			AND NOT (d.subject_id = `+bind(d.Subject)+` AND d.kind = `+bind(d.Kind)+` AND d.part = `+bind(d.Part)+`)`+
		listedOrder+`
		LIMIT `+bind(maxOthers), args...)
}
