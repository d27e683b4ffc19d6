package main

import (
	"doithoai/cmd/doithoai/progress"
	"doithoai/store"
)

// stepWords are what a terminal shows of a step, and what the step counts; nothing for bytes.
var stepWords = map[store.Step]struct{ what, unit string }{
	store.StepMigrate:  {"Migrating the schema", "versions"},
	store.StepWrite:    {"Writing", "rows"},
	store.StepReadBack: {"Reading back", ""},
	store.StepLoad:     {"Restoring rows", ""},
	store.StepIndex:    {"Indexes and references", "of them"},
	store.StepSearch:   {"Making searchable", "answers"},
	store.StepLeaves:   {"Checking leaves", "leaves"},
	store.StepEvents:   {"Checking events", "events"},
	store.StepImport:   {"Importing", "entries"},
}

// watch shows on a terminal how far the steps of long work are, each on a line of its own.
type watch struct {
	c           console
	step        store.Step
	bar         *progress.Bar
	done, total int64
}

// tell is the [store.Progress] of commands.
func (w *watch) tell(step store.Step, done, total int64) {
	if step != w.step {
		w.end()
		words := stepWords[step]
		w.step, w.done, w.total = step, 0, total
		if words.unit == "" {
			w.bar = progress.Bytes(w.c.err, words.what, total)
		} else {
			w.bar = progress.New(w.c.err, words.what, words.unit, total)
		}
	}
	if total != w.total {
		w.total = total
		w.bar.Total(total)
	}
	w.bar.Add(done - w.done)
	w.done = done
}

// end ends the line of the last step.
func (w *watch) end() {
	if w.bar != nil {
		w.bar.Done()
		w.bar, w.step = nil, ""
	}
}
