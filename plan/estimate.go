package plan

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// EstimateState is where the estimate of a dialogue's cost stands.
type EstimateState string

const (
	EstimateDraft     EstimateState = "draft"     // the office writes it
	EstimateSubmitted EstimateState = "submitted" // waits for who decides
	EstimateRefused   EstimateState = "refused"   // came back with a reason, and may be written anew
	EstimateApproved  EstimateState = "approved"  // as submitted, or changed with a reason
	EstimateFunded    EstimateState = "funded"    // there is money for it
	EstimateSpent     EstimateState = "spent"     // what was spent is entered
)

// estimateMove is what an act does to the state of an estimate.
type estimateMove struct {
	from []EstimateState
	to   EstimateState
}

// estimateMoves are all ways of an estimate: the only table of them. "" is one that nobody has begun.
var estimateMoves = map[doithoai.Act]estimateMove{
	doithoai.ActDraftEstimate:    {[]EstimateState{"", EstimateDraft, EstimateRefused}, EstimateDraft},
	doithoai.ActSubmitEstimate:   {[]EstimateState{EstimateDraft}, EstimateSubmitted},
	doithoai.ActWithdrawEstimate: {[]EstimateState{EstimateSubmitted}, EstimateDraft},
	doithoai.ActApproveEstimate:  {[]EstimateState{EstimateSubmitted}, EstimateApproved},
	doithoai.ActChangeEstimate:   {[]EstimateState{EstimateSubmitted}, EstimateApproved},
	doithoai.ActRefuseEstimate:   {[]EstimateState{EstimateSubmitted}, EstimateRefused},
	doithoai.ActFundEstimate:     {[]EstimateState{EstimateApproved}, EstimateFunded},
	doithoai.ActRecordSpending:   {[]EstimateState{EstimateFunded, EstimateSpent}, EstimateSpent},
}

// Bounds of an estimate. The greatest sum of all lines stays within an int64 by far.
const (
	maxLines    = 60
	maxQuantity = 100_000 * text.QuantityScale
	maxPrice    = 1_000_000_000
	maxSum      = 1_000_000_000_000
)

// Estimate is what a dialogue is to cost (dự toán kinh phí), what was decided of it, and what was spent.
type Estimate struct {
	DialogueID  doithoai.ID
	AuthorityID doithoai.ID
	State       EstimateState
	Version     int
	EstimateBody
}

// EstimateBody is what is kept of an estimate in one piece.
type EstimateBody struct {
	Lines       []EstimateLine   `json:"lines"`
	Reason      string           `json:"reason,omitempty"` // why it was refused, or changed
	SubmittedBy doithoai.ID      `json:"submitted_by,omitempty"`
	SubmittedAt calendar.Instant `json:"submitted_at,omitzero"`
	DecidedBy   doithoai.ID      `json:"decided_by,omitempty"`
	DecidedAt   calendar.Instant `json:"decided_at,omitzero"`
	Funding     Funding          `json:"funding,omitzero"`
	FundedBy    doithoai.ID      `json:"funded_by,omitempty"`
	FundedAt    calendar.Instant `json:"funded_at,omitzero"`
	Overspent   string           `json:"overspent,omitempty"` // why more was spent than there was money for
	SpentBy     doithoai.ID      `json:"spent_by,omitempty"`
	SpentAt     calendar.Instant `json:"spent_at,omitzero"`
}

// EstimateLine is one line of an estimate.
type EstimateLine struct {
	Content string `json:"content"`
	Unit    string `json:"unit"` // of measure
	Cost
	Basis   string `json:"basis,omitempty"` // of the rate
	Note    string `json:"note,omitempty"`
	Changed *Cost  `json:"changed,omitempty"` // what who decided made of it
	Spent   *int64 `json:"spent,omitempty"`   // đồng
	Papers  string `json:"papers,omitempty"`  // of what was spent
}

// Cost is a quantity in thousandths and a price of one in đồng.
type Cost struct {
	Quantity int64 `json:"quantity"`
	Price    int64 `json:"price"`
}

// Amount is quantity times price in đồng; what is less than one is rounded, a half up.
func (c Cost) Amount() int64 {
	return (c.Quantity*c.Price + text.QuantityScale/2) / text.QuantityScale
}

// Approved is what holds of the line: as changed, else as submitted.
func (l EstimateLine) Approved() Cost {
	if l.Changed != nil {
		return *l.Changed
	}
	return l.Cost
}

// Funding is the money for an estimate: from where, how much, by which paper.
type Funding struct {
	Source string        `json:"source"`
	Sum    int64         `json:"sum"`
	Number string        `json:"number"`
	Date   calendar.Date `json:"date,omitzero"`
	Reason string        `json:"reason,omitempty"` // why it is more than was approved
}

// Submitted is the sum as the office submitted it.
func (b EstimateBody) Submitted() (sum int64) {
	for _, l := range b.Lines {
		sum += l.Amount()
	}
	return sum
}

// Approved is the sum as it was decided.
func (b EstimateBody) Approved() (sum int64) {
	for _, l := range b.Lines {
		sum += l.Approved().Amount()
	}
	return sum
}

// Spent is the sum that was spent.
func (b EstimateBody) Spent() (sum int64) {
	for _, l := range b.Lines {
		if l.Spent != nil {
			sum += *l.Spent
		}
	}
	return sum
}

// IsChanged reports whether who decided changed a line.
func (b EstimateBody) IsChanged() bool {
	return slices.ContainsFunc(b.Lines, func(l EstimateLine) bool { return l.Changed != nil })
}

// May reports whether the act is possible in the estimate's state.
func (e Estimate) May(act doithoai.Act) bool {
	return slices.Contains(estimateMoves[act].from, e.State)
}

// Move returns the estimate in the state to which the act brings it; Conflict where it stands elsewhere.
func (e Estimate) Move(act doithoai.Act) (Estimate, error) {
	if !e.May(act) {
		return e, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	e.State = estimateMoves[act].to
	return e, nil
}

// at names the field of a line as the forms do.
func at(field string, line int) string { return fmt.Sprintf("%s-%d", field, line) }

// long adds a problem where a text has too many characters.
func long(list []doithoai.Problem, field, s string, max int) []doithoai.Problem {
	if utf8.RuneCountInString(s) > max {
		list = append(list, doithoai.Problem{Field: field, Key: "error.problem.too_long", Args: []any{"max", max}})
	}
	return list
}

// DraftProblems are the reasons why lines can't be kept: too many, too long, or beyond what a line can be.
func (b EstimateBody) DraftProblems() (list []doithoai.Problem) {
	if len(b.Lines) > maxLines {
		list = append(list, doithoai.Problem{
			Field: at("noi-dung", maxLines), Key: "estimate.problem.lines", Args: []any{"max", maxLines},
		})
	}
	for i, l := range b.Lines {
		if l.Content == "" {
			list = append(list, doithoai.Problem{Field: at("noi-dung", i), Key: "estimate.problem.content"})
		}
		list = long(list, at("noi-dung", i), l.Content, doithoai.MaxLine)
		list = long(list, at("don-vi", i), l.Unit, doithoai.MaxShort)
		list = append(list, l.Cost.problems(i)...)
		list = long(list, at("can-cu", i), l.Basis, doithoai.MaxLine)
		list = long(list, at("ghi-chu", i), l.Note, doithoai.MaxLine)
	}
	return list
}

// problems are those of a quantity and a price beyond their bounds.
func (c Cost) problems(line int) (list []doithoai.Problem) {
	if c.Quantity < 0 || c.Quantity > maxQuantity {
		list = append(list, doithoai.Problem{Field: at("so-luong", line), Key: "estimate.problem.quantity"})
	}
	if c.Price < 0 || c.Price > maxPrice {
		list = append(list, doithoai.Problem{Field: at("don-gia", line), Key: "estimate.problem.price"})
	}
	return list
}

// SubmitProblems are the reasons why the estimate can't be submitted: it has lines, and each says what it counts, how
// many, at which price, and on what the rate rests.
func (b EstimateBody) SubmitProblems() []doithoai.Problem {
	list := b.DraftProblems()
	if len(b.Lines) == 0 {
		list = append(list, doithoai.Problem{Field: at("noi-dung", 0), Key: "estimate.problem.empty"})
	}
	for i, l := range b.Lines {
		for _, need := range []struct {
			there      bool
			field, key string
		}{
			{l.Unit != "", "don-vi", "estimate.problem.unit"}, {l.Quantity > 0, "so-luong", "estimate.problem.quantity"},
			{l.Price > 0, "don-gia", "estimate.problem.price"}, {l.Basis != "", "can-cu", "estimate.problem.basis"},
		} {
			if !need.there {
				list = append(list, doithoai.Problem{Field: at(need.field, i), Key: need.key})
			}
		}
	}
	return list
}

// Change returns the body with the costs that who decides gives its lines, in their order, and the reason. It needs a
// reason, a cost for each line, and at least one that differs; a line may go down to nothing.
func (b EstimateBody) Change(costs []Cost, reason string) (EstimateBody, error) {
	if len(costs) != len(b.Lines) {
		return b, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	list := NoteProblems("ly-do", "estimate.problem.change_reason", reason)
	lines := slices.Clone(b.Lines)
	for i, c := range costs {
		list = append(list, c.problems(i)...)
		if c != lines[i].Cost {
			lines[i].Changed = &c
		}
	}
	b.Lines, b.Reason = lines, reason
	if len(list) == 0 && !b.IsChanged() {
		list = append(list, doithoai.Problem{Field: at("so-luong", 0), Key: "estimate.problem.unchanged"})
	}
	return b, doithoai.RefuseForm(list)
}

// FundingProblems are the reasons why money can't be entered: source, sum, the paper's number and day; the day is not
// to come; a sum above what was approved has its reason.
func (b EstimateBody) FundingProblems(f Funding, today calendar.Date) (list []doithoai.Problem) {
	if f.Source == "" {
		list = append(list, doithoai.Problem{Field: "nguon", Key: "estimate.problem.source"})
	}
	list = long(list, "nguon", f.Source, doithoai.MaxLine)
	if f.Sum <= 0 || f.Sum > maxSum {
		list = append(list, doithoai.Problem{Field: "so-tien", Key: "estimate.problem.sum"})
	}
	list = append(list, doithoai.NumberProblems("so", "estimate.problem.number", f.Number)...)
	switch {
	case !f.Date.Valid():
		list = append(list, doithoai.Problem{Field: "ngay", Key: "estimate.problem.date"})
	case f.Date.After(today):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "estimate.problem.date_future"})
	}
	if f.Sum > b.Approved() && f.Reason == "" {
		list = append(list, doithoai.Problem{Field: "ly-do", Key: "estimate.problem.above_approved"})
	}
	return long(list, "ly-do", f.Reason, maxNote)
}

// Spending is what was spent on one line, with the papers that show it.
type Spending struct {
	Sum    int64
	Papers string
}

// Spend returns the body with what was spent on its lines, in their order. Money that was spent has its papers; more
// than there was money for has a reason.
func (b EstimateBody) Spend(spent []Spending, reason string) (EstimateBody, error) {
	if len(spent) != len(b.Lines) {
		return b, doithoai.Refuse(doithoai.Conflict, "error.conflict")
	}
	var list []doithoai.Problem
	lines := slices.Clone(b.Lines)
	for i, s := range spent {
		if s.Sum < 0 || s.Sum > maxSum {
			list = append(list, doithoai.Problem{Field: at("da-chi", i), Key: "estimate.problem.sum"})
		}
		if s.Sum > 0 && s.Papers == "" {
			list = append(list, doithoai.Problem{Field: at("chung-tu", i), Key: "estimate.problem.papers"})
		}
		list = long(list, at("chung-tu", i), s.Papers, doithoai.MaxLine)
		lines[i].Spent, lines[i].Papers = &s.Sum, s.Papers
	}
	b.Lines, b.Overspent = lines, reason
	if len(list) == 0 && b.Spent() > b.Funding.Sum && reason == "" {
		list = append(list, doithoai.Problem{Field: "ly-do", Key: "estimate.problem.overspent"})
	}
	return b, doithoai.RefuseForm(long(list, "ly-do", reason, maxNote))
}
