package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/news"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// lettersPage are the letters that wait to go by post.
type lettersPage struct {
	*web.Reader
	recording recording
	Letters   []store.HandDelivery
	More      bool
	Opens     bool // the officer may print the addresses
}

func (s *site) letters(r *web.Request) error { return s.showLetters(r, chosenForm{}, nil) }

// showLetters shows the letters that wait; refusal is why the form of the page came back.
func (s *site) showLetters(r *web.Request, f chosenForm, refusal error) (err error) {
	p := lettersPage{Reader: r.Reader, Opens: doithoai.MayEver(r.Actor(), doithoai.ActViewPetitioner)}
	p.recording = newRecording(r, "", doithoai.ReceiverPost)
	if refusal != nil {
		p.recording = p.recording.refused(r, f, refusal)
	}
	if p.Letters, p.More, err = s.db.HandDeliveriesBy(r.Context(), r.Actor(), doithoai.WayPost); err != nil {
		return err
	}
	p.Letters = slices.DeleteFunc(p.Letters, func(h store.HandDelivery) bool {
		return h.Delivery.State != doithoai.DeliveryQueued
	})
	return r.Page(p.recording.status(), p.view())
}

// openLetters puts a view of who raised each chosen opinion on record, and goes on to the letters to print.
func (s *site) openLetters(r *web.Request) error {
	var f chosenForm
	if err := r.Form(&f); err != nil {
		return err
	}
	q := url.Values{}
	for _, box := range f.Chosen[:min(len(f.Chosen), printLetters)] {
		_, number, _ := strings.Cut(box, " ")
		_, number, _ = strings.Cut(number, " ")
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
		if err == nil {
			_, err = s.db.ViewPetitioner(r.Context(), r.Actor(), id, "deliver")
		}
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			q.Add("so", number)
		case kind == doithoai.NotFound, kind == doithoai.NotAllowed, web.Mendable(err):
		default:
			return err
		}
	}
	if len(q) == 0 {
		return r.Redirect(lettersPath + "?" + recordedCount + "=0")
	}
	return r.Redirect(printLettersPath + "?" + q.Encode())
}

// printLetters is how many letters are printed at once.
const printLetters = 100

// letter is one letter: to whom, and what it says.
type letter struct {
	Delivery doithoai.Delivery
	Opinion  doithoai.Opinion
	Name     string
	Address  string
	Answer   doithoai.Answer // of an answer; else zero
	Words    string          // of other news
}

// printPage are letters to print, one a page, with the list of their addresses.
type printPage struct {
	*web.Reader
	Letters []letter
	Missing int // whose address nobody has opened, or not lately
	Symbol  string
}

// printLetters shows the letters whose addresses the officer has just opened: of those that the address names, and that
// still wait.
func (s *site) printLetters(r *web.Request) error {
	p := printPage{Reader: r.Reader}
	r.Private()
	waiting, _, err := s.db.HandDeliveriesBy(r.Context(), r.Actor(), doithoai.WayPost)
	if err != nil {
		return err
	}
	l, err := s.outlook(r)
	if err != nil {
		return err
	}
	named := r.URL.Query()["so"]
	for _, h := range waiting {
		if len(p.Letters) == printLetters || h.Delivery.State != doithoai.DeliveryQueued ||
			!slices.Contains(named, string(h.Opinion.Number)) {
			continue
		}
		who, seen, err := s.db.ViewedPetitioner(r.Context(), r.Actor(), h.Opinion.ID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotAllowed {
			return err
		}
		if !seen {
			p.Missing++
			continue
		}
		f, err := s.db.OpinionFile(r.Context(), r.Actor(), h.Opinion.ID)
		if err != nil {
			return err
		}
		p.Letters = append(p.Letters, newLetter(r.Reader, h, who, f, l))
	}
	if p.Symbol, err = s.db.LastSymbol(r.Context(), r.Actor()); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// newLetter is the letter of a delivery: with the answer that stands, or with the news that it is of.
func newLetter(
	r *web.Reader, h store.HandDelivery, who doithoai.Petitioner, f store.OpinionFile, l outlook,
) letter {
	to := letter{Delivery: h.Delivery, Opinion: f.Opinion, Name: who.Name, Address: who.PostAddress}
	if who.Standing == doithoai.StandingOrganisation && who.Organisation != "" {
		to.Name = who.Organisation
	}
	switch h.Delivery.Kind {
	case doithoai.DeliveryAnswered, doithoai.DeliveryCorrected:
		if f.Petition != nil && f.Petition.State == doithoai.PetitionAnswered {
			to.Answer = f.Submitted
		}
	}
	if to.Answer.Body == "" {
		n := news.News{
			Delivery: h.Delivery, Authority: r.Authority, Numbers: []doithoai.RegisterNumber{f.Opinion.Number},
		}
		n = newsIn(n, f, l)
		if f.Petition != nil {
			n.Unit = f.Units[f.Petition.LeadUnitID]
		}
		to.Words = n.Letter()
	}
	return to
}

// corrects reports whether the letter brings another answer in the place of a wrong one.
func (l letter) corrects() bool { return l.Delivery.Kind == doithoai.DeliveryCorrected }

// paper is the frame of a letter, in Vietnamese, whoever prints it.
func (p printPage) paper(l letter) ui.Paper {
	a := l.Answer
	paper := ui.Paper{
		Authority: web.LetterheadLines(p.Authority.FullName),
		Nation:    "Cộng hòa xã hội chủ nghĩa Việt Nam", Motto: "Độc lập - Tự do - Hạnh phúc",
		Subject: vietnamese.T("ways.letter.subject", "number", string(l.Opinion.Number)),
		ToLabel: vietnamese.T("urging.letter.to"),
		To:      []string{vietnamese.T("urging.letter.as_above"), vietnamese.T("urging.letter.file")},
	}
	if a.Body == "" {
		paper.Subject = vietnamese.T("ways.letter.news", "number", string(l.Opinion.Number))
		paper.Number = blankNumber(p.Symbol)
		paper.Date = plan.PlaceAndDate(p.Authority.Place, p.Today())
		paper.Signature = ui.Signature{
			For: vietnamese.T("urging.letter.for"), Title: vietnamese.T("urging.letter.head"), Name: "\u00a0",
		}
		return paper
	}
	paper.Number = vietnamese.T("ways.letter.number", "number", a.Number)
	paper.Date = plan.PlaceAndDate(p.Authority.Place, a.Dated)
	name, post, _ := strings.Cut(a.SignedBy, ", ")
	paper.Signature = ui.Signature{For: a.SignedFor, Title: strings.ToUpper(post), Name: name}
	return paper
}

// paragraphs parts a text at its line ends.
func paragraphs(s string) (list []string) {
	for line := range strings.Lines(s) {
		if line = text.CleanLine(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}
