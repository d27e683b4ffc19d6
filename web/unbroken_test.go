package web

import (
	"strings"
	"testing"
)

func TestPagesBreakNothingThatIsReadAsOne(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", `<h1>Thu gom hồ sơ</h1>`, `<h1>Thu~gom hồ~sơ</h1>`},
		{"attributes stay", `<a href="/a" title="hồ sơ">hồ sơ</a>`, `<a href="/a" title="hồ sơ">hồ~sơ</a>`},
		{"a code", `<p>Số ND-24-0007 đã nhận</p>`, `<p>Số <span class="dt-no">ND-24-0007</span> đã nhận</p>`},
		{"a code that stands so already", `<b class="dt-no">ND-24-0007</b>`, `<b class="dt-no">ND-24-0007</b>`},
		{"one that begins with Đ", `<p>Số ĐL-26-0001.</p>`, `<p>Số <span class="dt-no">ĐL-26-0001</span>.</p>`},
		{"one that ends with Đ", `<p>12/TB-HĐ, CV-24-HĐ</p>`,
			`<p><span class="dt-no">12/TB-HĐ</span>, <span class="dt-no">CV-24-HĐ</span></p>`},
		{"a part of a word is no code", `<p>ẠND-24-0007, ND-24-0007ạ</p>`, `<p>ẠND-24-0007, ND-24-0007ạ</p>`},
		{"a code that is not printed", `<p class="dt-noprint">ND-24-0007</p>`,
			`<p class="dt-noprint"><span class="dt-no">ND-24-0007</span></p>`},
		{"among other classes", `<b class="dt-no dt-muted">ND-24-0007</b><b class="x dt-no">ND-24-0008</b>`,
			`<b class="dt-no dt-muted">ND-24-0007</b><b class="x dt-no">ND-24-0008</b>`},
		{"a document", `<p>(214/UBND-VP)</p>`, `<p>(<span class="dt-no">214/UBND-VP</span>)</p>`},
		{"a small word is no code", `<p>bấm thư-ký, A-, 2-3</p>`, `<p>bấm thư-ký, A-, 2-3</p>`},
		{"titles and options hold text only", `<title>ND-24-0007 hồ sơ</title><option>XT-26-0001</option>`,
			`<title>ND-24-0007 hồ~sơ</title><option>XT-26-0001</option>`},
		{"what is sent back or run", `<textarea>hồ sơ <b ND-24-0007</textarea><script src="/a"></script>hồ sơ`,
			`<textarea>hồ sơ <b ND-24-0007</textarea><script src="/a"></script>hồ~sơ`},
		{"a page cut off", `hồ sơ <p`, `hồ~sơ <p`},
	}
	for _, test := range tests {
		got := string(appendUnbroken(nil, []byte(test.in)))
		if want := strings.ReplaceAll(test.want, "~", "\u00a0"); got != want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, want)
		}
	}
}
