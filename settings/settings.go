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
	{organisationPath, "office.organisation.title", "office.organisation.hint", doithoai.ActSeeSettings},
	{postsPath, "office.posts.title", "office.posts.hint", doithoai.ActSeeSettings},
	{listsPath, "office.lists.title", "office.lists.hint", doithoai.ActSeeSettings},
	{web.AccountsPath, "office.accounts.title", "office.accounts.hint", doithoai.ActManageAccounts},
	{auditPath, "office.audit.title", "office.audit.hint", doithoai.ActSeeAudit},
	{parametersPath, "office.parameters.title", "office.parameters.hint", doithoai.ActSeeRules},
	{web.CalendarPath, "office.calendar.title", "office.calendar.hint", doithoai.ActSeeRules},
	{basesPath, "office.bases.title", "office.bases.hint", doithoai.ActSeeRules},
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
