package doithoai

import (
	"database/sql/driver"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"doithoai/calendar"
)

// ID is a UUIDv7 in its text form, made by the store. The empty ID binds NULL.
type ID string

// Value implements driver.Valuer.
func (id ID) Value() (driver.Value, error) {
	if id == "" {
		return nil, nil
	}
	return string(id), nil
}

// Scan implements sql.Scanner.
func (id *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*id = ""
	case string:
		*id = ID(v)
	case []byte:
		*id = ID(v)
	default:
		return fmt.Errorf("scan id: %T", v)
	}
	return nil
}

// Authority is a commune's People's Committee (UBND xã, phường, đặc khu) as it is called from a day on. Its id, slug
// and records stay when name, superior or place change.
type Authority struct {
	ID        ID
	Slug      string        // stands in leaves of the public record: lower case letters, digits, hyphens
	From      calendar.Date // first day under this name
	Basis     string        // the resolution or decision that the name rests on, "" for the first
	Name      string        // "UBND xã Nghĩa Dũng"
	FullName  string        // "Ủy ban nhân dân xã Nghĩa Dũng", as on the letterhead
	Superior  string        // "Ủy ban nhân dân thành phố Quảng Ngãi"
	Place     string        // "Nghĩa Dũng", before the date of a document
	Prefix    string        // of register numbers, "ND"
	Phone     string        // digits
	Address   string
	Hours     string // office hours in words
	Reception string // when and where citizens are received (tiếp công dân), in words
	Demo      bool   // simulated data: every page and file says so
	Offline   bool   // the portal can't be reached from the Internet: no page or paper shows a link to it
	Level     Level
	Host      string // the host name in links to its sites; "" where it has none of its own
	Version   int    // how often it was said whether the portal can be reached, and under which host names
}

// Level is where an authority stands among others.
type Level string

const (
	LevelCommune  Level = "commune"  // holds dialogues
	LevelProvince Level = "province" // communes report to it
)

// Levels in their order.
var Levels = []Level{LevelCommune, LevelProvince}

// Superior reports whether communes report to the authority.
func (l Level) Superior() bool { return l == LevelProvince }

// ValidSlug reports whether an authority can be called so in leaves of the public record and in files: small letters,
// digits and hyphens, at most MaxSlug.
func ValidSlug(slug string) bool { return len(slug) <= MaxSlug && slugForm.MatchString(slug) }

// MaxSlug bounds a slug, in characters.
const MaxSlug = 60

// Site is the address under which people reach the authority's sites, without a final slash. The installation's gives
// scheme and port, and the host where the authority has no name of its own.
func (a Authority) Site(installation *url.URL) string {
	u := url.URL{Scheme: installation.Scheme, Host: installation.Host}
	if a.Host != "" {
		u.Host = a.Host
		if strings.Contains(a.Host, ":") { // an address of IPv6
			u.Host = "[" + a.Host + "]"
		}
		if port := installation.Port(); port != "" {
			u.Host += ":" + port
		}
	}
	return u.String()
}

// PortalReach is from where the portal can be reached, as the audit keeps it.
type PortalReach string

const (
	PortalOnline  PortalReach = "online"  // from the Internet
	PortalOffline PortalReach = "offline" // within the office alone
)

// PortalReach is from where the authority's portal can be reached.
func (a Authority) PortalReach() PortalReach {
	if a.Offline {
		return PortalOffline
	}
	return PortalOnline
}

// Unit is a section of the authority (bộ phận, phòng).
type Unit struct {
	ID      ID
	Code    string
	Name    string
	Short   string        // what lists call it: "Địa chính"; empty: its name
	Office  bool          // the office (Văn phòng): leads opinions on conduct
	Contact string        // who answers questions about a petition, with post
	Phone   string        // digits
	From    calendar.Date // first day
	To      calendar.Date // last day; absent: none is set
	// SuccessorID is the unit that has its work after the last day.
	SuccessorID ID
	Version     int
}

// OutsideBody is a body that is not the authority's, to which people are sent with what it decides.
type OutsideBody struct {
	Name    string
	Handles string // what it decides
	Address string
	Phone   string
	Hours   string
}

// MaxShort bounds the short name of a unit, in characters: the width of a column.
const MaxShort = 24

// ShortName is what lists call the unit.
func (u Unit) ShortName() string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}

// Village is a village or residential group (thôn, tổ dân phố).
type Village struct {
	ID          ID
	Name        string
	From, To    calendar.Date // first and last day; no last day is set where To is absent
	SuccessorID ID            // the village it went into
}

// Field is a field of procedures (lĩnh vực). Conduct marks the one about how officials serve.
type Field struct {
	Code    string
	Name    string
	Conduct bool
}

// Officer is somebody who signs in.
type Officer struct {
	ID          ID
	AuthorityID ID
	UnitID      ID // of the first post in force
	VillageID   ID // of that post
	Login       string
	Name        string
	Post        string // title of that post: "Chủ tịch UBND xã"
	Roles       []Role // of the day, by posts and delegations
	Seats       []Seat // where each of them holds
	Active      bool
	Hold        Hold // what the sign-in waits for, where the officer was found by one
	Unread      int  // notices, where the officer was found by a sign-in; at most MaxUnread
}

// MaxUnread is as far as unread notices are counted.
const MaxUnread = 99

// Signature is the name with the title of the first post, as it stands under a paper or in a list.
func (o Officer) Signature() string {
	if o.Post == "" {
		return o.Name
	}
	return o.Name + ", " + o.Post
}

// Actor returns the officer as the actor of acts.
func (o Officer) Actor() Actor {
	return Actor{ID: o.ID, AuthorityID: o.AuthorityID, UnitID: o.UnitID, Name: o.Name, Roles: o.Roles, Seats: o.Seats}
}

// OnDay returns the officer with the roles and seats of a day, by posts and delegations. Unit, village and title are
// those of the first post in force.
func (o Officer) OnDay(on calendar.Date, own []Post, received []Received) Officer {
	o.UnitID, o.VillageID, o.Post, o.Roles, o.Seats = "", "", "", nil, Seats(on, own, received)
	for _, p := range own {
		if p.InForce(on) {
			o.UnitID, o.VillageID, o.Post = p.UnitID, p.VillageID, p.Title
			break
		}
	}
	for _, s := range o.Seats {
		if !slices.Contains(o.Roles, s.Role) {
			o.Roles = append(o.Roles, s.Role)
		}
	}
	return o
}
