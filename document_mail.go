package doithoai

import "doithoai/calendar"

// Mailing is whether the program itself sends a document by e-mail, with its signed file.
type Mailing string

const (
	MailedByProgram Mailing = "program"
	// Else the office sends it from its own mailbox, and the route is only noted.
	MailNoServer Mailing = "no_server" // the operator named no mail server
	MailUnsigned Mailing = "unsigned"  // the signed file, which is the document, is not kept
	MailTooLarge Mailing = "too_large" // mail servers would not take it
)

// MaxMailed bounds a file that is sent by e-mail, in bytes: what is a third larger on its way is what mail servers
// usually take.
const MaxMailed = 15 << 20

// MailingOf is how a document goes by e-mail. server: there is a mail server; file is the signed one, nil for none.
func MailingOf(server bool, file *SignedCopy) Mailing {
	switch {
	case !server:
		return MailNoServer
	case file == nil:
		return MailUnsigned
	case file.File.Size > MaxMailed:
		return MailTooLarge
	}
	return MailedByProgram
}

// Settle returns the recipient once the program has tried to send it the document by e-mail, with what happened; the
// step has no kind where it is tried again at next. Without trouble a mail server took it, and due is by when it is to
// be acknowledged. last: there will be no other try.
func (r Recipient) Settle(
	trouble Trouble, last bool, due calendar.Date, now, next calendar.Instant,
) (Recipient, RecipientStep) {
	r.Trouble, r.NextAt = trouble, calendar.Instant{}
	switch {
	case trouble == TroubleNone:
		r.State, r.SentAt, r.Due = RecipientSent, now, due
		return r, RecipientStep{Kind: RecipientStepKind(RecipientSent), Way: string(ByEmail)}
	case last || trouble == TroubleRefused || trouble == TroubleNoFile || trouble == TroubleReplaced:
		r.State = RecipientFailed
		return r, RecipientStep{Kind: RecipientStepKind(RecipientFailed), Way: string(trouble)}
	}
	r.NextAt = next
	return r, RecipientStep{}
}
