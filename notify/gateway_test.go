package notify

import (
	"context"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/news"
)

const gatewaySecret = "mot-bi-mat-du-dai"

// gateway is a gateway that checks what it is sent, and answers as a test says.
type gateway struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	slow   time.Duration
	ids    []string
	got    []gatewayMessage
}

func newGateway(t *testing.T) *gateway {
	t.Helper()
	g := &gateway{status: http.StatusAccepted}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		defer g.mu.Unlock()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if !signed(r.Header.Get(SignatureHeader), body) || r.Method != http.MethodPost {
			t.Errorf("%s, signed %q", r.Method, r.Header.Get(SignatureHeader))
		}
		var m gatewayMessage
		if err := json.Unmarshal(body, &m); err != nil || m.ID != r.Header.Get(IdempotencyHeader) {
			t.Errorf("%s: %v", body, err)
		}
		g.ids, g.got = append(g.ids, m.ID), append(g.got, m)
		time.Sleep(g.slow)
		w.WriteHeader(g.status)
	}))
	t.Cleanup(g.Close)
	return g
}

// signed checks a signature as the operator's gateway does, from its parts.
func signed(header string, body []byte) bool {
	t, mac, ok := strings.Cut(strings.TrimPrefix(header, "t="), ",v1=")
	at, err := time.ParseDuration(t + "s")
	if !ok || err != nil || time.Since(time.Unix(int64(at.Seconds()), 0)).Abs() > time.Minute {
		return false
	}
	want := Sign([]byte(gatewaySecret), time.Unix(int64(at.Seconds()), 0), body)
	return hmac.Equal([]byte(want), []byte("t="+t+",v1="+mac))
}

func (g *gateway) answers(status int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.status = status
}

func (g *gateway) sender(t *testing.T) *Gateway {
	t.Helper()
	at, err := url.Parse(g.URL + "/gui?khoa=rieng-tu")
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewGateway(at, gatewaySecret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// textMessage is one by which somebody is told of an answer.
func textMessage() Message {
	d := answered
	d.Way = doithoai.WaySMS
	n := news.News{Delivery: d, Authority: commune, Numbers: []doithoai.RegisterNumber{"ND-24-0001"}}
	return Telephone(n, "0905123456", "https://doithoai.example.vn")
}

// A message is signed, has the number as the world dials it, no marks, and the same id at every try.
func TestGateway(t *testing.T) {
	g := newGateway(t)
	s, m := g.sender(t), textMessage()
	g.answers(http.StatusServiceUnavailable)
	if err := s.Send(t.Context(), m); TroubleOf(err) != doithoai.TroubleServer {
		t.Errorf("%v", err)
	}
	g.answers(http.StatusOK)
	if err := s.Send(t.Context(), m); TroubleOf(err) != doithoai.TroubleNone {
		t.Errorf("%v", err)
	}
	if len(g.ids) != 2 || g.ids[0] != g.ids[1] || g.ids[0] != string(answered.ID) {
		t.Errorf("ids %q", g.ids)
	}
	want := gatewayMessage{
		ID: string(answered.ID), To: "+84905123456", Sender: "UBND xã Nghĩa Dũng",
		Text: "UBND xa Nghia Dung: y kien so ND-24-0001 cua ong/ba da co tra loi. " +
			"Xem https://doithoai.example.vn/tra-cuu hoac goi (0255) 000 0000.",
	}
	if g.got[1] != want {
		t.Errorf("%+v", g.got[1])
	}
}

// What is not about the message is mended or passes; what is, is final. No error holds the number, the address or the
// secret.
func TestGatewayRefuses(t *testing.T) {
	g := newGateway(t)
	s := g.sender(t)
	for status, want := range map[int]doithoai.Trouble{
		200: doithoai.TroubleNone, 202: doithoai.TroubleNone, 302: doithoai.TroubleSettings, 400: doithoai.TroubleRefused,
		401: doithoai.TroubleSettings, 403: doithoai.TroubleSettings, 404: doithoai.TroubleSettings,
		408: doithoai.TroubleServer, 409: doithoai.TroubleServer, 410: doithoai.TroubleRefused,
		422: doithoai.TroubleRefused, 429: doithoai.TroubleServer, 500: doithoai.TroubleServer,
		503: doithoai.TroubleServer,
	} {
		g.answers(status)
		err := s.Send(t.Context(), textMessage())
		if got := TroubleOf(err); got != want {
			t.Errorf("%d is %q, want %q", status, got, want)
		}
		quiet(t, err)
	}
	m := textMessage()
	m.To = ""
	if err := s.Send(t.Context(), m); !errors.Is(err, ErrRefused) {
		t.Errorf("without a number: %v", err)
	}
	at := len(g.got)
	g.slow = 50 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	err := s.Send(ctx, textMessage())
	if TroubleOf(err) != doithoai.TroubleServer {
		t.Errorf("slow: %v", err)
	}
	quiet(t, err)
	g.Close()
	if len(g.got) > at+1 {
		t.Errorf("%d requests", len(g.got)-at)
	}
	err = s.Send(t.Context(), textMessage())
	if TroubleOf(err) != doithoai.TroubleServer {
		t.Errorf("out of reach: %v", err)
	}
	quiet(t, err)
}

// quiet holds that an error says nothing that may not be logged.
func quiet(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, secret := range []string{"905123456", gatewaySecret, "rieng-tu"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q is in %v", secret, err)
		}
	}
}

func TestNewGateway(t *testing.T) {
	for at, fine := range map[string]bool{
		"https://sms.example.vn/gui": true, "http://localhost:9000/gui": true, "http://127.0.0.1/gui": true,
		"http://[::1]:9000/": true, "http://sms.example.vn/gui": false, "http://192.168.1.2/": false,
		"https://ten:mat-khau@sms.example.vn/": false, "ftp://sms.example.vn": false, "/gui": false,
	} {
		u, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewGateway(u, gatewaySecret); (err == nil) != fine {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := NewGateway(&url.URL{Scheme: "https", Host: "sms.example.vn"}, "ngan"); err == nil {
		t.Error("a short secret was taken")
	}
}
