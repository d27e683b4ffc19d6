package doithoai

import (
	"strconv"
	"strings"

	"doithoai/calendar"
)

// A Document is an official paper that an authority gave a number and a day: a row of its register of documents sent
// (sổ đăng ký văn bản đi, NĐ 30/2020/NĐ-CP Đ.15, Phụ lục IV).
type Document struct {
	AuthorityID ID
	Kind        DocumentKind
	Subject     ID  // what it is of, by its kind: an edition's plan, a dialogue, an opinion, a letter, an urging
	Part        int // which of those of its kind the subject has in the register, from 0
	Turn        int // which of those of its kind that the data hold it is about, from 0: a refusal, an extension, a move
	PlanID      ID  // where it is read: one of these
	DialogueID  ID
	OpinionID   ID
	Number      string // as the clerk gave it: "05/UBND-VP"
	Dated       calendar.Date
	State       DocumentState
	Ended       calendar.Date // the first day on which it does not count; zero: it does, or that is not known
	NextKind    DocumentKind  // what ended it, of the same subject; empty: nothing in the register
	NextPart    int
	// Claims reports whether the number is this one's. One paper about several matters has a row for each, and the first
	// claims it; so of doubles that were there before anybody asked.
	Claims bool
}

// Ref names the document.
func (d Document) Ref() DocumentRef { return DocumentRef{d.Kind, d.Subject, d.Part} }

// Next names what ended the document; Kind is empty where nothing in the register did.
func (d Document) Next() DocumentRef { return DocumentRef{d.NextKind, d.Subject, d.NextPart} }

// DocumentRef names a document of a register.
type DocumentRef struct {
	Kind    DocumentKind
	Subject ID
	Part    int
}

// DocumentKind is what a document does.
type DocumentKind string

const (
	DocumentPlan         DocumentKind = "plan"
	DocumentAnnouncement DocumentKind = "announcement"
	DocumentReply        DocumentKind = "reply"
	DocumentCorrection   DocumentKind = "correction"
	DocumentEscalation   DocumentKind = "escalation"
	DocumentCoordination DocumentKind = "coordination"
	DocumentTransfer     DocumentKind = "transfer"
	DocumentUrging       DocumentKind = "urging"      // of a unit
	DocumentBodyUrging   DocumentKind = "body_urging" // of another body

	// Those whose number and day stand nowhere but in the register, of a dialogue and of an opinion.
	DocumentConclusion     DocumentKind = "conclusion"
	DocumentMinutes        DocumentKind = "minutes"
	DocumentPreparation    DocumentKind = "preparation"
	DocumentProposal       DocumentKind = "proposal" // of the estimate
	DocumentInvitation     DocumentKind = "invitation"
	DocumentMoved          DocumentKind = "moved" // that the dialogue is held at another time, or not
	DocumentPosting        DocumentKind = "posting"
	DocumentPostingRecord  DocumentKind = "posting_record"
	DocumentPostingEnd     DocumentKind = "posting_end"
	DocumentResult         DocumentKind = "result" // the report of the dialogue's result
	DocumentRefusal        DocumentKind = "refusal"
	DocumentExtension      DocumentKind = "extension"
	DocumentStatus         DocumentKind = "status"
	DocumentGuidance       DocumentKind = "guidance"
	DocumentTransferNotice DocumentKind = "transfer_notice" // that the record went to another body
	DocumentAssignment     DocumentKind = "assignment"

	// DocumentWithdrawal tells those who got another document of the same subject that it is withdrawn.
	DocumentWithdrawal DocumentKind = "withdrawal"
)

// DocumentKinds in the order in which they are offered.
var DocumentKinds = []DocumentKind{
	DocumentPlan, DocumentAnnouncement, DocumentReply, DocumentCorrection, DocumentEscalation, DocumentCoordination,
	DocumentTransfer, DocumentUrging, DocumentBodyUrging,
	DocumentConclusion, DocumentMinutes, DocumentPreparation, DocumentProposal, DocumentInvitation, DocumentMoved,
	DocumentPosting, DocumentPostingRecord, DocumentPostingEnd, DocumentResult,
	DocumentRefusal, DocumentExtension, DocumentStatus, DocumentGuidance, DocumentTransferNotice, DocumentAssignment,
	DocumentWithdrawal,
}

// Joint reports whether one paper of the kind may be about several matters: then each has it under the same number.
func (k DocumentKind) Joint() bool {
	switch k {
	case DocumentEscalation, DocumentCoordination, DocumentTransfer, DocumentUrging, DocumentBodyUrging,
		DocumentWithdrawal:
		return true
	}
	return false
}

// DocumentState is where the life of a document stands.
type DocumentState string

const (
	DocumentIssued    DocumentState = "issued"
	DocumentReplaced  DocumentState = "replaced" // by the next one of its subject
	DocumentWithdrawn DocumentState = "withdrawn"
)

// DocumentLife is where a paper stands on its way, whether it is in the register yet or in the data of its matter.
type DocumentLife string

const (
	LifeDraft     DocumentLife = "draft"     // somebody writes it
	LifeSubmitted DocumentLife = "submitted" // it waits for who signs
	LifeSigned    DocumentLife = "signed"    // it waits for its number
	LifeIssued    DocumentLife = "issued"    // it has number and day
	LifeEnded     DocumentLife = "ended"     // it was replaced or withdrawn
)

// PendingLives are those before the number, in the order in which they are listed: what waits for who signs first.
var PendingLives = []DocumentLife{LifeSubmitted, LifeDraft, LifeSigned}

// NumberKey is what a document's number is compared by, whatever its spelling: "05/UBND–VP" is "5/ubnd-vp". series is
// the part behind the number proper ("ubnd-vp"), within which numbers go up; serial the number proper, 0 where there is
// none.
func NumberKey(number string) (key, series string, serial int) {
	key = strings.ReplaceAll(strings.ToLower(strings.TrimLeft(strings.TrimSpace(number), "0")), "–", "-")
	digits := len(key) - len(strings.TrimLeft(key, "0123456789"))
	serial, _ = strconv.Atoi(key[:digits]) // empty or too long is none
	_, series, _ = strings.Cut(key[digits:], "/")
	return key, series, serial
}

// SplitNumber parts the number of a document after its first slash: "05/UBND-VP" is "05" and "UBND-VP".
func SplitNumber(number string) (proper, symbol string) {
	proper, symbol, _ = strings.Cut(number, "/")
	return proper, symbol
}

// Acts on documents.
const (
	ActSeeDocuments   Act = "see_documents"
	ActNumberDocument Act = "number_document"
)

var documentActs = []actRow{
	{ActSeeDocuments, opening,
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always},
			{RoleClerk, always}}},
	{ActNumberDocument, law{
		"a paper of a dialogue or an opinion gets its number and day in the register, another one, or none any more; a " +
			"double of the year is refused",
		"NĐ 30/2020 Đ.15 (C)", ""},
		[]grant{{RoleOffice, always}, {RoleClerk, always}}},
}
