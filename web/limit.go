package web

import (
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"doithoai"
)

// Limits are how often one client may try; a zero Limit means the default.
type Limits struct {
	// SignIn bounds wrong passwords and codes per client; Lookup wrong receipt codes per client; Intake slips per
	// client (a whole hall may share one address).
	SignIn, Lookup, Intake Limit
}

// Limit is a steady rate with a burst.
type Limit struct {
	Every time.Duration
	Burst int
}

var defaultLimits = Limits{
	// The store shuts one login long before; a colleague's tries must not keep an office out.
	SignIn: Limit{10 * time.Second, 20},
	Lookup: Limit{6 * time.Second, 10},
	Intake: Limit{time.Second, 120},
}

// maxClients bounds the memory of a limiter: for each client beyond it, the one that tried longest ago is forgotten,
// and has its whole burst again.
const maxClients = 20000

type limiters struct {
	once                   sync.Once
	signIn, lookup, intake *limiter
}

type limiter struct {
	limit   Limit
	mu      sync.Mutex
	buckets *simplelru.LRU[string, bucket]
}

type bucket struct{ *rate.Limiter }

func newLimiter(l, standard Limit) *limiter {
	if l.Burst == 0 {
		l = standard
	}
	buckets, err := simplelru.NewLRU[string, bucket](maxClients, nil)
	if err != nil { // the size is a constant
		panic(err)
	}
	return &limiter{limit: l, buckets: buckets}
}

func (h *Host) limits() *limiters {
	h.limiters.once.Do(func() {
		h.limiters.signIn = newLimiter(h.Limits.SignIn, defaultLimits.SignIn)
		h.limiters.lookup = newLimiter(h.Limits.Lookup, defaultLimits.Lookup)
		h.limiters.intake = newLimiter(h.Limits.Intake, defaultLimits.Intake)
	})
	return &h.limiters
}

func (l *limiter) of(key string) bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets.Get(key)
	if !ok {
		b = bucket{rate.NewLimiter(rate.Every(l.limit.Every), l.limit.Burst)}
		l.buckets.Add(key, b)
	}
	return b
}

// try takes one try, unless there is none left; undo gives it back.
func (b bucket) try() (undo func(), ok bool) {
	now := time.Now()
	r := b.ReserveN(now, 1)
	undo = func() { r.CancelAt(now) }
	if r.DelayFrom(now) > 0 {
		undo()
		return nil, false
	}
	return undo, true
}

// tooMany is the refusal of a try too many.
func tooMany() error { return doithoai.Refuse(doithoai.TooMany, "error.too_many") }

// AllowIntake refuses with TooMany when the client sends slips faster than people can.
func (r *Request) AllowIntake() error {
	if !r.Host.limits().intake.of(clientKey(r.Client)).Allow() {
		return tooMany()
	}
	return nil
}

// AllowLookup refuses with TooMany after too many wrong receipt codes; call WrongCode for each.
func (r *Request) AllowLookup() error {
	if r.Host.limits().lookup.of(clientKey(r.Client)).Tokens() < 1 {
		return tooMany()
	}
	return nil
}

// WrongCode counts a wrong receipt code.
func (r *Request) WrongCode() { r.Host.limits().lookup.of(clientKey(r.Client)).Allow() }

// clientKey takes the network of an IPv6 client: one house has many addresses.
func clientKey(a netip.Addr) string {
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
