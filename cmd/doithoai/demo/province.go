package demo

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
	"doithoai/store"
	"doithoai/text"
)

// The demo's province: a superior with twelve communes in the autumn of 2026, of which none exists. Eleven are served
// by the same installation; the twelfth runs alone and sends a signed file.

// provinceMorning is when its clock begins: Thursday, 15 October 2026, 08:00 in Viet Nam.
var provinceMorning = calendar.InstantAt(calendar.DateOf(2026, time.October, 15), 8, 0)

// ProvinceSlug is the superior's; LoginProvince works for its office.
const (
	ProvinceSlug  = "tinh-thi-du"
	LoginProvince = "tonghop"
)

// provinceTask is a commune of the province: when it held its dialogue, how late, and how it went.
type provinceTask struct {
	name      string
	day       calendar.Date // of the dialogue; zero: it held none
	told      int           // days ahead on which people were told
	published int           // days behind it on which the results were published; 0: they were not
	slips     int           // each with two matters
	later     int           // of all matters: to be answered in writing
	liked     int           // of those who answered the survey: satisfied; fewer than five answers are not shown
	answered  int
}

var provinceCommunes = []provinceTask{
	{"An Giả Định", calendar.DateOf(2026, time.May, 14), 10, 6, 6, 0, 18, 21},
	{"Bình Thí Điểm", calendar.DateOf(2026, time.June, 11), 9, 8, 5, 0, 11, 14},
	{"Cát Mô Phỏng", calendar.DateOf(2026, time.May, 28), 12, 5, 8, 0, 25, 31},
	{"Đông Minh Họa", calendar.DateOf(2026, time.April, 9), 3, 21, 4, 2, 6, 12}, // late with notice and results
	{"Gia Bản Nháp", calendar.Date{}, 0, 0, 0, 0, 0, 0},                         // held none
	{"Hòa Ví Dụ", calendar.DateOf(2026, time.August, 20), 8, 9, 3, 0, 4, 4},
	{"Lộc Tạm Đặt", calendar.DateOf(2026, time.September, 10), 11, 7, 5, 0, 9, 10},
	{"Mỹ Giả Sử", calendar.DateOf(2026, time.July, 9), 7, 10, 4, 0, 8, 11},
	{"Nam Thử Nghiệm", calendar.DateOf(2026, time.June, 25), 14, 4, 7, 0, 20, 22},
	{"Phú Giả Lập", calendar.DateOf(2026, time.October, 1), 9, 8, 6, 4, 7, 9},
	{"Sơn Tập Dượt", calendar.DateOf(2026, time.September, 24), 10, 9, 5, 0, 13, 16},
}

// provinceAlone runs elsewhere.
const (
	provinceAlone     = "Tân Chạy Riêng"
	provinceAloneSlug = "xa-tan-chay-rieng"
)

// Matters of the province's slips, in turn.
var provinceMatters = []string{
	"Chờ xác nhận tình trạng hôn nhân quá lâu.", "Bảng niêm yết thủ tục ở bộ phận một cửa đã cũ.",
	"Đề nghị nhận hồ sơ đất đai vào sáng thứ Bảy.", "Nộp hồ sơ trên mạng xong vẫn phải mang bản giấy.",
	"Xin hướng dẫn chứng thực bản sao điện tử.", "Lịch chi trả trợ cấp chưa đọc trên loa.",
}

// Province sets the province and its communes up in an empty database. The database must take its time from the clock.
func Province(ctx context.Context, db *store.DB, clock *Clock) error {
	clock.set(calendar.InstantAt(calendar.DateOf(2026, time.January, 5), 8, 0))
	top, err := db.SetUp(ctx, store.Setup{Authority: doithoai.Authority{
		Slug: ProvinceSlug, Name: "UBND tỉnh Thí Dụ", FullName: "Ủy ban nhân dân tỉnh Thí Dụ", Superior: "Chính phủ",
		Place: "Thí Dụ", Prefix: "TTD", Phone: "02550000100", Address: "Trụ sở UBND tỉnh Thí Dụ", Hours: commune.Hours,
		Reception: commune.Reception, Level: doithoai.LevelProvince, Demo: true,
	}, Units: secondUnits[:1]})
	if err != nil {
		return err
	}
	sees, err := db.AddOfficer(ctx, doithoai.Officer{
		AuthorityID: top.ID, Login: LoginProvince, Name: "Ông Trần Văn Tổng Hợp", Post: "Chuyên viên Văn phòng UBND tỉnh",
		Roles: []doithoai.Role{doithoai.RoleOffice},
	}, Password)
	if err != nil {
		return err
	}
	var file []byte
	for i, c := range provinceCommunes {
		told, err := c.tell(ctx, db, clock, i, top)
		if err != nil {
			return fmt.Errorf("xã %s: %w", c.name, err)
		}
		if file == nil {
			file = told
		}
	}
	clock.set(provinceMorning)
	if err := sendAlone(ctx, db, sees.Actor(), file); err != nil {
		return err
	}
	if err := db.CountRollUps(ctx); err != nil {
		return err
	}
	clock.start(provinceMorning)
	return nil
}

// tell sets a commune up, holds its dialogue, and returns the file of its report, nil where it held none.
func (c provinceTask) tell(
	ctx context.Context, db *store.DB, clock *Clock, n int, top doithoai.Authority,
) ([]byte, error) {
	slug := "xa-" + strings.ReplaceAll(text.Fold(c.name), " ", "-")
	clock.set(calendar.InstantAt(calendar.DateOf(2026, time.January, 5), 8, 0))
	a := secondCommune
	a.Slug, a.Name, a.FullName, a.Place = slug, "UBND xã "+c.name, "Ủy ban nhân dân xã "+c.name, c.name
	a.Superior, a.Address = "Ủy ban nhân dân tỉnh Thí Dụ", "Trụ sở UBND xã "+c.name+", tỉnh Thí Dụ"
	a, err := db.SetUp(ctx, store.Setup{
		Authority: a, Units: secondUnits, Villages: secondVillages, Hosts: []string{slug + ".localhost"},
	})
	if err != nil {
		return nil, err
	}
	if err := db.LinkCommune(ctx, top, a, calendar.DateOf(2026, time.January, 1)); err != nil || c.day.IsZero() {
		return nil, err
	}
	units, err := db.Units(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	o, err := db.AddOfficer(ctx, doithoai.Officer{
		AuthorityID: a.ID, UnitID: units[0].ID, Login: fmt.Sprintf("vanphong.%02d", n+1), Name: "Bà Lê Thị Giả Dụ",
		Post:  "Chuyên viên Văn phòng",
		Roles: []doithoai.Role{doithoai.RoleOffice, doithoai.RoleSecretary, doithoai.RoleUnitHead},
	}, Password)
	if err != nil {
		return nil, err
	}
	h := hearing{provinceTask: c, db: db, clock: clock, office: o.Actor(), authority: a.ID, unit: units[1].ID}
	h.villages, err = db.Villages(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{h.announce, h.hear, h.conclude, h.survey, h.publish, h.keep} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return h.report(ctx)
}

// hearing is a dialogue of the province while it is told.
type hearing struct {
	provinceTask
	db        *store.DB
	clock     *Clock
	office    doithoai.Actor
	authority doithoai.ID
	unit      doithoai.ID // that leads what is answered later
	villages  []doithoai.Village
	d         doithoai.Dialogue
}

func (h *hearing) at(days, hour int) { h.clock.set(calendar.InstantAt(h.day.AddDays(days), hour, 0)) }

func (h *hearing) announce(ctx context.Context) (err error) {
	day := calendar.DateOf(2026, time.January, 12)
	h.clock.set(calendar.InstantAt(day, 9, 0))
	p, err := planFor(h.name, "UBND tỉnh Thí Dụ", day)
	if err != nil {
		return err
	}
	rests, err := h.db.TakeOverPlan(ctx, h.office, p)
	if err != nil {
		return err
	}
	h.at(-h.told, 9)
	d := dialogue
	d.PlanID = rests.PlanID
	d.Slug, d.Title = h.day.String(), "Hội nghị đối thoại với Nhân dân năm 2026"
	d.Venue, d.Chair, d.CoChair = "Hội trường UBND xã "+h.name, "Ông Nguyễn Văn Mẫu, Chủ tịch UBND xã",
		"Bà Hồ Thị Giả Sử, Phó Chủ tịch HĐND xã"
	d.StartsAt, d.DoorsAt = calendar.InstantAt(h.day, 8, 0), calendar.InstantAt(h.day, 7, 30)
	d.SlipsUntil, d.EndsAt = calendar.InstantAt(h.day, 7, 30), calendar.InstantAt(h.day, 10, 30)
	d.Programme = []doithoai.ProgrammeStep{
		{Title: "Đón tiếp đại biểu", Minutes: 30}, {Title: "Đối thoại", Minutes: 120, Presenter: "Chủ trì"},
	}
	d.LateReason = ""
	if h.told < 7 {
		d.LateReason = "Hội trường sửa chữa nên phải chờ ngày."
	}
	h.d, err = h.db.AnnounceNewDialogue(ctx, h.office, d)
	return err
}

// hear takes the slips in, and rules on each matter in the hall.
func (h *hearing) hear(ctx context.Context) error {
	h.at(-1, 9)
	var all []doithoai.Opinion
	for i := range h.slips {
		got, err := h.db.SubmitSlip(ctx, doithoai.Resident(h.authority), Key(fmt.Sprint(h.name, i)), doithoai.Slip{
			Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, NoticeRead: true, DialogueID: h.d.ID,
			Matters: []string{provinceMatters[i%6], provinceMatters[(i+1)%6]},
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingPerson, Name: fmt.Sprintf("Người Mô Phỏng %d", i+1),
				VillageID: h.villages[i%len(h.villages)].ID, Ways: []doithoai.Way{doithoai.WayPickUp},
			},
		})
		if err != nil {
			return err
		}
		all = append(all, got.Opinions...)
	}
	h.at(0, 8)
	var err error
	if h.d, err = h.db.StartDialogue(ctx, h.office, h.d.ID, h.d.Version, h.db.Now()); err != nil {
		return err
	}
	for i, o := range all {
		r := doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã giải đáp tại hội nghị.", AnsweredBy: "Chủ trì"}
		if i < h.later {
			r = doithoai.Ruling{Code: doithoai.RulingLater, LeadUnitID: h.unit, Due: h.day.AddDays(14)}
		}
		if _, err := h.db.RuleOpinion(ctx, h.office, o.ID, o.Version, r); err != nil {
			return err
		}
	}
	h.at(0, 10)
	h.d, err = h.db.CloseDialogue(ctx, h.office, h.d.ID, h.d.Version, h.db.Now())
	return err
}

// conclude writes the conclusion with something to do, and locks the minutes.
func (h *hearing) conclude(ctx context.Context) error {
	due := h.day.AddDays(20)
	if _, err := h.db.WriteConclusion(ctx, h.office, h.d.ID, 0, "Ghi nhận các ý kiến, giao bộ phận chuyên môn thực hiện.",
		doithoai.Promised{UnitID: h.unit, What: "Niêm yết lại bảng thủ tục hành chính", Due: due}); err != nil {
		return err
	}
	m, err := h.db.ComposeMinutes(ctx, h.office, h.d.ID, 0)
	if err != nil {
		return err
	}
	back := doithoai.ReadBack{At: h.db.Now(), To: "Chủ trì và người dự còn ở lại"}
	if m, err = h.db.ReadMinutes(ctx, h.office, h.d.ID, m.Version, back); err != nil {
		return err
	}
	_, err = h.db.LockMinutes(ctx, h.office, h.d.ID, m.Version)
	return err
}

func (h *hearing) survey(ctx context.Context) error {
	s := doithoai.DialogueSurvey(h.d.ID)
	for i := range h.answered {
		digits := "00000202"
		if i < h.liked {
			digits = "00000504"
		}
		key := doithoai.SurveyKeyOf(Key(fmt.Sprint("khao sat ", h.name, i)), s)
		if err := h.db.AnswerSurvey(ctx, doithoai.Resident(h.authority), s, key,
			doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(digits)}); err != nil {
			return err
		}
	}
	return nil
}

func (h *hearing) publish(ctx context.Context) (err error) {
	if h.published == 0 {
		return nil
	}
	h.at(h.published, 15)
	h.d, err = h.db.PublishResults(ctx, h.office, h.d.ID, h.d.Version, h.db.Now())
	return err
}

// keep keeps the promise of the conclusion, where it was to be kept by now and nothing was late.
func (h *hearing) keep(ctx context.Context) error {
	if h.told < 7 || h.day.AddDays(15).After(provinceMorning.Date()) {
		return nil
	}
	h.at(15, 9)
	rows, err := h.db.PromisesOfDialogue(ctx, h.authority, h.d.ID)
	if err != nil {
		return err
	}
	for _, p := range rows {
		if err := h.db.KeepPromise(ctx, h.office, p.ID, p.Version, h.day.AddDays(14), "Đã niêm yết bảng mới."); err != nil {
			return err
		}
	}
	return nil
}

// report settles the report of the result, and returns its file.
func (h *hearing) report(ctx context.Context) ([]byte, error) {
	p, err := h.db.WriteResultReport(ctx, h.office, h.d.ID, 0, report.Words{Lacking: "Không", Proposals: "Không"})
	if err != nil {
		return nil, err
	}
	if p, err = h.db.SettleResultReport(ctx, h.office, h.d.ID, p.Version); err != nil {
		return nil, err
	}
	return h.db.ReportEdition(ctx, h.office, h.d.ID, p.Edition)
}

// sendAlone enters the commune that runs alone, and takes its file: another commune's, as if it were its own.
func sendAlone(ctx context.Context, db *store.DB, sees doithoai.Actor, file []byte) error {
	r, _, err := report.Read(file)
	if err != nil {
		return err
	}
	r.Code, r.Authority = provinceAloneSlug, "Ủy ban nhân dân xã "+provinceAlone
	if file, err = r.File(); err != nil {
		return err
	}
	skey, vkey, err := aloneKey()
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	signed, err := report.Sign(file, signer)
	if err != nil {
		return err
	}
	heard, err := report.Fingerprint(vkey)
	if err != nil {
		return err
	}
	if err := db.AddSubordinate(ctx, sees, report.Subordinate{
		Code: provinceAloneSlug, Name: "UBND xã " + provinceAlone, From: calendar.DateOf(2026, time.January, 1),
	}, report.Key{Verifier: vkey, Heard: heard, Compared: "Chánh Văn phòng xã, 02550000099"}); err != nil {
		return err
	}
	_, err = db.TakeReportFile(ctx, sees, signed)
	return err
}

// aloneKey is the key of the commune that runs alone: known to everybody, like all of the demo.
func aloneKey() (skey, vkey string, err error) {
	seed := sha256.Sum256([]byte("doithoai demo key\n" + provinceAloneSlug))
	return note.GenerateKey(strings.NewReader(string(seed[:ed25519.SeedSize])), provinceAloneSlug+"."+Host)
}

// ProvinceGuide tells a newcomer what the province is for.
func ProvinceGuide(db *store.DB, a doithoai.Authority, p text.Printer) string {
	return "\n" + p.T("demo.guide.province", "name", a.Name, "date", p.DateTime(calendar.Civil(db.Now())),
		"login", LoginProvince, "password", Password) + "\n\n"
}
