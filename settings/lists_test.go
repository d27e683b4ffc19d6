package settings

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
	"doithoai/web/stafftest"
)

// upload posts a file with the form of imports.
func upload(b *stafftest.Browser, list, name string, file []byte) stafftest.Page {
	b.Fixture.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	stafftest.Must(b.Fixture.T, w.WriteField("danh-muc", list))
	if file != nil {
		f, err := w.CreateFormFile("tep", name)
		stafftest.Must(b.Fixture.T, err)
		_, err = f.Write(file)
		stafftest.Must(b.Fixture.T, err)
	}
	stafftest.Must(b.Fixture.T, w.Close())
	req, err := http.NewRequestWithContext(b.Fixture.T.Context(), http.MethodPost, b.Fixture.Server.URL+importPath, &body)
	stafftest.Must(b.Fixture.T, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(req)
}

func TestImportFromFile(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	b.Get(listsPath).Want(http.StatusOK, "").Says("main", "Thôn, tổ dân phố", "2", "Nhập từ tệp")

	// What is wrong with the form or the file stands at its field; the list stays chosen.
	upload(b, "", "", nil).Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Chọn danh mục")
	p := upload(b, "thon", "", nil).Want(http.StatusUnprocessableEntity, "").Says(".govuk-error-summary", "Chọn tệp")
	if p.Find("input[value=thon][checked]").Length() != 1 {
		t.Error("the list is not kept")
	}
	upload(b, "thon", "a.csv", []byte("\xFF\xFET\x00")).Want(http.StatusUnprocessableEntity, "").
		Says("#tep-error", "UTF-16")
	upload(b, "thon", "a.csv", []byte("Ghi chú\nx\n")).Want(http.StatusUnprocessableEntity, "").
		Says("#tep-error", "Tên thôn hoặc tổ dân phố")
	upload(b, "thon", "a.csv", make([]byte, table.MaxFile+3<<20)).Want(http.StatusUnprocessableEntity, "").
		Says("#tep-error", "quá lớn")

	// Bad rows are named, and nothing can be confirmed.
	upload(b, "thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nThôn 3\nThôn 3\n")).
		Want(http.StatusSeeOther, importPath+"/thon")
	p = b.Get(importPath+"/thon").Want(http.StatusOK, "").
		Says("main", "Dòng 3", "Trùng với dòng 2", "Chưa có gì được nhập")
	if p.Find(`input[name="phien-ban"]`).Length() != 0 {
		t.Error("a file with faults can be confirmed")
	}

	// A good file: what it would do, then one act.
	upload(b, "thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nthôn 1\nThôn Đông Yên\n")).
		Want(http.StatusSeeOther, importPath+"/thon")
	p = b.Get(importPath+"/thon").Want(http.StatusOK, "").Says("#them-moi + *", "Thôn Đông Yên").
		Says("main", "Thôn 1 Dòng 2", "thôn 1", "Nhập 2 mục")
	fx.As("van-phong-2").Get(importPath+"/thon").Want(http.StatusSeeOther, importPath+"?danh-muc=thon")

	// The list changed meanwhile: the page says so, and shows what would be done now.
	stale := p
	_, err := fx.DB.ImportList(
		t.Context(), fx.Actor("van-phong-2"), doithoai.ListVillages,
		doithoai.ListFile{Has: []bool{true}, Rows: []doithoai.ListRow{{Number: 2, Cells: []string{"thôn 1"}}}}, "",
	)
	stafftest.Must(t, err)
	p = b.Submit(stale, importPath+"/thon", nil).Want(http.StatusConflict, "").Says("main", "vừa thay đổi", "Nhập 1 mục")
	b.Post(importPath+"/thon", url.Values{}).Want(http.StatusUnprocessableEntity, "")
	b.Submit(p, importPath+"/thon", nil).Want(http.StatusSeeOther, listsPath+"/thon?da-nhap")
	b.Submit(p, importPath+"/thon", nil).Want(http.StatusSeeOther, listsPath+"/thon") // the second click
	b.Get(listsPath+"/thon?da-nhap").Want(http.StatusOK, "").
		Says("main", "thôn 1", "Thôn 2", "Thôn Đông Yên", "3 mục", "Đã nhập")
	b.Get(listsPath+"/thon?tim=dong+yen").Says("main", "Thôn Đông Yên").Hides("thôn 1")
	b.Get(listsPath+"/thon?tim=khong+co").Says("main", "Không có mục nào")

	// The same file once more has nothing to import, and can be thrown away.
	upload(b, "thon", "a.csv", []byte("Tên thôn hoặc tổ dân phố\nthôn 1\n")).Want(http.StatusSeeOther, importPath+"/thon")
	p = b.Get(importPath+"/thon").Says("main", "không có gì để nhập")
	b.Submit(p, importPath+"/thon/bo", nil).Want(http.StatusSeeOther, importPath+"?danh-muc=thon")
	b.Get(importPath+"/thon").Want(http.StatusSeeOther, importPath+"?danh-muc=thon")
}

// TestExportedListsImportUnchanged: what is downloaded is imported again without a change, in either form and language.
func TestExportedListsImportUnchanged(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	for _, rows := range []string{"Công an xã;Cư trú, căn cước;12 Lê Lợi;0255 382 1234;Sáng", "\"=1+1\";;;115;"} {
		upload(
			b, "co-quan-khac", "a.csv",
			[]byte("Tên cơ quan hoặc đơn vị;Việc giải quyết;Địa chỉ;Điện thoại;Giờ làm việc\n"+rows+"\n"),
		).Want(http.StatusSeeOther, importPath+"/co-quan-khac")
		b.Submit(b.Get(importPath+"/co-quan-khac"), importPath+"/co-quan-khac", nil).
			Want(http.StatusSeeOther, listsPath+"/co-quan-khac?da-nhap")
	}
	for _, lang := range []string{"vi", "en"} {
		b.In(lang)
		for name, slug := range listSlugs {
			for form := range listForms {
				p := b.Get(listsPath+"/"+slug+"/tep/"+form).Want(http.StatusOK, "")
				if !strings.Contains(p.Header.Get("Content-Disposition"), slug+"-2024-10-23."+form) {
					t.Errorf("%s: %s", slug, p.Header.Get("Content-Disposition"))
				}
				got, err := table.Read([]byte(p.Raw))
				stafftest.Must(t, err)
				rule, _ := doithoai.ListRuleOf(name)
				file, notes, err := table.Match(got, rule)
				stafftest.Must(t, err)
				plan, err := fx.DB.PlanList(t.Context(), fx.Actor("quan-tri"), name, file)
				stafftest.Must(t, err)
				if len(notes) != 1 || !strings.Contains(fmt.Sprint(notes[0].Args), text.For(lang).T("web.demo.mark")) {
					t.Errorf("%s as %s in %s: a file of the demo is marked by its last heading alone: %v", name, form, lang, notes)
				}
				if !plan.Empty() || len(plan.Faults)+plan.Left > 0 || plan.Same != len(file.Rows) {
					t.Errorf("%s as %s in %s: %+v, notes %v", name, form, lang, plan, notes)
				}
			}
			b.Get(listsPath+"/"+slug).Want(http.StatusOK, "")
		}
	}
	b.Get(listsPath+"/khac").Want(http.StatusNotFound, "")
	b.Get(listsPath+"/thon/tep/exe").Want(http.StatusNotFound, "")
}

// TestLongImport: a long file is shown in part, and imported whole.
func TestLongImport(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	var csv strings.Builder
	csv.WriteString("Tên cơ quan hoặc đơn vị\n")
	for n := range 1000 {
		fmt.Fprintf(&csv, "Cơ quan %d\n", n)
	}
	upload(b, "co-quan-khac", "a.csv", []byte(csv.String())).Want(http.StatusSeeOther, importPath+"/co-quan-khac")
	p := b.Get(importPath+"/co-quan-khac").Says("main", "Nhập 1.000 mục", "200 trên 1.000")
	b.Submit(p, importPath+"/co-quan-khac", nil)
	b.Get(listsPath+"/co-quan-khac").Says("main", "1.000 mục", "Cơ quan 199", "200 trên 1.000").Hides("Cơ quan 200<")
}
