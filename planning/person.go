package planning

import (
	"net/http"
	"strconv"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
)

// personForm is what stands of somebody on the list.
type personForm struct {
	Version  int    `form:"phien-ban"`
	Group    int    `form:"nhom"`
	Name     string `form:"ho-ten" line:"true"`
	Title    string `form:"chuc-vu" line:"true"`
	Body     string `form:"don-vi" line:"true"`
	Capacity string `form:"tu-cach" line:"true"`
	Phone    string `form:"dien-thoai" line:"true"`
	Email    string `form:"thu" line:"true"`
	Note     string `form:"ghi-chu" line:"true"`
	More     string `form:"them-nua" line:"true"` // the button that adds somebody and asks for the next one
}

func (f personForm) delegate() plan.Delegate {
	return plan.Delegate{
		Invitation: plan.Invitation{
			Point: f.Group, Name: f.Name, Title: f.Title, Body: f.Body, Capacity: plan.Capacity(f.Capacity), Note: f.Note,
		},
		Contact: plan.Contact{Phone: f.Phone, Email: f.Email},
	}
}

func personFormOf(d plan.Delegate) personForm {
	return personForm{
		Version: d.Version, Group: d.Point, Name: d.Name, Title: d.Title, Body: d.Body, Capacity: string(d.Capacity),
		Phone: d.Contact.Phone, Email: d.Contact.Email, Note: d.Note,
	}
}

// replyForm is what somebody answered, as an officer notes it.
type replyForm struct {
	Version    int    `form:"phien-ban"`
	Answer     string `form:"tra-loi" line:"true"`
	Reason     string `form:"ly-do" line:"true"`
	Substitute string `form:"nguoi-thay" line:"true"`
	SubTitle   string `form:"chuc-vu-thay" line:"true"`
}

func (f replyForm) reply() plan.Reply {
	return plan.Reply{
		Answer: plan.InvitationState(f.Answer), Reason: f.Reason, Substitute: f.Substitute, SubTitle: f.SubTitle,
	}
}

// withdrawForm takes an invitation back.
type withdrawForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do-rut" line:"true"`
}

// personPage is one person on the list, or the form for a new one (Person is zero).
type personPage struct {
	peopleBase
	Person   plan.Invitation
	Form     personForm
	Reply    replyForm
	Withdraw withdrawForm
	Problems web.Problems
	Refusal  string
	Done     string
}

func (s *site) newPerson(r *web.Request) error {
	p := personPage{}
	var err error
	if p.peopleBase, err = s.loadPeople(r); err != nil {
		return err
	}
	group, _ := strconv.Atoi(r.FormValue("nhom")) // none: the office chooses
	p.Form = personForm{Group: group, Capacity: string(plan.CapacityDelegate)}
	p.Done = doneWords(r)
	return r.Page(http.StatusOK, p.view())
}

func (s *site) addPerson(r *web.Request) error {
	p := personPage{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	_, err := s.db.AddDelegate(r.Context(), r.Actor(), id, p.Form.delegate())
	switch {
	case web.Mendable(err):
		return s.personAgain(r, p, err)
	case err != nil:
		return err
	case p.Form.More != "":
		return r.Redirect(peoplePath(id) + "/them?" + peopleDone + "=them&nhom=" + strconv.Itoa(p.Form.Group))
	}
	return r.Redirect(peoplePath(id) + "?" + peopleDone + "=them")
}

// personAgain shows a form with what was typed and what is wrong with it.
func (s *site) personAgain(r *web.Request, p personPage, refusal error) error {
	var err error
	if p.peopleBase, err = s.loadPeople(r); err != nil {
		return err
	}
	if id := r.PathValue("person"); id != "" {
		if p.Person, err = p.find(id); err != nil {
			return err
		}
	}
	if p.Reply == (replyForm{}) {
		p.Reply = answered(p.Person)
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// person shows somebody with how they are reached, and what can be done. The view is audited.
func (s *site) person(r *web.Request) error {
	p := personPage{}
	var err error
	if p.peopleBase, err = s.loadPeople(r); err != nil {
		return err
	}
	if p.Person, err = p.find(r.PathValue("person")); err != nil {
		return err
	}
	if err := s.fillPerson(r, &p); err != nil {
		return err
	}
	p.Reply = answered(p.Person)
	p.Done = doneWords(r)
	return r.Page(http.StatusOK, p.view())
}

// answered is the form of the answer that somebody gave.
func answered(i plan.Invitation) replyForm {
	if !i.Answered() {
		return replyForm{}
	}
	return replyForm{Answer: string(i.State), Reason: i.Reason, Substitute: i.Substitute, SubTitle: i.SubTitle}
}

// fillPerson fills the form with what is kept of the person.
func (s *site) fillPerson(r *web.Request, p *personPage) error {
	reached, err := s.db.ViewContacts(r.Context(), r.Actor(), p.Dialogue.ID, p.Person.ID)
	if err != nil {
		return err
	}
	p.Form = personFormOf(reached[0])
	r.Private()
	return nil
}

func (s *site) changePerson(r *web.Request) error {
	p := personPage{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	id, person := doithoai.ID(r.PathValue("id")), doithoai.ID(r.PathValue("person"))
	err := s.db.ChangeDelegate(r.Context(), r.Actor(), id, person, p.Form.Version, p.Form.delegate())
	return s.after(r, p, err, "sua")
}

func (s *site) replyPerson(r *web.Request) error {
	p := personPage{}
	if err := r.Form(&p.Reply); err != nil {
		return err
	}
	id, person := doithoai.ID(r.PathValue("id")), doithoai.ID(r.PathValue("person"))
	err := s.db.RecordReply(r.Context(), r.Actor(), id, person, p.Reply.Version, p.Reply.reply())
	return s.after(r, p, err, doReply)
}

func (s *site) withdrawPerson(r *web.Request) error {
	p := personPage{}
	if err := r.Form(&p.Withdraw); err != nil {
		return err
	}
	id, person := doithoai.ID(r.PathValue("id")), doithoai.ID(r.PathValue("person"))
	err := s.db.WithdrawInvitation(r.Context(), r.Actor(), id, person, p.Withdraw.Version, p.Withdraw.Reason)
	return s.after(r, p, err, "rut")
}

func (s *site) removePerson(r *web.Request) error {
	var f web.VersionForm
	if err := r.Form(&f); err != nil {
		return err
	}
	id, person := doithoai.ID(r.PathValue("id")), doithoai.ID(r.PathValue("person"))
	err := s.db.RemoveDelegate(r.Context(), r.Actor(), id, person, f.Version)
	return s.after(r, personPage{}, err, "bo")
}

// after leads from a form of a person back to the list, or shows it again with what was typed: the other forms of the
// page hold what is kept.
func (s *site) after(r *web.Request, p personPage, refusal error, done string) error {
	id := doithoai.ID(r.PathValue("id"))
	if refusal == nil {
		return r.Redirect(peoplePath(id) + "?" + peopleDone + "=" + done + "&" + peopleCount + "=1")
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	if p.Form == (personForm{}) && done != "sua" {
		kept := personPage{Reply: p.Reply, Withdraw: p.Withdraw}
		var err error
		if kept.peopleBase, err = s.loadPeople(r); err != nil {
			return err
		}
		if kept.Person, err = kept.find(r.PathValue("person")); err != nil {
			return refusal // it left the list meanwhile
		}
		if err := s.fillPerson(r, &kept); err != nil {
			return err
		}
		p = kept
	}
	return s.personAgain(r, p, refusal)
}
