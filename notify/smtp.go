package notify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// sendTimeout bounds one conversation with the mail server.
const sendTimeout = 30 * time.Second

// ErrRefused says that a message will never be taken: there is no such address, or its mailbox takes no mail. Other
// errors may pass.
var ErrRefused = errors.New("refused for good")

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
// host is the name under which the public reaches this program, "" where there is none: by it, or by the sender's
// domain, the program names itself to mail servers.
func NewSMTP(server *url.URL, from, host string) (*SMTP, error) {
	options, ok := smtpSchemes[server.Scheme]
	if !ok || server.Hostname() == "" {
		return nil, errors.New("want smtp://HOST, smtps://HOST or smtp+plain://HOST")
	}
	user := server.User.Username()
	from = cmp.Or(from, user)
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, errors.New("the sender's address is missing or none")
	}
	from = sender.Address
	options = append([]mail.Option{mail.WithTimeout(sendTimeout), mail.WithHELO(greeting(host, domain(from)))}, options...)
	if server.Port() != "" {
		port, err := strconv.Atoi(server.Port())
		if err != nil {
			return nil, fmt.Errorf("port %s: %w", server.Port(), err)
		}
		options = append(options, mail.WithPort(port))
	}
	if user != "" {
		password, _ := server.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(user),
			mail.WithPassword(password))
	}
	client, err := mail.NewClient(server.Hostname(), options...)
	if err != nil {
		return nil, err
	}
	return &SMTP{client: client, from: from}, nil
}

// domain is what follows the last @ of an address.
func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// greeting is how the program names itself at EHLO (RFC 5321 §4.1.1.1): by the first full name, or as an address in
// brackets; servers refuse the bare name of a computer.
func greeting(names ...string) string {
	literal := "[127.0.0.1]"
	for _, name := range names {
		ip, err := netip.ParseAddr(name)
		switch {
		case err == nil && ip.Is4():
			literal = "[" + name + "]"
		case err == nil:
			literal = "[IPv6:" + ip.WithZone("").String() + "]"
		case fullName.MatchString(name):
			return name
		}
	}
	return literal
}

var fullName = regexp.MustCompile(`^([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+$`)

// Send hands the message to the mail server. Nil means that the server took it, not that it was read; ErrRefused that
// it never will.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	conversation, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return sendError(err)
	}
	err = s.client.SendWithSMTPClient(conversation, msg)
	_ = s.client.CloseWithSMTPClient(conversation) // what was taken is not sent again for a farewell that failed
	if err != nil {
		return sendError(err)
	}
	return nil
}

// compose makes the message as mail servers want it. It says that a program wrote it (RFC 3834 §5, and what Exchange
// asks for), so that no absence notice answers it.
func (s *SMTP) compose(m Message) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: m.From, Address: s.from})
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("the address of the recipient is none: %w", ErrRefused) // the cause would hold it
	}
	msg.SetGenHeaderPreformatted(mail.HeaderSubject, subject(m.Subject))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(mail.HeaderXAutoResponseSuppress, "All")
	msg.SetDate()
	msg.SetMessageIDWithValue(m.ID + "@" + domain(s.from))
	msg.SetBodyString(mail.TypeTextPlain, m.Body)
	for _, f := range m.Files {
		if err := msg.AttachReader(f.Name, bytes.NewReader(f.Content)); err != nil {
			return nil, fmt.Errorf("file %s: %w", f.Name, err)
		}
	}
	return msg, nil
}

// subject encodes a subject (RFC 2047) and folds it so that its first line is not empty: the first encoded word is as
// much shorter as the name of the field is long.
func subject(s string) string {
	room := strings.Repeat("-", len("Subject: "))
	encoded := strings.Replace(mime.QEncoding.Encode("utf-8", room+s), room, "", 1)
	return strings.ReplaceAll(encoded, "?= =?", "?=\r\n =?")
}

// sendError keeps of an error what may be logged: a server's answer often repeats the recipient's address. ErrRefused
// is what a server refuses for good of the recipient (RFC 3463: its address, X.1, or its mailbox, X.2) or, once it has
// the message, of that (X.6). All else can be mended, or passes: the sender (X.1.7, X.1.8), a policy (X.7), the server
// itself, an answer that does not say what it is about.
func sendError(err error) error {
	var send *mail.SendError
	if !errors.As(err, &send) {
		return fmt.Errorf("mail server: %w", err)
	}
	status := send.EnhancedStatusCode()
	told := fmt.Errorf("mail server: %s, code %d %s", send.Reason, send.ErrorCode(), status)
	about := func(codes ...string) bool {
		return slices.ContainsFunc(codes, func(code string) bool { return strings.HasPrefix(status+".", code+".") })
	}
	final := about("5.1", "5.2") && !about("5.1.7", "5.1.8")
	switch send.Reason {
	case mail.ErrSMTPRcptTo:
	case mail.ErrSMTPData, mail.ErrSMTPDataClose:
		final = final || about("5.6")
	default:
		final = false
	}
	if final && send.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", told, ErrRefused)
	}
	return told
}
