//go:build unix

package screen

import "syscall"

// atOnce writes what the connection takes without waiting, and returns how much that is. A connection that is broken
// takes nothing: who then writes slowly finds that out.
func (w *watcher) atOnce(b []byte) (n int) {
	if w.raw == nil {
		return 0
	}
	_ = w.raw.Write(func(fd uintptr) bool {
		n, _ = syscall.Write(int(fd), b)
		return true // never wait here
	})
	return max(n, 0)
}
