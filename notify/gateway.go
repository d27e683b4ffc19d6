package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"doithoai"
)

// ErrSettings says that the other side takes nothing from this program as it is set: the operator is to look at it. It
// may pass.
var ErrSettings = errors.New("not let in as it is set")

// TroubleOf is what the error of a sender means for who is to be told: without one it was taken.
func TroubleOf(err error) doithoai.Trouble {
	switch {
	case err == nil:
		return doithoai.TroubleNone
	case errors.Is(err, ErrRefused):
		return doithoai.TroubleRefused
	case errors.Is(err, ErrSettings):
		return doithoai.TroubleSettings
	}
	return doithoai.TroubleServer
}

// Gateway sends messages to telephones through a server of the operator's choice, over HTTP.
type Gateway struct {
	client *http.Client
	at     string
	secret []byte
	now    func() time.Time
}

// MinSecret is how long the secret of a gateway is at least.
const MinSecret = 16

// Bounds of one conversation with a gateway.
const (
	gatewayTimeout = 15 * time.Second
	maxGatewayBody = 64 << 10
)

// Header fields of a request to a gateway.
const (
	// SignatureHeader holds the time of the request in seconds of Unix and, signed, that with the body:
	// "t=1733011200,v1=<hex of HMAC-SHA256(secret, time + "." + body)>".
	SignatureHeader = "Doithoai-Signature"
	// IdempotencyHeader holds the id of the delivery, which is the same at every try.
	IdempotencyHeader = "Idempotency-Key"
)

// NewGateway makes a sender to a gateway's address: https, or http on this machine alone, as a mail relay without TLS
// stands there. The secret is no part of the address, which may stand in lists of processes and logs.
func NewGateway(at *url.URL, secret string) (*Gateway, error) {
	switch {
	case at.Host == "" || at.Scheme != "https" && at.Scheme != "http":
		return nil, errors.New("want https://HOST/PATH")
	case at.Scheme == "http" && !loopback(at.Hostname()):
		return nil, errors.New("http is for a gateway on this machine alone: want https://HOST/PATH")
	case at.User != nil:
		return nil, errors.New("the secret has a setting of its own: leave user and password out of the address")
	case len(secret) < MinSecret:
		return nil, fmt.Errorf("the secret is missing or shorter than %d characters", MinSecret)
	}
	return &Gateway{
		at: at.String(), secret: []byte(secret), now: time.Now,
		client: &http.Client{
			Timeout: gatewayTimeout,
			// What is signed for one server is shown to no other.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// gatewayMessage is the body of a request.
type gatewayMessage struct {
	ID     string `json:"id"`
	To     string `json:"to"`     // "+84905123456"
	Sender string `json:"sender"` // name of the authority
	Text   string `json:"text"`
}

// Send hands the message to the gateway. Nil means that the gateway took it; ErrRefused that it never will, and
// ErrSettings that it does not take anything from this program. Errors hold neither number nor secret.
func (g *Gateway) Send(ctx context.Context, m Message) error {
	if m.To == "" {
		return fmt.Errorf("no mobile number is known: %w", ErrRefused)
	}
	body, err := json.Marshal(gatewayMessage{m.ID, m.To, m.From, m.Body})
	if err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.at, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("gateway: %w", errors.Unwrap(err)) // without the address
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set(IdempotencyHeader, m.ID)
	req.Header.Set(SignatureHeader, Sign(g.secret, g.now(), body))
	answer, err := g.client.Do(req)
	if err != nil {
		return gatewayError(err)
	}
	_, _ = io.CopyN(io.Discard, answer.Body, maxGatewayBody) // what it says is of no account: the status counts
	_ = answer.Body.Close()
	return statusError(answer.StatusCode)
}

// Sign is the signature of a body at a time, as [SignatureHeader] has it.
func Sign(secret []byte, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(t + "."))
	mac.Write(body)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// gatewayError keeps of an error what may be logged: not the address, which may hold a key.
func gatewayError(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return errors.New("gateway: no answer in time")
	}
	return fmt.Errorf("gateway: %w", err)
}

// toMend are the answers that are about this program, or its address, and not about the message: they are mended by the
// operator, and the message waits.
var toMend = map[int]bool{
	http.StatusUnauthorized: true, http.StatusPaymentRequired: true, http.StatusForbidden: true, http.StatusNotFound: true,
	http.StatusMethodNotAllowed: true, http.StatusProxyAuthRequired: true, http.StatusUpgradeRequired: true,
}

// toRepeat are the answers of 4xx that say "not now".
var toRepeat = map[int]bool{
	http.StatusRequestTimeout: true, http.StatusConflict: true, http.StatusLocked: true, http.StatusTooEarly: true,
	http.StatusTooManyRequests: true,
}

// statusError is what an answer means: 2xx, it was taken; 4xx, it never will be, but for those that are not about the
// message; all else passes.
func statusError(code int) error {
	err := fmt.Errorf("gateway: status %d", code)
	switch {
	case code >= 200 && code < 300:
		return nil
	case toMend[code] || code >= 300 && code < 400:
		return fmt.Errorf("%w: %w", err, ErrSettings)
	case code >= 400 && code < 500 && !toRepeat[code]:
		return fmt.Errorf("%w: %w", err, ErrRefused)
	}
	return err
}
