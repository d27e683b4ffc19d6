package office

import (
	"slices"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/news"
	"doithoai/web"
)

// The papers that tell who raised an opinion how it stands, below its page.
const (
	pageStatus   = web.StatusFile
	pageExtended = web.ExtensionFile
)

// hasStatus reports whether there is anything to tell of how the opinion stands.
func (p opinionPage) hasStatus() bool {
	_, err := p.Opinion.TellStatus(p.Petition, false)
	return err == nil
}

// statusPaper tells by letter that the opinion was taken up, and how it stands.
func (p opinionPage) statusPaper() doc.Doc { return p.told(docform.ToldStatus, p.statusWords()) }

// told is a notice to who raised the opinion.
func (p opinionPage) told(subject, words string) doc.Doc {
	return docform.Told{Raised: p.raised(), Subject: subject, Words: words, Contact: p.letterContact()}.
		Notice(p.numbered(chairHead(p.Authority), map[string]doithoai.DocumentKind{
			docform.ToldStatus: doithoai.DocumentStatus, docform.ToldExtended: doithoai.DocumentExtension,
		}[subject]))
}

// extension is the last extension by which the due date stands, nil where none does.
func (p opinionPage) extension() *doithoai.Event {
	if p.Petition == nil || !p.Petition.Open() || p.Petition.Extended == 0 {
		return nil
	}
	for _, e := range slices.Backward(p.Events) {
		if e.Act == doithoai.ActExtendPetition {
			return &e
		}
	}
	return nil
}

// isExtended reports whether the answer comes later than was said.
func (p opinionPage) isExtended() bool { return p.extension() != nil }

// extendedPaper tells so, and why.
func (p opinionPage) extendedPaper() doc.Doc {
	words := docform.Extended(p.Authority.FullName, p.OpinionFile.Told[p.extension().Leaf], p.Petition.Due)
	return p.told(docform.ToldExtended, words)
}

// toldPaper is the letter of a delivery: the paper of what it tells, else the news that others are told by other ways.
func (p opinionPage) toldPaper(d doithoai.Delivery, symbol string) doc.Doc {
	switch d.Kind {
	case doithoai.DeliveryAnswered, doithoai.DeliveryCorrected:
		if p.Petition != nil && p.Petition.State == doithoai.PetitionAnswered {
			t := p.lettered()
			return p.replyLetter(t, p.asReply(t), symbol)
		}
	case doithoai.DeliveryStatus:
		return p.statusPaper()
	case doithoai.DeliveryDue:
		if p.isExtended() {
			return p.extendedPaper()
		}
	case doithoai.DeliveryTransferred:
		if p.isTransferred() {
			return p.movedPaper()
		}
	case doithoai.DeliveryRefused:
		if p.isRefused() {
			return p.noticePaper()
		}
	}
	_, words := newsIn(news.News{
		Delivery: d, Authority: p.Authority, Numbers: []doithoai.RegisterNumber{p.Opinion.Number},
	}, p.OpinionFile, p.outlook).Told("")
	return p.told("news", words)
}
