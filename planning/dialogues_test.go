package planning

import "testing"

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
