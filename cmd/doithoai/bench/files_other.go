//go:build !unix

package bench

// openFiles has nothing to ask for here.
func openFiles(n int) (int, error) { return n, nil }
