package doithoai

import (
	"slices"
	"strings"
)

// OpinionKind is what an opinion is by what it says, whatever it is called (NĐ 20/2008 Đ.3; TT 05/2021/TT-TTCP); empty:
// nobody has said yet.
type OpinionKind string

const (
	KindQuestion   OpinionKind = "cau_hoi"   // asks for information, without a grievance
	KindFeedback   OpinionKind = "phan_anh"  // a difficulty, or what is wrong in a rule or in how it is kept
	KindPetition   OpinionKind = "kien_nghi" // the same, with what is to be done about it
	KindInitiative OpinionKind = "sang_kien" // something new that is proposed
)

// OpinionKinds in the order of forms and filters.
var OpinionKinds = []OpinionKind{KindQuestion, KindFeedback, KindPetition, KindInitiative}

// ContentCode is what an opinion is about, by the eight contents of NĐ 20/2008 Đ.5; 0: nobody has said.
type ContentCode int

// ContentCodes in the order of the article: 1 is on what officials do, 2 to 6 on the rules themselves, 7 and 8 propose
// something.
var ContentCodes = []ContentCode{1, 2, 3, 4, 5, 6, 7, 8}

// contentsOf are the contents that an opinion of a kind can have. A question is about none of them: it has no
// grievance, and proposes nothing.
var contentsOf = map[OpinionKind][]ContentCode{
	KindFeedback:   {1, 2, 3, 4, 5, 6},
	KindPetition:   ContentCodes,
	KindInitiative: {7, 8},
}

// ContentsOf are the contents that an opinion of the kind can have, none of a question.
func ContentsOf(k OpinionKind) []ContentCode { return slices.Clone(contentsOf[k]) }

// MaxPlace bounds the words of a place outside the commune, in characters.
const MaxPlace = 120

// Classification is what the office says of an opinion: what it is, what it is about, where its matter lies. Each may
// be left open.
type Classification struct {
	Kind      OpinionKind
	Content   ContentCode
	VillageID ID     // in which the matter lies; it need not be the person's
	Elsewhere string // where it lies outside the commune, in words for the staff; never the person's address
	FieldCode string // empty: as it stands
}

// Classification is what stands of an opinion.
func (o Opinion) Classification() Classification {
	return Classification{
		Kind: o.Kind, Content: o.ContentCode, VillageID: o.PlaceVillageID, Elsewhere: o.PlaceElsewhere,
		FieldCode: o.FieldCode,
	}
}

// The fields of forms in which an opinion is classified.
const (
	FieldKind      = "loai"
	FieldContent   = "noi-dung-nd20"
	FieldPlace     = "noi-xay-ra"
	FieldElsewhere = "noi-khac"
)

// Classify says what an opinion is.
//
// In this order: the kind is one of OpinionKinds, where it is said; the content is one that an opinion of the kind has
// ([ContentsOf]); an initiative stays one where it was decided whether it is applied; the matter lies in one of the
// authority's villages, or elsewhere in bounded words, not in both; the field is one of the authority's. Another field
// than before is not given here to what is public under the one that stands, nor one by which another unit would have
// to lead ([Ruling.lead]): on how officials serve or not, while a unit has the work. Either is for another ruling.
//
// village is the authority's of the classification's id, the zero one where it is none; public reports whether the
// opinion is published.
func (o Opinion) Classify(
	c Classification, village Village, fields []Field, petition *Petition, public bool,
) (Opinion, Facts, error) {
	ps := problems{of: "classify.problem."}
	ps.need(c.Kind == "" || oneOf(c.Kind, OpinionKinds), FieldKind, "kind")
	switch {
	case c.Content == 0:
	case c.Kind == "":
		ps.add(FieldKind, "content_first")
	case !oneOf(c.Content, contentsOf[c.Kind]):
		ps.add(FieldContent, "content")
	}
	ps.need(o.Outcome == "" || c.Kind == KindInitiative, FieldKind, "decided")
	ps.need(c.VillageID == "" || village.ID == c.VillageID, FieldPlace, "place")
	ps.need(c.VillageID == "" || c.Elsewhere == "", FieldElsewhere, "both")
	ps.long(FieldElsewhere, c.Elsewhere, MaxPlace)
	var facts Facts
	if c.FieldCode != "" && c.FieldCode != o.FieldCode {
		facts.Field = c.FieldCode
		o.refield(&ps, c.FieldCode, fields, petition, public)
	}
	if err := ps.refuse(); err != nil {
		return o, Facts{}, err
	}
	o.Kind, o.ContentCode, o.PlaceVillageID, o.PlaceElsewhere = c.Kind, c.Content, c.VillageID, c.Elsewhere
	if facts.Field != "" {
		o.FieldCode = facts.Field
	}
	facts.OpinionKind, facts.ContentCode, facts.Village = o.Kind, o.ContentCode, o.PlaceVillageID
	return o, facts, nil
}

// refield adds the problems of giving the opinion another field without another ruling.
func (o Opinion) refield(ps *problems, to string, fields []Field, petition *Petition, public bool) {
	conduct := func(code string) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return f.Code == code && f.Conduct })
	}
	switch {
	case !slices.ContainsFunc(fields, func(f Field) bool { return f.Code == to }):
		ps.list = append(ps.list, Problem{Field: "linh-vuc", Key: "petition.ruling.problem.field"})
	case public:
		ps.add("linh-vuc", "public")
	case petition != nil && petition.State != PetitionEnded && conduct(to) != conduct(o.FieldCode):
		ps.add("linh-vuc", "conduct")
	}
}

// Words by which [ProposedKind] tells kinds apart, folded as a search folds them.
var (
	inventive = []string{"sang kien", "hien ke", "giai phap", "nen thi diem", "de xuat xay dung", "y tuong"}
	urging    = []string{
		"de nghi", "kien nghi", "yeu cau xa", "mong xa", "mong ubnd", "de xuat", "xa nen", "xin xa",
	}
	aggrieved = []string{
		"qua han", "qua hen", "tre hen", "bi tra", "tra ho so", "ba lan", "hai lan", "nhieu lan", "khong ai", "chua co",
		"chua ai", "chua ho", "cham", "phien ha", "bi bao", "duoc bao", "ngap", "van phai", "trong khong", "mat buoi",
		"bat dinh", "tra loi la", "khac nhau", "hen den", "den nay", "roi moi",
	}
	asking = []string{
		"hoi", "duoc khong", "hay khong", "co phai", "the nao", "o dau", "bao gio", "bao lau", "khi nao", "may ngay",
		"can gi", "nhung gi", "giay to gi", "co khong", "phai khong", "cach nao", "hay phai", "hay nop", "khong thi",
		"co bat buoc",
	}
)

// ProposedKind proposes what an opinion is by plain words of it, for somebody to confirm; empty: nothing in it tells.
// said are its words in order, folded as a search folds them.
//
// In this order: who names something new has an initiative; who asks for something to be done, a petition; who tells of
// what went wrong, feedback, also where it ends in a question; who only asks, a question.
func ProposedKind(said []string) OpinionKind {
	for _, k := range []struct {
		kind  OpinionKind
		words []string
	}{
		{KindInitiative, inventive}, {KindPetition, urging}, {KindFeedback, aggrieved}, {KindQuestion, asking},
	} {
		if slices.ContainsFunc(k.words, func(w string) bool { return says(said, w) }) {
			return k.kind
		}
	}
	return ""
}

// says reports whether words stand in a row among those that were said, not as the name of a paper.
func says(said []string, words string) bool {
	row := strings.Fields(words)
	for i := 0; i+len(row) <= len(said); i++ {
		named := i > 0 && oneOf(said[i-1], []string{"so", "don", "giay"}) // "hồ sơ đề nghị", "đơn đề nghị"
		if !named && slices.Equal(said[i:i+len(row)], row) {
			return true
		}
	}
	return false
}

// ActClassifyOpinion says what kind of opinion it is, what it is about and where its matter lies.
const ActClassifyOpinion Act = "classify_opinion"

var classifyActs = []actRow{
	{ActClassifyOpinion, law{
		"question, feedback, petition or initiative, by what is said; which of the eight contents; where the matter lies",
		"NĐ 20/2008 Đ.3, Đ.5 (C); TT 05/2021/TT-TTCP (C)", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}, {RoleChair, always}}},
}
