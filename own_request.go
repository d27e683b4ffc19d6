package doithoai

import (
	"strings"

	"doithoai/calendar"
)

// What who raised an opinion does with what is known of them, by the receipt code alone.
//
// Whoever has the paper has the code, and the code opens what was said and answered already. So what only says how the
// person is told (telephone, e-mail, address for letters, the ways) changes at once: nothing is shown of what it was,
// news that waits goes the new way, and the person sees that it was changed and when. Who they are, and where they
// live, is what the office answers to, and a change of it could make an opinion another's: it is asked for, and the
// office corrects it or says in words why not. Erasing and withdrawing can't be undone: they are asked for too, and are
// done by the office's own acts ([ActErasePersonalData], [ActWithdrawOpinion]), with all that stands against these.

// OwnKind is what is asked of the office.
type OwnKind string

const (
	OwnIdentity   OwnKind = "identity"   // another spelling of the name, another place: of the slip
	OwnErasure    OwnKind = "erasure"    // of personal data: of the slip
	OwnWithdrawal OwnKind = "withdrawal" // of one opinion
)

// OwnKinds in the order in which pages list them.
var OwnKinds = []OwnKind{OwnIdentity, OwnErasure, OwnWithdrawal}

// OwnState is what became of a request.
type OwnState string

const (
	OwnWaits   OwnState = "waits"
	OwnGranted OwnState = "granted"
	OwnRefused OwnState = "refused"
	OwnVoid    OwnState = "void" // what it was about was erased
)

// OwnRequest is what who raised an opinion asks of the office. Of [OwnIdentity] what is to stand instead is kept with
// the personal data ([Identity]).
type OwnRequest struct {
	OpinionID ID
	Number    int // among those of the opinion, from 1
	Kind      OwnKind
	Much      Erasure // of an erasure
	Said      string  // why, in the person's words; may be empty
	At        calendar.Instant
	State     OwnState
	Words     string // of who refused it, that the person reads
	DecidedBy ID
	DecidedAt calendar.Instant
}

// The fields of the forms by which requests are made, and refused.
const (
	FieldOwnMuch  = "xoa-gi"
	FieldOwnSaid  = "ly-do-de-nghi"
	FieldOwnWords = "ly-do-khong-dong-y"
)

// OwnAsking is what a request is judged by.
type OwnAsking struct {
	Opinion     Opinion
	Petition    *Petition
	Publication PublicationState
	Erased      Erasure // how much of the slip is
	Ended       bool    // nothing on the slip is open, and the person was told all there was to tell
	Past        []OwnRequest
}

// waits reports whether a request of a kind waits: of the slip, or of the one opinion.
func (a OwnAsking) waits(k OwnKind) bool {
	for _, r := range a.Past {
		if r.Kind == k && r.State == OwnWaits && (k != OwnWithdrawal || r.OpinionID == a.Opinion.ID) {
			return true
		}
	}
	return false
}

// Askable reports why something can't be asked now; nil: it can.
//
// In this order: nothing of the kind waits; the opinion is not joined to another one. Of the name and place: not
// erased. Of an erasure: not all is erased, and nothing is open any more, for without a name and a way nobody could be
// answered. Of a withdrawal: the opinion could be withdrawn now ([Opinion.Withdrawable]), and is not public.
func (a OwnAsking) Askable(k OwnKind) error {
	switch {
	case !oneOf(k, OwnKinds):
		return Refuse(Invalid, "error.invalid")
	case a.waits(k):
		return Refuse(Conflict, "own_data.problem.waits")
	case a.Opinion.JoinedTo != "":
		return Refuse(Conflict, "own_data.problem.joined")
	case k == OwnIdentity && a.Erased != "", k == OwnErasure && a.Erased == ErasureAll:
		return Refuse(Conflict, "own_data.problem.erased")
	case k == OwnErasure && !a.Ended:
		return Refuse(Conflict, "own_data.problem.open")
	case k == OwnWithdrawal && (!a.Opinion.Withdrawable(a.Petition) || a.Publication == PublicationPublished):
		return Refuse(Conflict, "own_data.problem.answered")
	}
	return nil
}

// Ask makes a request.
//
// In this order: it can be made now ([OwnAsking.Askable]); of an erasure it is said how much, and that is more than is
// erased; what is said why is within bounds. number is the next of the opinion's.
func (a OwnAsking) Ask(r OwnRequest, number int) (OwnRequest, Facts, error) {
	if err := a.Askable(r.Kind); err != nil {
		return r, Facts{}, err
	}
	ps := problems{of: "own_data.problem."}
	if r.Kind == OwnErasure {
		ps.need(oneOf(r.Much, Erasures) && r.Much != a.Erased, FieldOwnMuch, "much")
	} else {
		r.Much = ""
	}
	ps.long(FieldOwnSaid, r.Said, MaxMatter)
	if err := ps.refuse(); err != nil {
		return r, Facts{}, err
	}
	r.OpinionID, r.Number, r.State = a.Opinion.ID, number, OwnWaits
	return r, Facts{OwnRequest: r.Number, OwnKind: r.Kind, AskedErasure: r.Much}, nil
}

// Refuse leaves things as they are. It waits, and why is said in words that the person reads.
func (r OwnRequest) Refuse(words string) (OwnRequest, Facts, error) {
	if r.State != OwnWaits {
		return r, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "own_data.problem."}
	ps.text(FieldOwnWords, "words", strings.TrimSpace(words), MaxMatter)
	if err := ps.refuse(); err != nil {
		return r, Facts{}, err
	}
	r.State, r.Words = OwnRefused, words
	return r, Facts{OwnRequest: r.Number, OwnKind: r.Kind}, nil
}

// AfterErasure is what becomes of a request that waits when so much is erased: an erasure that asked for no more is
// granted, what is erased can't be corrected. Anything else stays as it is.
func (r OwnRequest) AfterErasure(much Erasure) OwnState {
	switch {
	case r.State != OwnWaits:
	case r.Kind == OwnErasure && (r.Much == much || much == ErasureAll):
		return OwnGranted
	case r.Kind == OwnIdentity:
		return OwnVoid
	}
	return r.State
}

// Identity is what is to stand instead of a name or a place: personal data. What is empty stays as it is.
type Identity struct {
	Name      string
	Moved     bool // the place is another
	VillageID ID   // empty: lives elsewhere
	Address   string
}

// The fields of the form of an identity are those of the slip.
const (
	fieldName    = "ho-ten"
	fieldVillage = "thon"
	fieldAddress = "noi-o"
)

// Corrected is who raised an opinion with another name or place.
//
// In this order: something is given; name and address are within bounds; another place is a village, or any address;
// who is answered by the head of a village lives in one.
func (p Petitioner) Corrected(i Identity) (Petitioner, error) {
	ps := problems{of: "slip.problem."}
	if i.Name == "" && !i.Moved {
		return p, RefuseForm([]Problem{{fieldName, "own_data.problem.nothing", nil}})
	}
	ps.long(fieldName, i.Name, MaxLine)
	if i.Name != "" {
		p.Name = i.Name
	}
	if i.Moved {
		if i.VillageID == "" {
			ps.text(fieldAddress, "address", i.Address, MaxLine)
		}
		p.VillageID, p.Address = i.VillageID, i.Address
		if i.VillageID != "" {
			p.Address = ""
		}
		ps.need(p.VillageID != "" || !oneOf(WayAloud, p.Ways), fieldVillage, "aloud")
	}
	return p, ps.refuse()
}

// Contact is how a person is to be told from now on: what is empty stays as it is known, as far as a way needs it.
type Contact struct {
	Ways         []Way
	Phone        string // digits
	Email        string
	PostAddress  string
	PhoneProblem *Problem // why the typed telephone number is none
	EmailProblem *Problem
}

// ContactPart is a part of how a person is told, as events name it: never its value.
type ContactPart string

const (
	ContactWays  ContactPart = "ways"
	ContactPhone ContactPart = "phone"
	ContactEmail ContactPart = "email"
	ContactPost  ContactPart = "post_address"
)

// Reached is who raised an opinion, told in other ways, with the parts that changed: none where nothing did.
//
// A way is needed, with what it needs, given now or known; of a way that is given up nothing is kept. The rules of the
// slip decide on each ([Slip.Problems]).
func (p Petitioner) Reached(c Contact) (Petitioner, []ContactPart, error) {
	next := p
	next.Ways, next.Phone, next.Email, next.PostAddress = nil, "", "", ""
	or := func(given, known string) string {
		if given != "" {
			return given
		}
		return known
	}
	for _, w := range AllWays {
		if !oneOf(w, c.Ways) {
			continue
		}
		next.Ways = append(next.Ways, w)
		switch w {
		case WayPhone, WayZalo:
			next.Phone = or(c.Phone, p.Phone)
		case WayEmail:
			next.Email = or(c.Email, p.Email)
		case WayPost:
			next.PostAddress = or(c.PostAddress, p.PostAddress)
		}
	}
	ps := problems{of: "slip.problem."}
	Slip{Petitioner: next, PhoneProblem: c.PhoneProblem, EmailProblem: c.EmailProblem}.wayProblems(&ps)
	if err := ps.refuse(); err != nil {
		return p, nil, err
	}
	var changed []ContactPart
	for _, part := range []struct {
		part ContactPart
		same bool
	}{
		{ContactWays, sameWays(p.Ways, next.Ways)}, {ContactPhone, p.Phone == next.Phone},
		{ContactEmail, p.Email == next.Email}, {ContactPost, p.PostAddress == next.PostAddress},
	} {
		if !part.same {
			changed = append(changed, part.part)
		}
	}
	return next, changed, nil
}

func sameWays(a, b []Way) bool {
	for _, w := range AllWays {
		if oneOf(w, a) != oneOf(w, b) {
			return false
		}
	}
	return true
}

// Acts of who raised an opinion on what is known of them, and on their requests.
const (
	ActChangeWays        Act = "change_ways"
	ActRequestOwn        Act = "request_own"
	ActCorrectPetitioner Act = "correct_petitioner"
	ActRefuseOwn         Act = "refuse_own"
)

var ownActs = []actRow{
	{ActChangeWays, law{
		"who raised an opinion says by code how they are to be told: at once, what waits goes the new way; the event has " +
			"no values",
		"Luật 91/2025/QH15 (C)", ""},
		[]grant{{RoleResident, always}}},
	{ActRequestOwn, law{
		"who raised an opinion asks by code to have their name or place corrected, their data erased, or the opinion " +
			"withdrawn; each request is answered",
		"Luật 91/2025/QH15 (C); withdrawal: house rules", ""},
		[]grant{{RoleResident, always}}},
	{ActCorrectPetitioner, law{
		"the office corrects name or place as the person asked; what is public and would tell the name goes back",
		"Luật 91/2025/QH15 (C)", ""},
		[]grant{{RoleOffice, always}}},
	{ActRefuseOwn, law{"the office leaves it as it is, with words that the person reads",
		"Luật 91/2025/QH15 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
