package notify

import (
	"context"
	"log/slog"
	"sync/atomic"
)

// Nowhere takes every message and sends none: a demo has nobody whom a message could reach. The first one is
// logged, so that nobody waits for mail.
type Nowhere struct {
	log   *slog.Logger
	taken atomic.Int64
}

// NewNowhere makes a sender of a demo.
func NewNowhere(log *slog.Logger) *Nowhere { return &Nowhere{log: log} }

// Send counts the message.
func (n *Nowhere) Send(context.Context, Message) error {
	if n.taken.Add(1) == 1 {
		n.log.Info("simulated: what a demo sends is marked as sent and goes nowhere")
	}
	return nil
}

// Taken is how many messages went nowhere.
func (n *Nowhere) Taken() int64 { return n.taken.Load() }
