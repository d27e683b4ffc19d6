// Package job works the outbox and does the daily work.
package job

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"doithoai"
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
	// Sender sends e-mail; without one, e-mail waits in the outbox and only the daily work is done.
	Sender Sender
	// Site is the public address that messages point to, "" where there is none.
	Site string
	Log  *slog.Logger
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

// Run works until ctx ends.
func (w Worker) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	w.daily(ctx)
	for {
		w.outbox(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.daily(ctx)
		case <-w.Woken:
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
	if err := w.DB.PrepareBriefings(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("regular work", "job", "prepare briefings", "error", err)
	}
}

// outbox sends what waits, until nothing does.
func (w Worker) outbox(ctx context.Context) {
	if w.Sender == nil {
		return
	}
	for ctx.Err() == nil {
		parcels, err := w.DB.ClaimParcels(ctx, batch)
		if err != nil {
			if ctx.Err() == nil {
				w.Log.Error("outbox", "error", err)
			}
			return
		}
		for _, p := range parcels {
			w.send(ctx, p)
		}
		if len(parcels) < batch {
			return
		}
	}
}

// send sends one parcel and settles it. A parcel that was claimed and neither sent nor settled, because the program
// stops, is tried again later.
func (w Worker) send(ctx context.Context, p store.Parcel) {
	if ctx.Err() != nil {
		return
	}
	site := w.Site
	if p.Authority.Offline {
		site = ""
	}
	cause := w.Sender.Send(ctx, compose(p, site))
	if ctx.Err() != nil && cause != nil {
		return
	}
	outcome := store.ParcelSent
	if cause != nil {
		outcome = store.ParcelDelayed
		if errors.Is(cause, notify.ErrRefused) {
			outcome = store.ParcelRefused
		}
		w.Log.Warn("e-mail was not sent", "delivery", p.Delivery.ID, "attempt", p.Delivery.Attempts, "error", cause)
	}
	// What was sent is settled, though the program stops.
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.DB.SettleParcel(settle, p.Delivery, outcome); err != nil {
		w.Log.Error("outbox", "delivery", p.Delivery.ID, "error", err)
	}
}

// compose words what a parcel tells.
func compose(p store.Parcel, site string) notify.Message {
	switch p.Delivery.Kind {
	case doithoai.DeliveryMoved:
		return notify.ComposeMoved(p.Delivery, p.Authority, p.Email, p.Numbers, p.Dialogue, site)
	case doithoai.DeliveryStatus:
		return notify.ComposeStatus(p.Delivery, p.Authority, p.Email, p.Numbers, p.Status, p.Unit, p.Due, site)
	}
	return notify.Compose(p.Delivery, p.Authority, p.Email, p.Numbers, site)
}
