package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// DraftImport is the form of a file that was read and not yet taken over. Its subject is the list.
const DraftImport = "import"

// MaxImport bounds what is kept of a file until it is taken over, in bytes of JSON: twice the largest CSV that is read.
const MaxImport = 32 << 20

// ListImport is a file that was read, and what taking it over would do now.
type ListImport struct {
	File    doithoai.ListFile
	Notes   []doithoai.Problem // what was remarked when it was read
	Plan    doithoai.ListPlan
	SavedAt calendar.Instant
}

// ImportList takes a file over into one of the authority's lists, whole or not at all.
//
// The plan is made anew in the act: where it has faults, the act is refused with Invalid and changes nothing; where it
// is not the plan that the officer saw, by its digest, with Conflict. An empty digest agrees to whatever plan it is. A
// plan that changes nothing is no act. The draft of the file goes in the same transaction.
func (db *DB) ImportList(
	ctx context.Context, actor doithoai.Actor, name doithoai.ListName, file doithoai.ListFile, digest string,
) (plan doithoai.ListPlan, err error) {
	rule, err := listRule(actor, name)
	if err != nil {
		return plan, err
	}
	err = db.act(ctx, func(tx *Tx) error {
		if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM authority
			WHERE id = $1`+db.dialect.forUpdate(), actor.AuthorityID); err != nil {
			return err
		}
		var kept []keptEntry
		if plan, kept, err = planList(ctx, tx, actor.AuthorityID, tx.Now.Date(), rule, file); err != nil {
			return err
		}
		if len(plan.Faults) > 0 {
			return &doithoai.Error{Kind: doithoai.Invalid, Key: "list.refused"}
		}
		if digest != "" && digest != plan.Digest() {
			return doithoai.Refuse(doithoai.Conflict, "list.conflict")
		}
		if err := tx.dropDraft(ctx, actor, DraftImport, string(name)); err != nil || plan.Empty() {
			return err
		}
		if err := tx.applyList(ctx, actor.AuthorityID, rule, plan, kept); err != nil {
			return err
		}
		if name == doithoai.ListFields { // some may be about how officials serve now
			if err := tx.hideUnfitFields(ctx, actor.AuthorityID); err != nil {
				return err
			}
		}
		if name == doithoai.ListFields || name == doithoai.ListSynonyms { // names are searched, by the words of the list
			tx.touch(topicSearched + string(actor.AuthorityID))
		}
		if name == doithoai.ListVillages { // each has tasks of the plan
			if err := tx.spreadTasks(ctx, actor.AuthorityID); err != nil {
				return err
			}
		}
		return tx.audit(ctx, actor, rule.Act, string(name), "",
			fmt.Sprintf("+%d ~%d =%d", len(plan.Added), len(plan.Changed), plan.Same+plan.Left))
	})
	return plan, err
}

// PlanList says what taking a file over would do now. It changes nothing.
func (db *DB) PlanList(
	ctx context.Context, actor doithoai.Actor, name doithoai.ListName, file doithoai.ListFile,
) (plan doithoai.ListPlan, err error) {
	rule, err := listRule(actor, name)
	if err != nil {
		return plan, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		plan, _, err = planList(ctx, q, actor.AuthorityID, db.Now().Date(), rule, file)
		return err
	})
	return plan, err
}

// KeepImport keeps the rows of a file until its officer takes them over or throws them away. The file itself is not
// kept. Rows that take more than MaxImport are refused with Invalid.
func (db *DB) KeepImport(
	ctx context.Context, actor doithoai.Actor, name doithoai.ListName, file doithoai.ListFile, notes []doithoai.Problem,
) error {
	if _, err := listRule(actor, name); err != nil {
		return err
	}
	body, err := json.Marshal(ListImport{File: file, Notes: notes})
	if err != nil {
		return fmt.Errorf("rows of a list: %w", err)
	}
	if len(body) > MaxImport {
		return doithoai.Refuse(doithoai.Invalid, "list.too_large")
	}
	return db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `INSERT INTO draft (officer_id, form, subject, body, saved_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (officer_id, form, subject) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`, actor.ID,
			DraftImport, name, string(body), tx.Now)
	})
}

// KeptImport returns what KeepImport kept, with what taking it over would do now; NotFound where nothing is kept.
func (db *DB) KeptImport(ctx context.Context, actor doithoai.Actor, name doithoai.ListName) (ListImport, error) {
	if _, err := listRule(actor, name); err != nil {
		return ListImport{}, err
	}
	kept, err := one(ctx, db.reader(), func(r row) (i ListImport, err error) {
		var body []byte
		var at calendar.Instant
		if err = r.Scan(&body, &at); err == nil {
			err = json.Unmarshal(body, &i)
		}
		i.SavedAt = at
		return i, err
	}, `SELECT body, saved_at
		FROM draft
		WHERE officer_id = $1 AND form = $2 AND subject = $3`, actor.ID, DraftImport, name)
	if err != nil {
		return kept, err
	}
	kept.Plan, err = db.PlanList(ctx, actor, name, kept.File)
	return kept, err
}

// ListEntries returns the entries of a list in their order, as they are kept. Whoever may see the settings may see
// them.
func (db *DB) ListEntries(
	ctx context.Context, actor doithoai.Actor, name doithoai.ListName,
) ([]doithoai.ListEntry, error) {
	if _, ok := doithoai.ListRuleOf(name); !ok {
		return nil, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	if err := may(actor, doithoai.ActSeeSettings); err != nil {
		return nil, err
	}
	kept, err := listTables[name].load(ctx, db.reader(), actor.AuthorityID, db.Now().Date())
	entries := make([]doithoai.ListEntry, len(kept))
	for i, k := range kept {
		entries[i] = k.entry
	}
	return entries, err
}

// ListNames returns the names of fields and units under their codes: how files and pages show what entries refer to.
func (db *DB) ListNames(ctx context.Context, authority doithoai.ID) (fields, units map[string]string, err error) {
	fields, units = map[string]string{}, map[string]string{}
	err = listNames(ctx, db.reader(), authority, db.Now().Date(), func(of doithoai.ColumnKind, code, name string) {
		switch of {
		case doithoai.ColumnField:
			fields[code] = name
		case doithoai.ColumnUnit:
			units[code] = name
		}
	})
	return fields, units, err
}

// listRule finds a list's rule and asks whether the actor may take a file over into it.
func listRule(actor doithoai.Actor, name doithoai.ListName) (doithoai.ListRule, error) {
	rule, ok := doithoai.ListRuleOf(name)
	if !ok {
		return rule, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return rule, may(actor, rule.Act)
}

// planList runs the rule on what the list holds now.
func planList(
	ctx context.Context, q querier, authority doithoai.ID, today calendar.Date, rule doithoai.ListRule,
	file doithoai.ListFile,
) (plan doithoai.ListPlan, kept []keptEntry, err error) {
	words := doithoai.ListWords{
		Fields: map[string]string{}, Units: map[string]string{}, Villages: map[string]string{}, Phone: phoneOf,
		Name: text.NameKey, Near: text.DoubtKey, Nearly: map[doithoai.ColumnKind]map[string]string{},
	}
	of := map[doithoai.ColumnKind]map[string]string{
		doithoai.ColumnField: words.Fields, doithoai.ColumnUnit: words.Units, doithoai.ColumnVillage: words.Villages,
	}
	nearly := func(kind doithoai.ColumnKind, name string) {
		if words.Nearly[kind] == nil {
			words.Nearly[kind] = map[string]string{}
		}
		words.Nearly[kind][words.Near(name)] = name
	}
	err = listNames(ctx, q, authority, today, func(kind doithoai.ColumnKind, code, name string) {
		into := of[kind]
		into[words.Name(name)] = code
		into[words.Name(code)] = code
		nearly(kind, name)
	})
	if err != nil {
		return plan, nil, err
	}
	words.Roles = roleWords()
	for _, r := range doithoai.OfficerRoles {
		nearly(doithoai.ColumnRoles, text.For("vi").T("organisation.role."+string(r)))
	}
	if kept, err = listTables[rule.Name].load(ctx, q, authority, today); err != nil {
		return plan, nil, err
	}
	entries := make([]doithoai.ListEntry, len(kept))
	for i, k := range kept {
		entries[i] = k.entry
	}
	return rule.Plan(entries, file, words), kept, nil
}

func listNames(
	ctx context.Context, q querier, authority doithoai.ID, today calendar.Date,
	tell func(of doithoai.ColumnKind, code, name string),
) error {
	fields, err := listTables[doithoai.ListFields].load(ctx, q, authority, today)
	if err != nil {
		return err
	}
	for _, f := range fields {
		tell(doithoai.ColumnField, f.entry[0], f.entry[1])
	}
	o, err := loadOrganisation(ctx, q, authority)
	for _, u := range o.UnitsOn(today) {
		tell(doithoai.ColumnUnit, u.Code, u.Name)
	}
	for _, v := range o.VillagesOn(today) {
		tell(doithoai.ColumnVillage, v.Name, v.Name)
	}
	return err
}

// roleWords are the codes of the roles under the keys of their codes and names.
func roleWords() map[string]string {
	words := map[string]string{}
	for _, r := range doithoai.OfficerRoles {
		words[text.NameKey(string(r))] = string(r)
		for _, lang := range []string{"vi", "en"} {
			words[text.NameKey(text.For(lang).T("organisation.role."+string(r)))] = string(r)
		}
	}
	return words
}

// phoneOf reads telephone numbers for the rules of lists.
func phoneOf(s string) (string, *doithoai.Problem) {
	kept, err := text.NormalPhones(s)
	var fault *text.ContactFault
	if !errors.As(err, &fault) {
		return kept, nil
	}
	p := &doithoai.Problem{Key: string(fault.Reason), Args: []any{"count", fault.Count}}
	if fault.Reason == text.PhoneNoZero { // as spreadsheet programs leave a number
		p.Key = "list.problem.phone_zero"
	}
	return "", p
}

// applyList writes what a plan adds and changes.
func (tx *Tx) applyList(
	ctx context.Context, authority doithoai.ID, rule doithoai.ListRule, plan doithoai.ListPlan, kept []keptEntry,
) error {
	t := listTables[rule.Name]
	ids := make(map[string]doithoai.ID, len(kept))
	for _, k := range kept {
		ids[k.entry[0]] = k.id
	}
	total := int64(len(plan.Changed) + len(plan.Added))
	for i, c := range plan.Changed {
		if err := t.update(ctx, tx, authority, ids[c.Before[0]], c); err != nil {
			return err
		}
		tx.db.progress(StepImport, int64(i+1), total)
	}
	if t.add != nil {
		for i, c := range plan.Added {
			if err := t.add(ctx, tx, authority, c.Entry); err != nil {
				return err
			}
			tx.db.progress(StepImport, int64(len(plan.Changed)+i+1), total)
		}
		return nil
	}
	rows := newRows(t.width)
	for i, c := range plan.Added {
		rows.add(t.row(tx, authority, len(kept)+i, c.Entry)...)
	}
	if err := rows.insert(ctx, tx, t.into); err != nil {
		return err
	}
	tx.db.progress(StepImport, total, total)
	return nil
}
