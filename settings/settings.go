package settings

import (
	"net/http"

	"doithoai"
	"doithoai/web"
)

// setting is a page of the lists and rules that the authority works by.
type setting struct {
	path       string
	name, hint string // keys of its title and of what is found there
	act        doithoai.Act
}

// settings are those pages, in the order in which they are shown.
var settings = []setting{
	{organisationPath, "settings.organisation.title", "settings.organisation.hint", doithoai.ActSeeSettings},
	{postsPath, "settings.posts.title", "settings.posts.hint", doithoai.ActSeeSettings},
	{listsPath, "settings.lists.title", "settings.lists.hint", doithoai.ActSeeSettings},
	{web.AccountsPath, "settings.accounts.title", "settings.accounts.hint", doithoai.ActManageAccounts},
	{auditPath, "settings.audit.title", "settings.audit.hint", doithoai.ActSeeAudit},
	{parametersPath, "settings.parameters.title", "settings.parameters.hint", doithoai.ActSeeRules},
	{web.CalendarPath, "settings.calendar.title", "settings.calendar.hint", doithoai.ActSeeRules},
	{templatesPath, "template.title", "template.hint", doithoai.ActSeeRules},
	{basesPath, "settings.bases.title", "settings.bases.hint", doithoai.ActSeeRules},
}

type settingsPage struct {
	*web.Reader
	Settings []setting
}

func (s *site) settings(r *web.Request) error {
	p := settingsPage{Reader: r.Reader}
	for _, page := range settings {
		if doithoai.MayEver(r.Actor(), page.act) {
			p.Settings = append(p.Settings, page)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

// doneWords are what a page says of the act that led to it, which its address names; "" where that is none of the acts
// whose words begin with a key.
func doneWords(r *web.Request, of string) string {
	if key := of + r.URL.Query().Get("xong"); r.Text.Has(key) {
		return r.T(key)
	}
	return ""
}
