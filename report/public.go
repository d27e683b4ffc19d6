package report

import "doithoai"

// Public is the book as everybody may read it, with the same figures. A complaint is counted with the denunciations,
// and only counted: nobody can tell by the sum which of the two a single one is. A matter whose summary is not public
// stands with its number, its field, its ruling and how far it is, and says nothing of what it is about or of who
// raised it.
func (b Book) Public() Book {
	p := Book{Denounced: map[doithoai.TallyRow]int{}, Unkeyed: b.Unkeyed}
	for row, n := range b.Denounced {
		p.Denounced[row] = n
	}
	for _, m := range b.Matters {
		if m.Outcome == doithoai.Outcome(doithoai.RulingComplaint) {
			p.Denounced[m.Source]++
			continue
		}
		p.Matters = append(p.Matters, m.public())
	}
	return p
}

// public is the matter as everybody may read it.
func (m Matter) public() Matter {
	open := Matter{
		Number: m.Number, Source: m.Source, Field: m.Field, Outcome: m.Outcome, Time: m.Time, Due: m.Due, Ends: m.Ends,
		Extended: m.Extended, Answered: m.Answered, Again: m.Again, Solved: m.Solved, Public: m.Public,
	}
	if m.Public {
		open.Words, open.Village, open.Answer = m.Words, m.Village, m.Answer
	}
	return open
}

// Untold is how many complaints and denunciations a public book counts: they have no rows.
func (b Book) Untold() int { return b.denounced() }

// Ended is how many matters with an outcome have nothing to be answered, and were not answered either.
func (b Book) Ended(o doithoai.Outcome) (n int) {
	for _, m := range b.Matters {
		if m.Outcome == o && m.Time == NoTerm {
			n++
		}
	}
	return n
}

// Where are the matters that all of some figures count, in their order; ok is false where there is no such figure.
func (b Book) Where(keys ...string) (rows []Matter, ok bool) {
	rows = b.Matters
	for _, key := range keys {
		f, ok := b.figure(key)
		if !ok {
			return nil, false
		}
		var kept []Matter
		for _, m := range rows {
			if f.of(m) {
				kept = append(kept, m)
			}
		}
		rows = kept
	}
	return rows, true
}
