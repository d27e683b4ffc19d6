package office

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/table"
	"doithoai/text"
)

// upload posts a file with the form of imports.
func (b *browser) upload(list, name string, file []byte) page {
	b.fx.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	must(b.fx.t, w.WriteField("danh-muc", list))
	if file != nil {
		f, err := w.CreateFormFile("tep", name)
		must(b.fx.t, err)
		_, err = f.Write(file)
		must(b.fx.t, err)
	}
	must(b.fx.t, w.Close())
	req, err := http.NewRequestWithContext(b.fx.t.Context(), http.MethodPost, b.fx.server.URL+importPath, &body)
	must(b.fx.t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(req)
}

func TestImportFromFile(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	b.get(listsPath).want(http.StatusOK, "").says("main", "Thôn, tổ dân phố", "2", "Nhập từ tệp")

	// What is wrong with the form or the file stands at its field; the list stays chosen.
	b.upload("", "", nil).want(http.StatusUnprocessableEntity, "").says(".govuk-error-summary", "Chọn danh mục")
	p := b.upload("thon", "", nil).want(http.StatusUnprocessableEntity, "").says(".govuk-error-summary", "Chọn tệp")
	if p.Find("input[value=thon][checked]").Length() != 1 {
		t.Error("the list is not kept")
	}
	b.upload("thon", "a.csv", []byte("\xFF\xFET\x00")).want(http.StatusUnprocessableEntity, "").says("#tep-error", "UTF-16")
	b.upload("thon", "a.csv", []byte("Ghi chú\nx\n")).want(http.StatusUnprocessableEntity, "").says("#tep-error", "Tên thôn hoặc tổ dân phố")
	b.upload("thon", "a.csv", make([]byte, table.MaxFile+3<<20)).want(http.StatusUnprocessableEntity, "").says("#tep-error", "quá lớn")

	// Bad rows are named, and nothing can be confirmed.
	b.upload("thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nThôn 3\nThôn 3\n")).want(http.StatusSeeOther, importPath+"/thon")
	p = b.get(importPath+"/thon").want(http.StatusOK, "").says("main", "Dòng 3", "Trùng với dòng 2", "Chưa có gì được nhập")
	if p.Find(`input[name="phien-ban"]`).Length() != 0 {
		t.Error("a file with faults can be confirmed")
	}

	// A good file: what it would do, then one act.
	b.upload("thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nthôn 1\nThôn Đông Yên\n")).want(http.StatusSeeOther, importPath+"/thon")
	p = b.get(importPath+"/thon").want(http.StatusOK, "").says("#them-moi + *", "Thôn Đông Yên").says("main", "Thôn 1 Dòng 2", "thôn 1", "Nhập 2 mục")
	fx.as("van-phong-2").get(importPath+"/thon").want(http.StatusSeeOther, importPath+"?danh-muc=thon")

	// The list changed meanwhile: the page says so, and shows what would be done now.
	stale := p
	_, err := fx.db.ImportList(t.Context(), fx.actor("van-phong-2"), doithoai.ListVillages, doithoai.ListFile{Has: []bool{true}, Rows: []doithoai.ListRow{{Number: 2, Cells: []string{"thôn 1"}}}}, "")
	must(t, err)
	p = b.submit(stale, importPath+"/thon", nil).want(http.StatusConflict, "").says("main", "vừa thay đổi", "Nhập 1 mục")
	b.post(importPath+"/thon", url.Values{}).want(http.StatusUnprocessableEntity, "")
	b.submit(p, importPath+"/thon", nil).want(http.StatusSeeOther, listsPath+"/thon?da-nhap")
	b.submit(p, importPath+"/thon", nil).want(http.StatusSeeOther, listsPath+"/thon") // the second click
	b.get(listsPath+"/thon?da-nhap").want(http.StatusOK, "").says("main", "thôn 1", "Thôn 2", "Thôn Đông Yên", "3 mục", "Đã nhập")
	b.get(listsPath+"/thon?tim=dong+yen").says("main", "Thôn Đông Yên").hides("thôn 1")
	b.get(listsPath+"/thon?tim=khong+co").says("main", "Không có mục nào")

	// The same file once more has nothing to import, and can be thrown away.
	b.upload("thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nthôn 1\n")).want(http.StatusSeeOther, importPath+"/thon")
	p = b.get(importPath+"/thon").says("main", "không có gì để nhập")
	b.submit(p, importPath+"/thon/bo", nil).want(http.StatusSeeOther, importPath+"?danh-muc=thon")
	b.get(importPath+"/thon").want(http.StatusSeeOther, importPath+"?danh-muc=thon")
}

// What is downloaded is imported again without a change, in either form and language.
func TestExportedListsImportUnchanged(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	for _, rows := range []string{"Công an xã;Cư trú, căn cước;12 Lê Lợi;0255 382 1234;Sáng", "\"=1+1\";;;115;"} {
		b.upload("co-quan-khac", "a.csv", []byte("Tên cơ quan hoặc đơn vị;Việc giải quyết;Địa chỉ;Điện thoại;Giờ làm việc\n"+rows+"\n")).want(http.StatusSeeOther, importPath+"/co-quan-khac")
		b.submit(b.get(importPath+"/co-quan-khac"), importPath+"/co-quan-khac", nil).want(http.StatusSeeOther, listsPath+"/co-quan-khac?da-nhap")
	}
	for _, lang := range []string{"vi", "en"} {
		u, err := url.Parse(fx.server.URL)
		must(t, err)
		b.c.Jar.SetCookies(u, []*http.Cookie{{Name: "ngon-ngu", Value: lang, Path: "/"}})
		for name, slug := range listSlugs {
			for form := range listForms {
				p := b.get(listsPath+"/"+slug+"/tep/"+form).want(http.StatusOK, "")
				if !strings.Contains(p.header.Get("Content-Disposition"), slug+"-2024-10-23."+form) {
					t.Errorf("%s: %s", slug, p.header.Get("Content-Disposition"))
				}
				got, err := table.Read([]byte(p.raw))
				must(t, err)
				rule, _ := doithoai.ListRuleOf(name)
				file, notes, err := table.Match(got, rule)
				must(t, err)
				plan, err := fx.db.PlanList(t.Context(), fx.actor("quan-tri"), name, file)
				must(t, err)
				if len(notes) != 1 || !strings.Contains(fmt.Sprint(notes[0].Args), text.For(lang).T("web.demo.mark")) {
					t.Errorf("%s as %s in %s: a file of the demo is marked by its last heading alone: %v", name, form, lang, notes)
				}
				if !plan.Empty() || len(plan.Faults)+plan.Left > 0 || plan.Same != len(file.Rows) {
					t.Errorf("%s as %s in %s: %+v, notes %v", name, form, lang, plan, notes)
				}
			}
			b.get(listsPath+"/"+slug).want(http.StatusOK, "")
		}
	}
	b.get(listsPath+"/khac").want(http.StatusNotFound, "")
	b.get(listsPath+"/thon/tep/exe").want(http.StatusNotFound, "")
}

// A long file is shown in part, and imported whole.
func TestLongImport(t *testing.T) {
	fx := newFixture(t)
	b := fx.as("van-phong")
	var csv strings.Builder
	csv.WriteString("Tên cơ quan hoặc đơn vị\n")
	for n := range 1000 {
		fmt.Fprintf(&csv, "Cơ quan %d\n", n)
	}
	b.upload("co-quan-khac", "a.csv", []byte(csv.String())).want(http.StatusSeeOther, importPath+"/co-quan-khac")
	p := b.get(importPath+"/co-quan-khac").says("main", "Nhập 1.000 mục", "200 trên 1.000")
	b.submit(p, importPath+"/co-quan-khac", nil)
	b.get(listsPath+"/co-quan-khac").says("main", "1.000 mục", "Cơ quan 199", "200 trên 1.000").hides("Cơ quan 200<")
}
