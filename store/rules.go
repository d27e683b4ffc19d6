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
	r.Parameters, err = list(ctx, q, func(row row) (p doithoai.Parameter, err error) {
		return p, row.Scan(&p.Key, &p.Label, &p.Value, &p.Unit, &p.From, &p.To, &p.Basis, &p.BasisKey, &p.Certainty)
	}, `SELECT key, label, value, unit, valid_from, valid_to, basis, basis_key, certainty FROM parameter WHERE authority_id = $1 ORDER BY ordinal`, authority)
	if err != nil {
		return r, err
	}
	days, err := list(ctx, q, func(row row) (d doithoai.CalendarDay, err error) {
		return d, row.Scan(&d.Date, &d.Kind, &d.Name, &d.Source, &d.Certainty)
	}, `SELECT day, kind, name, source, certainty FROM calendar_day WHERE authority_id = $1`, authority)
	if err != nil {
		return r, err
	}
	version, err := one(ctx, q, column[string], `SELECT calendar_version FROM authority WHERE id = $1`, authority)
	if err != nil {
		return r, err
	}
	if r.Calendar, err = doithoai.NewCalendar(version, days); err != nil {
		return r, err
	}
	r.Fields, err = list(ctx, q, func(row row) (f doithoai.Field, err error) {
		return f, row.Scan(&f.Code, &f.Name, &f.Conduct)
	}, `SELECT code, name, conduct FROM field WHERE authority_id = $1 ORDER BY ordinal`, authority)
	return r, err
}
