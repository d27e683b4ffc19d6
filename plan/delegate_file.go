package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/text"
)

// DelegateColumns are the columns of a list of delegates as a file, one rule with the lists that offices keep.
var DelegateColumns = doithoai.ListRule{
	Name: "delegates", Act: doithoai.ActImportDelegates, Columns: []doithoai.ListColumn{
		{Name: "group", Max: 1000},
		{Name: "name", Max: doithoai.MaxLine},
		{Name: "title", Required: true, Max: doithoai.MaxLine},
		{Name: "body", Max: doithoai.MaxLine},
		{Name: "capacity", Max: 100},
		{Name: "phone", Kind: doithoai.ColumnPhone, Max: 30},
		{Name: "email", Max: 254},
		{Name: "note", Max: MaxReason},
	},
}

// Places of the columns.
const (
	columnGroup = iota
	columnName
	columnTitle
	columnBody
	columnCapacity
	columnPhone
	columnEmail
	columnNote
)

// Delegate is somebody on the list with how they are reached.
type Delegate struct {
	Invitation
	Contact Contact
}

// DelegateChange is somebody whom a file adds (Before is nil) or of whom it says something else.
type DelegateChange struct {
	Row    int
	After  Delegate
	Before *Delegate
}

// DelegatePlan is what taking a file over would do. With a fault, nothing of it is taken over.
type DelegatePlan struct {
	Added, Changed []DelegateChange
	Same, Left     int // as they stand; on the list and not in the file: they stay
	Faults         []doithoai.ListFault
}

// Empty reports whether taking the file over would change nothing.
func (p DelegatePlan) Empty() bool { return len(p.Added)+len(p.Changed) == 0 }

// Digest is the same for two plans that would do the same to the same rows, and for no others.
func (p DelegatePlan) Digest() string {
	sum := sha256.New()
	for _, c := range slices.Concat(p.Added, p.Changed) {
		version := 0
		if c.Before != nil {
			version = c.Before.Version
		}
		d := c.After
		fmt.Fprintf(sum, "%q %d %d %q %q %q %q %q %q\n", d.ID, version, d.Point, d.Name, d.Title, d.Body, d.Capacity,
			d.Contact, d.Note)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// DelegateWords are what the cells of a file are read by: the points of the plan, and the capacities by the keys of
// their names.
type DelegateWords struct {
	Points     []Point
	Capacities map[string]Capacity
}

// PlanFile decides what taking a file over would do to the list that there is, row by row:
//
//  1. each cell is read: the group by its number, its text or the beginning of it; the capacity by its name, a delegate
//     where none is said; telephone and e-mail in the form in which they are kept;
//  2. somebody whom an earlier row names already is a fault;
//  3. who stands on the list, by name and post, or, where nobody is named, by post and body, is changed in the columns
//     that the file has, or stays the same; others are added as drafts. Who is not in the file stays: a file never
//     removes.
//
// A file that is taken over twice doubles nobody.
func (w DelegateWords) PlanFile(there []Delegate, file doithoai.ListFile) (p DelegatePlan) {
	at, seen := map[string]int{}, map[string]int{}
	for n, d := range there {
		if d.State != InvitationWithdrawn {
			at[d.fileKey()] = n
		}
	}
	var further []DelegateChange
	spoken := map[int]bool{}
	for _, row := range file.Rows {
		d, faults := w.read(row, file.Has)
		key := d.fileKey()
		if first, twice := seen[key]; twice && len(faults) == 0 {
			faults = append(faults, fault(row, columnName, "delegate.problem.twice_in_file", "row", first))
		}
		seen[key] = row.Number
		n, known := at[key]
		if known && len(faults) == 0 {
			spoken[n] = true
			before := there[n]
			after := before.with(d, file.Has)
			if after == before {
				p.Same++
			} else {
				p.Changed = append(p.Changed, DelegateChange{row.Number, after, &before})
			}
			continue
		}
		p.Faults = append(p.Faults, faults...)
		if len(faults) == 0 {
			further = append(further, DelegateChange{row.Number, d, nil})
		}
	}
	for _, c := range further {
		n := c.After.openPlace(there, spoken)
		if n < 0 {
			p.Added = append(p.Added, c)
			continue
		}
		spoken[n] = true
		before := there[n]
		after := before.with(c.After, file.Has)
		after.Name, after.Title, after.Body = c.After.Name, c.After.Title, c.After.Body
		p.Changed = append(p.Changed, DelegateChange{c.Row, after, &before})
	}
	p.Left = len(there) - p.Same - len(p.Changed)
	if len(there)+len(p.Added) > MaxDelegates {
		p.Faults = append(p.Faults, doithoai.ListFault{Column: "name", Problem: doithoai.Problem{
			Key: "delegate.problem.too_many", Args: []any{"max", MaxDelegates},
		}})
	}
	return p
}

// openPlace is the first place on the list that somebody of a file may take: of their group where they name one, for
// their post or body, not spoken of by another row, for nobody yet, and not answered. -1 where there is none.
func (d Delegate) openPlace(there []Delegate, spoken map[int]bool) int {
	if d.Name == "" {
		return -1
	}
	for n, o := range there {
		seat := text.NameKey(o.Seat())
		open := o.Name == "" && seat != "" && !spoken[n] && (o.State == InvitationDraft || o.State == InvitationSent)
		group := d.Point == 0 || d.Point == o.Point
		seats := []string{text.NameKey(d.Seat()), text.NameKey(d.Title), text.NameKey(d.Body)}
		if open && group && slices.Contains(seats, seat) {
			return n
		}
	}
	return -1
}

// fileKey is by what a row of a file and one of the list are the same.
func (d Delegate) fileKey() string {
	if d.Name == "" {
		return "\n" + text.NameKey(d.Seat())
	}
	return text.NameKey(d.Name) + "\n" + text.NameKey(d.Title)
}

func fault(row doithoai.ListRow, column int, key string, args ...any) doithoai.ListFault {
	return doithoai.ListFault{
		Row: row.Number, Column: DelegateColumns.Columns[column].Name, Problem: doithoai.Problem{Key: key, Args: args},
	}
}

// read reads a row of the file.
func (w DelegateWords) read(row doithoai.ListRow, has []bool) (d Delegate, faults []doithoai.ListFault) {
	cell := func(n int) string {
		if !has[n] || n >= len(row.Cells) {
			return ""
		}
		return row.Cells[n]
	}
	bad := func(column int, key string, args ...any) { faults = append(faults, fault(row, column, key, args...)) }
	for n, c := range DelegateColumns.Columns {
		if len([]rune(cell(n))) > c.Max {
			bad(n, "error.problem.too_long", "max", c.Max)
		}
	}
	d.Name, d.Title, d.Body, d.Note = cell(columnName), cell(columnTitle), cell(columnBody), cell(columnNote)
	d.State, d.Capacity = InvitationDraft, CapacityDelegate
	if d.Name == "" && d.Seat() == "" {
		bad(columnTitle, "delegate.problem.nobody")
	}
	if g := cell(columnGroup); g != "" {
		p, ok := pointOf(w.Points, g)
		if !ok {
			bad(columnGroup, "delegate.problem.group", "group", g)
		}
		d.Point, d.PointText = p.Key, p.Text
	}
	if c := cell(columnCapacity); c != "" {
		var ok bool
		if d.Capacity, ok = w.Capacities[text.NameKey(c)]; !ok {
			bad(columnCapacity, "delegate.problem.capacity_word", "capacity", c)
		}
	}
	contact, problems := Contact{cell(columnPhone), cell(columnEmail)}.Normal()
	for _, p := range problems {
		column := columnPhone
		if p.Field == "thu" {
			column = columnEmail
		}
		bad(column, p.Key, p.Args...)
	}
	d.Contact = contact
	return d, faults
}

// pointOf finds the point that a cell names: by its number in the section, its text, or the beginning of it.
func pointOf(points []Point, cell string) (Point, bool) {
	mark, rest, _ := strings.Cut(cell, ".")
	if n, err := strconv.Atoi(strings.TrimSpace(mark)); err == nil && n >= 1 && n <= len(points) {
		p := points[n-1]
		if rest = strings.TrimSpace(rest); rest == "" || p.begins(rest) {
			return p, true
		}
	}
	for _, p := range points {
		if p.begins(cell) {
			return p, true
		}
	}
	return Point{}, false
}

// begins reports whether the point, or the head of its group, begins with what a cell says.
func (p Point) begins(cell string) bool {
	beginning := strings.TrimRight(text.NameKey(cell), " .;")
	return strings.HasPrefix(text.NameKey(p.Text), beginning) || strings.HasPrefix(text.NameKey(p.Guests()), beginning)
}

// with returns the delegate with what a row of a file says in the columns that the file has. Name and place are by what
// the row was found.
func (d Delegate) with(row Delegate, has []bool) Delegate {
	if has[columnGroup] && row.Point != 0 && row.Point != d.Point {
		d.Point, d.PointText = row.Point, row.PointText
	}
	if has[columnBody] {
		d.Body = row.Body
	}
	if has[columnCapacity] {
		d.Capacity = row.Capacity
	}
	if has[columnPhone] {
		d.Contact.Phone = row.Contact.Phone
	}
	if has[columnEmail] {
		d.Contact.Email = row.Contact.Email
	}
	if has[columnNote] {
		d.Note = row.Note
	}
	return d
}
