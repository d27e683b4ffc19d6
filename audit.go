package doithoai

import (
	"strings"

	"doithoai/calendar"
)

// AuditEntry is an act that concerns no opinion: a rule changed, a unit renamed, an account locked. Entries are only
// ever added. They hold no personal data but who acted.
type AuditEntry struct {
	ID          ID
	AuthorityID ID
	At          calendar.Instant
	ActorID     ID // empty: the system, or the operator at the machine
	Act         Act
	Subject     string // what it was done to: the key of a parameter, the name of a unit, a login
	Before      string // what stood before, "" where there was nothing
	After       string // what stands now, "" where there is nothing
}

// AuditSource is where a line of the audit comes from.
type AuditSource string

const (
	AuditOpinions AuditSource = "opinions" // acts on opinions, and views of who raised them
	AuditRules    AuditSource = "rules"    // acts on the rules and the organisation
	AuditAccounts AuditSource = "accounts" // acts on accounts
	AuditSignIns  AuditSource = "sign_ins" // tries to sign in
)

// auditRights are the acts that open the sources of the audit. The rules are open to whoever may open it at all: they
// are shown to the whole office anyway.
var auditRights = map[AuditSource]Act{
	AuditOpinions: ActAuditOpinions,
	AuditRules:    ActSeeAudit,
	AuditAccounts: ActAuditAccounts,
	AuditSignIns:  ActAuditAccounts,
}

// ActSignIn names a try to sign in among the acts of the audit. It stands in no table of permissions: who tries is not
// known yet.
const ActSignIn Act = "sign_in"

// AccountActs are the acts on accounts, others' or one's own.
var AccountActs = []Act{
	ActOpenAccount, ActResetPassword, ActLockAccount, ActUnlockAccount, ActDeactivateAccount, ActReactivateAccount,
	ActDropSecondStep, ActChangePassword, ActTurnOnSecondStep, ActTurnOffSecondStep, ActRenewRecoveryCodes,
}

// MayAudit reports whether the actor sees what comes from a source.
func MayAudit(a Actor, s AuditSource) bool {
	return Can(a, auditRights[s], Subject{AuthorityID: a.AuthorityID}) == nil
}

// AuditLine is one line of the audit: who did what to what, when. It holds numbers, logins and codes, no content.
type AuditLine struct {
	Source  AuditSource
	At      calendar.Instant
	ActorID ID // empty: a resident, the system, or the operator at the machine
	Act     Act
	Subject string        // a register number, a login, the key of a rule
	Before  string        // of acts on rules and accounts
	After   string        // the same
	Reason  string        // code of the reason for a view of personal data
	Outcome SignInOutcome // of a try to sign in
	Client  string        // network address of that
}

// AuditFilter narrows the audit; zero fields don't.
type AuditFilter struct {
	ActorID  ID // who did it
	Act      Act
	From, To calendar.Date // first and last day
	Number   RegisterNumber
}

// Wants reports whether a source can have lines for the filter: only opinions have numbers, only acts on accounts are
// acts on accounts.
func (f AuditFilter) Wants(s AuditSource) bool {
	if f.Number != "" && s != AuditOpinions {
		return false
	}
	if f.Act == "" {
		return true
	}
	switch s {
	case AuditSignIns:
		return f.Act == ActSignIn
	case AuditAccounts:
		return oneOf(f.Act, AccountActs)
	}
	return f.Act != ActSignIn && !oneOf(f.Act, AccountActs)
}

// Words returns the filter in one line, for the entry of an export: who by id, never by name.
func (f AuditFilter) Words() string {
	var list []string
	for _, p := range [][2]string{
		{"actor", string(f.ActorID)}, {"act", string(f.Act)},
		{"from", f.From.String()}, {"to", f.To.String()}, {"number", string(f.Number)},
	} {
		if p[1] != "" {
			list = append(list, p[0]+"="+p[1])
		}
	}
	return strings.Join(list, " ")
}

// Acts of looking at who did what.
const (
	ActSeeAudit      Act = "see_audit"      // who did what, who saw what: as far as the next two reach
	ActAuditOpinions Act = "audit_opinions" // of acts on opinions, and views of who raised them
	ActAuditAccounts Act = "audit_accounts" // of acts on accounts, and sign-ins
	ActExportAudit   Act = "export_audit"
)

var (
	auditLaw = law{"who did what, who saw what", "NĐ 154/2026 Đ.12 k.2 from 1/7/2026 (C); Luật 91/2025 (C)", "TestAudit"}
)

var auditActs = []actRow{
	{ActSeeAudit, auditLaw,
		[]grant{{RoleChair, always}, {RoleOffice, always}, {RoleAdministrator, always}}},
	{ActAuditOpinions, auditLaw,
		[]grant{{RoleChair, always}, {RoleOffice, always}}},
	{ActAuditAccounts, auditLaw,
		[]grant{{RoleChair, always}, {RoleAdministrator, always}}},
	{ActExportAudit, law{"the same as a table; itself kept", "house rules", "TestAudit"},
		[]grant{{RoleChair, always}, {RoleOffice, always}, {RoleAdministrator, always}}},
}
