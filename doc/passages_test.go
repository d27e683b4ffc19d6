package doc

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// noticed is a document with two fields and words between them.
var noticed = []Passage{
	{"", "ỦY BAN NHÂN DÂN XÃ NGHĨA DŨNG"}, {FieldNumber, "Số:      /UBND-VP"}, {"", "Xã trả lời như sau:"},
	{"answer", "Trích lục của ông trả chậm 6 ngày làm việc."}, {"answer", "Bản trích lục đã có tại Bộ phận Một cửa."},
	{"bases", "Căn cứ: Điều 64 Luật Hộ tịch."}, {"", "Ủy ban nhân dân xã trả lời để ông/bà được biết./."},
}

func texts(list []Passage) (all []string) {
	for _, p := range list {
		all = append(all, p.Text)
	}
	return all
}

func TestCompareFindsWhatWasChanged(t *testing.T) {
	edit := func(change func([]string) []string) []string { return change(texts(noticed)) }
	for name, c := range map[string]struct {
		theirs []string
		want   []Change
	}{
		"nothing": {edit(func(s []string) []string { return s }), nil},
		"blanks, empty paragraphs, decomposed letters": {
			edit(func(s []string) []string {
				s[1], s[4] = "Số: /UBND-VP", "  Bản trích lục đã có tại Bộ phận  Một cửa. "
				s[6] = strings.ReplaceAll(s[6], "ủ", "u\u0309")
				return slices.Insert(s, 3, "", "  ")
			}), nil,
		},
		"a word": {
			edit(func(s []string) []string { s[3] = strings.Replace(s[3], "6 ngày", "7 ngày", 1); return s }),
			[]Change{{"answer", texts(noticed[3:5]),
				[]string{"Trích lục của ông trả chậm 7 ngày làm việc.", noticed[4].Text}}},
		},
		"a paragraph behind the last": {
			edit(func(s []string) []string { return slices.Insert(s, 5, "Ủy ban nhân dân xã xin lỗi ông.") }),
			[]Change{{"answer", texts(noticed[3:5]), append(texts(noticed[3:5]), "Ủy ban nhân dân xã xin lỗi ông.")}},
		},
		"a paragraph before the first": {
			edit(func(s []string) []string { return slices.Insert(s, 3, "Rất tiếc.") }),
			[]Change{{"answer", texts(noticed[3:5]), append([]string{"Rất tiếc."}, texts(noticed[3:5])...)}},
		},
		"all of it in other words": {
			edit(func(s []string) []string {
				return slices.Replace(s, 3, 5, "Hoàn toàn khác.", "Thêm nữa.", "Hết.")
			}),
			[]Change{{"answer", texts(noticed[3:5]), []string{"Hoàn toàn khác.", "Thêm nữa.", "Hết."}}},
		},
		"a field taken out": {
			edit(func(s []string) []string { return slices.Delete(s, 5, 6) }),
			[]Change{{"bases", texts(noticed[5:6]), nil}},
		},
		"paragraphs in another order": {
			edit(func(s []string) []string { s[3], s[4] = s[4], s[3]; return s }),
			[]Change{{"answer", texts(noticed[3:5]), []string{noticed[4].Text, noticed[3].Text}}},
		},
		"the number": {
			edit(func(s []string) []string { s[1] = "Số: 215/UBND-VP"; return s }),
			[]Change{{FieldNumber, []string{noticed[1].Text}, []string{"Số: 215/UBND-VP"}}},
		},
		"fixed words, and one more": {
			edit(func(s []string) []string {
				s[0] = "ỦY BAN NHÂN DÂN XÃ AN PHÚ"
				return append(s, "Người lập: A")
			}),
			[]Change{
				{"", []string{noticed[0].Text}, []string{"ỦY BAN NHÂN DÂN XÃ AN PHÚ"}},
				{"", []string{noticed[6].Text}, []string{noticed[6].Text, "Người lập: A"}},
			},
		},
	} {
		got := Compare(noticed, c.theirs)
		if !slices.EqualFunc(got, c.want, func(a, b Change) bool {
			return a.Field == b.Field && slices.Equal(a.Was, b.Was) && slices.Equal(a.Now, b.Now)
		}) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

// Every document is the same as itself, also one full of hostile words, and so long that not all pairs are looked at.
func TestCompareWithItself(t *testing.T) {
	for _, d := range []Doc{report(t, 800), letter(), hostileDoc()} {
		if got := Compare(d.Passages(), texts(d.Passages())); len(got) > 0 {
			t.Errorf("%s: %q", d.Title(), got)
		}
	}
}

func TestCompareOfLongDocuments(t *testing.T) {
	var ours []Passage
	for i := range 3000 {
		ours = append(ours, Passage{"body", fmt.Sprintf("Đoạn thứ %d của báo cáo nói về việc thứ %d.", i, i*i)})
	}
	theirs := texts(ours)
	theirs[0], theirs[2999] = "Mở đầu khác.", "Kết thúc khác."
	theirs = slices.Insert(theirs, 1500, "Đoạn mới.")
	got := Compare(ours, theirs)
	if len(got) != 1 || !slices.Equal(got[0].Now, theirs) {
		t.Errorf("%d changes", len(got))
	}
	for i := range theirs { // nothing in common, nothing to hold on to
		theirs[i] = fmt.Sprintf("khác%d", i)
	}
	if got = Compare(ours, theirs); len(got) != 1 || !slices.Equal(got[0].Now, theirs) {
		t.Errorf("%d changes of another text", len(got))
	}
}

// Whatever was done to a file, all that it says comes through, once and in its order.
func FuzzCompare(f *testing.F) {
	f.Add("Số: 5\nXã trả lời như sau:\nĐược.", "Xã trả lời\n\nĐược.")
	f.Add("a\na\na b", "a b\na\na")
	f.Fuzz(func(t *testing.T, a, b string) {
		ours := []Passage{{"", "Mở đầu"}}
		for i, line := range strings.Split(a, "\n") {
			ours = append(ours, Passage{[]string{"", "one", "two"}[i%3], line})
		}
		c := compare(ours, strings.Split(b, "\n"))
		var through []string
		for _, now := range c.now {
			for _, line := range now {
				through = append(through, shown(line))
			}
		}
		if !slices.Equal(through, c.theirs) {
			t.Errorf("%q came through as %q", c.theirs, through)
		}
	})
}
