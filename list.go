package doithoai

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai/calendar"
)

// ListName is one of the lists (danh mục) that an authority keeps and takes over from files.
type ListName string

// The lists, each under the name that commands and files use.
const (
	ListVillages      ListName = "villages"
	ListOfficers      ListName = "officers"
	ListOutsideBodies ListName = "outside_bodies"
	ListFields        ListName = "fields"
	ListProcedures    ListName = "procedures"
	ListSynonyms      ListName = "synonyms"
)

// Procedure is an administrative procedure (thủ tục hành chính) under its national code.
type Procedure struct {
	Code      string             `json:"code"` // "1.001193"
	Name      string             `json:"name"`
	FieldCode string             `json:"field"`
	Source    string             `json:"source"`
	Certainty calendar.Certainty `json:"certainty"`
}

// ParseProcedures reads procedures from a JSON list. It refuses codes that are malformed or come twice, and procedures
// without name, field or source.
func ParseProcedures(b []byte) ([]Procedure, error) {
	var all []Procedure
	if err := DecodeStrict(b, &all); err != nil {
		return nil, fmt.Errorf("procedures: %w", err)
	}
	codes := map[string]bool{}
	for _, p := range all {
		if !procedureForm.MatchString(p.Code) || codes[p.Code] || p.Name == "" || p.FieldCode == "" || p.Source == "" ||
			!p.Certainty.Known() {
			return nil, fmt.Errorf("procedure %q: incomplete, malformed or twice", p.Code)
		}
		codes[p.Code] = true
	}
	return all, nil
}

// Synonym is a word or phrase, and those that stand for it in a search: "CCCD; chứng minh thư".
type Synonym struct {
	Word string `json:"word"`
	Same string `json:"same"`
}

// ParseSynonyms reads the words that stand for each other from a JSON list. It refuses one without others, and a first
// word that comes twice.
func ParseSynonyms(b []byte) ([]Synonym, error) {
	var all []Synonym
	if err := DecodeStrict(b, &all); err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	words := map[string]bool{}
	for _, s := range all {
		if s.Word == "" || s.Same == "" || words[strings.ToLower(s.Word)] {
			return nil, fmt.Errorf("synonym %q: incomplete or twice", s.Word)
		}
		words[strings.ToLower(s.Word)] = true
	}
	return all, nil
}

// ColumnKind is what a column of a list holds, and so how a cell is read.
type ColumnKind uint8

const (
	ColumnText      ColumnKind = iota
	ColumnPhone                // what can be dialled: one telephone number or several, short ones too
	ColumnSlug                 // small letters, digits and hyphens
	ColumnProcedure            // the national code of a procedure
	ColumnField                // a field, by code or name; kept as its code
	ColumnUnit                 // a unit, by code or name; kept as its code
	ColumnVillage              // a village, by name
	ColumnYes                  // yes or nothing; kept as "yes" or ""
	ColumnLogin                // the name that an officer signs in with
	ColumnRoles                // roles by name, parted by semicolons; kept as their codes, parted by spaces
)

// ListColumn is a column of a list.
type ListColumn struct {
	Name     string
	Kind     ColumnKind
	Required bool
	Max      int // characters
}

// ListRule says what a list holds and who may take it over from a file. The first column tells entries apart.
type ListRule struct {
	Name    ListName
	Act     Act
	Columns []ListColumn
}

// ListRules are all lists, in the order in which they are filled: a later one refers to earlier ones.
var ListRules = []ListRule{
	{ListVillages, ActImportList, []ListColumn{
		{"name", ColumnText, true, 100},
	}},
	{ListOutsideBodies, ActImportList, []ListColumn{
		{"name", ColumnText, true, 200},
		{"handles", ColumnText, false, 1000},
		{"address", ColumnText, false, 300},
		{"phone", ColumnPhone, false, 30},
		{"hours", ColumnText, false, 200},
	}},
	{ListFields, ActImportList, []ListColumn{
		{"code", ColumnSlug, true, 40},
		{"name", ColumnText, true, 100},
		{"conduct", ColumnYes, false, 10},
	}},
	{ListProcedures, ActImportList, []ListColumn{
		{"code", ColumnProcedure, true, 8},
		{"name", ColumnText, true, 500},
		{"field", ColumnField, true, 100},
		{"unit", ColumnUnit, false, 200},
	}},
	{ListSynonyms, ActImportList, []ListColumn{
		{"word", ColumnText, true, 100},
		{"same", ColumnText, false, 1000}, // parted by semicolons; none takes the word out of the search's reckoning
	}},
	{ListOfficers, ActOpenAccount, []ListColumn{
		{"login", ColumnLogin, true, MaxLogin},
		{"name", ColumnText, true, 100},
		{"roles", ColumnRoles, true, 400},
		{"title", ColumnText, false, 200},
		{"unit", ColumnUnit, false, 200},
		{"village", ColumnVillage, false, 200},
	}},
}

// Places of the officers' columns that are judged together.
const officerRoles, officerUnit, officerVillage = 2, 4, 5

// ListRuleOf finds the rule of a list.
func ListRuleOf(name ListName) (ListRule, bool) {
	for _, r := range ListRules {
		if r.Name == name {
			return r, true
		}
	}
	return ListRule{}, false
}

// ListEntry is an entry of a list as it is kept: one value for each column of its rule.
type ListEntry []string

// ListRow is a row of a file under its number there, cleaned, one cell for each column of the rule.
type ListRow struct {
	Number int      `json:"n"`
	Cells  []string `json:"c"`
}

// ListFile is what a file holds of a list. Where it lacks a column (Has is false), entries keep what they have there.
type ListFile struct {
	Has  []bool    `json:"has"`
	Rows []ListRow `json:"rows"`
}

// ListWords are what cells are held against: the codes of fields, units and roles, and the names of villages, each
// under the keys of its code and name; what reads telephone numbers, returning the fault where they are none; and the
// keys of names: two names with one Name are the same, two with one Near probably. Nearly are the names that there are,
// by the kind of their column and their near keys, for who wrote one of them in another way.
type ListWords struct {
	Fields, Units, Villages, Roles map[string]string
	Nearly                         map[ColumnKind]map[string]string

	Phone      func(string) (kept string, fault *Problem)
	Name, Near func(string) string
}

// ListFault is why a row can't be taken over.
type ListFault struct {
	Row     int
	Column  string
	Problem Problem
}

// ListChange is an entry that a file adds, or changes from Before.
type ListChange struct {
	Row    int
	Entry  ListEntry
	Before ListEntry
}

// ListDoubt is a row that adds a name which is probably there already, written in another way.
type ListDoubt struct {
	Row         int
	Name, There string
}

// ListPlan is what taking a file over would do. With a fault, nothing of the file is taken over.
type ListPlan struct {
	Added, Changed []ListChange
	Same           int // as the list has them already
	Left           int // in the list and not in the file: they stay
	Faults         []ListFault
	Doubts         []ListDoubt // they stop nothing
}

// Empty reports whether taking the file over would change nothing.
func (p ListPlan) Empty() bool { return len(p.Added)+len(p.Changed) == 0 }

// Digest is the same for two plans that would do the same, and for no others.
func (p ListPlan) Digest() string {
	sum := sha256.New()
	for _, changes := range [][]ListChange{p.Added, p.Changed} {
		fmt.Fprintf(sum, "%d\n", len(changes))
		for _, c := range changes {
			fmt.Fprintf(sum, "%q %q\n", c.Entry, c.Before)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Plan decides what taking a file over would do to the entries that there are, row by row in the order of the file:
//
//  1. each cell is read by the kind of its column; required ones must be there, none may be too long;
//  2. an entry that an earlier row of the file has already is a fault;
//  3. an entry that the list has, by the first column, is changed or stays the same; another is added. What the file
//     does not hold stays: a file never removes.
//
// Names are the same whatever their capitals, dashes, spaces and places of tones (words.Name). An added one that
// differs from another only in marks or zeros ("Thon 3", "Thôn 03") is a doubt.
//
// Accounts of officers are only opened by a file, and their names mended: posts change hands by acts of their own, each
// with its paper. A role of a unit needs a unit, that of a village head a village.
//
// Of the fields, one and only one is about conduct afterwards, and no two have one name: opinions on how officials
// serve go another way (Luật Tiếp công dân 42/2013, Điều 28).
func (r ListRule) Plan(existing []ListEntry, file ListFile, words ListWords) ListPlan {
	var p ListPlan
	at := make(map[string]int, len(existing))
	for i, e := range existing {
		at[words.Name(e[0])] = i
	}
	seen := map[string]int{}
	after := slices.Clone(existing)
	for _, row := range file.Rows {
		entry, faults := r.read(row, words)
		if len(faults) > 0 {
			p.Faults = append(p.Faults, faults...)
			continue
		}
		key := words.Name(entry[0])
		if first, twice := seen[key]; twice {
			p.Faults = append(p.Faults,
				ListFault{row.Number, r.Columns[0].Name, Problem{Key: "list.problem.twice", Args: []any{"row", first}}})
			continue
		}
		seen[key] = row.Number
		i, there := at[key]
		if !there {
			p.Added = append(p.Added, ListChange{Row: row.Number, Entry: entry})
			after = append(after, entry)
			continue
		}
		for n := range entry {
			if n < len(file.Has) && !file.Has[n] {
				entry[n] = existing[i][n]
			}
		}
		if n := r.keptColumn(entry, existing[i]); n > 0 {
			p.Faults = append(p.Faults, ListFault{row.Number, r.Columns[n].Name, Problem{Key: "list.problem.post"}})
			continue
		}
		if slices.Equal(entry, existing[i]) {
			p.Same++
		} else {
			p.Changed = append(p.Changed, ListChange{row.Number, entry, existing[i]})
		}
		after[i] = entry
	}
	p.Left = len(existing) - p.Same - len(p.Changed)
	if r.Name == ListFields && len(p.Faults) == 0 {
		p.Faults = fieldFaults(after, words)
	}
	p.Doubts = r.doubts(existing, p.Added, words)
	return p
}

// doubts finds what is added under a name that an entry of the list, or one added before, probably has. Procedures are
// told apart by their codes: many have nearly one name. Words that stand for each other have none.
func (r ListRule) doubts(existing []ListEntry, added []ListChange, words ListWords) (doubts []ListDoubt) {
	n := slices.IndexFunc(r.Columns, func(c ListColumn) bool { return c.Name == "name" })
	if n < 0 || r.Name == ListProcedures {
		return nil
	}
	near := make(map[string]string, len(existing))
	for _, e := range existing {
		near[words.Near(e[n])] = e[n]
	}
	for _, c := range added {
		key := words.Near(c.Entry[n])
		if there, found := near[key]; found {
			doubts = append(doubts, ListDoubt{c.Row, c.Entry[n], there})
		}
		near[key] = c.Entry[n]
	}
	return doubts
}

// keptColumn is the first column of an officer's post that a file would change, 0 where there is none.
func (r ListRule) keptColumn(entry, existing ListEntry) int {
	if r.Name == ListOfficers {
		for n := 2; n < len(entry); n++ {
			if entry[n] != existing[n] {
				return n
			}
		}
	}
	return 0
}

var (
	slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// errorCell is what a spreadsheet program shows instead of a result; noName a truth, a date, a number too long for its
	// cell or nothing but signs, which no name is; garbled a name that lost its marks on the way, or has them as codes of
	// a page ("Th&ocirc;n"), of an address or of old mail ("Tho^n").
	errorCell = regexp.MustCompile(`^#[A-Z0/_]*[!?]?$|^#+$|^Err:\d+$`)
	noName    = regexp.MustCompile(`(?i)^(true|false|null|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T][\d:]+)?|` +
		`[\d.,]+e[+-]?\d+|[^\pL\d]+)$`)
	garbled = regexp.MustCompile(`\pL\?|\?\pL|&#?[A-Za-z0-9]+;|%[0-9A-Fa-f]{2}|[AEOaeo]\^|[OUou]\+`)

	procedureForm = regexp.MustCompile(`^\d\.\d{6}$`)
)

// read reads the cells of a row.
func (r ListRule) read(row ListRow, words ListWords) (entry ListEntry, faults []ListFault) {
	entry = make(ListEntry, len(r.Columns))
	for i, c := range r.Columns {
		cell := ""
		if i < len(row.Cells) {
			cell = row.Cells[i]
		}
		value, fault := c.read(cell, words)
		if fault != nil {
			faults = append(faults, ListFault{row.Number, c.Name, *fault})
		}
		entry[i] = value
	}
	if r.Name == ListOfficers && len(faults) == 0 {
		for role := range strings.FieldsSeq(entry[officerRoles]) {
			switch {
			case entry[officerUnit] == "" && Role(role).Includes(RoleUnitOfficer):
				return entry, []ListFault{{row.Number, "unit", Problem{Key: "list.problem.unit_needed"}}}
			case entry[officerVillage] == "" && Role(role) == RoleVillageHead:
				return entry, []ListFault{{row.Number, "village", Problem{Key: "list.problem.village_needed"}}}
			}
		}
	}
	return entry, faults
}

func (c ListColumn) read(cell string, words ListWords) (string, *Problem) {
	switch {
	case cell == "" && c.Required:
		return "", &Problem{Key: "list.problem.required"}
	case cell == "":
		return "", nil
	case c.Kind != ColumnText:
	case utf8.RuneCountInString(cell) > c.Max:
		return "", &Problem{Key: "list.problem.long", Args: []any{"max", c.Max}}
	case errorCell.MatchString(cell), c.Required && noName.MatchString(cell):
		return "", &Problem{Key: "list.problem.no_name", Args: []any{"value", cell}}
	case c.Required && garbled.MatchString(cell):
		return "", &Problem{Key: "list.problem.garbled", Args: []any{"value", cell}}
	}
	return cellReaders[c.Kind](cell, words)
}

// cellReaders read a cell that is not empty, by the kind of its column.
var cellReaders = map[ColumnKind]func(string, ListWords) (string, *Problem){
	ColumnText: func(cell string, _ ListWords) (string, *Problem) { return cell, nil },
	ColumnPhone: func(cell string, words ListWords) (string, *Problem) {
		return words.Phone(cell)
	},
	ColumnSlug: form(slugForm, "list.problem.slug"),
	ColumnLogin: func(cell string, _ ListWords) (string, *Problem) {
		if !ValidLogin(cell) {
			return "", &Problem{Key: "list.problem.login", Args: []any{"value", cell}}
		}
		return cell, nil
	},
	ColumnRoles:     readRoles,
	ColumnProcedure: form(procedureForm, "list.problem.procedure"),
	ColumnField: func(cell string, words ListWords) (string, *Problem) {
		return words.find(ColumnField, words.Fields, cell, "list.problem.field")
	},
	ColumnUnit: func(cell string, words ListWords) (string, *Problem) {
		return words.find(ColumnUnit, words.Units, cell, "list.problem.unit")
	},
	ColumnVillage: func(cell string, words ListWords) (string, *Problem) {
		return words.find(ColumnVillage, words.Villages, cell, "list.problem.village")
	},
	ColumnYes: func(cell string, words ListWords) (string, *Problem) {
		value, ok := yesWords[words.Near(cell)]
		if !ok {
			return "", &Problem{Key: "list.problem.yes"}
		}
		return value, nil
	},
}

// Yes is how a yes is kept in a column of yes or nothing.
const Yes = "yes"

var yesWords = map[string]string{
	"co": Yes, "x": Yes, "1": Yes, "yes": Yes, "true": Yes, "khong": "", "0": "", "no": "", "false": "",
}

// readRoles finds the roles that a cell names, in the order of [OfficerRoles].
func readRoles(cell string, words ListWords) (string, *Problem) {
	var named, codes []string
	for name := range strings.SplitSeq(cell, ";") {
		code, fault := words.find(ColumnRoles, words.Roles, strings.TrimSpace(name), "list.problem.role")
		if fault != nil {
			return "", fault
		}
		named = append(named, code)
	}
	for _, r := range OfficerRoles {
		if slices.Contains(named, string(r)) {
			codes = append(codes, string(r))
		}
	}
	return strings.Join(codes, " "), nil
}

func form(want *regexp.Regexp, fault string) func(string, ListWords) (string, *Problem) {
	return func(cell string, _ ListWords) (string, *Problem) {
		if !want.MatchString(cell) {
			return "", &Problem{Key: fault, Args: []any{"value", cell}}
		}
		return cell, nil
	}
}

// find returns the code of what a cell names. Where it is written nearly as one of them, the fault names that one.
func (w ListWords) find(kind ColumnKind, codes map[string]string, cell, fault string) (string, *Problem) {
	if code, ok := codes[w.Name(cell)]; ok {
		return code, nil
	}
	if near, ok := w.Nearly[kind][w.Near(cell)]; ok {
		return "", &Problem{Key: "list.problem.near", Args: []any{"value", cell, "near", near}}
	}
	return "", &Problem{Key: fault, Args: []any{"value", cell}}
}

// fieldFaults holds the whole list of fields, as it would be, to its rule.
func fieldFaults(after []ListEntry, words ListWords) (faults []ListFault) {
	conduct, names := 0, map[string]bool{}
	for _, e := range after {
		if e[2] == Yes {
			conduct++
		}
		if names[words.Name(e[1])] {
			faults = append(faults, ListFault{0, "name", Problem{Key: "list.problem.name_twice", Args: []any{"value", e[1]}}})
		}
		names[words.Name(e[1])] = true
	}
	if conduct != 1 {
		faults = append(faults, ListFault{0, "conduct", Problem{Key: "list.problem.conduct", Args: []any{"count", conduct}}})
	}
	return faults
}

// The act of taking a list over.
const (
	ActImportList Act = "import_list" // take villages, fields, procedures or outside bodies over from a file
)

var listActs = []actRow{
	{ActImportList, law{
		"villages, fields, procedures, outside bodies are taken over from a file, whole or not at all",
		"house rules; codes of procedures: the national catalogue (L)", ""},
		[]grant{{RoleOffice, always}, {RoleAdministrator, always}, {RoleSystem, always}}},
}
