package office

import (
	"slices"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/news"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
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

// readingFile is the sheet as Word file and as PDF, below its page.
const readingFile = "/phieu"

func (s *site) readings(r *web.Request) error {
	return s.showReadings(r, doithoai.ID(r.PathValue("village")), chosenForm{}, nil)
}

// readingFile answers with the sheet as a file.
func (s *site) readingFile(r *web.Request) error {
	p, err := s.loadReadings(r, doithoai.ID(r.PathValue("village")))
	if err != nil {
		return err
	}
	if len(p.Readings) == 0 {
		return r.Redirect(web.ReadingPath(p.Village.ID))
	}
	return docfile.Send(r, s.db, "phieu-doc-tin", p.paper())
}

// showReadings shows what is to be read out in a village; refusal is why the form of the page came back.
func (s *site) showReadings(r *web.Request, village doithoai.ID, f chosenForm, refusal error) error {
	p, err := s.loadReadings(r, village)
	if err != nil {
		return err
	}
	if refusal != nil {
		p.recording = p.recording.refused(r, f, refusal)
	}
	return r.Page(p.recording.status(), p.view())
}

func (s *site) loadReadings(r *web.Request, village doithoai.ID) (p readingsPage, err error) {
	all, more, past, err := s.db.Readings(r.Context(), r.Actor(), village)
	if err != nil {
		return p, err
	}
	p = readingsPage{
		Reader: r.Reader, More: more, Records: doithoai.MayEver(r.Actor(), doithoai.ActRecordDelivery),
	}
	if p.Records {
		p.Past = past
	}
	p.Head = !doithoai.MayEver(r.Actor(), doithoai.ActSeeDeliveries)
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	at := slices.IndexFunc(o.Villages, func(v doithoai.Village) bool { return v.ID == village })
	if at < 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Village = o.Villages[at]
	p.recording = newRecording(r, string(village), doithoai.ReceiverSelf)
	l, err := s.outlook(r)
	if err != nil {
		return p, err
	}
	for _, g := range all {
		line := readingLine{Reading: g, Words: g.Answer}
		if g.Answer == "" {
			n := news.News{
				Delivery: g.Delivery, Authority: r.Authority, Numbers: []doithoai.RegisterNumber{g.Number},
			}
			// What stands is said of how it stands; where the reader may not look into it, that there is news.
			if g.Delivery.Kind == doithoai.DeliveryStatus || g.Delivery.Kind == doithoai.DeliveryMoved {
				if file, err := s.db.OpinionFile(r.Context(), r.Actor(), g.Opinion); err == nil {
					n = newsIn(n, file, l)
				} else if kind := doithoai.KindOf(err); kind != doithoai.NotAllowed && kind != doithoai.NotFound {
					return p, err
				}
			}
			line.Words = n.Aloud()
		} else if g.Delivery.Kind == doithoai.DeliveryCorrected {
			line.Words = vietnamese.T("ways.sheet.corrects") + "\n" + g.Answer
		}
		p.Readings = append(p.Readings, line)
	}
	return p, nil
}

// paper is what the head of the village takes along, in Vietnamese, whoever prints it.
func (p readingsPage) paper() doc.Doc {
	list := make([]docform.ReadOut, len(p.Readings))
	for i, g := range p.Readings {
		list[i] = docform.ReadOut{Code: string(g.Number), Words: g.Words}
		if g.Answer != "" {
			list[i].Title = g.Title
		}
	}
	return docform.ReadingSheet(docform.Head{Authority: p.Authority}, p.Village.Name, list, p.Today())
}
