package web

import (
	"net/url"
	"strconv"

	"doithoai"
)

// Addresses of staff pages to which other sites of the staff lead. What is led to inside one site only stands there.
const (
	DeskPath       = "/noi-bo"
	RegisterPath   = DeskPath + "/y-kien"
	SettingsPath   = DeskPath + "/thiet-lap"
	AccountsPath   = SettingsPath + "/tai-khoan"
	CalendarPath   = SettingsPath + "/lich"
	SlipPath       = DeskPath + "/phieu-moi"
	ListPath       = DeskPath + "/danh-sach-thon"
	PaperPath      = DeskPath + "/phieu-giay"
	BoardPath      = DeskPath + "/dieu-hanh" // what the head has to look at
	DirectivesPath = DeskPath + "/chi-dao"   // where the head writes a directive
	WeekPath       = DeskPath + "/giao-ban"  // the chair's weekly briefing
)

// Papers of an opinion, behind its page's address: the answer as a letter, the slip with which a record is passed on.
const (
	ReplyFile    = "/thu-tra-loi"
	TransferFile = "/phieu-chuyen"
)

// OpinionPath is the address of an opinion's page.
func OpinionPath(n doithoai.RegisterNumber) string { return RegisterPath + "/" + string(n) }

// YearPath is the address of a year of the working calendar.
func YearPath(year int) string { return CalendarPath + "?nam=" + strconv.Itoa(year) }

// Paths of the staff site of planning, and where a dialogue is shown elsewhere.
const (
	DialoguesPath     = "/noi-bo/doi-thoai"
	RequestsPath      = "/noi-bo/yeu-cau-doi-thoai" // of voters, for a dialogue
	PlansPath         = "/noi-bo/ke-hoach"
	TasksPath         = "/noi-bo/nhiem-vu"
	DirectedTasksPath = TasksPath + "?loc=chi-dao" // the directives among them
	IncomingPath      = "/noi-bo/cap-tren"         // notices of the superior
	NoticesPath       = "/noi-bo/thong-bao"
	VillagesPath      = "/noi-bo/thon" // of the heads of villages
)

// TaskPath is the address of a task's page.
func TaskPath(id doithoai.ID) string { return TasksPath + "/" + string(id) }

// PublicPlanPath is the address of a plan's page on the public site.
func PublicPlanPath(slug string) string { return "/ke-hoach/" + slug }

// WorkspacePath is the address of the page from which a dialogue is prepared.
func WorkspacePath(id doithoai.ID) string { return DialoguesPath + "/" + string(id) }

// QuestionsPath lists the registered questions that units prepare the answers to.
const QuestionsPath = DeskPath + "/cau-hoi"

// RollUpPath is what a superior sees of its communes.
const RollUpPath = DeskPath + "/tong-hop"

// PeriodicPath is where the figures of a quarter or a year are.
const PeriodicPath = DeskPath + "/so-lieu-dinh-ky"

// TellPath lists who is still to be told, and what could not be sent.
const TellPath = DeskPath + "/bao-tin"

// ReadingPath is the address of what is to be read out in a village.
func ReadingPath(village doithoai.ID) string { return TellPath + "/thon/" + string(village) }

// DocumentsPath is the register of documents sent.
const DocumentsPath = DeskPath + "/van-ban"

// DocumentPath is the address of a document's page.
func DocumentPath(d doithoai.DocumentRef) string {
	return DocumentsPath + "/" + string(d.Kind) + "/" + string(d.Subject) + "/" + strconv.Itoa(d.Part)
}

// ReceivedPath lists the documents that were sent to an officer's unit or village.
const ReceivedPath = DeskPath + "/van-ban-den"

// WaitingPath is the register of documents with those that somebody has not acknowledged.
const WaitingPath = DocumentsPath + "?nhan=chua"

// EditionPath is the address of an edition of a plan; PlanFile behind it, without ending, that of its paper.
func EditionPath(plan doithoai.ID, number int) string {
	return PlansPath + "/" + string(plan) + "/" + strconv.Itoa(number)
}

const PlanFile = "/ke-hoach"

// AnnouncementPath is where the announcement of a dialogue is written; TextFile behind it, without ending, its paper.
func AnnouncementPath(dialogue doithoai.ID) string {
	return WorkspacePath(dialogue) + "/van-ban/thong-bao"
}

const TextFile = "/van-ban"

// PromisesPath lists what answers promised.
const PromisesPath = DeskPath + "/viec-da-hua"

// PromisePath is the address of a promise's page.
func PromisePath(id doithoai.ID) string { return PromisesPath + "/" + string(id) }

// PublicPromisesPath is where the public reads what answers promised.
const PublicPromisesPath = "/cam-ket"

// PublicPromisePath is the page of a promise as the public reads it.
func PublicPromisePath(id doithoai.ID) string { return PublicPromisesPath + "/" + string(id) }

// GuidesPath lists the reference pages for the staff.
const GuidesPath = DeskPath + "/huong-dan"

// GuidePath is the address of a reference page's page for the staff.
func GuidePath(number int) string { return GuidesPath + "/" + strconv.Itoa(number) }

// NewGuidePath is where a reference page is made from the public answer to an opinion.
func NewGuidePath(n doithoai.RegisterNumber) string {
	return GuidesPath + "/moi?y-kien=" + url.QueryEscape(string(n))
}

// PublicGuidesPath is where the public finds reference pages.
const PublicGuidesPath = "/huong-dan"

// PublicGuidePath is a reference page as the public reads it.
func PublicGuidePath(number int) string { return PublicGuidesPath + "/" + strconv.Itoa(number) }

// QuestionPath is the address of a registered question, where its answer is prepared.
func QuestionPath(n doithoai.RegisterNumber) string { return QuestionsPath + "/" + string(n) }

// Pages of a dialogue's preparation, behind its workspace's address.
const (
	PeoplePart    = "/thanh-phan"
	QuestionsPart = "/cau-hoi"
	FiguresPart   = "/so-lieu"
	RelayPart     = "/thon"
	LogisticsPart = "/hau-can"
)

// EstimatePath is the address of a dialogue's estimate.
func EstimatePath(id doithoai.ID) string { return WorkspacePath(id) + EstimatePart }

// Papers of a dialogue, behind its workspace's address.
const (
	EstimatePart    = "/du-toan"
	PreparationPart = QuestionsPart + "/cong-van"
	ProposalPart    = EstimatePart + "/to-trinh"
	InvitationsPart = PeoplePart + "/giay-moi"
	MovedPart       = "/doi-ngay/thong-bao"
	ReportPart      = "/bao-cao" // the report of its result
	ReportFigures   = ReportPart + "/so-lieu"

	PostingPart       = "/thong-bao-niem-yet" // behind the address of its duty
	PostingRecordPart = "/bien-ban-niem-yet"
	PostingEndPart    = "/bien-ban-ket-thuc"
)

// Papers of an opinion, behind its address.
const (
	RefusalFile        = "/thong-bao-khong-tiep-nhan"
	ExtensionFile      = "/thong-bao-gia-han"
	StatusFile         = "/thong-bao-tinh-hinh"
	GuidanceFile       = "/phieu-huong-dan"
	TransferNoticeFile = "/thong-bao-chuyen"
	AssignmentFile     = "/phieu-giao"
)

// AssignmentsPath shows the slips with which units get the work on the opinions that its query names.
const AssignmentsPath = RegisterPath + AssignmentFile

// OpinionPaperPath is the page of a paper that an opinion has, as the register of documents knows it, and the address
// of its files without their endings; "" where there is none.
func OpinionPaperPath(n doithoai.RegisterNumber, kind doithoai.DocumentKind) (page, file string) {
	below := map[doithoai.DocumentKind]string{
		doithoai.DocumentRefusal: RefusalFile, doithoai.DocumentExtension: ExtensionFile,
		doithoai.DocumentStatus: StatusFile, doithoai.DocumentGuidance: GuidanceFile,
		doithoai.DocumentTransferNotice: TransferNoticeFile, doithoai.DocumentAssignment: AssignmentFile,
	}[kind]
	switch below {
	case "":
		return "", ""
	case AssignmentFile:
		return AssignmentsPath + "?so=" + string(n), OpinionPath(n) + below
	}
	return OpinionPath(n) + below, OpinionPath(n) + below
}

// DutyPart is the page of a duty of a dialogue, behind its workspace's address.
func DutyPart(duty string) string { return "/moc/" + duty }

// DialoguePaperPath is the page of a paper that a dialogue has, as the register of documents knows it; "" where there
// is none. Its files are at the same address with their endings.
func DialoguePaperPath(d doithoai.Document) string {
	duty := DutyPart("notice_posting")
	if d.Turn > 0 {
		duty = DutyPart("result_posting")
	}
	at := WorkspacePath(d.DialogueID)
	switch d.Kind {
	case doithoai.DocumentConclusion:
		return ConsolePath(d.DialogueID) + ConclusionPart
	case doithoai.DocumentMinutes:
		return ConsolePath(d.DialogueID) + MinutesPart
	case doithoai.DocumentResult:
		return at + ReportPart
	case doithoai.DocumentPreparation:
		return at + PreparationPart
	case doithoai.DocumentProposal:
		return at + ProposalPart
	case doithoai.DocumentInvitation:
		return at + InvitationsPart
	case doithoai.DocumentMoved:
		return at + MovedPart
	case doithoai.DocumentPosting:
		return at + duty + PostingPart
	case doithoai.DocumentPostingRecord:
		return at + duty + PostingRecordPart
	case doithoai.DocumentPostingEnd:
		return at + duty + PostingEndPart
	}
	return ""
}

// ConsolePath is the address of the secretary's console for a dialogue.
func ConsolePath(id doithoai.ID) string { return "/hoi-truong/" + string(id) }

// EvidencePath is where the files are that show what was done: of any thing, by its kind and its name.
const EvidencePath = "/noi-bo/minh-chung"

// SheetsPart is the page on which hand-record sheets are typed, behind a dialogue's address in the hall; a sheet
// follows by its number.
const SheetsPart = "/to-ghi-tay"

// ReceptionPart is the page of reception, behind a dialogue's address in the hall.
const ReceptionPart = "/don-tiep"

// ChairPart is the chair's card, behind the same.
const ChairPart = "/chu-tri"

// Behind the same: the sum of a dialogue, its minutes, its conclusion.
const (
	ClosePart      = "/tong-hop"
	MinutesPart    = "/bien-ban"
	ConclusionPart = "/ket-luan"
)

// RehearsalPart is where a rehearsal is begun, behind a dialogue's address in the hall; RehearsalPath says what became
// of one, and ends it.
const (
	RehearsalPart = "/dien-tap"
	RehearsalPath = DeskPath + "/dien-tap"
)

// RehearsalOverPath is where a rehearsal of a dialogue is said to be over: because somebody ended it, or by itself.
func RehearsalOverPath(ended bool, dialogue doithoai.ID) string {
	q := url.Values{}
	if ended {
		q.Set("xong", "1")
	}
	if dialogue != "" {
		q.Set("buoi", string(dialogue))
	}
	if len(q) == 0 {
		return RehearsalPath
	}
	return RehearsalPath + "?" + q.Encode()
}

// PublicDialoguePath is the address of a dialogue's page on the public site.
func PublicDialoguePath(slug string) string { return "/doi-thoai/" + slug }

// PublicMattersPath is the address of the matters of a dialogue that is over: all, or those of a figure (FieldFigure).
func PublicMattersPath(slug string) string { return PublicDialoguePath(slug) + PublicMattersPart }

// Parts of the address of the matters of a dialogue.
const (
	PublicMattersPart = "/y-kien"
	FieldFigure       = "so"
	FigureAnswered    = "da-tra-loi"
	FigureOverdue     = "qua-han"
)

// Paths of the public site of a dialogue while it is held: followed by people, and on the wall.
const (
	FollowLivePath = "/truc-tiep"
	ProjectorPath  = "/man-hinh"
)
