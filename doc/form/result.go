package form

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/text"
)

// ResultFile says which file of figures goes with the report: its hash stands on the paper, so that who signs it signs
// the file as well.
type ResultFile struct {
	Name   string
	SHA256 string // "": none goes with it yet, the figures are not settled
}

// resultWriter writes the report of a dialogue's result.
type resultWriter struct {
	report.Result
	body []doc.Block
}

func (w *resultWriter) add(blocks ...doc.Block) { w.body = append(w.body, blocks...) }

// say adds a sentence of the report; one that names a list stays with it.
func (w *resultWriter) say(key string, args ...any) {
	p := say("report.paper."+key, args...)
	p.KeepWithNext = strings.HasSuffix(p.Runs[len(p.Runs)-1].Text, ":")
	w.add(p)
}

// item adds a sentence of the report after a dash.
func (w *resultWriter) item(key string, args ...any) {
	p := say("report.paper."+key, args...)
	p.Dash = true
	w.add(p)
}

func (w *resultWriter) heading(key string) {
	w.add(doc.Heading(doc.Section, vietnamese.T("report.paper."+key)))
}

// own adds what the office says itself.
func (w *resultWriter) own(field, words string) { w.add(of(field, lines(words)...)...) }

// ResultReport is the report of a dialogue's result with its annexes: what was raised and answered, and what became of
// what earlier dialogues left.
func ResultReport(h Head, r report.Result, file ResultFile) doc.Doc {
	paper := h.document(doc.Named, doithoai.DocumentResult.Symbol())
	paper.Form = string(doithoai.PaperResult)
	paper.Type = vietnamese.T("report.paper.type")
	paper.Abstract = vietnamese.T("report.paper.subject", "title", text.LowerFirst(r.Dialogue.Title),
		"date", vietnamese.Date(r.Dialogue.Began.Date().Time()))
	if r.Superior != "" {
		paper.To = []string{r.Superior}
	}
	w := &resultWriter{Result: r}
	w.opening()
	w.prepared()
	w.held()
	w.satisfied()
	w.heading("section.4")
	w.own(report.FieldLacking, cmp.Or(r.Words.Lacking, "…"))
	w.heading("section.5")
	w.own(report.FieldProposals, cmp.Or(r.Words.Proposals, "…"))
	if file.SHA256 != "" {
		w.say("file", "name", file.Name, "hash", file.SHA256)
	}
	w.say("ends", "authority", r.Authority)
	paper.Body = w.body
	paper.Annexes = w.annexes(h)
	return paper
}

func (w *resultWriter) opening() {
	d := w.Dialogue
	if p := d.Plan; p.Number != "" {
		w.say("opening_plan", "plan", p.Number, "date", vietnamese.Date(p.Dated.Time()), "authority", w.Authority,
			"title", text.LowerFirst(d.Title))
		return
	}
	w.say("opening", "authority", w.Authority, "title", text.LowerFirst(d.Title))
}

// prepared is part I.
func (w *resultWriter) prepared() {
	p := w.Prepared
	w.heading("section.1")
	if len(p.Papers) > 0 {
		w.say("papers")
		for _, i := range p.Papers {
			w.add(doc.Item(vietnamese.T("report.paper.issued", "kind", vietnamese.T("documents.kind."+string(i.Kind)),
				"number", i.Number, "date", vietnamese.Date(i.Dated.Time()))))
		}
	}
	var told []string
	add := func(n int, key string, args ...any) {
		if n > 0 {
			told = append(told, vietnamese.T("report.paper."+key, append(args, "count", counted(n))...))
		}
	}
	add(p.Broadcasts, "broadcasts")
	add(p.Posted, "posted")
	add(p.Told, "villages", "all", counted(p.Villages))
	if len(told) > 0 {
		w.say("told", "ways", strings.Join(told, "; "))
	}
	if p.Printed > 0 {
		w.say("slips", "printed", counted(p.Printed), "handed", counted(p.Handed), "returned", counted(p.Returned))
	}
	if p.Moves > 0 {
		w.say("moves", "count", counted(p.Moves))
	}
	w.own(report.FieldPrepared, w.Words.Prepared)
}

// held is part II.
func (w *resultWriter) held() {
	d := w.Dialogue
	w.heading("section.2")
	w.say("held", "from", plan.ClockWords(d.Began), "until", plan.ClockWords(d.Ended),
		"date", vietnamese.DateIn(d.Began.Date().Time()), "venue", d.Venue)
	if d.InPerson() {
		w.say("in_person", "chair", text.LowerFirst(d.Chair))
	} else {
		w.say("not_in_person", "chair", text.LowerFirst(d.Chair), "presided", lowered(d.Presided))
	}
	if n := w.Present(); n > 0 {
		invited := w.Present(doithoai.HeadInvited)
		w.say("present", "all", counted(n), "invited", counted(invited), "people", counted(n-invited))
	}
	w.raised()
	w.ruled()
	w.onward()
	w.promised()
	w.own(report.FieldHeld, w.Words.Held)
}

func lowered(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = text.LowerFirst(n)
	}
	return strings.Join(all, ", ")
}

// raised says how many opinions came, from how many, how, and of what kind.
func (w *resultWriter) raised() {
	b := w.Book
	people := []string{vietnamese.T("report.paper.people", "count", counted(b.Count("raised/people")))}
	if n := b.Count("raised/bodies"); n > 0 {
		people = append(people, vietnamese.T("report.paper.bodies", "count", counted(n)))
	}
	if n := b.Count("raised/unknown"); n > 0 {
		people = append(people, vietnamese.T("report.paper.unknown", "count", counted(n)))
	}
	w.say("received", "count", counted(b.Received()), "who", strings.Join(people, ", "),
		"matters", counted(b.Count("raised/matters")))
	for _, g := range b.Groups() {
		switch g.Key {
		case report.GroupSource, report.GroupKind, report.GroupField:
			if parts := figureWords(g); parts != "" {
				w.item("by."+g.Key, "parts", parts)
			}
		}
	}
}

// figureWords are the figures of a group in one line.
func figureWords(g report.Group) string {
	var parts []string
	for _, f := range g.Figures {
		if f.Count > 0 {
			parts = append(parts, text.LowerFirst(FigureName(vietnamese, f))+" "+counted(f.Count))
		}
	}
	return strings.Join(parts, "; ")
}

// FigureName is what a figure counts, in words: the name of its value, or the message of its key.
func FigureName(p text.Printer, f report.Figure) string {
	group, value, _ := strings.Cut(f.Key, "/")
	switch {
	case value == "":
		return p.T("report.none." + group)
	case group == report.GroupField || group == report.GroupVillage || group == report.GroupUnit:
		return value
	case group == report.GroupOutcome:
		return p.T("tally.outcome." + plan.OutcomeKey(doithoai.Outcome(value)))
	case group == report.GroupSource:
		return p.T("tally.row." + value)
	case group == report.GroupKind:
		return p.T("classify.kind." + value)
	case group == report.GroupContent:
		return p.T("classify.content.of." + value)
	}
	return p.T("report.figure." + group + "." + value)
}

// ruled is the table of rulings, and what was answered by when.
func (w *resultWriter) ruled() {
	b := w.Book
	t := listOf("report.paper.head.", vietnamese.T("report.paper.table"), []float64{64, 20, 20, 20, 20, 20},
		"ruling", "all", "timely", "late", "waits", "over")
	row := func(name string, c report.Cross) doc.Row {
		cells := doc.Cells(name, strconv.Itoa(c.All), number(c.Timely), number(c.Late), number(c.Waits), number(c.Over))
		cells[0].Label = true
		for i := range cells[1:] {
			cells[i+1].Align = doc.Center
		}
		return cells
	}
	var sum report.Cross
	for _, c := range b.Crossed() {
		t.Rows = append(t.Rows, row(vietnamese.T("tally.outcome."+plan.OutcomeKey(c.Outcome)), c))
		sum.All, sum.Timely, sum.Late = sum.All+c.All, sum.Timely+c.Timely, sum.Late+c.Late
		sum.Waits, sum.Over = sum.Waits+c.Waits, sum.Over+c.Over
	}
	t.Rows = append(t.Rows, row(vietnamese.T("report.paper.sum"), sum))
	w.say("rulings")
	w.add(t)
	w.parts("answered", resultPart{"timely", sum.Timely}, resultPart{"late", sum.Late})
	w.parts("waits", resultPart{"open", sum.Waits}, resultPart{"over", sum.Over})
	if tenths, ok := b.OnTime(); ok {
		timely, due := b.Timely()
		w.say("on_time", "percent", percent(tenths), "timely", counted(timely), "due", counted(due))
	}
	w.parts("solved", resultPart{"solved_yes", b.Count("solved/yes")}, resultPart{"solved_part", b.Count("solved/part")},
		resultPart{"solved_no", b.Count("solved/no")}, resultPart{"unsaid", b.Count("solved/unsaid")})
}

// resultPart is a part of a number, by the message that names it.
type resultPart struct {
	key string
	n   int
}

// parts says how many there are in all, and of which parts that is, those that are none left out; nothing where all
// are none.
func (w *resultWriter) parts(key string, all ...resultPart) {
	var words []string
	sum := 0
	for _, p := range all {
		if p.n > 0 {
			words = append(words, vietnamese.T("report.paper.part."+p.key, "count", counted(p.n)))
		}
		sum += p.n
	}
	if sum > 0 {
		w.say(key, "count", counted(sum), "parts", strings.Join(words, "; "))
	}
}

// number is a number of a table; none is a dash.
func number(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

// percent is a share in tenths of a per cent: "93,8 %".
func percent(tenths int) string { return fmt.Sprintf("%d,%d\u00a0%%", tenths/10, tenths%10) }

// onward says what went to other bodies, by which papers; of complaints and denunciations how many there were.
func (w *resultWriter) onward() {
	for _, k := range []doithoai.DocumentKind{
		doithoai.DocumentEscalation, doithoai.DocumentCoordination, doithoai.DocumentTransfer, doithoai.DocumentGuidance,
	} {
		var sent []doc.Block
		for _, m := range w.Book.Matters {
			for _, l := range m.To {
				if l.Kind == k {
					p := doc.Item(letterWords(m, l))
					sent = append(sent, p)
				}
			}
		}
		if len(sent) > 0 {
			w.say("onward."+string(k), "count", counted(len(sent)))
			w.add(sent...)
		}
	}
	complaints := w.Book.Count(report.GroupOutcome + "/" + string(doithoai.RulingComplaint))
	if denounced := w.Book.Count(report.DenouncedKey); complaints+denounced > 0 {
		w.say("complaints", "complaints", counted(complaints), "denounced", counted(denounced))
	}
}

// letterWords are a paper to another body about a matter.
func letterWords(m report.Matter, l report.Letter) string {
	words := string(m.Number) + ": " + l.Body
	if l.Number != "" {
		words += ", " + vietnamese.T("report.paper.numbered", "number", l.Number, "date", vietnamese.Date(l.Dated.Time()))
	}
	switch {
	case l.Kind != doithoai.DocumentEscalation && l.Kind != doithoai.DocumentCoordination:
	case l.Replied:
		words += vietnamese.T("report.paper.replied")
	default:
		words += vietnamese.T("report.paper.not_replied")
	}
	return words
}

// promised says what was promised, and how far that is.
func (w *resultWriter) promised() {
	if len(w.Promises) == 0 {
		return
	}
	var parts []string
	for _, stand := range report.Stands {
		if n := w.Promised(stand); n > 0 {
			parts = append(parts, vietnamese.T("report.promise."+stand)+" "+counted(n))
		}
	}
	w.say("promises", "count", counted(len(w.Promises)), "parts", strings.Join(parts, "; "))
}

// surveyed is what the survey of the dialogue came to, question by question.
func (w *resultWriter) surveyed() {
	s := w.Survey
	if s == nil {
		w.say("no_survey")
		return
	}
	w.say("survey", "returned", counted(s.Returned), "valid", counted(s.Valid), "invalid", counted(s.Invalid))
	if s.Overall >= 0 {
		x := s.Questions[s.Overall].Index()
		w.say("index", "percent", hundredths(x), "content", counted(x.Satisfied), "count", counted(x.Of))
	}
	if s.Few {
		w.say("few")
	}
	t := listOf("report.survey.head.", vietnamese.T("report.paper.survey_table"), []float64{12, 96, 26, 30},
		"n", "question", "answers", "index")
	for i, q := range s.Questions {
		x := q.Index()
		cells := doc.Cells(strconv.Itoa(i+1), q.Text, strconv.Itoa(x.Of), hundredths(x))
		cells[0].Align, cells[2].Align, cells[3].Align = doc.Center, doc.Center, doc.Center
		t.Rows = append(t.Rows, cells)
	}
	w.add(t)
}

// hundredths is an index in per cent with two decimals: "78,95 %".
func hundredths(x doithoai.SurveyIndex) string {
	n, ok := x.Hundredths()
	if !ok {
		return "–"
	}
	return fmt.Sprintf("%d,%02d\u00a0%%", n/100, n%100)
}

// satisfied is part III.
func (w *resultWriter) satisfied() {
	w.heading("section.3")
	w.surveyed()
	rated, content := 0, 0
	for _, m := range w.Book.Matters {
		if m.Satisfied > 0 {
			rated++
		}
		if m.Satisfied >= 4 {
			content++
		}
	}
	if rated > 0 {
		w.say("rated", "count", counted(rated), "content", counted(content))
	} else {
		w.say("not_rated")
	}
	w.own(report.FieldSurvey, w.Words.Survey)
}
