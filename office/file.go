package office

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// filesPart is the part of the page that shows the files, and original what the address of a file's original asks for.
const (
	filesPart = "tep-kem-theo"
	original  = "goc"
)

// loadFiles reads the files of the slip, as far as the officer may see them.
func (s *site) loadFiles(r *web.Request, p *opinionPage) (err error) {
	if p.Files, err = s.db.SlipFiles(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
		return err
	}
	if p.Files.Opened {
		r.Private()
	}
	if limits, err := p.outlook.rules.Parameters.FileLimits(r.Today()); err == nil {
		p.Limits = limits // where no rule says how large they may be, none are taken
	}
	return nil
}

// caseAddress is the address of the page that a request of its files comes from: of an opinion, or of a denunciation.
func caseAddress(r *web.Request) string {
	if strings.HasPrefix(r.URL.Path, denunciationsPath+"/") {
		return denunciationsPath + "/" + string(web.NumberOf(r))
	}
	return web.OpinionPath(web.NumberOf(r))
}

// viewFiles puts on record that the officer opens the files, and goes back to the page, which shows them for a while.
func (s *site) viewFiles(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if err := s.db.ViewFiles(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	return r.Redirect(caseAddress(r) + "#" + filesPart)
}

// openOriginal puts on record that the officer opens a picture as it came, and goes on to it.
func (s *site) openOriginal(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if err := s.db.OpenOriginal(r.Context(), r.Actor(), id, doithoai.ID(r.PathValue("file"))); err != nil {
		return err
	}
	return r.Redirect(caseAddress(r) + "/tep/" + url.PathEscape(r.PathValue("file")) + "?" + original)
}

// file gives out a file to who has put a view on record; others are led to the page where they do.
func (s *site) file(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	whole := r.URL.Query().Has(original)
	a, f, err := s.db.OpenSlipFile(r.Context(), r.Actor(), id, doithoai.ID(r.PathValue("file")), whole)
	if errors.Is(err, store.ErrNotViewed) {
		return r.Redirect(caseAddress(r) + "#" + filesPart)
	}
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, whole)
}

// attachFile adds files to what was handed in.
func (s *site) attachFile(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	limits, err := rules.Parameters.FileLimits(r.Today())
	if err != nil {
		return err
	}
	var f struct {
		Uploads []string `form:"tep-giu" line:"true"`
		Step    string   `form:"buoc" line:"true"`
	}
	came, err := r.FormWithFiles(&f, limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	ids, drops := web.KeptUploads(f.Uploads, came, f.Step)
	refusal := doithoai.RefuseForm(came.Problems)
	if refusal == nil && !drops {
		refusal = s.db.AttachFile(r.Context(), r.Actor(), id, ids)
	}
	if refusal == nil && !drops {
		return r.Redirect(withQuery(caseAddress(r)+"#"+filesPart, "xong=them-tep"))
	}
	return s.filesAgain(r, id, forms{typed: doithoai.ActAttachFile}, ids, refusal)
}

// filesAgain shows the page once more, with the files that a form holds; refusal is why, nil where one was left out.
func (s *site) filesAgain(
	r *web.Request, id doithoai.ID, typed forms, ids []doithoai.ID, refusal error,
) (err error) {
	if typed.Uploads, err = s.db.Uploads(r.Context(), r.Actor(), ids); err != nil {
		return err
	}
	if refusal != nil {
		return s.giveBack(r, id, typed, refusal)
	}
	p, err := s.load(r, id, typed)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// removeForm takes a file away.
type removeForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do-bo" line:"true"`
}

func (s *site) removeFile(r *web.Request, id doithoai.ID, f removeForm) error {
	return s.db.RemoveFile(r.Context(), r.Actor(), id, doithoai.ID(r.PathValue("file")), f.Version, f.Reason)
}

// attachFacts say how many files came.
func (p opinionPage) attachFacts(f doithoai.Facts) []string {
	return []string{p.T("file.count", "count", len(f.Files))}
}

// removeFacts say why a file was taken away.
func (p opinionPage) removeFacts(f doithoai.Facts) []string {
	return []string{p.T("file.reason." + f.Reason)}
}

// canFile reports whether the officer may do an act to the files of the slip.
func (p opinionPage) canFile(act doithoai.Act) bool {
	return p.Files.May.AuthorityID != "" && doithoai.Can(p.Actor(), act, p.Files.May) == nil
}

// present are the files that were not taken away.
func (p opinionPage) present() (n int) {
	for _, a := range p.Files.Files {
		if a.RemovedAt.IsZero() {
			n++
		}
	}
	return n
}

// fileRows are the files, with the pictures once a view is on record. at is the address of the page.
func (p opinionPage) fileRows(at string) (l ui.FileList) {
	for _, a := range p.Files.Files {
		row := ui.FileRow{Name: a.Name, About: p.fileAbout(a)}
		href := at + "/tep/" + string(a.ID)
		switch {
		case !a.RemovedAt.IsZero():
			row.Gone = p.T("file.gone", "reason", p.T("file.reason."+a.Reason))
		case p.Files.Opened && a.Kind.Picture():
			row.Href, row.Picture, row.Alt = href, href, p.T("file.alt", "name", a.Name)
			if p.canFile(doithoai.ActOpenOriginal) {
				row.Act = p.originalButton(at + "/anh-goc/" + string(a.ID))
			}
		case p.Files.Opened:
			row.Href = href
		}
		l = append(l, row)
	}
	return l
}

// fileAbout says what a file is, who sent or added it, and when.
func (p opinionPage) fileAbout(a doithoai.Attachment) string {
	who := p.T("file.by_resident")
	if a.By != "" {
		who = p.T("file.by", "who", p.person(a.By))
	}
	return web.Joined(p.FileAbout(a.File), who, p.DateTime(a.At))
}

func (p opinionPage) removalReasons() []ui.Option {
	options := []ui.Option{{Text: p.T("file.remove_choose")}}
	for _, reason := range doithoai.RemovalReasons {
		options = append(options, ui.Option{Value: reason, Text: p.T("file.reason." + reason)})
	}
	return options
}

// removable are the files that the officer may take away, each with its own form.
func (p opinionPage) removable() (all []doithoai.Attachment) {
	if !p.Files.Opened || !p.canFile(doithoai.ActRemoveFile) {
		return nil
	}
	for _, a := range p.Files.Files {
		if a.RemovedAt.IsZero() {
			all = append(all, a)
		}
	}
	return all
}

// reasonField asks why a file is taken away. One of several forms alone can have the id that a summary leads to.
func (p opinionPage) reasonField(i int) ui.Field {
	if i == 0 {
		return web.Field(p.Reader, p.Problems, "ly-do-bo", p.T("file.remove_why"), "")
	}
	return ui.Field{Name: "ly-do-bo", ID: "ly-do-bo-" + strconv.Itoa(i), Label: ui.Label{Text: p.T("file.remove_why")}}
}

// adding are the fields by which the officer adds files.
func (p opinionPage) adding() web.FileUploads {
	u := web.FileUploads{
		Reader: p.Reader, Label: "file.add", Paste: true, Small: true,
		Limits: doithoai.FileLimits{Bytes: p.Limits.Bytes, Count: max(0, p.Limits.Count-p.present())},
	}
	switch p.Forms.typed {
	case doithoai.ActSignOnPaper, doithoai.ActSignCorrectionOnPaper, doithoai.ActAnswerSupplement:
		// the field to which a summary leads is in that form
		u.ID = "tep-them"
		return u
	}
	u.Kept = p.Forms.Uploads
	u.Error = ui.ErrorMessage{Text: p.Problems.Of(web.FileField), Prefix: p.T("slip.problem.prefix")}
	return u
}
