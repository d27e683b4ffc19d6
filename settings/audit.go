package settings

import (
	"net/http"
	"net/url"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

const auditPath = web.SettingsPath + "/nhat-ky"

// auditLimit is how many lines a page of the audit has; an export reads auditBatch of them at a time.
const (
	auditLimit = 50
	auditBatch = 1000
)

// auditPage says who did and who saw what, newest first.
type auditPage struct {
	*web.Reader
	Form          auditForm
	Filter        doithoai.AuditFilter
	Problems      web.Problems
	Lines         []doithoai.AuditLine
	First, More   bool
	Next          store.AuditCursor
	Acts          []doithoai.Act
	Officers      []doithoai.Officer
	Rules         doithoai.Rules // name what was changed
	Bases         doithoai.LegalBases
	Denunciations doithoai.Count // of the authority: the count is all there is to see
}

// auditForm is the filter as it was typed.
type auditForm struct {
	Actor  string `form:"nguoi" line:"true"`
	Act    string `form:"viec" line:"true"`
	From   string `form:"tu-ngay" line:"true"`
	To     string `form:"den-ngay" line:"true"`
	Number string `form:"so" line:"true"`
}

// typedFilter reads the filter from the page's address or from the form of the export.
func typedFilter(r *web.Reader, values url.Values) auditForm {
	of := func(name string) string { return text.CleanLine(values.Get(name)) }
	return auditForm{Actor: of("nguoi"), Act: of("viec"), Number: of("so"),
		From: r.WholeDate(of("tu-ngay")), To: r.WholeDate(of("den-ngay"))}
}

// values are the filter as an address carries it.
func (f auditForm) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"nguoi": f.Actor, "viec": f.Act, "tu-ngay": f.From, "den-ngay": f.To, "so": f.Number,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// filter is what was typed as the audit takes it: days that are days, the first not after the last, somebody of this
// authority.
func (f auditForm) filter(officers []doithoai.Officer) (doithoai.AuditFilter, error) {
	number, _ := text.RegisterNumber(f.Number)
	filter := doithoai.AuditFilter{Act: doithoai.Act(f.Act), Number: doithoai.RegisterNumber(number)}
	var problems []doithoai.Problem
	for _, d := range []struct {
		field, typed string
		into         *calendar.Date
	}{{"tu-ngay", f.From, &filter.From}, {"den-ngay", f.To, &filter.To}} {
		if d.typed == "" {
			continue
		}
		var err error
		if *d.into, err = calendar.ParseDateVN(d.typed); err != nil {
			problems = append(problems, doithoai.Problem{Field: d.field, Key: "settings.audit.problem.date"})
		}
	}
	if len(problems) == 0 && !filter.From.IsZero() && !filter.To.IsZero() && filter.To.Before(filter.From) {
		problems = append(problems, doithoai.Problem{Field: "den-ngay", Key: "settings.audit.problem.order"})
	}
	for _, o := range officers {
		if f.Actor == o.Login {
			filter.ActorID = o.ID
		}
	}
	if f.Actor != "" && filter.ActorID == "" {
		problems = append(problems, doithoai.Problem{Field: "nguoi", Key: "settings.audit.problem.person"})
	}
	return filter, doithoai.RefuseForm(problems)
}

func (s *site) audit(r *web.Request) error {
	p, err := s.auditOf(r, typedFilter(r.Reader, r.URL.Query()))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if p.Problems.Any() {
		status = http.StatusUnprocessableEntity
	} else {
		from := store.ParseAuditCursor(r.URL.Query().Get("sau"))
		p.First = from == store.AuditCursor{}
		if p.Lines, p.Next, p.More, err = s.db.Audit(r.Context(), r.Actor(), p.Filter, from, auditLimit); err != nil {
			return err
		}
	}
	return r.Page(status, p.view())
}

// auditOf reads what the page shows beside its lines.
func (s *site) auditOf(r *web.Request, f auditForm) (p auditPage, err error) {
	p = auditPage{Reader: r.Reader, Form: f, First: true}
	if p.Officers, err = s.db.Officers(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Bases, err = s.db.LegalBases(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Acts, err = s.db.AuditedActs(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	if doithoai.MayAudit(r.Actor(), doithoai.AuditOpinions) {
		if p.Denunciations, err = s.db.Denunciations(r.Context(), r.Actor()); err != nil {
			return p, err
		}
	}
	var refusal error
	p.Filter, refusal = f.filter(p.Officers)
	p.Problems = r.Problems(refusal)
	return p, nil
}

// path is the address of the page with its filter, beginning behind a line.
func (p auditPage) path(after string) string {
	v := p.Form.values()
	if after != "" {
		v.Set("sau", after)
	}
	if len(v) == 0 {
		return auditPath
	}
	return auditPath + "?" + v.Encode()
}

// exportAudit sends the lines under a filter as a table. That it was taken away is in the audit itself, before the
// first line leaves.
func (s *site) exportAudit(r *web.Request) error {
	var f auditForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.auditOf(r, f)
	if err != nil {
		return err
	}
	if p.Problems.Any() { // the page says them
		return r.Redirect(p.path(""))
	}
	if err := s.db.ExportAudit(r.Context(), r.Actor(), p.Filter); err != nil {
		return err
	}
	lines, from, more, err := s.db.Audit(r.Context(), r.Actor(), p.Filter, store.AuditCursor{}, auditBatch)
	if err != nil {
		return err
	}
	names := p.names()
	return sendTable(r, "nhat-ky-"+r.Today().String(), p.headings(), func(yield func([]string) bool) {
		for {
			for _, l := range lines {
				if !yield(p.row(l, names)) {
					return
				}
			}
			if !more {
				return
			}
			if lines, from, more, err = s.db.Audit(r.Context(), r.Actor(), p.Filter, from, auditBatch); err != nil {
				return
			}
		}
	}, &err)
}

// names are who acted, by id.
func (p auditPage) names() map[doithoai.ID]doithoai.Officer {
	byID := map[doithoai.ID]doithoai.Officer{}
	for _, o := range p.Officers {
		byID[o.ID] = o
	}
	return byID
}

// nobody has the keys of the words for who acted where it was not an officer.
var nobody = map[doithoai.AuditSource]string{
	doithoai.AuditOpinions: "settings.audit.resident",
	doithoai.AuditRules:    "settings.audit.operator",
	doithoai.AuditAccounts: "settings.audit.operator",
}

// person is who did a line's act.
func (p auditPage) person(l doithoai.AuditLine, names map[doithoai.ID]doithoai.Officer) string {
	switch {
	case l.ActorID == "" && l.Act == doithoai.ActReplyInvitation:
		return p.T("settings.audit.delegate")
	case l.ActorID == "":
		return p.T(nobody[l.Source])
	}
	return names[l.ActorID].Name
}

// act words what somebody did. Where the sign-in was refused, somebody only tried.
func (p auditPage) act(l doithoai.AuditLine) string {
	if l.Source == doithoai.AuditSignIns && l.Outcome != doithoai.SignInDone {
		return p.T("settings.audit.tried")
	}
	return p.Did(l.Act, l.ActorID)
}

// details word what a line says beyond who, what and when.
func (p auditPage) details(l doithoai.AuditLine) []string {
	var list []string
	add := func(s string) {
		if s != "" {
			list = append(list, s)
		}
	}
	switch l.Source {
	case doithoai.AuditOpinions:
		if l.Reason != "" {
			add(p.T("opinion.timeline.reason", "reason", p.T("slip.petitioner.reason."+l.Reason)))
		}
	case doithoai.AuditSignIns:
		if l.Outcome != doithoai.SignInDone { // then the act says it
			add(p.T("account.sign_in.outcome." + string(l.Outcome)))
		}
		if l.Client != "" {
			add(p.T("settings.sign_ins.address", "address", l.Client))
		}
	case doithoai.AuditAccounts:
		if l.After != "" && l.Act != doithoai.ActOpenAccount {
			add(p.T("settings.audit.changed", "before", p.T("account.state."+l.Before), "after", p.T("account.state."+l.After)))
		}
	default:
		list = p.changed(l)
	}
	return list
}

// headings and row are the audit as a table: one line each, who by name and login.
func (p auditPage) headings() []string {
	return []string{
		p.T("settings.audit.at"), p.T("settings.audit.person"), p.T("settings.sign_in.login"),
		p.T("settings.audit.act"), p.T("settings.audit.subject"), p.T("settings.audit.details"),
	}
}

func (p auditPage) row(l doithoai.AuditLine, names map[doithoai.ID]doithoai.Officer) []string {
	return []string{
		calendar.Civil(l.At).Format("02/01/2006 15:04:05"), p.person(l, names), names[l.ActorID].Login,
		p.act(l), p.subject(l), strings.Join(p.details(l), " "),
	}
}
