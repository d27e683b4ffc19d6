package office

import (
	"slices"

	"doithoai"
	"doithoai/news"
	"doithoai/store"
	"doithoai/web"
)

// readingsPage is what is to be read out in a village: the sheet for its head, and the form by which the office records
// that it was read.
type readingsPage struct {
	*web.Reader
	recording recording
	Village   doithoai.Village
	Readings  []readingLine
	More      bool
	Past      int  // those that the office tells past the head
	Records   bool // the officer may record
	Head      bool // the officer is the village's head
}

// readingLine is one line of the sheet.
type readingLine struct {
	store.Reading
	Words string
}

func (s *site) readings(r *web.Request) error {
	return s.showReadings(r, doithoai.ID(r.PathValue("village")), chosenForm{}, nil)
}

// showReadings shows what is to be read out in a village; refusal is why the form of the page came back.
func (s *site) showReadings(r *web.Request, village doithoai.ID, f chosenForm, refusal error) error {
	all, more, past, err := s.db.Readings(r.Context(), r.Actor(), village)
	if err != nil {
		return err
	}
	p := readingsPage{
		Reader: r.Reader, More: more, Records: doithoai.MayEver(r.Actor(), doithoai.ActRecordDelivery),
	}
	if p.Records {
		p.Past = past
	}
	p.Head = !doithoai.MayEver(r.Actor(), doithoai.ActSeeDeliveries)
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(o.Villages, func(v doithoai.Village) bool { return v.ID == village })
	if at < 0 {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Village = o.Villages[at]
	p.recording = newRecording(r, string(village), doithoai.ReceiverSelf)
	if refusal != nil {
		p.recording = p.recording.refused(r, f, refusal)
	}
	l, err := s.outlook(r)
	if err != nil {
		return err
	}
	for _, g := range all {
		line := readingLine{Reading: g}
		if g.Answer == "" {
			n := news.News{
				Delivery: g.Delivery, Authority: r.Authority, Numbers: []doithoai.RegisterNumber{g.Number},
			}
			// What stands is said of how it stands; where the reader may not look into it, that there is news.
			if g.Delivery.Kind == doithoai.DeliveryStatus || g.Delivery.Kind == doithoai.DeliveryMoved {
				if file, err := s.db.OpinionFile(r.Context(), r.Actor(), g.Opinion); err == nil {
					n = newsIn(n, file, l)
				} else if kind := doithoai.KindOf(err); kind != doithoai.NotAllowed && kind != doithoai.NotFound {
					return err
				}
			}
			line.Words = n.Aloud()
		}
		p.Readings = append(p.Readings, line)
	}
	return r.Page(p.recording.status(), p.view())
}
