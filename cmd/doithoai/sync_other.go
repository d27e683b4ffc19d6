//go:build !windows

package main

import (
	"errors"
	"os"
)

// syncFolder makes a rename in the folder survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
