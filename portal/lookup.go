package portal

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

const (
	followPath   = "/tra-cuu"
	followedPath = "/tra-cuu/y-kien"
	ratePath     = "/tra-cuu/danh-gia"
	closePath    = "/tra-cuu/dong"
)

// codeLife is how long the code of the slip that is open stays in the browser, out of every address.
const codeLife = 30 * time.Minute

// lookupPage asks for a receipt code.
type lookupPage struct {
	*web.Reader
	setting
	Typed    string
	Problems web.Problems
}

// askCode answers GET /tra-cuu.
func (s *site) askCode(r *web.Request) error {
	return s.lookupAgain(r, "", nil)
}

// lookupAgain shows the field with what was typed and what is wrong with it.
func (s *site) lookupAgain(r *web.Request, typed string, cause error) error {
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if cause != nil {
		status = web.StatusOf(cause)
		r.Private()
	}
	return r.Page(status, lookupPage{Reader: r.Reader, setting: known, Typed: typed, Problems: r.Problems(cause)}.view())
}

// codeForm is a receipt code as it was typed.
type codeForm struct {
	Code string `form:"ma" line:"true"`
}

// readCode answers POST /tra-cuu: a right code opens its slip on a page of its own.
func (s *site) readCode(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	_, code, err := s.open(r, f.Code)
	if doithoai.KindOf(err) == doithoai.Invalid {
		return s.lookupAgain(r, f.Code, err)
	}
	if err != nil {
		return err
	}
	r.SetCookie(web.LookupCookie, string(code), codeLife)
	return r.Redirect(followedPath)
}

// open finds the slip of a code. A code that opens nothing is Invalid, with a sentence for its field, and counts
// against the client: a code can't be guessed by trying.
func (s *site) open(r *web.Request, typed string) (store.Followed, doithoai.ReceiptCode, error) {
	if err := r.AllowLookup(); err != nil {
		return store.Followed{}, "", err
	}
	codes := web.ReceiptCodes(typed)
	if len(codes) == 0 {
		if typed != "" {
			r.WrongCode()
		}
		return store.Followed{}, "", codeProblem(codeFault(typed), "count", letters(typed))
	}
	f, code, err := s.firstOf(r, codes)
	if doithoai.KindOf(err) == doithoai.NotFound {
		r.WrongCode()
		return f, "", codeProblem("portal.lookup.problem.unknown")
	}
	return f, code, err
}

// firstOf finds the slip of the first of the codes that has one; NotFound where none has.
func (s *site) firstOf(
	r *web.Request, codes []doithoai.ReceiptCode,
) (f store.Followed, code doithoai.ReceiptCode, err error) {
	for _, code = range codes {
		if f, err = s.DB.FollowSlip(r.Context(), r.Actor(), code); doithoai.KindOf(err) != doithoai.NotFound {
			break
		}
	}
	return f, code, err
}

// codeFault says what keeps a text from being a code, as far as it can be seen: nothing there, a register number,
// letters that a Vietnamese typing program made, too few or too many characters, characters that no code has, or one
// that was mistaken for another.
func codeFault(typed string) string {
	_, number := text.RegisterNumber(typed)
	switch n := letters(typed); {
	case n == 0:
		return "portal.lookup.problem.empty"
	case number && n < doithoai.ReceiptCodeLength:
		return "portal.lookup.problem.number"
	case text.MadeByTyping(text.CodeCharacters(typed)):
		return "portal.lookup.problem.typing"
	case n < doithoai.ReceiptCodeLength:
		return "portal.lookup.problem.short"
	case n > doithoai.ReceiptCodeLength:
		return "portal.lookup.problem.long"
	case strings.ContainsAny(text.CodeCharacters(typed), "0O1IL"):
		return "portal.lookup.problem.characters"
	}
	return "portal.lookup.problem.mistyped"
}

// letters counts what a code is made of: everything but the spaces and signs between its groups.
func letters(typed string) int { return utf8.RuneCountInString(text.CodeCharacters(typed)) }

func codeProblem(key string, args ...any) error {
	return doithoai.RefuseForm([]doithoai.Problem{{Field: "ma", Key: key, Args: args}})
}

// errNothingOpen means that this browser has no slip open, or no longer.
var errNothingOpen = errors.New("no slip is open in this browser")

// opened finds the slip that this browser has open.
func (s *site) opened(r *web.Request) (store.Followed, doithoai.ReceiptCode, error) {
	kept := r.GetCookie(web.LookupCookie)
	if kept == "" {
		return store.Followed{}, "", errNothingOpen
	}
	f, code, err := s.open(r, kept)
	if doithoai.KindOf(err) == doithoai.Invalid { // of another authority, or made up
		r.SetCookie(web.LookupCookie, "", 0)
		err = errNothingOpen
	}
	return f, code, err
}

// closeSlip answers POST /tra-cuu/dong: the browser forgets the code.
func (s *site) closeSlip(r *web.Request) error {
	r.SetCookie(web.LookupCookie, "", 0)
	return r.Redirect(followPath)
}
