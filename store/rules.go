package store

import (
	"context"

	"doithoai"
)

// Rules are an authority's dated rules: parameters, calendar, fields.
type Rules struct {
	Parameters doithoai.Parameters
	Calendar   doithoai.Calendar
	Fields     []doithoai.Field
}

// Propose reckons the due date that a ruling's parameter proposes on a day; false where the ruling opens nothing or no
// parameter is in force.
func (r Rules) Propose(rule doithoai.RulingRule, on doithoai.Date) (doithoai.Deadline, bool) {
	if !rule.OpensPetition {
		return doithoai.Deadline{}, false
	}
	term, err := r.Parameters.TermAt(rule.Term, on)
	if err != nil {
		return doithoai.Deadline{}, false
	}
	return r.Calendar.Deadline(on, term), true
}

// ReadDue is the due date of a ruling as it was typed, or the one that its parameter proposes where nothing was. An error
// says that what was typed is no date.
func (r Rules) ReadDue(code doithoai.RulingCode, typed string, on doithoai.Date) (doithoai.Date, error) {
	if typed != "" {
		return doithoai.ParseDateVN(typed)
	}
	rule, _ := doithoai.RuleOf(code)
	d, _ := r.Propose(rule, on)
	return d.Due, nil
}

// DueOf is the last day of a parameter's term from a day on, zero where the parameter is not in force.
func (r Rules) DueOf(key string, from doithoai.Date) doithoai.Date {
	term, err := r.Parameters.TermAt(key, from)
	if err != nil {
		return doithoai.Date{}
	}
	return r.Calendar.Due(from, term)
}

// CountsFrom is the moment from which terms of a receipt run ([doithoai.Calendar.CountsFrom]).
func (r Rules) CountsFrom(received doithoai.Instant) doithoai.Instant {
	return r.Calendar.CountsFrom(received, r.Parameters)
}

// RuleBy is the day by which an opinion without a ruling should get one, as it stands on a day: that of its dialogue
// (the zero Dialogue where it is for none) while that is not past, else the last of the term "classify.within" from its
// receipt. Zero where that parameter is not in force.
func (r Rules) RuleBy(o doithoai.Opinion, d doithoai.Dialogue, on doithoai.Date) doithoai.Date {
	if held := d.StartsAt.Date(); !d.StartsAt.IsZero() && !held.Before(on) {
		return held
	}
	return r.DueOf("classify.within", r.CountsFrom(o.ReceivedAt).Date())
}

// unruledLate is the instant before which an opinion was received that is late on a day for want of a ruling, unless its
// dialogue is still to come ([Rules.RuleBy]). Zero where none can be late.
func (r Rules) unruledLate(on doithoai.Date) doithoai.Instant {
	for day := on; ; day = day.AddDays(-1) {
		due := r.DueOf("classify.within", day)
		if due.IsZero() {
			return doithoai.Instant{}
		}
		if due.Before(on) {
			return r.Calendar.CountedUntil(day, r.Parameters)
		}
	}
}

// FieldName is the name of a field's code, empty where the code is.
func (r Rules) FieldName(code string) string {
	for _, f := range r.Fields {
		if f.Code == code {
			return f.Name
		}
	}
	return ""
}

// Rules loads the rules of an authority.
func (db *DB) Rules(ctx context.Context, authority doithoai.ID) (Rules, error) {
	return loadRules(ctx, db.reader(), authority)
}

func loadRules(ctx context.Context, q querier, authority doithoai.ID) (r Rules, err error) {
	if r.Parameters, err = loadParameters(ctx, q, authority); err != nil {
		return r, err
	}
	if r.Calendar, err = currentCalendar(ctx, q, authority); err != nil {
		return r, err
	}
	r.Fields, err = list(ctx, q, func(row row) (f doithoai.Field, err error) {
		err = row.Scan(&f.Code, &f.Name, &f.Conduct)
		return f, err
	}, `SELECT code, name, conduct FROM field WHERE authority_id = $1 ORDER BY ordinal`, authority)
	return r, err
}
