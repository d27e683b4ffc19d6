package doithoai

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai/calendar"
)

// FileKind is what a file is, by its content; it ends the file's name.
type FileKind string

// The kinds that are taken. All else is refused in words (package file).
const (
	FileJPG  FileKind = "jpg"
	FilePNG  FileKind = "png"
	FilePDF  FileKind = "pdf"
	FileDOC  FileKind = "doc"
	FileDOCX FileKind = "docx"
	FileXLS  FileKind = "xls"
	FileXLSX FileKind = "xlsx"
)

// FileKinds in the order in which forms name them.
var FileKinds = []FileKind{FileJPG, FilePNG, FilePDF, FileDOC, FileDOCX, FileXLS, FileXLSX}

// Picture reports whether a file of the kind is shown turned upright and without what a camera adds.
func (k FileKind) Picture() bool { return k == FileJPG || k == FilePNG }

// FileHash is the SHA-256 of a file, under which it is kept. It opens nothing.
type FileHash [32]byte

// String writes the hash in hexadecimal.
func (h FileHash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether there is no hash.
func (h FileHash) IsZero() bool { return h == FileHash{} }

// Value implements [driver.Valuer]: no hash is NULL.
func (h FileHash) Value() (driver.Value, error) {
	if h.IsZero() {
		return nil, nil
	}
	return h[:], nil
}

// Scan implements sql.Scanner.
func (h *FileHash) Scan(v any) error {
	*h = FileHash{}
	if v == nil {
		return nil
	}
	b, ok := v.([]byte)
	if !ok || len(b) != len(h) {
		return fmt.Errorf("hash of a file from %T", v)
	}
	copy(h[:], b)
	return nil
}

// MarshalText implements [encoding.TextMarshaler].
func (h FileHash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *FileHash) UnmarshalText(b []byte) error {
	sum, err := hex.DecodeString(string(b))
	if err != nil || len(sum) != len(h) {
		return fmt.Errorf("hash of a file: %.80q", b)
	}
	copy(h[:], sum)
	return nil
}

// File is a file that was checked and is kept: what it is, and under which hashes.
type File struct {
	Name  string // cleaned: one line without a path, which ends as its kind does
	Kind  FileKind
	Size  int64 // bytes, as it came
	Hash  FileHash
	Shown FileHash // of what others see of a picture; zero where that is the file itself
}

// Upload is a file that came with a form and belongs to nothing yet. Its id is a secret of the form that it came with:
// who sends the form attaches the file.
type Upload struct {
	ID ID
	File
	At calendar.Instant
}

// FileOwner is the kind of thing that a file belongs to.
type FileOwner string

// The things that files belong to. A matter that takes files adds its name here; the rights are those of its own acts,
// which ask for them before they attach, list or open.
const (
	FilesOfSlip      FileOwner = "slip"
	FilesOfTask      FileOwner = "task"
	FilesOfDuty      FileOwner = "duty"      // of a proof
	FilesOfRelay     FileOwner = "relay"     // of what was done in a village
	FilesOfLogistics FileOwner = "logistics" // of an item of a checklist
	FilesOfSheet     FileOwner = "sheet"     // the scan of a hand-record sheet
	FilesOfPaper     FileOwner = "paper"     // the scan of a signed paper
	FilesOfPromise   FileOwner = "promise"   // that was kept: what shows it
	FilesOfTemplate  FileOwner = "template"  // an authority's own form of a document
	FilesOfDocument  FileOwner = "document"  // as it was signed
)

// Takes reports whether something takes files of a kind: what shows that a promise was kept is a picture or a PDF, a
// form a Word file, a signed document a PDF.
func (o FileOwner) Takes(k FileKind) bool {
	switch o {
	case FilesOfPromise:
		return k.Picture() || k == FilePDF
	case FilesOfTemplate:
		return k == FileDOCX
	case FilesOfDocument:
		return k == FilePDF
	}
	return true
}

// Attachment is a file that belongs to something of an authority. One that was taken away stays as a trace, without its
// name and without what it held.
type Attachment struct {
	ID          ID
	AuthorityID ID
	Owner       FileOwner
	OwnerID     ID
	File
	At        calendar.Instant
	By        ID               // officer; empty: the resident
	RemovedAt calendar.Instant // zero: it is there
	RemovedBy ID
	Reason    string // code, one of RemovalReasons
	Version   int

	// Of what shows that a promise was kept, where it was made public: see [Attachment.Publish].
	Alt      string
	PublicAt calendar.Instant
	PublicBy ID
}

// RemovalReasons are the reasons for which a file may be taken away.
var RemovalReasons = []string{"wrong", "unreadable", "asked"}

// Remove takes a file away for a reason: once, and its name goes too, for it may name somebody. Nor is it public then.
func (a Attachment) Remove(by ID, reason string, at calendar.Instant) (Attachment, error) {
	if !a.RemovedAt.IsZero() {
		return a, Refuse(Conflict, "error.conflict")
	}
	if !slices.Contains(RemovalReasons, reason) {
		return a, RefuseForm([]Problem{{Field: "ly-do-bo", Key: "file.problem.reason"}})
	}
	a.Name, a.RemovedAt, a.RemovedBy, a.Reason = "", at, by, reason
	return a.unpublished(), nil
}

// MaxFileName bounds the name of a file, in characters.
const MaxFileName = 120

// NamedAs is the cleaned name of a file of a kind: without a path, and ending as its content does. What people see of
// the name then says what it is: "đơn.pdf.exe" that is a picture is "đơn.pdf.exe.jpg".
func NamedAs(clean string, kind FileKind) string {
	if i := strings.LastIndexAny(clean, `/\`); i >= 0 {
		clean = clean[i+1:]
	}
	clean = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, clean)
	clean = strings.Trim(clean, " .")
	ending := path.Ext(clean)
	base := strings.TrimRight(strings.TrimSuffix(clean, ending), " .")
	switch lower := strings.ToLower(strings.TrimPrefix(ending, ".")); {
	case base == "":
		base = clean
	case lower == string(kind), kind == FileJPG && (lower == "jpeg" || lower == "jpe" || lower == "jfif"):
	default:
		base = clean
	}
	if base = strings.TrimSpace(base); base == "" {
		base = "tep"
	}
	if most := MaxFileName - len(kind) - 1; utf8.RuneCountInString(base) > most {
		base = strings.TrimSpace(string([]rune(base)[:most]))
	}
	return base + "." + string(kind)
}

// FileLimits are how large a file may be, and how many may belong to one thing.
type FileLimits struct {
	Bytes int64
	Count int
}

// Parameters of files.
const (
	ParameterFileSize  = "files.size"
	ParameterFileCount = "files.count"
)

// FileLimits are those in force on a day.
func (ps Parameters) FileLimits(on calendar.Date) (FileLimits, error) {
	size, count := Parameter{}, Parameter{}
	for key, into := range map[string]*Parameter{ParameterFileSize: &size, ParameterFileCount: &count} {
		p, ok := ps.At(key, on)
		if !ok {
			return FileLimits{}, fmt.Errorf("parameter %s has no value on %s", key, on)
		}
		*into = p
	}
	megabytes, err := size.Int()
	if err != nil {
		return FileLimits{}, err
	}
	n, err := count.Int()
	return FileLimits{Bytes: int64(megabytes) << 20, Count: n}, err
}

// Problems are the reasons why more files can't be attached to what has some already.
func (l FileLimits) Problems(has, more int) []Problem {
	ps := problems{of: "file.problem."}
	switch {
	case more == 0:
		ps.add("tep", "none")
	case has+more > l.Count:
		ps.add("tep", "too_many", "count", l.Count)
	}
	return ps.list
}

// Acts on the files of a slip. They are reached by an opinion of it, and by nobody whom any opinion of the slip is kept
// from: a file may show what each of them is about.
const (
	ActAttachFile   Act = "attach_file"
	ActViewFiles    Act = "view_files"    // names aside: what they show
	ActOpenOriginal Act = "open_original" // a picture as it came, with the place and the camera
	ActRemoveFile   Act = "remove_file"
)

var fileActs = []actRow{
	{ActAttachFile, law{"the office adds a file to what was handed in", "house rules", ""},
		[]grant{{RoleOffice, always}, {RoleSecretary, always}}},
	{ActViewFiles, law{
		"files that came with an opinion are opened, and the view is recorded", "NĐ 154/2026 Đ.12 k.2 (C); Luật 91/2025 (C)",
		""},
		[]grant{{RoleChair, always}, {RoleViceChair, always}, {RoleOffice, always}, {RoleSecretary, always},
			{RoleUnitOfficer, ofLeadUnit}, {RoleUnitOfficer, ofCoUnit}, {RoleVillageHead, typedByActor},
			{RoleReception, denounced}}},
	{ActOpenOriginal, law{
		"a picture is opened as it came, with where and by what it was taken, and the view is recorded",
		"NĐ 154/2026 Đ.12 k.2 (C); Luật 91/2025 (C)", "TestViewFiles"},
		[]grant{{RoleChair, always}, {RoleOffice, always}, {RoleUnitOfficer, ofLeadUnit}, {RoleReception, denounced}}},
	{ActRemoveFile, law{
		"a wrong file is taken away: what it held goes, that it was there stays", "Luật 91/2025 (C); house rules", ""},
		[]grant{{RoleOffice, always}}},
}
