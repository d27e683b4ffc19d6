package web

import (
	"strconv"

	"doithoai"
)

// Addresses of staff pages to which other sites of the staff lead. What is led to inside one site only stands there.
const (
	DeskPath     = "/noi-bo"
	RegisterPath = DeskPath + "/y-kien"
	SettingsPath = DeskPath + "/thiet-lap"
	AccountsPath = SettingsPath + "/tai-khoan"
	CalendarPath = SettingsPath + "/lich"
	SlipPath     = DeskPath + "/phieu-moi"
	ListPath     = DeskPath + "/danh-sach-thon"
)

// OpinionPath is the address of an opinion's page.
func OpinionPath(n doithoai.RegisterNumber) string { return RegisterPath + "/" + string(n) }

// YearPath is the address of a year of the working calendar.
func YearPath(year int) string { return CalendarPath + "?nam=" + strconv.Itoa(year) }
