package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const recipientColumns = `id, subject_id, kind, part, authority_id, unit_id, village_id, name, route, detail, ` +
	`state, due, sent_at, seen_at, taken_at, urged, urged_at, attempts, next_at, trouble, version`

// recipientsFrom reads recipients x, each as its unit or village is called now.
var recipientsFrom = `SELECT ` + columnsOf("x", recipientColumns) + `, coalesce(nullif(u.short, ''), u.name, v.name, '')
	FROM document_recipient x
	LEFT JOIN unit u ON u.id = x.unit_id
	LEFT JOIN village v ON v.id = x.village_id`

func recipientFields(x *doithoai.Recipient) []any {
	return []any{
		&x.ID, &x.Document.Subject, &x.Document.Kind, &x.Document.Part, &x.AuthorityID, &x.UnitID, &x.VillageID, &x.Name,
		&x.Route, &x.Detail, &x.State, &x.Due, &x.SentAt, &x.SeenAt, &x.TakenAt, &x.Urged, &x.UrgedAt,
		&x.Attempts, &x.NextAt, &x.Trouble, &x.Version,
	}
}

func scanRecipient(r row) (x doithoai.Recipient, err error) {
	var called string
	err = r.Scan(append(recipientFields(&x), &called)...)
	if called != "" {
		x.Name = called
	}
	return x, err
}

const recipientStepColumns = `recipient_id, number, authority_id, kind, way, detail, paper, officer_id, at`

// DocumentRelay is to whom a document was sent, and to whom it may be.
type DocumentRelay struct {
	Recipients []doithoai.Recipient // in the order in which they got it
	Steps      map[doithoai.ID][]RecipientStep
	Proposed   []ProposedRecipient // that do not have it: what the data know of its "Nơi nhận"
	Version    int                 // 0: it was sent to nobody yet
	Mailing    doithoai.Mailing    // of one that may go by e-mail at all
}

// A RecipientStep is one thing that happened with a recipient, with who did it.
type RecipientStep struct {
	doithoai.RecipientStep
	Officer string
}

// ProposedRecipient is one to which a document may be sent.
type ProposedRecipient struct {
	doithoai.Recipient
	SignsIn bool // somebody there has a login
}

// DocumentRelay returns to whom a document of the register was sent; NotFound where the actor does not see it.
func (db *DB) DocumentRelay(
	ctx context.Context, actor doithoai.Actor, at doithoai.DocumentRef,
) (r DocumentRelay, err error) {
	if err := may(actor, doithoai.ActSeeDocuments); err != nil {
		return r, err
	}
	if err := checkID(at.Subject); err != nil {
		return r, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		d, err := listedDocument(ctx, q, actor, at, db.Now().Date())
		if err != nil {
			return err
		}
		if r.Version, err = relayVersion(ctx, q, at, ""); err != nil {
			return err
		}
		if r.Recipients, err = recipientsOf(ctx, q, at); err != nil {
			return err
		}
		if r.Steps, err = recipientSteps(ctx, q, at); err != nil {
			return err
		}
		if r.Proposed, err = proposedFor(ctx, q, d.Document, r.Recipients, db.Now().Date()); err != nil {
			return err
		}
		r.Mailing, err = db.mailing(ctx, q, d.Document)
		return err
	})
	return r, err
}

func relayVersion(ctx context.Context, q querier, at doithoai.DocumentRef, lock string) (int, error) {
	all, err := list(ctx, q, column[int], `SELECT version
		FROM document_relay
		WHERE subject_id = $1 AND kind = $2 AND part = $3`+lock, at.Subject, at.Kind, at.Part)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}

func recipientsOf(ctx context.Context, q querier, at doithoai.DocumentRef) ([]doithoai.Recipient, error) {
	return list(ctx, q, scanRecipient, recipientsFrom+`
		WHERE x.subject_id = $1 AND x.kind = $2 AND x.part = $3
		ORDER BY x.id LIMIT $4`, at.Subject, at.Kind, at.Part, doithoai.MaxRecipients)
}

// maxRecipientSteps bounds what is shown of what happened with the recipients of a document.
const maxRecipientSteps = 5000

func recipientSteps(
	ctx context.Context, q querier, at doithoai.DocumentRef,
) (map[doithoai.ID][]RecipientStep, error) {
	all, err := list(ctx, q, func(r row) (s RecipientStep, err error) {
		var authority doithoai.ID
		err = r.Scan(&s.RecipientID, &s.Number, &authority, &s.Kind, &s.Way, &s.Detail, &s.Paper, &s.By, &s.At, &s.Officer)
		return s, err
	}, `SELECT `+columnsOf("s", recipientStepColumns)+`, coalesce(o.name, '')
		FROM document_recipient x
		JOIN document_recipient_step s ON s.recipient_id = x.id
		LEFT JOIN officer o ON o.id = s.officer_id
		WHERE x.subject_id = $1 AND x.kind = $2 AND x.part = $3
		ORDER BY s.recipient_id, s.number LIMIT $4`, at.Subject, at.Kind, at.Part, maxRecipientSteps)
	steps := map[doithoai.ID][]RecipientStep{}
	for _, s := range all {
		steps[s.RecipientID] = append(steps[s.RecipientID], s)
	}
	return steps, err
}

// relayMatter is what decides to whom a document may go.
func relayMatter(ctx context.Context, q querier, d doithoai.Document) (m doithoai.RelayMatter, err error) {
	if d.Kind == doithoai.DocumentWithdrawal {
		had, err := hadBefore(ctx, q, d)
		for _, r := range had {
			m.Had = append(m.Had, r.Key())
		}
		return m, err
	}
	if d.Kind.Open() || d.OpinionID == "" {
		return m, nil
	}
	if m.Units, err = list(ctx, q, column[doithoai.ID], `SELECT p.lead_unit_id
		FROM opinion o
		JOIN petition p ON p.id = o.petition_id
		WHERE o.id = $1 AND p.lead_unit_id IS NOT NULL
		UNION
		SELECT unit_id FROM co_unit WHERE opinion_id = $1`, d.OpinionID); err != nil {
		return m, err
	}
	query, ok := bodyQueries[d.Kind]
	if !ok {
		return m, nil
	}
	m.Body, err = one(ctx, q, column[string], query, d.Subject)
	return m, err
}

// bodyQueries find the body to which a document of a kind is addressed, by its subject.
var bodyQueries = map[doithoai.DocumentKind]string{
	doithoai.DocumentEscalation:   `SELECT to_body FROM onward_letter WHERE id = $1`,
	doithoai.DocumentCoordination: `SELECT to_body FROM onward_letter WHERE id = $1`,
	doithoai.DocumentBodyUrging: `SELECT l.to_body FROM body_urging b JOIN onward_letter l ON l.id = b.letter_id
		WHERE b.id = $1`,
	doithoai.DocumentTransfer: `SELECT to_body FROM record_transfer WHERE opinion_id = $1`,
}

// proposedFor are those to which a document may go and that do not have it: of one that may go to anybody the units,
// the villages that it is for and the superior; else who has its matter, and the body to which it is addressed.
func proposedFor(
	ctx context.Context, q querier, d doithoai.Document, had []doithoai.Recipient, today calendar.Date,
) (all []ProposedRecipient, err error) {
	if d.State != doithoai.DocumentIssued {
		return nil, nil
	}
	o, err := loadOrganisation(ctx, q, d.AuthorityID)
	if err != nil {
		return nil, err
	}
	m, err := relayMatter(ctx, q, d)
	if err != nil {
		return nil, err
	}
	signsIn, err := signsIn(ctx, q, d.AuthorityID, today)
	if err != nil {
		return nil, err
	}
	villages, err := villagesFor(ctx, q, d, o, today)
	if err != nil {
		return nil, err
	}
	others, err := hadBefore(ctx, q, d)
	if err != nil {
		return nil, err
	}
	add := func(r doithoai.Recipient) {
		i := slices.IndexFunc(had, func(h doithoai.Recipient) bool { return h.Key() == r.Key() })
		if i >= 0 && had[i].State != doithoai.RecipientFailed || !d.Kind.Goes(r, m) {
			return
		}
		all = append(all, ProposedRecipient{r, signsIn(r)})
	}
	for _, u := range o.UnitsOn(today) {
		add(doithoai.Recipient{UnitID: u.ID, Name: u.ShortName()})
	}
	for _, v := range villages {
		add(doithoai.Recipient{VillageID: v.ID, Name: v.Name})
	}
	if m.Body != "" {
		add(doithoai.Recipient{Name: m.Body})
	}
	if d.Kind.Open() {
		add(doithoai.Recipient{Name: o.NameOn(today).Superior})
	}
	for _, h := range had {
		if h.State == doithoai.RecipientFailed {
			others = append(others, h)
		}
	}
	for _, h := range others { // another body that did not get it, or got what it replaced
		if h.UnitID == "" && h.VillageID == "" &&
			!slices.ContainsFunc(all, func(p ProposedRecipient) bool { return p.Key() == h.Key() }) {
			add(doithoai.Recipient{Name: h.Name})
		}
	}
	return all, nil
}

// villagesFor are the villages that a document is for: those of its dialogue, or all.
func villagesFor(
	ctx context.Context, q querier, d doithoai.Document, o doithoai.Organisation, today calendar.Date,
) ([]doithoai.Village, error) {
	all := o.VillagesOn(today)
	if d.DialogueID == "" || d.Kind == doithoai.DocumentWithdrawal {
		return all, nil
	}
	g, err := dialogueOf(ctx, q, d.AuthorityID, d.DialogueID, "")
	if err != nil || len(g.Villages) == 0 {
		return all, err
	}
	return slices.DeleteFunc(all, func(v doithoai.Village) bool { return !slices.Contains(g.Villages, v.ID) }), nil
}

// signsIn tells of recipients whether somebody there can sign in and may read what is sent to them.
func signsIn(
	ctx context.Context, q querier, authority doithoai.ID, today calendar.Date,
) (func(doithoai.Recipient) bool, error) {
	posts, err := list(ctx, q, scanPost, `SELECT `+columnsOf("p", postColumns)+`
		FROM post p
		JOIN officer o ON o.id = p.officer_id AND o.active
		JOIN account a ON a.officer_id = o.id AND NOT a.locked
		WHERE p.authority_id = $1
			AND (p.from_day IS NULL OR p.from_day <= $2) AND (p.to_day IS NULL OR p.to_day >= $2)
		ORDER BY p.id`, authority, today)
	there := map[doithoai.ID]bool{}
	for _, p := range posts {
		if doithoai.MayEver(doithoai.Actor{AuthorityID: authority, Roles: p.Roles}, doithoai.ActSeeReceived) {
			there[p.UnitID], there[p.VillageID] = true, true
		}
	}
	delete(there, "")
	return func(r doithoai.Recipient) bool { return there[r.UnitID] || there[r.VillageID] }, err
}

// WaitingDocuments counts the documents that somebody has not acknowledged, and of those the ones with somebody who
// should have.
func (db *DB) WaitingDocuments(ctx context.Context, actor doithoai.Actor) (all, late doithoai.Count, err error) {
	if err := may(actor, doithoai.ActUrgeRecipients); err != nil {
		return 0, 0, err
	}
	count := func(more string, args ...any) (doithoai.Count, error) {
		args = append([]any{actor.AuthorityID}, args...)
		bind := binder(&args)
		reach := documentsReach(actor, db.Now().Date(), bind)
		return one(ctx, db.reader(), column[doithoai.Count], `SELECT count(*) FROM (
				SELECT 1
				FROM document_relay w
				JOIN document d ON d.subject_id = w.subject_id AND d.kind = w.kind AND d.part = w.part
				LEFT JOIN opinion o ON o.id = d.opinion_id`+reach+`
					AND w.authority_id = $1 AND w.waits AND d.state = `+bind(doithoai.DocumentIssued)+more+`
				LIMIT `+bind(doithoai.MaxCount+1)+`
			) AS counted`, args...)
	}
	if all, err = count(""); err != nil || all == 0 {
		return all, 0, err
	}
	late, err = count(` AND w.due < $2`, db.Now().Date())
	return all, late, err
}
