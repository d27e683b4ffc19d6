package bench

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// clients ask one server, over connections which are kept. They are bare ones, so that what is measured is the server.
type clients struct {
	host string
	idle chan *connection // between two requests
}

// connection is a client's connection, kept alive.
type connection struct {
	net.Conn
	answers *bufio.Reader
}

// newClients are clients of the server at an address, of which most ask at once.
func newClients(address string, most int) (*clients, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of the server: %w", err)
	}
	return &clients{host: u.Host, idle: make(chan *connection, most)}, nil
}

// request is what a client asks. With a form it is a POST.
type request struct {
	path   string
	host   string // name under which the site is asked for; empty: the address of the server
	form   string // encoded
	cookie string // as the header has it
	packed bool   // a packed answer is taken
	tag    string // of the page that the client has already; empty where it has none
}

// got is what a request was answered with.
type got struct {
	status   int
	location string // where the answer leads on to; empty where it doesn't
	cookie   string // the request's, and those that were set
	bytes    int64
	tag      string // by which the client can ask whether the page is still the same
}

// page asks for a page and reads it to its end, into a writer; where a form is answered with the address of a page,
// that page, as a browser does. Another status than 200 is an error.
func (c *clients) page(ctx context.Context, r request, into io.Writer) (got, error) {
	g, err := c.ask(ctx, r, into)
	if err == nil && r.form != "" && g.location != "" {
		g, err = c.ask(ctx, request{path: g.location, host: r.host, cookie: g.cookie}, into)
	}
	if err == nil && (g.status != http.StatusOK || g.bytes == 0) {
		err = fmt.Errorf("%s was answered with %d and %d bytes", r.path, g.status, g.bytes)
	}
	return g, err
}

// act posts a form, which is answered with where to go on. Anything else is an error: the act was refused.
func (c *clients) act(ctx context.Context, r request) error {
	var page strings.Builder
	g, err := c.ask(ctx, r, &page)
	if err == nil && g.status != http.StatusSeeOther {
		err = fmt.Errorf("%s was answered with %d: %.2000s", r.path, g.status, page.String())
	}
	return err
}

// ask sends one request and reads its answer to the end. A form that is to be sent once more elsewhere, with the
// cookies that were set, is.
func (c *clients) ask(ctx context.Context, r request, into io.Writer) (got, error) {
	g, err := c.askOnce(ctx, r, into)
	if err == nil && g.status == http.StatusTemporaryRedirect {
		r.path, r.cookie = g.location, g.cookie
		g, err = c.askOnce(ctx, r, into)
	}
	return g, err
}

func (c *clients) askOnce(ctx context.Context, r request, into io.Writer) (got, error) {
	conn, err := c.connection(ctx)
	if err != nil {
		return got{}, err
	}
	g, err := conn.ask(c.host, r, into)
	if err != nil {
		return g, errors.Join(err, conn.Close())
	}
	c.idle <- conn
	return g, nil
}

func (c *connection) ask(host string, r request, into io.Writer) (got, error) {
	method, more := http.MethodGet, ""
	if r.cookie != "" {
		more = "Cookie: " + r.cookie + "\r\n"
	}
	if r.packed {
		more += "Accept-Encoding: gzip\r\n"
	}
	if r.tag != "" {
		more += "If-None-Match: " + r.tag + "\r\n"
	}
	if r.form != "" {
		method = http.MethodPost
		more += fmt.Sprintf("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(r.form))
	}
	if _, err := fmt.Fprintf(
		c, "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n%s", method, r.path, cmp.Or(r.host, host), more, r.form,
	); err != nil {
		return got{}, err
	}
	answer, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return got{}, err
	}
	g := got{
		status: answer.StatusCode, location: answer.Header.Get("Location"), cookie: r.cookie,
		tag: answer.Header.Get("ETag"),
	}
	for _, set := range answer.Cookies() {
		g.cookie = strings.TrimPrefix(g.cookie+"; "+set.Name+"="+set.Value, "; ")
	}
	g.bytes, err = io.Copy(into, answer.Body)
	return g, errors.Join(err, answer.Body.Close())
}

func (c *clients) connection(ctx context.Context) (*connection, error) {
	select {
	case conn := <-c.idle:
		return conn, nil
	default:
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", c.host)
	if err != nil {
		return nil, err
	}
	return &connection{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// Close closes the connections that are idle.
func (c *clients) Close() error {
	var all []error
	for range len(c.idle) {
		all = append(all, (<-c.idle).Close())
	}
	return errors.Join(all...)
}

// signIn signs an account of the bench in and returns the cookie of the sign-in.
func (c *clients) signIn(ctx context.Context, login string) (cookie string, err error) {
	return c.signInAt(ctx, "", login)
}

// signInAt is the same at the site that has a name.
func (c *clients) signInAt(ctx context.Context, host, login string) (cookie string, err error) {
	g, err := c.ask(ctx, request{
		path: "/noi-bo/dang-nhap", host: host, form: url.Values{"ten": {login}, "mat-khau": {password}}.Encode(),
	}, io.Discard)
	if err == nil && (g.status != http.StatusSeeOther || g.cookie == "") {
		err = fmt.Errorf("sign-in of %s was answered with %d", cmp.Or(login, "nobody"), g.status)
	}
	return g.cookie, err
}
