package office

import (
	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// partOnward are the letters to other bodies on an opinion's page, as links name them.
const partOnward = "#van-ban-gui-di"

// onwardForm is a letter to another body. The key is the letter's id: the form sent twice is one.
type onwardForm struct {
	Key      string `form:"ma-van-ban" line:"true"`
	Kind     string `form:"gui-loai" line:"true"`
	Superior string `form:"gui-cap-tren" line:"true"`
	To       string `form:"gui-den" line:"true"`
	Number   string `form:"gui-so" line:"true"`
	Dated    string `form:"gui-ngay" line:"true" day:"true"`
	Asked    string `form:"gui-noi-dung"`
}

func (f onwardForm) letter() doithoai.OnwardLetter {
	l := doithoai.OnwardLetter{
		ID: doithoai.ID(f.Key), Kind: doithoai.OnwardKind(f.Kind), To: f.To, Number: f.Number,
		Dated: web.TypedDate(f.Dated), Asked: f.Asked,
	}
	if l.Kind == doithoai.OnwardEscalation {
		l.To = f.Superior
	}
	return l
}

// replyForm is the word of a body that was written to.
type replyForm struct {
	Letter  string `form:"van-ban" line:"true"`
	Version int    `form:"phien-ban"`
	How     string `form:"phuc-dap-cach" line:"true"`
	Number  string `form:"phuc-dap-so" line:"true"`
	By      string `form:"phuc-dap-ai" line:"true"`
	Day     string `form:"phuc-dap-ngay" line:"true" day:"true"`
	Gist    string `form:"phuc-dap-noi-dung"`
}

// byWord is the choice of a reply that was said, not written.
const byWord = "bang-loi"

// urgeForm is an urging of such a body. The key is the urging's id: the form sent twice is one.
type urgeForm struct {
	Letter string `form:"van-ban" line:"true"`
	Key    string `form:"ma-don-doc" line:"true"`
	Way    string `form:"don-doc-cach" line:"true"`
	Number string `form:"don-doc-so" line:"true"`
	Day    string `form:"don-doc-ngay" line:"true" day:"true"`
	Clock  string `form:"don-doc-gio" line:"true"`
	By     string `form:"don-doc-ai" line:"true"`
	Said   string `form:"don-doc-noi-dung"`
}

// endWaitForm says that the word of a body is not waited for any more.
type endWaitForm struct {
	Letter  string `form:"van-ban" line:"true"`
	Version int    `form:"phien-ban"`
	Reason  string `form:"thoi-cho-ly-do"`
}

func (s *site) sendOnwardLetter(r *web.Request, id doithoai.ID, f onwardForm) error {
	return s.db.SendOnwardLetter(r.Context(), r.Actor(), id, f.letter())
}

func (s *site) urgeBody(r *web.Request, id doithoai.ID, f urgeForm) error {
	u := doithoai.BodyUrging{
		ID: doithoai.ID(f.Key), LetterID: doithoai.ID(f.Letter), Way: doithoai.UrgeWay(f.Way), Number: f.Number, By: f.By,
		Said: f.Said,
	}
	clock, err := calendar.ReadClock(f.Clock)
	if day := web.TypedDate(f.Day); err == nil && !day.IsZero() {
		u.At = calendar.InstantAt(day, int(clock)/60, int(clock)%60)
	}
	return s.db.UrgeBody(r.Context(), r.Actor(), id, u)
}

func (s *site) registerReply(r *web.Request, id doithoai.ID, f replyForm) error {
	reply := doithoai.OnwardReply{Number: f.Number, By: f.By, Day: web.TypedDate(f.Day), Gist: f.Gist}
	return s.db.RegisterReply(
		r.Context(), r.Actor(), id, doithoai.ID(f.Letter), f.Version, reply, f.How == byWord,
	)
}

func (s *site) endOnwardWait(r *web.Request, id doithoai.ID, f endWaitForm) error {
	return s.db.EndOnwardWait(r.Context(), r.Actor(), id, doithoai.ID(f.Letter), f.Version, f.Reason)
}

// writingOn reports whether the form of a letter to another body is shown.
func (p opinionPage) writingOn() bool {
	return p.Petition != nil && p.Petition.InUnit() && !p.ruling() && p.can(doithoai.ActSendOnwardLetter)
}

// closingLetters reports whether the officer may enter what bodies said that were written to.
func (p opinionPage) closingLetters() bool {
	return len(p.waitingLetters()) > 0 && p.can(doithoai.ActRegisterReply)
}

// showsOnward reports whether letters to other bodies are shown, or can be entered.
func (p opinionPage) showsOnward() bool { return len(p.Letters) > 0 || p.writingOn() }

// waitingLetters are those whose bodies have not said anything yet.
func (p opinionPage) waitingLetters() (list []doithoai.OnwardLetter) {
	for _, l := range p.Letters {
		if l.State == doithoai.OnwardWaiting {
			list = append(list, l)
		}
	}
	return list
}

// answering reports whether the letter is the one whose forms have the plain ids of their fields: the one whose form
// came back, else the first that waits.
func (p opinionPage) answering(l doithoai.OnwardLetter) bool {
	typed := p.typedLetter()
	if typed == "" {
		waiting := p.waitingLetters()
		return len(waiting) > 0 && waiting[0].ID == l.ID
	}
	return typed == l.ID
}

// typedLetter is the letter whose form was refused, empty where none was.
func (p opinionPage) typedLetter() doithoai.ID {
	switch p.Forms.typed {
	case doithoai.ActRegisterReply:
		return doithoai.ID(p.Forms.Reply.Letter)
	case doithoai.ActUrgeBody:
		return doithoai.ID(p.Forms.Urge.Letter)
	case doithoai.ActEndOnwardWait:
		return doithoai.ID(p.Forms.EndWait.Letter)
	}
	return ""
}

// letterField is a field of a form of one letter among several.
func (p opinionPage) letterField(l doithoai.OnwardLetter, name, label, hint string) ui.Field {
	problems := p.Problems
	if !p.answering(l) {
		problems = web.Problems{}
	}
	f := web.Field(p.Reader, problems, name, p.T(label), "")
	if hint != "" {
		f.Hint.Text = p.T(hint)
	}
	f.ID = p.letterID(l, name)
	return f
}

// letterID is the id of a field of a form of one letter.
func (p opinionPage) letterID(l doithoai.OnwardLetter, name string) string {
	if p.answering(l) {
		return name
	}
	return name + "-" + string(l.ID)
}

// letterError is what is wrong with radios of a form of one letter.
func (p opinionPage) letterError(l doithoai.OnwardLetter, name string) ui.ErrorMessage {
	if !p.answering(l) {
		return ui.ErrorMessage{}
	}
	return web.Wrong(p.Reader, p.Problems, name)
}

// typedFor reports whether a form of the act on the letter came back.
func (p opinionPage) typedFor(l doithoai.OnwardLetter, act doithoai.Act) bool {
	return p.Forms.typed == act && p.typedLetter() == l.ID
}

// onwardHere is the form of a letter: as it was typed where it was refused, else a new one to the superior.
func (p opinionPage) onwardHere() onwardForm {
	if p.Forms.typed == doithoai.ActSendOnwardLetter {
		return p.Forms.Onward
	}
	f := onwardForm{Key: string(store.NewID()), Superior: p.Authority.Superior, Dated: p.Date(p.Today())}
	switch p.Opinion.Ruling {
	case doithoai.RulingSuperior:
		f.Kind = string(doithoai.OnwardEscalation)
	case doithoai.RulingCoordinate:
		f.Kind = string(doithoai.OnwardCoordination)
	}
	return f
}

func (p opinionPage) replyHere(l doithoai.OnwardLetter) replyForm {
	if p.typedFor(l, doithoai.ActRegisterReply) {
		return p.Forms.Reply
	}
	return replyForm{How: "van-ban", Day: p.Date(p.Today())}
}

func (p opinionPage) urgeHere(l doithoai.OnwardLetter) urgeForm {
	if p.typedFor(l, doithoai.ActUrgeBody) {
		return p.Forms.Urge
	}
	now := calendar.Civil(p.Now)
	return urgeForm{
		Key: string(store.NewID()), Way: string(doithoai.UrgePhone), Day: p.Date(p.Today()), By: p.Officer.Name,
		Clock: calendar.Clock(now.Hour()*60 + now.Minute()).String(),
	}
}

func (p opinionPage) endWaitHere(l doithoai.OnwardLetter) endWaitForm {
	if p.typedFor(l, doithoai.ActEndOnwardWait) {
		return p.Forms.EndWait
	}
	return endWaitForm{}
}

// letterPauses reports whether the clock stands still for the letter.
func (p opinionPage) letterPauses(l doithoai.OnwardLetter) bool {
	pause, _ := p.pause()
	return l.Pauses(p.Petition, pause)
}

// waitWords say how long the body's word is waited for, beside how long the person has waited for the answer.
func (p opinionPage) waitWords(l doithoai.OnwardLetter) string {
	words := p.OnwardWaited(p.outlook.rules.Calendar, l)
	if l.State == doithoai.OnwardWaiting && p.Petition != nil && p.Petition.Open() {
		words += " " + p.Elapsed(p.outlook.rules.Calendar, p.Opinion.ReceivedAt, p.Petition.AnsweredAt)
	}
	return words
}

// urgeOn says from when the body is to be urged, "" where nobody waits for it or no term says so.
func (p opinionPage) urgeOn(l doithoai.OnwardLetter) (on calendar.Date, words string) {
	within, err := p.outlook.rules.Parameters.TermAt(doithoai.ParameterOnwardReply, p.Today())
	if err != nil || l.State != doithoai.OnwardWaiting {
		return on, ""
	}
	on = l.UrgeOn(within, p.outlook.rules.Calendar)
	return on, p.T("onward.urge_on", "date", p.DateShort(on), "term", web.TermWords(p.Text, within))
}

func (p opinionPage) urgingWords(u doithoai.BodyUrging) string {
	way := p.T("onward.way." + string(u.Way))
	if u.Number != "" {
		way = p.T("onward.way_number", "number", u.Number)
	}
	return web.Joined(p.DateTime(u.At), way, u.By)
}

// pauseProposed fills the form that stops the clock with the letter that waits, if there is one.
func (p opinionPage) pauseProposed() pauseForm {
	f := pauseForm{Dated: p.Date(p.Today())}
	if waiting := p.waitingLetters(); len(waiting) > 0 {
		l := waiting[len(waiting)-1]
		f.Kind, f.Number, f.Dated = string(l.Kind.Awaits()), l.Number, p.Date(l.Dated)
		f.Awaited = p.T("onward.awaited", "to", l.To)
	}
	return f
}

func (p opinionPage) onwardChoices(f onwardForm) (list []ui.Choice) {
	for _, k := range doithoai.OnwardKinds {
		list = append(list, ui.Choice{
			Value: string(k), Text: p.T("onward.kind." + string(k)), Conditional: p.onwardTo(k, f),
		})
	}
	return list
}

func (p opinionPage) replyChoices(l doithoai.OnwardLetter, f replyForm) []ui.Choice {
	return []ui.Choice{
		{Value: "van-ban", Text: p.T("onward.reply.document"), Conditional: ui.Input{
			Field: p.letterField(l, doithoai.FieldReplyNumber, "onward.reply.number", "onward.reply.number_hint"),
			Value: f.Number, Autocomplete: "off", Width: 10,
		}},
		{Value: byWord, Text: p.T("onward.reply.word"), Conditional: ui.Input{
			Field: p.letterField(l, doithoai.FieldReplyBy, "onward.reply.by", "onward.reply.by_hint"),
			Value: f.By, Autocomplete: "off",
		}},
	}
}

func (p opinionPage) urgeChoices(l doithoai.OnwardLetter, f urgeForm) (list []ui.Choice) {
	for _, w := range doithoai.UrgeWays {
		c := ui.Choice{Value: string(w), Text: p.T("onward.way." + string(w))}
		if w == doithoai.UrgeLetter {
			number := docfile.NumberField{
				Value: f.Number, Width: 10, Symbol: doithoai.DocumentBodyUrging.Symbol(), Optional: p.Problems.Any(),
			}.Input(p.Reader, p.Problems, p.Numbering)
			hint := number.Hint
			number.Field = p.letterField(l, doithoai.FieldUrgeNumber, "onward.urge.number", "")
			number.Hint = hint
			c.Conditional = number
		}
		list = append(list, c)
	}
	return list
}

// letterTo is the body of a letter that an event speaks of.
func (p opinionPage) letterTo(id doithoai.ID) string {
	for _, l := range p.Letters {
		if l.ID == id {
			return l.To
		}
	}
	return ""
}

func (p opinionPage) sentOnFacts(f doithoai.Facts) []string {
	return []string{p.T(
		"onward.timeline.sent."+string(f.Onward), "to", p.letterTo(f.Letter), "number", f.Number, "date", p.Date(f.Dated),
	)}
}

func (p opinionPage) urgedFacts(f doithoai.Facts) []string {
	way := p.T("onward.way." + string(f.UrgeWay))
	if f.Number != "" {
		way = p.T("onward.way_number", "number", f.Number)
	}
	return []string{p.T("onward.timeline.urged", "to", p.letterTo(f.Letter), "way", way, "at", p.DateTime(f.HeldAt))}
}

func (p opinionPage) repliedFacts(f doithoai.Facts) []string {
	return []string{p.OnwardReplied(doithoai.OnwardLetter{
		To: p.letterTo(f.Letter), Reply: doithoai.OnwardReply{Number: f.Number, Day: f.Dated},
	})}
}

func (p opinionPage) endedWaitFacts(f doithoai.Facts) []string {
	return []string{p.T("onward.timeline.ended", "to", p.letterTo(f.Letter))}
}

// turnUrgeBody is the turn of a body that is to be urged.
const turnUrgeBody = "urge_body"

// onwardTasks are the bodies that the officer is to urge now; more reports whether there are others.
func (s *site) onwardTasks(r *web.Request, l outlook) (tasks []task, more bool, err error) {
	all, more, err := s.db.AwaitedBodies(r.Context(), r.Actor())
	if err != nil || len(all) == 0 {
		return nil, false, err
	}
	within, err := l.rules.Parameters.TermAt(doithoai.ParameterOnwardReply, r.Today())
	if err != nil {
		return nil, false, err
	}
	for _, b := range all {
		on := b.Letter.UrgeOn(within, l.rules.Calendar)
		if on.After(r.Today()) {
			continue
		}
		tasks = append(tasks, task{
			Title: b.Title(), Number: b.Opinion.Number, Act: doithoai.ActUrgeBody, Turn: turnUrgeBody,
			Href: web.OpinionPath(b.Opinion.Number) + partOnward, Unit: b.Letter.To, Village: b.Village, Due: on,
		})
	}
	return tasks, more, nil
}

func onwardOf(f *forms) *onwardForm { return &f.Onward }

func replyOf(f *forms) *replyForm { return &f.Reply }

func urgeOf(f *forms) *urgeForm { return &f.Urge }

func endWaitOf(f *forms) *endWaitForm { return &f.EndWait }

func onwardTexts(f forms) []keptText { return []keptText{{"onward.asked", f.Onward.Asked}} }

func replyTexts(f forms) []keptText { return []keptText{{"onward.reply.gist", f.Reply.Gist}} }

func urgeTexts(f forms) []keptText { return []keptText{{"onward.urge.said", f.Urge.Said}} }

func endWaitTexts(f forms) []keptText { return []keptText{{"onward.end.reason", f.EndWait.Reason}} }
