package settings

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"doithoai/text"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestHalfATableIsCut cuts the connection where the rows end with an error: the download fails instead of looking
// whole.
func TestHalfATableIsCut(t *testing.T) {
	for _, failed := range []error{nil, errors.New("the database is gone")} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, raw *http.Request) {
			host := &web.Host{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
			r := &web.Request{Request: raw, W: w, Host: host, Reader: &web.Reader{Text: text.For("vi")}}
			err := sendTable(r, "thu", []string{"Tên"}, func(yield func([]string) bool) {
				for range 5_000 {
					yield([]string{"Thôn Đông Yên"})
				}
			}, &failed)
			if err != nil {
				t.Error(err)
			}
		}))
		defer server.Close()
		resp, err := http.Get(server.URL)
		stafftest.Must(t, err)
		_, err = io.ReadAll(resp.Body)
		if (err != nil) != (failed != nil) {
			t.Errorf("with %v the reader sees %v", failed, err)
		}
		stafftest.Must(t, resp.Body.Close())
	}
}
