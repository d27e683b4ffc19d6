package form

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/report"
)

// periodicSample are figures in the program's table: of each field some, one late, one open.
func periodicSample(t testing.TB) report.Periodic {
	t.Helper()
	b, err := os.ReadFile("../../store/defaults/period_form.json")
	if err != nil {
		t.Fatal(err)
	}
	f, err := report.ParsePeriodForm(b)
	if err != nil {
		t.Fatal(err)
	}
	p := report.Periodic{
		Span: report.Span{Year: 2026, Quarter: 3}, From: calendar.DateOf(2026, time.June, 15),
		To: calendar.DateOf(2026, time.September, 14), At: calendar.DateOf(2026, time.September, 14), Form: f, Denounced: 1,
	}
	for i, field := range []string{
		"Đất đai, xây dựng, môi trường", "Hộ tịch", "Chứng thực", "Chính sách người có công", "Thái độ phục vụ", "",
	} {
		for j := range 6 - i {
			m := report.Counted{
				Number: doithoai.RegisterNumber("ND-26-04" + string(rune('1'+i)) + string(rune('1'+j))), Field: field,
				Received: p.From, Entered: p.From, Origin: report.OriginNew, About: report.AboutOf(doithoai.ContentCode(j), i == 4),
				Stood: report.Stood{Became: report.BecameAnswered, On: p.To, Late: j == 1, Public: j == 0},
			}
			if j == 2 {
				m.Origin, m.Stood = report.OriginCarried, report.Stood{Became: report.BecameOpen}
			}
			p.Matters = append(p.Matters, m)
		}
	}
	return p
}

// The paper, in whatever way its columns are grouped, has in each row what files have, and its table has no hole.
func TestPeriodicPaperHasTheFigures(t *testing.T) {
	p := periodicSample(t)
	flat := p
	flat.Form.Columns = slices.Clone(p.Form.Columns)
	for i := range flat.Form.Columns {
		flat.Form.Columns[i].Group = ""
	}
	for name, p := range map[string]report.Periodic{"grouped": p, "flat": flat} {
		paper := Periodic(head(""), p)
		if problems := paper.Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		var table doc.Table
		for _, b := range paper.Body {
			if found, ok := b.(doc.Table); ok && !found.Plain {
				table = found
			}
		}
		want := PeriodicTable(vietnamese, p)[1:]
		if len(table.Rows) != len(want) {
			t.Fatalf("%s: the paper has %d rows, files have %d", name, len(table.Rows), len(want))
		}
		for i, row := range table.Rows {
			for j, cell := range row {
				got := strings.TrimSpace(cell.Blocks[0].(doc.Paragraph).Runs[0].Text)
				if got != want[i][j] {
					t.Errorf("%s: row %d has %q in column %d, files have %q", name, i, got, j, want[i][j])
				}
			}
		}
	}
	if last := PeriodicTable(vietnamese, p); last[len(last)-1][1] != "21" {
		t.Errorf("all are %s, want 21", last[len(last)-1][1])
	}
}
