package store

import (
	"testing"
	"time"

	"doithoai"
)

func TestKeptPages(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		own := fx.resident.AuthorityID
		want := func(id, sealed string) {
			t.Helper()
			if b, err := db.KeptPage(ctx, own, id); err != nil || string(b) != sealed {
				t.Errorf("%s holds %q, %v; want %q", id, b, err, sealed)
			}
		}
		for _, sealed := range []string{"first", "second"} {
			if err := db.KeepPage(ctx, own, "a", []byte(sealed), time.Minute); err != nil {
				t.Fatal(err)
			}
			want("a", sealed)
		}
		wantKind(t, db.KeepPage(ctx, own, "b", make([]byte, MaxKeptPage+1), time.Minute), doithoai.Invalid,
			"web.form.too_large")
		if b, err := db.KeptPage(ctx, doithoai.ID("018f2b1e-7c11-7000-8000-000000000001"), "a"); err != nil || b != nil {
			t.Errorf("another authority reads %q, %v", b, err)
		}
		if err := db.DropPage(ctx, own, "a"); err != nil {
			t.Fatal(err)
		}
		want("a", "")
		if err := db.KeepPage(ctx, own, "over", []byte("x"), -time.Second); err != nil {
			t.Fatal(err)
		}
		want("over", "")
		if err := db.KeepPage(ctx, own, "c", []byte("x"), time.Minute); err != nil {
			t.Fatal(err)
		}
		if n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM kept_page`); err != nil || n != 1 {
			t.Errorf("%d rows are left, %v: what is over stays", n, err)
		}
	})
}
