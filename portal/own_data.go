package portal

import (
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

// ownKind is one thing that the holder of a slip does with what is known of them, or adds: a page of its own.
type ownKind struct {
	name    string // in catalogue keys, and the mark of what was done
	path    string
	fields  func(ownPage) templ.Component
	blocked func(ownPage) string // why it can't be done now, as the key of a sentence; "": it can
	do      func(*site, *web.Request, doithoai.ReceiptCode, ownForm) error
}

// ownKinds in the order in which the page of the slip leads to them; the first only while something is awaited.
var ownKinds = []ownKind{
	{"supplement", "/tra-cuu/bo-sung", ownPage.supplementFields, ownPage.notAwaited, (*site).supplement},
	{"contact", "/tra-cuu/cach-lien-he", ownPage.contactFields, ownPage.noContact, (*site).changeWays},
	{"identity", "/tra-cuu/ho-ten-noi-o", ownPage.identityFields, ownPage.noIdentity, (*site).askIdentity},
	{"withdrawal", "/tra-cuu/rut-y-kien", ownPage.withdrawalFields, ownPage.noWithdrawal, (*site).askWithdrawal},
	{"erasure", "/tra-cuu/xoa-du-lieu", ownPage.erasureFields, ownPage.noErasure, (*site).askErasure},
}

// supplementPath is where the holder adds what was asked.
var supplementPath = ownKinds[0].path

// sendPart follows the path of a page of [ownKinds] where its form posts to.
const sendPart = "/gui"

// ownForm is what any of them posts.
type ownForm struct {
	Number  doithoai.RegisterNumber `form:"so" line:"true"`
	Asked   int                     `form:"lan"` // which request to add something
	Said    string                  `form:"bo-sung"`
	Ways    []doithoai.Way          `form:"nhan-tra-loi"`
	Phone   string                  `form:"dien-thoai" line:"true"`
	Email   string                  `form:"thu" line:"true"`
	Post    string                  `form:"dia-chi" line:"true"`
	Name    string                  `form:"ho-ten" line:"true"`
	Village string                  `form:"thon" line:"true"`
	Address string                  `form:"noi-o" line:"true"`
	Much    doithoai.Erasure        `form:"xoa-gi" line:"true"`
	Why     string                  `form:"ly-do-de-nghi"`
	Uploads []string                `form:"tep-giu" line:"true"`
	Step    string                  `form:"buoc" line:"true"`
}

// uploadIDs are the files that came with the form.
func (f ownForm) uploadIDs() (ids []doithoai.ID) {
	for _, id := range f.Uploads {
		ids = append(ids, doithoai.ID(id))
	}
	return ids
}

// slip is the form as the fields of a slip show it, and as its rules clean it.
func (f ownForm) slip() web.SlipForm {
	return web.SlipForm{
		Ways: f.Ways, Phone: f.Phone, Email: f.Email, PostAddress: f.Post, Name: f.Name, Village: f.Village,
		Address: f.Address,
	}
}

// contact is what was typed, in the normal forms of the slip: what was left empty is no fault here.
func (f ownForm) contact() doithoai.Contact {
	s := f.slip().Slip(doithoai.ChannelPortal)
	c := doithoai.Contact{
		Ways: s.Petitioner.Ways, Phone: s.Petitioner.Phone, Email: s.Petitioner.Email, PostAddress: s.Petitioner.PostAddress,
		PhoneProblem: s.PhoneProblem, EmailProblem: s.EmailProblem,
	}
	if f.Phone == "" {
		c.PhoneProblem = nil
	}
	if f.Email == "" {
		c.EmailProblem = nil
	}
	return c
}

func (f ownForm) identity() doithoai.Identity {
	p := f.slip().Slip(doithoai.ChannelPortal).Petitioner
	return doithoai.Identity{Name: f.Name, Moved: f.Village != "", VillageID: p.VillageID, Address: p.Address}
}

// keptOwn is a form that could not be taken, with why.
type keptOwn struct {
	Kind     string
	Form     ownForm
	Problems []doithoai.Problem
}

// ownPage is one of [ownKinds] as the holder of the slip fills it in.
type ownPage struct {
	*web.Reader
	setting
	Kind     ownKind
	Slip     store.Followed
	Carried  doithoai.ReceiptCode
	Form     ownForm
	Uploads  []doithoai.Upload // that came with it
	Problems web.Problems
}

// openOwn answers GET of the page, and POST of a browser whose page carries the code along.
func (s *site) openOwn(k ownKind) web.Handler {
	return func(r *web.Request) error {
		slip, _, carried, err := s.opened(r)
		if errors.Is(err, errNothingOpen) {
			return r.Redirect(followPath)
		}
		if err != nil {
			return err
		}
		var wrong keptOwn
		if _, err := s.kept(r, &wrong); err != nil {
			return err
		}
		if wrong.Kind != k.name {
			wrong = keptOwn{Form: ownForm{Ways: slip.Ways}}
		}
		p, err := s.ownPage(r, k, slip, carried, wrong)
		if err != nil {
			return err
		}
		r.Private()
		return r.Page(http.StatusOK, p.view())
	}
}

func (s *site) ownPage(
	r *web.Request, k ownKind, slip store.Followed, carried doithoai.ReceiptCode, wrong keptOwn,
) (p ownPage, err error) {
	p = ownPage{
		Reader: r.Reader, Kind: k, Slip: slip, Carried: carried, Form: wrong.Form,
		Problems: r.Problems(doithoai.RefuseForm(wrong.Problems)),
	}
	if p.setting, err = s.setting(r); err != nil {
		return p, err
	}
	p.Uploads, err = s.DB.Uploads(r.Context(), r.Actor(), p.Form.uploadIDs())
	return p, err
}

// readOwn reads the form, with the files that come with something added. What came of them is told at their field.
func (s *site) readOwn(r *web.Request, k ownKind) (f ownForm, again bool, wrong []doithoai.Problem, err error) {
	if k.name != "supplement" {
		err = r.Form(&f)
		f.Uploads = nil
		return f, false, nil, err
	}
	known, err := s.setting(r)
	if err != nil {
		return f, false, nil, err
	}
	came, err := r.FormWithFiles(&f, known.choices().Files, s.DB.KeepUpload)
	if err != nil {
		return f, false, nil, err
	}
	f.Uploads = append(f.Uploads, came.IDs()...)
	dropped, again := strings.CutPrefix(f.Step, web.StepDropFile+":")
	if again {
		f.Uploads = slices.DeleteFunc(f.Uploads, func(id string) bool { return id == dropped })
		err = s.DB.DropUploads(r.Context(), r.Actor(), []doithoai.ID{doithoai.ID(dropped)})
	}
	f.Step = ""
	return f, again || len(came.Problems) > 0, came.Problems, err
}

// sendOwn answers POST of the form. What was typed comes back where it could not be taken.
func (s *site) sendOwn(k ownKind) web.Handler {
	return func(r *web.Request) error {
		f, again, problems, err := s.readOwn(r, k)
		if err != nil {
			return err
		}
		slip, code, carried, err := s.opened(r)
		if errors.Is(err, errNothingOpen) {
			return r.Redirect(followPath)
		}
		if err != nil {
			return err
		}
		if err = doithoai.RefuseForm(problems); err == nil && !again {
			if err = r.AllowIntake(); err == nil {
				err = k.do(s, r, code, f)
			}
		}
		switch kind := doithoai.KindOf(err); {
		case again || kind == doithoai.Invalid || kind == doithoai.Conflict || passing(err) != nil:
			wrong := keptOwn{Kind: k.name, Form: f, Problems: told(err)}
			return s.leadOn(r, next{
				what: wrong, path: k.path, refusal: passing(err), page: func(string) (templ.Component, error) {
					p, err := s.ownPage(r, k, slip, carried, wrong)
					return p.view(), err
				},
			})
		case err != nil:
			return err
		case carried == "":
			return r.Redirect(followedPath + "?" + markOwn + "-" + k.name)
		}
		if slip, code, err = s.open(r, string(code)); err != nil { // with what was just said
			return err
		}
		return s.showSlip(r, slip, code, keptRating{}, markOwn+"-"+k.name)
	}
}

// markOwn begins what stands in the address of a slip after one of [ownKinds] was done.
const markOwn = "da-ghi"

func (s *site) supplement(r *web.Request, code doithoai.ReceiptCode, f ownForm) error {
	if f.Number == "" {
		return doithoai.Refuse(doithoai.Conflict, "supplement.problem.not_awaited")
	}
	return s.DB.AnswerSupplementByCode(r.Context(), r.Actor(), code, f.Number, f.Asked, f.Said, f.uploadIDs()...)
}

func (s *site) changeWays(r *web.Request, code doithoai.ReceiptCode, f ownForm) error {
	return s.DB.ChangeWays(r.Context(), r.Actor(), code, f.contact())
}

func (s *site) askIdentity(r *web.Request, code doithoai.ReceiptCode, f ownForm) error {
	return s.DB.RequestOwn(r.Context(), r.Actor(), code, "",
		doithoai.OwnRequest{Kind: doithoai.OwnIdentity, Said: f.Why}, f.identity())
}

func (s *site) askWithdrawal(r *web.Request, code doithoai.ReceiptCode, f ownForm) error {
	if f.Number == "" {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: "so", Key: "own_data.problem.which"}})
	}
	return s.DB.RequestOwn(r.Context(), r.Actor(), code, f.Number,
		doithoai.OwnRequest{Kind: doithoai.OwnWithdrawal, Said: f.Why}, doithoai.Identity{})
}

func (s *site) askErasure(r *web.Request, code doithoai.ReceiptCode, f ownForm) error {
	return s.DB.RequestOwn(r.Context(), r.Actor(), code, "",
		doithoai.OwnRequest{Kind: doithoai.OwnErasure, Much: f.Much, Said: f.Why}, doithoai.Identity{})
}

// shown are the opinions of the slip of which the holder is told anything.
func (f ownSlip) shown() (list []store.FollowedOpinion) {
	for _, o := range f.Opinions {
		if o.Opinion.Ruling != doithoai.RulingDenunciation {
			list = append(list, o)
		}
	}
	return list
}

// ownSlip is a slip as its holder's requests are judged.
type ownSlip struct{ store.Followed }

// asking is what a request on an opinion is judged by. An opinion of another slip, to which the holder's is joined, is
// not theirs alone.
func (f ownSlip) asking(o store.FollowedOpinion) doithoai.OwnAsking {
	a := doithoai.OwnAsking{
		Opinion: o.Opinion, Petition: o.Petition, Publication: o.Publication, Erased: f.Erased, Ended: f.Ended,
		Past: f.Requests,
	}
	if o.Opinion.SlipID != f.SlipID {
		a.Opinion.JoinedTo = o.Opinion.ID
	}
	return a
}

// why says why something can't be asked now, as the key of a sentence; "" where it can. Of what is of the slip, one
// opinion of its own is enough.
func (f ownSlip) why(k doithoai.OwnKind) string {
	why := "own_data.problem.none"
	for _, o := range f.shown() {
		err := f.asking(o).Askable(k)
		if err == nil {
			return ""
		}
		var e *doithoai.Error
		if errors.As(err, &e) && (why == "own_data.problem.none" || e.Key != "own_data.problem.joined") {
			why = e.Key
		}
	}
	return why
}

// withdrawable are the opinions that the holder may ask to withdraw.
func (f ownSlip) withdrawable() (list []store.FollowedOpinion) {
	for _, o := range f.shown() {
		if f.asking(o).Askable(doithoai.OwnWithdrawal) == nil {
			list = append(list, o)
		}
	}
	return list
}

// awaited are what the holder is asked to add, by the opinions.
func (f ownSlip) awaited() (list []awaited) {
	for _, o := range f.shown() {
		if o.Petition == nil || f.Erased == doithoai.ErasureAll {
			continue
		}
		if s, waits := o.Petition.Awaited(o.Supplements); waits {
			list = append(list, awaited{o, s})
		}
	}
	return list
}

type awaited struct {
	store.FollowedOpinion
	Asked doithoai.Supplement
}

func (p ownPage) slip() ownSlip { return ownSlip{p.Slip} }

func (p ownPage) notAwaited() string {
	if len(p.slip().awaited()) == 0 {
		return "supplement.follow.none"
	}
	return ""
}

func (p ownPage) noContact() string {
	switch {
	case p.Slip.Erased != "":
		return "own_data.problem.erased"
	case len(p.slip().shown()) == 0:
		return "own_data.problem.none"
	}
	return ""
}

func (p ownPage) noIdentity() string { return p.slip().why(doithoai.OwnIdentity) }

func (p ownPage) noErasure() string { return p.slip().why(doithoai.OwnErasure) }

func (p ownPage) noWithdrawal() string { return p.slip().why(doithoai.OwnWithdrawal) }

// fieldsOf are the slip's own fields, with what was typed here.
func (p ownPage) fieldsOf() web.SlipFields {
	return web.SlipFields{
		Reader: p.Reader, Action: p.Kind.path + sendPart, Form: p.Form.slip(), Problems: p.Problems, Choices: p.choices(),
	}
}

func (p ownPage) field(name, label, hint string) ui.Field {
	return ui.Field{
		Name: name, Label: ui.Label{Text: p.T(label)}, Hint: ui.Hint{Text: hint},
		Error: ui.ErrorMessage{Text: p.Problems.Of(name), Prefix: p.T("slip.problem.prefix")},
	}
}

// errors lists what is to be mended; what is of no field leads to the form.
func (p ownPage) errors() (items []ui.ErrorItem) {
	for _, problem := range p.Problems.All() {
		item := ui.ErrorItem{Text: problem.Text, Href: "#" + problem.Field}
		switch {
		case problem.Field == doithoai.FieldSupplementSaid:
			item.Href = "#" + supplementField(p.Form.Number)
		case problem.Field == web.FileField:
			item.Href = "#" + filesField(p.Form.Number)
		case problem.Field == "":
			item.Href = ""
		}
		items = append(items, item)
	}
	return items
}

// supplementField is the id of the field in which the holder adds something to an opinion.
func supplementField(n doithoai.RegisterNumber) string {
	return doithoai.FieldSupplementSaid + "-" + string(n)
}

// filesField is the id of the field of files beside it.
func filesField(n doithoai.RegisterNumber) string { return web.FileField + "-" + string(n) }

// filesOf is the field by which the holder sends files with what they add to an opinion.
func (p ownPage) filesOf(n doithoai.RegisterNumber) web.FileUploads {
	u := web.FileUploads{
		Reader: p.Reader, Limits: p.choices().Files, Label: "supplement.follow.files", ID: filesField(n),
	}
	if p.Form.Number == n {
		u.Kept = p.Uploads
		u.Error = ui.ErrorMessage{Text: p.Problems.Of(web.FileField), Prefix: p.T("slip.problem.prefix")}
	}
	return u
}

// addedHere is what was typed for an opinion and could not be taken.
func (p ownPage) addedHere(n doithoai.RegisterNumber) (said, problem string) {
	if p.Form.Number != n {
		return "", ""
	}
	return p.Form.Said, p.Problems.Of(doithoai.FieldSupplementSaid)
}

// erasures are how much can still be asked to be erased.
func (p ownPage) erasures() (items []ui.Choice) {
	for _, e := range doithoai.Erasures {
		if p.Slip.Erased == "" || e == doithoai.ErasureAll {
			items = append(items, ui.Choice{Value: string(e), Text: p.T("retention.much." + string(e))})
		}
	}
	return items
}

// withdrawals are the opinions that can be asked to be withdrawn.
func (p ownPage) withdrawals() (items []ui.Choice) {
	for _, o := range p.slip().withdrawable() {
		items = append(items, ui.Choice{
			Value: string(o.Opinion.Number),
			Text:  string(o.Opinion.Number) + ": " + text.Headline(o.Opinion.Headline, o.Opinion.Content),
		})
	}
	return items
}

// untilWords say by when something is hoped for.
func untilWords(r *web.Reader, s doithoai.Supplement) string {
	if s.Until.IsZero() {
		return ""
	}
	return r.T("supplement.follow.until", "date", r.DateIn(s.Until))
}

// ownLinks lead from the page of the slip to the pages of what can be done: a slip of which nothing is left has none,
// nor one of which the holder is told nothing.
func (p followPage) ownLinks() []ownKind {
	if p.Slip.Erased == doithoai.ErasureAll || len(ownSlip{p.Slip}.shown()) == 0 {
		return nil
	}
	return ownKinds[1:]
}

// requests are what the holder asked of the office on opinions of which they are told, the last first.
func (p followPage) requests() (list []doithoai.OwnRequest) {
	for _, r := range p.Slip.Requests {
		hidden := slices.ContainsFunc(p.Slip.Opinions, func(o store.FollowedOpinion) bool {
			return o.Opinion.ID == r.OpinionID && o.Opinion.Ruling == doithoai.RulingDenunciation
		})
		if !hidden {
			list = append(list, r)
		}
	}
	slices.Reverse(list)
	return list
}

// requestWords say what was asked, and when.
func (p followPage) requestWords(r doithoai.OwnRequest) string {
	number := ""
	for _, o := range p.Slip.Opinions {
		if o.Opinion.ID == r.OpinionID {
			number = string(o.Opinion.Number)
		}
	}
	return p.T("own_data.follow.asked."+string(r.Kind), "date", p.Date(r.At.Date()), "number", number)
}

// doneWords say what was just done, by the mark in the address; "" where it says nothing of these pages.
func (p followPage) doneWords() string {
	for _, k := range ownKinds {
		if p.Done == markOwn+"-"+k.name {
			return p.T("own_data.done." + k.name)
		}
	}
	return ""
}

// ownStep words an event on what is known of the holder, or on what they were asked to add.
func (o followed) ownStep(e doithoai.Event) (ui.TimelineItem, bool) {
	switch e.Act {
	case doithoai.ActAskSupplement:
		return ui.TimelineItem{
			Title: o.T("supplement.follow.step.asked"),
			Text:  o.T("supplement.follow.until", "date", o.DateIn(e.Facts.AnswerBy)),
		}, true
	case doithoai.ActAnswerSupplement:
		return ui.TimelineItem{Title: o.T("supplement.follow.step.answered")}, true
	case doithoai.ActChangeWays:
		return ui.TimelineItem{Title: o.T("own_data.follow.step.ways")}, true
	case doithoai.ActRequestOwn:
		return ui.TimelineItem{Title: o.T("own_data.follow.step." + string(e.Facts.OwnKind))}, true
	case doithoai.ActCorrectPetitioner:
		if e.Facts.OwnRequest > 0 {
			return ui.TimelineItem{Title: o.T("own_data.follow.step.corrected")}, true
		}
	case doithoai.ActRefuseOwn:
		return ui.TimelineItem{Title: o.T("own_data.follow.step.refused")}, true
	}
	return ui.TimelineItem{}, false
}
