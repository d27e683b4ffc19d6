package portal

import (
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// privacyPage says what is kept of people, why, and what they may ask for.
type privacyPage struct {
	*web.Request
	setting
}

func (s *site) privacy(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, privacyPage{r, known}.view())
}

// privacyLaws are the acts on personal data by the day from which each rules, the latest first (Luật 91/2025/QH15 and
// Nghị định 356/2025/NĐ-CP from 01/01/2026; Nghị định 13/2023/NĐ-CP from 01/07/2023).
var privacyLaws = []struct {
	from doithoai.Date
	key  string
}{
	{doithoai.DateOf(2026, 1, 1), "portal.privacy.law_2025"},
	{doithoai.DateOf(2023, 7, 1), "portal.privacy.law_2023"},
}

// law names the acts in force on the day; "" before there were any.
func (p privacyPage) law() string {
	for _, law := range privacyLaws {
		if !p.Today().Before(law.from) {
			return p.T(law.key)
		}
	}
	return ""
}

// draftDays is after how many days a draft is erased.
func (p privacyPage) draftDays() int { return int(store.DraftLife.Hours() / 24) }

// codeMinutes is for how many minutes a browser keeps the receipt code that is open.
func (p privacyPage) codeMinutes() int { return int(codeLife.Minutes()) }

// accessPage says how accessible the site is, and what is not yet known.
type accessPage struct {
	*web.Request
	setting
}

func (s *site) accessibility(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, accessPage{r, known}.view())
}
