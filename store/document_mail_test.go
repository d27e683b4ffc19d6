package store

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
)

// toAddress sends by e-mail, as the form said that it goes.
func toAddress(name, address string, m doithoai.Mailing) doithoai.Sending {
	s := toBody(name, doithoai.ByEmail, address)
	s.Mailing = m
	return s
}

// mailed is an announcement whose signed file is kept, with a mail server.
func (fx *fixture) mailed(t *testing.T, db *DB) doithoai.DocumentRef {
	t.Helper()
	db.gateways.Mail = true
	_, text, at := fx.announced(t, db, "87/TB-UBND")
	must(t, db.KeepSigned(ctxOf(t), fx.office, at, 0, text.Version, same(fx.signedPDF(t, db, fx.office, "một"))))
	return at
}

// The program sends a document by e-mail only with its signed file, and as the form said; then it waits until a mail
// server took it, and only then for who is to acknowledge it.
func TestMailDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, text, at := fx.announced(t, db, "87/TB-UBND")
		mailing := func() doithoai.Mailing {
			r, err := db.DocumentRelay(ctx, fx.office, at)
			must(t, err)
			return r.Mailing
		}
		if got := mailing(); got != doithoai.MailNoServer {
			t.Errorf("without a server: %s", got)
		}
		must(t, db.SendDocument(ctx, fx.office, at, 0,
			[]doithoai.Sending{toAddress("Sở Nội vụ", "vanthu@example.vn", doithoai.MailNoServer)}, nth))
		db.gateways.Mail = true
		if got := mailing(); got != doithoai.MailUnsigned {
			t.Errorf("without the signed file: %s", got)
		}
		u := fx.signedPDF(t, db, fx.office, "một")
		must(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, same(u)))
		send := func(version int, said doithoai.Mailing) error {
			return db.SendDocument(ctx, fx.office, at, version,
				[]doithoai.Sending{toAddress("Sở Tư pháp", "vt@example.vn", said)}, nth)
		}
		wantKind(t, send(1, doithoai.MailUnsigned), doithoai.Conflict, "documents.relay.problem.mailing")
		must(t, send(1, doithoai.MailedByProgram))
		wantKind(t, send(2, doithoai.MailedByProgram), doithoai.Conflict, "documents.relay.problem.sent")
		_, lines := relayOfDocument(t, db, fx, at)
		wantLines(t, lines, "Sở Nội vụ sent", "Sở Tư pháp queued")

		m, ok, err := db.ClaimDocumentMail(ctx)
		must(t, err)
		if !ok || m.Recipient.Detail != "vt@example.vn" || m.Recipient.Name != "Sở Tư pháp" || m.File.Hash != u.Hash ||
			!bytes.Contains(m.Content, []byte("một")) || m.Document.Number != "87/TB-UBND" || m.Title == "" ||
			m.Authority != fx.authority || m.Due.IsZero() {
			t.Errorf("%v %+v", ok, m)
		}
		if _, again, err := db.ClaimDocumentMail(ctx); again || err != nil {
			t.Errorf("claimed twice: %v", err)
		}
		fx.clock.forward(26 * time.Hour) // its sender was slow: the term begins when it was sent
		must(t, db.SettleDocumentMail(ctx, m.Recipient, doithoai.TroubleNone))
		r, lines := relayOfDocument(t, db, fx, at)
		wantLines(t, lines, "Sở Nội vụ sent", "Sở Tư pháp sent")
		i := slices.IndexFunc(r.Recipients, func(x doithoai.Recipient) bool { return x.Name == "Sở Tư pháp" })
		sent := r.Recipients[i]
		if sent.SentAt.Date() != db.Now().Date() || !sent.Due.After(m.Due) || len(r.Steps[sent.ID]) != 2 {
			t.Errorf("%+v, due %s beside %s: %+v", sent, sent.Due, m.Due, r.Steps[sent.ID])
		}
		must(t, db.RecordRecipient(ctx, fx.office, sent.ID, sent.Version, doithoai.RecipientAcknowledged, "văn thư Sở"))
	})
}

// What a mail server does not take comes back, later and later; what it refuses, what is replaced or has no file any
// more has failed, says why, and may go another way. What the office entered meanwhile stays.
func TestSettleDocumentMail(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.mailed(t, db)
		version := 0
		queue := func() {
			t.Helper()
			must(t, db.SendDocument(ctx, fx.office, at, version,
				[]doithoai.Sending{toAddress("Sở Tư pháp", "vt@example.vn", doithoai.MailedByProgram)}, nth))
			version++
		}
		claim := func() (DocumentMail, bool) {
			t.Helper()
			m, ok, err := db.ClaimDocumentMail(ctx)
			must(t, err)
			return m, ok
		}
		stands := func(state doithoai.RecipientState, trouble doithoai.Trouble) doithoai.Recipient {
			t.Helper()
			r, _ := relayOfDocument(t, db, fx, at)
			if x := r.Recipients[0]; x.State != state || x.Trouble != trouble {
				t.Errorf("%s %s, want %s %s", x.State, x.Trouble, state, trouble)
			}
			return r.Recipients[0]
		}
		queue()
		for try := range maxTries {
			m, ok := claim()
			if !ok || m.Recipient.Attempts != try+1 {
				t.Fatalf("try %d: %v %+v", try+1, ok, m.Recipient)
			}
			must(t, db.SettleDocumentMail(ctx, m.Recipient, doithoai.TroubleServer))
			if _, early := claim(); early {
				t.Fatalf("try %d came too early", try+2)
			}
			if try == 0 {
				stands(doithoai.RecipientQueued, doithoai.TroubleServer)
			}
			fx.clock.forward(lastBackoff)
		}
		stands(doithoai.RecipientFailed, doithoai.TroubleServer)

		queue()
		m, _ := claim()
		must(t, db.SettleDocumentMail(ctx, m.Recipient, doithoai.TroubleRefused))
		stands(doithoai.RecipientFailed, doithoai.TroubleRefused)

		queue() // the office does not wait for it
		m, _ = claim()
		x := stands(doithoai.RecipientQueued, doithoai.TroubleNone)
		wantKind(t, db.RecordRecipient(ctx, fx.office, x.ID, x.Version, doithoai.RecipientSeen, ""), doithoai.Conflict, "")
		must(t, db.RecordRecipient(ctx, fx.office, x.ID, x.Version, doithoai.RecipientFailed, "gửi cách khác"))
		must(t, db.SettleDocumentMail(ctx, m.Recipient, doithoai.TroubleNone))
		stands(doithoai.RecipientFailed, doithoai.TroubleNone)

		queue() // its file is taken back
		must(t, db.TakeSignedBack(ctx, fx.office, at, 1))
		m, ok := claim()
		if !ok || m.Trouble != doithoai.TroubleNoFile || m.Content != nil {
			t.Errorf("%v %+v", ok, m)
		}
		must(t, db.SettleDocumentMail(ctx, m.Recipient, m.Trouble))
		stands(doithoai.RecipientFailed, doithoai.TroubleNoFile)
	})
}

// A document that was replaced while it waited is not sent.
func TestMailReplacedDocument(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.mailed(t, db)
		must(t, db.SendDocument(ctx, fx.office, at, 0,
			[]doithoai.Sending{toAddress("Sở Tư pháp", "vt@example.vn", doithoai.MailedByProgram)}, nth))
		must(t, db.act(ctx, func(tx *Tx) error {
			return tx.exec(ctx, `UPDATE document SET state = $1 WHERE subject_id = $2`, doithoai.DocumentReplaced, at.Subject)
		}))
		m, ok, err := db.ClaimDocumentMail(ctx)
		must(t, err)
		if !ok || m.Trouble != doithoai.TroubleReplaced || m.Content != nil {
			t.Errorf("%v %+v", ok, m)
		}
	})
}

// A file that is missing in its folder holds up no other mail, and is tried again.
func TestMailMissingFile(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.mailed(t, db)
		must(t, db.SendDocument(ctx, fx.office, at, 0,
			[]doithoai.Sending{toAddress("Sở Tư pháp", "vt@example.vn", doithoai.MailedByProgram)}, nth))
		m, ok, err := fx.open(t).ClaimDocumentMail(ctx) // a node with a folder of its own
		must(t, err)
		if !ok || m.Trouble != doithoai.TroubleMissing {
			t.Errorf("%v %+v", ok, m)
		}
		must(t, db.SettleDocumentMail(ctx, m.Recipient, m.Trouble))
		fx.clock.forward(lastBackoff)
		if m, ok, err = db.ClaimDocumentMail(ctx); err != nil || !ok || m.Trouble != doithoai.TroubleNone {
			t.Errorf("%v %+v %v", ok, m, err)
		}
	})
}

// Each mail is claimed once, however many work.
func TestClaimDocumentMail(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		at := fx.mailed(t, db)
		const n = 30
		var all []doithoai.Sending
		for i := range n {
			all = append(all, toAddress(strings.Repeat("Sở ", i+1), "vt@example.vn", doithoai.MailedByProgram))
		}
		must(t, db.SendDocument(ctx, fx.office, at, 0, all, nth))
		var mu sync.Mutex
		claimed := map[doithoai.ID]int{}
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for {
					m, ok, err := db.ClaimDocumentMail(ctx)
					if err != nil {
						t.Error(err)
					}
					if err != nil || !ok {
						return
					}
					mu.Lock()
					claimed[m.Recipient.ID]++
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if len(claimed) != n {
			t.Errorf("%d mails claimed, want %d", len(claimed), n)
		}
		for id, times := range claimed {
			if times != 1 {
				t.Errorf("mail %s was claimed %d times", id, times)
			}
		}
	})
}
