package store

import (
	"doithoai"
	"doithoai/calendar"
)

// signature is what the events of an opinion say of the signature of its answer.
type signature struct {
	at         calendar.Instant // of one on paper, the beginning of its day
	signer     doithoai.ID      // of one on paper
	on         calendar.Date    // the same
	handedIn   said             // what a signature on paper stands in the place of
	correction calendar.Instant // when the last correction was signed
}

// stands reports whether the signature is that of the answer that stands.
func (s signature) stands(now standing) bool {
	return now.reply.SignedAt == s.at && now.signer == s.signer && now.signedOn == s.on
}

// sign goes one event on that signs the answer or its correction, or takes a signature on paper back. What was signed
// on paper stands in the place of what was handed in.
func (l *life) sign(w witness) {
	e, s := w.event, &l.signature
	switch e.Act {
	case doithoai.ActSignAnswer:
		*s = signature{at: e.At}
	case doithoai.ActSignOnPaper:
		*s = signature{
			at: calendar.InstantAt(e.Facts.SignedOn, 0, 0), signer: e.Facts.Signer, on: e.Facts.SignedOn,
			handedIn: l.last[doithoai.ActSubmitAnswer],
		}
		signed := s.handedIn
		signed.text, signed.erased = w.said, w.salts == nil
		l.last[doithoai.ActSubmitAnswer] = signed
	case doithoai.ActTakeBackPaper:
		l.last[doithoai.ActSubmitAnswer] = s.handedIn
		*s = signature{}
	case doithoai.ActSignCorrection:
		s.correction = e.At
	}
}
