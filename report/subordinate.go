package report

import (
	"net/url"
	"strings"

	"doithoai"
	"doithoai/calendar"
)

// Subordinate is a commune that reports to a superior (đơn vị báo cáo), from a day on.
type Subordinate struct {
	ID       doithoai.ID
	Commune  doithoai.ID // its authority in this installation; "": it runs alone and sends files
	Code     string      // the authority's slug
	Name     string
	Site     string // where its public pages are, of one that runs alone, without a final slash; "": nowhere that is known
	Host     string // the same of one in this installation: its host name; "": it has none, or its portal is closed
	Ordinal  int
	From, To calendar.Date // first and last day; absent: no last one is set
	Counted  calendar.Instant
	Version  int
	Key      Key // the one in force of a commune that runs alone
}

// Alone reports whether the commune is served elsewhere, so that it must send files.
func (s Subordinate) Alone() bool { return s.Commune == "" }

// In reports whether the commune reports to the superior on a day of a year.
func (s Subordinate) In(year int) bool {
	return s.From.Year <= year && (s.To.IsZero() || s.To.Year >= year)
}

// Key is a public key with which a commune signs its reports.
type Key struct {
	Number   int // of the commune's keys, from 1; 0: it has none
	Verifier string
	Compared string // how the fingerprint was compared
	Heard    string // that fingerprint, as the commune said it: only when the key is entered
	By       string // who entered it
	At       calendar.Instant
}

// Fields of the form of a subordinate and of its key.
const (
	FieldCode     = "ma"
	FieldName     = "ten"
	FieldSite     = "dia-chi-trang"
	FieldFrom     = "tu-ngay"
	FieldKey      = "khoa"
	FieldHeard    = "dau-van-tay"
	FieldCompared = "doi-chieu"
)

// Problems are the reasons why a commune that runs alone can't be entered so: its code is none; name or first day is
// missing; the address of its pages is none of https or http, with nothing behind the host.
func (s Subordinate) Problems() (all []doithoai.Problem) {
	add := func(field, key string) {
		all = append(all, doithoai.Problem{Field: field, Key: "roll_up.problem." + key})
	}
	if !doithoai.ValidSlug(s.Code) {
		add(FieldCode, "code")
	}
	if strings.TrimSpace(s.Name) == "" || len([]rune(s.Name)) > doithoai.MaxLine {
		add(FieldName, "name")
	}
	if s.From.IsZero() {
		add(FieldFrom, "from")
	}
	if s.Site != "" {
		u, err := url.Parse(s.Site)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
			s.Site != u.Scheme+"://"+u.Host || len(s.Site) > doithoai.MaxLine {
			add(FieldSite, "site")
		}
	}
	return all
}

// KeyProblems are the reasons why a key can't be entered so: it is none; its fingerprint is not the one that the
// commune said; nothing says how that was compared.
func KeyProblems(k Key) (all []doithoai.Problem) {
	finger, err := Fingerprint(k.Verifier)
	heard := strings.ToLower(strings.Join(strings.Fields(k.Heard), ""))
	switch {
	case err != nil || len(k.Verifier) > doithoai.MaxLine:
		all = append(all, doithoai.Problem{Field: FieldKey, Key: "roll_up.problem.key"})
	case heard != strings.ReplaceAll(finger, " ", ""):
		all = append(all, doithoai.Problem{Field: FieldHeard, Key: "roll_up.problem.fingerprint"})
	}
	if n := len([]rune(strings.TrimSpace(k.Compared))); n == 0 || n > doithoai.MaxLine {
		all = append(all, doithoai.Problem{Field: FieldCompared, Key: "roll_up.problem.compared"})
	}
	return all
}
