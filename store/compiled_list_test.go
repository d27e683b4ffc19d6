package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai"
)

// head is the head of one of the fixture's villages.
func (fx *fixture) head(village int) doithoai.Actor {
	a := fx.office2
	a.UnitID, a.Roles = "", []doithoai.Role{doithoai.RoleVillageHead}
	a.Seats = []doithoai.Seat{{Role: doithoai.RoleVillageHead, VillageID: fx.villages[village].ID}}
	return a
}

// compiled is a list of the second village with as many opinions as points.
func (fx *fixture) compiled(points ...string) (doithoai.CompiledList, []doithoai.CompiledPoint) {
	l := doithoai.CompiledList{DialogueID: fx.dialogue.ID, VillageID: fx.villages[1].ID, Told: len(points)}
	var all []doithoai.CompiledPoint
	for _, p := range points {
		all = append(all, doithoai.CompiledPoint{Content: p})
	}
	return l, all
}

func numbersIn(f CompiledFile) (numbers []string) {
	for _, p := range f.Points {
		if p.Opinion.ID != "" {
			numbers = append(numbers, string(p.Opinion.Number))
		}
	}
	return numbers
}

// Villages bring one compiled list of 20 opinions without names: each gets a number and a receipt of its own, is
// answered through the village's head, and stands in the register and the year's figures once, sent twice or not.
func TestSituation11CompiledListOfTwenty(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var said []string
		for i := range 20 {
			said = append(said, fmt.Sprintf("Việc thứ %d của thôn: sửa đoạn đường số %d.", i+1, i+1))
		}
		l, points := fx.compiled(said...)
		f, err := db.RecordList(ctx, fx.head(1), key(7), l, points, strings.Join(said, "\n"))
		must(t, err)
		if f.Repeated || f.Made != 20 || f.Told != 20 || len(numbersIn(f)) != 20 || f.Original == "" {
			t.Fatalf("recorded %d of %d, numbers %v", f.Made, f.Told, numbersIn(f))
		}
		for i, p := range f.Points {
			if want := fmt.Sprintf("ND-26-%04d", i+1); string(p.Opinion.Number) != want || p.Opinion.Content != said[i] {
				t.Errorf("point %d is %s %q", i, p.Opinion.Number, p.Opinion.Content)
			}
			followed, err := db.FollowSlip(ctx, fx.resident, p.Code)
			must(t, err)
			if len(followed.Opinions) != 1 || followed.Opinions[0].Opinion.ID != p.Opinion.ID ||
				!slices.Equal(followed.Ways, []doithoai.Way{doithoai.WayAloud}) || followed.Channel != doithoai.ChannelVillage {
				t.Errorf("the code of point %d opens %+v", i, followed)
			}
		}
		again, err := db.RecordList(ctx, fx.office, key(8), l, points, "")
		must(t, err)
		if !again.Repeated || again.ID != f.ID || !slices.Equal(numbersIn(again), numbersIn(f)) {
			t.Errorf("sent twice: %+v", again)
		}
		figures, err := db.YearFigures(ctx, fx.authority.ID, 2026)
		must(t, err)
		rows, _, err := db.Register(ctx, fx.office, Filter{Tab: TabAll, Limit: 100})
		must(t, err)
		if figures.Received != 20 || len(rows) != 20 {
			t.Errorf("%d in the figures, %d in the register", figures.Received, len(rows))
		}
		ruled, err := db.RuleOpinion(ctx, fx.secretary, f.Points[3].Opinion.ID, 1, fx.later())
		must(t, err)
		if ruled.Ruling != doithoai.RulingLater {
			t.Errorf("ruled %+v", ruled)
		}
		wantClean(t, db)
	})
}

// What becomes of a list is what was told, or why not is kept; names are optional, and never the office's to invent.
func TestRecordList(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		l, points := fx.compiled("Kính gửi UBND xã", "Đường vào xóm 3 hỏng.", "Nước máy yếu.", "Đèn tắt.")
		points[0].Dropped = "Phần mở đầu của danh sách"
		points[2].Name, points[2].Address = "Lê Thị Thử", "xóm 3"
		before := fingerprint(t, db)
		for _, denied := range []doithoai.Actor{
			fx.chair, fx.secretary, fx.justice, fx.land, fx.admin, fx.resident, fx.head(0),
		} {
			_, err := db.RecordList(ctx, denied, key(1), l, points, "")
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for field, change := range map[string]func(*doithoai.CompiledList, []doithoai.CompiledPoint){
			"thon":        func(l *doithoai.CompiledList, _ []doithoai.CompiledPoint) { l.VillageID = "" },
			"so-y-kien":   func(l *doithoai.CompiledList, _ []doithoai.CompiledPoint) { l.Told = 0 },
			"vi-sao-lech": func(*doithoai.CompiledList, []doithoai.CompiledPoint) {},
			"y-kien-2":    func(_ *doithoai.CompiledList, p []doithoai.CompiledPoint) { p[1].Content = "" },
			"y-kien-3": func(_ *doithoai.CompiledList, p []doithoai.CompiledPoint) {
				p[2].Content = long(doithoai.MaxMatter + 1)
			},
			"ho-ten-3": func(_ *doithoai.CompiledList, p []doithoai.CompiledPoint) { p[2].Name = long(doithoai.MaxLine + 1) },
			"bo-vi-1":  func(_ *doithoai.CompiledList, p []doithoai.CompiledPoint) { p[0].Dropped = long(doithoai.MaxLine + 1) },
			"y-kien-1": func(_ *doithoai.CompiledList, p []doithoai.CompiledPoint) {
				for i := range p {
					p[i].Dropped = "x"
				}
			},
			"noi-dung": func(l *doithoai.CompiledList, p []doithoai.CompiledPoint) {
				l.Told, l.DialogueID = 3, fx.otherDialogue.ID
			},
		} {
			l, points := l, slices.Clone(points)
			change(&l, points)
			_, err := db.RecordList(ctx, fx.office, key(1), l, points, "")
			wantKind(t, err, doithoai.Invalid, "")
			if !slices.ContainsFunc(doithoai.ProblemsOf(err), func(p doithoai.Problem) bool { return p.Field == field }) {
				t.Errorf("%s: %v", field, err)
			}
		}
		foreign := l
		foreign.VillageID, foreign.Told = fx.otherVillage.ID, 3
		_, err := db.RecordList(ctx, fx.office, key(1), foreign, points, "")
		wantKind(t, err, doithoai.Invalid, "")
		wantSame(t, before, fingerprint(t, db))

		l.Differs = "Trưởng thôn đếm cả phần mở đầu"
		f, err := db.RecordList(ctx, fx.office, key(1), l, points, "nguyên văn")
		must(t, err)
		if f.Told != 4 || f.Made != 3 || f.Differs == "" || f.Points[0].Dropped == "" || f.TypedBy != fx.office.Name ||
			f.Village != fx.villages[1].Name || f.Original != "nguyên văn" {
			t.Errorf("the list is %+v", f)
		}
		who, err := db.ViewPetitioner(ctx, fx.office, f.Points[2].Opinion.ID, "answer")
		must(t, err)
		nobody, err := db.ViewPetitioner(ctx, fx.office, f.Points[1].Opinion.ID, "answer")
		must(t, err)
		if who.Name != "Lê Thị Thử" || who.Address != "xóm 3" || nobody.Name != "" || nobody.VillageID != l.VillageID {
			t.Errorf("raised by %+v and %+v", who, nobody)
		}
		must(t, second(db.NamePetitioner(ctx, fx.office, f.Points[1].Opinion.ID, 1, "Võ Văn Thử", "")))
		wantClean(t, db)
	})
}

// The same opinions in another order, spelling or hand are the same list; the same form with others is refused; a list
// that overlaps says which points are there already.
func TestListsSentTwice(t *testing.T) {
	eachWatched(t, func(t *testing.T, db *DB, c *commits, fx *fixture) {
		ctx := ctxOf(t)
		l, points := fx.compiled("Đường hỏng.", "Nước máy yếu.", "Đèn tắt.")
		once, other := inRivalry(t, db, c,
			func() error { return second(db.RecordList(ctx, fx.office, key(1), l, points, "")) },
			func() error { return second(db.RecordList(ctx, fx.head(1), key(2), l, points, "")) })
		must(t, once)
		must(t, other)
		_, otherwise := fx.compiled("ĐÈN TẮT", "Nước máy  yếu", "đường hỏng!")
		f, err := db.RecordList(ctx, fx.office, key(3), l, otherwise, "")
		must(t, err)
		if !f.Repeated || len(numbersIn(f)) != 3 {
			t.Errorf("in another order: %+v", f)
		}
		lists, err := db.CompiledLists(ctx, fx.office, 10)
		must(t, err)
		if len(lists) != 1 {
			t.Errorf("%d lists", len(lists))
		}
		village := l
		village.VillageID = fx.villages[0].ID
		f, err = db.RecordList(ctx, fx.office, key(4), village, points, "")
		must(t, err)
		if f.Repeated {
			t.Error("another village says the same")
		}
		_, changed := fx.compiled("Đường hỏng.", "Nước máy yếu.", "Cầu yếu.")
		_, err = db.RecordList(ctx, fx.office, key(4), village, changed, "")
		wantKind(t, err, doithoai.Conflict, "slip.problem.sent_already")
		known, err := db.KnownPoints(ctx, fx.office, l, changed)
		must(t, err)
		if len(known) != 2 || known[0].Point+known[1].Point != 1 {
			t.Errorf("known %+v", known)
		}
		if known, err = db.KnownPoints(ctx, fx.land, l, changed); err != nil || len(known) != 0 {
			t.Errorf("who sees none of them is told %v (%v)", known, err)
		}
		wantClean(t, db)
	})
}

// Codes come back with the form's key alone; the original to who recorded the list, until something in it has left as a
// denunciation, of which the list shows nothing.
func TestCompiledListShowsNoMoreThanItMay(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		l, points := fx.compiled("Đường hỏng.", "Tố cáo ông nọ nhận tiền.", "Đèn tắt.")
		f, err := db.RecordList(ctx, fx.office, key(1), l, points, "nguyên văn")
		must(t, err)
		for _, as := range []struct {
			actor    doithoai.Actor
			key      int
			numbers  int
			original bool
			codes    bool
		}{
			{fx.office, 1, 3, true, true}, {fx.office, 2, 3, true, false}, {fx.office2, 1, 3, false, true},
			{fx.head(1), 2, 0, false, false}, // of the village, typed by the office
		} {
			got, err := db.CompiledList(ctx, as.actor, f.ID, key(as.key))
			must(t, err)
			codes := got.Points[0].Code != ""
			if len(numbersIn(got)) != as.numbers || (got.Original != "") != as.original || codes != as.codes {
				t.Errorf("%s: numbers %v, original %q, codes %v", as.actor.Name, numbersIn(got), got.Original, codes)
			}
		}
		for _, denied := range []doithoai.Actor{fx.head(0), fx.chair, fx.secretary, fx.resident} {
			_, err := db.CompiledList(ctx, denied, f.ID, key(1))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		must(t, second(db.RuleOpinion(ctx, fx.office, f.Points[1].Opinion.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		got, err := db.CompiledList(ctx, fx.office, f.ID, key(1))
		must(t, err)
		if len(numbersIn(got)) != 2 || got.Original != "" || got.Points[1].Code != "" || got.Opinions() != 2 {
			t.Errorf("after a denunciation: %+v", got)
		}
		known, err := db.KnownPoints(ctx, fx.office, l, points)
		must(t, err)
		if len(known) != 2 {
			t.Errorf("known %+v", known)
		}
		if lists, err := db.CompiledLists(ctx, fx.head(0), 10); err != nil || len(lists) != 0 {
			t.Errorf("the head of another village is shown %v (%v)", lists, err)
		}
	})
}
