package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/plan"
)

// onTheSpot is a ruling that answers at once.
func onTheSpot() doithoai.Ruling {
	return doithoai.Ruling{
		Code: doithoai.RulingOnTheSpot, Text: "Lịch chi trả có trên bảng tin.", AnsweredBy: "Bà Trần Thị Ví Dụ",
		Agreement: doithoai.AgreementYes,
	}
}

// closed is the fixture's dialogue, closed: three opinions, the first two ruled, the third open.
func (fx *fixture) closed(t testing.TB, db *DB) (doithoai.Dialogue, []doithoai.Opinion) {
	t.Helper()
	ctx := ctxOf(t)
	all := fx.submit(t, db, 800, "Đường thôn 1 ngập khi mưa.", "Lịch chi trả trợ cấp ở đâu?").Opinions
	d := fx.begin(t, db)
	spoken := fx.shouted()
	spoken.Petitioner.Name = "Cao Văn Ướm"
	got, err := db.RecordOpinion(ctx, fx.secretary, key(801), spoken)
	must(t, err)
	all = append(all, got.Opinions[0])
	must(t, second(db.RuleOpinion(ctx, fx.secretary, all[0].ID, 1, fx.later())))
	must(t, second(db.RuleOpinion(ctx, fx.secretary, all[1].ID, 1, onTheSpot())))
	return fx.end(t, db, d), all
}

// paragraphs are the texts of minutes under each other.
func paragraphs(b doithoai.MinutesBody) string {
	var lines []string
	for _, p := range b.Paragraphs {
		lines = append(lines, p.Text)
	}
	return strings.Join(lines, "\n")
}

func TestComposeMinutes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		running := fx.dialogue.ID
		wantKind(t, second(db.ComposeMinutes(ctx, fx.office, running, 0)), doithoai.Conflict, "minutes.problem.running")
		d, all := fx.closed(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, second(db.ComposeMinutes(ctx, a, d.ID, 0)), doithoai.NotAllowed, "")
		}
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		wantKind(t, second(db.ComposeMinutes(ctx, fx.office, d.ID, 0)), doithoai.Conflict, "")
		text := paragraphs(m.Body)
		for _, want := range []string{
			"Thời gian bắt đầu: 08 giờ 05 phút, ngày 25 tháng 10 năm 2026.", "Địa điểm: Hội trường UBND xã.",
			"2. Đối thoại: dự kiến 08 giờ 00 phút", "III. Ý kiến của tổ chức, cá nhân và trả lời",
			"1. Nguyễn Thị Minh Họa, thôn 1 (gửi qua trang của xã): Đường thôn 1 ngập khi mưa.",
			"Kết luận: xác minh, trả lời sau; Tư pháp – Hộ tịch chủ trì; hạn ngày",
			"Bà Trần Thị Ví Dụ trả lời: Lịch chi trả có trên bảng tin.", "Kết luận: trả lời ngay. Người nêu đồng ý.",
			"3. Cao Văn Ướm", "[chưa có kết luận]", "chưa có hướng xử lý 1",
			"Hội nghị kết thúc vào 09 giờ 05 phút, ngày 25 tháng 10 năm 2026./.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the minutes don't say %q:\n%s", want, text)
			}
		}
		// What was corrected stays when they are composed anew, unless that would be composed otherwise.
		spoken := "y-kien/" + string(all[2].Number)
		m, err = db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Chuyển chỗ",
			wording("dia-diem", "Địa điểm: Nhà văn hóa."))
		must(t, err)
		m, err = db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Ghi tạm", wording(spoken+"/ket-luan", "[để sau]"))
		must(t, err)
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
		f, err := db.Minutes(ctx, fx.chair, d.ID)
		must(t, err)
		if !f.Stale || f.Tally.Open() != 0 {
			t.Errorf("stale %v, open %d", f.Stale, f.Tally.Open())
		}
		m, err = db.ComposeMinutes(ctx, fx.secretary, d.ID, m.Version)
		must(t, err)
		text = paragraphs(m.Body)
		if !strings.Contains(text, "Nhà văn hóa") || strings.Contains(text, "[để sau]") || strings.Contains(text, "[chưa") {
			t.Errorf("composed anew:\n%s", text)
		}
		f, err = db.Minutes(ctx, fx.chair, d.ID)
		must(t, err)
		if f.Stale || len(f.Changes) != 3 || f.Changes[2].Old != "[để sau]" || f.Changes[2].Reason != "" {
			t.Errorf("stale %v, the trace %+v", f.Stale, f.Changes)
		}
		wantClean(t, db)
	})
}

// TestMinutesOfAWithdrawal: why an opinion was withdrawn is nobody's answer to it.
func TestMinutesOfAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.submit(t, db, 802, "Giấy hẹn quá hạn.").Opinions[0]
		d := fx.begin(t, db)
		const reason = "Bà Minh Họa báo tại bàn đón tiếp lúc 8 giờ: đã nhận kết quả."
		must(t, db.WithdrawOpinion(ctx, fx.secretary, o.ID, 1, reason))
		fx.end(t, db, d)
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		if text := paragraphs(m.Body); strings.Contains(text, "trả lời: "+reason) ||
			!strings.Contains(text, "Ghi nhận việc rút lại: "+reason) || !strings.Contains(text, "người nêu rút lại ý kiến") {
			t.Errorf("the minutes say:\n%s", text)
		}
		wantClean(t, db)
	})
}

func TestCorrectMinutes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		const key = "dia-diem"
		correct := func(a doithoai.Actor, version int, key, words, why string) error {
			return second(db.CorrectMinutes(ctx, a, d.ID, version, why, wording(key, words)))
		}
		wantKind(t, correct(fx.office, 0, key, "Nơi khác", "Nhầm"), doithoai.Conflict, "") // there are none
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			wantKind(t, correct(a, m.Version, key, "Nơi khác", "Nhầm"), doithoai.NotAllowed, "")
		}
		wantField(t, correct(fx.office, m.Version, key, "", "Nhầm"), "noi-dung", "empty")
		wantField(t, correct(fx.office, m.Version, key, "Nơi khác", ""), "ly-do", "reason")
		wantField(t, correct(fx.office, m.Version, key, "Địa điểm: Hội trường UBND xã.", "Nhầm"), "noi-dung", "same")
		wantKind(t, correct(fx.office, m.Version, "muc-1", "I. Khác", "Nhầm"), doithoai.NotFound, "")
		wantKind(t, correct(fx.office, m.Version, "khong-co", "Khác", "Nhầm"), doithoai.NotFound, "")
		many := func(all ...doithoai.MinutesWording) error {
			return second(db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Nhầm", all...))
		}
		wantField(t, many(), "noi-dung", "same")
		wantKind(t, many(wording(key, "Nơi khác"), wording(key, "Nơi nữa")), doithoai.NotFound, "")
		wantKind(t, many(wording(key, "Nơi khác"), wording("muc-1", "I. Khác")), doithoai.NotFound, "") // and none is
		wantField(t, many(wording(key, "Nơi khác"), wording("bat-dau", "")), "noi-dung", "empty")
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		must(t, correct(fx.office, m.Version, key, "Địa điểm: Nhà văn hóa.", "Chuyển chỗ lúc 7 giờ"))
		f, err := db.Minutes(ctx, fx.vice(), d.ID)
		must(t, err)
		c := f.Changes[0]
		if f.Minutes.State != doithoai.MinutesDraft || !f.Minutes.ReadBack.At.IsZero() {
			t.Errorf("corrected minutes were not read back as they stand, and are %q", f.Minutes.State)
		}
		if c.Old != "Địa điểm: Hội trường UBND xã." || c.By != fx.office.ID || c.At != db.Now() || f.Stale {
			t.Errorf("the trace is %+v, stale %v", c, f.Stale)
		}
	})
}

// wording is what a paragraph is to say.
func wording(key, text string) doithoai.MinutesWording {
	return doithoai.MinutesWording{Key: key, Text: text}
}

// readBack is that the minutes are read back now.
func (fx *fixture) readBack(db *DB) doithoai.ReadBack {
	return doithoai.ReadBack{At: db.Now(), To: "Chủ trì và người dự còn ở lại"}
}

func (fx *fixture) vice() doithoai.Actor { return inRole(fx.land, doithoai.RoleViceChair) }

func TestReadMinutes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, _ := fx.closed(t, db)
		read := func(a doithoai.Actor, version int, r doithoai.ReadBack) error {
			return second(db.ReadMinutes(ctx, a, d.ID, version, r))
		}
		wantKind(t, read(fx.office, 0, fx.readBack(db)), doithoai.Conflict, "")
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		wantKind(t, read(fx.chair, m.Version, fx.readBack(db)), doithoai.NotAllowed, "")
		for field, spoil := range map[string]func(*doithoai.ReadBack){
			"gio":   func(r *doithoai.ReadBack) { r.At = db.Now().Add(time.Minute) },
			"truoc": func(r *doithoai.ReadBack) { r.To = "" },
		} {
			r := fx.readBack(db)
			spoil(&r)
			wantField(t, read(fx.office, m.Version, r), field, "")
		}
		early := fx.readBack(db)
		early.At = d.ClosedAt.Add(-time.Minute)
		wantField(t, read(fx.office, m.Version, early), "gio", "read_at")
		objected := fx.readBack(db)
		objected.Objections = "Ông Ướm đề nghị ghi rõ giờ chờ; đã sửa."
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, objected)
		must(t, err)
		objected.By = fx.secretary.ID
		if m.State != doithoai.MinutesRead || m.ReadBack != objected {
			t.Errorf("read back: %+v", m.ReadBack)
		}
	})
}

func TestLockMinutes(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d, all := fx.closed(t, db)
		lock := func(a doithoai.Actor, version int) error { return second(db.LockMinutes(ctx, a, d.ID, version)) }
		m, err := db.ComposeMinutes(ctx, fx.secretary, d.ID, 0)
		must(t, err)
		wantKind(t, lock(fx.office, m.Version), doithoai.Conflict, "") // nobody has read them back
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		wantField(t, lock(fx.office, m.Version), "khoa-bien-ban", "tally.problem.open")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
		wantField(t, lock(fx.office, m.Version), "khoa-bien-ban", "minutes.problem.stale")
		m, err = db.ComposeMinutes(ctx, fx.secretary, d.ID, m.Version)
		must(t, err)
		m, err = db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Chuyển chỗ",
			wording("dia-diem", "Địa điểm: Nhà văn hóa."))
		must(t, err)
		m, err = db.ReadMinutes(ctx, fx.secretary, d.ID, m.Version, fx.readBack(db))
		must(t, err)
		wantKind(t, lock(fx.chair, m.Version), doithoai.NotAllowed, "")
		fx.clock.forward(time.Minute)
		before, err := db.RecordSize(ctx)
		must(t, err)
		must(t, lock(fx.secretary, m.Version))
		wantKind(t, lock(fx.secretary, m.Version+1), doithoai.Conflict, "")
		after, err := db.RecordSize(ctx)
		must(t, err)
		f, err := db.Minutes(ctx, fx.office, d.ID)
		must(t, err)
		if after != before+1 || f.Leaf != before || len(f.Hash) != 64 || f.Minutes.LockedBy != fx.secretary.ID {
			t.Errorf("locked: leaf %d of %d, hash %q, by %s", f.Leaf, after, f.Hash, f.Minutes.LockedBy)
		}
		for name, err := range map[string]error{
			"composed":  second(db.ComposeMinutes(ctx, fx.office, d.ID, f.Minutes.Version)),
			"corrected": second(db.CorrectMinutes(ctx, fx.office, d.ID, f.Minutes.Version, "Nhầm", wording("dia-diem", "Khác"))),
			"read":      second(db.ReadMinutes(ctx, fx.office, d.ID, f.Minutes.Version, fx.readBack(db))),
			"concluded": second(db.WriteConclusion(ctx, fx.chair, d.ID, 0, "Giao các bộ phận.")),
			"noted": db.NoteHall(ctx, fx.office, doithoai.HallNote{
				ID: NewID(), DialogueID: d.ID, At: d.ClosedAt, Kind: doithoai.NoteOrder, Body: "Một người dự nói to.",
			}),
			"typed on": second(db.RecordSheet(ctx, fx.secretary, key(811), doithoai.HandSheet{
				DialogueID: d.ID, Number: 1, Writer: "Bà Lê Thị Giả Dụ", Told: 2,
			}, nil, nil)),
		} {
			if doithoai.KindOf(err) != doithoai.Conflict {
				t.Errorf("locked minutes are %s: %v", name, err)
			}
		}
		// Nothing comes to the dialogue any more of which they would not tell.
		late := fx.shouted()
		wantField(t, second(db.RecordOpinion(ctx, fx.secretary, key(812), late)), "noi-dung", "slip.problem.dialogue")
		late = fx.slip("Đường thôn 2 ngập khi mưa.")
		late.DialogueID = d.ID
		wantField(t, second(db.SubmitSlip(ctx, fx.resident, key(813), late)), "noi-dung", "slip.problem.dialogue")
		wantClean(t, db)
		fx.wantMinutesWatched(t, db, d)
	})
}

// wantMinutesWatched changes what was locked behind the program's back, and wants each change to be found.
func (fx *fixture) wantMinutesWatched(t *testing.T, db *DB, d doithoai.Dialogue) {
	t.Helper()
	ctx := ctxOf(t)
	for name, change := range map[string]string{
		"a word":       `UPDATE minutes SET body = replace(body, 'Nhà văn hóa', 'Nhà thi đấu') WHERE dialogue_id = $1`,
		"an objection": `UPDATE minutes SET objections = 'Có người không đồng ý.' WHERE dialogue_id = $1`,
		"the state":    `UPDATE minutes SET state = 'draft' WHERE dialogue_id = $1`,
		"the hour":     `UPDATE minutes SET locked_at = composed_at, composed_at = locked_at WHERE dialogue_id = $1`,
		"the trace":    `UPDATE minutes_change SET reason = 'Khác' WHERE dialogue_id = $1`,
		"the leaf":     `DELETE FROM minutes_leaf WHERE dialogue_id = $1`,
	} {
		err := db.act(ctx, func(tx *Tx) error {
			if err := tx.exec(ctx, change, d.ID); err != nil {
				return err
			}
			v := &verifier{ctx: ctx}
			if err := v.verify(tx, nil); err != nil {
				return err
			}
			found := slices.ContainsFunc(v.findings, func(f Finding) bool { return f.What == "minutes" })
			if !found {
				t.Errorf("%s was changed in locked minutes: %v", name, v.findings)
			}
			return doithoai.Refuse(doithoai.Conflict, "error.conflict") // take it back
		})
		wantKind(t, err, doithoai.Conflict, "")
	}
	wantClean(t, db)
}

func TestWriteConclusion(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		write := func(a doithoai.Actor, version int, body string) error {
			return second(db.WriteConclusion(ctx, a, fx.dialogue.ID, version, body))
		}
		wantKind(t, write(fx.chair, 0, "Ghi nhận."), doithoai.Conflict, "") // not before it runs
		d := fx.begin(t, db)
		for _, a := range []doithoai.Actor{fx.justice, fx.admin, fx.resident} {
			wantKind(t, write(a, 0, "Ghi nhận."), doithoai.NotAllowed, "")
		}
		wantField(t, write(fx.chair, 0, " "), "noi-dung", "empty")
		must(t, write(fx.chair, 0, "Ghi nhận các ý kiến."))
		wantKind(t, write(fx.secretary, 0, "Khác."), doithoai.Conflict, "")
		wantKind(t, second(db.WriteText(ctx, fx.office, 1, conclusionAsText(d))), doithoai.Conflict, "")
		fx.end(t, db, d)
		must(t, write(fx.office, 1, "Ghi nhận các ý kiến.\nGiao Văn phòng theo dõi."))
		f, err := db.Conclusion(ctx, fx.vice(), d.ID)
		must(t, err)
		if f.Kept.Version != 2 || f.Kept.By != fx.office.ID || f.Locked {
			t.Errorf("kept %+v", f.Kept)
		}
		m, err := db.Minutes(ctx, fx.chair, d.ID)
		must(t, err)
		if !strings.Contains(paragraphs(m.Shown()), "Giao Văn phòng theo dõi.") {
			t.Errorf("the minutes don't hold the conclusion:\n%s", paragraphs(m.Shown()))
		}
	})
}

// What tells of an opinion on somebody's own conduct is not for them to read, nor to correct.
func TestMinutesAreKeptFromWhomTheyTellOf(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.conductSlip(t, db, 700)
		must(t, db.NameConcerned(ctx, fx.office, o.ID, o.Version, []doithoai.ID{fx.secretary.ID}))
		d := fx.end(t, db, fx.begin(t, db))
		m, err := db.ComposeMinutes(ctx, fx.office, d.ID, 0)
		must(t, err)
		for _, tt := range []struct {
			who  doithoai.Actor
			sees bool
		}{{fx.office, true}, {fx.secretary, false}} {
			f, err := db.Minutes(ctx, tt.who, d.ID)
			must(t, err)
			if got := strings.Contains(fmt.Sprintf("%+v", f), string(o.Number)); got != tt.sees {
				t.Errorf("read: %v, want %v", got, tt.sees)
			}
		}
		key := "y-kien/" + string(o.Number)
		err = second(db.CorrectMinutes(ctx, fx.secretary, d.ID, m.Version, "Nhầm", wording(key, "Không có.")))
		wantKind(t, err, doithoai.NotFound, "")
		must(t, second(db.CorrectMinutes(ctx, fx.office, d.ID, m.Version, "Gọn hơn", wording(key, "1. Tóm tắt."))))
		f, err := db.Minutes(ctx, fx.secretary, d.ID)
		must(t, err)
		if len(f.Changes) != 0 {
			t.Errorf("the trace shows %+v", f.Changes)
		}
	})
}

// TestMinutesReadIsOnRecord: who reads minutes reads names; that is on record once for as long as a view serves.
func TestMinutesReadIsOnRecord(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		d := fx.end(t, db, fx.begin(t, db))
		read := func(who doithoai.Actor) {
			t.Helper()
			f, err := db.ViewMinutes(ctx, who, d.ID)
			must(t, err)
			if f.Dialogue.ID != d.ID {
				t.Errorf("the minutes of %q", f.Dialogue.ID)
			}
		}
		onRecord := func() (n int) {
			t.Helper()
			n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM audit_entry
				WHERE act = $1 AND subject = $2`, doithoai.ActSeeMinutes, d.Slug)
			must(t, err)
			return n
		}
		read(fx.office)
		read(fx.office)
		read(fx.chair)
		if n := onRecord(); n != 2 {
			t.Errorf("%d views by two people", n)
		}
		fx.clock.forward(viewLife + time.Minute)
		read(fx.office)
		if n := onRecord(); n != 3 {
			t.Errorf("%d views, one of them later", n)
		}
		wantKind(t, second(db.ViewMinutes(ctx, fx.justice, d.ID)), doithoai.NotAllowed, "")
	})
}

// conclusionAsText is a conclusion as the office would write an announcement.
func conclusionAsText(d doithoai.Dialogue) plan.Text {
	return plan.Text{DialogueID: d.ID, Kind: plan.TextConclusion, Body: "Ghi nhận."}
}
