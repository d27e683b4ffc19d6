package tlog

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// testReceipt is the receipt of two opinions in a record of 300 leaves, signed,
// with the key to trust.
func testReceipt(t testing.TB) (Receipt, string) {
	t.Helper()
	signer, vkey := testKeys(t, testOrigin, 1)
	r := Receipt{
		Demo:      true,
		Authority: "Ủy ban nhân dân xã Nghĩa Dũng",
		Origin:    testOrigin,
		Key:       vkey,
		Numbers:   []string{"ND-26-0417", "ND-26-0418"},
		Received:  testTime,
	}
	m := newMemory()
	for n := range byte(150) {
		m.append([]byte{n})
	}
	for i, number := range r.Numbers {
		o := testOpening(t, byte(i+1))
		o.Number = number
		leaf := newLeaf(t, o).Bytes()
		r.Entries = append(r.Entries, Entry{Leaf: leaf, Index: m.edge.Size(), Opening: o})
		m.append(leaf)
	}
	for n := m.edge.Size(); n < 300; n++ {
		m.appendHash(fakeHash(n))
	}
	c := Checkpoint{Origin: testOrigin, Size: m.edge.Size(), Root: m.edge.Root()}
	msg, err := c.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Entries {
		e := &r.Entries[i]
		e.Checkpoint = string(msg)
		if e.Proof, err = Prove(t.Context(), c.Size, e.Index, c.Root, m.read); err != nil {
			t.Fatal(err)
		}
	}
	return r, vkey
}

// unsigned takes the signed part of a receipt away.
func unsigned(r Receipt) Receipt {
	r.Entries = append([]Entry(nil), r.Entries...)
	for i := range r.Entries {
		r.Entries[i].Proof, r.Entries[i].Checkpoint = nil, ""
	}
	return r
}

func encode(t testing.TB, r Receipt) []byte {
	t.Helper()
	b, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReceiptGolden(t *testing.T) {
	r, _ := testReceipt(t)
	golden(t, "receipt.json", encode(t, r))
	golden(t, "receipt-unsigned.json", encode(t, unsigned(r)))
}

func TestReceiptRoundTrip(t *testing.T) {
	signed, _ := testReceipt(t)
	real := unsigned(signed)
	real.Demo = false
	for _, r := range []Receipt{signed, unsigned(signed), real} {
		first := encode(t, r)
		back, err := ParseReceipt(first)
		if err != nil {
			t.Fatal(err)
		}
		if again := encode(t, back); !bytes.Equal(again, first) {
			t.Errorf("%s\ncomes back as\n%s", first, again)
		}
		r.Schema, r.HowTo, r.DemoNotice = back.Schema, back.HowTo, back.DemoNotice
		if !reflect.DeepEqual(back, r) {
			t.Errorf("%+v\ncomes back as\n%+v", r, back)
		}
		if (back.DemoNotice != "") != r.Demo {
			t.Errorf("demo %t with notice %q", r.Demo, back.DemoNotice)
		}
	}
}

func TestParseReceiptRefuses(t *testing.T) {
	r, _ := testReceipt(t)
	good := string(encode(t, r))
	replace := func(old, new string) string {
		t.Helper()
		if !strings.Contains(good, old) {
			t.Fatalf("the receipt has no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, c := range []struct{ name, data, want string }{
		{"empty", "", "EOF"},
		{"not JSON", "receipt", "invalid"},
		{"a list", "[]", "cannot unmarshal"},
		{"cut short", good[:len(good)/2], "EOF"},
		{"two documents", good + "{}", "follows"},
		{"too long", good + strings.Repeat(" ", MaxReceipt), "more than"},
		{"not UTF-8", replace("thôn", "th\xf4n"), "not UTF-8"},
		{"deep", strings.Repeat("[", 100_000), "deep"},
		{"unknown member", replace(`"demo":`, `"more": 1, "demo":`), "unknown field"},
		{"repeated member", replace(`"demo":`, `"demo": false, "demo":`), "repeated"},
		{"member in capitals", replace(`"demo":`, `"Demo":`), "misspelt"},
		{"null", replace(`"demo": true`, `"demo": null`), "null"},
		{"other schema", replace("doithoai-receipt/1", "doithoai-receipt/2"), "schema"},
		{"demo without notice", replace(DemoNotice, ""), "contradict"},
		{"other notice", replace(DemoNotice, "Real"), "contradict"},
		{"notice without demo", replace(`"demo": true`, `"demo": false`), "contradict"},
		{"no authority", replace(r.Authority, ""), "authority"},
		{"origin with space", replace(testOrigin, "a b"), "origin"},
		{"no key", replace(r.Key, ""), "key"},
		{"local time", replace(`:31.25Z"`, `:31.25+07:00"`), "UTC"},
		{"no time", replace("2026-10-25T02:42:31.25Z", "yesterday"), "cannot parse"},
		{"no numbers", replace("\"ND-26-0417\",\n    \"ND-26-0418\"", ""), "0 register numbers"},
		{"empty number", replace(`"ND-26-0417"`, `""`), "register number 0"},
		{"negative index", replace(`"index": 150`, `"index": -1`), "index -1"},
		{"index beyond the bound", replace(`"index": 150`, `"index": 9007199254740992`), "index"},
		{"fractional index", replace(`"index": 150`, `"index": 150.5`), "cannot unmarshal"},
		{"short salt", replace(r.Entries[0].Opening.Salts.text(t), "AAAA"), "3 bytes"},
		{"leaf not base64", replace(`"leaf": "`, `"leaf": "?`), "base64"},
		{"leaf with line break", replace(`"leaf": "`, `"leaf": "\n`), "line break"},
		{"no leaf", replace(r.Entries[0].leafText(t), ""), "leaf of 0 bytes"},
		{"short hash in proof", replace(r.Entries[0].Proof[0].String(), "AAAA"), "hash 0"},
		{"long checkpoint", replace(`"checkpoint": "`, `"checkpoint": "`+strings.Repeat("x", 1<<14)), "checkpoint"},
		{"long leaf", replace(r.Entries[0].leafText(t), strings.Repeat("AAAA", 400)), "leaf of 1200 bytes"},
		{"long proof", replace(`"proof": [`, `"proof": [`+strings.Repeat(`"`+r.Entries[0].Proof[0].String()+`",`, 64)),
			"hashes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseReceipt([]byte(c.data))
			mustFail(t, err, c.want)
		})
	}
	if _, err := ParseReceipt([]byte(good)); err != nil {
		t.Error(err)
	}
}

func (s Salts) text(t *testing.T) string {
	t.Helper()
	b, err := s.Act.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (e Entry) leafText(t *testing.T) string {
	t.Helper()
	b, err := e.Leaf.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What ParseReceipt refuses is never handed out either.
func TestEncodeRefuses(t *testing.T) {
	for name, change := range map[string]func(*Receipt){
		"no authority":      func(r *Receipt) { r.Authority = "" },
		"no time":           func(r *Receipt) { r.Received = time.Time{} },
		"local time":        func(r *Receipt) { r.Received = r.Received.In(time.FixedZone("+07", 7*3600)) },
		"no entries":        func(r *Receipt) { r.Entries = nil },
		"too many entries":  func(r *Receipt) { r.Entries = make([]Entry, 257) },
		"too many numbers":  func(r *Receipt) { r.Numbers = make([]string, 257) },
		"content not UTF-8": func(r *Receipt) { r.Entries[0].Opening.Content = "\xff" },
		"too long":          func(r *Receipt) { r.Entries[0].Opening.Content = strings.Repeat("x", MaxReceipt) },
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := testReceipt(t)
			change(&r)
			if b, err := r.Encode(); err == nil {
				t.Errorf("encoded as %.200s", b)
			}
		})
	}
}

func FuzzParseReceipt(f *testing.F) {
	r, vkey := testReceipt(f)
	f.Add(encode(f, r))
	f.Add(encode(f, unsigned(r)))
	f.Add([]byte(`{"schema":"doithoai-receipt/1","entries":[{}]}`))
	f.Add([]byte(`{"schema":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseReceipt(data)
		if err != nil {
			return
		}
		b, err := r.Encode()
		if err != nil {
			// Texts for people are filled in anew and may be longer than they were.
			if len(data) > MaxReceipt/2 {
				return
			}
			t.Fatalf("parsed but not encoded: %v", err)
		}
		again, err := ParseReceipt(b)
		if err != nil {
			t.Fatalf("encoded but not parsed: %v\n%s", err, b)
		}
		for _, trusted := range [][]string{nil, {vkey}} {
			first, err1 := VerifyReceipt(r, trusted...)
			second, err2 := VerifyReceipt(again, trusted...)
			if err1 != nil || err2 != nil || !reflect.DeepEqual(first, second) {
				t.Errorf("%+v, %v\nafter encoding %+v, %v", first, err1, second, err2)
			}
		}
		if !json.Valid(b) {
			t.Errorf("not JSON: %s", b)
		}
	})
}
