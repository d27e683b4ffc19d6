package doithoai

import "slices"

// Role is what somebody may do in an authority. One person can hold several.
type Role string

const (
	RoleChair         Role = "chair"             // Chủ tịch UBND: rules, signs
	RoleViceChair     Role = "vice_chair"        // Phó Chủ tịch UBND: follows the work, signs where the chair delegates it
	RoleHeadOfOffice  Role = "head_of_office"    // Chánh Văn phòng
	RoleOffice        Role = "office"            // Văn phòng: runs everything
	RoleSecretary     Role = "secretary"         // thư ký buổi đối thoại
	RoleClerk         Role = "clerk"             // văn thư: numbers and dispatches what is signed
	RoleReception     Role = "citizen_reception" // người tiếp công dân: denunciations
	RoleUnitHead      Role = "unit_head"         // trưởng bộ phận, phòng
	RoleUnitOfficer   Role = "unit_officer"      // cán bộ, công chức of a unit: drafts and submits answers
	RoleFinance       Role = "finance"           // tài chính, kế toán
	RoleCulture       Role = "culture"           // văn hóa, đài truyền thanh
	RoleVillageHead   Role = "village_head"      // trưởng thôn: types slips for people, sees those
	RoleSupervisor    Role = "supervisor"        // Party committee, Council, Front: figures and public content
	RoleAdministrator Role = "administrator"     // accounts; sees no content
	RoleResident      Role = "resident"          // no account; the holder of a receipt code where an act concerns a slip
	RoleSystem        Role = "system"            // daily jobs
)

// OfficerRoles are the roles which a post can carry, in the order of the forms.
var OfficerRoles = []Role{
	RoleChair, RoleViceChair, RoleHeadOfOffice, RoleOffice, RoleSecretary, RoleClerk, RoleReception, RoleUnitHead,
	RoleUnitOfficer, RoleFinance, RoleCulture, RoleVillageHead, RoleSupervisor, RoleAdministrator,
}

// roleIncludes: who heads an office or a unit may do what its officers may.
var roleIncludes = map[Role][]Role{
	RoleHeadOfOffice: {RoleOffice},
	RoleUnitHead:     {RoleUnitOfficer},
}

// Includes reports whether the role may do whatever the other may.
func (r Role) Includes(other Role) bool {
	return r == other || slices.Contains(roleIncludes[r], other)
}
