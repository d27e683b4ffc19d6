package store

import (
	"context"
	"errors"
	"io"

	"doithoai"
	"doithoai/calendar"
)

// mailing is how a document goes by e-mail.
func (db *DB) mailing(ctx context.Context, q querier, d doithoai.Document) (doithoai.Mailing, error) {
	if !db.gateways.Mail || !d.Kind.Open() {
		return doithoai.MailingOf(false, nil), nil
	}
	signed, err := signedOf(ctx, q, d)
	return doithoai.MailingOf(true, signed), err
}

// DocumentMail is a document that is to be sent to a recipient by e-mail, with what its sender must know.
type DocumentMail struct {
	Recipient doithoai.Recipient
	Authority doithoai.Authority
	Document  doithoai.Document
	Title     string // of the dialogue or the plan that it is about
	PlanYear  int
	File      doithoai.File // as it was signed
	Content   []byte
	Due       calendar.Date // by when it is to be acknowledged; zero: no term is in force
	// Trouble is why it can't be sent: the document does not stand any more, its file was taken back, or is missing in
	// the folder of files.
	Trouble doithoai.Trouble
}

// ClaimDocumentMail takes one recipient to which a document is to be sent by e-mail and whose time has come; ok is
// false where there is none. Unless it is settled ([DB.SettleDocumentMail]) it is tried again later, so that a sender
// that dies loses nothing. Two nodes that claim at once never get the same.
func (db *DB) ClaimDocumentMail(ctx context.Context) (m DocumentMail, ok bool, err error) {
	var claimed []doithoai.Recipient
	if err := db.act(ctx, func(tx *Tx) (err error) {
		claimed, err = list(ctx, tx, func(r row) (x doithoai.Recipient, err error) {
			err = r.Scan(recipientFields(&x)...)
			return x, err
		}, `WITH due AS MATERIALIZED (
				SELECT id FROM document_recipient
				WHERE state = 'queued' AND next_at <= $1
				ORDER BY next_at, id
				LIMIT 1`+db.dialect.skipLocked()+`)
			UPDATE document_recipient SET attempts = attempts + 1, next_at = $2, version = version + 1
			WHERE id IN (SELECT id FROM due)
			RETURNING `+recipientColumns, tx.Now, tx.Now.Add(claimLife))
		return err
	}); err != nil || len(claimed) == 0 {
		return m, false, err
	}
	m.Recipient = claimed[0]
	err = db.snapshot(ctx, func(q querier) error { return db.mailOf(ctx, q, &m) })
	if err != nil || m.Trouble != doithoai.TroubleNone {
		return m, err == nil, err
	}
	f, err := db.openKept(m.File, false)
	if errors.Is(err, errNoFile) { // the operator's, who may bring it back
		db.log.Error("a document's signed file is missing", "recipient", m.Recipient.ID, "error", err)
		m.Trouble = doithoai.TroubleMissing
		return m, true, nil
	}
	if err != nil {
		return m, false, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	m.Content, err = io.ReadAll(io.LimitReader(f, doithoai.MaxMailed))
	return m, err == nil, err
}

// mailOf reads what the sender of a claimed mail must know.
func (db *DB) mailOf(ctx context.Context, q querier, m *DocumentMail) (err error) {
	at, r := m.Recipient.Document, &m.Recipient
	all, err := list(ctx, q, scanRecipient, recipientsFrom+` WHERE x.id = $1`, r.ID)
	if err != nil {
		return err
	}
	r.Name = all[0].Name // as it is called now
	found, err := list(ctx, q, func(row row) (d doithoai.Document, err error) {
		err = row.Scan(append(documentFields(&d), &m.Title, &m.PlanYear)...)
		return d, err
	}, `SELECT `+columnsOf("d", documentColumns)+`, coalesce(g.title, ''), coalesce(p.year, 0)
		FROM document d
		LEFT JOIN dialogue g ON g.id = d.dialogue_id
		LEFT JOIN plan p ON p.id = d.plan_id
		WHERE d.subject_id = $1 AND d.kind = $2 AND d.part = $3`, at.Subject, at.Kind, at.Part)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].State != doithoai.DocumentIssued {
		m.Trouble = doithoai.TroubleReplaced
		return nil
	}
	m.Document = found[0]
	signed, err := signedOf(ctx, q, m.Document)
	if err != nil {
		return err
	}
	if signed == nil {
		m.Trouble = doithoai.TroubleNoFile
		return nil
	}
	m.File = signed.File.File
	today := db.Now().Date()
	if m.Authority, err = one(ctx, q, scanAuthority, authorityOn+` WHERE a.id = $2`, today, r.AuthorityID); err != nil {
		return err
	}
	rules, err := loadRules(ctx, q, r.AuthorityID)
	m.Due = rules.DueOf(doithoai.ParameterAcknowledge, today)
	return err
}

// SettleDocumentMail records what became of a claimed mail. What was refused, or delayed too often, has failed: the
// office sends it another way. Nothing is recorded where the office did so meanwhile.
func (db *DB) SettleDocumentMail(ctx context.Context, r doithoai.Recipient, trouble doithoai.Trouble) error {
	return db.act(ctx, func(tx *Tx) error {
		if _, err := relayVersion(ctx, tx, r.Document, tx.db.dialect.forUpdate()); err != nil {
			return err
		}
		now, err := list(ctx, tx, scanRecipient, recipientsFrom+` WHERE x.id = $1 AND x.version = $2`, r.ID, r.Version)
		if err != nil || len(now) == 0 {
			return err
		}
		rules, err := loadRules(ctx, tx, r.AuthorityID)
		if err != nil {
			return err
		}
		due := rules.DueOf(doithoai.ParameterAcknowledge, tx.Now.Date())
		settled, step := now[0].Settle(trouble, r.Attempts >= maxTries, due, tx.Now, tx.Now.Add(backoff(r.Attempts-1)))
		if step.Kind == "" {
			return tx.execOne(ctx, `UPDATE document_recipient SET next_at = $1, trouble = $2, version = version + 1
				WHERE id = $3 AND version = $4`, settled.NextAt, settled.Trouble, r.ID, r.Version)
		}
		if err := tx.putRecipient(ctx, "", settled, step); err != nil {
			return err
		}
		return tx.sumRelay(ctx, r.Document)
	})
}
