package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"doithoai"
)

// authorityLife is how long an authority's names are believed without looking: each request needs them.
const authorityLife = time.Minute

// maxHosts bounds how many host names are remembered: anybody can ask for any.
const maxHosts = 4096

// authorities finds authorities by host name, and remembers them.
type authorities struct {
	look func(ctx context.Context, host string) (doithoai.Authority, error)

	mu    sync.Mutex
	known *simplelru.LRU[string, func(context.Context) (doithoai.Authority, error)]
}

func newAuthorities(look func(context.Context, string) (doithoai.Authority, error)) *authorities {
	known, err := simplelru.NewLRU[string, func(context.Context) (doithoai.Authority, error)](maxHosts, nil)
	if err != nil { // the size is a constant
		panic(err)
	}
	return &authorities{look: look, known: known}
}

// at is the authority of a host name. When the time of what it found is over, one request looks and the others go on
// with what is known: no page waits for another's look at the database.
func (as *authorities) at(ctx context.Context, host string) (doithoai.Authority, error) {
	as.mu.Lock()
	find, ok := as.known.Get(host)
	if !ok {
		find = remembered(authorityLife, func(ctx context.Context) (doithoai.Authority, error) { return as.look(ctx, host) })
		as.known.Add(host, find)
	}
	as.mu.Unlock()
	return find(ctx)
}

// forget has every host name looked for anew.
func (as *authorities) forget() {
	as.mu.Lock()
	defer as.mu.Unlock()
	as.known.Purge()
}

// remembered returns a function that returns what look found, and looks again when a life has passed.
func remembered[T any](
	life time.Duration, look func(context.Context) (T, error),
) func(context.Context) (T, error) {
	type known struct {
		value T
		until time.Time
	}
	var kept atomic.Pointer[known]
	var looking atomic.Bool
	return func(ctx context.Context) (T, error) {
		k := kept.Load()
		if k != nil {
			if time.Now().Before(k.until) || !looking.CompareAndSwap(false, true) {
				return k.value, nil
			}
			defer looking.Store(false)
		}
		value, err := look(ctx)
		if err == nil {
			kept.Store(&known{value, time.Now().Add(life)})
		}
		return value, err
	}
}
