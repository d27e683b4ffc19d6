package doithoai

import "doithoai/calendar"

// SignedCopy is the file of a document as it was signed, by pen and scanned or digitally: it is the document, and what
// the program makes of the data is not (NĐ 30/2020/NĐ-CP Đ.3 k.9, k.11).
type SignedCopy struct {
	File    Attachment
	Leaf    int64  // of the act that kept it, in the public record
	Differs bool   // it says something else than the data
	Over    bool   // it was kept once the document did not count any more: to be looked up (NĐ 30/2020 Đ.29)
	What    string // what is different, of a document that everybody may read
	By      ID
	At      calendar.Instant
}

// KeepingSigned is what is said when the signed file of a document is kept.
type KeepingSigned struct {
	Upload  ID
	Compare Comparison
	What    string // where it differs
	Body    string // the words as signed, of an announcement: they take the place of those that were written
}

// Comparison is what somebody says of a signed file beside the data.
type Comparison string

// The two that are asked for.
const (
	ComparedSame    Comparison = "same"
	ComparedDiffers Comparison = "differs"
)

// Public reports whether everybody may read a document of the kind as it was signed: it is about nobody's matter.
func (k DocumentKind) Public() bool {
	return k == DocumentPlan || k == DocumentAnnouncement || k == DocumentConclusion
}

// Answers reports whether a document of the kind answers somebody: what it says can be changed by a correction only.
func (k DocumentKind) Answers() bool { return k == DocumentReply || k == DocumentCorrection }

// MaxSignedWhat bounds what is said of where a signed file differs, in characters.
const MaxSignedWhat = 1000

// Problems are the reasons why a signed file of a document of the kind can't be kept.
//
// In this order: there is a file; it was compared; an answer does not differ from what was told, or it is corrected;
// where a document that everybody reads differs, it is said where.
func (k KeepingSigned) Problems(of DocumentKind) []Problem {
	ps := problems{of: "documents.problem."}
	ps.need(k.Upload != "", "tep", "signed_file")
	switch {
	case k.Compare != ComparedSame && k.Compare != ComparedDiffers:
		ps.add("so-sanh", "compare")
	case k.Compare == ComparedDiffers && of.Answers():
		ps.add("so-sanh", "correct_it")
	case k.Compare == ComparedDiffers && of.Public():
		ps.text("khac-o", "what", k.What, MaxSignedWhat)
	}
	return ps.list
}

// Acts on the signed file of a document.
const (
	ActKeepSigned     Act = "keep_signed"
	ActTakeSignedBack Act = "take_signed_back"
	ActViewSigned     Act = "view_signed"
)

var documentSignedActs = []actRow{
	{ActKeepSigned, law{
		"the file of a document as it was signed is kept: it is the document; its hash goes into the public record, and " +
			"what it says otherwise is changed in the same act; of one that does not count any more, as such",
		"NĐ 30/2020 Đ.3, Đ.13, Đ.18, Đ.29 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActTakeSignedBack, law{
		"a file that was taken for the signed document by mistake is taken away; that it was there stays on record",
		"house rules", "TestKeepSigned"},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
	{ActViewSigned, law{
		"the signed file of a document is opened; where it is about somebody's matter, the view is recorded",
		"Luật 91/2025 (C); house rules", "TestSignedAnswer"},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleClerk, always}}},
}
