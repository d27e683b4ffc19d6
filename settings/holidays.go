package settings

import (
	"net/http"

	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const holidaysPath = web.CalendarPath + "/ngay-le"

// holidaysPage shows the holidays as the law names them, from which the days off of a year are proposed.
type holidaysPage struct {
	*web.Reader
	calendar.Holidays
	Year int
}

func (s *site) holidays(r *web.Request) (err error) {
	p := holidaysPage{Reader: r.Reader, Year: yearOf(r)}
	if p.Holidays, err = store.Holidays(); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (p holidaysPage) columns() []string {
	return []string{
		p.T("settings.holidays.holiday"), p.T("settings.holidays.off"), p.T("settings.holidays.in_year", "year", p.Year),
		p.T("settings.parameters.basis"),
	}
}

func (p holidaysPage) rows() []ui.WorkRow {
	var rows []ui.WorkRow
	for _, h := range p.Rules {
		off := ui.Lines{ui.Text(p.T("settings.parameters.unit.days", "count", h.Days))}
		if begins := p.begins(h); begins != "" {
			off = append(off, muted(begins))
		}
		inYear := ui.WorkCell{Text: "–"}
		if d, ok := h.On(p.Year); ok {
			inYear = ui.WorkCell{Rich: web.Day(p.Reader, d)}
		}
		rows = append(rows, ui.WorkRow{Title: h.Name, Under: p.date(h), Cells: []ui.WorkCell{
			{Rich: off},
			inYear,
			{Rich: ui.Lines{
				ui.Text(h.Source), certainty(p.Reader, h.Certainty),
				muted(p.T("settings.holidays.period", "period", period(p.Reader, h.From, h.To))),
			}},
		}})
	}
	return rows
}

// date is the day of the lunar or of the civil year.
func (p holidaysPage) date(h calendar.HolidayRule) string {
	key := "settings.holidays.civil"
	if h.Lunar {
		key = "settings.calendar.lunar"
	}
	return p.T(key, "day", h.Day, "month", int(h.Month))
}

// begins says when the days off begin, where that is not the day itself.
func (p holidaysPage) begins(h calendar.HolidayRule) string {
	switch {
	case h.Earliest != h.Latest:
		return p.T("settings.holidays.open", "earliest", p.offset(h.Earliest), "latest", p.offset(h.Latest))
	case h.Earliest != 0:
		return p.T("settings.holidays.begins", "day", p.offset(h.Earliest))
	}
	return ""
}

// offset words a day by its distance from the holiday's own.
func (p holidaysPage) offset(days int) string {
	switch {
	case days < 0:
		return p.T("settings.holidays.before", "count", -days)
	case days > 0:
		return p.T("settings.holidays.after", "count", days)
	}
	return p.T("settings.holidays.on_day")
}
