package portal

import (
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const (
	slipPath    = "/gui-y-kien"
	receiptPath = "/gui-y-kien/bien-nhan"
)

// slipForm is the posted form with the button that posted it.
type slipForm struct {
	web.SlipForm
	Step string `form:"buoc" line:"true"`
}

// slipPage is the question slip: what is to be raised, by whom, how to answer.
type slipPage struct {
	*web.Reader
	setting
	Form     web.SlipForm
	Problems web.Problems
}

// newSlip answers GET /gui-y-kien: an empty slip with a fresh key.
func (s *site) newSlip(r *web.Request) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, slipPage{Reader: r.Reader, setting: known, Form: web.NewSlipForm(known.choices())}.view())
}

// readSlip answers POST /gui-y-kien: a field more or less, back to the fields, or the slip to be looked over before
// it is sent.
func (s *site) readSlip(r *web.Request) error {
	var f slipForm
	if err := r.Form(&f); err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	if _, ok := f.IntakeKey(); !ok { // never from our pages
		f.Renew()
	}
	if f.SlipForm.Step(f.Step) {
		return r.Page(http.StatusOK, slipPage{Reader: r.Reader, setting: known, Form: f.SlipForm}.view())
	}
	f.Attach(known.choices())
	slip := f.Slip(doithoai.ChannelPortal)
	if err := known.choices().Check(slip); err != nil {
		return s.slipAgain(r, known, f.SlipForm, err)
	}
	return r.Page(http.StatusOK, checkPage{Reader: r.Reader, setting: known, Form: f.SlipForm, Slip: slip}.view())
}

// slipAgain shows the fields once more with what is to be mended and everything that was typed. A slip without a
// problem in its fields comes back with the sentence of the error.
func (s *site) slipAgain(r *web.Request, known setting, f web.SlipForm, err error) error {
	f.DropEmpty() // the problems number the matters without the empty ones
	p := slipPage{Reader: r.Reader, setting: known, Form: f, Problems: r.Problems(err)}
	return r.Page(web.StatusOf(err), p.view())
}

// sendSlip answers POST /gui-y-kien/bien-nhan: it hands the slip in and answers with the receipt itself, not with a
// redirect to it. Nobody loses the code because the browser keeps no cookie, and sending the same form again gives the
// same receipt.
func (s *site) sendSlip(r *web.Request) error {
	var f slipForm
	if err := r.Form(&f); err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	slip := f.Slip(doithoai.ChannelPortal)
	key, ok := f.IntakeKey()
	if !ok { // never from our pages: show once more what would be sent, under a key that can be repeated
		f.Renew()
		if err := known.choices().Check(slip); err != nil {
			return s.slipAgain(r, known, f.SlipForm, err)
		}
		return r.Page(http.StatusUnprocessableEntity, checkPage{
			Reader: r.Reader, setting: known, Form: f.SlipForm, Slip: slip,
		}.view())
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
		return s.slipAgain(r, known, f.SlipForm, err)
	case doithoai.Conflict:
		f.Renew()
		return r.Page(http.StatusConflict, checkPage{
			Reader: r.Reader, setting: known, Form: f.SlipForm, Slip: slip, SentAlready: true,
		}.view())
	case doithoai.Unavailable, doithoai.TooMany:
		r.W.Header().Set("Retry-After", "30")
		return r.Page(web.StatusOf(err), checkPage{
			Reader: r.Reader, setting: known, Form: f.SlipForm, Slip: slip, Refused: err,
		}.view())
	}
	if err != nil {
		return err
	}
	r.SetCookie(web.LookupCookie, string(got.Code), codeLife)
	return r.Redirect(receiptPath)
}

// late reports whether the coming dialogue takes slips only in its hall now.
func (p slipPage) late() bool { return p.Next != nil && p.Now.After(p.Next.SlipsUntil) }

// fields are the form's fields with what was typed.
func (p slipPage) fields() web.SlipFields {
	return web.SlipFields{
		Reader: p.Reader, Action: slipPath, Form: p.Form, Problems: p.Problems, Choices: p.choices(),
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
