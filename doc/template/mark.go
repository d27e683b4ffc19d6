package template

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/beevik/etree"

	"doithoai"
	"doithoai/text"
)

// mark is a field in the text of a paragraph.
type mark struct {
	from, to int  // in bytes
	sign     byte // '#' begins the rows of a list, '/' ends them; 0 of a field
	name     string
	capitals bool
}

var marked = regexp.MustCompile(`\{\{([^{}\n]{1,80})\}\}`)

// marksIn are the fields in a text.
func marksIn(s string) (list []mark) {
	for _, at := range marked.FindAllStringSubmatchIndex(s, -1) {
		m := mark{from: at[0], to: at[1]}
		raw := strings.TrimSpace(text.CleanLine(s[at[2]:at[3]]))
		if raw != "" && (raw[0] == '#' || raw[0] == '/') {
			m.sign, raw = raw[0], raw[1:]
		}
		if m.name = named(raw); m.name != "" {
			m.capitals = inCapitals(raw)
			list = append(list, m)
		}
	}
	return list
}

// named is the name of a field as somebody wrote it: "Trích yếu" is trich_yeu.
func named(raw string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(raw), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "_")
}

func inCapitals(raw string) bool {
	return strings.ToUpper(raw) == raw && strings.ToLower(raw) != raw
}

// Use is a field that a template has.
type Use struct {
	Name  string
	List  string // in whose rows it stands; "" in none's
	Begin bool   // it begins the rows of the list Name
	Alone bool   // no word stands beside it in its paragraph
}

// Uses are the fields of the template in their order, each once.
func (t *Template) Uses() []Use { return slices.Clone(t.used) }

// scan looks a template through, before anything is filled.
type scan struct {
	t       *Template
	list    string // whose rows are open
	rows    int    // tables around
	refused string
}

// changes are elements that show what was changed by whom, remarks among them.
var changes = []string{
	"ins", "del", "moveFrom", "moveTo", "commentReference", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
	"trPrChange", "tcPrChange", "cellIns", "cellDel", "numberingChange",
}

// objects are elements that show something of another program.
var objects = []string{"object", "altChunk", "control", "subDoc", "contentPart", "movie"}

// drawing are Word's fields that draw in what lies elsewhere.
var drawing = []string{
	"DDE", "DDEAUTO", "LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DATABASE", "RD", "AUTOTEXT",
}

func (s *scan) part(root *etree.Element, main bool) {
	body := map[bool]string{true: "document"}[main]
	if root.Space != "w" || body != "" && root.Tag != body {
		s.refused = "not_word"
		return
	}
	for _, code := range plainFields(root) {
		name, _, _ := strings.Cut(strings.TrimSpace(code), " ")
		if slices.Contains(drawing, strings.ToUpper(name)) {
			s.refused = "external"
		}
	}
	s.look(root)
	s.list = ""
	s.element(root)
}

// look looks for what a template must not have.
func (s *scan) look(e *etree.Element) {
	switch {
	case e.Space == "w" && slices.Contains(changes, e.Tag):
		s.refused = "marks"
	case e.Space == "w" && slices.Contains(objects, e.Tag), e.Tag == "OLEObject":
		s.refused = "embedded"
	}
	for _, child := range e.ChildElements() {
		s.look(child)
	}
}

func (s *scan) element(e *etree.Element) {
	for _, child := range e.ChildElements() {
		switch {
		case is(child, "tbl"):
			s.table(child)
		case is(child, "p"):
			s.element(child)
			s.paragraph(child)
		default:
			s.element(child)
		}
	}
}

func (s *scan) table(tbl *etree.Element) {
	outer := s.list
	s.rows++
	s.element(tbl)
	s.rows--
	if s.list != outer {
		s.problem("list_open", "name", s.list)
		s.list = outer
	}
}

func (s *scan) paragraph(p *etree.Element) {
	words, _ := textOf(p)
	marks := marksIn(words)
	rest := without(words, marks)
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		s.problem("braces", "text", excerpt(words))
	}
	for _, m := range marks {
		use := Use{Name: m.name, List: s.list, Alone: len(marks) == 1 && !hasWords(rest)}
		switch {
		case m.sign == '#' && s.rows == 0, m.sign == '/' && s.rows == 0:
			s.problem("list_outside", "name", m.name)
			continue
		case m.sign == '#' && s.list != "":
			s.problem("list_in_list", "name", m.name)
			continue
		case m.sign == '#':
			use.Begin = true
			s.list = m.name
		case m.sign == '/' && s.list != m.name:
			s.problem("list_closed", "name", m.name)
			continue
		case m.sign == '/':
			s.list = ""
			continue
		}
		if !slices.Contains(s.t.used, use) {
			s.t.used = append(s.t.used, use)
		}
	}
}

// mostProblems bounds what is told of one file.
const mostProblems = 20

func (s *scan) problem(why string, args ...any) {
	if len(s.t.wrong) < mostProblems {
		s.t.wrong = append(s.t.wrong, problem(why, args...))
	}
}

// without is a text without its fields.
func without(s string, marks []mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(s[at:m.from])
		at = m.to
	}
	return b.String() + s[at:]
}

// hasWords reports whether a text is more than marks and blanks.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r == '\n' || unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func excerpt(s string) string { return text.Brief(text.CleanLine(s), 60) }

// Check is what keeps the template from being filled with the fields that are known: unknown ones, braces that aren't
// closed, rows of a list that don't end, and that the text of the document stands nowhere in it.
func (t *Template) Check(known Fields) []doithoai.Problem {
	list := slices.Clone(t.wrong)
	said := map[string]bool{}
	add := func(why, name string) {
		if !said[why+name] && len(list) < mostProblems {
			list = append(list, problem(why, "name", "{{"+name+"}}"))
		}
		said[why+name] = true
	}
	content := false
	for _, u := range t.used {
		v, ok := known[u.Name]
		switch {
		case u.List != "" && !u.Begin && slices.Contains(known[u.List].Columns, u.Name):
		case !ok, v.List() != u.Begin:
			add("unknown", u.Name)
		case u.Name == Content && !u.Alone:
			add("alone", u.Name)
		case v.Part && !v.List():
			content = true
		}
	}
	if !content && len(list) == 0 {
		add("no_content", Content)
	}
	return list
}

// Unused are the names of known fields that say something and that the template doesn't have, save those that another
// shows too.
func (t *Template) Unused(known Fields) (names []string) {
	has := func(name string) bool {
		return slices.ContainsFunc(t.used, func(u Use) bool { return u.Name == name })
	}
	for _, name := range known.Names() {
		v := known[name]
		elsewhere := slices.ContainsFunc(v.Also, has) || v.Part && has(Content)
		if (v.Says() != "" || v.List()) && !has(name) && !elsewhere {
			names = append(names, name)
		}
	}
	return names
}
