package doithoai

import (
	"testing"

	"doithoai/calendar"
)

func TestSignOnPaper(t *testing.T) {
	handedIn, today := calendar.DateOf(2024, 11, 5), calendar.DateOf(2024, 11, 8)
	stands := Answer{Body: "Trả trước ngày 10/11.", Basis: "Luật Đất đai 2024"}
	vice := Signer{"vice", "Trần Văn Mẫu", Seat{
		For: "chair", Manner: SigningInPlace, Title: "Chủ tịch UBND xã", Own: "Phó Chủ tịch UBND xã",
	}}
	fits := OnPaper{Signer: "vice", On: handedIn.AddDays(1), Words: stands, Scans: []ID{"scan"}}
	with := func(change func(*OnPaper)) OnPaper {
		w := fits
		change(&w)
		return w
	}
	due := calendar.DateOf(2024, 11, 1) // long past: a signature makes nothing timely
	p := Petition{State: PetitionSubmitted, Due: due}
	for name, tt := range map[string]struct {
		w            OnPaper
		field, wrong string
	}{
		"as submitted":      {w: fits},
		"on the day itself": {w: with(func(w *OnPaper) { w.On = handedIn })},
		"changed in ink": {
			w: with(func(w *OnPaper) { w.Words.Body, w.Compared = "Trả trước ngày 12/11.", true }),
		},
		"changed and not compared": {
			with(func(w *OnPaper) { w.Words.Body = "Trả trước ngày 12/11." }), "tra-loi", "differs"},
		"nobody":             {with(func(w *OnPaper) { w.Signer = "" }), "nguoi-ky", "signer"},
		"who may not":        {with(func(w *OnPaper) { w.Signer = "clerk" }), "nguoi-ky", "signer_on_day"},
		"no day":             {with(func(w *OnPaper) { w.On = calendar.Date{} }), "ngay-ky", "day"},
		"tomorrow":           {with(func(w *OnPaper) { w.On = today.AddDays(1) }), "ngay-ky", "day_future"},
		"before it was read": {with(func(w *OnPaper) { w.On = handedIn.AddDays(-1) }), "ngay-ky", "day_before"},
		"no scan":            {with(func(w *OnPaper) { w.Scans = nil }), "tep", "scan"},
	} {
		t.Run(name, func(t *testing.T) {
			next, signed, facts, err := p.SignOnPaper(tt.w, stands, handedIn, today, []Signer{vice}, Gates{{Spelling: lowered}})
			if tt.wrong != "" {
				ps := ProblemsOf(err)
				if len(ps) != 1 || ps[0].Field != tt.field || ps[0].Key != "paper_signature.problem."+tt.wrong || next != p {
					t.Errorf("%v, %+v", err, next)
				}
				return
			}
			if err != nil || next.State != PetitionSigned || next.Due != due || next.Missed {
				t.Fatalf("%v, %+v", err, next)
			}
			if signed.SignedFor != "KT. CHỦ TỊCH" || signed.SignedBy != "Trần Văn Mẫu, Phó Chủ tịch UBND xã" ||
				signed.Body != tt.w.Words.Body || signed.SignedAt.Date() != tt.w.On ||
				facts.Signer != "vice" || facts.SignedOn != tt.w.On {
				t.Errorf("signed %+v, facts %+v", signed, facts)
			}
		})
	}
	p.State = PetitionSigned
	_, _, _, err := p.SignOnPaper(fits, stands, handedIn, today, []Signer{vice}, Gates{{Spelling: lowered}})
	if KindOf(err) != Conflict {
		t.Errorf("signed twice: %v", err)
	}
}

func TestTakeBackPaper(t *testing.T) {
	at := calendar.InstantAt(calendar.DateOf(2024, 11, 8), 9, 0)
	s := PaperSignature{ID: "paper", By: "office", At: at}
	for name, tt := range map[string]struct {
		state PetitionState
		s     PaperSignature
		by    ID
		days  int
		want  Kind
	}{
		"on the day":           {PetitionSigned, s, "office", 0, 0},
		"the day after":        {PetitionSigned, s, "office", 1, Conflict},
		"by another":           {PetitionSigned, s, "clerk", 0, NotAllowed},
		"after it went out":    {PetitionAnswered, s, "office", 0, Conflict},
		"signed in the system": {PetitionSigned, PaperSignature{}, "", 0, Conflict},
	} {
		p, _, err := Petition{State: tt.state}.TakeBackPaper(tt.s, tt.by, at.Date().AddDays(tt.days))
		if KindOf(err) != tt.want || err == nil && p.State != PetitionSubmitted {
			t.Errorf("%s: %v, %s", name, err, p.State)
		}
	}
}

func TestSignCorrectionOnPaper(t *testing.T) {
	handedIn, today := calendar.DateOf(2024, 11, 5), calendar.DateOf(2024, 11, 8)
	stands := Answer{Body: "Trả trước ngày 1/11.", Basis: "Luật Đất đai 2024"}
	next := Answer{Body: "Trả trước ngày 10/11.", Basis: "Luật Đất đai 2024"}
	chair := Signer{"chair", "Trần Văn Mẫu", Seat{Own: "Chủ tịch UBND xã"}}
	c := Correction{
		Number: 1, Answer: next, Reason: "Nhầm ngày.", State: CorrectionSubmitted,
		HandedIn: HandedIn{By: "unit", At: calendar.InstantAt(handedIn, 15, 0)},
	}
	fits := OnPaper{Signer: "chair", On: handedIn, Words: next, Scans: []ID{"scan"}}
	with := func(change func(*OnPaper)) OnPaper {
		w := fits
		change(&w)
		return w
	}
	by := Promising{Gates: Gates{{Spelling: lowered}}}
	for name, tt := range map[string]struct {
		w          OnPaper
		field, key string
	}{
		"as handed in":   {w: fits},
		"changed in ink": {w: with(func(w *OnPaper) { w.Words.Body, w.Compared = "Trả trước ngày 12/11.", true })},
		"not compared": {with(func(w *OnPaper) { w.Words.Body = "Trả trước ngày 12/11." }), "tra-loi",
			"paper_signature.problem.differs"},
		"back to what stands": {with(func(w *OnPaper) { w.Words, w.Compared = stands, true }), "tra-loi",
			"correction.problem.same"},
		"who may not": {with(func(w *OnPaper) { w.Signer = "clerk" }), "nguoi-ky",
			"paper_signature.problem.signer_on_day"},
		"tomorrow": {with(func(w *OnPaper) { w.On = today.AddDays(1) }), "ngay-ky",
			"paper_signature.problem.day_future"},
		"before it was handed in": {with(func(w *OnPaper) { w.On = handedIn.AddDays(-1) }), "ngay-ky",
			"paper_signature.problem.day_before"},
		"no scan": {with(func(w *OnPaper) { w.Scans = nil }), "tep", "paper_signature.problem.scan"},
	} {
		signed, facts, err := c.SignOnPaper(tt.w, stands, today, []Signer{chair}, by)
		if tt.key != "" {
			ps := ProblemsOf(err)
			if len(ps) != 1 || ps[0].Field != tt.field || ps[0].Key != tt.key || signed.State != CorrectionSubmitted {
				t.Errorf("%s: %v, %+v", name, err, signed)
			}
			continue
		}
		if err != nil || signed.State != CorrectionSigned || signed.Answer.Body != tt.w.Words.Body ||
			signed.Answer.SignedAt.Date() != tt.w.On || signed.Reason != c.Reason || signed.HandedIn != c.HandedIn ||
			facts.Signer != "chair" || facts.SignedOn != tt.w.On || facts.Correction != 1 {
			t.Errorf("%s: %v, %+v, %+v", name, err, signed, facts)
		}
	}
	c.State = CorrectionSigned
	if _, _, err := c.SignOnPaper(fits, stands, today, []Signer{chair}, by); KindOf(err) != Conflict {
		t.Errorf("signed twice: %v", err)
	}
}

func TestTakeBackCorrectionPaper(t *testing.T) {
	at := calendar.InstantAt(calendar.DateOf(2024, 11, 8), 9, 0)
	s := PaperSignature{ID: "paper", By: "office", At: at, HandedIn: Answer{Body: "Trả trước ngày 10/11."}}
	for name, tt := range map[string]struct {
		state CorrectionState
		s     PaperSignature
		by    ID
		days  int
		want  Kind
	}{
		"on the day":           {CorrectionSigned, s, "office", 0, 0},
		"the day after":        {CorrectionSigned, s, "office", 1, Conflict},
		"by another":           {CorrectionSigned, s, "clerk", 0, NotAllowed},
		"after it went out":    {CorrectionDispatched, s, "office", 0, Conflict},
		"signed in the system": {CorrectionSigned, PaperSignature{}, "", 0, Conflict},
	} {
		c := Correction{Number: 1, State: tt.state, Answer: Answer{Body: "Bút.", SignedBy: "A", Paper: "paper"}}
		c, _, err := c.TakeBackPaper(tt.s, tt.by, at.Date().AddDays(tt.days))
		if KindOf(err) != tt.want ||
			err == nil && (c.State != CorrectionSubmitted || c.Answer != Answer{Body: s.HandedIn.Body}) {
			t.Errorf("%s: %v, %+v", name, err, c)
		}
	}
}
