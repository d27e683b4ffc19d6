package portal

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// followPage is a slip as its holder sees it: each opinion with its state, course and answer.
type followPage struct {
	*web.Reader
	setting
	Slip     store.Followed
	Carried  doithoai.ReceiptCode // the code, where only the page carries it along
	Units    []doithoai.Unit
	Survey   *doithoai.Dialogue // that the slip was for, while people can say what they think of it; nil: none
	Done     string             // what was just done, as the address says
	Rated    rateForm           // as posted, where it could not be taken
	Again    againForm          // the same
	Problems web.Problems
}

// rateForm is what the holder says of an answer.
type rateForm struct {
	Number    doithoai.RegisterNumber `form:"so" line:"true"`
	Solved    doithoai.Solved         `form:"giai-quyet" line:"true"`
	Satisfied string                  `form:"hai-long" line:"true"`
	Answer    int                     `form:"lan"` // which answer the page showed: how many were replaced before
}

// levels are the answers to "are you satisfied", from the best, with what they count.
var levels = []string{"5", "4", "3", "2", "1"}

func (f rateForm) rating() doithoai.Rating {
	rating := doithoai.Rating{Solved: f.Solved, Answer: f.Answer}
	if i := slices.Index(levels, f.Satisfied); i >= 0 {
		rating.Satisfied = len(levels) - i
	}
	return rating
}

// keptRating is what was said of an answer and could not be taken, with why.
type keptRating struct {
	Form     rateForm
	Again    againForm
	Problems []doithoai.Problem
}

// follow answers GET /tra-cuu/y-kien: the slip that this browser has open.
func (s *site) follow(r *web.Request) error {
	slip, _, carried, err := s.opened(r)
	if errors.Is(err, errNothingOpen) {
		return r.Redirect(followPath)
	}
	if err != nil {
		return err
	}
	var wrong keptRating
	if _, err := s.kept(r, &wrong); err != nil {
		return err
	}
	return s.showSlip(r, slip, carried, wrong, doneOf(r))
}

// markThanks stands in the address of a slip of which an answer was rated.
const markThanks = "cam-on"

// doneOf is what the address says was just done; "" where it says nothing.
func doneOf(r *web.Request) string {
	marks := []string{markThanks, markAgain}
	for _, k := range ownKinds {
		marks = append(marks, markOwn+"-"+k.name)
	}
	for _, mark := range marks {
		if r.URL.Query().Has(mark) {
			return mark
		}
	}
	return ""
}

// showSlip shows a slip to its holder.
func (s *site) showSlip(
	r *web.Request, slip store.Followed, carried doithoai.ReceiptCode, wrong keptRating, done string,
) error {
	p, err := s.followPage(r, slip, carried, wrong)
	if err != nil {
		return err
	}
	p.Done = done
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

func (s *site) followPage(
	r *web.Request, slip store.Followed, carried doithoai.ReceiptCode, wrong keptRating,
) (p followPage, err error) {
	p = followPage{
		Reader: r.Reader, Slip: slip, Carried: carried, Rated: wrong.Form, Again: wrong.Again,
		Problems: r.Problems(doithoai.RefuseForm(wrong.Problems)),
	}
	if p.setting, err = s.setting(r); err != nil {
		return p, err
	}
	if id := slip.DialogueID; id != "" {
		d, err := s.DB.DialogueByID(r.Context(), r.Authority.ID, id)
		if err == nil && d.TakesSurvey(p.Parameters, r.Today()) == nil {
			p.Survey = &d
		} else if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return p, err
		}
	}
	organisation, err := s.DB.Organisation(r.Context(), r.Authority.ID)
	p.Units = organisation.Units // what happened names units that are over, too
	return p, err
}

// rate answers POST /tra-cuu/danh-gia: whether the matter was solved, and how satisfied the person is. A later word
// replaces an earlier one; the same once more, as of a form that was sent twice, is no act.
func (s *site) rate(r *web.Request) error {
	var f rateForm
	if err := r.Form(&f); err != nil {
		return err
	}
	slip, code, carried, err := s.opened(r)
	if errors.Is(err, errNothingOpen) {
		return r.Redirect(followPath)
	}
	if err != nil {
		return err
	}
	rating, said := f.rating(), ratingIn(slip, f.Number)
	if said == nil || said.Answer != rating.Answer || said.Solved != rating.Solved || said.Satisfied != rating.Satisfied {
		if err = r.AllowIntake(); err == nil {
			err = s.DB.RateAnswer(r.Context(), r.Actor(), code, f.Number, rating)
		}
	}
	switch {
	case doithoai.KindOf(err) == doithoai.Invalid || passing(err) != nil:
		wrong := keptRating{Form: f, Problems: told(err)}
		return s.leadOn(r, next{
			what: wrong, path: followedPath, refusal: passing(err), page: func(string) (templ.Component, error) {
				p, err := s.followPage(r, slip, carried, wrong)
				return p.view(), err
			},
		})
	case err != nil:
		return err
	case carried == "":
		return r.Redirect(followedPath + "?" + markThanks)
	}
	if slip, code, err = s.open(r, string(code)); err != nil { // with what was just said
		return err
	}
	return s.showSlip(r, slip, code, keptRating{}, markThanks)
}

// ratingIn is what the person said of an answer before; nil where nothing was said.
func ratingIn(slip store.Followed, number doithoai.RegisterNumber) *doithoai.Rating {
	for _, o := range slip.Opinions {
		if o.Opinion.Number == number {
			return o.Rating
		}
	}
	return nil
}

// told are the problems of a refusal, or its one sentence.
func told(err error) []doithoai.Problem {
	var e *doithoai.Error
	if errors.As(err, &e) && len(e.Problems) == 0 {
		return []doithoai.Problem{{Key: e.Key}}
	}
	return doithoai.ProblemsOf(err)
}

// opinions are the opinions of the slip, each with what its part of the page needs.
func (p followPage) opinions() (list []followed) {
	for _, o := range p.Slip.Opinions {
		list = append(list, followed{followPage: p, FollowedOpinion: o})
	}
	return list
}

// title is the opinion's own where there is one, else how many the slip holds.
func (p followPage) title() string {
	if len(p.Slip.Opinions) == 1 {
		return p.opinions()[0].title()
	}
	return p.T("portal.follow.title", "count", len(p.Slip.Opinions), "date", p.Date(p.Slip.ReceivedAt.Date()))
}

func (p followPage) titleLang() string {
	if len(p.Slip.Opinions) == 1 {
		return p.opinions()[0].titleLang()
	}
	return p.Text.Lang()
}

// contents lead to the opinions of a slip that holds several.
func (p followPage) contents() (rows ui.Rows) {
	for _, o := range p.opinions() {
		rows = append(rows, ui.Row{
			Title: o.title(), Lang: o.titleLang(), Href: "#" + o.id("y-kien"), Facts: ui.Text(string(o.Opinion.Number)),
			State: o.tag(),
		})
	}
	return rows
}

// proved are the opinions whose place in the public record is shown: a denunciation is spoken of no further.
func (p followPage) proved() (list []followed) {
	for _, o := range p.opinions() {
		if !o.denunciation() && len(o.Events) > 0 {
			list = append(list, o)
		}
	}
	return list
}

// followed is one opinion as its holder sees it.
type followed struct {
	followPage
	store.FollowedOpinion
}

// id makes the id of an element that each opinion of the page has.
func (o followed) id(part string) string {
	return part + "-" + strings.ToLower(string(o.Opinion.Number))
}

// denunciation reports whether the opinion was ruled one: then nothing is shown of it but that it was passed on and is
// kept secret (Luật 25/2018 Đ.56).
func (o followed) denunciation() bool { return o.Opinion.Ruling == doithoai.RulingDenunciation }

// maxTitle is how much of their own words the person reads as the title, in characters: more than lists have room for.
const maxTitle = 160

// title is what the office calls the opinion, or else its first sentence; of a denunciation, its number.
func (o followed) title() string {
	if o.denunciation() {
		return o.T("portal.follow.number_only", "number", o.Opinion.Number)
	}
	return cmp.Or(o.Opinion.Headline, text.Brief(o.Opinion.Content, maxTitle))
}

// titleLang is the language of the title: a person's own words are Vietnamese.
func (o followed) titleLang() string {
	if o.denunciation() {
		return o.Text.Lang()
	}
	return "vi"
}

// answered reports whether there is something that the person can rate.
func (o followed) answered() bool {
	return !o.denunciation() && doithoai.Publishable(o.Opinion, o.Petition)
}

// open reports whether a unit still has to answer.
func (o followed) open() bool { return o.Petition != nil && o.Petition.Open() }

// paused reports whether the unit waits for somebody else, by a document.
func (o followed) paused() bool {
	return o.Petition != nil && o.Petition.State == doithoai.PetitionPaused
}

// why explains the due date, by the calendars of its time.
func (o followed) why() web.Why {
	return web.Why{Reader: o.Reader, Events: o.Events, Calendars: o.FollowedOpinion.Calendars, Parameters: o.Parameters}
}

// late reports whether the answer is or was late.
func (o followed) late() bool { return o.Petition != nil && o.Petition.Late(o.Today(), o.Calendar) }

// tag is the state in two or three words.
func (o followed) tag() ui.Tag {
	if rule := plainRulings[o.Opinion.Ruling]; rule.key != "" {
		return ui.Tag{Text: o.T(rule.key), Colour: rule.colour}
	}
	switch {
	case o.Petition == nil:
		return ui.Tag{Text: o.T("portal.follow.state.received")}
	case o.paused():
		return ui.Tag{Text: o.T("portal.follow.state.paused"), Colour: ui.Grey}
	case o.open() && !o.late() && o.Petition.Again():
		return ui.Tag{Text: o.T("reopening.follow.again")}
	case o.open() && o.late():
		return ui.Tag{Text: o.T("portal.follow.state.late"), Colour: ui.Red}
	case o.open():
		return ui.Tag{Text: o.T("portal.follow.state.processing")}
	}
	return ui.Tag{Text: o.T("portal.follow.state.answered"), Colour: ui.Green}
}

// plainRulings are the states of opinions that a ruling settled at once.
var plainRulings = map[doithoai.RulingCode]struct {
	key    string
	colour ui.Colour
}{
	doithoai.RulingOnTheSpot:    {"portal.follow.state.answered", ui.Green},
	doithoai.RulingOtherBody:    {"portal.follow.state.other_body", ui.Grey},
	doithoai.RulingComplaint:    {"portal.follow.state.complaint", ui.Grey},
	doithoai.RulingDenunciation: {"portal.follow.state.denunciation", ui.Grey},
	doithoai.RulingNotAccepted:  {"portal.follow.state.not_accepted", ui.Grey},
	doithoai.RulingWithdrawn:    {"portal.follow.state.withdrawn", ui.Grey},
}

// letterTitles head what the person was told, by ruling.
var letterTitles = map[doithoai.RulingCode]string{
	doithoai.RulingOnTheSpot:   "portal.follow.answer",
	doithoai.RulingOtherBody:   "portal.follow.other_body",
	doithoai.RulingNotAccepted: "portal.follow.not_accepted",
	doithoai.RulingWithdrawn:   "portal.follow.withdrawn",
}

// told is what the person was told at once by the ruling: heading and text; false where the ruling told nothing.
func (o followed) told() (title, body string, ok bool) {
	key, ok := letterTitles[o.Opinion.Ruling]
	if !ok || o.RulingText == "" {
		return "", "", false
	}
	return o.T(key), o.RulingText, true
}

// signature is who signed, and for whom.
func (o followed) signature() string {
	if o.Answer.SignedFor == "" {
		return o.Answer.SignedBy
	}
	return o.Answer.SignedFor + ", " + o.Answer.SignedBy
}

// transferWords say that the record was passed on itself.
func (o followed) transferWords() string {
	t := o.Transfer
	return o.T("redirection.transferred", "to", t.To, "number", t.Number, "date", o.Date(t.Dated))
}

// onwardWords say of a letter to another body how long it is waited for, or by when the person is answered after its
// word.
func (o followed) onwardWords(l doithoai.OnwardLetter) string {
	words := o.OnwardSent(l)
	switch l.State {
	case doithoai.OnwardWaiting:
		words += " " + o.OnwardWaited(o.Calendar, l) + " " + o.T("onward.follow.waits", "authority", o.Authority.Name)
	case doithoai.OnwardReplied:
		words += " " + o.OnwardReplied(l)
		if !o.paused() {
			words += " " + o.T("onward.follow.owed", "authority", o.Authority.Name, "due", o.DateIn(o.Petition.Due))
		}
	}
	return words
}

// lead is who leads the petition: its unit, or the chair for an opinion on conduct.
func (o followed) lead() string {
	if o.Unit.Name == "" {
		return o.T("organisation.role.chair")
	}
	return o.Unit.Name
}

// unitName is the name of a unit of the authority; the chair leads where there is none.
func (o followed) unitName(id doithoai.ID) string {
	if id == "" {
		return o.T("organisation.role.chair")
	}
	for _, u := range o.Units {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

// ratingForm is what the fields of the rating show: what was posted and refused, else what the person said before.
func (o followed) ratingForm() (f rateForm, problems web.Problems) {
	if o.Rated.Number == o.Opinion.Number {
		return o.Rated, o.Problems
	}
	if r := o.Rating; r != nil && r.Satisfied >= 1 && r.Satisfied <= len(levels) {
		f = rateForm{Solved: r.Solved, Satisfied: levels[len(levels)-r.Satisfied]}
	}
	return f, web.Problems{}
}

// rateErrors lists what is to be mended in the one rating that was posted.
func (p followPage) rateErrors() (items []ui.ErrorItem) {
	for _, problem := range p.Problems.All() {
		item := ui.ErrorItem{Text: problem.Text}
		if problem.Field != "" {
			item.Href = "#" + problem.Field + "-" + strings.ToLower(string(p.Rated.Number))
		}
		items = append(items, item)
	}
	return items
}
