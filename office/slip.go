package office

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

// slipForm is a slip as an officer typed it for somebody, with the button that posted it.
type slipForm struct {
	web.SlipForm
	Step string `form:"buoc" line:"true"`
}

// slipPage is the question slip typed for somebody who came, called, or sent it with the village head.
type slipPage struct {
	*web.Reader
	Rules    doithoai.Rules
	Choices  web.SlipChoices
	Form     web.SlipForm
	Problems web.Problems
	Refusal  string
	SavedAt  calendar.Instant
	Uploads  []doithoai.Upload // that came with the form
	Twins    twins
	Paper    *plan.PaperSlip // the printed slip that is typed, nil where it is none
}

func (s *site) loadSlip(r *web.Request) (p slipPage, err error) {
	p = slipPage{Reader: r.Reader}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Choices.Fields = p.Rules.Fields
	if limits, err := p.Rules.Parameters.FileLimits(r.Today()); err == nil {
		p.Choices.Files = limits // where no rule says how large they may be, none are taken
	}
	if p.Choices.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	if p.Choices.Bases, err = s.db.LegalBases(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	next, err := s.db.NextDialogue(r.Context(), r.Authority.ID)
	if err == nil {
		p.Choices.Dialogue = &next
	} else if doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return p, err
}

// newSlip shows the form, with what the officer typed and did not send.
func (s *site) newSlip(r *web.Request) error {
	p, err := s.loadSlip(r)
	if err != nil {
		return err
	}
	paper := r.URL.Query().Get(doithoai.FieldPaperNumber)
	if err := s.attachPaper(r, &p, paper); err != nil {
		return err
	}
	if paper != "" && (p.Paper == nil || !p.Paper.Typable()) { // the page of paper slips says why
		return r.Redirect(web.PaperPath + "?so=" + url.QueryEscape(paper))
	}
	p.Form = web.NewSlipForm(p.Choices)
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftSlip, p.subject())
	if err != nil {
		return err
	}
	if d.Fields != nil {
		p.Form, p.SavedAt = restored(p.Form, d), d.SavedAt
		if r.URL.Query().Has(mending) {
			p.Problems = r.Problems(p.Choices.Check(p.slip()))
		}
		if r.URL.Query().Has(doubting) {
			if p.Twins, err = s.twinsOf(r, p.slip()); err != nil {
				return err
			}
			if r.URL.Query().Get(doubting) == toDecide && len(p.Twins.Slips) > 0 {
				p.Problems = r.Problems(doithoai.RefuseForm([]doithoai.Problem{{Field: fieldTwin, Key: "same.form.problem"}}))
			}
		}
	} else {
		p.Form.Channel, p.Form.Village = doithoai.Channel(r.FormValue("kenh")), r.FormValue("thon")
		p.Form.GivenOn = r.WholeDate(r.FormValue("ngay-gui"))
	}
	if p.Paper != nil {
		p.Form.PaperNumber = p.Paper.Words()
		if d.Fields == nil && p.Paper.VillageID != "" {
			p.Form.Channel, p.Form.Village = doithoai.ChannelVillage, string(p.Paper.VillageID)
		}
	}
	return s.slipPage(r, http.StatusOK, p)
}

// slipPage shows the form, with the files that came with it.
func (s *site) slipPage(r *web.Request, status int, p slipPage) (err error) {
	if p.Uploads, err = s.db.Uploads(r.Context(), r.Actor(), p.Form.UploadIDs()); err != nil {
		return err
	}
	return r.Page(status, p.view())
}

// nextSlip is the empty form for the next slip of a pile: it came the same way, from the same village, on the same day.
func nextSlip(r *web.Reader, o doithoai.Opinion, g *doithoai.Given) string {
	q := url.Values{"kenh": {string(o.Channel)}}
	if g != nil {
		q.Set("ngay-gui", r.Date(g.On))
	}
	if o.VillageID != "" {
		q.Set("thon", string(o.VillageID))
	}
	return web.SlipPath + "?" + q.Encode()
}

// restored fills the form from a draft. Key and dialogue are those of the new form.
func restored(f web.SlipForm, d store.Draft) web.SlipForm {
	get := func(name string) string { return first(d.Fields[name]) }
	f.Channel, f.FieldCode = doithoai.Channel(get("kenh")), get("linh-vuc")
	f.Manner, f.Standing = doithoai.Manner(get("cach-neu")), doithoai.Standing(get("toi-la"))
	f.Organisation, f.Households, f.Name = get("to-chuc"), get("so-ho"), get("ho-ten")
	f.Village, f.Address = get("thon"), get("noi-o")
	f.Phone, f.Email, f.PostAddress = get("dien-thoai"), get("thu"), get("dia-chi")
	f.NoticeRead, f.ReadBack = get("da-doc"), get("doc-lai")
	f.GivenOn, f.GivenAt, f.Uploads = get("ngay-gui"), get("gio-gui"), d.Fields[web.UploadField]
	f.PaperNumber, f.Same = get(doithoai.FieldPaperNumber), get(fieldTwin)
	f.Matters, f.Ways = d.Fields["noi-dung"], nil
	for _, w := range d.Fields["nhan-tra-loi"] {
		f.Ways = append(f.Ways, doithoai.Way(w))
	}
	if len(f.Matters) == 0 {
		f.Matters = []string{""}
	}
	return f
}

// receiptPath shows the receipt of the slip taken last; its code reaches the page in a cookie, because no address may
// carry it, and for so long.
const (
	receiptPath = web.SlipPath + "/bien-nhan"
	receiptLife = 10 * time.Minute
)

// submitSlip takes the slip and leads to its receipt, or back to the form for another matter or what is to be mended.
// The same form sent again returns the same receipt.
func (s *site) submitSlip(r *web.Request) error {
	p, err := s.loadSlip(r)
	if err != nil {
		return err
	}
	var f slipForm
	came, err := r.FormWithFiles(&f, p.Choices.Files, s.db.KeepUpload)
	if err != nil {
		return err
	}
	f.AddUploads(came.IDs())
	p.Form = f.SlipForm
	if err := s.attachPaper(r, &p, f.PaperNumber); err != nil {
		return err
	}
	key, ok := p.Form.IntakeKey()
	if !ok { // never from our pages
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	if len(came.Problems) > 0 {
		return s.slipAgain(r, p, doithoai.RefuseForm(came.Problems))
	}
	if id, ok := strings.CutPrefix(f.Step, web.StepDropFile+":"); ok {
		p.Form.DropUpload(id)
		return s.keepSlip(r, p, nil, "#"+web.FileField)
	}
	if f.Step == stepShow {
		return s.keepSlip(r, p, nil, "")
	}
	if p.Form.Step(f.Step) {
		return s.keepSlip(r, p, nil, "#"+doithoai.MatterField(len(p.Form.Matters)-1))
	}
	if f.Step == stepLook {
		return s.keepSlip(r, p, nil, "?"+doubting+"#"+fieldTwin)
	}
	slip := p.slip()
	if err := p.Choices.Check(slip); err != nil {
		p.Form.DropEmpty() // the problems number the matters without the empty ones
		return s.keepSlip(r, p, err, "?"+mending)
	}
	twin, err := s.twin(r, p.Form.Same)
	if err != nil {
		return s.slipAgain(r, p, err)
	}
	if twin.same {
		slip.SameAs = twin.id
	}
	if doubted, err := s.doubted(r, p, key, slip); err != nil {
		return err
	} else if doubted {
		return s.keepSlip(r, p, nil, "?"+doubting+"="+toDecide)
	}
	got, err := s.db.SubmitSlip(r.Context(), r.Actor(), key, slip)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Conflict, doithoai.Unavailable:
		return s.slipAgain(r, p, err)
	}
	if err != nil {
		return err
	}
	if err := s.db.DropDraft(r.Context(), r.Actor(), store.DraftSlip, p.subject()); err != nil {
		return err
	}
	if p.Paper != nil { // its stub is the receipt
		return r.Redirect(web.PaperPath + "?xong=" + p.Paper.Words())
	}
	r.SetOwnCookie(web.TypedCookie, string(got.Code), receiptLife)
	return r.Redirect(receiptPath + s.putTogether(r, got, twin))
}

// slip is the slip that the form stands for. One box says both, that it was read back and that the notice was read out:
// without it the slip is not taken.
func (p slipPage) slip() doithoai.Slip {
	slip := p.Form.Slip(web.OfficeChannels...)
	slip.NoticeRead = true
	return slip
}

// mending says in the form's address that something is to be mended.
const mending = "sua"

// keepSlip keeps what was typed as the officer's draft, and leads back to the form: at is what follows its address.
// What can't be kept comes back in the answer itself, with its refusal if there is one.
func (s *site) keepSlip(r *web.Request, p slipPage, refusal error, at string) error {
	fields := drafted(r.PostForm)
	fields["noi-dung"], fields[web.UploadField] = p.Form.Matters, p.Form.Uploads
	_, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftSlip, p.subject(), fields)
	switch kind := doithoai.KindOf(err); {
	case err == nil:
		return r.Redirect(p.at(at))
	case kind != doithoai.Invalid && kind != doithoai.Unavailable:
		return err
	case refusal != nil:
		return s.slipAgain(r, p, refusal)
	}
	return s.slipPage(r, http.StatusOK, p)
}

// slipAgain shows the form once more with everything typed. A form whose key was used for another slip gets a new one:
// sent again, it is a new slip.
func (s *site) slipAgain(r *web.Request, p slipPage, refusal error) error {
	p.Form.DropEmpty() // the problems number the matters without the empty ones
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	if doithoai.KindOf(refusal) == doithoai.Conflict {
		p.Form.Renew()
	}
	return s.slipPage(r, web.StatusOf(refusal), p)
}

// receiptPage is the receipt to print for the person.
type receiptPage struct {
	*web.Reader
	Receipt  doithoai.Receipt
	Rules    doithoai.Rules
	Dialogue *doithoai.Dialogue
	Latest   doithoai.Opinion // which the next slip of the same pile is like
	Twin     string           // what became of its being another one
}

// showReceipt answers GET /noi-bo/phieu-moi/bien-nhan: the receipt of the slip taken last, for a short while. Who has
// the code opens it here as on the public site: it was typed by who is signed in ([web.Request.GetOwnCookie]).
func (s *site) showReceipt(r *web.Request) error {
	code, err := doithoai.ParseReceiptCode(r.GetOwnCookie(web.TypedCookie))
	if err != nil {
		return r.Redirect(web.SlipPath)
	}
	slip, err := s.db.FollowSlip(r.Context(), doithoai.Resident(r.Authority.ID), code)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return r.Redirect(web.SlipPath)
	}
	if err != nil {
		return err
	}
	known, err := s.loadSlip(r)
	if err != nil {
		return err
	}
	p := receiptPage{Reader: r.Reader, Receipt: slip.Receipt(code), Rules: known.Rules, Dialogue: known.Choices.Dialogue}
	p.Latest = slip.Opinions[0].Opinion
	p.Twin = twinWords(r)
	r.Private()
	return r.Page(http.StatusOK, p.view())
}
