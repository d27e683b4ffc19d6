//go:build !windows

package file

import (
	"errors"
	"os"
)

// SyncFolder makes a rename in the folder survive a power cut.
func SyncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
