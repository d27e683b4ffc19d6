package office

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
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

// signOnPaper records the signature on a paper, with its scan.
func (s *site) signOnPaper(r *web.Request, a pageAct) error {
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
	scans, drops := keptUploads(f.Uploads, came, f.Step)
	refusal := doithoai.RefuseForm(came.Problems)
	if refusal == nil && !drops {
		refusal = s.db.SignOnPaper(r.Context(), r.Actor(), id, f.Version, f.onPaper(scans), others(f.With)...)
		if refusal == nil {
			return s.goOn(r, a)
		}
	}
	return s.filesAgain(r, id, typed, scans, refusal)
}

func (s *site) takeBackPaper(r *web.Request, id doithoai.ID, f setForm) error {
	return s.db.TakeBackPaper(r.Context(), r.Actor(), id, f.Version, others(f.With)...)
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

// loadPapers reads the signed papers of the answer, and what the form of a signature on paper needs.
func (s *site) loadPapers(r *web.Request, p *opinionPage) (err error) {
	if p.Submitted.Paper != "" || slices.ContainsFunc(p.Replaced, func(a doithoai.ReplacedAnswer) bool {
		return a.Answer.Paper != ""
	}) {
		if p.Papers, err = s.db.SignedPapers(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
			return err
		}
		if p.Papers.Opened {
			r.Private()
		}
	}
	if !p.recordingPaper() {
		return nil
	}
	if p.Signers, err = s.db.PaperSigners(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
		return err
	}
	if p.Forms.typed != doithoai.ActSignOnPaper {
		f := signedPaperForm{Body: p.Submitted.Body, Basis: p.Submitted.Basis, On: r.Date(r.Today())}
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

// recordingPaper reports whether the form of a signature on paper is shown.
func (p opinionPage) recordingPaper() bool { return p.canMove(doithoai.ActSignOnPaper) }

// paperSignature is the signature on paper of the answer that stands, nil where it has none.
func (p opinionPage) paperSignature() *doithoai.PaperSignature {
	for _, s := range p.Papers.Papers {
		if s.ID == p.Submitted.Paper {
			return &s.PaperSignature
		}
	}
	return nil
}

// takingBackPaper reports whether the officer may take a signature on paper back.
func (p opinionPage) takingBackPaper() bool {
	s := p.paperSignature()
	if s == nil || !p.canMove(doithoai.ActTakeBackPaper) {
		return false
	}
	_, _, err := p.Petition.TakeBackPaper(*s, p.Officer.ID, p.Today())
	return err == nil
}

// paperVersion is the version under which a signature on paper is taken back.
func (p opinionPage) paperVersion() int {
	if p.Petition == nil {
		return 0
	}
	return p.Petition.Version
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
	return p.Forms.typed == doithoai.ActSignOnPaper && p.Problems.Any() &&
		doithoai.PaperSignature{HandedIn: p.Submitted}.Differs(doithoai.Answer{Body: f.Body, Basis: f.Basis})
}

// changes are the lines that a text has no more, and those that it has instead.
func changes(was, is string) (gone, came []string) { return changedLines(lines(was), lines(is)) }

func changedLines(was, is []string) (gone, came []string) {
	gone = slices.Clone(was)
	for _, l := range is {
		if i := slices.Index(gone, l); i >= 0 {
			gone = slices.Delete(gone, i, i+1)
		} else {
			came = append(came, l)
		}
	}
	return gone, came
}

// scans are the fields by which the scan of a paper is added.
func (p opinionPage) scans() web.FileUploads {
	u := web.FileUploads{Reader: p.Reader, Label: "paper_signature.scan", Small: true, Limits: p.Limits, ID: "ban-chup"}
	if p.Forms.typed == doithoai.ActSignOnPaper {
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

// handedInWords is what was handed in, where the paper was signed with other words.
func (p opinionPage) handedInWords(s doithoai.PaperSignature) (gone, came []string) {
	gone, came = changes(s.HandedIn.Body, p.Submitted.Body)
	g, c := changes(s.HandedIn.Basis, p.Submitted.Basis)
	return append(gone, g...), append(came, c...)
}
