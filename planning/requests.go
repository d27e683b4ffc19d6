package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/ui"
)

// requestsPage lists the requests of voters, and registers one.
type requestsPage struct {
	*web.Reader
	Requests  []plan.VoterRequest
	Dialogues []doithoai.Dialogue
	Rules     doithoai.Rules
	Form      requestForm
	Problems  web.Problems
	Refusal   string
	Done      string
}

type requestForm struct {
	Day    string `form:"ngay" line:"true" day:"true"`
	Asked  string `form:"yeu-cau" line:"true"`
	Voters string `form:"cu-tri" line:"true"`
	Matter string `form:"noi-dung"`
	Paper  string `form:"so" line:"true"`
}

func (s *site) loadRequests(r *web.Request) (p requestsPage, err error) {
	p.Reader = r.Reader
	if p.Requests, err = s.db.VoterRequests(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	if p.Dialogues, err = s.db.DialogueList(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID)
	p.Form = requestForm{Day: r.Date(r.Today())}
	return p, err
}

func (s *site) requests(r *web.Request) error {
	p, err := s.loadRequests(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	return r.Page(http.StatusOK, p.view())
}

func (s *site) registerRequest(r *web.Request) error {
	p, err := s.loadRequests(r)
	if err != nil {
		return err
	}
	p.Form = requestForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	f := p.Form
	_, err = s.db.RegisterRequest(r.Context(), r.Actor(), plan.VoterRequest{
		On: web.TypedDate(f.Day), Asked: typedCount(f.Asked), Voters: typedCount(f.Voters), Matter: f.Matter, Paper: f.Paper,
	})
	return s.afterRequest(r, p, doithoai.ActRegisterRequest, err)
}

// typedCount reads a number of people, with or without points between its digits; -1 where it is none.
func typedCount(s string) int {
	n, err := strconv.Atoi(strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(s))
	if err != nil {
		return -1
	}
	return n
}

func (s *site) answerRequest(r *web.Request) error {
	p, err := s.loadRequests(r)
	if err != nil {
		return err
	}
	var f struct {
		Version  int    `form:"phien-ban"`
		Dialogue string `form:"buoi"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	err = s.db.AnswerRequest(r.Context(), r.Actor(), doithoai.ID(r.PathValue("request")), f.Version,
		doithoai.ID(f.Dialogue))
	return s.afterRequest(r, p, doithoai.ActAnswerRequest, err)
}

func (s *site) afterRequest(r *web.Request, p requestsPage, act doithoai.Act, refusal error) error {
	if refusal == nil {
		return r.Redirect(web.RequestsPath + "?xong=" + string(act))
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	p.Problems = r.Problems(refusal)
	if !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// rows are the requests: how many ask, what share of the voters that is, and which dialogue is held for it.
func (p requestsPage) rows() (rows []ui.WorkRow) {
	for _, v := range p.Requests {
		_, binds := v.Binds(p.Rules)
		share := p.T("planning.request.share", "asked", p.Text.Number(v.Asked), "voters", p.Text.Number(v.Voters),
			"share", v.ShareWords())
		row := ui.WorkRow{Title: v.Matter, Under: v.Paper, Cells: []ui.WorkCell{
			{Text: p.Date(v.On)}, {Text: share}, {Rich: p.held(v, binds)},
		}}
		rows = append(rows, row)
	}
	return rows
}

// answering are the dialogues that could be held for a request.
func (p requestsPage) answering() (list []doithoai.Dialogue) {
	for _, d := range p.Dialogues {
		if slices.Contains(d.Kinds, doithoai.KindRequested) && d.State != doithoai.DialogueCancelled {
			list = append(list, d)
		}
	}
	return list
}

func (p requestsPage) dialogue(id doithoai.ID) (doithoai.Dialogue, bool) {
	i := slices.IndexFunc(p.Dialogues, func(d doithoai.Dialogue) bool { return d.ID == id })
	if i < 0 || p.Dialogues[i].State == doithoai.DialogueCancelled {
		return doithoai.Dialogue{}, false
	}
	return p.Dialogues[i], true
}

// rule says from which share on a dialogue must be held, and on what that rests.
func (p requestsPage) rule() string {
	rule, ok := p.Rules.Parameters.At("dialogue.request.percent", p.Today())
	if !ok {
		return p.T("planning.request.no_rule")
	}
	return p.T("planning.request.rule", "percent", rule.Value, "basis", basisWords(p.Reader, rule, false))
}
