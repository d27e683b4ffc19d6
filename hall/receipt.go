package hall

import (
	"net/http"
	"strings"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// receipt is what the speaker gets: the code is known only when the opinion is taken down.
type receipt struct {
	Number doithoai.RegisterNumber
	Code   doithoai.ReceiptCode
}

// receiptLife is for how long the last receipt can be printed. Its code reaches the page after the redirect in a
// cookie, because no address may carry it.
const receiptLife = 10 * time.Minute

func (rc receipt) keep(r *web.Request) {
	r.SetCookie(web.ReceiptCookie, string(rc.Number)+"."+string(rc.Code), receiptLife)
}

// receiptOf is the receipt of the opinion recorded last, nil where it is gone.
func receiptOf(r *web.Request) *receipt {
	n, typed, ok := strings.Cut(r.GetCookie(web.ReceiptCookie), ".")
	code, err := doithoai.ParseReceiptCode(typed)
	if !ok || err != nil {
		return nil
	}
	return &receipt{doithoai.RegisterNumber(n), code}
}

// receiptPage is one sheet for the speaker.
type receiptPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Receipt  receipt
	Row      *store.HallRow // nil where the opinion left the list
	QR       ui.QR
}

// receiptGone says that there is no receipt to print any more, and leads back.
type receiptGone struct {
	*web.Reader
	Dialogue doithoai.Dialogue
}

// receipt answers GET /hoi-truong/{dialogue}/bien-nhan: the last receipt, to print.
func (s *site) receipt(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	rc := receiptOf(r)
	if rc == nil {
		return r.Page(http.StatusNotFound, receiptGone{r.Reader, d}.view())
	}
	p := receiptPage{Reader: r.Reader, Dialogue: d, Receipt: *rc}
	l, err := s.listOf(r, d)
	if err != nil {
		return err
	}
	if row, ok := l.row(rc.Number); ok {
		p.Row = &row
	}
	p.QR = r.FollowQR(rc.Code)
	return r.Page(http.StatusOK, p.view())
}

// how says where the person learns the result.
func (p receiptPage) how() string {
	key := "hall.receipt.how"
	if p.Authority.Offline {
		key = "hall.receipt.how_offline"
	}
	return p.T(key, "phone", p.Text.Phone(p.Authority.Phone))
}
