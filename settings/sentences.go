package settings

import (
	"net/http"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// sentencesPath is above the addresses of sentences, by their kind of document and key.
const sentencesPath = web.SettingsPath + "/cau-chu"

// stepProgram is the button that gives a sentence the program's words again.
const stepProgram = "phan-mem"

// sentencePage is a sentence of a kind of document: what it says and said, and what it is to say.
type sentencePage struct {
	templatesPage
	Kind     doithoai.PaperKind
	Sentence docform.Sentence
	All      doithoai.PaperSentences // of the kind
	People   map[doithoai.ID]string
	Form     sentenceForm
	Problems web.Problems
	Refusal  string
	Done     string
}

// sentenceForm is a sentence as it was typed.
type sentenceForm struct {
	Version int    `form:"phien-ban"`
	Words   string `form:"cau" line:"true"`
	From    string `form:"tu-ngay" line:"true" day:"true"`
	Step    string `form:"buoc" line:"true"`
}

func sentencePath(kind doithoai.PaperKind, key string) string {
	return sentencesPath + "/" + templateNames[kind] + "/" + key
}

// sentenceRows are the sentences of the kind that an authority may word.
func (p templatePage) sentenceRows() (rows []ui.WorkRow) {
	for _, s := range docform.Sentences(p.Kind) {
		row := p.Own.At(p.Kind, s.Key, p.Today())
		words, next := s.Program(), ""
		if row.Text != "" {
			words = row.Text
		}
		for _, t := range p.Own.Of(p.Kind, s.Key) {
			if t.From.After(p.Today()) && p.Own.At(p.Kind, s.Key, t.From).ID == t.ID {
				next = p.whose(t)
				break
			}
		}
		rows = append(rows, ui.WorkRow{Title: words, Href: sentencePath(p.Kind, s.Key), Cells: []ui.WorkCell{
			{Text: p.whose(row)}, {Text: next},
		}})
	}
	return rows
}

// whose words whose a sentence is, and from when.
func (p templatePage) whose(s doithoai.PaperSentence) string {
	key := "template.sentence.ours"
	if s.Text == "" {
		key = "template.sentence.theirs"
	}
	if s.From.IsZero() {
		return p.T(key)
	}
	return p.T(key) + ", " + period(p.Reader, s.From, calendar.Date{})
}

func (s *site) loadSentence(r *web.Request) (p sentencePage, err error) {
	if p.Kind, err = templateKind(r); err != nil {
		return p, err
	}
	of := docform.Sentences(p.Kind)
	i := slices.IndexFunc(of, func(s docform.Sentence) bool { return s.Key == r.PathValue("key") })
	if i < 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Reader, p.Sentence = r.Reader, of[i]
	if p.All, err = s.db.PaperSentences(r.Context(), r.Authority.ID, p.Kind); err != nil {
		return p, err
	}
	if p.People, err = s.people(r); err != nil {
		return p, err
	}
	p.Form = sentenceForm{
		Version: p.All.Version(p.Kind, p.Sentence.Key), Words: p.words(), From: r.Date(r.Today().AddDays(1)),
	}
	return p, nil
}

// words are what the sentence says from the last day on for which it was set.
func (p sentencePage) words() string {
	rows := p.All.Of(p.Kind, p.Sentence.Key)
	if n := len(rows); n > 0 && rows[n-1].Text != "" {
		return rows[n-1].Text
	}
	return p.Sentence.Program()
}

func (s *site) sentence(r *web.Request) error {
	p, err := s.loadSentence(r)
	if err != nil {
		return err
	}
	p.Done = doneWords(r, "template.done.")
	return r.Page(http.StatusOK, p.view())
}

// setSentence words the sentence from a day on, or shows what documents would say.
func (s *site) setSentence(r *web.Request) error {
	p, err := s.loadSentence(r)
	if err != nil {
		return err
	}
	version := p.Form.Version
	p.Form = sentenceForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	if p.Form.Step == stepProgram {
		p.Form.Words = p.Sentence.Program()
	}
	problems := p.Sentence.Check("cau", p.Form.Words)
	if p.Form.Words == "" {
		problems = append(problems, doithoai.Problem{Field: "cau", Key: "template.problem.sentence"})
	}
	refusal := doithoai.RefuseForm(problems)
	if refusal == nil && p.Form.Step != stepTry {
		words := p.Form.Words
		if words == p.Sentence.Program() { // typed or not, they are the program's, also when it has others
			words = ""
		}
		_, refusal = s.db.SetPaperSentence(r.Context(), r.Actor(), p.Kind, p.Sentence.Key, p.Form.Version, words,
			web.TypedDate(p.Form.From))
		if refusal == nil {
			return r.Redirect(sentencePath(p.Kind, p.Sentence.Key) + "?xong=" + string(doithoai.ActSetPaperSentence))
		}
	}
	if refusal == nil {
		return r.Page(http.StatusOK, p.view())
	}
	if !web.Mendable(refusal) {
		return refusal
	}
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	p.Form.Version = version
	return r.Page(web.StatusOf(refusal), p.view())
}

// tried is the example of the kind in the words that are typed; without it, where the example has no such sentence.
func (p sentencePage) tried() (d doc.Doc, has bool) {
	d, _ = docform.Example(p.Kind, p.Authority, p.Today())
	for _, b := range d.Body {
		par, ok := b.(doc.Paragraph)
		has = has || ok && par.Sentence.Key == p.Sentence.Key
	}
	own := map[string]string{}
	for _, s := range docform.Sentences(p.Kind) {
		own[s.Key] = p.All.At(p.Kind, s.Key, p.Today()).Text
	}
	own[p.Sentence.Key] = p.Form.Words
	return docform.Worded(d, own), has
}

// fieldRows are the fields of the sentence, with what each is and says in the example.
func (p sentencePage) fieldRows() (rows []ui.WorkRow) {
	known := docform.SampleValues(p.Authority, p.Today())
	for _, f := range p.Sentence.Fields {
		name := "{{" + f + "}}"
		says := p.Sentence.Sample(name, known)
		rows = append(rows, ui.WorkRow{Title: name, Cells: []ui.WorkCell{
			{Text: p.T("template.word." + f)}, {Text: text.Brief(says, mostShown)},
		}})
	}
	return rows
}

// history lists what the sentence said and will say, the newest first.
func (p sentencePage) history() (rows []ui.WorkRow) {
	for _, s := range slices.Backward(p.All.Of(p.Kind, p.Sentence.Key)) {
		words := s.Text
		if words == "" {
			words = p.T("template.sentence.program")
		}
		rows = append(rows, ui.WorkRow{Title: words, Cells: []ui.WorkCell{
			{Rich: p.state(s)}, {Text: p.Date(s.From)}, {Text: p.People[s.By] + ", " + p.DateTime(s.At)},
		}})
	}
	return rows
}

// state is where a row stands today.
func (p sentencePage) state(s doithoai.PaperSentence) ui.Tag {
	holds := func(on calendar.Date) bool { return p.All.At(p.Kind, s.Key, on).ID == s.ID }
	switch {
	case holds(p.Today()):
		return ui.Tag{Text: p.T("settings.parameters.state.now"), Colour: ui.Green}
	case holds(later(s.From, p.Today())):
		return ui.Tag{Text: p.T("settings.parameters.state.future"), Colour: ui.Blue}
	}
	return ui.Tag{Text: p.T("template.over"), Colour: ui.Grey}
}
