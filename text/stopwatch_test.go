package text

import (
	"testing"
	"time"
)

func TestStopwatch(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "00:00", 130*time.Second + 900*time.Millisecond: "02:10", 75 * time.Minute: "75:00",
	} {
		if got := Stopwatch(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
