package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"doithoai"
)

func TestClientBehindProxies(t *testing.T) {
	host := testHost(io.Discard)
	host.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	const proxy = "10.0.0.1:1"
	type header = map[string][]string
	tests := []struct {
		name, remote string
		header       header
		client       string
		secure       bool
	}{
		{"straight", "203.0.113.5:1234", nil, "203.0.113.5", false},
		{"a stranger's header is not believed", "203.0.113.5:1234",
			header{"X-Forwarded-For": {"198.51.100.1"}, "X-Forwarded-Proto": {"https"},
				"Forwarded": {"for=198.51.100.1;proto=https"}}, "203.0.113.5", false},
		{"through our proxy", proxy,
			header{"X-Forwarded-For": {"198.51.100.1"}, "X-Forwarded-Proto": {"https"}}, "198.51.100.1", true},
		{"a forged hop in front", proxy, header{"X-Forwarded-For": {"1.1.1.1, 198.51.100.1, 10.0.0.2"}},
			"198.51.100.1", false},
		{"rubbish", proxy, header{"X-Forwarded-For": {"unknown"}}, "10.0.0.1", false},
		{"rubbish hides what was forged", proxy, header{"X-Forwarded-For": {"1.1.1.1, unknown"}}, "10.0.0.1", false},
		{"a port", proxy, header{"X-Forwarded-For": {"203.0.113.7:501"}}, "203.0.113.7", false},
		{"brackets and a port", proxy, header{"X-Forwarded-For": {"[2001:db8::1]:4711"}}, "2001:db8::1", false},
		{"brackets", proxy, header{"X-Forwarded-For": {"[2001:db8::1]"}}, "2001:db8::1", false},
		{"no brackets", proxy, header{"X-Forwarded-For": {"2001:db8::1"}}, "2001:db8::1", false},
		{"an IPv4 address in IPv6", proxy, header{"X-Forwarded-For": {"::ffff:203.0.113.7"}}, "203.0.113.7", false},
		{"several lines", proxy, header{"X-Forwarded-For": {"1.1.1.1", "203.0.113.7:501", "10.0.0.2:80"}},
			"203.0.113.7", false},
		{"empty hops", proxy, header{"X-Forwarded-For": {"203.0.113.7, ,", "", " , 10.0.0.2,"}}, "203.0.113.7", false},
		{"each proxy its scheme", proxy, header{"X-Forwarded-Proto": {"https,https"}}, "10.0.0.1", true},
		{"https, then http inside", proxy, header{"X-Forwarded-Proto": {"https, http"}}, "10.0.0.1", true},
		{"http, then https inside", proxy, header{"X-Forwarded-Proto": {"http, https"}}, "10.0.0.1", false},
		{"capitals", proxy, header{"X-Forwarded-Proto": {"HTTPS"}}, "10.0.0.1", true},
		{"RFC 7239", proxy, header{"Forwarded": {`For="[2001:db8:cafe::17]:4711";Proto=HTTPS;by=10.0.0.1`}},
			"2001:db8:cafe::17", true},
		{"RFC 7239 through two", proxy,
			header{"Forwarded": {`for=1.1.1.1, for=192.0.2.43;proto=https`, `for="10.0.0.2:_p", `}}, "192.0.2.43", false},
		{"RFC 7239 without a name", proxy, header{"Forwarded": {`for=1.1.1.1, for=_hidden`}}, "10.0.0.1", false},
		{"RFC 7239 that tells of a scheme alone", proxy, header{"Forwarded": {`for=1.1.1.1, proto=https`}},
			"10.0.0.1", false},
		{"RFC 7239 with marks in quotes", proxy, header{"Forwarded": {`for=192.0.2.43;host="a,b;for=1.1.1.1\"";proto=https`}},
			"192.0.2.43", true},
		{"a proxy of the usual kind passes on what it does not know", proxy,
			header{"X-Forwarded-For": {"203.0.113.7"}, "Forwarded": {"for=1.1.1.1"}}, "203.0.113.7", false},
	}
	for _, tt := range tests {
		raw := httptest.NewRequest(http.MethodGet, "/", nil)
		raw.RemoteAddr, raw.Header = tt.remote, tt.header
		client, secure := host.client(raw)
		if client.String() != tt.client || secure != tt.secure {
			t.Errorf("%s: %s %v", tt.name, client, secure)
		}
	}
}

// The history of sign-ins names who signed in, not the proxy.
func TestASignInNamesItsClient(t *testing.T) {
	host := testHost(io.Discard)
	host.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	named := ""
	host.SignIns.Open = func(_ context.Context, _ doithoai.ID, _, _, _, client string) (string, doithoai.Officer, error) {
		named = client
		return "token", officers["chair"], nil
	}
	signIn := func(r *Request) error { return r.SignIn("chair", "đúng mật khẩu") }
	h := serve(host, Site{Staff: true, Routes: []Route{{Pattern: "GET " + SignInPath, Open: true, Do: signIn}}})
	get(t, h, SignInPath, func(r *http.Request) {
		r.Header.Set("X-Forwarded-For", "203.0.113.7:501")
		r.Header.Set("X-Forwarded-Proto", "https, http")
	})
	if named != "203.0.113.7" {
		t.Errorf("the client is %q", named)
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add("for=1.1.1.1, for=\"[::1]:4\\\"711\";proto=https", "203.0.113.7:501,, [")
	f.Fuzz(func(t *testing.T, standard, usual string) {
		hops, _ := forwarded(http.Header{"Forwarded": {standard}, "X-Forwarded-For": {usual}})
		for _, hop := range hops {
			hopAddr(hop)
		}
	})
}
