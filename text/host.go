package text

import (
	"net"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// HostName is a host name in its one normal form: lower case, in the ASCII form of IDNA, without port, final dot and
// the brackets of an address of IPv6. What was copied from the browser loses its scheme and path, too. ok is false
// where it is none.
func HostName(s string) (name string, ok bool) {
	s = strings.TrimSpace(s)
	if _, rest, found := strings.Cut(s, "://"); found {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Unmap().WithZone("").String(), true
	}
	s = strings.TrimSuffix(s, ".")
	if strings.HasSuffix(s, ".") {
		return "", false
	}
	name, err := hostForm.ToASCII(s)
	if err != nil || !utf8.ValidString(s) {
		return "", false
	}
	return name, true
}

// hostForm is what browsers ask a name server for, with the lengths of RFC 1035.
var hostForm = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
