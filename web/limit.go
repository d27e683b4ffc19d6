package web

import (
	"cmp"
	"context"
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"doithoai"
)

// Limits are how often one address may try; a zero Limit means the default. A whole hall, office or mobile network may
// share an address, so that what is right is never refused for what neighbours typed wrong.
type Limits struct {
	// SignIn bounds wrong passwords and codes, beyond which tries take turns; Lookup wrong receipt codes; Intake slips and
	// ratings; Keeping the pages that are kept between two forms; Uploading the files that come with forms.
	SignIn, Lookup, Intake, Keeping, Uploading Limit
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
	// A hall full of people; in the half hour that a page is kept, half of what the store keeps of an authority at most.
	Keeping:   Limit{time.Second, 200},
	Uploading: Limit{2 * time.Second, 100},
}

// maxClients bounds the memory of a limiter: for each client beyond it, the one that tried longest ago is forgotten,
// and has its whole burst again.
const maxClients = 20000

type limiters struct {
	once                                       sync.Once
	signIn, lookup, intake, keeping, uploading *limiter
}

type limiter struct {
	limit   Limit
	mu      sync.Mutex
	buckets *simplelru.LRU[string, bucket]
	lane    chan struct{} // holds whose turn it is, of all addresses that take turns
}

// bucket is what an address has left. Its queue holds the tries that wait for their turn, its turn the foremost.
type bucket struct {
	*rate.Limiter
	queue, turn, lane chan struct{}
}

// Tries of an address that has none left take turns: one at a time, maxWaiting at most, each for patience at most. All
// such addresses together have one try under way, so that the processors stay free for the others; a wrong one keeps
// its address waiting for penance, no other.
const (
	maxWaiting = 20
	patience   = 30 * time.Second
	penance    = 500 * time.Millisecond
)

func newLimiter(l, standard Limit) *limiter {
	if l.Burst == 0 {
		l = standard
	}
	buckets, err := simplelru.NewLRU[string, bucket](maxClients, nil)
	if err != nil { // the size is a constant
		panic(err)
	}
	return &limiter{limit: l, buckets: buckets, lane: make(chan struct{}, 1)}
}

func (h *Host) limits() *limiters {
	h.limiters.once.Do(func() {
		h.limiters.signIn = newLimiter(h.Limits.SignIn, defaultLimits.SignIn)
		h.limiters.lookup = newLimiter(h.Limits.Lookup, defaultLimits.Lookup)
		h.limiters.intake = newLimiter(h.Limits.Intake, defaultLimits.Intake)
		h.limiters.keeping = newLimiter(h.Limits.Keeping, defaultLimits.Keeping)
		h.limiters.uploading = newLimiter(h.Limits.Uploading, defaultLimits.Uploading)
	})
	return &h.limiters
}

func (l *limiter) of(key string) bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets.Get(key)
	if !ok {
		b = bucket{
			Limiter: rate.NewLimiter(rate.Every(l.limit.Every), l.limit.Burst),
			queue:   make(chan struct{}, maxWaiting), turn: make(chan struct{}, 1), lane: l.lane,
		}
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

// wait is how long until the bucket has a try again.
func (b bucket) wait() time.Duration {
	now := time.Now()
	r := b.ReserveN(now, 1)
	defer r.CancelAt(now)
	return r.DelayFrom(now)
}

// inTurn does a try when its turn has come, which is told whether it was right. It refuses with TooMany where too many
// of the address wait, or the wait was too long.
func (b bucket) inTurn(ctx context.Context, try func() error) error {
	select {
	case b.queue <- struct{}{}:
		defer func() { <-b.queue }()
	default:
		return TooMany("", "error.too_many", patience)
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	wrong := false
	for _, place := range []chan struct{}{b.turn, b.lane} {
		select {
		case place <- struct{}{}:
		case <-waiting.Done():
			return cmp.Or(ctx.Err(), TooMany("", "error.too_many", patience))
		}
		defer func() { // also where the try panics
			if place == b.turn && wrong {
				time.AfterFunc(penance, func() { <-place })
				return
			}
			<-place
		}()
	}
	wrong = true
	err := try()
	wrong = err != nil
	return err
}

// TooMany is the refusal of a try too many, at a field where one is named: when to try again stands in its words.
func TooMany(field, key string, wait time.Duration) error {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	return &doithoai.Error{
		Kind: doithoai.TooMany, Key: key, Retry: wait,
		Problems: []doithoai.Problem{{Field: field, Key: key, Args: []any{"count", seconds}}},
	}
}

// AllowIntake refuses with TooMany when an address sends slips or ratings faster than a hall full of people can.
func (r *Request) AllowIntake() error {
	b := r.Host.limits().intake.of(r.clientKey())
	if !b.Allow() {
		return TooMany("", "error.too_many", b.wait())
	}
	return nil
}

// AllowKeeping reports whether something more may be kept for the address between two forms.
func (r *Request) AllowKeeping() bool {
	return r.Host.limits().keeping.of(r.clientKey()).Allow()
}

// WrongCode counts a receipt code that opens nothing and returns how long its address is to wait, zero while it has
// tries left. A right code never comes here, whatever others behind its address typed: nobody guesses one. One that its
// check character refuses is a slip of the pen, and not counted.
func (r *Request) WrongCode() time.Duration {
	b := r.Host.limits().lookup.of(r.clientKey())
	if b.Allow() {
		return 0
	}
	return b.wait()
}

// clientKey is by whom tries are counted, at each authority by itself: what somebody types wrong at one keeps nobody
// out of another.
func (r *Request) clientKey() string { return string(r.Authority.ID) + " " + clientNetwork(r.Client) }

// clientNetwork takes the network of an IPv6 client: one house has many addresses.
func clientNetwork(a netip.Addr) string {
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
