package hall

import (
	"context"
	"net/http"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// page is the console: the list on the left, an opinion in the middle, its ruling on the right.
type page struct {
	list
	Run  run
	Hand handForm // who raised a hand, as it was typed
	// Showing is why the screens do not show the question; nil: nothing was refused.
	Showing  *showing
	Units    []doithoai.Unit
	Villages []doithoai.Village
	Officers []doithoai.Officer
	Bodies   []doithoai.OutsideBody
	Form     form
	Problems web.Problems
	// Opened is the opinion in the middle; nil where a new one is taken down.
	Opened *opened
	// Alike are the others of its matter that have no ruling yet.
	Alike []store.Member
	// Notice and Warning say what was done, or why it was not. Receipt is the number of the opinion whose receipt that
	// act gives, "" where it gives none.
	Notice, Warning string
	Receipt         doithoai.RegisterNumber
	DraftAt         calendar.Instant // when the restored draft was saved
}

// opened is an opinion that was taken down before.
type opened struct {
	store.OpinionFile
	Name string
}

// last is when an act was last done to it, zero where it never was.
func (o opened) last(act doithoai.Act) (at calendar.Instant) {
	for _, e := range o.Events {
		if e.Act == act {
			at = e.At
		}
	}
	return at
}

// load reads what every state of the console shows.
func (s *site) load(r *web.Request) (*page, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &page{Form: newForm(), Hand: handForm{ID: string(store.NewID())}}
	if p.list, err = s.listOf(r, d); err != nil {
		return nil, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	if p.Run, err = s.runOf(r, d); err != nil {
		return nil, err
	}
	p.Villages = p.Run.Villages
	if p.Links, err = s.linksOf(r, p.Rows, p.Run); err != nil {
		return nil, err
	}
	if p.Officers, err = s.db.Officers(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Bodies, err = s.db.OutsideBodies(r.Context(), r.Authority.ID)
	return p, err
}

// open puts an opinion of the list into the middle, with its ruling in the form.
func (s *site) open(ctx context.Context, p *page, number doithoai.RegisterNumber) error {
	row, ok := p.row(number)
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	file, err := s.db.OpinionFile(ctx, p.Actor(), row.Opinion.ID)
	if err != nil {
		return err
	}
	p.Opened, p.Open = &opened{file, row.Name}, number
	if p.Alike, err = s.alike(ctx, p, row); err != nil {
		return err
	}
	p.Form = filled(file)
	p.Form.CoUnits = unitWords(p.Units, file.CoUnits)
	p.Form.Alike, p.Form.Others = len(p.Alike) > 0, othersOf(p.Alike)
	if p.Run.mine(file.Opinion) {
		p.Form.Turn = string(p.Run.Speaking.ID)
	}
	if file.Petition != nil && file.Petition.LeadUnitID == "" {
		p.Form.Unit = p.T("hall.by_chair")
	}
	return nil
}

// console answers GET /hoi-truong/{dialogue}: a new opinion, with what was typed and not sent. After the minutes were
// locked nothing is taken down any more: it leads to the sum.
func (s *site) console(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if p.Run.Locked {
		return r.Redirect(closePath(p.Dialogue))
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftOpinion, string(p.Dialogue.ID))
	if err != nil {
		return err
	}
	p.Form = p.Form.spokenBy(p.Run.Speaking)
	if len(d.Fields) > 0 {
		if f := p.Form.restore(d); f.typed() && !p.recorded(f) && !f.ofBefore(p.Run.Speaking) {
			p.Form, p.DraftAt = f, d.SavedAt
		}
	}
	p.say(r, r.FormValue("xong"), r.FormValue("so"))
	return r.Page(http.StatusOK, p.view())
}

// Acts that lead back to the console, which then says that they are done.
const (
	doneRecorded      = "ghi"
	doneRecordedRuled = "ghi-huong"
	doneRecordedOnly  = "chua-huong" // the ruling of the same form was refused
	doneRuled         = "huong"
	doneNamed         = "ten"
	doneSummarised    = "tom-tat"
	doneDenounced     = "to-cao"
	doneWithdrawn     = "rut"
)

// doneWords are the sentences after an act on an opinion.
var doneWords = map[string]string{
	doneRecorded: "hall.done.recorded", doneRecordedRuled: "hall.done.recorded_ruled",
	doneRecordedOnly: "hall.done.recorded_only", doneRuled: "hall.done.ruled", doneNamed: "hall.done.named",
	doneSummarised: "hall.done.summarised",
	doneWithdrawn:  "hall.done.withdrawn",
}

// givesReceipt are the acts with which a speaker whose name is known gets a receipt.
var givesReceipt = []string{doneRecorded, doneRecordedRuled, doneRecordedOnly, doneNamed}

// say tells what was done just now, and nothing of what was done before. Who gave no name gets the receipt with it.
func (p *page) say(r *web.Request, done, number string) {
	if done == doneDenounced {
		p.Notice = p.T("hall.done.denounced")
		return
	}
	row, ok := p.row(doithoai.RegisterNumber(number))
	key := doneWords[done]
	if !ok || key == "" {
		return
	}
	p.New = row.Opinion.Number
	state := ""
	if row.Opinion.Ruling != "" {
		state = p.list.ruling(row.Opinion, row.Petition, row.Unit, row.CoUnits)
	}
	p.Notice = p.T(key, "number", number, "state", state)
	switch kept := done == doneRecordedOnly || receiptOf(r, p.New) != nil; {
	case !slices.Contains(givesReceipt, done):
	case row.Name == "":
		p.Notice += " " + p.T("hall.done.unnamed")
	case kept:
		p.Receipt = p.New
	case done == doneNamed:
		p.Notice += " " + p.T("hall.done.no_receipt")
	}
}

// recorded reports whether a draft was sent after all: it was saved once more while the form was on its way.
func (p *page) recorded(f form) bool {
	said := f.Content
	if row, ok := p.numbered(f.Same); ok && said == "" {
		said = row.Opinion.Content
	}
	for _, row := range p.Rows {
		if row.Opinion.Content == said && row.Name == f.Name {
			return true
		}
	}
	return false
}

// opinion answers GET /hoi-truong/{dialogue}/y-kien/{number}: one that was taken down before.
func (s *site) opinion(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if err := s.open(r.Context(), p, web.NumberOf(r)); err != nil {
		return err
	}
	o := p.Opened.Opinion
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftRuling, string(o.ID))
	if err != nil {
		return err
	}
	if len(d.Fields) > 0 && !d.SavedAt.Before(o.RuledAt) { // one from before has been overtaken
		summary := p.Form.Summary
		p.Form, p.DraftAt = p.Form.restore(d), d.SavedAt
		if p.Opened.last(doithoai.ActSummariseOpinion).After(d.SavedAt) { // somebody has put it into other words since
			p.Form.Summary = summary
		}
	}
	p.say(r, r.FormValue("xong"), r.FormValue("so"))
	return r.Page(http.StatusOK, p.view())
}
