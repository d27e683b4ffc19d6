package store

import (
	"slices"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// sheet is a sheet of the fixture's dialogue with four lines, of which three are typed.
func (fx *fixture) sheet() (doithoai.HandSheet, []doithoai.HandLine) {
	s := doithoai.HandSheet{DialogueID: fx.dialogue.ID, Number: 3, Writer: "Bà Lê Thị Ghi", Told: 4}
	return s, []doithoai.HandLine{
		{Clock: fx.minute(10), Name: "Trần Văn Thử", VillageID: fx.villages[0].ID, Content: "Đường vào xóm 3 hỏng."},
		{Clock: -1, Content: "Nước máy yếu."},
		{Clock: fx.minute(12), Dropped: "Viết nhầm rồi gạch"},
	}
}

// minute is so many minutes after the fixture's dialogue began.
func (fx *fixture) minute(n int) calendar.Clock {
	at := fx.dialogue.StartsAt.Add(time.Duration(n) * time.Minute)
	midnight := calendar.InstantAt(at.Date(), 0, 0)
	return calendar.Clock(at.Sub(midnight) / time.Minute)
}

// Power fails at 9:10: what was written on numbered sheets is typed later, with who wrote it, the hour and the scan,
// and stands in the sum; a sheet is typed once, what is left of it stays open.
func TestRecordSheet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s, lines := fx.sheet()
		scan := fx.upload(t, db, fx.secretary, "tờ 3.jpg").ID
		record := func(a doithoai.Actor, n int, s doithoai.HandSheet, lines []doithoai.HandLine, scans ...doithoai.ID) (
			HandSheetFile, error) {
			return db.RecordSheet(ctx, a, key(n), s, lines, scans)
		}
		_, err := record(fx.secretary, 1, s, lines)
		wantKind(t, err, doithoai.Conflict, "sheet.problem.state")
		fx.underWay(t, db)
		fx.to(db.Now().Add(time.Hour))
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin, fx.resident} {
			_, err := record(a, 1, s, lines)
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for field, spoil := range map[string]func(*doithoai.HandSheet, []doithoai.HandLine){
			"so-to":      func(s *doithoai.HandSheet, _ []doithoai.HandLine) { s.Number = 0 },
			"nguoi-ghi":  func(s *doithoai.HandSheet, _ []doithoai.HandLine) { s.Writer = "" },
			"so-dong":    func(s *doithoai.HandSheet, _ []doithoai.HandLine) { s.Told = 2 },
			"gio-1":      func(_ *doithoai.HandSheet, l []doithoai.HandLine) { l[0].Clock = 23*60 + 59 },
			"gio-2":      func(_ *doithoai.HandSheet, l []doithoai.HandLine) { l[1].Unread = true },
			"noi-dung-2": func(_ *doithoai.HandSheet, l []doithoai.HandLine) { l[1].Content = "" },
			"thon":       func(_ *doithoai.HandSheet, l []doithoai.HandLine) { l[0].VillageID = fx.otherVillage.ID },
		} {
			s, lines := s, slices.Clone(lines)
			spoil(&s, lines)
			_, err := record(fx.secretary, 1, s, lines)
			if !slices.ContainsFunc(doithoai.ProblemsOf(err), func(p doithoai.Problem) bool { return p.Field == field }) {
				t.Errorf("%s: %v", field, err)
			}
		}
		wantSame(t, before, fingerprint(t, db))

		f, err := record(fx.secretary, 1, s, lines, scan)
		must(t, err)
		if f.Made != 2 || f.Dropped != 1 || f.Open() != 1 || f.Scans != 1 || f.TypedByName != fx.secretary.Name ||
			f.Lines[0].Name != "Trần Văn Thử" || f.Lines[0].Clock != lines[0].Clock || f.Lines[1].Clock != -1 ||
			f.Lines[2].Dropped == "" || f.Lines[0].Opinion.Channel != doithoai.ChannelSheet {
			t.Errorf("recorded %+v", f)
		}
		again, err := record(fx.secretary, 1, s, lines, scan)
		must(t, err)
		if !again.Repeated || again.ID != f.ID {
			t.Errorf("the same form: %+v", again)
		}
		_, err = record(fx.office, 2, s, lines)
		wantField(t, err, "so-to", "taken") // typed by somebody else, too

		more := f.HandSheet
		one := []doithoai.HandLine{{Clock: -1, Content: "Đèn đường tắt."}}
		_, err = record(fx.office, 3, more, append(one, one...))
		wantField(t, err, "so-dong", "more")
		f, err = record(fx.office, 4, more, one)
		must(t, err)
		if f.Made != 3 || f.Open() != 0 || len(f.Lines) != 4 || f.Writer != s.Writer {
			t.Errorf("gone on with: %+v", f)
		}
		_, err = record(fx.office, 5, more, one) // seen before the last line was typed
		wantKind(t, err, doithoai.Conflict, "")
		all, err := db.HandSheets(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		rows, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		if len(all) != 1 || all[0].Told != 4 || all[0].Made+all[0].Dropped != 4 || len(rows) != 3 {
			t.Errorf("sheets %+v, %d opinions", all, len(rows))
		}
		unheard, err := db.Unheard(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		if len(unheard) != 0 {
			t.Errorf("what was written down was heard: %+v", unheard)
		}
		// Who was written down without a name is named later, as in the hall.
		must(t, second(db.NamePetitioner(ctx, fx.secretary, f.Lines[1].Opinion.ID, 1, "Phạm Thị Thử", fx.villages[1].ID)))
		wantClean(t, db)
	})
}

// A scan is for who types sheets, on record; once a line has left as a denunciation, it is there for nobody.
func TestScanOfASheet(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s, lines := fx.sheet()
		fx.underWay(t, db)
		fx.to(db.Now().Add(time.Hour))
		scan := fx.upload(t, db, fx.secretary, "tờ 3.jpg").ID
		f, err := db.RecordSheet(ctx, fx.secretary, key(1), s, lines, []doithoai.ID{scan})
		must(t, err)
		at := SheetEvidence(f.ID)
		for _, a := range []doithoai.Actor{fx.chair, fx.justice, fx.admin} {
			wantKind(t, db.ViewEvidence(ctx, a, at), doithoai.NotAllowed, "")
			wantKind(t, second(db.Evidence(ctx, a, at)), doithoai.NotAllowed, "")
		}
		must(t, db.ViewEvidence(ctx, fx.office, at))
		_, file, err := db.OpenEvidence(ctx, fx.office, at, scan)
		must(t, err)
		must(t, file.Close())
		_, err = db.RuleOpinion(ctx, fx.secretary, f.Lines[1].Opinion.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
		must(t, err)
		_, _, err = db.OpenEvidence(ctx, fx.office, at, scan)
		wantKind(t, err, doithoai.NotFound, "")
		f, err = db.HandSheet(ctx, fx.secretary, fx.dialogue.ID, 3)
		must(t, err)
		if f.Made != 2 || f.Lines[1].Opinion.ID != "" { // the count stays, the text goes
			t.Errorf("of the sheet is left %+v", f)
		}
		wantClean(t, db)
	})
}

// Of two who type the same sheet at once, one records it; the other is told.
func TestSheetTypedTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s, lines := fx.sheet()
		fx.underWay(t, db)
		fx.to(db.Now().Add(time.Hour))
		errs := make(chan error)
		for i, a := range []doithoai.Actor{fx.secretary, fx.office} {
			go func() { errs <- second(db.RecordSheet(ctx, a, key(10+i), s, lines, nil)) }()
		}
		failed := 0
		for range 2 {
			if err := <-errs; err != nil {
				failed++
				wantField(t, err, "so-to", "taken")
			}
		}
		rows, err := db.DialogueOpinions(ctx, fx.secretary, fx.dialogue.ID)
		must(t, err)
		if failed != 1 || len(rows) != 2 {
			t.Errorf("%d refused, %d opinions", failed, len(rows))
		}
		wantClean(t, db)
	})
}

// What a sheet says was said: nobody of it waits to speak, nor is expected at the door.
func TestSheetIsInNoQueue(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s, lines := fx.sheet()
		fx.underWay(t, db)
		fx.to(db.Now().Add(time.Hour))
		must(t, second(db.RecordSheet(ctx, fx.secretary, key(1), s, lines, nil)))
		if r := fx.run(t, db); len(r.Waiting) != 0 {
			t.Errorf("waiting: %+v", r.Waiting)
		}
		f, err := db.Tally(ctx, fx.chair, fx.dialogue.ID)
		must(t, err)
		if h := f.Heads.Of(doithoai.HeadRegistered); h.Expected != 0 {
			t.Errorf("expected at the door: %+v", h)
		}
		c, err := db.ChairCard(ctx, fx.chair, fx.dialogue.ID, "")
		must(t, err)
		if len(c.Unruled) == 0 {
			t.Error("the chair does not see that they wait for a ruling")
		}
	})
}
