package doithoai

import (
	"slices"
	"strings"
	"testing"
)

func TestRequestOwn(t *testing.T) {
	waits := func(k OwnKind, of ID) []OwnRequest { return []OwnRequest{{OpinionID: of, Kind: k, State: OwnWaits}} }
	working := &Petition{State: PetitionProcessing}
	for _, tt := range []struct {
		name string
		a    OwnAsking
		r    OwnRequest
		want string
	}{
		{name: "a name", r: OwnRequest{Kind: OwnIdentity}},
		{name: "a name, twice", a: OwnAsking{Past: waits(OwnIdentity, "x")}, r: OwnRequest{Kind: OwnIdentity},
			want: "own_data.problem.waits"},
		{name: "a name, after a refusal", a: OwnAsking{Past: []OwnRequest{{Kind: OwnIdentity, State: OwnRefused}}},
			r: OwnRequest{Kind: OwnIdentity}},
		{name: "a name that is erased", a: OwnAsking{Erased: ErasureContacts}, r: OwnRequest{Kind: OwnIdentity},
			want: "own_data.problem.erased"},
		{name: "joined", a: OwnAsking{Opinion: Opinion{JoinedTo: "x"}}, r: OwnRequest{Kind: OwnIdentity},
			want: "own_data.problem.joined"},
		{name: "nothing known", r: OwnRequest{Kind: "gossip"}, want: "error.invalid"},
		{name: "an erasure", a: OwnAsking{Ended: true}, r: OwnRequest{Kind: OwnErasure, Much: ErasureAll}},
		{name: "an erasure while something is open", r: OwnRequest{Kind: OwnErasure, Much: ErasureAll},
			want: "own_data.problem.open"},
		{name: "an erasure of nothing", a: OwnAsking{Ended: true}, r: OwnRequest{Kind: OwnErasure}, want: "much"},
		{name: "an erasure of what is erased", a: OwnAsking{Ended: true, Erased: ErasureContacts},
			r: OwnRequest{Kind: OwnErasure, Much: ErasureContacts}, want: "much"},
		{name: "the rest of an erasure", a: OwnAsking{Ended: true, Erased: ErasureContacts},
			r: OwnRequest{Kind: OwnErasure, Much: ErasureAll}},
		{name: "everything is erased", a: OwnAsking{Ended: true, Erased: ErasureAll},
			r: OwnRequest{Kind: OwnErasure, Much: ErasureAll}, want: "own_data.problem.erased"},
		{name: "a withdrawal before any ruling", r: OwnRequest{Kind: OwnWithdrawal}},
		{name: "a withdrawal from a unit", a: OwnAsking{Opinion: Opinion{Ruling: RulingLater}, Petition: working},
			r: OwnRequest{Kind: OwnWithdrawal}},
		{name: "a withdrawal of another opinion", a: OwnAsking{Opinion: Opinion{ID: "b"}, Past: waits(OwnWithdrawal, "a")},
			r: OwnRequest{Kind: OwnWithdrawal}},
		{name: "a withdrawal after the answer", r: OwnRequest{Kind: OwnWithdrawal},
			a:    OwnAsking{Opinion: Opinion{Ruling: RulingLater}, Petition: &Petition{State: PetitionAnswered}},
			want: "own_data.problem.answered"},
		{name: "a withdrawal of what is public", a: OwnAsking{Publication: PublicationPublished},
			r: OwnRequest{Kind: OwnWithdrawal}, want: "own_data.problem.answered"},
		{name: "too many words", r: OwnRequest{Kind: OwnWithdrawal, Said: strings.Repeat("x", MaxMatter+1)},
			want: "too_long"},
	} {
		r, facts, err := tt.a.Ask(tt.r, 3)
		wantProblem(t, tt.name, err, tt.want)
		if err == nil && (r.Number != 3 || r.State != OwnWaits || facts.OwnKind != tt.r.Kind ||
			facts.AskedErasure != tt.r.Much) {
			t.Errorf("%s: %+v, %+v", tt.name, r, facts)
		}
	}
}

func TestRefuseOwn(t *testing.T) {
	waits := OwnRequest{Number: 1, Kind: OwnErasure, State: OwnWaits}
	r, facts, err := waits.Refuse("Hồ sơ phải lưu.")
	if err != nil || r.State != OwnRefused || r.Words == "" || facts.OwnRequest != 1 {
		t.Errorf("%+v, %+v, %v", r, facts, err)
	}
	_, _, err = waits.Refuse(" ")
	wantProblem(t, "without words", err, "words")
	_, _, err = r.Refuse("Lại.")
	wantProblem(t, "twice", err, "error.conflict")
}

// An erasure settles what asked for no more, and what it leaves nothing of.
func TestAfterErasure(t *testing.T) {
	for _, tt := range []struct {
		r    OwnRequest
		much Erasure
		want OwnState
	}{
		{OwnRequest{Kind: OwnErasure, Much: ErasureContacts, State: OwnWaits}, ErasureContacts, OwnGranted},
		{OwnRequest{Kind: OwnErasure, Much: ErasureContacts, State: OwnWaits}, ErasureAll, OwnGranted},
		{OwnRequest{Kind: OwnErasure, Much: ErasureAll, State: OwnWaits}, ErasureContacts, OwnWaits},
		{OwnRequest{Kind: OwnIdentity, State: OwnWaits}, ErasureContacts, OwnVoid},
		{OwnRequest{Kind: OwnIdentity, State: OwnRefused}, ErasureAll, OwnRefused},
		{OwnRequest{Kind: OwnWithdrawal, State: OwnWaits}, ErasureAll, OwnWaits},
	} {
		if got := tt.r.AfterErasure(tt.much); got != tt.want {
			t.Errorf("%+v after %s: %s, want %s", tt.r, tt.much, got, tt.want)
		}
	}
}

func TestCorrectPetitioner(t *testing.T) {
	who := Petitioner{Name: "Lê Văn Tư", VillageID: "v", Ways: []Way{WayAloud}, Phone: "0900000000"}
	for _, tt := range []struct {
		name string
		i    Identity
		want string
	}{
		{name: "a name", i: Identity{Name: "Lê Văn Từ"}},
		{name: "nothing", want: "nothing"},
		{name: "another village", i: Identity{Moved: true, VillageID: "w"}},
		{name: "elsewhere, and read out there", i: Identity{Moved: true, Address: "Đà Nẵng"}, want: "aloud"},
		{name: "too long", i: Identity{Name: strings.Repeat("x", MaxLine+1)}, want: "too_long"},
	} {
		next, err := who.Corrected(tt.i)
		wantProblem(t, tt.name, err, tt.want)
		if err == nil && (next.Phone != who.Phone || tt.i.Name == "" && next.Name != who.Name ||
			tt.i.Moved != (next.VillageID != who.VillageID)) {
			t.Errorf("%s: %+v", tt.name, next)
		}
	}
	who.Ways = []Way{WayPhone}
	_, err := who.Corrected(Identity{Moved: true})
	wantProblem(t, "elsewhere, nowhere", err, "address")
}

func TestChangeWays(t *testing.T) {
	who := Petitioner{Name: "Lê Văn Tư", Ways: []Way{WayPhone, WayEmail}, Phone: "0900000000", Email: "a@example.com"}
	for _, tt := range []struct {
		name    string
		c       Contact
		changed []ContactPart
		want    string
	}{
		{name: "another number", c: Contact{Ways: []Way{WayPhone, WayEmail}, Phone: "0900000001"},
			changed: []ContactPart{ContactPhone}},
		{name: "the same", c: Contact{Ways: []Way{WayEmail, WayPhone}}},
		{name: "one way less", c: Contact{Ways: []Way{WayPhone}}, changed: []ContactPart{ContactWays, ContactEmail}},
		{name: "by post", c: Contact{Ways: []Way{WayPost}, PostAddress: "Thôn Đông"},
			changed: []ContactPart{ContactWays, ContactPhone, ContactEmail, ContactPost}},
		{name: "by post, nowhere", c: Contact{Ways: []Way{WayPost}}, want: "post_address"},
		{name: "in no way", want: "way"},
		{name: "read out where there is no village", c: Contact{Ways: []Way{WayAloud}}, want: "aloud"},
		{name: "a number that is none", want: "digits",
			c: Contact{Ways: []Way{WayPhone}, PhoneProblem: &Problem{Field: "dien-thoai", Key: "slip.contact.digits"}}},
	} {
		next, changed, err := who.Reached(tt.c)
		wantProblem(t, tt.name, err, tt.want)
		if err == nil && (!slices.Equal(changed, tt.changed) || next.Name != who.Name) {
			t.Errorf("%s: %v, %+v", tt.name, changed, next)
		}
	}
	next, _, err := who.Reached(Contact{Ways: []Way{WayPhone}})
	if err != nil || next.Email != "" || next.Phone != who.Phone {
		t.Errorf("of a way that was given up is left: %+v, %v", next, err)
	}
}
