package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
)

// benchClients send one form to one server, each under a key of its own. They are bare ones, so that what is measured is the
// server.
type benchClients struct {
	host, form string
	idle       chan *benchConnection // between two requests
}

// benchConnection is a client's connection, kept alive.
type benchConnection struct {
	net.Conn
	answers *bufio.Reader
}

func newBenchClients(host, form string, most int) *benchClients {
	return &benchClients{host: host, form: form, idle: make(chan *benchConnection, most)}
}

// ask sends the form and reads the page that answers it to its end, into a writer.
func (b *benchClients) ask(ctx context.Context, page io.Writer) error {
	c, err := b.connection(ctx)
	if err != nil {
		return err
	}
	key := newKey()
	body := "khoa=" + base64.RawURLEncoding.EncodeToString(key[:]) + "&" + b.form
	if _, err = fmt.Fprintf(c, "POST /gui-y-kien/bien-nhan HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", b.host, len(body), body); err != nil {
		return errors.Join(err, c.Close())
	}
	answer, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return errors.Join(err, c.Close())
	}
	n, err := io.Copy(page, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return errors.Join(err, c.Close())
	}
	b.idle <- c
	if answer.StatusCode != http.StatusOK || n == 0 {
		return fmt.Errorf("the form was answered with %s", answer.Status)
	}
	return nil
}

func (b *benchClients) connection(ctx context.Context) (*benchConnection, error) {
	select {
	case c := <-b.idle:
		return c, nil
	default:
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", b.host)
	if err != nil {
		return nil, err
	}
	return &benchConnection{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// Close closes the connections that are idle.
func (b *benchClients) Close() error {
	var all []error
	for range len(b.idle) {
		all = append(all, (<-b.idle).Close())
	}
	return errors.Join(all...)
}
