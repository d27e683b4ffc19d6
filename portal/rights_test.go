package portal

import (
	"strings"
	"testing"
)

// The public site has no route that an officer's role opens: whoever signed in is a resident here.
func TestPublicRoutesNameNoAct(t *testing.T) {
	for _, r := range (&site{}).routes() {
		if _, path, _ := strings.Cut(r.Pattern, " "); r.Act != "" || r.Open || strings.HasPrefix(path, "/noi-bo") ||
			strings.HasPrefix(path, "/hoi-truong") {
			t.Errorf("%s names the act %q", r.Pattern, r.Act)
		}
	}
}
