package job

import (
	"context"
	"strings"

	"doithoai"
	"doithoai/news"
	"doithoai/notify"
	"doithoai/store"
)

// documents sends the documents that wait to go by e-mail, until none does.
func (w Worker) documents(ctx context.Context, s Sender) {
	for ctx.Err() == nil {
		m, ok, err := w.DB.ClaimDocumentMail(ctx)
		if err != nil && ctx.Err() == nil {
			w.Log.Error("documents by e-mail", "error", err)
		}
		if err != nil || !ok {
			return
		}
		w.sendDocument(ctx, m, s)
	}
}

// sendDocument sends one document and settles it. One that was claimed and neither sent nor settled, because the
// program stops, is tried again later.
func (w Worker) sendDocument(ctx context.Context, m store.DocumentMail, s Sender) {
	trouble := m.Trouble
	if trouble == doithoai.TroubleNone {
		cause := s.Send(ctx, composeDocument(m))
		if ctx.Err() != nil && cause != nil {
			return
		}
		if cause != nil {
			w.Log.Warn("a document was not sent", "recipient", m.Recipient.ID, "attempt", m.Recipient.Attempts,
				"error", cause)
		}
		trouble = notify.TroubleOf(cause)
	}
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.DB.SettleDocumentMail(settle, m.Recipient, trouble); err != nil {
		w.Log.Error("documents by e-mail", "recipient", m.Recipient.ID, "error", err)
	}
}

// composeDocument words a document for its recipient. Its file is named after its number: "87/TB-UBND" is
// "87-TB-UBND.pdf".
func composeDocument(m store.DocumentMail) notify.Message {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-':
			return r
		case r == 'Đ':
			return 'D'
		}
		return '-'
	}, m.Document.Number)
	return notify.Paper(news.Paper{
		Authority: m.Authority, Document: m.Document, To: m.Recipient.Name, Title: m.Title, PlanYear: m.PlanYear,
		Hash: m.File.Hash, Due: m.Due,
	}, m.Recipient.ID, m.Recipient.Detail, notify.File{
		Name: name + "." + string(m.File.Kind), Content: m.Content,
	})
}
