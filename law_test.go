package doithoai

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every act says what it is and what it rests on, once, and has a test of its name in this package or the store's.
func TestActsHaveLawAndTest(t *testing.T) {
	var sources strings.Builder
	for _, pattern := range []string{"*_test.go", "store/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(b)
		}
	}
	rows := map[Act]bool{}
	for _, r := range actRows {
		if rows[r.act] {
			t.Errorf("%s stands in two rows", r.act)
		}
		rows[r.act] = true
		if r.law.what == "" || r.law.basis == "" || len(r.grants) == 0 {
			t.Errorf("the row of %s is incomplete", r.act)
		}
		if !strings.Contains(sources.String(), "func "+r.test()+"(") {
			t.Errorf("%s: there is no %s", r.act, r.test())
		}
	}
}
