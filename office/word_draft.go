package office

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan/reading"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// The draft of an answer as it comes back from Word.
const (
	wordBack  = "/ban-word"
	partWord  = "#soan-trong-word"
	wordField = "ban-word"
)

// wordPage shows where a file differs from the draft, before it becomes the draft.
type wordPage struct {
	opinionPage
	Edited answerForm
	Taken  []doc.Change // what the draft becomes
	Left   []doc.Change // what the letter has from elsewhere
}

// readWord reads a Word file that began as the letter of the draft, and shows what was changed in it. Nothing is kept
// until the officer says so.
func (s *site) readWord(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	p, err := s.load(r, id, forms{})
	if err != nil {
		return err
	}
	if err := doithoai.Can(r.Actor(), doithoai.ActSubmitAnswer, p.Subject); err != nil {
		return err
	}
	var f struct {
		Version int `form:"phien-ban"`
	}
	file, err := r.Upload(&f, wordField, reading.MaxFile)
	if err != nil {
		return err
	}
	if !p.drafting() || p.Petition.Version != f.Version {
		return s.giveBack(r, id, forms{}, doithoai.Refuse(doithoai.Conflict, "error.conflict"))
	}
	letter, reply, err := s.letterOf(r, &p)
	if err != nil {
		return err
	}
	passages, err := docfile.Passages(r, s.db, letter)
	if err != nil {
		return err
	}
	theirs, err := wordLines(file, p.Opinion.Number, passages)
	if err != nil {
		return s.giveBack(r, id, forms{}, err)
	}
	edited, taken, left := reply.ReadBack(passages, theirs)
	w := wordPage{opinionPage: p, Edited: p.Forms.Answer, Taken: taken, Left: slices.DeleteFunc(left, onlyNamed)}
	w.Edited.Body, w.Edited.Basis = edited.Answer, edited.Bases
	w.Edited.PromisedForm = w.promised(edited.Tasks)
	return r.Page(http.StatusOK, w.view())
}

// wordLines are the paragraphs of a Word file, also those in cells of its tables. One that doesn't name the opinion as
// the letter does is refused: it is the letter of another one, or something else.
func wordLines(file []byte, of doithoai.RegisterNumber, letter []doc.Passage) (lines []string, err error) {
	if len(file) == 0 {
		return nil, doithoai.RefuseForm([]doithoai.Problem{{Field: wordField, Key: "opinion.word.problem.none"}})
	}
	paragraphs, err := reading.Paragraphs(file)
	if list := slices.Clone(doithoai.ProblemsOf(err)); len(list) > 0 {
		for i := range list {
			list[i].Field = wordField
		}
		return nil, doithoai.RefuseForm(list)
	}
	for _, p := range paragraphs {
		if p.Cells == nil {
			lines = append(lines, p.Text)
		}
		lines = append(lines, p.Cells...)
	}
	names := slices.ContainsFunc(letter, func(p doc.Passage) bool { return strings.Contains(p.Text, string(of)) })
	if err == nil && names && !strings.Contains(strings.Join(lines, "\n"), string(of)) {
		return nil, doithoai.RefuseForm([]doithoai.Problem{
			{Field: wordField, Key: "opinion.word.problem.other", Args: []any{"number", string(of)}},
		})
	}
	return lines, err
}

// onlyNamed reports whether a file merely has the name where the letter left room for it.
func onlyNamed(c doc.Change) bool {
	before, behind, found := strings.Cut(strings.Join(c.Was, " "), blank)
	now := strings.Join(c.Now, " ")
	return found && strings.HasPrefix(now, before) && strings.HasSuffix(now, behind)
}

// promised are the lines of the form for tasks as a file names them. A unit that is none of the commune's is asked for.
func (p opinionPage) promised(tasks []docform.ReplyTask) (f web.PromisedForm) {
	for _, t := range tasks {
		unit, due := doithoai.ID(""), ""
		for _, u := range p.Units {
			if name := text.Fold(t.Unit); name == text.Fold(u.Name) || name == text.Fold(u.ShortName()) {
				unit = u.ID
			}
		}
		if !t.Due.IsZero() {
			due = p.Date(t.Due)
		}
		f.Units, f.Whats, f.Dues = append(f.Units, string(unit)), append(f.Whats, t.What), append(f.Dues, due)
	}
	return f
}

// takenFields are what the draft becomes, as the form that keeps it posts them.
func (p wordPage) takenFields() (fields []hiddenField) {
	kept := p.Edited.fields()
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		for _, value := range kept[name] {
			fields = append(fields, hiddenField{name, value})
		}
	}
	return append(fields, hiddenField{"nhap", store.DraftAnswer + ":" + string(p.Opinion.ID)},
		hiddenField{"ve", p.path(partAnswer)})
}

type hiddenField struct{ name, value string }
