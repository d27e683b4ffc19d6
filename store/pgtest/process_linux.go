package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// account is the user who runs the server; the zero account is the user of
// the test process.
type account struct {
	name     string
	uid, gid uint32
}

func (a account) String() string {
	if a.name == "" {
		return "the user of this test"
	}
	return "user " + a.name
}

// serverAccount chooses who runs the server. Root may not: it hands over to
// postgres (made by the Debian package), else to nobody.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return account{}, fmt.Errorf("user %s: uid %q: %w", name, u.Uid, err)
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return account{}, fmt.Errorf("user %s: gid %q: %w", name, u.Gid, err)
		}
		return account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
	}
	return account{}, errRoot
}

// own gives a file or folder to the account.
func (a account) own(path string) error {
	if a.name == "" {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// apply makes a command run as the account, and end at once (SIGQUIT is
// PostgreSQL's immediate shutdown) when the test process dies without
// stopping it: by a panic, a time limit, kill -9.
func (a account) apply(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if a.name != "" {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
}

// runTied starts cmd and returns a channel that is closed at its end.
// The kernel sends Pdeathsig when the starting *thread* ends, so one thread
// stays with the process as long as it lives.
func runTied(cmd *exec.Cmd) (*os.Process, chan struct{}, error) {
	started, exited := make(chan error, 1), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			// How it ended doesn't matter: whoever waits knows why.
			_ = cmd.Wait()
			close(exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, nil, err
	}
	return cmd.Process, exited, nil
}

// askToStop requests an immediate shutdown: the data is thrown away.
func askToStop(p *os.Process) error { return p.Signal(syscall.SIGQUIT) }

// memoryFolder is a file system in memory. Creating a database there takes a
// fifth of the time: it writes 300 small files.
const memoryFolder = "/dev/shm"

// memoryHasRoom reports whether servers that never flush can live in memory:
// there are 2 GiB free (a container may offer 64 MiB in all), and nobody
// chose another place by TMPDIR.
func memoryHasRoom() bool {
	const enough = 2 << 30
	const tmpfs = 0x01021994
	var stat syscall.Statfs_t
	if os.Getenv("TMPDIR") != "" || syscall.Statfs(memoryFolder, &stat) != nil {
		return false
	}
	return stat.Type == tmpfs && stat.Bavail*uint64(stat.Bsize) >= enough
}

// lockFolder marks a folder as in use until the file is closed or the
// process ends, however it ends.
func lockFolder(folder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", f.Name(), err), f.Close())
	}
	return f, nil
}

// sweep removes the folders of test processes that died before they could:
// those nobody holds locked. A folder younger than a minute may be about to
// be locked. What can't be removed belongs to somebody else and stays.
func sweep() {
	var folders []string
	for _, base := range []string{os.TempDir(), memoryFolder} {
		found, err := filepath.Glob(filepath.Join(base, folderPrefix+"*"))
		if err != nil {
			return
		}
		folders = append(folders, found...)
	}
	for _, folder := range folders {
		info, err := os.Lstat(folder)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		lock, err := lockFolder(folder)
		if err != nil {
			continue
		}
		_ = os.RemoveAll(folder)
		_ = lock.Close()
	}
}
