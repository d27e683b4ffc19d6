package store

import (
	"doithoai"
	"doithoai/calendar"
)

// signature is what the events of an opinion say of the signature of its answer, or of the correction of that.
type signature struct {
	at       calendar.Instant // of one on paper, the beginning of its day
	signer   doithoai.ID      // of one on paper
	on       calendar.Date    // the same
	handedIn said             // what a signature on paper stands in the place of
}

// stands reports whether the signature is the one that is kept.
func (s signature) stands(at calendar.Instant, signer doithoai.ID, on calendar.Date) bool {
	return at == s.at && signer == s.signer && on == s.on
}

// sign goes one event on that signs the answer or its correction, or takes a signature on paper back. What was signed
// on paper stands in the place of what was handed in.
func (l *life) sign(w witness) {
	s, e := &l.signature, w.event
	handedIn := l.last[doithoai.ActSubmitAnswer]
	switch e.Act {
	case doithoai.ActSignCorrection, doithoai.ActSignCorrectionOnPaper, doithoai.ActTakeBackCorrectionPaper:
		s, handedIn = &l.correction.signature, l.correction.proposed
	}
	switch e.Act {
	case doithoai.ActSignAnswer, doithoai.ActSignCorrection:
		*s = signature{at: e.At}
	case doithoai.ActSignOnPaper, doithoai.ActSignCorrectionOnPaper:
		*s = signature{
			at: calendar.InstantAt(e.Facts.SignedOn, 0, 0), signer: e.Facts.Signer, on: e.Facts.SignedOn, handedIn: handedIn,
		}
		handedIn.text, handedIn.erased = w.said, w.salts == nil
	case doithoai.ActTakeBackPaper, doithoai.ActTakeBackCorrectionPaper:
		handedIn = s.handedIn
		*s = signature{}
	}
	switch e.Act {
	case doithoai.ActSignOnPaper, doithoai.ActTakeBackPaper:
		l.last[doithoai.ActSubmitAnswer] = handedIn
	case doithoai.ActSignCorrectionOnPaper, doithoai.ActTakeBackCorrectionPaper:
		l.correction.proposed = handedIn
	}
}
