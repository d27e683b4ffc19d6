package portal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

const answersPath = "/hoi-dap"

func answerPath(n doithoai.RegisterNumber) string {
	return answersPath + "/" + url.PathEscape(string(n))
}

const (
	answersPerPage = 20
	// maxQuery bounds a search in characters.
	maxQuery = 300
	// maxPage bounds the pages of what was found for some words.
	maxPage = 1000
	// excerptWidth is the length of a result's excerpt in characters.
	excerptWidth = 180
	// maxDescription is how many characters of a question describe its page to a search engine.
	maxDescription = 160
)

// answersPage is the search over published questions and answers.
type answersPage struct {
	*web.Reader
	setting
	Search store.Search
	store.Found
	// Unknown is a register number of this authority under which nothing is published.
	Unknown doithoai.RegisterNumber
	Guides  []store.GuideRow // reference pages that say it
}

// answers lists what is published: the newest first, or what answers the words typed (tim) best; narrowed to a field
// (linh-vuc). Further pages hold what comes before a row (truoc); where words were typed they are counted (trang). A
// register number, in whatever spelling, alone or within a sentence, leads to its answer.
func (s *site) answers(r *web.Request) error {
	p := answersPage{Reader: r.Reader, Search: store.Search{Limit: answersPerPage}}
	var err error
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	q := r.URL.Query()
	p.Search.Query = text.Cut(text.CleanLine(q.Get("tim")), maxQuery)
	if field := q.Get("linh-vuc"); p.FieldName(field) != "" {
		p.Search.Field = field
	}
	if before, err := strconv.ParseInt(q.Get("truoc"), 10, 64); err == nil && before > 0 {
		p.Search.Before = before
	}
	if page, err := strconv.Atoi(q.Get("trang")); err == nil && page > 1 && page <= maxPage {
		p.Search.Page = page - 1
	}
	number, public, err := s.DB.PublishedNumber(r.Context(), r.Authority.ID, p.Search.Query)
	if err != nil {
		return err
	}
	if public {
		return r.Redirect(answerPath(number))
	}
	if p.Unknown = number; number == "" {
		if p.Found, err = s.DB.Search(r.Context(), r.Authority.ID, p.Search); err != nil {
			return err
		}
	}
	if err := s.guidesFirst(r, &p); err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// split parts what is shown: answers, and those that have only a part of the words.
func (p answersPage) split() (whole, parts []store.Published) {
	i := slices.IndexFunc(p.Answers, func(a store.Published) bool { return a.Part })
	if i < 0 {
		return p.Answers, nil
	}
	return p.Answers[:i], p.Answers[i:]
}

// narrowed reports whether the reader looks for something rather than at the newest.
func (p answersPage) narrowed() bool { return p.Search.Query != "" || p.Search.Field != "" }

func (p answersPage) form() ui.Search {
	fields := ui.Select{
		Field: ui.Field{Name: "linh-vuc", Label: ui.Label{Text: p.T("portal.answers.field")}}, Value: p.Search.Field,
		Options: []ui.Option{{Text: p.T("portal.answers.every_field")}},
	}
	for _, f := range p.Fields {
		fields.Options = append(fields.Options, ui.Option{Value: f.Code, Text: p.FieldText(f.Code, f.Name)})
	}
	hint := ""
	if !p.narrowed() { // who has searched wants to see what was found
		hint = p.T("portal.answers.search_hint")
	}
	return ui.Search{
		Action: answersPath, Label: p.T("portal.answers.search_label"),
		Field: ui.Input{
			Field: ui.Field{
				Name: "tim", Label: ui.Label{Text: p.T("portal.answers.search")},
				Hint:  ui.Hint{Text: hint},
				Attrs: ui.Attrs{"maxlength": strconv.Itoa(maxQuery)},
			},
			Type: "search", Value: p.Search.Query,
		},
		Filters: []ui.Select{fields}, Button: p.T("portal.answers.find"),
	}
}

// heading says what the list below holds.
func (p answersPage) heading() string {
	switch {
	case p.Unknown != "":
		return p.T("portal.answers.number_heading", "number", string(p.Unknown))
	case p.Search.Query != "" && p.Total > 0 && p.Whole:
		return p.T("portal.answers.found", "count", p.Total, "query", p.Search.Query)
	case p.Search.Query != "" && p.Total > 0:
		return p.T("portal.answers.found_least", "count", p.Total, "query", p.Search.Query)
	case p.Search.Query != "" && p.Whole:
		return p.T("portal.answers.found_none", "query", p.Search.Query)
	case p.Search.Query != "":
		return p.T("portal.answers.found_not_yet", "query", p.Search.Query)
	case p.Search.Field != "":
		return p.T("portal.answers.of_field", "field", fieldText(p.Reader, p.setting, p.Search.Field))
	}
	return p.T("portal.answers.newest")
}

// pages lead on, so that answers published meanwhile shift nothing: by the row of the last answer shown; or by the
// number of the page of what was found among what was there at the first page.
func (p answersPage) pages() ui.Pagination {
	pages := ui.Pagination{Label: p.T("portal.answers.pages")}
	to := func(before int64, page int) string {
		q := url.Values{}
		for name, value := range map[string]string{"tim": p.Search.Query, "linh-vuc": p.Search.Field} {
			if value != "" {
				q.Set(name, value)
			}
		}
		if before > 0 {
			q.Set("truoc", strconv.FormatInt(before, 10))
		}
		if page > 0 {
			q.Set("trang", strconv.Itoa(page+1))
		}
		if len(q) == 0 {
			return answersPath
		}
		return answersPath + "?" + q.Encode()
	}
	if p.Search.Before > 0 {
		pages.Previous = ui.PageLink{Text: p.T("portal.answers.first"), Href: to(0, 0)}
	}
	switch {
	case p.More && p.Search.Query != "":
		pages.Next = ui.PageLink{Text: p.T("portal.answers.next"), Href: to(p.Before, p.Search.Page+1)}
	case p.More:
		pages.Next = ui.PageLink{Text: p.T("portal.answers.older"), Href: to(p.Before, 0)}
	}
	return pages
}

// maxNamed is how many words are named that were left out; of more it is only said that there are.
const maxNamed = 4

// heard says in sentences how the words typed were understood: which nothing holds, which had to be left out, what they
// were read as.
func (p answersPage) heard() (said []string) {
	h := p.Heard
	if n := len(h.Missing); n > 0 && n <= maxNamed {
		said = append(said, p.T("portal.answers.missing", "words", quoted(h.Missing)))
	}
	switch n := len(h.Dropped); {
	case n > maxNamed || len(h.Missing) > maxNamed:
		said = append(said, p.T("portal.answers.nearest"))
	case n > 0:
		said = append(said, p.T("portal.answers.dropped", "words", quoted(h.Dropped)))
	}
	var read []string
	for _, r := range h.Read {
		read = append(read, p.T("portal.answers.reading", "said", r.Said, "as", r.As))
	}
	if len(read) > 0 {
		said = append(said, p.T("portal.answers.read", "words", strings.Join(read, ", ")))
	}
	return said
}

// quoted are words in quotation marks.
func quoted(words []string) string { return "“" + strings.Join(words, "”, “") + "”" }

// answerRows are published answers as a list; what a search found is marked.
func answerRows(r *web.Reader, s setting, list []store.Published) ui.Rows {
	var rows ui.Rows
	for _, a := range list {
		f := answerFacts{Reader: r, Field: fieldText(r, s, a.FieldCode), Unit: a.Unit, On: a.At.Date()}
		if len(a.Marks) > 0 {
			f.Excerpt = excerpt(a)
		}
		rows = append(rows, ui.Row{
			Title: a.Title, Lang: "vi", Href: answerPath(a.Number), Facts: f.html(), State: solvedTag(r, a),
		})
	}
	return rows
}

// answerFacts is the line under the title of an answer in a list.
type answerFacts struct {
	*web.Reader
	Field, Unit string
	On          calendar.Date
	Excerpt     []text.Piece
}

// excerpt shows where it was found: in the question or the answer, whichever holds more of the words side by side.
// Where neither holds what was looked for, such as a word of the title, it is the beginning of the question.
func excerpt(a store.Published) []text.Piece {
	best, most := text.Snippet(a.Question, nil, excerptWidth), 0
	for _, body := range []string{a.Question, a.Answer} {
		x := text.Snippet(body, a.Marks, excerptWidth)
		for _, hit := range x.Hits {
			if n := len(strings.Fields(body[hit.Start:hit.End])); n > most {
				best, most = x, n
			}
		}
	}
	return best.Pieces()
}

// solvedTag says in two or three words what became of the matter: what the person says of it, or else how it was ruled.
// "Answered" is not "solved". An answer that was replaced, or not agreed with, is nothing but that.
func solvedTag(r *web.Reader, a store.Published) ui.Tag {
	if a.Again {
		return ui.Tag{Text: r.T("reopening.follow.again"), Colour: ui.Yellow}
	}
	if a.Answered {
		return ui.Tag{Text: r.T("reopening.public_tag"), Colour: ui.Yellow}
	}
	if !a.ReplacedAt.IsZero() {
		return ui.Tag{Text: r.T("correction.public.tag"), Colour: ui.Yellow}
	}
	switch a.Solved {
	case doithoai.SolvedYes:
		return ui.Tag{Text: r.T("portal.answer.solved_yes"), Colour: ui.Green}
	case doithoai.SolvedPart:
		return ui.Tag{Text: r.T("portal.answer.solved_part"), Colour: ui.Yellow}
	case doithoai.SolvedNo:
		return ui.Tag{Text: r.T("portal.answer.solved_no"), Colour: ui.Yellow}
	}
	switch a.Ruling {
	case doithoai.RulingOnTheSpot:
		return ui.Tag{Text: r.T("portal.answer.on_the_spot")}
	case doithoai.RulingOtherBody:
		return ui.Tag{Text: r.T("portal.answer.other_body"), Colour: ui.Grey}
	}
	return ui.Tag{Text: r.T("portal.answer.answered")}
}

// answerPage is one published question with its answer.
type answerPage struct {
	*web.Reader
	setting
	Answer   store.Published
	Promises []store.PromiseRow // that it made
	Dialogue *doithoai.Dialogue // nil where it was raised outside one
	Answerer string             // what the authority was called when it answered
}

func (s *site) answer(r *web.Request) error {
	a, err := s.DB.PublishedByNumber(r.Context(), r.Authority.ID, web.NumberOf(r))
	if doithoai.KindOf(err) == doithoai.NotFound {
		with, other := s.DB.PublicWith(r.Context(), r.Authority.ID, web.NumberOf(r))
		if other == nil { // several were sent one answer, which is public once
			return r.Redirect(answersPath + "/" + string(with))
		}
		if doithoai.KindOf(other) != doithoai.NotFound {
			return other
		}
	}
	if err != nil {
		return err
	}
	organisation, err := s.DB.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	p := answerPage{Reader: r.Reader, Answer: a, Answerer: organisation.NameOn(a.RuledAt.Date()).Name}
	if p.setting, err = s.setting(r); err != nil {
		return err
	}
	if p.Promises, err = s.DB.PromisesOfPublished(r.Context(), r.Authority.ID, a.Number); err != nil {
		return err
	}
	if a.Dialogue != "" {
		d, err := s.DB.DialogueByID(r.Context(), r.Authority.ID, a.Dialogue)
		if err != nil {
			return err
		}
		p.Dialogue = &d
	}
	return r.Page(http.StatusOK, p.view())
}

// facts are what the register says of the question. Of the person it says the village at most (Luật 91/2025 Đ.16).
func (p answerPage) facts() ui.Facts {
	a := p.Answer
	var facts ui.Facts
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, ui.Fact{Name: name, Value: value})
		}
	}
	add(p.T("portal.answer.number"), string(a.Number))
	add(p.T("portal.answer.field"), fieldText(p.Reader, p.setting, a.FieldCode))
	if a.Village != "" {
		facts = append(facts, ui.Fact{Name: p.T("portal.answer.village"), Value: a.Village, Lang: "vi"})
	}
	facts = append(facts, ui.Fact{Name: p.T("portal.answer.received"), Rich: p.day(a.Received.Date())})
	add(p.T("portal.answer.ruling"), p.ruling())
	if a.Unit != "" {
		facts = append(facts, ui.Fact{Name: p.T("portal.answer.unit"), Value: a.Unit, Lang: "vi"})
	}
	if a.Together > 1 {
		add(p.T("portal.answer.together"), p.Text.Number(a.Together))
	}
	add(p.T("portal.answer.solved"), p.solved())
	return facts
}

func (p answerPage) day(d calendar.Date) ui.Time {
	return ui.Time{Machine: d.String(), Text: p.DateIn(d)}
}

// publishedRulings are the rulings that lead to something to publish, in the words of the public.
var publishedRulings = map[doithoai.RulingCode]string{
	doithoai.RulingOnTheSpot:  "portal.answer.ruling_spot",
	doithoai.RulingLater:      "portal.answer.ruling_later",
	doithoai.RulingCoordinate: "portal.answer.ruling_coordinate",
	doithoai.RulingSuperior:   "portal.answer.ruling_superior",
	doithoai.RulingOtherBody:  "portal.answer.ruling_other",
}

func (p answerPage) ruling() string {
	key, ok := publishedRulings[p.Answer.Ruling]
	if !ok {
		return ""
	}
	return p.T(key)
}

func (p answerPage) solved() string {
	if s := p.Answer.Said; p.Answer.Together > 1 && s != (store.Said{}) {
		var parts []string
		for _, said := range []struct {
			n   int
			key string
		}{{s.Yes, "portal.answer.say_yes"}, {s.Part, "portal.answer.say_part"}, {s.No, "portal.answer.say_no"}} {
			if said.n > 0 {
				parts = append(parts, p.T(said.key, "count", said.n))
			}
		}
		return p.T("portal.answer.say", "all", p.Answer.Together, "said", strings.Join(parts, "; "))
	}
	key := map[doithoai.Solved]string{
		doithoai.SolvedYes: "portal.answer.says_yes", doithoai.SolvedPart: "portal.answer.says_part",
		doithoai.SolvedNo: "portal.answer.says_no",
	}[p.Answer.Solved]
	return p.T(cmp.Or(key, "portal.answer.says_nothing"))
}

// documentLine names the document of the answer.
func (p answerPage) documentLine() string {
	if p.Answer.Dated.IsZero() {
		return p.T("portal.answer.document", "number", p.Answer.DocNumber)
	}
	return p.T("portal.answer.document_of", "number", p.Answer.DocNumber, "date", p.Date(p.Answer.Dated))
}

// answeredBy says who answered and, where no unit had to look into the matter first, how.
func (p answerPage) answeredBy() string {
	a := p.Answer
	switch {
	case a.Unit != "":
		return p.T("portal.answer.by", "unit", a.Unit)
	case a.Ruling == doithoai.RulingOtherBody:
		return p.T("portal.answer.directed", "authority", p.Answerer)
	case p.Dialogue != nil && a.RuledAt.Date() == p.Dialogue.StartsAt.Date():
		return p.T("portal.answer.in_hall")
	}
	return p.T("portal.answer.at_once", "authority", p.Answerer)
}
