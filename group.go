package doithoai

// GroupOpinions says in which group two opinions of the same matter are from now on. ofOne and ofOther are the groups
// in which they are, empty where in none; new is the id of one that begins.
//
// An opinion is not grouped with itself, nor one that is joined to another: that is the other one. Whoever is in a
// group brings the other into it. Two that are in different groups stay there: one of them is taken out first, so that
// no group disappears in another. Every member keeps its number, its receipt, its answer and its rating.
func GroupOpinions(one, other Opinion, ofOne, ofOther, new ID) (ID, error) {
	switch {
	case one.ID == other.ID:
		return "", Refuse(Conflict, "same.group.problem.itself")
	case one.JoinedTo != "" || other.JoinedTo != "":
		return "", Refuse(Conflict, "same.group.problem.joined")
	case ofOne != "" && ofOne == ofOther:
		return "", Refuse(Conflict, "same.group.problem.already")
	case ofOne != "" && ofOther != "":
		return "", Refuse(Conflict, "same.group.problem.two")
	case ofOne != "":
		return ofOne, nil
	case ofOther != "":
		return ofOther, nil
	}
	return new, nil
}

// Acts on opinions of the same matter.
const (
	ActGroupOpinions  Act = "group_opinions"
	ActUngroupOpinion Act = "ungroup_opinion" // takes one out of its group
)

var groupActs = []actRow{
	{ActGroupOpinions, law{
		"opinions of the same matter stand together, of this dialogue and earlier ones; each keeps its number and receipt",
		"house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
	{ActUngroupOpinion, law{"an opinion leaves the group of its matter", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
}
