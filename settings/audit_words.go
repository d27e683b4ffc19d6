package settings

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// subject words what an act was done to. Entries keep the keys of rules and lists.
func (p auditPage) subject(l doithoai.AuditLine) string {
	switch l.Act {
	case doithoai.ActSetParameter, doithoai.ActWithdrawParameter:
		if rows := p.Rules.Parameters.Of(l.Subject); len(rows) > 0 {
			return p.ParameterText(rows[0])
		}
	case doithoai.ActSetLegalBasis:
		if b, ok := p.Bases.ByKey(l.Subject); ok {
			return b.Title()
		}
	case doithoai.ActSetPaperTemplate, doithoai.ActDropPaperTemplate, doithoai.ActSetPaperSentence:
		return p.T("template.kind." + l.Subject)
	case doithoai.ActImportList:
		return p.T("list.name." + l.Subject)
	case doithoai.ActExportAudit:
		return p.T("settings.audit.title")
	case doithoai.ActViewEvidence, doithoai.ActRemoveEvidence:
		return p.dates(l.Subject)
	case doithoai.ActChangeCalendar:
		return p.T("settings.calendar.title")
	case doithoai.ActRenameAuthority, doithoai.ActSetPortal:
		return p.Authority.Name
	}
	if plansAct(l.Act) {
		return p.planWords(l.Subject)
	}
	if m := dialogueEntry.FindStringSubmatch(l.Subject); m != nil {
		item, _ := ofChecklist(l.Act, l.After)
		return p.T("settings.audit.dialogue", "name", p.dates(m[1])) + m[2] + item
	}
	return l.Subject
}

// changed words what stood and what stands after an act on the rules.
func (p auditPage) changed(l doithoai.AuditLine) []string {
	switch l.Act {
	case doithoai.ActExportAudit:
		if l.After == "" {
			return nil
		}
		return []string{p.T("settings.audit.filtered", "value", p.filterWords(l.After))}
	case doithoai.ActViewEvidence, doithoai.ActSeeMinutes: // their entry is for the program: which view serves
		return nil
	case doithoai.ActImportList, doithoai.ActImportDelegates:
		return []string{p.importWords(l.After)}
	}
	var list []string
	if l.Before != "" {
		list = append(list, p.T("settings.audit.before", "value", p.value(l.Act, l.Before)))
	}
	if l.After != "" {
		list = append(list, p.T("settings.audit.after", "value", p.value(l.Act, l.After)))
	}
	return list
}

// value words what an entry keeps of an act in codes and days.
func (p auditPage) value(act doithoai.Act, v string) string {
	if n, err := strconv.Atoi(strings.TrimPrefix(v, "files +")); err == nil && strings.HasPrefix(v, "files +") {
		return p.T("evidence.count", "count", n)
	}
	if codes, ok := preparing[act]; ok {
		_, v = ofChecklist(act, v)
		return p.preparedWords(codes, v)
	}
	switch act {
	case doithoai.ActRemoveEvidence:
		return p.T("evidence.reason." + v)
	case doithoai.ActSetPortal:
		return p.T("settings.organisation.portal." + v)
	case doithoai.ActReportTask, doithoai.ActRecordTask, doithoai.ActUrgeTask, doithoai.ActReopenTask,
		doithoai.ActDropTask:
		return p.T("task.state." + v)
	case doithoai.ActSetParameter, doithoai.ActWithdrawParameter:
		return p.parameterWords(v)
	case doithoai.ActSetPaperTemplate, doithoai.ActDropPaperTemplate:
		look, from, _ := strings.Cut(v, " ")
		from, _, _ = strings.Cut(from, "/") // behind it the hash of the file: for who compares
		return p.T("template."+look) + ", " + p.dates(from)
	case doithoai.ActSetPaperSentence:
		from, words, _ := strings.Cut(v, " ")
		return cmp.Or(words, p.T("template.sentence.program")) + ", " + p.dates(from+"/")
	case doithoai.ActSetLegalBasis:
		return p.basisWords(v)
	case doithoai.ActAddDelegate, doithoai.ActChangeDelegate, doithoai.ActRemoveDelegate,
		doithoai.ActWithdrawInvitation, doithoai.ActInviteDelegates, doithoai.ActRemindDelegates,
		doithoai.ActRecordReply, doithoai.ActReplyInvitation:
		return p.dates(p.delegateWords(v))
	case doithoai.ActDelegate, doithoai.ActRevokeDelegation:
		if m := delegationEntry.FindStringSubmatch(v); m != nil {
			v = m[1] + ": " + p.codeWords(m[2]) + " (" + m[3] + ")" + m[4]
		}
	}
	if state, number, _ := strings.Cut(v, " "); plansAct(act) && p.Text.Has("plan.state."+state) {
		return strings.TrimSpace(p.T("plan.state."+state) + " " + number)
	}
	v = codesEntry.ReplaceAllStringFunc(v, func(codes string) string {
		return "(" + p.codeWords(codes[1:len(codes)-1]) + ")"
	})
	return p.dates(v)
}

// plansAct reports whether an act is one on plans.
func plansAct(act doithoai.Act) bool {
	switch act {
	case doithoai.ActDraftPlan, doithoai.ActTakeOverPlan, doithoai.ActSubmitPlan, doithoai.ActWithdrawPlan,
		doithoai.ActReturnPlan, doithoai.ActSignPlan, doithoai.ActIssuePlan, doithoai.ActAmendPlan, doithoai.ActDropPlan:
		return true
	}
	return false
}

// planWords word an edition of a plan: "2024/1" is the first amendment of that year's.
func (p auditPage) planWords(subject string) string {
	year, number, amended := strings.Cut(subject, "/")
	words := p.T("plans.of_year", "year", year)
	if amended {
		words += ", " + p.T("plans.amendment", "number", number)
	}
	return words
}

// Entries of the audit as the store writes them.
var (
	filterEntry     = regexp.MustCompile(`(\w+)=(\S+)`)
	importEntry     = regexp.MustCompile(`^\+(\d+) ~(\d+) =(\d+)$`)
	ruleEntry       = regexp.MustCompile(`^(.*) ([\d-]*)/([\d-]*)(?: ([a-z0-9-]+))?( personal_data)?$`)
	delegationEntry = regexp.MustCompile(`^(\S+): ([a-z_ ]+) \((\w+)\)(.*)$`)
	codesEntry      = regexp.MustCompile(`\([a-z_]+(?: [a-z_]+)*\)`)
	dialogueEntry   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}(?:-\d+)?)( .*)?$`) // its slug, and what of it
	dayEntry        = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)
)

// filterWords word the filter of an export ([doithoai.AuditFilter.Words]).
func (p auditPage) filterWords(v string) string {
	names := p.names()
	var list []string
	for _, m := range filterEntry.FindAllStringSubmatch(v, -1) {
		label, value := "register.number", p.dates(m[2])
		switch m[1] {
		case "actor":
			label, value = "settings.audit.person", names[doithoai.ID(m[2])].Name
		case "act":
			label, value = "settings.audit.act", p.ActName(doithoai.Act(m[2]))
		case "from":
			label = "settings.audit.from"
		case "to":
			label = "settings.audit.to"
		}
		list = append(list, p.T("settings.audit.criterion", "what", p.T(label), "value", value))
	}
	return strings.Join(list, "; ")
}

// delegateWords word how many were invited in which capacity or by which route, and how an invitation stands:
// "38 paper 2024-10-14", "accepted".
func (p auditPage) delegateWords(v string) string {
	list := strings.Fields(v)
	for i, word := range list {
		for _, key := range []string{"delegate.state." + word, "delegate.route." + word, "delegate.capacity." + word} {
			if p.Text.Has(key) {
				list[i] = p.T(key)
				break
			}
		}
	}
	return strings.Join(list, ", ")
}

func (p auditPage) importWords(v string) string {
	m := importEntry.FindStringSubmatch(v)
	if m == nil {
		return v
	}
	return p.T("settings.audit.imported", "added", m[1], "changed", m[2], "same", m[3])
}

// parameterWords word a value: "7 workdays 2024-07-01/ nd-61-2018".
func (p auditPage) parameterWords(v string) string {
	m := ruleEntry.FindStringSubmatch(v)
	if m == nil {
		return p.dates(v)
	}
	value, unit, _ := strings.Cut(m[1], " ")
	words := []string{
		parameterValue(p.Reader, doithoai.Parameter{Value: value, Unit: doithoai.ParameterUnit(unit)}), p.period(m),
	}
	if b, ok := p.Bases.ByKey(m[4]); ok {
		words = append(words, b.Title())
	}
	return strings.Join(words, ", ")
}

// basisWords word a document: "61/2018/NĐ-CP 2018-06-21/2025-05-31 nd-118-2025".
func (p auditPage) basisWords(v string) string {
	m := ruleEntry.FindStringSubmatch(v)
	if m == nil {
		return p.dates(v)
	}
	words := []string{m[1], p.period(m)}
	if b, ok := p.Bases.ByKey(m[4]); ok {
		words = append(words, p.T("settings.bases.replaced_by")+": "+b.Title())
	}
	if m[5] != "" {
		words = append(words, p.T("settings.bases.in_notice"))
	}
	return strings.Join(words, ", ")
}

// period words the days between which a rule holds.
func (p auditPage) period(entry []string) string {
	from, _ := calendar.ParseDate(entry[2]) // none: the zero day, which is not known
	to, _ := calendar.ParseDate(entry[3])
	return period(p.Reader, from, to)
}

// codeWords word roles, and manners of signing.
func (p auditPage) codeWords(codes string) string {
	list := strings.Fields(codes)
	for i, c := range list {
		for _, key := range []string{"organisation.role." + c, "organisation.delegation.manner." + c} {
			if p.Text.Has(key) {
				list[i] = p.T(key)
			}
		}
	}
	return strings.Join(list, ", ")
}

// dates writes the days of an entry as people read them.
func (p auditPage) dates(v string) string {
	return dayEntry.ReplaceAllStringFunc(v, func(day string) string {
		if d, err := calendar.ParseDate(day); err == nil {
			return p.Date(d)
		}
		return day
	})
}
