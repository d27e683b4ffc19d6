package form

import (
	"reflect"
	"regexp"
	"testing"

	"doithoai/doc"
)

// addressed is what sends people to a page.
var addressed = regexp.MustCompile(`(?i)://|www\.|\.invalid|/tra-cuu|/giay-moi`)

// No paper of an authority whose portal can't be reached from the Internet has a QR or an address of it; with a portal
// those that invite people have one.
func TestNoPortalOnPaper(t *testing.T) {
	coded := 0
	for _, s := range samples(t) {
		coded += codesIn(reflect.ValueOf(s.d))
	}
	if coded == 0 {
		t.Error("no sample has a QR: the test looks at nothing")
	}
	for _, s := range samplesOf(t, "") {
		if n := codesIn(reflect.ValueOf(s.d)); n > 0 {
			t.Errorf("%s has %d QR", s.name, n)
		}
		for _, passage := range s.d.Passages() {
			if at := addressed.FindString(passage.Text); at != "" {
				t.Errorf("%s leads to a page (%s): %q", s.name, at, passage.Text)
			}
		}
	}
}

// codesIn counts the codes in a document, however deep they lie.
func codesIn(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			return codesIn(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			n += codesIn(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			n += codesIn(v.MapIndex(key))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[doc.QR]() {
			return 1
		}
		for i := range v.NumField() {
			n += codesIn(v.Field(i))
		}
	}
	return n
}
