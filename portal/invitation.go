package portal

import (
	"net/http"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/web"
)

// Who is invited to a dialogue answers here by the code on the paper: one form, no account, no script. The code reaches
// the server in the form alone.

// repliedPath is the page that says what was noted.
const repliedPath = web.InvitationPath + "/da-ghi"

// inviteReplyForm is an answer as it was typed.
type inviteReplyForm struct {
	Code       string `form:"ma" line:"true"`
	Answer     string `form:"tra-loi" line:"true"`
	Reason     string `form:"ly-do" line:"true"`
	Substitute string `form:"nguoi-thay" line:"true"`
	SubTitle   string `form:"chuc-vu-thay" line:"true"`
}

func (f inviteReplyForm) reply() plan.Reply {
	return plan.Reply{
		Answer: plan.InvitationState(f.Answer), Reason: f.Reason, Substitute: f.Substitute, SubTitle: f.SubTitle,
	}
}

// keptReply is an answer that could not be taken, with why.
type keptReply struct {
	Form     inviteReplyForm
	Problems []doithoai.Problem
}

// inviteReplyPage asks for the code and the answer.
type inviteReplyPage struct {
	*web.Reader
	setting
	Form     inviteReplyForm
	Problems web.Problems
}

// replied is what was noted of an answer, for the page that says so.
type replied struct {
	Who, Substitute string
	State           plan.InvitationState
	Title, Venue    string // of the dialogue
	StartsAt        calendar.Instant
}

// repliedPage says what was noted.
type repliedPage struct {
	*web.Reader
	setting
	Noted replied
}

// askReply answers GET /giay-moi: an empty form, or what was typed with what is wrong with it.
func (s *site) askReply(r *web.Request) error {
	var wrong keptReply
	if _, err := s.kept(r, &wrong); err != nil {
		return err
	}
	p, err := s.inviteReplyPage(r, wrong)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) inviteReplyPage(r *web.Request, wrong keptReply) (inviteReplyPage, error) {
	known, err := s.setting(r)
	return inviteReplyPage{
		Reader: r.Reader, setting: known, Form: wrong.Form, Problems: r.Problems(doithoai.RefuseForm(wrong.Problems)),
	}, err
}

// readReply answers POST /giay-moi: it notes the answer and leads to the page that says so, or back to the form.
func (s *site) readReply(r *web.Request) error {
	var f inviteReplyForm
	if err := r.Form(&f); err != nil {
		return err
	}
	i, d, err := s.reply(r, f)
	if kind := doithoai.KindOf(err); kind == doithoai.Invalid || passing(err) != nil {
		wrong := keptReply{f, told(err)}
		return s.leadOn(r, next{
			what: wrong, path: web.InvitationPath, refusal: passing(err), page: func(string) (templ.Component, error) {
				p, err := s.inviteReplyPage(r, wrong)
				return p.view(), err
			},
		})
	}
	if err != nil {
		return err
	}
	noted := replied{Who: i.Words(), State: i.State, Title: d.Title, Venue: d.Venue, StartsAt: d.StartsAt}
	if i.State == plan.InvitationSubstituted {
		noted.Substitute = i.WhoComes()
	}
	return s.leadOn(r, next{
		what: noted, path: repliedPath, page: func(string) (templ.Component, error) {
			p, err := s.repliedPage(r, noted)
			return p.view(), err
		},
	})
}

// reply notes an answer by its code. A code that opens nothing is Invalid at its field; a well formed one counts
// against its address, and is TooMany after too many.
func (s *site) reply(r *web.Request, f inviteReplyForm) (i plan.Invitation, d doithoai.Dialogue, err error) {
	codes := web.ReceiptCodes(f.Code)
	if len(codes) == 0 {
		return i, d, codeProblem("delegate.public.problem.code")
	}
	if err := r.AllowIntake(); err != nil {
		return i, d, err
	}
	for _, code := range codes {
		i, d, err = s.DB.ReplyInvitation(r.Context(), r.Actor(), code, f.reply())
		if doithoai.KindOf(err) != doithoai.NotFound {
			return i, d, err
		}
	}
	if wait := r.WrongCode(); wait > 0 {
		return i, d, web.TooMany("ma", "portal.lookup.problem.busy", wait)
	}
	return i, d, codeProblem("delegate.public.problem.unknown")
}

// replied answers GET /giay-moi/da-ghi: what was noted, as long as the browser may see it.
func (s *site) replied(r *web.Request) error {
	var noted replied
	there, err := s.kept(r, &noted)
	if err != nil {
		return err
	}
	if !there {
		return r.Redirect(web.InvitationPath)
	}
	p, err := s.repliedPage(r, noted)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) repliedPage(r *web.Request, noted replied) (repliedPage, error) {
	known, err := s.setting(r)
	return repliedPage{r.Reader, known, noted}, err
}
