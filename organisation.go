package doithoai

import (
	"fmt"
	"regexp"
	"slices"

	"doithoai/calendar"
)

// Organisation is an authority through time: what it was called and is called, its units and its villages, in their
// order. What is over stays: an opinion of 2024 keeps the letterhead, the unit and the village of its day.
type Organisation struct {
	Names    []Authority // by From, the oldest first; never empty
	Units    []Unit
	Villages []Village
}

// NameOn returns what the authority is called on a day. A day before the first name has the first.
func (o Organisation) NameOn(day calendar.Date) Authority {
	on := o.Names[0]
	for _, n := range o.Names[1:] {
		if !n.From.After(day) {
			on = n
		}
	}
	return on
}

// Unit finds a unit, in force or over. False: there is none.
func (o Organisation) Unit(id ID) (Unit, bool) {
	for _, u := range o.Units {
		if u.ID == id {
			return u, true
		}
	}
	return Unit{}, false
}

// UnitsOn returns the units that are in force on a day.
func (o Organisation) UnitsOn(day calendar.Date) []Unit {
	var list []Unit
	for _, u := range o.Units {
		if calendar.Within(day, u.From, u.To) {
			list = append(list, u)
		}
	}
	return list
}

// VillagesOn returns the villages that are in force on a day.
func (o Organisation) VillagesOn(day calendar.Date) []Village {
	var list []Village
	for _, v := range o.Villages {
		if calendar.Within(day, v.From, v.To) {
			list = append(list, v)
		}
	}
	return list
}

// Heir returns the unit that has a unit's work on a day: itself while it is in force, else the one that succeeded it,
// and so on. False: the unit is over and nobody has its work.
func (o Organisation) Heir(id ID, day calendar.Date) (Unit, bool) {
	for range len(o.Units) + 1 { // no unit is its own successor, however the rows stand
		u, ok := o.Unit(id)
		if !ok || calendar.Within(day, u.From, u.To) {
			return u, ok
		}
		id = u.SuccessorID
	}
	return Unit{}, false
}

// ValidPrefix reports whether register numbers can begin with it: 1 to 6 capital letters, A to Z or Đ.
func ValidPrefix(prefix string) bool { return prefixForm.MatchString(prefix) }

var prefixForm = regexp.MustCompile(`^[A-ZĐ]{1,6}$`)

// NameProblems are the reasons why the authority can't be called so: a name, full name, superior, place, prefix or
// first day is missing or malformed; or the day is not after that of the last name: what was signed under a name keeps
// it; or telephone, address, hours or reception are too long.
func (o Organisation) NameProblems(next Authority) []Problem {
	ps := problems{of: "organisation.problem."}
	last := o.Names[len(o.Names)-1]
	switch {
	case next.From.IsZero():
		ps.add("tu-ngay", "day")
	case !next.From.After(last.From):
		ps.add("tu-ngay", "name_order")
	}
	for _, f := range []struct{ field, missing, value string }{
		{"can-cu", "basis", next.Basis}, {"ten", "name", next.Name}, {"ten-day-du", "full_name", next.FullName},
		{"cap-tren", "superior", next.Superior}, {"dia-danh", "place", next.Place},
	} {
		ps.text(f.field, f.missing, f.value, MaxLine)
	}
	if !ValidPrefix(next.Prefix) {
		ps.add("ky-hieu", "prefix")
	}
	for _, f := range []struct{ field, value string }{
		{"dien-thoai", next.Phone}, {"dia-chi", next.Address}, {"gio-lam-viec", next.Hours}, {"tiep-dan", next.Reception},
	} {
		ps.long(f.field, f.value, MaxLine)
	}
	return ps.list
}

// ContactProblems are the reasons why a unit can't be called so in lists, or this can't be who answers for it: too long
// a short name, name or telephone number.
func (u Unit) ContactProblems() []Problem {
	var ps problems
	ps.long("ten-ngan", u.Short, MaxShort)
	ps.long("dau-moi", u.Contact, MaxLine)
	ps.long("dien-thoai", u.Phone, MaxLine)
	return ps.list
}

// UnitProblems are the reasons why a unit can't be opened so.
func (u Unit) UnitProblems() []Problem {
	ps := problems{of: "organisation.problem."}
	ps.text("ten", "unit", u.Name, MaxLine)
	ps.need(!u.From.IsZero(), "tu-ngay", "day")
	ps.join(u.ContactProblems())
	return ps.list
}

// Close ends a unit with a last day, after which its work falls to the successor.
//
// In this order: there is a last day, not before its first; a successor, in force on the day after, which is not the
// unit itself; where the unit is an office, the successor is one too: somebody must lead opinions on conduct.
func (o Organisation) Close(id ID, last calendar.Date, successor ID) (Unit, error) {
	u, ok := o.Unit(id)
	switch {
	case !ok:
		return u, Refuse(NotFound, "error.not_found")
	case !u.To.IsZero():
		return u, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "organisation.problem."}
	if last.IsZero() || last.Before(u.From) {
		ps.add("den-ngay", "last_day")
	}
	heir, ok := o.Unit(successor)
	switch {
	case !ok || heir.ID == u.ID || !last.IsZero() && !calendar.Within(last.AddDays(1), heir.From, heir.To):
		ps.add("ke-thua", "successor")
	case u.Office && !heir.Office:
		ps.add("ke-thua", "office")
	}
	if err := ps.refuse(); err != nil {
		return u, err
	}
	u.To, u.SuccessorID = last, heir.ID
	return u, nil
}

// MaxHosts bounds the host names of an authority.
const MaxHosts = 20

// HostProblems are the reasons why an authority can't be reached under these host names, in their normal form: more
// than there can be; a name of another authority (taken); or under, that by which the one who changes them came, is
// missing though it was one: the change would lock its author out.
func HostProblems(names, before, taken []string, under string) []Problem {
	ps := problems{of: "organisation.problem."}
	if len(names) > MaxHosts {
		ps.add("ten-mien", "hosts", "max", MaxHosts)
	}
	for _, name := range taken {
		ps.add("ten-mien", "host_taken", "name", name)
	}
	if slices.Contains(before, under) && !slices.Contains(names, under) {
		ps.add("ten-mien", "host_used", "name", under)
	}
	return ps.list
}

// MaxVillages bounds how many villages are added at once.
const MaxVillages = 200

// VillageProblems are the reasons why villages can't be added so: no name or day, a name too long, twice, or of a
// village that is there on that day. Names with one key are the same.
func (o Organisation) VillageProblems(names []string, from calendar.Date, key func(string) string) []Problem {
	ps := problems{of: "organisation.problem."}
	if len(names) == 0 || len(names) > MaxVillages {
		ps.add("thon", "villages", "max", MaxVillages)
	}
	there := map[string]bool{}
	for _, v := range o.VillagesOn(from) {
		there[key(v.Name)] = true
	}
	for _, name := range names {
		if there[key(name)] {
			ps.add("thon", "village_taken", "name", name)
		}
		there[key(name)] = true
		ps.text("thon", "village", name, MaxLine)
	}
	if from.IsZero() {
		ps.add("tu-ngay", "day")
	}
	return ps.list
}

// Nearly are the pairs of units and of villages on a day whose names are probably one, written in two ways: near gives
// them one key.
func (o Organisation) Nearly(day calendar.Date, near func(string) string) (pairs [][2]string) {
	var units, villages []string
	for _, u := range o.UnitsOn(day) {
		units = append(units, u.Name)
	}
	for _, v := range o.VillagesOn(day) {
		villages = append(villages, v.Name)
	}
	for _, names := range [][]string{units, villages} {
		there := map[string]string{}
		for _, name := range names {
			if other, found := there[near(name)]; found {
				pairs = append(pairs, [2]string{other, name})
			}
			there[near(name)] = name
		}
	}
	return pairs
}

// CloseVillage ends a village with a last day, not before its first. The village it went into, if any, is another one.
func (o Organisation) CloseVillage(id ID, last calendar.Date, successor ID) (Village, error) {
	var v Village
	found := successor == ""
	for _, w := range o.Villages {
		if w.ID == id {
			v = w
		}
		found = found || w.ID == successor && successor != id
	}
	switch {
	case v.ID == "":
		return v, Refuse(NotFound, "error.not_found")
	case !v.To.IsZero():
		return v, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "organisation.problem."}
	if last.IsZero() || last.Before(v.From) {
		ps.add("den-ngay", "last_day")
	}
	if !found {
		ps.add("ke-thua", "successor")
	}
	if err := ps.refuse(); err != nil {
		return v, err
	}
	v.To, v.SuccessorID = last, successor
	return v, nil
}

// Transfer hands an open petition's work to the unit that succeeded its own. It refuses with Conflict where nothing is
// left to do, or the unit leads already.
func (p Petition) Transfer(heir Unit) (Petition, Facts, error) {
	if !p.Open() || p.LeadUnitID == heir.ID {
		return p, Facts{}, Refuse(Conflict, "error.conflict")
	}
	facts := Facts{From: string(p.LeadUnitID), Unit: heir.ID}
	p.LeadUnitID = heir.ID
	return p, facts, nil
}

// String names the unit with its first day, for the audit.
func (u Unit) String() string {
	if u.From.IsZero() {
		return u.Name
	}
	return fmt.Sprintf("%s (%s)", u.Name, u.From)
}

// Acts on the organisation.
const (
	ActRenameAuthority  Act = "rename_authority"
	ActSetPortal        Act = "set_portal" // whether the portal can be reached from the Internet
	ActSetHosts         Act = "set_hosts"  // under which host names its sites are reached
	ActOpenUnit         Act = "open_unit"
	ActChangeUnit       Act = "change_unit" // who answers questions, under which number
	ActCloseUnit        Act = "close_unit"
	ActOpenVillages     Act = "open_villages"
	ActCloseVillage     Act = "close_village"
	ActTransferPetition Act = "transfer_petition" // from a unit that is over to the one that has its work
)

var (
	organisationLaw = law{
		"the authority's name, superior, units and villages change from a day on",
		"NQ 1677/NQ-UBTVQH15 (L); NĐ 150/2025 (L)", "TestOrganisation"}
)

var organisationActs = []actRow{
	{ActRenameAuthority, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActSetPortal, law{
		"pages and papers send people to the portal, or nowhere while it is not on the Internet", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActSetHosts, law{
		"a host name leads to the sites of one authority, and to no other's", "house rules", ""},
		[]grant{{RoleAdministrator, always}}},
	{ActOpenUnit, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActChangeUnit, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActCloseUnit, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActOpenVillages, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActCloseVillage, organisationLaw,
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}}},
	{ActTransferPetition, law{
		"the work of a unit that is over goes to the one that succeeded it",
		"NĐ 150/2025 (L), the principle", "TestTransferWork"},
		[]grant{{RoleSystem, always}}},
}
