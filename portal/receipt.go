package portal

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/tlog"
	"doithoai/web"
	"doithoai/web/ui"
)

const receiptFilePath = "/bien-nhan/tep"

// receiptPage is the receipt: to be printed, or photographed from a telephone.
type receiptPage struct {
	*web.Reader
	setting
	Slip  doithoai.Slip
	Got   store.Received
	Steps []receiptStep
}

// receiptStep is one thing that happens next, with its day.
type receiptStep struct {
	Title  string
	At     calendar.Instant // an hour; zero where only a day is known
	By     calendar.Date    // the last day
	Before bool             // By is not before the dialogue's day: the dialogue itself is the limit
	Detail string
}

func newReceiptPage(r *web.Request, known setting, slip doithoai.Slip, got store.Received) receiptPage {
	p := receiptPage{Reader: r.Reader, setting: known, Slip: slip, Got: got}
	p.Steps = p.next()
	return p
}

// dialogue is the dialogue that the slip is for, nil where there is none or it is no longer the coming one.
func (p receiptPage) dialogue() *doithoai.Dialogue {
	if p.Next != nil && p.Next.ID == p.Slip.DialogueID {
		return p.Next
	}
	return nil
}

// next reckons what happens to the slip and by when.
//
// The office reads and sorts it within "classify.within" of its receipt, and before the dialogue where that comes
// first. Then comes the dialogue that it is for. Its results are made public within "result.publish" of that day. What
// has to be verified first is answered within "answer.complex", reckoned from the dialogue or else from the last day of
// sorting. A step whose parameter is not in force is left out: no date is invented.
func (p receiptPage) next() (steps []receiptStep) {
	d := p.dialogue()
	ruled := p.CountsFrom(p.Got.ReceivedAt).Date()
	if by, detail, ok := p.limit("classify.within", ruled); ok {
		before := d != nil && p.Got.ReceivedAt.Before(d.StartsAt) && !by.Before(d.StartsAt.Date())
		steps = append(steps, receiptStep{Title: p.T("portal.receipt.step.sort"), By: by, Before: before, Detail: detail})
		ruled = by
	}
	if d != nil {
		ruled = d.StartsAt.Date()
		step := receiptStep{Title: p.T("portal.receipt.step.dialogue", "venue", d.Venue), At: d.StartsAt}
		if p.Slip.Manner != doithoai.MannerWritten {
			step.Detail = p.T("portal.receipt.step.speak", "time", p.Time(d.DoorsAt))
		}
		steps = append(steps, step)
		if by, detail, ok := p.limit("result.publish", ruled); ok {
			steps = append(steps, receiptStep{Title: p.T("portal.receipt.step.publish"), By: by, Detail: detail})
		}
	}
	if by, detail, ok := p.limit("answer.complex", ruled); ok {
		steps = append(steps, receiptStep{
			Title: p.T("portal.receipt.step.answer", "ways", p.waysBy()), By: by, Detail: detail,
		})
	}
	return steps
}

// limit is the last day of a term that begins on a day, with the law that sets it; a house default has none.
func (p receiptPage) limit(key string, from calendar.Date) (by calendar.Date, basis string, ok bool) {
	parameter, ok := p.Parameters.At(key, from)
	if !ok {
		return by, "", false
	}
	term, err := parameter.Term()
	if err != nil {
		return by, "", false
	}
	if parameter.Basis != "" {
		basis = p.T("portal.receipt.basis", "basis", parameter.Basis)
	}
	return p.Calendar.Due(from, term), basis, true
}

// waysBy are the ways to be answered as a sentence has them: "qua điện thoại, qua Trưởng thôn".
func (p receiptPage) waysBy() string {
	var list []string
	for _, w := range p.Slip.Petitioner.Ways {
		list = append(list, p.T("slip.way_by."+string(w)))
	}
	return strings.Join(list, ", ")
}

// house says which of the days the commune itself set, having no law for them; "" where each has its law.
func (p receiptPage) house() string {
	limits, own := 0, 0
	for _, s := range p.Steps {
		if s.By.IsZero() {
			continue
		}
		limits++
		if s.Detail == "" {
			own++
		}
	}
	switch own {
	case 0:
		return ""
	case limits:
		return p.T("portal.receipt.all_house")
	}
	return p.T("portal.receipt.house")
}

// codes are the two codes of the receipt.
func (p receiptPage) codes() ui.ReceiptCodes {
	c := ui.ReceiptCodes{
		Number: ui.Code{Label: p.T("portal.receipt.number"), Note: p.T("portal.receipt.number_note")},
		Secret: ui.Code{
			Label: p.T("portal.receipt.code"), Groups: p.Got.Code.Groups(), Note: p.T("portal.receipt.code_note"),
		},
		Keep: p.T("portal.receipt.keep"),
		QR:   p.FollowQR(p.Got.Code),
	}
	if len(p.Got.Opinions) > 1 {
		c.Number.Label = p.T("portal.receipt.numbers")
	}
	for _, o := range p.Got.Opinions {
		c.Number.Groups = append(c.Number.Groups, string(o.Number))
	}
	return c
}

// timeline shows the steps.
func (p receiptPage) timeline() (t ui.Timeline) {
	for _, s := range p.Steps {
		t = append(t, ui.TimelineItem{Title: s.Title, When: p.when(s), Text: s.Detail})
	}
	return t
}

// openLink opens what was just sent, by a form: the code stands in no address.
func (p receiptPage) openLink() ui.PostLink {
	return ui.PostLink{
		Text: p.T("portal.receipt.open"), Action: followPath,
		Fields: []ui.HiddenField{{Name: "ma", Value: string(p.Got.Code)}},
	}
}

func (p receiptPage) fileLink() ui.PostLink { return receiptFileLink(p.Reader, p.Got.Code) }

// receiptFileLink downloads the receipt as a file that proves it.
func receiptFileLink(r *web.Reader, code doithoai.ReceiptCode) ui.PostLink {
	return ui.PostLink{
		Text: r.T("portal.receipt.file"), Action: receiptFilePath,
		Fields: []ui.HiddenField{{Name: "ma", Value: string(code)}},
	}
}

// codeForm is a receipt code as it was typed.
type codeForm struct {
	Code string `form:"ma" line:"true"`
}

// receiptFile answers POST /bien-nhan/tep: the receipt as a file by which anyone can check it without the authority.
func (s *site) receiptFile(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	followed, _, err := s.open(r, f.Code)
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

// receipt builds the receipt of a slip: every opinion with its leaf and what opens it; proof and checkpoint for those
// that the newest checkpoint covers.
func (s *site) receipt(ctx context.Context, a doithoai.Authority, f store.Followed) (tlog.Receipt, error) {
	receipt := tlog.Receipt{Demo: a.Demo, Origin: s.Origin(), Key: s.VerifierKey(), Received: f.ReceivedAt.Time()}
	organisation, err := s.DB.Organisation(ctx, a.ID)
	if err != nil {
		return receipt, err
	}
	receipt.Authority = organisation.NameOn(f.ReceivedAt.Date()).FullName // as it was called then
	evidence, err := s.DB.EvidenceOf(ctx, f.SlipID)
	if err != nil {
		return receipt, err
	}
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

// receivedBy says when and how the slip came.
func (p receiptPage) receivedBy() string {
	received := p.T("portal.receipt.received", "time", p.DateTime(p.Got.ReceivedAt))
	if from := p.CountsFrom(p.Got.ReceivedAt); from != p.Got.ReceivedAt {
		received += " " + p.T("portal.receipt.after_hours", "time", p.DateTime(from))
	}
	return received
}

// title thanks nobody: it says what happened.
func (p receiptPage) title() string {
	return p.T("portal.receipt.title", "authority", p.Authority.Name)
}

// briefOnReceipt keeps each opinion on one line of an A5 sheet, in characters.
const briefOnReceipt = 60

// contents lists what was sent under which number, where there is more than one.
func (p receiptPage) contents() (rows []ui.SummaryRow) {
	for _, o := range p.Got.Opinions {
		rows = append(rows, ui.SummaryRow{Key: string(o.Number), Value: text.Brief(o.Content, briefOnReceipt)})
	}
	return rows
}
