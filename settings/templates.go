package settings

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/doc/template"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

const templatesPath = web.SettingsPath + "/mau-van-ban"

// templateNames are the kinds of documents as addresses name them.
var templateNames = map[doithoai.PaperKind]string{
	doithoai.PaperPlan: "ke-hoach", doithoai.PaperAnnouncement: "thong-bao", doithoai.PaperHouseRules: "noi-quy",
	doithoai.PaperHostWords: "loi-dan", doithoai.PaperInvitation: "giay-moi", doithoai.PaperMinutes: "bien-ban",
	doithoai.PaperConclusion: "ket-luan", doithoai.PaperResult: "bao-cao-ket-qua",
	doithoai.PaperAssignment: "phieu-giao", doithoai.PaperReply: "tra-loi",
	doithoai.PaperRefusal: "khong-tiep-nhan", doithoai.PaperProgramme: "chuong-trinh",
	doithoai.PaperTransfer: "phieu-chuyen", doithoai.PaperMoved: "thong-bao-chuyen", doithoai.PaperGuidance: "huong-dan",
	doithoai.PaperTold: "tinh-hinh", doithoai.PaperUrging: "don-doc", doithoai.PaperProposal: "to-trinh",
	doithoai.PaperPreparation: "chuan-bi", doithoai.PaperDialogueMoved: "doi-lich", doithoai.PaperPosting: "niem-yet",
	doithoai.PaperCoordination: "phoi-hop", doithoai.PaperEscalation: "xin-y-kien",
}

// Below the page of a kind: our own form with fields, and a row's file as it came and as it is filled.
const (
	startFile = "/mau-khoi-dau"
	ownFile   = "/tep"
	triedFile = "/xem-thu"
)

// stepTry is the button that tries a file out before it is taken.
const stepTry = "xem-thu"

// templatesPage lists how documents look as Word files.
type templatesPage struct {
	*web.Reader
	All doithoai.PaperTemplates
}

// templatePage is one kind of document: what holds and held, the form of the next, and the fields.
type templatePage struct {
	templatesPage
	Kind     doithoai.PaperKind
	Rows     doithoai.PaperTemplates // of the kind, by their days
	Own      doithoai.PaperSentences
	People   map[doithoai.ID]string
	Example  doc.Doc
	Newest   *doithoai.PaperTemplate // the authority's own file that was set last
	Lacks    []string                // fields that this one doesn't have
	Has      []string
	Limits   doithoai.FileLimits
	Kept     []doithoai.Upload
	Form     templateForm
	Problems web.Problems
	Refusal  string
	Done     string
}

// templateForm is another look as it was typed.
type templateForm struct {
	Version int      `form:"phien-ban"`
	From    string   `form:"tu-ngay" line:"true" day:"true"`
	Uploads []string `form:"tep-giu" line:"true"`
	Step    string   `form:"buoc" line:"true"`
}

func templatePath(kind doithoai.PaperKind) string { return templatesPath + "/" + templateNames[kind] }

func (s *site) templates(r *web.Request) error {
	all, err := s.db.PaperTemplates(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, templatesPage{r.Reader, all}.view())
}

func (s *site) template(r *web.Request) error {
	p, err := s.loadTemplate(r)
	if err != nil {
		return err
	}
	p.Done = doneWords(r, "template.done.")
	return r.Page(http.StatusOK, p.view())
}

func templateKind(r *web.Request) (doithoai.PaperKind, error) {
	for kind, name := range templateNames {
		if name == r.PathValue("kind") {
			return kind, nil
		}
	}
	return "", doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// example is a document of the kind about nothing real, of a day or of today.
func example(r *web.Request, kind doithoai.PaperKind) doc.Doc {
	d, _ := docform.Example(kind, r.Authority, r.Today())
	return d
}

func (s *site) loadTemplate(r *web.Request) (p templatePage, err error) {
	if p.Kind, err = templateKind(r); err != nil {
		return p, err
	}
	p.Reader, p.Example = r.Reader, example(r, p.Kind)
	if p.All, err = s.db.PaperTemplates(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Rows = p.All.Of(p.Kind)
	if p.Own, err = s.db.PaperSentences(r.Context(), r.Authority.ID, p.Kind); err != nil {
		return p, err
	}
	if p.People, err = s.people(r); err != nil {
		return p, err
	}
	for i, row := range p.Rows {
		if row.Own && (p.Newest == nil || row.Version > p.Newest.Version) {
			p.Newest = &p.Rows[i]
		}
	}
	if p.Newest != nil {
		if err := s.readTemplate(r, &p); err != nil {
			return p, err
		}
	}
	if p.Limits, err = s.db.FileLimits(r.Context(), r.Authority.ID); err != nil {
		return p, err
	}
	p.Limits = doithoai.FileLimits{Bytes: min(p.Limits.Bytes, template.MaxFile), Count: 1}
	p.Form = templateForm{Version: p.All.Version(p.Kind), From: r.Date(r.Today())}
	return p, nil
}

// people are the names of the authority's officers.
func (s *site) people(r *web.Request) (map[doithoai.ID]string, error) {
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	if err != nil {
		return nil, err
	}
	names := map[doithoai.ID]string{}
	for _, o := range officers {
		names[o.ID] = o.Name
	}
	return names, nil
}

// readTemplate finds which fields the newest own file has.
func (s *site) readTemplate(r *web.Request, p *templatePage) error {
	t, err := s.openTemplate(r, p.Newest.ID)
	if err != nil {
		return err
	}
	known := template.Of(p.Example)
	p.Lacks = t.Unused(known)
	for _, u := range t.Uses() {
		if !slices.Contains(p.Has, u.Name) && u.List == "" {
			p.Has = append(p.Has, u.Name)
		}
	}
	return nil
}

func (s *site) openTemplate(r *web.Request, id doithoai.ID) (*template.Template, error) {
	_, f, err := s.db.OpenPaperTemplate(r.Context(), r.Actor(), id)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return template.Open(b)
}

// templateStart answers GET …/mau-khoi-dau.docx: the program's own form with fields in the place of what it says.
func (s *site) templateStart(r *web.Request) error {
	kind, err := templateKind(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := doc.WriteDOCX(&b, template.Start(example(r, kind))); err != nil {
		return err
	}
	return docfile.SendWord(r, "mau-"+templateNames[kind], b.Bytes())
}

// templateTried answers GET …/{id}/xem-thu.docx: an own file filled with an example.
func (s *site) templateTried(r *web.Request) error {
	kind, err := templateKind(r)
	if err != nil {
		return err
	}
	t, err := s.openTemplate(r, doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return tryOut(r, kind, t)
}

// tryOut answers with a template that is filled with an example.
func tryOut(r *web.Request, kind doithoai.PaperKind, t *template.Template) error {
	var b bytes.Buffer
	if _, err := t.Fill(&b, example(r, kind)); err != nil {
		return err
	}
	return docfile.SendWord(r, "xem-thu-"+templateNames[kind], b.Bytes())
}

// templateFile answers GET …/{id}/tep: an own file as it was uploaded.
func (s *site) templateFile(r *web.Request) error {
	if _, err := templateKind(r); err != nil {
		return err
	}
	a, f, err := s.db.OpenPaperTemplate(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, true)
}

// setTemplate takes a file as the look of the documents of a kind, or tries it out. A file in which something is wrong
// isn't kept.
func (s *site) setTemplate(r *web.Request) error {
	p, err := s.loadTemplate(r)
	if err != nil {
		return err
	}
	p.Form = templateForm{}
	came, err := r.FormWithFiles(&p.Form, p.Limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	ids := came.IDs()
	dropped, drops := strings.CutPrefix(p.Form.Step, web.StepDropFile+":")
	if len(ids) == 0 {
		ids = slices.DeleteFunc(p.Form.Uploads, func(id string) bool { return id == dropped })
	}
	files := make([]doithoai.ID, len(ids))
	for i, id := range ids {
		files[i] = doithoai.ID(id)
	}
	refusal := doithoai.RefuseForm(came.Problems)
	var t *template.Template
	if refusal == nil && !drops {
		t, refusal, err = s.checkTemplate(r, &p, files)
		if err != nil {
			return err
		}
		if refusal != nil {
			if err := s.db.DropUploads(r.Context(), r.Actor(), files); err != nil {
				return err
			}
			files = nil
		}
	}
	switch {
	case refusal != nil || drops:
	case p.Form.Step == stepTry:
		return tryOut(r, p.Kind, t)
	default:
		_, refusal = s.db.SetPaperTemplate(r.Context(), r.Actor(), p.Kind, p.Form.Version, web.TypedDate(p.Form.From), files)
		if refusal == nil {
			return r.Redirect(templatePath(p.Kind) + "?xong=" + string(doithoai.ActSetPaperTemplate))
		}
	}
	return s.templateAgain(r, p.Form, files, refusal)
}

// checkTemplate looks at the file that a form brings: refusal is why it can't be filled.
func (s *site) checkTemplate(
	r *web.Request, p *templatePage, files []doithoai.ID,
) (t *template.Template, refusal, err error) {
	if len(files) != 1 {
		return nil, doithoai.RefuseForm([]doithoai.Problem{{Field: web.FileField, Key: "template.problem.none"}}), nil
	}
	_, f, err := s.db.OpenUpload(r.Context(), r.Actor(), files[0])
	switch {
	case doithoai.KindOf(err) == doithoai.NotFound:
		return nil, doithoai.RefuseForm([]doithoai.Problem{{Field: web.FileField, Key: "file.problem.gone"}}), nil
	case err != nil:
		return nil, nil, err
	}
	b, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, nil, err
	}
	if t, refusal = template.Open(b); refusal != nil {
		return nil, refusal, nil
	}
	return t, doithoai.RefuseForm(t.Check(template.Of(p.Example))), nil
}

// templateAgain shows the page with what was typed.
func (s *site) templateAgain(r *web.Request, typed templateForm, files []doithoai.ID, refusal error) error {
	if refusal != nil && !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadTemplate(r)
	if err != nil {
		return err
	}
	if p.Kept, err = s.db.Uploads(r.Context(), r.Actor(), files); err != nil {
		return err
	}
	p.Form.From = typed.From
	if refusal == nil { // a file was left out
		return r.Page(http.StatusOK, p.view())
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// dropTemplate gives the documents of a kind the form of the program again, from the day on which a row holds.
func (s *site) dropTemplate(r *web.Request) error {
	p, err := s.loadTemplate(r)
	if err != nil {
		return err
	}
	var f templateForm
	if err := r.Form(&f); err != nil {
		return err
	}
	i := slices.IndexFunc(p.Rows, func(t doithoai.PaperTemplate) bool { return string(t.ID) == r.PathValue("id") })
	if i < 0 {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	_, err = s.db.DropPaperTemplate(r.Context(), r.Actor(), p.Kind, f.Version, later(p.Rows[i].From, r.Today()))
	if err == nil {
		return r.Redirect(templatePath(p.Kind) + "?xong=" + string(doithoai.ActDropPaperTemplate))
	}
	return s.templateAgain(r, templateForm{From: p.Form.From}, nil, err)
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func (p templatesPage) kindName(kind doithoai.PaperKind) string {
	return p.T("template.kind." + string(kind))
}

// may reports whether the officer may do an act to the authority's templates.
func (p templatesPage) may(act doithoai.Act) bool {
	return doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.Authority.ID}) == nil
}

// look words how documents look: as the authority's own file, or in the form of the program.
func (p templatesPage) look(t doithoai.PaperTemplate) string {
	if t.Own {
		return cmp.Or(t.Name, p.T("template.own"))
	}
	return p.T("template.program")
}

// holds reports whether a row is the one that holds on a day.
func (p templatePage) holds(t doithoai.PaperTemplate, on calendar.Date) bool {
	now, ok := p.Rows.At(p.Kind, on)
	return ok && now.ID == t.ID
}

// stands reports whether a row holds, or will.
func (p templatePage) stands(t doithoai.PaperTemplate) bool {
	return p.holds(t, later(t.From, p.Today()))
}

// fieldRow is a field as the page lists it.
type fieldRow struct{ name, what, says string }

// fields are those of the kind, with what stands in the example.
func (p templatePage) fields() (rows []fieldRow) {
	known := template.Of(p.Example)
	for _, name := range known.Names() {
		v := known[name]
		if v.Says() == "" && !v.List() && name != template.Content {
			continue
		}
		row := fieldRow{name: "{{" + name + "}}", what: p.T("template.field." + name), says: text.Brief(v.Says(), mostShown)}
		if v.List() {
			row.name = "{{#" + name + "}} … {{/" + name + "}}"
			row.says = p.T("template.columns", "names", "{{"+strings.Join(v.Columns, "}} {{")+"}}")
		}
		rows = append(rows, row)
	}
	return rows
}

// mostShown is how many characters of an example are shown: enough to know which part it is.
const mostShown = 110

// braced are names of fields as they are typed.
func braced(names []string) string { return "{{" + strings.Join(names, "}}, {{") + "}}" }
