package pgtest

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A test that panics leaves no server running, and its folder goes with the
// next start.
func TestServerDiesWithItsTest(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), dieEnv+"=1")
	out, err := cmd.Output()
	if err == nil {
		t.Fatal("the child was to die by a panic")
	}
	number, folder, ok := strings.Cut(string(out), " ")
	pid, convErr := strconv.Atoi(number)
	if !ok || convErr != nil {
		t.Fatalf("child printed %q and ended with %v", out, err)
	}
	deadline := time.Now().Add(stopWithin)
	for !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		if time.Now().After(deadline) {
			t.Fatalf("postgres %d outlived its test process", pid)
		}
		time.Sleep(10 * time.Millisecond)
	}

	sweep()
	if _, err := os.Stat(folder); err != nil {
		t.Fatalf("a young folder was swept: %v", err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(folder, old, old); err != nil {
		t.Fatal(err)
	}
	sweep()
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("folder %s of a dead process: %v, want it swept", folder, err)
	}
}

func TestSweepLeavesRunningServers(t *testing.T) {
	server := Start(t, Fast)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(server.folder, old, old); err != nil {
		t.Fatal(err)
	}
	sweep()
	if _, err := os.Stat(server.folder); err != nil {
		t.Errorf("a running server's folder was swept: %v", err)
	}
}
