package portal

import (
	"context"
	"errors"
	"testing"
	"time"

	"doithoai"
)

// One reader at a time: who comes meanwhile gets the old value, or waits for the first one. An error is kept by nobody.
func TestCacheReadsOnce(t *testing.T) {
	var c cache[int]
	started, answers := make(chan int, 9), make(chan error)
	read := func(_ context.Context, _ doithoai.ID, old int) (int, error) {
		started <- old
		return old + 1, <-answers
	}
	ask := func() chan int {
		got := make(chan int, 1)
		go func() {
			v, err := c.get(t.Context(), "a", read)
			if err != nil {
				v = -1
			}
			got <- v
		}()
		return got
	}
	first := ask()
	<-started
	second := ask() // nothing is known yet: it waits
	select {
	case v := <-second:
		t.Fatalf("got %d before anything was read", v)
	case <-time.After(20 * time.Millisecond):
	}
	answers <- nil
	if a, b := <-first, <-second; a != 1 || b != 1 {
		t.Fatalf("got %d and %d", a, b)
	}
	c.kept["a"].until = time.Time{}
	slow := ask()
	if old := <-started; old != 1 {
		t.Errorf("read anew from %d", old)
	}
	if v := <-ask(); v != 1 {
		t.Errorf("got %d while another reads", v)
	}
	answers <- errors.New("gone")
	if v := <-slow; v != -1 {
		t.Errorf("got %d from a reader that failed", v)
	}
	last := ask()
	<-started
	answers <- nil
	if v := <-last; v != 2 {
		t.Errorf("got %d after a failure", v)
	}
}
