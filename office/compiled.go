package office

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
)

// checkListPath is where the points of a list are checked before they are recorded.
const checkListPath = web.ListPath + "/soat"

// listForm is a village's list: as it was pasted, and the points that it was split into. Points are parallel fields.
type listForm struct {
	Key      string   `form:"khoa" line:"true"`
	Dialogue string   `form:"doi-thoai" line:"true"`
	Village  string   `form:"thon" line:"true"`
	Told     string   `form:"so-y-kien" line:"true"`
	Differs  string   `form:"vi-sao-lech" line:"true"`
	Original string   `form:"nguyen-van"`
	Contents []string `form:"y-kien"`
	Names    []string `form:"ho-ten"`
	Places   []string `form:"noi-o"`
	Drops    []string `form:"bo-vi"`
	Step     string   `form:"buoc" line:"true"`
}

// points are those of the form; a forged one without some fields has points without them.
func (f listForm) points() []doithoai.CompiledPoint {
	at := func(list []string, i int) string {
		if i < len(list) {
			return text.CleanLine(list[i])
		}
		return ""
	}
	points := make([]doithoai.CompiledPoint, min(len(f.Contents), 2*doithoai.MaxPoints))
	for i := range points {
		points[i] = doithoai.CompiledPoint{
			Content: f.Contents[i], Name: at(f.Names, i), Address: at(f.Places, i), Dropped: at(f.Drops, i),
			Illegible: text.Illegible(f.Contents[i]) != "",
		}
	}
	return points
}

// setPoints puts points in the place of those of the form.
func (f *listForm) setPoints(points []doithoai.CompiledPoint) {
	f.Contents, f.Names, f.Places, f.Drops = nil, nil, nil, nil
	for _, p := range points {
		f.Contents, f.Names = append(f.Contents, p.Content), append(f.Names, p.Name)
		f.Places, f.Drops = append(f.Places, p.Address), append(f.Drops, p.Dropped)
	}
}

// list is the list that the form stands for. What is no number is no count.
func (f listForm) list() doithoai.CompiledList {
	told, _ := strconv.Atoi(f.Told) // else 0, which the rule refuses
	return doithoai.CompiledList{
		DialogueID: doithoai.ID(f.Dialogue), VillageID: doithoai.ID(f.Village), Told: told, Differs: f.Differs,
	}
}

// fields are what a draft keeps of the form.
func (f listForm) fields() map[string][]string {
	return map[string][]string{
		"thon": {f.Village}, "so-y-kien": {f.Told}, "vi-sao-lech": {f.Differs}, "nguyen-van": {f.Original},
		"y-kien": f.Contents, "ho-ten": f.Names, "noi-o": f.Places, "bo-vi": f.Drops,
	}
}

// restoredList is the form of a draft.
func restoredList(d store.Draft) listForm {
	return listForm{
		Village: first(d.Fields["thon"]), Told: first(d.Fields["so-y-kien"]), Differs: first(d.Fields["vi-sao-lech"]),
		Original: first(d.Fields["nguyen-van"]), Contents: d.Fields["y-kien"], Names: d.Fields["ho-ten"],
		Places: d.Fields["noi-o"], Drops: d.Fields["bo-vi"],
	}
}

// listPage is the form of a list: pasted, or checked.
type listPage struct {
	*web.Reader
	Villages []doithoai.Village // of which the officer may record lists
	Dialogue *doithoai.Dialogue // the coming one, that the list is for
	Lists    []store.CompiledRow
	Form     listForm
	Points   []doithoai.CompiledPoint
	Known    map[int]doithoai.RegisterNumber // points that came in before
	Problems web.Problems
	Refusal  string
	SavedAt  calendar.Instant
}

// loadList reads what the form can choose from, and what the officer typed and did not send.
func (s *site) loadList(r *web.Request) (p listPage, err error) {
	p = listPage{Reader: r.Reader}
	all, err := s.db.Villages(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Villages = slices.DeleteFunc(all, func(v doithoai.Village) bool {
		return doithoai.Can(r.Actor(), doithoai.ActRecordList,
			doithoai.Subject{AuthorityID: r.Authority.ID, VillageID: v.ID}) != nil
	})
	next, err := s.db.NextDialogue(r.Context(), r.Authority.ID)
	if err == nil {
		p.Dialogue = &next
	} else if doithoai.KindOf(err) != doithoai.NotFound {
		return p, err
	}
	d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftList, "")
	if err != nil {
		return p, err
	}
	p.Form, p.SavedAt = restoredList(d), d.SavedAt
	p.attach()
	return p, nil
}

// attach makes the form one for the coming dialogue; who records for one village only needs not choose it.
func (p *listPage) attach() {
	p.Form.Dialogue = ""
	if p.Dialogue != nil {
		p.Form.Dialogue = string(p.Dialogue.ID)
	}
	if len(p.Villages) == 1 {
		p.Form.Village = string(p.Villages[0].ID)
	}
	p.Points = p.Form.points()
}

// maxListsShown is how many lists that came in the page names.
const maxListsShown = 20

// newList shows the form in which a list is pasted, and the lists that came in.
func (s *site) newList(r *web.Request) error {
	p, err := s.loadList(r)
	if err != nil {
		return err
	}
	if p.Form.Village == "" {
		p.Form.Village = r.FormValue("thon")
	}
	return s.showNewList(r, p, http.StatusOK)
}

func (s *site) showNewList(r *web.Request, p listPage, status int) (err error) {
	if p.Lists, err = s.db.CompiledLists(r.Context(), r.Actor(), maxListsShown); err != nil {
		return err
	}
	return r.Page(status, p.paste())
}

// splitList takes a pasted list or a file, splits it, keeps it as the officer's draft and leads to its check.
func (s *site) splitList(r *web.Request) error {
	p, err := s.loadList(r)
	if err != nil {
		return err
	}
	p.Form = listForm{}
	file, err := r.Upload(&p.Form, table.FileField, table.MaxFile)
	if err == nil {
		p.attach()
		err = p.split(file)
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		if err != nil {
			return err
		}
		return s.keepList(r, p, "")
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	return s.showNewList(r, p, web.StatusOf(err))
}

// Fields of the form in which a list is pasted.
const fieldOriginal = "nguyen-van"

// split makes the points of what was pasted, or of a file, which goes first. Where something is to be mended the form
// stays as it was typed.
func (p *listPage) split(file []byte) error {
	original, points := p.Form.Original, []doithoai.CompiledPoint(nil)
	if len(file) > 0 {
		var err error
		if original, points, err = pointsOfFile(file, p.T("compiled.drop.aside")); err != nil {
			return err
		}
	} else {
		points = splitPoints(original, p.T("compiled.drop.aside"))
	}
	var list []doithoai.Problem
	add := func(field, key string, args ...any) {
		list = append(list, doithoai.Problem{Field: field, Key: "compiled.problem." + key, Args: args})
	}
	n := utf8.RuneCountInString(original)
	switch {
	case len(points) == 0:
		add(fieldOriginal, "original")
	case n > doithoai.MaxOriginal:
		add(fieldOriginal, "original_long", "max", doithoai.MaxOriginal, "over", n-doithoai.MaxOriginal)
	case len(points) > doithoai.MaxPoints:
		add(fieldOriginal, "too_many", "max", doithoai.MaxPoints)
	}
	if p.Form.Village == "" {
		add(doithoai.FieldListVillage, "village")
	}
	if p.Form.list().Told < 1 {
		add(doithoai.FieldTold, "told")
	}
	if len(list) > 0 { // what was typed comes back, not a file
		return doithoai.RefuseForm(list)
	}
	p.Form.Original, p.Points = original, points
	p.Form.setPoints(points)
	return nil
}

// keepList keeps the form as the officer's draft and leads to its check; at is what follows the address.
func (s *site) keepList(r *web.Request, p listPage, at string) error {
	_, err := s.db.SaveDraft(r.Context(), r.Actor(), store.DraftList, "", p.Form.fields())
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Unavailable: // what can't be kept comes back in the answer itself
		p.Refusal = web.RefusalWords(r.Reader, err)
		return s.showCheck(r, p, web.StatusOf(err))
	}
	if err != nil {
		return err
	}
	return r.Redirect(checkListPath + at)
}

// checkList shows the points beside the list as it was pasted.
func (s *site) checkList(r *web.Request) error {
	p, err := s.loadList(r)
	if err != nil {
		return err
	}
	if len(p.Points) == 0 {
		return r.Redirect(web.ListPath)
	}
	if r.URL.Query().Has(mending) {
		p.Problems = r.Problems(doithoai.RefuseForm(p.Form.list().Problems(p.Points)))
	}
	return s.showCheck(r, p, http.StatusOK)
}

func (s *site) showCheck(r *web.Request, p listPage, status int) error {
	known, err := s.db.KnownPoints(r.Context(), r.Actor(), p.Form.list(), p.Points)
	if err != nil {
		return err
	}
	p.Known = map[int]doithoai.RegisterNumber{}
	for _, k := range known {
		p.Known[k.Point] = k.Number
	}
	if p.Form.Key == "" {
		p.Form.Key = newKey()
	}
	return r.Page(status, p.check())
}

// newKey is a fresh key of a form.
func newKey() string {
	var f web.SlipForm
	f.Renew()
	return f.Key
}

// listKey reads the key of a form.
func listKey(key string) (doithoai.IntakeKey, bool) {
	f := web.SlipForm{Key: key}
	return f.IntakeKey()
}

// listReceiptLife is for how long the codes of a list can be printed.
const listReceiptLife = 30 * time.Minute

// recordList changes the points as a button asks, or records the list and leads to its receipt.
func (s *site) recordList(r *web.Request) error {
	p, err := s.loadList(r)
	if err != nil {
		return err
	}
	p.Form = listForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	p.attach()
	key, ok := listKey(p.Form.Key)
	if !ok { // never from our pages
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	if p.Form.Step != "" {
		at, err := s.stepList(r, &p)
		if err != nil {
			return err
		}
		return s.keepList(r, p, at)
	}
	f, err := s.db.RecordList(r.Context(), r.Actor(), key, p.Form.list(), p.Points, p.Form.Original)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid:
		return s.keepList(r, p, "?"+mending)
	case doithoai.Conflict, doithoai.Unavailable:
		p.Form.Key, p.Refusal = "", web.RefusalWords(r.Reader, err)
		return s.showCheck(r, p, web.StatusOf(err))
	}
	if err != nil {
		return err
	}
	if err := s.db.DropDraft(r.Context(), r.Actor(), store.DraftList, ""); err != nil {
		return err
	}
	to := web.ListPath + "/" + string(f.ID)
	if f.Repeated && !slices.ContainsFunc(f.Points, func(e store.CompiledEntry) bool { return e.Code != "" }) {
		return r.Redirect(to + "?" + repeatedList)
	}
	r.SetOwnCookie(web.ListCookie, string(f.ID)+"."+p.Form.Key, listReceiptLife)
	return r.Redirect(to)
}

// repeatedList says in the address that the list had been recorded before.
const repeatedList = "da-ghi"

// Steps by which points are changed; all but stepKnown and stepMore name a point, from 0, after a colon.
const (
	stepJoin  = "gop"  // with the point above
	stepSplit = "tach" // into several
	stepMore  = "them" // one more, at the end
	stepKnown = "bo-trung"
	stepKeep  = "luu" // nothing changes
)

// stepList changes the points as the button asks, and says where on the page to go on.
func (s *site) stepList(r *web.Request, p *listPage) (at string, err error) {
	step, number, _ := strings.Cut(p.Form.Step, ":")
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(p.Points) {
		i = 0
	}
	switch step {
	case stepJoin:
		if i > 0 {
			p.Points[i-1] = joinedPoint(p.Points[i-1], p.Points[i])
			p.Points = slices.Delete(p.Points, i, i+1)
			i--
		}
	case stepSplit:
		p.Points = slices.Replace(p.Points, i, i+1, splitPoint(p.Points[i])...)
	case stepMore:
		p.Points = append(p.Points, doithoai.CompiledPoint{})
		i = len(p.Points) - 1
	case stepKnown:
		known, err := s.db.KnownPoints(r.Context(), r.Actor(), p.Form.list(), p.Points)
		if err != nil {
			return "", err
		}
		for _, k := range known {
			if p.Points[k.Point].Dropped == "" {
				p.Points[k.Point].Dropped = r.T("compiled.drop.known", "number", string(k.Number))
			}
		}
	case stepKeep:
		return "", nil
	default:
		return "", doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	p.Form.setPoints(p.Points)
	return "#" + doithoai.PointField(doithoai.FieldPoint, i), nil
}

// compiledPage is the receipt of a village's list, on a sheet of A4.
type compiledPage struct {
	*web.Reader
	File     store.CompiledFile
	Repeated bool
}

// compiledList answers GET /noi-bo/danh-sach-thon/{id}: the numbers of the list, and its codes where the form's key is
// still at hand.
func (s *site) compiledList(r *web.Request) error {
	id := doithoai.ID(r.PathValue("id"))
	var key doithoai.IntakeKey
	if of, kept, ok := strings.Cut(r.GetOwnCookie(web.ListCookie), "."); ok && of == string(id) {
		key, _ = listKey(kept) // another one opens no code
	}
	f, err := s.db.CompiledList(r.Context(), r.Actor(), id, key)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, compiledPage{r.Reader, f, r.URL.Query().Has(repeatedList)}.view())
}
