package doithoai

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"doithoai/calendar"
)

// Hold is what keeps an officer who has signed in from every page until it is done.
type Hold string

const (
	HoldNone     Hold = ""
	HoldCode     Hold = "code"     // the code of the second step
	HoldPassword Hold = "password" // a password that somebody else gave must be changed
)

// AccountState is what an administrator sees of an account in a word.
type AccountState string

const (
	AccountActive      AccountState = "active"
	AccountGiven       AccountState = "given"       // the password that was given has not been changed yet
	AccountShut        AccountState = "shut"        // for a while, after too many wrong tries
	AccountLocked      AccountState = "locked"      // by an administrator, until one unlocks it
	AccountDeactivated AccountState = "deactivated" // the officer has left
)

// Account is how an officer signs in, as far as an administrator sees it: no password, no secret, nothing of the work.
type Account struct {
	Officer
	Unit       string           // its name
	Given      bool             // the password is one that somebody else gave
	Locked     bool             // by an administrator
	ShutUntil  calendar.Instant // after too many wrong tries
	SecondStep bool             // a code is asked for after the password
	LastSignIn calendar.Instant
	Version    int
}

// State returns how the account stands, the gravest state first: of one that is deactivated, nothing else is said.
func (a Account) State(now calendar.Instant) AccountState {
	switch {
	case !a.Active:
		return AccountDeactivated
	case a.Locked:
		return AccountLocked
	case a.ShutUntil.After(now):
		return AccountShut
	case a.Given:
		return AccountGiven
	}
	return AccountActive
}

// Bounds of a password in characters. The upper one keeps a hash from taking long.
const (
	MinPassword = 10
	MaxPassword = 200
)

// PasswordProblems returns why a password can't be taken, nothing where it can. It is checked in this order: as long as
// MinPassword and no longer than MaxPassword; without the login in it, where that has three characters or more; of four
// different characters or more; none of the commonest, which are all in small letters. field is the form's.
func PasswordProblems(field, login, password string, commonest map[string]bool) []Problem {
	small := strings.ToLower(password)
	kinds := map[rune]bool{}
	for _, r := range small {
		kinds[r] = true
	}
	refuse := func(key string, args ...any) []Problem { return []Problem{{Field: field, Key: key, Args: args}} }
	switch n := len([]rune(password)); {
	case n < MinPassword:
		return refuse("account.problem.password", "min", MinPassword)
	case n > MaxPassword:
		return refuse("account.problem.password_long", "max", MaxPassword)
	case len([]rune(login)) > 2 && strings.Contains(small, strings.ToLower(login)):
		return refuse("account.problem.password_login")
	case len(kinds) < 4, commonest[small]:
		return refuse("account.problem.password_common")
	}
	return nil
}

// MaxLogin bounds a login in characters.
const MaxLogin = 40

// ValidLogin reports whether a name can be signed in with: small letters without marks, digits, dots and hyphens, a
// letter first. It is typed on any keyboard, and stands in the audit.
func ValidLogin(login string) bool {
	if login == "" || len(login) > MaxLogin || login[0] < 'a' || login[0] > 'z' {
		return false
	}
	for _, r := range login {
		if r > unicode.MaxASCII || !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-') {
			return false
		}
	}
	return true
}

// GivenPassword makes a password that one person reads to another or copies from a sheet: four groups of four small
// letters and digits without those that look alike, 79 bits. chance is 16 random bytes.
func GivenPassword(chance [16]byte) string {
	var b strings.Builder
	for i, c := range chance {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeAlphabet[int(c)%len(codeAlphabet)])
	}
	return strings.ToLower(b.String())
}

// TryLimit is how many wrong tries with one login shut it, and for how long.
type TryLimit struct {
	Most int
	Wait time.Duration
}

// Parameters of signing in.
const (
	ParameterTries   = "signin.tries"   // wrong tries in a row
	ParameterLock    = "signin.lock"    // minutes that a login then is shut
	ParameterHistory = "signin.history" // days that the history of sign-ins is kept
)

// TryLimitAt returns the limit in force on a day.
func (ps Parameters) TryLimitAt(on calendar.Date) (l TryLimit, err error) {
	minutes := 0
	for key, into := range map[string]*int{ParameterTries: &l.Most, ParameterLock: &minutes} {
		p, ok := ps.At(key, on)
		if !ok {
			return l, fmt.Errorf("parameter %s has no value on %s", key, on)
		}
		if *into, err = p.Int(); err != nil {
			return l, err
		}
	}
	l.Wait = time.Duration(minutes) * time.Minute
	return l, nil
}

// Shut returns until when a login is shut after so many wrong tries in a row, zero while there are tries left.
func (l TryLimit) Shut(wrong int, now calendar.Instant) calendar.Instant {
	if wrong < l.Most {
		return calendar.Instant{}
	}
	return now.Add(l.Wait)
}

// ShutRefusal refuses a try with a login that is shut: in how many minutes it opens again, and who opens it at once.
// The words are the same whether there is such a login or not.
func ShutRefusal(now, until calendar.Instant) *Error {
	wait := until.Sub(now)
	minutes := int((wait + time.Minute - 1) / time.Minute)
	return &Error{
		Kind: TooMany, Key: "account.sign_in.shut", Retry: wait,
		Problems: []Problem{{Field: "ten", Key: "account.sign_in.shut", Args: []any{"count", minutes}}},
	}
}

// SignInOutcome is how a try to sign in ended.
type SignInOutcome string

const (
	SignInDone     SignInOutcome = "done"
	SignInWrong    SignInOutcome = "wrong"    // another password than the account's
	SignInWaits    SignInOutcome = "waits"    // the right password; the code is to come
	SignInCode     SignInOutcome = "code"     // a wrong code after the right password
	SignInShut     SignInOutcome = "shut"     // one wrong try too many: shut for a while
	SignInLocked   SignInOutcome = "locked"   // the right password of a locked account
	SignInInactive SignInOutcome = "inactive" // somebody who has left
)

// SignInTry is one line of the history of sign-ins.
type SignInTry struct {
	ID        ID
	OfficerID ID
	At        calendar.Instant
	Outcome   SignInOutcome
	Agent     string // the browser, as it names itself
	Client    string // network address
}

// Acts on accounts, others' and one's own.
const (
	ActManageAccounts     Act = "manage_accounts"
	ActOpenAccount        Act = "open_account"
	ActResetPassword      Act = "reset_password"
	ActLockAccount        Act = "lock_account"
	ActUnlockAccount      Act = "unlock_account"
	ActDeactivateAccount  Act = "deactivate_account"
	ActReactivateAccount  Act = "reactivate_account"
	ActDropSecondStep     Act = "drop_second_step" // of somebody who has lost the telephone
	ActChangePassword     Act = "change_password"
	ActTurnOnSecondStep   Act = "turn_on_second_step"
	ActTurnOffSecondStep  Act = "turn_off_second_step"
	ActRenewRecoveryCodes Act = "renew_recovery_codes"
)

var (
	mendingLaw = law{"an administrator mends another's way in, never the own", "house rules", "TestManageAccounts"}
	leavingLaw = law{
		"who leaves signs in no more; the work stays with the unit", "house rules", "TestDeactivateAccount"}
	secondStepLaw = law{"a code of the telephone is asked for after the password", "house rules", "TestSecondStep"}
)

var accountActs = []actRow{
	{ActManageAccounts, opening,
		[]grant{{RoleAdministrator, always}}},
	{ActOpenAccount, law{
		"somebody gets an account under a given password",
		"house rules; Luật 91/2025 (C), who opens personal data is known", ""},
		[]grant{{RoleAdministrator, always}, {RoleSystem, always}}},
	{ActResetPassword, mendingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActLockAccount, mendingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActUnlockAccount, mendingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActDeactivateAccount, leavingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActReactivateAccount, leavingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActDropSecondStep, mendingLaw,
		[]grant{{RoleAdministrator, forAnother}}},
	{ActChangePassword, law{"a given password is changed by its owner", "house rules", ""},
		everyOfficer(ofActor)},
	{ActTurnOnSecondStep, secondStepLaw,
		everyOfficer(ofActor)},
	{ActTurnOffSecondStep, secondStepLaw,
		everyOfficer(ofActor)},
	{ActRenewRecoveryCodes, law{
		"recovery codes are made anew against a code of the telephone; the old ones are void", "house rules", ""},
		everyOfficer(ofActor)},
}
