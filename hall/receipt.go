package hall

import (
	"net/http"
	"strings"
	"time"

	"doithoai"
	"doithoai/web"
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
	Rules    doithoai.Rules
	Receipt  doithoai.Receipt
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
	slip, err := s.db.FollowSlip(r.Context(), doithoai.Resident(r.Authority.ID), rc.Code)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return r.Page(http.StatusNotFound, receiptGone{r.Reader, d}.view())
	}
	if err != nil {
		return err
	}
	p := receiptPage{Reader: r.Reader, Dialogue: d, Receipt: slip.Receipt(rc.Code)}
	if p.Rules, err = s.db.Rules(r.Context(), r.Authority.ID); err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}
