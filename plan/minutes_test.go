package plan

import (
	"strings"
	"testing"

	"doithoai"
)

// TestMinutesHeads: minutes count who was there where reception noted it, and claim no count of nobody elsewhere.
func TestMinutesHeads(t *testing.T) {
	noted := doithoai.Heads{{Group: doithoai.HeadInvited, Expected: 5, Present: 3}, {Group: doithoai.HeadOthers, Present: 9}}
	for _, c := range []struct {
		heads               doithoai.Heads
		attendance, figures string
	}{
		{noted, "12 người, gồm 3 đại biểu được mời (vắng 2) và 9 người dân", "Số người dự: 12; "},
		{nil, "không ghi số người dự", "Số người và tổ chức nêu ý kiến: 0"},
	} {
		said := map[string]string{}
		for _, p := range ComposeMinutes(MinutesFacts{Heads: c.heads}).Paragraphs {
			said[p.Key] = p.Text
		}
		if !strings.Contains(said["thanh-phan"], c.attendance) || !strings.Contains(said["so/nguoi"], c.figures) {
			t.Errorf("%v: %q, %q", c.heads, said["thanh-phan"], said["so/nguoi"])
		}
	}
}
