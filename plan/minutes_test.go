package plan

import (
	"strings"
	"testing"

	"doithoai"
)

// TestMinutesHeads: minutes count who was there where reception noted it, and claim no count of nobody elsewhere.
func TestMinutesHeads(t *testing.T) {
	noted := doithoai.Heads{
		{Group: doithoai.HeadInvited, Expected: 5, Present: 3}, {Group: doithoai.HeadOthers, Present: 9},
	}
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

// TestMinutesSameMatter: who said what somebody had said is sent to it, and what was beside the dialogue says so.
func TestMinutesSameMatter(t *testing.T) {
	opinion := func(number doithoai.RegisterNumber, group doithoai.ID, beside bool) MinutesOpinion {
		return MinutesOpinion{
			Opinion: doithoai.Opinion{Number: number, Content: "Cống tắc.", OutOfScope: beside}, Group: group,
			Source: doithoai.TallySource{Row: doithoai.TallySpoken},
		}
	}
	facts := MinutesFacts{Opinions: []MinutesOpinion{
		opinion("VD-24-0001", "", false), opinion("VD-24-0002", "g", false), opinion("VD-24-0003", "h", true),
		opinion("VD-24-0004", "g", false),
	}}
	said := map[string]string{}
	for _, p := range ComposeMinutes(facts).Paragraphs {
		said[p.Key] = p.Text
	}
	for number, want := range map[string]string{
		"VD-24-0001": "1. Chưa rõ tên (phát biểu): Cống tắc.", "VD-24-0002": "2. Chưa rõ tên (phát biểu): Cống tắc.",
		"VD-24-0003": "3. Chưa rõ tên (phát biểu; ngoài phạm vi đối thoại): Cống tắc.",
		"VD-24-0004": "4. Chưa rõ tên (phát biểu; cùng nội dung ý kiến 2): Cống tắc.",
	} {
		if got := said["y-kien/"+number]; got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}
