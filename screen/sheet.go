package screen

import (
	"net/http"

	"rsc.io/qr/coding"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// sheetPage is the sheet for the door, from which telephones open the dialogue.
type sheetPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Link     string // "" where the site can't be reached
	QR       ui.QR
}

// sheet answers GET /truc-tiep/{dialogue}/qr.
func (s *site) sheet(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	p := sheetPage{Reader: r.Reader, Dialogue: d, Link: r.Link(followPath(d))}
	if p.Link != "" {
		code, err := ui.NewQR(p.Link, coding.M)
		if err == nil { // an address longer than any code holds stands there in letters alone
			p.QR = ui.QR{Code: code, Title: r.T("screen.sheet.qr")}
		}
	}
	return r.Page(http.StatusOK, p.view())
}
