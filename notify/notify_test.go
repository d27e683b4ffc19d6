package notify

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

var (
	commune  = doithoai.Authority{Name: "UBND xã Nghĩa Dũng", Phone: "02550000000"}
	answered = doithoai.Delivery{
		ID: "0192a000-0000-7000-8000-000000000001", Kind: doithoai.DeliveryAnswered, Way: doithoai.WayEmail,
		CreatedAt: calendar.InstantAt(calendar.DateOf(2024, 10, 15), 8, 30),
	}
)

func TestCompose(t *testing.T) {
	m := Compose(answered, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001"},
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
	m = Compose(received, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001", "ND-24-0002"}, "")
	if !strings.Contains(m.Subject, "ND-24-0001, ND-24-0002") || strings.Contains(m.Body, "http") ||
		strings.Contains(m.Body, "MÔ PHỎNG") {
		t.Errorf("%+v", m)
	}
	demo := commune
	demo.Demo = true
	for _, m := range []Message{m, Compose(answered, demo, "a@example.com", nil, "x")} {
		if strings.Contains(m.Subject+m.Body, "⟦") {
			t.Errorf("a word is missing: %+v", m)
		}
	}
	if m := Compose(answered, demo, "a@example.com", nil, ""); !strings.Contains(m.Body, "DỮ LIỆU MÔ PHỎNG") {
		t.Errorf("the demo is not marked: %s", m.Body)
	}
}

// Where the portal can't be reached from the Internet, no message sends anybody there; the site's messages do.
func TestComposeOffline(t *testing.T) {
	for _, kind := range []doithoai.DeliveryKind{
		doithoai.DeliveryReceived, doithoai.DeliveryAnswered, doithoai.DeliveryPaused,
		doithoai.DeliveryResumed, doithoai.DeliveryDue,
	} {
		d := answered
		d.Kind = kind
		offline := Compose(d, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001"}, "").Body
		for _, online := range []string{"http", "tra-cuu", "mã tra cứu", "phần theo dõi", "⟦"} {
			if strings.Contains(offline, online) {
				t.Errorf("%s says %q where nobody can follow it:\n%s", kind, online, offline)
			}
		}
		if !strings.Contains(offline, "(0255) 000 0000") || !strings.Contains(offline, "15/10/2024") {
			t.Errorf("%s names no number to call, or no day:\n%s", kind, offline)
		}
		online := Compose(d, commune, "ten@example.com", nil, "https://doithoai.example.vn").Body
		if !strings.Contains(online, "https://doithoai.example.vn/tra-cuu") ||
			kind != doithoai.DeliveryReceived && online == offline {
			t.Errorf("%s does not say where to follow it:\n%s", kind, online)
		}
	}
}

// mailServer takes one message over SMTP, refusing recipients whose address says so.
func mailServer(t *testing.T) (address string, taken <-chan string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	got := make(chan string, 4)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_ = talk(conn, got) // the client's errors are the test's
		}
	}()
	return ln.Addr().String(), got
}

func talk(conn net.Conn, got chan<- string) error {
	defer conn.Close() //nolint:errcheck // a test's server
	in := bufio.NewReader(conn)
	say := func(s string) error { _, err := fmt.Fprintf(conn, "%s\r\n", s); return err }
	if err := say("220 mail.test ESMTP"); err != nil {
		return err
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		answer := "250 ok"
		switch verb := strings.ToUpper(line[:4]); {
		case verb == "RCPT" && strings.Contains(line, "nobody@"):
			answer = "550 5.1.1 <nobody@example.com> is not known here"
		case verb == "DATA":
			if err := say("354 go on"); err != nil {
				return err
			}
			var b strings.Builder
			for line, err = in.ReadString('\n'); line != ".\r\n"; line, err = in.ReadString('\n') {
				if err != nil {
					return err
				}
				b.WriteString(line)
			}
			got <- b.String()
		case verb == "QUIT":
			return say("221 bye")
		}
		if err := say(answer); err != nil {
			return err
		}
	}
}

func TestSMTP(t *testing.T) {
	address, taken := mailServer(t)
	sender, err := NewSMTP(&url.URL{Scheme: "smtp+plain", Host: address}, "vanphong@example.vn")
	if err != nil {
		t.Fatal(err)
	}
	m := Compose(answered, commune, "ten@example.com", []doithoai.RegisterNumber{"ND-24-0001"}, "")
	if err := sender.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	msg, err := mail.ReadMessage(strings.NewReader(<-taken))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := msg.Header.AddressList("From")
	if err != nil || from[0].Name != commune.Name || from[0].Address != "vanphong@example.vn" {
		t.Errorf("from %v, %v", from, err)
	}
	if id := msg.Header.Get("Message-Id"); id != "<"+m.ID+"@example.vn>" {
		t.Errorf("message id %s", id)
	}
	b, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if err != nil || strings.ReplaceAll(string(b), "\r\n", "\n") != m.Body {
		t.Errorf("body %q, %v", b, err)
	}

	m.To = "nobody@example.com"
	if err := sender.Send(t.Context(), m); err == nil || strings.Contains(err.Error(), "nobody") {
		t.Errorf("a refused recipient: %v", err)
	}
	m.To = "không phải địa chỉ"
	if err := sender.Send(t.Context(), m); err == nil || strings.Contains(err.Error(), "không phải") {
		t.Errorf("no address: %v", err)
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
		if _, err := NewSMTP(u, tt.from); err == nil {
			t.Errorf("%s from %q is taken", tt.server, tt.from)
		}
	}
}
