package store

import (
	"context"
	"encoding/json"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// DraftDelegates is the form of a file of delegates that was read and not yet taken over. Its subject is the dialogue.
const DraftDelegates = "delegates"

// DelegateImport is a file that was read, and what taking it over would do now.
type DelegateImport struct {
	File    doithoai.ListFile
	Notes   []doithoai.Problem // what was remarked when it was read
	Plan    plan.DelegatePlan  `json:"-"`
	SavedAt calendar.Instant   `json:"-"`
}

// KeepDelegates keeps the rows of a file until its officer takes them over or throws them away. The file itself is not
// kept. Rows that take more than MaxImport are refused with Invalid.
func (db *DB) KeepDelegates(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, file doithoai.ListFile, notes []doithoai.Problem,
) error {
	body, err := json.Marshal(DelegateImport{File: file, Notes: notes})
	if err != nil {
		return fmt.Errorf("rows of delegates: %w", err)
	}
	if len(body) > MaxImport {
		return doithoai.Refuse(doithoai.Invalid, "list.too_large")
	}
	return db.onDelegates(ctx, actor, doithoai.ActImportDelegates, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		return l.tx.exec(ctx, `INSERT INTO draft (officer_id, form, subject, body, saved_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (officer_id, form, subject) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
			actor.ID, DraftDelegates, string(dialogue), string(body), l.tx.Now)
	})
}

// KeptDelegates returns what KeepDelegates kept, with what taking it over would do now; NotFound where nothing is kept.
// The preview shows how people are reached: the view is audited.
func (db *DB) KeptDelegates(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (kept DelegateImport, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActImportDelegates, dialogue, func(l *delegateList) error {
		kept, err = one(ctx, l.tx, func(r row) (i DelegateImport, err error) {
			var body []byte
			var at calendar.Instant
			if err = r.Scan(&body, &at); err == nil {
				err = json.Unmarshal(body, &i)
			}
			i.SavedAt = at
			return i, err
		}, `SELECT body, saved_at
			FROM draft
			WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftDelegates, string(dialogue))
		if err != nil {
			return err
		}
		if kept.Plan, err = l.planFile(ctx, kept.File); err != nil {
			return err
		}
		l.act = doithoai.ActViewContacts
		return l.audit(ctx, "", fmt.Sprint(len(kept.Plan.Changed)))
	})
	return kept, err
}

// planFile runs the rule on the list as it is now.
func (l *delegateList) planFile(ctx context.Context, file doithoai.ListFile) (plan.DelegatePlan, error) {
	words := plan.DelegateWords{Capacities: map[string]plan.Capacity{}}
	for _, c := range plan.Capacities {
		words.Capacities[text.NameKey(string(c))] = c
		for _, lang := range []string{"vi", "en"} {
			words.Capacities[text.NameKey(text.For(lang).T("delegate.capacity."+string(c)))] = c
		}
	}
	var err error
	if words.Points, err = l.points(ctx); err != nil {
		return plan.DelegatePlan{}, err
	}
	there, err := l.contacts(ctx)
	if err != nil {
		return plan.DelegatePlan{}, err
	}
	return words.PlanFile(there, file), nil
}

// ImportDelegates takes a file over into a dialogue's list, whole or not at all, as the officer saw it: where it would
// do something else by now, by its digest, it is refused with Conflict; with faults, with Invalid. The draft of the
// file goes in the same transaction. A file that changes nothing is no act.
func (db *DB) ImportDelegates(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, file doithoai.ListFile, digest string,
) (p plan.DelegatePlan, err error) {
	err = db.onDelegates(ctx, actor, doithoai.ActImportDelegates, dialogue, func(l *delegateList) error {
		if err := l.written(); err != nil {
			return err
		}
		if p, err = l.planFile(ctx, file); err != nil {
			return err
		}
		if len(p.Faults) > 0 {
			return &doithoai.Error{Kind: doithoai.Invalid, Key: "list.refused"}
		}
		if digest != p.Digest() {
			return doithoai.Refuse(doithoai.Conflict, "list.conflict")
		}
		if err := l.tx.dropDraft(ctx, actor, DraftDelegates, string(dialogue)); err != nil || p.Empty() {
			return err
		}
		for _, c := range p.Changed {
			if err := l.save(ctx, c.After.Invitation); err != nil {
				return err
			}
			if err := l.reach(ctx, c.After.ID, c.After.Contact); err != nil {
				return err
			}
		}
		var further []plan.Delegate
		for _, c := range p.Added {
			further = append(further, c.After)
		}
		if err := l.add(ctx, further); err != nil {
			return err
		}
		if err := l.preside(ctx); err != nil {
			return err
		}
		return l.audit(ctx, "", fmt.Sprintf("+%d ~%d =%d", len(p.Added), len(p.Changed), p.Same+p.Left))
	})
	return p, err
}
