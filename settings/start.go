package settings

import (
	"net/http"

	"doithoai"
	"doithoai/web"
)

// startPath is where the set-up of a new installation ends.
const startPath = "/noi-bo/bat-dau"

// startSteps are what a new commune does next, in this order; an officer sees those that its rights open.
var startSteps = []struct {
	title, text string // catalogue keys
	path        string
	act         doithoai.Act
}{
	{"settings.start.slip", "settings.start.slip_text", web.SlipPath, doithoai.ActSubmitSlip},
	{
		"settings.start.accounts", "settings.start.accounts_text", web.SettingsPath + "/tai-khoan",
		doithoai.ActManageAccounts,
	},
	{"settings.start.lists", "settings.start.lists_text", listsPath, doithoai.ActImportList},
	{"settings.start.settings", "settings.start.settings_text", web.SettingsPath, doithoai.ActSeeSettings},
}

// startPage says what comes after the set-up.
type startPage struct{ *web.Reader }

func (s *site) start(r *web.Request) error {
	return r.Page(http.StatusOK, startPage{r.Reader}.view())
}
