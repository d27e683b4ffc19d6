package doithoai

import (
	"crypto/sha256"
	"strconv"
	"unicode/utf8"

	"doithoai/calendar"
)

// CompiledList is a village's compiled list (danh sách ý kiến tổng hợp): what people of one village raised, taken down
// on one paper and brought by its head. Each point becomes a slip of its own with one opinion, by the channel of the
// village, answered through its head: names are optional, as the village keeps them.
type CompiledList struct {
	ID          ID
	AuthorityID ID
	DialogueID  ID // empty: raised outside a dialogue
	VillageID   ID
	ReceivedAt  calendar.Instant
	TypedBy     ID
	Told        int    // how many opinions the village says there are
	Made        int    // how many there became
	Differs     string // why that is not what was told; it stays visible
}

// CompiledPoint is one point of a list as it was checked. All text has been cleaned (NFC).
type CompiledPoint struct {
	Content string
	Name    string // empty: the list names nobody
	Address string
	Dropped string // why it is no opinion ("đầu đề của danh sách"); empty: it is one
	// Illegible: it was typed with a font of an old encoding, as the text package found.
	Illegible bool
}

// Limits of a list. They bound what is stored, they are no law.
const (
	MaxPoints   = 100
	MaxOriginal = 30_000 // characters of the list as it was pasted
)

// Fields of the form in which a list is checked; those of a point end with its number, from 1.
const (
	FieldListVillage = "thon"
	FieldTold        = "so-y-kien"
	FieldDiffers     = "vi-sao-lech"
	FieldPoint       = "y-kien"
	FieldPointName   = "ho-ten"
	FieldPointPlace  = "noi-o"
	FieldPointDrop   = "bo-vi"
)

// PointField is the id of the field of the i-th point, from 0: "y-kien-1".
func PointField(field string, i int) string { return field + "-" + strconv.Itoa(i+1) }

// Kept are the points that become opinions, in their order.
func Kept(points []CompiledPoint) (kept []CompiledPoint) {
	for _, p := range points {
		if p.Dropped == "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// Problems are the reasons why the list can't be recorded with these points, in the order of the form.
//
// It needs the village, and how many opinions that village says there are. At least one point is an opinion, MaxPoints
// at most stand in the list. Each opinion says something, within bounds and legibly; a name and an address are never
// asked for. What becomes of the list is what was told, or else why not is said.
func (l CompiledList) Problems(points []CompiledPoint) []Problem {
	ps := problems{of: "compiled.problem."}
	if l.VillageID == "" {
		ps.add(FieldListVillage, "village")
	}
	if len(points) > MaxPoints {
		ps.add(PointField(FieldPoint, 0), "too_many", "max", MaxPoints)
	}
	kept := Kept(points)
	if len(kept) == 0 {
		ps.add(PointField(FieldPoint, 0), "none")
	}
	number := 0 // of the opinion, as people count
	for i, p := range points {
		ps.long(PointField(FieldPointDrop, i), p.Dropped, MaxLine)
		if p.Dropped != "" {
			continue
		}
		number++
		field := PointField(FieldPoint, i)
		switch n := utf8.RuneCountInString(p.Content); {
		case n == 0:
			ps.add(field, "content", "number", number)
		case n > MaxMatter:
			ps.list = append(ps.list, Problem{field, "slip.problem.content_long",
				[]any{"max", MaxMatter, "over", n - MaxMatter}})
		case p.Illegible:
			ps.list = append(ps.list, Problem{field, "slip.problem.illegible", nil})
		}
		ps.long(PointField(FieldPointName, i), p.Name, MaxLine)
		ps.long(PointField(FieldPointPlace, i), p.Address, MaxLine)
	}
	switch {
	case l.Told < 1:
		ps.add(FieldTold, "told")
	case l.Told != len(kept) && l.Differs == "":
		ps.add(FieldDiffers, "differs", "told", l.Told, "made", len(kept))
	}
	ps.long(FieldDiffers, l.Differs, MaxLine)
	return ps.list
}

// Slip is the slip that a point becomes. Nobody can read every point back to whom it is from; the list is what was
// handed in, and the village's head answers for it.
func (l CompiledList) Slip(p CompiledPoint) Slip {
	return Slip{
		DialogueID: l.DialogueID, Channel: ChannelVillage, Matters: []string{p.Content}, Manner: MannerWritten,
		Petitioner: Petitioner{
			Standing: StandingPerson, Name: p.Name, VillageID: l.VillageID, Address: p.Address, Ways: []Way{WayAloud},
		},
	}
}

// Of derives the key of the n-th slip of a list from that of the list's form, so that each has a receipt code of its
// own and the same form always gives the same codes.
func (k IntakeKey) Of(n int) (key IntakeKey) {
	sum := sha256.Sum256(append([]byte("doithoai compiled list v1\n"+strconv.Itoa(n)+"\n"), k[:]...))
	copy(key[:], sum[:])
	return key
}

// ActRecordList takes in a village's compiled list.
const ActRecordList Act = "record_list"

var compiledListActs = []actRow{
	{ActRecordList, law{
		"the opinions on a village's compiled list are received, registered and receipted, each by itself",
		"NĐ 20/2008 Đ.6–9 (C); Luật 10/2022 Đ.35 k.2 (C); plan 2024, I.2 “tiếp nhận đầy đủ”", ""},
		[]grant{{RoleOffice, always}, {RoleVillageHead, ofOwnVillage}}},
}
