package portal

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// signedPattern is where the signed file of a document is that everybody may read, and, with the other ending, what
// proves that it was kept.
const signedPattern = "/van-ban/{kind}/{subject}/{part}/ban-ky"

func signedPath(d doithoai.DocumentRef, ending string) string {
	return strings.NewReplacer("{kind}", string(d.Kind), "{subject}", string(d.Subject), "{part}", strconv.Itoa(d.Part)).
		Replace(signedPattern) + ending
}

// signedFile answers GET /van-ban/…/ban-ky.pdf: a document as it was signed.
func (s *site) signedFile(r *web.Request) error {
	at, err := web.DocumentOf(r)
	if err != nil {
		return err
	}
	p, f, err := s.DB.OpenPublicSigned(r.Context(), r.Authority.ID, at)
	if err != nil {
		return err
	}
	name := strings.ReplaceAll(p.Number, "/", "-")
	if p.State != doithoai.DocumentIssued { // the file goes where the page's mark does not
		name += " " + r.Text.T("documents.state."+string(p.State))
	}
	return r.ServePublicFile(p.File, f, name)
}

// signedProof answers GET /van-ban/…/ban-ky.json: what proves that the signed file was kept when it is said so, as a
// file that anyone can check without the authority.
func (s *site) signedProof(r *web.Request) error {
	at, err := web.DocumentOf(r)
	if err != nil {
		return err
	}
	p, e, err := s.DB.SignedEvidence(r.Context(), r.Authority.ID, at)
	if err != nil {
		return err
	}
	receipt, err := s.proves(r.Context(), r.Authority, p.At, e)
	if err != nil {
		return err
	}
	b, err := receipt.Encode()
	if err != nil {
		return err
	}
	h := r.W.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="ban-ky.json"`)
	h.Set("Cache-Control", "no-cache")
	_, _ = r.W.Write(b) // a reader who went away is nobody's error
	return nil
}

// signedList are the signed files of some documents on a page.
type signedList struct {
	*web.Reader
	All []store.PublicSigned
}

// signedOf are the signed files of a plan's editions, or of a dialogue.
func (s *site) signedOf(r *web.Request, subject doithoai.ID) (signedList, error) {
	all, err := s.DB.PublicSigned(r.Context(), r.Authority.ID, subject)
	// What stands comes first: a file of what does not is there to be compared with, not to be followed.
	slices.SortStableFunc(all, func(a, b store.PublicSigned) int { return cmp.Compare(over(a), over(b)) })
	return signedList{r.Reader, all}, err
}

func over(s store.PublicSigned) int {
	if s.State == doithoai.DocumentIssued {
		return 0
	}
	return 1
}

// over says that a document does not count any more, and since when.
func (l signedList) over(s store.PublicSigned) string {
	if s.Ended.IsZero() {
		return l.T("documents.state." + string(s.State))
	}
	return l.T("documents.over.tag."+string(s.State), "date", l.Date(s.Ended))
}
