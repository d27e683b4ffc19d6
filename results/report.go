package results

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/report"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// vietnamese is the language of official papers, whoever reads them.
var vietnamese = text.For("vi")

// Below the page of a report.
const (
	settlePart = "/chot"
	reopenPart = "/mo-lai"
	fileAt     = ".json" // what an edition counts
	signedAt   = "-da-ky.json"

	editionField = "lan" // of its address: the number of the edition
)

func (s *site) reportRoutes() []web.Route {
	const at = web.DialoguesPath + "/{id}" + web.ReportPart
	return slices.Concat(
		docfile.Routes(at, web.Route{Act: doithoai.ActSeeReport, Do: s.paper}),
		[]web.Route{
			{Pattern: "GET " + at, Act: doithoai.ActSeeReport, Do: s.report},
			{Pattern: "GET " + at + fileAt, Act: doithoai.ActSeeReport, Do: s.file},
			{Pattern: "GET " + at + signedAt, Act: doithoai.ActSeeReport, Do: s.signedFile},
			{Pattern: "POST " + at, Act: doithoai.ActWriteReport, Do: s.write},
			{Pattern: "POST " + at + settlePart, Act: doithoai.ActSettleReport, Do: s.settle},
			{Pattern: "POST " + at + reopenPart, Act: doithoai.ActReopenReport, Do: s.reopen},
			{Pattern: "POST " + at + docfile.NumberAt, Act: doithoai.ActNumberDocument, Do: s.number},
		})
}

func reportPath(d doithoai.Dialogue) string { return web.WorkspacePath(d.ID) + web.ReportPart }

// reportPage is the report of a dialogue's result: the paper as it stands, its figures, and what the office writes.
type reportPage struct {
	*web.Reader
	store.ReportFile
	Form     reportForm
	Reason   reasonForm
	Saved    calendar.Instant // of the draft that the form was filled from; zero: it was filled from none
	Number   docfile.Number
	Paper    doc.Doc
	Problems web.Problems
	Refusal  string
	Done     string
	Along    docform.ResultFile // that goes with it
	Key      string             // with which files for a superior elsewhere are signed
	Finger   string             // its fingerprint; "": there is no key
	Figures  []report.Changed   // that count otherwise since it was settled
	Matters  []doithoai.RegisterNumber
}

type reportForm struct {
	Version   int    `form:"tu-ban"`
	Prepared  string `form:"chuan-bi"`
	Held      string `form:"ket-qua"`
	Survey    string `form:"hai-long"`
	Lacking   string `form:"ton-tai"`
	Proposals string `form:"kien-nghi"`
}

type reasonForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do"`
}

func formOf(r report.Report) reportForm {
	w := r.Words
	return reportForm{r.Version, w.Prepared, w.Held, w.Survey, w.Lacking, w.Proposals}
}

func (f reportForm) words() report.Words {
	return report.Words{
		Prepared: f.Prepared, Held: f.Held, Survey: f.Survey, Lacking: f.Lacking, Proposals: f.Proposals,
	}
}

func (s *site) load(r *web.Request) (p *reportPage, err error) {
	p = &reportPage{Reader: r.Reader, Key: s.key(), Finger: s.fingerprint()}
	if p.ReportFile, err = s.db.ResultReport(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id"))); err != nil {
		return nil, err
	}
	p.Form, p.Reason.Version = formOf(p.Report), p.Report.Version
	p.Number, err = docfile.NumberOf(r, s.db.PaperNumber, reportPath(p.Dialogue), doithoai.Document{
		Kind: doithoai.DocumentResult, Subject: p.Dialogue.ID, Turn: max(p.Report.Edition-1, 0),
	})
	if err != nil {
		return nil, err
	}
	p.Number.There = p.Settled != nil
	if p.Settled != nil {
		p.Figures, p.Matters = p.Settled.Changes(p.Result)
		sum := sha256.Sum256(p.ReportFile.File)
		p.Along = docform.ResultFile{
			Name: fileName(p.Dialogue, p.Report.Edition) + fileAt, SHA256: hex.EncodeToString(sum[:]),
		}
	}
	signatory := plan.Signatory{}
	switch of, err := s.db.PlanByID(r.Context(), r.Authority.ID, p.Dialogue.PlanID); {
	case err == nil:
		signatory = of.Plan.Signatory
	case doithoai.KindOf(err) != doithoai.NotFound:
		return nil, err
	}
	head := docform.Head{
		Authority: r.Authority, Signer: docform.ChairSigner(signatory, p.Dialogue.Chair),
		To: docform.Punctuated(strings.Split(vietnamese.T("report.paper.to"), "|")),
	}
	paper := docform.ResultReport(head.Numbered(p.Number.Printed()), p.Shown(), p.Along)
	p.Paper, err = docfile.WordedOne(r, s.db, p.Number.Replacing(paper)[0])
	return p, err
}

// fileName is what files of an edition of a dialogue's report are called, without their ending.
func fileName(d doithoai.Dialogue, edition int) string {
	name := "bao-cao-ket-qua-" + d.Slug
	if edition > 1 {
		name += "-lan-" + strconv.Itoa(edition)
	}
	return name
}

// editionPath is the file of an edition of a dialogue's report; at is its ending.
func editionPath(d doithoai.Dialogue, edition int, at string) string {
	return reportPath(d) + at + "?" + editionField + "=" + strconv.Itoa(edition)
}

func (s *site) report(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	p.Done = r.URL.Query().Get("xong")
	if p.mayWrite() {
		d, err := s.db.Draft(r.Context(), r.Actor(), store.DraftReport, string(p.Dialogue.ID))
		if err != nil {
			return err
		}
		p.takeDraft(d)
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

// takeDraft fills the form from a draft, with the version that it was begun with.
func (p *reportPage) takeDraft(d store.Draft) {
	if d.SavedAt.IsZero() {
		return
	}
	p.Saved = d.SavedAt
	one := func(field string) string { return strings.Join(d.Fields[field], "\n") }
	p.Form = reportForm{
		Prepared: one(report.FieldPrepared), Held: one(report.FieldHeld), Survey: one(report.FieldSurvey),
		Lacking: one(report.FieldLacking), Proposals: one(report.FieldProposals),
	}
	p.Form.Version, _ = strconv.Atoi(one("tu-ban")) // what is no version is none's
}

func (p *reportPage) draft() web.Draft {
	return web.Draft{
		Reader: p.Reader, Form: store.DraftReport, Subject: string(p.Dialogue.ID), SavedAt: p.Saved,
		Back: reportPath(p.Dialogue),
	}
}

// refused shows the page with why something was refused.
func (p *reportPage) refused(r *web.Request, err error) error {
	if !web.Mendable(err) {
		return err
	}
	if p.Problems = r.Problems(err); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, err)
	}
	r.Private()
	return r.Page(web.StatusOf(err), p.view())
}

// done leads back to the page, which says what was done.
func (p *reportPage) done(r *web.Request, act doithoai.Act) error {
	return r.Redirect(reportPath(p.Dialogue) + "?xong=" + string(act))
}

func (s *site) write(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	p.Form = reportForm{}
	if err := r.Form(&p.Form); err != nil {
		return err
	}
	_, err = s.db.WriteResultReport(r.Context(), r.Actor(), p.Dialogue.ID, p.Form.Version, p.Form.words())
	if err == nil {
		return p.done(r, doithoai.ActWriteReport)
	}
	p.Form.Version = p.Report.Version
	return p.refused(r, err)
}

func (s *site) settle(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Reason); err != nil {
		return err
	}
	if _, err = s.db.SettleResultReport(r.Context(), r.Actor(), p.Dialogue.ID, p.Reason.Version); err == nil {
		return p.done(r, doithoai.ActSettleReport)
	}
	p.Reason.Version = p.Report.Version
	return p.refused(r, err)
}

func (s *site) reopen(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	if err := r.Form(&p.Reason); err != nil {
		return err
	}
	_, err = s.db.ReopenResultReport(r.Context(), r.Actor(), p.Dialogue.ID, p.Reason.Version, p.Reason.Reason)
	if err == nil {
		return p.done(r, doithoai.ActReopenReport)
	}
	p.Reason.Version = p.Report.Version
	return p.refused(r, err)
}

func (s *site) number(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	return p.Number.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
		p.Number = n
		return p.view()
	})
}

// paper answers GET …/bao-cao.docx and .pdf.
func (s *site) paper(r *web.Request) error {
	p, err := s.load(r)
	if err != nil {
		return err
	}
	return docfile.Send(r, s.db, fileName(p.Dialogue, p.Report.Edition), p.Paper)
}

// file answers GET …/bao-cao.json?lan=N: what an edition counts, for the superior to count again.
func (s *site) file(r *web.Request) error {
	return s.send(r, fileAt, func(file []byte) ([]byte, error) { return file, nil })
}

// signedFile answers GET …/bao-cao-da-ky.json?lan=N: the same with the office's signature, for a superior elsewhere.
func (s *site) signedFile(r *web.Request) error { return s.send(r, signedAt, s.sign) }

// send sends the file of an edition as it is made ready.
func (s *site) send(r *web.Request, at string, ready func([]byte) ([]byte, error)) error {
	d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.URL.Query().Get(editionField))
	if err != nil {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	file, err := s.db.ReportEdition(r.Context(), r.Actor(), d.ID, n)
	if err == nil {
		file, err = ready(file)
	}
	if err != nil {
		return err
	}
	return r.Download("application/json", fileName(d, n)+at, func(w http.ResponseWriter) error {
		_, err = w.Write(file)
		return err
	}, &err)
}

// fingerprint is what a superior elsewhere compares the office's key by; "" while there is none.
func (s *site) fingerprint() string {
	finger, err := report.Fingerprint(s.key())
	if err != nil {
		return ""
	}
	return finger
}

// preview is the paper without its annexes, which are as wide as a page: they have pages and files of their own.
func (p *reportPage) preview() doc.Doc {
	paper := p.Paper
	paper.Annexes = nil
	return paper
}

func (p *reportPage) may(act doithoai.Act) bool { return doithoai.MayEver(p.Actor(), act) }

// mayWrite reports whether the officer may write what the report says itself, or settle its figures, now.
func (p *reportPage) mayWrite() bool { return p.Settled == nil && p.may(doithoai.ActWriteReport) }

// settleable are the reasons why the figures can't be settled now.
func (p *reportPage) settleable() []doithoai.Problem { return p.Result.SettleProblems() }
