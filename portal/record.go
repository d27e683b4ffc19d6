package portal

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/tlog"
	"doithoai/web"
	"doithoai/web/ui"
)

// recordPage tells a stranger what the public record is, and checks a receipt.
type recordPage struct {
	*web.Reader
	Key      string
	Signed   *signedState // nil before the first checkpoint
	Receipt  string       // as posted
	Typed    string       // of a code
	Checked  *checkedReceipt
	Problems web.Problems
}

// signedState is the newest checkpoint with the hour of its signature.
type signedState struct {
	tlog.Checkpoint
	At calendar.Instant
}

// keptCheck is what the check of a receipt found, or why there was none to check.
type keptCheck struct {
	Typed    string // a code that opened nothing
	Receipt  string // as posted, unless it is longer than any receipt
	Checked  *checkedReceipt
	Problems []doithoai.Problem
}

// record answers GET /so-doi-chung: the record, and what the check of a receipt found.
func (s *site) record(r *web.Request) error {
	var found keptCheck
	if _, err := s.kept(r, &found); err != nil {
		return err
	}
	p, err := s.recordPage(r, found)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// recordPage is the page of the record with what a check found.
func (s *site) recordPage(r *web.Request, found keptCheck) (recordPage, error) {
	p := recordPage{
		Reader: r.Reader, Key: s.VerifierKey(), Typed: found.Typed, Receipt: found.Receipt, Checked: found.Checked,
		Problems: r.Problems(doithoai.RefuseForm(found.Problems)),
	}
	last, err := s.DB.Checkpoint(r.Context())
	if doithoai.KindOf(err) == doithoai.NotFound {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	key, err := tlog.ParseKey(p.Key)
	if err != nil {
		return p, err
	}
	c, err := tlog.OpenCheckpoint([]byte(last.Note), []note.Verifier{key}...)
	if err != nil {
		return p, fmt.Errorf("the record's own checkpoint: %w", err)
	}
	p.Signed = &signedState{c, last.SignedAt}
	return p, nil
}

// Names of the form's fields.
const (
	receiptField = "bien-nhan"
	fileField    = "tep"
)

// maxKeptReceipt is the longest text that comes back with what is wrong: ten opinions of the longest length have half
// of it.
const maxKeptReceipt = store.MaxKeptPage / 2

// checkReceipt answers the form: it finds of each part of a receipt whether it is right, and leads to the page that
// says so.
func (s *site) checkReceipt(r *web.Request) error {
	data, err := postedReceipt(r)
	var receipt tlog.Receipt
	if err == nil {
		if receipt, err = tlog.ParseReceipt(data); err != nil {
			err = receiptProblem("portal.verify.unreadable", err)
		}
	}
	var found keptCheck
	if len(data) <= maxKeptReceipt {
		found.Receipt = strings.ToValidUTF8(string(data), string(utf8.RuneError))
	}
	if found.Problems = doithoai.ProblemsOf(err); err != nil && len(found.Problems) == 0 {
		return err
	}
	if err == nil {
		result, err := tlog.VerifyReceipt(receipt, s.VerifierKey())
		if err != nil {
			return err
		}
		found.Checked = describe(r, receipt, result)
	}
	return s.toRecord(r, found, nil)
}

// checkCodePath checks the receipt of a code.
const checkCodePath = recordPath + "/bien-nhan"

// checkCode answers POST /so-doi-chung/bien-nhan: it checks the receipt that a code opens, as it stands now.
func (s *site) checkCode(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	slip, _, err := s.open(r, f.Code)
	if refusedCode(err) {
		return s.toRecord(r, keptCheck{Typed: f.Code, Problems: doithoai.ProblemsOf(err)}, err)
	}
	if err != nil {
		return err
	}
	checked, err := s.checked(r, slip)
	if err != nil {
		return err
	}
	return s.toRecord(r, keptCheck{Checked: checked}, nil)
}

// checked checks the receipt of a slip.
func (s *site) checked(r *web.Request, slip store.Followed) (*checkedReceipt, error) {
	receipt, err := s.receipt(r.Context(), r.Authority, slip)
	if err != nil {
		return nil, err
	}
	result, err := tlog.VerifyReceipt(receipt, s.VerifierKey())
	if err != nil {
		return nil, err
	}
	return describe(r, receipt, result), nil
}

// toRecord leads to the page of the record, which says what was found, or why nothing was looked at.
func (s *site) toRecord(r *web.Request, found keptCheck, refusal error) error {
	to := next{what: found, path: recordPath, refusal: passing(refusal), page: func(string) (templ.Component, error) {
		p, err := s.recordPage(r, found)
		return p.view(), err
	}}
	if found.Checked != nil {
		to.fragment = "ket-qua"
	}
	return s.leadOn(r, to)
}

func receiptProblem(key string, cause error) error {
	return &doithoai.Error{
		Kind: doithoai.Invalid, Key: "error.invalid", Cause: cause,
		Problems: []doithoai.Problem{{Field: receiptField, Key: key}},
	}
}

// maxPosted bounds a form with a receipt, the longest of the site, in bytes: pasted, and escaped.
const maxPosted = 2*tlog.MaxReceipt + 4096

// postedReceipt reads the file that was chosen, or else the text that was pasted. Only what Windows or a mail program
// did around its strings is undone: what cleaning changed in them would no longer be what the person holds.
func postedReceipt(r *web.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(r.W, r.Body, maxPosted)
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(maxPosted)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, receiptProblem("portal.verify.too_large", err)
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return nil, receiptProblem("portal.verify.unreadable", err)
	}
	if r.MultipartForm != nil {
		for _, file := range r.MultipartForm.File[fileField] {
			if file.Size == 0 { // the field left empty
				continue
			}
			f, err := file.Open()
			if err != nil {
				return nil, fmt.Errorf("uploaded receipt: %w", err)
			}
			defer f.Close() //nolint:errcheck // it lies in memory and is only read
			data, err := io.ReadAll(f)
			if err != nil {
				return nil, fmt.Errorf("uploaded receipt: %w", err)
			}
			return text.JSONFromFile(data), nil
		}
	}
	pasted := strings.TrimSpace(r.PostFormValue(receiptField))
	if pasted == "" {
		return nil, receiptProblem("portal.verify.empty", nil)
	}
	return text.JSONFromFile([]byte(pasted)), nil
}

func (p recordPage) facts() ui.Facts {
	return ui.Facts{
		{Name: p.T("portal.record.size"), Value: p.T("portal.record.lines", "count", int(p.Signed.Size))},
		{Name: p.T("portal.record.signed"), Rich: ui.Time{Machine: p.Signed.At.String(), Text: p.DateTime(p.Signed.At)}},
	}
}

// errors are the problems of the form, for the summary.
func (p recordPage) errors() []ui.ErrorItem {
	var items []ui.ErrorItem
	for _, problem := range p.Problems.All() {
		items = append(items, ui.ErrorItem{Text: problem.Text, Href: "#" + problem.Field})
	}
	return items
}

// command is a line for a terminal, with what it does.
type command struct{ Title, Text, Lines string }

// commands are the ways to check the record with tools that are not ours.
func (p recordPage) commands() []command {
	record := p.Base() + recordPath
	return []command{
		{p.T("portal.record.with_program"), p.T("portal.record.with_program_text"), "doithoai verify receipt.json"},
		{p.T("portal.record.by_hand"), p.T("portal.record.by_hand_text"), `jq -r '.entries[0].leaf' receipt.json | base64 -d
(jq -r '.entries[0].opening.salts.content' receipt.json | base64 -d
 jq -j '.entries[0].opening.content' receipt.json) | openssl dgst -sha256 -binary | base64`},
		{p.T("portal.record.fetch"), p.T("portal.record.fetch_text"),
			"curl " + record + "/checkpoint\ncurl " + record + "/public-key\ncurl " + record + "/tile/0/000.p/1 | xxd -p -c 32"},
		{p.T("portal.record.whole"), p.T("portal.record.whole_text"), "curl -o public-key.txt " + record + "/public-key\n" +
			"go run github.com/transparency-dev/tessera/cmd/fsck@latest \\\n" +
			"  --storage_url=" + record + "/ --public_key=public-key.txt --ui=false"},
	}
}
