package doithoai

import (
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

// theLetter is one to the superior of a Monday, of an opinion that was received the week before.
func theLetter() (l OnwardLetter, received calendar.Date, now calendar.Instant) {
	monday := calendar.DateOf(2024, 10, 14)
	return OnwardLetter{
		ID: "a", Kind: OnwardEscalation, To: "UBND tỉnh", Number: "57/UBND-VP", Dated: monday, Asked: "Xin ý kiến.",
	}, monday.AddDays(-7), calendar.InstantAt(monday, 9, 0)
}

// problemKey is what a refusal says of the first field that is wrong, else of the act.
func problemKey(err error) string {
	if list := ProblemsOf(err); len(list) > 0 {
		return list[0].Field + " " + list[0].Key[strings.LastIndex(list[0].Key, ".")+1:]
	}
	return refusal(err)
}

func TestSendOnwardLetter(t *testing.T) {
	other, _, _ := theLetter()
	other.ID, other.State = "b", OnwardWaiting
	replied := other
	replied.State = OnwardReplied
	elsewhere := other
	elsewhere.To = "Sở Nội vụ"
	for _, tt := range []struct {
		name    string
		change  func(*OnwardLetter)
		state   PetitionState
		letters []OnwardLetter
		want    string
	}{
		{name: "to the superior"},
		{name: "while the clock stands still", state: PetitionPaused},
		{name: "returned", state: PetitionReturned},
		{name: "after a reply", letters: []OnwardLetter{replied}},
		{name: "beside one to another body", letters: []OnwardLetter{elsewhere}},
		{name: "on the day of receipt", change: func(l *OnwardLetter) { l.Dated = l.Dated.AddDays(-7) }},
		{name: "submitted", state: PetitionSubmitted, want: "onward.problem.over"},
		{name: "answered", state: PetitionAnswered, want: "onward.problem.over"},
		{name: "ended", state: PetitionEnded, want: "onward.problem.over"},
		{name: "too many", letters: make([]OnwardLetter, MaxOnwardLetters), want: "onward.problem.many"},
		{name: "one waits", letters: []OnwardLetter{other}, want: FieldOnwardTo + " open"},
		{name: "one waits, in other letters", letters: []OnwardLetter{other},
			change: func(l *OnwardLetter) { l.To = "UBND TỈNH" }, want: FieldOnwardTo + " open"},
		{name: "of no kind", change: func(l *OnwardLetter) { l.Kind = "x" }, want: FieldOnwardKind + " kind"},
		{name: "to nobody", change: func(l *OnwardLetter) { l.To = "" }, want: FieldOnwardTo + " to"},
		{name: "without a number", change: func(l *OnwardLetter) { l.Number = "" }, want: FieldOnwardNumber + " number"},
		{name: "no number", change: func(l *OnwardLetter) { l.Number = "số" }, want: FieldOnwardNumber + " paper_number"},
		{name: "without a day", change: func(l *OnwardLetter) { l.Dated = calendar.Date{} }, want: FieldOnwardDay + " date"},
		{name: "to come", change: func(l *OnwardLetter) { l.Dated = l.Dated.AddDays(1) },
			want: FieldOnwardDay + " date_future"},
		{name: "before the opinion", change: func(l *OnwardLetter) { l.Dated = l.Dated.AddDays(-8) },
			want: FieldOnwardDay + " date_early"},
		{name: "asking nothing", change: func(l *OnwardLetter) { l.Asked = "" }, want: FieldOnwardAsked + " asked"},
	} {
		l, received, now := theLetter()
		if tt.change != nil {
			tt.change(&l)
		}
		p := Petition{State: PetitionProcessing, Due: calendar.DateOf(2024, 11, 1)}
		if tt.state != "" {
			p.State = tt.state
		}
		before := p
		got, facts, err := l.Send(&p, tt.letters, received, now)
		if problemKey(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if err == nil && (got.State != OnwardWaiting || got.UrgeFrom != l.Dated || facts.Number != l.Number) {
			t.Errorf("%s: %+v, %+v", tt.name, got, facts)
		}
		if p != before {
			t.Errorf("%s: the petition changed", tt.name)
		}
	}
	if l, received, now := theLetter(); true {
		_, _, err := l.Send(nil, nil, received, now)
		if refusal(err) != "onward.problem.over" {
			t.Errorf("without a petition: %v", err)
		}
	}
}

func TestRegisterReply(t *testing.T) {
	for _, tt := range []struct {
		name   string
		reply  OnwardReply
		byWord bool
		state  OnwardState
		days   int // after the letter
		want   string
	}{
		{name: "by a document", reply: OnwardReply{Number: "214/UBND-KT", By: "x", Gist: "Đồng ý."}},
		{name: "by word", byWord: true, reply: OnwardReply{Number: "1", By: "Bà Thử, Chánh Văn phòng", Gist: "Đồng ý."}},
		{name: "not awaited", state: OnwardEnded, reply: OnwardReply{Number: "1", Gist: "x"}, want: "error.conflict"},
		{name: "without number", reply: OnwardReply{By: "x", Gist: "x"}, want: FieldReplyNumber + " reply_number"},
		{name: "by nobody", byWord: true, reply: OnwardReply{Number: "1", Gist: "x"}, want: FieldReplyBy + " reply_by"},
		{name: "saying nothing", reply: OnwardReply{Number: "1"}, want: FieldReplyGist + " gist"},
		{name: "to come", days: 1, reply: OnwardReply{Number: "1", Gist: "x"}, want: FieldReplyDay + " date_future"},
		{name: "before the letter", days: -1, reply: OnwardReply{Number: "1", Gist: "x"},
			want: FieldReplyDay + " date_early"},
	} {
		l, _, now := theLetter()
		l.State = OnwardWaiting
		if tt.state != "" {
			l.State = tt.state
		}
		tt.reply.Day = l.Dated.AddDays(tt.days)
		got, facts, err := l.Replied(tt.reply, tt.byWord, now)
		if problemKey(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if err == nil && (got.State != OnwardReplied || (got.Reply.Number == "") != tt.byWord ||
			(got.Reply.By == "") == tt.byWord || facts.Number != got.Reply.Number || facts.Dated != l.Dated) {
			t.Errorf("%s: %+v, %+v", tt.name, got.Reply, facts)
		}
	}
}

func TestEndOnwardWait(t *testing.T) {
	l, _, now := theLetter()
	if _, _, err := l.End("Đã rõ.", now); refusal(err) != "error.conflict" {
		t.Errorf("nothing waits: %v", err)
	}
	l.State = OnwardWaiting
	if _, _, err := l.End("", now); problemKey(err) != FieldEndReason+" end_reason" {
		t.Errorf("without a reason: %v", err)
	}
	if got, _, err := l.End("Đã rõ.", now); err != nil || got.State != OnwardEnded || got.Reason != "Đã rõ." {
		t.Errorf("ended: %+v, %v", got, err)
	}
}

func TestUrgeBody(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*BodyUrging)
		state  OnwardState
		often  int
		want   string
	}{
		{name: "by telephone"},
		{name: "by letter", change: func(u *BodyUrging) { u.Way, u.Number = UrgeLetter, "61/UBND-VP" }},
		{name: "replied", state: OnwardReplied, want: "error.conflict"},
		{name: "too often", often: MaxBodyUrgings, want: "onward.problem.urged_often"},
		{name: "in no way", change: func(u *BodyUrging) { u.Way = "x" }, want: FieldUrgeWay + " urge_way"},
		{name: "a letter without number", change: func(u *BodyUrging) { u.Way = UrgeLetter },
			want: FieldUrgeNumber + " urge_number"},
		{name: "at no time", change: func(u *BodyUrging) { u.At = calendar.Instant{} }, want: FieldUrgeDay + " urge_at"},
		{name: "to come", change: func(u *BodyUrging) { u.At = u.At.Add(time.Minute) }, want: FieldUrgeDay + " date_future"},
		{name: "before the letter", change: func(u *BodyUrging) { u.At = u.At.Add(-24 * time.Hour) },
			want: FieldUrgeDay + " date_early"},
		{name: "by nobody", change: func(u *BodyUrging) { u.By = "" }, want: FieldUrgeBy + " urge_by"},
		{name: "saying nothing", change: func(u *BodyUrging) { u.Said = "" }, want: FieldUrgeSaid + " urge_said"},
	} {
		l, _, now := theLetter()
		l.State, l.UrgeFrom, l.Urgings = OnwardWaiting, l.Dated.AddDays(-1), make([]BodyUrging, tt.often)
		if tt.state != "" {
			l.State = tt.state
		}
		u := BodyUrging{ID: "u", Way: UrgePhone, At: now, By: "Ông Mẫu", Said: "Hẹn thứ Sáu."}
		if tt.change != nil {
			tt.change(&u)
		}
		got, _, facts, err := l.Urge(u, now)
		if problemKey(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if err == nil && (got.UrgeFrom != now.Date() || facts.Letter != l.ID || facts.Number != u.Number) {
			t.Errorf("%s: urged from %s, %+v", tt.name, got.UrgeFrom, facts)
		}
	}
}

// The clock goes on with the word of whom it stands still for, and of nobody else.
func TestLetterPauses(t *testing.T) {
	l, _, _ := theLetter()
	paused := Petition{State: PetitionPaused}
	pause := Facts{Awaits: PauseSuperior, Number: "57/ubnd-vp", Dated: l.Dated}
	if !l.Pauses(&paused, pause) {
		t.Error("it stands still for the letter")
	}
	if running := (Petition{State: PetitionProcessing}); l.Pauses(&running, pause) || l.Pauses(nil, pause) {
		t.Error("it does not stand still")
	}
	for _, change := range []func(*Facts){
		func(f *Facts) { f.Awaits = PauseAgency }, func(f *Facts) { f.Number = "58/UBND-VP" },
		func(f *Facts) { f.Dated = f.Dated.AddDays(1) },
	} {
		other := pause
		change(&other)
		if l.Pauses(&paused, other) {
			t.Errorf("it stands still for %+v", other)
		}
	}
	doc := Pause{Kind: PauseSuperior, Number: l.Number, Dated: l.Dated}
	l.State = OnwardReplied
	if list := doc.Stale([]OnwardLetter{l}); len(list) != 1 || list[0].Field != "tam-dung-so" {
		t.Errorf("a pause by a letter that was replied: %v", list)
	}
	again := l
	again.State = OnwardWaiting
	if list := doc.Stale([]OnwardLetter{l, again}); len(list) != 0 {
		t.Errorf("a pause by a letter that waits: %v", list)
	}
}

// The person is told to whom the authority wrote; not what it asked, nor what was said.
func TestToldOfLetters(t *testing.T) {
	l, _, now := theLetter()
	l.State, l.Reply = OnwardReplied, OnwardReply{Number: "2", By: "Bà Thử", Day: l.Dated, Gist: "Kín"}
	l.Reason, l.Urgings, l.ClosedAt = "Kín", []BodyUrging{{Said: "Kín"}}, now
	told := Told([]OnwardLetter{l})
	if len(told) != 1 || told[0].To != l.To || told[0].Number != l.Number || told[0].Reply.Number != "2" ||
		told[0].Asked+told[0].Reply.By+told[0].Reply.Gist+told[0].Reason != "" || told[0].Urgings != nil {
		t.Errorf("told %+v", told)
	}
}
