package tlog

import (
	"errors"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Fault names one thing that is wrong with a receipt. The values are stable:
// catalogues and machines may key on them.
type Fault string

// What can be wrong.
const (
	FaultLeaf       Fault = "leaf-malformed"       // the leaf's bytes are not a leaf
	FaultAct        Fault = "act-differs"          // act and salt do not match the leaf
	FaultNumber     Fault = "number-differs"       // register number and salt do not match the leaf
	FaultContent    Fault = "content-differs"      // content and salt do not match the leaf
	FaultTime       Fault = "time-differs"         // received in another minute than the leaf says
	FaultRegister   Fault = "register-differs"     // the list of register numbers is not that of the entries
	FaultOrigin     Fault = "origin-differs"       // key or checkpoint of another record
	FaultCheckpoint Fault = "checkpoint-malformed" // not a checkpoint, or missing beside a proof
	FaultSignature  Fault = "signature-wrong"      // the checkpoint is not what the key signed
	FaultKey        Fault = "key-not-trusted"      // not the key of the record, or not one of those given
	FaultProof      Fault = "proof-does-not-lead"  // the proof does not lead from the leaf to the signed root
)

// faultOfField is the fault of a field which does not match its commitment.
var faultOfField = map[Field]Fault{
	FieldAct:     FaultAct,
	FieldNumber:  FaultNumber,
	FieldContent: FaultContent,
}

// Outcome sums a verification up.
type Outcome string

// The outcomes.
const (
	Proven   Outcome = "proven"         // everything is right and signed
	Unsigned Outcome = "not-yet-signed" // nothing is wrong, but a checkpoint is still missing: fetch the receipt again
	Wrong    Outcome = "wrong"          // at least one fault
)

// Result is what [VerifyReceipt] found.
type Result struct {
	Outcome Outcome
	// OwnKey says that no key was given and the receipt's own was used: Proven
	// then means "in a record signed with this key", and the key is still to be
	// compared with the one which the authority made public.
	OwnKey  bool
	Faults  []Fault // of the receipt as a whole
	Entries []EntryResult
}

// EntryResult is what was found about one entry.
type EntryResult struct {
	Index      int64
	Leaf       Leaf       // zero if malformed
	Signed     bool       // the entry claims to be signed
	Checkpoint Checkpoint // zero unless Signed, with the right signature
	Faults     []Fault
}

// VerifyReceipt checks a receipt from [ParseReceipt] with the public keys which
// the reader trusts (see [ParseKey]); without any, with the receipt's own. An
// error means that one of these keys is malformed; everything that is wrong
// with the receipt is in the result.
//
// Of the receipt: its key is one of the trusted keys and belongs to its origin;
// its register numbers are those of its entries. Of each entry: the leaf is
// well-formed; act, number and content match its commitments; its minute is
// that of receipt. If it is signed: the checkpoint is one of this origin, signed
// with a trusted key; the proof leads from the leaf to the signed root. The
// proof is not looked at when the checkpoint is not good.
func VerifyReceipt(r Receipt, trusted ...string) (Result, error) {
	keys := make([]note.Verifier, len(trusted))
	for i, vkey := range trusted {
		var err error
		if keys[i], err = ParseKey(vkey); err != nil {
			return Result{}, err
		}
	}
	res := Result{OwnKey: len(trusted) == 0}
	own, err := ParseKey(r.Key)
	switch {
	case err != nil, !res.OwnKey && !slices.Contains(trusted, r.Key):
		res.Faults = append(res.Faults, FaultKey)
	case own.Name() != r.Origin:
		res.Faults = append(res.Faults, FaultOrigin)
	}
	if res.OwnKey && err == nil {
		keys = []note.Verifier{own}
	}
	if !sameNumbers(r) {
		res.Faults = append(res.Faults, FaultRegister)
	}
	for i := range r.Entries {
		res.Entries = append(res.Entries, r.Entries[i].verify(r.Origin, r.Received, keys))
	}
	res.Outcome = res.outcome()
	return res, nil
}

// sameNumbers reports whether the listed register numbers are those of the
// entries, each listed once.
func sameNumbers(r Receipt) bool {
	entries := map[string]bool{}
	for i := range r.Entries {
		entries[r.Entries[i].Opening.Number] = true
	}
	for _, number := range r.Numbers {
		if !entries[number] {
			return false
		}
		delete(entries, number)
	}
	return len(entries) == 0
}

// outcome sums up: wrong if anything is, unsigned if any entry is.
func (res *Result) outcome() Outcome {
	sum := Proven
	if len(res.Faults) > 0 {
		sum = Wrong
	}
	for _, e := range res.Entries {
		switch {
		case len(e.Faults) > 0:
			return Wrong
		case !e.Signed && sum == Proven:
			sum = Unsigned
		}
	}
	return sum
}

// verify checks one entry, in the order in which [VerifyReceipt] tells it.
func (e *Entry) verify(origin string, received time.Time, keys []note.Verifier) EntryResult {
	res := EntryResult{Index: e.Index, Signed: e.Checkpoint != ""}
	leaf, err := ParseLeaf(e.Leaf)
	if err != nil {
		res.Faults = append(res.Faults, FaultLeaf)
	} else {
		res.Leaf = leaf
		var mismatch *MismatchError
		if errors.As(leaf.Opens(e.Opening), &mismatch) {
			for _, field := range mismatch.Fields {
				res.Faults = append(res.Faults, faultOfField[field])
			}
		}
		if !leaf.Time.Equal(received.Truncate(time.Minute)) {
			res.Faults = append(res.Faults, FaultTime)
		}
	}
	switch {
	case res.Signed:
		var faults []Fault
		res.Checkpoint, faults = e.verifySigned(origin, keys)
		res.Faults = append(res.Faults, faults...)
	case len(e.Proof) > 0:
		res.Faults = append(res.Faults, FaultCheckpoint)
	}
	return res
}

// verifySigned checks checkpoint and proof of a signed entry, and returns the
// checkpoint if its signature is right.
func (e *Entry) verifySigned(origin string, keys []note.Verifier) (Checkpoint, []Fault) {
	c, err := OpenCheckpoint([]byte(e.Checkpoint), keys...)
	switch {
	case errors.Is(err, ErrKey):
		return Checkpoint{}, []Fault{FaultKey}
	case errors.Is(err, ErrSignature):
		return Checkpoint{}, []Fault{FaultSignature}
	case err != nil:
		return Checkpoint{}, []Fault{FaultCheckpoint}
	}
	if c.Origin != origin {
		return c, []Fault{FaultOrigin}
	}
	if c.Includes(e.Index, LeafHash(e.Leaf), e.Proof) != nil {
		return c, []Fault{FaultProof}
	}
	return c, nil
}
