package web

import (
	"net/http"
	"strings"
	"time"
)

// Cookie is one of the values that sites keep in the browser. All of them stand here: the sites of an installation
// share one host, where cookies tell neither ports nor sites apart.
type Cookie int

// The cookies, each of one site.
const (
	SignInCookie      Cookie = iota // staff: the token of a sign-in
	LanguageCookie                  // all: the language that the reader chose
	LookupCookie                    // portal: the receipt code of the slip that is open
	KeptCookie                      // portal: the key of what its pages show after a form
	ReceiptCookie                   // hall: number and code of the opinions recorded last, by their officer
	TypedCookie                     // office: the receipt code of the slip typed last, by its officer
	ListCookie                      // office: the form's key of the village's list recorded last, by its officer
	OnceCookie                      // settings: a given password or recovery codes, sealed for the sign-in
	SetUpCookie                     // set-up: the token of who follows its link
	InvitationsCookie               // planning: the key of the invitations printed last, by their officer
	ProjectorCookie                 // screen: the code of the dialogue that is projected
	PhoneCookie                     // screen: the key of what a telephone has raised and rated
	RehearsalCookie                 // hall: the token of the rehearsal that the browser is in
)

var cookieNames = [...]string{
	SignInCookie:   "doi-thoai",
	LanguageCookie: "ngon-ngu",
	LookupCookie:   "tra-cuu",
	KeptCookie:     "dang-viet",
	ReceiptCookie:  "bien-nhan",
	TypedCookie:    "phieu-nhap",
	ListCookie:     "danh-sach",
	OnceCookie:     "mot-lan",
	SetUpCookie:    "thiet-lap",

	InvitationsCookie: "giay-moi",
	ProjectorCookie:   "man-hinh",
	PhoneCookie:       "dien-thoai",
	RehearsalCookie:   "dien-tap",
}

// String is the cookie's name over plain http.
func (c Cookie) String() string { return cookieNames[c] }

// SetCookie keeps a value in the browser for a time; a life of 0 forgets it.
func (r *Request) SetCookie(c Cookie, value string, life time.Duration) {
	kept := &http.Cookie{
		Name: r.cookieName(c), Value: value, Path: "/", MaxAge: int(life.Seconds()),
		HttpOnly: true, Secure: r.Secure, SameSite: http.SameSiteLaxMode,
	}
	if life == 0 {
		kept.MaxAge = -1
	}
	http.SetCookie(r.W, kept)
}

// GetCookie reads a value that SetCookie kept, "" where there is none.
func (r *Request) GetCookie(c Cookie) string {
	kept, err := r.Cookie(r.cookieName(c))
	if err != nil {
		return ""
	}
	return kept.Value
}

// SetOwnCookie keeps a value for the officer who is signed in: another one, who signs in on the same computer, never
// reads it.
func (r *Request) SetOwnCookie(c Cookie, value string, life time.Duration) {
	r.SetCookie(c, string(r.Officer.ID)+":"+value, life)
}

// GetOwnCookie reads a value that SetOwnCookie kept for the officer who is signed in, "" where there is none.
func (r *Request) GetOwnCookie(c Cookie) string {
	if of, value, ok := strings.Cut(r.GetCookie(c), ":"); ok && of == string(r.Officer.ID) {
		return value
	}
	return ""
}

// ownCookies are those of one officer.
var ownCookies = []Cookie{SignInCookie, ReceiptCookie, TypedCookie, ListCookie, InvitationsCookie, RehearsalCookie}

// CookieOf reads a value that SetCookie kept, from a request that no route has taken yet.
func (h *Host) CookieOf(raw *http.Request, c Cookie) string {
	r := &Request{Request: raw}
	_, r.Secure = h.client(raw)
	return r.GetCookie(c)
}

// DropCookie forgets a value in the browser, in the answer to such a request.
func (h *Host) DropCookie(w http.ResponseWriter, raw *http.Request, c Cookie) {
	r := &Request{Request: raw, W: w}
	_, r.Secure = h.client(raw)
	r.SetCookie(c, "", 0)
}

// cookieName binds a cookie to this very host over https. Over plain http, browsers drop such cookies. The language is
// read before it is known whether the request is secure.
func (r *Request) cookieName(c Cookie) string {
	if r.Secure && c != LanguageCookie {
		return "__Host-" + c.String()
	}
	return c.String()
}
