package text

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
)

var (
	keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)+$`)
	// siteKey finds keys that reach T through a variable: a literal of three parts or more that begins as keys of a
	// site do.
	siteKey = regexp.MustCompile(`^(web|portal|desk|register|opinion|slips|settings|hall|setup)(\.[a-z0-9_]+){2,}$`)
	// calls finds T with a literal key: p.T("key"…
	calls = regexp.MustCompile("\\.T(\\(\\s*[\"`])")
	// prefixForm finds what begins the keys that code builds from a value of the domain, like "ruling." + code.
	prefixForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.$`)
	quoted     = regexp.MustCompile("\"([a-z0-9_.]+)\"|`([a-z0-9_.]+)`")
	mistake    = regexp.MustCompile(`  |^\s|\s$|\s[,;:!?](\s|$)|\.\.\.|\t|\(\s|\s\)`)
)

// An entry is a message as the file has it: its forms ("other", perhaps "one").
type entry struct {
	file  string
	forms map[string]string
}

// readCatalogues returns the entries by language and key, and reports what no file may hold.
func readCatalogues(t *testing.T) map[string]map[string]entry {
	t.Helper()
	files, err := filepath.Glob("catalogue/*.toml")
	if err != nil || len(files) < 10 {
		t.Fatalf("catalogue/*.toml: %d files, %v", len(files), err)
	}
	all := map[string]map[string]entry{"vi": {}, "en": {}}
	for _, file := range files {
		name := strings.Split(filepath.Base(file), ".")
		if len(name) != 3 || all[name[1]] == nil {
			t.Fatalf("%s: a catalogue is called area.vi.toml or area.en.toml", file)
		}
		var raw map[string]any
		if _, err := toml.DecodeFile(file, &raw); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for key, value := range raw {
			e := entry{file, map[string]string{}}
			switch value := value.(type) {
			case string:
				e.forms["other"] = value
			case map[string]any:
				for form, text := range value {
					e.forms[form], _ = text.(string)
				}
			}
			if !strings.HasPrefix(key, name[0]+".") {
				t.Errorf("%s: %s does not begin with the name of its file", file, key)
			}
			if first, twice := all[name[1]][key]; twice {
				t.Errorf("%s: %s is already in %s", file, key, first.file)
			}
			all[name[1]][key] = e
		}
	}
	return all
}

func TestCatalogueEntries(t *testing.T) {
	for lang, entries := range readCatalogues(t) {
		for key, e := range entries {
			for _, fault := range entryFaults(lang, key, e) {
				t.Errorf("%s: %s: %s", e.file, key, fault)
			}
		}
	}
}

// entryFaults says what is wrong with an entry by itself.
func entryFaults(lang, key string, e entry) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if !keyForm.MatchString(key) {
		fault("a key is dotted snake_case between quotes: \"portal.slip.content\" = …")
	}
	for form, text := range e.forms {
		_, err := parsePhrase(text)
		switch {
		case form != "other" && (form != "one" || lang != "en"):
			fault("%q is no form of a message (in English \"one\" and \"other\"); is the key between quotes?", form)
		case text == "":
			fault("the text is empty")
		case err != nil:
			fault("%v", err)
		case !norm.NFC.IsNormalString(text) || Clean(text) != text:
			fault("%q is not clean text in NFC", text)
		case mistake.MatchString(text):
			fault("%q has a typing mistake: %q", text, mistake.FindString(text))
		case form == "one" && !slices.Contains(e.fields(), "count"):
			fault("the plural needs the field {{.count}}")
		case form == "one" && e.forms["other"] == "":
			fault("the form \"other\" is missing")
		}
	}
	return faults
}

// fields returns the names of all fields of e, sorted.
func (e entry) fields() []string {
	var all []string
	for _, text := range e.forms {
		for _, field := range fieldForm.FindAllStringSubmatch(text, -1) {
			all = append(all, field[1])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestCataloguesSayTheSameInBothLanguages(t *testing.T) {
	all := readCatalogues(t)
	for _, side := range [][2]string{{"vi", "en"}, {"en", "vi"}} {
		for key, here := range all[side[0]] {
			there, ok := all[side[1]][key]
			switch wanted := strings.Replace(here.file, "."+side[0]+".", "."+side[1]+".", 1); {
			case !ok:
				t.Errorf("%s: %s is missing", wanted, key)
			case there.file != wanted:
				t.Errorf("%s: %s belongs in %s", there.file, key, wanted)
			case !slices.Equal(here.fields(), there.fields()):
				t.Errorf("%s: %s has the fields %q, in %s %q", here.file, key, here.fields(), side[1], there.fields())
			}
		}
	}
}

// unfit are words that no commune office writes, in small letters: what it would write instead is in the catalogues.
// alone are those that say too little as the whole of an entry.
var (
	unfit = []string{
		"xếp loại", "ghi phiếu giúp", "chuyển quy trình", "điều luật", "nguồn thứ cấp", "chưa kiểm chứng", "tham số",
		"mặc định, chưa", "thay giá trị", "giá trị theo thời gian", "có mục cần sửa", "đơn vị xử lý, người nhận",
		"cho người nêu ở", "hạn mới: nhờ", "đã ghi là đã báo", "nội dung đã nói", "người nêu đồng ý chưa",
		". nhận trả lời:", "bàn thư ký", "ghi ủy quyền", "thôi hoạt động", "thôi dùng", "ngừng dùng", "trợ năng",
		"kể cả nhận", "do ubnd xã đặt ra", "không có quyền thực hiện", "chỉ số 0", "viết đủ",
	}
	alone = []string{"Đang giữ", "Đã xong", "Đổi", "Mở", "Không hỏi", "Chờ báo", "Số ý kiến"}
	// unnumbered finds a paper cited by its number without the word for it.
	unnumbered = regexp.MustCompile(`(?i)(luật|nghị quyết|nghị định|thông tư|quyết định) \d+/`)
)

func TestCataloguesAreWrittenAsAnOfficeWrites(t *testing.T) {
	for key, e := range readCatalogues(t)["vi"] {
		said := e.forms["other"]
		for _, words := range unfit {
			if strings.Contains(strings.ToLower(said), words) {
				t.Errorf("%s: %s says %q", e.file, key, words)
			}
		}
		if slices.Contains(alone, said) || unnumbered.MatchString(said) {
			t.Errorf("%s: %s says %q", e.file, key, said)
		}
	}
}

// What the Printer loaded is what the files hold.
func TestPrinterHoldsEveryEntry(t *testing.T) {
	for lang, entries := range readCatalogues(t) {
		messages := For(lang).catalogue().messages
		if len(messages) != len(entries) {
			t.Errorf("%s: the Printer holds %d messages, the files %d", lang, len(messages), len(entries))
		}
		for key := range entries {
			if _, ok := messages[key]; !ok {
				t.Errorf("%s: the Printer does not know %s", lang, key)
			}
		}
	}
}

func TestMessagesOfTheRepository(t *testing.T) {
	used := make(map[string]bool)
	entries := readCatalogues(t)["vi"]
	all := sources(t, "..")
	prefixes := prefixesIn(all)
	for path, source := range all {
		faults := sourceFaults(source, entries, prefixes, used)
		for _, fault := range faults {
			t.Errorf("%s: %s", path, fault)
		}
	}
	for key, e := range entries {
		if !used[key] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("%s: %s is used nowhere", e.file, key)
		}
	}
}

// sources returns the .go and .templ files under root that people write and ship, without their comments.
func sources(t *testing.T, root string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			foreign := name == "node_modules" || name == "testdata" || name == "dist"
			if path != root && (name[0] == '.' || name[0] == '_' || foreign) {
				return fs.SkipDir
			}
			return nil
		}
		isGo := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") &&
			!strings.HasSuffix(name, "_templ.go")
		if !isGo && !strings.HasSuffix(name, ".templ") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files[path] = withoutComments(string(source), isGo)
		return nil
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("sources under %s: %d, %v", root, len(files), err)
	}
	return files
}

var lineComment = regexp.MustCompile(`(?m)^\s*//.*$`)

// withoutComments blanks comments. Templ files are not Go as a whole: there only lines that are comments go.
func withoutComments(source string, isGo bool) string {
	if !isGo {
		return lineComment.ReplaceAllString(source, "")
	}
	blank := []byte(source)
	var s scanner.Scanner
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	for pos, tok, lit := s.Scan(); tok != token.EOF; pos, tok, lit = s.Scan() {
		if tok == token.COMMENT {
			at := file.Offset(pos)
			for i := at; i < min(at+len(lit), len(blank)); i++ {
				blank[i] = ' '
			}
		}
	}
	return string(blank)
}

// prefixesIn are the beginnings of keys in all sources: literals that end in a dot. Keys under one count as used.
func prefixesIn(sources map[string]string) []string {
	found := map[string]bool{}
	for _, source := range sources {
		for _, match := range quoted.FindAllStringSubmatch(source, -1) {
			if literal := match[1] + match[2]; prefixForm.MatchString(literal) {
				found[literal] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// sourceFaults checks the keys in one source against the entries and marks in used what it names.
func sourceFaults(source string, entries map[string]entry, prefixes []string, used map[string]bool) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, match := range quoted.FindAllStringSubmatch(source, -1) {
		literal := match[1] + match[2]
		used[literal] = true
		if _, ok := entries[literal]; !ok && siteKey.MatchString(literal) && !hasPrefixOf(prefixes, literal) {
			fault("no catalogue has %q", literal)
		}
	}
	for _, at := range calls.FindAllStringSubmatchIndex(source, -1) {
		args, err := arguments(source[at[2]:])
		if err != nil {
			fault("%.60s: %v", source[at[0]:], err)
			continue
		}
		if built, prefix := builtKey(args[0]); built {
			if !slices.Contains(prefixes, prefix) || !begins(entries, prefix) {
				fault("T is called with a key built on %q, with which no catalogue has a key", prefix)
			}
			continue
		}
		key, ok := stringValue(args[0])
		if !ok {
			continue
		}
		e, ok := entries[key]
		if !ok {
			fault("no catalogue has %q", key)
			continue
		}
		if given, literal := argumentNames(args[1:]); literal && !slices.Equal(given, e.fields()) {
			fault("T(%q) is given %q, its fields are %q", key, given, e.fields())
		}
	}
	return faults
}

// begins reports whether a key begins with the prefix.
func begins(entries map[string]entry, prefix string) bool {
	for key := range entries {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

func hasPrefixOf(prefixes []string, literal string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(literal+".", p) })
}

// arguments parses the argument list at the beginning of source: ("key", "name", value).
func arguments(source string) ([]ast.Expr, error) {
	var s scanner.Scanner
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	depth := 0
	for pos, tok, _ := s.Scan(); tok != token.EOF; pos, tok, _ = s.Scan() {
		switch tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		}
		if depth > 0 {
			continue
		}
		expr, err := parser.ParseExpr("T" + source[:file.Offset(pos)+1])
		if err != nil {
			return nil, err
		}
		call, ok := expr.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return nil, fmt.Errorf("is no call")
		}
		return call.Args, nil
	}
	return nil, fmt.Errorf("no closing parenthesis")
}

// builtKey reports whether e is a key built from a prefix, "ruling." + code, and which.
func builtKey(e ast.Expr) (bool, string) {
	sum, ok := e.(*ast.BinaryExpr)
	if !ok {
		return false, ""
	}
	if inner, prefix := builtKey(sum.X); inner {
		return true, prefix
	}
	prefix, _ := stringValue(sum.X)
	return true, prefix
}

func stringValue(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// argumentNames returns the names in a list of names and values, sorted; literal is false where one is no literal.
func argumentNames(args []ast.Expr) (names []string, literal bool) {
	for i := 0; i < len(args); i += 2 {
		name, ok := stringValue(args[i])
		if !ok {
			return nil, false
		}
		if i+1 == len(args) {
			name += " (without a value)"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, true
}

// The checks above are worth what they find.
func TestSourceFaults(t *testing.T) {
	entries := map[string]entry{
		"a.plain": {"", map[string]string{"other": "x"}},
		"a.two":   {"", map[string]string{"other": "{{.n}} {{.m}}"}},
		"web.a.b": {"", map[string]string{"other": "x"}},
	}
	tests := []struct{ source, fault string }{
		{`p.T("a.plain")`, ""},
		{`<p title={ p.T("a.plain") }>it's { p.T("a.two", "m", f(")", 1), "n", 2) }</p>`, ""},
		{"p.T(\n\t`a.plain`,\n)", ""},
		{`p.T("a.two", args...)`, ""},
		{`p.T("a.two", name, 1)`, ""},
		{`x = "web.a.b"`, ""},
		{`x = "portal.css"`, ""},
		{`p.T("a.none")`, `no catalogue has "a.none"`},
		{`x = "web.a.c"`, `no catalogue has "web.a.c"`},
		{`p.T("a.two", "n", 1)`, `T("a.two") is given ["n"], its fields are ["m" "n"]`},
		{`p.T("a.plain", "n", 1)`, `T("a.plain") is given ["n"], its fields are []`},
		{`p.T("a.two", "n", 1, "m")`, `T("a.two") is given ["m (without a value)" "n"], its fields are ["m" "n"]`},
		{`p.T("a." + code)`, ""},
		{`p.T("b." + code + ".c")`, `T is called with a key built on "b.", with which no catalogue has a key`},
	}
	for _, tt := range tests {
		faults := sourceFaults(tt.source, entries, prefixesIn(map[string]string{"": tt.source}), map[string]bool{})
		if got := strings.Join(faults, "; "); got != tt.fault {
			t.Errorf("%s: found %q, want %q", tt.source, got, tt.fault)
		}
	}
	got := withoutComments("a // p.T(\"x\")\n/* p.T */ b \"// c\"", true)
	if strings.Contains(got, "T") || !strings.Contains(got, `"// c"`) {
		t.Errorf("withoutComments = %q", got)
	}
}

func TestEntryFaults(t *testing.T) {
	tests := []struct {
		lang, key, text string
		ok              bool
	}{
		{"vi", "a.b", "Gửi {{.count}} câu hỏi: “đất đai”…", true},
		{"vi", "Ab.c", "x", false},
		{"vi", "ab", "x", false},
		{"vi", "a.b", "", false},
		{"vi", "a.b", norm.NFD.String("đất đai ế"), false},
		{"vi", "a.b", "hai  khoảng trắng", false},
		{"vi", "a.b", "cuối ", false},
		{"vi", "a.b", " đầu", false},
		{"vi", "a.b", "trước dấu , phẩy", false},
		{"vi", "a.b", "ba chấm...", false},
		{"vi", "a.b", "{{count}}", false},
		{"vi", "a.b", "ẩn\u200bgiữa", false},
	}
	for _, tt := range tests {
		faults := entryFaults(tt.lang, tt.key, entry{"", map[string]string{"other": tt.text}})
		if (len(faults) == 0) != tt.ok {
			t.Errorf("%s = %q: faults %q", tt.key, tt.text, faults)
		}
	}
	for _, forms := range []map[string]string{
		{"one": "a {{.count}}"}, {"one": "a", "other": "b"}, {"few": "a", "other": "b"},
	} {
		if len(entryFaults("en", "a.b", entry{"", forms})) == 0 {
			t.Errorf("forms %q have no fault", forms)
		}
	}
	if len(entryFaults("vi", "a.b", entry{"", map[string]string{"one": "{{.count}} a", "other": "{{.count}} b"}})) == 0 {
		t.Error("a Vietnamese singular has no fault")
	}
}
