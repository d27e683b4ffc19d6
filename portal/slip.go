package portal

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	slipPath    = "/gui-y-kien"
	checkPath   = "/gui-y-kien/xem-lai"
	receiptPath = "/gui-y-kien/bien-nhan"
)

// slipForm is the posted form with the button that posted it.
type slipForm struct {
	web.SlipForm
	Step string `form:"buoc" line:"true"`
	At   string `form:"o-buoc" line:"true"` // the question that a telephone showed
	Kept string `form:"giu" line:"true"`
	Turn string `form:"lan" line:"true"` // how often it was posted before
}

// kept is the form as it is kept until its next page.
func (f slipForm) kept() keptSlip {
	n, err := strconv.Atoi(f.Turn)
	if err != nil || n < 0 {
		n = 0
	}
	return keptSlip{Form: f.SlipForm, Turn: n + 1}
}

// keptSlip is a slip between two pages.
type keptSlip struct {
	Form web.SlipForm
	Turn int // how often it was posted
	// More are the problems that only the store found.
	More []doithoai.Problem
}

// Marks in the address of a slip between two pages: which question a telephone shows, up to which one problems are
// told, that the form was sent before with other content, that what was kept is over, or was deleted.
const (
	markAt      = "buoc"
	markWrong   = "loi"
	markSent    = "da-gui"
	markOver    = "het"
	markDeleted = "da-xoa"
)

// The questions of a slip, one a screen on a telephone: what it is about, who asks, how to answer. The check of all of
// them is the fourth step.
const (
	atMatter = 1 + iota
	atPerson
	atAnswer
	atCheck
)

// stepOf is the question that a field belongs to.
func stepOf(field string) int {
	switch field {
	case "toi-la", "to-chuc", "so-ho", "ho-ten", "thon", "noi-o":
		return atPerson
	case "cach-neu", "nhan-tra-loi", "dien-thoai", "thu", "dia-chi", "da-doc":
		return atAnswer
	}
	return atMatter
}

// stepIn reads a number of a question, the first where it is none.
func stepIn(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= atMatter && n <= atCheck {
		return n
	}
	return atMatter
}

// slipPage is the question slip: what is to be raised, by whom, how to answer. On a telephone it shows one question.
type slipPage struct {
	*web.Reader
	setting
	Form     web.SlipForm
	Problems web.Problems
	Uploads  []doithoai.Upload // that came with it
	Kept     string            // its id, once the form was posted
	Turn, At int
	Over     bool // what was kept is over
	Deleted  bool // and so is what the tab holds
}

// newSlip answers GET /gui-y-kien: an empty slip with a fresh key, or the one that the address names, with what is to
// be mended. One that was sent shows its receipt.
func (s *site) newSlip(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	var slip keptSlip
	found, err := s.kept(r, &slip)
	if err != nil {
		return err
	}
	if !found {
		return r.Page(http.StatusOK, slipPage{
			Reader: r.Reader, setting: known, Form: web.NewSlipForm(known.choices()), At: atMatter,
			Over: q.Has(markOver) || q.Has(keptField), Deleted: q.Has(markDeleted),
		}.view())
	}
	if sent, err := s.sent(r, slip); sent || err != nil {
		return err
	}
	p, err := s.questionOf(r, known, slip, q.Get(keptField), stepIn(q.Get(markAt)), upTo(q))
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// upTo is the question up to which an address says that problems are told; 0 where it doesn't.
func upTo(q url.Values) int {
	if !q.Has(markWrong) {
		return 0
	}
	return stepIn(q.Get(markWrong))
}

// questionOf is the page of a question with what was typed, and with the problems up to another one; 0 tells none.
func (s *site) questionOf(
	r *web.Request, known setting, slip keptSlip, id string, at, told int,
) (p slipPage, err error) {
	p = slipPage{
		Reader: r.Reader, setting: known, Form: slip.Form, Turn: slip.Turn, Kept: id, At: min(at, atAnswer),
	}
	if told > 0 {
		p.Problems = r.Problems(doithoai.RefuseForm(append(known.wrong(slip.Form, told), slip.More...)))
	}
	p.Uploads, err = s.DB.Uploads(r.Context(), r.Actor(), slip.Form.UploadIDs())
	return p, err
}

// sent reports whether exactly this slip was handed in already. Then it is answered: the browser is led to the receipt.
func (s *site) sent(r *web.Request, slip keptSlip) (bool, error) {
	key, ok := slip.Form.IntakeKey()
	if !ok {
		return false, nil
	}
	sent, err := s.DB.HandedIn(r.Context(), r.Actor(), key, slip.Form.Slip(doithoai.ChannelPortal))
	if !sent || err != nil {
		return false, err
	}
	r.SetCookie(web.LookupCookie, string(doithoai.NewReceiptCode(key)), codeLife)
	return true, r.Redirect(receiptPath)
}

// wrong are the problems of a slip up to a question.
func (known setting) wrong(f web.SlipForm, upTo int) []doithoai.Problem {
	list := doithoai.ProblemsOf(known.choices().Check(f.Slip(doithoai.ChannelPortal)))
	return slices.DeleteFunc(list, func(p doithoai.Problem) bool { return stepOf(p.Field) > upTo })
}

// readSlip answers POST /gui-y-kien: a field more or less, back to the fields, the next question, the other language,
// or the slip to be looked over before it is sent.
func (s *site) readSlip(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	var f slipForm
	came, err := r.FormWithFiles(&f, known.choices().Files, s.DB.KeepUpload)
	if err != nil {
		return err
	}
	f.AddUploads(came.IDs())
	if _, ok := f.IntakeKey(); !ok { // never from our pages
		f.Renew()
	}
	at := stepIn(f.At)
	step, value, _ := strings.Cut(f.Step, ":")
	if len(came.Problems) > 0 && step != web.StepDelete && step != web.StepLanguage {
		return s.filesRefused(r, known, f, came.Problems)
	}
	switch step {
	case web.StepLanguage:
		r.KeepLanguage(value)
		return s.slipTo(r, known, f, at, "", nil)
	case web.StepEdit:
		return s.slipTo(r, known, f, stepOf(value), value, nil)
	case web.StepDropFile:
		f.DropUpload(value)
		if err := s.DB.DropUploads(r.Context(), r.Actor(), []doithoai.ID{doithoai.ID(value)}); err != nil {
			return err
		}
		return s.slipTo(r, known, f, atMatter, web.FileField, nil)
	case web.StepDelete:
		s.forget(r, f.Kept)
		if err := s.DB.DropUploads(r.Context(), r.Actor(), f.UploadIDs()); err != nil {
			return err
		}
		return r.Redirect(slipPath + "?" + markDeleted)
	}
	if f.SlipForm.Step(step) {
		return s.slipTo(r, known, f, atMatter, doithoai.MatterField(len(f.Matters)-1), nil)
	}
	f.Attach(known.choices())
	f.DropEmpty() // the problems number the matters without the empty ones
	upTo := atAnswer
	if step == web.StepOn {
		upTo = min(at, atAnswer)
	}
	if wrong := known.wrong(f.SlipForm, upTo); len(wrong) > 0 {
		return s.slipTo(r, known, f, stepOf(wrong[0].Field), "", url.Values{markWrong: {strconv.Itoa(upTo)}})
	}
	return s.slipTo(r, known, f, upTo+1, "", nil)
}

// filesRefused leads back to the field of files, with why one was not taken; the others are kept with the form.
func (s *site) filesRefused(r *web.Request, known setting, f slipForm, problems []doithoai.Problem) error {
	f.DropEmpty()
	slip := f.kept()
	slip.More = problems
	return s.keptTo(r, known, f.Kept, slip, atMatter, "", url.Values{markWrong: {strconv.Itoa(atMatter)}})
}

// slipTo leads to the page of a question, or to the check of all; a field is where on the page.
func (s *site) slipTo(r *web.Request, known setting, f slipForm, at int, field string, marks url.Values) error {
	return s.keptTo(r, known, f.Kept, f.kept(), at, field, marks)
}

func (s *site) keptTo(
	r *web.Request, known setting, id string, slip keptSlip, at int, field string, marks url.Values,
) error {
	to := next{what: slip, kept: id, path: slipPath, marks: url.Values{markAt: {strconv.Itoa(at)}}, fragment: field}
	to.page = func(id string) (templ.Component, error) {
		p, err := s.questionOf(r, known, slip, id, at, upTo(marks))
		return p.view(), err
	}
	if at == atCheck {
		to.path, to.marks = checkPath, url.Values{}
		to.page = func(id string) (templ.Component, error) {
			p, err := s.checkOf(r, known, slip, id, marks.Has(markSent))
			return p.view(), err
		}
	}
	maps.Copy(to.marks, marks)
	return s.leadOn(r, to)
}

// checkSlip answers GET /gui-y-kien/xem-lai: the slip as it will be sent. One that was sent shows its receipt; one that
// could not be sent any more, as the dialogue is over, goes back to its fields.
func (s *site) checkSlip(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	var slip keptSlip
	found, err := s.kept(r, &slip)
	if err != nil {
		return err
	}
	if !found {
		return r.Redirect(slipPath + "?" + markOver)
	}
	if sent, err := s.sent(r, slip); sent || err != nil {
		return err
	}
	q := r.URL.Query()
	if wrong := known.wrong(slip.Form, atAnswer); len(wrong) > 0 {
		return r.Redirect(addressOf(slipPath, q.Get(keptField), url.Values{
			markWrong: {strconv.Itoa(atAnswer)}, markAt: {strconv.Itoa(stepOf(wrong[0].Field))},
		}, ""))
	}
	p, err := s.checkOf(r, known, slip, q.Get(keptField), q.Has(markSent))
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) checkOf(
	r *web.Request, known setting, slip keptSlip, id string, sentAlready bool,
) (p checkPage, err error) {
	p = checkPage{
		Reader: r.Reader, setting: known, Form: slip.Form, Slip: slip.Form.Slip(doithoai.ChannelPortal), Kept: id,
		Turn: slip.Turn, SentAlready: sentAlready,
	}
	p.Uploads, err = s.DB.Uploads(r.Context(), r.Actor(), p.Slip.Files)
	return p, err
}

// sendSlip answers POST /gui-y-kien/bien-nhan: it hands the slip in and leads to its receipt. Sending the same form
// again leads to the same receipt.
func (s *site) sendSlip(r *web.Request) error {
	var f slipForm
	if err := r.Form(&f); err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	f.DropEmpty()
	slip := f.Slip(doithoai.ChannelPortal)
	key, ok := f.IntakeKey()
	if !ok { // never from our pages: show once more what would be sent, under a key that can be repeated
		f.Renew()
		return s.slipTo(r, known, f, atCheck, "", nil)
	}
	var got store.Received
	if err = known.choices().Check(slip); err == nil {
		err = r.AllowIntake()
	}
	if err == nil {
		got, err = s.DB.SubmitSlip(r.Context(), r.Actor(), key, slip)
	}
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
		return s.slipRefused(r, known, f, err)
	case doithoai.Conflict:
		f.Renew()
		return s.slipTo(r, known, f, atCheck, "", url.Values{markSent: {"1"}})
	}
	if refusal := passing(err); refusal != nil {
		return s.leadOn(r, next{kept: f.Kept, refusal: refusal, page: func(id string) (templ.Component, error) {
			p, err := s.checkOf(r, known, f.kept(), id, false)
			p.Refused = refusal
			return p.view(), err
		}})
	}
	if err != nil {
		return err
	}
	return s.toReceipt(r, got.Code)
}

// toReceipt leads to the receipt of a slip that was handed in. A browser that keeps no cookies is shown it at once: its
// reload sends the same form once more, which has the same receipt.
func (s *site) toReceipt(r *web.Request, code doithoai.ReceiptCode) error {
	if _, ok := key(r); ok {
		r.SetCookie(web.LookupCookie, string(code), codeLife)
		return r.Redirect(receiptPath)
	}
	slip, err := s.DB.FollowSlip(r.Context(), r.Actor(), code)
	if err != nil {
		return err
	}
	return s.receiptOf(r, slip, code, code)
}

// slipRefused leads back to the fields with what the pages find wrong, or else with what only the store found.
func (s *site) slipRefused(r *web.Request, known setting, f slipForm, refusal error) error {
	wrong := known.wrong(f.SlipForm, atAnswer)
	slip := f.kept()
	if len(wrong) == 0 {
		wrong = doithoai.ProblemsOf(refusal)
		slip.More = wrong
	}
	at := atMatter
	if len(wrong) > 0 {
		at = stepOf(wrong[0].Field)
	}
	return s.keptTo(r, known, f.Kept, slip, at, "", url.Values{markWrong: {strconv.Itoa(atAnswer)}})
}

// deadline says until when slips are handed on to units ahead of the coming dialogue, and that those that come later,
// and what is said in its hall, are taken until it ends; "" where there is no such hour.
func (p slipPage) deadline() string {
	d := p.Next
	if d == nil || d.State.Dayless() || d.SlipsUntil.IsZero() {
		return ""
	}
	key := "portal.slip.until"
	if d.SlipsLate(p.Now) {
		key = "portal.slip.late"
	}
	return p.T(key, "dialogue", d.Title, "time", p.Time(d.SlipsUntil), "date", p.DateIn(d.SlipsUntil.Date()))
}

// slipFormID is the form that the choice of language posts, so that nothing typed is lost.
const slipFormID = "phieu"

// question is what a telephone asks on this page.
func (p slipPage) question() string { return p.T("portal.slip.question." + strconv.Itoa(p.At)) }

// step is the class by which the style sheet shows one question.
func (p slipPage) step() string { return "dt-slip--" + strconv.Itoa(p.At) }

// title names the question where the page is a later one of a telephone's.
func (p slipPage) title() string {
	if p.At == atMatter {
		return p.T("portal.slip.title")
	}
	return p.question()
}

// back leads a telephone to the question before.
func (p slipPage) back() ui.BackLink {
	to := "/"
	if p.At > atMatter {
		to = slipPath + "?" + url.Values{keptField: {p.Kept}, markAt: {strconv.Itoa(p.At - 1)}}.Encode()
	}
	return ui.BackLink{Text: p.T("web.back"), Href: to}
}

// fields are the form's fields with what was typed.
func (p slipPage) fields() web.SlipSteps {
	return web.SlipSteps{
		SlipFields: web.SlipFields{
			Reader: p.Reader, Action: slipPath, Form: p.Form, Problems: p.Problems, Choices: p.choices(), Uploads: p.Uploads,
		},
		At: p.At, Kept: p.Kept, Turn: p.Turn,
	}
}

// help says who helps to write.
func (p slipPage) help() ui.Aside {
	return ui.Aside{ID: "tro-giup", Title: p.T("portal.slip.help"), Body: p.helpBody()}
}

// complaints says where complaints and denunciations go instead.
func (p slipPage) complaints() ui.Aside {
	return ui.Aside{ID: "khieu-nai", Title: p.T("portal.slip.complaints"), Body: p.complaintsBody()}
}
