package main

import (
	"context"
	"errors"
	"testing"
	"time"
)

// While one request looks, for however long, the others go on with what is known; an error is that request's alone.
func TestRemembered(t *testing.T) {
	looks, started := make(chan error), make(chan struct{}, 9)
	n := 0
	get := remembered(20*time.Millisecond, func(context.Context) (int, error) {
		started <- struct{}{}
		err := <-looks
		n++
		return n, err
	})
	ask := func() chan int {
		answer := make(chan int, 1)
		go func() {
			v, err := get(t.Context())
			if err != nil {
				v = -1
			}
			answer <- v
		}()
		return answer
	}
	want := func(answer chan int, v int) {
		t.Helper()
		select {
		case got := <-answer:
			if got != v {
				t.Fatalf("got %d, want %d", got, v)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("nobody answers, want %d", v)
		}
	}
	first := ask()
	<-started
	looks <- nil
	want(first, 1)
	want(ask(), 1)
	time.Sleep(30 * time.Millisecond)
	slow := ask() // looks, and hangs
	<-started
	want(ask(), 1)
	want(ask(), 1)
	looks <- errors.New("gone")
	want(slow, -1)
	again := ask()
	looks <- nil
	want(again, 3)
}
