package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// deadline runs the command and returns what it prints.
func deadline(t *testing.T, args ...string) (out, fault string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Run(context.Background(), append([]string{"deadline"}, args...), strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

// TestDeadlineVectors checks worked examples by the calendar that the program carries.
func TestDeadlineVectors(t *testing.T) {
	for _, v := range []struct{ day, amount, unit, want string }{
		{"2024-01-08", "+5", "workdays", "2024-01-15"},
		{"2024-02-07", "+5", "workdays", "2024-02-21"},
		{"2024-04-24", "+5", "workdays", "2024-05-04"},
		{"2024-05-04", "+1", "workdays", "2024-05-06"},
		{"2025-01-24", "+10", "workdays", "2025-02-14"},
		{"2025-04-25", "+3", "workdays", "2025-04-29"},
		{"2026-02-13", "+5", "workdays", "2026-02-27"},
		{"2026-08-21", "+5", "workdays", "2026-08-27"},
		{"2026-11-20", "+5", "workdays", "2026-11-30"},
		{"2026-12-31", "+1", "workdays", "2027-01-04"},
		{"2023-10-25", "+10", "days", "2023-11-04"},
		{"2026-02-06", "+10", "days", "2026-02-16"},
		{"2023-10-25", "-7", "days", "2023-10-18"},
		{"2026-03-01", "-7", "days", "2026-02-22"},
		{"07/02/2024", "5", "workdays", "2024-02-21"},
		{"2024-02-21", "−5", "workdays", "2024-02-07"},
	} {
		out, _, code := deadline(t, v.day, v.amount, v.unit)
		if out != v.want+"\n" || code != exitDone {
			t.Errorf("%s %s %s: %q, code %d, want %s", v.day, v.amount, v.unit, out, code, v.want)
		}
		explained, _, _ := deadline(t, "--explain", v.day, v.amount, v.unit)
		if first, _, _ := strings.Cut(explained, "\n"); first != v.want {
			t.Errorf("%s %s %s explained begins %q", v.day, v.amount, v.unit, first)
		}
	}
}

func TestDeadlineExplained(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want []string
	}{
		{[]string{"2024-02-07", "+5", "workdays", "--explain"}, []string{
			"5 ngày làm việc tính từ T4, 07/02/2024: đến hết T4, 21/02/2024.", "  T4, 07/02/2024: ngày đầu, không tính",
			"  T5, 08/02/2024: ngày nghỉ, không tính (Tết Nguyên đán)", "  T7, 17/02/2024: nghỉ cuối tuần, không tính",
			"  T4, 21/02/2024: ngày 5",
			"Điều 147, 148 Bộ luật Dân sự 2015", "phiên bản"}},
		{[]string{"--explain", "--lang", "en", "2024-04-24", "+5", "workdays"}, []string{
			"5 working days from Wed, 24/04/2024: until the end of Sat, 04/05/2024.", "  Sat, 04/05/2024: day 5 (Làm bù",
		}},
		{[]string{"2023-10-25", "+10", "days", "--explain"}, []string{"còn đến hết T2, 06/11/2023"}},
		{[]string{"2026-02-06", "+10", "days", "--explain"}, []string{"còn đến hết T2, 23/02/2026"}},
		{
			[]string{"2026-03-01", "-7", "days", "--explain"},
			[]string{"Chậm nhất 7 ngày trước CN, 01/03/2026: ngày CN, 22/02/2026.", "nên làm xong trong T6, 13/02/2026"},
		},
	} {
		out, _, code := deadline(t, tt.args...)
		for _, want := range tt.want {
			if !strings.Contains(out, want) || code != exitDone {
				t.Errorf("%q: code %d, says nothing of %q:\n%s", tt.args, code, want, out)
			}
		}
	}
	_, fault, code := deadline(t, "2026-12-31", "+1", "workdays")
	if !strings.Contains(fault, "Lịch nghỉ của một năm") || code != exitDone {
		t.Errorf("beyond the calendar: %q, code %d", fault, code)
	}
}

func TestDeadlineRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"Cần ngày":             {},
		"Cần ngày, số":         {"2024-02-07", "+5"},
		"Không đọc được ngày":  {"2024-02-30", "+5", "days"},
		"Không đọc được ngày.": {"hôm nay", "+5", "days"},
		"Số ngày là số nguyên": {"2024-02-07", "+five", "days"},
		"nhiều nhất 3660":      {"2024-02-07", "+9999", "days"},
		"Đơn vị là workdays":   {"2024-02-07", "+5", "weeks"},
		"a number":             {"--lang", "en"},
	} {
		out, fault, code := deadline(t, args...)
		if out != "" || !strings.Contains(fault, want) || code != exitInput {
			t.Errorf("%q: %q, %q, code %d", args, out, fault, code)
		}
	}
}
