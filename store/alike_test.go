package store

import (
	"slices"
	"testing"

	"doithoai"
)

func alikeNumbers(t *testing.T, db *DB, a doithoai.Actor, said string) (numbers []string) {
	t.Helper()
	all, err := db.Alike(ctxOf(t), a, said, nil, 10)
	must(t, err)
	for _, r := range all {
		numbers = append(numbers, string(r.Opinion.Number))
	}
	slices.Sort(numbers)
	return numbers
}

// What is alike is proposed to who may see it, whatever the dialogue; never a denunciation, nor to whom it is about.
func TestAlikeIsProposedToWhoMaySee(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const said = "Đề nghị nạo vét rãnh thoát nước bị tắc trước cổng trường tiểu học."
		for n, matter := range []string{
			"Rãnh thoát nước trước cổng trường tiểu học bị tắc, mưa là ngập.", // 1
			"Cán bộ đòi tiền mới cho nạo vét rãnh thoát nước trước cổng trường.",
			"Tố cáo ông nọ lấy tiền nạo vét rãnh thoát nước trước cổng trường.",
			"Nạo vét rãnh thoát nước bị tắc ở cổng trường tiểu học giúp dân.",
			"Xin cấp lại giấy khai sinh.", // 5
		} {
			s := fx.slip(matter)
			if n == 3 {
				s.DialogueID = "" // raised outside any dialogue
			}
			must(t, second(db.SubmitSlip(ctx, fx.resident, key(n+1), s)))
		}
		id := func(number doithoai.RegisterNumber) doithoai.ID {
			id, err := db.OpinionIDByNumber(ctx, fx.office, number)
			must(t, err)
			return id
		}
		must(t, second(db.RuleOpinion(ctx, fx.secretary, id("ND-26-0001"), 1, fx.later())))
		must(t, db.NameConcerned(ctx, fx.office, id("ND-26-0002"), 1, []doithoai.ID{fx.office2.ID}))
		must(t, second(db.RuleOpinion(ctx, fx.office, id("ND-26-0003"), 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		about := fx.office2
		about.UnitID, about.Seats = "", nil
		for _, tt := range []struct {
			who   string
			actor doithoai.Actor
			want  []string
		}{
			{"chair", fx.chair, []string{"ND-26-0001", "ND-26-0002", "ND-26-0004"}},
			{"secretary", fx.secretary, []string{"ND-26-0001", "ND-26-0002", "ND-26-0004"}},
			{"whom one is about", about, []string{"ND-26-0001", "ND-26-0004"}},
			{"the unit that leads one", fx.justice, []string{"ND-26-0001"}},
			{"another unit", fx.land, nil}, {"administrator", fx.admin, nil}, {"a resident", fx.resident, nil},
			{"another authority", fx.otherOffice, nil},
		} {
			if got := alikeNumbers(t, db, tt.actor, said); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", tt.who, got, tt.want)
			}
		}
		all, err := db.Alike(ctx, fx.chair, said, []doithoai.ID{id("ND-26-0004")}, 1)
		must(t, err)
		if len(all) != 1 || all[0].Opinion.Number == "ND-26-0004" {
			t.Errorf("without the likest: %+v", all)
		}
	})
}

// Older ones than those that are held in memory are found where they are published.
func TestAlikeAmongOlder(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		old := fx.bring(t, db, 1, published).Opinions[0]
		for n := range 12 {
			fx.submit(t, db, n+10, "Đèn đường tắt.")
		}
		db.searches.held = 2
		db.searches.forget()
		got, err := db.Alike(ctx, fx.office, "Thủ tục đất đai bao giờ có kết quả?", nil, 5)
		must(t, err)
		if len(got) != 1 || got[0].Opinion.ID != old.ID {
			t.Errorf("found %+v", got)
		}
	})
}

// The same person is known by name and telephone or by name and place, in whatever spelling; somebody else who asks the
// same, and the same person who asks something else, are not proposed.
func TestSameSlips(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		s := fx.slip("Rãnh thoát nước trước cổng trường bị tắc, đề nghị nạo vét.")
		s.Petitioner.Ways, s.Petitioner.Phone = []doithoai.Way{doithoai.WayPhone}, "0905123456"
		first, err := db.SubmitSlip(ctx, fx.resident, key(1), s)
		must(t, err)
		who := func(change func(*doithoai.Slip)) doithoai.Slip {
			again := s
			again.Matters = []string{"Nạo vét rãnh thoát nước trước cổng trường đang bị tắc."}
			change(&again)
			return again
		}
		village, name := fx.villages[1].ID, "Người Khác Hẳn"
		for what, tt := range map[string]struct {
			slip doithoai.Slip
			want bool
		}{
			"all the same": {who(func(*doithoai.Slip) {}), true},
			"telephone and name": {who(func(s *doithoai.Slip) {
				s.Petitioner = doithoai.Petitioner{Name: "nguyen thi minh hoa", VillageID: village, Phone: "+84 905 123 456"}
			}), true},
			"the telephone, and nobody said": {who(func(s *doithoai.Slip) {
				s.Petitioner = doithoai.Petitioner{VillageID: village, Phone: "905123456"}
			}), true},
			"the telephone of somebody else": {who(func(s *doithoai.Slip) { s.Petitioner.Name = name }), false},
			"name and village": {who(func(s *doithoai.Slip) {
				s.Petitioner.Name, s.Petitioner.Phone = "NGUYỄN THỊ MINH HOẠ", ""
			}), true},
			"the name in another village": {who(func(s *doithoai.Slip) {
				s.Petitioner.VillageID, s.Petitioner.Phone = village, ""
			}), false},
			"somebody else": {who(func(s *doithoai.Slip) { s.Petitioner.Name, s.Petitioner.Phone = name, "" }), false},
			"nobody said":   {who(func(s *doithoai.Slip) { s.Petitioner.Name, s.Petitioner.Phone = "", "" }), false},
			"something else": {who(func(s *doithoai.Slip) {
				s.Matters = []string{"Xin cấp lại giấy khai sinh."}
			}), false},
		} {
			same, err := db.SameSlips(ctx, fx.office, "", tt.slip)
			must(t, err)
			if (len(same) == 1) != tt.want {
				t.Errorf("%s: %+v", what, same)
			}
			for _, blind := range []doithoai.Actor{fx.head(0), fx.justice, fx.chair, fx.otherOffice, fx.resident} {
				if same, err := db.SameSlips(ctx, blind, "", tt.slip); err != nil || len(same) != 0 {
					t.Errorf("%s is shown to %s: %+v (%v)", what, blind.Name, same, err)
				}
			}
		}
		again, err := db.SubmitSlip(ctx, fx.resident, key(2), who(func(*doithoai.Slip) {}))
		must(t, err)
		same, err := db.SameSlipsOf(ctx, fx.secretary, again.Opinions[0].ID)
		must(t, err)
		if len(same) != 1 || same[0].Opinion.SlipID != first.SlipID {
			t.Errorf("of the second: %+v", same)
		}
		if same, err = db.SameSlipsOf(ctx, fx.secretary, first.Opinions[0].ID); err != nil || len(same) != 0 {
			t.Errorf("of the first: %+v (%v)", same, err)
		}
		must(t, second(db.RuleOpinion(ctx, fx.office, first.Opinions[0].ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		if same, err = db.SameSlipsOf(ctx, fx.office, again.Opinions[0].ID); err != nil || len(same) != 0 {
			t.Errorf("a denunciation is proposed: %+v (%v)", same, err)
		}
	})
}
