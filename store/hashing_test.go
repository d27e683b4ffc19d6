package store

import (
	"testing"
	"time"
)

// TestHashingIsBounded holds that passwords beyond the number of cores wait: each takes 19 MiB.
func TestHashingIsBounded(t *testing.T) {
	start := time.Now()
	verifyPassword(decoy, testPassword)
	alone := time.Since(start)
	for range cap(hashing) { // as many are under way
		hashing <- struct{}{}
	}
	done := make(chan error, 2)
	go func() {
		_, err := hashPassword(testPassword)
		done <- err
	}()
	go func() {
		verifyPassword(decoy, testPassword)
		done <- nil
	}()
	waiting := cap(done)
	select {
	case <-done:
		waiting--
		t.Error("one more password was hashed than there are cores")
	case <-time.After(10 * alone):
	}
	for range cap(hashing) {
		<-hashing
	}
	for range waiting {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
