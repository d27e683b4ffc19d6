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

// receiptLife is for how long the receipts of the last opinions can be printed. Their codes reach the page after the
// redirect in a cookie, because no address may carry them.
const receiptLife = 30 * time.Minute

// maxReceipts is of how many opinions: a speaker may come for it while the next ones speak, or say a name then.
const maxReceipts = 8

// receipts are those that the officer can print in this browser, the newest first.
func receipts(r *web.Request) (list []receipt) {
	for kept := range strings.SplitSeq(r.GetOwnCookie(web.ReceiptCookie), "~") {
		n, typed, ok := strings.Cut(kept, ".")
		if code, err := doithoai.ParseReceiptCode(typed); ok && err == nil {
			list = append(list, receipt{doithoai.RegisterNumber(n), code})
		}
	}
	return list
}

func keepReceipt(r *web.Request, rc receipt) {
	kept := []string{string(rc.Number) + "." + string(rc.Code)}
	for _, old := range receipts(r) {
		if old.Number != rc.Number && len(kept) < maxReceipts {
			kept = append(kept, string(old.Number)+"."+string(old.Code))
		}
	}
	r.SetOwnCookie(web.ReceiptCookie, strings.Join(kept, "~"), receiptLife)
}

// receiptOf is the receipt of an opinion, nil where it is gone.
func receiptOf(r *web.Request, n doithoai.RegisterNumber) *receipt {
	for _, rc := range receipts(r) {
		if rc.Number == n {
			return &rc
		}
	}
	return nil
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

// receipt answers GET /hoi-truong/{dialogue}/bien-nhan/{number}: the receipt to print of an opinion just taken down.
// Nobody gets one without a name: its page asks for that first.
func (s *site) receipt(r *web.Request) error {
	d, err := s.dialogue(r)
	if err != nil {
		return err
	}
	n := web.NumberOf(r)
	l, err := s.listOf(r, d)
	if err != nil {
		return err
	}
	if row, ok := l.row(n); ok && row.Name == "" {
		return r.Redirect(pathOfOpinion(d, n))
	}
	rc := receiptOf(r, n)
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
	p := receiptPage{Reader: r.Reader, Dialogue: d, Rules: l.Rules, Receipt: slip.Receipt(rc.Code)}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}
