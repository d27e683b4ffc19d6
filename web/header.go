package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// list are the members of a header field that is a list (RFC 9110 §5.6.1): all its lines in order, without the empty
// members and the space around them.
func list(h http.Header, name string) (members []string) {
	for member := range strings.SplitSeq(strings.Join(h.Values(name), ","), ",") {
		if member = strings.Trim(member, " \t"); member != "" {
			members = append(members, member)
		}
	}
	return members
}

// acceptsGzip reports whether the reader takes gzip, and not rather the plain bytes (RFC 9110 §12.5.3): x-gzip is gzip,
// "*" speaks for what is not named, and the weight 0 means never.
func acceptsGzip(r *http.Request) bool {
	var gzip, plain, others float64
	var named bool
	for _, coding := range list(r.Header, "Accept-Encoding") {
		name, parameter, _ := strings.Cut(coding, ";")
		weight := weightOf(parameter)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			gzip, named = max(gzip, weight), true
		case "identity":
			plain = weight
		case "*":
			others = weight
		}
	}
	if !named {
		gzip = others
	}
	return gzip > 0 && gzip >= plain
}

// weightOf is the weight that a parameter gives, "q=0.5"; 1 where there is none, 0 where it is no weight.
func weightOf(parameter string) float64 {
	parameter = strings.ToLower(strings.TrimSpace(parameter))
	if parameter == "" {
		return 1
	}
	value, ok := strings.CutPrefix(parameter, "q=")
	if !ok {
		return 0
	}
	weight, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return weight
}

// tagOf is the tag of a body. It is weak: the same whether the body goes out as it is or compressed.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// has reports whether the reader has what bears a tag (RFC 9110 §13.1.2): If-None-Match names it among others, in the
// weak comparison, or is "*".
func has(r *http.Request, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for _, named := range list(r.Header, "If-None-Match") { // no tag of ours holds a comma
		if named == "*" || strings.TrimPrefix(named, "W/") == tag {
			return true
		}
	}
	return false
}
