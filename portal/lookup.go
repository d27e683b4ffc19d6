package portal

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"

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

// keptCode is a code that opened nothing, with why: until the page that says so.
type keptCode struct {
	Typed    string
	Problems []doithoai.Problem
}

// askCode answers GET /tra-cuu: an empty field, or what was typed with what is wrong with it.
func (s *site) askCode(r *web.Request) error {
	var wrong keptCode
	if _, err := s.kept(r, &wrong); err != nil {
		return err
	}
	p, err := s.lookupPage(r, wrong)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

func (s *site) lookupPage(r *web.Request, wrong keptCode) (lookupPage, error) {
	known, err := s.setting(r)
	return lookupPage{
		Reader: r.Reader, setting: known, Typed: wrong.Typed, Problems: r.Problems(doithoai.RefuseForm(wrong.Problems)),
	}, err
}

// lookupAgain leads back to the field, with what was typed and what is wrong with it.
func (s *site) lookupAgain(r *web.Request, typed string, cause error) error {
	wrong := keptCode{typed, doithoai.ProblemsOf(cause)}
	return s.leadOn(r, next{
		what: wrong, path: followPath, refusal: passing(cause), page: func(string) (templ.Component, error) {
			p, err := s.lookupPage(r, wrong)
			return p.view(), err
		},
	})
}

// codeForm is a receipt code as it was typed, or as a page carries it along.
type codeForm struct {
	Code string `form:"ma" line:"true"`
}

// readCode answers POST /tra-cuu: a right code opens its slip on a page of its own.
func (s *site) readCode(r *web.Request) error {
	var f codeForm
	if err := r.Form(&f); err != nil {
		return err
	}
	slip, code, err := s.open(r, f.Code)
	if refusedCode(err) {
		return s.lookupAgain(r, f.Code, err)
	}
	if err != nil {
		return err
	}
	if _, ok := key(r); !ok { // it keeps no cookies
		return s.showSlip(r, slip, code, keptRating{}, "")
	}
	r.SetCookie(web.LookupCookie, string(code), codeLife)
	return r.Redirect(followedPath)
}

// open finds the slip of a code. A code that opens nothing is Invalid, with a sentence for its field; one that is well
// formed, and so no slip of the pen, counts against its address, and is TooMany after too many.
func (s *site) open(r *web.Request, typed string) (store.Followed, doithoai.ReceiptCode, error) {
	codes := web.ReceiptCodes(typed)
	if len(codes) == 0 {
		return store.Followed{}, "", codeProblem(codeFault(typed), "count", letters(typed))
	}
	f, code, err := s.firstOf(r, codes)
	if doithoai.KindOf(err) == doithoai.NotFound {
		if wait := r.WrongCode(); wait > 0 {
			return f, "", web.TooMany("ma", "portal.lookup.problem.busy", wait)
		}
		return f, "", codeProblem("portal.lookup.problem.unknown")
	}
	return f, code, err
}

// refusedCode reports whether a code was refused for what it is.
func refusedCode(err error) bool {
	kind := doithoai.KindOf(err)
	return kind == doithoai.Invalid || kind == doithoai.TooMany
}

// passing returns a refusal that passes by itself; nil for any other.
func passing(err error) error {
	if kind := doithoai.KindOf(err); kind != doithoai.TooMany && kind != doithoai.Unavailable {
		return nil
	}
	return err
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

// opened finds the slip that this browser has open: by its cookie, or by the code that the page of a browser without
// cookies carries along. carried is that code, "" where there is the cookie.
func (s *site) opened(r *web.Request) (f store.Followed, code, carried doithoai.ReceiptCode, err error) {
	kept := r.GetCookie(web.LookupCookie)
	along := kept == "" && r.Method == http.MethodPost
	if along {
		var form codeForm
		if err := r.Form(&form); err != nil {
			return f, "", "", err
		}
		kept = form.Code
	}
	if kept == "" {
		return f, "", "", errNothingOpen
	}
	f, code, err = s.open(r, kept)
	if refusedCode(err) { // of another authority, or made up
		r.SetCookie(web.LookupCookie, "", 0)
		err = errNothingOpen
	}
	if along {
		carried = code
	}
	return f, code, carried, err
}

// closeSlip answers POST /tra-cuu/dong: the browser forgets the code, and what it had half written.
func (s *site) closeSlip(r *web.Request) error {
	r.SetCookie(web.LookupCookie, "", 0)
	s.forget(r, "")
	return r.Redirect(followPath)
}
