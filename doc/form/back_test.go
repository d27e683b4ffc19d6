package form

import (
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/doc"
	"doithoai/plan"
)

// edit is what a file says in which words of a paper were replaced, a paragraph a line.
func edit(t *testing.T, paper doc.Doc, was, now string) []string {
	t.Helper()
	var lines []string
	for _, p := range paper.Passages() {
		lines = append(lines, strings.Join(strings.Fields(p.Text), " "))
	}
	file := strings.Join(lines, "\n")
	if !strings.Contains(file, was) {
		t.Fatalf("no %q in\n%s", was, file)
	}
	return strings.Split(strings.Replace(file, was, now, 1), "\n")
}

func TestBodyReadsBack(t *testing.T) {
	d := doithoai.Dialogue{Title: "Đối thoại về đất đai"}
	const item = "- Mang theo giấy tờ.\n"
	const body = "Kính mời bà con đến dự.\n" + item + "Xin cảm ơn."
	notice := Concluded{Title: d.Title, Opening: "Ngày 25/10/2026.", Words: body}.Notice(head(""))
	empty := Concluded{Title: d.Title, Opening: "Ngày 25/10/2026.", Words: "…"}.Notice(head(""))
	without := func(was, now string) string { return strings.ReplaceAll(body, was, now) }
	for name, c := range map[string]struct {
		paper    doc.Doc
		body     string
		was, now string
		want     string
		left     []string
	}{
		"nothing":       {paper: Announcement(head(""), d, plan.Text{Body: body}), body: body, want: body},
		"an item":       {HouseRules(head(""), d, body), body, "giấy tờ", "căn cước", without("giấy tờ", "căn cước"), nil},
		"a line more":   {HostWords(head(""), d, body), body, "Xin", "Xin ghi.\nXin", without("Xin", "Xin ghi.\nXin"), nil},
		"a line less":   {notice, body, item, "", without(item, ""), nil},
		"all gone":      {notice, body, body + "\n", "", "", nil},
		"fixed words":   {notice, body, "2. Giao", "II. Giao", body, []string{""}},
		"its first one": {empty, "", "…", "Đã nghe.\nSẽ làm.", "Đã nghe.\nSẽ làm.", nil},
		"left empty":    {paper: empty},
	} {
		got, taken, left := BodyBack(c.body, c.paper.Passages(), edit(t, c.paper, c.was, c.now))
		if got != c.want || (len(taken) > 0) != (c.want != c.body) || !slices.Equal(fields(left), c.left) {
			t.Errorf("%s: %q, taken %v, left %v", name, got, taken, left)
		}
	}
}

func TestMinutesReadBack(t *testing.T) {
	m := doithoai.MinutesBody{Title: "Đối thoại", Paragraphs: []doithoai.MinutesParagraph{
		{Key: "dia-diem", Part: doithoai.MinutesLabel, Text: "Địa điểm: Hội trường xã."},
		{Key: "muc-1", Part: doithoai.MinutesHeading, Text: "I. THÀNH PHẦN"},
		{Key: "y-kien/1", Part: doithoai.MinutesText, Text: "Ông Thử nêu: mương tắc ở đầu thôn."},
		{Key: "viec/1", Part: doithoai.MinutesTask, Text: "- Việc 1: Địa chính nạo vét."},
		{Key: "ket-thuc", Part: doithoai.MinutesText, Text: "Biên bản lập xong lúc 11 giờ cùng ngày./."},
	}}
	paper := Minutes(head(""), m, vietnamese.T("minutes.text.read", "name", "Ông Mẫu", "when", "11 giờ", "to", "mọi người",
		"objections", "không ai có ý kiến khác."))
	says := func(key, text string) []doithoai.MinutesWording {
		return []doithoai.MinutesWording{{Key: key, Text: text}}
	}
	for name, c := range map[string]struct {
		was, now string
		want     []doithoai.MinutesWording
		left     []string
	}{
		"nothing":   {},
		"a label":   {"Hội trường xã", "Nhà văn hóa", says("dia-diem", "Địa điểm: Nhà văn hóa."), nil},
		"two lines": {"mương tắc", "mương\nbị tắc", says("y-kien/1", "Ông Thử nêu: mương\nbị tắc ở đầu thôn."), nil},
		"the end":   {"11 giờ", "12 giờ", says("ket-thuc", "Biên bản lập xong lúc 12 giờ cùng ngày./."), nil},
		"gone":      {"Ông Thử nêu: mương tắc ở đầu thôn.\n", "", nil, []string{"paragraph/y-kien/1"}},
		"fixed":     {"Địa chính nạo vét", "Văn phòng nạo vét", nil, []string{""}},
	} {
		got, left := MinutesBack(m, paper.Passages(), edit(t, paper, c.was, c.now))
		if !slices.Equal(got, c.want) || !slices.Equal(fields(left), c.left) {
			t.Errorf("%s: %q, left %v", name, got, left)
		}
	}
	file := edit(t, paper, "Hội trường xã", "Nhà văn hóa")
	got, left := MinutesBack(m, Minutes(head(""), m, "").Passages(), file) // they are to be read back anew
	if !slices.Equal(got, says("dia-diem", "Địa điểm: Nhà văn hóa.")) || len(left) > 0 {
		t.Errorf("of an earlier file: %q, left %v", got, left)
	}
}
