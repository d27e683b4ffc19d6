package settings

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/doc/template"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/stafftest"
)

// ownWord is a Word file whose text is one paragraph.
func ownWord(t testing.TB, says string) string {
	t.Helper()
	var b bytes.Buffer
	stafftest.Must(t, doc.WriteDOCX(&b, doc.Doc{Kind: doc.Sheet, Authority: "{{CO_QUAN}}", Type: "{{trich_yeu}}",
		Body: []doc.Block{doc.Text(says), doc.Text("{{noi_dung}}")}}))
	return b.String()
}

// saysWord is the text of a Word file.
func saysWord(t testing.TB, file string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	stafftest.Must(t, err)
	f, err := z.Open("word/document.xml")
	stafftest.Must(t, err)
	b, err := io.ReadAll(f)
	stafftest.Must(t, err)
	return string(b)
}

// TestPaperTemplates: the office tries out a Word file of its own, uses it from a day on and goes back.
func TestPaperTemplates(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	at := templatePath(doithoai.PaperReply)
	b.Get(web.SettingsPath).Says("main", "Mẫu văn bản")
	b.Get(templatesPath).Want(http.StatusOK, "").Says("main", "Công văn trả lời", "Mẫu của phần mềm")
	p := b.Get(at).Want(http.StatusOK, "").Says("main", "Đang dùng mẫu của phần mềm", "{{tra_loi}}", "{{nguoi_ky}}")
	start := b.Get(at+startFile+docfile.Word).Want(http.StatusOK, "").Raw
	if says := saysWord(t, start); !strings.Contains(says, "{{noi_dung}}") {
		t.Errorf("the form to begin with says %s", says)
	}
	send := func(from, step, file string) stafftest.Page {
		return b.Upload(at, url.Values{"phien-ban": {"0"}, "tu-ngay": {from}, "buoc": {step}}, [2]string{"mau.docx", file})
	}
	today := p.Value("#tu-ngay")

	for name, c := range map[string]struct{ file, want string }{
		"no Word file": {"%PDF-1.7\nstartxref\n%%EOF", "Không phải tệp Word"},
		"unknown":      {ownWord(t, "Ông {{ho_ten}}"), "Không có trường {{ho_ten}}"},
		"open":         {ownWord(t, "Số {{so}"), "Dấu ngoặc nhọn chưa đủ cặp"},
	} {
		wrong := send(today, "", c.file)
		wrong.Want(http.StatusUnprocessableEntity, "").Says("#tep-error", c.want)
		if name == "unknown" && wrong.Find(`[name="tep-giu"]`).Length() != 0 {
			t.Error("a file that isn't taken is kept")
		}
	}
	good := ownWord(t, "Mẫu riêng, số {{so}}.")
	late := send("01/01/2020", "", good)
	late.Want(http.StatusUnprocessableEntity, "").Says("#tu-ngay-error", "từ hôm nay trở đi")
	if late.Find(`[name="tep-giu"]`).Length() != 1 {
		t.Error("the file has to be chosen again")
	}
	tried := send(today, stepTry, good).Want(http.StatusOK, "").Raw
	if says := saysWord(t, tried); !strings.Contains(says, "Mẫu riêng, số 05.") {
		t.Errorf("tried out it says %s", says)
	}
	b.Get(at).Says("main", "Đang dùng mẫu của phần mềm")

	send(today, "", good).Want(http.StatusSeeOther, at+"?xong=set_paper_template")
	p = b.Get(at+"?xong=set_paper_template").Want(http.StatusOK, "")
	p.Says("main", "Đã đặt mẫu Word", "mau.docx", "đang áp dụng",
		"Không có trong tệp", "{{nguoi_ky}}")
	b.Get(templatesPath).Says("main", "mau.docx, từ "+today)
	see := p.Find(`a[href$="`+triedFile+docfile.Word+`"]`).AttrOr("href", "")
	if says := saysWord(t, b.Get(see).Want(http.StatusOK, "").Raw); !strings.Contains(says, "Mẫu riêng, số 05.") {
		t.Errorf("what is held says %s", says)
	}
	own := strings.TrimSuffix(see, triedFile+docfile.Word)
	if got := b.Get(own+ownFile).Want(http.StatusOK, "").Raw; got != good {
		t.Error("the original is another file")
	}
	send(today, "", good).Want(http.StatusConflict, "")
	fx.As("chu-tich").Get(at).Want(http.StatusOK, "").Hides("#mau-moi", "Bỏ mẫu này")
	fx.As("dia-chinh").Get(at).Want(http.StatusForbidden, "")

	b.Submit(p, own+"/bo", nil).Want(http.StatusSeeOther, at+"?xong=drop_paper_template")
	b.Get(at).Says("main", "đã thôi", "Mẫu của phần mềm").Hides("Bỏ mẫu này")
}

// TestFieldsHaveWords: the page says of each field of each kind what it is.
func TestFieldsHaveWords(t *testing.T) {
	fx := newFixture(t)
	words := text.For("vi")
	for _, kind := range doithoai.PaperKinds {
		fx.As("van-phong").Get(templatePath(kind)).Want(http.StatusOK, "").Says("h1", words.T("template.kind."+string(kind)))
		d, _ := docform.Example(kind, fx.Authority, fx.DB.Now().Date())
		for _, name := range template.Of(d).Names() {
			if !words.Has("template.field." + name) {
				t.Errorf("%s: nobody knows what {{%s}} is", kind, name)
			}
		}
	}
}

// TestPaperSentences: the office words a sentence of its letters, sees it in one, and goes back.
func TestPaperSentences(t *testing.T) {
	fx := newFixture(t)
	b := fx.As("van-phong")
	const key = "document.reply.ends"
	at := sentencePath(doithoai.PaperReply, key)
	b.Get(templatePath(doithoai.PaperReply)).Says("main", "{{co_quan}} trả lời để ông/bà được biết")
	p := b.Get(at).Want(http.StatusOK, "").Says("main", fx.Authority.FullName+" trả lời để ông/bà được biết./.")
	version, tomorrow := p.Value(`[name="phien-ban"]`), p.Value("#tu-ngay")
	send := func(version, words, from, step string) stafftest.Page {
		return b.Post(at, url.Values{"phien-ban": {version}, "cau": {words}, "tu-ngay": {from}, "buoc": {step}})
	}
	for words, want := range map[string]string{
		"":                          "Ghi câu sẽ dùng",
		"{{ten}} kính báo./.":       "Không có trường {{ten}}",
		"{co_quan}} kính báo./.":    "Dấu ngoặc nhọn chưa đủ cặp",
		strings.Repeat("chữ ", 300): "1000",
	} {
		send(version, words, tomorrow, "").Want(http.StatusUnprocessableEntity, "").Says("#cau-error", want)
	}
	today := text.For("vi").Date(fx.DB.Now().Date().Time())
	send(version, "Câu khác.", today, "").Want(http.StatusUnprocessableEntity, "").
		Says("#tu-ngay-error", "từ ngày mai trở đi").Says("#cau", "Câu khác.")
	send(version, "{{ co_quan }} trả lời để ông/bà được biết./.", tomorrow, stepProgram).
		Want(http.StatusUnprocessableEntity, "")

	const words = "{{co_quan}} kính báo\r\nđể ông/bà được rõ./."
	send(version, words, tomorrow, stepTry).Want(http.StatusOK, "").
		Says("main", fx.Authority.FullName+" kính báo để ông/bà được rõ./.")
	b.Get(at).Says("main", fx.Authority.FullName+" trả lời để ông/bà được biết./.")
	send(version, words, tomorrow, "").Want(http.StatusSeeOther, at+"?xong=set_paper_sentence")
	b.Get(at+"?xong=set_paper_sentence").Want(http.StatusOK, "").
		Says("main", "Đã ghi câu, dùng cho văn bản từ ngày đã chọn", "chưa đến ngày",
			fx.Authority.FullName+" kính báo để ông/bà được rõ./.")
	b.Get(templatePath(doithoai.PaperReply)).Says("main", "{{co_quan}} trả lời để ông/bà được biết./.",
		"Xã, từ "+tomorrow)
	send(version, "Câu thứ ba.", tomorrow, "").Want(http.StatusConflict, "")
	send("1", words, tomorrow, "").Want(http.StatusUnprocessableEntity, "").Says("#cau-error", "đang dùng đúng câu này")
	fx.As("chu-tich").Get(at).Want(http.StatusOK, "").Says("main", "kính báo").Hides("Dùng câu này")
	fx.As("dia-chinh").Get(at).Want(http.StatusForbidden, "")

	send("1", "", tomorrow, stepProgram).Want(http.StatusSeeOther, at+"?xong=set_paper_sentence")
	b.Get(at).Says("main", fx.Authority.FullName+" trả lời để ông/bà được biết./.")
	b.Get(sentencePath(doithoai.PaperReply, "document.reply.bases")).Want(http.StatusNotFound, "")
}

// TestSentenceFieldsHaveWords: the page says of each field of each sentence what it is.
func TestSentenceFieldsHaveWords(t *testing.T) {
	for _, kind := range doithoai.PaperKinds {
		for _, s := range docform.Sentences(kind) {
			for _, name := range s.Fields {
				if !text.For("vi").Has("template.word." + name) {
					t.Errorf("%s: nobody knows what {{%s}} is", s.Key, name)
				}
			}
		}
	}
}
