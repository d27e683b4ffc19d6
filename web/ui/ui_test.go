package ui

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"rsc.io/qr/coding"
)

// TestChoicesOpenWithoutScript holds what the style sheet needs to open a
// conditional answer: it follows its item, and the item holds the input.
func TestChoicesOpenWithoutScript(t *testing.T) {
	doc := document(t, Radios{Name: "toi-la", Value: "2", Items: []Choice{
		{Value: "1", Text: "Cá nhân"},
		{Value: "2", Text: "Tổ chức", Conditional: Input{Field: Field{Name: "to-chuc"}}},
	}})
	if doc.Find(`.govuk-radios__item:has(:checked) + .govuk-radios__conditional input#to-chuc`).Length() != 1 {
		t.Error("the field of the chosen item does not follow it")
	}
}

// TestErrorSummaryLinksReachAField renders a form in its error state: every link
// of the summary leads to a field, for a group to its first.
func TestErrorSummaryLinksReachAField(t *testing.T) {
	wrong := ErrorMessage{Prefix: "Lỗi", Text: "Bổ sung"}
	items := []Choice{{Value: "1", Text: "một"}, {Value: "2", Text: "hai"}}
	doc := document(t, templ.Join(
		ErrorSummary{Title: "Chưa gửi được", Errors: []ErrorItem{
			{Text: "a", Href: "#noi-dung"}, {Text: "b", Href: "#cach"}, {Text: "c", Href: "#nhan"}, {Text: "d", Href: "#thon"},
			{Text: "e", Href: "#tep"}, {Text: "f", Href: "#ten"},
		}},
		CharacterCount{Max: 10, Textarea: Textarea{Field: Field{Name: "noi-dung", Error: wrong}}},
		Radios{Name: "cach", Legend: Legend{Text: "Cách"}, Error: wrong, Items: items},
		Checkboxes{Name: "nhan", Legend: Legend{Text: "Nhận"}, Error: wrong, Items: items},
		Select{Field: Field{Name: "thon", Error: wrong}},
		FileUpload{Field: Field{Name: "tep", Error: wrong}},
		Input{Field: Field{Name: "ten", Error: wrong}},
	))
	links := doc.Find(".govuk-error-summary a")
	if links.Length() != 6 {
		t.Fatalf("%d links, want 6", links.Length())
	}
	for _, a := range links.EachIter() {
		href, _ := a.Attr("href")
		if doc.Find(href).Filter("input, textarea, select").Length() != 1 {
			t.Errorf("%s is no field", href)
		}
		if doc.Find(href+"-error").Find(".govuk-visually-hidden").Text() != "Lỗi:" {
			t.Errorf("%s has no error message with its prefix", href)
		}
	}
}

func TestTextareaKeepsWhatWasTyped(t *testing.T) {
	for _, typed := range []string{"", "một\nhai\n", "\nbắt đầu bằng dòng trống", "  <b>& ", "</textarea>"} {
		doc := document(t, Textarea{Field: Field{Name: "x"}, Value: typed})
		if got := doc.Find("textarea").Text(); got != typed {
			t.Errorf("typed %q came back as %q", typed, got)
		}
	}
}

func TestLinksRefuseScripts(t *testing.T) {
	const evil = "javascript:alert(1)"
	out := rendered(t, templ.Join(
		Link{Href: evil}, Button{Href: evil}, BackLink{Href: evil}, Rows{{Href: evil}}, Figures{{Href: evil}},
		WorkTable{Rows: []WorkRow{{Href: evil}}}, SideNavigation{Items: []NavItem{{Href: evil}}}, Queue{{Href: evil}},
	))
	if strings.Contains(out, "javascript:") {
		t.Errorf("a link runs script: %s", out)
	}
	if out := rendered(t, Link{Href: "tel:02550000000"}); !strings.Contains(out, `href="tel:02550000000"`) {
		t.Errorf("a telephone number is refused: %s", out)
	}
}

func TestAttrsRefuseStyleAndHandlers(t *testing.T) {
	for _, name := range []string{"style", "onclick", "OnInput"} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("accepted")
				}
			}()
			rendered(t, Button{Text: "x", Attrs: Attrs{name: "x"}})
		})
	}
	if got := rendered(t, Input{Field: Field{
		Name: "x", Attrs: Attrs{"autofocus": "", "data-b": "1", "data-a": "2"},
	}}); !strings.Contains(got, `autofocus data-a="2" data-b="1"`) {
		t.Errorf("attributes: %s", got)
	}
}

// TestAround renders a part around content, as pages do, and the same part as a
// value with a Body.
func TestAround(t *testing.T) {
	ctx := templ.WithChildren(t.Context(), Text("thân"))
	var b strings.Builder
	if err := (Section{ID: "s", Title: "Tên"}).Around().Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if got := rendered(t, Section{ID: "s", Title: "Tên", Body: Text("thân")}); got != b.String() {
		t.Errorf("as a value: %s\naround: %s", got, b.String())
	}
}

func TestQRDrawsEveryDarkModule(t *testing.T) {
	// Two by two: the first row dark, then light and dark. A stroke runs through the middle of its row.
	code := &coding.Code{Size: 2, Stride: 1, Bitmap: []byte{0b1100_0000, 0b0100_0000}}
	doc := document(t, QR{Code: code, Title: "Mã QR", Caption: "Quét"})
	svg := doc.Find(`figure.dt-qr > svg[role="img"][aria-label="Mã QR"]`)
	if box, _ := svg.Attr("viewBox"); box != "0 0 10 10" {
		t.Errorf("viewBox %q: the quiet zone is 4 modules on each side", box)
	}
	if d, _ := svg.Find("path").Last().Attr("d"); d != "M4 4.5h2M5 5.5h1" {
		t.Errorf("path %q", d)
	}
}

func BenchmarkRows(b *testing.B) {
	rows := make(Rows, 50)
	for i := range rows {
		rows[i] = Row{
			Title: "Hoàn lệ phí thu thừa", Href: "/hoi-dap/1", Facts: Time{"2026-10-15", "T5, 15/10/2026"},
			State: Tag{Text: "Đã giải quyết xong", Colour: Green},
		}
	}
	for b.Loop() {
		var out strings.Builder
		if err := rows.Render(b.Context(), &out); err != nil {
			b.Fatal(err)
		}
	}
}
