//go:build unix

package bench

import (
	"fmt"
	"syscall"
)

// openFiles has the process open so many files and sockets at once, or as many as the system lets it; it returns how
// many that is.
func openFiles(n int) (int, error) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("bound of open files: %w", err)
	}
	if limit.Cur >= uint64(n) {
		return n, nil
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("open %d files at once: %w", n, err)
	}
	return int(min(uint64(n), limit.Max)), nil
}
