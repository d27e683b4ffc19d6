package web

import (
	"fmt"
	"testing"
	"time"
)

// TestLimiterForgetsTheOldest keeps who tries on and on shut out, however many others come.
func TestLimiterForgetsTheOldest(t *testing.T) {
	l := newLimiter(Limit{Every: time.Hour, Burst: 1}, Limit{})
	for range 2 {
		l.of("stubborn").Allow()
	}
	l.of("long ago").Allow()
	for i := range 3 * maxClients {
		l.of(fmt.Sprint(i)).Allow()
		if i%1000 == 0 && l.of("stubborn").Allow() {
			t.Fatalf("free again after %d others", i+1)
		}
	}
	if n := l.buckets.Len(); n > maxClients {
		t.Errorf("%d clients are remembered", n)
	}
	if !l.of("long ago").Allow() {
		t.Error("who tried longest ago is not forgotten")
	}
}
