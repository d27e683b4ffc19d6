package web

import "testing"

func TestCookiesAreApart(t *testing.T) {
	of := map[string]Cookie{}
	for c := range Cookie(len(cookieNames)) {
		other, twice := of[c.String()]
		if twice || c.String() == "" {
			t.Errorf("cookies %d and %d are both called %q", other, c, c)
		}
		of[c.String()] = c
	}
}
