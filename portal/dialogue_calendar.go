package portal

import (
	"bytes"
	"fmt"
	"net/http"

	ics "github.com/arran4/golang-ical"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web"
)

// zone is the only time zone of the country; it has known no summer time since 1975.
const zone = "Asia/Ho_Chi_Minh"

// calendar answers GET /doi-thoai/{slug}/lich.ics: the dialogue as a calendar file (RFC 5545) for any telephone.
func (s *site) calendar(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := calendarOf(r, d).SerializeTo(&b, ics.WithNewLine("\r\n")); err != nil {
		return fmt.Errorf("calendar of %s: %w", d.Slug, err)
	}
	h := r.W.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="doi-thoai-`+d.StartsAt.Date().String()+`.ics"`)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Length", fmt.Sprint(b.Len()))
	r.W.WriteHeader(http.StatusOK)
	_, _ = b.WriteTo(r.W) // a reader who went away is nobody's error
	return nil
}

// calendarOf writes the dialogue as one event. Its UID stays while the dialogue is moved, and its sequence number grows
// with it, so that a second download corrects the first; one that was postponed or cancelled takes the day out of the
// calendar until it has another. It is a file, no message between calendars: it has no METHOD (RFC 5546, 3.2.1).
//
// Its ORGANIZER is the authority by its name. The property's value is an address of a calendar user, which is a URI,
// and mailto only where there is an address of e-mail (RFC 5545, 3.3.3 and 3.8.4.3); no authority has one here. A tel:
// would be a URI as well, but calendars take the value for an address to answer to. "invalid:nomail" is the usual
// placeholder for somebody without e-mail: programs show the name and answer nobody. The telephone to ask stands in
// CONTACT (3.8.4.2), which is text.
func calendarOf(r *web.Request, d doithoai.Dialogue) *ics.Calendar {
	c := ics.NewCalendarFor("doithoai")
	c.SetProductId("-//doithoai//doi-thoai//VI")
	standard := ics.NewStandard()
	standard.SetProperty(ics.ComponentPropertyDtStart, "19750613T000000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0800")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0700")
	tz := c.AddTimezone(zone)
	tz.Components = append(tz.Components, standard)

	e := c.AddEvent(string(d.ID) + "@" + r.Authority.Slug)
	local := func(p ics.ComponentProperty, at calendar.Instant) {
		e.SetProperty(p, calendar.Civil(at).Format("20060102T150405"), ics.WithTZID(zone))
	}
	stamp := d.Noticed
	if stamp.IsZero() {
		stamp = d.Announced
	}
	e.SetDtStampTime(stamp.Time())
	e.SetSequence(d.Version - 1)
	e.SetProperty(ics.ComponentPropertyOrganizer, "invalid:nomail", ics.WithCN(r.Authority.Name))
	if r.Authority.Phone != "" {
		e.SetProperty(ics.ComponentPropertyContact, r.Authority.Name+", "+r.Text.Phone(r.Authority.Phone))
	}
	status := ics.ObjectStatusConfirmed
	if d.State.Dayless() {
		status = ics.ObjectStatusCancelled
	}
	e.SetStatus(status)
	local(ics.ComponentPropertyDtStart, d.StartsAt)
	if end := d.ProgrammeEnd(); end.After(d.StartsAt) {
		local(ics.ComponentPropertyDtEnd, end)
	}
	summary, page := d.Title, r.Link(dialoguePath(d.Slug))
	if r.Authority.Demo {
		summary = r.T("web.demo.mark") + " · " + summary
	}
	e.SetSummary(summary)
	e.SetLocation(d.Venue)
	if page == "" {
		e.SetDescription(r.T("portal.dialogue.calendar_offline", "chair", d.Chair))
		return c
	}
	e.SetDescription(r.T("portal.dialogue.calendar_text", "chair", d.Chair, "page", page))
	e.SetURL(page)
	return c
}
