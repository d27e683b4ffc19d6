package portal

import (
	"slices"
	"strings"

	"doithoai/calendar"
	"doithoai/tlog"
	"doithoai/web"
	"doithoai/web/ui"
)

// checkState is what a check came to.
type checkState string

const (
	checkRight checkState = "right"
	checkWrong checkState = "wrong"
	checkOpen  checkState = "open" // not signed yet, or hanging on something that is wrong
)

// checkedRow is one thing that was looked at.
type checkedRow struct {
	Label string
	State checkState
	Text  string
}

// checkedEntry is one opinion of a receipt, with everything that was looked at.
type checkedEntry struct {
	Title   string
	Rows    []checkedRow
	Content string // what the leaf commits to
}

// checkedReceipt is what a check found, in words.
type checkedReceipt struct {
	Outcome tlog.Outcome
	Summary string
	Demo    bool
	Whole   []checkedRow
	Entries []checkedEntry
}

// check is one thing that is looked at, with the faults that speak against it. Its words are "portal.verify.<name>" and
// "portal.verify.<name>_right"; a fault's are "portal.fault.<fault>".
type check struct {
	name   string
	faults []tlog.Fault
}

// What is looked at: of the receipt as a whole, of the leaf, of its place in the signed record; in the order in which
// it is shown. assets/ts/verify.ts shows the same.
var (
	wholeChecks = []check{
		{"key", []tlog.Fault{tlog.FaultKey, tlog.FaultOrigin}},
		{"register", []tlog.Fault{tlog.FaultRegister}},
	}
	leafCheck  = check{"leaf", []tlog.Fault{tlog.FaultLeaf}}
	openChecks = []check{ // compare with the leaf
		{"number", []tlog.Fault{tlog.FaultNumber}},
		{"content", []tlog.Fault{tlog.FaultContent}},
		{"act", []tlog.Fault{tlog.FaultAct}},
		{"time", []tlog.Fault{tlog.FaultTime}},
	}
	checkpointCheck = check{"checkpoint", []tlog.Fault{
		tlog.FaultKey, tlog.FaultOrigin, tlog.FaultSignature, tlog.FaultCheckpoint,
	}}
	proofCheck = check{"proof", []tlog.Fault{tlog.FaultProof}}
)

// checkWriter words the checks of one receipt.
type checkWriter struct{ *web.Reader }

func (w checkWriter) row(c check, faults []tlog.Fault, args ...any) checkedRow {
	row := checkedRow{Label: w.T("portal.verify." + c.name), State: checkRight}
	for _, f := range c.faults {
		if slices.Contains(faults, f) {
			row.State, row.Text = checkWrong, w.T("portal.fault."+strings.ReplaceAll(string(f), "-", "_"))
			return row
		}
	}
	row.Text = w.T("portal.verify."+c.name+"_right", args...)
	return row
}

// open is the row of something that can't be told, and why.
func (w checkWriter) open(c check, why string) checkedRow {
	return checkedRow{Label: w.T("portal.verify." + c.name), State: checkOpen, Text: why}
}

// describe says of each part of a receipt whether it is right.
func describe(r *web.Request, receipt tlog.Receipt, result tlog.Result) *checkedReceipt {
	w := checkWriter{r.Reader}
	c := &checkedReceipt{
		Outcome: result.Outcome, Demo: receipt.Demo,
		Summary: r.T("portal.outcome." + strings.ReplaceAll(string(result.Outcome), "-", "_")),
	}
	for _, check := range wholeChecks {
		c.Whole = append(c.Whole, w.row(check, result.Faults))
	}
	for i, e := range result.Entries {
		c.Entries = append(c.Entries, w.entry(receipt.Entries[i], e))
	}
	return c
}

func (w checkWriter) entry(e tlog.Entry, found tlog.EntryResult) checkedEntry {
	c := checkedEntry{Title: w.T("portal.verify.entry", "number", e.Opening.Number), Content: e.Opening.Content}
	at := ""
	if !found.Leaf.Time.IsZero() {
		at = w.DateTime(calendar.InstantOf(found.Leaf.Time))
	}
	leaf := w.row(leafCheck, found.Faults, "time", at)
	c.Rows = append(c.Rows, leaf)
	for _, check := range openChecks {
		if leaf.State == checkWrong {
			c.Rows = append(c.Rows, w.open(check, w.T("portal.verify.no_leaf")))
			continue
		}
		c.Rows = append(c.Rows, w.row(check, found.Faults))
	}
	checkpoint := w.row(checkpointCheck, found.Faults, "size", w.Text.Number(int(found.Checkpoint.Size)))
	proof := w.row(proofCheck, found.Faults, "line", w.Text.Number(int(e.Index)+1)) // as people count
	switch {
	case checkpoint.State == checkWrong:
		proof = w.open(proofCheck, w.T("portal.verify.no_checkpoint"))
	case !found.Signed:
		checkpoint = w.open(checkpointCheck, w.T("portal.verify.not_signed"))
		proof = w.open(proofCheck, w.T("portal.verify.not_signed"))
	}
	c.Rows = append(c.Rows, checkpoint, proof)
	return c
}

// checkColours are the colours of the words beside each check.
var checkColours = map[checkState]ui.Colour{checkRight: ui.Green, checkWrong: ui.Red, checkOpen: ui.Grey}

// checkList shows rows.
func checkList(r *web.Reader, rows []checkedRow) ui.SummaryList {
	var list ui.SummaryList
	for _, row := range rows {
		list.Rows = append(list.Rows, ui.SummaryRow{Key: row.Label, RichValue: checkValue(r, row)})
	}
	return list
}

// scriptWords are the keys of what the check in the browser says; their fields stand in braces, for the script to fill.
func scriptWords() []string {
	keys := []string{
		"portal.verify.title", "portal.verify.whole", "portal.verify.entry", "portal.verify.shown", "portal.verify.demo",
		"portal.verify.right", "portal.verify.wrong", "portal.verify.open", "portal.verify.no_leaf",
		"portal.verify.no_checkpoint",
		"portal.verify.not_signed", "portal.verify.no_signature_here", "portal.verify.unreadable", "portal.verify.empty",
		"portal.outcome.proven", "portal.outcome.not_yet_signed", "portal.outcome.wrong", "portal.outcome.unsure",
	}
	checks := append(slices.Concat(wholeChecks, openChecks), leafCheck, checkpointCheck, proofCheck)
	for _, c := range checks {
		keys = append(keys, "portal.verify."+c.name, "portal.verify."+c.name+"_right")
		for _, f := range c.faults {
			keys = append(keys, "portal.fault."+strings.ReplaceAll(string(f), "-", "_"))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// scriptWord is a message with its fields left open: "{number}".
func scriptWord(r *web.Reader, key string) string {
	return r.T(key, "number", "{number}", "time", "{time}", "size", "{size}", "line", "{line}")
}

// scriptTime is how a date and an hour are written, with their parts left open; hour is the key of the hour's form.
func scriptTime(r *web.Reader, hour string) string {
	return r.T("date.date_time", "time", r.T(hour, "hour", "{hour}", "minute", "{minute}"), "date", "{date}")
}
