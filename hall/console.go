package hall

import (
	"context"
	"net/http"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
)

// page is the console: the list on the left, an opinion in the middle, its ruling on the right.
type page struct {
	list
	Units    []doithoai.Unit
	Villages []doithoai.Village
	Form     form
	Problems web.Problems
	// Opened is the opinion in the middle; nil where a new one is taken down.
	Opened *opened
	// Notice and Warning say what was done, or why it was not.
	Notice, Warning string
	Receipt         *receipt
	DraftAt         calendar.Instant // when the restored draft was saved
}

// opened is an opinion that was taken down before.
type opened struct {
	store.OpinionFile
	Name string
}

// load reads what every state of the console shows.
func (s *site) load(r *web.Request) (*page, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &page{Form: newForm()}
	if p.list, err = s.listOf(r, d); err != nil {
		return nil, err
	}
	if p.Units, err = s.db.Units(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID)
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
	p.Form = filled(file)
	if file.Petition != nil && file.Petition.LeadUnitID == "" {
		p.Form.Unit = p.T("hall.by_chair")
	}
	return nil
}

// console answers GET /hoi-truong/{dialogue}: a new opinion, with what was typed and not sent.
func (s *site) console(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftOpinion, string(p.Dialogue.ID))
	if err != nil {
		return err
	}
	if len(d.Fields) > 0 {
		if f := p.Form.restore(d); f.typed() && !p.recorded(f) {
			p.Form, p.DraftAt = f, d.SavedAt
		}
	}
	p.say(r.FormValue("xong"), r.FormValue("so"))
	if p.Notice != "" {
		p.Receipt = receiptOf(r)
	}
	return r.Page(http.StatusOK, p.view())
}

// Acts that lead back to the console, which then says that they are done.
const (
	doneRecorded  = "ghi"
	doneRuled     = "huong"
	doneDenounced = "to-cao"
)

func (p *page) say(done, number string) {
	about := doithoai.RegisterNumber(number)
	if _, ok := p.row(about); ok {
		p.New = about
	}
	switch {
	case done == doneDenounced:
		p.Notice = p.T("hall.done.denounced")
	case p.New == "":
	case done == doneRecorded:
		p.Notice = p.T("hall.done.recorded", "number", number)
	case done == doneRuled:
		p.Notice = p.T("hall.done.ruled", "number", number)
	}
}

// recorded reports whether a draft was sent after all: it was saved once more while the form was on its way.
func (p *page) recorded(f form) bool {
	for _, row := range p.Rows {
		if row.Opinion.Content == f.Content && row.Name == f.Name {
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
	p.say(r.FormValue("xong"), r.FormValue("so"))
	return r.Page(http.StatusOK, p.view())
}
