package text

import (
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// A Printer says things in one language. The zero Printer speaks Vietnamese. Printers are small, comparable and safe
// for concurrent use.
type Printer struct {
	english bool
}

// For returns the Printer of lang, "vi" or "en"; any other language is answered in Vietnamese.
func For(lang string) Printer {
	return Printer{english: lang == "en"}
}

// Lang returns the language, "vi" or "en", as the lang attribute of a page wants it.
func (p Printer) Lang() string {
	return p.catalogue().lang
}

// T returns the message key with its fields filled in. args are pairs of the field's name and its value:
//
//	p.T("portal.home.next", "place", dialogue.Place, "count", n)
//
// Values are shown as fmt.Sprint shows them, the argument "count", an integer, with its thousands grouped; other
// numbers that want that go through Number first. Where a message has a singular and a plural, "count" chooses.
// T escapes nothing: templ does.
//
// A key or a field that is missing shows as "⟦key⟧". The tests of this package let neither happen: they look at every
// call in the repository.
func (p Printer) T(key string, args ...any) string {
	c := p.catalogue()
	m, ok := c.messages[key]
	switch {
	case !ok:
		return missing(key)
	case m.plural:
		return c.count(key, m.phrase, args)
	}
	return m.phrase.fill(c.conventions, args)
}

// Has reports whether there is such a message.
func (p Printer) Has(key string) bool {
	_, ok := p.catalogue().messages[key]
	return ok
}

// Fields are the names of the fields of message key, in their order; none where there is no such message.
func (p Printer) Fields(key string) []string { return p.catalogue().messages[key].fields }

func (p Printer) catalogue() *catalogue {
	both := catalogues()
	if p.english {
		return both[english]
	}
	return both[vietnamese]
}

func missing(name string) string {
	return "⟦" + name + "⟧"
}

// A catalogue holds the messages of one language, ready to fill.
type catalogue struct {
	conventions
	localizer *i18n.Localizer // for plural forms only: a lookup through it costs a hundred times a plain one
	messages  map[string]message
}

// conventions are what a language has that no message holds.
type conventions struct {
	lang, group, decimal string
}

const (
	vietnamese = iota
	english
)

var languages = [...]conventions{
	vietnamese: {lang: "vi", group: ".", decimal: ","},
	english:    {lang: "en", group: ",", decimal: "."},
}

// A message is its phrase or, if it has plural forms, the phrase of "other".
type message struct {
	phrase
	plural bool
}

//go:embed catalogue/*.toml
var catalogueFiles embed.FS

// catalogues reads the embedded files, once. They are part of the program, so a file that can't be read panics: the
// tests come before any user.
var catalogues = sync.OnceValue(func() [len(languages)]*catalogue {
	var all [len(languages)]*catalogue
	bundle := i18n.NewBundle(language.Vietnamese)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for i, conv := range languages {
		all[i] = &catalogue{conv, i18n.NewLocalizer(bundle, conv.lang), make(map[string]message)}
		if err := all[i].load(bundle); err != nil {
			panic(err)
		}
	}
	return all
})

// load reads the files of c's language into bundle and c.
func (c *catalogue) load(bundle *i18n.Bundle) error {
	files, err := catalogueFiles.ReadDir("catalogue")
	if err != nil {
		return err
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), "."+c.lang+".toml") {
			continue
		}
		text, err := catalogueFiles.ReadFile("catalogue/" + file.Name())
		if err != nil {
			return err
		}
		parsed, err := bundle.ParseMessageFileBytes(text, file.Name())
		if err != nil {
			return fmt.Errorf("catalogue/%s: %w", file.Name(), err)
		}
		for _, m := range parsed.Messages {
			parsed, err := parsePhrase(m.Other)
			if err != nil {
				return fmt.Errorf("catalogue/%s: %s: %w", file.Name(), m.ID, err)
			}
			c.messages[m.ID] = message{parsed, m.One != ""}
		}
	}
	return nil
}

// count returns the form of message key that the argument "count" asks for; without a whole number, other.
func (c *catalogue) count(key string, other phrase, args []any) string {
	n, _ := argument(args, "count")
	s, err := c.localizer.Localize(&i18n.LocalizeConfig{
		MessageID: key, PluralCount: n, TemplateData: args, TemplateParser: phrases{c.conventions},
	})
	if err != nil {
		return other.fill(c.conventions, args)
	}
	return s
}

// A phrase is a message cut at its fields: text, field, text, field, …, text.
type phrase struct {
	texts, fields []string
}

var (
	fieldForm = regexp.MustCompile(`\{\{\.([a-z][a-z0-9_]*)\}\}`)
	braces    = regexp.MustCompile(`\{\{|\}\}`)
)

// parsePhrase cuts src at its fields {{.name}}; nothing else may stand in double braces.
func parsePhrase(src string) (phrase, error) {
	var p phrase
	p.texts = fieldForm.Split(src, -1)
	for _, field := range fieldForm.FindAllStringSubmatch(src, -1) {
		p.fields = append(p.fields, field[1])
	}
	for _, text := range p.texts {
		if braces.MatchString(text) {
			return phrase{}, fmt.Errorf("%q: only fields like {{.name}} may stand in double braces", src)
		}
	}
	return p, nil
}

// fill returns the phrase with its fields replaced.
func (p phrase) fill(by conventions, args []any) string {
	if len(p.fields) == 0 {
		return p.texts[0]
	}
	var b strings.Builder
	for i, field := range p.fields {
		b.WriteString(p.texts[i])
		b.WriteString(by.value(field, args))
	}
	b.WriteString(p.texts[len(p.fields)])
	return b.String()
}

// Value is what T shows in the place of a field.
func (p Printer) Value(field string, args ...any) string { return p.catalogue().value(field, args) }

// value is what args say of a field, in words.
func (by conventions) value(field string, args []any) string {
	switch v, ok := argument(args, field); v := v.(type) {
	case string:
		return v
	case int:
		digits := strconv.Itoa(v)
		if field == "count" {
			digits = grouped(digits, by.group)
		}
		return digits
	default:
		if !ok {
			return missing(field)
		}
		return fmt.Sprint(v)
	}
}

// argument returns the value after name in args.
func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// phrases lets go-i18n fill our phrases instead of executing text/template.
type phrases struct{ conventions }

// parsedPhrase is a phrase that go-i18n fills by itself.
type parsedPhrase struct {
	phrase
	by conventions
}

// Cacheable tells go-i18n to parse each form once.
func (phrases) Cacheable() bool { return true }

// Parse cuts src at its fields; delimiters are always double braces.
func (p phrases) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	parsed, err := parsePhrase(src)
	return parsedPhrase{parsed, p.conventions}, err
}

// Execute fills the phrase from a list of names and values.
func (p parsedPhrase) Execute(args any) (string, error) {
	return p.fill(p.by, args.([]any)), nil
}
