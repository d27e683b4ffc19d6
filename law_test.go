package doithoai

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/law.md names every act and, for each, a test that exists.
func TestLawNamesEveryAct(t *testing.T) {
	b, err := os.ReadFile("docs/law.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{} // act → test
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z_, ]+) \|.*\| (Test\w+) \|$`).FindAllStringSubmatch(string(b), -1) {
		for act := range strings.SplitSeq(m[1], ", ") {
			rows[act] = m[2]
		}
	}
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
	for act := range permissions {
		test, ok := rows[string(act)]
		if !ok {
			t.Errorf("docs/law.md has no row for %s", act)
		} else if !strings.Contains(sources.String(), "func "+test+"(") {
			t.Errorf("%s: there is no %s", act, test)
		}
		delete(rows, string(act))
	}
	for act := range rows {
		t.Errorf("docs/law.md has a row for %q, which is no act", act)
	}
}
