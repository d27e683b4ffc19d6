package planning

import (
	"strings"
	"testing"

	"doithoai/calendar"
	"doithoai/web/stafftest"
)

// TestDialogueList shows every officer the dialogues, and who takes down what is said the way to the console.
func TestDialogueList(t *testing.T) {
	fx := newFixture(t)
	fx.Announce()
	for login, console := range map[string]int{"van-phong": 1, "thu-ky": 1, "chu-tich": 0, "ho-tich": 0, "quan-tri": 0} {
		p := fx.As(login).Get("/noi-bo/doi-thoai").
			Says("tbody", "T6, 25/10/2024", "08 giờ", "còn 2 ngày", "Trang công khai", "Đã thông báo")
		if n := p.Find(`tbody a[href^="/hoi-truong/"]`).Length(); n != console {
			t.Errorf("%s: %d links to the console", login, n)
		}
	}
}

// TestListOfWhatIsOver: a dialogue that is over leads to its sum and minutes, not to where opinions are taken down, and
// slips that nobody took are no work left to do.
func TestListOfWhatIsOver(t *testing.T) {
	fx := newFixture(t)
	d, ws := opened(fx)
	ctx, office := t.Context(), fx.Actor("van-phong")
	_, err := fx.DB.PrintStack(ctx, office, d.ID, 5)
	stafftest.Must(t, err)
	stock := func() string {
		line := fx.As("van-phong").Get(ws).Find(`main tr:has(a[href$="/phieu-giay"])`)
		return strings.Join(strings.Fields(line.Text()), " ")
	}
	if got := stock(); !strings.Contains(got, "Đang làm") {
		t.Errorf("before: %s", got)
	}
	day := d.StartsAt.Date()
	fx.Now = calendar.InstantAt(day, 10, 0).Time()
	d, err = fx.DB.StartDialogue(ctx, office, d.ID, d.Version, calendar.InstantAt(day, 8, 0))
	stafftest.Must(t, err)
	_, err = fx.DB.CloseDialogue(ctx, office, d.ID, d.Version, calendar.InstantAt(day, 9, 30))
	stafftest.Must(t, err)
	fx.As("van-phong").Get("/noi-bo/doi-thoai").Says("tbody", "Tổng hợp, biên bản")
	if got := stock(); !strings.Contains(got, "Xong") {
		t.Errorf("after: %s", got)
	}
}
