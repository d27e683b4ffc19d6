package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doithoai/text"
	"doithoai/text/filetest"
	"doithoai/tlog"
)

// fetchReceipt gets the receipt file of a tale from a running program, signed.
func fetchReceipt(t *testing.T, p *program, tale string) []byte {
	t.Helper()
	c := browser(t)
	post(t, c, p.urls[0]+"tra-cuu", url.Values{"ma": {string(codeOf(tale))}})
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		r, page := get(t, c, p.urls[0]+"tra-cuu/bien-nhan.json")
		if r.StatusCode != http.StatusOK {
			t.Fatalf("receipt of %q: %s", tale, r.Status)
		}
		if strings.Contains(page, `"checkpoint"`) {
			return []byte(page)
		}
		if time.Since(begin) > 10*time.Second {
			t.Fatal("the record was not signed within 10 s")
		}
	}
}

// forged is a receipt with something changed in it.
func forged(t *testing.T, receipt []byte, change func(*tlog.Receipt)) []byte {
	t.Helper()
	r, err := tlog.ParseReceipt(receipt)
	if err != nil {
		t.Fatal(err)
	}
	change(&r)
	b, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestVerifyReceipt gives each outcome its exit code and its words.
func TestVerifyReceipt(t *testing.T) {
	p := startProgram(t, "demo", "--data", demoFolder(t).Data, "--addr", "127.0.0.1:0")
	good := fetchReceipt(t, p, "niem yet va dien thoai")
	_, key := get(t, browser(t), p.urls[0]+"so-doi-chung/public-key")
	_, otherKey, err := tlog.GenerateKey(strings.NewReader(strings.Repeat("x", 32)), demoOrigin)
	if err != nil {
		t.Fatal(err)
	}
	p.end()

	receipt, err := tlog.ParseReceipt(good)
	if err != nil || len(receipt.Entries) != 2 {
		t.Fatalf("%d entries, %v", len(receipt.Entries), err)
	}
	unsigned := forged(t, good, func(r *tlog.Receipt) {
		for i := range r.Entries {
			r.Entries[i].Proof, r.Entries[i].Checkpoint = nil, ""
		}
	})
	altered := forged(t, good, func(r *tlog.Receipt) { r.Entries[1].Opening.Content += "." })
	for _, tt := range []struct {
		name    string
		receipt []byte
		args    []string
		code    int
		want    []string
	}{
		{"proven", good, nil, exitDone, []string{
			"ĐÚNG", "DỮ LIỆU MÔ PHỎNG", receipt.Numbers[0], receipt.Numbers[1], "nằm trong sổ đã ký", "Hãy so khóa này",
			strings.TrimSpace(key),
		}},
		{"proven with the key", good, []string{"--key", strings.TrimSpace(key)}, exitDone, []string{"ĐÚNG"}},
		{"in English", good, []string{"--lang", "en"}, exitDone, []string{"RIGHT", "SIMULATED DATA"}},
		{"another key", good, []string{"--key", otherKey}, exitWrong, []string{"SAI", "Khóa không phải"}},
		{"altered", altered, nil, exitWrong, []string{"SAI", "✗ Nội dung không đúng", "✓ Nội dung, mã"}},
		{"unsigned", unsigned, nil, exitUnsigned, []string{"CHƯA KÝ", "chưa nằm trong sổ đã ký"}},
		{"no receipt", []byte(`{"a": 1}`), nil, exitWrong, []string{"không phải biên nhận"}},
		{"no key", good, []string{"--key", "vô nghĩa"}, exitFailed, nil},
	} {
		file := filepath.Join(t.TempDir(), "receipt.json")
		if err := os.WriteFile(file, tt.receipt, 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, stderr := run(t, "", append([]string{"verify", file}, tt.args...)...)
		if code != tt.code {
			t.Errorf("%s: exit code %d, want %d: %s", tt.name, code, tt.code, stderr)
		}
		for _, want := range tt.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: without %q:\n%s", tt.name, want, out)
			}
		}
		if strings.Contains(out, "⟦") {
			t.Errorf("%s: a word is missing:\n%s", tt.name, out)
		}
	}
	cases, err := filetest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		file, keys := filepath.Join(t.TempDir(), "receipt.json"), filepath.Join(t.TempDir(), "key")
		for path, b := range map[string][]byte{file: c.Write(good), keys: c.Write([]byte(key))} {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := map[bool]int{true: exitDone, false: exitWrong}[c.Readable]
		if code, out, stderr := run(t, "", "verify", file); code != want {
			t.Errorf("%s: exit code %d, want %d: %s%s", c.Name, code, want, out, stderr)
		}
		if code, _, stderr := run(t, "", "verify", file, "--key", keys); c.Readable && code != exitDone {
			t.Errorf("%s: exit code %d with a key file: %s", c.Name, code, stderr)
		}
	}
	if code, _, _ := run(t, "", "verify", filepath.Join(t.TempDir(), "none")); code != exitFailed {
		t.Errorf("a file that is not there: %d", code)
	}
}

// TestFaultsAreWorded: no fault of a receipt is without its sentence.
func TestFaultsAreWorded(t *testing.T) {
	var r tlog.Receipt
	if err := json.Unmarshal([]byte(`{"entries": [{"opening": {"number": "ND-24-0001"}}]}`), &r); err != nil {
		t.Fatal(err)
	}
	all := []tlog.Fault{
		tlog.FaultLeaf, tlog.FaultAct, tlog.FaultNumber, tlog.FaultContent, tlog.FaultTime, tlog.FaultRegister,
		tlog.FaultOrigin,
		tlog.FaultCheckpoint, tlog.FaultSignature, tlog.FaultKey, tlog.FaultProof,
	}
	for _, lang := range []string{"vi", "en"} {
		out := receiptFindings(text.For(lang), r, tlog.Result{
			Outcome: tlog.Wrong, Faults: all, Entries: []tlog.EntryResult{{Faults: all}},
		})
		if strings.Contains(out, "⟦") || strings.Count(out, "✗") != 2*len(all) {
			t.Errorf("%s:\n%s", lang, out)
		}
	}
}
