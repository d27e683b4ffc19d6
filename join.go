package doithoai

// JoinSlip finds of which opinion each one of a slip is the same, where the slip is one that had come by another
// channel before: a photo by Zalo and then the paper. likeness says how alike two texts are, from 0 to 1.
//
// A slip is not joined to itself. Neither of the two is joined to a third. The other one was not split: who holds this
// one's receipt would follow one part of it only. The slip that is joined is untouched: no
// opinion of it has a ruling yet, else what was decided on it would be out of sight. It has no more opinions than the
// other one, else something would be lost. Opinions find each other by what they say, the likest first.
//
// The joined slip keeps its channel, its time, its numbers and its receipt, which opens the other one from then on; it
// is in no list and no count, and undone, it is what it was.
func JoinSlip(slip, into []Opinion, likeness func(a, b string) float64) (map[ID]Opinion, error) {
	if len(slip) == 0 || len(into) == 0 {
		return nil, Refuse(NotFound, "error.not_found")
	}
	if slip[0].SlipID == into[0].SlipID {
		return nil, Refuse(Conflict, "same.join.problem.itself")
	}
	for _, o := range slip {
		if o.JoinedTo != "" {
			return nil, Refuse(Conflict, "same.join.problem.already")
		}
		if o.Ruling != "" || o.PetitionID != "" {
			return nil, Refuse(Conflict, "same.join.problem.ruled")
		}
	}
	for _, o := range into {
		switch {
		case o.JoinedTo != "":
			return nil, Refuse(Conflict, "same.join.problem.joined_on")
		case o.PartOf != "":
			return nil, Refuse(Conflict, "same.join.problem.split")
		}
	}
	if len(slip) > len(into) {
		return nil, Refuse(Conflict, "same.join.problem.more")
	}
	return pairOpinions(slip, into, likeness), nil
}

// pairOpinions gives each opinion its like among others, of which there are as many at least: the likest two first.
func pairOpinions(slip, into []Opinion, likeness func(a, b string) float64) map[ID]Opinion {
	same, taken := map[ID]Opinion{}, map[ID]bool{}
	for len(same) < len(slip) {
		best, one, other := -1.0, Opinion{}, Opinion{}
		for _, o := range slip {
			for _, p := range into {
				if _, has := same[o.ID]; has || taken[p.ID] {
					continue
				}
				if l := likeness(o.Content, p.Content); l > best {
					best, one, other = l, o, p
				}
			}
		}
		same[one.ID], taken[other.ID] = other, true
	}
	return same
}

// FieldSame is the field of forms in which another opinion's number is typed.
const FieldSame = "trung-voi"

// Acts by which a slip that came twice is one.
const (
	ActJoinSlip     Act = "join_slip"
	ActSeparateSlip Act = "separate_slip" // undoes it
)

var joinActs = []actRow{
	{ActJoinSlip, law{
		"the same slip by two channels is one: both times are kept, nothing is counted twice",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleVillageHead, typedByActor}}},
	{ActSeparateSlip, law{"a joining that was wrong is undone, without loss", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleVillageHead, typedByActor}}},
}
