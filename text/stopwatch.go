package text

import (
	"fmt"
	"time"
)

// Stopwatch writes a length of time in minutes and seconds: "02:10". Parts of a second are left out.
func Stopwatch(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
