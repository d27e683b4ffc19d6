package tlog

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

// Each thing is altered alone, in the first entry or in the receipt as a whole,
// and named: the faults of the receipt before the bar, those of the entry after it.
func TestVerifyReceiptNamesWhatIsAltered(t *testing.T) {
	_, otherKey := testKeys(t, testOrigin, 2)
	_, foreignKey := testKeys(t, "other.example.vn", 1)
	resign := func(r *Receipt, seed byte, text string) {
		signer, _ := testKeys(t, testOrigin, seed)
		r.Entries[0].Checkpoint = signText(t, text, signer)
	}
	for _, c := range []struct {
		name   string
		change func(*Receipt, *Entry)
		want   []Fault // of the receipt
		entry  []Fault // of the first entry
	}{
		{"nothing", func(*Receipt, *Entry) {}, nil, nil},
		{"texts for people", func(r *Receipt, _ *Entry) { r.HowTo, r.Authority, r.Demo = HowTo{}, "UBND", false }, nil, nil},
		{"act", func(_ *Receipt, e *Entry) { e.Opening.Act = "ReceivePetition" }, nil, []Fault{FaultAct}},
		{"content", func(_ *Receipt, e *Entry) { e.Opening.Content = "Không có ý kiến." }, nil, []Fault{FaultContent}},
		{"content, only its normal form", func(_ *Receipt, e *Entry) {
			e.Opening.Content = strings.Replace(e.Opening.Content, "ô", "o\u0302", 1)
		}, nil, []Fault{FaultContent}},
		{"number of the entry", func(_ *Receipt, e *Entry) { e.Opening.Number = "ND-26-0419" },
			[]Fault{FaultRegister}, []Fault{FaultNumber}},
		{"salt of act", func(_ *Receipt, e *Entry) { e.Opening.Salts.Act[3] ^= 1 }, nil, []Fault{FaultAct}},
		{"salt of number", func(_ *Receipt, e *Entry) { e.Opening.Salts.Number[3] ^= 1 }, nil, []Fault{FaultNumber}},
		{"salt of content", func(_ *Receipt, e *Entry) { e.Opening.Salts.Content[3] ^= 1 }, nil, []Fault{FaultContent}},
		{"whole opening", func(_ *Receipt, e *Entry) { e.Opening = Opening{Number: e.Opening.Number} }, nil,
			[]Fault{FaultAct, FaultNumber, FaultContent}},
		{"number in the list", func(r *Receipt, _ *Entry) { r.Numbers[0] = "ND-26-0419" }, []Fault{FaultRegister}, nil},
		{"number too many in the list", func(r *Receipt, _ *Entry) { r.Numbers = append(r.Numbers, "ND-26-0419") },
			[]Fault{FaultRegister}, nil},
		{"number twice in the list", func(r *Receipt, _ *Entry) { r.Numbers = append(r.Numbers, r.Numbers[0]) },
			[]Fault{FaultRegister}, nil},
		{"number missing in the list", func(r *Receipt, _ *Entry) { r.Numbers = r.Numbers[:1] }, []Fault{FaultRegister}, nil},
		{"time of receipt", func(r *Receipt, _ *Entry) { r.Received = r.Received.Add(time.Minute) }, nil, []Fault{FaultTime}},
		{"second of receipt", func(r *Receipt, _ *Entry) { r.Received = r.Received.Truncate(time.Minute) }, nil, nil},
		{"leaf's form", func(_ *Receipt, e *Entry) { e.Leaf = append(e.Leaf, '\n') }, nil, []Fault{FaultLeaf, FaultProof}},
		{"leaf's authority",
			func(_ *Receipt, e *Entry) { e.Leaf = bytes.Replace(e.Leaf, []byte("nghia"), []byte("nghja"), 1) },
			nil, []Fault{FaultProof}},
		{"leaf's time", func(_ *Receipt, e *Entry) { e.Leaf = bytes.Replace(e.Leaf, []byte(":42Z"), []byte(":43Z"), 1) }, nil,
			[]Fault{FaultTime, FaultProof}},
		{"leaf made anew for another content", func(_ *Receipt, e *Entry) {
			e.Opening.Content = "Không có ý kiến."
			e.Leaf = newLeaf(t, e.Opening).Bytes()
		}, nil, []Fault{FaultProof}},
		{"leaf of another entry", func(r *Receipt, e *Entry) { e.Leaf = r.Entries[1].Leaf }, nil,
			[]Fault{FaultAct, FaultNumber, FaultContent, FaultProof}},
		{"index", func(_ *Receipt, e *Entry) { e.Index++ }, nil, []Fault{FaultProof}},
		{"index beyond the checkpoint", func(_ *Receipt, e *Entry) { e.Index = 300 }, nil, []Fault{FaultProof}},
		{"hash of the proof", func(_ *Receipt, e *Entry) { e.Proof[4][0] ^= 1 }, nil, []Fault{FaultProof}},
		{"proof cut short", func(_ *Receipt, e *Entry) { e.Proof = e.Proof[1:] }, nil, []Fault{FaultProof}},
		{"proof too long", func(_ *Receipt, e *Entry) { e.Proof = append(e.Proof, Hash{}) }, nil, []Fault{FaultProof}},
		{"proof of another entry", func(r *Receipt, e *Entry) { e.Proof = r.Entries[1].Proof }, nil, []Fault{FaultProof}},
		{"no proof", func(_ *Receipt, e *Entry) { e.Proof = nil }, nil, []Fault{FaultProof}},
		{"no checkpoint", func(_ *Receipt, e *Entry) { e.Checkpoint = "" }, nil, []Fault{FaultCheckpoint}},
		{"size in the checkpoint",
			func(_ *Receipt, e *Entry) { e.Checkpoint = strings.Replace(e.Checkpoint, "\n300\n", "\n301\n", 1) }, nil,
			[]Fault{FaultSignature}},
		{"signature", func(_ *Receipt, e *Entry) {
			i := strings.LastIndexByte(e.Checkpoint, ' ') + 20
			e.Checkpoint = e.Checkpoint[:i] + swap(e.Checkpoint[i]) + e.Checkpoint[i+1:]
		}, nil, []Fault{FaultSignature}},
		{"checkpoint's form", func(_ *Receipt, e *Entry) { e.Checkpoint = e.Checkpoint[1:] + "\n" }, nil,
			[]Fault{FaultCheckpoint}},
		{"signed by another key of that name", func(r *Receipt, _ *Entry) {
			resign(r, 2, testOrigin+"\n300\n"+fakeHash(0).String()+"\n")
		}, nil, []Fault{FaultKey}},
		{"rightly signed checkpoint of another tree", func(r *Receipt, _ *Entry) {
			resign(r, 1, testOrigin+"\n300\n"+fakeHash(0).String()+"\n")
		}, nil, []Fault{FaultProof}},
		{"origin", func(r *Receipt, _ *Entry) { r.Origin = "other.example.vn" }, []Fault{FaultOrigin}, []Fault{FaultOrigin}},
		{"key, of the same name", func(r *Receipt, _ *Entry) { r.Key = otherKey }, []Fault{FaultKey}, nil},
		{"key, of another name", func(r *Receipt, _ *Entry) { r.Key = foreignKey }, []Fault{FaultKey}, nil},
		{"key, malformed", func(r *Receipt, _ *Entry) { r.Key += "x" }, []Fault{FaultKey}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, vkey := testReceipt(t)
			c.change(&r, &r.Entries[0])
			res, err := VerifyReceipt(r, vkey)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(res.Faults, c.want) || !slices.Equal(res.Entries[0].Faults, c.entry) {
				t.Errorf("faults %v | %v, want %v | %v", res.Faults, res.Entries[0].Faults, c.want, c.entry)
			}
			want := Wrong
			if len(c.want)+len(c.entry) == 0 {
				want = Proven
			}
			if res.Outcome != want || res.OwnKey {
				t.Errorf("outcome %s, own key %t; want %s", res.Outcome, res.OwnKey, want)
			}
		})
	}
}

// swap is another base64 digit than b.
func swap(b byte) string {
	if b == 'A' {
		return "B"
	}
	return "A"
}

func TestVerifyReceiptTellsWhatItFound(t *testing.T) {
	r, vkey := testReceipt(t)
	res, err := VerifyReceipt(r, vkey)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Entries) != 2 {
		t.Fatalf("%d entries", len(res.Entries))
	}
	for i, e := range res.Entries {
		if e.Index != int64(150+i) || !e.Signed || e.Checkpoint.Size != 300 || e.Checkpoint.Origin != testOrigin ||
			e.Leaf.Authority != "xa-nghia-dung" || !e.Leaf.Time.Equal(testTime.Truncate(time.Minute)) {
			t.Errorf("entry %d: %+v", i, e)
		}
	}
}

// A receipt from before the checkpoint is not wrong, only early; and a fault in
// it is a fault all the same.
func TestVerifyReceiptNotYetSigned(t *testing.T) {
	signed, vkey := testReceipt(t)
	for _, trusted := range [][]string{nil, {vkey}} {
		r := unsigned(signed)
		res, err := VerifyReceipt(r, trusted...)
		if err != nil || res.Outcome != Unsigned || res.Entries[0].Signed || res.Entries[0].Faults != nil {
			t.Errorf("%+v, %v", res, err)
		}
		r.Entries[0] = signed.Entries[0]
		if res, err = VerifyReceipt(r, trusted...); err != nil || res.Outcome != Unsigned || !res.Entries[0].Signed {
			t.Errorf("one of two signed: %+v, %v", res, err)
		}
		r.Entries[1].Opening.Content = "Không có ý kiến."
		if res, err = VerifyReceipt(r, trusted...); err != nil || res.Outcome != Wrong {
			t.Errorf("altered: %+v, %v", res, err)
		}
	}
}

// The first leaf of a record needs no proof.
func TestVerifyReceiptOfFirstLeaf(t *testing.T) {
	r, vkey := testReceipt(t)
	r.Entries, r.Numbers = r.Entries[:1], r.Numbers[:1]
	signer, _ := testKeys(t, testOrigin, 1)
	msg, err := Checkpoint{testOrigin, 1, LeafHash(r.Entries[0].Leaf)}.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	e := &r.Entries[0]
	e.Index, e.Proof, e.Checkpoint = 0, nil, string(msg)
	back, err := ParseReceipt(encode(t, r))
	if err != nil {
		t.Fatal(err)
	}
	if res, err := VerifyReceipt(back, vkey); err != nil || res.Outcome != Proven {
		t.Errorf("%+v, %v", res, err)
	}
}

func TestVerifyReceiptKeys(t *testing.T) {
	r, vkey := testReceipt(t)
	_, otherKey := testKeys(t, testOrigin, 2)
	for _, c := range []struct {
		name    string
		trusted []string
		want    Outcome
		own     bool
	}{
		{"its own", nil, Proven, true},
		{"the right one", []string{vkey}, Proven, false},
		{"an older one and the right one", []string{otherKey, vkey}, Proven, false},
		{"another", []string{otherKey}, Wrong, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := VerifyReceipt(r, c.trusted...)
			if err != nil || res.Outcome != c.want || res.OwnKey != c.own {
				t.Errorf("%+v, %v; want %s", res, err, c.want)
			}
			if c.want == Wrong &&
				(!slices.Equal(res.Faults, []Fault{FaultKey}) || !slices.Equal(res.Entries[0].Faults, []Fault{FaultKey})) {
				t.Errorf("faults %v | %v", res.Faults, res.Entries[0].Faults)
			}
		})
	}
	if _, err := VerifyReceipt(r, vkey, "nonsense"); err == nil {
		t.Error("a malformed trusted key is accepted")
	}
	r.Key = "nonsense"
	res, err := VerifyReceipt(r)
	if err != nil || !slices.Equal(res.Faults, []Fault{FaultKey}) ||
		!slices.Equal(res.Entries[0].Faults, []Fault{FaultKey}) {
		t.Errorf("own key malformed: %+v, %v", res, err)
	}
}

// Whichever character of a printed receipt is changed into another, the receipt
// is refused or wrong, but for the texts which are for people to read and the
// fractions of the minute.
func TestNoCharacterCanBeChanged(t *testing.T) {
	r, vkey := testReceipt(t)
	r.Entries, r.Numbers = r.Entries[:1], r.Numbers[:1]
	good := encode(t, r)
	free := map[string]bool{`"vi"`: true, `"en"`: true, `"authority"`: true}
	changed := 0
	for start := 0; start < len(good); {
		line := good[start : start+bytes.IndexByte(good[start:], '\n')]
		name := string(bytes.TrimSpace(bytes.SplitN(line, []byte(":"), 2)[0]))
		for i := start; i < start+len(line); i++ {
			inFraction := name == `"received"` && i-start >= bytes.Index(line, []byte(":31"))
			if free[name] || inFraction || good[i] == ' ' && strings.TrimSpace(string(good[start:i])) == "" {
				continue
			}
			bad := bytes.Clone(good)
			if bad[i]++; bad[i] == 0x7f {
				bad[i] = 'a'
			}
			changed++
			parsed, err := ParseReceipt(bad)
			if err != nil {
				continue
			}
			if res, err := VerifyReceipt(parsed, vkey); err != nil || res.Outcome != Wrong {
				t.Errorf("%q for %q in %q: %s, %v", bad[i], good[i], line, res.Outcome, err)
			}
		}
		start += len(line) + 1
	}
	if changed < 1500 {
		t.Errorf("only %d characters were tried", changed)
	}
}
