//go:build !unix

package screen

// atOnce writes nothing: here nobody can write without waiting.
func (w *watcher) atOnce([]byte) int { return 0 }
