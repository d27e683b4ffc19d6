// Package arch holds the architecture to be kept: who may import whom. It stands apart so that a change anywhere in the
// tree runs these tests alone again.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the import path of the root package and the prefix of all others.
const module = "doithoai"

// top is the root of the module, seen from here.
const top = "../.."

// row is what one package may import of ours. Imports of the standard library and of other modules are free, except
// where they are onlyStandard.
type row struct {
	of           []string // packages by their folder; "" is the root package
	may          []string
	inTests      []string // what its tests may import beyond that
	onlyStandard bool
	why          string
}

// rules is the architecture: who may import whom. A package that stands in no row fails the test: to add one is a
// decision, made here, with its reason.
//
// A concept lives outside the root if and only if the root never needs it: below it what needs no id and no actor
// (calendar), above it what the spine never asks for (plan).
//
// The strong wall is public | staff: a site never imports another site, so an office page can't be mounted on the
// public mux by accident. Nobody imports cmd/… but the binary its own parts; only cmd/doithoai sees everything and
// wires it.
var rules = []row{
	{of: []string{"calendar"}, onlyStandard: true,
		why: "days, terms and the lunar calendar need no id, actor or problem: it is of use to anybody"},
	{of: []string{""}, may: []string{"calendar"}, onlyStandard: true,
		why: "the root package is the domain: rules that any lawyer's example can test, no I/O"},
	{of: []string{"tlog"},
		why: "useful without us: a stranger verifies the record with tlog alone"},
	{of: []string{"text"}, may: []string{"calendar"},
		why: "words, normal forms and search tokens know days, and nothing of opinions"},
	{of: []string{"search"}, may: []string{"text"},
		why: "what people ask and what texts say, in memory: it knows neither tables nor whose texts they are"},
	{of: []string{"plan"}, may: []string{"", "calendar", "text"},
		why: "what the spine never asks for stands above it"},
	{of: []string{"report"}, may: []string{"", "calendar", "text"},
		why: "counts what the spine never asks for; whoever has the file counts again with it alone"},
	{of: []string{"plan/reading"}, may: []string{"", "calendar", "plan", "text"},
		why: "understands a plan that an office has as text or Word file; it loads and keeps nothing"},
	{of: []string{"news"}, may: []string{"", "calendar", "text"},
		why: "the words in which people are told: the outbox sends them, the office prints and reads them"},
	{of: []string{"doc"}, may: []string{"calendar", "text"}, inTests: []string{"doc/inspect", "table"},
		why: "what a document is and looks like: it knows nothing of plans, opinions or where they are kept"},
	{of: []string{"doc/template"}, may: []string{"", "doc", "file", "text"}, inTests: []string{"doc/inspect"},
		why: "fills an authority's own Word file with what any document says; which file holds, the store knows"},
	{of: []string{"doc/form"}, may: []string{"", "calendar", "doc", "plan", "report", "text"},
		inTests: []string{"doc/inspect", "doc/template", "plan/reading"},
		why:     "makes documents of what the domain says, one file a form, and loads nothing itself"},
	{of: []string{"doc/inspect"},
		why: "looks at finished files as a strict clerk does, whoever made them; imported by tests only"},
	{of: []string{"notify"}, may: []string{"", "calendar", "news", "text"},
		why: "sends what the domain says, and loads nothing itself"},
	{of: []string{"table"}, may: []string{"", "calendar", "text"},
		why: "reads the tables of offices and writes them; what they hold, the domain says, and the store takes over"},
	{of: []string{"file"}, may: []string{""},
		why: "recognises files of strangers, tames pictures, keeps both on a disk; whose they are, the store knows"},
	{of: []string{"store"},
		may: []string{"", "calendar", "file", "plan", "report", "tlog", "text", "search", "store/migrations"},
		why: "an act is one transaction over the domain, the record and the search tokens"},
	{of: []string{"store/migrations"}, may: []string{"", "calendar", "text"},
		why: "tables and defaults; it must not lean on code that later versions change"},
	{of: []string{"text/filetest"},
		why: "writes files for tests as other programs do; imported by tests only"},
	{of: []string{"store/pgtest"},
		why: "starts a server for tests of any package; imported by tests only"},
	{of: []string{"job"}, may: []string{"", "calendar", "news", "store", "notify", "doc", "doc/form"},
		why: "works the outbox and the daily jobs"},
	{of: []string{"web"}, may: []string{"", "calendar", "file", "text", "web/ui"},
		why: "what all sites share; sign-ins and live topics reach it as functions, not as the store"},
	{of: []string{"web/docfile"},
		may: []string{"", "calendar", "doc", "doc/form", "doc/template", "plan/reading", "text", "web", "web/ui"},
		why: "sends documents from all staff sites alike, and takes them back from Word; pages know neither how a file is " +
			"written or read nor how many at once"},
	{of: []string{"web/paper"}, may: []string{"doc", "plan", "web/ui"},
		why: "a plan looks alike to readers and to its office: sites never import each other, components know no plan"},
	{of: []string{"web/picture"},
		why: "draws words as a picture; what they say, the page knows"},
	{of: []string{"web/ui"}, may: []string{"", "calendar", "text"},
		why: "components know words and dates, not pages"},
	{of: []string{"portal", "api"},
		may: []string{
			"", "calendar", "plan", "report", "store", "doc", "doc/form", "search", "table", "text", "web", "web/ui",
			"web/paper", "web/picture", "tlog",
		},
		why: "public sites: they also show the record"},
	{of: []string{"screen"}, may: []string{"", "calendar", "store", "text", "web", "web/ui"}, inTests: []string{"plan"},
		why: "the public site of a dialogue while it is held: what was released, nothing else"},
	{of: []string{"web/stafftest"}, may: []string{"", "calendar", "file", "plan", "store", "web"},
		why: "runs staff sites in tests, over a database with people; imported by tests only"},
	{of: []string{"planning"},
		may: []string{
			"", "calendar", "plan", "plan/reading", "report", "store", "doc", "doc/form", "table", "text", "web",
			"web/docfile", "web/paper", "web/ui",
		},
		inTests: []string{"office", "settings"},
		why:     "a staff site; it imports plans that offices have as files, and names figures"},
	{of: []string{"documents"},
		may:     []string{"", "calendar", "store", "doc", "table", "text", "web", "web/docfile", "web/ui"},
		inTests: []string{"office", "plan", "planning"},
		why:     "a staff site; it knows of each paper its number and where its page is, not what it says"},
	{of: []string{"results"},
		may: []string{
			"", "calendar", "plan", "report", "store", "doc", "doc/form", "table", "text", "web", "web/docfile", "web/ui",
		},
		inTests: []string{"office", "planning", "documents"},
		why:     "a staff site: what came of dialogues, counted and reported"},
	{of: []string{"rollup"}, may: []string{"", "calendar", "report", "store", "table", "text", "web", "web/ui"},
		why: "a staff site of a superior: sums of its communes, and the files of those that run alone"},
	{of: []string{"office", "settings", "hall"},
		may: []string{
			"", "calendar", "news", "plan", "plan/reading", "store", "doc", "doc/form", "doc/template", "table", "text", "web",
			"web/docfile", "web/ui",
		},
		inTests: []string{"office", "settings", "planning"},
		why:     "staff sites; what is done on one is seen on another, and their tests look there"},
	{of: []string{"setup"}, may: []string{"", "calendar", "store", "table", "text", "web", "web/ui"},
		why: "the site of an installation that has no authority yet: neither public nor staff"},
	{of: []string{"e2e"}, may: []string{"", "calendar", "tlog", "text"},
		why: "stories look at the binary from outside"},
	{of: []string{"cmd/doithoai/progress"},
		why: "one look of progress on a terminal for all commands that take long"},
	{of: []string{"cmd/doithoai/bench"},
		may: []string{"", "calendar", "plan", "report", "store", "text", "tlog", "cmd/doithoai/progress"},
		why: "measures; what it measures, the binary hands over as functions, so that it is the whole program"},
	{of: []string{"cmd/doithoai"}, may: []string{
		"cmd/doithoai/progress", "cmd/doithoai/bench",
		"", "calendar", "file", "plan", "plan/reading", "report", "tlog", "text", "doc", "doc/form", "table", "notify",
		"store", "job", "web", "web/ui", "portal", "office", "planning", "documents", "results", "rollup",
		"settings", "hall", "screen", "api", "setup", "cmd/doithoai/demo"},
		why: "the binary wires all packages"},
	{of: []string{"internal/arch"},
		why: "reads the sources of all packages, and uses none"},
	{of: []string{"cmd/doithoai/demo"}, may: []string{"", "calendar", "file", "plan", "report", "store", "text"},
		why: "the demo's data come from acts of the store; it serves nothing itself"},
}

// testsMayAlso lists what tests import beyond the row of their package:
// store/pgtest wherever the store is at hand, text/filetest wherever files are read. The package itself is always
// allowed (external tests).
var testsMayAlso = []string{"store/pgtest", "text/filetest", "web/stafftest"}

// TestImports reads the imports of every Go file of the module, whatever
// system or build tag it is for, and holds them against rules.
func TestImports(t *testing.T) {
	table := map[string]row{}
	for _, r := range rules {
		for _, folder := range r.of {
			if _, twice := table[folder]; twice {
				t.Fatalf("package %s stands in two rows of rules", importPath(folder))
			}
			table[folder] = r
		}
	}
	files := goFiles(t)
	for _, folder := range slices.Sorted(maps.Keys(files)) {
		r, listed := table[folder]
		if !listed {
			t.Errorf("package %s is not in the table of imports_test.go: "+
				"add a row that says what it may import of ours, and why",
				importPath(folder))
			continue
		}
		for _, file := range files[folder] {
			for _, imp := range importsOf(t, file) {
				if breach := r.breach(folder, imp.path, strings.HasSuffix(file, "_test.go")); breach != "" {
					t.Errorf("%s: %s\n\trule: %s", imp.position, breach, r)
				}
			}
		}
	}
}

// breach says what is wrong with one import of a package, or "".
func (r row) breach(folder, imported string, inTest bool) string {
	target, ours := ownFolder(imported)
	switch {
	case !ours && r.onlyStandard && !isStandard(imported):
		return fmt.Sprintf("package %s imports %s, which is not of the standard library", importPath(folder), imported)
	case !ours, slices.Contains(r.may, target):
		return ""
	case inTest && (target == folder || slices.Contains(r.inTests, target)):
		return ""
	case inTest && slices.Contains(testsMayAlso, target) && r.usesStore(folder):
		return ""
	case strings.HasPrefix(target, "cmd/"):
		return fmt.Sprintf("package %s imports %s; nobody imports cmd", importPath(folder), imported)
	case slices.Contains(testsMayAlso, target):
		return fmt.Sprintf("package %s imports %s, which is for tests of packages that use the store",
			importPath(folder), imported)
	}
	return fmt.Sprintf("package %s may not import %s", importPath(folder), imported)
}

// usesStore reports whether the store is at hand in a package of this row.
func (r row) usesStore(folder string) bool {
	return slices.Contains(r.may, "store") || folder == "store" || strings.HasPrefix(folder, "store/")
}

func (r row) String() string {
	names := func(folders []string) string {
		var paths []string
		for _, folder := range folders {
			paths = append(paths, importPath(folder))
		}
		return strings.Join(paths, ", ")
	}
	may := "nothing of ours"
	if len(r.may) > 0 {
		may = names(r.may)
	}
	if r.onlyStandard {
		may = "the standard library only"
	}
	return fmt.Sprintf("%s → %s (%s)", names(r.of), may, r.why)
}

// TestRulesBreach shows that the table refuses what it is there to refuse.
func TestRulesBreach(t *testing.T) {
	find := func(folder string) row {
		i := slices.IndexFunc(rules, func(r row) bool { return slices.Contains(r.of, folder) })
		if i < 0 {
			t.Fatalf("no row for %q", folder)
		}
		return rules[i]
	}
	for _, c := range []struct {
		folder, imports string
		inTest          bool
		want            string // part of the complaint; "" where the import is right
	}{
		{"", "time", false, ""},
		{"", "golang.org/x/text/unicode/norm", false, "not of the standard library"},
		{"", "golang.org/x/text/unicode/norm", true, "not of the standard library"},
		{"", "doithoai", true, ""},
		{"", "doithoai/text", false, "may not import"},
		{"tlog", "golang.org/x/mod/sumdb/note", false, ""},
		{"tlog", "doithoai", false, "may not import"},
		{"store", "doithoai/tlog", false, ""},
		{"store", "doithoai/web", false, "may not import"},
		{"store", "doithoai/store/pgtest", false, "is for tests"},
		{"store", "doithoai/store/pgtest", true, ""},
		{"text", "doithoai/store/pgtest", true, "is for tests"},
		{"doc", "doithoai/text", false, ""},
		{"doc", "doithoai", false, "may not import"},
		{"doc", "doithoai/plan", true, "may not import"},
		{"doc", "doithoai/doc/inspect", false, "may not import"},
		{"doc/form", "doithoai/plan", false, ""},
		{"doc/form", "doithoai/store", false, "may not import"},
		{"web", "doithoai/store", false, "may not import"},
		{"portal", "doithoai/office", false, "may not import"},
		{"office", "doithoai/portal", true, "may not import"},
		{"office", "doithoai/tlog", false, "may not import"},
		{"hall", "doithoai/cmd/doithoai", false, "nobody imports cmd"},
		{"hall", "doithoai/cmd/doithoai/demo", true, "nobody imports cmd"},
		{"cmd/doithoai", "doithoai/cmd/doithoai/demo", false, ""},
		{"cmd/doithoai/demo", "doithoai/cmd/doithoai", false, "nobody imports cmd"},
		{"cmd/doithoai", "doithoai/hall", false, ""},
		{"cmd/doithoai", "doithoai/store/pgtest", true, ""},
		{"e2e", "doithoai/store", false, "may not import"},
	} {
		got := find(c.folder).breach(c.folder, c.imports, c.inTest)
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s (test %v): %q, want %q", importPath(c.folder), c.imports, c.inTest, got, c.want)
		}
	}
}

// TestDomainTakesTimeAsAnArgument keeps clock, chance, files and network out
// of the rules: they come in as arguments, so that every rule is a table test.
func TestDomainTakesTimeAsAnArgument(t *testing.T) {
	forbidden := map[string][]string{ // import path → names; none: the whole package
		"time":         {"Now", "Since", "Until", "Sleep", "After", "NewTimer", "NewTicker", "Tick", "AfterFunc"},
		"crypto/rand":  {"Reader", "Read", "Int", "Prime", "Text"},
		"math/rand":    nil,
		"math/rand/v2": nil,
		"os":           nil,
		"os/exec":      nil,
		"net":          nil,
		"net/http":     nil,
		"database/sql": nil,
		"log":          nil,
		"log/slog":     nil,
		"syscall":      nil,
	}
	all := goFiles(t)
	for _, file := range append(all[""], all["calendar"]...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		local := map[string][]string{} // package name in this file → forbidden names
		for _, spec := range parsed.Imports {
			imported := unquote(t, spec.Path.Value)
			names, listed := forbidden[imported]
			switch {
			case listed && names == nil:
				t.Errorf("%s: the domain imports %s", set.Position(spec.Pos()), imported)
			case listed && spec.Name != nil:
				local[spec.Name.Name] = names
			case listed:
				local[path.Base(imported)] = names
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if name, ok := selector.X.(*ast.Ident); ok && slices.Contains(local[name.Name], selector.Sel.Name) {
				t.Errorf("%s: the domain uses %s.%s; take it as an argument",
					set.Position(n.Pos()), name.Name, selector.Sel.Name)
			}
			return true
		})
	}
}

// goFiles lists the Go files of the module by package folder, relative to the
// root.
func goFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	for _, name := range sources(t, ".go") {
		folder := path.Dir(name)
		if folder == "." {
			folder = ""
		}
		files[folder] = append(files[folder], filepath.Join(top, name))
	}
	if len(files[""]) == 0 {
		t.Fatal("no Go files found in the root folder")
	}
	return files
}

// sources lists the files of the module that end in one of the suffixes, by
// their paths from the root. It reads the folders itself: `go list` would see
// one system's files only, and the test cache wouldn't notice what it read.
func sources(t *testing.T, suffixes ...string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(name)
		}
		if !slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(name, suffix) }) {
			return nil
		}
		below, err := filepath.Rel(top, name)
		files = append(files, filepath.ToSlash(below))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipFolder leaves out what the go command leaves out, nested modules, and
// node_modules.
func skipFolder(name string) error {
	base := filepath.Base(name)
	if name == top {
		return nil
	}
	if base == "testdata" || base == "node_modules" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

type imported struct {
	path     string
	position token.Position
}

func importsOf(t *testing.T, file string) (all []imported) {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		all = append(all, imported{unquote(t, spec.Path.Value), set.Position(spec.Pos())})
	}
	return all
}

func unquote(t *testing.T, literal string) string {
	t.Helper()
	value, err := strconv.Unquote(literal)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// ownFolder returns the folder of one of our packages.
func ownFolder(importPath string) (folder string, ours bool) {
	if importPath == module {
		return "", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

func importPath(folder string) string { return path.Join(module, folder) }

// isStandard reports whether a package is of the standard library: the first
// element of every other module's path has a dot. "C" is cgo, not Go.
func isStandard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".") && importPath != "C"
}
