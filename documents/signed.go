package documents

import (
	"cmp"
	"errors"
	"net/http"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// What is done on the signed file of a document, below its page.
const (
	signedPart   = "/ban-ky"
	keepPart     = signedPart + "/luu"
	viewPart     = signedPart + "/xem"
	takeBackPart = signedPart + "/bo"
)

func (s *site) signedRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + onePattern + signedPart, Act: doithoai.ActViewSigned, Do: s.signedFile},
		{Pattern: "POST " + onePattern + viewPart, Act: doithoai.ActViewSigned, Do: s.viewSigned},
		{Pattern: "POST " + onePattern + keepPart, Act: doithoai.ActKeepSigned, Do: s.keepSigned},
		{Pattern: "POST " + onePattern + takeBackPart, Act: doithoai.ActTakeSignedBack, Do: s.takeSignedBack},
	}
}

// signedForm is what is said when the signed file is kept.
type signedForm struct {
	Seen    int      `form:"phien-ban"`
	Words   int      `form:"phien-ban-loi"`
	Compare string   `form:"so-sanh" line:"true"`
	What    string   `form:"khac-o"`
	Body    string   `form:"loi"`
	Uploads []string `form:"tep-giu" line:"true"`
	Step    string   `form:"buoc" line:"true"`
}

// signedPage is the part of a document's page where its signed file is.
type signedPage struct {
	Form   signedForm
	Limits doithoai.FileLimits
	Kept   []doithoai.Upload
	Came   bool // the form came back
	People map[doithoai.ID]string
}

// loadSigned loads what the part needs.
func (s *site) loadSigned(r *web.Request, p *onePage) error {
	p.Part.Form = signedForm{Seen: p.Seen, Words: p.Words.Version, Body: p.Words.Body}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p.Part.People = map[doithoai.ID]string{}
	for _, o := range officers {
		p.Part.People[o.ID] = o.Name
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	if p.Part.Limits, err = rules.Parameters.FileLimits(r.Today()); err != nil {
		return err
	}
	p.Part.Limits.Count = 1
	return nil
}

func (s *site) keepSigned(r *web.Request) error {
	p, err := s.loadOne(r)
	if err != nil {
		return err
	}
	var f signedForm
	came, err := r.FormWithFiles(&f, p.Part.Limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	ids, again := web.KeptUploads(f.Uploads, came, f.Step)
	refusal := doithoai.RefuseForm(came.Problems)
	if refusal == nil && !again {
		k := doithoai.KeepingSigned{Compare: doithoai.Comparison(f.Compare), What: f.What, Body: f.Body}
		if len(ids) > 0 {
			k.Upload = ids[len(ids)-1] // the last one chosen
		}
		refusal = s.db.KeepSigned(r.Context(), r.Actor(), p.Ref(), f.Seen, f.Words, k)
		if refusal == nil {
			return r.Redirect(web.DocumentPath(p.Ref()) + "?xong=keep_signed")
		}
	}
	if refusal != nil && !p.refused(refusal) {
		return refusal
	}
	if p.Part.Kept, err = s.db.Uploads(r.Context(), r.Actor(), ids); err != nil {
		return err
	}
	p.Part.Form, p.Part.Came = f, true
	if refusal == nil {
		return r.Page(http.StatusOK, p.view())
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

func (s *site) takeSignedBack(r *web.Request) error {
	at, err := web.DocumentOf(r)
	if err != nil {
		return err
	}
	var f signedForm
	if err := r.Form(&f); err != nil {
		return err
	}
	if err := s.db.TakeSignedBack(r.Context(), r.Actor(), at, f.Seen); err != nil {
		return err
	}
	return r.Redirect(web.DocumentPath(at) + "?xong=take_signed_back")
}

// viewSigned puts on record that the officer opens the signed file, and goes back to the page, which then leads to it.
func (s *site) viewSigned(r *web.Request) error {
	at, err := web.DocumentOf(r)
	if err != nil {
		return err
	}
	if err := s.db.ViewSigned(r.Context(), r.Actor(), at); err != nil {
		return err
	}
	return r.Redirect(web.DocumentPath(at) + "#" + signedID)
}

const signedID = "ban-ky"

func (s *site) signedFile(r *web.Request) error {
	at, err := web.DocumentOf(r)
	if err != nil {
		return err
	}
	a, f, err := s.db.OpenSigned(r.Context(), r.Actor(), at)
	if errors.Is(err, store.ErrNotViewed) {
		return r.Redirect(web.DocumentPath(at) + "#" + signedID)
	}
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, false)
}

// maySign reports whether the officer may keep the signed file.
func (p onePage) maySign() bool {
	return p.Whole && doithoai.MayEver(p.Actor(), doithoai.ActKeepSigned)
}

// signedFacts are what is known of the signed file.
func (p onePage) signedFacts() ui.Facts {
	c := p.Copy
	facts := ui.Facts{
		{Name: p.T("documents.signed.file"), Rich: p.signedLink()},
		{Name: p.T("documents.signed.hash"), Rich: p.signedHash()},
		{Name: p.T("documents.signed.kept"), Value: p.DateTime(c.At) + ", " + p.Part.People[c.By]},
	}
	if words := p.over(); words != "" {
		facts = append(facts, ui.Fact{Name: p.T("documents.signed.over"), Value: words})
	}
	if c.Over {
		facts = append(facts, ui.Fact{Name: p.T("documents.signed.kept_over"), Value: p.T("documents.signed.kept_over_why")})
	}
	if c.Differs {
		facts = append(facts, ui.Fact{
			Name: p.T("documents.signed.differs"), Value: cmp.Or(c.What, p.T("documents.signed.differs_only")),
		})
	}
	return facts
}

// compare asks what the signed file says beside the data; where it says something else, where.
func (p onePage) compare() ui.Radios {
	r := ui.Radios{
		Name: "so-sanh", Value: p.Part.Form.Compare, Legend: ui.Legend{Text: p.T("documents.signed.compare")},
		Hint:  ui.Hint{Text: p.T("documents.signed.compare_hint")},
		Error: ui.ErrorMessage{Text: p.Problems.Of("so-sanh"), Prefix: p.T("slip.problem.prefix")},
		Items: []ui.Choice{
			{Value: string(doithoai.ComparedSame), Text: p.T("documents.signed.same")},
			{Value: string(doithoai.ComparedDiffers), Text: p.T("documents.signed.other")},
		},
	}
	if p.Kind.Public() {
		r.Items[1].Conditional = p.differing()
	}
	return r
}
