package planning

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const evidencePath = web.EvidencePath

func (s *site) evidenceRoutes() []web.Route {
	at := evidencePath + "/{of}/{thing}"
	return []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActViewEvidence, Do: s.evidence},
		{Pattern: "GET " + at + "/tep/{file}", Act: doithoai.ActViewEvidence, Do: s.evidenceFile},
		{Pattern: "POST " + at + "/xem", Act: doithoai.ActViewEvidence, Do: s.viewEvidence},
		{Pattern: "POST " + at + "/them", Act: doithoai.ActViewEvidence, Do: s.addEvidence},
		{Pattern: "POST " + at + "/tep/{file}/go", Act: doithoai.ActRemoveEvidence, Do: s.removeEvidence},
		{Pattern: "POST " + at + "/tep/{file}" + publishPart, Act: doithoai.ActPublishEvidence, Do: s.publishEvidence},
		{Pattern: "POST " + at + "/tep/{file}" + unpublishPart, Act: doithoai.ActUnpublishEvidence, Do: s.unpublishEvidence},
	}
}

// evidenceAddress is the page of the files of something.
func evidenceAddress(at store.EvidenceAt) string {
	return evidencePath + "/" + string(at.Owner) + "/" + at.Thing
}

// evidenceAt is what an address of such files names.
func evidenceAt(r *web.Request) store.EvidenceAt {
	return store.EvidenceAt{Owner: doithoai.FileOwner(r.PathValue("of")), Thing: r.PathValue("thing")}
}

// filesForm are the fields by which a form brings files.
type filesForm struct {
	Uploads []string `form:"tep-giu" line:"true"`
	Step    string   `form:"buoc" line:"true"`
}

// brought are the files that came with a form, and those of an earlier post of it.
type brought struct {
	IDs     []doithoai.ID
	Again   bool // the form only leaves one out: it comes back
	refusal error
}

// formWithFiles reads a form that may bring files: into holds the fields of f.
func (s *site) formWithFiles(r *web.Request, into any, f *filesForm) (b brought, err error) {
	limits, err := s.fileLimits(r)
	if err != nil {
		return b, err
	}
	came, err := r.FormWithFiles(into, limits, s.db.KeepUpload)
	if err != nil {
		return b, err
	}
	dropped, drops := strings.CutPrefix(f.Step, web.StepDropFile+":")
	for _, named := range append(f.Uploads, came.IDs()...) {
		if named != dropped {
			b.IDs = append(b.IDs, doithoai.ID(named))
		}
	}
	b.Again, b.refusal = drops, doithoai.RefuseForm(came.Problems)
	return b, nil
}

// do does the act that the form asks for, unless the form comes back because of its files.
func (b brought) do(act func() error) error {
	if b.Again || b.refusal != nil {
		return b.refusal
	}
	return act()
}

// done reports whether the act was done.
func (b brought) done(err error) bool { return err == nil && !b.Again }

// statusOf is the status of a page whose form comes back.
func statusOf(refusal error) int {
	if refusal == nil {
		return http.StatusOK
	}
	return web.StatusOf(refusal)
}

// fileLimits are the bounds of files today; none are taken where no rule says how large they may be.
func (s *site) fileLimits(r *web.Request) (limits doithoai.FileLimits, err error) {
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return limits, err
	}
	if found, err := rules.Parameters.FileLimits(r.Today()); err == nil {
		limits = found
	}
	return limits, nil
}

// evidencePart is the part of a form that takes files as evidence of what it says.
type evidencePart struct {
	Limits doithoai.FileLimits
	Kept   []doithoai.Upload
}

// evidencePart loads what the forms of a page need to take files: those that came with the form that is shown again.
func (s *site) evidencePart(r *web.Request, kept ...doithoai.ID) (e evidencePart, err error) {
	if e.Limits, err = s.fileLimits(r); err != nil {
		return e, err
	}
	e.Kept, err = s.db.Uploads(r.Context(), r.Actor(), kept)
	return e, err
}

// field is the field in a form of the page. id is that of the field, of the problem too; "" where the page has one.
func (e evidencePart) field(r *web.Reader, ps web.Problems, id string) web.FileUploads {
	return web.FileUploads{
		Reader: r, Limits: e.Limits, Kept: e.Kept, Label: "evidence.field", Small: true, ID: id,
		Error: ui.ErrorMessage{Text: ps.Of(cmp.Or(id, web.FileField)), Prefix: r.T("slip.problem.prefix")},
	}
}

// camera is the field on a telephone: one picture, taken at once.
func (e evidencePart) camera(r *web.Reader, ps web.Problems, id string) web.FileUploads {
	f := e.field(r, ps, id)
	f.Camera, f.Label = true, "evidence.camera"
	return f
}

// filesLink leads to the files of something; nothing where there are none.
func filesLink(r *web.Reader, at store.EvidenceAt, n int) ui.Words {
	if n == 0 {
		return nil
	}
	return ui.Words{ui.Link{Text: r.T("evidence.count", "count", n), Href: evidenceAddress(at)}}
}

// filesOf leads to the files of one thing.
func (s *site) filesOf(r *web.Request, at store.EvidenceAt) (ui.Words, error) {
	counts, err := s.db.EvidenceCounts(r.Context(), r.Actor(), at)
	return filesLink(r.Reader, at, counts[at.ID()]), err
}

// evidencePage are the files of something.
type evidencePage struct {
	*web.Reader
	store.EvidenceOfThing
	Part     evidencePart
	People   map[doithoai.ID]string
	Problems web.Problems
	Refusal  string
	Done     string
	Typed    doithoai.Act // of the form that came back
	Form     publishForm
	Of       doithoai.ID // the file whose form came back
}

func (s *site) loadEvidence(r *web.Request, kept ...doithoai.ID) (p evidencePage, err error) {
	p.Reader = r.Reader
	if p.EvidenceOfThing, err = s.db.Evidence(r.Context(), r.Actor(), evidenceAt(r)); err != nil {
		return p, err
	}
	if p.Part, err = s.evidencePart(r, kept...); err != nil {
		return p, err
	}
	p.Part.Limits.Count = max(0, p.Part.Limits.Count-p.present())
	if p.Opened {
		r.Private()
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	p.People = map[doithoai.ID]string{}
	for _, o := range officers {
		p.People[o.ID] = o.Name
	}
	return p, err
}

func (s *site) evidence(r *web.Request) error {
	p, err := s.loadEvidence(r)
	if err != nil {
		return err
	}
	if done := "evidence.done." + r.URL.Query().Get("xong"); r.Text.Has(done) {
		p.Done = r.T(done)
	}
	return r.Page(http.StatusOK, p.view())
}

// viewEvidence puts on record that the officer opens the files, and goes back to the page, which then shows them.
func (s *site) viewEvidence(r *web.Request) error {
	if err := s.db.ViewEvidence(r.Context(), r.Actor(), evidenceAt(r)); err != nil {
		return err
	}
	return r.Redirect(evidenceAddress(evidenceAt(r)))
}

// evidenceFile gives out a file to who has put a view on record; others are led to the page where they do.
func (s *site) evidenceFile(r *web.Request) error {
	at := evidenceAt(r)
	a, f, err := s.db.OpenEvidence(r.Context(), r.Actor(), at, doithoai.ID(r.PathValue("file")))
	if errors.Is(err, store.ErrNotViewed) {
		return r.Redirect(evidenceAddress(at))
	}
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, false)
}

func (s *site) addEvidence(r *web.Request) error {
	var f struct{ filesForm }
	b, err := s.formWithFiles(r, &f, &f.filesForm)
	if err != nil {
		return err
	}
	err = b.do(func() error { return s.db.AddEvidence(r.Context(), r.Actor(), evidenceAt(r), b.IDs) })
	if b.done(err) {
		return r.Redirect(evidenceAddress(evidenceAt(r)) + "?xong=them")
	}
	return s.evidenceAgain(r, doithoai.ActAttachFile, err, b.IDs...)
}

// takeAwayForm takes a file away.
type takeAwayForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do-bo" line:"true"`
}

func (s *site) removeEvidence(r *web.Request) error {
	var f takeAwayForm
	if err := r.Form(&f); err != nil {
		return err
	}
	file := doithoai.ID(r.PathValue("file"))
	err := s.db.RemoveEvidence(r.Context(), r.Actor(), evidenceAt(r), file, f.Version, f.Reason)
	if err == nil {
		return r.Redirect(evidenceAddress(evidenceAt(r)) + "?xong=go")
	}
	return s.evidenceAgain(r, doithoai.ActRemoveEvidence, err)
}

// evidenceAgain shows the page once more, with the files that its form named.
func (s *site) evidenceAgain(r *web.Request, typed doithoai.Act, refusal error, kept ...doithoai.ID) error {
	if refusal != nil && !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadEvidence(r, kept...)
	if err != nil {
		return err
	}
	p.Typed, p.Of = typed, doithoai.ID(r.PathValue("file"))
	return s.showEvidenceAgain(r, p, refusal)
}

func (s *site) showEvidenceAgain(r *web.Request, p evidencePage, refusal error) error {
	if refusal != nil {
		if p.Problems = r.Problems(refusal); !p.Problems.Any() {
			p.Refusal = web.RefusalWords(r.Reader, refusal)
		}
		r.RetryAfter(refusal)
	}
	return r.Page(statusOf(refusal), p.view())
}

// present counts the files that were not taken away.
func (p evidencePage) present() (n int) {
	for _, a := range p.Files {
		if a.RemovedAt.IsZero() {
			n++
		}
	}
	return n
}

func (p evidencePage) address() string { return evidenceAddress(p.At) }

// back leads to what the files are evidence of.
func (p evidencePage) back() string {
	work := web.WorkspacePath(p.Dialogue)
	switch p.At.Owner {
	case doithoai.FilesOfTask:
		return web.TaskPath(p.At.ID())
	case doithoai.FilesOfDuty:
		return dutyPath(p.Dialogue, p.Duty)
	case doithoai.FilesOfLogistics:
		return work + web.LogisticsPart + "/viec/" + string(p.At.ID())
	case doithoai.FilesOfPromise:
		return web.PromisePath(p.At.ID())
	case doithoai.FilesOfSheet:
		return web.ConsolePath(p.Dialogue) + web.SheetsPart + "/" + p.Title
	}
	if headOf(p.Actor(), p.Village.ID) {
		return web.VillagesPath
	}
	return work + web.RelayPart
}

// about says of what the files are evidence.
func (p evidencePage) about() string {
	if p.At.Owner == doithoai.FilesOfSheet {
		return p.T("sheet.scan_of", "number", p.Title)
	}
	if p.At.Owner == doithoai.FilesOfRelay {
		words := p.T("relay.told")
		if p.Step == plan.RelayPosted {
			words = p.T("relay.posted")
		}
		return p.T("relay.village_title."+string(p.Matter), "village", p.Village.Name) + ": " + words
	}
	return p.Title
}

// rows are the files, with the pictures once a view is on record.
func (p evidencePage) rows() (l ui.FileList) {
	for _, a := range p.Files {
		row := ui.FileRow{
			Name:  a.Name,
			About: p.FileAbout(a.File) + " · " + p.T("file.by", "who", p.People[a.By]) + " · " + p.DateTime(a.At),
		}
		href := p.address() + "/tep/" + string(a.ID)
		switch {
		case !a.RemovedAt.IsZero():
			row.Gone = p.T("file.gone", "reason", p.T("evidence.reason."+a.Reason))
		case p.Opened && a.Kind.Picture():
			row.Href, row.Picture, row.Alt = href, href, p.T("file.alt", "name", a.Name)
		case p.Opened:
			row.Href = href
		}
		if a.Public() {
			row.Act = ui.Tag{Text: p.T("evidence.public.tag"), Colour: ui.Green}
		}
		l = append(l, row)
	}
	return l
}

// removable are the files that the officer may take away.
func (p evidencePage) removable() (all []doithoai.Attachment) {
	for _, a := range p.Files {
		may := doithoai.Can(p.Actor(), doithoai.ActRemoveEvidence,
			doithoai.Subject{AuthorityID: p.Authority.ID, AddedBy: a.By}) == nil
		if a.RemovedAt.IsZero() && may {
			all = append(all, a)
		}
	}
	return all
}

func (p evidencePage) reasons() []ui.Option {
	options := []ui.Option{{Text: p.T("file.remove_choose")}}
	for _, reason := range doithoai.RemovalReasons {
		options = append(options, ui.Option{Value: reason, Text: p.T("evidence.reason." + reason)})
	}
	return options
}

// reasonField asks why a file is taken away. One of several forms alone can have the id that a summary leads to.
func (p evidencePage) reasonField(i int) ui.Field {
	if i == 0 {
		return web.Field(p.Reader, p.Problems, "ly-do-bo", p.T("file.remove_why"), "")
	}
	return ui.Field{Name: "ly-do-bo", ID: "ly-do-bo-" + strconv.Itoa(i), Label: ui.Label{Text: p.T("file.remove_why")}}
}
