package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// MinutesFacts is everything that happened at a dialogue, as far as it is known: what its minutes are composed from.
type MinutesFacts struct {
	Authority  doithoai.Authority
	Dialogue   doithoai.Dialogue // with its programme
	Heads      doithoai.Heads
	Attendance []doithoai.AttendanceChange // corrections made later
	Runs       []doithoai.StepRun          // of the programme's steps
	Presiding  []doithoai.Presiding
	Notes      []MinutesNote
	Opinions   []MinutesOpinion // in their order; no denunciation, none that is joined to another
	Tally      doithoai.Tally
	Conclusion string // the chair's words, one paragraph a line
	Concluded  []MinutesTask
}

// MinutesTask is what the conclusion gives a unit to do.
type MinutesTask struct {
	doithoai.Promised
	Unit string // its name
}

// MinutesNote is something that was noted in the hall beside what was said.
type MinutesNote struct {
	At   calendar.Instant
	Text string
}

// MinutesOpinion is an opinion as minutes tell of it.
type MinutesOpinion struct {
	Opinion      doithoai.Opinion
	Source       doithoai.TallySource
	Group        doithoai.ID // of those of the same matter; empty: it is the only one of its matter
	Spoke        bool        // who registered it spoke in the hall
	Name         string      // empty: nobody knows
	Organisation string
	Village      string
	Field        string // its name
	Conduct      bool
	Answer       string // what was answered, explained or said with the ruling
	AnsweredBy   string
	Ruled        doithoai.Facts // of the last ruling: unit, due date, agreement as they were then
	Unit         string         // who leads; empty: the chair, or nobody
	With         []string       // who helps
	Ways         []doithoai.Way // of answering
}

// Opens reports whether somebody is to answer by a date.
func (o MinutesOpinion) Opens() bool {
	r, ok := doithoai.RuleOf(o.Opinion.Ruling)
	return ok && r.OpensPetition
}

// Said is what was raised, in one line: the neutral summary where somebody wrote one.
func (o MinutesOpinion) Said() string {
	return oneLine(cmp.Or(o.Opinion.Summary, o.Opinion.Content))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// minutesWriter writes minutes paragraph by paragraph, in Vietnamese.
type minutesWriter struct {
	text.Printer
	MinutesFacts
	all []doithoai.MinutesParagraph
}

// ComposeMinutes writes the minutes of a dialogue (NĐ 30/2020 Mẫu 1.9, with the body of a dialogue): when and where,
// who was there, who presided and took down; how the programme went; every opinion with who raised it, what was
// answered and what was decided; the conclusion; the figures; when it ended; who signs. A complaint stands in neutral
// words, a denunciation in the figures alone. The same facts always give the same minutes.
func ComposeMinutes(f MinutesFacts) doithoai.MinutesBody {
	w := &minutesWriter{Printer: text.For("vi"), MinutesFacts: f}
	w.opening()
	w.programme()
	w.presiding()
	w.opinions()
	w.conclusion()
	w.figures()
	w.closing()
	return doithoai.MinutesBody{
		Authority: f.Authority.FullName, Title: f.Dialogue.Title, Paragraphs: w.all, Signatures: w.signatures(),
	}
}

func (w *minutesWriter) add(key string, part doithoai.MinutesPart, words string) {
	w.all = append(w.all, doithoai.MinutesParagraph{Key: key, Part: part, Text: words})
}

// say adds a paragraph from the catalogue.
func (w *minutesWriter) say(key string, part doithoai.MinutesPart, message string, args ...any) {
	w.add(key, part, w.T("minutes.text."+message, args...))
}

// ClockWords is "08 giờ 05 phút": minutes tell them both, always.
func ClockWords(i calendar.Instant) string {
	t := calendar.Civil(i)
	return fmt.Sprintf("%02d giờ %02d phút", t.Hour(), t.Minute())
}

// moment is "08 giờ 00 phút, ngày 25 tháng 10 năm 2026".
func moment(i calendar.Instant) string {
	_, day, _ := strings.Cut(PlaceAndDate("", i.Date()), ", ")
	return ClockWords(i) + ", " + day
}

// opening says when, where, who was there, who presided, who took down.
func (w *minutesWriter) opening() {
	d := w.Dialogue
	w.say("bat-dau", doithoai.MinutesLabel, "begins", "when", moment(firstOf(d.StartedAt, d.StartsAt)))
	w.say("dia-diem", doithoai.MinutesLabel, "venue", "venue", cmp.Or(d.Venue, d.Link, "…"))
	if all, invited := w.Heads.Present(), w.Heads.Of(doithoai.HeadInvited); all > 0 {
		w.say("thanh-phan", doithoai.MinutesLabel, "heads", "all", all, "invited", invited.Present,
			"missing", max(0, invited.Expected-invited.Present), "people", all-invited.Present)
	} else {
		w.say("thanh-phan", doithoai.MinutesLabel, "no_heads")
	}
	for _, c := range w.Attendance {
		sign := "−1"
		if c.Added {
			sign = "+1"
		}
		w.say(fmt.Sprintf("diem-danh/%d", c.Number), doithoai.MinutesText, "attendance", "sign", sign, "name", c.Name,
			"reason", c.Reason, "day", w.Date(calendar.Civil(c.EnteredAt)), "all", w.Heads.Present())
	}
	chair := cmp.Or(d.Chair, "…")
	if d.CoChair != "" {
		chair += "; " + d.CoChair
	}
	w.say("chu-tri", doithoai.MinutesLabel, "chair", "chair", chair)
	w.say("thu-ky", doithoai.MinutesLabel, "secretary", "name", cmp.Or(d.Secretary, "…"))
	w.say("noi-dung", doithoai.MinutesLabel, "contents", "title", text.LowerFirst(d.Title))
}

func firstOf(all ...calendar.Instant) calendar.Instant {
	for _, i := range all {
		if !i.IsZero() {
			return i
		}
	}
	return calendar.Instant{}
}

// programme says of each step when it was to begin and when it did.
func (w *minutesWriter) programme() {
	w.say("muc-1", doithoai.MinutesHeading, "programme")
	for i, step := range w.Dialogue.StepTimes() {
		key, began := fmt.Sprintf("buoc/%d", i+1), w.T("minutes.text.step_unknown")
		at := slices.IndexFunc(w.Runs, func(r doithoai.StepRun) bool { return r.Step == i+1 })
		if at >= 0 {
			began = w.T("minutes.text.step_began", "time", ClockWords(w.Runs[at].BeganAt))
		}
		w.say(key, doithoai.MinutesText, "step", "n", i+1,
			"title", strings.TrimRight(step.Title, ". "), "planned", ClockWords(step.At),
			"began", began)
	}
}

// presiding says who presided from when on, and what was noted.
func (w *minutesWriter) presiding() {
	w.say("muc-2", doithoai.MinutesHeading, "presiding")
	d := w.Dialogue
	w.say("dieu-hanh", doithoai.MinutesText, "presides", "name", cmp.Or(d.Chair, "…"),
		"time", ClockWords(firstOf(d.StartedAt, d.StartsAt)))
	for _, p := range w.Presiding {
		paper := ""
		if p.Paper != "" {
			paper = " (" + p.Paper + ")"
		}
		w.say(fmt.Sprintf("dieu-hanh/%d", p.Number), doithoai.MinutesText, "presides_then", "name", p.Name,
			"time", ClockWords(p.From), "reason", p.Reason, "paper", paper)
	}
	for i, n := range w.Notes {
		w.say(fmt.Sprintf("ghi-chu/%d", i+1), doithoai.MinutesText, "note", "time", ClockWords(n.At), "text", oneLine(n.Text))
	}
}

// opinions says of each what was raised, what was answered, what was decided.
func (w *minutesWriter) opinions() {
	w.say("muc-3", doithoai.MinutesHeading, "opinions")
	if len(w.Opinions) == 0 {
		w.say("khong-y-kien", doithoai.MinutesText, "no_opinions")
	}
	first := map[doithoai.ID]int{} // of a matter
	for i, o := range w.Opinions {
		from := len(w.all)
		w.opinion(i+1, o, first[o.Group])
		if o.Group != "" && first[o.Group] == 0 {
			first[o.Group] = i + 1
		}
		for j := range w.all[from:] {
			w.all[from+j].OpinionID = o.Opinion.ID
		}
	}
}

// opinion is the n-th one; same is the one before it which says the same, 0 where none does.
func (w *minutesWriter) opinion(n int, o MinutesOpinion, same int) {
	key := "y-kien/" + string(o.Opinion.Number)
	said := o.Said()
	if o.Opinion.Ruling == doithoai.RulingComplaint {
		said = w.T("minutes.text.complaint")
	}
	form := w.form(o)
	if o.Field != "" {
		form += "; " + text.LowerFirst(o.Field)
	}
	if same > 0 {
		form += "; " + w.T("minutes.text.same", "n", same)
	}
	if o.Opinion.OutOfScope {
		form += "; " + w.T("minutes.text.out_of_scope")
	}
	w.say(key, doithoai.MinutesText, "opinion", "n", n, "who", w.who(o), "form", form, "said", said)
	ruling := o.Opinion.Ruling
	switch answer := oneLine(o.Answer); {
	case answer == "", ruling == doithoai.RulingComplaint:
	case ruling == doithoai.RulingWithdrawn:
		w.say(key+"/tra-loi", doithoai.MinutesText, "withdrawal", "reason", answer)
	default:
		by := cmp.Or(o.AnsweredBy, w.T("minutes.text.chair_word"))
		w.say(key+"/tra-loi", doithoai.MinutesText, "answer", "by", by, "answer", answer)
	}
	if ruling == "" {
		w.say(key+"/ket-luan", doithoai.MinutesOpen, "unruled")
		return
	}
	w.add(key+"/ket-luan", doithoai.MinutesRuling, w.ruling(o))
}

// who is who raised it: a name, for an organisation, of a village; or that nobody knows.
func (w *minutesWriter) who(o MinutesOpinion) string {
	who := o.Name
	switch {
	case o.Organisation != "" && who != "":
		who = w.T("minutes.text.for_organisation", "organisation", o.Organisation, "name", o.Name)
	case o.Organisation != "":
		who = o.Organisation
	case who == "" && o.Source.Row == doithoai.TallyListed:
		who = w.T("minutes.text.unnamed_list")
	case who == "":
		who = w.T("minutes.text.unnamed")
	}
	if o.Village != "" {
		who += ", " + text.LowerFirst(o.Village)
	}
	return who
}

// form is how it was raised.
func (w *minutesWriter) form(o MinutesOpinion) string {
	switch {
	case o.Source.Row == doithoai.TallySpoken && o.Source.Part == string(doithoai.TurnByPhone):
		return w.T("minutes.text.form.raised_by_phone")
	case o.Source.Row == doithoai.TallySpoken:
		return w.T("minutes.text.form.spoken")
	case o.Spoke:
		return w.T("minutes.text.form.registered_spoke")
	case o.Source.Row == doithoai.TallyListed:
		return w.T("minutes.text.form.listed")
	}
	return w.T("minutes.text.form." + o.Source.Part)
}

// ruling says what was decided, by whom it is to be done until when, and whether the person agreed.
func (w *minutesWriter) ruling(o MinutesOpinion) string {
	parts := []string{w.T("minutes.text.ruled", "ruling", w.outcome(o))}
	if o.Opens() {
		unit := cmp.Or(o.Unit, w.T("minutes.text.led_by_chair"))
		parts = append(parts, w.T("minutes.text.leads", "unit", unit))
		if len(o.With) > 0 {
			parts = append(parts, w.T("minutes.text.with", "units", strings.Join(o.With, ", ")))
		}
		if due := o.Ruled.Due; !due.IsZero() {
			parts = append(parts, w.T("minutes.text.due", "date", w.Date(due.Time())))
		}
	}
	said := strings.Join(parts, "; ") + "."
	switch o.Ruled.Agreement {
	case doithoai.AgreementYes:
		said += " " + w.T("minutes.text.agrees")
	case doithoai.AgreementNo:
		said += " " + w.T("minutes.text.disagrees")
	}
	return said
}

// outcome words what was decided, within a sentence.
func (w *minutesWriter) outcome(o MinutesOpinion) string {
	tallied := doithoai.Tallied{Ruling: o.Opinion.Ruling, Unheard: o.Opinion.Unheard}
	return w.T("tally.outcome_within." + OutcomeKey(tallied.Outcome()))
}

// OutcomeKey is the last part of an outcome's key in the catalogues.
func OutcomeKey(o doithoai.Outcome) string { return doithoai.RulingCode(o).Key() }

// conclusion is what the chair concluded, and who is to do what until when.
func (w *minutesWriter) conclusion() {
	w.say("muc-4", doithoai.MinutesHeading, "conclusion")
	n := 0
	for line := range strings.SplitSeq(w.Conclusion, "\n") {
		if line = oneLine(line); line != "" {
			n++
			w.add(fmt.Sprintf("ket-luan/%d", n), doithoai.MinutesText, line)
		}
	}
	if n == 0 && len(w.Concluded) == 0 {
		w.say("ket-luan", doithoai.MinutesText, "no_conclusion")
	}
	if len(w.Concluded) > 0 {
		w.say("viec-giao", doithoai.MinutesText, "tasks")
	}
	for i, t := range w.Concluded {
		w.say(fmt.Sprintf("viec-giao/%d", i+1), doithoai.MinutesTask, "task", "n", i+1, "unit", t.Unit,
			"what", strings.TrimRight(oneLine(t.What), ". "), "date", w.Date(t.Due.Time()))
	}
	given := 0
	for i, o := range w.Opinions {
		if o.Opens() {
			given++
			if given == 1 {
				w.say("giao-viec", doithoai.MinutesText, "assignments")
			}
			from := len(w.all)
			w.say("giao-viec/"+string(o.Opinion.Number), doithoai.MinutesText, "assignment", "n", i+1,
				"unit", cmp.Or(o.Unit, w.T("minutes.text.led_by_chair")), "outcome", w.outcome(o),
				"date", w.Date(o.Ruled.Due.Time()))
			w.all[from].OpinionID = o.Opinion.ID
		}
	}
}

// figures count who was there and what was raised: by how it came, by what became of it, by fields.
func (w *minutesWriter) figures() {
	w.say("muc-5", doithoai.MinutesHeading, "figures")
	t := w.Tally
	people := "figures_people"
	if w.Heads.Present() == 0 {
		people = "figures_raised"
	}
	w.say("so/nguoi", doithoai.MinutesText, people, "all", w.Heads.Present(), "people", t.People, "unnamed", t.Unnamed)
	var rows, outcomes []string
	for _, row := range doithoai.TallyRows {
		rows = append(rows, w.T("minutes.text.figure", "name", w.T("tally.row_within."+string(row)), "n", t.Row(row)))
	}
	w.say("so/nguon", doithoai.MinutesText, "figures_received", "all", t.Received(), "parts", strings.Join(rows, "; "))
	for _, o := range doithoai.Outcomes {
		if n := t.Outcomes[o]; n > 0 && o != doithoai.OutcomeNone {
			outcomes = append(outcomes,
				w.T("minutes.text.figure", "name", w.T("tally.outcome_within."+OutcomeKey(o)), "n", n))
		}
	}
	if open := t.Open(); open > 0 {
		outcomes = append(outcomes, w.T("minutes.text.figure", "name", w.T("tally.outcome_within.none"), "n", open))
	}
	if len(outcomes) > 0 {
		w.say("so/huong", doithoai.MinutesText, "figures_outcomes", "parts", strings.Join(outcomes, "; "))
	}
	if fields := w.fields(); len(fields) > 0 {
		w.say("so/linh-vuc", doithoai.MinutesText, "figures_fields", "parts", strings.Join(fields, "; "))
	}
}

// fields count the opinions of each field, the most first.
func (w *minutesWriter) fields() (parts []string) {
	counts, names := map[string]int{}, []string(nil)
	for _, o := range w.Opinions {
		name := cmp.Or(o.Field, w.T("minutes.text.no_field"))
		if counts[name] == 0 {
			names = append(names, name)
		}
		counts[name]++
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), text.Compare(a, b))
	})
	for _, name := range names {
		parts = append(parts, w.T("minutes.text.figure", "name", text.LowerFirst(name), "n", counts[name]))
	}
	return parts
}

// closing says when it ended.
func (w *minutesWriter) closing() {
	if at := w.Dialogue.ClosedAt; !at.IsZero() {
		w.say("ket-thuc", doithoai.MinutesText, "ends", "when", moment(at))
	}
}

// signatures are of who took down and who presided at the end; by a paper, for the chair.
func (w *minutesWriter) signatures() []doithoai.MinutesSignature {
	name, post := nameAndPost(w.Dialogue.Secretary)
	secretary := doithoai.MinutesSignature{As: w.T("minutes.text.signs_secretary"), Post: post, Name: name}
	name, post = nameAndPost(w.Dialogue.Chair)
	chair := doithoai.MinutesSignature{As: w.T("minutes.text.signs_chair"), Post: post, Name: name}
	if n := len(w.Presiding); n > 0 {
		last := w.Presiding[n-1]
		instead := ""
		if last.Paper != "" && strings.HasPrefix(post, "Chủ tịch") {
			instead = "KT. Chủ tịch"
		}
		chair.Name, chair.Post = nameAndPost(last.Name)
		chair.For = instead
	}
	return []doithoai.MinutesSignature{secretary, chair}
}

// nameAndPost takes "Ông Đặng Văn Giả Định, Chủ tịch UBND xã" apart, without the form of address.
func nameAndPost(s string) (name, post string) {
	name, post, _ = strings.Cut(s, ",")
	for _, address := range []string{"Ông ", "Bà ", "Đồng chí ", "ông ", "bà "} {
		name = strings.TrimPrefix(name, address)
	}
	return strings.TrimSpace(name), upperFirst(strings.TrimSpace(post))
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
