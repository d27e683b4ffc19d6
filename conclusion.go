package doithoai

// MaxConcluded is how many lines of who does what until when a conclusion has at most, beside what was decided on each
// opinion.
const MaxConcluded = 10

// Concluding are the reasons why a conclusion can't give this to do: p.Stands are the lines of the conclusion that is
// written anew.
//
// In this order: a line whose day has passed since it was written stays as the chair said it; there are not more lines
// than a conclusion has; of each, what is asked of what an answer promises ([Promising.Problems]).
func (p Promising) Concluding(lines []Promised) []Problem {
	ps := problems{of: "promise.problem."}
	for i, o := range p.Stands {
		if o.Due.Before(p.Today) && !oneOf(o.Promised, lines) {
			ps.add(PromiseField(FieldPromiseWhat, i+1), "stays", "what", o.What, "date", o.Due.Words())
		}
	}
	if len(lines) > MaxConcluded {
		ps.add(PromiseField(FieldPromiseWhat, MaxConcluded), "too_many", "max", MaxConcluded)
		return ps.list
	}
	ps.join(p.Problems(lines))
	return ps.list
}

// Conclude is what the line of a conclusion promises from its dialogue's end on, once the minutes are locked. Where its
// day has passed by then, it is late from the beginning.
func (d Dialogue) Conclude(id ID, l Promised) Promise {
	return Promise{
		ID: id, AuthorityID: d.AuthorityID, DialogueID: d.ID, Promised: l, State: PromiseOpen, MadeAt: d.ClosedAt,
		Version: 1,
	}
}
