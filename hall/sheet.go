package hall

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

func (s *site) sheetRoutes() []web.Route {
	const at = "/hoi-truong/{dialogue}" + web.SheetsPart
	files := docfile.Routes(at+blankAt, web.Route{Act: doithoai.ActRecordSheet, Do: s.blankFile})
	return append(files, []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActRecordSheet, Do: s.sheets},
		{Pattern: "POST " + at, Act: doithoai.ActRecordSheet, Do: s.recordSheet},
		{Pattern: "GET " + at + blankAt, Act: doithoai.ActRecordSheet, Do: s.blankSheets},
		{Pattern: "GET " + at + "/{sheet}", Act: doithoai.ActRecordSheet, Do: s.sheet},
		{Pattern: "POST " + at + "/{sheet}", Act: doithoai.ActRecordSheet, Do: s.recordSheet},
	}...)
}

func sheetsPath(d doithoai.Dialogue) string { return pathOf(d) + web.SheetsPart }

func sheetPath(d doithoai.Dialogue, number int) string {
	return sheetsPath(d) + "/" + strconv.Itoa(number)
}

// sheetForm is a sheet as it is typed. Lines are parallel fields.
type sheetForm struct {
	Key      string   `form:"khoa" line:"true"`
	Version  int      `form:"phien-ban"` // of a sheet that is gone on with
	Number   string   `form:"so-to" line:"true"`
	Writer   string   `form:"nguoi-ghi" line:"true"`
	Told     string   `form:"so-dong" line:"true"`
	Clocks   []string `form:"gio"`
	Names    []string `form:"ho-ten"`
	Villages []string `form:"thon"`
	Contents []string `form:"noi-dung"`
	Drops    []string `form:"bo-vi"`
	Uploads  []string `form:"tep-giu" line:"true"`
	Step     string   `form:"buoc" line:"true"`
}

// stepMoreLines adds lines to the form.
const stepMoreLines = "them"

// columns are the fields of lines, by name.
func (f *sheetForm) columns() map[string]*[]string {
	return map[string]*[]string{
		doithoai.FieldLineClock: &f.Clocks, doithoai.FieldLineName: &f.Names, doithoai.FieldLineVillage: &f.Villages,
		doithoai.FieldLine: &f.Contents, doithoai.FieldLineDrop: &f.Drops,
	}
}

// at is what stands in a column of a line; a forged form lacks some.
func at(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}

// line is the i-th line as the rule has it.
func (f sheetForm) line(i int) doithoai.HandLine {
	l := doithoai.HandLine{
		Clock: -1, Name: text.CleanLine(at(f.Names, i)), VillageID: doithoai.ID(at(f.Villages, i)),
		Content: at(f.Contents, i), Dropped: text.CleanLine(at(f.Drops, i)),
		Illegible: text.Illegible(at(f.Contents, i)) != "",
	}
	if typed := text.CleanLine(at(f.Clocks, i)); typed != "" {
		clock, err := calendar.ReadClock(typed)
		l.Clock, l.Unread = clock, err != nil
		if err != nil {
			l.Clock = -1
		}
	}
	return l
}

// compact takes out the lines in which nothing was typed, so that problems stand at the lines which have them.
func (f *sheetForm) compact() (lines []doithoai.HandLine) {
	n := min(len(f.Contents), 2*doithoai.MaxHandLines)
	kept := map[string][]string{}
	for i := range n {
		l := f.line(i)
		if l.Blank() && l.VillageID == "" {
			continue
		}
		lines = append(lines, l)
		for name, column := range f.columns() {
			kept[name] = append(kept[name], at(*column, i))
		}
	}
	for name, column := range f.columns() {
		*column = kept[name]
	}
	return lines
}

// pad gives the form blank lines up to a number.
func (f *sheetForm) pad(n int) {
	for _, column := range f.columns() {
		for len(*column) < n {
			*column = append(*column, "")
		}
	}
}

// key reads the form's key. A form without one was not made here.
func (f sheetForm) key() (doithoai.IntakeKey, error) { return form{Key: f.Key}.intakeKey() }

// sheetsPage is the form of a sheet, with the sheets that were typed; or one of them, with what is left of it.
type sheetsPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Villages []doithoai.Village
	Sheets   []doithoai.HandSheet
	File     *store.HandSheetFile // nil: a new sheet
	Form     sheetForm
	Limits   doithoai.FileLimits
	Kept     []doithoai.Upload
	SavedAt  calendar.Instant
	Problems web.Problems
	Warning  string
	Done     bool
}

func (s *site) loadSheets(r *web.Request) (*sheetsPage, error) {
	d, err := s.dialogue(r)
	if err != nil {
		return nil, err
	}
	p := &sheetsPage{Reader: r.Reader, Dialogue: d}
	if p.Sheets, err = s.db.HandSheets(r.Context(), r.Actor(), d.ID); err != nil {
		return nil, err
	}
	if p.Villages, err = s.db.Villages(r.Context(), r.Authority.ID); err != nil {
		return nil, err
	}
	if number := r.PathValue("sheet"); number != "" {
		n, _ := strconv.Atoi(number) // what is no number is no sheet
		f, err := s.db.HandSheet(r.Context(), r.Actor(), d.ID, n)
		if err == nil {
			p.File = &f
		} else if doithoai.KindOf(err) != doithoai.NotFound { // else it is still to be typed
			return nil, err
		}
	}
	p.Limits, err = s.db.FileLimits(r.Context(), r.Authority.ID)
	return p, err
}

// untyped reports whether the address names a sheet that nobody has typed yet: that begins with the empty form.
func (p *sheetsPage) untyped(r *web.Request) bool { return p.File == nil && r.PathValue("sheet") != "" }

// subject is that of the form's draft.
func (p *sheetsPage) subject() string {
	if p.File == nil {
		return string(p.Dialogue.ID)
	}
	return string(p.Dialogue.ID) + "/" + strconv.Itoa(p.File.Number)
}

// path is where the form posts to.
func (p *sheetsPage) path() string {
	if p.File == nil {
		return sheetsPath(p.Dialogue)
	}
	return sheetPath(p.Dialogue, p.File.Number)
}

// prepare makes the form ready to be typed: a key of its own, and lines.
func (p *sheetsPage) prepare() {
	if p.Form.Key == "" {
		var k doithoai.IntakeKey
		_, _ = rand.Read(k[:]) // never fails (crypto/rand)
		p.Form.Key = hex.EncodeToString(k[:])
	}
	lines := doithoai.SheetLines
	if p.File != nil {
		p.Form.Version, lines = p.File.Version, p.File.Open()
	}
	p.Form.pad(lines)
}

func (s *site) sheets(r *web.Request) error { return s.sheet(r) }

// sheet shows an empty form, or what was typed and not sent; of a sheet that was typed, its lines.
func (s *site) sheet(r *web.Request) error {
	p, err := s.loadSheets(r)
	if err != nil {
		return err
	}
	if p.untyped(r) {
		return r.Redirect(sheetsPath(p.Dialogue))
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftSheet, p.subject())
	if err != nil {
		return err
	}
	p.Form, p.SavedAt = restoredSheet(d), d.SavedAt
	p.Done = r.URL.Query().Has("xong")
	p.prepare()
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// restoredSheet is the form of a draft.
func restoredSheet(d store.Draft) (f sheetForm) {
	get := func(name string) string { return at(d.Fields[name], 0) }
	f.Number, f.Writer = get(doithoai.FieldSheetNumber), get(doithoai.FieldSheetWriter)
	f.Told = get(doithoai.FieldSheetTold)
	for name, column := range f.columns() {
		*column = slices.Clone(d.Fields[name])
	}
	f.compact()
	return f
}

// recordSheet records the sheet, or the lines that were left of one.
func (s *site) recordSheet(r *web.Request) error {
	p, err := s.loadSheets(r)
	if err != nil {
		return err
	}
	if p.untyped(r) { // never from our pages
		return r.Redirect(sheetsPath(p.Dialogue))
	}
	came, err := r.FormWithFiles(&p.Form, p.Limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	dropped, _ := strings.CutPrefix(p.Form.Step, web.StepDropFile+":")
	var scans []doithoai.ID
	for _, id := range append(p.Form.Uploads, came.IDs()...) {
		if id != dropped {
			scans = append(scans, doithoai.ID(id))
		}
	}
	lines := p.Form.compact()
	if p.Kept, err = s.db.Uploads(r.Context(), r.Actor(), scans); err != nil {
		return err
	}
	if p.Form.Step == stepMoreLines {
		p.Form.pad(len(lines) + doithoai.SheetLines)
	}
	if p.Form.Step != "" {
		return s.sheetAgain(r, p, nil)
	}
	key, err := p.Form.key()
	if err != nil {
		return err
	}
	var f store.HandSheetFile
	if err = doithoai.RefuseForm(came.Problems); err == nil {
		f, err = s.db.RecordSheet(r.Context(), r.Actor(), key, p.sheet(), lines, scans)
	}
	if err != nil {
		return s.sheetAgain(r, p, err)
	}
	s.drop(r, store.DraftSheet, p.subject())
	return r.Redirect(sheetPath(p.Dialogue, f.Number) + "?xong=1")
}

// sheet is the sheet that the form stands for. What is no number is none.
func (p *sheetsPage) sheet() doithoai.HandSheet {
	if p.File != nil {
		s := p.File.HandSheet
		s.Version = p.Form.Version
		return s
	}
	number, _ := strconv.Atoi(p.Form.Number) // else 0, which the rule refuses
	told, _ := strconv.Atoi(p.Form.Told)
	return doithoai.HandSheet{DialogueID: p.Dialogue.ID, Number: number, Writer: p.Form.Writer, Told: told}
}

// sheetAgain shows the form once more with everything that was typed, and what is wrong with it.
func (s *site) sheetAgain(r *web.Request, p *sheetsPage, refusal error) error {
	status := http.StatusOK
	if refusal != nil {
		if !web.Mendable(refusal) {
			return refusal
		}
		status = web.StatusOf(refusal)
		if p.Problems = r.Problems(refusal); !p.Problems.Any() {
			p.Warning = web.RefusalWords(r.Reader, refusal)
		}
		if doithoai.KindOf(refusal) == doithoai.Conflict { // sent once more, it is another form
			p.Form.Key = ""
		}
		r.RetryAfter(refusal)
	}
	p.prepare()
	r.Private()
	return r.Page(status, p.view())
}

// takenSheet is the sheet that has the number already; nil where none has.
func (p *sheetsPage) takenSheet() *doithoai.HandSheet {
	number := p.sheet().Number // "01" is sheet 1
	i := slices.IndexFunc(p.Sheets, func(h doithoai.HandSheet) bool { return h.Number == number })
	if p.File != nil || i < 0 {
		return nil
	}
	return &p.Sheets[i]
}

// Bounds of what is printed at once.
const (
	sheetsPrinted = 5
	maxPrinted    = 40
)

// blankPage are blank sheets to be printed before the day.
type blankPage struct {
	*web.Reader
	Dialogue    doithoai.Dialogue
	First, Last int
}

// blankAt are blank sheets, below the sheets that were typed.
const blankAt = "/in"

// at is the address of these sheets.
func (p blankPage) at() string {
	return sheetsPath(p.Dialogue) + blankAt + "?so=" + strconv.Itoa(p.count()) + "&tu=" + strconv.Itoa(p.First)
}

func (p blankPage) paper(number int) doc.Doc {
	return docform.HandSheet(docform.Head{Authority: p.Authority}, p.Dialogue, number)
}

// loadBlank reads as many sheets as so says, numbered from tu on.
func (s *site) loadBlank(r *web.Request) (p blankPage, err error) {
	p.Reader = r.Reader
	if p.Dialogue, err = s.dialogue(r); err != nil {
		return p, err
	}
	ask := func(name string, otherwise, most int) int {
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 {
			return otherwise
		}
		return min(n, most)
	}
	p.First = ask("tu", 1, doithoai.MaxHandSheets)
	p.Last = min(p.First+ask("so", sheetsPrinted, maxPrinted)-1, doithoai.MaxHandSheets)
	return p, nil
}

// blankSheets answers GET /hoi-truong/{dialogue}/to-ghi-tay/in.
func (s *site) blankSheets(r *web.Request) error {
	p, err := s.loadBlank(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// blankFile answers GET /hoi-truong/{dialogue}/to-ghi-tay/in.docx and .pdf.
func (s *site) blankFile(r *web.Request) error {
	p, err := s.loadBlank(r)
	if err != nil {
		return err
	}
	var papers []doc.Doc
	for n := p.First; n <= p.Last; n++ {
		papers = append(papers, p.paper(n))
	}
	return docfile.Send(r, s.db, "to-ghi-tay-"+p.Dialogue.Slug, papers...)
}
