package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// signedPaperForm is what is typed from a signed paper.
type signedPaperForm struct {
	Version int      `form:"phien-ban"`
	With    []string `form:"cung-tra-loi"`
	Signer  string   `form:"nguoi-ky" line:"true"`
	On      string   `form:"ngay-ky" line:"true" day:"true"`
	Body    string   `form:"tra-loi"`
	Basis   string   `form:"can-cu" line:"true"`
	Seen    string   `form:"da-so-sanh" line:"true"` // of the words whose differences were shown
	Number  string   `form:"so" line:"true"`
	Symbol  string   `form:"ky-hieu" line:"true"`
	Dated   string   `form:"ngay" line:"true" day:"true"`
	Uploads []string `form:"tep-giu" line:"true"`
	Step    string   `form:"buoc" line:"true"`
}

// digest names the words of the form, so that other ones are compared anew.
func (f signedPaperForm) digest() string {
	sum := sha256.Sum256([]byte(f.Body + "\x00" + f.Basis))
	return hex.EncodeToString(sum[:8])
}

func (f signedPaperForm) onPaper(scans []doithoai.ID) doithoai.OnPaper {
	return doithoai.OnPaper{
		Signer: doithoai.ID(f.Signer), On: web.TypedDate(f.On), Scans: scans,
		Words:    doithoai.Answer{Body: f.Body, Basis: f.Basis},
		Compared: f.Seen == f.digest(),
		Number:   dispatchForm{Number: f.Number, Symbol: f.Symbol}.number(), Dated: web.TypedDate(f.Dated),
	}
}

func paperTexts(f forms) []keptText {
	return []keptText{{"opinion.answer.body", f.Paper.Body}, {"opinion.answer.basis", f.Paper.Basis}}
}

// signsPaper records a signature on paper: of an answer, or of a correction.
type signsPaper func(
	*store.DB, context.Context, doithoai.Actor, doithoai.ID, int, doithoai.OnPaper, ...store.Versioned,
) error

// signOnPaper records the signature on a paper, with its scan, as sign does.
func signOnPaper(sign signsPaper) handler {
	return func(s *site, r *web.Request, a pageAct) error { return s.signOnPaper(r, a, sign) }
}

func (s *site) signOnPaper(r *web.Request, a pageAct, sign signsPaper) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	limits, err := rules.Parameters.FileLimits(r.Today())
	if err != nil {
		return err
	}
	typed := forms{typed: a.act}
	f := &typed.Paper
	came, err := r.FormWithFiles(f, limits, s.db.KeepUpload)
	if err != nil {
		return err
	}
	scans, drops := web.KeptUploads(f.Uploads, came, f.Step)
	refusal := doithoai.RefuseForm(came.Problems)
	if refusal == nil && !drops {
		refusal = sign(s.db, r.Context(), r.Actor(), id, f.Version, f.onPaper(scans), others(f.With)...)
		if refusal == nil {
			return s.goOn(r, a)
		}
	}
	return s.filesAgain(r, id, typed, scans, refusal)
}

func (s *site) takeBackPaper(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.TakeBackPaper(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

func (s *site) takeBackCorrectionPaper(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.TakeBackCorrectionPaper(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
}

// paperPart is the part of the page that shows signed papers.
const paperPart = "ban-ky-giay"

// viewPaper puts on record that the officer opens the scan of a signed paper, and goes back to the page.
func (s *site) viewPaper(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	if err := s.db.ViewPaper(r.Context(), r.Actor(), id); err != nil {
		return err
	}
	return r.Redirect(web.OpinionPath(web.NumberOf(r)) + "#" + paperPart)
}

// signedPaper gives out the scan of a signed paper to who has put a view on record; others are led to where they do.
func (s *site) signedPaper(r *web.Request) error {
	id, err := s.lookup(r)
	if err != nil {
		return err
	}
	a, f, err := s.db.OpenPaper(r.Context(), r.Actor(), id, doithoai.ID(r.PathValue("file")))
	if errors.Is(err, store.ErrNotViewed) {
		return r.Redirect(web.OpinionPath(web.NumberOf(r)) + "#" + paperPart)
	}
	if err != nil {
		return err
	}
	return r.ServeFile(a, f, false)
}

// loadPapers reads the signed papers of the answer and its correction, and what the form of a signature on paper needs.
func (s *site) loadPapers(r *web.Request, p *opinionPage) (err error) {
	replaced := slices.ContainsFunc(p.Replaced, func(a doithoai.ReplacedAnswer) bool { return a.Answer.Paper != "" })
	if replaced || p.Submitted.Paper != "" || p.OpinionFile.Correction.Answer.Paper != "" {
		if p.Papers, err = s.db.SignedPapers(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
			return err
		}
		if p.Papers.Opened {
			r.Private()
		}
	}
	act := p.paperAct()
	if act == "" {
		return nil
	}
	if p.Signers, err = s.db.PaperSigners(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
		return err
	}
	if p.Forms.typed != act {
		was := p.unsigned()
		f := signedPaperForm{Body: was.Body, Basis: was.Basis, On: r.Date(r.Today())}
		if len(p.Signers) == 1 {
			f.Signer = string(p.Signers[0].ID)
		}
		if f.Symbol, err = s.db.LastSymbol(r.Context(), r.Actor()); err != nil {
			return err
		}
		p.Forms.Paper = f
	}
	return nil
}

// recordingPaper reports whether the form of a signature on the paper of an answer is shown.
func (p opinionPage) recordingPaper() bool { return p.canMove(doithoai.ActSignOnPaper) }

// recordingCorrectionPaper reports whether the form of a signature on the paper of a correction is shown.
func (p opinionPage) recordingCorrectionPaper() bool {
	return p.correcting(doithoai.ActSignCorrectionOnPaper)
}

// paperAct is the act of the form of a signature on paper that is shown, "" where none is: an answer that went out
// waits for no signature, so that there is one at most.
func (p opinionPage) paperAct() doithoai.Act {
	switch {
	case p.recordingPaper():
		return doithoai.ActSignOnPaper
	case p.recordingCorrectionPaper():
		return doithoai.ActSignCorrectionOnPaper
	}
	return ""
}

// unsigned is what waits for a signature: the answer that was handed in, or the correction of the one that went out.
func (p opinionPage) unsigned() doithoai.Answer {
	if p.correctable() {
		return p.OpinionFile.Correction.Answer
	}
	return p.Submitted
}

// paperSignature is the signature on paper of an answer, nil where it has none.
func (p opinionPage) paperSignature(a doithoai.Answer) *doithoai.PaperSignature {
	for _, s := range p.Papers.Papers {
		if s.ID == a.Paper {
			return &s.PaperSignature
		}
	}
	return nil
}

// takingBackPaper reports whether the officer may take the signature on an answer's paper back.
func (p opinionPage) takingBackPaper() bool {
	s := p.paperSignature(p.Submitted)
	if s == nil || !p.canMove(doithoai.ActTakeBackPaper) {
		return false
	}
	_, _, err := p.Petition.TakeBackPaper(*s, p.Officer.ID, p.Today())
	return err == nil
}

// takingBackCorrectionPaper reports whether the officer may take the signature on a correction's paper back.
func (p opinionPage) takingBackCorrectionPaper() bool {
	c := p.OpinionFile.Correction
	s := p.paperSignature(c.Answer)
	if s == nil || !p.correcting(doithoai.ActTakeBackCorrectionPaper) {
		return false
	}
	_, _, err := c.TakeBackPaper(*s, p.Officer.ID, p.Today())
	return err == nil
}

func (p opinionPage) paperFacts(f doithoai.Facts) []string {
	words := []string{p.T("paper_signature.fact", "who", p.person(f.Signer), "date", p.Date(f.SignedOn))}
	return append(words, p.setFacts(f)...)
}

// signerOptions are who may have signed, with the signature as it stands under the paper.
func (p opinionPage) signerOptions() []ui.Option {
	options := []ui.Option{{Text: p.T("paper_signature.choose")}}
	for _, s := range p.Signers {
		words := s.Signature()
		if line := s.SignedFor(); line != "" {
			words = line + ": " + words
		}
		options = append(options, ui.Option{Value: string(s.ID), Text: words})
	}
	return options
}

// comparing reports whether what was typed from the paper came back to be compared with what was handed in.
func (p opinionPage) comparing() bool {
	f := p.Forms.Paper
	return p.Forms.typed == p.paperAct() && p.Problems.Any() &&
		doithoai.PaperSignature{HandedIn: p.unsigned()}.Differs(doithoai.Answer{Body: f.Body, Basis: f.Basis})
}

// changes are the lines that a text has no more, and those that it has instead.
func changes(was, is string) (gone, came []string) {
	return docfile.ChangedLines(lines(was), lines(is))
}

// scans are the fields by which the scan of a paper is added.
func (p opinionPage) scans() web.FileUploads {
	u := web.FileUploads{Reader: p.Reader, Label: "paper_signature.scan", Small: true, Limits: p.Limits, ID: "ban-chup"}
	if p.Forms.typed == p.paperAct() {
		u.ID, u.Kept = "", p.Forms.Uploads
		u.Error = ui.ErrorMessage{Text: p.Problems.Of(web.FileField), Prefix: p.T("slip.problem.prefix")}
	}
	return u
}

// paperRows are the scans of a paper, which open once a view is on record.
func (p opinionPage) paperRows(s store.SignedPaper) (l ui.FileList) {
	for _, a := range s.Files {
		row := ui.FileRow{Name: a.Name, About: p.fileAbout(a)}
		switch href := p.path("/ban-ky/" + string(a.ID)); {
		case !a.RemovedAt.IsZero():
			row.Gone = p.T("file.gone", "reason", p.T("file.reason."+a.Reason))
		case p.Papers.Opened && a.Kind.Picture():
			row.Href, row.Picture, row.Alt = href, href, p.T("paper_signature.scan_alt")
		case p.Papers.Opened:
			row.Href = href
		}
		l = append(l, row)
	}
	return l
}

// ofPaper is the answer that was signed on a paper, as far as the page has it: the one that stands, or what is to
// replace it.
func (p opinionPage) ofPaper(s doithoai.PaperSignature) (a doithoai.Answer, known bool) {
	switch s.ID {
	case p.Submitted.Paper:
		return p.Submitted, true
	case p.OpinionFile.Correction.Answer.Paper:
		return p.OpinionFile.Correction.Answer, true
	}
	return a, false
}

// recorded says who signed a paper, when, and who recorded that; of a correction that has not gone out, that it is one.
func (p opinionPage) recorded(s doithoai.PaperSignature) string {
	key := "paper_signature.recorded"
	if s.ID != p.Submitted.Paper && s.ID == p.OpinionFile.Correction.Answer.Paper {
		key = "paper_signature.recorded_correction"
	}
	return p.T(key, "signer", p.person(s.SignerID), "date", p.Date(s.On), "who", p.person(s.By))
}

// wordChanges are the lines of an answer and its basis that are gone, and those that came instead.
func wordChanges(was, is doithoai.Answer) (gone, came []string) {
	gone, came = changes(was.Body, is.Body)
	g, c := changes(was.Basis, is.Basis)
	return append(gone, g...), append(came, c...)
}
