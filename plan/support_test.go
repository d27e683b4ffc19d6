package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

func TestAmount(t *testing.T) {
	for _, c := range []struct {
		quantity, price, want int64
	}{
		{1000, 1_500_000, 1_500_000}, {2500, 100_000, 250_000}, {333, 1000, 333}, {1, 499, 0}, {1, 500, 1},
		{maxQuantity, maxPrice, 100_000 * maxPrice}, {0, 5, 0},
	} {
		if got := (Cost{c.quantity, c.price}).Amount(); got != c.want {
			t.Errorf("%d thousandths at %d: %d, want %d", c.quantity, c.price, got, c.want)
		}
	}
	if most := int64(maxLines) * (Cost{maxQuantity, maxPrice}).Amount(); most <= 0 {
		t.Errorf("the greatest sum overflows: %d", most)
	}
}

func TestUsualPreparation(t *testing.T) {
	for _, l := range UsualEstimate(doithoai.FormDirect) {
		if l.Content == "" || l.Unit == "" || l.Price != 0 || l.Quantity != 0 || strings.Contains(l.Content, "trực tuyến") {
			t.Errorf("%+v", l)
		}
	}
	d := doithoai.Dialogue{
		Title: "Hội nghị “đối thoại”", Form: doithoai.FormMixed,
		StartsAt: calendar.InstantAt(calendar.DateOf(2026, 10, 25), 8, 0),
	}
	units := []doithoai.Unit{
		{ID: "1", Code: "van-phong", Name: "Văn phòng HĐND và UBND", Short: "Văn phòng"},
		{ID: "2", Code: "van-hoa-xa-hoi", Name: "Phòng Văn hóa – Xã hội", Short: "Văn hóa"},
	}
	items := UsualLogistics(d, "Nghĩa Dũng", units)
	if by := []any{items[0].UnitID, items[5].UnitID, items[8].UnitID, items[8].Owner}; !slices.Equal(by,
		[]any{doithoai.ID("2"), doithoai.ID("1"), doithoai.ID(""), "Thư ký"}) {
		t.Errorf("done by %v", by)
	}
	if want := "Nội dung: “HỘI NGHỊ ĐỐI THOẠI – Nghĩa Dũng, ngày 25 tháng 10 năm 2026”"; items[1].Detail != want {
		t.Errorf("the banner says %q, want %q", items[1].Detail, want)
	}
	tests := slices.DeleteFunc(items, func(i LogisticsItem) bool { return !i.Test })
	if len(tests) != 1 || tests[0].Ordinal != 12 {
		t.Errorf("tests of the connection: %+v", tests)
	}
}

func TestLogisticsBy(t *testing.T) {
	held, old := calendar.DateOf(2026, 10, 26), calendar.DateOf(2024, 10, 25) // a Monday, a Friday
	rules := doithoai.Rules{Parameters: doithoai.Parameters{
		{Key: "logistics.before", Value: "2", Unit: doithoai.UnitDays, From: calendar.DateOf(2020, 1, 1)},
		{Key: "online.test", Value: "1", Unit: doithoai.UnitWorkdays, From: calendar.DateOf(2026, 7, 1)},
	}}
	for name, c := range map[string]struct {
		item LogisticsItem
		held calendar.Date
		want calendar.Date
	}{
		"two days before":            {LogisticsItem{}, held, calendar.DateOf(2026, 10, 24)},
		"as typed":                   {LogisticsItem{Due: held}, held, held},
		"the connection is tested":   {LogisticsItem{Test: true}, held, calendar.DateOf(2026, 10, 23)},
		"before there was such rule": {LogisticsItem{Test: true}, old, old.AddDays(-2)},
		"without a day":              {LogisticsItem{}, calendar.Date{}, calendar.Date{}},
	} {
		if got := c.item.By(rules, c.held); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := (LogisticsItem{}).By(doithoai.Rules{}, held); !got.IsZero() {
		t.Errorf("without a parameter: %s", got)
	}
}

func TestRun(t *testing.T) {
	day := func(n int) calendar.Date { return calendar.DateOf(2026, 2, 26).AddDays(n) } // over the end of a month
	for _, c := range []struct {
		days    []int
		longest int
		reached int // -1: three in a row never were
	}{
		{nil, 0, -1}, {[]int{0}, 1, -1}, {[]int{0, 1, 3}, 2, -1}, {[]int{0, 1, 2}, 3, 2}, {[]int{0, 2, 3, 4, 5}, 4, 4},
		{[]int{0, 1, 3, 4}, 2, -1},
	} {
		var all []Broadcast
		for _, n := range c.days {
			aired := Broadcast{Day: day(n), State: BroadcastAired}
			all = append(all, aired, aired)
		}
		all = append(all, Broadcast{Day: day(1), State: BroadcastBroken})
		all = append(all, Broadcast{Day: day(2), State: BroadcastAired, Moves: 1})
		days := AiredDays(all, 0)
		longest, _ := Run(days)
		reached := RunReached(days, 3)
		if longest != c.longest || reached.IsZero() != (c.reached < 0) || c.reached >= 0 && reached != day(c.reached) {
			t.Errorf("%v: longest %d, reached %s", c.days, longest, reached)
		}
	}
}

func TestBroadcastStep(t *testing.T) {
	by, first := calendar.DateOf(2026, 10, 18), calendar.DateOf(2026, 10, 15)
	all := []Broadcast{{Day: first, State: BroadcastAired}, {Day: first.AddDays(1), State: BroadcastAired}}
	if s := BroadcastStep(all, 0, 3, by); s.State != StepDoing || !s.Late(by.AddDays(1)) {
		t.Errorf("two of three days: %+v", s)
	}
	third := append(all, Broadcast{Day: first.AddDays(2), State: BroadcastAired})
	if s := BroadcastStep(third, 0, 3, by); s.State != StepDone || s.DoneOn != first.AddDays(2) || s.Late(by) {
		t.Errorf("three days: %+v", s)
	}
	if s := BroadcastStep(all, 1, 3, by); s.State != StepWaits {
		t.Errorf("after a move: %+v", s)
	}
}

func TestScheduleProblems(t *testing.T) {
	today, held := calendar.DateOf(2026, 10, 1), calendar.DateOf(2026, 10, 25)
	good := Schedule{From: today, Days: 3, Clocks: []calendar.Clock{300, 1020}}
	if list := good.Problems(today, held, 3); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if all := good.Times(); len(all) != 6 || all[5].Day != today.AddDays(2) || all[5].Clock != 1020 {
		t.Errorf("%+v", all)
	}
	for name, spoil := range map[string]func(*Schedule){
		"begins yesterday":         func(s *Schedule) { s.From = today.AddDays(-1) },
		"no day":                   func(s *Schedule) { s.From = calendar.Date{} },
		"too few days":             func(s *Schedule) { s.Days = 2 },
		"too many":                 func(s *Schedule) { s.Days = 31 },
		"no hour":                  func(s *Schedule) { s.Clocks = nil },
		"one hour twice":           func(s *Schedule) { s.Clocks = []calendar.Clock{300, 300} },
		"on the dialogue's day":    func(s *Schedule) { s.From = held.AddDays(-2) },
		"seven hours of each day":  func(s *Schedule) { s.Clocks = []calendar.Clock{1, 2, 3, 4, 5, 6, 7} },
		"an overflow of its days":  func(s *Schedule) { s.Days = 1 << 62 },
		"a negative number of day": func(s *Schedule) { s.Days = -3 },
	} {
		s := good
		if spoil(&s); len(s.Problems(today, held, 3)) == 0 {
			t.Errorf("%s is taken", name)
		}
	}
}

// What is composed is read without anything unknown in it, within two minutes.
func TestComposeBulletin(t *testing.T) {
	day := calendar.DateOf(2026, 10, 25)
	d := doithoai.Dialogue{
		Title: "Hội nghị đối thoại với tổ chức, cá nhân về TTHC năm 2026", Venue: "Hội trường UBND xã Nghĩa Dũng",
		StartsAt: calendar.InstantAt(day, 8, 30), SlipsUntil: calendar.InstantAt(day.AddDays(-1), 16, 30),
		Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
	}
	script := text.Aloud(ComposeBulletin(d, doithoai.Authority{Name: "UBND xã Nghĩa Dũng", Phone: "02550000000"}))
	read := script.Text()
	for _, want := range []string{
		"tám giờ ba mươi phút ngày hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi sáu", "thủ tục hành chính",
		"không hai năm năm, không không không, không không không không",
	} {
		if !strings.Contains(read, want) {
			t.Errorf("%q is not read in\n%s", want, read)
		}
	}
	if len(script.Unknown) > 0 || Minutes(script.Words(), 150) > 20 {
		t.Errorf("unknown %q, %d words", script.Unknown, script.Words())
	}
	if short := ComposeBulletin(doithoai.Dialogue{}, doithoai.Authority{}); strings.Contains(short, "Chủ trì") {
		t.Errorf("what is not known is said: %s", short)
	}
}

func TestRelayDue(t *testing.T) {
	rules := doithoai.Rules{Parameters: doithoai.Parameters{
		{Key: "relay.within", Value: "3", Unit: doithoai.UnitDays, From: calendar.DateOf(2020, 1, 1)},
	}}
	announced := calendar.InstantAt(calendar.DateOf(2026, 10, 16), 9, 0)
	d := doithoai.Dialogue{Announced: announced, StartsAt: calendar.InstantAt(calendar.DateOf(2026, 10, 25), 8, 0)}
	if got := RelayDue(d, rules); got != calendar.DateOf(2026, 10, 19) {
		t.Errorf("due %s", got)
	}
	d.StartsAt = calendar.InstantAt(calendar.DateOf(2026, 10, 18), 8, 0)
	if got := RelayDue(d, rules); got != calendar.DateOf(2026, 10, 17) {
		t.Errorf("due %s, the dialogue is the day after", got)
	}
	// Moved, it is to be told anew: as long after that.
	d.Noticed = announced.Add(4 * 24 * time.Hour)
	d.StartsAt = calendar.InstantAt(calendar.DateOf(2026, 11, 6), 8, 0)
	if got, want := RelayDue(d, rules), rules.DueOf("relay.within", d.Noticed.Date()); got != want ||
		!got.After(calendar.DateOf(2026, 10, 19)) {
		t.Errorf("moved: due %s, want %s", got, want)
	}
	d.Announced = calendar.Instant{}
	if got := RelayDue(d, rules); !got.IsZero() {
		t.Errorf("due %s before it is announced", got)
	}
}

func TestVillages(t *testing.T) {
	old := doithoai.Village{ID: "old", To: calendar.DateOf(2025, 6, 30)}
	all := []doithoai.Village{{ID: "a"}, {ID: "b"}, old}
	d := doithoai.Dialogue{StartsAt: calendar.InstantAt(calendar.DateOf(2026, 10, 25), 8, 0)}
	if got := Villages(d, all); len(got) != 2 {
		t.Errorf("the whole commune: %v", got)
	}
	d.Villages = []doithoai.ID{"b"}
	if got := Villages(d, all); len(got) != 1 || got[0].ID != "b" {
		t.Errorf("a cluster: %v", got)
	}
	progress := RelayProgress(d, nil, calendar.Date{})
	if progress.State != StepLater {
		t.Errorf("not announced: %+v", progress)
	}
}
