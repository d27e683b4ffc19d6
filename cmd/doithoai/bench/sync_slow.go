//go:build !linux

package bench

import "os"

// flushData brings a file's bytes to the disk; this system has no cheaper way.
func flushData(f *os.File) error { return f.Sync() }
