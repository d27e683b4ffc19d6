package doithoai

// AuditEntry is an act that concerns no opinion: a rule changed, a unit renamed, an account locked. Entries are only ever
// added. They hold no personal data but who acted.
type AuditEntry struct {
	ID          ID
	AuthorityID ID
	At          Instant
	ActorID     ID // empty: the system, or the operator at the machine
	Act         Act
	Subject     string // what it was done to: the key of a parameter, the name of a unit, a login
	Before      string // what stood before, "" where there was nothing
	After       string // what stands now, "" where there is nothing
}
