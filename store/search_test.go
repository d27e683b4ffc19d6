package store

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"doithoai"
	"doithoai/search"
)

// answered are questions and answers of a commune: title, question, answer.
var answered = [][3]string{
	{"Đăng ký khai sinh cho cháu sinh ở tỉnh khác", "Cha mẹ cháu làm công nhân xa nhà, ông bà có làm thay được không?",
		"Ông bà nộp giấy chứng sinh và tờ khai tại bộ phận một cửa."},
	{"Chứng thực giấy tờ phải chờ qua ngày", "Tôi chứng thực hai bản sao mà hẹn hôm sau.",
		"Yêu cầu nhận trước 15 giờ được trả trong ngày."},
	{"Mất căn cước công dân", "Tôi làm rơi căn cước ngoài chợ, làm lại ở đâu?",
		"Công an xã cấp lại trong 7 ngày làm việc."},
	{"Giấy chứng nhận ghi sai diện tích", "Giấy chứng nhận quyền sử dụng đất của tôi ghi thiếu 20 m².",
		"Hồ sơ đính chính nộp tại bộ phận một cửa."},
	{"Đường thôn 2 hư hỏng", "Đường đầy ổ gà, học sinh té ngã.", "Xã đã sửa trong tháng 9."},
	{"Trưởng thôn thu tiền không biên lai", "Quỹ của thôn không ghi sổ.", "Xã đã yêu cầu trương mục công khai."},
	{"Trường tiểu học thiếu nước", "Các cháu không có nước rửa tay.", "Nhà trường đã lắp bồn chứa."},
}

// publish publishes questions and answers, and returns their numbers.
func (fx *fixture) publish(t *testing.T, db *DB, all [][3]string) (numbers []doithoai.RegisterNumber) {
	t.Helper()
	ctx := ctxOf(t)
	for i, a := range all {
		o := fx.submit(t, db, 100+i, a[1]).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: a[2], AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		})))
		p := doithoai.Publication{Title: a[0], Question: a[1], Answer: a[2]}
		must(t, db.ProposePublication(ctx, fx.office, o.ID, 0, p))
		must(t, db.ApprovePublication(ctx, fx.chair, o.ID, 1))
		numbers = append(numbers, o.Number)
	}
	return numbers
}

// Both engines find the same, first what answers best: also where few documents are held in memory and the others are
// found by the engine's index.
func TestSearchFindsTheBest(t *testing.T) {
	queries := []struct {
		q     string
		first int
	}{
		{"khai sinh cha mẹ", 0}, {"chứng thực trong ngày", 1}, {"giấy tờ chứng thực", 1}, {"cccd", 2},
		{"maats can cuocws", 2},
		{"sổ đỏ", 3}, {"gcn qsdd sai dien tich", 3}, {"duong hu", 4}, {"trương", 5}, {"trường", 6},
		{"khai sin ngoai tinh", 0},
		{"tôi muốn hỏi ông bà đi khai sinh thay cho cha mẹ của cháu được không, cần những giấy tờ gì ạ", 0},
	}
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		numbers := fx.publish(t, db, answered)
		for _, held := range []int{0, 2} {
			db.searches = searches{held: held}
			for _, q := range queries {
				found, err := db.Search(ctx, fx.authority.ID, Search{Query: q.q, Limit: 5})
				must(t, err)
				if found.Whole != (held == 0) {
					t.Errorf("%d held: %q is whole: %v", held, q.q, found.Whole)
				}
				if len(found.Answers) == 0 || found.Answers[0].Number != numbers[q.first] {
					t.Errorf("%d held: %q finds %v, want %s first", held, q.q, titles(found), answered[q.first][0])
				}
			}
		}
	})
}

// What has only a part of a query comes after what answers it, and is not counted.
func TestSearchTellsParts(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.publish(t, db, answered)
		for q, want := range map[string]string{"trương": answered[5][0], "khai tử": ""} {
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: q, Limit: 5})
			must(t, err)
			whole, part := Found{}, Found{}
			for _, a := range found.Answers {
				if a.Part {
					part.Answers = append(part.Answers, a)
				} else {
					whole.Answers = append(whole.Answers, a)
				}
			}
			if titles(whole) != want || found.Total != len(whole.Answers) || titles(part) == "" {
				t.Errorf("%q is answered by %q (%d), in part %q", q, titles(whole), found.Total, titles(part))
			}
		}
	})
}

func titles(f Found) string {
	var all []string
	for _, a := range f.Answers {
		all = append(all, a.Title)
	}
	return strings.Join(all, " | ")
}

// What is published, or withdrawn, while documents are held is found, or not, at once.
func TestSearchKeepsUp(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		find := func(want string) {
			t.Helper()
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: "nước", Limit: 5})
			must(t, err)
			if titles(found) != want {
				t.Errorf("found %q, want %q", titles(found), want)
			}
		}
		fx.publish(t, db, answered[:2])
		find("")
		o := fx.submit(t, db, 1, answered[6][1]).Opinions[0]
		must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: "Đã lắp.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		})))
		p := doithoai.Publication{Title: "Nước", Question: "Nước?", Answer: "Đã lắp."}
		must(t, db.ProposePublication(ctx, fx.office, o.ID, 0, p))
		must(t, db.ApprovePublication(ctx, fx.chair, o.ID, 1))
		find("Nước")
		must(t, second(db.RuleOpinion(ctx, fx.chair, o.ID, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		find("")
	})
}

// An authority's own list of words decides what stands for what, from the search after it was changed.
func TestSynonymsAreTheAuthoritys(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.publish(t, db, answered)
		find := func(q string) int {
			t.Helper()
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: q, Limit: 5})
			must(t, err)
			return len(found.Answers)
		}
		if n := find("bzqt"); n != 0 {
			t.Fatalf("%d found before the word is in the list", n)
		}
		rule, _ := doithoai.ListRuleOf(doithoai.ListSynonyms)
		has := []bool{true, true}
		must(t, second(db.ImportList(ctx, fx.office, rule.Name, doithoai.ListFile{
			Has: has, Rows: []doithoai.ListRow{{Number: 2, Cells: []string{"bzqt", "trường tiểu học; ổ gà"}}},
		}, "")))
		if n := find("bzqt"); n != 2 {
			t.Errorf("%d found by the new word", n)
		}
		must(t, second(db.ImportList(ctx, fx.office, rule.Name, doithoai.ListFile{
			Has: has, Rows: []doithoai.ListRow{{Number: 2, Cells: []string{"bzqt", ""}}},
		}, "")))
		if n := find("bzqt"); n != 0 {
			t.Errorf("%d found by a word whose others were taken out", n)
		}
	})
}

func TestPublishedNumber(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		number := string(fx.publish(t, db, answered[:1])[0]) // ND-26-0001
		year := number[3:5]
		for _, typed := range []string{
			number, "nd-" + year + "-0001", "ND–" + year + "–0001", "nd " + year + " 1", "nd" + year + "0001",
			" ND.." + year + "—0001 ", "ＮＤ-" + year + "-0001", "ý kiến số " + number, "nđ " + year + " 0001",
			"NĐ–" + year + "–0001 trả lời chưa?", year + "-0001", "so " + year + "-0001",
		} {
			n, public, err := db.PublishedNumber(ctx, fx.authority.ID, typed)
			must(t, err)
			if string(n) != number || !public {
				t.Errorf("%q is %q, public %v", typed, n, public)
			}
		}
		n, public, err := db.PublishedNumber(ctx, fx.authority.ID, "nd "+year+" 99")
		must(t, err)
		if public || string(n) != "ND-"+year+"-0099" {
			t.Errorf("%q, public %v", n, public)
		}
		again, err := db.PublishedByNumber(ctx, fx.authority.ID, doithoai.RegisterNumber("NĐ-"+year+"-0001"))
		must(t, err)
		id, err := db.OpinionIDByNumber(ctx, fx.office, doithoai.RegisterNumber("NĐ-"+year+"-0001"))
		must(t, err)
		if same, err := db.OpinionIDByNumber(ctx, fx.office, again.Number); err != nil || same != id {
			t.Errorf("NĐ is %s, ND is %s: %v", id, same, err)
		}
		_, err = db.OpinionIDByNumber(ctx, fx.office, "NĐ-24-9999")
		wantKind(t, err, doithoai.NotFound, "")
		begins, _, err := db.TypedNumber(ctx, fx.authority.ID, "nđ-"+year)
		must(t, err)
		rows, _, err := db.Register(ctx, fx.office, Filter{Number: begins, Limit: 5})
		must(t, err)
		if len(rows) != 1 || string(rows[0].Opinion.Number) != number {
			t.Errorf("the register has %d rows that begin with NĐ", len(rows))
		}
		for _, typed := range []string{
			"", "khai sinh", "B2", "27/7", "ND", "XY-" + year + "-0001", "số " + year + "-0099", "họp 23-10-2026",
		} {
			if n, _, err := db.PublishedNumber(ctx, fx.authority.ID, typed); err != nil || n != "" {
				t.Errorf("%q is %q, %v", typed, n, err)
			}
		}
	})
}

// Officers find what was said in any order, misspelt, in short; each what they may see.
func TestOpinionsSaying(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var ids []doithoai.ID
		for i, matter := range []string{
			"Đường vào chợ bị ngập nước.", "Con dấu trên sổ đỏ bị nhòe.", "Trường học thiếu sân chơi.",
		} {
			ids = append(ids, fx.submit(t, db, i+1, matter).Opinions[0].ID)
		}
		later := fx.later()
		later.LeadUnitID = fx.land.UnitID
		must(t, second(db.RuleOpinion(ctx, fx.secretary, ids[1], 1, later)))
		fx.publish(t, db, answered)
		for _, held := range []int{0, 2} {
			db.searches = searches{held: held}
			for _, tt := range []struct {
				who  doithoai.Actor
				q    string
				want []int
			}{
				{fx.office, "ngap cho", []int{0}}, {fx.office, "con dau bia do bi nhoe", []int{1}},
				{fx.land, "sổ đỏ nhòe", []int{1}}, {fx.land, "ngập chợ", nil}, {fx.justice, "sổ đỏ nhòe", nil},
				{fx.office, "???", nil},
				{fx.office, "Cao Văn Trường Chợ", nil}, // a name, of which some syllables stand in what was said
			} {
				found, whole, err := db.OpinionsSaying(ctx, tt.who, Filter{Words: tt.q})
				must(t, err)
				if tt.q != "???" && whole != (held == 0) {
					t.Errorf("%d held: %q is whole: %v", held, tt.q, whole)
				}
				var want []doithoai.ID
				for _, i := range tt.want {
					want = append(want, ids[i])
				}
				first := found[:min(len(found), len(want))]
				if held == 0 && !slices.Equal(first, want) || len(want) == 0 && len(found) > 0 {
					t.Errorf("%d held: %q finds %v, want %v first", held, tt.q, found, want)
				}
			}
		}
		published, _, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: "khai sinh tỉnh khác"}) // no longer held
		must(t, err)
		if len(published) == 0 || slices.Contains(ids, published[0]) {
			t.Errorf("found %v", published)
		}
		_, _, err = db.OpinionsSaying(ctx, fx.resident, Filter{Words: "đường"})
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}

// saying are the register's pages of words, put together.
func saying(ctx context.Context, t *testing.T, db *DB, a doithoai.Actor, f Filter) []doithoai.ID {
	t.Helper()
	f.Limit = 2
	return pages(ctx, t, db, a, f)
}

// Officers find what they may see and ask for, however many others say the same better: also where none of it is held
// in memory.
func TestSayingBeforeBounds(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		lead := func(n int, unit doithoai.ID, code string, matter string) doithoai.ID {
			o := fx.submit(t, db, n, matter).Opinions[0]
			r := fx.later()
			r.LeadUnitID, r.FieldCode = unit, code
			must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)))
			return o.ID
		}
		own := lead(1, fx.land.UnitID, "moi-truong", "Bao giờ thì xã cho gom rác ở xóm tôi, đã hai tuần chưa ai đến?")
		for i := range 300 {
			lead(2+i, fx.justice.UnitID, "dat-dai", "Gom rác.")
		}
		for _, f := range []struct {
			who doithoai.Actor
			Filter
		}{
			{fx.land, Filter{}}, {fx.office, Filter{UnitID: fx.land.UnitID}}, {fx.office, Filter{FieldCode: "moi-truong"}},
		} {
			f.Words = "gom rác"
			if found := saying(ctx, t, db, f.who, f.Filter); !slices.Equal(found, []doithoai.ID{own}) {
				t.Errorf("%s finds %d by %+v", f.who.Name, len(found), f.Filter)
			}
		}
		_, whole, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: "gom rác"})
		must(t, err)
		if whole {
			t.Error("200 of 301 are said to be all")
		}
		_, beyond, err := db.Register(ctx, fx.office, Filter{Words: "gom rác", Limit: 5})
		must(t, err)
		if !beyond.More || !beyond.Unsearched {
			t.Errorf("beyond the page: %+v", beyond)
		}
	})
}

// Of what is published and no longer held too many others say the same.
func TestOlderSayingBeforeBounds(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var all []doithoai.ID
		for i := range 2 {
			all = append(all, fx.bring(t, db, i+1, published).Opinions[0].ID)
		}
		fx.publish(t, db, slices.Repeat([][3]string{{"Gom rác", "Gom rác ở xóm.", "Thứ hai."}}, 70))
		for i := range 6 { // more than are held
			fx.submit(t, db, 1000+i, "Đường ngập.")
		}
		must(t, db.act(ctx, func(tx *Tx) error {
			for _, id := range all { // as old matters of another unit
				p := doithoai.Publication{Title: "Gom rác", Question: "Gom rác.", Answer: "Thứ hai."}
				o, err := opinionByID(ctx, tx, id)
				if err != nil {
					return err
				}
				if err := tx.exec(ctx, `UPDATE publication SET title = $1, question = $2, answer = $3
					WHERE opinion_id = $4`, p.Title, p.Question, p.Answer, id); err != nil {
					return err
				}
				if err := tx.indexPublication(ctx, o, p); err != nil {
					return err
				}
			}
			return nil
		}))
		db.searches = searches{held: 2}
		found := saying(ctx, t, db, fx.justice, Filter{Words: "gom rác"})
		if !sameIDs(found, all) {
			t.Errorf("found %v, want %v", found, all)
		}
	})
}

// The register lists by words what says them best first, page by page.
func TestRegisterOfWords(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		var ids []doithoai.ID
		for i, matter := range []string{
			"Cầu treo hỏng.", // says it in fewest words
			"Cầu treo qua suối ở thôn tôi từ mùa mưa năm ngoái đến nay ván đã mục, hỏng.",
			"Đường thôn ngập.",
			"Bao giờ xã xem lại việc cầu treo đã hỏng, đường vào thôn thì hẹp, đèn thì tối, nước thì đục, chợ thì xa?",
		} {
			ids = append(ids, fx.submit(t, db, i+1, matter).Opinions[0].ID)
		}
		want := []doithoai.ID{ids[0], ids[3], ids[1]}
		if found := saying(ctx, t, db, fx.office, Filter{Words: "cầu treo hỏng"}); !slices.Equal(found, want) {
			t.Errorf("found %v, want %v", found, want)
		}
		rows, beyond, err := db.Register(ctx, fx.office, Filter{Words: "cầu treo hỏng", Before: ids[2], Limit: 2})
		must(t, err)
		if len(rows) != 2 || rows[0].Opinion.ID != ids[0] || !beyond.More || beyond.Unsearched {
			t.Errorf("after one that says nothing of it: %d rows, %+v", len(rows), beyond)
		}
	})
}

// A headline, a field and a title that come later are found, and what was there before them no more; what leaves as a
// denunciation is forgotten: also on a node that did none of it.
func TestSayingKeepsUp(t *testing.T) {
	test := func(t *testing.T, here, there *DB, fx *fixture, heard func()) {
		ctx := ctxOf(t)
		o := fx.submit(t, here, 1, "Xe tải chạy cả đêm.").Opinions[0]
		spot := fx.submit(t, here, 2, "Chó thả rông ngoài chợ.").Opinions[0]
		find := func(q string, want ...doithoai.ID) {
			t.Helper()
			heard()
			for _, db := range []*DB{here, there} {
				found, _, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: q})
				must(t, err)
				if !sameIDs(found, want) {
					t.Errorf("%q finds %v, want %v", q, found, want)
				}
			}
		}
		find("xe tải", o.ID)
		find("bụi mù")
		must(t, here.SetHeadline(ctx, fx.secretary, o.ID, 1, "Bụi mù ở dốc Đình"))
		find("bụi mù", o.ID)
		must(t, here.SetHeadline(ctx, fx.secretary, o.ID, 2, "Ồn ở dốc Đình"))
		find("bụi mù")
		find("môi trường")
		r := fx.later()
		r.FieldCode, r.LeadUnitID = "moi-truong", fx.land.UnitID
		must(t, second(here.RuleOpinion(ctx, fx.secretary, o.ID, 3, r)))
		find("môi trường", o.ID)
		must(t, second(here.RuleOpinion(ctx, fx.secretary, spot.ID, 1, doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: "Đã nhắc.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		})))
		p := doithoai.Publication{Title: "Vật nuôi", Question: "Vật nuôi thả rông?", Answer: "Đã nhắc."}
		must(t, here.ProposePublication(ctx, fx.office, spot.ID, 0, p))
		find("vật nuôi", spot.ID)
		must(t, here.ApprovePublication(ctx, fx.chair, spot.ID, 1))
		rule, _ := doithoai.ListRuleOf(doithoai.ListFields)
		must(t, second(here.ImportList(ctx, fx.office, rule.Name, doithoai.ListFile{
			Has:  []bool{true, true, true},
			Rows: []doithoai.ListRow{{Number: 2, Cells: []string{"moi-truong", "Cây xanh và nước sạch", ""}}},
		}, "")))
		find("cây xanh", o.ID)
		total := func(want int) {
			t.Helper()
			heard()
			for _, db := range []*DB{here, there} {
				found, err := db.Search(ctx, fx.authority.ID, Search{Query: "vật nuôi", Limit: 5})
				must(t, err)
				if found.Total != want || len(found.Answers) != want || want == 0 && len(found.Heard.Dropped) > 0 {
					t.Errorf("%d found in all, %d read, heard %+v, want %d", found.Total, len(found.Answers), found.Heard, want)
				}
			}
		}
		total(1)
		must(t, second(here.RuleOpinion(ctx, fx.chair, spot.ID, 2,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		total(0)
		find("vật nuôi")
		for _, db := range []*DB{here, there} {
			said, err := db.saidNow(ctx, fx.authority.ID)
			must(t, err)
			found, _ := said.index.Ask("thả rông", nil).Newest(search.Scope{}.Holds)
			if len(found) > 0 {
				t.Errorf("the memory still holds %v", found)
			}
		}
	}
	t.Run("one node", func(t *testing.T) {
		each(t, func(t *testing.T, db *DB, fx *fixture) { test(t, db, db, fx, func() {}) })
	})
	t.Run("two nodes", func(t *testing.T) {
		fx := postgresCopy(t)
		here, _ := openNode(t, fx)
		there, hears := openNode(t, fx)
		test(t, here, there, fx, func() { // what comes last tells that all before it was heard
			topic := topicOpinion + string(newID())
			here.nodes.tell([]string{topic})
			hears.await(t, "the other node hears nothing", func(e *ear) bool { return e.topics[topic] > 0 })
		})
	})
}

// Officers and the public search while opinions come in and are published.
func TestSearchesMeetActs(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.publish(t, db, answered)
		db.searches = searches{held: 3}
		var group sync.WaitGroup
		for i := range 3 {
			group.Go(func() {
				for n := range 8 {
					if _, err := db.SubmitSlip(ctx, fx.resident, key(1000*(i+1)+n), fx.slip("Đường ngập nước.")); err != nil {
						t.Error(err)
					}
				}
			})
			group.Go(func() {
				for range 12 {
					_, _, err := db.OpinionsSaying(ctx, fx.office, Filter{Words: "đường ngập nước khai sinh"})
					if err != nil {
						t.Error(err)
					}
					if _, err := db.Search(ctx, fx.authority.ID, Search{Query: "khai sinh nước", Limit: 5}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
	})
}
