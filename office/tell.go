package office

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/news"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// Addresses below the list of who is to be told.
const (
	lettersPath      = web.TellPath + "/thu"
	printLettersPath = lettersPath + "/in"
	listPath         = lettersPath + "/danh-sach"
	toldPath         = web.TellPath + "/da-bao"
)

// tellPage is who is still to be told, and what did not get through: in one place, with what to do next.
type tellPage struct {
	*web.Reader
	outlook  outlook
	Failed   []store.HandDelivery
	Delayed  []store.HandDelivery
	ByHand   []store.HandDelivery // by telephone, by Zalo, at the counter
	Letters  int
	Villages []villageReadings
	More     bool // than is listed
	words    map[doithoai.ID]news.News
}

// villageReadings are how many are to be read out in a village.
type villageReadings struct {
	ID    doithoai.ID
	Name  string
	Count int
}

func (s *site) tellings(r *web.Request) error {
	p := tellPage{Reader: r.Reader}
	var err error
	if p.outlook, err = s.outlook(r); err != nil {
		return err
	}
	hand, more, err := s.db.HandDeliveries(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	delayed, moreDelayed, err := s.db.DelayedDeliveries(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	p.Delayed, p.More = delayed, more || moreDelayed
	for _, h := range hand {
		switch {
		case h.Delivery.State == doithoai.DeliveryFailed:
			p.Failed = append(p.Failed, h)
		case h.Delivery.Way == doithoai.WayPost:
			p.Letters++
		case h.Delivery.Way == doithoai.WayAloud && h.Opinion.VillageID != "":
			p.addReading(h)
		default:
			p.ByHand = append(p.ByHand, h)
		}
	}
	text.SortByName(p.Villages, func(v villageReadings) string { return v.Name })
	if p.words, err = s.newsOf(r, p.outlook, append(slices.Clone(p.Failed), p.ByHand...)); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// addReading counts one more that is to be read out in its village.
func (p *tellPage) addReading(h store.HandDelivery) {
	i := slices.IndexFunc(p.Villages, func(v villageReadings) bool { return v.ID == h.Opinion.VillageID })
	if i < 0 {
		i = len(p.Villages)
		p.Villages = append(p.Villages, villageReadings{ID: h.Opinion.VillageID, Name: h.Village})
	}
	p.Villages[i].Count++
}

// newsOf is what each delivery tells, as it stands now. Only of how an opinion stands and of a dialogue that was moved
// more is read than the number.
func (s *site) newsOf(
	r *web.Request, l outlook, all []store.HandDelivery,
) (map[doithoai.ID]news.News, error) {
	words := map[doithoai.ID]news.News{}
	for _, h := range all {
		n := news.News{
			Delivery: h.Delivery, Authority: r.Authority, Numbers: []doithoai.RegisterNumber{h.Opinion.Number},
		}
		if k := h.Delivery.Kind; k == doithoai.DeliveryStatus || k == doithoai.DeliveryMoved {
			f, err := s.db.OpinionFile(r.Context(), r.Actor(), h.Opinion.ID)
			if kind := doithoai.KindOf(err); kind == doithoai.NotAllowed || kind == doithoai.NotFound {
				continue // who may not read how it stands has no words for it
			}
			if err != nil {
				return nil, err
			}
			n = newsIn(n, f, l)
		}
		words[h.Delivery.ID] = n
	}
	return words, nil
}

// newsIn adds what an opinion's file says to news of it.
func newsIn(n news.News, f store.OpinionFile, l outlook) news.News {
	n.Status, n.Dialogue = doithoai.StatusOf(f.Opinion, f.Petition), l.dialogues[f.Opinion.DialogueID]
	if f.Petition != nil {
		n.Due = f.Petition.Due
	}
	return n
}

// publicSite is the address to which messages point, "" where there is none.
func publicSite(r *web.Reader) string {
	return strings.TrimSuffix(r.PublicLink(web.FollowPath), web.FollowPath)
}

// messageFor is a message ready to be taken elsewhere for a way by which people tell somebody; "" where none is sent
// that way. By telephone it is one text message.
func messageFor(r *web.Reader, n news.News) string {
	switch n.Delivery.Way {
	case doithoai.WayPhone, doithoai.WaySMS:
		return n.SMS(publicSite(r))
	case doithoai.WayZalo, doithoai.WayEmail:
		return n.Short(publicSite(r))
	}
	return ""
}

// message is that message with its button, for a delivery.
func message(r *web.Reader, n news.News) templ.Component {
	if n.Delivery.ID == "" {
		return nil
	}
	words := messageFor(r, n)
	if words == "" {
		return nil
	}
	return ui.Copy{
		ID: "tin-" + string(n.Delivery.ID), Text: words, Lang: "vi", Button: r.T("ways.copy"),
		Hidden: listedNumbers(n.Numbers), Done: r.T("ways.copied"),
	}
}

func listedNumbers(numbers []doithoai.RegisterNumber) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = string(n)
	}
	return strings.Join(words, ", ")
}

// troubleWords say why something did not get through.
func troubleWords(r *web.Reader, d doithoai.Delivery) string {
	switch {
	case d.Trouble == doithoai.TroubleNone:
		return r.T("ways.trouble.waits", "way", r.WayBy(d.Way))
	case d.State == doithoai.DeliveryFailed && d.Trouble != doithoai.TroubleRefused &&
		d.Trouble != doithoai.TroubleNoGateway:
		return r.T("ways.trouble.given_up", "why", text.LowerFirst(r.T("ways.trouble."+string(d.Trouble))))
	}
	return r.T("ways.trouble." + string(d.Trouble))
}

// nextWords say what to do next about something that did not get through.
func nextWords(r *web.Reader, d doithoai.Delivery) string {
	switch {
	case d.State == doithoai.DeliveryQueued:
		return r.T("ways.next.waits", "at", r.DateTime(d.NextAt))
	case d.Trouble == doithoai.TroubleRefused && d.Way == doithoai.WayEmail:
		return r.T("ways.next.address")
	case d.Trouble == doithoai.TroubleRefused:
		return r.T("ways.next.number")
	}
	return r.T("ways.next.by_hand")
}

// toldName is what is told, and how: "Báo kết quả qua điện thoại".
func toldName(r *web.Reader, d doithoai.Delivery) string {
	return r.T("opinion.delivery.what", "what", r.T("opinion.delivery.kind."+string(d.Kind)), "way", r.WayBy(d.Way))
}

// tellItem is one line of the lists of who is to be told.
type tellItem struct {
	store.HandDelivery
	Box     templ.Component // to choose it by; nil: none
	Trouble string          // why it did not get through, and what to do next
	Message templ.Component // ready to be taken elsewhere; nil: none
	Act     templ.Component // what the officer does next; nil: nothing here
}

// facts are what is told, of which village, and since when.
func (i tellItem) facts(r *web.Reader) string {
	since := r.T("ways.since", "date", r.ListDay(i.Delivery.CreatedAt.Date()))
	return web.Joined(toldName(r, i.Delivery), i.Village, since)
}

func (i tellItem) title() string { return text.Headline(i.Opinion.Headline, i.Opinion.Content) }

func (i tellItem) href() string { return web.OpinionPath(i.Opinion.Number) + partDelivery }

// telling leads to where the officer tells the person and records it.
func (p tellPage) telling(h store.HandDelivery) ui.Button {
	return ui.Button{
		Text: p.T("ways.tell"), Hidden: string(h.Opinion.Number), Kind: ui.Secondary,
		Href: web.OpinionPath(h.Opinion.Number) + partDelivery,
	}
}

// failed are those that did not get through: why, what to do next, and the message for a telephone.
func (p tellPage) failed() (items []tellItem) {
	for _, h := range p.Failed {
		items = append(items, tellItem{
			HandDelivery: h, Trouble: troubleWords(p.Reader, h.Delivery) + " " + nextWords(p.Reader, h.Delivery),
			Message: message(p.Reader, p.words[h.Delivery.ID]), Act: p.telling(h),
		})
	}
	return items
}

// delayed are those that the program goes on to try.
func (p tellPage) delayed() (items []tellItem) {
	for _, h := range p.Delayed {
		items = append(items, tellItem{
			HandDelivery: h, Trouble: troubleWords(p.Reader, h.Delivery) + " " + nextWords(p.Reader, h.Delivery),
			Act: p.takeOver(h),
		})
	}
	return items
}

// byHand are those that people tell, each with its message.
func (p tellPage) byHand() (items []tellItem) {
	for _, h := range p.ByHand {
		items = append(items, tellItem{
			HandDelivery: h, Message: message(p.Reader, p.words[h.Delivery.ID]), Act: p.telling(h),
		})
	}
	return items
}

// nothing reports whether nobody is to be told.
func (p tellPage) nothing() bool {
	return len(p.Failed)+len(p.Delayed)+len(p.ByHand)+p.Letters+len(p.Villages) == 0
}

// takeOverDelivery ends the tries of the program: the officer tells the person.
func (s *site) takeOverDelivery(r *web.Request, _ doithoai.ID, version int) error {
	return s.db.TakeOverDelivery(r.Context(), r.Actor(), doithoai.ID(r.PathValue("delivery")), version)
}

// chosenForm records of many that they were told, one act each.
type chosenForm struct {
	Chosen []string `form:"chon" line:"true"` // id and version of each, as the page showed it
	From   string   `form:"ve" line:"true"`   // the page: empty for letters, else a village
	toldForm
}

// What the address says of what was recorded: of how many, and which were left and why.
const (
	recordedCount = "da-ghi"
	recordedLeft  = "con-lai"
)

// recordChosen records of each chosen delivery that it was brought, one act each, as on its opinion's page. What is
// wrong with the form itself comes back before anything is done; what an act refuses is left as it is and named.
func (s *site) recordChosen(r *web.Request) error {
	var f chosenForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if f.From == "" {
		f.Receiver = string(doithoai.ReceiverPost)
	}
	if err := doithoai.RefuseForm((doithoai.Delivery{}).RecordProblems(f.telling(), r.Now)); err != nil {
		if f.From == "" {
			return s.showLetters(r, f, err)
		}
		return s.showReadings(r, doithoai.ID(f.From), f, err)
	}
	q, done := url.Values{}, 0
	for _, box := range f.Chosen[:min(len(f.Chosen), registerLimit)] {
		id, rest, _ := strings.Cut(box, " ")
		version, number, _ := strings.Cut(rest, " ")
		seen, err := strconv.Atoi(version)
		if err != nil { // never from our pages
			continue
		}
		err = s.db.RecordDelivery(r.Context(), r.Actor(), doithoai.ID(id), seen, f.telling())
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			done++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			q.Add(recordedLeft, number+" "+whyCode(err))
		default:
			return err
		}
	}
	q.Set(recordedCount, strconv.Itoa(done))
	at := lettersPath
	if f.From != "" {
		at = web.ReadingPath(doithoai.ID(f.From))
	}
	return r.Redirect(at + "?" + q.Encode())
}

// chosenBox is what the box of a delivery sends.
func chosenBox(d doithoai.Delivery, n doithoai.RegisterNumber) string {
	return string(d.ID) + " " + strconv.Itoa(d.Version) + " " + string(n)
}

// recording is the part of a page by which many are recorded as told, with what came of the last time.
type recording struct {
	*web.Reader
	Form     chosenForm
	Problems web.Problems
	Day      string // label of the day
	Label    string // of the button
	Posted   bool   // the post takes it: nobody is asked who did
	After    *bulkOutcome
}

// newRecording is that part as the address says, for a page that is named in the form: empty for letters. The form
// proposes this minute.
func newRecording(r *web.Request, from string, receiver doithoai.Receiver) recording {
	rec := recording{Reader: r.Reader, Form: chosenForm{From: from, toldForm: newTold(r.Reader, receiver)}}
	rec.Day, rec.Label = r.T("ways.read_day"), r.T("ways.read")
	if receiver == doithoai.ReceiverPost {
		rec.Day, rec.Label, rec.Posted = r.T("ways.posted_day"), r.T("ways.letters_sent"), true
	}
	q := r.URL.Query()
	if n, err := strconv.Atoi(q.Get(recordedCount)); err == nil && n >= 0 {
		rec.After = &bulkOutcome{done: n}
		for _, left := range q[recordedLeft][:min(len(q[recordedLeft]), registerLimit)] {
			typed, code, _ := strings.Cut(left, " ")
			number, whole := text.RegisterNumber(typed)
			if why := whyLeft[code]; whole && why != "" {
				rec.After.left = append(rec.After.left, leftOpinion{doithoai.RegisterNumber(number), why})
			}
		}
	}
	return rec
}

// refused is the form as it came back.
func (rec recording) refused(r *web.Request, f chosenForm, err error) recording {
	rec.Form, rec.Problems = f, r.Problems(err)
	return rec
}

// ticked reports whether a box is ticked: as it came back, else all are.
func (rec recording) ticked(box string) bool {
	return !rec.Problems.Any() && rec.After == nil || slices.Contains(rec.Form.Chosen, box)
}

func (rec recording) words() string {
	if rec.After.done == 0 && len(rec.After.left) == 0 {
		return rec.T("register.bulk.none")
	}
	return rec.T("ways.recorded", "count", rec.After.done)
}

// status is that of the page: a form that was refused says so.
func (rec recording) status() int {
	if rec.Problems.Any() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
