package doithoai

import (
	"database/sql/driver"
	"fmt"
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

// Authority is a commune's People's Committee (UBND xã, phường, đặc khu).
type Authority struct {
	ID        ID
	Slug      string // stands in leaves of the public record: lower case letters, digits, hyphens
	Name      string // "UBND xã Nghĩa Dũng"
	FullName  string // "Ủy ban nhân dân xã Nghĩa Dũng", as on the letterhead
	Superior  string // "Ủy ban nhân dân thành phố Quảng Ngãi"
	Place     string // "Nghĩa Dũng", before the date of a document
	Prefix    string // of register numbers, "ND"
	Phone     string // digits
	Address   string
	Hours     string // office hours in words
	Reception string // when and where citizens are received (tiếp công dân), in words
	Demo      bool   // simulated data: every page and file says so
}

// Unit is a section of the authority (bộ phận, phòng).
type Unit struct {
	ID      ID
	Code    string
	Name    string
	Office  bool   // the office (Văn phòng): leads opinions on conduct
	Contact string // who answers questions about a petition, with post
	Phone   string // digits
}

// Village is a village or residential group (thôn, tổ dân phố).
type Village struct {
	ID   ID
	Name string
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
	UnitID      ID
	Login       string
	Name        string
	Post        string // "Chủ tịch UBND xã"
	Roles       []Role
	Active      bool
}

// Actor returns the officer as the actor of acts.
func (o Officer) Actor() Actor {
	return Actor{ID: o.ID, AuthorityID: o.AuthorityID, UnitID: o.UnitID, Name: o.Name, Roles: o.Roles}
}
