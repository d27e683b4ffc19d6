// Package doc is the official document: one model, and the writers that make of it a Word file, a PDF, a page and rows
// of a table. It knows the form that Nghị định 30/2020/NĐ-CP asks for (Phụ lục I) and nothing of plans, opinions or
// storage: package doc/form makes documents of these.
//
// The same document gives the same bytes, always: a hash of a file says something only then.
//
//	Doc ── Problems         what keeps it from being written
//	    ├─ WriteDOCX        OOXML, for Word
//	    ├─ WritePDF, Press  laid out here, letters embedded
//	    ├─ WriteHTML        the accessible form and the preview
//	    └─ Table.Cells      what package table writes as XLSX
//
// Words that the law prescribes (Quốc hiệu, "Nơi nhận") are Vietnamese on every document and are not translated.
package doc

import "doithoai/calendar"

// Kind is the shape of a document's head.
type Kind string

const (
	// Named has a name of its kind above its abstract: KẾ HOẠCH, THÔNG BÁO (Mẫu 1.4).
	Named Kind = "named"
	// Letter has none (công văn, Mẫu 1.5): its abstract stands as "V/v …" below the number.
	Letter Kind = "letter"
	// Minutes are Named without place and date below the motto (Mẫu 1.9).
	Minutes Kind = "minutes"
	// Sheet is a form to be filled in: neither number nor place and date.
	Sheet Kind = "sheet"
	// Working is a paper for those at work, which nobody issues: of the head it has the name of the authority, and its
	// margins are narrow.
	Working Kind = "working"
)

// Urgency is how fast a document has to go, as its mark says it; "" where it has none.
type Urgency string

// The marks of Nghị định 30/2020, Phụ lục I.
const (
	Urgent     Urgency = "KHẨN"
	MoreUrgent Urgency = "THƯỢNG KHẨN"
	MostUrgent Urgency = "HỎA TỐC"
)

// Doc is an official document. Texts may be anybody's words: what can't be printed is replaced when it is written.
type Doc struct {
	Kind Kind
	// Form is what the document is among those that an authority issues, "" where it can't have a Word file of its own for
	// them; Dated is its day, absent where that isn't known yet.
	Form      string
	Dated     calendar.Date
	Superior  string // the body above, "UBND tỉnh Quảng Ngãi"; "" where there is none
	Authority string // who issues it; a line feed breaks the line there
	// Number as Văn thư gave it; where it is "", the room for it stays blank ("Số:      /KH-UBND").
	Number string
	Symbol string // "KH-UBND"; "" where the document has no number at all
	// PlaceAndDate is the line below the motto, "Nghĩa Dũng, ngày 08 tháng 01 năm 2024".
	PlaceAndDate string
	Type         string // "KẾ HOẠCH"; of a Letter ""
	Abstract     string // trích yếu; of a Letter with its "V/v"
	Urgency      Urgency
	To           []string // Kính gửi; each without its punctuation
	Body         []Block
	Signers      []Signer // two stand beside each other, the one who presides on the right
	Recipients   Recipients
	Annexes      []Annex
	Landscape    bool // the pages before the annexes
	Large        bool // on A3 as it is on A4, everything as much larger: to be read from afar
	// Strip stands across the top of the first page, "DỮ LIỆU MÔ PHỎNG"; "" on real paper.
	Strip string
}

// Signer is who signs, in capitals as on paper. Room for ink, a digital signature and the seal is left between the
// capacity and the name; nothing is drawn there.
type Signer struct {
	// For is for whom or by whose order, a line each: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; "" in one's own right.
	For   string
	Title string // "CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH"
	Name  string // "" where it is written by hand
}

// Recipients are those who receive the document (nơi nhận), with their punctuation; the last is the archive's line,
// "Lưu: VT, VP."
type Recipients struct {
	Title string // "Nơi nhận"; "" means that
	Items []string
}

// Annex is an annex (phụ lục) with page numbers of its own.
type Annex struct {
	Mark      string // "Phụ lục I"; "Phụ lục" where there is one only
	Title     string
	With      string // "(Kèm theo Kế hoạch số … ngày …)"
	Landscape bool
	Body      []Block
}

// Title is what a file of the document is called, and what a reader's window says: kind and abstract on one line.
func (d Doc) Title() string {
	switch {
	case d.Type == "":
		return oneLine(d.Abstract)
	case d.Abstract == "":
		return oneLine(d.Type)
	}
	return oneLine(d.Type + " " + d.Abstract)
}

// nation and motto are the same on every official document.
const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
)
