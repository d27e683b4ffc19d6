package portal

import (
	"net/http"

	"doithoai/store"
	"doithoai/web"
)

// privacyPage says what is kept of people, why, and what they may ask for.
type privacyPage struct {
	*web.Reader
	setting
}

func (s *site) privacy(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, privacyPage{r.Reader, known}.view())
}

// draftDays is after how many days a draft is erased.
func (p privacyPage) draftDays() int { return int(store.DraftLife.Hours() / 24) }

// keeping says how long files are kept by the rules of today; without rules nothing is erased by itself.
func (p privacyPage) keeping() string {
	terms, err := p.Parameters.RetentionAt(p.Today())
	if err != nil {
		return p.T("portal.privacy.long_no_term")
	}
	contacts, file := terms.Contacts.N, max(terms.Contacts.N, terms.File.N)
	return p.T("portal.privacy.long_files", "contacts", p.Text.Number(contacts), "file", p.Text.Number(file))
}

// telephoneDays is for how many days a browser keeps the key of what it does without a name.
func (p privacyPage) telephoneDays() int { return int(web.TelephoneLife.Hours() / 24) }

// codeMinutes is for how many minutes a browser keeps the receipt code that is open.
func (p privacyPage) codeMinutes() int { return int(codeLife.Minutes()) }

// formMinutes is for how many minutes a slip that is being written is kept.
func (p privacyPage) formMinutes() int { return int(keptLife.Minutes()) }

// accessPage says how accessible the site is, and what is not yet known.
type accessPage struct {
	*web.Reader
	setting
}

func (s *site) accessibility(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, accessPage{r.Reader, known}.view())
}
