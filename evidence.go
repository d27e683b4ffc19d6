package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// Acts on files that show what was done: a report, a proof, a word from a village, something of a checklist. Who adds
// one does the act of which it is the evidence, with the rights of that act.
const (
	ActViewEvidence   Act = "view_evidence" // names aside: what they show
	ActRemoveEvidence Act = "remove_evidence"

	// Of what shows that a promise was kept:
	ActPublishEvidence   Act = "publish_evidence"
	ActUnpublishEvidence Act = "unpublish_evidence"
)

// Fields of the forms by which what shows that a promise was kept becomes public, and isn't any more.
const (
	FieldAlt       = "mo-ta"
	FieldClear     = "khong-nhan-ra-ai"
	FieldUnpublish = "ly-do-thoi"
)

// MaxAlt bounds the words that stand for a public file, in characters.
const MaxAlt = 200

// UnpublishReasons are the reasons for which a file is not public any more.
var UnpublishReasons = []string{"recognised", "wrong", "asked"}

// PublicFile is a file that shows that a promise was kept, in the facts of the act by which it became public, or is not
// public any more.
type PublicFile struct {
	Promise ID       `json:"promise"`
	File    ID       `json:"file"`
	Hash    FileHash `json:"hash"`
}

// Public reports whether the file was made public; whether the public sees it hangs on its promise too.
func (a Attachment) Public() bool { return !a.PublicAt.IsZero() && a.RemovedAt.IsZero() }

// Publish makes a file that shows that a promise was kept public, with the words that stand for it where it can't be
// seen, and name a PDF.
//
// In this order: the promise is kept, the file is there and not public; who does it has looked and says that nobody can
// be known by it (Luật 91/2025 Đ.16): no person, number plate, house number or personal paper; the words are there,
// within bounds, and don't tell who somebody is.
func (a Attachment) Publish(p Promise, alt string, clear bool, by ID, g Gates, at calendar.Instant) (
	Attachment, Facts, error,
) {
	if p.State != PromiseKept || a.OwnerID != p.ID || !a.RemovedAt.IsZero() || a.Public() {
		return a, Facts{}, Refuse(Conflict, "error.conflict")
	}
	ps := problems{of: "evidence.problem."}
	ps.words(FieldAlt, "alt", alt, MaxAlt, g)
	ps.need(clear, FieldClear, "clear")
	if err := ps.refuse(); err != nil {
		return a, Facts{}, err
	}
	a.Alt, a.PublicAt, a.PublicBy = alt, at, by
	return a, a.publicFacts(), nil
}

// Unpublish takes a file out of the public's sight at once, for a reason; its words go too.
func (a Attachment) Unpublish(reason string) (Attachment, Facts, error) {
	if !a.Public() {
		return a, Facts{}, Refuse(Conflict, "error.conflict")
	}
	if !slices.Contains(UnpublishReasons, reason) {
		return a, Facts{}, RefuseForm([]Problem{{Field: FieldUnpublish, Key: "evidence.problem.unpublish"}})
	}
	facts := a.publicFacts()
	facts.Reason = reason
	return a.unpublished(), facts, nil
}

func (a Attachment) unpublished() Attachment {
	a.Alt, a.PublicAt, a.PublicBy = "", calendar.Instant{}, ""
	return a
}

func (a Attachment) publicFacts() Facts {
	return Facts{PublicFile: PublicFile{Promise: a.OwnerID, File: a.ID, Hash: a.Hash}}
}

var evidenceActs = []actRow{
	{ActViewEvidence, law{"files that show what was done are opened, and the view is recorded: people may be on them",
		"Luật 91/2025 (C); house rules", ""},
		everyOfficer(always)},
	{ActRemoveEvidence, law{"a wrong file is taken away: what it held goes, that it was there stays",
		"Luật 91/2025 (C); house rules", ""},
		append(everyOfficer(addedByActor), grant{RoleOffice, always})},
	{ActPublishEvidence, law{
		"a picture or PDF that shows that a promise was kept becomes public, once who does it has looked at it and says " +
			"that nobody can be known by it",
		"Luật 91/2025 Đ.16 (C); NĐ 20/2008 Đ.19 (C)", ""},
		[]grant{{RoleOffice, always}}},
	{ActUnpublishEvidence, law{"such a file leaves the public's sight at once, for a reason", "Luật 91/2025 (C)", ""},
		[]grant{{RoleOffice, always}}},
}
