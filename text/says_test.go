package text

import "testing"

func TestWanted(t *testing.T) {
	const said = "Đất ở đầu thôn 4 bị lấn, “sổ đỏ” chưa có."
	for query, want := range map[string]bool{
		"đất": true, "dat": true, "DAT THON": true, "thôn đất": true, "so do": true, "thôn 4": true, "thôn 5": false,
		"da": false, "": false, " ,. ": false, "lấn; đất?": true,
	} {
		if got := WantedIn(query).In("Tiêu đề", said); got != want {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
}
