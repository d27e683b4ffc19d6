package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
	"doithoai/doc"
)

// TestReplyReadsBack edits the letter as people do in Word, and looks at what becomes of the reply.
func TestReplyReadsBack(t *testing.T) {
	whole := Reply{
		Name: "……", Raised: calendar.DateOf(2026, time.October, 25), Where: "hội nghị đối thoại", Code: "ND-26-0417",
		Question: "Trích lục khai sinh hẹn 3 ngày nhưng 9 ngày mới có, vì sao?",
		Answer:   "Trích lục của ông trả chậm 6 ngày làm việc.\nBản trích lục đã có tại Bộ phận Một cửa.",
		Bases:    "khoản 1 Điều 64 Luật Hộ tịch năm 2014",
		Tasks:    []ReplyTask{{"Tư pháp", "ghi giờ chuyển của từng hồ sơ", calendar.DateOf(2026, time.November, 10)}},
	}
	empty := Reply{Name: "……", Raised: whole.Raised, Code: whole.Code, Question: whole.Question}
	const bases, task = "Căn cứ: khoản 1 Điều 64 Luật Hộ tịch năm 2014.",
		"- Tư pháp: ghi giờ chuyển của từng hồ sơ, hoàn thành chậm nhất ngày 10/11/2026."
	for name, c := range map[string]struct {
		was          Reply
		old, new     string // of the letter's paragraphs, one a line
		answer       string
		bases        string
		tasks        []ReplyTask
		taken, other []string // fields
	}{
		"nothing": {was: whole, answer: whole.Answer, bases: whole.Bases, tasks: whole.Tasks},
		"the answer": {was: whole, old: "6 ngày làm việc.", new: "7 ngày làm việc.\nXã xin lỗi ông.",
			answer: "Trích lục của ông trả chậm 7 ngày làm việc.\nXã xin lỗi ông.\nBản trích lục đã có tại Bộ phận Một cửa.",
			bases:  whole.Bases, tasks: whole.Tasks, taken: []string{FieldAnswer}},
		"bases in other words": {was: whole, old: bases, new: "Căn cứ:  Điều 12 Nghị định 123/2015/NĐ-CP ;",
			answer: whole.Answer, bases: "Điều 12 Nghị định 123/2015/NĐ-CP", tasks: whole.Tasks, taken: []string{FieldBases}},
		"no bases": {was: whole, old: bases, answer: whole.Answer, tasks: whole.Tasks, taken: []string{FieldBases}},
		"another day, another task": {was: whole, old: task,
			new: "- Tư pháp: ghi giờ chuyển của từng hồ sơ, hoàn thành chậm nhất ngày 1/12/2026;\n" +
				"- Văn phòng: kiểm tra sổ, hoàn thành chậm nhất ngày sớm.\n- Dán lịch trực ở cửa.",
			answer: whole.Answer, bases: whole.Bases, taken: []string{FieldTasks},
			tasks: []ReplyTask{
				{"Tư pháp", "ghi giờ chuyển của từng hồ sơ", calendar.DateOf(2026, time.December, 1)},
				{Unit: "Văn phòng", What: "kiểm tra sổ"}, {What: "Dán lịch trực ở cửa"},
			}},
		"no tasks": {was: whole, old: "Các việc sẽ thực hiện:\n" + task, answer: whole.Answer, bases: whole.Bases,
			taken: []string{FieldTasks}},
		"number and question": {was: whole, old: "Số: /UBND-VP", new: "Số: 12/UBND-VP", answer: whole.Answer,
			bases: whole.Bases, tasks: whole.Tasks, other: []string{doc.FieldNumber}},
		"an empty letter written": {was: empty, old: "…\nNếu", new: "Xã đã làm.\n" + bases + "\nCác việc sẽ thực hiện:\n" +
			strings.TrimPrefix(task, "- ") + "\nNếu",
			answer: "Xã đã làm.", bases: whole.Bases, tasks: whole.Tasks,
			taken: []string{FieldAnswer, FieldBases, FieldTasks}},
		"an empty letter left": {was: empty},
	} {
		letter := c.was.Letter(head(""))
		letter.Symbol = "UBND-VP"
		var paragraphs []string
		for _, p := range letter.Passages() {
			paragraphs = append(paragraphs, strings.Join(strings.Fields(p.Text), " "))
		}
		file := strings.Join(paragraphs, "\n")
		if !strings.Contains(file, c.old) {
			t.Fatalf("%s: no %q in\n%s", name, c.old, file)
		}
		if c.old != "" {
			file = strings.Replace(file, c.old, c.new, 1)
		}
		got, taken, left := c.was.ReadBack(letter.Passages(), strings.Split(file, "\n"))
		if got.Answer != c.answer || got.Bases != c.bases || !slices.Equal(got.Tasks, c.tasks) {
			t.Errorf("%s: %q, %q, %v", name, got.Answer, got.Bases, got.Tasks)
		}
		if !slices.Equal(fields(taken), c.taken) || !slices.Equal(fields(left), c.other) {
			t.Errorf("%s: taken %v, left %v", name, taken, left)
		}
	}
}

func fields(changes []doc.Change) (list []string) {
	for _, c := range changes {
		list = append(list, c.Field)
	}
	return list
}
