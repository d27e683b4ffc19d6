package office

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// draftForms are the forms whose drafts are kept.
var draftForms = []string{
	store.DraftAnswer, store.DraftCorrection, store.DraftPublication, store.DraftOpinion, store.DraftRuling,
	store.DraftSlip, store.DraftExplanation, store.DraftList, store.DraftPlanPart, store.DraftQuestion, store.DraftFigures,
	store.DraftTask, store.DraftBulletin, store.DraftText, store.DraftProgramme, store.DraftSheet,
	store.DraftReport,
}

// notDrafted are fields that belong to one showing of a form, not to what was typed; the key of an intake is the secret
// of a receipt.
var notDrafted = []string{"nhap", "ve", "phien-ban", "khoa", "da-hoi", web.StepName}

// Places of an answer's form where what is doubtful in it is shown.
const (
	warnCitations = "can-cu"
	warnPhrases   = "cau-chu"
)

// maxSubject bounds the name of what a draft is of: an id.
const maxSubject = 64

// saveDraft keeps what an officer typed into a form so far. A script is told when; a page without scripts goes back to
// the form.
func (s *site) saveDraft(r *web.Request) error {
	var posted struct {
		Name string `form:"nhap" line:"true"`
		Back string `form:"ve" line:"true"`
	}
	if err := r.Form(&posted); err != nil {
		return err
	}
	form, subject, _ := strings.Cut(posted.Name, ":")
	if !slices.Contains(draftForms, form) || len(subject) > maxSubject {
		return doithoai.Refuse(doithoai.Invalid, "web.form.malformed")
	}
	fields := drafted(r.PostForm)
	at, err := s.db.SaveDraft(r.Context(), r.Actor(), form, subject, fields)
	if err != nil {
		return err
	}
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		return r.Redirect(web.AfterSignIn(posted.Back))
	}
	warnings := map[string][]string{} // by the place where the page shows them
	if form == store.DraftAnswer || form == store.DraftCorrection {
		bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
		if err != nil {
			return err
		}
		a := doithoai.Answer{Body: first(fields["tra-loi"]), Basis: first(fields["can-cu"])}
		warnings[warnCitations] = citations(r.Reader, bases, a)
		warnings[warnPhrases] = askWords(r.Reader, a)
	}
	b, err := json.Marshal(struct {
		Saved    string              `json:"saved"`
		Warnings map[string][]string `json:"warnings"`
	}{r.Time(at), warnings})
	if err != nil {
		return fmt.Errorf("answer to a draft: %w", err)
	}
	r.W.Header().Set("Content-Type", "application/json")
	r.W.Header().Set("Cache-Control", "no-store")
	r.W.WriteHeader(http.StatusOK)
	_, _ = r.W.Write(b) // a page that was left hears no answer
	return nil
}

// drafted are the fields of a form that a draft keeps.
func drafted(posted url.Values) map[string][]string {
	fields := map[string][]string{}
	for name, values := range posted {
		if !slices.Contains(notDrafted, name) {
			fields[name] = values
		}
	}
	return fields
}

// lines are the paragraphs of a text.
func lines(s string) []string {
	return slices.DeleteFunc(strings.Split(text.Clean(s), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
}
