package portal

import "doithoai/web"

// routes are all pages of the public site.
func (s *site) routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /ngon-ngu", Do: web.ChooseLanguage},
	}
}
