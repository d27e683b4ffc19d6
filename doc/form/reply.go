package form

import (
	"cmp"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// Reply is an answer to what somebody said, as the letter tells of it. What is empty is left out.
type Reply struct {
	Called    string // "ông", "bà"; "": nobody knows
	Name      string
	Address   string // "thôn 2"
	Raised    calendar.Date
	Where     string // "Hội nghị đối thoại …"; "": it was sent outside one
	Code      string // the register number
	Replaces  string // the letter in whose place this one stands, "88/UBND-VP ngày 26/07/2024"
	Question  string
	Answer    string // the plain answer, a paragraph a line
	Verified  string // what was looked at, and found
	Bases     string // "khoản 2 Điều 5 …"
	Tasks     []ReplyTask
	Elsewhere *ReplyElsewhere
	Contact   string // who can be asked: name, post, telephone
	Drafted   string // the unit that drafted it, in the symbol: "VP"
}

// ReplyTask is what is going to be done.
type ReplyTask struct {
	Unit, What string
	Due        calendar.Date
}

// ReplyElsewhere is the body that can decide where the authority can't.
type ReplyElsewhere struct {
	Body, Address, Phone string
	Letter               string // with which the matter was passed on, "12/UBND-VP ngày 03/11/2026"
}

// The fields of a reply's letter, beside those of any document.
const (
	FieldQuestion = "question"
	FieldAnswer   = "answer"
	FieldBases    = "bases"
	FieldVerified = "verified"
	FieldTasks    = "tasks"
)

// parts are the fields by their names in an authority's own template.
var parts = map[string]string{
	FieldQuestion: "y_kien", FieldAnswer: "tra_loi", FieldBases: "can_cu", FieldVerified: "xac_minh",
	FieldTasks: "viec_lam",
}

// Letter is the letter that answers a person, in the order in which people look for an answer: what they said, the
// answer itself, what it rests on, what was found, who does what until when, who else can help, whom to ask.
func (r Reply) Letter(h Head) doc.Doc {
	paper := h.document(doc.Letter, "UBND-"+r.Drafted)
	paper.Form = string(doithoai.PaperReply)
	who := cmp.Or(r.Called, "ông/bà") + " " + r.Name
	paper.Abstract = vietnamese.T("document.reply.abstract", "name", who)
	replaces := "."
	if r.Replaces != "" {
		paper.Abstract = vietnamese.T("document.reply.abstract_replaces", "name", who, "letter", r.Replaces)
		replaces = vietnamese.T("document.reply.replaces", "letter", r.Replaces)
	}
	paper.To = []string{strings.Join(text.NonEmpty(text.UpperFirst(who), r.Address), ", ")}
	authority, cites := h.Authority.FullName, "document.reply.cites"
	if r.Where == "" {
		cites = "document.reply.cites_sent"
	}
	paper.Body = []doc.Block{
		of(FieldQuestion, say(cites, "authority", authority, "date", r.Raised.Words(), "where", r.Where,
			"number", r.Code, "question", r.Question, "replaces", replaces))[0],
		say("document.reply.answers", "authority", authority),
	}
	paper.Body = append(paper.Body, of(FieldAnswer, lines(cmp.Or(r.Answer, open))...)...)
	add := func(field, key, value string) {
		if value != "" {
			paper.Body = append(paper.Body, of(field, say(key, "text", strings.TrimRight(value, ".")))...)
		}
	}
	add(FieldBases, "document.reply.bases", r.Bases)
	add(FieldVerified, "document.reply.verified", r.Verified)
	paper.Body = append(paper.Body, of(FieldTasks, r.tasks()...)...)
	if e := r.Elsewhere; e != nil {
		body := e.Body
		if found := found(doithoai.OutsideBody{Address: e.Address, Phone: e.Phone}); found != "" {
			body += " (" + found + ")"
		}
		add("", "document.reply.elsewhere", body)
		add("", "document.reply.passed_on", e.Letter)
	}
	paper.Body = append(paper.Body, say("document.reply.disagree", "authority", authority))
	add("", "document.reply.contact", r.Contact)
	paper.Body = append(paper.Body, say("document.reply.ends", "authority", authority))
	return paper
}

// open stands where something is still to be written.
const open = "…"

// tasks are the paragraphs of what is going to be done.
func (r Reply) tasks() (list []doc.Block) {
	if len(r.Tasks) > 0 {
		p := say("document.reply.tasks")
		p.KeepWithNext = true
		list = append(list, p)
	}
	for i, t := range r.Tasks {
		key, due := "document.reply.task", open
		if i == len(r.Tasks)-1 {
			key = "document.reply.task_last"
		}
		if !t.Due.IsZero() {
			due = t.Due.Words()
		}
		unit, what := cmp.Or(t.Unit, open), cmp.Or(t.What, open)
		list = append(list, doc.Item(vietnamese.T(key, "unit", unit, "what", what, "due", due)))
	}
	return list
}
