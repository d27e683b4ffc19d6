package notify

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// sendTimeout bounds one conversation with the mail server.
const sendTimeout = 30 * time.Second

// SMTP sends e-mail through a mail server.
type SMTP struct {
	client *mail.Client
	from   string
}

// smtpSchemes are the ways to reach a mail server: with TLS by STARTTLS, from the start, or not at all.
var smtpSchemes = map[string][]mail.Option{
	"smtp":       {mail.WithTLSPortPolicy(mail.TLSMandatory)},
	"smtps":      {mail.WithSSLPort(false)},
	"smtp+plain": {mail.WithTLSPortPolicy(mail.NoTLS)},
}

// NewSMTP reads a server's address, "smtp://USER:PASSWORD@HOST:PORT". from is the sender's address, "" for the user's.
func NewSMTP(server *url.URL, from string) (*SMTP, error) {
	options, ok := smtpSchemes[server.Scheme]
	if !ok || server.Hostname() == "" {
		return nil, errors.New("want smtp://HOST, smtps://HOST or smtp+plain://HOST")
	}
	options = append([]mail.Option{mail.WithTimeout(sendTimeout)}, options...)
	if server.Port() != "" {
		port, err := strconv.Atoi(server.Port())
		if err != nil {
			return nil, fmt.Errorf("port %s: %w", server.Port(), err)
		}
		options = append(options, mail.WithPort(port))
	}
	if user := server.User.Username(); user != "" {
		password, _ := server.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(user),
			mail.WithPassword(password))
		if from == "" {
			from = user
		}
	}
	if err := mail.NewMsg().From(from); err != nil || strings.LastIndexByte(from, '@') < 0 {
		return nil, errors.New("the sender's address is missing or none")
	}
	client, err := mail.NewClient(server.Hostname(), options...)
	if err != nil {
		return nil, err
	}
	return &SMTP{client: client, from: from}, nil
}

// Send hands the message to the mail server. Nil means that the server took it, not that it was read.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(m.From, s.from); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	if err := msg.To(m.To); err != nil {
		return errors.New("the address of the recipient is none") // the cause would hold it
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(m.ID + s.from[strings.LastIndexByte(s.from, '@'):])
	msg.SetBodyString(mail.TypeTextPlain, m.Body)
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if err := s.client.DialAndSendWithContext(ctx, msg); err != nil {
		return sendError(err)
	}
	return nil
}

// sendError keeps of an error what may be logged: a server's answer often repeats the recipient's address.
func sendError(err error) error {
	var send *mail.SendError
	if errors.As(err, &send) {
		return fmt.Errorf("mail server: %s, code %d", send.Reason, send.ErrorCode())
	}
	return fmt.Errorf("mail server: %w", err)
}
