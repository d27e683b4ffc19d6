package store

import (
	"slices"
	"strings"
	"testing"

	"doithoai"
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
				if len(found.Answers) == 0 || found.Answers[0].Number != numbers[q.first] {
					t.Errorf("%d held: %q finds %v, want %s first", held, q.q, titles(found), answered[q.first][0])
				}
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
			" ND.." + year + "—0001 ", "ＮＤ-" + year + "-0001",
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
		for _, typed := range []string{"", "khai sinh", "B2", "27/7", "ND"} {
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
			} {
				found, err := db.OpinionsSaying(ctx, tt.who, tt.q)
				must(t, err)
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
		published, err := db.OpinionsSaying(ctx, fx.office, "khai sinh tỉnh khác") // no longer held
		must(t, err)
		if len(published) == 0 || slices.Contains(ids, published[0]) {
			t.Errorf("found %v", published)
		}
		_, err = db.OpinionsSaying(ctx, fx.resident, "đường")
		wantKind(t, err, doithoai.NotAllowed, "")
	})
}
