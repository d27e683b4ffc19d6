package office

import (
	"doithoai"
	"doithoai/web"
)

// stepShow is the button that brings the scan of a paper to the form, which shows it beside the fields.
const stepShow = "hien-tep"

// scan gives out what the form holds and has not sent yet, to who uploaded it.
func (s *site) scan(r *web.Request) error {
	u, f, err := s.db.OpenUpload(r.Context(), r.Actor(), doithoai.ID(r.PathValue("upload")))
	if err != nil {
		return err
	}
	return r.ServeScan(u, f)
}

// scans are the pictures and PDFs among the files of the form.
func (p slipPage) scans() (all []doithoai.Upload) {
	for _, u := range p.Uploads {
		if u.Kind.Picture() || u.Kind == doithoai.FilePDF {
			all = append(all, u)
		}
	}
	return all
}

func scanAddress(u doithoai.Upload) string { return web.SlipPath + "/tep/" + string(u.ID) }
