package portal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/tlog"
	"doithoai/web"
)

const (
	receiptFilePath = "/tra-cuu/bien-nhan.json"
	carriedPath     = "/tra-cuu/bien-nhan" // the receipt, of a browser that keeps no cookies
)

// receiptPage is the receipt of the slip that this browser has open: to be photographed or printed.
type receiptPage struct {
	*web.Reader
	setting
	Receipt doithoai.Receipt
	Carried doithoai.ReceiptCode // the code, where only the page carries it along
}

// showReceipt answers GET /gui-y-kien/bien-nhan: the receipt of the slip that this browser has open. Back, a reload, or
// a telephone that dropped the tab come here again.
func (s *site) showReceipt(r *web.Request) error {
	slip, code, carried, err := s.opened(r)
	if errors.Is(err, errNothingOpen) {
		return r.Redirect(followPath)
	}
	if err != nil {
		return err
	}
	return s.receiptOf(r, slip, code, carried)
}

// receiptOf shows the receipt of a slip.
func (s *site) receiptOf(r *web.Request, slip store.Followed, code, carried doithoai.ReceiptCode) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, receiptPage{
		Reader: r.Reader, setting: known, Receipt: slip.Receipt(code), Carried: carried,
	}.view())
}

// title thanks nobody: it says what happened.
func (p receiptPage) title() string {
	return p.T("portal.receipt.title", "authority", p.Authority.Name)
}

// receiptFile answers GET /tra-cuu/bien-nhan.json: the receipt as a file by which anyone can check it without the
// authority.
func (s *site) receiptFile(r *web.Request) error {
	followed, _, _, err := s.opened(r)
	if errors.Is(err, errNothingOpen) {
		return r.Redirect(followPath)
	}
	if err != nil {
		return err
	}
	receipt, err := s.receipt(r.Context(), r.Authority, followed)
	if err != nil {
		return err
	}
	b, err := receipt.Encode()
	if err != nil {
		return err
	}
	name := "bien-nhan-" + strings.ToLower(string(followed.Opinions[0].Opinion.Number)) + ".json"
	r.Private()
	h := r.W.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = r.W.Write(b) // a reader who went away is nobody's error
	return nil
}

// receipt builds the receipt of a slip: every opinion with its leaf and what opens it.
func (s *site) receipt(ctx context.Context, a doithoai.Authority, f store.Followed) (tlog.Receipt, error) {
	evidence, err := s.DB.EvidenceOf(ctx, f.SlipID)
	if err != nil {
		return tlog.Receipt{}, err
	}
	return s.proves(ctx, a, f.ReceivedAt, evidence...)
}

// proves is a receipt for leaves, with the proof and the checkpoint of those that the newest checkpoint covers.
func (s *site) proves(
	ctx context.Context, a doithoai.Authority, at calendar.Instant, evidence ...store.Evidence,
) (tlog.Receipt, error) {
	receipt := tlog.Receipt{Demo: a.Demo, Origin: s.Origin(), Key: s.VerifierKey(), Received: at.Time()}
	organisation, err := s.DB.Organisation(ctx, a.ID)
	if err != nil {
		return receipt, err
	}
	receipt.Authority = organisation.NameOn(at.Date()).FullName // as it was called then
	signed, text, err := s.signed(ctx)
	if err != nil {
		return receipt, err
	}
	for _, e := range evidence {
		entry := tlog.Entry{Leaf: e.Leaf, Index: e.Index, Opening: e.Opening}
		if e.Index < signed.Size {
			if entry.Proof, err = tlog.Prove(ctx, signed.Size, e.Index, signed.Root, s.DB.ReadHashes); err != nil {
				return receipt, fmt.Errorf("proof of leaf %d: %w", e.Index, err)
			}
			entry.Checkpoint = text
		}
		receipt.Numbers = append(receipt.Numbers, string(e.Number))
		receipt.Entries = append(receipt.Entries, entry)
	}
	return receipt, nil
}

// signed opens the newest checkpoint; zero before the first.
func (s *site) signed(ctx context.Context) (tlog.Checkpoint, string, error) {
	last, err := s.DB.Checkpoint(ctx)
	if doithoai.KindOf(err) == doithoai.NotFound {
		return tlog.Checkpoint{}, "", nil
	}
	if err != nil {
		return tlog.Checkpoint{}, "", err
	}
	key, err := tlog.ParseKey(s.VerifierKey())
	if err != nil {
		return tlog.Checkpoint{}, "", err
	}
	c, err := tlog.OpenCheckpoint([]byte(last.Note), []note.Verifier{key}...)
	return c, last.Note, err
}
