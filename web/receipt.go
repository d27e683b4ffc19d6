package web

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web/ui"
)

// Receipt is the receipt of a slip, one for all sites: for a telephone, where the code and its QR stand on the first
// screen, and for one sheet of A5. Neither names an officer, nor whoever wrote.
type Receipt struct {
	*Reader
	Rules doithoai.Rules
	// Dialogue is the coming one, or that of the hall; it counts where the slip is for it. May be nil.
	Dialogue *doithoai.Dialogue
	doithoai.Receipt
	Title   string          // the page's heading
	Actions templ.Component // beside it; not on paper
}

// receiptStep is one thing that happens next, with its day.
type receiptStep struct {
	Title  string
	At     calendar.Instant // an hour; zero where only a day is known
	By     calendar.Date    // the last day
	Before bool             // By is not before the dialogue's day: the dialogue itself is the limit
	Detail string
}

// Render implements [templ.Component].
func (rc Receipt) Render(ctx context.Context, w io.Writer) error { return rc.html().Render(ctx, w) }

// dialogue is the dialogue that the slip is for, nil where there is none, it is not the one at hand, or it has no day.
func (rc Receipt) dialogue() *doithoai.Dialogue {
	if rc.Dialogue != nil && rc.Dialogue.ID == rc.DialogueID && !rc.Dialogue.State.Dayless() {
		return rc.Dialogue
	}
	return nil
}

// steps reckons what happens to the slip and by when.
//
// The office reads and sorts it within "classify.within" of its receipt, and before the dialogue where that comes
// first. Then comes the dialogue that it is for, with whether it came in time for units to prepare an answer; of what
// was raised at the dialogue itself, neither is to come. Its
// results are made public within "result.publish" of that day. What has to be verified first is answered within
// "answer.complex", reckoned from the dialogue or else from the last day of sorting. A step whose parameter is not in
// force is left out: no date is invented.
func (rc Receipt) steps() (steps []receiptStep) {
	d := rc.dialogue()
	coming := d != nil && !rc.Channel.Spoken() && rc.ReceivedAt.Before(d.StartsAt)
	ruled := rc.Rules.CountsFrom(rc.ReceivedAt).Date()
	if by, basis, ok := rc.limit("classify.within", ruled); ok && (d == nil || coming) {
		before := coming && !by.Before(d.StartsAt.Date())
		steps = append(steps, receiptStep{Title: rc.T("receipt.step.sort"), By: by, Before: before, Detail: basis})
		ruled = by
	}
	if d != nil {
		ruled = d.StartsAt.Date()
	}
	if coming {
		step := receiptStep{Title: rc.T("receipt.step.dialogue", "venue", d.Venue), At: d.StartsAt}
		step.Detail = rc.ahead(*d)
		if rc.Manner != doithoai.MannerWritten {
			step.Detail = rc.T("receipt.step.speak", "time", rc.Time(d.DoorsAt)) + " " + step.Detail
		}
		step.Detail = strings.TrimSpace(step.Detail)
		steps = append(steps, step)
	}
	if by, basis, ok := rc.limit("result.publish", ruled); ok && d != nil {
		title := rc.T("receipt.step.publish")
		if rc.Authority.Offline {
			title = rc.T("receipt.step.publish_offline")
		}
		steps = append(steps, receiptStep{Title: title, By: by, Detail: basis})
	}
	if by, basis, ok := rc.limit("answer.complex", ruled); ok {
		steps = append(steps, receiptStep{Title: rc.answered(), By: by, Detail: basis})
	}
	return steps
}

// ahead says what becomes of a slip by the hour until which units prepare for what comes: "" where there is none.
func (rc Receipt) ahead(d doithoai.Dialogue) string {
	if d.SlipsUntil.IsZero() {
		return ""
	}
	key := "receipt.step.ahead"
	if d.SlipsLate(rc.ReceivedAt) {
		key = "receipt.step.late"
	}
	return rc.T(key, "time", rc.Time(d.SlipsUntil), "date", rc.Date(d.SlipsUntil.Date()))
}

// limit is the last day of a term that begins on a day, with the law that sets it; a house default has none.
func (rc Receipt) limit(key string, from calendar.Date) (by calendar.Date, basis string, ok bool) {
	parameter, ok := rc.Rules.Parameters.At(key, from)
	if !ok {
		return by, "", false
	}
	term, err := parameter.Term()
	if err != nil {
		return by, "", false
	}
	if parameter.Basis != "" {
		basis = rc.T("receipt.basis", "basis", parameter.Basis)
	}
	return rc.Rules.Calendar.Due(from, term), basis, true
}

// answered says how what must be verified is answered: "… qua điện thoại, qua Trưởng thôn".
func (rc Receipt) answered() string {
	if len(rc.Ways) == 0 {
		return rc.T("receipt.step.answer_any")
	}
	var list []string
	for _, w := range rc.Ways {
		list = append(list, rc.WayBy(w))
	}
	return rc.T("receipt.step.answer", "ways", strings.Join(list, ", "))
}

// house says which of the days the commune itself set, having no law for them; "" where each has its law.
func (rc Receipt) house(steps []receiptStep) string {
	limits, own := 0, 0
	for _, s := range steps {
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
		return rc.T("receipt.all_house")
	}
	return rc.T("receipt.house")
}

// received says when and how the slip came.
func (rc Receipt) received() string {
	came := rc.T("receipt.received", "time", rc.Time(rc.ReceivedAt), "date", rc.DateIn(rc.ReceivedAt.Date()),
		"how", rc.T("receipt.came."+string(rc.Channel)))
	if g := rc.Given; g != nil && g.Clock >= 0 {
		came = rc.T("receipt.given_at", "time", rc.Time(g.At()), "date", rc.DateIn(g.On)) + " " + came
	} else if g != nil {
		came = rc.T("receipt.given", "date", rc.DateIn(g.On)) + " " + came
	}
	if rc.Files > 0 {
		came += " " + rc.T("receipt.files", "count", rc.Files)
	}
	if from := rc.Rules.CountsFrom(rc.ReceivedAt); from != rc.ReceivedAt {
		came += " " + rc.T("receipt.after_hours", "time", rc.Time(from), "date", rc.DateIn(from.Date()))
	}
	return came
}

// keepsake is the code with its QR, whole on the first screen of a telephone.
func (rc Receipt) keepsake() ui.Keepsake {
	return ui.Keepsake{
		ID: "ma-tra-cuu", Label: rc.T("receipt.code"), Keep: rc.T("receipt.keep"), Groups: rc.Code.Groups(),
		QR: rc.FollowQR(rc.Code), Note: rc.note(), Paper: ui.Text(rc.onPaper()),
	}
}

// onPaper says what the code is good for, and how the slip is followed: without a word of the web where the portal
// can't be reached.
func (rc Receipt) onPaper() string {
	phone := rc.Text.Phone(rc.Authority.Phone)
	if link := rc.Link(FollowPath); link != "" {
		_, address, _ := strings.Cut(link, "://")
		return rc.T("receipt.paper", "address", address, "phone", phone)
	}
	return rc.T("receipt.paper_offline", "phone", phone)
}

// briefs is how much of each opinion the sheet has room for, in characters, by the number of opinions.
var briefs = []int{0, 220, 120, 120}

// brief is what was raised, as far as it fits. Of a denunciation nothing is shown.
func (rc Receipt) brief(m doithoai.ReceiptMatter) string {
	if m.Content == "" {
		return ""
	}
	room := 56
	if n := len(rc.Matters); n < len(briefs) {
		room = briefs[n]
	}
	return rc.T("receipt.quote", "words", text.Brief(m.Content, room))
}

func (rc Receipt) numbers() (list ui.Numbers) {
	for _, m := range rc.Matters {
		words := rc.brief(m)
		if m.PartOf != "" {
			words = Joined(rc.T("classify.receipt.of", "number", string(m.PartOf)), words)
		}
		list = append(list, ui.NumberRow{Label: rc.T("receipt.number"), Number: string(m.Number), Text: words})
	}
	return list
}

// proof says where the receipt stands in the public record.
func (rc Receipt) proof() string {
	var lines []string
	for _, m := range rc.Matters {
		lines = append(lines, rc.Text.Number(int(m.Line)))
	}
	return rc.T("receipt.proof", "lines", strings.Join(lines, ", "))
}
