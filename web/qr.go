package web

import (
	"rsc.io/qr/coding"

	"doithoai"
	"doithoai/web/ui"
)

// FollowPath is the public page on which a receipt code opens its slip.
const FollowPath = "/tra-cuu"

// InvitationPath is the public page on which an invitation is answered by the code on it.
const InvitationPath = "/giay-moi"

// FollowQR is the code that opens a slip from its receipt. There is none where the portal can't be reached, or where
// its address is longer than any code holds: the receipt code itself stands beside it.
func (r *Reader) FollowQR(code doithoai.ReceiptCode) ui.QR {
	link := r.Link(FollowPath)
	if link == "" {
		return ui.QR{}
	}
	c, err := ui.NewQR(link+"#"+string(code), coding.M) // what follows # never reaches a server
	if err != nil {
		return ui.QR{}
	}
	return ui.QR{Code: c, Title: r.T("web.follow_qr_title"), Caption: r.T("web.follow_qr")}
}
