package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// DocumentFile is a document of the register with all that belongs to its page.
type DocumentFile struct {
	ListedDocument
	// Others are the other documents of its plan, its dialogue or its opinion, the latest day first: what it replaced,
	// or what replaced it, is among them.
	Others []ListedDocument
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
		f.Others, err = documentsBeside(ctx, q, actor, f.Document, db.Now().Date())
		return err
	})
	return f, err
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
