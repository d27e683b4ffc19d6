package doc

import (
	"context"
	"io"
)

// Press builds PDFs, a few at a time: each takes some tens of megabytes while it is made, and many may ask at once.
type Press struct{ slots chan struct{} }

// NewPress returns a press that builds so many at once, one at least.
func NewPress(atOnce int) *Press { return &Press{make(chan struct{}, max(atOnce, 1))} }

// WritePDF is [WritePDF] when its turn has come; it fails with the context's error where that ends first.
func (p *Press) WritePDF(ctx context.Context, w io.Writer, d Doc, more ...Doc) error {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.slots }()
	if err := ctx.Err(); err != nil {
		return err
	}
	return WritePDF(w, d, more...)
}
