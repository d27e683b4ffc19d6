package text

import "testing"

func TestHostName(t *testing.T) {
	for given, want := range map[string]string{
		"An-Phu.Example.VN":                   "an-phu.example.vn",
		" an-phu.example.vn. ":                "an-phu.example.vn",
		"an-phu.example.vn:8443":              "an-phu.example.vn",
		"https://an-phu.example.vn/doi-thoai": "an-phu.example.vn",
		"xã-an-phú.vn":                        "xn--x-an-ph-xwa7s.vn",
		"xn--x-an-ph-xwa7s.vn":                "xn--x-an-ph-xwa7s.vn",
		"hall.lan":                            "hall.lan",
		"localhost:8080":                      "localhost",
		"192.168.1.10:8080":                   "192.168.1.10",
		"[::1]:8080":                          "::1",
		"":                                    "",
		"a b.vn":                              "",
		"an_phu.vn":                           "",
		"-a.vn":                               "",
		"a..b":                                "",
		"a.vn..":                              "",
	} {
		if got, ok := HostName(given); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", given, got, ok, want)
		}
	}
}

// What is a host name stays the one it is, however often it is normalised.
func FuzzHostName(f *testing.F) {
	for _, s := range []string{"An-Phú.vn:80", "[::1]", "https://a.vn/x", "a.vn.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, ok := HostName(s)
		if !ok {
			return
		}
		if again, ok := HostName(name); !ok || again != name {
			t.Errorf("%q: %q, then %q, %v", s, name, again, ok)
		}
	})
}
