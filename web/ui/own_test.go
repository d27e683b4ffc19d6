package ui

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

// A look is what a selector finds in a part: the texts, one per element.
type look struct {
	selector string
	texts    []string
}

// TestMarkup holds the markup of MOJ Frontend 11, as its README files document
// it, and of our own parts, as the style sheet expects it.
func TestMarkup(t *testing.T) {
	day := Time{Machine: "2026-10-25", Text: "CN, 25/10/2026"}
	tests := []struct {
		name  string
		part  templ.Component
		looks []look
	}{
		{"SideNavigation", SideNavigation{
			Label: "Mục chính",
			Items: []NavItem{{Text: "Bàn làm việc", Href: "/"}, {Text: "Đối thoại", Href: "/doi-thoai", Active: true}},
		}, []look{
			{`nav.moj-side-navigation[aria-label="Mục chính"] > ul.moj-side-navigation__list > li.moj-side-navigation__item > a`,
				[]string{"Bàn làm việc", "Đối thoại"}},
			{`li.moj-side-navigation__item--active > a[aria-current="location"][href="/doi-thoai"]`, []string{"Đối thoại"}},
		}},
		{"SubNavigation", SubNavigation{
			Label: "Bộ lọc", Items: []NavItem{{Text: "Của tôi", Href: "?l=1", Current: true}, {Text: "Quá hạn", Href: "?l=2"}},
		}, []look{
			{`nav.moj-sub-navigation[aria-label="Bộ lọc"] > ul.moj-sub-navigation__list` +
				` > li.moj-sub-navigation__item > a.moj-sub-navigation__link`, []string{"Của tôi", "Quá hạn"}},
			{`a[aria-current="page"]`, []string{"Của tôi"}},
		}},
		{"Timeline", Timeline{{Title: "Đã nhận", When: day, Text: "Tại hội nghị."}, {Title: "Hạn", Next: true}}, []look{
			{`.moj-timeline > .moj-timeline__item > .moj-timeline__header > h3.moj-timeline__title`, []string{"Đã nhận", "Hạn"}},
			{`.moj-timeline__item > p.moj-timeline__date > time[datetime="2026-10-25"]`, []string{"CN, 25/10/2026"}},
			{`.moj-timeline__description > p`, []string{"Tại hội nghị."}},
			{`.moj-timeline__item--next h3`, []string{"Hạn"}},
		}},
		{"PageHeader", PageHeader{
			Number: "ND-26-0417", Title: "Hẹn lại", Line: Text("Hộ tịch"),
			Side: Clock{Due: Due{Text: "quá hạn 2 ngày", Late: true}, When: day},
		}, []look{
			{`.moj-page-header-actions > .moj-page-header-actions__title > h1.govuk-heading-l`, []string{"ND-26-0417 Hẹn lại"}},
			{`h1 > span.govuk-\!-font-weight-regular`, []string{"Hẹn lại"}},
			{`.moj-page-header-actions > p.dt-clock > strong.dt-due--late`, []string{"quá hạn 2 ngày"}},
		}},
		{"PageHeader with actions", PageHeader{Title: "Kế hoạch", Actions: []templ.Component{Button{Text: "In"}}}, []look{
			{`.moj-page-header-actions__actions > .moj-button-group.moj-button-group--inline > button.govuk-button`,
				[]string{"In"}},
		}},
		{"Letterhead", Letterhead{
			Authority: []string{"Ủy ban nhân dân", "xã Nghĩa Dũng"}, Href: "/", Service: "Đối thoại", Strip: "DỮ LIỆU MÔ PHỎNG",
			Officer: "Võ Văn Thử", SignOut: PostLink{Text: "Đăng xuất", Action: "/ra", Fields: []HiddenField{{"t", "1"}}},
		}, []look{
			{`header.govuk-template__header > p.dt-strip`, []string{"DỮ LIỆU MÔ PHỎNG"}},
			{`.govuk-generic-header a.govuk-generic-header__homepage-link[href="/"]`, []string{"Ủy ban nhân dân xã Nghĩa Dũng"}},
			{`.govuk-generic-header__container > p.dt-service`, []string{"Đối thoại"}},
			{`.dt-who form[method="post"][action="/ra"] > button`, []string{"Đăng xuất"}},
			{`.dt-who input[type="hidden"][name="t"][value="1"]`, []string{""}},
		}},
		{"CalendarSheet", CalendarSheet{
			Month: "Tháng 10", Day: "25", Weekday: "Chủ nhật", Lunar: "16 tháng 9", Red: true,
		}, []look{
			{`p.dt-sheet.dt-sheet--sunday > span`, []string{"Tháng 10", "25", "Chủ nhật", "16 tháng 9"}},
		}},
		{"NextDialogue", NextDialogue{
			ID: "next", Title: "Hội nghị", Facts: Facts{{Name: "Chủ trì", Value: "Ông Định"}},
			Body: Button{Text: "Gửi", Href: "/gui"},
		}, []look{
			{`section.dt-next[aria-labelledby="next"] h2#next`, []string{"Hội nghị"}},
			{`.dt-next__body > dl.dt-facts > dd`, []string{"Ông Định"}},
			{`.dt-next__body > a.govuk-button`, []string{"Gửi"}},
		}},
		{"Section", Section{ID: "s", Title: "Trả lời", Body: Text("thân")}, []look{
			{`section.dt-section[aria-labelledby="s"] > h2#s.govuk-heading-m`, []string{"Trả lời"}},
			{`section.dt-section`, []string{"Trả lờithân"}},
		}},
		{"Lookup", Lookup{
			Action: "/tra-cuu", Button: "Tra cứu", Kind: Secondary, Field: Input{Field: Field{Name: "ma"}},
		}, []look{
			{`form.dt-lookup[method="post"][action="/tra-cuu"]` +
				` input.dt-code-input[name="ma"][autocomplete="off"][spellcheck="false"]`, []string{""}},
			{`form > button.govuk-button--secondary[type="submit"]`, []string{"Tra cứu"}},
		}},
		{"Search", Search{
			Action: "/hoi-dap", Label: "Tìm", Field: Input{Field: Field{Name: "q"}}, Button: "Tìm",
			Filters: []Select{{
				Field: Field{Name: "nam"}, Value: "2026",
				Options: []Option{{Value: "2025", Text: "2025"}, {Value: "2026", Text: "2026"}},
			}},
		}, []look{
			{`form[role="search"][method="get"] button`, []string{"Tìm"}},
			{`.dt-search__filters select[name="nam"] > option[selected]`, []string{"2026"}},
		}},
		{"Figures", Figures{
			{Number: "7", Text: "quá hạn", Href: "/q", Late: true}, {Number: "1", Text: "mới", Href: "/m"},
		}, []look{
			{`ul.dt-figures > li > a.govuk-link`, []string{"7 quá hạn", "1 mới"}},
			{`li.dt-figures__late > a[href="/q"] > strong`, []string{"7"}},
		}},
		{"Rows", Rows{{Title: "Hoàn lệ phí", Href: "/x", Facts: day, State: Due{Text: "quá hạn 3 ngày", Late: true}}}, []look{
			{`ul.dt-rows > li > a.dt-rows__title[href="/x"]`, []string{"Hoàn lệ phí"}},
			{`li > p > .dt-due.dt-due--late`, []string{"quá hạn 3 ngày"}},
		}},
		{"Keepsake", Keepsake{
			ID: "ma", Label: "Mã", Keep: "Giữ kín", Groups: []string{"7KQM", "X3HT"}, Note: Text("chụp lại"), Paper: Text("gọi"),
		}, []look{
			{`section.dt-keepsake[aria-labelledby="ma"] > h2#ma > .dt-code__keep`, []string{"Giữ kín"}},
			{`.dt-code__value > span`, []string{"7KQM", "X3HT"}},
			{`.dt-keepsake__note.dt-noprint`, []string{"chụp lại"}},
			{`.dt-keepsake__note.dt-onpaper`, []string{"gọi"}},
		}},
		{"Numbers", Numbers{
			{Label: "Số", Number: "ND-26-0409", Text: "“Đường”"}, {Label: "Số", Number: "ND-26-0410"},
		}, []look{
			{`ul.dt-numbers > li > .dt-numbers__no > strong.dt-no`, []string{"ND-26-0409", "ND-26-0410"}},
			{`li > p[lang="vi"]`, []string{"“Đường”"}},
		}},
		{"StateLine", StateLine{Tag{Text: "Đã trả lời", Colour: Green}, Due{Text: "đúng hạn"}}, []look{
			{`p.dt-state > span`, []string{"Đã trả lời", "đúng hạn"}},
		}},
		{"Quote", Quote{Text: "một\nhai"}, []look{{`blockquote.dt-said`, []string{"một hai"}}}},
		{"Step", Step{
			Label: "Việc kế tiếp:", Text: "trình duyệt", Action: "/trinh", Hidden: []HiddenField{{"version", "3"}},
			Button: Button{Text: "Trình"},
		}, []look{
			{`form.dt-step[method="post"] > p`, []string{"Việc kế tiếp: trình duyệt"}},
			{`form > input[type="hidden"][name="version"][value="3"]`, []string{""}},
			{`form > button`, []string{"Trình"}},
		}},
		{"Step without act", Step{Label: "Việc kế tiếp:", Text: "chờ"},
			[]look{{`div.dt-step > p`, []string{"Việc kế tiếp: chờ"}}}},
		{"Gate", Gate{Live: true, Title: "2 chỗ", Items: []templ.Component{Text("a"), Text("b")}}, []look{
			{`.dt-gate[role="status"] li`, []string{"a", "b"}},
		}},
		{"Actions", Actions{Button{Text: "Trình"}, Button{Text: "Trả lại", Kind: Secondary, Hidden: "ND-26-0398"}}, []look{
			{`.dt-actions > button`, []string{"Trình", "Trả lại ND-26-0398"}},
			{`button > span.govuk-visually-hidden`, []string{"ND-26-0398"}},
		}},
		{"WorkTable", WorkTable{
			Caption: "Quá hạn", Number: "Số", Columns: []string{"Việc", "Hạn", "Căn cứ", "Cần làm"},
			Kinds: []Kind{OfDue, Plain, OfAct},
			Rows: []WorkRow{{
				Number: "ND-26-0398", Title: "Tách thửa", Href: "/1", Under: "đôn đốc 2 lần", Late: true,
				Cells: []WorkCell{
					{Rich: Words{day, Text("quá hạn")}}, {Text: "Điều 5"}, {Rich: Button{Text: "Đôn đốc"}},
				},
			}},
			Groups: []WorkGroup{{ID: "hom-nay", Title: "Hôm nay 1", Rows: []WorkRow{{Title: "Rác"}}}},
		}, []look{
			{`tbody#hom-nay > tr.dt-list__group > th[scope="rowgroup"][colspan="5"] > h2`, []string{"Hôm nay 1"}},
			{`tbody#hom-nay > tr > th > span.dt-list__name`, []string{"Rác"}},
			{`.dt-list.dt-list--work > table[role="table"] > thead[role="rowgroup"] th[role="columnheader"][scope="col"]`,
				[]string{"Số", "Việc", "Hạn", "Căn cứ", "Cần làm"}},
			{`tr.dt-row--late[role="row"] > th[role="rowheader"][scope="row"] > a.dt-list__name`, []string{"Tách thửa"}},
			{`tr.dt-row--late > td.dt-list__no:first-child`, []string{"ND-26-0398"}},
			{`th > span.dt-muted`, []string{"đôn đốc 2 lần"}},
			{`td.dt-list__due:not([data-label])`, []string{"CN, 25/10/2026 quá hạn"}},
			{`td[role="cell"][data-label="Căn cứ"]`, []string{"Điều 5"}},
			{`td:not([data-label]) > button`, []string{"Đôn đốc"}},
		}},
		{"WorkTable", WorkTable{
			Columns: []string{"Hội nghị", ""}, Kinds: []Kind{OfAct},
			Rows: []WorkRow{{Title: "Năm 2024", Cells: []WorkCell{{Rich: Link{Text: "Trang công khai", Href: "/1"}}}}},
		}, []look{
			{`thead th[role="columnheader"]`, []string{"Hội nghị"}},
			{`thead td[role="cell"].dt-list__act`, []string{""}},
			{`tbody td.dt-list__act:not([data-label]) > a`, []string{"Trang công khai"}},
		}},
		{"Stages", Stages{
			{Title: "1. Kế hoạch", Done: true}, {Title: "2. Chuẩn bị", Note: "còn 2 việc", Current: true},
		}, []look{
			{`ol.dt-stages > li.dt-stages__done`, []string{"1. Kế hoạch"}},
			{`li[aria-current="step"] > span`, []string{"còn 2 việc"}},
		}},
		{"JumpList", JumpList{{Text: "Quá hạn 2", Href: "#late", Late: true}},
			[]look{{`ul.dt-jump > li > a.dt-due--late[href="#late"]`, []string{"Quá hạn 2"}}}},
		{"Tally", Tally{
			Counts: []Count{{"Đã nghe", "12"}}, Missing: []Link{{Text: "1 chưa có", Href: "#r"}}, Saved: "09:12",
		}, []look{
			{`.dt-tally > span > strong`, []string{"12"}},
			{`.dt-tally > a.dt-due--late`, []string{"1 chưa có"}},
			{`.dt-tally__saved[role="status"]`, []string{"09:12"}},
		}},
		{"Queue", Queue{{Text: "12. Bà Dụ", Note: "đang nói", Current: true}, {Text: "13. Ông Trưng", Href: "/13"}}, []look{
			{`ol.dt-queue > li[aria-current="true"] > span`, []string{"đang nói"}},
			{`ol.dt-queue > li > a[href="/13"]`, []string{"13. Ông Trưng"}},
		}},
		{"Rulings", Rulings{Radios{
			Name: "huong", Value: "2",
			Items: []Choice{
				{Value: "1", Text: "Trả lời ngay", Key: "1", KeyText: "Alt+1"},
				{Value: "2", Text: "Xác minh", Key: "2", KeyText: "Alt+2"},
			},
		}}, []look{
			{`.dt-rulings .govuk-radios--small label`, []string{"Trả lời ngay Alt+1", "Xác minh Alt+2"}},
			{`input#huong-2[accesskey="2"][checked]`, []string{""}},
			{`label > kbd`, []string{"Alt+1", "Alt+2"}},
		}},
		{"Paper", Paper{
			Authority: []string{"UBND"}, Number: "Số: 1", Nation: "CHXHCN", Motto: "Độc lập", Kind: "Kế hoạch",
			Subject: "đối thoại",
			Heading: "p", ToLabel: "Nơi nhận:", To: []string{"VT"}, Signature: Signature{Title: "Chủ tịch", Name: "Ông Định"},
			Body: Text("I. Mục đích"),
		}, []look{
			{`article.dt-paper[aria-labelledby="p"] > h2#p.dt-paper__title`, []string{"Kế hoạch đối thoại"}},
			{`.dt-paper__body`, []string{"I. Mục đích"}},
			{`.dt-paper__recipients li`, []string{"VT"}},
			{`.dt-paper__signature .dt-paper__name`, []string{"Ông Định"}},
		}},
		{"Problem", Problem{
			Title: "Không có trang này", Lines: []string{"Kiểm tra địa chỉ."}, ReferenceLabel: "Mã", Reference: "x1",
			Ways: []Link{{Text: "Trang chủ", Href: "/"}},
		}, []look{
			{`h1`, []string{"Không có trang này"}},
			{`.dt-no`, []string{"x1"}},
			{`li > a[href="/"]`, []string{"Trang chủ"}},
		}},
		{"Empty", Empty{Text: "Chưa có.", Way: Link{Text: "Gửi", Href: "/gui"}},
			[]look{{`.dt-empty > p`, []string{"Chưa có.", "Gửi"}}}},
		{"Footer", Footer{Title: "Liên kết", Lines: []templ.Component{Text("Văn phòng")}},
			[]look{{`.govuk-footer__meta-item > p.dt-tight`, []string{"Văn phòng"}}}},
		{"GenericHeader with more", GenericHeader{Name: "UBND", After: Text("bên cạnh")},
			[]look{{`.govuk-generic-header__container`, []string{"UBNDbên cạnh"}}}},
		{"Button once, with key", Button{Text: "Ghi", Once: true, Key: "Ctrl+Enter"},
			[]look{{`button[data-prevent-double-click="true"] > kbd`, []string{"Ctrl+Enter"}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := document(t, test.part)
			for _, l := range test.looks {
				got := texts(doc.Find(l.selector))
				if strings.Join(got, "|") != strings.Join(l.texts, "|") {
					t.Errorf("%s: got %q, want %q, in\n%s", l.selector, got, l.texts, rendered(t, test.part))
				}
			}
		})
	}
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}
