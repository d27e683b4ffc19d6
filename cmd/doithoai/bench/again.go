package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// settled is longer than it takes until a page is kept after the last change.
const settled = 2500 * time.Millisecond

// againClients ask for the same page at once.
const againClients = 16

// again is the front page while nothing changes: asked for anew, and by who has it already. Beside it stands a server
// that says hello.
type again struct{ whole, unchanged, hello series }

// measureAgain measures the front page while nothing changes.
func measureAgain(ctx context.Context, address string, rounds Rounds) (a again, err error) {
	a = again{
		whole:     series{name: "the front page again"},
		unchanged: series{name: "the front page, for who has it (304)"},
		hello:     series{name: "hello world"},
	}
	ours, err := newClients(address, againClients)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, ours.Close()) }()
	site, at, err := serveBare(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "hello world") // a client who went away counts nothing
	}))
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	bare, err := newClients(at, againClients)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, bare.Close()) }()
	front := request{path: "/", packed: true}
	has, err := ours.page(ctx, front, io.Discard)
	if err != nil {
		return a, err
	}
	time.Sleep(settled)
	return a, rounds.measure(ctx, []turn{
		{&a.hello, againClients, func(ctx context.Context) error {
			_, err := bare.page(ctx, front, io.Discard)
			return err
		}},
		{&a.whole, againClients, func(ctx context.Context) error {
			_, err := ours.page(ctx, front, io.Discard)
			return err
		}},
		{&a.unchanged, againClients, func(ctx context.Context) error {
			g, err := ours.ask(ctx, request{path: "/", packed: true, tag: has.tag}, io.Discard)
			if err == nil && g.status != http.StatusNotModified {
				err = fmt.Errorf("who has the front page was answered with %d", g.status)
			}
			return err
		}},
	})
}

// budgets are those of a public page that did not change.
func (a again) budgets() []budget {
	return []budget{
		{what: "front page again / hello world, 16 clients", figures: ratios(a.whole.rates, a.hello.rates), least: 0.4},
		{what: "front page not changed (304) / hello world", figures: ratios(a.unchanged.rates, a.hello.rates), least: 0.7},
	}
}
