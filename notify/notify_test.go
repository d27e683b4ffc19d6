package notify

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/news"
)

var (
	commune  = doithoai.Authority{Name: "UBND xã Nghĩa Dũng", Phone: "02550000000"}
	answered = doithoai.Delivery{
		ID: "0192a000-0000-7000-8000-000000000001", Kind: doithoai.DeliveryAnswered, Way: doithoai.WayEmail,
		CreatedAt: calendar.InstantAt(calendar.DateOf(2024, 10, 15), 8, 30),
	}
)

// mailOf is the e-mail of a delivery.
func mailOf(
	d doithoai.Delivery, a doithoai.Authority, to string, numbers []doithoai.RegisterNumber, site string,
) Message {
	return Mail(news.News{Delivery: d, Authority: a, Numbers: numbers}, to, site)
}

func TestMail(t *testing.T) {
	m := mailOf(answered, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001"},
		"https://doithoai.example.vn")
	if m.Subject != "Ý kiến số ND-24-0001 đã có trả lời" || m.To != "ten@example.com" || m.From != commune.Name ||
		m.ID != string(answered.ID) {
		t.Errorf("%+v", m)
	}
	for _, want := range []string{
		"ND-24-0001 đã có trả lời ngày 15/10/2024", "https://doithoai.example.vn/tra-cuu",
		"(0255) 000 0000", "Kính gửi ông/bà",
	} {
		if !strings.Contains(m.Body, want) {
			t.Errorf("without %q:\n%s", want, m.Body)
		}
	}
	received := answered
	received.Kind = doithoai.DeliveryReceived
	m = mailOf(received, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001", "ND-24-0002"}, "")
	if !strings.Contains(m.Subject, "ND-24-0001, ND-24-0002") || strings.Contains(m.Body, "http") ||
		strings.Contains(m.Body, "MÔ PHỎNG") {
		t.Errorf("%+v", m)
	}
	demo := commune
	demo.Demo = true
	for _, m := range []Message{m, mailOf(answered, demo, "a@example.com", nil, "x")} {
		if strings.Contains(m.Subject+m.Body, "⟦") {
			t.Errorf("a word is missing: %+v", m)
		}
	}
	if m := mailOf(answered, demo, "a@example.com", nil, ""); !strings.Contains(m.Body, "DỮ LIỆU MÔ PHỎNG") {
		t.Errorf("the demo is not marked: %s", m.Body)
	}
}

// A move is told as the dialogue stands when the message is sent: on another day, without one, or not held.
func TestMailMoved(t *testing.T) {
	d := answered
	d.Kind = doithoai.DeliveryMoved
	held := doithoai.Dialogue{
		Title: "Hội nghị đối thoại năm 2024", Venue: "Hội trường",
		StartsAt: calendar.InstantAt(calendar.DateOf(2024, 11, 1), 8, 0),
	}
	for state, want := range map[doithoai.DialogueState]string{
		doithoai.DialogueAnnounced: "08 giờ ngày 01/11/2024, tại Hội trường",
		doithoai.DialoguePostponed: "được hoãn và chưa có ngày mới",
		doithoai.DialogueCancelled: "không tổ chức nữa",
	} {
		held.State = state
		m := Mail(news.News{
			Delivery: d, Authority: commune, Numbers: []doithoai.RegisterNumber{"ND-24-0001"}, Dialogue: held,
		}, "ten@example.com", "")
		if !strings.Contains(m.Body, want) || !strings.Contains(m.Body, "ND-24-0001") ||
			strings.Contains(m.Subject+m.Body, "⟦") {
			t.Errorf("%s: %+v", state, m)
		}
	}
}

// Where the portal can't be reached from the Internet, no message sends anybody there; the site's messages do.
func TestMailOffline(t *testing.T) {
	for _, kind := range []doithoai.DeliveryKind{
		doithoai.DeliveryReceived, doithoai.DeliveryAnswered, doithoai.DeliveryPaused,
		doithoai.DeliveryResumed, doithoai.DeliveryDue,
	} {
		d := answered
		d.Kind = kind
		offline := mailOf(d, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001"}, "").Body
		for _, online := range []string{"http", "tra-cuu", "mã tra cứu", "phần theo dõi", "⟦"} {
			if strings.Contains(offline, online) {
				t.Errorf("%s says %q where nobody can follow it:\n%s", kind, online, offline)
			}
		}
		if !strings.Contains(offline, "(0255) 000 0000") || !strings.Contains(offline, "15/10/2024") {
			t.Errorf("%s names no number to call, or no day:\n%s", kind, offline)
		}
		online := mailOf(d, commune, "ten@example.com", nil, "https://doithoai.example.vn").Body
		if !strings.Contains(online, "https://doithoai.example.vn/tra-cuu") ||
			kind != doithoai.DeliveryReceived && online == offline {
			t.Errorf("%s does not say where to follow it:\n%s", kind, online)
		}
	}
}

// mailServer is a mail server that keeps what it is told, answers with a refusal where a test says so, and hangs up
// without a farewell.
type mailServer struct {
	address string
	got     chan string // messages
	greeted chan string
	refuse  atomic.Pointer[refusal]
}

// refusal is what the server answers to a command: MAIL, RCPT, DATA, or "." at the end of the message.
type refusal struct{ to, with string }

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	s := &mailServer{address: ln.Addr().String(), got: make(chan string, 64), greeted: make(chan string, 64)}
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_ = s.talk(conn) // the client's errors are the test's
		}
	}()
	return s
}

func (s *mailServer) talk(conn net.Conn) error {
	defer conn.Close() //nolint:errcheck // a test's server
	in := bufio.NewReader(conn)
	say := func(s string) error { _, err := fmt.Fprintf(conn, "%s\r\n", s); return err }
	refused := func(command, otherwise string) string {
		if r := s.refuse.Load(); r != nil && r.to == command {
			return r.with
		}
		return otherwise
	}
	if err := say("220 mail.test ESMTP"); err != nil {
		return err
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		answer := "250 ok"
		switch verb := strings.ToUpper(line[:4]); verb {
		case "EHLO":
			s.greeted <- strings.TrimSpace(line[4:])
			answer = "250-mail.test\r\n250 ENHANCEDSTATUSCODES"
		case "MAIL", "RCPT":
			answer = refused(verb, answer)
		case "DATA":
			if answer = refused(verb, "354 go on"); answer != "354 go on" {
				break
			}
			if err := say(answer); err != nil {
				return err
			}
			answer = refused(".", "250 ok")
			var b strings.Builder
			for line, err = in.ReadString('\n'); line != ".\r\n"; line, err = in.ReadString('\n') {
				if err != nil {
					return err
				}
				b.WriteString(line)
			}
			s.got <- b.String()
		case "QUIT":
			return nil
		}
		if err := say(answer); err != nil {
			return err
		}
	}
}

func (s *mailServer) sender(t *testing.T, from, host string) *SMTP {
	t.Helper()
	sender, err := NewSMTP(&url.URL{Scheme: "smtp+plain", Host: s.address}, from, host)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// A message is what mail servers and readers want: who reads it sees the words, and no machine answers it.
func TestSMTP(t *testing.T) {
	server := newMailServer(t)
	sender := server.sender(t, "vanphong@example.vn", "")
	var ten []doithoai.RegisterNumber
	for i := range 10 {
		ten = append(ten, doithoai.NewRegisterNumber("ND", 2024, int64(i+1)))
	}
	for _, name := range []string{
		commune.Name, `UBND xã "Nghĩa Dũng", thành phố Quảng Ngãi`, `UBND "Xa", \ (moi)`, "UBND <xã>; Nghĩa: Dũng.",
	} {
		a := commune
		a.Name = name
		m := mailOf(answered, a, "ten@example.com", ten, "")
		if err := sender.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if hello := <-server.greeted; hello != "example.vn" {
			t.Errorf("EHLO %s", hello)
		}
		raw := <-server.got
		header, _, _ := strings.Cut(raw, "\r\n\r\n")
		for line := range strings.SplitSeq(header, "\r\n") {
			if len(line) > 76 || strings.HasPrefix(line, "Subject:") && !strings.HasPrefix(line, "Subject: =?") {
				t.Errorf("line of %d: %q", len(line), line)
			}
		}
		msg, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
		if err != nil || subject != m.Subject || !strings.Contains(subject, "ND-24-0010") {
			t.Errorf("subject %q, %v", subject, err)
		}
		from, err := msg.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Name != name || from[0].Address != "vanphong@example.vn" {
			t.Errorf("from %v, %v", from, err)
		}
		if id := msg.Header.Get("Message-Id"); id != "<"+m.ID+"@example.vn>" {
			t.Errorf("message id %s", id)
		}
		if by := msg.Header.Get("Auto-Submitted"); by != "auto-generated" {
			t.Errorf("Auto-Submitted: %s", by)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
		if err != nil || strings.ReplaceAll(string(b), "\r\n", "\n") != m.Body {
			t.Errorf("body %q, %v", b, err)
		}
	}
}

// What no server will ever take is told apart from what passes or can be mended, and no error holds the address.
func TestSMTPRefusals(t *testing.T) {
	server := newMailServer(t)
	sender := server.sender(t, "Văn phòng <vanphong@example.vn>", "")
	m := mailOf(answered, commune, "nobody@example.com", nil, "")
	for _, tt := range []struct {
		refusal
		final bool
	}{
		{refusal{"RCPT", "550 5.1.1 <nobody@example.com> is not known here"}, true},
		{refusal{"RCPT", "550 5.1.10 example.com takes no mail"}, true},
		{refusal{"RCPT", "550 5.2.1 the mailbox is disabled"}, true},
		{refusal{"RCPT", "552 5.2.2 the mailbox is full"}, true},
		{refusal{"RCPT", "452 4.2.2 the mailbox is full"}, false},
		{refusal{"RCPT", "450 4.7.1 come again later"}, false},
		{refusal{"RCPT", "550 5.1.8 the sender's domain is not known"}, false},
		{refusal{"RCPT", "553 5.1.7 the sender's address is none"}, false},
		{refusal{"RCPT", "554 5.7.1 <nobody@example.com>: relay access denied"}, false},
		{refusal{"RCPT", "550 5.7.26 this mail is not authenticated"}, false},
		{refusal{"RCPT", "554 5.3.2 the system takes no mail now"}, false},
		{refusal{"RCPT", "530 5.7.0 sign in first"}, false},
		{refusal{"RCPT", "552 too many messages"}, false},
		{refusal{"RCPT", "554 no"}, false},
		{refusal{"RCPT", "550 5.6.1 media not supported"}, false},
		{refusal{"MAIL", "550 5.1.0 the sender is refused"}, false},
		{refusal{"MAIL", "552 5.3.4 too large"}, false},
		{refusal{"DATA", "554 5.5.1 no valid recipients"}, false},
		{refusal{".", "554 5.6.0 the message is malformed"}, true},
		{refusal{".", "550 5.1.1 no such mailbox after all"}, true},
		{refusal{".", "554 5.7.1 taken for spam"}, false},
		{refusal{".", "552 5.3.4 too large"}, false},
		{refusal{".", "554 5.3.0 out of order"}, false},
		{refusal{".", "451 4.3.0 out of order for a while"}, false},
	} {
		server.refuse.Store(&tt.refusal)
		err := sender.Send(t.Context(), m)
		if err == nil || errors.Is(err, ErrRefused) != tt.final || strings.Contains(err.Error(), "nobody") {
			t.Errorf("%s to %s: %v", tt.with, tt.to, err)
		}
	}
	m.To = "không phải địa chỉ"
	if err := sender.Send(t.Context(), m); !errors.Is(err, ErrRefused) || strings.Contains(err.Error(), m.To) {
		t.Errorf("to what is no address: %v", err)
	}
}

// The program names itself to mail servers by a full name or an address in brackets.
func TestGreeting(t *testing.T) {
	server := newMailServer(t)
	m := mailOf(answered, commune, "ten@example.com", nil, "")
	for _, tt := range []struct{ from, host, want string }{
		{"a@example.vn", "", "example.vn"}, {"a@example.vn", "doithoai.example.vn", "doithoai.example.vn"},
		{"a@example.vn", "maychu", "example.vn"}, {"a@example.vn", "192.0.2.7", "example.vn"},
		{"a@maychu", "192.0.2.7", "[192.0.2.7]"}, {"a@maychu", "2001:db8::7", "[IPv6:2001:db8::7]"},
		{"a@maychu", "maychu", "[127.0.0.1]"}, {"a@maychu", "", "[127.0.0.1]"},
	} {
		if err := server.sender(t, tt.from, tt.host).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		<-server.got
		if got := <-server.greeted; got != tt.want {
			t.Errorf("%s at %q: EHLO %s, want %s", tt.from, tt.host, got, tt.want)
		}
	}
}

func TestNewSMTPRefuses(t *testing.T) {
	for _, tt := range []struct{ server, from string }{
		{"http://mail.example.com", "a@example.com"}, {"smtp://", "a@example.com"}, {"smtp://mail.example.com", ""},
		{"smtp://user:pw@mail.example.com", ""},
	} {
		u, err := url.Parse(tt.server)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewSMTP(u, tt.from, ""); err == nil {
			t.Errorf("%s from %q is taken", tt.server, tt.from)
		}
	}
}
