package setup

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
)

// Draft is what was typed so far. The password is not in it.
type Draft struct {
	Kind     string `form:"loai" line:"true" json:"kind"` // of the commune: "xã"
	Place    string `form:"ten" line:"true" json:"place"` // "An Phú"
	Superior string `form:"cap-tren" line:"true" json:"superior"`
	Prefix   string `form:"ky-hieu" line:"true" json:"prefix"`

	Preset string `form:"mo-hinh" line:"true" json:"preset"`
	Units  string `form:"don-vi" json:"units"` // one a line, the office first

	Villages string `form:"thon" json:"villages"` // one a line

	Hours     string `form:"gio" line:"true" json:"hours"`
	Reception string `form:"tiep-dan" line:"true" json:"reception"`
	Phone     string `form:"dien-thoai" line:"true" json:"phone"`
	Address   string `form:"dia-chi" line:"true" json:"address"`

	Internet string `form:"internet" line:"true" json:"internet"` // "co", "khong"

	Name  string `form:"ho-ten" line:"true" json:"name"`
	Post  string `form:"chuc-vu" line:"true" json:"post"`
	Login string `form:"ten-dang-nhap" line:"true" json:"login"`
	// Office: the first account also works for the office ("co", "khong").
	Office string `form:"van-phong" line:"true" json:"office"`
}

// Answers of a question of yes or no.
const (
	yes = "co"
	no  = "khong"
)

const maxLine = 200 // characters of a field of one line, and of each line of a list

// lines are the lines of a list that hold anything, each name once.
func lines(s string) []string {
	var all []string
	for line := range strings.SplitSeq(s, "\n") {
		same := func(other string) bool { return text.SameName(line, other) }
		if line = text.CleanLine(line); line != "" && !slices.ContainsFunc(all, same) {
			all = append(all, line)
		}
	}
	return all
}

// preset is the chosen organisation; the newest where none is chosen.
func (d Draft) preset(all []doithoai.UnitPreset) doithoai.UnitPreset {
	for _, p := range all {
		if p.Preset == d.Preset {
			return p
		}
	}
	return all[0]
}

// tidied is the draft without what people type by habit: the kind in front of the name, "UBND" for the committee.
// A kind that is typed and not chosen is chosen by that; that another one is chosen is a problem.
func (d Draft) tidied(kinds []string) (Draft, []doithoai.Problem) {
	d.Superior = text.Committee(d.Superior)
	name, kind := text.PlaceName(d.Place, kinds)
	if kind != "" && d.Kind != "" && kind != d.Kind {
		return d, []doithoai.Problem{{
			Field: "loai", Key: "setup.problem.kind_differs", Args: []any{"typed", kind, "chosen", d.Kind},
		}}
	}
	d.Place, d.Kind = name, cmp.Or(d.Kind, kind)
	return d, nil
}

// prefix is that of register numbers: as typed, else the first letters of the place.
func (d Draft) prefix() string {
	if d.Prefix != "" {
		return strings.ToUpper(d.Prefix)
	}
	var b strings.Builder
	for _, word := range strings.Fields(d.Place) {
		first, _ := utf8.DecodeRuneInString(strings.ToUpper(word))
		if first == 'Đ' {
			b.WriteRune(first)
		} else if plain := strings.ToUpper(text.Fold(string(first))); plain >= "A" && plain <= "Z" {
			b.WriteString(plain)
		}
	}
	return b.String()
}

// name is the authority's short name.
func (d Draft) name() string { return "UBND " + d.Kind + " " + d.Place }

// fullName is the authority's name on its letterhead.
func (d Draft) fullName() string { return "Ủy ban nhân dân " + d.Kind + " " + d.Place }

// slug makes small letters, digits and hyphens of a name.
func slug(name string) string {
	var b strings.Builder
	for _, r := range text.Fold(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), "-")
}

// units are the units as typed, the first of them the office. Those of the preset keep its codes and short names.
func (d Draft) units(all []doithoai.UnitPreset) []doithoai.Unit {
	known := map[string]doithoai.PresetUnit{}
	for _, u := range d.preset(all).Units {
		known[text.NameKey(u.Name)] = u
	}
	var units []doithoai.Unit
	for i, name := range lines(d.Units) {
		u := known[text.NameKey(name)]
		if u.Code == "" {
			u.Code = slug(name)
		}
		units = append(units, doithoai.Unit{Code: u.Code, Name: name, Short: u.Short, Office: i == 0})
	}
	return units
}

// setup is what the draft sets up.
func (d Draft) setup(all []doithoai.UnitPreset, password string) store.Setup {
	s := store.Setup{
		Authority: doithoai.Authority{
			Slug: slug(d.Kind + " " + d.Place), Name: d.name(), FullName: d.fullName(), Superior: d.Superior,
			Place: d.Place, Prefix: d.prefix(), Phone: phone(d.Phone), Address: d.Address,
			Hours: d.Hours, Reception: d.Reception, Offline: d.Internet == no,
		},
		Units: d.units(all), First: d.officer(), Password: password,
	}
	for _, v := range lines(d.Villages) {
		s.Villages = append(s.Villages, doithoai.Village{Name: v})
	}
	return s
}

// officer is who the first account is for.
func (d Draft) officer() doithoai.Officer {
	o := doithoai.Officer{
		Name: d.Name, Post: d.Post, Login: text.Login(d.Login), Roles: []doithoai.Role{doithoai.RoleAdministrator},
	}
	if d.Office == yes {
		o.Roles = append(o.Roles, doithoai.RoleOffice)
	}
	return o
}

// phone is the number as it is kept; one that is none as it was typed.
func phone(s string) string {
	if kept, err := text.NormalPhones(s); err == nil {
		return kept
	}
	return s
}
