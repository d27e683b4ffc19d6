//go:build !linux

package pgtest

import (
	"os"
	"os/exec"
	"runtime"
)

// account is the user who runs the server: here always that of the test.
type account struct{}

func (account) String() string { return "the user of this test" }

func serverAccount() (account, error) {
	if os.Geteuid() == 0 { // Windows says -1
		return account{}, errRoot
	}
	return account{}, nil
}

func (account) own(string) error { return nil }

func (account) apply(*exec.Cmd) {}

// runTied starts cmd and returns a channel that is closed at its end. Here a
// test process that dies leaves its server behind.
func runTied(cmd *exec.Cmd) (*os.Process, chan struct{}, error) {
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(exited)
	}()
	return cmd.Process, exited, nil
}

// askToStop requests a shutdown where the system knows how to ask.
func askToStop(p *os.Process) error {
	if runtime.GOOS == "windows" {
		return p.Kill()
	}
	return p.Signal(os.Interrupt)
}

const memoryFolder = ""

func memoryHasRoom() bool { return false }

// lockFolder opens the lock file; only on Linux is it used to find folders
// left behind.
func lockFolder(folder string) (*os.File, error) {
	return os.Create(folder + string(os.PathSeparator) + "lock")
}

func sweep() {}
