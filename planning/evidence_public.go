package planning

import (
	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// The last parts of the addresses by which a file that shows that a promise was kept becomes public, and isn't any
// more.
const (
	publishPart   = "/cong-khai"
	unpublishPart = "/thoi-cong-khai"
)

// publishForm makes a file public.
type publishForm struct {
	Version int    `form:"phien-ban"`
	Alt     string `form:"mo-ta" line:"true"`
	Clear   bool   `form:"khong-nhan-ra-ai"`
}

func (s *site) publishEvidence(r *web.Request) error {
	var f publishForm
	if err := r.Form(&f); err != nil {
		return err
	}
	file := doithoai.ID(r.PathValue("file"))
	err := s.db.PublishEvidence(r.Context(), r.Actor(), evidenceAt(r), file, f.Version, f.Alt, f.Clear)
	if err == nil {
		return r.Redirect(evidenceAddress(evidenceAt(r)) + "?xong=cong_khai")
	}
	if !web.Mendable(err) {
		return err
	}
	p, loading := s.loadEvidence(r)
	if loading != nil {
		return loading
	}
	p.Typed, p.Of, p.Form = doithoai.ActPublishEvidence, file, f
	return s.showEvidenceAgain(r, p, err)
}

// unpublishForm takes a file out of the public's sight.
type unpublishForm struct {
	Version int    `form:"phien-ban"`
	Reason  string `form:"ly-do-thoi" line:"true"`
}

func (s *site) unpublishEvidence(r *web.Request) error {
	var f unpublishForm
	if err := r.Form(&f); err != nil {
		return err
	}
	file := doithoai.ID(r.PathValue("file"))
	err := s.db.UnpublishEvidence(r.Context(), r.Actor(), evidenceAt(r), file, f.Version, f.Reason)
	if err == nil {
		return r.Redirect(evidenceAddress(evidenceAt(r)) + "?xong=thoi_cong_khai")
	}
	return s.evidenceAgain(r, doithoai.ActUnpublishEvidence, err)
}

// publishable are the files that the officer may make public, once they have looked at them, or take back.
func (p evidencePage) publishable() (list []doithoai.Attachment) {
	for _, a := range p.Files {
		if p.MayPublish && a.RemovedAt.IsZero() && (p.Opened || a.Public()) {
			list = append(list, a)
		}
	}
	return list
}

// typed reports whether a file's form of an act came back.
func (p evidencePage) typed(act doithoai.Act, a doithoai.Attachment) bool {
	return p.Typed == act && p.Of == a.ID
}

// form is what was typed into a file's form.
func (p evidencePage) form(a doithoai.Attachment) publishForm {
	if p.typed(doithoai.ActPublishEvidence, a) {
		return p.Form
	}
	return publishForm{}
}

// ofFile is a field of one file's form among others' of the same name: the form that came back has the id to which the
// summary leads.
func (p evidencePage) ofFile(act doithoai.Act, a doithoai.Attachment, name, label, hint string) ui.Field {
	if p.typed(act, a) {
		return web.Field(p.Reader, p.Problems, name, label, hint)
	}
	f := web.Field(p.Reader, web.Problems{}, name, label, hint)
	f.ID = name + "-" + string(a.ID)
	return f
}

// confirmation is the box that must be ticked: nobody can be known by the file.
func (p evidencePage) confirmation(a doithoai.Attachment) ui.Checkboxes {
	boxes := ui.Checkboxes{
		Name: doithoai.FieldClear, IDPrefix: doithoai.FieldClear + "-" + string(a.ID),
		Items: []ui.Choice{{Value: "true", Text: p.T("evidence.public.clear")}}, Classes: "govuk-checkboxes--small",
	}
	if p.typed(doithoai.ActPublishEvidence, a) {
		boxes.IDPrefix = doithoai.FieldClear
		boxes.Error = web.Wrong(p.Reader, p.Problems, doithoai.FieldClear)
	}
	if p.form(a).Clear {
		boxes.Values = []string{"true"}
	}
	return boxes
}

// altLabel asks for the words that stand for a file.
func (p evidencePage) altLabel(a doithoai.Attachment) (label, hint string) {
	if a.Kind.Picture() {
		return p.T("evidence.public.alt"), p.T("evidence.public.alt_hint")
	}
	return p.T("evidence.public.title_of"), p.T("evidence.public.title_hint")
}

func (p evidencePage) unpublishReasons() []ui.Option {
	options := []ui.Option{{Text: p.T("file.remove_choose")}}
	for _, reason := range doithoai.UnpublishReasons {
		options = append(options, ui.Option{Value: reason, Text: p.T("evidence.unpublish." + reason)})
	}
	return options
}
