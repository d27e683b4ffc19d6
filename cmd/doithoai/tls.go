package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Files of the own certificate authority in the data folder.
const (
	authorityKeyFile  = "tls-authority.key"
	authorityCertFile = "tls-authority.crt" // to be imported on each staff computer
)

const (
	rootLife    = 10 * 365 * 24 * time.Hour
	leafLife    = 397 * 24 * time.Hour // browsers refuse more
	leafRenewal = 30 * 24 * time.Hour  // before its end
)

// privateNames are the host names that the own authority may vouch for beside the machine's own and the public one:
// none of them can belong to anybody on the Internet. Whoever steals its key can imitate nothing but this house.
var privateNames = []string{"localhost", "local", "lan", "internal", "home.arpa", "test"}

// privateNetworks are the addresses that it may vouch for.
var privateNetworks = []string{
	"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
}

// ownAuthority is the certificate authority that `--tls self` makes, and the certificate that it gave out last.
type ownAuthority struct {
	cert  *x509.Certificate
	key   *ecdsa.PrivateKey
	names []string

	mu   sync.Mutex
	leaf *tls.Certificate
}

// openOwnAuthority reads the authority of the data folder, or makes it, and sees to it that it may vouch for the names.
func openOwnAuthority(at place, names []string) (*ownAuthority, error) {
	a := &ownAuthority{names: names}
	pair, err := tls.LoadX509KeyPair(at.file(authorityCertFile), at.file(authorityKeyFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := a.found(at); err != nil {
			return nil, fmt.Errorf("own certificate authority: %w", err)
		}
	case err != nil:
		return nil, fmt.Errorf("own certificate authority in %s: %w", at.Data, err)
	default:
		key, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
		if !ok {
			return nil, fmt.Errorf("%s is not a key that this program made", at.file(authorityKeyFile))
		}
		a.cert, a.key = pair.Leaf, key
	}
	if _, err := a.certificate(nil); err != nil {
		return nil, fmt.Errorf(
			"own certificate authority: %w; to make a new one for these names, remove %s "+
				"and import the new one on each computer",
			err, at.file(authorityCertFile),
		)
	}
	return a, nil
}

// found makes the authority and keeps it.
func (a *ownAuthority) found(at place) error {
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return err
	}
	serial, err := serialNumber()
	if err != nil {
		return err
	}
	var networks []*net.IPNet
	for _, cidr := range privateNetworks {
		_, n, err := net.ParseCIDR(cidr)
		if err != nil {
			return err
		}
		networks = append(networks, n)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "Đối Thoại, chứng thư nội bộ " + now.Format(time.DateOnly)},
		NotBefore:    now.Add(-time.Hour), NotAfter: now.Add(rootLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: append(slices.Clone(privateNames), hostNames(a.names)...),
		PermittedIPRanges: networks,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	if err != nil {
		return err
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return err
	}
	return errors.Join(
		writeFile(at.file(authorityKeyFile), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
		writeFile(at.file(authorityCertFile), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644))
}

func serialNumber() (*big.Int, error) {
	return rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
}

// certificate returns the server's certificate, a new one shortly before the last ends.
func (a *ownAuthority) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.leaf != nil && time.Until(a.leaf.Leaf.NotAfter) > leafRenewal {
		return a.leaf, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := serialNumber()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "Đối Thoại"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(leafLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: hostNames(a.names), IPAddresses: addresses(a.names),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	if _, err := parsed.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: now}); err != nil {
		return nil, fmt.Errorf("it may not vouch for %s: %w", strings.Join(a.names, ", "), err)
	}
	a.leaf = &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key, Leaf: parsed}
	return a.leaf, nil
}

// fingerprint is the SHA-256 of the authority's certificate as browsers show it.
func (a *ownAuthority) fingerprint() string {
	sum := sha256.Sum256(a.cert.Raw)
	parts := make([]string, len(sum))
	for i, b := range sum {
		parts[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(parts, ":")
}

// plainName is what a certificate can hold: a machine may be called otherwise.
var plainName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)

// ownNames are the names and addresses under which this machine is reached: localhost, its own name, those given, and
// its addresses in private networks.
func ownNames(given ...string) ([]string, error) {
	names := []string{"localhost", "127.0.0.1", "::1"}
	if name, err := os.Hostname(); err == nil && plainName.MatchString(strings.ToLower(name)) {
		name = strings.ToLower(name)
		names = append(names, name)
		if !strings.Contains(name, ".") {
			names = append(names, name+".local", name+".lan")
		}
	}
	for _, g := range given {
		if ip := net.ParseIP(g); g != "" && (ip == nil || !ip.IsUnspecified()) {
			names = append(names, strings.ToLower(g))
		}
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil, fmt.Errorf("addresses of this machine: %w", err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() {
			names = append(names, n.IP.String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func hostNames(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return net.ParseIP(n) != nil })
}

func addresses(names []string) (all []net.IP) {
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			all = append(all, ip)
		}
	}
	return all
}
