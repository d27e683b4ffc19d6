package form

import (
	"cmp"
	"regexp"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// worded are the sentences that an authority may word itself, of each kind in the order in which they stand. What an
// officer types into a document, and what is read back from a file by its words, isn't among them.
var worded = map[doithoai.PaperKind][]string{
	doithoai.PaperProposal: {
		"document.proposal.opening_plan", "document.proposal.opening", "document.proposal.lines",
		"document.proposal.source", "document.replaces", "document.proposal.closing",
	},
	doithoai.PaperDialogueMoved: {"document.moved.opening", "document.replaces", "document.moved.closing"},
	doithoai.PaperPosting: {
		"document.posting.tells", "document.posting.place", "document.posting.time", "document.posting.time_days",
		"document.posting.contact", "document.replaces", "document.posting.closing",
	},
	doithoai.PaperPreparation: {
		"document.preparation.opening_plan", "document.preparation.opening", "document.preparation.asks",
		"document.preparation.answer", "document.preparation.send", "document.preparation.send_each",
		"document.preparation.come", "document.preparation.not_ours", "document.preparation.office",
		"document.replaces", "document.preparation.closing",
	},
	doithoai.PaperCoordination: {
		"casework.told", "casework.told_sent", "casework.coordination.asks", "casework.onward.by",
		"casework.onward.soon", "casework.dossier", "casework.coordination.ends",
	},
	doithoai.PaperEscalation: {
		"casework.told", "casework.told_sent", "casework.onward.by", "casework.onward.soon", "casework.escalation.ends",
	},
	doithoai.PaperInvitation: {
		"delegate.paper.answers", "delegate.paper.appoint", "document.replaces", "delegate.paper.reply_by",
		"delegate.paper.reply",
	},
	doithoai.PaperConclusion: {
		"conclusion.paper.none", "conclusion.paper.none_above", "document.replaces", "conclusion.paper.follow",
	},
	doithoai.PaperMinutes:    {"document.replaces"},
	doithoai.PaperAssignment: {"document.replaces"},
	doithoai.PaperRefusal:    {"document.replaces"},
	doithoai.PaperResult: {
		"report.paper.opening_plan", "report.paper.opening", "report.paper.papers", "report.paper.told",
		"report.paper.slips", "report.paper.moves", "report.paper.held", "report.paper.in_person",
		"report.paper.not_in_person", "report.paper.present", "report.paper.received", "report.paper.by.source",
		"report.paper.by.kind", "report.paper.by.field", "report.paper.rulings", "report.paper.answered",
		"report.paper.waits", "report.paper.on_time", "report.paper.solved", "report.paper.onward.escalation",
		"report.paper.onward.coordination", "report.paper.onward.transfer", "report.paper.onward.guidance",
		"report.paper.complaints", "report.paper.promises", "report.paper.survey", "report.paper.index", "report.paper.few",
		"report.paper.no_survey", "report.paper.rated", "report.paper.not_rated",
		"document.replaces", "report.paper.ends",
	},
	doithoai.PaperTransfer: {
		"casework.transfer.received", "casework.transfer.files", "casework.transfer.competence", "casework.transfer.passes",
	},
	doithoai.PaperMoved: {
		"casework.cited", "casework.cited_sent", "casework.moved.passed", "casework.moved.found",
		"document.replaces", "casework.ends",
	},
	doithoai.PaperGuidance: {
		"casework.cited", "casework.cited_sent", "casework.guidance.about", "casework.guidance.place",
		"document.replaces", "casework.guidance.ends",
	},
	doithoai.PaperTold: {
		"casework.cited", "casework.cited_sent", "document.reply.contact", "document.replaces", "casework.ends",
	},
	doithoai.PaperUrging: {
		"urging.letter.intro", "urging.letter.more", "urging.proposed_many", "urging.letter.ends",
	},
	doithoai.PaperReply: {
		"document.reply.cites", "document.reply.cites_sent", "document.reply.answers", "document.reply.verified",
		"document.reply.elsewhere", "document.reply.passed_on", "document.reply.disagree", "document.reply.contact",
		"document.reply.ends",
	},
}

// fieldNames are the fields of sentences as an office types them; of one sentence alone where its key stands before.
var fieldNames = map[string]string{
	"authority": "co_quan", "date": "ngay", "where": "noi_neu", "number": "so_dang_ky", "question": "y_kien",
	"content": "y_kien", "replaces": "thay_the", "to": "noi_nhan", "found": "lien_he", "document": "van_ban",
	"plan": "ke_hoach", "title": "ten_buoi", "time": "gio", "venue": "dia_diem", "office": "van_phong",
	"count": "so_luong", "due": "han_gui", "source": "nguon_kinh_phi", "announced": "thong_bao", "reason": "ly_do",
	"what": "van_ban_niem_yet", "place": "noi_niem_yet", "from": "tu_ngay", "until": "den_ngay", "days": "so_ngay",
	"contact": "lien_he", "whose": "nguoi_neu", "files": "tai_lieu", "by": "han_bao_cao", "phone": "dien_thoai",
	"day": "han_tra_loi", "kind": "ten_loai", "ways": "hinh_thuc", "printed": "da_in", "handed": "da_phat",
	"returned": "da_thu",
	"chair":    "chu_tri", "presided": "nguoi_thuc_te_chu_tri", "all": "tong_so", "invited": "dai_bieu",
	"people": "nguoi_dan", "who": "so_nguoi_neu", "matters": "so_van_de", "parts": "trong_do", "percent": "ty_le",
	"timely": "dung_han", "complaints": "so_khieu_nai",
	"denounced": "so_to_cao", "valid": "hop_le", "invalid": "khong_hop_le",

	"document.replaces number": "so_van_ban",
	"report.paper.held from":   "tu_gio",
	"report.paper.held until":  "den_gio", "report.paper.on_time due": "den_han",
	"report.paper.index content": "hai_long", "report.paper.rated content": "hai_long",
	"document.reply.verified text": "xac_minh", "document.reply.elsewhere text": "co_quan_khac",
	"document.reply.passed_on text": "van_ban", "document.reply.contact text": "lien_he",
	"casework.dossier text": "ho_so", "casework.onward.by date": "han_tra_loi",
	"casework.moved.found found": "dia_chi", "casework.guidance.place found": "dia_chi",
}

// Sentence is a sentence of a document that an authority may word itself.
type Sentence struct {
	Key    string
	Fields []string // as they are typed, without braces, in the order in which the program has them
}

// Sentences are those of a kind.
func Sentences(kind doithoai.PaperKind) (list []Sentence) {
	for _, key := range worded[kind] {
		s := Sentence{Key: key}
		for _, f := range vietnamese.Fields(key) {
			if name := typedName(key, f); !slices.Contains(s.Fields, name) {
				s.Fields = append(s.Fields, name)
			}
		}
		list = append(list, s)
	}
	return list
}

func typedName(key, field string) string { return cmp.Or(fieldNames[key+" "+field], fieldNames[field]) }

// Program is the sentence as the program words it, with its fields in double braces.
func (s Sentence) Program() string {
	var args []any
	for _, f := range vietnamese.Fields(s.Key) {
		args = append(args, f, "{{"+typedName(s.Key, f)+"}}")
	}
	return vietnamese.T(s.Key, args...)
}

var (
	typedField = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)
	brace      = regexp.MustCompile(`[{}]`)
)

// Check finds what is wrong with words for the sentence, at a field of a form: fields that it doesn't have, and braces
// that are no field's.
func (s Sentence) Check(field, words string) (list []doithoai.Problem) {
	for _, found := range typedField.FindAllStringSubmatch(words, -1) {
		if !slices.Contains(s.Fields, found[1]) {
			list = append(list, doithoai.Problem{
				Field: field, Key: "template.problem.unknown", Args: []any{"name", found[0]},
			})
		}
	}
	if brace.MatchString(typedField.ReplaceAllString(words, "")) {
		list = append(list, doithoai.Problem{Field: field, Key: "template.problem.braces", Args: []any{"text", words}})
	}
	return list
}

// Lacks are the fields that the program's words have and others don't.
func (s Sentence) Lacks(words string) (names []string) {
	for _, f := range s.Fields {
		if !slices.ContainsFunc(typedField.FindAllStringSubmatch(words, -1), func(m []string) bool { return m[1] == f }) {
			names = append(names, f)
		}
	}
	return names
}

// Worded is a document with the sentences of its authority's own in the place of the program's: own are their words by
// the keys of sentences. What was worded stays so.
func Worded(d doc.Doc, own map[string]string) doc.Doc {
	d.Body = slices.Clone(d.Body)
	for i, b := range d.Body {
		p, ok := b.(doc.Paragraph)
		words := own[p.Sentence.Key]
		if !ok || words == "" || len(p.Runs) != 1 {
			continue
		}
		run := p.Runs[0]
		run.Text = filled(p.Sentence.Key, words, p.Sentence.Values)
		p.Runs, p.Sentence = []doc.Run{run}, doc.Sentence{}
		d.Body[i] = p
	}
	return d
}

// filled are words with what values have by the program's names of the fields.
func filled(key, words string, values map[string]string) string {
	return typedField.ReplaceAllStringFunc(words, func(found string) string {
		name := typedField.FindStringSubmatch(found)[1]
		for field, v := range values {
			if typedName(key, field) == name {
				return v
			}
		}
		return found
	})
}

// Sample are words for a sentence with [SampleValues].
func (s Sentence) Sample(words string, known map[string]string) string {
	values := map[string]string{}
	for _, f := range vietnamese.Fields(s.Key) {
		values[f] = cmp.Or(known[typedName(s.Key, f)], room)
	}
	return filled(s.Key, words, values)
}

// SampleValues are what the fields of sentences say in the examples of all kinds, by their typed names.
func SampleValues(a doithoai.Authority, on calendar.Date) map[string]string {
	all := map[string]string{}
	for _, kind := range doithoai.PaperKinds {
		d, _ := Example(kind, a, on)
		if slices.Contains(worded[kind], "document.replaces") {
			d = Replacing(d, doithoai.Document{Number: doithoai.NumberWith(4, d.Symbol), Dated: on})
		}
		for _, b := range d.Body {
			if p, ok := b.(doc.Paragraph); ok {
				for field, v := range p.Sentence.Values {
					if name := typedName(p.Sentence.Key, field); v != "" {
						all[name] = v
					}
				}
			}
		}
	}
	return all
}
