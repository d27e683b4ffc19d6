package portal

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	merkle "golang.org/x/mod/sumdb/tlog"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text/filetest"
	"doithoai/tlog"
	"doithoai/web"
)

// stranger reads the served record with nothing but x/mod's reader of tiles.
type stranger struct{ *reader }

func (s stranger) file(path string) ([]byte, error) {
	w := s.get(recordPath + "/" + path)
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("%s: %d", path, w.Code)
	}
	return w.Body.Bytes(), nil
}

func (s stranger) Height() int { return 8 }

func (s stranger) ReadTiles(tiles []merkle.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		// x/mod writes the height into the path; c2sp.org/tlog-tiles does not.
		if data[i], err = s.file(strings.Replace(tile.Path(), "tile/8/", "tile/", 1)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (s stranger) SaveTiles([]merkle.Tile, [][]byte) {}

// A stranger reads a record of more than one tile, computes its root, and finds every leaf in it.
func TestServedRecordSatisfiesStranger(t *testing.T) {
	f := newReader(t)
	var matters []string
	for i := range 10 {
		matters = append(matters, fmt.Sprintf("Ý kiến thứ %d về vệ sinh môi trường.", i))
	}
	for range 27 {
		f.submit(matters...)
	}
	f.sign()
	s := stranger{f}
	note, err := s.file("checkpoint")
	f.must(err)
	line, err := s.file("public-key")
	f.must(err)
	key, err := tlog.ParseKey(strings.TrimSuffix(string(line), "\n"))
	f.must(err)
	c, err := tlog.OpenCheckpoint(note, key)
	f.must(err)
	if c.Size != 270 {
		t.Fatalf("the record has %d lines", c.Size)
	}
	tiles := merkle.TileHashReader(merkle.Tree{N: c.Size, Hash: c.Root}, s)
	root, err := merkle.TreeHash(c.Size, tiles)
	f.must(err)
	if root != c.Root {
		t.Fatal("the tiles don't give the root")
	}
	n := int64(0)
	for _, path := range []string{"tile/entries/000", "tile/entries/001.p/14"} {
		bundle, err := s.file(path)
		f.must(err)
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			leaf := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			_, err := tlog.ParseLeaf(leaf)
			f.must(err)
			proof, err := merkle.ProveRecord(c.Size, n, tiles)
			f.must(err)
			f.must(c.Includes(n, tlog.LeafHash(leaf), tlog.Proof(proof)))
			n++
		}
	}
	if n != c.Size {
		t.Errorf("%d leaves are served", n)
	}
	// What was not signed yet isn't served.
	f.submit("Sau lần chốt.")
	for _, path := range []string{
		"tile/0/001.p/15", "tile/entries/001.p/15", "tile/0/002.p/1", "tile/1/000.p/2", "tile/2/000.p/1",
	} {
		if _, err := s.file(path); err == nil {
			t.Errorf("%s is served", path)
		}
	}
}

func TestRecordFilesAreServedToAnyone(t *testing.T) {
	f := newReader(t)
	if w := f.get(recordPath + "/checkpoint"); w.Code != http.StatusNotFound {
		t.Errorf("before the first checkpoint: %d", w.Code)
	}
	for range 52 {
		f.submit("Một.", "Hai.", "Ba.", "Bốn.", "Năm.")
	}
	f.sign()
	for path, want := range map[string][2]string{
		"checkpoint":           {plainText, cacheCheckpoint},
		"public-key":           {plainText, cacheKey},
		"tile/0/000":           {"application/octet-stream", cacheForever},
		"tile/entries/000":     {"application/octet-stream", cacheForever},
		"tile/0/001.p/4":       {"application/octet-stream", cachePartial},
		"tile/entries/000.p/9": {"application/octet-stream", cachePartial},
	} {
		w := f.get(recordPath + "/" + path)
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != want[0] || h.Get("Cache-Control") != want[1] ||
			h.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
		if h.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
	for _, path := range []string{
		"tile/", "tile/0", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/-1/000", "tile/64/000", "tile/0/000.p/0",
		"tile/0/000.p/256", "tile/0/000.p/x",
		"tile/0/x000/000", "tile/0/999", "tile/8/0/000", "tile/entries/x001/000", "tile/data/000", "tile/0/000/",
		"tile/0/000.p/01", "tile/0/9223372036854775807",
	} {
		w := f.get(recordPath + "/" + path)
		h := w.Header()
		if w.Code != http.StatusNotFound || h.Get("Cache-Control") != "no-store" ||
			h.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
		if strings.Contains(w.Body.String(), "<html") {
			t.Errorf("%s renders a page", path)
		}
	}
}

func TestRecordPageShowsTheCheckpoint(t *testing.T) {
	f := newReader(t)
	wantText(t, f.page(http.StatusOK, recordPath).Find(".dt-empty"), "chưa có dòng nào")
	f.submit("Một ý kiến.")
	f.sign()
	doc := f.page(http.StatusOK, recordPath)
	wantText(t, doc.Find(".dt-facts"), "1 dòng")
	wantText(t, doc.Find(".dt-facts"), "09 giờ ngày 23/10/2024")
	wantText(t, doc.Find("pre"), f.vkey)
	here := `a[href="` + recordPath + `"]`
	if doc.Find("nav "+here).Length() != 0 || doc.Find("footer "+here).Length() != 1 {
		t.Error("the record stands in the menu, or not in the footer")
	}
	if doc.Find("pre").Length() != doc.Find("details:not([open]) pre").Length() {
		t.Error("what few people read is not folded")
	}
	facts := textOf(doc.Find("main").Clone().Find("details").Remove().End())
	if strings.Contains(facts, "Gốc của sổ") || strings.Contains(facts, "curl") {
		t.Errorf("the page says, outside its folds: %s", facts)
	}
	wantText(t, doc.Find("pre"), "--storage_url=http://"+readerHost+recordPath+"/")
	// The words of the check in the browser are all there, in the reader's language.
	doc.Find("template [data-word]").Each(func(_ int, s *goquery.Selection) {
		if textOf(s) == "" || strings.Contains(textOf(s), "⟦") {
			t.Errorf("%s is said as %q", s.AttrOr("data-word", ""), textOf(s))
		}
	})
	if n := doc.Find("template [data-word]").Length(); n != len(scriptWords()) || n < 40 {
		t.Errorf("%d words for the script", n)
	}
}

// paste checks a receipt by the form, as a browser without script sends it.
func (f *reader) paste(data string) *goquery.Document {
	f.t.Helper()
	w := f.follow(f.post(recordPath, typed{receiptField: {data}}))
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		f.t.Errorf("the answer may be kept: %q", got)
	}
	return f.document(http.StatusOK, w)
}

// upload checks a receipt by its file.
func (f *reader) upload(data []byte) *goquery.Document {
	f.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f.must(m.WriteField(receiptField, ""))
	file, err := m.CreateFormFile(fileField, "receipt.json")
	f.must(err)
	_, err = file.Write(data)
	f.must(err)
	f.must(m.Close())
	req := httptest.NewRequest(http.MethodPost, recordPath, &b)
	req.Header.Set("Content-Type", m.FormDataContentType())
	req.AddCookie(browserKey)
	return f.shown(f.do(req))
}

// verdicts are the rows of a check by their names: "Đúng", "Sai", "Chưa rõ", of all opinions and of the whole.
func verdicts(doc *goquery.Document) map[string][]string {
	all := map[string][]string{}
	doc.Find(".dt-check .govuk-summary-list__row").Each(func(_ int, s *goquery.Selection) {
		name := textOf(s.Find("dt"))
		all[name] = append(all[name], textOf(s.Find(".govuk-tag")))
	})
	return all
}

func TestRightReceiptIsProven(t *testing.T) {
	f := newReader(t)
	slip := f.submit("Đường ngập.", "Cống tắc.")
	f.sign()
	data, err := f.receipt(slip.SlipID, true).Encode()
	f.must(err)
	for name, doc := range map[string]*goquery.Document{
		"paste": f.paste(string(data)), "upload": f.upload(data),
	} {
		t.Run(name, func(t *testing.T) {
			wantText(t, doc.Find(".dt-check__summary"), "Biên nhận đúng.")
			wantText(t, doc.Find(".dt-check"), "là dòng 1.") // as people count
			wantText(t, doc.Find(".dt-check"), "là dòng 2.")
			if strings.Contains(textOf(doc.Find(".dt-check")), "chỉ số") {
				t.Error("a line is told by its index")
			}
			for label, tags := range verdicts(doc) {
				for _, tag := range tags {
					if tag != "Đúng" {
						t.Errorf("%s: %s", label, tag)
					}
				}
			}
			if n := doc.Find(".dt-check .govuk-summary-list").Length(); n != 3 {
				t.Errorf("%d lists for two opinions and the whole", n)
			}
		})
	}
	cases, err := filetest.Cases()
	f.must(err)
	for _, c := range cases {
		if !c.Readable {
			wantText(t, f.upload(c.Write(data)).Find("#bien-nhan-error"), "không phải biên nhận")
			continue
		}
		wantText(t, f.upload(c.Write(data)).Find(".dt-check__summary"), "Biên nhận đúng.")
		if c.Encoding == "utf-8" {
			wantText(t, f.paste(string(c.Write(data))).Find(".dt-check__summary"), "Biên nhận đúng.")
		}
	}
	unsigned, err := f.receipt(slip.SlipID, false).Encode()
	f.must(err)
	doc := f.paste(string(unsigned))
	wantText(t, doc.Find(".dt-check__summary--open"), "chưa được chốt")
	wantText(t, doc.Find(".dt-check"), "Tải lại biên nhận")
}

// The code alone finds the receipt and checks it, whole; a code that is none is refused at its field.
func TestReceiptIsCheckedByItsCode(t *testing.T) {
	f := newReader(t)
	right := f.submit("Đường ngập.", "Cống tắc.").Code
	check := func(code string) *goquery.Document { return f.shown(f.post(checkCodePath, typed{"ma": {code}})) }
	wantText(t, check(string(right)).Find(".dt-check__summary--open"), "chưa được chốt")
	f.sign()
	f.limited(web.Limits{}) // a new process: nothing is remembered
	doc := check(strings.ToLower(string(right)))
	wantText(t, doc.Find(".dt-check__summary"), "Biên nhận đúng.")
	wantText(t, doc.Find(".dt-check"), "là dòng 2.")
	for label, tags := range verdicts(doc) {
		if strings.ReplaceAll(strings.Join(tags, ""), "Đúng", "") != "" {
			t.Errorf("%s: %q", label, tags)
		}
	}
	unknown := string(doithoai.NewReceiptCode(doithoai.IntakeKey{99}))
	for code, says := range map[string]string{
		"": "Nhập mã tra cứu", "ND-24-0001": "Đây là số đăng ký", unknown: "Không có ý kiến nào mang mã này",
	} {
		doc := check(code)
		wantText(t, doc.Find("#ma-error"), says)
		if doc.Find(".dt-check").Length() != 0 || doc.Find("#ma").AttrOr("value", "") != code {
			t.Errorf("%q: something is checked, or what was typed is lost", code)
		}
	}
}

// Each thing altered in a receipt, alone, is named in words, and nothing else is called wrong.
func TestAlteredReceiptsAreNamed(t *testing.T) {
	f := newReader(t)
	slip := f.submit("Đường ngập.", "Cống tắc.")
	for range 5 {
		f.submit("Ý kiến khác.")
	}
	f.sign()
	_, otherKey, err := tlog.GenerateKey(strings.NewReader(strings.Repeat("k", 32)), readerOrigin)
	f.must(err)
	_, elsewhere, err := tlog.GenerateKey(strings.NewReader(strings.Repeat("e", 32)), "xa-khac.test/so-doi-chung")
	f.must(err)
	tests := []struct {
		name  string
		alter func(*tlog.Receipt)
		wrong []string // rows called wrong
		says  string
	}{
		{"content", func(r *tlog.Receipt) { r.Entries[0].Opening.Content += " " }, []string{"Nội dung"},
			"khác với nội dung đã niêm phong"},
		{"salt of content", func(r *tlog.Receipt) { r.Entries[0].Opening.Salts.Content[3]++ }, []string{"Nội dung"},
			"khác với nội dung đã niêm phong"},
		{"act", func(r *tlog.Receipt) { r.Entries[0].Opening.Act = "sign_answer" }, []string{"Việc đã làm"},
			"khác với việc đã niêm phong"},
		{"number", func(r *tlog.Receipt) { r.Entries[0].Opening.Number, r.Numbers[0] = "ND-24-0777", "ND-24-0777" },
			[]string{"Số đăng ký"}, "khác với số đã niêm phong"},
		{"list of numbers", func(r *tlog.Receipt) { r.Numbers[0] = "ND-24-0777" }, []string{"Các số đăng ký"},
			"Danh sách số đăng ký"},
		{"time", func(r *tlog.Receipt) { r.Received = r.Received.AddDate(0, 0, -1) }, []string{"Giờ nhận"},
			"khác với giờ ghi"},
		{"leaf", func(r *tlog.Receipt) { r.Entries[0].Leaf[0] = 'D' }, []string{"Dòng trong sổ", "Vị trí trong sổ"},
			"không phải một dòng của sổ"},
		{"index", func(r *tlog.Receipt) { r.Entries[0].Index++ }, []string{"Vị trí trong sổ"}, "không dẫn đến gốc đã ký"},
		{"proof", func(r *tlog.Receipt) { r.Entries[0].Proof[0][5]++ }, []string{"Vị trí trong sổ"},
			"không dẫn đến gốc đã ký"},
		{"proof cut", func(r *tlog.Receipt) { r.Entries[0].Proof = r.Entries[0].Proof[1:] }, []string{"Vị trí trong sổ"},
			"không dẫn đến gốc đã ký"},
		{"signed size", func(r *tlog.Receipt) {
			r.Entries[0].Checkpoint = strings.Replace(r.Entries[0].Checkpoint, "\n7\n", "\n8\n", 1)
		}, []string{"Lần chốt sổ"}, "Chữ ký sai"},
		{"checkpoint", func(r *tlog.Receipt) { r.Entries[0].Checkpoint = "abc" }, []string{"Lần chốt sổ"}, "không đọc được"},
		{"checkpoint dropped", func(r *tlog.Receipt) { r.Entries[0].Checkpoint = "" }, []string{"Lần chốt sổ"}, "bị thiếu"},
		{"key", func(r *tlog.Receipt) { r.Key = otherKey }, []string{"Khóa của sổ"}, "Không phải khóa mà trang này công bố"},
		{"origin", func(r *tlog.Receipt) { r.Origin = "xa-khac.test/so-doi-chung" }, []string{"Khóa của sổ", "Lần chốt sổ"},
			"Thuộc về một sổ khác"},
		{"another record", func(r *tlog.Receipt) { r.Origin, r.Key = "xa-khac.test/so-doi-chung", elsewhere },
			[]string{"Khóa của sổ", "Lần chốt sổ"}, "Không phải khóa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := f.receipt(slip.SlipID, true)
			tt.alter(&r)
			data, err := r.Encode()
			f.must(err)
			doc := f.paste(string(data))
			wantText(t, doc.Find(".dt-check__summary--wrong"), "không khớp với sổ đối chứng")
			wantText(t, doc.Find(".dt-check"), tt.says)
			want := map[string]bool{}
			for _, name := range tt.wrong {
				want[name] = true
			}
			for name, tags := range verdicts(doc) {
				wrong := strings.Contains(strings.Join(tags, " "), "Sai")
				if wrong != want[name] {
					t.Errorf("%s: %q", name, tags)
				}
			}
			if got := doc.Find("textarea").Text(); strings.TrimSpace(got) != strings.TrimSpace(string(data)) {
				t.Error("what was pasted is lost")
			}
		})
	}
}

func TestWhatIsNoReceiptIsRefusedAtItsField(t *testing.T) {
	f := newReader(t)
	slip := f.submit("Đường ngập.")
	f.sign()
	data, err := f.receipt(slip.SlipID, true).Encode()
	f.must(err)
	var loose map[string]any
	f.must(json.Unmarshal(data, &loose))
	loose["extra"] = "x"
	more, err := json.Marshal(loose)
	f.must(err)
	for _, tt := range []struct{ name, data, says string }{
		{"nothing", "  \n ", "Dán nội dung biên nhận hoặc chọn tệp"},
		{"words", "xin chào <b>", "không phải biên nhận"},
		{"half of it", string(data[:len(data)/2]), "không phải biên nhận"},
		{"something after it", string(data) + "{}", "không phải biên nhận"},
		{"a member too much", string(more), "không phải biên nhận"},
		{"bytes", "\xff\xfe\x00", "không phải biên nhận"},
		{"numbers", "[[[[[[[[[[[[[[[[[[[[1]]]]", "không phải biên nhận"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := f.paste(tt.data)
			wantText(t, doc.Find("#bien-nhan-error"), tt.says)
			if href := doc.Find(".govuk-error-summary a").AttrOr("href", ""); href != "#bien-nhan" {
				t.Errorf("the summary leads to %q", href)
			}
			if !strings.HasPrefix(doc.Find("title").Text(), "Lỗi: ") {
				t.Error("the title doesn't say that something is wrong")
			}
		})
	}
	wantText(t, f.paste(strings.Repeat(" x", 2*tlog.MaxReceipt)).Find("#bien-nhan-error"),
		"1 MB")
	f.upload(nil)
	f.upload([]byte("\x00\xff"))
	req := httptest.NewRequest(http.MethodPost, recordPath, strings.NewReader("--x"))
	req.Header.Set("Content-Type", "multipart/form-data; boundary=y")
	req.AddCookie(browserKey)
	f.shown(f.do(req))
}

func TestPrivacyNamesTheLawOfTheDay(t *testing.T) {
	f := newReader(t)
	wantText(t, f.page(http.StatusOK, "/du-lieu-ca-nhan").Find("main"), "Nghị định số 13/2023/NĐ-CP")
	f.now = calendar.InstantAt(calendar.DateOf(2026, 1, 1), 0, 0).Time()
	doc := f.page(http.StatusOK, "/du-lieu-ca-nhan")
	wantText(t, doc.Find("main"), "91/2025/QH15")
	if strings.Contains(doc.Text(), "13/2023") {
		t.Error("a decree that no longer rules is named")
	}
	wantText(t, doc.Find("main"), "sau 30 ngày")
}

// TestPrivacySaysHowLong: by the rules of the day, and that nothing is erased by itself where there are none.
func TestPrivacySaysHowLong(t *testing.T) {
	f := newReader(t)
	long := f.page(http.StatusOK, "/du-lieu-ca-nhan").Find("#bao-lau").Parent()
	for _, term := range []string{"sau 730 ngày", "sau 3.650 ngày", "100 ngày sau lần dùng cuối"} {
		wantText(t, long, term)
	}
	f.now = calendar.InstantAt(calendar.DateOf(2015, 1, 1), 0, 0).Time()
	long = f.page(http.StatusOK, "/du-lieu-ca-nhan").Find("#bao-lau").Parent()
	wantText(t, long, "chưa quy định thời hạn")
	if strings.Contains(long.Text(), "730") {
		t.Error("a term is named that rules only later")
	}
}
