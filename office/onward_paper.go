package office

import (
	"net/http"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/web"
	"doithoai/web/docfile"
)

// The letters to other bodies as papers, below the page of their opinion: those that were recorded, and the draft of
// one as it was typed, to be signed and numbered before it is.
const (
	onwardAt      = "/van-ban-gui-di"
	onwardDraftAt = "/du-thao-van-ban" + docfile.Word
	onwardParam   = "van-ban"
)

// onwardFile answers GET …/van-ban-gui-di.docx and .pdf: a letter that was recorded, which the address names.
func (s *site) onwardFile(r *web.Request) error {
	p, err := s.ofOpinion(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Letters, func(l doithoai.OnwardLetter) bool {
		return string(l.ID) == r.URL.Query().Get(onwardParam)
	})
	if i < 0 || p.Opinion.Content == "" {
		return r.Redirect(p.path(partOnward))
	}
	return s.sendOnwardPaper(r, p, p.Letters[i])
}

// draftOnward answers POST …/du-thao-van-ban.docx with a letter as it was typed: nothing is recorded. What is missing
// has room.
func (s *site) draftOnward(r *web.Request) error {
	var f onwardForm
	if err := r.Form(&f); err != nil {
		return err
	}
	p, err := s.ofOpinion(r)
	if err != nil {
		return err
	}
	if !p.writingOn() || p.Opinion.Content == "" {
		return r.Redirect(p.path(""))
	}
	l := f.letter()
	if !slices.Contains(doithoai.OnwardKinds, l.Kind) {
		l.Kind = doithoai.OnwardKind(p.onwardHere().Kind)
	}
	if l.Number == "" {
		l.Dated = calendar.Date{} // the day proposed is of one that has its number
	}
	return s.sendOnwardPaper(r, p, l)
}

// ofOpinion opens the opinion that the address names.
func (s *site) ofOpinion(r *web.Request) (opinionPage, error) {
	id, err := s.lookup(r)
	if err != nil {
		return opinionPage{}, err
	}
	return s.load(r, id, forms{})
}

func (s *site) sendOnwardPaper(r *web.Request, p opinionPage, l doithoai.OnwardLetter) error {
	symbol, err := s.db.LastSymbol(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	p.Reader = inVietnamese(p.Reader)
	name := "phoi-hop-"
	if l.Kind == doithoai.OnwardEscalation {
		name = "bao-cao-"
	}
	return docfile.Send(r, s.db, name+strings.ToLower(string(p.Opinion.Number)), p.onwardPaper(l, symbol))
}

// onwardPaper is a letter to another body, in Vietnamese. symbol is that of the letter before it, for one without a
// number.
func (p opinionPage) onwardPaper(l doithoai.OnwardLetter, symbol string) doc.Doc {
	o := docform.Onward{Raised: p.raised(), Kind: l.Kind, To: l.To, Asked: l.Asked}
	day := l.Dated
	if day.IsZero() {
		day = p.Today()
	}
	rules := p.outlook.rules
	if within, err := rules.Parameters.TermAt(doithoai.ParameterOnwardReply, day); err == nil {
		o.By = rules.Calendar.Due(day, within)
	}
	if p.Petition != nil && p.Petition.LeadUnitID != "" {
		o.Done = append(o.Done, vietnamese.T("casework.onward.given", "authority", p.Authority.FullName,
			"unit", p.Unit.Name, "due", p.firstDueOr().Words()))
	}
	o.Dossier = []string{vietnamese.T("casework.onward.record", "number", string(p.Opinion.Number),
		"date", p.Opinion.ReceivedAt.Date().Words())}
	if p.Files.May.AuthorityID != "" && p.present() > 0 {
		o.Dossier = append(o.Dossier, vietnamese.T("casework.onward.files", "files", p.filesWords()))
	}
	for _, other := range p.Letters {
		if other.ID == l.ID || !l.Dated.IsZero() && other.Dated.After(l.Dated) {
			continue
		}
		words := vietnamese.T("onward.sent."+string(other.Kind), "authority", p.Authority.FullName, "to", other.To,
			"number", other.Number, "date", other.Dated.Words())
		o.Dossier = append(o.Dossier, vietnamese.T("casework.onward.document", "number", other.Number,
			"date", other.Dated.Words(), "from", p.Authority.FullName))
		if reply := other.Reply; other.State == doithoai.OnwardReplied {
			words += " " + p.OnwardReplied(other)
			if reply.Number != "" {
				o.Dossier = append(o.Dossier, vietnamese.T("casework.onward.document", "number", reply.Number,
					"date", reply.Day.Words(), "from", other.To))
			}
		}
		o.Done = append(o.Done, words)
	}
	head := chairHead(p.Authority)
	head.Number, head.Date = l.Number, l.Dated
	if l.Kind == doithoai.OnwardCoordination {
		head.Number = symbolled(l.Number, symbol)
	}
	return o.Letter(head)
}

// firstDueOr is the due date that the petition was opened with.
func (p opinionPage) firstDueOr() calendar.Date {
	if first := p.firstDue(); !first.IsZero() {
		return first
	}
	return p.Petition.Due
}

// onwardRoutes are the routes of these papers.
func (s *site) onwardRoutes() []web.Route {
	const one = web.RegisterPath + "/{number}"
	return append(docfile.Routes(one+onwardAt, web.Route{Act: doithoai.ActSeeOpinions, Do: s.onwardFile}), web.Route{
		Pattern: http.MethodPost + " " + one + onwardDraftAt, Act: doithoai.ActSendOnwardLetter, Do: s.draftOnward,
	})
}
