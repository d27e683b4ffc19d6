package doithoai

import (
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

func TestPasswordProblems(t *testing.T) {
	commonest := map[string]bool{"matkhau12345": true}
	tests := []struct{ name, login, password, key string }{
		{"long enough", "lan", "mười chữ!!", ""},
		{"a sentence", "lan", "con bò vàng ăn cỏ trên đồi", ""},
		{"characters are counted, not bytes", "lan", "đđđđưưưươ", "account.problem.password"},
		{"empty", "lan", "", "account.problem.password"},
		{"too long", "lan", strings.Repeat("mật khẩu ", 30), "account.problem.password_long"},
		{"the login in it", "chutich", "xin-ChuTich-chào", "account.problem.password_login"},
		{"a short login says nothing", "an", "bình an vô sự", ""},
		{"one of the commonest, in capitals", "lan", "MatKhau12345", "account.problem.password_common"},
		{"three characters over and over", "lan", "121212121313", "account.problem.password_common"},
	}
	for _, tt := range tests {
		got := PasswordProblems("moi", tt.login, tt.password, commonest)
		key := ""
		if len(got) > 0 {
			key = got[0].Key
			if got[0].Field != "moi" {
				t.Errorf("%s: field %q", tt.name, got[0].Field)
			}
		}
		if key != tt.key {
			t.Errorf("%s: %q, want %q", tt.name, key, tt.key)
		}
	}
}

func TestValidLogin(t *testing.T) {
	for login, want := range map[string]bool{
		"vanphong": true, "van-phong.2": true, "a": true, "": false, "2lan": false, "Lan": false, "văn": false,
		"hai chu": false, "-a": false,
		strings.Repeat("a", MaxLogin): true, strings.Repeat("a", MaxLogin+1): false, "a\x00": false, "a@b": false,
	} {
		if ValidLogin(login) != want {
			t.Errorf("%q: %v", login, !want)
		}
	}
}

func TestGivenPassword(t *testing.T) {
	var zero, other [16]byte
	for i := range other {
		other[i] = byte(i * 17)
	}
	if got := GivenPassword(zero); got != "2222-2222-2222-2222" {
		t.Errorf("%q", got)
	}
	got := GivenPassword(other)
	if len(PasswordProblems("", "vanphong", got, nil)) > 0 || strings.ContainsAny(got, "01ilo") {
		t.Errorf("%q can't be given", got)
	}
}

func TestAccountState(t *testing.T) {
	now := calendar.InstantAt(calendar.DateOf(2026, 10, 1), 9, 0)
	tests := []struct {
		account Account
		want    AccountState
	}{
		{Account{}, AccountDeactivated},
		{Account{Officer: Officer{Active: true}}, AccountActive},
		{Account{Officer: Officer{Active: true}, Given: true}, AccountGiven},
		{Account{Officer: Officer{Active: true}, Given: true, ShutUntil: now.Add(time.Minute)}, AccountShut},
		{Account{Officer: Officer{Active: true}, ShutUntil: now}, AccountActive},
		{Account{Officer: Officer{Active: true}, Locked: true, ShutUntil: now.Add(time.Minute)}, AccountLocked},
		{Account{Locked: true}, AccountDeactivated},
	}
	for _, tt := range tests {
		if got := tt.account.State(now); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.account, got, tt.want)
		}
	}
}

func TestTryLimit(t *testing.T) {
	day := calendar.DateOf(2026, 10, 1)
	row := func(key, value string, unit ParameterUnit) Parameter {
		return Parameter{Key: key, Value: value, Unit: unit, From: calendar.DateOf(2016, 1, 1)}
	}
	l, err := Parameters{row(ParameterTries, "5", UnitCount), row(ParameterLock, "15", UnitMinutes)}.TryLimitAt(day)
	if err != nil || l != (TryLimit{5, 15 * time.Minute}) {
		t.Fatalf("%+v %v", l, err)
	}
	if _, err := (Parameters{row(ParameterTries, "5", UnitCount)}).TryLimitAt(day); err == nil {
		t.Error("a limit without a time")
	}
	now := calendar.InstantAt(day, 9, 0)
	if until := l.Shut(4, now); !until.IsZero() {
		t.Errorf("shut until %s with a try left", until)
	}
	until := l.Shut(5, now)
	if until != now.Add(15*time.Minute) {
		t.Errorf("shut until %s", until)
	}
	for after, minutes := range map[time.Duration]int{
		0: 15, time.Second: 15, 14*time.Minute + 30*time.Second: 1, 14 * time.Minute: 1,
	} {
		e := ShutRefusal(now.Add(after), until)
		if e.Kind != TooMany || e.Problems[0].Args[1] != minutes {
			t.Errorf("after %s: %v %v", after, e, e.Problems[0].Args)
		}
	}
}
