package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPlanRead prints the paper of 2024 as JSON, and refuses what is no paper in one line.
func TestPlanRead(t *testing.T) {
	code, out, said := run(t, "", "plan", "read", "../../plan/testdata/plan-2024.txt")
	if code != exitDone {
		t.Fatal(said)
	}
	var got struct {
		Kind        string
		Bases       []struct{ Number, Abstract string }
		Assignments []struct {
			Unit  string
			Items []string
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Kind != "plan" || len(got.Bases) != 4 || len(got.Assignments) != 5 || len(got.Assignments[1].Items) != 5 {
		t.Errorf("got %+v", got)
	}
	if got.Bases[3].Abstract != "về thực hiện công tác cải cách hành chính năm 2024" {
		t.Errorf("the last basis is about %q", got.Bases[3].Abstract)
	}
	old := filepath.Join(t.TempDir(), "cu.txt")
	if err := os.WriteFile(old, []byte("KÕ ho¹ch tæ chøc ®èi tho¹i víi nh©n d©n n¨m 2024"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, said = run(t, "", "plan", "read", old)
	if code != exitDone || said != "" || !strings.Contains(out, "Kế hoạch tổ chức đối thoại với nhân dân năm 2024") {
		t.Errorf("%d %q %q", code, out, said)
	}
}
