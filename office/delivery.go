package office

import (
	"slices"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/news"
	"doithoai/web"
	"doithoai/web/ui"
)

// toldForm is how the officer told somebody by hand.
type toldForm struct {
	Version  int    `form:"phien-ban"`
	Day      string `form:"bao-ngay" line:"true" day:"true"`
	Clock    string `form:"bao-gio" line:"true"`
	Receiver string `form:"bao-ai" line:"true"`
}

func (f toldForm) telling() doithoai.Telling {
	clock, err := calendar.ReadClock(f.Clock)
	if err != nil {
		clock = -1 // the rule asks for it
	}
	return doithoai.Telling{On: web.TypedDate(f.Day), Clock: clock, Receiver: doithoai.Receiver(f.Receiver)}
}

// recordDelivery notes that the office told the person by hand.
func (s *site) recordDelivery(r *web.Request, _ doithoai.ID, f toldForm) error {
	return s.db.RecordDelivery(r.Context(), r.Actor(), doithoai.ID(r.PathValue("delivery")), f.Version, f.telling())
}

// withdrawDelivery takes back what the officer recorded by mistake.
func (s *site) withdrawDelivery(r *web.Request, _ doithoai.ID, version int) error {
	return s.db.WithdrawDelivery(r.Context(), r.Actor(), doithoai.ID(r.PathValue("delivery")), version)
}

// deliveries are those by which the person is told of the answer or of its due date.
func (p opinionPage) deliveries() []doithoai.Delivery {
	return slices.DeleteFunc(slices.Clone(p.Deliveries), func(d doithoai.Delivery) bool {
		return d.Kind == doithoai.DeliveryReceived
	})
}

// toTell counts the ways in which the office is still to tell the person something.
func (p opinionPage) toTell() (n int) {
	for _, d := range p.Deliveries {
		if d.ToTell() {
			n++
		}
	}
	return n
}

// tells reports whether the officer is to tell the person this way, and note it.
func (p opinionPage) tells(d doithoai.Delivery) bool {
	return d.ToTell() && p.can(doithoai.ActRecordDelivery)
}

// untells reports whether the officer may take back that the person was told.
func (p opinionPage) untells(d doithoai.Delivery) bool {
	return d.WithdrawableBy(p.Officer.ID, p.Today()) && p.can(doithoai.ActWithdrawDelivery)
}

// telling reports whether the officer is to tell the person something by hand here.
func (p opinionPage) telling() bool { return slices.ContainsFunc(p.deliveries(), p.tells) }

// calling reports whether the officer needs a telephone number or an address to tell the person.
func (p opinionPage) calling() bool {
	return p.Who == nil && p.can(doithoai.ActViewPetitioner) && p.telling()
}

// contactWords ask for what the officer needs: a number, an address, or both. Nothing is needed to tell somebody at the
// counter or through the village head but who they are.
func (p opinionPage) contactWords() string {
	var call, write bool
	for _, d := range p.deliveries() {
		if p.tells(d) {
			way := d.Way.Chosen()
			call = call || way == doithoai.WayPhone || way == doithoai.WayZalo
			write = write || way == doithoai.WayPost
		}
	}
	switch {
	case call && !write:
		return p.T("opinion.delivery.contact_phone")
	case write && !call:
		return p.T("opinion.delivery.contact_post")
	}
	return p.T("opinion.delivery.contact")
}

// toldHere is the form of a delivery: as it was typed where it was refused, else proposed, this minute and who usually
// takes what goes this way.
func (p opinionPage) toldHere(d doithoai.Delivery) (f toldForm, refused bool) {
	if p.Forms.typed == doithoai.ActRecordDelivery && p.Telling == d.ID {
		return p.Forms.Told, true
	}
	return newTold(p.Reader, doithoai.UsualReceiver(d.Way)), false
}

// newTold is the form of a telling of this minute.
func newTold(r *web.Reader, receiver doithoai.Receiver) toldForm {
	now := calendar.Civil(r.Now)
	return toldForm{
		Day: r.Date(r.Today()), Clock: calendar.Clock(now.Hour()*60 + now.Minute()).String(), Receiver: string(receiver),
	}
}

// toldField is a field of a delivery's form. Only the refused form has the ids that the summary of problems leads to.
func (p opinionPage) toldField(d doithoai.Delivery, refused bool, name, label string) ui.Field {
	if refused {
		return web.Field(p.Reader, p.Problems, name, p.T(label), "")
	}
	return ui.Field{Name: name, ID: name + "-" + string(d.ID), Label: ui.Label{Text: p.T(label)}}
}

func receivers(r *web.Reader) []ui.Option {
	var list []ui.Option
	for _, who := range doithoai.Receivers {
		list = append(list, ui.Option{Value: string(who), Text: r.T("opinion.delivery.receiver." + string(who))})
	}
	return list
}

// deliveryName is what is told, and how: "Báo kết quả qua điện thoại".
func (p opinionPage) deliveryName(d doithoai.Delivery) string {
	return toldName(p.Reader, d)
}

// message is the text for a delivery by hand, ready to be taken elsewhere.
func (p opinionPage) message(d doithoai.Delivery) templ.Component {
	n := news.News{
		Delivery: d, Authority: p.Authority, Numbers: []doithoai.RegisterNumber{p.Opinion.Number},
	}
	return message(p.Reader, newsIn(n, p.OpinionFile, p.outlook))
}

// takesOver reports whether the officer may end the tries of the program.
func (p opinionPage) takesOver(d doithoai.Delivery) bool {
	_, err := d.TakeOver(p.Now)
	return err == nil && p.can(doithoai.ActTakeOverDelivery)
}
