package doithoai

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"doithoai/calendar"
)

// TestPetitionNotes: who may write what on the file of a petition.
func TestPetitionNotes(t *testing.T) {
	seat := func(role Role, unit ID) Actor {
		return Actor{ID: "a", AuthorityID: "here", UnitID: unit, Roles: []Role{role}}
	}
	s := Subject{AuthorityID: "here", State: PetitionProcessing, LeadUnitID: "land", CoUnits: []ID{"justice", "office"}}
	chairs := Subject{AuthorityID: "here", State: PetitionProcessing, Conduct: true}
	for _, tt := range []struct {
		name    string
		actor   Actor
		subject Subject
		want    map[PetitionNoteKind]ID
	}{
		{"lead", seat(RoleUnitOfficer, "land"), s,
			map[PetitionNoteKind]ID{NoteVerification: "land", NoteContact: "land"}},
		{"head of the lead", seat(RoleUnitHead, "land"), s,
			map[PetitionNoteKind]ID{NoteVerification: "land", NoteContact: "land"}},
		{"coordinates", seat(RoleUnitOfficer, "justice"), s,
			map[PetitionNoteKind]ID{NotePart: "justice", NoteContact: "justice"}},
		{"the office coordinates", seat(RoleOffice, "office"), s,
			map[PetitionNoteKind]ID{NotePart: "office", NoteContact: "office"}},
		{"another unit", seat(RoleUnitOfficer, "money"), s, map[PetitionNoteKind]ID{}},
		{"chair", seat(RoleChair, ""), s, map[PetitionNoteKind]ID{}},
		{"chair who leads", seat(RoleChair, ""), chairs,
			map[PetitionNoteKind]ID{NoteVerification: "", NoteContact: ""}},
		{"office", seat(RoleOffice, "other"), chairs, map[PetitionNoteKind]ID{NoteContact: "other"}},
		{"two units", Actor{ID: "a", AuthorityID: "here", Roles: []Role{RoleUnitOfficer}, Seats: []Seat{
			{Role: RoleUnitOfficer, UnitID: "justice"}, {Role: RoleUnitOfficer, UnitID: "land"},
		}}, s, map[PetitionNoteKind]ID{NotePart: "justice", NoteContact: "justice", NoteVerification: "land"}},
		{"secretary", seat(RoleSecretary, "land"), s, map[PetitionNoteKind]ID{}},
	} {
		if got := tt.subject.NoteKinds(tt.actor); !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if may := Can(tt.actor, ActAddNote, tt.subject) == nil; may != (len(tt.want) > 0) {
			t.Errorf("%s: may add a note: %v", tt.name, may)
		}
	}
	head := Actor{ID: "v", AuthorityID: "here", Roles: []Role{RoleVillageHead}}
	s.TypedBy = "v"
	if Can(head, ActSeeOpinions, s) != nil || KindOf(Can(head, ActSeeNotes, s)) != NotAllowed {
		t.Error("the village head who typed the slip reads notes, or can't open the opinion")
	}
}

func TestAddNote(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2024, 10, 25), 9, 0)
	all := map[PetitionNoteKind]ID{NoteVerification: "land", NotePart: "land", NoteContact: "land"}
	for _, tt := range []struct {
		name  string
		spoil func(*PetitionNote)
		state PetitionState
		notes int
		kinds map[PetitionNoteKind]ID
		want  string // key of the refusal or the problem; empty: kept
	}{
		{name: "a contact"},
		{name: "this minute", spoil: func(n *PetitionNote) { n.HeldAt = now }},
		{name: "verified", spoil: func(n *PetitionNote) {
			n.Kind, n.With, n.HeldAt = NoteVerification, "", calendar.Instant{}
		}},
		{name: "while paused", state: PetitionPaused},
		{name: "answered", state: PetitionAnswered, want: "petition.note.problem.over"},
		{name: "ended", state: PetitionEnded, want: "petition.note.problem.over"},
		{name: "too many", notes: MaxPetitionNotes, want: "petition.note.problem.many"},
		{name: "no kind", spoil: func(n *PetitionNote) { n.Kind = "" }, want: "kind"},
		{name: "another's kind", kinds: map[PetitionNoteKind]ID{NotePart: "land"}, want: "kind"},
		{name: "with nobody", spoil: func(n *PetitionNote) { n.With = "" }, want: "with"},
		{name: "with many", spoil: func(n *PetitionNote) { n.With = strings.Repeat("a", MaxLine+1) }, want: "too_long"},
		{name: "no day", spoil: func(n *PetitionNote) { n.HeldAt = calendar.Instant{} }, want: "held_at"},
		{name: "to come", spoil: func(n *PetitionNote) { n.HeldAt = now.Add(1e9 * 60) }, want: "held_at"},
		{name: "nothing said", spoil: func(n *PetitionNote) { n.Body = "" }, want: "body"},
		{name: "too much", spoil: func(n *PetitionNote) { n.Body = strings.Repeat("a", MaxMatter+1) }, want: "too_long"},
	} {
		n := PetitionNote{ID: "n", Kind: NoteContact, With: "Sở Y tế", HeldAt: now.Add(-1e9 * 60), Body: "Đã hỏi."}
		if tt.spoil != nil {
			tt.spoil(&n)
		}
		p := &Petition{State: PetitionProcessing}
		if tt.state != "" {
			p.State = tt.state
		}
		kinds := all
		if tt.kinds != nil {
			kinds = tt.kinds
		}
		kept, facts, err := n.Add(p, kinds, tt.notes, now)
		if tt.want == "" {
			if err != nil || facts.Note != "n" || kept.UnitID != "land" || kept.WrittenAt != now {
				t.Errorf("%s: %+v, %v", tt.name, kept, err)
			}
			continue
		}
		list := ProblemsOf(err)
		if refusal(err) != tt.want && (len(list) != 1 || !strings.HasSuffix(list[0].Key, "."+tt.want)) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if _, _, err := (PetitionNote{}).Add(nil, all, 0, now); KindOf(err) != Conflict {
		t.Errorf("without a petition: %v", err)
	}
	n, _, err := PetitionNote{Kind: NotePart, With: "x", HeldAt: now, Body: "Phần của tôi."}.
		Add(&Petition{State: PetitionProcessing}, all, 0, now)
	if err != nil || n.With != "" || !n.HeldAt.IsZero() || n.Words() != "Phần của tôi." {
		t.Errorf("a part keeps what is of a contact: %+v, %v", n, err)
	}
}

func TestTakeBackNote(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2024, 10, 25), 9, 0)
	n := PetitionNote{ID: "n", WrittenBy: "a", WrittenAt: now}
	added := Event{Act: ActAddNote, Facts: Facts{Note: "n"}}
	other := Event{Act: ActAddNote, Facts: Facts{Note: "o"}}
	for _, tt := range []struct {
		name   string
		by     ID
		at     calendar.Instant
		events []Event
		want   string
	}{
		{"its writer", "a", now, []Event{{Act: ActSubmitAnswer}, added, other, {Act: ActViewPetitioner}}, ""},
		{"somebody else", "b", now, []Event{added}, "petition.note.problem.not_own"},
		{"nobody", "", now, []Event{added}, "petition.note.problem.not_own"},
		{"the day after", "a", now.Add(24 * 3600 * 1e9), []Event{added}, "petition.note.problem.not_own"},
		{"answered with it", "a", now, []Event{added, {Act: ActSubmitAnswer}}, "petition.note.problem.built_on"},
		{"ruled with it", "a", now, []Event{added, {Act: ActRuleOpinion}, other}, "petition.note.problem.built_on"},
	} {
		if _, err := n.TakeBack(tt.by, tt.events, tt.at); refusal(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestPartsMissing(t *testing.T) {
	co := []Unit{{ID: "justice"}, {ID: "money"}}
	missing := PartsMissing(co, []PetitionNote{
		{Kind: NotePart, UnitID: "justice"}, {Kind: NoteContact, UnitID: "money"},
	})
	if len(missing) != 1 || missing[0].ID != "money" || !slices.Equal(unitIDsOf(co), []ID{"justice", "money"}) {
		t.Errorf("missing %v of %v", missing, co)
	}
}

func unitIDsOf(units []Unit) (ids []ID) {
	for _, u := range units {
		ids = append(ids, u.ID)
	}
	return ids
}
