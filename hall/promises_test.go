package hall

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doithoai"
	"doithoai/store"
)

// The note counts the promises that were ticked, and says where they stand; what was not ticked is not in it.
func TestWordsOfReadPromises(t *testing.T) {
	p := &promisesPage{Form: promisesForm{Read: []string{"a", "b", "d", "none"}}}
	for id, stand := range map[string]string{"a": "kept", "b": "kept", "c": "late", "d": "broken"} {
		p.Promises = append(p.Promises, store.PromiseToRead{
			PromiseRow: store.PromiseRow{Promise: doithoai.Promise{ID: doithoai.ID(id)}}, Stand: stand,
		})
	}
	const want = "Thông báo việc thực hiện 3 cam kết của các kỳ đối thoại trước: 2 việc đã xong đúng hạn, " +
		"1 việc không thực hiện được."
	if got := p.words(); got != want {
		t.Errorf("it says %q", got)
	}
	if p.Form.Read = []string{"none"}; p.words() != "" {
		t.Errorf("nothing was read, and it says %q", p.words())
	}
}

// Where nothing was promised, the page says so; nothing is noted without a promise that was ticked.
func TestNoPromisesToRead(t *testing.T) {
	h := newHall(t)
	const at = root + promisesPart
	h.get(at).want(http.StatusOK, ".dt-empty", "Không có cam kết nào")
	h.begin()
	h.later += time.Minute
	h.post(at, url.Values{"khoa": {string(store.NewID())}, "gio": {"08:11"}, "da-doc": {"x"}}).
		want(http.StatusUnprocessableEntity, "[role=alert]", "Đánh dấu ít nhất một việc")
	h.get(root+notesPart).want(http.StatusOK, "main", "Chưa có ghi chú nào")
}
