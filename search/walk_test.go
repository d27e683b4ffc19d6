package search

import "testing"

// A walk that finds nothing tells that another one finds nothing, where each text with what that one asks for has what
// it asks for itself.
func TestAsksLess(t *testing.T) {
	for _, c := range []struct {
		less, than Walk
		want       bool
	}{
		{Walk{{"khai"}}, Walk{{"khai"}, {"sinh"}}, true},
		{Walk{{"khai"}, {"sinh"}}, Walk{{"khai"}}, false},
		{Walk{{"khai"}}, Walk{{"khai"}}, false},
		{Walk{{"khai"}}, Walk{{"khai_sinh"}}, true},
		{Walk{{"sinh"}}, Walk{{"khai_sinh"}}, true},
		{Walk{{"sinh"}, {"khai"}}, Walk{{"khai_sinh"}}, true},
		{Walk{{"khai_sinh"}}, Walk{{"khai"}, {"sinh"}}, false},
		{Walk{{"khai"}}, Walk{{"khai_sinh", "ks"}}, false}, // ks may stand where khai does not
		{Walk{{"khai", "ks"}}, Walk{{"khai_sinh", "ks"}}, true},
		{Walk{{"tu"}}, Walk{{"chung_thuc"}}, false},
	} {
		if got := c.less.AsksLess(c.than); got != c.want {
			t.Errorf("%v asks less than %v: %v", c.less, c.than, got)
		}
	}
}
