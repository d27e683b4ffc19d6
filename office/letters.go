package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
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
	Opinion doithoai.RegisterNumber
	Name    string
	Address string
	Paper   doc.Doc
}

// printPage are letters to print, one a page, with the list of their addresses.
type printPage struct {
	*web.Reader
	Letters []letter
	Named   []string // the numbers in the address
	Missing int      // whose address nobody has opened, or not lately
}

// printLetters shows the letters whose addresses the officer has just opened: of those that the address names, and that
// still wait.
func (s *site) printLetters(r *web.Request) error {
	p, err := s.loadPrint(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// lettersPDF answers with the same as one file, and listFile with the list of their addresses.
func (s *site) lettersPDF(r *web.Request) error {
	return s.printed(r, "thu-gui-buu-dien", func(p printPage) []doc.Doc {
		papers := []doc.Doc{p.list()}
		for _, l := range p.Letters {
			papers = append(papers, l.Paper)
		}
		return papers
	})
}

func (s *site) listFile(r *web.Request) error {
	return s.printed(r, "danh-sach-thu", func(p printPage) []doc.Doc { return []doc.Doc{p.list()} })
}

// printed sends papers of the letters; where there is none, it leads to where they are chosen.
func (s *site) printed(r *web.Request, name string, papers func(printPage) []doc.Doc) error {
	p, err := s.loadPrint(r)
	if err != nil {
		return err
	}
	if len(p.Letters) == 0 {
		return r.Redirect(lettersPath)
	}
	return docfile.Send(r, s.db, name, papers(p)...)
}

func (s *site) loadPrint(r *web.Request) (p printPage, err error) {
	p = printPage{Reader: r.Reader, Named: r.URL.Query()["so"]}
	r.Private()
	waiting, _, err := s.db.HandDeliveriesBy(r.Context(), r.Actor(), doithoai.WayPost)
	if err != nil {
		return p, err
	}
	l, err := s.outlook(r)
	if err != nil {
		return p, err
	}
	symbol, err := s.db.LastSymbol(r.Context(), r.Actor())
	if err != nil {
		return p, err
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	var papers []doc.Doc
	for _, h := range waiting {
		if len(p.Letters) == printLetters || h.Delivery.State != doithoai.DeliveryQueued ||
			!slices.Contains(p.Named, string(h.Opinion.Number)) {
			continue
		}
		who, seen, err := s.db.ViewedPetitioner(r.Context(), r.Actor(), h.Opinion.ID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotAllowed {
			return p, err
		}
		if !seen {
			p.Missing++
			continue
		}
		o := opinionPage{Reader: inVietnamese(r.Reader), outlook: l, Officers: officers}
		if o.OpinionFile, err = s.db.OpinionFile(r.Context(), r.Actor(), h.Opinion.ID); err != nil {
			return p, err
		}
		if o.Who, o.WhoPlace, err = s.placed(r, who); err != nil {
			return p, err
		}
		raised := o.raised()
		p.Letters = append(p.Letters, letter{Opinion: h.Opinion.Number, Name: raised.Name, Address: raised.Address})
		papers = append(papers, o.toldPaper(h.Delivery, symbol))
	}
	if papers, err = docfile.Worded(r, s.db, papers...); err != nil {
		return p, err
	}
	for i := range papers {
		p.Letters[i].Paper = papers[i]
	}
	return p, nil
}

// list is the list of addresses that goes to the post office and comes back with the day.
func (p printPage) list() doc.Doc {
	posted := make([]docform.Posted, len(p.Letters))
	for i, l := range p.Letters {
		posted[i] = docform.Posted{Code: string(l.Opinion), Name: l.Name, Address: l.Address}
	}
	return docform.PostList(docform.Head{Authority: p.Authority}, posted, p.Today())
}

// query names the letters of the page in an address.
func (p printPage) query() string { return "?" + url.Values{"so": p.Named}.Encode() }
