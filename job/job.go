// Package job works the outbox and does the daily work.
package job

import (
	"context"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"doithoai"
	"doithoai/news"
	"doithoai/notify"
	"doithoai/store"
)

// Sender brings a message to a person; package notify has those there are. Its error is logged: it holds no address. It
// is notify.ErrRefused where another try is of no use.
type Sender interface {
	Send(ctx context.Context, m notify.Message) error
}

// Worker works an installation's outbox. Several workers, on one node or many, don't get into each other's way.
type Worker struct {
	DB *store.DB
	// Senders are those of each way that the program goes. E-mail without one waits in the outbox; what waits for a
	// gateway that is not there is given to people.
	Senders map[doithoai.Way]Sender
	// Public is the address under which the public reaches the installation, nil where there is none: messages point to
	// the authority's own below it.
	Public *url.URL
	Log    *slog.Logger
	// Woken receives when something was put into the outbox.
	Woken <-chan struct{}
}

const (
	// lookEvery finds what no topic told of: what another node queued, what is tried again, a new day.
	lookEvery = 30 * time.Second
	// batch is how many parcels are claimed at once: few, so that a stop is quick.
	batch = 20
	// settleTimeout bounds the wait for a database that hangs.
	settleTimeout = 5 * time.Second
)

// Run works until ctx ends. Each way has a lane of its own: a server that is slow keeps up no other.
func (w Worker) Run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	var lanes []chan struct{}
	for way, sender := range w.Senders {
		woken := make(chan struct{}, 1)
		lanes = append(lanes, woken)
		running.Go(func() { w.lane(ctx, way, sender, woken) })
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	w.daily(ctx)
	for {
		for _, woken := range lanes {
			select {
			case woken <- struct{}{}:
			default: // it looks anyway
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.daily(ctx)
		case <-w.Woken:
		}
	}
}

// lane sends what goes one way, whenever it is woken.
func (w Worker) lane(ctx context.Context, way doithoai.Way, s Sender, woken <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-woken:
			w.outbox(ctx, way, s)
			if way == doithoai.WayEmail {
				w.documents(ctx, s)
			}
		}
	}
}

// daily does what is due once a day, if nobody has done it yet, and what this node holds ready.
func (w Worker) daily(ctx context.Context) {
	if _, err := w.DB.TransferWorkDaily(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("daily work", "job", "transfer work", "error", err)
	}
	if err := w.DB.RemindDaily(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("daily work", "job", "remind", "error", err)
	}
	if _, err := w.DB.Purge(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("daily work", "job", "purge", "error", err)
	}
	if _, err := w.DB.SweepFiles(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("daily work", "job", "sweep files", "error", err)
	}
	if _, err := w.DB.EraseDaily(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("daily work", "job", "erase", "error", err)
	}
	if err := w.DB.DropGateways(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("regular work", "job", "drop gateways", "error", err)
	}
	if err := w.DB.CountRollUps(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("regular work", "job", "count roll-ups", "error", err)
	}
	if err := w.DB.PrepareBriefings(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("regular work", "job", "prepare briefings", "error", err)
	}
}

// outbox sends what waits to go one way, until nothing does.
func (w Worker) outbox(ctx context.Context, way doithoai.Way, s Sender) {
	for ctx.Err() == nil {
		parcels, err := w.DB.ClaimParcels(ctx, way, batch)
		if err != nil {
			if ctx.Err() == nil {
				w.Log.Error("outbox", "error", err)
			}
			return
		}
		for _, p := range parcels {
			w.send(ctx, p, s)
		}
		if len(parcels) < batch {
			return
		}
	}
}

// send sends one parcel and settles it, where it is still to be sent. A parcel that was claimed and neither sent nor
// settled, because the program stops, is tried again later.
func (w Worker) send(ctx context.Context, p store.Parcel, s Sender) {
	if ctx.Err() != nil {
		return
	}
	stands, err := w.DB.ParcelStands(ctx, p.Delivery)
	if err != nil && ctx.Err() == nil {
		w.Log.Error("outbox", "delivery", p.Delivery.ID, "error", err)
	}
	if err != nil || !stands {
		return
	}
	cause := s.Send(ctx, compose(p, w.site(p.Authority)))
	if ctx.Err() != nil && cause != nil {
		return
	}
	if cause != nil {
		w.Log.Warn("a message was not sent", "way", p.Delivery.Way, "delivery", p.Delivery.ID,
			"attempt", p.Delivery.Attempts, "error", cause)
	}
	// What was sent is settled, though the program stops.
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.DB.SettleParcel(settle, p.Delivery, notify.TroubleOf(cause)); err != nil {
		w.Log.Error("outbox", "delivery", p.Delivery.ID, "error", err)
	}
}

// site is the address that messages of an authority point to, "" where nobody could open it.
func (w Worker) site(a doithoai.Authority) string {
	if w.Public == nil || a.Offline {
		return ""
	}
	return a.Site(w.Public)
}

// compose words what a parcel tells.
func compose(p store.Parcel, site string) notify.Message {
	n := news.News{
		Delivery: p.Delivery, Authority: p.Authority, Numbers: p.Numbers, Dialogue: p.Dialogue, Status: p.Status,
		Unit: p.Unit, Due: p.Due,
	}
	if p.Delivery.Way == doithoai.WayEmail {
		return notify.Mail(n, p.To, site)
	}
	return notify.Telephone(n, p.To, site)
}
