package reading

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/text"
)

// documents are all plans of testdata.
func documents(t *testing.T) map[string]Reading {
	t.Helper()
	files, err := filepath.Glob("testdata/*")
	must(t, err)
	all := map[string]Reading{}
	for _, name := range files {
		if strings.HasSuffix(name, ".json") {
			continue
		}
		b, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) || filepath.Ext(name) == "" {
			continue
		}
		must(t, err)
		got, err := File(b)
		must(t, err)
		all[filepath.Base(name)] = got
	}
	return all
}

var units = []doithoai.Unit{
	{Code: "van-phong", Name: "Bộ phận Văn phòng UBND", Short: "Văn phòng"},
	{Code: "tai-chinh-ke-toan", Name: "Bộ phận Tài chính – Kế toán", Short: "Tài chính"},
}

// TestPlanHasEverySentence: whatever was read of a document stands in the plan that is made of it, at least as often.
func TestPlanHasEverySentence(t *testing.T) {
	for name, got := range documents(t) {
		t.Run(name, func(t *testing.T) {
			p, _ := got.Plan(units, nil)
			for _, list := range [][]string{
				got.Preamble, got.Purposes, got.Requires, got.People, got.Contents, got.Funds, got.OtherText,
				stepTexts(got), itemTexts(got), got.Recipients, {got.Venue, got.Letterhead.Abstract, got.Signatory.Name},
			} {
				for _, s := range list {
					for line := range strings.SplitSeq(s, "\n") {
						if !has(p, line) {
							t.Errorf("%q is lost", line)
						}
					}
				}
			}
			for s := range p.All() {
				if s.Key == 0 {
					t.Errorf("no key: %+v", s)
				}
			}
		})
	}
}

func stepTexts(got Reading) (list []string) {
	for _, s := range got.Programme {
		list = append(list, s.Time, s.Who)
		list = append(list, strings.Split(s.Text, ", ")...)
	}
	return list
}

func itemTexts(got Reading) (list []string) {
	for _, a := range got.Assigned {
		list = append(list, a.Unit)
		for _, i := range a.Items {
			list = append(list, i.Text, i.With, i.Due)
		}
	}
	return list
}

// has reports whether the words of a sentence stand in the plan in their order, nothing between them.
func has(p plan.Plan, s string) bool {
	folded := func(s string) string {
		var words []string
		for w := range text.Words(s) {
			words = append(words, w.Folded)
		}
		return " " + strings.Join(words, " ") + " "
	}
	wanted := folded(s)
	return strings.TrimSpace(wanted) == "" || strings.Contains(folded(strings.Join(p.Lines(), "\n")), wanted)
}

// TestPlan2024IsReadAsItStands: the text of the paper becomes the plan that was typed by hand.
func TestPlan2024IsReadAsItStands(t *testing.T) {
	b, err := os.ReadFile("../testdata/plan-2024.txt")
	must(t, err)
	got, err := File(b)
	must(t, err)
	p, doubts := got.Plan(units, doithoai.LegalBases{{Key: "kh-232", Kind: "Kế hoạch", Number: "232/KH-UBND"}})
	b, err = os.ReadFile("../../cmd/doithoai/demo/plan-2024.json")
	must(t, err)
	want, err := plan.Parse(b)
	must(t, err)
	lines, wanted := p.Lines(), want.Lines()
	for i := range max(len(lines), len(wanted)) {
		if i >= len(lines) || i >= len(wanted) || lines[i] != wanted[i] {
			t.Fatalf("line %d\ngot  %q\nwant %q", i, at(lines, i), at(wanted, i))
		}
	}
	for s, depth := range want.All() {
		i := slices.IndexFunc(flat(p), func(o plan.Section) bool { return o.Heading() == s.Heading() })
		if i < 0 || flat(p)[i].Kind != s.Kind {
			t.Errorf("%d %s: kind %q, want %s", depth, s.Heading(), flat(p)[max(i, 0)].Kind, s.Kind)
		}
	}
	if p.When.Window != want.When.Window || p.When.Form != want.When.Form || p.Year != 2024 || p.Date != want.Date {
		t.Errorf("%+v of %d, %s", p.When, p.Year, p.Date)
	}
	if len(p.Bases) != 4 || p.Bases[3].Key != "kh-232" || p.Bases[0].Key != "" {
		t.Errorf("bases %+v", p.Bases)
	}
	to := p.Of(plan.KindAssignment)
	if !to[0].To.EveryUnit || !slices.Equal(to[1].To.Units, []string{"van-phong"}) ||
		!slices.Equal(to[2].To.Units, []string{"tai-chinh-ke-toan"}) || len(to[3].To.Bodies) != 1 || !to[4].To.EveryVillage {
		t.Errorf("addressees %+v", to)
	}
	if len(doubts) != 1 || doubts[0].Why != DoubtBody {
		t.Errorf("doubts %+v", doubts)
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func flat(p plan.Plan) (list []plan.Section) {
	for s := range p.All() {
		list = append(list, s)
	}
	return list
}

func TestRuleOfADueColumn(t *testing.T) {
	for due, want := range map[string]plan.TaskRule{
		"trước mỗi buổi 01 ngày":            {Manner: plan.MannerDialogue, Days: -1},
		"Trước hội nghị ít nhất 07 ngày":    {Manner: plan.MannerDialogue, Days: -7},
		"Sau khi kết thúc đối thoại 5 ngày": {Manner: plan.MannerDialogue, Days: 5},
		"15/10/2025":   {Manner: plan.MannerDay, Day: calendar.DateOf(2025, 10, 15)},
		"Thường xuyên": {Manner: plan.MannerStanding},
		"Quý III":      {},
		"trước 15/10":  {},
	} {
		if got := ruleOf(due); got != want {
			t.Errorf("%s: %+v, want %+v", due, got, want)
		}
	}
}

// TestOddShapes reads what offices do with dashes, bars, circled numbers, and days that share a month.
func TestOddShapes(t *testing.T) {
	all := documents(t)
	if days := all["17-gach-cheo.txt"].Dialogues; len(days) != 2 || days[0].Venue != "Nhà văn hóa thôn Giả Lập" {
		t.Errorf("days %+v", days)
	}
	bars := all["19-bang-gach-dung.txt"]
	if len(bars.Programme) != 3 || bars.Programme[1].Who != "Chủ tịch UBND xã" || len(bars.Assigned) != 2 {
		t.Errorf("programme %+v, assigned %+v", bars.Programme, bars.Assigned)
	}
	p, _ := bars.Plan(units, nil)
	work := p.Of(plan.KindAssignment)
	if len(work) != 2 || work[0].Points[0].Task.Days != -15 || work[1].Points[1].Task.Manner != plan.MannerDay {
		t.Errorf("assignments %+v", work)
	}
	if to := all["20-so-khoanh.txt"].Assigned; len(to) != 2 || to[1].Unit != "Công an xã" {
		t.Errorf("circled numbers: %+v", to)
	}
	shared := all["21-phan.txt"]
	if !slices.ContainsFunc(shared.Doubts, func(d Doubt) bool { return d.Why == DoubtDate }) {
		t.Error("a day that shares its month with the next goes unnoticed")
	}
}
