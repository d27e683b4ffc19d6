package doithoai

import (
	"fmt"

	"doithoai/calendar"
)

// Opinion is one thing that somebody raised (ý kiến). It becomes a Petition when the ruling leaves something to do.
type Opinion struct {
	ID          ID
	AuthorityID ID
	DialogueID  ID
	SlipID      ID
	Number      RegisterNumber
	Channel     Channel
	Manner      Manner
	Content     string // as said
	Headline    string // what somebody called it; empty: proposed from what was said
	Summary     string // in neutral words, for minutes and screens; empty: what was said is
	FieldCode   string
	VillageID   ID // of the person: the most that is ever public of them
	ReceivedAt  calendar.Instant
	OutOfScope  bool // outside the dialogue's scope: marked, not refused
	Ruling      RulingCode
	RuledAt     calendar.Instant
	PetitionID  ID
	JoinedTo    ID // the opinion that it is, of a slip that came by another channel before ([JoinSlip])
	TurnID      ID // in which it was said, beyond what a slip says
	Unheard     Unheard

	Kind           OpinionKind // empty: not classified yet
	ContentCode    ContentCode // of the eight contents; 0: not said
	PlaceVillageID ID          // in which the matter lies, whoever's it is; empty: not said, or elsewhere
	PlaceElsewhere string      // where it lies outside the commune: for the staff only
	PartOf         ID          // the opinion that it was split off ([Opinion.Split]); empty: it is whole
	Repeat         Repeat      // what it raises again

	Outcome InitiativeOutcome // of an initiative; empty: nobody has decided

	Version int
}

// Unheard is why an opinion was not heard in the hall, though the dialogue was for it; empty: it was, or was meant to
// be answered in writing from the beginning.
type Unheard string

const (
	UnheardAbsent     Unheard = "absent"      // who registered was called and was not there
	UnheardNotReached Unheard = "not_reached" // the time was up
)

// RegisterNumber is the public number of an opinion, "ND-26-0417": authority's prefix, year, serial number within the
// year. It is public and opens nothing.
type RegisterNumber string

// NewRegisterNumber makes the number of the n-th opinion of a year, n from 1.
func NewRegisterNumber(prefix string, year int, n int64) RegisterNumber {
	return RegisterNumber(fmt.Sprintf("%s-%02d-%04d", prefix, year%100, n))
}

// Acts of seeing an opinion and who raised it.
const (
	ActSeeOpinions    Act = "see_opinions" // open the register, and the opinions the actor's work needs
	ActViewPetitioner Act = "view_petitioner"
)

var opinionActs = []actRow{
	{ActSeeOpinions, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always},
			{RoleUnitOfficer, ofLeadUnit}, {RoleUnitOfficer, ofCoUnit}, {RoleClerk, signedOrSent},
			{RoleVillageHead, typedByActor}}},
	{ActViewPetitioner, law{
		"personal data are opened, for a reason, and the view is recorded", "NĐ 154/2026 Đ.12 k.2 (C); Luật 91/2025 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleChair, always}, {RoleUnitOfficer, ofLeadUnit}, {RoleReception, denounced}}},
}
