package main

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/report"
	"doithoai/store"
	"doithoai/web"
)

const provinceHost = "tinh-vi-du.test"

// addProvince enters a superior of the demo's commune beside it; "vp.tinh" works for its office.
func addProvince(t *testing.T, at place) {
	t.Helper()
	_, example, _ := run(t, "", "setup", "--example")
	const account = `"level": "province",
		"administrator": {"login": "vp.tinh", "name": "Người Tổng Hợp", "office": true}, "place"`
	example = strings.NewReplacer(`"place"`, account, "xa-vi-du", "tinh-vi-du", "xã Ví Dụ", "tỉnh Ví Dụ").Replace(example)
	file := filepath.Join(t.TempDir(), "tinh.json")
	if err := os.WriteFile(file, []byte(example), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"authority", "add", file, "--host", provinceHost},
		{"authority", "report", "xa-nghia-dung", "--to", "tinh-vi-du", "--from", "2024-01-01"},
	} {
		if code, out, stderr := run(t, demo.Password+"\n", append(args, "--data", at.Data)...); code != exitDone {
			t.Fatalf("%v: %d %s%s", args, code, out, stderr)
		}
	}
	code, _, stderr := run(t, "", "authority", "report", "tinh-vi-du", "--to", "xa-nghia-dung", "--from", "2024-01-01",
		"--data", at.Data)
	if code != exitFailed || !strings.Contains(stderr, "no province") {
		t.Errorf("a province reports to a commune: %d %s", code, stderr)
	}
}

// upload sends a file and returns the page that follows.
func upload(t *testing.T, c *http.Client, base, path, field string, file []byte) string {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile(field, "bao-cao.json")
	if err == nil {
		_, err = part.Write(file)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	r, err := c.Post(base+path, w.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	page := body(t, r)
	if to := r.Header.Get("Location"); to != "" {
		_, page = get(t, c, base+to)
	}
	return page
}

// TestRollUpPages follows a superior: the sums, a filter, the files, a commune's dialogues with the way to its public
// pages, and the signed file of a commune that runs alone.
func TestRollUpPages(t *testing.T) {
	s := installation(t, addProvince)
	if err := s.db.CountRollUps(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, err := authority(t.Context(), s.db, "")
	if err != nil {
		t.Fatal(err)
	}
	admin := actorOf(t, s.server, demo.LoginChair)
	admin.Roles = []doithoai.Role{doithoai.RoleAdministrator}
	if err := s.db.SetHostNames(t.Context(), admin, a.Version, []string{"nghia-dung.test"}, ""); err != nil {
		t.Fatal(err)
	}
	base, c := s.at.URL, s.under(browser(t), provinceHost)
	signIn(t, c, base+"/", "vp.tinh")
	open := func(path string, wants ...string) string {
		t.Helper()
		r, page := get(t, c, base+path)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", path, r.Status)
		}
		if strings.HasPrefix(page, "<!") {
			for _, fault := range append(pageFaults(parsed(t, page), "vi"), partFaults(parsed(t, page))...) {
				t.Errorf("%s: %s", path, fault)
			}
		}
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
		return page
	}
	page := open(web.RollUpPath+"?nam=2024&ky=4", "UBND xã Nghĩa Dũng", "cả năm 2024", "Tính đến")
	row := parsed(t, page).Find(".dt-rollup tbody tr")
	if row.Length() != 1 {
		t.Fatalf("%d communes", row.Length())
	}
	public, _ := row.Find("td a").First().Attr("href")
	at, err := url.Parse(public)
	if err != nil || at.Hostname() != "nghia-dung.test" || !strings.HasPrefix(at.Path, "/doi-thoai/") {
		t.Fatalf("the dialogue leads to %q", public)
	}
	for _, link := range row.Find("td a").EachIter() {
		to, err := url.Parse(link.AttrOr("href", ""))
		if err != nil {
			t.Fatal(err)
		}
		if r, page := get(t, s.under(browser(t), to.Hostname()), base+to.Path); r.StatusCode != http.StatusOK ||
			!strings.Contains(page, "Nghĩa Dũng") {
			t.Errorf("%s: %s", to, r.Status)
		}
	}
	if csv := open(web.RollUpPath + ".csv?nam=2024&ky=4"); strings.Count(csv, "Nghĩa Dũng") != 1 {
		t.Errorf("CSV:\n%s", csv)
	}
	open(web.RollUpPath + ".xlsx?nam=2024&ky=4")
	open(web.RollUpPath+"?nam=2024&ky=4&loc=none", "Không có đơn vị nào.")
	open(web.RollUpPath+"/xa/xa-nghia-dung", "Các buổi đối thoại")

	// The commune's figures come from elsewhere, too: under another code, as if it ran alone.
	key := s.record.reportKey()
	finger, err := report.Fingerprint(key)
	if err != nil {
		t.Fatal(err)
	}
	open(web.RollUpPath + "/don-vi-moi")
	form := url.Values{
		"ma": {"xa-chay-rieng"}, "ten": {"UBND xã Chạy Riêng"}, "tu-ngay": {"01/01/2024"}, "khoa": {key},
		"dau-van-tay": {"0000"}, "doi-chieu": {"Chánh Văn phòng, 02550000000"}, "dia-chi-trang": {"https://rieng.test"},
	}
	r, page := post(t, c, base+web.RollUpPath+"/don-vi-moi", form)
	if to := r.Header.Get("Location"); to != "" {
		_, page = get(t, c, base+to)
	}
	if !strings.Contains(page, "Dấu vân tay không khớp") {
		t.Error("a wrong fingerprint is taken")
	}
	form.Set("dau-van-tay", finger)
	r, page = post(t, c, base+web.RollUpPath+"/don-vi-moi", form)
	if to := r.Header.Get("Location"); !strings.Contains(to, "xong=keep_subordinate") {
		t.Fatalf("%s %s\n%.3000s", r.Status, to, page)
	}
	open(web.RollUpPath+"/xa/xa-chay-rieng", finger, "Chưa có tệp báo cáo")
	open(web.RollUpPath + "/xa/xa-chay-rieng/khoa")

	var result report.Result
	result.Authority, result.Code, result.At = "Ủy ban nhân dân xã Chạy Riêng", "xa-chay-rieng", s.db.Now()
	result.Dialogue.Slug, result.Dialogue.Began, result.Dialogue.Noticed = "2024-05-06", demo.Morning.Add(-48e11),
		demo.Morning.Date().AddDays(-30)
	bare, err := result.File()
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s.record.signReport(bare)
	if err != nil {
		t.Fatal(err)
	}
	if page := upload(t, c, base, web.RollUpPath+"/tep", "tep", bare); !strings.Contains(page, "Tệp chưa ký") {
		t.Error("an unsigned file is taken")
	}
	if page := upload(t, c, base, web.RollUpPath+"/tep", "tep", signed); !strings.Contains(page, "Đã nhận tệp báo cáo") {
		t.Fatalf("the file is not taken:\n%.3000s", page)
	}
	open(web.RollUpPath+"?nam=2024&ky=4", "Từ tệp báo cáo ký ngày", "https://rieng.test/doi-thoai/2024-05-06")
	file := filepath.Join(t.TempDir(), "bao-cao.json")
	for b, want := range map[string]int{string(signed): exitDone, string(bare): exitWrong} {
		if err := os.WriteFile(file, []byte(b), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, stderr := run(t, "", "verify", "report", file, "--key", key); code != want {
			t.Errorf("verify report: %d %s%s", code, out, stderr)
		}
	}
	if r, _ := get(t, s.under(c, ""), base+web.RollUpPath); r.StatusCode == http.StatusOK {
		t.Errorf("the commune's host shows the roll-up: %s", r.Status)
	}
}

// TestProvince: of the demo's twelve communes one is late with notice and results, one held none, one came by a file.
func TestProvince(t *testing.T) {
	at := place{Data: t.TempDir()}
	cmd := demoCommand{place: at}
	if _, err := cmd.make(t.Context(), demo.Province); err != nil {
		t.Fatal(err)
	}
	clock, err := cmd.clock()
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, clock)
	sees := actorOf(t, s, demo.LoginProvince)
	u, err := s.db.RollUp(t.Context(), sees, store.RollUpQuery{Year: 2026, Period: report.WholeYear, After: -1, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	alone := 0
	for _, w := range u.Rows {
		if w.Alone() {
			alone++
		}
	}
	if u.Total.Communes != 12 || u.Total.None != 1 || u.Total.Late != 1 || u.Total.NoticesLate != 1 ||
		u.Total.ResultsLate != 1 || alone != 1 || len(u.Rows) != 12 {
		t.Errorf("%+v, %d alone", u.Total, alone)
	}
}
