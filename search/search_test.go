package search

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// corpus is what a commune may have answered.
var corpus = []Document{
	{ID: 1, Title: "Đăng ký khai sinh cho cháu sinh ở tỉnh khác",
		Question: "Cha mẹ cháu làm công nhân xa nhà, nay ông bà có làm khai sinh thay được không?",
		Answer:   "Ông bà nộp giấy chứng sinh và tờ khai tại bộ phận một cửa.", About: "Hộ tịch"},
	{ID: 2, Title: "Chứng thực giấy tờ phải chờ qua ngày",
		Question: "Tôi chứng thực hai bản sao bằng lái xe mà hẹn hôm sau.",
		Answer:   "Yêu cầu nhận trước 15 giờ được trả trong ngày.", About: "Chứng thực"},
	{ID: 3, Title: "Mất căn cước công dân",
		Question: "Tôi làm rơi căn cước ngoài chợ, làm lại ở đâu?",
		Answer:   "Công an xã cấp lại trong 7 ngày làm việc.", About: "Cư trú"},
	{ID: 4, Title: "Sổ đỏ ghi sai diện tích",
		Question: "Giấy chứng nhận quyền sử dụng đất của tôi ghi thiếu 20 m².",
		Answer:   "Hồ sơ đính chính nộp tại bộ phận một cửa.", About: "Đất đai"},
	{ID: 5, Title: "Đường thôn 2 hư hỏng",
		Question: "Đường đầy ổ gà, học sinh té ngã.", Answer: "Xã đã sửa trong tháng 9.",
		About: "Xây dựng"},
	{ID: 6, Title: "Trường tiểu học thiếu nước",
		Question: "Các cháu không có nước rửa tay.",
		Answer:   "Nhà trường đã lắp bồn chứa 3.000 lít.", About: "Giáo dục"},
	{ID: 7, Title: "Trưởng thôn thu tiền không biên lai",
		Question: "Trưởng thôn thu quỹ mà không ghi sổ.",
		Answer:   "Xã đã yêu cầu trương mục công khai.", About: "Khác"},
	{ID: 8, Title: "Người mẹ đơn thân nuôi con nhỏ",
		Question: "Mẹ tôi một mình nuôi con, có được trợ cấp không?",
		Answer:   "Được hưởng từ tháng có quyết định.", About: "Bảo trợ xã hội"},
	{ID: 9, Title: "Lịch tiêm phòng dại",
		Question: "Bao giờ tiêm cho chó?", Answer: "Ngày 27/7 tại nhà văn hóa.", About: "Thú y"},
	{ID: 10, Title: "Tiếng ồn của xưởng gỗ",
		Question: "Xưởng cưa cả đêm.", Answer: "Công ti đã ngừng làm sau 22h.",
		About: "Môi trường"},
}

var list = NewSynonyms([][]string{
	{"sổ đỏ", "giấy chứng nhận quyền sử dụng đất", "GCN QSDĐ", "bìa đỏ"},
	{"căn cước", "CCCD", "chứng minh thư", "ID card"},
	{"má", "mẹ"}, {"mất", "rơi", "lost"}, {"bằng lái xe", "GPLX", "driving license"}, {"chó", "cẩu"}, {"", "; ;", "một"},
})

func find(q string) (*Query, []Hit) {
	x := NewIndex()
	x.Add(corpus...)
	a := x.Ask(q, list)
	return a, Rank(newest(a))
}

// newest are the documents of an index that a query finds.
func newest(a *Query) []Hit {
	found, _ := a.Newest(Scope{}.Holds)
	return found
}

func TestFind(t *testing.T) {
	for q, want := range map[string]int64{
		"khai sinh cha mẹ":                   1, // apart, in any order
		"mẹ cha sinh khai":                   1,
		"khai sinh tỉnh khác":                1,
		"chứng thực trong ngày":              2,
		"chứng thực giấy tờ":                 2,
		"giấy tờ chứng thực":                 2,
		norm.NFD.String("đường hư"):          5,
		"duong hu":                           5,
		"cccd":                               3, // another word for it
		"cap lai CCCD":                       3,
		"lost id card":                       3,
		"bìa đỏ sai diện tích":               4,
		"gcn qsdd":                           4,
		"gplx":                               2,
		"má nuôi con":                        8,
		"maats can cuocws":                   3, // Telex, VNI left over
		"ma61t can cu7o7c1":                  3,
		"khai sin":                           1, // slips
		"chung thuuc giay to":                2,
		"xuongr goo":                         10,
		"cancuoc":                            3, // joined, parted
		"truong tieu hoc thieu nuoc rua tay": 6,
		"truong tieeu hocj thieesu nuowcs":   6,
		"tieng on cua suong go":              10, // it sounds alike
		"15h":                                2,
		"15 gio":                             2,
		"22 giờ":                             10,
		"3000 lít":                           6,
		"27/7":                               9,
		"27/07 tiêm":                         9,
		"công ty":                            10,
		"hộ tịch":                            1, // the name of the field
		"dt sổ":                              4, // first letters
		"tôi muốn hỏi là làm khai sinh cho cháu thì ông bà ở quê có làm thay cha mẹ nó được không ạ": 1,
	} {
		if _, hits := find(q); len(hits) == 0 || hits[0].ID != want {
			t.Errorf("%q finds %v, want %d first", q, hits, want)
		}
	}
	for _, q := range []string{"", "???", "xyzzyq", "😀", "xin việc"} {
		if _, hits := find(q); len(hits) > 0 {
			t.Errorf("%q finds %v", q, hits)
		}
	}
}

// Of words with other marks the exact one comes first.
func TestMarksCount(t *testing.T) {
	for q, want := range map[string]int64{"trương": 7, "trường": 6, "trưởng": 7} {
		if _, hits := find(q); len(hits) == 0 || hits[0].ID != want {
			t.Errorf("%q finds %v, want %d first", q, hits, want)
		}
	}
}

// Only what has more than half of what a query tells answers it: with the marks that were typed, or the slip of one
// beside the next word; without marks, with any.
func TestAnswers(t *testing.T) {
	for q, want := range map[string]string{
		"trương": "[7]", "trường": "[6 10]", "truong": "[7 6 10]",
		"khai tử": "[]", "ly hôn": "[]", "chứng minh thửa": "[]", "phòng khám": "[]",
		"nước mắm cá cơm": "[]", "Cao Văn Thôn": "[]",
		"khai sinh": "[1]", "khai sính": "[1]", "chưng thực": "[2]", "chứng thưc giấy tơ": "[2]", "khai sin": "[1]",
		"đường hư": "[5]", "tiếng ồn quá": "[10]",
	} {
		_, hits := find(q)
		if got := fmt.Sprint(ids(hits[:Answers(hits)])); got != want {
			t.Errorf("%q is answered by %s, want %s", q, got, want)
		}
	}
}

// What was written without marks is found by words with them.
func TestAnswersWithoutMarks(t *testing.T) {
	x := NewIndex()
	x.Add(Document{ID: 1, Question: "xom toi may tuan nay khong ai gom rac"}, Document{ID: 2, Question: "Ráng chờ."})
	for q, want := range map[string]string{"rác": "[1]", "gom rác": "[1]", "rắc": "[1]", "chở": "[]"} {
		hits := Rank(newest(x.Ask(q, nil)))
		if got := fmt.Sprint(ids(hits[:Answers(hits)])); got != want {
			t.Errorf("%q is answered by %s, want %s", q, got, want)
		}
	}
}

func TestRank(t *testing.T) {
	whole, part := Hit{ID: 1, Score: 1}, Hit{ID: 2, Score: 2, Part: true}
	found := []Hit{part, whole, {ID: 3, Score: 0.2}, {ID: 4, Score: 3}, {ID: 5, Score: 0.1, Part: true}}
	ranked := Rank(found)
	if got := fmt.Sprint(ids(ranked), Answers(ranked)); got != "[4 1 2] 2" {
		t.Errorf("ranked %s", got)
	}
	if got := Answers(Rank([]Hit{part, whole})); got != 2 {
		t.Errorf("%d answers, of which one is better than the other", got)
	}
	many := Rank(slices.Repeat([]Hit{part}, 2*maxPart))
	if len(many) != maxPart || Answers(many) != 0 {
		t.Errorf("%d with a part, %d answers", len(many), Answers(many))
	}
}

func TestAlikeMarks(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"nghiệp", "nghiệp", true}, {"nghiêp", "nghiệp", true}, {"dât", "đất", true}, {"trăm", "trạm", true},
		{"lùa", "lừa", true}, {"bãi", "bải", true}, {"hôn", "hon", true},
		{"đèn", "đến", false}, {"hơn", "hôn", true}, {"bán", "bận", false}, {"tử", "tự", true}, {"rỗ", "rơ", false},
	} {
		l, r := phraseOf(tt.a).words[0].key, phraseOf(tt.b).words[0].key
		if got, back := alikeMarks(l, r), alikeMarks(r, l); got != tt.want || back != tt.want {
			t.Errorf("%s and %s are alike: %v, %v", tt.a, tt.b, got, back)
		}
	}
}

// A syllable stands for others of the list alone, not in a longer word.
func TestSyllablesOfLongerWords(t *testing.T) {
	x := NewIndex()
	x.Add(Document{ID: 1, Question: "Bản sao có chứng thực."}, Document{ID: 2, Question: "Trưởng ấp đi vắng."},
		Document{ID: 3, Question: "Đường xóm dưới lầy."})
	list := NewSynonyms([][]string{{"trưởng thôn", "trưởng ấp"}, {"thôn", "bản", "xóm"}, {"xóm dưới", "hạ"}})
	for q, want := range map[string]string{
		"thôn": "[3 1]", "trưởng thôn": "[2]", "đường thôn": "[3 1]", "đường xóm": "[3]",
	} {
		if got := fmt.Sprint(ids(Rank(newest(x.Ask(q, list))))); got != want {
			t.Errorf("%q finds %s, want %s", q, got, want)
		}
	}
}

// What is alike in all else comes newest first.
func TestNewestFirst(t *testing.T) {
	x := NewIndex()
	for i := range 5 {
		x.Add(Document{ID: int64(i + 1), Title: "Rác thải", Question: "Bao giờ gom rác?"})
	}
	a := x.Ask("rác", nil)
	hits := Rank(newest(a))
	for i, h := range hits {
		if h.ID != int64(5-i) {
			t.Fatalf("found %v", hits)
		}
	}
	if len(hits) != 5 {
		t.Fatalf("found %v", hits)
	}
}

// A document that the index does not hold is judged as if it did.
func TestMatchIsNewest(t *testing.T) {
	for _, q := range []string{"khai sinh cha mẹ", "cccd", "maats can cuocws", "15h", "đường hư"} {
		a, hits := find(q)
		for _, h := range hits {
			got, ok := a.Match(corpus[h.ID-1])
			if !ok || got.Score != h.Score || !slices.Equal(got.Marks, h.Marks) {
				t.Errorf("%q matches %d with %v, want %v", q, h.ID, got, h)
			}
		}
	}
}

// What is not to be found takes no place of what is, however well it matches.
func TestScopeBeforeBounds(t *testing.T) {
	x := NewIndex()
	x.Add(Document{ID: 1, Key: "own", Scope: Scope{Unit: "land"}, Question: "Bao giờ thì gom rác ở xóm tôi?"})
	for i := range 300 {
		x.Add(Document{ID: int64(i + 2), Scope: Scope{Unit: "justice"}, Title: "Gom rác", Question: "Gom rác. Gom rác."})
	}
	found, whole := x.Ask("gom rác", nil).Newest(Scope{Unit: "land"}.Holds)
	if hits := Rank(found); !whole || len(hits) != 1 || hits[0].Key != "own" {
		t.Errorf("found %v, whole %v", hits, whole)
	}
	if found, whole := x.Ask("gom rác", nil).Newest(Scope{}.Holds); whole || len(found) != maxScored {
		t.Errorf("found %d, whole %v", len(found), whole)
	}
}

func TestScopeHolds(t *testing.T) {
	d := Scope{Field: "a", Dialogue: "b", Village: "c", Unit: "d", Stage: "e", TypedBy: "f"}
	for _, tt := range []struct {
		in   Scope
		want bool
	}{
		{Scope{}, true}, {d, true}, {Scope{Field: "a"}, true}, {Scope{Field: "b"}, false}, {Scope{Dialogue: "a"}, false},
		{Scope{Village: "a"}, false}, {Scope{Unit: "a"}, false}, {Scope{Stage: "a"}, false}, {Scope{TypedBy: "a"}, false},
		{Scope{Field: "a", Unit: "a"}, false},
	} {
		if got := tt.in.Holds(d); got != tt.want {
			t.Errorf("%+v holds it: %v", tt.in, got)
		}
	}
}

// A document that takes the place of another leaves nothing of it behind.
func TestAddReplaces(t *testing.T) {
	fresh, changed := NewIndex(), NewIndex()
	fresh.Add(corpus...)
	for i, d := range corpus {
		other := corpus[(i+1)%len(corpus)]
		other.ID = d.ID
		changed.Add(other)
	}
	changed.Add(corpus...)
	for _, q := range []string{"khai sinh cha mẹ", "cccd", "maats can cuocws", "dt", "đường hư", "tamtru", "chợ xưởng"} {
		want, got := newest(fresh.Ask(q, list)), newest(changed.Ask(q, list))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q finds %v, want %v", q, got, want)
		}
	}
	for _, d := range corpus {
		changed.Add(Document{ID: d.ID})
	}
	if changed.size != 0 || changed.Len() != len(corpus) {
		t.Errorf("%d documents with %d words", changed.Len(), changed.size)
	}
	for _, q := range []string{"khai sinh", "tamtru", "dt"} {
		a := changed.Ask(q, nil)
		if hits := newest(a); len(hits) > 0 || len(a.spans) > 0 {
			t.Errorf("%q still finds %v, read as %v", q, hits, a.spans)
		}
	}
	for letters, pairs := range changed.heads {
		if len(pairs) > 0 {
			t.Errorf("neighbours %s: %d", letters, len(pairs))
		}
	}
}

// Some ask while others add and change documents.
func TestIndexIsShared(t *testing.T) {
	x := NewIndex()
	x.Add(corpus[:3]...)
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			for n := range 50 {
				d := corpus[(i+n)%len(corpus)]
				d.ID = int64(n + 1)
				x.Add(d)
			}
		})
		group.Go(func() {
			for range 50 {
				a := x.Ask("khai sin cha mẹ cccd dt", list)
				all := newest(a)
				a.Walks()
				if h, ok := a.Match(corpus[0]); ok {
					all = append(all, h)
				}
				a.Heard(all, Rank(all))
			}
		})
	}
	group.Wait()
}

func TestHeard(t *testing.T) {
	tests := []struct{ q, want string }{
		{"khai sinh", "[] [] []"},
		{"khai sinh xyzzyq", "[xyzzyq] [] []"},
		{"khai sinh xưởng", "[] [xưởng] []"},
		{"cccd", "[] [] [{cccd căn cước}]"},
		{"khai sin", "[] [] [{sin sinh}]"},
		{"chứng thựt", "[] [] [{thựt thực}]"}, // as the texts write it
		{"maats can cuocws", "[] [] [{maats mất} {cuocws cước}]"},
		{"khai tử", "[] [] []"}, // nothing answers it
		{"15h", "[] [] []"},     // another spelling of the same
		{"tôi có được không", "[] [] []"},
	}
	for _, tt := range tests {
		a, _ := find(tt.q)
		all := newest(a)
		h := a.Heard(all, Rank(all))
		if got := fmt.Sprint(h.Missing, h.Dropped, h.Read); got != tt.want {
			t.Errorf("%q was heard as %s, want %s", tt.q, got, tt.want)
		}
	}
}

func TestUndone(t *testing.T) {
	for word, want := range map[string]string{
		"maats": "mat", "cuocws": "cuoc", "duwngj": "dung", "ddienej": "dien", "thee": "the", "hiemr": "hiem",
		"dduwowngf": "duong",
		"sosng":     "song", "ma6t1": "mat", "d9ie65n": "dien", "cu7o7c1": "cuoc", "nuwowcs": "nuoc",
		"coong": "cong", "hw": "hu",
		// nothing to undo
		"khai": "", "mat": "", "wifi": "", "b2": "", "internet": "", "ct07": "", "x": "", "": "", "9": "",
	} {
		if got := undone(word); strings.Join(got, " ") != want && (want == "" || !slices.Contains(got, want)) {
			t.Errorf("undone(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSyllable(t *testing.T) {
	for _, w := range strings.Fields("a nghieng quyen giet gi gieng khuya xuyen tuoi uong yeu quy thuo hoach") {
		if !syllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	for _, w := range strings.Fields("wifi cccd maats quet1 b2 strong ing bhyt coong") {
		if syllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"sinh", "sin", 1}, {"thoai", "thaoi", 1}, {"sinh", "sinh", 0}, {"an", "xyz", 3}, {"dien", "dine", 1}, {"", "ab", 2},
	} {
		if got := distance(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestTwin(t *testing.T) {
	for w, want := range map[string]string{
		"ly": "li", "ti": "ty", "qui": "quy", "quy": "qui", "i": "y", "thuy": "", "tai": "", "may": "",
	} {
		if got := twin(w); got != want {
			t.Errorf("twin(%q) = %q, want %q", w, got, want)
		}
	}
}

var tokenForm = regexp.MustCompile(`^[a-z0-9]{1,40}(_[a-z0-9]{1,40})?$`)

// Walks ask for tokens alone, a bounded number of them.
func FuzzAsk(f *testing.F) {
	for _, q := range []string{
		"khai sinh cccd maats 15h 3.000", `") OR a* NEAR(b) -- '`, "\xff\u0301a\u0301", "dt hgd tt", "ma6t1",
	} {
		f.Add(q)
	}
	x := NewIndex()
	x.Add(corpus...)
	f.Fuzz(func(t *testing.T, q string) {
		a := x.Ask(q, list)
		all := newest(a)
		for _, h := range all {
			if h.Score <= 0 || h.ID < 1 {
				t.Errorf("%q finds %+v", q, h)
			}
		}
		a.Heard(all, Rank(all))
		for _, w := range a.Walks() {
			if len(w) == 0 || len(w) > maxElements {
				t.Errorf("%q walks %v", q, w)
			}
			for _, tokens := range w {
				if len(tokens) == 0 || len(tokens) > maxTokens {
					t.Errorf("%q walks %v", q, w)
				}
				for _, token := range tokens {
					if !tokenForm.MatchString(token) {
						t.Errorf("%q walks %q", q, token)
					}
				}
			}
		}
		if utf8.ValidString(q) {
			whole := Rank(newest(x.Ask(norm.NFC.String(q), list)))
			parted := Rank(newest(x.Ask(norm.NFD.String(norm.NFC.String(q)), list)))
			if !slices.Equal(ids(whole), ids(parted)) {
				t.Errorf("%+q finds others decomposed", q)
			}
		}
	})
}

func ids(hits []Hit) (all []int64) {
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

func FuzzUndone(f *testing.F) {
	for _, w := range []string{"maats", "ddienej", "ma6t1", "wwww", "aaaaaaaaaaaa"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, w string) {
		for _, u := range undone(w) {
			if !syllable(u) || len(u) >= len(w) {
				t.Errorf("undone(%q) has %q", w, u)
			}
		}
	})
}

func BenchmarkNewest(b *testing.B) {
	x := NewIndex()
	for i := range 2000 {
		d := corpus[i%len(corpus)]
		d.ID = int64(i + 1)
		d.Answer += fmt.Sprintf(" Số %d.", i)
		x.Add(d)
	}
	const q = "tôi muốn hỏi làm khai sinh cho cháu thì ông bà ở quê có làm thay cha mẹ được không"
	for b.Loop() {
		Rank(newest(x.Ask(q, list)))
	}
}
