package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// client finds who asks and whether over https. Only a trusted proxy is believed what it says of others.
//
// The client is the nearest hop that is no proxy of ours; what stands before it anybody can have written. A hop that
// names no address ("unknown", rubbish) ends the way: then it is the proxy that told of it. The scheme is the one that
// the outermost proxy was asked by.
func (h *Host) client(r *http.Request) (netip.Addr, bool) {
	secure := r.TLS != nil
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, secure
	}
	addr := at.Addr().Unmap().WithZone("")
	if !h.trusted(addr) {
		return addr, secure
	}
	hops, scheme := forwarded(r.Header)
	secure = secure || strings.EqualFold(scheme, "https")
	for _, hop := range slices.Backward(hops) {
		a, ok := hopAddr(hop)
		if !ok {
			break
		}
		if addr = a; !h.trusted(addr) {
			break
		}
	}
	return addr, secure
}

func (h *Host) trusted(a netip.Addr) bool {
	for _, p := range h.TrustedProxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// forwarded reads what proxies say: the hops, the nearest last, and the scheme of the first. X-Forwarded-For and -Proto
// stand before Forwarded (RFC 7239), each for what it tells: nearly every proxy writes them, and few take from a
// request what they don't write themselves.
func forwarded(h http.Header) (hops []string, scheme string) {
	hops = list(h, "X-Forwarded-For")
	if schemes := list(h, "X-Forwarded-Proto"); len(schemes) > 0 {
		scheme = schemes[0]
	}
	if len(hops) > 0 && scheme != "" {
		return hops, scheme
	}
	var told []string
	first := ""
	for i, element := range split(strings.Join(h.Values("Forwarded"), ","), ',') {
		of, proto := "unknown", ""
		for _, pair := range split(element, ';') {
			name, value, _ := strings.Cut(pair, "=")
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "for":
				of = unquote(value)
			case "proto":
				proto = unquote(value)
			}
		}
		if told = append(told, of); i == 0 {
			first = proto
		}
	}
	if len(hops) == 0 {
		hops = told
	}
	if scheme == "" {
		scheme = first
	}
	return hops, scheme
}

// hopAddr is the address of a hop as proxies write it: with a port or without, an IPv6 address in brackets or without.
func hopAddr(s string) (netip.Addr, bool) {
	switch {
	case strings.HasPrefix(s, "["):
		s, _, _ = strings.Cut(s[1:], "]")
	case strings.Count(s, ":") == 1:
		s, _, _ = strings.Cut(s, ":")
	}
	a, err := netip.ParseAddr(s)
	return a.Unmap().WithZone(""), err == nil
}

// split cuts a text at a separator that does not stand in quotes.
func split(s string, separator byte) (parts []string) {
	begin, quoted := 0, false
	add := func(end int) {
		if part := strings.Trim(s[begin:end], " \t"); part != "" {
			parts = append(parts, part)
		}
		begin = end + 1
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == separator && !quoted:
			add(i)
		}
	}
	add(len(s))
	return parts
}

// unquote returns what a quoted string says, and other texts as they are.
func unquote(s string) string {
	s = strings.Trim(s, " \t")
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '\\' && i < len(s)-2 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
