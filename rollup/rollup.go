// Package rollup is the staff site of a superior: what its communes held, sums of communes served here and of those
// that send signed files, without anybody's name.
package rollup

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
	"doithoai/store"
	"doithoai/web"
)

// Config is what the site needs. DB must be set.
type Config struct {
	DB *store.DB
}

type site struct {
	db *store.DB
}

// Addresses of the site, and the fields of the first's.
const (
	path        = web.RollUpPath
	filePath    = path + "/tep"
	newPath     = path + "/don-vi-moi"
	communePath = path + "/xa"
	keyPart     = "/khoa" // behind a commune's address

	asCSV      = ".csv"
	asWorkbook = ".xlsx"

	yearField   = "nam"
	periodField = "ky"
	filterField = "loc"
	afterField  = "sau"
	doneField   = "xong"
)

// perPage is how many communes a page shows.
const perPage = 100

// New returns the site's routes.
func New(c Config) web.Site {
	s := &site{db: c.DB}
	see, keep, take := doithoai.ActSeeRollUp, doithoai.ActKeepSubordinate, doithoai.ActTakeReportFile
	return web.Site{Staff: true, Routes: []web.Route{
		{Pattern: "GET " + path, Act: see, Do: s.rollUp},
		{Pattern: "GET " + path + asCSV, Act: see, Do: s.csv},
		{Pattern: "GET " + path + asWorkbook, Act: see, Do: s.workbook},
		{Pattern: "GET " + filePath, Act: take, Do: superior(s.fileForm)},
		{Pattern: "POST " + filePath, Act: take, Do: superior(s.takeFile)},
		{Pattern: "GET " + filePath + "/{file}", Act: see, Do: s.openFile},
		{Pattern: "GET " + newPath, Act: keep, Do: superior(s.newCommune)},
		{Pattern: "POST " + newPath, Act: keep, Do: superior(s.addCommune)},
		{Pattern: "GET " + communePath + "/{commune}", Act: see, Do: s.commune},
		{Pattern: "GET " + communePath + "/{commune}" + keyPart, Act: keep, Do: s.keyForm},
		{Pattern: "POST " + communePath + "/{commune}" + keyPart, Act: keep, Do: s.changeKey},
	}}
}

// superior hides a page from authorities to which nobody reports.
func superior(do web.Handler) web.Handler {
	return func(r *web.Request) error {
		if !r.Authority.Level.Superior() {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return do(r)
	}
}

// page is the roll-up: the sums of all, and a page of communes.
type page struct {
	*web.Reader
	store.RollUp
	Ask   store.RollUpQuery
	sites func(host string) string
}

// ask is what the address asks for: this year, up to the period in which today lies, where it says nothing.
func (s *site) ask(r *web.Request) (ask store.RollUpQuery, err error) {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return ask, err
	}
	q := r.URL.Query()
	number := func(field string, otherwise int) int {
		if n, err := strconv.Atoi(q.Get(field)); err == nil {
			return n
		}
		return otherwise
	}
	today := r.Today()
	ask = store.RollUpQuery{
		Year: number(yearField, today.Year), Filter: store.RollUpFilter(q.Get(filterField)),
		After: number(afterField, -1), Limit: perPage,
	}
	latest := int(report.WholeYear)
	if ask.Year == today.Year {
		latest = int(report.PeriodOn(today, rules.Parameters))
	}
	ask.Period = report.Period(number(periodField, latest))
	if ask.Period < report.FirstQuarter || ask.Period > report.WholeYear || !known(ask.Filter) {
		return ask, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return ask, nil
}

func known(filter store.RollUpFilter) bool {
	for _, f := range store.RollUpFilters {
		if f == filter {
			return true
		}
	}
	return false
}

func (s *site) load(r *web.Request) (p page, err error) {
	p.Reader, p.sites = r.Reader, r.SiteAt
	if p.Ask, err = s.ask(r); err != nil {
		return p, err
	}
	p.RollUp, err = s.db.RollUp(r.Context(), r.Actor(), p.Ask)
	return p, err
}

func (s *site) rollUp(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// address is the page for a query, with another ending for a file.
func address(ask store.RollUpQuery, ending string) string {
	q := url.Values{yearField: {strconv.Itoa(ask.Year)}, periodField: {strconv.Itoa(int(ask.Period))}}
	if ask.Filter != store.RollUpAll {
		q.Set(filterField, string(ask.Filter))
	}
	if ask.After >= 0 {
		q.Set(afterField, strconv.Itoa(ask.After))
	}
	return path + ending + "?" + q.Encode()
}

// first is the query from its first commune on.
func (p page) first() store.RollUpQuery {
	ask := p.Ask
	ask.After = -1
	return ask
}

func (p page) inPeriod(period report.Period) string {
	ask := p.first()
	ask.Period = period
	return address(ask, "")
}

func (p page) inYear(year int) string {
	return address(store.RollUpQuery{Year: year, Period: report.WholeYear, After: -1}, "")
}

func (p page) filtered(f store.RollUpFilter) string {
	ask := p.first()
	ask.Filter = f
	return address(ask, "")
}

func (p page) next() string {
	ask := p.Ask
	ask.After = p.Rows[len(p.Rows)-1].Ordinal
	return address(ask, "")
}

func (p page) count(f store.RollUpFilter) int {
	switch f {
	case store.RollUpLate:
		return p.Total.Late
	case store.RollUpNone:
		return p.Total.None
	}
	return p.Total.Communes
}

func (p page) filterName(f store.RollUpFilter) string {
	key := string(f)
	if f == store.RollUpAll {
		key = "all"
	}
	return p.T("roll_up.filter."+key) + " (" + p.Text.Number(p.count(f)) + ")"
}

// public is the address of a commune's public page; "" where nobody can open one.
func public(w report.Subordinate, sites func(string) string, page string) string {
	switch {
	case w.Site != "":
		return w.Site + page
	case w.Host != "":
		return sites(w.Host) + page
	}
	return ""
}

// share is a share of tenths of a per cent in words; "–" where there is none.
func share(r *web.Reader, tenths int, ok bool) string {
	if !ok {
		return "–"
	}
	return r.Text.Decimal(float64(tenths)/10, 1) + " %"
}

// over reports whether a year has ended: then a dialogue that was not held will not be.
func over(r *web.Reader, year int) bool { return r.Today().Year > year }

// held says how a commune stands with the dialogues that it owes.
func held(r *web.Reader, w report.Row, year, least int) string {
	switch {
	case w.Dialogues > 0 && w.Dialogues < least:
		return r.T("roll_up.held_few", "count", w.Dialogues, "least", least)
	case w.Dialogues > 0:
		return r.T("roll_up.held", "count", w.Dialogues)
	case over(r, year):
		return r.T("roll_up.none_over")
	}
	return r.T("roll_up.none")
}

// timely says of dialogues how many had something late.
func timely(r *web.Reader, w report.Sums, late int) string {
	switch {
	case w.Dialogues == 0:
		return "–"
	case late == 0:
		return r.T("roll_up.in_time")
	case w.Dialogues == 1:
		return r.T("roll_up.late")
	}
	return r.T("roll_up.late_of", "late", late, "count", w.Dialogues)
}

// promises says how many promises were kept, and how many are late.
func promises(r *web.Reader, w report.Sums) string {
	if w.Promised == 0 {
		return "–"
	}
	words := r.Text.Number(w.Kept) + "/" + r.Text.Number(w.Promised)
	if w.PromisesLate > 0 {
		words += ", " + r.T("roll_up.promises_late", "count", w.PromisesLate)
	}
	return words
}

// source says where the figures of a commune come from, where it is not this installation.
func source(r *web.Reader, s report.Subordinate) string {
	switch {
	case !s.Alone():
		return ""
	case s.Counted.IsZero():
		return r.T("roll_up.no_file")
	}
	return r.T("roll_up.from_file", "date", r.Date(s.Counted.Date()))
}

// columns are the heads of the figures.
var columns = []string{
	"dialogues", "notice", "result", "opinions", "on_time", "overdue", "satisfaction", "promises",
}

// cells are the figures of a row in words, in the order of the columns.
func cells(r *web.Reader, w report.Row, year, least int) []string {
	onTime, judged := w.OnTime()
	satisfied, rated := w.Satisfaction()
	return []string{
		held(r, w, year, least), timely(r, w.Sums, w.NoticesLate), timely(r, w.Sums, w.ResultsLate),
		r.Text.Number(w.Received), share(r, onTime, judged), r.Text.Number(w.Overdue), share(r, satisfied, rated),
		promises(r, w.Sums),
	}
}

// isLate are the columns in which something is late.
func isLate(w report.Row, year, least int, today calendar.Date) []bool {
	return []bool{
		w.Dialogues < least && today.Year > year, w.NoticesLate > 0, w.ResultsLate > 0, false, false, w.Overdue > 0, false,
		w.PromisesLate > 0,
	}
}

// links are where the figures of a row lead, "" where nowhere: the commune's own public pages of its dialogue, or its
// dialogues one by one where they are several.
func links(w report.Row, sites func(string) string) []string {
	all := make([]string, len(columns))
	if w.Dialogues == 0 {
		return all
	}
	to := func(path string) string { return public(w.Subordinate, sites, path) }
	all[7] = to(web.PublicPromisesPath)
	if w.Dialogues > 1 {
		for i := range 6 {
			all[i] = codePath(w.Code)
		}
		return all
	}
	dialogue, matters := to(web.PublicDialoguePath(w.Slug)), web.PublicMattersPath(w.Slug)
	all[0], all[1], all[2], all[3] = dialogue, dialogue, dialogue, to(matters)
	all[4] = to(matters + "?" + web.FieldFigure + "=" + web.FigureAnswered)
	all[5] = to(matters + "?" + web.FieldFigure + "=" + web.FigureOverdue)
	return all
}

// codePath is the page of a commune.
func codePath(code string) string { return communePath + "/" + url.PathEscape(code) }

// doneWords are what is said of the act that was just done.
func doneWords(r *web.Request) string {
	if key := "roll_up.done." + r.URL.Query().Get(doneField); r.Text.Has(key) {
		return r.T(key)
	}
	return ""
}

// asOf says when the sums were counted.
func (p page) asOf() string {
	if p.AsOf.IsZero() {
		return p.T("roll_up.not_counted")
	}
	return p.T("roll_up.as_of", "time", p.DateTime(p.AsOf))
}

// title names year and period.
func (p page) title() string {
	return strings.Join([]string{p.T("roll_up.title"), p.periodName(p.Ask.Period, p.Ask.Year)}, ", ")
}

func (p page) periodName(period report.Period, year int) string {
	return p.T("roll_up.period."+strconv.Itoa(int(period)), "year", strconv.Itoa(year))
}
