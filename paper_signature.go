package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// PaperSignature is the signature on the paper of an answer that was handed in, or of what is to replace one (ký trên
// giấy): who signed it, on which day, and who of the office recorded that. The paper is the document: what was changed
// in ink stands in the answer, what was handed in is kept beside it.
type PaperSignature struct {
	ID       ID
	SignerID ID
	On       calendar.Date
	By       ID // who recorded it
	At       calendar.Instant
	HandedIn Answer           // only Body and Basis
	BackAt   calendar.Instant // when it was taken back; absent: it stands
}

// Differs reports whether the words as signed are others than those that were handed in.
func (s PaperSignature) Differs(signed Answer) bool {
	return s.HandedIn.Body != signed.Body || s.HandedIn.Basis != signed.Basis
}

// A Signer is an officer who may sign an answer on a day, in a seat of that day.
type Signer struct {
	ID   ID
	Name string
	Seat Seat
}

// Signature is what stands under what the signer signs, SignedFor the line above it ([Seat.Signature]).
func (s Signer) Signature() string { return s.Seat.Signature(s.Name) }

// SignedFor is the line above the signature, where somebody signs for another.
func (s Signer) SignedFor() string { return s.Seat.SignedFor() }

// SignersOf are those of some officers, with roles and seats of a day, who may sign on that day: the answer to a
// subject (ActSignAnswer), or the correction of it (ActSignCorrection).
func SignersOf(officers []Officer, act Act, s Subject) []Signer { return seated(officers, act, s) }

// seated are those of some officers who may do the act to a subject, each with the seat in which they may.
func seated(officers []Officer, act Act, s Subject) (all []Signer) {
	for _, o := range officers {
		if seat, err := SeatFor(o.Actor(), act, s); err == nil {
			all = append(all, Signer{o.ID, o.Name, seat})
		}
	}
	return all
}

// OnPaper is what is typed from the signed paper.
type OnPaper struct {
	Signer   ID
	On       calendar.Date
	Words    Answer // only Body and Basis: as signed
	Scans    []ID   // uploads that show the paper
	Compared bool   // who types has seen where the words differ from those that were handed in
	Number   string // with Dated: the answer goes out in the same act; both empty: it does not
	Dated    calendar.Date
}

// Dispatches reports whether the paper bears its number already, with which it goes out.
func (w OnPaper) Dispatches() bool { return w.Number != "" || !w.Dated.IsZero() }

// signed is the answer as the paper has it, in the place of the one that was handed in.
//
// In this order: the words as signed are there, and their basis doesn't tell who the person is
// ([Answer.SubmitProblems]); nothing else is wrong with them, wrong being that; the day is there, neither before the
// one of the handing in nor after today; the signer is one who may sign on that day, signers being those; the paper's
// scan is there; and words that differ from those handed in were compared. stands is the answer as it was handed in.
func (w OnPaper) signed(
	stands Answer, handedIn, today calendar.Date, signers []Signer, g Gates, wrong ...Problem,
) (Answer, error) {
	ps := problems{of: "paper_signature.problem."}
	ps.join(w.Words.SubmitProblems(g))
	ps.join(wrong)
	by := slices.IndexFunc(signers, func(s Signer) bool { return s.ID == w.Signer })
	switch {
	case w.On.IsZero():
		ps.add("ngay-ky", "day")
	case w.On.After(today):
		ps.add("ngay-ky", "day_future")
	case w.On.Before(handedIn):
		ps.add("ngay-ky", "day_before")
	case w.Signer != "" && by < 0:
		ps.add("nguoi-ky", "signer_on_day")
	}
	ps.need(w.Signer != "", "nguoi-ky", "signer")
	ps.need(len(w.Scans) > 0, "tep", "scan")
	differs := PaperSignature{HandedIn: stands}.Differs(w.Words)
	if len(ps.list) == 0 && differs && !w.Compared {
		ps.add("tra-loi", "differs")
	}
	if err := ps.refuse(); err != nil {
		return stands, err
	}
	signed := stands
	signed.Body, signed.Basis = w.Words.Body, w.Words.Basis
	signed.SignedBy, signed.SignedFor = signers[by].Signature(), signers[by].SignedFor()
	signed.SignedAt = calendar.InstantAt(w.On, 0, 0)
	return signed, nil
}

// SignOnPaper records that a submitted answer was signed on paper.
//
// In this order: the answer waits for its signature; the paper is right ([OnPaper.signed]). stands is the answer as it
// was handed in. The due date, and whether it was kept, stay as they are.
func (p Petition) SignOnPaper(
	w OnPaper, stands Answer, handedIn, today calendar.Date, signers []Signer, g Gates,
) (Petition, Answer, Facts, error) {
	next, facts, err := p.Move(ActSignOnPaper)
	if err != nil {
		return p, stands, Facts{}, err
	}
	signed, err := w.signed(stands, handedIn, today, signers, g)
	if err != nil {
		return p, stands, Facts{}, err
	}
	facts.Signer, facts.SignedOn = w.Signer, w.On
	return next, signed, facts, nil
}

// SignOnPaper records that a correction that was handed in was signed on paper.
//
// In this order: the correction waits for its signature; the paper is right ([OnPaper.signed]), and says something else
// than what stands, or promises something else: by pen a correction can become what it was to replace. stands is the
// answer as it went out.
func (c Correction) SignOnPaper(
	w OnPaper, stands Answer, today calendar.Date, signers []Signer, by Promising,
) (Correction, Facts, error) {
	next, facts, err := c.Move(ActSignCorrectionOnPaper)
	if err != nil {
		return c, Facts{}, err
	}
	next.Answer, err = w.signed(c.Answer, c.HandedIn.At.Date(), today, signers, by.Gates,
		by.unchanged(stands, Answer{Body: w.Words.Body, Basis: w.Words.Basis, Promises: c.Answer.Promises})...)
	if err != nil {
		return c, Facts{}, err
	}
	facts.Signer, facts.SignedOn = w.Signer, w.On
	return next, facts, nil
}

// TakeBackPaper takes a signature on paper back that was recorded wrongly: the answer waits for its signature again,
// as it was handed in.
//
// In this order: the answer is signed on paper and was not sent out; who takes it back recorded it; it is the same day.
func (p Petition) TakeBackPaper(s PaperSignature, by ID, today calendar.Date) (Petition, Facts, error) {
	next, facts, err := p.Move(ActTakeBackPaper)
	if err == nil {
		err = s.mayTakeBack(by, today)
	}
	if err != nil {
		return p, Facts{}, err
	}
	return next, facts, nil
}

// TakeBackPaper takes the signature on paper of a correction back, as [Petition.TakeBackPaper] does an answer's.
func (c Correction) TakeBackPaper(s PaperSignature, by ID, today calendar.Date) (Correction, Facts, error) {
	next, facts, err := c.Move(ActTakeBackCorrectionPaper)
	if err == nil {
		err = s.mayTakeBack(by, today)
	}
	if err != nil {
		return c, Facts{}, err
	}
	next.Answer = Answer{Body: s.HandedIn.Body, Basis: s.HandedIn.Basis, Promises: c.Answer.Promises}
	return next, facts, nil
}

func (s PaperSignature) mayTakeBack(by ID, today calendar.Date) error {
	switch {
	case s.ID == "" || !s.BackAt.IsZero():
		return Refuse(Conflict, "error.conflict")
	case s.By != by:
		return Refuse(NotAllowed, "paper_signature.problem.recorder")
	case s.At.Date() != today:
		return Refuse(Conflict, "paper_signature.problem.same_day")
	}
	return nil
}

// Acts on a signature on paper.
const (
	ActSignOnPaper   Act = "sign_on_paper"
	ActTakeBackPaper Act = "take_back_paper"
	ActViewPaper     Act = "view_paper"

	ActSignCorrectionOnPaper   Act = "sign_correction_on_paper"
	ActTakeBackCorrectionPaper Act = "take_back_correction_paper"
)

var paperSignatureActs = []actRow{
	{ActSignOnPaper, law{
		"an answer was signed on paper by who may sign on that day: the paper is the document, and what was changed in " +
			"ink is changed in the same act; it keeps no due date",
		"NĐ 30/2020 Đ.13 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActTakeBackPaper, law{
		"who recorded a signature on paper wrongly takes it back on the same day, before the answer goes out",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActSignCorrectionOnPaper, law{
		"what replaces an answer was signed on paper by who may sign it on that day, as an answer is: the paper is the " +
			"document",
		"NĐ 30/2020 Đ.13, Đ.18 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActTakeBackCorrectionPaper, law{
		"who recorded the signature on paper of a correction wrongly takes it back on the same day, before it goes out",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActViewPaper, law{
		"the scan of a signed paper is opened, and the view is recorded: the person's name stands on it",
		"Luật 91/2025 (C); house rules", ""},
		[]grant{
			{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleClerk, always},
			{RoleUnitOfficer, ofLeadUnit},
		}},
}
