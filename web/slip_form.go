package web

import (
	"crypto/rand"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// SlipForm is the question slip as it was typed: what the public form and the office's have in common. Nothing is lost
// between two pages: every value, also one that its choice makes needless, comes back in Hidden.
type SlipForm struct {
	Key          string            `form:"khoa" line:"true"`      // an IntakeKey
	Dialogue     string            `form:"doi-thoai" line:"true"` // id of the dialogue that the slip is for, if any
	Channel      doithoai.Channel  `form:"kenh" line:"true"`      // office only
	Matters      []string          `form:"noi-dung"`
	FieldCode    string            `form:"linh-vuc" line:"true"`
	Manner       doithoai.Manner   `form:"cach-neu" line:"true"`
	Standing     doithoai.Standing `form:"toi-la" line:"true"`
	Organisation string            `form:"to-chuc" line:"true"`
	Households   string            `form:"so-ho" line:"true"`
	Name         string            `form:"ho-ten" line:"true"`
	Village      string            `form:"thon" line:"true"` // id of a village, or Elsewhere
	Address      string            `form:"noi-o" line:"true"`
	Ways         []doithoai.Way    `form:"nhan-tra-loi"`
	Phone        string            `form:"dien-thoai" line:"true"`
	Email        string            `form:"thu" line:"true"`
	PostAddress  string            `form:"dia-chi" line:"true"`
	NoticeRead   string            `form:"da-doc" line:"true"`
	ReadBack     string            `form:"doc-lai" line:"true"`             // office only
	GivenOn      string            `form:"ngay-gui" line:"true" day:"true"` // office only
	GivenAt      string            `form:"gio-gui" line:"true"`             // office only
	Uploads      []string          `form:"tep-giu" line:"true"`             // ids of the files that came with it
	PaperNumber  string            `form:"so-phieu" line:"true"`            // office only
	Same         string            `form:"trung" line:"true"`               // office only: which earlier slip it is
}

// Elsewhere is the choice of those who live outside the authority's villages.
const Elsewhere = "noi-khac"

// checked is the value of a ticked box.
const checked = "1"

// maxHouseholds bounds a number that is only ever shown: no commune has more.
const maxHouseholds = 9999

// OfficeChannels are the channels of slips which officers type for somebody, in the order of their form.
var OfficeChannels = []doithoai.Channel{
	doithoai.ChannelOffice, doithoai.ChannelPhone, doithoai.ChannelVillage, doithoai.ChannelPaper, doithoai.ChannelZalo,
}

// SlipChoices is what a slip can choose from.
type SlipChoices struct {
	Villages []doithoai.Village
	Fields   []doithoai.Field
	Bases    doithoai.LegalBases // of which the notice cites those on personal data
	Files    doithoai.FileLimits // zero: no files are taken
	// Dialogue is the coming dialogue, nil where none is announced: then nobody is offered to speak.
	Dialogue *doithoai.Dialogue
}

// NewSlipForm is an empty form with a fresh key.
func NewSlipForm(c SlipChoices) SlipForm {
	f := SlipForm{Matters: []string{""}, Manner: doithoai.MannerWritten, Standing: doithoai.StandingPerson}
	f.Renew()
	f.Attach(c)
	return f
}

// Renew gives the form a fresh key: what it holds is a new slip.
func (f *SlipForm) Renew() {
	var key doithoai.IntakeKey
	_, _ = rand.Read(key[:]) // never fails: crypto/rand ends the program instead
	f.Key = base64.RawURLEncoding.EncodeToString(key[:])
}

// Attach makes the slip one for the coming dialogue, or for none where there is none; then it can only be answered in
// writing.
func (f *SlipForm) Attach(c SlipChoices) {
	f.Dialogue = ""
	if c.Dialogue != nil {
		f.Dialogue = string(c.Dialogue.ID)
		return
	}
	f.Manner = doithoai.MannerWritten
}

// IntakeKey reads the form's key; ok is false where it is not one that Renew could have made.
func (f *SlipForm) IntakeKey() (key doithoai.IntakeKey, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(f.Key)
	if err != nil || len(b) != len(key) {
		return key, false
	}
	return doithoai.IntakeKey(b), true
}

// AddMatter adds an empty field, up to the most that a slip may have.
func (f *SlipForm) AddMatter() {
	if len(f.Matters) < doithoai.MaxMatters {
		f.Matters = append(f.Matters, "")
	}
}

// maxNamed bounds the files that a form names: ours never name as many.
const maxNamed = 50

// AddUploads adds the files that came with the form, each once.
func (f *SlipForm) AddUploads(ids []string) {
	for _, id := range ids {
		if !slices.Contains(f.Uploads, id) {
			f.Uploads = append(f.Uploads, id)
		}
	}
}

// DropUpload leaves out a file.
func (f *SlipForm) DropUpload(id string) {
	f.Uploads = slices.DeleteFunc(f.Uploads, func(u string) bool { return u == id })
}

// UploadIDs are the files that the form names.
func (f SlipForm) UploadIDs() (ids []doithoai.ID) {
	for _, id := range f.Uploads[:min(len(f.Uploads), maxNamed)] {
		ids = append(ids, doithoai.ID(id))
	}
	return ids
}

// given is when the person gave it, as it was typed: nil where nothing was. A day or an hour that can't be read is
// none.
func (f SlipForm) given() *doithoai.Given {
	if f.GivenOn == "" && f.GivenAt == "" {
		return nil
	}
	g := doithoai.Given{On: TypedDate(f.GivenOn), Clock: -1}
	if f.GivenAt != "" {
		clock, err := calendar.ReadClock(f.GivenAt)
		if err != nil {
			clock = 24 * 60 // the rule asks for it
		}
		g.Clock = clock
	}
	return &g
}

// DropEmpty takes away the matters that hold nothing; one field stays.
func (f *SlipForm) DropEmpty() {
	f.Matters = slices.DeleteFunc(f.Matters, func(m string) bool { return m == "" })
	if len(f.Matters) == 0 {
		f.Matters = []string{""}
	}
}

// Slip is the slip that the form stands for. Of several matters, which may be of several fields, none is asked. The
// channel is the form's if it is one of those allowed, else the first of them. Values of choices that were not made
// stay out: they are personal data that nobody needs. Empty matters beside others are passed over.
func (f SlipForm) Slip(allowed ...doithoai.Channel) doithoai.Slip {
	f.Matters = slices.Clone(f.Matters)
	f.DropEmpty()
	s := doithoai.Slip{
		DialogueID: doithoai.ID(f.Dialogue), Channel: allowed[0],
		Matters: f.Matters, FieldCode: f.FieldCode, Manner: f.Manner,
		NoticeRead: f.NoticeRead == checked, ReadBack: f.ReadBack == checked, Files: f.UploadIDs(),
		Petitioner: doithoai.Petitioner{Standing: f.Standing, Name: f.Name},
	}
	if allowed[0] != doithoai.ChannelPortal {
		s.PaperNumber = f.PaperNumber
	}
	for i, m := range f.Matters {
		if text.Illegible(m) != "" {
			s.Illegible = append(s.Illegible, i)
		}
	}
	if slices.Contains(allowed, f.Channel) {
		s.Channel = f.Channel
	}
	if len(allowed) > 1 { // the office's form asks for it
		s.Given = f.given()
	}
	if len(f.Matters) > 1 {
		s.FieldCode = ""
	}
	if s.Channel != doithoai.ChannelPortal {
		s.PaperNumber = f.PaperNumber
	}
	p := &s.Petitioner
	switch f.Standing {
	case doithoai.StandingOrganisation:
		p.Organisation = f.Organisation
	case doithoai.StandingGroup:
		if n, err := strconv.Atoi(f.Households); err == nil && n <= maxHouseholds {
			p.Households = n
		}
	}
	if s.Elsewhere = f.Village == Elsewhere; s.Elsewhere {
		p.Address = f.Address
	} else {
		p.VillageID = doithoai.ID(f.Village)
	}
	for _, w := range doithoai.Ways { // once each, in the order of the form, whatever was posted
		if !slices.Contains(f.Ways, w) {
			continue
		}
		if w == doithoai.WayPhone && slices.Contains(f.Ways, doithoai.WayZalo) {
			w = doithoai.WayZalo
		}
		p.Ways = append(p.Ways, w)
		f.reach(w, &s)
	}
	return s
}

// reach fills in what a way to be answered needs.
func (f SlipForm) reach(w doithoai.Way, s *doithoai.Slip) {
	var err error
	p := &s.Petitioner
	switch w {
	case doithoai.WayPhone, doithoai.WayZalo:
		p.Phone, err = text.NormalPhone(f.Phone)
		s.PhoneProblem = contactProblem("dien-thoai", err)
		if w == doithoai.WayZalo && err == nil && !text.Mobile(p.Phone) {
			s.PhoneProblem = &doithoai.Problem{Field: "dien-thoai", Key: "ways.problem.landline"}
		}
	case doithoai.WayEmail:
		p.Email, err = text.NormalEmail(f.Email)
		s.EmailProblem = contactProblem("thu", err)
	case doithoai.WayPost:
		p.PostAddress = f.PostAddress
	}
}

// Check refuses, as Invalid with its problems, a slip that can't be taken. It finds before the last step what the store
// would find: ids that are none of the authority's, a wish to speak where there is no dialogue to speak at.
func (c SlipChoices) Check(s doithoai.Slip) error {
	list := s.Problems()
	add := func(field, key string) { list = append(list, doithoai.Problem{Field: field, Key: key}) }
	if id := s.Petitioner.VillageID; id != "" && c.VillageName(id) == "" {
		add("thon", "slip.problem.place")
	}
	if s.FieldCode != "" && c.FieldName(s.FieldCode) == "" {
		add("linh-vuc", "slip.problem.field")
	}
	if s.DialogueID == "" && s.Manner != doithoai.MannerWritten && s.Manner != "" {
		add("cach-neu", "slip.problem.speak")
	}
	if len(s.Files) > 0 {
		list = append(list, c.Files.Problems(0, len(s.Files))...)
	}
	slices.SortStableFunc(list, func(a, b doithoai.Problem) int { return fieldPlace(a.Field) - fieldPlace(b.Field) })
	return doithoai.RefuseForm(list)
}

// fieldOrder is the order in which the form asks.
var fieldOrder = []string{
	"kenh", "ngay-gui", "gio-gui", "noi-dung", FileField, "linh-vuc", "ho-ten", "thon", "noi-o", "toi-la",
	"to-chuc", "so-ho", "nhan-tra-loi", "dien-thoai", "thu", "dia-chi", "cach-neu", "da-doc", "doc-lai",
	doithoai.FieldPaperNumber,
}

func fieldPlace(field string) int {
	if strings.HasPrefix(field, "noi-dung") {
		field = "noi-dung"
	}
	return slices.Index(fieldOrder, field)
}

// VillageName is the name of a village of the authority, empty where the id is none.
func (c SlipChoices) VillageName(id doithoai.ID) string {
	for _, v := range c.Villages {
		if v.ID == id {
			return v.Name
		}
	}
	return ""
}

// FieldName is the name of a field's code, empty where there is none such.
func (c SlipChoices) FieldName(code string) string {
	for _, f := range c.Fields {
		if f.Code == code {
			return f.Name
		}
	}
	return ""
}

// Hidden are all values of the form as name and value, for a page that carries them on without showing fields.
func (f SlipForm) Hidden() []FormValue {
	list := []FormValue{{"khoa", f.Key}, {"doi-thoai", f.Dialogue}, {"kenh", string(f.Channel)}}
	for _, m := range f.matters() {
		list = append(list, FormValue{"noi-dung", m})
	}
	list = append(list, FormValue{"linh-vuc", f.FieldCode}, FormValue{"cach-neu", string(f.Manner)},
		FormValue{"toi-la", string(f.Standing)}, FormValue{"to-chuc", f.Organisation}, FormValue{"so-ho", f.Households},
		FormValue{"ho-ten", f.Name}, FormValue{"thon", f.Village}, FormValue{"noi-o", f.Address})
	for _, w := range f.Ways {
		list = append(list, FormValue{"nhan-tra-loi", string(w)})
	}
	for _, id := range f.UploadIDs() {
		list = append(list, FormValue{UploadField, string(id)})
	}
	return append(list, FormValue{"dien-thoai", f.Phone}, FormValue{"thu", f.Email}, FormValue{"dia-chi", f.PostAddress},
		FormValue{"da-doc", f.NoticeRead}, FormValue{"doc-lai", f.ReadBack})
}

// matters are the fields that a page shows. Forms of ours never have more than these; a forged one doesn't make a page
// of a hundred thousand.
func (f SlipForm) matters() []string { return f.Matters[:min(len(f.Matters), 3*doithoai.MaxMatters)] }

// FormValue is one value of a form.
type FormValue struct{ Name, Value string }

// SlipFields are the fields of the slip, for between the tags of a form that posts to Action; SlipForm.Step does what
// their buttons ask.
type SlipFields struct {
	*Reader
	Action   string // path that the form posts to
	Form     SlipForm
	Problems Problems
	Choices  SlipChoices
	Uploads  []doithoai.Upload // that came with it
}

// StepName is the name of the buttons that only change the fields, and these are their values.
const (
	StepName = "buoc"
	StepAdd  = "them" // one more matter
	StepDrop = "bo"   // the empty ones go
	StepEdit = "sua"  // back from the summary to the fields
	StepOn   = "tiep" // on to the next question, on a telephone
	StepAll  = "xem"  // to the check of everything
	// StepDelete forgets everything that was typed, of who fills it in alone.
	StepDelete = "xoa"
	// StepLanguage with a colon and the language: the page in that one, with what was typed.
	StepLanguage = "ngon-ngu"
)

// Step does what the button pressed asks, posted as StepName, and reports whether it was one that only changes the
// fields: then the fields are shown again, without looking for problems.
func (f *SlipForm) Step(step string) bool {
	switch step {
	case StepAdd:
		f.AddMatter()
	case StepDrop:
		f.DropEmpty()
	case StepEdit:
	default:
		return false
	}
	return true
}

// DataLaw names the acts on personal data that are in force today; "" where the authority knows none.
func (r *Reader) DataLaw(bases doithoai.LegalBases) string {
	var titles []string
	for _, l := range bases.PersonalData(r.Today()) {
		titles = append(titles, l.Title())
	}
	return strings.Join(titles, "; ")
}
