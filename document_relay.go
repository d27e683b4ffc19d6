package doithoai

import (
	"slices"
	"strings"

	"doithoai/calendar"
)

// A Recipient is a body to which a document of the register was sent: a unit, a village (its head), or another body by
// its name. "Lưu: VT" is none.
type Recipient struct {
	ID          ID
	AuthorityID ID
	Document    DocumentRef
	UnitID      ID            // one of these, or neither
	VillageID   ID            //
	Name        string        // as it is called; of a unit or village, as it is called now
	Route       DocumentRoute // of the last sending
	Detail      string        // of the last sending: a number, an address, a note
	State       RecipientState
	Due         calendar.Date // by when it is to acknowledge; zero: no term is in force
	SentAt      calendar.Instant
	SeenAt      calendar.Instant
	TakenAt     calendar.Instant // when it acknowledged
	Urged       int              // since it was sent
	UrgedAt     calendar.Instant
	// Of one to which the program sends it by e-mail.
	Attempts int
	NextAt   calendar.Instant // when it tries next
	Trouble  Trouble          // why it did not get through when it was tried last
	Version  int
}

// Key tells recipients of a document apart.
func (r Recipient) Key() string { return string(r.UnitID) + "/" + string(r.VillageID) + "/" + r.name() }

func (r Recipient) name() string {
	if r.UnitID != "" || r.VillageID != "" {
		return ""
	}
	return r.Name
}

// DocumentRoute is how a document goes to a recipient.
type DocumentRoute string

const (
	BySystem  DocumentRoute = "system"  // the recipient signs in and finds it
	ByEOffice DocumentRoute = "eoffice" // eOffice, trục liên thông văn bản, with its number there
	ByPaper   DocumentRoute = "paper"
	ByCall    DocumentRoute = "call"  // Zalo or telephone: with whom
	ByEmail   DocumentRoute = "email" // to an address
)

// DocumentRoutes in the order in which forms offer them.
var DocumentRoutes = []DocumentRoute{BySystem, ByEOffice, ByPaper, ByEmail, ByCall}

// RecipientState is where a document stands with a recipient.
type RecipientState string

const (
	RecipientQueued       RecipientState = "queued" // the program is to send it by e-mail
	RecipientSent         RecipientState = "sent"
	RecipientSeen         RecipientState = "seen"
	RecipientAcknowledged RecipientState = "acknowledged"
	// RecipientFailed: it did not arrive, or the document got another number since. It may be sent again.
	RecipientFailed RecipientState = "failed"
)

// Ongoing reports whether something may still be heard of the recipient.
func (r Recipient) Ongoing() bool { return r.Awaited() || r.State == RecipientQueued }

// Awaited reports whether the recipient is still to acknowledge.
func (r Recipient) Awaited() bool { return r.State == RecipientSent || r.State == RecipientSeen }

// Late reports whether the recipient should have acknowledged before a day.
func (r Recipient) Late(today calendar.Date) bool {
	return r.Awaited() && !r.Due.IsZero() && r.Due.Before(today)
}

// RecipientStepKind is what happened with a recipient. Beside those here there are the states.
type RecipientStepKind string

const (
	RecipientUrged      RecipientStepKind = "urged"
	RecipientRenumbered RecipientStepKind = "renumbered" // the document got another number or day after it was sent
)

// RecipientStep is one thing that happened with a recipient. Steps are never changed.
type RecipientStep struct {
	RecipientID ID
	Number      int // the first is 1
	Kind        RecipientStepKind
	Way         string // a [DocumentRoute], or a [ChaseWay]
	Detail      string // number, address, who took it, why it failed
	Paper       string // number of the document when it was sent
	By          ID     // empty: the program
	At          calendar.Instant
}

// ChaseWay is how a recipient was asked to acknowledge.
type ChaseWay string

// ChaseWays in the order in which forms offer them.
var ChaseWays = []ChaseWay{"call", "eoffice", "visit"}

// RelayMatter is what decides to whom a document may go: the units that have its matter, and the body to which it is
// addressed. Both are empty where it is about nobody's own matter. Of what withdraws another document: who got that.
type RelayMatter struct {
	Units []ID
	Body  string
	Had   []string // keys of recipients
}

// relayRules say to whom documents of a kind may go. A kind without a row goes to nobody: what is about one person's
// matter goes to the units that have it and to the body to which it is addressed, and nowhere else.
var relayRules = map[DocumentKind]struct {
	anybody, units, body, had bool
}{
	DocumentPlan:         {anybody: true},
	DocumentAnnouncement: {anybody: true},
	DocumentConclusion:   {anybody: true},
	DocumentPreparation:  {anybody: true}, // names nobody
	DocumentMoved:        {anybody: true},
	DocumentResult:       {anybody: true}, // names nobody who raised something
	DocumentReply:        {units: true},   // the person gets it as a delivery
	DocumentCorrection:   {units: true},
	DocumentEscalation:   {units: true, body: true},
	DocumentCoordination: {units: true, body: true},
	DocumentTransfer:     {units: true, body: true},
	DocumentUrging:       {units: true},
	DocumentBodyUrging:   {units: true, body: true},
	DocumentWithdrawal:   {had: true},
}

// Sent reports whether documents of the kind go to recipients at all.
func (k DocumentKind) Sent() bool {
	_, ok := relayRules[k]
	return ok
}

// Open reports whether a document of the kind may go to anybody: it holds nothing about one person's matter.
func (k DocumentKind) Open() bool { return relayRules[k].anybody }

// Goes reports whether a document of the kind may go to a recipient.
func (k DocumentKind) Goes(r Recipient, m RelayMatter) bool {
	rule := relayRules[k]
	switch {
	case rule.anybody:
		return true
	case rule.had:
		return slices.Contains(m.Had, r.Key())
	case r.UnitID != "":
		return rule.units && slices.Contains(m.Units, r.UnitID)
	case r.VillageID != "":
		return false
	}
	return rule.body && m.Body != "" && r.Name == m.Body
}

// Routes are those by which a document of the kind may go. What is about one person's matter is never put into a mail.
func (k DocumentKind) Routes() (list []DocumentRoute) {
	for _, r := range DocumentRoutes {
		if r != ByEmail || k.Open() {
			list = append(list, r)
		}
	}
	return list
}

// Sending is a document on its way to one recipient.
type Sending struct {
	To     Recipient // who it is: unit, village or name
	Route  DocumentRoute
	Detail string
	// Mailing is what was said of e-mail when it was chosen: nothing else must have come true since.
	Mailing Mailing
}

// The fields of the forms of recipients.
const (
	FieldRecipient = "noi-nhan"
	FieldRoute     = "cach"
	FieldDetail    = "chi-tiet"
	FieldChaseWay  = "cach-nhac"
	FieldTaken     = "ket-qua"
)

// MaxRecipients bounds the recipients of one document.
const MaxRecipients = 300

// SendProblems are the reasons why a document can't be sent so. At names the n-th of them at a field.
//
// In this order, for each: it may go there ([DocumentKind.Goes]) by that route; eOffice has its number, a call says
// with whom, a mail has an address; who has no login is not reached in the system. There is at least one.
func SendProblems(
	d Document, m RelayMatter, all []Sending, signsIn func(Recipient) bool, at func(field string, n int) string,
) []Problem {
	ps := problems{of: "documents.relay.problem."}
	if len(all) == 0 {
		ps.add(at(FieldRoute, 0), "nobody")
	}
	seen := map[string]bool{}
	for n, s := range all {
		name := at(FieldRecipient, n)
		switch {
		case s.To.Key() == "//", seen[s.To.Key()]:
			ps.add(name, "name")
		case !d.Kind.Goes(s.To, m):
			ps.add(name, "not_there")
		}
		seen[s.To.Key()] = true
		ps.long(name, s.To.Name, MaxLine)
		ps.need(slices.Contains(d.Kind.Routes(), s.Route), at(FieldRoute, n), "route")
		detail := at(FieldDetail, n)
		switch {
		case ps.long(detail, s.Detail, MaxLine):
		case s.Route == BySystem && !signsIn(s.To):
			ps.add(at(FieldRoute, n), "no_login")
		case s.Route == ByEOffice:
			ps.need(s.Detail != "", detail, "eoffice")
		case s.Route == ByCall:
			ps.need(s.Detail != "", detail, "call")
		case s.Route == ByEmail:
			name, host, ok := strings.Cut(s.Detail, "@")
			ps.need(ok && name != "" && host != "" && !strings.ContainsAny(s.Detail, " <>"), detail, "email")
		}
	}
	return ps.list
}

// Send returns the recipient as it stands once the document went to it. had is how it stood before; zero: new.
//
// In this order: the document stands; what was sent and did not fail is not sent again; a mail goes as it was said to.
// Who gets it by e-mail from the program has it once that is sent.
func (s Sending) Send(
	d Document, had Recipient, mailing Mailing, due calendar.Date, now calendar.Instant,
) (Recipient, RecipientStep, error) {
	if d.State != DocumentIssued {
		return had, RecipientStep{}, Refuse(Conflict, "documents.relay.problem."+string(d.State))
	}
	if had.Ongoing() || had.State == RecipientAcknowledged {
		return had, RecipientStep{}, Refuse(Conflict, "documents.relay.problem.sent")
	}
	if s.Route == ByEmail && s.Mailing != mailing {
		return had, RecipientStep{}, Refuse(Conflict, "documents.relay.problem.mailing")
	}
	r := s.To
	r.ID, r.Version = had.ID, had.Version
	r.AuthorityID, r.Document = d.AuthorityID, d.Ref()
	r.Route, r.Detail, r.State, r.SentAt, r.Due = s.Route, s.Detail, RecipientSent, now, due
	if s.Route == ByEmail && mailing == MailedByProgram {
		r.State, r.Due, r.NextAt = RecipientQueued, calendar.Date{}, now
	}
	return r, RecipientStep{
		Kind: RecipientStepKind(r.State), Way: string(s.Route), Detail: s.Detail, Paper: d.Number,
	}, nil
}

// recorded are the states that the office can enter for a recipient.
var recorded = []RecipientState{RecipientSeen, RecipientAcknowledged, RecipientFailed}

// Record returns the recipient as it stands once the office has entered what it heard, also of one that the program
// still tries to reach. A recipient that acknowledged, or that it did not reach, stands: Conflict. Who took it, or why
// it failed, is said.
func (r Recipient) Record(to RecipientState, detail string, now calendar.Instant) (Recipient, RecipientStep, error) {
	if !r.Ongoing() || to == RecipientSeen && r.State != RecipientSent {
		return r, RecipientStep{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "documents.relay.problem."}
	ps.need(slices.Contains(recorded, to), FieldTaken, "state")
	switch to {
	case RecipientFailed:
		ps.text(FieldDetail, "failed", detail, MaxLine)
	case RecipientAcknowledged:
		ps.text(FieldDetail, "taken", detail, MaxLine)
	default:
		ps.long(FieldDetail, detail, MaxLine)
	}
	if err := ps.refuse(); err != nil {
		return r, RecipientStep{}, err
	}
	return r.come(to, now), RecipientStep{Kind: RecipientStepKind(to), Detail: detail}, nil
}

// come is the recipient in another state.
func (r Recipient) come(to RecipientState, now calendar.Instant) Recipient {
	r.State, r.NextAt, r.Trouble = to, calendar.Instant{}, TroubleNone
	switch to {
	case RecipientSeen:
		r.SeenAt = now
	case RecipientAcknowledged:
		r.TakenAt = now
	}
	return r
}

// See returns the recipient once it has opened the document itself; false: that changes nothing.
func (r Recipient) See(now calendar.Instant) (Recipient, RecipientStep, bool) {
	if r.State != RecipientSent {
		return r, RecipientStep{}, false
	}
	return r.come(RecipientSeen, now),
		RecipientStep{Kind: RecipientStepKind(RecipientSeen), Way: string(BySystem)}, true
}

// Acknowledge returns the recipient once it says that it has the document: Conflict where it said so, or where the
// document did not reach it.
func (r Recipient) Acknowledge(now calendar.Instant) (Recipient, RecipientStep, error) {
	if !r.Awaited() {
		return r, RecipientStep{}, Refuse(Conflict, "error.conflict")
	}
	return r.come(RecipientAcknowledged, now),
		RecipientStep{Kind: RecipientStepKind(RecipientAcknowledged), Way: string(BySystem)}, nil
}

// Chase is one time at which recipients of a document were asked to acknowledge.
type Chase struct {
	Way  ChaseWay
	Note string
}

// Problems are the reasons why it can't be kept.
func (c Chase) Problems() []Problem {
	ps := problems{of: "documents.relay.problem."}
	ps.need(slices.Contains(ChaseWays, c.Way), FieldChaseWay, "chase_way")
	ps.long(FieldDetail, c.Note, MaxLine)
	return ps.list
}

// Urge returns the recipient once it was asked to acknowledge; false: there is nothing to ask for.
func (r Recipient) Urge(c Chase, now calendar.Instant) (Recipient, RecipientStep, bool) {
	if !r.Awaited() {
		return r, RecipientStep{}, false
	}
	r.Urged, r.UrgedAt = r.Urged+1, now
	return r, RecipientStep{Kind: RecipientUrged, Way: string(c.Way), Detail: c.Note}, true
}

// ParameterAcknowledge is the term in which a recipient is to acknowledge a document, from the day of its sending.
const ParameterAcknowledge = "document.acknowledge"

// Acts of sending documents to their recipients.
const (
	ActSendDocument        Act = "send_document"        // to recipients, one route each
	ActRecordRecipient     Act = "record_recipient"     // what the office hears of a recipient
	ActUrgeRecipients      Act = "urge_recipients"      // ask for what is not acknowledged
	ActSeeReceived         Act = "see_received"         // the page of what was sent to the officer's unit or village
	ActOpenReceived        Act = "open_received"        // open one: it is seen
	ActAcknowledgeDocument Act = "acknowledge_document" // "Đã nhận"
)

var (
	sendingLaw = law{
		"a document goes to its recipients, by one route each; what is about one person's matter goes only to who has it",
		"NĐ 30/2020/NĐ-CP Đ.18 (L); Luật 91/2025/QH15 (L)", "TestSendDocument"}
	// receivers are the roles that may work in a unit or head a village.
	receivers = []Role{
		RoleOffice, RoleSecretary, RoleClerk, RoleReception, RoleUnitOfficer, RoleFinance, RoleCulture, RoleVillageHead,
	}
)

func grantAll(roles []Role, when condition) (all []grant) {
	for _, r := range roles {
		all = append(all, grant{r, when})
	}
	return all
}

var documentRelayActs = []actRow{
	{ActSendDocument, sendingLaw, []grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActRecordRecipient, law{"the office enters what it hears of a recipient: it has the document, or did not get it",
		"NĐ 30/2020/NĐ-CP Đ.18 (L)", "TestRecordRecipient"},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActUrgeRecipients, law{"who has not acknowledged a document is asked to", "house rules", "TestUrgeRecipients"},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActSeeReceived, opening, grantAll(receivers, always)},
	{ActOpenReceived, law{"who a document was sent to opens it: it is seen", "house rules", "TestReceivedDocuments"},
		grantAll(receivers, ofRecipient)},
	{ActAcknowledgeDocument, law{"who a document was sent to says that they have it",
		"NĐ 30/2020/NĐ-CP Đ.21 (L)", "TestReceivedDocuments"},
		grantAll(receivers, ofRecipient)},
}
