package form

import (
	"regexp"
	"slices"
	"strings"

	"doithoai/calendar"
	"doithoai/doc"
	"doithoai/text"
)

// ReadBack takes from a Word file that began as a letter with these passages what its writer decides: the answer, its
// bases and what is going to be done. Each is in taken where the file says something else. Left is what else was
// changed: the letter has it from elsewhere, or it stands fixed. theirs are the paragraphs of the file.
func (r Reply) ReadBack(letter []doc.Passage, theirs []string) (edited Reply, taken, left []doc.Change) {
	edited = r
	for _, c := range doc.Compare(letter, theirs) {
		switch c.Field {
		case FieldAnswer:
			edited.Answer = strings.Join(edited.takeOut(c.Now, letter), "\n")
		case FieldBases:
			edited.Bases = basesIn(strings.Join(c.Now, " "))
		case FieldTasks:
			edited.Tasks = nil
			for _, line := range c.Now {
				edited.addTask(line)
			}
		default:
			left = append(left, c)
		}
	}
	add := func(field string, was, now []string) {
		if !slices.Equal(was, now) {
			taken = append(taken, doc.Change{Field: field, Was: was, Now: now})
		}
	}
	add(FieldAnswer, text.NonEmpty(strings.Split(r.Answer, "\n")...), text.NonEmpty(strings.Split(edited.Answer, "\n")...))
	add(FieldBases, text.NonEmpty(r.Bases), text.NonEmpty(edited.Bases))
	add(FieldTasks, plainTasks(r.Tasks), plainTasks(edited.Tasks))
	return edited, taken, left
}

// takeOut takes from the lines of an answer those which say what the letter did not have yet: bases, tasks.
func (r *Reply) takeOut(lines []string, letter []doc.Passage) (rest []string) {
	shows := func(field string) bool {
		return slices.ContainsFunc(letter, func(p doc.Passage) bool { return p.Field == field })
	}
	bases, tasks := shows(FieldBases), shows(FieldTasks)
	for _, line := range lines {
		switch {
		case line == open:
		case !bases && isBases.MatchString(line):
			r.Bases = strings.Join(text.NonEmpty(r.Bases, basesIn(line)), "; ")
		case !tasks && (isTask.MatchString(line) || isTasksHead.MatchString(line)):
			r.addTask(line)
		default:
			rest = append(rest, line)
		}
	}
	return rest
}

// addTask adds the task that a line names. One in other words than the letter's is kept whole as what is to be done,
// for its writer to say who does it until when.
func (r *Reply) addTask(line string) {
	if isTasksHead.MatchString(line) {
		return
	}
	found := isTask.FindStringSubmatch(line)
	if found == nil {
		if what := written(strings.TrimLeft(line, "-– ")); what != "" {
			r.Tasks = append(r.Tasks, ReplyTask{What: strings.TrimRight(what, ";.")})
		}
		return
	}
	due, _ := calendar.ParseDateVN(found[3]) // a day that is none is asked for in the form
	r.Tasks = append(r.Tasks, ReplyTask{Unit: written(found[1]), What: written(found[2]), Due: due})
}

// What the paragraphs of a letter are read with. They begin with a dash where Word made items of them.
var (
	isBases     = pattern("document.reply.bases", "text")
	isTask      = pattern("document.reply.task", "unit", "what", "due")
	isTasksHead = pattern("document.reply.tasks")
)

// pattern matches a message, with what stands for its names, whatever marks stand at its ends.
func pattern(key string, names ...string) *regexp.Regexp {
	var args []any
	for _, n := range names {
		args = append(args, n, "#"+n)
	}
	expression := regexp.QuoteMeta(strings.TrimRight(vietnamese.T(key, args...), ":;."))
	for _, n := range names {
		expression = strings.ReplaceAll(expression, "#"+n, `(.+?)`)
	}
	return regexp.MustCompile(`(?i)^(?:[-–]\s*)?` + expression + `[\s:;.]*$`)
}

// written is what somebody wrote, "" where it is still to be.
func written(s string) string {
	if s = strings.TrimSpace(s); s == open {
		return ""
	}
	return s
}

// basesIn are the bases that a line names; the line as it stands where it says them in other words.
func basesIn(line string) string {
	if found := isBases.FindStringSubmatch(line); found != nil {
		line = found[1]
	}
	return written(strings.TrimRight(line, ". "))
}

func plainTasks(tasks []ReplyTask) (list []string) {
	for _, b := range (Reply{Tasks: tasks}).tasks() {
		for _, run := range b.(doc.Paragraph).Runs {
			list = append(list, run.Text)
		}
	}
	if len(list) > 0 {
		list = list[1:] // the heading
	}
	return list
}
