package pgtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// minVersion is the oldest PostgreSQL that the product supports.
const minVersion = 15

// errNoPostgres tells the developer what to do.
var errNoPostgres = fmt.Errorf("no PostgreSQL %d or newer found, neither in "+
	"/usr/lib/postgresql/*/bin nor on the PATH: run `make deps` (on Debian: apt-get install postgresql-%[1]d)", minVersion)

// findBinaries returns the folder that holds initdb and postgres of the
// newest PostgreSQL, not older than minVersion: first where Debian puts them
// (off the PATH), then on the PATH.
func findBinaries() (folder string, err error) {
	candidates, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	best := 0
	for _, candidate := range candidates {
		version, err := serverVersion(filepath.Join(candidate, "postgres"))
		if err == nil && version > best {
			folder, best = candidate, version
		}
	}
	if best >= minVersion {
		return folder, nil
	}
	onPath, err := exec.LookPath("postgres")
	if err != nil {
		return "", errNoPostgres
	}
	// On the PATH stands often a link; initdb stands beside what it points to.
	onPath, err = filepath.EvalSymlinks(onPath)
	if err != nil {
		return "", err
	}
	version, err := serverVersion(onPath)
	if err != nil {
		return "", err
	}
	if version < minVersion {
		return "", fmt.Errorf("%s is PostgreSQL %d: %w", onPath, version, errNoPostgres)
	}
	return filepath.Dir(onPath), nil
}

// versionText is what `postgres --version` prints: "postgres (PostgreSQL)
// 15.18 (Debian …)", "postgres (PostgreSQL) 19beta1".
var versionText = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// serverVersion returns the major version of a postgres binary.
func serverVersion(binary string) (major int, err error) {
	out, err := exec.Command(binary, "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("%s --version: %w", binary, err)
	}
	match := versionText.FindSubmatch(out)
	if match == nil {
		return 0, fmt.Errorf("%s --version prints %q", binary, out)
	}
	return strconv.Atoi(string(match[1]))
}

// command prepares one of PostgreSQL's programs, to run inside the server's
// folder, as the server's account, with an environment that says nothing of
// other servers (PGDATA, PGPORT, …) or of the developer's language.
func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	cmd.Dir = s.folder
	cmd.Env = []string{"PATH=" + s.bin + string(os.PathListSeparator) + os.Getenv("PATH"), "LC_ALL=C"}
	s.account.apply(cmd)
	return cmd
}

// freePort asks the kernel for a port on loopback that nobody listens on.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}

// errRoot is returned where no other account can be taken.
var errRoot = errors.New("PostgreSQL refuses to run as root and there is neither a user postgres nor a user nobody")
