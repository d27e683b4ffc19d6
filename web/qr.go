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

// InvitationQR is the code that answers an invitation from its paper, of the same kind as [Reader.FollowQR].
func (r *Reader) InvitationQR(code doithoai.ReceiptCode) ui.QR {
	return r.codeQR(InvitationPath, code, "web.invitation_qr_title", "web.invitation_qr")
}

// FollowQR is the code that opens a slip from its receipt. There is none where the portal can't be reached, or where
// its address is longer than any code holds: the receipt code itself stands beside it.
func (r *Reader) FollowQR(code doithoai.ReceiptCode) ui.QR {
	return r.codeQR(FollowPath, code, "web.follow_qr_title", "web.follow_qr")
}

func (r *Reader) codeQR(path string, code doithoai.ReceiptCode, title, caption string) ui.QR {
	link := r.Link(path)
	if link == "" {
		return ui.QR{}
	}
	c, err := ui.NewQR(link+"#"+string(code), coding.M) // what follows # never reaches a server
	if err != nil {
		return ui.QR{}
	}
	return ui.QR{Code: c, Title: r.T(title), Caption: r.T(caption)}
}
