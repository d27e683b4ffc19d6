package planning

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/table"
	"doithoai/web"
)

// peopleForms are the forms in which the list is downloaded.
var peopleForms = map[string]struct {
	kind  string
	write func(w io.Writer, sheet string, rows [][]string) error
}{
	"csv": {"text/csv; charset=utf-8", func(w io.Writer, _ string, rows [][]string) error {
		return table.WriteCSV(w, slices.Values(rows))
	}},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table.WriteXLSX},
}

// peopleFile sends the list with how everybody is reached, as a file that can be imported again. The view is audited.
func (s *site) peopleFile(r *web.Request) error {
	form, ok := peopleForms[r.PathValue("form")]
	if !ok {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	reached, err := s.db.ViewContacts(r.Context(), r.Actor(), base.Dialogue.ID, "")
	if err != nil {
		return err
	}
	rows := base.table(reached)
	if r.Authority.Demo {
		rows = table.Mark(r.Text, rows)
	}
	var b strings.Builder
	if err := form.write(&b, r.T("delegate.sheet"), rows); err != nil {
		return fmt.Errorf("write delegates of %s: %w", base.Dialogue.ID, err)
	}
	r.Private()
	h := r.W.Header()
	h.Set("Content-Type", form.kind)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=thanh-phan-%s.%s", base.Dialogue.Slug,
		r.PathValue("form")))
	_, _ = io.WriteString(r.W, b.String()) // a reader who went away is nobody's error
	return nil
}

// table is the list under the headings by which it is imported again, and behind them how it stands.
func (p peopleBase) table(reached []plan.Delegate) [][]string {
	headings := append(table.Headings(p.Text, plan.DelegateColumns), p.T("delegate.answer"), p.T("delegate.stands_in"))
	rows := [][]string{headings}
	for _, d := range reached {
		if d.State == plan.InvitationWithdrawn {
			continue
		}
		group := ""
		if at := slices.IndexFunc(p.Points, func(q plan.Point) bool { return q.Key == d.Point }); at >= 0 {
			group = p.pointTitle(at)
		}
		rows = append(rows, []string{
			group, d.Name, d.Title, d.Body, p.T("delegate.capacity." + string(d.Capacity)), d.Contact.Phone,
			d.Contact.Email, d.Note, p.stateWords(d.Invitation), substituteWords(d.Invitation),
		})
	}
	return rows
}

// peopleImportPage asks for a file.
type peopleImportPage struct {
	peopleBase
	Problems web.Problems
}

func (s *site) newPeopleFile(r *web.Request) error {
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, peopleImportPage{peopleBase: base}.view())
}

// readPeopleFile reads the file and keeps its rows, not the file, until the officer has seen what they would do.
func (s *site) readPeopleFile(r *web.Request) error {
	id := doithoai.ID(r.PathValue("id"))
	err := s.keepPeopleFile(r, id)
	if err == nil {
		return r.Redirect(peoplePath(id) + "/nhap/xem")
	}
	if doithoai.KindOf(err) != doithoai.Invalid {
		return err
	}
	base, loading := s.loadPeople(r)
	if loading != nil {
		return loading
	}
	p := peopleImportPage{peopleBase: base, Problems: r.Problems(err)}
	if !p.Problems.Any() { // of the form as a whole
		var e *doithoai.Error
		if !errors.As(err, &e) {
			return err
		}
		p.Problems = r.Problems(doithoai.RefuseForm([]doithoai.Problem{{Field: table.FileField, Key: e.Key}}))
	}
	return r.Page(web.StatusOf(err), p.view())
}

func (s *site) keepPeopleFile(r *web.Request, dialogue doithoai.ID) error {
	var none struct{}
	b, err := r.Upload(&none, table.FileField, table.MaxFile)
	if err != nil {
		return err
	}
	if b == nil {
		return doithoai.RefuseForm([]doithoai.Problem{{Field: table.FileField, Key: "delegate.problem.file"}})
	}
	got, err := table.Read(b)
	if err != nil {
		return err
	}
	file, notes, err := table.Match(got, plan.DelegateColumns)
	if err != nil {
		return err
	}
	return s.db.KeepDelegates(r.Context(), r.Actor(), dialogue, file, notes)
}

// peoplePreviewPage shows what taking a file over would do.
type peoplePreviewPage struct {
	peopleBase
	Import  store.DelegateImport
	Refusal string
}

func (s *site) previewPeople(r *web.Request) error { return s.showPeopleFile(r, nil) }

// showPeopleFile shows the kept rows against the list as it is now, after a refusal with its words.
func (s *site) showPeopleFile(r *web.Request, refusal error) error {
	base, err := s.loadPeople(r)
	if err != nil {
		return err
	}
	p := peoplePreviewPage{peopleBase: base}
	p.Import, err = s.db.KeptDelegates(r.Context(), r.Actor(), base.Dialogue.ID)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return r.Redirect(peoplePath(base.Dialogue.ID) + "/nhap")
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		p.Refusal, status = web.RefusalWords(r.Reader, refusal), web.StatusOf(refusal)
	}
	r.Private()
	return r.Page(status, p.view())
}

// confirmPeople takes the kept rows over, as the officer saw it or not at all.
func (s *site) confirmPeople(r *web.Request) error {
	var f struct {
		Digest string `form:"phien-ban" line:"true"`
	}
	if err := r.Form(&f); err != nil {
		return err
	}
	id := doithoai.ID(r.PathValue("id"))
	kept, err := s.db.KeptDelegates(r.Context(), r.Actor(), id)
	if doithoai.KindOf(err) == doithoai.NotFound { // a second click, or the draft was thrown away
		return r.Redirect(peoplePath(id))
	}
	if err != nil {
		return err
	}
	_, err = s.db.ImportDelegates(r.Context(), r.Actor(), id, kept.File, f.Digest)
	switch doithoai.KindOf(err) {
	case doithoai.Invalid, doithoai.Conflict:
		return s.showPeopleFile(r, err)
	}
	if err != nil {
		return err
	}
	return r.Redirect(peoplePath(id) + "?" + peopleDone + "=nhap")
}

// dropPeopleFile forgets the kept rows.
func (s *site) dropPeopleFile(r *web.Request) error {
	id := doithoai.ID(r.PathValue("id"))
	if err := s.db.DropDraft(r.Context(), r.Actor(), store.DraftDelegates, string(id)); err != nil {
		return err
	}
	return r.Redirect(peoplePath(id) + "/nhap")
}
