package tlog

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// ReceiptSchema is the version of the receipt's form, the value of its member
// "schema". A change which an older reader would misread makes a new number.
const ReceiptSchema = "doithoai-receipt/1"

// Bounds of a receipt. Whatever is beyond them is refused unread.
const (
	MaxReceipt        = 1 << 20 // bytes of the document
	maxReceiptEntries = 256
	maxReceiptLeaf    = 1024    // bytes
	maxReceiptNote    = 1 << 14 // bytes of a signed checkpoint
	maxReceiptProof   = 64      // hashes
	maxReceiptName    = 1024    // bytes of a name, a key or a number
)

// DemoNotice marks the receipts of a demonstration, in both languages.
const DemoNotice = "DỮ LIỆU MÔ PHỎNG, không có giá trị. SIMULATED DATA, no legal effect."

// howToVerify stands in every receipt, for whoever has nothing but the file.
var howToVerify = HowTo{
	Vi: "Kiểm chứng không cần mạng: chạy “doithoai verify TỆP-NÀY”. " +
		"Tự tính: mỗi dòng act, number, content trong leaf là base64 của SHA-256(salt ‖ nội dung); " +
		"proof dẫn từ SHA-256(0x00 ‖ leaf) đến gốc trong checkpoint (RFC 6962, c2sp.org/tlog-checkpoint); " +
		"khóa key phải đúng là khóa cơ quan đã công bố.",
	En: "To verify without a network, run “doithoai verify THIS-FILE”. " +
		"By hand: each of the lines act, number, content in leaf is base64 of SHA-256(salt ‖ text); " +
		"proof leads from SHA-256(0x00 ‖ leaf) to the root in checkpoint (RFC 6962, c2sp.org/tlog-checkpoint); " +
		"key must be the one which the authority made public.",
}

// HowTo says in one line, in each language, how to verify a receipt.
type HowTo struct {
	Vi string `json:"vi"`
	En string `json:"en"`
}

// Base64 is binary data, in JSON a string of canonical standard base64.
type Base64 []byte

// MarshalText writes padded standard base64.
func (b Base64) MarshalText() ([]byte, error) { return base64.StdEncoding.AppendEncode(nil, b), nil }

// UnmarshalText accepts canonical base64 only.
func (b *Base64) UnmarshalText(text []byte) (err error) {
	*b, err = decodeBase64(text)
	return err
}

// Receipt is what a person takes home: a JSON document (UTF-8, at most 1 MiB)
// with which anybody can check, without the authority, that an opinion is in
// the record as it was given. It holds the opinion itself, so it is as private
// as its holder keeps it.
//
// Attested by the record are only the entries, the register numbers and the
// minute of receipt; authority's name and demonstration mark are for people to
// read, and the key is worth what its publication is worth.
type Receipt struct {
	Schema     string    `json:"schema"`                // [ReceiptSchema]
	HowTo      HowTo     `json:"how_to_verify"`         // for people; not checked
	Demo       bool      `json:"demo"`                  // simulated data
	DemoNotice string    `json:"demo_notice,omitempty"` // [DemoNotice], exactly when Demo
	Authority  string    `json:"authority"`             // the authority's name, for people
	Origin     string    `json:"origin"`                // name of the record
	Key        string    `json:"key"`                   // public key of the record, see [ParseKey]
	Numbers    []string  `json:"register_numbers"`      // the register numbers of the entries
	Received   time.Time `json:"received"`              // time of the act which wrote the leaves, UTC, RFC 3339
	Entries    []Entry   `json:"entries"`               // one for each opinion
}

// Entry is one leaf of a receipt. Proof and Checkpoint are absent until the
// first checkpoint which covers the leaf, ordinarily for a second.
type Entry struct {
	Leaf       Base64  `json:"leaf"`                 // canonical bytes, see [Leaf]
	Index      int64   `json:"index"`                // of the leaf in the record, from 0
	Opening    Opening `json:"opening"`              // fields and salts
	Proof      Proof   `json:"proof,omitempty"`      // none is needed in a record of one leaf
	Checkpoint string  `json:"checkpoint,omitempty"` // signed note; its presence means "signed"
}

// Encode writes the receipt as indented JSON, ending in a newline. Schema,
// HowTo and DemoNotice are filled in by it. It refuses what [ParseReceipt]
// would refuse, but does not verify.
func (r Receipt) Encode() ([]byte, error) {
	r.Schema, r.HowTo, r.DemoNotice = ReceiptSchema, howToVerify, ""
	if r.Demo {
		r.DemoNotice = DemoNotice
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return nil, fmt.Errorf("tlog: encode receipt: %w", err)
	}
	if b.Len() > MaxReceipt {
		return nil, fmt.Errorf("tlog: receipt of %d bytes, more than %d", b.Len(), MaxReceipt)
	}
	return b.Bytes(), nil
}

// ParseReceipt reads a receipt from anybody. It refuses more than [MaxReceipt]
// bytes, another schema, members which are unknown, repeated, null or misspelt
// in case, anything after the document, and values out of bounds. What it
// accepts is well-formed; whether it is true is for [VerifyReceipt] to say.
func ParseReceipt(data []byte) (Receipt, error) {
	if len(data) > MaxReceipt {
		return Receipt{}, fmt.Errorf("tlog: receipt of %d bytes, more than %d", len(data), MaxReceipt)
	}
	if !utf8.Valid(data) {
		return Receipt{}, errors.New("tlog: receipt is not UTF-8")
	}
	if err := checkMembers(json.NewDecoder(bytes.NewReader(data)), 0); err != nil {
		return Receipt{}, fmt.Errorf("tlog: receipt: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var r Receipt
	if err := dec.Decode(&r); err != nil {
		return Receipt{}, fmt.Errorf("tlog: receipt: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Receipt{}, errors.New("tlog: receipt: something follows the document")
	}
	if err := r.check(); err != nil {
		return Receipt{}, err
	}
	return r, nil
}

// checkMembers refuses what encoding/json lets pass and other readers may read
// differently: repeated names, names in other letters than documented, null.
func checkMembers(dec *json.Decoder, depth int) error {
	const deepest = 8
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	if depth > deepest {
		return errors.New("nested too deep")
	}
	seen := map[json.Token]bool{}
	switch tok {
	case nil:
		return errors.New("null")
	case json.Delim('{'), json.Delim('['):
		for dec.More() {
			if tok == json.Delim('{') {
				name, err := dec.Token()
				if err != nil {
					return err
				}
				if seen[name] || !plainName(name) {
					return fmt.Errorf("member %.60q is repeated or misspelt", name)
				}
				seen[name] = true
			}
			if err := checkMembers(dec, depth+1); err != nil {
				return err
			}
		}
		_, err = dec.Token()
	}
	return err
}

// plainName reports whether tok is a name in a–z and underscores.
func plainName(tok json.Token) bool {
	name, ok := tok.(string)
	return ok && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// check returns what keeps r from being a well-formed receipt.
func (r *Receipt) check() error {
	switch {
	case r.Schema != ReceiptSchema:
		return fmt.Errorf("tlog: schema of receipt is %.60q, not %q", r.Schema, ReceiptSchema)
	case r.Demo != (r.DemoNotice == DemoNotice) || !r.Demo && r.DemoNotice != "":
		return errors.New("tlog: receipt: demo and demo_notice contradict each other")
	case !validText(r.Authority):
		return errors.New("tlog: receipt: authority is missing or too long")
	case !ValidOrigin(r.Origin):
		return fmt.Errorf("tlog: receipt: origin %.300q", r.Origin)
	case !validText(r.Key):
		return errors.New("tlog: receipt: key is missing or too long")
	case !validTime(r.Received):
		return errors.New("tlog: receipt: received is not a time in UTC")
	case len(r.Numbers) < 1 || len(r.Numbers) > maxReceiptEntries:
		return fmt.Errorf("tlog: receipt: %d register numbers", len(r.Numbers))
	case len(r.Entries) < 1 || len(r.Entries) > maxReceiptEntries:
		return fmt.Errorf("tlog: receipt: %d entries", len(r.Entries))
	}
	for i, number := range r.Numbers {
		if !validText(number) {
			return fmt.Errorf("tlog: receipt: register number %d is missing or too long", i)
		}
	}
	for i := range r.Entries {
		if err := r.Entries[i].check(); err != nil {
			return fmt.Errorf("tlog: receipt: entry %d: %w", i, err)
		}
	}
	return nil
}

// check returns what keeps e from being well-formed.
func (e *Entry) check() error {
	switch {
	case len(e.Leaf) == 0 || len(e.Leaf) > maxReceiptLeaf:
		return fmt.Errorf("leaf of %d bytes", len(e.Leaf))
	case e.Index < 0 || e.Index >= MaxSize:
		return fmt.Errorf("index %d", e.Index)
	case len(e.Proof) > maxReceiptProof:
		return fmt.Errorf("proof of %d hashes", len(e.Proof))
	case len(e.Checkpoint) > maxReceiptNote || !utf8.ValidString(e.Checkpoint):
		return errors.New("checkpoint is too long or not UTF-8")
	}
	for _, f := range e.Opening.fields() {
		if !utf8.ValidString(f.value) {
			return fmt.Errorf("%s is not UTF-8", f.name)
		}
	}
	return nil
}

// validText reports whether s is there, UTF-8, and of bounded length.
func validText(s string) bool {
	return s != "" && len(s) <= maxReceiptName && utf8.ValidString(s)
}

// validTime reports whether t is in UTC with a year of four digits.
func validTime(t time.Time) bool {
	_, offset := t.Zone()
	return offset == 0 && !t.IsZero() && t.Year() >= 0 && t.Year() <= 9999
}
